//! 为什么是这天、这两人: the explanation of a visit's day and team.

use std::fmt::Display;

use super::Lang;
use crate::engine::day::DayReason;
use crate::engine::team::reason::{Choice, Listed, TeamReason};
use crate::messages;
use crate::model::{CandidateId, OfficerId};

messages! {
    visit_why_title => "为什么是这天、这两人", "Why this day and these officers";
    visit_why_day => "检查日期", "Day";
    visit_why_team => "执法人员", "Officers";
    visit_why_list => "本户自己的人员名单，按抽签号", "The visit's own list, by lottery number";
    visit_why_as_lead => "主办", "As lead";
    visit_why_as_member => "协办", "As member";
    visit_why_load => "本月", "Month";
    visit_why_load_text(load: impl Display, present: impl Display) => "{load} 户 / {present} 天", "{load} in {present} days";
    visit_why_rule => "规则：全月各人的户数与在岗天数最相称的排法里，按抽签号先后取第一个。", "Rule: among the plans whose loads fit presence best, the first in lottery order.";
    visit_why_attempt(n: impl Display) => "前 {n} 次排法配不齐人员，按规则换种子再排，这是第一个配齐的。", "The first {n} attempts found no teams for all; by rule this is the first that did.";
    visit_why_missing => "这份记录不能重排这一户。", "This record does not repeat the plan of this visit.";
    visit_why_totals => "每天户数", "Visits a day";
}

impl Lang {
    /// Why the visit has its day.
    #[must_use]
    pub fn day_reason(self, reason: &DayReason) -> String {
        let DayReason {
            day,
            place,
            release,
            turn,
            turns,
            free,
            ..
        } = reason;
        let total = reason
            .totals
            .iter()
            .find(|other| other.0 == *day)
            .map_or(0, |day| day.1);
        let (day, release) = (self.month_day(*day), self.month_day(*release));
        match self {
            Self::Zh => format!(
                "{release}起可查。{turns} 户按“可查日期晚的先选、同日的按抽签号”轮流选位置，本户第 {turn} 个选；当时有 {free} 个空位，{day}第 {place} 个位置（当天共 {total} 户）对本户的抽签号最小。"
            ),
            Self::En => format!(
                "Free from {release}. {turns} visits choose places, those free later first, then by lottery number; this one was no. {turn}. Of {free} places then open, place {place} of {total} on {day} had the smallest number for it."
            ),
        }
    }

    /// The visit's turn, and what the least cost means.
    #[must_use]
    pub fn team_reason(self, reason: &TeamReason) -> String {
        let TeamReason {
            turn, turns, cost, ..
        } = reason;
        match self {
            Self::Zh => format!(
                "{turns} 户按抽签号轮流选人，本户第 {turn} 个选，先主办后协办。全月负荷代价 {cost}，是能排成的最小值。"
            ),
            Self::En => format!(
                "{turns} visits choose officers by lottery number; this one was no. {turn}, lead before member. The month's load cost is {cost}, the least possible."
            ),
        }
    }

    /// Why an officer on the list was taken, passed over or not asked: for both
    /// slots together where the reason is the same.
    #[must_use]
    pub fn listed_reason(self, listed: &Listed, name: impl Fn(&CandidateId) -> String) -> String {
        let Listed {
            as_lead, as_member, ..
        } = listed;
        match (as_lead, as_member) {
            (Choice::Taken, _) => self.visit_why_as_lead().to_owned(),
            (_, Choice::Taken) => match as_lead {
                Choice::MayNotLead | Choice::NotReached => self.visit_why_as_member().to_owned(),
                why => {
                    let why = self.choice(why, &name);
                    match self {
                        Self::Zh => format!("协办；未做主办：{why}"),
                        Self::En => format!("As member; not lead: {why}"),
                    }
                }
            },
            (lead, member) if lead == member => self.choice(lead, &name),
            (Choice::NotReached, member) => self.choice(member, &name),
            (lead, Choice::NotReached) => self.choice(lead, &name),
            (lead, member) => {
                let (lead, member) = (self.choice(lead, &name), self.choice(member, &name));
                match self {
                    Self::Zh => format!("主办：{lead}；协办：{member}"),
                    Self::En => format!("Lead: {lead}; member: {member}"),
                }
            }
        }
    }

    /// Why an officer got a slot or did not.
    fn choice(self, choice: &Choice, name: &impl Fn(&CandidateId) -> String) -> String {
        let (zh, en) = match choice {
            Choice::Taken => ("选中".to_owned(), "taken".to_owned()),
            Choice::NotReached => ("排在后面".into(), "further down".into()),
            Choice::Absent => ("当天不在岗".into(), "away that day".into()),
            Choice::CertificateEnded { until } => (
                format!("执法证 {until} 到期"),
                format!("certificate ended {until}"),
            ),
            Choice::Avoids => (
                "与本户须回避".into(),
                "must keep away from this unit".into(),
            ),
            Choice::MayNotLead => ("不能主办".into(), "not qualified to lead".into()),
            Choice::LeadsAlready => ("已是本户主办".into(), "leads this visit".into()),
            Choice::DayFull { visits } => {
                let names: Vec<String> = visits.iter().map(name).collect();
                (
                    format!("当天已排满（{}）", names.join("、")),
                    format!("day full ({})", names.join(", ")),
                )
            }
            Choice::NeededElsewhere => (
                "选他则别户配不齐".into(),
                "needed for another visit: without him no plan is left".into(),
            ),
            Choice::CostsMore { more } => (
                format!("选他则负荷不均，代价多 {more}"),
                format!("would make loads less even, cost + {more}"),
            ),
        };
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// A team's names: lead, then member.
    #[must_use]
    pub fn team_names(self, team: [&OfficerId; 2], name: impl Fn(&OfficerId) -> String) -> String {
        team.map(name)
            .join(if self == Self::Zh { "、" } else { ", " })
    }
}
