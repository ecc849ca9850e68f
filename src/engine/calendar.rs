//! The statutory working-day calendar and the months of a year.
//!
//! Working days decide the draw window, the places of a month and every term
//! of days. A year's holidays are announced in the November before; a year
//! that is not known is counted Monday to Friday, and the caller warns.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Most days [`WorkdayCalendar::add_working_days`] counts, so that no loop is endless.
pub const WORKING_DAYS_ADDED_MAX: u32 = 1_000;

/// A month of a year, such as `2026-08`; compared and counted as time runs.
///
/// ```
/// use double_random::engine::calendar::YearMonth;
/// let month: YearMonth = "2026-08".parse()?;
/// assert_eq!(month.next().to_string(), "2026-09");
/// assert_eq!(month.last_day().to_string(), "2026-08-31");
/// # Ok::<(), double_random::engine::calendar::YearMonthError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth {
    year: u16,
    month: u8,
}

/// A text or number that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a month such as 2026-08 between 1900-01 and 2999-12: {text:?}")]
pub struct YearMonthError {
    /// What was refused.
    pub text: String,
}

impl YearMonth {
    /// A month from its year, 1900…2999, and number, 1…12.
    ///
    /// # Errors
    /// [`YearMonthError`] outside these ranges.
    pub fn new(year: i32, month: u32) -> Result<Self, YearMonthError> {
        match (u16::try_from(year), u8::try_from(month)) {
            (Ok(year @ 1900..=2999), Ok(month @ 1..=12)) => Ok(Self { year, month }),
            _ => Err(YearMonthError {
                text: format!("{year}-{month}"),
            }),
        }
    }

    /// The month of a date; years outside 1900…2999 count as the nearest.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self {
            year: date.year().clamp(1900, 2999) as u16,
            month: date.month() as u8,
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, 1…12.
    #[must_use]
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// The month after this.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                year: self.year,
                month: self.month + 1,
            }
        }
    }

    /// The month before this.
    #[must_use]
    pub fn prev(self) -> Self {
        if self.month == 1 {
            Self {
                year: self.year - 1,
                month: 12,
            }
        } else {
            Self {
                year: self.year,
                month: self.month - 1,
            }
        }
    }

    /// Its first day.
    ///
    /// # Panics
    /// Never: every month has a first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).expect("every month has a first day")
    }

    /// Its last day.
    ///
    /// # Panics
    /// Never: years end at 2999, far from the calendar's end.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next()
            .first_day()
            .pred_opt()
            .expect("a first of a month has a day before it")
    }

    /// All its days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last_day();
        self.first_day()
            .iter_days()
            .take_while(move |day| *day <= last)
    }

    /// The twelve months of its year, in order.
    #[must_use]
    pub fn year_months(self) -> [Self; 12] {
        std::array::from_fn(|index| Self {
            year: self.year,
            month: index as u8 + 1,
        })
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for YearMonth {
    type Err = YearMonthError;
    fn from_str(text: &str) -> Result<Self, YearMonthError> {
        let refused = || YearMonthError {
            text: text.to_owned(),
        };
        let (year, month) = text.split_once('-').ok_or_else(refused)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(refused());
        }
        let year = year.parse().map_err(|_| refused())?;
        Self::new(year, month.parse().map_err(|_| refused())?).map_err(|_| refused())
    }
}

impl TryFrom<String> for YearMonth {
    type Error = YearMonthError;
    fn try_from(text: String) -> Result<Self, YearMonthError> {
        text.parse()
    }
}

impl From<YearMonth> for String {
    fn from(month: YearMonth) -> Self {
        month.to_string()
    }
}

