//! What units, officers and items have in common as rows of a file.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::fields::{Fields, RawFields};
use super::issue::{Expected, RowIssue, RowIssueKind, Severity};
use super::preview::FieldChange;
use crate::workbook::register::Registered;

/// A row of a file: what it says, and no more. Fields that the file leaves out
/// are none in the patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T: Record> {
    /// Position in the file, from 1.
    pub row_number: u32,
    /// The record that it means, where it says so.
    pub id: Option<T::Id>,
    /// Its values.
    pub patch: T::Patch,
}

/// The rows of a file and their faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T: Record> {
    /// Every row that is an object, faulty ones too: with what could be read.
    pub rows: Vec<Row<T>>,
    /// All faults, in order of rows.
    pub issues: Vec<RowIssue>,
}

/// Values for some of a record's fields.
pub trait Patch: Clone + fmt::Debug + PartialEq + Eq {
    /// What it changes.
    type Record;
    /// The name, where the file gives one.
    fn name(&self) -> Option<&str>;
    /// The second key, where the file gives one.
    fn key(&self) -> Option<&str>;
    /// Puts the values into `record`, and notes in `changes` those that differ.
    fn apply(self, record: &mut Self::Record, changes: Option<&mut Vec<FieldChange>>);
}

/// A record of one of the registers.
pub trait Record: Registered + fmt::Debug + Eq {
    /// What tells records apart.
    type Id: Clone + Ord + fmt::Display + fmt::Debug;
    /// Values for some of its fields.
    type Patch: Patch<Record = Self>;
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
    fn blank(id: Self::Id) -> Self;
    /// The id with this number; none where ids are not given in sequence.
    fn sequence_id(prefix: &str, number: u32) -> Option<Self::Id>;
    /// Reads a row. Faults go to the issues.
    #[doc(hidden)]
    fn read(row: &mut RowFields<'_>) -> (Option<Self::Id>, Self::Patch);
}

/// A row's fields while it is read.
#[doc(hidden)]
pub struct RowFields<'a>(pub(super) Fields<'a>);

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
        self.count += 1;
        let row_number = self.count as u32;
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
        let (id, patch) = T::read(&mut fields);
        self.rows.push(Row {
            row_number,
            id,
            patch,
        });
    }

    pub(super) fn finish(mut self) -> Rows<T> {
        add_duplicates(&self.rows, &mut self.issues);
        self.issues.sort_by_key(|issue| issue.row_number);
        Rows {
            rows: self.rows,
            issues: self.issues,
        }
    }
}

/// Notes rows that have the id or the key of an earlier one.
fn add_duplicates<T: Record>(rows: &[Row<T>], issues: &mut Vec<RowIssue>) {
    let mut ids: BTreeMap<&T::Id, u32> = BTreeMap::new();
    let mut keys: BTreeMap<&str, u32> = BTreeMap::new();
    for row in rows {
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

/// Puts `value` into `place` and notes the change.
pub(super) fn change<V: PartialEq + Serialize>(
    field: &'static str,
    place: &mut V,
    value: V,
    changes: &mut Option<&mut Vec<FieldChange>>,
) {
    let Some(changes) = changes else {
        *place = value;
        return;
    };
    if *place == value {
        return;
    }
    let json = |value: &V| serde_json::to_value(value).unwrap_or(Value::Null);
    let before = json(place);
    *place = value;
    changes.push(FieldChange {
        field: field.into(),
        before,
        after: json(place),
    });
}

/// As [`change`], for fields that this program does not know.
pub(super) fn change_extra(
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

/// Declares a patch: the record's fields, each an option.
macro_rules! patch {
    (
        $(#[$doc:meta])*
        $name:ident of $record:ty, key $key:expr;
        $($field:ident: $kind:ty,)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $name {
            $(
                #[doc = concat!("`", stringify!($field), "`, where the row gives it.")]
                pub $field: Option<$kind>,
            )*
            /// Fields that this program does not know.
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        impl $crate::exchange::record::Patch for $name {
            type Record = $record;

            fn name(&self) -> Option<&str> {
                self.name.as_deref()
            }

            fn key(&self) -> Option<&str> {
                let key: fn(&Self) -> Option<&str> = $key;
                key(self)
            }

            fn apply(
                self,
                record: &mut $record,
                mut changes: Option<&mut Vec<$crate::exchange::FieldChange>>,
            ) {
                $(
                    if let Some(value) = self.$field {
                        let place = &mut record.$field;
                        $crate::exchange::record::change(
                            stringify!($field), place, value, &mut changes,
                        );
                    }
                )*
                $crate::exchange::record::change_extra(
                    &mut record.extra, self.extra, &mut changes,
                );
            }
        }
    };
}
pub(super) use patch;
