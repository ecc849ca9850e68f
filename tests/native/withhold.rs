//! Withheld units: they draw under an alias, nothing published holds their id, and
//! everything in the house still finds them.

use chrono::NaiveDateTime;
use double_random::desk::screen::{PublicName, ROWS_ON_SCREEN};
use double_random::engine::cell::Cell;
use double_random::engine::draw::DrawGroup;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::verify::{Claim, Outcome, holds, verify};
use double_random::exchange::verification::{verification_file, write};
use double_random::model::{Avoidance, CandidateId, Finding, Officer, OfficerId, Unit, UnitId};
use double_random::workbook::request::{
    Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, Withhold,
};
use double_random::workbook::{Action, ActionError, Brigade, Context, DrawRecord, Workbook};

use crate::approval::approve;

fn at(text: &str) -> Context {
    Context {
        now: text.parse::<NaiveDateTime>().unwrap(),
        who: "沙维新".into(),
    }
}

fn act(book: &mut Workbook, action: Action, when: &str) {
    book.apply(action, &at(when)).unwrap();
}

/// 40 units, all of stratum A, four officers, and a frozen plan.
fn planned() -> Workbook {
    let mut book = Workbook::new("0123456789abcdef", Brigade::new("南宫市消防救援大队"), 2026);
    let when = "2025-12-20T09:00:00";
    for number in 0..40 {
        let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
        (unit.is_key, unit.is_densely_populated) = (true, true);
        act(&mut book, Action::AddUnit(Box::new(unit)), when);
    }
    for number in 0..4 {
        let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{number}"));
        officer.may_lead = true;
        act(&mut book, Action::AddOfficer(Box::new(officer)), when);
    }
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act(&mut book, freeze, when);
    book
}

fn withhold(id: &UnitId, random: u8) -> Action {
    Action::Withhold(Withhold {
        id: id.clone(),
        reason: "涉密单位".into(),
        approver: "鄢立群".into(),
        random: [random; 10],
    })
}

/// Draws a month in its window; returns the record.
fn draw(book: &mut Workbook, month: &str, when: &str) -> DrawRecord {
    let open = OpenDraw {
        month: month.parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    act(book, Action::OpenDraw(open), when);
    let number = book.years[0].draws.len() as u32;
    let commit = Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    };
    act(book, Action::Commit(commit), when);
    let entropy = EntropyGiven::Local([9; 32]);
    act(book, Action::Draw(RunDraw { number, entropy }), when);
    approve(book);
    book.years[0].draws.last().unwrap().clone()
}

/// Everything published of a draw; it must hold together.
fn published(book: &Workbook, draw: &DrawRecord) -> String {
    let file = verification_file(book, draw).unwrap();
    let previous = file.previous.as_deref();
    let checks = verify(&file.certificate, file.register.as_ref(), previous);
    assert!(holds(&checks), "{checks:#?}");
    let root = checks.iter().find(|check| check.claim == Claim::UnitsRoot);
    assert!(matches!(root.unwrap().outcome, Outcome::Passed { .. }));
    let text = file.to_text();
    // Unit by unit it is the same file.
    let written = at_once(write(book, draw.id(), &AtOnce));
    assert_eq!(written.unwrap().1, text);
    text
}

#[test]
fn a_withheld_unit_draws_under_its_alias_and_is_found_by_either() {
    let mut book = planned();
    let id = book.units[10].id.clone();
    act(&mut book, withhold(&id, 0xA5), "2025-12-22T09:00:00");
    let alias = CandidateId::new("W-A5A5A5A5A5A5A5A5A5A5").unwrap();
    assert_eq!(book.units[10].draw_id(), alias);
    assert_eq!(book.unit_drawn(&alias), book.unit(&id));
    assert_eq!(book.unit_drawn(&CandidateId::from(&id)), book.unit(&id));
    assert_eq!(book.unit_drawn(&CandidateId::new("W-00").unwrap()), None);

    let january = draw(&mut book, "2026-01", "2025-12-30T09:00:00");
    let frozen = &january.register.snapshot;
    assert!(frozen.unit(&alias).is_some() && frozen.unit(&(&id).into()).is_none());
    assert_eq!(january.id_of(&book.units[10]), alias);
    let text = published(&book, &january);
    assert!(!text.contains(&format!("\"{id}\"")));
    // Open units stand there with their fields, this one as a hash.
    let file = verification_file(&book, &january).unwrap();
    let register = file.register.unwrap();
    assert_eq!((register.units.len(), register.withheld.len()), (39, 1));
}

