//! The life of plans against a simple reference: ten thousand random acts on days, teams, leave,
//! closed units and visits, with a month drawn whenever its window opens, each done or refused as
//! the reference says, saved and loaded in between.
//!
//! Who stands in and which unit steps in follow from tickets, which have tests of their own
//! (`plan_changes.rs`); here it is asked that whoever does so was permitted, and that nobody was
//! left out where somebody could.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use double_random::engine::calendar::{WorkdayCalendar, YearMonth, add_six_months};
use double_random::engine::month::PlannedVisit;
use double_random::model::officer::{Absence, AbsenceKind};
use double_random::model::{Finding, Officer, OfficerId, UnitId};
use double_random::workbook::plan_change::{ClosedGround, Confirmation};
use double_random::workbook::request::{
    ApprovePlan, ChangePlan, CloseVisit, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw,
    StandIn,
};
use double_random::workbook::{Action, DrawId, VisitId, Workbook};

use crate::approval::drawn_of;
use crate::desk::{AtDesk, Chance, saved_and_read};

const ACTS: u32 = 10_000;
const SAVED_EVERY: u32 = 500;
/// Acts of a working day.
const A_DAY: u32 = 110;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Pending,
    Made(NaiveDate),
    Void,
}

/// A visit as the rules have it.
#[derive(Debug, Clone)]
struct Expected {
    id: VisitId,
    state: State,
    /// Day and team; none: nobody could stand in.
    planned: Option<PlannedVisit>,
    /// The draw whose plan holds it, and the month of it.
    plan: DrawId,
    month: YearMonth,
    /// The first day on which it may be made, once a plan that holds it is approved.
    approved: Option<NaiveDate>,
}

struct Life {
    book: Workbook,
    chance: Chance,
    calendar: WorkdayCalendar,
    today: NaiveDate,
    visits: Vec<Expected>,
    officers: Vec<Officer>,
    /// Days of inspections before the draws.
    before: BTreeMap<UnitId, Vec<NaiveDate>>,
    approvals: BTreeMap<DrawId, NaiveDate>,
    per_day: usize,
    done: BTreeMap<&'static str, u32>,
}

impl AtDesk for Life {
    fn book(&mut self) -> &mut Workbook {
        &mut self.book
    }
}

impl Life {
    fn new() -> Self {
        let (book, draw) = drawn_of(600);
        let of = |unit: &double_random::model::Unit| {
            let days = unit.inspections.iter().map(|it| it.date).collect();
            (unit.id.clone(), days)
        };
        let mut life = Self {
            chance: Chance(0x2026_0520),
            calendar: book.calendar(),
            today: "2025-12-31".parse().unwrap(),
            visits: Vec::new(),
            officers: book.officers.clone(),
            before: book.units.iter().map(of).collect(),
            approvals: BTreeMap::new(),
            per_day: book.first_year().plan().design.per_day as usize,
            done: BTreeMap::new(),
            book,
        };
        life.take_in(draw);
        life.approve(draw);
        life
    }

    fn now(&self) -> String {
        format!("{}T10:00:00", self.today)
    }

    /// Does an act, and asks whether it was done as expected.
    #[track_caller]
    fn expect(&mut self, name: &'static str, action: Action, is_allowed: bool) {
        let told = format!("{action:?}");
        let now = self.now();
        let done = self.attempt(&now, action);
        assert_eq!(done.is_ok(), is_allowed, "{now} {done:?} {told}");
        let count = self.done.entry(name).or_default();
        *count += u32::from(is_allowed);
    }

    /// The plan of a draw just made: of visits known, their new day; of others, all.
    fn take_in(&mut self, draw: DrawId) {
        let record = self.book.draw(draw).unwrap();
        let plan = &record.drawn.as_ref().unwrap().plan;
        for visit in self.book.visits() {
            let id = record.id_of(self.book.unit(&visit.id.unit).unwrap());
            let planned = plan.visits.get(&id).cloned();
            let is_aside = plan.set_aside.iter().any(|it| it.unit == id);
            let known = self.visits.iter_mut().find(|it| it.id == visit.id);
            match known {
                Some(known) if known.state == State::Pending && (planned.is_some() || is_aside) => {
                    (known.planned, known.plan, known.month) = (planned, draw, record.month);
                }
                Some(_) => {}
                None => self.visits.push(Expected {
                    id: visit.id.clone(),
                    state: State::Pending,
                    planned,
                    plan: draw,
                    month: record.month,
                    approved: None,
                }),
            }
        }
    }

