//! Reading published documents so that every byte of them counts.
//!
//! A reader that skips what it does not know, or takes a missing field for an
//! empty one, lets a changed byte pass. Here a document must say exactly what
//! is understood of it: written again, it is the same document. Only the space
//! between its parts is free.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why a published document was not read, with the place.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No certificate of a format that this program knows.
    #[error("unknown format {found:?}")]
    Format {
        /// What it says; `None`: nothing.
        found: Option<String>,
    },
    /// Not JSON, or not of the document's shape; line and column count from 1.
    #[error("line {line}, column {column}: {source}")]
    Shape {
        line: usize,
        column: usize,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// A part that was not understood, or not as it stands.
    #[error("not understood as it stands: {path}")]
    NotUnderstood {
        /// The part, as a JSON pointer (RFC 6901).
        path: String,
    },
}

impl From<serde_json::Error> for ReadError {
    fn from(source: serde_json::Error) -> Self {
        let (line, column) = place(&source);
        Self::Shape {
            line,
            column,
            source,
        }
    }
}

/// Where a JSON error is, line and column from 1; line 0: unknown. The parser itself
/// names column 0 where it stops at a line's end.
///
/// ```
/// use double_random::engine::read::place;
/// let error = serde_json::from_str::<String>("\"a\nb\"").expect_err("a line's end in a text");
/// assert_eq!(place(&error), (2, 1));
/// ```
#[must_use]
pub fn place(error: &serde_json::Error) -> (usize, usize) {
    (error.line(), error.column().max(1))
}

/// Reads a document that must come out the same when it is written again.
///
/// # Errors
/// [`ReadError`], with the place.
pub fn read_exactly<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    let document: T = serde_json::from_str(text)?;
    check_exactly(text, &document)?;
    Ok(document)
}

/// Checks that `document`, which was read from `text`, is all that it says: the
/// longer half of [`read_exactly`], for work that rests in between.
///
/// # Errors
/// [`ReadError::NotUnderstood`], with the place.
pub fn check_exactly<T: Serialize>(text: &str, document: &T) -> Result<(), ReadError> {
    let given: Value = serde_json::from_str(text)?;
    let written = serde_json::to_value(document)?;
    match first_difference(&given, &written, String::new()) {
        Some(path) => Err(ReadError::NotUnderstood { path }),
        None => Ok(()),
    }
}

/// The first part in which two documents differ, as a JSON pointer.
fn first_difference(given: &Value, written: &Value, path: String) -> Option<String> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            let keys = given.keys().chain(written.keys());
            keys.filter_map(|key| {
                let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                match (given.get(key), written.get(key)) {
                    (Some(given), Some(written)) => first_difference(given, written, path),
                    _ => Some(path),
                }
            })
            .next()
        }
        (Value::Array(given), Value::Array(written)) if given.len() == written.len() => {
            let mut pairs = given.iter().zip(written).enumerate();
            pairs.find_map(|(at, pair)| first_difference(pair.0, pair.1, format!("{path}/{at}")))
        }
        _ => (given != written).then_some(path),
    }
}
