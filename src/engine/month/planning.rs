//! Laying a month's plan.
//!
//! A visit falls out only after [`ATTEMPTS`] attempts, and many may fall out, so
//! a contested month takes long. Two things are not done twice: tickets of visits
//! and places are kept from one set of visits to the next, and an attempt with a
//! day that cannot have teams is known by that day alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{ATTEMPTS, MonthPlan, PlannedVisit, SetAside, SetAsideReason};
use crate::engine::day::{Choosing, Heads, LateTail, late_tail};
use crate::engine::duty::{OfficerDuty, day_places, permitted_pair};
use crate::engine::lottery::{Purpose, Seed, key};
use crate::engine::pace::{Advance, Pace, Stage};
use crate::engine::team::{Contested, Teams, assign, day_has_teams};
use crate::model::CandidateId;

/// Places looked at between two rests: a few milliseconds of a page's time.
const STEP_PLACES: usize = 5_000;
/// Bytes of tickets kept, at most.
const KEPT_BYTES_MAX: usize = 64 << 20;

/// What a month's plan follows from; see [`super::month_plan`].
#[derive(Debug, Clone)]
pub struct PlanInput<'a> {
    /// Unit and the first day it may be inspected, `None`: any.
    pub visits: Cow<'a, BTreeMap<CandidateId, Option<NaiveDate>>>,
    /// The month's working days, in order.
    pub days: Cow<'a, [NaiveDate]>,
    /// The officers.
    pub officers: Cow<'a, [OfficerDuty]>,
    /// Visits an officer may make a day.
    pub per_day: u32,
    /// The seed.
    pub seed: Seed,
}

/// A plan as the engine laid it: nothing else can make one, so that whoever is
/// handed it need not lay it again to trust it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidMonth {
    seed: Seed,
    plan: MonthPlan,
}

impl LaidMonth {
    /// The seed under which it was laid.
    #[must_use]
    pub const fn seed(&self) -> Seed {
        self.seed
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &MonthPlan {
        &self.plan
    }

    /// The plan by itself.
    #[must_use]
    pub fn into_plan(self) -> MonthPlan {
        self.plan
    }

    /// Whether it was laid under `seed` for just these visits.
    #[must_use]
    pub fn is_of(&self, seed: Seed, visits: &BTreeMap<CandidateId, Option<NaiveDate>>) -> bool {
        let laid = self.plan.visits.keys();
        let laid = laid.chain(self.plan.set_aside.iter().map(|visit| &visit.unit));
        let count = self.plan.visits.len() + self.plan.set_aside.len();
        self.seed == seed
            && count == visits.len()
            && laid.into_iter().all(|unit| visits.contains_key(unit))
    }
}

impl PlanInput<'_> {
    /// Lays the plan.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use std::collections::BTreeMap;
    /// use double_random::engine::lottery::{Seed, sha256};
    /// use double_random::engine::month::{PlanInput, month_plan};
    /// use double_random::engine::pace::{AtOnce, at_once};
    /// use double_random::model::CandidateId;
    /// let visits = BTreeMap::from([(CandidateId::new("NG-00001")?, None)]);
    /// let days = ["2026-08-03".parse().expect("a date")];
    /// let seed = Seed(sha256(b"example").0);
    /// let input = PlanInput {
    ///     visits: Cow::Borrowed(&visits),
    ///     days: Cow::Borrowed(&days),
    ///     officers: Cow::Borrowed(&[]),
    ///     per_day: 1,
    ///     seed,
    /// };
    /// let laid = at_once(input.lay(&AtOnce));
    /// assert_eq!(laid.plan(), &month_plan(&visits, &days, &[], 1, seed));
    /// assert_eq!(laid.plan().set_aside.len(), 1);
    /// # Ok::<(), double_random::model::IdError>(())
    /// ```
    pub async fn lay(&self, pace: &impl Pace) -> LaidMonth {
        let mut laying = Laying::new(self);
        let plan = loop {
            match laying.attempts(pace).await {
                Ok(plan) => break plan,
                Err(falls_out) => laying.put_aside(falls_out),
            }
        };
        LaidMonth {
            seed: self.seed,
            plan,
        }
    }
}

/// A month's plan under way.
struct Laying<'a> {
    input: &'a PlanInput<'a>,
    places: BTreeMap<NaiveDate, u32>,
    /// All visits in order of id: where their tickets are kept.
    units: Vec<CandidateId>,
    /// For each attempt the tickets worked out.
    kept: Vec<Heads>,
    /// The visits that are not set aside.
    visits: BTreeMap<CandidateId, Option<NaiveDate>>,
    set_aside: Vec<SetAside>,
}

impl<'a> Laying<'a> {
    fn new(input: &'a PlanInput<'a>) -> Self {
        let places = day_places(&input.days, &input.officers, input.per_day);
        let mut visits = input.visits.clone().into_owned();
        let set_aside = without_pair(&mut visits, &places, &input.officers);
        Self {
            units: visits.keys().cloned().collect(),
            kept: Vec::new(),
            places,
            input,
            visits,
            set_aside,
        }
    }

