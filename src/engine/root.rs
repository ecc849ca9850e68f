//! Roots: one hash that binds a whole register without showing it.
//!
//! A unit's leaf is the hash of its drawing fields with a random salt, so that
//! a withheld unit can be published as its leaf alone (engine.md, section 6).

use chrono::NaiveDate;
use serde::Serialize;

use crate::engine::duty::OfficerDuty;
use crate::engine::level::{LevelSum, PointReason};
use crate::engine::lottery::{Hash, canonical_hash};
use crate::engine::snapshot::{Snapshot, SnapshotUnit};
use crate::model::{DrawLevel, Stratum, UnitId};

/// What a leaf is the hash of; the names of the fields are part of the format.
#[derive(Serialize)]
struct LeafFields<'a> {
    id: &'a UnitId,
    stratum: Stratum,
    level: DrawLevel,
    points: &'a [(PointReason, i8)],
    count: u32,
    last: Option<NaiveDate>,
    pending: bool,
    salt: &'a str,
}

/// The leaf of one unit: the hash of the canonical JSON of id, stratum, level
/// with its points, count, last, pending and salt.
///
/// # Panics
/// Never: texts and small integers always have a canonical form.
#[must_use]
pub fn leaf(unit: &SnapshotUnit, points: &[(PointReason, i8)], salt: &str) -> Hash {
    let fields = LeafFields {
        id: &unit.id,
        stratum: unit.stratum,
        level: unit.level,
        points,
        count: unit.count,
        last: unit.last,
        pending: unit.pending,
        salt,
    };
    canonical_hash(&fields).expect("texts and small integers always have a canonical form")
}

/// The root over leaves in any order: the hash of the canonical JSON of the
/// sorted leaves.
///
/// # Panics
/// Never: hashes are texts.
///
/// ```
/// use double_random::engine::lottery::sha256;
/// use double_random::engine::root::root;
/// let (one, other) = (sha256(b"1"), sha256(b"2"));
/// assert_eq!(root(vec![one, other]), root(vec![other, one]));
/// ```
#[must_use]
pub fn root(mut leaves: Vec<Hash>) -> Hash {
    leaves.sort_unstable();
    canonical_hash(&leaves).expect("hashes are texts")
}

/// The root of the unit register. `sum_of` gives the level sum of the unit at a
/// place of the snapshot, `salt_of` the salt of a unit.
pub fn snapshot_root<'a>(
    snapshot: &Snapshot,
    sum_of: impl Fn(usize) -> &'a LevelSum,
    salt_of: impl Fn(&UnitId) -> &'a str,
) -> Hash {
    let leaves = snapshot.units.iter().enumerate();
    root(
        leaves
            .map(|(at, unit)| leaf(unit, &sum_of(at).parts, salt_of(&unit.id)))
            .collect(),
    )
}

/// The root of the officer register with leave and avoidance.
///
/// # Panics
/// Never: a duty holds texts, dates and flags.
#[must_use]
pub fn officers_root(officers: &[OfficerDuty]) -> Hash {
    let leaf = |duty| canonical_hash(duty).expect("a duty holds texts, dates and flags");
    root(officers.iter().map(leaf).collect())
}
