//! What the parts of the page share: the month, its draw, names.

use leptos::prelude::*;

use crate::engine::calendar::YearMonth;
use crate::ui::app::App;
use crate::ui::overdue::SHOW;
use crate::ui::route::Route;
use crate::workbook::{DrawRecord, DrawStep, Workbook};

/// The draw's number in the address, where a month has several.
pub(super) const DRAW: &str = "draw";

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct MonthState {
    pub(super) app: App,
    pub(super) month: Memo<YearMonth>,
}

impl MonthState {
    /// Reads the workbook; the page is shown only with an open one.
    pub(super) fn book<T>(self, read: impl FnOnce(&Workbook) -> T) -> Option<T> {
        self.app.workbook.with(|book| book.as_deref().map(read))
    }

    /// Number of the draw that the address asks for, if it does.
    pub(super) fn asked(self) -> Option<u32> {
        let route = self.app.route;
        route.with(|route| route.query.get(DRAW)?.parse().ok())
    }

    /// Reads the draw of the month that is shown, if any.
    pub(super) fn shown<T>(self, read: impl FnOnce(&Workbook, &DrawRecord) -> T) -> Option<T> {
        let (month, asked) = (self.month.get(), self.asked());
        self.book(|book| Some(read(book, book.shown_draw(month, asked)?)))
            .flatten()
    }

    pub(super) fn draw(self) -> Option<DrawRecord> {
        self.shown(|_, draw| draw.clone())
    }

    pub(super) fn step(self) -> Option<(u32, DrawStep)> {
        self.shown(|_, draw| (draw.number, draw.step()))
    }

    /// The month's year, if it is closed.
    pub(super) fn closed_year(self) -> Option<i32> {
        let year = self.month.get().year();
        let is_closed = self.book(|book| book.is_year_closed(year));
        is_closed.unwrap_or_default().then_some(year)
    }

    /// The page's address with the draw and the visits that are shown, without anything
    /// chosen on it.
    pub(super) fn address(self) -> Route {
        let mut route = self.app.route.get_untracked();
        route
            .query
            .retain(|key, _| [DRAW, SHOW].contains(&key.as_str()));
        route.id = Some(self.month.get_untracked().to_string());
        route
    }
}

pub(super) fn unit_name(state: MonthState, id: &crate::model::CandidateId) -> String {
    let name = state
        .book(|book| book.unit_drawn(id).map(|unit| unit.name.clone()))
        .flatten();
    name.unwrap_or_else(|| id.to_string())
}

pub(super) fn officer_name(state: MonthState, id: &crate::model::OfficerId) -> String {
    state
        .book(|book| book.officer_name(id))
        .unwrap_or_else(|| id.to_string())
}
