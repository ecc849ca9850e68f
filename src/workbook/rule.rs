//! What the value of a field may be, whoever brings it: forms, files and actions ask here
//! and refuse alike.

use chrono::NaiveDate;

use super::names::{self, TooLong};
use crate::model::field::{Kind, WHOLE_MAX};
use crate::model::{CodeError, Described, Field, UnitId};

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It must be filled.
    Empty,
    /// A word that says that there is no name.
    NoName {
        /// What stands there.
        found: String,
    },
    /// More signs than the field takes.
    TooLong(TooLong),
    /// No credit code.
    Code(CodeError),
    /// Another unit has this credit code.
    CodeOf { other: UnitId },
    /// Another record of the register holds this value, which tells records apart.
    TakenBy { other: String },
    /// It would make the record alike to another, which a person is to look at.
    Alike { other: String },
    /// Not a date.
    NoDate {
        /// What stands there.
        found: String,
    },
    /// A date that lies ahead.
    Future { date: NaiveDate },
    /// Ends before it begins.
    Order,
    /// No whole number up to ten million.
    NoNumber,
    /// No unit of this id or name.
    NoUnit,
    /// More than one unit of this name.
    ManyUnits,
    /// Stands twice.
    Twice,
    /// Nobody approves what is their own.
    OwnApproval,
    /// Another item of the list has this number.
    IdTaken,
}

/// Whether the field of a record holds what it may.
///
/// # Errors
/// What is wrong with it.
pub fn check_field<R>(field: &Field<R>, record: &R, today: NaiveDate) -> Result<(), Fault> {
    let check =
        |text: &str| names::check_length(field.key, text, field.chars_max).map_err(Fault::TooLong);
    match &field.kind {
        Kind::Name(_) => check_name(field.text(record)).and_then(|()| check(field.text(record))),
        Kind::Text(_) | Kind::Lines(_) => check(field.text(record)),
        Kind::Tags(slot) => (slot.get)(record).iter().try_for_each(|tag| check(tag)),
        Kind::Number(slot) => match (slot.get)(record) {
            Some(number) if *number > WHOLE_MAX => Err(Fault::NoNumber),
            _ => Ok(()),
        },
        Kind::Date(slot) => match (slot.get)(record) {
            Some(date) if field.is_past && *date > today => Err(Fault::Future { date: *date }),
            _ => Ok(()),
        },
        Kind::Dates(slot) => match (slot.get)(record).iter().max() {
            Some(&date) if date > today => Err(Fault::Future { date }),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Refuses no name, and a word that says that there is none.
fn check_name(name: &str) -> Result<(), Fault> {
    let found = name.trim().to_owned();
    if found.is_empty() {
        Err(Fault::Empty)
    } else if names::is_no_name(&found) {
        Err(Fault::NoName { found })
    } else {
        Ok(())
    }
}

/// Checks all fields of a record but those that stand as in `known`: they were taken before.
///
/// # Errors
/// The first field that holds what it may not.
pub fn check<R: Described>(
    record: &R,
    known: Option<&R>,
    today: NaiveDate,
) -> Result<(), (&'static str, Fault)> {
    let is_new = |field: &&Field<R>| known.is_none_or(|known| !field.is_same(record, known));
    let check =
        |field: &Field<R>| check_field(field, record, today).map_err(|fault| (field.key, fault));
    R::FIELDS.iter().filter(is_new).try_for_each(check)
}
