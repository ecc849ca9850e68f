//! Roots: one hash that binds a whole register without showing it.
//!
//! A unit's leaf is the hash of its drawing fields with a random salt, so that
//! a withheld unit can be published as its leaf alone (engine.md, section 6).

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use crate::engine::duty::OfficerDuty;
use crate::engine::level::PointReason;
use crate::engine::lottery::{Hash, canonical_hash, canonical_json, sha256};
use crate::engine::snapshot::SnapshotUnit;
use crate::model::{CandidateId, DrawLevel, Stratum};

/// Level sums that are remembered while a register is hashed; there are far fewer.
const SUMS_KNOWN_MAX: usize = 200;

/// What a leaf is the hash of; the names of the fields are part of the format.
#[derive(Serialize)]
struct LeafFields<'a> {
    id: &'a CandidateId,
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

/// Writes the canonical JSON of a leaf into `line`.
fn write_leaf(unit: &SnapshotUnit, points: &str, salt: &str, line: &mut String) {
    line.clear();
    let SnapshotUnit { id, count, .. } = unit;
    let last = unit
        .last
        .map_or_else(|| "null".into(), |last| format!("\"{last}\""));
    // Writing to a text cannot fail.
    let _ = write!(
        line,
        "{{\"count\":{count},\"id\":\"{id}\",\"last\":{last},\"level\":{},\"pending\":{},\"points\":{points},\"salt\":\"{salt}\",\"stratum\":\"{}\"}}",
        unit.level.get(),
        unit.pending,
        unit.stratum,
    );
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
    // Their canonical JSON, without a serialiser: with 100 000 leaves it costs a tenth.
    let mut text = String::with_capacity(leaves.len() * 67 + 2);
    text.push('[');
    for (at, leaf) in leaves.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        // Writing to a text cannot fail.
        let _ = write!(text, "{comma}\"{leaf}\"");
    }
    text.push(']');
    sha256(text.as_bytes())
}

/// Whether a salt is written in JSON as it stands.
fn is_plain(salt: &str) -> bool {
    salt.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Canonical JSON of leaves, without a serialiser: a tenth of its cost.
#[derive(Default)]
pub(crate) struct LeafLines {
    /// Points with their JSON; there are few different sums.
    known: Vec<(Vec<(PointReason, i8)>, String)>,
    line: String,
}

impl LeafLines {
    /// A unit's leaf, as [`leaf`] gives it.
    pub fn leaf(&mut self, unit: &SnapshotUnit, points: &[(PointReason, i8)], salt: &str) -> Hash {
        if is_plain(salt) {
            sha256(self.line(unit, points, salt).as_bytes())
        } else {
            leaf(unit, points, salt)
        }
    }

    /// The line of a unit's leaf; its hash is [`leaf`]'s. `salt` is digits and letters.
    pub fn line(&mut self, unit: &SnapshotUnit, points: &[(PointReason, i8)], salt: &str) -> &str {
        debug_assert!(is_plain(salt));
        let place = self.known.iter().position(|(other, _)| other == points);
        let place = place.unwrap_or_else(|| {
            if self.known.len() >= SUMS_KNOWN_MAX {
                self.known.clear();
            }
            let parts = canonical_json(&points).expect("points are words and integers");
            self.known.push((points.to_vec(), parts));
            self.known.len() - 1
        });
        write_leaf(unit, &self.known[place].1, salt, &mut self.line);
        &self.line
    }
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

/// The root of a year's working days, January first, as days of the month: the
/// hash of their canonical JSON.
///
/// # Panics
/// Never: days are small integers.
///
/// ```
/// use double_random::engine::root::working_days_root;
/// let none: [Vec<u32>; 12] = Default::default();
/// assert!(working_days_root(&none).to_string().starts_with("5307a86f"));
/// ```
#[must_use]
pub fn working_days_root(days: &[Vec<u32>; 12]) -> Hash {
    canonical_hash(days).expect("days are small integers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::engine::level::LevelSum;

    #[test]
    fn a_root_is_the_hash_of_the_canonical_list() {
        for count in [0u8, 1, 2, 9] {
            let mut leaves: Vec<Hash> = (0..count).map(|at| sha256(&[at])).collect();
            let found = root(leaves.clone());
            leaves.sort_unstable();
            assert_eq!(found, canonical_hash(&leaves).expect("hashes are texts"));
        }
    }

    #[test]
    fn the_quick_way_gives_the_same_root() {
        let book = demo::brigade(2026, demo::SEED);
        let mut snapshot = book
            .snapshot(book.years[0].months()[4], book.years[0].plan())
            .expect("the demo can be frozen");
        snapshot.units[3].pending = true;
        let sums: Vec<LevelSum> = snapshot
            .units
            .iter()
            .map(|unit| {
                book.level_sum(
                    book.unit_drawn(&unit.id).expect("it is there"),
                    book.years[0].plan(),
                    book.years[0].months()[4],
                )
            })
            .collect();
        let salts = ["", "00112233445566778899aabbccddeeff", "盐\"\\"];
        for salt in salts {
            let slow = snapshot
                .units
                .iter()
                .zip(&sums)
                .map(|(unit, sum)| leaf(unit, &sum.parts, salt));
            let mut lines = LeafLines::default();
            let units = snapshot.units.iter().zip(&sums);
            let quick = units.map(|(unit, sum)| lines.leaf(unit, &sum.parts, salt));
            assert_eq!(root(quick.collect()), root(slow.collect()));
        }
    }
}
