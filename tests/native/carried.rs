//! What is pending when a month is drawn: forecast, trial, freezing and simulation
//! take it alike, nothing is laid out twice, and nothing that is late is forgotten.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use double_random::demo;
use double_random::desk::duties::Duty;
use double_random::engine::calendar::YearMonth;
use double_random::engine::draw::MonthSizes;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::simulate::{FairnessInput, fairness};
use double_random::engine::verify::{Outcome, verify};
use double_random::i18n::Lang;
use double_random::model::{CandidateId, Finding, UnitId};
use double_random::workbook::pending::carried_of;
use double_random::workbook::request::{
    Commit, CorrectVisit, EntropyChoice, EntropyGiven, OpenDraw, OpenSupplementary, RunDraw,
    VisitEntry,
};
use double_random::workbook::visit_entry::DayQuestion;
use double_random::workbook::{
    Action, ActionError, Context, DrawError, DrawId, VisitId, VisitMade, VisitSource, Workbook,
    trail,
};

use crate::approval::approve;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month(text: &str) -> YearMonth {
    text.parse().unwrap()
}

#[track_caller]
fn act(book: &mut Workbook, day: &str, action: Action) {
    let now = format!("{day}T09:00:00").parse::<NaiveDateTime>().unwrap();
    let who = "沙维新".into();
    book.apply(action, &Context { now, who }).unwrap();
}

fn open(book: &mut Workbook, day: &str, wanted: &str) {
    let open = OpenDraw {
        month: month(wanted),
        reason: "测试".into(),
        salt_seed: [7; 32],
    };
    act(book, day, Action::OpenDraw(open));
}

fn draw(book: &mut Workbook, day: &str, wanted: &str) {
    open(book, day, wanted);
    let number = book.open_draw_record().unwrap().number;
    let commit = Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    };
    act(book, day, Action::Commit(commit));
    let entropy = EntropyGiven::Local([number as u8; 32]);
    act(book, day, Action::Draw(RunDraw { number, entropy }));
    approve(book);
}

fn visit(book: &mut Workbook, unit: &UnitId, day: NaiveDate) {
    let visit = Action::RecordVisit {
        unit: unit.clone(),
        date: day,
        finding: Finding::None,
    };
    act(book, &day.to_string(), visit);
}

/// The demo brigade with January drawn.
fn in_january() -> Workbook {
    let mut book = demo::brigade(2026, demo::SEED);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    act(&mut book, "2025-12-29", freeze);
    draw(&mut book, "2025-12-30", "2026-01");
    book
}

/// Units of a draw's plan with their days.
fn planned(book: &Workbook, number: u32) -> Vec<(UnitId, NaiveDate)> {
    let plan = &book
        .draw(DrawId::new(2026, number))
        .unwrap()
        .drawn
        .as_ref()
        .unwrap()
        .plan;
    let visits = plan.visits.iter();
    visits
        .map(|(id, visit)| (book.register_id(id), visit.day))
        .collect()
}

/// The sizes of February as each place works them out on `day`.
fn sizes_on(book: &Workbook, day: &str) -> [MonthSizes; 3] {
    let february = month("2026-02");
    let outlook = book.outlook(
        book.years[0].plan(),
        book.outlook_from(&book.years[0], date(day)),
        date(day),
    );
    let trial = book.trial_sizes(february, date(day)).unwrap();
    let mut frozen = book.clone();
    open(&mut frozen, day, "2026-02");
    [
        outlook.unwrap().sizes,
        trial,
        frozen.years[0].draws[1].sizes.clone(),
    ]
}

