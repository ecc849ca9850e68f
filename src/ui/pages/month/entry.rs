//! A visit's entry: made, corrected, and asked about where its day is unusual.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::model::{Finding, UnitId};
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::MonthState;
use crate::ui::widgets::{Ask, CheckField, Line, SelectField, TextField};
use crate::workbook::request::CorrectVisit;
use crate::workbook::visit_entry::DayQuestion;
use crate::workbook::{Action, VisitId, VisitMade, Workbook};

/// The value of the choice that a visit was not made.
const UNMADE: &str = "unmade";

/// The choices of a finding.
pub(in crate::ui::pages) fn finding_options(t: Lang) -> Vec<(String, String)> {
    [("none", Finding::None), ("found", Finding::Found)]
        .map(|(key, finding)| (key.to_owned(), t.finding(finding).to_owned()))
        .to_vec()
}

/// The key of a finding among [`finding_options`].
pub(in crate::ui::pages) fn finding_key(finding: Finding) -> String {
    let key = if finding == Finding::Found {
        "found"
    } else {
        "none"
    };
    key.to_owned()
}

/// The finding behind a key of [`finding_options`].
pub(in crate::ui::pages) fn finding_of(key: &str) -> Finding {
    if key == "found" {
        Finding::Found
    } else {
        Finding::None
    }
}

/// What is unusual about a day, in words; empty where nothing is.
pub(super) fn day_words(t: Lang, book: &Workbook, planned: NaiveDate, date: NaiveDate) -> String {
    let weekday = t.weekday(date.weekday());
    let words = book
        .day_questions(planned, date)
        .into_iter()
        .map(|question| match question {
            DayQuestion::OtherDay { planned } => t.day_other(t.month_day(planned)),
            DayQuestion::RestDay => t.day_rest(t.month_day(date), weekday),
        });
    words.collect::<Vec<_>>().join(t.sentence_gap())
}

/// A day that is typed, with the question that it raises and its answer.
#[derive(Clone, Copy)]
struct Day {
    state: MonthState,
    planned: NaiveDate,
    date: RwSignal<String>,
    is_sure: RwSignal<bool>,
}

impl Day {
    fn new(state: MonthState, planned: NaiveDate, date: NaiveDate) -> Self {
        Self {
            state,
            planned,
            date: RwSignal::new(date.to_string()),
            is_sure: RwSignal::new(false),
        }
    }

    fn question(self) -> String {
        let t = self.state.app.lang.get_untracked();
        let date = self.date.with(|date| date.parse::<NaiveDate>());
        let words = date.ok().and_then(|date| {
            self.state
                .book(|book| day_words(t, book, self.planned, date))
        });
        words.unwrap_or_default()
    }

    /// The day, once it is one and its question is answered.
    fn answer(self) -> Result<NaiveDate, String> {
        let t = self.state.app.lang.get_untracked();
        let date = self.date.with_untracked(|date| date.parse::<NaiveDate>());
        let date = date.map_err(|_| t.visit_date_wrong().to_owned())?;
        if untrack(|| self.question()).is_empty() || self.is_sure.get_untracked() {
            Ok(date)
        } else {
            Err(t.day_unsure().to_owned())
        }
    }

    fn fields(self) -> AnyView {
        let t = use_lang();
        let question = Memo::new(move |_| self.question());
        let asked = move || {
            let words = question.get();
            (!words.is_empty()).then(|| {
                view! {
                    <div class="stack" role="status">
                        <p class="warn-text">{words}</p>
                        <CheckField label=t.day_sure() value=self.is_sure />
                    </div>
                }
            })
        };
        view! {
            <TextField label=t.visit_date() kind="date" value=self.date />
            {asked}
        }
        .into_any()
    }
}

/// Enters that a visit took place.
#[component]
pub(super) fn RecordDialog(
    state: MonthState,
    unit: UnitId,
    name: String,
    planned: NaiveDate,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_lang();
    let day = Day::new(state, planned, planned.min(state.app.today()));
    let finding = RwSignal::new(finding_key(Finding::None));
    let words = t.visit_recorded(&name);
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(t.act_record_visit(), name, t.act_record_visit())
        .more(view! {
            {day.fields()}
            <SelectField label=t.visit_finding() value=finding options=finding_options(t) />
        })
        .view(close, move |asked, []| {
            asked.answer(day.answer().and_then(|date| {
                let action = Action::RecordVisit {
                    unit: unit.clone(),
                    date,
                    finding: finding.with_untracked(|key| finding_of(key)),
                };
                state.app.act_and_tell(action, words.clone())
            }));
        })
}

/// An entry as it stands: the visit, and what it says.
#[derive(Clone)]
pub(super) struct Entered {
    pub visit: VisitId,
    pub made: VisitMade,
}

/// Corrects the entry of a visit, with a reason.
#[component]
pub(super) fn CorrectDialog(
    state: MonthState,
    name: String,
    planned: NaiveDate,
    entered: Entered,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_lang();
    let day = Day::new(state, planned, entered.made.date);
    let finding = RwSignal::new(finding_key(entered.made.finding));
    let words = t.visit_corrected(&name);
    let mut options = finding_options(t);
    options.push((UNMADE.to_owned(), t.visit_unmade().to_owned()));
    let (act, consequence) = (t.act_correct_visit(), t.correct_consequence(name));
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(act, consequence, act)
        .more(view! {
            {day.fields()}
            <SelectField label=t.visit_finding() value=finding options />
        })
        .lines([Line::new(t.correct_reason()).help(t.correct_reason_help())])
        .view(close, move |asked, [reason]| {
            let is_unmade = finding.with_untracked(|key| key == UNMADE);
            let made = if is_unmade {
                Ok(None)
            } else {
                let finding = finding.with_untracked(|key| finding_of(key));
                day.answer().map(|date| Some(VisitMade { date, finding }))
            };
            asked.answer(made.and_then(|made| {
                let correction = CorrectVisit {
                    visit: entered.visit.clone(),
                    made,
                    reason,
                };
                let action = Action::CorrectVisit(correction);
                state.app.act_and_tell(action, words.clone())
            }));
        })
}
