//! 批量修改: one field of many records is changed at once, all of them or none, by one action
//! that leaves one entry of the trail and is taken back whole.
//!
//! [`EditMany::survey`] says beforehand what would become of each record; the action asks it
//! again and takes nobody's word. What a form refuses is refused here ([`rule`](super::rule)).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, IndexMut};
use std::sync::Arc;

use chrono::NaiveDate;

use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::event::Event;
pub use super::event_detail::HowMany;
use super::names::{are_alike, folded};
use super::refusal::ActionError;
use super::register::{Registered, edited_many};
use super::rule::{Fault, check_field};
use super::undo_import::{ImportUndo, Undone};
use super::{KeptRows, Units, Workbook};
use crate::model::field::Kind;
use crate::model::{Agency, Engineer, Field, InspectionItem, Officer, Unit};

/// A change of one field of many records.
#[derive(Debug, Clone)]
pub struct EditMany<R> {
    /// The records, by their ids.
    pub ids: Arc<BTreeSet<String>>,
    /// The field, by its key.
    pub field: &'static str,
    /// A record in which the field holds the new value; the rest of it is not looked at.
    pub value: Box<R>,
    /// Whether the value takes the place of what stands there; of tags, whether they are
    /// added or taken out.
    pub how: HowMany,
    /// Why; needed where the field bears on a draw.
    pub reason: String,
}

/// Such a change, of whichever register.
#[derive(Debug, Clone)]
pub enum ManyEdited {
    /// Of units.
    Units(EditMany<Unit>),
    /// Of officers.
    Officers(EditMany<Officer>),
    /// Of items.
    Items(EditMany<InspectionItem>),
    /// Of service institutions.
    Agencies(EditMany<Agency>),
    /// Of engineers.
    Engineers(EditMany<Engineer>),
}

/// What would become of the records, by their places in the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// They would change.
    pub changed: Vec<u32>,
    /// They hold the value already.
    pub same: Vec<u32>,
    /// They may not hold it, and why.
    pub refused: Vec<(u32, Fault)>,
}

/// A register whose records may be changed many at once.
pub trait Many: Registered {
    /// The register as the workbook holds it.
    type Rows: Clone + PartialEq + Deref<Target = [Self]> + IndexMut<usize, Output = Self>;

    /// The register.
    fn register(book: &Workbook) -> &Self::Rows;
    /// The register, to be changed.
    fn register_mut(book: &mut Workbook) -> &mut Self::Rows;
    /// The action that makes a change.
    fn many(edit: EditMany<Self>) -> Action;
    /// What takes it back.
    fn undo_many(undone: Undone<Self::Rows>) -> ImportUndo;
    /// Of the records at these places, those that the change would make alike to another, and
    /// to which.
    fn made_alike(_: &[Self], _: &EditMany<Self>, _changed: &[u32]) -> Vec<(u32, String)> {
        Vec::new()
    }
}

impl<R: Many> EditMany<R> {
    /// The field that changes.
    ///
    /// # Errors
    /// [`ActionError::NotForMany`].
    pub fn field(&self) -> Result<&'static Field<R>, ActionError> {
        let field = R::field(self.field).filter(|field| field.is_for_many());
        let field =
            field.filter(|field| self.how == HowMany::Set || matches!(field.kind, Kind::Tags(_)));
        field.ok_or(ActionError::NotForMany { field: self.field })
    }

    /// Puts the value into a record.
    fn put(&self, field: &Field<R>, record: &mut R) {
        match (&field.kind, self.how) {
            (Kind::Tags(slot), HowMany::Add) => {
                let own = (slot.get)(&self.value).clone();
                (slot.place)(record).extend(own);
            }
            (Kind::Tags(slot), HowMany::Remove) => {
                let own = (slot.get)(&self.value);
                (slot.place)(record).retain(|tag| !own.contains(tag));
            }
            _ => field.copy(record, &self.value),
        }
    }

    /// The record as it would become.
    #[must_use]
    pub fn after(&self, record: &R) -> R {
        let mut after = record.clone();
        if let Ok(field) = self.field() {
            self.put(field, &mut after);
        }
        after
    }

    /// Whether a record holds already what it would.
    fn is_same(&self, field: &Field<R>, record: &R) -> bool {
        match (&field.kind, self.how) {
            (Kind::Tags(slot), HowMany::Add) => {
                (slot.get)(&self.value).is_subset((slot.get)(record))
            }
            (Kind::Tags(slot), HowMany::Remove) => {
                (slot.get)(&self.value).is_disjoint((slot.get)(record))
            }
            _ => field.is_same(record, &self.value),
        }
    }

    /// What would become of the records in `rows`, as of `today`; ids that none of them has
    /// are passed over.
    ///
    /// # Errors
    /// [`ActionError::NotForMany`].
    pub fn survey(&self, rows: &[R], today: NaiveDate) -> Result<Survey, ActionError> {
        let field = self.field()?;
        // One value for all, so that one look at it is enough.
        let fault = check_field(field, &*self.value, today).err();
        let mut survey = Survey::default();
        for (at, record) in (0..).zip(rows) {
            if !self.ids.contains(record.id_text()) {
                continue;
            }
            match &fault {
                _ if self.is_same(field, record) => survey.same.push(at),
                Some(fault) => survey.refused.push((at, fault.clone())),
                None => survey.changed.push(at),
            }
        }
        let alike: BTreeMap<u32, String> = R::made_alike(rows, self, &survey.changed)
            .into_iter()
            .collect();
        survey.changed.retain(|at| !alike.contains_key(at));
        let alike = alike.into_iter();
        let alike = alike.map(|(at, other)| (at, Fault::Alike { other }));
        survey.refused.extend(alike);
        survey.refused.sort_by_key(|(at, _)| *at);
        Ok(survey)
    }
}

