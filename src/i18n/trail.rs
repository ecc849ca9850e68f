//! Words of the audit trail: each action's name.

use std::fmt::Display;

use super::Lang;
use crate::engine::ceremony::TrailHead;
use crate::messages;
use crate::workbook::event::EventKind;
use crate::workbook::trail::TrailCut;

messages! {
    trail_title => "操作记录", "Audit trail";
    trail_facts(n: impl Display) => "{n} 条，只增不改，每条锁住前一条", "{n} entries, never changed; each locks the one before";
    trail_checking => "正在逐条核对链条", "Checking the chain, entry by entry";
    trail_holds => "链条完整：从第一条到最后一条都没有被改动", "The chain holds: no entry was changed or taken out";
    trail_broken(n: impl Display) => "链条在第 {n} 条断开：这一条或之前的记录被改动过", "The chain breaks at entry {n}: it or one before it was changed";
    trail_cut_cause => "请与那次公布的计划或验证文件核对，并找没有截断的备份。现有的记录仍然显示。", "Compare with the published plan or verification file of that draw, and look for a backup that is whole. What is there is still shown.";
    trail_head(entries: impl Display, hash: impl Display) => "操作记录至第 {entries} 条 {hash}", "Audit trail up to entry {entries} {hash}";
    trail_broken_cause => "请用最近的备份核对。之后的记录仍然显示，但不能作为依据。", "Compare with the last backup. Later entries are shown, but prove nothing.";
    trail_search => "动作、人员、原因、编号", "Action, person, reason, id";
    trail_none => "还没有操作。名录、计划和抽取的每次改动都会自动记在这里，不能删改。", "Nothing is done yet. Each change of registers, plans and draws is kept here by itself, and cannot be changed or erased.";
    trail_empty => "没有符合的记录。", "No entry matches.";
    history_none => "操作记录里还没有这条记录的改动。", "The audit trail holds no change of this record yet.";
    history_all(n: impl Display) => "在操作记录中看全部 {n} 条", "All {n} in the audit trail";
    history_only(name: impl Display) => "只看 {name}", "Only {name}";
    col_time => "时间", "Time";
    col_who => "人员", "Person";
    col_action => "动作", "Action";
    col_reason => "原因", "Reason";
    col_detail => "内容", "Detail";
    trail_hash => "本条散列值", "Hash of this entry";
    trail_raw => "原始数据", "Raw data";
    trail_previous => "前一条散列值", "Hash of the entry before";
}

impl Lang {
    /// 操作记录 was cut, and which draw knows it.
    #[must_use]
    pub fn trail_cut(self, cut: &TrailCut) -> String {
        let TrailCut { number, entries } = cut;
        match self {
            Self::Zh => format!(
                "操作记录被截断过：第 {number} 号抽取承诺时已有 {entries} 条，现在对不上或缺了之后的记录"
            ),
            Self::En => format!(
                "The audit trail was cut: draw {number} was committed to after {entries} entries, which are gone or different now, or lack what followed"
            ),
        }
    }

    /// The trail's end in a line: how many entries, and the first digits of the last hash.
    #[must_use]
    pub fn trail_end(self, head: &TrailHead) -> String {
        let digits = head.hash.to_string();
        let groups: Vec<&str> = (0..4).map(|at| &digits[at * 4..at * 4 + 4]).collect();
        self.trail_head(head.entries, groups.join(" "))
    }

