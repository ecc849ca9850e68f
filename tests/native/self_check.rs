//! 定期核查 (R16): each rule with a case just inside and just outside it, the days it covers,
//! and its report from signature to filing.

use std::time::Instant;

use chrono::{Days, NaiveDate, NaiveDateTime};
use double_random::demo;
use double_random::desk::duties::{Duty, VisitDuty};
use double_random::engine::lottery::sha256;
use double_random::exchange::json;
use double_random::model::{
    Absence, AbsenceKind, Finding, Inspection, OfficerId, OfficerRole, Unit, UnitId, UnitStatus,
};
use double_random::workbook::bulletin::{Bulletin, BulletinOf};
use double_random::workbook::check_signing::CheckStep;
use double_random::workbook::own_visit::OwnTeam;
use double_random::workbook::refusal::CheckRefusal;
use double_random::workbook::request::{BreakOff, OpenSupplementary};
use double_random::workbook::self_check::{CheckKind, CheckLine, Checked, Verdict};
use double_random::workbook::visit_record::{
    ItemFinding, ItemRecheck, Measure, NoScan, Notice, Outcome, Paper, PaperKind, Recheck, Review,
    Scan, VisitRecord,
};
use double_random::workbook::{Action, ActionError, Context, Visit, VisitMade, Workbook};

use crate::approval::{approve, drawn_of};
use crate::desk::plain_record;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn attempt(book: &mut Workbook, now: &str, action: Action) -> Result<(), ActionError> {
    let who = "沙维新".into();
    book.apply(action, &Context { now: at(now), who }).map(drop)
}

/// Units with January drawn and approved, nothing made; nobody is away.
fn january() -> Workbook {
    let (mut book, _) = drawn_of(600);
    for officer in &mut book.officers {
        officer.absences.clear();
    }
    book.brigade.head = "鄢立群".into();
    approve(&mut book);
    book
}

/// A line of the check of a day.
#[track_caller]
fn line(book: &Workbook, today: &str, kind: CheckKind) -> CheckLine {
    let lines = book.self_check(date(today)).lines;
    let found: Vec<_> = lines.into_iter().filter(|it| it.kind == kind).collect();
    assert_eq!(found.len(), 1, "{kind:?}");
    found.into_iter().next().unwrap()
}

/// How many of a line are not as they should be, and of how many.
#[track_caller]
fn figures(book: &Workbook, today: &str, kind: CheckKind) -> (u32, u32) {
    let line = line(book, today, kind);
    (line.bad, line.total)
}

fn visit(book: &mut Workbook, n: usize) -> &mut Visit {
    &mut book.years[0].visits[n]
}

/// A record without a fault.
fn record(lead: &str, member: &str, entered: &str) -> VisitRecord {
    let id = |text: &str| OfficerId::new(text).unwrap();
    let team = OwnTeam {
        lead: id(lead),
        member: id(member),
    };
    VisitRecord {
        entered_at: at(entered),
        entered_by: "沙维新".into(),
        review: Some(Review {
            at: at(entered),
            reviewer: "鄢立群".into(),
            is_accepted: true,
            opinion: String::new(),
        }),
        ..plain_record(team)
    }
}

/// Makes a visit on a day, with a record that was entered then, a notice and its papers.
fn make(book: &mut Workbook, n: usize, day: &str) {
    make_entered(book, n, day, &format!("{day}T17:00:00"));
}

fn make_entered(book: &mut Workbook, n: usize, day: &str, entered: &str) {
    let day = date(day);
    let team = {
        let planned = book.planned_of(&book.years[0].visits[n]).unwrap();
        [planned.lead.to_string(), planned.member.to_string()]
    };
    let visit = visit(book, n);
    visit.made = Some(VisitMade {
        date: day,
        finding: Finding::None,
    });
    visit.notice = Some(Notice {
        date: day - Days::new(1),
        unannounced: String::new(),
    });
    visit.papers = [PaperKind::Notice, PaperKind::Record]
        .map(|kind| Paper {
            kind,
            number: String::new(),
            date: day,
        })
        .into();
    visit.records = vec![record(&team[0], &team[1], entered)];
}

/// January with its first visit made on the 12th, whose record is changed by `change`.
fn one(change: impl FnOnce(&mut VisitRecord)) -> Workbook {
    let mut book = january();
    make(&mut book, 0, "2026-01-12");
    change(&mut visit(&mut book, 0).records[0]);
    book
}

fn finding(measure: Measure, term: Option<&str>, is_corrected: bool) -> ItemFinding {
    ItemFinding {
        item: "1".into(),
        problem: "安全出口锁闭".into(),
        basis: "消防法第十六条".into(),
        measure,
        term: term.map(date),
        is_corrected,
    }
}

const TODAY: &str = "2026-01-20";

