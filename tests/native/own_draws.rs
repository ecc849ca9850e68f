//! Service institutions and engineers drawn from their registers: the year's share, the
//! ceremony, the team by lot, the entry of a check, and all that keeps a draw.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use double_random::engine::draw::{DrawGroup, WhyDrawn};
use double_random::engine::occasion::OwnRegister;
use double_random::exchange::json::read_stored;
use double_random::exchange::verification::verification_file;
use double_random::model::{
    Agency, AgencyId, CandidateId, Engineer, EngineerId, Finding, Officer, OfficerId, Unit, UnitId,
};
use double_random::papers::public_paper;
use double_random::store::parts::Cutter;
use double_random::store::{MemoryStorage, Stamp, Vault};
use double_random::workbook::bulletin::BulletinOf;
use double_random::workbook::kept::Kept as _;
use double_random::workbook::own_visit::{OwnMade, OwnState, OwnTeam, OwnVisitId};
use double_random::workbook::plan_change::{ClosedGround, Confirmation};
use double_random::workbook::refusal::{OwnRule, PlanRule};
use double_random::workbook::request::{
    BreakOff, CloseOwnVisit, Commit, CorrectOwnVisit, EntropyChoice, EntropyGiven, Keep, OpenDraw,
    OpenRegisterDraw, RecordOwnVisit, RegisterImport, RunDraw, TakeOut,
};
use double_random::workbook::taken_out::ArchiveFile;
use double_random::workbook::{
    Action, ActionError, Brigade, DrawError, DrawId, VERSION, Workbook, trail,
};

use crate::approval::approve;
use crate::desk::AtDesk;
use crate::publish::{forms, publishing};
use crate::python;

const AGENCIES: OwnRegister = OwnRegister::Agencies;
const ENGINEERS: OwnRegister = OwnRegister::Engineers;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Desk(Workbook);

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.0
    }
}

impl Desk {
    /// A year with twelve institutions, eleven engineers and five officers, January drawn.
    fn in_january() -> Self {
        let brigade = Brigade::new("南宫市消防救援大队");
        let mut desk = Self(Workbook::new("0123456789abcdef", brigade, 2026));
        let day = "2025-12-20T09:00:00";
        for number in 0..60 {
            let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
            unit.is_key = number % 3 == 0;
            desk.act(day, Action::AddUnit(Box::new(unit)));
        }
        for number in 0..5 {
            let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{number}"));
            officer.may_lead = number % 2 == 0;
            desk.act(day, Action::AddOfficer(Box::new(officer)));
        }
        for number in 0..12 {
            let agency = Agency::new(AgencyId::new("X").unwrap(), format!("机构{number}"));
            desk.act(day, Action::Agencies(Keep::AddAlike(Box::new(agency))));
        }
        for number in 0..11 {
            let engineer = Engineer::new(EngineerId::new("X").unwrap(), format!("工程师{number}"));
            desk.act(day, Action::Engineers(Keep::AddAlike(Box::new(engineer))));
        }
        let freeze = Action::FreezePlan {
            year: 2026,
            approver: "鄢立群".into(),
            reason: String::new(),
        };
        desk.act("2025-12-25T09:00:00", freeze);
        desk.month("2025-12-30", "2026-01");
        desk
    }

    fn month(&mut self, day: &str, month: &str) {
        let open = OpenDraw {
            month: month.parse().unwrap(),
            reason: "试".into(),
            salt_seed: [7; 32],
        };
        self.act(&format!("{day}T09:00:00"), Action::OpenDraw(open));
        self.finish(day);
    }

    fn open(register: OwnRegister, count: u32) -> Action {
        let year = 2026;
        Action::OpenRegisterDraw(OpenRegisterDraw {
            year,
            register,
            count,
        })
    }

