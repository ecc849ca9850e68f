//! 检查任务: the year's visits as a list, each with its day, its team and how far it has come.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::visit_table::full_address;
use crate::engine::calendar::YearMonth;
use crate::model::{DrawLevel, OfficerId, RiskTier, Stratum, Unit};
use crate::workbook::plan_change::{ClosedGround, PlanChangeKind};
use crate::workbook::visit_stage::VisitStage;
use crate::workbook::{DrawRecord, Visit, VisitId, VisitSource, Workbook};

/// A view of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TaskView {
    /// 今天.
    Today,
    /// 本周.
    #[default]
    Week,
    /// 待录入, with what the review sent back.
    ToEnter,
    /// 待审核.
    ToReview,
    /// 逾期.
    Overdue,
    /// 待复查.
    ToRecheck,
    /// 全部.
    All,
}

impl TaskView {
    /// All views, in order.
    pub const ALL: [Self; 7] = [
        Self::Today,
        Self::Week,
        Self::ToEnter,
        Self::ToReview,
        Self::Overdue,
        Self::ToRecheck,
        Self::All,
    ];

    /// Its name in an address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::ToEnter => "enter",
            Self::ToReview => "review",
            Self::Overdue => "overdue",
            Self::ToRecheck => "recheck",
            Self::All => "all",
        }
    }

    /// Whether it shows a visit on `today`.
    #[must_use]
    pub fn holds(self, task: &Task, today: NaiveDate) -> bool {
        match self {
            Self::Today => task.day == Some(today),
            Self::Week => task.day.is_some_and(|day| is_in_week(day, today)),
            Self::ToEnter => matches!(task.stage, VisitStage::ToEnter | VisitStage::Returned),
            Self::ToReview => task.stage == VisitStage::ToReview,
            Self::Overdue => task.stage == VisitStage::Overdue,
            Self::ToRecheck => task.stage == VisitStage::ToRecheck,
            Self::All => true,
        }
    }
}

/// Whether a day lies in the week, Monday to Sunday, of another.
fn is_in_week(day: NaiveDate, today: NaiveDate) -> bool {
    let back = u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_sub_days(Days::new(back)).unwrap_or(today);
    let after = monday.checked_add_days(Days::new(7)).unwrap_or(today);
    (monday..after).contains(&day)
}

/// By what the list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskGroups {
    /// 按日.
    #[default]
    Day,
    /// 按人员: by who leads.
    Officer,
    /// 按辖区: by township.
    Area,
}

impl TaskGroups {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Day, Self::Officer, Self::Area];

    /// Its name in an address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Officer => "officer",
            Self::Area => "area",
        }
    }
}

/// A visit of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub visit: VisitId,
    /// 序号 in its month, in order of day and then of id; none: it has no day.
    pub row_number: Option<u32>,
    pub name: String,
    pub township: String,
    /// Township and address.
    pub address: String,
    /// As they were when the register was frozen.
    pub stratum: Stratum,
    pub level: DrawLevel,
    pub risk: RiskTier,
    /// The day on which it was made, or for which it is planned or was last.
    pub day: Option<NaiveDate>,
    /// 检查时限, by the plan.
    pub deadline: Option<NaiveDate>,
    /// 主办 and 协办, of the record where it is entered.
    pub team: Option<[OfficerId; 2]>,
    /// Their names.
    pub officers: Vec<String>,
    pub source: VisitSource,
    pub stage: VisitStage,
    /// Whether its day is entered.
    pub is_made: bool,
    /// Nobody could stand in for an officer: it has no day, and is carried.
    pub is_left: bool,
    /// Why its unit proved closed, if it did.
    pub closed: Option<ClosedGround>,
    /// Whether its day was changed, its team, in this order.
    pub changed: [bool; 2],
    /// The first end of a term that waits for 复查, with the days that follow it.
    pub recheck_by: Option<NaiveDate>,
    /// Its number among the year's visits.
    pub number: Option<u32>,
    /// Whether its notice went out, or it is known why none does.
    pub is_noticed: bool,
    /// Whether its record holds findings.
    pub has_findings: bool,
}

