//! Every change is saved shortly after, here; what another window saved stands where it drew.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

use leptos::prelude::*;

use super::host::clock;
use super::state::{App, SaveState, Trouble};
use crate::store::parts::Cutting;
use crate::store::{Cut, Loaded, PartName, SaveError, SaveOutcome, Stamp, StorageError, Vault};
use crate::ui::files;
use crate::ui::task::clock_ms;
use crate::workbook::{Action, DrawId, DrawRecord, VERSION, Workbook};

/// Pause between a change and its save: several changes in a row are saved once.
const SAVE_PAUSE: Duration = Duration::from_millis(300);

/// Milliseconds after which a change is saved even while others follow it.
const SAVE_WAIT_MAX_MS: f64 = 2_000.0;

/// Milliseconds after which a large workbook is saved at once, not in slices.
const SAVE_WHOLE_MS: f64 = 20_000.0;

/// From this many units on a workbook is cut and packed in slices.
const SLICED_UNITS: usize = 4_000;

/// Milliseconds after which a slice ends; a part that is packed can take twice as long.
const SLICE_MS: f64 = 8.0;

impl App {
    pub(super) fn changed(self) {
        if self.save_state.get_untracked() != SaveState::Waiting {
            self.waiting_since_ms.set_value(clock_ms());
        }
        self.save_state.set(SaveState::Waiting);
        let number = self.change_number.try_update_value(|number| {
            *number += 1;
            *number
        });
        let number = number.unwrap_or_default();
        let save = move || {
            // Later changes are saved with this one, but not for ever: whoever types on
            // and on must not lose it all.
            let is_last = self.change_number.get_value() == number;
            let waited_ms = clock_ms() - self.waiting_since_ms.get_value();
            if !is_last && waited_ms < SAVE_WAIT_MAX_MS {
                return;
            }
            let units = self
                .workbook
                .with_untracked(|book| book.as_ref().map_or(0, |book| book.units.len()));
            // Change upon change would put a save in slices off for ever.
            if units < SLICED_UNITS || waited_ms > SAVE_WHOLE_MS {
                self.save_now();
            } else {
                leptos::task::spawn_local(self.save_in_slices());
            }
        };
        set_timeout(save, SAVE_PAUSE);
    }

    /// Saves a large workbook with the browser let in between. What changes meanwhile is
    /// saved by the save that follows the change.
    async fn save_in_slices(self) {
        let (number, cut, units_count) = loop {
            let Some((book, units_count)) = self.workbook.with_untracked(|book| {
                let book = book.as_ref().filter(|book| !book.is_archive())?;
                // Held weakly: a shared workbook would be copied by the next change.
                Some((Arc::downgrade(book), book.units.len()))
            }) else {
                return;
            };
            let number = self.change_number.get_value();
            if let Some(cut) = self.cut_in_slices(&book).await {
                break (number, cut, units_count);
            }
            // A change has a save of its own; a refused one has touched the workbook only.
            if self.change_number.get_value() != number {
                return;
            }
        };
        files::pause(0).await;
        // A later save may have come first, or the workbook may have been closed.
        let is_open = self.workbook.with_untracked(Option::is_some);
        if number > self.saved_number.get_value() && is_open && self.may_save() {
            self.store(number, units_count, &cut);
        }
    }

    /// The workbook as the store keeps it, with the browser let in between; `None` once
    /// it was touched or closed.
    async fn cut_in_slices(self, book: &Weak<Workbook>) -> Option<Cut> {
        files::pause(0).await;
        let mut cutting = Cutting::new(&*book.upgrade()?, self.parts_known());
        loop {
            let until_ms = clock_ms() + SLICE_MS;
            while clock_ms() < until_ms {
                let book = book.upgrade()?;
                let is_more = self
                    .cutter
                    .try_update_value(|cutter| cutter.step(&book, &mut cutting))?;
                if !is_more {
                    return Some(cutting.finish());
                }
            }
            files::pause(0).await;
        }
    }

    /// The workbook as the store keeps it, cut and packed at once as far as it changed.
    #[must_use]
    pub fn cut(self, book: &Workbook) -> Cut {
        let stored = self.parts_known();
        let cut = self
            .cutter
            .try_update_value(|cutter| cutter.cut(book, stored));
        cut.unwrap_or_default()
    }

