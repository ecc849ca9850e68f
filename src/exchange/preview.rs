//! What an import would do to a register, before it does.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::issue::{Alike, RowIssue, RowIssueKind, Severity};
use super::record::{FieldChange, Record, Row, Rows};
use crate::engine::pace::{Advance, Pace};
use crate::model::{InspectionItem, Officer, Unit};
use crate::workbook::event_detail::ImportCounts;
use crate::workbook::kept::Kept;
use crate::workbook::names::folded;
use crate::workbook::register::{Guarded, number_of};
use crate::workbook::request::{RegisterImport, Withdrawal};
use crate::workbook::{NUMBER_MAX, Workbook};

/// Rows or records between two rests.
const STEPS_A_REST: usize = 32;

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
    /// Takes such rows as the record of the register that they may be: a person has looked.
    pub merge_alike: bool,
    /// Rows whose records are put out of use as they come in, and why.
    pub retire: Option<(BTreeSet<u32>, Withdrawal)>,
}

impl Options {
    /// A merge in which nothing was chosen yet.
    pub const MERGE: Self = Self {
        mode: Mode::Merge,
        take_faultless: false,
        take_alike: false,
        merge_alike: false,
        retire: None,
    };
}

/// A register as it is.
#[derive(Debug, Clone, Copy)]
pub struct Register<'a, T> {
    pub records: &'a [T],
    /// The last number that it gave.
    pub number_last: u32,
    /// What its ids begin with.
    pub prefix: &'a str,
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

impl<'a, T: Kept> Register<'a, T> {
    /// A register that is kept as others are.
    #[must_use]
    pub fn kept(workbook: &'a Workbook) -> Self {
        Self {
            records: T::all(workbook),
            number_last: T::number_last(workbook),
            prefix: T::PREFIX,
            book: workbook,
            today: None,
        }
    }
}

/// A record that an import would touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched<I> {
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
    /// Whether the file takes the register's place.
    pub is_replacement: bool,
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
    /// Records in use that the file does not hold, and that stay all the same.
    pub missing: Vec<Touched<T::Id>>,
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
            is_replacement: self.is_replacement,
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
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::{Content, Options, Register, json, preview};
/// use double_random::{demo, workbook::Workbook};
/// let workbook = demo::brigade(2026, demo::SEED);
/// let file = br#"{"format": "double-random/units", "version": 1, "units": [
///     {"id": "NG-00001", "risk": "\u7ea2"},
///     {"name": "\u5357\u5bab\u5e02\u65b0\u5355\u4f4d"}
/// ]}"#;
/// let Content::Units(rows) = json::read(file)? else { unreachable!() };
/// let register = Register::units(&workbook);
/// let preview = at_once(preview(&register, &rows, &Options::MERGE, &|_| false, &AtOnce));
/// assert_eq!(preview.changed[0].fields[0].field, "risk");
/// assert_eq!(preview.added[0].id.as_str(), "NG-02413");
/// # Ok::<(), double_random::exchange::FileError>(())
/// ```
pub async fn preview<T: Record>(
    register: &Register<'_, T>,
    rows: &Rows<T>,
    options: &Options,
    is_referenced: &dyn Fn(&T::Id) -> bool,
    pace: &impl Pace,
) -> Preview<T> {
    // The register is gone through twice: before and after the rows are.
    let total = rows.rows.len() + 2 * register.records.len();
    let steps = Steps::new(pace, total);
    let mut plan = Plan::new(register, &rows.issues);
    for (at, record) in register.records.iter().enumerate() {
        plan.know(at, record);
        steps.next().await;
    }
    for row in &rows.rows {
        plan.place(row.clone(), is_referenced);
        steps.next().await;
    }
    plan.add_new(options, is_referenced, &steps).await;
    plan.finish(options, is_referenced, &steps).await
}

/// Counts steps, and rests now and then.
struct Steps<'a, P> {
    pace: &'a P,
    done: Cell<usize>,
    total: usize,
}

impl<'a, P: Pace> Steps<'a, P> {
    const fn new(pace: &'a P, total: usize) -> Self {
        let done = Cell::new(0);
        Self { pace, done, total }
    }

    async fn next(&self) {
        let done = self.done.get() + 1;
        self.done.set(done);
        if done.is_multiple_of(STEPS_A_REST) {
            // Some rows are gone through once more: those of new records.
            let advance = Advance::running(done.min(self.total), self.total);
            self.pace.rest(advance).await;
        }
    }
}

