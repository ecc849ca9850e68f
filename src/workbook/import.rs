//! A register from a file takes the place of the one before it, and can be taken back.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::action::{Action, Applied, Context, Outcome};
use super::event::Event;
use super::refusal::ActionError;
use super::register::{Registered, check_values, number_max};
use super::request::RegisterImport;
use super::undo_import::{ImportUndo, Undone};
use super::{ITEMS_MAX, OFFICERS_MAX, UNITS_MAX, Workbook};
use crate::model::{CandidateId, InspectionItem, Officer, Unit, UnitId};

impl Workbook {
    pub(super) fn import_units(
        &mut self,
        mut import: RegisterImport<Unit>,
        context: &Context,
    ) -> Outcome {
        import.check_size(UNITS_MAX)?;
        import.rows.sort_by(|a, b| a.id.cmp(&b.id));
        for unit in &mut import.rows {
            unit.without_visits(self);
        }
        let is_drawn = |unit: &Unit| !unit.inspections.is_empty() || self.is_referenced(&unit.id);
        import.check(&self.units, self.unit_number_last, is_drawn, context)?;
        self.check_history(&import.rows, context.now.date())?;
        check_aliases(&import.rows)?;
        let entry = import.entry(Event::ImportUnits, &self.units);
        let before = std::mem::replace(&mut self.units, import.rows.into());
        self.unit_number_last = self
            .unit_number_last
            .max(number_max(self.units.iter().map(|u| u.id.as_str())));
        let after = self.units.clone();
        let undo = ImportUndo::Units(Undone::new(import.file_name, before, after));
        Ok((Applied::undone_by(Action::UndoImport(undo)), entry))
    }

    /// What came in as history must be over.
    fn check_history(&self, rows: &[Unit], today: NaiveDate) -> Result<(), ActionError> {
        for unit in rows {
            let known = self.unit_at(&unit.id).map(|at| &self.units[at]);
            if let Some(date) = unit.future_history(known.ok(), today) {
                return Err(ActionError::FutureHistory {
                    id: unit.id.clone(),
                    name: unit.name.clone(),
                    date,
                });
            }
        }
        Ok(())
    }

    pub(super) fn import_officers(
        &mut self,
        mut import: RegisterImport<Officer>,
        context: &Context,
    ) -> Outcome {
        import.check_size(OFFICERS_MAX)?;
        import.rows.sort_by(|a, b| a.id.cmp(&b.id));
        let is_drawn = |officer: &Officer| self.is_officer_referenced(&officer.id);
        import.check(&self.officers, self.officer_number_last, is_drawn, context)?;
        let entry = import.entry(Event::ImportOfficers, &self.officers);
        let before = std::mem::replace(&mut self.officers, import.rows);
        self.officer_number_last = self
            .officer_number_last
            .max(number_max(self.officers.iter().map(|o| o.id.as_str())));
        let after = self.officers.clone();
        let undo = ImportUndo::Officers(Undone::new(import.file_name, before, after));
        Ok((Applied::undone_by(Action::UndoImport(undo)), entry))
    }

    pub(super) fn import_items(
        &mut self,
        import: RegisterImport<InspectionItem>,
        context: &Context,
    ) -> Outcome {
        import.check_size(ITEMS_MAX)?;
        let mut ids = std::collections::BTreeSet::new();
        let mut rows = import.rows.iter();
        let twice = rows.find(|item| item.id.is_empty() || !ids.insert(item.id.as_str()));
        if let Some(twice) = twice {
            let id = twice.id.clone();
            return Err(ActionError::ItemId { id });
        }
        for row in &import.rows {
            let known = self.items.iter().find(|known| known.id == row.id);
            check_values(row, known, context)?;
        }
        let entry = import.entry(Event::ImportItems, &self.items);
        let before = std::mem::replace(&mut self.items, import.rows);
        let after = self.items.clone();
        let undo = ImportUndo::Items(Undone::new(import.file_name, before, after));
        Ok((Applied::undone_by(Action::UndoImport(undo)), entry))
    }
}

/// Two withheld units under one alias could not be told apart in a draw.
fn check_aliases(units: &[Unit]) -> Result<(), ActionError> {
    let mut aliases: BTreeMap<&CandidateId, &UnitId> = BTreeMap::new();
    for unit in units {
        let Some(withheld) = &unit.withheld else {
            continue;
        };
        if let Some(other) = aliases.insert(&withheld.alias, &unit.id) {
            let other = other.clone();
            return Err(ActionError::AliasTaken { other });
        }
    }
    Ok(())
}
