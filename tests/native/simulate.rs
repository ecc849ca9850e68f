//! Promised against realised: draws of a month, draws of a year, and years on
//! registers that change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::engine::calendar::{WorkdayCalendar, YearMonth};
use double_random::engine::cell::Cell;
use double_random::engine::design::AnnualDesign;
use double_random::engine::distribution::{chi_square_tail, normal_two_sided};
use double_random::engine::draw::{DrawResult, MonthSizes, draw_month, size_month};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::estimate::{RecordedDraw, UnitChance, first_chances};
use double_random::engine::lottery::{Seed, sha256};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::simulate::{
    self, Churn, FairnessInput, FairnessReport, YearsInput, YearsReport, YearsRun,
};
use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
use double_random::model::{CandidateId, DrawLevel, OfficerId, Stratum};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Level of significance. Seeds are fixed: a test that passes stays passed.
const SIGNIFICANCE: f64 = 0.001;
const SEEDS: u32 = 20_000;

fn id(number: u32) -> CandidateId {
    CandidateId::new(format!("NG-{number:05}")).unwrap()
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

fn fairness(teams: bool, month: &str, runs: u32) -> FairnessReport {
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
    at_once(simulate::fairness(input, runs, &AtOnce))
}

#[test]
fn a_months_chances_are_those_promised() {
    let mut seen = BTreeSet::new();
    for month in ["2026-02", "2026-10"] {
        let report = fairness(false, month, SEEDS);
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
    let report = fairness(true, "2026-10", 3_000);
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

/// What a test says as a whole is as rare as it claims: its three parts are allowed for.
#[test]
fn a_test_of_three_parts_calls_no_more_months_unfair_than_one() {
    let mut report = fairness(true, "2026-10", 20);
    let say = |report: &mut FairnessReport, units: f64, officers: f64, pairs: f64| {
        report.p_value = units;
        let teams = report.teams.as_mut().unwrap();
        let mut open = teams.positions.iter_mut().filter(|it| it.degrees > 0);
        open.next().unwrap().p_value = officers;
        open.for_each(|it| it.p_value = 1.0);
        teams.pairs_p_value = pairs;
        report.whole_p_value()
    };
    assert!((say(&mut report, 0.3, 1.0, 0.0005) - 0.0015).abs() < 1e-12);
    assert!((say(&mut report, 0.0005, 1.0, 0.3) - 0.0015).abs() < 1e-12);
    // Two positions have more than one officer.
    assert!((say(&mut report, 1.0, 0.0001, 1.0) - 0.0006).abs() < 1e-12);
    assert!((say(&mut report, 0.9, 0.9, 0.9) - 1.0).abs() < 1e-12);
    // Where each officer's position is their own there is nothing to compare, and no fault.
    say(&mut report, 0.9, 0.9, 0.9);
    let teams = report.teams.as_mut().unwrap();
    teams.positions.retain(|it| it.degrees == 0);
    assert!((teams.officers_p_value() - 1.0).abs() < 1e-12);
    assert!((report.whole_p_value() - 1.0).abs() < 1e-12);
    report.teams = None;
    assert!((report.whole_p_value() - 0.9).abs() < 1e-12);
}

#[test]
fn reports_travel() {
    let whole = fairness(true, "2026-02", 40);
    let text = serde_json::to_string(&whole).unwrap();
    assert_eq!(
        serde_json::from_str::<FairnessReport>(&text).unwrap(),
        whole
    );
    let input = years(register(60, 1), officers(6), Churn::lively(), false);
    let sent: YearsInput = serde_json::from_str(&serde_json::to_string(&input).unwrap()).unwrap();
    let whole = report(input, 8);
    assert_eq!(report(sent, 8), whole);
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
    at_once(simulate::years(input, runs, &AtOnce))
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
        let drawn: BTreeSet<&CandidateId> = result.drawn().collect();
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
    // Mostly general units of two levels, with chances between 0 and 1; key units
    // below the twice level beside them, and some in the early cell.
    for (at, unit) in input.snapshot.units.iter_mut().enumerate() {
        unit.stratum = if at % 4 == 0 { Stratum::B } else { Stratum::C };
        let level = 2 * (i32::from(unit.level.get()) / 3);
        unit.level = DrawLevel::from_points(if at % 8 == 0 { 4 } else { level });
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
    let mut run = YearsRun::new(input);
    let mut before = vec![0; chances.len()];
    for _ in 0..SEEDS {
        run.make();
        count(&run, &mut before, &mut groups);
    }
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
    // The early cell's units are visited in every year.
    let early = |unit: &&UnitChance| unit.level.get() == 4 && unit.entry_month <= 5;
    assert!(chances.iter().filter(early).count() >= 3);
    assert!(chances.iter().filter(early).all(|unit| unit.chance == 1.0));
    // Late release lowers the chance, and that is said beforehand.
    let of = |month| {
        let mut general = chances.iter().filter(|unit| unit.stratum == Stratum::C);
        general
            .find(|unit| unit.level.get() == 0 && unit.entry_month == month)
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

/// Officers with leave and avoidance: P00 is seconded in March and P01 in August,
/// and a few units are avoided by all others, so that they are blocked then.
fn busy_officers(count: u32) -> Vec<OfficerDuty> {
    let mut officers = officers(count);
    let month = |text: &str| -> BTreeSet<NaiveDate> {
        let month: YearMonth = text.parse().unwrap();
        month.days().collect()
    };
    officers[0].absent = month("2026-03");
    officers[1].absent = month("2026-08");
    for officer in &mut officers[2..] {
        officer.avoid = (0..6).map(|at| id(1 + 9 * at)).collect();
    }
    officers
}

/// A churn whose visits stay within the capacity's tenth: nothing else changes
/// more than a county sees in a quiet year.
fn gentle() -> Churn {
    Churn {
        close_permille: 4,
        join_permille: 4,
        relevel_permille: 5,
        ..Churn::lively()
    }
}

fn told(name: &str, found: &YearsReport) {
    println!(
        "{name}: {} years, at start {}, feasible {}, floors met {}, unannounced {}, unmade {}, blocked {}, campaigns {}, p {}",
        found.runs,
        found.feasible_at_start,
        found.feasible,
        found.floors_met,
        found.unannounced,
        found.unmade,
        found.blocked,
        found.campaign_visits,
        found.p_value
    );
}

#[test]
fn a_thousand_years_with_churn_keep_the_promise() {
    // From ample to scarce officers, so that feasible and infeasible years occur.
    let (mut years_made, mut missed) = (0, 0);
    let ample = [
        (60, 4, gentle()),
        (60, 4, Churn::lively()),
        (120, 6, gentle()),
    ];
    let scarce = [(240, 3, Churn::lively()), (330, 3, Churn::lively())];
    for (at, (size, team, churn)) in ample.into_iter().chain(scarce).enumerate() {
        for teams in [false, true] {
            let snapshot = register(size, u64::from(size));
            let found = report(years(snapshot, busy_officers(team), churn, teams), 100);
            told(
                &format!("{size} units, {team} officers, teams {teams}"),
                &found,
            );
            check_promise(&found);
            assert!(found.blocked > 0 && found.campaign_visits > 0);
            assert!(found.p_value > SIGNIFICANCE, "{:?}", found.groups);
            // What the planner says before January comes true.
            if at < ample.len() {
                assert_eq!(found.feasible_at_start, found.runs);
                assert_eq!(found.floors_met, found.runs, "{:?}", found.failed);
            }
            // A floor is never missed without a word before.
            assert_eq!(found.unannounced, 0, "{:?}", found.failed);
            years_made += found.runs;
            missed += found.runs - found.floors_met;
        }
    }
    assert_eq!(years_made, 1_000);
    assert!(missed > 0, "scarce years that miss a floor are among them");
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
    for (size, team, churn, runs) in [
        (120, 5, Churn::lively(), 300),
        (240, 8, Churn::lively(), 300),
        (600, 12, Churn::lively(), 300),
    ] {
        let input = years(register(size, 4), busy_officers(team), churn, true);
        let found = report(input, runs);
        told(
            &format!("{size} units, {team} officers, with teams"),
            &found,
        );
        check_promise(&found);
        assert!(found.blocked > 0);
        assert_eq!(found.feasible_at_start, runs);
        // Teams can leave a visit of December unmade; nothing else misses a floor.
        assert!(
            found.unannounced == 0 || found.unmade > 0,
            "{:?}",
            found.failed
        );
        assert!(
            found.floors_met + found.unmade >= runs,
            "{:?}",
            found.failed
        );
    }
}

/// Chances of the whole register when it changes: the early cell, second visits,
/// closures, new levels, campaigns. Units that started alike stay alike.
#[test]
fn a_changing_years_chances_are_those_promised() {
    let mut snapshot = register(48, 11);
    for unit in &mut snapshot.units {
        // A few groups with several members each, of all strata, released from
        // January, April and June on.
        let number: usize = unit.id.as_str()[3..].parse().unwrap();
        unit.stratum = Stratum::ALL[[0, 1, 1, 2][number % 4]];
        unit.level = DrawLevel::from_points([0, 3][number / 4 % 2]);
        unit.last = [None, Some("2025-09-20"), Some("2025-12-05")][number / 8 % 3]
            .map(|day| day.parse().unwrap());
    }
    let input = years(snapshot, busy_officers(4), Churn::lively(), false);
    let (year, month) = (2026, 1);
    let units = &input.snapshot.units;
    let mut groups: BTreeMap<_, Alike> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        // Avoided units can be blocked: they are alike among themselves alone.
        let avoided = input.officers[2].avoid.contains(&unit.id);
        let release = unit.release_month(year).max(month);
        let group = groups
            .entry((unit.cell(), release, avoided))
            .or_insert(Alike {
                chance: 0.0,
                places: Vec::new(),
                drawn: Vec::new(),
                variance: 0.0,
            });
        group.places.push(place);
        group.drawn.push(0.0);
    }
    let mut groups: Vec<Alike> = groups
        .into_values()
        .filter(|g| g.places.len() > 1)
        .collect();
    assert!(groups.len() >= 12, "{}", groups.len());
    let seeds = SEEDS / 4;
    let mut run = YearsRun::new(input);
    let mut before = vec![0; 48];
    for _ in 0..seeds {
        run.make();
        count(&run, &mut before, &mut groups);
    }
    let report = run.report();
    told("48 units that change", &report);
    check_promise(&report);
    assert!(report.p_value > SIGNIFICANCE, "{report:?}");
    let limit = SIGNIFICANCE / groups.len() as f64;
    for group in groups.iter().filter(|group| group.variance > 0.0) {
        let (within, _) = group.p_values(f64::from(seeds));
        assert!(within > limit, "{within} among {:?}", group.places);
    }
}

/// In which month a unit of the early cell is drawn: each month's chance is the
/// one that the recorded sizes promise, and by May all of them are drawn.
#[test]
fn the_early_cells_months_are_those_promised() {
    let mut snapshot = register(72, 21);
    for (at, unit) in snapshot.units.iter_mut().enumerate() {
        unit.stratum = Stratum::ALL[[0, 1, 1, 2][at % 4]];
        unit.level = DrawLevel::from_points([3, 4, 5, 1, 0, 3][at % 6]);
        unit.last = [None, Some("2025-08-20"), Some("2025-10-05")][at / 12 % 3]
            .map(|day| day.parse().unwrap());
    }
    let input = years(snapshot, officers(5), Churn::default(), false);
    let records: Vec<_> = recorded_year(&input).into_iter().take(5).collect();
    let early = |sizes: &MonthSizes| {
        let cell = sizes.cells.iter().find(|cell| cell.cell == Cell::Early);
        cell.map_or((0, 0), |cell| (cell.quota, cell.pool))
    };
    let sizes: Vec<(u32, u32)> = records.iter().map(|record| early(&record.0)).collect();
    assert_eq!(sizes[4].0, sizes[4].1, "May draws the rest");
    // Groups by release month and month of the draw, with the chance promised.
    let mut groups: Vec<(usize, Alike)> = Vec::new();
    for release in [1, 3, 4] {
        let members = input.snapshot.units.iter().enumerate().filter(|(_, unit)| {
            unit.stratum != Stratum::C
                && unit.level.get() >= 3
                && unit.release_month(2026) == release
        });
        let places: Vec<usize> = members.map(|(place, _)| place).collect();
        assert!(places.len() >= 5, "{} released in {release}", places.len());
        let mut left = 1.0;
        for month in release..=5 {
            let (quota, pool) = sizes[month as usize - 1];
            let chance = left * f64::from(quota) / f64::from(pool);
            left -= chance;
            let drawn = vec![0.0; places.len()];
            let places = places.clone();
            groups.push((
                month as usize - 1,
                Alike {
                    chance,
                    places,
                    drawn,
                    variance: 0.0,
                },
            ));
        }
        assert!(left.abs() < 1e-9);
    }
    for run in 0..SEEDS {
        let mut now = input.snapshot.clone();
        let drawn = |(month, (sizes, _, _)): (usize, &(MonthSizes, Snapshot, DrawResult))| {
            now.month = sizes.month;
            let seed = Seed(sha256(format!("{run}|{month}").as_bytes()).0);
            let result = draw_month(sizes, &now, seed);
            let drawn: BTreeSet<&CandidateId> = result.drawn().collect();
            let in_month: Vec<bool> = now
                .units
                .iter()
                .map(|unit| drawn.contains(&unit.id))
                .collect();
            let day = now.month.first_day();
            for (unit, _) in now.units.iter_mut().zip(&in_month).filter(|unit| *unit.1) {
                (unit.count, unit.last) = (unit.count + 1, Some(day));
            }
            in_month
        };
        let by_month: Vec<Vec<bool>> = records.iter().enumerate().map(drawn).collect();
        for (month, group) in &mut groups {
            group.add(&by_month[*month]);
        }
    }
    let limit = SIGNIFICANCE / (2 * groups.len()) as f64;
    for (month, group) in &groups {
        let (within, total) = group.p_values(f64::from(SEEDS));
        let fixed = group.variance == 0.0;
        assert!(
            (fixed || within > limit) && total > limit,
            "{within}, {total} in month {} at {}",
            month + 1,
            group.chance
        );
    }
    assert!(groups.len() >= 8);
}
