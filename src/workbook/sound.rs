//! What every part of the program takes for granted of a workbook, checked once when
//! one is read: ranges, orders, and that what is referred to is there.
//!
//! Who opens a file that fails here is told what is wrong with it. Whether a draw in it
//! is honest is another question, which the verification answers.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::brigade::is_prefix;
use super::campaign::are_campaigns_sound;
use super::closing::is_rightly_closed;
use super::plan_change::PlanChange;
use super::publishing::are_bulletins_sound;
use super::self_check::are_checks_sound;
use super::taking_out::is_rightly_taken_out;
use super::{
    AnnualPlan, DrawRecord, NUMBER_MAX, UNITS_MAX, Visit, VisitId, VisitSource, Workbook, YEARS,
    Year,
};
use crate::engine::calendar::{YearMonth, check_years};
use crate::engine::certificate::dates;
use crate::engine::draw::MonthSizes;
use crate::model::unit::ALIAS_PREFIX;
use crate::model::{Agency, Engineer, Officer, Unit, UnitStatus};

/// Years in which a date of a record may lie; the same that files may name.
pub const DATE_YEARS: RangeInclusive<i32> = 1900..=2999;
/// Visits of a month, at most: more than all officers could make.
const VISITS_MAX: u32 = 1_000_000;

/// What is wrong with a workbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// A year outside [`YEARS`].
    #[error("year {year}")]
    Year { year: i32 },
    /// No prefix of unit ids.
    #[error("prefix {found:?}")]
    Prefix {
        /// What stands there.
        found: String,
    },
    /// No year, or years that do not follow one another.
    #[error("years out of order")]
    Years,
    /// Years taken out that do not lead up to those kept, or are written wrongly.
    #[error("years taken out")]
    TakenOut,
    /// A year closed too early, or with a statement that does not fit it.
    #[error("{year} is closed wrongly")]
    Closed { year: i32 },
    /// Visits of a year that no draw chose, or that are missing.
    #[error("visits of {year}")]
    Visits { year: i32 },
    /// Reports of checks out of order, or signed and filed as none can be.
    #[error("reports of checks of {year}")]
    SelfChecks { year: i32 },
    /// Versions of what was published do not count from 1.
    #[error("publications of {year}")]
    Bulletins { year: i32 },
    /// Schemes of campaigns out of order, or with draws that are none.
    #[error("campaigns of {year}")]
    Campaigns { year: i32 },
    /// A last number above [`NUMBER_MAX`].
    #[error("last number {found}")]
    LastNumber {
        /// What stands there.
        found: u32,
    },
    /// A date far outside any record's life.
    #[error("{record}: {date}")]
    Date { record: String, date: NaiveDate },
    /// An absence that ends before it begins.
    #[error("{record}: {from} to {to}")]
    PeriodOrder {
        /// The officer.
        record: String,
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// An alias that is no alias, or is another unit's too; or an id that reads like one.
    #[error("alias of {unit}")]
    Alias { unit: String },
    /// Holidays of a year that contradict themselves.
    #[error("holidays of {year}")]
    Holidays { year: i32 },
    /// Versions of the item list that are not 1, 2, 3 …, or not in order of their days.
    #[error("versions of the item list")]
    ItemVersions,
    /// A plan of another year, or with numbers that break a rule.
    #[error("plan {version:?}")]
    Plan {
        /// Its version; none of the draft.
        version: Option<u32>,
    },
    /// Versions of plans that are not 1, 2, 3 ….
    #[error("plan {found} where {expected} should be")]
    PlanVersion {
        /// What stands there.
        found: u32,
        /// What should.
        expected: u32,
    },
    /// A draw that cannot be so.
    #[error("draw {number}: {flaw:?}")]
    Draw {
        /// Its place among the draws, from 1.
        number: u32,
        /// What is wrong with it.
        flaw: DrawFlaw,
    },
}