/// `date` and six calendar months, the day clipped to the month's end: the
/// first day on which a unit inspected on `date` may be inspected again.
///
/// # Panics
/// Never for dates of this age: the calendar ends in the year 262142.
///
/// ```
/// use double_random::engine::calendar::add_six_months;
/// let date = |text: &str| text.parse::<chrono::NaiveDate>();
/// assert_eq!(add_six_months(date("2025-08-31")?), date("2026-02-28")?);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn add_six_months(date: NaiveDate) -> NaiveDate {
    date.checked_add_months(Months::new(6))
        .expect("register dates are centuries from the calendar's end")
}

/// The exceptions of one year: statutory holidays, and weekend days worked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearDays {
    /// All days of statutory holidays.
    pub off: BTreeSet<NaiveDate>,
    /// Weekend days that are worked (调休).
    pub work: BTreeSet<NaiveDate>,
}

impl YearDays {
    /// Makes a day the other kind: a weekday is off or worked as any, a weekend day is worked
    /// or free as any.
    pub fn toggle(&mut self, date: NaiveDate) {
        if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            if !self.work.remove(&date) {
                self.off.remove(&date);
                self.work.insert(date);
            }
        } else if !self.off.remove(&date) {
            self.off.insert(date);
        }
    }
}

/// Why a calendar was refused; each names the year in which it was found.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not JSON of the shape `{year: {off: […], work: […]}}`.
    #[error("not a calendar of the shape {{year: {{off, work}}}}")]
    Shape(#[from] serde_json::Error),
    /// A date that stands under another year.
    #[error("{date} stands under {year}")]
    OtherYear {
        /// The year it stands under.
        year: i32,
        date: NaiveDate,
    },
    /// A date that is both a holiday and worked.
    #[error("{date} is both off and worked")]
    Both { date: NaiveDate },
    /// A worked day that is no weekend day.
    #[error("{date} is worked anyway")]
    WorkOnWeekday { date: NaiveDate },
    /// A year of which no statutory holiday is named.
    #[error("{year} has no holidays")]
    NoHolidays { year: i32 },
    /// A month in which nobody works: nothing could be drawn or visited.
    #[error("{month} has no working day")]
    NoWorkingDay { month: YearMonth },
}

/// Which days are working days.
///
/// ```
/// use double_random::engine::calendar::{WorkdayCalendar, YearMonth};
/// let calendar = WorkdayCalendar::built_in();
/// let february: YearMonth = "2026-02".parse()?;
/// let window = calendar.last_working_days(february, 2);
/// // The 28th is a Saturday worked for the Spring Festival.
/// assert_eq!(window.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-02-27", "2026-02-28"]);
/// # Ok::<(), double_random::engine::calendar::YearMonthError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct WorkdayCalendar {
    years: BTreeMap<i32, YearDays>,
}

impl Default for WorkdayCalendar {
    fn default() -> Self {
        Self::built_in()
    }
}

impl WorkdayCalendar {
    /// The calendar that comes with the program: 2023 to 2026.
    ///
    /// # Panics
    /// Never: a test reads the same text.
    #[must_use]
    pub fn built_in() -> Self {
        // Read once: a page asks for it with each date that it works out.
        static BUILT_IN: LazyLock<WorkdayCalendar> = LazyLock::new(|| {
            let text = include_str!("cn-workdays.json");
            WorkdayCalendar {
                years: parse_years(text).expect("the built-in calendar is checked by a test"),
            }
        });
        BUILT_IN.clone()
    }

    /// Adds, or replaces, the years in `json`: `{"2027": {"off": […], "work": […]}}`.
    /// Returns the years, in order. Nothing is changed if one is refused.
    ///
    /// # Errors
    /// [`CalendarError`], one variant for each kind of mistake.
    pub fn import(&mut self, json: &str) -> Result<Vec<i32>, CalendarError> {
        let years = parse_years(json)?;
        let names = years.keys().copied().collect();
        self.years.extend(years);
        Ok(names)
    }

    /// Adds, or replaces, years that were checked when they were imported.
    pub fn add_years(&mut self, years: &BTreeMap<i32, YearDays>) {
        self.years
            .extend(years.iter().map(|(year, days)| (*year, days.clone())));
    }

