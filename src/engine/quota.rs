//! How many visits a month draws from each cell: *the smallest even load that
//! still lets everything finish in time.*
//!
//! Why it works: visits of one cell have one deadline, and how many are still
//! to come after a draw does not depend on which units were drawn. So if the
//! counts pass the [`sweep`], every outcome of the lottery leaves the rest of
//! the year feasible, and in December the demand is met exactly. A unit's
//! chance over the year, given the recorded sizes, is 1 − Π(1 − n/R) over the
//! draws in which it stood in the pool: lower for units that the law keeps out
//! of the first months because they were visited late last year.
//!
//! The sweep is earliest deadline first, which is exact for jobs of one size
//! (Jackson 1955); a failure names a set of months that violates Hall's
//! condition (Hall 1935), so nothing but fewer visits or more places in it
//! helps. The same sizes come out whatever the order of the units.

use serde::{Deserialize, Serialize};

use crate::engine::apportion::apportion;
use crate::engine::cell::Cell;
use crate::engine::demand::CellDemand;
pub use crate::engine::demand::EARLY_LAST;

/// Months that hold fewer visits than are due in them (Hall 1935).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Window {
    /// First month, 1…12.
    pub first: u32,
    /// Last month, 1…12.
    pub last: u32,
    /// Visits too many.
    pub lack: u32,
}

/// Which rule gave the sizes: the first that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Everything fits.
    Full,
    /// Fits without the early cell.
    WithoutEarly,
    /// Does not fit: what fits is drawn.
    WhatFits,
}

/// A month in the table beside the sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MonthLoad {
    /// 1…12.
    pub month: u32,
    /// Visits that can first be made in this month.
    pub due: u32,
    /// Capacity, carried visits taken off.
    pub capacity: u32,
    /// Visits that the even load lays into it.
    pub load: u32,
}

/// Capacity and daily minimum of each month, carried visits taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Capacity, January first.
    pub capacity: [u32; 12],
    /// Daily minimum, January first.
    pub minimum: [u32; 12],
}

/// Largest even load in millionths a unit of season weight.
const THETA_MAX: u64 = 1 << 40;

impl Limits {
    /// Takes `carried` visits off: off `month`'s capacity and minimum, and what
    /// is beyond its capacity off the next month's capacity; nothing later.
    #[must_use]
    pub fn after_carried(
        month: u32,
        mut capacity: [u32; 12],
        mut minimum: [u32; 12],
        carried: u32,
    ) -> Self {
        let at = month as usize - 1;
        let beyond = carried.saturating_sub(capacity[at]);
        capacity[at] = capacity[at].saturating_sub(carried);
        minimum[at] = minimum[at].saturating_sub(carried);
        if let Some(next) = capacity.get_mut(at + 1) {
            *next = next.saturating_sub(beyond);
        }
        Self { capacity, minimum }
    }
}

/// What is available by the end of each month, January first; 0 before `month`.
#[derive(Debug, Clone, Copy)]
struct Jobs {
    month: u32,
    early: [u64; 12],
    late: [u64; 12],
}

/// The months from `from` on, as places in an array.
fn places_from(from: u32) -> std::ops::Range<usize> {
    from as usize - 1..12
}

impl Jobs {
    fn new(month: u32, cells: &[CellDemand]) -> Self {
        let (mut early, mut late) = ([0; 12], [0; 12]);
        for cell in cells {
            let sum = if cell.cell == Cell::Early {
                &mut early
            } else {
                &mut late
            };
            for at in places_from(month) {
                sum[at] += u64::from(cell.demand.min(cell.released[at]));
            }
        }
        Self { month, early, late }
    }

    /// The same with `early` and `late` visits already made.
    fn less(mut self, early: u64, late: u64) -> Self {
        self.early
            .iter_mut()
            .for_each(|jobs| *jobs = jobs.saturating_sub(early));
        self.late
            .iter_mut()
            .for_each(|jobs| *jobs = jobs.saturating_sub(late));
        self
    }

    fn all(&self, at: usize) -> u64 {
        self.early[at] + self.late[at]
    }
}

