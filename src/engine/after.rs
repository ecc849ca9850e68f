//! After the draw: replacements, supplementary draws, and officers who fall ill.
//!
//! What is drawn stays drawn. A drawn unit gives way only to proof that it is
//! closed or does not exist; a mistake in register or plan is mended by a
//! supplementary draw of what is lacking. No one chooses who steps in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::draw::{DrawGroup, MonthSizes, SizeInput, pools, sizes};
use crate::engine::duty::{OfficerDuty, day_places};
use crate::engine::lottery::{Purpose, Seed, key, ranking};
use crate::engine::month::{MonthPlan, PlannedVisit};
use crate::engine::occasion::kind::Occasion;
use crate::engine::snapshot::{Snapshot, SnapshotUnit};
use crate::engine::team::officer_list;
use crate::model::{CandidateId, OfficerId};

/// A month as it stands after its draw.
#[derive(Debug, Clone, Copy)]
pub struct DrawnMonth<'a> {
    /// The plan of the draw, with earlier replacements in it, closed units taken
    /// out, and the visits of the month's other draws beside its own: they take
    /// places and officers.
    pub plan: &'a MonthPlan,
    /// The month's working days, in order.
    pub days: &'a [NaiveDate],
    /// Officers with all leave that is known by now.
    pub officers: &'a [OfficerDuty],
    /// Most visits of one officer on one day.
    pub per_day: u32,
    /// Seed of the draw.
    pub seed: Seed,
}

/// A unit that steps in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Replacement {
    pub unit: CandidateId,
    /// Its rank in the draw.
    pub rank: u32,
    /// Its day and team.
    pub visit: PlannedVisit,
    /// Those of the reserve before it, in order of rank, who may not be
    /// inspected now or whom no free pair can visit.
    pub passed_over: Vec<CandidateId>,
}

impl DrawnMonth<'_> {
    /// Visits of an officer on a day of the plan.
    fn duty(&self, officer: &OfficerId, day: NaiveDate) -> usize {
        let holds = |visit: &&PlannedVisit| {
            visit.day == day && (visit.lead == *officer || visit.member == *officer)
        };
        self.plan.visits.values().filter(holds).count()
    }

    /// Whether an officer may take one visit more on a day.
    fn is_free(&self, officer: &OfficerDuty, unit: &CandidateId, day: NaiveDate) -> bool {
        officer.may_visit(unit, day) && self.duty(&officer.id, day) < self.per_day as usize
    }

    /// The first free pair of a visit's list on a day: lead before member.
    fn free_pair(
        &self,
        list: &[&OfficerDuty],
        unit: &CandidateId,
        day: NaiveDate,
    ) -> Option<PlannedVisit> {
        let free: Vec<&&OfficerDuty> = list
            .iter()
            .filter(|officer| self.is_free(officer, unit, day))
            .collect();
        let lead = free.iter().find(|officer| officer.lead)?;
        let member = free.iter().find(|officer| officer.id != lead.id)?;
        Some(PlannedVisit {
            day,
            lead: lead.id.clone(),
            member: member.id.clone(),
        })
    }

    /// The day and team with which a unit can step in for `closed`: its own if
    /// they are permitted, else the first free place from `from` on.
    fn place_for(
        &self,
        unit: &SnapshotUnit,
        closed: &PlannedVisit,
        from: NaiveDate,
    ) -> Option<PlannedVisit> {
        let named = |id: &OfficerId| self.officers.iter().find(|officer| officer.id == *id);
        let same = [&closed.lead, &closed.member]
            .into_iter()
            .all(|id| named(id).is_some_and(|officer| self.is_free(officer, &unit.id, closed.day)));
        if same && closed.day >= from && unit.may_be_inspected(closed.day).is_ok() {
            return Some(closed.clone());
        }
        let places = day_places(self.days, self.officers, self.per_day);
        let list = officer_list(
            &unit.id,
            self.officers,
            &key(&Purpose::Team(self.plan.attempt), self.seed),
        );
        places.range(from..).find_map(|(day, places)| {
            let taken = self
                .plan
                .visits
                .values()
                .filter(|visit| visit.day == *day)
                .count();
            let is_open = taken < *places as usize && unit.may_be_inspected(*day).is_ok();
            if is_open {
                self.free_pair(&list, &unit.id, *day)
            } else {
                None
            }
        })
    }
}

/// What a unit was drawn from: enough to find who stands next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnPool<'a> {
    /// What its key is for.
    pub purpose: Purpose,
    /// The members, in order of id.
    pub pool: Vec<&'a CandidateId>,
    /// How many were drawn.
    pub n: u32,
}

impl DrawnPool<'_> {
    /// The reserve behind those drawn, in order of rank, up to and with `last`, and the rank of
    /// its first: so anybody can reckon it again.
    #[must_use]
    pub fn reserve(&self, seed: Seed, last: u32) -> (u32, Vec<CandidateId>) {
        let order = ranking(&key(&self.purpose, seed), &self.pool, last);
        let reserve = order.into_iter().skip(self.n as usize);
        (self.n + 1, reserve.map(|it| it.unit).collect())
    }
}