    /// The years that are known.
    #[must_use]
    pub const fn years(&self) -> &BTreeMap<i32, YearDays> {
        &self.years
    }

    /// Whether the holidays of `year` are known. If not, Monday to Friday is
    /// counted, and the caller says so.
    #[must_use]
    pub fn has_year(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether `date` is worked.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let weekday = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match self.years.get(&date.year()) {
            Some(year) => year.work.contains(&date) || (weekday && !year.off.contains(&date)),
            None => weekday,
        }
    }

    /// The working days of `month`, in order.
    #[must_use]
    pub fn working_days(&self, month: YearMonth) -> Vec<NaiveDate> {
        month
            .days()
            .filter(|day| self.is_working_day(*day))
            .collect()
    }

    /// The last `count` working days of `month`, in order: with 2, the window
    /// in which the next month's tasks are drawn (R9). All of them if there
    /// are fewer.
    #[must_use]
    pub fn last_working_days(&self, month: YearMonth, count: usize) -> Vec<NaiveDate> {
        let mut days = self.working_days(month);
        days.split_off(days.len().saturating_sub(count))
    }

    /// The `count`-th working day after `date`, `date` itself not counted; for
    /// terms such as «within 20 working days». `count` beyond
    /// [`WORKING_DAYS_ADDED_MAX`] counts as that.
    ///
    /// ```
    /// use double_random::engine::calendar::WorkdayCalendar;
    /// let from = "2026-02-13".parse()?;
    /// let due = WorkdayCalendar::built_in().add_working_days(from, 20);
    /// assert_eq!(due.to_string(), "2026-03-19");
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn add_working_days(&self, date: NaiveDate, count: u32) -> NaiveDate {
        // A year may be imported with every day off; then the search ends after
        // a year without a working day instead of never.
        let mut left = count.min(WORKING_DAYS_ADDED_MAX);
        let mut day = date;
        let mut idle = 0;
        while left > 0 && idle <= 366 {
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
                idle = 0;
            } else {
                idle += 1;
            }
        }
        day
    }
}

/// Reads and checks a calendar of the shape `{year: {off, work}}`.
fn parse_years(json: &str) -> Result<BTreeMap<i32, YearDays>, CalendarError> {
    let years: BTreeMap<i32, YearDays> = serde_json::from_str(json)?;
    check_years(&years)?;
    Ok(years)
}

