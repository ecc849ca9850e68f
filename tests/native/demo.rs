//! The made-up county: that it is what it promises, and that its bytes never move.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::Datelike as _;
use double_random::demo;
use double_random::model::item::count_by_subject;
use double_random::model::{Credit, LegalKind, RiskTier, Stratum, Unit};
use double_random::workbook::{CATEGORIES, Workbook};

fn permille(units: &[Unit], holds: impl Fn(&Unit) -> bool) -> usize {
    units.iter().filter(|unit| holds(unit)).count() * 1000 / units.len()
}

#[test]
fn the_file_in_tests_is_the_demo() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/demo-brigade.json");
    let made = serde_json::to_string_pretty(&demo::brigade(2026, demo::SEED)).unwrap() + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == made,
        "the demo changed; if that is meant, run again with BLESS=1"
    );
}

#[test]
fn every_visit_is_over_when_the_demo_opens() {
    for year in 2021..=2030 {
        let book = demo::brigade(year, demo::SEED);
        let opens = book.draw_window(book.first_year().months()[0])[0];
        let last = book.units.iter().flat_map(|unit| &unit.inspections);
        let last = last.map(|inspection| inspection.date).max().unwrap();
        assert!(last < opens, "{last} in the demo of {year}");
    }
}

#[test]
fn strata_tiers_and_ratings_have_their_shares() {
    let units = demo::brigade(2026, demo::SEED).units;
    let count = |stratum| {
        units
            .iter()
            .filter(|unit| unit.stratum() == stratum)
            .count()
    };
    assert_eq!(Stratum::ALL.map(count), [185, 122, 2105]);
    let tier = |tier| permille(&units, |unit| unit.risk == tier);
    assert!((570..=630).contains(&tier(RiskTier::Green)));
    assert!((240..=300).contains(&tier(RiskTier::Blue)));
    assert!((80..=120).contains(&tier(RiskTier::Yellow)));
    assert!((20..=40).contains(&tier(RiskTier::Red)));
    assert!((880..=920).contains(&permille(&units, |unit| unit.credit == Credit::B)));
    let incomplete = permille(&units, |unit| !unit.missing().is_empty());
    assert!((50..=75).contains(&incomplete), "{incomplete}");
    assert!((15..=40).contains(&permille(&units, |unit| unit.complaints.len() > 1)));
    let zombies = units
        .iter()
        .filter(|unit| unit.tags.contains("疑似僵尸单位"))
        .count();
    assert_eq!(zombies, 41);
}

#[test]
fn ids_names_and_codes_are_unique_and_checked() {
    let units = demo::registry(2026, 20_000, 3);
    let unique = |key: &dyn Fn(&Unit) -> Option<String>| {
        let keys: Vec<String> = units.iter().filter_map(key).collect();
        assert_eq!(keys.len(), keys.iter().collect::<BTreeSet<_>>().len());
    };
    unique(&|unit| Some(unit.id.to_string()));
    unique(&|unit| Some(unit.name.clone()));
    unique(&|unit| unit.code.as_ref().map(ToString::to_string));
    for unit in &units {
        assert!(
            CATEGORIES.contains(&unit.category.as_str()),
            "{}",
            unit.category
        );
        assert!(unit.phone.is_empty() || unit.phone.starts_with("0319-0550"));
        match &unit.code {
            Some(code) => assert!(code.is_organisation_check_right()),
            None => assert_eq!(unit.legal_kind, LegalKind::SoleTrader),
        }
    }
}

#[test]
fn the_year_before_kept_the_law() {
    let units = demo::brigade(2026, demo::SEED).units;
    for stratum in Stratum::ALL {
        let of_stratum: Vec<&Unit> = units.iter().filter(|u| u.stratum() == stratum).collect();
        let visited = of_stratum
            .iter()
            .filter(|unit| made_in_2025(unit) > 0)
            .count();
        let floor = stratum.legal_floor().of(of_stratum.len() as u32);
        assert_eq!(visited, floor as usize);
    }
    for unit in &units {
        assert!(made_in_2025(unit) <= 2);
        for pair in unit.inspections.windows(2) {
            let free = double_random::engine::calendar::add_six_months(pair[0].date);
            assert!(pair[1].date >= free, "{}", unit.id);
        }
    }
}

#[test]
fn officers_lead_leave_and_avoid() {
    let Workbook {
        officers, units, ..
    } = demo::brigade(2026, demo::SEED);
    assert_eq!(
        officers.iter().filter(|officer| officer.may_lead).count(),
        6
    );
    assert!(
        officers
            .iter()
            .map(|officer| officer.avoidances.len())
            .sum::<usize>()
            >= 8
    );
    let year_end = "2026-12-31".parse().unwrap();
    let short = officers
        .iter()
        .filter(|o| o.certificate_until.is_some_and(|day| day < year_end));
    assert_eq!(short.count(), 1);
    for officer in &officers {
        for absence in &officer.absences {
            assert!(absence.from <= absence.to && !absence.reason.is_empty());
            assert!(!absence.approver.is_empty());
        }
        for avoidance in &officer.avoidances {
            assert!(units.iter().any(|unit| unit.id == avoidance.unit));
        }
    }
}

#[test]
fn a_visit_carries_the_items_of_its_unit() {
    let items = demo::standard_items("");
    let units = demo::brigade(2026, demo::SEED).units;
    let of = |stratum| {
        let unit = units.iter().find(|unit| {
            unit.stratum() == stratum && (stratum != Stratum::C || !unit.is_densely_populated)
        });
        count_by_subject(items.iter().filter(|item| item.applies(unit.unwrap())))
            .iter()
            .map(|(_, count)| *count)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Stratum::A), [16, 3, 2]);
    assert_eq!(of(Stratum::B), [14, 3, 2]);
    assert_eq!(of(Stratum::C), [10, 3]);
}

#[test]
fn the_largest_register_has_unique_sorted_ids() {
    let units = demo::registry(2026, 100_500, 5);
    assert!(units.windows(2).all(|pair| pair[0].id < pair[1].id));
    assert_eq!(
        units
            .iter()
            .map(|unit| &unit.name)
            .collect::<BTreeSet<_>>()
            .len(),
        units.len()
    );
}

fn made_in_2025(unit: &Unit) -> usize {
    let days = unit.inspections.iter().map(|inspection| inspection.date);
    days.filter(|day| day.year() == 2025).count()
}
