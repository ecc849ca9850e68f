//! Many years, and what they say together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::cell::Cell;
use crate::engine::distribution::normal_two_sided;
use crate::engine::draw::{DrawGroup, DrawResult, MonthSizes, pool_places};
use crate::engine::pace::{Advance, Pace, Stage};
use crate::engine::quota::Mode;
use crate::engine::simulate::year::{Outcome, Year, YearsInput};
use crate::engine::simulate::{EXPECTED_MIN, generator};
use crate::engine::snapshot::Snapshot;
use crate::model::{CandidateId, Share, Stratum};

/// Most failed years that a report names.
pub const FAILED_MAX: usize = 20;

/// A stratum over all years.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StratumYears {
    /// The stratum.
    pub stratum: Stratum,
    /// Its legal floor.
    pub floor: Share,
    /// Least share visited in a year, 0…1; 1 if it never had units.
    pub least: f64,
    /// Mean share visited.
    pub mean: f64,
    /// Years in which the floor was missed.
    pub missed: u32,
}

/// A month over all years.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MonthYears {
    /// 1…12.
    pub month: u32,
    /// Years in mode *full*.
    pub full: u32,
    /// Years in mode *without-early*.
    pub without_early: u32,
    /// Years in mode *what-fits*.
    pub what_fits: u32,
    /// Fewest first visits drawn.
    pub least: u32,
    /// Mean of the first visits drawn.
    pub mean: f64,
    /// Most first visits drawn.
    pub most: u32,
}

/// Units that started in one cell with one release month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ChanceGroup {
    /// Their cell in the first register.
    pub cell: Cell,
    /// Their release month in the first register, not before its own.
    pub release_month: u32,
    /// How many they are.
    pub units: u32,
    /// First visits a unit and year that were promised: the sum of n/R over the
    /// draws in whose pool it stood.
    pub promised: f64,
    /// First visits a unit and year that were drawn.
    pub realised: f64,
    /// Their difference in standard errors; 0 where nothing was left to chance.
    pub z: f64,
}

/// A year that missed a floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedYear {
    /// Its number: the same seed and number play it again.
    pub run: u32,
    /// Units lacking in A, B, C.
    pub lack: [u32; 3],
    /// Whether all its months were feasible.
    pub feasible: bool,
    /// Visits that December left unmade.
    pub unmade: u32,
}

/// What the years say together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct YearsReport {
    /// Years made.
    pub runs: u32,
    /// Years whose first month was feasible: what the planner said beforehand.
    pub feasible_at_start: u32,
    /// Years all of whose months were feasible when drawn, with no floor at risk
    /// in December.
    pub feasible: u32,
    /// Years that met all floors.
    pub floors_met: u32,
    /// Years in which [`Self::feasible`] held, December left nothing unmade, and
    /// yet a floor was missed: 0, or the promise is broken.
    pub promises_broken: u32,
    /// Years that missed a floor although none of their months had said that the
    /// year does not fit or a floor is at risk: with [`Self::promises_broken`] at
    /// 0, only for visits that December left unmade.
    pub unannounced: u32,
    /// Units that were blocked, each month of each year.
    pub blocked: u32,
    /// Visits of campaigns.
    pub campaign_visits: u32,
    /// Visits that were a unit's third of the year: 0.
    pub third_visits: u32,
    /// Visits within six months of the one before: 0.
    pub visits_too_soon: u32,
    /// Visits that December left unmade.
    pub unmade: u32,
    /// A, B, C.
    pub strata: Vec<StratumYears>,
    /// The months, from the snapshot's on.
    pub months: Vec<MonthYears>,
    /// Promised and realised chances of the first register's units.
    pub groups: Vec<ChanceGroup>,
    /// Smallest p-value of a group, corrected for their number (Bonferroni 1936).
    pub p_value: f64,
    /// Years that missed a floor, at most [`FAILED_MAX`].
    pub failed: Vec<FailedYear>,
}

/// First visits of a unit of the first register over all years.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct UnitTally {
    /// Years in which it was drawn.
    pub drawn: u32,
    /// Σ n/R over the draws in whose pool it stood.
    pub promised: f64,
}

/// Simulates `runs` years.
///
/// ```
/// use std::collections::BTreeSet;
/// use double_random::engine::calendar::WorkdayCalendar;
/// use double_random::engine::design::AnnualDesign;
/// use double_random::engine::duty::OfficerDuty;
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::engine::simulate::{Churn, YearsInput, years};
/// use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
/// use double_random::model::{DrawLevel, OfficerId, Stratum, CandidateId};
/// let unit = |number: u32| SnapshotUnit {
///     id: CandidateId::new(format!("NG-{number:05}")).expect("an id"),
///     stratum: Stratum::ALL[number as usize % 3],
///     level: DrawLevel::from_points(number as i32 % 4),
///     count: 0,
///     last: None,
///     pending: false,
/// };
/// let officer = |id: &str| OfficerDuty {
///     id: OfficerId::new(id).expect("an id"),
///     lead: true,
///     certificate_until: None,
///     absent: BTreeSet::new(),
///     avoid: BTreeSet::new(),
/// };
/// let input = YearsInput {
///     snapshot: Snapshot::new("2026-01".parse()?, (1..=60).map(unit).collect())?,
///     officers: ["P01", "P02", "P03", "P04"].map(officer).to_vec(),
///     design: AnnualDesign::default(),
///     calendar: WorkdayCalendar::built_in(),
///     churn: Churn::lively(),
///     teams: true,
///     seed: 1,
/// };
/// let report = at_once(years(input, 3, &AtOnce));
/// assert_eq!((report.runs, report.promises_broken, report.third_visits), (3, 0, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub async fn years(input: YearsInput, runs: u32, pace: &impl Pace) -> YearsReport {
    let mut run = YearsRun::new(input);
    while run.runs() < runs {
        run.make();
        pace.rest(Advance::at(Stage::Running, run.runs(), runs))
            .await;
    }
    run.report()
}

