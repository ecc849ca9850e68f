//! Reading files: every refusal by name, every fault of every row, and nothing lost on the way.

use std::sync::LazyLock;

use double_random::demo;
use double_random::engine::calendar::YearDays;
use double_random::exchange::json::{self, Encoding, Malformed};
use double_random::exchange::{
    Content, Expected, FileError, FileKind, RowIssueKind as Kind, Rows, Severity, WorkbookWarning,
};
use double_random::model::{CodeError, Unit};
use double_random::workbook::event::Event;
use double_random::workbook::{FILE_BYTES_MAX, Workbook};
use proptest::prelude::*;
use serde_json::{Value, json};

#[track_caller]
fn refused(bytes: &[u8]) -> FileError {
    json::read(bytes).unwrap_err()
}

#[track_caller]
fn units(text: &str) -> Rows<Unit> {
    match json::read(text.as_bytes()).unwrap() {
        Content::Units(rows) => rows,
        other => panic!("{other:?}"),
    }
}

/// A workbook small enough to be changed by hand.
fn small() -> Workbook {
    let mut workbook = demo::brigade(2026, 1);
    workbook.units.truncate(5);
    workbook
}

#[track_caller]
fn workbook_with(change: impl Fn(&mut Value)) -> Result<json::WorkbookFile, FileError> {
    let mut value = serde_json::to_value(small()).unwrap();
    change(&mut value);
    json::read_workbook(&value.to_string())
}

#[test]
fn whole_files_are_refused_by_name() {
    assert!(matches!(refused(b""), FileError::Empty));
    assert!(matches!(refused(b"\xef\xbb\xbf \n"), FileError::Empty));
    assert!(matches!(
        json::check_size(FILE_BYTES_MAX as u64 + 1),
        Err(FileError::TooLarge { .. })
    ));
    assert!(matches!(refused(b"[1, 2]"), FileError::NotAnObject));
    assert!(matches!(refused(b"{\"version\": 1}"), FileError::NoFormat));
    assert!(matches!(refused(b"{\"format\": 7}"), FileError::NoFormat));
    let other = refused(b"{\"format\": \"x\", \"version\": 1}");
    assert!(matches!(other, FileError::UnknownFormat { found } if found == "x"));
    let unnumbered = refused(b"{\"format\": \"double-random/units\", \"version\": \"1\"}");
    assert!(matches!(unnumbered, FileError::NoVersion));
    let newer = refused(b"{\"format\": \"double-random/units\", \"version\": 2}");
    assert!(matches!(
        newer,
        FileError::NewerVersion { found: 2, known: 1 }
    ));
    let listless = refused(b"{\"format\": \"double-random/units\", \"version\": 1}");
    assert!(matches!(listless, FileError::NoList { field: "units" }));
}

#[test]
fn broken_json_is_located() {
    let syntax = refused(b"{\n  \"format\": ,\n}");
    assert!(matches!(
        syntax,
        FileError::Malformed {
            line: 2,
            column: 13,
            kind: Malformed::Syntax
        }
    ));
    let cut = refused(b"{\"format\": \"double-random/units\", \"units\": [");
    assert!(matches!(
        cut,
        FileError::Malformed {
            line: 1,
            kind: Malformed::Truncated,
            ..
        }
    ));
    assert!(matches!(
        refused("单位名称,地址".as_bytes()),
        FileError::Kind {
            kind: FileKind::Csv
        }
    ));
}

#[test]
fn other_encodings_are_recognised() {
    let probable = |bytes: &[u8]| match refused(bytes) {
        FileError::Encoding { probable, .. } => probable,
        other => panic!("{other:?}"),
    };
    let utf16: Vec<u8> = "{\"format\""
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        probable(&[&[0xff, 0xfe], &utf16[..]].concat()),
        Encoding::Utf16
    );
    assert_eq!(probable(&utf16), Encoding::Utf16);
    // 南宫 in GBK.
    assert_eq!(probable(b"{\"name\": \"\xc4\xcf\xb9\xac\"}"), Encoding::Gbk);
    assert_eq!(probable(b"{\"name\": \"\xff\xff\"}"), Encoding::Unknown);
    let marked = [b"\xef\xbb\xbf", json::units_to_json(&[]).as_bytes()].concat();
    assert!(json::read(&marked).is_ok());
}

/// Field and kind of the errors of one row of the faulty file.
fn faults(row_number: u32) -> Vec<(&'static str, Kind)> {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/faulty-units.json"
    ));
    let rows = units(&text.unwrap());
    let of_row = rows
        .issues
        .into_iter()
        .filter(|issue| issue.row_number == row_number);
    of_row
        .filter(|issue| issue.severity == Severity::Error)
        .map(|issue| (issue.field, issue.kind))
        .collect()
}

