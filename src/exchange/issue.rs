//! What can be wrong with a row, as data; `i18n` puts it into words.

use chrono::NaiveDate;

use crate::model::CodeError;
use crate::workbook::ActionError;
use crate::workbook::names::TooLong;
use crate::workbook::register::Guarded;
use crate::workbook::rule::Fault;

/// Whether a row with the issue can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It can; a person should know.
    Warning,
    /// It cannot.
    Error,
}

/// The kind of value that a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Text,
    /// Yes or no.
    Flag,
    /// A whole number from 0 to 4 294 967 295.
    WholeNumber,
    Date,
    List,
    /// An object with named fields.
    Object,
}

/// What a new row may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alike {
    /// A record of the register, by its id.
    Record(String),
    /// An earlier row.
    Row(u32),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowIssueKind {
    /// The value is of another kind.
    WrongType {
        /// What the field holds.
        expected: Expected,
    },
    /// A word that is none of the field's.
    UnknownWord {
        /// The word.
        found: String,
        /// The words of the field, Chinese ones.
        allowed: &'static [&'static str],
    },
    /// 橙: the common scale has this colour, ours has not, and the two scales
    /// share colours with other meanings. Ask; never map.
    OrangeTier {
        /// What stands there.
        found: String,
    },
    /// Colour and word of a risk tier disagree, as they do in the common scale.
    TierConflict {
        /// What stands there.
        found: String,
    },
    /// No credit code.
    Code(CodeError),
    /// The organisation code inside does not check; old ones may not.
    OrganisationCheck,
    /// An earlier row has this credit code, or this certificate number.
    DuplicateCode { other_row: u32 },
    /// Another record of the register has this credit code, or certificate number.
    CodeTaken {
        /// Its id.
        other: String,
    },
    /// An earlier row has this id.
    DuplicateId { other_row: u32 },
    /// An earlier row means the same record.
    SameRecord { other_row: u32 },
    /// No id of 1 to 22 digits, capitals and hyphens.
    IdForm {
        /// What stands there.
        found: String,
    },
    /// The register gives ids itself; this one was replaced.
    IdReplaced {
        /// What stands in the file.
        found: String,
        /// What the register gave.
        given: String,
    },
    /// An item needs an id.
    MissingId,
    /// A word that says that there is no name.
    NoName {
        /// What stands there.
        found: String,
    },
    /// More signs than the field takes.
    TooLong(TooLong),
    /// Another value that the field does not take.
    Value(Fault),
    /// A record of the register, or an earlier row, may be this one.
    Alike {
        /// Its id, or its row in words of the file.
        other: Alike,
    },
    /// A new record needs a name.
    MissingName,
    /// No date, or one that does not exist.
    BadDate {
        /// What stands there.
        found: String,
    },
    /// A period ends before it begins.
    DateOrder {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// No 32 hex digits.
    SaltForm,
    /// A guarded field of a known record differs: it is left as the register knows it.
    Guarded { field: Guarded },
    /// A new record brings a guarded field without the reason and approval it needs.
    Unapproved { field: Guarded },
    /// An inspection from before this workbook that is still to come.
    FutureHistory {
        /// The day.
        date: NaiveDate,
    },
    /// No numbers are left to be given.
    NumbersUsedUp,
    /// Of a line of results.
    Result(ResultIssue),
}

