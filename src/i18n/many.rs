//! Words of 批量修改: records ticked, and one field of them changed at once.

use std::fmt::Display;

use super::Lang;
use crate::messages;
use crate::workbook::many::HowMany;

messages! {
    many_bar => "选中的记录", "Records ticked";
    many_ticked(n: impl Display) => "已选 {n} 条", "{n} ticked";
    many_tick(name: impl Display) => "选中 {name}", "Tick {name}";
    many_tick_all => "全选当前列表", "Tick the whole list";
    many_tick_all_count(n: impl Display) => "全选当前列表（{n}）", "Tick the whole list ({n})";
    many_tick_none => "取消选择", "Untick all";
    many_edit => "批量修改", "Change these";
    many_title(n: impl Display) => "批量修改 {n} 条", "Change {n} records";
    many_field => "改哪一项", "Which field";
    many_how_label => "怎样改", "How";
    many_empty => "（清空）", "(empty)";
    many_reason_help => "这一项影响抽取，原因写进操作记录", "It bears on draws; the reason goes into the audit trail";
    many_preview => "逐条预览", "Preview";
    many_will_change => "要改", "Will change";
    many_same => "已是这个内容", "Hold it already";
    many_refused => "不能改", "Refused";
    many_leave_out => "跳过不能改的，只改其余的", "Leave out what is refused, change the rest";
    many_no_field => "先选要改哪一项。", "Choose a field first.";
    many_no_tags => "先填标签。", "Enter tags first.";
    many_some_refused(n: impl Display) => "有 {n} 条不能改。改正内容，或勾选跳过。", "{n} are refused. Correct the value, or leave them out.";
    many_nothing => "选中的记录都已经是这个内容。", "All of them hold this already.";
    many_no_reason => "先填原因。", "Give a reason first.";
    many_busy => "正在修改……", "Changing…";
    many_act(n: impl Display) => "修改 {n} 条", "Change {n} records";
    many_done(n: impl Display, field: impl Display) => "已批量修改 {n} 条的“{field}”", "{field} of {n} records changed";
}

impl Lang {
    /// What is done with tags.
    #[must_use]
    pub const fn many_how(self, how: HowMany) -> &'static str {
        match (self, how) {
            (Self::Zh, HowMany::Add) => "增加",
            (Self::Zh, HowMany::Remove) => "去掉",
            (Self::Zh, HowMany::Set) => "整体替换",
            (Self::Zh, HowMany::Undo) => "撤销",
            (Self::En, HowMany::Add) => "Add",
            (Self::En, HowMany::Remove) => "Take out",
            (Self::En, HowMany::Set) => "Replace all",
            (Self::En, HowMany::Undo) => "Take back",
        }
    }
}
