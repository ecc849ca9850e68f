//! The worked cases of engine.md, section 8: every one must hold exactly.
//!
//! They hold natively and in the browser; the oracle is asked natively alone.
//! `ENGINE_VECTORS=file cargo test --test engine_vectors` reads another file of
//! the same shape.

#![allow(clippy::unwrap_used)]

#[cfg(not(target_arch = "wasm32"))]
mod python;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Datelike, NaiveDate};
use double_random::engine::apportion::apportion;
use double_random::engine::calendar::YearMonth;
use double_random::engine::cell::Cell;
use double_random::engine::day::lay_days;
use double_random::engine::demand::{CellDemand, Rules, demands};
use double_random::engine::design::AnnualDesign;
use double_random::engine::draw::{
    DrawGroup, MonthSizes, SizeInput, blocked_units, draw_month, pools, sizes,
};
use double_random::engine::duty::{OfficerDuty, places};
use double_random::engine::lottery::{self, Draw, Genesis, Key, Purpose, Seed, sha256};
use double_random::engine::month::month_plan;
use double_random::engine::quota::{Limits, Mode, Window, quotas, what_fits};
use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
use double_random::engine::team::assign_teams;
use double_random::model::{CandidateId, DrawLevel, OfficerId, Stratum};
use serde::Deserialize;

/// Sections that a file does not have are empty.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Vectors {
    lottery: Option<Lottery>,
    demands: Vec<DemandCase>,
    apportionment: Vec<ApportionmentCase>,
    quotas: Vec<QuotaCase>,
    places: Vec<PlacesCase>,
    days: Vec<DaysCase>,
    teams: Vec<TeamsCase>,
    plans: Vec<PlanCase>,
    years: Vec<YearCase>,
}

#[derive(Deserialize)]
struct Lottery {
    year: i32,
    month: u32,
    genesis_text: String,
    genesis: Genesis,
    entropy: String,
    entropy_hash: String,
    number: u32,
    seed: Seed,
    key_draw_first: String,
    tickets: BTreeMap<String, String>,
    ids: Vec<CandidateId>,
    n: u32,
    selected: Vec<String>,
    reserve: Vec<String>,
    ids_100: Vec<CandidateId>,
    n_100: u32,
    selected_100: Vec<String>,
    reserve_100: Vec<String>,
}

