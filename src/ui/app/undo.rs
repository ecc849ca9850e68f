//! What is told of a change, and how it is taken back.

use std::time::Duration;

use super::state::{App, Toast, Undo};
use crate::ui::route::{Page, Route};
use crate::workbook::Action;
use leptos::prelude::*;

/// How long a toast stays.
const TOAST_TIME: Duration = Duration::from_secs(6);

/// Toasts on view at once; more would pile up over the page.
const TOASTS_MAX: usize = 3;

/// Changes that can be taken back, at most.
const UNDO_MAX: usize = 50;

impl App {
    /// As [`App::act`], with a message that offers to take the change back.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub fn act_and_tell(
        self,
        action: Action,
        text: impl Into<String>,
    ) -> Result<Option<String>, String> {
        let page = self.route.with_untracked(|route| route.page);
        let applied = self.act(action)?;
        let text = text.into();
        let can_undo = applied.undo.is_some();
        if let Some(action) = applied.undo {
            self.remember(action, text.clone(), page);
        }
        self.toast(text, can_undo);
        Ok(applied.id)
    }

    /// As [`App::act`], of a change after which those before can no longer be taken back one
    /// by one: what they would restore has been replaced. It can itself, from `page`.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub fn act_alone(self, action: Action, words: &str, page: Page) -> Result<(), String> {
        let applied = self.act(action)?;
        self.forget_undo();
        if let Some(action) = applied.undo {
            self.remember(action, words.to_owned(), page);
        }
        Ok(())
    }

    /// Keeps how a change is taken back.
    fn remember(self, action: Action, words: String, page: Page) {
        let number = self.undo_number.try_update_value(|last| {
            *last += 1;
            *last
        });
        let number = number.unwrap_or_default();
        self.undo.update(|undos| {
            undos.push(Undo {
                number,
                action,
                words,
                page,
            });
            if undos.len() > UNDO_MAX {
                undos.remove(0);
            }
        });
    }

    /// Changes made so far can no longer be taken back one by one: what they
    /// would restore has been replaced.
    pub fn forget_undo(self) {
        self.undo.set(Vec::new());
    }

    /// Takes the last change back, where it can be seen; else says where it was made.
    pub fn undo_last(self) {
        let t = self.lang.get_untracked();
        let last = self.undo.with_untracked(|undos| undos.last().cloned());
        let Some(last) = last else {
            return self.toast(t.undo_none(), false);
        };
        if self.route.with_untracked(|route| route.page) == last.page {
            return self.take_back(last);
        }
        let words = t.undo_elsewhere(&last.words);
        self.toast_link(words, t.undo_go(), Route::to(last.page));
    }

    /// Whether the change with this number is the one that can be taken back now: those
    /// before it cannot until it is.
    pub fn is_last_change(self, number: u32) -> bool {
        self.undo
            .with(|undos| undos.last().is_some_and(|it| it.number == number))
    }

    /// Takes the change with this number back, wherever the page is: a message names it.
    pub fn undo_told(self, number: u32) {
        let last = self.undo.with_untracked(|undos| undos.last().cloned());
        if let Some(last) = last.filter(|last| last.number == number) {
            self.take_back(last);
        }
    }

    fn last_change(self) -> Option<u32> {
        self.undo
            .with_untracked(|undos| undos.last().map(|it| it.number))
    }

    /// Takes the last change back, as a new action, and says so; or why it could not be.
    fn take_back(self, last: Undo) {
        let t = self.lang.get_untracked();
        self.undo.update(|undos| drop(undos.pop()));
        match self.act(last.action) {
            Ok(_) => self.toast(t.undo_done(last.words), false),
            Err(why) => self.toast(t.undo_refused(last.words, why), false),
        }
    }

    /// Shows a message for six seconds; it may offer to take the last change back.
    pub fn toast(self, text: impl Into<String>, can_undo: bool) {
        let last = self.last_change();
        self.show_toast(text.into(), last.filter(|_| can_undo), None);
    }

    /// As [`App::toast`], with words that lead to `route`.
    pub fn toast_link(self, text: impl Into<String>, words: impl Into<String>, route: Route) {
        self.show_toast(text.into(), None, Some((words.into(), route)));
    }

    /// As [`App::toast_link`], and offers to take the last change back.
    pub fn toast_undo(self, text: impl Into<String>, words: impl Into<String>, route: Route) {
        let last = self.last_change();
        self.show_toast(text.into(), last, Some((words.into(), route)));
    }

    fn show_toast(self, text: String, undo: Option<u32>, link: Option<(String, Route)>) {
        let number = self.toast_number.try_update_value(|last| {
            *last += 1;
            *last
        });
        let number = number.unwrap_or_default();
        self.toasts.update(|toasts| {
            toasts.push(Toast {
                number,
                text,
                undo,
                link,
            });
            let surplus = toasts.len().saturating_sub(TOASTS_MAX);
            toasts.drain(..surplus);
        });
        let remove = move || {
            self.toasts
                .update(|toasts| toasts.retain(|toast| toast.number != number))
        };
        set_timeout(remove, TOAST_TIME);
    }
}
