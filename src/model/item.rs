//! 随机抽查事项清单: what an inspection checks (R1).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Unit;

/// 抽查对象: the four subjects of the source plan.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 社会单位履行法定消防安全职责.
    #[default]
    Duties,
    /// 使用领域消防产品质量.
    Products,
    /// 社会消防技术服务活动.
    Services,
    /// 注册消防工程师执业活动.
    Engineers,
}

impl Subject {
    /// All subjects, in the order of the source plan.
    pub const ALL: [Self; 4] = [
        Self::Duties,
        Self::Products,
        Self::Services,
        Self::Engineers,
    ];
}

/// Which units' visits carry an item.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppliesTo {
    /// Every unit.
    #[default]
    Every,
    /// Key units (重点单位).
    Key,
    /// Densely populated places (人员密集场所).
    DenselyPopulated,
    /// No unit's visit: drawn from a register of its own.
    Separate,
}

impl AppliesTo {
    /// All rules.
    pub const ALL: [Self; 4] = [
        Self::Every,
        Self::Key,
        Self::DenselyPopulated,
        Self::Separate,
    ];
}

/// A row of the published item list (应急消〔2019〕241号 names its fields).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct InspectionItem {
    /// 编号, unique in the list.
    pub id: String,
    /// 抽查类别.
    #[serde(default)]
    pub subject: Subject,
    /// 事项名称.
    pub name: String,
    /// 事项类别 (一般检查事项, 重点检查事项).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub class: String,
    /// 检查依据.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// 检查方式.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// 检查内容及要求.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// Which visits carry it.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// 抽查主体: who inspects.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authority: String,
    /// 抽查比例, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub share: String,
    /// 抽查次数, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub frequency: String,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Fields of newer programs and of other tools, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl InspectionItem {
    /// Whether a visit to `unit` checks this item.
    #[must_use]
    pub fn applies(&self, unit: &Unit) -> bool {
        match self.applies_to {
            AppliesTo::Every => true,
            AppliesTo::Key => unit.is_key,
            AppliesTo::DenselyPopulated => unit.is_densely_populated,
            AppliesTo::Separate => false,
        }
    }
}

/// How many items there are of each subject; subjects without items left out.
#[must_use]
pub fn count_by_subject<'a>(
    items: impl Iterator<Item = &'a InspectionItem>,
) -> Vec<(Subject, u32)> {
    let mut counts = Subject::ALL.map(|subject| (subject, 0));
    for item in items {
        let of_subject = counts.iter_mut().find(|count| count.0 == item.subject);
        of_subject.into_iter().for_each(|count| count.1 += 1);
    }
    counts.into_iter().filter(|count| count.1 > 0).collect()
}