#[test]
fn a_visit_without_a_fault_raises_no_line_about_visits() {
    let book = one(|_| {});
    for kind in [
        CheckKind::RecheckLate,
        CheckKind::Uncorrected,
        CheckKind::NoScan,
        CheckKind::NotEntered,
        CheckKind::Returned,
        CheckKind::TwoOfficers,
        CheckKind::ReviewerWent,
        CheckKind::ApproverWent,
        CheckKind::Places,
        CheckKind::Papers,
        CheckKind::Notified,
        CheckKind::Publish,
        CheckKind::Limits,
        CheckKind::EnteredLate,
        CheckKind::Burst,
        CheckKind::Names,
    ] {
        let line = line(&book, TODAY, kind);
        assert_eq!((line.bad, line.verdict), (0, Verdict::Right), "{kind:?}");
    }
    // Every kind but those that a setting switches off stands once.
    let lines = book.self_check(date(TODAY)).lines;
    assert_eq!(lines.len(), CheckKind::ALL.len());
    assert!(lines.is_sorted_by_key(|line| (line.verdict, line.kind)));
}

#[test]
fn a_plan_waits_for_its_approval_from_the_first_day_of_its_month() {
    let mut book = january();
    assert_eq!(figures(&book, TODAY, CheckKind::Approved), (0, 1));
    book.years[0].draws[0].approval = None;
    assert_eq!(figures(&book, "2026-01-01", CheckKind::Approved), (1, 1));
    assert_eq!(figures(&book, "2025-12-31", CheckKind::Approved), (0, 0));
}

#[test]
fn a_visit_is_overdue_the_day_after_its_term() {
    let mut book = january();
    let planned = book.planned_of(&book.years[0].visits[0]).unwrap().day;
    let until = book.deadline(planned);
    let is_named = |book: &Workbook, day: NaiveDate| {
        let line = line(book, &day.to_string(), CheckKind::Overdue);
        let id = book.years[0].visits[0].id.clone();
        let mut records = line.records.iter();
        records.any(|it| it.of == Checked::Visit(id.clone()) && it.until == Some(until))
    };
    assert!(!is_named(&book, until));
    assert!(is_named(&book, until + Days::new(1)));
    make(&mut book, 0, &planned.to_string());
    assert!(!is_named(&book, until + Days::new(1)));
}

#[test]
fn a_term_is_over_three_working_days_before_a_recheck_is_late() {
    // Wednesday the 14th; the third working day after it is Monday the 19th.
    let by_term = finding(Measure::ByTerm, Some("2026-01-14"), false);
    let mut book = one(|it| it.findings = vec![by_term]);
    assert_eq!(figures(&book, "2026-01-19", CheckKind::RecheckLate), (0, 1));
    assert_eq!(figures(&book, TODAY, CheckKind::RecheckLate), (1, 1));
    let recheck = Recheck {
        date: date("2026-01-19"),
        team: book.years[0].visits[0].records[0].team.clone(),
        items: vec![ItemRecheck {
            item: "1".into(),
            is_corrected: true,
            term: None,
        }],
        note: String::new(),
        entered_at: at("2026-01-19T17:00:00"),
        entered_by: "沙维新".into(),
    };
    visit(&mut book, 0).rechecks.push(recheck);
    assert_eq!(figures(&book, TODAY, CheckKind::RecheckLate), (0, 1));
    assert_eq!(figures(&book, TODAY, CheckKind::Uncorrected), (0, 1));
    let spot = one(|it| it.findings = vec![finding(Measure::AtOnce, None, true)]);
    assert_eq!(figures(&spot, TODAY, CheckKind::RecheckLate), (0, 0));
}

#[test]
fn what_had_a_term_is_not_corrected_by_saying_so() {
    let said = finding(Measure::ByTerm, Some("2026-01-14"), true);
    let book = one(|it| it.findings = vec![said]);
    assert_eq!(figures(&book, TODAY, CheckKind::Uncorrected), (1, 1));
    let book = one(|it| it.findings = vec![finding(Measure::AtOnce, None, true)]);
    assert_eq!(figures(&book, TODAY, CheckKind::Uncorrected), (0, 0));
}

#[test]
fn no_scan_needs_words_an_emergency_or_a_later_scan() {
    let without = |why, words: &str, made_up| Scan::Without {
        why,
        words: words.into(),
        made_up,
    };
    let bad = |scan| figures(&one(|it| it.scan = scan), TODAY, CheckKind::NoScan).0;
    assert_eq!(bad(without(NoScan::Other, " ", None)), 1);
    assert_eq!(bad(without(NoScan::Network, "", None)), 1);
    assert_eq!(bad(without(NoScan::Emergency, "", None)), 0);
    assert_eq!(bad(without(NoScan::Other, "单位没有张贴", None)), 0);
    let made_up = Some(date("2026-01-13"));
    assert_eq!(bad(without(NoScan::NoCode, "", made_up)), 0);
}

#[test]
fn a_visit_is_entered_within_three_working_days() {
    // Monday the 12th; until Thursday the 15th.
    let mut book = one(|_| {});
    visit(&mut book, 0).records.clear();
    assert_eq!(figures(&book, "2026-01-15", CheckKind::NotEntered), (0, 1));
    assert_eq!(figures(&book, "2026-01-16", CheckKind::NotEntered), (1, 1));
    let in_time = one(|it| it.entered_at = at("2026-01-15T23:00:00"));
    assert_eq!(figures(&in_time, TODAY, CheckKind::EnteredLate), (0, 1));
    let late = one(|it| it.entered_at = at("2026-01-16T08:00:00"));
    let found = line(&late, TODAY, CheckKind::EnteredLate);
    assert_eq!((found.bad, found.verdict), (1, Verdict::Explain));
    // The brigade sets both numbers.
    let mut four = late.clone();
    four.brigade.bunching.late_days = 4;
    assert_eq!(figures(&four, TODAY, CheckKind::EnteredLate), (0, 1));
    let mut all = late;
    all.brigade.bunching.late_percent = 100;
    let found = line(&all, TODAY, CheckKind::EnteredLate);
    assert_eq!((found.bad, found.verdict), (1, Verdict::Right));
}

