//! Years side by side: the turn of the year, visits as records, and workbooks of
//! version 1 lifted.

use chrono::{NaiveDate, NaiveDateTime};
use double_random::desk::duties::Duty;
use double_random::desk::year_state::YearState;
use double_random::engine::calendar::add_six_months;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::json::{self, Content, FileError};
use double_random::exchange::reading;
use double_random::model::{CandidateId, Finding, Inspection, Officer, OfficerId, Unit, UnitId};
use double_random::store::parts::Cutter;
use double_random::store::{MemoryStorage, Stamp, Vault};
use double_random::workbook::draw::DrawStep;
use double_random::workbook::request::{
    Commit, CorrectVisit, EntropyChoice, EntropyGiven, OpenDraw, OpenSupplementary, RunDraw,
    VisitEntry,
};
use double_random::workbook::sound::Unsound;
use double_random::workbook::{
    Action, ActionError, Brigade, Context, DrawError, DrawId, VisitId, VisitMade, VisitSource,
    VisitState, Workbook, trail,
};

use crate::approval::approve;

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(text: &str) -> Context {
    Context {
        now: text.parse::<NaiveDateTime>().unwrap(),
        who: "沙维新".into(),
    }
}

#[track_caller]
pub fn act(book: &mut Workbook, when: &str, action: Action) {
    book.apply(action, &at(when)).unwrap();
}

