//! What a page is told of a file and its list: everything that its preview shows but the
//! rows, as data that passes as text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exchange::sheet::{
    Asked, Book, Cell, Column, DIGITS_KEPT, GridRow, LeftOut, Noted, Problem, ProblemKind, Reading,
    Sheet, SheetKind, Skipped, TextEncoding, shown,
};
use crate::exchange::{Record, Severity};
use crate::model::field::RegisterKind;
use crate::ui::job::Refused;

/// Problems that are told one by one; of more only the number.
const PROBLEMS_TOLD: usize = 5_000;
/// Rows that are shown from a sheet's start, and from its end.
const ROWS_SHOWN: (usize, usize) = (40, 3);
/// Signs of a cell that are shown.
const CELL_CHARS: usize = 60;

/// A file that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTold {
    /// What it is.
    pub kind: SheetKind,
    /// How its text was read; none where the kind of file says it.
    pub encoding: Option<TextEncoding>,
    /// Its sheets.
    pub sheets: Vec<SheetTold>,
    /// The register that its heads fit best.
    pub register: RegisterKind,
}

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetTold {
    /// Its name; empty where the kind of file has none.
    pub name: String,
    /// Whether Excel shows it.
    pub is_hidden: bool,
    /// Its used rows.
    pub rows_count: usize,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnTold {
    /// Its place, from 0.
    pub column: u16,
    /// Its head; empty where it has none.
    pub head: String,
    /// The field that it holds: its key.
    pub field: Option<String>,
    /// Why it is not read, where it holds none.
    pub left_out: Option<LeftOut>,
    /// The first value under the head; empty of what is never shown.
    pub first: String,
}

/// A question with what helps to answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedTold {
    /// The question, how often it comes up, and the first rows.
    pub asked: Asked,
    /// Of a question that is asked once for all values: one of them.
    pub example: String,
    /// The records of the first rows: name, address.
    pub records: Vec<(String, String)>,
}

/// A problem with its place, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemTold {
    /// The row, as Excel shows it.
    pub row_number: u32,
    /// The column, from 0; none for the whole row.
    pub column: Option<u16>,
    /// A name for the kind.
    pub kind: String,
    /// Whether the row is refused for it.
    pub is_refused: bool,
    /// Whether the row could come in without the value.
    pub may_go_without: bool,
    /// What is wrong.
    pub words: Refused,
    /// What stands there, shortened.
    pub found: String,
}

/// A record that is not in use any more: a candidate to be retired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutOfUse {
    /// Its row.
    pub row_number: u32,
    /// Its name.
    pub name: String,
    /// The word that says so.
    pub word: String,
}

/// A row as it stands in the file, shortened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRow {
    /// The row, as Excel shows it.
    pub number: u32,
    /// Its used cells.
    pub cells: Vec<(u16, String)>,
}

/// A list as it was read, but for its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListTold {
    /// The register whose rows they are.
    pub register: RegisterKind,
    /// The sheet, by its place in the file.
    pub sheet: usize,
    /// First and last row of the heads.
    pub head_rows: (u32, u32),
    /// The columns, from left to right.
    pub columns: Vec<ColumnTold>,
    /// Used rows under the heads.
    pub rows_count: u32,
    /// Rows that can be taken.
    pub ready_count: u32,
    /// Rows that cannot.
    pub refused_count: usize,
    /// Rows that are no records.
    pub skipped: Vec<Skipped>,
    /// What is open.
    pub asked: Vec<AskedTold>,
    /// What is wrong, the first of them in order of rows.
    pub problems: Vec<ProblemTold>,
    /// How many there are of each kind: rows refused, and values left out or noted.
    pub problem_counts: BTreeMap<String, (u32, u32)>,
    /// What was mended or left aside.
    pub noted: Vec<Noted>,
    /// Records that are not in use any more.
    pub out_of_use: Vec<OutOfUse>,
    /// The first rows of the sheet, and the last.
    pub shown: (Vec<ShownRow>, Vec<ShownRow>),
}

impl OpenTold {
    pub(super) fn of(book: &Book, register: RegisterKind) -> Self {
        let sheets = book.sheets.iter().map(|sheet| SheetTold {
            name: sheet.name.clone(),
            is_hidden: sheet.is_hidden,
            rows_count: sheet.grid.rows.len(),
        });
        Self {
            kind: book.kind,
            encoding: book.encoding,
            sheets: sheets.collect(),
            register,
        }
    }
}

impl ListTold {
    pub(super) fn of<T: Record>(reading: &Reading<T>, sheet: &Sheet) -> Self {
        let columns = reading.heads.columns.iter();
        let asked = reading.asked.iter();
        let problems = reading.problems.iter().take(PROBLEMS_TOLD);
        Self {
            register: T::REGISTER,
            sheet: reading.sheet,
            head_rows: reading.heads.rows,
            columns: columns
                .map(|column| ColumnTold::of(column, reading.heads.rows.1, sheet))
                .collect(),
            rows_count: reading.rows_count,
            ready_count: reading.ready_count,
            refused_count: reading.refused_rows.len(),
            skipped: reading.skipped.clone(),
            asked: asked.map(|asked| AskedTold::of(asked, reading)).collect(),
            problems: problems.map(ProblemTold::of).collect(),
            problem_counts: counts(&reading.problems),
            noted: reading.noted.clone(),
            out_of_use: out_of_use(reading),
            shown: shown_rows(reading, sheet),
        }
    }

