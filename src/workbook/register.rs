//! Registers from files: what an import may change, and what the trail says of it.
//!
//! A preview works out the register that a file would make; the action here does not
//! take its word for it. **Guarded fields** ([`Guarded`]) have no way in but their own
//! actions: of a record that the register knows, a file changes none of them, but that
//! a unit without any inspection, which no draw has known, may get its history. A new
//! record may bring them, approved where approval is needed, as what was before this
//! workbook. Replacing a register retires what the file leaves out, with its reason.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::Workbook;
use super::action::{Context, Entry, require};
use super::event::Event;
use super::event_detail::{
    Bearing, Changes, EditedMany, HowMany, ImportCounts, ImportMode, Imported,
};
use super::names::is_same_person;
use super::refusal::ActionError;
use super::request::{RegisterImport, Withdrawal};
use super::rule::{self, Fault};
use super::runs::{Runs, digits_at};
pub use crate::model::field::Guarded;
use crate::model::unit::ALIAS_PREFIX;
use crate::model::{Described, Field, InspectionItem, Officer, ResultLine, Unit};

/// A record of a register that files may bring.
pub trait Registered: Described {
    /// Its id.
    fn id_text(&self) -> &str;
    /// Whether a guarded field may come in as what was before this workbook. Asked of
    /// records of which nothing was inspected or drawn.
    fn is_history(&self, _known: &Self, _field: Guarded) -> bool {
        false
    }
    /// Guarded fields in which it differs from the record as the register knows it.
    /// `may_have_history`: nothing was inspected or drawn, so that inspections may come in.
    fn guarded(&self, known: &Self, may_have_history: bool) -> Vec<Guarded> {
        let differing = Self::FIELDS
            .iter()
            .filter(|field| field.guard.is_some() && !field.is_same(self, known));
        differing
            .filter_map(|field| field.guard)
            .filter(|guard| !(may_have_history && self.is_history(known, *guard)))
            .collect()
    }
    /// Guarded fields that a new record brings without the reason and approval they need.
    fn unapproved(&self) -> Vec<Guarded> {
        Vec::new()
    }
    /// Puts a guarded field back to what the register knows.
    fn put_back(&mut self, guard: Guarded, known: &Self) {
        let guarded = |field: &&Field<Self>| field.guard == Some(guard);
        for field in Self::FIELDS.iter().filter(guarded) {
            field.copy(self, known);
        }
    }
    /// Puts back what no form edits: an edit must not take back a visit entered since, nor
    /// the salt under which the unit was frozen since.
    fn put_back_unedited(&mut self, known: &Self) {
        let is_unedited = |field: &&Field<Self>| field.guard.is_some() && field.form.is_none();
        for field in Self::FIELDS.iter().filter(is_unedited) {
            field.copy(self, known);
        }
    }
    /// The day of a past inspection that is still to come after `today`, and that the
    /// register does not know.
    fn future_history(&self, _known: Option<&Self>, _today: NaiveDate) -> Option<NaiveDate> {
        None
    }
    /// Takes what the workbook keeps as visits out of what a file says of a record; whether
    /// the file said it.
    fn without_visits(&mut self, _book: &Workbook) -> bool {
        false
    }
    /// What is wrong with a field whose value another record of the register holds, and which
    /// tells records apart.
    fn taken_by(&self, _book: &Workbook, _field: &str) -> Option<Fault> {
        None
    }
    /// Notes that what is to be looked at from time to time was, where an edit of `known`
    /// changed it.
    fn note_review(&mut self, _known: &Self, _today: NaiveDate) {}
    /// Whether it is in use.
    fn is_in_use(&self) -> bool {
        true
    }
    /// Takes it out of use without erasing it. Does nothing where it is already.
    fn withdraw(&mut self, _withdrawal: &Withdrawal) {}
}

impl Registered for Unit {
    fn id_text(&self) -> &str {
        self.id.as_str()
    }

    fn is_history(&self, known: &Self, field: Guarded) -> bool {
        field == Guarded::Inspections && known.inspections.is_empty()
    }

