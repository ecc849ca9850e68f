//! Fields of records in words: their names, and the values they hold. For previews of
//! imports and for the audit trail.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Lang;
use crate::desk::form::{self, Typed};
use crate::model::field::{Choices, Kind, RegisterKind, choices_of};
use crate::model::{
    AppliesTo, Credit, Described, EngineerGrade, Field, LegalKind, OfficerRole, Outcome, RiskTier,
    Subject,
};

impl Lang {
    /// A field of the file formats in words; one that is not known stays as it is.
    #[must_use]
    pub fn import_field(self, field: &str) -> String {
        self.field_name(field).unwrap_or(field).to_owned()
    }

    /// What a field is called in lists of changes and faults.
    fn field_name(self, field: &str) -> Option<&'static str> {
        let (zh, en) = match field {
            "" => ("整行", "Whole row"),
            "id" => ("编号", "Id"),
            "name" => ("名称", "Name"),
            "code" => ("统一社会信用代码", "Credit code"),
            "legal_kind" => ("单位性质", "Legal kind"),
            "category" => ("单位类别", "Category"),
            "is_key" => ("重点单位", "Key unit"),
            "is_densely_populated" => ("人员密集场所", "Densely populated"),
            "township" => ("街道乡镇", "Township"),
            "address" => ("地址", "Address"),
            "responsible" => ("消防安全责任人", "Person responsible"),
            "manager" => ("消防安全管理人", "Manager of fire safety"),
            "phone" => ("联系电话", "Telephone"),
            "risk" => ("风险等级", "Risk tier"),
            "credit" => ("信用等级", "Credit level"),
            "is_dishonest" => ("失信", "Dishonest"),
            "complaints" => ("投诉举报", "Complaints"),
            "violations" => ("严重违法", "Serious violations"),
            "reviewed_on" => ("标签等级核对日期", "Tags and tier reviewed"),
            "inspections" => ("历次检查", "Inspections"),
            "tags" => ("标签", "Tags"),
            "floor_area_m2" => ("建筑面积", "Floor area"),
            "employees_count" => ("从业人数", "Employees"),
            "note" => ("备注", "Note"),
            "status" => ("状态", "Status"),
            "withheld" => ("不公开", "Withheld"),
            "salt" => ("公示盐值", "Publication salt"),
            "certificate_number" => ("执法证号", "Certificate number"),
            "certificate_until" => ("执法证有效期", "Certificate until"),
            "role" => ("人员类别", "Role"),
            "certificate_issuer" => ("发证机关", "Issuer"),
            "certificate_scope" => ("执法范围", "Scope"),
            "position" => ("职务", "Position"),
            "office" => ("部门", "Office"),
            "may_lead" => ("可主办", "May lead"),
            "absences" => ("离岗", "Absences"),
            "avoidances" => ("回避", "Avoidances"),
            "has_left" => ("已调离", "Has left"),
            "subject" => ("抽查类别", "Subject"),
            "class" => ("检查分项", "Class"),
            "basis" => ("依据", "Basis"),
            "method" => ("检查方式", "Method"),
            "authority" => ("抽查主体", "Authority"),
            "share" => ("抽查比例", "Share"),
            "frequency" => ("抽查次数", "Frequency"),
            "content" => ("检查内容", "Content"),
            "applies_to" => ("适用单位", "Applies to"),
            "services" => ("服务类别", "Services"),
            "qualification" => ("资质（从业条件）", "Qualification"),
            "licence_number" => ("资质证书编号", "Licence number"),
            "qualified_until" => ("资质有效期至", "Qualified until"),
            "legal_person" => ("法定代表人", "Legal representative"),
            "technical_lead" => ("技术负责人", "Technical lead"),
            "contact" => ("联系人", "Contact"),
            "grade" => ("注册级别", "Grade"),
            "registration_number" => ("注册证号", "Registration number"),
            "registered_until" => ("注册有效期至", "Registered until"),
            "employer" => ("聘用单位", "Employer"),
            "employer_code" => ("聘用单位信用代码", "Employer's credit code"),
            "unit_id" => ("单位编号", "Unit id"),
            "task" => ("任务编号", "Visit number"),
            "date" => ("检查日期", "Day of the visit"),
            "start" => ("开始时间", "Begin"),
            "end" => ("结束时间", "End"),
            "officers" => ("检查人员", "Officers"),
            "lead" => ("主检", "Lead"),
            "member" => ("协检", "Member"),
            "places" => ("检查部位", "Places inspected"),
            "outcome" => ("检查结果", "Result"),
            "handling" => ("处理措施", "Handling"),
            "item" => ("检查事项", "Item"),
            "problem" => ("发现问题", "Problem found"),
            "legal_basis" => ("法律依据", "Legal basis"),
            "term" => ("改正期限", "Term of correction"),
            "is_corrected" => ("已当场改正", "Corrected on the spot"),
            "scanned_at" => ("扫码时间", "Code scanned"),
            "no_scan" => ("未扫码原因", "Why not scanned"),
            "accompanied_by" => ("随同检查人员", "Accompanied by"),
            "assisted_by" => ("协助人员", "Assisted by"),
            "entered_by" => ("录入人", "Entered by"),
            "published_on" => ("公示日期", "Published"),
            _ => return None,
        };
        Some(match self {
            Self::Zh => zh,
            Self::En => en,
        })
    }

    /// The label of a field in its form, where it is not its name.
    #[must_use]
    pub fn form_label(self, register: RegisterKind, field: &'static str) -> &'static str {
        use RegisterKind::{Agencies, Engineers, Items, Officers, Results, Units};
        match (register, field) {
            (Agencies, "name") => self.agency_name(),
            (Units | Results, "name") => self.unit_name(),
            (Units, "is_key") => self.unit_is_key(),
            (Units, "is_densely_populated") => self.unit_is_dense(),
            (Units, "is_dishonest") => self.unit_is_dishonest(),
            (Units, "complaints") => self.unit_complaints(),
            (Units, "violations") => self.unit_violations(),
            (Units, "floor_area_m2") => self.unit_floor_area(),
            (Units, "employees_count") => self.unit_employees(),
            (Officers | Engineers, "name") => self.officer_name(),
            (Officers, "certificate_until") => self.officer_until(),
            (Officers, "office") => self.officer_office(),
            (Officers, "may_lead") => self.officer_may_lead(),
            (Items, "name") => self.item_name(),
            (Items, "class") => self.item_class(),
            (Items, "basis") => self.item_basis(),
            (Items, "content") => self.item_content(),
            _ => self.field_name(field).unwrap_or(field),
        }
    }

    /// What a form says below a field; empty where it says nothing.
    #[must_use]
    pub fn form_help(self, register: RegisterKind, field: &str) -> &'static str {
        use RegisterKind::{Agencies, Engineers, Items, Officers, Units};
        match (register, field) {
            (Agencies, "services") => self.agency_services_help(),
            (Agencies, "qualification") => self.agency_qualification_help(),
            (Agencies, "qualified_until") => self.agency_until_help(),
            (Engineers, "employer") => self.engineer_employer_help(),
            (Engineers, "employer_code") => self.engineer_employer_code_help(),
            (Engineers, "registered_until") => self.engineer_until_help(),
            (Units, "manager") => self.unit_manager_help(),
            (Units, "complaints" | "violations") => self.unit_dates_help(),
            (Units, "reviewed_on") => self.unit_reviewed_help(),
            (Units, "tags") => self.unit_tags_help(),
            (Officers, "certificate_until") => self.officer_until_help(),
            (Items, "class") => self.item_class_help(),
            _ => "",
        }
    }

    /// The term of a field in its record's panel.
    #[must_use]
    pub fn fact_label(self, register: RegisterKind, field: &'static str) -> &'static str {
        use RegisterKind::{Agencies, Engineers, Officers, Units};
        match (register, field) {
            (Agencies, "code") => self.agency_code_short(),
            (Agencies, "qualification") => self.agency_qualification_short(),
            (Agencies, "licence_number") => self.agency_licence_short(),
            (Agencies, "legal_person") => self.agency_legal_person_short(),
            (Engineers, "employer_code") => self.engineer_employer_code_short(),
            (Units, "responsible") => self.unit_responsible_short(),
            (Units, "manager") => self.unit_manager_short(),
            (Units, "is_dishonest") => self.unit_dishonest_short(),
            (Units, "complaints") => self.unit_complaints_short(),
            (Units, "reviewed_on") => self.unit_reviewed_short(),
            (Units, "violations") => self.unit_violations_short(),
            (Units, "floor_area_m2") => self.unit_floor_area_short(),
            (Officers, "certificate_number") => self.officers_col_certificate(),
            (Officers, "certificate_until") => self.officers_col_until(),
            _ => self.form_label(register, field),
        }
    }

    /// The head of a column of a register's list.
    #[must_use]
    pub fn column_name(self, register: RegisterKind, key: &'static str) -> &'static str {
        use RegisterKind::{Agencies, Items, Officers, Units};
        match (register, key) {
            (Agencies, "engineers") => self.agencies_col_engineers(),
            (Units, "stratum") => self.units_col_stratum(),
            (Units, "tier") => self.col_tier(),
            (Units, "level") => self.units_col_level(),
            (Units, "last") => self.last_visit(),
            (Units, "earliest") => self.units_col_earliest(),
            (Units, "reviewed_on") => self.unit_reviewed_short(),
            (Units, "complete") => self.units_col_complete(),
            (Units, "suspicion") => self.upkeep_reason(),
            (Officers, "may_lead") => self.officers_col_lead(),
            (Officers, "office") => self.officers_col_office(),
            (Officers, "today") => self.officers_col_today(),
            (Officers, "away") => self.officers_col_away(),
            (Officers, "avoid") => self.officers_col_avoid(),
            (Items, "id") => self.items_col_id(),
            (Items, "name") => self.items_col_name(),
            (Items, "class") => self.items_col_class(),
            _ => self.fact_label(register, key),
        }
    }

    /// The head of the column that says something of a drawn month.
    #[must_use]
    pub fn column_of_month(self, register: RegisterKind, month: &str) -> String {
        match register {
            RegisterKind::Officers => self.officers_col_visits(month),
            _ => month.to_owned(),
        }
    }

    /// What a filter of a register's list is called.
    #[must_use]
    pub fn filter_name(self, register: RegisterKind, key: &'static str) -> &'static str {
        match (register, key) {
            (RegisterKind::Units, "stratum") => self.units_filter_stratum(),
            (RegisterKind::Units, "tier") => self.units_filter_tier(),
            (RegisterKind::Units, "level") => self.units_filter_level(),
            (RegisterKind::Units, "incomplete") => self.units_filter_complete(),
            _ => self.fact_label(register, key),
        }
    }

    /// What a record's panel says of a field; empty where nothing is known.
    #[must_use]
    pub fn fact_value<R: Described>(self, field: &Field<R>, record: &R) -> String {
        match form::typed(field, record) {
            None | Some(Typed::Flag(false)) => String::new(),
            Some(Typed::Flag(true)) => self.form_label(R::REGISTER, field.key).to_owned(),
            Some(Typed::Choice(at)) => match &field.kind {
                Kind::Choice(choice) => self.form_choices(choice.of)[at].to_owned(),
                _ => String::new(),
            },
            Some(Typed::Text(text)) => match &field.kind {
                Kind::Tags(slot) => {
                    let tags: Vec<_> = (slot.get)(record).iter().map(String::as_str).collect();
                    tags.join(self.list_mark())
                }
                _ => text,
            },
        }
    }

    /// The words of a list of values, in its order, as forms offer them.
    #[must_use]
    pub fn form_choices(self, of: Choices) -> Vec<&'static str> {
        match of {
            Choices::LegalKind => LegalKind::ALL.map(|kind| self.legal_kind(kind)).into(),
            Choices::RiskTier => RiskTier::ALL.map(|tier| self.tier_long(tier)).into(),
            Choices::Credit => Credit::ALL.map(|credit| self.credit(credit)).into(),
            Choices::Subject => Subject::ALL.map(|it| self.subject_long(it)).into(),
            Choices::AppliesTo => AppliesTo::ALL.map(|rule| self.applies_to(rule)).into(),
            Choices::EngineerGrade => EngineerGrade::ALL.map(|it| self.engineer_grade(it)).into(),
            Choices::OfficerRole => OfficerRole::ALL.map(|it| self.officer_role(it)).into(),
            Choices::Outcome => Outcome::ALL.map(|it| self.outcome(it)).into(),
        }
    }

    /// A value of the file formats in words.
    #[must_use]
    pub fn import_value(self, field: &str, value: &Value) -> String {
        fn as_word<T: DeserializeOwned>(
            value: &Value,
            word: impl Fn(T) -> String,
        ) -> Option<String> {
            T::deserialize(value).ok().map(word)
        }
        let blank = || self.none().to_owned();
        let word = match field {
            "finding" => as_word(value, |finding| self.finding(finding).into()),
            _ => choices_of(field).and_then(|of| match of {
                Choices::LegalKind => as_word(value, |kind| self.legal_kind(kind).into()),
                Choices::RiskTier => as_word(value, |tier| self.tier(tier).into()),
                Choices::Credit => as_word(value, |credit| self.credit(credit).into()),
                Choices::Subject => as_word(value, |subject| self.subject(subject).into()),
                Choices::AppliesTo => as_word(value, |rule| self.applies_to(rule).into()),
                Choices::EngineerGrade => as_word(value, |it| self.engineer_grade(it).into()),
                Choices::OfficerRole => as_word(value, |it| self.officer_role(it).into()),
                Choices::Outcome => as_word(value, |it| self.outcome(it).into()),
            }),
        };
        word.unwrap_or_else(|| match value {
            Value::Null => blank(),
            Value::Bool(true) => self.yes().to_owned(),
            Value::Bool(false) => self.no().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) if text.is_empty() => blank(),
            Value::String(text) => text.clone(),
            Value::Array(list) if list.is_empty() => blank(),
            Value::Array(list) => {
                let words: Vec<_> = list
                    .iter()
                    .map(|value| self.import_value("", value))
                    .collect();
                words.join(if self == Self::Zh { "、" } else { ", " })
            }
            Value::Object(object) => {
                let words = object
                    .iter()
                    .map(|(key, value)| self.inner_value(key, value));
                words
                    .filter(|word| !word.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ")
            }
        })
    }

    /// A value inside a record's list, such as the finding of an inspection.
    fn inner_value(self, key: &str, value: &Value) -> String {
        let of = |word: Option<&'static str>| word.map(str::to_owned);
        let word = match key {
            "finding" => of(serde_json::from_value(value.clone())
                .ok()
                .map(|word| self.finding(word))),
            "kind" => of(serde_json::from_value(value.clone())
                .ok()
                .map(|word| self.absence_kind(word))),
            "state" => Some(match (self, value.as_str()) {
                (Self::Zh, Some("active")) => "正常".into(),
                (Self::Zh, _) => "停用".into(),
                (Self::En, Some("active")) => "active".into(),
                (Self::En, _) => "retired".into(),
            }),
            "draw" => value.as_u64().map(|number| match self {
                Self::Zh => format!("第 {number} 号抽取"),
                Self::En => format!("draw {number}"),
            }),
            _ => None,
        };
        word.unwrap_or_else(|| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_said_in_words() {
        let value = |field, text: &str| {
            Lang::Zh.import_value(field, &serde_json::from_str(text).expect("JSON"))
        };
        assert_eq!(value("risk", "\"yellow\""), "黄");
        assert_eq!(value("is_key", "true"), "是");
        assert_eq!(value("code", "null"), "无");
        assert_eq!(
            value("complaints", "[\"2026-03-16\", \"2026-04-01\"]"),
            "2026-03-16、2026-04-01"
        );
        assert_eq!(
            value(
                "inspections",
                "[{\"date\": \"2026-03-16\", \"finding\": \"none\"}]"
            ),
            "2026-03-16 未发现问题"
        );
    }
}