#[test]
fn forecast_trial_freezing_and_simulation_agree_on_every_day() {
    let mut book = in_january();
    let visits = planned(&book, 1);
    for day in month("2026-01").days().map(|day| day.to_string()).skip(4) {
        let day = day.as_str();
        // Half of what is over is entered, the other half forgotten.
        for (unit, planned) in visits.iter().step_by(2) {
            if *planned < date(day) && book.pending_visits(2026).contains_key(unit) {
                visit(&mut book, unit, *planned);
            }
        }
        let [outlook, trial, frozen] = sizes_on(&book, day);
        assert_eq!(outlook, trial, "{day}: forecast and trial");
        assert_eq!(trial, frozen, "{day}: trial and freezing");
        let pending = book.pending_visits(2026);
        let late = visits
            .iter()
            .filter(|(unit, planned)| *planned < date(day) && pending.contains_key(unit));
        let late: BTreeSet<CandidateId> = late.map(|(unit, _)| unit.into()).collect();
        assert_eq!(
            frozen.carried, late,
            "{day}: what is late, and nothing else"
        );

        let snapshot = book.snapshot_on(month("2026-02"), book.years[0].plan(), date(day));
        let snapshot = snapshot.unwrap();
        let input = FairnessInput {
            carried: carried_of(&snapshot),
            snapshot,
            officers: book.duties("2026-01".parse().unwrap()),
            design: book.years[0].plan().design.clone(),
            calendar: book.calendar(),
            teams: false,
            seed: 1,
        };
        let report = at_once(fairness(input, 0, &AtOnce));
        let simulated: u32 = report.groups.iter().map(|group| group.quota).sum();
        assert_eq!(simulated, frozen.quota_total(), "{day}: simulation");
    }
}

#[test]
fn a_visit_whose_day_has_not_come_is_laid_once_and_proved() {
    let mut book = in_january();
    let eve = date("2026-01-29");
    let visits = planned(&book, 1);
    for (unit, day) in visits.iter().filter(|(_, day)| *day < eve).skip(1) {
        visit(&mut book, unit, *day);
    }
    let late = &visits.iter().find(|(_, day)| *day < eve).unwrap().0;
    let ahead: Vec<_> = visits.iter().filter(|(_, day)| *day >= eve).collect();
    assert!(!ahead.is_empty());
    draw(&mut book, "2026-01-29", "2026-02");
    let february = &book.years[0].draws[1];
    assert_eq!(february.sizes.carried, BTreeSet::from([late.into()]));
    let plan = &february.drawn.as_ref().unwrap().plan;
    let [certificate, before] =
        [february, &book.years[0].draws[0]].map(|draw| book.certificate(draw));
    let register = book.published_register(february, &BTreeSet::new(), true);
    let checks = verify(&certificate.unwrap(), register.as_ref(), before.as_ref());
    for check in checks {
        let is_passed = matches!(check.outcome, Outcome::Passed { .. });
        assert!(is_passed, "{check:?}");
    }
    for (unit, day) in &ahead {
        assert!(
            !plan.visits.contains_key(&unit.into()),
            "{unit} is laid once"
        );
        let seen = february.register.snapshot.unit(&unit.into()).unwrap();
        assert_eq!(
            (seen.count, seen.last, seen.pending),
            (1, Some(*day), false)
        );
        assert_eq!(
            book.pending_visits(2026).get(unit),
            Some(&DrawId::new(2026, 1)),
            "and still due"
        );
    }

    // All but one of them are made; the one is late in its own month, and March carries it.
    for (unit, day) in &ahead[1..] {
        visit(&mut book, unit, *day);
    }
    let (unit, _) = ahead[0];
    let in_february = date("2026-02-12");
    assert_eq!(
        book.late_visits(in_february).get(&month("2026-01")),
        Some(&1)
    );
    assert!(book.duties_on(in_february).contains(&Duty::LateVisits {
        month: month("2026-01"),
        count: 1,
    }));
    open(&mut book, "2026-02-27", "2026-03");
    assert!(book.years[0].draws[2].sizes.carried.contains(&unit.into()));
}

#[test]
fn a_carried_visit_says_where_it_comes_from() {
    let mut book = in_january();
    draw(&mut book, "2026-01-29", "2026-02");
    let (unit, day) = planned(&book, 1)
        .into_iter()
        .find(|(_, day)| *day < date("2026-01-29"))
        .unwrap();
    let february = &book.years[0].draws[1];
    let from = book.carried_from(february, &unit).unwrap();
    assert_eq!(from.drawn_for, month("2026-01"));
    let (of, was) = from.planned.unwrap();
    assert_eq!((of, was.day), (month("2026-01"), day));
    let then = &book.years[0].draws[0].drawn.as_ref().unwrap().plan.visits[&(&unit).into()];
    assert_eq!((&was.lead, &was.member), (&then.lead, &then.member));

    let drawn = february.drawn_units().next().unwrap();
    assert_eq!(book.carried_from(february, &book.register_id(drawn)), None);
    // Drawn, carried in and carried out are told apart.
    let rows = book.visit_rows(february);
    let carried = rows.iter().filter(|row| row.source == VisitSource::Carried);
    let aside = &february.drawn.as_ref().unwrap().plan.set_aside;
    let all = february.drawn_units().count() + february.sizes.carried.len();
    assert_eq!(rows.len() + aside.len(), all);
    assert!(carried.count() > 0);
}

