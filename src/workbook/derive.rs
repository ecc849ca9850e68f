//! What follows from a workbook and is never stored: the calendar, draw levels,
//! the snapshot, and who is on duty. Which visits are still to be made stands in
//! [`pending`](super::pending).

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::visit::{Counted, VisitMade};
use super::{AnnualPlan, Workbook};
use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::duty::OfficerDuty;
use crate::engine::level::{LevelSum, RiskFacts};
use crate::engine::snapshot::{Snapshot, SnapshotError, SnapshotUnit};
use crate::model::{CandidateId, Credit, Finding, Officer, OfficerId, Unit, UnitId};

/// Working days at a month's end in which the next month is drawn (R9).
pub const WINDOW_DAYS: usize = 2;
/// Working days within which a planned visit should be made.
pub const DEADLINE_WORKING_DAYS: u32 = 3;
/// Months over which upheld complaints count.
const COMPLAINT_MONTHS: u32 = 12;
/// Months over which serious violations count.
const VIOLATION_MONTHS: u32 = 24;

/// The last day on which a visit planned for `day` should be made, by this calendar.
pub(super) fn deadline_in(calendar: &WorkdayCalendar, day: NaiveDate) -> NaiveDate {
    let last = YearMonth::of(day).last_day();
    let by = calendar.add_working_days(day, DEADLINE_WORKING_DAYS);
    by.min(last)
}

impl Workbook {
    /// The built-in working-day calendar with the years imported here.
    #[must_use]
    pub fn calendar(&self) -> WorkdayCalendar {
        let mut calendar = WorkdayCalendar::built_in();
        calendar.add_years(&self.holidays);
        calendar
    }

    /// The days on which `month` is to be drawn: the last two working days of
    /// the month before (R9), in order.
    #[must_use]
    pub fn draw_window(&self, month: YearMonth) -> Vec<NaiveDate> {
        self.calendar().last_working_days(month.prev(), WINDOW_DAYS)
    }

    /// The month that is drawn next: the one after the last drawn, else the one
    /// after `today`'s, kept within the years that are planned and not closed.
    #[must_use]
    pub fn next_month(&self, today: NaiveDate) -> YearMonth {
        let drawn = self.last_month();
        let under_way = self
            .open_draw_record()
            .filter(|draw| draw.own_register().is_none());
        let under_way = under_way.map(|draw| draw.month);
        let open = self.years.iter().find(|year| year.closed.is_none());
        let first = open.unwrap_or_else(|| self.last_year()).months()[0];
        let last = self.last_year().months()[11];
        let wanted = under_way
            .or_else(|| drawn.map(YearMonth::next))
            .unwrap_or_else(|| YearMonth::of(today).next());
        wanted.clamp(first, last)
    }

    /// The month to show where none is asked for: the one to be drawn, once its window
    /// has begun or none is drawn; else the last drawn, on which the work is.
    #[must_use]
    pub fn shown_month(&self, today: NaiveDate) -> YearMonth {
        let next = self.next_month(today);
        let is_due = self.draw_of(next).is_none()
            && self
                .draw_window(next)
                .first()
                .is_none_or(|first| *first <= today);
        let drawn = self.last_drawn().map(|draw| draw.month);
        let under_way = self.open_draw_record();
        let is_under_way = under_way.is_some_and(|draw| draw.own_register().is_none());
        match drawn {
            Some(drawn) if !is_due && !is_under_way => drawn,
            _ => next,
        }
    }

    /// A unit's points and level for the draw of `month`: complaints and
    /// violations are counted back from the month's first day.
    #[must_use]
    pub fn level_sum(&self, unit: &Unit, plan: &AnnualPlan, month: YearMonth) -> LevelSum {
        Self::level_sum_after(unit, self.last_inspection(unit), plan, month)
    }

    /// As [`Workbook::level_sum`], `last` being the unit's last counted inspection.
    pub(super) fn level_sum_after(
        unit: &Unit,
        last: Option<VisitMade>,
        plan: &AnnualPlan,
        month: YearMonth,
    ) -> LevelSum {
        let day = month.first_day();
        let since = |months| {
            day.checked_sub_months(Months::new(months))
                .unwrap_or(NaiveDate::MIN)
        };
        let within = |dates: &[NaiveDate], months| {
            dates
                .iter()
                .filter(|&&date| date >= since(months) && date < day)
                .count() as u32
        };
        let facts = RiskFacts {
            tier: unit.risk,
            credit: unit.credit,
            dishonest: unit.is_dishonest,
            complaints_count: within(&unit.complaints, COMPLAINT_MONTHS),
            serious_violation: within(&unit.violations, VIOLATION_MONTHS) > 0,
            key_industry: plan.key_categories.contains(&unit.category),
            last_visit_found_nothing: last.is_some_and(|made| made.finding == Finding::None),
        };
        debug_assert!(Credit::ALL.contains(&facts.credit));
        plan.design.points.level(&facts)
    }

