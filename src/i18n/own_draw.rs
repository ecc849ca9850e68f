//! Words of the draws of service institutions and fire engineers, and of the checks that
//! they choose.

use std::fmt::Display;

use super::Lang;
use crate::engine::draw::Standing;
use crate::engine::occasion::OwnRegister;
use crate::messages;

messages! {
    draw_open_elsewhere(name: impl Display) => "先完成：{name}", "Finish first: {name}";
    own_title(register: impl Display) => "{register}抽查", "Draws of {register}";
    own_standing(year: impl Display, due: impl Display, drawn: impl Display, made: impl Display) => "{year} 年应查 {due}，已抽 {drawn}，已查 {made}", "{year}: {due} due, {drawn} drawn, {made} checked";
    own_members => "名录在用", "In use";
    own_share => "年度比例", "Share";
    own_due => "应查", "Due";
    own_drawn => "已抽", "Drawn";
    own_made => "已查", "Checked";
    own_left => "还要抽", "To draw";
    own_to_draws => "抽查情况", "Draws and checks";
    own_to_register => "看名录", "See the register";
    own_open_consequence(pool: impl Display, lacking: impl Display) => "从今年还没有抽过的 {pool}中抽取，今年还要抽 {lacking}。名录和数量就此固定，占用下一个抽取编号，再走承诺、随机数、抽取。", "Draws from the {pool} not drawn this year; {lacking} are still to be drawn. Register and number are fixed and take the next draw number; then come commitment, random number and draw.";
    own_count_label => "这次抽几个", "How many now";
    own_count_help(max: impl Display) => "1 至 {max}。可以一次抽满，也可以分几次抽。", "1 to {max}: all at once, or in several goes.";
    own_count_wrong => "请填整数。", "Enter a whole number.";
    own_nothing_left => "今年应抽的已经抽满", "The year's share is drawn";
    own_pool_empty => "名录里没有可抽的", "Nobody is left to be drawn";
    own_plan_missing => "年度计划冻结后才能抽取", "Freeze the annual plan first";
    own_year_closed => "年度已结束", "The year is closed";
    own_other_open(number: impl Display) => "第 {number} 号抽取还没有完成", "Draw {number} is still under way";
    own_sizes_caption(groups: impl Display, n: impl Display) => "{groups} 组，共抽 {n}", "{n} from {groups} groups";
    own_col_quota => "名额 n", "Places n";
    own_draw_done(name: impl Display, count: impl Display) => "{name}：{count}已抽出，人员已按抽签号配好", "{name}: {count} drawn, officers assigned by lot";
    own_none_drawn => "今年还没有抽过。", "Nothing is drawn this year yet.";
    own_list_title => "抽中的", "Drawn";
    own_col_name => "名称", "Name";
    own_col_team => "检查人员", "Officers";
    own_col_state => "检查情况", "State";
    own_pending => "待查", "To be checked";
    own_void => "作废，已停用", "Void, retired";
    own_steps_in(rank: impl Display) => "待查，递补（第 {rank} 名）", "To be checked; stepped in, rank {rank}";
    own_closed(ground: impl Display, next: impl Display) => "作废，{ground}；递补 {next}", "Void, {ground}; {next} stepped in";
    own_closed_none(ground: impl Display) => "作废，{ground}；无候补可补", "Void, {ground}; nobody of the reserve could step in";
    own_close => "已关闭…", "Closed…";
    own_close_title(name: impl Display) => "{name} 已关闭或不再执业", "{name} is closed or practises no more";
    own_close_note => "只有查实关闭、注销或不再执业的才能替换。记录移出名录，这次检查作废，由这次抽取的候补按抽签号递补，检查人员不变；没有候补的如实写明，由下次抽取补足。", "Only proof of closing replaces it. The record leaves its register, the check is void, and the next of this draw's reserve steps in with the same officers; where there is none, this is said, and the next draw makes it up.";
    own_team_none => "没有配出两人", "No pair";
    own_team_note => "检查人员由种子和每家自己的抽签名单配出，每次取这次抽取中任务最少的人；当天不在岗的，由名单上下一名顶替；日期由负责人安排。证书只证明抽中了谁，不含日期和人员。", "Officers follow from the seed and each one's own list by lot, the least taken first; whoever is away that day is stood in for by the next on the list; the officer in charge sets the day. The certificate proves who was drawn, and holds neither days nor officers.";
    own_with_units_note => "服务机构的执业活动也随单位检查一并检查：事项清单里的这类事项已列入单位任务。抽中的机构随被检查单位一起查了的，登记时选“随单位检查一并检查”。", "Technical services are checked along with units too: such items stand in their visits. A drawn one that was checked with a unit is entered so.";
    own_record => "登记检查", "Enter the check";
    own_record_title(name: impl Display) => "登记检查：{name}", "Enter the check: {name}";
    own_correct => "更正登记", "Correct the entry";
    own_how => "检查方式", "How";
    own_how_alone => "单独检查", "By itself";
    own_how_along => "随单位检查一并检查", "Along with a unit";
    own_unit => "随哪个单位", "Which unit";
    own_unit_help => "填单位编号或全称；日期和人员取自该单位已登记的检查。", "Its id or full name; day and officers are those of its visit as entered.";
    own_unit_none => "没有这个单位，或它还没有登记过检查。请核对编号，或先登记该单位的检查。", "No such unit, or no visit to it is entered. Check the id, or enter its visit first.";
    own_lead => "主办", "Lead";
    own_member => "协办", "Member";
    own_note => "备注", "Note";
    own_note_help => "与抽签配的人员不同的，写明原因。", "Where others went than the lottery chose: why.";
    own_recorded(name: impl Display) => "已登记 {name} 的检查", "Check of {name} entered";
    own_corrected(name: impl Display) => "已更正 {name} 的登记", "Entry of {name} corrected";
    own_unmade => "没有检查，登记错了", "Not checked: entered by mistake";
    own_made_on(date: impl Display, finding: impl Display) => "{date} 已查，{finding}", "Checked {date}: {finding}";
    own_along(unit: impl Display) => "随 {unit} 检查", "with {unit}";
    own_print => "打印清单", "Print the list";
    own_paper_title(year: impl Display, register: impl Display) => "{year}年{register}抽查清单", "{register} drawn in {year}";
    own_paper_number => "编号", "Id";
    own_paper_ticket => "抽签号（前 12 位）", "Lottery number (first 12)";
    own_paper_day => "检查日期", "Day";
    own_paper_summary(pool: impl Display, n: impl Display) => "候选 {pool}，抽中 {n}。检查人员由抽签号名单配出，日期由负责人安排。", "{n} of {pool} drawn. Officers by lot; the officer in charge sets the days.";
    own_card_title(year: impl Display) => "{year} 年抽查", "Draws of {year}";
    own_card_none => "今年还没有抽取。", "Nothing is drawn this year yet.";
    own_card_out => "抽取时不在名录，或今年先前已经抽中，不在这次候选。", "It was not in the register then, or was drawn earlier in the year: no candidate of this draw.";
    own_draws_nav => "今年各次抽取", "Draws of the year";
    own_broken(number: impl Display) => "第 {number} 号，已中止", "No. {number}, broken off";
}