/// Whether all jobs from month `from` on can be made in time, the early ones
/// by May and all by December, each month holding `capacity`.
///
/// # Errors
/// The window that lacks most.
fn sweep(from: u32, capacity: &[u64; 12], jobs: &Jobs) -> Result<(), Window> {
    let (mut early_done, mut late_done) = (0, 0);
    for at in places_from(from) {
        let early = capacity[at].min(jobs.early[at] - early_done);
        early_done += early;
        late_done += (capacity[at] - early).min(jobs.late[at] - late_done);
        if at + 1 == EARLY_LAST as usize && early_done < jobs.early[at] {
            return Err(worst_window(from, EARLY_LAST, capacity, |at| {
                jobs.early[at]
            }));
        }
    }
    if from <= 12 && late_done < jobs.late[11] {
        return Err(worst_window(from, 12, capacity, |at| jobs.all(at)));
    }
    Ok(())
}

/// The window up to month `last` with the largest lack, the latest start on ties.
fn worst_window(from: u32, last: u32, capacity: &[u64; 12], jobs: impl Fn(usize) -> u64) -> Window {
    let end = last as usize - 1;
    let lack = |start: usize| {
        let before = if start + 1 == from as usize {
            0
        } else {
            jobs(start - 1)
        };
        let room: u64 = capacity[start..=end].iter().sum();
        (jobs(end) - before) as i64 - room as i64
    };
    let starts = from as usize - 1..=end;
    let (lack, start) = starts
        .map(|start| (lack(start), start))
        .max()
        .expect("a window has at least one month");
    Window {
        first: start as u32 + 1,
        last,
        lack: lack.max(0) as u32,
    }
}

/// The window that lacks most, if the rest of the year from `month` (1…12) on
/// does not fit; `cells` and `limits` as for [`quotas`], which fails where this
/// finds one.
#[must_use]
pub fn lacking(month: u32, limits: &Limits, cells: &[CellDemand]) -> Option<Window> {
    let jobs = Jobs::new(month, cells);
    sweep(month, &limits.capacity.map(u64::from), &jobs).err()
}

/// Quotas of a month with the load that gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotas {
    /// The least even load: visits of a month per 10⁶ of season weight.
    pub theta: u64,
    /// Visits that the load lays into each month, January first; 0 before the month.
    pub levels: [u32; 12],
    /// n of each cell, in the order of the cells given.
    pub quota: Vec<u32>,
}

/// The load that `theta` lays into each month from `month` on.
fn levels(
    month: u32,
    theta: u64,
    season: &[u32; 12],
    capacity: &[u64; 12],
    minimum: &[u64; 12],
) -> [u64; 12] {
    let mut levels = [0; 12];
    for at in places_from(month) {
        let even = u128::from(theta) * u128::from(season[at]) / 1_000_000;
        let even = u64::try_from(even).unwrap_or(u64::MAX);
        levels[at] = capacity[at].min(minimum[at].max(even));
    }
    levels
}

/// The daily minimum, if there are visits enough to meet it every month, else 0.
fn minimum_met(jobs: &Jobs, limits: &Limits, capacity: &[u64; 12]) -> [u64; 12] {
    let minimum = limits.minimum.map(u64::from);
    let needed: u64 = places_from(jobs.month)
        .map(|at| minimum[at].min(capacity[at]))
        .sum();
    if jobs.all(11) >= needed {
        minimum
    } else {
        [0; 12]
    }
}

