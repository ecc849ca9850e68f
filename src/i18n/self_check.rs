//! Words of 定期核查: its lines, their records, its report; and of bunched entries.

use std::fmt::Display;

use chrono::NaiveDate;

use super::{Both, Lang, both};
use crate::messages;
use crate::workbook::bunching::Bunching;
use crate::workbook::refusal::CheckRefusal;
use crate::workbook::self_check::{CheckKind, CheckLine, CheckRecord, Checked, Verdict};
use crate::workbook::visit_record::PaperKind;

/// Records that a line names; the rest are counted.
const NAMED_MAX: usize = 3;

messages! {
    nav_self_check => "定期核查", "Self-check";
    check_scope(from: impl Display, to: impl Display, n: impl Display) => "这次核查 {from}至{to}，{n} 项", "This one covers {from} to {to}, {n} lines";
    check_to_mend(day: impl Display, n: impl Display) => "{day}核查：{n} 项要整改", "{day}: {n} to mend";
    check_to_explain(day: impl Display, n: impl Display) => "{day}核查：没有要整改的，{n} 项要说明", "{day}: nothing to mend, {n} to explain";
    check_right(day: impl Display) => "{day}核查：各项相符", "{day}: all in order";
    check_rest(explain: impl Display, right: impl Display) => "另有 {explain} 项要说明，{right} 项相符。整改后重新核查，报告里留下前后两次的数。", "{explain} more to explain, {right} in order. Mend, then check again: the report keeps both figures.";
    check_rest_right(right: impl Display) => "{right} 项相符。", "{right} in order.";
    check_mended(number: impl Display, mended: impl Display) => "比{number}整改了 {mended}。", "Since {number}, {mended} mended.";
    check_lines => "核查内容", "What is checked";
    check_col_figure => "数 / 总数", "Figure / of";
    check_col_records => "记录", "Records";
    check_col_state => "状态", "State";
    check_group(words: impl Display, n: impl Display) => "{words} {n} 项", "{words}: {n}";
    check_mend_go => "去整改", "Mend";
    check_explain_go => "说明", "Explain";
    check_explain_again => "改说明", "Explain anew";
    check_explain_title(name: impl Display) => "说明：{name}", "Explain: {name}";
    check_explain_consequence => "写明原因和打算怎么办，写进这次的核查报告。签名之前可以再改。", "Say why, and what will be done. It stands in this check's report, and may be changed until that is signed.";
    check_explanation => "说明", "Explanation";
    check_explained => "说明已记下", "Explanation kept";
    check_note(words: impl Display) => "说明：{words}", "Explained: {words}";
    check_before(bad: impl Display) => "上次 {bad}", "was {bad}";
    check_fewer => "收起", "Fewer";
    check_more(n: impl Display) => "另 {n} 条", "{n} more";
    check_report => "核查报告", "Report";
    check_draft => "草案", "Draft";
    check_signed_tag => "已签名", "Signed";
    check_filed_tag => "已备案", "Filed";
    check_number => "编号", "Number";
    check_period => "期间", "Period";
    check_span(from: impl Display, to: impl Display) => "{from}至{to}", "{from} to {to}";
    check_scope_label => "范围", "Scope";
    check_scope_fact(visits: impl Display, units: impl Display) => "任务 {visits} 户，单位 {units} 户", "{visits} visits, {units} units";
    check_sign => "核查人签名", "Checker's signature";
    check_sign_act => "签名", "Sign";
    check_sign_note => "没有整改的照实写入报告", "What is not mended stands in the report as it is";
    check_sign_consequence => "按现在的数据出一份报告，编号、各项数和说明从此不变。整改后再核查，另出一份。", "Makes a report by the data as they stand; its number, figures and explanations stay. After mending, a new check makes a new one.";
    check_checker => "核查人", "Checked by";
    check_checker_help => "不能是大队主官：报告是给主官看的", "Not the head of the brigade, to whom is reported";
    check_head_sign => "大队主官签名", "Signature of the head";
    check_head_act => "主官签名", "Head signs";
    check_head_wait => "核查人签名后才能签", "After the checker";
    check_head_consequence(number: impl Display) => "主官看过{number}并签名。签名后才能报支队备案。", "The head has read {number} and signs it. Then it can be filed.";
    check_head_label => "大队主官", "Head of the brigade";
    check_head_help => "不能与核查人是同一人", "Not the one who checked";
    check_head_done => "主官已签名", "Signed by the head";
    check_print_title => "打印", "Print";
    check_print => "打印报告", "Print report";
    check_print_draft => "A4 竖版，签名前带“草案”", "A4 portrait, marked draft until it is signed";
    check_print_note => "A4 竖版，有签名和盖章位置", "A4 portrait, with places for signature and seal";
    check_file => "报支队备案", "File to the detachment";
    check_file_act => "登记备案", "Enter filing";
    check_file_wait => "大队主官签名后才能报", "After the head has signed";
    check_file_by(day: impl Display, left: impl Display) => "{day}前，{left}", "By {day}, {left}";
    check_file_consequence(number: impl Display) => "登记{number}报支队备案的日期。登记后不能再改。", "Enters the day on which {number} was filed. It stays.";
    check_file_date => "备案日期", "Day of filing";
    check_file_done => "备案已登记", "Filing entered";
    check_earlier => "以前的报告", "Earlier reports";
    check_earlier_none => "还没有报告。", "There is none yet.";
    check_filed_on(day: impl Display) => "{day}备案", "filed {day}";
    check_not_filed => "没有备案", "not filed";
    check_report_none_bad => "没有要整改的", "Nothing to mend";
    check_report_bad(n: impl Display) => "{n} 项要整改", "{n} to mend";
    check_now => "回到这次核查", "Back to the check";
    check_gone(id: impl Display) => "没有核查报告 {id}。它可能属于已移出的年度。", "There is no report {id}. It may be of a year that was taken out.";
    check_nothing_drawn => "还没有抽取，没有可核查的任务。完成第一次月度抽取后，每月 10日、20日在这里核查。", "Nothing is drawn yet, so there is nothing to check. After the first monthly draw, checks are due here on the 10th and 20th.";
    check_go_month => "去月度抽查", "To the month's draw";
    check_today => "今日", "today";
    check_late => "逾期", "late";
    check_due_line(due: impl Display) => "{due}应核查", "Due on {due}";
    check_due_remind(due: impl Display, day: impl Display) => "{due}应核查，当天休息，{day}办", "Due on {due}, a rest day; done on {day}";
    check_signed_by(name: impl Display, at: impl Display) => "{name}，{at}", "{name}, {at}";
    check_compared(number: impl Display) => "与{number}比较", "Compared with {number}";
    check_paper_title => "双随机抽查定期核查报告", "Report of the self-check";
    check_paper_opinion => "大队主官意见", "Opinion of the head";
    check_paper_note => "记录和说明", "Records and explanation";
    check_paper_total_line(mend: impl Display, explain: impl Display, right: impl Display) => "要整改 {mend} 项，要说明 {explain} 项，相符 {right} 项", "{mend} to mend, {explain} to explain, {right} in order";
    check_no_note => "没有说明", "not explained";
    check_settings => "集中录入的认定", "What counts as bunched";
    check_settings_note => "定期核查按这些数认定集中录入、突击录入", "The self-check goes by these numbers";
    bunching_late_days => "检查后几个工作日内录入", "Entered within working days";
    bunching_late_percent => "超过的允许占（%）", "Later ones allowed (%)";
    bunching_month_end_days => "月底几天", "Last days of a month";
    bunching_month_end_percent => "月底几天的录入最多占（%）", "Their share at most (%)";
    bunching_burst_count => "连续录入几户算集中", "Entries that make a burst";
    bunching_burst_minutes => "在几分钟内", "Within minutes";
    bunching_wrong => "请核对：工作日 1–20，月底 1–15 天，比例 0–100，户数 2–100，分钟 1–480。", "Look again: 1–20 days, 1–15 last days, shares 0–100, 2–100 entries, 1–480 minutes.";
}