    fn finish(&mut self, day: &str) {
        let number = self.0.open_draw_record().unwrap().number;
        let commit = Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "大队公示栏".into(),
        };
        self.act(&format!("{day}T10:00:00"), Action::Commit(commit));
        let entropy = EntropyGiven::Local([number as u8; 32]);
        let run = RunDraw { number, entropy };
        self.act(&format!("{day}T10:10:00"), Action::Draw(run));
    }

    /// Three institutions drawn on 12 January.
    fn drawn() -> Self {
        let mut desk = Self::in_january();
        desk.act("2026-01-12T09:00:00", Self::open(AGENCIES, 3));
        desk.finish("2026-01-12");
        desk
    }

    fn visits(&self) -> Vec<OwnVisitId> {
        let visits = self.0.own_visits(2026, AGENCIES);
        visits.map(|visit| visit.id.clone()).collect()
    }

    fn made(&self, id: &OwnVisitId, day: &str) -> OwnMade {
        OwnMade {
            date: date(day),
            team: self.0.own_visit(id).unwrap().team.clone().unwrap(),
            finding: Finding::Found,
            with_unit: None,
            note: String::new(),
        }
    }

    fn record(visit: &OwnVisitId, made: OwnMade) -> Action {
        let visit = visit.clone();
        Action::RecordOwnVisit(RecordOwnVisit { visit, made })
    }

    #[track_caller]
    fn refuses_check(&mut self, visit: &OwnVisitId, made: OwnMade, rule: OwnRule) {
        let id = visit.record.to_string();
        let error = DrawError::OwnVisit { id, rule };
        self.refuses("2026-02-20T09:00:00", Self::record(visit, made), error);
    }

    /// All draws prove themselves, chain and all, and come out of a file as they were.
    #[track_caller]
    fn assert_proved(&self) {
        self.0.check_sound().unwrap();
        assert_eq!(trail::first_break(&self.0.trail), None);
        let text = serde_json::to_string(&self.0).unwrap();
        assert_eq!(serde_json::from_str::<Workbook>(&text).unwrap(), self.0);
        // By what is published of it: after a draw broken off its record is part of that.
        for draw in self.0.draws().filter(|draw| draw.drawn.is_some()) {
            let file = verification_file(&self.0, draw).unwrap();
            let certificate = draw.drawn.as_ref().unwrap().certificate;
            assert_eq!(file.certificate.hash, certificate);
            let open = crate::packages::not_passed(&file);
            assert_eq!(open, [], "draw {}", draw.number);
        }
    }
}

/// A workbook in which institutions were drawn, and one of them checked.
pub fn checked_one() -> Workbook {
    let mut desk = Desk::drawn();
    let id = desk.visits().remove(0);
    let made = desk.made(&id, "2026-02-10");
    desk.act("2026-02-20T09:00:00", Desk::record(&id, made));
    desk.0
}

