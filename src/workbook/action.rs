//! Named actions: the only way in which a workbook changes.
//!
//! [`Workbook::apply`] checks an action wholly before it changes anything, so a
//! refused one leaves the workbook as it was, and writes one entry of the trail.
//! An action that can be taken back returns the action that does so: undoing is
//! a new entry, never an erasure.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use serde_json::{Value, json};

use super::brigade::is_prefix;
use super::draw::DrawError;
use super::names::TooLong;
use super::register::{Guarded, RegisterImport, Registered, refuse};
use super::rule::{self, Fault};
use super::visit::VisitMade;
use super::visit_entry::{CorrectVisit, VisitEntry};
use super::{
    AnnualPlan, Brigade, FrozenPlan, ITEMS_MAX, NUMBER_MAX, OFFICERS_MAX, UNITS_MAX, Workbook,
    Year, trail,
};
use crate::engine::calendar::{YearDays, check_years};
use crate::engine::design::DesignError;
use crate::engine::lottery::Genesis;
use crate::model::{Finding, InspectionItem, Officer, OfficerId, Unit, UnitId, UnitStatus};

/// Who acts, and when.
#[derive(Debug, Clone)]
pub struct Context {
    /// Local time.
    pub now: NaiveDateTime,
    /// The person at the desk.
    pub who: String,
}

/// How many records an import touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ImportCounts {
    /// New records.
    pub added: u32,
    /// Records with other values than before.
    pub changed: u32,
    /// Records taken out or retired.
    pub removed: u32,
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
        /// The unit.
        id: UnitId,
        /// Since when.
        since: NaiveDate,
        /// Why, with evidence.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// Withholds a unit from publication.
    Withhold(super::withhold::Withhold),
    /// Takes a withholding back that no draw has used.
    PublishUnit {
        /// The unit.
        id: UnitId,
    },
    /// Brings a retired unit back.
    RestoreUnit {
        /// The unit.
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
        /// The officer.
        id: OfficerId,
        /// Why.
        reason: String,
        /// Who approved it.
        approver: String,
    },
    /// An officer who left is back.
    OfficerReturns {
        /// The officer.
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
        /// The item.
        item: Box<InspectionItem>,
        /// The place where it stood, from 0.
        at: usize,
    },
    /// A unit register from a file.
    ImportUnits(RegisterImport<Unit>),
    /// An officer register from a file.
    ImportOfficers(RegisterImport<Officer>),
    /// An item list from a file.
    ImportItems(RegisterImport<InspectionItem>),
    /// Holidays of years that the program does not know.
    ImportHolidays(BTreeMap<i32, YearDays>),
    /// Other numbers in the plan's draft.
    EditPlan(Box<AnnualPlan>),
    /// Begins the year after the last one kept.
    StartYear {
        /// The year.
        year: i32,
    },
    /// Freezes the draft as the plan in force.
    FreezePlan {
        /// The year.
        year: i32,
        /// Who approved it.
        approver: String,
        /// Why a new version is needed; may be empty for the first.
        reason: String,
    },
    /// Opens the next draw of the year: freezes the register and fixes the sizes.
    OpenDraw(super::draw::OpenDraw),
    /// Opens a supplementary draw for a month that is drawn.
    OpenSupplementary(super::occasion::OpenSupplementary),
    /// Opens a campaign's draw beside a month's plan.
    OpenCampaign(super::occasion::OpenCampaign),
    /// The same, with the register frozen ahead.
    OpenFrozen(super::draw::OpenDraw, Box<super::freezing::Frozen>),
    /// Publishes the commitment; from here on the entropy may come to be.
    Commit(super::draw::Commit),
    /// Enters the entropy, draws, and lays days and teams.
    Draw(super::draw::RunDraw),
    /// Enters the entropy and draws; days and teams are laid after it is saved.
    EnterEntropy(super::draw::RunDraw),
    /// Records a draw whose days and teams were laid.
    FinishDraw(Box<super::drawing::FinishedDraw>),
    /// Breaks a draw off before its entropy could be known.
    BreakOff(super::draw::BreakOff),
    /// This window's workbook stands over what another one saved at this time.
    StandOver(NaiveDateTime),
    /// This workbook was opened though it lacks draws that were made under its id.
    OpenOlder(Vec<super::standing::KnownDraw>),
    /// A visit took place.
    RecordVisit {
        /// The unit.
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
}

