//! Words of special campaigns: schemes, their filter, proposals, results.

use std::fmt::Display;

use super::Lang;
use crate::messages;
use crate::workbook::campaign::{
    CampaignFilter, CampaignKind, CampaignPlace, Proposal, ProposedFor,
};

messages! {
    campaigns_facts(year: impl Display, n: impl Display) => "{year} 年 {n} 个", "{n} in {year}";
    campaigns_empty => "今年还没有专项检查。可以从下面建议的时段开始，也可以自己新建。", "There is no campaign this year. Begin with a proposed time below, or with a new one.";
    campaign_new => "新建专项检查", "New campaign";
    campaign_new_consequence => "先定名称，再分三步定对象、数量与时间、事项；抽取之前随时可改。对象只由条件决定，不能逐户加减。", "Name it first; then come whom, how many and when, and what, in three steps that may be changed until the draw. Units come from the conditions only, never one by one.";
    campaign_copy => "套用以前的方案", "Start from";
    campaign_copy_none => "不套用", "Nothing";
    campaign_name => "专项名称", "Name";
    campaign_document => "方案文号", "Document no.";
    campaign_basis => "法律依据", "Legal basis";
    campaign_kind => "时段", "Occasion";
    campaign_from => "开始", "First day";
    campaign_to => "结束", "Last day";
    campaign_days(days: impl Display, month: impl Display, places: impl Display) => "{month}里还有 {days} 个工作日可排，人员还有 {places} 个位置", "{days} working days of {month} left, with {places} places";
    campaign_scheme => "专项方案", "Scheme";
    campaign_scheme_note => "三步里都在，随时可改", "Beside all three steps";
    campaign_steps => "方案三步", "Three steps";
    campaign_step_units => "对象", "Whom";
    campaign_step_size => "数量与时间", "How many and when";
    campaign_step_items => "事项", "What";
    campaign_step_units_fact(n: impl Display, pool: impl Display) => "按条件选出 {n} 户，可查 {pool} 户", "{n} by the conditions, {pool} can be visited";
    campaign_step_size_fact(n: impl Display, besides: impl Display) => "共 {n} 户，另抽 {besides} 户", "{n} in all, {besides} drawn besides";
    campaign_step_items_all => "各户适用的事项都查", "All items that apply";
    campaign_step_items_fact(n: impl Display) => "选定 {n} 项", "{n} items chosen";
    campaign_count(n: impl Display, planned: impl Display, barred: impl Display, month: impl Display) => "符合 {n} 户，其中 {month}计划已有 {planned} 户，{barred} 户因间隔、次数或待查不能查", "{n} units meet the conditions; {planned} are in the plan of {month}, and {barred} are kept out by the rules";
    campaign_view_all => "符合", "All";
    campaign_view_free => "可抽", "Can be drawn";
    campaign_view_planned => "计划已有", "In the plan";
    campaign_view_barred => "不能查", "Kept out";
    campaign_col_last => "上次检查", "Last visit";
    campaign_col_place => "本专项", "This campaign";
    campaign_free => "可抽", "Can be drawn";
    campaign_in_plan(day: impl Display) => "计划已有，{day}", "In the plan, {day}";
    campaign_filter_all => "全部单位", "All units";
    campaign_units_note => "对象只由条件决定，不能逐户加减", "Units come from the conditions only";
    campaign_nobody => "没有单位符合这些条件。去掉一个条件再看。", "No unit meets these conditions. Take one out.";
    campaign_size => "数量", "Size";
    campaign_by_ratio => "按比例", "By share";
    campaign_by_count => "按户数", "By count";
    campaign_percent => "比例（%）", "Share (%)";
    campaign_units_count => "户数", "Units";
    campaign_size_wrong => "请填大于 0 的数，比例不超过 100。", "Enter a number above 0; a share of 100 at most.";
    campaign_how => "怎样实施", "How";
    campaign_combined => "结合抽查", "Combined with the month";
    campaign_combined_note(taken: impl Display, besides: impl Display, free: impl Display) => "先用月度计划已有的 {taken} 户，再抽 {besides} 户，中签 {besides} / {free}", "Takes {taken} of the month's plan first, and draws {besides} of {free} besides";
    campaign_alone => "单独实施", "Alone";
    campaign_alone_note(besides: impl Display, free: impl Display, planned: impl Display) => "从不在计划里的 {free} 户抽 {besides} 户，{planned} 户仍按月度计划查", "Draws {besides} of the {free} in no plan; {planned} stay in the month's plan";
    campaign_limits => "次数和间隔", "Limits";
    campaign_limits_note => "计入：一年两次、满六个月", "They count: twice a year, six months apart";
    campaign_floor => "年度底线", "Yearly floor";
    campaign_floor_note => "单列：不是全名录随机抽取", "Told apart: not drawn from the whole register";
    campaign_items_note => "只能从公布过的事项清单里选。都不选，就按各户适用的全部事项检查。", "From the published list alone. None chosen: all that apply to a unit.";
    campaign_items_none => "事项清单还是空的。先在“事项清单”登记。", "The item list is empty. Enter items there first.";
    campaign_save => "保存方案", "Save scheme";
    campaign_saved => "方案已保存", "Scheme saved";
    campaign_next_size => "去定数量与时间", "On to numbers";
    campaign_next_items => "去选事项", "On to items";
    campaign_open => "冻结对象，定额度", "Freeze and size";
    campaign_open_consequence(n: impl Display, filter: impl Display, taken: impl Display, besides: impl Display) => "冻结现在的名录：{filter}，{n} 户。用月度计划已有的 {taken} 户，另抽 {besides} 户，占用下一个抽取编号，再走承诺、随机数、抽取。方案从此不能再改。", "Freezes the register as it stands: {filter}, {n} units. Takes {taken} of the month's plan, draws {besides} besides, and uses the next draw number; then come commitment, random number and draw. The scheme stays from then on.";
    campaign_not_drawn_month => "先完成月度抽取，专项在它旁边抽", "Finish a monthly draw first; campaigns stand beside it";
    campaign_unsaved => "方案有改动，先保存", "Save the scheme first";
    campaign_none_left => "没有可抽的单位", "Nobody is left to be drawn";
    campaign_too_few_places(besides: impl Display, places: impl Display) => "另抽 {besides} 户，人员只排得下 {places} 户", "{besides} to draw, {places} places left";
    campaign_too_many(asked: impl Display, pool: impl Display) => "要抽 {asked} 户，可抽的只有 {pool} 户", "{asked} asked for, {pool} can be drawn";
    campaign_withdraw => "撤回方案", "Withdraw";
    campaign_withdraw_consequence(name: impl Display) => "撤回“{name}”。方案留在列表里，不再抽取，可以套用它另建。", "Withdraws \"{name}\". It stays in the list, is not drawn any more, and can be copied.";
    campaign_all => "全部专项", "All campaigns";
    campaign_gone(id: impl Display) => "没有专项方案 {id}。它可能属于已移出的年度。", "There is no campaign {id}. It may be of a year that was taken out.";
    campaign_state_draft => "草案", "Draft";
    campaign_state_withdrawn => "已撤回", "Withdrawn";
    campaign_state_open => "抽取中", "Being drawn";
    campaign_state_drawn => "已抽取", "Drawn";
    campaign_col_period => "时间", "Period";
    campaign_col_state => "状态", "State";
    campaign_col_progress => "已查", "Visited";
    campaign_progress(made: impl Display, drawn: impl Display) => "{made} / {drawn} 户", "{made} of {drawn}";
    campaign_proposals => "建议的时段", "Proposed times";
    campaign_proposals_note => "按火灾多发季节和放假安排列出，节前两周。选一个就按它的名称和时间建方案，之后都可以改。", "Fire seasons, and the two weeks before holidays. One becomes a scheme with its name and dates, all of which may be changed.";
    campaign_propose => "按此新建", "Start this one";
    campaign_period(from: impl Display, to: impl Display) => "{from} 至 {to}", "{from} to {to}";
    campaign_print_results => "打印结果", "Print the results";
    campaign_results_title(name: impl Display) => "{name}检查结果", "Results of {name}";
    campaign_paper_stratum => "层", "Stratum";
    campaign_paper_findings => "问题", "Findings";
    campaign_paper_open => "待复查", "To re-inspect";
    campaign_paper_void => "作废", "Void";
    campaign_results => "结果汇总", "Results";
    campaign_results_line(drawn: impl Display, taken: impl Display, made: impl Display, found: impl Display) => "抽取 {drawn} 户（计划已有 {taken} 户），已查 {made} 户，发现问题 {found} 户", "{drawn} drawn ({taken} from the month's plan), {made} visited, {found} with findings";
    campaign_results_void(n: impl Display) => "作废 {n} 户", "{n} void";
    campaign_col_drawn => "抽取", "Drawn";
    campaign_col_made => "已查", "Visited";
    campaign_col_found => "发现问题", "Findings";
    campaign_found_list => "发现问题的单位", "Units with findings";
    campaign_taken_list => "随月度计划检查的单位", "Visited by the month's plan";
    campaign_found_none => "还没有登记发现问题的检查。", "No visit with findings is entered yet.";
    campaign_withdrawn_line(at: impl Display, reason: impl Display, approver: impl Display) => "{at} 撤回：{reason}；批准人 {approver}", "Withdrawn {at}: {reason}; approved by {approver}";
    campaign_paper_title(year: impl Display, name: impl Display) => "{year}年{name}专项检查计划", "Campaign plan {year}: {name}";
}

