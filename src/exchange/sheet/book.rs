//! A file's sheets, and what was noticed while they were read.

use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::plain::shown;

/// What a file is by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// .xlsx and .xlsm.
    Xlsx,
    /// .xls of old Excel, .et of WPS.
    Xls,
    /// .ods.
    Ods,
    /// XML Spreadsheet 2003.
    Xml2003,
    /// A table of a page.
    Html,
    /// Values between separators.
    Csv,
}

/// How a text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextEncoding {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// GB18030, and with it GBK and GB 2312.
    #[serde(rename = "gb18030")]
    Gb18030,
    /// UTF-16 with the lower byte first, as Windows writes it.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16 with the upper byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name; empty where the kind of file has none.
    pub name: String,
    /// Whether Excel shows it.
    pub is_hidden: bool,
    /// Its cells.
    pub grid: Grid,
}

/// A file that was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// What it is.
    pub kind: SheetKind,
    /// How its text was read; none where the kind of file says it.
    pub encoding: Option<TextEncoding>,
    /// Signs that the encoding could not read.
    pub unreadable_count: u32,
    /// Whether its days count from 1904.
    pub is_1904: bool,
    /// Its sheets, in the file's order.
    pub sheets: Vec<Sheet>,
}

/// Most rows of a table that is taken as text.
const TEXT_ROWS_MAX: usize = 20_000;

impl Book {
    /// The largest sheet that is shown, as text: its used rows, each a cell a column.
    #[must_use]
    pub fn texts(&self) -> Vec<Vec<String>> {
        let open = self.sheets.iter().filter(|sheet| !sheet.is_hidden);
        // Of sheets as large as each other the first.
        let sheet = open.rev().max_by_key(|sheet| sheet.grid.rows.len());
        let rows = sheet.into_iter().flat_map(|sheet| &sheet.grid.rows);
        rows.take(TEXT_ROWS_MAX)
            .map(|row| {
                let width = row.cells.last().map_or(0, |last| usize::from(last.0) + 1);
                let mut texts = vec![String::new(); width];
                for (column, cell) in &row.cells {
                    if let Some(text) = texts.get_mut(usize::from(*column)) {
                        *text = shown(cell);
                    }
                }
                texts
            })
            .collect()
    }
}