    fn future_history(&self, known: Option<&Self>, today: NaiveDate) -> Option<NaiveDate> {
        if known.is_some_and(|known| known.inspections == self.inspections) {
            return None;
        }
        let mut inspections = self.inspections.iter();
        inspections.find(|it| it.date > today).map(|it| it.date)
    }

    fn unapproved(&self) -> Vec<Guarded> {
        let lacks = |reason: &str, approver: &str| is_blank(reason) || is_blank(approver);
        let mut fields = Vec::new();
        if !self.status.is_approved() {
            fields.push(Guarded::Status);
        }
        if let Some(withheld) = &self.withheld
            && (lacks(&withheld.reason, &withheld.approver)
                || !withheld.alias.as_str().starts_with(ALIAS_PREFIX))
        {
            fields.push(Guarded::Withheld);
        }
        fields
    }

    fn without_visits(&mut self, book: &Workbook) -> bool {
        let known = book.unit_at(&self.id).map(|at| &book.units[at]);
        let Ok(known) = known else { return false };
        let is_joined =
            self.inspections != known.inspections && self.inspections == book.inspections(known);
        if is_joined {
            self.inspections.clone_from(&known.inspections);
        }
        is_joined
    }

    fn taken_by(&self, book: &Workbook, field: &str) -> Option<Fault> {
        let code = self.code.as_ref().filter(|_| field == "code")?;
        let has_code = |other: &&Self| other.id != self.id && other.code.as_ref() == Some(code);
        let other = book.units.iter().find(has_code)?.id.clone();
        Some(Fault::CodeOf { other })
    }

    fn note_review(&mut self, known: &Self, today: NaiveDate) {
        // A day that was given stands.
        if self.reviewed_on == known.reviewed_on && !self.is_rated_as(known) {
            self.reviewed_on = Some(today);
        }
    }

    fn is_in_use(&self) -> bool {
        self.status.is_active()
    }

    fn withdraw(&mut self, withdrawal: &Withdrawal) {
        self.status.withdraw(withdrawal);
    }
}

impl Registered for Officer {
    fn id_text(&self) -> &str {
        self.id.as_str()
    }

    fn unapproved(&self) -> Vec<Guarded> {
        let mut absences = self.absences.iter();
        let lacks = absences.any(|it| is_blank(&it.reason) || is_blank(&it.approver));
        let mut avoidances = self.avoidances.iter();
        let keeps_away = avoidances.any(|it| {
            is_blank(&it.reason)
                || is_blank(&it.approver)
                || is_same_person(&it.approver, &self.name)
        });
        let fields = [
            lacks.then_some(Guarded::Absences),
            keeps_away.then_some(Guarded::Avoidances),
        ];
        fields.into_iter().flatten().collect()
    }

    fn is_in_use(&self) -> bool {
        !self.has_left
    }

    fn withdraw(&mut self, _: &Withdrawal) {
        self.has_left = true;
    }
}

impl Registered for InspectionItem {
    fn id_text(&self) -> &str {
        &self.id
    }
}

