//! A visit's five steps and the changes of its plan, in words.

use leptos::prelude::*;

use crate::desk::visit_list::VisitStep;
use crate::engine::month::PlannedVisit;
use crate::i18n::Lang;
use crate::workbook::plan_change::{PlanChange, PlanChangeKind};
use crate::workbook::{Visit, Workbook};

/// The five dated steps as a line of dots: done, the one at hand, later.
pub(super) fn steps(t: Lang, steps: &[VisitStep; 5], is_over: bool) -> AnyView {
    let names = [
        t.step_approved(),
        t.step_noticed(),
        t.step_visited(),
        t.step_recorded(),
        t.step_told(),
    ];
    let last = steps.iter().rposition(|step| step.done.is_some());
    let now = steps.iter().enumerate();
    let mut now =
        now.filter(|(at, step)| step.done.is_none() && last.is_none_or(|last| *at > last));
    let now = now.next().map(|(at, _)| at).filter(|_| !is_over);
    let step = |(at, step): (usize, &VisitStep)| {
        let is_done = step.done.is_some();
        let is_past = last.is_some_and(|last| at < last);
        let day = match (step.done, step.due) {
            (Some(day), _) => t.month_day_short(day),
            (None, Some(day)) if !is_past && !is_over => t.step_due(t.month_day_short(day)),
            (None, _) => "／".to_owned(),
        };
        view! {
            <li
                class:is-done=is_done || is_past
                aria-current=(now == Some(at)).then_some("step")
            >
                <b>{names[at]}</b>
                <span>{day}</span>
            </li>
        }
    };
    view! {
        <ol class="visit-steps" aria-label=t.visit_steps()>
            {steps.iter().enumerate().map(step).collect_view()}
        </ol>
    }
    .into_any()
}

/// What was changed of a visit's plan, the last first.
pub(super) fn changes(t: Lang, book: &Workbook, visit: &Visit) -> AnyView {
    let count = visit.plan_changes.len();
    if count == 0 {
        return ().into_any();
    }
    let line = |change: &PlanChange| {
        let lines = lines_of(t, book, change);
        let lines = lines.into_iter().map(|line| view! { <p>{line}</p> });
        let mut why = t.visit_approved_by(&change.why, &change.approver);
        if let PlanChangeKind::Closed { confirmed, .. } = &change.kind {
            let confirmed = t.confirmation(confirmed, |id| book.officer_name(id));
            why = [confirmed, why].join(t.list_comma());
        }
        view! {
            <li>
                <span class="caption">{t.month_day_short(change.at.date())}</span>
                <div>
                    {lines.collect_view()} <p class="caption">{why}</p>
                </div>
            </li>
        }
    };
    let lines = visit.plan_changes.iter().rev().map(line).collect_view();
    view! {
        <section class="detail-section" aria-labelledby="visit-changes">
            <h3 id="visit-changes">
                {t.visit_changes()} " " <span class="caption">{t.visit_changes_count(count)}</span>
            </h3>
            <ul class="visit-changes">{lines}</ul>
        </section>
    }
    .into_any()
}

/// A change in words, a line for each thing that changed.
fn lines_of(t: Lang, book: &Workbook, change: &PlanChange) -> Vec<String> {
    let unit = |id| {
        book.unit(id)
            .map_or_else(|| id.to_string(), |it| it.name.clone())
    };
    match &change.kind {
        PlanChangeKind::Closed {
            ground,
            replaced_by,
            passed_over,
            ..
        } => {
            let ground = t.closed_ground(*ground);
            let told = match replaced_by {
                Some(next) => t.change_closed(ground, unit(next)),
                None => t.change_closed_none(ground),
            };
            let passed = (!passed_over.is_empty()).then(|| {
                let names = passed_over
                    .iter()
                    .map(|it| format!("{} {}", unit(&it.unit), t.passed_why(it.why)));
                let names: Vec<String> = names.collect();
                let names = names.join(t.list_mark());
                [t.change_passed(passed_over.len()), names].join(t.list_comma())
            });
            [Some(told), passed].into_iter().flatten().collect()
        }
        PlanChangeKind::StepsIn { instead_of, rank } => {
            vec![t.change_steps_in(unit(instead_of), rank)]
        }
        PlanChangeKind::StandIn { officer } => {
            let name = book.officer_name(officer);
            let (Some(before), Some(after)) = (&change.before, &change.after) else {
                return vec![t.change_unfilled(name)];
            };
            let by = if before.lead == *officer {
                &after.lead
            } else {
                &after.member
            };
            vec![t.change_stand_in(name, book.officer_name(by))]
        }
        PlanChangeKind::Day | PlanChangeKind::Team => moved(t, book, change),
    }
}

/// Another day, another team.
fn moved(t: Lang, book: &Workbook, change: &PlanChange) -> Vec<String> {
    let team = |visit: &PlannedVisit| {
        [&visit.lead, &visit.member]
            .map(|id| book.officer_name(id))
            .join(t.list_mark())
    };
    let day = |visit: Option<&PlannedVisit>| {
        visit.map_or_else(|| t.visits_no_day().to_owned(), |it| t.month_day(it.day))
    };
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let is_day = before.map(|it| it.day) != after.map(|it| it.day);
    let is_team = before.map(|it| (&it.lead, &it.member)) != after.map(|it| (&it.lead, &it.member));
    let day = is_day.then(|| t.change_day(day(before), day(after)));
    let teams = before.map(team).unwrap_or_default();
    let team = is_team.then(|| t.change_team(teams, after.map(team).unwrap_or_default()));
    [day, team].into_iter().flatten().collect()
}
