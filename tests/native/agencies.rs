//! Service institutions and fire engineers: kept alike, by actions, files and lists, and
//! refused alike.

use double_random::demo;
use double_random::desk::history::RecordName;
use double_random::exchange::{
    Content, Mode, Options, Preview, Register, RowIssueKind, Rows, json,
};
use double_random::i18n::{Lang, Who};
use double_random::model::{
    Agency, AgencyId, Engineer, EngineerGrade, EngineerId, Share, UnitStatus,
};
use double_random::workbook::event::EventKind;
use double_random::workbook::kept::{Keep, Kept};
use double_random::workbook::plan::SEPARATE_SHARE;
use double_random::workbook::register::Guarded;
use double_random::workbook::request::{RegisterImport, Withdrawal};
use double_random::workbook::{Action, ActionError, Applied, Context, Workbook};
use serde_json::json;

use crate::import::preview;

fn act(book: &mut Workbook, action: Action) -> Result<Applied, ActionError> {
    let context = Context {
        now: "2026-03-02T09:00:00".parse().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context)
}

/// The demo with five units; the registers at hand are as they are.
fn desk() -> Workbook {
    let mut book = demo::brigade(2026, demo::SEED);
    book.units.truncate(5);
    book
}

fn retire<T: Kept>(id: &str) -> Action {
    T::action(Keep::Retire {
        id: id.to_owned(),
        since: "2026-03-01".parse().unwrap(),
        reason: "注销；依据：市监部门公告".into(),
        approver: "鄢立群".into(),
    })
}

fn restore<T: Kept>(id: &str, approver: &str) -> Action {
    T::action(Keep::Restore {
        id: id.to_owned(),
        reason: "恢复从业".into(),
        approver: approver.to_owned(),
    })
}

/// Adds, edits, retires and brings back a record, undoes each step that can be, and is
/// refused where a step lacks something.
#[track_caller]
fn is_kept_well<T: Kept>(new: T, edited: fn(&mut T)) {
    let mut book = desk();
    let before = T::all(&book).len() as u32;
    let given = act(&mut book, T::action(Keep::Add(Box::new(new.clone())))).unwrap();
    let id = given.id.expect("a new record gets an id");
    assert_eq!(id, format!("{}-{:05}", T::PREFIX, before + 1));
    assert_eq!(T::number_last(&book), before + 1);
    let added = T::find(&book, &id).unwrap().clone();

    // Again: it may be the same, and its number is taken in any case.
    let again = || Box::new(new.clone());
    let other = id.clone();
    let error = act(&mut book, T::action(Keep::Add(again()))).unwrap_err();
    let field = T::KEY_FIELD;
    assert_eq!(error, ActionError::KeyTaken { other, field });

    let mut record = added.clone();
    edited(&mut record);
    let applied = act(&mut book, T::action(Keep::Edit(Box::new(record.clone())))).unwrap();
    assert_eq!(T::find(&book, &id), Some(&record));
    act(&mut book, applied.undo.unwrap()).unwrap();
    assert_eq!(T::find(&book, &id), Some(&added));

    // A form does not retire; the action does, with reason and approver.
    let mut sly = added.clone();
    sly.status_mut().clone_from(&UnitStatus::Retired {
        since: "2026-03-01".parse().unwrap(),
        reason: "x".into(),
        approver: "x".into(),
        extra: serde_json::Map::new(),
    });
    act(&mut book, T::action(Keep::Edit(Box::new(sly)))).unwrap();
    assert!(T::find(&book, &id).unwrap().status().is_active());
    let nobody = T::action(Keep::Retire {
        id: id.clone(),
        since: "2026-03-01".parse().unwrap(),
        reason: "注销".into(),
        approver: " ".into(),
    });
    assert_eq!(act(&mut book, nobody).unwrap_err(), ActionError::NoApprover);
    let active = T::active_count(&book);
    let applied = act(&mut book, retire::<T>(&id)).unwrap();
    assert_eq!(T::active_count(&book), active - 1);
    let already = ActionError::StatusAlready { id: id.clone() };
    assert_eq!(act(&mut book, retire::<T>(&id)).unwrap_err(), already);
    act(&mut book, applied.undo.unwrap()).unwrap();
    assert_eq!(T::find(&book, &id), Some(&added));
    assert_eq!(
        act(&mut book, restore::<T>(&id, "鄢立群")).unwrap_err(),
        already
    );
    act(&mut book, retire::<T>(&id)).unwrap();
    let refused = act(&mut book, restore::<T>(&id, "")).unwrap_err();
    assert_eq!(refused, ActionError::NoApprover);
    act(&mut book, restore::<T>(&id, "鄢立群")).unwrap();

    let nobody = ActionError::NoRecord {
        id: "AG-99999".into(),
    };
    assert_eq!(act(&mut book, retire::<T>("AG-99999")).unwrap_err(), nobody);
    for error in [already, nobody, refused, error_of_alike(&mut book, &added)] {
        for lang in [Lang::Zh, Lang::En] {
            assert!(lang.action_error(&error, Who(Some(&book))).chars().count() > 5);
        }
    }
    assert_eq!(book.check_sound(), Ok(()));
    let text = json::workbook_to_json(&book);
    assert_eq!(json::read_workbook(&text).unwrap().workbook, book);
}

