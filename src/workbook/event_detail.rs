//! What each kind of change says of itself in the trail: the shapes of its detail.
//!
//! Entries are hashed as they are stored, so a shape that was ever written stays. What a
//! later program says besides is optional, and left out where there is nothing to say:
//! an entry of an older program comes out byte for byte as it came.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulletin::BulletinOf;
use super::draw::KnownDraw;
use super::other_visit::{BeyondGround, OtherKind};
use super::plan_change::{ClosedGround, Confirmation};
use super::runs::Runs;
use super::self_check::CheckKind;
use super::visit::VisitId;
use super::visit_record::{Outcome, Paper};
use crate::engine::calendar::{YearDays, YearMonth};
use crate::engine::lottery::{Genesis, Hash, Seed};
use crate::engine::occasion::OwnRegister;
use crate::model::field::RegisterKind;
use crate::model::officer::AbsenceKind;
use crate::model::{CandidateId, Finding, InspectionItem, OfficerId, Stratum, UnitId};

/// Fields of a record that differ, each with its value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Changes(pub BTreeMap<String, (Value, Value)>);

impl Changes {
    /// Of two records, as they are stored; a field that one lacks is null there.
    #[must_use]
    pub fn between<T: Serialize>(before: &T, after: &T) -> Self {
        let fields = |record: &T| match serde_json::to_value(record) {
            Ok(Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        };
        let (before, after) = (fields(before), fields(after));
        let keys = before.keys().chain(after.keys());
        let of = |fields: &serde_json::Map<String, Value>, key: &String| {
            fields.get(key).cloned().unwrap_or_default()
        };
        let differing = keys.filter(|key| before.get(*key) != after.get(*key));
        let changes = differing.map(|key| (key.clone(), (of(&before, key), of(&after, key))));
        Self(changes.collect())
    }
}

/// A record that was added.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Added<I> {
    pub id: I,
    pub name: String,
}

/// A record whose fields were changed by hand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edited<I> {
    pub id: I,
    pub changes: Changes,
}

/// A record that was taken out of use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Retired<I> {
    pub id: I,
    pub since: NaiveDate,
    pub approver: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Restored {
    pub id: UnitId,
}

/// The trail stays in the house; it names the unit, and not the alias, so that a printed
/// page of it does not join the two.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Withheld {
    pub id: UnitId,
    pub approver: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Published {
    pub id: UnitId,
}

