//! What is late, and what it costs the next draw: one banner for every page that works
//! out places.

use leptos::prelude::*;

use super::app::{App, use_lang};
use super::route::{Page, Route};
use super::widgets::{Banner, BannerKind};
use crate::engine::calendar::YearMonth;
use crate::workbook::pending::Overdue;

/// In a month's address: only the visits whose day is over and that are not entered.
pub const SHOW: &str = "show";
/// The value of [`SHOW`].
const LATE: &str = "late";

/// The late visits of a month's plan.
#[must_use]
pub fn late_route(month: YearMonth) -> Route {
    Route::record(Page::Month, month.to_string()).with(SHOW, LATE)
}

/// Whether an address asks for late visits alone.
#[must_use]
pub fn is_late_only(route: &Route) -> bool {
    route.query.get(SHOW).is_some_and(|show| show == LATE)
}

/// How many places of the draw for `month` go to visits that are carried into it, why,
/// and the way to those that may only lack their entry; nothing where there are none.
pub fn overdue_banner(app: App, month: YearMonth) -> AnyView {
    let t = use_lang();
    let overdue = app
        .workbook
        .with(|book| Some(book.as_deref()?.overdue(month, app.today())));
    let Some(overdue) = overdue.filter(|overdue| overdue.count() > 0) else {
        return ().into_any();
    };
    let (count, late, aside) = (overdue.count(), overdue.late(), overdue.set_aside);
    let fact = t.overdue_fact(count, t.month_name(month.month()));
    let cause = match (late, aside) {
        (_, 0) => t.overdue_late(late),
        (0, _) => t.overdue_aside(aside),
        _ => [t.overdue_late(late), t.overdue_aside(aside)].join(t.sentence_gap()),
    };
    view! {
        <Banner kind=BannerKind::Warn fact cause>
            {late_links(&overdue)}
        </Banner>
    }
    .into_any()
}

fn late_links(overdue: &Overdue) -> AnyView {
    let t = use_lang();
    let rows = overdue
        .by_month
        .iter()
        .zip(1..)
        .map(|((month, count), number)| {
            view! {
                <li>
                    <b>{number}</b>
                    <span>{t.overdue_in(t.month_name(month.month()), count)}</span>
                    <a class="button is-small" href=late_route(*month).hash()>
                        {t.duty_late_act()}
                    </a>
                </li>
            }
        });
    rows.collect_view().into_any()
}