pub fn freeze(book: &mut Workbook, when: &str, year: i32) {
    let freeze = Action::FreezePlan {
        year,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act(book, when, freeze);
}

/// Opens, commits and draws.
pub fn draw(book: &mut Workbook, day: &str, month: &str) -> DrawId {
    let open = OpenDraw {
        month: month.parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    act(book, &format!("{day}T09:00:00"), Action::OpenDraw(open));
    let id = book.open_draw_record().unwrap().id();
    let number = id.number;
    let commit = Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    };
    act(book, &format!("{day}T10:00:00"), Action::Commit(commit));
    let entropy = EntropyGiven::Local([number as u8; 32]);
    let run = RunDraw { number, entropy };
    act(book, &format!("{day}T10:10:00"), Action::Draw(run));
    approve(book);
    id
}

fn visit(book: &mut Workbook, unit: &UnitId, day: &str, now: &str) -> Result<(), ActionError> {
    let visit = Action::RecordVisit {
        unit: unit.clone(),
        date: date(day),
        finding: Finding::None,
    };
    book.apply(visit, &at(now)).map(drop)
}

/// Thirty units and six officers, with the plan of 2026 in force.
pub fn planned() -> Workbook {
    let brigade = Brigade::new("南宫市消防救援大队");
    let mut book = Workbook::new("0123456789abcdef", brigade, 2026);
    let day = "2025-12-20T09:00:00";
    for number in 0..30 {
        let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
        unit.is_key = number % 3 == 0;
        unit.is_densely_populated = number % 6 == 0;
        act(&mut book, day, Action::AddUnit(Box::new(unit)));
    }
    for number in 0..6 {
        let id = OfficerId::new("X").unwrap();
        let mut officer = Officer::new(id, format!("人员{number}"));
        officer.may_lead = number % 2 == 0;
        act(&mut book, day, Action::AddOfficer(Box::new(officer)));
    }
    freeze(&mut book, "2025-12-25T09:00:00", 2026);
    book
}

/// January is drawn and its first visit made on its planned day: its name, and that day.
fn visited_in_january(book: &mut Workbook) -> (VisitId, NaiveDate) {
    draw(book, "2025-12-30", "2026-01");
    let id = book.years[0].visits[0].id.clone();
    let planned = book.planned_visit(&id.unit, DrawId::new(2027, 0));
    let day = planned.unwrap().day;
    visit(book, &id.unit, &day.to_string(), "2026-01-30T17:00:00").unwrap();
    (id, day)
}

/// December is drawn, the next year begun and its plan frozen.
fn at_the_turn() -> Workbook {
    let mut book = planned();
    draw(&mut book, "2026-11-27", "2026-12");
    act(
        &mut book,
        "2026-12-01T09:00:00",
        Action::StartYear { year: 2027 },
    );
    freeze(&mut book, "2026-12-02T09:00:00", 2027);
    book
}

#[test]
fn the_next_year_begins_from_november_on_and_copies_the_rules() {
    let mut book = planned();
    let mut draft = book.years[0].draft.clone();
    draft.design.twice_level = draft.design.twice_level.saturating_sub(1);
    act(
        &mut book,
        "2026-03-01T09:00:00",
        Action::EditPlan(Box::new(draft)),
    );
    let early = book.apply(Action::StartYear { year: 2027 }, &at("2026-10-31T09:00:00"));
    let from = date("2026-11-01");
    assert_eq!(
        early.unwrap_err(),
        ActionError::YearTooEarly { year: 2027, from }
    );
    assert!(
        !book
            .duties_on(date("2026-10-31"))
            .contains(&Duty::StartYear { year: 2027 })
    );
    assert!(
        book.duties_on(from)
            .contains(&Duty::StartYear { year: 2027 })
    );
    let far = book.apply(Action::StartYear { year: 2028 }, &at("2026-11-01T09:00:00"));
    assert_eq!(
        far.unwrap_err(),
        ActionError::YearTooEarly { year: 2028, from }
    );
    act(
        &mut book,
        "2026-11-01T09:00:00",
        Action::StartYear { year: 2027 },
    );

    let (old, new) = (&book.years[0], &book.years[1]);
    assert_eq!((new.year, new.draft.year), (2027, 2027));
    assert_eq!(
        new.draft.design,
        old.plan().design,
        "what is in force, not an older draft"
    );
    assert!(new.plans.is_empty() && new.draws.is_empty() && new.visits.is_empty());
    assert!(
        book.duties_on(date("2026-11-02"))
            .contains(&Duty::FreezePlan { year: 2027 })
    );
    assert_eq!(book.check_sound(), Ok(()));
    // One after another.
    let twice = book.apply(Action::StartYear { year: 2028 }, &at("2026-12-31T09:00:00"));
    let from = date("2027-11-01");
    assert_eq!(
        twice.unwrap_err(),
        ActionError::YearTooEarly { year: 2028, from }
    );
}

#[test]
fn january_is_drawn_in_december_while_its_visits_are_still_made() {
    let mut book = at_the_turn();
    let december = book.years[0].draws[0].clone();
    let planned = december.drawn.as_ref().unwrap().plan.visits.clone();
    // Of December's visits one day is over when January is drawn; the last is still to come.
    let mut by_day: Vec<(&CandidateId, NaiveDate)> =
        planned.iter().map(|(id, visit)| (id, visit.day)).collect();
    by_day.sort_by_key(|visit| visit.1);
    let (late, ahead) = (by_day[0], by_day[by_day.len() - 1]);
    // Outside its window, so that a visit of December is still ahead.
    let today = date("2026-12-23");
    assert!(late.1 < today && ahead.1 >= today, "{by_day:?}");
    let of_january = book.overdue("2027-01".parse().unwrap(), today);
    assert_eq!(
        of_january.count(),
        0,
        "and the plan of the new year does not say so"
    );
    let of_december = book.overdue("2026-12".parse().unwrap(), today);
    assert_eq!(of_december.count(), 0, "which is drawn");
    let id = draw(&mut book, "2026-12-23", "2027-01");
    assert_eq!(id, DrawId::new(2027, 1), "numbers begin anew");
    assert_eq!(book.check_sound(), Ok(()));

    let january = book.draw(id).unwrap();
    assert!(
        january.sizes.carried.is_empty(),
        "nothing is carried past December"
    );
    let frozen = |unit: &CandidateId| january.register.snapshot.unit(unit).unwrap();
    // Still to come: its release follows from its planned day, and it counts in its own year.
    assert_eq!(
        (frozen(ahead.0).last, frozen(ahead.0).count),
        (Some(ahead.1), 0)
    );
    assert!(january.drawn_units().all(|unit| unit != ahead.0));
    // Its day is over and it is not made: nothing of it is known of the new year.
    assert_eq!((frozen(late.0).last, frozen(late.0).pending), (None, false));

    // December's visits are entered while January's wait, each in its own year.
    let own = book.register_id(ahead.0);
    visit(&mut book, &own, &ahead.1.to_string(), "2026-12-31T17:00:00").unwrap();
    let made = book
        .visit(&VisitId {
            draw: december.id(),
            unit: own.clone(),
        })
        .unwrap();
    assert_eq!(made.made.unwrap().date, ahead.1);
    assert!(!book.pending_visits(2026).contains_key(&own));
    let unit = book.pending_visits(2027).keys().next().unwrap().clone();
    let of_2026 = book.pending_visits(2026).get(&unit).copied();
    let day = book.planned_visit(&unit, DrawId::new(2028, 0)).unwrap().day;
    visit(&mut book, &unit, &day.to_string(), "2027-01-29T17:00:00").unwrap();
    assert_eq!(book.inspections_count(book.unit(&unit).unwrap(), 2027), 1);
    assert_eq!(book.inspections_count(book.unit(&unit).unwrap(), 2026), 0);

    assert_eq!(book.pending_visits(2026).get(&unit).copied(), of_2026);
    assert!(!book.pending_visits(2027).contains_key(&unit));

    // February carries January's visits, and none of December's.
    draw(&mut book, "2027-01-29", "2027-02");
    let february = book.draw(DrawId::new(2027, 2)).unwrap();
    assert!(!february.sizes.carried.contains(late.0));
    assert_eq!(trail::first_break(&book.trail), None);
    let text = json::workbook_to_json(&book);
    let Content::Workbook(file) = json::read(text.as_bytes()).unwrap() else {
        panic!("{:.100}", text);
    };
    assert_eq!((file.workbook == book, file.warnings.len()), (true, 0));
}

/// A bare number once named the draw of an inspection: a unit brought along into the next
/// year counted as visited by that year's draw of the same number.
#[test]
fn a_visit_of_another_year_is_not_taken_for_one_of_the_same_number() {
    let mut book = at_the_turn();
    let first = book.years[0].draws[0].id();
    let unit = book.years[0].visits[0].id.unit.clone();
    let day = book.planned_visit(&unit, DrawId::new(2027, 0)).unwrap().day;
    visit(&mut book, &unit, &day.to_string(), "2026-12-31T17:00:00").unwrap();
    draw(&mut book, "2026-12-31", "2027-01");
    // Six months later it may be drawn again, by draws of 2027 alone.
    let made = book.visit(&VisitId {
        draw: first,
        unit: unit.clone(),
    });
    assert!(made.unwrap().made.is_some());
    let others = book.years[1].visits.iter();
    let entered: Vec<_> = others.filter(|visit| visit.made.is_some()).collect();
    assert!(entered.is_empty(), "{entered:?}");
    let rows = book.visit_rows(&book.years[1].draws[0]);
    assert!(rows.iter().all(|row| row.made.is_none()));
    assert!(
        rows.iter()
            .all(|row| row.unit != unit || row.day >= add_six_months(day))
    );
}

#[test]
fn a_visit_notes_its_corrections_with_who_when_and_why() {
    let mut book = planned();
    let (id, _) = visited_in_january(&mut book);
    let before = book.visit(&id).unwrap().made.unwrap();
    let after = VisitMade {
        finding: Finding::Found,
        ..before
    };
    for made in [Some(after), None] {
        let correction = CorrectVisit {
            visit: id.clone(),
            made,
            reason: " 录错 ".into(),
        };
        act(
            &mut book,
            "2026-01-31T09:00:00",
            Action::CorrectVisit(correction),
        );
    }
    let record = book.visit(&id).unwrap();
    let changes: Vec<_> = record
        .changes
        .iter()
        .map(|it| (it.before, it.after))
        .collect();
    assert_eq!(changes, [(before, Some(after)), (after, None)]);
    assert_eq!(
        (
            record.changes[0].who.as_str(),
            record.changes[0].why.as_str()
        ),
        ("沙维新", "录错")
    );
    assert_eq!(record.state(book.unit(&id.unit)), VisitState::Pending);
    assert!(book.inspections(book.unit(&id.unit).unwrap()).is_empty());
}

#[test]
fn items_are_those_of_the_day_of_the_draw() {
    let mut book = planned();
    book.items = double_random::demo::standard_items("");
    draw(&mut book, "2025-12-30", "2026-01");
    let before = book.visit_rows(&book.years[0].draws[0]);
    assert!(before.iter().all(|row| !row.items.is_empty()));
    let id = book.items[0].id.clone();
    let remove = Action::RemoveItem {
        id,
        reason: "并入另一项".into(),
        approver: "鄢立群".into(),
    };
    act(&mut book, "2026-01-05T09:00:00", remove);
    assert_eq!(book.visit_rows(&book.years[0].draws[0]), before);
}

/// A register file holds all inspections of a unit, and comes back as it went.
#[test]
fn a_register_file_holds_the_visits_made_and_changes_nothing_when_it_comes_back() {
    use crate::import::preview;
    use double_random::exchange::{Options, Register};
    let mut book = planned();
    book.units[1].inspections = vec![Inspection {
        date: date("2025-03-03"),
        finding: Finding::Found,
        extra: serde_json::Map::new(),
    }];
    let (_, day) = visited_in_january(&mut book);
    let text = json::units_to_json(&book.units_for_file());
    let Content::Units(rows) = json::read(text.as_bytes()).unwrap() else {
        panic!("{:.100}", text);
    };
    let options = Options::MERGE;
    let read = preview(&Register::units(&book), rows, &options, &|id| {
        book.is_referenced(id)
    });
    assert_eq!((read.changed.len(), read.issues.len()), (0, 0));
    assert!(text.contains(&day.to_string()));
}

/// `tests/data/workbook-v1.json` was written by a program of version 1: two months with
/// visits made and carried, a broken-off and a supplementary draw, a campaign, and a unit
/// withheld.
#[test]
fn a_workbook_of_version_1_opens_with_its_visits() {
    let text = include_str!("../data/workbook-v1.json");
    let before: serde_json::Value = serde_json::from_str(text).unwrap();
    let Content::Workbook(file) = json::read(text.as_bytes()).unwrap() else {
        panic!("{:.100}", text);
    };
    let book = file.workbook;
    assert_eq!(
        (book.version, book.years.len(), book.years[0].year),
        (2, 1, 2026)
    );
    let steps: Vec<DrawStep> = book.draws().map(|draw| draw.step()).collect();
    let [drawn, broken] = [DrawStep::Drawn, DrawStep::BrokenOff];
    assert_eq!(steps, [drawn, drawn, broken, drawn, drawn]);
    // Every certificate is still the one that was published.
    for draw in book.draws() {
        let now = book.certificate(draw).map(|certificate| certificate.hash);
        assert_eq!(now, draw.drawn.as_ref().map(|drawn| drawn.certificate));
    }
    // Every inspection is there, as a visit or as what was before.
    let mut made = 0;
    for old in before["units"].as_array().unwrap() {
        let unit = book
            .unit(&UnitId::new(old["id"].as_str().unwrap()).unwrap())
            .unwrap();
        let of_old = old["inspections"].as_array().map_or(&[][..], Vec::as_slice);
        let inspections = book.inspections(unit);
        let days: Vec<String> = inspections.iter().map(|it| it.date.to_string()).collect();
        let old_days: Vec<&str> = of_old
            .iter()
            .map(|it| it["date"].as_str().unwrap())
            .collect();
        assert_eq!(days, old_days, "{}", unit.id);
        for old in of_old {
            let number = old["draw"].as_u64().unwrap() as u32;
            let draw = DrawId::new(2026, number);
            let visit = book
                .visit(&VisitId {
                    draw,
                    unit: unit.id.clone(),
                })
                .unwrap();
            assert_eq!(visit.made.unwrap().date.to_string(), old["date"]);
            made += 1;
        }
        assert!(unit.inspections.is_empty());
    }
    assert!(made > 3, "{made}");
    let campaign = book.years[0].visits.iter();
    let campaign = campaign.filter(|visit| visit.source == VisitSource::Campaign);
    assert_eq!(campaign.map(|visit| visit.id.draw.number).max(), Some(5));
    assert!(book.units.iter().any(|unit| unit.withheld.is_some()));
    assert_eq!(trail::first_break(&book.trail), None);
    // Written again it is of version 2, and the same.
    let again = json::workbook_to_json(&book);
    let Content::Workbook(file) = json::read(again.as_bytes()).unwrap() else {
        panic!("{:.100}", again);
    };
    assert!(file.workbook == book && file.warnings.is_empty());
}

/// A unit may have a visit of each year to be made: each counts by its own year's plans,
/// and a list of visits names a unit once.
#[test]
fn a_visit_made_early_is_not_counted_again_for_one_of_the_year_before() {
    let mut book = at_the_turn();
    draw(&mut book, "2026-12-31", "2027-01");
    let of_2026 = book.pending_visits(2026);
    let units = book.pending_visits(2027).into_keys();
    let planned = |unit: &UnitId| {
        let planned = book.planned_visit(unit, DrawId::new(2028, 0));
        planned.unwrap().day
    };
    let both = units.filter(|unit| of_2026.contains_key(unit));
    let (unit, day) = both
        .map(|unit| (planned(&unit), unit))
        .max()
        .map(|(day, unit)| (unit, day))
        .unwrap();
    let early = day.pred_opt().unwrap();
    let entry = |date| VisitEntry {
        unit: unit.clone(),
        made: VisitMade {
            date,
            finding: Finding::None,
        },
    };
    let twice = Action::RecordVisits(vec![entry(date("2026-12-31")), entry(early)]);
    let when = at(&format!("{early}T17:00:00"));
    let refused = book.apply(twice, &when).unwrap_err();
    let no_visit = DrawError::NoVisit { unit: unit.clone() };
    assert_eq!(refused, no_visit.into());

    visit(
        &mut book,
        &unit,
        &early.to_string(),
        &when.now.to_string().replace(' ', "T"),
    )
    .unwrap();
    let plan = book.years[1].plan();
    let month = "2027-02".parse().unwrap();
    let snapshot = book.snapshot_on(month, plan, early).unwrap();
    let seen = snapshot.unit(&(&unit).into()).unwrap();
    assert_eq!(
        (seen.count, seen.last, seen.pending),
        (1, Some(early), false)
    );
}

#[test]
fn each_year_says_where_it_stands() {
    let mut book = planned();
    let state =
        |book: &Workbook, year: usize, day: &str| book.year_state(&book.years[year], date(day));
    let on = date("2025-12-25");
    let undrawn = YearState::Frozen { on, drawn: None };
    assert_eq!(state(&book, 0, "2025-12-28"), undrawn);
    draw(&mut book, "2025-12-30", "2026-01");
    let drawn = Some("2026-01".parse().unwrap());
    let january = YearState::Frozen { on, drawn };
    assert_eq!(state(&book, 0, "2025-12-31"), january);
    let pending_count = book.pending_visits(2026).len() as u32;
    assert!(pending_count > 0);
    let last_day = YearState::Running {
        working_days_left: 1,
        pending_count,
    };
    assert_eq!(state(&book, 0, "2026-12-31"), last_day);
    let over = YearState::Over { pending_count };
    assert_eq!(state(&book, 0, "2027-01-01"), over);
    act(
        &mut book,
        "2026-12-01T09:00:00",
        Action::StartYear { year: 2027 },
    );
    assert_eq!(state(&book, 1, "2026-12-01"), YearState::Draft);
    assert_eq!(state(&book, 1, "2027-01-01"), YearState::Draft);
}

#[test]
fn the_next_year_tells_what_it_takes_along() {
    assert_eq!(planned().next_year(date("2026-12-01")), None);
    let mut book = at_the_turn();
    let today = date("2026-12-23");
    let visits = book.years[0].draws[0].drawn.as_ref().unwrap();
    let days: Vec<NaiveDate> = visits.plan.visits.values().map(|visit| visit.day).collect();
    let ahead: Vec<&NaiveDate> = days.iter().filter(|day| **day >= today).collect();
    assert!(!ahead.is_empty() && ahead.len() < days.len(), "{days:?}");
    let next = book.next_year(today).unwrap();
    assert_eq!(
        (next.year, next.units_count, next.january_count),
        (2027, 30, None)
    );
    assert_eq!(next.expected_count as usize, ahead.len());
    let on = date("2026-12-02");
    assert_eq!(next.state, YearState::Frozen { on, drawn: None });
    // What is expected on its day is free six months later; what is late is not counted.
    let plan = book.years[1].plan().clone();
    let january = "2027-01".parse().unwrap();
    let outlook = book.outlook(&plan, january, today).unwrap();
    assert_eq!(outlook.released.iter().sum::<u32>() as usize, ahead.len());
    assert_eq!(outlook.released[..5], [0; 5], "December and six months");
    draw(&mut book, "2026-12-30", "2027-01");
    let next = book.next_year(today).unwrap();
    assert_eq!(next.january_count, Some(book.years[1].visits.len() as u32));
}

pub fn close(book: &mut Workbook, when: &str, note: &str) -> Result<(), ActionError> {
    let close = Action::CloseYear {
        year: 2026,
        approver: " 鄢立群 ".into(),
        note: note.into(),
    };
    book.apply(close, &at(when)).map(drop)
}

/// December drawn, one visit of it made; the next year under way.
pub fn over() -> (Workbook, VisitId) {
    let mut book = at_the_turn();
    let id = book.years[0].visits[0].id.clone();
    let day = book
        .planned_visit(&id.unit, DrawId::new(2027, 0))
        .unwrap()
        .day;
    visit(&mut book, &id.unit, &day.to_string(), "2026-12-31T17:00:00").unwrap();
    draw(&mut book, "2026-12-31", "2027-01");
    (book, id)
}

#[test]
fn the_statement_of_a_closed_year_is_published() {
    use double_random::workbook::bulletin::BulletinOf;
    let (mut book, _) = over();
    let (of, today) = (BulletinOf::Statement, date("2027-01-05"));
    assert!(book.bulletin_state(2026, of, today).is_none());
    assert!(double_random::papers::public_paper(&book, 2026, of, today).is_none());
    close(&mut book, "2027-01-04T09:00:00", "甲单位停业，十二月才抽").unwrap();
    let state = book.bulletin_state(2026, of, today).unwrap();
    let due = book.publish_by(date("2027-01-04"));
    assert_eq!((state.due, state.waiting), (Some(due), 1));
    let is_due = |it: &Duty| matches!(it, Duty::Publish { .. });
    assert!(book.duties_on(today).iter().any(is_due));
    let made = double_random::papers::public_paper(&book, 2026, of, today).unwrap();
    assert_eq!(made.paper.rows.len(), 3);
    let said = made.paper.facts.iter().map(|fact| fact.words.as_str());
    let said: String = said.collect();
    let statement = &book.years[0].closed.as_ref().unwrap().statement;
    assert!(said.contains("没有守住底线") && said.contains("抽中的检查 1 户次已查"));
    assert!(statement.missed().count() > 0);
    // The brigade's own words, and who signed, are no public matter.
    for (form, text) in crate::publish::forms(&made.paper) {
        let tells = ["甲单位", "鄢立群", "沙维新"].map(|it| text.contains(it));
        assert_eq!(tells, [false; 3], "{form}");
    }
    let publish = crate::publish::publishing(&book, of, "2027-01-05", "");
    act(
        &mut book,
        "2027-01-05T10:00:00",
        Action::PublishBulletin(publish),
    );
    let state = book.bulletin_state(2026, of, today).unwrap();
    assert_eq!((state.due, state.public), (None, 1));
    assert_eq!(book.check_sound(), Ok(()));
    let text = json::workbook_to_json(&book);
    assert!(json::read_workbook(&text).unwrap().workbook == book);
}

#[test]
fn a_year_is_closed_once_it_is_over_with_its_statement() {
    let (mut book, made) = over();
    let from = date("2027-01-01");
    let early = close(&mut book, "2026-12-31T23:00:00", "").unwrap_err();
    assert_eq!(early, ActionError::YearNotOver { year: 2026, from });
    let duty = Duty::CloseYear { year: 2026 };
    assert!(!book.duties_on(date("2026-12-31")).contains(&duty));
    assert!(book.duties_on(from).contains(&duty));
    // No floor was met by one visit; that is said, or the year stays open.
    let silent = close(&mut book, "2027-01-04T09:00:00", " ").unwrap_err();
    assert_eq!(silent, ActionError::NoReason);
    // Found closed in December and entered so in January: no unit at the end of the year.
    let unmade = book.years[0].visits[1].id.clone();
    let retire = Action::RetireUnit {
        id: unmade.unit.clone(),
        since: date("2026-12-20"),
        reason: "已注销".into(),
        approver: "鄢立群".into(),
    };
    act(&mut book, "2027-01-04T09:10:00", retire);
    close(&mut book, "2027-01-04T09:20:00", "全年只抽了十二月").unwrap();

    let closed = book.years[0].closed.clone().unwrap();
    assert_eq!(
        (closed.approver.as_str(), closed.by.as_str()),
        ("鄢立群", "沙维新")
    );
    let statement = &closed.statement;
    assert_eq!(statement.register, Some(made.draw));
    assert_eq!((statement.made_count, statement.void_count), (1, 1));
    assert_eq!(statement.unmade.len(), book.years[0].visits.len() - 2);
    assert!(!statement.unmade.contains(&made) && !statement.unmade.contains(&unmade));
    let total: u32 = statement.strata.iter().map(|it| it.units_count).sum();
    let visited: u32 = statement.strata.iter().map(|it| it.visited_count).sum();
    assert_eq!((total, visited), (29, 1));
    for stratum in &statement.strata {
        let floor = stratum.stratum.legal_floor().of(stratum.units_count);
        assert_eq!(stratum.floor_count, floor);
        assert_eq!(stratum.is_met(), stratum.visited_count >= floor);
    }
    let last = book.trail.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.why.as_str()),
        ("close_year", "全年只抽了十二月")
    );
    let missed_count = statement.missed().count() as u32;
    let state = book.year_state(&book.years[0], date("2027-01-05"));
    let on = date("2027-01-04");
    assert_eq!(state, YearState::Closed { on, missed_count });
    assert!(!book.duties_on(date("2027-01-05")).contains(&duty));
    assert_eq!(book.check_sound(), Ok(()));
    // It stands as it was, whatever comes after.
    let restore = Action::RestoreUnit {
        id: unmade.unit,
        reason: "复业".into(),
    };
    act(&mut book, "2027-02-01T09:00:00", restore);
    assert_eq!(book.years[0].closed.as_ref(), Some(&closed));

    let text = json::workbook_to_json(&book);
    let Content::Workbook(file) = json::read(text.as_bytes()).unwrap() else {
        panic!("{:.100}", text);
    };
    assert_eq!((file.workbook == book, file.warnings.len()), (true, 0));
    let stamp = Stamp {
        at: closed.at,
        version: book.version,
        units_count: 30,
    };
    let mut vault = Vault::new(MemoryStorage::new(), book.version);
    let cut = Cutter::default().cut(&book, vault.parts_known().unwrap());
    vault.save(&cut, &stamp).unwrap();
    let decode = |text: &str| {
        json::read_stored(text)
            .map(|file| file.workbook)
            .map_err(drop)
    };
    let loaded = vault.load(decode).unwrap().loaded.unwrap();
    assert!(loaded.value == book, "the store keeps it too");
    // A statement that its year contradicts is not believed.
    let mut false_book = book.clone();
    false_book.years[0]
        .closed
        .as_mut()
        .unwrap()
        .statement
        .made_count = 7;
    assert_eq!(
        false_book.check_sound(),
        Err(Unsound::Closed { year: 2026 })
    );
}

