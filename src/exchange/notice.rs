//! The State Council's yearly notice of holidays, from its text.
//!
//! «一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。» What stands
//! before 放假 is off, what stands before 上班 is worked. Nothing is guessed: a sentence
//! with a date that neither word claims is handed back, and so is a weekday or a number
//! of days that does not fit.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::engine::calendar::YearDays;

/// Days of the longest holiday that is believed.
const HOLIDAY_DAYS_MAX: i64 = 31;

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub year: i32,
    /// Days off and days worked, by year: a New Year's holiday may begin in the year before.
    pub years: BTreeMap<i32, YearDays>,
    /// The holidays in the notice's order: name, first day, last day.
    pub holidays: Vec<(String, NaiveDate, NaiveDate)>,
    /// What was not understood, or does not fit.
    pub faults: Vec<NoticeFault>,
}

/// What a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeFault {
    /// A sentence with a date, of which it is not said whether it is off or worked.
    NotUnderstood { sentence: String },
    /// The notice gives the day another weekday: perhaps it is of another year.
    OtherWeekday {
        /// The day.
        date: NaiveDate,
        /// The weekday that the notice gives it.
        said: Weekday,
    },
    /// The notice counts another number of days.
    OtherCount {
        /// The holiday.
        name: String,
        /// What the notice counts.
        said: u32,
        /// Days that were read.
        found: u32,
    },
    /// A day that is worked anyway.
    WorkedAnyway {
        /// The day.
        date: NaiveDate,
    },
}

impl Notice {
    /// Reads a notice. Dates without a year are of the one that its title names, else of
    /// `year`. None where no day off is found.
    ///
    /// ```
    /// use double_random::exchange::notice::Notice;
    /// let notice = Notice::read("四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。", 2026);
    /// let notice = notice.unwrap();
    /// assert_eq!((notice.years[&2026].off.len(), notice.years[&2026].work.len()), (5, 1));
    /// assert!(notice.faults.is_empty());
    /// ```
    #[must_use]
    pub fn read(text: &str, year: i32) -> Option<Self> {
        let text: String = text.chars().filter_map(plain).collect();
        let mut notice = Self {
            year: year_of_title(&text).unwrap_or(year),
            years: BTreeMap::new(),
            holidays: Vec::new(),
            faults: Vec::new(),
        };
        let mut name = String::new();
        for sentence in text.split(['。', '；', ';', '\n']) {
            notice.sentence(sentence, &mut name);
        }
        (!notice.holidays.is_empty()).then_some(notice)
    }

    fn sentence(&mut self, sentence: &str, name: &mut String) {
        let mut reader = Reader {
            signs: sentence.chars().collect(),
            at: 0,
            year: self.year,
            month: None,
        };
        let mut open: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        let mut found = 0;
        while !reader.is_done() {
            if let Some(said) = reader.label() {
                *name = said;
            } else if reader.word("放假") {
                for (first, last) in open.drain(..) {
                    found += self.holiday(name, first, last);
                }
            } else if reader.word("上班") {
                for day in open.drain(..).flat_map(|(first, last)| days(first, last)) {
                    self.worked(day);
                }
            } else if let Some(said) = reader.count() {
                if said != found && found > 0 {
                    let name = name.clone();
                    self.faults
                        .push(NoticeFault::OtherCount { name, said, found });
                }
            } else if reader.joins() && !open.is_empty() {
                match (reader.date(&mut self.faults), open.last_mut()) {
                    (Some(date), Some(last)) => end_at(last, date),
                    _ => open.clear(),
                }
            } else if let Some(date) = reader.date(&mut self.faults) {
                open.push((date, date));
            } else {
                reader.skip();
            }
        }
        if !open.is_empty() {
            let sentence = sentence.trim().to_owned();
            self.faults.push(NoticeFault::NotUnderstood { sentence });
        }
    }

    /// Takes a holiday; how many days it has.
    fn holiday(&mut self, name: &str, first: NaiveDate, last: NaiveDate) -> u32 {
        for day in days(first, last) {
            self.years.entry(day.year()).or_default().off.insert(day);
        }
        self.holidays.push((name.to_owned(), first, last));
        days(first, last).count() as u32
    }

