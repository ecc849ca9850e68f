//! Identifiers that the registers give in sequence.
//!
//! A unit's lottery number is the hash of a line that ends in its id, so ids
//! are never chosen, changed or used twice, and are short enough for the line
//! to fit one SHA-256 block (engine.md, section 1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(#[cfg_attr(not(target_arch = "wasm32"), schemars(regex(pattern = "^[0-9A-Z-]{1,22}$")))] String);

        impl $name {
            /// Checks `text` and makes it an id.
            ///
            /// # Errors
            /// [`IdError`] unless it matches `^[0-9A-Z-]{1,22}$`.
            pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                if is_id(&text) { Ok(Self(text)) } else { Err(IdError { text }) }
            }

            /// The id as text, as it enters a lottery line.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
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
                id.0
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
    /// An officer's id, such as `P07`.
    OfficerId
}
