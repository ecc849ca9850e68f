//! Promised against realised: draws of a month, draws of a year, and years on
//! registers that change.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::engine::calendar::WorkdayCalendar;
use double_random::engine::design::AnnualDesign;
use double_random::engine::distribution::{chi_square_tail, normal_two_sided};
use double_random::engine::draw::{DrawResult, MonthSizes, draw_month, size_month};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::estimate::{RecordedDraw, UnitChance, first_chances};
use double_random::engine::lottery::{Seed, sha256};
use double_random::engine::simulate::{
    Churn, FairnessInput, FairnessReport, FairnessRun, YearsInput, YearsReport, YearsRun,
};
use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
use double_random::model::{DrawLevel, OfficerId, Stratum, UnitId};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Level of significance. Seeds are fixed: a test that passes stays passed.
const SIGNIFICANCE: f64 = 0.001;
const SEEDS: u32 = 20_000;

fn id(number: u32) -> UnitId {
    UnitId::new(format!("NG-{number:05}")).unwrap()
}

/// A register made from a seed: strata, levels, some never inspected, most last year.
fn register(size: u32, seed: u64) -> Snapshot {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let first: NaiveDate = "2025-01-05".parse().unwrap();
    let unit = |number| SnapshotUnit {
        id: id(number),
        stratum: Stratum::ALL[[0, 1, 1, 2, 2, 2, 2, 2][rng.random_range(0..8)]],
        level: DrawLevel::from_points([0, 0, 0, 1, 1, 2, 3, 4, 5][rng.random_range(0..9)]),
        count: 0,
        last: rng
            .random_bool(0.7)
            .then(|| first + chrono::Days::new(rng.random_range(0..355))),
        pending: false,
    };
    Snapshot::new("2026-01".parse().unwrap(), (0..size).map(unit).collect()).unwrap()
}

fn officers(count: u32) -> Vec<OfficerDuty> {
    let officer = |number: u32| OfficerDuty {
        id: OfficerId::new(format!("P{number:02}")).unwrap(),
        lead: number % 3 != 2,
        certificate_until: None,
        absent: BTreeSet::new(),
        avoid: BTreeSet::new(),
    };
    (0..count).map(officer).collect()
}

fn fairness(teams: bool, month: &str, runs: u32, step: u32) -> FairnessReport {
    let mut snapshot = register(90, 5);
    snapshot.month = month.parse().unwrap();
    // Some were visited by now, so that there are second visits to draw.
    for unit in snapshot.units.iter_mut().step_by(4).take(18) {
        if snapshot.month.month() > 8 {
            (unit.count, unit.last) = (1, Some("2026-02-10".parse().unwrap()));
        }
    }
    let mut officers = officers(6);
    officers[0].absent.insert("2026-10-15".parse().unwrap());
    officers[3].avoid = (30..50).map(id).collect();
    let input = FairnessInput {
        snapshot,
        officers,
        design: AnnualDesign::default(),
        calendar: WorkdayCalendar::built_in(),
        carried: BTreeSet::new(),
        teams,
        seed: 1,
    };
    let mut run = FairnessRun::new(input, runs);
    while !run.step(step).is_done() {}
    run.report()
}

#[test]
fn a_months_chances_are_those_promised() {
    let mut seen = BTreeSet::new();
    for month in ["2026-02", "2026-10"] {
        let report = fairness(false, month, SEEDS, 1_000);
        for group in &report.groups {
            assert!(group.enough_runs, "{group:?}");
            // Each pool is a test; their number is allowed for.
            let limit = SIGNIFICANCE / report.groups.len() as f64;
            assert!(group.p_value > limit, "{group:?}");
            assert!(group.least <= group.promised && group.promised <= group.most);
            seen.insert(group.group.to_string());
        }
        assert!(report.p_value > SIGNIFICANCE, "{report:?}");
    }
    let wanted = ["E", "second", "C0"];
    assert!(wanted.iter().all(|name| seen.contains(*name)), "{seen:?}");
}

#[test]
fn officers_and_pairs_in_equal_position_fare_alike() {
    let report = fairness(true, "2026-10", 3_000, 500);
    let teams = report.teams.unwrap();
    assert_eq!(teams.officers.len(), 6);
    // P00 is away one day and P03 avoids some units: alone in their positions.
    assert_eq!(teams.positions.len(), 4);
    for position in &teams.positions {
        let limit = SIGNIFICANCE / teams.positions.len() as f64;
        assert!(position.p_value > limit, "{position:?}");
    }
    assert!(teams.pairs_p_value > SIGNIFICANCE, "{teams:?}");
    // Two members (P02, P05) cannot visit together: 15 pairs less one.
    assert_eq!(teams.pairs.len(), 14);
    let visits: f64 = teams.officers.iter().map(|officer| officer.realised).sum();
    let paired: f64 = teams.pairs.iter().map(|pair| pair.realised).sum();
    assert!((visits - 2.0 * paired).abs() < 1e-9);
}

