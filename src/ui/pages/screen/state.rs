//! What is shown, and how far the show has come.

use leptos::ev;
use leptos::prelude::*;

use crate::desk::screen::Screen;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::ui::app::{App, focused};
use crate::ui::import::is_dialog_open;
use crate::ui::route::{Page, Route};
use crate::workbook::{DrawRecord, Workbook};

/// How far the showing is.
#[derive(Clone, Copy)]
pub(super) struct Show {
    pub(super) app: App,
    /// 0 shows the commitment, n the page n − 1.
    pub(super) step: RwSignal<usize>,
    pub(super) is_paused: RwSignal<bool>,
    /// Rows stand at once: the step was seen before.
    pub(super) is_settled: RwSignal<bool>,
}

impl Show {
    pub(super) fn unit(self) -> Option<CandidateId> {
        let id = self.app.route.with(|route| route.query.get(UNIT).cloned());
        id.and_then(|id| CandidateId::new(id).ok())
    }

    /// Reads the draw that the address names.
    pub(super) fn draw<T>(self, read: impl FnOnce(&Workbook, &DrawRecord) -> T) -> Option<T> {
        let named = self.app.route.with(|route| route.id.clone())?;
        self.app.workbook.with(|book| {
            let book = book.as_deref()?;
            Some(read(book, book.draw(book.draw_named(&named)?)?))
        })
    }

    pub(super) fn screen(self) -> Option<Screen> {
        self.draw(|book, draw| book.screen(draw)).flatten()
    }

    pub(super) fn last_step(self) -> usize {
        untrack(|| self.screen()).map_or(0, |screen| screen.pages.len())
    }

    pub(super) fn next(self) {
        let last = self.last_step();
        if self.unit().is_none() && self.step.get_untracked() < last {
            self.is_settled.set(false);
            self.step.update(|step| *step += 1);
        }
    }

    pub(super) fn back(self) {
        if self.step.get_untracked() > 0 {
            self.is_settled.set(true);
            self.step.update(|step| *step -= 1);
        }
    }

    pub(super) fn pause(self) {
        self.is_paused.update(|is_paused| *is_paused = !*is_paused);
    }

    /// Back to the page that the showing belongs to.
    pub(super) fn leave(self) {
        let home = untrack(|| {
            let unit = self.unit();
            self.draw(|book, draw| match &unit {
                Some(unit) => Route::record(Page::Units, book.register_id(unit).as_str()),
                None => Route::of_draw(draw),
            })
        });
        self.app
            .replace_route(home.unwrap_or_else(|| Route::to(Page::Month)));
    }

    pub(super) fn press(self, event: &ev::KeyboardEvent) {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        if has_modifier || is_dialog_open() {
            return;
        }
        // A button with the focus takes the space bar for itself.
        let is_on_button = focused().is_some_and(|element| element.tag_name() == "BUTTON");
        match event.key().as_str() {
            " " if is_on_button => return,
            " " | "ArrowRight" | "PageDown" => self.next(),
            "ArrowLeft" | "PageUp" => self.back(),
            "p" | "P" => self.pause(),
            "Escape" => self.leave(),
            _ => return,
        }
        event.prevent_default();
    }
}

pub(super) fn use_lang_of(show: Show) -> Lang {
    show.app.lang.get_untracked()
}

/// The unit in the address whose place is shown.
pub(super) const UNIT: &str = "unit";
