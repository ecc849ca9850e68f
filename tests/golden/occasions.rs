//! Makes the golden records of draws besides the monthly one, all beside one
//! month's draw; natively only.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::NaiveDate;
use double_random::engine::calendar::YearMonth;
use double_random::engine::campaign::CampaignSize;
use double_random::engine::ceremony::{EntropyPlan, EntropyRecord};
use double_random::engine::certificate::Certificate;
use double_random::engine::design::AnnualDesign;
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{Hash, sha256};
use double_random::engine::month::PlannedVisit;
use double_random::engine::occasion::{
    Busy, Campaign, Occasion, OwnRegister, RegisterDraw, Supplement,
};
use double_random::engine::register::{Leaf, PublishedRegister, Salt};
use double_random::model::{CandidateId, Share, Stratum};
use serde_json::Value;

use super::bless::Case;
use super::golden::Record;

/// A month with its draws so far.
pub struct Year {
    leaves: Vec<Leaf>,
    officers: Vec<OfficerDuty>,
    annual_plan: Value,
    design: AnnualDesign,
    month: YearMonth,
    /// All planned visits of the month.
    visits: BTreeMap<CandidateId, PlannedVisit>,
    draws: Vec<Certificate>,
}

impl Year {
    /// Begins with the record of a monthly draw.
    pub fn new(base: &str) -> Self {
        let text = fs::read_to_string(format!("tests/golden/{base}.json")).unwrap();
        let Record {
            certificate,
            register,
            ..
        } = Record::read(&text);
        Self {
            leaves: register.units,
            officers: register.officers.unwrap(),
            annual_plan: register.annual_plan.unwrap(),
            design: certificate.design.clone(),
            month: certificate.commitment.month,
            visits: certificate.plan.visits.clone(),
            draws: vec![certificate],
        }
    }

    /// The last certificate.
    pub fn last(&self) -> &Certificate {
        self.draws.last().unwrap()
    }

    fn day(&self, day: u32) -> NaiveDate {
        chrono::Datelike::with_day(&self.month.first_day(), day).unwrap()
    }

    /// Officer-days of all plans from a day on.
    fn busy(&self, from: NaiveDate) -> Busy {
        let mut busy = Busy::new();
        for visit in self.visits.values().filter(|visit| visit.day >= from) {
            for officer in [&visit.lead, &visit.member] {
                busy.entry(officer.clone()).or_default().insert(visit.day);
            }
        }
        busy
    }

    /// The next record: supplementary, combined, campaign, institutions.
    pub fn next_record(&mut self) -> Record {
        let (name, occasion) = match self.draws.len() {
            1 => ("supplementary", self.supplementary()),
            2 => ("combined campaign", self.combined()),
            3 => ("campaign", self.campaign()),
            _ => ("service institutions", agencies()),
        };
        let is_agencies = matches!(occasion, Occasion::Register(_));
        let (leaves, officers) = if is_agencies {
            (Vec::new(), Vec::new())
        } else {
            (self.leaves.clone(), self.officers.clone())
        };
        let number = self.last().commitment.number + 1;
        let entropy = EntropyRecord::Local {
            bytes: Hash(sha256(name.as_bytes()).0),
        };
        let certificate = Case {
            number,
            month: self.month,
            occasion,
            leaves: &leaves,
            officers: &officers,
            design: &self.design,
            annual_plan: &self.annual_plan,
            previous: Some(self.last()),
        }
        .certificate(EntropyPlan::Local, &entropy, self.day(5 + number));
        self.visits.extend(certificate.plan.visits.clone());
        self.draws.push(certificate.clone());
        let plan = Some(self.annual_plan.clone());
        Record {
            name: format!("{name}, {}", self.month),
            certificate,
            register: PublishedRegister::new(leaves, &BTreeSet::new(), Some(officers), plan),
        }
    }

    /// Units were forgotten, two never existed, and some stood in the wrong stratum.
    fn supplementary(&mut self) -> Occasion {
        let mut forgotten = self.leaves.clone();
        for (at, leaf) in forgotten.iter_mut().enumerate() {
            leaf.id = CandidateId::new(format!("NG-{:05}", 1_001 + at)).unwrap();
            leaf.salt = Salt::new(&sha256(leaf.id.as_str().as_bytes()).to_string()[..32]).unwrap();
            leaf.pending = false;
        }
        self.leaves.drain(10..12);
        for leaf in self.leaves.iter_mut().step_by(9) {
            leaf.stratum = Stratum::B;
        }
        self.leaves.extend(forgotten.into_iter().step_by(2));
        let from = self.day(14);
        Occasion::Supplementary(Supplement {
            to: BTreeSet::from([self.last().commitment.number]),
            drawn: self.last().drawn().cloned().collect(),
            stepped_in: BTreeSet::new(),
            busy: self.busy(from),
            from,
            reason: "比对住建名单，补录遗漏单位".into(),
        })
    }

    /// From here on the register is the one of the day: what is drawn is pending.
    fn members(&mut self, holds: impl Fn(&Leaf) -> bool) -> BTreeSet<CandidateId> {
        let drawn: BTreeSet<CandidateId> =
            self.draws.iter().flat_map(Certificate::visits).collect();
        for leaf in &mut self.leaves {
            leaf.pending |= drawn.contains(&leaf.id);
        }
        let last_day = self.month.last_day();
        let is_open = |leaf: &&Leaf| {
            self.visits.contains_key(&leaf.id) || leaf.unit().may_be_inspected(last_day).is_ok()
        };
        let members = self.leaves.iter().filter(|leaf| holds(leaf));
        members
            .filter(is_open)
            .map(|leaf| leaf.id.clone())
            .collect()
    }

    fn combined(&mut self) -> Occasion {
        let pool = self.members(|leaf| leaf.stratum == Stratum::B);
        let is_planned = |unit: &&CandidateId| self.visits.contains_key(*unit);
        let in_plan: BTreeSet<CandidateId> = pool.iter().filter(is_planned).cloned().collect();
        let from = self.day(16);
        Occasion::Campaign(Campaign {
            id: "2026-01".into(),
            name: "重点单位用电专项".into(),
            filter: "其他重点单位（B 层）全部".into(),
            size: CampaignSize::Count(in_plan.len() as u32 + 4),
            pool,
            in_plan,
            busy: self.busy(from),
            from,
        })
    }

    fn campaign(&mut self) -> Occasion {
        let mut pool = self.members(|leaf| leaf.stratum == Stratum::C);
        pool.retain(|unit| !self.visits.contains_key(unit));
        let from = self.day(17);
        Occasion::Campaign(Campaign {
            id: "2026-02".into(),
            name: "小场所专项".into(),
            filter: "一般单位（C 层）中本月没有计划的".into(),
            pool,
            in_plan: BTreeSet::new(),
            size: CampaignSize::Ratio(Share::from_percent(8)),
            busy: self.busy(from),
            from,
        })
    }
}

fn agencies() -> Occasion {
    let pool = (1..=31).map(|number| CandidateId::new(format!("JG-{number:03}")).unwrap());
    Occasion::Register(RegisterDraw {
        register: OwnRegister::Agencies,
        pool: pool.collect(),
        size: CampaignSize::Ratio(Share::from_percent(10)),
    })
}
