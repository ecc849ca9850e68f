//! The month's draw in the pieces of the ceremony: sizes, commitment, draw,
//! and the card that says why a unit was or was not drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::cell::Cell;
use crate::engine::demand::{CellDemand, Demands, FloorAtRisk, Rules, can_be_blocked, demands};
use crate::engine::design::AnnualDesign;
use crate::engine::duty::{NoPair, OfficerDuty, day_places, permitted_pair};
use crate::engine::lottery::{self, Draw, Key, Seed, Ticket};
use crate::engine::occasion::kind::Occasion;
use crate::engine::quota::{Limits, Mode, MonthLoad, Quotas, Window, loads, quotas, what_fits};
use crate::engine::snapshot::{NotYet, Snapshot, SnapshotUnit};
use crate::model::{CandidateId, DrawLevel};

/// A pool of its own: a cell of first visits, the second visits, or one that an
/// [`Occasion`] brings along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub enum DrawGroup {
    /// First visits of a cell; written as the cell's name.
    First(Cell),
    /// Second visits; written `second`.
    Second,
    /// Units of the month's plan that a campaign takes first; written `combined`.
    Combined,
    /// Units that a campaign draws besides; written `campaign`.
    Campaign,
    /// Service institutions or engineers; written `register`.
    Register,
}

/// Sizes of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CellSizes {
    /// The cell.
    pub cell: Cell,
    /// N: active units (for the early cell its members, who also count in their own).
    pub size: u32,
    /// T: visits of the year.
    pub target: u32,
    /// K: visited this year or pending.
    pub committed: u32,
    /// Visits still to draw this year, this month's included.
    pub demand: u32,
    /// R: units that may be drawn this month.
    pub pool: u32,
    /// n: units to be drawn this month.
    pub quota: u32,
}

/// A unit that no permitted pair can visit this month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blocked {
    /// The unit.
    pub unit: CandidateId,
    /// Why.
    pub why: NoPair,
}

/// Everything about a draw that is fixed before its entropy exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MonthSizes {
    /// The month.
    pub month: YearMonth,
    /// Which rule gave the sizes.
    pub mode: Mode,
    /// Where the full rule fails, if it does.
    pub window: Option<Window>,
    /// The smallest even load; `None` in mode what-fits.
    pub theta: Option<u64>,
    /// The cells with units, in order of name.
    pub cells: Vec<CellSizes>,
    /// R of the second visits.
    pub second_pool: u32,
    /// n of the second visits.
    pub second_quota: u32,
    /// Level from which units should be visited twice.
    pub twice_level: u8,
    /// Season weights, January first.
    pub season: [u32; 12],
    /// Capacity of each month, January first, before carried visits are taken off.
    pub capacity: [u32; 12],
    /// Daily minimum of each month, January first, before carried visits are taken off.
    pub minimum: [u32; 12],
    /// Visits carried into the month, in order of id.
    pub carried: BTreeSet<CandidateId>,
    /// Blocked units with the reason, in order of id.
    pub blocked: Vec<Blocked>,
    /// Strata whose floor is at risk.
    pub at_risk: Vec<FloorAtRisk>,
    /// The rest of the year, from the month on.
    pub loads: Vec<MonthLoad>,
}

/// What the sizes of a draw depend on.
#[derive(Debug, Clone, Copy)]
pub struct SizeInput<'a> {
    /// The active units.
    pub snapshot: &'a Snapshot,
    /// The annual design.
    pub design: &'a AnnualDesign,
    /// Units that no permitted pair can visit this month, in order of id.
    pub blocked: &'a [Blocked],
    /// Visits carried into the month.
    pub carried: &'a BTreeSet<CandidateId>,
    /// Capacity of each month, January first, before carried visits are taken off.
    pub capacity: [u32; 12],
    /// Daily minimum of each month, January first, before carried visits are taken off.
    pub minimum: [u32; 12],
}

