//! What the parts of the page share: the month, its draw, names.

use leptos::prelude::*;

use crate::engine::calendar::YearMonth;
use crate::ui::app::App;
use crate::ui::overdue::SHOW;
use crate::ui::route::Route;
use crate::workbook::{DrawId, DrawRecord, DrawStep, Workbook};

/// The draw's number in the address, where a month has several.
pub(super) const DRAW: &str = "draw";

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(in crate::ui::pages) struct MonthState {
    pub(in crate::ui::pages) app: App,
    pub(in crate::ui::pages) month: Memo<YearMonth>,
    /// The one draw of which another page tells; none: the draws of the month.
    only: Option<Memo<Option<DrawId>>>,
}

impl MonthState {
    /// Of the page of a month.
    pub(super) const fn of_month(app: App, month: Memo<YearMonth>) -> Self {
        let only = None;
        Self { app, month, only }
    }

    /// Of one draw, on a page of its own.
    pub(in crate::ui::pages) fn of_draw(app: App, draw: Memo<Option<DrawId>>) -> Self {
        let month = Memo::new(move |_| {
            let month = app.workbook.with(|book| {
                let draw = book.as_deref()?.draw(draw.get()?)?;
                Some(draw.month)
            });
            month.unwrap_or_else(|| YearMonth::of(app.today()))
        });
        Self {
            app,
            month,
            only: Some(draw),
        }
    }

    /// Whether it is the page of a month.
    pub(super) const fn is_of_month(self) -> bool {
        self.only.is_none()
    }

    /// The draw that is shown, if any.
    pub(super) fn draw_in(self, book: &Workbook) -> Option<&DrawRecord> {
        match self.only {
            Some(only) => book.draw(only.get()?),
            None => book.shown_draw(self.month.get(), self.asked()),
        }
    }

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
        self.book(|book| Some(read(book, self.draw_in(book)?)))
            .flatten()
    }

    pub(in crate::ui::pages) fn draw(self) -> Option<DrawRecord> {
        self.shown(|_, draw| draw.clone())
    }

    pub(in crate::ui::pages) fn step(self) -> Option<(u32, DrawStep)> {
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
        if self.is_of_month() {
            route.id = Some(self.month.get_untracked().to_string());
        }
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