impl Occasion {
    /// The pool of a group of its draw, whose reserve steps in. `None`: nothing
    /// was drawn from it, or its units were taken from the month's plan: the draw
    /// that chose their visits replaces them.
    #[must_use]
    pub fn drawn_pool<'a>(
        &'a self,
        group: DrawGroup,
        sizes: &MonthSizes,
        snapshot: &'a Snapshot,
    ) -> Option<DrawnPool<'a>> {
        let n = self.quota(group, sizes);
        let pool = self.pools(sizes, snapshot).remove(&group)?;
        let has_reserve = group.is_visited() || group == DrawGroup::Register;
        (n > 0 && has_reserve).then(|| DrawnPool {
            purpose: self.purpose(group),
            pool,
            n,
        })
    }
}

/// The unit that steps in for a drawn unit that proved closed or not to exist:
/// the first of the reserve of its own draw (cell, second or campaign) that may
/// be inspected and that a permitted pair can visit on a free place from `from` on.
///
/// `drawn_from`: the pool ([`Occasion::drawn_pool`]); `now` the register as it
/// stands (drawn units pending, closed ones gone); `closed` the visit that
/// falls away, already taken out of the plan. `None`: there is no such unit;
/// that is published, and the next draw makes it up.
#[must_use]
pub fn replacement(
    drawn_from: &DrawnPool,
    now: &Snapshot,
    month: &DrawnMonth,
    closed: &PlannedVisit,
    from: NaiveDate,
) -> Option<Replacement> {
    let DrawnPool { purpose, pool, n } = drawn_from;
    let order = ranking(&key(purpose, month.seed), pool, u32::MAX);
    let mut passed_over = Vec::new();
    for (rank, candidate) in (1..).zip(order).skip(*n as usize) {
        let open = now
            .unit(&candidate.unit)
            .filter(|_| !month.plan.visits.contains_key(&candidate.unit));
        match open.and_then(|unit| month.place_for(unit, closed, from)) {
            Some(visit) => {
                return Some(Replacement {
                    unit: candidate.unit,
                    rank,
                    visit,
                    passed_over,
                });
            }
            None => passed_over.push(candidate.unit),
        }
    }
    None
}

/// Who takes over an ill officer's visit: the next officer on the visit's list
/// who is permitted and has room that day, the list read in a circle from the
/// ill officer on. `None`: nobody; the visit is carried.
#[must_use]
pub fn stand_in(unit: &CandidateId, ill: &OfficerId, month: &DrawnMonth) -> Option<OfficerId> {
    let visit = month.plan.visits.get(unit)?;
    let leads = visit.lead == *ill;
    let other = if leads { &visit.member } else { &visit.lead };
    let list = officer_list(
        unit,
        month.officers,
        &key(&Purpose::Team(month.plan.attempt), month.seed),
    );
    let at = list.iter().position(|officer| officer.id == *ill)?;
    let circle = list[at + 1..].iter().chain(&list[..at]);
    let takes = |officer: &&&OfficerDuty| {
        officer.id != *other && (officer.lead || !leads) && month.is_free(officer, unit, visit.day)
    };
    circle
        .filter(|officer| officer.id != *ill)
        .find(takes)
        .map(|officer| officer.id.clone())
}

/// Sizes of a supplementary draw: what the month's rule, applied to the mended
/// register, still lacks in each group.
///
/// The snapshot is the register as it should have been before the month's first
/// draw; `drawn` are the units drawn for the month already. They lessen pool and
/// quota of the group in which they stand in the mended register; N, T, K and
/// demand are the rule's. A drawn unit that the mended register lacks, such as
/// one that closed, lessens nothing, so that the draw makes it up.
#[must_use]
pub fn supplement_sizes(input: &SizeInput, drawn: &BTreeSet<CandidateId>) -> MonthSizes {
    let mut sizes = sizes(input);
    let mut already: BTreeMap<DrawGroup, u32> = BTreeMap::new();
    for (group, pool) in pools(&sizes, input.snapshot) {
        let in_pool = pool.iter().filter(|unit| drawn.contains(&unit.id));
        already.insert(group, in_pool.count() as u32);
    }
    let already = |group| already.get(&group).copied().unwrap_or(0);
    let lessen = |group, pool: &mut u32, quota: &mut u32| {
        *pool = pool.saturating_sub(already(group));
        *quota = quota.saturating_sub(already(group)).min(*pool);
    };
    for cell in &mut sizes.cells {
        let group = DrawGroup::First(cell.cell);
        lessen(group, &mut cell.pool, &mut cell.quota);
    }
    let (pool, quota) = (&mut sizes.second_pool, &mut sizes.second_quota);
    lessen(DrawGroup::Second, pool, quota);
    sizes
}
