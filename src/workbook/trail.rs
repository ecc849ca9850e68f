//! 操作记录: the trail of every change, as a hash chain.
//!
//! Each entry's hash covers its own content and the hash before it, so that an
//! entry that was changed or taken out later breaks the chain from there on. The
//! end of the chain stands in every commitment, and so in what is published, so that
//! it cannot be cut off unseen either.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::event::Event;
use super::{DrawRecord, Trail, Workbook};
use crate::engine::ceremony::TrailHead;
use crate::engine::lottery::{Hash, sha256_hex};
use crate::engine::pace::{Advance, AtOnce, Pace, at_once};

/// What stands before the first entry.
pub const CHAIN_START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One change of the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TrailEntry {
    /// Position in the trail, from 1.
    pub number: u32,
    /// When, in local time.
    pub at: NaiveDateTime,
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

/// Entries between two rests.
const ENTRIES_A_REST: usize = 16;

impl TrailEntry {
    /// What it says.
    #[must_use]
    pub fn event(&self) -> Event {
        Event::read(self.action.clone(), self.detail.clone())
    }

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
        sha256_hex(&text)
    }
}

/// Adds an entry behind the last one.
pub fn append(trail: &mut Trail, at: NaiveDateTime, who: &str, why: &str, event: &Event) {
    let previous = trail
        .last()
        .map_or_else(|| CHAIN_START.to_owned(), |last| last.hash.clone());
    let mut entry = TrailEntry {
        number: trail.len() as u32 + 1,
        at,
        who: who.to_owned(),
        action: event.action().to_owned(),
        why: why.to_owned(),
        detail: event.detail(),
        previous,
        hash: String::new(),
    };
    entry.hash = entry.expected_hash();
    trail.push(entry);
}

/// The number of the first entry that does not fit the chain; none if all do.
#[must_use]
pub fn first_break(trail: &[TrailEntry]) -> Option<u32> {
    at_once(first_break_at(trail, &AtOnce))
}

/// As [`first_break`], at any pace: each entry is hashed.
pub async fn first_break_at(trail: &[TrailEntry], pace: &impl Pace) -> Option<u32> {
    let mut previous = CHAIN_START;
    for (index, entry) in trail.iter().enumerate() {
        if index % ENTRIES_A_REST == 0 {
            pace.rest(Advance::running(index, trail.len())).await;
        }
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

/// The entry with a number: where it should stand, else, in a chain that is broken, elsewhere.
#[must_use]
pub fn numbered(trail: &[TrailEntry], number: u32) -> Option<&TrailEntry> {
    let is_it = |entry: &&TrailEntry| entry.number == number;
    let at = trail.get(number.checked_sub(1)? as usize);
    at.filter(is_it).or_else(|| trail.iter().find(is_it))
}

/// Where the trail ends now.
#[must_use]
pub fn head(trail: &[TrailEntry]) -> TrailHead {
    // A hash that is none breaks the chain anyway, which is said elsewhere.
    let hash = trail.last().and_then(|last| last.hash.parse().ok());
    TrailHead {
        entries: trail.len() as u32,
        hash: hash.unwrap_or(Hash([0; 32])),
    }
}

/// Entries that were there when a draw was committed to, and are not any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailCut {
    /// The draw.
    pub number: u32,
    /// How many entries its commitment counts before its own.
    pub entries: u32,
}

impl Workbook {
    /// The first draw whose commitment names an end of the trail that is not in it any
    /// more, or whose own entries are not. [`first_break`] cannot see this: a chain whose
    /// end is cut off, or written anew, still holds.
    #[must_use]
    pub fn trail_cut(&self) -> Option<TrailCut> {
        let known = self
            .draws()
            .filter_map(|draw| Some((draw, draw.trail_head()?)));
        let mut cuts = known.filter(|(draw, known)| !self.trail_holds(draw, *known));
        cuts.next().map(|(draw, known)| TrailCut {
            number: draw.number,
            entries: known.entries,
        })
    }

    /// Whether the trail goes through the end that a draw's commitment names, and on to
    /// the draw's own entries.
    fn trail_holds(&self, draw: &DrawRecord, known: TrailHead) -> bool {
        let Some((before, since)) = self.trail.split_at_checked(known.entries as usize) else {
            return false;
        };
        let says = |said: fn(&Event) -> Option<Hash>, hash: Hash| {
            let mut events = since.iter().map(TrailEntry::event);
            events.any(|event| said(&event) == Some(hash))
        };
        let (committed, drawn) = (draw.committed.as_ref(), draw.drawn.as_ref());
        head(before) == known
            && committed.is_none_or(|committed| says(Event::commitment, committed.hash))
            && drawn.is_none_or(|drawn| says(Event::certificate, drawn.certificate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<TrailEntry> {
        let at = chrono::NaiveDate::from_ymd_opt(2026, 7, 30)
            .unwrap()
            .and_hms_opt(9, 42, 0)
            .unwrap();
        let mut trail = Trail::default();
        for action in ["start", "add_unit", "edit_unit"] {
            let event = Event::read(action.to_owned(), json!({ "id": "NG-00001" }));
            append(&mut trail, at, "沙维新", "", &event);
        }
        trail.to_vec()
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
        let number = |number| numbered(&removed, number).map(|entry| entry.number);
        assert_eq!(
            [0, 1, 2, 3, 4].map(number),
            [None, None, Some(2), Some(3), None]
        );
    }

    #[test]
    fn the_chain_survives_json() {
        let text = serde_json::to_string(&sample()).unwrap();
        let back: Vec<TrailEntry> = serde_json::from_str(&text).unwrap();
        assert_eq!(first_break(&back), None);
    }
}
