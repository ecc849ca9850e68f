//! The result of a verification as a document, to be kept or handed on.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::engine::calendar::YearMonth;
use crate::engine::certificate::Certificate;
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
    /// The hash that the certificate names.
    pub certificate: Hash,
    /// Its short code.
    pub short_code: String,
    /// The commitment that it names.
    pub commitment: Hash,
    /// How many checks came out in each way.
    pub counts: CheckCounts,
    /// Every check.
    pub checks: Vec<Check>,
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
        Self {
            format: FORMAT,
            version: VERSION,
            checked_at,
            files,
            month: certificate.commitment.month,
            number: certificate.commitment.number,
            certificate: certificate.hash,
            short_code: certificate.short_code(),
            commitment: certificate.commitment_hash,
            counts: count_checks(&checks),
            checks,
            left_out: Vec::new(),
        }
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
