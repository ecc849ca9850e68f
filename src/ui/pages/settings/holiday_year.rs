//! A year's days off and days worked, by clicking days or from the notice's text.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use leptos::prelude::*;

use crate::engine::calendar::{WorkdayCalendar, YearDays, YearMonth};
use crate::exchange::notice::Notice;
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::list::focus_on;
use crate::ui::widgets::{SelectField, TextArea};
use crate::workbook::{Action, YEARS};

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// A year while it is edited.
#[derive(Clone, Copy)]
pub(super) struct YearDraft {
    app: App,
    /// The year, as its field holds it.
    year: RwSignal<String>,
    days: RwSignal<YearDays>,
    /// Days of other years that a notice names, such as 31 December.
    beside: RwSignal<BTreeMap<i32, YearDays>>,
    /// The day that keys move from.
    cursor: RwSignal<NaiveDate>,
    /// What the pasted text came to.
    read: RwSignal<Option<Notice>>,
    error: RwSignal<String>,
}

impl YearDraft {
    /// Begins with the first year from the workbook's on that is not known.
    pub(super) fn new(app: App) -> Self {
        let calendar = calendar(app);
        let own = app
            .workbook
            .with_untracked(|book| Some(book.as_ref()?.year_on(app.today()).year));
        let own = own.unwrap_or(*YEARS.start());
        let year = (own..=own + 1)
            .find(|year| !calendar.has_year(*year))
            .unwrap_or(own);
        let draft = Self {
            app,
            year: RwSignal::new(year.to_string()),
            days: RwSignal::new(YearDays::default()),
            beside: RwSignal::new(BTreeMap::new()),
            cursor: RwSignal::new(first_of(year)),
            read: RwSignal::new(None),
            error: RwSignal::new(String::new()),
        };
        draft.show(year);
        draft
    }

    fn year(self) -> i32 {
        self.year.get().parse().unwrap_or(*YEARS.start())
    }

    /// Shows a year as it is known.
    fn show(self, year: i32) {
        let known = calendar(self.app).years().get(&year).cloned();
        self.days.set(known.unwrap_or_default());
        self.beside.set(BTreeMap::new());
        self.cursor.set(first_of(year));
        self.error.set(String::new());
        self.year.set(year.to_string());
    }

    /// Puts what a notice says into the draft.
    fn take(self, t: Lang, text: &str) {
        let year = untrack(|| self.year());
        let Some(notice) = Notice::read(text, year) else {
            self.read.set(None);
            return self.error.set(t.holidays_read_nothing().to_owned());
        };
        self.show(notice.year);
        let mut years = notice.years.clone();
        self.days
            .set(years.remove(&notice.year).unwrap_or_default());
        self.beside.set(years);
        self.read.set(Some(notice));
    }

    /// The year, and days of known years beside it.
    pub(super) fn save(self, t: Lang) {
        let year = untrack(|| self.year());
        let mut years = BTreeMap::from([(year, self.days.get_untracked())]);
        let calendar = calendar(self.app);
        for (year, more) in self.beside.get_untracked() {
            if let Some(known) = calendar.years().get(&year) {
                let mut days = known.clone();
                days.off.extend(more.off);
                days.work.extend(more.work);
                years.insert(year, days);
            }
        }
        let action = Action::ImportHolidays(years);
        match self.app.act_and_tell(action, t.holidays_saved(year)) {
            Ok(_) => self.error.set(String::new()),
            Err(words) => self.error.set(words),
        }
    }

    /// The words of the button that saves.
    pub(super) fn save_words(self, t: Lang) -> String {
        t.holidays_save(self.year())
    }
}

fn calendar(app: App) -> WorkdayCalendar {
    app.workbook
        .with_untracked(|book| book.as_ref().map(|book| book.calendar()))
        .unwrap_or_default()
}