/// Works out the sizes of the draw for the snapshot's month.
///
/// `officers` with all leave that is known; `carried`: units whose visit was
/// drawn for an earlier month and is still to be made.
#[must_use]
pub fn size_month(
    snapshot: &Snapshot,
    officers: &[OfficerDuty],
    design: &AnnualDesign,
    carried: &BTreeSet<CandidateId>,
    calendar: &WorkdayCalendar,
) -> MonthSizes {
    Occasion::Month.size(snapshot, officers, design, carried, calendar)
}

/// The units that no permitted pair can visit on any of `days`, the month's
/// working days, in order of id; pending ones too.
#[must_use]
pub fn blocked_units(
    snapshot: &Snapshot,
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    per_day: u32,
) -> Vec<Blocked> {
    let places = day_places(days, officers, per_day);
    let units = snapshot
        .units
        .iter()
        .filter(|unit| can_be_blocked(unit, snapshot));
    // Asking each officer about each unit is slow on a large register: only
    // avoided units, and those released after the last such day, can be blocked.
    let avoided: BTreeSet<&CandidateId> =
        officers.iter().flat_map(|officer| &officer.avoid).collect();
    let last = places.keys().next_back().copied();
    let may_lack = |unit: &&SnapshotUnit| {
        let is_open = last.is_some_and(|last| unit.release_date().is_none_or(|day| day <= last));
        !is_open || avoided.contains(&unit.id)
    };
    let check = |unit: &SnapshotUnit| {
        let why = permitted_pair(&unit.id, unit.release_date(), &places, officers).err()?;
        Some(Blocked {
            unit: unit.id.clone(),
            why,
        })
    };
    units.filter(may_lack).filter_map(check).collect()
}

/// First visits by the first rule that works.
struct FirstSizes {
    mode: Mode,
    window: Option<Window>,
    theta: Option<u64>,
    quota: Vec<u32>,
    loads: Vec<MonthLoad>,
    demands: Demands,
}

/// Applies the rules *full*, *without-early* and *what-fits* in turn.
fn first_sizes(
    month: u32,
    limits: &Limits,
    input: &SizeInput,
    blocked: &BTreeSet<CandidateId>,
) -> FirstSizes {
    let SizeInput {
        snapshot, design, ..
    } = *input;
    let rules = |early| Rules {
        twice_level: design.twice_level,
        blocked,
        early,
    };
    let demanded = |early| demands(snapshot, design, &rules(early));
    let full = demanded(true);
    let solved = |mode, window, solution: Quotas, demands: Demands| FirstSizes {
        mode,
        window,
        theta: Some(solution.theta),
        loads: loads(month, limits, &solution.levels, &demands.cells),
        quota: solution.quota,
        demands,
    };
    let window = match quotas(month, limits, &design.season, &full.cells) {
        Ok(solution) => return solved(Mode::Full, None, solution, full),
        Err(window) => Some(window),
    };
    let plain = demanded(false);
    if let Ok(solution) = quotas(month, limits, &design.season, &plain.cells) {
        return solved(Mode::WithoutEarly, window, solution, plain);
    }
    FirstSizes {
        mode: Mode::WhatFits,
        window,
        theta: None,
        quota: what_fits(month, limits, &plain.cells),
        loads: loads(month, limits, &limits.capacity, &plain.cells),
        demands: plain,
    }
}

