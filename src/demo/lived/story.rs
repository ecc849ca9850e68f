//! What happens once in the year: illness and leave, a unit that is gone, a campaign before a
//! holiday, a month's end at which everything is entered at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use serde_json::Map;

use super::desk::Desk;
use crate::demo::history::ZOMBIE_TAG;
use crate::demo::officers::HEAD;
use crate::engine::calendar::YearMonth;
use crate::engine::campaign::CampaignSize;
use crate::engine::month::PlannedVisit;
use crate::engine::occasion::OwnRegister;
use crate::engine::pace::Pace;
use crate::model::officer::AbsenceKind;
use crate::model::{Absence, Finding, OfficerId, UnitId};
use crate::workbook::Action;
use crate::workbook::campaign::{CampaignFilter, CampaignKind, CampaignPlan};
use crate::workbook::many::{EditMany, HowMany, ManyEdited};
use crate::workbook::other_visit::{OtherKind, OtherVisit};
use crate::workbook::own_visit::{OwnMade, OwnTeam, OwnVisitId};
use crate::workbook::plan_change::{ClosedGround, Confirmation};
use crate::workbook::plan_desk::PlanDesk;
use crate::workbook::request::{
    ChangePlan, CloseVisit, OpenCampaign, OpenRegisterDraw, RecordOwnVisit, RetireUnits, StandIn,
};
use crate::workbook::self_check::CheckKind;
use crate::workbook::visit_record::Outcome;

/// What becomes of a visit to a general unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Usual,
    /// Nobody is met, and nobody answers: perhaps a 僵尸单位.
    Unreachable,
    /// It does not do what it would be checked for.
    NotOperating,
    /// It is gone, and its register entry with it.
    Closed,
    /// Its record is entered weeks later.
    EnteredLate,
    /// Nobody scanned the unit's code, and nobody says why.
    Unscanned,
    /// It is not made, and nobody moves it.
    Missed,
}

/// The visits to general units to which something happens, by month and place in it.
const TURNS: [(u32, u32, Turn); 8] = [
    (1, 6, Turn::Unreachable),
    (2, 2, Turn::EnteredLate),
    (2, 5, Turn::Closed),
    (2, 9, Turn::Missed),
    (3, 7, Turn::NotOperating),
    (5, 4, Turn::Unreachable),
    (5, 6, Turn::Missed),
    (5, 8, Turn::Unscanned),
];
/// Days ahead among which another day for a visit is looked for.
const OTHER_DAYS: usize = 8;
/// Of so many parts of the townships one is looked through each month.
const REVIEW_PARTS: usize = 3;
/// A township that nobody looks through.
const REVIEW_LEFT_OUT: usize = 7;

impl Turn {
    /// What the record says, where that does not depend on what is found.
    pub(super) const fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Unreachable => Some(Outcome::Unreachable),
            Self::NotOperating => Some(Outcome::NotOperating),
            Self::Usual | Self::Closed | Self::EnteredLate | Self::Unscanned | Self::Missed => None,
        }
    }
}

/// 说明 of what a check finds, where somebody could say it.
pub(super) const fn explained(kind: CheckKind) -> Option<&'static str> {
    Some(match kind {
        CheckKind::EnteredLate => "外勤人员参加集中行动，结果补录，已要求当日录入",
        CheckKind::MonthEnd | CheckKind::Burst => "月底统一补录，已提醒各中队随查随录",
        CheckKind::Daily => "当天全员参加支队集训",
        CheckKind::Month | CheckKind::Carried => "受天气影响，顺延到下月实施",
        CheckKind::FloorDense | CheckKind::FloorKey | CheckKind::FloorGeneral => {
            "上年下半年查过的单位未满六个月，后续月份按额度补齐"
        }
        _ => return None,
    })
}

impl Desk {
    /// What becomes of the next visit to a general unit in a month.
    pub(super) fn turn(&mut self, month: YearMonth) -> Turn {
        let place = self.met.entry(month).or_default();
        *place += 1;
        let place = *place;
        let mut turns = TURNS.iter();
        let found = turns.find(|(of, at, _)| (*of, *at) == (month.month(), place));
        found.map_or(Turn::Usual, |(_, _, turn)| *turn)
    }

