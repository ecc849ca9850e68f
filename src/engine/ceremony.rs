//! The ceremony: what is promised before the entropy exists, the entropy
//! record, and the seed.
//!
//! Public values named beforehand, their hour and what takes their place follow
//! RFC 3797 (Eastlake 2004). Its section 4 has one canonical form for each source, as
//! here [`canonical_value`]: the same lottery result gives one seed, not one for
//! each way of typing it. A promise has one reveal only ([`EntropyPlan::check`], the
//! salt's length): `|` parts its fields and could else be moved between them.
//!
//! All sizes are fixed before the entropy exists, and each draw has an entropy of
//! its own. Who knows the seed when sizes are chosen chooses among samples: that
//! is how rounds of an election audit were found open to steering (votingworks/arlo,
//! issue 1812). Working days are committed to besides the registers for the same
//! reason: days follow from them, and whoever could still strike one after the
//! entropy came would choose among days.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::YearMonth;
use crate::engine::draw::{Blocked, CellSizes, DrawGroup, MonthSizes};
use crate::engine::lottery::{
    CanonicalError, Genesis, Hash, Seed, canonical_hash, is_hex, seed, sha256,
};
use crate::engine::occasion::Occasion;
use crate::engine::quota::{Mode, Window};
use crate::model::CandidateId;
use crate::model::credit_code::half_width;

/// How a commitment writes moments, in local time.
pub const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// How many characters a public value may have.
pub const VALUE_CHARACTERS: RangeInclusive<u32> = 1..=64;

/// How many lower-case hexadecimal digits the salt of a promise has, exactly.
pub const PROMISE_SALT_DIGITS: usize = 32;

/// The one way to write a public value: ASCII letters and digits, full-width ones
/// mapped, letters lower case; all else is dropped.
///
/// ```
/// use double_random::engine::ceremony::canonical_value;
/// assert_eq!(canonical_value(" 4 7-１０,2 "), "47102");
/// assert_eq!(canonical_value("0xＡB：c"), "0xabc");
/// ```
#[must_use]
pub fn canonical_value(typed: &str) -> String {
    let written = typed
        .chars()
        .map(half_width)
        .filter(char::is_ascii_alphanumeric);
    written
        .map(|written| written.to_ascii_lowercase())
        .collect()
}

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
#[serde(deny_unknown_fields)]
pub struct PublicSource {
    /// Where it will appear, such as a lottery or a beacon.
    pub source: String,
    /// Which of its values.
    pub round: String,
    /// How many letters and digits the value has, so that nobody can leave some
    /// out or add others once it is known: in [`VALUE_CHARACTERS`].
    pub characters: u32,
}

/// A witness's promise: the hash of words that are still secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// The witness's name, without `|`.
    pub witness: String,
    /// [`promise_hash`] of name, salt and words.
    pub hash: Hash,
}

/// The kind of entropy, fixed in the commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum EntropyPlan {
    /// Secure random bytes of this computer.
    Local,
    /// Words or dice of witnesses, promised by hash.
    Contributions {
        /// The promises, in the order in which the witnesses reveal.
        promises: Vec<Promise>,
    },
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
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// Random hexadecimal digits that keep the words from being guessed from the
    /// hash, [`PROMISE_SALT_DIGITS`] of them.
    pub salt: String,
    /// Words or dice.
    pub words: String,
}

/// A promise with its reveal, if it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Contribution {
    #[serde(flatten)]
    pub promise: Promise,
    /// `None`: withheld.
    pub reveal: Option<Reveal>,
}

/// The entropy as it came; its canonical JSON is hashed into the seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
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
    PublicValue {
        /// Where it came from: the named source or the fallback.
        from: PublicSource,
        /// The value as [`canonical_value`] writes it.
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
    RevealDiffers { witness: String },
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
    /// A value written in another way than [`canonical_value`] writes it.
    #[error("the public value is not in its canonical form")]
    NotCanonical,
    /// A value of another length than committed to.
    #[error("the public value has {found} characters, not {characters}")]
    OtherLength {
        /// How many were committed to.
        characters: u32,
        /// How many there are.
        found: u32,
    },
    /// A source whose values could have no or too many characters.
    #[error("a public value cannot have {characters} characters")]
    Characters {
        /// How many were committed to.
        characters: u32,
    },
    /// A witness without name, with `|` in it, or with the name of another.
    #[error("witness {place} lacks a name of his own")]
    WitnessName {
        /// His place, from 1.
        place: u32,
    },
    /// A salt that has not exactly its digits.
    #[error("the salt of {witness} is not {PROMISE_SALT_DIGITS} lower-case hexadecimal digits")]
    Salt { witness: String },
}

