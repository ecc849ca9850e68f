//! The result of a verification as a document, to be kept or handed on.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::beside::Beside;
use crate::engine::calendar::YearMonth;
use crate::engine::certificate::{Certificate, short_code};
use crate::engine::lottery::Hash;
use crate::engine::verify::{Check, CheckCounts, Claim, count_checks};

/// `format` of a report.
pub const FORMAT: &str = "double-random/verification-report";
/// Version that this program writes.
pub const VERSION: u32 = 1;

/// What was checked, when, and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Always [`FORMAT`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// When it was checked, local time.
    pub checked_at: NaiveDateTime,
    /// Names of the files.
    pub files: Vec<String>,
    /// The month drawn for.
    pub month: YearMonth,
    /// The draw's number.
    pub number: u32,
    /// The hash of what the certificate says, whatever it names.
    pub certificate: Hash,
    pub short_code: String,
    /// The commitment that it names.
    pub commitment: Hash,
    /// How many checks came out in each way.
    pub counts: CheckCounts,
    /// Every check.
    pub checks: Vec<Check>,
    /// What stands beside the certificate in its file.
    pub beside: Beside,
    /// How many differences more there are than stand in `checks`, by claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<(Claim, u32)>,
}

impl Report {
    /// The report of `checks` on a certificate.
    #[must_use]
    pub fn new(
        certificate: &Certificate,
        checks: Vec<Check>,
        files: Vec<String>,
        checked_at: NaiveDateTime,
    ) -> Self {
        let hash = certificate.content_hash();
        Self {
            format: FORMAT,
            version: VERSION,
            checked_at,
            files,
            month: certificate.commitment.month,
            number: certificate.commitment.number,
            certificate: hash,
            short_code: short_code(hash),
            commitment: certificate.commitment_hash,
            counts: count_checks(&checks),
            checks,
            beside: Beside::default(),
            left_out: Vec::new(),
        }
    }

    /// Whether anything differs: a claim, or what stands beside the certificate.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.counts.failed > 0 || !self.beside.differing.is_empty()
    }

    /// Differences of a claim that do not stand in its check.
    #[must_use]
    pub fn left_out_of(&self, claim: Claim) -> usize {
        let left_out = self.left_out.iter().find(|left| left.0 == claim);
        left_out.map_or(0, |left| left.1 as usize)
    }

    /// The report as readable JSON.
    ///
    /// # Panics
    /// Never: all fields are texts, dates and integers.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("fields are texts, dates and integers") + "\n"
    }

    /// The checks as they are shown: what failed, what is open, then what holds,
    /// each in the order of the claims.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Check> {
        use crate::engine::verify::Outcome;
        let mut order: Vec<&Check> = self.checks.iter().collect();
        order.sort_by_key(|check| match check.outcome {
            Outcome::Failed { .. } => 0,
            Outcome::NotCheckable { .. } => 1,
            Outcome::Passed { .. } => 2,
        });
        order
    }
}

/// `text` in runs, each with whether it differs from `other`: place by place if both are as
/// long, else all that neither begins nor ends alike. Where most of it differs, all does:
/// digits that agree by chance tell nothing.
///
/// ```
/// use double_random::exchange::report::runs;
/// let run = |differs, text: &str| (differs, text.to_owned());
/// assert_eq!(runs("5f9a", "5e9a"), [run(false, "5"), run(true, "f"), run(false, "9a")]);
/// assert_eq!(runs("12 户", "1 户"), [run(false, "1"), run(true, "2"), run(false, " 户")]);
/// ```
#[must_use]
pub fn runs(text: &str, other: &str) -> Vec<(bool, String)> {
    let (own, other): (Vec<char>, Vec<char>) = (text.chars().collect(), other.chars().collect());
    let differing: Vec<bool> = if own.len() == other.len() {
        let pairs = own.iter().zip(&other);
        pairs.map(|(own, other)| own != other).collect()
    } else {
        let is_same = |(own, other): &(&char, &char)| own == other;
        let begin = own.iter().zip(&other).take_while(is_same).count();
        let room = own.len().min(other.len()) - begin;
        let ends = own.iter().rev().zip(other.iter().rev()).take(room);
        let end = own.len() - ends.take_while(is_same).count();
        (0..own.len())
            .map(|at| (begin..end).contains(&at))
            .collect()
    };
    if differing.iter().filter(|differs| **differs).count() * 2 > own.len() {
        return vec![(true, text.to_owned())];
    }
    let mut runs: Vec<(bool, String)> = Vec::new();
    for (character, differs) in own.into_iter().zip(differing) {
        match runs.last_mut() {
            Some((is_marked, run)) if *is_marked == differs => run.push(character),
            _ => runs.push((differs, character.into())),
        }
    }
    runs
}
