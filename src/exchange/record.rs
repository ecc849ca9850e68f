//! What units, officers and items have in common as rows of a file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};

use super::fields::{Fields, RawFields};
use super::issue::{Expected, RowIssue, RowIssueKind, Severity};
use super::value;
use crate::engine::pace::{Advance, AtOnce, Pace, Stage, at_once};
use crate::workbook::register::Registered;

/// Rows between two rests: some milliseconds of a page's time.
pub(super) const ROWS_A_REST: usize = 512;

/// A row of a file: what it says, and no more. Fields that the file leaves out
/// are none in the patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T: Record> {
    /// Position in the file, from 1.
    pub row_number: u32,
    /// The record that it means, where it says so.
    pub id: Option<T::Id>,
    /// Its values.
    pub patch: Patch<T>,
}

/// The rows of a file and their faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T: Record> {
    /// Every row that is an object, faulty ones too: with what could be read.
    pub rows: Vec<Row<T>>,
    /// All faults, in order of rows.
    pub issues: Vec<RowIssue>,
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

/// Values for some of a record's fields: a blank record with them in it, and which they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch<T> {
    values: T,
    /// A bit a field, in the order of the table.
    given: u64,
}

impl<T: Record> Patch<T> {
    /// Whether the file gives the field.
    #[must_use]
    pub fn gives(&self, key: &str) -> bool {
        let at = T::FIELDS.iter().position(|field| field.key == key);
        at.is_some_and(|at| self.given & (1 << at) != 0)
    }

    /// The name, where the file gives one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.gives("name").then(|| self.values.name())
    }

    /// The second key, where the file gives one.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.values.key().filter(|_| self.gives(T::KEY_FIELD))
    }

    /// The values, in a record of which nothing else is known.
    #[must_use]
    pub const fn values(&self) -> &T {
        &self.values
    }

    /// Puts the values into `record`, and notes in `changes` those that differ.
    pub fn apply(mut self, record: &mut T, mut changes: Option<&mut Vec<FieldChange>>) {
        for (at, field) in T::FIELDS.iter().enumerate() {
            if self.given & (1 << at) == 0 || field.is_same(record, &self.values) {
                continue;
            }
            if let Some(changes) = &mut changes {
                changes.push(FieldChange {
                    field: field.key.into(),
                    before: field.json(record),
                    after: field.json(&self.values),
                });
            }
            field.copy(record, &self.values);
        }
        let extra = std::mem::take(self.values.extra());
        change_extra(record.extra(), extra, &mut changes);
    }
}

/// A record of one of the registers.
pub trait Record: Registered + fmt::Debug + Eq {
    /// What tells records apart.
    type Id: Clone + Ord + fmt::Display + fmt::Debug;
    /// Most records of a register.
    const COUNT_MAX: usize;
    /// Field of the second key.
    const KEY_FIELD: &'static str;
    /// Whether a register is kept in order of ids; else in the file's order.
    const IS_SORTED: bool;

    /// Its id.
    fn id(&self) -> &Self::Id;
    /// Its name.
    fn name(&self) -> &str;
    /// What else tells records apart: credit code, certificate number.
    fn key(&self) -> Option<&str>;
    /// A record of which nothing but the id is known.
    fn with_id(id: Self::Id) -> Self;
    /// The id with this number; none where ids are not given in sequence.
    fn sequence_id(prefix: &str, number: u32) -> Option<Self::Id>;
    /// Whether another record of the same folded name may be this one; never asked of
    /// registers whose names do not tell records apart.
    fn may_be(&self, _other: &Self) -> bool {
        false
    }
    /// Takes the id off a row. Faults go to the issues.
    #[doc(hidden)]
    fn read_id(row: &mut RowFields<'_>) -> Option<Self::Id>;
}

/// A row's fields while it is read.
#[doc(hidden)]
pub struct RowFields<'a>(pub(super) Fields<'a>);

impl RowFields<'_> {
    /// The id as registers give it in sequence; blank is absent.
    #[doc(hidden)]
    pub fn id<I: FromStr>(&mut self) -> Option<I> {
        self.0.id("id")
    }
}

