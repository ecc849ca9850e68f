//! One simulated year on a register that changes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::engine::after::{DrawnMonth, replacement};
use crate::engine::calendar::WorkdayCalendar;
use crate::engine::campaign::{CampaignSize, draw_campaign};
use crate::engine::design::AnnualDesign;
use crate::engine::draw::{DrawGroup, DrawResult, MonthSizes, draw_month, pools, size_month};
use crate::engine::duty::{OfficerDuty, day_places};
use crate::engine::lottery::{Seed, key, ranking};
use crate::engine::month::{MonthPlan, PlannedVisit, month_plan};
use crate::engine::occasion::Occasion;
use crate::engine::quota::Mode;
use crate::engine::snapshot::{Snapshot, SnapshotUnit};
use crate::model::{CandidateId, DrawLevel, Share};

/// What a test of whole years needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearsInput {
    /// The register before the first draw; each year runs from its month to December.
    pub snapshot: Snapshot,
    /// The officers with the leave that is known from the start.
    pub officers: Vec<OfficerDuty>,
    /// The annual design.
    pub design: AnnualDesign,
    /// The working-day calendar.
    pub calendar: WorkdayCalendar,
    /// How the register changes.
    pub churn: Churn,
    /// Whether teams are laid too. Without them a visit takes a day by lot on which
    /// some permitted pair is there, however busy: much faster.
    pub teams: bool,
    /// The same seed gives the same years.
    pub seed: u32,
}

/// How a simulated register changes. Everything not said otherwise is a chance
/// a month in thousandths; 0 = never, and [`Churn::default`] is a year in which
/// nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Churn {
    /// That a unit closes.
    pub close_permille: u32,
    /// That a unit joins, for each unit there is: of stratum and level of
    /// another, and never inspected.
    pub join_permille: u32,
    /// That a unit's level changes to any other.
    pub relevel_permille: u32,
    /// That a campaign takes place, of one stratum drawn by lot.
    pub campaign_permille: u32,
    /// Share, in thousandths, that it draws of the units of its stratum that may
    /// be inspected.
    pub campaign_size_permille: u32,
    /// That a visit of the plan is not made in its month, except in December.
    pub unfinished_permille: u32,
    /// That a unit newly drawn proves closed on the spot.
    pub closed_on_site_permille: u32,
    /// That an officer is on leave for five working days in a row, known before
    /// the month's draw and not earlier.
    pub leave_permille: u32,
}

impl Churn {
    /// A lively county: in a year some tenth of the register closes, joins and
    /// changes level, and each officer is on leave twice.
    #[must_use]
    pub const fn lively() -> Self {
        Self {
            close_permille: 8,
            join_permille: 8,
            relevel_permille: 10,
            campaign_permille: 300,
            campaign_size_permille: 30,
            unfinished_permille: 30,
            closed_on_site_permille: 15,
            leave_permille: 170,
        }
    }
}

/// Working days of a leave.
const LEAVE_DAYS: usize = 5;

/// What came of a year.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// Mode and first visits of each month.
    pub months: Vec<(Mode, u32)>,
    /// Whether a floor was at risk in December.
    pub at_risk: bool,
    /// Whether any month said that the year does not fit or a floor is at risk.
    pub warned: bool,
    /// Units that were blocked, month by month.
    pub blocked: u32,
    /// Visits of campaigns.
    pub campaign: u32,
    /// Active and visited units a stratum at the year's end.
    pub floors: [(u32, u32); 3],
    /// Visits that were a unit's third of the year.
    pub third: u32,
    /// Visits within six months of the one before.
    pub too_soon: u32,
    /// Visits that December left unmade.
    pub unmade: u32,
}

/// The state of a year between two months.
pub(super) struct Year<'a> {
    input: &'a YearsInput,
    rng: ChaCha8Rng,
    now: Snapshot,
    officers: Vec<OfficerDuty>,
    joined: u32,
    days: Vec<NaiveDate>,
    outcome: Outcome,
}

impl<'a> Year<'a> {
    pub fn new(input: &'a YearsInput, rng: ChaCha8Rng) -> Self {
        Self {
            input,
            rng,
            now: input.snapshot.clone(),
            officers: input.officers.clone(),
            joined: 0,
            days: Vec::new(),
            outcome: Outcome::default(),
        }
    }