/// The sizes for given capacities: [`size_month`] without officers and calendar.
#[must_use]
pub fn sizes(input: &SizeInput) -> MonthSizes {
    let month = input.snapshot.month.month();
    let limits = Limits::after_carried(
        month,
        input.capacity,
        input.minimum,
        input.carried.len() as u32,
    );
    let blocked: BTreeSet<CandidateId> = input
        .blocked
        .iter()
        .map(|blocked| blocked.unit.clone())
        .collect();
    let first = first_sizes(month, &limits, input, &blocked);
    let at = month as usize - 1;
    let cell = |(demand, quota): (&CellDemand, &u32)| CellSizes {
        cell: demand.cell,
        size: demand.size,
        target: demand.target,
        committed: demand.committed,
        demand: demand.demand,
        pool: demand.released[at],
        quota: *quota,
    };
    let rules = Rules {
        twice_level: input.design.twice_level,
        blocked: &blocked,
        early: first.mode == Mode::Full,
    };
    let second = input
        .snapshot
        .units
        .iter()
        .filter(|unit| rules.in_second_pool(unit, input.snapshot));
    let second_pool = second.count() as u32;
    let room = limits.capacity[at].saturating_sub(first.quota.iter().sum());
    MonthSizes {
        month: input.snapshot.month,
        mode: first.mode,
        window: first.window,
        theta: first.theta,
        cells: first
            .demands
            .cells
            .iter()
            .zip(&first.quota)
            .map(cell)
            .collect(),
        second_pool,
        // Spread over the months that are left, so that capacity is kept for first visits.
        second_quota: room.min(second_pool.div_ceil((13 - month).min(3))),
        twice_level: input.design.twice_level,
        season: input.design.season,
        capacity: input.capacity,
        minimum: input.minimum,
        carried: input.carried.clone(),
        blocked: input.blocked.to_vec(),
        at_risk: first.demands.at_risk,
        loads: first.loads,
    }
}

/// One group's draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct GroupDraw {
    /// The group.
    pub group: DrawGroup,
    /// R: how many could have been drawn.
    pub pool: u32,
    /// The drawn and the published reserve, each in order of ticket.
    #[serde(flatten)]
    pub draw: Draw,
}

/// The draw of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DrawResult {
    /// The month.
    pub month: YearMonth,
    /// The seed.
    pub seed: Seed,
    /// Groups with a quota above 0: cells in order of name, then the second visits.
    pub groups: Vec<GroupDraw>,
}

/// The members of each pool of a draw, in order of id; pools without units are
/// left out. They follow from snapshot and sizes, so records need not hold them.
#[must_use]
pub fn pools<'a>(
    sizes: &MonthSizes,
    snapshot: &'a Snapshot,
) -> BTreeMap<DrawGroup, Vec<&'a SnapshotUnit>> {
    let unit = |place: u32| &snapshot.units[place as usize];
    pool_places(sizes, snapshot)
        .into_iter()
        .map(|(group, places)| (group, places.into_iter().map(unit).collect()))
        .collect()
}

/// As [`pools`], the members by their place in the snapshot.
pub(crate) fn pool_places(
    sizes: &MonthSizes,
    snapshot: &Snapshot,
) -> BTreeMap<DrawGroup, Vec<u32>> {
    let blocked = sizes.blocked_set();
    let mut pools: BTreeMap<DrawGroup, Vec<u32>> = BTreeMap::new();
    for (place, unit) in (0..).zip(&snapshot.units) {
        if let Some(group) = sizes.group_of(unit, snapshot, &blocked) {
            pools.entry(group).or_default().push(place);
        }
    }
    pools
}

impl MonthSizes {
    /// The ids of its blocked units.
    #[must_use]
    pub fn blocked_set(&self) -> BTreeSet<CandidateId> {
        self.blocked
            .iter()
            .map(|blocked| blocked.unit.clone())
            .collect()
    }

    /// The pool in which a unit stands this month.
    fn group_of(
        &self,
        unit: &SnapshotUnit,
        snapshot: &Snapshot,
        blocked: &BTreeSet<CandidateId>,
    ) -> Option<DrawGroup> {
        let rules = Rules {
            twice_level: self.twice_level,
            blocked,
            early: self.mode == Mode::Full,
        };
        if rules.in_second_pool(unit, snapshot) {
            return Some(DrawGroup::Second);
        }
        let (cell, release) = rules.first_pool(unit, snapshot)?;
        (release <= snapshot.month.month()).then_some(DrawGroup::First(cell))
    }

