//! 为什么抽中 on the big screen: one unit's place among its neighbours.

use leptos::prelude::*;

use super::parts::{Place, candidate, cut_line};
use crate::desk::neighbours::Neighbour;
use crate::desk::screen::PublicName;
use crate::engine::draw::WhyDrawn;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::workbook::{DrawRecord, Workbook};

/// Nothing before the numbers are drawn.
pub(super) fn why_part(
    t: Lang,
    book: &Workbook,
    draw: &DrawRecord,
    unit: &CandidateId,
) -> Option<AnyView> {
    let id = &book.id_in(draw, &book.register_id(unit));
    let numbers = draw.outcome()?.result;
    let reason = draw
        .occasion
        .explain(id, &draw.sizes, &draw.register.snapshot, numbers.seed);
    let month = t.month_name(draw.month.month());
    let name = book.public_name(draw, id);
    // What gave its points is not for everybody where the unit itself is not.
    let sum = match &name {
        PublicName::Open(_) => draw.level_sum(id).map(|sum| t.level_sum(sum)),
        PublicName::Withheld(_) => None,
    };
    let (title, facts, rows) = match &reason {
        WhyDrawn::InPool(standing) => {
            let title = if standing.drawn {
                t.why_drawn(month)
            } else {
                t.why_not_drawn(month)
            };
            let rows = draw.neighbours(id, standing).into_iter().zip(0..);
            let rows = rows
                .map(|(line, at)| neighbour(t, book, draw, line, at))
                .collect_view();
            (title, t.standing(standing), rows)
        }
        WhyDrawn::Excluded { why } => {
            let why = t.exclusion(why, |officer| book.officer_name(officer));
            (t.why_not_in_pool(month), why, Vec::new())
        }
    };
    Some(
        view! {
            <section class="screen-main is-alone" aria-labelledby="screen-what">
                <div class="screen-group">
                    <h2 id="screen-what">{t.public_name(&name)}</h2>
                    <span>{title}</span>
                </div>
                {sum.map(|sum| view! { <p class="screen-level">{sum}</p> })}
                <p class="screen-note">{facts}</p>
                <ol class="screen-rows">{rows}</ol>
            </section>
        }
        .into_any(),
    )
}

fn neighbour(t: Lang, book: &Workbook, draw: &DrawRecord, line: Neighbour, at: usize) -> AnyView {
    match line {
        Neighbour::Gap => view! {
            <li class="screen-row is-out is-gap">
                <b class="screen-rank">{t.unit_gap()}</b>
            </li>
        }
        .into_any(),
        Neighbour::Cut { places } => cut_line(t, places as usize, at),
        Neighbour::Candidate {
            rank,
            ticket,
            unit,
            is_own,
            is_drawn,
        } => {
            let name = book.public_name(draw, &unit);
            let place = Place {
                at,
                is_drawn,
                is_own,
            };
            candidate(t, rank as usize, &ticket, &name, place)
        }
    }
}