/// What is wrong with a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawFlaw {
    /// Its number is not its place among the draws.
    Number,
    /// Its month is not of its year, or stands otherwise in its parts.
    Month,
    /// No plan has its version.
    Plan,
    /// Its steps contradict each other.
    Steps,
    /// Its frozen units or officers are out of order, or do not fit together.
    Register,
    /// Its frozen working days are no days in order, or a month has none.
    WorkingDays,
    /// Its sizes are no sizes.
    Sizes,
    /// Its days and teams are not of its month and register.
    Visits,
}

impl Workbook {
    /// Checks what the rest of the program relies on.
    ///
    /// # Errors
    /// [`Unsound`], the first thing that is wrong.
    pub fn check_sound(&self) -> Result<(), Unsound> {
        let years = self.years.iter().map(|year| year.year);
        if let Some(year) = years.clone().find(|year| !YEARS.contains(year)) {
            return Err(Unsound::Year { year });
        }
        let follow = |pair: &[Year]| pair[1].year == pair[0].year + 1;
        if self.years.is_empty() || !self.years.windows(2).all(follow) {
            return Err(Unsound::Years);
        }
        let taken_out = self.taken_out.as_ref();
        if taken_out.is_some_and(|it| !is_rightly_taken_out(self, it)) {
            return Err(Unsound::TakenOut);
        }
        for year in taken_out.into_iter().flat_map(|it| &it.years) {
            check_date("taken_out", Some(year.at.date()))?;
        }
        if !is_prefix(&self.brigade.unit_prefix) {
            let found = self.brigade.unit_prefix.clone();
            return Err(Unsound::Prefix { found });
        }
        let lasts = [
            self.unit_number_last,
            self.officer_number_last,
            self.agency_number_last,
            self.engineer_number_last,
        ];
        if let Some(found) = lasts.into_iter().find(|&last| last > NUMBER_MAX) {
            return Err(Unsound::LastNumber { found });
        }
        check_date("demo_today", self.demo_today)?;
        self.units.iter().try_for_each(check_unit)?;
        self.check_aliases()?;
        self.officers.iter().try_for_each(check_officer)?;
        self.agencies.iter().try_for_each(check_agency)?;
        self.engineers.iter().try_for_each(check_engineer)?;
        if !super::item_version::are_sound(&self.item_versions) {
            return Err(Unsound::ItemVersions);
        }
        for version in &self.item_versions {
            check_date("item_versions", Some(version.since))?;
        }
        for (&year, days) in &self.holidays {
            let years = [(year, days.clone())].into();
            check_years(&years).map_err(|_| Unsound::Holidays { year })?;
        }
        for year in &self.years {
            check_plans(year)?;
            if !are_campaigns_sound(year) {
                return Err(Unsound::Campaigns { year: year.year });
            }
            if !are_checks_sound(year) {
                return Err(Unsound::SelfChecks { year: year.year });
            }
            for check in &year.self_checks {
                let filed = check.filed.as_ref().map(|it| it.date);
                for date in [Some(check.from), Some(check.to), Some(check.date()), filed] {
                    check_date("self_checks", date)?;
                }
            }
            if !are_bulletins_sound(year) {
                return Err(Unsound::Bulletins { year: year.year });
            }
            for bulletin in &year.bulletins {
                for date in [Some(bulletin.date), bulletin.due] {
                    check_date("bulletins", date)?;
                }
            }
            for campaign in &year.campaigns {
                let withdrawn = campaign.withdrawn.as_ref().map(|it| it.at.date());
                for date in [Some(campaign.from), Some(campaign.to), withdrawn] {
                    check_date(&campaign.name, date)?;
                }
            }
            (1..).zip(&year.draws).try_for_each(|(number, draw)| {
                let flaw = flaw(year, number, draw);
                flaw.map_or(Ok(()), |flaw| Err(Unsound::Draw { number, flaw }))
            })?;
        }
        let open = self.draws().filter(|draw| draw.is_open());
        if let Some(draw) = open.skip(1).last() {
            let (number, flaw) = (draw.number, DrawFlaw::Steps);
            return Err(Unsound::Draw { number, flaw });
        }
        self.check_visits()?;
        let is_wrong = |year: &&Year| {
            let is_archived = self.is_archive() && year.year == self.last_year().year;
            !is_rightly_closed(year) || (is_archived && year.closed.is_none())
        };
        let closed = self.years.iter().find(is_wrong);
        closed.map_or(Ok(()), |year| Err(Unsound::Closed { year: year.year }))
    }

