//! 审批: only an approved plan is carried out, whoever enters the visit.

use chrono::NaiveDate;
use double_random::demo;
use double_random::exchange::json;
use double_random::model::Finding;
use double_random::workbook::request::{
    ApprovePlan, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, VisitEntry,
};
use double_random::workbook::{
    Action, ActionError, Context, DrawError, DrawId, VisitMade, VisitRule, Workbook,
};

/// Has the head approve every plan that waits, on the day and at the time of its draw.
pub fn approve(book: &mut Workbook) {
    let waiting = book
        .draws()
        .filter(|draw| draw.approval.is_none() && draw.own_register().is_none());
    let waiting = waiting.filter_map(|draw| Some((draw.id(), draw.drawn.as_ref()?.at)));
    for (draw, now) in waiting.collect::<Vec<_>>() {
        let approve = ApprovePlan {
            draw,
            date: now.date(),
            approver: "鄢立群".into(),
            opinion: "同意".into(),
        };
        let who = "沙维新".into();
        book.apply(Action::ApprovePlan(approve), &Context { now, who })
            .unwrap();
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn attempt(book: &mut Workbook, now: &str, action: Action) -> Result<(), ActionError> {
    let now = now.parse().unwrap();
    let who = "沙维新".into();
    book.apply(action, &Context { now, who }).map(drop)
}

fn draw(book: &mut Workbook, day: &str, month: &str) -> DrawId {
    let now = format!("{day}T09:00:00");
    let open = OpenDraw {
        month: month.parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    attempt(book, &now, Action::OpenDraw(open)).unwrap();
    let id = book.open_draw_record().unwrap().id();
    let number = id.number;
    let commit = Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    };
    attempt(book, &now, Action::Commit(commit)).unwrap();
    let entropy = EntropyGiven::Local([number as u8; 32]);
    attempt(book, &now, Action::Draw(RunDraw { number, entropy })).unwrap();
    id
}

/// Forty units of the demo, with January drawn.
pub fn drawn() -> (Workbook, DrawId) {
    drawn_of(40)
}

/// So many units of the demo, with January drawn after one of them was withheld.
pub fn drawn_withholding(units: usize, at: usize) -> Workbook {
    let mut book = demo::brigade(2026, 3);
    let withhold = double_random::workbook::request::Withhold {
        id: book.units[at].id.clone(),
        reason: "政府信息公开条例第十四条".into(),
        approver: "鄢立群".into(),
        random: [9; 10],
    };
    attempt(&mut book, "2025-12-02T09:00:00", Action::Withhold(withhold)).unwrap();
    drawn_from(book, units).0
}

/// So many units of the demo, with January drawn.
pub fn drawn_of(units: usize) -> (Workbook, DrawId) {
    drawn_from(demo::brigade(2026, 3), units)
}

fn drawn_from(mut book: Workbook, units: usize) -> (Workbook, DrawId) {
    book.units.truncate(units);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: "抽查".into(),
    };
    attempt(&mut book, "2025-12-25T09:00:00", freeze).unwrap();
    let id = draw(&mut book, "2025-12-30", "2026-01");
    (book, id)
}

fn approval(draw: DrawId, day: &str, approver: &str) -> Action {
    Action::ApprovePlan(ApprovePlan {
        draw,
        date: date(day),
        approver: approver.into(),
        opinion: " 同意 ".into(),
    })
}

#[test]
fn a_plan_is_approved_once_by_name_from_its_draw_on() {
    let (mut book, id) = drawn();
    let now = "2026-01-04T09:00:00";
    let before = book.clone();
    let error = attempt(&mut book, now, approval(id, "2026-01-04", " ")).unwrap_err();
    assert_eq!(error, ActionError::NoApprover);
    for day in ["2025-12-29", "2026-01-05"] {
        let error = attempt(&mut book, now, approval(id, day, "鄢立群")).unwrap_err();
        let wrong = DrawError::ApprovalDay {
            date: date(day),
            drawn: date("2025-12-30"),
            today: date("2026-01-04"),
        };
        assert_eq!(error, wrong.into());
    }
    let nowhere = DrawId::new(2026, 9);
    let error = attempt(&mut book, now, approval(nowhere, "2026-01-04", "鄢立群")).unwrap_err();
    assert_eq!(error, DrawError::Step { number: 9 }.into());
    assert_eq!(book, before, "a refused action changed the workbook");

    let waiting = |book: &Workbook| book.unapproved_of("2026-01".parse().unwrap()).count();
    assert_eq!(waiting(&book), 1);
    let certificate = book.certificate(book.draw(id).unwrap()).unwrap().hash;
    attempt(&mut book, now, approval(id, "2026-01-03", "鄢立群")).unwrap();
    assert_eq!(waiting(&book), 0);
    let kept = book.draw(id).unwrap().approval.clone().unwrap();
    assert_eq!(
        (kept.date, kept.opinion.as_str()),
        (date("2026-01-03"), "同意")
    );
    let entry = book.trail.last().unwrap();
    assert_eq!(entry.detail["number"], 1);
    assert_eq!(entry.detail["approver"], "鄢立群");
    let again = book.certificate(book.draw(id).unwrap()).unwrap().hash;
    assert_eq!(again, certificate, "an approval is no part of the draw");
    let error = attempt(&mut book, now, approval(id, "2026-01-04", "鄢立群")).unwrap_err();
    assert_eq!(error, DrawError::Approved { number: 1 }.into());

    let text = json::workbook_to_json(&book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!()
    };
    assert_eq!(read.workbook, book);
}

#[test]
fn no_visit_is_entered_before_its_plan_is_approved() {
    let (mut book, id) = drawn();
    let row = book.month_visits("2026-01".parse().unwrap())[0].clone();
    assert_eq!(row.approved_on, None);
    let now = "2026-01-30T17:00:00";
    let entry = |day: &str| VisitEntry {
        unit: row.unit.clone(),
        made: VisitMade {
            date: date(day),
            finding: Finding::None,
        },
    };
    let one = |day: &str| {
        let VisitEntry { unit, made } = entry(day);
        Action::RecordVisit {
            unit,
            date: made.date,
            finding: made.finding,
        }
    };
    let refused = |book: &mut Workbook, action| match attempt(book, now, action).unwrap_err() {
        ActionError::Draw(DrawError::VisitDate { rule, .. }) => rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&mut book, one("2026-01-20")), VisitRule::Unapproved);
    let several = Action::RecordVisits(vec![entry("2026-01-20")]);
    assert_eq!(refused(&mut book, several), VisitRule::Unapproved);
    attempt(&mut book, now, approval(id, "2026-01-16", "鄢立群")).unwrap();
    let approved = date("2026-01-16");
    let early = VisitRule::BeforeApproval { approved };
    assert_eq!(refused(&mut book, one("2026-01-15")), early);
    attempt(&mut book, now, one("2026-01-20")).unwrap();
}

