//! A month and a year through the engine as the pages use it.

use crate::register;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::engine::after::{DrawnMonth, replacement, stand_in};
use double_random::engine::calendar::{WorkdayCalendar, YearMonth};
use double_random::engine::ceremony::{
    Contribution, EntropyError, EntropyPlan, EntropyRecord, Promise, PublicSource, Reveal,
    promise_hash,
};
use double_random::engine::design::{AnnualDesign, DesignError, TWICE_OFF};
use double_random::engine::draw::{
    DrawGroup, Exclusion, MonthSizes, WhyDrawn, draw_month, explain, size_month,
};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{sha256, sha256_hex};
use double_random::engine::month::{MonthPlan, month_plan};
use double_random::engine::occasion::Occasion;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::quota::Mode;
use double_random::engine::snapshot::{NotYet, Snapshot, SnapshotError, SnapshotUnit};
use double_random::engine::year_plan::{remedies, year_plan};
use double_random::model::{CandidateId, DrawLevel, OfficerId, Share, Stratum};
use register::{date, id, officers, seed, unit};

fn register(month: &str, count: usize) -> Snapshot {
    Snapshot::new(month.parse().unwrap(), (0..count).map(unit).collect()).unwrap()
}

/// A drawn month with its plan.
struct Drawn {
    snapshot: Snapshot,
    officers: Vec<OfficerDuty>,
    sizes: MonthSizes,
    days: Vec<NaiveDate>,
    plan: MonthPlan,
}

fn drawn_month() -> Drawn {
    let (snapshot, officers) = (register("2026-03", 140), officers(6));
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let sizes = size_month(&snapshot, &officers, &design, &BTreeSet::new(), &calendar);
    let result = draw_month(&sizes, &snapshot, seed("month"));
    let release = |id: &CandidateId| (id.clone(), snapshot.unit(id).unwrap().release_date());
    let visits: BTreeMap<_, _> = result.drawn().map(release).collect();
    let days = calendar.working_days(snapshot.month);
    let plan = month_plan(&visits, &days, &officers, 1, seed("month"));
    Drawn {
        snapshot,
        officers,
        sizes,
        days,
        plan,
    }
}

#[test]
fn every_unit_is_explained() {
    let Drawn {
        snapshot, sizes, ..
    } = drawn_month();
    let result = draw_month(&sizes, &snapshot, seed("month"));
    let drawn: BTreeSet<&CandidateId> = result.drawn().collect();
    for unit in &snapshot.units {
        match explain(&unit.id, &sizes, &snapshot, seed("month")) {
            WhyDrawn::InPool(standing) => {
                assert_eq!(standing.drawn, drawn.contains(&unit.id));
                assert_eq!(standing.drawn, standing.rank <= standing.quota);
                assert_eq!(sha256(standing.line.as_bytes()).0, standing.ticket.0);
                assert_eq!(
                    standing.cut.is_some_and(|cut| standing.ticket <= cut),
                    standing.drawn
                );
            }
            WhyDrawn::Excluded { why } => {
                assert!(!drawn.contains(&unit.id));
                let until = date("2026-04-20");
                let last = date("2025-10-20");
                assert_eq!(
                    why,
                    Exclusion::NotYet {
                        limit: NotYet::SixMonths { last, until }
                    }
                );
            }
        }
    }
    let unknown = explain(&id(9_999), &sizes, &snapshot, seed("month"));
    assert_eq!(
        unknown,
        WhyDrawn::Excluded {
            why: Exclusion::NotInSnapshot
        }
    );
}

