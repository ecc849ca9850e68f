//! Takes an import, or a change of many records, back: the register as it was, as long as nothing has changed in it since
//! and nothing that came in with the import has been drawn. Results go back visit by visit.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::action::{Applied, Entry, Outcome};
use super::event::Event;
use super::event_detail::{HowMany, ImportMode, Imported};
use super::refusal::ActionError;
use super::register::{Registered, edited_many, imported};
use super::{KeptRows, Units, Workbook};
use crate::engine::occasion::OwnRegister;
use crate::model::{Agency, Engineer, InspectionItem, Officer, Unit};

/// What changed a register.
#[derive(Debug, Clone)]
enum Origin {
    /// A file of this name.
    File(String),
    /// A change of this field of many records.
    Field(&'static str),
}

/// A register before an import, or a change of many records, and after it.
#[derive(Debug, Clone)]
pub struct Undone<L> {
    origin: Origin,
    before: L,
    after: L,
}

impl<L> Undone<L> {
    pub(super) const fn new(file_name: String, before: L, after: L) -> Self {
        Self {
            origin: Origin::File(file_name),
            before,
            after,
        }
    }

    /// Of a change of one field of many records.
    pub(super) const fn of_field(field: &'static str, before: L, after: L) -> Self {
        Self {
            origin: Origin::Field(field),
            before,
            after,
        }
    }
}

/// The import of a register, or a change of many of its records, to be taken back.
#[derive(Debug, Clone)]
pub enum ImportUndo {
    Units(Undone<Units>),
    Officers(Undone<Vec<Officer>>),
    Items(Undone<Vec<InspectionItem>>),
    Agencies(Undone<KeptRows<Agency>>),
    Engineers(Undone<KeptRows<Engineer>>),
    Results(super::result_import::ResultsUndo),
}

impl Workbook {
    pub(super) fn undo_import(&mut self, undo: ImportUndo) -> Outcome {
        let event = match undo {
            ImportUndo::Units(undone) => {
                let is_used = |unit: &Unit| self.is_referenced(&unit.id);
                let event = event(&undone, &self.units, is_used, Event::ImportUnits)?;
                self.units = undone.before;
                event
            }
            ImportUndo::Officers(undone) => {
                let is_used = |officer: &Officer| self.is_officer_referenced(&officer.id);
                let event = event(&undone, &self.officers, is_used, Event::ImportOfficers)?;
                self.officers = undone.before;
                event
            }
            ImportUndo::Items(undone) => {
                let event = event(&undone, &self.items, |_| false, Event::ImportItems)?;
                self.items = undone.before;
                event
            }
            ImportUndo::Agencies(undone) => {
                let is_used =
                    |it: &Agency| self.is_own_referenced(OwnRegister::Agencies, it.id.as_str());
                let event = event(&undone, &self.agencies, is_used, Event::ImportAgencies)?;
                self.agencies = undone.before;
                event
            }
            ImportUndo::Engineers(undone) => {
                let is_used =
                    |it: &Engineer| self.is_own_referenced(OwnRegister::Engineers, it.id.as_str());
                let event = event(&undone, &self.engineers, is_used, Event::ImportEngineers)?;
                self.engineers = undone.before;
                event
            }
            ImportUndo::Results(undo) => self.undo_results(undo)?,
        };
        Ok((Applied::done(), Entry::from(event)))
    }
}

/// What the trail says, where the change can be taken back from the register `now`.
fn event<T: Registered, L: Deref<Target = [T]> + PartialEq>(
    undone: &Undone<L>,
    now: &L,
    is_used: impl Fn(&T) -> bool,
    import: fn(Imported) -> Event,
) -> Result<Event, ActionError> {
    if undone.after != *now {
        return Err(ActionError::ChangedSince);
    }
    let (before, after): (&[T], &[T]) = (&undone.before, &undone.after);
    let known: BTreeSet<&str> = before.iter().map(T::id_text).collect();
    let mut new = after.iter().filter(|row| !known.contains(row.id_text()));
    if let Some(used) = new.find(|row| is_used(row)) {
        let id = used.id_text().to_owned();
        return Err(ActionError::Referenced { id });
    }
    let of_file = |name: &str| import(imported(name, ImportMode::Undo, after, before));
    let of_field = |field| Event::EditMany(edited_many(field, HowMany::Undo, after, before));
    match &undone.origin {
        Origin::File(name) => Ok(of_file(name)),
        Origin::Field(key) => T::field(key)
            .map(of_field)
            .ok_or(ActionError::NotForMany { field: key }),
    }
}