    fn worked(&mut self, date: NaiveDate) {
        if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            self.years.entry(date.year()).or_default().work.insert(date);
        } else {
            self.faults.push(NoticeFault::WorkedAnyway { date });
        }
    }
}

/// Full-width digits and brackets as half-width ones; no spaces.
fn plain(sign: char) -> Option<char> {
    match sign {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(sign as u32 - 0xfee0),
        '（' => Some('('),
        '）' => Some(')'),
        '\n' => Some('\n'),
        sign if sign.is_whitespace() || sign.is_control() => None,
        sign => Some(sign),
    }
}

/// «关于2027年部分节假日安排的通知».
fn year_of_title(text: &str) -> Option<i32> {
    let before = &text[..text.find("年部分节假日")?];
    let start = before.len().checked_sub(4)?;
    before.get(start..)?.parse().ok()
}

fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

/// Ends a holiday at a day; one that would end before it begins began in the year before.
fn end_at(holiday: &mut (NaiveDate, NaiveDate), date: NaiveDate) {
    if date < holiday.0
        && let Some(before) = holiday.0.with_year(holiday.0.year() - 1)
    {
        holiday.0 = before;
    }
    if (0..HOLIDAY_DAYS_MAX).contains(&(date - holiday.0).num_days()) {
        holiday.1 = date;
    }
}

/// A sentence while it is read.
struct Reader {
    signs: Vec<char>,
    at: usize,
    year: i32,
    month: Option<u32>,
}

impl Reader {
    const fn is_done(&self) -> bool {
        self.at >= self.signs.len()
    }

    fn word(&mut self, word: &str) -> bool {
        let is_here = self.signs[self.at..]
            .iter()
            .copied()
            .take(word.chars().count())
            .eq(word.chars());
        if is_here {
            self.at += word.chars().count();
        }
        is_here
    }

    /// Passes a sign; a number wholly, so that its end is not taken for one.
    fn skip(&mut self) {
        let digits = self.signs[self.at..].iter();
        let digits = digits.take_while(|sign| sign.is_ascii_digit()).count();
        self.at += digits.max(1);
    }

    /// «至» between the days of a holiday.
    fn joins(&mut self) -> bool {
        ["至", "到", "—", "–", "-", "~", "～"]
            .iter()
            .any(|word| self.word(word))
    }

    /// «一、元旦：» at the beginning: the holiday's name.
    fn label(&mut self) -> Option<String> {
        if self.at > 0 {
            return None;
        }
        let end = self
            .signs
            .iter()
            .position(|&sign| matches!(sign, '：' | ':'))?;
        let head: String = self.signs[..end].iter().collect();
        if head.contains('日') {
            return None;
        }
        self.at = end + 1;
        let is_number = |sign: char| "一二三四五六七八九十0123456789".contains(sign);
        let name = head.trim_start_matches(is_number);
        Some(name.trim_start_matches(['、', '.', '．', ',']).to_owned())
    }

    fn number(&mut self) -> Option<u32> {
        let digits: String = self.signs[self.at..]
            .iter()
            .take_while(|sign| sign.is_ascii_digit())
            .collect();
        let number = digits.parse().ok()?;
        self.at += digits.len();
        Some(number)
    }

    /// «共3天».
    fn count(&mut self) -> Option<u32> {
        let start = self.at;
        let count = self.word("共").then(|| self.number()).flatten();
        let is_count = count.is_some() && self.word("天");
        if !is_count {
            self.at = start;
            return None;
        }
        count
    }

    /// A date, with year and month where they are named, and the weekday beside it.
    fn date(&mut self, faults: &mut Vec<NoticeFault>) -> Option<NaiveDate> {
        let start = self.at;
        let date = self.day();
        let Some(date) = date else {
            self.at = start;
            return None;
        };
        if let Some(said) = self.weekday()
            && said != date.weekday()
        {
            faults.push(NoticeFault::OtherWeekday { date, said });
        }
        Some(date)
    }

