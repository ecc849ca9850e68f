//! Visits as they were made: when one may stand in the register, and its entry.
//!
//! «May be inspected on date d» is the engine's one predicate
//! ([`SnapshotUnit::may_be_inspected`]); a draw, a campaign, a replacement and an
//! entry by hand all ask it. What is asked beside it here is about the entry: that
//! the day has come, and lies in the month's year and not before it was drawn for.
//!
//! [`SnapshotUnit::may_be_inspected`]: crate::engine::snapshot::SnapshotUnit::may_be_inspected

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::action::{Applied, Entry, Outcome};
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

    pub(super) fn record_visit(
        &mut self,
        unit: &UnitId,
        date: NaiveDate,
        finding: Finding,
        today: NaiveDate,
    ) -> Outcome {
        let at = self.unit_at(unit)?;
        let pending = self.pending_visits();
        let draw = pending.get(unit).and_then(|&number| self.draw(number));
        let draw = draw.ok_or_else(|| DrawError::NoVisit { unit: unit.clone() })?;
        self.check_visit(&self.units[at], draw, date, today)?;
        let number = draw.number;
        let inspections = &mut self.units[at].inspections;
        inspections.push(Inspection {
            date,
            finding,
            draw: Some(number),
        });
        inspections.sort_by_key(|inspection| inspection.date);
        let detail = json!({ "unit": unit, "draw": number, "date": date, "finding": finding });
        Ok((Applied::done(), Entry::new("record_visit", "", detail)))
    }
}
