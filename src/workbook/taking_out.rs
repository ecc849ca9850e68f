//! 移出: years that are closed and archived leave the workbook, so that it stays small
//! through the years.
//!
//! Draws kept, and draws to come, stay as they are, byte for byte: what they need of the
//! years taken out is worked out now and kept in [`TakenOut`]. Nothing looks further
//! back than that once a draw's register was frozen after the last of those years.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::draw::KnownDraw;
use super::event::Event;
use super::event_detail::YearsTakenOut;
use super::refusal::ActionError;
use super::request::TakeOut;
use super::taken_out::{TakenOut, YearTakenOut};
use super::visit::VisitIndexCell;
use super::{DrawRecord, Visit, Workbook, Year};
use crate::engine::occasion::Occasion;
use crate::model::unit::ALIAS_PREFIX;
use crate::model::{CandidateId, Inspection, OfficerId, UnitId};

impl Workbook {
    /// The years up to `upto_year`, which leave together: their archive holds them all.
    pub fn years_upto(&self, upto_year: i32) -> impl Iterator<Item = &Year> {
        let years = self.years.iter();
        years.take_while(move |year| year.year <= upto_year)
    }

    /// Whether the years up to `upto_year` may be taken out.
    ///
    /// # Errors
    /// [`ActionError`], why not yet.
    pub fn check_taking_out(&self, upto_year: i32) -> Result<(), ActionError> {
        self.check_not_archive()?;
        self.year(upto_year)
            .ok_or(ActionError::NoYear { year: upto_year })?;
        let mut years = self.years_upto(upto_year);
        if let Some(open) = years.find(|year| year.closed.is_none()) {
            return Err(ActionError::YearNotClosed { year: open.year });
        }
        if let Some(open) = self.open_draw_record() {
            return Err(ActionError::DrawOpen {
                number: open.number,
            });
        }
        // A supplement to January, frozen in December, would still ask for December's plan.
        let is_free = |draw: &DrawRecord| draw.opened_at.year() > upto_year;
        let last = self.last_drawn().filter(|draw| draw.id().year > upto_year);
        if last.is_some_and(is_free) {
            Ok(())
        } else {
            Err(ActionError::YearNeeded { year: upto_year })
        }
    }

    pub(super) fn take_out_years(&mut self, request: TakeOut, context: &Context) -> Outcome {
        let upto_year = request.upto_year;
        self.check_taking_out(upto_year)?;
        let no_file = ActionError::NoArchiveFile { year: upto_year };
        let archive = request.archive.ok_or(no_file)?;
        require(&request.reason, ActionError::NoReason)?;
        require(&request.approver, ActionError::NoApprover)?;
        let gone = |year: &Year| YearTakenOut {
            year: year.year,
            at: context.now,
            archive: archive.clone(),
            draws: year.draws.iter().map(KnownDraw::from).collect(),
            extra: Map::new(),
        };
        let mut taken_out = self.needed_of(upto_year);
        taken_out.years.extend(self.years_upto(upto_year).map(gone));
        let draws_count = self.years_upto(upto_year).map(|year| year.draws.len());
        let event = Event::TakeOutYears(YearsTakenOut {
            years: self.years_upto(upto_year).map(|year| year.year).collect(),
            draws_count: draws_count.sum(),
            visits_count: self.made_upto(upto_year).count(),
            file: archive.name.clone(),
            archive: archive.hash,
            approver: request.approver.trim().to_owned(),
        });
        self.keep_inspections(upto_year);
        self.taken_out = Some(taken_out);
        self.years.retain(|year| year.year > upto_year);
        self.visit_index = VisitIndexCell::default();
        Ok((Applied::done(), Entry::new(event, request.reason.trim())))
    }