/// Reads a row field by field. Faults go to the issues.
fn read<T: Record>(row: &mut RowFields<'_>) -> (Option<T::Id>, Patch<T>) {
    const { assert!(T::FIELDS.len() <= 64, "a patch keeps a bit a field") };
    let id = T::read_id(row);
    let mut patch = Patch {
        values: T::blank(),
        given: 0,
    };
    for (at, field) in T::FIELDS.iter().enumerate() {
        let is_given = value::read(&mut row.0, field, &mut patch.values).is_some();
        patch.given |= u64::from(is_given) << at;
    }
    *patch.values.extra() = row.0.rest();
    (id, patch)
}

/// Collects rows as they come out of a file, and notes all faults of each.
pub(super) struct RowReader<T: Record> {
    rows: Vec<Row<T>>,
    issues: Vec<RowIssue>,
    /// Rows so far, also those that are no objects or beyond the limit.
    pub(super) count: usize,
}

impl<T: Record> RowReader<T> {
    pub(super) const fn new() -> Self {
        Self {
            rows: Vec::new(),
            issues: Vec::new(),
            count: 0,
        }
    }

    /// Reads the next row; none is a row that is no object.
    pub(super) fn push(&mut self, raw: Option<RawFields<'_>>) {
        self.push_at(self.count as u32 + 1, raw);
    }

    /// Reads the next row, whose number is another than its place.
    pub(super) fn push_at(&mut self, row_number: u32, raw: Option<RawFields<'_>>) {
        self.count += 1;
        let Some(raw) = raw else {
            self.issues.push(RowIssue {
                row_number,
                id: None,
                name: None,
                field: "",
                severity: Severity::Error,
                kind: RowIssueKind::WrongType {
                    expected: Expected::Object,
                },
            });
            return;
        };
        let mut fields = RowFields(Fields::new(raw, row_number, &mut self.issues));
        let (id, patch) = read(&mut fields);
        self.rows.push(Row {
            row_number,
            id,
            patch,
        });
    }

    pub(super) fn finish(self) -> Rows<T> {
        at_once(self.finish_at(&AtOnce))
    }

    pub(super) async fn finish_at(mut self, pace: &impl Pace) -> Rows<T> {
        add_duplicates(&self.rows, &mut self.issues, pace).await;
        self.issues.sort_by_key(|issue| issue.row_number);
        Rows {
            rows: self.rows,
            issues: self.issues,
        }
    }
}

/// Notes rows that have the id or the key of an earlier one.
async fn add_duplicates<T: Record>(rows: &[Row<T>], issues: &mut Vec<RowIssue>, pace: &impl Pace) {
    let mut ids: BTreeMap<&T::Id, u32> = BTreeMap::new();
    let mut keys: BTreeMap<&str, u32> = BTreeMap::new();
    for (done, row) in rows.iter().enumerate() {
        if done % ROWS_A_REST == 0 {
            let (done, total) = (done as u32, rows.len() as u32);
            pace.rest(Advance::at(Stage::Reading, done, total)).await;
        }
        let mut note = |field, kind| issues.push(row.issue(field, Severity::Error, kind));
        if let Some(id) = &row.id {
            match ids.get(id) {
                Some(&other_row) => note("id", RowIssueKind::DuplicateId { other_row }),
                None => {
                    ids.insert(id, row.row_number);
                }
            }
        }
        if let Some(key) = row.patch.key() {
            match keys.get(key) {
                Some(&other_row) => note(T::KEY_FIELD, RowIssueKind::DuplicateCode { other_row }),
                None => {
                    keys.insert(key, row.row_number);
                }
            }
        }
    }
}

impl<T: Record> Row<T> {
    /// A fault of this row.
    pub(super) fn issue(
        &self,
        field: &'static str,
        severity: Severity,
        kind: RowIssueKind,
    ) -> RowIssue {
        RowIssue {
            row_number: self.row_number,
            id: self.id.as_ref().map(ToString::to_string),
            name: self.patch.name().map(str::to_owned),
            field,
            severity,
            kind,
        }
    }
}

/// Puts fields that this program does not know into `place`, and notes the changes.
fn change_extra(
    place: &mut Map<String, Value>,
    extra: Map<String, Value>,
    changes: &mut Option<&mut Vec<FieldChange>>,
) {
    for (field, after) in extra {
        let before = place
            .insert(field.clone(), after.clone())
            .unwrap_or(Value::Null);
        if let Some(changes) = changes
            && before != after
        {
            changes.push(FieldChange {
                field: field.into(),
                before,
                after,
            });
        }
    }
}
