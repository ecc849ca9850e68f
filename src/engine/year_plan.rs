//! The year before it starts: what is needed, what there is, and what helps
//! where it does not fit (N1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::cell::Cell;
use crate::engine::demand::FloorAtRisk;
use crate::engine::design::{AnnualDesign, TWICE_OFF};
use crate::engine::draw::{DrawGroup, MonthSizes, SizeInput, pools, size_month, sizes};
use crate::engine::duty::{MonthCapacity, OfficerDuty, year_capacity};
use crate::engine::quota::{Mode, Window};
use crate::engine::snapshot::Snapshot;
use crate::model::{DrawLevel, Stratum, UnitId};

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

/// What would make a year fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "remedy")]
pub enum Remedy {
    /// More officers in the window.
    OfficerDays {
        /// Months, 1…12, in which they are needed.
        first: u32,
        /// The last of these months.
        last: u32,
        /// Officer-days on top of those planned, one of each two qualified to lead.
        officer_days: u32,
    },
    /// A target share lowered to its legal floor.
    LowerShare {
        /// The row.
        stratum: Stratum,
        /// The column.
        level: DrawLevel,
        /// Visits fewer.
        saved: u32,
    },
    /// No second visits, and so no early cell.
    TwiceLevelOff,
}

/// A remedy with the result it would have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedied {
    /// The remedy.
    pub remedy: Remedy,
    /// The rule that then gives the first month's sizes.
    pub mode: Mode,
    /// What then still lacks, if anything.
    pub window: Option<Window>,
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

/// The remedies that make the year fit better, each with its result; empty if
/// it fits.
///
/// The window of the failing rule violates Hall's condition (Hall 1935): only
/// fewer visits due in it or more places in it help, so these are all remedies
/// there are.
#[must_use]
pub fn remedies(
    snapshot: &Snapshot,
    officers: &[OfficerDuty],
    design: &AnnualDesign,
    calendar: &WorkdayCalendar,
) -> Vec<Remedied> {
    let pending = snapshot.units.iter().filter(|unit| unit.pending);
    let carried: BTreeSet<UnitId> = pending.map(|unit| unit.id.clone()).collect();
    let now = size_month(snapshot, officers, design, &carried, calendar);
    let candidates = remedy_candidates(design, &now).into_iter();
    candidates
        .map(|candidate| candidate.try_out(snapshot, &now))
        .collect()
}

/// A remedy whose result is not worked out yet.
#[derive(Debug, Clone)]
pub struct RemedyCandidate {
    remedy: Remedy,
    design: AnnualDesign,
    capacity: [u32; 12],
}

impl RemedyCandidate {
    /// Works the result out; `now`: the sizes that the remedy is to mend.
    #[must_use]
    pub fn try_out(self, snapshot: &Snapshot, now: &MonthSizes) -> Remedied {
        let MonthSizes { mode, window, .. } = sizes(&SizeInput {
            snapshot,
            design: &self.design,
            blocked: &now.blocked,
            carried: &now.carried,
            capacity: self.capacity,
            minimum: now.minimum,
        });
        Remedied {
            remedy: self.remedy,
            mode,
            window,
        }
    }
}

/// The remedies for what the sizes `now` lack, to be tried out one by one; none where
/// they fit.
#[must_use]
pub fn remedy_candidates(design: &AnnualDesign, now: &MonthSizes) -> Vec<RemedyCandidate> {
    let Some(window) = now.window else {
        return Vec::new();
    };
    let mut candidates = vec![more_officer_days(design, now, window)];
    candidates.extend(lower_shares(design, now));
    candidates.push(RemedyCandidate {
        remedy: Remedy::TwiceLevelOff,
        design: AnnualDesign {
            twice_level: TWICE_OFF,
            ..design.clone()
        },
        capacity: now.capacity,
    });
    candidates
}

/// As many officer-days as the window lacks visits.
fn more_officer_days(design: &AnnualDesign, now: &MonthSizes, window: Window) -> RemedyCandidate {
    let permille = design.capacity_permille.max(1);
    let places = (u64::from(window.lack) * 1000).div_ceil(u64::from(permille));
    let officer_days = (places * 2).div_ceil(u64::from(design.per_day)) as u32;
    let mut capacity = now.capacity;
    // By the window's last month everything due in it is released.
    capacity[window.last as usize - 1] += window.lack;
    let Window { first, last, .. } = window;
    RemedyCandidate {
        remedy: Remedy::OfficerDays {
            first,
            last,
            officer_days,
        },
        design: design.clone(),
        capacity,
    }
}

/// Each share above its floor lowered to it, where that saves visits.
fn lower_shares(design: &AnnualDesign, now: &MonthSizes) -> Vec<RemedyCandidate> {
    let mut candidates = Vec::new();
    for cell in &now.cells {
        let Cell::Of(stratum, level) = cell.cell else {
            continue;
        };
        let saved = cell.target - stratum.legal_floor().of(cell.size);
        if saved > 0 {
            let mut design = design.clone();
            design.shares[stratum.index()][usize::from(level.get())] = stratum.legal_floor();
            candidates.push(RemedyCandidate {
                remedy: Remedy::LowerShare {
                    stratum,
                    level,
                    saved,
                },
                design,
                capacity: now.capacity,
            });
        }
    }
    candidates
}
