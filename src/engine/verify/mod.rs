//! Verification: repeats a draw from its certificate and the published
//! registers, and says of each claim whether it holds.
//!
//! Every claim is checked by itself, on what the certificate states elsewhere:
//! a wrong seed fails [`Claim::Seed`], not every ticket, so that a finding names
//! the place that was changed. What cannot be checked is said so and is never
//! taken for granted; a certificate holds if nothing failed, and is proved if
//! besides nothing was left open.
//!
//! - `ceremony`: the certificate's own words, from the hash to the seed
//! - `registers`: roots, levels, officers, capacity, blocked and carried units
//! - `sizes`: N, K, T, demand, pool, n, mode and even load
//! - `occasion`: what a supplementary or campaign draw adds to
//! - `lots`: tickets, ranks, cut lines, reserve, limits
//! - `plan`: days, teams, units set aside
//! - [`by_hand`]: one lottery number, checked with any SHA-256 tool

pub mod by_hand;
mod ceremony;
mod finding;
mod lots;
mod occasion;
mod plan;
mod registers;
mod sizes;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::ceremony::BrokenDraw;
use crate::engine::certificate::Certificate;
use crate::engine::draw::{MonthSizes, SizeInput};
use crate::engine::duty::OfficerDuty;
use crate::engine::month::MonthPlan;
use crate::engine::occasion::Occasion;
use crate::engine::pace::{Advance, AtOnce, Pace, Stage, Within, at_once};
use crate::engine::register::PublishedRegister;
use crate::engine::snapshot::Snapshot;
use crate::model::CandidateId;

pub use finding::{Check, Datum, Difference, Lacking, Outcome, Place, SizeField};

/// Largest capacity of a month that is worked with: far beyond any brigade, and
/// small enough that no sum overflows.
pub const CAPACITY_MAX: u32 = 1_000_000;
/// Officers of a register that is worked with; more make no brigade.
pub const OFFICERS_MAX: usize = 500;
/// Visits of a month whose plan is laid again: many times what a brigade can make,
/// and few enough that time and memory suffice. More are said to be too many.
pub const VISITS_MAX: usize = 10_000;

/// A claim of a certificate that can be checked. Each is checked once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// The format is known.
    Format,
    /// The certificate has the hash that it names, and so its short code.
    CertificateHash,
    /// It names the hash of the certificate before it, and every number between them is
    /// that of a draw broken off.
    Previous,
    /// The genesis is the hash of the annual plan.
    Genesis,
    /// The design is a possible one, and the annual plan's.
    Design,
    /// The commitment has the hash that was shown.
    CommitmentHash,
    /// The commitment was shown before the entropy could be known.
    CommittedBefore,
    /// The public value is the one that counts: the named one if it had appeared
    /// before the hour of the fallback, else the fallback. Once that hour is past,
    /// nothing in a certificate can show which; it says where to look.
    ValueInTime,
    /// The entropy is of the kind promised, and every reveal fits its promise.
    Entropy,
    /// Missing reveals are named.
    MissingReveals,
    /// The entropy record has the hash stated.
    EntropyHash,
    /// The seed follows from month, number, genesis and entropy.
    Seed,
    /// The occasion fits what it adds to: earlier draws and plans of the month,
    /// or whom a campaign could take.
    Occasion,
    /// The published units and officers are well formed: ids once, dates sound.
    Register,
    /// Each unit's level is the sum of its points, and these are the plan's.
    Levels,
    /// The units, withheld ones as bare leaves, have the root committed to.
    UnitsRoot,
    /// The officers have the root committed to.
    OfficersRoot,
    /// The working days are days of their months, in order, and those committed to.
    WorkingDays,
    /// Capacity and minimum of each month follow from days and officers.
    Capacity,
    /// Blocked units are those that no permitted pair can visit.
    Blocked,
    /// Carried units are the units with a pending visit, all of them.
    Carried,
    /// N, K, T, demand, pool and n of each cell follow from the register.
    Cells,
    /// Mode, window and even load follow.
    Load,
    /// Pool and size of the second visits follow.
    Second,
    /// The groups drawn have the pools and sizes committed to.
    GroupSizes,
    /// Each ticket is the hash of its line.
    Tickets,
    /// The listed stand in order of ticket, with their ranks.
    Ranks,
    /// The drawn are the smallest tickets of their pools, none skipped.
    Drawn,
    /// The published reserve are the next smallest.
    Reserve,
    /// No drawn unit is visited a third time in the year or within six months.
    Limits,
    /// Release dates follow from the last inspections.
    Releases,
    /// Planned and set aside are together those drawn and carried, each once.
    PlanComplete,
    /// Each visit has a working day of the month and two officers, none too many.
    PlanSound,
    /// What was set aside, why and in which order, follows from the seed.
    SetAside,
    /// The days follow from the seed.
    Days,
    /// The teams, attempt and cost follow from the seed.
    Teams,
}

