//! A field is described once: the tables hold every field of the published records, a record
//! with one more field needs its struct and its table alone, and forms, files and actions
//! refuse alike.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use double_random::desk::form::{self, Fault, Spot, Typed};
use double_random::desk::list::{Aspect, Derived, Index, Line, Listed, Wish};
use double_random::desk::name_order::Alphabet;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::record::RowFields;
use double_random::exchange::{Options, Record, Register, RowIssueKind, json};
use double_random::model::field::{Group, Guarded, InList, Kind, RegisterKind, WHOLE_MAX};
use double_random::model::{
    Agency, Credit, Described, Engineer, Field, InspectionItem, Officer, Unit,
};
use double_random::workbook::kept::Keep;
use double_random::workbook::register::Registered;
use double_random::workbook::request::RegisterImport;
use double_random::workbook::{Action, ActionError, Context, Workbook, rule};
use double_random::{demo, field};
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::import::preview;

fn today() -> chrono::NaiveDate {
    "2026-03-02".parse().unwrap()
}

/// The fields of a record's schema are the id and those of its table, and no head of a
/// column means two of them.
#[track_caller]
fn described<R: Described + JsonSchema>() {
    let schema = schema_for!(R);
    let properties = schema.get("properties").and_then(Value::as_object).unwrap();
    let published: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
    let mut known: BTreeSet<&str> = R::FIELDS.iter().map(|field| field.key).collect();
    assert_eq!(known.len(), R::FIELDS.len(), "a key stands twice");
    known.insert("id");
    assert_eq!(published, known);
    let mut heads = BTreeSet::new();
    for field in R::FIELDS {
        for &head in field.heads {
            assert!(heads.insert(head), "{head} heads two columns");
            assert_eq!(R::field_headed(head).unwrap().key, field.key);
        }
        if let Some(guard) = field.guard {
            assert_eq!(guard.field(), field.key);
        }
    }
}

#[test]
fn every_field_of_a_record_stands_in_its_table() {
    described::<Unit>();
    described::<Officer>();
    described::<InspectionItem>();
    described::<Agency>();
    described::<Engineer>();
}

/// A register that no code but this table and these few lines knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Hydrant {
    id: String,
    name: String,
    pressure_kpa: Option<u32>,
    status: bool,
    is_dry: bool,
    credit: Credit,
    tags: BTreeSet<String>,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

impl Described for Hydrant {
    const REGISTER: RegisterKind = RegisterKind::Units;
    const FIELDS: &'static [Field<Self>] = &[
        field!(Name name)
            .form(Group::Identity, 1)
            .searched()
            .listed(InList::column(1, 0).sorted())
            .heads(&["消火栓"]),
        field!(Number pressure_kpa)
            .needed()
            .bearing()
            .form(Group::Other, 1)
            .listed(InList::column(3, 2).number().sorted().called("pressure")),
        field!(Flag status).guarded(Guarded::Status),
        field!(Flag is_dry).listed(InList::NOWHERE.filter(3)),
        field!(Choice Credit credit).listed(InList::column(2, 1).filter(1)),
        field!(Tags tags).listed(InList::NOWHERE.filter(2)),
    ];

    fn blank() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            pressure_kpa: None,
            status: false,
            is_dry: false,
            credit: Credit::Unrated,
            tags: BTreeSet::new(),
            extra: Map::new(),
        }
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}

impl Registered for Hydrant {
    fn id_text(&self) -> &str {
        &self.id
    }
}

impl Record for Hydrant {
    type Id = String;
    const COUNT_MAX: usize = 10;
    const KEY_FIELD: &'static str = "id";
    const IS_SORTED: bool = true;

