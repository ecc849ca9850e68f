//! What a file is by its bytes, whatever its name says.
//!
//! Only what this program cannot read is named: JSON, also broken JSON, is none of
//! these, so that its faults keep their place and remedy.

/// Bytes at the start of a file in which a text's kind shows.
const TEXT_HEAD: usize = 4096;

/// A file that is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// .xlsx of Excel and WPS.
    Xlsx,
    /// .xls of old Excel, and .et of WPS.
    Xls,
    Ods,
    /// A table as XML, as WPS and Excel 2003 write it.
    XmlTable,
    /// A page, or a table that a web system calls .xls.
    Html,
    /// Values between commas or tabs.
    Csv,
    /// .docx or .doc.
    Word,
    /// .numbers of Apple.
    Numbers,
    /// An Office file with a password.
    Locked,
    Pdf,
    Png,
    /// .jpg.
    Jpeg,
    /// A zip archive of something else.
    Zip,
    /// A gzip, RAR or 7-Zip archive.
    Archive,
    /// Text without any structure that is known here.
    Text,
}

impl FileKind {
    /// What a file is; none where it may be JSON, or is of no known kind.
    ///
    /// ```
    /// use double_random::exchange::FileKind;
    /// assert_eq!(FileKind::of(b"%PDF-1.7"), Some(FileKind::Pdf));
    /// assert_eq!(FileKind::of("单位名称,地址\n苏村粮店,苏村".as_bytes()), Some(FileKind::Csv));
    /// assert_eq!(FileKind::of(b" {\"units\": ["), None);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => Some(zip(bytes)),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(ole(bytes)),
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0x1f, 0x8b, ..]
            | [b'R', b'a', b'r', b'!', 0x1a, ..]
            | [b'7', b'z', 0xbc, 0xaf, ..] => Some(Self::Archive),
            // BIFF without a container, as some systems write it.
            [
                0x09,
                0x00 | 0x02 | 0x04 | 0x08,
                0x04 | 0x06 | 0x08,
                0x00,
                ..,
            ] => Some(Self::Xls),
            _ => text(bytes),
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The names in an archive stand in it uncompressed.
fn zip(bytes: &[u8]) -> FileKind {
    let has = |name: &str| contains(bytes, name.as_bytes());
    if has("xl/workbook") || has("xl/worksheets") {
        FileKind::Xlsx
    } else if has("word/document") {
        FileKind::Word
    } else if has("application/vnd.oasis.opendocument.spreadsheet") {
        FileKind::Ods
    } else if has(".iwa") || has("Index.zip") {
        FileKind::Numbers
    } else {
        FileKind::Zip
    }
}

/// The names in the old Office container stand in it as UTF-16.
fn ole(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &name)
    };
    if has("EncryptedPackage") {
        FileKind::Locked
    } else if has("WordDocument") {
        FileKind::Word
    } else {
        FileKind::Xls
    }
}

/// A text of any encoding whose signs below U+0080 are single bytes, or pairs with a zero.
fn text(bytes: &[u8]) -> Option<FileKind> {
    let head = &bytes[..bytes.len().min(TEXT_HEAD)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let is_wide = matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
        || head.iter().take(2).any(|&byte| byte == 0);
    let head: Vec<u8> = if is_wide {
        let signs = head.iter().filter(|&&byte| byte != 0 && byte < 0xfe);
        signs.copied().collect()
    } else {
        head.to_vec()
    };
    let head = head.trim_ascii_start();
    let is_binary = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    match head.first()? {
        b'{' | b'[' | b'"' => None,
        // In UTF-16 the halves of Chinese signs may be any byte.
        _ if !is_wide && head.iter().any(is_binary) => None,
        b'<' => {
            let lower = head.to_ascii_lowercase();
            let is_table = contains(&lower, b"excel.sheet")
                || contains(&lower, b"urn:schemas-microsoft-com:office:spreadsheet");
            Some(match lower.starts_with(b"<?xml") || is_table {
                true if is_table => FileKind::XmlTable,
                true => FileKind::Text,
                false => FileKind::Html,
            })
        }
        first => {
            let first_line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
            let separators = first_line.iter().filter(|byte| b",;\t".contains(byte));
            let full_width = |comma: &[u8]| contains(first_line, comma);
            if separators.count() > 0 || full_width("，".as_bytes()) {
                Some(FileKind::Csv)
            } else if !is_wide && !first.is_ascii() && std::str::from_utf8(bytes).is_err() {
                // Perhaps GBK, perhaps no text at all: the encoding is looked at elsewhere.
                None
            } else {
                Some(FileKind::Text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ole_with(name: &str) -> Vec<u8> {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.resize(512, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    fn zip_with(name: &str) -> Vec<u8> {
        [b"PK\x03\x04\x14\0\0\0\x08\0", name.as_bytes()].concat()
    }

    #[test]
    fn files_are_named_by_their_bytes() {
        let wide = |text: &str| -> Vec<u8> {
            let text = format!("\u{feff}{text}");
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        let cases: [(&[u8], FileKind); 19] = [
            (&zip_with("xl/workbook.xml"), FileKind::Xlsx),
            (&zip_with("word/document.xml"), FileKind::Word),
            (&zip_with("photo.jpg"), FileKind::Zip),
            (&zip_with("Index/Document.iwa"), FileKind::Numbers),
            (b"PK\x05\x06", FileKind::Zip),
            (&ole_with("Workbook"), FileKind::Xls),
            (&ole_with("EncryptedPackage"), FileKind::Locked),
            (&ole_with("WordDocument"), FileKind::Word),
            (b"\x89PNG\r\n\x1a\n", FileKind::Png),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind::Jpeg),
            (b"%PDF-1.4", FileKind::Pdf),
            (b"\x1f\x8b\x08\x00", FileKind::Archive),
            (b"<html><table><tr><td>1</td>", FileKind::Html),
            (
                b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>",
                FileKind::XmlTable,
            ),
            // 单位,地址 in GBK.
            (
                &[0xb5, 0xa5, 0xce, 0xbb, b',', 0xb5, 0xd8, b'\n'],
                FileKind::Csv,
            ),
            ("单位名称，地址\n".as_bytes(), FileKind::Csv),
            (&wide("单位\t地址\r\n苏村粮店\t苏村"), FileKind::Csv),
            ("南宫市苏村粮店".as_bytes(), FileKind::Text),
            (b"hello", FileKind::Text),
        ];
        for (bytes, kind) in cases {
            assert_eq!(
                FileKind::of(bytes),
                Some(kind),
                "{:?}",
                &bytes[..bytes.len().min(8)]
            );
        }
    }

    #[test]
    fn what_may_be_json_is_left_to_its_reader() {
        for text in ["", " \n", "{", "\u{feff}{\"a\": 1}", "[1]", "\"甲,乙\""] {
            assert_eq!(FileKind::of(text.as_bytes()), None, "{text}");
        }
        assert_eq!(FileKind::of(&[0x7b, 0x22, 0xc4, 0xcf, b',']), None, "GBK");
        assert_eq!(
            FileKind::of(&[0x62, 0x01, 0x9d, b',', 0xff]),
            None,
            "of no kind"
        );
    }
}
