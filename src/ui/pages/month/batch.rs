//! Several visits entered in one go: on their planned days with nothing found, then the
//! exceptions, one button for all.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::approve::approve_button;
use super::entry::{day_words, finding_key, finding_of, finding_options};
use crate::desk::VisitRow;
use crate::engine::calendar::YearMonth;
use crate::model::{Finding, UnitId};
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::MonthState;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{CheckField, Dialog};
use crate::workbook::request::{ApprovePlan, VisitEntry};
use crate::workbook::{Action, VisitMade, Workbook};

/// Visits that are shown at once; the others come when these are entered.
const ROWS_MAX: usize = 300;

/// The visits of the month, or of the one draw that the page tells of.
fn visits(state: MonthState) -> Vec<VisitRow> {
    let month = state.month.get();
    let rows = if state.is_of_month() {
        state.book(|book| book.month_visits(month))
    } else {
        state.shown(|book, draw| book.visit_rows(draw))
    };
    rows.unwrap_or_default()
}

/// Visits that are still to be entered, whose day has come and whose plan is approved.
fn due(state: MonthState) -> Vec<VisitRow> {
    let today = state.app.today();
    let mut rows = visits(state);
    rows.retain(|row| row.is_pending() && row.approved_on.is_some() && row.day <= today);
    rows
}

/// How many visits wait for their entry, and the ways to enter them; nothing where none do.
pub(super) fn entry_bar(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_open = RwSignal::new(false);
    let is_demo = state.book(|book| book.is_demo).unwrap_or_default();
    let pending = Memo::new(move |_| {
        let rows = visits(state).into_iter();
        rows.filter(VisitRow::is_pending).count()
    });
    let due_count = Memo::new(move |_| due(state).len());
    let bar = move || {
        let (pending, due) = (pending.get(), due_count.get());
        // Of a closed year nothing is entered any more.
        if state.closed_year().is_some() {
            return None;
        }
        let is_walked = is_demo && pending > 0;
        let waits = state.draw().is_some_and(|draw| draw.approval.is_none());
        (due > 0 || is_walked || waits).then(|| {
            view! {
                <div class="filter-bar">
                    <span>
                        {waits.then(|| t.approve_waits())}
                        {(due > 0 && !waits).then(|| t.entry_due(due))}
                    </span>
                    <span class="spring"></span>
                    {waits.then(|| approve_button(state))}
                    {is_walked
                        .then(|| {
                            view! {
                                <button type="button" class="button is-small" on:click=move |_| enter_demo_month(state)>
                                    {t.act_enter_demo_month()}
                                </button>
                            }
                        })}
                    {(due > 0)
                        .then(|| {
                            view! {
                                <button type="button" class="button is-small is-primary" on:click=move |_| is_open.set(true)>
                                    {t.act_enter_visits()}
                                </button>
                            }
                        })}
                </div>
            }
        })
    };
    view! {
        {bar}
        {move || is_open.get().then(|| view! { <EntryDialog state is_open /> })}
    }
    .into_any()
}

/// A demo's month with one click: its date goes on to the last planned day, and each
/// visit is entered on its day with nothing found.
fn enter_demo_month(state: MonthState) {
    let t = state.app.lang.get_untracked();
    let mut rows = untrack(|| visits(state));
    rows.retain(VisitRow::is_pending);
    let Some(last) = rows.iter().map(|row| row.day).max() else {
        return;
    };
    if last > state.app.today() {
        state.app.set_demo_today(last);
    }
    let plans = untrack(|| state.book(|book| plans_waiting(book, state.month.get())));
    for approve in plans.unwrap_or_default() {
        if let Err(refused) = state.app.act(Action::ApprovePlan(approve)) {
            state.app.toast(refused, false);
            return;
        }
    }
    let visits: Vec<VisitEntry> = rows
        .into_iter()
        .map(|row| VisitEntry {
            unit: row.unit,
            made: VisitMade {
                date: row.day,
                finding: Finding::None,
            },
        })
        .collect();
    let words = t.visits_recorded(visits.len());
    if let Err(refused) = state.app.act_and_tell(Action::RecordVisits(visits), words) {
        state.app.toast(refused, false);
    }
}

/// Approvals of the month's plans that wait for one, as the demo's head gives them: on the day
/// of the draw.
fn plans_waiting(book: &Workbook, month: YearMonth) -> Vec<ApprovePlan> {
    let waiting = book.unapproved_of(month).filter_map(|draw| {
        Some(ApprovePlan {
            draw: draw.id(),
            date: draw.drawn.as_ref()?.at.date(),
            approver: book.brigade.head.clone(),
            opinion: String::new(),
        })
    });
    waiting.collect()
}

/// A visit of the list as it is about to be entered.
#[derive(Clone)]
struct Line {
    unit: UnitId,
    name: String,
    planned: NaiveDate,
    is_on: RwSignal<bool>,
    date: RwSignal<String>,
    finding: RwSignal<String>,
}

impl Line {
    fn new(row: VisitRow) -> Self {
        Self {
            unit: row.unit,
            name: row.name,
            planned: row.day,
            is_on: RwSignal::new(true),
            date: RwSignal::new(row.day.to_string()),
            finding: RwSignal::new(finding_key(Finding::None)),
        }
    }

