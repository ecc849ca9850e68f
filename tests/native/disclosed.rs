//! What a draw's package says beside the draw is bound: reason, made-up data, register
//! changes, the end of the trail; and every byte of it counts.

use crate::python;

use std::collections::BTreeSet;

use double_random::demo;
use double_random::desk::duties::Duty;
use double_random::engine::lottery::canonical_json;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::verify::verify;
use double_random::exchange::beside::{Beside, Part};
use double_random::exchange::checking::{CheckFile, check};
use double_random::exchange::json::{self, Content, WorkbookWarning};
use double_random::exchange::lookup::find_units;
use double_random::exchange::report::Report;
use double_random::exchange::verification::{
    Document, VerificationFile, is_published, read, verification_file,
};
use double_random::i18n::Lang;
use double_random::model::{CandidateId, UnitStatus};
use double_random::workbook::request::{
    Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, Withhold,
};
use double_random::workbook::trail::{TrailCut, first_break};
use double_random::workbook::{Action, Context, DrawId, Workbook};
use serde_json::Value;

const REASON: &str = "系统检修，窗口期无法抽取";

fn at(time: &str) -> Context {
    Context {
        now: time.parse().unwrap(),
        who: "沙维新".into(),
    }
}

/// A brigade of some forty units, so that every byte of its files can be tried.
pub(crate) fn small(is_demo: bool) -> Workbook {
    let mut book = demo::brigade(2026, demo::SEED);
    book.is_demo = is_demo;
    book.units.truncate(40);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "大队长".into(),
        reason: "年度计划".into(),
    };
    book.apply(freeze, &at("2025-12-01T09:00:00")).unwrap();
    book
}

fn draw(book: &mut Workbook, month: &str, day: &str) -> u32 {
    let number = book.years[0].draws.len() as u32 + 1;
    let open = Action::OpenDraw(OpenDraw {
        month: month.parse().unwrap(),
        reason: REASON.into(),
        salt_seed: [7; 32],
    });
    let commit = Action::Commit(Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "公示栏".into(),
    });
    let run = Action::Draw(RunDraw {
        number,
        entropy: EntropyGiven::Local([number as u8; 32]),
    });
    for (action, minute) in [(open, "00"), (commit, "10"), (run, "20")] {
        book.apply(action, &at(&format!("{day}T09:{minute}:00")))
            .unwrap();
    }
    number
}

/// Two draws with a unit that left between them, the first outside its window.
fn two_draws(is_demo: bool) -> Workbook {
    let mut book = small(is_demo);
    draw(&mut book, "2026-01", "2025-12-15");
    let drawn: BTreeSet<&CandidateId> = book.years[0].draws[0].drawn_units().collect();
    let calm = book
        .units
        .iter()
        .find(|unit| !drawn.contains(&unit.draw_id()));
    let id = calm.unwrap().id.clone();
    let retire = Action::RetireUnit {
        id,
        since: "2026-01-10".parse().unwrap(),
        reason: "已关闭，市监注销".into(),
        approver: "大队长".into(),
    };
    book.apply(retire, &at("2026-01-10T09:00:00")).unwrap();
    draw(&mut book, "2026-02", "2026-01-30");
    book
}

fn file_of(book: &Workbook, number: u32) -> VerificationFile {
    verification_file(book, book.draw(DrawId::new(2026, number)).unwrap()).unwrap()
}

/// The file as a value, changed, and read again.
fn changed(file: &VerificationFile, change: impl FnOnce(&mut Value)) -> VerificationFile {
    let mut value: Value = serde_json::from_str(&file.to_text()).unwrap();
    change(&mut value);
    match read(value.to_string().as_bytes()).unwrap() {
        Document::File(file) => *file,
        other => panic!("{other:?}"),
    }
}

/// The whole report of a file, by the way that the page takes.
fn report(text: &str) -> Option<Report> {
    let bytes = text.as_bytes().to_vec();
    let is_new = true;
    let checked = at_once(check(vec![CheckFile { bytes, is_new }], None, &AtOnce));
    let case = checked.case?;
    let now = "2026-02-01T09:00:00".parse().unwrap();
    let mut report = Report::new(&case.certificate, case.checks, Vec::new(), now);
    report.beside = case.beside;
    Some(report)
}

