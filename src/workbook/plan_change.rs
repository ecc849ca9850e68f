//! What was changed of a drawn plan, for one visit: kept with the visit, beside the draw,
//! whose record it does not touch. What may be changed stands in [`plan_desk`] and
//! [`closed_unit`].
//!
//! [`plan_desk`]: super::plan_desk
//! [`closed_unit`]: super::closed_unit

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::DrawId;
use crate::engine::month::PlannedVisit;
use crate::model::{OfficerId, UnitId};

/// Why a unit can be visited no more.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClosedGround {
    /// 已关闭停业.
    #[default]
    Closed,
    /// 已注销、吊销.
    Deregistered,
    /// 查无此单位: it is not where the register says.
    NotThere,
}

impl ClosedGround {
    /// All grounds.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Deregistered, Self::NotThere];
}

/// Who confirmed it, beside the two who came first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Confirmation {
    /// A second pair of officers went there.
    Pair {
        officers: [OfficerId; 2],
        on: NaiveDate,
    },
    /// A record of the market regulator.
    Record {
        /// Which, in words.
        record: String,
        on: NaiveDate,
    },
}

impl Confirmation {
    /// The day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        match self {
            Self::Pair { on, .. } | Self::Record { on, .. } => *on,
        }
    }
}

/// Why a unit of the reserve could not step in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PassedWhy {
    /// It stands in the month's plan already, or waits for another visit.
    Drawn,
    /// It is no longer in the register.
    Gone,
    /// It may not be inspected now.
    Limit,
    /// No permitted pair has room for it.
    NoPair,
}

/// A unit of the reserve that could not step in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PassedOver {
    pub unit: UnitId,
    pub why: PassedWhy,
}

/// What kind of change it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PlanChangeKind {
    /// 改期: another day, with the same team or another.
    Day,
    /// 换人: another team on the same day.
    Team,
    /// 替换: an officer could not come, and the next of the visit's own list took over.
    /// Where nobody could, the visit is left without a day, and the next draw carries it.
    StandIn { officer: OfficerId },
    /// 作废: the unit proved closed.
    Closed {
        ground: ClosedGround,
        confirmed: Confirmation,
        /// Who stepped in for it; none: nobody of the reserve could.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaced_by: Option<UnitId>,
        /// Those of the reserve before it, in order of rank.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        passed_over: Vec<PassedOver>,
        /// How many stood in the reserve.
        reserve: u32,
    },
    /// 递补: it stepped in for a unit that proved closed.
    StepsIn {
        instead_of: UnitId,
        /// Its rank in the draw.
        rank: u32,
    },
}

/// A change of a plan, for one visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PlanChange {
    /// When, in local time.
    pub at: NaiveDateTime,
    pub who: String,
    /// Why; of a closed unit the evidence.
    pub why: String,
    /// Who approved it.
    pub approver: String,
    /// The draw whose plan it changes.
    pub draw: DrawId,
    pub kind: PlanChangeKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<PlannedVisit>,
    /// None: the plan holds the visit no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PlannedVisit>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl PlanChange {
    /// Whether it names an officer.
    #[must_use]
    pub fn names(&self, officer: &OfficerId) -> bool {
        let visits = self.before.iter().chain(&self.after);
        let mut teams = visits.flat_map(|visit| [&visit.lead, &visit.member]);
        let confirmed = match &self.kind {
            PlanChangeKind::Closed {
                confirmed: Confirmation::Pair { officers, .. },
                ..
            } => officers.as_slice(),
            _ => &[],
        };
        confirmed.contains(officer) || teams.any(|id| id == officer)
    }
}
