//! A file gets past no rule: guarded fields change by their own actions alone, the
//! preview says what is not taken, and the trail names every record.

use double_random::demo;
use double_random::exchange::{
    Content, Mode, Options, Preview, Register, RowIssue, RowIssueKind, Severity, json,
};
use double_random::i18n::{Lang, Who};
use double_random::model::{
    Absence, AbsenceKind, Avoidance, CandidateId, Finding, Inspection, Officer, OfficerId, Unit,
    UnitId, UnitStatus, Withholding,
};
use double_random::workbook::register::Guarded;
use double_random::workbook::request::{RegisterImport, Withdrawal};
use double_random::workbook::{
    Action, ActionError, Applied, Brigade, Context, ITEMS_MAX, NUMBER_MAX, Workbook,
};
use serde_json::{Value, json};

use crate::import::preview;

fn context() -> Context {
    Context {
        now: "2026-03-02T09:00:00".parse().unwrap(),
        who: "沙维新".into(),
    }
}

fn act(book: &mut Workbook, action: Action) -> Result<Applied, ActionError> {
    book.apply(action, &context())
}

/// Six units of the demo, of whom the first was inspected.
fn small() -> Workbook {
    let mut book = demo::brigade(2026, 1);
    book.units.truncate(6);
    book.unit_number_last = 6;
    for unit in &mut book.units {
        unit.inspections.clear();
    }
    book.units[0].inspections.push(inspected("2025-11-03"));
    book
}

fn inspected(day: &str) -> Inspection {
    Inspection {
        date: day.parse().unwrap(),
        finding: Finding::None,
        extra: serde_json::Map::new(),
    }
}

fn merged(book: &Workbook, units: &Value) -> Preview<Unit> {
    merged_on(Register::units(book), book, units)
}

fn merged_on(register: Register<'_, Unit>, book: &Workbook, units: &Value) -> Preview<Unit> {
    let options = Options::MERGE;
    let file = json!({ "format": "double-random/units", "version": 1, "units": units });
    let Content::Units(rows) = json::read(file.to_string().as_bytes()).unwrap() else {
        panic!()
    };
    let is_kept = |id: &UnitId| !book.unit(id).unwrap().inspections.is_empty();
    preview(&register, rows, &options, &is_kept)
}

/// Asserts that a row changes nothing of the record, and is told why.
#[track_caller]
fn is_kept(row: Value, field: Guarded) {
    let mut book = small();
    let before = book.units.clone();
    let found = merged(&book, &json!([row]));
    assert!(found.changes_nothing() && !found.is_blocked());
    let [issue] = &found.issues[..] else {
        panic!("{:?}", found.issues)
    };
    assert_eq!(issue.kind, RowIssueKind::Guarded { field });
    assert_eq!(
        (issue.field, issue.severity),
        (field.field(), Severity::Warning)
    );
    for lang in [Lang::Zh, Lang::En] {
        assert!(lang.row_issue(&issue.kind, Who::default()).len() > 20);
    }
    let import = found.into_import("x.json").unwrap();
    act(&mut book, Action::ImportUnits(import)).unwrap();
    assert_eq!(book.units, before);
}

#[test]
fn a_merge_neither_erases_inspections_nor_retires() {
    is_kept(
        json!({ "id": "NG-00001", "inspections": [] }),
        Guarded::Inspections,
    );
    let other = json!([{ "date": "2025-11-04", "finding": "none" }]);
    is_kept(
        json!({ "id": "NG-00001", "inspections": other }),
        Guarded::Inspections,
    );
    let retired = json!({ "state": "retired", "since": "2025-12-01" });
    is_kept(
        json!({ "id": "NG-00003", "status": retired }),
        Guarded::Status,
    );
    let withheld = json!({ "alias": "W-0", "since": "2026-01-01", "reason": "a", "approver": "b" });
    is_kept(
        json!({ "id": "NG-00003", "withheld": withheld }),
        Guarded::Withheld,
    );
    is_kept(
        json!({ "id": "NG-00003", "salt": "00".repeat(16) }),
        Guarded::Salt,
    );
}