#[test]
fn a_register_goes_through_the_ceremony_of_every_draw() {
    let mut desk = Desk::in_january();
    let standing = desk.0.own_year(2026, AGENCIES);
    assert_eq!(
        (standing.members, standing.due, standing.lacking()),
        (12, 3, 3)
    );
    desk.act("2026-01-12T09:00:00", Desk::open(AGENCIES, 3));
    // It is under way, and the month waits for it; broken off, it keeps its number.
    let number = 2;
    desk.refuses(
        "2026-01-12T09:10:00",
        Desk::open(ENGINEERS, 1),
        ActionError::DrawOpen { number },
    );
    let broken = BreakOff {
        number,
        reason: "停电".into(),
        approver: "鄢立群".into(),
        nobody_revealed: false,
    };
    desk.act("2026-01-12T09:20:00", Action::BreakOff(broken));
    assert_eq!(desk.0.own_year(2026, AGENCIES).drawn, 0);
    desk.act("2026-01-12T09:30:00", Desk::open(AGENCIES, 3));
    desk.finish("2026-01-12");
    let draw = desk.0.draw(DrawId::new(2026, 3)).unwrap().clone();
    let drawn = draw.drawn.as_ref().unwrap();
    assert_eq!(drawn.result.groups[0].group, DrawGroup::Register);
    assert_eq!((drawn.result.groups[0].pool, drawn.names.len()), (12, 3));
    assert!(drawn.plan.visits.is_empty());
    // No unit has a visit of it, and no month is drawn by it.
    assert_eq!(desk.0.last_drawn().unwrap().number, 1);
    assert_eq!(desk.0.draws_of(draw.month).count(), 1);
    assert_eq!(desk.visits().len(), 3);
    // Each record can be told why.
    for id in AGENCIES.active(&desk.0) {
        let seed = drawn.result.seed;
        let why = draw
            .occasion
            .explain(&id, &draw.sizes, &draw.register.snapshot, seed);
        let WhyDrawn::InPool(standing) = why else {
            panic!("{why:?}");
        };
        let is_drawn = desk.visits().iter().any(|visit| visit.record == id);
        assert_eq!(standing.drawn, is_drawn);
    }
    // The year goes on beside it.
    desk.month("2026-01-30", "2026-02");
    assert_eq!(desk.0.last_drawn().unwrap().number, 4);
    let changes = desk.0.changes_of(desk.0.last_drawn().unwrap()).unwrap();
    assert_eq!((changes.since_number, changes.list.len() < 60), (1, true));
    desk.act("2026-01-31T09:00:00", Desk::open(ENGINEERS, 2));
    desk.finish("2026-01-31");
    desk.month("2026-02-27", "2026-03");
    desk.assert_proved();
}

#[test]
fn the_share_is_drawn_once_and_nobody_twice() {
    let mut desk = Desk::in_january();
    let day = "2026-01-12T09:00:00";
    desk.refuses(
        day,
        Desk::open(AGENCIES, 4),
        DrawError::OwnCount { lacking: 3 },
    );
    desk.refuses(
        day,
        Desk::open(AGENCIES, 0),
        DrawError::OwnCount { lacking: 3 },
    );
    desk.act(day, Desk::open(AGENCIES, 2));
    desk.finish("2026-01-12");
    desk.act("2026-03-12T09:00:00", Desk::open(AGENCIES, 1));
    desk.finish("2026-03-12");
    let drawn: BTreeSet<CandidateId> = desk.visits().into_iter().map(|id| id.record).collect();
    assert_eq!(drawn.len(), 3);
    let again = "2026-03-13T09:00:00";
    desk.refuses(again, Desk::open(AGENCIES, 1), DrawError::OwnShareDrawn);
    // One that leaves unchecked is void, and the next draw makes it up.
    let gone = desk.visits()[0].record.to_string();
    let retire = Keep::Retire {
        id: gone,
        since: date("2026-03-13"),
        reason: "注销".into(),
        approver: "鄢立群".into(),
    };
    desk.act(again, Action::Agencies(retire));
    let first = desk.0.own_visits(2026, AGENCIES).next().unwrap();
    assert_eq!(desk.0.own_state(first), OwnState::Void);
    assert_eq!(desk.0.own_year(2026, AGENCIES).lacking(), 1);
    desk.act("2026-03-14T09:00:00", Desk::open(AGENCIES, 1));
    desk.finish("2026-03-14");
    assert_eq!(desk.visits().len(), 4);
    desk.assert_proved();
    let year = Action::OpenRegisterDraw(OpenRegisterDraw {
        year: 2026,
        register: AGENCIES,
        count: 1,
    });
    assert!(desk.attempt("2027-01-04T09:00:00", year).is_err());
}

