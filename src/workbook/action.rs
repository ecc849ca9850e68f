//! Named actions: the only way in which a workbook changes.
//!
//! [`Workbook::apply`] checks an action wholly before it changes anything, so a
//! refused one leaves the workbook as it was, and writes one entry of the trail.
//! An action that can be taken back returns the action that does so: undoing is
//! a new entry, never an erasure.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::event::Event;
use super::refusal::ActionError;
use super::request::{CorrectVisit, Keep, RegisterImport, VisitEntry};
use super::{AnnualPlan, Brigade};
use crate::engine::calendar::YearDays;
use crate::model::{Agency, Engineer, Finding, InspectionItem, Officer, OfficerId, Unit, UnitId};

/// Who acts, and when.
#[derive(Debug, Clone)]
pub struct Context {
    /// Local time.
    pub now: NaiveDateTime,
    /// The person at the desk.
    pub who: String,
}

/// A change of the workbook.
#[derive(Debug, Clone)]
pub enum Action {
    /// Names of the brigade and its people.
    EditBrigade(Box<Brigade>),
    /// A new unit; its id is given here, whatever stands in the record.
    AddUnit(Box<Unit>),
    /// The same, though the register holds one that may be this: the person has looked.
    AddUnitAlike(Box<Unit>),
    /// Other values for a unit.
    EditUnit(Box<Unit>),
    /// The same, though it becomes alike to another: the person has looked.
    EditUnitAlike(Box<Unit>),
    /// Takes a unit out of the draws; nothing is erased.
    RetireUnit {
        id: UnitId,
        /// Since when.
        since: NaiveDate,
        /// Why, with evidence.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// Takes several units out of use for one reason, or none.
    RetireUnits(super::request::RetireUnits),
    /// Brings several units back, or none.
    RestoreUnits {
        ids: Vec<UnitId>,
        /// Why.
        reason: String,
    },
    /// A step of the register's upkeep: a comparison with a list, and what is said of it.
    Upkeep(super::upkeep::UpkeepStep),
    /// Withholds a unit from publication.
    Withhold(super::request::Withhold),
    /// Takes a withholding back that no draw has used.
    PublishUnit { id: UnitId },
    /// Brings a retired unit back.
    RestoreUnit {
        id: UnitId,
        /// Why.
        reason: String,
    },
    /// A new officer; the id is given here.
    AddOfficer(Box<Officer>),
    /// The same, though the register holds one of this name: the person has looked.
    AddOfficerAlike(Box<Officer>),
    /// Other values for an officer.
    EditOfficer(Box<Officer>),
    /// The same, though another has this name: the person has looked.
    EditOfficerAlike(Box<Officer>),
    /// An officer leaves the brigade; nothing is erased.
    OfficerLeaves {
        id: OfficerId,
        /// Why.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// An officer who left is back.
    OfficerReturns {
        id: OfficerId,
        /// Why.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// Adds an item, or replaces the one with the same id.
    PutItem(Box<InspectionItem>),
    /// Puts an item at another place of the published list.
    MoveItem {
        /// The item's id.
        id: String,
        /// Its new place, from 0.
        to: usize,
    },
    /// Takes an item off the list; what it said stays in the trail.
    RemoveItem {
        /// The item's id.
        id: String,
        /// Why.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// Brings an item back that was just taken off.
    RestoreItem {
        item: Box<InspectionItem>,
        /// The place where it stood, from 0.
        at: usize,
    },
    /// Fixes the item list as its next version.
    IssueItems {
        /// The day from which it holds.
        since: NaiveDate,
        /// What made it needed.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// A change of the register of service institutions.
    Agencies(Keep<Agency>),
    /// A change of the register of fire engineers.
    Engineers(Keep<Engineer>),
    /// A unit register from a file.
    ImportUnits(RegisterImport<Unit>),
    /// An officer register from a file.
    ImportOfficers(RegisterImport<Officer>),
    /// An item list from a file.
    ImportItems(RegisterImport<InspectionItem>),
    /// One field of many records of a register.
    EditMany(Box<super::many::ManyEdited>),
    /// Takes the last import of a register back, or a change of many records.
    UndoImport(super::undo_import::ImportUndo),
    /// Holidays of years that the program does not know.
    ImportHolidays(BTreeMap<i32, YearDays>),
    /// Other numbers in the plan's draft.
    EditPlan(Box<AnnualPlan>),
    /// Begins the year after the last one kept.
    StartYear { year: i32 },
    /// Closes a year that is over, with its statement.
    CloseYear {
        year: i32,
        /// Who approved it.
        approver: String,
        /// What is said to it; needed where a floor was not met.
        note: String,
    },
    /// Takes years that are closed out of the workbook, once their archive is saved.
    TakeOutYears(super::request::TakeOut),
    /// Freezes the draft as the plan in force.
    FreezePlan {
        year: i32,
        /// Who approved it.
        approver: String,
        /// Why a new version is needed; may be empty for the first.
        reason: String,
    },
    /// Opens the next draw of the year: freezes the register and fixes the sizes.
    OpenDraw(super::request::OpenDraw),
    /// Opens a supplementary draw for a month that is drawn.
    OpenSupplementary(super::request::OpenSupplementary),
    /// Opens a campaign's draw beside a month's plan.
    OpenCampaign(super::request::OpenCampaign),
    /// Puts a campaign's scheme of a year down, or other values for one.
    PutCampaign(i32, Box<super::campaign::CampaignPlan>),
    /// Gives a scheme up; nothing is erased.
    WithdrawCampaign(super::request::WithdrawCampaign),
    /// A step of a check's report: 说明, signatures, filing.
    SelfCheck(super::check_signing::CheckStep),
    /// Notes that something was made public: what, which day, where.
    PublishBulletin(super::publishing::Publish),
    /// Opens a draw from the register of service institutions or engineers.
    OpenRegisterDraw(super::request::OpenRegisterDraw),
    /// The monthly draw, with the register frozen ahead.
    OpenFrozen(super::request::OpenDraw, Box<super::freezing::Frozen>),
    /// Publishes the commitment; from here on the entropy may come to be.
    Commit(super::request::Commit),
    /// Enters the entropy, draws, and lays days and teams.
    Draw(super::request::RunDraw),
    /// Enters the entropy and draws; days and teams are laid after it is saved.
    EnterEntropy(super::request::RunDraw),
    /// Records a draw whose days and teams were laid.
    FinishDraw(Box<super::drawing::FinishedDraw>),
    /// Approves the plan of a draw.
    ApprovePlan(super::request::ApprovePlan),
    /// Breaks a draw off before its entropy could be known.
    BreakOff(super::request::BreakOff),
    /// This window's workbook stands over what another one saved at this time.
    StandOver(NaiveDateTime),
    /// This workbook was opened though it lacks draws that were made under its id.
    OpenOlder(Vec<super::draw::KnownDraw>),
    /// A visit took place.
    RecordVisit {
        unit: UnitId,
        /// The day.
        date: NaiveDate,
        /// What it found.
        finding: Finding,
    },
    /// Several visits took place; all are entered, or none.
    RecordVisits(Vec<VisitEntry>),
    /// The entry of a visit was wrong.
    CorrectVisit(CorrectVisit),
    /// What a visit was: its record, to be reviewed.
    EnterResult(Box<super::request::EnterResult>),
    /// Results of visits from a file: all of them, or none.
    ImportResults(Box<super::request::ImportResults>),
    /// Records that wait were reviewed.
    ReviewResults(super::request::ReviewResults),
    /// Units were told of their visits, or why not.
    NotifyVisits(super::request::NotifyVisits),
    /// The papers of a visit that are there.
    PutPapers(super::request::PutPapers),
    /// What a visit found was looked at again.
    EnterRecheck(super::request::EnterRecheck),
    /// A visit of another kind, which no draw chose.
    EnterOther(Box<super::other_visit::OtherVisit>),
    /// Such an entry was wrong.
    WithdrawOther {
        year: i32,
        /// Its number in the year.
        number: u32,
        /// Why.
        reason: String,
    },
    /// Another day or team for a visit of an approved plan.
    ChangePlan(super::request::ChangePlan),
    /// Others take over the visits of an officer who cannot come.
    StandIn(super::request::StandIn),
    /// A drawn unit proved closed: its visit is void, and the next of the reserve steps in.
    CloseVisit(super::request::CloseVisit),
    /// A drawn institution or engineer was checked.
    RecordOwnVisit(super::request::RecordOwnVisit),
    /// It proved closed: its check is void, and the next of the reserve steps in.
    CloseOwnVisit(super::request::CloseOwnVisit),
    /// The entry of such a check was wrong.
    CorrectOwnVisit(super::request::CorrectOwnVisit),
}

impl Action {
    /// Whether it is a step of the way to a draw: taken only on the workbook as it is
    /// stored, and stored before anything else happens.
    #[must_use]
    pub const fn is_ceremony(&self) -> bool {
        matches!(
            self,
            Self::FreezePlan { .. }
                | Self::CloseYear { .. }
                | Self::TakeOutYears(_)
                | Self::OpenDraw(_)
                | Self::OpenSupplementary(_)
                | Self::OpenCampaign(_)
                | Self::OpenRegisterDraw(_)
                | Self::OpenFrozen(..)
                | Self::Commit(_)
                | Self::Draw(_)
                | Self::EnterEntropy(_)
                | Self::FinishDraw(_)
                | Self::BreakOff(_)
        )
    }
}

/// What an applied action leaves behind.
#[derive(Debug)]
pub struct Applied {
    /// The action that takes it back, where one exists.
    pub undo: Option<Action>,
    /// The id that was given to a new record.
    pub id: Option<String>,
}

impl Applied {
    pub(super) const fn done() -> Self {
        Self {
            undo: None,
            id: None,
        }
    }

    pub(super) fn undone_by(action: Action) -> Self {
        Self {
            undo: Some(action),
            id: None,
        }
    }
}

/// What goes into the trail.
pub(super) struct Entry {
    pub(super) event: Event,
    pub(super) why: String,
}

impl Entry {
    pub(super) fn new(event: Event, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { event, why }
    }
}

impl From<Event> for Entry {
    /// Of an action that needs no reason.
    fn from(event: Event) -> Self {
        Self::new(event, "")
    }
}

/// What every handler returns: what it leaves behind and what goes into the trail.
pub(super) type Outcome = Result<(Applied, Entry), ActionError>;

/// Refuses an empty text.
pub(super) fn require(text: &str, error: ActionError) -> Result<(), ActionError> {
    if text.trim().is_empty() {
        Err(error)
    } else {
        Ok(())
    }
}
