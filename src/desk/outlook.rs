//! The annual plan held against the register: what the year needs, month by
//! month, and whether it fits (N1).

use chrono::{Datelike, NaiveDate};

use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::cell::Cell;
use crate::engine::design::AnnualDesign;
use crate::engine::draw::{MonthSizes, size_month};
use crate::engine::duty::{MonthCapacity, OfficerDuty, year_capacity};
use crate::engine::pace::{AtOnce, Pace, at_once};
use crate::engine::snapshot::{Snapshot, SnapshotError};
use crate::engine::year_plan::{Remedy, YearPlan, remedies, year_plan};
use crate::model::{DrawLevel, Stratum};
use crate::workbook::pending::carried_of;
use crate::workbook::{AnnualPlan, Workbook, Year};

/// A stratum in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StratumOutlook {
    /// Which.
    pub stratum: Stratum,
    pub units_count: u32,
    /// Units that the legal floor demands.
    pub floor_count: u32,
    /// Units that the plan wants to visit.
    pub target_count: u32,
    /// Units visited this year, or with a visit drawn.
    pub committed_count: u32,
}

/// A month of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOutlook {
    pub month: YearMonth,
    /// Counted inspections made in it.
    pub made_count: u32,
    /// Visits drawn and planned for it, not yet made.
    pub pending_count: u32,
    /// First visits still to be drawn for it, a stratum (A, B, C).
    pub first_counts: [u32; 3],
    /// Second visits still to be drawn for it.
    pub second_count: u32,
    /// What it holds.
    pub capacity: MonthCapacity,
}

impl MonthOutlook {
    /// All visits of the month.
    #[must_use]
    pub fn visits_count(&self) -> u32 {
        self.made_count
            + self.pending_count
            + self.first_counts.iter().sum::<u32>()
            + self.second_count
    }
}

/// The plan held against the register.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The month from which visits are still to be drawn.
    pub from: YearMonth,
    /// Sizes of that month's draw, as things stand.
    pub sizes: MonthSizes,
    /// The projection from that month on.
    pub year: YearPlan,
    /// What would mend it by itself, where it does not fit.
    pub remedies: Vec<Remedy>,
    /// The strata A, B, C.
    pub strata: [StratumOutlook; 3],
    /// All twelve months.
    pub months: Vec<MonthOutlook>,
    /// Units that an inspection of the year before keeps free of visits at its beginning,
    /// by the month from which on they may be drawn, January first.
    pub released: [u32; 12],
}

impl Outlook {
    /// Units, target and committed of a cell; none where it has no units.
    #[must_use]
    pub fn cell(&self, stratum: Stratum, level: DrawLevel) -> Option<(u32, u32, u32)> {
        let cell = self
            .sizes
            .cells
            .iter()
            .find(|cell| cell.cell == Cell::Of(stratum, level))?;
        Some((cell.size, cell.target, cell.committed))
    }

    /// Months still to come whose visits do not reach one on each working day, with the
    /// visits that they have; none where the plan asks for no such minimum.
    #[must_use]
    pub fn below_minimum(&self) -> Vec<(YearMonth, u32)> {
        let ahead = self.months.iter().filter(|month| month.month >= self.from);
        let short = ahead.filter(|month| month.visits_count() < month.capacity.minimum);
        short
            .map(|month| (month.month, month.visits_count()))
            .collect()
    }
}

/// What an outlook follows from, taken from the workbook as it stands.
pub struct OutlookInput {
    from: YearMonth,
    snapshot: Snapshot,
    duties: Vec<OfficerDuty>,
    design: AnnualDesign,
    calendar: WorkdayCalendar,
    /// Counted inspections made, and visits drawn and not yet made, a month.
    counts: Vec<(YearMonth, u32, u32)>,
}

impl OutlookInput {
    /// Works the outlook out.
    pub async fn work_out(self, pace: &impl Pace) -> Outlook {
        let Self {
            from,
            snapshot,
            duties,
            design,
            calendar,
            counts,
        } = self;
        let (year, sizes) = year_plan(snapshot.clone(), &duties, &design, &calendar, pace).await;
        let remedies = remedies(&snapshot, &duties, &design, &calendar, pace).await;
        let released = released(&snapshot);
        let capacity = year_capacity(from, &duties, &design, &calendar);
        let months = counts.into_iter().zip(capacity);
        let months = months.map(|(counts, capacity)| month_outlook(counts, capacity, &year));
        Outlook {
            from,
            strata: Stratum::ALL.map(|stratum| stratum_outlook(stratum, &sizes)),
            months: months.collect(),
            released,
            sizes,
            year,
            remedies,
        }
    }
}

