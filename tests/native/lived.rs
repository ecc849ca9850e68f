//! The demo's lived year: that its story is there, that its draws verify, and that its bytes
//! never move.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use double_random::demo;
use double_random::engine::lottery::sha256;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::verify::{Check, Outcome as Verified, verify};
use double_random::exchange::json;
use double_random::exchange::verification::verification_file;
use double_random::workbook::plan_change::PlanChangeKind;
use double_random::workbook::self_check::{CheckKind, Verdict};
use double_random::workbook::suspect::Suspicion;
use double_random::workbook::visit_record::Outcome;
use double_random::workbook::visit_stage::VisitStage;
use double_random::workbook::{Visit, VisitState, Workbook};

pub(crate) fn lived() -> Workbook {
    at_once(demo::lived(2026, demo::SEED, &AtOnce))
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 20).unwrap()
}

/// The page gives the same bytes (`tests/e2e/quarter.test.mjs`).
#[test]
fn the_lived_year_never_moves() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lived-2026.sha256");
    let made = sha256(serde_json::to_string(&lived()).unwrap().as_bytes()).to_string() + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        made, kept,
        "the lived year changed; if that is meant, run again with BLESS=1"
    );
}

#[test]
fn its_file_is_read_as_it_was_written() {
    let book = lived();
    let text = json::workbook_to_json(&book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!("a workbook is read as one");
    };
    assert_eq!(read.workbook, book);
}

#[test]
fn each_of_its_draws_verifies() {
    let book = lived();
    let mut before = None;
    for draw in book.draws() {
        let file = verification_file(&book, draw).unwrap();
        let checks = verify(&file.certificate, file.register.as_ref(), before.as_ref());
        let is_failed = |it: &&Check| matches!(it.outcome, Verified::Failed { .. });
        let failed: Vec<&Check> = checks.iter().filter(is_failed).collect();
        assert!(failed.is_empty(), "{}: {failed:?}", draw.number);
        before = Some(file.certificate);
        assert_eq!(book.has_changes(draw), book.changes_of(draw).is_some());
    }
}

#[test]
fn four_months_are_over_and_the_fifth_is_half_carried_out() {
    let book = lived();
    assert_eq!(book.demo_today, Some(today()));
    assert!(book.trail.last().unwrap().at.date() < today());
    let in_order = book.trail.windows(2).all(|two| two[0].at <= two[1].at);
    assert!(in_order, "the clock goes forward");
    let months = book.draws().filter(|draw| draw.occasion.is_month());
    assert_eq!(months.count(), 5);
    let waits = book
        .draws()
        .filter(|draw| draw.own_register().is_none() && draw.approval.is_none());
    assert_eq!(waits.count(), 0);

    let is_of = |visit: &&Visit, month: u32| {
        let planned = book.planned_of(visit);
        planned.is_some_and(|it| it.day.month() == month)
    };
    for month in 1..=4 {
        let open = book.visits().filter(|it| is_of(it, month));
        let open = open.filter(|visit| book.is_pending(visit));
        assert_eq!(open.count(), 0, "nothing of {month} is left");
    }
    let may: Vec<&Visit> = book.visits().filter(|it| is_of(it, 5)).collect();
    let made = may.iter().filter(|visit| visit.made.is_some()).count();
    assert!(made * 3 > may.len() && made * 3 < may.len() * 2, "{made}");
    let due = book.check_due(today()).unwrap();
    assert!(due.is_due(today()) && !due.is_late(today()));
    assert_eq!(due.day, today());
}

