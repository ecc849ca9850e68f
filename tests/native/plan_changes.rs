//! 改期, 换人, 替换, 递补: an approved plan changes by the rules alone, and a refusal names
//! the one that stands against it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use double_random::demo;
use double_random::engine::month::PlannedVisit;
use double_random::exchange::json;
use double_random::model::officer::{Absence, AbsenceKind, Avoidance, OfficerRole};
use double_random::model::{Finding, Inspection, OfficerId};
use double_random::workbook::plan_change::{ClosedGround, Confirmation, PassedWhy, PlanChangeKind};
use double_random::workbook::plan_desk::PlanDesk;
use double_random::workbook::request::{
    ApprovePlan, ChangePlan, CloseVisit, Commit, CorrectVisit, EntropyChoice, EntropyGiven,
    OpenDraw, OpenSupplementary, RunDraw, StandIn,
};
use double_random::workbook::visit_stage::VisitStage;
use double_random::workbook::{
    Action, ActionError, Context, DrawError, DrawId, PlanRule, Visit, VisitId, VisitRule,
    VisitSource, VisitState, Workbook,
};
use serde_json::Map;

const NOW: &str = "2026-01-05T09:00:00";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn attempt(book: &mut Workbook, now: &str, action: Action) -> Result<(), ActionError> {
    let now = now.parse().unwrap();
    let who = "沙维新".into();
    book.apply(action, &Context { now, who }).map(drop)
}

fn finish(book: &mut Workbook, now: &str) -> DrawId {
    let id = book.open_draw_record().unwrap().id();
    let number = id.number;
    let commit = Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    };
    attempt(book, now, Action::Commit(commit)).unwrap();
    let entropy = EntropyGiven::Local([number as u8; 32]);
    attempt(book, now, Action::Draw(RunDraw { number, entropy })).unwrap();
    id
}

fn draw(book: &mut Workbook, now: &str, month: &str) -> DrawId {
    let open = OpenDraw {
        month: month.parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    attempt(book, now, Action::OpenDraw(open)).unwrap();
    finish(book, now)
}

fn approve(book: &mut Workbook, now: &str, draw: DrawId) {
    let approve = ApprovePlan {
        draw,
        date: date(&now[..10]),
        approver: "鄢立群".into(),
        opinion: "同意".into(),
    };
    attempt(book, now, Action::ApprovePlan(approve)).unwrap();
}

/// Three hundred units of the demo, with January drawn.
fn drawn() -> (Workbook, DrawId) {
    let mut book = demo::brigade(2026, 3);
    book.units.truncate(300);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: "抽查".into(),
    };
    attempt(&mut book, "2025-12-25T09:00:00", freeze).unwrap();
    let id = draw(&mut book, "2025-12-30T09:00:00", "2026-01");
    (book, id)
}

pub fn approved() -> (Workbook, DrawId) {
    let (mut book, id) = drawn();
    approve(&mut book, "2025-12-30T10:00:00", id);
    (book, id)
}

/// The visits of a draw's plan, in order of day.
fn visits(book: &Workbook, id: DrawId) -> Vec<(VisitId, PlannedVisit)> {
    let plan = book.standing_plan(book.draw(id).unwrap());
    let mut visits: Vec<_> = plan
        .iter()
        .filter_map(|it| Some((it.visit.id.clone(), it.now?.clone())))
        .collect();
    visits.sort_by_key(|(id, visit)| (visit.day, id.clone()));
    visits
}

pub fn change(visit: &VisitId, to: PlannedVisit) -> Action {
    Action::ChangePlan(ChangePlan {
        visit: visit.clone(),
        to,
        reason: "单位所在街区停电检修".into(),
        approver: "鄢立群".into(),
    })
}

fn rule(book: &mut Workbook, now: &str, action: Action) -> PlanRule {
    let before = book.clone();
    let error = attempt(book, now, action).unwrap_err();
    assert_eq!(*book, before, "a refused action changed the workbook");
    match error {
        ActionError::Draw(DrawError::PlanChange { rule, .. }) => rule,
        other => panic!("{other:?}"),
    }
}

