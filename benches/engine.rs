//! How long the engine takes: `cargo bench --bench engine`.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use double_random::engine::calendar::{WorkdayCalendar, YearMonth};
use double_random::engine::design::AnnualDesign;
use double_random::engine::draw::{draw_month, size_month};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{Purpose, Seed, draw, key, sha256};
use double_random::engine::month::month_plan;
use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
use double_random::model::{CandidateId, DrawLevel, OfficerId, Stratum};
use sha2::block_api::compress256;

fn id(number: u32) -> CandidateId {
    CandidateId::new(format!("NG-{number:06}")).expect("an id")
}

fn seed() -> Seed {
    Seed(sha256(b"bench").0)
}

fn month(number: u32) -> YearMonth {
    YearMonth::new(2026, number).expect("a month")
}

fn officers(count: u32) -> Vec<OfficerDuty> {
    let calendar = WorkdayCalendar::built_in();
    let officer = |number: u32| OfficerDuty {
        id: OfficerId::new(format!("P{number:02}")).expect("an id"),
        lead: number % 5 != 4,
        certificate_until: None,
        absent: (1..=12)
            .flat_map(|at| calendar.working_days(month(at)))
            .skip(number as usize)
            .step_by(13)
            .collect(),
        avoid: (0..30).map(|at| id(at * 97 + number * 7)).collect(),
    };
    (0..count).map(officer).collect()
}

fn register(count: u32) -> Vec<SnapshotUnit> {
    let unit = |number: u32| SnapshotUnit {
        id: id(number),
        stratum: Stratum::ALL[[0, 1, 1, 2, 2, 2, 2, 2, 2, 2][number as usize % 10]],
        level: DrawLevel::from_points((number / 10 % 7) as i32 - 1),
        count: 0,
        last: None,
        pending: false,
    };
    (0..count).map(unit).collect()
}

/// A year of draws with days and teams, every visit made on its day.
fn year(units: Vec<SnapshotUnit>, officers: &[OfficerDuty]) -> usize {
    let (calendar, design) = (
        WorkdayCalendar::built_in(),
        AnnualDesign {
            per_day: 2,
            ..AnnualDesign::default()
        },
    );
    let mut now = Snapshot::new(month(1), units).expect("a snapshot");
    let (mut carried, mut made) = (BTreeSet::new(), 0);
    for number in 1..=12 {
        now.month = month(number);
        let sizes = size_month(&now, officers, &design, &carried, &calendar);
        let result = draw_month(&sizes, &now, seed());
        let release = |id: &CandidateId| now.unit(id).and_then(SnapshotUnit::release_date);
        let visits: BTreeMap<CandidateId, Option<NaiveDate>> = result
            .drawn()
            .chain(&carried)
            .map(|id| (id.clone(), release(id)))
            .collect();
        let plan = month_plan(
            &visits,
            &calendar.working_days(now.month),
            officers,
            design.per_day,
            seed(),
        );
        carried = plan
            .set_aside
            .iter()
            .map(|visit| visit.unit.clone())
            .collect();
        for unit in &mut now.units {
            unit.pending = carried.contains(&unit.id);
            if let Some(visit) = plan.visits.get(&unit.id) {
                (unit.count, unit.last) = (unit.count + 1, Some(visit.day));
                made += 1;
            }
        }
    }
    made
}

fn engine(criterion: &mut Criterion) {
    let pool: Vec<CandidateId> = (0..1_000_000).map(id).collect();
    let pool: Vec<&CandidateId> = pool.iter().collect();
    let first = key(&Purpose::DrawFirst, seed());
    for size in [2_400, 10_000, 100_000, 1_000_000] {
        criterion.bench_function(&format!("draw {} of {size}", size / 10), |bencher| {
            bencher.iter(|| draw(&first, black_box(&pool[..size]), size as u32 / 10));
        });
        // What no draw can be faster than.
        criterion.bench_function(&format!("SHA-256 of {size} blocks alone"), |bencher| {
            bencher.iter(|| {
                let (mut block, mut state) = ([0; 64], [0; 8]);
                for number in 0..size as u32 {
                    block[..4].copy_from_slice(&number.to_be_bytes());
                    compress256(&mut state, black_box(std::slice::from_ref(&block)));
                }
                state
            });
        });
    }
    let (days, team) = (
        WorkdayCalendar::built_in().working_days(month(7)),
        officers(14),
    );
    let visits: BTreeMap<CandidateId, Option<NaiveDate>> =
        (0..200).map(|number| (id(number), None)).collect();
    criterion.bench_function("month of 200 visits, 14 officers", |bencher| {
        bencher.iter(|| month_plan(black_box(&visits), &days, &team, 2, seed()));
    });
    criterion.bench_function("year of 2 400 units, 14 officers", |bencher| {
        bencher.iter(|| year(register(2_400), black_box(&team)));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = engine
}
criterion_main!(benches);
