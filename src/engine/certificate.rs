//! The certificate: everything needed to repeat a draw, in one document.
//!
//! What it proves: with a public value, or contributions of which all were
//! revealed and one witness was honest, nobody could steer the draw after the
//! commitment. With local entropy a dishonest operator could have drawn
//! elsewhere first. No certificate can show that the register was complete, nor
//! when a public value appeared ([`Certificate::drawn_after_fallback`]), nor that no
//! witness revealed where a number is missing because the draw was broken off.
//!
//! The document is canonical JSON and names its own hash, so that a changed
//! byte shows even where nothing else depends on it; the short code of that
//! hash is read aloud, printed and posted. The format is named first: a later
//! format gets a struct of its own beside this one, and `frs1` verifies for ever.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::ceremony::{Commitment, EntropyPlan, EntropyRecord, moment};
use crate::engine::design::AnnualDesign;
use crate::engine::draw::{DrawGroup, DrawResult, GroupDraw, MonthSizes};
use crate::engine::lottery::{
    Candidate, CanonicalError, Hash, Seed, Ticket, canonical_hash, canonical_json, key,
};
use crate::engine::month::MonthPlan;
use crate::engine::occasion::Occasion;
use crate::engine::read::{ReadError, read_exactly};
use crate::engine::snapshot::{Snapshot, SnapshotUnit};
use crate::model::CandidateId;

/// The record format that this engine writes.
pub const FORMAT: &str = "frs1";

/// A unit at its place in the order of a group's lottery numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ranked {
    /// Its place, from 1.
    pub rank: u32,
    /// The unit, or the alias of a withheld one.
    pub unit: CandidateId,
    /// Its lottery number.
    pub ticket: Ticket,
}

/// The lots of one group: a cell's first visits, the second visits, or a group
/// of another occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CertifiedDraw {
    /// The group.
    pub group: DrawGroup,
    /// R: how many could have been drawn.
    pub pool: u32,
    /// The key of its tickets: 32 hexadecimal digits. It follows from the seed,
    /// and stands here so that one number can be checked by hand.
    pub key: String,
    /// The drawn, ranks 1…n.
    pub drawn: Vec<Ranked>,
    /// The published reserve, ranks n + 1 and on.
    pub reserve: Vec<Ranked>,
}

impl CertifiedDraw {
    fn new(draw: &GroupDraw, occasion: &Occasion, seed: Seed) -> Self {
        let ranked = |candidates: &[Candidate], before: usize| -> Vec<Ranked> {
            let ranks = (before as u32 + 1..).zip(candidates);
            ranks
                .map(|(rank, Candidate { ticket, unit })| Ranked {
                    rank,
                    unit: unit.clone(),
                    ticket: *ticket,
                })
                .collect()
        };
        Self {
            group: draw.group,
            pool: draw.pool,
            key: key(&occasion.purpose(draw.group), seed).as_str().to_owned(),
            drawn: ranked(&draw.draw.drawn, 0),
            reserve: ranked(&draw.draw.reserve, draw.draw.drawn.len()),
        }
    }

    /// The drawn, then the published reserve, in order of rank.
    pub fn listed(&self) -> impl Iterator<Item = &Ranked> {
        self.drawn.iter().chain(&self.reserve)
    }
}

