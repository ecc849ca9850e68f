//! What a save consists of: texts and parts in order, which joined are its text.
//!
//! A part is kept once under the hash of what is stored, however many saves name it:
//! the key is its checksum. A manifest is small, and stands where today's reader of a
//! save looks first: in a slot, or as a snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::slot::{self, Header, SlotError};
use super::{Storage, StorageError, columns, packing, utf16_units};
use crate::engine::lottery::sha256_hex;

/// What the keys of parts begin with; the name of the part follows.
pub const PART_PREFIX: &str = "double-random.part.v1.";
/// Bytes of a part's hash that make its name: enough that no two parts ever share one.
const NAME_BYTES: usize = 16;
/// Bytes that a save may unfold to: a damaged one must not fill the memory.
const JOINED_BYTES_MAX: usize = 2 * packing::TEXT_BYTES_MAX;

/// Name of a part: the beginning of the hash of what is stored, in hex.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartName(String);

impl PartName {
    /// The name of a packed part.
    #[must_use]
    pub fn of(packed: &str) -> Self {
        let mut digits = sha256_hex(packed);
        digits.truncate(2 * NAME_BYTES);
        Self(digits)
    }

    /// The key under which it is kept.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{PART_PREFIX}{self}")
    }

    /// The part that is kept under `key`.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        key.strip_prefix(PART_PREFIX)
            .map(|name| Self(name.to_owned()))
    }

    /// Names in a list, as [`list`] writes it.
    pub(super) fn listed(text: &str) -> BTreeSet<Self> {
        text.split_whitespace()
            .map(|name| Self(name.to_owned()))
            .collect()
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names as a text.
pub(super) fn list(names: &BTreeSet<PartName>) -> String {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    names.join(" ")
}

/// A piece of a save's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Piece {
    /// It stands here.
    Text(String),
    /// It is this part.
    Part(PartName),
}

/// A text cut into pieces, to be saved.
///
/// ```
/// use double_random::store::Cut;
/// let mut cut = Cut::default();
/// cut.push_text("[");
/// cut.push_rows("1,2,3");
/// cut.push_text("]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cut {
    pub(super) pieces: Vec<Piece>,
    /// As [`Header::paging`].
    pub(super) paging: String,
    /// What is stored of parts that the store may not have yet.
    pub(super) packed: BTreeMap<PartName, String>,
}

impl Cut {
    /// A text in the manifest itself, for what is short.
    pub fn push_text(&mut self, text: impl Into<String>) {
        self.pieces.push(Piece::Text(text.into()));
    }

    /// A part of its own; its name.
    pub fn push_rows(&mut self, text: &str) -> PartName {
        let packed = columns::pack(text);
        let name = PartName::of(&packed);
        self.packed.insert(name.clone(), packed);
        self.push_part(name.clone());
        name
    }

    /// A part that the store has.
    pub fn push_part(&mut self, name: PartName) {
        self.pieces.push(Piece::Part(name));
    }

    /// UTF-16 units of the parts that were packed for it.
    #[must_use]
    pub fn units(&self) -> u64 {
        self.packed.values().map(|packed| utf16_units(packed)).sum()
    }

    /// The parts that it names.
    pub(super) fn names(&self) -> BTreeSet<PartName> {
        names(&self.pieces)
    }

    /// The manifest, as it is stored.
    pub(super) fn seal(&self, header: &Header) -> String {
        let text = serde_json::to_string(&self.pieces).expect("texts are always JSON");
        slot::seal(header, &text)
    }
}

fn names(pieces: &[Piece]) -> BTreeSet<PartName> {
    let parts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Part(name) => Some(name.clone()),
    });
    parts.collect()
}

/// The pieces of a stored save; of the first layout, which had no parts, its text.
fn pieces_of(raw: &str) -> Result<(Header, Vec<Piece>), SlotError> {
    let (header, text) = slot::open(raw)?;
    let pieces = if header.store == slot::LAYOUT_WHOLE {
        vec![Piece::Text(text)]
    } else {
        serde_json::from_str(&text).map_err(|_| SlotError::Manifest)?
    };
    Ok((header, pieces))
}

/// A stored save without what it was packed of.
pub(super) fn cut_of(raw: &str) -> Result<Cut, SlotError> {
    let (Header { paging, .. }, pieces) = pieces_of(raw)?;
    let packed = BTreeMap::new();
    Ok(Cut {
        pieces,
        paging,
        packed,
    })
}

/// The parts that a stored save names.
pub(super) fn names_in(raw: &str) -> Result<BTreeSet<PartName>, SlotError> {
    // Of the first layout nothing need be read: it has none.
    if slot::peek(raw)?.store == slot::LAYOUT_WHOLE {
        return Ok(BTreeSet::new());
    }
    pieces_of(raw).map(|(_, pieces)| names(&pieces))
}

/// A part as it is stored, if it is there and whole.
fn packed_part(storage: &impl Storage, name: &PartName) -> Result<Option<String>, StorageError> {
    let packed = storage.get(&name.key())?;
    Ok(packed.filter(|packed| PartName::of(packed) == *name))
}

/// The text of a stored save with all its parts.
pub(super) fn text_of(
    storage: &impl Storage,
    raw: &str,
) -> Result<Result<String, SlotError>, StorageError> {
    let pieces = match pieces_of(raw) {
        Ok((_, pieces)) => pieces,
        Err(error) => return Ok(Err(error)),
    };
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Part(name) => {
                let Some(packed) = packed_part(storage, &name)? else {
                    return Ok(Err(SlotError::Part));
                };
                if let Err(error) = columns::unpack_onto(&packed, &mut text) {
                    return Ok(Err(error.into()));
                }
            }
        }
        if text.len() > JOINED_BYTES_MAX {
            return Ok(Err(SlotError::Manifest));
        }
    }
    Ok(Ok(text))
}

/// What can still be read of a damaged save, as a text for people: its pieces as far
/// as they are there; else what is stored. Then each of `others`, on lines of its own.
pub(super) fn remains(
    storage: &impl Storage,
    raw: &str,
    others: &BTreeSet<PartName>,
) -> Result<String, StorageError> {
    let readable = |name: &PartName| -> Result<String, StorageError> {
        let packed = storage.get(&name.key())?.unwrap_or_default();
        Ok(columns::unpack(&packed).unwrap_or(packed))
    };
    let Ok((_, pieces)) = pieces_of(raw) else {
        // A manifest says nothing to people; a whole text that lost its header does.
        let is_manifest = slot::peek(raw).is_ok_and(|it| it.store > slot::LAYOUT_WHOLE);
        let packed = raw.split_once('\n').filter(|_| !is_manifest);
        let unpacked = packed.and_then(|(_, packed)| packing::unpack(packed).ok());
        let mut text = unpacked.unwrap_or_else(|| raw.to_owned());
        for name in others {
            text.push('\n');
            text.push_str(&readable(name)?);
        }
        return Ok(text);
    };
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Part(name) => text.push_str(&readable(&name)?),
        }
    }
    Ok(text)
}
