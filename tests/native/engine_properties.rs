//! What must hold of every draw, and small cases against brute force.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use double_random::engine::apportion::apportion;
use double_random::engine::cell::Cell;
use double_random::engine::day::{late_tail, lay_days};
use double_random::engine::demand::CellDemand;
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{Key, draw, ranking, sha256};
use double_random::engine::quota::{Limits, Window, lacking, quotas, what_fits};
use double_random::engine::team::reason::{Choice, TeamRecord, team_reason};
use double_random::engine::team::{assign_teams, officer_list};
use double_random::model::{CandidateId, DrawLevel, OfficerId, Stratum};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn any_key() -> impl Strategy<Value = Key> {
    any::<u64>().prop_map(|number| key(&number.to_string()))
}

fn key(text: &str) -> Key {
    Key::from_text(&sha256(text.as_bytes()).to_string()[..32]).unwrap()
}

fn unit(number: usize) -> CandidateId {
    CandidateId::new(format!("U{number:03}")).unwrap()
}

fn day(number: u64) -> NaiveDate {
    "2026-07-01".parse::<NaiveDate>().unwrap() + Days::new(number)
}

/// Visits of each day with places.
fn totals(
    places: &BTreeMap<NaiveDate, u32>,
    laid: &BTreeMap<CandidateId, NaiveDate>,
) -> Vec<(NaiveDate, u32)> {
    let on = |day| laid.values().filter(|laid| **laid == day).count() as u32;
    places.keys().map(|day| (*day, on(*day))).collect()
}

/// What is uneven in the days and is explained by neither releases nor places.
fn uneven(
    visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    laid: &BTreeMap<CandidateId, NaiveDate>,
) -> Option<String> {
    let totals = totals(places, laid);
    let first = totals[0].0;
    let released = |from: NaiveDate| {
        let late = visits.values().flatten().filter(|release| **release > from);
        late.count()
    };
    let says = |what: &str| Some(format!("{what}: {totals:?} of {places:?}, {visits:?}"));
    if released(first) == 0 {
        if visits.len() >= totals.len() && totals.iter().any(|day| day.1 == 0) {
            return says("a working day without a visit");
        }
        if visits.len() < totals.len() && totals.iter().any(|day| day.1 > 1) {
            return says("two visits on a day while another has none");
        }
    }
    for (at, (early, some)) in totals.iter().enumerate() {
        let later = totals[at + 1..].iter();
        for (late, others) in later.filter(|late| places[&late.0] == places[early]) {
            if *some > others + 1 {
                return says("more on the earlier of two days with equal places");
            }
            // More on the later day only if the visits released from some day
            // between them on fill all that is laid from there on.
            let between = totals
                .windows(2)
                .filter(|days| days[0].0 >= *early && days[1].0 <= *late);
            let mut starts = between.map(|days| (days[0].0, days[1].0));
            let is_forced = starts.any(|(before, start)| {
                let held = laid.values().filter(|day| **day >= start).count();
                held == released(before)
            });
            if *others > some + 1 && !is_forced {
                return says("more on the later of two days with equal places");
            }
        }
    }
    None
}

