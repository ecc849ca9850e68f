//! The JSON formats: reading with every check, writing in a fixed order.
//!
//! | `format` | what it holds |
//! |---|---|
//! | `double-random/workbook` | everything ([`Workbook`]) |
//! | `double-random/archive` | a closed year, read only; as a workbook otherwise, and of its version |
//! | `double-random/units` | `units`: 检查对象名录库 |
//! | `double-random/officers` | `officers`: 执法检查人员名录库 |
//! | `double-random/items` | `items`: 随机抽查事项清单 |
//! | `double-random/agencies` | `agencies`: 消防技术服务机构名录 |
//! | `double-random/engineers` | `engineers`: 注册消防工程师名录 |
//! | `double-random/holidays` | `years`: `{"2027": {"off": […], "work": […]}}`; also without envelope |
//!
//! Each file says `format` and `version`. Fields that this program does not know
//! are kept. Files are UTF-8. `tests/schema` holds the JSON Schema of each.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::issue::{RowIssue, Severity};
use super::kind::FileKind;
use super::migrate::{NoStep, WORKBOOK_STEPS, migrate};
use super::record::{Record, Rows};
use super::stream;
use crate::engine::calendar::{CalendarError, WorkdayCalendar, YearDays};
use crate::engine::read::place;
use crate::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
use crate::workbook::archive::ARCHIVE_FORMAT;
use crate::workbook::kept::Kept;
use crate::workbook::register::number_of;
use crate::workbook::sound::Unsound;
use crate::workbook::trail::TrailCut;
use crate::workbook::{self, AGENCIES_MAX, ENGINEERS_MAX, FILE_BYTES_MAX, Workbook, trail};

/// `format` of a unit register.
pub const FORMAT_UNITS: &str = "double-random/units";
/// `format` of an officer register.
pub const FORMAT_OFFICERS: &str = "double-random/officers";
/// `format` of an item list.
pub const FORMAT_ITEMS: &str = "double-random/items";
/// `format` of a register of service institutions.
pub const FORMAT_AGENCIES: &str = "double-random/agencies";
/// `format` of a register of fire engineers.
pub const FORMAT_ENGINEERS: &str = "double-random/engineers";
/// `format` of a holiday calendar.
pub const FORMAT_HOLIDAYS: &str = "double-random/holidays";
/// Version of the six formats above that this program writes.
pub const VERSION: u32 = 1;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Everything.
    Workbook(Box<WorkbookFile>),
    /// Rows of a unit register.
    Units(Rows<Unit>),
    /// Rows of an officer register.
    Officers(Rows<Officer>),
    /// Rows of an item list.
    Items(Rows<InspectionItem>),
    /// Rows of a register of service institutions.
    Agencies(Rows<Agency>),
    /// Rows of a register of fire engineers.
    Engineers(Rows<Engineer>),
    /// Lines of results.
    Results(Rows<ResultLine>),
    /// Holidays by year, checked.
    Holidays(BTreeMap<i32, YearDays>),
}

/// A workbook from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookFile {
    pub workbook: Workbook,
    /// What a person should know of it.
    pub warnings: Vec<WorkbookWarning>,
}

/// What was found in a workbook that can be opened all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookWarning {
    /// It was of an older version and has been lifted.
    Migrated {
        /// Its version.
        from: u32,
    },
    /// 操作记录 does not fit together from this entry on: it was changed by
    /// something else than this program.
    TrailBreak {
        /// Number of the entry.
        number: u32,
    },
    /// 操作记录 lacks entries that were there when a draw was committed to: its end was
    /// cut off, or written anew.
    TrailCut {
        /// What is missing.
        cut: TrailCut,
    },
    /// A register was not in order of ids and has been sorted.
    Sorted,
    /// A last number was below a given id and has been raised.
    NumberRaised,
}

/// The encoding that a file probably has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, as «Unicode» in old editors.
    Utf16,
    /// GBK or GB18030, as Chinese Windows writes «ANSI».
    Gbk,
    /// None that is known here; perhaps no text at all.
    Unknown,
}

/// Where JSON breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// Something stands there that may not.
    Syntax,
    /// The file ends before its content does: it was cut off.
    Truncated,
}

