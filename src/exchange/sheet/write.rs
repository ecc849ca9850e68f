//! A table as a workbook of Excel.
//!
//! Written here and not by `rust_xlsxwriter`, which makes the page a tenth larger: a table
//! needs a sheet with text, numbers and days, widths, a frozen head and menus, and no more.
//! The archive is made by the library that opens those that come in.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::grid::column_name;
use crate::document::table::{Table, TableCell};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Widest column, in signs of the standard font.
const WIDTH_MAX: usize = 60;
/// Rows by which a column's width is told.
const ROWS_MEASURED: usize = 1_000;
/// Signs that a sheet's name takes, and those that it may not hold.
const NAME_CHARS_MAX: usize = 31;
const NAME_FORBIDDEN: [char; 7] = ['\\', '/', '*', '?', ':', '[', ']'];
/// Places of the styles below.
const HEAD: u8 = 1;
const TEXT: u8 = 2;
const DATE: u8 = 3;

/// Fonts, fills and formats: 0 plain, then [`HEAD`], [`TEXT`] and [`DATE`]. A day has a format
/// of its own: the program's format 14 is another in each language, 01/21/2026 in some.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>\
<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
<fill><patternFill patternType=\"gray125\"/></fill>\
<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE4EDF6\"/></patternFill></fill></fills>\
<borders count=\"1\"><border/></borders>\
<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
<cellXfs count=\"4\"><xf xfId=\"0\"><alignment vertical=\"top\"/></xf>\
<xf xfId=\"0\" fontId=\"1\" fillId=\"2\" applyFont=\"1\" applyFill=\"1\"><alignment wrapText=\"1\" vertical=\"center\"/></xf>\
<xf xfId=\"0\" numFmtId=\"49\" applyNumberFormat=\"1\"><alignment wrapText=\"1\" vertical=\"top\"/></xf>\
<xf xfId=\"0\" numFmtId=\"164\" applyNumberFormat=\"1\"><alignment vertical=\"top\"/></xf></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// The bytes of a workbook with the table in its only sheet.
///
/// # Panics
/// Never: an archive in memory takes what it is given.
#[must_use]
pub fn write(table: &Table) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relations(&[("officeDocument", "xl/workbook.xml")]),
        ),
        ("xl/workbook.xml", workbook(&table.name)),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
            ]),
        ),
        (
            "xl/styles.xml",
            format!("{XML}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"),
        ),
        ("xl/worksheets/sheet1.xml", sheet(table)),
    ];
    // The time of writing is nobody's business: the same table gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let started = archive.start_file(name, options);
        started.expect("an archive in memory begins any part");
        let written = archive.write_all(text.as_bytes());
        written.expect("memory takes what is written");
    }
    let finished = archive.finish();
    finished
        .expect("an archive in memory is finished")
        .into_inner()
}

fn content_types() -> String {
    let part = |path: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{path}\" ContentType=\"{KIND}.{kind}+xml\"/>")
    };
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}{}{}</Types>",
        part("workbook.xml", "sheet.main"),
        part("worksheets/sheet1.xml", "worksheet"),
        part("styles.xml", "styles"),
    )
}

fn relations(targets: &[(&str, &str)]) -> String {
    let mut text = format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for ((kind, target), number) in targets.iter().zip(1..) {
        let relation =
            format!("<Relationship Id=\"rId{number}\" Type=\"{DOC}/{kind}\" Target=\"{target}\"/>");
        text.push_str(&relation);
    }
    text + "</Relationships>"
}

fn workbook(name: &str) -> String {
    let name = name.chars().filter(|sign| !NAME_FORBIDDEN.contains(sign));
    let name: String = name.take(NAME_CHARS_MAX).collect();
    format!(
        "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOC}\"><sheets>\
         <sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        escaped(&name)
    )
}

fn sheet(table: &Table) -> String {
    let mut text = format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><cols>"
    );
    for at in 0..table.columns.len() {
        let width = width(table, at);
        let number = at + 1;
        let _ = write!(
            text,
            "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
        );
    }
    text.push_str("</cols><sheetData><row r=\"1\">");
    for (column, at) in table.columns.iter().zip(0..) {
        push_text(&mut text, at, 1, &column.head, HEAD);
    }
    text.push_str("</row>");
    for (row, number) in table.rows.iter().zip(2_usize..) {
        let _ = write!(text, "<row r=\"{number}\">");
        for (cell, at) in row.iter().zip(0..) {
            push_cell(&mut text, at, number, cell);
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData>");
    push_choices(&mut text, table);
    text + "</worksheet>"
}

/// Two signs of a Latin letter's width for everything beyond.
fn width(table: &Table, at: usize) -> usize {
    let signs = |text: &str| {
        text.chars()
            .map(|sign| if sign.is_ascii() { 1 } else { 2 })
            .sum()
    };
    let of = |text: &str| -> usize { text.lines().map(signs).max().unwrap_or_default() };
    let rows = table.rows.iter().take(ROWS_MEASURED);
    let cells = rows
        .filter_map(|row| row.get(at))
        .map(|cell| of(&cell.shown()));
    let widest = cells.max().unwrap_or_default();
    (widest.max(of(&table.columns[at].head)) + 2).min(WIDTH_MAX)
}

fn push_cell(text: &mut String, at: u16, row: usize, cell: &TableCell) {
    let place = column_name(at);
    match cell {
        TableCell::Blank => {}
        TableCell::Text(words) => push_text(text, at, row, words, TEXT),
        TableCell::Number(number) => {
            let _ = write!(text, "<c r=\"{place}{row}\"><v>{number}</v></c>");
        }
        TableCell::Date(date) => {
            let _ = write!(
                text,
                "<c r=\"{place}{row}\" s=\"{DATE}\"><v>{}</v></c>",
                serial(*date)
            );
        }
    }
}

fn push_text(text: &mut String, at: u16, row: usize, words: &str, style: u8) {
    let _ = write!(
        text,
        "<c r=\"{}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        column_name(at),
        escaped(words)
    );
}

/// The number by which Excel knows a day; from 1900-03-01 on, as every day here is.
fn serial(date: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |first| (date - first).num_days())
}

/// Menus of the columns that have choices.
fn push_choices(text: &mut String, table: &Table) {
    let end = table.rows.len() as u32 + 1 + table.blank_rows;
    let columns = table.columns.iter().zip(0..);
    let menus: Vec<String> = columns
        .filter(|(column, _)| !column.choices.is_empty())
        .map(|(column, at)| {
            let place = column_name(at);
            let words = escaped(&column.choices.join(",").replace('"', "\"\""));
            format!(
                "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" \
                 sqref=\"{place}2:{place}{end}\"><formula1>\"{words}\"</formula1></dataValidation>"
            )
        })
        .collect();
    if end > 1 && !menus.is_empty() {
        let count = menus.len();
        let menus = menus.concat();
        let _ = write!(
            text,
            "<dataValidations count=\"{count}\">{menus}</dataValidations>"
        );
    }
}

/// Text as XML takes it; what no XML holds is left out.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\t' | '\n' => plain.push(sign),
            _ if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => {}
            _ => plain.push(sign),
        }
    }
    plain
}
