//! 为什么抽中 / 未抽中: a unit's place in a draw, from the draw's record alone.

use leptos::prelude::*;

use crate::desk::neighbours::Neighbour;
use crate::desk::year_chance::YearChance;
use crate::engine::calendar::YearMonth;
use crate::engine::cell::Cell;
use crate::engine::draw::{DrawGroup, Exclusion, Standing, WhyDrawn};
use crate::engine::estimate::PoolDraw;
use crate::engine::level::LevelSum;
use crate::engine::lottery::{Ticket, windows_command};
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::ui::pages::month::carried_words;
use crate::ui::pages::screen::unit_address;
use crate::ui::pages::units::state::unit_href;
use crate::ui::widgets::list::fact;
use crate::ui::widgets::{Tag, TagKind, command_line, hash_text};
use crate::workbook::{DrawRecord, Workbook};

/// Groups of four digits of a lottery number that tell neighbours apart.
const TICKET_GROUPS: usize = 3;

/// What the panel says, gathered from the record.
pub(super) struct Why {
    month: String,
    reason: WhyDrawn,
    sum: Option<LevelSum>,
    /// The table, with the names of the units.
    neighbours: Vec<(Neighbour, KnownUnit)>,
    /// The exclusion in words, which names officers.
    exclusion: String,
    /// The address at which people see it on a projector.
    screen: String,
}

/// A unit of the register: its id and name.
type KnownUnit = Option<(UnitId, String)>;

impl Why {
    /// Gathers a unit's place in a draw that has an outcome.
    pub(super) fn new(t: Lang, book: &Workbook, draw: &DrawRecord, id: &UnitId) -> Option<Self> {
        let drawn = draw.drawn.as_ref()?;
        let own = id;
        let id = &book.id_in(draw, own);
        let (snapshot, seed) = (&draw.register.snapshot, drawn.result.seed);
        let reason = draw.occasion.explain(id, &draw.sizes, snapshot, seed);
        let known = |neighbour: &Neighbour| match neighbour {
            Neighbour::Candidate { unit, .. } => book.unit_drawn(unit),
            Neighbour::Gap | Neighbour::Cut { .. } => None,
        };
        let (neighbours, exclusion) = match &reason {
            WhyDrawn::InPool(standing) => {
                let lines = draw.neighbours(id, standing);
                let named = lines.into_iter().map(|line| {
                    let unit = known(&line).map(|unit| (unit.id.clone(), unit.name.clone()));
                    (line, unit)
                });
                (named.collect(), String::new())
            }
            WhyDrawn::Excluded { why } => (Vec::new(), excluded(t, book, draw, own, why)),
        };
        Some(Self {
            month: t.month_name(draw.month.month()),
            reason,
            sum: draw.level_sum(id).cloned(),
            neighbours,
            exclusion,
            screen: unit_address(book, draw, own).hash(),
        })
    }
}

/// Why a unit stood in no pool; of a carried visit, where it comes from.
fn excluded(t: Lang, book: &Workbook, draw: &DrawRecord, id: &UnitId, why: &Exclusion) -> String {
    if let Some(from) = book.carried_from(draw, id) {
        return carried_words(t, book, &from);
    }
    let last = draw
        .register
        .snapshot
        .unit(&book.id_in(draw, id))
        .and_then(|unit| unit.last);
    match last.filter(|last| *last >= draw.opened_at.date()) {
        Some(day) => t.visit_expected(t.month_day(day)),
        None => t.exclusion(why, |officer| book.officer_name(officer)),
    }
}

/// The panel.
pub(super) fn why_section(t: Lang, why: Why, months: AnyView) -> AnyView {
    let (tag, title) = match &why.reason {
        WhyDrawn::InPool(standing) if standing.drawn => (
            view! { <Tag kind=TagKind::Done text=t.drawn_tag() /> },
            t.why_drawn(&why.month),
        ),
        WhyDrawn::InPool(standing) => {
            let words = if standing.reserve {
                t.reserve_tag()
            } else {
                t.not_drawn_tag()
            };
            (
                view! { <Tag kind=TagKind::Plain text=words /> },
                t.why_not_drawn(&why.month),
            )
        }
        WhyDrawn::Excluded { .. } => (
            view! { <Tag kind=TagKind::Plain text=t.not_in_pool_tag() /> },
            t.why_not_in_pool(&why.month),
        ),
    };
    let name = title.clone();
    let sum = why.sum.as_ref().map(|sum| level_sum(t, sum));
    let rest = match &why.reason {
        WhyDrawn::InPool(standing) => in_pool(t, standing, why.neighbours),
        WhyDrawn::Excluded { .. } => view! { <p>{why.exclusion}</p> }.into_any(),
    };
    view! {
        <section class="detail-section" aria-label=name>
            <div class="why-head">{tag} <h3>{title}</h3> {months}</div>
            {sum}
            {rest}
            <a class="button is-small" href=why.screen>
                {t.act_big_screen()}
            </a>
        </section>
    }
    .into_any()
}

