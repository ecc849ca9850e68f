//! 定期核查 (R16): what a check says, when one is due, and which days it covers.
//!
//! A check may be made on any day and is due on the 10th and the 20th. Its lines follow from
//! the workbook and the day (`check_rules`); a signed report keeps them as they were then.
//! No report changes: who mends, checks anew, and the new report says what was mended.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::visit::{DrawId, VisitId};
use super::visit_record::PaperKind;
use super::{Workbook, Year};
use crate::model::{OfficerId, UnitId};

/// Days of a month on which a check is due.
pub const CHECK_DAYS: [u32; 2] = [10, 20];
/// Working days after a check within which its report is filed to the 支队.
pub const FILE_WORKING_DAYS: u32 = 2;
/// Reports that a year may hold.
pub const CHECKS_MAX: usize = 366;
/// Records that a line of a report keeps; how many there are besides is said.
pub const LINE_RECORDS_MAX: usize = 30;

/// What is to be done about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 要整改.
    Mend,
    /// 要说明: it happened and cannot be undone.
    Explain,
    /// 相符.
    Right,
}

impl Verdict {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Mend, Self::Explain, Self::Right];
}

/// What is checked, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// 月计划批准: a plan whose month has begun is approved.
    Approved,
    /// 过检查时限还没有检查.
    Overdue,
    /// 限期改正期满没有复查.
    RecheckLate,
    /// 「已改正」没有复查.
    Uncorrected,
    /// 没有扫码，也没写原因.
    NoScan,
    /// 检查了没有录入.
    NotEntered,
    /// 审核退回没有改.
    Returned,
    /// 每户两名持证人员.
    TwoOfficers,
    /// 审核人不是检查人员.
    ReviewerWent,
    /// 批准人不是检查人员.
    ApproverWent,
    /// 检查部位写明.
    Places,
    /// 文书齐全.
    Papers,
    /// 检查前通知.
    Notified,
    /// 检查结果 20 个工作日内公示.
    Publish,
    /// 抽查计划按期公示.
    PlanPublic,
    /// 一年两次、间隔六个月 (R7).
    Limits,
    /// 请假、抽调期间没有任务.
    Away,
    /// 请假、抽调有原因和批准人.
    AwayApproved,
    /// 执法证在有效期内.
    Certificates,
    /// 重点单位资料一季度内更新.
    KeyUnits,
    /// 单位资料齐全.
    Incomplete,
    /// 姓名栏写的是姓名.
    Names,
    /// 风险等级、标签核对.
    Reviewed,
    /// 公示没有超期.
    PublishedLate,
    /// 检查后 3 个工作日内录入 (R15).
    EnteredLate,
    /// 月底集中录入 (R15).
    MonthEnd,
    /// 集中录入 (R15).
    Burst,
    /// 每日一查 (R17).
    Daily,
    /// 日均衡.
    DaySpread,
    /// 人员均衡.
    OfficerSpread,
    /// 本月进度.
    Month,
    /// 密集重点单位年度进度 (R4).
    FloorDense,
    /// 其他重点单位年度进度 (R5).
    FloorKey,
    /// 一般单位年度进度 (R6).
    FloorGeneral,
    /// 顺延、搁置.
    Carried,
    /// 改期、换人、替换、递补 (R17).
    Changed,
    /// 作废的检查 (R17).
    Void,
    /// 撤回、中止、停用和更正 (R17).
    Withdrawn,
}

impl CheckKind {
    /// All, in order.
    pub const ALL: [Self; 38] = [
        Self::Approved,
        Self::Overdue,
        Self::RecheckLate,
        Self::Uncorrected,
        Self::NoScan,
        Self::NotEntered,
        Self::Returned,
        Self::TwoOfficers,
        Self::ReviewerWent,
        Self::ApproverWent,
        Self::Places,
        Self::Papers,
        Self::Notified,
        Self::Publish,
        Self::PlanPublic,
        Self::Limits,
        Self::Away,
        Self::AwayApproved,
        Self::Certificates,
        Self::KeyUnits,
        Self::Incomplete,
        Self::Names,
        Self::Reviewed,
        Self::PublishedLate,
        Self::EnteredLate,
        Self::MonthEnd,
        Self::Burst,
        Self::Daily,
        Self::DaySpread,
        Self::OfficerSpread,
        Self::Month,
        Self::FloorDense,
        Self::FloorKey,
        Self::FloorGeneral,
        Self::Carried,
        Self::Changed,
        Self::Void,
        Self::Withdrawn,
    ];

