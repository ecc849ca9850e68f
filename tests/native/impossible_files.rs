//! A workbook file with anything changed in it: it opens, and everything that pages work
//! out of it is worked out, or it is refused in words. Nothing panics.

#![allow(
    unused_must_use,
    reason = "what is worked out is thrown away: it must not panic"
)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use double_random::demo;
use double_random::desk::list::{Index, Wish};
use double_random::exchange::verification::verification_file;
use double_random::exchange::{FileError, json};
use double_random::i18n::Lang;
use double_random::model::{Avoidance, Finding, Unit};
use double_random::workbook::request::{
    BreakOff, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, Withhold,
};
use double_random::workbook::sound::{DrawFlaw, Unsound};
use double_random::workbook::{Action, Context, Workbook};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::approval::approve;

fn act(book: &mut Workbook, action: Action, now: &str) {
    let context = Context {
        now: now.parse::<NaiveDateTime>().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context).unwrap();
}

/// A small brigade with a month drawn, a visit made, and another month under way.
fn drawn() -> Workbook {
    let mut book = demo::brigade(2026, 3);
    book.units.truncate(30);
    book.officers.truncate(5);
    book.items.truncate(2);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: "抽查".into(),
    };
    act(&mut book, freeze, "2025-12-25T09:00:00");
    let open = |month: &str| {
        Action::OpenDraw(OpenDraw {
            month: month.parse().unwrap(),
            reason: "补抽".into(),
            salt_seed: [7; 32],
        })
    };
    let commit = |number| {
        Action::Commit(Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "大队公示栏".into(),
        })
    };
    let run = Action::Draw(RunDraw {
        number: 1,
        entropy: EntropyGiven::Local([9; 32]),
    });
    for action in [open("2026-01"), commit(1), run] {
        act(&mut book, action, "2025-12-30T09:00:00");
    }
    approve(&mut book);
    let row = book.month_visits("2026-01".parse().unwrap())[0].clone();
    let visit = Action::RecordVisit {
        unit: row.unit,
        date: row.day,
        finding: Finding::None,
    };
    act(&mut book, visit, "2026-01-30T09:00:00");
    for action in [open("2026-02"), commit(2)] {
        act(&mut book, action, "2026-01-30T10:00:00");
    }
    book
}

/// Works out what the pages show.
fn look_at_all(book: &Workbook) {
    let today = "2026-02-02".parse().unwrap();
    for month in book.years[0].months() {
        assert!(!book.draw_window(month).is_empty());
        book.month_visits(month);
        book.month_strip(month);
        book.changes_since_last_draw(month);
        let _ = book.trial_sizes(month, today);
    }
    let _ = book.outlook(
        &book.years[0].draft,
        book.outlook_from(&book.years[0], today),
        today,
    );
    book.next_month(today);
    book.duties(book.years[0].months()[0]);
    book.duties_on(today);
    book.working_day_of_year(&book.years[0], today);
    book.officer_rows(today);
    book.pending_visits(2026);
    book.counted_visits(2026);
    let index = Index::<Unit>::new(book, today);
    index.choose(&book.units, &Wish::default());
    for unit in &book.units {
        book.year_chance(&unit.id, 2026);
        book.level_sum(unit, book.years[0].plan(), book.years[0].months()[0]);
        book.earliest_visit(unit, today);
        for draw in &book.years[0].draws {
            book.visit_reason(draw, &unit.id);
            book.may_add_to(draw.month);
        }
    }
    for officer in &book.officers {
        book.visits_ahead(&officer.id, None);
    }
    for draw in &book.years[0].draws {
        draw.label(&book.brigade.division);
        draw.visits();
        book.changes_of(draw);
        book.plan_json(draw);
        if let Some(file) = verification_file(book, draw) {
            file.to_text();
        }
    }
    for entry in &book.trail {
        Lang::Zh.trail_detail(&entry.action, &entry.detail);
    }
    // And it goes on: whatever the next acts are, they act or refuse.
    let mut book = book.clone();
    let context = Context {
        now: "2026-02-02T09:00:00".parse().unwrap(),
        who: String::new(),
    };
    let last = book.years[0].draws.len() as u32;
    let run = Action::Draw(RunDraw {
        number: last,
        entropy: EntropyGiven::Local([1; 32]),
    });
    let _ = book.apply(run, &context);
    let open = Action::OpenDraw(OpenDraw {
        month: book.next_month(today),
        reason: "补抽".into(),
        salt_seed: [7; 32],
    });
    let _ = book.apply(open, &context);
    let unit = book.units.first().cloned();
    let add = unit.map(|unit| Action::AddUnit(Box::new(unit)));
    let _ = add.map(|add| book.apply(add, &context));
}