#[test]
fn the_next_of_the_reserve_steps_in() {
    let Drawn {
        snapshot,
        officers,
        sizes,
        days,
        mut plan,
    } = drawn_month();
    let result = draw_month(&sizes, &snapshot, seed("month"));
    let group = result
        .groups
        .iter()
        .find(|group| !group.draw.reserve.is_empty())
        .unwrap();
    let closed = group.draw.drawn[0].unit.clone();
    let visit = plan.visits.remove(&closed).unwrap();
    let mut now = snapshot.clone();
    now.units.retain(|unit| unit.id != closed);
    let month = DrawnMonth {
        plan: &plan,
        days: &days,
        officers: &officers,
        per_day: 1,
        seed: seed("month"),
    };
    let pool = Occasion::Month
        .drawn_pool(group.group, &sizes, &snapshot)
        .unwrap();
    let found = replacement(&pool, &now, &month, &visit, days[0]).unwrap();
    // The order of the pool, worked out from the text of the definition.
    let purpose = match group.group {
        DrawGroup::Second => "draw/second",
        _ => "draw/first",
    };
    let key = sha256_hex(&format!("frs1|key|{purpose}|{}", seed("month")))[..32].to_owned();
    let mut order: Vec<(String, &CandidateId)> = pool
        .pool
        .iter()
        .map(|unit| (sha256_hex(&format!("{key}|{unit}")), *unit))
        .collect();
    order.sort();
    let reserve = &order[group.draw.drawn.len()..];
    let fits = |unit: &CandidateId| {
        let unit = now.unit(unit).unwrap();
        let has_place = |day: &NaiveDate| has_place(unit, *day, &officers, &plan);
        !plan.visits.contains_key(&unit.id) && days.iter().any(has_place)
    };
    let before = reserve.iter().take_while(|next| !fits(next.1)).count();
    assert_eq!(found.unit, *reserve[before].1);
    assert_eq!(found.rank as usize, group.draw.drawn.len() + before + 1);
    let passed: Vec<&CandidateId> = reserve[..before].iter().map(|next| next.1).collect();
    assert_eq!(found.passed_over.iter().collect::<Vec<_>>(), passed);
    // The closed unit's own place if it is permitted, else the first day with one.
    let unit = now.unit(&found.unit).unwrap();
    let keeps = |who: &OfficerId| {
        let officer = officers.iter().find(|officer| officer.id == *who).unwrap();
        officer.may_visit(&found.unit, visit.day)
    };
    if keeps(&visit.lead) && keeps(&visit.member) && unit.may_be_inspected(visit.day).is_ok() {
        assert_eq!(found.visit, visit);
    } else {
        let mut open = days.iter();
        let first = open.find(|day| has_place(unit, **day, &officers, &plan));
        assert_eq!(Some(&found.visit.day), first);
    }
    // Nobody is left once the month is over.
    let over = snapshot.month.next().first_day();
    assert_eq!(replacement(&pool, &now, &month, &visit, over), None);
}

/// Whether some two officers may make a visit on a day beside a plan, one visit
/// a day each: the plain rule.
fn has_place(
    unit: &SnapshotUnit,
    day: NaiveDate,
    officers: &[OfficerDuty],
    plan: &MonthPlan,
) -> bool {
    let on_day = || plan.visits.values().filter(|visit| visit.day == day);
    let is_used =
        |who: &OfficerId| on_day().any(|visit| visit.lead == *who || visit.member == *who);
    let there = || officers.iter().filter(|officer| officer.is_present(day));
    let leads = there().filter(|officer| officer.lead).count();
    let free = || {
        let open = officers.iter().filter(|officer| !is_used(&officer.id));
        open.filter(|officer| officer.may_visit(&unit.id, day))
    };
    on_day().count() < leads.min(there().count() / 2)
        && unit.may_be_inspected(day).is_ok()
        && free().count() > 1
        && free().any(|officer| officer.lead)
}

/// Every reserve, with avoidance so strong that some are passed over.
#[test]
fn who_is_passed_over_has_no_place() {
    let Drawn {
        snapshot,
        mut officers,
        sizes,
        days,
        plan,
    } = drawn_month();
    let result = draw_month(&sizes, &snapshot, seed("month"));
    // After the draw most officers declare that they must avoid every other unit.
    for officer in officers.iter_mut().take(5) {
        officer.avoid.extend((0..140).step_by(2).map(id));
    }
    let mut passed_count = 0;
    for group in &result.groups {
        let pool = Occasion::Month
            .drawn_pool(group.group, &sizes, &snapshot)
            .unwrap();
        for closed in &group.draw.drawn {
            let mut plan = plan.clone();
            let Some(visit) = plan.visits.remove(&closed.unit) else {
                continue;
            };
            let mut now = snapshot.clone();
            now.units.retain(|unit| unit.id != closed.unit);
            for unit in &mut now.units {
                unit.pending = plan.visits.contains_key(&unit.id);
            }
            let month = DrawnMonth {
                plan: &plan,
                days: &days,
                officers: &officers,
                per_day: 1,
                seed: seed("month"),
            };
            let from = days[days.len() / 2];
            let fits = |id: &CandidateId| {
                let unit = now.unit(id).unwrap();
                let mut days = days.iter().filter(|day| **day >= from);
                days.any(|day| has_place(unit, *day, &officers, &plan))
            };
            let found = replacement(&pool, &now, &month, &visit, from);
            let passed = match &found {
                Some(found) => {
                    assert!(fits(&found.unit) && found.visit.day >= from);
                    &found.passed_over[..]
                }
                None => &[],
            };
            assert!(!passed.iter().any(fits), "{passed:?}");
            passed_count += passed.len();
        }
    }
    assert!(passed_count > 0, "somebody must be passed over");
}

