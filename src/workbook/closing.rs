//! A year is closed once it is over: with a statement of what came of it, which is kept as
//! it was then. From there on nothing of the year changes.

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, json};

use super::action::{Applied, Context, Entry, Outcome, require};
use super::refusal::ActionError;
use super::statement::{ClosedYear, StratumStatement, YearStatement};
use super::{DrawId, Visit, VisitId, VisitState, Workbook, Year};
use crate::model::{Stratum, Unit, UnitStatus};

impl Year {
    /// Its last day.
    ///
    /// # Panics
    /// Never: December has a last day in every year that a workbook can hold.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        let day = NaiveDate::from_ymd_opt(self.year, 12, 31);
        day.expect("December has 31 days")
    }

    /// The first day on which it can be closed: visits of its last day are entered then.
    #[must_use]
    pub fn closable_from(&self) -> NaiveDate {
        self.months()[11].next().first_day()
    }

    /// Whether there is something to close on `today`: a year that is over, was planned, and
    /// is not closed yet.
    #[must_use]
    pub fn may_be_closed(&self, today: NaiveDate) -> bool {
        self.closed.is_none() && !self.plans.is_empty() && today >= self.closable_from()
    }
}

impl Workbook {
    /// Refuses what would change a year that is closed.
    ///
    /// # Errors
    /// [`ActionError::YearClosed`].
    pub(super) fn check_year_open(&self, year: i32) -> Result<(), ActionError> {
        if self.is_year_closed(year) {
            Err(ActionError::YearClosed { year })
        } else {
            Ok(())
        }
    }

    /// Whether a year is kept and closed.
    #[must_use]
    pub fn is_year_closed(&self, year: i32) -> bool {
        self.year(year).is_some_and(|year| year.closed.is_some())
    }

    /// What came of `year`, as things stand.
    #[must_use]
    pub fn year_statement(&self, year: &Year) -> YearStatement {
        let (register, units) = self.units_at_end(year);
        let mut strata = Stratum::ALL.map(|stratum| StratumStatement {
            stratum,
            units_count: 0,
            floor_count: 0,
            visited_count: 0,
        });
        for (stratum, unit) in units {
            let is_visited = unit.is_some_and(|unit| self.inspections_count(unit, year.year) > 0);
            let counts = &mut strata[stratum.index()];
            counts.units_count += 1;
            counts.visited_count += u32::from(is_visited);
        }
        for counts in &mut strata {
            counts.floor_count = counts.stratum.legal_floor().of(counts.units_count);
        }
        let state = |visit: &Visit| visit.state(self.unit(&visit.id.unit));
        let is = |of: fn(&VisitState) -> bool| {
            let visits = year.visits.iter();
            visits.filter(move |visit| of(&state(visit)))
        };
        YearStatement {
            register,
            strata,
            made_count: is(|state| matches!(state, VisitState::Made(_))).count() as u32,
            void_count: is(|state| *state == VisitState::Void).count() as u32,
            unmade: is(|state| *state == VisitState::Pending)
                .map(|visit| visit.id.clone())
                .collect(),
        }
    }

    /// The units that count at the end of a year, each with its stratum: the register
    /// frozen for December's draw, less the units closed by then (engine.md, «Turn of the
    /// year»). Where December was not drawn, the register as it stands.
    fn units_at_end(&self, year: &Year) -> (Option<DrawId>, Vec<(Stratum, Option<&Unit>)>) {
        let december = self.draw_of(year.months()[11]);
        let Some(draw) = december.filter(|draw| draw.drawn.is_some()) else {
            return (
                None,
                self.active_units()
                    .map(|unit| (unit.stratum(), Some(unit)))
                    .collect(),
            );
        };
        let last = year.last_day();
        let is_closed = |unit: &Unit| match &unit.status {
            UnitStatus::Active => false,
            UnitStatus::Retired { since, .. } => *since <= last,
        };
        let frozen = draw.register.snapshot.units.iter();
        let units = frozen.map(|frozen| (frozen.stratum, self.unit_drawn(&frozen.id)));
        let units = units.filter(|(_, unit)| !unit.is_some_and(is_closed));
        (Some(draw.id()), units.collect())
    }

    pub(super) fn close_year(
        &mut self,
        year: i32,
        approver: &str,
        note: &str,
        context: &Context,
    ) -> Outcome {
        self.check_year_open(year)?;
        if let Some(open) = self.open_draw_record() {
            return Err(ActionError::DrawOpen {
                number: open.number,
            });
        }
        let kept = self.year(year).ok_or(ActionError::NoYear { year })?;
        let from = kept.closable_from();
        if context.now.date() < from {
            return Err(ActionError::YearNotOver { year, from });
        }
        require(approver, ActionError::NoApprover)?;
        let statement = self.year_statement(kept);
        if statement.missed().next().is_some() {
            require(note, ActionError::NoReason)?;
        }
        let detail = json!({
            "year": year,
            "approver": approver.trim(),
            "made": statement.made_count,
            "unmade": statement.unmade.len(),
            "floors_missed": statement.missed().map(|it| it.stratum).collect::<Vec<_>>(),
        });
        let closed = ClosedYear {
            at: context.now,
            by: context.who.clone(),
            approver: approver.trim().to_owned(),
            note: note.trim().to_owned(),
            statement,
            extra: Map::new(),
        };
        let entry = Entry::new("close_year", closed.note.clone(), detail);
        let kept = self.year_mut(year).expect("it was found");
        kept.closed = Some(closed);
        Ok((Applied::done(), entry))
    }

    /// Years to be closed on `today`.
    pub(crate) fn years_to_close(&self, today: NaiveDate) -> impl Iterator<Item = &Year> {
        let years = self.years.iter();
        years.filter(move |year| year.may_be_closed(today))
    }
}

/// Whether what a closed year says fits what is kept of it.
pub(super) fn is_rightly_closed(year: &Year) -> bool {
    let Some(closed) = &year.closed else {
        return true;
    };
    let statement = &closed.statement;
    let made = year.visits.iter().filter(|visit| visit.made.is_some());
    let is_unmade = |id: &VisitId| {
        let at = year.visits.binary_search_by(|visit| visit.id.cmp(id));
        at.is_ok_and(|at| year.visits[at].made.is_none())
    };
    let strata = statement.strata.iter().map(|it| it.stratum);
    closed.at.year() > year.year
        && year.draws.iter().all(|draw| !draw.is_open())
        && strata.eq(Stratum::ALL)
        && made.count() == statement.made_count as usize
        && statement.unmade.iter().all(is_unmade)
}