    /// What the list leaves open, in groups of one kind and field each.
    #[must_use]
    pub fn questions(&self) -> Vec<Vec<&AskedTold>> {
        let mut groups: Vec<Vec<&AskedTold>> = Vec::new();
        for asked in &self.asked {
            let of = |it: &AskedTold| (it.asked.question.kind, it.asked.question.field.clone());
            match groups.last_mut() {
                Some(group) if of(group[0]) == of(asked) => group.push(asked),
                _ => groups.push(vec![asked]),
            }
        }
        groups
    }

    /// The column of a field.
    #[must_use]
    pub fn column_of(&self, field: &str) -> Option<&ColumnTold> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.field.as_deref() == Some(field))
    }
}

impl ColumnTold {
    fn of(column: &Column, head_end: u32, sheet: &Sheet) -> Self {
        let rows = &sheet.grid.rows;
        let below = &rows[rows.partition_point(|row| row.number <= head_end)..];
        let first = below.iter().find_map(|row| row.cell(column.column));
        // A number of an identity card is shown nowhere.
        let is_shown = column.left_out != Some(LeftOut::Identity);
        let first = first.filter(|_| is_shown);
        Self {
            column: column.column,
            head: column.head.clone(),
            field: column.field.map(str::to_owned),
            left_out: column.left_out,
            first: first.map(seen).unwrap_or_default(),
        }
    }
}

impl AskedTold {
    fn of<T: Record>(asked: &Asked, reading: &Reading<T>) -> Self {
        let rows = &reading.rows.rows;
        let record = |row_number: &u32| {
            let at = rows.binary_search_by_key(row_number, |row| row.row_number);
            let row = &rows[at.ok()?];
            let text = |key| T::field(key).map(|field| field.text(row.patch.values()).to_owned());
            Some((
                row.patch.name()?.to_owned(),
                text("address").unwrap_or_default(),
            ))
        };
        Self {
            records: asked.row_numbers.iter().filter_map(record).collect(),
            example: reading
                .examples
                .get(&asked.question)
                .cloned()
                .unwrap_or_default(),
            asked: asked.clone(),
        }
    }
}

fn counts(problems: &[Problem]) -> BTreeMap<String, (u32, u32)> {
    let mut counts = BTreeMap::<String, (u32, u32)>::new();
    for problem in problems {
        let (refused, noted) = counts.entry(problem.kind.key().to_owned()).or_default();
        *(if problem.severity == Severity::Error {
            refused
        } else {
            noted
        }) += 1;
    }
    counts
}

fn out_of_use<T: Record>(reading: &Reading<T>) -> Vec<OutOfUse> {
    let rows = &reading.rows.rows;
    let record = |(row_number, word): &(u32, String)| {
        let at = rows.binary_search_by_key(row_number, |row| row.row_number);
        Some(OutOfUse {
            row_number: *row_number,
            name: rows[at.ok()?].patch.name().unwrap_or_default().to_owned(),
            word: word.clone(),
        })
    };
    reading.out_of_use.iter().filter_map(record).collect()
}

fn may_go_without(problem: &Problem) -> bool {
    let is_of_value = matches!(&problem.kind, ProblemKind::Issue(issue) if issue.is_of_value());
    is_of_value && !["", "id", "name"].contains(&problem.field)
}

impl ProblemTold {
    fn of(problem: &Problem) -> Self {
        Self {
            row_number: problem.row_number,
            column: problem.column,
            kind: problem.kind.key().to_owned(),
            is_refused: problem.severity == Severity::Error,
            may_go_without: may_go_without(problem),
            words: Refused::of(|lang| lang.sheet_problem(&problem.kind)),
            found: problem.found.clone(),
        }
    }
}

/// The rows of a sheet that a page shows; none of a column of identity numbers.
fn shown_rows<T: Record>(reading: &Reading<T>, sheet: &Sheet) -> (Vec<ShownRow>, Vec<ShownRow>) {
    let hidden: Vec<u16> = reading
        .heads
        .columns
        .iter()
        .filter(|column| column.left_out == Some(LeftOut::Identity))
        .map(|column| column.column)
        .collect();
    let row = |row: &GridRow| {
        let cells = row
            .cells
            .iter()
            .filter(|(column, _)| !hidden.contains(column));
        ShownRow {
            number: row.number,
            cells: cells.map(|(column, cell)| (*column, seen(cell))).collect(),
        }
    };
    let rows = &sheet.grid.rows;
    let (first, last) = ROWS_SHOWN;
    let end = rows.len().saturating_sub(last).max(first.min(rows.len()));
    let first = rows.iter().take(first).map(row).collect();
    (first, rows[end..].iter().map(row).collect())
}

/// A cell as Excel shows it, shortened: of a long number not the digits that it lost.
fn seen(cell: &Cell) -> String {
    let text = match cell {
        Cell::Number(number) if number.abs() >= DIGITS_KEPT => format!("{number:.5E}"),
        _ => shown(cell),
    };
    text.chars().take(CELL_CHARS).collect()
}
