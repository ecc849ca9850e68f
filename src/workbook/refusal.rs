//! Why an action is refused: data, put into words elsewhere.

use chrono::{NaiveDate, NaiveDateTime};

use super::names::TooLong;
use super::result_rule::{OtherRule, RecordRule};
use super::rule::Fault;
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::EntropyError;
use crate::engine::design::DesignError;
use crate::engine::snapshot::{NotYet, SnapshotError};
use crate::model::field::Guarded;
use crate::model::{OfficerId, UnitId};

/// Why an action was refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// No such unit.
    #[error("no unit {id}")]
    NoUnit { id: UnitId },
    /// A register is not as the import left it: something was changed since.
    #[error("the register was changed since the import")]
    ChangedSince,
    /// The unit is withheld already.
    #[error("unit {id} is withheld already")]
    AlreadyWithheld { id: UnitId },
    /// The unit is not withheld.
    #[error("unit {id} is not withheld")]
    NotWithheld { id: UnitId },
    /// The alias is another unit's; try again with other random bytes.
    #[error("the alias is that of unit {other}")]
    AliasTaken {
        /// The unit that has it.
        other: UnitId,
    },
    /// A draw has used the alias, so that the withholding stays.
    #[error("draw {number} has used the alias")]
    AliasUsed { number: u32 },
    /// A check of units that is still to come.
    #[error("a check on {date} is still to come")]
    CheckAhead {
        /// The day.
        date: NaiveDate,
    },
    /// No such officer.
    #[error("no officer {id}")]
    NoOfficer { id: OfficerId },
    /// No such item.
    #[error("no item {id}")]
    NoItem { id: String },
    /// No such record of a register.
    #[error("no record {id}")]
    NoRecord { id: String },
    /// The register holds a record that may be this one.
    #[error("{other} may be this one")]
    KeptAlike { other: String },
    /// Another record of the register holds this value, which tells records apart.
    #[error("{other} has this {field}")]
    KeyTaken { other: String, field: &'static str },
    /// The record is retired already, or is in use.
    #[error("{id} is retired already, or is in use")]
    StatusAlready { id: String },
    /// A name is needed.
    #[error("a name is needed")]
    NoName,
    /// A word that says that there is no name.
    #[error("{found:?} is no name")]
    Placeholder {
        /// What stands there.
        found: String,
    },
    /// A text has more signs than its field takes.
    #[error("{} has {} signs, at most {}", .0.field, .0.chars, .0.max)]
    TooLong(TooLong),
    /// Another value that the field does not take.
    #[error("{id}: {field} holds what it may not: {fault:?}")]
    Value {
        /// The record.
        id: String,
        /// The field, as files name it.
        field: &'static str,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The register holds a unit that may be this one.
    #[error("unit {other} may be this one")]
    UnitAlike { other: UnitId },
    /// The register holds an officer of this name.
    #[error("officer {other} has this name")]
    OfficerAlike { other: OfficerId },
    /// No field of which many records may be given one value.
    #[error("{field} is changed record by record")]
    NotForMany { field: &'static str },
    /// No record would change.
    #[error("nothing changes")]
    NothingChanges,
    /// A reason is needed.
    #[error("a reason is needed")]
    NoReason,
    /// An approver is needed.
    #[error("an approver is needed")]
    NoApprover,
    /// 审核人 is needed.
    #[error("a reviewer is needed")]
    NoReviewer,
    /// Another unit has this credit code.
    #[error("unit {other} has this credit code")]
    DuplicateCode {
        /// The unit that has it.
        other: UnitId,
    },
    /// A guarded field was to change otherwise than by its own action.
    #[error("{id}: {field:?} has an action of its own")]
    Guarded {
        /// The record.
        id: String,
        field: Guarded,
    },
    /// A record that is drawn or inspected was to be taken out.
    #[error("{id} is referred to")]
    Referenced {
        /// The record.
        id: String,
    },
    /// An id that stands twice, or was given before.
    #[error("the id {id} is used")]
    IdUsed { id: String },
    /// An inspection from before this workbook that is still to come.
    #[error("an inspection of {id} on {date} is still to come")]
    FutureHistory {
        id: UnitId,
        name: String,
        /// The day.
        date: NaiveDate,
    },
    /// No numbers are left to be given.
    #[error("numbers are used up")]
    NumbersUsedUp,
    /// No prefix of ids: capitals, digits and hyphens.
    #[error("no prefix of ids: {found:?}")]
    Prefix {
        /// What stands there.
        found: String,
    },
    /// Tags and tiers are to be looked at within no days, or within too many.
    #[error("no number of days for a review")]
    ReviewDays,
    /// Numbers that no rule on bunched entries can have.
    #[error("no numbers for bunched entries")]
    Bunching,
    /// A step of a check's report.
    #[error(transparent)]
    Check(#[from] CheckRefusal),
    /// A publication.
    #[error(transparent)]
    Bulletin(#[from] BulletinRefusal),
    /// Holidays that contradict themselves.
    #[error("the holidays of {year} contradict themselves")]
    Holidays { year: i32 },
    /// The register is full.
    #[error("more than {max} records")]
    TooMany {
        /// The limit.
        max: usize,
    },
    /// An absence ends before it begins.
    #[error("period ends before it begins: {from} to {to}")]
    PeriodOrder {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// An absence without reason or approver.
    #[error("absence {from} to {to} lacks a reason or an approver")]
    AbsenceUnapproved {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// An avoidance without reason or approver.
    #[error("avoidance of {unit} lacks a reason or an approver")]
    AvoidanceUnapproved { unit: UnitId },
    /// An officer approved their own avoidance.
    #[error("avoidance of {unit} is approved by the officer")]
    AvoidanceOwnApproval { unit: UnitId },
    /// The officer has left already, or is there.
    #[error("officer {id} has left already, or is there")]
    AlreadySo { id: OfficerId },
    /// The item list is that of its last version.
    #[error("the item list is that of its last version")]
    ItemsAsIssued,
    /// A version of the item list that would hold before the one before it.
    #[error("version from {since}, the one before from {after}")]
    ItemsBefore { since: NaiveDate, after: NaiveDate },
    /// Two items have one id.
    #[error("item id {id:?} is empty or stands twice")]
    ItemId { id: String },
    /// The plan's numbers break a rule.
    #[error("the plan breaks {} rules", .0.len())]
    Plan(Vec<DesignError>),
    /// The year is not the next one, or cannot be begun yet.
    #[error("{year} cannot be begun before {from}")]
    YearTooEarly {
        year: i32,
        /// The first day on which the next one can.
        from: NaiveDate,
    },
    #[error("{year} cannot be closed before {from}")]
    YearNotOver {
        year: i32,
        /// The first day on which it can.
        from: NaiveDate,
    },
    /// The year is closed: nothing of it changes any more.
    #[error("the year {year} is closed")]
    YearClosed { year: i32 },
    /// The year is not closed: what may still change is no archive.
    #[error("the year {year} is not closed")]
    YearNotClosed { year: i32 },
    /// No draw after the year was frozen yet: those frozen in it still look back at it.
    #[error("draws still look back at {year}")]
    YearNeeded { year: i32 },
    /// The year's archive was not saved.
    #[error("the archive of {year} is not saved")]
    NoArchiveFile { year: i32 },
    /// The workbook is an archive, which nothing changes.
    #[error("the archive of {year} is read only")]
    Archive { year: i32 },
    /// The year is not kept.
    #[error("the year {year} is not kept")]
    NoYear { year: i32 },
    /// The annual plan cannot be frozen without units or officers.
    #[error("registers are empty")]
    EmptyRegisters,
    /// A draw is under way; the plan and registers that it froze stay.
    #[error("draw {number} is under way")]
    DrawOpen { number: u32 },
    /// The draw refused.
    #[error(transparent)]
    Draw(#[from] DrawError),
}

/// Why a draw refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// No frozen annual plan.
    #[error("the annual plan is not frozen")]
    NoPlan,
    /// The month is not of the plan's year.
    #[error("{month} is not in {year}")]
    OtherYear {
        month: YearMonth,
        /// The plan's year.
        year: i32,
    },
    /// This month, or a later one, is drawn already.
    #[error("{drawn} is drawn already")]
    Order { drawn: YearMonth },
    /// Nothing can be added to a month that is not drawn.
    #[error("{month} is not drawn yet")]
    NotDrawn { month: YearMonth },
    /// The plan was approved before.
    #[error("the plan of draw {number} is approved")]
    Approved { number: u32 },
    /// An approval dated before its draw, or ahead.
    #[error("approval of {date}, drawn {drawn}, today {today}")]
    ApprovalDay {
        date: NaiveDate,
        /// When the plan was laid.
        drawn: NaiveDate,
        today: NaiveDate,
    },
    /// By the month's rule on the register as it stands, nothing lacks.
    #[error("nothing lacks")]
    NothingLacks,
    /// What the year's share demands of the register is drawn.
    #[error("the register's share of the year is drawn")]
    OwnShareDrawn,
    /// None, or more than the year's share still lacks.
    #[error("{lacking} are still to be drawn")]
    OwnCount { lacking: u32 },
    /// The institution or engineer has no check that could be entered or corrected so.
    #[error("{id} has no check to be made")]
    NoOwnVisit { id: String },
    /// The entry of a check breaks a rule.
    #[error("the check of {id} breaks {rule:?}")]
    OwnVisit {
        id: String,
        /// The one rule that it breaks.
        rule: OwnRule,
    },
    /// A campaign whose filter holds no unit that may be inspected, or that takes none.
    #[error("the campaign takes no unit")]
    EmptyCampaign,
    /// No such scheme of a campaign.
    #[error("no campaign {number}")]
    NoCampaign { number: u32 },
    /// The scheme was withdrawn.
    #[error("campaign {number} was withdrawn")]
    CampaignGone { number: u32 },
    /// The scheme is drawn, or its draw is under way: nothing of it changes any more.
    #[error("draw {number} is the campaign's")]
    CampaignDrawn {
        /// The draw.
        number: u32,
    },
    /// None of its days is a working day of the month that is still to come.
    #[error("no day of {month} lies in {from} to {to}")]
    CampaignPeriod {
        month: YearMonth,
        from: NaiveDate,
        to: NaiveDate,
    },
    /// More are asked for than candidates are there.
    #[error("{asked} of {pool}")]
    CampaignCount { asked: u32, pool: u32 },
    /// More are to be drawn than the officers have places for.
    #[error("{asked} visits for {places} places")]
    CampaignPlaces {
        /// Visits to be laid.
        asked: u32,
        places: u32,
    },
    /// Outside the window without a reason.
    #[error("outside the window {first} to {last}")]
    OutsideWindow {
        /// First day of the window.
        first: NaiveDate,
        /// Last day of the window.
        last: NaiveDate,
    },
    /// Fewer than two officers.
    #[error("fewer than two officers")]
    NoOfficers,
    /// The register cannot be frozen.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The workbook has changed while its register was frozen.
    #[error("the workbook has changed while it was frozen")]
    Changed,
    /// No such draw, or not at this step.
    #[error("draw {number} is not at this step")]
    Step { number: u32 },
    /// Too late to break off: part of the entropy could be known.
    #[error("draw {number} must be finished")]
    MustBeFinished { number: u32 },
    /// No witness, or one without name or words, or a name twice.
    #[error("witness {place} lacks a name of his own or words")]
    Witness {
        /// His place, from 1.
        place: u32,
    },
    /// Several people in one witness's name: their words would be one promise.
    #[error("witness {place} names {count} people")]
    SeveralWitnesses {
        /// The place, from 1.
        place: u32,
        /// How many people.
        count: u32,
    },
    /// A public source without name or round, or in an impossible order of time.
    #[error("the public source is not wholly named")]
    Source,
    /// A public value that somebody could know already when it is named.
    #[error("the public value may be known since {from}")]
    AlreadyKnown {
        /// Since when.
        from: NaiveDateTime,
    },
    /// A public value given before its hour.
    #[error("the public value cannot be known before {from}")]
    TooEarly {
        /// Its hour.
        from: NaiveDateTime,
    },
    /// The entropy does not fit the commitment.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// No visit was named.
    #[error("no visit was named")]
    NoVisits,
    /// A later draw that drew the unit rests on the visit's entry.
    #[error("draw {number} drew {unit} since")]
    DrawnSince {
        unit: UnitId,
        /// That draw's number.
        number: u32,
    },
    /// The officer has no visit of an approved plan on these days.
    #[error("{name} has no visits on these days")]
    NobodyToStandIn { name: String },
    /// Another day or team, or an end of the visit, that breaks a rule.
    #[error("the plan of the visit to {unit} cannot change: {rule:?}")]
    PlanChange {
        unit: UnitId,
        name: String,
        /// The one rule that it breaks.
        rule: PlanRule,
    },
    /// The unit has no visit to be made.
    #[error("{unit} has no visit to be made")]
    NoVisit { unit: UnitId },
    /// A visit's record, its review or its papers break a rule.
    #[error("the record of {unit} breaks {rule:?}")]
    Record {
        unit: UnitId,
        name: String,
        /// The one rule that they break.
        rule: RecordRule,
    },
    /// A visit of another kind breaks a rule.
    #[error("the other visit to {unit} breaks {rule:?}")]
    OtherVisit {
        unit: UnitId,
        name: String,
        /// The one rule that it breaks.
        rule: OtherRule,
    },
    /// The visit's date breaks a rule.
    #[error("a visit to {unit} on {date} breaks {rule:?}")]
    VisitDate {
        unit: UnitId,
        name: String,
        date: NaiveDate,
        /// The one rule that it breaks.
        rule: VisitRule,
    },
}

/// The one rule that the check of an institution or engineer would break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnRule {
    /// The day is not of the draw's year.
    OtherYear { year: i32 },
    /// The day has not come.
    Future { today: NaiveDate },
    /// The day is before the draw.
    BeforeDraw { drawn_on: NaiveDate },
    /// Two officers make a check.
    OneOfficer,
    /// The officer is none who makes visits, was away that day, or without a valid certificate.
    NotPresent { officer: OfficerId },
    /// The officer is not qualified to lead.
    NoLead { officer: OfficerId },
    /// No visit to the unit was made that day.
    NoUnitVisit { unit: UnitId },
    /// Others than the lottery chose, and nobody says why.
    OtherTeam,
    /// It cannot be closed so.
    Closing(PlanRule),
}

/// The one rule that a change of a visit's plan would break; `name` is an officer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanRule {
    /// The visit is made, or void.
    NotPending,
    /// No plan gives it a day: it is carried.
    NoDay,
    /// The plan that holds it is not approved.
    Unapproved,
    /// The day is not of the plan's month.
    OtherMonth { month: YearMonth },
    /// The day has gone by.
    Past { today: NaiveDate },
    /// The day is not a working day.
    RestDay { day: NaiveDate },
    /// The law's limits.
    Limit(VisitRule),
    /// Two different officers make a visit.
    SamePerson,
    /// Nobody who makes visits.
    NoOfficer { name: String },
    /// On leave or seconded.
    Away { name: String, day: NaiveDate },
    /// The certificate has run out by then.
    CertificateOver { name: String, until: NaiveDate },
    /// 回避.
    Avoids { name: String },
    /// Not qualified to lead.
    NoLead { name: String },
    /// As many visits that day as one officer may have.
    Full {
        name: String,
        day: NaiveDate,
        per_day: u32,
    },
    /// By the records the officer can come: nobody stands in then.
    StillPresent { name: String, day: NaiveDate },
    /// The officer is none of the two.
    NotInTeam { name: String },
    /// Who confirms is one of the two who were to go.
    OwnTeam { name: String },
}

/// The one rule that a visit on a date would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitRule {
    /// The day is not of the draw's year.
    OtherYear { year: i32 },
    /// The day has not come.
    Future { today: NaiveDate },
    /// The day is before the month for which the unit was drawn.
    BeforeMonth { month: YearMonth },
    /// The plan that names the visit is not approved.
    Unapproved,
    /// The day is before the plan's approval.
    BeforeApproval { approved: NaiveDate },
    /// The law's limits, after what was inspected before that day.
    NotYet(NotYet),
    /// An inspection after that day would follow it in less than six months.
    BeforeLater {
        /// That inspection.
        later: NaiveDate,
    },
}

/// Why a publication is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BulletinRefusal {
    /// There is nothing of it to publish: not approved, not accepted, or nothing drawn.
    #[error("there is nothing to publish")]
    Nothing,
    /// Nobody says where.
    #[error("nobody says where")]
    NoPlace,
    /// The paper is that of its last version.
    #[error("version {version} says the same")]
    Same { version: u32 },
    /// A day ahead, or before there was anything to publish.
    #[error("published on {date}, formed {after:?}, today {today}")]
    Day {
        date: NaiveDate,
        /// The day on which it came to be.
        after: Option<NaiveDate>,
        today: NaiveDate,
    },
}

/// Why a step of a check's report is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckRefusal {
    /// Nobody signs.
    #[error("nobody signs")]
    NoChecker,
    /// The head of the brigade, to whom is reported, does not check.
    #[error("{name} is the head of the brigade")]
    HeadChecks { name: String },
    /// Who checked does not sign as the head as well.
    #[error("{name} checked")]
    HeadIsChecker { name: String },
    /// A report of the same day says the same.
    #[error("report {number} says the same")]
    Same { number: u32 },
    /// Nothing was drawn: there is nothing to check.
    #[error("nothing was drawn")]
    NothingDrawn,
    /// No such report.
    #[error("no report {number}")]
    NoReport { number: u32 },
    /// The head has signed it.
    #[error("the head has signed report {number}")]
    HeadSigned { number: u32 },
    /// The head has not signed it.
    #[error("the head has not signed report {number}")]
    NotHeadSigned { number: u32 },
    /// It is filed.
    #[error("report {number} is filed")]
    Filed { number: u32 },
    /// A day of filing before the head's signature, or ahead.
    #[error("filed on {date}, signed {signed}, today {today}")]
    FilingDay {
        date: NaiveDate,
        /// When the head signed.
        signed: NaiveDate,
        today: NaiveDate,
    },
}
