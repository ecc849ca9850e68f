//! Who is entered twice, what is no name, and what is too long: asked or refused in the
//! action, and in a file with its row.

use double_random::exchange::{
    Alike, Content, Options, Preview, Register, RowIssueKind, Severity, json,
};
use double_random::model::{Officer, OfficerId, Unit, UnitId};
use double_random::workbook::request::RegisterImport;
use double_random::workbook::{Action, ActionError, Applied, Brigade, Context, Workbook};
use serde_json::json;

use crate::import::preview;

fn act(book: &mut Workbook, action: Action) -> Result<(), ActionError> {
    apply(book, action).map(drop)
}

fn apply(book: &mut Workbook, action: Action) -> Result<Applied, ActionError> {
    let context = Context {
        now: "2026-01-05T09:00:00".parse().unwrap(),
        who: "甲".into(),
    };
    book.apply(action, &context)
}

fn unit(name: &str, address: &str) -> Box<Unit> {
    let mut unit = Unit::new(UnitId::new("NEW").unwrap(), name);
    unit.address = address.into();
    Box::new(unit)
}

fn officer(name: &str) -> Box<Officer> {
    Box::new(Officer::new(OfficerId::new("NEW").unwrap(), name))
}

fn book() -> Workbook {
    let mut book = Workbook::new("0123456789abcdef", Brigade::new("清河大队"), 2026);
    act(
        &mut book,
        Action::AddUnit(unit("苏村粮店（东店）", "苏村 1 号")),
    )
    .unwrap();
    act(&mut book, Action::AddOfficer(officer("张三"))).unwrap();
    book
}

#[test]
fn a_record_entered_twice_is_asked_about() {
    let mut book = book();
    let other = book.units[0].id.clone();
    let twin = unit("苏村 粮店(东店)", "苏村1号");
    assert_eq!(
        act(&mut book, Action::AddUnit(twin.clone())),
        Err(ActionError::UnitAlike { other })
    );
    act(&mut book, Action::AddUnitAlike(twin)).unwrap();
    let other = book.officers[0].id.clone();
    for name in ["张  三", "张\u{3000}三"] {
        assert_eq!(
            act(&mut book, Action::AddOfficer(officer(name))),
            Err(ActionError::OfficerAlike {
                other: other.clone()
            })
        );
    }
    act(&mut book, Action::AddOfficerAlike(officer("张  三"))).unwrap();
    assert_eq!((book.units.len(), book.officers.len()), (2, 2));
}

#[test]
fn a_rename_to_a_known_name_is_asked_about_as_a_new_record_is() {
    let mut book = book();
    act(&mut book, Action::AddUnit(unit("城关药房", "东街"))).unwrap();
    act(&mut book, Action::AddOfficer(officer("李四"))).unwrap();
    let (first, before) = (book.units[0].id.clone(), book.units[1].clone());
    let mut renamed = before.clone();
    renamed.name = "苏村 粮店(东店)".into();
    assert_eq!(
        act(&mut book, Action::EditUnit(Box::new(renamed.clone()))),
        Err(ActionError::UnitAlike { other: first })
    );
    let undo = apply(&mut book, Action::EditUnitAlike(Box::new(renamed.clone()))).unwrap();
    // Alike already: another phone number asks nothing, and both changes can be taken back.
    renamed.phone = "0319-5550000".into();
    act(&mut book, Action::EditUnit(Box::new(renamed.clone()))).unwrap();
    act(&mut book, Action::EditUnit(Box::new(before.clone()))).unwrap();
    act(&mut book, Action::EditUnitAlike(Box::new(renamed))).unwrap();
    act(&mut book, undo.undo.unwrap()).unwrap();
    assert_eq!(book.units[1], before);

    let other = book.officers[0].id.clone();
    let mut renamed = book.officers[1].clone();
    renamed.name = "张\u{3000}三".into();
    assert_eq!(
        act(&mut book, Action::EditOfficer(Box::new(renamed.clone()))),
        Err(ActionError::OfficerAlike { other })
    );
    act(
        &mut book,
        Action::EditOfficerAlike(Box::new(renamed.clone())),
    )
    .unwrap();
    renamed.office = "一科".into();
    act(&mut book, Action::EditOfficer(Box::new(renamed))).unwrap();
}

