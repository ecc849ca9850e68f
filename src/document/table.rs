//! Rows on their way out: what a list shows, as a table that spreadsheets open.
//!
//! What is written here is safe to open and comes in again unchanged: no cell starts a
//! formula, and long numbers stay text.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A text of digits from which on a spreadsheet would make another number of it.
const LONG_DIGITS: usize = 12;

/// A table of one sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheet's name.
    pub name: String,
    /// The columns, from left to right.
    pub columns: Vec<TableColumn>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<TableCell>>,
    /// Rows below the last one that a person is to fill: they get the columns' choices.
    pub blank_rows: u32,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Its head.
    pub head: String,
    /// What may stand in it; nothing where anything may.
    pub choices: Vec<String>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableCell {
    /// Nothing.
    Blank,
    /// Text, also codes and telephones.
    Text(String),
    /// A number to reckon with.
    Number(u32),
    /// A day.
    Date(NaiveDate),
}

impl TableCell {
    /// Text, or nothing where that is empty.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text)
        }
    }

    /// What stands in it, as text.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

impl Table {
    /// As values between commas, as Excel opens them: UTF-8 with its mark, lines that end as
    /// on Windows.
    ///
    /// ```
    /// use double_random::document::table::{Table, TableCell, TableColumn};
    /// let column = |head: &str| TableColumn { head: head.into(), choices: Vec::new() };
    /// let table = Table {
    ///     name: "名录".into(),
    ///     columns: vec![column("名称"), column("代码")],
    ///     rows: vec![vec![TableCell::text("=1+1, 甲"), TableCell::text("911305811000012032")]],
    ///     blank_rows: 0,
    /// };
    /// assert_eq!(table.csv(), "\u{feff}名称,代码\r\n\"'=1+1, 甲\",\t911305811000012032\r\n");
    /// ```
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = String::from('\u{feff}');
        let heads = self.columns.iter().map(|column| quoted(&column.head));
        push_line(&mut text, heads);
        for row in &self.rows {
            push_line(&mut text, row.iter().map(|cell| quoted(&guarded(cell))));
        }
        text
    }

    /// For machines: a list of rows, each with its cells under their heads; empty cells are
    /// left out.
    ///
    /// # Panics
    /// Never: texts, numbers and days have a form.
    #[must_use]
    pub fn json(&self) -> String {
        let row = |row: &Vec<TableCell>| {
            let cells = self.columns.iter().zip(row);
            let cells = cells.filter_map(|(column, cell)| {
                let value = match cell {
                    TableCell::Blank => return None,
                    TableCell::Number(number) => Value::from(*number),
                    TableCell::Text(_) | TableCell::Date(_) => Value::from(cell.shown()),
                };
                Some((column.head.clone(), value))
            });
            Value::Object(cells.collect())
        };
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        serde_json::to_string_pretty(&rows).expect("texts and numbers have a form")
    }
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push_str(&cells.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

/// A cell's text, kept from being read as a formula or as a number that it is not.
fn guarded(cell: &TableCell) -> String {
    let text = cell.shown();
    let TableCell::Text(_) = cell else {
        return text;
    };
    let is_digits = text.bytes().all(|sign| sign.is_ascii_digit());
    let is_long = text.len() >= LONG_DIGITS || (text.len() > 1 && text.starts_with('0'));
    if is_digits && is_long {
        format!("\t{text}")
    } else if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