/// Why a whole file was refused.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than this program reads.
    #[error("{bytes} bytes, at most {max}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        max: u64,
    },
    /// No JSON, but a file of another kind.
    #[error("no JSON but {kind:?}")]
    Kind {
        /// Its kind, by its bytes.
        kind: FileKind,
    },
    /// Not UTF-8. Remedy: save it again as UTF-8.
    #[error("not UTF-8 from byte {offset} on, probably {probable:?}")]
    Encoding {
        /// The encoding that it probably has.
        probable: Encoding,
        /// The first byte that is no UTF-8.
        offset: usize,
    },
    /// No JSON.
    #[error("no JSON at line {line}, column {column}: {kind:?}")]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        kind: Malformed,
    },
    /// JSON, but a list, text or number.
    #[error("no JSON object")]
    NotAnObject,
    /// JSON without the name of a format.
    #[error("no format is named")]
    NoFormat,
    /// A format that this program does not know.
    #[error("unknown format {found:?}")]
    UnknownFormat {
        /// Its name.
        found: String,
    },
    /// No whole number as version.
    #[error("no version is named")]
    NoVersion,
    /// Written by a newer program: open it there.
    #[error("version {found} is newer than {known}")]
    NewerVersion {
        /// Its version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// A version that no step leads on from.
    #[error(transparent)]
    NoStep(#[from] NoStep),
    /// The list that the format promises is not there.
    #[error("no list {field:?}")]
    NoList { field: &'static str },
    /// More records than a register holds.
    #[error("{found} records in {field:?}, at most {max}")]
    TooMany {
        /// The list.
        field: &'static str,
        /// How many.
        found: usize,
        /// The limit.
        max: usize,
    },
    /// A workbook with faulty records: it is opened wholly or not at all.
    #[error("{} faults in {field:?}", issues.len())]
    Rows {
        /// The list.
        field: &'static str,
        /// Its faults.
        issues: Vec<RowIssue>,
    },
    /// A workbook that cannot be so.
    #[error(transparent)]
    Unsound(#[from] Unsound),
    /// A workbook with a field of another shape.
    #[error("another shape: {0}")]
    Shape(#[source] serde_json::Error),
    /// A holiday calendar that contradicts itself.
    #[error(transparent)]
    Calendar(CalendarError),
}

/// Refuses a file by its size, before it is read.
///
/// # Errors
/// [`FileError::Empty`], [`FileError::TooLarge`].
pub const fn check_size(bytes: u64) -> Result<(), FileError> {
    let max = FILE_BYTES_MAX as u64;
    match bytes {
        0 => Err(FileError::Empty),
        bytes if bytes > max => Err(FileError::TooLarge { bytes, max }),
        _ => Ok(()),
    }
}

/// Reads a file of any of the formats.
///
/// ```
/// use double_random::demo;
/// use double_random::exchange::{Content, json};
/// let workbook = demo::brigade(2026, demo::SEED);
/// let file = json::workbook_to_json(&workbook);
/// let Content::Workbook(read) = json::read(file.as_bytes())? else { unreachable!() };
/// assert_eq!(read.workbook, workbook);
/// # Ok::<(), double_random::exchange::FileError>(())
/// ```
///
/// # Errors
/// [`FileError`], in this order: size, kind, encoding, syntax, format, version, content.
pub fn read(bytes: &[u8]) -> Result<Content, FileError> {
    let text = text(bytes)?;
    let head = head(text)?;
    let known = match head.format.as_deref() {
        None if head.is_bare_holidays => return holidays(object(text)?).map(Content::Holidays),
        None => return Err(FileError::NoFormat),
        Some(workbook::FORMAT | ARCHIVE_FORMAT) => workbook::VERSION,
        Some(
            FORMAT_UNITS | FORMAT_OFFICERS | FORMAT_ITEMS | FORMAT_AGENCIES | FORMAT_ENGINEERS
            | FORMAT_HOLIDAYS,
        ) => VERSION,
        Some(other) => {
            return Err(FileError::UnknownFormat {
                found: other.to_owned(),
            });
        }
    };
    let version = head.version.ok_or(FileError::NoVersion)?;
    if version > known {
        return Err(FileError::NewerVersion {
            found: version,
            known,
        });
    }
    match head.format.as_deref() {
        Some(FORMAT_UNITS) => rows(text, "units").map(Content::Units),
        Some(FORMAT_OFFICERS) => rows(text, "officers").map(Content::Officers),
        Some(FORMAT_ITEMS) => rows(text, "items").map(Content::Items),
        Some(FORMAT_AGENCIES) => rows(text, "agencies").map(Content::Agencies),
        Some(FORMAT_ENGINEERS) => rows(text, "engineers").map(Content::Engineers),
        Some(FORMAT_HOLIDAYS) => match object(text)?.remove("years") {
            Some(Value::Object(years)) => holidays(years).map(Content::Holidays),
            _ => Err(FileError::NoList { field: "years" }),
        },
        _ => workbook_of(text, version).map(|file| Content::Workbook(Box::new(file))),
    }
}

/// Reads a workbook as the store joins it: as one in a file, but for the limit on a
/// file's size. Frozen registers are small in the store and large as text.
///
/// # Errors
/// [`FileError`]; another format is [`FileError::UnknownFormat`].
pub fn read_stored(text: &str) -> Result<WorkbookFile, FileError> {
    let current = frame_of_workbook(text);
    if let Some(workbook) = current.filter(|workbook| !workbook.is_archive()) {
        return checked_workbook(workbook, Vec::new());
    }
    let head = head(text)?;
    let known = workbook::VERSION;
    match (head.format.as_deref(), head.version) {
        (Some(workbook::FORMAT), Some(version)) if version <= known => workbook_of(text, version),
        (Some(workbook::FORMAT), Some(found)) => Err(FileError::NewerVersion { found, known }),
        (Some(workbook::FORMAT), None) => Err(FileError::NoVersion),
        (Some(other), _) => Err(FileError::UnknownFormat {
            found: other.to_owned(),
        }),
        (None, _) => Err(FileError::NoFormat),
    }
}

/// Reads a workbook, as it stands in a file.
///
/// # Errors
/// [`FileError`]; another format is [`FileError::UnknownFormat`].
pub fn read_workbook(text: &str) -> Result<WorkbookFile, FileError> {
    match read(text.as_bytes())? {
        Content::Workbook(file) => Ok(*file),
        _ => Err(FileError::UnknownFormat {
            found: head(text)?.format.unwrap_or_default(),
        }),
    }
}

/// The text of a file: UTF-8, with or without byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, FileError> {
    check_size(bytes.len() as u64)?;
    if let Some(kind) = FileKind::of(bytes) {
        return Err(FileError::Kind { kind });
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FileError::Encoding {
            probable: Encoding::Utf16,
            offset: 0,
        });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        FileError::Encoding {
            probable: probable_encoding(bytes),
            offset,
        }
    })?;
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    // Latin text in UTF-16 without a mark is UTF-8 with a NUL in every pair.
    if text.as_bytes().iter().take(2).any(|&byte| byte == 0) {
        return Err(FileError::Encoding {
            probable: Encoding::Utf16,
            offset: 0,
        });
    }
    Ok(text)
}

/// GBK if every byte above 0x7F begins a pair (or a group of four) of GB18030.
fn probable_encoding(bytes: &[u8]) -> Encoding {
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        rest = match (first, after) {
            (0x00, _) => return Encoding::Utf16,
            (0x01..=0x7f, _) => after,
            (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, after @ ..]) => after,
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, after @ ..]) => after,
            _ => return Encoding::Unknown,
        };
    }
    Encoding::Gbk
}

