//! The month ribbon: a column a day, a square a visit.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::i18n::Lang;

/// Squares that fit into a column; a number says the rest.
const SQUARES_MAX: u32 = 5;

/// One day of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RibbonDay {
    pub date: NaiveDate,
    /// Whether it is worked on.
    pub is_workday: bool,
    /// Whether it is kept for the next draw.
    pub is_draw_window: bool,
    /// Visits made and entered.
    pub made: u32,
    /// Visits made whose result is not entered.
    pub visited: u32,
    /// Visits to come.
    pub planned: u32,
    /// What else the day holds: 核查, 抽取.
    pub note: String,
}

/// The ribbon. The legend beside it says what the squares are; see [`ribbon_legend`].
///
/// ```text
/// month_ribbon(t, &days, app.today())
/// ```
pub fn month_ribbon(lang: Lang, days: &[RibbonDay], today: NaiveDate) -> AnyView {
    let columns = days
        .iter()
        .map(|day| column(lang, day, today))
        .collect_view();
    view! { <ol class="ribbon">{columns}</ol> }.into_any()
}

/// How many squares of each kind the ribbon shows.
pub fn ribbon_legend(lang: Lang, days: &[RibbonDay], today: NaiveDate) -> AnyView {
    let sum = |count: fn(&RibbonDay) -> u32| days.iter().map(count).sum::<u32>();
    let now = days.iter().find(|day| day.date == today);
    let now = now.map(|day| day.planned).unwrap_or_default();
    let visited = sum(|day| day.visited);
    let entry = |class: &'static str, words: String| {
        view! {
            <span>
                <i class=class></i>
                {words}
            </span>
        }
    };
    view! {
        <p class="ribbon-legend">
            {entry("is-made", lang.ribbon_made(sum(|day| day.made)))}
            {(visited > 0).then(|| entry("is-visited", lang.ribbon_visited(visited)))}
            {(now > 0).then(|| entry("is-now", lang.ribbon_today(now)))}
            {entry("", lang.ribbon_planned(sum(|day| day.planned) - now))}
        </p>
    }
    .into_any()
}

fn column(lang: Lang, day: &RibbonDay, today: NaiveDate) -> AnyView {
    let is_today = day.date == today;
    let class = match (day.is_workday, is_today, day.is_draw_window) {
        (_, true, _) => "is-today",
        (false, ..) => "is-rest",
        (true, false, true) => "is-window",
        (true, false, false) => "",
    };
    let kinds = [
        ("", day.planned),
        ("is-visited", day.visited),
        ("is-made", day.made),
    ];
    let all: u32 = kinds.iter().map(|(_, count)| count).sum();
    // The words for the rest need a square's place themselves.
    let shown = if all > SQUARES_MAX {
        SQUARES_MAX - 1
    } else {
        all
    };
    let squares = kinds
        .into_iter()
        .flat_map(|(class, count)| std::iter::repeat_n(class, count as usize))
        .take(shown as usize)
        .map(|class| view! { <i class=class></i> })
        .collect_view();
    let rest = (all > shown).then(|| all - shown);
    view! {
        <li
            class=class
            aria-label=spoken(lang, day)
            aria-current=is_today.then_some("date")
        >
            <span>{day.date.day()}</span>
            <span>{short_weekday(lang, day.date)}</span>
            <span class="ribbon-squares">
                {rest.map(|rest| view! { <small>{format!("+{rest}")}</small> })} {squares}
            </span>
            <span class="ribbon-note">{day.note.clone()}</span>
        </li>
    }
    .into_any()
}

/// The day as a screen reader says it.
fn spoken(lang: Lang, day: &RibbonDay) -> String {
    let mut words = vec![format!(
        "{} {}",
        lang.month_day(day.date),
        lang.weekday(day.date.weekday())
    )];
    if !day.is_workday {
        words.push(lang.ribbon_rest().to_owned());
    }
    if day.made > 0 {
        words.push(lang.ribbon_made(day.made));
    }
    if day.visited > 0 {
        words.push(lang.ribbon_visited(day.visited));
    }
    if day.planned > 0 {
        words.push(lang.ribbon_planned(day.planned));
    }
    if !day.note.is_empty() {
        words.push(day.note.clone());
    }
    words.join(lang.list_comma())
}

/// 一 / M: all that fits into a column.
fn short_weekday(lang: Lang, date: NaiveDate) -> String {
    let name = lang.weekday(date.weekday());
    match lang {
        Lang::Zh => name.chars().last().into_iter().collect(),
        Lang::En => name.chars().take(1).collect(),
    }
}