#[test]
fn what_a_review_sent_back_waits_until_it_is_entered_anew() {
    let back = |it: &mut VisitRecord| it.review.as_mut().unwrap().is_accepted = false;
    let mut book = one(back);
    assert_eq!(figures(&book, TODAY, CheckKind::Returned), (1, 1));
    let mut again = visit(&mut book, 0).records[0].clone();
    again.review = None;
    visit(&mut book, 0).records.push(again);
    assert_eq!(figures(&book, TODAY, CheckKind::Returned), (0, 0));
}

#[test]
fn two_officers_with_certificates_go() {
    let mut book = one(|_| {});
    let member = book.years[0].visits[0].records[0].team.member.clone();
    let place = book.officers.iter().position(|it| it.id == member).unwrap();
    book.officers[place].certificate_until = Some(date("2026-01-12"));
    assert_eq!(figures(&book, TODAY, CheckKind::TwoOfficers), (0, 1));
    book.officers[place].certificate_until = Some(date("2026-01-11"));
    assert_eq!(figures(&book, TODAY, CheckKind::TwoOfficers), (1, 1));
    book.officers[place].certificate_until = None;
    book.officers[place].role = OfficerRole::Assistant;
    assert_eq!(figures(&book, TODAY, CheckKind::TwoOfficers), (1, 1));
    let alone = one(|it| it.team.member = it.team.lead.clone());
    assert_eq!(figures(&alone, TODAY, CheckKind::TwoOfficers), (1, 1));
}

#[test]
fn reviewer_and_approver_are_none_of_the_two() {
    let mut book = one(|_| {});
    let lead = book.years[0].visits[0].records[0].team.lead.clone();
    let name = book.officer_name(&lead);
    visit(&mut book, 0).records[0]
        .review
        .as_mut()
        .unwrap()
        .reviewer = name.clone();
    assert_eq!(figures(&book, TODAY, CheckKind::ReviewerWent), (1, 1));
    assert_eq!(figures(&book, TODAY, CheckKind::ApproverWent), (0, 1));
    book.years[0].draws[0].approval.as_mut().unwrap().approver = name;
    assert_eq!(figures(&book, TODAY, CheckKind::ApproverWent), (1, 1));
    let explained = line(&book, TODAY, CheckKind::ApproverWent);
    assert_eq!(explained.verdict, Verdict::Explain);
}

#[test]
fn places_are_more_than_a_word() {
    let bad = |places: &str| {
        let book = one(|it| it.places = places.into());
        figures(&book, TODAY, CheckKind::Places)
    };
    assert_eq!(bad(""), (1, 1));
    assert_eq!(bad("大厅。"), (1, 1));
    assert_eq!(bad("营业厅"), (0, 1));
    let nobody = one(|it| {
        it.places.clear();
        it.outcome = Outcome::Unreachable;
    });
    assert_eq!(figures(&nobody, TODAY, CheckKind::Places), (0, 0));
}

#[test]
fn papers_are_those_that_the_record_asks_for() {
    let by_term = finding(Measure::ByTerm, Some("2026-01-26"), false);
    let mut book = one(|it| it.findings = vec![by_term]);
    let found = line(&book, TODAY, CheckKind::Papers);
    let lack = [PaperKind::TermOrder, PaperKind::Delivery];
    assert_eq!(found.records[0].papers, lack);
    visit(&mut book, 0).papers.extend(lack.map(|kind| Paper {
        kind,
        number: "1".into(),
        date: date("2026-01-12"),
    }));
    assert_eq!(figures(&book, TODAY, CheckKind::Papers), (0, 1));
    // No notice went out, so none is asked for.
    let visited = visit(&mut book, 0);
    visited.notice.as_mut().unwrap().unannounced = "夜间突击".into();
    visited.papers.retain(|it| it.kind != PaperKind::Notice);
    assert_eq!(figures(&book, TODAY, CheckKind::Papers), (0, 1));
    visit(&mut book, 0).papers.clear();
    let found = line(&book, TODAY, CheckKind::Papers);
    assert_eq!(found.records[0].papers[0], PaperKind::Record);
}

#[test]
fn a_notice_goes_out_before_the_visit() {
    let mut book = one(|_| {});
    visit(&mut book, 0).notice.as_mut().unwrap().date = date("2026-01-12");
    assert_eq!(figures(&book, TODAY, CheckKind::Notified), (0, 1));
    visit(&mut book, 0).notice.as_mut().unwrap().date = date("2026-01-13");
    assert_eq!(figures(&book, TODAY, CheckKind::Notified), (1, 1));
    visit(&mut book, 0).notice = None;
    let found = line(&book, TODAY, CheckKind::Notified);
    assert_eq!((found.bad, found.verdict), (1, Verdict::Explain));
}

