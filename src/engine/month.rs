//! The month's plan: days and teams for the visits, always ending in a plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::day::{LateTail, late_tail, lay_days};
use crate::engine::duty::{NoPair, OfficerDuty, day_places, permitted_pair};
use crate::engine::lottery::{Purpose, Seed, key};
use crate::engine::team::{Contested, Teams, assign_teams};
use crate::model::{OfficerId, UnitId};

/// Attempts of days and teams before a visit is set aside.
pub const ATTEMPTS: u32 = 20;

/// A visit's day and team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
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
    NoPair {
        /// Why.
        why: NoPair,
    },
    /// More visits are released from a day on than the days from it hold.
    LateTail {
        /// The first of these days.
        from: NaiveDate,
        /// Their places.
        places: u32,
        /// The visits released in them, in order of id.
        visits: Vec<UnitId>,
    },
    /// No attempt found teams for all: these visits contest too few officers
    /// (Hall 1935; Dulmage and Mendelsohn 1958).
    Contested {
        /// The contested visits, in order of id.
        visits: Vec<UnitId>,
        /// Their days in attempt 0, in order.
        days: Vec<NaiveDate>,
        /// The officers they contest, in order of id.
        officers: Vec<OfficerId>,
    },
}

/// A visit set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SetAside {
    /// The unit.
    pub unit: UnitId,
    /// Why.
    pub why: SetAsideReason,
}

/// The plan of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct MonthPlan {
    /// The attempt that gave it, 0…19.
    pub attempt: u32,
    /// Σ over officers of weight × load²; the least possible.
    pub cost: u64,
    /// Day and team of each visit.
    pub visits: BTreeMap<UnitId, PlannedVisit>,
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
/// use double_random::model::{OfficerId, UnitId};
/// let officer = |id: &str| OfficerDuty {
///     id: OfficerId::new(id).expect("an id"),
///     lead: true,
///     certificate_until: None,
///     absent: BTreeSet::new(),
///     avoid: BTreeSet::new(),
/// };
/// let officers = [officer("P01"), officer("P02")];
/// let visits = BTreeMap::from([(UnitId::new("NG-00001")?, None)]);
/// let days = ["2026-08-03".parse().expect("a date")];
/// let plan = month_plan(&visits, &days, &officers, 1, Seed(sha256(b"example").0));
/// assert_eq!((plan.visits.len(), plan.set_aside.len()), (1, 0));
/// # Ok::<(), double_random::model::IdError>(())
/// ```
#[must_use]
pub fn month_plan(
    visits: &BTreeMap<UnitId, Option<NaiveDate>>,
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    per_day: u32,
    seed: Seed,
) -> MonthPlan {
    let month = Month {
        days,
        places: day_places(days, officers, per_day),
        officers,
        per_day,
        seed,
    };
    let mut visits = visits.clone();
    let mut set_aside = month.without_pair(&mut visits);
    loop {
        let (unit, why) = match month.plan_or_fall_out(&visits) {
            Ok(plan) => return MonthPlan { set_aside, ..plan },
            Err(fallen) => fallen,
        };
        visits.remove(&unit);
        set_aside.push(SetAside { unit, why });
    }
}

/// What stays the same while visits are set aside.
struct Month<'a> {
    days: &'a [NaiveDate],
    places: BTreeMap<NaiveDate, u32>,
    officers: &'a [OfficerDuty],
    per_day: u32,
    seed: Seed,
}

impl Month<'_> {
    /// Takes out the visits that no permitted pair can make, in order of id.
    fn without_pair(&self, visits: &mut BTreeMap<UnitId, Option<NaiveDate>>) -> Vec<SetAside> {
        let mut set_aside = Vec::new();
        visits.retain(|unit, release| {
            let Err(why) = permitted_pair(unit, *release, &self.places, self.officers) else {
                return true;
            };
            set_aside.push(SetAside {
                unit: unit.clone(),
                why: SetAsideReason::NoPair { why },
            });
            false
        });
        set_aside
    }

    /// The plan of the first attempt that has one, or the visit that falls out.
    fn plan_or_fall_out(
        &self,
        visits: &BTreeMap<UnitId, Option<NaiveDate>>,
    ) -> Result<MonthPlan, (UnitId, SetAsideReason)> {
        if let Some(LateTail {
            from,
            places,
            visits,
        }) = late_tail(visits, &self.places)
        {
            let unit = self.falls_out(&visits);
            return Err((
                unit,
                SetAsideReason::LateTail {
                    from,
                    places,
                    visits,
                },
            ));
        }
        let mut contested = None;
        for attempt in 0..ATTEMPTS {
            match self.attempt(attempt, visits) {
                Ok(plan) => return Ok(plan),
                Err(found) => {
                    contested.get_or_insert(found);
                }
            }
        }
        let Contested {
            visits,
            days,
            officers,
        } = contested.expect("attempt 0 failed");
        let unit = self.falls_out(&visits);
        Err((
            unit,
            SetAsideReason::Contested {
                visits,
                days,
                officers,
            },
        ))
    }

    /// One attempt at days and teams.
    fn attempt(
        &self,
        attempt: u32,
        visits: &BTreeMap<UnitId, Option<NaiveDate>>,
    ) -> Result<MonthPlan, Contested> {
        let day_key = key(&Purpose::Day(attempt), self.seed);
        let team_key = key(&Purpose::Team(attempt), self.seed);
        let laid = lay_days(visits, &self.places, &day_key).expect("no tail lacks places");
        let Teams { cost, mut teams } =
            assign_teams(&laid, self.days, self.officers, self.per_day, &team_key)?;
        let visits = laid.into_iter().filter_map(|(unit, day)| {
            let (lead, member) = teams.remove(&unit)?;
            Some((unit, PlannedVisit { day, lead, member }))
        });
        Ok(MonthPlan {
            attempt,
            cost,
            visits: visits.collect(),
            set_aside: Vec::new(),
        })
    }

    /// Of some visits, the one with the largest ticket.
    fn falls_out(&self, visits: &[UnitId]) -> UnitId {
        let day_key = key(&Purpose::Day(0), self.seed);
        let last = visits
            .iter()
            .max_by_key(|unit| (day_key.ticket(&[unit.as_str()]), *unit));
        last.expect("a tail or a contested set has visits").clone()
    }
}
