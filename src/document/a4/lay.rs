//! What of a paper stands on which sheet.
//!
//! Heights are reckoned from the widths of the texts, on the safe side.

use std::ops::Range;

use super::super::table::TableCell;
use super::super::{Fact, Figures, Paper, Part};
use super::size::{self, Sheet};

/// What stands on a sheet, below its head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Parts by their number, each with those of its lines that stand here; of a part that is
    /// never torn all.
    pub parts: Vec<(usize, Range<usize>)>,
    /// Rows of the table.
    pub rows: Range<usize>,
}

/// Lines of a part that can go over to the next sheet, each as high as it is.
enum Lines {
    /// One below another.
    Rows(Vec<f32>),
    /// In columns under a heading, whose height comes first.
    Columns(f32, Vec<f32>),
    /// Not torn.
    Whole(f32),
}

/// Sheets as they fill up.
struct Laying {
    pages: Vec<Page>,
    page: Page,
    left: f32,
    /// The room of a sheet after the first.
    room: f32,
    /// How high the last line is, with what must go along where it goes over to the next sheet.
    last: f32,
}

impl Laying {
    /// Goes over to the next sheet.
    fn turn(&mut self) {
        let at = self.page.rows.end;
        let next = Page {
            parts: Vec::new(),
            rows: at..at,
        };
        self.pages.push(std::mem::replace(&mut self.page, next));
        self.left = self.room;
    }

    fn part(&mut self, number: usize, lines: &Lines, columns: usize) {
        match lines {
            Lines::Whole(height) => {
                if *height > self.left {
                    self.turn();
                }
                self.left -= height;
                self.last = *height;
                self.page.parts.push((number, 0..0));
            }
            Lines::Rows(heights) => self.lines(number, heights, 1),
            Lines::Columns(heading, heights) => {
                let first = heights.first().copied().unwrap_or_default();
                if heading + first > self.left {
                    self.turn();
                }
                self.left -= heading;
                self.lines(number, heights, columns);
                self.last += heading;
            }
        }
    }

    /// As many of the lines on each sheet as there is room for.
    fn lines(&mut self, number: usize, heights: &[f32], columns: usize) {
        let around = if columns == 1 { size::AROUND } else { 0.0 };
        let mut start = 0;
        while start < heights.len() {
            let (mut end, mut taken) = (start, 0.0);
            while end < heights.len() {
                let height = block(&heights[start..=end], columns);
                if height + around > self.left {
                    break;
                }
                (end, taken) = (end + 1, height);
            }
            // What is higher than a whole sheet stands on one nevertheless.
            if end == start && self.left >= self.room {
                end += 1;
            }
            if end > start {
                self.left -= taken + around;
                self.page.parts.push((number, start..end));
            }
            if end < heights.len() {
                self.turn();
            }
            start = end;
        }
        self.last = heights.last().copied().unwrap_or_default() + around;
    }

    /// Room for what ends the paper. Nobody signs an empty sheet: where it goes over to the
    /// next, the last line goes along, unless the sheet before would be the empty one.
    fn end(&mut self, height: f32) {
        if height <= self.left {
            return;
        }
        let full = self.page.clone();
        let along = self.page.take_last_line();
        if height + self.last > self.room || self.page.is_empty() {
            self.page = full;
            return self.turn();
        }
        self.turn();
        self.page = along;
    }
}

impl Page {
    fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.rows.is_empty()
    }

    /// The last line, for another sheet.
    fn take_last_line(&mut self) -> Self {
        let mut taken = Self {
            parts: Vec::new(),
            rows: self.rows.end..self.rows.end,
        };
        if !self.rows.is_empty() {
            self.rows.end -= 1;
            taken.rows.start -= 1;
        } else if let Some((number, mut lines)) = self.parts.pop() {
            if lines.len() > 1 {
                self.parts.push((number, lines.start..lines.end - 1));
                lines.start = lines.end - 1;
            }
            taken.parts.push((number, lines));
        }
        taken
    }
}

/// The height of lines in so many columns, which are filled one after another.
fn block(heights: &[f32], columns: usize) -> f32 {
    let deep = heights.len().div_ceil(columns);
    let row = |row: usize| heights.iter().skip(row).step_by(deep);
    (0..deep)
        .map(|at| row(at).copied().fold(0.0, f32::max))
        .sum()
}

/// What stands on each sheet; the last has room for what ends the paper.
pub(super) fn pages(paper: &Paper, sheet: Sheet, has_qr: bool) -> Vec<Page> {
    let room = |head: f32| sheet.high - size::FOOT - head;
    let mut laying = Laying {
        pages: Vec::new(),
        page: Page::default(),
        left: room(head_height(paper, sheet, has_qr)),
        room: room(size::NEXT),
        last: 0.0,
    };
    for (number, part) in paper.parts.iter().enumerate() {
        laying.part(number, &lines_of(part, sheet, sheet.wide), sheet.columns);
    }
    let all: u32 = paper.columns.iter().map(|column| column.width).sum();
    let width = |width: u32| sheet.wide * width as f32 / all.max(1) as f32 - sheet.cell;
    let widths: Vec<f32> = paper.columns.iter().map(|it| width(it.width)).collect();
    let row_height = |texts: &mut dyn Iterator<Item = String>| {
        let cells = texts.zip(&widths);
        let cells = cells.map(|(text, of)| size::lines(&text, *of / sheet.signs));
        cells.fold(1.0, f32::max) * sheet.line + sheet.row
    };
    let heads = row_height(&mut paper.columns.iter().map(|it| it.head.clone())) + sheet.around;
    if !paper.columns.is_empty() || paper.parts.is_empty() {
        laying.left -= heads;
    }
    for (at, row) in paper.rows.iter().enumerate() {
        let height = row_height(&mut row.cells.iter().map(TableCell::shown));
        let height = height.max(paper.row_height as f32);
        if height > laying.left {
            laying.turn();
            laying.left -= heads;
        }
        laying.left -= height;
        laying.last = height + heads;
        laying.page.rows.end = at + 1;
    }
    laying.end(end_height(paper, sheet));
    laying.pages.push(laying.page);
    laying.pages
}