proptest! {
    #[test]
    fn order_of_input_does_not_matter(key in any_key(), n in 0u32..30, pool in Just((0..25).map(unit).collect::<Vec<_>>()).prop_shuffle()) {
        let sorted: Vec<CandidateId> = (0..25).map(unit).collect();
        let of = |pool: &[CandidateId]| draw(&key, &pool.iter().collect::<Vec<_>>(), n);
        prop_assert_eq!(of(&pool), of(&sorted));
    }

    #[test]
    fn a_larger_draw_keeps_the_smaller(key in any_key(), size in 1usize..60, n in 0u32..60) {
        let pool: Vec<CandidateId> = (0..size).map(unit).collect();
        let pool: Vec<&CandidateId> = pool.iter().collect();
        let all = ranking(&key, &pool, u32::MAX);
        let found = draw(&key, &pool, n);
        let taken = found.drawn.len();
        prop_assert_eq!(taken, size.min(n as usize));
        prop_assert_eq!(&found.drawn[..], &all[..taken]);
        prop_assert_eq!(&found.reserve[..], &all[taken..taken + found.reserve.len()]);
        prop_assert!(all.windows(2).all(|pair| pair[0].ticket < pair[1].ticket));
    }

    #[test]
    fn leaving_moves_nobody_else(key in any_key(), size in 2usize..40, gone in any::<prop::sample::Index>()) {
        let pool: Vec<CandidateId> = (0..size).map(unit).collect();
        let gone = gone.get(&pool);
        let left: Vec<&CandidateId> = pool.iter().filter(|unit| *unit != gone).collect();
        let all = ranking(&key, &pool.iter().collect::<Vec<_>>(), u32::MAX);
        let without: Vec<_> = all.into_iter().filter(|entry| entry.unit != *gone).collect();
        prop_assert_eq!(ranking(&key, &left, u32::MAX), without);
    }

    #[test]
    fn apportionment_fits(total in 0u64..200, parts in prop::collection::vec((0u64..50, 0u32..30), 0..8)) {
        let (weights, caps): (Vec<u64>, Vec<u32>) = parts.into_iter().unzip();
        let result = apportion(total, &weights, &caps);
        let room: u64 = caps.iter().map(|cap| u64::from(*cap)).sum();
        prop_assert_eq!(result.iter().map(|part| u64::from(*part)).sum::<u64>(), total.min(room));
        prop_assert!(result.iter().zip(&caps).all(|(part, cap)| part <= cap));
    }

    #[test]
    fn days_hold_their_visits(
        key in any_key(),
        places in prop::collection::vec(1u32..5, 1..9),
        releases in prop::collection::vec(prop::option::of(0u64..9), 0..20),
    ) {
        let places: BTreeMap<NaiveDate, u32> = (0..).map(day).zip(places).collect();
        let last = *places.keys().last().unwrap();
        let visits: BTreeMap<CandidateId, Option<NaiveDate>> = releases.into_iter().enumerate()
            .map(|(at, release)| (unit(at), release.map(|number| day(number).min(last)))).collect();
        match lay_days(&visits, &places, &key) {
            Err(tail) => {
                let room: u32 = places.range(tail.from..).map(|day| day.1).sum();
                prop_assert!(tail.visits.len() > room as usize);
                prop_assert_eq!(room, tail.places);
            }
            Ok(laid) => {
                prop_assert!(late_tail(&visits, &places).is_none());
                prop_assert_eq!(laid.len(), visits.len());
                prop_assert!(laid.iter().all(|(unit, day)| visits[unit].is_none_or(|from| *day >= from)));
                for (day, places) in &places {
                    prop_assert!(laid.values().filter(|laid| *laid == day).count() <= *places as usize);
                }
                prop_assert_eq!(uneven(&visits, &places, &laid), None);
            }
        }
    }
}

proptest! {
    #[test]
    fn equal_days_get_equal_visits(key in any_key(), days in 1u64..24, each in 1u32..6, fill in 0u32..=100) {
        let places: BTreeMap<NaiveDate, u32> = (0..days).map(|at| (day(at), each)).collect();
        let count = days as usize * each as usize * fill as usize / 100;
        let visits = (0..count).map(|at| (unit(at), None)).collect();
        let laid = lay_days(&visits, &places, &key).unwrap();
        let totals: Vec<u32> = totals(&places, &laid).into_iter().map(|day| day.1).collect();
        let (least, most) = (*totals.iter().min().unwrap(), *totals.iter().max().unwrap());
        prop_assert!(most - least <= 1, "{:?}", totals);
        prop_assert!(least > 0 || count < days as usize, "{:?}", totals);
    }
}

/// A small team case.
struct Case {
    visits: BTreeMap<CandidateId, NaiveDate>,
    days: Vec<NaiveDate>,
    officers: Vec<OfficerDuty>,
    per_day: u32,
    key: Key,
}

fn small_case(rng: &mut ChaCha8Rng) -> Case {
    let days: Vec<NaiveDate> = (0..rng.random_range(1..=3)).map(day).collect();
    let units: Vec<CandidateId> = (0..rng.random_range(1..=4)).map(unit).collect();
    let officer = |at: usize| OfficerDuty {
        id: OfficerId::new(format!("P{at:02}")).unwrap(),
        lead: rng.random_bool(0.6),
        certificate_until: None,
        absent: days
            .iter()
            .filter(|_| rng.random_bool(0.15))
            .copied()
            .collect(),
        avoid: units
            .iter()
            .filter(|_| rng.random_bool(0.15))
            .cloned()
            .collect(),
    };
    let officers = (0..3).map(officer).collect::<Vec<_>>();
    let fourth = OfficerDuty {
        id: OfficerId::new("P09").unwrap(),
        ..officers[0].clone()
    };
    let officers = officers
        .into_iter()
        .chain(rng.random_bool(0.5).then_some(fourth))
        .collect();
    let pick = |unit: CandidateId| (unit, days[rng.random_range(0..days.len())]);
    let visits = units.into_iter().map(pick).collect();
    let key = key(&rng.random::<u64>().to_string());
    Case {
        visits,
        days,
        officers,
        per_day: rng.random_range(1..=2),
        key,
    }
}

