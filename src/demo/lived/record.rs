//! What a visit was: the record that those who went hand in.

use chrono::{Days, NaiveDate, NaiveTime};

use super::desk::Desk;
use super::problems::{PROBLEMS, Problem, places};
use crate::demo::names;
use crate::engine::month::PlannedVisit;
use crate::model::{RiskTier, Unit};
use crate::workbook::VisitId;
use crate::workbook::own_visit::OwnTeam;
use crate::workbook::visit_record::{
    Disposal, ItemFinding, Measure, NoScan, Outcome, Scan, VisitRecord,
};

/// Hours at which an officer's visits of a day begin.
const BEGIN: [u32; 3] = [9, 14, 16];
/// Days that a unit has to put something right.
const TERM_DAYS: [u64; 3] = [7, 10, 15];

impl Desk {
    /// What came of a visit; `before` is how many its team made that day already.
    pub(super) fn record(
        &mut self,
        visit: &VisitId,
        planned: &PlannedVisit,
        outcome: Option<Outcome>,
        before: usize,
    ) -> Option<VisitRecord> {
        let unit = self.book.unit(&visit.unit)?.clone();
        let items = self.book.visit(visit)?.items.clone();
        let findings = match outcome {
            Some(_) => Vec::new(),
            None => self.findings(&unit, &items, planned.day),
        };
        let outcome = outcome.unwrap_or_else(|| found(&findings));
        let begin = NaiveTime::from_hms_opt(BEGIN[before.min(2)], self.dice.between(0, 5) * 5, 0)?;
        let minutes = |count: u32| chrono::TimeDelta::minutes(i64::from(count));
        let length = self.dice.between(8, 18) * 5 + 20 * findings.len() as u32;
        let scanned = begin - minutes(self.dice.between(1, 4));
        let is_inspected = outcome.is_inspected();
        let accompanied_by = match (is_inspected, unit.manager.is_empty()) {
            (false, _) => String::new(),
            (true, false) => unit.manager.clone(),
            (true, true) => unit.responsible.clone(),
        };
        Some(VisitRecord {
            start: is_inspected.then_some(begin),
            end: is_inspected.then(|| begin + minutes(length)),
            places: match is_inspected {
                true => places(&mut self.dice, &unit.category).into(),
                false => String::new(),
            },
            scan: self.scan(scanned, planned.day),
            team: OwnTeam {
                lead: planned.lead.clone(),
                member: planned.member.clone(),
            },
            team_why: String::new(),
            assisted_by: match self.dice.chance(120) {
                true => format!("{}（文员）", names::person(&mut self.dice)),
                false => String::new(),
            },
            accompanied_by,
            disposals: disposals(outcome),
            photos: match findings.is_empty() {
                true => Vec::new(),
                false => vec![format!("{}-{}-01.jpg", unit.id, planned.day)],
            },
            note: note(outcome).into(),
            outcome,
            findings,
            entered_at: planned.day.and_time(begin),
            entered_by: String::new(),
            why: String::new(),
            source: None,
            review: None,
            extra: serde_json::Map::new(),
        })
    }

    /// The unit's code was scanned, or made up later, or cannot be.
    fn scan(&mut self, time: NaiveTime, day: NaiveDate) -> Scan {
        let without = |why, words: &str, made_up| Scan::Without {
            why,
            words: words.into(),
            made_up,
        };
        match self.dice.below(100) {
            0..=4 => without(NoScan::Network, "", Some(day)),
            5..=7 => without(NoScan::NoCode, "单位尚未申领入企码", None),
            _ => Scan::At { time },
        }
    }

    /// What is found: nothing in most units, and more where the tier is higher.
    fn findings(&mut self, unit: &Unit, items: &[String], day: NaiveDate) -> Vec<ItemFinding> {
        let permille = match unit.risk {
            RiskTier::Green => 220,
            RiskTier::Blue => 320,
            RiskTier::Yellow => 450,
            RiskTier::Red => 600,
        };
        if !self.dice.chance(permille) {
            return Vec::new();
        }
        let is_checked = |problem: &Problem| items.iter().any(|id| id == problem.item);
        let term = day + Days::new(*self.dice.pick(&TERM_DAYS));
        let count = 1 + u32::from(self.dice.chance(350)) + u32::from(self.dice.chance(120));
        let mut findings: Vec<ItemFinding> = Vec::new();
        for _ in 0..count {
            let problem = self.dice.weighted(PROBLEMS);
            let is_new = findings.iter().all(|known| known.item != problem.item);
            if is_checked(problem) && is_new {
                findings.push(finding(problem, term));
            }
        }
        findings.sort_by(|a, b| a.item.cmp(&b.item));
        findings
    }
}

fn finding(problem: &Problem, term: NaiveDate) -> ItemFinding {
    ItemFinding {
        item: problem.item.into(),
        problem: problem.words.into(),
        basis: problem.basis.into(),
        measure: problem.measure,
        term: (problem.measure == Measure::ByTerm).then_some(term),
        is_corrected: problem.measure == Measure::AtOnce,
    }
}

/// What the findings say of the whole visit.
fn found(findings: &[ItemFinding]) -> Outcome {
    let is_penal = |it: &ItemFinding| it.measure == Measure::Penalty;
    match findings {
        [] => Outcome::NoProblem,
        _ if findings.iter().any(is_penal) => Outcome::ToFollow,
        _ => Outcome::Ordered,
    }
}

fn disposals(outcome: Outcome) -> Vec<Disposal> {
    match outcome {
        Outcome::NoProblem => vec![Disposal::None],
        Outcome::Ordered => vec![Disposal::Order],
        Outcome::ToFollow => vec![Disposal::Order, Disposal::Penalty],
        _ => vec![Disposal::Routine],
    }
}

fn note(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unreachable => "门店上锁，登记电话停机，邻户称半年未见经营",
        Outcome::NotOperating => "场所在装修，尚未营业",
        _ => "",
    }
}
