//! A paper as HTML: without script, with no style sheet, so that an editor that takes styles
//! away leaves a table that can be read.

use maud::{DOCTYPE, Markup, html};

use super::table::TableCell;
use super::{Column, Fact, Figures, Paper, Part, Row};

/// The paper as a file that stands alone.
///
/// ```
/// # use double_random::document::{Paper, html};
/// let paper = Paper { kind: "items", issuer: "大队".into(), title: "<清单>".into(),
///     issued: "2026年1月8日".into(), ..Paper::default() };
/// let page = html::page(&paper);
/// assert!(page.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">"));
/// assert!(page.contains("&lt;清单&gt;") && !page.contains("<清单>"));
/// ```
#[must_use]
pub fn page(paper: &Paper) -> String {
    whole_page(paper, None)
}

/// As [`page`], carrying data as the text of a `template` element, which is inert: nothing
/// shows it, it needs no script, and an editor that takes it away leaves the paper as it was.
///
/// ```
/// # use double_random::document::{Paper, html};
/// let paper = Paper { kind: "items", title: "清单".into(), ..Paper::default() };
/// let page = html::page_carrying(&paper, "data", "\"</template>\"");
/// assert!(page.contains("<template id=\"data\">&quot;&lt;/template&gt;&quot;</template>"));
/// ```
#[must_use]
pub fn page_carrying(paper: &Paper, id: &str, data: &str) -> String {
    whole_page(paper, Some((id, data)))
}

fn whole_page(paper: &Paper, carried: Option<(&str, &str)>) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(paper.lang.unwrap_or("zh-CN")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (paper.title) }
            }
            body style="margin: 24px auto; max-width: 1120px; padding: 0 16px; color: #17202a; background: #ffffff" {
                (whole(paper, true))
                @if let Some((id, data)) = carried { template id=(id) { (data) } }
            }
        }
    };
    page.into_string()
}

/// What stands in the body of [`page`], as a part of another page, which has a first heading
/// of its own.
#[must_use]
pub fn body(paper: &Paper) -> String {
    whole(paper, false).into_string()
}

/// A short form for the editor of an account that is read on telephones: the columns that
/// matter there, dates unbroken.
#[must_use]
pub fn brief(paper: &Paper) -> String {
    let columns: Vec<usize> = (0..paper.columns.len())
        .filter(|at| paper.columns[*at].is_brief)
        .collect();
    let brief = html! {
        (head(paper, false, "18px"))
        @for part in &paper.parts { (one_part(part, false)) }
        (table(paper, &columns, "14px", true))
        (foot(paper))
    };
    brief.into_string()
}

/// The style of what does not break over lines.
const WHOLE: &str = "white-space: nowrap";

/// The style of a cell.
const CELL: &str =
    "padding: 4px; border: 1px solid #44515e; vertical-align: top; overflow-wrap: anywhere";

fn whole(paper: &Paper, is_alone: bool) -> Markup {
    let columns: Vec<usize> = (0..paper.columns.len()).collect();
    html! {
        (head(paper, is_alone, "24px"))
        @for part in &paper.parts { (one_part(part, is_alone)) }
        (table(paper, &columns, "13px", false))
        (foot(paper))
    }
}

fn head(paper: &Paper, is_alone: bool, size: &str) -> Markup {
    let style = format!("margin: 4px 0 8px; font-weight: 600; line-height: 1.3; font-size: {size}");
    html! {
        p style="margin: 0; color: #b3201a" { (paper.issuer) }
        @if is_alone { h1 style=(style) { (paper.title) } }
        @else { h2 style=(style) { (paper.title) } }
        @if let Some(mark) = &paper.mark {
            p style="margin: 0 0 8px; color: #7a5000" { strong { (mark) } }
        }
        @for fact in &paper.facts {
            p style="margin: 2px 0; font-size: 14px; line-height: 1.5" {
                @if !fact.name.is_empty() { (fact.name) "：" }
                strong { (unbroken(&fact.words)) }
            }
        }
        @if let Some(code) = &paper.code {
            p style="margin: 12px 0; font-size: 20px; font-family: monospace" { (code) }
        }
    }
}

/// A part; its heading is one below the paper's.
fn one_part(part: &Part, is_alone: bool) -> Markup {
    const TEXT: &str = "margin: 8px 0; line-height: 1.6";
    const LINE: &str = "margin: 2px 0; font-size: 14px; line-height: 1.5";
    match part {
        Part::Address(words) | Part::Text(words) => html! { p style=(TEXT) { (words) } },
        Part::Values(rows) => values(rows),
        Part::List { heading, lines } => html! {
            (under(heading, is_alone))
            @for line in lines { p style=(LINE) { (line.name) " " (line.words) } }
        },
        Part::Figures(table) => html! {
            (under(&table.caption, is_alone))
            (figures(table))
        },
        Part::Beside(halves) => html! {
            @for part in halves.iter().flatten() { (one_part(part, is_alone)) }
        },
    }
}

