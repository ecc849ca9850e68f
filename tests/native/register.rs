//! A small made-up register that tests of draws share.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{Seed, sha256};
use double_random::engine::snapshot::SnapshotUnit;
use double_random::model::{CandidateId, DrawLevel, OfficerId, Stratum};

pub fn id(number: usize) -> CandidateId {
    CandidateId::new(format!("NG-{number:05}")).unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn unit(number: usize) -> SnapshotUnit {
    SnapshotUnit {
        id: id(number),
        stratum: Stratum::ALL[[0, 1, 1, 2, 2, 2, 2][number % 7]],
        level: DrawLevel::from_points((number % 5) as i32),
        count: 0,
        last: (number % 4 == 1).then(|| date("2025-10-20")),
        pending: false,
    }
}

pub fn officers(count: usize) -> Vec<OfficerDuty> {
    let officer = |number: usize| OfficerDuty {
        id: OfficerId::new(format!("P{number:02}")).unwrap(),
        lead: number % 3 != 2,
        certificate_until: None,
        absent: BTreeSet::new(),
        avoid: BTreeSet::from([id(number), id(number + 20)]),
    };
    (0..count).map(officer).collect()
}

pub fn seed(text: &str) -> Seed {
    Seed(sha256(text.as_bytes()).0)
}
