//! The year before it starts: what is needed, what there is, and what helps
//! where it does not fit (N1).
//!
//! - [`year_plan`]: the month's rule, run forward to December
//! - [`remedies`]: the smallest changes that make the year fit
//! - [`Lending`]: how many visits officers on loan add to a month

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::cell::Cell;
use crate::engine::demand::FloorAtRisk;
use crate::engine::design::AnnualDesign;
use crate::engine::draw::{DrawGroup, MonthSizes, pools, size_month};
use crate::engine::duty::{MonthCapacity, OfficerDuty, year_capacity};
use crate::engine::quota::{Mode, Window};
use crate::engine::snapshot::Snapshot;
use crate::model::UnitId;

mod loan;
mod remedy;

pub use loan::{DayLoan, Lending, Lent};
pub use remedy::{MonthLoan, Remedy, RemedySearch, lower_shares, remedies};

/// What a month of the coming year will look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectedMonth {
    /// The month.
    pub month: YearMonth,
    /// Places, capacity and minimum.
    pub capacity: MonthCapacity,
    /// First visits a cell that are expected to be drawn; cells with 0 left out.
    pub first: BTreeMap<Cell, u32>,
    /// First visits a stratum (A, B, C), those of the early cell in their own.
    pub first_by_stratum: [u32; 3],
    /// Second visits that are expected to be drawn.
    pub second: u32,
    /// Which rule will give the sizes.
    pub mode: Mode,
}

/// The coming year as one projection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearPlan {
    /// From the snapshot's month to December.
    pub months: Vec<ProjectedMonth>,
    /// Rule at the first month.
    pub mode: Mode,
    /// Where the full rule fails, if it does.
    pub window: Option<Window>,
    /// Floors at risk in the first month.
    pub at_risk: Vec<FloorAtRisk>,
    /// First visits that will not have been drawn by December, a stratum (A, B, C).
    pub undrawn: [u32; 3],
}

/// Day of the month on which projected visits are taken to be made: the middle.
const VISIT_DAY: u32 = 15;

/// Projects the year from the snapshot's month on: runs the month's rule
/// forward, each month's visits made in it.
///
/// For first visits the numbers are exact while the register stays as it is,
/// whatever the lottery brings (see [`crate::engine::quota`]); second visits
/// depend a little on the days. Which units are drawn is not foretold.
#[must_use]
pub fn year_plan(
    snapshot: &Snapshot,
    officers: &[OfficerDuty],
    design: &AnnualDesign,
    calendar: &WorkdayCalendar,
) -> YearPlan {
    let mut planning = YearPlanning::new(snapshot.clone(), officers, design, calendar);
    while planning.step(officers, design, calendar) {}
    planning.finish().0
}

/// [`year_plan`] under way, a month at a time.
#[derive(Debug, Clone)]
pub struct YearPlanning {
    now: Snapshot,
    holds: [MonthCapacity; 12],
    carried: BTreeSet<UnitId>,
    months: Vec<ProjectedMonth>,
    undrawn: [u32; 3],
    start: Option<MonthSizes>,
}

impl YearPlanning {
    /// No month projected yet; as for [`year_plan`].
    #[must_use]
    pub fn new(
        snapshot: Snapshot,
        officers: &[OfficerDuty],
        design: &AnnualDesign,
        calendar: &WorkdayCalendar,
    ) -> Self {
        let pending = snapshot.units.iter().filter(|unit| unit.pending);
        Self {
            holds: year_capacity(snapshot.month, officers, design, calendar),
            carried: pending.map(|unit| unit.id.clone()).collect(),
            months: Vec::new(),
            undrawn: [0; 3],
            start: None,
            now: snapshot,
        }
    }

    /// Projects the next month, always with the same arguments. Whether one is left.
    pub fn step(
        &mut self,
        officers: &[OfficerDuty],
        design: &AnnualDesign,
        calendar: &WorkdayCalendar,
    ) -> bool {
        let sizes = size_month(&self.now, officers, design, &self.carried, calendar);
        let capacity = self.holds[self.now.month.month() as usize - 1];
        let month = projected_month(&mut self.now, &sizes, capacity);
        self.months.push(month);
        let is_last = self.now.month.month() == 12;
        if is_last {
            self.undrawn = undrawn_by_stratum(&sizes);
        } else {
            self.carried.clear();
            self.now.month = self.now.month.next();
        }
        self.start.get_or_insert(sizes);
        !is_last
    }

    /// The projection, and the first month's sizes.
    ///
    /// # Panics
    /// Before the first step.
    #[must_use]
    pub fn finish(self) -> (YearPlan, MonthSizes) {
        let start = self.start.expect("a year has a month left");
        let plan = YearPlan {
            months: self.months,
            mode: start.mode,
            window: start.window,
            at_risk: start.at_risk.clone(),
            undrawn: self.undrawn,
        };
        (plan, start)
    }
}

/// Marks the month's visits as made and tells what they were.
fn projected_month(
    now: &mut Snapshot,
    sizes: &MonthSizes,
    capacity: MonthCapacity,
) -> ProjectedMonth {
    let mut month = ProjectedMonth {
        month: now.month,
        capacity,
        first: BTreeMap::new(),
        first_by_stratum: [0; 3],
        second: sizes.second_quota,
        mode: sizes.mode,
    };
    let mut visited = BTreeSet::new();
    for (group, pool) in pools(sizes, now) {
        let taken = &pool[..pool.len().min(sizes.quota(group) as usize)];
        visited.extend(taken.iter().map(|unit| unit.id.clone()));
        if let DrawGroup::First(cell) = group {
            if !taken.is_empty() {
                month.first.insert(cell, taken.len() as u32);
            }
            for unit in taken {
                month.first_by_stratum[unit.stratum.index()] += 1;
            }
        }
    }
    let day = now.month.first_day().with_day(VISIT_DAY);
    for unit in &mut now.units {
        if unit.pending || visited.contains(&unit.id) {
            unit.pending = false;
            unit.count += 1;
            unit.last = day;
        }
    }
    month
}

/// First visits that December's draw leaves over, a stratum.
fn undrawn_by_stratum(december: &MonthSizes) -> [u32; 3] {
    let mut undrawn = [0; 3];
    for sizes in &december.cells {
        if let Cell::Of(stratum, _) = sizes.cell {
            undrawn[stratum.index()] += sizes.demand - sizes.quota;
        }
    }
    undrawn
}
