//! Words of the unit register.

use std::fmt::Display;

use chrono::NaiveDate;

use super::Lang;
use crate::desk::unit_list::{MonthPlace, UnitView};
use crate::messages;

messages! {
    units_find => "名称、信用代码、地址、责任人", "Name, code, address, person";
    units_fact_stratum(stratum: impl Display, name: impl Display, n: impl Display) => "{stratum} {name} {n}", "{stratum} {name} {n}";
    units_add => "新增单位", "Add unit";
    units_import => "导入名单", "Import register";
    units_empty => "名录库还没有单位。可以逐户新增，也可以导入现有的名单。", "The register holds no units yet. Add them one by one, or import a list you have.";
    units_col_stratum => "层", "Stratum";
    units_col_level => "级", "Level";
    units_col_earliest => "最早可再查", "Again from";
    units_col_complete => "完整度 %", "Filled %";
    units_incomplete => "信息不全", "Incomplete";
    units_level(level: impl Display) => "{level} 级", "Level {level}";
    units_filter_stratum => "层", "Stratum";
    units_filter_tier => "风险等级", "Risk tier";
    units_filter_level => "抽查等级", "Draw level";
    units_filter_complete => "完整度", "Completeness";
    units_filter_complete_only => "只看不足 100% 的", "Below 100% only";
    units_text_chip(text: impl Display) => "含“{text}”", "Holds \"{text}\"";
    units_gone(id: impl Display) => "名录库里没有编号为 {id} 的单位。", "There is no unit {id} in the register.";

    unit_edit_title(name: impl Display) => "编辑 {name}", "Edit {name}";
    unit_retired_tag => "已停用", "Retired";
    unit_retired_text(since: impl Display, approver: impl Display) => "{since} 起停用，{approver}批准", "Retired since {since}, approved by {approver}";
    unit_credit(credit: impl Display) => "信用 {credit}", "Credit {credit}";
    unit_no_code => "没有信用代码", "No credit code";
    unit_id => "编号", "Id";
    unit_why_month => "看哪个月", "Which month";
    unit_why_none => "还没有抽取过。每次抽取之后，这里说明这户为什么抽中或未抽中。", "Nothing is drawn yet. After each draw this says why the unit was drawn or not.";
    unit_chance => "中签率", "Chance";
    unit_chance_text(quota: impl Display, pool: impl Display, percent: impl Display) => "{quota} / {pool}，即 {percent}%，同组各户相同", "{quota} of {pool}, that is {percent}%, the same for the whole group";
    unit_gap => "……", "…";
    unit_rank => "名次", "Rank";
    unit_release(date: impl Display) => "{date}，之后可再查", "{date}; may be visited from then on";
    unit_release_later(date: impl Display) => "{date}，之前不可再查", "{date}; not to be visited before";
    unit_release_any => "没有上次检查，随时可查", "Never inspected: any day";
    unit_last(date: impl Display, finding: impl Display) => "{date}，{finding}", "{date}, {finding}";
    unit_earlier => "以前检查", "Before that";
    unit_task_title(month: impl Display) => "{month}任务", "{month} visit";
    unit_task_day => "检查日期", "Date";
    unit_task_day_text(day: impl Display, deadline: impl Display) => "{day}，{deadline}前完成", "{day}, by {deadline}";
    unit_task_made(day: impl Display) => "{day} 已检查", "Made on {day}";
    unit_task_officers => "执法人员", "Officers";
    unit_task_pair(lead: impl Display, member: impl Display) => "{lead}（主办）、{member}", "{lead} (lead), {member}";
    unit_task_items => "检查事项", "Items";
    unit_task_count(subject: impl Display, n: impl Display) => "{subject} {n} 项", "{subject} {n}";
    unit_missing_title => "还缺的信息", "Still missing";
    unit_missing_count(n: impl Display) => "{n} 项", "{n}";
    unit_missing_fill => "填写", "Fill in";
    unit_record_title => "登记信息", "Record";
    unit_responsible_short => "安全责任人", "Responsible";
    unit_manager_short => "安全管理人", "Manager";
    unit_dishonest_short => "失信", "Dishonesty";
    unit_complaints_short => "投诉查实", "Complaints";
    unit_violations_short => "严重违法", "Violations";
    unit_floor_area_short => "面积 m²", "Area, m²";
    unit_retire => "停用", "Retire";
    unit_restore => "恢复", "Restore";

    unit_group_identity => "单位", "Unit";
    unit_group_place => "位置与联系", "Place and people";
    unit_group_supervision => "监管分类", "Supervision";
    unit_group_risk => "风险与信用", "Risk and credit";
    unit_group_other => "其他", "Other";
    unit_name => "单位名称", "Name";
    unit_code => "统一社会信用代码", "Credit code";
    unit_code_help => "18 位。个体户没有的可以留空，按信息不全统计。", "18 characters. Leave it blank where a sole trader has none; the record then counts as incomplete.";
    unit_code_right => "校验无误。", "The code checks.";
    unit_code_old => "校验无误，但其中组织机构代码的校验位不符，旧代码可能如此，请再核对一次。", "The code checks, but the organisation code inside does not; old codes may be so. Compare it once more.";
    unit_category => "单位类别", "Category";
    unit_is_key => "消防安全重点单位", "Key unit of fire safety";
    unit_is_dense => "人员密集场所", "Densely populated place";
    unit_dense_suggested(category: impl Display) => "已按类别“{category}”勾选人员密集场所（消防法第七十三条），不是的可以取消。", "Ticked as a densely populated place for its category {category} (Fire Protection Law, art. 73); untick it where it is none.";
    unit_stratum_note(stratum: impl Display, name: impl Display) => "归入 {stratum} 层（{name}）。", "Belongs to stratum {stratum} ({name}).";
    unit_township => "街道乡镇", "Township";
    unit_address => "地址", "Address";
    unit_manager_help => "重点单位必须确定管理人（消防法第十七条）。", "Key units must name one (Fire Protection Law, art. 17).";
    unit_is_dishonest => "列入失信名单", "On a dishonesty list";
    unit_complaints => "举报投诉查实日期", "Days of upheld complaints";
    unit_violations => "严重违法日期", "Days of serious violations";
    unit_dates_help => "每次一个日期，如 2026-03-16，用逗号或换行分开。", "A date each, such as 2026-03-16, separated by commas or lines.";
    unit_reviewed_short => "核对日期", "Reviewed";
    unit_reviewed_help => "改动风险、信用、投诉、违法或标签时自动记为当天；也可以另填。", "Set to today by a change of tier, credit, complaints, violations or tags; another day can be given.";
    unit_reviewed_never => "从未核对", "Never";
    unit_reviewed_due(date: impl Display, days: impl Display) => "{date}，已超过 {days} 天", "{date}, more than {days} days ago";
    unit_review_unchanged => "已核对，无变化", "Reviewed, no change";
    unit_reviewed(name: impl Display) => "{name} 的标签、等级已核对", "Tags and tier of {name} reviewed";
    unit_tags_help => "用逗号分开。", "Separated by commas.";
    unit_floor_area => "建筑面积（平方米）", "Floor area (m²)";
    unit_employees => "职工人数", "Employees";
    unit_added(name: impl Display) => "已新增 {name}", "{name} added";
    unit_saved(name: impl Display) => "已保存 {name}", "{name} saved";

    unit_retire_title(name: impl Display) => "停用 {name}", "Retire {name}";
    unit_retire_consequence => "停用后不再参加抽取，也不计入总数；记录和历次检查都保留，可以恢复。原因和批准人会写进操作记录。", "The unit takes no part in draws and counts no more. Its record and inspections stay, and it can be restored. Reason and approver go into the audit trail.";
    unit_retire_pending => "该户有一次已抽中、还没有做的检查：凭下列证据停用后，这次检查作废，由下次抽取补上。", "A visit to this unit is drawn and not yet made: with the evidence below it becomes void, and the next draw makes it up.";
    unit_withheld_tag => "不公开", "Withheld";
    unit_withheld_text(since: impl Display, approver: impl Display) => "{since} 起不公开，{approver}批准", "Withheld since {since}, approved by {approver}";
    unit_alias => "抽取代号", "Draw alias";
    unit_publication => "公开", "Publication";
    unit_published => "随抽查名录公开", "Published with the register";
    unit_withhold => "设为不公开", "Withhold";
    unit_withhold_title(name: impl Display) => "把 {name} 设为不公开", "Withhold {name}";
    unit_withhold_consequence => "从下次冻结名录起，该户用一个随机代号参加抽取，机会不变；公布的证书和名录里只有代号和校验码。代号定下后不再更换；已经公布过的抽取不受影响。", "From the next freeze on, the unit draws under a random alias, with the same chance; what is published holds the alias and a hash alone. The alias is never changed; draws already published stay as they are.";
    unit_withhold_reason_help => "写明依据，如：涉密单位、国家安全、个人隐私。", "Name the ground, such as state secrets, national security, privacy.";
    unit_withheld_done(name: impl Display) => "已把 {name} 设为不公开", "{name} is withheld";
    unit_retire_since => "停用日期", "Retired from";
    unit_retire_reason => "原因", "Reason";
    unit_retire_reason_help => "如：停业、注销、迁出、无法联系。", "Such as closed, struck off, moved away, not to be reached.";
    unit_retire_evidence => "依据", "Evidence";
    unit_retire_evidence_help => "如：两次到访记录及日期、市监注销公告文号。", "Such as records of two visits with dates, or the number of the notice.";
    unit_retire_joined(reason: impl Display, evidence: impl Display) => "{reason}；依据：{evidence}", "{reason}; evidence: {evidence}";
    unit_retired(name: impl Display) => "已停用 {name}", "{name} retired";
    unit_restore_title(name: impl Display) => "恢复 {name}", "Restore {name}";
    unit_restore_consequence => "恢复后重新参加以后的抽取，并计入总数。", "The unit takes part in later draws again and counts.";
    unit_restored(name: impl Display) => "已恢复 {name}", "{name} restored";
}

