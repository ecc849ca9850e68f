//! Inspection items as rows.

use super::issue::RowIssueKind;
use super::record::{Record, RowFields, patch};
use super::words;
use crate::model::{AppliesTo, InspectionItem, Subject};
use crate::workbook::ITEMS_MAX;

patch! {
    /// Values for some fields of an item.
    ItemPatch of InspectionItem, key |_| None;
    subject: Subject,
    name: String,
    class: String,
    basis: String,
    method: String,
    content: String,
    applies_to: AppliesTo,
    note: String,
}

impl Record for InspectionItem {
    type Id = String;
    type Patch = ItemPatch;
    const COUNT_MAX: usize = ITEMS_MAX;
    const KEY_FIELD: &'static str = "id";
    const IS_SORTED: bool = false;

    fn id(&self) -> &String {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn key(&self) -> Option<&str> {
        None
    }

    fn blank(id: String) -> Self {
        Self {
            id,
            subject: Subject::default(),
            name: String::new(),
            class: String::new(),
            basis: String::new(),
            method: String::new(),
            content: String::new(),
            applies_to: AppliesTo::default(),
            note: String::new(),
            extra: serde_json::Map::new(),
        }
    }

    // A list is published anew when it changes, so an item simply leaves it.
    fn sequence_id(_: &str, _: u32) -> Option<String> {
        None
    }

    fn read(row: &mut RowFields<'_>) -> (Option<String>, ItemPatch) {
        let fields = &mut row.0;
        let id = fields.text("id").filter(|id| !id.trim().is_empty());
        if id.is_none() {
            fields.error("id", RowIssueKind::MissingId);
        }
        let patch = ItemPatch {
            subject: fields.word("subject", words::subject),
            name: fields.name(),
            class: fields.text("class"),
            basis: fields.text("basis"),
            method: fields.text("method"),
            content: fields.text("content"),
            applies_to: fields.word("applies_to", words::applies_to),
            note: fields.text("note"),
            extra: fields.rest(),
        };
        (id, patch)
    }
}
