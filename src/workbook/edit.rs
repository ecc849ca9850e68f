//! Records edited by hand: the brigade, units, officers, items.

use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::brigade::{REVIEW_DAYS_MAX, is_prefix};
use super::event::Event;
use super::event_detail::{Added, Changes, Edited, ItemPut, Presence, Restored, Retired};
use super::names::is_same_person;
use super::refusal::ActionError;
use super::register::{Registered, check_values, refuse};
use super::{Brigade, ITEMS_MAX, NUMBER_MAX, OFFICERS_MAX, UNITS_MAX, Workbook};
use crate::model::{Described as _, InspectionItem, Officer, OfficerId, Unit, UnitId, UnitStatus};

impl Workbook {
    pub(super) fn edit_brigade(&mut self, brigade: Brigade) -> Outcome {
        require(&brigade.name, ActionError::NoName)?;
        if !is_prefix(&brigade.unit_prefix) {
            let found = brigade.unit_prefix;
            return Err(ActionError::Prefix { found });
        }
        if !(1..=REVIEW_DAYS_MAX).contains(&brigade.review_days) {
            return Err(ActionError::ReviewDays);
        }
        if !brigade.bunching.is_sound() {
            return Err(ActionError::Bunching);
        }
        let event = Event::EditBrigade(Changes::between(&self.brigade, &brigade));
        let before = std::mem::replace(&mut self.brigade, brigade);
        for year in self.years.iter_mut().filter(|year| year.closed.is_none()) {
            year.draft.brigade.clone_from(&self.brigade.name);
        }
        Ok((
            Applied::undone_by(Action::EditBrigade(Box::new(before))),
            event.into(),
        ))
    }

    pub(super) fn add_unit(&mut self, mut unit: Unit, context: &Context) -> Outcome {
        check_values(&unit, None, context)?;
        self.check_code_free(&unit, None)?;
        refuse(&unit, unit.unapproved())?;
        let blank = Unit::blank();
        unit.note_review(&blank, context.now.date());
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
        let event = Event::AddUnit(Added {
            id: id.clone(),
            name: unit.name.clone(),
        });
        let at = self.units.partition_point(|known| known.id < id);
        self.units.insert(at, unit);
        Ok((
            Applied {
                undo: None,
                id: Some(id.to_string()),
            },
            event.into(),
        ))
    }

    /// Other values for what a form edits; the rest has actions of its own.
    pub(super) fn edit_unit(&mut self, mut unit: Unit, context: &Context) -> Outcome {
        check_values(&unit, None, context)?;
        self.check_code_free(&unit, Some(&unit.id))?;
        let at = self.unit_at(&unit.id)?;
        unit.put_back_unedited(&self.units[at]);
        unit.note_review(&self.units[at], context.now.date());
        let event = Event::EditUnit(Edited {
            id: unit.id.clone(),
            changes: Changes::between(&self.units[at], &unit),
        });
        let before = std::mem::replace(&mut self.units[at], unit);
        Ok((
            Applied::undone_by(Action::EditUnitAlike(Box::new(before))),
            event.into(),
        ))
    }

