//! Tampering shows, and shows where: every claim by a change made for it. (Every
//! byte of the published texts by itself: `verify_bytes.rs`.)

use crate::golden;

use std::collections::BTreeSet;

use chrono::Datelike as _;
use double_random::engine::campaign::CampaignSize;
use double_random::engine::ceremony::{EntropyError, EntropyPlan, EntropyRecord};
use double_random::engine::certificate::{Certificate, is_short_code};
use double_random::engine::duty::OfficerDuty;
use double_random::engine::lottery::{canonical_json, sha256_hex};
use double_random::engine::month::PlannedVisit;
use double_random::engine::occasion::{Campaign, Occasion, Supplement};
use double_random::engine::read::ReadError;
use double_random::engine::register::PublishedRegister;
use double_random::engine::verify::by_hand::{by_hand, pool_numbers};
use double_random::engine::verify::{
    Check, Claim, Datum, Difference, Lacking, Outcome, Place, SizeField, holds, verify,
};
use double_random::model::{CandidateId, Officer, OfficerId, Unit, UnitId};
use double_random::workbook::request::{Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw};
use double_random::workbook::{Action, Brigade, Context, Workbook};
use golden::{AGENCIES, CAMPAIGN, COMBINED, RECORDS, Record, SUPPLEMENTARY};

/// A record with every kind of group, officers, plan and an early cell.
const RICH: usize = 15;
/// A record whose witnesses all revealed.
const WITNESSED: usize = 7;

fn record(at: usize) -> Record {
    Record::read(RECORDS[at].1)
}

fn failed(checks: &[Check]) -> Vec<Claim> {
    let failed = |check: &&Check| matches!(check.outcome, Outcome::Failed { .. });
    checks
        .iter()
        .filter(failed)
        .map(|check| check.claim)
        .collect()
}

