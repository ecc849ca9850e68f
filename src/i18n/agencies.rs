//! Words of the registers of service institutions and registered fire engineers.

use std::fmt::Display;

use super::Lang;
use crate::desk::agency_list::AgencyView;
use crate::desk::engineer_list::EngineerView;
use crate::desk::officer_list::CERTIFICATE_WARN_DAYS;
use crate::messages;
use crate::model::EngineerGrade;

messages! {
    nav_agencies => "服务机构", "Agencies";
    nav_engineers => "注册消防工程师", "Fire engineers";
    agencies_find => "名称、信用代码、人员", "Name, code, person";
    agencies_facts(n: impl Display) => "{n} 家", "{n} agencies";
    agencies_add => "新增机构", "Add agency";
    agencies_empty => "名录里还没有消防技术服务机构。可以逐家新增，也可以导入现有的名单。", "The register holds no agencies yet. Add them one by one, or import a list you have.";
    agencies_gone(id: impl Display) => "名录里没有编号为 {id} 的机构。", "There is no agency {id} in the register.";
    agencies_col_engineers => "注册工程师", "Engineers";
    agency_name => "机构名称", "Name";
    agency_services_help => "逗号分开，如：消防设施维护保养检测，消防安全评估。", "Separated by commas, such as 消防设施维护保养检测，消防安全评估.";
    agency_qualification_help => "没有资质等级的，写从业条件。", "Where there is no grade, the conditions of practice.";
    agency_until_help => "长期有效的留空。", "Left empty where it has no end.";
    agency_group_identity => "机构和资质", "Agency and qualification";
    agency_group_place => "地址和人员", "Address and people";
    agency_added(name: impl Display) => "已新增机构：{name}", "Agency added: {name}";
    agency_engineers => "本机构的注册消防工程师", "Its registered engineers";
    agency_engineers_none => "名录里没有登记在本机构的注册消防工程师。", "No engineer of the register is registered with this agency.";
    agency_over_note => "资质已到期。请核对机构是否仍符合从业条件，更新有效期或办理停用。", "The qualification has ended. Check whether the agency still meets the conditions, then enter the new date or retire it.";
    agency_soon_note => "资质 60 天内到期。", "The qualification ends within 60 days.";

    engineers_find => "姓名、注册证号、聘用单位", "Name, number, employer";
    engineers_facts(n: impl Display, first: impl Display, second: impl Display) => "{n} 人，一级 {first} 人，二级 {second} 人", "{n} engineers, {first} of grade 1, {second} of grade 2";
    engineers_add => "新增工程师", "Add engineer";
    engineers_empty => "名录里还没有注册消防工程师。可以逐人新增，也可以导入现有的名单。", "The register holds no engineers yet. Add them one by one, or import a list you have.";
    engineers_gone(id: impl Display) => "名录里没有编号为 {id} 的注册消防工程师。", "There is no engineer {id} in the register.";
    engineer_group_person => "注册信息", "Registration";
    engineer_group_place => "聘用单位和联系方式", "Employer and telephone";
    engineer_employer_help => "名录里的机构或单位，写全称或编号；别处的写全称。", "An agency or unit of the registers by its full name or id; one elsewhere by its name.";
    engineer_employer_code_help => "机构改名后，仍按信用代码认定。", "Goes before the name, should the agency be renamed.";
    engineer_until_help => "没有登记的不提醒。", "Without it nothing is called in.";
    engineer_added(name: impl Display) => "已新增注册消防工程师：{name}", "Engineer added: {name}";
    engineer_over_note => "注册已到期。请核对是否已延续注册，更新有效期或办理停用。", "The registration has ended. Check whether it was renewed, then enter the new date or retire the record.";
    engineer_soon_note => "注册 60 天内到期。", "The registration ends within 60 days.";
    engineers_count(n: impl Display) => "{n} 人", "{n} engineers";
    kept_valid => "有效", "Valid";
    employer_unknown => "不在名录", "not in the registers";
    employer_retired => "已停用", "retired";

    agency_code_short => "信用代码", "Credit code";
    agency_qualification_short => "资质", "Qualification";
    agency_licence_short => "证书编号", "Licence";
    agency_legal_person_short => "法定代表人", "Represented by";
    engineer_employer_code_short => "单位代码", "Its code";
    kept_record => "登记信息", "Record";
    kept_saved(name: impl Display) => "已保存：{name}", "Saved: {name}";
    kept_alike(id: impl Display, name: impl Display) => "名录里已有 {id} {name}，可能是同一条，仍要新增", "The register holds {id} {name}, which may be this one; add all the same";
    kept_alike_edit(id: impl Display, name: impl Display) => "名录里已有 {id} {name}，可能是同一条，仍要保存", "The register holds {id} {name}, which may be this one; save all the same";
    kept_retire_consequence => "停用后不再参加抽取，也不计入总数；记录保留，可以恢复。原因和批准人会写进操作记录。", "The record takes no part in draws and counts no more. It stays, and it can be restored. Reason and approver go into the audit trail.";
    kept_retire_reason_help => "如：注销、迁出、不再从业、转注册到外地。", "Such as struck off, moved away, no longer practising, registered elsewhere.";
    kept_restore_consequence => "恢复后重新参加以后的抽取，并计入总数。", "The record takes part in later draws again and counts.";

    others_title => "服务机构和注册消防工程师", "Agencies and fire engineers";
    others_caption => "对服务机构的检查随单位抽查一并进行；另行抽取的比例按上级要求填写，没有要求的按一般单位的 20%", "Agencies are checked along with units; the share drawn by itself is as the superior authority says, else the 20% of general units";
    others_share(what: impl Display) => "{what}年度抽查比例（%）", "{what}: share of the year (%)";
    others_count(n: impl Display, of: impl Display) => "应抽 {n} / {of}", "{n} of {of}";
}

