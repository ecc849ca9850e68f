//! Words of the officer register.

use std::fmt::Display;

use super::Lang;
use crate::desk::officer_list::{CERTIFICATE_WARN_DAYS, CertificateState, OfficerView, Presence};
use crate::messages;
use crate::model::OfficerRole;

messages! {
    officers_find => "姓名、执法证号、科室", "Name, certificate, office";
    officers_facts(n: impl Display, leads: impl Display, present: impl Display) => "{n} 人，主办 {leads} 人，今天在岗 {present} 人", "{n} officers, {leads} may lead, {present} on duty today";
    officers_add => "新增人员", "Add officer";
    officers_import => "导入名单", "Import register";
    officers_empty => "名录库还没有执法人员。可以逐人新增，也可以导入现有的名单。", "The register holds no officers yet. Add them one by one, or import a list you have.";
    officers_gone(id: impl Display) => "名录库里没有编号为 {id} 的执法人员。", "There is no officer {id} in the register.";
    officers_col_certificate => "执法证号", "Certificate";
    officers_col_until => "有效期至", "Valid until";
    officers_col_lead => "主办", "Lead";
    officers_col_office => "科室", "Office";
    officers_col_today => "今天", "Today";
    officers_col_away => "本年离岗（工作日）", "Days away";
    officers_col_avoid => "回避（户）", "Avoids";
    officers_col_visits(month: impl Display) => "{month}检查", "{month} visits";
    officers_too_few => "在队人员不足两人，或没有主办，不能抽取。", "Fewer than two officers, or no lead: nothing can be drawn.";

    officer_edit_title(name: impl Display) => "编辑 {name}", "Edit {name}";
    officer_until_unknown => "未登记", "Not entered";
    officer_until_over(date: impl Display) => "{date} 已到期", "Ended {date}";
    officer_until_soon(date: impl Display) => "{date} 将到期", "Ends {date}";
    officer_certificate_over_note => "证件已到期，到期后的日期不再派任务。请换证后更新有效期。", "The certificate has ended: no visits are given for days after it. Renew it and enter the new date.";
    officer_certificate_soon_note => "证件 60 天内到期，到期后的日期不再派任务。请安排换证。", "The certificate ends within 60 days; no visits are given for days after it. Have it renewed.";
    officer_lead_yes => "可任主办", "May lead";
    officer_lead_no => "只任协办", "Member only";
    officer_absences => "请假与抽调", "Leave and secondment";
    officer_absences_none => "本年没有离岗记录。", "No absence is entered.";
    officer_absence_period(from: impl Display, to: impl Display) => "{from} 至 {to}", "{from} to {to}";
    officer_absence_approved(name: impl Display) => "{name}批准", "approved by {name}";
    officer_absence_unapproved => "未写批准人", "no approver named";
    officer_avoidances => "回避", "Avoidance";
    officer_avoidances_none => "没有回避的单位。", "There is no unit to avoid.";
    officer_visits(month: impl Display) => "{month}检查", "{month} visits";
    officer_visits_none => "这个月没有派给他的检查。", "No visits are given to this officer.";
    officer_as_lead => "主办", "Lead";
    officer_as_member => "协办", "Member";
    officer_record => "登记信息", "Record";
    officer_office => "所在科室", "Office";
    officer_name => "姓名", "Name";
    officer_until => "执法证有效期至", "Certificate valid until";
    officer_until_help => "没有登记的不影响派任务。", "Where it is not entered, visits are given all the same.";
    officer_may_lead => "有主办资格", "Qualified to lead";
    officer_leave => "离队", "Leaves";
    officer_leave_title(name: impl Display) => "{name} 离队", "{name} leaves";
    officer_leave_consequence => "记录保留，从下一次抽取起不再派任务。已经抽取的计划不改。", "The record is kept; no visits are given from the next draw on. Plans that are drawn stay as they are.";
    officer_leave_reason => "原因", "Reason";
    officer_left(name: impl Display) => "{name} 已离队", "{name} has left";
    officer_return => "归队", "Comes back";
    officer_return_title(name: impl Display) => "{name} 归队", "{name} comes back";
    officer_return_consequence => "从下一次抽取起重新派任务。", "Visits are given again from the next draw on.";
    officer_returned(name: impl Display) => "{name} 已归队", "{name} is back";
    officer_touched(n: impl Display) => "排给他、还没有做的检查有 {n} 户。程序不会自动换人，请另行安排，两名持证人员到场：", "Visits still to be made that name this officer: {n}. Nobody is put in their place by itself; see that two officers with certificates go:";
    officer_touched_more(n: impl Display) => "另有 {n} 户，见月度计划", "{n} more in the month's plan";
    officer_group_person => "人员", "Officer";
    officer_absences_help => "每次离岗都要写明起止、原因和批准人，会列入核查报告。", "Each absence needs its days, reason and approver; all of them stand in the check report.";
    officer_absence_number(n: impl Display) => "第 {n} 次离岗", "Absence {n}";
    officer_absence_add => "添加离岗", "Add absence";
    officer_absence_from => "起", "From";
    officer_absence_to => "止", "To";
    officer_absence_kind => "类别", "Kind";
    officer_absence_reason => "原因", "Reason";
    officer_absence_approver => "批准人", "Approved by";
    officer_avoidances_help => "与单位有直接利害关系或其他关系、可能影响公正的，应当回避（行政处罚法第四十三条）。", "Where a direct interest or another relation may affect fairness, the officer must keep away (Administrative Penalty Law, art. 43).";
    officer_avoidance_number(n: impl Display) => "第 {n} 户回避", "Avoidance {n}";
    officer_avoidance_add => "添加回避", "Add avoidance";
    officer_avoidance_unit => "单位编号或名称", "Unit's id or name";
    officer_avoidance_reason => "关系", "Relation";
    officer_avoidance_ground => "事由", "Ground";
    officer_avoidance_asked => "提出", "Asked for by";
    officer_avoidance_approver => "批准人（不能是本人）", "Approved by (another person)";
    officer_avoidance_until => "止（空着则一直有效）", "Until (blank: without an end)";
    officer_avoidance_ends(day: impl Display) => "至 {day}", "until {day}";
    officer_avoidance_over(day: impl Display) => "{day} 已止", "ended {day}";
    officer_team_left(officers: impl Display, leads: impl Display) => "回避后可派 {officers} 人，其中可主办 {leads} 人", "{officers} officers are left, {leads} of whom may lead";
    officer_team_blocked(officers: impl Display, leads: impl Display) => "回避后可派 {officers} 人，其中可主办 {leads} 人，组不成两人一组：该单位不能被抽中，请借调人员或重新审查回避", "{officers} officers are left, {leads} of whom may lead: no team of two, so the unit cannot be drawn. Borrow an officer, or examine the avoidance again";
    unit_avoiders => "回避人员", "Officers who keep away";
    officer_added(name: impl Display) => "已新增 {name}", "{name} added";
    officer_saved(name: impl Display) => "已保存 {name}", "{name} saved";
    officer_frozen_note => "正在进行的抽取已冻结执法人员名录，这里的改动从下一次抽取起生效。", "The draw under way has frozen the officers: changes here take effect from the next draw.";
}

