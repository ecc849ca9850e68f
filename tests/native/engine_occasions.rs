//! Draws besides the monthly one: what they draw, beside which plan, and what of
//! a floor was met without the lottery; each against a plain restatement.

use crate::register;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::engine::after::{DrawnMonth, replacement};
use double_random::engine::calendar::WorkdayCalendar;
use double_random::engine::campaign::{CampaignSize, draw_campaign};
use double_random::engine::demand::{CountedVisit, floors_met};
use double_random::engine::design::AnnualDesign;
use double_random::engine::draw::{
    DrawGroup, Exclusion, MonthSizes, WhyDrawn, draw_month, pools, size_month,
};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{Candidate, Seed, canonical_json, sha256_hex};
use double_random::engine::month::{MonthPlan, PlannedVisit};
use double_random::engine::occasion::{
    Busy, Campaign, Occasion, OwnRegister, RegisterDraw, Supplement,
};
use double_random::engine::snapshot::{NotYet, Snapshot, SnapshotUnit};
use double_random::model::{CandidateId, DrawLevel, OfficerId, Share, Stratum};
use proptest::prelude::*;
use register::{date, id, officers, seed, unit};

fn register(numbers: impl Iterator<Item = usize>) -> Snapshot {
    Snapshot::new("2026-03".parse().unwrap(), numbers.map(unit).collect()).unwrap()
}

/// A month's draw and plan, and what a supplementary draw for it knows.
struct March {
    officers: Vec<OfficerDuty>,
    days: Vec<NaiveDate>,
    drawn: BTreeSet<CandidateId>,
    plan: MonthPlan,
}

impl March {
    fn new(snapshot: &Snapshot) -> Self {
        let (officers, design) = (officers(6), AnnualDesign::default());
        let calendar = WorkdayCalendar::built_in();
        let sizes = size_month(snapshot, &officers, &design, &BTreeSet::new(), &calendar);
        let result = draw_month(&sizes, snapshot, seed("month"));
        let drawn: BTreeSet<CandidateId> = result.drawn().cloned().collect();
        let days = calendar.working_days(snapshot.month);
        let visits = visits(&drawn, snapshot);
        let plan = Occasion::Month.plan(&visits, &days, &officers, 1, seed("month"));
        Self {
            officers,
            days,
            drawn,
            plan,
        }
    }

    /// Officer-days of the plan from a day on.
    fn busy(&self, from: NaiveDate) -> Busy {
        let mut busy = Busy::new();
        for visit in self.plan.visits.values().filter(|visit| visit.day >= from) {
            for officer in [&visit.lead, &visit.member] {
                busy.entry(officer.clone()).or_default().insert(visit.day);
            }
        }
        busy
    }

    fn supplement(&self, from: NaiveDate) -> Occasion {
        Occasion::Supplementary(Supplement {
            to: BTreeSet::from([3]),
            drawn: self.drawn.clone(),
            stepped_in: BTreeSet::new(),
            busy: self.busy(from),
            from,
            reason: "补录遗漏单位".into(),
        })
    }

    fn size(&self, occasion: &Occasion, snapshot: &Snapshot) -> MonthSizes {
        let calendar = WorkdayCalendar::built_in();
        occasion.size(
            snapshot,
            &self.officers,
            &AnnualDesign::default(),
            &BTreeSet::new(),
            &calendar,
        )
    }
}

fn visits(
    drawn: &BTreeSet<CandidateId>,
    snapshot: &Snapshot,
) -> BTreeMap<CandidateId, Option<NaiveDate>> {
    let release = |id: &CandidateId| (id.clone(), snapshot.unit(id).unwrap().release_date());
    drawn.iter().map(release).collect()
}

/// Registers mended in each way: as they were, larger, smaller, other levels.
fn mended() -> Vec<Snapshot> {
    let mut other = register(0..140);
    for unit in other.units.iter_mut().step_by(3) {
        unit.level = DrawLevel::from_points(5 - i32::from(unit.level.get()));
    }
    vec![
        register(0..140),
        register((0..140).chain(200..500)),
        register((0..140).filter(|number| number % 5 != 0)),
        other,
    ]
}