    /// What its day raises as a question; empty where nothing, or where it is left out.
    fn question(&self, state: MonthState) -> String {
        let t = state.app.lang.get_untracked();
        if !self.is_on.get() {
            return String::new();
        }
        let date = self.date.with(|date| date.parse::<NaiveDate>());
        let words = date
            .ok()
            .and_then(|date| state.book(|book| day_words(t, book, self.planned, date)));
        words.unwrap_or_default()
    }

    /// The visit; none where it is left out.
    fn entry(&self, wrong: &str) -> Result<Option<VisitEntry>, String> {
        if !self.is_on.get_untracked() {
            return Ok(None);
        }
        let date = self.date.with_untracked(|date| date.parse::<NaiveDate>());
        let date = date.map_err(|_| format!("{}: {wrong}", self.name))?;
        let finding = self.finding.with_untracked(|key| finding_of(key));
        Ok(Some(VisitEntry {
            unit: self.unit.clone(),
            made: VisitMade { date, finding },
        }))
    }

    fn view(self, state: MonthState) -> AnyView {
        let t = use_lang();
        let line = self.clone();
        let question = Memo::new(move |_| line.question(state));
        let of = |what: &str| format!("{} {what}", self.name);
        let finding = self.finding;
        let options = finding_options(t).into_iter().map(|(key, words)| {
            let own = key.clone();
            view! { <option value=key selected=move || finding.get() == own>{words}</option> }
        });
        let (is_on, date) = (self.is_on, self.date);
        view! {
            <tr class="is-wide" class:is-faint=move || !is_on.get()>
                <td>
                    <input
                        type="checkbox"
                        aria-label=self.name.clone()
                        prop:checked=move || is_on.get()
                        on:change=move |event| is_on.set(event_target_checked(&event))
                    />
                </td>
                <td><span class="ellipsis" title=self.name.clone()>{self.name.clone()}</span></td>
                <td>{t.month_day_short(self.planned)}</td>
                <td>
                    <input
                        class="control"
                        type="date"
                        aria-label=of(t.visit_date())
                        prop:value=move || date.get()
                        on:input=move |event| date.set(event_target_value(&event))
                    />
                    {move || {
                        let words = question.get();
                        (!words.is_empty()).then(|| view! { <p class="warn-text">{words}</p> })
                    }}
                </td>
                <td>
                    <select
                        class="control"
                        aria-label=of(t.visit_finding())
                        on:change=move |event| finding.set(event_target_value(&event))
                    >
                        {options.collect_view()}
                    </select>
                </td>
            </tr>
        }
        .into_any()
    }
}

#[component]
fn EntryDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let rows = untrack(|| due(state));
    let left = rows.len().saturating_sub(ROWS_MAX);
    let lines: Vec<Line> = rows.into_iter().take(ROWS_MAX).map(Line::new).collect();
    let lines = StoredValue::new(lines);
    let (is_sure, error) = (RwSignal::new(false), RwSignal::new(String::new()));
    let chosen = Memo::new(move |_| {
        lines.with_value(|lines| lines.iter().filter(|line| line.is_on.get()).count())
    });
    let asked = Memo::new(move |_| {
        let is_asked = |line: &&Line| !line.question(state).is_empty();
        lines.with_value(|lines| lines.iter().filter(is_asked).count())
    });
    let close = Callback::new(move |()| is_open.set(false));
    let confirm = move |_| {
        if asked.get_untracked() > 0 && !is_sure.get_untracked() {
            return error.set(t.day_unsure().to_owned());
        }
        let entries = lines.with_value(|lines| {
            let entries = lines.iter().map(|line| line.entry(t.visit_date_wrong()));
            entries.collect::<Result<Vec<_>, String>>()
        });
        let recorded = entries.and_then(|entries| {
            let visits: Vec<VisitEntry> = entries.into_iter().flatten().collect();
            let words = t.visits_recorded(visits.len());
            state.app.act_and_tell(Action::RecordVisits(visits), words)
        });
        match recorded {
            Ok(_) => is_open.set(false),
            Err(refused) => error.set(refused),
        }
    };
    let sure = move || {
        let count = asked.get();
        (count > 0).then(|| view! { <CheckField label=t.days_sure(count) value=is_sure /> })
    };
    view! {
        <Dialog title=t.act_enter_visits() class="is-wide" on_close=close>
            <div class="dialog-body">
                <p>{t.enter_note()}</p>
                {(left > 0).then(|| view! { <p class="caption">{t.enter_left(ROWS_MAX, left)}</p> })}
                <div class="entry-scroll" tabindex="0" role="group" aria-label=t.act_enter_visits()>
                    <table class="list is-auto" aria-label=t.act_enter_visits()>
                        {entry_head()}
                        <tbody>
                            {lines.with_value(|lines| lines.iter().map(|line| line.clone().view(state)).collect_view())}
                        </tbody>
                    </table>
                </div>
                {sure}
                {error_line(Signal::derive(move || error.get()))}
            </div>
            <div class="dialog-foot">
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {t.cancel_word()}
                </button>
                <button type="button" class="button is-primary" autofocus on:click=confirm>
                    {move || t.enter_chosen(chosen.get())}
                </button>
            </div>
        </Dialog>
    }
}

fn entry_head() -> AnyView {
    let t = use_lang();
    view! {
        <thead>
            <tr>
                <th scope="col"><span class="visually-hidden">{t.enter_choose()}</span></th>
                <th scope="col">{t.col_unit()}</th>
                <th scope="col">{t.col_day()}</th>
                <th scope="col">{t.visit_date()}</th>
                <th scope="col">{t.visit_finding()}</th>
            </tr>
        </thead>
    }
    .into_any()
}
