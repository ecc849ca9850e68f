//! 注册消防工程师名录: an engineer, registered with one institution or key unit.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{EngineerId, SocialCreditCode, UnitStatus};

/// 注册级别.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EngineerGrade {
    /// 一级注册消防工程师.
    First,
    /// 二级注册消防工程师.
    Second,
    /// Not entered.
    #[default]
    Unknown,
}

impl EngineerGrade {
    /// All grades; the last says that nothing is known.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Unknown];
}

/// An engineer of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Engineer {
    /// Given by the register in sequence, such as `EN-00007`.
    pub id: EngineerId,
    /// 姓名.
    pub name: String,
    /// 注册级别.
    #[serde(default)]
    pub grade: EngineerGrade,
    /// 注册证号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub registration_number: String,
    /// Last day on which the registration is valid; none means not entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_until: Option<NaiveDate>,
    /// 聘用单位, by its name: an institution of the register, a key unit, or one elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub employer: String,
    /// 聘用单位信用代码, which goes before the name where both are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_code: Option<SocialCreditCode>,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether the engineer practises here.
    #[serde(default)]
    pub status: UnitStatus,
    /// Fields of newer programs and of other tools, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Engineer {
    /// An engineer of whom only id and name are known.
    #[must_use]
    pub fn new(id: EngineerId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            grade: EngineerGrade::default(),
            registration_number: String::new(),
            registered_until: None,
            employer: String::new(),
            employer_code: None,
            phone: String::new(),
            note: String::new(),
            status: UnitStatus::Active,
            extra: Map::new(),
        }
    }
}
