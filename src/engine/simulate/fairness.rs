//! Many draws of one month.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::design::AnnualDesign;
use crate::engine::distribution::chi_square_tail;
use crate::engine::draw::{DrawGroup, MonthSizes, draw_month, pools, size_month};
use crate::engine::duty::OfficerDuty;
use crate::engine::lottery::Seed;
use crate::engine::month::{MonthPlan, month_plan};
use crate::engine::pace::{Advance, Pace, Stage};
use crate::engine::simulate::exchangeable::{Exchangeable, corrected};
use crate::engine::simulate::{EXPECTED_MIN, generator};
use crate::engine::snapshot::{Snapshot, SnapshotUnit};
use crate::model::{CandidateId, OfficerId};

/// What a test of one month needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FairnessInput {
    /// The register before the draw.
    pub snapshot: Snapshot,
    /// The officers with the leave that is known.
    pub officers: Vec<OfficerDuty>,
    pub design: AnnualDesign,
    /// The working-day calendar.
    pub calendar: WorkdayCalendar,
    /// Visits carried into the month.
    pub carried: BTreeSet<CandidateId>,
    /// Whether days and teams are laid too; slower.
    pub teams: bool,
    /// The same seed gives the same runs.
    pub seed: u32,
}

/// How a pool's units fared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupFairness {
    /// The pool.
    pub group: DrawGroup,
    /// R.
    pub pool: u32,
    /// n.
    pub quota: u32,
    /// The chance promised to each of its units, n/R.
    pub promised: f64,
    /// Share of the runs in which the unit drawn least often was drawn.
    pub least: f64,
    /// Share of the runs in which the unit drawn most often was drawn.
    pub most: f64,
    /// Chi-square with R − 1 degrees of freedom; 0 if all units are drawn.
    pub statistic: f64,
    /// R − 1.
    pub degrees: u32,
    /// Chance of so large a statistic if all chances are as promised.
    pub p_value: f64,
    /// Whether there are runs enough for the p-value to be trusted.
    pub enough_runs: bool,
}

/// An officer over all runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficerFairness {
    pub officer: OfficerId,
    /// Place in [`TeamFairness::positions`].
    pub position: u32,
    /// Working days of the month on which the officer is there.
    pub days_present: u32,
    /// Visits a run that presence alone would give: those of all, by days present.
    pub by_presence: f64,
    /// Visits a run of an officer in this position.
    pub promised: f64,
    /// Visits a run.
    pub realised: f64,
    /// Those of them as lead.
    pub realised_as_lead: f64,
}

/// Officers in equal position: the same presence, qualification and avoidance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositionFairness {
    /// The officers, in the order given.
    pub officers: Vec<OfficerId>,
    /// Chi-square of their visits; 0 if they never differ.
    pub statistic: f64,
    /// Officers less one.
    pub degrees: u32,
    /// Chance of so large a statistic if they are treated alike.
    pub p_value: f64,
}

/// Two officers over all runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairFairness {
    /// One.
    pub first: OfficerId,
    /// The other.
    pub second: OfficerId,
    /// Visits a run of two officers in these positions.
    pub promised: f64,
    /// Visits a run.
    pub realised: f64,
}

/// Officers and pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamFairness {
    /// The officers, in the order given.
    pub officers: Vec<OfficerFairness>,
    /// Officers in equal position.
    pub positions: Vec<PositionFairness>,
    /// All pairs that could make a visit, in the order of the officers.
    pub pairs: Vec<PairFairness>,
    /// Smallest p-value of a pair against pairs in equal position, corrected for
    /// their number (Bonferroni 1936).
    pub pairs_p_value: f64,
    /// Visits set aside a run.
    pub set_aside: f64,
}

/// What came of the draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FairnessReport {
    pub month: YearMonth,
    /// Runs made.
    pub runs: u32,
    /// Pools with a quota above 0.
    pub groups: Vec<GroupFairness>,
    /// P-value of all pools together: the sum of their statistics and degrees.
    pub p_value: f64,
    /// Officers and pairs, if teams were asked for.
    pub teams: Option<TeamFairness>,
}

