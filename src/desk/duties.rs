//! 今天要办: what is due, from what the workbook knows. Dates first; nothing invented.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::desk::VisitRow;
use crate::desk::officer_list::CERTIFICATE_WARN_DAYS;
use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::model::OfficerId;
use crate::workbook::self_check::CheckDue;
use crate::workbook::trail::TrailCut;
use crate::workbook::visit_stage::{PUBLISH_WORKING_DAYS, RECHECK_WORKING_DAYS};
use crate::workbook::{Visit, VisitState, Workbook, Year};

/// Something that is due, or will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// 操作记录 was cut: it lacks what a draw's commitment says of it.
    TrailCut(TrailCut),
    /// A draw waits for its commitment or its entropy.
    DrawUnderWay { number: u32, month: YearMonth },
    /// A month's plan waits for the head of the brigade.
    ApprovePlan { number: u32, month: YearMonth },
    /// The annual plan is not frozen.
    FreezePlan { year: i32 },
    /// The next year can be begun.
    StartYear { year: i32 },
    /// A year is over, and can be closed.
    CloseYear { year: i32 },
    /// The next month is to be drawn between these days.
    DrawMonth {
        month: YearMonth,
        /// First day of the window.
        first: NaiveDate,
        /// Last day of the window.
        last: NaiveDate,
        /// Working days until the first one; none inside the window or behind it.
        working_days_left: Option<u32>,
        /// Whether the window is over.
        is_late: bool,
    },
    /// Visits planned for an earlier day whose term is over.
    LateVisits {
        /// The month in whose plan they stand.
        month: YearMonth,
        /// How many.
        count: u32,
    },
    /// The holidays of this year are not imported.
    ImportCalendar { year: i32 },
    /// Records of active units that lack something.
    Incomplete {
        /// How many.
        count: u32,
    },
    /// Units that may be gone.
    Suspects {
        /// How many.
        count: usize,
    },
    /// A certificate that has ended or soon will.
    Certificate {
        officer: OfficerId,
        /// Its last day.
        until: NaiveDate,
    },
    /// Several certificates.
    Certificates {
        /// How many.
        count: u32,
        /// The first last day.
        until: NaiveDate,
    },
    /// 定期核查 is due, or will be.
    SelfCheck(CheckDue),
    /// The head has still to sign a check's report.
    SignCheck {
        year: i32,
        number: u32,
        until: NaiveDate,
    },
    /// A check's report is still to be filed to the 支队.
    FileCheck {
        year: i32,
        number: u32,
        until: NaiveDate,
    },
    /// Something is to be published.
    Publish {
        /// How many things.
        count: u32,
        /// The first day by which one of them must be public.
        until: NaiveDate,
    },
    /// Something that several visits wait for.
    Visits(VisitDuty, VisitsDue),
}

/// What visits wait for, each with a day of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitDuty {
    /// 复查, within three working days of the end of a term.
    Recheck,
    /// 录入, within the brigade's working days of the visit.
    Enter,
    /// What the review sent back.
    Returned,
    /// A result whose twenty working days run out before it is accepted.
    Accept,
    /// 审核 of what is entered.
    Review,
    /// 通知 before the visit.
    Notify,
}

/// Visits that wait for one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitsDue {
    /// How many.
    pub count: u32,
    /// The first day by which one must be done.
    pub until: NaiveDate,
    /// How many of them are late.
    pub late: u32,
}

/// Certificates that have a line each; more have one together.
const CERTIFICATES_NAMED: usize = 2;
/// Working days before a visit from which its notice is due.
const NOTICE_WORKING_DAYS: u32 = 2;
/// Working days before the end of a publication term from which one is reminded.
const ACCEPT_WORKING_DAYS: u32 = 5;

