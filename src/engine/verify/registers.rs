//! The published registers: well formed, bound by the roots, and the source of
//! levels, capacity, blocked and carried units.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::finding::{Datum, Findings, Lacking, Outcome, Place};
use super::{CAPACITY_MAX, Examination, OFFICERS_MAX};
use crate::engine::calendar::YearMonth;
use crate::engine::draw::{Blocked, blocked_units};
use crate::engine::duty::month_capacity;
use crate::engine::level::{PointReason, Points};
use crate::engine::register::{Leaf, PublishedRegister};
use crate::engine::root::{officers_root, working_days_root};
use crate::engine::snapshot::SNAPSHOT_UNITS_MAX;
use crate::model::{CandidateId, DrawLevel, OfficerId, RiskTier};

type Found = Result<Outcome, Lacking>;

/// Years of dates that can be reckoned with.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// What is wrong with a register by itself: ids twice, counts without a date,
/// dates that cannot be, too many units or officers.
pub(super) fn mistakes(register: &PublishedRegister) -> Vec<Place> {
    let mut wrong = Vec::new();
    let officers_count = register.officers.as_ref().map_or(0, Vec::len);
    if register.units.len() + register.withheld.len() > SNAPSHOT_UNITS_MAX
        || officers_count > OFFICERS_MAX
    {
        // Nothing more is looked at: the rest may be as long as a file can be.
        return vec![Place::Whole];
    }
    let mut known: BTreeSet<&CandidateId> = BTreeSet::new();
    for leaf in &register.units {
        let is_dated = leaf.count == 0 || leaf.last.is_some();
        let is_sound = leaf.last.is_none_or(|last| YEARS.contains(&last.year()));
        if !known.insert(&leaf.id) || !is_dated || !is_sound {
            let unit = leaf.id.clone();
            wrong.push(Place::Unit { unit });
        }
    }
    let mut known: BTreeSet<&OfficerId> = BTreeSet::new();
    for duty in register.officers.iter().flatten() {
        if !known.insert(&duty.id) {
            let officer = duty.id.clone();
            wrong.push(Place::Officer { officer });
        }
    }
    wrong
}

/// The points that the plan's table gives for a reason.
fn points_of(reason: PointReason, points: &Points) -> i8 {
    match reason {
        PointReason::Tier(RiskTier::Green) => points.green,
        PointReason::Tier(RiskTier::Blue) => points.blue,
        PointReason::Tier(RiskTier::Yellow) => points.yellow,
        PointReason::Tier(RiskTier::Red) => points.red,
        PointReason::CreditD => points.credit_d,
        PointReason::Dishonest => points.dishonest,
        PointReason::Complaints => points.complaints,
        PointReason::SeriousViolation => points.serious_violation,
        PointReason::KeyIndustry => points.key_industry,
        PointReason::LawAbiding => points.law_abiding,
    }
}

/// A unit's points are the plan's, each reason once, the tier first; their sum is its level.
fn check_level(leaf: &Leaf, points: &Points, findings: &mut Findings) {
    let at = || Place::Unit {
        unit: leaf.id.clone(),
    };
    for (reason, stated) in &leaf.points {
        let found = points_of(*reason, points);
        if *stated != found {
            findings.differ(
                at(),
                Datum::Points(*reason, *stated),
                Datum::Points(*reason, found),
            );
        }
    }
    let is_tier = |reason: &PointReason| matches!(reason, PointReason::Tier(_));
    let has_tier = leaf.points.first().is_some_and(|part| is_tier(&part.0));
    let is_once = leaf.points.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let is_one_tier = leaf.points.iter().skip(1).all(|part| !is_tier(&part.0));
    let sum = leaf.points.iter().map(|part| i32::from(part.1)).sum();
    let found =
        (has_tier && is_once && is_one_tier).then(|| u32::from(DrawLevel::from_points(sum).get()));
    findings.same(at(), Some(u32::from(leaf.level.get())), found);
}

