//! The fields of an inspection item, which is published whole.

use serde_json::{Map, Value};

use super::{Described, Field, Group, InList, NOTE_CHARS_MAX, RegisterKind};
use crate::field;
use crate::model::{AppliesTo, InspectionItem, Subject};

impl Described for InspectionItem {
    const REGISTER: RegisterKind = RegisterKind::Items;

    // A line a field, and where it stands in the list and the heads of its columns under it.
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field!(Choice Subject subject).public().bearing().form_wide(Group::Item, 2)
            .heads(&["抽查类别", "抽查类别名称", "事项分类", "抽查类型"]),
        field!(Name name).public().form_wide(Group::Item, 1).searched()
            .listed(InList::column(2, 0))
            .heads(&["事项名称", "抽查事项", "抽查事项名称", "检查事项", "抽查清单事项", "抽查项目", "检查事项名称", "检查项目", "检查项目名称", "抽查项目名称", "项目名称", "小项", "抽查检查事项", "抽查清单事项名称"]),
        field!(Text class).public().form(Group::Item, 3).searched()
            .listed(InList::column(3, 4))
            .heads(&["事项类别"]),
        field!(Lines basis).public().needed().form_wide(Group::Item, 5).searched()
            .heads(&["检查依据", "抽查依据", "依据", "法律依据", "设定依据", "法律法规依据", "法定依据", "检查依据名称", "实施依据"]),
        field!(Text method).public().needed().at_most(NOTE_CHARS_MAX).form_wide(Group::Item, 6)
            .listed(InList::column(5, 5))
            .heads(&["检查方式", "抽查方式", "方式", "检查形式"]),
        field!(Lines content).public().needed().form_wide(Group::Item, 7).searched()
            .heads(&["检查内容及要求", "抽查内容及要求", "检查内容", "抽查内容", "内容及要求", "检查内容和要求", "抽查内容和要求", "检查内容与要求", "检查要点", "内容和要求"]),
        field!(Choice AppliesTo applies_to).public().bearing().form(Group::Item, 4)
            .listed(InList::column(4, 3))
            .heads(&["适用单位", "抽查对象", "检查对象", "适用对象", "被抽查对象"]),
        field!(Text authority).public().needed().form(Group::Item, 8).searched()
            .heads(&["抽查主体", "检查主体", "实施主体", "实施机关", "抽查机关", "检查机关", "实施单位"]),
        field!(Text share).public().needed().form(Group::Item, 9)
            .heads(&["抽查比例", "比例", "抽查比例及频次", "检查比例"]),
        field!(Text frequency).public().needed().form_wide(Group::Item, 10)
            .heads(&["抽查次数", "次数", "抽查频次", "频次", "检查频次", "检查次数", "检查频率", "抽查频率", "年度检查频次上限", "检查频次上限"]),
        field!(Lines note).public().form_wide(Group::Item, 11)
            .heads(&["备注", "说明"]),
    ];

    fn blank() -> Self {
        Self {
            id: String::new(),
            subject: Subject::default(),
            name: String::new(),
            class: String::new(),
            basis: String::new(),
            method: String::new(),
            content: String::new(),
            applies_to: AppliesTo::default(),
            authority: String::new(),
            share: String::new(),
            frequency: String::new(),
            note: String::new(),
            extra: Map::new(),
        }
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}
