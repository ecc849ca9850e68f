//! 逐步重算: from the seed over the numbers and their cut lines to days and teams, as the
//! certificate says it; each step is one that the checks worked out again.

use leptos::prelude::*;

use super::desk::{Desk, Examined};
use crate::engine::certificate::{Certificate, Ranked};
use crate::engine::lottery::seed_line;
use crate::engine::verify::by_hand::DIGITS;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::ui::widgets::{command_line, hash_text};

pub(super) fn section(desk: Desk, t: Lang, result: &Examined) -> AnyView {
    let certificate = &result.case.certificate;
    let commitment = &certificate.commitment;
    let line = seed_line(
        commitment.month,
        commitment.number,
        commitment.genesis,
        certificate.entropy_hash,
    );
    let seed = certificate.seed.to_string();
    view! {
        <details class="verify-more">
            <summary>
                <b>{t.replay_title()}</b>
                " "
                {t.replay_note()}
            </summary>
            <ol class="replay">
                <li>
                    {t.replay_seed()} {command_line(t, line)} {hash_text(&seed, usize::MAX, false)}
                </li>
                <li>{t.replay_numbers()} {groups(desk, t, result)}</li>
                <li>{t.replay_plan()} {plan(desk, t, result)} {set_aside(desk, t, result)}</li>
            </ol>
        </details>
    }
    .into_any()
}

/// A group a line: who was the last below the cut line, who the first above it.
fn groups(desk: Desk, t: Lang, result: &Examined) -> AnyView {
    let one = |ranked: Option<&Ranked>| {
        ranked.map(|ranked| {
            let ticket: String = ranked.ticket.to_string().chars().take(DIGITS).collect();
            view! {
                {desk.unit_name(result, &ranked.unit)}
                " "
                <code>{ticket} "…"</code>
            }
        })
    };
    let rows = result.case.certificate.draws.iter().map(|draw| {
        view! {
            <tr>
                <th scope="row">{t.draw_group(draw.group)}</th>
                <td>{t.replay_of(draw.pool, draw.drawn.len())}</td>
                <td>{one(draw.drawn.last())}</td>
                <td>{one(draw.reserve.first())}</td>
            </tr>
        }
    });
    view! {
        <table class="differences">
            <thead>
                <tr>
                    <th scope="col">{t.replay_group()}</th>
                    <th scope="col">{t.replay_count()}</th>
                    <th scope="col">{t.replay_last()}</th>
                    <th scope="col">{t.replay_first()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The visits in order of day, with their two officers.
fn plan(desk: Desk, t: Lang, result: &Examined) -> AnyView {
    let certificate: &Certificate = &result.case.certificate;
    let mut visits: Vec<_> = certificate.plan.visits.iter().collect();
    visits.sort_by_key(|(unit, visit)| (visit.day, *unit));
    let rows = visits.into_iter().map(|(unit, visit)| {
        view! {
            <tr>
                <th scope="row">{t.month_day(visit.day)}</th>
                <td>{desk.unit_name(result, unit)}</td>
                <td>{visit.lead.to_string()}</td>
                <td>{visit.member.to_string()}</td>
            </tr>
        }
    });
    view! {
        <table class="differences">
            <thead>
                <tr>
                    <th scope="col">{t.replay_day()}</th>
                    <th scope="col">{t.col_unit()}</th>
                    <th scope="col">{t.replay_lead()}</th>
                    <th scope="col">{t.replay_member()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Who was set aside, and why.
fn set_aside(desk: Desk, t: Lang, result: &Examined) -> AnyView {
    let name = |id: &CandidateId| desk.unit_name(result, id);
    let rows = result.case.certificate.plan.set_aside.iter().map(|it| {
        let why = t.set_aside(&it.why, ToString::to_string);
        view! { <li>{name(&it.unit)} " " {why}</li> }
    });
    view! { <ul>{rows.collect_view()}</ul> }.into_any()
}