#[test]
fn an_import_holds_the_limits_of_texts_whatever_the_preview_says() {
    let mut book = book();
    let import = |rows| RegisterImport {
        is_replacement: false,
        rows,
        file_name: "x.json".into(),
        withdrawal: None,
    };
    let mut rows = book.units.to_vec();
    rows[0].address = "长".repeat(501);
    let refused = act(&mut book, Action::ImportUnits(import(rows)));
    assert!(matches!(refused, Err(ActionError::TooLong(long)) if long.field == "address"));
    // What came in before there were limits bars no other row.
    book.units[0].note = "长".repeat(6_000);
    let mut rows = book.units.to_vec();
    rows.push(Unit::new(UnitId::new("U-00002").unwrap(), "城关药房"));
    act(&mut book, Action::ImportUnits(import(rows))).unwrap();
}

#[test]
fn no_name_and_endless_names_are_refused() {
    let mut book = book();
    for name in ["NULL", "无", "/", "——", "#REF!"] {
        let refused = act(&mut book, Action::AddUnit(unit(name, "")));
        assert!(
            matches!(refused, Err(ActionError::Placeholder { .. })),
            "{name}"
        );
        let refused = act(&mut book, Action::AddOfficer(officer(name)));
        assert!(
            matches!(refused, Err(ActionError::Placeholder { .. })),
            "{name}"
        );
    }
    let refused = act(&mut book, Action::AddUnit(unit(&"长".repeat(200_000), "")));
    assert!(matches!(refused, Err(ActionError::TooLong(long)) if long.chars == 200_000));
    act(&mut book, Action::AddUnit(unit("无名小吃店", ""))).unwrap();
    let mut edited = Box::new(book.units[0].clone());
    edited.address = "长".repeat(501);
    assert!(matches!(
        act(&mut book, Action::EditUnit(edited)),
        Err(ActionError::TooLong(_))
    ));
}

fn units_of(book: &Workbook, units: serde_json::Value, take_alike: bool) -> Preview<Unit> {
    let file = json!({ "format": "double-random/units", "version": 1, "units": units });
    let Content::Units(rows) = json::read(file.to_string().as_bytes()).unwrap() else {
        unreachable!()
    };
    let options = Options {
        take_alike,
        ..Options::MERGE
    };
    preview(&Register::units(book), rows, &options, &|_| false)
}

#[test]
fn a_file_names_the_rows_that_may_be_known() {
    let book = book();
    let known = book.units[0].id.to_string();
    let rows = json!([
        { "name": "苏村粮店(东店)", "address": "苏村1号" },
        { "name": "城关药房" },
        { "name": "城关 药房", "address": "东街" },
        { "id": known, "phone": "1" },
    ]);
    let refused = units_of(&book, rows.clone(), false);
    let found: Vec<_> = refused
        .issues
        .iter()
        .map(|issue| (issue.row_number, issue.severity, issue.kind.clone()))
        .collect();
    let alike = |other| RowIssueKind::Alike { other };
    assert_eq!(
        found,
        [
            (1, Severity::Error, alike(Alike::Record(known))),
            (3, Severity::Error, alike(Alike::Row(2))),
        ]
    );
    assert!(refused.is_blocked());
    let taken = units_of(&book, rows, true);
    assert!(!taken.is_blocked());
    assert_eq!(taken.added.len(), 3);
    assert_eq!(taken.added[2].id.as_str(), "U-00004");
}

#[test]
fn a_file_names_the_rows_without_a_name_and_with_an_endless_one() {
    let rows = json!([{ "name": "NULL" }, { "name": "长".repeat(200_000) }, { "name": "甲店" }]);
    let preview = units_of(&book(), rows, false);
    assert!(matches!(
        &preview.issues[..],
        [a, b] if a.row_number == 1 && matches!(a.kind, RowIssueKind::NoName { .. })
            && b.row_number == 2 && matches!(b.kind, RowIssueKind::TooLong(_))
    ));
    assert_eq!(preview.added.len(), 1);
}
