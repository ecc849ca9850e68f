//! Rows of JSON as columns: a page of the register, the frozen units of a draw.
//!
//! Rows of one kind repeat their keys, and values of one key are alike. So the text
//! of a list is taken apart into its columns, each is written in the way that suits
//! it (few different values, numbers in a row, random digits), and what is left is
//! deflated. Nothing is known here of what the rows mean: any list comes back as it
//! was, character for character, also one of a newer program; a text that is no list
//! of rows is deflated as it is.

use std::collections::HashMap;

use super::packing::{TEXT_BYTES_MAX, UnpackError, deflate, inflate, to_bytes, to_units};
use crate::engine::lottery::hex_digit;

/// First byte of a text that was deflated as it is.
const PLAIN: u8 = 0;
/// First byte of a text in columns.
const COLUMNS: u8 = 1;
/// Ways in which a column is written.
const RAW: u8 = 0;
const FEW: u8 = 1;
const SOME: u8 = 2;
const NUMBERED: u8 = 3;
const HEX: u8 = 4;
/// Stems of a numbered column, at most: all others are plain texts.
const STEMS_MAX: usize = 64;
/// Hexadecimal digits from which they are taken for random.
const HEX_DIGITS_MIN: usize = 16;

/// Packs the text of a list, its elements joined by commas, without the brackets.
///
/// ```
/// use double_random::store::columns::{pack, unpack};
/// let row = |number: u32| format!("{{\"id\":\"NG-{number:05}\",\"stratum\":\"C\"}}");
/// let rows: Vec<String> = (1..1000).map(row).collect();
/// let text = rows.join(",");
/// let packed = pack(&text);
/// assert!(packed.chars().count() < 60);
/// assert_eq!(unpack(&packed)?, text);
/// # Ok::<(), double_random::store::packing::UnpackError>(())
/// ```
#[must_use]
pub fn pack(text: &str) -> String {
    let bytes = in_columns(text).unwrap_or_else(|| {
        let mut bytes = vec![PLAIN];
        bytes.extend(deflate(text.as_bytes()));
        bytes
    });
    to_units(&bytes)
}

/// The text that was packed.
///
/// # Errors
/// [`UnpackError`] where `packed` did not come from [`pack`].
pub fn unpack(packed: &str) -> Result<String, UnpackError> {
    let mut text = String::new();
    unpack_onto(packed, &mut text)?;
    Ok(text)
}

/// As [`unpack`], behind what stands in `text` already.
pub(super) fn unpack_onto(packed: &str, text: &mut String) -> Result<(), UnpackError> {
    let bytes = to_bytes(packed)?;
    match bytes.split_first() {
        Some((&PLAIN, deflated)) => {
            let inflated = inflate(deflated)?;
            text.push_str(str::from_utf8(&inflated).map_err(|_| UnpackError::Text)?);
            Ok(())
        }
        Some((&COLUMNS, rest)) => {
            let (deflated, random) = split(rest).ok_or(UnpackError::Columns)?;
            join(&inflate(deflated)?, random, text).ok_or(UnpackError::Columns)
        }
        _ => Err(UnpackError::Columns),
    }
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut input = Input { bytes };
    let deflated = input.take_sized()?;
    Some((deflated, input.bytes))
}

/// `text` in columns; none where it is no list of rows.
fn in_columns(text: &str) -> Option<Vec<u8>> {
    let (written, random) = Rows::read(text)?.write()?;
    // Whoever reads it depends on it: what does not come back the same stays plain.
    let mut back = String::with_capacity(text.len());
    join(&written, &random, &mut back)?;
    if back != text {
        return None;
    }
    let mut bytes = vec![COLUMNS];
    put_sized(&mut bytes, &deflate(&written));
    bytes.extend(random);
    Some(bytes)
}

/// A list taken apart. Values and keys stand as they are written in JSON.
#[derive(Default)]
struct Rows<'a> {
    /// Different shapes of rows: which columns a row fills, in its order.
    shapes: Vec<Vec<usize>>,
    /// The shape of each row.
    shape_of: Vec<usize>,
    columns: Vec<Column<'a>>,
}

