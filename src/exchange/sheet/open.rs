//! From bytes to sheets: what a file is stands in its bytes, whatever its name says.

use super::book::{Book, SheetKind, TextEncoding};
use super::grid::is_blank;
use super::refusal::Refusal;
use super::zipped::Parts;
use super::{html, mht, ods, text, xls, xlsx, xml2003};
use crate::engine::pace::Pace;
use crate::exchange::FileKind;

/// Bytes of the note that Excel leaves beside an open file.
const OWNER_NOTE_BYTES: [usize; 2] = [162, 165];

/// Opens a file. `encoding`: how its text is to be read, where a person has chosen; else
/// it is found.
///
/// ```
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::sheet::{Refusal, SheetKind, open};
/// let file = "单位名称,地址\n苏村粮店,苏村1号\n";
/// let book = at_once(open("名录.xls", file.as_bytes(), None, &AtOnce))?;
/// assert_eq!(book.kind, SheetKind::Csv);
/// assert_eq!(book.sheets[0].grid.rows[1].number, 2);
/// assert_eq!(at_once(open("空.xlsx", b"", None, &AtOnce)), Err(Refusal::Empty));
/// # Ok::<(), Refusal>(())
/// ```
///
/// # Errors
/// Why nothing is read.
pub async fn open(
    file_name: &str,
    bytes: &[u8],
    encoding: Option<TextEncoding>,
    pace: &impl Pace,
) -> Result<Book, Refusal> {
    if is_owner_note(file_name, bytes) {
        return Err(Refusal::Temporary);
    }
    let book = match bytes {
        [] => return Err(Refusal::Empty),
        [b'P', b'K', 3 | 5 | 7, ..] => archive(bytes, pace).await?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] | [0x09, 0x08, 0x10 | 0x08, 0x00, ..] => container(bytes)?,
        _ => match FileKind::of(bytes) {
            Some(kind @ (FileKind::Png | FileKind::Jpeg | FileKind::Pdf | FileKind::Archive)) => {
                return Err(Refusal::NoTable(kind));
            }
            _ => written(bytes, encoding)?,
        },
    };
    let is_empty = |book: &Book| book.sheets.iter().all(|sheet| sheet.grid.rows.is_empty());
    if is_empty(&book) {
        Err(Refusal::NoCells)
    } else {
        Ok(book)
    }
}

/// `~$…`: the name of who has a file open, in a length that never changes.
fn is_owner_note(file_name: &str, bytes: &[u8]) -> bool {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_named = name.starts_with("~$") && bytes.len() < 4096;
    let is_made_so = OWNER_NOTE_BYTES.contains(&bytes.len())
        && (1..=54).contains(&bytes[0])
        && bytes.get(55) == Some(&bytes[0])
        && bytes.get(56) == Some(&0);
    is_named || is_made_so
}

async fn archive(bytes: &[u8], pace: &impl Pace) -> Result<Book, Refusal> {
    let parts = Parts::open(bytes)?;
    let begins = |start: &str| parts.names().iter().any(|name| name.starts_with(start));
    if parts.has("xl/workbook.bin") {
        Err(Refusal::Binary)
    } else if begins("xl/worksheets/") || parts.has("xl/workbook.xml") {
        xlsx::read(bytes, pace).await
    } else if parts.has("content.xml") {
        ods::read(bytes)
    } else if begins("word/") {
        Err(Refusal::NoTable(FileKind::Word))
    } else if parts.names().iter().any(|name| name.ends_with(".iwa")) || parts.has("index.zip") {
        Err(Refusal::NoTable(FileKind::Numbers))
    } else {
        Err(Refusal::NoTable(FileKind::Zip))
    }
}

fn container(bytes: &[u8]) -> Result<Book, Refusal> {
    match FileKind::of(bytes) {
        Some(FileKind::Locked) => Err(Refusal::Locked),
        Some(FileKind::Word) => Err(Refusal::NoTable(FileKind::Word)),
        _ => xls::read(bytes),
    }
}

/// A file of text: XML, a page, or values between separators.
fn written(bytes: &[u8], encoding: Option<TextEncoding>) -> Result<Book, Refusal> {
    if bytes.iter().all(|&byte| byte == 0) {
        return Err(Refusal::Damaged);
    }
    if mht::is_page(bytes) {
        return mht::read(bytes, encoding);
    }
    let decoded = text::decode(bytes, encoding)?;
    let start = decoded.text.trim_start();
    if is_blank(start) {
        return Err(Refusal::Empty);
    }
    if xml2003::is_workbook(start) {
        let mut book = xml2003::read(start)?;
        book.encoding = Some(decoded.encoding);
        book.unreadable_count = decoded.unreadable_count;
        return Ok(book);
    }
    if start.starts_with('<') {
        return html::read(&decoded);
    }
    if start.starts_with('{') || start.starts_with('[') {
        return Err(Refusal::Json);
    }
    text::read(decoded)
}

impl SheetKind {
    /// Whether its text may have been read in a wrong encoding, so that another can be
    /// chosen.
    #[must_use]
    pub const fn has_encoding(self) -> bool {
        matches!(self, Self::Csv | Self::Html | Self::Xml2003)
    }
}