    /// What is to be done where it does not hold: what can be put right is mended, what
    /// happened is explained.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Approved
            | Self::Overdue
            | Self::RecheckLate
            | Self::Uncorrected
            | Self::NoScan
            | Self::NotEntered
            | Self::Returned
            | Self::TwoOfficers
            | Self::ReviewerWent
            | Self::Places
            | Self::Papers
            | Self::Publish
            | Self::PlanPublic
            | Self::Limits
            | Self::Away
            | Self::AwayApproved
            | Self::Certificates
            | Self::KeyUnits
            | Self::Incomplete
            | Self::Names
            | Self::Changed
            | Self::Void
            | Self::Withdrawn => Verdict::Mend,
            Self::ApproverWent
            | Self::Notified
            | Self::Reviewed
            | Self::PublishedLate
            | Self::EnteredLate
            | Self::MonthEnd
            | Self::Burst
            | Self::Daily
            | Self::DaySpread
            | Self::OfficerSpread
            | Self::Month
            | Self::FloorDense
            | Self::FloorKey
            | Self::FloorGeneral
            | Self::Carried => Verdict::Explain,
        }
    }
}

/// What a line's record is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    Visit(VisitId),
    Unit(UnitId),
    Officer(OfficerId),
    Draw(DrawId),
    /// A day, or entries within one.
    Day,
    /// Units of a township.
    Township,
    /// An act of the trail, by the name of its kind.
    Act(String),
}

/// A record of a line, told as it was when the line was.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckRecord {
    pub of: Checked,
    /// Its name then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The day that counts: of the visit, of the end of a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// The day by which it should have been put right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// First and last moment of entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<(NaiveDateTime, NaiveDateTime)>,
    /// How many it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Papers that lack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<PaperKind>,
    /// Reason and approver, of what was withdrawn.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl CheckRecord {
    /// A record of which only the name is known.
    #[must_use]
    pub fn new(of: Checked, name: impl Into<String>) -> Self {
        Self {
            of,
            name: name.into(),
            day: None,
            until: None,
            times: None,
            count: None,
            papers: Vec::new(),
            why: String::new(),
        }
    }

    /// With its day.
    #[must_use]
    pub fn on(mut self, day: NaiveDate) -> Self {
        self.day = Some(day);
        self
    }

    /// With the day by which it should have been put right.
    #[must_use]
    pub fn until(mut self, day: NaiveDate) -> Self {
        self.until = Some(day);
        self
    }

    /// For how many it stands.
    #[must_use]
    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }
}

/// A line of a check.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckLine {
    pub kind: CheckKind,
    /// How many are not as they should be.
    pub bad: u32,
    /// Of how many.
    pub total: u32,
    pub verdict: Verdict,
    /// What the figure stands for, at most [`LINE_RECORDS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<CheckRecord>,
    /// How many records there are besides.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub more: u32,
    /// The figure of the report before; none: there was none, or it had no such line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// 说明.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl CheckLine {
    /// How many were put right since the report before.
    #[must_use]
    pub fn mended(&self) -> u32 {
        self.before.unwrap_or_default().saturating_sub(self.bad)
    }
}

/// 大队主官签名.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeadSigned {
    /// When, in local time.
    pub at: NaiveDateTime,
    /// 大队主官.
    pub head: String,
    /// Who entered it.
    pub by: String,
}

/// 报支队备案.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckFiled {
    /// The day on which it was filed.
    pub date: NaiveDate,
    /// When that was entered, in local time.
    pub at: NaiveDateTime,
    /// Who entered it.
    pub by: String,
}

/// A signed report. What it says never changes; only the head's signature and the filing are
/// added, once each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SelfCheck {
    /// Its number in the year, from 1.
    pub number: u32,
    /// First day that it covers.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// When it was signed, in local time.
    pub at: NaiveDateTime,
    /// 核查人.
    pub checker: String,
    /// Visits of the open years, but for void ones.
    pub visits: u32,
    /// Units in use.
    pub units: u32,
    pub lines: Vec<CheckLine>,
    /// Number of the report to which its lines are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<HeadSigned>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<CheckFiled>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// How many lines of a check have a verdict.
#[must_use]
pub fn count_of(lines: &[CheckLine], verdict: Verdict) -> usize {
    let of = lines.iter().filter(|line| line.verdict == verdict);
    of.count()
}

impl SelfCheck {
    /// The day on which it was made.
    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.at.date()
    }
}

/// 说明 of a line, until a report takes it in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckNote {
    pub kind: CheckKind,
    pub words: String,
    /// When, in local time.
    pub at: NaiveDateTime,
    pub by: String,
}

