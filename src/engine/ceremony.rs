//! The ceremony: what is promised before the entropy exists, the entropy
//! record, and the seed.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::YearMonth;
use crate::engine::draw::{Blocked, CellSizes, MonthSizes};
use crate::engine::lottery::{CanonicalError, Genesis, Hash, Seed, canonical_hash, seed, sha256};
use crate::engine::quota::{Mode, Window};
use crate::model::UnitId;

/// How a commitment writes moments, in local time.
pub const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// Reads a moment of a commitment.
///
/// ```
/// use double_random::engine::ceremony::moment;
/// let read = moment("2026-08-31T18:00").expect("a moment");
/// assert_eq!(read.to_string(), "2026-08-31 18:00:00");
/// assert_eq!(moment("tomorrow"), None);
/// ```
#[must_use]
pub fn moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, MOMENT).ok()
}

/// A public value that nobody can know at commitment time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PublicSource {
    /// Where it will appear, such as a lottery or a beacon.
    pub source: String,
    /// Which of its values.
    pub round: String,
}

/// A witness's promise: the hash of words that are still secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Promise {
    /// The witness's name, without `|`.
    pub witness: String,
    /// [`promise_hash`] of name, salt and words.
    pub hash: Hash,
}

/// The kind of entropy, fixed in the commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EntropyPlan {
    /// Secure random bytes of this computer.
    Local,
    /// Words or dice of witnesses, promised by hash.
    Contributions {
        /// The promises, in the order in which the witnesses reveal.
        promises: Vec<Promise>,
    },
    /// A public value.
    PublicValue {
        /// The value named.
        named: PublicSource,
        /// What takes its place if it does not appear.
        fallback: PublicSource,
        /// Earliest moment at which anyone can know the named value, local time
        /// such as `2026-08-31T12:00`; the commitment must be shown before it.
        known_from: String,
        /// When the fallback takes over, local time such as `2026-08-31T18:00`.
        fallback_from: String,
    },
}

/// What a witness revealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Reveal {
    /// Random hexadecimal digits that keep the words from being guessed from the hash.
    pub salt: String,
    /// Words or dice.
    pub words: String,
}

/// A promise with its reveal, if it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Contribution {
    /// The promise.
    #[serde(flatten)]
    pub promise: Promise,
    /// `None`: withheld.
    pub reveal: Option<Reveal>,
}

/// The entropy as it came; its canonical JSON is hashed into the seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EntropyRecord {
    /// 64 hexadecimal digits from this computer.
    Local {
        /// 32 random bytes.
        bytes: Hash,
    },
    /// Contributions in the order of the plan.
    Contributions {
        /// All promises, revealed or not.
        contributions: Vec<Contribution>,
    },
    /// A public value.
    PublicValue {
        /// Where it came from: the named source or the fallback.
        from: PublicSource,
        /// The value, as typed.
        value: String,
    },
}

/// What is wrong with an entropy record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "error")]
pub enum EntropyError {
    /// The record is of another kind than the plan.
    #[error("the entropy is of another kind than promised")]
    OtherKind,
    /// A reveal that does not fit its promise.
    #[error("the words of {witness} do not fit their promise")]
    RevealDiffers {
        /// The witness.
        witness: String,
    },
    /// The promises differ from those in the plan.
    #[error("the promises differ from those in the commitment")]
    PromisesDiffer,
    /// Nobody revealed.
    #[error("nobody revealed")]
    NothingRevealed,
    /// The value comes from neither the named source nor the fallback.
    #[error("neither the named source nor the fallback")]
    OtherSource,
    /// No value was typed in.
    #[error("the public value is empty")]
    EmptyValue,
}

/// The hash by which a witness promises: of `frs1|promise|` name `|` salt `|` words.
#[must_use]
pub fn promise_hash(witness: &str, reveal: &Reveal) -> Hash {
    sha256(format!("frs1|promise|{witness}|{}|{}", reveal.salt, reveal.words).as_bytes())
}

