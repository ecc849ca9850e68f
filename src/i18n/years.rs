//! Words of the years side by side: the menu in the top bar, and the next year in 工作台.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

use super::Lang;
use crate::messages;
use crate::workbook::year_state::YearState;

messages! {
    year_running => "进行中", "Running";
    year_frozen => "计划已冻结", "Plan frozen";
    year_draft => "草案", "Draft";
    year_over => "待结束", "To be closed";
    year_draft_fact => "计划还没有冻结，不能抽取", "Nothing can be drawn before its plan is frozen";
    year_running_fact(days: impl Display, pending: impl Display) => "还有 {days} 个工作日，待查 {pending} 户", "{days} working days left, {pending} visits to be made";
    year_over_fact(pending: impl Display) => "已经过完，还有 {pending} 户没有登记检查", "Over; {pending} visits are not entered";
    year_over_all_made => "已经过完，抽中的都已登记检查", "Over; all that was drawn is entered";
    year_frozen_undrawn(on: impl Display, month: impl Display) => "{on} 冻结，{month}任务待抽取", "Frozen {on}; {month} is to be drawn";
    year_frozen_drawn(on: impl Display, month: impl Display) => "{on} 冻结，已抽到 {month}", "Frozen {on}; drawn up to {month}";
    start_year(year: impl Display) => "开始 {year} 年度", "Begin {year}";
    start_year_consequence(year: impl Display) => "名录、人员和事项接着用；比例、分值、季节照抄为 {year} 年度计划的草案。冻结以后，一月的抽取在十二月最后两个工作日进行。", "Registers, officers and items go on. Shares, points and season are copied into the draft of {year}; once it is frozen, January is drawn in December's last two working days.";
    year_started(year: impl Display) => "{year} 年度已开始，先核对草案", "{year} has begun; look at its draft first";
    start_year_hint => "比例、分值和季节照抄为草案", "Shares, points and season are copied into its draft";
    start_year_more(year: impl Display) => "开始 {year} 年度…", "Begin {year}…";
}

impl Lang {
    /// Where a year stands, in a word.
    #[must_use]
    pub const fn year_state(self, state: &YearState) -> &'static str {
        match state {
            YearState::Draft => self.year_draft(),
            YearState::Frozen { .. } => self.year_frozen(),
            YearState::Running { .. } => self.year_running(),
            YearState::Over { .. } => self.year_over(),
        }
    }

    /// What is worth knowing of a year in that state, in a line.
    #[must_use]
    pub fn year_fact(self, state: &YearState) -> String {
        match *state {
            YearState::Draft => self.year_draft_fact().into(),
            YearState::Frozen { on, drawn: None } => {
                self.year_frozen_undrawn(self.month_day(on), self.month_name(1))
            }
            YearState::Frozen {
                on,
                drawn: Some(month),
            } => self.year_frozen_drawn(self.month_day(on), self.month_name(month.month())),
            YearState::Running {
                working_days_left,
                pending_count,
            } => self.year_running_fact(working_days_left, pending_count),
            YearState::Over { pending_count: 0 } => self.year_over_all_made().into(),
            YearState::Over { pending_count } => self.year_over_fact(pending_count),
        }
    }

    /// From when on the next year can be begun; `from` is the first day of a month.
    #[must_use]
    pub fn start_year_from(self, from: NaiveDate) -> String {
        let (year, month) = (from.year(), from.month());
        match self {
            Self::Zh => format!("{year}年{month}月起可以开始"),
            Self::En => format!("From {} {year} on", self.month_name(month)),
        }
    }
}