/// Asserts that the import action itself refuses what a preview would not make.
#[track_caller]
fn refuses(book: &Workbook, edit: impl FnOnce(&mut Vec<Unit>), error: &ActionError) {
    let mut book = book.clone();
    let before = book.clone();
    let mut rows = book.units.to_vec();
    edit(&mut rows);
    let import = RegisterImport {
        is_replacement: false,
        rows,
        file_name: "x.json".into(),
        withdrawal: None,
    };
    let found = act(&mut book, Action::ImportUnits(import)).unwrap_err();
    assert_eq!(&found, error);
    assert_eq!(book, before, "a refused action changed the workbook");
}

#[test]
fn the_action_holds_the_rule_whatever_the_preview_says() {
    let mut book = small();
    book.units[1].status = UnitStatus::Retired {
        since: "2026-01-10".parse().unwrap(),
        reason: "已注销".into(),
        approver: "鄢立群".into(),
        extra: serde_json::Map::new(),
    };
    book.units[2].withheld = Some(Withholding {
        alias: CandidateId::new("W-1234").unwrap(),
        since: "2026-01-10".parse().unwrap(),
        reason: "涉密".into(),
        approver: "鄢立群".into(),
        extra: serde_json::Map::new(),
    });
    let guarded = |id: &str, field| ActionError::Guarded {
        id: id.into(),
        field,
    };
    let inspections = guarded("NG-00001", Guarded::Inspections);
    refuses(&book, |rows| rows[0].inspections.clear(), &inspections);
    let status = guarded("NG-00002", Guarded::Status);
    refuses(&book, |rows| rows[1].status = UnitStatus::Active, &status);
    let withheld = guarded("NG-00003", Guarded::Withheld);
    refuses(&book, |rows| rows[2].withheld = None, &withheld);
    let salt = guarded("NG-00004", Guarded::Salt);
    refuses(&book, |rows| rows[3].salt = "00".repeat(16), &salt);
    let gone = ActionError::Referenced {
        id: "NG-00001".into(),
    };
    refuses(&book, |rows| drop(rows.remove(0)), &gone);
    let used = |id: &str| ActionError::IdUsed { id: id.into() };
    refuses(&book, |rows| rows.push(rows[4].clone()), &used("NG-00005"));
    let old = Unit::new(UnitId::new("NG-00000").unwrap(), "旧编号");
    refuses(&book, |rows| rows.push(old), &used("NG-00000"));
    let mut unapproved = Unit::new(UnitId::new("NG-00007").unwrap(), "新单位");
    unapproved.status = UnitStatus::Retired {
        since: "2026-01-10".parse().unwrap(),
        reason: "已注销".into(),
        approver: String::new(),
        extra: serde_json::Map::new(),
    };
    let status = guarded("NG-00007", Guarded::Status);
    refuses(&book, |rows| rows.push(unapproved), &status);
    for lang in [Lang::Zh, Lang::En] {
        assert!(
            lang.action_error(&status, Who(Some(&book)))
                .contains("NG-00007")
        );
    }
}

#[test]
fn history_comes_in_with_a_new_unit_and_for_one_that_has_none() {
    let mut book = small();
    let history = json!([{ "date": "2025-08-14", "finding": "none", "draw": 3 }]);
    let rows = json!([
        { "name": "新单位", "inspections": history },
        { "id": "NG-00004", "inspections": history },
    ]);
    let import = merged(&book, &rows).into_import("往年.json").unwrap();
    act(&mut book, Action::ImportUnits(import)).unwrap();
    // The draw is another workbook's.
    assert_eq!(book.units[3].inspections, [inspected("2025-08-14")]);
    assert_eq!(book.units[6].inspections, [inspected("2025-08-14")]);
    let future =
        json!([{ "name": "新", "inspections": [{ "date": "2026-03-03", "finding": "none" }] }]);
    // The preview says it at the row; the action does not take its word for it.
    let today = "2026-02-02".parse().unwrap();
    let seen = merged_on(Register::units(&book).on(today), &book, &future);
    let date = "2026-03-03".parse().unwrap();
    assert!(seen.is_blocked() && seen.added.is_empty());
    assert_eq!(seen.issues[0].kind, RowIssueKind::FutureHistory { date });
    let bare = json!([{ "id": "NG-00005", "inspections": future[0]["inspections"] }]);
    let seen = merged_on(Register::units(&book).on(today), &book, &bare);
    assert_eq!(seen.issues[0].kind, RowIssueKind::FutureHistory { date });
    assert!(seen.changes_nothing());
    let import = merged(&book, &future).into_import("x").unwrap();
    let error = act(&mut book, Action::ImportUnits(import)).unwrap_err();
    assert!(
        matches!(error, ActionError::FutureHistory { .. }),
        "{error:?}"
    );
    let retired =
        json!([{ "name": "新", "status": { "state": "retired", "since": "2025-12-01" } }]);
    let found = merged(&book, &retired);
    assert!(found.is_blocked());
    let field = Guarded::Status;
    assert_eq!(found.issues[0].kind, RowIssueKind::Unapproved { field });
}

