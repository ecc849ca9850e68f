//! What is published of a draw in one file: read strictly, put together rightly,
//! repeated by the page's engine and by the stand-alone verifier alike.

use crate::python;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use double_random::demo;
use double_random::engine::changes::Change;
use double_random::engine::lottery::canonical_json;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::read::ReadError;
use double_random::engine::team::reason::Choice;
use double_random::engine::verify::{Claim, Lacking, Outcome, count_checks, holds, verify};
use double_random::exchange::FileError;
use double_random::exchange::checking::{CheckFile, check};
use double_random::exchange::links::{Link, links};
use double_random::exchange::report::Report;
use double_random::exchange::verification::{
    Document, DocumentError, VerificationFile, assemble, read, verification_file, write,
};
use double_random::i18n::Lang;
use double_random::model::{CandidateId, Credit, RiskTier, Unit, UnitId, UnitStatus};
use double_random::workbook::request::{Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw};
use double_random::workbook::{Action, Context, DrawId, Workbook};

fn at(day: &str) -> Context {
    Context {
        now: format!("{day}T09:00:00").parse().unwrap(),
        who: "沙维新".into(),
    }
}

fn frozen_demo() -> Workbook {
    let mut book = demo::brigade(2026, demo::SEED);
    let action = Action::FreezePlan {
        year: 2026,
        approver: "大队长".into(),
        reason: "年度计划".into(),
    };
    book.apply(action, &at("2025-12-01")).unwrap();
    book
}

/// Draws a month; the random number is its number.
fn draw(book: &mut Workbook, month: &str, day: &str) -> u32 {
    let number = book.years[0].draws.len() as u32 + 1;
    let mut act = |action, minute: u32| {
        let mut context = at(day);
        context.now += chrono::TimeDelta::minutes(i64::from(minute));
        book.apply(action, &context).unwrap();
    };
    act(
        Action::OpenDraw(OpenDraw {
            month: month.parse().unwrap(),
            reason: "测试".into(),
            salt_seed: [7; 32],
        }),
        0,
    );
    act(
        Action::Commit(Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "公示栏".into(),
        }),
        10,
    );
    act(
        Action::Draw(RunDraw {
            number,
            entropy: EntropyGiven::Local([number as u8; 32]),
        }),
        20,
    );
    number
}

fn file_of(book: &Workbook, number: u32) -> VerificationFile {
    verification_file(book, book.draw(DrawId::new(2026, number)).unwrap()).unwrap()
}