impl Lang {
    /// A register's name.
    #[must_use]
    pub const fn own_register(self, register: OwnRegister) -> &'static str {
        match register {
            OwnRegister::Agencies => self.nav_agencies(),
            OwnRegister::Engineers => self.nav_engineers(),
        }
    }

    /// What a draw from a register is called; also the button that opens one.
    #[must_use]
    pub const fn own_draw(self, register: OwnRegister) -> &'static str {
        match (self, register) {
            (Self::Zh, OwnRegister::Agencies) => "服务机构抽查",
            (Self::Zh, OwnRegister::Engineers) => "注册消防工程师抽查",
            (Self::En, OwnRegister::Agencies) => "draw of agencies",
            (Self::En, OwnRegister::Engineers) => "draw of engineers",
        }
    }

    /// The act that opens a draw.
    #[must_use]
    pub const fn own_act(self, register: OwnRegister) -> &'static str {
        match (self, register) {
            (Self::Zh, OwnRegister::Agencies) => "抽取服务机构",
            (Self::Zh, OwnRegister::Engineers) => "抽取工程师",
            (Self::En, OwnRegister::Agencies) => "Draw agencies",
            (Self::En, OwnRegister::Engineers) => "Draw engineers",
        }
    }

    /// 3 家, 5 人.
    #[must_use]
    pub fn own_count(self, register: OwnRegister, n: u32) -> String {
        match (self, register) {
            (Self::Zh, OwnRegister::Agencies) => format!("{n} 家"),
            (Self::Zh, OwnRegister::Engineers) => format!("{n} 人"),
            (Self::En, OwnRegister::Agencies) => format!("{n} agencies"),
            (Self::En, OwnRegister::Engineers) => format!("{n} engineers"),
        }
    }

    /// Why a record was drawn or not, in its pool.
    #[must_use]
    pub fn own_rank(self, standing: &Standing) -> String {
        let Standing {
            pool,
            quota,
            rank,
            drawn,
            ..
        } = standing;
        match (self, *drawn) {
            (Self::Zh, true) => {
                format!("候选 {pool}，名额 {quota}，抽签号从小到大排第 {rank}，在中签线内。")
            }
            (Self::Zh, false) => {
                format!("候选 {pool}，名额 {quota}，抽签号从小到大排第 {rank}，在中签线外。")
            }
            (Self::En, true) => format!(
                "{quota} of {pool} drawn, smallest lottery numbers first: rank {rank}, inside the cut line."
            ),
            (Self::En, false) => format!(
                "{quota} of {pool} drawn, smallest lottery numbers first: rank {rank}, outside the cut line."
            ),
        }
    }
}