/// The certificate of one draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Always [`FORMAT`].
    pub format: String,
    /// What was promised before the entropy existed: genesis, number, month,
    /// roots, blocked, carried, mode, window and sizes.
    pub commitment: Commitment,
    /// Its hash, as shown then.
    pub commitment_hash: Hash,
    /// When it was shown, local time by the operator's computer.
    pub committed_at: NaiveDateTime,
    /// Where it was shown, in the operator's words: who saw it first is its proof.
    pub shown_at: String,
    /// The entropy as it came.
    pub entropy: EntropyRecord,
    /// Its hash.
    pub entropy_hash: Hash,
    /// Witnesses who did not reveal.
    pub missing_reveals: Vec<String>,
    /// When the entropy came and the draw was made, local time.
    pub drawn_at: NaiveDateTime,
    /// The seed.
    pub seed: Seed,
    /// The annual design: shares, twice level, season, visits a day, points.
    pub design: AnnualDesign,
    /// Working days of each month of the year, January first, as days of the month.
    pub working_days: [Vec<u32>; 12],
    /// Capacity of each month, January first, before carried visits are taken off.
    pub capacity: [u32; 12],
    /// Daily minimum of each month, January first, before carried visits are taken off.
    pub minimum: [u32; 12],
    /// The even load; `None` in mode what-fits.
    pub theta: Option<u64>,
    /// Each group's drawn units and published reserve, in order of group.
    pub draws: Vec<CertifiedDraw>,
    /// First day on which each drawn or carried unit may be inspected; others: any day.
    pub releases: BTreeMap<CandidateId, NaiveDate>,
    /// Days and teams, what was set aside, attempt and cost.
    pub plan: MonthPlan,
    /// Names of the units to be visited, as published; withheld ones have none. That an
    /// id is the unit of this name is the publisher's word, which the certificate's hash
    /// keeps from being changed afterwards. Older records say nothing, and keep their hash.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<CandidateId, String>,
    /// Who drew.
    pub operator: String,
    /// Who watched.
    pub supervisor: String,
    /// Hash of the certificate before this, if there is one.
    pub previous: Option<Hash>,
    /// Hash of all the fields above: of the canonical JSON without this field.
    pub hash: Hash,
}

/// What a certificate is made of.
#[derive(Debug, Clone, Copy)]
pub struct DrawParts<'a> {
    /// The commitment as it was shown.
    pub commitment: &'a Commitment,
    /// When it was shown, local time.
    pub committed_at: NaiveDateTime,
    /// Where it was shown.
    pub shown_at: &'a str,
    /// The entropy as it came.
    pub entropy: &'a EntropyRecord,
    /// When it came and the draw was made, local time.
    pub drawn_at: NaiveDateTime,
    /// The design of the frozen plan.
    pub design: &'a AnnualDesign,
    /// [`working_days`] as they were known when the sizes were fixed.
    pub working_days: &'a [Vec<u32>; 12],
    /// The snapshot drawn from, withheld units under their aliases.
    pub snapshot: &'a Snapshot,
    /// Its sizes.
    pub sizes: &'a MonthSizes,
    /// The lots.
    pub result: &'a DrawResult,
    /// Days and teams.
    pub plan: &'a MonthPlan,
    /// Who drew.
    pub operator: &'a str,
    /// Who watched.
    pub supervisor: &'a str,
    /// Hash of the certificate before this, if there is one.
    pub previous: Option<Hash>,
}

impl Certificate {
    /// The certificate of a draw that has been made.
    ///
    /// # Panics
    /// Never: all parts are texts, dates and integers.
    #[must_use]
    pub fn from_record(parts: &DrawParts) -> Self {
        let hashed = "texts, dates and integers always have a canonical form";
        let DrawParts {
            commitment,
            entropy,
            sizes,
            result,
            ..
        } = *parts;
        let certificate = Self {
            format: FORMAT.to_owned(),
            commitment_hash: commitment.hash().expect(hashed),
            commitment: commitment.clone(),
            committed_at: parts.committed_at,
            shown_at: parts.shown_at.to_owned(),
            entropy_hash: entropy.hash().expect(hashed),
            missing_reveals: entropy.check(&commitment.entropy).unwrap_or_default(),
            entropy: entropy.clone(),
            drawn_at: parts.drawn_at,
            seed: result.seed,
            design: parts.design.clone(),
            working_days: parts.working_days.clone(),
            capacity: sizes.capacity,
            minimum: sizes.minimum,
            theta: sizes.theta,
            draws: result
                .groups
                .iter()
                .map(|draw| CertifiedDraw::new(draw, &commitment.occasion, result.seed))
                .collect(),
            releases: releases(
                commitment
                    .occasion
                    .visits(result.drawn_in_groups(), &sizes.carried)
                    .into_iter(),
                parts.snapshot,
            ),
            plan: parts.plan.clone(),
            names: BTreeMap::new(),
            operator: parts.operator.to_owned(),
            supervisor: parts.supervisor.to_owned(),
            previous: parts.previous,
            hash: Hash([0; 32]),
        };
        certificate.sealed()
    }