impl Lang {
    /// A saved view of the agencies.
    #[must_use]
    pub fn agency_view(self, view: AgencyView) -> String {
        match (self, view) {
            (Self::Zh, AgencyView::All) => "全部".into(),
            (Self::Zh, AgencyView::Ending) => format!("资质 {CERTIFICATE_WARN_DAYS} 天内到期"),
            (Self::Zh, AgencyView::Incomplete) => "信息不全".into(),
            (Self::Zh, AgencyView::Retired) => "已停用".into(),
            (Self::En, AgencyView::All) => "All".into(),
            (Self::En, AgencyView::Ending) => {
                format!("Qualification ends in {CERTIFICATE_WARN_DAYS} days")
            }
            (Self::En, AgencyView::Incomplete) => "Incomplete".into(),
            (Self::En, AgencyView::Retired) => "Retired".into(),
        }
    }

    /// A saved view of the engineers.
    #[must_use]
    pub fn engineer_view(self, view: EngineerView) -> String {
        match (self, view) {
            (Self::Zh, EngineerView::All) => "全部".into(),
            (Self::Zh, EngineerView::Ending) => format!("注册 {CERTIFICATE_WARN_DAYS} 天内到期"),
            (Self::Zh, EngineerView::Unlinked) => "聘用单位不在名录".into(),
            (Self::Zh, EngineerView::Incomplete) => "信息不全".into(),
            (Self::Zh, EngineerView::Retired) => "已停用".into(),
            (Self::En, EngineerView::All) => "All".into(),
            (Self::En, EngineerView::Ending) => {
                format!("Registration ends in {CERTIFICATE_WARN_DAYS} days")
            }
            (Self::En, EngineerView::Unlinked) => "Employer not registered".into(),
            (Self::En, EngineerView::Incomplete) => "Incomplete".into(),
            (Self::En, EngineerView::Retired) => "Retired".into(),
        }
    }

    /// 注册级别.
    #[must_use]
    pub const fn engineer_grade(self, grade: EngineerGrade) -> &'static str {
        match (self, grade) {
            (Self::Zh, EngineerGrade::First) => "一级",
            (Self::Zh, EngineerGrade::Second) => "二级",
            (Self::Zh, EngineerGrade::Unknown) => "未登记",
            (Self::En, EngineerGrade::First) => "Grade 1",
            (Self::En, EngineerGrade::Second) => "Grade 2",
            (Self::En, EngineerGrade::Unknown) => "Not entered",
        }
    }
}
