//! What the trail's entries say, and which of them touch a record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use double_random::desk::history::RecordName;
use double_random::engine::calendar::YearDays;
use double_random::engine::campaign::CampaignSize;
use double_random::engine::lottery::sha256;
use double_random::engine::month::PlannedVisit;
use double_random::engine::occasion::OwnRegister;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::json::{self, Content};
use double_random::i18n::Lang;
use double_random::model::officer::AbsenceKind;
use double_random::model::{
    Agency, AgencyId, Avoidance, Engineer, EngineerId, Finding, InspectionItem, Officer, OfficerId,
    RiskTier, Stratum, Unit, UnitId,
};
use double_random::workbook::bulletin::BulletinOf;
use double_random::workbook::campaign::{CampaignKind, CampaignPlan};
use double_random::workbook::check_signing::CheckStep;
use double_random::workbook::draw::KnownDraw;
use double_random::workbook::event::{Event, EventKind};
use double_random::workbook::kept::{Keep, Kept};
use double_random::workbook::many::{EditMany, HowMany, Many};
use double_random::workbook::other_visit::{OtherKind, OtherVisit};
use double_random::workbook::own_visit::{OwnMade, OwnTeam};
use double_random::workbook::plan_change::{ClosedGround, Confirmation};
use double_random::workbook::plan_desk::PlanDesk;
use double_random::workbook::publishing::Publish;
use double_random::workbook::request::{
    BreakOff, ChangePlan, CloseOwnVisit, CloseVisit, Commit, CorrectOwnVisit, CorrectVisit,
    EnterRecheck, EnterResult, EntropyChoice, EntropyGiven, ImportResults, NotifyVisits,
    OpenCampaign, OpenDraw, OpenRegisterDraw, OpenSupplementary, PutPapers, RecordOwnVisit,
    RegisterImport, RetireUnits, ReviewResults, RunDraw, StandIn, TakeOut, VisitEntry,
    WithdrawCampaign, Withhold,
};
use double_random::workbook::runs::Runs;
use double_random::workbook::self_check::CheckKind;
use double_random::workbook::taken_out::ArchiveFile;
use double_random::workbook::upkeep::{Comparison, Differing, RowName, UpkeepStep};
use double_random::workbook::visit_record::{
    Disposal, ItemFinding, ItemRecheck, Measure, NoScan, Notice, Outcome, Paper, PaperKind,
    Recheck, Scan, VisitRecord,
};
use double_random::workbook::{Action, Brigade, Context, VisitId, VisitMade, Workbook, trail};
use serde_json::json;

use crate::approval::approve;
use crate::desk::plain_record;

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