/// Everything there is to know of a case, by trying every partial plan.
struct Brute<'a> {
    case: &'a Case,
    /// Visits in lottery order with their lists.
    order: Vec<(CandidateId, NaiveDate, Vec<usize>)>,
    filled_most: usize,
    contested: BTreeSet<CandidateId>,
    /// Least cost, and the first full plan in lottery order that has it.
    best: Option<(u64, Vec<usize>)>,
    /// Every full permitted plan with its cost.
    plans: Vec<(u64, Vec<usize>)>,
    /// An officer who may make one visit more than `per_day` on one day.
    more: Option<(usize, NaiveDate)>,
}

/// The officers of whom one visit more on some day would fill one slot more: by
/// trying it. They are what the contested visits compete for.
fn wanted_more(brute: &Brute) -> BTreeSet<OfficerId> {
    let case = brute.case;
    let helps = |officer: usize| {
        let mut days = case.visits.values().collect::<BTreeSet<_>>().into_iter();
        days.any(|day| Brute::with(case, Some((officer, *day))).filled_most > brute.filled_most)
    };
    let officers = (0..case.officers.len()).filter(|officer| helps(*officer));
    officers
        .map(|officer| case.officers[officer].id.clone())
        .collect()
}

impl<'a> Brute<'a> {
    fn new(case: &'a Case) -> Self {
        Self::with(case, None)
    }

    fn with(case: &'a Case, more: Option<(usize, NaiveDate)>) -> Self {
        let mut order: Vec<_> = case.visits.iter().collect();
        order.sort_by_key(|(unit, _)| case.key.ticket(&[unit.as_str()]));
        let place = |id: &OfficerId| {
            case.officers
                .iter()
                .position(|officer| officer.id == *id)
                .unwrap()
        };
        let list = |unit: &CandidateId| -> Vec<usize> {
            officer_list(unit, &case.officers, &case.key)
                .iter()
                .map(|officer| place(&officer.id))
                .collect()
        };
        let order = order
            .into_iter()
            .map(|(unit, day)| (unit.clone(), *day, list(unit)))
            .collect();
        let mut brute = Self {
            case,
            order,
            filled_most: 0,
            contested: BTreeSet::new(),
            best: None,
            plans: Vec::new(),
            more,
        };
        brute.extend(&mut Vec::new());
        brute
    }

    /// Tries every officer, and nobody, in the next slot.
    fn extend(&mut self, slots: &mut Vec<Option<usize>>) {
        if slots.len() == self.order.len() * 2 {
            return self.count(slots);
        }
        let (unit, day, list) = self.order[slots.len() / 2].clone();
        let is_member = slots.len() % 2 == 1;
        for officer in list {
            let duty = &self.case.officers[officer];
            let on_day = (0..slots.len())
                .filter(|slot| slots[*slot] == Some(officer) && self.order[slot / 2].1 == day)
                .count();
            let twice = is_member && slots.last() == Some(&Some(officer));
            let permitted = duty.may_visit(&unit, day) && (is_member || duty.lead);
            let more = usize::from(self.more == Some((officer, day)));
            if permitted && !twice && on_day < self.case.per_day as usize + more {
                slots.push(Some(officer));
                self.extend(slots);
                slots.pop();
            }
        }
        slots.push(None);
        self.extend(slots);
        slots.pop();
    }