#[test]
fn a_supplementary_draw_adds_per_group_what_the_rule_lacks() {
    let march = March::new(&register(0..140));
    let (design, calendar) = (AnnualDesign::default(), WorkdayCalendar::built_in());
    let mut totals = Vec::new();
    for snapshot in mended() {
        let occasion = march.supplement(date("2026-03-16"));
        let found = march.size(&occasion, &snapshot);
        let rule = size_month(
            &snapshot,
            &march.officers,
            &design,
            &BTreeSet::new(),
            &calendar,
        );
        assert_eq!(found.cells.len(), rule.cells.len());
        let open = pools(&rule, &snapshot);
        let groups = rule.cells.iter().map(|cell| DrawGroup::First(cell.cell));
        for group in groups.chain([DrawGroup::Second]) {
            let pool = open.get(&group).map_or(&[][..], Vec::as_slice);
            let left = pool.iter().filter(|unit| !march.drawn.contains(&unit.id));
            let (all, left) = (pool.len() as u32, left.count() as u32);
            let lacks = rule.quota(group).saturating_sub(all - left).min(left);
            assert_eq!(found.quota(group), lacks, "{group}");
            assert_eq!(
                occasion
                    .pools(&found, &snapshot)
                    .get(&group)
                    .map_or(0, Vec::len) as u32,
                left
            );
        }
        for (cell, rule) in found.cells.iter().zip(&rule.cells) {
            let same = |cell: &double_random::engine::draw::CellSizes| {
                (
                    cell.cell,
                    cell.size,
                    cell.target,
                    cell.committed,
                    cell.demand,
                )
            };
            assert_eq!(same(cell), same(rule));
        }
        let result = occasion.draw(&found, &snapshot, seed("supplement"));
        assert!(result.drawn().all(|unit| !march.drawn.contains(unit)));
        assert_eq!(result.drawn().count() as u32, found.quota_total());
        totals.push(found.quota_total());
    }
    assert_eq!(totals[0], 0, "nothing lacks where nothing was mended");
    assert!(totals[1] > 0, "{totals:?}");
}

#[test]
fn supplementary_visits_stand_beside_the_plan() {
    let march = March::new(&register(0..140));
    let snapshot = register((0..140).chain(200..500));
    let from = date("2026-03-16");
    let occasion = march.supplement(from);
    let sizes = march.size(&occasion, &snapshot);
    let result = occasion.draw(&sizes, &snapshot, seed("supplement"));
    let drawn: BTreeSet<CandidateId> = occasion
        .visits(result.drawn_in_groups(), &sizes.carried)
        .into_iter()
        .cloned()
        .collect();
    assert_eq!(drawn.len(), result.drawn().count());
    let visits = visits(&drawn, &snapshot);
    let plan = occasion.plan(&visits, &march.days, &march.officers, 1, seed("supplement"));
    let busy = march.busy(from);
    for visit in plan.visits.values() {
        assert!(visit.day >= from && march.days.contains(&visit.day));
        for officer in [&visit.lead, &visit.member] {
            assert!(
                !busy
                    .get(officer)
                    .is_some_and(|days| days.contains(&visit.day))
            );
        }
    }
    let set_aside = plan.set_aside.iter().map(|visit| visit.unit.clone());
    let laid: BTreeSet<CandidateId> = plan.visits.keys().cloned().chain(set_aside).collect();
    assert_eq!(laid, drawn);
    assert!(!plan.visits.is_empty());
    // No day is left from the month's end on, and so all are carried.
    let late = march.supplement(date("2026-04-01"));
    let plan = late.plan(&visits, &march.days, &march.officers, 1, seed("supplement"));
    assert_eq!((plan.visits.len(), plan.set_aside.len()), (0, drawn.len()));
}

#[test]
fn a_unit_drawn_before_is_explained_as_pending() {
    let snapshot = register(0..140);
    let march = March::new(&snapshot);
    let occasion = march.supplement(date("2026-03-16"));
    let sizes = march.size(&occasion, &snapshot);
    for id in &march.drawn {
        let limit = NotYet::Pending;
        let why = Exclusion::NotYet { limit };
        let found = occasion.explain(id, &sizes, &snapshot, seed("supplement"));
        assert_eq!(found, WhyDrawn::Excluded { why });
    }
}

