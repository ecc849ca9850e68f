//! Words of the workbench page.

use std::fmt::Display;

use crate::desk::duties::VisitDuty;
use crate::messages;

messages! {
    home_facts_before(year: impl Display, total: impl Display) => "{year} 年度还没有开始，全年 {total} 个工作日", "{year} has not begun: {total} working days";
    home_facts_after(year: impl Display, total: impl Display) => "{year} 年度已经过完，全年 {total} 个工作日", "{year} is over: it had {total} working days";
    home_facts(done: impl Display, total: impl Display) => "全年第 {done} 个工作日，共 {total} 个", "Working day {done} of {total} this year";
    strip_title(month: impl Display, n: impl Display) => "{month}检查 {n} 户", "{month}: {n} visits";
    strip_made => "已检查", "Made";
    strip_planned => "待检查", "Planned";
    strip_not_drawn => "这个月还没有抽取", "This month is not drawn";
    strip_draw_day => "抽取", "Draw";
    due_title => "今天要办", "Due";
    due_caption(n: impl Display) => "{n} 项，按时限排", "{n}, by date";
    due_nothing => "没有到期的事项。", "Nothing is due.";
    today_visits => "今日检查", "Today's visits";
    duty_trail_act => "查看操作记录", "See the trail";
    duty_open_draw(number: impl Display, month: impl Display) => "第 {number} 号抽取（{month}）还没有完成", "Draw {number} ({month}) is not finished";
    duty_approve(number: impl Display, month: impl Display) => "第 {number} 号抽取（{month}）的计划等待批准", "The plan of draw {number} ({month}) waits for its approval";
    duty_approve_act => "办理审批", "Have it approved";
    duty_open_draw_act => "继续抽取", "Go on";
    duty_freeze => "冻结年度计划", "Freeze the annual plan";
    duty_freeze_year(year: impl Display) => "冻结 {year} 年度计划", "Freeze the plan of {year}";
    duty_start_year(year: impl Display) => "开始 {year} 年度", "Begin {year}";
    duty_start_year_note => "一月在十二月抽取，要先有冻结的新年度计划", "January is drawn in December, under a plan frozen before";
    duty_freeze_note => "冻结之后才能抽取", "Nothing can be drawn before";
    duty_freeze_act => "去年度计划", "Go to annual plan";
    duty_draw(month: impl Display) => "抽取 {month}任务", "Draw {month}";
    duty_draw_now => "窗口已开，现在可以抽取", "The window is open";
    duty_draw_later(days: impl Display) => "还有 {days} 个工作日；现在只能试算，不占用抽取编号", "{days} working days left; a trial uses no draw number";
    duty_draw_late => "窗口已过，抽取要写明原因", "The window is over: drawing needs a reason";
    duty_draw_act => "去抽取", "Go to the draw";
    duty_trial_act(month: impl Display) => "试算 {month}", "Trial for {month}";
    duty_late(month: impl Display, n: impl Display) => "{month}有 {n} 户已过检查时限，未登记检查", "{n} visits of {month} are past their term and not entered";
    overdue_fact(n: impl Display, month: impl Display) => "有 {n} 户要顺延到 {month}，占去 {n} 个名额", "{n} visits will be carried into {month} and take {n} of its places";
    overdue_late(n: impl Display) => "{n} 户过了计划日期，还没有登记检查；已经查过的先登记，就不占名额。计划日期还没到的按当天查完计。", "{n} are past their planned day and not entered; enter those that were made, and they take no place. Visits whose day has not come count as made on it.";
    overdue_aside(n: impl Display) => "{n} 户上次排不出人员，已搁置。", "{n} found no team last time and were set aside.";
    overdue_in(month: impl Display, n: impl Display) => "{month}计划里有 {n} 户", "{n} in the plan of {month}";
    duty_late_act => "去登记", "Enter them";
    duty_calendar(year: impl Display) => "{year}年放假安排未导入，按周一至周五计算", "The holidays of {year} are not imported: counting Monday to Friday";
    duty_calendar_act => "去导入", "Import";
    duty_certificate(name: impl Display, date: impl Display) => "{name}的执法证 {date}到期", "{name}'s certificate ends on {date}";
    duty_certificates(n: impl Display) => "{n} 人的执法证到期或将到期", "{n} certificates end or will soon";
    duty_check(day: impl Display) => "{day}定期核查", "Self-check of {day}";
    duty_check_act => "去核查", "Check";
    duty_check_sign(label: impl Display) => "{label}等主官签名", "{label} waits for the head's signature";
    duty_check_file(label: impl Display) => "{label}报支队备案", "File {label} to the detachment";
    duty_visits_late(n: impl Display, day: impl Display) => "{n} 户过期，最早的应于 {day}前", "{n} late, the first since {day}";
    duty_certificate_act => "查看", "Look";
    duty_incomplete(n: impl Display) => "{n} 户信息不全", "{n} records are incomplete";
    duty_incomplete_act => "补全", "Complete them";
    today_word => "今天", "Today";
    overdue_word => "已过期", "Late";
    any_day => "随时", "Any time";
    floors_title => "年度底线", "Legal floors of the year";
    floors_line => "底线", "Floor";
    floors_done(done: impl Display, floor: impl Display) => "已查 {done} / {floor} 户", "{done} / {floor} done";
    floors_pending(n: impl Display) => "待查 {n} 户", "{n} drawn";
    floors_target(n: impl Display, percent: impl Display) => "计划 {n} 户（{percent}%）", "{n} planned ({percent}%)";
    floors_caption_fits => "按现计划执行，三条都能守住", "As planned, all three can be kept";
    floors_caption_gap => "按现计划排不下，见年度计划", "The plan does not fit: see the annual plan";
    registers_empty => "名录还是空的。先录入或导入单位和执法人员。", "The registers are empty. Add or import units and officers first.";
    home_import => "导入名单", "Import registers";
}

