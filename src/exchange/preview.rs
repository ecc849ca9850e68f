//! What an import would do to a register, before it does.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::Value;

use super::issue::{Alike, RowIssue, RowIssueKind, Severity};
use super::record::{Record, Row, Rows};
use crate::model::{InspectionItem, Officer, Unit};
use crate::workbook::action::ImportCounts;
use crate::workbook::names::folded;
use crate::workbook::register::{Guarded, number_of};
use crate::workbook::request::{RegisterImport, Withdrawal};
use crate::workbook::{NUMBER_MAX, Workbook};

/// What happens to records that the file does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// They stay.
    Merge,
    /// They go: those that a draw, visit or inspection refers to are retired,
    /// the others are removed.
    Replace(Withdrawal),
}

/// How to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Merge or replace.
    pub mode: Mode,
    /// Takes the faultless rows and leaves the others, whose records stay as they
    /// are; else one faulty row blocks all.
    pub take_faultless: bool,
    /// Takes new rows that may be a record of the register, or an earlier row: a person
    /// has looked. Else they are refused.
    pub take_alike: bool,
}

/// A register as it is.
#[derive(Debug, Clone, Copy)]
pub struct Register<'a, T> {
    /// Its records.
    pub records: &'a [T],
    /// The last number that it gave.
    pub number_last: u32,
    /// What its ids begin with.
    pub prefix: &'a str,
    /// The workbook.
    pub book: &'a Workbook,
    /// The day on which the file comes in, where past inspections are held against it.
    pub today: Option<NaiveDate>,
}

impl<T> Register<'_, T> {
    /// The same, with past inspections held against `today`.
    #[must_use]
    pub const fn on(self, today: NaiveDate) -> Self {
        Self {
            today: Some(today),
            ..self
        }
    }
}

impl<'a> Register<'a, Unit> {
    /// 检查对象名录库 of a workbook.
    #[must_use]
    pub fn units(workbook: &'a Workbook) -> Self {
        Self {
            records: &workbook.units,
            number_last: workbook.unit_number_last,
            prefix: &workbook.brigade.unit_prefix,
            book: workbook,
            today: None,
        }
    }
}

impl<'a> Register<'a, Officer> {
    /// 执法检查人员名录库 of a workbook.
    #[must_use]
    pub fn officers(workbook: &'a Workbook) -> Self {
        Self {
            records: &workbook.officers,
            number_last: workbook.officer_number_last,
            prefix: "P",
            book: workbook,
            today: None,
        }
    }
}

impl<'a> Register<'a, InspectionItem> {
    /// 随机抽查事项清单 of a workbook.
    #[must_use]
    pub fn items(workbook: &'a Workbook) -> Self {
        Self {
            records: &workbook.items,
            number_last: 0,
            prefix: "",
            book: workbook,
            today: None,
        }
    }
}

/// A value that an import would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Name of the field in the file format.
    pub field: Cow<'static, str>,
    /// As it is, in the file format's words.
    pub before: Value,
    /// As it would be.
    pub after: Value,
}

/// A record that an import would touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched<I> {
    /// Its id.
    pub id: I,
    /// Its name, after the import.
    pub name: String,
    /// Its row in the file; none for records that the file does not hold.
    pub row_number: Option<u32>,
    /// What changes; empty unless the record is in [`Preview::changed`].
    pub fields: Vec<FieldChange>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview<T: Record> {
    /// Where records may leave: why.
    pub withdrawal: Option<Withdrawal>,
    /// New records, in order of rows.
    pub added: Vec<Touched<T::Id>>,
    /// Records with other values, in order of rows.
    pub changed: Vec<Touched<T::Id>>,
    /// Records of the file that are as they were.
    pub unchanged_count: u32,
    /// Records that would be taken out.
    pub removed: Vec<Touched<T::Id>>,
    /// Records that would be retired, because something refers to them.
    pub withdrawn: Vec<Touched<T::Id>>,
    /// All faults, in order of rows.
    pub issues: Vec<RowIssue>,
    /// Rows that cannot be taken.
    pub faulty_count: u32,
    ready: Vec<T>,
    is_blocked: bool,
}

/// Why a preview cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Rows are faulty, and faultless ones alone were not asked for.
    #[error("{faulty_count} rows are faulty")]
    Faulty {
        /// How many.
        faulty_count: u32,
    },
    /// The register would be too large.
    #[error("{found} records, at most {max}")]
    TooMany {
        /// How many there would be.
        found: usize,
        /// The limit.
        max: usize,
    },
}

impl<T: Record> Preview<T> {
    /// Whether faulty rows block the import.
    #[must_use]
    pub const fn is_blocked(&self) -> bool {
        self.is_blocked
    }

