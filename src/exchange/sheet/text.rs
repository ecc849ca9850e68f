//! Text files: how they are written in bytes, what stands between their values, and the
//! values.
//!
//! The `csv` crate was looked at and left: it skips blank lines, so that rows lose their
//! numbers, and it says nothing of a quotation mark that is never closed, behind which the
//! rest of a list would vanish in one value.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::book::{Book, Sheet, SheetKind, TextEncoding};
use super::grid::GridBuilder;
use super::refusal::Refusal;

/// Bytes and signs by which a text is judged.
const HEAD: usize = 1 << 16;
/// Lines by which the separator is found.
const LINES_COUNTED: usize = 50;
/// One sign in so many may be unreadable before the text counts as none.
const SIGNS_A_FAULT: usize = 200;

/// A file as text.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: TextEncoding,
    pub(super) unreadable_count: u32,
}

const fn codec(encoding: TextEncoding) -> &'static Encoding {
    match encoding {
        TextEncoding::Utf8 => UTF_8,
        TextEncoding::Gb18030 => GB18030,
        TextEncoding::Utf16Le => UTF_16LE,
        TextEncoding::Utf16Be => UTF_16BE,
    }
}

/// Reads bytes as text: in `chosen`, else as they seem to be.
pub(super) fn decode(bytes: &[u8], chosen: Option<TextEncoding>) -> Result<Decoded, Refusal> {
    let encoding = chosen.unwrap_or_else(|| detect(bytes));
    let (text, is_faulty) = codec(encoding).decode_with_bom_removal(bytes);
    // Text holds U+FFFD where something was lost before; that is counted alike.
    let unreadable_count = text.chars().filter(|&sign| sign == '\u{fffd}').count();
    let is_strange = |sign: &char| {
        sign.is_control()
            && !matches!(
                sign,
                '\t' | '\n' | '\r' | '\u{1f}' | '\u{1a}' | '\u{b}' | '\u{c}' | '\u{85}'
            )
    };
    let head = || text.chars().take(HEAD);
    let is_fault = |sign: &char| (is_faulty && *sign == '\u{fffd}') || is_strange(sign);
    let faults = head().filter(is_fault).count();
    if faults * SIGNS_A_FAULT > head().count() + SIGNS_A_FAULT {
        return Err(Refusal::Unknown);
    }
    Ok(Decoded {
        text: text.into_owned(),
        encoding,
        unreadable_count: unreadable_count as u32,
    })
}

/// How a text is written: by its mark, else UTF-16 by its zeros, else UTF-8 where it is
/// that without a fault, else GB18030.
pub(super) fn detect(bytes: &[u8]) -> TextEncoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return TextEncoding::Utf8,
        [0xff, 0xfe, ..] => return TextEncoding::Utf16Le,
        [0xfe, 0xff, ..] => return TextEncoding::Utf16Be,
        _ => {}
    }
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if is_mistaken(text, bytes) => TextEncoding::Gb18030,
        Ok(_) => TextEncoding::Utf8,
        // Broken off in the middle of a sign, a text is still what it was.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => TextEncoding::Utf8,
        Err(error)
            if !is_gb(bytes)
                && error.valid_up_to() > 256
                && is_chinese(&bytes[..error.valid_up_to()]) =>
        {
            TextEncoding::Utf8
        }
        Err(_) => TextEncoding::Gb18030,
    }
}

fn is_chinese(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.chars()
        .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

fn is_gb(bytes: &[u8]) -> bool {
    !GB18030.decode_without_bom_handling(bytes).1
}

/// UTF-16 without a mark: ASCII signs of a table have a zero beside them, all on one side.
fn wide(bytes: &[u8]) -> Option<TextEncoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let (mut low_first, mut high_first) = (0, 0);
    for pair in head.chunks_exact(2) {
        match (pair[0], pair[1]) {
            (1.., 0) => low_first += 1,
            (0, 1..) => high_first += 1,
            _ => {}
        }
    }
    let least = (head.len() / 64).max(1);
    match (low_first, high_first) {
        (low, 0) if low >= least => Some(TextEncoding::Utf16Le),
        (0, high) if high >= least => Some(TextEncoding::Utf16Be),
        (low, high) if low > 20 * high.max(1) && low >= least => Some(TextEncoding::Utf16Le),
        (low, high) if high > 20 * low.max(1) && high >= least => Some(TextEncoding::Utf16Be),
        _ => None,
    }
}

