//! Lottery numbers: the SHA-256 of a line of text; the smallest win.
//!
//! Anybody can work a number out again with any SHA-256 tool:
//!
//! ```text
//! printf '%s' '76504e3e8e6565a3a3d117493991360a|U1' | sha256sum
//! ```
//!
//! Source: consistent sampling by hash (Rivest 2018, *Consistent Sampling with
//! Replacement*, arXiv 1808.10016), as used in election audits (Stark and Rivest's
//! tools); engine.md, section 1.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};

use crate::engine::calendar::YearMonth;
use crate::model::{CandidateId, ID_CHARS_MAX};

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hexadecimal digits: {text:?}")]
pub struct HashError {
    /// What was refused.
    pub text: String,
}

/// Writes bytes as lower-case hexadecimal digits.
fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    // In pieces of 32 bytes, which all hashes here have: one call of the formatter each.
    for part in bytes.chunks(32) {
        for (pair, byte) in text.chunks_exact_mut(2).zip(part) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        let text = std::str::from_utf8(&text[..part.len() * 2]);
        f.write_str(text.expect("digits are text"))?;
    }
    Ok(())
}

/// The value of a lower-case hexadecimal digit.
pub(crate) const fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Whether a text is lower-case hexadecimal digits alone.
pub(crate) fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| hex_digit(byte).is_some())
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

/// The SHA-256 of bytes that come in parts.
///
/// ```
/// use double_random::engine::lottery::{PartsHash, sha256};
/// let mut hash = PartsHash::default();
/// hash.add(b"double-");
/// hash.add(b"random");
/// assert_eq!(hash.finish(), sha256(b"double-random"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct PartsHash(Sha256);

