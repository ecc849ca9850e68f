//! 改期, 换人: a drawer that offers the days and officers that the rules permit, and says of
//! the others which rule stands against them.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::Visits;
use crate::engine::month::PlannedVisit;
use crate::i18n::{Lang, Who};
use crate::model::OfficerId;
use crate::ui::app::use_lang;
use crate::ui::widgets::dialog::{act_foot, error_line};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Dialog, SelectField, TextField};
use crate::workbook::plan_desk::PlanDesk;
use crate::workbook::request::ChangePlan;
use crate::workbook::{Action, ActionError, VisitId};

/// A day of the month, and the rule against it.
#[derive(Clone, PartialEq, Eq)]
struct Day {
    day: NaiveDate,
    refused: Option<String>,
    /// Visits of the month's plans on it.
    count: usize,
}

/// An officer on the chosen day, and the rule against them.
#[derive(Clone, PartialEq, Eq)]
struct Person {
    id: OfficerId,
    name: String,
    may_lead: bool,
    count: usize,
    refused: Option<String>,
}

/// What the drawer holds.
#[derive(Clone, Copy)]
struct Change {
    page: Visits,
    visit: StoredValue<VisitId>,
    day: RwSignal<Option<NaiveDate>>,
    lead: RwSignal<String>,
    member: RwSignal<String>,
    reason: RwSignal<String>,
    approver: RwSignal<String>,
    refusal: RwSignal<String>,
}

impl Change {
    fn days(self, t: Lang) -> Vec<Day> {
        let days = self.with_desk(|desk| {
            let day = |day: NaiveDate| Day {
                refused: desk.day(day).err().map(|rule| t.plan_rule(&rule)),
                count: desk.count_on(day),
                day,
            };
            desk.month().days().map(day).collect::<Vec<_>>()
        });
        days.unwrap_or_default()
    }

    fn people(self, t: Lang) -> Vec<Person> {
        let Some(day) = self.day.get() else {
            return Vec::new();
        };
        let people = self.with_desk(|desk| {
            let person = |id: &OfficerId| Person {
                refused: desk.officer(id, day).err().map(|rule| t.plan_rule(&rule)),
                may_lead: desk.may_lead(id),
                count: desk.visits_on(id, day),
                name: desk.name_of(id),
                id: id.clone(),
            };
            desk.officers().map(person).collect::<Vec<_>>()
        });
        people.unwrap_or_default()
    }

    fn with_desk<T>(self, of: impl FnOnce(&PlanDesk) -> T) -> Option<T> {
        let today = self.page.app.today();
        read(self.page.app, |book| {
            let desk = self
                .visit
                .with_value(|id| PlanDesk::of(book, id, today))
                .ok()?;
            Some(of(&desk))
        })
    }

    fn act(self, t: Lang, name: &str, close: Callback<()>) {
        let (day, lead, member) = (
            self.day.get_untracked(),
            OfficerId::new(self.lead.get_untracked()).ok(),
            OfficerId::new(self.member.get_untracked()).ok(),
        );
        let (Some(day), Some(lead), Some(member)) = (day, lead, member) else {
            self.refusal.set(t.change_no_pair().to_owned());
            return;
        };
        let change = ChangePlan {
            visit: self.visit.get_value(),
            to: PlannedVisit { day, lead, member },
            reason: self.reason.get_untracked(),
            approver: self.approver.get_untracked(),
        };
        let action = Action::ChangePlan(change);
        match self.page.app.act_and_tell(action, t.change_done(name)) {
            Ok(_) => close.run(()),
            Err(words) => self.refusal.set(words),
        }
    }
}

/// `day`: 改期, with the day that was pointed at, if one was; none: 换人.
pub(super) fn change_drawer(
    page: Visits,
    id: &VisitId,
    day: Option<Option<NaiveDate>>,
    close: Callback<()>,
) -> AnyView {
    let t = use_lang();
    let is_day = day.is_some();
    let (name, head, planned, refused) = read(page.app, |book| {
        let name = book.unit(&id.unit).map(|unit| unit.name.clone());
        let desk = PlanDesk::of(book, id, page.app.today());
        let refused = desk
            .as_ref()
            .err()
            .map(|it| t.action_error(&ActionError::from(it.clone()), Who(Some(book))));
        let planned = desk.ok().and_then(|desk| desk.planned().cloned());
        let last = book
            .visit(id)
            .and_then(|it| it.plan_changes.last()?.before.clone());
        (
            name.unwrap_or_default(),
            book.brigade.head.clone(),
            planned.or(last),
            refused.unwrap_or_default(),
        )
    });
    let text = |id: fn(&PlannedVisit) -> &OfficerId| {
        RwSignal::new(
            planned
                .as_ref()
                .map(|it| id(it).to_string())
                .unwrap_or_default(),
        )
    };
    let change = Change {
        page,
        visit: StoredValue::new(id.clone()),
        day: RwSignal::new(planned.as_ref().map(|it| it.day)),
        lead: text(|it| &it.lead),
        member: text(|it| &it.member),
        reason: RwSignal::new(String::new()),
        approver: RwSignal::new(head),
        refusal: RwSignal::new(refused),
    };
    let (title, submit) = if is_day {
        (t.change_title_day(&name), t.change_submit_day())
    } else {
        (t.change_title_team(&name), t.change_submit_team())
    };
    view! {
        <Dialog
            title
            class="is-drawer"
            on_close=close
            on_submit=Callback::new(move |()| change.act(t, &name, close))
        >
            <div class="dialog-body">
                <p class="caption">{t.change_note()}</p>
                {day.map(|asked| day_grid(change, t, asked))}
                {people(change, t)}
                <TextField label=t.reason() value=change.reason is_required=true />
                <TextField label=t.approver() value=change.approver is_required=true />
                {error_line(change.refusal.into())}
            </div>
            {act_foot(t, close, submit)}
        </Dialog>
    }
    .into_any()
}