/// The last visit of January's plan with another day on which all rules let it be.
pub fn movable(book: &Workbook, id: DrawId) -> (VisitId, PlannedVisit, NaiveDate) {
    let today = date(&NOW[..10]);
    let found = visits(book, id).into_iter().find_map(|(visit, planned)| {
        let desk = PlanDesk::of(book, &visit, today).unwrap();
        let days = desk.month().days().filter(|day| *day != planned.day);
        let mut days = days.filter(|day| {
            let to = PlannedVisit {
                day: *day,
                ..planned.clone()
            };
            desk.check(&to).is_ok()
        });
        Some((visit.clone(), planned.clone(), days.next()?))
    });
    found.unwrap()
}

#[test]
fn a_visit_moves_to_another_day_of_its_month_and_all_who_ask_hear_it() {
    let (mut book, id) = approved();
    let certificate = book.certificate(book.draw(id).unwrap()).unwrap().hash;
    let (visit, planned, day) = movable(&book, id);
    let to = PlannedVisit {
        day,
        ..planned.clone()
    };
    attempt(&mut book, NOW, change(&visit, to.clone())).unwrap();
    let after = DrawId::new(2027, 0);
    assert_eq!(book.planned_visit(&visit.unit, after), Some(&to));
    let row = book.month_visits("2026-01".parse().unwrap());
    let row = row.into_iter().find(|row| row.unit == visit.unit).unwrap();
    assert_eq!((row.day, row.deadline), (day, book.deadline(day)));
    let kept = book.visit(&visit).unwrap();
    let [noted] = kept.plan_changes.as_slice() else {
        panic!("{kept:?}")
    };
    assert_eq!(noted.kind, PlanChangeKind::Day);
    assert_eq!(
        (noted.before.as_ref(), noted.after.as_ref()),
        (Some(&planned), Some(&to))
    );
    assert_eq!((noted.approver.as_str(), noted.draw), ("鄢立群", id));
    let entry = book.trail.last().unwrap();
    assert_eq!(entry.action, "change_plan");
    assert_eq!(entry.detail["changes"]["day"][1], day.to_string());
    // The draw's own plan and certificate are what they were.
    let draw = book.draw(id).unwrap();
    assert_eq!(
        draw.drawn
            .as_ref()
            .unwrap()
            .plan
            .visits
            .values()
            .filter(|it| **it == planned)
            .count(),
        1
    );
    assert_eq!(book.certificate(draw).unwrap().hash, certificate);
    let again = rule_or_error(&mut book, change(&visit, to));
    assert_eq!(again, ActionError::NothingChanges);

    let text = json::workbook_to_json(&book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!()
    };
    assert_eq!(read.workbook, book);
}

fn rule_or_error(book: &mut Workbook, action: Action) -> ActionError {
    let before = book.clone();
    let error = attempt(book, NOW, action).unwrap_err();
    assert_eq!(*book, before, "a refused action changed the workbook");
    error
}