    /// Parts that need not be packed. Where the store cannot be read, all are, and the
    /// save says why it fails.
    fn parts_known(self) -> BTreeSet<PartName> {
        let known = self.vault.with_value(Vault::parts_known);
        known.unwrap_or_default()
    }

    /// Whether the store takes a save of this window; else the work counts as unsaved.
    /// What lies aside of an archive was saved when that was opened.
    pub(super) fn may_save(self) -> bool {
        if untrack(|| self.is_archive()) {
            return false;
        }
        let is_barred = matches!(
            self.trouble.get_untracked(),
            Some(Trouble::Denied | Trouble::Stale | Trouble::Newer)
        );
        if is_barred {
            self.save_state.set(SaveState::Unsaved);
        }
        !is_barred
    }

    /// Saves at once.
    pub fn save_now(self) {
        let Some(book) = self.workbook.get_untracked() else {
            return;
        };
        if !self.may_save() {
            return;
        }
        let cut = self.cut(&book);
        self.store(self.change_number.get_value(), book.units.len(), &cut);
    }

    /// Puts a save of the workbook as it was at change `number` into the store, and says
    /// how that went.
    fn store(self, number: u64, units_count: usize, cut: &Cut) {
        let stamp = Stamp {
            at: clock(),
            version: VERSION,
            units_count: units_count as u32,
        };
        let result = self.vault.try_update_value(|vault| vault.save(cut, &stamp));
        match result {
            Some(Ok(saved)) => {
                self.saved_number.set_value(number);
                if self.change_number.get_value() == number {
                    self.save_state.set(SaveState::Saved(stamp.at));
                }
                self.is_single_generation
                    .set(saved.outcome == SaveOutcome::SingleGeneration && saved.sequence > 1);
                if matches!(
                    self.trouble.get_untracked(),
                    Some(Trouble::Full | Trouble::Broken)
                ) {
                    self.trouble.set(None);
                }
            }
            Some(Err(error)) => {
                self.save_state.set(SaveState::Unsaved);
                self.trouble.set(Some(trouble_of(&error)));
            }
            None => {}
        }
    }

    /// Lets this window's workbook stand over what another window saved, unless that has
    /// draws which this one lacks: they stand, and this window's workbook becomes a file.
    pub fn prevail(self) {
        let own = self.workbook.get_untracked();
        let Some(own) = own.filter(|book| !book.is_archive()) else {
            return;
        };
        let stored = self.stored();
        if let Some(stored) = &stored {
            let draws = if stored.value.id == own.id {
                stored.value.draws_lost_by(&own)
            } else {
                stored.value.draws().map(DrawRecord::id).collect()
            };
            if !draws.is_empty() {
                return self.yield_to(stored, &own, draws);
            }
        }
        let _ = self.vault.try_update_value(Vault::prevail);
        self.trouble.set(None);
        if let Some(stored) = stored {
            // Said in the trail; it refuses nothing.
            let _ = self.act(Action::StandOver(stored.header.saved_at));
        }
        self.save_now();
    }

    /// Loads what is stored in place of `own`, which goes into a file.
    fn yield_to(self, stored: &Loaded<Workbook>, own: &Arc<Workbook>, draws: Vec<DrawId>) {
        leptos::task::spawn_local(self.write_backup(own.clone(), clock()));
        let differences = stored.value.differences(own);
        let _ = self.vault.try_update_value(Vault::prevail);
        self.forget_undo();
        self.workbook.set(Some(Arc::new(stored.value.clone())));
        let number = self.change_number.get_value();
        self.saved_number.set_value(number);
        self.save_state
            .set(SaveState::Saved(stored.header.saved_at));
        self.trouble
            .set(Some(Trouble::StoredStand { draws, differences }));
        self.go_on();
    }
}

fn trouble_of(error: &SaveError) -> Trouble {
    match error {
        SaveError::Stale { .. } => Trouble::Stale,
        SaveError::NewerVersion { .. } => Trouble::Newer,
        SaveError::Full { .. } | SaveError::Storage(StorageError::Full) => Trouble::Full,
        SaveError::Storage(StorageError::Denied) => Trouble::Denied,
        SaveError::ReadBack | SaveError::PartGone | SaveError::Storage(StorageError::Other) => {
            Trouble::Broken
        }
    }
}