#[test]
fn the_next_of_the_reserve_steps_in_for_one_that_proved_closed() {
    let mut desk = Desk::drawn();
    let id = desk.visits()[0].clone();
    let team = desk.0.own_visit(&id).unwrap().team.clone().unwrap();
    let now = "2026-02-02T09:00:00";
    let others = desk.0.officers.iter().map(|it| it.id.clone());
    let others = others.filter(|it| *it != team.lead && *it != team.member);
    let pair: [OfficerId; 2] = others.take(2).collect::<Vec<_>>().try_into().unwrap();
    let on = date("2026-02-01");
    let request = |visit: &OwnVisitId, confirmed: Confirmation| CloseOwnVisit {
        visit: visit.clone(),
        ground: ClosedGround::Closed,
        evidence: "门已拆除，电话停机".into(),
        confirmed,
        approver: "鄢立群".into(),
    };
    let by_pair = |officers: [OfficerId; 2]| Confirmation::Pair { officers, on };
    // Who was to go does not confirm it, and nothing gives way without proof.
    let own = [team.lead.clone(), pair[0].clone()];
    let name = desk.0.officer(&team.lead).unwrap().name.clone();
    let rule = OwnRule::Closing(PlanRule::OwnTeam { name });
    let record = id.record.to_string();
    let error = DrawError::OwnVisit { id: record, rule };
    let close = |request| Action::CloseOwnVisit(request);
    desk.refuses(now, close(request(&id, by_pair(own))), error);
    let mut bare = request(&id, by_pair(pair.clone()));
    bare.evidence = " ".into();
    desk.refuses(now, close(bare), ActionError::NoReason);

    // The first of the reserve is out of use by now, so the second steps in.
    let (first, reserve) = desk
        .0
        .own_reserve_of(desk.0.own_visit(&id).unwrap())
        .unwrap();
    assert_eq!((first, reserve.len()), (4, 9));
    let retire = Keep::Retire {
        id: reserve[0].to_string(),
        since: date("2026-01-20"),
        reason: "注销".into(),
        approver: "鄢立群".into(),
    };
    desk.act("2026-02-01T09:00:00", Action::Agencies(retire));
    desk.act(now, close(request(&id, by_pair(pair.clone()))));
    let closed = desk.0.own_visit(&id).unwrap().closed.clone().unwrap();
    assert_eq!(closed.replaced_by.as_ref(), Some(&reserve[1]));
    assert_eq!(closed.passed_over, reserve[..1]);
    let next = OwnVisitId {
        draw: id.draw,
        record: reserve[1].clone(),
    };
    let stepped = desk.0.own_visit(&next).unwrap();
    assert_eq!(
        stepped.team.as_ref(),
        Some(&team),
        "nobody chooses who goes"
    );
    assert_eq!(stepped.steps_in.as_ref().unwrap().rank, 5);
    let gone = Agency::find(&desk.0, id.record.as_str()).unwrap();
    assert!(!gone.status.is_active());
    let standing = desk.0.own_year(2026, AGENCIES);
    assert_eq!((standing.drawn, standing.lacking()), (3, 0));
    desk.assert_proved();

    // The one that stepped in may prove closed too; the chain goes on, and stays void.
    let record = Confirmation::Record {
        record: "注销登记".into(),
        on,
    };
    desk.act(now, close(request(&next, record.clone())));
    let second = desk.0.own_visit(&next).unwrap().closed.clone().unwrap();
    assert_eq!(second.replaced_by.as_ref(), Some(&reserve[2]));
    let restore = Keep::Restore {
        id: id.record.to_string(),
        reason: "重新开业".into(),
        approver: "鄢立群".into(),
    };
    desk.act("2026-02-03T09:00:00", Action::Agencies(restore));
    assert_eq!(
        desk.0.own_state(desk.0.own_visit(&id).unwrap()),
        OwnState::Void
    );
    desk.assert_proved();

    // A file that names another one is refused.
    let mut forged = desk.0.clone();
    let at = forged.years[0]
        .own_visits
        .iter()
        .position(|it| it.id == id)
        .unwrap();
    let visit = &mut forged.years[0].own_visits[at];
    visit.closed.as_mut().unwrap().passed_over.clear();
    assert!(forged.check_sound().is_err());
}

