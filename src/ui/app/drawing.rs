//! The steps of a draw: freezing, entropy, days and teams; what is written out of it.

use std::sync::Arc;

use super::state::{App, Trouble};
use crate::engine::pace::{Advance, Pace, Stage};
use crate::exchange::verification;
use crate::i18n::Who;
use crate::ui::files;
use crate::ui::task::WebPace;
use crate::workbook::drawing::FinishedDraw;
use crate::workbook::request::{OpenDraw, RunDraw};
use crate::workbook::{Action, ActionError, DrawError, DrawId, Workbook};
use leptos::prelude::*;

impl App {
    /// Gives the entropy and draws: both are stored first, so that nobody can choose
    /// among draws; then days and teams are laid. `refuse` hears why nothing was drawn.
    pub fn draw(self, run: RunDraw, refuse: impl Fn(String) + 'static) {
        match self.act(Action::EnterEntropy(run)) {
            Ok(_) => self.go_on(),
            Err(words) => refuse(words),
        }
    }

    /// Lays days and teams for the draw that waits for them, if one does: just
    /// drawn, or found so when the page or a file is opened.
    pub(in crate::ui) fn go_on(self) {
        if self.drawing.with_untracked(Option::is_some) {
            return;
        }
        let begun = self.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            book.begin_laying(book.draw_to_lay()?).ok()
        });
        let Some(drawing) = begun else {
            return;
        };
        let number = drawing.number();
        let (attempt, set_aside) = (1, 0);
        self.drawing
            .set(Some((number, Stage::Planning { attempt, set_aside })));
        let tell = move |advance: Advance| self.drawing.set(Some((number, advance.stage)));
        leptos::task::spawn_local(async move {
            files::pause(0).await;
            let finished = drawing.lay(&WebPace::of_page(tell)).await;
            // What is done with it is work of its own.
            files::pause(0).await;
            self.record_laid(number, finished);
        });
    }

    /// Records days and teams of a draw, unless the workbook was closed meanwhile.
    fn record_laid(self, number: u32, finished: FinishedDraw) {
        self.drawing.set(None);
        if self.workbook.with_untracked(Option::is_none) {
            return;
        }
        let recorded = self.act(Action::FinishDraw(Box::new(finished)));
        if recorded.is_ok() {
            return self.tell_drawn(number);
        }
        // Refused where this window fell behind, which its band says; else another
        // workbook was opened meanwhile, which may wait for its own.
        if self.trouble.get_untracked() != Some(Trouble::Stale) {
            self.go_on();
        }
    }

    /// Says for which month how many units a draw has drawn.
    fn tell_drawn(self, number: u32) {
        let t = self.lang.get_untracked();
        let drawn = self.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            let mut drawn = book.draws().rev().filter(|draw| draw.drawn.is_some());
            let draw = drawn.find(|draw| draw.number == number)?;
            let name = t.draw_name(draw.month, &draw.occasion);
            let result = &draw.drawn.as_ref()?.result;
            Some(match draw.own_register() {
                Some(register) => {
                    t.own_draw_done(name, t.own_count(register, result.drawn().count() as u32))
                }
                None => t.draw_done(name, draw.drawn_units().count()),
            })
        });
        drawn.into_iter().for_each(|words| self.toast(words, false));
    }

    /// Freezes the register and opens the draw. Anew where the workbook changed meanwhile;
    /// nothing changes before the draw is open.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub async fn freeze(self, open: OpenDraw, pace: &WebPace) -> Result<(), String> {
        let lang = self.lang.get_untracked();
        while let Some(book) = self.workbook.get_untracked() {
            let frozen = book.freeze_on(open.month, open.salt_seed, self.today(), pace);
            let frozen = frozen.await.map_err(|error| {
                let error: ActionError = DrawError::from(error).into();
                lang.action_error(&error, Who(Some(&book)))
            })?;
            files::pause(0).await;
            let is_same = |now: &Option<Arc<Workbook>>| {
                let now = now.as_ref();
                now.is_some_and(|now| Arc::ptr_eq(now, &book))
            };
            if self.workbook.with_untracked(is_same) {
                // A workbook that is held is copied by the next change.
                drop(book);
                return self
                    .act(Action::OpenFrozen(open, Box::new(frozen)))
                    .map(drop);
            }
        }
        Ok(())
    }

    /// Writes what is published of a draw: its file's name and text. `None` before it has
    /// drawn, or where a salt is lost.
    pub async fn write_out(self, id: DrawId, pace: &impl Pace) -> Option<(String, String)> {
        let book = self.workbook.get_untracked()?;
        verification::write(&book, id, pace).await
    }
}
