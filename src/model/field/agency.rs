//! The fields of a service institution.

use serde_json::{Map, Value};

use super::{Described, Field, Group, Guarded, InList, RegisterKind};
use crate::field;
use crate::model::{Agency, AgencyId};

impl Described for Agency {
    const REGISTER: RegisterKind = RegisterKind::Agencies;

    // A line a field, and where it stands in the list and the heads of its columns under it.
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field!(Name name).public().form_wide(Group::Identity, 1).searched()
            .listed(InList::column(1, 0).sorted())
            .heads(&["机构名称", "消防技术服务机构名称", "技术服务机构名称", "服务机构名称", "消防技术服务机构", "技术服务机构", "机构全称", "单位名称", "企业名称", "公司名称", "名称", "jgmc", "AGENCY_NAME", "单位全称"]),
        field!(Code code).public().needed().form_wide(Group::Identity, 2).fact().searched()
            .heads(&["统一社会信用代码", "信用代码", "社会信用代码", "统一社会信用代码/注册号", "统一代码", "统一信用代码", "营业执照号", "税号", "tyshxydm", "shxydm", "xydm", "CREDIT_CODE", "uscc"]),
        field!(Tags services).public().needed().bearing().form_wide(Group::Identity, 3).fact()
            .listed(InList::column(2, 3).filter(1))
            .heads(&["服务类别", "服务类型", "服务范围", "服务项目", "业务类别", "业务类型", "从业范围", "从业类型", "机构类别", "机构类型", "技术服务类别", "技术服务类型", "fwlb", "SERVICE_TYPE", "服务种类", "服务内容", "业务范围", "服务类别名称", "从业类别"]),
        field!(Text qualification).public().form(Group::Identity, 4).fact()
            .heads(&["资质", "资质等级", "资质类别", "资质级别", "资质条件", "从业条件", "机构资质", "zzdj"]),
        field!(Text licence_number).public().numeral().own().form(Group::Identity, 5).fact().searched()
            .heads(&["资质证书编号", "资质证书号", "资质编号", "资质证号", "资质证书号码", "证书编号", "zzzsbh"]),
        field!(Date qualified_until).bearing().form(Group::Identity, 6).fact()
            .listed(InList::column(3, 4).sorted())
            .heads(&["资质有效期至", "资质有效期", "证书有效期至", "证书有效期", "有效期至", "有效期", "有效期限", "到期日期", "yxqz", "资质证书有效期", "资质证书有效期限", "资质证书有效期至", "有效期止", "资质有效期截止日期", "资质到期时间", "资质到期日期", "资质有效期起止"]),
        field!(Number employees_count).form(Group::Identity, 7).fact()
            .heads(&["从业人数", "执业人员数", "从业人员数", "从业人员", "执业人员", "员工人数", "人数", "zyrs", "从业人员数量", "从业人员总数", "从业人员人数", "职工人数", "人员数量"]),
        field!(Text address).public().needed().form_wide(Group::Place, 1).fact().searched()
            .listed(InList::column(6, 9))
            .heads(&["地址", "机构地址", "注册地址", "办公地址", "经营地址", "住所", "详细地址", "通讯地址", "营业地址", "单位地址", "企业地址", "dz", "ADDRESS", "机构所在地", "所在地", "机构住所"]),
        field!(Text legal_person).masked().needed().form(Group::Place, 2).fact().searched()
            .heads(&["法定代表人", "法人", "法人代表", "负责人", "主要负责人", "法人姓名", "机构负责人", "frdb", "fddbr", "fr", "LEGAL_PEOPLE", "legal_person", "法定代表人姓名", "法人代表姓名", "负责人姓名", "法定代表人/负责人", "法人/负责人"]),
        field!(Text technical_lead).masked().form(Group::Place, 3).fact().searched()
            .heads(&["技术负责人", "技术负责人姓名", "技术主管", "jsfzr"]),
        field!(Text contact).masked().form(Group::Place, 4).fact().searched()
            .heads(&["联系人", "联系人姓名", "lxr", "CONTACT_PERSON"]),
        field!(Text phone).masked().needed().numeral().form(Group::Place, 5).fact().searched()
            .listed(InList::column(5, 8))
            .heads(&["联系电话", "电话", "手机", "联系方式", "手机号", "手机号码", "电话号码", "联系人电话", "固定电话", "lxdh", "dh", "sjh", "CONTACT_PHONE", "tel", "mobile", "移动电话", "机构电话"]),
        field!(Lines note).form_wide(Group::Other, 1).fact()
            .heads(&["备注", "说明", "bz", "remark", "remarks"]),
        field!(Status status).guarded(Guarded::Status).bearing()
            .heads(&["状态", "机构状态", "经营状态", "登记状态", "企业状态", "存续状态", "jyzt"]),
    ];

    fn blank() -> Self {
        Self::new(AgencyId::new("NEW").expect("capitals make an id"), "")
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}
