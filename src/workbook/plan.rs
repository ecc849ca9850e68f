//! 年度抽查计划: the annual plan, its draft and its frozen versions.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::engine::design::AnnualDesign;
use crate::engine::lottery::Genesis;

/// The annual plan of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AnnualPlan {
    /// The calendar year: one field, used everywhere (domain.md, setting 1).
    pub year: i32,
    /// The brigade's name.
    pub brigade: String,
    /// Shares, twice level, season, capacity and points.
    pub design: AnnualDesign,
    /// 重点行业: categories that count as key industries (R19).
    #[serde(default)]
    pub key_categories: BTreeSet<String>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl AnnualPlan {
    /// A plan with the program's defaults.
    #[must_use]
    pub fn new(year: i32, brigade: impl Into<String>) -> Self {
        Self {
            year,
            brigade: brigade.into(),
            design: AnnualDesign::default(),
            key_categories: ["易燃易爆单位", "劳动密集型企业"].map(str::to_owned).into(),
            extra: Map::new(),
        }
    }
}

/// A plan that was frozen: the draws from then on follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FrozenPlan {
    /// 第几版, from 1.
    pub version: u32,
    /// What was frozen.
    pub plan: AnnualPlan,
    /// Hash of the plan as canonical JSON: where every seed of its draws begins.
    pub genesis: Genesis,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who froze it.
    pub by: String,
    /// Who approved it.
    pub approver: String,
    /// Why a new version was needed; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