/// Whether GBK bytes happen to be UTF-8 too, as those of 停业 are: then UTF-8 makes only
/// letters of U+0080 to U+07FF of them, and GB18030 Chinese.
fn is_mistaken(text: &str, bytes: &[u8]) -> bool {
    let mut others = text.chars().filter(|sign| !sign.is_ascii()).peekable();
    if others.peek().is_none() || !others.all(|sign| sign <= '\u{7ff}') {
        return false;
    }
    let (text, has_fault) = GB18030.decode_without_bom_handling(bytes);
    let mut others = text.chars().filter(|sign| !sign.is_ascii());
    !has_fault && others.any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

/// Reads a text as values between separators.
pub(super) fn read(decoded: Decoded) -> Result<Book, Refusal> {
    let text = decoded.text.as_str();
    let (separator, text) = separator(text)?;
    let mut builder = GridBuilder::default();
    let mut values = Values::new(text, separator);
    while let Some((row, column, value)) = values.next()? {
        builder.text(row, column, value)?;
    }
    let sheet = Sheet {
        name: String::new(),
        is_hidden: false,
        grid: builder.finish(),
    };
    Ok(Book {
        kind: SheetKind::Csv,
        encoding: Some(decoded.encoding),
        unreadable_count: decoded.unreadable_count,
        is_1904: false,
        sheets: vec![sheet],
    })
}

/// The sign that stands in most lines equally often, and the text without a line that
/// only names it (`sep=;`).
fn separator(text: &str) -> Result<(char, &str), Refusal> {
    if let Some(rest) = text
        .strip_prefix("sep=")
        .or_else(|| text.strip_prefix("SEP="))
        && let Some(sign) = rest.chars().next()
        && let Some(rest) = rest[sign.len_utf8()..]
            .strip_prefix("\r\n")
            .or_else(|| rest[sign.len_utf8()..].strip_prefix('\n'))
    {
        return Ok((sign, rest));
    }
    let candidates = ['\t', ',', ';', '|'];
    let best = candidates
        .into_iter()
        .map(|sign| (regularity(text, sign), sign));
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    match best {
        Some((regularity, sign)) if regularity > 0 => Ok((sign, text)),
        _ => {
            let wide = ['，', '；', '、', '｜'];
            let wide = wide.into_iter().map(|sign| (regularity(text, sign), sign));
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let is_line = lines.take(2).count() < 2;
            match wide.max_by_key(|wide| wide.0) {
                // A sentence holds such signs too, but not in line after line.
                Some((regularity, sign)) if regularity > 1 && !is_line => {
                    Err(Refusal::FullWidthSeparator(sign))
                }
                _ if is_line => Err(Refusal::PlainText),
                _ => Ok((',', text)),
            }
        }
    }
}

/// Columns that a separator makes, times the lines that have most often as many; 0 where
/// it separates nothing.
fn regularity(text: &str, sign: char) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    let (mut count, mut is_quoted, mut lines) = (0, false, 0);
    for next in text.chars().take(HEAD * 4).chain(['\n']) {
        match next {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => {
                if count > 0 {
                    *counts.entry(count).or_default() += 1;
                }
                count = 0;
                lines += 1;
                if lines == LINES_COUNTED {
                    break;
                }
            }
            next if next == sign && !is_quoted => count += 1,
            _ => {}
        }
    }
    counts
        .iter()
        .map(|(count, lines)| count.min(&30) * lines * lines)
        .max()
        .unwrap_or_default()
}

/// The values of a text with their places, as Excel counts them: a blank line is a row, and
/// a value with line breaks is in one.
struct Values<'a> {
    rest: &'a str,
    separator: char,
    row: u32,
    column: u32,
    value: String,
}

