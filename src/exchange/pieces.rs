//! JSON of large data in pieces, so that a page can breathe in between.
//!
//! A serialiser cannot stop half-way. So each piece is a run over the data of its
//! own, in which elements of long lists before the piece are passed over, not
//! serialised, what is written before it is thrown away, and all after it is left out.
//! Joined, the pieces are byte for byte what the serialiser writes at once.

use std::cell::Cell;
use std::io;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::engine::pace::{Advance, Pace};

/// Lists from this length on are cut.
const LONG: usize = 256;

/// How the text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Without any space, as it is stored.
    Compact,
    /// For people, with an end of line.
    Pretty,
}

/// Pieces of a JSON text, one after the other.
///
/// ```
/// use double_random::exchange::pieces::{Layout, Pieces};
/// let data: Vec<u32> = (1000..2000).collect();
/// let mut pieces = Pieces::new(Layout::Compact, 1500);
/// let mut text = Vec::new();
/// let mut count = 0;
/// while pieces.next(&data, &mut text) {
///     count += 1;
/// }
/// assert_eq!(text, serde_json::to_vec(&data)?);
/// assert_eq!(count, 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Pieces {
    layout: Layout,
    /// Bytes after which a piece ends, at the end of an element.
    bytes: usize,
    /// Elements of long lists written.
    done: usize,
}

/// Where a run stands, and which part of it is written.
struct Window {
    /// Elements of long lists passed.
    at: Cell<usize>,
    from: usize,
    /// Bytes written, and those after which the window closes.
    written: Cell<usize>,
    bytes: usize,
    is_closed: Cell<bool>,
    /// Elements passed when it closed.
    closed_at: Cell<usize>,
}

impl Window {
    fn is_open(&self) -> bool {
        !self.is_closed.get() && self.at.get() >= self.from
    }

    /// An element of a long list is passed.
    fn pass(&self) {
        let is_full = self.is_open() && self.written.get() >= self.bytes;
        self.at.set(self.at.get() + 1);
        if is_full {
            self.is_closed.set(true);
            self.closed_at.set(self.at.get());
        }
    }
}

/// Takes what is written inside the window.
struct Sink<'a> {
    window: &'a Window,
    out: &'a mut Vec<u8>,
}

impl io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.window.is_open() {
            self.out.extend_from_slice(bytes);
            self.window
                .written
                .set(self.window.written.get() + bytes.len());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pieces {
    /// Nothing written yet; a piece ends with the element of a long list that fills
    /// `bytes`.
    #[must_use]
    pub const fn new(layout: Layout, bytes: usize) -> Self {
        Self {
            layout,
            bytes,
            done: 0,
        }
    }

    /// Writes the next piece of `data`, always the same data, behind `out`. Whether more
    /// is to come.
    ///
    /// # Panics
    /// Where the data cannot be JSON: keys that are no texts.
    pub fn next<T: Serialize>(&mut self, data: &T, out: &mut Vec<u8>) -> bool {
        let window = Window {
            at: Cell::new(0),
            from: self.done,
            written: Cell::new(0),
            bytes: self.bytes,
            is_closed: Cell::new(false),
            closed_at: Cell::new(0),
        };
        let sink = Sink {
            window: &window,
            out,
        };
        run(data, &window, sink, self.layout);
        self.done = window.closed_at.get();
        let is_more = window.is_closed.get();
        if !is_more && self.layout == Layout::Pretty {
            out.push(b'\n');
        }
        is_more
    }
}

/// Bytes of a backup that are written between two rests: about 10 ms of work.
const PIECE_BYTES: usize = 1 << 18;

/// What a [`backup`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given<'a> {
    /// The next bytes.
    Part(&'a [u8]),
    /// All that was given is void; it begins anew without spaces.
    Anew,
}

/// Writes a backup, never one that cannot be read again if that can be helped: laid out
/// for people, but for one that would be larger than `bytes_max` so, which is written
/// without any space. How many bytes it has; more than can be read again where they
/// exceed the limit.
///
/// # Panics
/// As [`Pieces::next`].
pub async fn backup<T: Serialize>(
    data: &T,
    bytes_max: usize,
    pace: &impl Pace,
    mut give: impl FnMut(Given<'_>),
) -> usize {
    let mut layout = Layout::Pretty;
    loop {
        let mut pieces = Pieces::new(layout, PIECE_BYTES);
        let (mut bytes, mut part) = (0, Vec::new());
        loop {
            let is_more = pieces.next(data, &mut part);
            bytes += part.len();
            if bytes > bytes_max && layout == Layout::Pretty {
                give(Given::Anew);
                layout = Layout::Compact;
                break;
            }
            give(Given::Part(&part));
            part.clear();
            if !is_more {
                return bytes;
            }
            // How much is to come is not known before it is written.
            pace.rest(Advance::running(bytes, bytes_max.max(bytes)))
                .await;
        }
    }
}

/// Both layouts as one type: as two, all that writes a workbook would be compiled twice.
struct Laid {
    layout: Layout,
    pretty: PrettyFormatter<'static>,
}

macro_rules! lay {
    ($($method:ident($($is_first:ident)?)),* $(,)?) => {
        impl Formatter for Laid {
            $(fn $method<W: io::Write + ?Sized>(
                &mut self,
                out: &mut W,
                $($is_first: bool,)?
            ) -> io::Result<()> {
                match self.layout {
                    Layout::Compact => CompactFormatter.$method(out $(, $is_first)?),
                    Layout::Pretty => self.pretty.$method(out $(, $is_first)?),
                }
            })*
        }
    };
}

lay!(
    begin_array(),
    end_array(),
    begin_array_value(is_first),
    end_array_value(),
    begin_object(),
    end_object(),
    begin_object_key(is_first),
    begin_object_value(),
    end_object_value(),
);

fn run<T: Serialize>(data: &T, window: &Window, sink: Sink, layout: Layout) {
    let pretty = PrettyFormatter::new();
    let laid = Laid { layout, pretty };
    let mut inner = serde_json::Serializer::with_formatter(sink, laid);
    let cut = Cut {
        inner: &mut inner,
        window,
    };
    let written = data.serialize(cut);
    // What follows a window that closed is left out.
    assert!(
        written.is_ok() || window.is_closed.get(),
        "all keys of the data are texts"
    );
}

/// Passes everything on to the serialiser inside, but for elements of long lists
/// outside the window.
struct Cut<'a, S> {
    inner: S,
    window: &'a Window,
}

/// A value that is serialised by way of [`Cut`].
struct CutValue<'a, T: ?Sized> {
    value: &'a T,
    window: &'a Window,
}

