//! Before something large: a snapshot of the workbook, and what to do where it does not fit.

use leptos::prelude::*;

use super::app::{App, clock, use_app, use_lang};
use super::widgets::{Banner, BannerKind};
use crate::i18n::Lang;
use crate::store::{Stamp, StorageError};
use crate::workbook::VERSION;

/// Why a snapshot was taken. Stored as a word, so that it reads in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Before a register came in from this file.
    Import(String),
    /// Before this field of many records was changed.
    Many(&'static str),
    /// Before another workbook was opened from this file.
    Open(String),
    /// Before a snapshot was restored.
    Restore,
    /// Before the workbook was closed.
    Leave,
    /// At a person's wish.
    Wish,
}

impl Reason {
    fn encode(&self) -> String {
        match self {
            Self::Import(file) => format!("import\t{file}"),
            Self::Many(field) => format!("many\t{field}"),
            Self::Open(file) => format!("open\t{file}"),
            Self::Restore => "restore".into(),
            Self::Leave => "leave".into(),
            Self::Wish => "wish".into(),
        }
    }

    /// A stored reason in words; one of another program stays as it is.
    #[must_use]
    pub fn in_words(lang: Lang, stored: &str) -> String {
        match stored.split_once('\t').unwrap_or((stored, "")) {
            ("import", file) => lang.snapshot_before_import(file),
            ("many", field) => lang.snapshot_before_many(lang.import_field(field)),
            ("open", file) => lang.snapshot_before_open(file),
            ("restore", _) => lang.snapshot_before_restore().into(),
            ("leave", _) => lang.snapshot_before_leave().into(),
            ("wish", _) => lang.snapshot_at_wish().into(),
            _ => stored.to_owned(),
        }
    }
}

/// Keeps the open workbook as a snapshot; its number, or none where no workbook is open:
/// an archive is none.
///
/// # Errors
/// [`StorageError::Full`] where it does not fit; nothing has changed then.
pub fn keep_snapshot(app: App, reason: &Reason) -> Result<Option<u64>, StorageError> {
    let book = app.workbook.get_untracked();
    let Some(book) = book.filter(|book| !book.is_archive()) else {
        return Ok(None);
    };
    let stamp = Stamp {
        at: clock(),
        version: VERSION,
        units_count: book.units.len() as u32,
    };
    let cut = app.cut(&book);
    let taken = app.with_vault(|vault| vault.snapshot_take(&cut, &stamp, &reason.encode()));
    taken.transpose()
}

/// Said where a snapshot does not fit: a backup first, or on without one.
/// `is_waived` turns true by either, and the act may go on.
#[component]
pub fn SnapshotRefused(
    /// Whether the person goes on without a snapshot.
    is_waived: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let backup = move |_| {
        app.backup();
        is_waived.set(true);
    };
    view! {
        <Banner kind=BannerKind::Bad fact=t.snapshot_full() cause=t.snapshot_full_cause()>
            <li>
                <b>"1"</b>
                <span>{t.snapshot_full_backup()}</span>
                <button type="button" class="button is-small" on:click=backup>
                    {t.backup_now()}
                </button>
            </li>
            <li>
                <b>"2"</b>
                <label class="check-field">
                    <input
                        type="checkbox"
                        prop:checked=move || is_waived.get()
                        on:change=move |event| is_waived.set(event_target_checked(&event))
                    />
                    {t.snapshot_full_without()}
                </label>
            </li>
        </Banner>
    }
}