fn read_file(text: &str) -> VerificationFile {
    match read(text.as_bytes()).unwrap() {
        Document::File(file) => *file,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_workbooks_draws_verify_from_their_files_wholly() {
    let mut book = frozen_demo();
    draw(&mut book, "2026-01", "2025-12-31");
    draw(&mut book, "2026-02", "2026-01-30");
    for number in [1, 2] {
        let file = file_of(&book, number);
        let again = read_file(&file.to_text());
        assert_eq!(again, file);
        let (name, text) = at_once(write(&book, DrawId::new(2026, number), &AtOnce)).unwrap();
        assert!(
            text == file.to_text(),
            "written unit by unit, it is the same"
        );
        assert_eq!(
            name,
            format!("demo_2026-{number:02}_{number:02}_verification.json")
        );
        assert_eq!(again.previous.is_some(), number == 2);
        let checks = verify(
            &again.certificate,
            again.register.as_ref(),
            again.previous.as_deref(),
        );
        let counts = count_checks(&checks);
        assert_eq!((counts.passed, counts.failed, counts.open), (36, 0, 0));
    }
}

#[test]
fn a_draw_in_the_very_second_of_its_commitment_still_came_after_it() {
    let mut book = frozen_demo();
    let mut act = |action| book.apply(action, &at("2025-12-31")).unwrap();
    act(Action::OpenDraw(OpenDraw {
        month: "2026-01".parse().unwrap(),
        reason: String::new(),
        salt_seed: [7; 32],
    }));
    act(Action::Commit(Commit {
        number: 1,
        entropy: EntropyChoice::Local,
        shown_at: "公示栏".into(),
    }));
    act(Action::Draw(RunDraw {
        number: 1,
        entropy: EntropyGiven::Local([1; 32]),
    }));
    let file = file_of(&book, 1);
    assert!(holds(&verify(
        &file.certificate,
        file.register.as_ref(),
        None
    )));
}

#[test]
fn the_stand_alone_verifier_reads_the_same_file() {
    let mut book = frozen_demo();
    let number = draw(&mut book, "2026-01", "2025-12-31");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("verification.json");
    std::fs::write(&path, file_of(&book, number).to_text()).unwrap();
    let Some(output) = python::python("tests/verifier/verify.py", &[&path]) else {
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    assert!(!text.contains("OPEN") && !text.contains("FAIL"), "{text}");
}

#[test]
fn documents_opened_together_find_each_other() {
    let mut book = frozen_demo();
    draw(&mut book, "2026-01", "2025-12-31");
    draw(&mut book, "2026-02", "2026-01-30");
    let (first, second) = (file_of(&book, 1), file_of(&book, 2));
    let text = |file: &VerificationFile| canonical_json(file.register.as_ref().unwrap()).unwrap();
    let documents = [
        read(first.certificate.canonical().as_bytes()).unwrap(),
        read(second.certificate.canonical().as_bytes()).unwrap(),
        read(text(&first).as_bytes()).unwrap(),
        read(text(&second).as_bytes()).unwrap(),
    ];
    let all: Vec<&Document> = documents.iter().collect();
    let case = assemble(&all, None).unwrap();
    assert_eq!(case.certificate, &second.certificate);
    assert_eq!(case.register, second.register.as_ref());
    assert_eq!(case.previous, Some(&first.certificate));
    let wanted = assemble(&all, Some(first.certificate.hash)).unwrap();
    assert_eq!(wanted.certificate, &first.certificate);
    assert_eq!(wanted.register, first.register.as_ref());
    assert_eq!(wanted.previous, None);
    // A register alone says nothing of a draw; one that is not the right one is still held against it.
    assert!(assemble(&all[2..], None).is_none());
    let case = assemble(&[all[0], all[3]], None).unwrap();
    let checks = verify(case.certificate, case.register, case.previous);
    let root = checks
        .iter()
        .find(|check| check.claim == Claim::UnitsRoot)
        .unwrap();
    assert!(matches!(root.outcome, Outcome::Failed { .. }));
}

#[test]
fn what_cannot_be_read_is_said_with_its_place_in_both_languages() {
    let book = demo::brigade(2026, demo::SEED);
    let workbook = double_random::exchange::json::workbook_to_json(&book);
    let golden = std::fs::read_to_string("tests/golden/03.json").unwrap();
    let with = |from: &str, to: &str| golden.replacen(from, to, 1);
    type Is = fn(&DocumentError) -> bool;
    let cases: [(String, Is, &str); 9] = [
        (
            String::new(),
            |e| matches!(e, DocumentError::File(FileError::Empty)),
            "空",
        ),
        (
            "[1]".into(),
            |e| matches!(e, DocumentError::File(FileError::NotAnObject)),
            "。",
        ),
        (
            golden[..golden.len() / 2].into(),
            |e| matches!(e, DocumentError::File(FileError::Malformed { .. })),
            "行",
        ),
        (
            workbook,
            |e| matches!(e, DocumentError::Other { .. }),
            "工作簿",
        ),
        (
            "{}".into(),
            |e| matches!(e, DocumentError::Other { found: None }),
            "验证文件",
        ),
        (
            with("\"frs1\"", "\"frs2\""),
            |e| matches!(e, DocumentError::Read(ReadError::Format { found: Some(_) })),
            "frs2",
        ),
        (
            with("\"cost\":", "\"c0st\":"),
            |e| matches!(e, DocumentError::Read(ReadError::Shape { .. })),
            "列",
        ),
        (
            with("\"register\":{", "\"register\":{\"more\":1,"),
            |e| matches!(e, DocumentError::Read(_)),
            "公布单位",
        ),
        (
            with("\"name\":", "\"nome\":"),
            |e| matches!(e, DocumentError::Read(ReadError::NotUnderstood { path }) if path == "/nome" || path == "/name"),
            "/n",
        ),
    ];
    for (text, is, word) in cases {
        let error = read(text.as_bytes()).expect_err(word);
        assert!(is(&error), "{word}: {error:?}");
        let words = Lang::Zh.document_error(&error);
        assert!(words.contains(word), "{words}");
        let english = Lang::En.document_error(&error);
        assert!(!english.is_empty() && english != words);
    }
}

#[test]
fn a_changed_byte_of_a_verification_file_is_refused_or_named() {
    let text = std::fs::read_to_string("tests/golden/06.json").unwrap();
    let name_end = text.find("\"register\"").unwrap();
    let name = text.find("\"name\"").unwrap()..name_end;
    let (mut refused, mut named) = (0, 0);
    for at in (0..text.len()).step_by(7).filter(|at| !name.contains(at)) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= if bytes[at].is_ascii_digit() { 1 } else { 2 };
        match read(&bytes) {
            Err(_) => refused += 1,
            Ok(Document::File(file)) => {
                let checks = verify(&file.certificate, file.register.as_ref(), None);
                assert!(
                    !holds(&checks),
                    "byte {at} passed: {}",
                    &text[at.saturating_sub(30)..at + 1]
                );
                named += 1;
            }
            Ok(_) => refused += 1,
        }
    }
    assert!(
        refused > 100 && named > 100,
        "{refused} refused, {named} named"
    );
}

#[test]
fn reports_hold_every_check_in_both_languages_failures_first() {
    let mut file = read_file(&std::fs::read_to_string("tests/golden/16.json").unwrap());
    file.certificate.draws[0].drawn[0].ticket.0[0] ^= 1;
    let checks = verify(&file.certificate, file.register.as_ref(), None);
    let report = Report::new(
        &file.certificate,
        checks,
        vec!["16.json".into()],
        "2026-08-01T10:00:00".parse().unwrap(),
    );
    assert!(report.counts.failed > 0 && report.counts.open > 0);
    let order = report.in_order();
    assert!(matches!(order[0].outcome, Outcome::Failed { .. }));
    assert!(matches!(order[33].outcome, Outcome::Passed { .. }));
    let unit = file.certificate.draws[0].drawn[0].unit.to_string();
    for lang in [Lang::Zh, Lang::En] {
        let text = lang.report_text(&report, ToString::to_string);
        for claim in Claim::ALL {
            assert!(text.contains(lang.claim(claim)), "{claim:?}");
        }
        assert!(text.contains(&unit) && text.contains(&report.short_code));
        let tag = |words: &str| text.find(&format!("[{words}]")).unwrap();
        assert!(tag(lang.verify_failed_tag()) < tag(lang.verify_open_tag()));
        assert!(tag(lang.verify_open_tag()) < tag(lang.verify_passed_tag()));
    }
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["checks"].as_array().unwrap().len(), 36);
    assert_eq!(json["checks"][1]["claim"], "certificate_hash");
    assert_eq!(json["checks"][1]["outcome"], "failed");
}

#[test]
fn every_lack_names_its_remedy() {
    for why in [
        Lacking::Register,
        Lacking::SoundRegister,
        Lacking::SoundDesign,
        Lacking::WorkingDays,
        Lacking::Officers,
        Lacking::AnnualPlan,
        Lacking::Previous,
        Lacking::Publication {
            by: NaiveDateTime::default(),
            is_fallback: true,
        },
        Lacking::Publication {
            by: NaiveDateTime::default(),
            is_fallback: false,
        },
        Lacking::WithheldUnits { count: 3 },
    ] {
        let (zh, en) = (Lang::Zh.lacking(why), Lang::En.lacking(why));
        assert!(
            zh.ends_with('。') && en.ends_with('.') && zh != en,
            "{zh} {en}"
        );
    }
}

/// A unit of the demo that is neither drawn nor excluded by anything.
fn calm_units(book: &Workbook) -> Vec<UnitId> {
    let drawn: BTreeSet<&CandidateId> = book.draws().flat_map(|draw| draw.drawn_units()).collect();
    let units = book.units.iter().filter(|unit| {
        unit.status.is_active()
            && !unit.is_key
            && unit.risk == RiskTier::Blue
            && !drawn.contains(&unit.draw_id())
    });
    units.map(|unit| unit.id.clone()).collect()
}

#[test]
fn register_changes_carry_their_grounds() {
    let mut book = frozen_demo();
    assert_eq!(
        book.changes_since_last_draw("2026-01".parse().unwrap()),
        None
    );
    // One unit leaves before the first draw, and comes back between the two.
    let back = calm_units(&book)[0].clone();
    let retire = |id: &UnitId, since: &str| Action::RetireUnit {
        id: id.clone(),
        since: since.parse().unwrap(),
        reason: "已关闭，市监注销".into(),
        approver: "大队长".into(),
    };
    book.apply(retire(&back, "2025-12-10"), &at("2025-12-10"))
        .unwrap();
    draw(&mut book, "2026-01", "2025-12-31");
    assert_eq!(
        book.changes_of(book.years[0].draws.get(1 - 1).unwrap()),
        None
    );
    let calm = calm_units(&book);
    let (gone, worse) = (calm[1].clone(), calm[2].clone());
    book.apply(retire(&gone, "2026-01-10"), &at("2026-01-10"))
        .unwrap();
    let restore = Action::RestoreUnit {
        id: back.clone(),
        reason: "恢复营业".into(),
    };
    book.apply(restore, &at("2026-01-11")).unwrap();
    let mut edited = book.unit(&worse).unwrap().clone();
    edited.risk = RiskTier::Red;
    edited.credit = Credit::D;
    book.apply(Action::EditUnit(Box::new(edited)), &at("2026-01-12"))
        .unwrap();
    let new = Unit::new(UnitId::new("X-1").unwrap(), "新开饭店");
    let added = book
        .apply(Action::AddUnit(Box::new(new)), &at("2026-01-13"))
        .unwrap();
    let added = UnitId::new(added.id.unwrap()).unwrap();

    let open = book
        .changes_since_last_draw("2026-02".parse().unwrap())
        .unwrap();
    let of = |id: &UnitId| {
        let found: Vec<_> = open
            .list
            .iter()
            .filter(|change| change.change.unit == CandidateId::from(id))
            .collect();
        assert_eq!(found.len(), 1, "{id}");
        found[0].clone()
    };
    assert!(matches!(
        of(&gone).change.change,
        Change::Left { pending: false, .. }
    ));
    assert_eq!(of(&gone).reasons[0].why, "已关闭，市监注销");
    assert!(matches!(of(&back).change.change, Change::Returned { .. }));
    assert_eq!(of(&back).reasons.last().unwrap().action, "restore_unit");
    assert!(matches!(&of(&worse).change.change, Change::Level { from, to, .. } if to > from));
    assert_eq!(of(&worse).reasons[0].action, "edit_unit");
    assert!(matches!(of(&added).change.change, Change::Joined { .. }));
    assert_eq!(
        (open.counts.joined, open.counts.returned, open.counts.left),
        (1, 1, 1)
    );
    for change in &open.list {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!lang.change(&change.change.change).is_empty());
            assert!(!lang.change_grounds(&change.reasons).is_empty());
        }
    }
    // What was open becomes what is recorded and published; later edits do not touch it.
    draw(&mut book, "2026-02", "2026-01-30");
    let recorded = book
        .changes_of(book.years[0].draws.get(2 - 1).unwrap())
        .unwrap();
    assert_eq!(recorded, open);
    book.apply(retire(&added, "2026-02-10"), &at("2026-02-10"))
        .unwrap();
    assert_eq!(
        book.changes_of(book.years[0].draws.get(2 - 1).unwrap())
            .unwrap(),
        recorded
    );
    assert_eq!(file_of(&book, 2).changes, Some(recorded));
    assert!(matches!(
        book.unit(&added).unwrap().status,
        UnitStatus::Retired { .. }
    ));
}

