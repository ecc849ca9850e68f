//! Cells as plain text, days and numbers, without what spreadsheets leave around them.

use chrono::NaiveDate;

use super::grid::{Cell, serial_date};
use crate::exchange::words;
use crate::model::credit_code;

/// From here on a number has more digits than a spreadsheet keeps.
pub const DIGITS_KEPT: f64 = 1e15;

/// A text without blanks and guards around it, and whether there was a guard: a tab, an
/// apostrophe, U+001F or `="…"`, which keep a long number text, or a text from being a
/// formula.
pub(super) fn unguarded(text: &str) -> (String, bool) {
    let is_gap = |sign: char| {
        sign.is_whitespace() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
    };
    let mut rest = text;
    let mut is_guarded = false;
    loop {
        let before = rest.len();
        is_guarded |= rest.starts_with('\t') || (rest.ends_with('\t') && rest.len() > 1);
        rest = rest.trim_matches(is_gap);
        let stripped = rest.trim_matches('\u{1f}');
        is_guarded |= stripped.len() != rest.len();
        rest = stripped;
        if let Some(inside) = rest.strip_prefix("=\"").and_then(|it| it.strip_suffix('"')) {
            (rest, is_guarded) = (inside, true);
        }
        if let Some(inside) = rest.strip_prefix(['\'', '‘', '’', '`'])
            && inside.starts_with(|sign: char| {
                sign.is_alphanumeric() || matches!(sign, '=' | '+' | '-' | '@')
            })
        {
            (rest, is_guarded) = (inside.strip_suffix('\'').unwrap_or(inside), true);
        }
        if rest.len() == before {
            break;
        }
    }
    let hidden = |sign: &char| {
        matches!(
            sign,
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}'
        ) || (sign.is_control() && !matches!(sign, '\n' | '\t'))
    };
    // The no-break space of pages and of careful typists is a space.
    let signs = rest.chars().filter(|sign| !hidden(sign));
    let signs = signs.map(|sign| if sign == '\u{a0}' { ' ' } else { sign });
    (signs.collect(), is_guarded)
}

/// A number as a person would write it.
pub(super) fn digits(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e21 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// What a cell shows, as text.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => unguarded(text).0,
        Cell::Number(number) => digits(*number),
        Cell::Date(date) => date.to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        Cell::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        Cell::Error(error) => error.to_string(),
    }
}

/// A text on one line: between Chinese signs `mark` takes the place of a break, between others
/// a blank.
pub(super) fn one_line(text: &str, mark: &str) -> String {
    if !text.contains(['\n', '\t']) {
        return text.to_owned();
    }
    let parts: Vec<&str> = text
        .split(['\n', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let mut line = String::new();
    for part in parts {
        let is_latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
        if is_latin(line.chars().next_back()) && is_latin(part.chars().next()) {
            line.push(' ');
        } else if !line.is_empty() {
            line.push_str(mark);
        }
        line.push_str(part);
    }
    line
}

/// Whether a sign is Chinese.
pub(super) fn is_han(sign: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&sign) || sign > '\u{1ffff}'
}

/// A person's name without the blanks that align names of two signs; none where there
/// are no such blanks.
pub(super) fn unspaced_name(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(|sign| !sign.is_whitespace()).collect();
    let is_spaced = plain.len() != name.len();
    // «张三 李四» are two.
    let words = name
        .split_whitespace()
        .filter(|word| word.chars().count() > 1);
    if words.count() > 1 {
        return None;
    }
    let is_name = plain.chars().all(is_han) && (2..=4).contains(&plain.chars().count());
    (is_spaced && is_name).then_some(plain)
}

/// Full-width digits and signs as half-width ones.
pub(super) fn half_width(text: &str) -> String {
    let half = |sign: char| match sign {
        '。' => '.',
        '\u{3000}' => ' ',
        other => credit_code::half_width(other),
    };
    text.chars().map(half).collect()
}

/// A number in scientific notation: its digits, or none where some are lost.
pub(super) fn scientific(text: &str) -> Option<Option<String>> {
    let upper = half_width(text).to_ascii_uppercase();
    let (mantissa, exponent) = upper.split_once('E')?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(part) || exponent > 40 {
        return None;
    }
    let is_whole = part.len() >= exponent && exponent < 15;
    Some(is_whole.then(|| format!("{whole}{}", &part[..exponent])))
}

/// `1001.0` as `1001`.
pub(super) fn without_zero_part(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, part))
            if !whole.is_empty()
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && !part.is_empty()
                && part.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// What a cell says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// A day; `is_serial`: it stood as a number of days.
    Known { date: NaiveDate, is_serial: bool },
    /// A day of a year of two digits, as it is in this century.
    Short(NaiveDate),
    /// 长期: no end.
    Endless,
    /// None that exists.
    Bad,
}