impl Claim {
    /// All claims, in the order in which they are reported.
    pub const ALL: [Self; 36] = [
        Self::Format,
        Self::CertificateHash,
        Self::Previous,
        Self::Genesis,
        Self::Design,
        Self::CommitmentHash,
        Self::CommittedBefore,
        Self::ValueInTime,
        Self::Entropy,
        Self::MissingReveals,
        Self::EntropyHash,
        Self::Seed,
        Self::Occasion,
        Self::Register,
        Self::Levels,
        Self::UnitsRoot,
        Self::OfficersRoot,
        Self::WorkingDays,
        Self::Capacity,
        Self::Blocked,
        Self::Carried,
        Self::Cells,
        Self::Load,
        Self::Second,
        Self::GroupSizes,
        Self::Tickets,
        Self::Ranks,
        Self::Drawn,
        Self::Reserve,
        Self::Limits,
        Self::Releases,
        Self::PlanComplete,
        Self::PlanSound,
        Self::SetAside,
        Self::Days,
        Self::Teams,
    ];
}

/// Checks all claims of a certificate, in the order of [`Claim::ALL`].
///
/// `register`: the published registers, if they are at hand; `previous`: the
/// certificate before this. With units withheld as bare leaves, pools cannot be
/// counted: sizes and ranks are then checked as far as the open units go.
///
/// ```
/// use double_random::engine::certificate::Certificate;
/// use double_random::engine::verify::{Claim, Outcome, holds, verify};
/// let record = std::fs::read_to_string("tests/golden/03.json")?;
/// let record: serde_json::Value = serde_json::from_str(&record)?;
/// let mut certificate = Certificate::read(&record["certificate"].to_string())?;
/// assert!(holds(&verify(&certificate, None, None)));
/// certificate.draws[0].drawn[0].rank = 2;
/// let checks = verify(&certificate, None, None);
/// let ranks = checks.iter().find(|check| check.claim == Claim::Ranks).expect("all are checked");
/// assert!(matches!(ranks.outcome, Outcome::Failed { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn verify(
    certificate: &Certificate,
    register: Option<&PublishedRegister>,
    previous: Option<&Certificate>,
) -> Vec<Check> {
    at_once(Examination::open(certificate, register, previous).examine(&AtOnce))
}

/// Whether no claim failed; some may have been left open.
#[must_use]
pub fn holds(checks: &[Check]) -> bool {
    !checks
        .iter()
        .any(|check| matches!(check.outcome, Outcome::Failed { .. }))
}

/// How many checks came out in each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CheckCounts {
    /// Claims that hold.
    pub passed: u32,
    /// Claims that do not.
    pub failed: u32,
    /// Claims for which something is lacking.
    pub open: u32,
}

/// Counts checks by outcome.
#[must_use]
pub fn count_checks(checks: &[Check]) -> CheckCounts {
    let mut counts = CheckCounts::default();
    for check in checks {
        match check.outcome {
            Outcome::Passed { .. } => counts.passed += 1,
            Outcome::Failed { .. } => counts.failed += 1,
            Outcome::NotCheckable { .. } => counts.open += 1,
        }
    }
    counts
}