#[test]
fn a_year_with_a_draw_under_way_is_not_closed() {
    let (mut book, _) = over();
    let open = OpenDraw {
        month: "2027-02".parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    act(&mut book, "2027-01-04T09:00:00", Action::OpenDraw(open));
    let refused = close(&mut book, "2027-01-04T10:00:00", "说明").unwrap_err();
    assert_eq!(refused, ActionError::DrawOpen { number: 2 });
}

#[test]
fn nothing_of_a_closed_year_changes() {
    let (mut book, made) = over();
    close(&mut book, "2027-01-04T09:00:00", "全年只抽了十二月").unwrap();
    let closed = ActionError::YearClosed { year: 2026 };
    let before = book.clone();
    let now = at("2027-01-05T09:00:00");
    let unmade = book.years[0].closed.as_ref().unwrap().statement.unmade[0].clone();
    let month = "2026-12".parse().unwrap();
    let open = OpenDraw {
        month,
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    let supplementary = OpenSupplementary {
        month,
        reason: "名录有误".into(),
        salt_seed: [7; 32],
    };
    let entry = VisitEntry {
        unit: unmade.unit.clone(),
        made: VisitMade {
            date: date("2026-12-30"),
            finding: Finding::None,
        },
    };
    let correction = CorrectVisit {
        visit: made,
        made: None,
        reason: "录错".into(),
    };
    let mut draft = book.years[0].draft.clone();
    draft.design.per_day += 1;
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: "补".into(),
    };
    let again = Action::CloseYear {
        year: 2026,
        approver: "鄢立群".into(),
        note: "再来".into(),
    };
    let refused = [
        Action::EditPlan(Box::new(draft)),
        freeze,
        Action::OpenDraw(open),
        Action::OpenSupplementary(supplementary),
        Action::RecordVisit {
            unit: unmade.unit.clone(),
            date: date("2026-12-30"),
            finding: Finding::None,
        },
        Action::RecordVisits(vec![entry]),
        Action::CorrectVisit(correction),
        again,
    ];
    for action in refused {
        let name = format!("{action:?}");
        assert_eq!(book.apply(action, &now).unwrap_err(), closed, "{name:.40}");
    }
    assert_eq!(book, before);
    // The brigade's new name is not written into its plan; the next year's takes it.
    let mut brigade = book.brigade.clone();
    brigade.name = "冀州市消防救援大队".into();
    act(
        &mut book,
        "2027-01-05T09:10:00",
        Action::EditBrigade(Box::new(brigade)),
    );
    assert_eq!(book.years[0], before.years[0]);
    assert_eq!(book.years[1].draft.brigade, "冀州市消防救援大队");
    // What was not made is published, and no longer asked for.
    assert!(before.late_visits(date("2027-01-05")).is_empty());
    // The next year goes on.
    draw(&mut book, "2027-01-29", "2027-02");
    let unit = book.pending_visits(2027).into_keys().next().unwrap();
    let day = book.planned_visit(&unit, DrawId::new(2028, 0)).unwrap().day;
    visit(&mut book, &unit, &day.to_string(), "2027-02-26T17:00:00").unwrap();
}

/// A closed year whose last months were never drawn does not hold the next one up.
#[test]
fn months_of_a_closed_year_are_never_due() {
    let mut book = planned();
    draw(&mut book, "2026-10-29", "2026-11");
    act(
        &mut book,
        "2026-11-02T09:00:00",
        Action::StartYear { year: 2027 },
    );
    freeze(&mut book, "2026-12-02T09:00:00", 2027);
    let december = "2026-12".parse().unwrap();
    assert_eq!(book.next_month(date("2027-01-04")), december);
    close(&mut book, "2027-01-04T09:00:00", "人手不足").unwrap();
    let statement = &book.years[0].closed.as_ref().unwrap().statement;
    assert_eq!(statement.register, None);
    assert_eq!(statement.strata.map(|it| it.units_count), [5, 5, 20]);
    let january = "2027-01".parse().unwrap();
    assert_eq!(book.next_month(date("2027-01-04")), january);
    draw(&mut book, "2027-01-05", "2027-01");
}

#[test]
fn a_closed_year_is_archived_and_read_but_never_changed() {
    let (mut book, _) = over();
    let not_closed = ActionError::YearNotClosed { year: 2026 };
    assert_eq!(book.archive(2026).unwrap_err(), not_closed);
    close(&mut book, "2027-01-04T09:00:00", "全年只抽了十二月").unwrap();
    let archive = book.archive(2026).unwrap();
    assert!(archive.is_archive() && !book.is_archive());
    assert_eq!(archive.years, book.years[..1]);
    assert_eq!((&archive.units, &archive.trail), (&book.units, &book.trail));
    assert_eq!(archive.check_sound(), Ok(()));
    for draw in archive.draws() {
        let now = archive
            .certificate(draw)
            .map(|certificate| certificate.hash);
        assert_eq!(now, draw.drawn.as_ref().map(|drawn| drawn.certificate));
    }

    let text = json::workbook_to_json(&archive);
    assert!(text.starts_with("{\n  \"format\": \"double-random/archive\""));
    let Content::Workbook(file) = json::read(text.as_bytes()).unwrap() else {
        panic!("{:.100}", text);
    };
    assert!(file.workbook == archive && file.warnings.is_empty());
    let apart = at_once(reading::read(text.as_bytes(), &AtOnce)).unwrap();
    assert!(apart == Content::Workbook(file));
    // The store keeps workbooks alone.
    let stored = json::read_stored(&text).unwrap_err();
    assert!(
        matches!(stored, FileError::UnknownFormat { .. }),
        "{stored}"
    );

    let mut opened = archive.clone();
    let year = 2026;
    let refused = opened.apply(Action::StartYear { year: 2027 }, &at("2027-01-05T09:00:00"));
    assert_eq!(refused.unwrap_err(), ActionError::Archive { year });
    assert_eq!(opened, archive);
    assert_eq!(opened.year_to_start(date("2027-01-05")), None);
    assert!(archive.duties_on(date("2027-01-05")).is_empty());
    // A workbook that merely calls itself an archive is none.
    let mut early = at_the_turn();
    early.format = archive.format;
    assert_eq!(early.check_sound(), Err(Unsound::Closed { year: 2027 }));
}