impl TeamFairness {
    /// The p-value of officers in equal position: the smallest of the positions with more
    /// than one officer, corrected for their number; 1 where nobody is in the position of
    /// another.
    #[must_use]
    pub fn officers_p_value(&self) -> f64 {
        let open = self.positions.iter().filter(|it| it.degrees > 0);
        corrected(open.map(|it| it.p_value))
    }
}

impl FairnessReport {
    /// The p-value of the whole test: of pools, officers and pairs the smallest, corrected
    /// for their number, so that a fair month is called unfair no more often than it says.
    #[must_use]
    pub fn whole_p_value(&self) -> f64 {
        match &self.teams {
            None => self.p_value,
            Some(teams) => corrected([self.p_value, teams.officers_p_value(), teams.pairs_p_value]),
        }
    }
}

/// Makes `runs` draws of the snapshot's month.
///
/// ```
/// use std::collections::BTreeSet;
/// use double_random::engine::calendar::WorkdayCalendar;
/// use double_random::engine::design::AnnualDesign;
/// use double_random::engine::duty::OfficerDuty;
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::engine::simulate::{FairnessInput, fairness};
/// use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
/// use double_random::model::{DrawLevel, OfficerId, Stratum, CandidateId};
/// let unit = |number: u32| SnapshotUnit {
///     id: CandidateId::new(format!("NG-{number:05}")).expect("an id"),
///     stratum: Stratum::C,
///     level: DrawLevel::from_points(2),
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
/// let input = FairnessInput {
///     snapshot: Snapshot::new("2026-08".parse()?, (1..=40).map(unit).collect())?,
///     officers: vec![officer("P01"), officer("P02"), officer("P03")],
///     design: AnnualDesign::default(),
///     calendar: WorkdayCalendar::built_in(),
///     carried: BTreeSet::new(),
///     teams: true,
///     seed: 1,
/// };
/// let report = at_once(fairness(input, 500, &AtOnce));
/// assert!(report.groups[0].enough_runs && report.p_value > 0.001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub async fn fairness(input: FairnessInput, runs: u32, pace: &impl Pace) -> FairnessReport {
    let mut run = FairnessRun::new(input);
    while run.runs < runs {
        run.make();
        pace.rest(Advance::at(Stage::Running, run.runs, runs)).await;
    }
    run.report()
}

/// Draws of one month.
struct FairnessRun {
    input: FairnessInput,
    sizes: MonthSizes,
    days: Vec<NaiveDate>,
    pools: BTreeMap<DrawGroup, Pool>,
    teams: TeamTally,
    /// Made so far.
    runs: u32,
}

/// A pool with how often each unit was drawn.
#[derive(Debug, Clone)]
struct Pool {
    ids: Vec<CandidateId>,
    hits: Vec<u32>,
}

impl FairnessRun {
    /// None made yet. The sizes are worked out once: they do not depend on the seed.
    fn new(input: FairnessInput) -> Self {
        let FairnessInput {
            snapshot,
            officers,
            design,
            calendar,
            carried,
            ..
        } = &input;
        let sizes = size_month(snapshot, officers, design, carried, calendar);
        let days = calendar.working_days(snapshot.month);
        let members = pools(&sizes, snapshot).into_iter();
        let pools = members
            .filter(|(group, _)| sizes.quota(*group) > 0)
            .map(|(group, pool)| {
                let hits = vec![0; pool.len()];
                let ids = pool.into_iter().map(|unit| unit.id.clone()).collect();
                (group, Pool { ids, hits })
            })
            .collect();
        let teams = TeamTally::new(officers, &days, &pools, carried);
        Self {
            sizes,
            days,
            pools,
            teams,
            runs: 0,
            input,
        }
    }