    fn approve(&mut self, draw: DrawId) {
        let approve = ApprovePlan {
            draw,
            date: self.today,
            approver: "鄢立群".into(),
            opinion: String::new(),
        };
        self.expect("approve", Action::ApprovePlan(approve), true);
        self.approvals.insert(draw, self.today);
        for visit in self.visits.iter_mut().filter(|it| it.plan == draw) {
            visit.approved.get_or_insert(self.today);
        }
    }

    fn officer(&self, id: &OfficerId) -> &Officer {
        self.officers.iter().find(|it| it.id == *id).unwrap()
    }

    /// Whether an officer may visit a unit on a day, but for what else they do on it.
    fn may_go(&self, id: &OfficerId, unit: &UnitId, day: NaiveDate) -> bool {
        let officer = self.officer(id);
        let is_valid = officer.certificate_until.is_none_or(|until| day <= until);
        is_valid && !officer.is_absent(day) && !officer.avoids(unit, day)
    }

    /// Visits of an officer on a day, but for one.
    fn load(&self, id: &OfficerId, day: NaiveDate, but: usize) -> usize {
        let others = self.visits.iter().enumerate().filter(|(at, _)| *at != but);
        let on = others.filter(|(_, visit)| {
            let is_his = |it: &PlannedVisit| it.lead == *id || it.member == *id;
            visit.planned.as_ref().is_some_and(is_his)
                && match visit.state {
                    State::Void => false,
                    State::Made(made) => made == day,
                    State::Pending => visit.planned.as_ref().is_some_and(|it| it.day == day),
                }
        });
        on.count()
    }

    /// Whether the law lets a visit be made on a day: twice a year, six months apart.
    fn is_lawful(&self, at: usize, day: NaiveDate) -> bool {
        let id = &self.visits[at].id;
        let mut days = self.before[&id.unit].clone();
        days.extend(self.visits.iter().filter_map(|visit| match visit.state {
            State::Made(made) if visit.id.unit == id.unit && visit.id.draw != id.draw => Some(made),
            _ => None,
        }));
        let of_year = days.iter().filter(|it| it.year() == day.year()).count();
        let is_apart = |it: &NaiveDate| add_six_months(*it) <= day || add_six_months(day) <= *it;
        of_year < 2 && days.iter().all(is_apart)
    }

    fn may_be_so(&self, at: usize, to: &PlannedVisit) -> bool {
        let visit = &self.visits[at];
        let team = [&to.lead, &to.member];
        YearMonth::of(to.day) == visit.month
            && to.day >= self.today
            && self.calendar.is_working_day(to.day)
            && self.is_lawful(at, to.day)
            && to.lead != to.member
            && self.officer(&to.lead).may_lead
            && team.into_iter().all(|id| {
                self.may_go(id, &visit.id.unit, to.day) && self.load(id, to.day, at) < self.per_day
            })
    }

    fn any_officer(&mut self) -> OfficerId {
        let at = self.chance.below(self.officers.len() as u64) as usize;
        self.officers[at].id.clone()
    }

    fn any_day(&mut self, days: u64) -> NaiveDate {
        self.today + Days::new(self.chance.below(days))
    }

    /// 改期, 换人.
    fn change(&mut self, at: usize) {
        let visit = self.visits[at].clone();
        let (is_silent, is_unapproved) = (self.chance.one_in(8), self.chance.one_in(8));
        let planned = visit.planned.clone();
        let mut to = planned.clone().unwrap_or_else(|| PlannedVisit {
            day: self.today,
            lead: self.officers[0].id.clone(),
            member: self.officers[6].id.clone(),
        });
        match self.chance.below(4) {
            0 => to.lead = self.any_officer(),
            1 => to.member = self.any_officer(),
            _ => to.day = self.any_day(20) - Days::new(2),
        }
        let is_open = visit.state == State::Pending && self.approvals.contains_key(&visit.plan);
        let is_placed = planned.is_some() || self.is_left(at);
        let is_allowed = is_open
            && is_placed
            && planned.as_ref() != Some(&to)
            && self.may_be_so(at, &to)
            && !is_silent
            && !is_unapproved;
        let change = ChangePlan {
            visit: visit.id,
            to: to.clone(),
            reason: if is_silent { "" } else { "停电检修" }.into(),
            approver: if is_unapproved { " " } else { "鄢立群" }.into(),
        };
        self.expect("change", Action::ChangePlan(change), is_allowed);
        if is_allowed {
            self.visits[at].planned = Some(to);
        }
    }

