//! Every unit is told why it was drawn or not, from the record alone, in both
//! languages: on all golden records, with every reason that there is.

use crate::golden;
use crate::own;

use std::collections::{BTreeMap, BTreeSet};

use double_random::engine::cell::Cell;
use double_random::engine::draw::{
    DrawGroup, Exclusion, SizeInput, Standing, WhyDrawn, explain, pools,
};
use double_random::engine::duty::NoPair;
use double_random::engine::lottery::sha256_hex;
use double_random::engine::snapshot::{NotYet, SnapshotUnit};
use double_random::i18n::Lang;
use double_random::model::CandidateId;
use golden::{RECORDS, Record};
use own::{MONTHLY, Own, own_records};

/// The kind of an explanation; what it says of the draw must be so.
fn kind(record: &Record, unit: &CandidateId, why: &WhyDrawn) -> &'static str {
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
                Exclusion::VisitedOnce { .. } => "visited once",
                Exclusion::OutsideFilter => "outside the filter",
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

/// The first 32 hex digits of a key's hash, from the definition alone.
fn key_of(purpose: &str, seed: &str) -> String {
    sha256_hex(&format!("frs1|key|{purpose}|{seed}"))[..32].to_owned()
}

/// Rank, ticket and size of the pool of each unit, worked out from the definition
/// of a lottery number.
fn ranks(own: &Own) -> BTreeMap<CandidateId, (DrawGroup, u32, String, u32)> {
    let seed = own.record.certificate.seed.to_string();
    let mut ranks = BTreeMap::new();
    for (group, pool) in pools(&own.sizes, &own.snapshot) {
        let key = match group {
            DrawGroup::First(_) => key_of("draw/first", &seed),
            DrawGroup::Second => key_of("draw/second", &seed),
            other => unreachable!("no month has {other:?}"),
        };
        let ticket = |unit: &&SnapshotUnit| {
            let line = format!("{key}|{}", unit.id);
            (sha256_hex(&line), unit.id.clone())
        };
        let order: BTreeMap<String, CandidateId> = pool.iter().map(ticket).collect();
        for (rank, (ticket, unit)) in (1..).zip(order) {
            ranks.insert(unit, (group, rank, ticket, pool.len() as u32));
        }
    }
    ranks
}

/// Asserts that a sentence holds every one of some facts.
#[track_caller]
fn holds(text: &str, facts: &[String]) {
    for fact in facts {
        assert!(text.contains(fact.as_str()), "{fact} is not in: {text}");
    }
}

/// What must stand in both languages of a unit that was in a pool.
fn standing_facts(lang: Lang, standing: &Standing) -> Vec<String> {
    let mut facts = vec![
        lang.draw_group(standing.group),
        match lang {
            Lang::Zh => format!("候选 {} 户", standing.pool),
            Lang::En => format!("{} candidates", standing.pool),
        },
        match lang {
            Lang::Zh => format!("第 {} 名", standing.rank),
            Lang::En => format!("ranks {}", standing.rank),
        },
    ];
    facts.push(match (lang, standing.quota, standing.drawn) {
        (Lang::Zh, 0, _) => "没有名额".into(),
        (Lang::En, 0, _) => "no places".into(),
        (Lang::Zh, quota, _) => format!("名额 {quota} 户"),
        (Lang::En, quota, _) => format!("{quota} places"),
    });
    if standing.quota > 0 {
        let line = match (lang, standing.drawn) {
            (Lang::Zh, true) => "在中签线内",
            (Lang::Zh, false) => "在中签线外",
            (Lang::En, true) => "inside the cut line",
            (Lang::En, false) => "outside the cut line",
        };
        facts.push(line.into());
    }
    facts
}

/// What must stand in both languages of a unit that was in none; and that it is so.
fn exclusion_facts(own: &Own, unit: &CandidateId, why: &Exclusion) -> Vec<String> {
    let known = own.snapshot.unit(unit);
    let month = own.snapshot.month;
    let half_a_year = |unit: &SnapshotUnit| {
        let last = unit.last.unwrap();
        (
            last,
            last.checked_add_months(chrono::Months::new(6)).unwrap(),
        )
    };
    match why {
        Exclusion::NotInSnapshot => {
            assert!(known.is_none());
            Vec::new()
        }
        Exclusion::Carried | Exclusion::OutsideFilter => Vec::new(),
        Exclusion::NotYet { limit } => match limit {
            NotYet::SixMonths { last, until } => {
                assert_eq!((*last, *until), half_a_year(known.unwrap()));
                assert!(*until > month.last_day());
                vec![last.to_string(), until.to_string()]
            }
            NotYet::TwiceThisYear { until } => vec![until.to_string()],
            NotYet::Pending => Vec::new(),
        },
        Exclusion::ReleasedLate { until } => {
            assert_eq!(*until, half_a_year(known.unwrap()).1);
            assert!(*until > month.first_day() && *until <= month.last_day());
            vec![until.to_string()]
        }
        Exclusion::Blocked { why } => {
            let stated = own
                .sizes
                .blocked
                .iter()
                .find(|blocked| blocked.unit == *unit);
            assert_eq!(&stated.unwrap().why, why);
            match why {
                NoPair::NoOfficers => Vec::new(),
                NoPair::Avoidance { officers } => {
                    for id in officers {
                        let officer = own.officers.iter().find(|officer| officer.id == *id);
                        assert!(officer.unwrap().avoid.contains(unit));
                    }
                    officers.iter().map(ToString::to_string).collect()
                }
            }
        }
        Exclusion::VisitedOnce { level, twice_level } => {
            let known = known.unwrap();
            assert_eq!((known.count, known.level), (1, *level));
            assert_eq!(*twice_level, own.record.certificate.design.twice_level);
            vec![level.to_string(), twice_level.to_string()]
        }
    }
}

