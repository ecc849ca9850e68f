//! Odd files, each with its three figures: rows under the heads, rows taken, and rows
//! refused or asked about.

use double_random::exchange::FileKind;
use double_random::exchange::sheet::{Refusal, SheetKind};

use super::make::C::{B, D, E, F, I, K, N, O, S};
use super::make::{
    self, Rows, Xlsx, gbk, ods, ole, record, separated, utf16, xls, xls_stream, xml2003, zip,
};

/// What comes out of a file.
pub enum Right {
    /// Rows, taken, refused or asked about; and fields of the first record.
    List(u32, u32, u32, &'static [(&'static str, &'static str)]),
    /// Nothing.
    Refused(Refusal),
}

pub struct Made {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub kind: Option<SheetKind>,
    pub right: Right,
}

const CODE: &str = "92130581MA0CWX2K9Y";
const DIGITS: &str = "911305811000000597";
/// A list without a fault.
const PLAIN: Rows<'static> = &[
    &[S("单位名称"), S("统一社会信用代码"), S("地址")],
    &[S("苏村粮店"), S(CODE), S("苏村1号")],
    &[S("大村饭店"), S(DIGITS), S("大村5号")],
];
const PLAIN_FIRST: &[(&str, &str)] =
    &[("name", "苏村粮店"), ("code", CODE), ("address", "苏村1号")];

fn list(
    name: &'static str,
    kind: SheetKind,
    bytes: impl Into<Vec<u8>>,
    figures: (u32, u32, u32),
    first: &'static [(&'static str, &'static str)],
) -> Made {
    let right = Right::List(figures.0, figures.1, figures.2, first);
    Made {
        name,
        bytes: bytes.into(),
        kind: Some(kind),
        right,
    }
}

fn refused(name: &'static str, bytes: impl Into<Vec<u8>>, refusal: Refusal) -> Made {
    Made {
        name,
        bytes: bytes.into(),
        kind: None,
        right: Right::Refused(refusal),
    }
}

/// The start of a page that is saved with its parts.
const MHT_HEAD: &str = "From: <Saved by Excel>\r\nSubject: \r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"=_x\"\r\n";

pub fn all() -> Vec<Made> {
    let mut all = kinds();
    all.extend(archives());
    all.extend(old_workbooks());
    all.extend(texts());
    all.extend(no_tables());
    all.extend(heads());
    all.extend(rows());
    all.extend(codes());
    all.extend(values());
    all
}

const FINE: (u32, u32, u32) = (2, 2, 0);