/// The next on the visit's list, read in a circle from the ill officer on.
#[test]
fn a_stand_in_is_the_next_on_the_list() {
    let Drawn {
        officers,
        days,
        plan,
        ..
    } = drawn_month();
    let month = DrawnMonth {
        plan: &plan,
        days: &days,
        officers: &officers,
        per_day: 1,
        seed: seed("month"),
    };
    let purpose = format!("team/{}", plan.attempt);
    let key = sha256_hex(&format!("frs1|key|{purpose}|{}", seed("month")))[..32].to_owned();
    for (unit, visit) in &plan.visits {
        for ill in [&visit.lead, &visit.member] {
            let mut list: Vec<(String, &OfficerDuty)> = officers
                .iter()
                .map(|officer| (sha256_hex(&format!("{key}|{unit}|{}", officer.id)), officer))
                .collect();
            list.sort_by(|a, b| a.0.cmp(&b.0));
            let at = list.iter().position(|next| next.1.id == *ill).unwrap();
            list.rotate_left(at);
            let is_used = |who: &OfficerId| {
                let mut visits = plan.visits.values();
                visits.any(|v| v.day == visit.day && (v.lead == *who || v.member == *who))
            };
            let takes = |officer: &OfficerDuty| {
                (officer.lead || *ill == visit.member)
                    && !officer.avoid.contains(unit)
                    && !officer.absent.contains(&visit.day)
                    && !is_used(&officer.id)
            };
            let expected = list[1..].iter().find(|next| takes(next.1));
            let found = stand_in(unit, ill, &month);
            assert_eq!(found.as_ref(), expected.map(|next| &next.1.id));
        }
    }
}

#[test]
fn the_year_is_foretold() {
    let (snapshot, officers) = (register("2026-01", 140), officers(6));
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let year = year_plan(snapshot.clone(), &officers, &design, &calendar, &AtOnce);
    let plan = at_once(year).0;
    assert_eq!(
        (plan.mode, plan.window, plan.undrawn),
        (Mode::Full, None, [0; 3])
    );
    assert_eq!(plan.months.len(), 12);
    let drawn = |at: usize| -> u32 {
        plan.months
            .iter()
            .map(|month| month.first_by_stratum[at])
            .sum()
    };
    let size = |stratum| {
        snapshot
            .units
            .iter()
            .filter(|unit| unit.stratum == stratum)
            .count() as u32
    };
    for stratum in Stratum::ALL {
        assert!(
            drawn(stratum.index()) >= stratum.legal_floor().of(size(stratum)),
            "{stratum}"
        );
    }
    let remedies = at_once(remedies(&snapshot, &officers, &design, &calendar, &AtOnce));
    assert!(remedies.is_empty());
}

#[test]
fn a_year_that_does_not_fit_says_what_is_left_over() {
    let (snapshot, officers) = (register("2026-01", 900), officers(3));
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let year = year_plan(snapshot.clone(), &officers, &design, &calendar, &AtOnce);
    let plan = at_once(year).0;
    assert_eq!(plan.mode, Mode::WhatFits);
    assert!(plan.undrawn.iter().sum::<u32>() > 0);
}

#[test]
fn entropy_is_checked_against_its_plan() {
    let reveal = Reveal {
        salt: "0123456789abcdef".repeat(2),
        words: "六点".into(),
    };
    let promise = |name: &str| Promise {
        witness: name.into(),
        hash: promise_hash(name, &reveal),
    };
    let promises = vec![promise("甲"), promise("乙")];
    let plan = EntropyPlan::Contributions {
        promises: promises.clone(),
    };
    let record = |reveals: [Option<Reveal>; 2]| EntropyRecord::Contributions {
        contributions: promises
            .iter()
            .cloned()
            .zip(reveals)
            .map(|(promise, reveal)| Contribution { promise, reveal })
            .collect(),
    };
    let other = Reveal {
        words: "五点".into(),
        ..reveal.clone()
    };
    assert_eq!(
        record([Some(reveal.clone()), None]).check(&plan),
        Ok(vec!["乙".to_owned()])
    );
    assert_eq!(
        record([None, None]).check(&plan),
        Err(EntropyError::NothingRevealed)
    );
    let differs = EntropyError::RevealDiffers {
        witness: "甲".into(),
    };
    assert_eq!(record([Some(other), None]).check(&plan), Err(differs));
    let fewer = EntropyPlan::Contributions {
        promises: promises[..1].to_vec(),
    };
    assert_eq!(
        record([Some(reveal), None]).check(&fewer),
        Err(EntropyError::PromisesDiffer)
    );
}