    /// Whether a visit is without a day because nobody could stand in, not because its draw set
    /// it aside.
    fn is_left(&self, at: usize) -> bool {
        let visit = &self.visits[at];
        let kept = self.book.visit(&visit.id).unwrap();
        kept.plan_changes.iter().any(|it| it.draw == visit.plan)
    }

    /// 替换, for all visits of some days.
    fn stand_in(&mut self) {
        let officer = self.any_officer();
        let (from, days) = (self.any_day(9) - Days::new(2), self.chance.below(4));
        let to = from + Days::new(days);
        let (is_turned, is_silent) = (self.chance.one_in(6), self.chance.one_in(6));
        let (from, to) = if is_turned { (to, from) } else { (from, to) };
        let theirs: Vec<usize> = (0..self.visits.len())
            .filter(|at| {
                let visit = &self.visits[*at];
                visit.state == State::Pending
                    && self.approvals.contains_key(&visit.plan)
                    && visit.planned.as_ref().is_some_and(|it| {
                        (it.lead == officer || it.member == officer)
                            && (from.max(self.today)..=to).contains(&it.day)
                    })
            })
            .collect();
        let is_allowed = from <= to && !theirs.is_empty() && !is_silent;
        let request = StandIn {
            officer: officer.clone(),
            from,
            to,
            only: None,
            kind: AbsenceKind::Sick,
            reason: if is_silent { "" } else { "病假" }.into(),
            approver: "鄢立群".into(),
        };
        self.expect("stand in", Action::StandIn(request), is_allowed);
        if !is_allowed {
            return;
        }
        let days = from.iter_days().take_while(|day| *day <= to);
        let is_known = days
            .clone()
            .all(|day| self.officer(&officer).is_absent(day));
        if !is_known {
            self.leave(&officer, from, to);
        }
        for at in theirs {
            let before = self.visits[at].planned.clone().unwrap();
            let after = self.planned_now(at);
            let is_lead = before.lead == officer;
            match &after {
                Some(after) => {
                    let (other, kept) = match is_lead {
                        true => (&after.lead, after.member == before.member),
                        false => (&after.member, after.lead == before.lead),
                    };
                    assert!(kept && after.day == before.day && *other != officer);
                    assert!(self.may_take(at, other, is_lead, &before), "{after:?}");
                }
                None => {
                    let mut others = self.officers.iter().map(|it| &it.id);
                    let found = others.find(|other| {
                        **other != officer && self.may_take(at, other, is_lead, &before)
                    });
                    assert_eq!(found, None, "somebody could stand in for {before:?}");
                }
            }
            self.visits[at].planned = after;
        }
    }

    /// Whether an officer may take the place of one of the two on the day of a visit.
    fn may_take(&self, at: usize, other: &OfficerId, is_lead: bool, visit: &PlannedVisit) -> bool {
        let beside = if is_lead { &visit.member } else { &visit.lead };
        other != beside
            && (self.officer(other).may_lead || !is_lead)
            && self.may_go(other, &self.visits[at].id.unit, visit.day)
            && self.load(other, visit.day, at) < self.per_day
    }

    fn planned_now(&self, at: usize) -> Option<PlannedVisit> {
        let visit = self.book.visit(&self.visits[at].id).unwrap();
        self.book.planned_of(visit).cloned()
    }

    fn leave(&mut self, id: &OfficerId, from: NaiveDate, to: NaiveDate) {
        let absence = self.absence(from, to);
        let officer = self.officers.iter_mut().find(|it| it.id == *id).unwrap();
        officer.absences.push(absence);
    }

    fn absence(&self, from: NaiveDate, to: NaiveDate) -> Absence {
        Absence {
            from,
            to,
            kind: AbsenceKind::Leave,
            reason: "事假".into(),
            approver: "鄢立群".into(),
            extra: Default::default(),
        }
    }