fn kinds() -> Vec<Made> {
    use SheetKind::{Csv, Html, Ods, Xls, Xlsx as Kind, Xml2003};
    let html = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><style>td{mso-number-format:\"\\@\"}</style></head><body><table><tr><th colspan=3>名录 &amp; 说明<tr><th>单位名称<th>统一社会信用代码</th><th>地&nbsp;址</th></tr><tr><td>苏村<br>粮店<td style='mso-number-format:\"\\@\"'>92130581MA0CWX2K9Y</td><td>苏村&#49;号</td></tr><tr><td>大村饭店</td><td>911305811000000597<td rowspan=2>大村5号</table>";
    vec![
        list("plain.xlsx", Kind, Xlsx::of(PLAIN), FINE, PLAIN_FIRST),
        list("named.csv", Kind, Xlsx::of(PLAIN), FINE, PLAIN_FIRST),
        list("xml2003.xlsx", Xml2003, xml2003(PLAIN), FINE, PLAIN_FIRST),
        list(
            "xml2003-gaps.xls",
            Xml2003,
            xml2003(&[
                &[S("单位名称"), O, S("地址")],
                &[S("苏村粮店"), O, S("苏村1号")],
                &[O, O, S("注：表外")],
            ]),
            (2, 1, 0),
            &[("address", "苏村1号")],
        ),
        list(
            "xml2003-gbk.xml",
            Xml2003,
            gbk(&xml2003(PLAIN).replace("UTF-8", "gb2312")),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "xml2003-utf16.xml",
            Xml2003,
            utf16(&xml2003(PLAIN).replace("UTF-8", "UTF-16"), true),
            FINE,
            PLAIN_FIRST,
        ),
        list("html-gbk.xls", Html, gbk(html), FINE, PLAIN_FIRST),
        list(
            "html-utf8.xls",
            Html,
            html.replace("gb2312", "utf-8"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "html-nested.xls",
            Html,
            "<table><tr><td><table><tr><td>单位名称<td>地址<tr><td>甲店<td>乙路</table></td></tr></table>",
            (1, 1, 0),
            &[("name", "甲店")],
        ),
        list(
            "tabs-gbk.xls",
            Csv,
            gbk(&separated(PLAIN, "\t", "\r\n")),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "tabs-gbk.csv",
            Csv,
            gbk(&separated(PLAIN, "\t", "\n")),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "unicode.txt",
            Csv,
            utf16(&separated(PLAIN, "\t", "\r\n"), true),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "unicode-unmarked.txt",
            Csv,
            utf16(&separated(PLAIN, "\t", "\r\n"), false),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "plain.ods",
            Ods,
            ods(
                PLAIN,
                "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
            ),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "plain.xls",
            Xls,
            xls(&[("名录", PLAIN, Vec::new())]),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "empty-sheets.et",
            Xls,
            xls(&[
                ("Sheet1", &[], Vec::new()),
                ("名录", PLAIN, Vec::new()),
                ("Sheet3", &[], Vec::new()),
            ]),
            FINE,
            PLAIN_FIRST,
        ),
    ]
}

fn archives() -> Vec<Made> {
    use SheetKind::Xlsx as Kind;
    let shaped = |shape: fn(&mut Xlsx)| {
        let mut book = Xlsx::new();
        shape(&mut book);
        book.sheet("Sheet1", "visible", PLAIN).bytes()
    };
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>"
        .to_owned();
    let mut guides = Xlsx::new();
    guides.raw_string(
        "<r><t>单位</t></r><r><t>名称</t></r><rPh sb=\"0\" eb=\"1\"><t>dān wèi</t></rPh>",
    );
    let mut guides = guides.sheet(
        "Sheet1",
        "visible",
        &[&[O, S("地址")], &[S("苏村_x000D_\n粮店"), S("苏村1号")]],
    );
    guides.sheets[0].2 = guides.sheets[0].2.replacen(
        "<row r=\"1\">",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>",
        1,
    );
    let empty_strings = shaped(|book| {
        book.more_rows =
            "<row r=\"4\"><c r=\"A4\" t=\"s\"><v/></c><c r=\"B4\" t=\"s\"><v>999999</v></c></row>"
                .into()
    });
    let two = Xlsx::new()
        .sheet("说明", "visible", &[&[S("本表说明")]])
        .sheet("名录", "visible", PLAIN)
        .sheet(
            "字典",
            "hidden",
            &[
                &[S("单位类别"), S("单位名称")],
                &[S("学校"), S("甲")],
                &[S("医院"), S("乙")],
                &[S("商场"), S("丙")],
            ],
        );
    let more = Xlsx::new().sheet("城区", "visible", PLAIN).sheet(
        "乡镇",
        "visible",
        &[PLAIN[0], &[S("垂杨小学"), O, S("垂杨2号")]],
    );
    let no_links: Vec<(String, String)> = Xlsx::new()
        .sheet("a", "visible", PLAIN)
        .parts()
        .into_iter()
        .filter(|part| !part.0.contains("rels"))
        .collect();
    vec![
        list(
            "unique-count.xlsx",
            Kind,
            shaped(|book| book.unique_count = "4294967295".into()),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "dimension-wrong.xlsx",
            Kind,
            shaped(|book| book.dimension = "<dimension ref=\"A0:AZ9\"/>"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "dimension-a1.xlsx",
            Kind,
            shaped(|book| book.dimension = "<dimension ref=\"A1\"/>"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "dimension-whole.xlsx",
            Kind,
            shaped(|book| book.dimension = "<dimension ref=\"A1:XFD1048576\"/>"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "strict.xlsx",
            Kind,
            shaped(|book| book.is_strict = true),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "prefixed.xlsx",
            Kind,
            shaped(|book| book.prefix = "x:"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "backslash.xlsx",
            Kind,
            shaped(|book| book.separator = "\\"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "no-links.xlsx",
            Kind,
            zip(no_links
                .iter()
                .map(|part| (part.0.clone(), part.1.as_bytes()))),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "inline.xlsx",
            Kind,
            {
                let mut book = Xlsx::new();
                book.has_strings_part = false;
                book.sheet(
                    "a",
                    "visible",
                    &[&[I("单位名称"), I("地址")], &[I("苏村粮店"), I("苏村1号")]],
                )
                .bytes()
            },
            (1, 1, 0),
            &[("address", "苏村1号")],
        ),
        list("empty-strings.xlsx", Kind, empty_strings, FINE, PLAIN_FIRST),
        list(
            "guides.xlsx",
            Kind,
            guides.bytes(),
            (1, 1, 0),
            &[("name", "苏村粮店")],
        ),
        list(
            "far-cell.xlsx",
            Kind,
            {
                let mut book = Xlsx::new();
                book.more_rows = far;
                book.sheet("a", "visible", PLAIN).bytes()
            },
            (3, 2, 1),
            PLAIN_FIRST,
        ),
        list(
            "million-empty-rows.xlsx",
            Kind,
            {
                let mut book = Xlsx::new();
                book.more_rows = (4..=1_000_000)
                    .map(|row| format!("<row r=\"{row}\" s=\"1\" customFormat=\"1\"/>"))
                    .collect();
                book.sheet("a", "visible", PLAIN).bytes()
            },
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "wide-empty-rows.xlsx",
            Kind,
            {
                let mut book = Xlsx::new();
                let row: String = (0..16_384).map(|_| "<c s=\"1\"/>").collect();
                book.more_rows = (4..=60)
                    .map(|at| format!("<row r=\"{at}\">{row}</row>"))
                    .collect();
                book.sheet("a", "visible", PLAIN).bytes()
            },
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "sheet-by-content.xlsx",
            Kind,
            two.bytes(),
            FINE,
            PLAIN_FIRST,
        ),
        list("two-lists.xlsx", Kind, more.bytes(), (2, 2, 1), PLAIN_FIRST),
        refused(
            "truncated.xlsx",
            {
                let mut bytes = Xlsx::of(PLAIN);
                bytes.truncate(bytes.len() / 2);
                bytes
            },
            Refusal::Damaged,
        ),
        refused(
            "bomb.xlsx",
            {
                let mut book = Xlsx::new().sheet("a", "visible", PLAIN);
                book.sheets[0].2 = " ".repeat(520 << 20);
                book.bytes()
            },
            Refusal::TooLarge,
        ),
        refused(
            "columns.xlsx",
            {
                let mut book = Xlsx::new();
                let row: String = (0..300).map(|_| "<c><v>1</v></c>").collect();
                book.more_rows = format!("<row>{row}</row>");
                book.sheet("a", "visible", PLAIN).bytes()
            },
            Refusal::TooManyColumns,
        ),
        refused(
            "rows.xlsx",
            {
                let mut book = Xlsx::new();
                book.more_rows = (4..=250_001)
                    .map(|_| "<row><c><v>1</v></c></row>")
                    .collect();
                book.sheet("a", "visible", PLAIN).bytes()
            },
            Refusal::TooManyRows,
        ),
        refused(
            "word.xlsx",
            zip([("word/document.xml".to_owned(), &b"<w/>"[..])]),
            Refusal::NoTable(FileKind::Word),
        ),
        refused(
            "other.zip",
            zip([("a.txt".to_owned(), &b"a"[..])]),
            Refusal::NoTable(FileKind::Zip),
        ),
        refused(
            "binary.xlsb",
            zip([("xl/workbook.bin".to_owned(), &b"a"[..])]),
            Refusal::Binary,
        ),
        refused(
            "mac.numbers",
            zip([("Index/Document.iwa".to_owned(), &b"a"[..])]),
            Refusal::NoTable(FileKind::Numbers),
        ),
        refused(
            "rar.xlsx",
            b"Rar!\x1a\x07\x00more",
            Refusal::NoTable(FileKind::Archive),
        ),
        refused(
            "7z.xlsx",
            b"7z\xbc\xaf\x27\x1cmore",
            Refusal::NoTable(FileKind::Archive),
        ),
        refused("broken.mht", MHT_HEAD, Refusal::Damaged),
        list(
            "quoted.mht",
            SheetKind::Html,
            format!(
                "{MHT_HEAD}\r\n--=_x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><meta charset=3Dutf-8><table><tr><td>=E5=8D=95=E4=BD=8D=E5=90=8D=E7=A7=B0<td>=E5=9C=B0=E5=9D=80<tr><td>=E7=94=B2=E5=BA=97<td>=E8=8B=8F=\r\n=E6=9D=911=E5=8F=B7</table></html>\r\n--=_x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--=_x--\r\n"
            ),
            (1, 1, 0),
            &[("name", "甲店"), ("address", "苏村1号")],
        ),
        list(
            "base64.mhtml",
            SheetKind::Html,
            // 单位名称, 地址, 甲店, 苏村1号 in GB18030, as an old workbook has it.
            format!(
                "{MHT_HEAD}\n--=_x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPG1ldGEgY2hhcnNldD1nYjIzMTI+PHRhYmxlPjx0cj48dGQ+taXOu8P7s8Y8dGQ+tdjWtzx0\ncj48dGQ+vNe16jx0ZD7L1bTlMbrFPC90YWJsZT4=\n--=_x--\n"
            ),
            (1, 1, 0),
            &[("name", "甲店"), ("address", "苏村1号")],
        ),
        refused("empty.xlsx", Xlsx::of(&[]), Refusal::NoCells),
    ]
}

fn old_workbooks() -> Vec<Made> {
    use SheetKind::Xls;
    let far = |row: u16, column: u16| {
        let mut data = [row, column, 0].map(u16::to_le_bytes).concat();
        data.extend(1.0_f64.to_le_bytes());
        record(0x0203, &data)
    };
    let hidden = record(0x007d, &[2, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    let short = [
        record(0x0203, &[1, 0]),
        record(0x00bd, &[0, 0, 9, 0, 200, 0]),
        record(0x00e5, &[9, 0, 1]),
        record(0x0006, &[1]),
    ]
    .concat();
    let mut locked = xls_stream(&[("a", PLAIN, Vec::new())]);
    let pass = record(0x002f, &[1, 0, 0, 0, 0, 0]);
    let at = 20;
    locked.splice(at..at, pass);
    vec![
        list(
            "dates.xls",
            Xls,
            xls(&[(
                "a",
                &[
                    &[S("单位名称"), S("最近检查日期")],
                    &[S("苏村粮店"), D("46148")],
                ],
                Vec::new(),
            )]),
            (1, 1, 0),
            &[(
                "inspections",
                "[{\"date\":\"2026-05-06\",\"finding\":\"unknown\"}]",
            )],
        ),
        list(
            "far-cell.xls",
            Xls,
            xls(&[("a", PLAIN, far(65_535, 255))]),
            (3, 2, 1),
            PLAIN_FIRST,
        ),
        list(
            "beyond.xls",
            Xls,
            xls(&[("a", PLAIN, far(9, 4_000))]),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "short-records.xls",
            Xls,
            xls(&[("a", PLAIN, short)]),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "hidden-column.xls",
            Xls,
            xls(&[("a", PLAIN, hidden)]),
            FINE,
            &[("address", "")],
        ),
        list(
            "longer.xls",
            Xls,
            xls(&[("a", PLAIN, record(0x00ec, &[0; 5_000]))]),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "bare-stream.xls",
            Xls,
            xls_stream(&[("a", PLAIN, Vec::new())]),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "rounded.xls",
            Xls,
            xls(&[(
                "a",
                &[PLAIN[0], &[S("苏村粮店"), N("9.11305811E17"), S("苏村1号")]],
                Vec::new(),
            )]),
            (1, 1, 1),
            &[("code", "")],
        ),
        refused(
            "password.xlsx",
            ole("/EncryptedPackage", b"secret"),
            Refusal::Locked,
        ),
        refused("password.xls", ole("/Workbook", &locked), Refusal::Locked),
        refused(
            "document.xls",
            ole("/WordDocument", b"text"),
            Refusal::NoTable(FileKind::Word),
        ),
        refused("no-stream.xls", ole("/Other", b"text"), Refusal::Damaged),
        refused(
            "truncated.xls",
            {
                let mut bytes = xls(&[("a", PLAIN, Vec::new())]);
                bytes.truncate(900);
                bytes
            },
            Refusal::Damaged,
        ),
    ]
}

fn texts() -> Vec<Made> {
    use SheetKind::Csv;
    let plain = separated(PLAIN, ",", "\r\n");
    let marked = ["\u{feff}", plain.as_str()].concat();
    vec![
        list("gbk.csv", Csv, gbk(&plain), FINE, PLAIN_FIRST),
        list("utf8.csv", Csv, plain.as_str(), FINE, PLAIN_FIRST),
        list("utf8-marked.csv", Csv, marked, FINE, PLAIN_FIRST),
        list(
            "semicolons.csv",
            Csv,
            separated(PLAIN, ";", "\n"),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "sep-line.csv",
            Csv,
            format!("sep=;\r\n{}", separated(PLAIN, ";", "\r\n")),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "mixed-ends.csv",
            Csv,
            "单位名称,地址,,,\r\n苏村粮店,\"苏村\n1号\",,,\r大村饭店,大村5号\n\n\n垂杨小学,垂杨2号",
            (3, 3, 0),
            &[("address", "苏村1号")],
        ),
        list(
            "guards.csv",
            Csv,
            format!(
                "单位名称,统一社会信用代码,电话\n苏村粮店,=\"{CODE}\",\t3195220001\n大村饭店,'{DIGITS},\u{1f}13812345678\u{1f}\n"
            ),
            FINE,
            &[("code", CODE), ("phone", "3195220001")],
        ),
        list(
            "rare.csv",
            Csv,
            gbk("单位名称,地址\n𠮷祥饭店,䶮村\n"),
            (1, 1, 0),
            &[("name", "𠮷祥饭店"), ("address", "䶮村")],
        ),
        list(
            "scientific.csv",
            Csv,
            "单位名称,统一社会信用代码\n苏村粮店,9.11306E+17\n大村饭店,9.11306E+17\n",
            (2, 2, 2),
            &[("code", "")],
        ),
        list(
            "one-column.csv",
            Csv,
            "单位名称\n苏村粮店\n大村饭店\n",
            FINE,
            &[("name", "苏村粮店")],
        ),
        refused(
            "chinese-commas.csv",
            "单位名称，地址\n苏村粮店，苏村1号\n",
            Refusal::FullWidthSeparator('，'),
        ),
        refused(
            "open-quote.csv",
            "单位名称,地址\n苏村粮店,\"苏村1号\n大村饭店,大村5号\n",
            Refusal::OpenQuote { row_number: 2 },
        ),
        refused("heads-only.csv", "单位名称,地址\n", Refusal::NoRows),
        refused("no-heads.csv", "甲,乙\n丙,丁\n", Refusal::NoHeads),
    ]
}

fn no_tables() -> Vec<Made> {
    let mut note = vec![0_u8; 165];
    note[0] = 3;
    note[1..4].copy_from_slice(b"abc");
    let noise: Vec<u8> = (0..4096_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    vec![
        refused("empty.csv", "", Refusal::Empty),
        refused("blank.csv", " \r\n\t\n", Refusal::Empty),
        refused("zeros.xlsx", vec![0; 2000], Refusal::Damaged),
        refused("~$单位.xlsx", note, Refusal::Temporary),
        refused(
            "picture.xlsx",
            &b"\x89PNG\r\n\x1a\n...."[..],
            Refusal::NoTable(FileKind::Png),
        ),
        refused(
            "paper.xls",
            &b"%PDF-1.7 ..."[..],
            Refusal::NoTable(FileKind::Pdf),
        ),
        refused("encrypted.xlsx", noise, Refusal::Unknown),
        refused("line.txt", "请各单位尽快上报", Refusal::PlainText),
        refused("sentence.txt", "你好，世界，再见", Refusal::PlainText),
        refused("data.json", "{\"units\": []}", Refusal::Json),
        refused(
            "page.htm",
            "<html><body><p>没有表格</p></body></html>",
            Refusal::NoCells,
        ),
    ]
}

fn heads() -> Vec<Made> {
    use SheetKind::{Csv, Xlsx as Kind};
    let merged = {
        let mut book = Xlsx::new();
        book.merges = &[
            "A1:G1", "A2:A4", "B2:D2", "B3:B4", "C3:D3", "E2:G2", "E3:E4", "F3:G3", "B6:B7",
        ];
        let book = book.sheet(
            "a",
            "visible",
            &[
                &[S("南宫市消防安全单位名录")],
                &[
                    S("序号"),
                    S("单位基本信息"),
                    O,
                    O,
                    S("消防安全责任人"),
                    O,
                    O,
                ],
                &[O, S("单位名称"), S("位置"), O, S("姓名"), S("联系"), O],
                &[O, O, S("乡镇"), S("地址"), O, S("电话"), S("备注")],
                &[
                    N("1"),
                    S("苏村粮店"),
                    S("苏村镇"),
                    S("苏村1号"),
                    S("张　三"),
                    S("13812345678"),
                    O,
                ],
                &[
                    N("2"),
                    S("大村饭店"),
                    S("大村乡"),
                    S("大村5号"),
                    S("李四"),
                    S("13812345679"),
                    O,
                ],
                &[
                    N("3"),
                    O,
                    S("大村乡"),
                    S("大村6号"),
                    S("李四"),
                    S("13812345679"),
                    O,
                ],
            ],
        );
        book.bytes()
    };
    let hidden = {
        let mut book = Xlsx::new();
        book.columns = "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>";
        book.sheet("a", "visible", PLAIN).bytes()
    };
    let down = {
        let mut book = Xlsx::new();
        book.merges = &["A2:A3"];
        book.sheet(
            "a",
            "visible",
            &[
                &[S("乡镇"), S("单位名称"), S("地址")],
                &[S("段芦头"), S("甲店"), S("1号")],
                &[O, S("乙店"), S("2号")],
            ],
        )
        .bytes()
    };
    vec![
        list(
            "title-and-note.xlsx",
            Kind,
            Xlsx::of(&[
                &[S("南宫市单位名录")],
                &[S("填报单位：某某 2026年5月")],
                PLAIN[0],
                PLAIN[1],
                PLAIN[2],
            ]),
            FINE,
            PLAIN_FIRST,
        ),
        list(
            "five-head-rows.xlsx",
            Kind,
            merged,
            (3, 3, 0),
            &[
                ("name", "苏村粮店"),
                ("township", "苏村镇"),
                ("address", "苏村1号"),
                ("responsible", "张三"),
                ("phone", "13812345678"),
            ],
        ),
        list(
            "hidden-column.xlsx",
            Kind,
            hidden,
            FINE,
            &[("name", "苏村粮店"), ("code", "")],
        ),
        list(
            "fill-down.xlsx",
            Kind,
            down,
            FINE,
            &[("township", "段芦头镇")],
        ),
        list(
            "stars.csv",
            Csv,
            "*单 位 名 称,建筑面积（㎡）,\"联系\n电话\"\n苏村粮店,\"1,200㎡\",13812345678\n",
            (1, 1, 0),
            &[
                ("name", "苏村粮店"),
                ("floor_area_m2", "1200"),
                ("phone", "13812345678"),
            ],
        ),
        list(
            "pinyin.csv",
            Csv,
            format!("name,tyshxydm,frdb,address,phone\n苏村粮店,{CODE},张三,苏村1号,13812345678\n"),
            (1, 1, 0),
            PLAIN_FIRST,
        ),
        list(
            "initials.csv",
            Csv,
            format!(
                "dwmc,dwdz,fddbr,lxdh,tyshxydm,xfaqglr\n苏村粮店,苏村1号,张三,13812345678,{CODE},李四\n"
            ),
            (1, 1, 0),
            &[("manager", "李四"), ("responsible", "张三")],
        ),
        list(
            "english.csv",
            Csv,
            format!(
                "UNIT_NAME,UNIT_ADDRESS,LEGAL_PEOPLE,CONTACT_PHONE,CREDIT_CODE\n苏村粮店,苏村1号,张三,13812345678,{CODE}\n"
            ),
            (1, 1, 0),
            PLAIN_FIRST,
        ),
        list(
            "blank-head.csv",
            Csv,
            ",单位名称,地址\n甲类,苏村粮店,苏村1号\n",
            (1, 1, 0),
            &[("name", "苏村粮店")],
        ),
        list(
            "identity.csv",
            Csv,
            "单位名称,地址,法人身份证号\n苏村粮店,苏村1号,11010519491231002X\n",
            (1, 1, 0),
            &[("name", "苏村粮店")],
        ),
        list(
            "groups.csv",
            Csv,
            "序号,单位信息,,联系人,\n,单位名称,地址,姓名,电话\n1,苏村粮店,苏村1号,张三,13812345678\n",
            (1, 1, 0),
            &[
                ("name", "苏村粮店"),
                ("manager", "张三"),
                ("phone", "13812345678"),
            ],
        ),
        list(
            "grouped-names.csv",
            Csv,
            "单位基本情况,,,监管\n序号,名称,地址,是否重点\n1,甲饭店,大街1号,重点\n",
            (1, 1, 0),
            &[("name", "甲饭店"), ("is_key", "true")],
        ),
        list(
            "legal-person-last.csv",
            Csv,
            "单位名称,法人,消防安全责任人\n苏村粮店,张三,李四\n",
            (1, 1, 0),
            &[("responsible", "李四")],
        ),
    ]
}

fn rows() -> Vec<Made> {
    use SheetKind::Csv;
    let csv = |name, text: &str, figures, first| list(name, Csv, text, figures, first);
    vec![
        csv(
            "example-row.csv",
            "单位名称,地址\n示例：南宫市某某店,某某路\n苏村粮店,苏村1号\n",
            (2, 1, 0),
            &[("name", "苏村粮店")],
        ),
        csv(
            "instruction-row.csv",
            "单位名称,地址,许可有效期\n必填,选填,格式 2026-01-01，长期填 9999-09-09\n苏村粮店,苏村1号,\n",
            (2, 1, 0),
            &[("name", "苏村粮店")],
        ),
        csv(
            "numbered-blanks.csv",
            "序号,单位名称,地址\n1,苏村粮店,苏村1号\n2,,\n3,,\n",
            (3, 1, 0),
            &[("name", "苏村粮店")],
        ),
        csv(
            "heads-again.csv",
            "单位名称,地址\n苏村粮店,苏村1号\n单位名称,地址\n大村饭店,大村5号\n",
            (3, 2, 0),
            &[("name", "苏村粮店")],
        ),
        csv(
            "signature.csv",
            "序号,单位名称,地址\n1,苏村粮店,苏村1号\n填表人：张三,,审核人：李四\n",
            (2, 1, 0),
            &[("name", "苏村粮店")],
        ),
        csv(
            "totals.csv",
            "序号,单位名称,地址\n1,苏村粮店,苏村1号\n2,合计餐馆,大村5号\n合计,2,\n",
            (3, 2, 2),
            &[("name", "苏村粮店")],
        ),
        csv(
            "total-with-a-counter.csv",
            "序号,企业名称,场所性质,所属乡镇\n1,苏村粮店,餐饮场所,大村乡\n合计,4家,,\n总计,共 5 户,,\n",
            (3, 1, 2),
            &[("name", "苏村粮店"), ("township", "大村乡")],
        ),
        csv(
            "other-heads.csv",
            "单位全称,单位详细地址,重点/一般,红橙黄蓝,法人代表(负责人),管辖乡镇,联合检查部门\n苏村粮店,苏村1号,重点,橙,周吴,大村乡,市监\n大村饭店,大村5号,一般单位,蓝,郑王,大村乡,\n",
            (2, 2, 2),
            &[
                ("name", "苏村粮店"),
                ("township", "大村乡"),
                ("is_key", "true"),
            ],
        ),
        csv(
            "no-name.csv",
            "单位名称,地址,电话\n,苏村1号,13812345678\n无,苏村2号,13812345678\n无名小吃店,苏村3号,13812345678\n",
            (3, 1, 2),
            &[("name", "无名小吃店")],
        ),
        csv(
            "twice.csv",
            "单位名称,地址\n苏村粮店（河北）,苏村1号\n苏村粮店(河北),苏村1号\n",
            (2, 2, 1),
            &[("name", "苏村粮店（河北）")],
        ),
        csv(
            "near.csv",
            "单位名称,地址\n蜀香饭店,大街5号\n蜀盛饭店,大街5号\n蜀香饭店,大街55号\n蜀香饭店,55弄27号\n蜀香饭店,55弄4041号\n",
            (5, 5, 0),
            &[("name", "蜀香饭店")],
        ),
        csv(
            "same-code.csv",
            &format!("单位名称,统一社会信用代码\n苏村粮店（河北）,{CODE}\n苏村粮店(河北),{CODE}\n"),
            (2, 1, 1),
            &[("name", "苏村粮店（河北）")],
        ),
    ]
}

fn codes() -> Vec<Made> {
    use SheetKind::{Csv, Xlsx as Kind};
    let with = |name, cells: &[make::C<'_>], figures, first| {
        let head: &[make::C<'_>] = &[S("单位名称"), S("统一社会信用代码")];
        list(name, Kind, Xlsx::of(&[head, cells]), figures, first)
    };
    vec![
        with(
            "float-code.xlsx",
            &[S("苏村粮店"), N("9.11305811E+17")],
            (1, 1, 1),
            &[("code", "")],
        ),
        with(
            "exact-float-code.xlsx",
            &[S("苏村粮店"), N("911305811000012032")],
            (1, 1, 1),
            &[("code", "")],
        ),
        with(
            "checking-float-code.xlsx",
            &[S("苏村粮店"), N("911305811000000597")],
            (1, 1, 1),
            &[("code", "")],
        ),
        with(
            "old-code.xlsx",
            &[S("苏村粮店"), N("130581600012345")],
            (1, 1, 0),
            &[("code", "")],
        ),
        with(
            "wide-code.xlsx",
            &[S("苏村粮店"), S("９２１３０５８１ｍａ０ｃｗｘ２ｋ９ｙ")],
            (1, 1, 0),
            &[("code", CODE)],
        ),
        with(
            "spaced-code.xlsx",
            &[
                S("苏村粮店"),
                S("\u{feff}92130581 MA0C\u{a0}WX2K\u{200b}9-Y "),
            ],
            (1, 1, 0),
            &[("code", CODE)],
        ),
        with(
            "wrong-check.xlsx",
            &[S("苏村粮店"), S("92130581MA0CWX2K9X")],
            (1, 0, 1),
            &[],
        ),
        with(
            "no-code.xlsx",
            &[S("苏村粮店"), S("无")],
            (1, 1, 0),
            &[("code", "")],
        ),
        list(
            "rounded-text.csv",
            Csv,
            "单位名称,统一社会信用代码\n苏村粮店,911305811000012000\n",
            (1, 1, 1),
            &[("code", "")],
        ),
    ]
}

fn values() -> Vec<Made> {
    use SheetKind::{Csv, Xlsx as Kind};
    let csv = |name, text: &str, figures, first| list(name, Csv, text, figures, first);
    let mut old = Xlsx::new();
    old.is_1904 = true;
    let visits = |cell| {
        [
            &[S("单位名称"), S("最近检查日期")][..],
            &[S("苏村粮店"), cell],
        ]
        .map(<[_]>::to_vec)
    };
    let visited = |cell| {
        let rows = visits(cell);
        Xlsx::of(&[&rows[0], &rows[1]])
    };
    let of_1904 = {
        let rows = visits(D("44686"));
        old.sheet("a", "visible", &[&rows[0], &rows[1]]).bytes()
    };
    const DAY: &[(&str, &str)] = &[(
        "inspections",
        "[{\"date\":\"2026-05-06\",\"finding\":\"unknown\"}]",
    )];
    let long = format!(
        "单位名称,地址\n{},苏村\n大村饭店,大村\n",
        "店".repeat(200_000)
    );
    vec![
        list(
            "phones.xlsx",
            Kind,
            Xlsx::of(&[
                &[S("单位名称"), S("电话")],
                &[S("苏村粮店"), N("1.3812345678E10")],
                &[S("大村饭店"), N("3195220000")],
            ]),
            FINE,
            &[("phone", "13812345678")],
        ),
        csv(
            "phone-text.csv",
            "单位名称,电话\n苏村粮店,1001.0\n大村饭店,1.3812345678E10\n",
            FINE,
            &[("phone", "1001")],
        ),
        csv(
            "blanks.csv",
            "单位名称,地址,电话,备注\n苏村粮店,无,/,-\n大村饭店,暂无,NULL,None\n",
            FINE,
            &[("address", ""), ("phone", "")],
        ),
        list(
            "errors.xlsx",
            Kind,
            Xlsx::of(&[
                &[S("单位名称"), S("重点单位"), S("地址")],
                &[S("苏村粮店"), E("#N/A"), E("#REF!")],
                &[S("大村饭店"), B(true), F],
            ]),
            FINE,
            &[("is_key", ""), ("address", "")],
        ),
        list(
            "general-day.xlsx",
            Kind,
            visited(N("46148")),
            (1, 1, 0),
            DAY,
        ),
        list("1904.xlsx", Kind, of_1904, (1, 1, 0), DAY),
        list(
            "number-day.xlsx",
            Kind,
            visited(N("20260506")),
            (1, 1, 0),
            DAY,
        ),
        list(
            "day-with-time.xlsx",
            Kind,
            visited(S("2026-5-6 10:30")),
            (1, 1, 0),
            DAY,
        ),
        list(
            "chinese-day.xlsx",
            Kind,
            visited(S("2026年5月6日")),
            (1, 1, 0),
            DAY,
        ),
        list(
            "short-year.xlsx",
            Kind,
            visited(S("26.5.6")),
            (1, 1, 1),
            &[("inspections", "")],
        ),
        list(
            "no-day.xlsx",
            Kind,
            visited(S("2026/13/1")),
            (1, 1, 0),
            &[("inspections", "")],
        ),
        list(
            "future-visit.xlsx",
            Kind,
            visited(S("2099-01-01")),
            (1, 0, 1),
            &[],
        ),
        csv(
            "zero-one.csv",
            "单位名称,单位性质\n苏村粮店,1\n大村饭店,0\n垂杨小学,0\n",
            (3, 3, 3),
            &[("is_key", ""), ("legal_kind", "")],
        ),
        csv(
            "one-is-key.csv",
            "单位名称,是否重点单位\n苏村粮店,1\n大村饭店,是\n垂杨小学,一般\n",
            (3, 3, 1),
            &[("is_key", "")],
        ),
        csv(
            "orange.csv",
            "单位名称,风险等级\n苏村粮店,橙\n大村饭店,黄\n垂杨小学,红（重大）\n",
            (3, 3, 2),
            &[("risk", "")],
        ),
        csv(
            "tiers.csv",
            "单位名称,风险等级\n苏村粮店,黄\n大村饭店,低风险\n",
            FINE,
            &[("risk", "yellow")],
        ),
        csv(
            "townships.csv",
            "单位名称,乡镇\n苏村粮店,南宫市段芦头镇\n大村饭店,段芦头\n垂杨小学,某某镇\n",
            (3, 3, 1),
            &[("township", "段芦头镇")],
        ),
        csv(
            "status.csv",
            "单位名称,经营状态\n苏村粮店,存续（在营、开业、在册）\n大村饭店,停业\n",
            (2, 2, 1),
            &[("status", "")],
        ),
        csv("long-name.csv", &long, (2, 1, 1), &[("name", "大村饭店")]),
        list(
            "colours.xlsx",
            Kind,
            Xlsx::of(&[
                &[K("单位名称"), K("地址")],
                &[K("苏村粮店"), S("苏村1号")],
                &[S("大村饭店"), S("大村5号")],
            ]),
            FINE,
            &[("name", "苏村粮店")],
        ),
        list(
            "formula-guard.xlsx",
            Kind,
            Xlsx::of(&[&[S("单位名称"), S("备注")], &[S("苏村粮店"), S("=1+1")]]),
            (1, 1, 0),
            &[("note", "=1+1")],
        ),
    ]
}
