//! The workbook's actions: what they do, what they refuse, and that a refusal
//! changes nothing.

use chrono::{NaiveDate, NaiveDateTime};
use double_random::engine::ceremony::{
    EntropyError, EntropyPlan, Promise, PublicSource, Reveal, promise_hash,
};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::model::{
    Absence, AbsenceKind, CandidateId, Finding, Officer, OfficerId, OfficerRole, SocialCreditCode,
    Unit, UnitId,
};
use double_random::workbook::draw::KnownDraw;
use double_random::workbook::request::{
    BreakOff, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, WitnessWords,
};
use double_random::workbook::{
    Action, ActionError, Brigade, Context, DrawError, DrawId, DrawStep, VisitRule, Workbook, trail,
};

use crate::approval::approve;

fn at(text: &str) -> Context {
    Context {
        now: text.parse::<NaiveDateTime>().unwrap(),
        who: "沙维新".into(),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 60 units of all strata and six officers of whom three may lead.
fn brigade() -> Workbook {
    let mut workbook = Workbook::new("0123456789abcdef", Brigade::new("南宫市消防救援大队"), 2026);
    let context = at("2025-12-20T09:00:00");
    for index in 0..60 {
        let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{index}"));
        unit.is_key = index % 5 == 0;
        unit.is_densely_populated = index % 10 == 0;
        workbook
            .apply(Action::AddUnit(Box::new(unit)), &context)
            .unwrap();
    }
    for index in 0..6 {
        let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{index}"));
        officer.may_lead = index % 2 == 0;
        workbook
            .apply(Action::AddOfficer(Box::new(officer)), &context)
            .unwrap();
    }
    workbook
}

#[test]
fn only_enforcement_officers_make_up_the_two() {
    let mut book = brigade();
    for (at, role) in [(0, OfficerRole::Expert), (1, OfficerRole::Assistant)] {
        let mut officer = book.officers[at].clone();
        officer.role = role;
        let edit = Action::EditOfficer(Box::new(officer));
        book.apply(edit, &self::at("2025-12-20T09:00:00")).unwrap();
    }
    let duties = book.duties("2026-01".parse().unwrap());
    let drawn: Vec<&str> = duties.iter().map(|duty| duty.id.as_str()).collect();
    assert_eq!(drawn, ["P03", "P04", "P05", "P06"]);
}

fn planned() -> Workbook {
    let mut workbook = brigade();
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    workbook.apply(freeze, &at("2025-12-25T09:00:00")).unwrap();
    workbook
}

fn open(month: &str, reason: &str) -> Action {
    Action::OpenDraw(OpenDraw {
        month: month.parse().unwrap(),
        reason: reason.into(),
        salt_seed: [7; 32],
    })
}

fn commit(number: u32, entropy: EntropyChoice) -> Action {
    Action::Commit(Commit {
        number,
        entropy,
        shown_at: "大队公示栏".into(),
    })
}

fn run(number: u32, entropy: EntropyGiven) -> Action {
    Action::Draw(RunDraw { number, entropy })
}

/// Asserts that `action` is refused with `error` and leaves no trace.
#[track_caller]
fn refuses(workbook: &mut Workbook, action: Action, context: &Context, error: &ActionError) {
    let before = workbook.clone();
    assert_eq!(&workbook.apply(action, context).unwrap_err(), error);
    assert_eq!(*workbook, before, "a refused action changed the workbook");
}

#[test]
fn ids_are_given_in_sequence_and_never_used_twice() {
    let workbook = brigade();
    assert_eq!(workbook.units[0].id.as_str(), "U-00001");
    assert_eq!(workbook.units[59].id.as_str(), "U-00060");
    assert_eq!(workbook.officers[5].id.as_str(), "P06");
    assert_eq!(trail::first_break(&workbook.trail), None);
    assert_eq!(workbook.trail.len(), 66);
}

#[test]
fn an_edit_can_be_taken_back_and_both_stand_in_the_trail() {
    let mut workbook = brigade();
    let before = workbook.units.clone();
    let mut unit = workbook.units[3].clone();
    unit.phone = "0319-5550000".into();
    let applied = workbook
        .apply(Action::EditUnit(Box::new(unit)), &at("2026-01-05T09:00:00"))
        .unwrap();
    assert_ne!(workbook.units, before);
    workbook
        .apply(applied.undo.unwrap(), &at("2026-01-05T09:01:00"))
        .unwrap();
    assert_eq!(workbook.units, before);
    assert_eq!(workbook.trail.len(), 68);
    assert_eq!(trail::first_break(&workbook.trail), None);
}

#[test]
fn taking_an_edit_back_leaves_what_was_entered_since() {
    let mut workbook = planned();
    let mut unit = workbook.units[0].clone();
    unit.phone = "0319-5550000".into();
    let id = unit.id.clone();
    let edit = Action::EditUnit(Box::new(unit));
    let undo = workbook
        .apply(edit, &at("2025-12-26T09:00:00"))
        .unwrap()
        .undo
        .unwrap();
    workbook
        .apply(open("2026-01", ""), &at("2025-12-30T09:00:00"))
        .unwrap();
    workbook
        .apply(commit(1, EntropyChoice::Local), &at("2025-12-30T09:10:00"))
        .unwrap();
    workbook
        .apply(
            run(1, EntropyGiven::Local([9; 32])),
            &at("2025-12-30T09:20:00"),
        )
        .unwrap();
    approve(&mut workbook);
    let drawn = workbook.years[0].draws[0].drawn_units().next().unwrap();
    let drawn = workbook.register_id(drawn);
    workbook
        .apply(
            Action::RecordVisit {
                unit: drawn.clone(),
                date: date("2026-01-06"),
                finding: Finding::None,
            },
            &at("2026-01-06T09:00:00"),
        )
        .unwrap();
    // An edit of the visited unit itself, begun before the visit was entered.
    let mut stale = workbook.unit(&drawn).unwrap().clone();
    stale.inspections.clear();
    stale.salt.clear();
    stale.phone = "0319-5551111".into();
    let context = at("2026-01-07T09:00:00");
    workbook
        .apply(Action::EditUnit(Box::new(stale)), &context)
        .unwrap();
    workbook.apply(undo, &context).unwrap();
    assert_eq!(workbook.unit(&id).unwrap().phone, "");
    for unit in [&id, &drawn] {
        let unit = workbook.unit(unit).unwrap();
        assert_eq!(unit.salt.len(), 32, "the salt under which it was frozen");
    }
    let visited = workbook.unit(&drawn).unwrap();
    assert_eq!(visited.phone, "0319-5551111");
    assert_eq!(workbook.inspections(visited).len(), 1);
}

#[test]
fn an_item_moves_within_its_subject_and_leaves_with_reason_and_approver() {
    let mut workbook = brigade();
    workbook.items = double_random::demo::standard_items("");
    let before = workbook.items.clone();
    let context = at("2026-01-05T09:00:00");
    let id = before[1].id.clone();
    let up = workbook.item_place_beside(&id, true).unwrap();
    let moved = Action::MoveItem {
        id: id.clone(),
        to: up,
    };
    let undo = workbook.apply(moved, &context).unwrap().undo.unwrap();
    assert_eq!(
        [&workbook.items[0].id, &workbook.items[1].id],
        [&before[1].id, &before[0].id]
    );
    assert_eq!(workbook.item_place_beside(&id, true), None);
    workbook.apply(undo, &context).unwrap();
    assert_eq!(workbook.items, before);

    let remove = |reason: &str, approver: &str| Action::RemoveItem {
        id: id.clone(),
        reason: reason.into(),
        approver: approver.into(),
    };
    refuses(
        &mut workbook,
        remove(" ", "鄢立群"),
        &context,
        &ActionError::NoReason,
    );
    refuses(
        &mut workbook,
        remove("依据已废止", ""),
        &context,
        &ActionError::NoApprover,
    );
    let removed = workbook
        .apply(remove("依据已废止", "鄢立群"), &context)
        .unwrap();
    assert_eq!(workbook.items.len(), before.len() - 1);
    let entry = workbook.trail.last().unwrap();
    assert_eq!(entry.why, "依据已废止");
    assert_eq!(entry.detail["item"]["name"], before[1].name.as_str());
    refuses(
        &mut workbook,
        remove("依据已废止", "鄢立群"),
        &context,
        &ActionError::NoItem { id: id.clone() },
    );
    workbook.apply(removed.undo.unwrap(), &context).unwrap();
    assert_eq!(workbook.items, before);
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut workbook = brigade();
    let context = at("2026-01-05T09:00:00");
    let code = SocialCreditCode::parse("92130581MA0CWX2K9Y").unwrap();
    let mut first = workbook.units[0].clone();
    first.code = Some(code.clone());
    let first_id = first.id.clone();
    workbook
        .apply(Action::EditUnit(Box::new(first)), &context)
        .unwrap();

    let mut twin = workbook.units[1].clone();
    twin.code = Some(code);
    refuses(
        &mut workbook,
        Action::EditUnit(Box::new(twin)),
        &context,
        &ActionError::DuplicateCode {
            other: first_id.clone(),
        },
    );
    let retire = Action::RetireUnit {
        id: first_id,
        since: date("2026-01-05"),
        reason: "  ".into(),
        approver: "鄢立群".into(),
    };
    refuses(&mut workbook, retire, &context, &ActionError::NoReason);
    let mut officer = workbook.officers[0].clone();
    officer.absences.push(Absence {
        from: date("2026-02-02"),
        to: date("2026-02-01"),
        kind: AbsenceKind::Leave,
        reason: String::new(),
        approver: String::new(),
        extra: serde_json::Map::new(),
    });
    let error = ActionError::PeriodOrder {
        from: date("2026-02-02"),
        to: date("2026-02-01"),
    };
    refuses(
        &mut workbook,
        Action::EditOfficer(Box::new(officer)),
        &context,
        &error,
    );
    refuses(
        &mut workbook,
        open("2026-01", ""),
        &context,
        &DrawError::NoPlan.into(),
    );
}

#[test]
fn a_draw_outside_its_window_needs_a_reason() {
    let mut workbook = planned();
    // The last two working days of December 2025 are the 30th and 31st.
    let error = DrawError::OutsideWindow {
        first: date("2025-12-30"),
        last: date("2025-12-31"),
    };
    refuses(
        &mut workbook,
        open("2026-01", " "),
        &at("2025-12-29T09:00:00"),
        &error.into(),
    );
    workbook
        .apply(open("2026-01", ""), &at("2025-12-30T09:00:00"))
        .unwrap();
    assert_eq!(workbook.years[0].draws[0].outside_window, None);
    assert_eq!(workbook.years[0].draws[0].step(), DrawStep::Sized);

    let mut late = planned();
    late.apply(open("2026-02", "一月停电"), &at("2026-02-02T09:00:00"))
        .unwrap();
    assert_eq!(
        late.years[0].draws[0].outside_window.as_deref(),
        Some("一月停电")
    );
}

#[test]
fn the_first_month_is_drawn_and_stays_drawn() {
    let mut workbook = planned();
    let context = at("2025-12-30T09:00:00");
    workbook.apply(open("2026-01", ""), &context).unwrap();
    refuses(
        &mut workbook,
        open("2026-02", "早"),
        &context,
        &ActionError::DrawOpen { number: 1 },
    );
    let early = run(1, EntropyGiven::Local([1; 32]));
    refuses(
        &mut workbook,
        early,
        &context,
        &DrawError::Step { number: 1 }.into(),
    );
    workbook
        .apply(commit(1, EntropyChoice::Local), &context)
        .unwrap();
    workbook
        .apply(run(1, EntropyGiven::Local([1; 32])), &context)
        .unwrap();

    let draw = &workbook.years[0].draws[0];
    let drawn = draw.drawn.as_ref().unwrap();
    let count = draw.drawn_units().count();
    assert!(count > 0);
    assert_eq!(drawn.plan.visits.len() + drawn.plan.set_aside.len(), count);
    assert_eq!(workbook.pending_visits(2026).len(), count);
    // Drawing again, breaking off and opening the month again are all refused.
    let again = run(1, EntropyGiven::Local([2; 32]));
    refuses(
        &mut workbook,
        again,
        &context,
        &DrawError::Step { number: 1 }.into(),
    );
    let stop = Action::BreakOff(BreakOff {
        number: 1,
        reason: "不满意".into(),
        approver: "甲".into(),
        nobody_revealed: false,
    });
    refuses(
        &mut workbook,
        stop,
        &context,
        &DrawError::Step { number: 1 }.into(),
    );
    let error = DrawError::Order {
        drawn: "2026-01".parse().unwrap(),
    };
    refuses(
        &mut workbook,
        open("2026-01", "重抽"),
        &context,
        &error.into(),
    );
}

#[test]
fn a_visit_made_leaves_the_pending_and_an_unmade_one_is_carried() {
    let mut workbook = planned();
    let context = at("2025-12-30T09:00:00");
    workbook.apply(open("2026-01", ""), &context).unwrap();
    workbook
        .apply(commit(1, EntropyChoice::Local), &context)
        .unwrap();
    workbook
        .apply(run(1, EntropyGiven::Local([1; 32])), &context)
        .unwrap();
    approve(&mut workbook);
    let drawn = workbook.years[0].draws[0].drawn_units();
    let drawn: Vec<UnitId> = drawn.map(|id| workbook.register_id(id)).collect();
    let name = workbook.unit(&drawn[0]).unwrap().name.clone();
    let too_early = Action::RecordVisit {
        unit: drawn[0].clone(),
        date: date("2025-12-31"),
        finding: Finding::None,
    };
    let error = |date: &str, rule| DrawError::VisitDate {
        unit: drawn[0].clone(),
        name: name.clone(),
        date: date.parse().unwrap(),
        rule,
    };
    let other_year = error("2025-12-31", VisitRule::OtherYear { year: 2026 });
    refuses(&mut workbook, too_early, &context, &other_year.into());
    let visit = || Action::RecordVisit {
        unit: drawn[0].clone(),
        date: date("2026-01-08"),
        finding: Finding::None,
    };
    let today = date("2026-01-07");
    let tomorrow = error("2026-01-08", VisitRule::Future { today });
    let day_before = at("2026-01-07T17:00:00");
    refuses(&mut workbook, visit(), &day_before, &tomorrow.into());
    workbook.apply(visit(), &at("2026-01-08T17:00:00")).unwrap();
    assert!(!workbook.pending_visits(2026).contains_key(&drawn[0]));
    assert_eq!(
        workbook.inspections_count(workbook.unit(&drawn[0]).unwrap(), 2026),
        1
    );

    workbook
        .apply(open("2026-02", ""), &at("2026-01-30T09:00:00"))
        .unwrap();
    // What is planned for the day of the freezing or after it is still expected.
    let plan = &workbook.years[0].draws[0].drawn.as_ref().unwrap().plan;
    let is_late = |id: &&UnitId| {
        let planned = plan.visits.get(&(*id).into()).map(|visit| visit.day);
        **id != drawn[0] && planned.is_none_or(|day| day < date("2026-01-30"))
    };
    let late = drawn
        .iter()
        .filter(is_late)
        .map(CandidateId::from)
        .collect();
    assert_eq!(workbook.years[0].draws[1].sizes.carried, late);
    assert!(late.len() < drawn.len() - 1);
}

#[test]
fn the_visit_of_a_closed_unit_is_not_carried() {
    let mut workbook = planned();
    let context = at("2025-12-30T09:00:00");
    workbook.apply(open("2026-01", ""), &context).unwrap();
    let local = commit(1, EntropyChoice::Local);
    workbook.apply(local, &context).unwrap();
    let entropy = EntropyGiven::Local([1; 32]);
    workbook.apply(run(1, entropy), &context).unwrap();
    let closed = workbook.years[0].draws[0].drawn_units().next().unwrap();
    let closed = workbook.register_id(closed);
    let retire = Action::RetireUnit {
        id: closed.clone(),
        since: date("2026-01-09"),
        reason: "已注销，市场监管登记可查".into(),
        approver: "鄢立群".into(),
    };
    workbook.apply(retire, &at("2026-01-12T09:00:00")).unwrap();
    assert!(!workbook.pending_visits(2026).contains_key(&closed));
    let rows = workbook.visit_rows(&workbook.years[0].draws[0]);
    let void: Vec<&UnitId> = rows
        .iter()
        .filter(|row| row.is_void)
        .map(|row| &row.unit)
        .collect();
    assert_eq!(void, [&closed], "what was published stays visible");
    workbook
        .apply(open("2026-02", ""), &at("2026-01-30T09:00:00"))
        .unwrap();
    assert!(
        !workbook.years[0].draws[1]
            .sizes
            .carried
            .contains(&(&closed).into())
    );
}

#[test]
fn a_draw_is_broken_off_only_before_anyone_can_know_its_entropy() {
    let stop = |number| {
        Action::BreakOff(BreakOff {
            number,
            reason: "名录有误".into(),
            approver: "鄢立群".into(),
            nobody_revealed: false,
        })
    };
    let context = at("2025-12-30T09:00:00");
    let mut workbook = planned();
    workbook.apply(open("2026-01", ""), &context).unwrap();
    workbook.apply(stop(1), &context).unwrap();
    assert_eq!(workbook.years[0].draws[0].step(), DrawStep::BrokenOff);

    // The number stays used; the month is drawn under the next one.
    workbook.apply(open("2026-01", ""), &context).unwrap();
    assert_eq!(workbook.years[0].draws[1].number, 2);
    assert_eq!(workbook.broken_before(&workbook.years[0].draws[1]), [1]);
    assert!(
        workbook
            .broken_before(&workbook.years[0].draws[0])
            .is_empty()
    );
    workbook.apply(commit(2, witnesses()), &context).unwrap();
    refuses(
        &mut workbook,
        stop(2),
        &context,
        &DrawError::MustBeFinished { number: 2 }.into(),
    );
    let wrong = EntropyGiven::Witnesses(vec![Some("3 5 1 6".into()), Some("6 6 6 6".into())]);
    let before = workbook.clone();
    assert!(workbook.apply(run(2, wrong), &context).is_err());
    assert_eq!(workbook, before);
    let given = EntropyGiven::Witnesses(vec![Some("3 5 1 6".into()), None]);
    workbook.apply(run(2, given), &context).unwrap();
    assert_eq!(
        workbook.years[0].draws[1].drawn.as_ref().unwrap().missing,
        ["谭既明"]
    );
}

fn witnesses() -> EntropyChoice {
    let words = |name: &str| WitnessWords {
        name: name.into(),
        words: "3 5 1 6".into(),
        salt: "0123456789abcdef".repeat(2),
    };
    EntropyChoice::Witnesses(vec![words("束闻野"), words("谭既明")])
}

/// 526 on the paper and 5 2 6 at the draw are one throw.
#[test]
fn dice_are_the_same_dice_however_they_are_spelt() {
    let context = at("2025-12-30T09:00:00");
    let promised = |words: &str| {
        let mut workbook = planned();
        workbook.apply(open("2026-01", ""), &context).unwrap();
        let witness = WitnessWords {
            name: "束闻野".into(),
            words: words.into(),
            salt: "0123456789abcdef".repeat(2),
        };
        let choice = EntropyChoice::Witnesses(vec![witness]);
        workbook.apply(commit(1, choice), &context).unwrap();
        workbook
    };
    let revealed = |mut workbook: Workbook, words: &str| {
        let given = EntropyGiven::Witnesses(vec![Some(words.into())]);
        workbook.apply(run(1, given), &context).map(|_| {
            let drawn = workbook.years[0].draws[0].drawn.clone().unwrap();
            drawn.result.seed
        })
    };
    let seed = revealed(promised("526"), "5 2 6").unwrap();
    for (promise, reveal) in [("5 2 6", "526"), ("5、2、6", "５ ２ ６"), ("526", "526")] {
        assert_eq!(
            revealed(promised(promise), reveal),
            Ok(seed),
            "{promise} {reveal}"
        );
    }
    assert!(revealed(promised("526"), "562").is_err());
    assert!(
        revealed(promised("春 风"), "春风").is_err(),
        "words are no dice"
    );

    // A promise made before dice had one spelling is revealed as it was typed.
    let mut old = promised("526");
    let committed = old.years[0].draws[0].committed.as_mut().unwrap();
    let reveal = Reveal {
        salt: committed.salts[0].clone(),
        words: "5 2 6".into(),
    };
    let promise = Promise {
        witness: "束闻野".into(),
        hash: promise_hash("束闻野", &reveal),
    };
    committed.commitment.entropy = EntropyPlan::Contributions {
        promises: vec![promise],
    };
    assert!(revealed(old.clone(), "5 2 6").is_ok());
    assert!(revealed(old, "526").is_err());
}

#[test]
fn several_people_in_one_row_are_no_witness() {
    let context = at("2025-12-30T09:00:00");
    let mut workbook = planned();
    workbook.apply(open("2026-01", ""), &context).unwrap();
    let words = WitnessWords {
        name: "刘老师、孙群众".into(),
        words: "526".into(),
        salt: "0123456789abcdef".repeat(2),
    };
    refuses(
        &mut workbook,
        commit(1, EntropyChoice::Witnesses(vec![words])),
        &context,
        &DrawError::SeveralWitnesses { place: 1, count: 2 }.into(),
    );
}

/// Else the workbook would stand still for the year.
#[test]
fn a_draw_without_any_reveal_is_broken_off_as_what_it_is() {
    let stop = |nobody_revealed| {
        Action::BreakOff(BreakOff {
            number: 1,
            reason: "两位见证人都没有到场".into(),
            approver: "鄢立群".into(),
            nobody_revealed,
        })
    };
    let error = || DrawError::MustBeFinished { number: 1 }.into();
    let context = at("2025-12-30T09:00:00");
    let mut workbook = planned();
    workbook.apply(open("2026-01", ""), &context).unwrap();
    // Before the promises, and of any other entropy, it is not the ground.
    refuses(&mut workbook, stop(true), &context, &error());
    workbook.apply(commit(1, witnesses()), &context).unwrap();
    let nobody = run(1, EntropyGiven::Witnesses(vec![None, None]));
    let nothing = DrawError::Entropy(EntropyError::NothingRevealed);
    refuses(&mut workbook, nobody, &context, &nothing.into());
    refuses(&mut workbook, stop(false), &context, &error());
    workbook.apply(stop(true), &context).unwrap();
    let broken = workbook.years[0].draws[0].broken_off.as_ref().unwrap();
    assert!(broken.nobody_revealed);
    assert_eq!(
        workbook.trail.last().unwrap().detail["nobody_revealed"],
        true
    );
    workbook.apply(open("2026-01", ""), &context).unwrap();
    assert_eq!(
        workbook.years[0].draws[1].number, 2,
        "the number stays used"
    );
}

#[test]
fn promises_that_could_be_revealed_in_two_ways_are_refused() {
    let context = at("2025-12-30T09:00:00");
    let mut workbook = planned();
    workbook.apply(open("2026-01", ""), &context).unwrap();
    let words = WitnessWords {
        name: "束闻野".into(),
        words: "3 5 1 6".into(),
        salt: "ab12".into(),
    };
    let error = EntropyError::Salt {
        witness: "束闻野".into(),
    };
    refuses(
        &mut workbook,
        commit(1, EntropyChoice::Witnesses(vec![words])),
        &context,
        &DrawError::Entropy(error).into(),
    );
}

#[test]
fn the_certificate_is_kept_by_its_hash_and_names_who_ran_the_draw() {
    let context = at("2025-12-30T09:00:00");
    let mut workbook = planned();
    workbook.apply(open("2026-01", ""), &context).unwrap();
    let local = commit(1, EntropyChoice::Local);
    workbook.apply(local, &context).unwrap();
    let other = Context {
        who: "束闻野".into(),
        ..context.clone()
    };
    let entropy = EntropyGiven::Local([9; 32]);
    workbook.apply(run(1, entropy), &other).unwrap();
    let kept = workbook.years[0].draws[0]
        .drawn
        .as_ref()
        .unwrap()
        .certificate;
    let certificate = workbook.certificate(&workbook.years[0].draws[0]).unwrap();
    assert_eq!(
        (certificate.hash, certificate.hash().unwrap()),
        (kept, kept)
    );
    assert_eq!(certificate.operator, "束闻野");
    let entry = workbook.trail.last().unwrap();
    assert_eq!(entry.detail["certificate"], kept.to_string());
    // What no longer makes the same certificate is found out by the kept hash.
    let mut changed = workbook.clone();
    std::sync::Arc::make_mut(&mut changed.years[0].draws[0].register).working_days[5].pop();
    let again = changed.certificate(&changed.years[0].draws[0]).unwrap();
    assert_ne!(again.hash, kept);
}

fn public() -> EntropyChoice {
    let source = |round: &str| PublicSource {
        source: "中国体育彩票 排列5".into(),
        round: round.into(),
        characters: 5,
    };
    EntropyChoice::Public {
        named: source("25350"),
        fallback: source("25351"),
        known_from: "2025-12-30T21:00:00".parse().unwrap(),
        fallback_from: "2025-12-31T21:00:00".parse().unwrap(),
    }
}

#[test]
fn a_public_value_gives_one_seed_however_it_is_typed() {
    let context = at("2025-12-30T09:00:00");
    let mut workbook = planned();
    workbook.apply(open("2026-01", ""), &context).unwrap();
    let mut endless = public();
    if let EntropyChoice::Public { named, .. } = &mut endless {
        named.characters = 0;
    }
    let error = DrawError::Entropy(EntropyError::Characters { characters: 0 });
    refuses(&mut workbook, commit(1, endless), &context, &error.into());
    workbook.apply(commit(1, public()), &context).unwrap();
    let draw = |typed: &str| {
        let mut workbook = workbook.clone();
        let value = EntropyGiven::Public {
            value: typed.into(),
            is_fallback: false,
        };
        workbook.apply(run(1, value), &at("2025-12-30T21:05:00"))?;
        let seed = workbook.years[0].draws[0]
            .drawn
            .as_ref()
            .unwrap()
            .result
            .seed;
        Ok::<_, ActionError>(seed)
    };
    let seed = draw("47102").unwrap();
    for typed in [" 4 7 1 0 2", "4-7-1-0-2", "４７１０２。"] {
        assert_eq!(draw(typed), Ok(seed));
    }
    for (typed, found) in [("4710", 4), ("471020", 6)] {
        let characters = 5;
        let error = EntropyError::OtherLength { characters, found };
        assert_eq!(draw(typed), Err(DrawError::Entropy(error).into()));
    }
}

#[test]
fn a_public_value_can_be_awaited_and_broken_off_until_its_hour() {
    let choice = public;
    let mut workbook = planned();
    workbook
        .apply(open("2026-01", ""), &at("2025-12-30T09:00:00"))
        .unwrap();
    let from = |text: &str| text.parse::<NaiveDateTime>().unwrap();
    refuses(
        &mut workbook,
        commit(1, choice()),
        &at("2025-12-30T21:00:00"),
        &DrawError::AlreadyKnown {
            from: from("2025-12-30T21:00:00"),
        }
        .into(),
    );
    workbook
        .apply(commit(1, choice()), &at("2025-12-30T09:05:00"))
        .unwrap();
    let stop = |who: &str| {
        Action::BreakOff(BreakOff {
            number: 1,
            reason: "名录有误".into(),
            approver: who.into(),
            nobody_revealed: false,
        })
    };
    let late = at("2025-12-30T21:00:00");
    refuses(
        &mut workbook,
        stop("甲"),
        &late,
        &DrawError::MustBeFinished { number: 1 }.into(),
    );
    let mut other = workbook.clone();
    other.apply(stop("甲"), &at("2025-12-30T20:59:00")).unwrap();
    let value = EntropyGiven::Public {
        value: "4 7 1 0 2".into(),
        is_fallback: false,
    };
    let fallback = EntropyGiven::Public {
        value: "1 1 1 1 1".into(),
        is_fallback: true,
    };
    // Neither is taken before its hour. After the fallback's both are: the named
    // value counts if it had appeared by then, however late it is typed in, and
    // only its source shows that. Verification says so (`Claim::ValueInTime`).
    for (given, now, hour) in [
        (&value, "2025-12-30T20:59:00", "2025-12-30T21:00:00"),
        (&fallback, "2025-12-31T20:59:00", "2025-12-31T21:00:00"),
    ] {
        refuses(
            &mut workbook,
            run(1, given.clone()),
            &at(now),
            &DrawError::TooEarly { from: from(hour) }.into(),
        );
    }
    let late_by = |given: &EntropyGiven, now: &str| {
        let mut workbook = workbook.clone();
        workbook.apply(run(1, given.clone()), &at(now)).unwrap();
        let certificate = workbook.certificate(&workbook.years[0].draws[0]).unwrap();
        certificate.drawn_after_fallback()
    };
    let hour = "2025-12-31T21:00:00";
    assert_eq!(late_by(&value, "2025-12-30T21:05:00"), None);
    assert_eq!(late_by(&value, hour), Some(from(hour)));
    assert_eq!(late_by(&fallback, hour), Some(from(hour)));
}

#[test]
fn visits_still_to_come_are_expected_and_only_late_ones_carried() {
    let mut workbook = planned();
    let context = at("2025-12-30T09:00:00");
    workbook.apply(open("2026-01", ""), &context).unwrap();
    workbook
        .apply(commit(1, EntropyChoice::Local), &context)
        .unwrap();
    workbook
        .apply(run(1, EntropyGiven::Local([1; 32])), &context)
        .unwrap();
    let plan = &workbook.years[0].draws[0].drawn.as_ref().unwrap().plan;
    let planned: Vec<NaiveDate> = plan.visits.values().map(|visit| visit.day).collect();
    let february = "2026-02".parse().unwrap();
    let carried = |today| {
        let outlook = workbook.outlook(workbook.years[0].plan(), february, date(today));
        let trial = workbook.trial_sizes(february, date(today)).unwrap();
        let carried = outlook.unwrap().sizes.carried.len();
        assert_eq!(carried, trial.carried.len());
        carried
    };
    assert!(!planned.is_empty());
    assert_eq!(carried("2026-01-01"), 0);
    assert_eq!(carried("2026-02-01"), planned.len());
    let some = planned.iter().filter(|day| **day < date("2026-01-15"));
    assert_eq!(carried("2026-01-15"), some.count());
}

#[test]
fn a_workbook_survives_json_unchanged_with_fields_it_does_not_know() {
    let mut workbook = planned();
    let context = at("2025-12-30T09:00:00");
    workbook.apply(open("2026-01", ""), &context).unwrap();
    workbook
        .apply(commit(1, EntropyChoice::Local), &context)
        .unwrap();
    workbook
        .apply(run(1, EntropyGiven::Local([1; 32])), &context)
        .unwrap();
    workbook.units[0].extra.insert("经度".into(), 115.37.into());
    workbook
        .extra
        .insert("later".into(), serde_json::json!({ "a": [1] }));
    let text = serde_json::to_string(&workbook).unwrap();
    let back: Workbook = serde_json::from_str(&text).unwrap();
    assert_eq!(back, workbook);
}

#[test]
fn neighbours_show_the_unit_and_the_cut_line_wherever_it_ranks() {
    use double_random::desk::list::Index;
    use double_random::desk::neighbours::Neighbour;
    use double_random::desk::unit_list::UnitView;
    use double_random::engine::draw::{WhyDrawn, explain};
    use double_random::model::Unit;

    let mut workbook = planned();
    let context = at("2025-12-31T09:00:00");
    workbook.apply(open("2026-01", ""), &context).unwrap();
    workbook
        .apply(commit(1, EntropyChoice::Local), &context)
        .unwrap();
    workbook
        .apply(run(1, EntropyGiven::Local([9; 32])), &context)
        .unwrap();
    let draw = workbook.last_drawn().unwrap();
    let seed = draw.drawn.as_ref().unwrap().result.seed;
    let mut drawn_count = 0;
    for unit in &workbook.units {
        let why = explain(&unit.draw_id(), &draw.sizes, &draw.register.snapshot, seed);
        let WhyDrawn::InPool(standing) = why else {
            panic!("nobody is excluded in a new register")
        };
        let lines = draw.neighbours(&unit.draw_id(), &standing);
        let cut = lines
            .iter()
            .position(|line| matches!(line, Neighbour::Cut { .. }));
        assert_eq!(cut.is_some(), standing.quota > 0);
        let mut last = 0;
        let mut own_count = 0;
        for (at, line) in lines.iter().enumerate() {
            let Neighbour::Candidate {
                rank,
                is_own,
                is_drawn,
                unit: other,
                ..
            } = line
            else {
                continue;
            };
            assert!(*rank > last, "ranks go up");
            last = *rank;
            assert_eq!(*is_drawn, cut.is_some_and(|cut| at < cut));
            assert_eq!(*is_own, *other == unit.draw_id());
            own_count += u32::from(*is_own);
        }
        assert_eq!(own_count, 1);
        assert!(lines.len() <= 12);
        drawn_count += u32::from(standing.drawn);
    }
    let index = Index::<Unit>::new(&workbook, context.now.date());
    assert_eq!(index.count(UnitView::Drawn as usize), drawn_count);
    assert!(drawn_count > 0);
}

#[test]
fn a_register_frozen_ahead_is_the_one_frozen_when_the_draw_opens() {
    let mut whole = planned();
    whole.units[4].salt = "盐\"".into();
    let mut ahead = whole.clone();
    let context = at("2025-12-30T09:00:00");
    let Action::OpenDraw(opening) = open("2026-01", "") else {
        unreachable!("it opens a draw");
    };
    let freeze = |book: &Workbook| {
        let today = context.now.date();
        let frozen = book.freeze_on(opening.month, opening.salt_seed, today, &AtOnce);
        at_once(frozen).unwrap()
    };
    let frozen = freeze(&ahead);
    let opened = Action::OpenFrozen(opening.clone(), Box::new(frozen.clone()));
    whole.apply(open("2026-01", ""), &context).unwrap();
    ahead.apply(opened, &context).unwrap();
    assert_eq!(ahead, whole);

    // What was frozen before a change, or for another draw, is refused.
    let mut other = planned();
    let frozen = freeze(&other);
    let mut later = opening.clone();
    later.month = "2026-02".parse().unwrap();
    later.reason = "测试".into();
    let action = Action::OpenFrozen(later, Box::new(frozen.clone()));
    refuses(&mut other, action, &context, &DrawError::Changed.into());
    let unit = other.units[0].clone();
    other
        .apply(Action::EditUnit(Box::new(unit)), &context)
        .unwrap();
    let action = Action::OpenFrozen(opening, Box::new(frozen));
    refuses(&mut other, action, &context, &DrawError::Changed.into());
}

/// A draw of January by a local number, committed; and when it was.
fn committed() -> (Workbook, Context) {
    let mut book = planned();
    let opened = at("2025-12-30T09:00:00");
    book.apply(open("2026-01", ""), &opened).unwrap();
    book.apply(commit(1, EntropyChoice::Local), &opened)
        .unwrap();
    (book, at("2025-12-30T09:30:00"))
}

fn enter(bytes: u8) -> Action {
    Action::EnterEntropy(RunDraw {
        number: 1,
        entropy: EntropyGiven::Local([bytes; 32]),
    })
}

fn laid(book: &Workbook) -> Action {
    let drawing = book.begin_laying(1).unwrap();
    Action::FinishDraw(Box::new(at_once(drawing.lay(&AtOnce))))
}

#[test]
fn numbers_are_recorded_before_days_and_teams_and_lead_to_the_same_draw() {
    let (mut whole, drawn) = committed();
    let mut stepped = whole.clone();
    whole
        .apply(run(1, EntropyGiven::Local([5; 32])), &drawn)
        .unwrap();
    stepped.apply(enter(5), &drawn).unwrap();
    assert_eq!(stepped.years[0].draws[0].step(), DrawStep::Numbered);
    assert_eq!(stepped.draw_to_lay(), Some(1));

    // The page is closed, and what it saved is opened again, by someone else, later.
    let saved = serde_json::to_string(&stepped).unwrap();
    let mut again: Workbook = serde_json::from_str(&saved).unwrap();
    assert_eq!(again, stepped);
    let later = Context {
        who: "别人".into(),
        ..at("2025-12-31T10:00:00")
    };
    let action = laid(&again);
    again.apply(action.clone(), &later).unwrap();
    assert_eq!(again.years[0].draws, whole.years[0].draws);
    assert_eq!(again.draw_to_lay(), None);

    // It is recorded once, and not for other numbers.
    let error = DrawError::Step { number: 1 }.into();
    refuses(&mut again, action.clone(), &later, &error);
    let (mut other, drawn) = committed();
    refuses(&mut other, action.clone(), &drawn, &error);
    other.apply(enter(6), &drawn).unwrap();
    refuses(&mut other, action, &drawn, &error);
}

#[test]
fn a_draw_with_numbers_can_only_be_finished() {
    let (mut book, drawn) = committed();
    book.apply(enter(5), &drawn).unwrap();
    let step = DrawError::Step { number: 1 }.into();
    refuses(&mut book, enter(6), &drawn, &step);
    let whole = run(1, EntropyGiven::Local([6; 32]));
    refuses(&mut book, whole, &drawn, &step);
    assert!(!book.years[0].draws[0].may_break_off(drawn.now));
    for nobody_revealed in [false, true] {
        let broken = Action::BreakOff(BreakOff {
            number: 1,
            reason: "重来".into(),
            approver: "鄢立群".into(),
            nobody_revealed,
        });
        let error = DrawError::MustBeFinished { number: 1 }.into();
        refuses(&mut book, broken, &drawn, &error);
    }
    let under_way = ActionError::DrawOpen { number: 1 };
    refuses(&mut book, open("2026-02", "试"), &drawn, &under_way);
    assert_eq!(
        book.next_month(date("2025-12-30")),
        "2026-01".parse().unwrap()
    );
    assert!(book.certificate(&book.years[0].draws[0]).is_none());
}

#[test]
fn a_workbook_takes_anothers_place_only_with_all_its_draws() {
    let (before, drawn) = committed();
    let (mut stored, mut stale, mut numbered) = (before.clone(), before.clone(), before.clone());
    stored
        .apply(run(1, EntropyGiven::Local([5; 32])), &drawn)
        .unwrap();
    stale
        .apply(run(1, EntropyGiven::Local([6; 32])), &drawn)
        .unwrap();
    numbered.apply(enter(5), &drawn).unwrap();
    let first = [DrawId::new(2026, 1)];
    assert_eq!(stored.draws_lost_by(&before), first, "an older backup");
    assert_eq!(stored.draws_lost_by(&stale), first, "a draw made again");
    assert_eq!(stored.draws_lost_by(&planned()), first, "no draw at all");
    assert_eq!(stored.draws_lost_by(&numbered), first, "its plan is made");
    assert_eq!(numbered.draws_lost_by(&before), first, "numbers count");
    assert_eq!(numbered.draws_lost_by(&stale), first);
    for (kept, coming) in [
        (&stored, &stored),
        (&before, &stored),
        (&before, &stale),
        (&numbered, &stored),
        (&planned(), &before),
    ] {
        assert!(kept.draws_lost_by(coming).is_empty());
    }
    let mut elsewhere = before.clone();
    elsewhere.id = "fedcba9876543210".into();
    assert!(
        stored.draws_lost_by(&elsewhere).is_empty(),
        "another brigade"
    );
    assert_eq!(stored.differences(&stale).entries, 1);

    // Where the other workbook is gone, what is known of its draws is said in the trail.
    let known: Vec<_> = stored.years[0].draws.iter().map(KnownDraw::from).collect();
    assert_eq!(before.draws_lost_of(&known), known);
    assert_eq!(stale.draws_lost_of(&known), known);
    assert!(stored.draws_lost_of(&known).is_empty());
    let mut older = before;
    older.apply(Action::OpenOlder(known), &drawn).unwrap();
    let entry = older.trail.last().unwrap();
    assert_eq!(
        (&*entry.action, &entry.detail["draws"][0]["number"]),
        ("open_older", &1.into())
    );
}