impl<'a> Values<'a> {
    const fn new(text: &'a str, separator: char) -> Self {
        Self {
            rest: text,
            separator,
            row: 1,
            column: 0,
            value: String::new(),
        }
    }

    fn next(&mut self) -> Result<Option<(u32, u32, &str)>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.value.clear();
        let place = (self.row, self.column);
        if let Some(inside) = self.rest.strip_prefix('"') {
            self.quoted(inside)?;
        }
        let is_end = |sign: char| sign == self.separator || matches!(sign, '\n' | '\r');
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        self.value.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
        let mut signs = self.rest.chars();
        match signs.next() {
            Some('\r' | '\n') => {
                let is_pair = self.rest.starts_with("\r\n");
                self.rest = &self.rest[1 + usize::from(is_pair)..];
                (self.row, self.column) = (self.row.saturating_add(1), 0);
            }
            Some(_) => {
                self.rest = signs.as_str();
                self.column = self.column.saturating_add(1);
            }
            None => {}
        }
        Ok(Some((place.0, place.1, &self.value)))
    }

    fn quoted(&mut self, inside: &'a str) -> Result<(), Refusal> {
        let mut rest = inside;
        loop {
            let Some(at) = rest.find('"') else {
                return Err(Refusal::OpenQuote {
                    row_number: self.row,
                });
            };
            self.value.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    self.value.push('"');
                    rest = after;
                }
                None => {
                    self.rest = rest;
                    return Ok(());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(u32, u32, String)> {
        let mut values = Values::new(text, ',');
        let mut all = Vec::new();
        while let Some((row, column, value)) = values.next().unwrap() {
            all.push((row, column, value.to_owned()));
        }
        all
    }

    #[test]
    fn rows_are_counted_as_excel_shows_them() {
        let all = values("a,\"b\nb\"\r\n\r\nc,\"d\"\"\"\re,=\"1\"");
        let expected = [
            (1, 0, "a"),
            (1, 1, "b\nb"),
            (2, 0, ""),
            (3, 0, "c"),
            (3, 1, "d\""),
            (4, 0, "e"),
            (4, 1, "=\"1\""),
        ];
        assert_eq!(
            all,
            expected.map(|(row, column, value)| (row, column, value.to_owned()))
        );
    }

    #[test]
    fn an_open_quote_is_named_with_its_row() {
        let decoded = decode("a,b\nc,\"d\ne,f\n".as_bytes(), None).unwrap();
        assert_eq!(read(decoded), Err(Refusal::OpenQuote { row_number: 2 }));
    }

    #[test]
    fn encodings() {
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        assert_eq!(detect(&[0xcd, 0xa3, 0xd2, 0xb5]), TextEncoding::Gb18030);
        assert_eq!(detect("停业".as_bytes()), TextEncoding::Utf8);
        assert_eq!(detect(&gbk("单位名称,地址")), TextEncoding::Gb18030);
        assert_eq!(
            decode(&[0x95, 0x34, 0xb2, 0x35, 0xfe, 0x9f], None)
                .unwrap()
                .text,
            "𠮷䶮"
        );
        let wide: Vec<u8> = "单位\t地址\r\n甲\t乙"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(detect(&wide), TextEncoding::Utf16Le);
        // A sign of Chinese that GBK does not make is enough.
        assert_eq!(detect("Café 停".as_bytes()), TextEncoding::Utf8);
    }

    #[test]
    fn separators_by_counting() {
        let of = |text| separator(text).map(|found| found.0);
        assert_eq!(of("a\tb,c\nd\te"), Ok('\t'));
        assert_eq!(of("a;b\nc;d,e"), Ok(';'));
        assert_eq!(of("sep=|\na|b"), Ok('|'));
        assert_eq!(
            of("单位名称，地址\n甲，乙"),
            Err(Refusal::FullWidthSeparator('，'))
        );
        assert_eq!(of("你好，世界"), Err(Refusal::PlainText));
    }
}
