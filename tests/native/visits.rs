//! Visits in the register: one predicate says when one may have been made, and a
//! refusal names the unit and the one rule.

use chrono::{NaiveDate, NaiveDateTime};
use double_random::engine::snapshot::NotYet;
use double_random::i18n::{Lang, Who};
use double_random::model::{Finding, Inspection, Officer, OfficerId, Unit, UnitId};
use double_random::workbook::request::{Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw};
use double_random::workbook::{
    Action, ActionError, Brigade, Context, DrawError, VisitRule, Workbook,
};

use crate::approval::approve;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn act(book: &mut Workbook, action: Action, now: &str) -> Result<(), ActionError> {
    let context = Context {
        now: now.parse::<NaiveDateTime>().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context).map(|_| ())
}

/// A brigade whose draw for February 2026 is made; with a unit that it drew.
fn drawn() -> (Workbook, UnitId) {
    let mut book = Workbook::new("0123456789abcdef", Brigade::new("南宫市消防救援大队"), 2026);
    let placeholder = UnitId::new("X").unwrap();
    for index in 0..20 {
        let mut unit = Unit::new(placeholder.clone(), format!("单位{index}"));
        unit.is_key = true;
        act(
            &mut book,
            Action::AddUnit(unit.into()),
            "2025-12-20T09:00:00",
        )
        .unwrap();
    }
    for index in 0..4 {
        let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{index}"));
        officer.may_lead = true;
        act(
            &mut book,
            Action::AddOfficer(officer.into()),
            "2025-12-20T09:00:00",
        )
        .unwrap();
    }
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act(&mut book, freeze, "2025-12-25T09:00:00").unwrap();
    let open = Action::OpenDraw(OpenDraw {
        month: "2026-02".parse().unwrap(),
        reason: String::new(),
        salt_seed: [7; 32],
    });
    let commit = Action::Commit(Commit {
        number: 1,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    });
    let run = Action::Draw(RunDraw {
        number: 1,
        entropy: EntropyGiven::Local([9; 32]),
    });
    for action in [open, commit, run] {
        act(&mut book, action, "2026-01-30T09:00:00").unwrap();
    }
    approve(&mut book);
    let unit = book.years[0].draws[0].drawn_units().next().unwrap();
    let unit = book.register_id(unit);
    (book, unit)
}

fn inspected(day: &str) -> Inspection {
    Inspection {
        date: date(day),
        finding: Finding::None,
        extra: serde_json::Map::new(),
    }
}

/// Asserts that a visit of `day`, entered on 20 February, breaks this rule, with this
/// history; and that nothing has changed.
#[track_caller]
fn breaks(history: &[&str], day: &str, rule: VisitRule) {
    let (mut book, unit) = drawn();
    let at = book
        .units
        .iter()
        .position(|known| known.id == unit)
        .unwrap();
    book.units[at].inspections = history.iter().map(|day| inspected(day)).collect();
    let before = book.clone();
    let visit = Action::RecordVisit {
        unit: unit.clone(),
        date: date(day),
        finding: Finding::None,
    };
    let error = act(&mut book, visit, "2026-02-20T17:00:00").unwrap_err();
    let name = book.units[at].name.clone();
    let expected = DrawError::VisitDate {
        unit: unit.clone(),
        name: name.clone(),
        date: date(day),
        rule,
    };
    assert_eq!(error, ActionError::Draw(expected));
    assert_eq!(book, before, "a refused action changed the workbook");
    for lang in [Lang::Zh, Lang::En] {
        let words = lang.action_error(&error, Who(Some(&book)));
        assert!(words.contains(&name) && words.contains(unit.as_str()) && words.contains(day));
    }
}

#[test]
fn a_refused_visit_names_the_one_rule_that_it_breaks() {
    let today = date("2026-02-20");
    breaks(&[], "2026-02-21", VisitRule::Future { today });
    breaks(&[], "2025-02-10", VisitRule::OtherYear { year: 2026 });
    let month = "2026-02".parse().unwrap();
    breaks(&[], "2026-01-31", VisitRule::BeforeMonth { month });
    let (last, until) = (date("2025-08-12"), date("2026-02-12"));
    let six = NotYet::SixMonths { last, until };
    breaks(&["2025-08-12"], "2026-02-11", VisitRule::NotYet(six));
    let until = date("2027-01-01");
    let twice = NotYet::TwiceThisYear { until };
    let visited = ["2026-01-05", "2026-01-06"];
    breaks(&visited, "2026-02-11", VisitRule::NotYet(twice));
    let later = date("2026-02-16");
    breaks(
        &["2026-02-16"],
        "2026-02-11",
        VisitRule::BeforeLater { later },
    );
}

#[test]
fn a_visit_is_asked_the_same_when_it_is_corrected_as_when_it_is_entered() {
    let (mut book, unit) = drawn();
    let today = date("2026-02-20");
    let visit = Action::RecordVisit {
        unit: unit.clone(),
        date: date("2026-02-12"),
        finding: Finding::None,
    };
    act(&mut book, visit, "2026-02-20T17:00:00").unwrap();
    // Its own entry does not forbid another day for it.
    let (entered, draw) = (book.unit(&unit).unwrap(), &book.years[0].draws[0]);
    assert_eq!(
        book.check_visit(entered, draw, date("2026-02-13"), today),
        Ok(())
    );
    let early = book.check_visit(entered, draw, date("2026-01-13"), today);
    assert!(early.is_err());
    // A second visit of the year stays six months behind a corrected first one.
    let mut twice = entered.clone();
    twice.inspections.push(inspected("2026-08-12"));
    assert_eq!(
        book.check_visit(&twice, draw, date("2026-02-11"), today),
        Ok(())
    );
    assert!(
        book.check_visit(&twice, draw, date("2026-02-13"), today)
            .is_err()
    );
}