impl Lang {
    /// A saved view's name.
    #[must_use]
    pub fn unit_view(self, view: UnitView, month: &str) -> String {
        match (self, view) {
            (Self::Zh, UnitView::All) => "全部".into(),
            (Self::Zh, UnitView::Drawn) => format!("{month}抽中"),
            (Self::Zh, UnitView::Incomplete) => "信息不全".into(),
            (Self::Zh, UnitView::Doubtful) => "有疑点".into(),
            (Self::Zh, UnitView::Zombie) => "疑似僵尸".into(),
            (Self::Zh, UnitView::TooSoon) => "半年内不可抽".into(),
            (Self::Zh, UnitView::Complaints) => "多次投诉".into(),
            (Self::Zh, UnitView::Unreviewed) => "待核对".into(),
            (Self::Zh, UnitView::Retired) => "已停用".into(),
            (Self::En, UnitView::All) => "All".into(),
            (Self::En, UnitView::Drawn) => format!("Drawn for {month}"),
            (Self::En, UnitView::Incomplete) => "Incomplete".into(),
            (Self::En, UnitView::Doubtful) => "Doubtful".into(),
            (Self::En, UnitView::Zombie) => "Suspected zombies".into(),
            (Self::En, UnitView::TooSoon) => "Too soon".into(),
            (Self::En, UnitView::Complaints) => "Complaints".into(),
            (Self::En, UnitView::Unreviewed) => "To review".into(),
            (Self::En, UnitView::Retired) => "Retired".into(),
        }
    }

    /// A unit's place in a drawn month, in brief.
    #[must_use]
    pub const fn month_place(self, place: MonthPlace) -> &'static str {
        match (self, place) {
            (_, MonthPlace::Drawn) => self.drawn_tag(),
            (_, MonthPlace::Carried) => self.carried_visits(),
            (_, MonthPlace::Reserve) => self.reserve_tag(),
            (_, MonthPlace::NotDrawn) => self.not_drawn_tag(),
            (_, MonthPlace::NotInPool) => self.not_in_pool_tag(),
        }
    }

    /// 满六个月, and what it means on `today`.
    #[must_use]
    pub fn unit_interval(self, earliest: Option<NaiveDate>, today: NaiveDate) -> String {
        match earliest {
            None => self.unit_release_any().into(),
            Some(date) if date <= today => self.unit_release(date),
            Some(date) => self.unit_release_later(date),
        }
    }
}
