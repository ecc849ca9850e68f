//! Lottery numbers: the SHA-256 of a line of text; the smallest win.
//!
//! Anybody can work a number out again with any SHA-256 tool:
//!
//! ```text
//! printf '%s' '76504e3e8e6565a3a3d117493991360a|U1' | sha256sum
//! ```
//!
//! Source: Rivest's consistent sampling by hash, as used in election audits
//! (Stark and Rivest's tools); engine.md, section 1.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};

use crate::engine::calendar::YearMonth;
use crate::model::UnitId;

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hexadecimal digits: {text:?}")]
pub struct HashError {
    /// What was refused.
    pub text: String,
}

/// Writes bytes as lower-case hexadecimal digits.
fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// The value of a lower-case hexadecimal digit.
fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Reads 64 lower-case hexadecimal digits.
fn parse_hex(text: &str) -> Result<[u8; 32], HashError> {
    let refused = || HashError {
        text: text.to_owned(),
    };
    if text.len() != 64 {
        return Err(refused());
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let (high, low) = (hex_digit(pair[0]), hex_digit(pair[1]));
        *byte = high
            .zip(low)
            .map(|(high, low)| high << 4 | low)
            .ok_or_else(refused)?;
    }
    Ok(bytes)
}

macro_rules! hash_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Shown, read and stored as 64 lower-case hexadecimal digits; ordered
        /// as that text.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub [u8; 32]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(f, &self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(f, &self.0)
            }
        }

        impl FromStr for $name {
            type Err = HashError;
            fn from_str(text: &str) -> Result<Self, HashError> {
                parse_hex(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = HashError;
            fn try_from(text: String) -> Result<Self, HashError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(hash: $name) -> Self {
                hash.to_string()
            }
        }
    };
}

hash_type! {
    /// A SHA-256 hash of anything: a commitment, a register root, a certificate.
    Hash
}
hash_type! {
    /// The hash of the frozen annual plan: the root of a year's draws.
    Genesis
}
hash_type! {
    /// The seed of one numbered draw.
    Seed
}
hash_type! {
    /// A lottery number.
    Ticket
}

/// The SHA-256 of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// The SHA-256 of a line, as 64 lower-case hexadecimal digits.
///
/// ```
/// use double_random::engine::lottery::sha256_hex;
/// let number = sha256_hex("76504e3e8e6565a3a3d117493991360a|U1");
/// assert!(number.starts_with("cc6796809a43968f"));
/// ```
#[must_use]
pub fn sha256_hex(line: &str) -> String {
    sha256(line.as_bytes()).to_string()
}

/// Why a value has no canonical JSON: it cannot be serialised, or holds a
/// number that is not an integer.
#[derive(Debug, thiserror::Error)]
#[error("no canonical JSON")]
pub struct CanonicalError(#[from] serde_json::Error);

/// Canonical JSON (RFC 8785).
///
/// # Errors
/// [`CanonicalError`] if `value` cannot be written as JSON.
pub fn canonical_json<T: Serialize>(value: &T) -> Result<String, CanonicalError> {
    Ok(serde_json_canonicalizer::to_string(value)?)
}

/// The SHA-256 of the canonical JSON of `value`.
///
/// # Errors
/// As [`canonical_json`].
pub fn canonical_hash<T: Serialize>(value: &T) -> Result<Hash, CanonicalError> {
    Ok(sha256(canonical_json(value)?.as_bytes()))
}

impl Genesis {
    /// The genesis of a frozen annual plan.
    ///
    /// # Errors
    /// As [`canonical_json`].
    pub fn of<T: Serialize>(annual_plan: &T) -> Result<Self, CanonicalError> {
        Ok(Self(canonical_hash(annual_plan)?.0))
    }
}

/// The line whose hash is the seed; shown beside it.
#[must_use]
pub fn seed_line(month: YearMonth, number: u32, genesis: Genesis, entropy: Hash) -> String {
    format!("frs1|seed|{month}|{number}|{genesis}|{entropy}")
}

/// The seed of draw `number` (counted through the year from 1) for `month`;
/// `entropy` is the hash of the entropy record.
#[must_use]
pub fn seed(month: YearMonth, number: u32, genesis: Genesis, entropy: Hash) -> Seed {
    Seed(sha256(seed_line(month, number, genesis, entropy).as_bytes()).0)
}

/// What a key is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// First visits.
    DrawFirst,
    /// Second visits.
    DrawSecond,
    /// Days, attempt 0…19.
    Day(u32),
    /// Teams, attempt 0…19.
    Team(u32),
    /// A campaign, by its id.
    Campaign(String),
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DrawFirst => f.write_str("draw/first"),
            Self::DrawSecond => f.write_str("draw/second"),
            Self::Day(attempt) => write!(f, "day/{attempt}"),
            Self::Team(attempt) => write!(f, "team/{attempt}"),
            Self::Campaign(id) => write!(f, "campaign/{id}"),
        }
    }
}