    /// Runs the year from the snapshot's month on. `watch` sees each draw.
    pub fn run(mut self, mut watch: impl FnMut(&MonthSizes, &Snapshot, &DrawResult)) -> Outcome {
        // The first register is what the page shows; it changes from then on.
        let mut is_first = true;
        loop {
            self.days = self.input.calendar.working_days(self.now.month);
            if !is_first {
                self.change_register();
            }
            self.take_leave();
            self.month(&mut watch);
            if self.now.month.month() == 12 {
                break;
            }
            self.now.month = self.now.month.next();
            is_first = false;
        }
        let pending = self.now.units.iter().filter(|unit| unit.pending);
        self.outcome.unmade = pending.count() as u32;
        for unit in &self.now.units {
            let floor = &mut self.outcome.floors[unit.stratum.index()];
            floor.0 += 1;
            floor.1 += u32::from(unit.count > 0);
        }
        self.outcome
    }

    fn happens(&mut self, permille: u32) -> bool {
        permille > 0 && self.rng.random_range(0..1000) < permille
    }

    /// Closures, changed levels and new units between two months.
    fn change_register(&mut self) {
        let churn = self.input.churn;
        let before = self.now.units.len();
        let mut kept = Vec::with_capacity(before);
        for mut unit in std::mem::take(&mut self.now.units) {
            if self.happens(churn.close_permille) {
                continue;
            }
            if self.happens(churn.relevel_permille) {
                unit.level = DrawLevel::from_points(self.rng.random_range(0..6));
            }
            kept.push(unit);
        }
        self.now.units = kept;
        for _ in 0..before {
            if self.happens(churn.join_permille) {
                self.join();
            }
        }
        self.now.units.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Adds a unit like another one, never inspected.
    fn join(&mut self) {
        let size = self.now.units.len() as u32;
        if size == 0 {
            return;
        }
        let like = self.rng.random_range(0..size) as usize;
        self.joined += 1;
        let Ok(id) = CandidateId::new(format!("ZZ-JOINED-{:07}", self.joined)) else {
            return;
        };
        let SnapshotUnit { stratum, level, .. } = self.now.units[like];
        self.now.units.push(SnapshotUnit {
            id,
            stratum,
            level,
            count: 0,
            last: None,
            pending: false,
        });
    }

    /// Leave becomes known before the month's draw.
    fn take_leave(&mut self) {
        for at in 0..self.officers.len() {
            if self.happens(self.input.churn.leave_permille) && !self.days.is_empty() {
                let from = self.rng.random_range(0..self.days.len() as u32) as usize;
                let leave = self.days.iter().skip(from).take(LEAVE_DAYS);
                self.officers[at].absent.extend(leave);
            }
        }
    }

    /// Sizes, draw, plan, visits of a month.
    fn month(&mut self, watch: &mut impl FnMut(&MonthSizes, &Snapshot, &DrawResult)) {
        let YearsInput {
            design, calendar, ..
        } = self.input;
        let pending = self.now.units.iter().filter(|unit| unit.pending);
        let carried: BTreeSet<CandidateId> = pending.map(|unit| unit.id.clone()).collect();
        let sizes = size_month(&self.now, &self.officers, design, &carried, calendar);
        let first = sizes.cells.iter().map(|cell| cell.quota).sum();
        self.outcome.months.push((sizes.mode, first));
        self.outcome.at_risk = !sizes.at_risk.is_empty();
        self.outcome.warned |= self.outcome.at_risk || sizes.mode == Mode::WhatFits;
        self.outcome.blocked += sizes.blocked.len() as u32;
        let mut bytes = [0; 32];
        self.rng.fill_bytes(&mut bytes);
        let seed = Seed(bytes);
        let result = draw_month(&sizes, &self.now, seed);
        watch(&sizes, &self.now, &result);
        let (mut plan, unplanned) = self.plan(&result, &carried, seed);
        for unit in unplanned.iter().chain(plan.visits.keys()) {
            self.change(unit, |unit| unit.pending = true);
        }
        self.close_on_site(&sizes, &result, &mut plan, seed);
        self.make_visits(&plan);
        self.campaign();
    }

    fn change(&mut self, id: &CandidateId, change: impl FnOnce(&mut SnapshotUnit)) {
        if let Ok(at) = self.now.units.binary_search_by(|unit| unit.id.cmp(id)) {
            change(&mut self.now.units[at]);
        }
    }

    /// Days and teams, or days by lot with the first permitted pair, however busy;
    /// and the visits set aside.
    fn plan(
        &mut self,
        result: &DrawResult,
        carried: &BTreeSet<CandidateId>,
        seed: Seed,
    ) -> (MonthPlan, Vec<CandidateId>) {
        let release = |id: &CandidateId| {
            let unit = self.now.unit(id);
            (id.clone(), unit.and_then(SnapshotUnit::release_date))
        };
        let visits: BTreeMap<CandidateId, Option<NaiveDate>> =
            result.drawn().chain(carried).map(release).collect();
        let per_day = self.input.design.per_day;
        if self.input.teams {
            let plan = month_plan(&visits, &self.days, &self.officers, per_day, seed);
            let aside = plan.set_aside.iter().map(|visit| visit.unit.clone());
            let aside = aside.collect();
            return (plan, aside);
        }
        let places = day_places(&self.days, &self.officers, per_day);
        let mut plan = MonthPlan {
            attempt: 0,
            cost: 0,
            visits: BTreeMap::new(),
            set_aside: Vec::new(),
        };
        let mut aside = Vec::new();
        let officers = self.officers.iter();
        let avoided: BTreeSet<CandidateId> = officers.flat_map(|one| one.avoid.clone()).collect();
        for (unit, release) in visits {
            // Every day with places has a pair; only avoidance can take it away.
            let is_avoided = avoided.contains(&unit);
            let open = places.range(release.unwrap_or(NaiveDate::MIN)..);
            let open: Vec<NaiveDate> = open
                .map(|(day, _)| *day)
                .filter(|day| !is_avoided || self.somebody(&unit, *day).is_some())
                .collect();
            let at = (!open.is_empty()).then(|| self.rng.random_range(0..open.len() as u32));
            match at.and_then(|at| self.somebody(&unit, open[at as usize])) {
                Some(visit) => drop(plan.visits.insert(unit, visit)),
                None => aside.push(unit),
            }
        }
        (plan, aside)
    }

    /// The first officers who may visit a unit on a day, whatever else they do.
    fn somebody(&self, unit: &CandidateId, day: NaiveDate) -> Option<PlannedVisit> {
        let free = || {
            let officers = self.officers.iter();
            officers.filter(|officer| officer.may_visit(unit, day))
        };
        let lead = free().find(|officer| officer.lead)?;
        let member = free().find(|officer| officer.id != lead.id)?;
        let (lead, member) = (lead.id.clone(), member.id.clone());
        Some(PlannedVisit { day, lead, member })
    }

    /// Drawn units that prove closed, each replaced from the reserve of its draw.
    fn close_on_site(
        &mut self,
        sizes: &MonthSizes,
        result: &DrawResult,
        plan: &mut MonthPlan,
        seed: Seed,
    ) {
        let permille = self.input.churn.closed_on_site_permille;
        let mut closed = Vec::new();
        for group in &result.groups {
            for candidate in &group.draw.drawn {
                if self.happens(permille) && plan.visits.contains_key(&candidate.unit) {
                    closed.push((group.group, candidate.unit.clone()));
                }
            }
        }
        if closed.is_empty() {
            return;
        }
        // The register as it was drawn from: nothing but `pending` has changed.
        let mut drawn_from = self.now.clone();
        let drawn: BTreeSet<&CandidateId> = result.drawn().collect();
        for unit in &mut drawn_from.units {
            unit.pending &= !drawn.contains(&unit.id);
        }
        let pools = pools(sizes, &drawn_from);
        let mut reserves: BTreeMap<DrawGroup, Vec<CandidateId>> = BTreeMap::new();
        for (group, unit) in closed {
            let Some(visit) = plan.visits.remove(&unit) else {
                continue;
            };
            if let Ok(at) = self.now.units.binary_search_by(|other| other.id.cmp(&unit)) {
                self.now.units.remove(at);
            }
            let steps_in = if self.input.teams {
                self.next_with_team(group, (sizes, &drawn_from), plan, &visit, seed)
            } else {
                let reserve = reserves
                    .entry(group)
                    .or_insert_with(|| reserve(group, sizes, &pools[&group], seed));
                self.next_without_team(reserve, &visit)
            };
            if let Some((unit, visit)) = steps_in {
                self.change(&unit, |unit| unit.pending = true);
                plan.visits.insert(unit, visit);
            }
        }
    }

    /// The first of the reserve that a free pair can visit, with day and team.
    fn next_with_team(
        &self,
        group: DrawGroup,
        drawn_from: (&MonthSizes, &Snapshot),
        plan: &MonthPlan,
        closed: &PlannedVisit,
        seed: Seed,
    ) -> Option<(CandidateId, PlannedVisit)> {
        let month = DrawnMonth {
            plan,
            days: &self.days,
            officers: &self.officers,
            per_day: self.input.design.per_day,
            seed,
        };
        let pool = Occasion::Month.drawn_pool(group, drawn_from.0, drawn_from.1)?;
        let found = replacement(&pool, &self.now, &month, closed, closed.day)?;
        Some((found.unit, found.visit))
    }

    /// The first of `reserve` that may be inspected, with the first such day
    /// not before that of the closed unit.
    fn next_without_team(
        &self,
        reserve: &[CandidateId],
        closed: &PlannedVisit,
    ) -> Option<(CandidateId, PlannedVisit)> {
        reserve.iter().find_map(|id| {
            let unit = self.now.unit(id)?;
            let days = self.days.iter();
            let mut open =
                days.filter(|day| **day >= closed.day && unit.may_be_inspected(**day).is_ok());
            let visit = open.find_map(|day| self.somebody(id, *day))?;
            Some((id.clone(), visit))
        })
    }

    /// Makes the planned visits; in December all of them.
    fn make_visits(&mut self, plan: &MonthPlan) {
        let permille = match self.now.month.month() {
            12 => 0,
            _ => self.input.churn.unfinished_permille,
        };
        for (unit, visit) in &plan.visits {
            if !self.happens(permille) {
                self.visit(unit, visit.day);
            }
        }
    }

    /// Makes a visit, and checks the law by itself: not by the engine's own
    /// predicate, which is what is being tested.
    fn visit(&mut self, id: &CandidateId, day: NaiveDate) {
        let Ok(at) = self.now.units.binary_search_by(|unit| unit.id.cmp(id)) else {
            return;
        };
        let unit = &mut self.now.units[at];
        let free = unit
            .last
            .and_then(|last| last.checked_add_months(Months::new(6)));
        self.outcome.third += u32::from(unit.count >= 2);
        self.outcome.too_soon += u32::from(free.is_some_and(|free| day < free));
        debug_assert_eq!(day.year(), self.now.month.year());
        unit.count += 1;
        unit.last = Some(day);
        unit.pending = false;
    }

    /// A campaign among the units of one stratum that may be inspected.
    fn campaign(&mut self) {
        let churn = self.input.churn;
        if !self.happens(churn.campaign_permille) || self.days.is_empty() {
            return;
        }
        let stratum = self.rng.random_range(0..3_u32) as usize;
        let day = self.days[self.rng.random_range(0..self.days.len() as u32) as usize];
        let pool: BTreeSet<CandidateId> = self
            .now
            .units
            .iter()
            .filter(|unit| unit.stratum.index() == stratum && unit.may_be_inspected(day).is_ok())
            .map(|unit| unit.id.clone())
            .collect();
        let mut bytes = [0; 32];
        self.rng.fill_bytes(&mut bytes);
        let permille = churn.campaign_size_permille.min(1000);
        let size = CampaignSize::Ratio(Share::from_ppb(permille * 1_000_000).unwrap_or(Share::ALL));
        let id = self.now.month.to_string();
        let drawn = draw_campaign(&id, &pool, &BTreeSet::new(), size, Seed(bytes)).drawn;
        self.outcome.campaign += drawn.len() as u32;
        for candidate in drawn {
            self.visit(&candidate.unit, day);
        }
    }
}

/// All of a pool that was not drawn, in order of ticket.
fn reserve(
    group: DrawGroup,
    sizes: &MonthSizes,
    pool: &[&SnapshotUnit],
    seed: Seed,
) -> Vec<CandidateId> {
    let ids: Vec<&CandidateId> = pool.iter().map(|unit| &unit.id).collect();
    let order = ranking(&key(&Occasion::Month.purpose(group), seed), &ids, u32::MAX);
    let rest = order.into_iter().skip(sizes.quota(group) as usize);
    rest.map(|candidate| candidate.unit).collect()
}
