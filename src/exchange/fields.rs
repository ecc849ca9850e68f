//! Takes the fields of one row, one by one, and notes every fault instead of
//! stopping at the first. What nobody asked for is left over and kept.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::issue::{Expected, RowIssue, RowIssueKind, Severity};
use super::words::{self, Meaning};
use crate::model::field::TEXT_CHARS_MAX;
use crate::model::{CodeError, SocialCreditCode};
use crate::workbook::names;

/// A row as it stands in a file: fields in its order, each name once.
///
/// A list and not a map: rows have some twenty fields, and building a tree for
/// each of 100 000 rows took longer than everything else.
pub(super) type RawFields<'de> = Vec<(Cow<'de, str>, Value)>;

/// What an inner object holds beside the fields that are known: kept as it came.
pub(super) fn unknown(object: &Map<String, Value>, known: &[&str]) -> Map<String, Value> {
    let fields = object
        .iter()
        .filter(|(key, _)| !known.contains(&key.as_str()));
    fields
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// One row on its way to a record. Every getter returns none where the field is
/// absent or faulty; faults are in the issues then.
pub(super) struct Fields<'a> {
    raw: RawFields<'a>,
    row_number: u32,
    id: Option<String>,
    name: Option<String>,
    issues: &'a mut Vec<RowIssue>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(raw: RawFields<'a>, row_number: u32, issues: &'a mut Vec<RowIssue>) -> Self {
        let readable = |field| {
            let value = raw
                .iter()
                .find(|(name, _)| name == field)
                .map(|(_, value)| value);
            value.and_then(Value::as_str).map(str::to_owned)
        };
        Self {
            id: readable("id"),
            name: readable("name"),
            raw,
            row_number,
            issues,
        }
    }

    pub(super) fn error(&mut self, field: &'static str, kind: RowIssueKind) {
        self.issue(field, Severity::Error, kind);
    }

    fn issue(&mut self, field: &'static str, severity: Severity, kind: RowIssueKind) {
        self.issues.push(RowIssue {
            row_number: self.row_number,
            id: self.id.clone(),
            name: self.name.clone(),
            field,
            severity,
            kind,
        });
    }

    fn wrong<T>(&mut self, field: &'static str, expected: Expected) -> Option<T> {
        self.error(field, RowIssueKind::WrongType { expected });
        None
    }

    fn take(&mut self, field: &'static str) -> Option<Value> {
        let at = self.raw.iter().position(|(name, _)| name == field)?;
        Some(self.raw.swap_remove(at).1)
    }

    fn meant<T>(&mut self, field: &'static str, meaning: Meaning<T>) -> Option<T> {
        meaning.map_err(|kind| self.error(field, kind)).ok()
    }

    /// The fields that nobody asked for.
    pub(super) fn rest(&mut self) -> Map<String, Value> {
        self.raw
            .drain(..)
            .map(|(field, value)| (field.into_owned(), value))
            .collect()
    }

    /// An id; blank is absent.
    pub(super) fn id<T: FromStr>(&mut self, field: &'static str) -> Option<T> {
        let text = self.text(field, TEXT_CHARS_MAX)?;
        if text.is_empty() {
            return None;
        }
        let id = text.parse().ok();
        if id.is_none() {
            self.error(field, RowIssueKind::IdForm { found: text });
        }
        id
    }

    /// The name, which may be absent but not blank.
    pub(super) fn name(&mut self, field: &'static str, chars_max: usize) -> Option<String> {
        let name = self.text(field, chars_max)?;
        if name.trim().is_empty() {
            self.error(field, RowIssueKind::MissingName);
            return None;
        }
        if names::is_no_name(&name) {
            self.error(field, RowIssueKind::NoName { found: name });
            return None;
        }
        Some(name)
    }

    /// A text that is not longer than its field takes.
    fn bounded(&mut self, field: &'static str, text: String, max: usize) -> Option<String> {
        match names::check_length(field, &text, max) {
            Ok(()) => Some(text),
            Err(long) => {
                self.error(field, RowIssueKind::TooLong(long));
                None
            }
        }
    }

    pub(super) fn text(&mut self, field: &'static str, chars_max: usize) -> Option<String> {
        match self.take(field)? {
            Value::String(text) => self.bounded(field, text, chars_max),
            Value::Null => Some(String::new()),
            _ => self.wrong(field, Expected::Text),
        }
    }

    pub(super) fn flag(&mut self, field: &'static str) -> Option<bool> {
        match self.take(field)? {
            Value::Bool(flag) => Some(flag),
            Value::String(word) => self.meant(field, words::flag(&word)),
            _ => self.wrong(field, Expected::Flag),
        }
    }

    /// A number that may be blank.
    pub(super) fn whole(&mut self, field: &'static str) -> Option<Option<u32>> {
        let value = self.take(field)?;
        if value.is_null() {
            return Some(None);
        }
        match value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => Some(Some(number)),
            None => self.wrong(field, Expected::WholeNumber),
        }
    }

    pub(super) fn word<T>(
        &mut self,
        field: &'static str,
        meaning: impl FnOnce(&str) -> Meaning<T>,
    ) -> Option<T> {
        match self.take(field)? {
            Value::String(word) => self.meant(field, meaning(&word)),
            _ => self.wrong(field, Expected::Text),
        }
    }

    fn date_in(&mut self, field: &'static str, value: &Value) -> Option<NaiveDate> {
        match value {
            Value::String(text) => self.meant(field, words::date(text)),
            _ => self.wrong(field, Expected::Date),
        }
    }

    /// A date that may be blank.
    pub(super) fn date(&mut self, field: &'static str) -> Option<Option<NaiveDate>> {
        match self.take(field)? {
            Value::Null => Some(None),
            Value::String(text) if text.is_empty() => Some(None),
            value => self.date_in(field, &value).map(Some),
        }
    }

    fn list(&mut self, field: &'static str) -> Option<Vec<Value>> {
        match self.take(field)? {
            Value::Array(list) => Some(list),
            _ => self.wrong(field, Expected::List),
        }
    }

    pub(super) fn dates(&mut self, field: &'static str) -> Option<Vec<NaiveDate>> {
        let list = self.list(field)?;
        // All are looked at before one that is missing spoils the list.
        let dates: Vec<_> = list
            .iter()
            .map(|value| self.date_in(field, value))
            .collect();
        dates.into_iter().collect()
    }

    pub(super) fn texts(
        &mut self,
        field: &'static str,
        chars_max: usize,
    ) -> Option<BTreeSet<String>> {
        let list = self.list(field)?;
        let mut texts = BTreeSet::new();
        for value in list {
            match value {
                Value::String(text) => texts.insert(self.bounded(field, text, chars_max)?),
                _ => return self.wrong(field, Expected::Text),
            };
        }
        Some(texts)
    }

    /// A list of objects, each read by `read`; faults inside are noted under `field`.
    pub(super) fn objects<T>(
        &mut self,
        field: &'static str,
        read: fn(&mut Self, &'static str, &Map<String, Value>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let list = self.list(field)?;
        let objects: Vec<_> = list
            .iter()
            .map(|value| match value {
                Value::Object(object) => read(self, field, object),
                _ => self.wrong(field, Expected::Object),
            })
            .collect();
        objects.into_iter().collect()
    }

    /// The value of a field that stands as a word or as an object.
    pub(super) fn value(&mut self, field: &'static str) -> Option<Value> {
        self.take(field)
    }

    /// A date inside an object of `field`.
    pub(super) fn inner_date(
        &mut self,
        field: &'static str,
        object: &Map<String, Value>,
        key: &str,
    ) -> Option<NaiveDate> {
        self.date_in(field, object.get(key).unwrap_or(&Value::Null))
    }

    /// A text inside an object of `field`; absent is blank.
    pub(super) fn inner_text(
        &mut self,
        field: &'static str,
        object: &Map<String, Value>,
        key: &str,
    ) -> Option<String> {
        match object.get(key) {
            None | Some(Value::Null) => Some(String::new()),
            Some(Value::String(text)) => self.bounded(field, text.clone(), TEXT_CHARS_MAX),
            Some(_) => self.wrong(field, Expected::Text),
        }
    }

    /// A word inside an object of `field`.
    pub(super) fn inner_word<T>(
        &mut self,
        field: &'static str,
        object: &Map<String, Value>,
        key: &str,
        meaning: fn(&str) -> Meaning<T>,
    ) -> Option<T> {
        let word = self.inner_text(field, object, key)?;
        self.meant(field, meaning(&word))
    }

    /// A credit code. Blank is no fault: small sole traders have none.
    pub(super) fn code(&mut self, field: &'static str) -> Option<Option<SocialCreditCode>> {
        let text = match self.take(field)? {
            Value::Null => return Some(None),
            Value::String(text) => text,
            // A whole number still has all its digits; a fraction has lost them.
            Value::Number(number) if number.is_u64() => number.to_string(),
            Value::Number(_) => {
                self.error(field, RowIssueKind::Code(CodeError::DigitsLost));
                return None;
            }
            _ => return self.wrong(field, Expected::Text),
        };
        if text.trim().is_empty() {
            return Some(None);
        }
        match SocialCreditCode::parse(&text) {
            Ok(code) => {
                if !code.is_organisation_check_right() {
                    self.issue(field, Severity::Warning, RowIssueKind::OrganisationCheck);
                }
                Some(Some(code))
            }
            Err(error) => {
                self.error(field, RowIssueKind::Code(error));
                None
            }
        }
    }
}