impl Examination<'_> {
    pub(super) fn registers(&self) -> Found {
        let register = self.published()?;
        let mut findings = Findings::default();
        findings.count(register.units.len() + register.withheld.len());
        for place in mistakes(register) {
            findings.differ(place, Datum::Nothing, Datum::Nothing);
        }
        Ok(findings.outcome())
    }

    pub(super) fn levels(&self) -> Found {
        let mut findings = Findings::default();
        for leaf in &self.published()?.units {
            check_level(leaf, &self.certificate.design.points, &mut findings);
        }
        Ok(findings.outcome_with(self.withheld_count()))
    }

    pub(super) fn units_root(&self) -> Found {
        let register = self.published()?;
        let mut findings = Findings::default();
        findings.same(
            Place::Whole,
            self.certificate.commitment.snapshot_root,
            register.units_root(),
        );
        findings.count(register.units.len() + register.withheld.len());
        Ok(findings.outcome())
    }

    pub(super) fn officers_root(&self) -> Found {
        let officers = self.published()?.officers.as_deref();
        let officers = officers.ok_or(Lacking::Officers)?;
        let stated = self.certificate.commitment.officers_root;
        let mut findings = Findings::default();
        findings.same(Place::Whole, stated, officers_root(officers));
        Ok(findings.outcome())
    }

    pub(super) fn working_days(&self) -> Found {
        let mut findings = Findings::default();
        for month in 1..=12 {
            findings.count(1);
            if self.certificate.days_of(month).is_none() {
                findings.differ(Place::Month { month }, Datum::Nothing, Datum::Nothing);
            }
        }
        let stated = self.certificate.commitment.working_days_root;
        let found = working_days_root(&self.certificate.working_days);
        findings.same(Place::Whole, stated, found);
        Ok(findings.outcome())
    }

    pub(super) fn capacity(&self) -> Found {
        let mut findings = Findings::default();
        let design = &self.certificate.design;
        for (month, stated) in (1..).zip(self.certificate.capacity) {
            if stated.max(self.certificate.minimum[month as usize - 1]) > CAPACITY_MAX {
                findings.differ(Place::Month { month }, stated, CAPACITY_MAX);
            }
        }
        let found = findings.outcome();
        if matches!(found, Outcome::Failed { .. }) {
            return Ok(found);
        }
        let officers = self.officers()?;
        if !self.design_is_sound() {
            return Err(Lacking::SoundDesign);
        }
        let mut findings = Findings::default();
        for (month, stated) in (1..).zip(self.certificate.capacity) {
            let days = self
                .certificate
                .days_of(month)
                .ok_or(Lacking::WorkingDays)?;
            let holds = month_capacity(&days, officers, design);
            let at = || Place::Month { month };
            findings.same(at(), stated, holds.capacity);
            let minimum = self.certificate.minimum[month as usize - 1];
            findings.same(at(), minimum, holds.minimum);
        }
        Ok(findings.outcome())
    }

    /// Blocked units that are withheld cannot be checked.
    pub(super) fn blocked(&self) -> Found {
        let (snapshot, officers) = (self.open_units()?, self.officers()?);
        if !self.design_is_sound() {
            return Err(Lacking::SoundDesign);
        }
        let stated = &self.certificate.commitment.blocked;
        let per_day = self.certificate.design.per_day;
        let has_cells = self.certificate.commitment.occasion.has_cells();
        let days = self.month_days()?;
        let found = has_cells.then(|| blocked_units(snapshot, days, officers, per_day));
        let found = found.unwrap_or_default();
        let mut findings = Findings::default();
        findings.count(snapshot.units.len());
        let by_unit = |list: &[Blocked]| -> BTreeMap<CandidateId, Blocked> {
            let pairs = list.iter().map(|one| (one.unit.clone(), one.clone()));
            pairs.collect()
        };
        let (known, worked_out) = (by_unit(stated), by_unit(&found));
        let is_in =
            |all: &BTreeMap<CandidateId, Blocked>, one: &Blocked| all.get(&one.unit) == Some(one);
        for blocked in found.iter().filter(|blocked| !is_in(&known, blocked)) {
            let unit = blocked.unit.clone();
            findings.differ(Place::Unit { unit }, Datum::Nothing, blocked.unit.clone());
        }
        let is_open = |blocked: &&Blocked| {
            self.withheld_count() == 0 || snapshot.unit(&blocked.unit).is_some()
        };
        let extra = stated.iter().filter(is_open);
        for blocked in extra.filter(|blocked| !is_in(&worked_out, blocked)) {
            let unit = blocked.unit.clone();
            findings.differ(Place::Unit { unit }, blocked.unit.clone(), Datum::Nothing);
        }
        let is_ordered = stated.windows(2).all(|pair| pair[0].unit < pair[1].unit);
        if !is_ordered {
            findings.differ(Place::Whole, Datum::Nothing, Datum::Nothing);
        }
        Ok(findings.outcome_with(self.withheld_count()))
    }

    /// Carried units are pending ones, named once and in order; no open unit that
    /// is pending is left out, or its visit would be forgotten.
    pub(super) fn carried(&self) -> Found {
        let snapshot = self.open_units()?;
        let carried = &self.certificate.commitment.carried;
        let mut findings = Findings::default();
        for id in carried {
            let holds = match snapshot.unit(id) {
                Some(unit) => unit.pending,
                None => self.withheld_count() > 0,
            };
            findings.unit_holds(holds, id);
        }
        for pair in carried.windows(2).filter(|pair| pair[0] >= pair[1]) {
            findings.unit_holds(false, &pair[1]);
        }
        let named: BTreeSet<&CandidateId> = carried.iter().collect();
        let pending = snapshot.units.iter().filter(|unit| unit.pending);
        for unit in pending.filter(|unit| !named.contains(&unit.id)) {
            let at = Place::Unit {
                unit: unit.id.clone(),
            };
            findings.differ(at, Datum::Nothing, unit.id.clone());
        }
        Ok(findings.outcome_with(self.withheld_count()))
    }

    pub(super) fn releases(&self) -> Found {
        let snapshot = self.open_units()?;
        let stated = &self.certificate.releases;
        let mut findings = Findings::default();
        let visits = self.visits();
        for unit in &visits {
            if let Some(known) = snapshot.unit(unit) {
                let at = Place::Unit { unit: unit.clone() };
                findings.same(at, stated.get(unit).copied(), known.release_date());
            }
        }
        for unit in stated.keys().filter(|unit| !visits.contains(unit)) {
            findings.unit_holds(false, unit);
        }
        Ok(findings.outcome_with(self.withheld_count()))
    }

    /// Each drawn unit may be inspected on its day; one without a day, on the
    /// month's last. Its own visit is not pending yet when it is drawn.
    pub(super) fn limits(&self) -> Found {
        let snapshot = self.open_units()?;
        let month: YearMonth = self.certificate.commitment.month;
        let mut findings = Findings::default();
        let all_carried: BTreeSet<&CandidateId> =
            self.certificate.commitment.carried.iter().collect();
        for id in self.visits() {
            let Some(unit) = snapshot.unit(&id) else {
                findings.unit_holds(self.withheld_count() > 0, &id);
                continue;
            };
            let is_carried = all_carried.contains(&id);
            let mut unit = unit.clone();
            unit.pending &= !is_carried;
            let planned = self.certificate.plan.visits.get(&id);
            let day: NaiveDate = planned.map_or(month.last_day(), |visit| visit.day);
            let limit = unit.may_be_inspected(day).err();
            // A unit set aside may be free only after this month.
            let limit = limit.filter(|_| planned.is_some() || !is_carried);
            findings.same(Place::Unit { unit: id }, None, limit);
        }
        Ok(findings.outcome_with(self.withheld_count()))
    }
}