/// What is asked of a file before its content is.
struct Head {
    format: Option<String>,
    version: Option<u32>,
    is_bare_holidays: bool,
}

/// Checks the syntax of the whole text, and reads format and version.
fn head(text: &str) -> Result<Head, FileError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Lenient<T> {
        Right(T),
        Wrong(serde::de::IgnoredAny),
    }
    #[derive(Deserialize)]
    struct Names {
        format: Option<Lenient<String>>,
        version: Option<Lenient<u32>>,
    }
    fn right<T>(value: Option<Lenient<T>>) -> Option<T> {
        match value? {
            Lenient::Right(value) => Some(value),
            Lenient::Wrong(_) => None,
        }
    }
    let start = text.trim_start();
    if !start.starts_with('{') {
        // The syntax first: a file that is no JSON at all is not «no object».
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(malformed)?;
        return Err(FileError::NotAnObject);
    }
    let names: Names = serde_json::from_str(text).map_err(malformed)?;
    let key = start[1..]
        .trim_start()
        .strip_prefix('"')
        .unwrap_or_default();
    let is_year = key.len() > 4 && key.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    Ok(Head {
        format: right(names.format),
        version: right(names.version),
        is_bare_holidays: is_year && key.as_bytes()[4] == b'"',
    })
}

pub(super) fn malformed(error: serde_json::Error) -> FileError {
    let (line, column) = place(&error);
    match error.classify() {
        Category::Eof => FileError::Malformed {
            line,
            column,
            kind: Malformed::Truncated,
        },
        Category::Syntax | Category::Io => FileError::Malformed {
            line,
            column,
            kind: Malformed::Syntax,
        },
        Category::Data => FileError::Shape(error),
    }
}

