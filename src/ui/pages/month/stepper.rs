//! The steps of a draw, and how far it is.

use leptos::prelude::*;

use super::state::MonthState;
use crate::ui::app::use_lang;
use crate::ui::widgets::{Icon, icon};
use crate::workbook::{DrawRecord, DrawStep};

/// The seven steps, with what each has come to.
pub(super) fn stepper(state: MonthState) -> AnyView {
    let t = use_lang();
    let draw = state.draw();
    let step = draw.as_ref().map(DrawRecord::step);
    let units = draw.as_ref().map(|draw| {
        format!(
            "{} {}",
            t.units_count(draw.register.snapshot.units.len()),
            draw.opened_at.format("%H:%M")
        )
    });
    let sized = draw
        .as_ref()
        .map(|draw| t.sizes_caption(draw.quota_total(), draw.groups_count()));
    let committed = draw.as_ref().and_then(|draw| draw.committed.as_ref());
    let committed = committed.map(|committed| committed.at.format("%H:%M").to_string());
    let drawn = draw.as_ref().and_then(|draw| draw.drawn.as_ref());
    let numbers = draw.as_ref().and_then(DrawRecord::outcome);
    let entropy = numbers.map(|outcome| outcome.at.format("%H:%M").to_string());
    let result = numbers.map(|outcome| t.visits_count(outcome.result.drawn().count()));
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
    let steps = [
        (t.step_freeze(), units),
        (t.step_sizes(), sized),
        (t.step_commit(), committed),
        (t.step_entropy(), entropy),
        (t.step_draw(), result),
        (t.step_plan(), plan),
        (t.step_approve(), approved),
    ];
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
