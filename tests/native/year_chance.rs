//! The chance over the year on a unit's card: from the recorded draws alone, and
//! exactly what n and R of the months say.

use std::collections::BTreeSet;

use double_random::demo;
use double_random::engine::draw::{DrawGroup, WhyDrawn, explain};
use double_random::model::{CandidateId, UnitId};
use double_random::workbook::request::{Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw};
use double_random::workbook::{Action, Context, DrawId, DrawRecord, Workbook};

fn act(book: &mut Workbook, day: &str, minute: u32, action: Action) {
    let context = Context {
        now: format!("{day}T09:{minute:02}:00").parse().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context).unwrap();
}

fn frozen_demo() -> Workbook {
    let mut book = demo::brigade(2026, demo::SEED);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "大队长".into(),
        reason: "年度计划".into(),
    };
    act(&mut book, "2025-12-01", 0, freeze);
    book
}

/// Draws a month; none of its visits is made.
fn draw(book: &mut Workbook, month: &str, day: &str) {
    let number = book.years[0].draws.len() as u32 + 1;
    let open = OpenDraw {
        month: month.parse().unwrap(),
        reason: "测试".into(),
        salt_seed: [7; 32],
    };
    act(book, day, 0, Action::OpenDraw(open));
    let commit = Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "公示栏".into(),
    };
    act(book, day, 10, Action::Commit(commit));
    let entropy = EntropyGiven::Local([number as u8; 32]);
    act(book, day, 20, Action::Draw(RunDraw { number, entropy }));
}

/// n and R of the pool of first visits in which a unit stood, by the card that
/// says why it was or was not drawn.
fn stood(draw: &DrawRecord, unit: &CandidateId) -> Option<(u32, u32)> {
    let seed = draw.drawn.as_ref()?.result.seed;
    match explain(unit, &draw.sizes, &draw.register.snapshot, seed) {
        WhyDrawn::InPool(standing) if standing.group != DrawGroup::Second => {
            Some((standing.quota, standing.pool))
        }
        _ => None,
    }
}

#[test]
fn the_chance_over_the_year_follows_from_the_recorded_months() {
    let mut book = frozen_demo();
    let units: Vec<UnitId> = book.units.iter().map(|unit| unit.id.clone()).collect();
    assert_eq!(
        book.year_chance(&units[0], 2026),
        None,
        "nothing is drawn yet"
    );
    draw(&mut book, "2026-01", "2025-12-31");
    draw(&mut book, "2026-02", "2026-01-30");
    let [january, february] =
        [1, 2].map(|number| book.draw(DrawId::new(2026, number)).unwrap().clone());
    let first: BTreeSet<&CandidateId> = january.drawn_units().collect();
    let (mut twice, mut once, mut never) = (0, 0, 0);
    for unit in &units {
        let year = book.year_chance(unit, 2026).unwrap();
        assert_eq!((year.until, year.is_whole_year), (february.month, false));
        let told: Vec<(u32, u32)> = year.draws.iter().map(|d| (d.1.quota, d.1.pool)).collect();
        let months = [&january, &february].map(|draw| stood(draw, &unit.into()));
        if first.contains(&CandidateId::from(unit)) {
            // Drawn in January: February counts as if it had not been, in the pool
            // of those with the same past.
            assert_eq!(told[0], months[0].unwrap());
            assert!(told.len() <= 2);
        } else {
            let expected: Vec<(u32, u32)> = months.into_iter().flatten().collect();
            assert_eq!(told, expected, "{unit}");
        }
        let missed = |(n, pool): &(u32, u32)| 1.0 - f64::from(*n) / f64::from(*pool);
        let chance = 1.0 - told.iter().map(missed).product::<f64>();
        assert!((year.chance - chance).abs() < 1e-12, "{unit}");
        match told.len() {
            0 => {
                assert!(year.chance == 0.0);
                never += 1;
            }
            1 => once += 1,
            _ => twice += 1,
        }
    }
    println!("{twice} twice, {once} once, {never} never");
    assert!(twice > 0 && never > 0);
}

/// All that could be drawn alike have the same chance, whoever was drawn.
#[test]
fn units_of_one_cell_and_release_have_one_chance() {
    let mut book = frozen_demo();
    draw(&mut book, "2026-01", "2025-12-31");
    draw(&mut book, "2026-02", "2026-01-30");
    let draw = book.years[0].draws.get(1 - 1).unwrap();
    let mut groups = std::collections::BTreeMap::new();
    for unit in &draw.register.snapshot.units {
        let later = book.years[0]
            .draws
            .get(2 - 1)
            .unwrap()
            .register
            .snapshot
            .unit(&unit.id);
        // Levels are counted anew each month; who changed is not alike any more.
        if later.is_none_or(|later| later.level != unit.level) || unit.pending {
            continue;
        }
        let key = (unit.cell(), unit.release_month(2026).max(1));
        let chance = book
            .year_chance(&book.register_id(&unit.id), 2026)
            .unwrap()
            .chance;
        let group: &mut Vec<(f64, CandidateId)> = groups.entry(key).or_default();
        group.push((chance, unit.id.clone()));
    }
    let blocked: BTreeSet<CandidateId> = [1, 2]
        .into_iter()
        .flat_map(|number| {
            book.draw(DrawId::new(2026, number))
                .unwrap()
                .sizes
                .blocked_set()
        })
        .collect();
    for (key, group) in &groups {
        let free = group.iter().filter(|unit| !blocked.contains(&unit.1));
        let chances: Vec<f64> = free.map(|unit| unit.0).collect();
        let alike = chances
            .windows(2)
            .all(|pair| (pair[0] - pair[1]).abs() < 1e-12);
        assert!(alike, "{key:?}: {group:?}");
    }
    assert!(groups.len() > 10);
}

#[test]
fn with_december_the_year_is_whole() {
    let mut book = frozen_demo();
    draw(&mut book, "2026-12", "2026-11-30");
    let unit = book.units[0].id.clone();
    let year = book.year_chance(&unit, 2026).unwrap();
    assert!(year.is_whole_year && year.draws.len() <= 1);
}
