//! Visits that are drawn and not yet made, and which of them the next draw carries.
//!
//! Forecast, trial, freezing, simulation and the record of a draw take the register
//! from one function of workbook and day, [`Workbook::snapshot_on`]: a visit whose
//! planned day has not come counts as made on it, as at the turn of the year
//! (engine.md, section 3); one whose day is over, or that was set aside and has none,
//! is carried. So nothing is laid out twice, and nothing that is late is forgotten: a
//! visit that was expected and is not made after all is carried by the draw after.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{AnnualPlan, DrawRecord, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::month::PlannedVisit;
use crate::engine::snapshot::{Snapshot, SnapshotError, SnapshotUnit};
use crate::model::UnitId;

/// Above every draw's number.
const ALL_DRAWS: u32 = u32::MAX;

/// Where a carried visit comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedFrom {
    /// The month for which it was drawn.
    pub drawn_for: YearMonth,
    /// The last plan before that laid it: its month, and the visit; none where each
    /// plan since has set it aside.
    pub planned: Option<(YearMonth, PlannedVisit)>,
}

/// Pending visits whose day is over, or that have none: the next draw carries them, and
/// each takes a place of its month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overdue {
    /// Those planned for a day that is over, by the month in whose plan they stand.
    pub by_month: BTreeMap<YearMonth, u32>,
    /// Those that the last plan set aside.
    pub set_aside: u32,
}

impl Overdue {
    /// How many in all.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.late() + self.set_aside
    }

    /// How many have a day that is over.
    #[must_use]
    pub fn late(&self) -> u32 {
        self.by_month.values().sum()
    }
}

impl Workbook {
    /// Visits that are drawn and not yet made: the unit, by its register's id, and the
    /// number of its draw.
    ///
    /// A pending visit ends only by the visit, or by evidence that the unit is closed
    /// or does not exist: a retired unit's is void and is not carried.
    #[must_use]
    pub fn pending_visits(&self) -> BTreeMap<UnitId, u32> {
        let mut pending = BTreeMap::new();
        for draw in self.draws.iter().filter(|draw| draw.broken_off.is_none()) {
            for id in draw.drawn_units() {
                let unit = self.unit(id);
                let is_ended = unit.is_some_and(|unit| {
                    let is_made = unit.inspections.iter().any(|i| i.draw == Some(draw.number));
                    is_made || !unit.status.is_active()
                });
                if !is_ended {
                    let id = unit.map_or(id, |unit| &unit.id);
                    pending.insert(id.clone(), draw.number);
                }
            }
        }
        pending
    }

    /// The register as a draw for `month` that is frozen on `today` sees it: visits
    /// planned for `today` and later count as made on their day.
    ///
    /// # Errors
    /// [`SnapshotError`] where the register cannot be frozen.
    pub fn snapshot_on(
        &self,
        month: YearMonth,
        plan: &AnnualPlan,
        today: NaiveDate,
    ) -> Result<Snapshot, SnapshotError> {
        let mut snapshot = self.snapshot(month, plan)?;
        for unit in snapshot.units.iter_mut().filter(|unit| unit.pending) {
            self.expect_visit(unit, today, ALL_DRAWS);
        }
        Ok(snapshot)
    }

    /// Takes a pending visit as made if its day, by the last plan before draw number
    /// `before`, is `today` or later.
    pub(super) fn expect_visit(&self, unit: &mut SnapshotUnit, today: NaiveDate, before: u32) {
        let planned = self.planned_visit(&unit.id, before);
        if let Some(visit) = planned.filter(|visit| visit.day >= today) {
            unit.pending = false;
            unit.count += 1;
            unit.last = Some(visit.day);
        }
    }

    /// What the last plan that names a unit laid for it, of the draws with a number
    /// below `before`. None where that plan set it aside.
    #[must_use]
    pub fn planned_visit(&self, unit: &UnitId, before: u32) -> Option<&PlannedVisit> {
        let mut plans = self.plans_before(before);
        let (id, plan) = plans.find_map(|draw| {
            let (id, plan) = (self.id_in(draw, unit), &draw.drawn.as_ref()?.plan);
            let is_aside = || plan.set_aside.iter().any(|aside| aside.unit == *id);
            (plan.visits.contains_key(id) || is_aside()).then_some((id, plan))
        })?;
        plan.visits.get(id)
    }

    /// The draws with a plan and a number below `before`, the last one first.
    fn plans_before(&self, before: u32) -> impl Iterator<Item = &DrawRecord> {
        let draws = self.standing_draws().rev();
        draws.filter(move |draw| draw.number < before)
    }

    /// What a draw frozen on `today` would carry, by where it stands now.
    #[must_use]
    pub fn overdue(&self, today: NaiveDate) -> Overdue {
        let mut overdue = Overdue::default();
        for (planned, count) in self.pending_by_day() {
            match planned {
                None => overdue.set_aside += count,
                Some(day) if day < today => {
                    *overdue.by_month.entry(YearMonth::of(day)).or_default() += count;
                }
                Some(_) => {}
            }
        }
        overdue
    }

    /// Visits whose term was over before `today` and that are not entered, by the month
    /// in whose plan they stand.
    #[must_use]
    pub fn late_visits(&self, today: NaiveDate) -> BTreeMap<YearMonth, u32> {
        let mut late = BTreeMap::new();
        for (planned, count) in self.pending_by_day() {
            if let Some(day) = planned.filter(|day| *day < today && self.deadline(*day) < today) {
                *late.entry(YearMonth::of(day)).or_default() += count;
            }
        }
        late
    }

    /// How many visits are pending, by the day for which they are planned.
    fn pending_by_day(&self) -> BTreeMap<Option<NaiveDate>, u32> {
        let mut by_day = BTreeMap::new();
        for unit in self.pending_visits().keys() {
            let planned = self.planned_visit(unit, ALL_DRAWS);
            *by_day.entry(planned.map(|visit| visit.day)).or_default() += 1;
        }
        by_day
    }

    /// Where a visit comes from that `draw` carried; `None` if it did not carry one to
    /// the unit.
    #[must_use]
    pub fn carried_from(&self, draw: &DrawRecord, unit: &UnitId) -> Option<CarriedFrom> {
        let id = self.id_in(draw, unit);
        if !draw.occasion.is_month() || !draw.sizes.carried.contains(id) {
            return None;
        }
        let drew = self.plans_before(draw.number).find(|other| {
            let id = self.id_in(other, unit);
            other.drawn_units().any(|drawn| drawn == id)
        })?;
        let plans = self.plans_before(draw.number);
        let mut plans = plans.take_while(|other| other.number >= drew.number);
        let planned = plans.find_map(|other| {
            let visits = &other.drawn.as_ref()?.plan.visits;
            Some((other.month, visits.get(self.id_in(other, unit))?.clone()))
        });
        Some(CarriedFrom {
            drawn_for: drew.month,
            planned,
        })
    }
}

/// Visits that a draw with this register carries: drawn, and still to be made.
#[must_use]
pub fn carried_of(snapshot: &Snapshot) -> BTreeSet<UnitId> {
    let pending = snapshot.units.iter().filter(|unit| unit.pending);
    pending.map(|unit| unit.id.clone()).collect()
}