#[derive(Deserialize, Clone)]
struct UnitCase {
    id: CandidateId,
    stratum: Stratum,
    level: DrawLevel,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    count: u32,
    #[serde(default)]
    pending: bool,
    #[serde(default)]
    last: Option<NaiveDate>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct DemandCase {
    month: u32,
    units: Vec<UnitCase>,
    blocked: BTreeSet<CandidateId>,
    size: BTreeMap<Cell, u32>,
    target: BTreeMap<Cell, u32>,
    committed: BTreeMap<Cell, u32>,
    demand: BTreeMap<Cell, u32>,
    at_risk: BTreeMap<Stratum, u32>,
    released: BTreeMap<Cell, [u32; 12]>,
    second_pool: BTreeSet<CandidateId>,
}

#[derive(Deserialize)]
struct ApportionmentCase {
    total: u64,
    weights: Vec<u64>,
    caps: Vec<u32>,
    result: Vec<u32>,
}

#[derive(Deserialize)]
struct QuotaCell {
    demand: u32,
    released: [u32; 12],
}

#[derive(Deserialize)]
struct QuotaCase {
    month: u32,
    carried: u32,
    capacity: [u32; 12],
    season: [u32; 12],
    month_minimum: [u32; 12],
    cells: BTreeMap<Cell, QuotaCell>,
    quota: Option<BTreeMap<Cell, u32>>,
    theta: Option<u64>,
    infeasible: Option<Window>,
    what_fits: Option<BTreeMap<Cell, u32>>,
}

#[derive(Deserialize)]
struct PlacesCase {
    present: u32,
    lead: u32,
    per_day: u32,
    places: u32,
}

#[derive(Deserialize)]
struct DaysCase {
    key: String,
    places: BTreeMap<NaiveDate, u32>,
    release: BTreeMap<CandidateId, Option<NaiveDate>>,
    result: Option<BTreeMap<CandidateId, NaiveDate>>,
    late_tail: Option<BTreeSet<CandidateId>>,
}

#[derive(Deserialize)]
struct OfficerCase {
    id: OfficerId,
    lead: bool,
    leave: BTreeSet<NaiveDate>,
    avoid: BTreeSet<CandidateId>,
}

#[derive(Deserialize)]
struct TeamsCase {
    key: String,
    days: Vec<NaiveDate>,
    per_day: u32,
    plan: BTreeMap<CandidateId, NaiveDate>,
    officers: Vec<OfficerCase>,
    cost: Option<u64>,
    teams: Option<BTreeMap<CandidateId, (OfficerId, OfficerId)>>,
    contested: Option<BTreeSet<CandidateId>>,
}

type Planned = BTreeMap<CandidateId, (NaiveDate, OfficerId, OfficerId)>;

#[derive(Deserialize)]
struct PlanCase {
    seed: Seed,
    days: Vec<NaiveDate>,
    per_day: u32,
    release: BTreeMap<CandidateId, Option<NaiveDate>>,
    officers: Vec<OfficerCase>,
    attempt: u32,
    set_aside: Vec<CandidateId>,
    plan: Planned,
}

#[derive(Deserialize)]
struct YearCase {
    name: String,
    year: i32,
    genesis: Genesis,
    per_day: u32,
    twice_level: u8,
    capacity: [u32; 12],
    season: [u32; 12],
    month_minimum: [u32; 12],
    units: Vec<UnitCase>,
    officers: Vec<OfficerCase>,
    months: Vec<MonthCase>,
}

#[derive(Deserialize)]
struct MonthCase {
    month: u32,
    before: Vec<Event>,
    carried_in: BTreeSet<CandidateId>,
    entropy: String,
    days: Vec<NaiveDate>,
    #[serde(default)]
    blocked: BTreeSet<CandidateId>,
    draw: DrawCase,
    attempt: u32,
    plan: Planned,
    after: After,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    Level(CandidateId, DrawLevel),
    Close(CandidateId),
    Join(UnitCase),
}

#[derive(Deserialize)]
struct DrawCase {
    number: u32,
    seed: Seed,
    size: BTreeMap<Cell, u32>,
    target: BTreeMap<Cell, u32>,
    committed: BTreeMap<Cell, u32>,
    demand: BTreeMap<Cell, u32>,
    at_risk: BTreeMap<Stratum, u32>,
    mode: Mode,
    window: Option<Window>,
    quota: BTreeMap<Cell, u32>,
    theta: Option<u64>,
    pool: BTreeMap<Cell, u32>,
    first: Vec<CandidateId>,
    reserve: BTreeMap<Cell, Vec<CandidateId>>,
    second_pool: u32,
    second: Vec<CandidateId>,
}

#[derive(Deserialize)]
struct After {
    visited: BTreeMap<CandidateId, NaiveDate>,
    closed_on_site: Vec<CandidateId>,
    carried_out: Vec<CandidateId>,
    campaign: BTreeMap<CandidateId, NaiveDate>,
}

fn key_of(text: &str) -> Key {
    Key::from_text(text).expect("a key of 32 hexadecimal digits")
}

fn duty(case: &OfficerCase) -> OfficerDuty {
    OfficerDuty {
        id: case.id.clone(),
        lead: case.lead,
        certificate_until: None,
        absent: case.leave.clone(),
        avoid: case.avoid.clone(),
    }
}

fn duties(cases: &[OfficerCase]) -> Vec<OfficerDuty> {
    cases.iter().map(duty).collect()
}

fn snapshot_unit(case: &UnitCase) -> SnapshotUnit {
    SnapshotUnit {
        id: case.id.clone(),
        stratum: case.stratum,
        level: case.level,
        count: case.count,
        last: case.last,
        pending: case.pending,
    }
}

fn snapshot<'a>(year: i32, month: u32, units: impl Iterator<Item = &'a UnitCase>) -> Snapshot {
    let active = units
        .filter(|unit| unit.active)
        .map(snapshot_unit)
        .collect();
    Snapshot::new(YearMonth::new(year, month).unwrap(), active).unwrap()
}