#[test]
fn its_visit_is_planned_recorded_and_explained_in_the_house() {
    let mut book = planned();
    let january = draw(&mut book, "2026-01", "2025-12-30T09:00:00");
    let drawn = january.drawn_units();
    let drawn: Vec<UnitId> = drawn.map(|id| book.register_id(id)).collect();
    let (early, other) = (&drawn[0], &drawn[1]);
    for (random, unit) in [(1, early), (2, other)] {
        act(&mut book, withhold(unit, random), "2026-01-05T09:00:00");
    }
    // Drawn under its own id before, it is planned and pending under it.
    assert_eq!(january.id_of(book.unit(early).unwrap()), early.into());
    let rows = book.visit_rows(&january);
    assert!(rows.iter().any(|row| row.unit == *early));
    assert!(book.pending_visits(2026).contains_key(early));
    let day = rows.iter().find(|row| row.unit == *early).unwrap().day;
    let visit = Action::RecordVisit {
        unit: early.clone(),
        date: day,
        finding: Finding::None,
    };
    act(&mut book, visit, "2026-01-30T09:00:00");

    // The other's visit was not made: it is carried, now under the alias.
    let february = draw(&mut book, "2026-02", "2026-01-30T10:00:00");
    let alias = book.unit(other).unwrap().draw_id();
    assert!(february.sizes.carried.contains(&alias));
    assert!(!february.sizes.carried.contains(&other.into()));
    let rows = book.visit_rows(&february);
    let row = rows.iter().find(|row| row.unit == *other).unwrap();
    assert_eq!(row.name, book.unit(other).unwrap().name);
    assert!(book.visit_reason(&february, other).is_some());
    assert!(book.pending_visits(2026).contains_key(other));

    // Becoming withheld is no change of the register, and the ids are gone from the file
    // but in the certificate before, which was published with them.
    let changes = book.changes_of(&february).unwrap();
    assert!(
        changes
            .list
            .iter()
            .all(|change| change.change.unit != CandidateId::from(other)
                && change.change.unit != alias
                || !matches!(
                    change.change.change,
                    double_random::engine::changes::Change::Left { .. }
                        | double_random::engine::changes::Change::Joined { .. }
                ))
    );
    assert!(
        changes
            .list
            .iter()
            .all(|change| change.change.unit != CandidateId::from(early))
    );
    published(&book, &february);
    let mut file = verification_file(&book, &february).unwrap();
    file.previous = None;
    let text = file.to_text();
    assert!(text.contains(alias.as_str()) && !text.contains(&format!("\"{other}\"")));

    // It is made, and entered under the number of the draw that chose it.
    let date = row.day;
    let visit = Action::RecordVisit {
        unit: other.clone(),
        date,
        finding: Finding::None,
    };
    act(&mut book, visit, "2026-02-27T09:00:00");
    let rows = book.visit_rows(&february);
    let row = rows.iter().find(|row| row.unit == *other).unwrap();
    assert_eq!(row.made, Some(date));
}

#[test]
fn officers_avoid_it_under_the_alias() {
    let mut book = planned();
    let id = book.units[3].id.clone();
    let mut officer = book.officers[0].clone();
    officer.avoidances.push(Avoidance {
        approver: "鄢立群".into(),
        ..Avoidance::new(id.clone(), "亲属任职")
    });
    let edit = Action::EditOfficer(Box::new(officer));
    act(&mut book, edit, "2025-12-21T09:00:00");
    act(&mut book, withhold(&id, 3), "2025-12-22T09:00:00");
    let duty = &book.duties("2026-01".parse().unwrap())[0];
    assert!(duty.avoid.contains(&book.units[3].draw_id()) && !duty.avoid.contains(&(&id).into()));
}