#[test]
fn a_day_is_refused_by_the_one_rule_that_forbids_it() {
    let (mut book, id) = approved();
    let (visit, planned, day) = movable(&book, id);
    let on = |day: &str| PlannedVisit {
        day: date(day),
        ..planned.clone()
    };
    let to = PlannedVisit {
        day,
        ..planned.clone()
    };
    let today = date(&NOW[..10]);
    // A Saturday, another month, a day gone by.
    let broken = rule(&mut book, NOW, change(&visit, on("2026-01-10")));
    assert_eq!(
        broken,
        PlanRule::RestDay {
            day: date("2026-01-10")
        }
    );
    let broken = rule(&mut book, NOW, change(&visit, on("2026-02-03")));
    let month = "2026-01".parse().unwrap();
    assert_eq!(broken, PlanRule::OtherMonth { month });
    let broken = rule(&mut book, NOW, change(&visit, on("2026-01-04")));
    assert_eq!(broken, PlanRule::Past { today });
    // Six months since the last inspection are not over on that day.
    let place = book
        .units
        .iter()
        .position(|unit| unit.id == visit.unit)
        .unwrap();
    let inspections = book.units[place].inspections.clone();
    book.units[place].inspections = vec![Inspection {
        date: date("2025-12-29"),
        finding: Finding::None,
        extra: Map::new(),
    }];
    let broken = rule(&mut book, NOW, change(&visit, to.clone()));
    assert!(
        matches!(broken, PlanRule::Limit(VisitRule::NotYet(_))),
        "{broken:?}"
    );
    book.units[place].inspections = inspections;
    // Without a reason, or an approver.
    let asked = |reason: &str, approver: &str| {
        Action::ChangePlan(ChangePlan {
            visit: visit.clone(),
            to: to.clone(),
            reason: reason.into(),
            approver: approver.into(),
        })
    };
    assert_eq!(
        rule_or_error(&mut book, asked(" ", "鄢立群")),
        ActionError::NoReason
    );
    assert_eq!(
        rule_or_error(&mut book, asked("停电", "")),
        ActionError::NoApprover
    );
    // Made, the visit changes no more.
    let record = Action::RecordVisit {
        unit: visit.unit.clone(),
        date: planned.day,
        finding: Finding::None,
    };
    attempt(&mut book, "2026-01-31T17:00:00", record).unwrap();
    assert_eq!(
        rule(&mut book, NOW, change(&visit, to)),
        PlanRule::NotPending
    );
}

#[test]
fn a_plan_that_is_not_approved_changes_by_no_one() {
    let (mut book, id) = drawn();
    let (visit, planned) = visits(&book, id).remove(0);
    let to = PlannedVisit {
        day: date("2026-01-20"),
        ..planned
    };
    assert_eq!(
        rule(&mut book, NOW, change(&visit, to)),
        PlanRule::Unapproved
    );
}

#[test]
fn an_officer_is_refused_by_the_one_rule_that_forbids_it() {
    let (mut book, id) = approved();
    let (visit, planned, _) = movable(&book, id);
    let today = date(&NOW[..10]);
    let other = {
        let desk = PlanDesk::of(&book, &visit, today).unwrap();
        let free = desk.officers().find(|id| {
            **id != planned.lead && **id != planned.member && desk.officer(id, planned.day).is_ok()
        });
        free.unwrap().clone()
    };
    let to = PlannedVisit {
        member: other.clone(),
        ..planned.clone()
    };
    let name = book.officer_name(&other);
    let place = book.officers.iter().position(|it| it.id == other).unwrap();
    let known = book.officers[place].clone();
    let mut broken = |change_officer: &dyn Fn(&mut double_random::model::Officer)| {
        book.officers[place] = known.clone();
        change_officer(&mut book.officers[place]);
        rule(&mut book, NOW, change(&visit, to.clone()))
    };
    let day = planned.day;
    let absence = |from: NaiveDate| Absence {
        from,
        to: from,
        kind: AbsenceKind::Leave,
        reason: "探亲".into(),
        approver: "鄢立群".into(),
        extra: Map::new(),
    };
    let away = broken(&|it| it.absences.push(absence(day)));
    assert_eq!(
        away,
        PlanRule::Away {
            name: name.clone(),
            day
        }
    );
    let until = date("2025-12-31");
    let over = broken(&|it| it.certificate_until = Some(until));
    assert_eq!(
        over,
        PlanRule::CertificateOver {
            name: name.clone(),
            until
        }
    );
    let avoids = broken(&|it| {
        it.avoidances
            .push(Avoidance::new(visit.unit.clone(), "亲属"))
    });
    assert_eq!(avoids, PlanRule::Avoids { name: name.clone() });
    let clerk = broken(&|it| it.role = OfficerRole::Assistant);
    assert_eq!(clerk, PlanRule::NoOfficer { name: name.clone() });
    let left = broken(&|it| it.has_left = true);
    assert_eq!(left, PlanRule::NoOfficer { name: name.clone() });
    book.officers[place] = known.clone();

    book.officers[place].may_lead = false;
    let lead = PlannedVisit {
        lead: other.clone(),
        ..planned.clone()
    };
    let no_lead = rule(&mut book, NOW, change(&visit, lead));
    assert_eq!(no_lead, PlanRule::NoLead { name });
    let same = PlannedVisit {
        member: planned.lead.clone(),
        ..planned.clone()
    };
    assert_eq!(
        rule(&mut book, NOW, change(&visit, same)),
        PlanRule::SamePerson
    );
    book.officers[place] = known;
    attempt(&mut book, NOW, change(&visit, to)).unwrap();
    let kept = book.visit(&visit).unwrap();
    assert_eq!(kept.plan_changes[0].kind, PlanChangeKind::Team);
}