    fn advance(&self, attempt: u32) -> Advance {
        let stage = Stage::Planning {
            attempt: attempt + 1,
            set_aside: self.set_aside.len() as u32,
        };
        Advance::at(stage, 0, 1)
    }

    /// The plan of the visits that are left, by the first attempt that works; else the
    /// visit that falls out, because the days do not suffice or no attempt works.
    async fn attempts(&mut self, pace: &impl Pace) -> Result<MonthPlan, SetAside> {
        if let Some(tail) = late_tail(&self.visits, &self.places) {
            pace.rest(self.advance(0)).await;
            return Err(self.beyond(tail));
        }
        let mut contested = None;
        for attempt in 0..ATTEMPTS {
            let laid = self.days(attempt, pace).await;
            // What attempt 0 lacks is told; of the others only whether they work.
            if attempt > 0 && !self.can_have_teams(&laid) {
                continue;
            }
            match self.teams(&laid, attempt, pace).await {
                Ok(teams) => return Ok(self.plan(laid, attempt, teams)),
                Err(found) => drop(contested.get_or_insert(found)),
            }
        }
        let Contested {
            visits,
            days,
            officers,
        } = contested.expect("attempt 0 failed");
        Err(SetAside {
            unit: self.falls_out(&visits),
            why: SetAsideReason::Contested {
                visits,
                days,
                officers,
            },
        })
    }

    /// The visit that falls out of a tail of days without places enough.
    fn beyond(&self, tail: LateTail) -> SetAside {
        let LateTail {
            from,
            places,
            visits,
        } = tail;
        SetAside {
            unit: self.falls_out(&visits),
            why: SetAsideReason::LateTail {
                from,
                places,
                visits,
            },
        }
    }

    /// Makes room to keep the attempt's tickets, as far as memory is meant for it.
    fn make_room(&mut self, attempt: u32) {
        let places: u32 = self.places.values().sum();
        let (visits, places) = (self.units.len(), places as usize);
        if self.kept.len() > attempt as usize {
            return;
        }
        let bytes = visits.saturating_mul(places).saturating_mul(8);
        if bytes.saturating_mul(self.kept.len() + 1) <= KEPT_BYTES_MAX {
            self.kept.push(Heads::new(visits, places));
        }
    }

    /// Lets the visits choose their days.
    async fn days(&mut self, attempt: u32, pace: &impl Pace) -> BTreeMap<CandidateId, NaiveDate> {
        let key = key(&Purpose::Day(attempt), self.input.seed);
        let mut choosing = Choosing::new(&self.visits, &self.places, &key);
        self.make_room(attempt);
        let mut laid = BTreeMap::new();
        loop {
            let turns = (STEP_PLACES / choosing.left().max(1)).max(1);
            laid.extend((0..turns).map_while(|_| self.turn(&mut choosing, attempt)));
            pace.rest(self.advance(attempt)).await;
            if choosing.left() == 0 {
                return laid;
            }
        }
    }

    /// Lets the next visit choose.
    fn turn(&mut self, choosing: &mut Choosing, attempt: u32) -> Option<(CandidateId, NaiveDate)> {
        let units = &self.units;
        match self.kept.get_mut(attempt as usize) {
            Some(kept) => choosing.turn_kept(kept, |unit| {
                let at = units.binary_search(unit);
                at.expect("the visits left are among the first")
            }),
            None => choosing.turn_apart(),
        }
    }

    fn can_have_teams(&self, laid: &BTreeMap<CandidateId, NaiveDate>) -> bool {
        let mut days: BTreeMap<NaiveDate, Vec<&CandidateId>> = BTreeMap::new();
        for (unit, day) in laid {
            days.entry(*day).or_default().push(unit);
        }
        let PlanInput {
            officers, per_day, ..
        } = &self.input;
        days.iter()
            .all(|(day, units)| day_has_teams(units, *day, officers, *per_day))
    }

    async fn teams(
        &self,
        laid: &BTreeMap<CandidateId, NaiveDate>,
        attempt: u32,
        pace: &impl Pace,
    ) -> Result<Teams, Contested> {
        let PlanInput {
            days,
            officers,
            per_day,
            seed,
            ..
        } = self.input;
        let key = key(&Purpose::Team(attempt), *seed);
        let rest = async || pace.rest(self.advance(attempt)).await;
        assign(laid, days, officers, *per_day, &key, rest).await
    }

    fn plan(
        &mut self,
        laid: BTreeMap<CandidateId, NaiveDate>,
        attempt: u32,
        Teams { cost, mut teams }: Teams,
    ) -> MonthPlan {
        let visits = laid.into_iter().filter_map(|(unit, day)| {
            let (lead, member) = teams.remove(&unit)?;
            Some((unit, PlannedVisit { day, lead, member }))
        });
        MonthPlan {
            attempt,
            cost,
            visits: visits.collect(),
            set_aside: std::mem::take(&mut self.set_aside),
        }
    }

    fn put_aside(&mut self, visit: SetAside) {
        self.visits.remove(&visit.unit);
        self.set_aside.push(visit);
    }

