//! The fields of a registered fire engineer.

use serde_json::{Map, Value};

use super::{Described, Field, Group, Guarded, InList, RegisterKind};
use crate::field;
use crate::model::{Engineer, EngineerId};

impl Described for Engineer {
    const REGISTER: RegisterKind = RegisterKind::Engineers;

    // A line a field, and where it stands in the list and the heads of its columns under it.
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field!(Name name).masked().form(Group::Person, 1).searched()
            .listed(InList::column(1, 0).sorted())
            .heads(&["姓名", "工程师姓名", "人员姓名", "注册消防工程师", "注册消防工程师姓名", "消防工程师", "名字", "xm"]),
        field!(Choice EngineerGrade grade).public().needed().bearing().form(Group::Person, 2).fact()
            .listed(InList::column(2, 2).sorted().filter(1))
            .heads(&["注册级别", "注册等级", "级别", "等级", "工程师级别", "证书级别", "证书等级", "资格级别", "zcjb", "注册类别", "注册证级别"]),
        field!(Text registration_number).public().needed().numeral().own().form(Group::Person, 3).fact().searched()
            .listed(InList::column(3, 5))
            .heads(&["注册证号", "注册编号", "注册号", "注册证书编号", "注册证书号", "执业证号", "执业证书编号", "资格证书编号", "资格证书号", "证书编号", "证书号", "zczh", "zcbh", "注册证编号", "注册证书号码", "注册号码", "注册证书编号/执业印章号"]),
        field!(Date registered_until).needed().bearing().form(Group::Person, 4).fact()
            .listed(InList::column(4, 3).sorted())
            .heads(&["注册有效期至", "注册有效期", "证书有效期至", "证书有效期", "有效期至", "有效期", "有效期限", "到期日期", "有效截止日期", "yxqz", "注册有效期止", "有效期截止", "有效期截止日期", "有效期止", "注册有效期限", "注册有效截止日期", "注册证有效期至", "注册证有效期", "有效期起止"]),
        field!(Text employer).public().needed().bearing().form_wide(Group::Place, 1).fact().searched()
            .listed(InList::column(5, 1))
            .heads(&["聘用单位", "聘用单位名称", "执业单位", "执业单位名称", "注册单位", "注册单位名称", "受聘单位", "执业机构", "注册机构", "聘用机构", "所在机构", "工作单位", "所在单位", "单位名称", "机构名称", "pydw", "EMPLOYER", "聘用企业", "企业名称", "受聘机构", "所属单位", "从业单位", "公司名称", "从业机构"]),
        field!(Code employer_code).public().form(Group::Place, 2).fact()
            .heads(&["聘用单位统一社会信用代码", "聘用单位信用代码", "执业单位统一社会信用代码", "单位统一社会信用代码", "统一社会信用代码", "信用代码", "tyshxydm"]),
        field!(Text phone).masked().numeral().form(Group::Place, 3).fact().searched()
            .listed(InList::column(6, 8))
            .heads(&["联系电话", "电话", "手机", "联系方式", "手机号", "手机号码", "电话号码", "lxdh", "tel", "mobile", "移动电话", "联系手机"]),
        field!(Lines note).form_wide(Group::Other, 1).fact()
            .heads(&["备注", "说明", "bz", "remark", "remarks"]),
        field!(Status status).guarded(Guarded::Status).bearing()
            .heads(&["状态", "执业状态", "注册状态", "人员状态"]),
    ];

    fn blank() -> Self {
        Self::new(EngineerId::new("NEW").expect("capitals make an id"), "")
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}