    /// What a day brings beside its round.
    pub(super) async fn story(&mut self, day: NaiveDate, pace: &impl Pace) {
        let month = YearMonth::of(day);
        if month.year() != self.book.first_year().year {
            return;
        }
        let days = self.calendar.working_days(month);
        let place = days.iter().position(|it| *it == day).unwrap_or_default() + 1;
        self.at(day, 10, 30);
        if place == 4 {
            self.review_units(day);
        }
        match (month.month(), place) {
            (2..=5, 6) => self.move_one(day),
            (3, 8) => self.fall_ill(day),
            (3, 11) => self.draw_agencies(day, pace).await,
            (3, 13) => self.retire_zombies(day),
            (3, 16..) => self.check_agencies(day),
            (4, 3) => self.plan_campaign(day),
            (4, 4) => self.draw_campaign(month, pace).await,
            _ => {}
        }
        match (month.month(), place) {
            (2, 7) => self.enter_other(day, OtherKind::Complaint, "12345 热线转办：楼道堆放杂物"),
            (4, 9) => self.enter_other(day, OtherKind::BeforeEvent, "羊绒文化节开幕前检查"),
            _ => {}
        }
        match self.days_to_open(day) {
            Some(2) => self.go_on_leave(day),
            Some(1) => self.ask_for_leave(day),
            _ => {}
        }
    }

    /// Working days until the demo opens, where they are few.
    pub(super) fn days_to_open(&self, day: NaiveDate) -> Option<u32> {
        let (month, opens) = super::TODAY;
        let opens = NaiveDate::from_ymd_opt(YearMonth::of(day).year(), month, opens)?;
        let is_there = |days: &u32| self.calendar.add_working_days(day, *days) >= opens;
        (1..=2).find(is_there).filter(|_| day < opens)
    }

