//! A paper on A4, sheet by sheet.
//!
//! The sheets are laid out here and not by the browser: older browsers can neither number
//! pages nor repeat what stands at each foot. Heights are reckoned from the widths of the
//! texts, on the safe side; nothing is cut off, no row is split, and each sheet has the heads.
//! What stands where is worked out in `lay`, by the sizes in `size`.

mod lay;
mod size;

use std::ops::Range;

use maud::{Markup, PreEscaped, html};

use super::{Column, Ending, Fact, Figures, Paper, Part, Row};

pub use lay::Page;

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

/// What stands on each sheet; the last has room for what ends the paper.
///
/// ```
/// use double_random::document::{Paper, a4};
/// let layout = a4::Layout { is_portrait: true, page: &|n, m| format!("{n}/{m}"), continued: "", qr: None };
/// assert_eq!(a4::pages(&Paper::default(), layout), [a4::Page::default()]);
/// ```
#[must_use]
pub fn pages(paper: &Paper, layout: Layout<'_>) -> Vec<Page> {
    let sheet = size::sheet(paper.is_filed, layout.is_portrait);
    lay::pages(paper, sheet, layout.qr.is_some())
}

/// The sheets, as parts of a page that has their style.
#[must_use]
pub fn sheets(paper: &Paper, layout: Layout<'_>) -> String {
    bundle(&[(paper, layout)])
}

/// The sheets of papers that go together, one behind another and numbered through.
#[must_use]
pub fn bundle(papers: &[(&Paper, Layout<'_>)]) -> String {
    let laid = papers.iter().map(|(paper, layout)| pages(paper, *layout));
    let laid: Vec<Vec<Page>> = laid.collect();
    let total = laid.iter().map(Vec::len).sum();
    let mut before = 0;
    let mut sheets = String::new();
    for ((paper, layout), pages) in papers.iter().zip(laid) {
        let count = pages.len();
        sheets.push_str(&numbered(paper, *layout, pages, (before, total)));
        before += count;
    }
    sheets
}

/// The sheets of a paper, of `total`, behind `before` others.
fn numbered(
    paper: &Paper,
    layout: Layout<'_>,
    pages: Vec<Page>,
    (before, total): (usize, usize),
) -> String {
    let last = pages.len() - 1;
    let columns = size::sheet(paper.is_filed, layout.is_portrait).columns;
    // What has a code to read aloud hangs on a board: its words are larger.
    let class = match (paper.is_filed, layout.is_portrait, &paper.code) {
        (true, ..) => "sheet is-value is-filed",
        (false, true, _) => "sheet is-value is-portrait",
        (false, false, Some(_)) => "sheet is-value is-notice",
        (false, false, None) => "sheet is-value",
    };
    // A form of one sheet needs no number.
    let has_foot = !paper.is_filed || total > 1;
    let sheets = html! {
        @for (at, page) in pages.into_iter().enumerate() {
            section class=(class) lang=[paper.lang] data-mark=[paper.mark.as_deref()] {
                @if at == 0 { (first_head(paper, layout)) } @else { (next_head(paper, layout)) }
                @for (part, lines) in page.parts { (one_part(&paper.parts[part], lines, columns)) }
                @if !page.rows.is_empty() { (table(paper, &paper.rows[page.rows])) }
                @if at == last { (ending(paper)) }
                @if has_foot { (foot(paper, &(layout.page)(before + at + 1, total))) }
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

/// A part, or those of its lines that stand on the sheet.
fn one_part(part: &Part, lines: Range<usize>, columns: usize) -> Markup {
    match part {
        Part::Address(words) => html! { p.sheet-address { (words) } },
        Part::Text(words) => html! { p.sheet-text { (words) } },
        Part::Values(rows) => values(&rows[lines]),
        Part::List {
            heading,
            lines: all,
        } => html! {
            @if lines.start == 0 && !heading.is_empty() { h2 { (heading) } }
            (list(&all[lines], columns))
        },
        Part::Figures(table) => figures(table),
        Part::Beside(halves) => html! {
            div.sheet-columns {
                @for half in halves {
                    div {
                        @for part in half { (one_part(part, part.lines(), columns)) }
                    }
                }
            }
        },
    }
}

fn values(rows: &[Fact]) -> Markup {
    html! {
        table.sheet-values {
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { (row.name) }
                        td { (row.words) }
                    }
                }
            }
        }
    }
}

/// In columns, which are filled one after another.
fn list(lines: &[Fact], columns: usize) -> Markup {
    let deep = lines.len().div_ceil(columns);
    let grid = format!("grid-template: repeat({deep}, auto) / repeat({columns}, minmax(0, 1fr))");
    html! {
        ul.sheet-list style=(grid) {
            @for line in lines { li { span { (line.name) } (line.words) } }
        }
    }
}

fn figures(table: &Figures) -> Markup {
    html! {
        table."sheet-table is-figures" {
            @if !table.caption.is_empty() { caption { (table.caption) } }
            thead {
                tr {
                    @for head in &table.heads { th scope="col" { (head) } }
                }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for cell in row { td { (cell) } }
                    }
                }
            }
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
        @match &paper.end {
            Some(end) if paper.is_filed => { div.sheet-signs { (signing(end)) } }
            Some(end) => { (signing(end)) }
            None => {}
        }
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
