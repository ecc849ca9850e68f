//! 检查对象名录库: a unit of the register and what is known of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::field::{Described as _, Field, missing};
use super::risk::{Credit, RiskTier};
use super::{CandidateId, SocialCreditCode, Stratum, UnitId};

/// 单位性质: the legal kind of a unit (R2).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LegalKind {
    /// 机关.
    StateOrgan,
    /// 团体.
    SocialGroup,
    /// 企业.
    #[default]
    Enterprise,
    /// 事业单位.
    PublicInstitution,
    /// 个体工商户 with a fixed place of business and a certain size.
    SoleTrader,
    /// Anything else that a brigade supervises.
    Other,
}

impl LegalKind {
    /// All kinds, in the order of the source plan.
    pub const ALL: [Self; 6] = [
        Self::StateOrgan,
        Self::SocialGroup,
        Self::Enterprise,
        Self::PublicInstitution,
        Self::SoleTrader,
        Self::Other,
    ];
}

/// What a counted inspection found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// 未发现问题.
    None,
    /// 发现问题.
    Found,
    /// Not known, as in lists of earlier years.
    Unknown,
}

/// A counted inspection (监督抽查; re-inspections and complaint checks never count).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Inspection {
    /// The day of the visit.
    pub date: NaiveDate,
    /// What it found.
    pub finding: Finding,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Whether a unit takes part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum UnitStatus {
    /// 正常.
    #[default]
    Active,
    /// 已停用: closed or not to be found; kept, never erased (domain.md, setting 4).
    Retired {
        /// Since when.
        since: NaiveDate,
        /// Why, with the evidence.
        reason: String,
        /// Who approved it.
        approver: String,
        /// Fields of newer programs, kept as they came.
        #[serde(flatten)]
        extra: Map<String, Value>,
    },
}

impl UnitStatus {
    /// Whether the unit may be drawn at all.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active)
    }
}

/// What aliases begin with.
pub const ALIAS_PREFIX: &str = "W-";
/// Random bytes in an alias: with them nobody can search an alias's owner by its
/// lottery number, and two never meet.
pub const ALIAS_BYTES: usize = 10;

/// 不公开: the unit draws, and is published, under another id, and its leaf in the
/// snapshot stands there as a hash alone.
///
/// A lottery number made from a public id could be searched back to it, so a withheld
/// unit draws under a random one, fixed when the withholding is recorded (engine.md,
/// section 6).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Withholding {
    /// The id under which it draws from then on: random, and never another's.
    pub alias: CandidateId,
    /// Since when.
    pub since: NaiveDate,
    /// Why, with the legal ground.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Withholding {
    /// The ground that its words name.
    #[must_use]
    pub fn ground(&self) -> LegalGround {
        LegalGround::of(&self.reason)
    }
}

/// On which ground of 政府信息公开条例 a unit is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegalGround {
    /// 第十四条: state secrets; national, public and economic safety.
    Secret,
    /// 第十五条: business secrets and privacy.
    Private,
    /// Another law, or none that the words name.
    Other,
}

impl LegalGround {
    /// The ground that the words of a withholding name: they themselves are not published,
    /// for they may say what is withheld.
    ///
    /// ```
    /// # use double_random::model::LegalGround;
    /// assert_eq!(LegalGround::of("政府信息公开条例第十四条"), LegalGround::Secret);
    /// assert_eq!(LegalGround::of("涉密单位"), LegalGround::Secret);
    /// assert_eq!(LegalGround::of("个人隐私"), LegalGround::Private);
    /// assert_eq!(LegalGround::of("军事设施保护法"), LegalGround::Other);
    /// ```
    #[must_use]
    pub fn of(words: &str) -> Self {
        let names = |all: &[&str]| all.iter().any(|it| words.contains(it));
        let (secret, private) = (
            ["十四条", "14条", "国家秘密", "涉密", "国家安全", "公共安全"],
            ["十五条", "15条", "商业秘密", "隐私"],
        );
        // An article that is named outweighs a word beside it.
        if names(&secret[..2]) {
            Self::Secret
        } else if names(&private[..2]) {
            Self::Private
        } else if names(&secret) {
            Self::Secret
        } else if names(&private) {
            Self::Private
        } else {
            Self::Other
        }
    }
}

