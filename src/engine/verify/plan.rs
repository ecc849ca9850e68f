//! The plan: complete, sound by itself, and the one that follows from the seed.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Datum, Findings, Lacking, Outcome, Place};
use super::{Examination, VISITS_MAX};
use crate::engine::month::{PlanInput, PlannedVisit};
use crate::model::{CandidateId, OfficerId};

type Found = Result<Outcome, Lacking>;

impl Examination<'_> {
    /// The units whose visits are laid out.
    pub(super) fn visits(&self) -> BTreeSet<CandidateId> {
        self.certificate.visits()
    }

    pub(super) fn plan_complete(&self) -> Found {
        let plan = &self.certificate.plan;
        let set_aside = plan.set_aside.iter().map(|visit| &visit.unit);
        let mut laid = BTreeSet::new();
        let mut findings = Findings::default();
        for unit in plan.visits.keys().chain(set_aside) {
            findings.unit_holds(laid.insert(unit.clone()), unit);
        }
        let due = self.visits();
        for unit in due.difference(&laid) {
            let at = Place::Unit { unit: unit.clone() };
            findings.differ(at, Datum::Nothing, unit.clone());
        }
        for unit in laid.difference(&due) {
            findings.unit_holds(false, unit);
        }
        Ok(findings.outcome())
    }

    /// What can be said of the plan without the officers' register.
    pub(super) fn plan_sound(&self) -> Found {
        let occasion = &self.certificate.commitment.occasion;
        let days = occasion.days(self.month_days()?);
        let per_day = self.certificate.design.per_day;
        let mut findings = Findings::default();
        let mut duties: BTreeMap<(&OfficerId, chrono::NaiveDate), u32> = BTreeMap::new();
        for (unit, visit) in &self.certificate.plan.visits {
            findings.count(1);
            let at = || Place::Unit { unit: unit.clone() };
            let release = self.certificate.releases.get(unit);
            if !days.contains(&visit.day) || release.is_some_and(|release| *release > visit.day) {
                findings.differ(at(), visit.day, release.copied());
            }
            if visit.lead == visit.member {
                findings.differ(at(), visit.member.clone(), Datum::Nothing);
            }
            for officer in [&visit.lead, &visit.member] {
                let busy = occasion.beside().and_then(|beside| beside.1.get(officer));
                if busy.is_some_and(|days| days.contains(&visit.day)) {
                    findings.differ(at(), officer.clone(), visit.day);
                }
                *duties.entry((officer, visit.day)).or_default() += 1;
            }
        }
        for ((officer, _), count) in duties.into_iter().filter(|duty| duty.1 > per_day) {
            let officer = officer.clone();
            findings.differ(Place::Officer { officer }, count, per_day);
        }
        Ok(findings.outcome())
    }

    /// What the plan follows from again: what is drawn and carried.
    pub(super) fn plan_input(&self) -> Result<PlanInput<'static>, Lacking> {
        let (officers, days) = (self.officers()?, self.month_days()?);
        if !self.design_is_sound() {
            return Err(Lacking::SoundDesign);
        }
        let release = |unit: CandidateId| {
            let release = self.certificate.releases.get(&unit).copied();
            (unit, release)
        };
        let visits: BTreeMap<_, _> = self.visits().into_iter().map(release).collect();
        if visits.len() > VISITS_MAX {
            let (count, max) = (visits.len() as u32, VISITS_MAX as u32);
            return Err(Lacking::FewerVisits { count, max });
        }
        let (per_day, seed) = (self.certificate.design.per_day, self.certificate.seed);
        let occasion = &self.certificate.commitment.occasion;
        Ok(occasion.plan_input(visits, days, officers, per_day, seed))
    }

    pub(super) fn set_aside(&self) -> Found {
        let found = &self.worked_out.plan.as_ref().map_err(|why| *why)?.set_aside;
        let stated = &self.certificate.plan.set_aside;
        let mut findings = Findings::default();
        for at in 0..stated.len().max(found.len()) {
            let place = || Place::SetAside {
                place: at as u32 + 1,
            };
            let (stated, found) = (stated.get(at), found.get(at));
            let unit = |side: Option<&crate::engine::month::SetAside>| {
                side.map(|visit| visit.unit.clone())
            };
            findings.same(place(), unit(stated), unit(found));
            if let (Some(stated), Some(found)) = (stated, found) {
                findings.same(place(), stated.why.clone(), found.why.clone());
            }
        }
        Ok(findings.outcome())
    }

    pub(super) fn visit_days(&self) -> Found {
        self.compare_visits(|visit, findings, found, at| {
            let day = |visit: &PlannedVisit| visit.day;
            findings.same(at, visit.map(day), found.map(day));
        })
    }

    pub(super) fn teams(&self) -> Found {
        let again = self.worked_out.plan.as_ref().map_err(|why| *why)?;
        let stated = &self.certificate.plan;
        let mut findings = Findings::default();
        findings.same(Place::Whole, stated.attempt, again.attempt);
        findings.same(Place::Whole, stated.cost, again.cost);
        let whole = findings.outcome();
        let teams = self.compare_visits(|visit, findings, found, at| {
            let lead = |visit: &PlannedVisit| visit.lead.clone();
            let member = |visit: &PlannedVisit| visit.member.clone();
            findings.same(at.clone(), visit.map(lead), found.map(lead));
            findings.same(at, visit.map(member), found.map(member));
        })?;
        Ok(match (whole, teams) {
            (Outcome::Failed { mut differences }, Outcome::Failed { differences: more }) => {
                differences.extend(more);
                Outcome::Failed { differences }
            }
            (failed @ Outcome::Failed { .. }, _) => failed,
            (_, teams) => teams,
        })
    }

    /// Compares each visit stated with the one worked out again.
    fn compare_visits(
        &self,
        compare: impl Fn(Option<&PlannedVisit>, &mut Findings, Option<&PlannedVisit>, Place),
    ) -> Found {
        let again = self.worked_out.plan.as_ref().map_err(|why| *why)?;
        let stated = &self.certificate.plan;
        let mut findings = Findings::default();
        let units: BTreeSet<&CandidateId> =
            stated.visits.keys().chain(again.visits.keys()).collect();
        for unit in units {
            let at = Place::Unit { unit: unit.clone() };
            let (stated, found) = (stated.visits.get(unit), again.visits.get(unit));
            compare(stated, &mut findings, found, at);
        }
        Ok(findings.outcome())
    }
}