    /// The same certificate with the names of units to be visited, sealed again.
    #[must_use]
    pub fn with_names(self, names: BTreeMap<CandidateId, String>) -> Self {
        Self { names, ..self }.sealed()
    }

    /// The same certificate naming its right hash.
    ///
    /// # Panics
    /// Never: all fields are texts, dates and integers.
    #[must_use]
    pub fn sealed(self) -> Self {
        let hash = self.content_hash();
        Self { hash, ..self }
    }

    /// The hash worked out again: of the canonical JSON of all fields but
    /// `hash`, which should name it.
    ///
    /// # Errors
    /// Never for these types; kept for the serialiser's sake.
    pub fn hash(&self) -> Result<Hash, CanonicalError> {
        let mut fields = serde_json::to_value(self)?;
        if let Some(fields) = fields.as_object_mut() {
            fields.remove("hash");
        }
        canonical_hash(&fields)
    }

    /// The document to publish: canonical JSON.
    ///
    /// # Panics
    /// Never: all fields are texts, dates and integers.
    #[must_use]
    pub fn canonical(&self) -> String {
        canonical_json(self).expect("fields are texts, dates and integers")
    }

    /// Reads a certificate of any format known; every byte of it must mean something.
    ///
    /// # Errors
    /// [`ReadError`], with the place.
    ///
    /// ```
    /// use double_random::engine::certificate::Certificate;
    /// use double_random::engine::read::ReadError;
    /// let error = Certificate::read(r#"{"format":"frs9"}"#).expect_err("there is no frs9");
    /// assert!(matches!(error, ReadError::Format { found: Some(found) } if found == "frs9"));
    /// ```
    pub fn read(text: &str) -> Result<Self, ReadError> {
        #[derive(Deserialize)]
        struct Head {
            format: Option<String>,
        }
        let Head { format: found } = serde_json::from_str(text)?;
        match found.as_deref() {
            Some(FORMAT) => read_exactly(text),
            _ => Err(ReadError::Format { found }),
        }
    }

    /// The hour at which the fallback of a public value took over, if the draw was
    /// made then or later. Which of the two values counts cannot be told from the
    /// certificate then: the named one counts if it had appeared before that hour,
    /// even if it was typed in later, and only its source can tell.
    #[must_use]
    pub fn drawn_after_fallback(&self) -> Option<NaiveDateTime> {
        let EntropyPlan::PublicValue { fallback_from, .. } = &self.commitment.entropy else {
            return None;
        };
        moment(fallback_from).filter(|by| self.drawn_at >= *by)
    }

    /// The short code of the hash that it names: [`short_code`].
    #[must_use]
    pub fn short_code(&self) -> String {
        short_code(self.hash)
    }

    /// The hash of what it says, whatever it names as its hash: only this can be held
    /// against a code that was heard.
    ///
    /// # Panics
    /// Never: all fields are texts, dates and integers.
    #[must_use]
    pub fn content_hash(&self) -> Hash {
        self.hash()
            .expect("texts, dates and integers always have a canonical form")
    }

    /// The working days of a month of its year, 1…12; `None` if they are no
    /// days of the month in order.
    #[must_use]
    pub fn days_of(&self, month: u32) -> Option<Vec<NaiveDate>> {
        let months = self.commitment.month.year_months();
        let at = month.checked_sub(1)? as usize;
        dates(*months.get(at)?, &self.working_days[at])
    }

    /// The group in which a drawn or reserve unit is listed, and its place.
    #[must_use]
    pub fn listed(&self, unit: &CandidateId) -> Option<(&CertifiedDraw, &Ranked)> {
        let mut places = self
            .draws
            .iter()
            .flat_map(|draw| draw.listed().map(move |place| (draw, place)));
        places.find(|(_, place)| place.unit == *unit)
    }

    /// The units whose visits are laid out: drawn, and with a monthly draw carried.
    #[must_use]
    pub fn visits(&self) -> BTreeSet<CandidateId> {
        let drawn = self.draws.iter().flat_map(|draw| {
            let units = draw.drawn.iter().map(|place| &place.unit);
            units.map(|unit| (draw.group, unit))
        });
        let Commitment {
            occasion, carried, ..
        } = &self.commitment;
        occasion
            .visits(drawn, carried)
            .into_iter()
            .cloned()
            .collect()
    }

