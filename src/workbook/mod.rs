//! The one saved document: everything a brigade keeps, in one versioned value.
//!
//! [`Workbook`] is plain data. It changes only through [`action::Action`]s, which
//! say who, when and why and leave an entry in the [`trail`]; what can be
//! derived from it (levels, pools, capacity, duties) is never stored.
//!
//! - [`brigade`]: who inspects and where
//! - [`year`]: what belongs to one calendar year, side by side
//! - [`closing`]: how a year is closed; [`statement`]: what is said of it then; [`archive`]: a closed one in a file of its own
//! - [`taking_out`]: archived years leave the workbook; [`taken_out`]: what is kept of them
//! - [`plan_change`]: what was changed of a drawn plan; [`plan_desk`]: another day or team for a visit, and who stands in; [`closed_unit`]: units proved closed, and who steps in for them; [`plan_now`]: a month's plans as they stand
//! - [`plan`]: the annual plan, draft and frozen
//! - [`draw`]: the record of a draw; [`ceremony`]: the steps that lead it to its plan
//! - [`freezing`]: the register of a draw while it is frozen; [`drawing`]: days and teams while they are laid
//! - [`approval`]: the head of the brigade approves a plan
//! - [`occasion`]: supplementary and campaign draws beside a month's
//! - [`campaign`]: schemes of special campaigns, and what came of them
//! - [`own_draw`]: draws from the registers of institutions and engineers; [`own_visit`]: what came of them; `own_entry`: its entry
//! - [`pending`]: visits drawn and not yet made, and which of them a draw carries
//! - [`visit`]: visits as records; [`visit_entry`]: when one may be made, and its entry
//! - [`visit_record`]: what a visit was; [`visit_stage`]: how far one has come
//! - `result_entry`: its entry and review; `visit_steps`: notice, papers, 复查; [`result_rule`]: what they may not break
//! - [`other_visit`]: visits that no draw chose; `other_entry`: their entry
//! - [`bulletin`]: what was published, in versions; [`publishing`]: when it is due, the act
//! - [`self_check`]: what 定期核查 says, when it is due; `check_seen`: what its rules look at; `check_visits`, `check_public`, `check_entries`, `check_registers`: the rules; [`check_signing`]: its report
//! - [`bunching`]: when entries count as bunched
//! - [`action`]: every change there is; [`request`]: what the larger ones carry
//! - [`refusal`]: why one is refused
//! - `apply`: the one way in; `edit`: records edited by hand; [`items`], [`item_version`]: order and versions of the item list
//! - [`kept`]: registers that are kept alike: service institutions, registered engineers
//! - [`many`]: one field of many records changed at once
//! - [`register`]: registers from files, and what they may not change; [`runs`]: ids told in short
//! - [`register_changes`]: what changed in the register since the last draw, and why
//! - [`rule`], [`names`]: what a field's value may be; what is no name, who is perhaps registered already
//! - [`standing`]: what is drawn stays drawn where one workbook takes another's place
//! - [`certify`]: the certificate of a draw
//! - [`derive`]: what follows from the rest and bears on a draw
//! - [`withhold`]: units that are not published, and their aliases
//! - [`sound`]: what is checked of a workbook that is read
//! - [`trail`]: the hash chain of changes
//! - [`event`]: what an entry of it says, by kind; [`touch`]: which records it touches

