//! What actions carry: the steps of a ceremony, a visit's entry, a register from a file,
//! as they are asked for and before anything of them is checked.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::DrawId;
use super::own_visit::{OwnMade, OwnVisitId};
use super::plan_change::{ClosedGround, Confirmation};
use super::taken_out::ArchiveFile;
use super::visit::{VisitId, VisitMade};
use super::visit_record::{Notice, Paper, Recheck, VisitRecord};
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::PublicSource;
use crate::engine::month::PlannedVisit;
use crate::engine::occasion::OwnRegister;
use crate::model::officer::AbsenceKind;
use crate::model::unit::ALIAS_BYTES;
use crate::model::{OfficerId, UnitId};

/// Takes closed years out of the workbook.
#[derive(Debug, Clone)]
pub struct TakeOut {
    /// The last of them; all before it leave with it.
    pub upto_year: i32,
    /// The archive of that year, as it was saved just before; none: it was not.
    pub archive: Option<ArchiveFile>,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// Opens a draw.
#[derive(Debug, Clone)]
pub struct OpenDraw {
    /// The month to draw for.
    pub month: YearMonth,
    /// Why it is opened outside its window; empty inside.
    pub reason: String,
    /// Fresh random bytes from outside, for the salts of units that have none.
    pub salt_seed: [u8; 32],
}

/// A witness with the words that he promises.
#[derive(Debug, Clone)]
pub struct WitnessWords {
    pub name: String,
    /// Words or dice, kept secret until the draw.
    pub words: String,
    /// Random hexadecimal digits that keep the words from being guessed.
    pub salt: String,
}

/// Where the entropy will come from.
#[derive(Debug, Clone)]
pub enum EntropyChoice {
    /// Secure random bytes of this computer.
    Local,
    /// Words or dice of one or more witnesses.
    Witnesses(Vec<WitnessWords>),
    /// A public value.
    Public {
        /// The value named.
        named: PublicSource,
        /// What takes its place if it does not appear.
        fallback: PublicSource,
        /// Earliest moment at which the named value can be known.
        known_from: NaiveDateTime,
        /// When the fallback takes over.
        fallback_from: NaiveDateTime,
    },
}

/// Shows the commitment.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The draw.
    pub number: u32,
    /// Where the entropy will come from.
    pub entropy: EntropyChoice,
    /// Where the commitment is shown before the entropy exists.
    pub shown_at: String,
}

/// The entropy as it is given.
#[derive(Debug, Clone)]
pub enum EntropyGiven {
    /// Random bytes from this computer.
    Local([u8; 32]),
    /// Each witness's words, in the order of the promises; none where withheld.
    Witnesses(Vec<Option<String>>),
    /// The public value, and whether it is the fallback's.
    Public {
        /// The value as typed.
        value: String,
        /// Whether the fallback took over.
        is_fallback: bool,
    },
}

/// Gives the entropy and draws.
#[derive(Debug, Clone)]
pub struct RunDraw {
    /// The draw.
    pub number: u32,
    pub entropy: EntropyGiven,
}

/// Approves the plan of a draw.
#[derive(Debug, Clone)]
pub struct ApprovePlan {
    /// The draw.
    pub draw: DrawId,
    /// The day that stands on the paper: not before the draw, and come already.
    pub date: NaiveDate,
    /// The head of the brigade.
    pub approver: String,
    /// 审批意见; may be empty.
    pub opinion: String,
}

/// Breaks a draw off.
#[derive(Debug, Clone)]
pub struct BreakOff {
    /// The draw.
    pub number: u32,
    /// Why.
    pub reason: String,
    /// Who approves.
    pub approver: String,
    /// Because no witness revealed: the only ground once they have promised, and
    /// none for a draw without witnesses.
    pub nobody_revealed: bool,
}

/// Opens a supplementary draw for a month that is drawn.
#[derive(Debug, Clone)]
pub struct OpenSupplementary {
    pub month: YearMonth,
    /// What was mended.
    pub reason: String,
    /// Fresh random bytes from outside, for the salts of units that have none.
    pub salt_seed: [u8; 32],
}

/// Opens a campaign's draw for a month that is drawn. Whom it takes, its scheme says.
#[derive(Debug, Clone)]
pub struct OpenCampaign {
    pub month: YearMonth,
    /// Number of the scheme in the month's year.
    pub campaign: u32,
    /// Its filter in words that a person can apply.
    pub filter: String,
    /// Fresh random bytes from outside, for the salts of units that have none.
    pub salt_seed: [u8; 32],
}

/// Gives a campaign's scheme up.
#[derive(Debug, Clone)]
pub struct WithdrawCampaign {
    pub year: i32,
    /// Its number in the year.
    pub number: u32,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// Opens a draw from a register of its own.
#[derive(Debug, Clone, Copy)]
pub struct OpenRegisterDraw {
    /// The year whose share is drawn.
    pub year: i32,
    pub register: OwnRegister,
    /// How many; at most what the year's share still lacks.
    pub count: u32,
}

/// A check of a drawn institution or engineer, to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordOwnVisit {
    pub visit: OwnVisitId,
    pub made: OwnMade,
}

