//! Words of 检查任务: the page, lawful changes of a plan, and why one is refused.

use std::fmt::Display;

use super::Lang;
use crate::desk::visit_list::{TaskGroups, TaskView};
use crate::messages;
use crate::model::OfficerId;
use crate::workbook::PlanRule;
use crate::workbook::plan_change::{ClosedGround, Confirmation, PassedWhy};

messages! {
    nobody_stood_in => "无人可替，顺延", "nobody could; carried";
    visits_find => "单位、编号、执法人员", "Unit, number or officer";
    visits_month_fact(month: impl Display, made: impl Display, all: impl Display) => "{month}已检查 {made} / {all} 户", "{month}: {made} of {all} visited";
    visits_entered_fact(n: impl Display) => "待录入 {n} 户", "{n} to enter";
    visits_empty => "还没有抽取的检查任务。先完成月度抽查，抽出的单位就列在这里。", "No visits are drawn yet. Draw a month first; its units then stand here.";
    visits_none_here => "这里没有检查任务。换一个标签，或者去掉查找的字。", "No visits here. Choose another tab or clear the search.";
    visits_group_label => "分组", "Group by";
    visits_today => "今天", "today";
    visits_drop_on => "放到哪天", "Drop on a day";
    visits_no_day => "没有日期", "Without a day";
    visits_no_officer => "没有人员", "Without officers";
    col_township => "街道乡镇", "Township";
    col_state => "状态", "State";
    act_day => "改期", "Change day";
    act_team => "换人", "Change team";
    act_closed => "单位已关闭", "Unit is closed";
    act_absent => "人员不能来", "Officer cannot come";
    act_print_tasks => "打印任务单", "Print task sheet";
    print_today_all => "今日全部", "All of today";
    print_none => "今天没有检查任务", "No visits today";
    visit_steps => "五个步骤", "Five steps";
    step_approved => "审批", "Approval";
    step_noticed => "通知", "Notice";
    step_visited => "实施", "Visit";
    step_recorded => "记录", "Record";
    step_told => "反馈", "Result told";
    step_due(day: impl Display) => "{day}前", "by {day}";
    visit_lead => "主办", "Lead";
    visit_member => "协办", "Member";
    visit_certificate(number: impl Display) => "执法证 {number}", "certificate {number}";
    file_part_visits => "检查任务", "visits";
    file_part_results => "检查结果", "results";
    results_out_excel => "检查结果：Excel 表格", "Results: Excel";
    results_out_csv => "检查结果：CSV 文本", "Results: CSV";
    visit_planned_day => "计划日期", "Planned day";
    visit_nth(n: impl Display) => "本年度第 {n} 次", "no. {n} of the year";
    visit_phone => "联系人", "Contact";
    visit_changes => "变更", "Changes";
    visit_changes_count(n: impl Display) => "{n} 次", "{n}";
    visit_approved_by(why: impl Display, who: impl Display) => "{why}，{who}批准", "{why}; approved by {who}";
    change_day(before: impl Display, after: impl Display) => "改期　{before} → {after}", "Day {before} → {after}";
    change_team(before: impl Display, after: impl Display) => "换人　{before} → {after}", "Team {before} → {after}";
    change_stand_in(before: impl Display, after: impl Display) => "替换　{before} → {after}，按抽签名单递补", "Stand-in {before} → {after}, by the visit's list";
    change_unfilled(before: impl Display) => "{before} 不能来，无人可替，顺延到下一次抽取", "{before} cannot come and nobody can stand in; the next draw carries it";
    change_closed(ground: impl Display, next: impl Display) => "{ground}，作废；递补 {next}", "{ground}, void; {next} stepped in";
    change_closed_none(ground: impl Display) => "{ground}，作废；无候补可补，已记录，下次抽取补足", "{ground}, void; nobody of the reserve could step in, and the next draw makes it up";
    change_steps_in(unit: impl Display, rank: impl Display) => "递补　{unit} 的位置，抽签第 {rank} 名", "Stepped in for {unit}, rank {rank} of the draw";
    change_passed(n: impl Display) => "跳过 {n} 户候补", "{n} of the reserve passed over";
    row_left => "无人可替", "left";
    row_day => "改期", "day changed";
    row_team => "换人", "team changed";
    change_title_day(name: impl Display) => "改期：{name}", "Change the day of {name}";
    change_title_team(name: impl Display) => "换人：{name}", "Change the team of {name}";
    change_note => "只能在计划的月份里改，人员、间隔和每日上限都按规则核对。变更、原因和批准人会写进计划、核查和公示；抽取的记录不变。", "Within the plan's month only; officers, intervals and the day's measure are held against the rules. Change, reason and approver stand in plan, self-check and publication; the draw's record stays.";
    change_days_label(month: impl Display) => "{month}可选的日期", "Days of {month}";
    change_day_chosen(day: impl Display, weekday: impl Display) => "选定 {day} {weekday}", "{weekday}, {day}";
    change_day_refused(day: impl Display, weekday: impl Display, why: impl Display) => "{day} {weekday}不能选：{why}", "Not {weekday}, {day}: {why}";
    change_cannot => "这天不能去的人", "Who cannot go that day";
    change_no_pair => "先选好这天能去的主办和协办；没有可去的人，就换一天。", "Choose a lead and a member who can go that day, or another day.";
    change_choose => "请选择", "Choose";
    change_load(n: impl Display) => "当日已有 {n} 户", "{n} that day";
    change_submit_day => "改期", "Change day";
    change_submit_team => "换人", "Change team";
    change_done(name: impl Display) => "已变更 {name} 的安排", "Plan of {name} changed";
    absent_title => "人员不能来", "Officer cannot come";
    absent_note => "由各次检查自己的抽签名单上的下一名递补，谁也不能挑人。没有登记的缺勤一并登记；没有人能替的，顺延到下一次抽取。", "The next of each visit's own list takes over; nobody chooses. The absence is entered with it. Where nobody can, the next draw carries the visit.";
    absent_officer => "谁不能来", "Who cannot come";
    absent_scope => "范围", "Which visits";
    absent_scope_days => "这些天的全部任务", "All of these days";
    absent_scope_one => "只这一户（已登记缺勤或要回避）", "This one (absence or avoidance on record)";
    absent_from => "从", "From";
    absent_to => "到", "To";
    absent_kind => "缺勤类别", "Kind of absence";
    absent_count(n: impl Display) => "这些天有 {n} 户待查", "{n} visits on these days";
    absent_submit => "一次替换", "Replace";
    absent_done(n: impl Display, left: impl Display) => "已替换 {n} 户，{left} 户无人可替", "{n} replaced, {left} left";
    closed_title(name: impl Display) => "单位已关闭：{name}", "Unit is closed: {name}";
    closed_note => "单位停用，这次检查作废；由本次抽取的候补依次递补，谁也不能挑。没有候补能补的也记录下来，由下次抽取补足。", "The unit leaves the register and the visit is void; the first of its draw's reserve that can steps in. Where none can, the record says so and the next draw makes it up.";
    closed_ground_label => "情形", "Ground";
    closed_evidence => "证据", "Evidence";
    closed_evidence_help => "写明现场情况、照片编号、询问了谁", "What was seen, which photographs, who was asked";
    closed_confirmed => "核实方式", "Confirmed by";
    closed_by_pair => "另外两名执法人员到场", "A second pair on site";
    closed_by_record => "市场监管登记记录", "A record of the market regulator";
    closed_first => "核实人一", "First officer";
    closed_no_pair => "请选两名核实人。", "Choose the two officers who confirmed it.";
    closed_second => "核实人二", "Second officer";
    closed_record => "记录名称和编号", "Which record";
    closed_on => "核实日期", "Confirmed on";
    closed_submit => "作废并递补", "Void and replace";
    closed_done(name: impl Display, next: impl Display) => "{name} 已作废，递补 {next}", "{name} is void; {next} stepped in";
    closed_done_none(name: impl Display) => "{name} 已作废，无候补可补，下次抽取补足", "{name} is void; nobody could step in";
    visit_in_month => "看月度计划", "Month's plan";
    visit_in_tasks => "在检查任务里办理", "Open in visits";
    visit_gone => "没有这次检查任务，可能属于别的年度。", "There is no such visit; it may be of another year.";
    tasks_title(day: impl Display) => "{day}检查任务单", "Task sheet, {day}";
    tasks_of_officer(name: impl Display) => "执法人员：{name}", "Officer: {name}";
    tasks_count(n: impl Display) => "共 {n} 户", "{n} visits";
    tasks_contact => "联系人、电话", "Contact";
    tasks_time => "起止时间", "From, to";
    tasks_signed => "单位签字", "Unit signs";
    tasks_officers_sign => "执法人员签字", "Officers sign";
    tasks_foot => "任务来源", "Source of the task";
}