/// Years made one by one; see [`years`].
#[derive(Debug, Clone)]
pub struct YearsRun {
    input: YearsInput,
    chances: Chances,
    report: YearsReport,
}

impl YearsRun {
    /// None made yet.
    #[must_use]
    pub fn new(input: YearsInput) -> Self {
        let stratum = |stratum: Stratum| StratumYears {
            stratum,
            floor: stratum.legal_floor(),
            least: 1.0,
            mean: 0.0,
            missed: 0,
        };
        let month = |month| MonthYears {
            month,
            full: 0,
            without_early: 0,
            what_fits: 0,
            least: u32::MAX,
            mean: 0.0,
            most: 0,
        };
        let report = YearsReport {
            runs: 0,
            feasible_at_start: 0,
            feasible: 0,
            floors_met: 0,
            promises_broken: 0,
            unannounced: 0,
            blocked: 0,
            campaign_visits: 0,
            third_visits: 0,
            visits_too_soon: 0,
            unmade: 0,
            strata: Stratum::ALL.map(stratum).to_vec(),
            months: (input.snapshot.month.month()..=12).map(month).collect(),
            groups: Vec::new(),
            p_value: 1.0,
            failed: Vec::new(),
        };
        Self {
            chances: Chances::new(&input.snapshot),
            report,
            input,
        }
    }

    /// Makes the next year.
    pub fn make(&mut self) {
        let number = self.runs();
        let chances = &mut self.chances;
        let year = Year::new(&self.input, generator(self.input.seed, number));
        let outcome = year.run(|sizes, snapshot, result| chances.add(sizes, snapshot, result));
        self.report.add(number, &outcome);
    }

    /// Years made so far.
    const fn runs(&self) -> u32 {
        self.report.runs
    }

    /// What the years made so far say.
    #[must_use]
    pub fn report(&self) -> YearsReport {
        let mut report = self.report.clone();
        let runs = f64::from(report.runs.max(1));
        report
            .strata
            .iter_mut()
            .for_each(|stratum| stratum.mean /= runs);
        report
            .months
            .iter_mut()
            .for_each(|month| month.mean /= runs);
        (report.groups, report.p_value) = self.chances.groups(runs);
        report
    }

    /// First visits of each unit of the first register, in order of id.
    #[must_use]
    pub fn units(&self) -> Vec<(CandidateId, UnitTally)> {
        let units = self.input.snapshot.units.iter().map(|unit| unit.id.clone());
        units.zip(self.chances.units.iter().copied()).collect()
    }
}

impl YearsReport {
    /// Adds a year; means are sums until the report is read.
    fn add(&mut self, run: u32, outcome: &Outcome) {
        self.runs += 1;
        let fits = |month: &(Mode, u32)| month.0 != Mode::WhatFits;
        let feasible = outcome.months.iter().all(fits) && !outcome.at_risk;
        self.feasible_at_start += u32::from(outcome.months.first().is_some_and(fits));
        self.feasible += u32::from(feasible);
        self.third_visits += outcome.third;
        self.visits_too_soon += outcome.too_soon;
        self.unmade += outcome.unmade;
        self.blocked += outcome.blocked;
        self.campaign_visits += outcome.campaign;
        let mut lack = [0; 3];
        for (row, (size, visited)) in self.strata.iter_mut().zip(outcome.floors) {
            let lacks = row.floor.of(size).saturating_sub(visited);
            lack[row.stratum.index()] = lacks;
            row.missed += u32::from(lacks > 0);
            let share = if size > 0 {
                f64::from(visited) / f64::from(size)
            } else {
                1.0
            };
            row.least = row.least.min(share);
            row.mean += share;
        }
        for (row, (mode, first)) in self.months.iter_mut().zip(&outcome.months) {
            match mode {
                Mode::Full => row.full += 1,
                Mode::WithoutEarly => row.without_early += 1,
                Mode::WhatFits => row.what_fits += 1,
            }
            row.least = row.least.min(*first);
            row.most = row.most.max(*first);
            row.mean += f64::from(*first);
        }
        if lack == [0; 3] {
            self.floors_met += 1;
            return;
        }
        let unmade = outcome.unmade;
        self.promises_broken += u32::from(feasible && unmade == 0);
        self.unannounced += u32::from(!outcome.warned);
        if self.failed.len() < FAILED_MAX {
            self.failed.push(FailedYear {
                run,
                lack,
                feasible,
                unmade,
            });
        }
    }
}