#[test]
fn a_supplementary_draw_carries_what_the_first_one_did() {
    let mut book = in_january();
    let over = planned(&book, 1).into_iter();
    for (unit, day) in over.filter(|visit| visit.1 < date("2026-01-29")).skip(1) {
        visit(&mut book, &unit, day);
    }
    draw(&mut book, "2026-01-29", "2026-02");
    let day = "2026-02-10";
    let unit = book.units[0].clone();
    for number in 0..60 {
        let mut unit = unit.clone();
        unit.name = format!("补录单位{number}");
        unit.address = format!("补录路{number}号");
        unit.code = None;
        unit.inspections.clear();
        unit.salt.clear();
        act(&mut book, day, Action::AddUnit(Box::new(unit)));
    }
    let supplement = OpenSupplementary {
        month: month("2026-02"),
        reason: "比对住建名单".into(),
        salt_seed: [8; 32],
    };
    act(&mut book, day, Action::OpenSupplementary(supplement));
    let [_, first, second] = &book.years[0].draws[..] else {
        panic!("three draws");
    };
    assert_eq!(first.sizes.carried, second.sizes.carried);
    let ahead = planned(&book, 1);
    let (unit, planned) = ahead.iter().max_by_key(|visit| visit.1).unwrap();
    for draw in [first, second] {
        let seen = draw.register.snapshot.unit(&unit.into()).unwrap();
        assert_eq!((seen.pending, seen.last), (false, Some(*planned)));
    }
}

#[test]
fn what_is_late_and_what_found_no_team_is_told_apart() {
    let mut book = in_january();
    let day = date("2026-01-20");
    let late = planned(&book, 1)
        .iter()
        .filter(|visit| visit.1 < day)
        .count() as u32;
    let overdue = book.overdue(month("2026-02"), day);
    assert_eq!(overdue.by_month.get(&month("2026-01")), Some(&late));
    assert_eq!((overdue.set_aside, overdue.count()), (0, late));
    let trial = book.trial_sizes(month("2026-02"), day).unwrap();
    assert_eq!(trial.carried.len() as u32, overdue.count());
    assert_eq!(
        book.shown_month(day),
        month("2026-01"),
        "the plan that is worked on"
    );
    assert_eq!(
        book.shown_month(date("2026-01-29")),
        month("2026-02"),
        "the draw is due"
    );
    draw(&mut book, "2026-01-29", "2026-02");
    assert_eq!(
        book.shown_month(date("2026-01-29")),
        month("2026-02"),
        "stay on what is drawn"
    );
}

/// Acts, and tells whether the action was refused and changed nothing.
#[track_caller]
fn refuses(book: &mut Workbook, day: &str, action: Action) -> ActionError {
    let before = book.clone();
    let now = format!("{day}T09:00:00").parse::<NaiveDateTime>().unwrap();
    let who = "沙维新".into();
    let error = book.apply(action, &Context { now, who }).unwrap_err();
    assert_eq!(*book, before, "a refused action changed the workbook");
    error
}

fn made(day: &str, finding: Finding) -> VisitMade {
    VisitMade {
        date: date(day),
        finding,
    }
}