#[test]
fn the_trail_names_every_record_and_what_bears_on_a_draw() {
    let mut book = small();
    let before = book.units[1].risk;
    let rows = json!([
        { "id": "NG-00002", "risk": "红", "phone": "0319-5550000" },
        { "id": "NG-00005", "phone": "0319-5550001" },
        { "name": "甲" },
        { "name": "乙" },
    ]);
    let import = merged(&book, &rows).into_import("名录.json").unwrap();
    act(&mut book, Action::ImportUnits(import)).unwrap();
    let entry = book.trail.last().unwrap();
    let detail = &entry.detail;
    assert_eq!(detail["added"], json!(["NG-00007…NG-00008"]));
    assert_eq!(detail["changed"], json!(["NG-00002", "NG-00005"]));
    let change =
        json!([{ "field": "risk", "before": before, "after": "red", "ids": ["NG-00002"] }]);
    assert_eq!(detail["bearing"], change);
    let words = Lang::Zh.trail_detail(&entry.action, detail);
    let words: Vec<String> = words.into_iter().map(|(_, words)| words).collect();
    assert!(
        words
            .iter()
            .any(|words| words.contains("NG-00007…NG-00008"))
    );
    assert!(
        words.iter().any(|words| words.contains("红：NG-00002")),
        "{words:?}"
    );
}

#[test]
fn replacing_retires_with_its_own_reason_and_nothing_else() {
    let mut book = small();
    let withdrawal = |approver: &str| Withdrawal {
        since: "2026-03-02".parse().unwrap(),
        reason: "不在新名录中".into(),
        approver: approver.into(),
    };
    let import = |book: &Workbook, withdrawal: Withdrawal| {
        let options = Options {
            mode: Mode::Replace(withdrawal),
            ..Options::MERGE
        };
        let file = json::units_to_json(&book.units[2..]);
        let Content::Units(rows) = json::read(file.as_bytes()).unwrap() else {
            panic!()
        };
        let is_kept = |id: &UnitId| id.as_str() == "NG-00001";
        let found = preview(&Register::units(book), rows, &options, &is_kept);
        Action::ImportUnits(found.into_import("新名录.json").unwrap())
    };
    let action = import(&book, withdrawal(" "));
    assert_eq!(act(&mut book, action).unwrap_err(), ActionError::NoApprover);
    let action = import(&book, withdrawal("鄢立群"));
    act(&mut book, action).unwrap();
    assert!(!book.units[0].status.is_active());
    let entry = book.trail.last().unwrap();
    assert_eq!(entry.detail["retired"], json!(["NG-00001"]));
    assert_eq!(entry.detail["removed"], json!(["NG-00002"]));
    assert_eq!(
        (entry.why.as_str(), &entry.detail["approver"]),
        ("不在新名录中", &json!("鄢立群"))
    );
}

#[test]
fn leave_and_leaving_need_reason_and_approver() {
    let mut book = small();
    let mut officer = book.officers[0].clone();
    let absence = Absence {
        from: "2026-03-09".parse().unwrap(),
        to: "2026-03-13".parse().unwrap(),
        kind: AbsenceKind::Leave,
        reason: "探亲".into(),
        approver: String::new(),
        extra: serde_json::Map::new(),
    };
    officer.absences.push(absence.clone());
    officer.has_left = true;
    let edit = Action::EditOfficer(Box::new(officer.clone()));
    let (from, to) = (absence.from, absence.to);
    let error = act(&mut book, edit).unwrap_err();
    assert_eq!(error, ActionError::AbsenceUnapproved { from, to });
    officer.absences.last_mut().unwrap().approver = "鄢立群".into();
    act(&mut book, Action::EditOfficer(Box::new(officer.clone()))).unwrap();
    assert!(!book.officers[0].has_left, "an edit made an officer leave");
    let leave = |approver: &str| Action::OfficerLeaves {
        id: officer.id.clone(),
        reason: "调往支队".into(),
        approver: approver.into(),
    };
    assert_eq!(
        act(&mut book, leave("")).unwrap_err(),
        ActionError::NoApprover
    );
    act(&mut book, leave("鄢立群")).unwrap();
    assert!(book.officers[0].has_left);
    let again = ActionError::AlreadySo {
        id: officer.id.clone(),
    };
    assert_eq!(act(&mut book, leave("鄢立群")).unwrap_err(), again);
}