    /// Whether the register would stay as it is.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
            && self.withdrawn.is_empty()
    }

    /// How many records it touches, for the trail.
    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        ImportCounts {
            added: self.added.len() as u32,
            changed: self.changed.len() as u32,
            removed: (self.removed.len() + self.withdrawn.len()) as u32,
        }
    }

    /// The finished register, as the workbook's import action takes it.
    ///
    /// # Errors
    /// [`ImportError`]; then nothing may be imported.
    pub fn into_import(
        self,
        file_name: impl Into<String>,
    ) -> Result<RegisterImport<T>, ImportError> {
        if self.is_blocked {
            return Err(ImportError::Faulty {
                faulty_count: self.faulty_count,
            });
        }
        if self.ready.len() > T::COUNT_MAX {
            return Err(ImportError::TooMany {
                found: self.ready.len(),
                max: T::COUNT_MAX,
            });
        }
        Ok(RegisterImport {
            withdrawal: self.withdrawal,
            file_name: file_name.into(),
            rows: self.ready,
        })
    }
}

/// Computes what importing `rows` into `register` would do. Changes nothing.
///
/// A row means the record with its id, else the one with its credit code (or
/// certificate number), else a new one. Fields that a row leaves out stay as they
/// are, also when the register is replaced, so that a list without last visits
/// cannot erase them. New records get the next numbers of the register; an id
/// from the file is kept only if it is such a number and was never given here.
///
/// ```
/// use double_random::exchange::{Content, Mode, Options, Register, json, preview};
/// use double_random::{demo, workbook::Workbook};
/// let workbook = demo::brigade(2026, demo::SEED);
/// let file = br#"{"format": "double-random/units", "version": 1, "units": [
///     {"id": "NG-00001", "risk": "\u7ea2"},
///     {"name": "\u5357\u5bab\u5e02\u65b0\u5355\u4f4d"}
/// ]}"#;
/// let Content::Units(rows) = json::read(file)? else { unreachable!() };
/// let options = Options { mode: Mode::Merge, take_faultless: false, take_alike: false };
/// let preview = preview(&Register::units(&workbook), rows, &options, &|_| false);
/// assert_eq!(preview.changed[0].fields[0].field, "risk");
/// assert_eq!(preview.added[0].id.as_str(), "NG-02413");
/// # Ok::<(), double_random::exchange::FileError>(())
/// ```
#[must_use]
pub fn preview<T: Record>(
    register: &Register<'_, T>,
    rows: Rows<T>,
    options: &Options,
    is_referenced: &dyn Fn(&T::Id) -> bool,
) -> Preview<T> {
    let Rows { rows, issues } = rows;
    let mut plan = Plan::new(register, issues);
    for row in rows {
        plan.place(row, is_referenced);
    }
    plan.add_new(options.take_alike);
    plan.finish(options, is_referenced)
}

/// A preview in the making.
struct Plan<'a, T: Record> {
    register: &'a Register<'a, T>,
    by_id: BTreeMap<&'a T::Id, usize>,
    by_key: BTreeMap<&'a str, usize>,
    /// Rows with an error.
    faulty: BTreeSet<u32>,
    /// For each record of the register the row that means it.
    row_of: Vec<Option<u32>>,
    /// The register as it will be, with the row that each record comes from.
    ready: Vec<(Option<u32>, T)>,
    /// Rows of new records.
    new: Vec<Row<T>>,
    added: Vec<Touched<T::Id>>,
    changed: Vec<Touched<T::Id>>,
    unchanged_count: u32,
    issues: Vec<RowIssue>,
}

impl<'a, T: Record> Plan<'a, T> {
    fn new(register: &'a Register<'a, T>, issues: Vec<RowIssue>) -> Self {
        let records = register.records;
        let is_error = |issue: &&RowIssue| issue.severity == Severity::Error;
        Self {
            register,
            by_id: records
                .iter()
                .enumerate()
                .map(|(at, record)| (record.id(), at))
                .collect(),
            by_key: records
                .iter()
                .enumerate()
                .filter_map(|(at, record)| Some((record.key()?, at)))
                .collect(),
            faulty: issues
                .iter()
                .filter(is_error)
                .map(|issue| issue.row_number)
                .collect(),
            row_of: vec![None; records.len()],
            ready: Vec::with_capacity(records.len()),
            new: Vec::new(),
            added: Vec::new(),
            changed: Vec::new(),
            unchanged_count: 0,
            issues,
        }
        .with_records(records)
    }

    fn with_records(mut self, records: &[T]) -> Self {
        self.ready
            .extend(records.iter().map(|record| (None, record.clone())));
        self
    }

