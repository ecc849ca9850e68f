//! Visits as they were made: when one may stand in the register, and its entry.
//!
//! «May be inspected on date d» is the engine's one predicate
//! ([`SnapshotUnit::may_be_inspected`]); a draw, a campaign, a replacement and an
//! entry by hand all ask it. What is asked beside it here is about the entry: that
//! the day has come, and lies in the month's year and not before it was drawn for.
//!
//! [`SnapshotUnit::may_be_inspected`]: crate::engine::snapshot::SnapshotUnit::may_be_inspected

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::action::{ActionError, Applied, Entry, Outcome, require};
use super::{DrawError, DrawRecord, Workbook};
use crate::engine::calendar::{YearMonth, add_six_months};
use crate::engine::snapshot::NotYet;
use crate::model::{Finding, Inspection, Unit, UnitId};

/// The one rule that a visit on a date would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitRule {
    /// The day is not of the workbook's year.
    OtherYear {
        /// That year.
        year: i32,
    },
    /// The day has not come.
    Future {
        /// Today.
        today: NaiveDate,
    },
    /// The day is before the month for which the unit was drawn.
    BeforeMonth {
        /// That month.
        month: YearMonth,
    },
    /// The law's limits, after what was inspected before that day.
    NotYet(NotYet),
    /// An inspection after that day would follow it in less than six months.
    BeforeLater {
        /// That inspection.
        later: NaiveDate,
    },
}

/// When a visit was made, and what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitMade {
    /// The day.
    pub date: NaiveDate,
    /// What it found.
    pub finding: Finding,
}

/// A visit to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitEntry {
    /// The unit, by its register's id.
    pub unit: UnitId,
    /// The visit.
    pub made: VisitMade,
}

/// Corrects the entry of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectVisit {
    /// The unit, by its register's id.
    pub unit: UnitId,
    /// Number of the draw under which the visit is entered.
    pub draw: u32,
    /// What is right; `None`: the visit was not made.
    pub made: Option<VisitMade>,
    /// Why.
    pub reason: String,
}

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

/// What the trail says of a visit entered.
fn entry_detail(visit: &VisitEntry, number: u32) -> Value {
    let VisitMade { date, finding } = visit.made;
    json!({ "unit": visit.unit, "draw": number, "date": date, "finding": finding })
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
        let broken = if date.year() != self.year {
            Some(VisitRule::OtherYear { year: self.year })
        } else if date > today {
            Some(VisitRule::Future { today })
        } else if date < draw.month.first_day() {
            Some(VisitRule::BeforeMonth { month: draw.month })
        } else {
            self.limit(unit, draw, date)
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

    /// The limit of the law that a visit on `date`, of the workbook's year, would break.
    fn limit(&self, unit: &Unit, draw: &DrawRecord, date: NaiveDate) -> Option<VisitRule> {
        let others = unit.inspections.iter();
        let others = others.filter(|inspection| inspection.draw != Some(draw.number));
        let (before, after): (Vec<NaiveDate>, Vec<NaiveDate>) =
            others.map(|other| other.date).partition(|&day| day <= date);
        // No other visit can be pending: who has one is in no pool.
        let mut known = self.snapshot_unit(unit, self.plan(), YearMonth::of(date), false);
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
        let (at, number) = self.check_entry(visit, &self.pending_visits(), today)?;
        let detail = entry_detail(visit, number);
        self.enter(at, number, visit.made);
        Ok((Applied::done(), Entry::new("record_visit", "", detail)))
    }

    /// Enters all of `visits`, or none of them.
    pub(super) fn record_visits(&mut self, visits: &[VisitEntry], today: NaiveDate) -> Outcome {
        if visits.is_empty() {
            return Err(DrawError::NoVisits.into());
        }
        let mut pending = self.pending_visits();
        let mut places = Vec::with_capacity(visits.len());
        let mut named = Vec::with_capacity(visits.len());
        for visit in visits {
            let (at, number) = self.check_entry(visit, &pending, today)?;
            // Named twice, it has no second visit to be made.
            pending.remove(&visit.unit);
            places.push((at, number, visit.made));
            named.push(entry_detail(visit, number));
        }
        for (at, number, made) in places {
            self.enter(at, number, made);
        }
        let entry = Entry::new("record_visits", "", json!({ "visits": named }));
        Ok((Applied::done(), entry))
    }

    /// The unit's place in the register and the number of its draw, if the visit may be
    /// entered so.
    fn check_entry(
        &self,
        visit: &VisitEntry,
        pending: &BTreeMap<UnitId, u32>,
        today: NaiveDate,
    ) -> Result<(usize, u32), ActionError> {
        let at = self.unit_at(&visit.unit)?;
        let draw = pending
            .get(&visit.unit)
            .and_then(|&number| self.draw(number));
        let draw = draw.ok_or_else(|| DrawError::NoVisit {
            unit: visit.unit.clone(),
        })?;
        self.check_visit(&self.units[at], draw, visit.made.date, today)?;
        Ok((at, draw.number))
    }

    fn enter(&mut self, at: usize, number: u32, made: VisitMade) {
        let inspections = &mut self.units[at].inspections;
        inspections.push(Inspection {
            date: made.date,
            finding: made.finding,
            draw: Some(number),
        });
        inspections.sort_by_key(|inspection| inspection.date);
    }

    /// Puts other values into the entry of a visit, or takes an entry back that was
    /// none: the visit is then still to be made.
    pub(super) fn correct_visit(&mut self, correction: CorrectVisit, today: NaiveDate) -> Outcome {
        let CorrectVisit {
            unit,
            draw: number,
            made,
            reason,
        } = correction;
        require(&reason, ActionError::NoReason)?;
        let at = self.unit_at(&unit)?;
        let is_own = |visit: &Inspection| visit.draw == Some(number);
        let mut visits = self.units[at].inspections.iter();
        let none = || DrawError::NoVisit { unit: unit.clone() };
        let place = visits.position(is_own).ok_or_else(none)?;
        let draw = self.draw(number).ok_or_else(none)?;
        match made {
            Some(made) => self.check_visit(&self.units[at], draw, made.date, today)?,
            None => self.check_unmade(&unit, number)?,
        }
        let before = self.units[at].inspections.remove(place);
        if let Some(made) = made {
            self.enter(at, number, made);
        }
        let mut changes = serde_json::Map::new();
        let after = made.map(|made| made.date);
        if after != Some(before.date) {
            changes.insert("date".into(), json!([before.date, after]));
        }
        let after = made.map(|made| made.finding);
        if after != Some(before.finding) {
            changes.insert("finding".into(), json!([before.finding, after]));
        }
        let detail = json!({ "unit": unit, "draw": number, "changes": changes });
        let entry = Entry::new("correct_visit", reason.trim(), detail);
        Ok((Applied::done(), entry))
    }

    /// A visit on whose entry a later draw of the same unit rests cannot become unmade.
    fn check_unmade(&self, unit: &UnitId, number: u32) -> Result<(), DrawError> {
        let mut later = self.standing_draws().filter(|draw| draw.number > number);
        let drew = later.find(|draw| draw.drawn_units().any(|id| self.register_id(id) == unit));
        drew.map_or(Ok(()), |draw| {
            Err(DrawError::DrawnSince {
                unit: unit.clone(),
                number: draw.number,
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
