//! Takes an import back: the register as it was, as long as nothing has changed in it since
//! and nothing that came in with the import has been drawn.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::action::{Applied, Entry, Outcome};
use super::event::Event;
use super::event_detail::{ImportMode, Imported};
use super::refusal::ActionError;
use super::register::{Registered, imported};
use super::{KeptRows, Units, Workbook};
use crate::engine::occasion::OwnRegister;
use crate::model::{Agency, Engineer, InspectionItem, Officer, Unit};

/// A register before an import and after it.
#[derive(Debug, Clone)]
pub struct Undone<L> {
    file_name: String,
    before: L,
    after: L,
}

impl<L> Undone<L> {
    pub(super) const fn new(file_name: String, before: L, after: L) -> Self {
        Self {
            file_name,
            before,
            after,
        }
    }
}

/// The import of a register, to be taken back.
#[derive(Debug, Clone)]
pub enum ImportUndo {
    Units(Undone<Units>),
    Officers(Undone<Vec<Officer>>),
    Items(Undone<Vec<InspectionItem>>),
    Agencies(Undone<KeptRows<Agency>>),
    Engineers(Undone<KeptRows<Engineer>>),
}

impl Workbook {
    pub(super) fn undo_import(&mut self, undo: ImportUndo) -> Outcome {
        let entry = match undo {
            ImportUndo::Units(undone) => {
                let is_used = |unit: &Unit| self.is_referenced(&unit.id);
                let entry = check(&undone, &self.units, is_used)?;
                self.units = undone.before;
                Event::ImportUnits(entry)
            }
            ImportUndo::Officers(undone) => {
                let is_used = |officer: &Officer| self.is_officer_referenced(&officer.id);
                let entry = check(&undone, &self.officers, is_used)?;
                self.officers = undone.before;
                Event::ImportOfficers(entry)
            }
            ImportUndo::Items(undone) => {
                let entry = check(&undone, &self.items, |_| false)?;
                self.items = undone.before;
                Event::ImportItems(entry)
            }
            ImportUndo::Agencies(undone) => {
                let is_used =
                    |it: &Agency| self.is_own_referenced(OwnRegister::Agencies, it.id.as_str());
                let entry = check(&undone, &self.agencies, is_used)?;
                self.agencies = undone.before;
                Event::ImportAgencies(entry)
            }
            ImportUndo::Engineers(undone) => {
                let is_used =
                    |it: &Engineer| self.is_own_referenced(OwnRegister::Engineers, it.id.as_str());
                let entry = check(&undone, &self.engineers, is_used)?;
                self.engineers = undone.before;
                Event::ImportEngineers(entry)
            }
        };
        Ok((Applied::done(), Entry::from(entry)))
    }
}

/// What the trail says, where the import can be taken back from the register `now`.
fn check<T: Registered, L: Deref<Target = [T]> + PartialEq>(
    undone: &Undone<L>,
    now: &L,
    is_used: impl Fn(&T) -> bool,
) -> Result<Imported, ActionError> {
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
    Ok(imported(&undone.file_name, ImportMode::Undo, after, before))
}
