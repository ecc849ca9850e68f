//! .ods of LibreOffice and WPS. Read without calamine, which repeats what a file says is
//! repeated: one formatted cell can claim a whole sheet.

use super::book::{Book, Sheet, SheetKind};
use super::grid::{Cell, GridBuilder, Merge};
use super::refusal::Refusal;
use super::xml::{self, Attributes, Piece, each_piece};
use super::zipped::Parts;

/// Columns that one cell with a value fills.
const REPEATED_MAX: u32 = 200;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut parts = Parts::open(bytes)?;
    let mut reader = OdsReader::default();
    let content = parts.with("content.xml", |part| {
        each_piece(part, |piece| reader.take(&piece))
    });
    match content {
        Ok(Some(())) if !reader.sheets.is_empty() => {}
        // A password leaves the names and makes noise of the parts.
        Err(Refusal::Damaged) if parts.has("META-INF/manifest.xml") => return Err(Refusal::Locked),
        Err(refusal) => return Err(refusal),
        Ok(_) => return Err(Refusal::Damaged),
    }
    Ok(Book {
        kind: SheetKind::Ods,
        encoding: None,
        unreadable_count: 0,
        is_1904: false,
        sheets: reader.sheets,
    })
}

#[derive(Default)]
struct OdsReader {
    sheets: Vec<Sheet>,
    name: String,
    builder: GridBuilder,
    /// The row under way from 1, and the rows that it stands for.
    row: u32,
    rows: u32,
    column: u32,
    described: u32,
    cell: Option<OpenCell>,
    texts: u32,
    notes: u32,
}

struct OpenCell {
    columns: u32,
    kind: String,
    value: String,
    text: String,
}

impl OdsReader {
    fn take(&mut self, piece: &Piece<'_>) -> Result<(), Refusal> {
        match piece {
            Piece::Start("table", attributes) => {
                self.name = attributes.local("name").unwrap_or_default();
                (self.row, self.rows, self.described) = (0, 1, 0);
                self.builder = GridBuilder::default();
            }
            Piece::End("table") => self.sheets.push(Sheet {
                name: std::mem::take(&mut self.name),
                is_hidden: false,
                grid: std::mem::take(&mut self.builder).finish(),
            }),
            Piece::Start("table-column", attributes) => {
                let first = self.described;
                self.described =
                    first.saturating_add(repeated(attributes, "number-columns-repeated"));
                if is_out_of_sight(attributes) {
                    self.builder.hide_columns(first, self.described - 1);
                }
            }
            Piece::Start("table-row", attributes) => {
                self.row = self
                    .row
                    .saturating_add(if self.row == 0 { 1 } else { self.rows });
                self.rows = repeated(attributes, "number-rows-repeated");
                self.column = 0;
                if is_out_of_sight(attributes) {
                    self.builder.hide_row(self.row);
                }
            }
            Piece::Start("table-cell" | "covered-table-cell", attributes) => self.begin(attributes),
            Piece::End("table-cell" | "covered-table-cell") => return self.end(),
            Piece::Start("annotation", _) => self.notes += 1,
            Piece::End("annotation") => self.notes = self.notes.saturating_sub(1),
            Piece::Start("p" | "h", _) => self.texts += 1,
            Piece::End("p" | "h") => {
                self.texts = self.texts.saturating_sub(1);
                self.add("\n");
            }
            Piece::Start("s", attributes) => {
                let count = repeated(attributes, "c").min(100);
                self.add(&" ".repeat(count as usize));
            }
            Piece::Start("tab", _) => self.add("\t"),
            Piece::Start("line-break", _) => self.add("\n"),
            Piece::Text(text) if self.texts > 0 => self.add(text),
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        if self.notes == 0
            && let Some(cell) = &mut self.cell
        {
            xml::add(&mut cell.text, text);
        }
    }

    fn begin(&mut self, attributes: &Attributes<'_>) {
        let value = ["value", "date-value", "boolean-value", "string-value"];
        let value = value.into_iter().find_map(|name| attributes.local(name));
        let (columns, rows) = (
            repeated(attributes, "number-columns-spanned"),
            repeated(attributes, "number-rows-spanned"),
        );
        let last = (
            self.row.saturating_add(rows - 1),
            self.column.saturating_add(columns - 1),
        );
        if (columns > 1 || rows > 1)
            && let (Ok(first), Ok(end)) = (u16::try_from(self.column), u16::try_from(last.1))
        {
            self.builder.merge(Merge {
                rows: (self.row, last.0),
                columns: (first, end),
            });
        }
        self.cell = Some(OpenCell {
            columns: repeated(attributes, "number-columns-repeated"),
            kind: attributes.local("value-type").unwrap_or_default(),
            value: value.unwrap_or_default(),
            text: String::new(),
        });
    }

    fn end(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let first = self.column;
        self.column = first.saturating_add(cell.columns);
        let text = cell.text.trim_end_matches('\n');
        let text = if text.is_empty() { &cell.value } else { text };
        let value = match cell.kind.as_str() {
            "float" | "percentage" | "currency" => cell
                .value
                .parse()
                .ok()
                .filter(|n: &f64| n.is_finite())
                .map(Cell::Number),
            "date" => super::grid::dated_iso(&cell.value),
            "boolean" => Some(Cell::Flag(cell.value == "true")),
            _ if text.starts_with('#') && text.ends_with(['!', '?', 'A']) => {
                Some(Cell::Error(text.into()))
            }
            _ => None,
        };
        let value =
            value.or_else(|| (!super::grid::is_blank(text)).then(|| Cell::Text(text.into())));
        let Some(value) = value else { return Ok(()) };
        for row in self.row..self.row.saturating_add(self.rows) {
            for column in first..first.saturating_add(cell.columns.min(REPEATED_MAX + 1)) {
                self.builder.push(row, column, value.clone())?;
            }
        }
        Ok(())
    }
}

fn repeated(attributes: &Attributes<'_>, name: &str) -> u32 {
    attributes.number(name).unwrap_or(1).max(1)
}

fn is_out_of_sight(attributes: &Attributes<'_>) -> bool {
    attributes
        .local("visibility")
        .is_some_and(|it| it != "visible")
}