/// A campaign over a pool, as the plain text of engine.md says it.
fn by_brute_force(
    purpose: &str,
    pool: &BTreeSet<CandidateId>,
    in_plan: &BTreeSet<CandidateId>,
    n: usize,
    seed: Seed,
) -> [Vec<CandidateId>; 3] {
    let key = sha256_hex(&format!("frs1|key|{purpose}|{seed}"))[..32].to_owned();
    let mut order: Vec<(String, &CandidateId)> = pool
        .iter()
        .map(|unit| (sha256_hex(&format!("{key}|{unit}")), unit))
        .collect();
    order.sort();
    let (planned, others): (Vec<&CandidateId>, Vec<&CandidateId>) = order
        .into_iter()
        .map(|(_, unit)| unit)
        .partition(|unit| in_plan.contains(unit));
    let combined: Vec<CandidateId> = planned.into_iter().take(n).cloned().collect();
    let n = n - combined.len();
    let drawn = others.iter().take(n).copied().cloned().collect();
    let reserve = others.iter().skip(n).take((n / 5).max(5));
    [combined, drawn, reserve.copied().cloned().collect()]
}

fn units(candidates: &[Candidate]) -> Vec<CandidateId> {
    candidates
        .iter()
        .map(|candidate| candidate.unit.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_campaign_is_the_sorted_list(
        pool in prop::collection::btree_set(0_usize..400, 0..120),
        planned in prop::collection::btree_set(0_usize..400, 0..60),
        count in 0_u32..150,
        percent in 0_u8..101,
        by_ratio: bool,
        words in "[a-z]{4}",
    ) {
        let pool: BTreeSet<CandidateId> = pool.into_iter().map(id).collect();
        let in_plan: BTreeSet<CandidateId> = planned.into_iter().map(id).filter(|unit| pool.contains(unit)).collect();
        let size = if by_ratio { CampaignSize::Ratio(Share::from_percent(percent)) } else { CampaignSize::Count(count) };
        let n = if by_ratio { (pool.len() * usize::from(percent)).div_ceil(100) } else { (count as usize).min(pool.len()) };
        let expected = by_brute_force("campaign/2026-07", &pool, &in_plan, n, seed(&words));
        let found = draw_campaign("2026-07", &pool, &in_plan, size, seed(&words));
        let found = [units(&found.combined), units(&found.drawn), units(&found.reserve)];
        prop_assert_eq!(&found, &expected);
        // The record of the same draw holds the same lists, in the groups that drew.
        let occasion = campaign(pool.clone(), in_plan.clone(), size, Busy::new());
        let empty = register(0..0);
        let sizes = March::new(&empty).size(&occasion, &empty);
        let result = occasion.draw(&sizes, &empty, seed(&words));
        let of = |group| result.groups.iter().find(|draw| draw.group == group);
        let lists = [of(DrawGroup::Combined), of(DrawGroup::Campaign)];
        for (list, expected) in lists.iter().zip(&expected) {
            prop_assert_eq!(&list.map(|list| units(&list.draw.drawn)).unwrap_or_default(), expected);
        }
        if let Some(list) = lists[1] {
            prop_assert_eq!(units(&list.draw.reserve), expected[2].clone());
        }
        let own = occasion.own_sizes();
        prop_assert_eq!(own[0].2 as usize + own[1].2 as usize, n);
        prop_assert_eq!(own[0].1 as usize + own[1].1 as usize, pool.len());
    }
}

fn campaign(
    pool: BTreeSet<CandidateId>,
    in_plan: BTreeSet<CandidateId>,
    size: CampaignSize,
    busy: Busy,
) -> Occasion {
    Occasion::Campaign(Campaign {
        id: "2026-07".into(),
        name: "冬春火灾防控".into(),
        filter: "全部 B 层单位".into(),
        pool,
        in_plan,
        size,
        busy,
        from: date("2026-03-16"),
    })
}

#[test]
fn agencies_are_drawn_from_their_own_list() {
    let pool: BTreeSet<CandidateId> = (1..=21)
        .map(|number| CandidateId::new(format!("JG-{number:03}")).unwrap())
        .collect();
    let occasion = Occasion::Register(RegisterDraw {
        register: OwnRegister::Agencies,
        pool: pool.clone(),
        size: CampaignSize::Ratio(Share::from_percent(5)),
    });
    let empty = register(0..0);
    let sizes = March::new(&empty).size(&occasion, &empty);
    let result = occasion.draw(&sizes, &empty, seed("agencies"));
    let expected = by_brute_force(
        "campaign/agencies",
        &pool,
        &BTreeSet::new(),
        2,
        seed("agencies"),
    );
    let [group] = &result.groups[..] else {
        panic!("one group");
    };
    assert_eq!((group.group, group.pool), (DrawGroup::Register, 21));
    let found = [units(&group.draw.drawn), units(&group.draw.reserve)];
    assert_eq!(found[..], expected[1..]);
    // Institutions have no days and no teams.
    assert!(occasion.visits(result.drawn_in_groups(), []).is_empty());
}

/// Whether some two officers may make a visit on a day beside a plan.
fn has_place(
    unit: &SnapshotUnit,
    day: NaiveDate,
    officers: &[OfficerDuty],
    plan: &BTreeMap<CandidateId, PlannedVisit>,
) -> bool {
    let on_day = || plan.values().filter(|visit| visit.day == day);
    let is_used =
        |who: &OfficerId| on_day().any(|visit| visit.lead == *who || visit.member == *who);
    let there = officers.iter().filter(|officer| officer.is_present(day));
    let (count, leads) = (
        there.clone().count(),
        there.filter(|officer| officer.lead).count(),
    );
    let free = || {
        let open = officers.iter().filter(|officer| !is_used(&officer.id));
        open.filter(|officer| officer.may_visit(&unit.id, day))
    };
    on_day().count() < leads.min(count / 2)
        && unit.may_be_inspected(day).is_ok()
        && free().count() > 1
        && free().any(|officer| officer.lead)
}

#[test]
fn the_reserve_of_a_campaign_steps_in() {
    let snapshot = register(0..140);
    let march = March::new(&snapshot);
    let from = date("2026-03-16");
    let is_open = |unit: &&SnapshotUnit| {
        unit.stratum == Stratum::B && unit.release_date().is_none_or(|day| day <= from)
    };
    let pool: BTreeSet<CandidateId> = snapshot
        .units
        .iter()
        .filter(is_open)
        .map(|unit| unit.id.clone())
        .filter(|unit| !march.drawn.contains(unit))
        .collect();
    let occasion = campaign(
        pool,
        BTreeSet::new(),
        CampaignSize::Count(3),
        march.busy(from),
    );
    let sizes = march.size(&occasion, &snapshot);
    let result = occasion.draw(&sizes, &snapshot, seed("campaign"));
    let drawn: BTreeSet<CandidateId> = result.drawn().cloned().collect();
    let own = occasion.plan(
        &visits(&drawn, &snapshot),
        &march.days,
        &march.officers,
        1,
        seed("campaign"),
    );
    let closed = own.visits.keys().next().unwrap().clone();
    let mut plan = own.clone();
    plan.visits.extend(march.plan.visits.clone());
    let visit = plan.visits.remove(&closed).unwrap();
    let mut now = snapshot.clone();
    now.units.retain(|unit| unit.id != closed);
    for unit in &mut now.units {
        unit.pending = plan.visits.contains_key(&unit.id);
    }
    let month = DrawnMonth {
        plan: &plan,
        days: &march.days,
        officers: &march.officers,
        per_day: 1,
        seed: seed("campaign"),
    };
    let pool = occasion
        .drawn_pool(DrawGroup::Campaign, &sizes, &snapshot)
        .unwrap();
    let found = replacement(&pool, &now, &month, &visit, from).unwrap();
    let Occasion::Campaign(Campaign { pool, .. }) = &occasion else {
        panic!("it is a campaign");
    };
    let [_, _, reserve] = by_brute_force(
        "campaign/2026-07",
        pool,
        &BTreeSet::new(),
        3,
        seed("campaign"),
    );
    let fits = |id: &CandidateId| {
        let unit = now.unit(id).unwrap();
        let days = march.days.iter().filter(|day| **day >= from);
        days.into_iter()
            .any(|day| has_place(unit, *day, &march.officers, &plan.visits))
    };
    let expected = reserve.iter().find(|unit| fits(unit)).unwrap();
    assert_eq!(found.unit, *expected);
    // What a campaign took from the plan is replaced by the draw that chose it.
    assert_eq!(
        occasion.drawn_pool(DrawGroup::Combined, &sizes, &snapshot),
        None
    );
}

#[test]
fn the_part_of_a_floor_met_without_the_lottery_is_told() {
    // 4 of stratum B: the floor of 80 % is ⌈3.2⌉ = 4.
    let mut snapshot = Snapshot::new(
        "2026-12".parse().unwrap(),
        (0..4)
            .map(|number| SnapshotUnit {
                stratum: Stratum::B,
                ..unit(number)
            })
            .collect(),
    )
    .unwrap();
    for unit in &mut snapshot.units[..3] {
        unit.count = 1;
        unit.last = Some(date("2026-05-06"));
    }
    let visit = |number, at_random| CountedVisit {
        unit: id(number),
        at_random,
    };
    // Unit 1 was visited both ways, unit 2 only by a campaign, unit 9 left the register.
    let visits = [
        visit(0, true),
        visit(1, false),
        visit(1, true),
        visit(2, false),
        visit(9, false),
    ];
    let found = floors_met(&snapshot, &visits);
    assert_eq!(found.len(), 3);
    let [a, b, c] = &found[..] else {
        panic!("three strata");
    };
    assert_eq!(
        (a.floor, a.otherwise, a.share_otherwise()),
        (0, 0, Share::from_percent(0))
    );
    assert_eq!((b.units, b.floor, b.at_random, b.otherwise), (4, 4, 2, 1));
    assert_eq!(b.share_otherwise(), Share::from_percent(25));
    assert_eq!((c.units, c.needed_otherwise()), (0, 0));
    assert_eq!(b.needed_otherwise(), 1);
}

#[test]
fn more_random_visits_than_a_floor_needs_leave_no_need_of_others() {
    let mut snapshot = register(0..140);
    let mut visits = Vec::new();
    for (at, unit) in snapshot.units.iter_mut().enumerate() {
        unit.count = 1;
        unit.last = Some(date("2026-01-20"));
        let (unit, at_random) = (unit.id.clone(), at % 3 > 0);
        visits.push(CountedVisit { unit, at_random });
    }
    for floor in floors_met(&snapshot, &visits) {
        assert_eq!(floor.at_random + floor.otherwise, floor.units);
        let needed = floor.floor.saturating_sub(floor.at_random);
        assert_eq!(floor.needed_otherwise(), needed);
        let most = floor.otherwise.min(floor.floor);
        assert_eq!(
            u64::from(floor.share_otherwise().ppb()),
            (u64::from(most) * 1_000_000_000).div_ceil(u64::from(floor.floor))
        );
    }
}

#[test]
fn occasions_are_written_and_read_the_same() {
    let march = March::new(&register(0..140));
    let pool: BTreeSet<CandidateId> = (0..5).map(id).collect();
    let all = [
        Occasion::Month,
        march.supplement(date("2026-03-16")),
        campaign(
            pool.clone(),
            pool.clone(),
            CampaignSize::Ratio(Share::from_percent(30)),
            march.busy(date("2026-03-16")),
        ),
        Occasion::Register(RegisterDraw {
            register: OwnRegister::Engineers,
            pool,
            size: CampaignSize::Count(2),
        }),
    ];
    for occasion in all {
        let text = canonical_json(&occasion).unwrap();
        let back: Occasion = serde_json::from_str(&text).unwrap();
        assert_eq!(back, occasion);
        assert_eq!(canonical_json(&back).unwrap(), text);
    }
}