/// Where nobody of the reserve is left, the record says so.
#[test]
fn an_empty_reserve_is_said() {
    let mut desk = Desk::drawn();
    let id = desk.visits()[0].clone();
    let (_, reserve) = desk
        .0
        .own_reserve_of(desk.0.own_visit(&id).unwrap())
        .unwrap();
    for other in &reserve {
        let retire = Keep::Retire {
            id: other.to_string(),
            since: date("2026-01-20"),
            reason: "注销".into(),
            approver: "鄢立群".into(),
        };
        desk.act("2026-02-01T09:00:00", Action::Agencies(retire));
    }
    let close = CloseOwnVisit {
        visit: id.clone(),
        ground: ClosedGround::Closed,
        evidence: "注销".into(),
        confirmed: Confirmation::Record {
            record: "注销登记".into(),
            on: date("2026-02-01"),
        },
        approver: "鄢立群".into(),
    };
    desk.act("2026-02-02T09:00:00", Action::CloseOwnVisit(close.clone()));
    let closed = desk.0.own_visit(&id).unwrap().closed.clone().unwrap();
    assert_eq!((closed.replaced_by, closed.reserve), (None, 9));
    let rule = OwnRule::Closing(PlanRule::NotPending);
    let record = id.record.to_string();
    let error = DrawError::OwnVisit { id: record, rule };
    desk.refuses("2026-02-02T09:10:00", Action::CloseOwnVisit(close), error);
    desk.assert_proved();
}

#[test]
fn teams_are_drawn_evenly_and_follow_from_the_record() {
    let mut desk = Desk::in_january();
    desk.act("2026-01-12T09:00:00", Desk::open(ENGINEERS, 3));
    desk.finish("2026-01-12");
    let draw = desk.0.draw(DrawId::new(2026, 2)).unwrap();
    let teams = desk.0.own_teams(draw);
    let kept = desk.0.own_visits(2026, ENGINEERS);
    assert!(
        kept.into_iter()
            .all(|visit| visit.team.as_ref() == teams.get(&visit.id.record))
    );
    let officers = || teams.values().flat_map(|team| [&team.lead, &team.member]);
    assert_eq!(officers().count(), 6);
    // Six places for five officers: nobody goes three times.
    for officer in officers() {
        assert!(officers().filter(|other| *other == officer).count() <= 2);
    }
    assert!(
        teams
            .values()
            .all(|team| team.lead != team.member && desk.0.officer(&team.lead).unwrap().may_lead)
    );
}

#[test]
fn a_check_is_entered_by_the_rules_and_corrected_with_a_reason() {
    let mut desk = Desk::drawn();
    let id = desk.visits()[0].clone();
    let right = desk.made(&id, "2026-02-10");
    let on = |day: &str| OwnMade {
        date: date(day),
        ..right.clone()
    };
    desk.refuses_check(&id, on("2027-01-10"), OwnRule::OtherYear { year: 2026 });
    let today = date("2026-02-20");
    desk.refuses_check(&id, on("2026-02-21"), OwnRule::Future { today });
    let drawn_on = date("2026-01-12");
    desk.refuses_check(&id, on("2026-01-11"), OwnRule::BeforeDraw { drawn_on });
    let team = |lead: &OfficerId, member: &OfficerId| OwnMade {
        team: OwnTeam {
            lead: lead.clone(),
            member: member.clone(),
        },
        ..right.clone()
    };
    let [first, second, third] = ["P01", "P02", "P03"].map(|id| OfficerId::new(id).unwrap());
    desk.refuses_check(&id, team(&first, &first), OwnRule::OneOfficer);
    let officer = second.clone();
    desk.refuses_check(&id, team(&second, &first), OwnRule::NoLead { officer });
    let other = if right.team == team(&first, &second).team {
        team(&third, &second)
    } else {
        team(&first, &second)
    };
    desk.refuses_check(&id, other.clone(), OwnRule::OtherTeam);
    let unit = UnitId::new("U-00001").unwrap();
    let along = OwnMade {
        with_unit: Some(unit.clone()),
        ..right.clone()
    };
    desk.refuses_check(&id, along, OwnRule::NoUnitVisit { unit });

    let now = "2026-02-20T09:00:00";
    desk.act(now, Desk::record(&id, right.clone()));
    assert_eq!(desk.0.own_year(2026, AGENCIES).made, 1);
    let again = DrawError::NoOwnVisit {
        id: id.record.to_string(),
    };
    desk.refuses(now, Desk::record(&id, right.clone()), again);
    let correct = |made, reason: &str| {
        Action::CorrectOwnVisit(CorrectOwnVisit {
            visit: id.clone(),
            made,
            reason: reason.into(),
        })
    };
    desk.refuses(now, correct(None, " "), ActionError::NoReason);
    let mended = OwnMade {
        note: "原定人员请假".into(),
        ..other
    };
    desk.act(now, correct(Some(mended.clone()), "人员记错"));
    let visit = desk.0.own_visit(&id).unwrap();
    assert_eq!(
        (visit.made.as_ref(), visit.changes.len()),
        (Some(&mended), 1)
    );
    desk.act(now, correct(None, "没有查"));
    assert_eq!(desk.0.own_year(2026, AGENCIES).made, 0);
    desk.assert_proved();
}