#[test]
fn steps_do_not_matter_and_reports_travel() {
    let (whole, sliced) = (
        fairness(true, "2026-02", 40, 40),
        fairness(true, "2026-02", 40, 7),
    );
    assert_eq!(whole, sliced);
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(
        serde_json::from_str::<FairnessReport>(&text).unwrap(),
        whole
    );
    let input = years(register(60, 1), officers(6), Churn::lively(), false);
    let sent: YearsInput = serde_json::from_str(&serde_json::to_string(&input).unwrap()).unwrap();
    let mut slices = YearsRun::new(sent, 8);
    while !slices.step(3).is_done() {}
    let whole = report(input, 8);
    assert_eq!(slices.report(), whole);
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<YearsReport>(&text).unwrap(), whole);
}

fn years(snapshot: Snapshot, officers: Vec<OfficerDuty>, churn: Churn, teams: bool) -> YearsInput {
    YearsInput {
        snapshot,
        officers,
        design: AnnualDesign::default(),
        calendar: WorkdayCalendar::built_in(),
        churn,
        teams,
        seed: 1,
    }
}

fn report(input: YearsInput, runs: u32) -> YearsReport {
    let mut run = YearsRun::new(input, runs);
    run.step(runs);
    run.report()
}

/// One year on record, every visit made in the middle of its month.
fn recorded_year(input: &YearsInput) -> Vec<(MonthSizes, Snapshot, DrawResult)> {
    let mut now = input.snapshot.clone();
    let mut records = Vec::new();
    let none = BTreeSet::new();
    loop {
        let sizes = size_month(&now, &input.officers, &input.design, &none, &input.calendar);
        let seed = Seed(sha256(now.month.to_string().as_bytes()).0);
        let result = draw_month(&sizes, &now, seed);
        records.push((sizes, now.clone(), result.clone()));
        let drawn: BTreeSet<&UnitId> = result.drawn().collect();
        let day = now
            .month
            .first_day()
            .checked_add_days(chrono::Days::new(14));
        for unit in now.units.iter_mut().filter(|unit| drawn.contains(&unit.id)) {
            (unit.count, unit.last) = (unit.count + 1, day);
        }
        if now.month.month() == 12 {
            return records;
        }
        now.month = now.month.next();
    }
}

/// Counts of units that could be drawn from one month on, within one cell: runs
/// with a known total each.
struct Alike {
    chance: f64,
    places: Vec<usize>,
    drawn: Vec<f64>,
    /// Σ over runs of the variance of one count, given the run's total.
    variance: f64,
}

impl Alike {
    fn add(&mut self, drawn_now: &[bool]) {
        let size = self.places.len() as f64;
        let mut total = 0.0;
        for (count, place) in self.drawn.iter_mut().zip(&self.places) {
            let drawn = f64::from(u8::from(drawn_now[*place]));
            *count += drawn;
            total += drawn;
        }
        self.variance += total / size * (1.0 - total / size);
    }

    /// P-values: within the group by chi-square, and of its total against the
    /// promised chance. Counts of a cell hang together negatively, so the
    /// binomial standard error of the total is, if anything, too large.
    fn p_values(&self, runs: f64) -> (f64, f64) {
        let size = self.drawn.len() as f64;
        let sum: f64 = self.drawn.iter().sum();
        let spread: f64 = self
            .drawn
            .iter()
            .map(|count| (count - sum / size).powi(2))
            .sum();
        let statistic = spread * (size - 1.0) / size / self.variance.max(f64::MIN_POSITIVE);
        let within = chi_square_tail(self.drawn.len() as u32 - 1, statistic);
        let error = (runs * size * self.chance * (1.0 - self.chance)).sqrt();
        let off = sum - runs * size * self.chance;
        let total = if error > 1e-6 {
            normal_two_sided(off / error)
        } else {
            f64::from(off.abs() < 1e-6)
        };
        (within, total)
    }
}

fn alike(chances: &[UnitChance]) -> Vec<Alike> {
    let mut groups: BTreeMap<_, Alike> = BTreeMap::new();
    for (place, unit) in chances.iter().enumerate() {
        let key = (unit.stratum, unit.level, unit.entry_month);
        let group = groups.entry(key).or_insert_with(|| Alike {
            chance: unit.chance,
            places: Vec::new(),
            drawn: Vec::new(),
            variance: 0.0,
        });
        assert!((group.chance - unit.chance).abs() < 1e-12, "{unit:?}");
        group.places.push(place);
        group.drawn.push(0.0);
    }
    groups.into_values().collect()
}