fn first_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// The text of a notice above, the year's days below.
pub(super) fn editor(draft: YearDraft) -> AnyView {
    let (app, t) = (use_app(), use_lang());
    let known = calendar(app);
    let own = app
        .workbook
        .with_untracked(|book| Some(book.as_ref()?.year_on(app.today()).year));
    let own = own.unwrap_or(*YEARS.start());
    let years = known.years().keys().copied().chain(own..=own + 1);
    let years: std::collections::BTreeSet<i32> = years.collect();
    // A notice may be of a year that is not on the list.
    let options = move || {
        let mut years = years.clone();
        years.insert(draft.year());
        let option = |year: &i32| (year.to_string(), year.to_string());
        years.iter().rev().map(option).collect::<Vec<_>>()
    };
    let chosen = Memo::new(move |_| draft.year());
    Effect::watch(
        move || chosen.get(),
        move |year, _, _| {
            let is_read = draft
                .read
                .with_untracked(|read| read.as_ref().is_some_and(|read| read.year == *year));
            if !is_read {
                draft.read.set(None);
                draft.show(*year);
            }
        },
        false,
    );
    let counts = move || {
        let year = draft.year();
        draft.days.with(|days| {
            let mut calendar = WorkdayCalendar::built_in();
            calendar.add_years(&BTreeMap::from([(year, days.clone())]));
            let months = YearMonth::new(year, 1).map(YearMonth::year_months);
            let months = months.into_iter().flatten();
            let total: usize = months.map(|month| calendar.working_days(month).len()).sum();
            t.holidays_counts(days.off.len(), days.work.len(), total)
        })
    };
    view! {
        {paste(draft, t)}
        <section class="pane" aria-labelledby="holiday-days">
            <div class="pane-head">
                <h2 id="holiday-days">{t.holidays_edit()}</h2>
                <span class="caption" role="status">
                    {counts}
                </span>
                <span class="spring"></span>
                <div class="holiday-year">
                    {move || view! { <SelectField label=t.holidays_year() value=draft.year options=options() /> }}
                </div>
            </div>
            <div class="pane-body">
                {error_line(draft.error.into())} <p class="caption">{t.holidays_edit_lead()}</p>
                <div class="year-days" on:keydown=move |event| move_cursor(draft, &event)>
                    {move || months(draft, t, chosen.get())}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn paste(draft: YearDraft, t: Lang) -> AnyView {
    let text = RwSignal::new(String::new());
    let read = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        draft.take(t, &text.get_untracked());
    };
    let found = move || {
        draft.read.get().map(|notice| {
            let holiday = |(name, first, last): &(String, NaiveDate, NaiveDate)| {
                let words = if first == last {
                    t.holidays_one_day(name, t.month_day(*first))
                } else {
                    t.holidays_range(name, t.month_day(*first), t.month_day(*last))
                };
                view! { <li>{words}</li> }
            };
            let fault = |fault| view! { <li class="warn-text">{t.notice_fault(fault)}</li> };
            view! {
                <p>{t.holidays_read_done(notice.year, notice.holidays.len())}</p>
                <ul class="notice-holidays">{notice.holidays.iter().map(holiday).collect_view()}</ul>
                <ul>{notice.faults.iter().map(fault).collect_view()}</ul>
            }
        })
    };
    view! {
        <section class="pane" aria-labelledby="holiday-notice">
            <div class="pane-head">
                <h2 id="holiday-notice">{t.holidays_from_notice()}</h2>
            </div>
            <form class="pane-body settings-text" novalidate on:submit=read>
                <TextArea label=t.holidays_paste() value=text help=t.holidays_paste_help() />
                <button type="submit" class="button">
                    {t.holidays_read()}
                </button>
                <div role="status">{found}</div>
            </form>
        </section>
    }
    .into_any()
}

fn months(draft: YearDraft, t: Lang, year: i32) -> AnyView {
    let months = YearMonth::new(year, 1).map(YearMonth::year_months);
    let months = months.into_iter().flatten();
    months
        .map(|month| one_month(draft, t, month))
        .collect_view()
        .into_any()
}

fn one_month(draft: YearDraft, t: Lang, month: YearMonth) -> AnyView {
    let heads = WEEK.map(|day| {
        let name = t.weekday(day);
        let short: String = match t {
            Lang::Zh => name.chars().skip(2).collect(),
            Lang::En => name.chars().take(2).collect(),
        };
        view! {
            <th scope="col" abbr=name>
                {short}
            </th>
        }
    });
    let lead = month.first_day().weekday().num_days_from_monday() as usize;
    let cells = std::iter::repeat_n(None, lead).chain(month.days().map(Some));
    let cells: Vec<Option<NaiveDate>> = cells.collect();
    let weeks = cells.chunks(7).map(|week| {
        let cells = week.iter().map(|day| match day {
            Some(day) => day_cell(draft, t, *day),
            None => view! { <td></td> }.into_any(),
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="month-days" role="grid" aria-label=t.month_name(month.month())>
            <caption>{t.month_name(month.month())}</caption>
            <thead>
                <tr>{heads.into_iter().collect_view()}</tr>
            </thead>
            <tbody>{weeks.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn day_cell(draft: YearDraft, t: Lang, date: NaiveDate) -> AnyView {
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let state = Memo::new(move |_| {
        let days = draft.days;
        days.with(|days| (days.off.contains(&date), days.work.contains(&date)))
    });
    let words = move || {
        let kind = match (state.get(), is_weekend) {
            ((_, true), _) => t.day_worked(),
            ((true, _), _) => t.day_off(),
            (_, true) => t.day_weekend(),
            (_, false) => t.day_plain(),
        };
        let comma = if t == Lang::Zh { "，" } else { ", " };
        let day = t.month_day(date);
        format!("{day} {}{comma}{kind}", t.weekday(date.weekday()))
    };
    let mark = move || match state.get() {
        (_, true) => t.day_worked_mark(),
        (true, _) => t.day_off_mark(),
        _ => "",
    };
    let is_cursor = Memo::new(move |_| draft.cursor.get() == date);
    let toggle = move |_| {
        draft.cursor.set(date);
        draft.days.update(|days| days.toggle(date));
    };
    view! {
        <td role="gridcell">
            <button
                type="button"
                class="day"
                class:is-off=move || state.get().0
                class:is-work=move || state.get().1
                class:is-weekend=is_weekend
                data-day=date.to_string()
                aria-label=words
                tabindex=move || if is_cursor.get() { "0" } else { "-1" }
                on:click=toggle
            >
                {date.day()}
                <small>{mark}</small>
            </button>
        </td>
    }
    .into_any()
}

/// Arrow keys move by a day or a week, page keys by a month, within the year.
fn move_cursor(draft: YearDraft, event: &leptos::ev::KeyboardEvent) {
    let now = draft.cursor.get_untracked();
    let next = match event.key().as_str() {
        "ArrowLeft" => now.pred_opt(),
        "ArrowRight" => now.succ_opt(),
        "ArrowUp" => now.checked_sub_days(Days::new(7)),
        "ArrowDown" => now.checked_add_days(Days::new(7)),
        "PageUp" => now.checked_sub_months(Months::new(1)),
        "PageDown" => now.checked_add_months(Months::new(1)),
        "Home" => now.with_day(1),
        "End" => Some(YearMonth::of(now).last_day()),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next.filter(|next| next.year() == now.year()) {
        draft.cursor.set(next);
        focus_on(&format!("[data-day=\"{next}\"]"));
    }
}