    fn count(&mut self, slots: &[Option<usize>]) {
        let filled = slots.iter().flatten().count();
        if filled > self.filled_most {
            self.filled_most = filled;
            self.contested.clear();
        }
        if filled == self.filled_most {
            let empty = (0..slots.len()).filter(|slot| slots[*slot].is_none());
            self.contested
                .extend(empty.map(|slot| self.order[slot / 2].0.clone()));
        }
        if filled == slots.len() {
            let cost = self.cost(slots);
            self.plans
                .push((cost, slots.iter().flatten().copied().collect()));
            // Plans come in lottery order, so only a lower cost replaces one.
            if self.best.as_ref().is_none_or(|best| cost < best.0) {
                self.best = Some((cost, slots.iter().flatten().copied().collect()));
            }
        }
    }

    fn cost(&self, slots: &[Option<usize>]) -> u64 {
        let each = self.case.officers.iter().enumerate().map(|(at, officer)| {
            let load = slots.iter().filter(|slot| **slot == Some(at)).count() as u64;
            let present = self
                .case
                .days
                .iter()
                .filter(|day| officer.is_present(**day))
                .count() as u64;
            1_000_000 / present.max(1) * load * load
        });
        each.sum()
    }
}

#[test]
fn teams_against_brute_force() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (mut solved, mut refused, mut competing, mut no_pair) = (0, 0, 0, 0);
    for number in 0..600 {
        let case = small_case(&mut rng);
        let brute = Brute::new(&case);
        let Case {
            visits,
            days,
            officers,
            per_day,
            key,
        } = &case;
        match assign_teams(visits, days, officers, *per_day, key) {
            Ok(found) => {
                solved += 1;
                let (cost, plan) = brute.best.as_ref().expect("a permitted plan");
                assert_eq!(found.cost, *cost, "cost of case {number}");
                for (at, (unit, _, _)) in brute.order.iter().enumerate() {
                    let team = [plan[2 * at], plan[2 * at + 1]].map(|at| officers[at].id.clone());
                    assert_eq!(found.teams[unit], team.into(), "case {number}, {unit}");
                }
            }
            Err(found) => {
                refused += 1;
                assert!(brute.best.is_none(), "case {number} has a plan");
                let days: BTreeSet<NaiveDate> = found.days.iter().copied().collect();
                let of_visits = found.visits.iter().map(|unit| visits[unit]);
                assert_eq!(days, of_visits.collect(), "case {number}");
                let contested: BTreeSet<CandidateId> = found.visits.into_iter().collect();
                assert_eq!(contested, brute.contested, "case {number}");
                let named: BTreeSet<OfficerId> = found.officers.iter().cloned().collect();
                assert_eq!(named, wanted_more(&brute), "case {number}");
                // In order and each once, as they stand in the message.
                assert!(found.days.is_sorted() && days.len() == found.days.len());
                assert!(found.officers.is_sorted() && named.len() == found.officers.len());
                let kind = if named.is_empty() {
                    &mut no_pair
                } else {
                    &mut competing
                };
                *kind += 1;
            }
        }
    }
    // Visits can compete for officers, or lack a pair on the day they were laid on.
    assert!(competing > 40 && no_pair > 10, "{competing} {no_pair}");
    assert!(
        solved > 150 && refused > 100,
        "{solved} solved, {refused} refused"
    );
}

/// What brute force says of an officer in a slot: the least cost of the full
/// plans that keep the choices made before and have him there.
fn forced(brute: &Brute, chosen: &[usize], slot: usize, officer: usize) -> Option<u64> {
    let keeps =
        |plan: &&(u64, Vec<usize>)| plan.1[..slot] == chosen[..slot] && plan.1[slot] == officer;
    brute.plans.iter().filter(keeps).map(|plan| plan.0).min()
}

/// Whether the reason given for an officer in a slot is the true one.
fn is_true(brute: &Brute, slot: usize, officer: usize, choice: &Choice) -> bool {
    let (cost, chosen) = brute.best.as_ref().unwrap();
    let (unit, day, list) = &brute.order[slot / 2];
    let duty = &brute.case.officers[officer];
    let place = |of: usize| list.iter().position(|at| *at == of);
    let is_earlier = place(officer) < place(chosen[slot]);
    let is_lead = slot.is_multiple_of(2);
    let on_day = (0..slot)
        .filter(|at| chosen[*at] == officer && brute.order[at / 2].1 == *day)
        .count() as u32;
    let least = forced(brute, chosen, slot, officer);
    match choice {
        Choice::Taken => chosen[slot] == officer,
        Choice::NotReached => !is_earlier && officer != chosen[slot],
        Choice::Absent => duty.absent.contains(day) && least.is_none(),
        Choice::CertificateEnded { until } => until < day && least.is_none(),
        Choice::Avoids => duty.avoid.contains(unit) && least.is_none(),
        Choice::MayNotLead => is_lead && !duty.lead && least.is_none(),
        Choice::LeadsAlready => !is_lead && chosen[slot - 1] == officer && least.is_none(),
        Choice::DayFull { visits } => {
            is_earlier
                && on_day == brute.case.per_day
                && visits.len() as u32 == on_day
                && least.is_none()
        }
        Choice::NeededElsewhere => is_earlier && on_day < brute.case.per_day && least.is_none(),
        Choice::CostsMore { more } => is_earlier && *more > 0 && least == Some(cost + more),
    }
}