#[test]
fn one_is_checked_along_with_a_unit_that_was_visited() {
    let mut desk = Desk::drawn();
    let id = desk.visits()[0].clone();
    let (unit, planned) = {
        let draw = desk.0.last_drawn().unwrap();
        let (unit, visit) = draw
            .drawn
            .as_ref()
            .unwrap()
            .plan
            .visits
            .first_key_value()
            .unwrap();
        (desk.0.register_id(unit), visit.clone())
    };
    let visit = Action::RecordVisit {
        unit: unit.clone(),
        date: date("2026-01-28"),
        finding: Finding::None,
    };
    approve(&mut desk.0);
    desk.act("2026-01-28T17:00:00", visit);
    let (day, team) = desk.0.visit_made_to(&unit).unwrap();
    assert_eq!(day, date("2026-01-28"));
    assert_eq!((&team.lead, &team.member), (&planned.lead, &planned.member));
    let made = OwnMade {
        date: day,
        team,
        finding: Finding::None,
        with_unit: Some(unit),
        note: String::new(),
    };
    desk.act("2026-01-29T09:00:00", Desk::record(&id, made));
    assert_eq!(desk.0.own_year(2026, AGENCIES).made, 1);
    desk.assert_proved();
}

#[test]
fn what_is_drawn_stays_in_its_register_and_through_the_years() {
    let mut desk = Desk::drawn();
    // A list that leaves a drawn one out may not take it away.
    let drawn = desk.visits()[0].record.to_string();
    let rows = desk.0.agencies.iter().filter(|it| it.id.as_str() != drawn);
    let import = RegisterImport {
        rows: rows.cloned().collect(),
        file_name: "a.json".into(),
        is_replacement: true,
        withdrawal: None,
    };
    let error = ActionError::Referenced { id: drawn.clone() };
    desk.refuses(
        "2026-02-01T09:00:00",
        Action::Agencies(Keep::Import(import)),
        error,
    );
    // A file that forges a check is refused.
    let mut forged = desk.0.clone();
    forged.years[0].own_visits[0].id.record = CandidateId::new("AG-00099").unwrap();
    assert!(forged.check_sound().is_err());

    desk.act("2026-11-03T09:00:00", Action::StartYear { year: 2027 });
    let freeze = Action::FreezePlan {
        year: 2027,
        approver: "鄢立群".into(),
        reason: String::new(),
    };
    desk.act("2026-12-01T09:00:00", freeze);
    desk.month("2026-12-30", "2027-01");
    let close = Action::CloseYear {
        year: 2026,
        approver: "鄢立群".into(),
        note: "底线没有守住".into(),
    };
    desk.act("2027-01-04T09:00:00", close);
    let open = Action::OpenRegisterDraw(OpenRegisterDraw {
        year: 2027,
        register: AGENCIES,
        count: 2,
    });
    desk.act("2027-01-05T09:00:00", open);
    desk.finish("2027-01-05");
    desk.month("2027-01-28", "2027-02");
    let take_out = Action::TakeOutYears(TakeOut {
        upto_year: 2026,
        archive: Some(ArchiveFile {
            name: "a.json".into(),
            hash: desk
                .0
                .last_drawn()
                .unwrap()
                .drawn
                .as_ref()
                .unwrap()
                .certificate,
        }),
        reason: "已归档".into(),
        approver: "鄢立群".into(),
    });
    desk.act("2027-02-01T09:00:00", take_out);
    assert!(desk.0.is_own_referenced(AGENCIES, &drawn));
    desk.0.check_sound().unwrap();
    for draw in desk.0.draws().filter(|draw| draw.drawn.is_some()) {
        let certificate = desk.0.certificate(draw).unwrap();
        assert_eq!(certificate.hash, draw.drawn.as_ref().unwrap().certificate);
    }
}

