//! Reading a large file in steps: its longest list, the units, is lifted out and
//! read some rows at a time, what is left as any small file.
//!
//! The outcome is [`json::read`]'s. Where anything is not as expected the file is
//! read at once by that, which also finds the words for what is wrong.

use std::ops::Range;

use super::json::{self, Content, FileError};
use super::record::{Record, RowReader};
use super::stream::raw_row;
use crate::model::Unit;
use crate::workbook::Workbook;

/// Bytes of the file that are looked at in a step.
const STEP_BYTES: usize = 1 << 20;
/// The field that is lifted out.
const FIELD: &str = "units";

/// A file being read.
///
/// ```
/// use double_random::demo;
/// use double_random::exchange::{Content, json, reading::Reading};
/// let text = json::workbook_to_json(&demo::brigade(2026, demo::SEED));
/// let mut reading = Reading::begin(text.as_bytes())?;
/// while reading.step() {}
/// let Content::Workbook(file) = reading.finish()? else { unreachable!() };
/// assert_eq!(file.workbook.units.len(), 2412);
/// # Ok::<(), double_random::exchange::FileError>(())
/// ```
pub struct Reading {
    text: String,
    part: Part,
}

enum Part {
    /// Looking for the rows.
    Scan(Scanner),
    /// Rows of a register.
    Register(Rows, RowReader<Unit>),
    /// Units of a workbook, which lacks them so far.
    Book(Rows, Box<Workbook>, Vec<Unit>),
    Done(Box<Result<Content, FileError>>),
}

/// Where the rows stand, and how many are read.
struct Rows {
    spans: Vec<Range<usize>>,
    done: usize,
}

impl Rows {
    /// The rows of the next step.
    fn next(&mut self) -> &[Range<usize>] {
        let from = self.done;
        let mut bytes = 0;
        while self.done < self.spans.len() && bytes < STEP_BYTES {
            bytes += self.spans[self.done].len();
            self.done += 1;
        }
        &self.spans[from..self.done]
    }

    const fn is_done(&self) -> bool {
        self.done == self.spans.len()
    }
}

impl Reading {
    /// Checks size and encoding; nothing is read yet.
    ///
    /// # Errors
    /// [`FileError`], for the file as a whole.
    pub fn begin(bytes: &[u8]) -> Result<Self, FileError> {
        Ok(Self {
            text: json::text(bytes)?.to_owned(),
            part: Part::Scan(Scanner::default()),
        })
    }

    /// How many of how many parts of the file are done; reading rows is the longer half.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let all = self.text.len() / 1_000;
        match &self.part {
            Part::Scan(scanner) => (scanner.at / 3_000, all),
            Part::Register(rows, _) | Part::Book(rows, ..) => {
                let end = rows
                    .spans
                    .get(rows.done)
                    .map_or(self.text.len(), |row| row.start);
                (all / 3 + end / 1_500, all)
            }
            Part::Done(_) => (all, all),
        }
    }

    /// Goes on a step. Whether any is left.
    pub fn step(&mut self) -> bool {
        let text = self.text.as_str();
        let next = match &mut self.part {
            Part::Done(_) => return false,
            Part::Scan(scanner) => match scanner.step(text.as_bytes()) {
                Scan::More => None,
                Scan::Found(list, spans) => {
                    Some(Part::with_rows(text, list, spans).unwrap_or_else(|| Part::whole(text)))
                }
                Scan::Nothing => Some(Part::whole(text)),
            },
            Part::Register(rows, reader) => {
                let is_read = rows.next().iter().all(|row| {
                    let raw = raw_row(&text[row.clone()]);
                    raw.map(|raw| reader.push(raw)).is_ok()
                });
                match (is_read, rows.is_done()) {
                    (false, _) => Some(Part::whole(text)),
                    (true, false) => None,
                    (true, true) => {
                        let reader = std::mem::replace(reader, RowReader::new());
                        Some(Part::done(Ok(Content::Units(reader.finish()))))
                    }
                }
            }
            Part::Book(rows, book, units) => {
                let is_read = rows.next().iter().all(|row| {
                    let unit = serde_json::from_str(&text[row.clone()]);
                    unit.map(|unit| units.push(unit)).is_ok()
                });
                match (is_read, rows.is_done()) {
                    (false, _) => Some(Part::whole(text)),
                    (true, false) => None,
                    (true, true) => {
                        let mut book = std::mem::replace(
                            book.as_mut(),
                            Workbook::new("", crate::workbook::Brigade::new(""), 0),
                        );
                        book.units = std::mem::take(units);
                        let file = json::checked_workbook(book, Vec::new());
                        Some(Part::done(
                            file.map(|file| Content::Workbook(Box::new(file))),
                        ))
                    }
                }
            }
        };
        if let Some(next) = next {
            self.part = next;
        }
        !matches!(self.part, Part::Done(_))
    }

    /// What the file holds.
    ///
    /// # Errors
    /// As [`json::read`].
    pub fn finish(self) -> Result<Content, FileError> {
        match self.part {
            Part::Done(content) => *content,
            // Steps are left: then all at once.
            _ => json::read(self.text.as_bytes()),
        }
    }
}