    /// An action's name; the name itself where a newer program wrote it.
    #[must_use]
    pub fn action_name(self, name: &str) -> String {
        let Some(kind) = EventKind::named(name) else {
            return name.to_owned();
        };
        let (zh, en) = match kind {
            EventKind::EditBrigade => ("修改大队信息", "Brigade edited"),
            EventKind::AddUnit => ("新增单位", "Unit added"),
            EventKind::EditUnit => ("修改单位", "Unit edited"),
            EventKind::RetireUnit => ("停用单位", "Unit retired"),
            EventKind::RetireUnits => ("停用多户单位", "Units retired"),
            EventKind::RestoreUnits => ("恢复多户单位", "Units restored"),
            EventKind::CompareList => ("比对市场监管名单", "Compared with a regulator's list"),
            EventKind::SetRowsAside => ("名单行列为不属监管范围", "Rows set aside: not supervised"),
            EventKind::TakeRowsBack => ("取消不属监管范围", "Rows no longer set aside"),
            EventKind::SuspectUnits => ("列为疑似僵尸单位", "Units named as suspects"),
            EventKind::MarkUnits => (
                "名单写明停业，单位留用待核",
                "Units closed by a list, kept to be checked",
            ),
            EventKind::ConfirmUnits => ("单位核对无误", "Units found in order"),
            EventKind::KeepOwn => ("比对后保留本库的值", "Register's values kept"),
            EventKind::UndoUpkeep => ("撤销名录维护的一步", "Step of the upkeep taken back"),
            EventKind::WithholdUnit => ("设为不公开", "Unit withheld"),
            EventKind::PublishUnit => ("取消不公开", "Withholding taken back"),
            EventKind::RestoreUnit => ("恢复单位", "Unit restored"),
            EventKind::AddOfficer => ("新增执法人员", "Officer added"),
            EventKind::EditOfficer => ("修改执法人员", "Officer edited"),
            EventKind::OfficerLeaves => ("执法人员离队", "Officer left"),
            EventKind::OfficerReturns => ("执法人员归队", "Officer back"),
            EventKind::PutItem => ("登记检查事项", "Item entered"),
            EventKind::MoveItem => ("调整事项顺序", "Item moved"),
            EventKind::RemoveItem => ("移出检查事项", "Item taken off"),
            EventKind::IssueItems => ("事项清单定版", "Version of the item list fixed"),
            EventKind::RestoreItem => ("恢复检查事项", "Item brought back"),
            EventKind::AddAgency => ("新增服务机构", "Agency added"),
            EventKind::EditAgency => ("修改服务机构", "Agency edited"),
            EventKind::RetireAgency => ("停用服务机构", "Agency retired"),
            EventKind::RestoreAgency => ("恢复服务机构", "Agency restored"),
            EventKind::ImportAgencies => ("导入服务机构名录", "Agencies imported"),
            EventKind::AddEngineer => ("新增注册消防工程师", "Engineer added"),
            EventKind::EditEngineer => ("修改注册消防工程师", "Engineer edited"),
            EventKind::RetireEngineer => ("停用注册消防工程师", "Engineer retired"),
            EventKind::RestoreEngineer => ("恢复注册消防工程师", "Engineer restored"),
            EventKind::ImportEngineers => ("导入注册消防工程师名录", "Engineers imported"),
            EventKind::ImportUnits => ("导入单位名录", "Units imported"),
            EventKind::ImportOfficers => ("导入人员名录", "Officers imported"),
            EventKind::ImportItems => ("导入事项清单", "Items imported"),
            EventKind::EditMany => ("批量修改", "Many records edited"),
            EventKind::ImportHolidays => ("导入放假安排", "Holidays imported"),
            EventKind::EditPlan => ("修改计划草案", "Plan draft edited"),
            EventKind::StartYear => ("开始下一年度", "Next year begun"),
            EventKind::CloseYear => ("结束年度", "Year closed"),
            EventKind::TakeOutYears => ("移出已归档年度", "Archived years taken out"),
            EventKind::FreezePlan => ("冻结年度计划", "Plan frozen"),
            EventKind::OpenDraw => ("冻结名录，定额度", "Register frozen and sized"),
            EventKind::OpenSupplementary => ("补充抽查，定额度", "Supplementary draw sized"),
            EventKind::OpenCampaign => ("专项抽查，定额度", "Campaign draw sized"),
            EventKind::PutCampaign => ("编制专项方案", "Campaign's scheme put down"),
            EventKind::ExplainCheck => ("说明核查情况", "Line of a check explained"),
            EventKind::SignCheck => ("核查报告签名", "Report of a check signed"),
            EventKind::HeadSignsCheck => ("主官签核查报告", "Report signed by the head"),
            EventKind::FileCheck => ("核查报告报支队备案", "Report filed to the detachment"),
            EventKind::PublishBulletin => ("登记公示", "Noted as published"),
            EventKind::WithdrawCampaign => ("撤回专项方案", "Campaign withdrawn"),
            EventKind::OpenRegisterDraw => {
                ("抽取机构或工程师，定额度", "Agencies or engineers sized")
            }
            EventKind::EnterResult => ("录入检查结果", "Result entered"),
            EventKind::ImportResults => ("导入检查结果", "Results imported"),
            EventKind::ReviewResults => ("审核检查结果", "Results reviewed"),
            EventKind::NotifyVisits => ("登记检查通知", "Notices recorded"),
            EventKind::PutPapers => ("登记文书", "Papers recorded"),
            EventKind::EnterRecheck => ("登记复查", "Re-inspection recorded"),
            EventKind::EnterOther => ("登记其他检查", "Other visit recorded"),
            EventKind::WithdrawOther => ("撤回其他检查的登记", "Other visit's entry withdrawn"),
            EventKind::RecordOwnVisit => (
                "登记机构或工程师检查",
                "Check of agency or engineer recorded",
            ),
            EventKind::CloseOwnVisit => ("抽中的已关闭", "Drawn one proved closed"),
            EventKind::CorrectOwnVisit => (
                "更正机构或工程师检查",
                "Check of agency or engineer corrected",
            ),
            EventKind::CommitDraw => ("固定承诺", "Commitment fixed"),
            EventKind::DrawNumbers => {
                ("录入随机数，抽出单位", "Random number entered, units drawn")
            }
            EventKind::StandOver => ("以本窗口为准", "This window stands over another"),
            EventKind::OpenOlder => (
                "打开缺少抽取记录的旧工作簿",
                "Older workbook opened, draws missing",
            ),
            EventKind::Draw => ("抽取并排期", "Drawn and scheduled"),
            EventKind::ApprovePlan => ("批准计划", "Plan approved"),
            EventKind::BreakOff => ("中止抽取", "Draw broken off"),
            EventKind::RecordVisits => ("批量登记检查", "Visits recorded"),
            EventKind::CorrectVisit => ("更正检查登记", "Visit's entry corrected"),
            EventKind::ChangePlan => ("改期或换人", "Visit's day or team changed"),
            EventKind::StandIn => ("替换执法人员", "Others stood in"),
            EventKind::CloseVisit => ("单位已关闭，候补递补", "Unit closed, reserve stepped in"),
            EventKind::RecordVisit => ("登记检查", "Visit recorded"),
        };
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => en.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_program_did_keeps_its_name() {
        assert_eq!(Lang::Zh.action_name("later"), "later");
        assert_eq!(Lang::En.action_name("draw"), "Drawn and scheduled");
    }
}
