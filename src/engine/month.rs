//! The month's plan: days and teams for the visits, always ending in a plan.
//!
//! [`PlanInput::lay`] lays it at any pace, [`month_plan`] at once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::duty::{NoPair, OfficerDuty};
use crate::engine::lottery::Seed;
use crate::engine::pace::{AtOnce, at_once};
use crate::model::{CandidateId, OfficerId};

mod planning;

pub use planning::{LaidMonth, PlanInput};

/// Attempts of days and teams before a visit is set aside.
pub const ATTEMPTS: u32 = 20;

/// A visit's day and team.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedVisit {
    /// The working day.
    pub day: NaiveDate,
    /// 主办.
    pub lead: OfficerId,
    /// 协办.
    pub member: OfficerId,
}

/// Why a visit was set aside, to be carried into the next month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum SetAsideReason {
    /// No permitted pair on any day from its release on.
    NoPair { why: NoPair },
    /// More visits are released from a day on than the days from it hold.
    LateTail {
        /// The first of these days.
        from: NaiveDate,
        places: u32,
        /// The visits released in them, in order of id.
        visits: Vec<CandidateId>,
    },
    /// No attempt found teams for all: these visits contest too few officers
    /// (Hall 1935; Dulmage and Mendelsohn 1958).
    Contested {
        /// The contested visits, in order of id.
        visits: Vec<CandidateId>,
        /// Their days in attempt 0, in order.
        days: Vec<NaiveDate>,
        /// The officers they contest, in order of id.
        officers: Vec<OfficerId>,
    },
}

/// A visit set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    pub unit: CandidateId,
    pub why: SetAsideReason,
}

/// The plan of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MonthPlan {
    /// The attempt that gave it, 0…19.
    pub attempt: u32,
    /// Σ over officers of weight × load²; the least possible.
    pub cost: u64,
    /// Day and team of each visit.
    pub visits: BTreeMap<CandidateId, PlannedVisit>,
    /// Visits set aside, in the order in which they were.
    pub set_aside: Vec<SetAside>,
}

/// Lays days and teams over `visits` (unit and the first day it may be
/// inspected, `None`: any): drawn, second and carried ones together.
///
/// `days`: the month's working days, in order. Every draw ends in a plan, and
/// no one chooses who falls out: those whom the days or officers cannot carry
/// are set aside by lottery, and are carried into the next month.
///
/// # Panics
/// Never: an attempt fails only if it leaves visits contested.
///
/// ```
/// use std::collections::{BTreeMap, BTreeSet};
/// use double_random::engine::duty::OfficerDuty;
/// use double_random::engine::lottery::{Seed, sha256};
/// use double_random::engine::month::month_plan;
/// use double_random::model::{OfficerId, CandidateId};
/// let officer = |id: &str| OfficerDuty {
///     id: OfficerId::new(id).expect("an id"),
///     lead: true,
///     certificate_until: None,
///     absent: BTreeSet::new(),
///     avoid: BTreeSet::new(),
/// };
/// let officers = [officer("P01"), officer("P02")];
/// let visits = BTreeMap::from([(CandidateId::new("NG-00001")?, None)]);
/// let days = ["2026-08-03".parse().expect("a date")];
/// let plan = month_plan(&visits, &days, &officers, 1, Seed(sha256(b"example").0));
/// assert_eq!((plan.visits.len(), plan.set_aside.len()), (1, 0));
/// # Ok::<(), double_random::model::IdError>(())
/// ```
#[must_use]
pub fn month_plan(
    visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    per_day: u32,
    seed: Seed,
) -> MonthPlan {
    let input = PlanInput {
        visits: Cow::Borrowed(visits),
        days: Cow::Borrowed(days),
        officers: Cow::Borrowed(officers),
        per_day,
        seed,
    };
    at_once(input.lay(&AtOnce)).into_plan()
}