    fn id(&self) -> &String {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn key(&self) -> Option<&str> {
        None
    }

    fn with_id(id: String) -> Self {
        Self {
            id,
            ..Self::blank()
        }
    }

    fn sequence_id(prefix: &str, number: u32) -> Option<String> {
        Some(format!("{prefix}{number}"))
    }

    fn read_id(row: &mut RowFields<'_>) -> Option<String> {
        row.id()
    }
}

static HYDRANTS: LazyLock<Vec<Hydrant>> = LazyLock::new(|| {
    let hydrant = |(name, kpa, credit, tag): (&str, Option<u32>, Credit, &str)| Hydrant {
        name: name.into(),
        pressure_kpa: kpa,
        is_dry: kpa.is_none(),
        credit,
        tags: [tag.to_owned()].into(),
        ..Hydrant::blank()
    };
    let known = [
        ("东门", Some(150), Credit::A, "旧城"),
        ("西门", None, Credit::B, "新城"),
        ("南门", Some(90), Credit::A, "新城"),
    ];
    known.map(hydrant).into()
});

impl Listed for Hydrant {
    type Row = ();
    const DERIVED: &'static [Derived<Self>] = &[];
    const VIEWS: &'static [&'static str] = &["all", "dry"];

    fn records(_: &Workbook) -> &[Self] {
        &HYDRANTS
    }

    fn rows(_: &Workbook, _: chrono::NaiveDate) -> Vec<()> {
        vec![(); HYDRANTS.len()]
    }

    fn is_in(&self, (): &(), view: usize) -> bool {
        view == 0 || self.is_dry
    }
}

#[test]
fn a_field_that_the_table_lists_is_a_column_an_order_and_a_filter() {
    let keys = |aspects: Vec<Aspect<Hydrant>>| aspects.into_iter().map(Aspect::key).collect();
    let columns: Vec<_> = keys(Aspect::columns());
    assert_eq!(columns, ["name", "credit", "pressure"]);
    let filters: Vec<_> = keys(Aspect::filters());
    assert_eq!(filters, ["credit", "tags", "is_dry"]);
    let book = demo::brigade(2026, 1);
    let values = |at: usize| Aspect::<Hydrant>::filters()[at].values(&book);
    assert_eq!(values(0), ["A", "B", "C", "D", "unrated"]);
    assert_eq!(
        (values(1), values(2)),
        (vec!["新城".into(), "旧城".into()], vec!["1".into()])
    );

    let index = Index::<Hydrant>::new(&book, today());
    assert_eq!((index.count(0), index.count(1)), (3, 1));
    let shown = |wish: &Wish| {
        let lines = index.list(&HYDRANTS, wish, |aspect| {
            let names = aspect.names(&HYDRANTS, &Alphabet::default());
            at_once(names.order(&[], &AtOnce)).into()
        });
        let name = |line: &Line| match line {
            Line::Record(place) => HYDRANTS[*place as usize].name.clone(),
            Line::Heading { .. } => unreachable!("the register has no headings"),
        };
        lines.iter().map(name).collect::<Vec<_>>()
    };
    let asked = |key: &'static str, word: &str| {
        let chosen = [(key, [word.to_owned()].into())].into();
        shown(&Wish {
            chosen,
            ..Wish::default()
        })
    };
    assert_eq!(asked("credit", "A"), ["东门", "南门"]);
    assert_eq!(asked("tags", "新城"), ["西门", "南门"]);
    assert_eq!(asked("is_dry", "1"), ["西门"]);
    // A word that the filter does not know asks for nothing.
    assert_eq!(asked("credit", "Z").len(), 3);
    let sort = |sort, is_descending| {
        shown(&Wish {
            sort,
            is_descending,
            ..Wish::default()
        })
    };
    assert_eq!(sort("pressure", false), ["西门", "南门", "东门"]);
    assert_eq!(sort("pressure", true), ["东门", "南门", "西门"]);
    assert_eq!(sort("name", false), ["东门", "南门", "西门"]);
    let text = "门 西".to_owned();
    assert_eq!(
        shown(&Wish {
            text,
            ..Wish::default()
        }),
        ["西门"]
    );
}