impl Task {
    /// Whether it is to be made on `day`, and nothing is entered of it.
    #[must_use]
    pub fn is_to_visit_on(&self, day: NaiveDate) -> bool {
        use VisitStage::{Overdue, Planned, ToEnter};
        let is_open = matches!(self.stage, Planned | ToEnter | Overdue);
        self.day == Some(day) && is_open && !self.is_made
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskLine {
    /// A day; none: those without.
    Day(Option<NaiveDate>, usize),
    /// An officer's name, or a township.
    Name(String, usize),
    /// The place of a task.
    Task(usize),
}

impl Workbook {
    /// All visits of the year in which the work is on `today`, in order of day and then of
    /// id; those without a day come last.
    #[must_use]
    pub fn visit_tasks(&self, today: NaiveDate) -> Vec<Task> {
        let year = self.year_on(today);
        let mut deadlines = BTreeMap::new();
        let tasks = year.visits.iter();
        let tasks = tasks.filter_map(|visit| self.task_of(visit, today, &mut deadlines));
        let mut tasks: Vec<Task> = tasks.collect();
        tasks.sort_by(|a, b| {
            let key = |it: &Task| (it.day.is_none(), it.day);
            (key(a), &a.visit).cmp(&(key(b), &b.visit))
        });
        let mut counts: BTreeMap<YearMonth, u32> = BTreeMap::new();
        for task in &mut tasks {
            if let Some(day) = task.day {
                let count = counts.entry(YearMonth::of(day)).or_default();
                *count += 1;
                task.row_number = Some(*count);
            }
        }
        tasks
    }

    fn task_of(
        &self,
        visit: &Visit,
        today: NaiveDate,
        deadlines: &mut BTreeMap<NaiveDate, NaiveDate>,
    ) -> Option<Task> {
        let unit = self.unit(&visit.id.unit)?;
        let drew = self.draw(visit.id.draw)?;
        let frozen = drew.register.snapshot.unit(&drew.id_of(unit))?;
        let plan = self.plan_of_visit(visit);
        let planned = plan.and_then(|(_, planned)| planned).or_else(|| {
            // Void, or left without a day: it stands where it last stood.
            visit.plan_changes.last()?.before.as_ref()
        });
        let planned_day = planned.map(|it| it.day);
        let deadline = planned_day.map(|day| {
            let known = deadlines.entry(day);
            *known.or_insert_with(|| self.deadline(day))
        });
        let team = visit.record().map(|record| &record.team);
        let team = team.map(|it| [it.lead.clone(), it.member.clone()]);
        let team = team.or_else(|| planned.map(|it| [it.lead.clone(), it.member.clone()]));
        let officers = team.iter().flatten().map(|id| self.officer_name(id));
        let open = visit.open_findings();
        let term = open.iter().map(|finding| finding.term).min();
        Some(Task {
            row_number: None,
            name: unit.name.clone(),
            township: unit.township.clone(),
            address: full_address(unit),
            stratum: frozen.stratum,
            level: frozen.level,
            risk: unit.risk,
            day: visit.made.map(|made| made.date).or(planned_day),
            deadline,
            officers: officers.collect(),
            team,
            source: self.source_in(visit, unit, plan.map(|it| it.0)),
            stage: self.visit_stage(visit, today),
            is_made: visit.made.is_some(),
            is_left: plan.is_some_and(|it| it.1.is_none()) && self.is_pending(visit),
            closed: visit.closing().and_then(|it| match it.kind {
                PlanChangeKind::Closed { ground, .. } => Some(ground),
                _ => None,
            }),
            changed: changed(visit),
            recheck_by: term.map(|term| self.recheck_by(term)),
            number: visit.number,
            is_noticed: visit.notice.is_some(),
            has_findings: visit.record().is_some_and(|it| !it.findings.is_empty()),
            visit: visit.id.clone(),
        })
    }

    /// How a visit came into the plan that holds it.
    fn source_in(&self, visit: &Visit, unit: &Unit, plan: Option<&DrawRecord>) -> VisitSource {
        let is_carried = plan.is_some_and(|plan| plan.sizes.carried.contains(&plan.id_of(unit)));
        if is_carried {
            VisitSource::Carried
        } else {
            visit.source
        }
    }

    /// Visits of approved plans for `today` that are still to be made.
    #[must_use]
    pub fn visits_due(&self, today: NaiveDate) -> usize {
        let year = self.year_on(today);
        let pending = year.visits.iter().filter(|visit| self.is_pending(visit));
        let due = pending.filter(|visit| {
            let plan = self.plan_of_visit(visit);
            plan.is_some_and(|(draw, planned)| {
                draw.approval.is_some() && planned.is_some_and(|it| it.day == today)
            })
        });
        due.count()
    }
}

/// A step of a visit: the day on which it was done, or by which it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VisitStep {
    pub done: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
}

impl Workbook {
    /// 审批, 通知, 实施, 记录, 反馈.
    #[must_use]
    pub fn visit_steps(&self, visit: &Visit) -> [VisitStep; 5] {
        let unit = self.unit(&visit.id.unit);
        let approved = unit.zip(self.draw(visit.id.draw));
        let approved = approved.and_then(|(unit, draw)| self.approved_on(unit, draw));
        let planned = self.plan_of_visit(visit).and_then(|it| it.1);
        let made = visit.made.map(|made| made.date);
        let step = |done: Option<NaiveDate>, due: Option<NaiveDate>| VisitStep { done, due };
        [
            step(approved, None),
            step(
                visit.notice.as_ref().map(|it| it.date),
                planned.map(|it| it.day),
            ),
            step(made, planned.map(|it| it.day)),
            step(visit.records.last().map(|it| it.entered_at.date()), None),
            step(
                self.results_public().get(&visit.id).copied(),
                made.map(|day| self.publish_by(day)),
            ),
        ]
    }