/// The hash by which a witness promises: of `frs1|promise|` name `|` salt `|` words.
#[must_use]
pub fn promise_hash(witness: &str, reveal: &Reveal) -> Hash {
    sha256(format!("frs1|promise|{witness}|{}|{}", reveal.salt, reveal.words).as_bytes())
}

impl EntropyPlan {
    /// Whether the plan leaves one entropy record to each outcome: witnesses with a
    /// name of their own that cannot be parted elsewhere, public values of a length.
    ///
    /// # Errors
    /// [`EntropyError`], the first found.
    pub fn check(&self) -> Result<(), EntropyError> {
        match self {
            Self::Local => Ok(()),
            Self::Contributions { promises } => {
                let mut known = BTreeSet::new();
                let is_own = |promise: &Promise| {
                    let name = promise.witness.as_str();
                    !name.trim().is_empty() && !name.contains('|') && known.insert(name.to_owned())
                };
                match promises.iter().map(is_own).position(|is_own| !is_own) {
                    Some(at) => Err(EntropyError::WitnessName {
                        place: at as u32 + 1,
                    }),
                    None => Ok(()),
                }
            }
            Self::PublicValue {
                named, fallback, ..
            } => {
                let counts = [named.characters, fallback.characters];
                match counts
                    .into_iter()
                    .find(|count| !VALUE_CHARACTERS.contains(count))
                {
                    Some(characters) => Err(EntropyError::Characters { characters }),
                    None => Ok(()),
                }
            }
        }
    }
}

impl EntropyRecord {
    /// Checks the record against the plan. Returns the witnesses whose reveal is missing.
    ///
    /// # Errors
    /// [`EntropyError`], the first found.
    pub fn check(&self, plan: &EntropyPlan) -> Result<Vec<String>, EntropyError> {
        plan.check()?;
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
                    return Err(EntropyError::OtherSource);
                }
                check_value(value, from.characters).map(|()| Vec::new())
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

/// The value is written in its one way, with all its characters.
fn check_value(value: &str, characters: u32) -> Result<(), EntropyError> {
    let found = value.chars().count() as u32;
    if value.trim().is_empty() {
        Err(EntropyError::EmptyValue)
    } else if canonical_value(value) != value {
        Err(EntropyError::NotCanonical)
    } else if found != characters {
        Err(EntropyError::OtherLength { characters, found })
    } else {
        Ok(())
    }
}

/// Whether a text is the salt of a promise: [`PROMISE_SALT_DIGITS`] lower-case
/// hexadecimal digits.
#[must_use]
pub fn is_promise_salt(text: &str) -> bool {
    text.len() == PROMISE_SALT_DIGITS && is_hex(text)
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
            Some(reveal) if !is_promise_salt(&reveal.salt) => {
                return Err(EntropyError::Salt {
                    witness: promise.witness.clone(),
                });
            }
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

/// Where 操作记录 ended at some moment: whoever holds it can tell that no entry up to
/// there was changed, and that the end was not cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TrailHead {
    /// How many entries there were.
    pub entries: u32,
    /// The hash of the last one; all noughts where there was none.
    pub hash: Hash,
}

/// What a commitment binds beside registers and sizes, so that none of it can be
/// changed, or left out, in what is published later.
///
/// It stands in the commitment and not in the annual plan: each draw is bound by itself,
/// those of a year that an older program began too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disclosed {
    /// Made-up data: nothing that was published.
    pub is_demo: bool,
    /// Why the register was frozen outside the draw window; `None`: inside it.
    pub outside_window: Option<String>,
    /// Where 操作记录 ended before the commitment's own entry.
    pub trail: TrailHead,
    /// Hash of the register changes since the draw before, as canonical JSON; `None`
    /// for the first draw.
    pub changes: Option<Hash>,
    /// Hash of the [`BrokenDraw`]s since the draw before, as canonical JSON; `None` where
    /// no draw was broken off, and in commitments of older programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_off: Option<Hash>,
}