impl crate::i18n::Lang {
    /// What some visits wait for.
    #[must_use]
    pub fn duty_visits(self, duty: VisitDuty, n: u32) -> String {
        match (self, duty) {
            (Self::Zh, VisitDuty::Recheck) => format!("{n} 户待复查"),
            (Self::Zh, VisitDuty::Enter) => format!("{n} 户检查待录入"),
            (Self::Zh, VisitDuty::Returned) => format!("{n} 户结果被退回，待改"),
            (Self::Zh, VisitDuty::Accept) => format!("{n} 户公示期限将到，结果还没有审核通过"),
            (Self::Zh, VisitDuty::Review) => format!("{n} 户结果待审核"),
            (Self::Zh, VisitDuty::Notify) => format!("{n} 户检查前通知"),
            (Self::En, VisitDuty::Recheck) => format!("{n} to be re-inspected"),
            (Self::En, VisitDuty::Enter) => format!("{n} visits to be entered"),
            (Self::En, VisitDuty::Returned) => format!("{n} results sent back"),
            (Self::En, VisitDuty::Accept) => {
                format!("{n} results to be accepted before their term of publication")
            }
            (Self::En, VisitDuty::Review) => format!("{n} results to be reviewed"),
            (Self::En, VisitDuty::Notify) => format!("{n} units to be notified"),
        }
    }

    /// What is done about it.
    #[must_use]
    pub const fn duty_visits_act(self, duty: VisitDuty) -> &'static str {
        match (self, duty) {
            (Self::Zh, VisitDuty::Recheck) => "去复查",
            (Self::Zh, VisitDuty::Enter) => "去录入",
            (Self::Zh, VisitDuty::Returned) => "去改",
            (Self::Zh, VisitDuty::Accept | VisitDuty::Review) => "去审核",
            (Self::Zh, VisitDuty::Notify) => "去通知",
            (Self::En, VisitDuty::Recheck) => "Re-inspect",
            (Self::En, VisitDuty::Enter) => "Enter them",
            (Self::En, VisitDuty::Returned) => "Mend them",
            (Self::En, VisitDuty::Accept | VisitDuty::Review) => "Review",
            (Self::En, VisitDuty::Notify) => "Notify",
        }
    }
}