fn head_height(paper: &Paper, sheet: Sheet, has_qr: bool) -> f32 {
    let wide = if has_qr {
        sheet.wide - size::QR
    } else {
        sheet.wide
    };
    let title = size::lines(&paper.title, wide / size::TITLE) * size::TITLE_LINE;
    let facts = facts_lines(paper, wide) * size::TEXT_LINE;
    let code = paper.code.as_ref();
    let code = code.map_or(0.0, |code| {
        code.split('\n').count() as f32 * size::CODE + 20.0
    });
    let mark = if paper.mark.is_some() && !paper.is_filed {
        size::TEXT_LINE
    } else {
        0.0
    };
    let text = size::ISSUER + title + facts + code + mark;
    if has_qr { text.max(size::QR) } else { text }
}

/// Lines of the facts, which stand beside each other as far as there is room.
fn facts_lines(paper: &Paper, wide: f32) -> f32 {
    let (mut lines_count, mut left) = (0.0, 0.0);
    for fact in &paper.facts {
        let needs = size::width(&fact.said()) * size::TEXT;
        if needs > left {
            lines_count += size::lines(&fact.said(), wide / size::TEXT);
            left = wide;
        }
        left -= needs + size::GAP;
    }
    lines_count
}

fn end_height(paper: &Paper, sheet: Sheet) -> f32 {
    let notes = paper.notes.iter();
    let notes =
        notes.map(|note| size::lines(note, sheet.wide / size::TEXT) * size::TEXT_LINE + sheet.note);
    let end = paper.end.as_ref().map_or(0.0, |end| {
        if !end.opinion.is_empty() {
            size::BOXES
        } else if paper.is_filed {
            size::SIGNS + end.lines.len().div_ceil(2) as f32 * size::FILED_SIGN_LINE
        } else {
            end.lines.len() as f32 * size::SIGN_LINE
        }
    });
    let issued = if paper.issued.is_empty() {
        0.0
    } else {
        2.0 * size::TEXT_LINE + 3.0
    };
    notes.sum::<f32>() + end + issued
}

fn lines_of(part: &Part, sheet: Sheet, wide: f32) -> Lines {
    let text = |words: &str, wide: f32| size::lines(words, wide / size::TEXT) * size::TEXT_LINE;
    match part {
        Part::Address(words) | Part::Text(words) => {
            Lines::Whole(text(words, wide - size::INDENT) + size::PARAGRAPH)
        }
        Part::Values(rows) => {
            let of = [size::NAME, wide - size::NAME].map(|of| of - size::FORM_CELL);
            let height = |row: &Fact| {
                let [name, words] = [&row.name, &row.words];
                text(name, of[0]).max(text(words, of[1])) + size::FORM_ROW
            };
            Lines::Rows(rows.iter().map(height).collect())
        }
        Part::List { heading, lines } => {
            let heading = if heading.is_empty() {
                0.0
            } else {
                size::HEADING
            };
            let of = wide / sheet.columns as f32 - size::GAP - size::MARK;
            let lines = lines.iter().map(|it| text(&it.words, of));
            Lines::Columns(heading, lines.collect())
        }
        Part::Figures(table) => Lines::Whole(figures_height(table, wide)),
        Part::Beside(halves) => {
            let half = (wide - size::GAP) / 2.0;
            let heights = halves.iter().map(|parts| {
                let heights = parts.iter().map(|it| lines_of(it, sheet, half));
                heights.map(|it| it.height(sheet.columns)).sum::<f32>()
            });
            Lines::Whole(heights.fold(0.0, f32::max))
        }
    }
}

impl Lines {
    /// All of them together.
    fn height(&self, columns: usize) -> f32 {
        match self {
            Self::Rows(rows) => rows.iter().sum(),
            Self::Columns(heading, lines) => heading + block(lines, columns),
            Self::Whole(height) => *height,
        }
    }
}

/// A table of figures: columns take what they need, and only where that is too much do words
/// go over to further lines.
fn figures_height(table: &Figures, wide: f32) -> f32 {
    let all = || std::iter::once(&table.heads).chain(&table.rows);
    let needs = |column: usize| {
        let cells = all().filter_map(|row| row.get(column));
        cells.map(|cell| size::width(cell)).fold(0.0, f32::max) + size::FIGURES_CELL
    };
    let needed: f32 = (0..table.heads.len()).map(needs).sum();
    let squeezed = needed / wide;
    let height = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let of = if squeezed > 1.0 {
                needs(at) / squeezed
            } else {
                needs(at)
            };
            size::lines(cell, of - size::FIGURES_CELL + size::NARROW) * size::FIGURES_LINE
        });
        cells.fold(size::FIGURES_ROW, f32::max)
    };
    let caption = if table.caption.is_empty() {
        0.0
    } else {
        size::CAPTION
    };
    caption + all().map(height).sum::<f32>() + size::FIGURES_BELOW
}
