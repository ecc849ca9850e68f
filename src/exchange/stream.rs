//! Reads the rows of a file one by one, as the parser meets them.
//!
//! A whole file as one tree of values would take several times its size in
//! memory, and most of the time to read it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::fields::RawFields;
use super::record::{Record, RowReader};

/// The rows under `field` of the object in `text`; none if there is no such field.
///
/// # Errors
/// Where `text` is no JSON object or the field no list.
pub(super) fn rows<T: Record>(
    text: &str,
    field: &'static str,
) -> Result<Option<RowReader<T>>, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let rows = Envelope {
        field,
        record: PhantomData,
    }
    .deserialize(&mut parser)?;
    parser.end()?;
    Ok(rows)
}

/// The object around the rows.
struct Envelope<T> {
    field: &'static str,
    record: PhantomData<T>,
}

impl<'de, T: Record> DeserializeSeed<'de> for Envelope<T> {
    type Value = Option<RowReader<T>>;
    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'de, T: Record> Visitor<'de> for Envelope<T> {
    type Value = Option<RowReader<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list of rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut rows = None;
        while let Some(name) = map.next_key_seed(Name)? {
            if name == self.field {
                rows = Some(map.next_value_seed(List::<T>(PhantomData))?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(rows)
    }
}

/// The list of rows.
struct List<T>(PhantomData<T>);

impl<'de, T: Record> DeserializeSeed<'de> for List<T> {
    type Value = RowReader<T>;
    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_seq(self)
    }
}

impl<'de, T: Record> Visitor<'de> for List<T> {
    type Value = RowReader<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut reader = RowReader::new();
        while reader.count < T::COUNT_MAX {
            match list.next_element_seed(RawRow)? {
                Some(raw) => reader.push(raw),
                None => return Ok(reader),
            }
        }
        // Beyond the limit rows are counted only, to say how many there are.
        while list.next_element::<IgnoredAny>()?.is_some() {
            reader.count += 1;
        }
        Ok(reader)
    }
}

/// A row by itself; none if it is no object.
///
/// # Errors
/// Where `text` is no JSON.
pub(super) fn raw_row(text: &str) -> Result<Option<RawFields<'_>>, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let row = RawRow.deserialize(&mut parser)?;
    parser.end()?;
    Ok(row)
}

/// One row; none if it is no object.
struct RawRow;

impl<'de> DeserializeSeed<'de> for RawRow {
    type Value = Option<RawFields<'de>>;
    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RawRow {
    type Value = Option<RawFields<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut raw: RawFields<'de> = Vec::with_capacity(24);
        while let Some(name) = map.next_key_seed(Name)? {
            let value: Value = map.next_value()?;
            // As everywhere in JSON here, the last of two equal names counts.
            match raw.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = value,
                None => raw.push((name, value)),
            }
        }
        Ok(Some(raw))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// The name of a field, borrowed from the file where it holds no escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