/// The key of a purpose: 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

/// The key of `purpose` under `seed`.
#[must_use]
pub fn key(purpose: &Purpose, seed: Seed) -> Key {
    let hash = sha256(format!("frs1|key|{purpose}|{seed}").as_bytes()).to_string();
    let mut digits = [0; 32];
    digits.copy_from_slice(&hash.as_bytes()[..32]);
    Key(digits)
}

impl Key {
    /// The key with this text, 32 lower-case hexadecimal digits; for checking
    /// numbers that came on paper.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let digits: [u8; 32] = text.as_bytes().try_into().ok()?;
        digits
            .iter()
            .all(|byte| hex_digit(*byte).is_some())
            .then_some(Self(digits))
    }

    /// The key as text.
    ///
    /// # Panics
    /// Never: a key is made of ASCII digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("hexadecimal digits are ASCII")
    }

    /// The line whose hash is the ticket of `parts`.
    #[must_use]
    pub fn line(&self, parts: &[&str]) -> String {
        let mut line = self.as_str().to_owned();
        for part in parts {
            line.push('|');
            line.push_str(part);
        }
        line
    }

    /// The ticket of `parts`.
    #[must_use]
    pub fn ticket(&self, parts: &[&str]) -> Ticket {
        let len = self.0.len() + parts.iter().map(|part| part.len() + 1).sum::<usize>();
        if len > LINE_BYTES_MAX {
            return Ticket(sha256(self.line(parts).as_bytes()).0);
        }
        let mut block = [0; 64];
        block[..self.0.len()].copy_from_slice(&self.0);
        let mut at = self.0.len();
        for part in parts {
            block[at] = b'|';
            block[at + 1..=at + part.len()].copy_from_slice(part.as_bytes());
            at += part.len() + 1;
        }
        Ticket(one_block(block, at))
    }
}

/// Longest line that fits one SHA-256 block with its padding.
const LINE_BYTES_MAX: usize = 55;

/// The SHA-256 of the first `len` ≤ 55 bytes of a block, the others being zero
/// (FIPS 180-4, sections 5 and 6). One call of the compression function:
/// several times faster than the streaming interface on short lines.
fn one_block(mut block: [u8; 64], len: usize) -> [u8; 32] {
    let mut state: [u32; 8] = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    block[len] = 0x80;
    block[56..].copy_from_slice(&(len as u64 * 8).to_be_bytes());
    compress256(&mut state, &[block]);
    let mut hash = [0; 32];
    for (bytes, word) in hash.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The one-line command with which anybody works a ticket out again.
///
/// ```
/// use double_random::engine::lottery::{Key, ticket_command};
/// let key = Key::from_text("76504e3e8e6565a3a3d117493991360a").ok_or("no key")?;
/// assert_eq!(
///     ticket_command(&key, &["U1"]),
///     "printf '%s' '76504e3e8e6565a3a3d117493991360a|U1' | sha256sum",
/// );
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn ticket_command(key: &Key, parts: &[&str]) -> String {
    format!("printf '%s' '{}' | sha256sum", key.line(parts))
}

/// A member of a pool with its lottery number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Candidate {
    // The ticket stands first, so that the derived order is the draw's.
    /// Its ticket.
    pub ticket: Ticket,
    /// The unit.
    pub unit: UnitId,
}