impl Part {
    fn done(content: Result<Content, FileError>) -> Self {
        Self::Done(Box::new(content))
    }

    /// The file at once.
    fn whole(text: &str) -> Self {
        Self::done(json::read(text.as_bytes()))
    }

    /// What stands around the rows; `None` where they cannot be read apart.
    fn with_rows(text: &str, list: Range<usize>, spans: Vec<Range<usize>>) -> Option<Self> {
        if spans.len() > Unit::COUNT_MAX {
            return None;
        }
        let rows = Rows { spans, done: 0 };
        let frame = [&text[..list.start], "[]", &text[list.end..]].concat();
        if let Some(book) = json::frame_of_workbook(&frame) {
            return Some(Self::Book(rows, Box::new(book), Vec::new()));
        }
        match json::read(frame.as_bytes()) {
            Ok(Content::Units(_)) => Some(Self::Register(rows, RowReader::new())),
            _ => None,
        }
    }
}

/// What a step of scanning came to.
enum Scan {
    More,
    /// The list with its brackets, and its elements.
    Found(Range<usize>, Vec<Range<usize>>),
    Nothing,
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
    fn step(&mut self, text: &[u8]) -> Scan {
        let end = text.len().min(self.at + STEP_BYTES);
        while self.at < end {
            if !self.byte(text) {
                return Scan::Nothing;
            }
            self.at += 1;
        }
        match (end == text.len(), self.list) {
            (false, _) => Scan::More,
            (true, Some(start)) if self.list_end > 0 => {
                Scan::Found(start..self.list_end, std::mem::take(&mut self.spans))
            }
            (true, _) => Scan::Nothing,
        }
    }

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
    use super::*;
    use crate::demo;

    fn in_steps(text: &str) -> Result<Content, String> {
        let mut reading = Reading::begin(text.as_bytes()).map_err(|error| error.to_string())?;
        let mut before = reading.progress();
        while reading.step() {
            let now = reading.progress();
            assert!(before.0 <= now.0 && now.0 <= now.1, "{before:?} {now:?}");
            before = now;
        }
        reading.finish().map_err(|error| error.to_string())
    }

    #[track_caller]
    fn agrees(text: &str) {
        let whole = json::read(text.as_bytes()).map_err(|error| error.to_string());
        assert!(in_steps(text) == whole, "{:.300}", text);
    }

    fn is_apart(text: &str) -> bool {
        let mut scanner = Scanner::default();
        loop {
            match scanner.step(text.as_bytes()) {
                Scan::More => {}
                Scan::Found(list, spans) => return Part::with_rows(text, list, spans).is_some(),
                Scan::Nothing => return false,
            }
        }
    }

    #[test]
    fn files_read_in_steps_hold_what_they_hold_at_once() {
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