    fn refuse(&mut self, row: &Row<T>, field: &'static str, kind: RowIssueKind) {
        self.faulty.insert(row.row_number);
        self.issues.push(row.issue(field, Severity::Error, kind));
    }

    /// Finds the record that a row means and puts its values there.
    fn place(&mut self, row: Row<T>, is_referenced: &dyn Fn(&T::Id) -> bool) {
        let by_id = row.id.as_ref().and_then(|id| self.by_id.get(id)).copied();
        let by_key = row
            .patch
            .key()
            .and_then(|key| self.by_key.get(key))
            .copied();
        let is_faulty = self.faulty.contains(&row.row_number);
        let Some(at) = by_id.or(by_key) else {
            if !is_faulty {
                self.new.push(row);
            }
            return;
        };
        if is_faulty {
            // Its record is in the file after all: it must not be taken out.
            self.row_of[at].get_or_insert(row.row_number);
            return;
        }
        if let Some(other_row) = self.row_of[at] {
            return self.refuse(&row, "", RowIssueKind::SameRecord { other_row });
        }
        self.row_of[at] = Some(row.row_number);
        if let Some(other) = by_key.filter(|other| *other != at) {
            let other = self.register.records[other].id().to_string();
            return self.refuse(&row, T::KEY_FIELD, RowIssueKind::CodeTaken { other });
        }
        let (row_number, record) = &mut self.ready[at];
        *row_number = Some(row.row_number);
        let mut fields = Vec::new();
        row.patch.apply(record, Some(&mut fields));
        if record.without_visits(self.register.book) {
            fields.retain(|change| change.field != Guarded::Inspections.field());
        }
        let known = &self.register.records[at];
        let guarded = put_back_guarded(record, known, is_referenced);
        let issue = |field, severity, kind| RowIssue {
            row_number: row.row_number,
            id: Some(known.id().to_string()),
            name: Some(known.name().to_owned()),
            field,
            severity,
            kind,
        };
        if let Some(date) = future_history(self.register, record, Some(known)) {
            *record = known.clone();
            self.faulty.insert(row.row_number);
            let kind = RowIssueKind::FutureHistory { date };
            self.issues
                .push(issue("inspections", Severity::Error, kind));
            return;
        }
        for field in guarded {
            fields.retain(|change| change.field != field.field());
            let kind = RowIssueKind::Guarded { field };
            self.issues
                .push(issue(field.field(), Severity::Warning, kind));
        }
        if fields.is_empty() {
            self.unchanged_count += 1;
        } else {
            self.changed.push(touched(record, *row_number, fields));
        }
    }

    /// Gives new records their ids and adds them.
    fn add_new(&mut self, take_alike: bool) {
        let new = std::mem::take(&mut self.new);
        if new.is_empty() {
            return;
        }
        let mut names = Names::of(&self.ready);
        let known_count = self.ready.len();
        let kept: Vec<Option<u32>> = new.iter().map(|row| self.number_kept(row)).collect();
        let mut last = kept
            .iter()
            .flatten()
            .copied()
            .fold(self.register.number_last, u32::max);
        for (row, kept) in new.into_iter().zip(kept) {
            if row.patch.name().is_none() {
                self.refuse(&row, "name", RowIssueKind::MissingName);
                continue;
            }
            let number = kept.unwrap_or_else(|| last.saturating_add(1));
            if number > NUMBER_MAX {
                self.refuse(&row, "id", RowIssueKind::NumbersUsedUp);
                continue;
            }
            // Items have no numbers: the file's own id stands.
            let given = T::sequence_id(self.register.prefix, number).or_else(|| row.id.clone());
            let Some(id) = given else {
                self.refuse(&row, "id", RowIssueKind::MissingId);
                continue;
            };
            if let Some(found) = row.id.as_ref().filter(|found| **found != id) {
                let (found, given) = (found.to_string(), id.to_string());
                let kind = RowIssueKind::IdReplaced { found, given };
                self.issues.push(row.issue("id", Severity::Warning, kind));
            }
            let mut record = T::with_id(id);
            row.patch.clone().apply(&mut record, None);
            if let Some(&field) = record.unapproved().first() {
                self.refuse(&row, field.field(), RowIssueKind::Unapproved { field });
                continue;
            }
            if let Some(date) = future_history(self.register, &record, None) {
                let kind = RowIssueKind::FutureHistory { date };
                self.refuse(&row, "inspections", kind);
                continue;
            }
            if let Some(other) = names.alike(&record, &self.ready, known_count) {
                let kind = RowIssueKind::Alike { other };
                if !take_alike {
                    self.refuse(&row, "name", kind);
                    continue;
                }
                self.issues.push(row.issue("name", Severity::Warning, kind));
            }
            last = last.max(number);
            names.push(&record, self.ready.len());
            self.added
                .push(touched(&record, Some(row.row_number), Vec::new()));
            self.ready.push((Some(row.row_number), record));
        }
    }