/// One of the same name that nothing tells apart is looked at first.
fn error_of_alike<T: Kept>(book: &mut Workbook, known: &T) -> ActionError {
    let mut alike = T::with_id(known.id().clone());
    T::field("name").unwrap().copy(&mut alike, known);
    let record = Box::new(alike.clone());
    // Its id is that of the register's record: a new one has none.
    *alike.id_mut() = T::blank().id().clone();
    let record_new = Box::new(alike);
    let error = act(book, T::action(Keep::Add(record_new.clone()))).unwrap_err();
    assert_eq!(
        error,
        ActionError::KeptAlike {
            other: record.id().to_string()
        }
    );
    act(book, T::action(Keep::AddAlike(record_new))).unwrap();
    error
}

fn new_agency() -> Agency {
    let mut agency = Agency::new(AgencyId::new("NEW").unwrap(), "南宫市砚舟消防检测有限公司");
    agency.code = Some("92130581MA0CWX2K9Y".to_owned().try_into().unwrap());
    agency.services = ["消防设施维护保养检测".to_owned()].into();
    agency
}

fn new_engineer() -> Engineer {
    let mut engineer = Engineer::new(EngineerId::new("NEW").unwrap(), "闻砚舟");
    engineer.registration_number = "XZ11305999999".into();
    engineer
}

#[test]
fn agencies_are_added_edited_retired_and_brought_back() {
    is_kept_well(new_agency(), |agency| agency.phone = "0319-5550000".into());
}

#[test]
fn engineers_are_added_edited_retired_and_brought_back() {
    is_kept_well(new_engineer(), |engineer| {
        engineer.grade = EngineerGrade::First;
    });
}

#[test]
fn the_trail_names_each_step_and_the_card_has_its_own() {
    let mut book = desk();
    let mut agency = book.agencies[2].clone();
    let own = RecordName::Agency(agency.id.clone());
    agency.qualified_until = Some("2029-01-01".parse().unwrap());
    act(
        &mut book,
        Agency::action(Keep::Edit(Box::new(agency.clone()))),
    )
    .unwrap();
    act(&mut book, retire::<Agency>(agency.id.as_str())).unwrap();
    act(&mut book, restore::<Agency>(agency.id.as_str(), "鄢立群")).unwrap();
    act(&mut book, retire::<Engineer>("EN-00003")).unwrap();
    let kinds = |name: &RecordName| -> Vec<Option<EventKind>> {
        let entries = book.history(name).into_iter();
        entries.map(|entry| entry.event().kind()).collect()
    };
    let [edit, out, back] = [
        EventKind::EditAgency,
        EventKind::RetireAgency,
        EventKind::RestoreAgency,
    ];
    assert_eq!(kinds(&own), [Some(back), Some(out), Some(edit)]);
    let engineer = RecordName::named("engineer", "EN-00003").unwrap();
    assert_eq!(kinds(&engineer), [Some(EventKind::RetireEngineer)]);
    assert_eq!(own.words(&book), agency.name);
    let edited = &book.trail[0];
    let words = Lang::Zh.trail_bearing(&edited.action, &edited.detail);
    assert!(
        words.contains("资质有效期至") && words.contains("2029-01-01"),
        "{words}"
    );
}

fn options(mode: Mode) -> Options {
    Options {
        mode,
        ..Options::MERGE
    }
}

fn replacement() -> Mode {
    Mode::Replace(Withdrawal {
        since: "2026-03-02".parse().unwrap(),
        reason: "不在新名录".into(),
        approver: "鄢立群".into(),
    })
}

fn agencies(text: &str) -> Rows<Agency> {
    match json::read(text.as_bytes()).unwrap() {
        Content::Agencies(rows) => rows,
        other => panic!("{other:?}"),
    }
}

fn found(book: &Workbook, rows: Rows<Agency>, mode: Mode) -> Preview<Agency> {
    preview(&Register::kept(book), rows, &options(mode), &|_| false)
}

#[test]
fn a_file_is_merged_by_id_or_code_and_retires_nobody() {
    let mut book = desk();
    let (first, second) = (book.agencies[0].clone(), book.agencies[1].clone());
    let retired =
        json!({ "state": "retired", "since": "2026-01-01", "reason": "x", "approver": "y" });
    let file = json!({ "format": "double-random/agencies", "version": 1, "agencies": [
        { "id": first.id, "phone": "0319-5550001", "status": retired },
        { "name": second.name, "code": second.code, "services": ["消防设施维护保养检测"], "status": "正常" },
        { "name": "南宫市砚舟消防检测有限公司", "qualified_until": "2027.5.6", "later": 7 },
    ]});
    let found = found(&book, agencies(&file.to_string()), Mode::Merge);
    assert_eq!((found.added.len(), found.changed.len()), (1, 2));
    assert_eq!(found.added[0].id.as_str(), "AG-00013");
    let [issue] = &found.issues[..] else {
        panic!("{:?}", found.issues)
    };
    let field = Guarded::Status;
    assert_eq!(issue.kind, RowIssueKind::Guarded { field });
    let import = found.into_import("机构.json").unwrap();
    act(&mut book, Agency::action(Keep::Import(import))).unwrap();
    assert_eq!((book.agencies.len(), book.agency_number_last), (13, 13));
    assert!(book.agencies[0].status.is_active());
    assert_eq!(book.agencies[0].phone, "0319-5550001");
    assert_eq!(book.agencies[12].extra["later"], 7);
    let name = RecordName::Agency(second.id);
    assert_eq!(
        book.history(&name)[0].action,
        EventKind::ImportAgencies.name()
    );
}

