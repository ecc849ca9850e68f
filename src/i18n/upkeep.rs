//! Words of the register's upkeep: comparisons with other lists, and units that may be gone.

use std::fmt::Display;

use super::Lang;
use crate::exchange::compared::LineState;
use crate::messages;
use crate::workbook::suspect::Suspicion;
use crate::workbook::upkeep::Counts;

messages! {
    upkeep_title => "名录维护", "Register upkeep";
    upkeep_link => "比对市场监管名单", "Compare with a regulator's list";
    upkeep_choose => "选择名单比对", "Choose a list to compare";
    upkeep_choose_again => "再比对一份名单", "Compare another list";
    upkeep_none => "还没有比对过。选择或拖入市场监管部门的名单（Excel、WPS、CSV），逐行与单位名录对照：本库缺少、对方没有、对方已注销、不一致各列一张表。名单不会被导入。", "Nothing was compared yet. Choose or drop the market regulator's list (Excel, WPS, CSV): it is held against the unit register line by line, and what is missing here, not in the list, closed, or different stands in a table each. The list is not imported.";
    upkeep_facts(file: impl Display, at: impl Display, who: impl Display) => "{file}，{at} {who}比对", "{file}, compared {at} by {who}";
    upkeep_step => "比对", "Compare";
    upkeep_step_fact => "只对照，不收入", "Held against the register, not taken in";
    upkeep_run => "开始比对", "Compare";
    upkeep_compared(rows: impl Display) => "已比对 {rows} 行", "{rows} rows compared";
    upkeep_missing => "本库缺少", "Missing here";
    upkeep_absent => "对方没有", "Not in the list";
    upkeep_struck_off => "对方已注销", "Closed in the list";
    upkeep_reopened => "停用而在业", "Retired, in business";
    upkeep_reopened_note => "本库已停用、名单里仍在业的单位。查明仍在经营的，恢复；确已关闭的不用处理。", "Units retired here that the list holds as in business. Restore those that carry on; nothing is to be done about the others.";
    upkeep_retired_why => "停用原因", "Why retired";
    upkeep_restore => "恢复…", "Restore…";
    upkeep_restore_why => "恢复原因", "Why restored";
    upkeep_restore_help => "怎样查明仍在经营，如：实地查看、登记机关名单。", "How it was found to carry on: a look on the spot, the registrar's list.";
    upkeep_differing => "不一致", "Different";
    upkeep_suspects => "疑似僵尸", "Suspected zombies";
    upkeep_aside => "不属监管范围", "Not supervised";
    upkeep_missing_note => "名单里有、本库没有的在业单位。", "Units in business that the list holds and the register lacks.";
    upkeep_absent_note => "本库在用、名单里没有的单位。名单可能只含企业，所以由人判断是否列为疑似。", "Units in use that the list does not hold. A list may hold enterprises alone, so a person decides whom to suspect.";
    upkeep_struck_off_note => "名单写明注销、吊销或迁出，本库仍在用的单位，已自动列为疑似僵尸。", "Units in use that the list calls closed; they are suspects already.";
    upkeep_differing_note => "同一单位两边写法不同的字段。只比名称、代码、性质、乡镇、地址、责任人、电话。", "Fields of one unit that differ. Compared are name, code, kind, township, address, person and telephone.";
    upkeep_suspects_note => "停用要原因和批准人，可以恢复；核对无误的，有新的情况才再列出。", "Retiring needs a reason and an approver and can be taken back; who is found in order is listed again only for something new.";
    upkeep_aside_note => "以后比对不再问这些行。取消后，下次比对再问。", "Later comparisons do not ask about these rows; taken back, the next one does.";
    upkeep_more(shown: impl Display, all: impl Display) => "保存前 {shown} 行，共 {all} 行；处理后再比对一次，接着列出其余的。", "The first {shown} of {all} rows are kept; work them off and compare again to see the rest.";
    upkeep_nothing => "这里没有要看的。", "Nothing stands here.";
    upkeep_tick_all => "全选待办", "All that are open";
    upkeep_tick(name: impl Display) => "选中 {name}", "Tick {name}";
    upkeep_ticked(n: impl Display) => "选中 {n} 行", "{n} ticked";
    upkeep_tick_first => "先选中要处理的行", "Tick rows first";
    upkeep_add => "新增为单位", "Add as units";
    upkeep_set_aside => "不属监管范围…", "Not supervised…";
    upkeep_suspect => "列为疑似僵尸", "Name as suspects";
    upkeep_confirm => "核对无误…", "Found in order…";
    upkeep_retire => "停用…", "Retire…";
    upkeep_adopt => "采用对方的值", "Take the list's value";
    upkeep_keep => "保留本库", "Keep the register's value";
    upkeep_take_back => "取消，再比对时再问", "Take back and ask again";
    upkeep_row => "行", "Row";
    upkeep_name => "单位名称", "Name";
    upkeep_code => "信用代码", "Credit code";
    upkeep_address => "地址", "Address";
    upkeep_state => "状态", "State";
    upkeep_word => "对方登记", "In the list";
    upkeep_field => "字段", "Field";
    upkeep_ours => "本库", "Register";
    upkeep_theirs => "对方", "List";
    upkeep_by_name => "按名称和地址对上，请核对是不是同一家", "Matched by name and address: check that it is the same";
    upkeep_reason => "疑似原因", "Why suspected";
    upkeep_why => "说明", "Why";
    upkeep_since => "日期", "Date";
    upkeep_by => "人员", "By";
    upkeep_aside_title(n: impl Display) => "{n} 行不属监管范围", "{n} rows not supervised";
    upkeep_aside_consequence => "以后比对到这些行不再列出，可以在“不属监管范围”里取消。", "Later comparisons do not list these rows. It can be taken back under \"Not supervised\".";
    upkeep_aside_help => "一两个词，如：住宅内办公、仅登记住所、行业主管部门监管。", "A word or two, such as: office in a flat, address only.";
    upkeep_confirm_title(name: impl Display) => "{name} 核对无误", "{name}: found in order";
    upkeep_confirm_consequence => "单位不再列为疑似僵尸，有新的情况才再列出。核对方法和日期写进操作记录。", "It is no suspect any more until something new speaks against it. How and when goes into the audit trail.";
    upkeep_confirm_how => "怎样核对的", "How it was checked";
    upkeep_confirm_how_help => "如：电话联系负责人、实地查看、查询企业信用公示系统。", "Such as: telephone, a look on the spot, the public credit register.";
    upkeep_confirm_on => "核对日期", "Checked on";
    upkeep_confirm_do => "记为核对无误", "Record as in order";
    upkeep_units(n: impl Display) => "{n} 户单位", "{n} units";
    upkeep_confirmed(name: impl Display) => "已记为核对无误：{name}", "Found in order: {name}";
    upkeep_suspected(n: impl Display) => "已列为疑似僵尸：{n} 户", "Named as suspects: {n}";
    upkeep_set_aside_done(n: impl Display) => "已列为不属监管范围：{n} 行", "Set aside: {n} rows";
    upkeep_taken_back(n: impl Display) => "已取消：{n} 行，下次比对再问", "Taken back: {n} rows; the next comparison asks again";
    upkeep_kept(n: impl Display) => "已保留本库的值：{n} 处", "Register's values kept: {n}";
    upkeep_brought_in(numbers: impl Display) => "已从名单收入：{numbers}", "Taken from the list: {numbers}";
    upkeep_left_out(n: impl Display, first: impl Display) => "{n} 行没有收入，头一行：{first}", "{n} rows were not taken; the first: {first}";
    duty_suspects(n: impl Display) => "{n} 户疑似僵尸单位", "{n} suspected zombie units";
    duty_suspects_act => "核对", "Check them";
    upkeep_batch => "成批核对、停用", "Check or retire several";
    upkeep_dormant => "无动静多少个月列为疑似僵尸", "Months without a sign before a unit is suspected";
    upkeep_dormant_help => "没有检查、没有改动、没有核对。按大队的习惯填，一般 24 个月。", "No inspection, no change of its record, no check; 24 by default.";
    upkeep_dormant_wrong => "填 1 到 120 之间的整数。", "Enter a whole number from 1 to 120.";
    upkeep_said => "疑似僵尸", "Suspected zombie";
}