/// A unit of the register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Unit {
    /// Given by the register in sequence; never chosen, changed or used twice.
    pub id: UnitId,
    /// 单位名称.
    pub name: String,
    /// 统一社会信用代码; sole traders may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<SocialCreditCode>,
    /// 单位性质.
    #[serde(default)]
    pub legal_kind: LegalKind,
    /// 单位类别, from the brigade's list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// 消防安全重点单位: determined by the brigade, never computed.
    #[serde(default)]
    pub is_key: bool,
    /// 人员密集场所 (消防法 art. 73).
    #[serde(default)]
    pub is_densely_populated: bool,
    /// 街道乡镇.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub township: String,
    /// 地址, without the township.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// 消防安全责任人.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub responsible: String,
    /// 消防安全管理人.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub manager: String,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 风险等级.
    #[serde(default)]
    pub risk: RiskTier,
    /// 信用等级.
    #[serde(default)]
    pub credit: Credit,
    /// 失信名单.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_dishonest: bool,
    /// Days of upheld complaints (举报投诉查实).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<NaiveDate>,
    /// Days of serious violations (严重违法).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<NaiveDate>,
    /// 核对日期: when tier, credit, complaints and tags were last looked at (domain.md, setting 9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_on: Option<NaiveDate>,
    /// Counted inspections from before this workbook, oldest first; in a register file,
    /// all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inspections: Vec<Inspection>,
    /// 标签: a free set per brigade.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// 建筑面积, in square metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_area_m2: Option<u32>,
    /// 职工人数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees_count: Option<u32>,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it takes part.
    #[serde(default)]
    pub status: UnitStatus,
    /// Whether it is withheld from publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withholding>,
    /// 16 random bytes in hex that hide the unit's leaf in the snapshot root.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(regex(pattern = "^([0-9a-f]{32})?$"))
    )]
    pub salt: String,
    /// Fields of newer programs and of other tools, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// For serde: leaves a field out where it says nothing.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}

impl Unit {
    /// A unit of which only id and name are known.
    #[must_use]
    pub fn new(id: UnitId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            code: None,
            legal_kind: LegalKind::default(),
            category: String::new(),
            is_key: false,
            is_densely_populated: false,
            township: String::new(),
            address: String::new(),
            responsible: String::new(),
            manager: String::new(),
            phone: String::new(),
            risk: RiskTier::default(),
            credit: Credit::default(),
            is_dishonest: false,
            complaints: Vec::new(),
            violations: Vec::new(),
            reviewed_on: None,
            inspections: Vec::new(),
            tags: BTreeSet::new(),
            floor_area_m2: None,
            employees_count: None,
            note: String::new(),
            status: UnitStatus::Active,
            withheld: None,
            salt: String::new(),
            extra: Map::new(),
        }
    }

    /// The id under which the unit draws: its own, or the alias of a withheld one.
    #[must_use]
    pub fn draw_id(&self) -> CandidateId {
        match &self.withheld {
            Some(withholding) => withholding.alias.clone(),
            None => CandidateId::from(&self.id),
        }
    }

    /// Whether `id` means this unit in a draw's record: a withheld unit may have been
    /// drawn under its own id before.
    #[must_use]
    pub fn is_named(&self, id: &CandidateId) -> bool {
        CandidateId::from(&self.id) == *id || self.draw_id() == *id
    }

    /// The legal group of the unit.
    #[must_use]
    pub const fn stratum(&self) -> Stratum {
        Stratum::of(self.is_key, self.is_densely_populated)
    }

    /// Whether tier, credit, complaints and tags stand as in `other`.
    #[must_use]
    pub fn is_rated_as(&self, other: &Self) -> bool {
        let rated = |unit: &'_ Self| (unit.risk, unit.credit, unit.is_dishonest);
        rated(self) == rated(other)
            && self.complaints == other.complaints
            && self.violations == other.violations
            && self.tags == other.tags
    }

    /// What a complete record should hold and this one does not (R14).
    #[must_use]
    pub fn missing(&self) -> Vec<&'static Field<Self>> {
        missing(self).collect()
    }

    /// Completeness of the record in whole percent: needed fields that are filled.
    #[must_use]
    pub fn completeness_percent(&self) -> u8 {
        let needed = Self::FIELDS.iter().filter(|field| field.is_needed(self));
        let needed = needed.count();
        let filled = needed - missing(self).count();
        (filled * 100 / needed) as u8
    }
}
