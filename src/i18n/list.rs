//! Words of lists and forms that all registers use.

use std::fmt::Display;

use super::Lang;
use crate::desk::form::Fault;
use crate::messages;
use crate::workbook::names::TooLong;

messages! {
    list_views => "常用范围", "Saved views";
    list_filter => "筛选", "Filter";
    list_filter_count(n: impl Display) => "筛选 {n}", "Filter {n}";
    list_filter_remove(what: impl Display) => "去掉条件：{what}", "Remove the condition {what}";
    list_filter_clear => "清除全部条件", "Clear all conditions";
    list_rows(first: impl Display, last: impl Display, total: impl Display) => "第 {first} 至 {last} 行，共 {total} 行", "Rows {first} to {last} of {total}";
    list_no_rows => "没有行", "No rows";
    list_key_rows => "换行", "Move";
    list_key_open => "看详情", "Details";
    list_key_find => "查找", "Find";
    list_none_found => "没有符合条件的记录。", "Nothing meets these conditions.";
    list_none_in_view => "这个范围里没有记录。", "There is nothing in this view.";
    list_close_detail => "关闭详情", "Close details";
    list_export => "导出", "Export";
    list_export_excel => "Excel 表格", "Excel";
    list_export_csv => "CSV 文本", "CSV";
    list_export_shown_excel => "Excel：只含显示的列", "Excel: columns shown";
    list_export_shown_csv => "CSV：只含显示的列", "CSV: columns shown";
    list_last_month => "最近一次抽取", "Last draw";
    list_columns(shown: impl Display, all: impl Display) => "列 {shown} / {all}", "Columns {shown} / {all}";
    list_columns_reset => "恢复默认列", "Columns as they were";
    list_columns_kept => "只记在这个浏览器里", "Kept in this browser only";
    list_own_views => "我的视图", "My views";
    list_own_views_count(n: impl Display) => "我的视图 {n}", "My views {n}";
    list_own_views_none => "还没有存过视图。把当前的筛选、搜索和顺序起个名字存下来，下次一点就到。", "None yet. Give the filters, search and order at hand a name, and come back by one click.";
    list_view_name => "视图名称", "Name of the view";
    list_view_save => "存为视图", "Save as a view";
    list_view_saved(name: impl Display) => "已存为视图“{name}”", "Saved as the view {name}";
    list_view_remove(name: impl Display) => "删除视图 {name}", "Remove the view {name}";
    list_export_data => "JSON 数据", "JSON";
    list_export_json => "JSON（本系统）", "JSON (this program)";

    /// Something, and a word on it: 南宫旅馆（NG-00003）.
    with_note(what: impl Display, note: impl Display) => "{what}（{note}）", "{what} ({note})";
    /// Something, and what is said of it: 南宫旅馆：没有可派的人员.
    named(name: impl Display, words: impl Display) => "{name}：{words}", "{name}: {words}";

    form_unsaved => "有未保存的修改", "Unsaved changes";
    form_discard => "放弃修改", "Discard changes";
    form_keep_editing => "继续填写", "Keep editing";
    form_faults(n: impl Display) => "{n} 处要改正", "{n} to correct";
    form_required => "＊ 为必填", "＊ required";
    form_save_and_new => "保存并新增", "Save and add another";
    unit_alike(id: impl Display, name: impl Display, address: impl Display) => "名录里已有 {id} {name}（{address}），仍要新增", "The register holds {id} {name} ({address}); add it all the same";
    unit_alike_edit(id: impl Display, name: impl Display, address: impl Display) => "名录里已有 {id} {name}（{address}），仍要保存", "The register holds {id} {name} ({address}); save it all the same";
    officer_alike_edit(id: impl Display, name: impl Display) => "名录里已有同名的 {id} {name}，仍要保存", "The register holds {id} {name}; save all the same";
    officer_alike(id: impl Display, name: impl Display) => "名录里已有同名的 {id} {name}，仍要新增", "The register holds {id} {name}; add all the same";
    alike_ask(what: impl Display) => "{what}：请先核对，再勾选。", "{what}: look first, then tick.";
    no_address => "没有地址", "no address";
    form_not_chosen => "未选择", "Not chosen";
    form_other(value: impl Display) => "{value}（不在清单中）", "{value} (not in the list)";
    form_remove_row(n: impl Display) => "删去第 {n} 条", "Remove row {n}";
}