/// A preview in the making.
struct Plan<'a, T: Record> {
    register: &'a Register<'a, T>,
    by_id: BTreeMap<&'a T::Id, usize>,
    by_key: HashMap<&'a str, usize>,
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
    fn new(register: &'a Register<'a, T>, issues: &[RowIssue]) -> Self {
        let is_error = |issue: &&RowIssue| issue.severity == Severity::Error;
        let count = register.records.len();
        Self {
            register,
            by_id: BTreeMap::new(),
            by_key: HashMap::with_capacity(count),
            faulty: issues
                .iter()
                .filter(is_error)
                .map(|issue| issue.row_number)
                .collect(),
            row_of: vec![None; count],
            ready: Vec::with_capacity(count),
            new: Vec::new(),
            added: Vec::new(),
            changed: Vec::new(),
            unchanged_count: 0,
            issues: issues.to_vec(),
        }
    }

    /// Takes in the next record of the register.
    fn know(&mut self, at: usize, record: &'a T) {
        self.by_id.insert(record.id(), at);
        if let Some(key) = record.key() {
            self.by_key.insert(key, at);
        }
        self.ready.push((None, record.clone()));
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
        self.put(row, at, is_referenced);
    }

    /// Puts a row's values into the record of the register that it means.
    fn put(&mut self, row: Row<T>, at: usize, is_referenced: &dyn Fn(&T::Id) -> bool) {
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
    async fn add_new(
        &mut self,
        options: &Options,
        is_referenced: &dyn Fn(&T::Id) -> bool,
        steps: &Steps<'_, impl Pace>,
    ) {
        let rows = std::mem::take(&mut self.new);
        if rows.is_empty() {
            return;
        }
        let known_count = self.ready.len();
        let mut names = Names(HashMap::with_capacity(known_count));
        for (at, (_, record)) in self.ready.iter().enumerate() {
            names.push(record, at);
            steps.next().await;
        }
        let kept: Vec<Option<u32>> = rows.iter().map(|row| self.number_kept(row)).collect();
        let last = kept.iter().flatten().copied();
        let mut beside = Beside {
            names,
            known_count,
            last: last.fold(self.register.number_last, u32::max),
            take_alike: options.take_alike,
        };
        for (row, kept) in rows.iter().zip(kept) {
            if options.merge_alike && self.merge(row, &beside, is_referenced) {
                steps.next().await;
                continue;
            }
            if let Err((field, kind)) = self.add(row, kept, &mut beside) {
                self.refuse(row, field, kind);
            }
            steps.next().await;
        }
    }

    /// Takes a row as the record of the register that it may be; whether there is one that no
    /// other row means.
    fn merge(
        &mut self,
        row: &Row<T>,
        beside: &Beside,
        is_referenced: &dyn Fn(&T::Id) -> bool,
    ) -> bool {
        let record = row.patch.values();
        let at = beside.names.place(record, &self.ready);
        let free = |at: &usize| *at < beside.known_count && self.row_of[*at].is_none();
        let Some(at) = at.filter(free) else {
            return false;
        };
        self.row_of[at] = Some(row.row_number);
        let other = Alike::Record(self.register.records[at].id().to_string());
        let kind = RowIssueKind::Alike { other };
        self.issues.push(row.issue("name", Severity::Warning, kind));
        self.put(row.clone(), at, is_referenced);
        true
    }

    /// Adds a new record, whose id keeps the number `kept` of the file; else why not.
    fn add(
        &mut self,
        row: &Row<T>,
        kept: Option<u32>,
        beside: &mut Beside,
    ) -> Result<(), (&'static str, RowIssueKind)> {
        if row.patch.name().is_none() {
            return Err(("name", RowIssueKind::MissingName));
        }
        let number = kept.unwrap_or_else(|| beside.last.saturating_add(1));
        if number > NUMBER_MAX {
            return Err(("id", RowIssueKind::NumbersUsedUp));
        }
        // Items have no numbers: the file's own id stands.
        let given = T::sequence_id(self.register.prefix, number).or_else(|| row.id.clone());
        let id = given.ok_or(("id", RowIssueKind::MissingId))?;
        if let Some(found) = row.id.as_ref().filter(|found| **found != id) {
            let (found, given) = (found.to_string(), id.to_string());
            let kind = RowIssueKind::IdReplaced { found, given };
            self.issues.push(row.issue("id", Severity::Warning, kind));
        }
        let mut record = T::with_id(id);
        row.patch.clone().apply(&mut record, None);
        if let Some(&field) = record.unapproved().first() {
            return Err((field.field(), RowIssueKind::Unapproved { field }));
        }
        if let Some(date) = future_history(self.register, &record, None) {
            return Err(("inspections", RowIssueKind::FutureHistory { date }));
        }
        let Beside {
            names, known_count, ..
        } = beside;
        if let Some(other) = names.alike(&record, &self.ready, *known_count) {
            let kind = RowIssueKind::Alike { other };
            if !beside.take_alike {
                return Err(("name", kind));
            }
            self.issues.push(row.issue("name", Severity::Warning, kind));
        }
        beside.last = beside.last.max(number);
        beside.names.push(&record, self.ready.len());
        let row_number = Some(row.row_number);
        self.added.push(touched(&record, row_number, Vec::new()));
        self.ready.push((row_number, record));
        Ok(())
    }

    /// The number in a row's id, if the register would give just this id and never has.
    fn number_kept(&self, row: &Row<T>) -> Option<u32> {
        let id = row.id.as_ref()?;
        let number = number_of(&id.to_string());
        let is_next = (self.register.number_last.saturating_add(1)..=NUMBER_MAX).contains(&number);
        let is_ours = T::sequence_id(self.register.prefix, number).as_ref() == Some(id);
        (is_next && is_ours).then_some(number)
    }

    async fn finish(
        mut self,
        options: &Options,
        is_referenced: &dyn Fn(&T::Id) -> bool,
        steps: &Steps<'_, impl Pace>,
    ) -> Preview<T> {
        let (mut removed, mut withdrawn) = (Vec::new(), Vec::new());
        if let Mode::Replace(withdrawal) = &options.mode {
            let ready = Vec::with_capacity(self.ready.len());
            let all = std::mem::replace(&mut self.ready, ready);
            for (at, (row_number, mut record)) in all.into_iter().enumerate() {
                steps.next().await;
                let row_of = self.row_of.get(at);
                if row_number.is_none() && !row_of.is_some_and(Option::is_some) {
                    let gone = touched(&record, None, Vec::new());
                    if !is_referenced(record.id()) {
                        removed.push(gone);
                        continue;
                    }
                    let before = record.clone();
                    record.withdraw(withdrawal);
                    if record != before {
                        withdrawn.push(gone);
                    }
                }
                self.ready.push((row_number, record));
            }
            if !T::IS_SORTED {
                self.ready
                    .sort_by_key(|(row_number, _)| row_number.unwrap_or(u32::MAX));
            }
        }
        withdrawn.extend(self.retire(options));
        let missing = self.missing(&options.mode);
        if T::IS_SORTED {
            self.ready.sort_by(|(_, a), (_, b)| a.id().cmp(b.id()));
        }
        self.issues.sort_by_key(|issue| issue.row_number);
        Preview {
            is_replacement: options.mode != Mode::Merge,
            withdrawal: match (&options.mode, &options.retire) {
                (Mode::Replace(withdrawal), _) | (Mode::Merge, Some((_, withdrawal))) => {
                    Some(withdrawal.clone())
                }
                (Mode::Merge, None) => None,
            },
            added: self.added,
            changed: self.changed,
            unchanged_count: self.unchanged_count,
            removed,
            withdrawn,
            missing,
            issues: self.issues,
            faulty_count: self.faulty.len() as u32,
            is_blocked: !self.faulty.is_empty() && !options.take_faultless,
            ready: self.ready.into_iter().map(|(_, record)| record).collect(),
        }
    }
}

