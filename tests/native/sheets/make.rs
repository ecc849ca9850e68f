//! Makes spreadsheets, pages and texts of every kind, right ones and odd ones.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// A cell to be written.
#[derive(Clone, Copy)]
pub enum C<'a> {
    /// Nothing.
    O,
    /// Text.
    S(&'a str),
    /// A number, as its digits.
    N(&'a str),
    /// A number shown as a day.
    D(&'a str),
    /// A number shown as a month.
    M(&'a str),
    /// A number shown as so many per cent.
    P(&'a str),
    /// A number shown with eight digits.
    Z(&'a str),
    /// TRUE or FALSE.
    B(bool),
    /// An error.
    E(&'a str),
    /// Text in the cell itself.
    I(&'a str),
    /// A formula that was never worked out.
    F,
    /// Text with a colour.
    K(&'a str),
}

pub type Rows<'a> = &'a [&'a [C<'a>]];

/// A workbook to be written as .xlsx.
pub struct Xlsx {
    pub sheets: Vec<(&'static str, &'static str, String)>,
    strings: Vec<String>,
    pub unique_count: String,
    pub is_1904: bool,
    pub is_strict: bool,
    pub prefix: &'static str,
    pub separator: &'static str,
    pub has_strings_part: bool,
    pub dimension: &'static str,
    /// Before and behind the rows.
    pub columns: &'static str,
    pub more_rows: String,
    pub merges: &'static [&'static str],
    pub first_row: u32,
}

impl Xlsx {
    pub fn new() -> Self {
        Self {
            sheets: Vec::new(),
            strings: Vec::new(),
            unique_count: "1".into(),
            is_1904: false,
            is_strict: false,
            prefix: "",
            separator: "/",
            has_strings_part: true,
            dimension: "",
            columns: "",
            more_rows: String::new(),
            merges: &[],
            first_row: 1,
        }
    }

    pub fn of(rows: Rows<'_>) -> Vec<u8> {
        Self::new().sheet("Sheet1", "visible", rows).bytes()
    }

    fn cell(&mut self, place: &str, cell: C<'_>) -> String {
        let p = self.prefix;
        let v = |attributes: &str, value: &str| {
            format!("<{p}c r=\"{place}\"{attributes}><{p}v>{value}</{p}v></{p}c>")
        };
        match cell {
            C::O => String::new(),
            C::S(text) | C::K(text) => {
                let style = if matches!(cell, C::K(_)) {
                    " s=\"2\""
                } else {
                    ""
                };
                self.strings.push(escaped(text));
                let at = self.strings.len() - 1;
                v(&format!(" t=\"s\"{style}"), &at.to_string())
            }
            C::N(number) => v("", number),
            C::D(number) => v(" s=\"1\"", number),
            C::M(number) => v(" s=\"5\"", number),
            C::P(number) => v(" s=\"3\"", number),
            C::Z(number) => v(" s=\"4\"", number),
            C::B(flag) => v(" t=\"b\"", if flag { "1" } else { "0" }),
            C::E(error) => v(" t=\"e\"", error),
            C::I(text) => format!(
                "<{p}c r=\"{place}\" t=\"inlineStr\"><{p}is><{p}t>{}</{p}t></{p}is></{p}c>",
                escaped(text)
            ),
            C::F => format!("<{p}c r=\"{place}\"><{p}f>A1</{p}f></{p}c>"),
        }
    }

    /// A string as it stands in the part, with its guides.
    pub fn raw_string(&mut self, xml: &str) {
        self.strings.push(xml.into());
    }

    pub fn sheet(mut self, name: &'static str, state: &'static str, rows: Rows<'_>) -> Self {
        let p = self.prefix;
        let mut xml = String::new();
        for (at, row) in rows.iter().enumerate() {
            let number = at as u32 + self.first_row;
            write!(xml, "<{p}row r=\"{number}\">").unwrap();
            for (column, cell) in row.iter().enumerate() {
                let place = format!(
                    "{}{number}",
                    double_random::exchange::sheet::column_name(column as u16)
                );
                xml += &self.cell(&place, *cell);
            }
            write!(xml, "</{p}row>").unwrap();
        }
        xml += &std::mem::take(&mut self.more_rows);
        let space = if self.is_strict {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        };
        let colon = p.trim_end_matches(':');
        let name_space = if colon.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{colon}")
        };
        let mut merges = String::new();
        for merge in self.merges {
            write!(merges, "<{p}mergeCell ref=\"{merge}\"/>").unwrap();
        }
        let (dimension, columns) = (self.dimension, self.columns);
        let xml = format!(
            "<?xml version=\"1.0\"?><{p}worksheet {name_space}=\"{space}\">{dimension}{columns}<{p}sheetData>{xml}</{p}sheetData><{p}mergeCells>{merges}</{p}mergeCells></{p}worksheet>"
        );
        self.sheets.push((name, state, xml));
        self
    }

    pub fn parts(&self) -> Vec<(String, String)> {
        let kind = if self.is_strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        let p = self.prefix;
        let (mut listed, mut links) = (String::new(), String::new());
        for (at, (name, state, _)) in self.sheets.iter().enumerate() {
            write!(
                listed,
                "<{p}sheet name=\"{name}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"rId{0}\"/>",
                at + 1
            )
            .unwrap();
            write!(links, "<Relationship Id=\"rId{0}\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>", at + 1).unwrap();
        }
        let date = if self.is_1904 {
            format!("<{p}workbookPr date1904=\"1\"/>")
        } else {
            String::new()
        };
        let colon = p.trim_end_matches(':');
        let name_space = if colon.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{colon}")
        };
        let mut parts = vec![
            ("[Content_Types].xml".into(), "<Types/>".into()),
            (
                "xl/workbook.xml".into(),
                format!(
                    "<{p}workbook {name_space}=\"m\" xmlns:r=\"{kind}\">{date}<{p}sheets>{listed}</{p}sheets></{p}workbook>"
                ),
            ),
            (
                "xl/styles.xml".into(),
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"00000000\"/></numFmts><fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"/></fill></fills><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"0\" fillId=\"2\"/><xf numFmtId=\"9\"/><xf numFmtId=\"165\"/><xf numFmtId=\"57\"/></cellXfs></styleSheet>".to_owned(),
            ),
        ];
        if self.has_strings_part {
            write!(links, "<Relationship Id=\"s\" Type=\"{kind}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>").unwrap();
            let strings: Vec<String> = self
                .strings
                .iter()
                .map(|text| {
                    if text.starts_with('<') {
                        format!("<{p}si>{text}</{p}si>")
                    } else {
                        format!("<{p}si><{p}t>{text}</{p}t></{p}si>")
                    }
                })
                .collect();
            parts.push((
                "xl/sharedStrings.xml".into(),
                format!(
                    "<{p}sst {name_space}=\"m\" count=\"4\" uniqueCount=\"{}\">{}</{p}sst>",
                    self.unique_count,
                    strings.concat()
                ),
            ));
        }
        parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{links}<Relationship Id=\"y\" Type=\"{kind}/styles\" Target=\"styles.xml\"/></Relationships>")));
        for (at, (_, _, xml)) in self.sheets.iter().enumerate() {
            parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), xml.clone()));
        }
        parts
    }

    pub fn bytes(&self) -> Vec<u8> {
        let parts = self.parts();
        let named = parts
            .iter()
            .map(|(name, text)| (name.replace('/', self.separator), text.as_bytes()));
        zip(named)
    }
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