fn under(heading: &str, is_alone: bool) -> Markup {
    let style = "margin: 16px 0 4px; font-size: 16px; font-weight: 600; line-height: 1.4";
    html! {
        @if heading.is_empty() {}
        @else if is_alone { h2 style=(style) { (heading) } }
        @else { h3 style=(style) { (heading) } }
    }
}

/// The style of tables, but for the size of their signs.
const TABLE: &str =
    "width: 100%; margin: 12px 0; border-collapse: collapse; line-height: 1.4; font-size: ";

fn values(rows: &[Fact]) -> Markup {
    let name = "; background: #f5f6f8; width: 24%; text-align: left; font-weight: 400";
    html! {
        table style={ (TABLE) "14px" } {
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" style={ (CELL) (name) } { (row.name) }
                        td style=(CELL) { (unbroken(&row.words)) }
                    }
                }
            }
        }
    }
}

fn figures(table: &Figures) -> Markup {
    let side = |at: usize| {
        if at == 0 {
            "; text-align: left"
        } else {
            "; text-align: right"
        }
    };
    html! {
        table style={ (TABLE) "13px" } {
            thead {
                tr {
                    @for (at, head) in table.heads.iter().enumerate() {
                        th scope="col" style={ (CELL) "; background: #f5f6f8" (side(at)) } { (head) }
                    }
                }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (at, cell) in row.iter().enumerate() {
                            td style={ (CELL) (side(at)) } { (unbroken(cell)) }
                        }
                    }
                }
            }
        }
    }
}

/// `is_pasted`: also lines and widths by attributes, which editors leave that take styles
/// away; a page of its own has none of them, for they are obsolete.
fn table(paper: &Paper, columns: &[usize], size: &str, is_pasted: bool) -> Markup {
    let shown: Vec<&Column> = columns.iter().map(|at| &paper.columns[*at]).collect();
    if shown.is_empty() {
        return html! {};
    }
    let all: u32 = shown.iter().map(|column| column.width).sum();
    let share = |column: &Column| format!("{}%", (column.width * 100).div_ceil(all.max(1)));
    let [border, whole] = ["1", "100%"].map(|it| is_pasted.then_some(it));
    html! {
        table border=[border] width=[whole] style={ (TABLE) (size) } {
            thead {
                tr {
                    @for column in &shown {
                        @let share = share(column);
                        th scope="col" width=[is_pasted.then_some(&share)]
                            style={ (CELL) "; background: #f5f6f8; width: " (share) } { (column.head) }
                    }
                }
            }
            tbody {
                @for row in &paper.rows { (line(row, columns)) }
            }
        }
    }
}

fn line(row: &Row, columns: &[usize]) -> Markup {
    html! {
        tr {
            @for at in columns {
                @let cell = row.cells.get(*at).unwrap_or(&TableCell::Blank);
                @let words = cell.shown();
                td style=(CELL) {
                    @if row.is_struck && !words.is_empty() { del { (unbroken(&words)) } }
                    @else if let TableCell::Date(_) = cell { span style=(WHOLE) { (words) } }
                    @else { (unbroken(&words)) }
                }
            }
        }
    }
}

fn foot(paper: &Paper) -> Markup {
    html! {
        @for note in &paper.notes {
            p style="margin: 4px 0; font-size: 13px; line-height: 1.5" { (note) }
        }
        @if let Some(end) = &paper.end {
            @for (name, words) in end.places() {
                p style="margin: 8px 0 0; line-height: 1.6" { (name) "：" strong { (words) } }
            }
        }
        @if !paper.issued.is_empty() {
            p style="margin: 16px 0 0; text-align: right; line-height: 1.6" {
                (paper.issuer) br; (unbroken(&paper.issued))
            }
        }
    }
}

/// Keeps dates whole: 2026年5月6日 does not break over lines.
fn unbroken(words: &str) -> Markup {
    let is_of_date = |sign: char| sign.is_ascii_digit() || matches!(sign, '年' | '月' | '日');
    let is_unit = |sign: char| matches!(sign, '年' | '月' | '日');
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let is_date = is_of_date(first);
        let end = rest.find(|sign| is_of_date(sign) != is_date);
        let run = &rest[..end.unwrap_or(rest.len())];
        // 2026年5月6日9: the hour is no part of the day.
        let last = run.rfind(is_unit).filter(|_| is_date);
        let end = last.map_or(run.len(), |last| last + '日'.len_utf8());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    let is_whole =
        |piece: &str| piece.contains(is_unit) && piece.contains(|sign: char| sign.is_ascii_digit());
    html! {
        @for piece in pieces {
            @if is_whole(piece) { span style=(WHOLE) { (piece) } }
            @else { (piece) }
        }
    }
}