/// What one draw from one pool gives, in order of ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Draw {
    /// The drawn, ranks 1…n.
    pub drawn: Vec<Candidate>,
    /// The published reserve, ranks n + 1 and on.
    pub reserve: Vec<Candidate>,
}

/// How many of the reserve are published with `n` drawn: max(5, ⌊n/5⌋).
#[must_use]
pub const fn reserve_published(n: u32) -> u32 {
    if n / 5 > 5 { n / 5 } else { 5 }
}

/// Draws `n` of `pool` (all of it if there are fewer): the `n` smallest
/// tickets, then the published reserve.
///
/// Simple random sampling without replacement: every member has exactly the
/// chance n/R, R = size of the pool (Cochran 1977, ch. 2). The order and the
/// repetitions of `pool` do not matter; ids are unique in a snapshot.
///
/// ```
/// use double_random::engine::lottery::{Key, draw};
/// use double_random::model::UnitId;
/// let key = Key::from_text("76504e3e8e6565a3a3d117493991360a").ok_or("no key")?;
/// let pool = ["U1", "U2", "U3"].map(|id| UnitId::new(id).expect("an id"));
/// let draw = draw(&key, &pool.each_ref(), 1);
/// assert_eq!((draw.drawn.len(), draw.reserve.len()), (1, 2));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn draw(key: &Key, pool: &[&UnitId], n: u32) -> Draw {
    let mut order = ranking(key, pool, n.saturating_add(reserve_published(n)));
    let reserve = order.split_off(order.len().min(n as usize));
    Draw {
        drawn: order,
        reserve,
    }
}

/// The first `count` members of `pool` in order of ticket; `u32::MAX` for all.
/// Ties (never) by id. At most `u32::MAX` members are looked at.
///
/// Only these are sorted: the others are told apart by selection, in linear
/// time, over a flat array of the tickets' first eight bytes.
#[must_use]
pub fn ranking(key: &Key, pool: &[&UnitId], count: u32) -> Vec<Candidate> {
    if count == 0 {
        return Vec::new();
    }
    let ticket = |at: u32| key.ticket(&[pool[at as usize].as_str()]);
    let mut order: Vec<(u64, u32)> = (0..)
        .zip(pool)
        .map(|(at, _)| (ticket(at).prefix(), at))
        .collect();
    let whole = |at: u32| (ticket(at), pool[at as usize]);
    // Two tickets with the same first eight bytes are rare, and then worked out again.
    let compare =
        |a: &(u64, u32), b: &(u64, u32)| a.0.cmp(&b.0).then_with(|| whole(a.1).cmp(&whole(b.1)));
    if (count as usize) < order.len() {
        order.select_nth_unstable_by(count as usize - 1, compare);
        order.truncate(count as usize);
    }
    order.sort_unstable_by(compare);
    let candidate = |(_, at)| Candidate {
        ticket: ticket(at),
        unit: pool[at as usize].clone(),
    };
    order.into_iter().map(candidate).collect()
}

impl Ticket {
    /// Its first eight bytes as a number, in the tickets' own order.
    fn prefix(&self) -> u64 {
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        u64::from_be_bytes(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of every length on both sides of the one-block limit.
    #[test]
    fn one_block_is_the_same_hash() {
        let key = Key::from_text("76504e3e8e6565a3a3d117493991360a").unwrap();
        for length in 0..60 {
            let part = "x".repeat(length);
            let whole = sha256(key.line(&[&part, "1"]).as_bytes());
            assert_eq!(key.ticket(&[&part, "1"]).0, whole.0, "{length}");
        }
    }

    #[test]
    fn hashes_are_read_strictly() {
        let text = sha256_hex("frs1");
        assert_eq!(text.parse::<Hash>().unwrap().to_string(), text);
        for bad in [
            &text[1..],
            &text.to_uppercase(),
            "",
            &text.replace('a', "g"),
        ] {
            assert!(bad.parse::<Hash>().is_err());
        }
    }
}
