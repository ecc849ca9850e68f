//! The brigade's own record of a golden draw: what was published, completed by
//! what was not (`hidden.json`: withheld units and unpublished officers). The
//! roots in the commitment bind it.

#![allow(clippy::unwrap_used, dead_code)]

use std::collections::{BTreeMap, BTreeSet};

use double_random::engine::draw::{MonthSizes, SizeInput, sizes};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::register::{Leaf, PublishedRegister};
use double_random::engine::root::officers_root;
use double_random::engine::snapshot::Snapshot;
use double_random::model::CandidateId;
use serde::Deserialize;

use super::golden::{RECORDS, Record};

/// Records of a month's ordinary draw: the first of [`RECORDS`].
pub const MONTHLY: usize = 32;

#[derive(Deserialize)]
struct Hidden {
    units: Vec<Leaf>,
    officers: Option<Vec<OfficerDuty>>,
}

/// A draw as its brigade knows it.
pub struct Own {
    pub record: Record,
    pub snapshot: Snapshot,
    pub sizes: MonthSizes,
    pub officers: Vec<OfficerDuty>,
}

/// All records of a month's ordinary draw.
pub fn own_records() -> impl Iterator<Item = (&'static str, Own)> {
    let mut hidden: BTreeMap<String, Hidden> =
        serde_json::from_str(include_str!("hidden.json")).unwrap();
    RECORDS[..MONTHLY].iter().map(move |(number, text)| {
        let record = Record::read(text);
        (*number, Own::new(record, hidden.remove(*number)))
    })
}

impl Own {
    fn new(record: Record, hidden: Option<Hidden>) -> Self {
        let commitment = record.certificate.commitment.clone();
        let Hidden { units, officers } = hidden.unwrap_or(Hidden {
            units: Vec::new(),
            officers: None,
        });
        let leaves: Vec<Leaf> = record.register.units.iter().cloned().chain(units).collect();
        let whole = PublishedRegister::new(leaves, &BTreeSet::new(), None, None);
        assert_eq!(whole.units_root(), commitment.snapshot_root);
        let officers = record.register.officers.clone().or(officers).unwrap();
        assert_eq!(officers_root(&officers), commitment.officers_root);
        let snapshot = whole.snapshot(commitment.month).unwrap();
        let carried: BTreeSet<CandidateId> = commitment.carried.iter().cloned().collect();
        let sizes = sizes(&SizeInput {
            snapshot: &snapshot,
            design: &record.certificate.design,
            blocked: &commitment.blocked,
            carried: &carried,
            capacity: record.certificate.capacity,
            minimum: record.certificate.minimum,
        });
        assert_eq!(sizes.cells, commitment.cells);
        Self {
            record,
            snapshot,
            sizes,
            officers,
        }
    }
}
