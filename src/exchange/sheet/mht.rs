//! A page saved as one file (.mht, .mhtml): Excel and WPS write workbooks so. Its parts are
//! as those of a mail; the tables of all pages among them are read.

use super::book::{Book, SheetKind, TextEncoding};
use super::refusal::Refusal;
use super::{html, text};

/// Bytes at the start in which a file says that it is one.
const HEAD_BYTES: usize = 4096;
/// Bytes of a part's heads.
const PART_HEAD_BYTES: usize = 8192;
/// Parts that are looked at.
const PARTS_MAX: usize = 2_000;

/// Whether a file is a page with its parts.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    boundary(bytes).is_some()
}

/// What stands between the parts.
fn boundary(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]);
    // Turned small, no sign may change its length: only ASCII does.
    let small = head.to_ascii_lowercase();
    let is_mail = |line: &str| line.starts_with("mime-version:");
    if !small.lines().any(is_mail) {
        return None;
    }
    let from = small.find("multipart/")?;
    let at = from + small[from..].find("boundary=")? + "boundary=".len();
    let rest = head.get(at..)?;
    let name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([';', '\r', '\n', ' ']).next()?,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

/// Reads the tables of all pages in the file.
pub(super) fn read(bytes: &[u8], encoding: Option<TextEncoding>) -> Result<Book, Refusal> {
    let mark = boundary(bytes).ok_or(Refusal::Damaged)?;
    let mark = format!("--{mark}");
    let mut whole: Option<Book> = None;
    for part in split(bytes, mark.as_bytes()).skip(1).take(PARTS_MAX) {
        let Some(page) = page_of(part) else { continue };
        let Ok(decoded) = text::decode(&page, encoding) else {
            continue;
        };
        let book = html::read(&decoded)?;
        match &mut whole {
            None => whole = Some(book),
            Some(whole) => {
                whole.unreadable_count += book.unreadable_count;
                whole.sheets.extend(book.sheets);
            }
        }
    }
    let mut book = whole.ok_or(Refusal::Damaged)?;
    book.kind = SheetKind::Html;
    Ok(book)
}

/// The pieces between marks.
fn split<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let now = rest?;
        let at = now.windows(mark.len()).position(|window| window == mark);
        rest = at.map(|at| &now[at + mark.len()..]);
        Some(at.map_or(now, |at| &now[..at]))
    })
}

/// The page that a part holds; none of pictures and the like.
fn page_of(part: &[u8]) -> Option<Vec<u8>> {
    let part = part.trim_ascii_start();
    let head = &part[..part.len().min(PART_HEAD_BYTES)];
    let (length, gap) = [&b"\r\n\r\n"[..], b"\n\n"]
        .into_iter()
        .filter_map(|gap| {
            let at = head.windows(gap.len()).position(|window| window == gap)?;
            Some((at, gap.len()))
        })
        .min()?;
    let small = String::from_utf8_lossy(&head[..length]).to_ascii_lowercase();
    let body = &part[length + gap..];
    if !small.contains("text/html") {
        return None;
    }
    let line = small.lines();
    let mut line = line.filter_map(|line| line.strip_prefix("content-transfer-encoding:"));
    Some(match line.next().map(str::trim) {
        Some("quoted-printable") => quoted_printable(body),
        Some("base64") => base64(body),
        _ => body.to_vec(),
    })
}

/// `=E5=8D=95`, and `=` at the end of a line that goes on. What is neither stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let hex = |byte: &u8| (*byte as char).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        match (byte, behind) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => rest = after,
            (b'=', [high, low, after @ ..]) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(byte),
            },
            _ => out.push(byte),
        }
    }
    out
}

/// Signs of other kinds are passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let value = |byte: &u8| {
        Some(u32::from(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }))
    };
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for six in body
        .iter()
        .take_while(|byte| **byte != b'=')
        .filter_map(value)
    {
        bits = (bits << 6 | six) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_decoded_and_odd_ones_do_no_harm() {
        let text = "单位";
        assert_eq!(
            quoted_printable(b"=E5=8D=\r\n=95=e4=BD=8D"),
            text.as_bytes()
        );
        assert_eq!(quoted_printable(b"a=zz=4"), b"a=zz=4");
        assert_eq!(base64(b"5Y2V\r\n5L2N"), text.as_bytes());
        assert_eq!(base64(b"YQ=="), b"a");
        assert_eq!(base64(b"*"), b"");
    }

    #[test]
    fn a_text_that_only_speaks_of_mime_is_no_page() {
        assert!(!is_page("单位名称,地址\nmime-version,1\n".as_bytes()));
        assert!(!is_page(b"MIME-Version: 1.0\nContent-Type: text/plain\n"));
        let head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--=_a\"\r\n";
        assert!(is_page(head));
    }
}