#[test]
fn nobody_has_more_visits_on_a_day_than_the_plan_lets_him() {
    let (mut book, id) = approved();
    let all = visits(&book, id);
    let per_day = book.plan_of(book.draw(id).unwrap()).design.per_day as usize;
    // Moved to the day of another of the lead's visits, until the day is full.
    let mut refused = None;
    'moves: for (visit, planned) in &all {
        for (_, other) in all.iter().filter(|(other, _)| other != visit) {
            let to = PlannedVisit {
                day: other.day,
                ..planned.clone()
            };
            let holds = |it: &&(VisitId, PlannedVisit)| {
                it.1.day == to.day && [&it.1.lead, &it.1.member].contains(&&to.lead)
            };
            if to.day == planned.day || visits(&book, id).iter().filter(holds).count() < per_day {
                continue;
            }
            refused = Some((rule(&mut book, NOW, change(visit, to.clone())), to));
            break 'moves;
        }
    }
    let (refused, to) = refused.unwrap();
    let full = |id: &OfficerId| PlanRule::Full {
        name: book.officer_name(id),
        day: to.day,
        per_day: per_day as u32,
    };
    assert_eq!(refused, full(&to.lead));
}

fn stand_in(officer: &OfficerId, from: &str, to: &str, only: Option<VisitId>) -> Action {
    Action::StandIn(StandIn {
        officer: officer.clone(),
        from: date(from),
        to: date(to),
        only,
        kind: AbsenceKind::Sick,
        reason: "突发疾病".into(),
        approver: "鄢立群".into(),
    })
}

#[test]
fn one_action_replaces_an_ill_officer_for_a_day_by_the_next_of_each_list() {
    let (mut book, id) = approved();
    let (first, planned) = visits(&book, id).remove(0);
    let ill = planned.lead.clone();
    let day = planned.day;
    let theirs = book.visits_to_stand_in(&ill, day, day);
    assert!(theirs.iter().any(|(_, it)| *it == first));
    let text = day.to_string();
    attempt(&mut book, NOW, stand_in(&ill, &text, &text, None)).unwrap();
    assert!(book.visits_to_stand_in(&ill, day, day).is_empty());
    let officer = book.officer(&ill).unwrap();
    assert!(officer.is_absent(day), "the absence is on record");
    for (_, id) in &theirs {
        let change = book.visit(id).unwrap().plan_changes.last().unwrap();
        assert_eq!(
            change.kind,
            PlanChangeKind::StandIn {
                officer: ill.clone()
            }
        );
        let after = change.after.as_ref().unwrap();
        assert!(after.lead != ill && after.member != ill && after.lead != after.member);
        assert_eq!(after.day, day);
        assert!(book.officer(&after.lead).unwrap().may_lead);
    }
    let entry = book.trail.last().unwrap();
    assert_eq!(
        entry.detail["stand_ins"].as_array().unwrap().len(),
        theirs.len()
    );
    assert_eq!(entry.detail["absence"], "sick");
    // Nobody has more than the day's measure by it.
    let mut counts = std::collections::BTreeMap::new();
    for (_, visit) in visits(&book, id) {
        for officer in [visit.lead, visit.member] {
            *counts.entry((officer, visit.day)).or_insert(0) += 1;
        }
    }
    let per_day = book.plan_of(book.draw(id).unwrap()).design.per_day;
    assert!(counts.values().all(|count| *count <= per_day));
    let error = rule_or_error(&mut book, stand_in(&ill, &text, &text, None));
    let name = book.officer_name(&ill);
    assert_eq!(error, DrawError::NobodyToStandIn { name }.into());
}

