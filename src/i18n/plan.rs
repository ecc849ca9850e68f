//! Words of the annual plan.

use std::fmt::Display;

use super::Lang;
use crate::engine::design::TWICE_OFF;
use crate::engine::year_plan::{MonthLoan, Remedy};
use crate::messages;

messages! {
    plan_title => "年度计划", "Annual plan";
    plan_draft => "草案", "Draft";
    plan_version(n: impl Display) => "第 {n} 版", "Version {n}";
    plan_version_in_force(n: impl Display) => "第 {n} 版 执行中", "Version {n} in force";
    plan_frozen_facts(at: impl Display, approver: impl Display) => "{at} 冻结，{approver}批准", "Frozen {at}, approved by {approver}";
    plan_paper_title(year: impl Display) => "{year}年度“双随机、一公开”消防监督抽查计划", "Double random inspection plan, {year}";
    plan_paper_draft => "草案，未冻结，不是计划", "Draft, not frozen: no plan yet";
    plan_draft_facts(from: impl Display) => "按 {from}起的名录与排班推算", "Worked out from {from} on, by today's register and duty list";
    plan_choose_version => "计划版本", "Version of the plan";
    plan_freeze => "冻结计划", "Freeze plan";
    plan_freeze_consequence => "冻结后，每次抽取都按这一版计划，并以它的散列值为起点。要改只能冻结新的一版，并写明原因。", "Every draw from then on follows this version and starts from its hash. A change needs a new version with its reason.";
    plan_freeze_infeasible => "计划排不下，仍要冻结的，缺口会写进每次抽取的承诺和公示。", "The plan does not fit. If it is frozen all the same, the gap stands in every commitment and publication.";
    plan_save_draft => "保存草案", "Save draft";
    plan_discard => "放弃修改", "Discard changes";
    plan_saved => "草案已保存", "Draft saved";
    plan_frozen(n: impl Display) => "第 {n} 版已冻结", "Version {n} frozen";
    plan_reason_new_version => "为什么要新的一版", "Why a new version is needed";
    plan_choose_year => "年度", "Year";
    plan_same => "草案与执行中的一版相同", "The draft equals the version in force";
    plan_genesis => "计划散列值", "Hash of the plan";
    plan_no_units => "名录库还没有单位，录入或导入之后才能推算年度计划。", "The register holds no units yet; add or import them, and the plan can be worked out.";
    plan_no_officers => "名录库还没有执法人员，录入或导入之后才能推算年度计划。", "The register holds no officers yet; add or import them, and the plan can be worked out.";
    go_units => "去单位名录", "Go to the unit register";

    strata_title => "三层与底线", "Strata and legal floors";
    strata_caption(units: impl Display, visits: impl Display) => "{units} 户，全年 {visits} 户次", "{units} units, {visits} visits this year";
    floor_legend => "底线，系统不允许低于", "legal floor, never to be crossed";
    col_stratum => "层", "Stratum";
    col_total => "总数", "Units";
    col_floor => "底线", "Floor";
    col_at_least => "至少", "At least";
    col_planned => "计划", "Planned";
    col_share => "占比", "Share";
    col_margin => "余量", "Margin";
    second_row(level: impl Display) => "第二次检查（{level} 级及以上，间隔满六个月）", "Second visits (level {level} and above, six months apart)";
    second_row_off => "第二次检查（不安排）", "Second visits (off)";
    shares_of_visits(key: impl Display, key_percent: impl Display, general: impl Display, general_percent: impl Display) => "重点 {key} 户次占 {key_percent}%，一般 {general} 户次占 {general_percent}%。", "Key units {key} visits ({key_percent}%), general units {general} ({general_percent}%).";
    general_absent => "一般单位必须在抽查中占一定比例（公安部令第120号第七条），计划里没有一般单位。", "General units must hold a share of what is inspected (MPS order 120, art. 7); this plan has none.";

    levels_title => "各级抽查比例", "Share by level";
    levels_caption => "级 = 各项分值之和，0 至 5；比例不得低于底线", "Level = sum of points, 0 to 5; no share below its floor";
    share_label(stratum: impl Display, level: impl Display) => "{stratum} 层 {level} 级比例（%）", "Share of {stratum}, level {level} (%)";
    col_twice => "两次", "Twice";
    level_name(level: impl Display) => "{level} 级", "Level {level}";
    whole_number_invalid(min: impl Display, max: impl Display) => "应为 {min} 至 {max} 的整数。", "A whole number from {min} to {max}.";
    season_caption => "权重越大，这个月分到的检查越多", "The larger the weight, the more of the year's visits the month gets";
    percent_invalid => "应为 0 至 100 的数，最多七位小数。", "A number from 0 to 100 with at most seven decimals.";

    points_title => "分值", "Points";
    points_label(what: impl Display) => "{what}分值", "Points for {what}";
    settings_title => "频次与容量", "Frequency and capacity";
    twice_level => "两次检查的起点等级", "Level from which units are visited twice";
    twice_off => "不安排第二次", "Off";
    per_day => "每人每天最多（户）", "Visits an officer and day, at most";
    capacity_share => "容量系数（‰，其余留给顺延）", "Capacity (thousandths; the rest is for carried visits)";
    below_minimum(months: impl Display) => "按现在的名录和计划，做不到每个工作日一户的月份：{months}。各项底线和半年间隔在先，每日一查只尽量排。", "As the register and plan stand, these months do not reach one visit a day: {months}. Floors and the six months come first.";
    below_minimum_month(month: impl Display, n: impl Display) => "{month}（{n} 户）", "{month} ({n})";
    daily_minimum => "每日一查：每个工作日至少一户", "One visit a day: at least one each working day";
    key_categories => "重点行业", "Key industries";
    key_categories_help => "这些类别的单位加重点行业分。", "Units of these categories get the points for key industries.";
    season_title => "季节权重", "Season weights";
    season_label(month: impl Display) => "{month}权重", "Weight of {month}";

    months_title => "各月任务与容量", "Visits and capacity by month";
    months_caption(visits: impl Display, capacity: impl Display, percent: impl Display) => "{visits} / {capacity} 户，用去 {percent}%", "{visits} / {capacity}, {percent}% used";
    months_chart_label => "十二个月的检查任务与容量，数字见下表", "Visits and capacity of twelve months; the numbers stand in the table below";
    legend_done => "已完成", "Done";
    legend_planned => "计划", "Planned";
    legend_capacity => "容量", "Capacity";
    col_month => "月份", "Month";
    col_made => "已查", "Made";
    col_pending => "待查", "Drawn";
    col_second => "第二次", "Second";
    col_all => "合计", "All";
    col_capacity => "容量", "Capacity";

    fits_title => "计划能完成", "The plan fits";
    fits_floors => "三条底线都能达到。", "All three floors can be met.";
    fits_months(month: impl Display, visits: impl Display, capacity: impl Display) => "每月任务都在容量内；最满的是 {month}，{visits} / {capacity} 户。", "Every month is within its capacity; the fullest is {month}, {visits} of {capacity}.";
    fits_rules => "同一单位一年不超过 2 次、间隔满 6 个月：每次抽取都照此执行。", "No unit more than twice a year nor within six months: every draw obeys this.";
    infeasible_fact(first: impl Display, last: impl Display, need: impl Display, capacity: impl Display, lack: impl Display) => "{first}至 {last}需要 {need} 户，只能排 {capacity} 户，缺 {lack} 户", "{first} to {last} need {need} visits, hold {capacity} and lack {lack}";
    infeasible_cause => "到期前必须完成的检查多于这段时间能安排的检查。以下每一条单独采用都排得下，都是够用的最小幅度：", "More visits fall due by then than these months can hold. Each of these remedies suffices alone, and each is the smallest that does:";
    infeasible_no_remedy => "到期前必须完成的检查多于这段时间能安排的检查。没有一条办法单独够用，须先把容量系数调到 0 以上。", "More visits fall due by then than these months can hold. No remedy suffices alone: first raise the capacity above 0.";
    without_early_fact => "高等级单位赶不上五月前先查一次，改为随本组安排，其余排得下", "High-level units cannot all be seen by May; they are drawn with their own cells, and the rest fits";
    remedy_adopt => "采用", "Adopt";
    remedy_officers => "去执法人员", "Go to officers";
    year_end_rule => "底线按年底名录核算：12 月抽取时冻结的名录，减去 12 月现场核实已关闭的单位。12 月冻结之后新增的单位，计入下一年。", "The floors are held against the register at the year's end: the one frozen for December's draw, less units found closed on the spot in December. Units that join after it belong to the next year.";
}