    /// 请假, entered with the officer: the visits stay as they are until somebody stands in.
    fn ask_leave(&mut self) {
        let id = self.any_officer();
        let from = self.any_day(30);
        let is_turned = self.chance.one_in(4);
        let to = match is_turned {
            true => from - Days::new(1),
            false => from + Days::new(self.chance.below(2)),
        };
        let mut officer = self.book.officer(&id).unwrap().clone();
        let absence = self.absence(from, to);
        officer.absences.push(absence);
        self.expect("leave", Action::EditOfficer(Box::new(officer)), !is_turned);
        if !is_turned {
            self.leave(&id, from, to);
        }
    }

    /// 单位已关闭.
    fn close(&mut self, at: usize) {
        let visit = self.visits[at].clone();
        let (is_silent, is_ahead, is_by_pair) = (
            self.chance.one_in(4),
            self.chance.one_in(4),
            self.chance.one_in(2),
        );
        let on = if is_ahead {
            self.today + Days::new(1)
        } else {
            self.today
        };
        let pair = [self.any_officer(), self.any_officer()];
        let own = |id: &OfficerId| {
            let planned = visit.planned.as_ref();
            planned.is_some_and(|it| it.lead == *id || it.member == *id)
        };
        let is_pair = pair[0] != pair[1] && !pair.iter().any(own);
        let is_allowed = visit.state == State::Pending
            && self.approvals.contains_key(&visit.plan)
            && !is_silent
            && !is_ahead
            && (is_pair || !is_by_pair);
        let confirmed = match is_by_pair {
            true => Confirmation::Pair { officers: pair, on },
            false => Confirmation::Record {
                record: "登记查询单".into(),
                on,
            },
        };
        let request = CloseVisit {
            visit: visit.id.clone(),
            ground: ClosedGround::Closed,
            evidence: if is_silent { "" } else { "照片 2 张" }.into(),
            confirmed,
            approver: "鄢立群".into(),
        };
        self.expect("close", Action::CloseVisit(request), is_allowed);
        if is_allowed {
            self.visits[at].state = State::Void;
            self.take_in_replacement(&visit);
        }
    }

    /// Of a closed unit's draw one unit more may have a visit, and then it was permitted.
    fn take_in_replacement(&mut self, closed: &Expected) {
        let known = |id: &VisitId| self.visits.iter().any(|it| it.id == *id);
        let mut new = self.book.visits().filter(|visit| !known(&visit.id));
        let Some(next) = new.next() else { return };
        assert_eq!(new.next(), None);
        assert_eq!(next.id.draw, closed.id.draw);
        let planned = self.book.planned_of(next).cloned();
        let expected = Expected {
            id: next.id.clone(),
            state: State::Pending,
            planned: planned.clone(),
            plan: closed.plan,
            month: closed.month,
            // Not before the day on which it stepped in.
            approved: Some(self.today),
        };
        assert!(
            !self.visits.iter().any(|it| it.id.unit == next.id.unit
                && it.state != State::Pending
                && !matches!(it.state, State::Made(_))),
            "a unit that is gone does not step in"
        );
        self.visits.push(expected);
        let at = self.visits.len() - 1;
        let planned = planned.expect("who steps in has a day");
        assert!(self.may_be_so(at, &planned), "{planned:?}");
    }

    /// The visit is made, on its day or another.
    fn make(&mut self, at: usize) {
        let visit = self.visits[at].clone();
        let Some(planned) = &visit.planned else {
            return;
        };
        let day = match self.chance.one_in(6) {
            true => self.any_day(6) - Days::new(3),
            false => planned.day,
        };
        // Another pending visit of the unit would be meant; there is none.
        let drawn_for = self.book.draw(visit.id.draw).unwrap().month.first_day();
        let is_allowed = visit.state == State::Pending
            && day <= self.today
            && day >= drawn_for
            && visit.approved.is_some_and(|approved| approved <= day)
            && self.is_lawful(at, day);
        let record = Action::RecordVisit {
            unit: visit.id.unit.clone(),
            date: day,
            finding: Finding::None,
        };
        let is_other = self.visits.iter().any(|it| {
            it.id != visit.id && it.id.unit == visit.id.unit && it.state == State::Pending
        });
        if is_other {
            return;
        }
        self.expect("make", record, is_allowed);
        if is_allowed {
            self.visits[at].state = State::Made(day);
        }
    }

