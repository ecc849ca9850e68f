//! 今天要办: what is due, from what the workbook knows. Dates first; nothing invented.

use chrono::{Days, NaiveDate};

use crate::desk::VisitRow;
use crate::desk::officer_list::CERTIFICATE_WARN_DAYS;
use crate::engine::calendar::YearMonth;
use crate::model::OfficerId;
use crate::workbook::trail::TrailCut;
use crate::workbook::{Workbook, Year};

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
}

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
            | Self::Certificate { .. } => None,
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

    /// What is due on `today`, most pressing first.
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
        duties
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
                Some(Duty::Certificate {
                    officer: officer.id.clone(),
                    until,
                })
            });
        ending.collect()
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
