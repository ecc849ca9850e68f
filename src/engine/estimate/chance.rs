//! π: a unit's chance of a random first visit, from the recorded draws.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::demand::Rules;
use crate::engine::draw::{DrawGroup, DrawResult, MonthSizes};
use crate::engine::quota::Mode;
use crate::engine::snapshot::{NEXT_YEAR, Snapshot, SnapshotUnit};
use crate::model::{DrawLevel, Stratum, UnitId};

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

/// What the recorded draws say of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitChance {
    /// The unit.
    pub unit: UnitId,
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
    let mut paths: BTreeMap<&UnitId, Path> = BTreeMap::new();
    for draw in draws {
        let blocked: BTreeSet<UnitId> = draw.sizes.blocked_set();
        let rules = Rules {
            twice_level: draw.sizes.twice_level,
            blocked: &blocked,
            early: draw.sizes.mode == Mode::Full,
        };
        for unit in &draw.snapshot.units {
            let path = paths
                .entry(&unit.id)
                .or_insert_with(|| Path::new(unit, draw.snapshot));
            path.draws
                .extend(path.stands_in(unit, &rules, draw.snapshot, draw.sizes));
        }
        for group in &draw.result.groups {
            if let DrawGroup::First(_) = group.group {
                for candidate in &group.draw.drawn {
                    paths
                        .entry(&candidate.unit)
                        .and_modify(|path| path.drawn = true);
                }
            }
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
