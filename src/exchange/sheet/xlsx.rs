//! .xlsx and .xlsm: the parts of the archive, read one piece at a time.
//!
//! Read without calamine, which trusts what a file claims (`uniqueCount`, `dimension`), reads
//! pinyin guides as text, and says nothing of hidden columns and colours.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::{Book, Sheet, SheetKind};
use super::grid::{self, Cell, GridBuilder};
use super::refusal::Refusal;
use super::xml::{self, Attributes, Piece, each_piece};
use super::zipped::Parts;
use crate::engine::pace::{Advance, Pace, Stage};

/// Strings of a workbook; more are no list.
const STRINGS_MAX: usize = 10_000_000;
/// Bytes of a workbook's strings together.
const STRING_BYTES_MAX: usize = 256 << 20;
/// Sheets that are read.
const SHEETS_MAX: usize = 200;

/// Reads a workbook.
pub(super) async fn read(bytes: &[u8], pace: &impl Pace) -> Result<Book, Refusal> {
    let mut parts = Parts::open(bytes)?;
    let contents = contents(&mut parts)?;
    let strings = match &contents.strings {
        Some(name) => parts.with(name, |part| strings(part))?.unwrap_or_default(),
        None => Vec::new(),
    };
    let styles = match &contents.styles {
        Some(name) => parts.with(name, |part| styles(part))?.unwrap_or_default(),
        None => Styles::default(),
    };
    let total = contents.sheets.len() as u32;
    let mut sheets = Vec::new();
    for (done, (name, is_hidden, part)) in contents.sheets.into_iter().enumerate() {
        pace.rest(Advance::at(Stage::Reading, done as u32, total))
            .await;
        let reader = SheetReader::new(&strings, &styles, contents.is_1904);
        let Some(grid) = parts.with(&part, |part| reader.read(part))? else {
            continue;
        };
        sheets.push(Sheet {
            name,
            is_hidden,
            grid,
        });
    }
    if sheets.is_empty() {
        return Err(Refusal::Damaged);
    }
    Ok(Book {
        kind: SheetKind::Xlsx,
        encoding: None,
        unreadable_count: 0,
        is_1904: contents.is_1904,
        sheets,
    })
}

/// What a workbook says of its parts.
#[derive(Default)]
struct Contents {
    is_1904: bool,
    strings: Option<String>,
    styles: Option<String>,
    /// Name, whether hidden, part.
    sheets: Vec<(String, bool, String)>,
}

fn contents(parts: &mut Parts<'_>) -> Result<Contents, Refusal> {
    // Some servers number the part of the workbook: xl/workbook22.xml.
    let is_workbook = |name: &&String| {
        let inner = name.strip_prefix("xl/workbook");
        inner.is_some_and(|rest| rest.ends_with(".xml") && !rest.contains('/'))
    };
    let workbook = parts.names().iter().find(is_workbook);
    let workbook = workbook.map_or_else(|| "xl/workbook.xml".to_owned(), Clone::clone);
    let links = links(parts, &workbook)?;
    let of_type = |kind: &str| {
        let link = links.values().find(|(is, _)| is.eq_ignore_ascii_case(kind));
        link.map(|(_, part)| part.clone())
    };
    let named = |name: &str| parts.has(name).then(|| name.to_owned());
    let mut contents = Contents {
        strings: of_type("sharedStrings").or_else(|| named("xl/sharedstrings.xml")),
        styles: of_type("styles").or_else(|| named("xl/styles.xml")),
        ..Contents::default()
    };
    parts.with(&workbook, |part| {
        each_piece(part, |piece| {
            match piece {
                Piece::Start("workbookPr", attributes) => {
                    contents.is_1904 = attributes.flag("date1904");
                }
                Piece::Start("sheet", attributes) => add_sheet(&mut contents, &attributes, &links),
                _ => {}
            }
            Ok(())
        })
    })?;
    if contents.sheets.is_empty() {
        let is_sheet =
            |name: &&String| name.starts_with("xl/worksheets/") && name.ends_with(".xml");
        let sheets = parts.names().iter().filter(is_sheet);
        contents.sheets = sheets
            .map(|part| (String::new(), false, part.clone()))
            .collect();
        contents.sheets.sort();
    }
    contents.sheets.truncate(SHEETS_MAX);
    Ok(contents)
}

