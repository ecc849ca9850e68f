//! A sheet as rows of used cells, whatever kind of file it came from.
//!
//! Only used cells are kept, each with its place as Excel shows it: what a file claims of
//! its size, and a single cell far out, cost nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

use super::refusal::Refusal;

/// Most used columns of a sheet.
pub const COLUMNS_MAX: usize = 200;
/// Most used rows of a sheet.
pub const ROWS_MAX: usize = 250_000;
/// Columns that Excel knows.
pub(super) const COLUMN_END: u32 = 16_384;
/// Merged areas that are looked at; more are no table.
const MERGES_MAX: usize = 1 << 16;

/// What a used cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, as it stands.
    Text(Arc<str>),
    /// A number. Excel keeps 15 digits of it.
    Number(f64),
    /// A number that is shown as a date.
    Date(NaiveDate),
    /// The same, with a time of the day.
    Moment(NaiveDateTime),
    /// TRUE or FALSE.
    Flag(bool),
    /// `#N/A` and the like; empty for a formula that was never worked out.
    Error(Arc<str>),
}

/// A row with its used cells, by column from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// As Excel shows it, from 1.
    pub number: u32,
    /// Its used cells, in order of columns.
    pub cells: Vec<(u16, Cell)>,
}

impl GridRow {
    /// The cell of a column.
    #[must_use]
    pub fn cell(&self, column: u16) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.0);
        at.ok().map(|at| &self.cells[at].1)
    }
}

/// A merged area, first and last row (from 1) and column (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u16, u16),
}

/// A sheet's cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Rows with at least one used cell, in their order.
    pub rows: Vec<GridRow>,
    /// Merged areas.
    pub merges: Vec<Merge>,
    /// Columns that are hidden.
    pub hidden_columns: BTreeSet<u16>,
    /// Rows that are hidden, by a filter or by hand.
    pub hidden_rows: BTreeSet<u32>,
    /// Rows of a column's used cells that have a colour of their own.
    pub coloured: BTreeMap<u16, Vec<u32>>,
}

/// Puts a sheet together cell by cell, within the limits.
#[derive(Default)]
pub(super) struct GridBuilder {
    grid: Grid,
    columns: BTreeSet<u16>,
    is_unsorted: bool,
}

impl GridBuilder {
    /// Takes a cell at a row from 1 and a column from 0.
    pub(super) fn push(&mut self, number: u32, column: u32, cell: Cell) -> Result<(), Refusal> {
        if number == 0 || column >= COLUMN_END {
            return Ok(());
        }
        let column = column as u16;
        let rows = &mut self.grid.rows;
        if rows.last().is_none_or(|row| row.number != number) {
            if rows.len() == ROWS_MAX {
                return Err(Refusal::TooManyRows);
            }
            self.is_unsorted |= rows.last().is_some_and(|row| row.number > number);
            let cells = Vec::new();
            rows.push(GridRow { number, cells });
        }
        if let Some(row) = rows.last_mut() {
            self.is_unsorted |= row.cells.last().is_some_and(|last| last.0 >= column);
            row.cells.push((column, cell));
        }
        if self.columns.insert(column) && self.columns.len() > COLUMNS_MAX {
            return Err(Refusal::TooManyColumns);
        }
        Ok(())
    }

    /// Takes text, which fills a cell only where it has a sign.
    pub(super) fn text(&mut self, number: u32, column: u32, text: &str) -> Result<(), Refusal> {
        if is_blank(text) {
            return Ok(());
        }
        self.push(number, column, Cell::Text(text.into()))
    }