fn object(text: &str) -> Result<Map<String, Value>, FileError> {
    serde_json::from_str(text).map_err(malformed)
}

/// The rows of a register under `field` of the object in `text`.
///
/// # Errors
/// [`FileError::NoList`], [`FileError::TooMany`].
pub fn rows<T: Record>(text: &str, field: &'static str) -> Result<Rows<T>, FileError> {
    let reader = stream::rows::<T>(text, field).map_err(|_| FileError::NoList { field })?;
    let reader = reader.ok_or(FileError::NoList { field })?;
    if reader.count > T::COUNT_MAX {
        return Err(FileError::TooMany {
            field,
            found: reader.count,
            max: T::COUNT_MAX,
        });
    }
    Ok(reader.finish())
}

fn holidays(years: Map<String, Value>) -> Result<BTreeMap<i32, YearDays>, FileError> {
    let years = Value::Object(years);
    // The engine's own check, on a calendar that is thrown away.
    WorkdayCalendar::built_in()
        .import(&years.to_string())
        .map_err(FileError::Calendar)?;
    serde_json::from_value(years).map_err(FileError::Shape)
}

fn workbook_of(text: &str, version: u32) -> Result<WorkbookFile, FileError> {
    let mut warnings = Vec::new();
    let parsed = if version == workbook::VERSION {
        serde_json::from_str(text)
    } else {
        let mut lifted = object(text)?;
        migrate(&mut lifted, version, workbook::VERSION, WORKBOOK_STEPS)?;
        warnings.push(WorkbookWarning::Migrated { from: version });
        // As text: from a value, all that reads a workbook would be compiled twice.
        serde_json::from_str(&Value::Object(lifted).to_string()).map_err(placeless)
    };
    let mut workbook: Workbook = match parsed {
        Ok(workbook) => workbook,
        // The parser stops at the first fault; look for all of them row by row.
        Err(error) => return Err(faulty_rows(text, error)),
    };
    if version < workbook::VERSION_OF_VISITS {
        workbook.units.sort_by(|a, b| a.id.cmp(&b.id));
        workbook.lift_visits();
    }
    checked_workbook(workbook, warnings)
}

/// A fault of a text that nobody has seen: where in it says nothing.
fn placeless(error: serde_json::Error) -> serde_json::Error {
    let words = error.to_string();
    let what = words.rsplit_once(" at line ").map(|(what, _)| what);
    serde::de::Error::custom(what.unwrap_or(&words))
}

/// The workbook in `text`, not checked as a whole yet; `None` unless it is one of this
/// very version.
pub(super) fn frame_of_workbook(text: &str) -> Option<Workbook> {
    // Not asked first what it is: that would read all of it twice.
    let workbook: Workbook = serde_json::from_str(text).ok()?;
    let is_workbook = [workbook::FORMAT, ARCHIVE_FORMAT].contains(&workbook.format.as_str());
    let is_current = is_workbook && workbook.version == workbook::VERSION;
    is_current.then_some(workbook)
}

