//! The registers' records as rows: how their ids and second keys tell them apart.

use super::issue::RowIssueKind;
use super::record::{Record, RowFields};
use crate::model::field::TEXT_CHARS_MAX;
use crate::model::{
    Described as _, InspectionItem, Officer, OfficerId, ResultLine, SocialCreditCode, Unit, UnitId,
};
use crate::workbook::kept::Kept;
use crate::workbook::{ITEMS_MAX, OFFICERS_MAX, UNITS_MAX, names};

impl Record for Unit {
    type Id = UnitId;
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

    fn with_id(id: UnitId) -> Self {
        Self::new(id, "")
    }

    fn may_be(&self, other: &Self) -> bool {
        names::are_alike(self, other)
    }

    fn sequence_id(prefix: &str, number: u32) -> Option<UnitId> {
        UnitId::new(format!("{prefix}-{number:05}")).ok()
    }

    fn read_id(row: &mut RowFields<'_>) -> Option<UnitId> {
        row.id()
    }
}

impl Record for Officer {
    type Id = OfficerId;
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

    fn with_id(id: OfficerId) -> Self {
        Self::new(id, "")
    }

    fn may_be(&self, _: &Self) -> bool {
        true
    }

    fn sequence_id(_: &str, number: u32) -> Option<OfficerId> {
        OfficerId::new(format!("P{number:02}")).ok()
    }

    fn read_id(row: &mut RowFields<'_>) -> Option<OfficerId> {
        row.id()
    }
}

/// Of registers that are kept alike.
impl<T: Kept> Record for T {
    type Id = T::Id;
    const COUNT_MAX: usize = <T as Kept>::COUNT_MAX;
    const KEY_FIELD: &'static str = <T as Kept>::KEY_FIELD;
    const IS_SORTED: bool = true;

    fn id(&self) -> &T::Id {
        Kept::id(self)
    }

    fn name(&self) -> &str {
        Kept::name(self)
    }

    fn key(&self) -> Option<&str> {
        Kept::key(self)
    }

    fn with_id(id: T::Id) -> Self {
        Kept::with_id(id)
    }

    fn may_be(&self, other: &Self) -> bool {
        Kept::may_be(self, other)
    }

    fn sequence_id(_: &str, number: u32) -> Option<T::Id> {
        T::numbered(number)
    }

    fn read_id(row: &mut RowFields<'_>) -> Option<T::Id> {
        row.id()
    }
}

impl Record for InspectionItem {
    type Id = String;
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

    fn with_id(id: String) -> Self {
        Self {
            id,
            ..Self::blank()
        }
    }

    // A list is published anew when it changes, so an item simply leaves it.
    fn sequence_id(_: &str, _: u32) -> Option<String> {
        None
    }

    fn read_id(row: &mut RowFields<'_>) -> Option<String> {
        let id = row
            .0
            .text("id", TEXT_CHARS_MAX)
            .filter(|id| !id.trim().is_empty());
        if id.is_none() {
            row.0.error("id", RowIssueKind::MissingId);
        }
        id
    }
}

/// A line of results names no record that is its own: which visit it means is found out
/// where lines are held against the workbook ([`results`](super::results)).
impl Record for ResultLine {
    type Id = String;
    const COUNT_MAX: usize = UNITS_MAX;
    const KEY_FIELD: &'static str = "task";
    const IS_SORTED: bool = false;

    fn id(&self) -> &String {
        &self.task
    }

    fn name(&self) -> &str {
        &self.name
    }

    // Of a visit with several problems each has a line of its own.
    fn key(&self) -> Option<&str> {
        None
    }

    fn with_id(_: String) -> Self {
        Self::blank()
    }

    fn sequence_id(_: &str, _: u32) -> Option<String> {
        None
    }

    fn read_id(_: &mut RowFields<'_>) -> Option<String> {
        None
    }
}
