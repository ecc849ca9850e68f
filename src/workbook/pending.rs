//! Visits that are drawn and not yet made, and which of them the next draw carries.
//!
//! Forecast, trial, freezing, simulation and the record of a draw take the register
//! from one function of workbook and day, [`Workbook::snapshot_on`]: a visit whose
//! planned day has not come counts as made on it, as at the turn of the year
//! (engine.md, section 3); one whose day is over, or that was set aside and has none,
//! is carried. So nothing is laid out twice, and nothing that is late is forgotten: a
//! visit that was expected and is not made after all is carried by the draw after.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{AnnualPlan, DrawId, DrawRecord, Visit, Workbook, Year};
use crate::engine::calendar::YearMonth;
use crate::engine::month::PlannedVisit;
use crate::engine::snapshot::{Snapshot, SnapshotError, SnapshotUnit};
use crate::model::{CandidateId, UnitId};

/// Behind every draw.
const ALL_DRAWS: DrawId = DrawId::new(i32::MAX, u32::MAX);

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
    /// A year's visits that are drawn and not yet made: the unit, by its register's id,
    /// and its draw.
    ///
    /// A pending visit ends only by the visit, or by evidence that the unit is closed
    /// or does not exist: a retired unit's is void and is not carried. Nothing is carried
    /// past December.
    #[must_use]
    pub fn pending_visits(&self, year: i32) -> BTreeMap<UnitId, DrawId> {
        let visits = self.year(year).into_iter().flat_map(|year| &year.visits);
        let pending = visits.filter(|visit| self.is_pending(visit));
        pending
            .map(|visit| (visit.id.unit.clone(), visit.id.draw))
            .collect()
    }

    /// The register as a draw for `month` that is frozen on `today` sees it: visits
    /// planned for `today` and later count as made on their day, those of the year before
    /// as well (engine.md, «Turn of the year»).
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
        let last_year = self.pending_visits(month.year() - 1);
        let is_old = |unit: &SnapshotUnit| {
            !last_year.is_empty() && last_year.contains_key(&self.register_id(&unit.id))
        };
        let new_year = DrawId::new(month.year(), 0);
        for unit in &mut snapshot.units {
            if unit.pending {
                self.expect_visit(unit, today, ALL_DRAWS, month.year());
            } else if is_old(unit) {
                // By its own year's plans: one of this year may have been made since.
                self.expect_visit(unit, today, new_year, month.year());
            }
        }
        Ok(snapshot)
    }

    /// Takes a pending visit as made if its day, by the last plan before a draw, is
    /// `today` or later. It counts in its own year alone.
    pub(super) fn expect_visit(
        &self,
        unit: &mut SnapshotUnit,
        today: NaiveDate,
        before: DrawId,
        year: i32,
    ) {
        let planned = self.planned_visit(&self.register_id(&unit.id), before);
        if let Some(visit) = planned.filter(|visit| visit.day >= today) {
            unit.pending = false;
            unit.count += u32::from(visit.day.year() == year);
            unit.last = unit.last.max(Some(visit.day));
        }
    }

    /// Day and team of a unit's visit by the last plan that names it, of the draws before
    /// `before`, with what was changed of that plan. None where it is set aside.
    #[must_use]
    pub fn planned_visit(&self, unit: &UnitId, before: DrawId) -> Option<&PlannedVisit> {
        self.planned_by(unit, before)?.1
    }

    /// As [`Workbook::planned_visit`], with the draw whose plan it is.
    pub(super) fn planned_by(
        &self,
        unit: &UnitId,
        before: DrawId,
    ) -> Option<(&DrawRecord, Option<&PlannedVisit>)> {
        let changes = self.visits_to(unit).flat_map(|visit| &visit.plan_changes);
        let changes: Vec<_> = changes.collect();
        let mut plans = self.plans_before(before);
        plans.find_map(|draw| {
            let mut changed = changes.iter().rev();
            if let Some(change) = changed.find(|change| change.draw == draw.id()) {
                return Some((draw, change.after.as_ref()));
            }
            let (id, plan) = (self.id_in(draw, unit), &draw.drawn.as_ref()?.plan);
            let visit = plan.visits.get(&id);
            let is_aside = || plan.set_aside.iter().any(|aside| aside.unit == id);
            (visit.is_some() || is_aside()).then_some((draw, visit))
        })
    }

    /// The draws with a plan before one, the last one first.
    fn plans_before(&self, before: DrawId) -> impl Iterator<Item = &DrawRecord> {
        let draws = self.standing_draws().rev();
        draws.filter(move |draw| draw.id() < before)
    }

    /// What a draw for `month` frozen on `today` would carry, by where it stands now:
    /// nothing of another year, and nothing where the month is drawn.
    #[must_use]
    pub fn overdue(&self, month: YearMonth, today: NaiveDate) -> Overdue {
        let mut overdue = Overdue::default();
        let is_drawn = self.draw_of(month).is_some_and(|draw| draw.drawn.is_some());
        if is_drawn || self.is_year_closed(month.year()) {
            return overdue;
        }
        let visits = self.year(month.year()).into_iter();
        let visits = visits.flat_map(|year| &year.visits);
        for (planned, count) in self.pending_by_day(visits) {
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

    /// Visits of a year that are still to be made on a day that has not gone by: a draw for
    /// the next year takes them as made then.
    #[must_use]
    pub fn expected_visits(&self, year: &Year, today: NaiveDate) -> u32 {
        let by_day = self.pending_by_day(year.visits.iter()).into_iter();
        let ahead = by_day.filter(|(planned, _)| planned.is_some_and(|day| day >= today));
        ahead.map(|(_, count)| count).sum()
    }

    /// Visits whose term was over before `today` and that are not entered, by the month
    /// in whose plan they stand: of a closed year nothing can be entered any more.
    #[must_use]
    pub fn late_visits(&self, today: NaiveDate) -> BTreeMap<YearMonth, u32> {
        let mut late = BTreeMap::new();
        let open = self.years.iter().filter(|year| year.closed.is_none());
        let visits = open.flat_map(|year| &year.visits);
        for (planned, count) in self.pending_by_day(visits) {
            if let Some(day) = planned.filter(|day| *day < today && self.deadline(*day) < today) {
                *late.entry(YearMonth::of(day)).or_default() += count;
            }
        }
        late
    }

    /// How many of some visits are pending, by the day for which they are planned.
    fn pending_by_day<'a>(
        &self,
        visits: impl Iterator<Item = &'a Visit>,
    ) -> BTreeMap<Option<NaiveDate>, u32> {
        let mut by_day = BTreeMap::new();
        for visit in visits.filter(|visit| self.is_pending(visit)) {
            let planned = self.planned_visit(&visit.id.unit, next_year(visit.id.draw));
            *by_day.entry(planned.map(|visit| visit.day)).or_default() += 1;
        }
        by_day
    }

    /// Where a visit comes from that `draw` carried; `None` if it did not carry one to
    /// the unit.
    #[must_use]
    pub fn carried_from(&self, draw: &DrawRecord, unit: &UnitId) -> Option<CarriedFrom> {
        let id = self.id_in(draw, unit);
        if !draw.occasion.is_month() || !draw.sizes.carried.contains(&id) {
            return None;
        }
        let visit = self.visit_planned(self.unit(unit)?, draw)?;
        let drew = self.draw(visit.id.draw)?;
        let plans = self.plans_before(draw.id());
        let mut plans = plans.take_while(|other| other.id() >= drew.id());
        let planned = plans.find_map(|other| {
            let visits = &other.drawn.as_ref()?.plan.visits;
            Some((other.month, visits.get(&self.id_in(other, unit))?.clone()))
        });
        Some(CarriedFrom {
            drawn_for: drew.month,
            planned,
        })
    }
}

/// Before the first draw of the next year: a visit is laid by draws of its own year alone.
const fn next_year(draw: DrawId) -> DrawId {
    DrawId::new(draw.year + 1, 0)
}

/// Visits that a draw with this register carries: drawn, and still to be made.
#[must_use]
pub fn carried_of(snapshot: &Snapshot) -> BTreeSet<CandidateId> {
    let pending = snapshot.units.iter().filter(|unit| unit.pending);
    pending.map(|unit| unit.id.clone()).collect()
}
