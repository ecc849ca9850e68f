//! XML Spreadsheet 2003, which WPS and web systems write under any name.

use super::book::{Book, Sheet, SheetKind};
use super::grid::{Cell, GridBuilder, Merge};
use super::refusal::Refusal;
use super::xml::{self, Attributes, Piece, each_piece};

/// Reads a document's text.
pub(super) fn read(text: &str) -> Result<Book, Refusal> {
    let mut reader = XmlReader::default();
    // The text is decoded already; the declaration tells of the bytes that it was.
    let declared = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    let text = declared.map_or(text, |(_, rest)| rest);
    each_piece(text.as_bytes(), |piece| reader.take(&piece))?;
    if reader.sheets.is_empty() {
        return Err(Refusal::Damaged);
    }
    Ok(Book {
        kind: SheetKind::Xml2003,
        encoding: None,
        unreadable_count: 0,
        is_1904: reader.is_1904,
        sheets: reader.sheets,
    })
}

#[derive(Default)]
struct XmlReader {
    sheets: Vec<Sheet>,
    is_1904: bool,
    is_in_date_mode: bool,
    name: String,
    is_hidden: bool,
    is_in_visible: bool,
    is_in_comment: bool,
    builder: GridBuilder,
    /// Row and column of the cell under way, both from 1.
    row: u32,
    column: u32,
    /// Columns that the cell under way covers beside its own.
    across: u32,
    /// The next column that a description of columns means.
    described: u32,
    kind: Option<String>,
    value: String,
    has_formula: bool,
    has_value: bool,
}

impl XmlReader {
    fn take(&mut self, piece: &Piece<'_>) -> Result<(), Refusal> {
        match piece {
            Piece::Start("Worksheet", attributes) => {
                self.name = attributes.local("Name").unwrap_or_default();
                (self.row, self.described, self.is_hidden) = (0, 0, false);
                self.builder = GridBuilder::default();
            }
            Piece::End("Worksheet") => self.sheets.push(Sheet {
                name: std::mem::take(&mut self.name),
                is_hidden: self.is_hidden,
                grid: std::mem::take(&mut self.builder).finish(),
            }),
            Piece::Start("Column", attributes) => self.column(attributes),
            Piece::Start("Row", attributes) => self.row(attributes),
            Piece::Start("Cell", attributes) => self.cell(attributes),
            Piece::End("Cell") => return self.end_cell(),
            // What somebody remarks on a cell is not what stands in it.
            Piece::Start("Comment", _) => self.is_in_comment = true,
            Piece::End("Comment") => self.is_in_comment = false,
            _ if self.is_in_comment => {}
            Piece::Start("Data", attributes) => {
                self.value.clear();
                self.has_value = true;
                self.kind = Some(attributes.local("Type").unwrap_or_default());
            }
            Piece::End("Data") => return self.data(),
            Piece::Text(text) if self.kind.is_some() => xml::add(&mut self.value, text),
            Piece::Start("Date1904", _) => self.is_in_date_mode = true,
            Piece::End("Date1904") => {
                self.is_1904 |= self.is_in_date_mode;
                self.is_in_date_mode = false;
            }
            Piece::Start("Visible", _) => self.is_in_visible = true,
            Piece::End("Visible") => self.is_in_visible = false,
            Piece::Text(text) if self.is_in_visible => self.is_hidden = text.contains("Hidden"),
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, attributes: &Attributes<'_>) {
        let first = attributes
            .number("Index")
            .unwrap_or(self.described + 1)
            .max(1);
        let last = first.saturating_add(attributes.number("Span").unwrap_or_default());
        if attributes.flag("Hidden") {
            self.builder.hide_columns(first - 1, last - 1);
        }
        self.described = last.min(1 << 20);
    }

    fn row(&mut self, attributes: &Attributes<'_>) {
        self.row = attributes
            .number("Index")
            .unwrap_or(self.row.saturating_add(1));
        (self.column, self.across) = (0, 0);
        if attributes.flag("Hidden") {
            self.builder.hide_row(self.row);
        }
    }

    fn cell(&mut self, attributes: &Attributes<'_>) {
        let next = self.column.saturating_add(self.across).saturating_add(1);
        self.column = attributes.number("Index").unwrap_or(next).max(1);
        let number = |name| attributes.number(name).unwrap_or_default();
        self.across = number("MergeAcross");
        self.has_formula = attributes.local("Formula").is_some();
        self.has_value = false;
        let last = (
            self.row.saturating_add(number("MergeDown")),
            self.column.saturating_add(self.across),
        );
        if last != (self.row, self.column)
            && let (Ok(first), Ok(end)) =
                (u16::try_from(self.column - 1), u16::try_from(last.1 - 1))
        {
            self.builder.merge(Merge {
                rows: (self.row, last.0),
                columns: (first, end),
            });
        }
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        if self.has_formula && !self.has_value {
            return self
                .builder
                .push(self.row, self.column - 1, Cell::Error("".into()));
        }
        Ok(())
    }

    fn data(&mut self) -> Result<(), Refusal> {
        let kind = self.kind.take().unwrap_or_default();
        let value = self.value.trim();
        let (row, column) = (self.row, self.column.saturating_sub(1));
        let cell = match kind.as_str() {
            "Number" => value
                .parse()
                .ok()
                .filter(|n: &f64| n.is_finite())
                .map(Cell::Number),
            "DateTime" => super::grid::dated_iso(value),
            "Boolean" => Some(Cell::Flag(value == "1")),
            "Error" if !value.is_empty() => Some(Cell::Error(value.into())),
            _ => None,
        };
        match cell {
            Some(cell) => self.builder.push(row, column, cell),
            None => self.builder.text(row, column, &self.value),
        }
    }
}

/// Whether a document is of this kind, by its beginning.
pub(super) fn is_workbook(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("Workbook")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_gaps_shift_columns() {
        let text = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="甲"><ss:Table><ss:Row ss:Index="3"><ss:Cell><ss:Data ss:Type="String">a&amp;b</ss:Data></ss:Cell><ss:Cell ss:Index="4"><ss:Data ss:Type="Number">5</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>"#;
        assert!(is_workbook(text));
        let book = read(text).unwrap();
        let row = &book.sheets[0].grid.rows[0];
        assert_eq!(row.number, 3);
        assert_eq!(
            row.cells,
            [(0, Cell::Text("a&b".into())), (3, Cell::Number(5.0))]
        );
    }
}