#[test]
fn reason_demo_changes_and_trail_stand_in_the_commitment() {
    let book = two_draws(true);
    let (first, second) = (file_of(&book, 1), file_of(&book, 2));
    let disclosed = first.certificate.commitment.disclosed.as_ref().unwrap();
    assert_eq!(disclosed.outside_window.as_deref(), Some(REASON));
    assert!(disclosed.is_demo && disclosed.changes.is_none());
    let trail = disclosed.trail;
    let last = &book.trail[trail.entries as usize - 1];
    assert_eq!(
        (trail.hash.to_string(), "open_draw"),
        (last.hash.clone(), &*last.action)
    );
    let disclosed = second.certificate.commitment.disclosed.as_ref().unwrap();
    assert_eq!(disclosed.outside_window, None);
    assert!(disclosed.changes.is_some() && second.changes.is_some());
    // And in the month's plan as it is exported.
    let plan = book.plan_json(book.years[0].draws.get(1 - 1).unwrap());
    assert_eq!(plan["outside_window"], REASON);
    assert_eq!(plan["trail"]["entries"], trail.entries);
    for file in [first, second] {
        let beside = Beside::of(file.case());
        assert_eq!(beside.brigade.as_deref(), Some(&*book.brigade.name));
        assert!(beside.is_demo && beside.unbound.is_empty() && beside.differing.is_empty());
    }
    let real = Beside::of(file_of(&two_draws(false), 2).case());
    assert!(!real.is_demo && real.unbound.is_empty() && real.differing.is_empty());
}

#[test]
fn what_stands_beside_the_certificate_cannot_be_changed_or_left_out() {
    let (file, real) = (file_of(&two_draws(true), 2), file_of(&two_draws(false), 2));
    let part = |file: &VerificationFile| Beside::of(file.case());
    // Another brigade's name is nobody's word, and not shown.
    let renamed = part(&changed(&file, |file| file["name"] = "别的大队".into()));
    assert_eq!(renamed.unbound, [Part::Name]);
    assert_eq!(renamed.brigade, part(&file).brigade);
    // The plan's own name is bound by the genesis.
    let other = changed(&file, |file| {
        file["register"]["annual_plan"]["brigade"] = "别的大队".into();
    });
    assert_eq!(part(&other).brigade, None);
    let demo = part(&changed(&real, |file| file["is_demo"] = true.into()));
    assert_eq!(demo.differing, [Part::Demo]);
    let without = part(&changed(&file, |file| {
        drop(file.as_object_mut().unwrap().remove("changes"))
    }));
    assert_eq!(without.differing, [Part::Changes]);
    let excused = changed(&file, |file| {
        file["changes"]["list"][0]["reasons"][0]["why"] = "另有原因".into();
    });
    assert_eq!(part(&excused).differing, [Part::Changes]);
    let report = report(&excused.to_text()).unwrap();
    assert!(report.differs() && report.counts.failed == 0);
    for lang in [Lang::Zh, Lang::En] {
        let text = lang.report_text(&report, ToString::to_string);
        assert!(text.contains(lang.part_failure(Part::Changes)), "{text}");
        assert_ne!(lang.whole_verdict(&report), lang.verdict(report.counts));
    }
}

/// A record of an older program verifies, and says what nothing binds.
#[test]
fn older_files_verify_and_say_what_is_not_bound() {
    let golden = std::fs::read_to_string("tests/golden/03.json").unwrap();
    let report = report(&golden).unwrap();
    assert!(!report.differs());
    assert_eq!(report.beside.unbound, [Part::Name, Part::Demo]);
    let text = Lang::Zh.report_text(&report, ToString::to_string);
    assert!(text.contains("文件自己写的名称、是不是演示数据"), "{text}");
}

#[test]
fn the_short_code_is_that_of_the_contents() {
    let mut file = file_of(&two_draws(false), 2);
    let honest = report(&file.to_text()).unwrap();
    assert_eq!(honest.short_code, file.certificate.short_code());
    file.certificate.draws[0].drawn[0].ticket.0[0] ^= 1;
    let forged = report(&file.to_text()).unwrap();
    assert_eq!(
        file.certificate.short_code(),
        honest.short_code,
        "it claims the same"
    );
    assert_ne!(forged.short_code, honest.short_code);
    assert!(forged.differs());
}

#[test]
fn register_changes_stay_those_committed_to_whatever_the_clock_says() {
    let mut book = two_draws(false);
    let unit = book.units[3].id.clone();
    let withhold = Action::Withhold(Withhold {
        id: unit,
        reason: "国家秘密".into(),
        approver: "大队长".into(),
        random: [9; 10],
    });
    // A clock that was put back makes an entry look older than the frozen register.
    book.apply(withhold, &at("2026-01-12T09:00:00")).unwrap();
    let active = |unit: &&double_random::model::Unit| matches!(unit.status, UnitStatus::Active);
    let mut edited = book.units.iter().filter(active).nth(4).unwrap().clone();
    edited.note = "改过".into();
    book.apply(
        Action::EditUnit(Box::new(edited)),
        &at("2026-01-12T09:00:00"),
    )
    .unwrap();
    for number in [1, 2] {
        assert!(
            Beside::of(file_of(&book, number).case())
                .differing
                .is_empty()
        );
    }
}