/// A certificate beside what follows again from the registers.
///
/// [`Examination::examine`] works all out and checks every claim.
pub struct Examination<'a> {
    certificate: &'a Certificate,
    register: Option<&'a PublishedRegister>,
    previous: Option<&'a Certificate>,
    earlier: &'a [Certificate],
    broken_off: &'a [BrokenDraw],
    worked_out: WorkedOut,
}

/// What an examination has worked out so far.
struct WorkedOut {
    /// The month's working days, if they are sound.
    days: Option<Vec<NaiveDate>>,
    /// The open units, if the register is well formed.
    snapshot: Option<Snapshot>,
    /// Sizes as they follow from the open units, if design and capacity are sound.
    sizes: Option<MonthSizes>,
    /// The plan as it follows from what is drawn and carried.
    plan: Result<MonthPlan, Lacking>,
}

impl<'a> Examination<'a> {
    /// Lays the documents side by side, nothing worked out yet.
    #[must_use]
    pub fn open(
        certificate: &'a Certificate,
        register: Option<&'a PublishedRegister>,
        previous: Option<&'a Certificate>,
    ) -> Self {
        let sound = register.filter(|register| registers::mistakes(register).is_empty());
        let month = certificate.commitment.month;
        Self {
            certificate,
            register,
            previous,
            earlier: &[],
            broken_off: &[],
            worked_out: WorkedOut {
                days: certificate.days_of(month.month()),
                snapshot: sound.and_then(|register| register.snapshot(month).ok()),
                sizes: None,
                plan: Err(Lacking::Register),
            },
        }
    }

    /// Lays down what came before besides the certificate before: the certificates before
    /// that one, latest first, and the draws broken off since it.
    #[must_use]
    pub const fn after(mut self, earlier: &'a [Certificate], broken_off: &'a [BrokenDraw]) -> Self {
        self.earlier = earlier;
        self.broken_off = broken_off;
        self
    }

    /// The certificates before, latest first.
    fn before(&self) -> impl Iterator<Item = &'a Certificate> + use<'a> {
        self.previous.into_iter().chain(self.earlier)
    }

    /// Works all out and checks every claim, in order.
    pub async fn examine(&mut self, pace: &impl Pace) -> Vec<Check> {
        // Sizes and plan, then a step for each claim.
        let total = Claim::ALL.len() as u32 + 2;
        self.work_out_sizes();
        pace.rest(Advance::at(Stage::Examining, 1, total)).await;
        // A plan is one step, however many it takes.
        let of_whole = |advance: Advance| Advance::at(advance.stage, 1, total);
        self.work_out_plan(&Within::new(pace, of_whole)).await;
        pace.rest(Advance::at(Stage::Examining, 2, total)).await;
        let mut checks = Vec::with_capacity(Claim::ALL.len());
        for claim in Claim::ALL {
            checks.push(self.check(claim));
            let done = checks.len() as u32 + 2;
            pace.rest(Advance::at(Stage::Examining, done, total)).await;
        }
        checks
    }

    /// Works the sizes out again; before it, claims about sizes and lots are open.
    pub fn work_out_sizes(&mut self) {
        self.worked_out.sizes = self.sizes_again();
    }

    /// Lays days and teams again; before it, claims about them are open.
    pub async fn work_out_plan(&mut self, pace: &impl Pace) {
        self.worked_out.plan = match self.plan_input() {
            Ok(input) => Ok(input.lay(pace).await.into_plan()),
            Err(why) => Err(why),
        };
    }

    fn sizes_again(&self) -> Option<MonthSizes> {
        let Certificate {
            design,
            commitment,
            capacity,
            minimum,
            ..
        } = self.certificate;
        let is_sound = self.design_is_sound()
            && capacity
                .iter()
                .chain(minimum)
                .all(|visits| *visits <= CAPACITY_MAX);
        let snapshot = self.worked_out.snapshot.as_ref().filter(|_| is_sound)?;
        let carried: BTreeSet<CandidateId> = commitment.carried.iter().cloned().collect();
        Some(self.occasion().ok()?.sizes(&SizeInput {
            snapshot,
            design,
            blocked: &commitment.blocked,
            carried: &carried,
            capacity: *capacity,
            minimum: *minimum,
        }))
    }

