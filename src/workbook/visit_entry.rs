//! Visits as they were made: when one may stand in the register, and its entry.
//!
//! «May be inspected on date d» is the engine's one predicate
//! ([`SnapshotUnit::may_be_inspected`]); a draw, a campaign, a replacement and an
//! entry by hand all ask it. What is asked beside it here is about the entry: that
//! the day has come, lies in the draw's year and not before the month drawn for, and that the
//! plan was approved by then.
//!
//! [`SnapshotUnit::may_be_inspected`]: crate::engine::snapshot::SnapshotUnit::may_be_inspected

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{Changes, VisitCorrected, VisitRecorded, VisitsRecorded};
use super::refusal::{ActionError, VisitRule};
use super::request::{CorrectVisit, VisitEntry};
use super::result_rule::RecordRule;
use super::visit::{VisitChange, VisitId, VisitMade};
use super::{DrawError, DrawRecord, Workbook};
use crate::engine::calendar::{YearMonth, add_six_months};
use crate::model::{Unit, UnitId};

/// What is unusual about the day of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayQuestion {
    /// It is not the planned one.
    OtherDay {
        /// That day.
        planned: NaiveDate,
    },
    /// It is not a working day.
    RestDay,
}

/// There is no visit to a unit that could be entered or corrected so.
fn none_for(unit: &UnitId) -> DrawError {
    DrawError::NoVisit { unit: unit.clone() }
}

/// What the trail says of a visit entered.
fn recorded(visit: &VisitEntry, id: &VisitId) -> VisitRecorded {
    VisitRecorded {
        unit: visit.unit.clone(),
        draw: id.draw.number,
        date: visit.made.date,
        finding: visit.made.finding,
    }
}

impl Workbook {
    /// Whether the visit that `draw` gave to `unit` may have been made on `date`.
    ///
    /// The visit's own entry, where there is one, is left out of account: so the same
    /// question is asked when it is entered and when it is corrected.
    ///
    /// # Errors
    /// [`DrawError::VisitDate`] names the unit and the one rule.
    pub fn check_visit(
        &self,
        unit: &Unit,
        draw: &DrawRecord,
        date: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), DrawError> {
        let year = draw.month.year();
        let broken = if date.year() != year {
            Some(VisitRule::OtherYear { year })
        } else if date > today {
            Some(VisitRule::Future { today })
        } else if date < draw.month.first_day() {
            Some(VisitRule::BeforeMonth { month: draw.month })
        } else {
            match self.approved_on(unit, draw) {
                None => Some(VisitRule::Unapproved),
                Some(approved) if date < approved => Some(VisitRule::BeforeApproval { approved }),
                Some(_) => self.limit(unit, draw, date),
            }
        };
        broken.map_or(Ok(()), |rule| {
            Err(DrawError::VisitDate {
                unit: unit.id.clone(),
                name: unit.name.clone(),
                date,
                rule,
            })
        })
    }

    /// The limit of the law that a visit on `date`, of the draw's year, would break.
    pub(super) fn limit(
        &self,
        unit: &Unit,
        draw: &DrawRecord,
        date: NaiveDate,
    ) -> Option<VisitRule> {
        let others = self.inspections_but(unit, |visit| visit.draw == draw.id());
        let (before, after): (Vec<NaiveDate>, Vec<NaiveDate>) = others
            .iter()
            .map(|other| other.date)
            .partition(|&day| day <= date);
        // No other visit can be pending: who has one is in no pool.
        let mut known = {
            let month = YearMonth::of(date);
            self.snapshot_unit(unit, self.plan_in(month), month, false)
        };
        let of_year = |day: &&NaiveDate| day.year() == date.year();
        known.count = before.iter().chain(&after).filter(of_year).count() as u32;
        known.last = before.iter().max().copied();
        if let Err(limit) = known.may_be_inspected(date) {
            return Some(VisitRule::NotYet(limit));
        }
        let later = after.into_iter().min()?;
        (later < add_six_months(date)).then_some(VisitRule::BeforeLater { later })
    }

    pub(super) fn record_visit(&mut self, visit: &VisitEntry, today: NaiveDate) -> Outcome {
        let id = self.check_entry(visit, today)?;
        let event = Event::RecordVisit(recorded(visit, &id));
        self.enter(&id, visit.made);
        Ok((Applied::done(), event.into()))
    }