impl Lang {
    /// A view of 检查任务.
    #[must_use]
    pub const fn task_view(self, view: TaskView) -> &'static str {
        match (self, view) {
            (Self::Zh, TaskView::Today) => "今天",
            (Self::Zh, TaskView::Week) => "本周",
            (Self::Zh, TaskView::ToEnter) => "待录入",
            (Self::Zh, TaskView::ToReview) => "待审核",
            (Self::Zh, TaskView::Overdue) => "逾期",
            (Self::Zh, TaskView::ToRecheck) => "待复查",
            (Self::Zh, TaskView::All) => "全部",
            (Self::En, TaskView::Today) => "Today",
            (Self::En, TaskView::Week) => "This week",
            (Self::En, TaskView::ToEnter) => "To enter",
            (Self::En, TaskView::ToReview) => "To review",
            (Self::En, TaskView::Overdue) => "Overdue",
            (Self::En, TaskView::ToRecheck) => "To recheck",
            (Self::En, TaskView::All) => "All",
        }
    }

    /// By what 检查任务 is grouped.
    #[must_use]
    pub const fn task_groups(self, groups: TaskGroups) -> &'static str {
        match (self, groups) {
            (Self::Zh, TaskGroups::Day) => "按日",
            (Self::Zh, TaskGroups::Officer) => "按人员",
            (Self::Zh, TaskGroups::Area) => "按辖区",
            (Self::En, TaskGroups::Day) => "Day",
            (Self::En, TaskGroups::Officer) => "Officer",
            (Self::En, TaskGroups::Area) => "Area",
        }
    }

    /// The one rule that a change of a visit's plan would break.
    #[must_use]
    pub fn plan_rule(self, rule: &PlanRule) -> String {
        let (zh, en) = match rule {
            PlanRule::NotPending => (
                "这次检查已经做了，或者已经作废，不能再改。".into(),
                "The visit is made or void and changes no more.".into(),
            ),
            PlanRule::NoDay => (
                "计划没有给它排上日期，由下一次抽取顺延安排。".into(),
                "No plan gives it a day; the next draw carries it.".into(),
            ),
            PlanRule::Unapproved => (
                "计划还没有批准。请先在月度抽查里办理审批。".into(),
                "Its plan is not approved. Have it approved on the month's page first.".into(),
            ),
            PlanRule::OtherMonth { month } => (
                format!("它在 {month} 的计划里，只能改到这个月的日期。"),
                format!("It is in the plan of {month} and stays within that month."),
            ),
            PlanRule::Past { today } => (
                format!("今天是 {today}，请选今天或以后的日期。"),
                format!("Today is {today}. Choose today or a later day."),
            ),
            PlanRule::RestDay { day } => (
                format!("{day} 不是工作日。"),
                format!("{day} is not a working day."),
            ),
            PlanRule::Limit(rule) => return self.of(super::error::visit_rule(rule)),
            PlanRule::SamePerson => (
                "两名执法人员不能是同一人。".into(),
                "The two officers must differ.".into(),
            ),
            PlanRule::NoOfficer { name } => (
                format!("{name} 不是在册的执法人员。"),
                format!("{name} is no enforcement officer of the register."),
            ),
            PlanRule::Away { name, day } => (
                format!("{name} {day} 请假或抽调在外。"),
                format!("{name} is away on {day}."),
            ),
            PlanRule::CertificateOver { name, until } => (
                format!("{name} 的执法证到 {until} 为止。"),
                format!("{name}'s certificate ends on {until}."),
            ),
            PlanRule::Avoids { name } => (
                format!("{name} 对这家单位要回避。"),
                format!("{name} keeps away from this unit."),
            ),
            PlanRule::NoLead { name } => (
                format!("{name} 没有主办资格。"),
                format!("{name} may not lead."),
            ),
            PlanRule::Full { name, day, per_day } => (
                format!("{name} {day} 已有 {per_day} 户，到了每人每日的上限。"),
                format!("{name} has {per_day} visits on {day}, as many as a day holds."),
            ),
            PlanRule::StillPresent { name, day } => (
                format!("{name} {day} 在岗，也不需要回避，不能替换。先登记请假，或者用“换人”。"),
                format!(
                    "{name} is there on {day} and need not keep away. Enter the absence first, or change the team."
                ),
            ),
            PlanRule::NotInTeam { name } => (
                format!("{name} 不在这次检查的人员里。"),
                format!("{name} is none of the two of this visit."),
            ),
            PlanRule::OwnTeam { name } => (
                format!("{name} 就是这次检查的人员，核实要由另外两人去。"),
                format!("{name} is of this visit's team; two others must confirm."),
            ),
        };
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// Why a unit can be visited no more.
    #[must_use]
    pub const fn closed_ground(self, ground: ClosedGround) -> &'static str {
        match (self, ground) {
            (Self::Zh, ClosedGround::Closed) => "已关闭停业",
            (Self::Zh, ClosedGround::Deregistered) => "已注销或吊销",
            (Self::Zh, ClosedGround::NotThere) => "查无此单位",
            (Self::En, ClosedGround::Closed) => "Closed down",
            (Self::En, ClosedGround::Deregistered) => "Deregistered",
            (Self::En, ClosedGround::NotThere) => "Does not exist there",
        }
    }

    /// Who confirmed that a unit is closed; `name` names an officer.
    #[must_use]
    pub fn confirmation(self, it: &Confirmation, name: impl Fn(&OfficerId) -> String) -> String {
        match (self, it) {
            (Self::Zh, Confirmation::Pair { officers, on }) => {
                let names = officers.each_ref().map(name).join("、");
                format!("{names} {on} 到场核实")
            }
            (Self::En, Confirmation::Pair { officers, on }) => {
                let names = officers.each_ref().map(name).join(", ");
                format!("{names} on site, {on}")
            }
            (Self::Zh, Confirmation::Record { record, on }) => {
                format!("市场监管登记记录 {record}，{on}")
            }
            (Self::En, Confirmation::Record { record, on }) => {
                format!("Record of the market regulator {record}, {on}")
            }
        }
    }

    /// Why a unit of the reserve could not step in.
    #[must_use]
    pub const fn passed_why(self, why: PassedWhy) -> &'static str {
        match (self, why) {
            (Self::Zh, PassedWhy::Drawn) => "已在计划里",
            (Self::Zh, PassedWhy::Gone) => "已停用",
            (Self::Zh, PassedWhy::Limit) => "次数或间隔不允许",
            (Self::Zh, PassedWhy::NoPair) => "没有可去的两人",
            (Self::En, PassedWhy::Drawn) => "in the plan already",
            (Self::En, PassedWhy::Gone) => "out of use",
            (Self::En, PassedWhy::Limit) => "may not be inspected now",
            (Self::En, PassedWhy::NoPair) => "no two officers have room",
        }
    }
}
