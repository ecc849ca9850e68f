//! Golden records: whole draws, frozen. The same files are checked natively and
//! in the browser, so that a difference of platform shows.

#![allow(clippy::unwrap_used, dead_code)]

use std::collections::BTreeSet;

use double_random::engine::ceremony::{Commitment, EntropyPlan, EntropyRecord, Roots};
use double_random::engine::certificate::{Certificate, DrawParts};
use double_random::engine::draw::{SizeInput, blocked_units};
use double_random::engine::duty::month_capacity;
use double_random::engine::lottery::{Genesis, canonical_json};
use double_random::engine::month::SetAsideReason;
use double_random::engine::occasion::Occasion;
use double_random::engine::quota::Mode;
use double_random::engine::register::PublishedRegister;
use double_random::engine::root::{officers_root, working_days_root};
use double_random::engine::snapshot::SnapshotUnit;
use double_random::engine::verify::{Check, Claim, Lacking, Outcome, verify};
use double_random::model::CandidateId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A draw with all that is needed to repeat it.
#[derive(Serialize, Deserialize)]
pub struct Record {
    /// What it is an example of.
    pub name: String,
    /// The certificate, which names its own hash.
    pub certificate: Certificate,
    /// The registers as they were published with it.
    pub register: PublishedRegister,
}

impl Record {
    /// Reads a record as strictly as the page reads what was published.
    #[track_caller]
    pub fn read(text: &str) -> Self {
        let parts: Value = serde_json::from_str(text).unwrap();
        Self {
            name: parts["name"].as_str().unwrap().to_owned(),
            certificate: Certificate::read(&parts["certificate"].to_string()).unwrap(),
            register: PublishedRegister::read(&parts["register"].to_string()).unwrap(),
        }
    }

    /// All claims of the certificate.
    pub fn verify(&self, previous: Option<&Certificate>) -> Vec<Check> {
        verify(&self.certificate, Some(&self.register), previous)
    }
}

macro_rules! records {
    ($($number:literal),* $(,)?) => {
        /// Number and text of each record.
        pub const RECORDS: &[(&str, &str)] =
            &[$(($number, include_str!(concat!($number, ".json")))),*];
    };
}

records![
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
    "33", "34", "35", "36", "37",
];

/// The monthly draw beside which the draws of other occasions stand.
pub const BASE: usize = 32;
/// A supplementary draw after a mended register.
pub const SUPPLEMENTARY: usize = 33;
/// A campaign combined with the month's plan.
pub const COMBINED: usize = 34;
/// A campaign by itself.
pub const CAMPAIGN: usize = 35;
/// Service institutions.
pub const AGENCIES: usize = 36;

/// Repeats a record's draw from its registers: every claim that can be checked
/// holds, and only what is not published is left open.
#[track_caller]
pub fn check(number: &str, record: &Record, previous: Option<&Certificate>) {
    for check in record.verify(previous) {
        let is_right = match check.outcome {
            Outcome::Passed { .. } => true,
            Outcome::NotCheckable { why } => may_lack(&record.register, check.claim, why),
            Outcome::Failed { .. } => false,
        };
        assert!(is_right, "{number} {}: {check:?}", record.name);
    }
}

/// Whether a record really does not publish what a check lacked.
fn may_lack(register: &PublishedRegister, claim: Claim, why: Lacking) -> bool {
    match why {
        Lacking::Publication { .. } => claim == Claim::ValueInTime,
        Lacking::Officers => register.officers.is_none(),
        Lacking::AnnualPlan => register.annual_plan.is_none(),
        Lacking::WithheldUnits { count } => count as usize == register.withheld.len() && count > 0,
        Lacking::Previous => matches!(claim, Claim::Previous | Claim::Occasion),
        _ => false,
    }
}

/// Checks all records, each with the certificate before it.
#[track_caller]
pub fn check_all() {
    let mut previous: Option<Certificate> = None;
    for (number, text) in RECORDS {
        let record = Record::read(text);
        // The same bytes on every platform, not only the same meaning.
        assert!(
            canonical_json(&record).unwrap() == *text,
            "{number} is written differently"
        );
        let follows = record.certificate.previous.is_some();
        check(number, &record, previous.as_ref().filter(|_| follows));
        previous = Some(record.certificate);
    }
}