impl<T: Record> Plan<'_, T> {
    /// Puts the records of the chosen rows out of use.
    fn retire(&mut self, options: &Options) -> Vec<Touched<T::Id>> {
        let Some((rows, withdrawal)) = &options.retire else {
            return Vec::new();
        };
        let mut retired = Vec::new();
        for (row_number, record) in &mut self.ready {
            let is_chosen = row_number.is_some_and(|row| rows.contains(&row));
            if is_chosen && record.is_in_use() {
                retired.push(touched(record, *row_number, Vec::new()));
                record.withdraw(withdrawal);
            }
        }
        retired
    }

    /// Records in use that no row means.
    fn missing(&self, mode: &Mode) -> Vec<Touched<T::Id>> {
        if *mode != Mode::Merge {
            return Vec::new();
        }
        let known = self.register.records.iter().zip(&self.row_of);
        let missing = known.filter(|(record, row)| row.is_none() && record.is_in_use());
        missing
            .map(|(record, _)| touched(record, None, Vec::new()))
            .collect()
    }
}

/// What new records are held against, and how they are numbered.
struct Beside {
    names: Names,
    /// Records of the register; what follows them came from earlier rows.
    known_count: usize,
    /// The last number given.
    last: u32,
    take_alike: bool,
}

/// Where records of a name stand, so that each new row need not be held against all.
struct Names(HashMap<String, Vec<usize>>);

impl Names {
    fn push<T: Record>(&mut self, record: &T, at: usize) {
        self.0.entry(folded(record.name())).or_default().push(at);
    }

    /// Where the first record stands that may be this one.
    fn place<T: Record>(&self, record: &T, records: &[(Option<u32>, T)]) -> Option<usize> {
        let places = self.0.get(&folded(record.name()))?;
        let mut others = places.iter().filter_map(|&at| Some((at, records.get(at)?)));
        let found = others.find(|(_, (_, other))| record.may_be(other));
        found.map(|(at, _)| at)
    }

    /// The first record that may be this one: one of the register, which are the first
    /// `known_count`, or an earlier row's.
    fn alike<T: Record>(
        &self,
        record: &T,
        records: &[(Option<u32>, T)],
        known_count: usize,
    ) -> Option<Alike> {
        let at = self.place(record, records)?;
        let (row_number, other) = records.get(at)?;
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