fn nonzero<T: Ord>(pairs: impl IntoIterator<Item = (T, u32)>) -> BTreeMap<T, u32> {
    pairs.into_iter().filter(|pair| pair.1 != 0).collect()
}

fn units(list: &[lottery::Candidate]) -> Vec<String> {
    list.iter()
        .map(|candidate| candidate.unit.to_string())
        .collect()
}

fn check_lottery(case: &Lottery) {
    assert_eq!(sha256(case.genesis_text.as_bytes()).0, case.genesis.0);
    let entropy = sha256(case.entropy.as_bytes());
    assert_eq!(entropy.to_string(), case.entropy_hash);
    let month = YearMonth::new(case.year, case.month).unwrap();
    let seed = lottery::seed(month, case.number, case.genesis, entropy);
    assert_eq!(seed, case.seed);
    let key = lottery::key(&Purpose::DrawFirst, seed);
    assert_eq!(key.as_str(), case.key_draw_first);
    for (id, ticket) in &case.tickets {
        assert_eq!(&key.ticket(&[id]).to_string(), ticket);
    }
    let check = |ids: &[CandidateId], n, selected: &[String], reserve: &[String]| {
        let draw: Draw = lottery::draw(&key, &ids.iter().collect::<Vec<_>>(), n);
        assert_eq!(
            (units(&draw.drawn), units(&draw.reserve)),
            (selected.into(), reserve.into())
        );
    };
    check(&case.ids, case.n, &case.selected, &case.reserve);
    check(
        &case.ids_100,
        case.n_100,
        &case.selected_100,
        &case.reserve_100,
    );
}

fn check_demands(case: &DemandCase) {
    let snapshot = snapshot(2026, case.month, case.units.iter());
    let design = AnnualDesign::default();
    let rules = Rules {
        twice_level: design.twice_level,
        blocked: &case.blocked,
        early: true,
    };
    let found = demands(&snapshot, &design, &rules);
    let cells = |of: fn(&CellDemand) -> u32| {
        let own = found.cells.iter().filter(|cell| cell.cell != Cell::Early);
        nonzero(own.map(|cell| (cell.cell, of(cell))))
    };
    assert_eq!(cells(|cell| cell.size), nonzero(case.size.clone()), "size");
    assert_eq!(
        cells(|cell| cell.target),
        nonzero(case.target.clone()),
        "target"
    );
    assert_eq!(
        cells(|cell| cell.committed),
        nonzero(case.committed.clone()),
        "committed"
    );
    let demand = nonzero(found.cells.iter().map(|cell| (cell.cell, cell.demand)));
    assert_eq!(demand, nonzero(case.demand.clone()), "demand");
    let at_risk = nonzero(found.at_risk.iter().map(|risk| (risk.stratum, risk.lack)));
    assert_eq!(at_risk, nonzero(case.at_risk.clone()), "at risk");
    let some = |released: &[u32; 12]| released[11] > 0;
    let released: BTreeMap<Cell, [u32; 12]> = found
        .cells
        .iter()
        .map(|cell| (cell.cell, cell.released))
        .filter(|pool| some(&pool.1))
        .collect();
    let expected: BTreeMap<Cell, [u32; 12]> = case
        .released
        .clone()
        .into_iter()
        .filter(|pool| some(&pool.1))
        .collect();
    assert_eq!(released, expected, "released");
    let second = snapshot
        .units
        .iter()
        .filter(|unit| rules.in_second_pool(unit, &snapshot));
    assert_eq!(
        second.map(|unit| unit.id.clone()).collect::<BTreeSet<_>>(),
        case.second_pool
    );
}

