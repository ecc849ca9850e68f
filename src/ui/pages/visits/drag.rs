//! A visit dragged to another day: onto a day of the list, or onto one of the month's days that
//! are shown as long as it is held. What the rules say of the day stands in the drawer that
//! opens; keys choose a day there by 改期.

use chrono::{Datelike, NaiveDate};
use leptos::ev::DragEvent;
use leptos::prelude::*;

use super::{Asking, Visits};
use crate::desk::visit_list::{Task, TaskGroups, TaskLine};
use crate::i18n::Lang;
use crate::ui::widgets::drag::Drags;
use crate::ui::widgets::list::read;
use crate::workbook::plan_desk::PlanDesk;
use crate::workbook::visit_stage::VisitStage;

/// A day onto which the held visit may fall.
struct Target {
    day: NaiveDate,
    /// Whether some rule stands against it.
    is_refused: bool,
    /// Visits of the month's plans on it.
    count: usize,
}

/// What is dragged in the list, grouped so.
pub(super) fn drags(page: Visits, groups: TaskGroups) -> Drags {
    let task = move |place: usize| -> Option<Task> {
        match page.lines.get_untracked().get(place)? {
            TaskLine::Task(at) => page.tasks.get_untracked().get(*at).cloned(),
            TaskLine::Day(..) | TaskLine::Name(..) => None,
        }
    };
    let day = move |place: usize| match page.lines.get_untracked().get(place)? {
        TaskLine::Day(day, _) => *day,
        TaskLine::Task(_) => task(place)?.day,
        TaskLine::Name(..) => None,
    };
    let may = move |place| !page.app.is_archive() && task(place).is_some_and(|it| may_move(&it));
    let may_drop = move |place| {
        groups == TaskGroups::Day
            && page.held.with_untracked(Option::is_some)
            && day(place).is_some()
    };
    Drags {
        may: Callback::new(may),
        on_hold: Callback::new(move |place: Option<usize>| {
            page.held.set(place.and_then(task).map(|it| it.visit));
        }),
        may_drop: Callback::new(may_drop),
        on_drop: Callback::new(move |place| {
            if let Some(day) = day(place) {
                ask(page, day);
            }
        }),
    }
}

fn may_move(task: &Task) -> bool {
    let is_open = matches!(
        task.stage,
        VisitStage::Planned | VisitStage::ToEnter | VisitStage::Overdue
    );
    is_open && !task.is_made
}

/// Asks for the change: reason and approver are needed as always.
fn ask(page: Visits, day: NaiveDate) {
    if let Some(visit) = page.held.get_untracked() {
        page.held.set(None);
        page.asking.set(Some(Asking::Day(visit, Some(day))));
    }
}

/// The days of the month from today on, as long as a visit is held.
pub(super) fn strip(page: Visits, t: Lang) -> impl IntoView {
    move || {
        let targets = targets(page);
        (!targets.is_empty()).then(|| {
            let days = targets.into_iter().map(|it| target(page, t, &it));
            // For the pointer alone: 改期 is the way by keys.
            view! {
                <div class="drop-days" aria-hidden="true">
                    <span>{t.visits_drop_on()}</span>
                    {days.collect_view()}
                </div>
            }
        })
    }
}

fn targets(page: Visits) -> Vec<Target> {
    let Some(visit) = page.held.get() else {
        return Vec::new();
    };
    let today = page.app.today();
    read(page.app, |book| {
        let Ok(desk) = PlanDesk::of(book, &visit, today) else {
            return Vec::new();
        };
        let days = desk.month().days().filter(|day| *day >= today);
        let target = |day| Target {
            is_refused: desk.day(day).is_err(),
            count: desk.count_on(day),
            day,
        };
        days.map(target).collect()
    })
}

fn target(page: Visits, t: Lang, it: &Target) -> AnyView {
    let (day, is_refused, count) = (it.day, it.is_refused, it.count);
    let is_onto = RwSignal::new(false);
    let over = move |event: DragEvent| {
        event.prevent_default();
        is_onto.set(true);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        ask(page, day);
    };
    view! {
        <span
            class="drop-day"
            class:is-refused=is_refused
            class:is-onto=move || is_onto.get()
            on:dragover=over
            on:dragleave=move |_| is_onto.set(false)
            on:drop=drop
        >
            <b>{day.day()}</b>
            <small>{t.weekday(day.weekday()).trim_start_matches("星期")}</small>
            <small>{(count > 0).then_some(count)}</small>
        </span>
    }
    .into_any()
}