/// Opens a file; none where it was refused, in words.
fn opened(text: &str) -> Option<Workbook> {
    match json::read_workbook(text) {
        Ok(file) => Some(file.workbook),
        Err(error) => {
            for lang in [Lang::Zh, Lang::En] {
                assert!(lang.file_error(&error).chars().count() > 5);
            }
            None
        }
    }
}

/// The places of a document: pointers to all its values.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, value: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        let at = format!("{at}/{key}");
        found.push(at.clone());
        places(value, &at, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| go(key, value)),
        Value::Array(list) => (0..)
            .zip(list)
            .for_each(|(at, value): (usize, _)| go(&at.to_string(), value)),
        _ => {}
    }
}

/// What may stand in the place of a value.
fn others() -> Vec<Value> {
    vec![
        Value::Null,
        json!(0),
        json!(1),
        json!(-1),
        json!(13),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(true),
        json!(""),
        json!("x"),
        json!("W-1"),
        json!("2026-13"),
        json!("2027-01"),
        json!("2999-12"),
        json!("+262142-12-31"),
        json!("0001-01-01"),
        json!("2999-12-31T23:59:59"),
        json!([]),
        json!([0, 0]),
        json!({}),
    ]
}

/// One change of a document.
#[derive(Debug, Clone)]
struct Mutation {
    place: prop::sample::Index,
    other_place: prop::sample::Index,
    other: prop::sample::Index,
    kind: u8,
}