/// The month as a grid, Monday first. A day that is not permitted can be pressed, and says why.
/// A day that was pointed at is pressed already.
fn day_grid(change: Change, t: Lang, asked: Option<NaiveDate>) -> AnyView {
    let days = untrack(|| change.days(t));
    let asked = days.iter().find(|it| Some(it.day) == asked).cloned();
    if let Some(day) = asked.as_ref().filter(|it| it.refused.is_none()) {
        change.day.set(Some(day.day));
    }
    let first = days.first().map(|it| it.day);
    let blanks = first.map_or(0, |day| day.weekday().num_days_from_monday());
    let label = first.map(|day| t.change_days_label(t.month_name(day.month())));
    let told = RwSignal::new(asked);
    let button = move |day: Day| {
        let (date, is_refused) = (day.day, day.refused.is_some());
        let name = format!("{} {}", t.month_day(date), t.weekday(date.weekday()));
        let press = move |_| {
            if day.refused.is_none() {
                change.day.set(Some(date));
            }
            told.set(Some(day.clone()));
        };
        view! {
            <button
                type="button"
                class="day-choice"
                aria-label=name
                aria-disabled=is_refused.then_some("true")
                aria-pressed=move || (change.day.get() == Some(date)).to_string()
                on:click=press
            >
                {date.day()}
            </button>
        }
    };
    let words = move || {
        let day = told.get().map(|it| (it.day, it.refused, it.count));
        let day = day.or_else(|| change.day.get().map(|day| (day, None, 0)));
        day.map(|(day, refused, count)| {
            let (name, weekday) = (t.month_day(day), t.weekday(day.weekday()));
            match refused {
                Some(why) => t.change_day_refused(name, weekday, why),
                None if count > 0 => {
                    [t.change_day_chosen(name, weekday), t.change_load(count)].join(t.list_comma())
                }
                None => t.change_day_chosen(name, weekday),
            }
        })
    };
    let is_bad = move || told.with(|it| it.as_ref().is_some_and(|it| it.refused.is_some()));
    view! {
        <div class="field is-full">
            <span class="field-label">{label.clone()}</span>
            <div class="day-grid" role="group" aria-label=label>
                {(0..blanks).map(|_| view! { <span></span> }).collect_view()}
                {days.into_iter().map(button).collect_view()}
            </div>
            <p class="day-told" class:is-bad=is_bad role="status">
                {words}
            </p>
        </div>
    }
    .into_any()
}

/// Lead and member to choose from those who may go on the chosen day, and who may not, and why.
fn people(change: Change, t: Lang) -> AnyView {
    let all = Memo::new(move |_| change.people(t));
    let select = move |label: &'static str, value: RwSignal<String>, is_lead: bool| {
        let own = StoredValue::new(value.get_untracked());
        move || {
            let people = all.get();
            let can = people
                .iter()
                .filter(|it| it.refused.is_none() && (it.may_lead || !is_lead));
            let options: Vec<(String, String)> = can
                .map(|it| {
                    let words = if it.count == 0 {
                        it.name.clone()
                    } else {
                        format!("{}　{}", it.name, t.change_load(it.count))
                    };
                    (it.id.to_string(), words)
                })
                .collect();
            // Who cannot go that day is no longer chosen, and the visit's own officer is again
            // on a day on which they can; nobody else is chosen for them.
            let mut options = options;
            let is_known = untrack(|| value.with(|it| options.iter().any(|(key, _)| key == it)));
            if !is_known {
                let own = own.get_value();
                let can_own = options.iter().any(|(key, _)| *key == own);
                if !can_own {
                    options.insert(0, (String::new(), t.change_choose().to_owned()));
                }
                value.set(if can_own { own } else { String::new() });
            }
            view! { <SelectField label=label.to_owned() value options /> }
        }
    };
    let cannot = move || {
        let people = all.get();
        let refused: Vec<_> = people
            .into_iter()
            .filter_map(|it| it.refused)
            .map(|why| view! { <li>{why}</li> })
            .collect();
        (!refused.is_empty()).then(|| {
            view! {
                <details class="cannot">
                    <summary>{t.change_cannot()} " " {refused.len()}</summary>
                    <ul>{refused.into_iter().collect_view()}</ul>
                </details>
            }
        })
    };
    view! {
        <div class="field-pair">
            {select(t.visit_lead(), change.lead, true)} {select(t.visit_member(), change.member, false)}
        </div>
        {cannot}
    }
    .into_any()
}