impl Duty {
    /// The year to which it belongs, where it is one year's.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        match self {
            Self::DrawUnderWay { month, .. }
            | Self::ApprovePlan { month, .. }
            | Self::DrawMonth { month, .. }
            | Self::LateVisits { month, .. } => Some(month.year()),
            Self::FreezePlan { year }
            | Self::StartYear { year }
            | Self::CloseYear { year }
            | Self::ImportCalendar { year } => Some(*year),
            Self::TrailCut(_)
            | Self::Incomplete { .. }
            | Self::Suspects { .. }
            | Self::Certificate { .. }
            | Self::Certificates { .. }
            | Self::SelfCheck(_)
            | Self::SignCheck { .. }
            | Self::FileCheck { .. }
            | Self::Publish { .. }
            | Self::Visits(..) => None,
        }
    }

    /// The day by which it is to be done, where there is one.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        match self {
            Self::ApprovePlan { month, .. } => Some(month.first_day()),
            Self::DrawMonth { last, .. } => Some(*last),
            Self::Certificate { until, .. }
            | Self::Certificates { until, .. }
            | Self::SignCheck { until, .. }
            | Self::Publish { until, .. }
            | Self::FileCheck { until, .. } => Some(*until),
            Self::SelfCheck(due) => Some(due.remind),
            Self::Visits(_, due) => Some(due.until),
            // Its days are over, each another.
            Self::LateVisits { .. }
            | Self::TrailCut(_)
            | Self::DrawUnderWay { .. }
            | Self::FreezePlan { .. }
            | Self::StartYear { .. }
            | Self::CloseYear { .. }
            | Self::ImportCalendar { .. }
            | Self::Incomplete { .. }
            | Self::Suspects { .. } => None,
        }
    }

    /// Where it stands among others: what stops everything, what is late by its day, what
    /// must be done before anything can be drawn, what has a day, what has none.
    fn rank(&self, today: NaiveDate) -> (u8, Option<NaiveDate>) {
        match self {
            Self::TrailCut(_) | Self::DrawUnderWay { .. } => (0, None),
            Self::LateVisits { month, .. } => (1, Some(month.first_day())),
            Self::FreezePlan { .. } => (2, None),
            _ => match self.until() {
                Some(until) if until < today => (1, Some(until)),
                Some(until) => (3, Some(until)),
                None => (4, None),
            },
        }
    }
}

/// A day of the month's strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripDay {
    /// The day.
    pub date: NaiveDate,
    /// Whether it is worked.
    pub is_working: bool,
    /// Visits planned for it that are made.
    pub made_count: u32,
    /// Visits planned for it that are not.
    pub planned_count: u32,
    /// Whether the next month is drawn on it.
    pub is_draw_day: bool,
}

impl Workbook {
    /// The visits planned for `month` by all its draws, in order of day and then
    /// of id, numbered anew; empty where it is not drawn.
    #[must_use]
    pub fn month_visits(&self, month: YearMonth) -> Vec<VisitRow> {
        let draws = self.draws_of(month);
        let mut rows: Vec<VisitRow> = draws.flat_map(|draw| self.visit_rows(draw)).collect();
        rows.sort_by(|a, b| (a.day, &a.unit).cmp(&(b.day, &b.unit)));
        for (row, number) in rows.iter_mut().zip(1..) {
            row.row_number = number;
        }
        rows
    }

    /// Visits of the last month drawn that an officer is to make and that are still to be
    /// made; with `days`, those planned for these days, first and last included.
    #[must_use]
    pub fn visits_ahead(
        &self,
        officer: &OfficerId,
        days: Option<(NaiveDate, NaiveDate)>,
    ) -> Vec<VisitRow> {
        // What was not made before is in the last month's plan: it is carried.
        let Some(draw) = self.last_drawn() else {
            return Vec::new();
        };
        let mut rows = self.month_visits(draw.month);
        rows.retain(|row| {
            let is_theirs = row.lead == *officer || row.member == *officer;
            let is_then = days.is_none_or(|(from, to)| (from..=to).contains(&row.day));
            is_theirs && is_then && row.is_pending()
        });
        rows
    }

