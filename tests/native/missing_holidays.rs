//! A year whose holidays are not imported is announced, not guessed in silence.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use double_random::demo;
use double_random::desk::duties::Duty;
use double_random::engine::calendar::{WorkdayCalendar, YearDays};
use double_random::i18n::Lang;
use double_random::workbook::{Action, Context, Workbook};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn is_announced(book: &Workbook, today: &str) -> bool {
    book.duties_on(date(today)).contains(&Duty::ImportCalendar {
        year: book.years[0].year,
    })
}

#[test]
fn months_without_a_visit_a_day_are_named() {
    let mut book = demo::brigade(2026, demo::SEED);
    let today = date("2026-01-05");
    let outlook = |book: &Workbook| {
        let outlook = book.outlook(&book.years[0].draft, book.years[0].months()[0], today);
        outlook.unwrap()
    };
    assert_eq!(outlook(&book).below_minimum(), []);
    book.units.truncate(30);
    let below = outlook(&book).below_minimum();
    assert!(below.len() > 6, "{below:?}");
    assert!(below.iter().all(|(_, visits)| *visits < 23), "{below:?}");
    book.years[0].draft.design.daily_minimum = false;
    assert_eq!(outlook(&book).below_minimum(), []);
}

#[test]
fn the_holidays_of_a_year_are_due_until_they_are_imported() {
    assert!(!is_announced(
        &demo::brigade(2026, demo::SEED),
        "2026-01-05"
    ));
    let mut book = demo::brigade(2027, demo::SEED);
    assert!(is_announced(&book, "2026-12-30"));
    // Until then Monday to Friday count, as the warning says.
    let calendar = book.calendar();
    let month = "2027-02".parse().unwrap();
    let weekdays = calendar.working_days(month);
    assert_eq!(weekdays.len(), 20);
    assert!(
        weekdays
            .iter()
            .all(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
    );
    let days = YearDays {
        off: [date("2027-02-08")].into(),
        work: [date("2027-02-13")].into(),
    };
    let context = Context {
        now: date("2026-12-30").and_hms_opt(9, 0, 0).unwrap(),
        who: "沙维新".into(),
    };
    let years = BTreeMap::from([(2027, days)]);
    book.apply(Action::ImportHolidays(years), &context).unwrap();
    assert!(!is_announced(&book, "2026-12-30"));
    let calendar = book.calendar();
    assert!(!calendar.is_working_day(date("2027-02-08")));
    assert!(calendar.is_working_day(date("2027-02-13")));
}

#[test]
fn the_built_in_years_are_known_and_the_words_name_the_year_and_the_rule() {
    let calendar = WorkdayCalendar::built_in();
    assert!(calendar.has_year(2026) && !calendar.has_year(2027));
    for words in [
        Lang::Zh.calendar_missing(2027),
        Lang::Zh.duty_calendar(2027),
    ] {
        assert!(
            words.contains("2027年") && words.contains("周一至周五"),
            "{words}"
        );
    }
    for words in [
        Lang::En.calendar_missing(2027),
        Lang::En.duty_calendar(2027),
    ] {
        assert!(
            words.contains("2027") && words.contains("Monday to Friday"),
            "{words}"
        );
    }
}