    /// Each visit is one that a draw chose, and each chosen has its own.
    fn check_visits(&self) -> Result<(), Unsound> {
        for year in &self.years {
            let chosen = year.draws.iter().flat_map(|draw| self.chosen(draw));
            let chosen: Vec<(VisitId, VisitSource)> = chosen.collect();
            let drawn = year.visits.iter();
            let drawn = drawn.filter(|visit| visit.source != VisitSource::Replacement);
            let named = drawn.map(|visit| (&visit.id, visit.source));
            if !chosen.iter().map(|(id, source)| (id, *source)).eq(named) {
                return Err(Unsound::Visits { year: year.year });
            }
            let chosen = year.draws.iter().flat_map(Self::own_chosen);
            let own = year.own_visits.iter();
            let drawn = own.filter(|visit| visit.steps_in.is_none());
            let own = year.own_visits.iter();
            let are_right = own.clone().is_sorted_by(|a, b| a.id < b.id)
                && own.clone().all(|visit| self.is_own_rightly_replaced(visit));
            if !chosen.eq(drawn.map(|visit| visit.id.clone())) || !are_right {
                return Err(Unsound::Visits { year: year.year });
            }
            for visit in &year.own_visits {
                let changes = visit.changes.iter();
                let changes = changes.flat_map(|it| [Some(&it.before), it.after.as_ref()]);
                for made in changes.chain([visit.made.as_ref()]).flatten() {
                    check_date(visit.id.record.as_str(), Some(made.date))?;
                }
            }
            for visit in &year.visits {
                let changes = visit.changes.iter();
                let changes = changes.flat_map(|change| [Some(change.before), change.after]);
                for made in changes.chain([visit.made]) {
                    check_date(visit.id.unit.as_str(), made.map(|made| made.date))?;
                }
                let rechecks = visit.rechecks.iter().map(|it| it.date);
                for date in rechecks.chain(visit.papers.iter().map(|it| it.date)) {
                    check_date(visit.id.unit.as_str(), Some(date))?;
                }
                if !self.has_plan_changes(visit) {
                    return Err(Unsound::Visits { year: year.year });
                }
            }
            // A paper is named by its number.
            let numbers = year.visits.iter().filter_map(|visit| visit.number);
            let mut known = BTreeSet::new();
            let others = year.others.iter().map(|it| it.number);
            let is_in_order = others.eq(1..=year.others.len() as u32);
            if !is_in_order || !numbers.into_iter().all(|number| known.insert(number)) {
                return Err(Unsound::Visits { year: year.year });
            }
        }
        Ok(())
    }

    /// Whether what was changed of a visit's plans could be so: each of a plan that is there,
    /// within its month and by officers who are known; and who stepped in is the first of the
    /// reserve that was not passed over, as the draw's own record gives it.
    fn has_plan_changes(&self, visit: &Visit) -> bool {
        let is_possible = |change: &PlanChange| {
            let plan = self.draw(change.draw).filter(|it| it.drawn.is_some());
            let visits = change.before.iter().chain(&change.after);
            plan.is_some_and(|plan| {
                plan.id() >= visit.id.draw
                    && visits.into_iter().all(|it| {
                        YearMonth::of(it.day) == plan.month
                            && [&it.lead, &it.member]
                                .into_iter()
                                .all(|id| self.officer(id).is_some())
                    })
            }) && DATE_YEARS.contains(&change.at.year())
        };
        let is_replacement = visit.source == VisitSource::Replacement;
        visit.plan_changes.iter().all(is_possible)
            && visit.stepped_in_on().is_some() == is_replacement
            && self.is_rightly_replaced(visit)
            && (!is_replacement || self.is_rightly_stepped_in(visit))
    }

