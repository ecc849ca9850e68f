//! Demand: how many visits each cell still needs this year, and from which
//! units they can be drawn.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::cell::Cell;
use crate::engine::design::AnnualDesign;
use crate::engine::snapshot::{NEXT_YEAR, Snapshot, SnapshotUnit, VISITS_PER_YEAR_MAX};
use crate::model::{CandidateId, DrawLevel, Share, Stratum};

/// Months until whose end the early cell must be finished.
pub const EARLY_LAST: u32 = 5;

/// Sizes of one cell at a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CellDemand {
    /// The cell.
    pub cell: Cell,
    /// N: active units. Members for the early cell, whose units also count in their own.
    pub size: u32,
    /// T: visits of the year.
    pub target: u32,
    /// K: units visited this year or pending.
    pub committed: u32,
    /// Visits still to draw this year.
    pub demand: u32,
    /// Units of the pool released by each month, January first.
    pub released: [u32; 12],
}

/// A stratum whose legal floor can no longer be met as things stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FloorAtRisk {
    /// The stratum.
    pub stratum: Stratum,
    /// Units lacking.
    pub lack: u32,
    /// Its blocked units that are not visited this year, in order of id.
    pub units: Vec<CandidateId>,
}

/// What decides a unit's cell and release month at a draw.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Level from which units should be visited twice.
    pub twice_level: u8,
    /// Units that no permitted pair can visit this month.
    pub blocked: &'a BTreeSet<CandidateId>,
    /// Whether there is an early cell, if the month has one.
    pub early: bool,
}

/// Cells, floors and pools of one snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demands {
    /// Cells with units, in order of name; the early cell last, if it has units.
    pub cells: Vec<CellDemand>,
    /// Strata whose floor is at risk, in order.
    pub at_risk: Vec<FloorAtRisk>,
}

impl Rules<'_> {
    /// The pool a unit belongs to for its first visit this year, and the month,
    /// not before the snapshot's, from which it may be drawn; `None` if it is
    /// committed or not released this year.
    #[must_use]
    pub fn first_pool(&self, unit: &SnapshotUnit, snapshot: &Snapshot) -> Option<(Cell, u32)> {
        if unit.is_committed() {
            return None;
        }
        let month = snapshot.month.month();
        let release = self.release(unit, snapshot);
        let is_early = self.early
            && month <= EARLY_LAST
            && release <= EARLY_LAST
            && unit.stratum != Stratum::C
            && unit.level.get() >= self.twice_level;
        let cell = if is_early { Cell::Early } else { unit.cell() };
        (release < NEXT_YEAR).then_some((cell, release))
    }

    /// Release month for this draw: not before its month, and the next month if blocked.
    fn release(&self, unit: &SnapshotUnit, snapshot: &Snapshot) -> u32 {
        let month = snapshot.month.month();
        if self.blocked.contains(&unit.id) {
            month + 1
        } else {
            unit.release_month(snapshot.month.year()).max(month)
        }
    }

    /// Whether a unit may be drawn this month for its second visit of the year.
    #[must_use]
    pub fn in_second_pool(&self, unit: &SnapshotUnit, snapshot: &Snapshot) -> bool {
        unit.level.get() >= self.twice_level
            && unit.count == 1
            && !unit.pending
            && self.release(unit, snapshot) <= snapshot.month.month()
    }
}

