//! The fields of an officer.

use serde_json::{Map, Value};

use super::{Described, Field, Group, Guarded, InList, RegisterKind};
use crate::field;
use crate::model::{Officer, OfficerId, OfficerRole};

impl Described for Officer {
    const REGISTER: RegisterKind = RegisterKind::Officers;

    // A line a field, and where it stands in the list and the heads of its columns under it.
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field!(Name name).masked().form(Group::Person, 1).searched()
            .listed(InList::column(1, 0))
            .heads(&["姓名", "人员姓名", "执法人员", "执法人员姓名", "检查人员", "名字", "xm", "队员姓名", "监督员", "监督员姓名", "民警姓名"]),
        field!(Text certificate_number).public().needed_where(checks).numeral().own().form(Group::Person, 3).fact().searched()
            .listed(InList::column(2, 8))
            .heads(&["执法证号", "执法证件号", "执法证号码", "行政执法证号", "证件编号", "执法证编号", "证号", "zfzh", "执法证件编号", "执法证件号码", "执法资格证号", "执法资格证编号", "执法证书编号", "执法证书号", "执法人员证号", "行政执法证编号", "行政执法证件号", "证件号", "执法证", "证书编号", "证书号"]),
        field!(Date certificate_until).needed_where(checks).bearing().form(Group::Person, 4).fact()
            .listed(InList::column(3, 3))
            .heads(&["有效期至", "执法证有效期至", "有效期", "证件有效期", "执法证有效期", "有效期限", "到期日期", "有效截止日期", "yxqz", "有效期止", "证件有效期止", "证件有效期至", "有效期截止日期", "有效期截止", "有效截止日", "执法证件有效期", "证件到期时间", "证件到期日期", "到期时间", "有效期限至", "证书有效期", "证书有效期至", "有效期起止", "证件有效期限"]),
        field!(Text position).form(Group::Person, 2).searched()
            .heads(&["职务", "职位", "岗位", "zw", "职务职级", "职级", "岗位名称", "职务/职级"]),
        field!(Text office).form(Group::Person, 5).fact().searched()
            .listed(InList::column(5, 9))
            .heads(&["所在科室", "部门", "科室", "单位", "所在部门", "所属部门", "工作单位", "bm", "所在单位", "所属单位", "单位名称", "所属大队", "所在大队", "所属机构"]),
        field!(Text phone).needed().numeral().form(Group::Person, 6).fact().searched()
            .heads(&["联系电话", "电话", "手机", "联系方式", "手机号", "手机号码", "电话号码", "lxdh", "tel", "mobile", "移动电话", "联系手机", "手机电话"]),
        field!(Flag may_lead).bearing().form_wide(Group::Person, 7)
            .listed(InList::column(4, 4))
            .heads(&["是否主办", "岗位资格", "主办资格", "主办/协办", "可主办", "能否主办", "带队资格", "是否带队", "可带队", "能否带队", "是否具备带队资格", "主协办", "主办人员", "主办协办"]),
        field!(Choice OfficerRole role).bearing().form(Group::Person, 8).fact()
            .listed(InList::NOWHERE.filter(1))
            .heads(&["人员类别", "人员类型", "人员性质", "人员身份", "rylb", "类别", "身份类别", "岗位类别", "用工性质"]),
        field!(Text certificate_issuer).form(Group::Person, 9).fact()
            .heads(&["发证机关", "执法证发证机关", "颁发机关", "发证单位", "fzjg", "发证部门", "颁证机关"]),
        field!(Text certificate_scope).form(Group::Person, 10).fact()
            .heads(&["执法范围", "执法区域", "执法类别", "执法类型", "zffw", "执法领域"]),
        field!(Absences absences).guarded(Guarded::Absences).bearing().form(Group::Absences, 1),
        field!(Avoidances avoidances).guarded(Guarded::Avoidances).bearing().form(Group::Avoidances, 1),
        field!(Flag has_left).guarded(Guarded::HasLeft).bearing()
            .heads(&["人员状态", "在岗状态", "在职状态", "在岗情况", "是否在岗", "是否在职", "在职情况", "人员在岗状态", "状态"]),
    ];

    fn blank() -> Self {
        Self::new(OfficerId::new("NEW").expect("capitals make an id"), "")
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}

/// Whoever makes up the two of a visit shows a certificate (公安部令第120号 art. 14).
fn checks(officer: &Officer) -> bool {
    officer.role == OfficerRole::Enforcement
}