    /// All active units as the draw for `month` sees them.
    ///
    /// # Errors
    /// [`SnapshotError`] where the register cannot be frozen.
    pub fn snapshot(&self, month: YearMonth, plan: &AnnualPlan) -> Result<Snapshot, SnapshotError> {
        let pending = self.pending_visits(month.year());
        let units = self
            .active_units()
            .map(|unit| self.snapshot_unit(unit, plan, month, pending.contains_key(&unit.id)));
        Snapshot::new(month, units.collect())
    }

    /// A unit as the draw for `month` sees it.
    pub(super) fn snapshot_unit(
        &self,
        unit: &Unit,
        plan: &AnnualPlan,
        month: YearMonth,
        pending: bool,
    ) -> SnapshotUnit {
        let counted = self.counted(unit, month.year(), |_| false);
        Self::snapshot_unit_after(unit, counted, plan, month, pending)
    }

    /// As [`Workbook::snapshot_unit`], with what counts of the unit's inspections.
    pub(super) fn snapshot_unit_after(
        unit: &Unit,
        counted: Counted,
        plan: &AnnualPlan,
        month: YearMonth,
        pending: bool,
    ) -> SnapshotUnit {
        SnapshotUnit {
            id: unit.draw_id(),
            stratum: unit.stratum(),
            level: Self::level_sum_after(unit, counted.last, plan, month).level,
            count: counted.count,
            last: counted.last.map(|made| made.date),
            pending,
        }
    }

    /// Officers who may make a visit and have not left, as they are from `month` on: with the
    /// days of its year on which they are away, and the units that they avoid. An avoidance
    /// that ends in the month holds for all of it.
    #[must_use]
    pub fn duties(&self, month: YearMonth) -> Vec<OfficerDuty> {
        self.officers
            .iter()
            .filter(|officer| officer.makes_visits())
            .map(|officer| self.duty(officer, month))
            .collect()
    }

    /// The last day on which a visit planned for `day` should be made: three
    /// working days later, within its month.
    #[must_use]
    pub fn deadline(&self, day: NaiveDate) -> NaiveDate {
        deadline_in(&self.calendar(), day)
    }

    /// Whether a record refers to the unit, so that an import must keep it.
    #[must_use]
    pub fn is_referenced(&self, id: &UnitId) -> bool {
        let (own, alias) = (CandidateId::from(id), self.draw_id(id));
        let is_frozen = |draw: &super::DrawRecord| {
            let snapshot = &draw.register.snapshot;
            let known = snapshot.unit(&own).or_else(|| snapshot.unit(&alias));
            known.is_some()
        };
        let taken_out = self.taken_out.as_ref();
        taken_out.is_some_and(|it| it.units.contains(id)) || self.draws().any(is_frozen)
    }

    /// Whether a draw's register holds the officer, so that an import must keep them.
    #[must_use]
    pub fn is_officer_referenced(&self, id: &OfficerId) -> bool {
        let mut drawn = self.draws().flat_map(|draw| &draw.register.officers);
        let taken_out = self.taken_out.as_ref();
        let mut changes = self.visits().flat_map(|visit| &visit.plan_changes);
        taken_out.is_some_and(|it| it.officers.contains(id))
            || drawn.any(|known| known.id == *id)
            || changes.any(|change| change.names(id))
    }

    /// An officer as a draw sees them.
    fn duty(&self, officer: &Officer, month: YearMonth) -> OfficerDuty {
        // Of a long absence only this year's days: it may end in a far one.
        let months = month.year_months();
        let (first, last) = (months[0].first_day(), months[11].last_day());
        let days = officer.absences.iter().flat_map(|absence| {
            let (from, to) = (absence.from.max(first), absence.to.min(last));
            from.iter_days().take_while(move |day| *day <= to)
        });
        OfficerDuty {
            id: officer.id.clone(),
            lead: officer.may_lead,
            certificate_until: officer.certificate_until,
            absent: days.collect::<BTreeSet<_>>(),
            avoid: officer
                .avoidances
                .iter()
                .filter(|avoidance| avoidance.holds_on(month.first_day()))
                .map(|avoidance| self.draw_id(&avoidance.unit))
                .collect(),
        }
    }
}