impl<T: Serialize + ?Sized> Serialize for CutValue<'_, T> {
    fn serialize<S: Serializer>(&self, inner: S) -> Result<S::Ok, S::Error> {
        let window = self.window;
        self.value.serialize(Cut { inner, window })
    }
}

impl<'a, S> Cut<'a, S> {
    const fn value<'v, T: ?Sized>(&self, value: &'v T) -> CutValue<'v, T>
    where
        'a: 'v,
    {
        CutValue {
            value,
            window: self.window,
        }
    }
}

/// A list; long ones count their elements.
struct CutSeq<'a, S> {
    inner: S,
    window: &'a Window,
    is_long: bool,
    /// Whether an element was passed on, so that the next one gets its comma.
    is_begun: bool,
}

impl<S: SerializeSeq> SerializeSeq for CutSeq<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        if !self.is_long {
            let window = self.window;
            return self.inner.serialize_element(&CutValue { value, window });
        }
        if self.window.is_open() {
            self.inner.serialize_element(value)?;
            self.is_begun = true;
        } else if !self.is_begun {
            // Nothing of it is written, but the next element is no longer the first.
            self.inner.serialize_element(&())?;
            self.is_begun = true;
        }
        self.window.pass();
        if self.window.is_closed.get() {
            return Err(S::Error::custom("the window is closed"));
        }
        Ok(())
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

macro_rules! pass_on {
    ($($method:ident($kind:ty)),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        })*
    };
}

macro_rules! pass_on_parts {
    ($trait:ident, $method:ident $(, $key:ident)?) => {
        impl<S: $trait> $trait for Cut<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;
            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                value: &T,
            ) -> Result<(), S::Error> {
                let value = CutValue { value, window: self.window };
                self.inner.$method($($key,)? &value)
            }
            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        }
    };
}

pass_on_parts!(SerializeTuple, serialize_element);
pass_on_parts!(SerializeTupleStruct, serialize_field);
pass_on_parts!(SerializeTupleVariant, serialize_field);
pass_on_parts!(SerializeStruct, serialize_field, key);
pass_on_parts!(SerializeStructVariant, serialize_field, key);

impl<S: SerializeMap> SerializeMap for Cut<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let value = self.value(value);
        self.inner.serialize_value(&value)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

