//! One field of many records: all or none, by the rules of the form, in one entry, taken back
//! whole; and when tags and tier of a unit were looked at.

use std::collections::BTreeSet;
use std::sync::Arc;

use double_random::demo;
use double_random::desk::list::Index;
use double_random::desk::unit_list::UnitView;
use double_random::i18n::Lang;
use double_random::model::{Described, Engineer, InspectionItem, Officer, RiskTier, Unit, UnitId};
use double_random::workbook::event::{Event, EventKind};
use double_random::workbook::many::{EditMany, HowMany, Many};
use double_random::workbook::rule::Fault;
use double_random::workbook::{Action, ActionError, Applied, Context, Workbook};

const TODAY: &str = "2026-03-02";

fn act(book: &mut Workbook, action: Action) -> Result<Applied, ActionError> {
    let context = Context {
        now: format!("{TODAY}T09:00:00").parse().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context)
}

fn small() -> Workbook {
    let mut book = demo::brigade(2026, demo::SEED);
    book.units.truncate(40);
    book
}

fn edit<R: Many>(field: &'static str, ids: &[&str], set: impl FnOnce(&mut R)) -> EditMany<R> {
    let mut value = Box::new(R::blank());
    set(&mut value);
    EditMany {
        ids: Arc::new(ids.iter().map(|id| (*id).to_owned()).collect()),
        field,
        value,
        how: HowMany::Set,
        reason: "季度核对".into(),
    }
}

fn all<R: Many>(book: &Workbook) -> Arc<BTreeSet<String>> {
    Arc::new(
        R::register(book)
            .iter()
            .map(|it| it.id_text().to_owned())
            .collect(),
    )
}

fn unit<'a>(book: &'a Workbook, id: &str) -> &'a Unit {
    book.unit(&UnitId::new(id).unwrap()).unwrap()
}

#[test]
fn many_units_change_in_one_entry_and_come_back_whole() {
    let mut book = small();
    book.units[2].risk = RiskTier::Red;
    let before = book.units.clone();
    let entries = book.trail.len();
    let ids = ["NG-00001", "NG-00002", "NG-00003"];
    let change = edit::<Unit>("risk", &ids, |unit| unit.risk = RiskTier::Red);
    let survey = change.survey(&book.units, TODAY.parse().unwrap()).unwrap();
    assert_eq!(
        (survey.changed.len(), survey.same, survey.refused.len()),
        (2, vec![2], 0)
    );
    let applied = act(&mut book, Unit::many(change)).unwrap();
    assert!(ids.iter().all(|id| unit(&book, id).risk == RiskTier::Red));
    assert_eq!(book.units[3..], before[3..]);
    // What was touched was looked at; what was not, was not.
    assert_eq!(book.units[0].reviewed_on, Some(TODAY.parse().unwrap()));
    assert_eq!(book.units[2].reviewed_on, before[2].reviewed_on);

    assert_eq!(book.trail.len(), entries + 1);
    let entry = book.trail.last().unwrap();
    assert_eq!(
        (entry.action.as_str(), entry.why.as_str()),
        ("edit_many", "季度核对")
    );
    let Event::EditMany(told) = entry.event() else {
        panic!("{entry:?}")
    };
    assert_eq!((told.count, !told.bearing.is_empty()), (2, true));
    let records = entry.event();
    let records = records.touches();
    assert!(records.hold_unit(&book.units[1].id) && !records.hold_unit(&book.units[2].id));
    let words = Lang::Zh.trail_detail("edit_many", &entry.detail);
    assert!(
        words.contains(&("字段".into(), "风险等级".into())),
        "{words:?}"
    );
    assert!(words.contains(&("内容".into(), "红".into())), "{words:?}");

    act(&mut book, applied.undo.unwrap()).unwrap();
    assert_eq!(book.units, before);
    let Event::EditMany(told) = book.trail.last().unwrap().event() else {
        panic!()
    };
    assert_eq!((told.how, told.count), (HowMany::Undo, 2));
    assert_eq!(
        book.trail.last().unwrap().event().kind(),
        Some(EventKind::EditMany)
    );
}