    /// The pending visits of an approved plan in some days, with the officer who has most.
    fn busiest(&self, from: NaiveDate, to: NaiveDate) -> Option<OfficerId> {
        let officers = self.book.officers.iter().filter(|it| it.makes_visits());
        let officers = officers.filter(|it| !it.is_absent(from) && !it.is_absent(to));
        let counted = officers.map(|officer| {
            let visits = self.book.visits_to_stand_in(&officer.id, from, to);
            (visits.len(), &officer.id)
        });
        let busiest = counted.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)));
        busiest
            .filter(|(count, _)| *count > 0)
            .map(|(_, id)| id.clone())
    }

    fn stand_in(&mut self, from: NaiveDate, to: NaiveDate, kind: AbsenceKind, reason: &str) {
        if let Some(officer) = self.busiest(from, to) {
            self.act(Action::StandIn(StandIn {
                officer,
                from,
                to,
                only: None,
                kind,
                reason: reason.into(),
                approver: HEAD.into(),
            }));
        }
    }

    fn fall_ill(&mut self, day: NaiveDate) {
        let to = self.calendar.add_working_days(day, 2);
        self.stand_in(day, to, AbsenceKind::Sick, "急性肠胃炎，附诊断证明");
    }

    fn go_on_leave(&mut self, day: NaiveDate) {
        let from = self.calendar.add_working_days(day, 1);
        let to = self.calendar.add_working_days(day, 4);
        self.stand_in(from, to, AbsenceKind::Leave, "家属住院陪护");
    }

    /// Leave is entered, and nobody thought of the visits.
    fn ask_for_leave(&mut self, day: NaiveDate) {
        let from = self.calendar.add_working_days(day, 3);
        let to = self.calendar.add_working_days(day, 5);
        let found = self.busiest(from, to).and_then(|id| self.book.officer(&id));
        let Some(mut officer) = found.cloned() else {
            return;
        };
        officer.absences.push(Absence {
            from,
            to,
            kind: AbsenceKind::Training,
            reason: "总队执法规范化培训".into(),
            approver: HEAD.into(),
            extra: Map::new(),
        });
        officer.absences.sort_by_key(|it| it.from);
        self.act(Action::EditOfficer(Box::new(officer)));
    }

    /// 改期: a visit of the day cannot be made on it.
    fn move_one(&mut self, day: NaiveDate) {
        let pending = self.book.visits().filter(|visit| {
            self.book.is_pending(visit)
                && self.book.planned_of(visit).is_some_and(|it| it.day == day)
        });
        let found = pending.map(|visit| &visit.id).find_map(|id| {
            let desk = PlanDesk::of(&self.book, id, day).ok()?;
            let planned = desk.planned()?;
            let later = desk.month().days().filter(|it| *it > day).take(OTHER_DAYS);
            let mut moved = later.map(|day| PlannedVisit {
                day,
                ..planned.clone()
            });
            Some((id.clone(), moved.find(|to| desk.check(to).is_ok())?))
        });
        if let Some((visit, to)) = found {
            self.act(Action::ChangePlan(ChangePlan {
                visit,
                to,
                reason: "单位所在街区停电检修，当天不营业".into(),
                approver: HEAD.into(),
            }));
        }
    }

    /// What was found closed the day before is proved by the market regulator's record.
    pub(super) fn close_units(&mut self, day: NaiveDate) {
        for visit in std::mem::take(&mut self.closed) {
            self.act(Action::CloseVisit(CloseVisit {
                visit,
                ground: ClosedGround::Deregistered,
                evidence: "门店拆空，房东书面说明，现场照片 3 张".into(),
                confirmed: Confirmation::Record {
                    record: "南宫市市场监管局企业登记查询单：已注销".into(),
                    on: day,
                },
                approver: HEAD.into(),
            }));
        }
    }

    /// Units that were tagged long ago and that the market regulator knows no more.
    fn retire_zombies(&mut self, day: NaiveDate) {
        let tagged = self.book.active_units().filter(|unit| {
            unit.tags.contains(ZOMBIE_TAG) && self.book.visits_to(&unit.id).next().is_none()
        });
        let units: BTreeSet<UnitId> = tagged.take(4).map(|unit| unit.id.clone()).collect();
        self.act(Action::RetireUnits(RetireUnits {
            units,
            since: day,
            reason: "两次上门无法联系，市监部门登记已注销".into(),
            approver: HEAD.into(),
        }));
    }

    /// Tags and tiers of a third of the townships are looked through.
    fn review_units(&mut self, day: NaiveDate) {
        let part = YearMonth::of(day).month() as usize % REVIEW_PARTS;
        let townships = self.book.brigade.townships.iter().enumerate();
        let townships =
            townships.filter(|(at, _)| at % REVIEW_PARTS == part && *at != REVIEW_LEFT_OUT);
        let names: BTreeSet<&str> = townships.map(|(_, it)| it.name.as_str()).collect();
        let units = self.book.active_units();
        let units = units.filter(|unit| names.contains(unit.township.as_str()));
        let ids: BTreeSet<String> = units.map(|unit| unit.id.to_string()).collect();
        let Some(first) = self.book.units.first() else {
            return;
        };
        let mut value = Box::new(first.clone());
        value.reviewed_on = Some(day);
        self.act(Action::EditMany(Box::new(ManyEdited::Units(EditMany {
            ids: Arc::new(ids),
            field: "reviewed_on",
            value,
            how: HowMany::Set,
            reason: "按月核对风险等级和标签".into(),
        }))));
    }

    /// A visit that no draw chose, to a unit that no visit is planned for.
    fn enter_other(&mut self, day: NaiveDate, kind: OtherKind, source: &str) {
        let is_free = |id: &UnitId| self.book.visits_to(id).next().is_none();
        let dense = self
            .book
            .active_units()
            .filter(|it| it.is_densely_populated);
        let unit = dense.map(|unit| &unit.id).find(|id| is_free(id)).cloned();
        let Some(unit) = unit else { return };
        let Some(team) = self.pair_for(&unit, day) else {
            return;
        };
        self.act(Action::EnterOther(Box::new(OtherVisit {
            number: 0,
            unit,
            kind,
            date: day,
            team,
            source: source.into(),
            finding: Finding::None,
            beyond: None,
            note: String::new(),
            entered_at: day.and_time(chrono::NaiveTime::MIN),
            entered_by: String::new(),
            withdrawn: None,
            extra: Map::new(),
        })));
    }

    /// Campaign before the holiday of May, beside April's plan.
    fn plan_campaign(&mut self, day: NaiveDate) {
        let month = YearMonth::of(day);
        let from = self.calendar.add_working_days(day, 3);
        let mut plan = CampaignPlan::new(
            "五一节前宾馆饭店和公共娱乐场所专项检查",
            CampaignKind::Holiday,
            from,
            month.last_day(),
        );
        plan.document = format!("南消〔{}〕12号", month.year());
        plan.basis = "《消防监督检查规定》（公安部令第120号）第六条".into();
        let categories = ["宾馆饭店", "公共娱乐场所"].map(String::from);
        plan.filter = CampaignFilter {
            categories: categories.into(),
            ..CampaignFilter::default()
        };
        plan.size = CampaignSize::Count(10);
        self.act(Action::PutCampaign(month.year(), Box::new(plan)));
    }

    async fn draw_campaign(&mut self, month: YearMonth, pace: &impl Pace) {
        let salt_seed = self.bytes();
        let is_open = self.act(Action::OpenCampaign(OpenCampaign {
            month,
            campaign: 1,
            filter: "单位类别为宾馆饭店、公共娱乐场所".into(),
            salt_seed,
        }));
        if is_open {
            self.finish_draw(false, pace).await;
        }
    }

    async fn draw_agencies(&mut self, day: NaiveDate, pace: &impl Pace) {
        let (year, register) = (YearMonth::of(day).year(), OwnRegister::Agencies);
        let count = self.book.own_year(year, register).lacking().min(3);
        let open = OpenRegisterDraw {
            year,
            register,
            count,
        };
        if self.act(Action::OpenRegisterDraw(open)) {
            self.finish_draw(false, pace).await;
        }
    }

    /// What came of the institutions that were drawn, on the first day on which both who are
    /// sent are there.
    fn check_agencies(&mut self, day: NaiveDate) {
        let year = YearMonth::of(day).year();
        let drawn = self.book.own_visits(year, OwnRegister::Agencies);
        let is_there = |id: &OfficerId| self.book.officer(id).is_some_and(|it| !it.is_absent(day));
        let drawn: Vec<(usize, OwnVisitId, OwnTeam)> = drawn
            .enumerate()
            .filter(|(_, visit)| visit.made.is_none())
            .filter_map(|(place, visit)| Some((place, visit.id.clone(), visit.team.clone()?)))
            .filter(|(_, _, team)| is_there(&team.lead) && is_there(&team.member))
            .collect();
        for (place, visit, team) in drawn {
            let (finding, note) = match place {
                0 => (
                    Finding::Found,
                    "维保记录 2 处签名与持证人员不一致，责令改正",
                ),
                _ => (Finding::None, ""),
            };
            self.act(Action::RecordOwnVisit(RecordOwnVisit {
                visit,
                made: OwnMade {
                    date: day,
                    team,
                    finding,
                    with_unit: None,
                    note: note.into(),
                },
            }));
        }
    }

    /// The first finding with a term of the second half of April is forgotten: its 复查 is
    /// overdue when the demo opens.
    pub(super) fn is_forgotten(&mut self, day: NaiveDate) -> bool {
        let month = YearMonth::of(day);
        let middle = month.first_day() + Days::new(12);
        let is_then = month.month() == 4 && day >= middle && day < middle + Days::new(12);
        is_then && !std::mem::replace(&mut self.has_forgotten, true)
    }

    /// Whether a day is April's last before the next draw: then all is entered at once.
    pub(super) fn is_burst(&self, day: NaiveDate) -> bool {
        YearMonth::of(day).month() == 4 && self.days_to_draw(day) == Some(1)
    }

    /// Working days until the window of the next draw opens, where they are few.
    pub(super) fn days_to_draw(&self, day: NaiveDate) -> Option<u32> {
        let window = self.book.draw_window(YearMonth::of(day).next());
        let first = window.first()?;
        (1..=3).find(|days| self.calendar.add_working_days(day, *days) == *first)
    }
}