#[test]
fn an_officer_who_is_there_is_not_replaced_in_one_visit() {
    let (mut book, id) = approved();
    let (visit, planned) = visits(&book, id).remove(0);
    let (day, name) = (planned.day, book.officer_name(&planned.member));
    let text = day.to_string();
    let one = stand_in(&planned.member, &text, &text, Some(visit.clone()));
    let broken = rule(&mut book, NOW, one.clone());
    assert_eq!(broken, PlanRule::StillPresent { name, day });
    let member = book.officers.iter_mut().find(|it| it.id == planned.member);
    member
        .unwrap()
        .avoidances
        .push(Avoidance::new(visit.unit.clone(), "亲属"));
    attempt(&mut book, NOW, one).unwrap();
    let after = book
        .plan_of_visit(book.visit(&visit).unwrap())
        .unwrap()
        .1
        .unwrap();
    assert_eq!(after.lead, planned.lead);
    assert_ne!(after.member, planned.member);
}

#[test]
fn where_nobody_can_stand_in_the_visit_is_left_and_the_next_draw_carries_it() {
    let (mut book, id) = approved();
    let (visit, planned) = visits(&book, id).remove(0);
    // Nobody else is there from this day on.
    for officer in &mut book.officers {
        if officer.id != planned.lead && officer.id != planned.member {
            officer.has_left = true;
        }
    }
    let text = planned.day.to_string();
    attempt(&mut book, NOW, stand_in(&planned.lead, &text, &text, None)).unwrap();
    let left = book.visit(&visit).unwrap();
    assert_eq!(left.plan_changes.last().unwrap().after, None);
    let today = date(&NOW[..10]);
    assert_eq!(book.visit_stage(left, today), VisitStage::SetAside);
    let row = book.month_visits("2026-01".parse().unwrap());
    let row = row.into_iter().find(|row| row.unit == visit.unit).unwrap();
    assert!(row.is_left && row.is_pending());
    for officer in &mut book.officers {
        officer.has_left = false;
    }
    let february = draw(&mut book, "2026-01-30T09:00:00", "2026-02");
    let record = book.draw(february).unwrap();
    let drawn_as = book.id_in(record, &visit.unit);
    assert!(record.sizes.carried.contains(&drawn_as));
    // The plan that carries it wins again.
    let now = book.plan_of_visit(book.visit(&visit).unwrap()).unwrap();
    assert_eq!(now.0.id(), february);
}

fn close(visit: &VisitId, pair: [OfficerId; 2]) -> Action {
    Action::CloseVisit(CloseVisit {
        visit: visit.clone(),
        ground: ClosedGround::Closed,
        evidence: "大门上锁，已拍照，邻居说半年前搬走".into(),
        confirmed: Confirmation::Pair {
            officers: pair,
            on: date(&NOW[..10]),
        },
        approver: "鄢立群".into(),
    })
}

/// Two officers who are none of a visit's team.
fn second_pair(book: &Workbook, planned: &PlannedVisit) -> [OfficerId; 2] {
    let others = book.officers.iter().filter(|it| it.makes_visits());
    let others = others.map(|it| it.id.clone());
    let mut others = others.filter(|id| *id != planned.lead && *id != planned.member);
    [others.next().unwrap(), others.next().unwrap()]
}

