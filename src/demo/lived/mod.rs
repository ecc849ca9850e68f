//! The demo's year as it has been lived until 20 May: four closed months, and a fifth half
//! carried out, for whoever wants to see the workbench at work instead of starting it.
//!
//! Nothing here writes into the workbook: day after day a desk does what a brigade does, by
//! the same actions as a person at the page, so that every rule has been asked, the trail is a
//! chain, and each draw verifies. What the rules refuse in a year with another calendar is
//! left undone ([`desk::Desk::act`]). All chance is of the seed.
//!
//! - [`desk`]: who acts and when; draws
//! - [`round`]: what a day brings: plans approved, notices, visits, re-inspections, reviews
//! - [`public`]: what is published
//! - [`record`]: what a visit was; [`problems`]: what is found where
//! - [`story`]: what happens once: illness, a unit that is gone, a campaign

mod desk;
mod problems;
mod public;
mod record;
mod round;
mod story;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use self::desk::Desk;
use crate::engine::calendar::YearMonth;
use crate::engine::pace::{Advance, Pace, Within};
use crate::workbook::Workbook;

/// The day on which it opens: a check is due on it.
const TODAY: (u32, u32) = (5, 20);
/// The plan is frozen so many days before the first draw.
const PLAN_DAYS: u64 = 6;

/// The workbook of [`brigade`](super::brigade) as it stands on the morning of 20 May of `year`.
///
/// ```
/// use double_random::demo;
/// use double_random::engine::pace::{AtOnce, at_once};
/// let book = at_once(demo::lived(2026, demo::SEED, &AtOnce));
/// assert_eq!(book.demo_today, chrono::NaiveDate::from_ymd_opt(2026, 5, 20));
/// assert_eq!(book.draws().filter(|draw| draw.occasion.is_month()).count(), 5);
/// ```
pub async fn lived(year: i32, seed: u64, pace: &impl Pace) -> Workbook {
    lived_by(super::brigade(year, seed), seed, pace).await
}

/// As [`lived`], of another brigade at the start of its year.
pub async fn lived_by(brigade: Workbook, seed: u64, pace: &impl Pace) -> Workbook {
    live(brigade, seed, pace).await.book
}

async fn live(brigade: Workbook, seed: u64, pace: &impl Pace) -> Desk {
    let year = brigade.first_year().year;
    let mut desk = Desk::new(brigade, seed);
    let Some(today) = NaiveDate::from_ymd_opt(year, TODAY.0, TODAY.1) else {
        return desk;
    };
    let january = desk.book.first_year().months()[0];
    let first = desk.book.draw_window(january).first().copied();
    let begins = first.unwrap_or(today) - Days::new(PLAN_DAYS);
    let days: Vec<NaiveDate> = begins.iter_days().take_while(|day| *day < today).collect();
    for (done, &day) in days.iter().enumerate() {
        let so_far = Advance::running(done, days.len());
        let within = Within::new(pace, |_| so_far);
        // Each rest costs a page some milliseconds: one a week is enough, beside those of draws.
        if day.weekday() == Weekday::Mon {
            within.rest(so_far).await;
        }
        if !desk.calendar.is_working_day(day) {
            continue;
        }
        if day == begins || desk.book.first_year().plans.is_empty() {
            desk.freeze_plan(day);
        }
        desk.morning(day);
        if let Some(month) = desk.month_to_draw(day) {
            desk.draw_month(day, month, &within).await;
        }
        desk.story(day, &within).await;
        desk.afternoon(day);
    }
    desk.book.demo_today = Some(today);
    desk
}

impl Desk {
    /// The month whose draw window opens on a day.
    fn month_to_draw(&self, day: NaiveDate) -> Option<YearMonth> {
        let month = YearMonth::of(day).next();
        let is_ours = month.year() == self.book.first_year().year;
        (is_ours && self.book.draw_window(month).first() == Some(&day)).then_some(month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::SEED;
    use crate::engine::pace::{AtOnce, at_once};

    #[test]
    fn no_rule_forbids_what_the_brigade_does_in_any_year() {
        for year in 2023..=2031 {
            let brigade = crate::demo::brigade(year, SEED);
            let desk = at_once(live(brigade, SEED, &AtOnce));
            assert_eq!(desk.refused, [], "in {year}");
        }
    }
}
