//! Reading a large file with rests in between: its longest list, the units, is lifted
//! out and read row by row, what is left as any small file.
//!
//! The outcome is [`json::read`]'s. Where anything is not as expected the file is
//! read whole by that, which also finds the words for what is wrong.

use std::ops::Range;

use super::json::{self, Content, FileError};
use super::record::{Record, RowReader};
use super::stream::raw_row;
use crate::engine::pace::{Advance, Pace, Stage};
use crate::model::Unit;

/// Bytes of the file that are looked at between two rests: some milliseconds of a page's
/// time.
const STEP_BYTES: usize = 1 << 17;
/// The field that is lifted out.
const FIELD: &str = "units";

/// Reads a file.
///
/// ```
/// use double_random::demo;
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::{Content, json, reading::read};
/// let text = json::workbook_to_json(&demo::brigade(2026, demo::SEED));
/// let content = at_once(read(text.as_bytes(), &AtOnce))?;
/// let Content::Workbook(file) = content else { unreachable!() };
/// assert_eq!(file.workbook.units.len(), 2412);
/// # Ok::<(), double_random::exchange::FileError>(())
/// ```
///
/// # Errors
/// As [`json::read`].
pub async fn read(bytes: &[u8], pace: &impl Pace) -> Result<Content, FileError> {
    let text = json::text(bytes)?;
    match read_apart(text, pace).await {
        Some(content) => content,
        None => json::read(text.as_bytes()),
    }
}

/// What a text with a long list holds; `None` where its rows cannot be read apart.
async fn read_apart(text: &str, pace: &impl Pace) -> Option<Result<Content, FileError>> {
    let (frame, rows) = frame_and_rows(text, pace).await?;
    if let Some(mut book) = json::frame_of_workbook(&frame) {
        let units = &mut book.units;
        let push = |row: &str| serde_json::from_str(row).map(|unit| units.push(unit));
        each_row(text, &rows, push, pace).await?;
        let file = json::checked_workbook(book, Vec::new());
        return Some(file.map(|file| Content::Workbook(Box::new(file))));
    }
    let Ok(Content::Units(_)) = json::read(frame.as_bytes()) else {
        return None;
    };
    let mut reader = RowReader::new();
    let push = |row: &str| raw_row(row).map(|raw| reader.push(raw));
    each_row(text, &rows, push, pace).await?;
    Some(Ok(Content::Units(reader.finish())))
}

/// A text without its rows, and where they stand in it; `None` where they cannot be told
/// apart, or are too many.
async fn frame_and_rows(text: &str, pace: &impl Pace) -> Option<(String, Vec<Range<usize>>)> {
    let (list, rows) = scan(text, pace).await?;
    let frame = [&text[..list.start], "[]", &text[list.end..]].concat();
    (rows.len() <= Unit::COUNT_MAX).then_some((frame, rows))
}

/// Takes row by row; `None` with the first that cannot be taken.
async fn each_row<E>(
    text: &str,
    rows: &[Range<usize>],
    mut take: impl FnMut(&str) -> Result<(), E>,
    pace: &impl Pace,
) -> Option<()> {
    let mut rested_at = 0;
    for row in rows {
        take(&text[row.clone()]).ok()?;
        if row.end > rested_at + STEP_BYTES {
            rested_at = row.end;
            // Reading rows is the longer half.
            let done = text.len() / 3 + row.end / 3 * 2;
            pace.rest(advance(done, text)).await;
        }
    }
    Some(())
}

/// How far a text is read, in thousands of bytes.
const fn advance(done: usize, text: &str) -> Advance {
    let (done, total) = (done / 1_000, text.len() / 1_000);
    Advance::at(Stage::Reading, done as u32, total as u32)
}

/// The list with its brackets, and its elements; `None` where they cannot be told apart.
async fn scan(text: &str, pace: &impl Pace) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let mut scanner = Scanner::default();
    while scanner.at < text.len() {
        let end = text.len().min(scanner.at + STEP_BYTES);
        while scanner.at < end {
            if !scanner.byte(text.as_bytes()) {
                return None;
            }
            scanner.at += 1;
        }
        pace.rest(advance(end / 3, text)).await;
    }
    let list = scanner.list.filter(|_| scanner.list_end > 0)?;
    Some((list..scanner.list_end, scanner.spans))
}

/// Finds the list under [`FIELD`] of the object in a text. It takes JSON for granted:
/// what it finds is read by a parser that does not.
#[derive(Default)]
struct Scanner {
    at: usize,
    depth: usize,
    /// Where the string under way began.
    string: Option<usize>,
    /// The last string of the outermost object.
    last: Range<usize>,
    list: Option<usize>,
    list_end: usize,
    element: Option<usize>,
    spans: Vec<Range<usize>>,
}