/// The first visit of January by the lottery's first visits, with who might replace it.
fn closable(book: &Workbook, id: DrawId) -> (VisitId, PlannedVisit) {
    let mut all = visits(book, id).into_iter();
    let found = all.find(|(visit, _)| {
        let visit = book.visit(visit).unwrap();
        let reserve = book.reserve_of(visit, u32::MAX);
        visit.source == VisitSource::First && reserve.is_some_and(|(_, it)| it.len() > 3)
    });
    found.unwrap()
}

#[test]
fn a_closed_unit_gives_way_to_the_first_of_its_draws_reserve() {
    let (mut book, id) = approved();
    let certificate = book.certificate(book.draw(id).unwrap()).unwrap().hash;
    let (visit, planned) = closable(&book, id);
    let pair = second_pair(&book, &planned);
    // One of the visit's own team confirms nothing, nor does one officer alone.
    let own = [planned.lead.clone(), pair[0].clone()];
    let name = book.officer_name(&planned.lead);
    assert_eq!(
        rule(&mut book, NOW, close(&visit, own)),
        PlanRule::OwnTeam { name }
    );
    let alone = [pair[0].clone(), pair[0].clone()];
    assert_eq!(
        rule(&mut book, NOW, close(&visit, alone)),
        PlanRule::SamePerson
    );

    let (rank, reserve) = book
        .reserve_of(book.visit(&visit).unwrap(), u32::MAX)
        .unwrap();
    attempt(&mut book, NOW, close(&visit, pair.clone())).unwrap();
    let closed = book.visit(&visit).unwrap();
    assert_eq!(closed.state(book.unit(&visit.unit)), VisitState::Void);
    assert!(!book.unit(&visit.unit).unwrap().status.is_active());
    let Some(PlanChangeKind::Closed {
        replaced_by,
        passed_over,
        ..
    }) = closed.closing().map(|it| it.kind.clone())
    else {
        panic!("{closed:?}")
    };
    let next = replaced_by.unwrap();
    let at = passed_over.len();
    assert_eq!(book.register_id(&reserve[at]), next);
    let passed: Vec<_> = passed_over.iter().map(|it| it.unit.clone()).collect();
    let expected: Vec<_> = reserve[..at]
        .iter()
        .map(|it| book.register_id(it))
        .collect();
    assert_eq!(passed, expected);

    let stepped = book.visits_to(&next).last().unwrap().clone();
    assert_eq!(
        (stepped.id.draw, stepped.source),
        (id, VisitSource::Replacement)
    );
    assert_eq!(
        stepped.plan_changes[0].kind,
        PlanChangeKind::StepsIn {
            instead_of: visit.unit.clone(),
            rank: rank + at as u32
        }
    );
    let now = stepped.plan_changes[0].after.clone().unwrap();
    assert_eq!(book.planned_visit(&next, DrawId::new(2027, 0)), Some(&now));
    assert!(now.day >= date(&NOW[..10]));
    assert_eq!(
        book.visit_stage(&stepped, date(&NOW[..10])),
        VisitStage::Planned
    );
    assert!(!stepped.items.is_empty());
    // Both stand in the month's list; draw and certificate are what they were.
    let rows = book.month_visits("2026-01".parse().unwrap());
    let row = |unit| rows.iter().find(|row| row.unit == unit).unwrap();
    assert!(row(visit.unit.clone()).is_void);
    let new = row(next.clone());
    assert_eq!(
        (new.source, new.is_pending()),
        (VisitSource::Replacement, true)
    );
    assert_eq!(new.approved_on, Some(date(&NOW[..10])));
    assert_eq!(
        book.certificate(book.draw(id).unwrap()).unwrap().hash,
        certificate
    );
    assert_eq!(
        book.trail.last().unwrap().detail["replaced_by"],
        next.to_string()
    );
    book.check_sound().unwrap();
    let text = json::workbook_to_json(&book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!()
    };
    assert_eq!(read.workbook, book);

    // It is visited like another, and not before it stepped in.
    let record = |day: NaiveDate| Action::RecordVisit {
        unit: next.clone(),
        date: day,
        finding: Finding::None,
    };
    attempt(&mut book, "2026-01-31T17:00:00", record(date("2026-01-04"))).unwrap_err();
    attempt(&mut book, "2026-01-31T17:00:00", record(now.day)).unwrap();
    // Restored, the closed unit has no visit that waits.
    let restore = Action::RestoreUnit {
        id: visit.unit.clone(),
        reason: "又开业了".into(),
    };
    attempt(&mut book, "2026-01-31T17:00:00", restore).unwrap();
    assert!(!book.is_pending(book.visit(&visit).unwrap()));
    assert_eq!(
        rule(&mut book, NOW, close(&visit, pair)),
        PlanRule::NotPending
    );
}

