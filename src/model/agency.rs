//! 消防技术服务机构名录: an institution that maintains, tests or assesses for pay.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AgencyId, SocialCreditCode, UnitStatus};

/// An institution of the register (消防法 art. 69).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Agency {
    /// Given by the register in sequence, such as `AG-00007`.
    pub id: AgencyId,
    /// 机构名称.
    pub name: String,
    /// 统一社会信用代码.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<SocialCreditCode>,
    /// 服务类别, such as 消防设施维护保养检测 and 消防安全评估.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub services: BTreeSet<String>,
    /// 资质, or 从业条件 where there is no grade any more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub qualification: String,
    /// 资质证书编号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence_number: String,
    /// Last day on which the qualification is valid; none means not entered, or without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualified_until: Option<NaiveDate>,
    /// 地址.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// 法定代表人.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_person: String,
    /// 技术负责人.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub technical_lead: String,
    /// 联系人.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 从业人数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees_count: Option<u32>,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it is in business here.
    #[serde(default)]
    pub status: UnitStatus,
    /// Fields of newer programs and of other tools, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Agency {
    /// An institution of which only id and name are known.
    #[must_use]
    pub fn new(id: AgencyId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            code: None,
            services: BTreeSet::new(),
            qualification: String::new(),
            licence_number: String::new(),
            qualified_until: None,
            address: String::new(),
            legal_person: String::new(),
            technical_lead: String::new(),
            contact: String::new(),
            phone: String::new(),
            employees_count: None,
            note: String::new(),
            status: UnitStatus::Active,
            extra: Map::new(),
        }
    }
}