#[test]
fn at_the_last_number_nothing_wraps() {
    let mut book = small();
    book.unit_number_last = NUMBER_MAX - 1;
    book.officer_number_last = u32::MAX;
    let unit = |name: &str| Action::AddUnit(Box::new(Unit::new(UnitId::new("X").unwrap(), name)));
    let id = act(&mut book, unit("末号")).unwrap().id.unwrap();
    assert_eq!(id, format!("NG-{NUMBER_MAX}"));
    assert_eq!(
        act(&mut book, unit("再新增一户")).unwrap_err(),
        ActionError::NumbersUsedUp
    );
    let officer = Officer::new(OfficerId::new("X").unwrap(), "末号");
    let add = Action::AddOfficer(Box::new(officer));
    assert_eq!(act(&mut book, add).unwrap_err(), ActionError::NumbersUsedUp);
    let found = merged(&book, &json!([{ "name": "甲" }]));
    assert_eq!(found.issues[0].kind, RowIssueKind::NumbersUsedUp);
    for (prefix, is_right) in [("ng", false), ("", false), ("W", false), ("NG", true)] {
        let mut brigade = Brigade::new("南宫市消防救援大队");
        brigade.unit_prefix = prefix.into();
        let edit = Action::EditBrigade(Box::new(brigade));
        assert_eq!(act(&mut book, edit).is_ok(), is_right, "{prefix:?}");
    }
}

#[test]
fn the_list_of_items_has_one_limit_everywhere() {
    let mut book = small();
    let mut item = book.items[0].clone();
    while book.items.len() < ITEMS_MAX {
        item.id = format!("T-{}", book.items.len());
        act(&mut book, Action::PutItem(Box::new(item.clone()))).unwrap();
    }
    item.id = "T-LAST".into();
    let error = act(&mut book, Action::PutItem(Box::new(item))).unwrap_err();
    assert_eq!(error, ActionError::TooMany { max: ITEMS_MAX });
    let text = json::workbook_to_json(&book);
    assert!(
        json::read_workbook(&text).is_ok(),
        "what is written can be read"
    );
}

#[test]
fn an_avoidance_needs_anothers_approval_and_ends_on_its_day() {
    let mut book = small();
    let (unit, mut officer) = (book.units[2].id.clone(), book.officers[0].clone());
    officer.avoidances = vec![Avoidance::new(unit.clone(), "配偶在该单位任职")];
    let edit = |officer: &Officer| Action::EditOfficer(Box::new(officer.clone()));
    let error = act(&mut book, edit(&officer)).unwrap_err();
    let unapproved = ActionError::AvoidanceUnapproved { unit: unit.clone() };
    assert_eq!(error, unapproved);
    // Spaces that align a name of two signs do not make another person of it.
    officer.avoidances[0].approver = officer.name.replacen("", "  ", 2);
    let error = act(&mut book, edit(&officer)).unwrap_err();
    let own = ActionError::AvoidanceOwnApproval { unit: unit.clone() };
    assert_eq!(error, own);
    officer.avoidances[0].approver = "鄢立群".into();
    officer.avoidances[0].until = Some("2026-04-15".parse().unwrap());
    act(&mut book, edit(&officer)).unwrap();

    let avoids = |book: &Workbook, month: &str| {
        let duties = book.duties(month.parse().unwrap());
        !duties[0].avoid.is_empty()
    };
    assert!(avoids(&book, "2026-03"));
    assert!(avoids(&book, "2026-04"), "for all of the month it ends in");
    assert!(!avoids(&book, "2026-05"));

    // One from before approvals were kept may stay, not change.
    book.officers[0].avoidances[0].approver.clear();
    let mut officer = book.officers[0].clone();
    officer.position = "监督员".into();
    act(&mut book, edit(&officer)).unwrap();
    officer.avoidances[0].reason = "持有股份".into();
    let error = act(&mut book, edit(&officer)).unwrap_err();
    assert_eq!(error, unapproved);
}

