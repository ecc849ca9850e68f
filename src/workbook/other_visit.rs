//! Visits that no draw chose: 举报投诉核查, 营业前检查 and the other kinds of 检查形式. They
//! are kept beside the drawn ones and never count to two a year or six months: only 监督抽查
//! does. But a unit that was visited twice in a year is visited again only on one of the ten
//! grounds of 国办发〔2024〕54号, and that stands on record.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Workbook;
use super::own_visit::OwnTeam;
use crate::model::{Finding, Unit, UnitId};

/// Visits of a unit in a year, of all kinds but 复查, beyond which a ground is needed.
pub const VISITS_WITHOUT_GROUND: u32 = 2;

/// 检查形式 other than 监督抽查.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OtherKind {
    /// 1 公众聚集场所投入使用、营业前检查.
    BeforeOpening,
    /// 2 举报投诉核查.
    #[default]
    Complaint,
    /// 3 大型群众性活动前检查.
    BeforeEvent,
    /// 4 施工现场检查.
    Construction,
    /// 5 复查, of what no drawn visit found.
    Recheck,
    /// 6 申请恢复施工、使用、生产、经营的检查.
    Resumption,
    /// 7 申请解除临时查封的检查.
    Unsealing,
    /// 9 其他.
    Other,
}

impl OtherKind {
    /// All, in the order of their codes.
    pub const ALL: [Self; 8] = [
        Self::BeforeOpening,
        Self::Complaint,
        Self::BeforeEvent,
        Self::Construction,
        Self::Recheck,
        Self::Resumption,
        Self::Unsealing,
        Self::Other,
    ];
}

/// On which ground a unit is visited more than twice in a year (国办发〔2024〕54号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BeyondGround {
    /// 投诉举报.
    Complaint,
    /// 上级交办.
    Assigned,
    /// 配合上级检查.
    Joining,
    /// 审计.
    Audit,
    /// 非现场监管发现.
    OffSite,
    /// 媒体曝光.
    Press,
    /// 整改复核.
    Correction,
    /// 企业申请.
    Application,
    /// 许可核查.
    Licence,
    /// 法律规定的其他紧急情形.
    Urgent,
}

impl BeyondGround {
    /// The ten.
    pub const ALL: [Self; 10] = [
        Self::Complaint,
        Self::Assigned,
        Self::Joining,
        Self::Audit,
        Self::OffSite,
        Self::Press,
        Self::Correction,
        Self::Application,
        Self::Licence,
        Self::Urgent,
    ];
}

/// An entry that was wrong: it stays to be seen, and counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OtherGone {
    /// When, in local time.
    pub at: NaiveDateTime,
    pub who: String,
    pub why: String,
}

/// A visit that no draw chose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct OtherVisit {
    /// Its number in the year, from 1.
    pub number: u32,
    pub unit: UnitId,
    pub kind: OtherKind,
    pub date: NaiveDate,
    pub team: OwnTeam,
    /// 任务来源: what made it needed.
    pub source: String,
    /// What it found.
    pub finding: Finding,
    /// The ground, where the unit was visited twice that year already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beyond: Option<BeyondGround>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When it was entered, in local time.
    pub entered_at: NaiveDateTime,
    pub entered_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<OtherGone>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Workbook {
    /// The visits to a unit that no draw chose and that stand, in order of entry.
    pub fn others_to<'a>(&'a self, unit: &'a UnitId) -> impl Iterator<Item = &'a OtherVisit> {
        let all = self.years.iter().flat_map(|year| &year.others);
        all.filter(move |it| it.unit == *unit && it.withdrawn.is_none())
    }

    /// How many visits of all kinds but 复查 a unit had in a year: 本年度第 n 次 is one more.
    #[must_use]
    pub fn visits_of_all_kinds(&self, unit: &Unit, year: i32) -> u32 {
        let others = self.others_to(&unit.id);
        let others = others.filter(|it| it.date.year() == year && it.kind != OtherKind::Recheck);
        self.inspections_count(unit, year) + others.count() as u32
    }
}