    fn check_aliases(&self) -> Result<(), Unsound> {
        let mut aliases = BTreeSet::new();
        for unit in &self.units {
            let is_right = unit.withheld.as_ref().is_none_or(|withheld| {
                let alias = withheld.alias.as_str();
                alias.starts_with(ALIAS_PREFIX) && aliases.insert(alias)
            });
            if !is_right || unit.id.as_str().starts_with(ALIAS_PREFIX) {
                let unit = unit.id.to_string();
                return Err(Unsound::Alias { unit });
            }
        }
        Ok(())
    }
}

fn check_plans(year: &Year) -> Result<(), Unsound> {
    let is_right = |plan: &AnnualPlan| plan.year == year.year && plan.design.errors().is_empty();
    if !is_right(&year.draft) {
        return Err(Unsound::Plan { version: None });
    }
    for (expected, frozen) in (1..).zip(&year.plans) {
        let found = frozen.version;
        if found != expected {
            return Err(Unsound::PlanVersion { found, expected });
        }
        if !is_right(&frozen.plan) {
            let version = Some(found);
            return Err(Unsound::Plan { version });
        }
    }
    Ok(())
}

fn flaw(year: &Year, number: u32, draw: &DrawRecord) -> Option<DrawFlaw> {
    let is_last = number as usize == year.draws.len();
    let is_month = draw.month.year() == year.year
        && draw.register.snapshot.month == draw.month
        && draw.sizes.month == draw.month;
    let mut plans = year.plans.iter();
    let checks = [
        (draw.number == number, DrawFlaw::Number),
        (is_month, DrawFlaw::Month),
        (
            plans.any(|plan| plan.version == draw.plan_version),
            DrawFlaw::Plan,
        ),
        (
            has_steps(draw) && (is_last || !draw.is_open()),
            DrawFlaw::Steps,
        ),
        (has_register(draw), DrawFlaw::Register),
        (has_working_days(draw), DrawFlaw::WorkingDays),
        (has_sizes(&draw.sizes), DrawFlaw::Sizes),
        (has_visits(draw), DrawFlaw::Visits),
    ];
    checks
        .into_iter()
        .find_map(|(is_right, flaw)| (!is_right).then_some(flaw))
        // Drawn again from what is right so far.
        .or_else(|| (!has_numbers(draw)).then_some(DrawFlaw::Steps))
}

fn check_date(record: &str, date: Option<NaiveDate>) -> Result<(), Unsound> {
    match date.filter(|date| !DATE_YEARS.contains(&date.year())) {
        Some(date) => Err(Unsound::Date {
            record: record.to_owned(),
            date,
        }),
        None => Ok(()),
    }
}

/// Since when a record is out of use.
const fn retired(status: &UnitStatus) -> Option<NaiveDate> {
    match status {
        UnitStatus::Active => None,
        UnitStatus::Retired { since, .. } => Some(*since),
    }
}

fn check_agency(agency: &Agency) -> Result<(), Unsound> {
    let mut dates = [agency.qualified_until, retired(&agency.status)].into_iter();
    dates.try_for_each(|date| check_date(agency.id.as_str(), date))
}

fn check_engineer(engineer: &Engineer) -> Result<(), Unsound> {
    let mut dates = [engineer.registered_until, retired(&engineer.status)].into_iter();
    dates.try_for_each(|date| check_date(engineer.id.as_str(), date))
}

fn check_unit(unit: &Unit) -> Result<(), Unsound> {
    let retired = retired(&unit.status);
    let withheld = unit.withheld.as_ref().map(|it| it.since);
    let inspected = unit.inspections.iter().map(|it| it.date);
    let reported = unit.complaints.iter().chain(&unit.violations).copied();
    let mut dates = retired
        .into_iter()
        .chain(withheld)
        .chain(inspected)
        .chain(reported);
    dates.try_for_each(|date| check_date(unit.id.as_str(), Some(date)))
}

