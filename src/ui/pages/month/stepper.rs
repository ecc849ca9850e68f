//! The steps of a draw, and how far it is.

use leptos::prelude::*;

use super::state::MonthState;
use crate::ui::app::use_lang;
use crate::ui::widgets::{Icon, icon};
use crate::workbook::{DrawRecord, DrawStep};

/// The steps, with what each has come to. A list from a register of its own is no plan of a
/// month, and needs no approval.
pub(super) fn stepper(state: MonthState) -> AnyView {
    let t = use_lang();
    let draw = state.draw();
    let step = draw.as_ref().map(DrawRecord::step);
    let units = draw.as_ref().map(|draw| {
        let own = draw.own_register().map(|register| {
            let pool = draw.occasion.own_sizes().iter().map(|own| own.1).sum();
            t.own_count(register, pool)
        });
        let count = draw.register.snapshot.units.len();
        let units = own.unwrap_or_else(|| t.units_count(count));
        format!("{units} {}", draw.opened_at.format("%H:%M"))
    });
    let register = draw.as_ref().and_then(DrawRecord::own_register);
    let counted = |count: usize| {
        register.map_or_else(
            || t.visits_count(count),
            |own| t.own_count(own, count as u32),
        )
    };
    let sized = draw.as_ref().map(|draw| match draw.own_register() {
        Some(_) => t.own_sizes_caption(draw.groups_count(), draw.quota_total()),
        None => t.sizes_caption(draw.quota_total(), draw.groups_count()),
    });
    let committed = draw.as_ref().and_then(|draw| draw.committed.as_ref());
    let committed = committed.map(|committed| committed.at.format("%H:%M").to_string());
    let drawn = draw.as_ref().and_then(|draw| draw.drawn.as_ref());
    let numbers = draw.as_ref().and_then(DrawRecord::outcome);
    let entropy = numbers.map(|outcome| outcome.at.format("%H:%M").to_string());
    let result = numbers.map(|outcome| counted(outcome.result.drawn().count()));
    let plan = drawn.map(|drawn| t.visits_count(drawn.plan.visits.len()));
    let approval = draw.as_ref().and_then(|draw| draw.approval.as_ref());
    let approved = approval.map(|it| t.approved_fact(t.month_day_short(it.date), &it.approver));
    // How many steps are done; the next one is current.
    let done = match step {
        None | Some(DrawStep::BrokenOff) => 0,
        Some(DrawStep::Sized) => 2,
        Some(DrawStep::Committed) => 3,
        Some(DrawStep::Numbered) => 5,
        Some(DrawStep::Drawn) if approved.is_none() => 6,
        Some(DrawStep::Drawn) => 7,
    };
    let mut steps = vec![
        (t.step_freeze(), units),
        (t.step_sizes(), sized),
        (t.step_commit(), committed),
        (t.step_entropy(), entropy),
        (t.step_draw(), result),
        (t.step_plan(), plan),
    ];
    if register.is_none() {
        steps.push((t.step_approve(), approved));
    }
    let items = steps.into_iter().zip(0..).map(|((name, fact), at)| {
        let (class, mark) = match at {
            at if at < done => ("is-done", Some(Icon::Check)),
            at if at == done => ("", None),
            _ => ("is-later", Some(Icon::Lock)),
        };
        view! {
            <li class=class aria-current=(at == done).then_some("step")>
                <span class="step-name">{mark.map(icon)} {name}</span>
                <span class="step-fact">{fact.unwrap_or_default()}</span>
            </li>
        }
    });
    view! { <ol class="stepper">{items.collect_view()}</ol> }.into_any()
}