    /// Makes the next draw.
    fn make(&mut self) {
        let mut bytes = [0; 32];
        generator(self.input.seed, self.runs).fill_bytes(&mut bytes);
        self.runs += 1;
        let seed = Seed(bytes);
        let result = draw_month(&self.sizes, &self.input.snapshot, seed);
        for group in &result.groups {
            let Some(pool) = self.pools.get_mut(&group.group) else {
                continue;
            };
            for candidate in &group.draw.drawn {
                if let Ok(at) = pool.ids.binary_search(&candidate.unit) {
                    pool.hits[at] += 1;
                }
            }
        }
        if !self.input.teams {
            return;
        }
        let release = |id: &CandidateId| {
            let unit = self.input.snapshot.unit(id);
            (id.clone(), unit.and_then(SnapshotUnit::release_date))
        };
        let visits = result
            .drawn()
            .chain(&self.input.carried)
            .map(release)
            .collect();
        let FairnessInput {
            officers, design, ..
        } = &self.input;
        let plan = month_plan(&visits, &self.days, officers, design.per_day, seed);
        self.teams.add(&plan);
    }

    /// What the runs made so far say.
    fn report(&self) -> FairnessReport {
        let runs = self.runs;
        let groups: Vec<GroupFairness> = self
            .pools
            .iter()
            .map(|(group, pool)| pool.fairness(*group, self.sizes.quota(*group), runs))
            .collect();
        let random = || groups.iter().filter(|group| group.quota < group.pool);
        let statistic = random().map(|group| group.statistic).sum();
        let degrees = random().map(|group| group.degrees).sum();
        FairnessReport {
            month: self.input.snapshot.month,
            runs,
            p_value: chi_square_tail(degrees, statistic),
            groups,
            teams: self.input.teams.then(|| self.teams.report(runs)),
        }
    }
}

impl Pool {
    /// The chi-square of simple random sampling: counts of one draw have
    /// covariance p(1 − p)·R/(R − 1)·(I − J/R), so Pearson's sum (1900) is
    /// divided by 1 − p and shrunk by (R − 1)/R.
    fn fairness(&self, group: DrawGroup, quota: u32, runs: u32) -> GroupFairness {
        let pool = self.ids.len() as u32;
        let size = f64::from(pool);
        let promised = f64::from(quota.min(pool)) / size;
        let expected = f64::from(runs) * promised;
        let off = |hits: &u32| (f64::from(*hits) - expected).powi(2);
        let spread: f64 = self.hits.iter().map(off).sum();
        let variance = expected * (1.0 - promised) * size / (size - 1.0);
        let statistic = if variance > 0.0 {
            spread / variance
        } else {
            0.0
        };
        let share =
            |hits: Option<&u32>| f64::from(hits.copied().unwrap_or(0)) / f64::from(runs.max(1));
        let degrees = pool.saturating_sub(1);
        GroupFairness {
            group,
            pool,
            quota,
            promised,
            least: share(self.hits.iter().min()),
            most: share(self.hits.iter().max()),
            statistic,
            degrees,
            p_value: chi_square_tail(degrees, statistic),
            enough_runs: f64::from(runs) * promised.min(1.0 - promised) >= EXPECTED_MIN
                || quota >= pool,
        }
    }
}

/// Visits of officers and pairs.
#[derive(Debug, Clone)]
struct TeamTally {
    officers: Vec<OfficerId>,
    days_present: Vec<u32>,
    position: Vec<usize>,
    leads: Vec<u64>,
    loads: Exchangeable,
    /// Officers of each pair, by place, the first smaller.
    pairs: Vec<(usize, usize)>,
    together: Exchangeable,
    set_aside: u64,
}

/// Numbers the distinct values of `items` in order of first appearance.
fn classes<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let number = |item: T| {
        let next = numbers.len();
        *numbers.entry(item).or_insert(next)
    };
    items.into_iter().map(number).collect()
}