fn check_quotas(case: &QuotaCase) {
    let cell = |(cell, sizes): (&Cell, &QuotaCell)| CellDemand {
        cell: *cell,
        size: 0,
        target: 0,
        committed: 0,
        demand: sizes.demand,
        released: sizes.released,
    };
    let cells: Vec<CellDemand> = case.cells.iter().map(cell).collect();
    let limits = Limits::after_carried(case.month, case.capacity, case.month_minimum, case.carried);
    let by_cell = |quota: &[u32]| {
        nonzero(
            cells
                .iter()
                .map(|cell| cell.cell)
                .zip(quota.iter().copied()),
        )
    };
    match quotas(case.month, &limits, &case.season, &cells) {
        Ok(found) => {
            assert_eq!(case.infeasible, None);
            assert_eq!(Some(found.theta), case.theta, "theta");
            assert_eq!(
                by_cell(&found.quota),
                nonzero(case.quota.clone().unwrap()),
                "quota"
            );
        }
        Err(window) => {
            assert_eq!(Some(window), case.infeasible);
            let fits = what_fits(case.month, &limits, &cells);
            assert_eq!(
                by_cell(&fits),
                nonzero(case.what_fits.clone().unwrap()),
                "what fits"
            );
        }
    }
}

fn check_days(case: &DaysCase) {
    match lay_days(&case.release, &case.places, &key_of(&case.key)) {
        Ok(laid) => assert_eq!(Some(laid), case.result),
        Err(tail) => assert_eq!(Some(tail.visits.into_iter().collect()), case.late_tail),
    }
}

fn check_teams(case: &TeamsCase) {
    let officers = duties(&case.officers);
    match assign_teams(
        &case.plan,
        &case.days,
        &officers,
        case.per_day,
        &key_of(&case.key),
    ) {
        Ok(found) => {
            assert_eq!(Some(found.cost), case.cost, "cost");
            assert_eq!(Some(found.teams), case.teams, "teams");
        }
        Err(found) => assert_eq!(Some(found.visits.into_iter().collect()), case.contested),
    }
}

fn check_plan(case: &PlanCase) {
    let officers = duties(&case.officers);
    let plan = month_plan(
        &case.release,
        &case.days,
        &officers,
        case.per_day,
        case.seed,
    );
    let set_aside: Vec<&CandidateId> = plan.set_aside.iter().map(|visit| &visit.unit).collect();
    assert_eq!(
        set_aside,
        case.set_aside.iter().collect::<Vec<_>>(),
        "set aside"
    );
    assert_eq!(plan.attempt, case.attempt, "attempt");
    let visits = plan.visits.into_iter();
    let found: Planned = visits
        .map(|(unit, visit)| (unit, (visit.day, visit.lead, visit.member)))
        .collect();
    assert_eq!(found, case.plan, "plan");
}

/// The register of a year case as it changes.
struct Register {
    year: i32,
    units: BTreeMap<CandidateId, UnitCase>,
}

impl Register {
    fn apply(&mut self, event: &Event) {
        match event {
            Event::Level(id, level) => self.units.get_mut(id).unwrap().level = *level,
            Event::Close(id) => self.units.get_mut(id).unwrap().active = false,
            Event::Join(unit) => {
                self.units.insert(unit.id.clone(), unit.clone());
            }
        }
    }

    fn visit(&mut self, id: &CandidateId, day: NaiveDate) {
        let unit = self.units.get_mut(id).unwrap();
        unit.count += u32::from(day.year() == self.year);
        unit.last = Some(day);
        unit.pending = false;
    }
}

fn check_draw(case: &DrawCase, sizes: &MonthSizes, snapshot: &Snapshot) {
    let own = || sizes.cells.iter().filter(|cell| cell.cell != Cell::Early);
    assert_eq!(
        nonzero(own().map(|cell| (cell.cell, cell.size))),
        nonzero(case.size.clone()),
        "size"
    );
    assert_eq!(
        nonzero(own().map(|cell| (cell.cell, cell.target))),
        nonzero(case.target.clone()),
        "T"
    );
    let committed = nonzero(own().map(|cell| (cell.cell, cell.committed)));
    assert_eq!(committed, nonzero(case.committed.clone()), "K");
    let all = || sizes.cells.iter();
    let demand = nonzero(all().map(|cell| (cell.cell, cell.demand)));
    assert_eq!(demand, nonzero(case.demand.clone()), "demand");
    let at_risk = nonzero(sizes.at_risk.iter().map(|risk| (risk.stratum, risk.lack)));
    assert_eq!(at_risk, nonzero(case.at_risk.clone()), "at risk");
    assert_eq!(
        (sizes.mode, sizes.window, sizes.theta),
        (case.mode, case.window, case.theta)
    );
    let quota = nonzero(all().map(|cell| (cell.cell, cell.quota)));
    assert_eq!(quota, nonzero(case.quota.clone()), "quota");
    let drawn_cells = all().filter(|cell| cell.quota > 0);
    let pool = nonzero(drawn_cells.map(|cell| (cell.cell, cell.pool)));
    assert_eq!(pool, nonzero(case.pool.clone()), "pool");
    assert_eq!(sizes.second_pool, case.second_pool, "second pool");
    let members = pools(sizes, snapshot);
    for cell in all() {
        let found = members
            .get(&DrawGroup::First(cell.cell))
            .map_or(0, Vec::len);
        assert_eq!(found, cell.pool as usize, "members of {}", cell.cell);
    }
    assert_eq!(
        members.get(&DrawGroup::Second).map_or(0, Vec::len),
        sizes.second_pool as usize
    );
}

