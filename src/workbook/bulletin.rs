//! 公示: what a year publishes, and its versions as they were published (R11).

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::own_visit::OwnVisitId;
use super::visit::VisitId;
use crate::engine::lottery::Hash;

/// What is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulletinOf {
    /// 检查结果 of a draw's visits, by its number in the year.
    Results(u32),
    /// 抽查计划 of a draw.
    Plan(u32),
    /// 年度自我声明: what came of a year that is closed.
    Statement,
    /// 抽取登记: every draw of the year, in sequence.
    Draws,
    /// 年度抽查计划.
    YearPlan,
    /// 随机抽查事项清单.
    Items,
}

/// One version of something, as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Bulletin {
    pub of: BulletinOf,
    /// 第几版, from 1 for each thing.
    pub version: u32,
    /// 公示日期.
    pub date: NaiveDate,
    /// The day by which it was due, as things stood; none where nothing sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Where it was published.
    pub places: String,
    /// SHA-256 of the paper, in the form for machines.
    pub fingerprint: Hash,
    /// Lines of the paper.
    pub rows: u32,
    /// Lines that name no unit, by law.
    #[serde(default)]
    pub withheld: u32,
    /// Why a version after the first was needed; of results, which come in batches, none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Of results: the visits whose results it first made public.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<VisitId>,
    /// The same of a draw from the institutions' or the engineers' register.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnVisitId>,
    /// When that was entered, in local time.
    pub at: NaiveDateTime,
    /// Who entered it.
    pub by: String,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