/// The records show every kind of draw there is.
#[track_caller]
pub fn check_variety() {
    let records: Vec<Record> = RECORDS
        .iter()
        .map(|record| Record::read(record.1))
        .collect();
    let some = |what: &str, holds: &dyn Fn(&Record) -> bool| {
        assert!(records.iter().any(holds), "no record has {what}");
    };
    let modes: BTreeSet<Mode> = records
        .iter()
        .map(|record| record.certificate.commitment.mode)
        .collect();
    let all = BTreeSet::from([Mode::Full, Mode::WithoutEarly, Mode::WhatFits]);
    assert_eq!(modes, all);
    let plan = |record: &Record| record.certificate.commitment.entropy.clone();
    some("local entropy", &|record| {
        plan(record) == EntropyPlan::Local
    });
    some("a public value", &|record| {
        matches!(plan(record), EntropyPlan::PublicValue { .. })
    });
    some("witnesses", &|record| {
        matches!(plan(record), EntropyPlan::Contributions { .. })
    });
    some("a missing reveal", &|record| {
        !record.certificate.missing_reveals.is_empty()
    });
    let is_late = |record: &Record, falls_back: bool| {
        let (EntropyPlan::PublicValue { fallback, .. }, EntropyRecord::PublicValue { from, .. }) =
            (plan(record), &record.certificate.entropy)
        else {
            return false;
        };
        record.certificate.drawn_after_fallback().is_some() && (*from == fallback) == falls_back
    };
    some("a named value taken in late", &|record| {
        is_late(record, false)
    });
    some("a fallback", &|record| is_late(record, true));
    some("withheld units", &|record| {
        !record.register.withheld.is_empty()
    });
    some("no officers", &|record| record.register.officers.is_none());
    some("an early cell", &|record| {
        let cells = &record.certificate.commitment.cells;
        cells
            .iter()
            .any(|cell| cell.cell.to_string() == "E" && cell.quota > 0)
    });
    some("second visits", &|record| {
        record.certificate.commitment.second_quota > 0
    });
    some("carried visits", &|record| {
        !record.certificate.commitment.carried.is_empty()
    });
    some("blocked units", &|record| {
        !record.certificate.commitment.blocked.is_empty()
    });
    let aside = |record: &Record, is: fn(&SetAsideReason) -> bool| {
        record
            .certificate
            .plan
            .set_aside
            .iter()
            .any(|visit| is(&visit.why))
    };
    some("a visit without a pair", &|record| {
        aside(record, |why| matches!(why, SetAsideReason::NoPair { .. }))
    });
    some("a late tail", &|record| {
        aside(record, |why| matches!(why, SetAsideReason::LateTail { .. }))
    });
    some("a contested visit", &|record| {
        aside(record, |why| {
            matches!(why, SetAsideReason::Contested { .. })
        })
    });
    some("another attempt", &|record| {
        record.certificate.plan.attempt > 0
    });
    some("nothing drawn", &|record| {
        record.certificate.draws.is_empty()
    });
    let kinds: Vec<&str> = records[BASE..]
        .iter()
        .map(|record| match &record.certificate.commitment.occasion {
            Occasion::Month => "month",
            Occasion::Supplementary(_) => "supplementary",
            Occasion::Campaign(campaign) if campaign.in_plan.is_empty() => "campaign",
            Occasion::Campaign(_) => "combined",
            Occasion::Register(_) => "register",
        })
        .collect();
    let all = ["month", "supplementary", "combined", "campaign", "register"];
    assert_eq!(kinds, all);
    for record in &records[SUPPLEMENTARY..] {
        assert!(record.certificate.drawn().count() > 0, "{}", record.name);
    }
    let groups = &records[COMBINED].certificate.draws;
    assert_eq!(groups.len(), 2, "taken from the plan, and drawn besides");
    some("5 000 units", &|record| {
        record.register.units.len() >= 5_000
    });
}

/// A record's certificate made anew from its register, with only the entropy and
/// the words of those present taken over; `None` where something is not published.
fn rebuilt(record: &Record) -> Option<Certificate> {
    let (stated, register) = (&record.certificate, &record.register);
    let officers = register.officers.as_deref()?;
    let genesis = Genesis::of(register.annual_plan.as_ref()?).unwrap();
    if !register.withheld.is_empty() {
        return None;
    }
    let month = stated.commitment.month;
    let days = stated.days_of(month.month()).unwrap();
    let design = &stated.design;
    let snapshot = register.snapshot(month).unwrap();
    let holds: Vec<_> = (1..=12)
        .map(|month| month_capacity(&stated.days_of(month).unwrap(), officers, design))
        .collect();
    let pending = snapshot.units.iter().filter(|unit| unit.pending);
    let carried: BTreeSet<CandidateId> = pending.map(|unit| unit.id.clone()).collect();
    let occasion = &stated.commitment.occasion;
    let is_by_rule = occasion.has_cells();
    let blocked = is_by_rule.then(|| blocked_units(&snapshot, &days, officers, design.per_day));
    let sizes = occasion.sizes(&SizeInput {
        snapshot: &snapshot,
        design,
        blocked: &blocked.unwrap_or_default(),
        carried: &carried,
        capacity: std::array::from_fn(|at| holds[at].capacity),
        minimum: std::array::from_fn(|at| holds[at].minimum),
    });
    let roots = Roots {
        units: register.units_root(),
        officers: officers_root(officers),
        working_days: working_days_root(&stated.working_days),
    };
    let entropy = stated.commitment.entropy.clone();
    let number = stated.commitment.number;
    let commitment =
        Commitment::new(genesis, number, &sizes, roots, entropy).for_occasion(occasion.clone());
    let seed = commitment.seed(&stated.entropy).unwrap();
    let result = occasion.draw(&sizes, &snapshot, seed);
    let release = |id: &CandidateId| snapshot.unit(id).and_then(SnapshotUnit::release_date);
    let visits = occasion.visits(result.drawn_in_groups(), &carried);
    let visits = visits
        .into_iter()
        .map(|id| (id.clone(), release(id)))
        .collect();
    Some(Certificate::from_record(&DrawParts {
        commitment: &commitment,
        committed_at: stated.committed_at,
        shown_at: &stated.shown_at,
        entropy: &stated.entropy,
        drawn_at: stated.drawn_at,
        design,
        working_days: &stated.working_days,
        snapshot: &snapshot,
        sizes: &sizes,
        result: &result,
        plan: &occasion.plan(&visits, &days, officers, design.per_day, seed),
        operator: &stated.operator,
        supervisor: &stated.supervisor,
        previous: stated.previous,
    }))
}

/// Draws again what can be drawn again: the same bytes come out.
#[track_caller]
pub fn check_rebuilt() {
    let mut count = 0;
    for (number, text) in RECORDS {
        let record = Record::read(text);
        if let Some(again) = rebuilt(&record) {
            let is_same = again.canonical() == record.certificate.canonical();
            assert!(is_same, "{number} is drawn differently");
            count += 1;
        }
    }
    assert!(count >= 16, "{count}");
}