/// A draw that was broken off, as it is published with the one that follows it: its number
/// stays used, and without it the next would seem to follow nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BrokenDraw {
    /// Its number in the year.
    pub number: u32,
    /// The month it was opened for.
    pub month: YearMonth,
    /// When its register was frozen, local time.
    pub opened_at: NaiveDateTime,
    /// What it had committed to when it was broken off, if it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Hash>,
    /// Where that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_at: Option<String>,
    /// When it was broken off, local time.
    pub broken_at: NaiveDateTime,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// What is fixed, shown and published before the entropy exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Hash of the annual plan.
    pub genesis: Genesis,
    /// Number of the draw within the year, from 1.
    pub number: u32,
    pub month: YearMonth,
    /// What the draw is for, with all that only this occasion knows.
    pub occasion: Occasion,
    /// Root of the unit register.
    pub snapshot_root: Hash,
    /// Root of the officer register, with leave and avoidance.
    pub officers_root: Hash,
    /// [`working_days_root`](crate::engine::root::working_days_root) of the year's
    /// working days: capacity and the days of visits follow from them.
    pub working_days_root: Hash,
    /// Blocked units with the reason.
    pub blocked: Vec<Blocked>,
    /// Visits carried in, in order of id.
    pub carried: Vec<CandidateId>,
    /// Which rule gave the sizes.
    pub mode: Mode,
    /// Where the full rule fails.
    pub window: Option<Window>,
    pub cells: Vec<CellSizes>,
    /// R of the second visits.
    pub second_pool: u32,
    /// n of the second visits.
    pub second_quota: u32,
    /// Where the entropy will come from.
    pub entropy: EntropyPlan,
    /// What else is bound; older records say nothing, and keep their hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<Disclosed>,
}

/// What binds the registers and the calendar of a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roots {
    pub units: Hash,
    pub officers: Hash,
    pub working_days: Hash,
}

impl Commitment {
    /// The commitment to `sizes`, those of a monthly draw unless
    /// [`Commitment::for_occasion`] says otherwise.
    #[must_use]
    pub fn new(
        genesis: Genesis,
        number: u32,
        sizes: &MonthSizes,
        roots: Roots,
        entropy: EntropyPlan,
    ) -> Self {
        Self {
            genesis,
            number,
            month: sizes.month,
            occasion: Occasion::Month,
            snapshot_root: roots.units,
            officers_root: roots.officers,
            working_days_root: roots.working_days,
            blocked: sizes.blocked.clone(),
            carried: sizes.carried.iter().cloned().collect(),
            mode: sizes.mode,
            window: sizes.window,
            cells: sizes.cells.clone(),
            second_pool: sizes.second_pool,
            second_quota: sizes.second_quota,
            entropy,
            disclosed: None,
        }
    }

    /// The same commitment binding this besides.
    #[must_use]
    pub fn disclosing(self, disclosed: Disclosed) -> Self {
        Self {
            disclosed: Some(disclosed),
            ..self
        }
    }

    /// The same commitment for another occasion, whose sizes it has.
    #[must_use]
    pub fn for_occasion(self, occasion: Occasion) -> Self {
        Self { occasion, ..self }
    }

    /// R and n of a group as they are promised; 0 for a group without a pool.
    #[must_use]
    pub fn group_sizes(&self, group: DrawGroup) -> (u32, u32) {
        if let Some(own) = self.occasion.own_sizes().iter().find(|own| own.0 == group) {
            return (own.1, own.2);
        }
        match group {
            DrawGroup::Second => (self.second_pool, self.second_quota),
            DrawGroup::First(cell) => {
                let cell = self.cells.iter().find(|sizes| sizes.cell == cell);
                cell.map_or((0, 0), |cell| (cell.pool, cell.quota))
            }
            DrawGroup::Combined | DrawGroup::Campaign | DrawGroup::Register => (0, 0),
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
