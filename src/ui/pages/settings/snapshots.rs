//! 快照: the workbook as it was before something large.

use leptos::prelude::*;

use super::{Section, frame, grouped, minute};
use crate::i18n::Lang;
use crate::store::slot::SlotError;
use crate::store::{SnapshotInfo, StorageError};
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::document;
use crate::ui::files;
use crate::ui::safety::{Reason, SnapshotRefused, keep_snapshot};
use crate::ui::widgets::Ask;
use crate::ui::widgets::dialog::error_line;

/// What is asked about a snapshot.
#[derive(Debug, Clone)]
enum Asking {
    Restore(SnapshotInfo),
    Delete(SnapshotInfo),
}

/// The list of snapshots.
#[component]
pub fn Snapshots() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let list = RwSignal::new(snapshots(app));
    let asked = RwSignal::new(None::<Asking>);
    let error = RwSignal::new(String::new());
    let take = move |_| match keep_snapshot(app, &Reason::Wish) {
        Ok(_) => {
            error.set(String::new());
            list.set(snapshots(app));
            app.toast(t.snapshot_taken(), false);
        }
        Err(_) => error.set(t.snapshot_take_full().to_owned()),
    };
    let actions = view! {
        <button type="button" class="button" on:click=take>
            {t.snapshot_take()}
        </button>
    };
    let rows = move || {
        let list = list.get();
        if list.is_empty() {
            return view! { <p class="empty-state">{t.snapshots_empty()}</p> }.into_any();
        }
        table(app, t, list, asked)
    };
    let dialog = move || {
        asked.get().map(|ask| match ask {
            Asking::Restore(info) => view! { <Restore info asked list /> }.into_any(),
            Asking::Delete(info) => view! { <Delete info asked list /> }.into_any(),
        })
    };
    let body = view! {
        {error_line(error.into())}
        <section class="pane" aria-label=t.settings_snapshots()>
            {rows}
        </section>
        {dialog}
    };
    frame(
        Section::Snapshots,
        t.snapshots_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

/// The snapshots in the store, newest first; none where it cannot be read.
pub fn snapshots(app: App) -> Vec<SnapshotInfo> {
    let list = app.with_vault(|vault| vault.snapshots());
    list.and_then(Result::ok).unwrap_or_default()
}

/// When a snapshot was taken, in words also where it is damaged.
pub fn time_of(t: Lang, info: &SnapshotInfo) -> String {
    info.at()
        .map_or_else(|| t.snapshot_damaged().to_owned(), minute)
}

fn table(app: App, t: Lang, list: Vec<SnapshotInfo>, asked: RwSignal<Option<Asking>>) -> AnyView {
    let row = |info: SnapshotInfo| {
        let header = info.header.clone().ok();
        let is_whole = header.is_some();
        let (restore, delete, number) = (info.clone(), info.clone(), info.number);
        let reason = header
            .as_ref()
            .map(|header| Reason::in_words(t, &header.reason));
        view! {
            <tr class="is-wide">
                <td>{time_of(t, &info)}</td>
                <td>{reason}</td>
                <td class="number">{header.map(|header| header.units_count)}</td>
                <td class="number">{grouped(info.units)}</td>
                <td class="row-actions">
                    <button
                        type="button"
                        class="button is-small"
                        disabled=!is_whole
                        on:click=move |_| asked.set(Some(Asking::Restore(restore.clone())))
                    >
                        {t.snapshot_restore()}
                    </button>
                    <button
                        type="button"
                        class="button is-plain is-small"
                        on:click=move |_| download(app, number)
                    >
                        {t.snapshot_download()}
                    </button>
                    <button
                        type="button"
                        class="button is-plain is-small"
                        on:click=move |_| asked.set(Some(Asking::Delete(delete.clone())))
                    >
                        {t.snapshot_delete()}
                    </button>
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="list is-auto">
            <thead>
                <tr>
                    <th scope="col">{t.snapshots_time()}</th>
                    <th scope="col">{t.snapshots_reason()}</th>
                    <th scope="col" class="number">
                        {t.snapshots_units()}
                    </th>
                    <th scope="col" class="number">
                        {t.snapshots_size()}
                    </th>
                    <th scope="col"></th>
                </tr>
            </thead>
            <tbody>{list.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// A snapshot as a file: the workbook where it can be read, else the raw text.
fn download(app: App, number: u64) {
    let text = app.with_vault(|vault| vault.snapshot_text(number));
    let name = format!("double-random-snapshot-{number}.json");
    if let Some(Ok(Some(Ok(text)))) = text {
        files::download(&name, "application/json", &text);
    }
}

/// A snapshot's text as the store gives it: no store, refused, gone, or damaged.
type Stored = Option<Result<Option<Result<String, SlotError>>, StorageError>>;

/// Opens what was read of a snapshot in place of the workbook.
///
/// # Errors
/// What went wrong, in words; nothing has changed then.
fn reopen(app: App, text: Stored) -> Result<(), String> {
    let t = app.lang.get_untracked();
    let text = match text {
        Some(Ok(Some(Ok(text)))) => text,
        Some(Ok(Some(Err(_)))) => return Err(t.snapshot_damaged().to_owned()),
        _ => return Err(t.snapshot_gone().to_owned()),
    };
    let book = document::parse_stored(&text).map_err(|error| t.file_error(&error))?;
    app.open(book)
}

/// Opens a snapshot where no workbook is open.
///
/// # Errors
/// What went wrong, in words; nothing has changed then.
pub fn open_snapshot(app: App, number: u64) -> Result<(), String> {
    reopen(app, app.with_vault(|vault| vault.snapshot_text(number)))
}

/// Asks before a snapshot replaces the workbook. The present state is kept first.
#[component]
fn Restore(
    info: SnapshotInfo,
    asked: RwSignal<Option<Asking>>,
    list: RwSignal<Vec<SnapshotInfo>>,
) -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let (is_refused, is_waived) = (RwSignal::new(false), RwSignal::new(false));
    let at = time_of(t, &info);
    let units = info.header.as_ref().map_or(0, |header| header.units_count);
    let (number, title) = (info.number, t.snapshot_restore_title(&at));
    let refused = move || {
        is_refused
            .get()
            .then(|| view! { <SnapshotRefused is_waived /> })
    };
    let close = Callback::new(move |()| asked.set(None));
    Ask::new(title.clone(), t.snapshot_restore_consequence(units), title)
        .more(refused)
        .view(close, move |dialog, []| {
            // The text is read before the new snapshot can push this one out.
            let text = app.with_vault(|vault| vault.snapshot_text(number));
            if !is_waived.get_untracked() && keep_snapshot(app, &Reason::Restore).is_err() {
                return is_refused.set(true);
            }
            dialog.answer(reopen(app, text).map(|()| {
                list.set(snapshots(app));
                app.toast(t.snapshot_restored(&at), false);
            }));
        })
}

#[component]
fn Delete(
    info: SnapshotInfo,
    asked: RwSignal<Option<Asking>>,
    list: RwSignal<Vec<SnapshotInfo>>,
) -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let (at, number) = (time_of(t, &info), info.number);
    let (title, consequence) = (
        t.snapshot_delete_title(&at),
        t.snapshot_delete_consequence(),
    );
    let close = Callback::new(move |()| asked.set(None));
    Ask::new(title, consequence, t.snapshot_delete())
        .danger()
        .view(close, move |dialog, []| {
            app.with_vault(|vault| vault.snapshot_discard(number));
            list.set(snapshots(app));
            dialog.answer(Ok(()));
            app.toast(t.snapshot_deleted(&at), false);
        })
}
