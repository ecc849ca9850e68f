//! Ways in which a workbook is opened and closed.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::host::{clock, random_hex};
use super::state::{App, SaveState, Trouble};
use crate::demo;
use crate::engine::pace::Pace;
use crate::i18n::Lang;
use crate::store::Loaded;
use crate::ui::document;
use crate::ui::route::{Page, Route};
use crate::workbook::{Action, Brigade, DrawId, Workbook};

impl App {
    /// Opens a workbook in place of the present one and saves it. Every way in comes
    /// through here: what is drawn stays drawn.
    ///
    /// # Errors
    /// The refusal in the page's language, where draws would be lost.
    pub fn open(self, workbook: Workbook) -> Result<(), String> {
        let lang = self.lang.get_untracked();
        if untrack(|| self.is_archive()) {
            return Err(lang.archive_leave_first().to_owned());
        }
        let lost = self.draws_lost_by(&workbook);
        if !lost.is_empty() {
            return Err(lang.draws_would_be_lost(listed(lang, &lost)));
        }
        let known = self.meta.with_untracked(|meta| {
            let known = meta.draws.get(&workbook.id);
            known.map(|known| workbook.draws_lost_of(known))
        });
        self.forget_undo();
        // What was damaged stays listed in the settings; it is no longer what is open.
        if matches!(self.trouble.get_untracked(), Some(Trouble::Damaged { .. })) {
            self.trouble.set(None);
        }
        self.workbook.set(Some(Arc::new(workbook)));
        self.changed();
        if let Some(known) = known.filter(|known| !known.is_empty()) {
            let first = self
                .workbook
                .with_untracked(|book| book.as_ref().map(|book| book.first_year_ever()));
            let ids = known.iter().map(|draw| draw.id(first.unwrap_or_default()));
            let words = listed(lang, &ids.collect::<Vec<_>>());
            self.toast(lang.opened_older(words), false);
            self.act(Action::OpenOlder(known))?;
        }
        self.remember_draws();
        self.go_on();
        Ok(())
    }

    /// Draws that are open or stored here, and that `coming` would lose.
    pub(super) fn draws_lost_by(self, coming: &Workbook) -> Vec<DrawId> {
        let open = self.workbook.get_untracked();
        let mut lost = open
            .as_ref()
            .map_or_else(Vec::new, |open| open.draws_lost_by(coming));
        // What is stored is what is open, but for a window that fell behind.
        if open.is_none() || self.is_behind() {
            let stored = self.stored();
            lost.extend(stored.iter().flat_map(|it| it.value.draws_lost_by(coming)));
        }
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// What the store holds now, whichever window saved it.
    pub(super) fn stored(self) -> Option<Loaded<Workbook>> {
        let decode = |text: &str| document::parse_stored(text).map_err(drop);
        self.vault.with_value(|vault| vault.stored(decode).ok()?)
    }

    /// As [`App::open`] for a workbook just made, whose id is new.
    fn open_new(self, workbook: Workbook) {
        match self.open(workbook) {
            Ok(()) => self.go(&Route::to(Page::Home)),
            Err(words) => self.toast(words, false),
        }
    }

    /// Changes what is not an action: the demo's date.
    pub fn set_demo_today(self, date: NaiveDate) {
        if untrack(|| self.is_archive()) {
            return;
        }
        self.workbook.update(|book| {
            if let Some(book) = book.as_mut().filter(|book| book.is_demo) {
                Arc::make_mut(book).demo_today = Some(date);
            }
        });
        self.changed();
    }

    /// Starts an empty workbook with the standard item list.
    pub fn start_empty(self, brigade: Brigade, year: i32) {
        let mut workbook = Workbook::new(random_hex(8), brigade, year);
        workbook.items = demo::standard_items(&workbook.brigade.name);
        // The last backup was of another workbook.
        self.edit_meta(|meta| meta.last_backup_at = None);
        self.open_new(workbook);
    }

    /// Opens the demo brigade on the last draw day before its year.
    pub fn start_demo(self) {
        let year = chrono::Datelike::year(&clock().date());
        let mut workbook = demo::brigade(year, demo::SEED);
        let january = workbook.first_year().months()[0];
        workbook.demo_today = workbook.draw_window(january).first().copied();
        self.open_new(workbook);
    }

    /// Opens the demo as its year was lived until 20 May. What was opened meanwhile stays.
    pub async fn start_lived(self, pace: &impl Pace) {
        let year = chrono::Datelike::year(&clock().date());
        let workbook = demo::lived(year, demo::SEED, pace).await;
        if self.workbook.with_untracked(Option::is_none) {
            self.open_new(workbook);
        }
    }

    /// Leaves the demo for the welcome page; nothing of it stays.
    pub fn leave_demo(self) {
        self.close_workbook();
    }

    /// Closes the workbook and takes its saves out of the store. The caller has
    /// seen to it that they are in a backup, or that nobody needs them.
    pub fn close_workbook(self) {
        self.forget_undo();
        self.workbook.set(None);
        self.save_state.set(SaveState::Idle);
        self.forget_saved();
        self.go(&Route::to(Page::Home));
    }

    /// Removes the saved generations of this window's workbook, of which a backup
    /// exists or nobody needs one. What another window, a newer program or a
    /// damaged save has there stays.
    pub(super) fn forget_saved(self) {
        if matches!(
            self.trouble.get_untracked(),
            Some(Trouble::Denied | Trouble::Newer | Trouble::Stale)
        ) {
            return;
        }
        self.vault.update_value(|vault| {
            if vault.is_stale() == Ok(false) {
                let _ = vault.forget();
                let _ = vault.prevail();
            }
        });
    }
}

/// Numbers of draws as they are read out.
#[must_use]
pub fn listed(lang: Lang, draws: &[DrawId]) -> String {
    let is_one_year = draws.windows(2).all(|pair| pair[0].year == pair[1].year);
    let name = |draw: &DrawId| {
        if is_one_year {
            draw.number.to_string()
        } else {
            draw.to_string()
        }
    };
    let names: Vec<String> = draws.iter().map(name).collect();
    names.join(lang.list_mark())
}