    /// The number in a row's id, if the register would give just this id and never has.
    fn number_kept(&self, row: &Row<T>) -> Option<u32> {
        let id = row.id.as_ref()?;
        let number = number_of(&id.to_string());
        let is_next = (self.register.number_last.saturating_add(1)..=NUMBER_MAX).contains(&number);
        let is_ours = T::sequence_id(self.register.prefix, number).as_ref() == Some(id);
        (is_next && is_ours).then_some(number)
    }

    fn finish(mut self, options: &Options, is_referenced: &dyn Fn(&T::Id) -> bool) -> Preview<T> {
        let (mut removed, mut withdrawn) = (Vec::new(), Vec::new());
        if let Mode::Replace(withdrawal) = &options.mode {
            let row_of = std::mem::take(&mut self.row_of);
            let mut at = 0;
            self.ready.retain_mut(|(row_number, record)| {
                let is_in_file =
                    row_number.is_some() || row_of.get(at).is_some_and(Option::is_some);
                at += 1;
                if is_in_file {
                    return true;
                }
                let gone = touched(record, None, Vec::new());
                if !is_referenced(record.id()) {
                    removed.push(gone);
                    return false;
                }
                let before = record.clone();
                record.withdraw(withdrawal);
                if *record != before {
                    withdrawn.push(gone);
                }
                true
            });
            if !T::IS_SORTED {
                self.ready
                    .sort_by_key(|(row_number, _)| row_number.unwrap_or(u32::MAX));
            }
        }
        if T::IS_SORTED {
            self.ready.sort_by(|(_, a), (_, b)| a.id().cmp(b.id()));
        }
        self.issues.sort_by_key(|issue| issue.row_number);
        Preview {
            withdrawal: match &options.mode {
                Mode::Merge => None,
                Mode::Replace(withdrawal) => Some(withdrawal.clone()),
            },
            added: self.added,
            changed: self.changed,
            unchanged_count: self.unchanged_count,
            removed,
            withdrawn,
            issues: self.issues,
            faulty_count: self.faulty.len() as u32,
            is_blocked: !self.faulty.is_empty() && !options.take_faultless,
            ready: self.ready.into_iter().map(|(_, record)| record).collect(),
        }
    }
}

/// Where records of a name stand, so that each new row need not be held against all.
struct Names(HashMap<String, Vec<usize>>);

impl Names {
    fn of<T: Record>(records: &[(Option<u32>, T)]) -> Self {
        let mut names = Self(HashMap::with_capacity(records.len()));
        for (at, (_, record)) in records.iter().enumerate() {
            names.push(record, at);
        }
        names
    }

    fn push<T: Record>(&mut self, record: &T, at: usize) {
        self.0.entry(folded(record.name())).or_default().push(at);
    }

    /// The first record that may be this one: one of the register, which are the first
    /// `known_count`, or an earlier row's.
    fn alike<T: Record>(
        &self,
        record: &T,
        records: &[(Option<u32>, T)],
        known_count: usize,
    ) -> Option<Alike> {
        let places = self.0.get(&folded(record.name()))?;
        let mut others = places.iter().filter_map(|&at| Some((at, records.get(at)?)));
        let (at, (row_number, other)) = others.find(|(_, (_, other))| record.may_be(other))?;
        Some(match row_number {
            Some(row) if at >= known_count => Alike::Row(*row),
            _ => Alike::Record(other.id().to_string()),
        })
    }
}

/// The day of a past inspection that is still to come, as the import's action would find it.
fn future_history<T: Record>(
    register: &Register<'_, T>,
    record: &T,
    known: Option<&T>,
) -> Option<NaiveDate> {
    record.future_history(known, register.today?)
}

/// Puts guarded fields of a record back to what the register knows, and names them.
fn put_back_guarded<T: Record>(
    record: &mut T,
    known: &T,
    is_referenced: &dyn Fn(&T::Id) -> bool,
) -> Vec<Guarded> {
    let differing = record.guarded(known, false);
    if differing.is_empty() {
        return differing;
    }
    let guarded = record.guarded(known, !is_referenced(known.id()));
    for &field in &guarded {
        record.put_back(field, known);
    }
    guarded
}

fn touched<T: Record>(
    record: &T,
    row_number: Option<u32>,
    fields: Vec<FieldChange>,
) -> Touched<T::Id> {
    Touched {
        id: record.id().clone(),
        name: record.name().to_owned(),
        row_number,
        fields,
    }
}