#[test]
fn a_result_is_public_within_twenty_working_days() {
    let mut book = one(|it| it.review = None);
    let until = book.publish_by(date("2026-01-12"));
    let after = (until + Days::new(1)).to_string();
    let of = |book: &Workbook, day: &str| figures(book, day, CheckKind::Publish);
    assert_eq!(of(&book, &until.to_string()), (0, 0));
    assert_eq!(of(&book, &after), (1, 1));
    // An accepted record alone tells the public nothing.
    assert_eq!(of(&one(|_| {}), &after), (1, 1));
    let visit = book.years[0].visits[0].id.clone();
    let bulletin = Bulletin {
        of: BulletinOf::Results(1),
        version: 1,
        date: until,
        due: Some(until),
        places: "政府网站".into(),
        fingerprint: sha256(b"paper"),
        rows: 1,
        withheld: 0,
        why: String::new(),
        visits: vec![visit],
        own: Vec::new(),
        at: until.and_time(chrono::NaiveTime::MIN),
        by: "沙维新".into(),
        extra: serde_json::Map::new(),
    };
    book.years[0].bulletins.push(bulletin);
    assert_eq!(of(&book, &after), (0, 1));
}

#[test]
fn what_was_published_late_is_told_in_the_period_in_which_it_was() {
    let mut book = one(|_| {});
    let made = date("2026-01-12");
    let until = book.publish_by(made);
    let visit = book.years[0].visits[0].id.clone();
    let (late, plan_late) = (until + Days::new(1), date("2026-01-05"));
    let bulletin = |of, day: NaiveDate, visits| Bulletin {
        of,
        version: 1,
        date: day,
        due: None,
        places: "政府网站".into(),
        fingerprint: sha256(b"paper"),
        rows: 1,
        withheld: 0,
        why: String::new(),
        visits,
        own: Vec::new(),
        at: day.and_time(chrono::NaiveTime::MIN),
        by: "沙维新".into(),
        extra: serde_json::Map::new(),
    };
    // The plan's month has begun: until it is public, that is to be mended.
    let plan = |book: &Workbook, day| figures(book, day, CheckKind::PlanPublic);
    assert_eq!(plan(&book, "2025-12-31"), (0, 0));
    assert_eq!(plan(&book, "2026-01-05"), (1, 1));
    let found = line(&book, "2026-01-05", CheckKind::PlanPublic);
    assert_eq!(found.verdict, Verdict::Mend);
    assert_eq!(found.records[0].until, Some(date("2025-12-31")));
    let of_plan = bulletin(BulletinOf::Plan(1), plan_late, Vec::new());
    book.years[0].bulletins.push(of_plan);
    assert_eq!(plan(&book, "2026-01-05"), (0, 1));
    let told = |book: &Workbook, day: &str| line(book, day, CheckKind::PublishedLate);
    let found = told(&book, "2026-01-10");
    assert_eq!((found.bad, found.verdict), (1, Verdict::Explain));
    assert_eq!(found.records[0].day, Some(plan_late));

    let of_results = |day| bulletin(BulletinOf::Results(1), day, vec![visit.clone()]);
    let mut in_time = book.clone();
    in_time.years[0].bulletins.push(of_results(until));
    let mut too_late = book;
    too_late.years[0].bulletins.push(of_results(late));
    let day = (late + Days::new(1)).to_string();
    assert_eq!(told(&in_time, &day).bad, 0);
    let found = told(&too_late, &day);
    assert_eq!((found.bad, found.total), (1, 1));
    let record = &found.records[0];
    assert_eq!(
        (record.of.clone(), record.until),
        (Checked::Visit(visit), Some(until))
    );
}

#[test]
fn a_unit_is_inspected_twice_a_year_six_months_apart() {
    let mut book = one(|_| {});
    let unit = book.years[0].visits[0].id.unit.clone();
    let place = book.units.iter().position(|it| it.id == unit).unwrap();
    let mut inspected = |day: &str| {
        let inspection = Inspection {
            date: date(day),
            finding: Finding::None,
            extra: serde_json::Map::new(),
        };
        book.units.get_mut(place).unwrap().inspections = vec![inspection];
        figures(&book, TODAY, CheckKind::Limits).0
    };
    assert_eq!(inspected("2025-07-12"), 0);
    assert_eq!(inspected("2025-07-13"), 1);
}

#[test]
fn who_is_away_has_no_visits() {
    let mut book = january();
    let planned = book.planned_of(&book.years[0].visits[0]).unwrap().clone();
    let place = book.officers.iter().position(|it| it.id == planned.lead);
    let place = place.unwrap();
    let mut absent = |from: NaiveDate, to: NaiveDate, reason: &str| {
        book.officers[place].absences = vec![Absence {
            from,
            to,
            kind: AbsenceKind::Secondment,
            reason: reason.into(),
            approver: "鄢立群".into(),
            extra: serde_json::Map::new(),
        }];
        let away = figures(&book, "2026-01-05", CheckKind::Away);
        let approved = figures(&book, "2026-01-05", CheckKind::AwayApproved);
        (away, approved)
    };
    let day = planned.day;
    assert_eq!(absent(day, day, "支队抽调").0, (1, 1));
    assert_eq!(absent(day, day, " ").1, (1, 1));
    // Of an absence that was over before the period nothing is said.
    let over = date("2025-12-31");
    assert_eq!(absent(over, over, ""), ((0, 0), (0, 0)));
    book.officers[place].absences.clear();
    book.officers[place].has_left = true;
    assert_eq!(figures(&book, "2026-01-05", CheckKind::Away).0, 1);
}

