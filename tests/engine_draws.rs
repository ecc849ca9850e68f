//! A month and a year through the engine as the pages use it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::engine::after::{DrawnMonth, replacement, stand_in, supplementary};
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
use double_random::engine::lottery::{Seed, sha256};
use double_random::engine::month::{MonthPlan, month_plan};
use double_random::engine::quota::Mode;
use double_random::engine::snapshot::{NotYet, Snapshot, SnapshotError, SnapshotUnit};
use double_random::engine::year_plan::{remedies, year_plan};
use double_random::model::{DrawLevel, OfficerId, Share, Stratum, UnitId};

fn id(number: usize) -> UnitId {
    UnitId::new(format!("NG-{number:05}")).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn unit(number: usize) -> SnapshotUnit {
    SnapshotUnit {
        id: id(number),
        stratum: Stratum::ALL[[0, 1, 1, 2, 2, 2, 2][number % 7]],
        level: DrawLevel::from_points((number % 5) as i32),
        count: 0,
        last: (number % 4 == 1).then(|| date("2025-10-20")),
        pending: false,
    }
}

fn register(month: &str, count: usize) -> Snapshot {
    Snapshot::new(month.parse().unwrap(), (0..count).map(unit).collect()).unwrap()
}

fn officers(count: usize) -> Vec<OfficerDuty> {
    let officer = |number: usize| OfficerDuty {
        id: OfficerId::new(format!("P{number:02}")).unwrap(),
        lead: number % 3 != 2,
        certificate_until: None,
        absent: BTreeSet::new(),
        avoid: BTreeSet::from([id(number), id(number + 20)]),
    };
    (0..count).map(officer).collect()
}

fn seed(text: &str) -> Seed {
    Seed(sha256(text.as_bytes()).0)
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
    let release = |id: &UnitId| (id.clone(), snapshot.unit(id).unwrap().release_date());
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
    let drawn: BTreeSet<&UnitId> = result.drawn().collect();
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
    let found = replacement(
        group.group,
        (&sizes, &snapshot),
        &now,
        &month,
        &visit,
        days[0],
    )
    .unwrap();
    let expected = &group.draw.reserve[found.passed_over.len()];
    assert_eq!(
        (&found.unit, found.rank),
        (
            &expected.unit,
            sizes.quota(group.group) + 1 + found.passed_over.len() as u32
        )
    );
    let free = |who: &OfficerId, unit: &UnitId| {
        !officers
            .iter()
            .any(|officer| officer.id == *who && officer.avoid.contains(unit))
    };
    if free(&visit.lead, &found.unit) && free(&visit.member, &found.unit) {
        assert_eq!(found.visit, visit);
    }
    // Nobody is left once the month is over.
    let over = snapshot.month.next().first_day();
    assert_eq!(
        replacement(group.group, (&sizes, &snapshot), &now, &month, &visit, over),
        None
    );
}

#[test]
fn a_stand_in_is_permitted() {
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
    for (unit, visit) in &plan.visits {
        let found = stand_in(unit, &visit.lead, &month).unwrap();
        assert!(found != visit.lead && found != visit.member);
        let officer = officers.iter().find(|officer| officer.id == found).unwrap();
        assert!(officer.lead && officer.may_visit(unit, visit.day));
    }
}

#[test]
fn a_supplementary_draw_adds_what_lacks() {
    let Drawn {
        snapshot,
        officers,
        sizes,
        ..
    } = drawn_month();
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let drawn: BTreeSet<UnitId> = draw_month(&sizes, &snapshot, seed("month"))
        .drawn()
        .cloned()
        .collect();
    let add = |mended: &Snapshot| {
        supplementary(
            mended,
            &drawn,
            &officers,
            &design,
            &BTreeSet::new(),
            &calendar,
        )
    };
    let (nothing, _) = add(&snapshot);
    assert_eq!(nothing.quota_total(), 0);
    let mut mended = snapshot.clone();
    mended.units.extend((200..500).map(|number| SnapshotUnit {
        last: None,
        ..unit(number)
    }));
    let (more, pending) = add(&mended);
    assert!(more.quota_total() > 0);
    let second = draw_month(&more, &pending, seed("supplement"));
    assert!(second.drawn().all(|unit| !drawn.contains(unit)));
    assert_eq!(second.drawn().count() as u32, more.quota_total());
}

#[test]
fn the_year_is_foretold() {
    let (snapshot, officers) = (register("2026-01", 140), officers(6));
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let plan = year_plan(&snapshot, &officers, &design, &calendar);
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
    assert!(remedies(&snapshot, &officers, &design, &calendar).is_empty());
}

#[test]
fn a_year_that_does_not_fit_says_what_is_left_over() {
    let (snapshot, officers) = (register("2026-01", 900), officers(3));
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let plan = year_plan(&snapshot, &officers, &design, &calendar);
    assert_eq!(plan.mode, Mode::WhatFits);
    assert!(plan.undrawn.iter().sum::<u32>() > 0);
}

#[test]
fn entropy_is_checked_against_its_plan() {
    let reveal = Reveal {
        salt: "00".into(),
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
    let source = |name: &str| PublicSource {
        source: name.into(),
        round: "1".into(),
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
    assert_eq!(value("b", "7").check(&plan), Ok(Vec::new()));
    assert_eq!(value("c", "7").check(&plan), Err(EntropyError::OtherSource));
    assert_eq!(value("a", " ").check(&plan), Err(EntropyError::EmptyValue));
    assert_eq!(
        value("a", "7").check(&EntropyPlan::Local),
        Err(EntropyError::OtherKind)
    );
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
