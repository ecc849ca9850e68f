//! The whole workbook as a file.

use std::sync::Arc;

use chrono::NaiveDateTime;
use leptos::prelude::*;

use super::host::clock;
use super::state::App;
use crate::engine::lottery::{Hash, PartsHash};
use crate::exchange::pieces::{Given, backup};
use crate::i18n::Lang;
use crate::ui::files;
use crate::ui::route::{Page, Route};
use crate::ui::task::WebPace;
use crate::workbook::{FILE_BYTES_MAX, Workbook};

impl App {
    /// Saves the whole workbook into a file, and remembers when.
    pub fn backup(self) {
        let Some(book) = self.workbook.get_untracked() else {
            return;
        };
        if book.is_archive() {
            let t = self.lang.get_untracked();
            return self.toast(t.archive_band(book.last_year().year), false);
        }
        let now = clock();
        leptos::task::spawn_local(async move {
            self.write_backup(book, now).await;
            self.edit_meta(|meta| meta.last_backup_at = Some(now));
        });
    }

    /// Hands a workbook to the browser as a file.
    pub(super) async fn write_backup(self, book: Arc<Workbook>, now: NaiveDateTime) {
        let name = backup_name(&book, now);
        let (bytes, _) = write_workbook(&book, &name).await;
        if bytes > FILE_BYTES_MAX {
            let t = self.lang.get_untracked();
            let words = t.backup_too_large(
                t.file_size(bytes as u64),
                t.file_size(FILE_BYTES_MAX as u64),
            );
            return self.toast_link(
                words,
                t.settings_registers(),
                Route::record(Page::Settings, "registers"),
            );
        }
        self.toast(
            match self.lang.get_untracked() {
                Lang::Zh => format!("备份已交给浏览器下载：{name}"),
                Lang::En => format!("Backup handed to the browser: {name}"),
            },
            false,
        );
    }
}

/// Hands a workbook to the browser as a file of this name; how many bytes it has, and
/// their hash.
pub(in crate::ui) async fn write_workbook(book: &Workbook, name: &str) -> (usize, Hash) {
    let parts = js_sys::Array::new();
    let mut hash = PartsHash::default();
    let give = |given: Given<'_>| match given {
        Given::Part(part) => {
            hash.add(part);
            parts.push(&js_sys::Uint8Array::from(part));
        }
        Given::Anew => {
            hash = PartsHash::default();
            parts.set_length(0);
        }
    };
    let pace = WebPace::of_page(|_| {});
    let bytes = backup(book, FILE_BYTES_MAX, &pace, give).await;
    files::download_parts(name, "application/json", &parts);
    (bytes, hash.finish())
}

/// Name of a backup file made at `now`.
#[must_use]
pub fn backup_name(book: &Workbook, now: NaiveDateTime) -> String {
    format!(
        "{}_{}_{}.json",
        book.brigade.name,
        book.last_year().year,
        now.format("%Y%m%d-%H%M")
    )
}