impl Workbook {
    pub(super) fn edit_many(&mut self, edit: ManyEdited, context: &Context) -> Outcome {
        match edit {
            ManyEdited::Units(edit) => self.change_many(&edit, context),
            ManyEdited::Officers(edit) => self.change_many(&edit, context),
            ManyEdited::Items(edit) => self.change_many(&edit, context),
            ManyEdited::Agencies(edit) => self.change_many(&edit, context),
            ManyEdited::Engineers(edit) => self.change_many(&edit, context),
        }
    }

    fn change_many<R: Many>(&mut self, edit: &EditMany<R>, context: &Context) -> Outcome {
        let (field, today) = (edit.field()?, context.now.date());
        let before = R::register(self).clone();
        let known: BTreeSet<&str> = before.iter().map(R::id_text).collect();
        if let Some(id) = edit.ids.iter().find(|id| !known.contains(id.as_str())) {
            return Err(ActionError::NoRecord { id: id.clone() });
        }
        let survey = edit.survey(&before, today)?;
        if let Some((at, fault)) = survey.refused.first() {
            return Err(ActionError::Value {
                id: before[*at as usize].id_text().to_owned(),
                field: field.key,
                fault: fault.clone(),
            });
        }
        if survey.changed.is_empty() {
            return Err(ActionError::NothingChanges);
        }
        if field.is_bearing {
            require(&edit.reason, ActionError::NoReason)?;
        }
        let rows = R::register_mut(self);
        for at in survey.changed.iter().map(|at| *at as usize) {
            let record = &mut rows[at];
            edit.put(field, record);
            record.note_review(&before[at], today);
        }
        let after = rows.clone();
        let detail = edited_many(field, edit.how, &before, &after);
        let value = field.json(&edit.value);
        let entry = Entry::new(Event::EditMany(detail.putting(value)), edit.reason.trim());
        let undo = R::undo_many(Undone::of_field(field.key, before, after));
        Ok((Applied::undone_by(Action::UndoImport(undo)), entry))
    }
}

/// Units that would get the name and address of another (the rule that a form asks, too).
fn units_made_alike(rows: &[Unit], edit: &EditMany<Unit>, changed: &[u32]) -> Vec<(u32, String)> {
    if edit.field != "address" {
        return Vec::new();
    }
    let name = |at: u32| folded(&rows[at as usize].name);
    let mut by_name: BTreeMap<String, Vec<u32>> =
        changed.iter().map(|at| (name(*at), Vec::new())).collect();
    for at in 0..rows.len() as u32 {
        if let Some(group) = by_name.get_mut(&name(at)) {
            group.push(at);
        }
    }
    let after = |at: u32| match changed.binary_search(&at) {
        Ok(_) => edit.after(&rows[at as usize]),
        Err(_) => rows[at as usize].clone(),
    };
    let mut alike = Vec::new();
    for at in changed.iter().copied() {
        let group = by_name.get(&name(at)).into_iter().flatten();
        let (known, new) = (&rows[at as usize], after(at));
        let other = group.copied().find(|other| {
            let (other_known, other_new) = (&rows[*other as usize], after(*other));
            *other != at && are_alike(&other_new, &new) && !are_alike(other_known, known)
        });
        alike.extend(other.map(|other| (at, rows[other as usize].id.to_string())));
    }
    alike
}

/// What a register says for itself.
macro_rules! many {
    ($record:ident in $rows:ident: $type:ty, as $kind:ident $(, alike: $alike:expr)?) => {
        impl Many for $record {
            type Rows = $type;

            fn register(book: &Workbook) -> &$type {
                &book.$rows
            }

            fn register_mut(book: &mut Workbook) -> &mut $type {
                &mut book.$rows
            }

            fn many(edit: EditMany<Self>) -> Action {
                Action::EditMany(Box::new(ManyEdited::$kind(edit)))
            }

            fn undo_many(undone: Undone<$type>) -> ImportUndo {
                ImportUndo::$kind(undone)
            }

            $(fn made_alike(rows: &[Self], edit: &EditMany<Self>, changed: &[u32]) -> Vec<(u32, String)> {
                $alike(rows, edit, changed)
            })?
        }
    };
}

many!(Unit in units: Units, as Units, alike: units_made_alike);
many!(Officer in officers: Vec<Officer>, as Officers);
many!(InspectionItem in items: Vec<InspectionItem>, as Items);
many!(Agency in agencies: KeptRows<Agency>, as Agencies);
many!(Engineer in engineers: KeptRows<Engineer>, as Engineers);