/// The day of a cell.
pub(super) fn day(cell: &Cell, is_1904: bool) -> Day {
    match cell {
        Cell::Date(date) => known(*date, false),
        Cell::Moment(at) => known(at.date(), false),
        Cell::Number(number) => numbered(*number, is_1904),
        Cell::Text(text) => written(&unguarded(text).0, is_1904),
        Cell::Flag(_) | Cell::Error(_) => Day::Bad,
    }
}

fn known(date: NaiveDate, is_serial: bool) -> Day {
    use chrono::Datelike;
    // What programs write for no day at all.
    let is_zero = [(1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1970, 1, 1)].contains(&(
        date.year(),
        date.month(),
        date.day(),
    ));
    match date.year() {
        _ if is_zero => Day::Bad,
        9999 => Day::Endless,
        1900..=2999 => Day::Known { date, is_serial },
        _ => Day::Bad,
    }
}

fn numbered(number: f64, is_1904: bool) -> Day {
    if (18_000_000.0..30_000_000.0).contains(&number) && number.fract() == 0.0 {
        return words::date(&digits(number)).map_or(Day::Bad, |date| known(date, false));
    }
    // Days of 1954 to 2119: smaller numbers are no dates of these lists.
    let is_day = (20_000.0..80_000.0).contains(&number);
    let date = is_day.then(|| serial_date(number, is_1904)).flatten();
    date.map_or(Day::Bad, |date| known(date, true))
}

/// The last day of a span of days, «2023.6.1-2028.5.31», or what stands behind words for one,
/// «有效期至2028-05-31», «2028.5.31止»; none where the text is no such thing.
pub(super) fn span_end(text: &str, is_1904: bool) -> Option<Day> {
    let is_between = |sign: char| "至到止~～-—–".contains(sign) || sign.is_whitespace();
    let is_known = |text: &str| {
        let text = text.trim().trim_start_matches(['自', '从']);
        matches!(
            written(text.trim_end_matches('起'), is_1904),
            Day::Known { .. }
        )
    };
    let plain = text.trim().trim_end_matches(['止', '前']);
    if plain != text.trim() && is_known(plain) {
        return Some(written(plain, is_1904));
    }
    let mut between = plain.char_indices().filter(|(_, sign)| is_between(*sign));
    between.find_map(|(at, sign)| {
        let (first, last) = plain.split_at(at);
        let last = written(last.trim_start_matches(is_between).trim(), is_1904);
        let is_open = sign.is_alphabetic() && !first.contains(char::is_numeric);
        let is_day = matches!(last, Day::Known { .. } | Day::Endless);
        (is_day && (is_open || is_known(first))).then_some(last)
    })
}