/// Sizes, targets and demands of all cells (engine.md, section 3), with the
/// floors that are at risk. Stratified sampling as in Cochran (1977, ch. 5).
///
/// ```
/// use std::collections::{BTreeMap, BTreeSet};
/// use double_random::engine::demand::{Rules, demands};
/// use double_random::engine::design::AnnualDesign;
/// use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
/// use double_random::model::{DrawLevel, Stratum, CandidateId};
/// let unit = |number: u32| SnapshotUnit {
///     id: CandidateId::new(format!("NG-{number:05}")).expect("an id"),
///     stratum: Stratum::C,
///     level: DrawLevel::from_points(0),
///     count: 0,
///     last: None,
///     pending: false,
/// };
/// let snapshot = Snapshot::new("2026-01".parse()?, (1..=11).map(unit).collect())?;
/// let (design, blocked) = (AnnualDesign::default(), BTreeSet::new());
/// let rules = Rules { twice_level: design.twice_level, blocked: &blocked, early: true };
/// let demands = demands(&snapshot, &design, &rules);
/// assert_eq!(demands.cells[0].demand, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn demands(snapshot: &Snapshot, design: &AnnualDesign, rules: &Rules) -> Demands {
    let mut tally = Tally::new(snapshot, design, rules);
    for stratum in Stratum::ALL {
        tally.meet_floor(stratum);
    }
    Demands {
        cells: tally.cells(),
        at_risk: floors_at_risk(snapshot, rules),
    }
}

/// Counts of the 18 cells, and of the early cell in place 18.
struct Tally {
    cells: Vec<CellDemand>,
    /// Members of the early cell by own cell.
    in_early: [u32; 18],
}

impl Tally {
    fn new(snapshot: &Snapshot, design: &AnnualDesign, rules: &Rules) -> Self {
        let empty = |index| CellDemand {
            cell: Cell::from_index(index),
            size: 0,
            target: 0,
            committed: 0,
            demand: 0,
            released: [0; 12],
        };
        let mut tally = Self {
            cells: (0..19).map(empty).collect(),
            in_early: [0; 18],
        };
        for unit in &snapshot.units {
            tally.count(unit, rules.first_pool(unit, snapshot));
        }
        tally.set_demands(design);
        tally
    }

    fn count(&mut self, unit: &SnapshotUnit, pool: Option<(Cell, u32)>) {
        let own = unit.cell().index();
        self.cells[own].size += 1;
        self.cells[own].committed += u32::from(unit.is_committed());
        let Some((cell, release)) = pool else { return };
        if cell == Cell::Early {
            self.in_early[own] += 1;
            self.cells[18].size += 1;
        }
        for month in &mut self.cells[cell.index()].released[release as usize - 1..] {
            *month += 1;
        }
    }

    fn set_demands(&mut self, design: &AnnualDesign) {
        for (cell, in_early) in self.cells.iter_mut().zip(&self.in_early) {
            let Cell::Of(stratum, level) = cell.cell else {
                continue;
            };
            cell.target = design.share(stratum, level).of(cell.size);
            let lack = cell.target.saturating_sub(cell.committed + in_early);
            cell.demand = lack.min(cell.released[11]);
        }
        let early = &mut self.cells[18];
        early.target = early.size;
        early.demand = early.size;
    }

    /// Lets the cells of a stratum, the highest level first, take over what its floor lacks.
    fn meet_floor(&mut self, stratum: Stratum) {
        let first = stratum.index() * DrawLevel::COUNT;
        let own = first..first + DrawLevel::COUNT;
        let size = self.cells[own.clone()].iter().map(|cell| cell.size).sum();
        let met = |at: usize| self.cells[at].committed + self.in_early[at] + self.cells[at].demand;
        let met: u32 = own.clone().map(met).sum();
        let mut lack = stratum.legal_floor().of(size).saturating_sub(met);
        for at in own.rev() {
            let cell = &mut self.cells[at];
            let more = lack.min(cell.released[11] - cell.demand);
            cell.demand += more;
            lack -= more;
        }
    }

    fn cells(self) -> Vec<CellDemand> {
        self.cells
            .into_iter()
            .filter(|cell| cell.size > 0)
            .collect()
    }
}

