//! A paper on A4, sheet by sheet.
//!
//! The sheets are laid out here and not by the browser: older browsers can neither number
//! pages nor repeat what stands at each foot. Heights are reckoned from the widths of the
//! texts, on the safe side; nothing is cut off, no row is split, and each sheet has the heads.

use maud::{Markup, PreEscaped, html};

use super::{Column, Ending, Paper, Row};

/// How a paper lies, and the words that a sheet has beside it.
#[derive(Clone, Copy)]
pub struct Layout<'a> {
    pub is_portrait: bool,
    /// Page n of m.
    pub page: &'a dyn Fn(usize, usize) -> String,
    /// （续）
    pub continued: &'a str,
    /// A drawing for the head, as SVG.
    pub qr: Option<&'a str>,
}

/// Millimetres of what stands on a sheet, as the style sheet has them.
mod size {
    /// A sign of the table's 9 pt as wide as high, and one that is not.
    pub(super) const WIDE: f32 = 3.2;
    pub(super) const NARROW: f32 = 2.0;
    /// A line of the table, and what a row has beside its lines.
    pub(super) const LINE: f32 = 4.0;
    pub(super) const ROW: f32 = 1.8;
    /// What a cell has at its sides.
    pub(super) const CELL: f32 = 2.6;
    /// A line of 10.5 pt, and how much wider its signs are than the table's.
    pub(super) const TEXT_LINE: f32 = 5.3;
    pub(super) const TEXT: f32 = 10.5 / 9.0;
    /// The same of the title.
    pub(super) const TITLE_LINE: f32 = 9.6;
    pub(super) const TITLE: f32 = 19.0 / 9.0;
    /// Issuer and rule; the head of the sheets after the first; the foot.
    pub(super) const ISSUER: f32 = 14.0;
    pub(super) const NEXT: f32 = 11.0;
    pub(super) const FOOT: f32 = 7.0;
    pub(super) const QR: f32 = 33.0;
    /// Between facts in a line.
    pub(super) const GAP: f32 = 8.0;
    /// A line of the large code.
    pub(super) const CODE: f32 = 14.0;
    /// Boxes for signature and seal, with what is above them; a line to sign on.
    pub(super) const BOXES: f32 = 58.0;
    pub(super) const SIGN_LINE: f32 = 11.0;
    /// What a line of the foot of the text has above and below.
    pub(super) const NOTE: f32 = 1.5;
    pub(super) const PORTRAIT: (f32, f32) = (190.0, 276.0);
    pub(super) const LANDSCAPE: (f32, f32) = (277.0, 189.0);
}

/// The width of a text in the table's size.
fn width(text: &str) -> f32 {
    let signs = text.chars().map(|sign| {
        if sign.is_ascii() {
            size::NARROW
        } else {
            size::WIDE
        }
    });
    signs.sum()
}

/// Lines that a text takes in a width, with room for words that do not break where a line
/// ends.
fn lines(text: &str, of: f32) -> f32 {
    let of = (of - size::NARROW).max(size::WIDE);
    text.split('\n')
        .map(|line| (width(line) / of).ceil().max(1.0))
        .sum()
}

/// The rows of each sheet; the last has room for what ends the paper.
///
/// ```
/// use double_random::document::{Paper, a4};
/// let layout = a4::Layout { is_portrait: true, page: &|n, m| format!("{n}/{m}"), continued: "", qr: None };
/// assert_eq!(a4::pages(&Paper::default(), layout), [0..0]);
/// ```
#[must_use]
pub fn pages(paper: &Paper, layout: Layout<'_>) -> Vec<std::ops::Range<usize>> {
    let (wide, high) = if layout.is_portrait {
        size::PORTRAIT
    } else {
        size::LANDSCAPE
    };
    let all: u32 = paper.columns.iter().map(|column| column.width).sum();
    let widths: Vec<f32> = paper
        .columns
        .iter()
        .map(|column| wide * column.width as f32 / all.max(1) as f32 - size::CELL)
        .collect();
    let row_height = |texts: &mut dyn Iterator<Item = String>| {
        let cells = texts.zip(&widths).map(|(text, of)| lines(&text, *of));
        cells.fold(1.0, f32::max) * size::LINE + size::ROW
    };
    let heads = row_height(&mut paper.columns.iter().map(|it| it.head.clone()));
    let first = head_height(paper, layout, wide);
    let end = end_height(paper, wide);
    let room = |is_first: bool| {
        let head = if is_first { first } else { size::NEXT };
        high - size::FOOT - head - heads
    };
    let (mut pages, mut page) = (Vec::new(), 0..0);
    let mut left = room(true);
    for (at, row) in paper.rows.iter().enumerate() {
        let height = row_height(&mut row.cells.iter().map(super::table::TableCell::shown));
        let height = height.max(paper.row_height as f32);
        if height > left {
            pages.push(std::mem::replace(&mut page, at..at));
            left = room(false);
        }
        left -= height;
        page.end = at + 1;
    }
    pages.push(page);
    if end > left {
        let rows = paper.rows.len();
        pages.push(rows..rows);
    }
    pages
}