#[test]
fn who_steps_in_may_give_way_too() {
    let (mut book, id) = approved();
    let (visit, planned) = closable(&book, id);
    let pair = second_pair(&book, &planned);
    attempt(&mut book, NOW, close(&visit, pair)).unwrap();
    let stepped: Vec<Visit> = book
        .visits()
        .filter(|it| it.source == VisitSource::Replacement)
        .cloned()
        .collect();
    let [first] = stepped.as_slice() else {
        panic!("{stepped:?}")
    };
    let planned = first.plan_changes[0].after.clone().unwrap();
    let pair = second_pair(&book, &planned);
    attempt(&mut book, NOW, close(&first.id, pair)).unwrap();
    let closing = book.visit(&first.id).unwrap().closing().unwrap();
    let PlanChangeKind::Closed { passed_over, .. } = &closing.kind else {
        panic!()
    };
    // Its own unit stands before the next in the reserve, and is gone.
    let gone = passed_over
        .iter()
        .find(|it| it.unit == first.id.unit)
        .unwrap();
    assert_eq!(gone.why, PassedWhy::Gone);
    book.check_sound().unwrap();
}

#[test]
fn a_false_replacement_does_not_open() {
    let (mut book, id) = approved();
    let (visit, planned) = closable(&book, id);
    let pair = second_pair(&book, &planned);
    attempt(&mut book, NOW, close(&visit, pair)).unwrap();
    let true_file = json::workbook_to_json(&book);
    assert!(json::read(true_file.as_bytes()).is_ok());
    let reserve = book
        .reserve_of(book.visit(&visit).unwrap(), u32::MAX)
        .unwrap()
        .1;
    let stepped = book
        .visits()
        .find(|it| it.source == VisitSource::Replacement)
        .unwrap();
    let used: BTreeSet<_> = book.visits().map(|it| it.id.unit.to_string()).collect();
    let other = reserve
        .iter()
        .rev()
        .find(|it| !used.contains(it.as_str()))
        .unwrap();
    // The unit that somebody would rather visit, everywhere in the file.
    let mut file = serde_json::to_value(&book).unwrap();
    let visits = file["years"][0]["visits"].as_array_mut().unwrap();
    for it in visits.iter_mut() {
        let text = it.to_string();
        let text = text.replace(&format!("\"{}\"", stepped.id.unit), &format!("\"{other}\""));
        *it = serde_json::from_str(&text).unwrap();
    }
    visits.sort_by_key(|it| {
        (
            it["id"]["draw"]["number"].as_u64(),
            it["id"]["unit"].as_str().unwrap().to_owned(),
        )
    });
    assert!(json::read(file.to_string().as_bytes()).is_err());
}

#[test]
fn where_nobody_of_the_reserve_can_the_record_says_so() {
    let (mut book, id) = approved();
    let (visit, planned) = closable(&book, id);
    let pair = second_pair(&book, &planned);
    // The month is over: no day is left.
    attempt(&mut book, "2026-01-31T17:00:00", close(&visit, pair)).unwrap();
    let closing = book.visit(&visit).unwrap().closing().unwrap();
    let PlanChangeKind::Closed {
        replaced_by,
        reserve,
        ..
    } = &closing.kind
    else {
        panic!()
    };
    assert_eq!(*replaced_by, None);
    assert!(*reserve > 0);
    assert!(
        book.visits()
            .all(|it| it.source != VisitSource::Replacement)
    );
    book.check_sound().unwrap();
}