#[test]
fn certificates_end_and_key_units_grow_old() {
    let mut book = january();
    book.officers[0].role = OfficerRole::Enforcement;
    book.officers[0].certificate_until = Some(date(TODAY));
    assert_eq!(figures(&book, TODAY, CheckKind::Certificates).0, 0);
    assert_eq!(figures(&book, "2026-01-21", CheckKind::Certificates).0, 1);
    let count = book.units.len();
    for place in 0..count {
        let unit = book.units.get_mut(place).unwrap();
        unit.is_key = place == 0;
        unit.reviewed_on = Some(date("2025-10-20"));
        unit.township = "苏村镇".into();
    }
    assert_eq!(figures(&book, TODAY, CheckKind::KeyUnits), (0, 1));
    assert_eq!(figures(&book, "2026-01-21", CheckKind::KeyUnits), (1, 1));
    // Ninety days: until 18 January.
    let all = count as u32;
    assert_eq!(figures(&book, "2026-01-18", CheckKind::Reviewed), (0, all));
    let found = line(&book, "2026-01-19", CheckKind::Reviewed);
    assert_eq!((found.bad, found.verdict), (all, Verdict::Explain));
    assert_eq!(found.records.len(), 1, "one township");
    assert_eq!(found.records[0].count, Some(all));
    book.units.get_mut(3).unwrap().status = UnitStatus::Retired {
        since: date("2026-01-05"),
        reason: "注销".into(),
        approver: "鄢立群".into(),
        extra: serde_json::Map::new(),
    };
    assert_eq!(figures(&book, TODAY, CheckKind::Reviewed).1, all - 1);
}

#[test]
fn no_name_is_not_the_name_of_a_rule() {
    let mut book = one(|it| it.accompanied_by = "双随机一公开".into());
    assert_eq!(figures(&book, TODAY, CheckKind::Names).0, 1);
    book.units.get_mut(0).unwrap().manager = "一公开".into();
    assert_eq!(figures(&book, TODAY, CheckKind::Names).0, 2);
}

#[test]
fn data_lack_until_they_are_whole() {
    let mut book = january();
    let before = figures(&book, TODAY, CheckKind::Incomplete).0;
    let whole = book
        .units
        .iter()
        .position(|it| it.completeness_percent() == 100);
    book.units.get_mut(whole.unwrap()).unwrap().responsible = String::new();
    assert_eq!(figures(&book, TODAY, CheckKind::Incomplete).0, before + 1);
}

/// January with `entered.len()` visits made on the 12th, entered at these times.
fn entered(times: &[&str]) -> Workbook {
    let mut book = january();
    for (n, time) in times.iter().enumerate() {
        make_entered(&mut book, n, "2026-01-12", time);
    }
    book
}

#[test]
fn five_entries_within_ten_minutes_are_a_burst() {
    let times = |last: &str| {
        entered(&[
            "2026-01-14T16:50:00",
            "2026-01-14T16:51:00",
            "2026-01-14T16:52:00",
            "2026-01-14T16:53:00",
            last,
        ])
    };
    let inside = times("2026-01-14T17:00:00");
    let found = line(&inside, TODAY, CheckKind::Burst);
    assert_eq!((found.bad, found.total, found.records.len()), (5, 5, 1));
    let first_last = (at("2026-01-14T16:50:00"), at("2026-01-14T17:00:00"));
    assert_eq!(found.records[0].times, Some(first_last));
    assert_eq!(found.verdict, Verdict::Explain);
    let outside = times("2026-01-14T17:00:01");
    assert_eq!(figures(&outside, TODAY, CheckKind::Burst), (0, 5));
    let mut set = outside;
    set.brigade.bunching.burst_count = 4;
    // Of four the last four are one too, and it goes on.
    assert_eq!(figures(&set, TODAY, CheckKind::Burst), (5, 5));
}

#[test]
fn not_too_much_is_entered_at_the_months_end() {
    // Of ten, three are thirty in a hundred.
    let end = |count: usize| {
        let early = "2026-01-12T17:00:00";
        let times: Vec<&str> = (0..10)
            .map(|n| {
                if n < count {
                    "2026-01-29T09:00:00"
                } else {
                    early
                }
            })
            .collect();
        entered(&times)
    };
    // The check that is due on 10 February covers the end of January.
    let today = "2026-02-10";
    let inside = line(&end(3), today, CheckKind::MonthEnd);
    assert_eq!((inside.bad, inside.verdict), (0, Verdict::Right));
    let outside = line(&end(4), today, CheckKind::MonthEnd);
    assert_eq!((outside.bad, outside.total), (4, 10));
    assert_eq!(outside.verdict, Verdict::Explain);
}