#[test]
fn faulty_codes_are_told_apart() {
    let check = Kind::Code(CodeError::Check {
        found: 'F',
        expected: 'C',
    });
    assert_eq!(faults(1), [("code", check)]);
    assert_eq!(
        faults(6),
        [(
            "code",
            Kind::Code(CodeError::Character {
                place: 5,
                found: 'O',
                suggestion: Some("92130581MA0CWX2K9Y".into()),
            })
        )]
    );
    assert_eq!(faults(7), [("code", Kind::Code(CodeError::DigitsLost))]);
    assert_eq!(faults(8), [("code", Kind::Code(CodeError::DigitsLost))]);
    assert_eq!(
        faults(17),
        [("code", Kind::Code(CodeError::Length { chars: 3 }))]
    );
    assert!(
        matches!(&faults(12)[..], [("credit", Kind::UnknownWord { found, .. })] if found == "E")
    );
}

#[test]
fn faulty_words_ids_and_duplicates_are_named() {
    assert_eq!(
        faults(2),
        [(
            "risk",
            Kind::OrangeTier {
                found: "橙".into()
            }
        )]
    );
    let faults_3 = faults(3);
    assert_eq!(
        faults_3[0],
        (
            "risk",
            Kind::TierConflict {
                found: "黄/一般".into()
            }
        )
    );
    assert_eq!(faults_3[1], ("code", Kind::DuplicateCode { other_row: 2 }));
    let faults_4 = faults(4);
    assert!(matches!(
        &faults_4[0],
        ("legal_kind", Kind::UnknownWord { .. })
    ));
    assert_eq!(faults_4[1], ("id", Kind::DuplicateId { other_row: 3 }));
    let fields: Vec<_> = faults(5).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["id", "name", "is_key"]);
}

#[test]
fn all_faults_of_a_row_are_reported() {
    assert_eq!(
        faults(9),
        [
            (
                "complaints",
                Kind::BadDate {
                    found: "2026-02-30".into()
                }
            ),
            (
                "inspections",
                Kind::BadDate {
                    found: "昨天".into()
                }
            ),
            (
                "inspections",
                Kind::UnknownWord {
                    found: "还行".into(),
                    allowed: &["未发现问题", "发现问题", "不详"]
                }
            ),
        ]
    );
    assert_eq!(
        faults(10),
        [
            (
                "phone",
                Kind::WrongType {
                    expected: Expected::Text
                }
            ),
            (
                "tags",
                Kind::WrongType {
                    expected: Expected::List
                }
            ),
            (
                "floor_area_m2",
                Kind::WrongType {
                    expected: Expected::WholeNumber
                }
            ),
        ]
    );
    assert!(matches!(
        &faults(11)[..],
        [
            ("status", Kind::UnknownWord { .. }),
            ("salt", Kind::SaltForm)
        ]
    ));
    assert_eq!(
        faults(13),
        [(
            "",
            Kind::WrongType {
                expected: Expected::Object
            }
        )]
    );
    assert_eq!(
        faults(15),
        [(
            "status",
            Kind::BadDate {
                found: "2026-13-01".into()
            }
        )]
    );
}

#[test]
fn what_is_only_odd_is_taken() {
    assert_eq!(faults(14), []);
    assert_eq!(faults(16), []);
    let text = include_str!("../data/faulty-units.json");
    let rows = units(text);
    let warnings: Vec<_> = rows
        .issues
        .iter()
        .filter(|i| i.severity == Severity::Warning)
        .collect();
    assert_eq!(warnings.len(), 1);
    assert_eq!(
        (warnings[0].row_number, &warnings[0].kind),
        (14, &Kind::OrganisationCheck)
    );
    assert_eq!(warnings[0].name.as_deref(), Some("南宫市沅云小吃店"));
    let patch = &rows
        .rows
        .iter()
        .find(|row| row.row_number == 14)
        .unwrap()
        .patch;
    assert!(patch.gives("is_key") && !patch.values().is_key);
    assert_eq!(patch.values().extra["未来字段"], json!({ "深": 1 }));
}

#[test]
fn a_workbook_with_faulty_units_names_them_all() {
    let error = workbook_with(|value| {
        value["units"][1]["risk"] = "橙".into();
        value["units"][3]["complaints"] = json!(["2026-02-30"]);
    });
    let Err(FileError::Rows {
        field: "units",
        issues,
    }) = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(
        issues
            .iter()
            .map(|issue| issue.row_number)
            .collect::<Vec<_>>(),
        [2, 4]
    );
    let twice = workbook_with(|value| value["units"][1]["id"] = value["units"][0]["id"].clone());
    assert!(matches!(twice, Err(FileError::Rows { field: "units", .. })));
    let shape = workbook_with(|value| value["years"][0]["year"] = "2026".into());
    assert!(matches!(shape, Err(FileError::Shape(_))));
}