/// Promised and realised first visits of the first register's units.
///
/// At each draw a unit in the pool is drawn with the chance n/R, whatever
/// happened before; so over any years, however the register changes, draws less
/// promises are a martingale (Doob 1953), with the variance of the draws added up.
#[derive(Debug, Clone)]
struct Chances {
    /// Units of the first register, in order of id.
    ids: Vec<CandidateId>,
    units: Vec<UnitTally>,
    /// Group of each unit.
    group: Vec<usize>,
    groups: Vec<GroupTally>,
}

#[derive(Debug, Clone)]
struct GroupTally {
    cell: Cell,
    release_month: u32,
    units: u32,
    promised: f64,
    drawn: u32,
    variance: f64,
}

impl Chances {
    fn new(snapshot: &Snapshot) -> Self {
        let mut groups: BTreeMap<(Cell, u32), usize> = BTreeMap::new();
        let (year, month) = (snapshot.month.year(), snapshot.month.month());
        let keys: Vec<(Cell, u32)> = snapshot
            .units
            .iter()
            .map(|unit| (unit.cell(), unit.release_month(year).max(month)))
            .collect();
        keys.iter().for_each(|key| {
            groups.entry(*key).or_default();
        });
        groups
            .values_mut()
            .enumerate()
            .for_each(|(at, place)| *place = at);
        let group: Vec<usize> = keys.iter().map(|key| groups[key]).collect();
        let tally = |(cell, release_month): &(Cell, u32)| GroupTally {
            cell: *cell,
            release_month: *release_month,
            units: 0,
            promised: 0.0,
            drawn: 0,
            variance: 0.0,
        };
        let mut groups: Vec<GroupTally> = groups.keys().map(tally).collect();
        group.iter().for_each(|at| groups[*at].units += 1);
        let ids = snapshot.units.iter().map(|unit| unit.id.clone());
        Self {
            ids: ids.collect(),
            units: vec![UnitTally::default(); snapshot.units.len()],
            group,
            groups,
        }
    }

    /// Place in the first register of each unit of `snapshot`, by one walk along
    /// both: looking each up by its id took most of a simulated year.
    fn places(&self, snapshot: &Snapshot) -> Vec<Option<usize>> {
        let mut first = self.ids.iter().enumerate().peekable();
        let mut place = |id: &CandidateId| {
            while first.next_if(|(_, known)| *known < id).is_some() {}
            first.next_if(|(_, known)| *known == id).map(|(at, _)| at)
        };
        snapshot.units.iter().map(|unit| place(&unit.id)).collect()
    }

    fn add(&mut self, sizes: &MonthSizes, snapshot: &Snapshot, result: &DrawResult) {
        let places = self.places(snapshot);
        for (group, pool) in pool_places(sizes, snapshot) {
            let quota = sizes.quota(group).min(pool.len() as u32);
            if quota == 0 || group == DrawGroup::Second {
                continue;
            }
            let size = pool.len() as f64;
            let chance = f64::from(quota) / size;
            let mut members = vec![0_u32; self.groups.len()];
            for at in pool.iter().filter_map(|place| places[*place as usize]) {
                self.units[at].promised += chance;
                members[self.group[at]] += 1;
            }
            for (tally, members) in self.groups.iter_mut().zip(members) {
                let members = f64::from(members);
                tally.promised += chance * members;
                // Hypergeometric: members of the group among the drawn.
                if size > 1.0 {
                    let spread = members * (size - members) / (size - 1.0);
                    tally.variance += chance * (1.0 - chance) * spread;
                }
            }
        }
        let first = result
            .groups
            .iter()
            .filter(|group| group.group != DrawGroup::Second);
        for candidate in first.flat_map(|group| &group.draw.drawn) {
            if let Ok(at) = self.ids.binary_search(&candidate.unit) {
                self.units[at].drawn += 1;
                self.groups[self.group[at]].drawn += 1;
            }
        }
    }

    /// The groups, and the smallest p-value times their number.
    fn groups(&self, runs: f64) -> (Vec<ChanceGroup>, f64) {
        let (mut worst, mut tested) = (1.0_f64, 0.0_f64);
        let group = |tally: &GroupTally| {
            let off = f64::from(tally.drawn) - tally.promised;
            // Too few to be near normal: shown, not judged.
            let z = if tally.variance >= EXPECTED_MIN {
                off / tally.variance.sqrt()
            } else {
                0.0
            };
            if tally.variance >= EXPECTED_MIN {
                tested += 1.0;
                worst = worst.min(normal_two_sided(z));
            }
            let each = f64::from(tally.units) * runs;
            ChanceGroup {
                cell: tally.cell,
                release_month: tally.release_month,
                units: tally.units,
                promised: tally.promised / each,
                realised: f64::from(tally.drawn) / each,
                z,
            }
        };
        let groups = self.groups.iter().map(group).collect();
        (groups, (worst * tested.max(1.0)).min(1.0))
    }
}