#[test]
fn nothing_steps_in_while_a_register_is_frozen_for_a_draw() {
    let (mut book, id) = approved();
    let (visit, planned) = closable(&book, id);
    let pair = second_pair(&book, &planned);
    let open = OpenDraw {
        month: "2026-02".parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    attempt(&mut book, NOW, Action::OpenDraw(open)).unwrap();
    let number = book.open_draw_record().unwrap().number;
    let error = rule_or_error(&mut book, close(&visit, pair));
    assert_eq!(error, ActionError::DrawOpen { number });
}

#[test]
fn a_supplementary_draw_takes_who_stepped_in_for_drawn() {
    let (mut book, id) = approved();
    let lacking = |book: &Workbook| {
        let mut book = book.clone();
        let open = OpenSupplementary {
            month: "2026-01".parse().unwrap(),
            reason: "补查".into(),
            salt_seed: [7; 32],
        };
        match attempt(&mut book, NOW, Action::OpenSupplementary(open)) {
            Ok(()) => {
                let draw = book.open_draw_record().unwrap();
                draw.sizes.cells.iter().map(|cell| cell.quota).sum::<u32>()
                    + draw.sizes.second_quota
            }
            Err(ActionError::Draw(DrawError::NothingLacks)) => 0,
            Err(other) => panic!("{other:?}"),
        }
    };
    let before = lacking(&book);
    let (visit, planned) = closable(&book, id);
    let pair = second_pair(&book, &planned);
    attempt(&mut book, NOW, close(&visit, pair)).unwrap();
    assert!(
        book.visits()
            .any(|it| it.source == VisitSource::Replacement)
    );
    assert_eq!(
        lacking(&book),
        before,
        "the replacement was made up for once more"
    );
}

#[test]
fn visits_that_are_not_made_end_so_with_the_year() {
    let (mut book, id) = approved();
    let (visit, planned, day) = movable(&book, id);
    attempt(
        &mut book,
        NOW,
        change(&visit, PlannedVisit { day, ..planned }),
    )
    .unwrap();
    let close = Action::CloseYear {
        year: 2026,
        approver: "鄢立群".into(),
        note: "当年未完成".into(),
    };
    attempt(&mut book, "2027-01-04T09:00:00", close).unwrap();
    let closed = book.year(2026).unwrap().closed.clone().unwrap();
    assert!(closed.statement.unmade.contains(&visit));
    let kept = book.visit(&visit).unwrap();
    assert_eq!(
        book.visit_stage(kept, date("2027-01-04")),
        VisitStage::Unmade
    );
    let error = rule_or_error(&mut book, change(&visit, kept_plan(&visit)));
    assert_eq!(error, ActionError::YearClosed { year: 2026 });
}

fn kept_plan(_: &VisitId) -> PlannedVisit {
    PlannedVisit {
        day: date("2026-01-20"),
        lead: OfficerId::new("P01").unwrap(),
        member: OfficerId::new("P02").unwrap(),
    }
}

#[test]
fn an_entry_taken_back_leaves_the_changed_plan() {
    let (mut book, id) = approved();
    let (visit, planned, day) = movable(&book, id);
    let to = PlannedVisit { day, ..planned };
    attempt(&mut book, NOW, change(&visit, to.clone())).unwrap();
    let record = Action::RecordVisit {
        unit: visit.unit.clone(),
        date: day,
        finding: Finding::None,
    };
    let end = "2026-01-31T17:00:00";
    attempt(&mut book, end, record).unwrap();
    let correct = CorrectVisit {
        visit: visit.clone(),
        made: None,
        reason: "登错了单位".into(),
    };
    attempt(&mut book, end, Action::CorrectVisit(correct)).unwrap();
    let kept = book.visit(&visit).unwrap();
    assert_eq!(book.plan_of_visit(kept).unwrap().1, Some(&to));
}
