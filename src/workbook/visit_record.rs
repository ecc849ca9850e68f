//! 检查记录: what a visit was, in the terms in which results are entered, reviewed and
//! published (domain.md, «What is inspected» and «Practice»).
//!
//! A record is never changed: what is entered anew stands behind it, with its reason, and the
//! last one counts. Each waits for a review by somebody who was none of the two who went.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::own_visit::OwnTeam;
pub use crate::model::Outcome;

/// 措施: what was done about a finding on the spot.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 责令立即改正.
    #[default]
    AtOnce,
    /// 责令限期改正.
    ByTerm,
    /// 临时查封 (消防法 art. 54).
    Sealing,
    /// 行政处罚.
    Penalty,
    /// 移送.
    Transfer,
}

impl Measure {
    /// All, the lightest first.
    pub const ALL: [Self; 5] = [
        Self::AtOnce,
        Self::ByTerm,
        Self::Sealing,
        Self::Penalty,
        Self::Transfer,
    ];
}

/// 后续处置: what follows of the whole visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Disposal {
    /// 无需后续处置.
    None,
    /// 转日常监管.
    Routine,
    /// 责令改正.
    Order,
    /// 立案处罚.
    Penalty,
    /// 移送.
    Transfer,
    /// 抄告.
    Notify,
}

impl Disposal {
    /// All, in the order of the platform.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Routine,
        Self::Order,
        Self::Penalty,
        Self::Transfer,
        Self::Notify,
    ];
}

/// A problem found with one item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemFinding {
    /// The item's id.
    pub item: String,
    /// What was found, in words.
    pub problem: String,
    /// 法律依据.
    pub basis: String,
    pub measure: Measure,
    /// 改正期限; of 责令限期改正 alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<NaiveDate>,
    /// 已当场改正.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_corrected: bool,
}

/// Why nobody scanned the unit's code.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoScan {
    /// 突发应急.
    #[default]
    Emergency,
    /// 无码.
    NoCode,
    /// 网络.
    Network,
    /// 其他, said in words.
    Other,
}

impl NoScan {
    /// All.
    pub const ALL: [Self; 4] = [Self::Emergency, Self::NoCode, Self::Network, Self::Other];
}

/// 扫码入企: the trace that the visit left in the official system.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "scan", deny_unknown_fields)]
pub enum Scan {
    /// When the code was scanned.
    At { time: NaiveTime },
    /// Why not.
    Without {
        why: NoScan,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// The day on which it was made up, if it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made_up: Option<NaiveDate>,
    },
}

/// 审核: what somebody who did not go said of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// When, in local time.
    pub at: NaiveDateTime,
    /// 审核人.
    pub reviewer: String,
    /// Whether it may be published; else it went back.
    pub is_accepted: bool,
    /// What was said; never empty where it went back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub opinion: String,
}

/// Where a record came from that nobody typed: a line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordSource {
    /// The file's name.
    pub file: String,
    /// The first 16 hex digits of its SHA-256.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
    /// The row, as Excel shows it.
    pub row: u32,
    /// Who entered it in the other system, as the file says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub entered_by: String,
    /// When it was published there, as the file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
}

/// What a visit was. The day stands with the visit ([`VisitMade`](super::VisitMade)).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct VisitRecord {
    /// 起; none where nobody was met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveTime>,
    /// 止.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveTime>,
    /// 检查部位.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub places: String,
    pub scan: Scan,
    /// The two who went.
    pub team: OwnTeam,
    /// Why they were others than planned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub team_why: String,
    /// 协助人员: clerks and experts, who never make up the two.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub assisted_by: String,
    /// 随同检查人员: who of the unit went along.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub accompanied_by: String,
    pub outcome: Outcome,
    /// Problems, in the order of the visit's items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<ItemFinding>,
    /// In the order of [`Disposal::ALL`]; at least one.
    #[serde(default)]
    pub disposals: Vec<Disposal>,
    /// Names of photographs, which are kept elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When it was entered, in local time.
    pub entered_at: NaiveDateTime,
    pub entered_by: String,
    /// Why it took the place of the one before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// None: it waits for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The file that it came from; none: it was entered by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<RecordSource>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// 复查 of one item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemRecheck {
    /// The item's id.
    pub item: String,
    pub is_corrected: bool,
    /// Where it is not: a new term, or none where a penalty follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<NaiveDate>,
}

/// 复查: a re-inspection of what a visit found. It never counts to the limits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recheck {
    pub date: NaiveDate,
    /// The two who went.
    pub team: OwnTeam,
    /// Each item that was still open.
    pub items: Vec<ItemRecheck>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When it was entered, in local time.
    pub entered_at: NaiveDateTime,
    pub entered_by: String,
}

/// 通知: how the unit was told before the visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The day on which the notice went out, or on which it was decided that none does.
    pub date: NaiveDate,
    /// Why none did: an unannounced visit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unannounced: String,
}

/// 文书 of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 审批表.
    Approval,
    /// 事项告知单.
    Notice,
    /// 检查记录.
    Record,
    /// 责令立即改正通知书.
    AtOnceOrder,
    /// 责令限期改正通知书.
    TermOrder,
    /// 送达回证.
    Delivery,
    /// 抽样单.
    Sampling,
    /// 照片.
    Photos,
}

impl PaperKind {
    /// All, in the order in which they arise.
    pub const ALL: [Self; 8] = [
        Self::Approval,
        Self::Notice,
        Self::Record,
        Self::AtOnceOrder,
        Self::TermOrder,
        Self::Delivery,
        Self::Sampling,
        Self::Photos,
    ];
}

/// A paper of a visit that is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub kind: PaperKind,
    /// 文号, or how many photographs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    pub date: NaiveDate,
}