#[test]
fn reasons_of_teams_against_brute_force() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for number in 0..900 {
        let mut case = small_case(&mut rng);
        if rng.random_bool(0.3) {
            case.officers[1].certificate_until = Some(day(rng.random_range(0..3)));
        }
        let brute = Brute::new(&case);
        let Ok(found) = assign_teams(
            &case.visits,
            &case.days,
            &case.officers,
            case.per_day,
            &case.key,
        ) else {
            continue;
        };
        let record = TeamRecord {
            visits: &case.visits,
            days: &case.days,
            officers: &case.officers,
            per_day: case.per_day,
            key: &case.key,
            teams: &found.teams,
        };
        for (visit, (unit, _, list)) in brute.order.iter().enumerate() {
            let reason = team_reason(&record, unit).unwrap();
            assert_eq!(reason.cost, found.cost);
            assert_eq!(reason.turn as usize, visit + 1);
            assert_eq!(reason.list.len(), list.len());
            for (listed, officer) in reason.list.iter().zip(list) {
                assert_eq!(listed.officer, case.officers[*officer].id);
                let choices = [&listed.as_lead, &listed.as_member];
                for (role, choice) in choices.into_iter().enumerate() {
                    let told = format!("{choice:?}");
                    let kind = told.split([' ', '{']).next().unwrap().to_owned();
                    *kinds.entry(kind).or_default() += 1;
                    let slot = 2 * visit + role;
                    assert!(
                        is_true(&brute, slot, *officer, choice),
                        "case {number}, {unit}, {officer} in slot {slot}: {choice:?}"
                    );
                }
            }
        }
    }
    // Every reason there is has been put to the test.
    assert_eq!(kinds.len(), 10, "{kinds:?}");
}

/// A small year: the early cell and one to three others with their pools.
fn small_year(rng: &mut ChaCha8Rng) -> (u32, Limits, [u32; 12], Vec<CellDemand>) {
    let month = rng.random_range(1..=12);
    let others = rng.random_range(1..=3);
    let mut cells: Vec<CellDemand> = (0..others)
        .map(|at| {
            let name = Cell::Of(Stratum::ALL[at], DrawLevel::from_points(at as i32));
            some_cell(rng, name, month, 3 - others as u32 / 2)
        })
        .collect();
    if month <= 5 && rng.random_bool(0.6) {
        cells.push(some_cell(rng, Cell::Early, month, 2));
    }
    let most = rng.random_range(1..=3);
    let limits = Limits {
        capacity: std::array::from_fn(|_| rng.random_range(0..=most)),
        minimum: std::array::from_fn(|_| rng.random_range(0..=1)),
    };
    (
        month,
        limits,
        std::array::from_fn(|_| rng.random_range(1..=9)),
        cells,
    )
}

/// A cell with up to `most` units released a month, those of the early one by May.
fn some_cell(rng: &mut ChaCha8Rng, cell: Cell, month: u32, most: u32) -> CellDemand {
    let last = if cell == Cell::Early { 5 } else { 12 };
    let mut released = [0; 12];
    let mut pool = 0;
    for now in month..=12 {
        if now <= last {
            pool += rng.random_range(0..=most) * u32::from(rng.random_bool(0.6));
        }
        released[now as usize - 1] = pool;
    }
    let demand = if cell == Cell::Early {
        pool
    } else {
        rng.random_range(0..=pool)
    };
    CellDemand {
        cell,
        size: pool,
        target: demand,
        committed: 0,
        demand,
        released,
    }
}