fn check_officer(officer: &Officer) -> Result<(), Unsound> {
    let record = officer.id.as_str();
    check_date(record, officer.certificate_until)?;
    for absence in &officer.absences {
        let (from, to) = (absence.from, absence.to);
        check_date(record, Some(from))?;
        check_date(record, Some(to))?;
        if from > to {
            let record = record.to_owned();
            return Err(Unsound::PeriodOrder { record, from, to });
        }
    }
    Ok(())
}

/// Nothing is drawn without a commitment, and what is broken off is not drawn.
fn has_steps(draw: &DrawRecord) -> bool {
    let is_drawn = draw.outcome().is_some();
    let committed_at = draw.committed.as_ref().map(|it| it.at);
    let drawn_at = draw.outcome().map(|it| it.at);
    let times = [Some(draw.opened_at), committed_at, drawn_at];
    let mut times = times.into_iter().flatten();
    times.all(|at| DATE_YEARS.contains(&at.year()))
        && (!is_drawn || draw.committed.is_some())
        && !(is_drawn && draw.broken_off.is_some())
        && draw
            .approval
            .as_ref()
            .is_none_or(|it| draw.drawn.is_some() && DATE_YEARS.contains(&it.date.year()))
}

fn has_register(draw: &DrawRecord) -> bool {
    let register = &draw.register;
    let units = &register.snapshot.units;
    let is_dated = |date: &NaiveDate| DATE_YEARS.contains(&date.year());
    units.is_sorted_by(|a, b| a.id < b.id)
        && units
            .iter()
            .all(|unit| unit.last.iter().all(is_dated) && (unit.count == 0 || unit.last.is_some()))
        && register.sum_of.len() == units.len()
        && register
            .sum_of
            .iter()
            .all(|&at| (at as usize) < register.sums.len())
        && register.officers.is_sorted_by(|a, b| a.id < b.id)
        && register
            .officers
            .iter()
            .all(|it| it.absent.iter().all(is_dated))
}

fn has_working_days(draw: &DrawRecord) -> bool {
    let months = draw.month.year_months();
    let mut pairs = months.into_iter().zip(&draw.register.working_days);
    pairs.all(|(month, days)| !days.is_empty() && dates(month, days).is_some())
}

fn has_sizes(sizes: &MonthSizes) -> bool {
    let units = UNITS_MAX as u32;
    let cells = sizes.cells.iter().all(|cell| {
        let all = [
            cell.size,
            cell.target,
            cell.committed,
            cell.demand,
            cell.pool,
        ];
        all.into_iter().all(|count| count <= units) && cell.quota <= cell.pool
    });
    let months = sizes.capacity.iter().chain(&sizes.minimum);
    cells
        && sizes.second_pool <= units
        && sizes.second_quota <= sizes.second_pool
        && months.into_iter().all(|&count| count <= VISITS_MAX)
        && sizes
            .loads
            .iter()
            .all(|load| (1..=12).contains(&load.month))
}

/// Numbers that wait for their plan are those that the entropy gives: what is laid and
/// certified next would follow a false one.
fn has_numbers(draw: &DrawRecord) -> bool {
    let (Some(numbers), Some(committed)) = (&draw.numbers, &draw.committed) else {
        return draw.numbers.is_none();
    };
    let commitment = &committed.commitment;
    let fits = numbers.entropy.check(&commitment.entropy).as_ref() == Ok(&numbers.missing);
    let seed = commitment.seed(&numbers.entropy).ok();
    fits && seed.is_some_and(|seed| {
        numbers.result
            == draw
                .occasion
                .draw(&draw.sizes, &draw.register.snapshot, seed)
    })
}

fn has_visits(draw: &DrawRecord) -> bool {
    let Some(drawn) = &draw.drawn else {
        return true;
    };
    let register = &draw.register;
    let is_officer = |id| {
        let found = register.officers.binary_search_by(|known| known.id.cmp(id));
        found.is_ok()
    };
    drawn.plan.visits.iter().all(|(unit, visit)| {
        register.snapshot.unit(unit).is_some()
            && YearMonth::of(visit.day) == draw.month
            && is_officer(&visit.lead)
            && is_officer(&visit.member)
    })
}
