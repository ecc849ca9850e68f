//! Words of the years side by side: the menu in the top bar, and the next year in 工作台.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

use super::Lang;
use crate::desk::year_state::YearState;
use crate::messages;
use crate::workbook::statement::YearStatement;

messages! {
    year_running => "进行中", "Running";
    year_frozen => "计划已冻结", "Plan frozen";
    year_draft => "草案", "Draft";
    year_over => "待结束", "To be closed";
    year_closed => "已结束", "Closed";
    year_closed_all_met(on: impl Display) => "{on} 结束，三条底线都守住了", "Closed {on}; all three floors were met";
    year_closed_missed(on: impl Display, n: impl Display) => "{on} 结束，{n} 条底线没有守住", "Closed {on}; {n} floors were not met";
    due_caption_years(n: impl Display) => "{n} 项，按时限排；两个年度的都在这里", "{n}, by date, of both years";
    duty_close_year_note => "先补录漏登的检查；结束以后这一年不再改动", "Enter visits that are missing first; nothing of the year changes after";
    next_year_open(year: impl Display) => "打开 {year} 年度", "Open {year}";
    next_plan => "计划", "Plan";
    next_plan_fits(units: impl Display, visits: impl Display) => "{units} 户，全年 {visits} 户次，三条底线都能达到", "{units} units, {visits} visits; all three floors can be met";
    next_plan_gap(units: impl Display, visits: impl Display) => "{units} 户，全年 {visits} 户次，按现计划排不下", "{units} units, {visits} visits; the plan does not fit";
    next_january_undrawn(quota: impl Display, capacity: impl Display) => "额度 {quota} 户，容量 {capacity} 户；抽取编号从 01 起", "{quota} visits, room for {capacity}; draws are numbered from 01";
    next_january_drawn(n: impl Display) => "已抽取 {n} 户", "{n} visits drawn";
    next_carried => "从今年带来", "Carried along";
    next_carried_fact(n: impl Display) => "7月1日 以后查过和待查的 {n} 户，满六个月才可查", "{n} units visited since 1 July, or to be, are free after six months";
    next_carried_none => "没有七月以后查过的单位，全部可以抽取", "No unit was visited since July: all may be drawn";
    next_carried_month(month: impl Display, n: impl Display) => "{month}起 {n} 户", "{n} from {month}";
    next_pending(month: impl Display) => "{month}待查", "{month}";
    next_pending_fact(n: impl Display) => "{n} 户先按计划日期算；没查成的，下次抽取改按实际", "{n} count as made on their planned day; those that are not are put right by the draw after";
    next_pending_none => "没有还要查的", "None is still to be made";
    next_holidays => "放假安排", "Holidays";
    next_holidays_known(year: impl Display) => "{year}年已导入", "Those of {year} are imported";
    next_holidays_unknown(year: impl Display) => "{year}年未导入，按周一至周五计算", "Those of {year} are not imported: counting Monday to Friday";

    close_year(year: impl Display) => "结束 {year} 年度", "Close {year}";
    close_year_consequence(year: impl Display) => "结束以后，{year} 年度的计划、抽取和检查登记都不再改动。漏登的检查先补录，结束以后补不进来。下面的年度结论照现在的记录算出，随结束一起存档。", "Once {year} is closed, its plan, draws and entries of visits no longer change. Enter visits that are missing first: they cannot be entered after. The statement below is worked out from the records as they stand, and kept as it is.";
    close_year_note => "说明", "Note";
    close_year_note_needed => "说明（底线没有守住，要写明原因）", "Note (a floor was not met: say why)";
    year_is_closed(year: impl Display) => "{year} 年度已结束", "{year} is closed";
    statement_title(year: impl Display) => "{year} 年度结论", "Statement of {year}";
    statement_closed(at: impl Display, by: impl Display, approver: impl Display) => "{at} 结束，经办 {by}，{approver}批准", "Closed {at} by {by}, approved by {approver}";
    statement_met => "守住", "Met";
    statement_missed(n: impl Display) => "差 {n} 户", "{n} short";
    statement_visited => "查过", "Visited";
    statement_result => "结论", "Result";
    statement_all_met => "三条底线都守住了", "All three floors were met";
    statement_not_met(names: impl Display) => "没有守住底线：{names}", "Floors not met: {names}";
    statement_visits(made: impl Display, unmade: impl Display, void: impl Display) => "抽中的检查 {made} 户次已查，{unmade} 户次未查，{void} 户次因单位关闭作废", "Of the visits drawn {made} were made, {unmade} were not, {void} were void because the unit had closed";
    statement_register_draw(number: impl Display) => "单位数按 12 月第 {number} 号抽取冻结的名录，减去年底前核实关闭的", "Units: the register frozen for December's draw, number {number}, less those closed by the year's end";
    statement_register_day => "12 月没有抽取，单位数按结束当天的名录", "December was not drawn: units are those of the register on the day of closing";
    statement_unmade(n: impl Display) => "抽中未查的 {n} 户次", "{n} visits drawn and not made";
    statement_unmade_paper(n: impl Display) => "抽中未查的 {n} 户次（抽取编号、单位）", "{n} visits drawn and not made (number of the draw, unit)";
    statement_draw(number: impl Display) => "第 {number} 号抽取", "draw {number}";

    archive_save(year: impl Display) => "归档 {year} 年度", "Archive {year}";
    archive_saved(name: impl Display) => "归档文件已交给浏览器下载：{name}", "Archive handed to the browser: {name}";
    archive_too_large(size: impl Display, max: impl Display) => "归档文件有 {size}，超过本程序能读回的 {max}，只能留档", "The archive has {size}, more than the {max} that this program reads: it can be kept, and not be opened";
    archive_band(year: impl Display) => "归档 {year} 年度，只读", "Archive of {year}, read only";
    archive_band_cause => "看完离开；原来的工作簿没有动", "Leave it when done; the workbook that was open is untouched";
    archive_leave => "离开归档", "Leave the archive";
    archive_open(year: impl Display) => "只读打开 {year} 年度归档", "Open the archive of {year}, read only";
    archive_open_title => "打开归档", "Open an archive";
    archive_open_note => "归档只能看，不能改，也不存进本机；现在打开的工作簿不受影响，离开归档就回来。", "An archive is read only and is not stored here; the workbook that is open is untouched, and is back when the archive is left.";
    archive_fits => "归档里的抽取与移出时记下的一致", "Its draws are those that were taken out of this workbook";
    archive_fits_not => "归档里的抽取与移出时记下的对不上：缺少，或改动过。请找原来的归档文件。", "Its draws are not those that were taken out: some lack, or were changed. Look for the archive as it was saved.";
    archive_opened(year: impl Display) => "已打开 {year} 年度归档", "The archive of {year} is open";
    archive_leave_first => "现在打开的是归档。先离开归档，再打开或导入别的文件。", "An archive is open. Leave it before another file is opened or imported.";
    archive_settings => "归档里没有可以设置的。离开归档，就回到原来的工作簿和它的设置。", "An archive has no settings. Leave it, and the workbook that was open is back with its own.";
    take_out(year: impl Display) => "移出 {year} 年度", "Take {year} out";
    take_out_consequence(years: impl Display) => "{years} 年度的计划、抽取记录和检查登记离开本工作簿，以后只能在归档文件里看，不能撤销。名录、人员、操作记录和每户检查的日期、结果都留下；已公布的证书仍能核对，以后的抽取不受影响。", "Plans, draws and entries of visits of {years} leave this workbook: from then on they are read in the archive alone. This cannot be undone. Registers, officers, the audit trail, and the day and finding of each inspection stay; published certificates can be verified as before, and draws to come are the same.";
    take_out_amount(draws: impl Display, visits: impl Display) => "移出 {draws} 次抽取、{visits} 户次检查", "{draws} draws and {visits} visits leave";
    take_out_first => "移出以后，这些记录只在归档文件里", "After this the archive is the only place of these records";
    take_out_first_cause => "归档文件存两份，放在两处；打开看过，再移出。", "Keep two copies of it in two places, and open one before you go on.";
    take_out_save => "保存归档文件", "Save the archive";
    take_out_saving => "正在保存……", "Saving…";
    take_out_saved(name: impl Display) => "已交给浏览器下载：{name}", "Handed to the browser: {name}";
    take_out_kept => "归档文件已存好，能打开，另有一份副本", "The archive is kept, opens, and has a second copy";
    take_out_keep_first => "先保存归档文件，确认已经存好，再移出。", "Save the archive, and confirm that it is kept.";
    years_taken_out(years: impl Display) => "{years} 年度已移出，以后看归档文件", "{years} was taken out: see the archive";
    open_years_taken_out(years: impl Display, gone: impl Display) => "{years}（{gone} 已移出）", "{years} ({gone} taken out)";
    year_taken_out => "已移出", "Taken out";
    year_taken_out_fact(on: impl Display) => "{on} 移出，只在归档文件里", "Taken out {on}; in its archive alone";
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
    /// A closed year's verdict, what came of the visits drawn, and which register was counted.
    #[must_use]
    pub fn statement_words(self, statement: &YearStatement) -> [String; 3] {
        let missed = statement.missed().map(|it| self.stratum(it.stratum));
        let missed: Vec<&str> = missed.collect();
        let verdict = if missed.is_empty() {
            self.statement_all_met().to_owned()
        } else {
            self.statement_not_met(missed.join(self.list_mark()))
        };
        let (made, void) = (statement.made_count, statement.void_count);
        let visits = self.statement_visits(made, statement.unmade.len(), void);
        let register = match statement.register {
            Some(draw) => self.statement_register_draw(draw.number),
            None => self.statement_register_day().to_owned(),
        };
        [verdict, visits, register]
    }

    /// Where a year stands, in a word.
    #[must_use]
    pub const fn year_state(self, state: &YearState) -> &'static str {
        match state {
            YearState::Draft => self.year_draft(),
            YearState::Frozen { .. } => self.year_frozen(),
            YearState::Running { .. } => self.year_running(),
            YearState::Over { .. } => self.year_over(),
            YearState::Closed { .. } => self.year_closed(),
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
            YearState::Closed {
                on,
                missed_count: 0,
            } => self.year_closed_all_met(self.month_day(on)),
            YearState::Closed { on, missed_count } => {
                self.year_closed_missed(self.month_day(on), missed_count)
            }
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