#[test]
fn each_working_day_has_a_visit() {
    let mut book = january();
    let all = figures(&book, TODAY, CheckKind::Daily);
    // 11 to 20 January, today not counted before somebody went: the 12th to the 16th, the 19th.
    assert_eq!(all, (6, 6));
    make(&mut book, 0, "2026-01-12");
    assert_eq!(figures(&book, TODAY, CheckKind::Daily), (5, 6));
    make(&mut book, 1, TODAY);
    assert_eq!(figures(&book, TODAY, CheckKind::Daily), (5, 7));
    book.years[0].plans[0].plan.design.daily_minimum = false;
    let lines = book.self_check(date(TODAY)).lines;
    assert!(lines.iter().all(|line| line.kind != CheckKind::Daily));
}

#[test]
fn no_day_has_more_than_twice_the_average() {
    let mut book = january();
    for (n, day) in ["12", "13", "14", "15", "16", "19"].iter().enumerate() {
        make(&mut book, n, &format!("2026-01-{day}"));
    }
    make(&mut book, 6, "2026-01-12");
    // Seven in six days; three of one day are more than twice 9/6? Not yet at two.
    assert_eq!(figures(&book, TODAY, CheckKind::DaySpread).0, 0);
    make(&mut book, 7, "2026-01-12");
    // Three of eight: 3 × 6 > 8 × 2.
    assert_eq!(figures(&book, TODAY, CheckKind::DaySpread), (1, 6));
}

#[test]
fn officers_carry_alike() {
    let mut book = january();
    let even = line(&book, TODAY, CheckKind::OfficerSpread);
    assert_eq!(even.bad, 0, "{even:?}");
    let [lead, member] = [0, 1].map(|n| book.officers[n].id.clone());
    for n in 0..book.years[0].visits.len() {
        make(&mut book, n, "2026-01-15");
        visit(&mut book, n).records[0].team = OwnTeam {
            lead: lead.clone(),
            member: member.clone(),
        };
    }
    let uneven = line(&book, TODAY, CheckKind::OfficerSpread);
    assert!(uneven.bad >= 2 || uneven.total < 2, "{uneven:?}");
}

#[test]
fn the_month_the_year_and_what_is_carried_are_told() {
    let mut book = january();
    let behind = line(&book, TODAY, CheckKind::Month);
    assert!(behind.bad == behind.total && behind.bad > 0);
    assert_eq!(behind.verdict, Verdict::Explain);
    for n in 0..book.years[0].visits.len() {
        make(&mut book, n, "2026-01-12");
    }
    assert_eq!(line(&book, TODAY, CheckKind::Month).bad, 0);
    assert_eq!(line(&book, TODAY, CheckKind::Carried).total, 0);
    for kind in [
        CheckKind::FloorDense,
        CheckKind::FloorKey,
        CheckKind::FloorGeneral,
    ] {
        assert_eq!(line(&book, "2026-01-06", kind).bad, 0, "{kind:?}");
    }
    let empty = january();
    let end = line(&empty, "2026-12-31", CheckKind::FloorGeneral);
    assert!(0 < end.bad && end.bad <= end.total, "nothing was done");
}

#[test]
fn what_is_void_or_withdrawn_stands_with_its_reason() {
    let mut book = january();
    let unit = book.years[0].visits[0].id.unit.clone();
    let retire = Action::RetireUnit {
        id: unit.clone(),
        since: date("2026-01-12"),
        reason: "执照注销".into(),
        approver: "鄢立群".into(),
    };
    attempt(&mut book, "2026-01-12T09:00:00", retire).unwrap();
    let void = line(&book, TODAY, CheckKind::Void);
    assert_eq!((void.bad, void.total, void.records.len()), (0, 1, 1));
    assert_eq!(void.records[0].why, "执照注销 鄢立群");
    let withdrawn = line(&book, TODAY, CheckKind::Withdrawn);
    assert_eq!((withdrawn.bad, withdrawn.total), (0, 1));
    assert_eq!(withdrawn.records[0].of, Checked::Act("retire_unit".into()));
    // Not of a period that ended before.
    assert_eq!(figures(&book, "2026-01-10", CheckKind::Withdrawn), (0, 0));
    let place = book.units.iter().position(|it| it.id == unit).unwrap();
    if let UnitStatus::Retired { approver, .. } = &mut book.units.get_mut(place).unwrap().status {
        approver.clear();
    }
    assert_eq!(figures(&book, TODAY, CheckKind::Void), (1, 1));
}

#[test]
fn a_draw_that_was_broken_off_stands_in_the_check() {
    let mut book = january();
    let unit = book.units.get_mut(0).unwrap();
    unit.is_key = true;
    let open = OpenSupplementary {
        month: "2026-01".parse().unwrap(),
        reason: "补录".into(),
        salt_seed: [8; 32],
    };
    if attempt(
        &mut book,
        "2026-01-12T09:00:00",
        Action::OpenSupplementary(open),
    )
    .is_err()
    {
        return;
    }
    let broken = BreakOff {
        number: 2,
        reason: "填错".into(),
        approver: "鄢立群".into(),
        nobody_revealed: false,
    };
    attempt(&mut book, "2026-01-12T10:00:00", Action::BreakOff(broken)).unwrap();
    assert_eq!(figures(&book, TODAY, CheckKind::Withdrawn), (0, 1));
}