/// Each lottery result and each promise has one record, so one seed.
#[test]
fn nobody_can_choose_among_ways_to_write_the_entropy() {
    let source = |name: &str| PublicSource {
        source: name.into(),
        round: "1".into(),
        characters: 5,
    };
    let plan = EntropyPlan::PublicValue {
        named: source("a"),
        fallback: source("b"),
        known_from: "2026-07-31T12:00".into(),
        fallback_from: "18:00".into(),
    };
    let value = |from: &str, value: &str| EntropyRecord::PublicValue {
        from: source(from),
        value: value.into(),
    };
    assert_eq!(value("b", "47102").check(&plan), Ok(Vec::new()));
    let errors = [
        ("c", "47102", EntropyError::OtherSource),
        ("a", " ", EntropyError::EmptyValue),
        ("a", "4 7 1 0 2", EntropyError::NotCanonical),
        ("a", "4-7-1-0-2", EntropyError::NotCanonical),
        ("a", "４7102", EntropyError::NotCanonical),
        ("a", "4710B", EntropyError::NotCanonical),
    ];
    for (from, written, error) in errors {
        assert_eq!(value(from, written).check(&plan), Err(error), "{written}");
    }
    for found in [4, 6] {
        let error = EntropyError::OtherLength {
            characters: 5,
            found,
        };
        let written = &"471020"[..found as usize];
        assert_eq!(value("a", written).check(&plan), Err(error));
    }
    assert_eq!(
        value("a", "47102").check(&EntropyPlan::Local),
        Err(EntropyError::OtherKind)
    );
    let mut endless = plan;
    if let EntropyPlan::PublicValue { fallback, .. } = &mut endless {
        fallback.characters = 65;
    }
    let error = EntropyError::Characters { characters: 65 };
    assert_eq!(value("a", "47102").check(&endless), Err(error));
}

#[test]
fn a_promise_has_one_reveal() {
    let salt = "0123456789abcdef".repeat(2);
    let check = |witness: &str, salt: &str, words: &str, times: usize| {
        let reveal = Reveal {
            salt: salt.into(),
            words: words.into(),
        };
        let promise = Promise {
            witness: witness.into(),
            hash: promise_hash(witness, &reveal),
        };
        let contribution = Contribution {
            promise: promise.clone(),
            reveal: Some(reveal),
        };
        let contributions = vec![contribution; times];
        let plan = EntropyPlan::Contributions {
            promises: vec![promise; times],
        };
        EntropyRecord::Contributions { contributions }.check(&plan)
    };
    assert_eq!(check("甲", &salt, "3|5", 1), Ok(Vec::new()));
    // The same hash, the bar moved: salt, words and name could be parted elsewhere.
    let wrong = EntropyError::Salt {
        witness: "甲".into(),
    };
    for other in [&format!("{salt}|3"), &salt[1..], &salt.to_uppercase(), ""] {
        assert_eq!(check("甲", other, "5", 1), Err(wrong.clone()), "{other}");
    }
    for name in ["", " ", "甲|0"] {
        let error = EntropyError::WitnessName { place: 1 };
        assert_eq!(check(name, &salt, "5", 1), Err(error), "{name}");
    }
    let twice = EntropyError::WitnessName { place: 2 };
    assert_eq!(check("甲", &salt, "5", 2), Err(twice));
}

#[test]
fn designs_and_snapshots_are_checked() {
    assert_eq!(AnnualDesign::default().errors(), []);
    let mut design = AnnualDesign {
        twice_level: TWICE_OFF + 1,
        per_day: 0,
        capacity_permille: 1001,
        ..AnnualDesign::default()
    };
    design.shares[1][2] = Share::from_percent(79);
    design.season[4] = 0;
    let (stratum, level) = (Stratum::B, DrawLevel::from_points(2));
    assert_eq!(
        design.errors(),
        [
            DesignError::ShareBelowFloor { stratum, level },
            DesignError::TwiceLevel { twice_level: 7 },
            DesignError::Season {
                month: 5,
                weight: 0
            },
            DesignError::PerDay { per_day: 0 },
            DesignError::Capacity { permille: 1001 },
        ]
    );
    let month = YearMonth::new(2026, 1).unwrap();
    let twice = Snapshot::new(month, vec![unit(1), unit(1)]);
    assert_eq!(twice, Err(SnapshotError::TwiceInRegister { id: id(1) }));
    let undated = Snapshot::new(
        month,
        vec![SnapshotUnit {
            count: 1,
            last: None,
            ..unit(1)
        }],
    );
    assert_eq!(undated, Err(SnapshotError::CountWithoutDate { id: id(1) }));
    let second = SnapshotUnit {
        count: 2,
        last: Some(date("2026-09-01")),
        ..unit(3)
    };
    let until = date("2027-03-01");
    assert_eq!(
        second.may_be_inspected(date("2026-12-31")),
        Err(NotYet::TwiceThisYear { until })
    );
    assert_eq!(
        DrawGroup::try_from("second".to_owned()),
        Ok(DrawGroup::Second)
    );
}