#[test]
fn tags_are_added_taken_out_and_replaced() {
    let mut book = small();
    let tags = |tags: &[&str]| {
        tags.iter()
            .map(|tag| (*tag).to_owned())
            .collect::<BTreeSet<_>>()
    };
    book.units[0].tags = tags(&["甲"]);
    book.units[1].tags = tags(&["甲", "乙"]);
    book.units[2].tags = tags(&[]);
    let ids = ["NG-00001", "NG-00002", "NG-00003"];
    let change = |how, words: &[&str]| EditMany {
        how,
        // Tags bear on no draw, so that nobody is asked for a reason.
        reason: String::new(),
        ..edit::<Unit>("tags", &ids, |unit| unit.tags = tags(words))
    };
    let mut check = |how, words: &[&str], expected: [&[&str]; 3]| {
        act(&mut book, Unit::many(change(how, words))).unwrap();
        let found: Vec<_> = book.units[..3]
            .iter()
            .map(|unit| unit.tags.clone())
            .collect();
        assert_eq!(found, expected.map(tags));
    };
    check(
        HowMany::Add,
        &["乙"],
        [&["甲", "乙"], &["甲", "乙"], &["乙"]],
    );
    check(HowMany::Remove, &["甲"], [&["乙"], &["乙"], &["乙"]]);
    check(HowMany::Set, &["丙"], [&["丙"], &["丙"], &["丙"]]);
    let error = act(&mut book, Unit::many(change(HowMany::Set, &["丙"]))).unwrap_err();
    assert_eq!(error, ActionError::NothingChanges);
    let added = EditMany {
        how: HowMany::Add,
        ..edit::<Unit>("note", &ids, |_| {})
    };
    let error = act(&mut book, Unit::many(added)).unwrap_err();
    assert_eq!(error, ActionError::NotForMany { field: "note" });
}

#[test]
fn what_a_form_refuses_is_refused_of_all() {
    let mut book = small();
    let before = book.clone();
    let ids = ["NG-00001", "NG-00002"];
    let long = "长".repeat(501);
    let refused =
        |book: &mut Workbook, change: EditMany<Unit>| act(book, Unit::many(change)).unwrap_err();
    let error = refused(
        &mut book,
        edit("address", &ids, |unit: &mut Unit| unit.address = long),
    );
    assert!(
        matches!(
            error,
            ActionError::Value {
                fault: Fault::TooLong(_),
                ..
            }
        ),
        "{error:?}"
    );
    let ahead = edit("reviewed_on", &ids, |unit: &mut Unit| {
        unit.reviewed_on = "2026-03-03".parse().ok()
    });
    assert!(matches!(
        refused(&mut book, ahead),
        ActionError::Value {
            fault: Fault::Future { .. },
            ..
        }
    ));
    let unknown = edit("note", &["NG-00001", "NG-99999"], |unit: &mut Unit| {
        unit.note = "注".into()
    });
    assert_eq!(
        refused(&mut book, unknown),
        ActionError::NoRecord {
            id: "NG-99999".into()
        }
    );
    let mut silent = edit("is_key", &ids, |unit: &mut Unit| unit.is_key = true);
    silent.reason = " ".into();
    for unit in &mut book.units {
        unit.is_key = false;
    }
    assert_eq!(refused(&mut book, silent), ActionError::NoReason);
    for field in [
        "name",
        "code",
        "status",
        "inspections",
        "withheld",
        "salt",
        "complaints",
        "gone",
    ] {
        assert_eq!(
            refused(&mut book, edit(field, &ids, |_| {})),
            ActionError::NotForMany { field }
        );
    }
    for unit in &mut book.units {
        unit.is_key = before.unit(&unit.id).unwrap().is_key;
    }
    assert_eq!(book, before);
    let own = edit::<Engineer>("registration_number", &["EN-00001"], |_| {});
    let error = act(&mut book, Engineer::many(own)).unwrap_err();
    assert_eq!(
        error,
        ActionError::NotForMany {
            field: "registration_number"
        }
    );
}

#[test]
fn an_address_that_makes_two_units_one_is_for_a_person_to_look_at() {
    let mut book = small();
    for at in [0, 1] {
        book.units[at].name = "苏村粮店".into();
        let code = book.units[at + 10].code.clone();
        book.units[at].code = code;
        book.units[at].address = format!("东街 {at} 号");
    }
    for at in [10, 11] {
        book.units[at].code = None;
    }
    assert!(
        book.units[..2].iter().all(|unit| unit.code.is_some()),
        "two units by their codes"
    );
    let set = |ids: &[&str]| edit::<Unit>("address", ids, |unit| unit.address = "东街 9 号".into());
    let ids = ["NG-00001", "NG-00002", "NG-00003"];
    let today = TODAY.parse().unwrap();
    let survey = set(&ids).survey(&book.units, today).unwrap();
    assert_eq!(survey.changed, [2]);
    let alike = |other: &str| Fault::Alike {
        other: other.into(),
    };
    assert_eq!(
        survey.refused,
        [(0, alike("NG-00002")), (1, alike("NG-00001"))]
    );
    // One alone stays another than the other.
    assert_eq!(
        set(&ids[1..]).survey(&book.units, today).unwrap().changed,
        [1, 2]
    );
}

