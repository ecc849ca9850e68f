//! What the year before left behind: visits, complaints, violations.
//!
//! The visits are those of a double-random year: all units of stratum A, 80 %
//! of B, 20 % of C, the second half of the year somewhat heavier, so that many
//! units are released only late in the demo's year.

use chrono::{NaiveDate, Weekday};

use super::dice::Dice;
use crate::engine::calendar::{WorkdayCalendar, YearMonth, add_six_months};
use crate::model::{Credit, Finding, Inspection, RiskTier, Stratum, Unit};
use crate::workbook::derive::WINDOW_DAYS;

/// How heavy each month of the year before was.
const MONTH_WEIGHTS: [(u32, u32); 12] = [
    (1, 6),
    (2, 4),
    (3, 7),
    (4, 7),
    (5, 7),
    (6, 9),
    (7, 10),
    (8, 10),
    (9, 10),
    (10, 8),
    (11, 11),
    (12, 11),
];
/// Tag of units that could not be reached twice (R14).
pub(super) const ZOMBIE_TAG: &str = "疑似僵尸单位";
/// General units in 10 000 that are suspected zombies: 41 of 2 105.
const ZOMBIES_PER_10K: u32 = 194;

/// Fridays over which the last reviews are spread: the oldest are overdue.
const REVIEW_WEEKS: usize = 15;

/// When tags and tier of each unit were looked at: on one of the last Fridays.
pub(super) fn add_reviews(year: i32, units: &mut [Unit]) {
    let last = NaiveDate::from_isoywd_opt(year - 1, 52, Weekday::Fri);
    for (at, unit) in units.iter_mut().enumerate() {
        let weeks = (at * 7 + at / REVIEW_WEEKS) % REVIEW_WEEKS;
        unit.reviewed_on = last.map(|last| last - chrono::Days::new(7 * weeks as u64));
    }
}

/// The working days of one year, by month.
struct Days {
    year: i32,
    months: Vec<Vec<NaiveDate>>,
    /// The last before the first draw of the next year, with which the demo opens: what
    /// was before is over then.
    last: NaiveDate,
}

impl Days {
    fn of(year: i32) -> Self {
        let calendar = WorkdayCalendar::built_in();
        let months: Vec<Vec<NaiveDate>> = YearMonth::new(year, 1)
            .map(|january| {
                january
                    .year_months()
                    .map(|month| calendar.working_days(month))
                    .into()
            })
            .unwrap_or_default();
        let mut days = months.iter().flatten().rev();
        let last = days.nth(WINDOW_DAYS);
        Self {
            year,
            last: last.copied().unwrap_or_default(),
            months,
        }
    }

    /// A working day, by the weight of its month.
    fn visit_day(&self, dice: &mut Dice) -> NaiveDate {
        let month = *dice.weighted(&MONTH_WEIGHTS);
        self.last.min(*dice.pick(&self.months[month as usize - 1]))
    }

    /// Any day of the year up to the 28th of its month.
    fn any_day(&self, dice: &mut Dice) -> NaiveDate {
        let (month, day) = (dice.between(1, 12), dice.between(1, 28));
        NaiveDate::from_ymd_opt(self.year, month, day).expect("every month has 28 days")
    }
}

/// Adds to `units`, the register at the start of `year`, what was before.
pub(super) fn add(dice: &mut Dice, year: i32, units: &mut [Unit]) {
    let days = Days::of(year - 1);
    mark_zombies(dice, units);
    for unit in units.iter_mut() {
        add_records(dice, &days, unit);
    }
    for stratum in Stratum::ALL {
        let mut places: Vec<usize> = (0..units.len())
            .filter(|&at| units[at].stratum() == stratum)
            .collect();
        dice.shuffle(&mut places);
        let count = stratum.legal_floor().of(places.len() as u32) as usize;
        for &at in &places[..count] {
            add_visits(dice, &days, &mut units[at]);
        }
    }
}

/// The records that raise a draw level; rarer where the tier is low.
fn add_records(dice: &mut Dice, days: &Days, unit: &mut Unit) {
    let factor = match unit.risk {
        RiskTier::Green => 1,
        RiskTier::Blue => 2,
        RiskTier::Yellow => 3,
        RiskTier::Red => 4,
    };
    let complaints = if dice.chance(14 * factor) {
        dice.between(2, 4)
    } else {
        u32::from(dice.chance(25 * factor))
    };
    unit.complaints = (0..complaints).map(|_| days.any_day(dice)).collect();
    unit.complaints.sort_unstable();
    if dice.chance(7 * factor) {
        unit.violations.push(days.any_day(dice));
    }
    unit.is_dishonest = dice.chance(if unit.credit == Credit::D {
        500
    } else {
        2 * factor
    });
}

/// The year's visit, and a second one where the tier asked for it and six months allow it.
fn add_visits(dice: &mut Dice, days: &Days, unit: &mut Unit) {
    let first = days.visit_day(dice);
    unit.inspections.push(inspection(dice, unit.risk, first));
    if unit.risk < RiskTier::Yellow || !dice.chance(600) {
        return;
    }
    let second = days.visit_day(dice);
    if second >= add_six_months(first) {
        unit.inspections.push(inspection(dice, unit.risk, second));
    }
}

fn inspection(dice: &mut Dice, risk: RiskTier, date: NaiveDate) -> Inspection {
    let found_permille = match risk {
        RiskTier::Green => 240,
        RiskTier::Blue => 340,
        RiskTier::Yellow => 480,
        RiskTier::Red => 640,
    };
    let finding = if dice.chance(30) {
        Finding::Unknown
    } else if dice.chance(found_permille) {
        Finding::Found
    } else {
        Finding::None
    };
    Inspection {
        date,
        finding,
        extra: serde_json::Map::new(),
    }
}

/// Tags general units as suspected zombies, in exact proportion.
fn mark_zombies(dice: &mut Dice, units: &mut [Unit]) {
    let mut general: Vec<&mut Unit> = units.iter_mut().filter(|unit| !unit.is_key).collect();
    dice.shuffle(&mut general);
    let count = (general.len() as u64 * u64::from(ZOMBIES_PER_10K)).div_ceil(10_000) as usize;
    for unit in general.into_iter().take(count) {
        unit.tags.insert(ZOMBIE_TAG.into());
        unit.note = "两次到访均无法联系".into();
    }
}