/// Corrects the entry of such a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectOwnVisit {
    pub visit: OwnVisitId,
    /// What is right; `None`: it was not made.
    pub made: Option<OwnMade>,
    /// Why.
    pub reason: String,
}

/// A visit to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitEntry {
    /// The unit, by its register's id.
    pub unit: UnitId,
    pub made: VisitMade,
}

/// Corrects the entry of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectVisit {
    pub visit: VisitId,
    /// What is right; `None`: the visit was not made.
    pub made: Option<VisitMade>,
    /// Why.
    pub reason: String,
}

/// The record of a visit, to be entered or corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnterResult {
    pub visit: VisitId,
    /// The day of the visit.
    pub date: NaiveDate,
    /// What it was; who enters it, when, and its review are filled in.
    pub record: VisitRecord,
    /// Why what was entered before is changed; may be empty where nothing settled is.
    pub why: String,
}

/// A drawn institution or engineer proved closed or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseOwnVisit {
    pub visit: super::own_visit::OwnVisitId,
    pub ground: ClosedGround,
    /// What proves it.
    pub evidence: String,
    pub confirmed: Confirmation,
    /// Who approved it.
    pub approver: String,
}

/// Results from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportResults {
    pub file_name: String,
    /// The first 16 hex digits of the file's SHA-256.
    pub fingerprint: String,
    /// Each with the line that it came from in its record.
    pub results: Vec<EnterResult>,
}

/// Reviews records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewResults {
    pub visits: Vec<VisitId>,
    /// Whether they may be published; else they go back.
    pub is_accepted: bool,
    /// 审核人, none of those who went.
    pub reviewer: String,
    /// What is said; needed where they go back.
    pub opinion: String,
}

/// Notes that units were told of their visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotifyVisits {
    pub visits: Vec<VisitId>,
    pub notice: Notice,
}

/// The papers of a visit that are there, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutPapers {
    pub visit: VisitId,
    pub papers: Vec<Paper>,
}

/// A re-inspection of what a visit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnterRecheck {
    pub visit: VisitId,
    /// Who enters it, and when, is filled in.
    pub recheck: Recheck,
}

/// 改期, 换人: another day or team for a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePlan {
    pub visit: VisitId,
    pub to: PlannedVisit,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// 替换: others take over the visits of an officer who cannot come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    pub officer: OfficerId,
    /// First day; of one visit its day counts.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The one visit; none: all of these days, and the absence is entered if it is not known.
    pub only: Option<VisitId>,
    /// What kind of absence it is.
    pub kind: AbsenceKind,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// 单位已关闭: a drawn unit proved closed or not to exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseVisit {
    pub visit: VisitId,
    pub ground: ClosedGround,
    /// What proves it.
    pub evidence: String,
    pub confirmed: Confirmation,
    /// Who approved it.
    pub approver: String,
}

/// Withholds a unit from publication.
#[derive(Debug, Clone)]
pub struct Withhold {
    pub id: UnitId,
    /// Why, with the legal ground.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// Fresh random bytes from outside.
    pub random: [u8; ALIAS_BYTES],
}

/// Takes several units out of use for one reason.
#[derive(Debug, Clone)]
pub struct RetireUnits {
    pub units: BTreeSet<UnitId>,
    /// Since when.
    pub since: NaiveDate,
    /// Why, with evidence.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// Since when and why records leave that a file does not hold but the workbook still needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Since when.
    pub since: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// What a register import replaces or merges, already computed by its preview.
#[derive(Debug, Clone)]
pub struct RegisterImport<T> {
    /// The whole register after the import, in any order.
    pub rows: Vec<T>,
    /// Name of the file it came from.
    pub file_name: String,
    /// Whether the file replaces the register instead of merging into it.
    pub is_replacement: bool,
    /// Where records leave or are put out of use: why.
    pub withdrawal: Option<Withdrawal>,
}

/// A change of a register that is [kept as others are](super::kept).
#[derive(Debug, Clone)]
pub enum Keep<T> {
    /// A new record; its id is given by the register, whatever stands in it.
    Add(Box<T>),
    /// The same, though the register holds one that may be this: the person has looked.
    AddAlike(Box<T>),
    /// Other values for a record.
    Edit(Box<T>),
    /// The same, though it becomes alike to another: the person has looked.
    EditAlike(Box<T>),
    /// Takes a record out of use; nothing is erased.
    Retire {
        id: String,
        /// Since when.
        since: NaiveDate,
        /// Why, with evidence.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// Brings a retired record back.
    Restore {
        id: String,
        /// Why.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// The register from a file.
    Import(RegisterImport<T>),
}