/// How many visits to draw from each cell in `month` (1…12): first visits.
///
/// `cells` in order of name, at most one of them [`Cell::Early`]; `limits` with
/// carried visits taken off; `season` has a weight ≥ 1 a month.
///
/// # Errors
/// The [`Window`] of months that holds fewer visits than are due in it.
pub fn quotas(
    month: u32,
    limits: &Limits,
    season: &[u32; 12],
    cells: &[CellDemand],
) -> Result<Quotas, Window> {
    let jobs = Jobs::new(month, cells);
    let capacity = limits.capacity.map(u64::from);
    sweep(month, &capacity, &jobs)?;
    let minimum = minimum_met(&jobs, limits, &capacity);
    let load = |theta| levels(month, theta, season, &capacity, &minimum);
    // Loads grow with theta, and the largest theta fills every capacity, which passed.
    let (mut theta, mut high) = (0, THETA_MAX);
    while theta < high {
        let middle = (theta + high) / 2;
        if sweep(month, &load(middle), &jobs).is_ok() {
            high = middle;
        } else {
            theta = middle + 1;
        }
    }
    let levels = load(theta);
    let at = month as usize - 1;
    let due = levels[at].min(jobs.all(at));
    let early = early_quota(due, &levels, season, &jobs, cells);
    let quota = split(due - early, early, at, cells);
    Ok(Quotas {
        theta,
        levels: levels.map(|level| level as u32),
        quota,
    })
}

/// n of the early cell: its share by season, or more if the rest needs it.
fn early_quota(
    due: u64,
    levels: &[u64; 12],
    season: &[u32; 12],
    jobs: &Jobs,
    cells: &[CellDemand],
) -> u64 {
    let Some(cell) = cells.iter().find(|cell| cell.cell == Cell::Early) else {
        return 0;
    };
    let at = jobs.month as usize - 1;
    if jobs.month >= EARLY_LAST {
        return jobs.early[at];
    }
    let weights: u64 = season[at..EARLY_LAST as usize]
        .iter()
        .map(|weight| u64::from(*weight))
        .sum();
    let share = (u64::from(cell.demand) * u64::from(season[at])).div_ceil(weights);
    let least = share
        .min(jobs.early[at])
        .min(due)
        .max(due.saturating_sub(jobs.late[at]));
    let fits = |early: &u64| sweep(jobs.month + 1, levels, &jobs.less(*early, due - early)).is_ok();
    (least..=due)
        .find(fits)
        .expect("the sweep's own choice for this month fits")
}

/// `late` visits over the cells by their demand, `early` for the early cell.
fn split(late: u64, early: u64, at: usize, cells: &[CellDemand]) -> Vec<u32> {
    let is_early = |cell: &CellDemand| cell.cell == Cell::Early;
    let weights: Vec<u64> = cells.iter().map(|cell| u64::from(cell.demand)).collect();
    let cap = |cell: &CellDemand| {
        if is_early(cell) {
            0
        } else {
            cell.demand.min(cell.released[at])
        }
    };
    let caps: Vec<u32> = cells.iter().map(cap).collect();
    let mut quota = apportion(late, &weights, &caps);
    if let Some(place) = cells.iter().position(is_early) {
        quota[place] = early as u32;
    }
    quota
}

/// What fits when not everything does: the month's capacity over all cells by
/// their demand, in the order of the cells given.
#[must_use]
pub fn what_fits(month: u32, limits: &Limits, cells: &[CellDemand]) -> Vec<u32> {
    let at = month as usize - 1;
    let weights: Vec<u64> = cells.iter().map(|cell| u64::from(cell.demand)).collect();
    let caps: Vec<u32> = cells
        .iter()
        .map(|cell| cell.demand.min(cell.released[at]))
        .collect();
    apportion(u64::from(limits.capacity[at]), &weights, &caps)
}

/// The table beside the sizes: from `month` on, what becomes due, what fits and
/// what the load lays there.
#[must_use]
pub fn loads(
    month: u32,
    limits: &Limits,
    levels: &[u32; 12],
    cells: &[CellDemand],
) -> Vec<MonthLoad> {
    let jobs = Jobs::new(month, cells);
    let mut done = 0;
    let row = |at: usize| {
        let before = if at + 1 == month as usize {
            0
        } else {
            jobs.all(at - 1)
        };
        let load = u64::from(levels[at]).min(jobs.all(at) - done);
        done += load;
        MonthLoad {
            month: at as u32 + 1,
            due: (jobs.all(at) - before) as u32,
            capacity: limits.capacity[at],
            load: load as u32,
        }
    };
    places_from(month).map(row).collect()
}
