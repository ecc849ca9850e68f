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
use crate::engine::pace::{Advance, Pace, Stage};
use crate::engine::quota::{Mode, Window};
use crate::engine::snapshot::Snapshot;
use crate::model::CandidateId;

mod loan;
mod remedy;

pub use loan::{DayLoan, Lending, Lent};
pub use remedy::{MonthLoan, Remedy, lower_shares, remedies};

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
///
/// Beside the projection: the sizes of the first month, from which it starts.
///
/// # Panics
/// Never: a year has a month left.
pub async fn year_plan(
    mut now: Snapshot,
    officers: &[OfficerDuty],
    design: &AnnualDesign,
    calendar: &WorkdayCalendar,
    pace: &impl Pace,
) -> (YearPlan, MonthSizes) {
    let holds = year_capacity(now.month, officers, design, calendar);
    let pending = now.units.iter().filter(|unit| unit.pending);
    let mut carried: BTreeSet<CandidateId> = pending.map(|unit| unit.id.clone()).collect();
    let (mut months, mut start, mut undrawn) = (Vec::new(), None, [0; 3]);
    for month in now.month.month()..=12 {
        let sizes = size_month(&now, officers, design, &carried, calendar);
        months.push(projected_month(&mut now, &sizes, holds[month as usize - 1]));
        carried.clear();
        if month == 12 {
            undrawn = undrawn_by_stratum(&sizes);
        } else {
            now.month = now.month.next();
        }
        start.get_or_insert(sizes);
        pace.rest(Advance::at(Stage::Running, month, 12)).await;
    }
    let start = start.expect("a year has a month left");
    let plan = YearPlan {
        months,
        mode: start.mode,
        window: start.window,
        at_risk: start.at_risk.clone(),
        undrawn,
    };
    (plan, start)
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