impl Workbook {
    /// Holds `plan` against the register, from `from` on.
    ///
    /// # Errors
    /// [`SnapshotError`] where the register cannot be frozen.
    pub fn outlook(
        &self,
        plan: &AnnualPlan,
        from: YearMonth,
        today: NaiveDate,
    ) -> Result<Outlook, SnapshotError> {
        let input = self.outlook_input(plan, from, today)?;
        Ok(at_once(input.work_out(&AtOnce)))
    }

    /// What [`Workbook::outlook`] follows from, to be worked out at any pace.
    ///
    /// # Errors
    /// As [`Workbook::outlook`].
    pub fn outlook_input(
        &self,
        plan: &AnnualPlan,
        from: YearMonth,
        today: NaiveDate,
    ) -> Result<OutlookInput, SnapshotError> {
        let months = from.year_months().into_iter();
        Ok(OutlookInput {
            from,
            snapshot: self.snapshot_on(from, plan, today)?,
            duties: self.duties(from),
            design: plan.design.clone(),
            calendar: self.calendar(),
            counts: months.map(|month| self.visit_counts(month)).collect(),
        })
    }

    /// The sizes that a draw of `month` would have today, without opening it.
    ///
    /// # Errors
    /// [`SnapshotError`] where the register cannot be frozen.
    pub fn trial_sizes(
        &self,
        month: YearMonth,
        today: NaiveDate,
    ) -> Result<MonthSizes, SnapshotError> {
        let plan = self.plan_in(month);
        let snapshot = self.snapshot_on(month, plan, today)?;
        let carried = carried_of(&snapshot);
        Ok(size_month(
            &snapshot,
            &self.duties(month),
            &plan.design,
            &carried,
            &self.calendar(),
        ))
    }

    /// Counted inspections made in a month, and visits drawn for it and not yet made.
    fn visit_counts(&self, month: YearMonth) -> (YearMonth, u32, u32) {
        let before = self.units.iter().flat_map(|unit| &unit.inspections);
        let before = before.map(|inspection| inspection.date);
        let made = self.visits().filter_map(|visit| visit.made);
        let days = before.chain(made.map(|made| made.date));
        let made_count = days.filter(|day| YearMonth::of(*day) == month).count() as u32;
        let visits = self.month_visits(month);
        let pending_count = visits.iter().filter(|row| row.is_pending()).count() as u32;
        (month, made_count, pending_count)
    }

    /// The month of a year from which visits are still to be drawn, on `today`: the one
    /// after the last drawn; before any draw January, or the next month once the
    /// year runs.
    #[must_use]
    pub fn outlook_from(&self, year: &Year, today: NaiveDate) -> YearMonth {
        let months = year.months();
        let is_before = today.year() < year.year && year.draws.is_empty();
        if is_before {
            months[0]
        } else {
            self.next_month(today).clamp(months[0], months[11])
        }
    }
}

/// Units last inspected in the year before the snapshot's and released in it, by month.
fn released(snapshot: &Snapshot) -> [u32; 12] {
    let year = snapshot.month.year();
    let is_of = |date: Option<NaiveDate>, of: i32| date.is_some_and(|date| date.year() == of);
    let mut released = [0; 12];
    for unit in &snapshot.units {
        let is_bound = is_of(unit.last, year - 1) && is_of(unit.release_date(), year);
        let month = unit.release_month(year) as usize - 1;
        if let (true, Some(count)) = (is_bound, released.get_mut(month)) {
            *count += 1;
        }
    }
    released
}

fn month_outlook(
    (month, made_count, pending_count): (YearMonth, u32, u32),
    capacity: MonthCapacity,
    year: &YearPlan,
) -> MonthOutlook {
    let projected = year
        .months
        .iter()
        .find(|projected| projected.month == month);
    MonthOutlook {
        month,
        made_count,
        pending_count,
        first_counts: projected.map_or([0; 3], |projected| projected.first_by_stratum),
        second_count: projected.map_or(0, |projected| projected.second),
        capacity,
    }
}

fn stratum_outlook(stratum: Stratum, sizes: &MonthSizes) -> StratumOutlook {
    let own = || {
        sizes
            .cells
            .iter()
            .filter(|cell| matches!(cell.cell, Cell::Of(of, _) if of == stratum))
    };
    let units_count = own().map(|cell| cell.size).sum();
    let floor_count = stratum.legal_floor().of(units_count);
    StratumOutlook {
        stratum,
        units_count,
        floor_count,
        target_count: own().map(|cell| cell.target).sum::<u32>().max(floor_count),
        committed_count: own().map(|cell| cell.committed).sum(),
    }
}

/// One decimal of a share in percent.
#[must_use]
pub fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "0.0".into();
    }
    let tenths = (u64::from(part) * 1000 + u64::from(whole) / 2) / u64::from(whole);
    format!("{}.{}", tenths / 10, tenths % 10)
}