impl Lang {
    /// What became of a line.
    #[must_use]
    pub const fn line_state(self, state: LineState) -> &'static str {
        let (zh, en) = match state {
            LineState::Open => ("待办", "Open"),
            LineState::Suspected => ("已列为疑似", "Suspected"),
            LineState::Added => ("已新增", "Added"),
            LineState::Aside => ("不属监管范围", "Not supervised"),
            LineState::Confirmed => ("核对无误", "In order"),
            LineState::Retired => ("已停用", "Retired"),
            LineState::Adopted => ("已一致", "Alike now"),
            LineState::Kept => ("保留本库", "Kept"),
            LineState::Restored => ("已恢复", "Restored"),
        };
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// What speaks against a unit.
    #[must_use]
    pub fn suspicion(self, suspicion: &Suspicion) -> String {
        match (self, suspicion) {
            (Self::Zh, Suspicion::Tagged { tag }) => format!("标签“{tag}”"),
            (Self::En, Suspicion::Tagged { tag }) => format!("tag \"{tag}\""),
            (Self::Zh, Suspicion::StruckOff { word, on }) => {
                format!("{on} 比对的名单登记为{word}")
            }
            (Self::En, Suspicion::StruckOff { word, on }) => {
                format!("{word} in the list compared {on}")
            }
            (Self::Zh, Suspicion::Absent { on }) => format!("{on} 比对的名单里没有"),
            (Self::En, Suspicion::Absent { on }) => format!("not in the list compared {on}"),
            (_, Suspicion::AtVisit { outcome, on }) => {
                format!("{on} {}", self.outcome(*outcome))
            }
            (Self::Zh, Suspicion::Marked { word, on }) => format!("{on} 导入的名单写为{word}"),
            (Self::En, Suspicion::Marked { word, on }) => {
                format!("{word} in the list imported {on}")
            }
            (
                Self::Zh,
                Suspicion::Dormant {
                    months,
                    since: None,
                },
            ) => {
                format!("{months} 个月没有检查、改动或核对")
            }
            (
                Self::En,
                Suspicion::Dormant {
                    months,
                    since: None,
                },
            ) => {
                format!("no sign for {months} months")
            }
            (
                Self::Zh,
                Suspicion::Dormant {
                    months,
                    since: Some(since),
                },
            ) => {
                format!("{months} 个月没有动静，上次检查或核对 {since}")
            }
            (
                Self::En,
                Suspicion::Dormant {
                    months,
                    since: Some(since),
                },
            ) => {
                format!("no sign for {months} months, last seen {since}")
            }
        }
    }

    /// All that speaks against a unit, in a line.
    #[must_use]
    pub fn suspicions(self, all: &[Suspicion]) -> String {
        let words: Vec<String> = all.iter().map(|it| self.suspicion(it)).collect();
        words.join(self.list_comma())
    }

    /// A comparison's rows, each in one of these.
    #[must_use]
    pub fn compared_counts(self, counts: &Counts) -> String {
        let Counts {
            rows,
            faulty,
            same,
            missing,
            aside,
            closed,
            struck_off,
            reopened,
            differing,
            ..
        } = counts;
        match self {
            Self::Zh => format!(
                "名单 {rows} 行 = 一致 {same} + 不一致 {differing} + 本库缺少 {missing} + 对方已注销 {struck_off} + 不属监管范围 {aside} + 已注销且本库没有 {closed} + 本库已停用而对方在业 {reopened} + 有错未比 {faulty}"
            ),
            Self::En => format!(
                "{rows} rows = {same} alike + {differing} different + {missing} missing here + {struck_off} closed + {aside} not supervised + {closed} closed and not here + {reopened} retired here but in business + {faulty} with faults"
            ),
        }
    }
}