impl Scanner {
    /// Takes a byte. False where the rows cannot be told apart.
    fn byte(&mut self, text: &[u8]) -> bool {
        let (at, byte) = (self.at, text[self.at]);
        if let Some(start) = self.string {
            match byte {
                // The next byte stands for itself.
                b'\\' => self.at += 1,
                b'"' => {
                    self.string = None;
                    if self.depth == 1 {
                        self.last = start + 1..at;
                    }
                }
                _ => {}
            }
            return true;
        }
        let is_in_list = self.list.is_some() && self.list_end == 0;
        match byte {
            b'"' => {
                self.string = Some(at);
                self.begin_element(is_in_list, at);
            }
            b'[' | b'{' => {
                let name = text.get(self.last.clone()).unwrap_or_default();
                // A name with an escape might be the same name.
                let is_named = name == FIELD.as_bytes() || name.contains(&b'\\');
                if byte == b'[' && self.depth == 1 && is_named {
                    if self.list.is_some() || name != FIELD.as_bytes() {
                        return false;
                    }
                    self.list = Some(at);
                } else {
                    self.begin_element(is_in_list, at);
                }
                self.depth += 1;
            }
            b']' | b'}' => {
                if is_in_list && self.depth == 2 {
                    if !self.end_element(at) && !self.spans.is_empty() {
                        return false;
                    }
                    self.list_end = at + 1;
                }
                let Some(depth) = self.depth.checked_sub(1) else {
                    return false;
                };
                self.depth = depth;
            }
            b',' if is_in_list && self.depth == 2 => return self.end_element(at),
            byte if byte.is_ascii_whitespace() => {}
            _ => self.begin_element(is_in_list, at),
        }
        true
    }

    fn begin_element(&mut self, is_in_list: bool, at: usize) {
        if is_in_list && self.depth == 2 && self.element.is_none() {
            self.element = Some(at);
        }
    }

    /// Ends the element before `at`; false where there is none.
    fn end_element(&mut self, at: usize) -> bool {
        let element = self.element.take();
        self.spans.extend(element.map(|start| start..at));
        element.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::demo;
    use crate::engine::pace::{AtOnce, Progress, at_once};

    fn in_parts(text: &str) -> Result<Content, String> {
        let before = Cell::new(0);
        let tell = |Advance { progress, .. }: Advance| {
            let Progress { done, total } = progress;
            assert!(before.replace(done) <= done && done <= total);
        };
        at_once(read(text.as_bytes(), &tell)).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn agrees(text: &str) {
        let whole = json::read(text.as_bytes()).map_err(|error| error.to_string());
        assert!(in_parts(text) == whole, "{:.300}", text);
    }

    fn is_apart(text: &str) -> bool {
        at_once(read_apart(text, &AtOnce)).is_some()
    }

    #[test]
    fn files_read_in_parts_hold_what_they_hold_whole() {
        let book = demo::brigade(2026, demo::SEED);
        let (whole, units) = (
            json::workbook_to_json(&book),
            json::units_to_json(&book.units),
        );
        for text in [&whole, &units, &serde_json::to_string(&book).unwrap()] {
            assert!(is_apart(text));
            agrees(text);
        }
        for text in [
            json::officers_to_json(&book.officers),
            json::items_to_json(&book.items),
            whole.replacen("\"units\"", "\"\\u0075nits\"", 1),
            whole.replacen("\"version\": 1", "\"version\": 9", 1),
            units.replacen("\"units\": [", "\"units\": [ 7, null, [1], \"a,]\", ", 1),
        ] {
            agrees(&text);
        }
    }

    #[test]
    fn broken_files_are_refused_with_the_same_words() {
        let rows = r#"{"name":"甲\"]},{","category":"医院"},{"name":"乙"}"#;
        let file = |rows: &str| {
            format!(
                r#"{{"a":["units"],"format":"double-random/units","version":1,"units":[{rows}],"b":{{"units":[3]}}}}"#
            )
        };
        assert!(is_apart(&file(rows)));
        for rows in [
            rows, "", " ", ",", "{},", "{} {}", "{},,{}", "{", "}", "]", "[", "\"", "{]}", "1e",
            "tru",
        ] {
            agrees(&file(rows));
        }
        let twice = file(rows).replace("\"b\":{\"units\":[3]}", "\"units\":[{\"name\":\"丙\"}]");
        agrees(&twice);
        let text = file(rows);
        for (at, _) in text.char_indices() {
            agrees(&text[..at]);
            for other in ["\"", "\\", "{", "]", ",", "0"] {
                let end = at + text[at..].chars().next().unwrap().len_utf8();
                agrees(&[&text[..at], other, &text[end..]].concat());
            }
        }
    }
}