#[test]
fn a_carried_visit_is_made_under_the_plan_that_carries_it() {
    let (mut book, january) = drawn();
    let february = draw(&mut book, "2026-01-30", "2026-02");
    let carried = book.visit_rows(book.draw(february).unwrap());
    let carried = carried.into_iter().find(|row| {
        let visits = book.visits_to(&row.unit);
        visits.into_iter().any(|visit| visit.id.draw == january)
    });
    let unit = carried.unwrap().unit;
    let visit = Action::RecordVisit {
        unit: unit.clone(),
        date: date("2026-02-20"),
        finding: Finding::None,
    };
    let now = "2026-02-26T17:00:00";
    attempt(&mut book, now, visit.clone()).unwrap_err();
    attempt(&mut book, now, approval(february, "2026-02-02", "鄢立群")).unwrap();
    let record = book.unit(&unit).unwrap();
    let approved = book.approved_on(record, book.draw(january).unwrap());
    assert_eq!(approved, Some(date("2026-02-02")));
    attempt(&mut book, now, visit).unwrap();
}

#[test]
fn a_file_with_an_approval_before_its_draw_is_made_does_not_open() {
    let (mut book, id) = drawn();
    attempt(
        &mut book,
        "2026-01-04T09:00:00",
        approval(id, "2026-01-04", "鄢立群"),
    )
    .unwrap();
    let mut file = serde_json::to_value(&book).unwrap();
    file["years"][0]["draws"][0]["drawn"].take();
    assert!(json::read(file.to_string().as_bytes()).is_err());
}