    /// n of a group; 0 if it has no pool.
    #[must_use]
    pub fn quota(&self, group: DrawGroup) -> u32 {
        match group {
            DrawGroup::Second => self.second_quota,
            DrawGroup::Combined | DrawGroup::Campaign | DrawGroup::Register => 0,
            DrawGroup::First(cell) => self
                .cells
                .iter()
                .find(|sizes| sizes.cell == cell)
                .map_or(0, |sizes| sizes.quota),
        }
    }

    /// Visits to be drawn, first and second.
    #[must_use]
    pub fn quota_total(&self) -> u32 {
        self.cells.iter().map(|sizes| sizes.quota).sum::<u32>() + self.second_quota
    }
}

impl DrawGroup {
    /// Whether its drawn units get a visit of this draw. Those that a campaign
    /// takes from the plan have theirs already, and a register of its own has none.
    #[must_use]
    pub const fn is_visited(self) -> bool {
        match self {
            Self::First(_) | Self::Second | Self::Campaign => true,
            Self::Combined | Self::Register => false,
        }
    }
}

/// Draws the month. `snapshot` is the one that gave `sizes`.
///
/// Within a group every unit of the pool has exactly the chance n/R.
#[must_use]
pub fn draw_month(sizes: &MonthSizes, snapshot: &Snapshot, seed: Seed) -> DrawResult {
    Occasion::Month.draw(sizes, snapshot, seed)
}

impl DrawResult {
    /// All drawn units, in order of group and rank.
    pub fn drawn(&self) -> impl Iterator<Item = &CandidateId> {
        self.groups
            .iter()
            .flat_map(|group| &group.draw.drawn)
            .map(|candidate| &candidate.unit)
    }

    /// All drawn units with their group.
    pub fn drawn_in_groups(&self) -> impl Iterator<Item = (DrawGroup, &CandidateId)> {
        self.groups.iter().flat_map(|group| {
            let drawn = group.draw.drawn.iter();
            drawn.map(|candidate| (group.group, &candidate.unit))
        })
    }
}

/// A unit's place in the pool in which it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whose.
    pub group: DrawGroup,
    /// R.
    pub pool: u32,
    /// n; 0 if nothing was drawn from the pool this month.
    pub quota: u32,
    /// Its rank, from 1.
    pub rank: u32,
    /// Its lottery number.
    pub ticket: Ticket,
    /// The line whose hash it is.
    pub line: String,
    /// The one-line command that works it out.
    pub command: String,
    /// rank ≤ n.
    pub drawn: bool,
    /// Stands in the published reserve.
    pub reserve: bool,
    /// The largest drawn number: at or below it is drawn.
    pub cut: Option<Ticket>,
    /// The unit one rank before.
    pub before: Option<(CandidateId, Ticket)>,
    /// The unit one rank behind.
    pub after: Option<(CandidateId, Ticket)>,
}

/// Why a unit was, or was not, drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum WhyDrawn {
    /// It stood in a pool.
    InPool(Box<Standing>),
    /// It could not be drawn.
    Excluded {
        /// Why.
        why: Exclusion,
    },
}

/// Why a unit stood in no pool of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Exclusion {
    /// Not among the active units of the snapshot.
    NotInSnapshot,
    /// Drawn for an earlier month and not yet visited: the visit is carried into
    /// this month's plan, so the unit is not drawn again.
    Carried,
    /// The law's limits (twice a year, six months, a visit pending).
    NotYet {
        /// The limit and where it ends.
        limit: NotYet,
    },
    /// Released within the month, but after the 10th: it enters next month.
    ReleasedLate {
        /// The release date.
        until: NaiveDate,
    },
    /// No permitted pair this month.
    Blocked {
        /// Why.
        why: NoPair,
    },
    /// Not among those whom a campaign's filter held when it was frozen.
    OutsideFilter,
    /// Visited once this year, and below the twice level.
    VisitedOnce {
        /// Its level.
        level: DrawLevel,
        /// The level from which units are visited twice.
        twice_level: u8,
    },
}