    pub(super) fn merge(&mut self, merge: Merge) {
        if self.grid.merges.len() < MERGES_MAX {
            self.grid.merges.push(merge);
        }
    }

    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        let last = last.min(COLUMN_END - 1);
        let columns = (first..=last).map(|column| column as u16);
        self.grid.hidden_columns.extend(columns);
    }

    pub(super) fn hide_row(&mut self, number: u32) {
        // Of a million empty rows that are hidden none bears on anything.
        if self.grid.hidden_rows.len() < ROWS_MAX {
            self.grid.hidden_rows.insert(number);
        }
    }

    pub(super) fn colour(&mut self, number: u32, column: u32) {
        let rows = self.grid.coloured.entry(column as u16).or_default();
        rows.push(number);
    }

    pub(super) fn finish(mut self) -> Grid {
        if self.is_unsorted {
            self.sort();
        }
        self.grid
    }

    /// Puts rows and cells into order; of two cells at one place the later stays.
    fn sort(&mut self) {
        let mut rows: BTreeMap<u32, BTreeMap<u16, Cell>> = BTreeMap::new();
        for row in self.grid.rows.drain(..) {
            rows.entry(row.number).or_default().extend(row.cells);
        }
        self.grid.rows = rows
            .into_iter()
            .map(|(number, cells)| GridRow {
                number,
                cells: cells.into_iter().collect(),
            })
            .collect();
    }
}

/// Whether nothing is to be seen of a text.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|sign| {
        sign.is_whitespace()
            || sign.is_control()
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{feff}')
    })
}

/// A column as Excel names it: A, B, …, AA.
///
/// ```
/// use double_random::exchange::sheet::column_name;
/// assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
/// ```
#[must_use]
pub fn column_name(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters
        .iter()
        .rev()
        .map(|&letter| char::from(letter))
        .collect()
}

/// Row from 1 and column from 0 of `B12`; none where it is no place of a sheet.
pub(super) fn place(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, number) = text.split_at(letters);
    if name.is_empty() || name.len() > 3 {
        return None;
    }
    let column = name.bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let number = number.parse().ok().filter(|&number| number > 0)?;
    Some((number, column - 1))
}

/// The merged area `A1:C3`.
pub(super) fn area(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':')?;
    let (first, last) = (place(first)?, place(last)?);
    let column = |column: u32| u16::try_from(column).ok();
    let is_area = first.0 <= last.0 && first.1 <= last.1 && last.1 < COLUMN_END;
    is_area.then_some(Merge {
        rows: (first.0, last.0),
        columns: (column(first.1)?, column(last.1)?),
    })
}

/// The day that Excel means by a number; `is_1904`: the days count from 1904.
///
/// ```
/// use double_random::exchange::sheet::serial_date;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 6);
/// assert_eq!(serial_date(46148.0, false), day);
/// assert_eq!(serial_date(44686.4, true), day);
/// assert_eq!(serial_date(-1.0, false), None);
/// ```
#[must_use]
pub fn serial_date(serial: f64, is_1904: bool) -> Option<NaiveDate> {
    // The last day that Excel knows is 9999-12-31.
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as u64;
    let first = match (is_1904, days) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        // Excel counts a 29 February 1900, which never was.
        (false, ..60) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    first?.checked_add_days(chrono::Days::new(days))
}

/// A number that a cell shows as a date; none of one that is no day.
pub(super) fn dated(serial: f64, is_1904: bool) -> Option<Cell> {
    const DAY_SECONDS: f64 = 86_400.0;
    let date = serial_date(serial, is_1904)?;
    let seconds = (serial.fract() * DAY_SECONDS).round();
    Some(at(date, seconds as u32))
}

/// The day of a text as ISO 8601 writes it, with its time where there is one.
pub(super) fn dated_iso(text: &str) -> Option<Cell> {
    let date = text.get(..10)?.parse().ok()?;
    let time = text
        .get(11..19)
        .and_then(|time| time.parse::<NaiveTime>().ok());
    let seconds = time.map(|time| time.num_seconds_from_midnight());
    Some(at(date, seconds.unwrap_or_default()))
}

/// Midnight says that nobody gave a time.
fn at(date: NaiveDate, seconds: u32) -> Cell {
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
    match time.filter(|_| seconds > 0) {
        Some(time) => Cell::Moment(date.and_time(time)),
        None => Cell::Date(date),
    }
}
