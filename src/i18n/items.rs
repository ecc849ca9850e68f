//! Words of the inspection item list.

use std::fmt::Display;

use super::Lang;
use crate::messages;
use crate::workbook::item_version::ItemChanges;

messages! {
    items_find => "编号、名称、依据、内容", "Number, name, basis, content";
    items_facts(n: impl Display) => "{n} 项，按抽查类别", "{n} items by subject";
    facts_mark => "；", "; ";
    items_version(n: impl Display, since: impl Display) => "第 {n} 版，{since} 起施行", "version {n}, from {since}";
    items_version_changed(n: impl Display, since: impl Display, changes: impl Display) => "第 {n} 版，{since} 起施行，之后{changes}，未定版", "version {n}, from {since}; since then {changes}, not fixed yet";
    items_version_none => "还没有定版", "no version fixed yet";
    items_issue(n: impl Display) => "定为第 {n} 版", "Fix as version {n}";
    items_issue_title(n: impl Display) => "清单定为第 {n} 版", "Fix the list as version {n}";
    items_issue_consequence(changes: impl Display) => "{changes}。定版后的清单原样保留，用于公示；以后的改动另成一版。没有列入公示清单的事项不得检查。", "Changes: {changes}. A version stays as it is, for publication; later changes make the next. What the published list does not name may not be inspected.";
    items_issue_reason_help => "如：依据修订、大队年度调整。", "Such as an amended basis, or the yearly revision.";
    items_since => "施行日期", "Holds from";
    items_issued(n: impl Display) => "清单已定为第 {n} 版", "Version {n} of the list fixed";
    items_versions => "历次版本", "Versions";
    items_version_facts(n: impl Display, approver: impl Display) => "共 {n} 项，{approver} 批准。", "{n} items, approved by {approver}.";
    items_version_show => "看事项", "Show the items";
    items_add => "新增事项", "Add item";
    items_import => "导入清单", "Import list";
    items_empty => "清单还是空的。未列入清单的事项不得检查。", "The list is empty. What is not on it may not be checked.";
    items_gone(id: impl Display) => "清单里没有编号为 {id} 的事项。", "There is no item {id} in the list.";
    items_on_show(n: impl Display) => "共 {n} 项", "{n} items";
    items_heading_count(n: impl Display) => "{n} 项", "{n}";
    items_col_id => "编号", "No.";
    items_col_name => "事项名称", "Item";
    items_col_class => "事项类别", "Class";
    items_view_all => "全部", "All";

    item_edit_title(id: impl Display) => "编辑事项 {id}", "Edit item {id}";
    item_id => "编号", "Number";
    item_id_help => "在清单中唯一，保存后不再改变。", "Its own in the list; it stays as it is once saved.";
    item_id_taken => "清单里已有这个编号。请另编一个。", "The list has this number already. Choose another.";
    item_name => "事项名称", "Name";
    item_class => "事项类别", "Class";
    item_class_help => "如：一般检查事项、重点检查事项。", "Such as general item or key item.";
    item_applies => "适用单位", "Applies to";
    item_applies_count(n: impl Display) => "名录库中现有 {n} 户适用", "{n} units of the register at present";
    item_basis => "检查依据", "Legal basis";
    item_method => "检查方式", "Method";
    item_content => "检查内容及要求", "Content and requirements";
    item_authority => "抽查主体", "Authority";
    item_share => "抽查比例", "Share";
    item_frequency => "抽查次数", "Frequency";
    item_note => "备注", "Note";
    item_blank => "未填写", "Not entered";
    item_up => "上移", "Move up";
    item_down => "下移", "Move down";
    item_moved(name: impl Display) => "已调整“{name}”的顺序", "{name} moved";
    item_remove => "移出清单", "Take off the list";
    item_remove_title(id: impl Display) => "移出事项 {id}", "Take off item {id}";
    item_remove_consequence(name: impl Display) => "“{name}”移出后不再检查，也不再公示。原文、原因和批准人留在操作记录里。", "{name} is no longer checked or published. Its text, the reason and the approver stay in the audit trail.";
    item_remove_reason_help => "如：依据已废止、并入其他事项。", "Such as a repealed basis, or one item merged into another.";
    item_removed(name: impl Display) => "已移出“{name}”", "{name} taken off the list";
    item_added(name: impl Display) => "已新增事项 {name}", "Item {name} added";
    item_saved(name: impl Display) => "已保存事项 {name}", "Item {name} saved";
}

impl Lang {
    /// How a list differs from its version before.
    #[must_use]
    pub fn item_changes(self, changes: ItemChanges) -> String {
        let ItemChanges {
            added,
            removed,
            changed,
            is_reordered,
        } = changes;
        let counted = |count: usize, zh: &str, en: &str| {
            (count > 0).then(|| match self {
                Self::Zh => format!("{zh} {count} 项"),
                Self::En => format!("{count} {en}"),
            })
        };
        let order = match self {
            Self::Zh => "调整了顺序",
            Self::En => "another order",
        };
        let words: Vec<String> = [
            counted(added, "新增", "added"),
            counted(changed, "修改", "changed"),
            counted(removed, "移出", "taken off"),
            is_reordered.then(|| order.to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        words.join(self.list_mark())
    }
}
