//! What the parts of the page of draws share: the draw on show, its drawn records, words.

use leptos::prelude::*;

use crate::engine::draw::WhyDrawn;
use crate::engine::lottery::Candidate;
use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::ui::app::App;
use crate::workbook::own_draw::OwnYear;
use crate::workbook::own_visit::{OwnState, OwnVisit, OwnVisitId};
use crate::workbook::{DrawId, DrawRecord, Workbook};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub(super) app: App,
    pub(super) register: Memo<OwnRegister>,
    pub(super) year: Memo<i32>,
    /// The draw on show.
    pub(super) draw: Memo<Option<DrawId>>,
    pub(super) checking: RwSignal<Option<OwnVisitId>>,
    /// The drawn record that proved closed.
    pub(super) closing: RwSignal<Option<OwnVisitId>>,
}

/// A drawn record, as the list shows it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct OwnRow {
    pub(super) id: OwnVisitId,
    pub(super) name: String,
    pub(super) ticket: String,
    pub(super) team: Option<[String; 2]>,
    pub(super) state: String,
    pub(super) kind: RowState,
}

/// What may be done with a drawn record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RowState {
    Pending,
    Made,
    /// It left its register, and nobody has looked yet who steps in.
    Left,
    Void,
}

/// The rows of a draw, in order of lottery number; who stepped in comes behind.
pub(super) fn rows_of(t: Lang, book: &Workbook, draw: &DrawRecord) -> Vec<OwnRow> {
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
            ticket: candidate.ticket.to_string()[..12].to_owned(),
            team: team.map(|team| [&team.lead, &team.member].map(|id| book.officer_name(id))),
            id,
            state,
            kind,
        })
    };
    drawn.chain(later).filter_map(row).collect()
}

/// The name of a record of the register from which a check was drawn.
pub(super) fn name_of(book: &Workbook, visit: &OwnVisit, id: &CandidateId) -> String {
    let register = book.draw(visit.id.draw).and_then(DrawRecord::own_register);
    let record = register.and_then(|register| register.record(book, id));
    record.map_or_else(|| id.to_string(), |(name, _)| name.to_owned())
}

/// Where a check stands, in words.
pub(super) fn state_words(t: Lang, book: &Workbook, visit: &OwnVisit) -> (String, RowState) {
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

/// Where a year stands with a register's share, in a line.
pub(super) fn standing_line(t: Lang, register: OwnRegister, year: i32, it: OwnYear) -> String {
    let count = |n| t.own_count(register, n);
    t.own_standing(year, count(it.due), count(it.drawn), count(it.made))
}