pub fn zip<'a>(parts: impl IntoIterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An .ods document.
pub fn ods(rows: Rows<'_>, tail: &str) -> Vec<u8> {
    let mut xml = String::from(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"单位\"><table:table-column table:number-columns-repeated=\"16384\"/>",
    );
    for row in rows {
        xml += "<table:table-row>";
        for cell in *row {
            match cell {
                C::S(text) => write!(xml, "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>批注</text:p></office:annotation><text:p>{}</text:p></table:table-cell>", escaped(text)).unwrap(),
                C::N(number) => write!(xml, "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>").unwrap(),
                C::D(day) => write!(xml, "<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>06.05.26</text:p></table:table-cell>").unwrap(),
                _ => xml += "<table:table-cell/>",
            }
        }
        xml += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
    }
    xml += tail;
    xml += "</table:table></office:spreadsheet></office:body></office:document-content>";
    let mimetype: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    zip([
        ("mimetype".to_owned(), mimetype),
        ("content.xml".to_owned(), xml.as_bytes()),
    ])
}

/// XML Spreadsheet 2003, on one line, with gaps that `ss:Index` closes.
pub fn xml2003(rows: Rows<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"名录\"><Table ss:ExpandedColumnCount=\"4294967295\">",
    );
    for row in rows {
        xml += "<Row>";
        let mut is_gap = false;
        for (column, cell) in row.iter().enumerate() {
            let index = if is_gap {
                format!(" ss:Index=\"{}\"", column + 1)
            } else {
                String::new()
            };
            is_gap = matches!(cell, C::O);
            match cell {
                C::S(text) => write!(
                    xml,
                    "<Cell{index}><Data ss:Type=\"String\">{}</Data></Cell>",
                    escaped(text)
                )
                .unwrap(),
                C::N(number) => write!(
                    xml,
                    "<Cell{index}><Data ss:Type=\"Number\">{number}</Data></Cell>"
                )
                .unwrap(),
                C::D(day) => write!(
                    xml,
                    "<Cell{index}><Data ss:Type=\"DateTime\">{day}T00:00:00.000</Data></Cell>"
                )
                .unwrap(),
                _ => {}
            }
        }
        xml += "</Row>";
    }
    xml + "</Table></Worksheet></Workbook>"
}