/// 黄 2 + 投诉 1 = 3 级, each part in a box of its own.
fn level_sum(t: Lang, sum: &LevelSum) -> AnyView {
    let part = |(place, (reason, points)): (usize, &(_, i8))| {
        let words = t.point_reason(*reason);
        view! {
            {(place > 0).then(|| view! { <span class="soft">" + "</span> })}
            <span class="part">{format!("{words} {points}")}</span>
        }
    };
    view! {
        <div class="level-sum">
            {sum.parts.iter().enumerate().map(part).collect_view()}
            <span class="soft">" = "</span>
            <b>{t.level_result(sum.level)}</b>
        </div>
    }
    .into_any()
}

fn in_pool(t: Lang, standing: &Standing, neighbours: Vec<(Neighbour, KnownUnit)>) -> AnyView {
    let percent = 100.0 * f64::from(standing.quota) / f64::from(standing.pool.max(1));
    let chance = t.unit_chance_text(standing.quota, standing.pool, format!("{percent:.1}"));
    let no_cut =
        (standing.quota == 0).then(|| view! { <p class="cut-line">{t.cut_line_none()}</p> });
    let is_early = standing.group == DrawGroup::First(Cell::Early);
    let rows = neighbours
        .into_iter()
        .map(|(line, name)| neighbour_row(t, line, name));
    view! {
        <p class="why-text">{t.standing(standing)}</p>
        {is_early.then(|| view! { <p class="caption">{t.early_note()}</p> })}
        <table class="neighbours">
            <colgroup>
                <col class="col-rank" />
                <col class="col-ticket" />
                <col />
            </colgroup>
            <thead class="visually-hidden">
                <tr>
                    <th scope="col">{t.unit_rank()}</th>
                    <th scope="col">{t.lottery_number()}</th>
                    <th scope="col">{t.unit_name()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {no_cut}
        <dl class="facts-list">
            <dt>{t.unit_chance()}</dt>
            <dd>{chance}</dd>
        </dl>
        <details class="proof">
            <summary>{t.compute_yourself()}</summary>
            <p class="caption">{t.compute_note()}</p>
            {command_line(t, standing.command.clone())}
            <p class="caption">{t.compute_windows()}</p>
            {command_line(t, windows_command(&standing.line))}
            <p class="caption">{t.lottery_number()}</p>
            {hash_text(&standing.ticket.to_string(), usize::MAX, false)}
        </details>
    }
    .into_any()
}

/// The chance over the year with the months that make it up.
pub(super) fn year_chance_section(t: Lang, year: &YearChance) -> AnyView {
    let until = t.month_name(year.until.month());
    let (title, note) = if year.is_whole_year {
        (t.year_chance().to_owned(), t.year_chance_whole().to_owned())
    } else {
        (t.year_chance_until(&until), t.year_chance_so_far(&until))
    };
    let month = |(month, draw): &(YearMonth, PoolDraw)| {
        t.year_chance_month(t.month_name(month.month()), draw.quota, draw.pool)
    };
    let months: Vec<String> = year.draws.iter().map(month).collect();
    let months = if months.is_empty() {
        t.year_chance_none().to_owned()
    } else {
        months.join(t.list_mark())
    };
    view! {
        <section class="detail-section">
            <h3>{title}</h3>
            <dl class="facts-list">
                {fact(t.year_chance_value(), format!("{:.1}%", 100.0 * year.chance))}
                {fact(t.year_chance_draws(), months)}
            </dl>
            <p class="caption">{note}</p>
        </section>
    }
    .into_any()
}

fn neighbour_row(t: Lang, line: Neighbour, known: KnownUnit) -> AnyView {
    match line {
        Neighbour::Gap => view! {
            <tr class="is-out is-gap">
                <td class="number">{t.unit_gap()}</td>
                <td colspan="2"></td>
            </tr>
        }
        .into_any(),
        Neighbour::Cut { places } => view! {
            <tr class="is-cut">
                <td colspan="3">
                    <span class="cut-line">{t.cut_line(places)}</span>
                </td>
            </tr>
        }
        .into_any(),
        Neighbour::Candidate {
            rank,
            ticket,
            unit,
            is_own,
            is_drawn,
        } => {
            let name = match known {
                Some((id, name)) if !is_own => {
                    view! { <a href=unit_href(&id)>{name}</a> }.into_any()
                }
                Some((_, name)) => view! { <span>{name}</span> }.into_any(),
                None => view! { <span>{unit.to_string()}</span> }.into_any(),
            };
            view! {
                <tr class:is-own=is_own class:is-out=!is_drawn>
                    <td class="number">{rank}</td>
                    <td>{short_ticket(&ticket)}</td>
                    <td class="neighbour-name">{name}</td>
                </tr>
            }
            .into_any()
        }
    }
}

fn short_ticket(ticket: &Ticket) -> AnyView {
    let digits: String = ticket.to_string().chars().take(4 * TICKET_GROUPS).collect();
    hash_text(&digits, TICKET_GROUPS, false)
}