/// Why a step of a report is refused.
pub(super) fn check_refusal(refusal: &CheckRefusal) -> Both {
    match refusal {
        CheckRefusal::NoChecker => both("请写明签名人姓名。", "Enter the name of who signs."),
        CheckRefusal::HeadChecks { name } => both(
            format!("{name} 是大队主官，报告要给主官看，核查人应另有其人。"),
            format!(
                "{name} is the head of the brigade, to whom is reported. Somebody else checks."
            ),
        ),
        CheckRefusal::HeadIsChecker { name } => both(
            format!("{name} 是这份报告的核查人，不能再以主官签名。"),
            format!("{name} checked, and cannot sign as the head as well."),
        ),
        CheckRefusal::Same { number } => both(
            format!("今天的第 {number} 号报告和现在的核查结果一样，不必再出。整改后再核查。"),
            format!("Today's report {number} says the same. Mend first, then check anew."),
        ),
        CheckRefusal::NothingDrawn => both(
            "还没有抽取，没有可核查的任务。",
            "Nothing is drawn yet, so there is nothing to check.",
        ),
        CheckRefusal::NoReport { number } => both(
            format!("没有第 {number} 号核查报告。请从列表重新打开。"),
            format!("There is no report {number}. Open it again from the list."),
        ),
        CheckRefusal::HeadSigned { number } => both(
            format!("第 {number} 号核查报告主官已经签名。"),
            format!("The head has signed report {number} already."),
        ),
        CheckRefusal::NotHeadSigned { number } => both(
            format!("第 {number} 号核查报告主官还没有签名，签名后才能报支队备案。"),
            format!("The head has not signed report {number}. It is filed after that."),
        ),
        CheckRefusal::Filed { number } => both(
            format!("第 {number} 号核查报告已经备案，不能再改。"),
            format!("Report {number} is filed, and stays as it is."),
        ),
        CheckRefusal::FilingDay {
            date,
            signed,
            today,
        } => both(
            format!("备案日期 {date} 不对：应在主官签名的 {signed} 到今天 {today} 之间。"),
            format!(
                "It cannot be filed on {date}: choose a day from {signed}, when the head signed, to {today}."
            ),
        ),
    }
}