    /// What was kept of earlier years, and what must be of those up to `upto_year`; the
    /// years themselves are still to be named.
    fn needed_of(&self, upto_year: i32) -> TakenOut {
        let mut needed = self.taken_out.clone().unwrap_or_default();
        let (gone, kept): (Vec<_>, Vec<_>) =
            self.draws().partition(|draw| draw.id().year <= upto_year);
        let mut units: BTreeSet<&CandidateId> = BTreeSet::new();
        for draw in gone {
            units.extend(draw.register.snapshot.units.iter().map(|unit| &unit.id));
            let officers = draw.register.officers.iter();
            needed.officers.extend(officers.map(|it| it.id.clone()));
            if let Occasion::Register(own) = &draw.occasion {
                needed.own.extend(own.pool.iter().cloned());
            }
            for alias in self.withheld_in(draw) {
                needed.aliases.entry(alias).or_insert_with(|| draw.id());
            }
        }
        let units = units.into_iter().map(|id| self.register_id(id));
        needed.units.extend(units);
        // A draw from another register knows no units, and nothing follows on it.
        let kept: Vec<&DrawRecord> = kept
            .into_iter()
            .filter(|draw| draw.own_register().is_none())
            .collect();
        if let Some(first) = kept.first() {
            let known = self.units_of(first);
            needed.units.retain(|id| !known.contains(id));
            let officers = &first.register.officers;
            let knows = |id: &OfficerId| officers.iter().any(|it| it.id == *id);
            needed.officers.retain(|id| !knows(id));
        }
        // Up to the first one drawn; those after it follow on draws that are kept.
        let drawn = kept.iter().position(|draw| draw.drawn.is_some());
        let following = kept.iter().take(drawn.map_or(usize::MAX, |at| at + 1));
        needed.changes = following
            .filter_map(|draw| Some((draw.id(), self.changes_of(draw)?)))
            .collect();
        needed
    }

    /// The units of a draw's register, by the register's ids.
    fn units_of(&self, draw: &DrawRecord) -> BTreeSet<UnitId> {
        let units = draw.register.snapshot.units.iter();
        units.map(|unit| self.register_id(&unit.id)).collect()
    }

    fn made_upto(&self, upto_year: i32) -> impl Iterator<Item = &Visit> {
        let visits = self.years_upto(upto_year).flat_map(|year| &year.visits);
        visits.filter(|visit| visit.made.is_some())
    }

    /// The visits made up to a year become inspections of their units: levels and release
    /// dates follow from them as before.
    fn keep_inspections(&mut self, upto_year: i32) {
        let mut made: BTreeMap<UnitId, Vec<Inspection>> = BTreeMap::new();
        for visit in self.made_upto(upto_year) {
            let of_unit = made.entry(visit.id.unit.clone()).or_default();
            of_unit.extend(visit.inspection());
        }
        for (id, visits) in made {
            let Ok(at) = self.unit_at(&id) else { continue };
            let inspections = &mut self.units[at].inspections;
            inspections.extend(visits);
            // Of two on a day the later entry stays the last, as it was.
            inspections.sort_by_key(|inspection| inspection.date);
        }
    }

    /// The draws of the years taken out, in order of their names.
    pub fn draws_taken_out(&self) -> impl Iterator<Item = &KnownDraw> {
        let years = self.taken_out.iter().flat_map(|it| &it.years);
        years.flat_map(|year| &year.draws)
    }

    /// The first year that there ever was, kept or taken out.
    #[must_use]
    pub fn first_year_ever(&self) -> i32 {
        let first = self.taken_out.as_ref().and_then(|it| it.years.first());
        first.map_or_else(|| self.first_year().year, |year| year.year)
    }
}

/// Whether what is kept of years taken out fits the workbook: the years lead up to the
/// first one kept, their draws are numbered, and what is said of draws kept names such.
pub(super) fn is_rightly_taken_out(book: &Workbook, taken_out: &TakenOut) -> bool {
    let first = book.first_year().year;
    let count = taken_out.years.len() as i32;
    let expected = first.saturating_sub(count)..first;
    let years = taken_out.years.iter();
    let is_numbered = |year: &YearTakenOut| {
        let mut draws = (1..).zip(&year.draws);
        draws.all(|(number, draw)| (draw.year, draw.number) == (Some(year.year), number))
    };
    let mut changes = taken_out.changes.iter();
    let mut aliases = taken_out.aliases.keys();
    count > 0
        && years.clone().map(|year| year.year).eq(expected)
        && years.clone().all(is_numbered)
        && changes.all(|(draw, _)| book.draw(*draw).is_some())
        && aliases.all(|alias| alias.as_str().starts_with(ALIAS_PREFIX))
}