impl TeamTally {
    fn new(
        officers: &[OfficerDuty],
        days: &[NaiveDate],
        pools: &BTreeMap<DrawGroup, Pool>,
        carried: &BTreeSet<CandidateId>,
    ) -> Self {
        let drawable: BTreeSet<&CandidateId> = pools
            .values()
            .flat_map(|pool| &pool.ids)
            .chain(carried)
            .collect();
        let position = classes(officers.iter().map(|officer| {
            let present: Vec<bool> = days.iter().map(|day| officer.is_present(*day)).collect();
            let avoids = officer.avoid.iter().filter(|unit| drawable.contains(unit));
            (officer.lead, present, avoids.collect::<Vec<_>>())
        }));
        let present = |officer: &OfficerDuty| {
            days.iter().filter(|day| officer.is_present(**day)).count() as u32
        };
        let places = 0..officers.len();
        let pairs: Vec<(usize, usize)> = places
            .flat_map(|second| (0..second).map(move |first| (first, second)))
            .filter(|(first, second)| officers[*first].lead || officers[*second].lead)
            .collect();
        let pair_class = |(first, second): &(usize, usize)| {
            let (one, other) = (position[*first], position[*second]);
            (one.min(other), one.max(other))
        };
        Self {
            officers: officers.iter().map(|officer| officer.id.clone()).collect(),
            days_present: officers.iter().map(present).collect(),
            leads: vec![0; officers.len()],
            loads: Exchangeable::new(position.clone()),
            together: Exchangeable::new(classes(pairs.iter().map(pair_class))),
            position,
            pairs,
            set_aside: 0,
        }
    }

    fn add(&mut self, plan: &MonthPlan) {
        let place = |id: &OfficerId| self.officers.iter().position(|officer| officer == id);
        let mut loads = vec![0; self.officers.len()];
        let mut together = BTreeMap::new();
        for visit in plan.visits.values() {
            let (Some(lead), Some(member)) = (place(&visit.lead), place(&visit.member)) else {
                continue;
            };
            self.leads[lead] += 1;
            loads[lead] += 1;
            loads[member] += 1;
            *together
                .entry((lead.min(member), lead.max(member)))
                .or_insert(0) += 1;
        }
        let count = |pair| together.get(pair).copied().unwrap_or(0);
        let counts: Vec<u32> = self.pairs.iter().map(count).collect();
        self.loads.add(&loads);
        self.together.add(&counts);
        self.set_aside += plan.set_aside.len() as u64;
    }

    fn report(&self, runs: u32) -> TeamFairness {
        let per_run = |count: f64| count / f64::from(runs.max(1));
        let visits: u64 = (0..self.officers.len()).map(|at| self.loads.sum(at)).sum();
        let present: u32 = self.days_present.iter().sum();
        let officer = |at: usize| OfficerFairness {
            officer: self.officers[at].clone(),
            position: self.position[at] as u32,
            days_present: self.days_present[at],
            by_presence: per_run(visits as f64) * f64::from(self.days_present[at])
                / f64::from(present.max(1)),
            promised: per_run(self.loads.class_mean(at)),
            realised: per_run(self.loads.sum(at) as f64),
            realised_as_lead: per_run(self.leads[at] as f64),
        };
        let position = |class: usize| {
            let tested = self.loads.test(class);
            let members = self.officers.iter().zip(&self.position);
            PositionFairness {
                officers: members
                    .filter(|(_, position)| **position == class)
                    .map(|(officer, _)| officer.clone())
                    .collect(),
                statistic: tested.statistic,
                degrees: tested.degrees,
                p_value: tested.p_value,
            }
        };
        let pair = |(at, (first, second)): (usize, &(usize, usize))| PairFairness {
            first: self.officers[*first].clone(),
            second: self.officers[*second].clone(),
            promised: per_run(self.together.class_mean(at)),
            realised: per_run(self.together.sum(at) as f64),
        };
        let positions = self.position.iter().max().map_or(0, |last| last + 1);
        TeamFairness {
            officers: (0..self.officers.len()).map(officer).collect(),
            positions: (0..positions).map(position).collect(),
            pairs: self.pairs.iter().enumerate().map(pair).collect(),
            pairs_p_value: self.together.worst(),
            set_aside: per_run(self.set_aside as f64),
        }
    }
}