#[test]
fn a_file_brings_no_avoidance_to_a_known_officer_nor_an_unapproved_one() {
    let mut book = small();
    let unit = book.units[2].id.clone();
    let known = book.officers[0].clone();
    let with = |officer: &Officer, approver: &str| {
        let mut officer = officer.clone();
        officer.avoidances = vec![Avoidance {
            approver: approver.into(),
            ..Avoidance::new(unit.clone(), "配偶在该单位任职")
        }];
        officer
    };
    let mut new = Officer::new(OfficerId::new("P90").unwrap(), "蒲未央");
    // One that nobody approved, and one that the officer did.
    let own = Officer::new(OfficerId::new("P91").unwrap(), "贺兰汀");
    let (own, own_name) = (with(&own, "贺 兰汀"), own.name);
    new = with(&new, "");
    let file = json::officers_to_json(&[with(&known, "鄢立群"), new, own]);
    let Content::Officers(rows) = json::read(file.as_bytes()).unwrap() else {
        panic!()
    };
    let found = preview(&Register::officers(&book), rows, &Options::MERGE, &|_| {
        false
    });
    let kinds: Vec<&RowIssueKind> = found.issues.iter().map(|issue| &issue.kind).collect();
    let field = Guarded::Avoidances;
    assert!(
        kinds.contains(&&RowIssueKind::Guarded { field }),
        "{kinds:?}"
    );
    assert!(
        kinds.contains(&&RowIssueKind::Unapproved { field }),
        "{kinds:?}"
    );
    let by_own = |issue: &&RowIssue| issue.name.as_ref() == Some(&own_name);
    let by_own = found.issues.iter().find(by_own).map(|issue| &issue.kind);
    assert_eq!(by_own, Some(&RowIssueKind::Unapproved { field }));
    let mut forged = book.officers.clone();
    forged[0] = with(&known, "鄢立群");
    let import = RegisterImport {
        rows: forged,
        file_name: "x.json".into(),
        is_replacement: false,
        withdrawal: None,
    };
    let id = known.id.to_string();
    let error = act(&mut book, Action::ImportOfficers(import)).unwrap_err();
    assert_eq!(error, ActionError::Guarded { id, field });
}

#[test]
fn a_version_of_the_item_list_stays_as_it_was_and_draws_name_it() {
    let mut book = small();
    let issue = |since: &str, approver: &str| Action::IssueItems {
        since: since.parse().unwrap(),
        reason: "依据修订".into(),
        approver: approver.into(),
    };
    let error = act(&mut book, issue("2026-04-01", "鄢立群")).unwrap_err();
    assert_eq!(error, ActionError::ItemsAsIssued);
    let mut item = book.items[0].clone();
    item.basis.push_str("（2026年修订）");
    act(&mut book, Action::PutItem(Box::new(item))).unwrap();
    let changed = book.items_unissued();
    assert_eq!((changed.added, changed.changed), (0, 1));
    let error = act(&mut book, issue("2026-04-01", " ")).unwrap_err();
    assert_eq!(error, ActionError::NoApprover);
    let (since, after) = ("2025-11-30", book.item_versions[0].since);
    let error = act(&mut book, issue(since, "鄢立群")).unwrap_err();
    let since = since.parse().unwrap();
    assert_eq!(error, ActionError::ItemsBefore { since, after });
    act(&mut book, issue("2026-04-01", "鄢立群")).unwrap();
    let versions = &book.item_versions;
    assert_eq!(versions.len(), 2);
    assert_eq!(*versions[1].items, book.items);
    assert_ne!(versions[0].items, versions[1].items);
    let entry = book.trail.last().unwrap();
    assert_eq!(entry.why, "依据修订");
    assert_eq!(
        (&entry.detail["version"], &entry.detail["changed"]),
        (&json!(2), &json!(1))
    );

    // A file with versions out of order does not open.
    let mut file = serde_json::to_value(&book).unwrap();
    file["item_versions"][1]["number"] = json!(3);
    let text = file.to_string();
    let error = json::read(text.as_bytes()).unwrap_err();
    assert!(format!("{error:?}").contains("ItemVersions"), "{error:?}");
}
