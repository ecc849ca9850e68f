//! The fields of a unit.

use serde_json::{Map, Value};

use super::{Described, Field, Group, Guarded, InList, RegisterKind};
use crate::field;
use crate::model::{Unit, UnitId};

impl Described for Unit {
    const REGISTER: RegisterKind = RegisterKind::Units;

    // A line a field, and where it stands in the list and the heads of its columns under it.
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field!(Name name).public().form_wide(Group::Identity, 1).searched()
            .listed(InList::column(1, 0).sorted())
            .heads(&["单位名称", "名称", "企业名称", "市场主体名称", "场所名称", "单位全称", "企业全称", "单位名", "主体名称", "经营主体名称", "社会单位名称", "商户名称", "店铺名称", "门店名称", "店名", "字号", "检查对象", "dwmc", "UNIT_NAME", "检查对象名称", "监管对象名称", "监管对象", "对象名称", "酒店名称", "宾馆名称", "养老机构名称", "医疗机构名称", "学校名称", "幼儿园名称", "商场名称", "市场名称", "工程名称", "小区名称", "单位", "qymc", "unitName", "companyName", "enterpriseName", "entName", "orgName", "公司名称", "机构名称", "医院名称", "加油站名称", "养老院名称", "建筑名称", "个体户名称", "个体工商户名称", "项目名称"]),
        field!(Code code).public().needed().bearing().form_wide(Group::Identity, 2).searched()
            .heads(&["统一社会信用代码", "统一社会信用代码/注册号", "信用代码", "社会信用代码", "税号", "组织机构代码", "营业执照号", "统一代码", "社会统一信用代码", "统一信用代码", "营业执照注册号", "注册号", "机构代码", "tyshxydm", "shxydm", "xydm", "CREDIT_CODE", "uscc", "uniscid", "creditCode", "uscCode", "socialCreditCode", "统一社会信用代码/组织机构代码"]),
        field!(Choice LegalKind legal_kind).form(Group::Identity, 3)
            .heads(&["单位性质", "主体类型", "企业类型", "经济类型", "dwxz"]),
        field!(Text category).public().needed().bearing().form(Group::Identity, 4).fact()
            .listed(InList::column(5, 9).filter(5))
            .heads(&["单位类别", "类别", "单位类型", "场所类型", "场所类别", "场所性质", "使用性质", "行业", "行业类别", "所属行业", "行业类型", "业态"]),
        field!(Flag is_key).public().bearing().form(Group::Supervision, 1)
            .heads(&["是否重点单位", "重点单位", "是否重点", "消防安全重点单位", "是否消防安全重点单位", "重点单位标识", "重点/一般", "重点或一般", "是否消防重点", "是否为重点单位", "sfzd", "sfzddw", "监管级别", "监管等级", "监管类别"]),
        field!(Flag is_densely_populated).public().bearing().form(Group::Supervision, 2)
            .heads(&["人员密集场所", "是否人员密集", "是否人员密集场所", "sfrymj", "sfrymjcs", "公众聚集场所", "是否公众聚集场所"]),
        field!(Text township).public().needed().form(Group::Place, 1).searched()
            .listed(InList::column(6, 7).sorted().filter(4))
            .heads(&["街道乡镇", "乡镇", "街道", "乡镇街道", "镇街", "所属乡镇", "所属街道", "所属镇街", "所属街道乡镇", "所在乡镇", "所在街道", "管辖乡镇", "辖区乡镇", "属地乡镇", "属地", "所属辖区", "辖区", "行政区划", "乡", "乡镇街道名称", "所属乡镇街道"]),
        field!(Text address).public().needed().form_wide(Group::Place, 3).fact().searched()
            .listed(InList::column(7, 10))
            .heads(&["地址", "单位地址", "经营场所", "经营地址", "经营场所地址", "实际地址", "实际经营地址", "营业地址", "场所地址", "住所", "住所地址", "注册地址", "详细地址", "所在地址", "企业地址", "具体地址", "通讯地址", "位置", "dwdz", "dz", "UNIT_ADDRESS", "酒店地址", "门店地址", "店铺地址", "机构地址", "学校地址", "地点", "所在地", "zs", "dom"]),
        field!(Text responsible).masked().needed().form(Group::Place, 4).fact().searched()
            .heads(&["消防安全责任人", "消防安全责任人姓名", "责任人", "法定代表人", "法人", "经营者", "负责人", "法人代表", "消防责任人", "责任人姓名", "法人姓名", "负责人姓名", "单位负责人", "主要负责人", "业主", "店主", "frdb", "fddbr", "fr", "xfaqzrr", "zrr", "LEGAL_PEOPLE", "legal_person", "legalPersonName", "legalPerson", "legalRepresentative", "法定代表人/负责人", "法人/负责人", "法定代表人姓名", "经营者姓名", "法人代表/负责人", "经营者/负责人"]),
        field!(Text manager).masked().needed_where(|unit| unit.is_key).form(Group::Place, 5).fact().searched()
            .heads(&["消防安全管理人", "管理人", "联系人", "消防管理人", "管理人姓名", "联系人姓名", "xfaqglr", "glr", "lxr", "CONTACT_PERSON"]),
        field!(Text phone).masked().needed().numeral().form(Group::Place, 2).fact().searched()
            .heads(&["联系电话", "电话", "手机", "联系方式", "手机号", "手机号码", "电话号码", "联系人电话", "联系手机", "固定电话", "lxdh", "dh", "sjh", "CONTACT_PHONE", "tel", "mobile", "电话号码/手机", "contactPhone", "mobilePhone", "负责人电话", "法人电话", "责任人电话", "经营者电话"]),
        field!(Choice RiskTier risk).bearing().form(Group::Risk, 1)
            .listed(InList::column(3, 1).sorted().filter(2).called("tier"))
            .heads(&["风险等级", "火灾风险等级", "消防安全风险等级", "风险级别", "风险分级", "风险评级", "火灾风险", "风险", "红橙黄蓝", "红黄蓝绿"]),
        field!(Choice Credit credit).needed().bearing().form(Group::Risk, 2)
            .heads(&["信用等级", "信用评级", "信用级别", "信用分级", "信用分类", "xydj", "CREDIT_LEVEL"]),
        field!(Flag is_dishonest).bearing().form_wide(Group::Risk, 3).fact()
            .heads(&["失信名单", "列入失信名单", "是否失信", "失信", "是否列入失信名单"]),
        field!(Dates complaints).bearing().form_wide(Group::Risk, 4).fact()
            .heads(&["举报投诉查实日期", "投诉日期", "举报投诉日期"]),
        field!(Dates violations).bearing().form_wide(Group::Risk, 5).fact()
            .heads(&["严重违法日期", "违法日期"]),
        field!(Date reviewed_on).past().form(Group::Risk, 6).fact()
            .listed(InList::column(12, 11).sorted())
            .heads(&["标签等级核对日期", "核对日期", "最近核对日期", "标签更新日期", "标签更新时间", "等级评定日期"]),
        field!(Inspections inspections).guarded(Guarded::Inspections).bearing()
            .heads(&["最近检查日期", "上次检查时间", "最近检查时间", "上次检查日期", "检查日期", "检查时间", "最后检查日期", "最近一次检查日期", "最近一次检查时间", "zjjcrq"]),
        field!(Tags tags).form_wide(Group::Other, 3).fact()
            .heads(&["标签", "监管标签", "专项库名称", "监管标签名称"]),
        field!(Number floor_area_m2).form(Group::Other, 1).fact()
            .heads(&["建筑面积", "建筑面积（平方米）", "建筑面积(㎡)", "面积", "经营面积", "营业面积", "总建筑面积", "jzmj", "area"]),
        field!(Number employees_count).form(Group::Other, 2).fact()
            .heads(&["职工人数", "从业人数", "员工人数", "员工数", "从业人员", "从业人员数", "zgrs"]),
        field!(Lines note).form_wide(Group::Other, 4).fact()
            .heads(&["备注", "说明", "bz", "remark", "remarks"]),
        field!(Status status).guarded(Guarded::Status).bearing()
            .heads(&["经营状态", "登记状态", "单位状态", "企业状态", "营业状态", "存续状态", "jyzt", "dwzt", "状态", "运营状态", "是否营业", "是否在营"]),
        field!(Withholding withheld).guarded(Guarded::Withheld),
        field!(Salt salt).guarded(Guarded::Salt),
    ];

    fn blank() -> Self {
        Self::new(UnitId::new("NEW").expect("capitals make an id"), "")
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}