/// Values between separators.
pub fn separated(rows: Rows<'_>, separator: &str, end: &str) -> String {
    let line = |row: &&[C<'_>]| {
        let value = |cell: &C<'_>| match cell {
            C::S(text) | C::N(text) | C::D(text) if text.contains(['\n', '"', ',']) => {
                format!("\"{}\"", text.replace('"', "\"\""))
            }
            C::S(text) | C::N(text) | C::D(text) => (*text).to_owned(),
            _ => String::new(),
        };
        row.iter().map(value).collect::<Vec<_>>().join(separator) + end
    };
    rows.iter().map(line).collect()
}

pub fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

pub fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let mut bytes = if mark { vec![0xff, 0xfe] } else { Vec::new() };
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// A sheet of an .xls workbook: its name, its cells, and further records.
pub type XlsSheet<'a> = (&'a str, Rows<'a>, Vec<u8>);

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((data.len() as u16).to_le_bytes());
    bytes.extend(data);
    bytes
}

/// The stream of an .xls workbook (BIFF8).
pub fn xls_stream(sheets: &[XlsSheet<'_>]) -> Vec<u8> {
    let bof = |kind: u16| {
        let mut data = vec![0x00, 0x06];
        data.extend(kind.to_le_bytes());
        data.extend([0; 12]);
        record(0x0809, &data)
    };
    let text = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut data = (units.len() as u16).to_le_bytes().to_vec();
        data.push(1);
        data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        data
    };
    let mut strings = Vec::new();
    let mut bodies = Vec::new();
    for (_, rows, more) in sheets {
        let mut body = bof(0x0010);
        // A claim of more than a computer holds.
        body.extend(record(
            0x0200,
            &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0],
        ));
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let place = |style: u16| {
                    [row as u16, column as u16, style]
                        .map(u16::to_le_bytes)
                        .concat()
                };
                match cell {
                    C::S(value) => {
                        let mut data = place(0);
                        data.extend((strings.len() as u32).to_le_bytes());
                        strings.push(text(value));
                        body.extend(record(0x00fd, &data));
                    }
                    C::N(number) | C::D(number) => {
                        let mut data = place(u16::from(matches!(cell, C::D(_))));
                        data.extend(number.parse::<f64>().unwrap().to_le_bytes());
                        body.extend(record(0x0203, &data));
                    }
                    _ => {}
                }
            }
        }
        body.extend(more);
        body.extend(record(0x000a, &[]));
        bodies.push(body);
    }
    let mut globals = bof(0x0005);
    globals.extend(record(0x0042, &1200_u16.to_le_bytes()));
    for format in [0_u16, 14] {
        let mut data = vec![0; 20];
        data[2..4].copy_from_slice(&format.to_le_bytes());
        globals.extend(record(0x00e0, &data));
    }
    let listed: usize = sheets
        .iter()
        .map(|sheet| 4 + 6 + 2 + sheet.0.encode_utf16().count() * 2)
        .sum();
    let mut table = vec![0xff; 8];
    table.extend(strings.concat());
    let table = record(0x00fc, &table);
    let mut offset = globals.len() + listed + table.len() + 4;
    for ((name, _, _), body) in sheets.iter().zip(&bodies) {
        let units: Vec<u16> = name.encode_utf16().collect();
        let mut data = (offset as u32).to_le_bytes().to_vec();
        data.extend([0, 0, units.len() as u8, 1]);
        data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        globals.extend(record(0x0085, &data));
        offset += body.len();
    }
    globals.extend(table);
    globals.extend(record(0x000a, &[]));
    globals.extend(bodies.concat());
    globals
}

/// A stream in the old container, under this name.
pub fn ole(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container
        .create_stream(name)
        .unwrap()
        .write_all(stream)
        .unwrap();
    container.flush().unwrap();
    container.into_inner().into_inner()
}

pub fn xls(sheets: &[XlsSheet<'_>]) -> Vec<u8> {
    ole("/Workbook", &xls_stream(sheets))
}