    pub(super) fn retire_unit(&mut self, id: &UnitId, status: UnitStatus) -> Outcome {
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
        let event = Event::RetireUnit(Retired {
            id: id.clone(),
            since: *since,
            approver: approver.clone(),
        });
        let entry = Entry::new(event, reason.clone());
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

    pub(super) fn restore_unit(&mut self, id: &UnitId, reason: String) -> Outcome {
        let at = self.unit_at(id)?;
        require(&reason, ActionError::NoReason)?;
        self.units[at].status = UnitStatus::Active;
        let event = Event::RestoreUnit(Restored { id: id.clone() });
        Ok((Applied::done(), Entry::new(event, reason)))
    }

    pub(super) fn add_officer(&mut self, mut officer: Officer, context: &Context) -> Outcome {
        check_values(&officer, None, context)?;
        check_absences(&officer, None)?;
        check_avoidances(&officer, None)?;
        if self.officers.len() >= OFFICERS_MAX {
            return Err(ActionError::TooMany { max: OFFICERS_MAX });
        }
        officer.has_left = false;
        let number = next_number(self.officer_number_last)?;
        officer.id = OfficerId::new(format!("P{number:02}"))
            .expect("P and a number of at most nine digits make an id");
        self.officer_number_last = number;
        let id = officer.id.clone();
        let event = Event::AddOfficer(Added {
            id: id.clone(),
            name: officer.name.clone(),
        });
        self.officers.push(officer);
        self.officers.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((
            Applied {
                undo: None,
                id: Some(id.to_string()),
            },
            event.into(),
        ))
    }

    /// Other values for what a form edits; leaving and coming back have actions of their own.
    pub(super) fn edit_officer(&mut self, mut officer: Officer, context: &Context) -> Outcome {
        let at = self.officer_at(&officer.id)?;
        check_values(&officer, None, context)?;
        check_absences(&officer, Some(&self.officers[at]))?;
        check_avoidances(&officer, Some(&self.officers[at]))?;
        officer.put_back_unedited(&self.officers[at]);
        let event = Event::EditOfficer(Edited {
            id: officer.id.clone(),
            changes: Changes::between(&self.officers[at], &officer),
        });
        let before = std::mem::replace(&mut self.officers[at], officer);
        Ok((
            Applied::undone_by(Action::EditOfficerAlike(Box::new(before))),
            event.into(),
        ))
    }

    pub(super) fn set_left(
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
        let presence = Presence {
            id: id.clone(),
            approver,
        };
        let event = if has_left {
            Event::OfficerLeaves(presence)
        } else {
            Event::OfficerReturns(presence)
        };
        Ok((Applied::done(), Entry::new(event, reason)))
    }

    /// Refuses a unit that may be another of the register: a person is to look.
    pub(super) fn check_unit_alone(&self, unit: &Unit) -> Result<(), ActionError> {
        self.unit_alike(unit).map_or(Ok(()), |other| {
            let other = other.id.clone();
            Err(ActionError::UnitAlike { other })
        })
    }

    /// Refuses an officer whose name another has: a person is to look.
    pub(super) fn check_officer_alone(&self, officer: &Officer) -> Result<(), ActionError> {
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

    pub(super) fn put_item(&mut self, item: InspectionItem, context: &Context) -> Outcome {
        if item.id.trim().is_empty() {
            return Err(ActionError::ItemId { id: item.id });
        }
        check_values(&item, None, context)?;
        let known = self.items.iter().position(|other| other.id == item.id);
        let event = Event::PutItem(ItemPut {
            id: item.id.clone(),
            name: item.name.clone(),
            changes: known.map(|at| Changes::between(&self.items[at], &item)),
        });
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
        Ok((Applied { undo, id: None }, event.into()))
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

/// The number after the last one given.
pub(super) fn next_number(last: u32) -> Result<u32, ActionError> {
    let next = last.checked_add(1).filter(|&next| next <= NUMBER_MAX);
    next.ok_or(ActionError::NumbersUsedUp)
}

/// Each avoidance needs a reason, and another's approval: it keeps the lottery from sending
/// the officer there. Those that `known` has already are left as they came.
fn check_avoidances(officer: &Officer, known: Option<&Officer>) -> Result<(), ActionError> {
    let known = known.map_or(&[][..], |known| &known.avoidances);
    for avoidance in officer.avoidances.iter().filter(|it| !known.contains(it)) {
        let unit = || avoidance.unit.clone();
        if avoidance.reason.trim().is_empty() || avoidance.approver.trim().is_empty() {
            return Err(ActionError::AvoidanceUnapproved { unit: unit() });
        }
        if is_same_person(&avoidance.approver, &officer.name) {
            return Err(ActionError::AvoidanceOwnApproval { unit: unit() });
        }
    }
    Ok(())
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
