//! Tables of a page, which web systems write under the name .xls.

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use super::book::{Book, Sheet, SheetKind};
use super::grid::{Grid, GridBuilder, Merge};
use super::refusal::Refusal;
use super::text;

/// Tables of a page that are read.
const TABLES_MAX: usize = 200;
/// Columns that a cell may cover, as browsers have it.
const SPAN_MAX: u32 = 1_000;
/// Rows that a cell may cover.
const ROW_SPAN_MAX: u32 = 65_534;

/// Reads the tables of a page.
pub(super) fn read(page: &text::Decoded) -> Result<Book, Refusal> {
    let mut sheets = Vec::new();
    let mut open: Vec<Table> = Vec::new();
    for Ok(token) in Tokenizer::new(&page.text) {
        match token {
            Token::StartTag(tag) => start(&mut open, &tag)?,
            Token::EndTag(tag) => match &**tag.name {
                b"td" | b"th" | b"tr" => {
                    if let Some(table) = open.last_mut() {
                        table.end_cell()?;
                    }
                }
                b"table" => {
                    if let Some(table) = open.pop() {
                        add(&mut sheets, table.finish()?);
                    }
                }
                _ => {}
            },
            Token::String(text) => {
                if let Some(cell) = open.last_mut().and_then(|table| table.cell.as_mut()) {
                    cell.text.push_str(&String::from_utf8_lossy(&text.value));
                }
            }
            _ => {}
        }
    }
    // A page that breaks off still has what came before.
    for table in open {
        add(&mut sheets, table.finish()?);
    }
    Ok(Book {
        kind: SheetKind::Html,
        encoding: Some(page.encoding),
        unreadable_count: page.unreadable_count,
        is_1904: false,
        sheets,
    })
}

/// Rows at most of a table that holds the heads of the next one alone.
const HEAD_ROWS_MAX: usize = 3;

fn add(sheets: &mut Vec<Sheet>, grid: Grid) {
    // Pages whose heads stay in sight have them in a table of their own, as wide as the next.
    let width = |grid: &Grid| {
        let columns = grid.rows.iter().filter_map(|row| row.cells.last());
        columns.map(|cell| cell.0).max()
    };
    if let Some(last) = sheets.last_mut()
        && last.grid.rows.len() <= HEAD_ROWS_MAX
        && grid.rows.len() > last.grid.rows.len()
        && width(&last.grid) == width(&grid)
    {
        let below = last.grid.rows.last().map_or(0, |row| row.number);
        for mut row in grid.rows {
            row.number += below;
            last.grid.rows.push(row);
        }
        for mut merge in grid.merges {
            merge.rows = (merge.rows.0 + below, merge.rows.1 + below);
            last.grid.merges.push(merge);
        }
        return;
    }
    if !grid.rows.is_empty() && sheets.len() < TABLES_MAX {
        sheets.push(Sheet {
            name: String::new(),
            is_hidden: false,
            grid,
        });
    }
}

fn start(open: &mut Vec<Table>, tag: &StartTag<()>) -> Result<(), Refusal> {
    match &**tag.name {
        b"table" if open.len() < TABLES_MAX => open.push(Table::default()),
        name => {
            let Some(table) = open.last_mut() else {
                return Ok(());
            };
            match name {
                b"tr" => table.begin_row()?,
                b"td" | b"th" => table.begin_cell(tag)?,
                b"br" | b"p" | b"div" => {
                    if let Some(cell) = &mut table.cell
                        && !cell.text.trim().is_empty()
                    {
                        cell.text.push('\u{b}');
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// A cell while its text comes in.
struct OpenCell {
    column: u32,
    text: String,
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    builder: GridBuilder,
    row: u32,
    column: u32,
    cell: Option<OpenCell>,
    /// Columns that cells of rows above cover: first, behind the last, last row.
    covered: Vec<(u32, u32, u32)>,
}

impl Table {
    fn begin_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        self.row = self.row.saturating_add(1);
        self.column = 0;
        let row = self.row;
        self.covered.retain(|covered| covered.2 >= row);
        Ok(())
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) -> Result<(), Refusal> {
        self.end_cell()?;
        if self.row == 0 {
            self.begin_row()?;
        }
        while let Some(covered) = self
            .covered
            .iter()
            .find(|it| (it.0..it.1).contains(&self.column))
        {
            self.column = covered.1;
        }
        let span = |name: &str, max: u32| {
            let value = tag.attributes.get(&HtmlString(name.as_bytes().to_vec()));
            let text = value.map(|value| String::from_utf8_lossy(&value.value).trim().to_owned());
            text.and_then(|text| text.parse::<u32>().ok())
                .unwrap_or(1)
                .clamp(1, max)
        };
        let (columns, rows) = (span("colspan", SPAN_MAX), span("rowspan", ROW_SPAN_MAX));
        let (first, end, last) = (
            self.column,
            self.column + columns,
            self.row.saturating_add(rows - 1),
        );
        if rows > 1 && self.covered.len() < SPAN_MAX as usize {
            self.covered.push((first, end, last));
        }
        if (rows > 1 || columns > 1)
            && let (Ok(from), Ok(to)) = (u16::try_from(first), u16::try_from(end - 1))
        {
            self.builder.merge(Merge {
                rows: (self.row, last),
                columns: (from, to),
            });
        }
        self.column = end;
        self.cell = Some(OpenCell {
            column: first,
            text: String::new(),
        });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        // Breaks of the source are blanks, those of the page are breaks. A no-break space
        // before digits keeps them text; the reader of values takes it off.
        let lines = cell
            .text
            .split('\u{b}')
            .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        let text = lines.collect::<Vec<_>>().join("\n");
        self.builder.text(self.row, cell.column, text.trim())
    }

    fn finish(mut self) -> Result<Grid, Refusal> {
        self.end_cell()?;
        Ok(self.builder.finish())
    }
}