impl Lang {
    /// An officer's role.
    #[must_use]
    pub const fn officer_role(self, role: OfficerRole) -> &'static str {
        match (self, role) {
            (Self::Zh, OfficerRole::Enforcement) => "执法人员",
            (Self::Zh, OfficerRole::Assistant) => "协助人员",
            (Self::Zh, OfficerRole::Expert) => "专家",
            (Self::En, OfficerRole::Enforcement) => "Enforcement officer",
            (Self::En, OfficerRole::Assistant) => "Assistant",
            (Self::En, OfficerRole::Expert) => "Expert",
        }
    }

    /// A saved view's name.
    #[must_use]
    pub fn officer_view(self, view: OfficerView) -> String {
        match (self, view) {
            (Self::Zh, OfficerView::All) => "在队".into(),
            (Self::Zh, OfficerView::OnDuty) => "今天在岗".into(),
            (Self::Zh, OfficerView::Away) => "今天不在岗".into(),
            (Self::Zh, OfficerView::Certificate) => {
                format!("证件 {CERTIFICATE_WARN_DAYS} 天内到期")
            }
            (_, OfficerView::Incomplete) => self.units_incomplete().into(),
            (Self::Zh, OfficerView::Left) => "已离队".into(),
            (Self::En, OfficerView::All) => "Serving".into(),
            (Self::En, OfficerView::OnDuty) => "On duty today".into(),
            (Self::En, OfficerView::Away) => "Away today".into(),
            (Self::En, OfficerView::Certificate) => {
                format!("Certificate ends in {CERTIFICATE_WARN_DAYS} days")
            }
            (Self::En, OfficerView::Left) => "Left".into(),
        }
    }

    /// Whether an officer is there today.
    #[must_use]
    pub fn presence(self, presence: Presence) -> String {
        match (self, presence) {
            (Self::Zh, Presence::OnDuty) => "在岗".into(),
            (Self::En, Presence::OnDuty) => "On duty".into(),
            (Self::Zh, Presence::Absent { kind, until }) => {
                format!("{}至{}", self.absence_kind(kind), self.month_day(until))
            }
            (Self::En, Presence::Absent { kind, until }) => format!(
                "{} to {}",
                self.absence_kind(kind),
                self.month_day_short(until)
            ),
            (Self::Zh, Presence::CertificateOver { .. }) => "证件到期".into(),
            (Self::En, Presence::CertificateOver { .. }) => "Certificate over".into(),
            (Self::Zh, Presence::Left) => "已离队".into(),
            (Self::En, Presence::Left) => "Left".into(),
        }
    }

    /// What a certificate's state asks for; empty where nothing.
    #[must_use]
    pub const fn certificate_note(self, state: CertificateState) -> &'static str {
        match state {
            CertificateState::Unknown | CertificateState::Valid => "",
            CertificateState::EndsSoon => self.officer_certificate_soon_note(),
            CertificateState::Over => self.officer_certificate_over_note(),
        }
    }
}