#[test]
fn a_field_in_struct_and_table_is_read_previewed_edited_guarded_and_written() {
    let known = Hydrant {
        name: "东门".into(),
        pressure_kpa: Some(150),
        ..Hydrant::with_id("H1".into())
    };
    let read = |rows: Value| json::rows::<Hydrant>(&json!({ "h": rows }).to_string(), "h").unwrap();
    let options = Options::MERGE;
    let book = demo::brigade(2026, 1);
    let register = Register {
        records: std::slice::from_ref(&known),
        number_last: 1,
        prefix: "H",
        today: None,
        book: &book,
    };
    let rows = read(json!([{ "id": "H1", "pressure_kpa": 200, "status": "是", "色": "红" }]));
    let found = preview(&register, rows, &options, &|_| true);
    let changes: Vec<_> = found.changed[0].fields.iter().collect();
    assert_eq!(
        (&*changes[0].field, &changes[0].before, &changes[0].after),
        ("pressure_kpa", &json!(150), &json!(200))
    );
    assert_eq!(
        (&*changes[1].field, &changes[1].after),
        ("色", &json!("红"))
    );
    let field = Guarded::Status;
    assert_eq!(found.issues[0].kind, RowIssueKind::Guarded { field });
    let taken = found.into_import("x").unwrap().rows;
    assert!(!taken[0].status);
    let written = serde_json::to_value(&taken[0]).unwrap();
    assert_eq!(written["pressure_kpa"], json!(200));
    let faulty = read(json!([{ "id": "H1", "pressure_kpa": "viel" }, { "name": "无" }]));
    let fields: Vec<_> = faulty.issues.iter().map(|issue| issue.field).collect();
    assert_eq!(fields, ["pressure_kpa", "name"]);

    let mut typed = form::texts(&known);
    assert_eq!(typed["pressure_kpa"], Typed::Text("150".into()));
    assert!(!typed.contains_key("status"));
    typed.insert("pressure_kpa", Typed::Text("10000001".into()));
    let (_, faults) = form::parse(&typed, &known, &book, today());
    assert_eq!(faults, [(Spot::Field("pressure_kpa"), Fault::NoNumber)]);
    typed.insert("pressure_kpa", Typed::Text(" ".into()));
    let (edited, faults) = form::parse(&typed, &known, &book, today());
    assert!(faults.is_empty() && edited.pressure_kpa.is_none());
    let missing: Vec<_> = double_random::model::field::missing(&edited)
        .map(|field| field.key)
        .collect();
    assert_eq!(missing, ["pressure_kpa"]);
    let mut sealed = known.clone();
    sealed.status = true;
    assert_eq!(sealed.guarded(&known, true), [Guarded::Status]);
    sealed.put_back_unedited(&known);
    assert_eq!(sealed, known);
    assert_eq!(Hydrant::field_headed(" 消火栓 ").unwrap().key, "name");
}

/// What a field must not hold: in a file, as typed, and in a record.
fn wrong<R: Described>(field: &Field<R>, record: &R) -> Option<(Value, String, R)> {
    let mut record = record.clone();
    let long = "长".repeat(field.chars_max + 1);
    let (json, text) = match &field.kind {
        Kind::Name(slot) => {
            *(slot.place)(&mut record) = "NULL".into();
            (json!("NULL"), "NULL".into())
        }
        Kind::Text(slot) | Kind::Lines(slot) => {
            (*(slot.place)(&mut record)).clone_from(&long);
            (json!(long), long)
        }
        Kind::Tags(slot) => {
            *(slot.place)(&mut record) = [long.clone()].into();
            (json!([long]), long)
        }
        Kind::Number(slot) => {
            *(slot.place)(&mut record) = Some(WHOLE_MAX + 1);
            (json!(WHOLE_MAX + 1), (WHOLE_MAX + 1).to_string())
        }
        Kind::Dates(slot) => {
            *(slot.place)(&mut record) = vec!["2026-03-03".parse().unwrap()];
            (json!(["2026-03-03"]), "2026-03-03".into())
        }
        _ => return None,
    };
    Some((json, text, record))
}