#[test]
fn a_years_chances_are_those_promised() {
    let mut input = years(register(64, 3), officers(4), Churn::default(), false);
    // General units alone, of two levels: chances between 0 and 1.
    for unit in &mut input.snapshot.units {
        unit.stratum = Stratum::C;
        unit.level = DrawLevel::from_points(2 * (i32::from(unit.level.get()) / 3));
    }
    let records = recorded_year(&input);
    let draws: Vec<RecordedDraw> = records
        .iter()
        .map(|(sizes, snapshot, result)| RecordedDraw {
            sizes,
            snapshot,
            result,
        })
        .collect();
    let chances = first_chances(&draws);
    let mut groups = alike(&chances);
    let mut run = YearsRun::new(input, SEEDS);
    let mut before = vec![0; chances.len()];
    while !run.step(1).is_done() {
        count(&run, &mut before, &mut groups);
    }
    count(&run, &mut before, &mut groups);
    let limit = SIGNIFICANCE / (2 * groups.len()) as f64;
    for group in &groups {
        let (within, total) = group.p_values(f64::from(SEEDS));
        assert!(
            within > limit && total > limit,
            "{within}, {total} at {}",
            group.chance
        );
    }
    assert!(run.report().p_value > SIGNIFICANCE, "{:?}", run.report());
    // Late release lowers the chance, and that is said beforehand.
    let of = |month| {
        chances
            .iter()
            .find(|unit| unit.entry_month == month)
            .unwrap()
            .chance
    };
    assert!(of(6) < of(1) && groups.len() > 8);
}

/// Adds the run just made to the groups.
fn count(run: &YearsRun, before: &mut [u32], groups: &mut [Alike]) {
    let units = run.units();
    let drawn: Vec<bool> = units
        .iter()
        .zip(&*before)
        .map(|(unit, old)| unit.1.drawn > *old)
        .collect();
    groups.iter_mut().for_each(|group| group.add(&drawn));
    before
        .iter_mut()
        .zip(&units)
        .for_each(|(old, unit)| *old = unit.1.drawn);
}

#[track_caller]
fn check_promise(report: &YearsReport) {
    assert_eq!(report.promises_broken, 0, "{:?}", report.failed);
    assert_eq!((report.third_visits, report.visits_too_soon), (0, 0));
}

#[test]
fn a_thousand_years_with_churn_keep_the_promise() {
    // From ample to scarce officers, so that feasible and infeasible years occur.
    let (mut years_made, mut feasible) = (0, 0);
    for (size, team, runs) in [(60, 3, 300), (120, 3, 300), (240, 3, 200), (280, 3, 200)] {
        let input = years(
            register(size, u64::from(size)),
            officers(team),
            Churn::lively(),
            false,
        );
        let found = report(input, runs);
        println!(
            "{size}: feasible {} of {runs}, at start {}, floors met {}, unmade {}, p {}",
            found.feasible, found.feasible_at_start, found.floors_met, found.unmade, found.p_value
        );
        check_promise(&found);
        assert_eq!(found.unmade, 0);
        assert!(found.p_value > SIGNIFICANCE, "{:?}", found.groups);
        years_made += found.runs;
        feasible += found.feasible;
    }
    assert_eq!(years_made, 1_000);
    assert!(
        feasible > 700 && feasible < years_made,
        "{feasible} feasible"
    );
}

#[test]
fn without_churn_januarys_word_holds() {
    let (mut said, mut refused) = (0, 0);
    for size in (100..1_600).step_by(100) {
        let input = years(
            register(size, u64::from(size)),
            officers(4),
            Churn::default(),
            false,
        );
        let found = report(input, 4);
        assert_eq!(found.feasible, found.feasible_at_start, "{size} units");
        check_promise(&found);
        said += found.feasible_at_start;
        refused += found.runs - found.feasible_at_start;
    }
    assert!(said > 20 && refused > 8, "{said} feasible, {refused} not");
}

#[test]
fn years_with_teams_keep_the_promise() {
    let input = years(register(120, 9), officers(6), Churn::lively(), true);
    check_promise(&report(input, 12));
}

/// Slow: `cargo test --release --test simulate -- --ignored`.
#[test]
#[ignore = "minutes"]
fn many_years_with_teams_keep_the_promise() {
    for (size, team) in [(120, 5), (240, 8), (600, 12)] {
        let mut officers = officers(team);
        for (at, officer) in (0..).zip(&mut officers) {
            officer.avoid = (0..6).map(|step| id(at * 17 + step * 31)).collect();
        }
        let input = years(register(size, 4), officers, Churn::lively(), true);
        let found = report(input, 300);
        println!(
            "{size}: {} feasible, {} met, {} unmade",
            found.feasible, found.floors_met, found.unmade
        );
        check_promise(&found);
    }
}