    /// All drawn units, in order of group and rank.
    pub fn drawn(&self) -> impl Iterator<Item = &CandidateId> {
        self.draws
            .iter()
            .flat_map(|draw| &draw.drawn)
            .map(|place| &place.unit)
    }
}

/// The working days of each month of the year of `month`, January first, as
/// days of the month: the form in which a draw keeps the calendar it was made
/// by, so that a later calendar changes no certificate.
///
/// ```
/// use double_random::engine::calendar::WorkdayCalendar;
/// use double_random::engine::certificate::{dates, working_days};
/// let days = working_days("2026-08".parse()?, &WorkdayCalendar::built_in());
/// assert_eq!(days[7][..3], [3, 4, 5]);
/// let first = dates("2026-08".parse()?, &days[7]).expect("days in order")[0];
/// assert_eq!(first.to_string(), "2026-08-03");
/// # Ok::<(), double_random::engine::calendar::YearMonthError>(())
/// ```
#[must_use]
pub fn working_days(month: YearMonth, calendar: &WorkdayCalendar) -> [Vec<u32>; 12] {
    month.year_months().map(|month| {
        calendar
            .working_days(month)
            .iter()
            .map(Datelike::day)
            .collect()
    })
}

/// The dates of days of a month; `None` if these are no days of it in order.
#[must_use]
pub fn dates(month: YearMonth, days: &[u32]) -> Option<Vec<NaiveDate>> {
    let is_ordered = days.windows(2).all(|pair| pair[0] < pair[1]);
    let dates = days.iter().map(|day| month.first_day().with_day(*day));
    is_ordered.then(|| dates.collect())?
}

/// First days of `units` that have one.
fn releases<'a>(
    units: impl Iterator<Item = &'a CandidateId>,
    snapshot: &Snapshot,
) -> BTreeMap<CandidateId, NaiveDate> {
    let release = |id| snapshot.unit(id).and_then(SnapshotUnit::release_date);
    units
        .filter_map(|id: &CandidateId| Some((id.clone(), release(id)?)))
        .collect()
}

/// The short code of a hash, four groups of four digits: its first eight bytes
/// as a big-endian number, modulo 10¹⁶, with leading zeros.
///
/// It is for the ear and the notice board: who heard it can tell whether a file
/// is the one that was read out. 16 digits are found by chance once in 10¹⁶
/// tries, which is out of reach for a clerk and not for a state; against the
/// latter compare the whole hash.
///
/// ```
/// use double_random::engine::certificate::short_code;
/// use double_random::engine::lottery::sha256;
/// assert_eq!(short_code(sha256(b"frs1")), "4651 8402 6242 5240");
/// ```
#[must_use]
pub fn short_code(hash: Hash) -> String {
    short_code_groups(hash).join(" ")
}

/// The four groups of [`short_code`], for reading aloud one by one.
#[must_use]
pub fn short_code_groups(hash: Hash) -> [String; 4] {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.0[..8]);
    let code = u64::from_be_bytes(first) % 10_u64.pow(16);
    [12, 8, 4, 0].map(|place| format!("{:04}", code / 10_u64.pow(place) % 10_000))
}

/// Whether a short code that somebody typed in is that of `hash`; everything
/// but digits is passed over, full-width digits count.
///
/// ```
/// use double_random::engine::certificate::is_short_code;
/// use double_random::engine::lottery::sha256;
/// assert!(is_short_code("4651-8402 62425240", sha256(b"frs1")));
/// assert!(!is_short_code("4651 8402 6242 5241", sha256(b"frs1")));
/// ```
#[must_use]
pub fn is_short_code(typed: &str, hash: Hash) -> bool {
    let digit = |typed: char| match typed {
        '0'..='9' => Some(typed),
        '０'..='９' => char::from_digit(typed as u32 - '０' as u32, 10),
        _ => None,
    };
    let digits: String = typed.chars().filter_map(digit).collect();
    digits == short_code_groups(hash).concat()
}
