//! Officers as rows.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::fields::{Fields, unknown};
use super::issue::RowIssueKind;
use super::record::{Record, RowFields, patch};
use super::words;
use crate::model::{Absence, AbsenceKind, Avoidance, Officer, OfficerId, UnitId};
use crate::workbook::OFFICERS_MAX;

patch! {
    /// Values for some fields of an officer.
    OfficerPatch of Officer, key |patch| {
        patch.certificate_number.as_deref().filter(|number| !number.is_empty())
    };
    name: String,
    certificate_number: String,
    certificate_until: Option<NaiveDate>,
    position: String,
    office: String,
    phone: String,
    may_lead: bool,
    absences: Vec<Absence>,
    avoidances: Vec<Avoidance>,
    has_left: bool,
}

impl Record for Officer {
    type Id = OfficerId;
    type Patch = OfficerPatch;
    const COUNT_MAX: usize = OFFICERS_MAX;
    const KEY_FIELD: &'static str = "certificate_number";
    const IS_SORTED: bool = true;

    fn id(&self) -> &OfficerId {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn key(&self) -> Option<&str> {
        Some(self.certificate_number.as_str()).filter(|number| !number.is_empty())
    }

    fn blank(id: OfficerId) -> Self {
        Self::new(id, "")
    }

    fn may_be(&self, _: &Self) -> bool {
        true
    }

    fn sequence_id(_: &str, number: u32) -> Option<OfficerId> {
        OfficerId::new(format!("P{number:02}")).ok()
    }

    fn read(row: &mut RowFields<'_>) -> (Option<OfficerId>, OfficerPatch) {
        let fields = &mut row.0;
        let id = fields.id("id");
        let patch = OfficerPatch {
            name: fields.name(),
            certificate_number: fields.text("certificate_number"),
            certificate_until: fields.date("certificate_until"),
            position: fields.text("position"),
            office: fields.text("office"),
            phone: fields.text("phone"),
            may_lead: fields.flag("may_lead"),
            absences: fields.objects("absences", absence),
            avoidances: fields.objects("avoidances", avoidance),
            has_left: fields.flag("has_left"),
            extra: fields.rest(),
        };
        (id, patch)
    }
}

fn absence(
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

fn avoidance(
    fields: &mut Fields<'_>,
    field: &'static str,
    object: &Map<String, Value>,
) -> Option<Avoidance> {
    let unit = fields.inner_text(field, object, "unit")?;
    let reason = fields.inner_text(field, object, "reason");
    match UnitId::new(unit) {
        Ok(unit) => Some(Avoidance {
            unit,
            reason: reason?,
            extra: unknown(object, &["unit", "reason"]),
        }),
        Err(error) => {
            fields.error(field, RowIssueKind::IdForm { found: error.text });
            None
        }
    }
}