impl Mutation {
    fn apply(&self, document: &mut Value) {
        let mut found = Vec::new();
        places(document, "", &mut found);
        let place = self.place.get::<String>(&found).clone();
        let replacement = match self.kind {
            // Another value of the same document, of the right shape now and then.
            0 => document
                .pointer(self.other_place.get::<String>(&found))
                .cloned(),
            _ => None,
        };
        let (parent, key) = place.rsplit_once('/').unwrap();
        match (self.kind, document.pointer_mut(parent)) {
            (1, Some(Value::Object(fields))) => drop(fields.remove(key)),
            (1, Some(Value::Array(list))) => drop(list.remove(key.parse().unwrap())),
            (2, Some(Value::Array(list))) => {
                let copy = list[key.parse::<usize>().unwrap()].clone();
                list.push(copy);
            }
            (3, Some(Value::Array(list))) => list.reverse(),
            _ => {
                let others = others();
                let value = replacement.unwrap_or_else(|| self.other.get(&others).clone());
                *document.pointer_mut(&place).unwrap() = value;
            }
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<prop::sample::Index>;
    (index(), index(), index(), 0..6_u8).prop_map(|(place, other_place, other, kind)| Mutation {
        place,
        other_place,
        other,
        kind,
    })
}

/// How many files: all of them, or `IMPOSSIBLE_FILES` of them.
fn cases() -> u32 {
    let named = std::env::var("IMPOSSIBLE_FILES").ok();
    named.and_then(|count| count.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_opens_or_is_refused_in_words(mutations in prop::collection::vec(mutation(), 1..3)) {
        use std::sync::OnceLock;
        static DOCUMENT: OnceLock<Value> = OnceLock::new();
        let document = DOCUMENT.get_or_init(|| {
            let book = drawn();
            look_at_all(&book);
            serde_json::to_value(&book).unwrap()
        });
        let mut document = document.clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut document));
        if let Some(book) = opened(&document.to_string()) {
            look_at_all(&book);
        }
    }
}

/// Asserts that a file with this change is refused for this.
#[track_caller]
fn is_refused(edit: impl FnOnce(&mut Value), expected: &Unsound) {
    let mut document = serde_json::to_value(drawn()).unwrap();
    edit(&mut document);
    let text = document.to_string();
    match json::read_workbook(&text) {
        Err(FileError::Unsound(found)) => assert_eq!(&found, expected),
        other => panic!("{other:?}"),
    }
    assert!(opened(&text).is_none());
}

#[test]
fn impossible_files_are_refused_with_what_is_wrong() {
    let found = String::from("ng");
    is_refused(
        |it| it["brigade"]["unit_prefix"] = json!("ng"),
        &Unsound::Prefix { found },
    );
    is_refused(
        |it| it["years"][0]["year"] = json!(99999),
        &Unsound::Year { year: 99999 },
    );
    let found = u32::MAX;
    is_refused(
        |it| it["unit_number_last"] = json!(found),
        &Unsound::LastNumber { found },
    );
    let draw = |number, flaw| Unsound::Draw { number, flaw };
    let of = |it: &mut Value, field: &str, value: Value| it["years"][0]["draws"][0][field] = value;
    is_refused(
        |it| of(it, "plan_version", json!(7)),
        &draw(1, DrawFlaw::Plan),
    );
    is_refused(|it| of(it, "number", json!(2)), &draw(1, DrawFlaw::Number));
    is_refused(
        |it| of(it, "committed", Value::Null),
        &draw(1, DrawFlaw::Steps),
    );
    let days = |value: Value| {
        move |it: &mut Value| it["years"][0]["draws"][0]["register"]["working_days"][5] = value
    };
    is_refused(days(json!([2, 1])), &draw(1, DrawFlaw::WorkingDays));
    is_refused(days(json!([])), &draw(1, DrawFlaw::WorkingDays));
    is_refused(days(json!([31])), &draw(1, DrawFlaw::WorkingDays));
    let far = |it: &mut Value| {
        it["units"][0]["inspections"] = json!([{ "date": "+262142-12-31", "finding": "none" }]);
    };
    let date = "+262142-12-31".parse().unwrap();
    let record = drawn().units[0].id.to_string();
    is_refused(far, &Unsound::Date { record, date });
    is_refused(|it| it["years"] = json!([]), &Unsound::Years);
    let lost = |it: &mut Value| drop(it["years"][0]["visits"].as_array_mut().unwrap().pop());
    is_refused(lost, &Unsound::Visits { year: 2026 });
    let invented = |it: &mut Value| {
        it["years"][0]["visits"][0]["id"]["draw"]["number"] = json!(9);
    };
    is_refused(invented, &Unsound::Visits { year: 2026 });
    let off: Vec<_> = "2027-03"
        .parse::<double_random::engine::calendar::YearMonth>()
        .unwrap()
        .days()
        .collect();
    let holidays = json!({ "2027": { "off": off, "work": [] } });
    is_refused(
        |it| it["holidays"] = holidays,
        &Unsound::Holidays { year: 2027 },
    );
}

/// As [`drawn`], with a record of every kind that a workbook can hold.
fn with_all_kinds() -> Value {
    let mut book = drawn();
    let id = |book: &Workbook, at: usize| book.units[at].id.clone();
    let (retired, withheld) = (id(&book, 3), id(&book, 4));
    let broken = BreakOff {
        number: 2,
        reason: "停电".into(),
        approver: "鄢立群".into(),
        nobody_revealed: false,
    };
    let retire = Action::RetireUnit {
        id: retired,
        since: "2026-01-20".parse().unwrap(),
        reason: "已注销".into(),
        approver: "鄢立群".into(),
    };
    let withhold = Action::Withhold(Withhold {
        id: withheld,
        reason: "涉密".into(),
        approver: "鄢立群".into(),
        random: [5; 10],
    });
    for action in [Action::BreakOff(broken), retire, withhold] {
        act(&mut book, action, "2026-01-30T11:00:00");
    }
    book.officers[0].avoidances = vec![Avoidance::new(id(&book, 5), "亲属任职")];
    let mut document = serde_json::to_value(&book).unwrap();
    // A third draw whose days and teams are still to be laid.
    let mut numbered = document["years"][0]["draws"][0].clone();
    let drawn = numbered["drawn"].take();
    numbered.as_object_mut().unwrap().remove("approval");
    numbered["numbers"] = json!({
        "entropy": drawn["entropy"], "at": drawn["at"],
        "operator": drawn["operator"], "result": drawn["result"],
    });
    numbered.as_object_mut().unwrap().remove("drawn");
    document["numbered"] = numbered;
    document
}

/// The objects in a document, one of each kind: places in lists, and ids as keys, count as one.
fn kinds_of_objects(value: &Value, place: &str, kind: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            let state = fields.get("state").and_then(Value::as_str);
            let kind = &format!(
                "{kind}{}",
                state.map(|it| format!(" {it}")).unwrap_or_default()
            );
            found
                .entry(kind.to_owned())
                .or_insert_with(|| place.to_owned());
            for (key, inner) in fields {
                let is_id = key.contains(|sign: char| sign.is_ascii_digit());
                let name = if is_id { "*" } else { key };
                let kind = format!("{kind}/{name}");
                // As RFC 6901 writes a key in a pointer.
                let key = key.replace('~', "~0").replace('/', "~1");
                kinds_of_objects(inner, &format!("{place}/{key}"), &kind, found);
            }
        }
        Value::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                kinds_of_objects(inner, &format!("{place}/{at}"), &format!("{kind}/*"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn an_unknown_field_is_kept_or_the_file_is_refused() {
    let mut document = with_all_kinds();
    let numbered = document
        .as_object_mut()
        .unwrap()
        .remove("numbered")
        .unwrap();
    let mut middle = document.clone();
    middle["years"][0]["draws"] = json!([numbered]);
    middle["years"][0]["visits"] = json!([]);
    let mut kept = BTreeSet::new();
    let mut lost = BTreeSet::new();
    for document in [document, middle] {
        opened(&document.to_string()).unwrap();
        let mut places = BTreeMap::new();
        kinds_of_objects(&document, "", "", &mut places);
        for (kind, place) in places {
            let mut changed = document.clone();
            changed
                .pointer_mut(&place)
                .unwrap_or_else(|| panic!("{place}"))["later"] = json!({ "novel": 7 });
            let Some(book) = opened(&changed.to_string()) else {
                continue;
            };
            let after: Value = serde_json::from_str(&json::workbook_to_json(&book)).unwrap();
            let list = if after == changed {
                &mut kept
            } else {
                &mut lost
            };
            list.insert(kind);
        }
    }
    let records = [
        "",
        "/brigade",
        "/brigade/townships/*",
        "/units/*",
        "/units/*/inspections/*",
        "/units/*/status retired",
        "/units/*/withheld",
        "/officers/*",
        "/officers/*/absences/*",
        "/officers/*/avoidances/*",
        "/items/*",
        "/item_versions/*",
        "/years/*",
        "/years/*/draft",
        "/years/*/plans/*",
        "/years/*/plans/*/plan",
        "/years/*/draws/*",
        "/years/*/draws/*/committed",
        "/years/*/draws/*/numbers",
        "/years/*/draws/*/drawn",
        "/years/*/draws/*/approval",
        "/years/*/draws/*/broken_off",
        "/years/*/visits/*",
    ];
    for record in records {
        assert!(kept.contains(record), "{record}");
    }
    // Words that carry nothing, and groups, whose inner parts are spread out: serde cannot
    // refuse there. Nothing of a draw follows from what is lost.
    let meaningless = [
        "/agencies/*/status active",
        "/engineers/*/status active",
        "/units/*/status active",
        "/years/*/draws/*/committed/commitment/entropy",
        "/years/*/draws/*/committed/commitment/occasion",
        "/years/*/draws/*/drawn/result/groups/*",
        "/years/*/draws/*/numbers/result/groups/*",
    ];
    let lost: Vec<&str> = lost.iter().map(String::as_str).collect();
    assert_eq!(lost, meaningless);
}

/// Found by chance among the mutations above: more days than the calendar has.
#[test]
fn a_review_that_is_never_due_is_not_due() {
    let mut book = drawn();
    book.brigade.review_days = u32::MAX;
    book.units[0].reviewed_on = NaiveDate::from_ymd_opt(2026, 1, 5);
    let day = NaiveDate::from_ymd_opt(2026, 5, 20).unwrap();
    assert!(!book.brigade.is_review_due(&book.units[0], day));
    book.units[0].reviewed_on = None;
    assert!(book.brigade.is_review_due(&book.units[0], day));
    look_at_all(&book);
}