fn add_sheet(contents: &mut Contents, attributes: &Attributes<'_>, links: &Links) {
    let link = attributes.prefixed("id").and_then(|id| links.get(&id));
    let Some((kind, part)) = link else { return };
    // Charts and dialogs are listed as sheets too.
    if kind.eq_ignore_ascii_case("worksheet") {
        let name = attributes.local("name").unwrap_or_default();
        let is_hidden = attributes
            .local("state")
            .is_some_and(|state| state != "visible");
        contents.sheets.push((name, is_hidden, part.clone()));
    }
}

/// Kind (the last word of its type) and part, by id.
type Links = BTreeMap<String, (String, String)>;

fn links(parts: &mut Parts<'_>, workbook: &str) -> Result<Links, Refusal> {
    let mut links = Links::new();
    let name = workbook.trim_start_matches("xl/");
    parts.with(&format!("xl/_rels/{name}.rels"), |part| {
        each_piece(part, |piece| {
            if let Piece::Start("Relationship", attributes) = piece
                && let (Some(id), Some(kind), Some(target)) = (
                    attributes.get("Id"),
                    attributes.get("Type"),
                    attributes.get("Target"),
                )
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                links.insert(id, (kind, whole_name(&target)));
            }
            Ok(())
        })
    })?;
    Ok(links)
}

/// The part that a link of the workbook means.
fn whole_name(target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut name = vec!["xl"];
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(name.pop()),
            step => name.push(step),
        }
    }
    name.join("/")
}

/// The strings that cells name by number. Their claimed count is not looked at.
fn strings(part: &mut dyn std::io::BufRead) -> Result<Vec<Arc<str>>, Refusal> {
    let mut strings: Vec<Arc<str>> = Vec::new();
    let mut string = TextReader::default();
    let mut bytes = 0;
    each_piece(part, |piece| {
        match &piece {
            Piece::Start("si", _) => string.begin(),
            Piece::End("si") => {
                let text = string.end();
                bytes += text.len();
                if strings.len() == STRINGS_MAX || bytes > STRING_BYTES_MAX {
                    return Err(Refusal::TooLarge);
                }
                strings.push(text.into());
            }
            _ => string.take(&piece),
        }
        Ok(())
    })?;
    Ok(strings)
}

/// Gathers the text of a rich string, without its pinyin guides.
#[derive(Default)]
struct TextReader {
    text: String,
    is_in_text: bool,
    guides: u32,
}

impl TextReader {
    fn begin(&mut self) {
        *self = Self::default();
    }

    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Start("rPh", _) => self.guides += 1,
            Piece::End("rPh") => self.guides = self.guides.saturating_sub(1),
            Piece::Start("t", _) => self.is_in_text = true,
            Piece::End("t") => self.is_in_text = false,
            Piece::Text(text) if self.is_in_text && self.guides == 0 => {
                xml::add(&mut self.text, text);
            }
            _ => {}
        }
    }

    fn end(&mut self) -> String {
        plain(&std::mem::take(&mut self.text))
    }
}

