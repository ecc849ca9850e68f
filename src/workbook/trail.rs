//! 操作记录: the trail of every change, as a hash chain.
//!
//! Each entry's hash covers its own content and the hash before it, so that an
//! entry that was changed or taken out later breaks the chain from there on.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What stands before the first entry.
pub const CHAIN_START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One change of the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TrailEntry {
    /// Position in the trail, from 1.
    pub number: u32,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who.
    pub who: String,
    /// Name of the action, such as `edit_unit`.
    pub action: String,
    /// Why, where a reason was asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// What the action did, in data.
    #[serde(default)]
    pub detail: Value,
    /// Hash of the entry before, 64 hex digits.
    pub previous: String,
    /// Hash of this entry, 64 hex digits.
    pub hash: String,
}

impl TrailEntry {
    /// The hash that the entry's content demands.
    fn expected_hash(&self) -> String {
        let content = json!({
            "number": self.number,
            "at": self.at,
            "who": self.who,
            "action": self.action,
            "why": self.why,
            "detail": self.detail,
            "previous": self.previous,
        });
        let text = serde_json_canonicalizer::to_string(&content)
            .expect("texts, integers and maps always have a canonical form");
        Sha256::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// Adds an entry behind the last one.
pub fn append(
    trail: &mut Vec<TrailEntry>,
    at: NaiveDateTime,
    who: &str,
    action: &str,
    why: &str,
    detail: Value,
) {
    let previous = trail
        .last()
        .map_or_else(|| CHAIN_START.to_owned(), |last| last.hash.clone());
    let mut entry = TrailEntry {
        number: trail.len() as u32 + 1,
        at,
        who: who.to_owned(),
        action: action.to_owned(),
        why: why.to_owned(),
        detail,
        previous,
        hash: String::new(),
    };
    entry.hash = entry.expected_hash();
    trail.push(entry);
}

/// The number of the first entry that does not fit the chain; none if all do.
#[must_use]
pub fn first_break(trail: &[TrailEntry]) -> Option<u32> {
    let mut previous = CHAIN_START;
    for (index, entry) in trail.iter().enumerate() {
        let fits = entry.number as usize == index + 1
            && entry.previous == previous
            && entry.hash == entry.expected_hash();
        if !fits {
            return Some(index as u32 + 1);
        }
        previous = &entry.hash;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<TrailEntry> {
        let at = chrono::NaiveDate::from_ymd_opt(2026, 7, 30)
            .unwrap()
            .and_hms_opt(9, 42, 0)
            .unwrap();
        let mut trail = Vec::new();
        for action in ["start", "add_unit", "edit_unit"] {
            append(
                &mut trail,
                at,
                "沙维新",
                action,
                "",
                json!({ "id": "NG-00001" }),
            );
        }
        trail
    }

    #[test]
    fn an_untouched_trail_holds() {
        assert_eq!(first_break(&sample()), None);
    }

    #[test]
    fn a_changed_or_removed_entry_breaks_the_chain_there() {
        let mut changed = sample();
        changed[1].who = "别人".into();
        assert_eq!(first_break(&changed), Some(2));
        let mut removed = sample();
        removed.remove(0);
        assert_eq!(first_break(&removed), Some(1));
    }

    #[test]
    fn the_chain_survives_json() {
        let text = serde_json::to_string(&sample()).unwrap();
        let back: Vec<TrailEntry> = serde_json::from_str(&text).unwrap();
        assert_eq!(first_break(&back), None);
    }
}