    /// What is due on `today`: what is late first, then by day.
    #[must_use]
    pub fn duties_on(&self, today: NaiveDate) -> Vec<Duty> {
        if self.is_archive() {
            return Vec::new();
        }
        let mut duties: Vec<Duty> = self.trail_cut().map(Duty::TrailCut).into_iter().collect();
        if let Some(draw) = self.open_draw_record() {
            duties.push(Duty::DrawUnderWay {
                number: draw.number,
                month: draw.month,
            });
        }
        duties.extend(self.approval_duties());
        let late = self.late_visits(today).into_iter();
        duties.extend(late.map(|(month, count)| Duty::LateVisits { month, count }));
        let from = self.year_on(today).year;
        let years = || self.years.iter().filter(|year| year.year >= from);
        let unfrozen = years().filter(|year| year.plans.is_empty());
        duties.extend(unfrozen.map(|year| Duty::FreezePlan { year: year.year }));
        duties.extend(self.draw_duty(today));
        let next = self.year_to_start(today);
        duties.extend(next.map(|year| Duty::StartYear { year }));
        let over = self.years_to_close(today);
        duties.extend(over.map(|year| Duty::CloseYear { year: year.year }));
        let calendar = self.calendar();
        let unknown = years().filter(|year| !calendar.has_year(year.year));
        duties.extend(unknown.map(|year| Duty::ImportCalendar { year: year.year }));
        duties.extend(self.certificate_duties(today));
        duties.extend(self.check_due(today).map(Duty::SelfCheck));
        duties.extend(self.report_duties());
        duties.extend(self.visit_duties(today));
        duties.extend(self.publish_duty(today));
        let incomplete = self
            .active_units()
            .filter(|unit| unit.completeness_percent() < 100)
            .count();
        if incomplete > 0 {
            duties.push(Duty::Incomplete {
                count: incomplete as u32,
            });
        }
        let count = self.suspects_count(today);
        if count > 0 {
            duties.push(Duty::Suspects { count });
        }
        duties.sort_by_key(|duty| duty.rank(today));
        duties
    }

    /// Reports of checks that the head has to sign, or that are to be filed: the last one
    /// alone, where later ones took the place of earlier ones.
    fn report_duties(&self) -> Option<Duty> {
        let (year, check) = self.self_checks().next_back()?;
        let (number, until) = (check.number, self.file_by(check));
        if self.is_year_closed(year) || check.filed.is_some() {
            None
        } else if check.head.is_none() {
            Some(Duty::SignCheck {
                year,
                number,
                until,
            })
        } else {
            Some(Duty::FileCheck {
                year,
                number,
                until,
            })
        }
    }

    /// What the years have to publish: also what came of one that is closed.
    fn publish_duty(&self, today: NaiveDate) -> Option<Duty> {
        let years = self.years.iter();
        let states = years.flat_map(|year| self.bulletin_states(year.year, today));
        let due: Vec<NaiveDate> = states.filter_map(|state| state.due).collect();
        Some(Duty::Publish {
            count: due.len() as u32,
            until: due.into_iter().min()?,
        })
    }

    /// What visits of the open years wait for, each thing once with its first day.
    fn visit_duties(&self, today: NaiveDate) -> impl Iterator<Item = Duty> {
        let calendar = self.calendar();
        let mut due: BTreeMap<VisitDuty, VisitsDue> = BTreeMap::new();
        let open = self.years.iter().filter(|year| year.closed.is_none());
        for visit in open.flat_map(|year| &year.visits) {
            for (duty, until) in self.waits_for(visit, today, &calendar) {
                let of = due.entry(duty).or_insert(VisitsDue {
                    count: 0,
                    until,
                    late: 0,
                });
                of.count += 1;
                of.until = of.until.min(until);
                of.late += u32::from(until < today);
            }
        }
        due.into_iter().map(|(duty, due)| Duty::Visits(duty, due))
    }