impl<'a, S: Serializer> Serializer for Cut<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = CutSeq<'a, S::SerializeSeq>;
    type SerializeTuple = Cut<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Cut<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Cut<'a, S::SerializeTupleVariant>;
    type SerializeMap = Cut<'a, S::SerializeMap>;
    type SerializeStruct = Cut<'a, S::SerializeStruct>;
    type SerializeStructVariant = Cut<'a, S::SerializeStructVariant>;

    pass_on! {
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_char(char),
        serialize_str(&str),
        serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str),
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let value = self.value(value);
        self.inner.serialize_some(&value)
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = self.value(value);
        self.inner.serialize_newtype_struct(name, &value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = self.value(value);
        self.inner
            .serialize_newtype_variant(name, index, variant, &value)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(CutSeq {
            window: self.window,
            is_long: len.is_some_and(|len| len >= LONG),
            inner: self.inner.serialize_seq(len)?,
            is_begun: false,
        })
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, S::Error> {
        let window = self.window;
        let inner = self.inner.serialize_tuple(len)?;
        Ok(Cut { inner, window })
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        let window = self.window;
        let inner = self.inner.serialize_tuple_struct(name, len)?;
        Ok(Cut { inner, window })
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        let window = self.window;
        let inner = self
            .inner
            .serialize_tuple_variant(name, index, variant, len)?;
        Ok(Cut { inner, window })
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        let window = self.window;
        let inner = self.inner.serialize_map(len)?;
        Ok(Cut { inner, window })
    }

    fn serialize_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        let window = self.window;
        let inner = self.inner.serialize_struct(name, len)?;
        Ok(Cut { inner, window })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let window = self.window;
        let inner = self
            .inner
            .serialize_struct_variant(name, index, variant, len)?;
        Ok(Cut { inner, window })
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.collect_str(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::engine::pace::{AtOnce, at_once};
    use crate::exchange::json::workbook_to_json;

    fn joined<T: Serialize>(data: &T, layout: Layout, size: usize) -> (String, usize) {
        let mut pieces = Pieces::new(layout, size);
        let (mut text, mut count) = (Vec::new(), 1);
        while pieces.next(data, &mut text) {
            count += 1;
        }
        (String::from_utf8(text).unwrap(), count)
    }

    #[test]
    fn pieces_of_a_workbook_join_to_its_text() {
        let book = demo::brigade(2026, demo::SEED);
        for size in [1, 1_000, 50_000, 500_000, 9_000_000] {
            let (text, count) = joined(&book, Layout::Compact, size);
            assert!(text == serde_json::to_string(&book).unwrap(), "{size}");
            assert!(count <= text.len() / size + 1, "{size}");
            let (text, _) = joined(&book, Layout::Pretty, size);
            assert!(text == workbook_to_json(&book), "{size}");
        }
    }

    #[test]
    fn a_backup_too_large_for_people_is_written_without_spaces() {
        let book = demo::brigade(2026, demo::SEED);
        let (pretty, compact) = (
            workbook_to_json(&book),
            serde_json::to_string(&book).unwrap(),
        );
        let written = |bytes_max| {
            let mut text = Vec::new();
            let give = |given: Given<'_>| match given {
                Given::Part(part) => text.extend_from_slice(part),
                Given::Anew => text.clear(),
            };
            let bytes = at_once(backup(&book, bytes_max, &AtOnce, give));
            assert_eq!(bytes, text.len());
            (text, bytes <= bytes_max)
        };
        assert!(written(pretty.len()) == (pretty.clone().into_bytes(), true));
        assert!(written(pretty.len() - 1) == (compact.clone().into_bytes(), true));
        assert!(written(compact.len()) == (compact.clone().into_bytes(), true));
        let (_, is_readable) = written(compact.len() - 1);
        assert!(!is_readable, "and where that does not help, it is said");
    }

    #[test]
    fn lists_in_lists_and_short_ones_are_whole() {
        let inner: Vec<u32> = (0..300).collect();
        let outer: Vec<Vec<u32>> = vec![inner.clone(); 300];
        let data = serde_json::json!({ "a": [1, 2], "b": inner, "c": { "d": outer }, "e": null });
        for size in [1, 7, 299, 300, 301, 600] {
            let (text, _) = joined(&data, Layout::Compact, size);
            assert_eq!(text, data.to_string(), "{size}");
            let (text, _) = joined(&data, Layout::Pretty, size);
            let whole = serde_json::to_string_pretty(&data).unwrap() + "\n";
            assert_eq!(text, whole, "{size}");
        }
    }
}
