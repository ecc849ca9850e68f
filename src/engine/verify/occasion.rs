//! The occasion: what a draw adds to, held against the certificate before it
//! and the register.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Examination;
use super::finding::{Datum, Findings, Lacking, Outcome, Place};
use crate::engine::calendar::YearMonth;
use crate::engine::certificate::Certificate;
use crate::engine::occasion::{Busy, Campaign, Occasion, Supplement};
use crate::model::CandidateId;

type Found = Result<Outcome, Lacking>;

impl Examination<'_> {
    /// Whether the occasion fits. What it says in words (why, whom a filter takes)
    /// and that a mended register is the right one, no record can show.
    pub(super) fn fits(&self) -> Found {
        let Ok(occasion) = self.occasion() else {
            let mut findings = Findings::default();
            findings.differ(Place::Whole, Datum::Nothing, Datum::Nothing);
            return Ok(findings.outcome());
        };
        match occasion {
            Occasion::Month => Ok(Outcome::Passed { checked: 1 }),
            Occasion::Register(register) => {
                let mut findings = Findings::default();
                findings.count(register.pool.len());
                Ok(findings.outcome())
            }
            Occasion::Supplementary(supplement) => self.adds_to(supplement),
            Occasion::Campaign(campaign) => self.takes_from(campaign),
        }
    }

    /// A supplementary draw names earlier draws, their units and their plans.
    fn adds_to(&self, supplement: &Supplement) -> Found {
        let number = self.certificate.commitment.number;
        let mut findings = Findings::default();
        findings.count(supplement.drawn.len());
        if supplement.to.is_empty() || supplement.reason.trim().is_empty() {
            findings.differ(Place::Whole, Datum::Nothing, Datum::Nothing);
        }
        // Draws are numbered from 1.
        for foreign in supplement.to.iter().filter(|to| !(1..number).contains(*to)) {
            findings.differ(Place::Draw { number: *foreign }, *foreign, number);
        }
        self.busy_in_month(&supplement.busy, &mut findings);
        let last = supplement.to.last().copied();
        // The latest draw before that drew by the rule of this month is one that it adds to.
        let is_added_to = |previous: &Certificate| {
            let before = &previous.commitment;
            let month = self.certificate.commitment.month;
            let is_of_month = before.month == month && before.number < number;
            Some(before.number) == last || (is_of_month && before.occasion.has_cells())
        };
        self.busy_with(supplement.from, &supplement.busy, &mut findings);
        let lacking = match self.before().find(|before| is_added_to(before)) {
            Some(before) => {
                self.follows(supplement, before, &mut findings);
                None
            }
            None if self.previous.is_some() => Some(Lacking::EarlierDraws),
            None => Some(Lacking::Previous),
        };
        match (findings.outcome(), lacking) {
            (Outcome::Passed { .. }, Some(lacking)) => Err(lacking),
            (outcome, _) => Ok(outcome),
        }
    }

    /// A draw that it adds to: what that one knew of earlier draws and
    /// what it drew itself are together what this one names.
    fn follows(&self, supplement: &Supplement, previous: &Certificate, findings: &mut Findings) {
        let (number, month) = (previous.commitment.number, previous.commitment.month);
        let at = || Place::Draw { number };
        if month != self.certificate.commitment.month {
            findings.differ(
                at(),
                self.certificate.commitment.month.to_string(),
                month.to_string(),
            );
        }
        let (mut to, mut drawn) = (BTreeSet::from([number]), BTreeSet::new());
        match &previous.commitment.occasion {
            Occasion::Month => {}
            Occasion::Supplementary(earlier) => {
                to.extend(&earlier.to);
                drawn.clone_from(&earlier.drawn);
            }
            // Neither drew by the month's rule.
            Occasion::Campaign(_) | Occasion::Register(_) => {
                findings.differ(at(), number, Datum::Nothing);
            }
        }
        drawn.extend(previous.drawn().cloned());
        for number in to.symmetric_difference(&supplement.to) {
            let named = supplement.to.contains(number).then_some(*number);
            findings.differ(Place::Draw { number: *number }, named, *number);
        }
        for unit in drawn.symmetric_difference(&supplement.drawn) {
            findings.unit_holds(false, unit);
        }
    }

    /// A campaign takes units that may be inspected this month, or that stand in
    /// the month's plan.
    fn takes_from(&self, campaign: &Campaign) -> Found {
        let mut findings = Findings::default();
        let is_named = CandidateId::new(&campaign.id).is_ok()
            && ![&campaign.name, &campaign.filter]
                .into_iter()
                .any(|words| words.trim().is_empty());
        if !is_named {
            findings.differ(Place::Whole, campaign.id.clone(), Datum::Nothing);
        }
        for unit in campaign.in_plan.difference(&campaign.pool) {
            findings.unit_holds(false, unit);
        }
        self.busy_in_month(&campaign.busy, &mut findings);
        self.busy_with(campaign.from, &campaign.busy, &mut findings);
        let members = self.check_members(campaign, &mut findings);
        match (findings.outcome(), members) {
            (Outcome::Passed { .. }, Err(lacking)) => Err(lacking),
            (outcome, _) => Ok(outcome),
        }
    }

    /// Each member of a campaign's pool as the register knows it.
    fn check_members(&self, campaign: &Campaign, findings: &mut Findings) -> Result<(), Lacking> {
        let snapshot = self.open_units()?;
        let (count, day) = (self.withheld_count(), snapshot.month.last_day());
        let mut is_hidden = false;
        for id in &campaign.pool {
            let holds = match snapshot.unit(id) {
                Some(unit) if campaign.in_plan.contains(id) => unit.pending,
                Some(unit) => unit.may_be_inspected(day).is_ok(),
                None => {
                    is_hidden = true;
                    count > 0
                }
            };
            findings.unit_holds(holds, id);
        }
        if is_hidden && count > 0 {
            return Err(Lacking::WithheldUnits { count });
        }
        Ok(())
    }

    /// Busy days lie in the month.
    fn busy_in_month(&self, busy: &Busy, findings: &mut Findings) {
        let month = self.certificate.commitment.month;
        let is_inside = |day| (month.first_day()..=month.last_day()).contains(day);
        for (officer, days) in busy {
            findings.count(days.len());
            for day in days.iter().filter(|day| !is_inside(day)) {
                let officer = officer.clone();
                findings.differ(Place::Officer { officer }, *day, Datum::Nothing);
            }
        }
    }

    /// Who stands in the plan of an earlier draw of the month is busy on that day.
    fn busy_with(&self, from: NaiveDate, busy: &Busy, findings: &mut Findings) {
        let month = self.certificate.commitment.month;
        let is_open = |day| day >= from && YearMonth::of(day) == month;
        let visits = self.before().flat_map(|before| before.plan.visits.values());
        for visit in visits.filter(|visit| is_open(visit.day)) {
            for officer in [&visit.lead, &visit.member] {
                findings.count(1);
                let days = busy.get(officer);
                if !days.is_some_and(|days| days.contains(&visit.day)) {
                    let officer = officer.clone();
                    findings.differ(Place::Officer { officer }, Datum::Nothing, visit.day);
                }
            }
        }
    }
}