/// Strata in which so many unvisited units are blocked that the floor cannot be met.
fn floors_at_risk(snapshot: &Snapshot, rules: &Rules) -> Vec<FloorAtRisk> {
    let mut at_risk = Vec::new();
    for stratum in Stratum::ALL {
        let units = || {
            snapshot
                .units
                .iter()
                .filter(move |unit| unit.stratum == stratum)
        };
        let stuck = |unit: &&SnapshotUnit| unit.count == 0 && rules.blocked.contains(&unit.id);
        let floor = stratum.legal_floor().of(units().count() as u32);
        let reachable = units().filter(|unit| !stuck(unit)).count() as u32;
        if floor > reachable {
            let units = units().filter(stuck).map(|unit| unit.id.clone()).collect();
            at_risk.push(FloorAtRisk {
                stratum,
                lack: floor - reachable,
                units,
            });
        }
    }
    at_risk
}

/// Units that can be blocked: fewer than two counted inspections, and released by the month.
#[must_use]
pub fn can_be_blocked(unit: &SnapshotUnit, snapshot: &Snapshot) -> bool {
    unit.count < VISITS_PER_YEAR_MAX
        && unit.release_month(snapshot.month.year()) <= snapshot.month.month()
}

/// A counted visit of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedVisit {
    /// The unit.
    pub unit: CandidateId,
    /// Whether the lottery chose the unit by the month's rule; a campaign's visit
    /// and one entered by hand are not at random.
    pub at_random: bool,
}

/// How a stratum's floor stands, and how much of it the lottery met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorMet {
    /// The stratum.
    pub stratum: Stratum,
    /// Its active units.
    pub units: u32,
    /// Units that must be visited in the year.
    pub floor: u32,
    /// Units visited at random, whether otherwise too or not.
    pub at_random: u32,
    /// Units visited, but never at random.
    pub otherwise: u32,
}

impl FloorMet {
    /// The share of the floor met by visits not chosen at random, as large as it
    /// can be: each such unit counts towards the floor before any drawn one.
    #[must_use]
    pub fn share_otherwise(&self) -> Share {
        let (met, floor) = (self.otherwise.min(self.floor), self.floor.max(1));
        let ppb = (u64::from(met) * u64::from(Share::ALL.ppb())).div_ceil(u64::from(floor));
        u32::try_from(ppb)
            .ok()
            .and_then(|ppb| Share::from_ppb(ppb).ok())
            .unwrap_or(Share::ALL)
    }

    /// Units without which the floor would not be met by random visits alone.
    #[must_use]
    pub fn needed_otherwise(&self) -> u32 {
        self.floor
            .saturating_sub(self.at_random)
            .min(self.otherwise)
    }
}

/// How each stratum's floor was met by the year's counted visits (engine.md,
/// section 3: the share met by visits not chosen at random is shown).
///
/// `snapshot`: the active units, at the year's end December's; visits to units
/// that are not among them count for nothing. Strata in order, also empty ones.
///
/// ```
/// use double_random::engine::demand::{CountedVisit, floors_met};
/// use double_random::engine::snapshot::Snapshot;
/// use double_random::model::CandidateId;
/// let snapshot = Snapshot::new("2026-12".parse()?, Vec::new())?;
/// let visit = CountedVisit { unit: CandidateId::new("NG-00001")?, at_random: false };
/// assert_eq!(floors_met(&snapshot, &[visit])[0].otherwise, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn floors_met(snapshot: &Snapshot, visits: &[CountedVisit]) -> Vec<FloorMet> {
    let mut at_random: BTreeMap<&CandidateId, bool> = BTreeMap::new();
    for visit in visits {
        *at_random.entry(&visit.unit).or_default() |= visit.at_random;
    }
    let count = |stratum| {
        let own = || {
            snapshot
                .units
                .iter()
                .filter(move |unit| unit.stratum == stratum)
        };
        let visited = |how: bool| {
            let units = own().filter(|unit| at_random.get(&unit.id) == Some(&how));
            units.count() as u32
        };
        let units = own().count() as u32;
        FloorMet {
            stratum,
            units,
            floor: stratum.legal_floor().of(units),
            at_random: visited(true),
            otherwise: visited(false),
        }
    };
    Stratum::ALL.map(count).to_vec()
}