#[test]
fn every_visit_of_a_month_says_why_it_stands_where_it_does() {
    let mut book = frozen_demo();
    let number = draw(&mut book, "2026-01", "2025-12-31");
    let draw = book.draw(DrawId::new(2026, number)).unwrap();
    let plan = &draw.drawn.as_ref().unwrap().plan;
    assert!(plan.visits.len() > 20);
    let mut kinds = BTreeSet::new();
    for (unit, visit) in &plan.visits {
        let reason = book.visit_reason(draw, &book.register_id(unit)).unwrap();
        assert_eq!(reason.day.day, visit.day);
        assert_eq!(reason.team.cost, plan.cost);
        let taken = |is: fn(&double_random::engine::team::reason::Listed) -> bool| {
            let found = reason.team.list.iter().find(|listed| is(listed));
            found.unwrap().officer.clone()
        };
        assert_eq!(taken(|listed| listed.as_lead == Choice::Taken), visit.lead);
        assert_eq!(
            taken(|listed| listed.as_member == Choice::Taken),
            visit.member
        );
        assert!(
            reason
                .day_command
                .contains(&format!("|{unit}|{}|", visit.day))
        );
        for listed in &reason.team.list {
            for lang in [Lang::Zh, Lang::En] {
                kinds.insert(lang.listed_reason(listed, ToString::to_string));
            }
        }
        // What is said is this visit's own (`explain_visits` holds every fact).
        let turn = format!("本户第 {} 个选", reason.day.turn);
        let day = Lang::Zh.day_reason(&reason.day);
        assert!(
            day.contains(&turn) && day.contains(&Lang::Zh.month_day(visit.day)),
            "{day}"
        );
        let cost = format!("load cost is {}", plan.cost);
        assert!(Lang::En.team_reason(&reason.team).contains(&cost));
    }
    assert!(kinds.len() > 6, "{kinds:?}");
}