#[test]
fn a_withholding_is_taken_back_only_until_a_draw_has_used_it() {
    let mut book = planned();
    let id = book.units[0].id.clone();
    let applied = book
        .apply(withhold(&id, 1), &at("2025-12-22T09:00:00"))
        .unwrap();
    act(&mut book, applied.undo.unwrap(), "2025-12-22T09:01:00");
    assert_eq!(book.units[0].withheld, None);

    act(&mut book, withhold(&id, 2), "2025-12-22T09:02:00");
    draw(&mut book, "2026-01", "2025-12-30T09:00:00");
    let before = book.clone();
    let mut refused = |action: Action| {
        let error = book.apply(action, &at("2026-01-05T09:00:00"));
        assert_eq!(book, before, "a refused action changed the workbook");
        error.unwrap_err()
    };
    let published = refused(Action::PublishUnit { id: id.clone() });
    assert_eq!(published, ActionError::AliasUsed { number: 1 });
    let again = refused(withhold(&id, 3));
    assert_eq!(again, ActionError::AlreadyWithheld { id });
    let taken = refused(withhold(&before.units[1].id, 2));
    let other = before.units[0].id.clone();
    assert_eq!(taken, ActionError::AliasTaken { other });
    let (unit, mut hasty) = (before.units[1].id.clone(), withhold(&before.units[1].id, 4));
    if let Action::Withhold(withhold) = &mut hasty {
        withhold.approver.clear();
    }
    assert_eq!(refused(hasty), ActionError::NoApprover);
    let open = refused(Action::PublishUnit { id: unit.clone() });
    assert_eq!(open, ActionError::NotWithheld { id: unit });
}

#[test]
fn on_the_big_screen_a_withheld_unit_has_a_code_and_no_name() {
    let mut book = planned();
    let hidden = book.units[3].id.clone();
    let late = book.units[4].id.clone();
    act(&mut book, withhold(&hidden, 7), "2025-12-21T09:00:00");
    let record = draw(&mut book, "2026-01", "2025-12-31T09:00:00");
    // Withheld after its draw: the record knows its id, the screen still not its name.
    act(&mut book, withhold(&late, 8), "2026-01-05T09:00:00");

    let alias = record.id_of(book.unit(&hidden).unwrap());
    assert_eq!(
        book.public_name(&record, &(&hidden).into()),
        PublicName::Withheld(alias.clone())
    );
    assert_eq!(
        book.public_name(&record, &alias),
        PublicName::Withheld(alias)
    );
    let own = CandidateId::from(&late);
    assert_eq!(book.public_name(&record, &own), PublicName::Withheld(own));

    let screen = book.screen(&record).unwrap();
    let text = format!("{screen:?}");
    assert!(
        !text.contains("\"单位3\"") && !text.contains("\"单位4\""),
        "{text}"
    );
    // Each drawn unit stands once, in pages that can be read, and the cut line ends its group.
    let rows: usize = screen.pages.iter().map(|page| page.drawn.len()).sum();
    assert_eq!(rows, record.drawn_units().count());
    assert_eq!(screen.drawn, rows);
    for page in &screen.pages {
        assert!((1..=ROWS_ON_SCREEN).contains(&page.drawn.len()));
        assert!(page.has_cut() || page.reserve.is_empty());
    }
}

#[test]
fn the_big_screen_shows_strata_in_order_and_the_highest_level_first() {
    let mut book = double_random::demo::brigade(2026, 1);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act(&mut book, freeze, "2025-12-30T09:00:00");
    let record = draw(&mut book, "2026-01", "2025-12-31T09:00:00");
    let screen = book.screen(&record).unwrap();
    let order: Vec<_> = screen
        .groups
        .iter()
        .filter_map(|group| match group.group {
            DrawGroup::First(Cell::Of(stratum, level)) => Some((stratum, level)),
            _ => None,
        })
        .collect();
    assert!(order.len() > 6, "{order:?}");
    let is_ordered = |pair: &[(_, _)]| {
        let [(first, high), (second, low)] = [pair[0], pair[1]];
        first < second || (first == second && high > low)
    };
    assert!(order.windows(2).all(is_ordered), "{order:?}");
    let last = screen.pages.last().unwrap();
    assert_eq!(last.drawn_so_far, screen.drawn);
}
