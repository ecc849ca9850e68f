//! Values that have parts of their own: inspections, status, withholding, absences,
//! avoidances.

use serde_json::{Map, Value};

use super::fields::{Fields, unknown};
use super::issue::{Expected, RowIssueKind};
use super::words;
use crate::engine::register::Salt;
use crate::model::field::TEXT_CHARS_MAX;
use crate::model::{
    Absence, AbsenceKind, AskedBy, Avoidance, AvoidanceGround, CandidateId, Inspection, UnitId,
    UnitStatus, Withholding,
};

/// Counted inspections, oldest first whatever the file's order.
pub(super) fn inspections(fields: &mut Fields<'_>) -> Option<Vec<Inspection>> {
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
pub(super) fn status(fields: &mut Fields<'_>) -> Option<UnitStatus> {
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
pub(super) fn withheld(fields: &mut Fields<'_>) -> Option<Option<Withholding>> {
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
    let Ok(alias) = CandidateId::new(&alias) else {
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

pub(super) fn salt(fields: &mut Fields<'_>) -> Option<String> {
    let salt = fields.text("salt", TEXT_CHARS_MAX)?;
    if salt.is_empty() || Salt::new(&*salt).is_ok() {
        return Some(salt);
    }
    fields.error("salt", RowIssueKind::SaltForm);
    None
}

/// A period of absence.
pub(super) fn absence(
    fields: &mut Fields<'_>,
    field: &'static str,
    object: &Map<String, Value>,
) -> Option<Absence> {
    let from = fields.inner_date(field, object, "from");
    let to = fields.inner_date(field, object, "to");
    let kind = match object.get("kind") {
        None => Some(AbsenceKind::default()),
        Some(_) => fields.inner_word(field, object, "kind", words::absence_kind),
    };
    let reason = fields.inner_text(field, object, "reason");
    let approver = fields.inner_text(field, object, "approver");
    let (from, to) = (from?, to?);
    if from > to {
        fields.error(field, RowIssueKind::DateOrder { from, to });
        return None;
    }
    Some(Absence {
        from,
        to,
        kind: kind?,
        reason: reason?,
        approver: approver?,
        extra: unknown(object, &["from", "to", "kind", "reason", "approver"]),
    })
}

/// A unit that an officer keeps from.
pub(super) fn avoidance(
    fields: &mut Fields<'_>,
    field: &'static str,
    object: &Map<String, Value>,
) -> Option<Avoidance> {
    let unit = fields.inner_text(field, object, "unit")?;
    let ground = match object.get("ground") {
        None => Some(AvoidanceGround::default()),
        Some(_) => fields.inner_word(field, object, "ground", words::avoidance_ground),
    };
    let reason = fields.inner_text(field, object, "reason");
    let asked_by = match object.get("asked_by") {
        None => Some(AskedBy::default()),
        Some(_) => fields.inner_word(field, object, "asked_by", words::asked_by),
    };
    let approver = fields.inner_text(field, object, "approver");
    let until = match object.get("until") {
        None => Some(None),
        Some(_) => fields.inner_date(field, object, "until").map(Some),
    };
    match UnitId::new(unit) {
        Ok(unit) => Some(Avoidance {
            unit,
            ground: ground?,
            reason: reason?,
            asked_by: asked_by?,
            approver: approver?,
            until: until?,
            extra: unknown(
                object,
                &["unit", "ground", "reason", "asked_by", "approver", "until"],
            ),
        }),
        Err(error) => {
            fields.error(field, RowIssueKind::IdForm { found: error.text });
            None
        }
    }
}