/// Explains one unit in both languages and holds the words against the record.
fn check(
    own: &Own,
    unit: &CandidateId,
    ranks: &BTreeMap<CandidateId, (DrawGroup, u32, String, u32)>,
) -> &'static str {
    let why = explain(unit, &own.sizes, &own.snapshot, own.record.certificate.seed);
    let rank = ranks.get(unit);
    match &why {
        WhyDrawn::InPool(standing) => {
            let (group, rank, ticket, pool) = rank.unwrap();
            assert_eq!(
                (standing.group, standing.rank, standing.pool),
                (*group, *rank, *pool)
            );
            assert_eq!(standing.ticket.to_string(), *ticket);
            assert_eq!(sha256_hex(&standing.line), *ticket);
            assert_eq!(standing.quota, own.sizes.quota(*group));
        }
        WhyDrawn::Excluded { .. } => assert_eq!(rank, None, "{unit}"),
    }
    for lang in [Lang::Zh, Lang::En] {
        let text = words(lang, &why);
        let facts = match &why {
            WhyDrawn::InPool(standing) => standing_facts(lang, standing),
            WhyDrawn::Excluded { why } => exclusion_facts(own, unit, why),
        };
        holds(&text, &facts);
        let is_chinese = text.chars().any(|c| ('一'..='鿿').contains(&c));
        assert_eq!(is_chinese, lang == Lang::Zh, "{text}");
    }
    kind(&own.record, unit, &why)
}

#[test]
fn every_unit_is_told_why_in_both_languages() {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut withheld, mut most) = (0, 0);
    for (_, own) in own_records() {
        let ranks = ranks(&own);
        let joined_later = CandidateId::new("NG-99999").unwrap();
        let units = own.snapshot.units.iter().map(|unit| &unit.id);
        for unit in units.chain([&joined_later]) {
            *kinds.entry(check(&own, unit, &ranks)).or_default() += 1;
        }
        withheld += own.record.register.withheld.len();
        most = most.max(own.snapshot.units.len());
    }
    assert!(withheld > 20 && most >= 5_000, "{withheld} {most}");
    let all = [
        "blocked",
        "carried",
        "drawn",
        "early",
        "no places",
        "not drawn",
        "not in the register",
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

/// Draws of other occasions explain each unit from their own pools.
#[test]
fn supplementary_and_campaign_draws_tell_why_too() {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, text) in &RECORDS[MONTHLY..] {
        let record = Record::read(text);
        let certificate = &record.certificate;
        let commitment = &certificate.commitment;
        let snapshot = record.register.snapshot(commitment.month).unwrap();
        let carried: BTreeSet<CandidateId> = commitment.carried.iter().cloned().collect();
        let sizes = commitment.occasion.sizes(&SizeInput {
            snapshot: &snapshot,
            design: &certificate.design,
            blocked: &commitment.blocked,
            carried: &carried,
            capacity: certificate.capacity,
            minimum: certificate.minimum,
        });
        for unit in &snapshot.units {
            let why = commitment
                .occasion
                .explain(&unit.id, &sizes, &snapshot, certificate.seed);
            *kinds.entry(kind(&record, &unit.id, &why)).or_default() += 1;
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| words(lang, &why));
            let is_chinese = |text: &str| text.chars().any(|c| ('一'..='鿿').contains(&c));
            assert!(is_chinese(&zh) && !is_chinese(&en), "{zh} {en}");
        }
    }
    for kind in ["campaign, drawn", "campaign, not drawn", "combined, drawn"] {
        assert!(kinds.contains_key(kind), "{kind} is missing of {kinds:?}");
    }
}

/// What golden registers do not hold: a unit at the limit, one whose visit is
/// drawn for this very month.
#[test]
fn the_limits_of_the_law_are_named_with_their_end() {
    let (_, own) = own_records().nth(15).unwrap();
    let Own {
        record,
        mut snapshot,
        sizes,
        ..
    } = own;
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