/// What is checked of a workbook once all of it is read.
pub(super) fn checked_workbook(
    mut workbook: Workbook,
    mut warnings: Vec<WorkbookWarning>,
) -> Result<WorkbookFile, FileError> {
    check_sizes(&workbook)?;
    put_in_order(&mut workbook, &mut warnings);
    check_ids(&workbook)?;
    workbook.check_sound()?;
    if let Some(number) = trail::first_break(&workbook.trail) {
        warnings.push(WorkbookWarning::TrailBreak { number });
    }
    if let Some(cut) = workbook.trail_cut() {
        warnings.push(WorkbookWarning::TrailCut { cut });
    }
    Ok(WorkbookFile { workbook, warnings })
}

/// All faults of a workbook's registers; `error` if the fault is elsewhere.
fn faulty_rows(text: &str, error: serde_json::Error) -> FileError {
    fn issues<T: Record>(text: &str, field: &'static str) -> Vec<RowIssue> {
        let mut issues = rows::<T>(text, field)
            .map(|rows| rows.issues)
            .unwrap_or_default();
        issues.retain(|issue| issue.severity == Severity::Error);
        issues
    }
    let found = [
        ("units", issues::<Unit>(text, "units")),
        ("officers", issues::<Officer>(text, "officers")),
        ("items", issues::<InspectionItem>(text, "items")),
        ("agencies", issues::<Agency>(text, "agencies")),
        ("engineers", issues::<Engineer>(text, "engineers")),
    ];
    match found.into_iter().find(|(_, issues)| !issues.is_empty()) {
        Some((field, issues)) => FileError::Rows { field, issues },
        None => FileError::Shape(error),
    }
}

fn check_sizes(workbook: &Workbook) -> Result<(), FileError> {
    let check = |field, found, max| {
        if found > max {
            Err(FileError::TooMany { field, found, max })
        } else {
            Ok(())
        }
    };
    check("units", workbook.units.len(), Unit::COUNT_MAX)?;
    check("officers", workbook.officers.len(), Officer::COUNT_MAX)?;
    check("items", workbook.items.len(), InspectionItem::COUNT_MAX)?;
    check("agencies", workbook.agencies.len(), AGENCIES_MAX)?;
    check("engineers", workbook.engineers.len(), ENGINEERS_MAX)
}

/// Sorts the registers by id, and raises last numbers that given ids exceed:
/// otherwise a number would be given twice.
fn put_in_order(workbook: &mut Workbook, warnings: &mut Vec<WorkbookWarning>) {
    fn is_sorted<T: Record>(records: &[T]) -> bool {
        records.is_sorted_by(|a, b| a.id() <= b.id())
    }
    fn sort_kept<T: Kept>(workbook: &mut Workbook) {
        let (records, _) = T::all_mut(workbook);
        // What is in order keeps its marks.
        if !is_sorted(records) {
            records.sort_by(|a, b| Kept::id(a).cmp(Kept::id(b)));
        }
    }
    let are_sorted = is_sorted(&workbook.units)
        && is_sorted(&workbook.officers)
        && is_sorted(&workbook.agencies)
        && is_sorted(&workbook.engineers);
    if !are_sorted {
        workbook.units.sort_by(|a, b| a.id.cmp(&b.id));
        workbook.officers.sort_by(|a, b| a.id.cmp(&b.id));
        sort_kept::<Agency>(workbook);
        sort_kept::<Engineer>(workbook);
        warnings.push(WorkbookWarning::Sorted);
    }
    if raise_numbers(workbook) {
        warnings.push(WorkbookWarning::NumberRaised);
    }
}

/// Raises the last numbers of the registers to what their ids show; whether one was below.
fn raise_numbers(workbook: &mut Workbook) -> bool {
    fn raise<T: Record>(last: &mut u32, records: &[T]) -> bool {
        let found = records.iter().map(|record| number_of(record.id_text()));
        let found = found.max().unwrap_or(0);
        let is_below = found > *last;
        *last = found.max(*last);
        is_below
    }
    raise(&mut workbook.unit_number_last, &workbook.units)
        | raise(&mut workbook.officer_number_last, &workbook.officers)
        | raise(&mut workbook.agency_number_last, &workbook.agencies)
        | raise(&mut workbook.engineer_number_last, &workbook.engineers)
}