impl Lang {
    /// What a campaign is held for.
    #[must_use]
    pub const fn campaign_kind_name(self, kind: CampaignKind) -> &'static str {
        match (self, kind) {
            (Self::Zh, CampaignKind::Season) => "火灾多发季节",
            (Self::Zh, CampaignKind::Holiday) => "重大节日",
            (Self::Zh, CampaignKind::Event) => "重大活动",
            (Self::Zh, CampaignKind::Other) => "其他",
            (Self::En, CampaignKind::Season) => "Fire season",
            (Self::En, CampaignKind::Holiday) => "Holiday",
            (Self::En, CampaignKind::Event) => "Event",
            (Self::En, CampaignKind::Other) => "Other",
        }
    }

    /// The conditions of a filter, each in words; none where it takes all units.
    #[must_use]
    pub fn campaign_conditions(self, filter: &CampaignFilter) -> Vec<String> {
        let joined = |words: Vec<String>| words.join(self.list_mark());
        let own = |set: &std::collections::BTreeSet<String>| joined(set.iter().cloned().collect());
        let strata = filter.strata.iter().map(|it| self.stratum(*it).to_owned());
        let tiers = filter.tiers.iter().map(|it| self.tier(*it).to_owned());
        let kinds = filter
            .kinds
            .iter()
            .map(|it| self.legal_kind(*it).to_owned());
        let all = [
            ("stratum", joined(strata.collect())),
            ("category", own(&filter.categories)),
            ("township", own(&filter.townships)),
            ("tags", own(&filter.tags)),
            ("risk", joined(tiers.collect())),
            ("legal_kind", joined(kinds.collect())),
        ];
        let set = all.into_iter().filter(|(_, words)| !words.is_empty());
        set.map(|(key, words)| self.named(self.campaign_condition(key), words))
            .collect()
    }

    /// The name of a condition.
    #[must_use]
    pub fn campaign_condition(self, key: &str) -> String {
        match (self, key) {
            (Self::Zh, "stratum") => "层".into(),
            (Self::En, "stratum") => "Stratum".into(),
            _ => self.import_field(key),
        }
    }

    /// A filter in words that a person can apply.
    #[must_use]
    pub fn campaign_filter(self, filter: &CampaignFilter) -> String {
        let words = self.campaign_conditions(filter);
        if words.is_empty() {
            return self.campaign_filter_all().to_owned();
        }
        match self {
            Self::Zh => words.join("；"),
            Self::En => words.join("; "),
        }
    }

    /// How a unit stands to a campaign's draw.
    #[must_use]
    pub fn campaign_place(self, place: &CampaignPlace) -> String {
        match place {
            CampaignPlace::Free => self.campaign_free().to_owned(),
            CampaignPlace::InPlan(day) => self.campaign_in_plan(self.month_day(*day)),
            CampaignPlace::Barred(limit) => self.not_yet(limit),
        }
    }

    /// The name of a campaign that the calendar proposes.
    #[must_use]
    pub fn campaign_proposed(self, proposal: &Proposal) -> String {
        use chrono::Datelike as _;
        match (self, proposal.occasion) {
            (Self::Zh, ProposedFor::Winter) => "冬春火灾防控专项检查".into(),
            (Self::Zh, ProposedFor::Summer) => "夏季消防安全专项检查".into(),
            (Self::En, ProposedFor::Winter) => "Winter and spring fire season".into(),
            (Self::En, ProposedFor::Summer) => "Summer fire season".into(),
            (Self::Zh, ProposedFor::Holiday(day)) => {
                let name = match day.month() {
                    1 | 2 => "春节",
                    4 => "清明节",
                    5 if day.day() <= 5 => "劳动节",
                    5 | 6 => "端午节",
                    9 if day.day() < 28 => "中秋节",
                    9 | 10 => "国庆节",
                    _ => "节日",
                };
                format!("{name}前消防安全专项检查")
            }
            (Self::En, ProposedFor::Holiday(day)) => {
                format!("Before the holiday of {}", self.month_day(day))
            }
        }
    }
}