    /// What a visit waits for, with the day by which it must be done.
    fn waits_for(
        &self,
        visit: &Visit,
        today: NaiveDate,
        calendar: &WorkdayCalendar,
    ) -> Vec<(VisitDuty, NaiveDate)> {
        let made = match visit.state(self.unit(&visit.id.unit)) {
            VisitState::Void => return Vec::new(),
            VisitState::Pending => return self.notice_due(visit, today, calendar),
            VisitState::Made(made) => made.date,
        };
        let days = self.brigade.bunching.late_days;
        let mut waits = Vec::new();
        match visit.record().map(|record| (record, &record.review)) {
            None => waits.push((VisitDuty::Enter, calendar.add_working_days(made, days))),
            Some((record, None)) => {
                let entered = record.entered_at.date();
                let until = calendar.add_working_days(entered, days);
                waits.push((VisitDuty::Review, until));
            }
            Some((_, Some(review))) if !review.is_accepted => {
                let until = calendar.add_working_days(review.at.date(), days);
                waits.push((VisitDuty::Returned, until));
            }
            Some(_) => {}
        }
        if !waits.is_empty() {
            let until = calendar.add_working_days(made, PUBLISH_WORKING_DAYS);
            if until <= calendar.add_working_days(today, ACCEPT_WORKING_DAYS) {
                waits.push((VisitDuty::Accept, until));
            }
        }
        let term = visit.open_findings().into_iter().map(|it| it.term).min();
        waits.extend(term.map(|term| {
            let until = calendar.add_working_days(term, RECHECK_WORKING_DAYS);
            (VisitDuty::Recheck, until)
        }));
        waits
    }

    /// The notice of a visit that comes within a few days, by the day before it.
    fn notice_due(
        &self,
        visit: &Visit,
        today: NaiveDate,
        calendar: &WorkdayCalendar,
    ) -> Vec<(VisitDuty, NaiveDate)> {
        let planned = self.planned_of(visit).map(|planned| planned.day);
        let last = calendar.add_working_days(today, NOTICE_WORKING_DAYS);
        let comes = planned.filter(|day| (today..=last).contains(day));
        let waits = comes.filter(|_| visit.notice.is_none());
        waits
            .map(|day| (VisitDuty::Notify, day))
            .into_iter()
            .collect()
    }

    /// Working days from `today` to `day`: none on the day itself, less than none behind it.
    #[must_use]
    pub fn working_days_until(&self, today: NaiveDate, day: NaiveDate) -> i64 {
        let calendar = self.calendar();
        let (first, last) = (today.min(day), today.max(day));
        let between = first.iter_days().skip(1).take_while(|it| *it <= last);
        let count = between.filter(|it| calendar.is_working_day(*it)).count() as i64;
        if day < today { -count } else { count }
    }

    /// Plans of the open years that wait for their approval, in order of their draws. Of a
    /// month that later ones followed only what is still pending could need it: it is carried,
    /// and the last plan names it.
    fn approval_duties(&self) -> impl Iterator<Item = Duty> {
        let last = self.last_drawn().map(|draw| draw.month);
        let waiting = last.into_iter().flat_map(|month| self.unapproved_of(month));
        let open = waiting.filter(|draw| !self.is_year_closed(draw.month.year()));
        open.map(|draw| Duty::ApprovePlan {
            number: draw.number,
            month: draw.month,
        })
    }

    /// The next draw, unless one is under way or the year is drawn to its end.
    fn draw_duty(&self, today: NaiveDate) -> Option<Duty> {
        let month = self.next_month(today);
        let is_drawn = self.open_draw_record().is_some() || self.draw_of(month).is_some();
        if is_drawn || self.is_year_closed(month.year()) {
            return None;
        }
        let window = self.draw_window(month);
        let (&first, &last) = (window.first()?, window.last()?);
        let calendar = self.calendar();
        let ahead = today.iter_days().skip(1).take_while(|day| *day <= first);
        let working_days_left = (today < first)
            .then(|| ahead.filter(|day| calendar.is_working_day(*day)).count() as u32);
        Some(Duty::DrawMonth {
            month,
            first,
            last,
            working_days_left,
            is_late: today > last,
        })
    }

