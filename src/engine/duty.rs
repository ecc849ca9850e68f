//! Officers on duty: who is there, who may lead, who must keep away, and how
//! many visits a day holds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::design::AnnualDesign;
use crate::model::{CandidateId, OfficerId};

/// An officer, as a draw sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfficerDuty {
    /// The officer.
    pub id: OfficerId,
    /// Qualified to lead (主办).
    pub lead: bool,
    /// Last day of the enforcement certificate; `None`: no end is known.
    pub certificate_until: Option<NaiveDate>,
    /// Days of leave and secondment.
    pub absent: BTreeSet<NaiveDate>,
    /// Units that the officer must keep away from (回避).
    pub avoid: BTreeSet<CandidateId>,
}

impl OfficerDuty {
    /// Whether the officer is there on `day` with a valid certificate.
    ///
    /// The certificate counts as presence: a day on which only a lapsed officer
    /// is left has no places, instead of places that no team can fill.
    #[must_use]
    pub fn is_present(&self, day: NaiveDate) -> bool {
        !self.absent.contains(&day) && self.certificate_until.is_none_or(|until| day <= until)
    }

    /// Whether the officer may visit `unit` on `day`.
    #[must_use]
    pub fn may_visit(&self, unit: &CandidateId, day: NaiveDate) -> bool {
        self.is_present(day) && !self.avoid.contains(unit)
    }
}

/// Places of a day: min(per_day·lead, ⌊per_day·present / 2⌋), 0 with fewer than two.
///
/// `present` counts all officers there, `lead` those of them qualified to lead.
///
/// ```
/// use double_random::engine::duty::places;
/// assert_eq!(places(5, 4, 1), 2);
/// assert_eq!(places(5, 1, 2), 2);
/// assert_eq!(places(1, 1, 4), 0);
/// ```
#[must_use]
pub const fn places(present: u32, lead: u32, per_day: u32) -> u32 {
    let (by_lead, by_pair) = (per_day * lead, per_day * present / 2);
    if present < 2 {
        0
    } else if by_lead < by_pair {
        by_lead
    } else {
        by_pair
    }
}

/// Places of each of `days`; days without places are left out.
#[must_use]
pub fn day_places(
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    per_day: u32,
) -> BTreeMap<NaiveDate, u32> {
    let places_of = |day: NaiveDate| {
        let present = officers.iter().filter(|officer| officer.is_present(day));
        let (count, lead) = present.fold((0, 0), |(count, lead), officer| {
            (count + 1, lead + u32::from(officer.lead))
        });
        places(count, lead, per_day)
    };
    days.iter()
        .map(|day| (*day, places_of(*day)))
        .filter(|day| day.1 > 0)
        .collect()
}

/// What a month holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct MonthCapacity {
    /// Places on all its days.
    pub places: u32,
    /// Visits that may be drawn for it: places × permille / 1000, rounded down.
    pub capacity: u32,
    /// Working days with places if the plan has a daily minimum, else 0.
    pub minimum: u32,
}

/// What a month with these working days holds, by the leave that is known.
#[must_use]
pub fn month_capacity(
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    design: &AnnualDesign,
) -> MonthCapacity {
    let open = day_places(days, officers, design.per_day);
    let places: u32 = open.values().sum();
    MonthCapacity {
        places,
        capacity: (u64::from(places) * u64::from(design.capacity_permille) / 1000) as u32,
        minimum: if design.daily_minimum {
            open.len() as u32
        } else {
            0
        },
    }
}

/// What each month of `month`'s year holds, January first.
#[must_use]
pub fn year_capacity(
    month: YearMonth,
    officers: &[OfficerDuty],
    design: &AnnualDesign,
    calendar: &WorkdayCalendar,
) -> [MonthCapacity; 12] {
    let holds = |month| month_capacity(&calendar.working_days(month), officers, design);
    month.year_months().map(holds)
}

/// Why no permitted pair can visit a unit in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum NoPair {
    /// On no working day from its release on are two officers there, one of them to lead.
    NoOfficers,
    /// There are such days, but avoidance leaves no pair on any of them.
    Avoidance {
        /// Those who avoid it and would else be there, in order of id.
        officers: Vec<OfficerId>,
    },
}

/// Whether some permitted pair can visit `unit` on a day of `days` not before
/// `release`; if not, why.
///
/// # Errors
/// [`NoPair`].
pub fn permitted_pair(
    unit: &CandidateId,
    release: Option<NaiveDate>,
    days: &BTreeMap<NaiveDate, u32>,
    officers: &[OfficerDuty],
) -> Result<(), NoPair> {
    let avoiding: Vec<&OfficerDuty> = officers
        .iter()
        .filter(|officer| officer.avoid.contains(unit))
        .collect();
    let from = release.unwrap_or(NaiveDate::MIN);
    let mut open = days.range(from..).map(|(day, _)| *day).peekable();
    if open.peek().is_none() {
        return Err(NoPair::NoOfficers);
    }
    let mut kept_away = BTreeSet::new();
    for day in open {
        // Every day with places has a pair; only avoidance can take it away.
        let there = officers
            .iter()
            .filter(|officer| officer.may_visit(unit, day));
        let (count, lead) = there.fold((0, false), |(count, lead), officer| {
            (count + 1, lead || officer.lead)
        });
        if count >= 2 && lead {
            return Ok(());
        }
        kept_away.extend(
            avoiding
                .iter()
                .filter(|officer| officer.is_present(day))
                .map(|officer| officer.id.clone()),
        );
    }
    Err(NoPair::Avoidance {
        officers: kept_away.into_iter().collect(),
    })
}