impl Lang {
    /// 南消核查〔2026〕10号 / the report's number in its year.
    #[must_use]
    pub fn check_label(self, short_name: &str, year: i32, number: u32) -> String {
        match self {
            Self::Zh => format!("{short_name}核查〔{year}〕{number}号"),
            Self::En => format!("{short_name}核查〔{year}〕{number}"),
        }
    }

    /// What is to be done.
    #[must_use]
    pub const fn check_verdict(self, verdict: Verdict) -> &'static str {
        match (self, verdict) {
            (Self::Zh, Verdict::Mend) => "要整改",
            (Self::Zh, Verdict::Explain) => "要说明",
            (Self::Zh, Verdict::Right) => "相符",
            (Self::En, Verdict::Mend) => "To mend",
            (Self::En, Verdict::Explain) => "To explain",
            (Self::En, Verdict::Right) => "In order",
        }
    }

    /// What is checked; where numbers are set by the brigade, [`Lang::check_title`] says them.
    #[must_use]
    pub const fn check_name(self, kind: CheckKind) -> &'static str {
        let (zh, en) = match kind {
            CheckKind::Approved => ("月计划已批准", "Plans approved"),
            CheckKind::Overdue => ("过检查时限还没有检查", "Past their term, not visited"),
            CheckKind::RecheckLate => ("限期改正期满没有复查", "Term over, not re-inspected"),
            CheckKind::Uncorrected => (
                "写“已改正”没有复查",
                "Said to be corrected, not re-inspected",
            ),
            CheckKind::NoScan => ("没有扫码，也没写原因", "No scan and no reason"),
            CheckKind::NotEntered => ("检查了没有录入", "Visited, not entered"),
            CheckKind::Returned => ("审核退回没有改", "Sent back by the review"),
            CheckKind::TwoOfficers => ("每户两名持证人员", "Two officers with certificates"),
            CheckKind::ReviewerWent => ("审核人不是检查人员", "Reviewer did not go"),
            CheckKind::ApproverWent => ("批准人不是检查人员", "Approver did not go"),
            CheckKind::Places => ("检查部位写明", "Places inspected are named"),
            CheckKind::Papers => ("文书齐全", "Papers complete"),
            CheckKind::Notified => ("检查前通知", "Notice before the visit"),
            CheckKind::Publish => (
                "检查结果 20 个工作日内公示",
                "Published within 20 working days",
            ),
            CheckKind::PlanPublic => ("抽查计划按期公示", "Plans published before their day"),
            CheckKind::PublishedLate => ("公示没有超期", "Nothing published late"),
            CheckKind::Limits => ("一年两次、间隔六个月", "Twice a year, six months apart"),
            CheckKind::Away => ("请假、抽调期间没有任务", "No visits while away"),
            CheckKind::AwayApproved => (
                "请假、抽调有原因和批准人",
                "Absences with reason and approver",
            ),
            CheckKind::Certificates => ("执法证在有效期内", "Certificates valid"),
            CheckKind::KeyUnits => (
                "重点单位资料一季度内更新",
                "Key units renewed within a quarter",
            ),
            CheckKind::Incomplete => ("单位资料齐全", "Unit data complete"),
            CheckKind::Names => ("姓名栏写的是姓名", "Names where names belong"),
            CheckKind::Reviewed => ("风险等级、标签按期核对", "Tiers and tags reviewed in time"),
            CheckKind::EnteredLate => ("检查后按期录入", "Entered in time"),
            CheckKind::MonthEnd => ("月底突击录入", "Entered at the month's end"),
            CheckKind::Burst => ("集中录入", "Entered in a burst"),
            CheckKind::Daily => ("每日一查", "A visit each working day"),
            CheckKind::DaySpread => ("各日任务均衡", "Balance over days"),
            CheckKind::OfficerSpread => ("人员任务均衡", "Balance over officers"),
            CheckKind::Month => ("本月任务进度", "Progress of the month"),
            CheckKind::FloorDense => (
                "人员密集重点单位年度进度",
                "Year's progress, dense key units",
            ),
            CheckKind::FloorKey => ("其他重点单位年度进度", "Year's progress, other key units"),
            CheckKind::FloorGeneral => ("一般单位年度进度", "Year's progress, general units"),
            CheckKind::Carried => ("顺延、搁置的任务", "Carried or set aside"),
            CheckKind::Changed => ("计划变更有原因", "Changes of plans with reason"),
            CheckKind::Void => ("作废有原因和批准人", "Void visits with reason and approver"),
            CheckKind::Withdrawn => ("撤回、停用、更正有原因", "Withdrawals with reason"),
        };
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// What is checked, with the brigade's numbers.
    #[must_use]
    pub fn check_title(self, kind: CheckKind, rule: &Bunching, review_days: u32) -> String {
        let (late, end) = (rule.late_days, rule.month_end_days);
        let (count, minutes) = (rule.burst_count, rule.burst_minutes);
        match (self, kind) {
            (Self::Zh, CheckKind::EnteredLate) => format!("检查后 {late} 个工作日内录入"),
            (Self::En, CheckKind::EnteredLate) => format!("Entered within {late} working days"),
            (Self::Zh, CheckKind::MonthEnd) => format!("月底 {end} 天突击录入"),
            (Self::En, CheckKind::MonthEnd) => format!("Entered in a month's last {end} days"),
            (Self::Zh, CheckKind::Burst) => format!("集中录入（{minutes} 分钟 {count} 户）"),
            (Self::En, CheckKind::Burst) => {
                format!("A burst: {count} entries in {minutes} minutes")
            }
            (Self::Zh, CheckKind::Reviewed) => format!("风险等级、标签 {review_days} 天内核对"),
            (Self::En, CheckKind::Reviewed) => {
                format!("Tiers and tags reviewed in {review_days} days")
            }
            _ => self.check_name(kind).to_owned(),
        }
    }

    /// A line's figure: of what is in order how many are, of the rest how many are not.
    #[must_use]
    pub fn check_figure(self, line: &CheckLine) -> String {
        if line.total == 0 {
            return "0".into();
        }
        let shown = match (line.kind, line.verdict) {
            (_, Verdict::Right) => line.total - line.bad.min(line.total),
            _ => line.bad,
        };
        let total = line.total;
        match (self, self.check_counter(line.kind)) {
            (Self::Zh, counter) if !counter.is_empty() => format!("{shown} / {total} {counter}"),
            _ => format!("{shown} / {total}"),
        }
    }

    const fn check_counter(self, kind: CheckKind) -> &'static str {
        match kind {
            CheckKind::Daily | CheckKind::DaySpread => "个工作日",
            CheckKind::Away | CheckKind::Certificates | CheckKind::OfficerSpread => "人",
            CheckKind::AwayApproved
            | CheckKind::Withdrawn
            | CheckKind::Uncorrected
            | CheckKind::Changed => "条",
            CheckKind::Approved | CheckKind::PlanPublic => "份",
            CheckKind::PublishedLate => "件",
            _ => "户",
        }
    }

    /// What a line's figure stands for, in a line of words.
    #[must_use]
    pub fn check_records(self, line: &CheckLine) -> String {
        let rest = line.records.len().saturating_sub(NAMED_MAX) as u32 + line.more;
        let named = line.records.iter().take(NAMED_MAX);
        let named: Vec<String> = named.map(|it| self.check_record(line.kind, it)).collect();
        if named.is_empty() {
            return self.check_nothing(line).to_owned();
        }
        let words = named.join(match self {
            Self::Zh => "，",
            Self::En => ", ",
        });
        match (self, rest) {
            (_, 0) => words,
            (Self::Zh, rest) => format!("{words}，另 {rest} 条"),
            (Self::En, rest) => format!("{words}, {rest} more"),
        }
    }

    /// What is said where nothing is to be named.
    const fn check_nothing(self, line: &CheckLine) -> &'static str {
        match (self, line.total) {
            (Self::Zh, 0) => "期间没有这类记录",
            (Self::Zh, _) => "没有不符的",
            (Self::En, 0) => "Nothing of the kind",
            (Self::En, _) => "None otherwise",
        }
    }

    /// A record of a line in words.
    #[must_use]
    pub fn check_record(self, kind: CheckKind, record: &CheckRecord) -> String {
        let name = record.name.as_str();
        let day =
            |day: Option<NaiveDate>| day.map(|day| self.month_day_short(day)).unwrap_or_default();
        let (on, until) = (day(record.day), day(record.until));
        let count = record.count.unwrap_or_default();
        match (self, kind, &record.of) {
            (_, _, Checked::Township) if name.is_empty() => {
                self.named_count(self.check_no_place(), count)
            }
            (_, _, Checked::Township) => self.named_count(name, count),
            (_, _, Checked::Act(action)) => {
                let act = self.action_name(action);
                format!("{act} {name} {on}").replace("  ", " ")
            }
            (Self::Zh, CheckKind::Approved, _) => format!("{name} 的计划还没有批准"),
            (Self::En, CheckKind::Approved, _) => format!("plan of {name} waits"),
            (Self::Zh, CheckKind::Overdue, _) => format!("{name} {until}到期"),
            (Self::En, CheckKind::Overdue, _) => format!("{name} due {until}"),
            (Self::Zh, CheckKind::RecheckLate, _) => format!("{name}：期满 {on}，应于 {until}前"),
            (Self::En, CheckKind::RecheckLate, _) => format!("{name}: term {on}, due {until}"),
            (Self::Zh, CheckKind::NotEntered | CheckKind::Publish, _) => {
                format!("{name} {on}检查，应于 {until}前")
            }
            (Self::En, CheckKind::NotEntered | CheckKind::Publish, _) => {
                format!("{name} visited {on}, due {until}")
            }
            (Self::Zh, CheckKind::PlanPublic, _) => format!("{name} 没有公示，应于 {until}前"),
            (Self::En, CheckKind::PlanPublic, _) => format!("{name} not public, due {until}"),
            (Self::Zh, CheckKind::PublishedLate, _) => format!("{name} {on}公示，应于 {until}前"),
            (Self::En, CheckKind::PublishedLate, _) => {
                format!("{name} published {on}, due {until}")
            }
            (Self::Zh, CheckKind::EnteredLate, _) => format!("{name} {on}录入，应于 {until}前"),
            (Self::En, CheckKind::EnteredLate, _) => format!("{name} entered {on}, due {until}"),
            (_, CheckKind::Papers, _) => {
                let papers = record.papers.iter().map(|paper| self.paper_kind(*paper));
                let papers: Vec<&str> = papers.collect();
                match self {
                    Self::Zh => format!("{name} 缺{}", papers.join("、")),
                    Self::En => format!("{name} lacks {}", papers.join(", ")),
                }
            }
            (Self::Zh, CheckKind::Limits, _) => format!("{name} 今年 {count} 次，最近 {on}"),
            (Self::En, CheckKind::Limits, _) => format!("{name} {count} this year, last {on}"),
            (Self::Zh, CheckKind::Away, _) => format!("{name} {on}起有 {count} 户"),
            (Self::En, CheckKind::Away, _) => format!("{name}: {count} from {on}"),
            (_, CheckKind::AwayApproved, _) => format!("{name} {on}–{until}"),
            (Self::Zh, CheckKind::Certificates, _) => format!("{name} {on}到期"),
            (Self::En, CheckKind::Certificates, _) => format!("{name} ended {on}"),
            (Self::Zh, CheckKind::MonthEnd, _) => format!("{on}至{until} 录入 {count} 户"),
            (Self::En, CheckKind::MonthEnd, _) => format!("{count} from {on} to {until}"),
            (_, CheckKind::Burst, _) => {
                let [first, last] = record.times.map_or_else(Default::default, |(first, last)| {
                    [first, last].map(|at| at.format("%H:%M").to_string())
                });
                match self {
                    Self::Zh => format!("{on} {first} 至 {last} 录入 {count} 户"),
                    Self::En => format!("{count} on {on}, {first} to {last}"),
                }
            }
            (Self::Zh, CheckKind::Daily, _) => format!("{on}没有检查"),
            (Self::En, CheckKind::Daily, _) => format!("none on {on}"),
            (_, CheckKind::DaySpread, _) => self.named_count(&on, count),
            (_, CheckKind::OfficerSpread, _) => self.named_count(name, count),
            (
                Self::Zh,
                CheckKind::FloorDense | CheckKind::FloorKey | CheckKind::FloorGeneral,
                _,
            ) => {
                format!("到 {on}已查 {count} 户")
            }
            (
                Self::En,
                CheckKind::FloorDense | CheckKind::FloorKey | CheckKind::FloorGeneral,
                _,
            ) => {
                format!("{count} visited by {on}")
            }
            (Self::Zh, CheckKind::Carried, _) if on.is_empty() => format!("{name} 搁置"),
            (Self::En, CheckKind::Carried, _) if on.is_empty() => format!("{name} set aside"),
            (_, CheckKind::Void | CheckKind::Changed, _) => format!("{name} {on} {}", record.why),
            _ => format!("{name} {on}").trim().to_owned(),
        }
    }

    fn named_count(self, name: &str, count: u32) -> String {
        match self {
            Self::Zh => format!("{name} {count}"),
            Self::En => format!("{name}: {count}"),
        }
    }

    const fn check_no_place(self) -> &'static str {
        match self {
            Self::Zh => "没有填街道乡镇的",
            Self::En => "No township",
        }
    }

    /// A paper of a visit.
    #[must_use]
    pub const fn paper_kind(self, paper: PaperKind) -> &'static str {
        let (zh, en) = match paper {
            PaperKind::Approval => ("审批表", "approval sheet"),
            PaperKind::Notice => ("事项告知单", "notice"),
            PaperKind::Record => ("检查记录", "record"),
            PaperKind::AtOnceOrder => ("责令立即改正通知书", "order to correct at once"),
            PaperKind::TermOrder => ("责令限期改正通知书", "order with a term"),
            PaperKind::Delivery => ("送达回证", "proof of delivery"),
            PaperKind::Sampling => ("抽样单", "sampling sheet"),
            PaperKind::Photos => ("照片", "photographs"),
        };
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// Working days until a day: some left, today, or some over.
    #[must_use]
    pub fn days_left(self, left: i64) -> String {
        match (self, left) {
            (Self::Zh, 0) => "今天到期".into(),
            (Self::En, 0) => "due today".into(),
            (Self::Zh, 1..) => format!("还有 {left} 个工作日"),
            (Self::En, 1..) => format!("{left} working days left"),
            (Self::Zh, _) => format!("过期 {} 个工作日", -left),
            (Self::En, _) => format!("{} working days late", -left),
        }
    }
}
