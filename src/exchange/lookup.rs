//! Units of a published draw by what somebody types: an id in any case, or a published
//! name or a part of it; and which code is typed: a short code, a QR code's text or a commitment.

use crate::engine::certificate::{Certificate, is_short_code};
use crate::engine::lottery::Hash;
use crate::model::CandidateId;
use crate::model::credit_code::half_width;

/// Full width to half width, and no spaces: how ids and names are compared.
pub(super) fn folded(text: &str) -> String {
    let kept = text.chars().filter(|typed| !typed.is_whitespace());
    kept.map(half_width).collect::<String>().to_uppercase()
}

/// The units that `typed` can mean: the one of an id that the certificate names, whatever
/// the case; the one of a name in full; those whose names hold it; at last the id that it
/// may be, of a unit that the certificate does not name.
///
/// ```
/// use double_random::engine::certificate::Certificate;
/// use double_random::exchange::lookup::find_units;
/// let record = std::fs::read_to_string("tests/golden/03.json")?;
/// let record: serde_json::Value = serde_json::from_str(&record)?;
/// let mut certificate = Certificate::read(&record["certificate"].to_string())?;
/// let unit = certificate.drawn().next().expect("one is drawn").clone();
/// certificate.names.insert(unit.clone(), "南宫市人民医院".into());
/// assert_eq!(find_units(&certificate, "人民 医院"), [unit.clone()]);
/// assert_eq!(find_units(&certificate, &unit.as_str().to_lowercase()), [unit]);
/// assert!(find_units(&certificate, "国旅酒店").is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn find_units(certificate: &Certificate, typed: &str) -> Vec<CandidateId> {
    let typed = folded(typed);
    let id = CandidateId::new(typed.clone()).ok();
    let is_known =
        |id: &CandidateId| certificate.names.contains_key(id) || certificate.listed(id).is_some();
    if let Some(id) = id.as_ref().filter(|id| is_known(id)) {
        return vec![id.clone()];
    }
    if typed.is_empty() {
        return Vec::new();
    }
    let named = |holds: &dyn Fn(&str) -> bool| -> Vec<CandidateId> {
        let names = certificate.names.iter();
        let named = names.filter(|(_, name)| holds(&folded(name)));
        named.map(|(id, _)| id.clone()).collect()
    };
    let exact = named(&|name| name == typed);
    if !exact.is_empty() {
        return exact;
    }
    let holding = named(&|name| name.contains(&typed));
    if holding.is_empty() {
        id.into_iter().collect()
    } else {
        holding
    }
}

/// Digits of a short code.
pub const CODE_DIGITS: usize = 16;
/// Digits of a hash in full.
const HASH_DIGITS: usize = 64;

/// What somebody heard, read off paper or scanned, held against a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    Nothing,
    /// A short code that lacks so many digits.
    Short(usize),
    /// The certificate's short code or hash, such as stands in its QR code.
    Same,
    /// The commitment that the certificate names, as it was shown before the draw.
    Commitment,
    /// Another's.
    Other,
}

/// The digits of a short code as typed, full-width ones among them.
pub fn code_digits(typed: &str) -> impl Iterator<Item = char> {
    typed.chars().map(half_width).filter(char::is_ascii_digit)
}

/// What a typed or scanned code is. A QR code's text holds number, short code and hash: the
/// hash decides.
///
/// ```
/// use double_random::engine::certificate::short_code;
/// use double_random::engine::lottery::sha256;
/// use double_random::exchange::lookup::{Heard, heard};
/// let (own, promised) = (sha256(b"certificate"), sha256(b"commitment"));
/// assert_eq!(heard(&short_code(own), own, promised), Heard::Same);
/// assert_eq!(heard(&format!("1号 {} {own}", short_code(own)), own, promised), Heard::Same);
/// assert_eq!(heard(&promised.to_string(), own, promised), Heard::Commitment);
/// assert_eq!(heard(&sha256(b"another").to_string(), own, promised), Heard::Other);
/// assert_eq!((heard("1234", own, promised), heard("", own, promised)), (Heard::Short(12), Heard::Nothing));
/// ```
#[must_use]
pub fn heard(typed: &str, certificate: Hash, commitment: Hash) -> Heard {
    let signs = folded(typed).replace('-', "").to_lowercase();
    let mut runs = signs.split(|sign: char| !sign.is_ascii_hexdigit());
    if let Some(run) = runs.find(|run| run.len() >= HASH_DIGITS) {
        // A QR code's short code runs on into the hash.
        let hash = &run[run.len() - HASH_DIGITS..];
        return if hash == certificate.to_string() {
            Heard::Same
        } else if hash == commitment.to_string() {
            Heard::Commitment
        } else {
            Heard::Other
        };
    }
    match code_digits(typed).count() {
        0 => Heard::Nothing,
        count if count < CODE_DIGITS => Heard::Short(CODE_DIGITS - count),
        _ if is_short_code(typed, certificate) => Heard::Same,
        _ => Heard::Other,
    }
}
