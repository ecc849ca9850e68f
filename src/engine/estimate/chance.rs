//! π: a unit's chance of a random first visit, from the recorded draws.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::YearMonth;
use crate::engine::demand::Rules;
use crate::engine::draw::{DrawGroup, DrawResult, GroupDraw, MonthSizes};
use crate::engine::quota::Mode;
use crate::engine::snapshot::{NEXT_YEAR, Snapshot, SnapshotUnit};
use crate::model::{CandidateId, DrawLevel, Stratum};

/// n of R: a draw from a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolDraw {
    /// R.
    pub pool: u32,
    /// n.
    pub quota: u32,
}

/// The chance to be drawn at least once: 1 − Π(1 − n/R) (engine.md, section 3), the
/// inclusion probability π by whose inverse a unit counts (Horvitz and Thompson 1952).
///
/// ```
/// use double_random::engine::estimate::{PoolDraw, chance};
/// let draws = [PoolDraw { pool: 10, quota: 2 }, PoolDraw { pool: 8, quota: 4 }];
/// assert!((chance(draws) - 0.6).abs() < 1e-12);
/// ```
#[must_use]
pub fn chance(draws: impl IntoIterator<Item = PoolDraw>) -> f64 {
    let missed = |draw: PoolDraw| 1.0 - f64::from(draw.quota) / f64::from(draw.pool.max(1));
    1.0 - draws.into_iter().map(missed).product::<f64>()
}

/// One draw of the year, as it is on record: monthly or supplementary. A
/// campaign's has no cells and changes nothing here.
#[derive(Debug, Clone, Copy)]
pub struct RecordedDraw<'a> {
    /// Its sizes.
    pub sizes: &'a MonthSizes,
    /// The snapshot that gave them.
    pub snapshot: &'a Snapshot,
    /// What was drawn.
    pub result: &'a DrawResult,
}

impl RecordedDraw<'_> {
    /// The rules by which units stood in its pools.
    fn rules<'b>(&self, blocked: &'b BTreeSet<CandidateId>) -> Rules<'b> {
        Rules {
            twice_level: self.sizes.twice_level,
            blocked,
            early: self.sizes.mode == Mode::Full,
        }
    }

    /// Units drawn for a first visit.
    fn first_drawn(&self) -> impl Iterator<Item = &CandidateId> {
        let is_first = |group: &&GroupDraw| matches!(group.group, DrawGroup::First(_));
        let groups = self.result.groups.iter().filter(is_first);
        groups
            .flat_map(|group| &group.draw.drawn)
            .map(|candidate| &candidate.unit)
    }
}

/// What the recorded draws say of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitChance {
    /// The unit.
    pub unit: CandidateId,
    /// Its stratum in the last snapshot.
    pub stratum: Stratum,
    /// Its level in the last snapshot.
    pub level: DrawLevel,
    /// The month from which it could be drawn, 1…13: its release month, or that
    /// of its first snapshot if later.
    pub entry_month: u32,
    /// π.
    pub chance: f64,
    /// Whether it was drawn for a first visit. Only then does its visit count.
    pub drawn: bool,
}

/// A unit on its way through the draws.
struct Path {
    entry_month: u32,
    /// Last counted inspection before its first visit of this year.
    last: Option<NaiveDate>,
    draws: Vec<PoolDraw>,
    drawn: bool,
}

/// The chance of each unit of the last snapshot, in order of id: 1 − Π(1 − n/R)
/// over the recorded first draws, in order of time, in which it stood in the
/// pool **or would have stood had it not been drawn already**. So all units
/// that could be drawn from the same month on have the same chance, whenever
/// the lottery chose them. A unit that was visited otherwise (by a campaign) left
/// the pools there, and its chance ends.
///
/// A unit that stepped in for a closed one was not drawn by the quota, and its
/// visit does not count.
#[must_use]
pub fn first_chances(draws: &[RecordedDraw]) -> Vec<UnitChance> {
    let mut paths: BTreeMap<&CandidateId, Path> = BTreeMap::new();
    for draw in draws {
        let blocked = draw.sizes.blocked_set();
        let rules = draw.rules(&blocked);
        for unit in &draw.snapshot.units {
            let path = paths
                .entry(&unit.id)
                .or_insert_with(|| Path::new(unit, draw.snapshot));
            path.draws
                .extend(path.stands_in(unit, &rules, draw.snapshot, draw.sizes));
        }
        for unit in draw.first_drawn() {
            paths.entry(unit).and_modify(|path| path.drawn = true);
        }
    }
    let last = draws.last().map_or(&[][..], |draw| &draw.snapshot.units);
    let told = |unit: &SnapshotUnit| {
        let path = paths.remove(&unit.id)?;
        Some(UnitChance {
            unit: unit.id.clone(),
            stratum: unit.stratum,
            level: unit.level,
            entry_month: path.entry_month,
            chance: chance(path.draws),
            drawn: path.drawn,
        })
    };
    last.iter().filter_map(told).collect()
}

/// One unit's part of [`first_chances`]: the draws that make up its chance, with
/// their months, in order of time.
///
/// `draws`: each with the id under which it knows the unit; a withheld unit's changes
/// once.
pub fn first_draws<'a>(
    draws: impl IntoIterator<Item = (RecordedDraw<'a>, &'a CandidateId)>,
) -> Vec<(YearMonth, PoolDraw)> {
    let mut found = Vec::new();
    let mut path: Option<Path> = None;
    for (draw, unit) in draws {
        let Some(entry) = draw.snapshot.unit(unit) else {
            continue;
        };
        let path = path.get_or_insert_with(|| Path::new(entry, draw.snapshot));
        let blocked = draw.sizes.blocked_set();
        let pool = path.stands_in(entry, &draw.rules(&blocked), draw.snapshot, draw.sizes);
        found.extend(pool.map(|pool| (draw.snapshot.month, pool)));
        path.drawn |= draw.first_drawn().any(|drawn| drawn == unit);
    }
    found
}

impl Path {
    fn new(unit: &SnapshotUnit, snapshot: &Snapshot) -> Self {
        let month = snapshot.month;
        let entry_month = if unit.is_committed() {
            NEXT_YEAR
        } else {
            unit.release_month(month.year()).max(month.month())
        };
        Self {
            entry_month,
            last: unit.last,
            draws: Vec::new(),
            drawn: false,
        }
    }

    /// n and R of the draw from the pool in which the unit stands, or would
    /// stand had it not been drawn.
    fn stands_in(
        &self,
        unit: &SnapshotUnit,
        rules: &Rules,
        snapshot: &Snapshot,
        sizes: &MonthSizes,
    ) -> Option<PoolDraw> {
        if unit.is_committed() && !self.drawn {
            return None;
        }
        let undrawn = SnapshotUnit {
            count: 0,
            pending: false,
            last: self.last,
            ..unit.clone()
        };
        let (cell, release) = rules.first_pool(&undrawn, snapshot)?;
        let open = release <= snapshot.month.month();
        let sizes = sizes.cells.iter().find(|sizes| sizes.cell == cell)?;
        open.then_some(PoolDraw {
            pool: sizes.pool,
            quota: sizes.quota,
        })
    }
}
