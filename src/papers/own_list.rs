//! 抽查清单: the list of a draw of institutions or engineers, for signature, with all that the
//! brigade knows of it: not for the public. In the language of the page.

use super::{columns, drawn_facts, drawn_feet, for_approval};
use crate::document::table::TableCell;
use crate::document::{Paper, Row};
use crate::engine::draw::WhyDrawn;
use crate::engine::lottery::Candidate;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::workbook::own_visit::{OwnState, OwnVisit, OwnVisitId};
use crate::workbook::{DrawRecord, Workbook};

/// Digits of a lottery number that the list shows.
const TICKET_DIGITS: usize = 12;

/// Millimetres that a row has at least: the day is written in by hand.
const ROW_HEIGHT: u32 = 8;

/// The paper; none before the draw.
#[must_use]
pub fn paper(t: Lang, book: &Workbook, draw: &DrawRecord) -> Option<Paper> {
    let drawn = draw.drawn.as_ref()?;
    let register = draw.own_register()?;
    let rows = rows_of(t, book, draw);
    let pool = drawn.result.groups.iter().map(|group| group.pool).sum();
    let count = drawn.result.drawn().count() as u32;
    let summary = t.own_paper_summary(t.own_count(register, pool), t.own_count(register, count));
    let label = draw.label(&book.brigade.division);
    Some(Paper {
        kind: "own_list",
        issuer: book.brigade.name.clone(),
        title: t.own_paper_title(draw.month.year(), t.own_register(register)),
        mark: book.is_demo.then(|| t.band_demo().to_owned()),
        facts: drawn_facts(t, draw, &label)?.into(),
        columns: columns([
            (t.col_number(), 12, true),
            (t.own_paper_number(), 26, false),
            (t.own_col_name(), 74, true),
            (t.own_paper_ticket(), 38, false),
            (t.own_col_team(), 38, true),
            (t.own_paper_day(), 28, false),
            (t.visit_finding(), 61, true),
        ]),
        rows: (1..).zip(rows).map(|(at, it)| line(t, at, it)).collect(),
        row_height: ROW_HEIGHT,
        notes: vec![summary, t.paper_verify().to_owned()],
        end: Some(for_approval(t)),
        feet: drawn_feet(t, draw),
        number: label,
        ..Paper::default()
    })
}

/// A row; day and result are left free for the pen where they are not entered.
fn line(t: Lang, number: u32, row: OwnRow) -> Row {
    let team = row.team.map(|team| team.join(t.list_mark()));
    let result = match row.kind {
        RowState::Pending => String::new(),
        RowState::Made | RowState::Left | RowState::Void => row.state,
    };
    let cells = [
        row.id.record.to_string(),
        row.name,
        row.ticket,
        team.unwrap_or_default(),
        String::new(),
        result,
    ];
    let number = std::iter::once(TableCell::Number(number));
    Row {
        cells: number.chain(cells.map(TableCell::text)).collect(),
        is_struck: false,
    }
}

/// A drawn record, as the list shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnRow {
    pub id: OwnVisitId,
    pub name: String,
    pub ticket: String,
    pub team: Option<[String; 2]>,
    pub state: String,
    pub kind: RowState,
}

/// What may be done with a drawn record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    Pending,
    Made,
    /// It left its register, and nobody has looked yet who steps in.
    Left,
    Void,
}

/// The rows of a draw, in order of lottery number; who stepped in comes behind.
#[must_use]
pub fn rows_of(t: Lang, book: &Workbook, draw: &DrawRecord) -> Vec<OwnRow> {
    let Some(register) = draw.own_register() else {
        return Vec::new();
    };
    let Some(result) = draw.drawn.as_ref().map(|drawn| &drawn.result) else {
        return Vec::new();
    };
    let groups = result.groups.iter();
    let drawn = groups.flat_map(|group| &group.draw.drawn).cloned();
    let later = book.own_visits(draw.month.year(), register);
    let later = later.filter(|visit| visit.id.draw == draw.id() && visit.steps_in.is_some());
    let mut later: Vec<Candidate> = later
        .filter_map(|visit| {
            let (unit, snapshot) = (visit.id.record.clone(), &draw.register.snapshot);
            let why = draw
                .occasion
                .explain(&unit, &draw.sizes, snapshot, result.seed);
            match why {
                WhyDrawn::InPool(it) => Some(Candidate {
                    unit,
                    ticket: it.ticket,
                }),
                _ => None,
            }
        })
        .collect();
    later.sort_by_key(|candidate| candidate.ticket);
    let row = |candidate: Candidate| {
        let id = OwnVisitId {
            draw: draw.id(),
            record: candidate.unit,
        };
        let visit = book.own_visit(&id)?;
        let name = register.record(book, &id.record);
        let (state, kind) = state_words(t, book, visit);
        let team = visit.made.as_ref().map(|made| &made.team);
        let team = team.or(visit.team.as_ref());
        Some(OwnRow {
            name: name.map_or_else(|| id.record.to_string(), |(name, _)| name.to_owned()),
            ticket: candidate.ticket.to_string()[..TICKET_DIGITS].to_owned(),
            team: team.map(|team| [&team.lead, &team.member].map(|id| book.officer_name(id))),
            id,
            state,
            kind,
        })
    };
    drawn.chain(later).filter_map(row).collect()
}

/// The name of a record of the register from which a check was drawn.
#[must_use]
pub fn name_of(book: &Workbook, visit: &OwnVisit, id: &CandidateId) -> String {
    let register = book.draw(visit.id.draw).and_then(DrawRecord::own_register);
    let record = register.and_then(|register| register.record(book, id));
    record.map_or_else(|| id.to_string(), |(name, _)| name.to_owned())
}

/// Where a check stands, in words.
#[must_use]
pub fn state_words(t: Lang, book: &Workbook, visit: &OwnVisit) -> (String, RowState) {
    match book.own_state(visit) {
        OwnState::Pending => {
            let rank = visit.steps_in.as_ref().map(|step| step.rank);
            let words = rank.map_or_else(|| t.own_pending().to_owned(), |it| t.own_steps_in(it));
            (words, RowState::Pending)
        }
        OwnState::Void => match &visit.closed {
            None => (t.own_void().to_owned(), RowState::Left),
            Some(closed) => {
                let next = closed
                    .replaced_by
                    .as_ref()
                    .map(|id| name_of(book, visit, id));
                let words = match next {
                    Some(next) => t.own_closed(t.closed_ground(closed.ground), next),
                    None => t.own_closed_none(t.closed_ground(closed.ground)),
                };
                (words, RowState::Void)
            }
        },
        OwnState::Made(made) => {
            let words = t.own_made_on(made.date, t.finding(made.finding));
            let along = made.with_unit.as_ref().map(|unit| {
                let known = book.unit(unit);
                let name = known.map_or_else(|| unit.to_string(), |unit| unit.name.clone());
                t.own_along(name)
            });
            let words = [Some(words), along].into_iter().flatten();
            let words = words.collect::<Vec<_>>().join(t.list_comma());
            (words, RowState::Made)
        }
    }
}