#[test]
fn there_is_something_to_find_of_each_kind() {
    let book = lived();
    let stages: BTreeSet<VisitStage> = book
        .visits()
        .map(|visit| book.visit_stage(visit, today()))
        .collect();
    for stage in [
        VisitStage::Planned,
        VisitStage::ToEnter,
        VisitStage::Overdue,
        VisitStage::ToReview,
        VisitStage::ToRecheck,
        VisitStage::Done,
        VisitStage::Void,
    ] {
        assert!(stages.contains(&stage), "{stage:?} of {stages:?}");
    }
    let records = book.visits().filter_map(|visit| visit.record());
    let outcomes: Vec<Outcome> = records.map(|record| record.outcome).collect();
    let count = |outcome| outcomes.iter().filter(|it| **it == outcome).count();
    assert!(count(Outcome::NoProblem) * 10 > outcomes.len() * 6);
    assert!(count(Outcome::Ordered) * 10 > outcomes.len());
    assert!(count(Outcome::Unreachable) > 0 && count(Outcome::NotOperating) > 0);

    let changes = book.visits().flat_map(|visit| &visit.plan_changes);
    let kinds: Vec<&PlanChangeKind> = changes.map(|change| &change.kind).collect();
    let has = |is: fn(&&PlanChangeKind) -> bool| kinds.iter().copied().any(|kind| is(&kind));
    assert!(has(|kind| matches!(kind, PlanChangeKind::Day)));
    assert!(has(|kind| matches!(kind, PlanChangeKind::StandIn { .. })));
    assert!(has(|kind| matches!(kind, PlanChangeKind::Closed { .. })));
    assert!(has(|kind| matches!(kind, PlanChangeKind::StepsIn { .. })));
    let away = book.officers.iter().filter(|it| it.is_absent(today()));
    assert!(away.count() > 1, "one on leave beside the one of before");
    let void = book
        .visits()
        .filter(|visit| visit.state(book.unit(&visit.id.unit)) == VisitState::Void);
    assert_eq!(void.count(), 1);

    let late = book.visits().filter_map(|visit| {
        let entered = visit.records.first()?.entered_at.date();
        Some((entered - visit.made?.date).num_days())
    });
    assert!(late.max() > Some(14), "one is entered weeks late");
    let gone = book.suspicions(today()).into_iter().flatten();
    let at_visit = |it: &Suspicion| matches!(it, Suspicion::AtVisit { .. });
    assert_eq!(gone.filter(at_visit).count(), 2);
    let campaign = &book.first_year().campaigns[0];
    let results = book.campaign_results(book.campaign_draw(2026, campaign).unwrap());
    assert!(results.drawn == 10 && results.made == 10 && results.taken > 0);
    assert_eq!(book.first_year().others.len(), 2);
}

#[test]
fn its_checks_were_made_on_their_days_signed_and_filed() {
    let book = lived();
    let checks: Vec<_> = book.self_checks().map(|(_, check)| check).collect();
    assert_eq!(
        checks.len(),
        9,
        "the 10th and 20th of four months, and 10 May"
    );
    for check in &checks {
        assert!(
            check.head.is_some() && check.filed.is_some(),
            "{}",
            check.number
        );
    }
    let burst = checks[8].lines.iter();
    let burst = burst.filter(|line| line.kind == CheckKind::Burst && line.bad > 4);
    assert_eq!(
        burst.count(),
        1,
        "what was entered at once in April is told"
    );
    let now = book.self_check(today());
    let open = now
        .lines
        .iter()
        .filter(|line| line.verdict == Verdict::Mend);
    let open: Vec<CheckKind> = open.map(|line| line.kind).collect();
    for kind in [CheckKind::RecheckLate, CheckKind::Away, CheckKind::NoScan] {
        assert!(open.contains(&kind), "{kind:?} of {open:?}");
    }
}

/// Run by hand, `--ignored`: a year of 10 000 units for the measurements in a browser
/// (`tests/e2e/bench.mjs`).
#[test]
#[ignore = "writes a file for measurements"]
fn a_large_year_is_written() {
    let mut brigade = demo::brigade(2026, demo::SEED);
    brigade.units = demo::registry(2026, 10_000, demo::SEED).into();
    brigade.unit_number_last = 10_000;
    let first = brigade.officers.clone();
    for copy in 1..=3 {
        for officer in &first {
            let mut officer = officer.clone();
            officer.id = format!("{}{copy}", officer.id).parse().unwrap();
            officer.name = format!("{}{copy}", officer.name);
            officer.certificate_number = format!("{}{copy}", officer.certificate_number);
            brigade.officers.push(officer);
        }
    }
    brigade.officers.sort_by(|a, b| a.id.cmp(&b.id));
    let book = at_once(demo::lived_by(brigade, demo::SEED, &AtOnce));
    println!(
        "{} visits of {} draws",
        book.visits().count(),
        book.draws().count()
    );
    std::fs::write("target/lived-large.json", json::workbook_to_json(&book)).unwrap();
}