#[test]
fn the_stand_alone_verifier_agrees() {
    let desk = Desk::drawn();
    let draw = desk.0.draw(DrawId::new(2026, 2)).unwrap();
    let file = verification_file(&desk.0, draw).unwrap();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-draw.json");
    std::fs::write(&path, file.to_text()).unwrap();
    let Some(output) = python::python("tests/verifier/verify.py", &[&path]) else {
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    assert!(!text.contains("OPEN") && !text.contains("FAIL"), "{text}");
}

#[test]
fn the_store_keeps_checks_in_parts_and_gives_them_back() {
    let mut desk = Desk::drawn();
    let at = "2026-02-20T09:00:00".parse().unwrap();
    let stamp = Stamp {
        at,
        version: VERSION,
        units_count: 60,
    };
    let (mut vault, mut cutter) = (Vault::new(MemoryStorage::new(), VERSION), Cutter::default());
    let known = vault.parts_known().unwrap();
    let whole = vault.save(&cutter.cut(&desk.0, known), &stamp).unwrap();
    let id = desk.visits()[0].clone();
    let made = desk.made(&id, "2026-02-10");
    desk.act("2026-02-20T09:00:00", Desk::record(&id, made));
    let known = vault.parts_known().unwrap();
    let entry = vault.save(&cutter.cut(&desk.0, known), &stamp).unwrap();
    assert!(entry.units < whole.units, "{entry:?} {whole:?}");
    let loaded = vault
        .load(|text: &str| read_stored(text).map(|file| file.workbook))
        .unwrap()
        .loaded
        .unwrap();
    assert_eq!(loaded.value, desk.0);
}

#[test]
fn whoever_is_away_is_stood_in_for_by_the_next_on_the_list() {
    let mut desk = Desk::drawn();
    let id = desk.visits()[0].clone();
    let visit = desk.0.own_visit(&id).unwrap().clone();
    let by_lot = visit.team.clone().unwrap();
    let mut officer = desk.0.officer(&by_lot.lead).unwrap().clone();
    let absence = r#"{"from":"2026-02-10","to":"2026-02-10","reason":"病","approver":"鄢立群"}"#;
    officer
        .absences
        .push(serde_json::from_str(absence).unwrap());
    desk.act(
        "2026-02-09T09:00:00",
        Action::EditOfficer(Box::new(officer)),
    );
    let stand_in = desk.0.own_team_on(&visit, date("2026-02-10")).unwrap();
    assert_ne!(stand_in.lead, by_lot.lead);
    assert_eq!(stand_in.member, by_lot.member);
    assert!(desk.0.officer(&stand_in.lead).unwrap().may_lead);
    assert_eq!(
        desk.0.own_team_on(&visit, date("2026-02-11")),
        Some(by_lot.clone())
    );
    let made = desk.made(&id, "2026-02-10");
    let officer = by_lot.lead;
    desk.refuses_check(&id, made.clone(), OwnRule::NotPresent { officer });
    let team = stand_in;
    desk.act(
        "2026-02-20T09:00:00",
        Desk::record(&id, OwnMade { team, ..made }),
    );
    desk.assert_proved();
}

#[test]
fn what_was_drawn_and_found_is_published_with_persons_masked() {
    let mut desk = Desk::drawn();
    desk.act("2026-01-12T11:00:00", Desk::open(ENGINEERS, 2));
    desk.finish("2026-01-12");
    let today = date("2026-01-13");
    for number in [2, 3] {
        let (plan, results) = (BulletinOf::Plan(number), BulletinOf::Results(number));
        let state = desk.0.bulletin_state(2026, plan, today).unwrap();
        let within_term = desk.0.publish_by(date("2026-01-12"));
        assert_eq!((state.due, state.waiting), (Some(within_term), 1));
        let publish = publishing(&desk.0, plan, "2026-01-13", "");
        assert_eq!(publish.rows, publish_count(number));
        desk.act("2026-01-13T09:00:00", Action::PublishBulletin(publish));
        let state = desk.0.bulletin_state(2026, plan, today).unwrap();
        assert_eq!((state.due, state.public), (None, 1));
        let state = desk.0.bulletin_state(2026, results, today).unwrap();
        assert_eq!((state.waiting, state.to_come), (0, publish_count(number)));
    }
    let id = desk.visits()[0].clone();
    let made = desk.made(&id, "2026-01-14");
    desk.act("2026-01-14T17:00:00", Desk::record(&id, made));
    let (of, today) = (BulletinOf::Results(2), date("2026-01-15"));
    let state = desk.0.bulletin_state(2026, of, today).unwrap();
    let due = desk.0.publish_by(date("2026-01-14"));
    assert_eq!((state.waiting, state.to_come, state.due), (1, 2, Some(due)));
    let publish = publishing(&desk.0, of, "2026-01-15", "");
    desk.act("2026-01-15T09:00:00", Action::PublishBulletin(publish));
    let state = desk.0.bulletin_state(2026, of, today).unwrap();
    assert_eq!((state.waiting, state.public, state.due), (0, 1, None));
    let told = &desk.0.years[0].bulletins.last().unwrap().own;
    assert_eq!(told.as_slice(), std::slice::from_ref(&id));
    // A correction of what was found is to be published once more.
    let mut right = desk.made(&id, "2026-01-14");
    right.finding = Finding::None;
    let correct = Action::CorrectOwnVisit(CorrectOwnVisit {
        visit: id,
        made: Some(right),
        reason: "登记错了".into(),
    });
    desk.act("2026-01-16T09:00:00", correct);
    let state = desk.0.bulletin_state(2026, of, date("2026-01-16")).unwrap();
    assert_eq!((state.waiting, state.is_correction()), (1, false));
    desk.assert_proved();

    let engineers: Vec<String> = desk.0.engineers.iter().map(|it| it.name.clone()).collect();
    let officers: Vec<String> = desk.0.officers.iter().map(|it| it.name.clone()).collect();
    for of in [
        BulletinOf::Plan(2),
        BulletinOf::Results(2),
        BulletinOf::Plan(3),
    ] {
        let paper = public_paper(&desk.0, 2026, of, today).unwrap().paper;
        for (form, text) in forms(&paper) {
            for name in engineers.iter().chain(&officers) {
                assert!(
                    !text.contains(name.as_str()),
                    "{of:?} as {form} holds {name}"
                );
            }
        }
    }
    let draws = public_paper(&desk.0, 2026, BulletinOf::Draws, today).unwrap();
    let counts: Vec<String> = draws
        .paper
        .rows
        .iter()
        .map(|row| row.cells[6].shown())
        .collect();
    assert_eq!(counts[1..], ["3", "2"]);
}

/// How many a draw of the test above drew.
const fn publish_count(number: u32) -> u32 {
    if number == 2 { 3 } else { 2 }
}