/// Holds one refusal against a field that came in by form, file and action; counts fields.
#[track_caller]
fn refused_alike<R: Record>(
    book: &Workbook,
    known: &R,
    edit: fn(Box<R>) -> Action,
    import: fn(RegisterImport<R>) -> Action,
    records: &[R],
) -> usize {
    let context = Context {
        now: today().and_hms_opt(9, 0, 0).unwrap(),
        who: "沙维新".into(),
    };
    let act = |action: Action| book.clone().apply(action, &context).unwrap_err();
    let mut count = 0;
    for field in R::FIELDS {
        let Some((value, text, record)) = wrong(field, known) else {
            continue;
        };
        let key = field.key;
        let fault = rule::check_field(field, &record, today()).unwrap_err();
        let mut typed = form::texts(known);
        typed.insert(key, Typed::Text(text));
        let (_, faults) = form::parse(&typed, known, book, today());
        assert_eq!(faults, [(Spot::Field(key), fault.clone())]);

        let file = json!({ "rows": [{ "id": known.id().to_string(), key: value }] });
        let rows = json::rows::<R>(&file.to_string(), "rows").unwrap();
        let issues: Vec<_> = rows
            .issues
            .into_iter()
            .map(|issue| (issue.field, issue.kind))
            .collect();
        let kind = match fault.clone() {
            Fault::NoName { found } => Some(RowIssueKind::NoName { found }),
            Fault::TooLong(long) => Some(RowIssueKind::TooLong(long)),
            // A file knows no day: the import itself refuses what lies ahead.
            Fault::Future { .. } => None,
            fault => Some(RowIssueKind::Value(fault)),
        };
        assert_eq!(issues, Vec::from_iter(kind.map(|kind| (key, kind))));

        let id = known.id().to_string();
        let error = match fault {
            Fault::NoName { found } => ActionError::Placeholder { found },
            Fault::TooLong(long) => ActionError::TooLong(long),
            fault => ActionError::Value {
                id,
                field: key,
                fault,
            },
        };
        assert_eq!(act(edit(Box::new(record.clone()))), error);
        let mut rows = records.to_vec();
        let at = rows.iter().position(|row| row.id() == known.id()).unwrap();
        rows[at] = record;
        let file_name = "x".into();
        let withdrawal = None;
        let action = import(RegisterImport {
            is_replacement: false,
            rows,
            file_name,
            withdrawal,
        });
        assert_eq!(act(action), error);
        count += 1;
    }
    count
}

#[test]
fn form_file_and_action_refuse_each_field_alike() {
    let mut book = demo::brigade(2026, 1);
    book.units.truncate(6);
    let (unit, officer, item) = (
        book.units[0].clone(),
        book.officers[0].clone(),
        book.items[0].clone(),
    );
    let units = book.units.clone();
    assert_eq!(
        refused_alike(&book, &unit, Action::EditUnit, Action::ImportUnits, &units),
        13
    );
    let officers = book.officers.clone();
    assert_eq!(
        refused_alike(
            &book,
            &officer,
            Action::EditOfficer,
            Action::ImportOfficers,
            &officers
        ),
        7
    );
    let (agencies, engineers) = (book.agencies.to_vec(), book.engineers.to_vec());
    assert_eq!(
        refused_alike(
            &book,
            &agencies[0],
            |agency| Action::Agencies(Keep::Edit(agency)),
            |import| Action::Agencies(Keep::Import(import)),
            &agencies
        ),
        11
    );
    assert_eq!(
        refused_alike(
            &book,
            &engineers[0],
            |engineer| Action::Engineers(Keep::Edit(engineer)),
            |import| Action::Engineers(Keep::Import(import)),
            &engineers
        ),
        5
    );
    let items = book.items.clone();
    assert_eq!(
        refused_alike(&book, &item, Action::PutItem, Action::ImportItems, &items),
        9
    );
}