#[test]
fn a_check_covers_the_days_since_the_last_due_day() {
    let mut book = january();
    let period = |book: &Workbook, day: &str| {
        let (from, to) = book.check_period(date(day));
        format!("{from} {to}")
    };
    // The 10th is a Saturday: its day stays, and Monday is the day to do it.
    let due = book.check_due(date("2026-01-08")).unwrap();
    assert_eq!(
        (due.day, due.remind),
        (date("2026-01-10"), date("2026-01-12"))
    );
    assert!(!due.is_due(date("2026-01-09")) && due.is_due(date("2026-01-10")));
    assert!(!due.is_late(date("2026-01-12")) && due.is_late(date("2026-01-13")));
    // Nothing before the first month drawn is checked.
    assert_eq!(period(&book, "2026-01-12"), "2026-01-01 2026-01-10");
    let sign = |book: &mut Workbook, now: &str| {
        let checker = "沙维新".into();
        let step = CheckStep::Sign { checker };
        attempt(book, now, Action::SelfCheck(step))
    };
    sign(&mut book, "2026-01-12T09:00:00").unwrap();
    assert_eq!(book.check_due(date("2026-01-12")).unwrap().day, date(TODAY));
    // The same day covers the same days; later ones go on from the due day.
    assert_eq!(period(&book, "2026-01-12"), "2026-01-01 2026-01-10");
    assert_eq!(period(&book, "2026-01-15"), "2026-01-11 2026-01-15");
    assert_eq!(period(&book, TODAY), "2026-01-11 2026-01-20");
    assert_eq!(period(&book, "2026-01-22"), "2026-01-11 2026-01-20");
    sign(&mut book, "2026-01-20T09:00:00").unwrap();
    assert_eq!(period(&book, "2026-01-22"), "2026-01-21 2026-01-22");
    assert_eq!(period(&book, "2026-02-10"), "2026-01-21 2026-02-10");
    // Nothing is due where nothing was drawn.
    let mut empty = demo::brigade(2026, 3);
    assert_eq!(empty.check_due(date(TODAY)), None);
    let error = sign(&mut empty, "2026-01-20T09:00:00").unwrap_err();
    assert_eq!(error, CheckRefusal::NothingDrawn.into());
}

#[test]
fn a_report_goes_from_checker_to_head_to_detachment_and_never_changes() {
    let mut book = one(|it| it.places.clear());
    let act = |book: &mut Workbook, now: &str, step: CheckStep| {
        attempt(book, now, Action::SelfCheck(step))
    };
    let sign = |checker: &str| CheckStep::Sign {
        checker: checker.into(),
    };
    let head = |name: &str| CheckStep::HeadSigns {
        year: 2026,
        number: 1,
        head: name.into(),
    };
    let file = |day: &str| CheckStep::File {
        year: 2026,
        number: 1,
        date: date(day),
    };
    let now = "2026-01-20T16:00:00";
    let name = "鄢立群".to_owned();
    let untouched = book.clone();
    let refused = |book: &mut Workbook, step| match act(book, now, step).unwrap_err() {
        ActionError::Check(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&mut book, sign(" ")), CheckRefusal::NoChecker);
    let heads = CheckRefusal::HeadChecks { name: name.clone() };
    assert_eq!(refused(&mut book, sign("鄢立群")), heads);
    let none = CheckRefusal::NoReport { number: 1 };
    assert_eq!(refused(&mut book, head("鄢立群")), none);
    assert_eq!(book, untouched, "a refused step changed the workbook");

    let explain = |words: &str| CheckStep::Explain {
        kind: CheckKind::Month,
        words: words.into(),
    };
    let error = act(&mut book, now, explain(" ")).unwrap_err();
    assert_eq!(error, ActionError::NoReason);
    act(&mut book, now, explain("雨雪停工")).unwrap();
    act(&mut book, now, explain("雨雪停工三天")).unwrap();
    act(&mut book, now, sign("沙维新")).unwrap();
    let report = book.self_check_report(2026, 1).unwrap().clone();
    let of = |kind| report.lines.iter().find(|line| line.kind == kind).unwrap();
    assert_eq!(of(CheckKind::Places).bad, 1);
    assert_eq!(of(CheckKind::Month).note, "雨雪停工三天");
    assert!(book.check_notes(date(TODAY)).is_empty());
    let same = CheckRefusal::Same { number: 1 };
    assert_eq!(refused(&mut book, sign("沙维新")), same);

    let unsigned = CheckRefusal::NotHeadSigned { number: 1 };
    assert_eq!(refused(&mut book, file(TODAY)), unsigned);
    let both = CheckRefusal::HeadIsChecker {
        name: "沙维新".into(),
    };
    assert_eq!(refused(&mut book, head("沙维新")), both);
    act(&mut book, now, head("鄢立群")).unwrap();
    let signed = CheckRefusal::HeadSigned { number: 1 };
    assert_eq!(refused(&mut book, head("鄢立群")), signed);
    for day in ["2026-01-19", "2026-01-21"] {
        assert!(matches!(
            refused(&mut book, file(day)),
            CheckRefusal::FilingDay { .. }
        ));
    }
    act(&mut book, now, file(TODAY)).unwrap();
    assert_eq!(
        refused(&mut book, file(TODAY)),
        CheckRefusal::Filed { number: 1 }
    );

    // Mended, and checked anew: the first report stays, the second says what was mended.
    visit(&mut book, 0).records[0].places = "厨房、疏散通道".into();
    act(&mut book, "2026-01-20T17:00:00", sign("沙维新")).unwrap();
    let second = book.self_check_report(2026, 2).unwrap();
    let line = second.lines.iter().find(|it| it.kind == CheckKind::Places);
    let line = line.unwrap();
    assert_eq!((line.bad, line.before, line.mended()), (0, Some(1), 1));
    assert_eq!((second.after, second.from), (Some(1), report.from));
    let kept = book.self_check_report(2026, 1).unwrap();
    assert_eq!(kept.lines, report.lines);
    let last = book.trail.last().unwrap();
    assert_eq!(
        (last.action.as_str(), &last.detail["check"]),
        ("sign_check", &2.into())
    );

    let text = json::workbook_to_json(&book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!()
    };
    assert_eq!(read.workbook, book);
    let mut file = serde_json::to_value(&book).unwrap();
    file["years"][0]["self_checks"][0]["head"].take();
    assert!(json::read(file.to_string().as_bytes()).is_err());
}