    /// Of some visits, the one with the largest ticket.
    fn falls_out(&self, visits: &[CandidateId]) -> CandidateId {
        let day_key = key(&Purpose::Day(0), self.input.seed);
        let last = visits
            .iter()
            .max_by_key(|unit| (day_key.ticket(&[unit.as_str()]), *unit));
        last.expect("a tail or a contested set has visits").clone()
    }
}

/// Takes out the visits that no permitted pair can make, in order of id.
fn without_pair(
    visits: &mut BTreeMap<CandidateId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    officers: &[OfficerDuty],
) -> Vec<SetAside> {
    let mut set_aside = Vec::new();
    visits.retain(|unit, release| {
        let Err(why) = permitted_pair(unit, *release, places, officers) else {
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use super::*;
    use crate::engine::day::lay_days;
    use crate::engine::lottery::sha256;
    use crate::engine::pace::at_once;
    use crate::engine::team::assign_teams;
    use crate::model::OfficerId;

    /// Units, days and officers of whom most avoid most units: several visits fall out.
    fn contested_month(units: u32, kept_to: u32) -> PlanInput<'static> {
        let unit = |number: u32| CandidateId::new(format!("NG-{number:05}")).unwrap();
        let visits = (0..units).map(|number| (unit(number), None)).collect();
        let days = (3..8).map(|day| NaiveDate::from_ymd_opt(2026, 8, day).unwrap());
        let officer = |number: u32| OfficerDuty {
            id: OfficerId::new(format!("P{number:02}")).unwrap(),
            lead: number < 4,
            certificate_until: None,
            absent: BTreeSet::new(),
            avoid: (0..units)
                .filter(|at| number > 1 && *at < kept_to)
                .map(unit)
                .collect(),
        };
        PlanInput {
            visits: Cow::Owned(visits),
            days: Cow::Owned(days.collect()),
            officers: Cow::Owned((0..8).map(officer).collect()),
            per_day: 2,
            seed: Seed(sha256(b"contested").0),
        }
    }

    /// The definition: whole attempts, one after the other.
    fn by_definition(input: &PlanInput) -> MonthPlan {
        let places = day_places(&input.days, &input.officers, input.per_day);
        let mut visits = input.visits.clone().into_owned();
        let mut set_aside = without_pair(&mut visits, &places, &input.officers);
        let falls_out = |visits: &[CandidateId]| {
            let key = key(&Purpose::Day(0), input.seed);
            let last = visits
                .iter()
                .max_by_key(|unit| (key.ticket(&[unit.as_str()]), *unit));
            last.unwrap().clone()
        };
        'visits: loop {
            let mut first = None;
            for attempt in 0..ATTEMPTS {
                let day_key = key(&Purpose::Day(attempt), input.seed);
                let laid = lay_days(&visits, &places, &day_key).unwrap();
                let team_key = key(&Purpose::Team(attempt), input.seed);
                let (days, officers) = (&input.days, &input.officers);
                match assign_teams(&laid, days, officers, input.per_day, &team_key) {
                    Err(found) => drop(first.get_or_insert(found)),
                    Ok(Teams { cost, mut teams }) => {
                        let visits = laid.into_iter().map(|(unit, day)| {
                            let (lead, member) = teams.remove(&unit).unwrap();
                            (unit, PlannedVisit { day, lead, member })
                        });
                        return MonthPlan {
                            attempt,
                            cost,
                            visits: visits.collect(),
                            set_aside,
                        };
                    }
                }
                if attempt + 1 == ATTEMPTS {
                    let Contested {
                        visits: contested,
                        days,
                        officers,
                    } = first.unwrap();
                    let unit = falls_out(&contested);
                    visits.remove(&unit);
                    let why = SetAsideReason::Contested {
                        visits: contested,
                        days,
                        officers,
                    };
                    set_aside.push(SetAside { unit, why });
                    continue 'visits;
                }
            }
        }
    }

    #[test]
    fn the_plan_is_that_of_the_definition_and_tells_how_far_it_is() {
        let mut attempts_max = 0;
        for (units, kept_to) in [(30, 14), (36, 18), (20, 0), (25, 11)] {
            let input = contested_month(units, kept_to);
            let told = RefCell::new(Vec::new());
            let tell = |advance: Advance| match advance.stage {
                Stage::Planning { attempt, set_aside } => {
                    told.borrow_mut().push((set_aside, attempt));
                }
                other => panic!("{other:?}"),
            };
            let laid = at_once(input.lay(&tell));
            let told = told.into_inner();
            assert!(told.is_sorted() && told.len() > 3, "{told:?}");
            attempts_max = told.iter().map(|told| told.1).fold(attempts_max, u32::max);
            assert_eq!(told.last().unwrap().0 as usize, laid.plan().set_aside.len());
            assert_eq!(*laid.plan(), by_definition(&input), "{units} {kept_to}");
            assert!(laid.is_of(input.seed, &input.visits));
            assert!(!laid.is_of(Seed(sha256(b"other").0), &input.visits));
            let mut fewer = input.visits.clone().into_owned();
            fewer.pop_first();
            assert!(!laid.is_of(input.seed, &fewer));
        }
        assert!(attempts_max > 3, "{attempts_max}");
    }
}