/// An officer who left, or is back; a record of another register that is back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Presence<I> {
    pub id: I,
    pub approver: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemPut {
    pub id: String,
    pub name: String,
    /// What differs from the item that it replaced, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// Places are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemMoved {
    pub id: String,
    pub from: usize,
    pub to: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemRemoved {
    pub id: String,
    pub approver: String,
    /// The whole item as it was written: nothing that was published is forgotten.
    pub item: Value,
}

impl ItemRemoved {
    /// Of an item that leaves the list.
    ///
    /// # Panics
    /// Never: an item holds texts, lists and maps by text.
    #[must_use]
    pub fn new(item: &InspectionItem, approver: &str) -> Self {
        Self {
            id: item.id.clone(),
            approver: approver.to_owned(),
            item: serde_json::to_value(item).expect("an item is texts, lists and maps by text"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemRestored {
    pub id: String,
    pub name: String,
}

/// 审批 of a draw's plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanApproved {
    /// The draw's year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub number: u32,
    pub date: NaiveDate,
    pub approver: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub opinion: String,
}

/// A version of the item list, and how it differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemsIssued {
    pub version: u32,
    pub since: NaiveDate,
    pub approver: String,
    /// How many items it has.
    pub items_count: usize,
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
}

/// Whether a file took the register's place, or was merged into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    Replace,
    Merge,
    /// An import was taken back.
    Undo,
}

/// How many records an import touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    pub added: u32,
    pub changed: u32,
    /// Records taken out or retired.
    pub removed: u32,
}

/// A change of a field that bears on a draw, the same for all records under it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bearing {
    pub field: String,
    pub before: Value,
    pub after: Value,
    pub ids: Runs,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Imported {
    pub file: String,
    pub mode: ImportMode,
    pub counts: ImportCounts,
    /// How many there are after it.
    pub records: usize,
    #[serde(default, skip_serializing_if = "Runs::is_empty")]
    pub added: Runs,
    #[serde(default, skip_serializing_if = "Runs::is_empty")]
    pub removed: Runs,
    /// Put out of use, for the reason that the import gives.
    #[serde(default, skip_serializing_if = "Runs::is_empty")]
    pub retired: Runs,
    #[serde(default, skip_serializing_if = "Runs::is_empty")]
    pub changed: Runs,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bearing: Vec<Bearing>,
    /// Who approved what was put out of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
}

/// What a change of many records does with the value that it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowMany {
    /// It takes the place of what stands there.
    Set,
    /// Tags are added.
    Add,
    /// Tags are taken out.
    Remove,
    /// Such a change was taken back.
    Undo,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EditedMany {
    pub register: RegisterKind,
    pub field: String,
    pub how: HowMany,
    /// What was put in, added or taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// How many changed.
    pub count: usize,
    pub changed: Runs,
    /// Values before and after, where the field bears on a draw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bearing: Vec<Bearing>,
}

impl EditedMany {
    /// With the value that was put in; none where the field was emptied.
    #[must_use]
    pub fn putting(mut self, value: Value) -> Self {
        self.value = (!value.is_null()).then_some(value);
        self
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HolidaysImported {
    pub years: Vec<i32>,
    /// Of each year the days known before, if any, and those known now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changes: BTreeMap<i32, (Option<YearDays>, YearDays)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanEdited {
    /// The plan's year. (`year` would be a change of it.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_year: Option<i32>,
    #[serde(flatten)]
    pub changes: Changes,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct YearStarted {
    pub year: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct YearClosed {
    pub year: i32,
    pub approver: String,
    /// How many of its visits were made.
    pub made: u32,
    /// How many that were drawn were not.
    pub unmade: usize,
    pub floors_missed: Vec<Stratum>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct YearsTakenOut {
    pub years: Vec<i32>,
    /// Draws that they had.
    pub draws_count: usize,
    /// Visits of them that were made, which stand with their units from now on.
    pub visits_count: usize,
    /// Name of the archive's file.
    pub file: String,
    /// SHA-256 of that file.
    pub archive: Hash,
    pub approver: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanFrozen {
    pub version: u32,
    pub genesis: Genesis,
    pub approver: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DrawOpened {
    pub number: u32,
    pub month: YearMonth,
    pub units: usize,
    pub snapshot_root: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SupplementaryOpened {
    pub number: u32,
    pub month: YearMonth,
    /// Numbers of the draws to which it adds.
    pub adds_to: Vec<u32>,
    pub units: usize,
    pub snapshot_root: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CampaignOpened {
    pub number: u32,
    pub month: YearMonth,
    pub name: String,
    pub filter: String,
    pub pool: u32,
    pub count: u32,
    /// Number of its scheme in the year; entries of older programs have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CampaignPut {
    /// The scheme's year. (`year` and a number would name a draw.)
    pub of_year: i32,
    /// Its number in the year.
    pub campaign: u32,
    pub name: String,
    /// What differs from what it was, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CampaignWithdrawn {
    pub of_year: i32,
    pub campaign: u32,
    pub name: String,
    pub approver: String,
}

/// 说明 of a line of the next check's report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckExplained {
    pub of_year: i32,
    pub line: CheckKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckSigned {
    pub of_year: i32,
    /// Number of the report in the year.
    pub check: u32,
    /// First day that it covers.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// Lines to be mended.
    pub to_mend: usize,
    /// Lines to be explained.
    pub to_explain: usize,
    pub checker: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckHeadSigned {
    pub of_year: i32,
    pub check: u32,
    pub head: String,
}

/// A report was filed to the 支队.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckFiledAt {
    pub of_year: i32,
    pub check: u32,
    pub date: NaiveDate,
}

/// A version of something was published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BulletinPublished {
    pub of_year: i32,
    pub bulletin: BulletinOf,
    pub version: u32,
    pub date: NaiveDate,
    pub places: String,
    pub rows: u32,
    pub paper_hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RegisterDrawOpened {
    pub number: u32,
    pub month: YearMonth,
    pub register: OwnRegister,
    pub pool: u32,
    pub count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResultEntered {
    pub visit: VisitId,
    /// Its number among the year's visits.
    pub number: u32,
    pub outcome: Outcome,
    /// How many problems.
    pub findings: usize,
    /// Day and finding that count, before and after.
    pub changes: Changes,
}

/// Results that came in from a file, or were taken back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResultsImported {
    pub file: String,
    /// The first 16 hex digits of its SHA-256.
    pub fingerprint: String,
    pub mode: ImportMode,
    pub visits: Vec<VisitId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResultsReviewed {
    pub visits: Vec<VisitId>,
    pub is_accepted: bool,
    pub reviewer: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitsNotified {
    pub visits: Vec<VisitId>,
    /// Their numbers, in the same order.
    pub numbers: Vec<u32>,
    pub date: NaiveDate,
    pub is_unannounced: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PapersPut {
    pub visit: VisitId,
    /// Those that are there now.
    pub papers: Vec<Paper>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rechecked {
    pub visit: VisitId,
    pub date: NaiveDate,
    /// How many findings were corrected, and how many were not.
    pub corrected: usize,
    pub left: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OtherEntered {
    /// The calendar year. (`year` and a number would name a draw.)
    pub of_year: i32,
    /// Its number among the year's visits of other kinds.
    pub entry: u32,
    pub unit: UnitId,
    pub form: OtherKind,
    pub date: NaiveDate,
    pub finding: Finding,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beyond: Option<BeyondGround>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OtherWithdrawn {
    pub of_year: i32,
    pub entry: u32,
    pub unit: UnitId,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnVisitRecorded {
    pub register: OwnRegister,
    pub record: CandidateId,
    /// Number of the draw in its year.
    pub draw: u32,
    pub date: NaiveDate,
    pub finding: Finding,
    /// The unit along with which it was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_unit: Option<UnitId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnVisitClosed {
    pub register: OwnRegister,
    pub record: CandidateId,
    pub draw: u32,
    pub ground: ClosedGround,
    pub confirmed: Confirmation,
    pub approver: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<CandidateId>,
    /// How many of the reserve were passed over.
    pub passed_over: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnVisitCorrected {
    pub register: OwnRegister,
    pub record: CandidateId,
    pub draw: u32,
    pub changes: Changes,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DrawCommitted {
    /// The calendar year of the draw; entries of older programs do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub number: u32,
    pub commitment: Hash,
    pub shown_at: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NumbersDrawn {
    /// The calendar year of the draw; entries of older programs do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub number: u32,
    pub seed: Seed,
    pub drawn: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanLaid {
    /// The calendar year of the draw; entries of older programs do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub number: u32,
    pub seed: Seed,
    pub drawn: usize,
    pub set_aside: usize,
    /// Witnesses whose reveal is missing.
    pub missing: Vec<String>,
    pub certificate: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DrawBrokenOff {
    /// The calendar year of the draw; entries of older programs do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    pub number: u32,
    pub approver: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_revealed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoodOver {
    /// When another window had saved.
    pub stored_at: NaiveDateTime,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OlderOpened {
    /// Draws that it lacks.
    pub draws: Vec<KnownDraw>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitRecorded {
    pub unit: UnitId,
    /// Number of the draw in its year.
    pub draw: u32,
    pub date: NaiveDate,
    pub finding: Finding,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitsRecorded {
    pub visits: Vec<VisitRecorded>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitCorrected {
    pub unit: UnitId,
    pub draw: u32,
    pub changes: Changes,
}

/// Another day or team for a visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanChanged {
    /// The calendar year of the draw that chose the visit.
    pub year: i32,
    pub unit: UnitId,
    pub draw: u32,
    pub changes: Changes,
    pub approver: String,
}

/// Others took over the visits of an officer who could not come.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoodIn {
    pub officer: OfficerId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// The absence that was entered with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<AbsenceKind>,
    pub approver: String,
    pub stand_ins: Vec<VisitStoodIn>,
}

/// A visit that another took over.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitStoodIn {
    pub unit: UnitId,
    /// The calendar year of the draw that chose it.
    pub year: i32,
    pub draw: u32,
    /// Its day.
    pub date: NaiveDate,
    /// Who; none: nobody could, and the visit is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OfficerId>,
}

/// A drawn unit that proved closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitClosed {
    pub id: UnitId,
    /// The calendar year of the draw that chose the visit.
    pub year: i32,
    pub draw: u32,
    pub ground: ClosedGround,
    pub confirmed: Confirmation,
    pub approver: String,
    /// Who stepped in; none: nobody could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<UnitId>,
    /// How many of the reserve could not.
    pub passed_over: usize,
}

/// A comparison of the unit register with a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListCompared {
    pub file: String,
    /// Rows of the list.
    pub lines: u32,
    /// Rows that say what the register says.
    pub same: u32,
    /// Rows of units that the register lacks.
    pub lacking: u32,
    /// Units that the list lacks.
    pub absent: u32,
    /// Units that the list calls closed.
    pub struck_off: u32,
    /// Units of which the list says something else.
    pub differing: u32,
}

/// Rows of a list that are no units of the brigade, or are asked about again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowsAside {
    pub lines: usize,
    /// The first of their names.
    pub names: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitsSuspected {
    pub ids: Runs,
}

/// Units in use that an imported list calls closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitsMarked {
    pub file: String,
    pub ids: Runs,
}

/// Units that were found in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitsConfirmed {
    pub ids: Runs,
    /// When they were looked into.
    pub date: NaiveDate,
}

/// Fields of which the register's value stands against a list's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnKept {
    pub ids: Vec<UnitId>,
    pub fields: Vec<String>,
}

/// A step of the register's upkeep that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UpkeepUndone {
    /// Name of the action.
    pub of: String,
}

/// Units that were taken out of use together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitsRetired {
    pub ids: Vec<UnitId>,
    pub since: NaiveDate,
    pub approver: String,
}

/// Units that were brought back together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UnitsRestored {
    pub ids: Vec<UnitId>,
}
