//! 为什么抽中 / 未抽中: the explanation of a unit's place in a draw, from the record alone.

use std::fmt::Display;

use super::Lang;
use crate::engine::draw::{Exclusion, Standing};
use crate::engine::level::LevelSum;
use crate::engine::snapshot::NotYet;
use crate::messages;

messages! {
    why_drawn(month: impl Display) => "{month}为什么抽中", "Why drawn for {month}";
    why_not_drawn(month: impl Display) => "{month}为什么未抽中", "Why not drawn for {month}";
    why_not_in_pool(month: impl Display) => "{month}为什么不在候选", "Why not a candidate for {month}";
    drawn_tag => "抽中", "Drawn";
    not_drawn_tag => "未中", "Not drawn";
    reserve_tag => "候补", "Reserve";
    not_in_pool_tag => "不在池", "Not in pool";
    level_result(level: impl Display) => "{level} 级", "level {level}";
    cut_line(n: impl Display) => "中签线：取前 {n} 名", "Cut line: the first {n}";
    cut_line_none => "中签线：本组本月没有名额", "Cut line: no places in this group this month";
    lottery_number => "抽签号", "Lottery number";
    compute_yourself => "自己算一遍", "Work it out yourself";
    compute_note => "在 Linux 或 macOS 的终端运行这一行，得到的 64 个字符就是这户的抽签号：", "Run this line in a terminal on Linux or macOS; the 64 characters are this unit's lottery number:";
    compute_windows => "在 Windows 的“命令提示符”或 PowerShell 运行这一行：", "On Windows run this line, at a command prompt or in PowerShell:";
    copy => "复制", "Copy";
    copied => "已复制到剪贴板", "Copied to the clipboard";
    interval_title => "检查间隔", "Interval";
    last_visit => "上次检查", "Last inspected";
    six_months_over => "满六个月", "Six months over";
    visits_this_year => "今年已查", "This year";
    visits_this_year_text(n: impl Display) => "{n} 次（上限 2 次）", "{n} (at most 2)";
    year_chance_until(month: impl Display) => "到 {month}为止被抽中的机会", "Chance so far, up to {month}";
    year_chance => "全年被抽中的机会", "Chance over the year";
    year_chance_value => "机会", "Chance";
    year_chance_draws => "名额/候选", "Places of";
    year_chance_month(month: impl Display, n: impl Display, pool: impl Display) => "{month} {n}/{pool}", "{month} {n}/{pool}";
    year_chance_none => "已抽的各月都不是首次检查的候选", "No candidate for a first visit in any month drawn so far";
    year_chance_so_far(month: impl Display) => "首次检查，按已抽各月的记录精确计算，算到 {month}。以后各月的名额和候选数要到抽取前才定，没有计入。", "First visits, exact from the records of the draws up to {month}. The places and candidates of later months are fixed just before they are drawn and are not counted.";
    year_chance_whole => "首次检查，按全年各月的记录精确计算：1 − 各月（1 − 名额/候选）之积。", "First visits, exact from the records of the whole year: 1 − the product of (1 − places/candidates) over its months.";
    carried_rule => "抽中即定：没有查的顺延，排进这个月的计划，不再重抽。", "What is drawn stays drawn: a visit that was not made is carried into this month's plan and not drawn again.";
    carried_unlaid(month: impl Display) => "{month}抽中，当时没有排出日期和人员。", "Drawn for {month}; no day and team could be found then.";
    carried_planned(month: impl Display, day: impl Display, lead: impl Display, member: impl Display) => "{month}抽中，原定 {day} 由{lead}（主办）、{member}检查，没有登记检查。", "Drawn for {month}, planned for {day} with {lead} (lead) and {member}; no visit was entered.";
    visit_expected(day: impl Display) => "已抽中，排在 {day} 检查；冻结名录时还没到这一天，按当天查完计，所以不再抽。", "Drawn already and planned for {day}, which had not come when the register was frozen: it counts as made on that day, so the unit is not drawn again.";
}

impl Lang {
    /// 黄 2 + 投诉 1 = 3 级.
    #[must_use]
    pub fn level_sum(self, sum: &LevelSum) -> String {
        let parts: Vec<String> = sum
            .parts
            .iter()
            .map(|(reason, points)| format!("{} {points}", self.point_reason(*reason)))
            .collect();
        format!("{} = {}", parts.join(" + "), self.level_result(sum.level))
    }

