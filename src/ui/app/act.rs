//! Actions: the one way in which the workbook changes.

use std::sync::Arc;

use super::state::{App, Trouble};
use crate::i18n::Who;
use crate::workbook::{Action, Applied, Context, Workbook};
use leptos::prelude::*;

impl App {
    /// Carries out an action and saves. On refusal, says why in words; nothing has changed then.
    ///
    /// A step of the way to a draw is taken only on what is stored, and is stored before
    /// anything else happens: a window that fell behind cannot draw again.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub fn act(self, action: Action) -> Result<Applied, String> {
        let context = Context {
            now: self.now(),
            who: self.person(),
        };
        let lang = self.lang.get_untracked();
        let is_ceremony = action.is_ceremony();
        if is_ceremony && self.is_behind() {
            self.trouble.set(Some(Trouble::Stale));
            return Err(lang.ceremony_stale().to_owned());
        }
        let mut book = self
            .workbook
            .get_untracked()
            .expect("pages that act are shown only with an open workbook");
        // Let go of the shared copy first, so that a large register is changed in place.
        self.workbook.update_untracked(|shared| *shared = None);
        // A copy costs little beside a draw, and stands again if the save is refused.
        let before = is_ceremony.then(|| book.clone());
        let result = Arc::make_mut(&mut book).apply(action, &context);
        match result {
            Ok(applied) => {
                if let Some(before) = before {
                    self.store_step(&book, before)?;
                }
                self.workbook.set(Some(book));
                if is_ceremony {
                    self.remember_draws();
                } else {
                    self.changed();
                }
                Ok(applied)
            }
            Err(error) => {
                // Nothing has changed, so nobody is told: the dialog that asked stays open.
                let words = lang.action_error(&error, Who(Some(&book)));
                self.workbook
                    .update_untracked(|shared| *shared = Some(book));
                Err(words)
            }
        }
    }

    /// Saves `book` at once; where another window came first, `before` stands again.
    fn store_step(self, book: &Arc<Workbook>, before: Arc<Workbook>) -> Result<(), String> {
        let set = |book: Arc<Workbook>| self.workbook.update_untracked(|it| *it = Some(book));
        set(book.clone());
        self.change_number.update_value(|number| *number += 1);
        self.save_now();
        if self.trouble.get_untracked() == Some(Trouble::Stale) {
            set(before);
            return Err(self.lang.get_untracked().ceremony_stale().to_owned());
        }
        Ok(())
    }

    /// Keeps in this browser which draws the open workbook has.
    pub(super) fn remember_draws(self) {
        let mut meta = self.meta.get_untracked();
        let is_new = self
            .workbook
            .with_untracked(|book| Some(meta.remember_draws(book.as_deref()?)));
        if is_new == Some(true) {
            self.edit_meta(|kept| *kept = meta);
        }
    }

    /// Whether another window has saved since this one did.
    pub(super) fn is_behind(self) -> bool {
        self.vault
            .with_value(|vault| vault.is_stale().unwrap_or(false))
    }
}