impl Registered for ResultLine {
    fn id_text(&self) -> &str {
        &self.task
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

impl<T: Registered> RegisterImport<T> {
    pub(super) const fn check_size(&self, max: usize) -> Result<(), ActionError> {
        if self.rows.len() > max {
            return Err(ActionError::TooMany { max });
        }
        Ok(())
    }

    /// Checks the register after the import, in order of ids, against the one before it.
    pub(super) fn check(
        &self,
        before: &[T],
        number_last: u32,
        is_drawn: impl Fn(&T) -> bool,
        context: &Context,
    ) -> Result<(), ActionError> {
        let mut pairs = self.rows.windows(2);
        if let Some(pair) = pairs.find(|pair| pair[0].id_text() == pair[1].id_text()) {
            let id = pair[0].id_text().to_owned();
            return Err(ActionError::IdUsed { id });
        }
        for row in &self.rows {
            let id = row.id_text();
            match before.binary_search_by(|known| known.id_text().cmp(id)) {
                Ok(at) => {
                    check_values(row, Some(&before[at]), context)?;
                    self.check_known(row, &before[at], &is_drawn)?;
                }
                Err(_) if number_of(id) <= number_last => {
                    return Err(ActionError::IdUsed { id: id.to_owned() });
                }
                Err(_) => {
                    check_values(row, None, context)?;
                    refuse(row, row.unapproved())?;
                }
            }
        }
        self.check_gone(before, is_drawn)
    }

    /// No guarded field of a known record has changed, but by the withdrawal.
    fn check_known(
        &self,
        row: &T,
        known: &T,
        is_drawn: impl Fn(&T) -> bool,
    ) -> Result<(), ActionError> {
        let fields = row.guarded(known, false);
        if fields.is_empty() {
            return Ok(());
        }
        let mut known = known.clone();
        let leaves = fields
            .iter()
            .any(|field| matches!(field, Guarded::Status | Guarded::HasLeft));
        if let Some(withdrawal) = self.withdrawal.as_ref().filter(|_| leaves) {
            require(&withdrawal.reason, ActionError::NoReason)?;
            require(&withdrawal.approver, ActionError::NoApprover)?;
            known.withdraw(withdrawal);
        }
        refuse(row, row.guarded(&known, !is_drawn(&known)))
    }

    /// Records leave only where the register is replaced and nothing refers to them.
    fn check_gone(&self, before: &[T], is_drawn: impl Fn(&T) -> bool) -> Result<(), ActionError> {
        let is_gone = |known: &&T| {
            let id = known.id_text();
            let found = self.rows.binary_search_by(|row| row.id_text().cmp(id));
            found.is_err()
        };
        let mut gone = before.iter().filter(is_gone);
        match gone.find(|known| !self.is_replacement || is_drawn(known)) {
            Some(known) => Err(ActionError::Referenced {
                id: known.id_text().to_owned(),
            }),
            None => Ok(()),
        }
    }

    /// What the trail says of the import: every record that it touches, by its id, and
    /// what changes in the fields that bear on a draw.
    pub(super) fn entry(&self, event: fn(Imported) -> Event, before: &[T]) -> Entry {
        let mode = if self.is_replacement {
            ImportMode::Replace
        } else {
            ImportMode::Merge
        };
        let mut imported = imported(&self.file_name, mode, before, &self.rows);
        let is_retiring = |_: &&Withdrawal| {
            let is_new = |row: &T| {
                let id = row.id_text();
                before
                    .binary_search_by(|known| known.id_text().cmp(id))
                    .is_err()
            };
            let mut out_of_use = self.rows.iter().filter(|row| !row.is_in_use());
            !imported.retired.is_empty() || out_of_use.any(is_new)
        };
        let withdrawal = self.withdrawal.as_ref().filter(is_retiring);
        imported.approver = withdrawal.map(|withdrawal| withdrawal.approver.clone());
        let why = withdrawal.map(|withdrawal| withdrawal.reason.clone());
        Entry::new(event(imported), why.unwrap_or_default())
    }
}

/// What the trail says of a register that took another's place.
pub(super) fn imported<T: Registered>(
    file_name: &str,
    mode: ImportMode,
    before: &[T],
    after: &[T],
) -> Imported {
    let touched = Touched::of(before, after);
    Imported {
        file: file_name.to_owned(),
        mode,
        counts: touched.counts(),
        records: after.len(),
        added: Runs::of(&touched.added),
        removed: Runs::of(&touched.removed),
        retired: Runs::of(&touched.retired),
        changed: Runs::of(&touched.changed),
        bearing: touched.bearing(),
        approver: None,
    }
}

/// What the trail says of a field that changed in many records. `before` and `after` hold the
/// same records in the same order.
pub(super) fn edited_many<T: Registered>(
    field: &Field<T>,
    how: HowMany,
    before: &[T],
    after: &[T],
) -> EditedMany {
    let mut touched = Touched::default();
    for (old, new) in before.iter().zip(after) {
        if field.is_same(old, new) {
            continue;
        }
        touched.changed.push(new.id_text());
        if field.is_bearing {
            touched.bear(field.key, &field.json(old), &field.json(new), new.id_text());
        }
    }
    // Runs are of ids in order; items stand in the order of their list.
    touched.changed.sort_unstable();
    touched
        .bearing
        .values_mut()
        .for_each(|ids| ids.sort_unstable());
    EditedMany {
        register: T::REGISTER,
        field: field.key.to_owned(),
        how,
        value: None,
        count: touched.changed.len(),
        changed: Runs::of(&touched.changed),
        bearing: touched.bearing(),
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

/// Refuses a record for the first of `fields`.
pub(super) fn refuse<T: Registered>(row: &T, fields: Vec<Guarded>) -> Result<(), ActionError> {
    match fields.first() {
        Some(&field) => Err(ActionError::Guarded {
            id: row.id_text().to_owned(),
            field,
        }),
        None => Ok(()),
    }
}

/// A change of a field, the same for all records under it.
type Change = (String, String, String);

/// The records that an import touches.
#[derive(Default)]
struct Touched<'a> {
    added: Vec<&'a str>,
    removed: Vec<&'a str>,
    changed: Vec<&'a str>,
    /// Put out of use, for the reason that the import gives.
    retired: Vec<&'a str>,
    bearing: BTreeMap<Change, Vec<&'a str>>,
}

impl<'a> Touched<'a> {
    fn of<T: Registered>(before: &'a [T], after: &'a [T]) -> Self {
        let by_id = |records: &'a [T]| {
            let records = records.iter().map(|record| (record.id_text(), record));
            records.collect::<BTreeMap<&str, &T>>()
        };
        let (old, new) = (by_id(before), by_id(after));
        let removed = old.keys().filter(|id| !new.contains_key(*id));
        let mut touched = Self {
            removed: removed.copied().collect(),
            ..Self::default()
        };
        for (id, record) in new {
            match old.get(id) {
                None => touched.added.push(id),
                Some(known) if *known != record => touched.note(id, *known, record),
                Some(_) => {}
            }
        }
        touched
    }

    fn note<T: Registered>(&mut self, id: &'a str, known: &T, record: &T) {
        let Changes(fields) = Changes::between(known, record);
        // Nothing but the withdrawal changes these.
        let is_retired = fields.contains_key("status") || fields.contains_key("has_left");
        let list = if is_retired {
            &mut self.retired
        } else {
            &mut self.changed
        };
        list.push(id);
        for (field, (before, after)) in fields {
            if T::field(&field).is_some_and(|field| field.is_bearing) {
                self.bear(&field, &before, &after, id);
            }
        }
    }

    fn bear(&mut self, field: &str, before: &Value, after: &Value, id: &'a str) {
        let change = (field.to_owned(), before.to_string(), after.to_string());
        self.bearing.entry(change).or_default().push(id);
    }

    fn counts(&self) -> ImportCounts {
        ImportCounts {
            added: self.added.len() as u32,
            changed: self.changed.len() as u32,
            removed: (self.removed.len() + self.retired.len()) as u32,
        }
    }

    fn bearing(&self) -> Vec<Bearing> {
        let value = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        let groups = self.bearing.iter();
        let groups = groups.map(|((field, before, after), ids)| Bearing {
            field: field.clone(),
            before: value(before),
            after: value(after),
            ids: Runs::of(ids),
        });
        groups.collect()
    }
}

/// The number at the end of an id such as `NG-02051` or `P07`; 0 without one.
#[must_use]
pub fn number_of(id: &str) -> u32 {
    id[digits_at(id)..].parse().unwrap_or(0)
}

/// The largest number at the end of ids.
pub(super) fn number_max<'a>(ids: impl Iterator<Item = &'a str>) -> u32 {
    ids.map(number_of).max().unwrap_or(0)
}
