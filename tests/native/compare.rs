//! The register beside a market regulator's list, what is said of its lines, and units that
//! may be gone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::compare::{Present, closed_in_use, compare, rows_of};
use double_random::exchange::compared::{LineState, Lines};
use double_random::exchange::sheet::{Against, Wish, open, read};
use double_random::exchange::{Options, Register, json, preview};
use double_random::model::{SocialCreditCode, Unit, UnitId};
use double_random::workbook::request::RetireUnits;
use double_random::workbook::suspect::Suspicion;
use double_random::workbook::upkeep::{Comparison, LINES_KEPT, UpkeepStep};
use double_random::workbook::{Action, ActionError, Applied, Brigade, Context, Workbook};

const CODES: [&str; 4] = [
    "92130581MA0CWX2K9Y",
    "93130581MA07KR5N67",
    "12130581402170387H",
    "N2130581MF8123WX37",
];
const HEAD: &str = "企业名称,统一社会信用代码,住所,法定代表人,登记状态\n";

fn context(at: &str) -> Context {
    Context {
        now: format!("{at}T09:00:00").parse::<NaiveDateTime>().unwrap(),
        who: "内勤".into(),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: usize) -> UnitId {
    UnitId::new(format!("NG-{number:05}")).unwrap()
}

fn act(book: &mut Workbook, action: Action, at: &str) -> Result<Applied, ActionError> {
    book.apply(action, &context(at))
}

fn step(book: &mut Workbook, step: UpkeepStep) -> Result<Applied, ActionError> {
    act(book, Action::Upkeep(step), "2026-03-02")
}

/// A register of units by name, code and address.
fn register(units: &[(&str, &str, &str)]) -> Workbook {
    let mut brigade = Brigade::new("南宫市消防救援大队");
    brigade.unit_prefix = "NG".into();
    let mut book = Workbook::new("00112233aabbccdd", brigade, 2026);
    for (name, code, address) in units {
        let mut unit = Unit::new(id(1), *name);
        unit.code = SocialCreditCode::parse(code).ok();
        unit.address = (*address).into();
        act(
            &mut book,
            Action::AddUnitAlike(Box::new(unit)),
            "2026-01-05",
        )
        .unwrap();
    }
    book
}

fn compared(book: &Workbook, lines: &str) -> Comparison {
    let file = format!("{HEAD}{lines}");
    let sheets = at_once(open("名单.csv", file.as_bytes(), None, &AtOnce)).unwrap();
    let wish = Wish::default();
    let list = at_once(read::<Unit>(&sheets, &wish, Against::default(), &AtOnce)).unwrap();
    let out_of_use: BTreeMap<u32, String> = list.out_of_use.into_iter().collect();
    at_once(compare(book, &list.rows, "名单.csv", &out_of_use, &AtOnce))
}

fn keep(book: &mut Workbook, lines: &str, at: &str) {
    let comparison = UpkeepStep::Compare(Box::new(compared(book, lines)));
    act(book, Action::Upkeep(comparison), at).unwrap();
}

fn last(book: &Workbook) -> &Comparison {
    book.upkeep.comparison.as_ref().unwrap()
}

/// What stands in the register and in the list, one of each kind.
fn mixed() -> (Workbook, String) {
    let mut book = register(&[
        ("苏村粮店", CODES[0], "苏村1号"),
        ("段芦头超市", "", "段芦头2号"),
        ("垂杨饭店", CODES[1], "垂杨3号"),
        ("紫冢旅馆", CODES[2], "紫冢4号"),
        ("停用商店", CODES[3], "大村5号"),
        ("只在本库", "", "薛吴村6号"),
    ]);
    let retire = Action::RetireUnit {
        id: id(5),
        since: day("2026-01-06"),
        reason: "停业".into(),
        approver: "鄢立群".into(),
    };
    act(&mut book, retire, "2026-01-06").unwrap();
    let lines = [
        format!("苏村粮店,{},河北省南宫市苏村 1号,,存续", CODES[0]),
        "段芦头超市,91130581MA00001620,段芦头2号,王三,存续".to_owned(),
        format!("垂杨饭店,{},垂杨33号,,存续", CODES[1]),
        format!("紫冢旅馆,{},紫冢4号,,注销", CODES[2]),
        format!("停用商店,{},大村5号,,存续", CODES[3]),
        "新开饭店,92130581MA000004XQ,凤岗7号,李四,存续".to_owned(),
        "关门饭店,,凤岗8号,,吊销".to_owned(),
        "错码饭店,91130581MA00001629,凤岗9号,,存续".to_owned(),
    ];
    (book, lines.join("\n"))
}

#[test]
fn each_row_and_unit_stands_in_one_list() {
    let (book, lines) = mixed();
    let found = compared(&book, &lines);
    let counts = found.counts;
    let sum = counts.faulty
        + counts.same
        + counts.missing
        + counts.aside
        + counts.closed
        + counts.struck_off
        + counts.reopened
        + counts.differing;
    assert_eq!((counts.rows, sum), (8, 8), "{counts:?}");
    assert_eq!((counts.same, counts.closed, counts.faulty), (1, 1, 1));
    let missing: Vec<String> = found.missing.iter().map(|it| it.row_name().name).collect();
    assert_eq!(missing, ["新开饭店"]);
    assert!(found.absent.hold("NG-00006") && counts.absent == 1);
    assert_eq!(found.word_of(&id(4)), Some("注销"));
    assert!(found.reopened.hold("NG-00005"));
    let differing: Vec<(&str, bool, Vec<&str>)> = found
        .differing
        .iter()
        .map(|line| {
            let fields = line.theirs.keys().map(String::as_str).collect();
            (line.unit.as_str(), line.is_by_name, fields)
        })
        .collect();
    let expected = [
        ("NG-00002", true, vec!["code", "responsible"]),
        ("NG-00003", false, vec!["address"]),
    ];
    assert_eq!(differing, expected);
}

#[test]
fn shops_of_a_chain_are_not_one_unit() {
    let book = register(&[("蜀香饭店", "", "苏村5号")]);
    for row in [
        "蜀香饭店,,苏村55号,,",
        "蜀香饭店,,苏村15号,,",
        "蜀盛饭店,,苏村5号,,",
    ] {
        let found = compared(&book, row);
        assert_eq!((found.counts.missing, found.counts.absent), (1, 1), "{row}");
    }
    // Without an address on one side it is offered.
    assert_eq!(compared(&book, "蜀香饭店,,,,").counts.missing, 0);
}

#[test]
fn what_was_set_aside_is_not_asked_again_until_it_is_taken_back() {
    let mut book = register(&[]);
    let lines = "甲店,,苏村1号,,\n乙店,91130581MA00001620,苏村2号,,";
    keep(&mut book, lines, "2026-03-01");
    let rows: Vec<_> = last(&book).missing.iter().map(|it| it.row_name()).collect();
    let aside = |why: &str| UpkeepStep::SetAside {
        rows: rows.clone(),
        why: why.into(),
    };
    assert_eq!(
        step(&mut book, aside(" ")).unwrap_err(),
        ActionError::NoReason
    );
    step(&mut book, aside("仅住所登记")).unwrap();
    // The same shop, spelled with spaces.
    keep(
        &mut book,
        "甲 店,,苏村 1号,,\n乙店,91130581MA00001620,,,",
        "2026-03-02",
    );
    assert_eq!(
        (last(&book).counts.missing, last(&book).counts.aside),
        (0, 2)
    );
    let keys = BTreeSet::from(["甲店|苏村1号".to_owned()]);
    step(&mut book, UpkeepStep::TakeBack { keys: keys.clone() }).unwrap();
    keep(&mut book, lines, "2026-03-03");
    assert_eq!(
        (last(&book).counts.missing, last(&book).counts.aside),
        (1, 1)
    );
    let gone = step(&mut book, UpkeepStep::TakeBack { keys }).unwrap_err();
    assert!(matches!(gone, ActionError::NoRecord { .. }));
}

#[test]
fn lines_become_units_and_values_by_the_import_and_back() {
    let (mut book, lines) = mixed();
    keep(&mut book, &lines, "2026-03-01");
    let comparison = last(&book).clone();
    let row = comparison.missing[0].row_name();
    assert!(
        Present::new(&book, &comparison.missing)
            .unit(&row)
            .is_none()
    );
    let missing: Vec<_> = comparison.missing.iter().collect();
    let adopted: Vec<_> = comparison
        .differing
        .iter()
        .map(|line| (line, line.theirs.keys().cloned().collect()))
        .collect();
    let rows = rows_of(&missing, &adopted);
    let plan = {
        let register = Register::units(&book);
        at_once(preview(
            &register,
            &rows,
            &Options::MERGE,
            &|_| true,
            &AtOnce,
        ))
    };
    assert_eq!(
        (plan.added.len(), plan.changed.len()),
        (1, 2),
        "{:?}",
        plan.issues
    );
    let import = plan.into_import("名单.csv").unwrap();
    let before = book.units.clone();
    let applied = act(&mut book, Action::ImportUnits(import), "2026-03-02").unwrap();
    let unit = book.unit(&id(2)).unwrap();
    assert_eq!(unit.code.as_ref().unwrap().as_str(), "91130581MA00001620");
    assert_eq!(unit.responsible, "王三");
    assert_eq!(book.unit(&id(3)).unwrap().address, "垂杨33号");
    // A line is done because the register says so.
    let present = Present::new(&book, &comparison.missing);
    assert_eq!(present.unit(&row), Some(&id(7)));
    assert_eq!(compared(&book, &lines).counts.same, 4);
    act(&mut book, applied.undo.unwrap(), "2026-03-02").unwrap();
    assert_eq!(book.units, before);
}

#[test]
fn each_line_says_what_became_of_it() {
    let (mut book, lines) = mixed();
    keep(&mut book, &lines, "2026-03-01");
    let found = Lines::of(&book).unwrap();
    let states = |lines: &Lines| {
        (
            lines.missing[0].state,
            lines.absent[0].state,
            lines.struck_off[0].state,
            lines
                .differing
                .iter()
                .map(|it| it.state)
                .collect::<Vec<_>>(),
        )
    };
    let open = LineState::Open;
    assert_eq!(states(&found), (open, open, open, vec![open; 3]));
    assert_eq!(found.struck_off[0].word, "注销");
    // Retired here and in business there: by name, until it is restored.
    assert_eq!(found.reopened[0].state, open);
    assert_eq!(book.units[found.reopened[0].place as usize].id, id(5));
    let restore = Action::RestoreUnits {
        ids: vec![id(5)],
        reason: "实地查看仍在营业".into(),
    };
    act(&mut book, restore, "2026-03-02").unwrap();
    let restored = Lines::of(&book).unwrap();
    assert_eq!(restored.reopened[0].state, LineState::Restored);
    let aside = UpkeepStep::SetAside {
        rows: vec![found.missing[0].row.clone()],
        why: "仅住所登记".into(),
    };
    step(&mut book, aside).unwrap();
    let units = BTreeSet::from([id(6)]);
    step(&mut book, UpkeepStep::Suspect { units }).unwrap();
    let confirm = UpkeepStep::Confirm {
        units: BTreeSet::from([id(4)]),
        how: "电话".into(),
        on: day("2026-03-01"),
    };
    step(&mut book, confirm).unwrap();
    let mut unit = book.unit(&id(3)).unwrap().clone();
    unit.address = "垂杨 33 号".into();
    act(&mut book, Action::EditUnit(Box::new(unit)), "2026-03-02").unwrap();
    let keep_own = UpkeepStep::KeepOwn {
        values: BTreeMap::from([(id(2), BTreeSet::from(["code".to_owned()]))]),
    };
    step(&mut book, keep_own).unwrap();
    let found = Lines::of(&book).unwrap();
    let values = vec![open, LineState::Adopted, LineState::Kept];
    let expected = (
        LineState::Aside,
        LineState::Suspected,
        LineState::Confirmed,
        values,
    );
    assert_eq!(states(&found), expected);
}

#[test]
fn a_value_kept_stands_until_the_list_says_another() {
    let mut book = register(&[("垂杨饭店", CODES[1], "垂杨3号")]);
    let line = |address: &str| format!("垂杨饭店,{},{address},王三,", CODES[1]);
    keep(&mut book, &line("垂杨33号"), "2026-03-01");
    let fields = BTreeSet::from(["address".to_owned(), "novel".to_owned()]);
    let values = BTreeMap::from([(id(1), fields)]);
    let keep_own = UpkeepStep::KeepOwn { values };
    let applied = step(&mut book, keep_own).unwrap();
    let kept = |book: &Workbook| last(book).differing[0].kept.clone();
    assert_eq!(kept(&book), BTreeSet::from(["address".to_owned()]));
    keep(&mut book, &line("垂杨33号"), "2026-03-02");
    assert_eq!(kept(&book).len(), 1);
    keep(&mut book, &line("垂杨34号"), "2026-03-03");
    assert!(kept(&book).is_empty());
    // Another step came after it.
    let undone = act(&mut book, applied.undo.unwrap(), "2026-03-03");
    assert_eq!(undone.unwrap_err(), ActionError::ChangedSince);
}

#[test]
fn a_unit_found_in_order_is_a_suspect_again_only_for_something_new() {
    let (mut book, lines) = mixed();
    keep(&mut book, &lines, "2026-03-01");
    let told = |book: &Workbook, number: usize| {
        let all = book.suspicions(day("2026-03-02"));
        all[number - 1].clone()
    };
    let word = |word: &str, on: &str| Suspicion::StruckOff {
        word: word.into(),
        on: day(on),
    };
    assert_eq!(told(&book, 4), [word("注销", "2026-03-01")]);
    assert!(
        told(&book, 6).is_empty(),
        "a list may hold enterprises alone"
    );
    let named = |number| UpkeepStep::Suspect {
        units: BTreeSet::from([id(number)]),
    };
    step(&mut book, named(6)).unwrap();
    assert!(matches!(told(&book, 6)[..], [Suspicion::Absent { .. }]));
    let not_absent = step(&mut book, named(1)).unwrap_err();
    assert_eq!(not_absent, ActionError::NoUnit { id: id(1) });
    let confirm = |how: &str, on: &str| UpkeepStep::Confirm {
        units: BTreeSet::from([id(4), id(6)]),
        how: how.into(),
        on: day(on),
    };
    let ahead = step(&mut book, confirm("电话核实", "2026-03-03")).unwrap_err();
    assert!(matches!(ahead, ActionError::CheckAhead { .. }));
    assert_eq!(
        step(&mut book, confirm("", "2026-03-02")).unwrap_err(),
        ActionError::NoReason
    );
    step(&mut book, confirm("电话核实", "2026-03-02")).unwrap();
    assert!(told(&book, 4).is_empty() && told(&book, 6).is_empty());
    // The next list says the same of both: nothing new.
    keep(&mut book, &lines, "2026-03-02");
    assert!(told(&book, 4).is_empty() && told(&book, 6).is_empty());
    step(&mut book, named(6)).unwrap();
    assert_eq!(told(&book, 6).len(), 1, "named once more");
    keep(&mut book, &lines.replace("注销", "吊销"), "2026-03-02");
    assert_eq!(told(&book, 4), [word("吊销", "2026-03-02")]);
    assert_eq!(told(&book, 6).len(), 1, "still named");
}

#[test]
fn what_an_imported_list_calls_closed_and_stays_in_use_is_a_suspect() {
    let (mut book, lines) = mixed();
    let file = format!("{HEAD}{lines}");
    let sheets = at_once(open("名单.csv", file.as_bytes(), None, &AtOnce)).unwrap();
    let wish = Wish::default();
    let list = at_once(read::<Unit>(&sheets, &wish, Against::default(), &AtOnce)).unwrap();
    let out_of_use: BTreeMap<u32, String> = list.out_of_use.iter().cloned().collect();
    let units = closed_in_use(&book, &list.rows, &out_of_use);
    assert_eq!(units, BTreeMap::from([(id(4), "注销".to_owned())]));
    let file = "名单.csv".to_owned();
    step(&mut book, UpkeepStep::Mark { file, units }).unwrap();
    let found = book.suspicions(day("2026-03-02"));
    assert!(matches!(&found[3][..], [Suspicion::Marked { word, .. }] if word == "注销"));
    assert_eq!(
        found[3],
        book.suspicions_of(book.unit(&id(4)).unwrap(), day("2026-03-02"))
    );
}

#[test]
fn several_are_retired_for_one_reason_or_none_is() {
    let mut book = register(&[("甲", "", "1"), ("乙", "", "2"), ("丙", "", "3")]);
    let retire = |units: &[usize], approver: &str| {
        Action::RetireUnits(RetireUnits {
            units: units.iter().map(|number| id(*number)).collect(),
            since: day("2026-03-01"),
            reason: "名单注销".into(),
            approver: approver.into(),
        })
    };
    let before = book.units.clone();
    let refused = act(&mut book, retire(&[1, 9], "鄢立群"), "2026-03-02").unwrap_err();
    assert_eq!(refused, ActionError::NoUnit { id: id(9) });
    let refused = act(&mut book, retire(&[1], ""), "2026-03-02").unwrap_err();
    assert_eq!(refused, ActionError::NoApprover);
    assert_eq!(book.units, before);
    let applied = act(&mut book, retire(&[1, 3], "鄢立群"), "2026-03-02").unwrap();
    assert_eq!(book.active_units().count(), 1);
    let again = act(&mut book, retire(&[2, 3], "鄢立群"), "2026-03-02").unwrap_err();
    assert!(matches!(again, ActionError::StatusAlready { .. }));
    act(&mut book, applied.undo.unwrap(), "2026-03-02").unwrap();
    assert_eq!(book.units, before);
}

#[test]
fn a_unit_of_which_nothing_is_heard_is_dormant() {
    let mut book = register(&[("甲", "", "1"), ("乙", "", "2"), ("丙", "", "3")]);
    let dormant = |book: &Workbook, today: &str| {
        let all = book.suspicions(day(today));
        let is_dormant = |found: &Vec<Suspicion>| {
            found.contains(&Suspicion::Dormant {
                months: 24,
                since: None,
            })
        };
        all.iter().map(is_dormant).collect::<Vec<_>>()
    };
    assert_eq!(dormant(&book, "2028-01-05"), [false; 3]);
    assert_eq!(dormant(&book, "2028-01-06"), [true; 3]);
    let mut unit = book.unit(&id(2)).unwrap().clone();
    unit.note = "换门锁".into();
    act(&mut book, Action::EditUnit(Box::new(unit)), "2027-06-01").unwrap();
    let confirm = Action::Upkeep(UpkeepStep::Confirm {
        units: BTreeSet::from([id(3)]),
        how: "实地查看".into(),
        on: day("2027-07-01"),
    });
    act(&mut book, confirm, "2027-07-02").unwrap();
    assert_eq!(dormant(&book, "2028-01-06"), [true, false, false]);
    let mut brigade = book.brigade.clone();
    brigade.dormant_months = 36;
    act(
        &mut book,
        Action::EditBrigade(Box::new(brigade)),
        "2028-01-06",
    )
    .unwrap();
    assert_eq!(book.suspects_count(day("2028-01-06")), 0);
    assert_eq!(book.suspects_count(day("2029-02-01")), 1);
}

#[test]
fn a_comparison_is_written_and_read_again() {
    let (mut book, lines) = mixed();
    assert!(!json::workbook_to_json(&book).contains("upkeep"));
    keep(&mut book, &lines, "2026-03-01");
    let named = UpkeepStep::Suspect {
        units: BTreeSet::from([id(6)]),
    };
    step(&mut book, named).unwrap();
    let file = json::read_workbook(&json::workbook_to_json(&book)).unwrap();
    assert_eq!(file.workbook.upkeep, book.upkeep);
}

#[test]
fn of_many_rows_the_first_are_kept_and_all_are_counted() {
    let book = register(&[]);
    let lines: Vec<String> = (0..LINES_KEPT + 500)
        .map(|number| format!("单位{number},,凤岗{number}号,,"))
        .collect();
    let found = compared(&book, &lines.join("\n"));
    assert_eq!(found.counts.missing as usize, LINES_KEPT + 500);
    assert_eq!(found.missing.len(), LINES_KEPT);
    assert_eq!(found.missing[0].row_number, 2);
    let mut too_many = found.clone();
    too_many.missing.push(found.missing[0].clone());
    let mut book = book;
    let refused = step(&mut book, UpkeepStep::Compare(Box::new(too_many))).unwrap_err();
    assert_eq!(refused, ActionError::TooMany { max: LINES_KEPT });
}