#[test]
fn several_visits_are_entered_together_or_none_of_them() {
    let mut book = in_january();
    let today = "2026-01-20";
    let visits: Vec<VisitEntry> = planned(&book, 1)
        .into_iter()
        .filter(|(_, day)| *day <= date(today))
        .map(|(unit, day)| VisitEntry {
            unit,
            made: made(&day.to_string(), Finding::None),
        })
        .collect();
    assert!(visits.len() > 20);
    let none = Action::RecordVisits(Vec::new());
    let error = refuses(&mut book, today, none);
    assert_eq!(error, DrawError::NoVisits.into());
    let mut early = visits.clone();
    early[7].made.date = date("2025-12-31");
    let error = refuses(&mut book, today, Action::RecordVisits(early));
    let ActionError::Draw(DrawError::VisitDate { unit, .. }) = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        unit, visits[7].unit,
        "the refusal names the one that is wrong"
    );
    let mut twice = visits.clone();
    twice.push(visits[0].clone());
    refuses(&mut book, today, Action::RecordVisits(twice));

    let entries_before = book.trail.len();
    act(&mut book, today, Action::RecordVisits(visits.clone()));
    assert_eq!(book.trail.len(), entries_before + 1);
    let named = book.trail.last().unwrap().detail["visits"].clone();
    assert_eq!(named.as_array().unwrap().len(), visits.len());
    let pending = book.pending_visits(2026);
    for visit in &visits {
        let unit = book.unit(&visit.unit).unwrap();
        let entered = book.visit_planned(unit, &book.years[0].draws[0]).unwrap();
        assert_eq!(entered.made, Some(visit.made));
        assert_eq!(entered.id.draw, DrawId::new(2026, 1));
        assert!(!pending.contains_key(&visit.unit));
    }
    assert_eq!(trail::first_break(&book.trail), None);
}

#[test]
fn an_entry_is_corrected_with_a_reason_by_the_same_rules() {
    let mut book = in_january();
    let (unit, day) = planned(&book, 1).swap_remove(0);
    let correction = |made, reason: &str| {
        Action::CorrectVisit(CorrectVisit {
            visit: VisitId {
                draw: DrawId::new(2026, 1),
                unit: unit.clone(),
            },
            made,
            reason: reason.into(),
        })
    };
    let today = "2026-01-30";
    let right = Some(made("2026-01-19", Finding::Found));
    let error = refuses(&mut book, today, correction(right, "抄错"));
    assert_eq!(error, DrawError::NoVisit { unit: unit.clone() }.into());
    visit(&mut book, &unit, day);
    let error = refuses(&mut book, today, correction(right, "  "));
    assert_eq!(error, ActionError::NoReason);
    let ahead = Some(made("2026-02-02", Finding::None));
    let error = refuses(&mut book, today, correction(ahead, "抄错"));
    assert!(matches!(
        error,
        ActionError::Draw(DrawError::VisitDate { .. })
    ));

    act(&mut book, today, correction(right, "日期抄错"));
    let entered = book.last_inspection(book.unit(&unit).unwrap()).unwrap();
    assert_eq!(
        (entered.date, entered.finding),
        (date("2026-01-19"), Finding::Found)
    );
    let entry = book.trail.last().unwrap();
    assert_eq!(
        (entry.action.as_str(), entry.why.as_str()),
        ("correct_visit", "日期抄错")
    );
    let words = Lang::Zh.trail_detail(&entry.action, &entry.detail);
    let words: Vec<&str> = words.iter().map(|fact| fact.1.as_str()).collect();
    assert!(
        words.contains(&format!("{day} → 2026-01-19").as_str()),
        "{words:?}"
    );
    assert!(words.contains(&"未发现问题 → 发现问题"), "{words:?}");

    // An entry that was none at all: the visit is to be made again, and carried if late.
    act(&mut book, today, correction(None, "登记到别的单位"));
    assert_eq!(
        book.pending_visits(2026).get(&unit),
        Some(&DrawId::new(2026, 1))
    );
    open(&mut book, today, "2026-02");
    assert!(
        book.years[0].draws[1]
            .sizes
            .carried
            .contains(&(&unit).into())
    );
}

#[test]
fn another_day_and_a_rest_day_are_asked_about() {
    let book = in_january();
    let planned = date("2026-01-12");
    let other = DayQuestion::OtherDay { planned };
    assert_eq!(book.day_questions(planned, planned), []);
    assert_eq!(book.day_questions(planned, date("2026-01-13")), [other]);
    let saturday = date("2026-01-17");
    assert_eq!(
        book.day_questions(planned, saturday),
        [other, DayQuestion::RestDay]
    );
}