/// Every entry is of a known kind, comes out as it came, and the chain holds.
#[track_caller]
fn assert_known(book: &Workbook) {
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
fn every_entry_of_the_first_version_is_known_and_comes_out_as_it_came() {
    let book = book();
    assert!(book.trail.len() > 100);
    assert_known(&book);
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

/// A brigade that does everything that can be done, once.
struct Desk(Workbook);

impl Desk {
    #[track_caller]
    fn act(&mut self, now: &str, action: Action) {
        let now: NaiveDateTime = format!("{now}:00").parse().unwrap();
        let who = "沙维新".into();
        self.0.apply(action, &Context { now, who }).unwrap();
    }

    fn add_units(&mut self, now: &str, numbers: std::ops::Range<usize>) {
        for number in numbers {
            let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
            unit.is_key = number % 3 == 0;
            unit.is_densely_populated = number % 6 == 0;
            self.act(now, Action::AddUnit(Box::new(unit)));
        }
    }

    fn commit(&mut self, now: &str) {
        let number = self.0.open_draw_record().unwrap().number;
        let commit = Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "大队公示栏".into(),
        };
        self.act(now, Action::Commit(commit));
    }

    fn break_off(&mut self, now: &str) {
        let broken = BreakOff {
            number: self.0.open_draw_record().unwrap().number,
            reason: "名录有误".into(),
            approver: "鄢立群".into(),
            nobody_revealed: false,
        };
        self.act(now, Action::BreakOff(broken));
    }

    fn import<T: Clone>(rows: &[T]) -> RegisterImport<T> {
        RegisterImport {
            is_replacement: false,
            rows: rows.to_vec(),
            file_name: "名录.json".into(),
            withdrawal: None,
        }
    }

    /// All that is done to a register that is kept as others are.
    fn keep<T: Kept>(&mut self, now: &str, record: T) {
        let add = T::action(Keep::Add(Box::new(record)));
        self.act(now, add);
        let record = T::all(&self.0)[0].clone();
        let id = record.id().to_string();
        let (reason, approver) = (String::from("核对"), String::from("鄢立群"));
        self.act(now, T::action(Keep::Edit(Box::new(record.clone()))));
        let retire = Keep::Retire {
            id: id.clone(),
            since: "2025-12-01".parse().unwrap(),
            reason: reason.clone(),
            approver: approver.clone(),
        };
        self.act(now, T::action(retire));
        let restore = Keep::Restore {
            id,
            reason,
            approver,
        };
        self.act(now, T::action(restore));
        let rows = T::all(&self.0).to_vec();
        self.act(now, T::action(Keep::Import(Self::import(&rows))));
    }

    /// Registers, and what is done to one unit and one officer of them.
    fn registers() -> Self {
        let brigade = Brigade::new("南宫市消防救援大队");
        let mut desk = Self(Workbook::new("0123456789abcdef", brigade, 2026));
        let day = "2025-12-20T09:00";
        let mut brigade = desk.0.brigade.clone();
        brigade.operator = "沙维新".into();
        desk.act(day, Action::EditBrigade(Box::new(brigade)));
        desk.add_units(day, 0..60);
        for number in 0..6 {
            let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{number}"));
            officer.may_lead = number % 2 == 0;
            desk.act(day, Action::AddOfficer(Box::new(officer)));
        }
        let id = UnitId::new("U-00002").unwrap();
        let mut unit = desk.0.unit(&id).unwrap().clone();
        unit.risk = RiskTier::Red;
        desk.act(day, Action::EditUnit(Box::new(unit)));
        let (reason, approver) = (String::from("查实"), String::from("鄢立群"));
        let retire = Action::RetireUnit {
            id: id.clone(),
            since: "2025-12-01".parse().unwrap(),
            reason: reason.clone(),
            approver: approver.clone(),
        };
        desk.act(day, retire);
        let restore = Action::RestoreUnit {
            id: id.clone(),
            reason: reason.clone(),
        };
        desk.act(day, restore);
        let withhold = Withhold {
            id: id.clone(),
            reason: reason.clone(),
            approver: approver.clone(),
            random: [7; 10],
        };
        desk.act(day, Action::Withhold(withhold));
        desk.act(day, Action::PublishUnit { id: id.clone() });
        let mut officer = desk.0.officers[1].clone();
        officer.avoidances.push(Avoidance {
            approver: approver.clone(),
            ..Avoidance::new(id, "亲属")
        });
        let (own, reason, approver) = (officer.id.clone(), reason, approver);
        desk.act(day, Action::EditOfficer(Box::new(officer)));
        let leaves = Action::OfficerLeaves {
            id: own.clone(),
            reason: reason.clone(),
            approver: approver.clone(),
        };
        desk.act(day, leaves);
        let returns = Action::OfficerReturns {
            id: own,
            reason,
            approver,
        };
        desk.act(day, returns);
        desk
    }

    /// The list of items, files, plan and calendar.
    fn planned() -> Self {
        let (mut desk, day) = (Self::registers(), "2025-12-24T09:00");
        for (id, name) in [("1", "消防许可"), ("2", "制度落实"), ("2", "制度的落实")] {
            let item = json!({ "id": id, "name": name });
            let item: InspectionItem = serde_json::from_value(item).unwrap();
            desk.act(day, Action::PutItem(Box::new(item)));
        }
        let id = String::from("2");
        let to_front = Action::MoveItem {
            id: id.clone(),
            to: 0,
        };
        desk.act(day, to_front);
        let item = Box::new(desk.0.items[0].clone());
        let remove = Action::RemoveItem {
            id,
            reason: "清单调整".into(),
            approver: "鄢立群".into(),
        };
        desk.act(day, remove);
        desk.act(day, Action::RestoreItem { item, at: 0 });
        let mut units = desk.0.units.to_vec();
        units[1].risk = RiskTier::Yellow;
        units[2].phone = "0319-5550000".into();
        desk.act(day, Action::ImportUnits(Self::import(&units)));
        let mut officers = desk.0.officers.clone();
        officers[2].may_lead = false;
        desk.act(day, Action::ImportOfficers(Self::import(&officers)));
        let mut value = desk.0.officers[0].clone();
        value.office = "监督管理科".into();
        let edit = EditMany {
            ids: Arc::new([value.id.to_string()].into()),
            field: "office",
            value: Box::new(value),
            how: HowMany::Set,
            reason: String::new(),
        };
        desk.act(day, Officer::many(edit));
        let items = desk.0.items.clone();
        desk.act(day, Action::ImportItems(Self::import(&items)));
        let issue = Action::IssueItems {
            since: "2026-01-01".parse().unwrap(),
            reason: String::new(),
            approver: "鄢立群".into(),
        };
        desk.act(day, issue);
        desk.keep(
            day,
            Agency::new(AgencyId::new("X").unwrap(), "消防检测公司"),
        );
        desk.keep(day, Engineer::new(EngineerId::new("X").unwrap(), "闻砚舟"));
        let days = YearDays {
            off: ["2027-02-08".parse().unwrap()].into(),
            work: ["2027-02-13".parse().unwrap()].into(),
        };
        desk.act(day, Action::ImportHolidays(BTreeMap::from([(2027, days)])));
        let mut plan = desk.0.years[0].draft.clone();
        plan.design.per_day += 1;
        desk.act(day, Action::EditPlan(Box::new(plan)));
        let freeze = Action::FreezePlan {
            year: 2026,
            approver: "鄢立群".into(),
            reason: String::new(),
        };
        desk.act(day, freeze);
        let stored_at = "2025-12-24T08:00:00".parse().unwrap();
        desk.act(day, Action::StandOver(stored_at));
        let known = KnownDraw {
            year: None,
            number: 9,
            commitment: None,
            certificate: None,
        };
        desk.act(day, Action::OpenOlder(vec![known]));
        desk
    }

    fn open(&mut self, now: &str, month: &str) {
        let open = OpenDraw {
            month: month.parse().unwrap(),
            reason: "演练".into(),
            salt_seed: [7; 32],
        };
        self.act(now, Action::OpenDraw(open));
    }

    /// A draw broken off, one that stands, and its visits.
    fn drawn() -> Self {
        let mut desk = Self::planned();
        desk.open("2025-12-29T09:00", "2026-01");
        desk.break_off("2025-12-29T09:10");
        desk.open("2025-12-30T09:00", "2026-01");
        desk.commit("2025-12-30T10:00");
        let number = desk.0.open_draw_record().unwrap().number;
        let entropy = EntropyGiven::Local([1; 32]);
        let run = RunDraw { number, entropy };
        desk.act("2025-12-30T10:10", Action::EnterEntropy(run));
        let laying = desk.0.begin_laying(number).unwrap();
        let laid = at_once(laying.lay(&AtOnce));
        desk.act("2025-12-30T10:11", Action::FinishDraw(Box::new(laid)));
        approve(&mut desk.0);
        desk.change_plans();
        let visits = desk.0.years[0].visits.iter();
        let visits = visits.filter(|visit| desk.0.is_pending(visit));
        let visits: Vec<_> = visits.cloned().collect();
        let made = VisitMade {
            date: "2026-01-28".parse().unwrap(),
            finding: Finding::None,
        };
        let record = Action::RecordVisit {
            unit: visits[0].id.unit.clone(),
            date: made.date,
            finding: made.finding,
        };
        desk.act("2026-01-28T17:00", record);
        let entries = visits[1..3].iter().map(|visit| VisitEntry {
            unit: visit.id.unit.clone(),
            made,
        });
        let record = Action::RecordVisits(entries.collect());
        desk.act("2026-01-28T17:10", record);
        let correct = CorrectVisit {
            visit: visits[0].id.clone(),
            made: Some(VisitMade {
                finding: Finding::Found,
                ..made
            }),
            reason: "抄错".into(),
        };
        desk.act("2026-01-28T17:20", Action::CorrectVisit(correct));
        desk.enter_results(&visits[1].id);
        desk.import_result(&visits[2].id);
        desk
    }

    /// A result comes in from a file: the record of the visit before it, of this one's team.
    fn import_result(&mut self, id: &VisitId) {
        let visit = self.0.visit(id).unwrap().clone();
        let planned = self.0.planned_of(&visit).unwrap();
        let (lead, member) = (planned.lead.clone(), planned.member.clone());
        let known = self.0.visits().find_map(|visit| visit.record());
        let known = known.unwrap().clone();
        let record = VisitRecord {
            team: OwnTeam { lead, member },
            team_why: String::new(),
            outcome: Outcome::NoProblem,
            findings: Vec::new(),
            disposals: vec![Disposal::None],
            ..known
        };
        let result = EnterResult {
            visit: id.clone(),
            date: visit.made.unwrap().date,
            record,
            why: String::new(),
        };
        let import = ImportResults {
            file_name: "结果.xlsx".into(),
            fingerprint: "ab12".into(),
            results: vec![result],
        };
        self.act("2026-01-28T18:50", Action::ImportResults(Box::new(import)));
    }

    /// A visit moves, an officer falls ill, a unit proves closed.
    fn change_plans(&mut self) {
        let today = "2026-01-04".parse().unwrap();
        let closed = self.0.years[0].visits.last().unwrap().id.clone();
        let movable = self.0.years[0].visits.iter().rev().find_map(|visit| {
            let desk = PlanDesk::of(&self.0, &visit.id, today).ok()?;
            let planned = desk.planned()?.clone();
            let days = desk.month().days().filter(|day| *day != planned.day);
            let mut to = days.map(|day| PlannedVisit {
                day,
                ..planned.clone()
            });
            let to = to.find(|to| desk.check(to).is_ok())?;
            (visit.id != closed).then(|| (visit.id.clone(), to))
        });
        let (visit, to) = movable.unwrap();
        let ill = to.clone();
        let (reason, approver): (String, String) = ("停电".into(), "鄢立群".into());
        let change = ChangePlan {
            visit,
            to,
            reason: reason.clone(),
            approver: approver.clone(),
        };
        let stand_in = StandIn {
            officer: ill.lead,
            from: ill.day,
            to: ill.day,
            only: None,
            kind: AbsenceKind::Sick,
            reason: reason.clone(),
            approver: approver.clone(),
        };
        let close = CloseVisit {
            visit: closed,
            ground: ClosedGround::Deregistered,
            evidence: "大门上锁".into(),
            confirmed: Confirmation::Record {
                record: "注销登记".into(),
                on: today,
            },
            approver,
        };
        self.act("2026-01-04T09:00", Action::ChangePlan(change));
        self.act("2026-01-04T09:10", Action::StandIn(stand_in));
        self.act("2026-01-04T09:20", Action::CloseVisit(close));
    }

    /// A visit's notice, record, review, papers and 复查, and one that no draw chose.
    fn enter_results(&mut self, id: &VisitId) {
        let visit = self.0.visit(id).unwrap().clone();
        let planned = self.0.planned_of(&visit).unwrap();
        let (lead, member) = (planned.lead.clone(), planned.member.clone());
        let team = OwnTeam { lead, member };
        let day = NaiveDate::from_ymd_opt(2026, 1, 28).unwrap();
        let notice = Notice {
            date: day,
            unannounced: String::new(),
        };
        let visits = vec![id.clone()];
        let notify = NotifyVisits { visits, notice };
        self.act("2026-01-28T18:00", Action::NotifyVisits(notify));
        let finding = ItemFinding {
            item: visit.items[0].clone(),
            problem: "灭火器压力不足".into(),
            basis: "消防法第十六条".into(),
            measure: Measure::AtOnce,
            term: None,
            is_corrected: false,
        };
        let record = VisitRecord {
            scan: Scan::Without {
                why: NoScan::NoCode,
                words: String::new(),
                made_up: None,
            },
            team_why: "换人".into(),
            outcome: Outcome::Ordered,
            findings: vec![finding],
            disposals: vec![Disposal::Order],
            ..plain_record(team.clone())
        };
        let enter = EnterResult {
            visit: id.clone(),
            date: day,
            record,
            why: "补录".into(),
        };
        self.act("2026-01-28T18:10", Action::EnterResult(Box::new(enter)));
        let review = ReviewResults {
            visits: vec![id.clone()],
            is_accepted: true,
            reviewer: "鄢立群".into(),
            opinion: String::new(),
        };
        self.act("2026-01-28T18:20", Action::ReviewResults(review));
        let paper = Paper {
            kind: PaperKind::Record,
            number: "1".into(),
            date: day,
        };
        let put = PutPapers {
            visit: id.clone(),
            papers: vec![paper],
        };
        self.act("2026-01-28T18:30", Action::PutPapers(put));
        let item = ItemRecheck {
            item: visit.items[0].clone(),
            is_corrected: true,
            term: None,
        };
        let recheck = Recheck {
            date: day,
            team: team.clone(),
            items: vec![item],
            note: String::new(),
            entered_at: NaiveDateTime::default(),
            entered_by: String::new(),
        };
        let enter = EnterRecheck {
            visit: id.clone(),
            recheck,
        };
        self.act("2026-01-28T18:40", Action::EnterRecheck(enter));
        let other = OtherVisit {
            number: 0,
            unit: id.unit.clone(),
            kind: OtherKind::Complaint,
            date: day,
            team,
            source: "举报".into(),
            finding: Finding::None,
            beyond: None,
            note: String::new(),
            entered_at: NaiveDateTime::default(),
            entered_by: String::new(),
            withdrawn: None,
            extra: Default::default(),
        };
        self.act("2026-01-28T18:50", Action::EnterOther(Box::new(other)));
        let withdraw = Action::WithdrawOther {
            year: 2026,
            number: 1,
            reason: "记错".into(),
        };
        self.act("2026-01-28T18:55", withdraw);
    }

    /// Draws beside the month's, and the turn of the year.
    fn closed() -> Self {
        let mut desk = Self::drawn();
        desk.add_units("2026-01-29T09:00", 60..90);
        let month = "2026-01".parse().unwrap();
        let [from, to] = ["2026-01-01", "2026-01-31"].map(|day| day.parse().unwrap());
        let mut scheme = CampaignPlan::new("用电专项", CampaignKind::Season, from, to);
        scheme.filter.strata = [Stratum::A, Stratum::B].into();
        scheme.is_combined = false;
        scheme.size = CampaignSize::Count(2);
        desk.act(
            "2026-01-29T09:05",
            Action::PutCampaign(2026, Box::new(scheme)),
        );
        let campaign = OpenCampaign {
            month,
            campaign: 1,
            filter: "全部重点单位".into(),
            salt_seed: [9; 32],
        };
        desk.act("2026-01-29T09:10", Action::OpenCampaign(campaign));
        desk.break_off("2026-01-29T09:20");
        let supplement = OpenSupplementary {
            month,
            reason: "补录".into(),
            salt_seed: [8; 32],
        };
        desk.act("2026-01-29T09:30", Action::OpenSupplementary(supplement));
        desk.break_off("2026-01-29T09:40");
        let withdraw = WithdrawCampaign {
            year: 2026,
            number: 1,
            reason: "上级另有部署".into(),
            approver: "鄢立群".into(),
        };
        desk.act("2026-01-29T09:50", Action::WithdrawCampaign(withdraw));
        desk.draw_agency();
        desk.check();
        desk.publish();
        desk.act("2026-11-02T09:00", Action::StartYear { year: 2027 });
        let close = Action::CloseYear {
            year: 2026,
            approver: "鄢立群".into(),
            note: "检查未做完".into(),
        };
        desk.act("2027-01-04T09:00", close);
        desk
    }

    /// The annual plan is published.
    fn publish(&mut self) {
        let publish = Publish {
            year: 2026,
            of: BulletinOf::YearPlan,
            date: "2026-01-30".parse().unwrap(),
            places: "政府网站".into(),
            why: String::new(),
            fingerprint: sha256(b"paper"),
            rows: 3,
            withheld: 0,
        };
        self.act("2026-01-30T09:30", Action::PublishBulletin(publish));
    }

    /// A self-check is explained, signed by both, and filed.
    fn check(&mut self) {
        let (year, number) = (2026, 1);
        let steps = [
            CheckStep::Explain {
                kind: CheckKind::Daily,
                words: "雨雪停工".into(),
            },
            CheckStep::Sign {
                checker: "沙维新".into(),
            },
            CheckStep::HeadSigns {
                year,
                number,
                head: "鄢立群".into(),
            },
            CheckStep::File {
                year,
                number,
                date: "2026-01-30".parse().unwrap(),
            },
        ];
        for step in steps {
            self.act("2026-01-30T09:00", Action::SelfCheck(step));
        }
    }

    /// A service institution is drawn, checked, and its entry taken back.
    fn draw_agency(&mut self) {
        let agency = Agency::new(AgencyId::new("X").unwrap(), "另一机构");
        let add = Action::Agencies(Keep::AddAlike(Box::new(agency)));
        self.act("2026-01-29T10:00", add);
        let open = OpenRegisterDraw {
            year: 2026,
            register: OwnRegister::Agencies,
            count: 1,
        };
        self.act("2026-01-29T10:10", Action::OpenRegisterDraw(open));
        self.commit("2026-01-29T10:20");
        let number = self.0.open_draw_record().unwrap().number;
        let entropy = EntropyGiven::Local([3; 32]);
        let run = RunDraw { number, entropy };
        self.act("2026-01-29T10:30", Action::Draw(run));
        let visit = self.0.years[0].own_visits[0].clone();
        let made = OwnMade {
            date: "2026-01-29".parse().unwrap(),
            team: visit.team.unwrap(),
            finding: Finding::None,
            with_unit: None,
            note: String::new(),
        };
        let id = visit.id;
        let record = RecordOwnVisit {
            visit: id.clone(),
            made,
        };
        self.act("2026-01-29T16:00", Action::RecordOwnVisit(record));
        let correct = CorrectOwnVisit {
            visit: id.clone(),
            made: None,
            reason: "记错".into(),
        };
        self.act("2026-01-29T16:10", Action::CorrectOwnVisit(correct));
        let close = CloseOwnVisit {
            visit: id,
            ground: ClosedGround::Closed,
            evidence: "门已拆除".into(),
            confirmed: Confirmation::Record {
                record: "注销登记".into(),
                on: "2026-01-29".parse().unwrap(),
            },
            approver: "鄢立群".into(),
        };
        self.act("2026-01-29T16:20", Action::CloseOwnVisit(close));
    }

    /// The year that was closed is taken out, once the next one is under way.
    fn taken_out() -> Self {
        let mut desk = Self::closed();
        let freeze = Action::FreezePlan {
            year: 2027,
            approver: "鄢立群".into(),
            reason: String::new(),
        };
        desk.act("2027-01-04T10:00", freeze);
        desk.open("2027-01-05T09:00", "2027-01");
        desk.commit("2027-01-05T10:00");
        let number = desk.0.open_draw_record().unwrap().number;
        let entropy = EntropyGiven::Local([2; 32]);
        let run = RunDraw { number, entropy };
        desk.act("2027-01-05T10:10", Action::Draw(run));
        let take_out = TakeOut {
            upto_year: 2026,
            archive: Some(ArchiveFile {
                name: "归档.json".into(),
                hash: sha256(b"archive"),
            }),
            reason: "空间紧张".into(),
            approver: "鄢立群".into(),
        };
        desk.act("2027-01-06T09:00", Action::TakeOutYears(take_out));
        desk
    }

    /// A list is compared and imported, and what it says of units is worked off.
    fn kept_up() -> Self {
        let mut desk = Self::taken_out();
        let ids: Vec<UnitId> = desk.0.units.iter().map(|unit| unit.id.clone()).collect();
        let of = |number: usize| BTreeSet::from([ids[number].clone()]);
        let now = "2027-01-07T09:00";
        let comparison = Comparison {
            file: "名单.xlsx".into(),
            absent: Runs::of(&[ids[60].as_str()]),
            differing: vec![Differing {
                unit: ids[61].clone(),
                row_number: 2,
                is_by_name: false,
                theirs: [("address".to_owned(), json!("凤岗1号"))]
                    .into_iter()
                    .collect(),
                kept: BTreeSet::new(),
            }],
            ..Comparison::default()
        };
        let row = RowName {
            name: "住所公司".into(),
            ..RowName::default()
        };
        let fields = BTreeSet::from(["address".to_owned()]);
        let steps = [
            UpkeepStep::Compare(Box::new(comparison)),
            UpkeepStep::SetAside {
                rows: vec![row.clone()],
                why: "仅登记住所".into(),
            },
            UpkeepStep::TakeBack {
                keys: BTreeSet::from([row.key()]),
            },
            UpkeepStep::Suspect { units: of(60) },
            UpkeepStep::Mark {
                file: "名单.xlsx".into(),
                units: BTreeMap::from([(ids[62].clone(), "注销".to_owned())]),
            },
            UpkeepStep::Confirm {
                units: of(62),
                how: "电话".into(),
                on: "2027-01-07".parse().unwrap(),
            },
            UpkeepStep::KeepOwn {
                values: BTreeMap::from([(ids[61].clone(), fields)]),
            },
        ];
        for step in steps {
            desk.act(now, Action::Upkeep(step));
        }
        let who = "沙维新".to_owned();
        let context = Context {
            now: format!("{now}:00").parse().unwrap(),
            who,
        };
        let retire = Action::RetireUnits(RetireUnits {
            units: of(60),
            since: "2027-01-07".parse().unwrap(),
            reason: "查无此户".into(),
            approver: "鄢立群".into(),
        });
        let suspect = Action::Upkeep(UpkeepStep::Suspect { units: of(60) });
        for action in [suspect, retire] {
            let undo = desk.0.apply(action, &context).unwrap().undo.unwrap();
            desk.act(now, undo);
        }
        desk
    }
}

#[test]
fn every_action_writes_a_known_event_whose_facts_have_words() {
    let book = Desk::kept_up().0;
    assert_known(&book);
    let seen = book.trail.iter().filter_map(|entry| entry.event().kind());
    let seen: BTreeSet<EventKind> = seen.collect();
    let unseen = EventKind::ALL.iter().filter(|kind| !seen.contains(kind));
    assert_eq!(unseen.collect::<Vec<_>>(), [] as [&EventKind; 0]);
    let is_key = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    for entry in &book.trail {
        for (name, words) in Lang::Zh.trail_detail(&entry.action, &entry.detail) {
            assert!(
                !is_key(&name) && !words.is_empty(),
                "{name} {words} {entry:?}"
            );
        }
    }
}

#[test]
fn a_record_is_named_by_everything_that_was_done_to_it() {
    let book = Desk::drawn().0;
    // In the order in which it was done; the draw and the visit come where it was drawn.
    let own = actions(&book, &unit("U-00002"));
    let done = [
        "add_unit",
        "edit_unit",
        "retire_unit",
        "restore_unit",
        "withhold_unit",
        "publish_unit",
        "edit_officer",
        "import_units",
    ];
    assert_eq!(own[..done.len()], done);
    let officer = RecordName::Officer(OfficerId::new("P02").unwrap());
    let done = [
        "add_officer",
        "edit_officer",
        "officer_leaves",
        "officer_returns",
    ];
    assert_eq!(actions(&book, &officer), done);
    let officer = RecordName::Officer(OfficerId::new("P03").unwrap());
    assert_eq!(actions(&book, &officer), ["add_officer", "import_officers"]);
    let agency = RecordName::Agency(AgencyId::new("AG-00001").unwrap());
    let done = [
        "add_agency",
        "edit_agency",
        "retire_agency",
        "restore_agency",
    ];
    assert_eq!(actions(&book, &agency), done);
    let engineer = RecordName::Engineer(EngineerId::new("EN-00001").unwrap());
    assert_eq!(actions(&book, &engineer).len(), 4);
    let visited = |at: usize| {
        let id = book.years[0].visits[at].id.unit.clone();
        let actions = actions(&book, &RecordName::Unit(id)).into_iter();
        actions.rev().take_while(|action| *action != "draw").count()
    };
    assert_eq!([0, 1, 2].map(visited), [2, 10, 1]);
}

#[test]
fn what_the_register_lost_stands_in_the_trail() {
    let book = Desk::planned().0;
    let events = book
        .trail
        .iter()
        .map(double_random::workbook::TrailEntry::event);
    let mut told = [false; 3];
    for event in events {
        match event {
            Event::PutItem(it) => {
                let name = it.changes.and_then(|it| it.0.get("name").cloned());
                told[0] |= name == Some(("制度落实".into(), "制度的落实".into()));
            }
            Event::ImportHolidays(it) => {
                told[1] = it.changes[&2027].0.is_none() && it.changes[&2027].1.off.len() == 1;
            }
            Event::EditPlan(it) => told[2] = it.of_year == Some(2026),
            _ => {}
        }
    }
    assert_eq!(told, [true; 3]);
}
