//! 检查结果: what a visit came to, and the lines in which other systems list it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Finding, SocialCreditCode};

/// 检查结果: the result categories of the joint platform.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 未发现问题.
    #[default]
    NoProblem,
    /// 发现问题已责令改正.
    Ordered,
    /// 发现问题待后续处理.
    ToFollow,
    /// 未发现开展本次抽查涉及的经营活动.
    NotOperating,
    /// 通过登记的住所（经营场所）无法联系.
    Unreachable,
    /// 已关闭停业或正在组织清算.
    Closed,
    /// 不配合检查情节严重.
    Obstructed,
    /// 注销、吊销、撤销或迁出.
    Gone,
}

impl Outcome {
    /// All, in the order of the platform.
    pub const ALL: [Self; 8] = [
        Self::NoProblem,
        Self::Ordered,
        Self::ToFollow,
        Self::NotOperating,
        Self::Unreachable,
        Self::Closed,
        Self::Obstructed,
        Self::Gone,
    ];

    /// Whether the items could be checked.
    #[must_use]
    pub const fn is_inspected(self) -> bool {
        matches!(self, Self::NoProblem | Self::Ordered | Self::ToFollow)
    }

    /// Whether it says that the unit may be gone, which leads to the 僵尸单位 procedure.
    #[must_use]
    pub const fn says_gone(self) -> bool {
        matches!(self, Self::Unreachable | Self::Closed | Self::Gone)
    }

    /// What counts of it for the unit's level: nothing is known where nothing was checked.
    #[must_use]
    pub const fn finding(self) -> Finding {
        match self {
            Self::NoProblem => Finding::None,
            Self::Ordered | Self::ToFollow | Self::Obstructed => Finding::Found,
            Self::NotOperating | Self::Unreachable | Self::Closed | Self::Gone => Finding::Unknown,
        }
    }
}

/// A line of a list of results, as the official systems export it: no record of a register
/// but what such a record says of a visit, in their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ResultLine {
    /// 单位名称.
    pub name: String,
    /// 单位编号, as our register gives it.
    pub unit_id: String,
    /// 统一社会信用代码.
    pub code: Option<SocialCreditCode>,
    /// 任务编号: ours, or another system's.
    pub task: String,
    /// 检查日期.
    pub date: Option<NaiveDate>,
    /// 起.
    pub start: String,
    /// 止.
    pub end: String,
    /// 检查人员, both in one cell.
    pub officers: String,
    /// 主检.
    pub lead: String,
    /// 协检.
    pub member: String,
    /// 协助人员.
    pub assisted_by: String,
    /// 随同检查人员.
    pub accompanied_by: String,
    /// 检查部位.
    pub places: String,
    /// 扫码时间.
    pub scanned_at: String,
    /// 未扫码原因.
    pub no_scan: String,
    /// 检查结果.
    pub outcome: Outcome,
    /// 检查事项, of the problem.
    pub item: String,
    /// 发现问题.
    pub problem: String,
    /// 法律依据.
    pub legal_basis: String,
    /// 处理措施: measures and what follows.
    pub handling: BTreeSet<String>,
    /// 改正期限.
    pub term: Option<NaiveDate>,
    /// 已当场改正.
    pub is_corrected: bool,
    /// 录入人.
    pub entered_by: String,
    /// 公示日期.
    pub published_on: Option<NaiveDate>,
    /// 备注.
    pub note: String,
    /// What stands there beside.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
