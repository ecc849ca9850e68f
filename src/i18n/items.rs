//! Words of the inspection item list.

use std::fmt::Display;

use crate::messages;

messages! {
    items_find => "编号、名称、依据、内容", "Number, name, basis, content";
    items_facts(n: impl Display) => "{n} 项，按抽查类别", "{n} items by subject";
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