    /// Enters all of `visits`, or none of them.
    pub(super) fn record_visits(&mut self, visits: &[VisitEntry], today: NaiveDate) -> Outcome {
        if visits.is_empty() {
            return Err(DrawError::NoVisits.into());
        }
        let mut named = BTreeMap::new();
        let mut told = Vec::with_capacity(visits.len());
        for visit in visits {
            let id = self.check_entry(visit, today)?;
            told.push(recorded(visit, &id));
            // Named twice, a unit has no second visit to be made.
            if named.insert(&visit.unit, (id, visit.made)).is_some() {
                return Err(none_for(&visit.unit).into());
            }
        }
        for (id, made) in named.values() {
            self.enter(id, *made);
        }
        let event = Event::RecordVisits(VisitsRecorded { visits: told });
        Ok((Applied::done(), event.into()))
    }

    /// The visit of a unit that is pending and may be entered so.
    fn check_entry(&self, entry: &VisitEntry, today: NaiveDate) -> Result<VisitId, ActionError> {
        let unit = &self.units[self.unit_at(&entry.unit)?];
        let none = || none_for(&entry.unit);
        // Of two, at the turn of a year, the one of the day's year.
        let pending = self.visits_to(&unit.id);
        let pending = pending.filter(|visit| self.is_pending(visit));
        let visit = pending.min_by_key(|it| it.id.draw.year != entry.made.date.year());
        let visit = visit.ok_or_else(none)?;
        let id = &visit.id;
        // Its record was taken back: what it was is entered anew as a record, not beside it.
        if visit.record().is_some() {
            return Err(self.broken(id, RecordRule::ByRecord));
        }
        self.check_year_open(id.draw.year)?;
        let draw = self.draw(id.draw).ok_or_else(none)?;
        self.check_visit(unit, draw, entry.made.date, today)?;
        Ok(id.clone())
    }

    fn enter(&mut self, id: &VisitId, made: VisitMade) {
        if let Some(visit) = self.visit_mut(id) {
            visit.made = Some(made);
        }
    }

    /// Puts other values into the entry of a visit, or takes an entry back that was
    /// none: the visit is then still to be made.
    pub(super) fn correct_visit(&mut self, correction: CorrectVisit, context: &Context) -> Outcome {
        let CorrectVisit {
            visit: id,
            made,
            reason,
        } = correction;
        require(&reason, ActionError::NoReason)?;
        self.check_year_open(id.draw.year)?;
        let none = || none_for(&id.unit);
        let unit = &self.units[self.unit_at(&id.unit)?];
        let visit = self.visit(&id).ok_or_else(none)?;
        let before = visit.made.ok_or_else(none)?;
        // Day and finding are the record's, which is corrected as a whole.
        if made.is_some() && visit.record().is_some() {
            return Err(self.broken(&id, RecordRule::ByRecord));
        }
        let draw = self.draw(id.draw).ok_or_else(none)?;
        match made {
            Some(made) => self.check_visit(unit, draw, made.date, context.now.date())?,
            None => self.check_unmade(&id)?,
        }
        let why = reason.trim().to_owned();
        let visit = self.visit_mut(&id).ok_or_else(none)?;
        visit.made = made;
        visit.changes.push(VisitChange {
            at: context.now,
            who: context.who.clone(),
            why: why.clone(),
            before,
            after: made,
        });
        let event = Event::CorrectVisit(VisitCorrected {
            unit: id.unit,
            draw: id.draw.number,
            changes: Changes::between(&Some(before), &made),
        });
        Ok((Applied::done(), Entry::new(event, why)))
    }

    /// A visit on whose entry a later draw of the same unit rests cannot become unmade.
    pub(super) fn check_unmade(&self, id: &VisitId) -> Result<(), DrawError> {
        let mut later = self.visits_to(&id.unit);
        let drew = later.find(|visit| visit.id.draw > id.draw);
        drew.map_or(Ok(()), |visit| {
            Err(DrawError::DrawnSince {
                unit: id.unit.clone(),
                number: visit.id.draw.number,
            })
        })
    }

    /// What is unusual about a day on which a visit is said to have been made: to be
    /// asked about, never refused.
    #[must_use]
    pub fn day_questions(&self, planned: NaiveDate, date: NaiveDate) -> Vec<DayQuestion> {
        let is_rest = !self.calendar().is_working_day(date);
        let questions = [
            (date != planned).then_some(DayQuestion::OtherDay { planned }),
            is_rest.then_some(DayQuestion::RestDay),
        ];
        questions.into_iter().flatten().collect()
    }
}