#[test]
fn units_are_found_by_their_published_names() {
    let book = two_draws(false);
    let certificate = file_of(&book, 2).certificate;
    assert_eq!(
        certificate.names.keys().cloned().collect::<BTreeSet<_>>(),
        certificate.visits()
    );
    let (id, name) = certificate.names.iter().next().unwrap();
    let half: String = name.chars().take(4).collect();
    let only = std::slice::from_ref(id);
    assert_eq!(find_units(&certificate, name), only);
    assert!(find_units(&certificate, &half).contains(id));
    assert_eq!(
        find_units(&certificate, &format!(" {} ", id.as_str().to_lowercase())),
        only
    );
    assert!(find_units(&certificate, "没有这一家").is_empty());
    // Names are bound: another one is another certificate.
    let mut swapped = certificate.clone();
    swapped.names.insert(id.clone(), "别的单位".into());
    assert_ne!(swapped.content_hash(), certificate.hash);
}

#[test]
fn a_withheld_units_name_is_not_published() {
    let mut book = small(false);
    let withheld: Vec<_> = book.units.iter().map(|unit| unit.id.clone()).collect();
    for (id, random) in withheld.iter().zip(1..) {
        let withhold = Action::Withhold(Withhold {
            id: id.clone(),
            reason: "国家秘密".into(),
            approver: "大队长".into(),
            random: [random; 10],
        });
        book.apply(withhold, &at("2025-12-02T09:00:00")).unwrap();
    }
    let number = draw(&mut book, "2026-01", "2025-12-31");
    let text = file_of(&book, number).to_text();
    assert!(book.units.iter().all(|unit| !text.contains(&*unit.name)));
}

#[test]
fn a_trail_whose_end_was_cut_is_found_out() {
    let whole = two_draws(false);
    assert_eq!(whole.trail_cut(), None);
    let draw = |number| whole.draw(DrawId::new(2026, number)).unwrap();
    let entries = |number| draw(number).trail_head().unwrap().entries;
    let today = "2026-02-01".parse().unwrap();
    for (left, cut) in [
        (0, 1),
        (entries(1), 1),
        (entries(2) - 1, 2),
        (entries(2), 2),
        (entries(2) + 1, 2),
    ] {
        let mut book = whole.clone();
        book.trail.truncate(left as usize);
        assert_eq!(first_break(&book.trail), None, "the chain itself holds");
        let cut = TrailCut {
            number: cut,
            entries: entries(cut),
        };
        assert_eq!(book.trail_cut(), Some(cut), "{left}");
        assert_eq!(book.duties_on(today)[0], Duty::TrailCut(cut));
        let text = json::workbook_to_json(&book);
        let Ok(Content::Workbook(file)) = json::read(text.as_bytes()) else {
            panic!("it can be opened");
        };
        assert!(file.warnings.contains(&WorkbookWarning::TrailCut { cut }));
        for lang in [Lang::Zh, Lang::En] {
            assert!(lang.trail_cut(&cut).contains(&cut.entries.to_string()));
        }
    }
    // Written anew from there on, the chain holds, and the draw still knows better.
    let mut book = whole.clone();
    book.trail.truncate(entries(2) as usize - 1);
    for day in [
        "2026-02-01T09:00:00",
        "2026-02-01T09:01:00",
        "2026-02-01T09:02:00",
    ] {
        let mut brigade = book.brigade.clone();
        brigade.short_name.push('改');
        book.apply(Action::EditBrigade(Box::new(brigade)), &at(day))
            .unwrap();
    }
    assert_eq!(first_break(&book.trail), None);
    assert_eq!(book.trail_cut().map(|cut| cut.number), Some(2));
}