/// Values of one key in order of rows; of rows that are no objects the key is empty.
struct Column<'a> {
    key: &'a str,
    values: Vec<&'a str>,
}

impl<'a> Rows<'a> {
    fn read(text: &'a str) -> Option<Self> {
        // Columns part their values by it.
        if text.contains('\n') {
            return None;
        }
        let mut rows = Self::default();
        let (mut scan, mut shape) = (Scan { rest: text }, Vec::new());
        loop {
            shape.clear();
            rows.read_row(&mut scan, &mut shape)?;
            rows.keep_shape(&shape);
            if scan.rest.is_empty() {
                return Some(rows);
            }
            scan.skip(",")?;
        }
    }

    fn read_row(&mut self, scan: &mut Scan<'a>, shape: &mut Vec<usize>) -> Option<()> {
        if scan.skip("{").is_none() {
            let value = scan.value()?;
            self.keep("", value, shape);
            return Some(());
        }
        if scan.skip("}").is_some() {
            return Some(());
        }
        loop {
            let key = scan.text()?;
            scan.skip(":")?;
            let value = scan.value()?;
            self.keep(key, value, shape);
            if scan.skip("}").is_some() {
                return Some(());
            }
            scan.skip(",")?;
        }
    }

    fn keep(&mut self, key: &'a str, value: &'a str, shape: &mut Vec<usize>) {
        // Nearly always the column behind the one before.
        let next = shape.last().map_or(0, |last| last + 1);
        let is_next = self.columns.get(next).is_some_and(|it| it.key == key);
        let known = is_next.then_some(next);
        let known = known.or_else(|| self.columns.iter().position(|it| it.key == key));
        let at = known.unwrap_or_else(|| {
            let values = Vec::new();
            self.columns.push(Column { key, values });
            self.columns.len() - 1
        });
        self.columns[at].values.push(value);
        shape.push(at);
    }

    fn keep_shape(&mut self, shape: &[usize]) {
        let last = self.shape_of.last().copied();
        let is_last = last.is_some_and(|last| self.shapes[last] == shape);
        let known = last.filter(|_| is_last);
        let known = known.or_else(|| self.shapes.iter().position(|it| it == shape));
        let at = known.unwrap_or_else(|| {
            self.shapes.push(shape.to_vec());
            self.shapes.len() - 1
        });
        self.shape_of.push(at);
    }

    /// What is to be deflated, and random bytes, which no packing makes smaller.
    fn write(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut out, mut random) = (Vec::new(), Vec::new());
        put(&mut out, self.shapes.len() as u64);
        for shape in &self.shapes {
            put(&mut out, shape.len() as u64);
            shape.iter().for_each(|&at| put(&mut out, at as u64));
        }
        let plane: Option<Vec<u8>> = self.shape_of.iter().map(|&at| at.try_into().ok()).collect();
        put_sized(&mut out, &plane?);
        put(&mut out, self.columns.len() as u64);
        for column in &self.columns {
            put_sized(&mut out, column.key.as_bytes());
            column.write(&mut out, &mut random);
        }
        Some((out, random))
    }
}

