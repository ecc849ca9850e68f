//! .xls of old Excel and .et of WPS: calamine reads a copy in which nothing is left that it
//! would trust.
//!
//! It reserves memory by the claimed size of a sheet, reads short records beyond their end,
//! and lays cells out as a dense rectangle. So the records are looked through first: those
//! that hold no values are struck out, broken ones too, and cells are moved together; where
//! they stood is kept beside.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Range, Reader, SheetVisible, Xls};

use super::book::{Book, Sheet, SheetKind};
use super::grid::{self, Cell, GridBuilder, Merge};
use super::refusal::Refusal;

/// The type of a record that no reader knows.
const STRUCK: u16 = 0x0fff;
/// Columns of such a sheet.
const COLUMN_END: u16 = 256;

mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const COLUMN_INFO: u16 = 0x007d;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MULTIPLE_RK: u16 = 0x00bd;
    pub(super) const RICH_STRING: u16 = 0x00d6;
    pub(super) const STYLE: u16 = 0x00e0;
    pub(super) const MERGED: u16 = 0x00e5;
    pub(super) const STRINGS: u16 = 0x00fc;
    pub(super) const SHARED: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const FLAG: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BOF: u16 = 0x0809;
}

/// Reads a workbook in the old container, or its stream without one.
pub(super) fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut stream = stream(bytes)?;
    let (offsets, mut sheets) = mend(&mut stream)?;
    let container = container(&stream).map_err(|_| Refusal::Damaged)?;
    // What the mending overlooked must not end the program.
    let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(container))));
    let mut xls = opened.ok().and_then(Result::ok).ok_or(Refusal::Damaged)?;
    let is_1904 = xls.has_1904_epoch();
    let known = xls.sheets_metadata().to_vec();
    let mut all = Vec::new();
    for (name, range) in xls.worksheets() {
        let Some(at) = known.iter().rposition(|sheet| sheet.name == name) else {
            continue;
        };
        let marks = offsets
            .get(at)
            .and_then(|offset| sheets.remove(offset))
            .unwrap_or_default();
        let is_hidden = known[at].visible != SheetVisible::Visible;
        let grid = marks.grid(&range, is_1904)?;
        all.push((
            at,
            Sheet {
                name,
                is_hidden,
                grid,
            },
        ));
    }
    all.sort_by_key(|sheet| sheet.0);
    Ok(Book {
        kind: SheetKind::Xls,
        encoding: None,
        unreadable_count: 0,
        is_1904,
        sheets: all.into_iter().map(|sheet| sheet.1).collect(),
    })
}

/// The stream of records in its container; without one the bytes are the stream.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Ok(bytes.to_vec());
    }
    let mut container =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if container.exists("/EncryptedPackage") {
        return Err(Refusal::Locked);
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| container.is_stream(name));
    let name = name.ok_or(Refusal::Damaged)?;
    let part = container.open_stream(name).map_err(|_| Refusal::Damaged)?;
    let mut stream = Vec::new();
    // A stream cannot be longer than the file that holds it.
    let mut part = part.take(bytes.len() as u64);
    part.read_to_end(&mut stream)
        .map_err(|_| Refusal::Damaged)?;
    Ok(stream)
}

/// A container around a mended stream.
fn container(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    // Of the newer version calamine finds no streams.
    let empty = Cursor::new(Vec::new());
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, empty)?;
    container.create_stream("/Workbook")?.write_all(stream)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

/// Where a sheet's cells stood, and what calamine does not tell of it.
#[derive(Default)]
struct Marks {
    row_set: BTreeSet<u16>,
    column_set: BTreeSet<u16>,
    rows: Vec<u16>,
    columns: Vec<u16>,
    builder: GridBuilder,
}

impl Marks {
    fn grid(mut self, range: &Range<Data>, is_1904: bool) -> Result<grid::Grid, Refusal> {
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = self.rows.get(row + first_row as usize);
            let column = self.columns.get(column + first_column as usize);
            if let (Some(&row), Some(&column), Some(cell)) = (row, column, cell(value, is_1904)) {
                self.builder
                    .push(u32::from(row) + 1, u32::from(column), cell)?;
            }
        }
        Ok(self.builder.finish())
    }
}

fn cell(value: &Data, is_1904: bool) -> Option<Cell> {
    let number = |number: f64| number.is_finite().then_some(Cell::Number(number));
    match value {
        Data::Int(value) => Some(Cell::Number(*value as f64)),
        Data::Float(value) => number(*value),
        Data::DateTime(value) => match grid::dated(value.as_f64(), is_1904) {
            Some(date) if value.is_datetime() => Some(date),
            _ => number(value.as_f64()),
        },
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            (!grid::is_blank(text)).then(|| Cell::Text(text.as_str().into()))
        }
        Data::Bool(flag) => Some(Cell::Flag(*flag)),
        Data::Error(error) => Some(Cell::Error(error.to_string().into())),
        Data::Empty => None,
    }
}

/// A record: where its head stands, its type and the length of its data.
#[derive(Clone, Copy)]
struct Found {
    at: usize,
    kind: u16,
    len: usize,
    /// Where the sheet begins in which it stands; none in the workbook's own part.
    sheet: Option<usize>,
    is_nested: bool,
}

fn word(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2);
    pair.map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// Strikes out what is not to be read, and moves cells together. Where the listed sheets