/// What may change without anything being said: nothing.
#[test]
fn every_byte_of_a_verification_file_is_refused_or_changes_the_verdict() {
    let text = file_of(&two_draws(true), 2).to_text();
    let honest = report(&text).unwrap();
    assert!(!honest.differs() && honest.counts.open == 0);
    let mut escaped = Vec::new();
    for at in 0..text.len() {
        // Parts with their own sweeps in `verify_bytes` are tried here and there.
        let is_inside = at > 2_000 && at + 6_000 < text.len();
        if is_inside && at % 29 != 0 {
            continue;
        }
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= if bytes[at].is_ascii_digit() { 1 } else { 2 };
        let Ok(Document::File(file)) = read(&bytes) else {
            continue;
        };
        let beside = Beside::of(file.case());
        let is_said = !beside.differing.is_empty() || beside.is_demo != honest.beside.is_demo || {
            let checks = verify(
                &file.certificate,
                file.register.as_ref(),
                file.previous.as_deref(),
            );
            !double_random::engine::verify::holds(&checks)
        };
        if !is_said {
            escaped.push(text[at.saturating_sub(40)..=at].to_owned());
        }
    }
    assert!(escaped.is_empty(), "{escaped:#?}");
}

/// The stand-alone verifier says the same of one changed byte in each part of the file.
#[test]
fn every_part_of_a_verification_file_counts_for_the_stand_alone_verifier() {
    let text = file_of(&two_draws(true), 2).to_text();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("disclosed");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let whole = write("whole.json", text.as_bytes());
    let sweep = write("sweep.py", include_bytes!("../verifier/sweep.py"));
    let verifier = std::path::Path::new("tests/verifier/verify.py");
    let sweep = sweep.to_str().unwrap().to_owned();
    let Some(output) = python::python(&sweep, &[verifier, &whole]) else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}{errors}");
    assert!(said.starts_with("tried "), "{said}");
}

#[test]
fn the_stand_alone_verifier_says_what_it_can_in_sentences() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sentences");
    std::fs::create_dir_all(&folder).unwrap();
    let file = file_of(&two_draws(true), 2);
    let path = folder.join("file.json");
    std::fs::write(&path, file.to_text()).unwrap();
    let quoted = format!("\"{}\"", path.display());
    let hash = file.certificate.hash.to_string();
    let other = format!(
        "{}{}",
        if hash.starts_with('0') { '1' } else { '0' },
        &hash[1..]
    );
    let forged = |name: &str, from: &str, to: &str| {
        let path = folder.join(name);
        std::fs::write(&path, file.to_text().replace(from, to)).unwrap();
        path
    };
    let code = file.certificate.short_code();
    let marked = format!("[{}]{}", &other[..1], &other[1..]);
    let cases: [(&str, std::path::PathBuf, i32, Vec<&str>); 7] = [
        (
            "quotes",
            quoted.into(),
            0,
            vec!["演示数据", &code, "结论：全部一致"],
        ),
        (
            "nowhere",
            folder.join("nowhere.json"),
            2,
            vec!["没有这个文件", "结论：没有核对"],
        ),
        (
            "no json",
            "Cargo.toml".into(),
            2,
            vec!["不是完整的 JSON", "结论：没有核对"],
        ),
        (
            "other",
            "tests/schema/units.schema.json".into(),
            2,
            vec!["不是验证文件", "结论：没有核对"],
        ),
        (
            "format",
            forged("format.json", "\"frs1\"", "\"frs8\""),
            1,
            vec!["只认识 frs1", "不要采信"],
        ),
        (
            "no hash",
            forged("hash.json", &hash, "oops"),
            1,
            vec!["不是 64 位十六进制数", "不要采信"],
        ),
        (
            "digit",
            forged("digit.json", &hash, &other),
            1,
            vec![&marked, "不要采信"],
        ),
    ];
    let mut runs = vec![("none", Vec::new(), 2, vec!["用法", "结论：没有核对"])];
    for (name, path, status, words) in &cases {
        runs.push((name, vec![path.as_path()], *status, words.clone()));
    }
    for (name, files, status, words) in runs {
        let Some(output) = python::python("tests/verifier/verify.py", &files) else {
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(status), "{name}: {text}");
        assert!(output.stderr.is_empty(), "{name}");
        for word in words {
            assert!(text.contains(word), "{name}, {word}: {text}");
        }
        assert!(
            text.lines().last().unwrap().starts_with("结论"),
            "{name}: {text}"
        );
    }
}

#[test]
fn a_verification_file_is_known_beside_a_workbook() {
    let book = two_draws(false);
    let file = file_of(&book, 2);
    let parts = [
        file.to_text(),
        file.certificate.canonical(),
        canonical_json(file.register.as_ref().unwrap()).unwrap(),
    ];
    for part in parts {
        assert!(is_published(part.as_bytes()));
    }
    assert!(!is_published(json::workbook_to_json(&book).as_bytes()));
}