impl Column<'_> {
    fn write(&self, out: &mut Vec<u8>, random: &mut Vec<u8>) {
        let ways = [Self::as_hex, Self::as_numbered, Self::as_few];
        if !ways.iter().any(|way| way(self, out, random).is_some()) {
            out.push(RAW);
            put_sized(out, self.values.join("\n").as_bytes());
        }
    }

    /// Random digits, all of one length, as bytes.
    fn as_hex(&self, out: &mut Vec<u8>, random: &mut Vec<u8>) -> Option<()> {
        let digits = self.values.first()?.len().checked_sub(2)?;
        if digits < HEX_DIGITS_MIN || digits % 2 != 0 {
            return None;
        }
        let start = random.len();
        for value in &self.values {
            let is_whole = value.len() == digits + 2 && push_hex(random, value).is_some();
            if !is_whole {
                random.truncate(start);
                return None;
            }
        }
        out.push(HEX);
        put(out, digits as u64 / 2);
        put(out, self.values.len() as u64);
        Some(())
    }

    /// Numbers behind few stems, most of them near the one before: ids.
    fn as_numbered(&self, out: &mut Vec<u8>, _: &mut Vec<u8>) -> Option<()> {
        let (mut stems, mut lasts) = (Vec::<Stem>::new(), Vec::<u64>::new());
        let (mut plane, mut steps) = (Vec::new(), Vec::new());
        for value in &self.values {
            let (stem, number) = Stem::of(value)?;
            let at = stems.iter().position(|it| *it == stem);
            let at = at.unwrap_or_else(|| {
                stems.push(stem);
                lasts.push(0);
                stems.len() - 1
            });
            plane.push(u8::try_from(at).ok().filter(|_| at < STEMS_MAX)?);
            let step = number.wrapping_sub(lasts[at]) as i64;
            put(&mut steps, (step << 1 ^ step >> 63) as u64);
            lasts[at] = number;
        }
        // Numbers by chance are shorter as digits.
        if steps.len() > self.values.len() + self.values.len() / 8 + 8 {
            return None;
        }
        out.push(NUMBERED);
        put(out, stems.len() as u64);
        for stem in stems {
            put(out, stem.width as u64);
            put_sized(out, stem.before.as_bytes());
        }
        put_sized(out, &plane);
        put_sized(out, &steps);
        Some(())
    }

    /// Few different values: each once, and for each row which.
    fn as_few(&self, out: &mut Vec<u8>, _: &mut Vec<u8>) -> Option<()> {
        let different_max = (self.values.len() / 4 + 1).min(1 << 16);
        let (mut different, mut place_of) = (Vec::new(), HashMap::new());
        let mut places = Vec::with_capacity(self.values.len());
        for &value in &self.values {
            let place = *place_of.entry(value).or_insert(different.len());
            if place == different.len() {
                different.push(value);
            }
            if different.len() > different_max {
                return None;
            }
            places.push(place);
        }
        let is_few = different.len() <= 256;
        out.push(if is_few { FEW } else { SOME });
        put_sized(out, different.join("\n").as_bytes());
        put_sized(out, &places.iter().map(|&at| at as u8).collect::<Vec<_>>());
        if !is_few {
            let high = places.iter().map(|&at| (at >> 8) as u8);
            put_sized(out, &high.collect::<Vec<_>>());
        }
        Some(())
    }
}

/// What stands before the digits at the end of a text, and how many they are.
#[derive(PartialEq, Eq)]
struct Stem<'a> {
    before: &'a str,
    width: usize,
}

impl<'a> Stem<'a> {
    fn of(value: &'a str) -> Option<(Self, u64)> {
        let inner = value.strip_prefix('"')?.strip_suffix('"')?;
        let before = inner.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &inner[before.len()..];
        // Nineteen digits can be more than a number holds.
        let number = digits.parse().ok().filter(|_| digits.len() < 19)?;
        let width = digits.len();
        Some((Self { before, width }, number))
    }
}

/// Adds to `text` that of which `written` and `random` are the columns.
fn join(written: &[u8], random: &[u8], text: &mut String) -> Option<()> {
    let (mut input, mut random) = (Input { bytes: written }, Input { bytes: random });
    let shapes_count = input.count()?;
    let mut shapes = Vec::new();
    for _ in 0..shapes_count {
        let len = input.count()?;
        let shape: Option<Vec<usize>> = (0..len).map(|_| input.count()).collect();
        shapes.push(shape?);
    }
    let shape_of = input.take_sized()?;
    let columns_count = input.count()?;
    let (mut keys, mut columns) = (Vec::new(), Vec::new());
    for _ in 0..columns_count {
        keys.push(input.text()?);
        columns.push(Values::read(&mut input, &mut random)?);
    }
    let shapes: Option<Vec<Vec<Cell>>> = shapes.iter().map(|shape| cells(shape, &keys)).collect();
    let (shapes, start) = (shapes?, text.len());
    for (row, &shape) in shape_of.iter().enumerate() {
        if row > 0 {
            text.push(',');
        }
        join_row(shapes.get(usize::from(shape))?, &mut columns, text)?;
        if text.len() - start > TEXT_BYTES_MAX {
            return None;
        }
    }
    Some(())
}

/// A place of a row: what stands before its value, and the value's column.
struct Cell {
    before: String,
    column: usize,
}

