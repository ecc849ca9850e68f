//! Cells: within a cell all units have the same chance at a draw.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::{DrawLevel, Stratum};

/// Stratum and level, `A0` … `C5`, or the early cell `E`; ordered by name.
///
/// ```
/// use double_random::engine::cell::Cell;
/// let mut cells: Vec<Cell> = ["E", "C0", "A3"].iter().map(|name| name.parse()).collect::<Result<_, _>>()?;
/// cells.sort();
/// assert_eq!(cells.iter().map(Cell::to_string).collect::<Vec<_>>(), ["A3", "C0", "E"]);
/// # Ok::<(), double_random::engine::cell::CellError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub enum Cell {
    /// All units of a stratum and level.
    Of(Stratum, DrawLevel),
    /// Units of A and B that should be seen by May, so that a second visit fits.
    Early,
}

/// A text that names no cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no cell A0 to C5 or E: {text:?}")]
pub struct CellError {
    /// What was refused.
    pub text: String,
}

impl Cell {
    /// The cells of all strata and levels in order of name, without [`Cell::Early`].
    #[must_use]
    pub fn all() -> [Self; 18] {
        std::array::from_fn(Self::from_index)
    }

    /// Place in [`Cell::all`]; 18 for the early cell.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Of(stratum, level) => {
                stratum.index() * DrawLevel::COUNT + usize::from(level.get())
            }
            Self::Early => 18,
        }
    }

    /// The cell at a place in [`Cell::all`]; places from 18 on are the early cell.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        match Stratum::ALL.get(index / DrawLevel::COUNT) {
            Some(stratum) => Self::Of(
                *stratum,
                DrawLevel::from_points((index % DrawLevel::COUNT) as i32),
            ),
            None => Self::Early,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(stratum, level) => write!(f, "{stratum}{level}"),
            Self::Early => f.write_str("E"),
        }
    }
}

impl FromStr for Cell {
    type Err = CellError;
    fn from_str(text: &str) -> Result<Self, CellError> {
        let found = Self::all()
            .into_iter()
            .chain([Self::Early])
            .find(|cell| cell.to_string() == text);
        found.ok_or_else(|| CellError {
            text: text.to_owned(),
        })
    }
}

impl TryFrom<String> for Cell {
    type Error = CellError;
    fn try_from(text: String) -> Result<Self, CellError> {
        text.parse()
    }
}

impl From<Cell> for String {
    fn from(cell: Cell) -> Self {
        cell.to_string()
    }
}