#[test]
fn every_register_takes_it() {
    let mut book = small();
    let check = |book: &mut Workbook, action: Action| {
        let before = book.clone();
        let undo = act(book, action).unwrap().undo.unwrap();
        act(book, undo).unwrap();
        let trail = book.trail.len();
        assert_eq!(trail, before.trail.len() + 2);
        book.trail.truncate(before.trail.len());
        assert_eq!(*book, before);
    };
    let mut officers = edit::<Officer>("office", &[], |officer| officer.office = "监督科".into());
    officers.ids = all::<Officer>(&book);
    check(&mut book, Officer::many(officers));
    let mut items = edit::<InspectionItem>("method", &[], |item| item.method = "现场检查".into());
    items.ids = all::<InspectionItem>(&book);
    check(&mut book, InspectionItem::many(items));
    let mut engineers = edit::<Engineer>("note", &[], |engineer| engineer.note = "注".into());
    engineers.ids = all::<Engineer>(&book);
    check(&mut book, Engineer::many(engineers));
}

#[test]
fn a_hundred_thousand_units_change_at_once() {
    let mut book = demo::brigade(2026, demo::SEED);
    book.units = demo::registry(2026, 100_000, 7).into();
    let mut change = edit::<Unit>("tags", &[], |unit| {
        unit.tags = BTreeSet::from(["夏季专项".into()])
    });
    change.how = HowMany::Add;
    change.ids = all::<Unit>(&book);
    let begun = std::time::Instant::now();
    act(&mut book, Unit::many(change)).unwrap();
    // Generous: a debug build on a busy machine.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    assert!(book.units.iter().all(|unit| unit.tags.contains("夏季专项")));
    // Ids that follow one another are one text.
    let text = serde_json::to_string(&book.trail.last().unwrap().detail).unwrap();
    assert!(text.len() < 300, "{text}");
}

#[test]
fn a_change_of_what_is_reviewed_is_a_review() {
    let mut book = small();
    for unit in &mut book.units {
        unit.reviewed_on = None;
    }
    let today = TODAY.parse().unwrap();
    let known = book.units[0].clone();
    let changed = |change: fn(&mut Unit)| {
        let mut unit = known.clone();
        change(&mut unit);
        Action::EditUnitAlike(Box::new(unit))
    };
    act(&mut book, changed(|unit| unit.note = "注".into())).unwrap();
    assert_eq!(book.units[0].reviewed_on, None);
    let undo = act(
        &mut book,
        changed(|unit| {
            unit.tags.insert("甲".into());
        }),
    )
    .unwrap()
    .undo;
    assert_eq!(book.units[0].reviewed_on, Some(today));
    act(&mut book, undo.unwrap()).unwrap();
    assert_eq!(book.units[0].reviewed_on, None);
    act(
        &mut book,
        changed(|unit| {
            unit.complaints.push("2026-02-01".parse().unwrap());
            unit.reviewed_on = "2026-02-10".parse().ok();
        }),
    )
    .unwrap();
    assert_eq!(
        book.units[0].reviewed_on,
        "2026-02-10".parse().ok(),
        "a day that was given stands"
    );
    let error = act(
        &mut book,
        changed(|unit| unit.reviewed_on = "2026-03-03".parse().ok()),
    );
    assert!(matches!(
        error,
        Err(ActionError::Value {
            fault: Fault::Future { .. },
            ..
        })
    ));
}

#[test]
fn units_that_nobody_looked_at_for_too_long_are_listed() {
    let mut book = small();
    let today: chrono::NaiveDate = TODAY.parse().unwrap();
    for unit in &mut book.units {
        unit.reviewed_on = Some(today);
    }
    book.units[0].reviewed_on = None;
    book.units[1].reviewed_on = Some(today - chrono::Days::new(90));
    book.units[2].reviewed_on = Some(today - chrono::Days::new(91));
    let due =
        |book: &Workbook| Index::<Unit>::new(book, today).count(UnitView::Unreviewed as usize);
    assert_eq!(due(&book), 2);
    let mut brigade = book.brigade.clone();
    brigade.review_days = 30;
    act(&mut book, Action::EditBrigade(Box::new(brigade.clone()))).unwrap();
    assert_eq!(due(&book), 3);
    for days in [0, 731] {
        brigade.review_days = days;
        let error = act(&mut book, Action::EditBrigade(Box::new(brigade.clone()))).unwrap_err();
        assert_eq!(error, ActionError::ReviewDays);
    }
    // A brigade of an older program has the usual term.
    let old = serde_json::from_value::<double_random::workbook::Brigade>(
        serde_json::json!({"name": "甲"}),
    )
    .unwrap();
    assert_eq!(old.review_days, 90);
    assert!(!serde_json::to_string(&old).unwrap().contains("review_days"));
    assert!(Unit::field_headed("核对日期").is_some_and(|field| field.key == "reviewed_on"));
}