impl PartsHash {
    /// Takes the next part.
    pub fn add(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The hash of all parts.
    #[must_use]
    pub fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
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

/// What SHA-256 begins with (FIPS 180-4, section 5.3.3).
const INITIAL_STATE: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// Pads a block of `len` ≤ 55 bytes, the others being zero (FIPS 180-4, section 5.1.1).
fn pad(block: &mut [u8; 64], len: usize) {
    block[len] = 0x80;
    // 440 bits at most: two bytes hold their number.
    let bits = (len as u16 * 8).to_be_bytes();
    (block[62], block[63]) = (bits[0], bits[1]);
}

fn bytes_of(state: [u32; 8]) -> [u8; 32] {
    let mut hash = [0; 32];
    for (bytes, word) in hash.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

/// The SHA-256 of the first `len` ≤ 55 bytes of a block, the others being zero
/// (FIPS 180-4, section 6). One call of the compression function: several times
/// faster than the streaming interface on short lines.
fn one_block(mut block: [u8; 64], len: usize) -> [u8; 32] {
    pad(&mut block, len);
    let mut state = INITIAL_STATE;
    compress256(&mut state, &[block]);
    bytes_of(state)
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

/// The command on Windows that works out the ticket of a line, for its command prompt and
/// for PowerShell 5 and later alike.
///
/// ```
/// use double_random::engine::lottery::windows_command;
/// let command = windows_command("76504e3e8e6565a3a3d117493991360a|U1");
/// assert!(command.starts_with("powershell -NoProfile -Command \"[BitConverter]::ToString("));
/// assert!(command.contains("GetBytes('76504e3e8e6565a3a3d117493991360a|U1')"));
/// ```
#[must_use]
pub fn windows_command(line: &str) -> String {
    format!(
        "powershell -NoProfile -Command \"[BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes('{line}'))).Replace('-','').ToLower()\""
    )
}

/// A member of a pool with its lottery number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    // The ticket stands first, so that the derived order is the draw's.
    pub ticket: Ticket,
    pub unit: CandidateId,
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
/// use double_random::model::CandidateId;
/// let key = Key::from_text("76504e3e8e6565a3a3d117493991360a").ok_or("no key")?;
/// let pool = ["U1", "U2", "U3"].map(|id| CandidateId::new(id).expect("an id"));
/// let draw = draw(&key, &pool.each_ref(), 1);
/// assert_eq!((draw.drawn.len(), draw.reserve.len()), (1, 2));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn draw(key: &Key, pool: &[&CandidateId], n: u32) -> Draw {
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
/// Only a few more than `count` are kept and sorted: tickets are spread evenly, so
/// a bound is known beforehand below which enough of them lie. Were there too few
/// after all, all would be sorted; the result is the same.
#[must_use]
pub fn ranking(key: &Key, pool: &[&CandidateId], count: u32) -> Vec<Candidate> {
    let count = pool.len().min(count as usize);
    if count == 0 {
        return Vec::new();
    }
    let mut kept = below(key, pool, bound(count, pool.len()));
    if kept.len() < count {
        kept = below(key, pool, u64::MAX);
    }
    let unit = |at: u32| pool[kept[at as usize].1 as usize];
    let whole = |at: u32| (kept[at as usize].0, unit(at));
    // The first eight bytes nearly always decide, and small things are sorted fast.
    let mut order: Vec<(u64, u32)> = (0..)
        .zip(&kept)
        .map(|(at, (ticket, _))| (ticket.prefix(), at))
        .collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| whole(a.1).cmp(&whole(b.1))));
    let candidate = |&(_, at): &(u64, u32)| Candidate {
        ticket: kept[at as usize].0,
        unit: unit(at).clone(),
    };
    order[..count].iter().map(candidate).collect()
}

/// Tickets whose first eight bytes are at most `bound`, with their places in the pool.
fn below(key: &Key, pool: &[&CandidateId], bound: u64) -> Vec<(Ticket, u32)> {
    let mut line = UnitLine::new(key);
    let mut kept = Vec::new();
    for (at, id) in (0..).zip(pool) {
        let state = line.hash(id);
        if u64::from(state[0]) << 32 | u64::from(state[1]) <= bound {
            kept.push((Ticket(bytes_of(state)), at));
        }
    }
    kept
}

impl Ticket {
    /// Its first eight bytes as a number, in the tickets' own order.
    fn prefix(&self) -> u64 {
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        u64::from_be_bytes(first)
    }
}

/// Below this number lie at least `count` of `size` tickets' first eight bytes, but
/// for a chance smaller than that of a broken computer: how many lie below it has a
/// standard deviation of less than √`count`, and the bound leaves room for eight.
fn bound(count: usize, size: usize) -> u64 {
    let (count, size) = (count as u128, size.max(1) as u128);
    let room = count + 8 * count.isqrt() + 64;
    u64::try_from((room << 64) / size).unwrap_or(u64::MAX)
}

/// The block of a unit's line, filled in as far as it is the same for all units.
struct UnitLine {
    block: [u8; 64],
}

/// Where a unit's id begins in its line: behind the key and `|`.
const ID_AT: usize = 33;

impl UnitLine {
    fn new(key: &Key) -> Self {
        let mut block = [0; 64];
        block[..ID_AT - 1].copy_from_slice(&key.0);
        block[ID_AT - 1] = b'|';
        Self { block }
    }

    /// The hash of the line of an id, which always fits one block: eight words.
    fn hash(&mut self, id: &CandidateId) -> [u32; 8] {
        // All of the id's place is written, so nothing of another id stays behind.
        self.block[ID_AT..ID_AT + ID_CHARS_MAX].copy_from_slice(id.padded());
        self.block[ID_AT + ID_CHARS_MAX] = 0;
        pad(&mut self.block, ID_AT + id.len());
        let mut state = INITIAL_STATE;
        compress256(&mut state, std::slice::from_ref(&self.block));
        state
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

    /// Whatever the bound keeps, the ranking is that of all tickets sorted, also where
    /// ids of several lengths follow each other.
    #[test]
    fn a_ranking_is_the_start_of_the_whole_order() {
        let key = Key::from_text("76504e3e8e6565a3a3d117493991360a").unwrap();
        let ids: Vec<CandidateId> = (0..3000)
            .map(|at| CandidateId::new(format!("NG-{}", at * 37 % 3001)).unwrap())
            .collect();
        let pool: Vec<&CandidateId> = ids.iter().collect();
        let mut whole: Vec<(Ticket, &CandidateId)> = pool
            .iter()
            .map(|id| (key.ticket(&[id.as_str()]), *id))
            .collect();
        whole.sort_unstable();
        for count in [0, 1, 5, 30, 299, 1500, 2999, 3000, u32::MAX] {
            let found = ranking(&key, &pool, count);
            let expected = &whole[..whole.len().min(count as usize)];
            let found: Vec<_> = found.iter().map(|c| (c.ticket, &c.unit)).collect();
            assert_eq!(found, expected, "{count}");
        }
    }

    /// The bound spares the sorting of most, and fails for none of many pools.
    #[test]
    fn the_bound_keeps_enough_and_few_more() {
        let ids: Vec<CandidateId> = (0..2000)
            .map(|at| CandidateId::new(format!("NG-{at:05}")).unwrap())
            .collect();
        let pool: Vec<&CandidateId> = ids.iter().collect();
        for number in 0..200 {
            let key = Key::from_text(&sha256_hex(&number.to_string())[..32]).unwrap();
            let kept = below(&key, &pool, bound(200, pool.len())).len();
            assert!((200..600).contains(&kept), "{kept}");
        }
        assert_eq!(bound(10, 0), u64::MAX);
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