/// The places of a row of this shape; none where one has no column.
fn cells(shape: &[usize], keys: &[&str]) -> Option<Vec<Cell>> {
    let is_bare = matches!(shape, [only] if keys.get(*only) == Some(&""));
    let places = shape.iter().enumerate();
    let cells = places.map(|(place, &column)| {
        let mark = if place == 0 { '{' } else { ',' };
        let key = keys.get(column)?;
        let before = if is_bare {
            String::new()
        } else {
            format!("{mark}{key}:")
        };
        Some(Cell { before, column })
    });
    cells.collect()
}

fn join_row(cells: &[Cell], columns: &mut [Values], text: &mut String) -> Option<()> {
    for cell in cells {
        text.push_str(&cell.before);
        columns.get_mut(cell.column)?.next(text)?;
    }
    match cells {
        [] => text.push_str("{}"),
        [only] if only.before.is_empty() => {}
        _ => text.push('}'),
    }
    Some(())
}

/// The values of a column, one after the other.
enum Values<'a> {
    Raw(std::str::Split<'a, char>),
    Few {
        different: Vec<&'a str>,
        low: Input<'a>,
        /// None where a byte says which.
        high: Option<Input<'a>>,
    },
    Numbered {
        /// Each with its last number.
        stems: Vec<(Stem<'a>, u64)>,
        plane: Input<'a>,
        steps: Input<'a>,
    },
    Hex {
        bytes_each: usize,
        random: Input<'a>,
    },
}

impl<'a> Values<'a> {
    fn read(input: &mut Input<'a>, random: &mut Input<'a>) -> Option<Self> {
        let way = input.byte()?;
        match way {
            RAW => Some(Self::Raw(input.text()?.split('\n'))),
            FEW | SOME => Some(Self::Few {
                different: input.text()?.split('\n').collect(),
                low: input.input()?,
                high: if way == SOME {
                    Some(input.input()?)
                } else {
                    None
                },
            }),
            NUMBERED => {
                let mut stems = Vec::new();
                for _ in 0..input.count()? {
                    let width = input.count()?;
                    let before = input.text()?;
                    stems.push((Stem { before, width }, 0));
                }
                Some(Self::Numbered {
                    stems,
                    plane: input.input()?,
                    steps: input.input()?,
                })
            }
            HEX => {
                let (bytes_each, count) = (input.count()?, input.count()?);
                let bytes = random.take(bytes_each.checked_mul(count)?)?;
                let random = Input { bytes };
                Some(Self::Hex { bytes_each, random })
            }
            _ => None,
        }
    }

    /// Writes the next value.
    fn next(&mut self, text: &mut String) -> Option<()> {
        match self {
            Self::Raw(values) => text.push_str(values.next()?),
            Self::Few {
                different,
                low,
                high,
            } => {
                let high = match high {
                    Some(high) => usize::from(high.byte()?) << 8,
                    None => 0,
                };
                text.push_str(different.get(high | usize::from(low.byte()?))?);
            }
            Self::Numbered {
                stems,
                plane,
                steps,
            } => {
                let (stem, last) = stems.get_mut(usize::from(plane.byte()?))?;
                let step = steps.number()?;
                let step = (step >> 1) as i64 ^ -((step & 1) as i64);
                *last = last.wrapping_add(step as u64);
                text.push('"');
                text.push_str(stem.before);
                push_number(text, *last, stem.width)?;
                text.push('"');
            }
            Self::Hex { bytes_each, random } => {
                text.push('"');
                for byte in random.take(*bytes_each)? {
                    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
                    text.extend([digit(byte >> 4), digit(byte & 15)]);
                }
                text.push('"');
            }
        }
        Some(())
    }
}

/// Adds the digits of a number, with zeros before them up to `width`.
fn push_number(text: &mut String, mut number: u64, width: usize) -> Option<()> {
    let mut digits = [b'0'; 20];
    let mut from = digits.len();
    while number > 0 {
        from -= 1;
        digits[from] += (number % 10) as u8;
        number /= 10;
    }
    let from = from.min(digits.len().checked_sub(width)?);
    text.push_str(str::from_utf8(&digits[from..]).ok()?);
    Some(())
}

/// Parts compact JSON, without a look at what it says.
struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    fn skip(&mut self, mark: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }

    fn take(&mut self, len: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    /// A text, with its quotes.
    fn text(&mut self) -> Option<&'a str> {
        self.take(text_len(self.rest.as_bytes())?)
    }

    /// A value of any kind.
    fn value(&mut self) -> Option<&'a str> {
        let bytes = self.rest.as_bytes();
        let len = match bytes.first()? {
            b'"' => text_len(bytes)?,
            b'{' | b'[' => nested_len(bytes)?,
            _ => {
                let end = bytes.iter().position(|byte| b",]}".contains(byte));
                end.unwrap_or(bytes.len())
            }
        };
        self.take(len).filter(|value| !value.is_empty())
    }
}

