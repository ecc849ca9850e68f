//! 审批: the plan that is shown is approved by the head of the brigade.

use leptos::prelude::*;

use super::state::MonthState;
use crate::desk::form::parse_date;
use crate::ui::app::use_lang;
use crate::ui::widgets::{Ask, Line};
use crate::workbook::Action;
use crate::workbook::request::ApprovePlan;

/// The button that asks for the approval.
pub(super) fn approve_button(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_open = RwSignal::new(false);
    view! {
        <button type="button" class="button is-small is-primary" on:click=move |_| is_open.set(true)>
            {t.approve_plan()}
        </button>
        {move || is_open.get().then(|| view! { <ApproveDialog state is_open /> })}
    }
    .into_any()
}

#[component]
fn ApproveDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let draw = untrack(|| state.draw()).map(|draw| (draw.id(), draw.month));
    let head = untrack(|| state.book(|book| book.brigade.head.clone())).unwrap_or_default();
    let month = draw.map_or_else(String::new, |(_, month)| t.month_name(month.month()));
    let on_close = Callback::new(move |()| is_open.set(false));
    Ask::new(
        t.approve_title(&month),
        t.approve_consequence(),
        t.approve_plan(),
    )
    .lines([
        Line::new(t.approver())
            .help(t.approve_approver_help())
            .start(head),
        Line::date(t.approve_day(), state.app.today()),
        Line::new(t.approve_opinion()).start(t.approve_opinion_start()),
    ])
    .view(on_close, move |asked, [approver, date, opinion]| {
        // The dialog does not ask to act before its day is one.
        let (Some((draw, _)), Some(date)) = (draw, parse_date(&date)) else {
            return;
        };
        let action = Action::ApprovePlan(ApprovePlan {
            draw,
            date,
            approver,
            opinion,
        });
        asked.answer(state.app.act_and_tell(action, t.approve_done(&month)));
    })
}