    /// Group, candidates, places and rank in a sentence.
    #[must_use]
    pub fn standing(self, standing: &Standing) -> String {
        let Standing {
            pool,
            quota,
            rank,
            drawn,
            ..
        } = standing;
        let group = self.draw_group(standing.group);
        match (self, *drawn, *quota) {
            (Self::Zh, true, _) => format!(
                "所在组：{group}。候选 {pool} 户，名额 {quota} 户，按抽签号从小到大取。本户排第 {rank} 名，在中签线内。"
            ),
            (Self::Zh, false, 0) => {
                format!("所在组：{group}。候选 {pool} 户，本月没有名额。本户排第 {rank} 名。")
            }
            (Self::Zh, false, _) => format!(
                "所在组：{group}。候选 {pool} 户，名额 {quota} 户，按抽签号从小到大取。本户排第 {rank} 名，在中签线外。"
            ),
            (Self::En, true, _) => format!(
                "Group: {group}. {pool} candidates, {quota} places, smallest lottery numbers first. This unit ranks {rank}, inside the cut line."
            ),
            (Self::En, false, 0) => {
                format!(
                    "Group: {group}. {pool} candidates, no places this month. This unit ranks {rank}."
                )
            }
            (Self::En, false, _) => format!(
                "Group: {group}. {pool} candidates, {quota} places, smallest lottery numbers first. This unit ranks {rank}, outside the cut line."
            ),
        }
    }

    /// The rule that forbids a visit, and when it ends.
    #[must_use]
    pub fn not_yet(self, limit: &NotYet) -> String {
        match (self, limit) {
            (Self::Zh, NotYet::TwiceThisYear { until }) => {
                format!("今年已查 2 次，到上限；{until} 起可再查。")
            }
            (Self::En, NotYet::TwiceThisYear { until }) => {
                format!("Inspected twice this year, the limit; allowed again from {until}.")
            }
            (Self::Zh, NotYet::Pending) => "已抽中，检查还没有做；做完之前不再抽。".into(),
            (Self::En, NotYet::Pending) => {
                "A visit is drawn and not yet made; none is drawn before it.".into()
            }
            (Self::Zh, NotYet::SixMonths { last, until }) => {
                format!("{last} 查过，未满六个月；{until} 起可再查。")
            }
            (Self::En, NotYet::SixMonths { last, until }) => {
                format!(
                    "Inspected on {last}, less than six months ago; allowed again from {until}."
                )
            }
        }
    }

    /// Why a unit stood in no pool.
    #[must_use]
    pub fn exclusion(
        self,
        why: &Exclusion,
        name: impl Fn(&crate::model::OfficerId) -> String,
    ) -> String {
        match (self, why) {
            (Self::Zh, Exclusion::NotInSnapshot) => "冻结名录时不是在册的正常单位。".into(),
            (Self::En, Exclusion::NotInSnapshot) => {
                "Not an active unit when the register was frozen.".into()
            }
            (Self::Zh, Exclusion::Carried) => {
                "以前已抽中、还没有检查，这次检查顺延到本月的计划里，所以不再抽。".into()
            }
            (Self::En, Exclusion::Carried) => {
                "Drawn before and not yet visited: that visit is carried into this month's plan, so it is not drawn again.".into()
            }
            (_, Exclusion::NotYet { limit }) => self.not_yet(limit),
            (Self::Zh, Exclusion::ReleasedLate { until }) => {
                format!("{until} 才满六个月，晚于当月10日，下月起进入候选。")
            }
            (Self::En, Exclusion::ReleasedLate { until }) => {
                format!(
                    "Six months are over on {until}, after the 10th: a candidate from next month on."
                )
            }
            (_, Exclusion::Blocked { why }) => self.no_pair(why, name),
            (Self::Zh, Exclusion::OutsideFilter) => "不在这次专项的范围内。".into(),
            (Self::En, Exclusion::OutsideFilter) => {
                "Not among those whom the campaign takes.".into()
            }
            (Self::Zh, Exclusion::VisitedOnce { level, twice_level }) => {
                format!(
                    "今年已查 1 次，{level} 级低于两次检查的起点 {twice_level} 级，今年不再抽。"
                )
            }
            (Self::En, Exclusion::VisitedOnce { level, twice_level }) => format!(
                "Inspected once this year; level {level} is below {twice_level}, from which units are visited twice."
            ),
        }
    }
}