fn text_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn nested_len(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        match bytes.get(at)? {
            b'"' => {
                at += text_len(&bytes[at..])?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Bytes that are read from the front.
struct Input<'a> {
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn count(&mut self) -> Option<usize> {
        self.number()?.try_into().ok()
    }

    fn take_sized(&mut self) -> Option<&'a [u8]> {
        let len = self.count()?;
        self.take(len)
    }

    fn input(&mut self) -> Option<Self> {
        let bytes = self.take_sized()?;
        Some(Self { bytes })
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.take_sized()?).ok()
    }
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Adds the bytes of a text of lower-case hexadecimal digits in quotes.
fn push_hex(out: &mut Vec<u8>, value: &str) -> Option<()> {
    let digits = value.strip_prefix('"')?.strip_suffix('"')?;
    for pair in digits.as_bytes().chunks_exact(2) {
        out.push(hex_digit(pair[0])? << 4 | hex_digit(pair[1])?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;

    #[track_caller]
    fn comes_back(text: &str) {
        assert_eq!(unpack(&pack(text)).as_deref(), Ok(text));
    }

    /// The elements of a list, as they are packed.
    fn inner<T: serde::Serialize>(rows: &[T]) -> String {
        let text = serde_json::to_string(rows).unwrap();
        text[1..text.len() - 1].to_owned()
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
            "NG-[0-9]{1,4}".prop_map(Value::from),
            "[0-9a-f]{16}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-d\"\\\\]{0,2}", inner, 0..4)
                    .prop_map(|map| Value::Object(Map::from_iter(map))),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_list_comes_back(rows in prop::collection::vec(any_value(), 0..30)) {
            let text = inner(&rows);
            prop_assert_eq!(unpack(&pack(&text)), Ok(text));
        }

        #[test]
        fn any_text_comes_back(text in "[{}\\[\\]\",:\\\\a1\n]{0,40}|.{0,40}") {
            prop_assert_eq!(unpack(&pack(&text)), Ok(text));
        }

        #[test]
        fn strange_columns_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = join(&bytes, &[1, 2, 3], &mut String::new());
        }

        #[test]
        fn changed_columns_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let rows: Vec<Value> = (0..40).map(|n| json!({ "id": format!("NG-{n:03}"), "n": n % 3, "s": "00112233445566ff" })).collect();
            let (mut written, random) = Rows::read(&inner(&rows)).unwrap().write().unwrap();
            let at = at.index(written.len());
            written[at] = byte;
            let _ = join(&written, &random, &mut String::new());
        }
    }

    #[test]
    fn columns_of_every_way_come_back() {
        let row = |n: u32| {
            json!({
                "id": format!("NG-{n:05}"),
                "few": n % 3,
                "some": (n * 7919) % 700,
                "raw": format!("门牌 {}", n * 7919),
                "salt": format!("{:032x}", u128::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)),
            })
        };
        let rows: Vec<Value> = (0..3000).map(row).collect();
        let text = inner(&rows);
        let (written, _) = Rows::read(&text).unwrap().write().unwrap();
        assert!(written.len() * 4 < text.len(), "in columns");
        comes_back(&text);
        comes_back(&inner(&(0..3000).map(|n| n % 11).collect::<Vec<_>>()));
        comes_back("");
        comes_back("{}");
        comes_back("{},{}");
        comes_back("18446744073709551615,-1");
        comes_back("\"NG-1\",\"NG-01\",\"NG-\",\"9999999999999999999999\"");
    }
}