pub mod action;
mod apply;
pub mod approval;
pub mod archive;
pub mod brigade;
pub mod bulletin;
pub mod bunching;
pub mod campaign;
pub mod ceremony;
pub mod certify;
mod check_entries;
mod check_public;
mod check_registers;
mod check_seen;
pub mod check_signing;
mod check_visits;
pub mod closed_unit;
pub mod closing;
pub mod derive;
pub mod draw;
pub mod drawing;
mod edit;
mod entropy;
pub mod event;
pub mod event_detail;
pub mod freezing;
mod import;
pub mod item_version;
pub mod items;
pub mod kept;
pub(crate) mod lift;
pub mod many;
pub mod names;
pub mod occasion;
mod other_entry;
pub mod other_visit;
pub mod own_closing;
pub mod own_draw;
mod own_entry;
pub mod own_visit;
pub mod paged;
pub mod pending;
pub mod plan;
pub mod plan_change;
pub mod plan_desk;
pub mod plan_now;
pub mod publishing;
pub mod refusal;
pub mod register;
pub mod register_changes;
pub mod request;
mod result_entry;
pub mod result_import;
pub mod result_rule;
pub mod rule;
pub mod runs;
pub mod self_check;
pub mod sound;
pub mod standing;
pub mod statement;
pub mod suspect;
pub mod taken_out;
pub mod taking_out;
pub mod touch;
pub mod trail;
pub mod undo_import;
pub mod upkeep;
pub mod visit;
pub mod visit_entry;
pub mod visit_record;
pub mod visit_stage;
mod visit_steps;
pub mod withhold;
pub mod year;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use action::{Action, Applied, Context};
pub use brigade::{Brigade, Township};
pub use draw::{DrawRecord, DrawStep};
pub use plan::{AnnualPlan, FrozenPlan};
pub use refusal::{ActionError, DrawError, PlanRule, VisitRule};
pub use trail::TrailEntry;
pub use visit::{DrawId, Visit, VisitId, VisitMade, VisitSource, VisitState};
pub use year::Year;

use crate::engine::calendar::YearDays;
use crate::model::{Agency, Engineer, InspectionItem, Officer, OfficerId, Unit, UnitId};
use paged::Paged;

/// What the `format` field of a workbook file says.
pub const FORMAT: &str = "double-random/workbook";
/// The version this program writes.
pub const VERSION: u32 = 2;
/// The first version that keeps visits as records of their own.
pub const VERSION_OF_VISITS: u32 = 2;
/// Units that a workbook may hold.
pub const UNITS_MAX: usize = 200_000;
/// Years that a workbook may plan: those of whose law and calendar something can be said.
pub const YEARS: std::ops::RangeInclusive<i32> = 2020..=2100;
/// Officers that a workbook may hold.
pub const OFFICERS_MAX: usize = 500;
/// Items that a workbook may hold.
pub const ITEMS_MAX: usize = 1_000;
/// Versions of the item list.
pub const ITEM_VERSIONS_MAX: usize = 1_000;
/// Service institutions that a workbook may hold.
pub const AGENCIES_MAX: usize = 2_000;
/// Registered fire engineers that a workbook may hold.
pub const ENGINEERS_MAX: usize = 20_000;
/// The last number that a register gives.
pub const NUMBER_MAX: u32 = 999_999_999;
/// Bytes of the largest file that is read: [`UNITS_MAX`] units take 85 MB, each draw from
/// them 25 MB, and what is written must be read again after a year of them.
pub const FILE_BYTES_MAX: usize = 512 * 1024 * 1024;

/// 单位类别 as domain.md lists them; a brigade may edit its own list.
pub const CATEGORIES: [&str; 30] = [
    "商场市场",
    "宾馆饭店",
    "餐饮场所",
    "公共娱乐场所",
    "体育场馆会堂",
    "医院",
    "养老福利机构",
    "学校",
    "托儿所幼儿园",
    "校外培训机构",
    "国家机关",
    "广播电视邮政通信枢纽",
    "客运车站",
    "图书馆展览馆博物馆档案馆",
    "文物保护单位",
    "宗教活动场所",
    "旅游景区",
    "发电供电企业",
    "易燃易爆单位",
    "劳动密集型企业",
    "一般工业企业",
    "仓储物流",
    "大型商业综合体",
    "高层公共建筑",
    "地下公共建筑",
    "住宅小区物业",
    "施工工地",
    "科研单位",
    "消防技术服务机构",
    "其他",
];

/// A register that is kept as others are ([`kept`]), as it is stored: a page is a part.
pub type KeptRows<T> = Paged<T, 1_000>;
/// A register's units, as they are stored: a page is a part.
pub type Units = Paged<Unit, 1_000>;
/// 操作记录 in pages.
pub type Trail = Paged<TrailEntry, 500>;
/// A year's checks of institutions and engineers in pages.
pub type OwnVisits = Paged<own_visit::OwnVisit, 500>;
/// A year's visits in pages.
pub type Visits = Paged<Visit, 500>;

/// For serde: a workbook without such a register is written as it was before there was one.
fn is_empty<T, const PAGE: usize>(rows: &Paged<T, PAGE>) -> bool {
    rows.is_empty()
}

