//! What the draws of a year say of one institution or engineer: its card's section.

use leptos::prelude::*;

use super::state::{RowState, state_words};
use crate::engine::draw::WhyDrawn;
use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::ui::route::Route;
use crate::ui::widgets::{Tag, TagKind, command_line, hash_text};
use crate::workbook::{DrawRecord, Workbook};

/// Why it was drawn or not in each draw of the year, the last one first.
pub(super) fn draws_section(
    t: Lang,
    book: &Workbook,
    register: OwnRegister,
    id: &str,
    year: i32,
) -> Option<AnyView> {
    let id = CandidateId::new(id).ok()?;
    let draws = book.own_draws(year, register);
    let drawn: Vec<&DrawRecord> = draws.filter(|draw| draw.drawn.is_some()).collect();
    let parts = drawn.iter().rev().map(|draw| one(t, book, draw, &id));
    let parts: Vec<AnyView> = parts.collect();
    let body = if parts.is_empty() {
        view! { <p class="soft">{t.own_card_none()}</p> }.into_any()
    } else {
        parts.collect_view().into_any()
    };
    let title = t.own_card_title(year);
    let label = title.clone();
    let view = view! {
        <section class="detail-section" aria-label=label>
            <h3>{title}</h3>
            {body}
        </section>
    };
    Some(view.into_any())
}

/// One draw.
fn one(t: Lang, book: &Workbook, draw: &DrawRecord, id: &CandidateId) -> AnyView {
    let href = Route::of_draw(draw).hash();
    let link = view! {
        <a href=href>{t.draw_link(draw.number, t.occasion_name(&draw.occasion))}</a>
    };
    let Some(drawn) = &draw.drawn else {
        return ().into_any();
    };
    let (snapshot, seed) = (&draw.register.snapshot, drawn.result.seed);
    let WhyDrawn::InPool(standing) = draw.occasion.explain(id, &draw.sizes, snapshot, seed) else {
        return view! { <p>{link} " " {t.own_card_out()}</p> }.into_any();
    };
    let (kind, words) = if standing.drawn {
        (TagKind::Done, t.drawn_tag())
    } else {
        (TagKind::Plain, t.not_drawn_tag())
    };
    let visit = standing.drawn.then(|| {
        let name = crate::workbook::own_visit::OwnVisitId {
            draw: draw.id(),
            record: id.clone(),
        };
        let visit = book.own_visit(&name)?;
        let (words, kind) = state_words(t, book, visit);
        let team = visit.made.as_ref().map(|made| &made.team);
        let team = team.or(visit.team.as_ref());
        let team = team.map(|team| {
            let names = [&team.lead, &team.member].map(|id| book.officer_name(id));
            names.join(t.list_mark())
        });
        let class = if kind == RowState::Void {
            "warn-text"
        } else {
            ""
        };
        Some(view! {
            <dl class="facts-list">
                <dt>{t.own_col_state()}</dt>
                <dd class=class>{words}</dd>
                <dt>{t.own_col_team()}</dt>
                <dd>{team.unwrap_or_else(|| t.own_team_none().to_owned())}</dd>
            </dl>
        })
    });
    view! {
        <div class="why-head">
            <Tag kind text=words />
            {link}
        </div>
        <p class="why-text">{t.own_rank(&standing)}</p>
        {visit.flatten()}
        <details class="proof">
            <summary>{t.compute_yourself()}</summary>
            {command_line(t, standing.command.clone())}
            <p class="caption">{t.lottery_number()}</p>
            {hash_text(&standing.ticket.to_string(), usize::MAX, false)}
        </details>
    }
    .into_any()
}
