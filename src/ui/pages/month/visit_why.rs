//! 为什么是这天、这两人: a visit's own list of officers, and the place it took.

use chrono::Datelike;
use leptos::prelude::*;

use crate::desk::visit_reason::VisitReason;
use crate::engine::team::reason::{Choice, Listed};
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::{MonthState, officer_name, unit_name};
use crate::ui::widgets::{command_line, hash_text};

/// Groups of four digits of a lottery number that tell neighbours apart.
const TICKET_GROUPS: usize = 2;

/// The section, closed until somebody asks: working it out takes some time.
pub(super) fn visit_why(state: MonthState, unit: &UnitId) -> AnyView {
    let t = use_lang();
    let is_open = RwSignal::new(false);
    let unit = unit.clone();
    let reason = Memo::new(move |_| {
        let is_asked = is_open.get();
        let reason = || state.shown(|book, draw| book.visit_reason(draw, &unit));
        let found = is_asked.then(|| untrack(reason));
        found.map(Option::flatten)
    });
    let body = move || {
        Some(match reason.get()? {
            Some(reason) => reason_view(state, t, reason),
            None => view! { <p class="caption">{t.visit_why_missing()}</p> }.into_any(),
        })
    };
    view! {
        <details
            class="detail-section visit-why"
            on:toggle=move |_| is_open.set(true)
        >
            <summary>{t.visit_why_title()}</summary>
            {body}
        </details>
    }
    .into_any()
}

fn reason_view(state: MonthState, t: Lang, reason: VisitReason) -> AnyView {
    let rows = reason
        .team
        .list
        .iter()
        .map(|listed| listed_row(state, t, listed));
    let attempt = (reason.attempt > 0)
        .then(|| view! { <p class="caption">{t.visit_why_attempt(reason.attempt)}</p> });
    let ticket = reason.day.ticket.to_string();
    view! {
        {attempt}
        <h3>{t.visit_why_day()}</h3>
        <p class="why-text">{t.day_reason(&reason.day)}</p>
        {day_totals(t, &reason)}
        <details class="proof">
            <summary>{t.compute_yourself()}</summary>
            {command_line(t, reason.day_command.clone())}
            <p class="caption">{t.compute_windows()}</p>
            {command_line(t, reason.day_command_windows.clone())}
            {hash_text(&ticket, usize::MAX, false)}
        </details>
        <h3>{t.visit_why_team()}</h3>
        <p class="why-text">{t.team_reason(&reason.team)}</p>
        <table class="neighbours visit-officers" aria-label=t.visit_why_list()>
            <thead>
                <tr>
                    <th scope="col">{t.lottery_number()}</th>
                    <th scope="col">{t.visit_why_team()}</th>
                    <th scope="col">{t.visit_why_load()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <p class="caption">{t.visit_why_rule()}</p>
    }
    .into_any()
}

/// Visits of each working day as small bars, the visit's own day marked.
fn day_totals(t: Lang, reason: &VisitReason) -> AnyView {
    let most = reason
        .day
        .totals
        .iter()
        .map(|day| day.1)
        .max()
        .unwrap_or(1)
        .max(1);
    let days = reason.day.totals.iter().map(|(day, total)| {
        let is_own = *day == reason.day.day;
        let height = format!("height:{}px", 4 + 20 * total / most);
        view! {
            <li class:is-own=is_own>
                <small>{*total}</small>
                <i style=height></i>
                <small>{day.day()}</small>
            </li>
        }
    });
    view! { <ol class="day-totals" aria-label=t.visit_why_totals()>{days.collect_view()}</ol> }
        .into_any()
}

fn listed_row(state: MonthState, t: Lang, listed: &Listed) -> AnyView {
    let is_taken = listed.as_lead == Choice::Taken || listed.as_member == Choice::Taken;
    let is_behind = listed.as_lead == Choice::NotReached && listed.as_member == Choice::NotReached;
    let why = t.listed_reason(listed, |unit| unit_name(state, unit));
    let digits: String = listed
        .ticket
        .to_string()
        .chars()
        .take(4 * TICKET_GROUPS)
        .collect();
    view! {
        <tr class:is-own=is_taken class:is-out=is_behind>
            <td>{hash_text(&digits, TICKET_GROUPS, false)}</td>
            <td>
                <b>{officer_name(state, &listed.officer)}</b>
                <span class="visit-officer-why">{why}</span>
            </td>
            <td class="number">{t.visit_why_load_text(listed.load, listed.present)}</td>
        </tr>
    }
    .into_any()
}
