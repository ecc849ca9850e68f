//! Rows on their way from where a file is read to where they come in: a worker reads, the
//! page takes, and both must find the same faults.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::engine::pace::{Advance, Pace, Stage};
use crate::exchange::fields::RawFields;
use crate::exchange::record::{ROWS_A_REST, RowReader};
use crate::exchange::{Record, RowIssueKind, Rows, Severity};
use crate::model::field::Kind;
use crate::workbook::rule;

/// A row as text: its values as any other file would have them, an object of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The row, as Excel shows it.
    pub row_number: u32,
    /// The object.
    pub text: String,
}

impl Line {
    pub(super) fn of(row_number: u32, raw: &RawFields<'_>) -> Self {
        let text = serde_json::to_string(&Object(raw));
        Self {
            row_number,
            text: text.expect("names and values are always JSON"),
        }
    }

    /// Takes a value out.
    pub(super) fn leave(&mut self, field: &str) {
        if let Ok(mut fields) = serde_json::from_str::<Map<String, Value>>(&self.text) {
            fields.remove(field);
            self.text = Value::Object(fields).to_string();
        }
    }
}

/// Fields in their order, as an object.
struct Object<'a>(&'a RawFields<'a>);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Rows while they come in.
pub struct Incoming<T: Record>(RowReader<T>);

impl<T: Record> Default for Incoming<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Record> Incoming<T> {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(RowReader::new())
    }

    pub(super) fn push(&mut self, row_number: u32, raw: RawFields<'_>) {
        self.0.push_at(row_number, Some(raw));
    }

    /// Takes the next row.
    pub fn take(&mut self, line: &Line) {
        // What is no object is a row with a fault.
        let fields = serde_json::from_str::<Map<String, Value>>(&line.text).ok();
        let raw = fields.map(|fields| {
            let fields = fields.into_iter();
            fields
                .map(|(name, value)| (Cow::Owned(name), value))
                .collect()
        });
        self.0.push_at(line.row_number, raw);
    }

    /// All rows, with their faults; nobody was inspected after `today`.
    pub async fn finish(self, today: Option<NaiveDate>, pace: &impl Pace) -> Rows<T> {
        let mut rows = self.0.finish_at(pace).await;
        check_days(&mut rows, today, pace).await;
        rows
    }
}

/// Refuses days that lie ahead, as forms and actions do.
async fn check_days<T: Record>(rows: &mut Rows<T>, today: Option<NaiveDate>, pace: &impl Pace) {
    let Some(today) = today else { return };
    let mut issues = Vec::new();
    for (done, row) in rows.rows.iter().enumerate() {
        if done % ROWS_A_REST == 0 {
            let (done, total) = (done as u32, rows.rows.len() as u32);
            pace.rest(Advance::at(Stage::Reading, done, total)).await;
        }
        let values = row.patch.values();
        if let Some(date) = values.future_history(None, today) {
            issues.push(row.issue(
                "inspections",
                Severity::Error,
                RowIssueKind::FutureHistory { date },
            ));
        }
        for field in T::FIELDS
            .iter()
            .filter(|field| matches!(field.kind, Kind::Dates(_)))
        {
            if let Err(fault) = rule::check_field(field, values, today) {
                issues.push(row.issue(field.key, Severity::Error, RowIssueKind::Value(fault)));
            }
        }
    }
    rows.issues.extend(issues);
    rows.issues.sort_by_key(|issue| issue.row_number);
}