    /// Which of the year's counted inspections of its unit a visit is, or would be.
    #[must_use]
    pub fn visit_nth(&self, visit: &Visit) -> usize {
        let inspections = self.unit(&visit.id.unit).map(|unit| self.inspections(unit));
        let year = visit.id.draw.year;
        let before = inspections.into_iter().flatten().filter(|it| {
            it.date.year() == year && visit.made.is_none_or(|made| it.date < made.date)
        });
        before.count() + 1
    }
}

/// Whether day and team were changed.
fn changed(visit: &Visit) -> [bool; 2] {
    let mut changed = [false; 2];
    for change in &visit.plan_changes {
        if let (Some(before), Some(after)) = (&change.before, &change.after) {
            changed[0] |= before.day != after.day;
            changed[1] |= before.lead != after.lead || before.member != after.member;
        }
        changed[1] |= matches!(change.kind, PlanChangeKind::StandIn { .. });
    }
    changed
}

/// Whether what is typed names a visit: by its unit, its number, its officers or its place.
fn names(task: &Task, text: &str) -> bool {
    let text = text.trim();
    let number = task.number.map(|number| number.to_string());
    text.is_empty()
        || task.name.contains(text)
        || task.address.contains(text)
        || task.visit.unit.as_str().contains(&text.to_uppercase())
        || number.is_some_and(|number| number == text)
        || task.officers.iter().any(|name| name.contains(text))
}

/// The lines of a view, grouped.
#[must_use]
pub fn task_lines(
    tasks: &[Task],
    view: TaskView,
    groups: TaskGroups,
    search: &str,
    today: NaiveDate,
) -> Vec<TaskLine> {
    let all = tasks.iter().enumerate();
    let shown = all.filter(|(_, task)| view.holds(task, today) && names(task, search));
    let mut lines = Vec::new();
    if groups == TaskGroups::Day {
        let mut by_day: BTreeMap<(bool, Option<NaiveDate>), Vec<usize>> = BTreeMap::new();
        for (at, task) in shown {
            let key = (task.day.is_none(), task.day);
            by_day.entry(key).or_default().push(at);
        }
        for ((_, day), places) in by_day {
            lines.push(TaskLine::Day(day, places.len()));
            lines.extend(places.into_iter().map(TaskLine::Task));
        }
        return lines;
    }
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, task) in shown {
        let name = match groups {
            TaskGroups::Officer => task.officers.first().map_or("", String::as_str),
            TaskGroups::Area | TaskGroups::Day => task.township.as_str(),
        };
        by_name.entry(name).or_default().push(at);
    }
    for (name, places) in by_name {
        lines.push(TaskLine::Name(name.to_owned(), places.len()));
        lines.extend(places.into_iter().map(TaskLine::Task));
    }
    lines
}