#[test]
fn a_replacing_file_takes_out_what_it_lacks_and_forgets_no_number() {
    let mut book = desk();
    let text = json::engineers_to_json(&book.engineers[..30]);
    let Content::Engineers(rows) = json::read(text.as_bytes()).unwrap() else {
        panic!()
    };
    let found: Preview<Engineer> = preview(
        &Register::kept(&book),
        rows,
        &options(replacement()),
        &|_| false,
    );
    assert_eq!((found.removed.len(), found.unchanged_count), (10, 30));
    let import = found.into_import("x.json").unwrap();
    act(&mut book, Engineer::action(Keep::Import(import))).unwrap();
    assert_eq!((book.engineers.len(), book.engineer_number_last), (30, 40));
    let given = act(
        &mut book,
        Engineer::action(Keep::Add(Box::new(new_engineer()))),
    );
    assert_eq!(given.unwrap().id.as_deref(), Some("EN-00041"));
}

#[test]
fn the_action_takes_no_previews_word() {
    let book = desk();
    let import = |rows: Vec<Agency>| {
        let action = Agency::action(Keep::Import(RegisterImport {
            rows,
            file_name: "x".into(),
            is_replacement: false,
            withdrawal: None,
        }));
        act(&mut book.clone(), action).map(|_| ())
    };
    assert_eq!(import(book.agencies.to_vec()), Ok(()));
    let mut twin = book.agencies.to_vec();
    let code = twin[0].code.clone();
    twin[1].code = code;
    let (other, field) = (twin[0].id.to_string(), "code");
    assert_eq!(import(twin), Err(ActionError::KeyTaken { other, field }));
    let id = book.agencies[3].id.to_string();
    let gone = [&book.agencies[..3], &book.agencies[4..]].concat();
    assert_eq!(
        import(gone),
        Err(ActionError::Referenced { id: id.clone() })
    );
    let mut retired = book.agencies.to_vec();
    retired[3].status = retired[10].status.clone();
    assert!(!retired[3].status.is_active());
    let field = Guarded::Status;
    assert_eq!(import(retired), Err(ActionError::Guarded { id, field }));
}

#[test]
fn a_workbook_without_these_registers_is_as_it_was() {
    let mut book = desk();
    book.agencies = Vec::new().into();
    book.engineers = Vec::new().into();
    (book.agency_number_last, book.engineer_number_last) = (0, 0);
    let text = json::workbook_to_json(&book);
    for word in ["\"agencies\":", "\"engineers\":", "agency_number", "_share"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(json::read_workbook(&text).unwrap().workbook, book);
}

#[test]
fn what_cannot_be_is_not_opened() {
    let book = desk();
    let refused = |change: fn(&mut Workbook)| {
        let mut book = book.clone();
        change(&mut book);
        json::read_workbook(&json::workbook_to_json(&book)).is_err()
    };
    assert!(!refused(|_| ()));
    assert!(refused(
        |book| book.agencies[0].qualified_until = "1700-01-01".parse().ok()
    ));
    assert!(refused(
        |book| book.engineers[0].registered_until = "3500-01-01".parse().ok()
    ));
    assert!(refused(
        |book| book.agencies[1].id = book.agencies[0].id.clone()
    ));
    assert!(refused(|book| book.engineer_number_last = u32::MAX));
    // Out of order, or with a number too low, it is put right.
    let mut odd = book.clone();
    odd.engineers.reverse();
    odd.agency_number_last = 3;
    let read = json::read_workbook(&json::workbook_to_json(&odd)).unwrap();
    assert_eq!((read.workbook, read.warnings.len()), (book, 2));
}

#[test]
fn the_yearly_share_is_laid_down_with_the_plan() {
    let mut book = desk();
    let mut plan = book.years[0].draft.clone();
    assert_eq!(plan.agency_share(), SEPARATE_SHARE);
    assert_eq!(plan.engineer_share().of(40), 8);
    plan.engineer_share = Some(Share::from_percent(50));
    act(&mut book, Action::EditPlan(Box::new(plan))).unwrap();
    let entry = &book.trail[0];
    let words = Lang::Zh.trail_detail(&entry.action, &entry.detail);
    let share = (
        String::from("注册消防工程师年度抽查比例"),
        String::from("无 → 50%"),
    );
    assert!(words.contains(&share), "{words:?}");
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act(&mut book, freeze).unwrap();
    assert_eq!(book.first_year().plan().engineer_share().of(40), 20);
}