fn check_lots(case: &DrawCase, sizes: &MonthSizes, snapshot: &Snapshot) -> Vec<CandidateId> {
    let result = draw_month(sizes, snapshot, case.seed);
    let (mut first, mut second, mut reserve) = (Vec::new(), Vec::new(), BTreeMap::new());
    for group in &result.groups {
        let drawn = group
            .draw
            .drawn
            .iter()
            .map(|candidate| candidate.unit.clone());
        match group.group {
            DrawGroup::Second => second.extend(drawn),
            DrawGroup::First(cell) => {
                first.extend(drawn);
                let list: Vec<CandidateId> = group
                    .draw
                    .reserve
                    .iter()
                    .map(|candidate| candidate.unit.clone())
                    .collect();
                reserve.insert(cell, list);
            }
            other => panic!("no month draws {other}"),
        }
    }
    assert_eq!(
        (&first, &second),
        (&case.first, &case.second),
        "first, second"
    );
    let filled = |list: BTreeMap<Cell, Vec<CandidateId>>| -> BTreeMap<Cell, Vec<CandidateId>> {
        list.into_iter().filter(|list| !list.1.is_empty()).collect()
    };
    assert_eq!(filled(reserve), filled(case.reserve.clone()), "reserve");
    result.drawn().cloned().collect()
}

fn check_month(year: &YearCase, case: &MonthCase, register: &mut Register) {
    case.before.iter().for_each(|event| register.apply(event));
    let officers = duties(&year.officers);
    let snapshot = snapshot(year.year, case.month, register.units.values());
    let entropy = sha256(case.entropy.as_bytes());
    let seed = lottery::seed(snapshot.month, case.draw.number, year.genesis, entropy);
    assert_eq!(seed, case.draw.seed, "seed");
    let blocked = blocked_units(&snapshot, &case.days, &officers, year.per_day);
    let names: BTreeSet<CandidateId> = blocked.iter().map(|blocked| blocked.unit.clone()).collect();
    assert_eq!(names, case.blocked, "blocked");
    let design = AnnualDesign {
        twice_level: year.twice_level,
        season: year.season,
        per_day: year.per_day,
        ..AnnualDesign::default()
    };
    let sizes = sizes(&SizeInput {
        snapshot: &snapshot,
        design: &design,
        blocked: &blocked,
        carried: &case.carried_in,
        capacity: year.capacity,
        minimum: year.month_minimum,
    });
    check_draw(&case.draw, &sizes, &snapshot);
    let drawn = check_lots(&case.draw, &sizes, &snapshot);
    let visits = drawn
        .into_iter()
        .chain(case.carried_in.iter().cloned())
        .map(|id| {
            let release = snapshot.unit(&id).and_then(SnapshotUnit::release_date);
            (id, release)
        });
    let visits: BTreeMap<CandidateId, Option<NaiveDate>> = visits.collect();
    let plan = month_plan(&visits, &case.days, &officers, year.per_day, seed);
    assert_eq!(plan.attempt, case.attempt, "attempt");
    let planned = plan.visits.into_iter();
    let found: Planned = planned
        .map(|(unit, visit)| (unit, (visit.day, visit.lead, visit.member)))
        .collect();
    assert_eq!(found, case.plan, "plan");
    finish_month(case, register, visits.into_keys());
}