    fn day(&mut self) -> Option<NaiveDate> {
        loop {
            let number = self.number()?;
            if self.word("年") {
                self.year = i32::try_from(number).ok()?;
            } else if self.word("月") {
                self.month = Some(number);
            } else if self.word("日") {
                return NaiveDate::from_ymd_opt(self.year, self.month?, number);
            } else {
                return None;
            }
        }
    }

    /// What stands in brackets behind a date: «(农历腊月二十八、周日)».
    fn weekday(&mut self) -> Option<Weekday> {
        if !self.word("(") {
            return None;
        }
        let rest = &self.signs[self.at..];
        let end = rest.iter().position(|&sign| sign == ')')?;
        let words: String = rest[..end].iter().collect();
        self.at += end + 1;
        let (_, day) = words
            .rsplit_once("周")
            .or_else(|| words.rsplit_once("星期"))?;
        Some(match day.chars().next()? {
            '一' => Weekday::Mon,
            '二' => Weekday::Tue,
            '三' => Weekday::Wed,
            '四' => Weekday::Thu,
            '五' => Weekday::Fri,
            '六' => Weekday::Sat,
            '日' | '天' => Weekday::Sun,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::{WorkdayCalendar, check_years};

    /// As it was announced for 2026.
    const OF_2026: &str = "国务院办公厅关于2026年部分节假日安排的通知\n\
        各省、自治区、直辖市人民政府：经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。\n\
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n\
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。\n\
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n\
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n\
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n\
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n\
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。\n\
        节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。";

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_notice_of_2026_gives_the_calendar_that_comes_with_the_program() {
        let notice = Notice::read(OF_2026, 2020).unwrap();
        assert_eq!((notice.year, &notice.faults[..]), (2026, &[][..]));
        assert_eq!(notice.holidays.len(), 7);
        assert_eq!(notice.holidays[1].0, "春节");
        assert!(check_years(&notice.years).is_ok());
        let own = WorkdayCalendar::built_in();
        assert_eq!(notice.years[&2026], own.years()[&2026]);
    }

    #[test]
    fn a_new_years_holiday_may_begin_the_year_before() {
        for text in [
            "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。",
            "元旦：12月31日至1月2日放假调休，共3天。",
        ] {
            let notice = Notice::read(text, 2023).unwrap();
            assert_eq!(notice.faults, [], "{text}");
            assert_eq!(notice.years[&2022].off, [date("2022-12-31")].into());
            let off = [date("2023-01-01"), date("2023-01-02")];
            assert_eq!(notice.years[&2023].off, off.into());
        }
    }

    #[test]
    fn short_forms_are_read() {
        let text = "元旦：1月1日（星期三）放假1天，不调休。春节：１月２８日至2月4日放假调休，共8天。1月26日（周日）、2月8日（星期六）上班。";
        let notice = Notice::read(text, 2025).unwrap();
        assert_eq!(notice.faults, []);
        let days = &notice.years[&2025];
        assert_eq!((days.off.len(), days.work.len()), (9, 2));
    }

    #[test]
    fn what_is_not_understood_or_does_not_fit_is_handed_back() {
        let text = "春节：2月10日至17日放假调休，共9天。2月5日上班。鼓励各单位安排职工在除夕(2月9日)休息。元旦：1月1日（周二）放假。";
        let notice = Notice::read(text, 2024).unwrap();
        let sentence = "鼓励各单位安排职工在除夕(2月9日)休息".to_owned();
        let name = "春节".to_owned();
        assert_eq!(
            notice.faults,
            [
                NoticeFault::OtherCount {
                    name,
                    said: 9,
                    found: 8
                },
                NoticeFault::WorkedAnyway {
                    date: date("2024-02-05")
                },
                NoticeFault::NotUnderstood { sentence },
                NoticeFault::OtherWeekday {
                    date: date("2024-01-01"),
                    said: Weekday::Tue
                },
            ]
        );
        assert!(!notice.years[&2024].off.contains(&date("2024-02-09")));
        for text in [
            "",
            "放假",
            "2月30日放假",
            "明天上班",
            "99999999999月1日放假",
        ] {
            assert_eq!(Notice::read(text, 2024), None, "{text}");
        }
    }
}