/// Ids that stand twice, as issues of rows in order of ids.
fn check_ids(workbook: &Workbook) -> Result<(), FileError> {
    fn check<T: Record>(field: &'static str, records: &[T]) -> Result<(), FileError> {
        let mut seen = BTreeSet::new();
        let twice = (1..)
            .zip(records)
            .filter(|(_, record)| !seen.insert(record.id()));
        let issues: Vec<RowIssue> = twice
            .map(|(row_number, record)| RowIssue {
                row_number,
                id: Some(record.id().to_string()),
                name: Some(record.name().to_owned()),
                field: "id",
                severity: Severity::Error,
                kind: super::RowIssueKind::DuplicateId {
                    other_row: 1 + records
                        .iter()
                        .position(|r| r.id() == record.id())
                        .unwrap_or(0) as u32,
                },
            })
            .collect();
        if issues.is_empty() {
            Ok(())
        } else {
            Err(FileError::Rows { field, issues })
        }
    }
    check("units", &workbook.units)?;
    check("officers", &workbook.officers)?;
    check("items", &workbook.items)?;
    check("agencies", &workbook.agencies)?;
    check("engineers", &workbook.engineers)
}

/// A unit register as a file.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct UnitsFile<'a> {
    /// Always [`FORMAT_UNITS`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    pub units: Cow<'a, [Unit]>,
}

/// An officer register as a file.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct OfficersFile<'a> {
    /// Always [`FORMAT_OFFICERS`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    pub officers: Cow<'a, [Officer]>,
}

/// An item list as a file.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ItemsFile<'a> {
    /// Always [`FORMAT_ITEMS`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// The items, in the order of the published list.
    pub items: Cow<'a, [InspectionItem]>,
}

/// A register of service institutions as a file.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AgenciesFile<'a> {
    /// Always [`FORMAT_AGENCIES`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    pub agencies: Cow<'a, [Agency]>,
}

/// A register of fire engineers as a file.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct EngineersFile<'a> {
    /// Always [`FORMAT_ENGINEERS`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    pub engineers: Cow<'a, [Engineer]>,
}

/// A holiday calendar as a file.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct HolidaysFile<'a> {
    /// Always [`FORMAT_HOLIDAYS`].
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Holidays and worked weekend days, by year.
    pub years: Cow<'a, BTreeMap<i32, YearDays>>,
}

/// Readable JSON with an end of line, in the order of the types' fields.
fn pretty(file: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(file).expect("all keys of the formats are texts");
    text.push('\n');
    text
}

/// A workbook as a file.
#[must_use]
pub fn workbook_to_json(workbook: &Workbook) -> String {
    pretty(workbook)
}

/// A unit register as a file.
#[must_use]
pub fn units_to_json(units: &[Unit]) -> String {
    pretty(&UnitsFile {
        format: FORMAT_UNITS,
        version: VERSION,
        units: units.into(),
    })
}

/// An officer register as a file.
#[must_use]
pub fn officers_to_json(officers: &[Officer]) -> String {
    pretty(&OfficersFile {
        format: FORMAT_OFFICERS,
        version: VERSION,
        officers: officers.into(),
    })
}

/// An item list as a file.
#[must_use]
pub fn items_to_json(items: &[InspectionItem]) -> String {
    pretty(&ItemsFile {
        format: FORMAT_ITEMS,
        version: VERSION,
        items: items.into(),
    })
}

/// A register of service institutions as a file.
#[must_use]
pub fn agencies_to_json(agencies: &[Agency]) -> String {
    pretty(&AgenciesFile {
        format: FORMAT_AGENCIES,
        version: VERSION,
        agencies: agencies.into(),
    })
}

/// A register of fire engineers as a file.
#[must_use]
pub fn engineers_to_json(engineers: &[Engineer]) -> String {
    pretty(&EngineersFile {
        format: FORMAT_ENGINEERS,
        version: VERSION,
        engineers: engineers.into(),
    })
}

/// A holiday calendar as a file.
#[must_use]
pub fn holidays_to_json(years: &BTreeMap<i32, YearDays>) -> String {
    let years = Cow::Borrowed(years);
    pretty(&HolidaysFile {
        format: FORMAT_HOLIDAYS,
        version: VERSION,
        years,
    })
}