/// A forgery with the claims that must fail, and no others.
type Forgery = (&'static [Claim], fn(&mut Record));

fn officers(record: &mut Record) -> &mut Vec<OfficerDuty> {
    record.register.officers.as_mut().unwrap()
}

fn first_visit(record: &mut Record) -> &mut PlannedVisit {
    record.certificate.plan.visits.values_mut().next().unwrap()
}

/// Swaps the last drawn unit of the group with most units for the first of its
/// reserve, ranks and tickets put right: what a favour would look like.
fn favour(record: &mut Record) {
    let draws = &mut record.certificate.draws;
    let draw = draws
        .iter_mut()
        .max_by_key(|draw| draw.drawn.len())
        .unwrap();
    let (last, first) = (draw.drawn.last_mut().unwrap(), &mut draw.reserve[0]);
    std::mem::swap(&mut last.unit, &mut first.unit);
    std::mem::swap(&mut last.ticket, &mut first.ticket);
}

/// The favoured unit has no visit planned, and the other one has.
const FAVOUR: &[Claim] = &[
    Claim::Ranks,
    Claim::Drawn,
    Claim::Reserve,
    Claim::Releases,
    Claim::PlanComplete,
    Claim::Days,
    Claim::Teams,
];

/// A visit carried that nobody planned.
const NOT_CARRIED: &[Claim] = &[
    Claim::CommitmentHash,
    Claim::Carried,
    Claim::Releases,
    Claim::PlanComplete,
    Claim::Days,
    Claim::Teams,
];

/// A working day fewer, one that held no visits: before the working days were
/// committed to, laying the days anew left nothing of it to see.
const STRUCK_DAY: &[Claim] = &[
    Claim::WorkingDays,
    Claim::PlanSound,
    Claim::Days,
    Claim::Teams,
];

/// A pending visit left out of those carried.
const FORGOTTEN: &[Claim] = &[
    Claim::CommitmentHash,
    Claim::Carried,
    Claim::Releases,
    Claim::PlanComplete,
    Claim::SetAside,
];

const CEREMONY: &[Forgery] = &[
    (&[], |_| ()),
    (&[Claim::Format], |record| {
        record.certificate.format.push('x')
    }),
    (&[Claim::Genesis], |record| {
        record.register.annual_plan.as_mut().unwrap()["year"] = 1999.into();
    }),
    (&[Claim::CommitmentHash, Claim::Seed], |record| {
        record.certificate.commitment.number += 1;
    }),
    (&[Claim::CommittedBefore], |record| {
        record.certificate.committed_at = record.certificate.drawn_at;
    }),
    (&[Claim::CommitmentHash, Claim::Entropy], |record| {
        record.certificate.commitment.entropy = EntropyPlan::Contributions {
            promises: Vec::new(),
        };
    }),
    (&[Claim::MissingReveals], |record| {
        record.certificate.missing_reveals.push("甲".into());
    }),
    (&[Claim::EntropyHash, Claim::Seed], |record| {
        record.certificate.entropy_hash.0[0] ^= 1;
    }),
    (&[Claim::Design], |record| {
        record.certificate.design.capacity_permille = 1001;
    }),
    (&[Claim::Design, Claim::Levels], |record| {
        record.certificate.design.points.key_industry = 2;
    }),
];

const REGISTERS: &[Forgery] = &[
    (&[Claim::Register, Claim::UnitsRoot], |record| {
        record.register.units.push(record.register.units[0].clone());
    }),
    (&[Claim::Levels, Claim::UnitsRoot], |record| {
        record.register.units[0].points[0].1 += 1;
    }),
    (&[Claim::UnitsRoot], |record| {
        record.register.units[0].salt = record.register.units[1].salt.clone();
    }),
    (&[Claim::OfficersRoot], |record| {
        let unit = CandidateId::new("NG-99999").unwrap();
        officers(record)[0].avoid.insert(unit);
    }),
    (&[Claim::WorkingDays], |record| {
        record.certificate.working_days[9].reverse();
    }),
    (&[Claim::WorkingDays, Claim::Capacity], |record| {
        record.certificate.working_days[9].pop();
        record.certificate.working_days[9].pop();
    }),
    // A day struck out of the drawn month itself, after the entropy came.
    (STRUCK_DAY, |record| {
        record.certificate.working_days[3].remove(2);
    }),
    // A pending visit forgotten.
    (FORGOTTEN, |record| {
        record.certificate.commitment.carried.pop();
    }),
    (
        &[Claim::CommitmentHash, Claim::Blocked, Claim::Cells],
        |record| {
            record.certificate.commitment.blocked.clear();
        },
    ),
    (NOT_CARRIED, |record| {
        let unit = CandidateId::new("NG-00003").unwrap();
        record.certificate.commitment.carried.push(unit);
    }),
];

const LOTS: &[Forgery] = &[
    (&[Claim::CommitmentHash, Claim::Cells], |record| {
        record.certificate.commitment.cells[0].target += 1;
    }),
    (&[Claim::Load], |record| record.certificate.theta = Some(7)),
    (&[Claim::CommitmentHash, Claim::Second], |record| {
        record.certificate.commitment.second_pool += 1;
    }),
    (&[Claim::GroupSizes], |record| {
        record.certificate.draws[0].pool += 1;
    }),
    (&[Claim::GroupSizes], |record| {
        record.certificate.draws[0].reserve.pop();
    }),
    (&[Claim::Tickets], |record| {
        record.certificate.draws[0].key.replace_range(..1, "x");
    }),
    (&[Claim::Tickets, Claim::Ranks], |record| {
        record.certificate.draws[0].drawn[0].ticket.0 = [255; 32];
    }),
    (&[Claim::Ranks], |record| {
        record.certificate.draws[0].drawn[0].rank += 1;
    }),
    (FAVOUR, favour),
];

const PLAN: &[Forgery] = &[
    (&[Claim::Releases], |record| {
        record.certificate.releases.pop_first();
    }),
    (
        &[Claim::PlanComplete, Claim::Days, Claim::Teams],
        |record| {
            record.certificate.plan.visits.pop_first();
        },
    ),
    (&[Claim::PlanComplete, Claim::SetAside], |record| {
        record.certificate.plan.set_aside.clear();
    }),
    (&[Claim::PlanSound, Claim::Days], |record| {
        let day = first_visit(record).day;
        first_visit(record).day = day.with_day(5).unwrap();
    }),
    (&[Claim::PlanSound, Claim::Teams], |record| {
        let lead = first_visit(record).lead.clone();
        first_visit(record).member = lead;
    }),
    (&[Claim::Teams], |record| {
        let visit = first_visit(record);
        std::mem::swap(&mut visit.lead, &mut visit.member);
    }),
    (&[Claim::Teams], |record| record.certificate.plan.cost += 1),
    (&[Claim::Teams], |record| {
        record.certificate.plan.attempt += 1
    }),
];

/// Seals each forgery again, as a forger would, and looks at what fails.
#[test]
fn forgeries_show_where_they_were_made() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (group, forgeries) in [CEREMONY, REGISTERS, LOTS, PLAN].into_iter().enumerate() {
        for (at, (claims, change)) in forgeries.iter().enumerate() {
            let mut record = record(RICH);
            change(&mut record);
            record.certificate = record.certificate.sealed();
            let found = failed(&record.verify(None));
            if found != *claims {
                wrong.push(format!("{group}/{at}: {found:?}, not {claims:?}"));
            }
            seen.extend(found);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The others have tests of their own below.
    let others = BTreeSet::from([
        Claim::CertificateHash,
        Claim::Previous,
        Claim::ValueInTime,
        Claim::Limits,
        Claim::Occasion,
    ]);
    let unseen = Claim::ALL.iter().filter(|claim| !seen.contains(claim));
    assert_eq!(unseen.copied().collect::<BTreeSet<_>>(), others);
}

/// The differences that a claim's check found.
fn differences(checks: &[Check], claim: Claim) -> &[Difference] {
    let check = checks.iter().find(|check| check.claim == claim).unwrap();
    match &check.outcome {
        Outcome::Failed { differences } => differences,
        _ => &[],
    }
}

#[test]
fn an_unsealed_change_shows_in_the_hash() {
    let mut record = record(RICH);
    record.certificate.operator.push('x');
    let checks = record.verify(None);
    assert_eq!(failed(&checks), [Claim::CertificateHash]);
    let found = Datum::Hash(record.certificate.clone().sealed().hash);
    assert_eq!(differences(&checks, Claim::CertificateHash)[0].found, found);
}

#[test]
fn a_favour_is_named() {
    let mut record = record(RICH);
    let drawn = record.certificate.draws[2].drawn[1].clone();
    let reserve = record.certificate.draws[2].reserve[0].clone();
    let group = record.certificate.draws[2].group;
    favour(&mut record);
    let checks = record.verify(None);
    let expected = Difference {
        at: Place::Rank { group, rank: 2 },
        stated: Datum::Unit(reserve.unit),
        found: Datum::Unit(drawn.unit),
    };
    assert_eq!(differences(&checks, Claim::Drawn), [expected]);
}

#[test]
fn a_wrong_size_is_named_with_both_numbers() {
    let mut record = record(RICH);
    let cell = &mut record.certificate.commitment.cells[0];
    cell.target += 1;
    let (name, target) = (cell.cell, cell.target);
    let expected = Difference {
        at: Place::Cell {
            cell: name,
            size: SizeField::Target,
        },
        stated: Datum::Number(target.into()),
        found: Datum::Number(u64::from(target) - 1),
    };
    assert_eq!(differences(&record.verify(None), Claim::Cells), [expected]);
}

/// A unit visited a month before it is drawn, in register and certificate alike.
#[test]
fn a_visit_too_early_is_named() {
    let mut record = record(RICH);
    let (id, visit) = record.certificate.plan.visits.pop_first().unwrap();
    let units = record.register.units.iter_mut();
    let unit = units.into_iter().find(|unit| unit.id == id).unwrap();
    unit.last = Some(visit.day - chrono::Days::new(30));
    record.certificate.plan.visits.insert(id.clone(), visit);
    let checks = record.verify(None);
    let found = differences(&checks, Claim::Limits);
    assert_eq!(found[0].at, Place::Unit { unit: id });
    assert!(matches!(found[0].found, Datum::Limit(_)), "{found:?}");
}

/// What a forged draw of another occasion must fail, held against the certificate
/// before it: the record, the claims, the change.
type OccasionForgery = (usize, &'static [Claim], fn(&mut Record));

fn supplement(record: &mut Record) -> &mut Supplement {
    match &mut record.certificate.commitment.occasion {
        Occasion::Supplementary(supplement) => supplement,
        other => panic!("{other:?}"),
    }
}

fn campaign(record: &mut Record) -> &mut Campaign {
    match &mut record.certificate.commitment.occasion {
        Occasion::Campaign(campaign) => campaign,
        other => panic!("{other:?}"),
    }
}

/// Favours a unit and plans its visit in the place of the other.
fn favour_with_visit(record: &mut Record) {
    let draws = &record.certificate.draws;
    let draw = draws.iter().max_by_key(|draw| draw.drawn.len()).unwrap();
    let (out, steps_in) = (draw.drawn.last().unwrap().unit.clone(), &draw.reserve[0]);
    let steps_in = steps_in.unit.clone();
    favour(record);
    let plan = &mut record.certificate.plan;
    if let Some(visit) = plan.visits.remove(&out) {
        plan.visits.insert(steps_in, visit);
    }
}

const OCCASIONS: &[OccasionForgery] = &[
    // A unit less is named as drawn before, so that it could be drawn twice.
    (
        SUPPLEMENTARY,
        &[Claim::CommitmentHash, Claim::Occasion, Claim::Cells],
        |record| {
            let drawn = supplement(record).drawn.clone();
            let units = &record.register.units;
            let is_open = |id: &&CandidateId| units.iter().any(|leaf| leaf.id == **id);
            let unit = drawn.iter().find(is_open).unwrap();
            supplement(record).drawn.remove(unit);
        },
    ),
    // Two officers are made free on a day on which they have a visit.
    (
        SUPPLEMENTARY,
        &[Claim::CommitmentHash, Claim::Occasion],
        |record| supplement(record).busy.clear(),
    ),
    (
        SUPPLEMENTARY,
        &[Claim::CommitmentHash, Claim::Occasion],
        |record| {
            supplement(record).to.insert(99);
        },
    ),
    (
        SUPPLEMENTARY,
        &[Claim::CommitmentHash, Claim::Cells],
        |record| record.certificate.commitment.cells[2].quota += 1,
    ),
    (
        SUPPLEMENTARY,
        &[Claim::Ranks, Claim::Drawn, Claim::Reserve],
        favour_with_visit,
    ),
    // A visit before the first day, and one of a busy officer.
    (SUPPLEMENTARY, &[Claim::PlanSound, Claim::Days], |record| {
        first_visit(record).day = "2026-09-01".parse().unwrap();
    }),
    (SUPPLEMENTARY, &[Claim::PlanSound, Claim::Teams], |record| {
        let day = first_visit(record).day;
        let busy = supplement(record).busy.clone();
        let who = busy.iter().find(|busy| busy.1.contains(&day));
        first_visit(record).member = who.unwrap().0.clone();
    }),
    (
        COMBINED,
        &[Claim::CommitmentHash, Claim::Occasion, Claim::GroupSizes],
        |record| {
            let unit = CandidateId::new("NG-99999").unwrap();
            campaign(record).pool.insert(unit);
        },
    ),
    (
        COMBINED,
        &[Claim::CommitmentHash, Claim::Occasion, Claim::GroupSizes],
        |record| {
            let planned = campaign(record).in_plan.clone();
            let other = campaign(record).pool.difference(&planned).next();
            let other = other.unwrap().clone();
            campaign(record).in_plan.insert(other);
        },
    ),
    (
        CAMPAIGN,
        &[Claim::CommitmentHash, Claim::GroupSizes],
        |record| campaign(record).size = CampaignSize::Count(1),
    ),
    (
        CAMPAIGN,
        &[Claim::CommitmentHash, Claim::Tickets],
        |record| campaign(record).id.push('9'),
    ),
    (
        CAMPAIGN,
        &[Claim::CommitmentHash, Claim::Occasion],
        |record| campaign(record).filter.clear(),
    ),
    (
        CAMPAIGN,
        &[Claim::Ranks, Claim::Drawn, Claim::Reserve],
        favour_with_visit,
    ),
    (
        AGENCIES,
        &[Claim::Ranks, Claim::Drawn, Claim::Reserve],
        favour,
    ),
    (
        AGENCIES,
        &[Claim::CommitmentHash, Claim::GroupSizes, Claim::Drawn],
        |record| match &mut record.certificate.commitment.occasion {
            Occasion::Register(register) => {
                let drawn = record.certificate.draws[0].drawn[0].unit.clone();
                register.pool.remove(&drawn);
            }
            other => panic!("{other:?}"),
        },
    ),
];

#[test]
fn forged_occasions_show() {
    for (at, (number, claims, change)) in OCCASIONS.iter().enumerate() {
        let before = record(*number - 1).certificate;
        let mut forged = record(*number);
        assert_eq!(failed(&forged.verify(Some(&before))), [], "{number}");
        change(&mut forged);
        forged.certificate = forged.certificate.sealed();
        let found = failed(&forged.verify(Some(&before)));
        let misses = claims.iter().filter(|claim| !found.contains(claim));
        let misses: Vec<&Claim> = misses.collect();
        assert!(misses.is_empty(), "{at}: {misses:?} not in {found:?}");
    }
}

/// Of draws that bring their pool along, the lottery is checked from the
/// certificate alone.
#[test]
fn own_pools_need_no_register() {
    for number in [COMBINED, CAMPAIGN, AGENCIES] {
        let certificate = record(number).certificate;
        let checks = verify(&certificate, None, None);
        assert!(holds(&checks));
        for claim in [
            Claim::GroupSizes,
            Claim::Tickets,
            Claim::Drawn,
            Claim::Reserve,
        ] {
            let check = checks.iter().find(|check| check.claim == claim).unwrap();
            assert!(matches!(check.outcome, Outcome::Passed { .. }), "{check:?}");
        }
        for draw in &certificate.draws {
            let order = pool_numbers(&certificate, None, draw.group).unwrap();
            assert_eq!(order.len(), draw.pool as usize);
            let last = &order.last().unwrap().unit;
            let steps = by_hand(&certificate, None, last).unwrap().unwrap();
            assert_eq!((steps.rank, steps.pool), (draw.pool, draw.pool));
        }
    }
}

/// What a supplementary draw adds to stays open where only another certificate is
/// at hand, or none, and says so.
#[test]
fn a_supplement_without_the_earlier_draws_is_left_open() {
    let this = record(SUPPLEMENTARY);
    let of = |checks: Vec<Check>| {
        let mut checks = checks.into_iter();
        checks
            .find(|check| check.claim == Claim::Occasion)
            .unwrap()
            .outcome
    };
    let why = Lacking::Previous;
    assert_eq!(of(this.verify(None)), Outcome::NotCheckable { why });
    let why = Lacking::EarlierDraws;
    let other = record(SUPPLEMENTARY - 2).certificate;
    assert_eq!(of(this.verify(Some(&other))), Outcome::NotCheckable { why });
}

/// A second supplementary draw names what the first one drew and knew.
#[test]
fn supplements_follow_each_other() {
    let first = record(SUPPLEMENTARY);
    let mut second = record(SUPPLEMENTARY);
    let number = first.certificate.commitment.number;
    second.certificate.commitment.number = number + 1;
    let known = supplement(&mut second);
    known.to.insert(number);
    known.drawn.extend(first.certificate.drawn().cloned());
    for visit in first.certificate.plan.visits.values() {
        for officer in [&visit.lead, &visit.member] {
            known
                .busy
                .entry(officer.clone())
                .or_default()
                .insert(visit.day);
        }
    }
    let of = |record: &Record| {
        let checks = record.verify(Some(&first.certificate));
        failed(&checks).contains(&Claim::Occasion)
    };
    assert!(!of(&second));
    supplement(&mut second).to.remove(&(number - 1));
    assert!(of(&second));
}

/// Lists that are too long are named before anything is done with them.
#[test]
fn an_occasion_with_too_many_units_is_refused() {
    let mut long = record(CAMPAIGN);
    let ids = (0..=200_000).map(|number| CandidateId::new(format!("X-{number}")).unwrap());
    campaign(&mut long).pool = ids.collect();
    let checks = long.verify(None);
    assert!(failed(&checks).contains(&Claim::Occasion));
    let drawn = checks
        .iter()
        .find(|check| check.claim == Claim::Drawn)
        .unwrap();
    let why = Lacking::SoundOccasion;
    assert_eq!(drawn.outcome, Outcome::NotCheckable { why });
}

#[test]
fn the_chain_of_certificates_holds_and_breaks() {
    let (before, this) = (record(WITNESSED - 1), record(WITNESSED));
    assert_eq!(failed(&this.verify(Some(&before.certificate))), []);
    let mut changed = before.certificate.clone();
    changed.shown_at.push('x');
    assert_eq!(failed(&this.verify(Some(&changed))), [Claim::Previous]);
    let earlier = record(WITNESSED - 2).certificate;
    assert_eq!(failed(&this.verify(Some(&earlier))), [Claim::Previous]);
    let mut first = record(0);
    first.certificate.previous = Some(before.certificate.hash);
    first.certificate = first.certificate.sealed();
    assert_eq!(failed(&first.verify(None)), [Claim::Previous]);
}

#[test]
fn a_reveal_that_does_not_fit_names_its_witness() {
    let mut record = record(WITNESSED);
    let EntropyRecord::Contributions { contributions } = &mut record.certificate.entropy else {
        panic!("record {WITNESSED} has witnesses");
    };
    contributions[1].reveal.as_mut().unwrap().words = "别的话".into();
    let checks = record.verify(None);
    let name = "李工".to_owned();
    assert_eq!(
        differences(&checks, Claim::Entropy)[0].at,
        Place::Witness { name }
    );
}

/// Records with a public value: taken in before the fallback's hour, the named one
/// after it, and the fallback.
const PUBLIC: [usize; 3] = [11, 14, 8];

#[test]
fn a_value_taken_in_late_says_what_nobody_here_can_tell() {
    let outcome = |at: usize| {
        let checks = record(at).verify(None);
        let check = checks
            .into_iter()
            .find(|check| check.claim == Claim::ValueInTime);
        check.unwrap().outcome
    };
    assert_eq!(outcome(PUBLIC[0]), Outcome::Passed { checked: 1 });
    for (at, falls_back) in [(PUBLIC[1], false), (PUBLIC[2], true)] {
        let Outcome::NotCheckable {
            why: Lacking::Publication { by, is_fallback },
        } = outcome(at)
        else {
            panic!("record {at} was drawn after the fallback took over");
        };
        assert_eq!(
            (by.format("%H:%M").to_string(), is_fallback),
            ("18:00".into(), falls_back)
        );
    }
}

type ValueChange = fn(&mut String);

#[test]
fn a_value_written_in_another_way_fails_though_all_follows_from_it() {
    let written: [(ValueChange, bool); 3] = [
        (|value| value.insert(3, ' '), true),
        (|value| value.push('0'), false),
        (|value| value.truncate(value.len() - 1), false),
    ];
    for (change, is_form) in written {
        let mut record = record(PUBLIC[0]);
        let certificate = &mut record.certificate;
        let EntropyRecord::PublicValue { value, .. } = &mut certificate.entropy else {
            panic!("record {} has a public value", PUBLIC[0]);
        };
        change(value);
        certificate.entropy_hash = certificate.entropy.hash().unwrap();
        certificate.seed = certificate.commitment.seed(&certificate.entropy).unwrap();
        let checks = record.verify(None);
        let found = &differences(&checks, Claim::Entropy)[0].stated;
        let is_form_error = *found == Datum::Entropy(EntropyError::NotCanonical);
        assert_eq!(is_form_error, is_form, "{found:?}");
    }
}

/// Without the register the certificate's own words are checked all the same.
#[test]
fn a_certificate_alone_is_checked_as_far_as_it_goes() {
    let record = record(RICH);
    let checks = verify(&record.certificate, None, None);
    assert!(holds(&checks));
    let is_open = |check: &&Check| {
        let why = Lacking::Register;
        check.outcome == Outcome::NotCheckable { why }
    };
    let open: Vec<Claim> = checks
        .iter()
        .filter(is_open)
        .map(|check| check.claim)
        .collect();
    assert!(open.contains(&Claim::Drawn) && !open.contains(&Claim::Tickets));
    let mut certificate = record.certificate;
    certificate.draws[0].drawn[0].ticket.0[31] ^= 1;
    let failed = failed(&verify(&certificate, None, None));
    assert_eq!(failed, [Claim::CertificateHash, Claim::Tickets]);
}

/// A withheld unit that is skipped, or an open one, cannot hide.
#[test]
fn withheld_units_leave_open_only_what_they_must() {
    let at = RECORDS.iter().position(|text| {
        let record = Record::read(text.1);
        let draws = record.certificate.draws.iter();
        !record.register.withheld.is_empty() && draws.into_iter().any(|draw| draw.drawn.len() > 1)
    });
    let whole = record(at.unwrap());
    assert!(holds(&whole.verify(None)));
    let mut fewer = record(at.unwrap());
    fewer.register.withheld.pop();
    let shown = failed(&fewer.verify(None));
    assert!(
        shown.contains(&Claim::UnitsRoot) && shown.contains(&Claim::Cells),
        "{shown:?}"
    );
    let mut skipped = record(at.unwrap());
    favour(&mut skipped);
    assert!(failed(&skipped.verify(None)).contains(&Claim::Drawn));
}

/// The texts of a record as they are published.
fn texts(at: usize) -> (String, String) {
    let record = record(at);
    let register = canonical_json(&record.register).unwrap();
    (record.certificate.canonical(), register)
}

#[test]
fn what_cannot_be_read_names_its_place() {
    let (certificate, _) = texts(RICH);
    let error = |from: &str, to: &str| Certificate::read(&certificate.replacen(from, to, 1));
    assert!(
        matches!(error("frs1", "frs2"), Err(ReadError::Format { found: Some(found) }) if found == "frs2")
    );
    assert!(
        matches!(error("\"seed\"", "\"sead\""), Err(ReadError::Shape { line: 1, column, .. }) if column > 1)
    );
    // A date with a space reads as the same day, and is not the same text.
    let day = format!(
        "{}",
        record(RICH)
            .certificate
            .plan
            .visits
            .values()
            .next()
            .unwrap()
            .day
    );
    let spaced = day.replacen("-0", "- ", 1);
    assert!(
        matches!(error(&day, &spaced), Err(ReadError::NotUnderstood { path }) if path.starts_with("/"))
    );
}

#[test]
fn short_codes_are_the_hash_read_aloud() {
    let certificate = record(RICH).certificate;
    let code = certificate.short_code();
    assert_eq!(code.split(' ').map(str::len).collect::<Vec<_>>(), [4; 4]);
    assert!(is_short_code(&code.replace(' ', "－"), certificate.hash));
    assert!(!is_short_code(&code[1..], certificate.hash));
    assert!(!is_short_code(&code, record(0).certificate.hash));
}

/// Each listed unit's line gives its ticket, and so does that of one not listed.
#[test]
fn numbers_are_checked_by_hand() {
    let record = record(RICH);
    let (certificate, register) = (&record.certificate, Some(&record.register));
    for draw in &certificate.draws {
        for place in draw.listed() {
            let steps = by_hand(certificate, None, &place.unit).unwrap().unwrap();
            assert_eq!(sha256_hex(&steps.line), place.ticket.to_string());
            assert_eq!((steps.rank, steps.group), (place.rank, draw.group));
            assert_eq!(steps.drawn, draw.drawn.contains(place));
            assert!(steps.ticket.to_string().starts_with(&steps.digits.concat()));
            assert!(steps.command_windows_write.contains(&steps.line));
        }
        let order = pool_numbers(certificate, register, draw.group).unwrap();
        assert_eq!(order.len(), draw.pool as usize);
        let last = order.last().unwrap();
        let steps = by_hand(certificate, register, &last.unit).unwrap().unwrap();
        assert_eq!((steps.rank, steps.ticket), (draw.pool, last.ticket));
    }
    let stranger = CandidateId::new("NG-99999").unwrap();
    assert_eq!(by_hand(certificate, register, &stranger), Ok(None));
    assert_eq!(
        by_hand(certificate, None, &stranger),
        Err(Lacking::Register)
    );
}

/// A small brigade's workbook after its draws for January and February.
fn drawn_workbook() -> Workbook {
    let mut workbook = Workbook::new("0123456789abcdef", Brigade::new("南宫市消防救援大队"), 2026);
    let mut act = |now: &str, action: Action| {
        let context = Context {
            now: now.parse().unwrap(),
            who: "沙维新".into(),
        };
        workbook.apply(action, &context).unwrap();
    };
    let day = "2025-12-20T09:00:00";
    for number in 0..60 {
        let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
        unit.is_key = number % 5 == 0;
        unit.is_densely_populated = number % 10 == 0;
        act(day, Action::AddUnit(Box::new(unit)));
    }
    for number in 0..6 {
        let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{number}"));
        officer.may_lead = number % 2 == 0;
        act(day, Action::AddOfficer(Box::new(officer)));
    }
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act("2025-12-25T09:00:00", freeze);
    for (number, day, month) in [(1, "2025-12-30", "2026-01"), (2, "2026-01-30", "2026-02")] {
        let open = OpenDraw {
            month: month.parse().unwrap(),
            reason: String::new(),
            salt_seed: [7; 32],
        };
        let commit = Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "大队公示栏".into(),
        };
        let entropy = EntropyGiven::Local([number as u8; 32]);
        act(&format!("{day}T09:00:00"), Action::OpenDraw(open));
        act(&format!("{day}T09:20:00"), Action::Commit(commit));
        act(
            &format!("{day}T09:38:00"),
            Action::Draw(RunDraw { number, entropy }),
        );
    }
    workbook
}

/// What a workbook publishes of its draws proves itself, chain and all.
#[test]
fn the_draws_of_a_workbook_are_proved() {
    let workbook = drawn_workbook();
    let mut previous = None;
    for draw in &workbook.years[0].draws {
        let certificate = workbook.certificate(draw).unwrap();
        let register = workbook
            .published_register(draw, &BTreeSet::new(), true)
            .unwrap();
        let certificate = Certificate::read(&certificate.canonical()).unwrap();
        let register = PublishedRegister::read(&canonical_json(&register).unwrap()).unwrap();
        let checks = verify(&certificate, Some(&register), previous.as_ref());
        let is_open = |check: &&Check| !matches!(check.outcome, Outcome::Passed { .. });
        assert_eq!(
            checks.iter().filter(is_open).collect::<Vec<_>>(),
            Vec::<&Check>::new()
        );
        assert!(certificate.drawn().count() > 0);
        previous = Some(certificate);
    }
}