/// Explains a unit's place in a month's draw from the record alone: its snapshot,
/// sizes and seed. Other draws: [`Occasion::explain`].
#[must_use]
pub fn explain(
    unit: &CandidateId,
    sizes: &MonthSizes,
    snapshot: &Snapshot,
    seed: Seed,
) -> WhyDrawn {
    Occasion::Month.explain(unit, sizes, snapshot, seed)
}

/// A unit's place in a pool of which it is a member.
pub(crate) fn standing(
    unit: &CandidateId,
    group: DrawGroup,
    pool: &[&CandidateId],
    quota: u32,
    key: &Key,
) -> Standing {
    let order = lottery::ranking(key, pool, u32::MAX);
    let at = order
        .iter()
        .position(|candidate| candidate.unit == *unit)
        .expect("a member of the pool");
    let published = if quota > 0 {
        quota + Occasion::reserve(group, pool.len() as u32, quota)
    } else {
        0
    };
    let neighbour = |at: usize| {
        order
            .get(at)
            .map(|other| (other.unit.clone(), other.ticket))
    };
    let rank = at as u32 + 1;
    Standing {
        group,
        pool: pool.len() as u32,
        quota,
        rank,
        ticket: order[at].ticket,
        line: key.line(&[unit.as_str()]),
        command: lottery::ticket_command(key, &[unit.as_str()]),
        drawn: rank <= quota,
        reserve: rank > quota && rank <= published,
        cut: order[..order.len().min(quota as usize)]
            .last()
            .map(|last| last.ticket),
        before: at.checked_sub(1).and_then(neighbour),
        after: neighbour(at + 1),
    }
}

/// Why a unit stands in no pool: what lasts longest is said first. `occasion` is
/// that of the draw.
pub(crate) fn exclusion(
    unit: &CandidateId,
    sizes: &MonthSizes,
    snapshot: &Snapshot,
    occasion: &Occasion,
) -> Exclusion {
    let Some(unit) = snapshot.unit(unit) else {
        return Exclusion::NotInSnapshot;
    };
    if occasion.is_drawn_before(&unit.id) {
        let limit = NotYet::Pending;
        return Exclusion::NotYet { limit };
    }
    if sizes.carried.contains(&unit.id) {
        return Exclusion::Carried;
    }
    let limit = unit.may_be_inspected(sizes.month.last_day()).err();
    if let Some(limit @ (NotYet::TwiceThisYear { .. } | NotYet::Pending)) = limit {
        return Exclusion::NotYet { limit };
    }
    if !occasion.has_cells() {
        return limit.map_or(Exclusion::OutsideFilter, |limit| Exclusion::NotYet {
            limit,
        });
    }
    if unit.count > 0 && unit.level.get() < sizes.twice_level {
        return Exclusion::VisitedOnce {
            level: unit.level,
            twice_level: sizes.twice_level,
        };
    }
    if let Some(limit) = limit {
        return Exclusion::NotYet { limit };
    }
    if let Some(blocked) = sizes.blocked.iter().find(|blocked| blocked.unit == unit.id) {
        return Exclusion::Blocked {
            why: blocked.why.clone(),
        };
    }
    // Neither limited nor blocked: its release date is after the 10th of this month.
    Exclusion::ReleasedLate {
        until: unit.release_date().unwrap_or(sizes.month.last_day()),
    }
}

impl fmt::Display for DrawGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First(cell) => cell.fmt(f),
            Self::Second => f.write_str("second"),
            Self::Combined => f.write_str("combined"),
            Self::Campaign => f.write_str("campaign"),
            Self::Register => f.write_str("register"),
        }
    }
}

impl TryFrom<String> for DrawGroup {
    type Error = crate::engine::cell::CellError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "second" => Ok(Self::Second),
            "combined" => Ok(Self::Combined),
            "campaign" => Ok(Self::Campaign),
            "register" => Ok(Self::Register),
            cell => cell.parse().map(Self::First),
        }
    }
}

impl From<DrawGroup> for String {
    fn from(group: DrawGroup) -> Self {
        group.to_string()
    }
}