impl Lang {
    /// What would make the year fit, with its size.
    #[must_use]
    pub fn remedy(self, remedy: &Remedy) -> String {
        match (self, remedy) {
            (_, Remedy::OfficerDays { months }) => self.officer_days(months),
            (Self::Zh, Remedy::LowerShares { percent, saved }) => {
                format!("各级比例高出底线的部分都降低 {percent}%，全年少 {saved} 户")
            }
            (Self::En, Remedy::LowerShares { percent, saved }) => format!(
                "Lower all shares by {percent}% of what they are above their floors: {saved} visits fewer"
            ),
            (Self::Zh, Remedy::TwiceLevel { level }) if *level < TWICE_OFF => {
                format!("两次检查的起点提高到 {level} 级")
            }
            (Self::En, Remedy::TwiceLevel { level }) if *level < TWICE_OFF => {
                format!("Second visits from level {level} on only")
            }
            (Self::Zh, Remedy::TwiceLevel { .. }) => "不安排第二次检查".into(),
            (Self::En, Remedy::TwiceLevel { .. }) => "No second visits".into(),
        }
    }

    fn officer_days(self, months: &[MonthLoan]) -> String {
        let total: u32 = months.iter().map(|month| month.officer_days).sum();
        let leads: u32 = months.iter().map(|month| month.lead_days).sum();
        let parts: Vec<String> = months
            .chunk_by(|one, next| {
                one.officer_days == next.officer_days && one.month + 1 == next.month
            })
            .map(|run| self.loan_run(run))
            .collect();
        let parts = parts.join(self.list_mark());
        match self {
            Self::Zh => format!(
                "增加 {total} 个执法人员工作日（其中 {leads} 个须能主办），如借调、调整休假：{parts}"
            ),
            Self::En => format!(
                "{total} more officer-days ({leads} of them able to lead), by loan or moved leave: {parts}"
            ),
        }
    }

    /// Months in a row that need the same.
    fn loan_run(self, run: &[MonthLoan]) -> String {
        let days = run[0].officer_days;
        let (first, last) = (run[0].month, run[run.len() - 1].month);
        let (first, last) = (self.month_name(first), self.month_name(last));
        match (self, run.len()) {
            (Self::Zh, 1) => format!("{first} {days} 个"),
            (Self::Zh, _) => format!("{first}至 {last}每月 {days} 个"),
            (Self::En, 1) => format!("{first} {days}"),
            (Self::En, _) => format!("{first} to {last} {days} a month"),
        }
    }
}