/// A check that waits for its day, or is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckDue {
    /// The 10th or 20th, also where it is a rest day.
    pub day: NaiveDate,
    /// The first working day from then on: when one is reminded of it.
    pub remind: NaiveDate,
}

impl CheckDue {
    /// Whether its day has come.
    #[must_use]
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.day <= today
    }

    /// Whether the working day on which it should have been made is over.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.remind < today
    }
}

/// The last day on or before `day` on which a check is due.
#[must_use]
pub fn due_until(day: NaiveDate) -> NaiveDate {
    let mut back = std::iter::successors(Some(day), NaiveDate::pred_opt);
    back.find(|day| CHECK_DAYS.contains(&day.day()))
        .unwrap_or(day)
}

/// The first day after `day` on which a check is due.
#[must_use]
pub fn due_after(day: NaiveDate) -> NaiveDate {
    let mut ahead = day.iter_days().skip(1);
    ahead
        .find(|day| CHECK_DAYS.contains(&day.day()))
        .unwrap_or(day)
}

impl Workbook {
    /// All reports, oldest first, each with its year.
    pub fn self_checks(&self) -> impl DoubleEndedIterator<Item = (i32, &SelfCheck)> {
        let years = self.years.iter();
        years.flat_map(|year| year.self_checks.iter().map(|check| (year.year, check)))
    }

    /// A report by its year and number.
    #[must_use]
    pub fn self_check_report(&self, year: i32, number: u32) -> Option<&SelfCheck> {
        let mut checks = self.year(year)?.self_checks.iter();
        checks.find(|check| check.number == number)
    }

    /// The first day of the first month that was drawn: nothing before it is checked. None:
    /// nothing was drawn.
    fn checked_from(&self) -> Option<NaiveDate> {
        let months = self.standing_draws().map(|draw| draw.month);
        months.min().map(|month| month.first_day())
    }

    /// Whether a report covers a day.
    fn is_checked(&self, day: NaiveDate) -> bool {
        self.self_checks().any(|(_, check)| check.to >= day)
    }

    /// The check that is due on `today`, or else the next one. None before the first draw, and
    /// where its year is closed.
    #[must_use]
    pub fn check_due(&self, today: NaiveDate) -> Option<CheckDue> {
        let first = self.checked_from()?;
        if self.is_year_closed(self.year_on(today).year) {
            return None;
        }
        let last = due_until(today);
        let waits = last >= first && !self.is_checked(last);
        let day = if waits { last } else { due_after(today) };
        let calendar = self.calendar();
        let mut days = day.iter_days();
        let remind = days.find(|day| calendar.is_working_day(*day));
        remind.map(|remind| CheckDue { day, remind })
    }

    /// First and last day that a check made on `today` covers: from the day after one due day
    /// to the next, that one included, as long as no report covers it; from then on to
    /// `today`. Made anew on the same day it covers the same days.
    #[must_use]
    pub fn check_period(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let last = self.self_checks().next_back().map(|(_, check)| check);
        if let Some(check) = last.filter(|check| check.date() == today) {
            return (check.from, check.to);
        }
        let (due, first) = (due_until(today), self.checked_from());
        let day_after = |day: NaiveDate| day + Days::new(1);
        let is_before = first.is_some_and(|first| due < first);
        let (from, to) = if is_before || self.is_checked(due) {
            (day_after(due), today)
        } else {
            (day_after(due_until(due - Days::new(1))), due)
        };
        let from = first.map_or(from, |first| from.max(first));
        (from.min(to), to)
    }

    /// The last day for filing a report to the 支队.
    #[must_use]
    pub fn file_by(&self, check: &SelfCheck) -> NaiveDate {
        self.calendar()
            .add_working_days(check.date(), FILE_WORKING_DAYS)
    }
}

/// Whether the reports of a year are numbered, in order, and signed in order of their steps.
pub(super) fn are_checks_sound(year: &Year) -> bool {
    let mut checks = (1..).zip(&year.self_checks);
    let is_sound = |(number, check): (u32, &SelfCheck)| {
        let head = check.head.as_ref().map(|head| head.at.date());
        let is_signed = head.is_none_or(|head| head >= check.date());
        let is_filed = check.filed.is_none() || head.is_some();
        check.number == number && check.from <= check.to && is_signed && is_filed
    };
    let ordered = year
        .self_checks
        .windows(2)
        .all(|two| two[0].at <= two[1].at);
    ordered && year.self_checks.len() <= CHECKS_MAX && checks.all(is_sound)
}
