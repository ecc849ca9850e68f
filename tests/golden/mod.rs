//! Golden records: whole draws, frozen. The same files are checked natively and
//! in the browser, so that a difference of platform shows.

#![allow(clippy::unwrap_used, dead_code)]

use std::collections::BTreeSet;

use double_random::engine::ceremony::EntropyPlan;
use double_random::engine::certificate::Certificate;
use double_random::engine::lottery::canonical_json;
use double_random::engine::month::SetAsideReason;
use double_random::engine::occasion::Occasion;
use double_random::engine::quota::Mode;
use double_random::engine::register::PublishedRegister;
use double_random::engine::verify::{Check, Claim, Lacking, Outcome, verify};
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
        Lacking::Officers => register.officers.is_none(),
        Lacking::AnnualPlan => register.annual_plan.is_none(),
        Lacking::WithheldUnits { count } => count as usize == register.withheld.len() && count > 0,
        Lacking::Previous => claim == Claim::Previous,
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