    /// The next month is drawn when its window opens; out of its turn a draw is refused.
    fn draw(&mut self) {
        let next = self.book.last_month().unwrap().next();
        let is_early = self.chance.one_in(2);
        let month = if is_early { next.prev() } else { next };
        let is_window = self.book.draw_window(month).contains(&self.today);
        if month.year() != 2026 {
            return;
        }
        let is_allowed = is_window && !is_early;
        let open = OpenDraw {
            month,
            reason: String::new(),
            salt_seed: [9; 32],
        };
        self.expect("draw", Action::OpenDraw(open), is_allowed);
        if !is_allowed {
            return;
        }
        let id = self.book.open_draw_record().unwrap().id();
        let number = id.number;
        let carried: Vec<String> = self
            .visits
            .iter()
            .filter(|it| it.state == State::Pending)
            .filter(|it| {
                it.planned
                    .as_ref()
                    .is_none_or(|planned| planned.day < self.today)
            })
            .map(|it| it.id.unit.to_string())
            .collect();
        let sizes = &self.book.draw(id).unwrap().sizes;
        let told: Vec<String> = sizes.carried.iter().map(ToString::to_string).collect();
        let mut sorted = carried;
        sorted.sort();
        assert_eq!(told, sorted, "carried into {month}");
        // A unit closed while a register is frozen could be drawn again.
        if let Some(at) = (0..self.visits.len()).find(|at| self.visits[*at].state == State::Pending)
        {
            let request = CloseVisit {
                visit: self.visits[at].id.clone(),
                ground: ClosedGround::Closed,
                evidence: "照片".into(),
                confirmed: Confirmation::Record {
                    record: "单".into(),
                    on: self.today,
                },
                approver: "鄢立群".into(),
            };
            self.expect("close", Action::CloseVisit(request), false);
        }
        let commit = Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "公示栏".into(),
        };
        self.expect("commit", Action::Commit(commit), true);
        let entropy = EntropyGiven::Local([number as u8; 32]);
        self.expect("run", Action::Draw(RunDraw { number, entropy }), true);
        let known = self.visits.len();
        self.take_in(id);
        for at in known..self.visits.len() {
            assert!(
                self.is_lawful(at, month.last_day()),
                "{:?}",
                self.visits[at].id
            );
            if let Some(planned) = self.visits[at].planned.clone() {
                assert!(self.may_be_so(at, &planned), "{planned:?}");
            }
        }
        self.approve(id);
    }

    fn act_at_random(&mut self) {
        // Of those that something may still become of, mostly.
        let mut at = self.chance.below(self.visits.len() as u64) as usize;
        for _ in 0..3 {
            if self.visits[at].state != State::Pending {
                at = self.chance.below(self.visits.len() as u64) as usize;
            }
        }
        match self.chance.below(120) {
            0..=69 => self.change(at),
            70..=79 => self.stand_in(),
            80..=81 => self.ask_leave(),
            82 => self.close(at),
            83..=99 => self.make(at),
            _ => self.draw(),
        }
    }

    fn compare(&self) {
        for (at, expected) in self.visits.iter().enumerate() {
            let visit = self.book.visit(&expected.id).unwrap();
            let is_pending = expected.state == State::Pending;
            assert_eq!(self.book.is_pending(visit), is_pending, "{expected:?}");
            let made = match expected.state {
                State::Made(day) => Some(day),
                State::Pending | State::Void => None,
            };
            assert_eq!(visit.made.map(|made| made.date), made);
            if is_pending {
                assert_eq!(self.planned_now(at), expected.planned, "{:?}", expected.id);
            }
        }
        assert_eq!(self.book.visits().count(), self.visits.len());
        for officer in &self.officers {
            let kept = self.book.officer(&officer.id).unwrap();
            assert_eq!(kept.absences.len(), officer.absences.len());
        }
    }
}

#[test]
fn ten_thousand_acts_on_plans_end_as_the_reference_says() {
    let mut life = Life::new();
    for act in 1..=ACTS {
        if act % A_DAY == 0 {
            life.today = life.calendar.add_working_days(life.today, 1);
        }
        life.act_at_random();
        if act % SAVED_EVERY == 0 {
            life.compare();
            life.book = saved_and_read(&life.book);
        }
    }
    for name in ["change", "stand in", "leave", "close", "make", "draw"] {
        assert!(life.done[name] > 2, "{name}: {:?}", life.done);
    }
}
