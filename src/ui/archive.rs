//! 归档 on the page: the file of a closed year, and one that is open to be read.
//!
//! While an archive is open the workbook lies aside, untouched, in memory and in the store:
//! an archive takes no action ([`Workbook::apply`] refuses), and nothing of it is stored.

use std::sync::Arc;

use chrono::NaiveDateTime;
use leptos::prelude::*;

use super::app::{App, SaveState, clock, use_app, use_lang, write_workbook};
use super::route::{Page, Route};
use super::widgets::{Icon, PageHead, icon};
use crate::i18n::Who;
use crate::workbook::taken_out::ArchiveFile;
use crate::workbook::{FILE_BYTES_MAX, Workbook};

impl App {
    /// Whether what is open is an archive.
    #[must_use]
    pub fn is_archive(self) -> bool {
        self.workbook
            .with(|book| book.as_ref().is_some_and(|book| book.is_archive()))
    }

    /// Opens an archive to be read; the workbook lies aside until it is left.
    pub fn open_archive(self, archive: Workbook) {
        if !untrack(|| self.is_archive()) {
            if self.save_state.get_untracked() == SaveState::Waiting {
                self.save_now();
            }
            self.aside.set_value(self.workbook.get_untracked());
            self.forget_undo();
        }
        let year = archive.last_year().year;
        self.workbook.set(Some(Arc::new(archive)));
        self.go(&Route::record(Page::Plan, year.to_string()));
    }

    /// Back to the workbook that lay aside, or to the first page.
    pub fn leave_archive(self) {
        let aside = self.aside.try_update_value(Option::take).flatten();
        self.workbook.set(aside);
        self.go(&Route::to(Page::Home));
        // Days and teams that were being laid meanwhile could not be recorded.
        self.go_on();
    }

    /// Hands the archive of a closed year to the browser as a file.
    pub fn save_archive(self, year: i32) {
        let t = self.lang.get_untracked();
        let Some(book) = self.workbook.get_untracked() else {
            return;
        };
        match book.archive(year) {
            Ok(archive) => leptos::task::spawn_local(async move {
                self.write_archive(archive, clock()).await;
            }),
            Err(error) => self.toast(t.action_error(&error, Who(Some(&book))), false),
        }
    }

    /// Hands an archive to the browser as a file; none where that could not be opened again.
    pub async fn write_archive(self, archive: Workbook, now: NaiveDateTime) -> Option<ArchiveFile> {
        let t = self.lang.get_untracked();
        let year = archive.last_year().year;
        let brigade = &archive.brigade.name;
        let name = format!(
            "{brigade}_{year}年度归档_{}.json",
            now.format("%Y%m%d-%H%M")
        );
        let (bytes, hash) = write_workbook(&archive, &name).await;
        if bytes > FILE_BYTES_MAX {
            let (size, max) = (bytes as u64, FILE_BYTES_MAX as u64);
            let words = t.archive_too_large(t.file_size(size), t.file_size(max));
            self.toast(words, false);
            return None;
        }
        self.toast(t.archive_saved(&name), false);
        Some(ArchiveFile { name, hash })
    }
}

/// Says, as long as an archive is open, that it is one.
#[component]
pub fn ArchiveBand() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let about = Memo::new(move |_| {
        app.workbook.with(|book| {
            let book = book.as_deref().filter(|book| book.is_archive())?;
            Some((book.last_year().year, book.is_demo))
        })
    });
    move || {
        about.get().map(|(year, is_demo)| {
            view! {
                <div class="band is-archive" role="status">
                    {icon(Icon::Lock)}
                    <b>{t.archive_band(year)}</b>
                    {is_demo.then(|| view! { <b>{t.band_demo()}</b> })}
                    <span>{t.archive_band_cause()}</span>
                    <span class="spring"></span>
                    <button type="button" class="button is-small" on:click=move |_| app.leave_archive()>
                        {t.archive_leave()}
                    </button>
                </div>
            }
        })
    }
}

/// In place of the settings, which are those of the workbook that lies aside.
pub fn no_settings() -> AnyView {
    let t = use_lang();
    view! {
        <PageHead title=t.nav_settings() />
        <div class="page-body">
            <div class="pane empty-state">
                <p>{t.archive_settings()}</p>
            </div>
        </div>
    }
    .into_any()
}