/// The day of a text.
pub(super) fn written(text: &str, is_1904: bool) -> Day {
    let text = half_width(text);
    let text = text.trim();
    let text = ["上午", "下午", "全天"]
        .iter()
        .fold(text, |text, part| text.trim_end_matches(part));
    if ["长期", "永久", "无固定期限"]
        .iter()
        .any(|word| text.starts_with(word))
        || text.starts_with("9999")
    {
        return Day::Endless;
    }
    let joined: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let (before_time, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    // Behind a day stands a time of it, or its name in the week; a second day, or a word that
    // tells more of the first, is not thrown away.
    let is_time = time.trim().is_empty()
        || time
            .trim_start()
            .starts_with(|sign: char| sign.is_ascii_digit())
            && (time.contains([':', '时', '点']))
            && !time.contains(['/', '年'])
            && !(time.contains('-') && time.matches(':').count() < 2)
        || ["星期", "周", "上午", "下午"]
            .iter()
            .any(|word| time.trim_start().starts_with(word));
    let before_time = if is_time { before_time } else { "" };
    for candidate in [joined.as_str(), before_time] {
        if let Ok(date) = words::date(candidate.trim_end_matches(['.', '号'])) {
            return known(date, false);
        }
        if let Some(date) = short(candidate) {
            return Day::Short(date);
        }
    }
    match text.parse::<f64>() {
        Ok(number) if number < 100_000.0 => numbered(number, is_1904),
        _ => Day::Bad,
    }
}

/// `26.5.6`.
fn short(text: &str) -> Option<NaiveDate> {
    let year = text.split(['-', '.', '/', '年']).next()?;
    let is_short = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_short
        .then(|| words::date(&format!("20{text}")).ok())
        .flatten()
}

/// A whole number with its unit: `1,200㎡`, `约500平方米`.
pub(super) fn whole(cell: &Cell) -> Option<u32> {
    let number = match cell {
        Cell::Number(number) => *number,
        Cell::Text(text) => {
            let text = half_width(&unguarded(text).0).replace([',', ' '], "");
            let text = text
                .trim_start_matches(['约', '近'])
                .trim_end_matches("左右");
            let units = [
                "平方米",
                "平米",
                "平",
                "㎡",
                "m²",
                "m2",
                "余人",
                "人",
                "名",
                "个",
                "层",
            ];
            let unit = units.iter().find_map(|unit| text.strip_suffix(unit));
            unit.unwrap_or(text).parse().ok()?
        }
        _ => return None,
    };
    (0.0..4_294_967_295.0)
        .contains(&number)
        .then(|| number.round() as u32)
}

/// Whether a text holds the number of an identity card: itself, or behind a name.
pub(super) fn holds_identity_number(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric();
    text.split(|sign| !is_sign(sign)).any(is_identity_number)
}

/// Whether a text is the number of an identity card, by form, day and check character.
pub(super) fn is_identity_number(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    bytes[17].to_ascii_uppercase() == check && words::date(&text[6..14]).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_are_taken_off() {
        for text in [
            "\t911",
            "911\t",
            "'911",
            "=\"911\"",
            "\u{1f}911",
            "\u{feff}=\"911\"\t",
        ] {
            let (plain, is_guarded) = unguarded(text);
            assert!(is_guarded && plain == "911", "{text:?}: {plain}");
        }
        assert_eq!(
            unguarded(" 甲\u{200b}店\u{3000}"),
            ("甲店".to_owned(), false)
        );
    }

    #[test]
    fn a_span_of_days_ends_with_its_last() {
        let end = known(NaiveDate::from_ymd_opt(2028, 5, 31).unwrap(), false);
        for text in [
            "2023.6.1-2028.5.31",
            "2023-06-01-2028-05-31",
            "2023年6月1日至2028年5月31日",
            "2023/6/1 ~ 2028/5/31",
            "20230601——20280531",
            "至2028-05-31",
            "有效期至2028年5月31日",
            "截止2028/5/31",
            "2028.5.31止",
            "2023-06-01到2028-05-31止",
            "2023-06-01 至 2028-05-31",
            "2023.06.01 - 2028.05.31",
            "2023 年 6 月 1 日 — 2028 年 5 月 31 日",
            "2023-06-01 2028-05-31",
            "自2023年6月1日起至2028年5月31日止",
        ] {
            assert_eq!(span_end(text, false), Some(end), "{text}");
        }
        assert_eq!(span_end("2023-06-01至长期", false), Some(Day::Endless));
        for text in [
            "2028-05-31",
            "2023-2028",
            "-2028-05-31",
            "2023.6.1-2028.13.1",
            "2028年5月止",
            "至",
            "止",
            "",
        ] {
            assert_eq!(span_end(text, false), None, "{text}");
        }
    }

    #[test]
    fn days_as_cells_hold_them() {
        let date = NaiveDate::from_ymd_opt(2026, 5, 6).unwrap();
        for text in [
            "2026.5.6",
            "2026年5月6日",
            "2026-5-6 10:30",
            "20260506",
            "2026/05/06T00:00",
            "２０２６．５．６",
            "2026. 5. 6",
            "2026。5。6",
            "2026-05-06 星期三",
            "2026-05-06 10:30:00.000",
            "2026.5.6上午",
            "2026-05-06 9:00-11:00",
        ] {
            assert_eq!(
                written(text, false),
                Day::Known {
                    date,
                    is_serial: false
                },
                "{text}"
            );
        }
        assert_eq!(
            day(&Cell::Number(46148.0), false),
            Day::Known {
                date,
                is_serial: true
            }
        );
        assert_eq!(
            day(&Cell::Number(44686.0), true),
            Day::Known {
                date,
                is_serial: true
            }
        );
        assert_eq!(
            day(&Cell::Number(20_260_506.0), false),
            Day::Known {
                date,
                is_serial: false
            }
        );
        assert_eq!(written("26.5.6", false), Day::Short(date));
        assert_eq!(written("9999-09-09", false), Day::Endless);
        for text in [
            "2026/13/1",
            "5月6日",
            "0000-00-00",
            "2026-02-30",
            "甲",
            "202605",
            "1900-01-01",
            "1970-01-01",
            "2026-05-06 复查",
            "2026-05-06 2026-09-01",
            "2026-05-06 至 2026-09-01",
        ] {
            assert_eq!(written(text, false), Day::Bad, "{text}");
        }
    }

    #[test]
    fn numbers_in_scientific_notation() {
        assert_eq!(
            scientific("1.3812345678E10"),
            Some(Some("13812345678".into()))
        );
        assert_eq!(scientific("9.11306E+17"), Some(None));
        assert_eq!(scientific("1.38E+10"), Some(None));
        assert_eq!(scientific("ABE5"), None);
        assert_eq!(without_zero_part("1001.0"), "1001");
        assert_eq!(whole(&Cell::Text("约1,200.4 ㎡".into())), Some(1200));
    }

    #[test]
    fn identity_numbers_by_their_check() {
        assert!(is_identity_number("11010519491231002X"));
        assert!(!is_identity_number("911305811000000597"));
        assert!(holds_identity_number("李四 11010519491231002X"));
        assert!(!holds_identity_number("李四 13812345678"));
    }
}