/// Files of a year side by side, in whatever order: a certificate left out, exchanged or
/// altered is named where it shows.
#[test]
fn certificates_of_a_year_say_whether_they_follow_one_another() {
    let mut book = frozen_demo();
    for (month, day) in [
        ("2026-01", "2025-12-30"),
        ("2026-02", "2026-01-30"),
        ("2026-03", "2026-02-27"),
    ] {
        draw(&mut book, month, day);
    }
    let draws = book
        .draws()
        .map(|draw| verification_file(&book, draw).unwrap());
    let files: Vec<VerificationFile> = draws.collect();
    let linked = |files: &[&VerificationFile]| -> Vec<Link> {
        let files = files.iter().map(|file| CheckFile {
            bytes: file.to_text().into_bytes(),
            is_new: true,
        });
        let checked = at_once(check(files.collect(), None, &AtOnce));
        let facts: Vec<_> = checked.papers.into_iter().map(Result::unwrap).collect();
        let draws: Vec<_> = facts.iter().filter_map(|it| it.draw()).collect();
        links(&draws).into_iter().map(|it| it.1).collect()
    };
    let [first, second, third] = &files[..] else {
        panic!("three draws");
    };
    let whole = [Link::First, Link::Follows(1), Link::Follows(2)];
    assert_eq!(linked(&[third, first, second]), whole);
    assert_eq!(linked(&[first, third]), [Link::First, Link::Lacking]);
    // The second one's certificate was exchanged for one that says something else.
    let mut other = second.clone();
    other.certificate.drawn_at += chrono::TimeDelta::minutes(1);
    let altered = linked(&[first, &other, third]);
    assert_eq!(altered, [Link::First, Link::Changed, Link::Other(2)]);
    other.certificate = other.certificate.sealed();
    let resealed = linked(&[first, &other, third]);
    assert_eq!(resealed, [Link::First, Link::Follows(1), Link::Other(2)]);
    // Both versions of one number, and the same file twice.
    let both = linked(&[second, &other, second]);
    assert_eq!(both, [Link::Rival, Link::Rival]);
    for lang in [Lang::Zh, Lang::En] {
        assert!(lang.link(Link::Other(2)).contains('2'));
    }
}
