//! What the parts of the page of draws share: the draw on show, its drawn records, words.

use leptos::prelude::*;

use crate::engine::lottery::Candidate;
use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
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
    Void,
}

/// The rows of a draw, in order of lottery number.
pub(super) fn rows_of(t: Lang, book: &Workbook, draw: &DrawRecord) -> Vec<OwnRow> {
    let Some(register) = draw.own_register() else {
        return Vec::new();
    };
    let groups = draw.drawn.iter().flat_map(|drawn| &drawn.result.groups);
    let drawn = groups.flat_map(|group| &group.draw.drawn);
    let row = |candidate: &Candidate| {
        let id = OwnVisitId {
            draw: draw.id(),
            record: candidate.unit.clone(),
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
    drawn.filter_map(row).collect()
}

/// Where a check stands, in words.
pub(super) fn state_words(t: Lang, book: &Workbook, visit: &OwnVisit) -> (String, RowState) {
    match book.own_state(visit) {
        OwnState::Pending => (t.own_pending().to_owned(), RowState::Pending),
        OwnState::Void => (t.own_void().to_owned(), RowState::Void),
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
