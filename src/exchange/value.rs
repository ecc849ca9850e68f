//! Reads a field of a row by its kind, into a record.

use super::fields::Fields;
use super::issue::RowIssueKind;
use super::{inner, words};
use crate::model::Field;
use crate::model::field::{Choices, Kind, Slot, WHOLE_MAX};
use crate::workbook::rule::Fault;

/// Takes the field off the row and puts its value into the record; none where it is absent
/// or faulty. Faults go to the issues.
pub(super) fn read<R>(fields: &mut Fields<'_>, field: &Field<R>, record: &mut R) -> Option<()> {
    let key = field.key;
    match &field.kind {
        Kind::Name(slot) => put(slot, record, fields.name(key, field.chars_max)),
        Kind::Text(slot) | Kind::Lines(slot) => {
            put(slot, record, fields.text(key, field.chars_max))
        }
        Kind::Tags(slot) => put(slot, record, fields.texts(key, field.chars_max)),
        Kind::Flag(slot) => put(slot, record, fields.flag(key)),
        Kind::Number(slot) => put(slot, record, whole(fields, key)),
        Kind::Date(slot) => put(slot, record, fields.date(key)),
        Kind::Dates(slot) => put(slot, record, fields.dates(key)),
        Kind::Code(slot) => put(slot, record, fields.code(key)),
        Kind::Choice(choice) => {
            let of = choice.of;
            let at = fields.word(key, |word| meant(of, word))?;
            (choice.set)(record, at);
            Some(())
        }
        Kind::Inspections(slot) => put(slot, record, inner::inspections(fields)),
        Kind::Status(slot) => put(slot, record, inner::status(fields)),
        Kind::Withholding(slot) => put(slot, record, inner::withheld(fields)),
        Kind::Salt(slot) => put(slot, record, inner::salt(fields)),
        Kind::Absences(slot) => put(slot, record, fields.objects(key, inner::absence)),
        Kind::Avoidances(slot) => put(slot, record, fields.objects(key, inner::avoidance)),
    }
}

fn put<R, T>(slot: &Slot<R, T>, record: &mut R, value: Option<T>) -> Option<()> {
    *(slot.place)(record) = value?;
    Some(())
}

/// A number that is believed.
fn whole(fields: &mut Fields<'_>, key: &'static str) -> Option<Option<u32>> {
    let number = fields.whole(key)?;
    if number.is_some_and(|number| number > WHOLE_MAX) {
        fields.error(key, RowIssueKind::Value(Fault::NoNumber));
        return None;
    }
    Some(number)
}

/// The place in its list of the value that a word means.
pub(super) fn meant(of: Choices, word: &str) -> words::Meaning<usize> {
    use crate::model::{
        AppliesTo, Credit, EngineerGrade, LegalKind, OfficerRole, Outcome, RiskTier, Subject,
    };
    fn place<T: PartialEq>(all: &[T], value: &T) -> usize {
        all.iter()
            .position(|other| other == value)
            .unwrap_or_default()
    }
    Ok(match of {
        Choices::LegalKind => place(&LegalKind::ALL, &words::legal_kind(word)?),
        Choices::RiskTier => place(&RiskTier::ALL, &words::risk(word)?),
        Choices::Credit => place(&Credit::ALL, &words::credit(word)?),
        Choices::Subject => place(&Subject::ALL, &words::subject(word)?),
        Choices::AppliesTo => place(&AppliesTo::ALL, &words::applies_to(word)?),
        Choices::OfficerRole => place(&OfficerRole::ALL, &words::officer_role(word)?),
        Choices::Outcome => place(&Outcome::ALL, &words::outcome(word)?),
        Choices::EngineerGrade => place(&EngineerGrade::ALL, &words::engineer_grade(word)?),
    })
}
