//! A paper as a value, and its renderings. What is shown, printed, published and exported is
//! one and the same [`Paper`]; nothing here knows a brigade or a rule.
//!
//! - [`table`]: its lines as cells for spreadsheets and values between commas
//! - [`a4`]: sheets to print, numbered
//! - [`html`]: a page that stands alone, and a piece to paste into an editor
//! - [`text`]: a message; the form for machines

pub mod a4;
pub mod html;
pub mod table;
pub mod text;

use table::{Table, TableCell, TableColumn};

/// A paper with one table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// What it is, for machines: `month_plan`, …
    pub kind: &'static str,
    /// Its language where that may be another than the page's, as `zh-CN`.
    pub lang: Option<&'static str>,
    /// Who publishes it.
    pub issuer: String,
    pub title: String,
    /// What stands across it where it is none to act on, such as 演示.
    pub mark: Option<String>,
    pub facts: Vec<Fact>,
    /// What stands large below the head, line by line: a code to read aloud.
    pub code: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Millimetres that a row has on a sheet at least, where a pen is to write into it.
    pub row_height: u32,
    /// Below the table.
    pub notes: Vec<String>,
    /// 落款: the day, in words; empty where it is signed instead.
    pub issued: String,
    /// Where it is signed.
    pub end: Option<Ending>,
    /// Its number, at the head of the sheets after the first; may be empty.
    pub number: String,
    /// What stands at the foot of each sheet, between issuer and page.
    pub feet: Vec<String>,
}

/// What ends a paper that is signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ending {
    /// The name of the box for an opinion; empty: there is none, and the lines stand alone.
    pub opinion: String,
    /// The name of the box with the lines.
    pub signatures: String,
    /// The name of the box for the seal, and what stands in the circle.
    pub seal: String,
    pub seal_here: String,
    /// Lines to sign on, each with what is signed already.
    pub lines: Vec<Fact>,
}

/// What the head says of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub words: String,
}

/// A column of a paper's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    /// Its part of the table's width, beside the others'.
    pub width: u32,
    /// Whether the short form for a telephone shows it.
    pub is_brief: bool,
}

/// A line of a paper's table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// A cell a column.
    pub cells: Vec<TableCell>,
    /// Void: it stays, struck through.
    pub is_struck: bool,
}

impl Ending {
    /// Its places, each with what stands there.
    fn places(&self) -> impl Iterator<Item = (&str, &str)> {
        let opinion = Some((self.opinion.as_str(), ""));
        let seal = Some((self.seal.as_str(), ""));
        let lines = self.lines.iter();
        let lines = lines.map(|line| (line.name.as_str(), line.words.as_str()));
        let places = opinion.into_iter().chain(lines).chain(seal);
        places.filter(|(name, _)| !name.is_empty())
    }
}

impl Fact {
    /// Name and words in one; what has no name is said as it is.
    fn said(&self) -> String {
        if self.name.is_empty() {
            self.words.clone()
        } else {
            format!("{}：{}", self.name, self.words)
        }
    }
}

impl Paper {
    /// Its lines for a spreadsheet: the heads first, and no other sheet.
    #[must_use]
    pub fn table(&self) -> Table {
        let columns = self.columns.iter().map(|column| TableColumn {
            head: column.head.clone(),
            choices: Vec::new(),
        });
        Table {
            name: self.title.chars().take(SHEET_NAME_MAX).collect(),
            columns: columns.collect(),
            rows: self.rows.iter().map(|row| row.cells.clone()).collect(),
            blank_rows: 0,
        }
    }
}

/// Signs in the name of a sheet, at most (ECMA-376, `sheet@name`).
const SHEET_NAME_MAX: usize = 31;