fn head_height(paper: &Paper, layout: Layout<'_>, wide: f32) -> f32 {
    let wide = if layout.qr.is_some() {
        wide - size::QR
    } else {
        wide
    };
    let title = lines(&paper.title, wide / size::TITLE) * size::TITLE_LINE;
    let facts = facts_lines(paper, wide) * size::TEXT_LINE;
    let code = paper.code.as_ref();
    let code = code.map_or(0.0, |code| {
        code.split('\n').count() as f32 * size::CODE + 20.0
    });
    let mark = if paper.mark.is_some() {
        size::TEXT_LINE
    } else {
        0.0
    };
    let text = size::ISSUER + title + facts + code + mark;
    if layout.qr.is_some() {
        text.max(size::QR)
    } else {
        text
    }
}

/// Lines of the facts, which stand beside each other as far as there is room.
fn facts_lines(paper: &Paper, wide: f32) -> f32 {
    let (mut lines_count, mut left) = (0.0, 0.0);
    for fact in &paper.facts {
        let needs = width(&fact.said()) * size::TEXT;
        if needs > left {
            lines_count += lines(&fact.said(), wide / size::TEXT);
            left = wide;
        }
        left -= needs + size::GAP;
    }
    lines_count
}

fn end_height(paper: &Paper, wide: f32) -> f32 {
    let notes = paper.notes.iter();
    let notes = notes.map(|note| lines(note, wide / size::TEXT) * size::TEXT_LINE + size::NOTE);
    let end = paper.end.as_ref().map_or(0.0, |end| {
        if end.opinion.is_empty() {
            end.lines.len() as f32 * size::SIGN_LINE
        } else {
            size::BOXES
        }
    });
    let issued = if paper.issued.is_empty() {
        0.0
    } else {
        2.0 * size::TEXT_LINE + 3.0
    };
    notes.sum::<f32>() + end + issued
}

/// The sheets, as parts of a page that has their style.
#[must_use]
pub fn sheets(paper: &Paper, layout: Layout<'_>) -> String {
    let pages = pages(paper, layout);
    let total = pages.len();
    // What has a code to read aloud hangs on a board: its words are larger.
    let class = match (layout.is_portrait, &paper.code) {
        (true, _) => "sheet is-value is-portrait",
        (false, Some(_)) => "sheet is-value is-notice",
        (false, None) => "sheet is-value",
    };
    let sheets = html! {
        @for (at, rows) in pages.into_iter().enumerate() {
            section class=(class) lang=[paper.lang] data-mark=[paper.mark.as_deref()] {
                @if at == 0 { (first_head(paper, layout)) } @else { (next_head(paper, layout)) }
                @if !rows.is_empty() { (table(paper, &paper.rows[rows])) }
                @if at + 1 == total { (ending(paper)) }
                (foot(paper, &(layout.page)(at + 1, total)))
            }
        }
    };
    sheets.into_string()
}

fn first_head(paper: &Paper, layout: Layout<'_>) -> Markup {
    html! {
        header.sheet-head {
            div {
                p.sheet-issuer { (paper.issuer) }
                h1 { (paper.title) }
                div.sheet-facts {
                    @for fact in &paper.facts {
                        p { (fact.name) " " b { (fact.words) } }
                    }
                }
            }
            @if let Some(qr) = layout.qr { div.qr { (PreEscaped(qr)) } }
        }
        @if let Some(code) = &paper.code {
            p.announce-code {
                @for line in code.split('\n') { span.hash { (line) } }
            }
        }
    }
}

fn next_head(paper: &Paper, layout: Layout<'_>) -> Markup {
    html! {
        header."sheet-head is-next" {
            p { (paper.title) " " (layout.continued) }
            p { (paper.number) }
        }
    }
}

fn table(paper: &Paper, rows: &[Row]) -> Markup {
    let all: u32 = paper.columns.iter().map(|column| column.width).sum();
    let share = |column: &Column| {
        let permille = column.width * 1000 / all.max(1);
        format!("width: {}.{}%", permille / 10, permille % 10)
    };
    let high = (paper.row_height > 0).then(|| format!("--row-height: {}mm", paper.row_height));
    html! {
        table.sheet-table."is-value" style=[high] {
            thead {
                tr {
                    @for column in &paper.columns {
                        th scope="col" style=(share(column)) { (column.head) }
                    }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        @for cell in &row.cells {
                            td { @if row.is_struck { del { (cell.shown()) } } @else { (cell.shown()) } }
                        }
                    }
                }
            }
        }
    }
}

fn ending(paper: &Paper) -> Markup {
    html! {
        @for note in &paper.notes { p.sheet-note { (note) } }
        @if let Some(end) = &paper.end { (signing(end)) }
        @if !paper.issued.is_empty() {
            p.sheet-issued { (paper.issuer) br; (paper.issued) }
        }
    }
}

/// Lines to sign on, in boxes with opinion and seal where there is an opinion to give.
fn signing(end: &Ending) -> Markup {
    let lines = html! {
        @for line in &end.lines {
            p.sign-line { span { (line.name) } i { (line.words) } }
        }
    };
    if end.opinion.is_empty() {
        return lines;
    }
    html! {
        div.sign-boxes {
            div."sign-box is-wide" { b { (end.opinion) } }
            div.sign-box { b { (end.signatures) } (lines) }
            div.sign-box {
                b { (end.seal) }
                span.seal-circle { (end.seal_here) }
            }
        }
    }
}

fn foot(paper: &Paper, page: &str) -> Markup {
    html! {
        footer.sheet-foot {
            span { (paper.issuer) }
            @for words in &paper.feet { span { (words) } }
            span { (page) }
        }
    }
}
