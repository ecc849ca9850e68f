//! What is kept of a year that is closed: that it was, and what came of it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::visit::{DrawId, VisitId};
use crate::model::Stratum;

/// How a stratum came out at the end of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StratumStatement {
    /// Which.
    pub stratum: Stratum,
    /// Units at the end of the year.
    pub units_count: u32,
    /// Units that the legal floor demanded.
    pub floor_count: u32,
    /// Units of them with a counted inspection in the year.
    pub visited_count: u32,
}

impl StratumStatement {
    /// Whether the legal floor was met.
    #[must_use]
    pub const fn is_met(&self) -> bool {
        self.visited_count >= self.floor_count
    }
}

/// What came of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearStatement {
    /// December's draw, whose register is counted less what was closed by the end of the
    /// year; none: December was not drawn, and the register of the day is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<DrawId>,
    /// The strata A, B, C.
    pub strata: [StratumStatement; 3],
    /// Visits drawn and made.
    pub made_count: u32,
    /// Visits drawn whose unit proved closed.
    pub void_count: u32,
    /// Visits drawn and not made, in order of their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmade: Vec<VisitId>,
}

impl YearStatement {
    /// The strata whose floor was not met.
    pub fn missed(&self) -> impl Iterator<Item = &StratumStatement> {
        self.strata.iter().filter(|stratum| !stratum.is_met())
    }
}

/// That a year was closed, and how it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ClosedYear {
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who closed it.
    pub by: String,
    /// Who approved it.
    pub approver: String,
    /// What was said to it: why a floor was not met, why visits were not made.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What came of the year, as it stood then.
    pub statement: YearStatement,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