impl Action {
    /// Whether it is a step of the way to a draw: taken only on the workbook as it is
    /// stored, and stored before anything else happens.
    #[must_use]
    pub const fn is_ceremony(&self) -> bool {
        matches!(
            self,
            Self::FreezePlan { .. }
                | Self::OpenDraw(_)
                | Self::OpenSupplementary(_)
                | Self::OpenCampaign(_)
                | Self::OpenFrozen(..)
                | Self::Commit(_)
                | Self::Draw(_)
                | Self::EnterEntropy(_)
                | Self::FinishDraw(_)
                | Self::BreakOff(_)
        )
    }
}

/// Why an action was refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// No such unit.
    #[error("no unit {id}")]
    NoUnit {
        /// The id.
        id: UnitId,
    },
    /// The unit is withheld already.
    #[error("unit {id} is withheld already")]
    AlreadyWithheld {
        /// The id.
        id: UnitId,
    },
    /// The unit is not withheld.
    #[error("unit {id} is not withheld")]
    NotWithheld {
        /// The id.
        id: UnitId,
    },
    /// The alias is another unit's; try again with other random bytes.
    #[error("the alias is that of unit {other}")]
    AliasTaken {
        /// The unit that has it.
        other: UnitId,
    },
    /// A draw has used the alias, so that the withholding stays.
    #[error("draw {number} has used the alias")]
    AliasUsed {
        /// Its number.
        number: u32,
    },
    /// No such officer.
    #[error("no officer {id}")]
    NoOfficer {
        /// The id.
        id: OfficerId,
    },
    /// No such item.
    #[error("no item {id}")]
    NoItem {
        /// The id.
        id: String,
    },
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
    UnitAlike {
        /// The unit.
        other: UnitId,
    },
    /// The register holds an officer of this name.
    #[error("officer {other} has this name")]
    OfficerAlike {
        /// The officer.
        other: OfficerId,
    },
    /// A reason is needed.
    #[error("a reason is needed")]
    NoReason,
    /// An approver is needed.
    #[error("an approver is needed")]
    NoApprover,
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
        /// The field.
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
    IdUsed {
        /// The id.
        id: String,
    },
    /// An inspection from before this workbook that is still to come.
    #[error("an inspection of {id} on {date} is still to come")]
    FutureHistory {
        /// The unit.
        id: UnitId,
        /// Its name.
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
    /// Holidays that contradict themselves.
    #[error("the holidays of {year} contradict themselves")]
    Holidays {
        /// The year.
        year: i32,
    },
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
    /// The officer has left already, or is there.
    #[error("officer {id} has left already, or is there")]
    AlreadySo {
        /// The officer.
        id: OfficerId,
    },
    /// Two items have one id.
    #[error("item id {id:?} is empty or stands twice")]
    ItemId {
        /// The id.
        id: String,
    },
    /// The plan's numbers break a rule.
    #[error("the plan breaks {} rules", .0.len())]
    Plan(Vec<DesignError>),
    /// The year is not the next one, or cannot be begun yet.
    #[error("{year} cannot be begun before {from}")]
    YearTooEarly {
        /// The year.
        year: i32,
        /// The first day on which the next one can.
        from: NaiveDate,
    },
    /// The year is not kept.
    #[error("the year {year} is not kept")]
    NoYear {
        /// The year.
        year: i32,
    },
    /// The annual plan cannot be frozen without units or officers.
    #[error("registers are empty")]
    EmptyRegisters,
    /// A draw is under way; the plan and registers that it froze stay.
    #[error("draw {number} is under way")]
    DrawOpen {
        /// Its number.
        number: u32,
    },
    /// The draw refused.
    #[error(transparent)]
    Draw(#[from] DrawError),
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
    name: &'static str,
    why: String,
    detail: Value,
}

impl Entry {
    pub(super) fn new(name: &'static str, why: impl Into<String>, detail: Value) -> Self {
        Self {
            name,
            why: why.into(),
            detail,
        }
    }
}

impl Workbook {
    /// Checks and carries out one action, and writes it into the trail.
    ///
    /// # Errors
    /// [`ActionError`]; then nothing has changed.
    pub fn apply(&mut self, action: Action, context: &Context) -> Result<Applied, ActionError> {
        let (applied, entry) = match action {
            Action::EditBrigade(brigade) => self.edit_brigade(*brigade),
            Action::AddUnit(unit) => self
                .check_unit_alone(&unit)
                .and_then(|()| self.add_unit(*unit, context)),
            Action::AddUnitAlike(unit) => self.add_unit(*unit, context),
            Action::EditUnit(unit) => self
                .check_unit_alone(&unit)
                .and_then(|()| self.edit_unit(*unit, context)),
            Action::EditUnitAlike(unit) => self.edit_unit(*unit, context),
            Action::RetireUnit {
                id,
                since,
                reason,
                approver,
            } => self.retire_unit(
                &id,
                UnitStatus::Retired {
                    since,
                    reason,
                    approver,
                    extra: serde_json::Map::new(),
                },
            ),
            Action::Withhold(withhold) => self.withhold(withhold, context),
            Action::PublishUnit { id } => self.publish_unit(&id),
            Action::RestoreUnit { id, reason } => self.restore_unit(&id, reason),
            Action::AddOfficer(officer) => self
                .check_officer_alone(&officer)
                .and_then(|()| self.add_officer(*officer, context)),
            Action::AddOfficerAlike(officer) => self.add_officer(*officer, context),
            Action::EditOfficer(officer) => self
                .check_officer_alone(&officer)
                .and_then(|()| self.edit_officer(*officer, context)),
            Action::EditOfficerAlike(officer) => self.edit_officer(*officer, context),
            Action::OfficerLeaves {
                id,
                reason,
                approver,
            } => self.set_left(&id, true, reason, approver),
            Action::OfficerReturns {
                id,
                reason,
                approver,
            } => self.set_left(&id, false, reason, approver),
            Action::PutItem(item) => self.put_item(*item, context),
            Action::MoveItem { id, to } => self.move_item(&id, to),
            Action::RemoveItem {
                id,
                reason,
                approver,
            } => self.remove_item(&id, reason, &approver),
            Action::RestoreItem { item, at } => self.restore_item(*item, at),
            Action::ImportUnits(import) => self.import_units(import, context),
            Action::ImportOfficers(import) => self.import_officers(import, context),
            Action::ImportItems(import) => self.import_items(import, context),
            Action::ImportHolidays(years) => self.import_holidays(years),
            Action::EditPlan(plan) => self.edit_plan(*plan),
            Action::StartYear { year } => self.start_year(year, context),
            Action::FreezePlan {
                year,
                approver,
                reason,
            } => self.freeze_plan(year, approver, reason, context),
            Action::OpenDraw(open) => self.open_draw(open, context),
            Action::OpenSupplementary(open) => self.open_supplementary(open, context),
            Action::OpenCampaign(open) => self.open_campaign(open, context),
            Action::OpenFrozen(open, frozen) => self.open_frozen(open, *frozen, context),
            Action::Commit(commit) => self.commit_draw(commit, context),
            Action::Draw(run) => self.run_draw(run, context),
            Action::EnterEntropy(run) => self.enter_entropy(run, context),
            Action::StandOver(stored_at) => self.stand_over(stored_at),
            Action::OpenOlder(known) => self.open_older(known),
            Action::FinishDraw(finished) => self.finish_draw(*finished),
            Action::BreakOff(broken) => self.break_off(broken, context),
            Action::RecordVisit {
                unit,
                date,
                finding,
            } => {
                let made = VisitMade { date, finding };
                self.record_visit(&VisitEntry { unit, made }, context.now.date())
            }
            Action::RecordVisits(visits) => self.record_visits(&visits, context.now.date()),
            Action::CorrectVisit(correction) => self.correct_visit(correction, context),
        }?;
        trail::append(
            &mut self.trail,
            context.now,
            &context.who,
            entry.name,
            &entry.why,
            entry.detail,
        );
        Ok(applied)
    }

    fn edit_brigade(&mut self, brigade: Brigade) -> Outcome {
        require(&brigade.name, ActionError::NoName)?;
        if !is_prefix(&brigade.unit_prefix) {
            let found = brigade.unit_prefix;
            return Err(ActionError::Prefix { found });
        }
        let detail = changes(&self.brigade, &brigade);
        let before = std::mem::replace(&mut self.brigade, brigade);
        for year in &mut self.years {
            year.draft.brigade.clone_from(&self.brigade.name);
        }
        Ok((
            Applied::undone_by(Action::EditBrigade(Box::new(before))),
            Entry::new("edit_brigade", "", detail),
        ))
    }

    fn add_unit(&mut self, mut unit: Unit, context: &Context) -> Outcome {
        check_values(&unit, None, context)?;
        self.check_code_free(&unit, None)?;
        refuse(&unit, unit.unapproved())?;
        if self.units.len() >= UNITS_MAX {
            return Err(ActionError::TooMany { max: UNITS_MAX });
        }
        let number = next_number(self.unit_number_last)?;
        let prefix = &self.brigade.unit_prefix;
        unit.id =
            UnitId::new(format!("{prefix}-{number:05}")).map_err(|_| ActionError::Prefix {
                found: prefix.clone(),
            })?;
        self.unit_number_last = number;
        let id = unit.id.clone();
        let detail = json!({ "id": id, "name": unit.name });
        let at = self.units.partition_point(|known| known.id < id);
        self.units.insert(at, unit);
        Ok((
            Applied {
                undo: None,
                id: Some(id.to_string()),
            },
            Entry::new("add_unit", "", detail),
        ))
    }

    /// Other values for what a form edits; the rest has actions of its own.
    fn edit_unit(&mut self, mut unit: Unit, context: &Context) -> Outcome {
        check_values(&unit, None, context)?;
        self.check_code_free(&unit, Some(&unit.id))?;
        let at = self.unit_at(&unit.id)?;
        unit.put_back_unedited(&self.units[at]);
        let detail = json!({ "id": unit.id, "changes": changes(&self.units[at], &unit) });
        let before = std::mem::replace(&mut self.units[at], unit);
        Ok((
            Applied::undone_by(Action::EditUnitAlike(Box::new(before))),
            Entry::new("edit_unit", "", detail),
        ))
    }

    fn retire_unit(&mut self, id: &UnitId, status: UnitStatus) -> Outcome {
        let at = self.unit_at(id)?;
        let UnitStatus::Retired {
            since,
            reason,
            approver,
            ..
        } = &status
        else {
            return Err(ActionError::NoReason);
        };
        require(reason, ActionError::NoReason)?;
        require(approver, ActionError::NoApprover)?;
        let detail = json!({ "id": id, "since": since, "approver": approver });
        let entry = Entry::new("retire_unit", reason.clone(), detail);
        self.units[at].status = status;
        let reason = String::from("撤销停用");
        Ok((
            Applied::undone_by(Action::RestoreUnit {
                id: id.clone(),
                reason,
            }),
            entry,
        ))
    }

    fn restore_unit(&mut self, id: &UnitId, reason: String) -> Outcome {
        let at = self.unit_at(id)?;
        require(&reason, ActionError::NoReason)?;
        self.units[at].status = UnitStatus::Active;
        Ok((
            Applied::done(),
            Entry::new("restore_unit", reason, json!({ "id": id })),
        ))
    }

    fn add_officer(&mut self, mut officer: Officer, context: &Context) -> Outcome {
        check_values(&officer, None, context)?;
        check_absences(&officer, None)?;
        if self.officers.len() >= OFFICERS_MAX {
            return Err(ActionError::TooMany { max: OFFICERS_MAX });
        }
        officer.has_left = false;
        let number = next_number(self.officer_number_last)?;
        officer.id = OfficerId::new(format!("P{number:02}"))
            .expect("P and a number of at most nine digits make an id");
        self.officer_number_last = number;
        let id = officer.id.clone();
        let detail = json!({ "id": id, "name": officer.name });
        self.officers.push(officer);
        self.officers.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((
            Applied {
                undo: None,
                id: Some(id.to_string()),
            },
            Entry::new("add_officer", "", detail),
        ))
    }

    /// Other values for what a form edits; leaving and coming back have actions of their own.
    fn edit_officer(&mut self, mut officer: Officer, context: &Context) -> Outcome {
        let at = self.officer_at(&officer.id)?;
        check_values(&officer, None, context)?;
        check_absences(&officer, Some(&self.officers[at]))?;
        officer.put_back_unedited(&self.officers[at]);
        let detail = json!({ "id": officer.id, "changes": changes(&self.officers[at], &officer) });
        let before = std::mem::replace(&mut self.officers[at], officer);
        Ok((
            Applied::undone_by(Action::EditOfficerAlike(Box::new(before))),
            Entry::new("edit_officer", "", detail),
        ))
    }

    fn set_left(
        &mut self,
        id: &OfficerId,
        has_left: bool,
        reason: String,
        approver: String,
    ) -> Outcome {
        let at = self.officer_at(id)?;
        if self.officers[at].has_left == has_left {
            return Err(ActionError::AlreadySo { id: id.clone() });
        }
        require(&reason, ActionError::NoReason)?;
        require(&approver, ActionError::NoApprover)?;
        self.officers[at].has_left = has_left;
        let name = if has_left {
            "officer_leaves"
        } else {
            "officer_returns"
        };
        let detail = json!({ "id": id, "approver": approver });
        Ok((Applied::done(), Entry::new(name, reason, detail)))
    }

    /// Refuses a unit that may be another of the register: a person is to look.
    fn check_unit_alone(&self, unit: &Unit) -> Result<(), ActionError> {
        self.unit_alike(unit).map_or(Ok(()), |other| {
            let other = other.id.clone();
            Err(ActionError::UnitAlike { other })
        })
    }

    /// Refuses an officer whose name another has: a person is to look.
    fn check_officer_alone(&self, officer: &Officer) -> Result<(), ActionError> {
        self.officer_alike(officer).map_or(Ok(()), |other| {
            let other = other.id.clone();
            Err(ActionError::OfficerAlike { other })
        })
    }

    fn officer_at(&self, id: &OfficerId) -> Result<usize, ActionError> {
        self.officers
            .binary_search_by(|known| known.id.cmp(id))
            .map_err(|_| ActionError::NoOfficer { id: id.clone() })
    }

    fn put_item(&mut self, item: InspectionItem, context: &Context) -> Outcome {
        if item.id.trim().is_empty() {
            return Err(ActionError::ItemId { id: item.id });
        }
        check_values(&item, None, context)?;
        let known = self.items.iter().position(|other| other.id == item.id);
        let detail = json!({ "id": item.id, "name": item.name });
        let undo = match known {
            Some(at) => Some(Action::PutItem(Box::new(std::mem::replace(
                &mut self.items[at],
                item,
            )))),
            None if self.items.len() >= ITEMS_MAX => {
                return Err(ActionError::TooMany { max: ITEMS_MAX });
            }
            None => {
                self.items.push(item);
                None
            }
        };
        Ok((
            Applied { undo, id: None },
            Entry::new("put_item", "", detail),
        ))
    }

    fn import_holidays(&mut self, years: BTreeMap<i32, YearDays>) -> Outcome {
        let is_wrong = |(&year, days): (&i32, &YearDays)| {
            let days = [(year, days.clone())].into();
            check_years(&days).is_err().then_some(year)
        };
        if let Some(year) = years.iter().find_map(is_wrong) {
            return Err(ActionError::Holidays { year });
        }
        let detail = json!({ "years": years.keys().collect::<Vec<_>>() });
        self.holidays.extend(years);
        Ok((Applied::done(), Entry::new("import_holidays", "", detail)))
    }

    fn edit_plan(&mut self, plan: AnnualPlan) -> Outcome {
        let errors = plan.design.errors();
        if !errors.is_empty() {
            return Err(ActionError::Plan(errors));
        }
        let year = self.kept_year(plan.year)?;
        let detail = changes(&year.draft, &plan);
        let before = std::mem::replace(&mut year.draft, plan);
        Ok((
            Applied::undone_by(Action::EditPlan(Box::new(before))),
            Entry::new("edit_plan", "", detail),
        ))
    }

    /// The year to be changed, if it is kept.
    fn kept_year(&mut self, year: i32) -> Result<&mut Year, ActionError> {
        let kept = self.year_mut(year);
        kept.ok_or(ActionError::NoYear { year })
    }

    fn freeze_plan(
        &mut self,
        year: i32,
        approver: String,
        reason: String,
        context: &Context,
    ) -> Outcome {
        if let Some(open) = self.open_draw_record() {
            return Err(ActionError::DrawOpen {
                number: open.number,
            });
        }
        if self.units.is_empty() || self.officers.is_empty() {
            return Err(ActionError::EmptyRegisters);
        }
        let year = self.kept_year(year)?;
        let errors = year.draft.design.errors();
        if !errors.is_empty() {
            return Err(ActionError::Plan(errors));
        }
        require(&approver, ActionError::NoApprover)?;
        if !year.plans.is_empty() {
            require(&reason, ActionError::NoReason)?;
        }
        let genesis = Genesis::of(&year.draft).expect("a plan holds texts and integers only");
        let version = year.plans.len() as u32 + 1;
        let detail = json!({ "version": version, "genesis": genesis, "approver": approver });
        let entry = Entry::new("freeze_plan", reason.clone(), detail);
        year.plans.push(FrozenPlan {
            version,
            plan: year.draft.clone(),
            genesis,
            at: context.now,
            by: context.who.clone(),
            approver,
            reason,
            extra: serde_json::Map::new(),
        });
        Ok((Applied::done(), entry))
    }

    /// No other unit has the credit code; `own` is the record that this one replaces.
    fn check_code_free(&self, unit: &Unit, own: Option<&UnitId>) -> Result<(), ActionError> {
        let Some(code) = &unit.code else {
            return Ok(());
        };
        match self
            .units
            .iter()
            .find(|other| other.code.as_ref() == Some(code) && Some(&other.id) != own)
        {
            Some(other) => Err(ActionError::DuplicateCode {
                other: other.id.clone(),
            }),
            None => Ok(()),
        }
    }

    pub(super) fn unit_at(&self, id: &UnitId) -> Result<usize, ActionError> {
        self.units
            .binary_search_by(|unit| unit.id.cmp(id))
            .map_err(|_| ActionError::NoUnit { id: id.clone() })
    }
}

/// What every handler returns: what it leaves behind and what goes into the trail.
pub(super) type Outcome = Result<(Applied, Entry), ActionError>;

/// The number after the last one given.
fn next_number(last: u32) -> Result<u32, ActionError> {
    let next = last.checked_add(1).filter(|&next| next <= NUMBER_MAX);
    next.ok_or(ActionError::NumbersUsedUp)
}

/// Refuses an empty text.
pub(super) fn require(text: &str, error: ActionError) -> Result<(), ActionError> {
    if text.trim().is_empty() {
        Err(error)
    } else {
        Ok(())
    }
}

/// Checks the fields of a record, but those that stand as in `known`.
pub(super) fn check_values<R: Registered>(
    record: &R,
    known: Option<&R>,
    context: &Context,
) -> Result<(), ActionError> {
    rule::check(record, known, context.now.date()).map_err(|(field, fault)| match fault {
        Fault::Empty => ActionError::NoName,
        Fault::NoName { found } => ActionError::Placeholder { found },
        Fault::TooLong(long) => ActionError::TooLong(long),
        fault => ActionError::Value {
            id: record.id_text().to_owned(),
            field,
            fault,
        },
    })
}

/// Each absence needs a reason and an approver (domain.md, setting 5); those that `known`
/// has already are left as they came.
fn check_absences(officer: &Officer, known: Option<&Officer>) -> Result<(), ActionError> {
    let known = known.map_or(&[][..], |known| &known.absences);
    for absence in officer.absences.iter().filter(|it| !known.contains(it)) {
        let (from, to) = (absence.from, absence.to);
        if from > to {
            return Err(ActionError::PeriodOrder { from, to });
        }
        if absence.reason.trim().is_empty() || absence.approver.trim().is_empty() {
            return Err(ActionError::AbsenceUnapproved { from, to });
        }
    }
    Ok(())
}

/// Fields of two records that differ, as `{field: [before, after]}`.
pub(super) fn changes<T: Serialize>(before: &T, after: &T) -> Value {
    let as_map = |record: &T| match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (as_map(before), as_map(after));
    let mut fields = serde_json::Map::new();
    for key in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(key), after.get(key));
        if old != new {
            fields.insert(key.clone(), json!([old, new]));
        }
    }
    Value::Object(fields)
}