fn finish_month(
    case: &MonthCase,
    register: &mut Register,
    visits: impl Iterator<Item = CandidateId>,
) {
    visits.for_each(|id| register.units.get_mut(&id).unwrap().pending = true);
    for (id, day) in case.after.visited.iter().chain(&case.after.campaign) {
        register.visit(id, *day);
    }
    for id in &case.after.closed_on_site {
        let unit = register.units.get_mut(id).unwrap();
        (unit.active, unit.pending) = (false, false);
    }
    let pending: BTreeSet<&CandidateId> = register
        .units
        .values()
        .filter(|unit| unit.pending && unit.active)
        .map(|unit| &unit.id)
        .collect();
    assert_eq!(
        pending,
        case.after.carried_out.iter().collect(),
        "carried out"
    );
}

fn check_year(case: &YearCase) {
    let prepare = |unit: &UnitCase| {
        let count = u32::from(unit.last.is_some_and(|last| last.year() == case.year));
        (
            unit.id.clone(),
            UnitCase {
                count,
                ..unit.clone()
            },
        )
    };
    let mut register = Register {
        year: case.year,
        units: case.units.iter().map(prepare).collect(),
    };
    for month in &case.months {
        println!("{} {}", case.name, month.month);
        check_month(case, month, &mut register);
    }
}

/// Runs all cases of one kind; returns the names of those that fail.
fn run<T>(kind: &str, cases: &[T], check: impl Fn(&T)) -> Vec<String> {
    let fails = |case: &T| catch_unwind(AssertUnwindSafe(|| check(case))).is_err();
    let failed = cases.iter().enumerate().filter(|case| fails(case.1));
    failed.map(|case| format!("{kind}[{}]", case.0)).collect()
}

/// Runs every case; returns the names of those that fail.
fn failures(vectors: &Vectors) -> Vec<String> {
    let mut failed = run("lottery", vectors.lottery.as_slice(), check_lottery);
    failed.extend(run("demands", &vectors.demands, check_demands));
    failed.extend(run("apportionment", &vectors.apportionment, |case| {
        assert_eq!(
            apportion(case.total, &case.weights, &case.caps),
            case.result
        );
    }));
    failed.extend(run("quotas", &vectors.quotas, check_quotas));
    failed.extend(run("places", &vectors.places, |case| {
        assert_eq!(places(case.present, case.lead, case.per_day), case.places);
    }));
    failed.extend(run("days", &vectors.days, check_days));
    failed.extend(run("teams", &vectors.teams, check_teams));
    failed.extend(run("plans", &vectors.plans, check_plan));
    failed.extend(run("years", &vectors.years, check_year));
    failed
}

#[test]
fn engine_vectors() {
    let text = match std::env::var("ENGINE_VECTORS") {
        Ok(path) => std::fs::read_to_string(&path).expect("ENGINE_VECTORS names a readable file"),
        Err(_) => include_str!("engine-vectors.json").to_owned(),
    };
    let vectors: Vectors = serde_json::from_str(&text).expect("vectors of the known shape");
    let sections = [
        vectors.lottery.is_some(),
        !vectors.demands.is_empty(),
        !vectors.apportionment.is_empty(),
        !vectors.quotas.is_empty(),
        !vectors.places.is_empty(),
        !vectors.days.is_empty(),
        !vectors.teams.is_empty(),
        !vectors.plans.is_empty(),
        !vectors.years.is_empty(),
    ];
    assert!(sections.contains(&true), "the file has no known section");
    let failed = failures(&vectors);
    assert!(failed.is_empty(), "cases that fail: {}", failed.join(", "));
}

/// The oracle is a second implementation, in another language, of the definitions alone.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn an_independent_program_agrees() {
    for seed in ["1", "2", "3"] {
        let seed_word = std::path::Path::new(seed);
        let Some(output) = python::python("tests/oracle/oracle.py", &[seed_word]) else {
            return;
        };
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words}");
        let vectors: Vectors = serde_json::from_slice(&output.stdout).expect("the known shape");
        assert!(vectors.quotas.len() >= 1000 && vectors.teams.len() >= 100);
        let failed = failures(&vectors);
        assert!(
            failed.is_empty(),
            "seed {seed}, cases that fail: {}",
            failed.join(", ")
        );
    }
}
