//! What is wrong with a list, or was mended in it, as data; `i18n` puts it into words.

use serde::{Deserialize, Serialize};

use crate::exchange::{RowIssueKind, Severity};

/// What is wrong with a value or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// As in any other file.
    Issue(RowIssueKind),
    /// A code whose last digits a spreadsheet has lost: left out, never padded.
    DigitsLost,
    /// A registration number of before 2015, or an organisation code: left out.
    OldCode,
    /// A number of a telephone whose leading 0 is lost; as it stands.
    ZeroLost,
    /// An error value of a formula: not known.
    ErrorValue,
    /// A formula that was never worked out: save the file in Excel once.
    NotWorkedOut,
    /// No date, or one that does not exist: left out.
    BadDate,
    /// No whole number: left out.
    BadNumber,
    /// A number of an identity card: left out.
    IdentityNumber,
    /// A name or number that a spreadsheet made a day: left out.
    MadeDate,
}

impl ProblemKind {
    /// A name for the kind that does not change.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Issue(issue) => issue.key(),
            Self::DigitsLost => "digits_lost",
            Self::OldCode => "old_code",
            Self::ZeroLost => "zero_lost",
            Self::ErrorValue => "error_value",
            Self::NotWorkedOut => "not_worked_out",
            Self::BadDate => "bad_date",
            Self::BadNumber => "bad_number",
            Self::IdentityNumber => "identity_number",
            Self::MadeDate => "made_date",
        }
    }
}

/// A problem with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row, as Excel shows it.
    pub row_number: u32,
    /// The column, from 0; none for the whole row.
    pub column: Option<u16>,
    /// The field; empty for the whole row.
    pub field: &'static str,
    /// Whether the row is refused for it.
    pub severity: Severity,
    /// What is wrong.
    pub kind: ProblemKind,
    /// What stands there, shortened.
    pub found: String,
}

/// Why a row is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipWhy {
    /// It shows how to fill the list in.
    Example,
    /// It says what belongs into the columns.
    Instruction,
    /// The heads again, as on a further page.
    Heads,
    /// Another table that stands below the list: its heads, or a row of it.
    OtherTable,
    /// A note, or who made and checked the list.
    Note,
    /// A total.
    Total,
    /// Nothing but a number of its own.
    OnlyNumber,
    /// A person said so.
    Answered,
}

impl SkipWhy {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Example,
        Self::Instruction,
        Self::Heads,
        Self::OtherTable,
        Self::Note,
        Self::Total,
        Self::OnlyNumber,
        Self::Answered,
    ];
}

/// A row that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// As Excel shows it.
    pub row_number: u32,
    /// Why.
    pub why: SkipWhy,
}

/// What was mended or left aside, counted instead of listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A word that says that nothing is known, read as blank.
    BlankWord,
    /// A sign that keeps a long number text, taken off.
    Guard,
    /// Blanks inside a person's name, taken out.
    SpacedName,
    /// A date without end, read as blank.
    Endless,
    /// From one day to another where the last is asked for: the last.
    SpanEnd,
    /// A number that stands for a day.
    SerialDate,
    /// A merged cell, filled downwards.
    Filled,
    /// A row that is hidden in the file, and read.
    HiddenRow,
    /// Columns with cells of a colour of their own: colours say nothing here.
    CellColours,
    /// Rows with a second record beside the first, which is not read.
    SideBySide,
    /// Signs that the encoding could not read.
    Unreadable,
    /// A township under another name that the brigade has kept.
    TownshipAlias,
}

impl NoteKind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::BlankWord,
        Self::Guard,
        Self::SpacedName,
        Self::Endless,
        Self::SpanEnd,
        Self::SerialDate,
        Self::Filled,
        Self::HiddenRow,
        Self::CellColours,
        Self::SideBySide,
        Self::Unreadable,
        Self::TownshipAlias,
    ];
}

/// Notes of one kind in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// What was done.
    pub kind: NoteKind,
    /// The column, from 0; none for the whole sheet.
    pub column: Option<u16>,
    /// The value, where it matters.
    pub value: String,
    /// How often.
    pub count: u32,
}