impl Lang {
    /// What is wrong with a field, and what mends it.
    #[must_use]
    pub fn fault(self, fault: &Fault) -> String {
        match (self, fault) {
            (Self::Zh, Fault::Empty) => "此项必填。".into(),
            (Self::En, Fault::Empty) => "This field is needed.".into(),
            (_, Fault::Code(error)) => self.code_error(error),
            (Self::Zh, Fault::CodeOf { other }) => {
                format!("单位 {other} 已使用这个信用代码。请核对两户是否同一单位。")
            }
            (Self::En, Fault::CodeOf { other }) => format!(
                "Unit {other} has this credit code already. Check whether the two are one unit."
            ),
            (Self::Zh, Fault::TakenBy { other }) => {
                format!("名录里的 {other} 已用这一号码。请核对两条是否同一条。")
            }
            (Self::En, Fault::TakenBy { other }) => {
                format!("{other} of the register has this already. Check whether the two are one.")
            }
            (Self::Zh, Fault::Alike { other }) => {
                format!("改后与 {other} 名称、地址都相同。请逐户核对是否同一单位。")
            }
            (Self::En, Fault::Alike { other }) => format!(
                "It would have the name and address of {other}. Check one by one whether the two are one."
            ),
            (Self::Zh, Fault::NoDate { found }) => {
                format!("“{found}”不是日期，应写成 2026-03-16。")
            }
            (Self::En, Fault::NoDate { found }) => {
                format!("\"{found}\" is no date. Write it as 2026-03-16.")
            }
            (Self::Zh, Fault::Future { date }) => format!("{date} 还没有到。请改正日期。"),
            (Self::En, Fault::Future { date }) => {
                format!("{date} lies ahead. Correct the date.")
            }
            (Self::Zh, Fault::Order) => "止日早于起日。请改正日期。".into(),
            (Self::En, Fault::Order) => "The last day is before the first. Correct it.".into(),
            (Self::Zh, Fault::NoNumber) => "应为 0 至 10000000 的整数。".into(),
            (Self::En, Fault::NoNumber) => "Enter a whole number from 0 to 10000000.".into(),
            (Self::Zh, Fault::NoUnit) => "名录库里没有这个编号或名称。请从提示中选择。".into(),
            (Self::En, Fault::NoUnit) => {
                "No unit has this id or name. Choose one from the suggestions.".into()
            }
            (Self::Zh, Fault::ManyUnits) => "有多户同名，请改填编号。".into(),
            (Self::En, Fault::ManyUnits) => "Several units have this name. Enter the id.".into(),
            (Self::Zh, Fault::NoName { found }) => {
                format!("“{found}”不是名称。请填写真实的名称。")
            }
            (Self::En, Fault::NoName { found }) => {
                format!("\"{found}\" is no name. Enter the real one.")
            }
            (_, Fault::TooLong(text)) => self.too_long(text),
            (_, Fault::IdTaken) => self.item_id_taken().into(),
            (Self::Zh, Fault::OwnApproval) => "不能由本人批准。".into(),
            (Self::En, Fault::OwnApproval) => "Nobody approves what is their own.".into(),
            (Self::Zh, Fault::Twice) => "前面已有这一条。".into(),
            (Self::En, Fault::Twice) => "This stands above already.".into(),
        }
    }

    /// What is wrong with a field of a record.
    pub(super) fn field_fault(self, id: &str, field: &str, fault: &Fault) -> String {
        let (field, words) = (self.import_field(field), self.fault(fault));
        match self {
            Self::Zh => format!("{id} 的“{field}”：{words}"),
            Self::En => format!("{field} of {id}: {words}"),
        }
    }

    /// A text that is too long, and what mends it.
    #[must_use]
    pub fn too_long(self, text: &TooLong) -> String {
        let TooLong { field, chars, max } = text;
        let field = self.import_field(field);
        match self {
            Self::Zh => format!("“{field}”有 {chars} 个字，最多 {max} 个。请删短。"),
            Self::En => format!("{field} has {chars} characters, at most {max}. Shorten it."),
        }
    }

    /// What separates parts of a sentence.
    #[must_use]
    pub const fn list_comma(self) -> &'static str {
        match self {
            Self::Zh => "，",
            Self::En => ", ",
        }
    }

    /// What ends a sentence before another one.
    #[must_use]
    pub const fn full_stop(self) -> &'static str {
        match self {
            Self::Zh => "。",
            Self::En => ". ",
        }
    }

    /// What separates words in a row of them.
    #[must_use]
    pub const fn list_mark(self) -> &'static str {
        match self {
            Self::Zh => "、",
            Self::En => ", ",
        }
    }
}
