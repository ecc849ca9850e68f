//! Words that every page uses: dates, counts, the names of the registers' values.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::Lang;
use crate::messages;
use crate::model::{
    AbsenceKind, AppliesTo, AskedBy, AvoidanceGround, Credit, Finding, LegalKind, RiskTier, Subject,
};

messages! {
    app_name => "双随机抽查工作台", "Double Random Workbench";
    units_count(n: impl Display) => "{n} 户", "{n} units";
    visits_count(n: impl Display) => "{n} 户", "{n} visits";
    people_count(n: impl Display) => "{n} 人", "{n} officers";
    none => "无", "None";
    yes => "是", "Yes";
    no => "否", "No";
    never_inspected => "未查过", "Never";
    any_time => "随时", "Any time";
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Lang {
    /// 8 月 / August, without the year. `month` is 1…12.
    #[must_use]
    pub fn month_name(self, month: u32) -> String {
        match self {
            Self::Zh => format!("{month} 月"),
            Self::En => MONTHS_EN[(month.clamp(1, 12) - 1) as usize].to_owned(),
        }
    }

    /// 7月30日 / 30 July.
    #[must_use]
    pub fn month_day(self, date: NaiveDate) -> String {
        match self {
            Self::Zh => format!("{}月{}日", date.month(), date.day()),
            Self::En => format!("{} {}", date.day(), MONTHS_EN[date.month0() as usize]),
        }
    }

    /// 2026年7月30日 / 2026-07-30.
    #[must_use]
    pub fn full_date(self, date: NaiveDate) -> String {
        match self {
            Self::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Self::En => date.to_string(),
        }
    }

    /// 7月30日 / 30 Jul: for narrow columns.
    #[must_use]
    pub fn month_day_short(self, date: NaiveDate) -> String {
        match self {
            Self::Zh => self.month_day(date),
            Self::En => format!("{} {}", date.day(), &MONTHS_EN[date.month0() as usize][..3]),
        }
    }

    /// What stands between two sentences.
    #[must_use]
    pub const fn sentence_gap(self) -> &'static str {
        match self {
            Self::Zh => "",
            Self::En => " ",
        }
    }

    /// 7月30日 09:42 / 30 July 09:42.
    #[must_use]
    pub fn day_time(self, at: NaiveDateTime) -> String {
        format!("{} {}", self.month_day(at.date()), at.format("%H:%M"))
    }

    /// 星期四 / Thu.
    #[must_use]
    pub const fn weekday(self, day: Weekday) -> &'static str {
        match (self, day) {
            (Self::Zh, Weekday::Mon) => "星期一",
            (Self::Zh, Weekday::Tue) => "星期二",
            (Self::Zh, Weekday::Wed) => "星期三",
            (Self::Zh, Weekday::Thu) => "星期四",
            (Self::Zh, Weekday::Fri) => "星期五",
            (Self::Zh, Weekday::Sat) => "星期六",
            (Self::Zh, Weekday::Sun) => "星期日",
            (Self::En, Weekday::Mon) => "Mon",
            (Self::En, Weekday::Tue) => "Tue",
            (Self::En, Weekday::Wed) => "Wed",
            (Self::En, Weekday::Thu) => "Thu",
            (Self::En, Weekday::Fri) => "Fri",
            (Self::En, Weekday::Sat) => "Sat",
            (Self::En, Weekday::Sun) => "Sun",
        }
    }

    /// 红 黄 蓝 绿.
    #[must_use]
    pub const fn tier(self, tier: RiskTier) -> &'static str {
        match (self, tier) {
            (Self::Zh, RiskTier::Red) => "红",
            (Self::Zh, RiskTier::Yellow) => "黄",
            (Self::Zh, RiskTier::Blue) => "蓝",
            (Self::Zh, RiskTier::Green) => "绿",
            (Self::En, RiskTier::Red) => "Red",
            (Self::En, RiskTier::Yellow) => "Yellow",
            (Self::En, RiskTier::Blue) => "Blue",
            (Self::En, RiskTier::Green) => "Green",
        }
    }

    /// 重大风险 … 低风险.
    #[must_use]
    pub const fn tier_long(self, tier: RiskTier) -> &'static str {
        match (self, tier) {
            (Self::Zh, RiskTier::Red) => "红 重大风险",
            (Self::Zh, RiskTier::Yellow) => "黄 较大风险",
            (Self::Zh, RiskTier::Blue) => "蓝 一般风险",
            (Self::Zh, RiskTier::Green) => "绿 低风险",
            (Self::En, RiskTier::Red) => "Red, major risk",
            (Self::En, RiskTier::Yellow) => "Yellow, larger risk",
            (Self::En, RiskTier::Blue) => "Blue, general risk",
            (Self::En, RiskTier::Green) => "Green, low risk",
        }
    }

    /// 信用等级.
    #[must_use]
    pub const fn credit(self, credit: Credit) -> &'static str {
        match (self, credit) {
            (_, Credit::A) => "A",
            (_, Credit::B) => "B",
            (_, Credit::C) => "C",
            (_, Credit::D) => "D",
            (Self::Zh, Credit::Unrated) => "未评定",
            (Self::En, Credit::Unrated) => "Not rated",
        }
    }

    /// 单位性质.
    #[must_use]
    pub const fn legal_kind(self, kind: LegalKind) -> &'static str {
        match (self, kind) {
            (Self::Zh, LegalKind::StateOrgan) => "机关",
            (Self::Zh, LegalKind::SocialGroup) => "团体",
            (Self::Zh, LegalKind::Enterprise) => "企业",
            (Self::Zh, LegalKind::PublicInstitution) => "事业单位",
            (Self::Zh, LegalKind::SoleTrader) => "个体工商户",
            (Self::Zh, LegalKind::Other) => "其他",
            (Self::En, LegalKind::StateOrgan) => "State organ",
            (Self::En, LegalKind::SocialGroup) => "Social group",
            (Self::En, LegalKind::Enterprise) => "Enterprise",
            (Self::En, LegalKind::PublicInstitution) => "Public institution",
            (Self::En, LegalKind::SoleTrader) => "Sole trader",
            (Self::En, LegalKind::Other) => "Other",
        }
    }

    /// 检查结果.
    #[must_use]
    pub const fn finding(self, finding: Finding) -> &'static str {
        match (self, finding) {
            (Self::Zh, Finding::None) => "未发现问题",
            (Self::Zh, Finding::Found) => "发现问题",
            (Self::Zh, Finding::Unknown) => "结果不详",
            (Self::En, Finding::None) => "Nothing found",
            (Self::En, Finding::Found) => "Problems found",
            (Self::En, Finding::Unknown) => "Result unknown",
        }
    }

    /// 离岗类别.
    #[must_use]
    pub const fn absence_kind(self, kind: AbsenceKind) -> &'static str {
        match (self, kind) {
            (Self::Zh, AbsenceKind::Leave) => "请假",
            (Self::Zh, AbsenceKind::Secondment) => "抽调",
            (Self::Zh, AbsenceKind::Training) => "培训",
            (Self::Zh, AbsenceKind::Sick) => "病假",
            (Self::En, AbsenceKind::Leave) => "Leave",
            (Self::En, AbsenceKind::Secondment) => "Secondment",
            (Self::En, AbsenceKind::Training) => "Training",
            (Self::En, AbsenceKind::Sick) => "Sick leave",
        }
    }

    /// 回避事由.
    #[must_use]
    pub const fn avoidance_ground(self, ground: AvoidanceGround) -> &'static str {
        match (self, ground) {
            (Self::Zh, AvoidanceGround::Interest) => "直接利害关系",
            (Self::Zh, AvoidanceGround::Relation) => "其他关系，可能影响公正",
            (Self::En, AvoidanceGround::Interest) => "Direct interest",
            (Self::En, AvoidanceGround::Relation) => "Other relation that may affect fairness",
        }
    }

    /// Who asked for an avoidance.
    #[must_use]
    pub const fn asked_by(self, asked: AskedBy) -> &'static str {
        match (self, asked) {
            (Self::Zh, AskedBy::Officer) => "本人申请",
            (Self::Zh, AskedBy::Party) => "当事人申请",
            (Self::Zh, AskedBy::Brigade) => "大队决定",
            (Self::En, AskedBy::Officer) => "Asked for by the officer",
            (Self::En, AskedBy::Party) => "Asked for by the unit",
            (Self::En, AskedBy::Brigade) => "Decided by the brigade",
        }
    }

    /// 抽查类别, in brief.
    #[must_use]
    pub const fn subject(self, subject: Subject) -> &'static str {
        match (self, subject) {
            (Self::Zh, Subject::Duties) => "履职",
            (Self::Zh, Subject::Products) => "产品",
            (Self::Zh, Subject::Services) => "维保",
            (Self::Zh, Subject::Engineers) => "注册消防工程师",
            (Self::En, Subject::Duties) => "Duties",
            (Self::En, Subject::Products) => "Products",
            (Self::En, Subject::Services) => "Services",
            (Self::En, Subject::Engineers) => "Engineers",
        }
    }

    /// 抽查类别, in the words of the yearly plan.
    #[must_use]
    pub const fn subject_long(self, subject: Subject) -> &'static str {
        match (self, subject) {
            (Self::Zh, Subject::Duties) => "社会单位履行法定消防安全职责",
            (Self::Zh, Subject::Products) => "使用领域消防产品质量",
            (Self::Zh, Subject::Services) => "社会消防技术服务活动",
            (Self::Zh, Subject::Engineers) => "注册消防工程师执业活动",
            (Self::En, Subject::Duties) => "Statutory fire-safety duties of units",
            (Self::En, Subject::Products) => "Quality of fire products in use",
            (Self::En, Subject::Services) => "Fire technical services",
            (Self::En, Subject::Engineers) => "Practice of registered fire engineers",
        }
    }

    /// 适用单位.
    #[must_use]
    pub const fn applies_to(self, rule: AppliesTo) -> &'static str {
        match (self, rule) {
            (Self::Zh, AppliesTo::Every) => "所有单位",
            (Self::Zh, AppliesTo::Key) => "重点单位",
            (Self::Zh, AppliesTo::DenselyPopulated) => "人员密集场所",
            (Self::Zh, AppliesTo::Separate) => "另行抽查",
            (Self::En, AppliesTo::Every) => "Every unit",
            (Self::En, AppliesTo::Key) => "Key units",
            (Self::En, AppliesTo::DenselyPopulated) => "Densely populated places",
            (Self::En, AppliesTo::Separate) => "Drawn separately",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_set_as_each_language_does() {
        let date: NaiveDate = "2026-07-30".parse().unwrap();
        assert_eq!(Lang::Zh.month_day(date), "7月30日");
        assert_eq!(Lang::En.month_day(date), "30 July");
        assert_eq!(Lang::En.month_day_short(date), "30 Jul");
        assert_eq!(Lang::Zh.weekday(date.weekday()), "星期四");
        assert_eq!(Lang::Zh.units_count(62), "62 户");
    }
}