    fn design_is_sound(&self) -> bool {
        self.certificate.design.errors().is_empty()
    }

    /// Checks one claim.
    #[must_use]
    pub fn check(&self, claim: Claim) -> Check {
        let outcome = self
            .outcome(claim)
            .unwrap_or_else(|why| Outcome::NotCheckable { why });
        Check { claim, outcome }
    }

    fn outcome(&self, claim: Claim) -> Result<Outcome, Lacking> {
        match claim {
            Claim::Format => self.format(),
            Claim::CertificateHash => self.certificate_hash(),
            Claim::Previous => self.previous_hash(),
            Claim::Genesis => self.genesis(),
            Claim::Design => self.design(),
            Claim::CommitmentHash => self.commitment_hash(),
            Claim::CommittedBefore => self.committed_before(),
            Claim::ValueInTime => self.value_in_time(),
            Claim::Entropy => self.entropy(),
            Claim::MissingReveals => self.missing_reveals(),
            Claim::EntropyHash => self.entropy_hash(),
            Claim::Seed => self.seed(),
            Claim::Occasion => self.fits(),
            Claim::Register => self.registers(),
            Claim::Levels => self.levels(),
            Claim::UnitsRoot => self.units_root(),
            Claim::OfficersRoot => self.officers_root(),
            Claim::WorkingDays => self.working_days(),
            Claim::Capacity => self.capacity(),
            Claim::Blocked => self.blocked(),
            Claim::Carried => self.carried(),
            Claim::Cells => self.cells(),
            Claim::Load => self.load(),
            Claim::Second => self.second(),
            Claim::GroupSizes => self.group_sizes(),
            Claim::Tickets => self.tickets(),
            Claim::Ranks => self.ranks(),
            Claim::Drawn => self.lots(lots::Part::Drawn),
            Claim::Reserve => self.lots(lots::Part::Reserve),
            Claim::Limits => self.limits(),
            Claim::Releases => self.releases(),
            Claim::PlanComplete => self.plan_complete(),
            Claim::PlanSound => self.plan_sound(),
            Claim::SetAside => self.set_aside(),
            Claim::Days => self.visit_days(),
            Claim::Teams => self.teams(),
        }
    }

    /// The published registers.
    fn published(&self) -> Result<&'a PublishedRegister, Lacking> {
        self.register.ok_or(Lacking::Register)
    }

    /// The open units, of a well-formed register.
    fn open_units(&self) -> Result<&Snapshot, Lacking> {
        self.published()?;
        self.worked_out
            .snapshot
            .as_ref()
            .ok_or(Lacking::SoundRegister)
    }

    /// The officers, of a well-formed register.
    fn officers(&self) -> Result<&'a [OfficerDuty], Lacking> {
        let officers = self.published()?.officers.as_deref();
        let officers = officers.ok_or(Lacking::Officers)?;
        self.open_units()?;
        Ok(officers)
    }

    /// The sizes as they follow from the open units.
    fn sizes(&self) -> Result<&MonthSizes, Lacking> {
        self.open_units()?;
        self.occasion()?;
        self.worked_out.sizes.as_ref().ok_or(Lacking::SoundDesign)
    }

    /// The month's working days.
    fn month_days(&self) -> Result<&[NaiveDate], Lacking> {
        self.worked_out.days.as_deref().ok_or(Lacking::WorkingDays)
    }

    /// The occasion, if its lists are within limits.
    fn occasion(&self) -> Result<&'a Occasion, Lacking> {
        let occasion = &self.certificate.commitment.occasion;
        let is_within = occasion.is_within_limits();
        is_within.then_some(occasion).ok_or(Lacking::SoundOccasion)
    }

    /// Withheld units that keep pools from being counted: none where the pool
    /// stands in the commitment.
    fn hidden_count(&self) -> u32 {
        if self.certificate.commitment.occasion.has_cells() {
            self.withheld_count()
        } else {
            0
        }
    }

    fn withheld_count(&self) -> u32 {
        self.register
            .map_or(0, |register| register.withheld.len() as u32)
    }
}
