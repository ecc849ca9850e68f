//! Versions of the item list. The list is published (R11), and what it does not name may not
//! be inspected (国办发〔2024〕54号): a version fixes what was published, from which day on and
//! who approved it, while the list is worked on for the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::ItemsIssued;
use super::refusal::ActionError;
use super::{DrawRecord, ITEM_VERSIONS_MAX, ITEMS_MAX, Workbook};
use crate::model::InspectionItem;

/// 事项清单的一版: what was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ItemVersion {
    /// From 1, without gaps.
    pub number: u32,
    /// 施行日期: the day from which it holds.
    pub since: NaiveDate,
    /// When it was fixed.
    pub at: NaiveDateTime,
    /// Who approved it.
    pub approver: String,
    /// What made it needed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The items, in the order of the list.
    pub items: Arc<Vec<InspectionItem>>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// How one list differs from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemChanges {
    /// Items that the other lacks.
    pub added: usize,
    /// Items that only the other has.
    pub removed: usize,
    /// Items of which something else is said.
    pub changed: usize,
    /// Whether the items of both stand in another order.
    pub is_reordered: bool,
}

impl ItemChanges {
    /// How `after` differs from `before`; items are known by their ids.
    #[must_use]
    pub fn between(before: &[InspectionItem], after: &[InspectionItem]) -> Self {
        let by_id: BTreeMap<&str, &InspectionItem> =
            before.iter().map(|item| (item.id.as_str(), item)).collect();
        let ids: BTreeSet<&str> = after.iter().map(|item| item.id.as_str()).collect();
        let known = |item: &&InspectionItem| by_id.contains_key(item.id.as_str());
        let differs = |item: &&InspectionItem| by_id[item.id.as_str()] != *item;
        let order = |list: &[InspectionItem], is_in: &dyn Fn(&str) -> bool| -> Vec<String> {
            let shared = list.iter().filter(|item| is_in(&item.id));
            shared.map(|item| item.id.clone()).collect()
        };
        Self {
            added: after.len() - after.iter().filter(known).count(),
            removed: before
                .iter()
                .filter(|item| !ids.contains(item.id.as_str()))
                .count(),
            changed: after.iter().filter(known).filter(differs).count(),
            is_reordered: order(before, &|id| ids.contains(id))
                != order(after, &|id| by_id.contains_key(id)),
        }
    }

    /// Whether both are the same.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Workbook {
    /// What was changed in the list since its last version; of a list without one, everything.
    #[must_use]
    pub fn items_unissued(&self) -> ItemChanges {
        let last = self.item_versions.last();
        ItemChanges::between(last.map_or(&[], |last| &last.items), &self.items)
    }

    /// The version whose items a draw froze; none where the list stood between two.
    #[must_use]
    pub fn item_version_of(&self, draw: &DrawRecord) -> Option<u32> {
        let mut versions = self.item_versions.iter().rev();
        let same = versions.find(|version| version.items == draw.items)?;
        Some(same.number)
    }

    pub(super) fn issue_items(
        &mut self,
        since: NaiveDate,
        reason: String,
        approver: String,
        context: &Context,
    ) -> Outcome {
        require(&approver, ActionError::NoApprover)?;
        let changes = self.items_unissued();
        if changes.is_none() {
            return Err(ActionError::ItemsAsIssued);
        }
        if self.item_versions.len() >= ITEM_VERSIONS_MAX {
            let max = ITEM_VERSIONS_MAX;
            return Err(ActionError::TooMany { max });
        }
        let last = self.item_versions.last();
        if let Some(last) = last.filter(|last| since < last.since) {
            let after = last.since;
            return Err(ActionError::ItemsBefore { since, after });
        }
        let number = last.map_or(1, |last| last.number + 1);
        let event = Event::IssueItems(ItemsIssued {
            version: number,
            since,
            approver: approver.clone(),
            items_count: self.items.len(),
            added: changes.added,
            removed: changes.removed,
            changed: changes.changed,
        });
        self.item_versions.push(ItemVersion {
            number,
            since,
            at: context.now,
            approver,
            reason: reason.trim().to_owned(),
            items: Arc::new(self.items.clone()),
            extra: Map::new(),
        });
        Ok((Applied::done(), Entry::new(event, reason.trim())))
    }
}

/// Whether versions from a file can be: numbered from 1, none before the one before it, each
/// within the list's limit.
pub(super) fn are_sound(versions: &[ItemVersion]) -> bool {
    let numbered = (1..).zip(versions).all(|(number, it)| it.number == number);
    numbered
        && versions.len() <= ITEM_VERSIONS_MAX
        && versions.is_sorted_by_key(|version| version.since)
        && versions
            .iter()
            .all(|version| version.items.len() <= ITEMS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    #[test]
    fn lists_differ_by_what_came_went_changed_and_moved() {
        let before: Vec<InspectionItem> = demo::standard_items("");
        let changes = |after: &[InspectionItem]| ItemChanges::between(&before, after);
        assert!(changes(&before).is_none());
        let mut after = before.clone();
        after.swap(0, 1);
        let is_reordered = true;
        let moved = ItemChanges {
            is_reordered,
            ..ItemChanges::default()
        };
        assert_eq!(changes(&after), moved);
        after[0].content.push('。');
        after.remove(5);
        let new = InspectionItem {
            id: "Z-99".into(),
            ..before[2].clone()
        };
        after.insert(3, new);
        let all = ItemChanges {
            added: 1,
            removed: 1,
            changed: 1,
            is_reordered,
        };
        assert_eq!(changes(&after), all);
        let fewer = ItemChanges {
            removed: before.len(),
            ..ItemChanges::default()
        };
        assert_eq!(changes(&[]), fewer);
    }
}