/// Ten thousand units and fifteen hundred visits made and entered.
#[test]
fn a_large_year_is_checked_at_once() {
    let mut book = one(|_| {});
    let (units, visit) = (book.units.to_vec(), book.years[0].visits[0].clone());
    let id = |number: usize| UnitId::new(format!("NG-{number:05}")).unwrap();
    let named = |(number, unit): (usize, &Unit)| Unit {
        id: id(number + 1),
        ..unit.clone()
    };
    let units = units.iter().cycle().take(10_000).enumerate();
    book.units = units.map(named).collect();
    let made = |number: usize| {
        let mut visit = visit.clone();
        visit.id.unit = id(number);
        visit
    };
    book.years[0].visits = (1..=1_500).map(made).collect();
    let begin = Instant::now();
    let lines = book.self_check(date(TODAY)).lines;
    let took = begin.elapsed();
    assert_eq!(lines.len(), CheckKind::ALL.len());
    // Without optimisation, on a machine that does other things as well; the aim is 50 ms.
    assert!(took.as_millis() < 2_000, "{took:?}");
    println!("{took:?}");
}

#[test]
fn the_clock_says_what_is_due_late_first() {
    let by_term = finding(Measure::ByTerm, Some("2026-01-20"), false);
    let mut book = one(|it| {
        it.review = None;
        it.findings = vec![by_term];
    });
    make(&mut book, 1, "2026-01-19");
    visit(&mut book, 1).records.clear();
    let today = date(TODAY);
    let duties = book.duties_on(today);
    let due = |of: VisitDuty| {
        let mut found = duties.iter().filter_map(|duty| match duty {
            Duty::Visits(it, due) if *it == of => Some(*due),
            _ => None,
        });
        let due = found.next();
        assert_eq!(found.next(), None, "one line each");
        due.map(|due| (due.count, due.until.to_string(), due.late))
    };
    // Entered on the 12th, to be reviewed by the 15th.
    assert_eq!(due(VisitDuty::Review), Some((1, "2026-01-15".into(), 1)));
    assert_eq!(due(VisitDuty::Enter), Some((1, "2026-01-22".into(), 0)));
    assert_eq!(due(VisitDuty::Recheck), Some((1, "2026-01-23".into(), 0)));
    assert_eq!(
        due(VisitDuty::Accept),
        None,
        "twenty working days are not near"
    );
    let february = book.duties_on(date("2026-02-06"));
    let is_accept = |it: &&Duty| matches!(it, Duty::Visits(VisitDuty::Accept, _));
    assert_eq!(february.iter().filter(is_accept).count(), 1);
    assert!(
        duties
            .iter()
            .any(|it| matches!(it, Duty::SelfCheck(due) if due.day == today))
    );
    let days: Vec<_> = duties.iter().map(Duty::until).collect();
    let late = days
        .iter()
        .rposition(|day| day.is_some_and(|day| day < today));
    let ahead = days
        .iter()
        .position(|day| day.is_some_and(|day| day > today));
    assert!(late < ahead, "{days:?}");
    // Friday to Monday is one working day, and back as many less than none.
    let [friday, monday] = ["2026-01-16", "2026-01-19"].map(date);
    assert_eq!(book.working_days_until(friday, monday), 1);
    assert_eq!(book.working_days_until(monday, friday), -1);
    assert_eq!(book.working_days_until(friday, friday), 0);

    let checker = "沙维新".into();
    let step = CheckStep::Sign { checker };
    attempt(&mut book, "2026-01-20T09:00:00", Action::SelfCheck(step)).unwrap();
    let waits = |it: &Duty| matches!(it, Duty::SignCheck { number: 1, until, .. } if *until == date("2026-01-22"));
    assert!(book.duties_on(today).iter().any(waits));
}