/// begin, and each sheet's marks by that place.
fn mend(stream: &mut Vec<u8>) -> Result<(Vec<usize>, BTreeMap<usize, Marks>), Refusal> {
    let records = records(stream)?;
    let begins: BTreeSet<usize> = records.iter().filter_map(|record| record.sheet).collect();
    let mut sheets: BTreeMap<usize, Marks> = BTreeMap::new();
    let mut offsets = Vec::new();
    for record in &records {
        let data = record.at + 4..record.at + 4 + record.len;
        let data = &mut stream[data];
        if record.kind == record::FILE_PASS && record.sheet.is_none() {
            return Err(Refusal::Locked);
        }
        let is_kept = match record.sheet {
            _ if record.is_nested => false,
            None if record.kind == record::BOUND_SHEET => {
                let at = data
                    .get(..4)
                    .map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]));
                let at = at
                    .map(|at| at as usize)
                    .filter(|at| begins.contains(at) && record.len >= 8);
                offsets.extend(at);
                at.is_some()
            }
            None => is_global(record.kind, record.len),
            Some(sheet) => note(sheets.entry(sheet).or_default(), record.kind, data),
        };
        if !is_kept {
            stream[record.at..record.at + 2].copy_from_slice(&STRUCK.to_le_bytes());
        }
    }
    for marks in sheets.values_mut() {
        marks.rows = marks.row_set.iter().copied().collect();
        marks.columns = marks.column_set.iter().copied().collect();
    }
    for record in &records {
        if word(stream, record.at) != STRUCK
            && let Some(marks) = record.sheet.and_then(|sheet| sheets.get(&sheet))
        {
            draw_together(
                &mut stream[record.at + 4..record.at + 4 + record.len],
                record.kind,
                marks,
            );
        }
    }
    Ok((offsets, sheets))
}

/// All records, up to where the stream ends. What stands behind the last part is padding.
fn records(stream: &mut Vec<u8>) -> Result<Vec<Found>, Refusal> {
    let (mut records, mut at, mut depth) = (Vec::new(), 0, 0_u32);
    let (mut sheet, mut is_first) = (None, true);
    while at + 4 <= stream.len() {
        let (kind, len) = (word(stream, at), usize::from(word(stream, at + 2)));
        if at + 4 + len > stream.len() || (depth == 0 && kind != record::BOF) {
            break;
        }
        if kind == record::BOF {
            depth += 1;
            if depth == 1 {
                sheet = (!is_first).then_some(at);
                is_first = false;
            }
            if len < 4 {
                return Err(Refusal::Damaged);
            }
        }
        records.push(Found {
            at,
            kind,
            len,
            sheet,
            is_nested: depth > 1,
        });
        if kind == record::EOF {
            depth -= 1;
        }
        at += 4 + len;
    }
    if depth > 0 || records.is_empty() {
        return Err(Refusal::Damaged);
    }
    stream.truncate(at);
    Ok(records)
}

/// Whether a record of the workbook's own part is needed, and long enough to be read.
const fn is_global(kind: u16, len: usize) -> bool {
    match kind {
        record::BOF | record::EOF | record::CONTINUE | record::FORMAT => true,
        record::DATE_MODE | record::CODE_PAGE => len >= 2,
        record::STYLE => len >= 4,
        record::STRINGS => len >= 8,
        _ => false,
    }
}

/// Notes a sheet's record; whether it is read further.
fn note(marks: &mut Marks, kind: u16, data: &mut [u8]) -> bool {
    let columns = word(data, 2)..=word(data, 2);
    let (is_cell, columns) = match kind {
        record::BOF | record::EOF | record::CONTINUE | record::STRING => return true,
        record::NUMBER => (data.len() >= 14, columns),
        record::LABEL | record::RICH_STRING => (data.len() >= 9, columns),
        record::FLAG => (data.len() >= 8 && data[7] < 2, columns),
        record::RK | record::SHARED => (data.len() >= 10, columns),
        record::FORMULA if data.len() >= 22 => {
            // Its tokens are not looked at: the value stands beside them.
            data[20..22].fill(0);
            (true, columns)
        }
        record::MULTIPLE_RK if data.len() >= 12 => {
            let (first, last) = (word(data, 2), word(data, data.len() - 2));
            let is_right = first <= last && data.len() == 6 + 6 * usize::from(last - first + 1);
            (is_right, first..=last)
        }
        _ => {
            note_looks(marks, kind, data);
            return false;
        }
    };
    if !is_cell || *columns.end() >= COLUMN_END {
        return false;
    }
    marks.row_set.insert(word(data, 0));
    marks.column_set.extend(columns);
    true
}

/// Notes merged areas, and what is hidden.
fn note_looks(marks: &mut Marks, kind: u16, data: &[u8]) {
    match kind {
        record::MERGED => {
            for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                let (first, last) = (word(area, 0), word(area, 2));
                let columns = (word(area, 4), word(area, 6));
                if first <= last && columns.0 <= columns.1 {
                    let rows = (u32::from(first) + 1, u32::from(last) + 1);
                    marks.builder.merge(Merge { rows, columns });
                }
            }
        }
        record::COLUMN_INFO if data.len() >= 10 && word(data, 8) & 1 != 0 => {
            marks
                .builder
                .hide_columns(u32::from(word(data, 0)), u32::from(word(data, 2)));
        }
        record::ROW if data.len() >= 14 && word(data, 12) & 0x20 != 0 => {
            marks.builder.hide_row(u32::from(word(data, 0)) + 1);
        }
        _ => {}
    }
}

/// Moves a cell to its place among the used rows and columns.
fn draw_together(data: &mut [u8], kind: u16, marks: &Marks) {
    if matches!(
        kind,
        record::BOF | record::EOF | record::CONTINUE | record::STRING
    ) {
        return;
    }
    let last = data.len() - 2;
    let mut moved = |at: usize, among: &[u16]| {
        let place = among.partition_point(|&used| used < word(data, at)) as u16;
        data[at..at + 2].copy_from_slice(&place.to_le_bytes());
    };
    moved(0, &marks.rows);
    moved(2, &marks.columns);
    if kind == record::MULTIPLE_RK {
        moved(last, &marks.columns);
    }
}
