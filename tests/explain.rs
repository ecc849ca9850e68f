//! Every unit is told why it was drawn or not, from the record alone, in both
//! languages: on all golden records, with every reason that there is.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod golden;

use std::collections::{BTreeMap, BTreeSet};

use double_random::engine::cell::Cell;
use double_random::engine::draw::{DrawGroup, Exclusion, MonthSizes, SizeInput, WhyDrawn, explain};
use double_random::engine::snapshot::{NotYet, Snapshot};
use double_random::i18n::Lang;
use double_random::model::UnitId;
use golden::{RECORDS, Record};

/// Snapshot and sizes of a record in which no unit is withheld.
fn worked_out(record: &Record) -> (Snapshot, MonthSizes) {
    let certificate = &record.certificate;
    let commitment = &certificate.commitment;
    let snapshot = record.register.snapshot(commitment.month).unwrap();
    let carried: BTreeSet<UnitId> = commitment.carried.iter().cloned().collect();
    let sizes = commitment.occasion.sizes(&SizeInput {
        snapshot: &snapshot,
        design: &certificate.design,
        blocked: &commitment.blocked,
        carried: &carried,
        capacity: certificate.capacity,
        minimum: certificate.minimum,
    });
    (snapshot, sizes)
}

/// The kind of an explanation; what it says of the draw must be so.
fn kind(record: &Record, unit: &UnitId, why: &WhyDrawn) -> &'static str {
    let listed = record.certificate.listed(unit);
    let carried = &record.certificate.commitment.carried;
    match why {
        WhyDrawn::InPool(standing) => {
            let is_drawn = listed.is_some_and(|(draw, place)| draw.drawn.contains(place));
            assert_eq!(standing.drawn, is_drawn, "{unit}");
            assert_eq!(standing.reserve, listed.is_some() && !is_drawn, "{unit}");
            if let Some((draw, place)) = listed {
                assert_eq!((draw.group, place.rank), (standing.group, standing.rank));
                assert_eq!((place.ticket, draw.pool), (standing.ticket, standing.pool));
            }
            match (standing.group, standing.drawn, standing.quota) {
                (DrawGroup::Second, true, _) => "second, drawn",
                (DrawGroup::Second, false, _) => "second, not drawn",
                (DrawGroup::First(Cell::Early), ..) => "early",
                (DrawGroup::Combined, true, _) => "combined, drawn",
                (DrawGroup::Campaign, true, _) => "campaign, drawn",
                (DrawGroup::Campaign, false, _) => "campaign, not drawn",
                (_, true, _) => "drawn",
                (_, false, 0) => "no places",
                _ => "not drawn",
            }
        }
        WhyDrawn::Excluded { why } => {
            assert_eq!(listed, None, "{unit}");
            assert_eq!(*why == Exclusion::Carried, carried.contains(unit), "{unit}");
            match why {
                Exclusion::NotInSnapshot => "not in the register",
                Exclusion::Carried => "carried",
                Exclusion::NotYet { limit } => match limit {
                    NotYet::TwiceThisYear { .. } => "twice",
                    NotYet::Pending => "pending",
                    NotYet::SixMonths { .. } => "six months",
                },
                Exclusion::ReleasedLate { .. } => "released late",
                Exclusion::Blocked { .. } => "blocked",
                Exclusion::OutsideFilter => "outside the filter",
                Exclusion::VisitedOnce { .. } => "visited once",
            }
        }
    }
}

fn words(lang: Lang, why: &WhyDrawn) -> String {
    match why {
        WhyDrawn::InPool(standing) => lang.standing(standing),
        WhyDrawn::Excluded { why } => lang.exclusion(why, ToString::to_string),
    }
}

#[test]
fn every_unit_is_told_why_in_both_languages() {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, text) in RECORDS {
        let record = Record::read(text);
        let is_large = record.register.units.len() >= 5_000;
        if is_large || !record.register.withheld.is_empty() {
            continue;
        }
        let (snapshot, sizes) = worked_out(&record);
        let seed = record.certificate.seed;
        let joined_later = UnitId::new("NG-99999").unwrap();
        let units = snapshot.units.iter().map(|unit| &unit.id);
        for unit in units.chain([&joined_later]) {
            let occasion = &record.certificate.commitment.occasion;
            let why = occasion.explain(unit, &sizes, &snapshot, seed);
            *kinds.entry(kind(&record, unit, &why)).or_default() += 1;
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| words(lang, &why));
            let is_chinese = |text: &str| text.chars().any(|c| ('一'..='鿿').contains(&c));
            assert!(is_chinese(&zh) && !is_chinese(&en), "{zh} {en}");
        }
    }
    let all = [
        "blocked",
        "campaign, drawn",
        "campaign, not drawn",
        "carried",
        "combined, drawn",
        "drawn",
        "early",
        "no places",
        "not drawn",
        "not in the register",
        "outside the filter",
        "pending",
        "released late",
        "second, drawn",
        "second, not drawn",
        "six months",
        "visited once",
    ];
    let missing: Vec<_> = all
        .iter()
        .filter(|kind| !kinds.contains_key(**kind))
        .collect();
    assert!(missing.is_empty(), "missing {missing:?} of {kinds:?}");
}

/// What golden registers do not hold: a unit at the limit, one whose visit is
/// drawn for this very month.
#[test]
fn the_limits_of_the_law_are_named_with_their_end() {
    let record = Record::read(RECORDS[15].1);
    let (mut snapshot, sizes) = worked_out(&record);
    let last = snapshot.month.first_day() - chrono::Days::new(200);
    let [twice, pending] = [0, 1].map(|at| snapshot.units[at].id.clone());
    (snapshot.units[0].count, snapshot.units[0].last) = (2, Some(last));
    (snapshot.units[1].count, snapshot.units[1].pending) = (0, true);
    let of = |unit| explain(unit, &sizes, &snapshot, record.certificate.seed);
    let year = snapshot.month.year() + 1;
    let until = Lang::Zh.exclusion(
        &match of(&twice) {
            WhyDrawn::Excluded { why } => why,
            other => panic!("{other:?}"),
        },
        ToString::to_string,
    );
    assert!(
        until.contains("到上限") && until.contains(&format!("{year}-01-01")),
        "{until}"
    );
    let limit = NotYet::Pending;
    let why = Exclusion::NotYet { limit };
    assert_eq!(of(&pending), WhyDrawn::Excluded { why });
}