#[test]
fn a_workbook_in_disorder_is_mended_and_says_so() {
    let file = workbook_with(|value| {
        value["units"].as_array_mut().unwrap().reverse();
        value["unit_number_last"] = 2.into();
    })
    .unwrap();
    assert_eq!(
        file.warnings,
        [WorkbookWarning::Sorted, WorkbookWarning::NumberRaised]
    );
    assert_eq!(file.workbook.unit_number_last, 5);
    assert_eq!(file.workbook.units, small().units);
}

#[test]
fn a_changed_trail_is_reported_and_kept() {
    let mut workbook = small();
    let at = chrono::NaiveDateTime::default();
    for action in ["one", "two", "three"] {
        let event = Event::read(action.to_owned(), json!({}));
        double_random::workbook::trail::append(&mut workbook.trail, at, "x", "", &event);
    }
    assert_eq!(
        json::read_workbook(&json::workbook_to_json(&workbook))
            .unwrap()
            .warnings,
        []
    );
    workbook.trail[1].why = "别的".into();
    let file = json::read_workbook(&json::workbook_to_json(&workbook)).unwrap();
    assert_eq!(file.warnings, [WorkbookWarning::TrailBreak { number: 2 }]);
    assert_eq!(file.workbook, workbook);
}

#[test]
fn older_and_newer_workbooks() {
    let newer = workbook_with(|value| value["version"] = 999.into());
    assert!(matches!(
        newer,
        Err(FileError::NewerVersion {
            found: 999,
            known: 2
        })
    ));
    let before_the_first = workbook_with(|value| value["version"] = 0.into());
    assert!(matches!(before_the_first, Err(FileError::NoStep(_))));
}

/// It is lifted first, so that a place would be one in a text that nobody has.
#[test]
fn an_older_workbook_with_a_fault_is_refused_without_a_place() {
    let text = include_str!("../data/workbook-v1.json");
    let mut value: Value = serde_json::from_str(text).unwrap();
    value["trail"] = 7.into();
    let FileError::Shape(error) = refused(value.to_string().as_bytes()) else {
        panic!("it is no fault of shape")
    };
    assert_eq!(error.line(), 0);
    assert!(!error.to_string().contains(" at line "), "{error}");
}

#[test]
fn unknown_fields_survive() {
    let mut value = serde_json::to_value(small()).unwrap();
    value["future"] = json!({ "a": [1, 2] });
    value["units"][0]["lift_count"] = 3.into();
    value["officers"][0]["rank"] = "x".into();
    value["items"][0]["code_elsewhere"] = "y".into();
    let file = json::read_workbook(&value.to_string()).unwrap();
    let again: Value = serde_json::from_str(&json::workbook_to_json(&file.workbook)).unwrap();
    assert_eq!(again, value);
}

#[test]
fn holidays_with_and_without_envelope() {
    let bare = r#"{"2027": {"off": ["2027-01-01"], "work": []}}"#;
    let Content::Holidays(years) = json::read(bare.as_bytes()).unwrap() else {
        panic!()
    };
    assert_eq!(years[&2027].off.len(), 1);
    let file = json::holidays_to_json(&years);
    assert_eq!(
        json::read(file.as_bytes()).unwrap(),
        Content::Holidays(years)
    );
    let other_year = r#"{"2027": {"off": ["2026-01-01"], "work": []}}"#;
    assert!(matches!(
        refused(other_year.as_bytes()),
        FileError::Calendar(_)
    ));
    let built_in = include_bytes!("../../src/engine/cn-workdays.json");
    let Content::Holidays(years) = json::read(built_in).unwrap() else {
        panic!()
    };
    assert_eq!(
        years.keys().copied().collect::<Vec<_>>(),
        [2023, 2024, 2025, 2026]
    );
    assert_ne!(
        years[&2026],
        YearDays {
            off: [].into(),
            work: [].into()
        }
    );
}

#[test]
fn another_format_is_no_workbook() {
    let error = json::read_workbook(&json::units_to_json(&[])).unwrap_err();
    assert!(matches!(error, FileError::UnknownFormat { found } if found == json::FORMAT_UNITS));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn a_workbook_comes_back_as_it_went(seed in any::<u64>(), year in 2020..2040) {
        let workbook = demo::brigade(year, seed);
        let file = json::read_workbook(&json::workbook_to_json(&workbook)).unwrap();
        prop_assert_eq!(file.warnings, []);
        prop_assert_eq!(file.workbook, workbook);
    }
}

proptest! {
    #[test]
    fn strange_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = json::read(&bytes);
    }

    #[test]
    fn a_cut_file_is_refused(cut in 1usize..4_000) {
        static TEXT: LazyLock<String> = LazyLock::new(|| json::workbook_to_json(&small()));
        let text = TEXT.as_str();
        let end = (0..=cut.min(text.len() - 3)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        prop_assert!(json::read(&text.as_bytes()[..end]).is_err());
    }
}