/// Checks the exceptions of each year.
///
/// # Errors
/// [`CalendarError`], one variant for each kind of mistake.
pub fn check_years(years: &BTreeMap<i32, YearDays>) -> Result<(), CalendarError> {
    for (&year, days) in years {
        if let Some(&date) = days
            .off
            .iter()
            .chain(&days.work)
            .find(|date| date.year() != year)
        {
            return Err(CalendarError::OtherYear { year, date });
        }
        if let Some(&date) = days.off.intersection(&days.work).next() {
            return Err(CalendarError::Both { date });
        }
        let is_weekend = |date: &NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if let Some(&date) = days.work.iter().find(|date| !is_weekend(date)) {
            return Err(CalendarError::WorkOnWeekday { date });
        }
        if days.off.is_empty() {
            return Err(CalendarError::NoHolidays { year });
        }
        let is_worked = |day: NaiveDate| {
            days.work.contains(&day) || (!is_weekend(&day) && !days.off.contains(&day))
        };
        let months = YearMonth::new(year, 1).map(YearMonth::year_months);
        let mut months = months.into_iter().flatten();
        if let Some(month) = months.find(|month| !month.days().any(is_worked)) {
            return Err(CalendarError::NoWorkingDay { month });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn window(month: &str) -> Vec<String> {
        let days = WorkdayCalendar::built_in().last_working_days(month.parse().unwrap(), 2);
        days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn counts_of_the_known_years() {
        let calendar = WorkdayCalendar::built_in();
        let count = |month: YearMonth| calendar.working_days(month).len();
        let year = |year| YearMonth::new(year, 1).unwrap().year_months().map(count);
        let totals = [2023, 2024, 2025, 2026].map(|y| year(y).iter().sum::<usize>());
        assert_eq!(totals, [249, 251, 248, 248]);
        assert_eq!(year(2026), [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]);
        assert!(calendar.is_working_day(date("2024-02-09")));
        assert!(!calendar.has_year(2027));
        assert!(calendar.is_working_day(date("2027-01-01")));
    }

    #[test]
    fn draw_windows() {
        assert_eq!(window("2026-02"), ["2026-02-27", "2026-02-28"]);
        assert_eq!(window("2025-01"), ["2025-01-26", "2025-01-27"]);
        assert_eq!(window("2023-09"), ["2023-09-27", "2023-09-28"]);
    }

    #[test]
    fn twenty_working_days() {
        let calendar = WorkdayCalendar::built_in();
        for (from, due) in [
            ("2026-01-30", "2026-03-05"),
            ("2026-02-13", "2026-03-19"),
            ("2026-09-24", "2026-10-29"),
        ] {
            assert_eq!(calendar.add_working_days(date(from), 20), date(due));
        }
    }

    #[test]
    fn imports_are_checked() {
        let mut calendar = WorkdayCalendar::built_in();
        let refused = |json: &str| WorkdayCalendar::built_in().import(json).unwrap_err();
        assert!(matches!(refused("[]"), CalendarError::Shape(_)));
        assert!(matches!(
            refused(r#"{"2027":{"off":["2028-01-01"],"work":[]}}"#),
            CalendarError::OtherYear { year: 2027, .. }
        ));
        assert!(matches!(
            refused(r#"{"2027":{"off":["2027-01-02"],"work":["2027-01-02"]}}"#),
            CalendarError::Both { .. }
        ));
        assert!(matches!(
            refused(r#"{"2027":{"off":["2027-01-01"],"work":["2027-01-04"]}}"#),
            CalendarError::WorkOnWeekday { .. }
        ));
        assert!(matches!(
            refused(r#"{"2027":{"off":[],"work":[]}}"#),
            CalendarError::NoHolidays { .. }
        ));
        let years = calendar.import(r#"{"2027":{"off":["2027-01-01"],"work":["2027-01-02"]}}"#);
        assert_eq!(years.unwrap(), [2027]);
        assert!(!calendar.is_working_day(date("2027-01-01")));
        assert!(calendar.is_working_day(date("2027-01-02")));
    }

    #[test]
    fn a_day_is_toggled_between_the_kinds_that_its_weekday_allows() {
        let mut days = YearDays::default();
        // A Friday, and the Saturday of its holiday.
        days.toggle(date("2027-01-01"));
        days.off.insert(date("2027-01-02"));
        days.toggle(date("2027-01-02"));
        assert_eq!(days.off, [date("2027-01-01")].into());
        assert_eq!(days.work, [date("2027-01-02")].into());
        days.toggle(date("2027-01-01"));
        days.toggle(date("2027-01-02"));
        assert_eq!(days, YearDays::default());
    }

    #[test]
    fn six_months_are_clipped() {
        assert_eq!(add_six_months(date("2025-08-31")), date("2026-02-28"));
        assert_eq!(add_six_months(date("2025-12-31")), date("2026-06-30"));
        assert_eq!(add_six_months(date("2026-02-28")), date("2026-08-28"));
    }

    #[test]
    fn months_as_text() {
        for bad in [
            "2026-13", "2026-00", "2026-1", "26-01", "2026", "2026-+1", "1899-12", "",
        ] {
            assert!(bad.parse::<YearMonth>().is_err(), "{bad}");
        }
        let december: YearMonth = "2026-12".parse().unwrap();
        assert_eq!(december.next().prev(), december);
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(serde_json::to_string(&december).unwrap(), "\"2026-12\"");
    }
}