    fn certificate_duties(&self, today: NaiveDate) -> Vec<Duty> {
        let horizon = today
            .checked_add_days(Days::new(CERTIFICATE_WARN_DAYS))
            .unwrap_or(today);
        let ending = self
            .officers
            .iter()
            .filter(|officer| !officer.has_left)
            .filter_map(|officer| {
                let until = officer
                    .certificate_until
                    .filter(|until| *until <= horizon)?;
                Some((officer.id.clone(), until))
            });
        let ending: Vec<_> = ending.collect();
        let first = ending.iter().map(|(_, until)| *until).min();
        match first {
            Some(until) if ending.len() > CERTIFICATES_NAMED => vec![Duty::Certificates {
                count: ending.len() as u32,
                until,
            }],
            _ => {
                let one = ending.into_iter();
                one.map(|(officer, until)| Duty::Certificate { officer, until })
                    .collect()
            }
        }
    }

    /// Every day of `month` with its visits.
    #[must_use]
    pub fn month_strip(&self, month: YearMonth) -> Vec<StripDay> {
        let calendar = self.calendar();
        let visits = self.month_visits(month);
        let window = self.draw_window(month.next());
        let day = |date: NaiveDate| {
            let on_day = || visits.iter().filter(|row| row.day == date);
            StripDay {
                date,
                is_working: calendar.is_working_day(date),
                made_count: on_day().filter(|row| row.made.is_some()).count() as u32,
                planned_count: on_day().filter(|row| row.is_pending()).count() as u32,
                is_draw_day: window.contains(&date),
            }
        };
        month.days().map(day).collect()
    }

    /// How many working days of the workbook's year have begun, and how many it has: none
    /// before the year, all after it.
    #[must_use]
    pub fn working_day_of_year(&self, year: &Year, today: NaiveDate) -> (u32, u32) {
        let calendar = self.calendar();
        let months = year.months();
        let days = || {
            months
                .iter()
                .flat_map(|month| calendar.working_days(*month))
        };
        (
            days().filter(|day| *day <= today).count() as u32,
            days().count() as u32,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_window_of_the_next_draw_is_due_with_its_working_days() {
        let workbook = demo::brigade(2026, demo::SEED);
        let duty = |today| {
            let duties = workbook.duties_on(today);
            duties
                .into_iter()
                .find(|duty| matches!(duty, Duty::DrawMonth { .. }))
                .unwrap()
        };
        let (first, last) = (date("2026-07-30"), date("2026-07-31"));
        let month: YearMonth = "2026-08".parse().unwrap();
        let due = |working_days_left, is_late| Duty::DrawMonth {
            month,
            first,
            last,
            working_days_left,
            is_late,
        };
        assert_eq!(duty(date("2026-07-20")), due(Some(8), false));
        assert_eq!(duty(date("2026-07-30")), due(None, false));
        assert!(
            workbook
                .duties_on(date("2026-07-20"))
                .contains(&Duty::FreezePlan { year: 2026 })
        );
    }

    #[test]
    fn working_days_are_counted_through_the_year() {
        let workbook = demo::brigade(2026, demo::SEED);
        let of_year = |today| workbook.working_day_of_year(workbook.first_year(), today);
        assert_eq!(of_year(date("2026-12-31")), (248, 248));
        assert_eq!(of_year(date("2026-01-04")), (1, 248));
        // A day of another year is no working day of this one.
        assert_eq!(of_year(date("2025-11-28")), (0, 248));
        assert_eq!(of_year(date("2027-01-05")), (248, 248));
    }

    #[test]
    fn the_strip_marks_rest_days_and_draw_days() {
        let workbook = demo::brigade(2026, demo::SEED);
        let strip = workbook.month_strip("2026-02".parse().unwrap());
        assert_eq!(strip.len(), 28);
        assert!(
            strip[27].is_working && strip[27].is_draw_day,
            "the 28th is a Saturday worked"
        );
        assert!(!strip[15].is_working, "the Spring Festival");
    }
}