/// What is wrong with a line of results, or with the visit that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultIssue {
    /// No unit of the register is meant: neither its code nor its name is known here.
    NoUnit,
    /// The unit has no drawn visit of that year that stands.
    NoVisit,
    /// Several units have the name, and no code tells them apart.
    SeveralUnits { count: usize },
    /// Several visits of the unit may be meant.
    SeveralVisits { count: usize },
    /// The number is that of another unit's visit.
    NumberOfOther { unit: String },
    /// An earlier or later row says something else of the same visit, or the same again.
    SameVisit { other_row: u32 },
    /// No day.
    NoDate,
    /// No result, or none of the eight.
    NoOutcome,
    /// No time of a day.
    BadTime { found: String },
    /// A word for what was done that is not known.
    UnknownHandling { found: String },
    /// A problem, and nothing is said of what was done about it.
    NoMeasure,
    /// Nobody is named.
    NoOfficers,
    /// Others than the plan, as it stands, has.
    OtherOfficers { found: String, planned: String },
    /// Which of the visit's items the problem belongs to is not said, or is none of them.
    NoItem { found: String },
    /// The visit has a result, and it says something else.
    Differs,
    /// A rule of every entry.
    Rule(Box<ActionError>),
}

impl ResultIssue {
    const fn key(&self) -> &'static str {
        match self {
            Self::NoUnit => "result_no_unit",
            Self::NoVisit => "result_no_visit",
            Self::SeveralUnits { .. } => "result_several_units",
            Self::SeveralVisits { .. } => "result_several_visits",
            Self::NumberOfOther { .. } => "result_number",
            Self::SameVisit { .. } => "result_same_visit",
            Self::NoDate => "result_no_date",
            Self::NoOutcome => "result_no_outcome",
            Self::BadTime { .. } => "result_time",
            Self::UnknownHandling { .. } => "result_handling",
            Self::NoMeasure => "result_no_measure",
            Self::NoOfficers => "result_no_officers",
            Self::OtherOfficers { .. } => "result_officers",
            Self::NoItem { .. } => "result_item",
            Self::Differs => "result_differs",
            Self::Rule(_) => "result_rule",
        }
    }
}

impl RowIssueKind {
    /// A name for the kind that does not change.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::WrongType { .. } => "wrong_type",
            Self::UnknownWord { .. } => "unknown_word",
            Self::OrangeTier { .. } => "orange_tier",
            Self::TierConflict { .. } => "tier_conflict",
            Self::Code(_) => "code",
            Self::OrganisationCheck => "organisation_check",
            Self::DuplicateCode { .. } => "duplicate_code",
            Self::CodeTaken { .. } => "code_taken",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::SameRecord { .. } => "same_record",
            Self::IdForm { .. } => "id_form",
            Self::IdReplaced { .. } => "id_replaced",
            Self::MissingId => "missing_id",
            Self::NoName { .. } => "no_name",
            Self::TooLong(_) => "too_long",
            Self::Value(_) => "value",
            Self::Alike { .. } => "alike",
            Self::MissingName => "missing_name",
            Self::BadDate { .. } => "bad_date",
            Self::DateOrder { .. } => "date_order",
            Self::SaltForm => "salt_form",
            Self::Guarded { .. } => "guarded",
            Self::Unapproved { .. } => "unapproved",
            Self::FutureHistory { .. } => "future_visit",
            Self::NumbersUsedUp => "numbers_used_up",
            Self::Result(issue) => issue.key(),
        }
    }

    /// Whether the row could come in without the value: what is wrong is the value alone.
    #[must_use]
    pub const fn is_of_value(&self) -> bool {
        matches!(
            self,
            Self::WrongType { .. }
                | Self::UnknownWord { .. }
                | Self::OrangeTier { .. }
                | Self::TierConflict { .. }
                | Self::Code(_)
                | Self::TooLong(_)
                | Self::Value(_)
                | Self::BadDate { .. }
                | Self::DateOrder { .. }
                | Self::FutureHistory { .. }
        )
    }
}

/// One fault of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowIssue {
    /// Position in the file, from 1.
    pub row_number: u32,
    /// The row's id, where one can be read.
    pub id: Option<String>,
    /// The row's name, where one can be read.
    pub name: Option<String>,
    /// Name of the field in the file format, such as `code`; empty for the whole row.
    pub field: &'static str,
    /// Whether the row can be taken all the same.
    pub severity: Severity,
    /// What is wrong.
    pub kind: RowIssueKind,
}