/// Whether some numbers of early and late visits a month finish in time.
fn fits(month: u32, done: (u32, u32), capacity: &[u32; 12], cells: &[CellDemand]) -> bool {
    let sum = |early: bool, at: usize| -> u32 {
        let cells = cells
            .iter()
            .filter(|cell| (cell.cell == Cell::Early) == early);
        cells.map(|cell| cell.demand.min(cell.released[at])).sum()
    };
    if month == 6 && done.0 < sum(true, 4) {
        return false;
    }
    if month == 13 {
        return done.0 == sum(true, 11) && done.1 == sum(false, 11);
    }
    let at = month as usize - 1;
    let (early, late) = (
        sum(true, at).saturating_sub(done.0),
        sum(false, at).saturating_sub(done.1),
    );
    (0..=early.min(capacity[at])).any(|e| {
        (0..=late.min(capacity[at] - e))
            .any(|l| fits(month + 1, (done.0 + e, done.1 + l), capacity, cells))
    })
}

#[test]
fn years_against_brute_force() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let (mut solved, mut refused) = (0, 0);
    let mut kinds = BTreeSet::new();
    for number in 0..800 {
        let (month, limits, season, cells) = small_year(&mut rng);
        let at = month as usize - 1;
        let caps = || cells.iter().map(|cell| cell.demand.min(cell.released[at]));
        match quotas(month, &limits, &season, &cells) {
            Ok(found) => {
                solved += 1;
                assert!(
                    found.quota.iter().zip(caps()).all(|(n, cap)| *n <= cap),
                    "case {number}"
                );
                let drawn: u32 = found.quota.iter().sum();
                assert!(drawn <= limits.capacity[at]);
                let early = cells.iter().position(|cell| cell.cell == Cell::Early);
                let early = early.map_or(0, |at| found.quota[at]);
                assert_eq!(lacking(month, &limits, &cells), None);
                // What is left still fits, and still within the even load.
                assert!(
                    fits(month + 1, (early, drawn - early), &found.levels, &cells),
                    "case {number}"
                );
                assert!(
                    fits(month, (0, 0), &limits.capacity, &cells),
                    "case {number}"
                );
            }
            Err(window) => {
                refused += 1;
                assert!(
                    !fits(month, (0, 0), &limits.capacity, &cells),
                    "case {number} fits"
                );
                assert_eq!(
                    window,
                    worst(month, &limits.capacity, &cells),
                    "case {number}"
                );
                kinds.insert((window.last, window.first == month));
                let n = what_fits(month, &limits, &cells);
                assert!(n.iter().zip(caps()).all(|(n, cap)| *n <= cap));
                // As much capacity more as the window lacks mends that window.
                let mut more = limits;
                more.capacity[window.last as usize - 1] += window.lack;
                let then = quotas(month, &more, &season, &cells).err();
                assert_ne!(
                    then.map(|then| then.last),
                    Some(window.last),
                    "case {number}"
                );
            }
        }
    }
    assert!(
        solved > 160 && refused > 160,
        "{solved} solved, {refused} refused"
    );
    // Windows to May and to December, from the first month and from a later one.
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}

/// The window that an infeasible year has to name, restated from its definition:
/// of the windows that end with May (jobs of the early cell), if one of them
/// lacks places, else with December (all jobs), the one with the largest lack;
/// of equal ones that with the later start.
fn worst(month: u32, capacity: &[u32; 12], cells: &[CellDemand]) -> Window {
    // Jobs that can first be made in a month: what is available grows by them.
    let available = |early_only: bool, month: u32| -> u32 {
        let own = |cell: &&CellDemand| cell.cell == Cell::Early || !early_only;
        let cells = cells.iter().filter(own);
        cells
            .map(|cell| cell.demand.min(cell.released[month as usize - 1]))
            .sum()
    };
    let windows = |early_only: bool, last: u32| {
        let lack = move |first: u32| {
            let before = if first == month {
                0
            } else {
                available(early_only, first - 1)
            };
            let due = available(early_only, last) - before;
            let room: u32 = (first..=last)
                .map(|month| capacity[month as usize - 1])
                .sum();
            (i64::from(due) - i64::from(room), first)
        };
        (month..=last).map(lack).max()
    };
    let of = |(lack, first): (i64, u32), last| Window {
        first,
        last,
        lack: lack as u32,
    };
    match windows(true, 5) {
        Some(worst) if worst.0 > 0 => of(worst, 5),
        _ => of(windows(false, 12).unwrap(), 12),
    }
}
