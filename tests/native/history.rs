//! What the trail's entries say, and which of them touch a record.

use double_random::desk::history::RecordName;
use double_random::exchange::json::{self, Content};
use double_random::model::{OfficerId, UnitId};
use double_random::workbook::event::Event;
use double_random::workbook::{Workbook, trail};

/// A workbook of the first version: two months drawn, visits entered, a unit withheld.
fn book() -> Workbook {
    let text = include_str!("../data/workbook-v1.json");
    let Content::Workbook(file) = json::read(text.as_bytes()).unwrap() else {
        panic!("{:.100}", text);
    };
    file.workbook
}

/// Actions on a record, oldest first.
fn actions<'a>(book: &'a Workbook, record: &RecordName) -> Vec<&'a str> {
    let entries = book.history(record).into_iter().rev();
    entries.map(|entry| entry.action.as_str()).collect()
}

fn unit(id: &str) -> RecordName {
    RecordName::Unit(UnitId::new(id).unwrap())
}

#[test]
fn every_entry_of_the_first_version_is_known_and_comes_out_as_it_came() {
    let book = book();
    assert!(book.trail.len() > 100);
    for entry in &book.trail {
        let event = entry.event();
        assert!(!matches!(event, Event::Other { .. }), "{entry:?}");
        assert_eq!(event.action(), entry.action);
        assert_eq!(
            serde_json::to_string(&event.detail()).unwrap(),
            serde_json::to_string(&entry.detail).unwrap()
        );
    }
    assert_eq!(trail::first_break(&book.trail), None);
}

#[test]
fn a_units_history_holds_what_touched_it_and_the_draws_that_chose_it() {
    let book = book();
    let visited = actions(&book, &unit("U-00028"));
    assert_eq!(visited[0], "add_unit");
    let drawn = visited.iter().position(|action| *action == "draw").unwrap();
    assert_eq!(visited[drawn + 1], "record_visit", "{visited:?}");
    let withheld = actions(&book, &unit("U-00005"));
    assert!(withheld.contains(&"withhold_unit"), "{withheld:?}");
    assert_eq!(actions(&book, &unit("U-99999")), [""; 0]);
    // One line each way: no entry of the register is lost or told twice.
    let named = book.units.iter();
    let told = named.map(|unit| actions(&book, &RecordName::Unit(unit.id.clone())));
    let added = told.flatten().filter(|action| *action == "add_unit");
    assert_eq!(added.count(), book.units.len());
}

#[test]
fn an_officers_history_is_his_own() {
    let book = book();
    let officer = RecordName::Officer(OfficerId::new("P01").unwrap());
    assert_eq!(actions(&book, &officer), ["add_officer"]);
}

#[test]
fn a_frozen_plan_knows_where_the_trail_ended() {
    let book = book();
    let frozen = &book.years[0].plans[0];
    let head = book.trail_at_freeze(frozen).unwrap();
    let last = &book.trail[head.entries as usize - 1];
    assert_eq!(last.action, "freeze_plan");
    assert_eq!(last.hash, head.hash.to_string());
}
