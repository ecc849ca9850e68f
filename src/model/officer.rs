//! 执法检查人员名录库: an officer, with presence and avoidance.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::unit::is_false;
use super::{OfficerId, UnitId};

/// Why an officer is away. Each needs period, reason and approver (domain.md, setting 5).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AbsenceKind {
    /// 请假.
    #[default]
    Leave,
    /// 抽调.
    Secondment,
    /// 培训.
    Training,
    /// 病假.
    Sick,
}

impl AbsenceKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Leave, Self::Secondment, Self::Training, Self::Sick];
}

/// 人员类别: what an officer does at a visit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfficerRole {
    /// 执法人员: may be one of the two who make a visit (行政处罚法 art. 42).
    #[default]
    Enforcement,
    /// 协助人员: comes along, and is never drawn.
    Assistant,
    /// 专家: comes along, and is never drawn.
    Expert,
}

impl OfficerRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Enforcement, Self::Assistant, Self::Expert];

    /// Whether it is the one that is meant where none is named.
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A period of absence, both days included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Absence {
    /// First day away.
    pub from: NaiveDate,
    /// Last day away.
    pub to: NaiveDate,
    /// What kind.
    #[serde(default)]
    pub kind: AbsenceKind,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver: String,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// 回避事由: on which of the law's two grounds an officer keeps away (行政处罚法 art. 43).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AvoidanceGround {
    /// 有其他关系可能影响公正执法.
    #[default]
    Relation,
    /// 有直接利害关系.
    Interest,
}

impl AvoidanceGround {
    /// Both grounds.
    pub const ALL: [Self; 2] = [Self::Relation, Self::Interest];
}

/// 提出: who asked that an officer keeps away.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// 本人申请.
    #[default]
    Officer,
    /// 当事人申请.
    Party,
    /// 大队决定.
    Brigade,
}

impl AskedBy {
    /// All who may ask.
    pub const ALL: [Self; 3] = [Self::Officer, Self::Party, Self::Brigade];
}

/// 回避: a relation that keeps an officer from a unit (行政处罚法 art. 43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Avoidance {
    pub unit: UnitId,
    /// On which ground.
    #[serde(default)]
    pub ground: AvoidanceGround,
    /// The relation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who asked for it.
    #[serde(default)]
    pub asked_by: AskedBy,
    /// Who decided on it; never the officer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver: String,
    /// The last day on which it holds; none: until it is taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Avoidance {
    /// One without an end that the officer asked for, and nobody has approved yet.
    #[must_use]
    pub fn new(unit: UnitId, reason: impl Into<String>) -> Self {
        Self {
            unit,
            ground: AvoidanceGround::default(),
            reason: reason.into(),
            asked_by: AskedBy::default(),
            approver: String::new(),
            until: None,
            extra: Map::new(),
        }
    }

    /// Whether it still holds on `date`.
    #[must_use]
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.until.is_none_or(|until| date <= until)
    }
}

/// An officer of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Officer {
    /// Given by the register in sequence, such as `P07`.
    pub id: OfficerId,
    /// 姓名.
    pub name: String,
    /// 执法证号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub certificate_number: String,
    /// Last day on which the certificate is valid; none means not entered, which never bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_until: Option<NaiveDate>,
    /// 发证机关.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub certificate_issuer: String,
    /// 执法范围.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub certificate_scope: String,
    /// What the officer does at a visit.
    #[serde(default, skip_serializing_if = "OfficerRole::is_default")]
    pub role: OfficerRole,
    /// 职务.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub position: String,
    /// 所在科室.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub office: String,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 主办: qualified to lead a visit.
    #[serde(default)]
    pub may_lead: bool,
    /// Periods of absence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
    /// Units that the officer must not visit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avoidances: Vec<Avoidance>,
    /// Left the brigade; kept for the records.
    #[serde(default, skip_serializing_if = "is_false")]
    pub has_left: bool,
    /// Fields of newer programs and of other tools, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Officer {
    /// An officer of whom only id and name are known.
    #[must_use]
    pub fn new(id: OfficerId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            certificate_number: String::new(),
            certificate_until: None,
            certificate_issuer: String::new(),
            certificate_scope: String::new(),
            role: OfficerRole::default(),
            position: String::new(),
            office: String::new(),
            phone: String::new(),
            may_lead: false,
            absences: Vec::new(),
            avoidances: Vec::new(),
            has_left: false,
            extra: Map::new(),
        }
    }

    /// Whether the officer may be one of the two who visit a unit, days apart.
    #[must_use]
    pub fn makes_visits(&self) -> bool {
        !self.has_left && self.role == OfficerRole::Enforcement
    }

    /// Whether the officer keeps from `unit` on `date`.
    #[must_use]
    pub fn avoids(&self, unit: &UnitId, date: NaiveDate) -> bool {
        let mut avoidances = self.avoidances.iter();
        avoidances.any(|avoidance| avoidance.unit == *unit && avoidance.holds_on(date))
    }

    /// Whether the officer is away on `date`.
    #[must_use]
    pub fn is_absent(&self, date: NaiveDate) -> bool {
        self.absences
            .iter()
            .any(|absence| (absence.from..=absence.to).contains(&date))
    }
}