/// For serde, as [`is_empty`].
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Everything a brigade keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Workbook {
    /// [`FORMAT`], or that of an [`archive`].
    pub format: String,
    /// Version of the schema.
    pub version: u32,
    /// Random name of this workbook, kept through export and import, 16 hex digits.
    pub id: String,
    /// Made-up data: never to be published.
    #[serde(default)]
    pub is_demo: bool,
    /// The day that a demo workbook takes for today, so that a whole year can be
    /// walked through; a real workbook goes by the computer's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demo_today: Option<NaiveDate>,
    pub brigade: Brigade,
    /// 单位类别 to choose from.
    #[serde(default)]
    pub categories: Vec<String>,
    /// 检查对象名录库, in order of id.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<Unit>"))]
    pub units: Units,
    /// 执法检查人员名录库, in order of id.
    #[serde(default)]
    pub officers: Vec<Officer>,
    /// 随机抽查事项清单, in the order of the published list.
    #[serde(default)]
    pub items: Vec<InspectionItem>,
    /// Versions of the item list that were published, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub item_versions: Vec<item_version::ItemVersion>,
    /// 消防技术服务机构名录, in order of id.
    #[serde(default, skip_serializing_if = "is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<Agency>"))]
    pub agencies: KeptRows<Agency>,
    /// 注册消防工程师名录, in order of id.
    #[serde(default, skip_serializing_if = "is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<Engineer>"))]
    pub engineers: KeptRows<Engineer>,
    /// Holidays of years that the program does not know.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub holidays: BTreeMap<i32, YearDays>,
    /// What is kept of years before, which were taken out into an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_out: Option<taken_out::TakenOut>,
    /// Comparisons with other lists, and what was said of units that may be gone.
    #[serde(default, skip_serializing_if = "upkeep::Upkeep::is_none")]
    pub upkeep: upkeep::Upkeep,
    /// The years, oldest first; at least one.
    pub years: Vec<Year>,
    /// Last number given to a unit; numbers are never used twice.
    #[serde(default)]
    pub unit_number_last: u32,
    /// Last number given to an officer.
    #[serde(default)]
    pub officer_number_last: u32,
    /// Last number given to a service institution.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub agency_number_last: u32,
    /// Last number given to an engineer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub engineer_number_last: u32,
    /// 操作记录, oldest first.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<TrailEntry>"))]
    pub trail: Trail,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
    /// Visits by unit, worked out when asked for.
    #[serde(skip)]
    pub(crate) visit_index: visit::VisitIndexCell,
}

impl Workbook {
    /// An empty workbook.
    ///
    /// `id` are 16 random hex digits from outside: the core has no entropy.
    #[must_use]
    pub fn new(id: impl Into<String>, brigade: Brigade, year: i32) -> Self {
        Self {
            format: FORMAT.into(),
            version: VERSION,
            id: id.into(),
            is_demo: false,
            demo_today: None,
            years: vec![Year::new(AnnualPlan::new(year, brigade.name.clone()))],
            brigade,
            categories: CATEGORIES
                .iter()
                .map(|&category| category.to_owned())
                .collect(),
            units: Units::default(),
            officers: Vec::new(),
            items: Vec::new(),
            item_versions: Vec::new(),
            agencies: KeptRows::default(),
            engineers: KeptRows::default(),
            holidays: BTreeMap::new(),
            taken_out: None,
            upkeep: upkeep::Upkeep::default(),
            unit_number_last: 0,
            officer_number_last: 0,
            agency_number_last: 0,
            engineer_number_last: 0,
            trail: Trail::default(),
            extra: Map::new(),
            visit_index: visit::VisitIndexCell::default(),
        }
    }

    /// The unit with this id. O(log n): units are kept in order of id.
    #[must_use]
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        let at = self.units.binary_search_by(|unit| unit.id.cmp(id)).ok()?;
        self.units.get(at)
    }

    /// The units that may be drawn, in order of id.
    pub fn active_units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.status.is_active())
    }

    /// The officer with this id.
    #[must_use]
    pub fn officer(&self, id: &OfficerId) -> Option<&Officer> {
        let at = self
            .officers
            .binary_search_by(|officer| officer.id.cmp(id))
            .ok()?;
        self.officers.get(at)
    }
}