impl EntropyRecord {
    /// Checks the record against the plan. Returns the witnesses whose reveal is missing.
    ///
    /// # Errors
    /// [`EntropyError`], the first found.
    pub fn check(&self, plan: &EntropyPlan) -> Result<Vec<String>, EntropyError> {
        match (self, plan) {
            (Self::Local { .. }, EntropyPlan::Local) => Ok(Vec::new()),
            (Self::Contributions { contributions }, EntropyPlan::Contributions { promises }) => {
                check_contributions(contributions, promises)
            }
            (
                Self::PublicValue { from, value },
                EntropyPlan::PublicValue {
                    named, fallback, ..
                },
            ) => {
                if from != named && from != fallback {
                    Err(EntropyError::OtherSource)
                } else if value.trim().is_empty() {
                    Err(EntropyError::EmptyValue)
                } else {
                    Ok(Vec::new())
                }
            }
            _ => Err(EntropyError::OtherKind),
        }
    }

    /// The hash that enters the seed.
    ///
    /// # Errors
    /// Never for these types; kept for the serialiser's sake.
    pub fn hash(&self) -> Result<Hash, CanonicalError> {
        canonical_hash(self)
    }
}

/// Every reveal fits its promise, and at least one came.
fn check_contributions(
    contributions: &[Contribution],
    promises: &[Promise],
) -> Result<Vec<String>, EntropyError> {
    if !contributions
        .iter()
        .map(|contribution| &contribution.promise)
        .eq(promises)
    {
        return Err(EntropyError::PromisesDiffer);
    }
    let mut missing = Vec::new();
    for Contribution { promise, reveal } in contributions {
        match reveal {
            None => missing.push(promise.witness.clone()),
            Some(reveal) if promise_hash(&promise.witness, reveal) != promise.hash => {
                return Err(EntropyError::RevealDiffers {
                    witness: promise.witness.clone(),
                });
            }
            Some(_) => {}
        }
    }
    if missing.len() == contributions.len() {
        Err(EntropyError::NothingRevealed)
    } else {
        Ok(missing)
    }
}

/// What is fixed, shown and published before the entropy exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Commitment {
    /// Hash of the annual plan.
    pub genesis: Genesis,
    /// Number of the draw within the year, from 1.
    pub number: u32,
    /// The month.
    pub month: YearMonth,
    /// Root of the unit register.
    pub snapshot_root: Hash,
    /// Root of the officer register, with leave and avoidance.
    pub officers_root: Hash,
    /// Blocked units with the reason.
    pub blocked: Vec<Blocked>,
    /// Visits carried in, in order of id.
    pub carried: Vec<UnitId>,
    /// Which rule gave the sizes.
    pub mode: Mode,
    /// Where the full rule fails.
    pub window: Option<Window>,
    /// The cells.
    pub cells: Vec<CellSizes>,
    /// R of the second visits.
    pub second_pool: u32,
    /// n of the second visits.
    pub second_quota: u32,
    /// Where the entropy will come from.
    pub entropy: EntropyPlan,
}

impl Commitment {
    /// The commitment to `sizes`.
    #[must_use]
    pub fn new(
        genesis: Genesis,
        number: u32,
        sizes: &MonthSizes,
        snapshot_root: Hash,
        officers_root: Hash,
        entropy: EntropyPlan,
    ) -> Self {
        Self {
            genesis,
            number,
            month: sizes.month,
            snapshot_root,
            officers_root,
            blocked: sizes.blocked.clone(),
            carried: sizes.carried.iter().cloned().collect(),
            mode: sizes.mode,
            window: sizes.window,
            cells: sizes.cells.clone(),
            second_pool: sizes.second_pool,
            second_quota: sizes.second_quota,
            entropy,
        }
    }

    /// The hash to show and publish.
    ///
    /// # Errors
    /// Never for these types; kept for the serialiser's sake.
    pub fn hash(&self) -> Result<Hash, CanonicalError> {
        canonical_hash(self)
    }

    /// The seed that `entropy` gives this draw.
    ///
    /// # Errors
    /// As [`Commitment::hash`].
    pub fn seed(&self, entropy: &EntropyRecord) -> Result<Seed, CanonicalError> {
        Ok(seed(self.month, self.number, self.genesis, entropy.hash()?))
    }
}
