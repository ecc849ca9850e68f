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

use serde::{Deserialize, Serialize};
use table::{Table, TableCell, TableColumn};

/// A paper: parts, one below another, then a table; most have the table alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// What it is, for machines: `month_plan`, …
    pub kind: &'static str,
    /// Its language where that may be another than the page's, as `zh-CN`.
    pub lang: Option<&'static str>,
    /// Whether it goes into a file: upright, with the margins of one.
    pub is_filed: bool,
    /// Who publishes it.
    pub issuer: String,
    pub title: String,
    /// What stands across it where it is none to act on, such as 演示.
    pub mark: Option<String>,
    pub facts: Vec<Fact>,
    /// What stands large below the head, line by line: a code to read aloud.
    pub code: Option<String>,
    /// What stands above the table.
    pub parts: Vec<Part>,
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

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// To whom it is said, on a line of its own.
    Address(String),
    /// A paragraph.
    Text(String),
    /// Names and values, a row each; a value that is empty is filled in by hand.
    Values(Vec<Fact>),
    /// Lines under a heading, which may be empty, each behind its number.
    List { heading: String, lines: Vec<Fact> },
    /// A small table under its name.
    Figures(Figures),
    /// Two halves that stand side by side where there is room.
    Beside([Vec<Part>; 2]),
}

/// A small table that is not torn over two sheets: words in its first column, figures behind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Its name; may be empty.
    pub caption: String,
    pub heads: Vec<String>,
    /// A cell a head.
    pub rows: Vec<Vec<String>>,
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

/// A name and what is said under it, as the head of a paper has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Part {
    /// The numbers of those of its lines that can go over to the next sheet.
    fn lines(&self) -> std::ops::Range<usize> {
        match self {
            Self::Values(lines) | Self::List { lines, .. } => 0..lines.len(),
            Self::Address(_) | Self::Text(_) | Self::Figures(_) | Self::Beside(_) => 0..0,
        }
    }

    /// All that it says as cells, for a spreadsheet.
    fn cells(&self) -> Vec<Vec<String>> {
        let facts = |facts: &[Fact]| {
            let cells = |fact: &Fact| vec![fact.name.clone(), fact.words.clone()];
            facts.iter().map(cells).collect::<Vec<_>>()
        };
        // A line above others, where it says something.
        let above = |words: &String| (!words.is_empty()).then(|| vec![words.clone()]);
        match self {
            Self::Address(words) | Self::Text(words) => vec![vec![words.clone()]],
            Self::Values(rows) => facts(rows),
            Self::List { heading, lines } => {
                above(heading).into_iter().chain(facts(lines)).collect()
            }
            Self::Figures(table) => {
                let heads = above(&table.caption)
                    .into_iter()
                    .chain([table.heads.clone()]);
                heads.chain(table.rows.iter().cloned()).collect()
            }
            Self::Beside(halves) => halves.iter().flatten().flat_map(Self::cells).collect(),
        }
    }
}

impl Paper {
    /// Its lines for a spreadsheet: the heads first, and no other sheet. Where there are parts,
    /// the title is the head, and parts and table stand below one another.
    #[must_use]
    pub fn table(&self) -> Table {
        let heads = self.columns.iter().map(|column| column.head.clone());
        let rows = self.rows.iter().map(|row| row.cells.clone());
        let (heads, rows) = if self.parts.is_empty() {
            (heads.collect(), rows.collect())
        } else {
            let cells = |line: Vec<String>| line.into_iter().map(TableCell::text).collect();
            let parts = self.parts.iter().flat_map(Part::cells).map(cells);
            let heads: Vec<TableCell> = heads.map(TableCell::text).collect();
            let heads = Some(heads).filter(|heads| !heads.is_empty());
            let lines: Vec<Vec<TableCell>> = parts.chain(heads).chain(rows).collect();
            (self.one_head(&lines), lines)
        };
        let column = |head| TableColumn {
            head,
            choices: Vec::new(),
        };
        Table {
            name: self.title.chars().take(SHEET_NAME_MAX).collect(),
            columns: heads.into_iter().map(column).collect(),
            rows,
            blank_rows: 0,
        }
    }

    /// The title over as many columns as the widest of the lines has.
    fn one_head(&self, lines: &[Vec<TableCell>]) -> Vec<String> {
        let wide = lines.iter().map(Vec::len).max().unwrap_or_default();
        let mut heads = vec![String::new(); wide.max(1)];
        heads[0].clone_from(&self.title);
        heads
    }
}

/// Signs in the name of a sheet, at most (ECMA-376, `sheet@name`).
const SHEET_NAME_MAX: usize = 31;
