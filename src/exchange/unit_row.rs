//! Units as rows.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::fields::{Fields, unknown};
use super::issue::{Expected, RowIssueKind};
use super::record::{Record, RowFields, patch};
use super::words;
use crate::model::{
    Credit, Inspection, LegalKind, RiskTier, SocialCreditCode, Unit, UnitId, UnitStatus,
    Withholding,
};
use crate::workbook::{UNITS_MAX, names};

patch! {
    /// Values for some fields of a unit.
    UnitPatch of Unit, key |patch| Some(patch.code.as_ref()?.as_ref()?.as_str());
    name: String,
    code: Option<SocialCreditCode>,
    legal_kind: LegalKind,
    category: String,
    is_key: bool,
    is_densely_populated: bool,
    township: String,
    address: String,
    responsible: String,
    manager: String,
    phone: String,
    risk: RiskTier,
    credit: Credit,
    is_dishonest: bool,
    complaints: Vec<NaiveDate>,
    violations: Vec<NaiveDate>,
    inspections: Vec<Inspection>,
    tags: BTreeSet<String>,
    floor_area_m2: Option<u32>,
    employees_count: Option<u32>,
    note: String,
    status: UnitStatus,
    withheld: Option<Withholding>,
    salt: String,
}

impl Record for Unit {
    type Id = UnitId;
    type Patch = UnitPatch;
    const COUNT_MAX: usize = UNITS_MAX;
    const KEY_FIELD: &'static str = "code";
    const IS_SORTED: bool = true;

    fn id(&self) -> &UnitId {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn key(&self) -> Option<&str> {
        self.code.as_ref().map(SocialCreditCode::as_str)
    }

    fn blank(id: UnitId) -> Self {
        Self::new(id, "")
    }

    fn may_be(&self, other: &Self) -> bool {
        names::are_alike(self, other)
    }

    fn sequence_id(prefix: &str, number: u32) -> Option<UnitId> {
        UnitId::new(format!("{prefix}-{number:05}")).ok()
    }

    fn read(row: &mut RowFields<'_>) -> (Option<UnitId>, UnitPatch) {
        let fields = &mut row.0;
        let id = fields.id("id");
        let patch = UnitPatch {
            name: fields.name(),
            code: fields.code("code"),
            legal_kind: fields.word("legal_kind", words::legal_kind),
            category: fields.text("category"),
            is_key: fields.flag("is_key"),
            is_densely_populated: fields.flag("is_densely_populated"),
            township: fields.text("township"),
            address: fields.text("address"),
            responsible: fields.text("responsible"),
            manager: fields.text("manager"),
            phone: fields.text("phone"),
            risk: fields.word("risk", words::risk),
            credit: fields.word("credit", words::credit),
            is_dishonest: fields.flag("is_dishonest"),
            complaints: fields.dates("complaints"),
            violations: fields.dates("violations"),
            inspections: inspections(fields),
            tags: fields.texts("tags"),
            floor_area_m2: fields.whole("floor_area_m2"),
            employees_count: fields.whole("employees_count"),
            note: fields.text("note"),
            status: status(fields),
            withheld: withheld(fields),
            salt: salt(fields),
            extra: fields.rest(),
        };
        (id, patch)
    }
}

/// Counted inspections, oldest first whatever the file's order.
fn inspections(fields: &mut Fields<'_>) -> Option<Vec<Inspection>> {
    let mut inspections = fields.objects("inspections", inspection)?;
    inspections.sort_by_key(|inspection| inspection.date);
    Some(inspections)
}

fn inspection(
    fields: &mut Fields<'_>,
    field: &'static str,
    object: &Map<String, Value>,
) -> Option<Inspection> {
    let date = fields.inner_date(field, object, "date");
    let finding = fields.inner_word(field, object, "finding", words::finding);
    Some(Inspection {
        date: date?,
        finding: finding?,
        // Older files name the draw that chose it: another workbook's, as far as we know.
        extra: unknown(object, &["date", "finding", "draw"]),
    })
}

/// `{"state": "active"}`, `{"state": "retired", since, reason, approver}`, or 正常.
///
/// A word for «retired» is refused: retiring needs since, reason and approver.
fn status(fields: &mut Fields<'_>) -> Option<UnitStatus> {
    const FIELD: &str = "status";
    const ALLOWED: &[&str] = &["正常", "active", "retired"];
    let value = fields.value(FIELD)?;
    let (state, object) = match &value {
        Value::String(word) => (word.as_str(), Map::new()),
        Value::Object(object) => {
            let state = object
                .get("state")
                .and_then(Value::as_str)
                .unwrap_or_default();
            (state, object.clone())
        }
        _ => {
            fields.error(
                FIELD,
                RowIssueKind::WrongType {
                    expected: Expected::Object,
                },
            );
            return None;
        }
    };
    match state {
        "active" | "正常" => Some(UnitStatus::Active),
        "retired" if value.is_object() => {
            let since = fields.inner_date(FIELD, &object, "since");
            let reason = fields.inner_text(FIELD, &object, "reason");
            let approver = fields.inner_text(FIELD, &object, "approver");
            Some(UnitStatus::Retired {
                since: since?,
                reason: reason?,
                approver: approver?,
                extra: unknown(&object, &["state", "since", "reason", "approver"]),
            })
        }
        _ => {
            let found = state.to_owned();
            fields.error(
                FIELD,
                RowIssueKind::UnknownWord {
                    found,
                    allowed: ALLOWED,
                },
            );
            None
        }
    }
}

/// `{alias, since, reason, approver}`, or nothing for a unit that is published.
fn withheld(fields: &mut Fields<'_>) -> Option<Option<Withholding>> {
    const FIELD: &str = "withheld";
    let object = match fields.value(FIELD)? {
        Value::Null => return Some(None),
        Value::Object(object) => object,
        _ => {
            let expected = Expected::Object;
            fields.error(FIELD, RowIssueKind::WrongType { expected });
            return None;
        }
    };
    let alias = fields.inner_text(FIELD, &object, "alias")?;
    let since = fields.inner_date(FIELD, &object, "since");
    let reason = fields.inner_text(FIELD, &object, "reason");
    let approver = fields.inner_text(FIELD, &object, "approver");
    let Ok(alias) = UnitId::new(&alias) else {
        fields.error(FIELD, RowIssueKind::IdForm { found: alias });
        return None;
    };
    Some(Some(Withholding {
        alias,
        since: since?,
        reason: reason?,
        approver: approver?,
        extra: unknown(&object, &["alias", "since", "reason", "approver"]),
    }))
}

fn salt(fields: &mut Fields<'_>) -> Option<String> {
    let salt = fields.text("salt")?;
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if salt.is_empty() || (salt.len() == 32 && salt.bytes().all(is_hex)) {
        return Some(salt);
    }
    fields.error("salt", RowIssueKind::SaltForm);
    None
}
