//! Where each year of a workbook stands on a day, and what the next one waits for.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use crate::engine::calendar::YearMonth;
use crate::workbook::{DrawRecord, Workbook, Year};

/// Where a year stands, with what is worth knowing of it then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearState {
    /// Its plan is not frozen.
    Draft,
    /// Its plan is frozen, and it has not begun.
    Frozen {
        /// The day on which the version in force was frozen.
        on: NaiveDate,
        /// Its last month that is drawn; none: January is still to be drawn.
        drawn: Option<YearMonth>,
    },
    /// It runs.
    Running {
        /// Its working days still to come, today included.
        working_days_left: u32,
        /// Visits that are drawn and not yet made.
        pending_count: u32,
    },
    /// It is over, and not closed.
    Over {
        /// Visits that are drawn and not entered.
        pending_count: u32,
    },
    Closed {
        /// The day on which it was.
        on: NaiveDate,
        /// Legal floors that were not met.
        missed_count: u32,
    },
}

/// What the next year waits for while another runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextYear {
    pub year: i32,
    /// Where it stands.
    pub state: YearState,
    /// Active units of the register.
    pub units_count: u32,
    /// Visits drawn for its January; none: it is still to be drawn.
    pub january_count: Option<u32>,
    /// Visits of the running year whose day is still to come: they count as made on it.
    pub expected_count: u32,
    /// Whether its holidays are known.
    pub has_holidays: bool,
}

impl Year {
    /// Its last month with a monthly draw that is drawn.
    #[must_use]
    pub fn drawn_month(&self) -> Option<YearMonth> {
        let drawn = |draw: &&DrawRecord| draw.occasion.is_month() && draw.drawn.is_some();
        let draws = self.draws.iter().filter(drawn);
        draws.map(|draw| draw.month).max()
    }
}

impl Workbook {
    /// Where `year`, one of this workbook's, stands on `today`.
    #[must_use]
    pub fn year_state(&self, year: &Year, today: NaiveDate) -> YearState {
        if let Some(closed) = &year.closed {
            return YearState::Closed {
                on: closed.at.date(),
                missed_count: closed.statement.missed().count() as u32,
            };
        }
        let pending_count = || self.pending_visits(year.year).len() as u32;
        match (year.year.cmp(&today.year()), year.plans.last()) {
            (Ordering::Less, _) => YearState::Over {
                pending_count: pending_count(),
            },
            (_, None) => YearState::Draft,
            (Ordering::Equal, Some(_)) => YearState::Running {
                working_days_left: self.working_days_left(year, today),
                pending_count: pending_count(),
            },
            (Ordering::Greater, Some(plan)) => YearState::Frozen {
                on: plan.at.date(),
                drawn: year.drawn_month(),
            },
        }
    }

    /// The year after the running one, once it is begun.
    #[must_use]
    pub fn next_year(&self, today: NaiveDate) -> Option<NextYear> {
        let running = self.year_on(today);
        let next = self.year(running.year + 1)?;
        let january = self.draw_of(next.months()[0]);
        let january = january.filter(|draw| draw.drawn.is_some());
        Some(NextYear {
            year: next.year,
            state: self.year_state(next, today),
            units_count: self.active_units().count() as u32,
            january_count: january.map(|draw| draw.drawn_units().count() as u32),
            expected_count: self.expected_visits(running, today),
            has_holidays: self.calendar().has_year(next.year),
        })
    }

    /// Working days of a year from `today` on.
    fn working_days_left(&self, year: &Year, today: NaiveDate) -> u32 {
        let calendar = self.calendar();
        let months = year.months();
        let ahead = months
            .iter()
            .filter(|month| **month >= YearMonth::of(today));
        let days = ahead.flat_map(|month| calendar.working_days(*month));
        days.filter(|day| *day >= today).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use crate::demo;

    #[test]
    fn working_days_left_count_today() {
        let book = demo::brigade(2026, demo::SEED);
        let left = |day: &str| book.working_days_left(book.first_year(), day.parse().unwrap());
        assert_eq!(left("2026-12-30"), 2);
        assert_eq!(left("2026-12-31"), 1);
        assert_eq!(left("2027-01-01"), 0);
        assert_eq!(left("2025-12-31"), 248);
    }
}
