//! A paper as a value, and its renderings. What is shown, printed, published and exported is
//! one and the same [`Paper`]; nothing here knows a brigade or a rule.
//!
//! - [`table`]: its lines as cells for spreadsheets and values between commas
//! - [`html`]: a page that stands alone, and a piece to paste into an editor
//! - [`text`]: a message; the form for machines

pub mod html;
pub mod table;
pub mod text;

use table::{Table, TableCell, TableColumn};

/// A paper with one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is, for machines: `month_plan`, …
    pub kind: &'static str,
    /// Who publishes it.
    pub issuer: String,
    pub title: String,
    /// What stands across it where it is none to act on, such as 演示.
    pub mark: Option<String>,
    pub facts: Vec<Fact>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Below the table.
    pub notes: Vec<String>,
    /// 落款: the day, in words.
    pub issued: String,
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
