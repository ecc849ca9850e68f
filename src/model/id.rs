//! Identifiers that the registers give in sequence.
//!
//! A unit's lottery number is the hash of a line that ends in its id, so ids
//! are never chosen, changed or used twice, and are short enough for the line
//! to fit one SHA-256 block (engine.md, section 1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

/// Longest id, in characters: 32 (key) + 1 + 22 = 55 bytes, one SHA-256 block.
pub const ID_CHARS_MAX: usize = 22;

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of 1 to 22 characters 0-9, A-Z or '-': {text:?}")]
pub struct IdError {
    /// The text that was refused.
    pub text: String,
}

/// Whether `text` matches `^[0-9A-Z-]{1,22}$`.
fn is_id(text: &str) -> bool {
    (1..=ID_CHARS_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-')
}

/// The text of an id, kept in place: registers hold a hundred thousand ids and
/// compare, copy and hash them all the time, and a text elsewhere would be fetched
/// for each. Bytes behind the text are zero, so that the derived order is the
/// text's, and a line can take the bytes in one piece.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct IdText {
    bytes: [u8; ID_CHARS_MAX],
    len: u8,
}

impl IdText {
    fn new(text: &str) -> Option<Self> {
        is_id(text).then(|| {
            let mut bytes = [0; ID_CHARS_MAX];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            Self {
                bytes,
                len: text.len() as u8,
            }
        })
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).expect("ids are ASCII")
    }
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[serde(try_from = "String")]
        pub struct $name(
            #[cfg_attr(
                not(target_arch = "wasm32"),
                schemars(with = "String", regex(pattern = "^[0-9A-Z-]{1,22}$"))
            )]
            IdText,
        );

        impl $name {
            /// Checks `text` and makes it an id.
            ///
            /// # Errors
            /// [`IdError`] unless it matches `^[0-9A-Z-]{1,22}$`.
            pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
                let text = text.as_ref();
                let refused = || IdError {
                    text: text.to_owned(),
                };
                IdText::new(text).map(Self).ok_or_else(refused)
            }

            /// The id as text, as it enters a lottery line.
            ///
            /// # Panics
            /// Never: an id is ASCII.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The id's bytes, and behind them zeros.
            #[must_use]
            pub const fn padded(&self) -> &[u8; ID_CHARS_MAX] {
                &self.0.bytes
            }

            /// How many characters it has: 1 to 22.
            #[must_use]
            #[expect(clippy::len_without_is_empty, reason = "an id is never empty")]
            pub const fn len(&self) -> usize {
                self.0.len as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.as_str().to_owned()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

id_type! {
    /// A unit's id, such as `NG-02051`.
    ///
    /// ```
    /// use double_random::model::UnitId;
    /// assert!(UnitId::new("NG-02051").is_ok());
    /// assert!(UnitId::new("ng 1").is_err());
    /// ```
    UnitId
}
id_type! {
    /// The id under which a unit stands in a draw: its own, or the alias of a withheld
    /// one. Another type than [`UnitId`], so that neither is taken for the other: what
    /// joins them is the workbook alone.
    CandidateId
}
id_type! {
    /// An officer's id, such as `P07`.
    OfficerId
}
id_type! {
    /// A service institution's id, such as `AG-00007`.
    AgencyId
}
id_type! {
    /// A registered fire engineer's id, such as `EN-00007`.
    EngineerId
}

/// A unit that is not withheld draws under its own id.
impl From<&UnitId> for CandidateId {
    fn from(id: &UnitId) -> Self {
        Self(id.0.clone())
    }
}

impl CandidateId {
    /// Read as a unit's own id, which it is unless it is an alias.
    pub(crate) fn as_own(&self) -> UnitId {
        UnitId(self.0.clone())
    }
}