/// Text in which `_x000D_` stands for a sign, as Excel writes signs that XML cannot hold.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let digits = from
            .get(2..6)
            .filter(|_| from.as_bytes().get(6) == Some(&b'_'));
        let sign = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match sign.and_then(char::from_u32) {
            Some(sign) => {
                plain.push(sign);
                rest = &from[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    plain.push_str(rest);
    if plain.contains('\r') {
        plain.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        plain
    }
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Number,
    Date,
    /// A day of which the month alone is seen: 2026年9月.
    Month,
    /// 0.8 as 80%.
    Percent,
    /// 12345 as 00012345: with so many digits at least.
    Digits(u8),
}

impl Shown {
    fn of(code: &str) -> Self {
        let is_zeros = code.len() > 1 && code.bytes().all(|sign| sign == b'0');
        let has = |sign: char| code.to_ascii_lowercase().contains(sign);
        if is_date_format(code) && has('y') && has('m') && !has('d') {
            Self::Month
        } else if is_date_format(code) {
            Self::Date
        } else if code.ends_with('%') {
            Self::Percent
        } else if is_zeros {
            Self::Digits(u8::try_from(code.len()).unwrap_or(u8::MAX))
        } else {
            Self::Number
        }
    }
}

/// What the looks of cells say of their values.
#[derive(Default)]
struct Styles {
    /// How a style shows numbers, by its number.
    shown: Vec<Shown>,
    /// Whether it has a colour of its own.
    is_coloured: Vec<bool>,
}

fn styles(part: &mut dyn std::io::BufRead) -> Result<Styles, Refusal> {
    let mut styles = Styles::default();
    let dates = (14..=22).chain(27..=36).chain(45..=47).chain(50..=58);
    let mut formats: BTreeMap<u32, Shown> = dates.map(|id| (id, Shown::Date)).collect();
    formats.extend([(9, Shown::Percent), (10, Shown::Percent)]);
    formats.extend([17, 27, 36, 50, 57].map(|id| (id, Shown::Month)));
    let (mut fills, mut is_in_fills, mut is_in_styles) = (Vec::new(), false, false);
    each_piece(part, |piece| {
        match piece {
            Piece::Start("numFmt", attributes) => {
                if let (Some(id), Some(code)) = (
                    attributes.number("numFmtId"),
                    attributes.local("formatCode"),
                ) {
                    formats.insert(id, Shown::of(&code));
                }
            }
            Piece::Start("fills", _) => is_in_fills = true,
            Piece::End("fills") => is_in_fills = false,
            Piece::Start("patternFill", attributes) if is_in_fills => {
                fills.push(attributes.local("patternType").as_deref() == Some("solid"));
            }
            Piece::Start("cellXfs", _) => is_in_styles = true,
            Piece::End("cellXfs") => is_in_styles = false,
            Piece::Start("xf", attributes) if is_in_styles && styles.shown.len() < 1 << 16 => {
                let format = attributes.number("numFmtId").unwrap_or_default();
                let fill = attributes.number("fillId").unwrap_or_default() as usize;
                let shown = formats.get(&format).copied();
                styles.shown.push(shown.unwrap_or(Shown::Number));
                styles
                    .is_coloured
                    .push(fills.get(fill).copied().unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// Whether a number format shows a day: it holds y or d outside of quotes and brackets.
pub(super) fn is_date_format(code: &str) -> bool {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    // Only the part for positive numbers counts.
    for sign in code.split(';').next().unwrap_or_default().chars() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match sign {
            '\\' | '_' | '*' if !is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => is_bracketed = true,
            ']' if !is_quoted => is_bracketed = false,
            'y' | 'Y' | 'd' | 'D' | 'e' if !is_quoted && !is_bracketed => {
                // `0.00E+00` and 通用格式 hold letters that are no dates.
                return !code.to_ascii_lowercase().contains("general");
            }
            _ => {}
        }
    }
    false
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    has_formula: bool,
    is_inline: bool,
}

/// Reads a sheet's part.
struct SheetReader<'a> {
    strings: &'a [Arc<str>],
    styles: &'a Styles,
    is_1904: bool,
    builder: GridBuilder,
    /// Row under way and the next column in it.
    row: u32,
    column: u32,
    cell: Option<Open>,
    is_in_value: bool,
    inline: TextReader,
}

impl<'a> SheetReader<'a> {
    fn new(strings: &'a [Arc<str>], styles: &'a Styles, is_1904: bool) -> Self {
        Self {
            strings,
            styles,
            is_1904,
            builder: GridBuilder::default(),
            row: 0,
            column: 0,
            cell: None,
            is_in_value: false,
            inline: TextReader::default(),
        }
    }

    fn read(mut self, part: &mut dyn std::io::BufRead) -> Result<grid::Grid, Refusal> {
        each_piece(part, |piece| self.take(&piece))?;
        Ok(self.builder.finish())
    }

    fn take(&mut self, piece: &Piece<'_>) -> Result<(), Refusal> {
        match piece {
            Piece::Start("c", attributes) => self.begin_cell(attributes),
            Piece::End("c") => return self.end_cell(),
            Piece::Start("v", _) => self.is_in_value = true,
            Piece::End("v") => self.is_in_value = false,
            Piece::Text(text) if self.is_in_value => {
                if let Some(cell) = &mut self.cell {
                    xml::add(&mut cell.value, text);
                }
            }
            Piece::Start("f", _) => {
                if let Some(cell) = &mut self.cell {
                    cell.has_formula = true;
                }
            }
            Piece::Start("is", _) => {
                self.inline.begin();
                if let Some(cell) = &mut self.cell {
                    cell.is_inline = true;
                }
            }
            Piece::Start("row", attributes) => {
                self.row = attributes.number("r").unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                if attributes.flag("hidden") {
                    self.builder.hide_row(self.row);
                }
            }
            Piece::Start("col", attributes) if attributes.flag("hidden") => {
                if let (Some(first), Some(last)) =
                    (attributes.number("min"), attributes.number("max"))
                {
                    self.builder
                        .hide_columns(first.saturating_sub(1), last.saturating_sub(1));
                }
            }
            Piece::Start("mergeCell", attributes) => {
                let area = attributes.local("ref").and_then(|text| grid::area(&text));
                area.into_iter().for_each(|area| self.builder.merge(area));
            }
            piece if self.cell.as_ref().is_some_and(|cell| cell.is_inline) => {
                self.inline.take(piece)
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_cell(&mut self, attributes: &Attributes<'_>) {
        let place = attributes.local("r").and_then(|text| grid::place(&text));
        let (row, column) = place.unwrap_or((self.row, self.column));
        self.column = column + 1;
        self.is_in_value = false;
        self.cell = Some(Open {
            row,
            column,
            kind: attributes.local("t").unwrap_or_default(),
            style: attributes.number("s").unwrap_or_default() as usize,
            ..Open::default()
        });
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(open) = self.cell.take() else {
            return Ok(());
        };
        let Some(cell) = self.value(&open) else {
            return Ok(());
        };
        if self.styles.is_coloured.get(open.style) == Some(&true) {
            self.builder.colour(open.row, open.column);
        }
        self.builder.push(open.row, open.column, cell)
    }

    fn value(&mut self, open: &Open) -> Option<Cell> {
        let text = |text: Arc<str>| (!grid::is_blank(&text)).then_some(Cell::Text(text));
        if open.is_inline {
            return text(self.inline.end().into());
        }
        let value = open.value.trim();
        if value.is_empty() {
            return open
                .has_formula
                .then(|| Cell::Error("".into()))
                .filter(|_| open.kind != "str");
        }
        match open.kind.as_str() {
            "s" => text(self.strings.get(value.parse::<usize>().ok()?)?.clone()),
            "str" | "inlineStr" => text(plain(&open.value).into()),
            "b" => Some(Cell::Flag(matches!(value, "1" | "true"))),
            "e" => Some(Cell::Error(value.into())),
            "d" => grid::dated_iso(value).or_else(|| text(value.into())),
            _ => Some(self.number(open, value)),
        }
    }

    fn number(&self, open: &Open, value: &str) -> Cell {
        let Some(number) = value
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
        else {
            return Cell::Text(value.into());
        };
        let cell = match self.styles.shown.get(open.style) {
            Some(Shown::Date) => grid::dated(number, self.is_1904),
            // Nobody wrote the first of the month: a month has no day.
            Some(Shown::Month) => grid::dated(number, self.is_1904).map(|date| match date {
                Cell::Date(date) => Cell::Text(date.format("%Y年%-m月").to_string().into()),
                other => other,
            }),
            // In parts of a hundred thousand, so that 0.07 is 7% and not 7.000000000000001%.
            Some(Shown::Percent) => {
                let percent = (number * 100_000.0).round() / 1_000.0;
                Some(Cell::Text(format!("{percent}%").into()))
            }
            Some(Shown::Digits(count)) if number.fract() == 0.0 && number >= 0.0 => {
                let count = usize::from(*count);
                Some(Cell::Text(format!("{number:0>count$}").into()))
            }
            _ => None,
        };
        cell.unwrap_or(Cell::Number(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_signs_are_read_once() {
        assert_eq!(plain("甲_x000D_\n乙"), "甲\n乙");
        assert_eq!(plain("_x005F_x000D_"), "_x000D_");
        assert_eq!(plain("a_xZZZZ_ _x"), "a_xZZZZ_ _x");
        assert_eq!(plain("_x字字字字字_"), "_x字字字字字_");
    }

    #[test]
    fn formats_that_show_a_day() {
        for code in [
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy;@",
            "m/d/yy h:mm",
        ] {
            assert!(is_date_format(code), "{code}");
        }
        for code in [
            "General", "0", "0.00E+00", "\"dy\"0", "[Red]0", "@", "h:mm", "#,##0_d",
        ] {
            assert!(!is_date_format(code), "{code}");
        }
    }
}
