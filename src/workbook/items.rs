//! 随机抽查事项清单: its order, and what leaves it. The list is published (R11), so an
//! item goes only with a reason and an approver (R17), and its order is the published one.

use super::action::{Action, Applied, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{ItemMoved, ItemRemoved, ItemRestored};
use super::refusal::ActionError;
use super::{ITEMS_MAX, Workbook};
use crate::model::InspectionItem;

impl Workbook {
    /// The place of the item with this id in the list.
    fn item_at(&self, id: &str) -> Result<usize, ActionError> {
        let found = self.items.iter().position(|item| item.id == id);
        found.ok_or_else(|| ActionError::NoItem { id: id.to_owned() })
    }

    /// The place to which an item moves by one among those of its subject, up or down;
    /// none at the end, or where there is no such item.
    ///
    /// The list is shown by subject, so the neighbour in the page may stand farther
    /// away in the list.
    #[must_use]
    pub fn item_place_beside(&self, id: &str, is_up: bool) -> Option<usize> {
        let at = self.item_at(id).ok()?;
        let subject = self.items[at].subject;
        let is_same = |place: &usize| self.items[*place].subject == subject;
        if is_up {
            (0..at).rev().find(is_same)
        } else {
            (at + 1..self.items.len()).find(is_same)
        }
    }

    pub(super) fn move_item(&mut self, id: &str, to: usize) -> Outcome {
        let from = self.item_at(id)?;
        let to = to.min(self.items.len() - 1);
        let item = self.items.remove(from);
        self.items.insert(to, item);
        let event = Event::MoveItem(ItemMoved {
            id: id.to_owned(),
            from: from + 1,
            to: to + 1,
        });
        let undo = Action::MoveItem {
            id: id.to_owned(),
            to: from,
        };
        Ok((Applied::undone_by(undo), event.into()))
    }

    pub(super) fn remove_item(&mut self, id: &str, reason: String, approver: &str) -> Outcome {
        let at = self.item_at(id)?;
        require(&reason, ActionError::NoReason)?;
        require(approver, ActionError::NoApprover)?;
        let item = self.items.remove(at);
        let event = Event::RemoveItem(ItemRemoved::new(&item, approver));
        let undo = Action::RestoreItem {
            item: Box::new(item),
            at,
        };
        Ok((Applied::undone_by(undo), Entry::new(event, reason)))
    }

    pub(super) fn restore_item(&mut self, item: InspectionItem, at: usize) -> Outcome {
        if self.item_at(&item.id).is_ok() {
            return Err(ActionError::ItemId { id: item.id });
        }
        if self.items.len() >= ITEMS_MAX {
            return Err(ActionError::TooMany { max: ITEMS_MAX });
        }
        let event = Event::RestoreItem(ItemRestored {
            id: item.id.clone(),
            name: item.name.clone(),
        });
        self.items.insert(at.min(self.items.len()), item);
        Ok((Applied::done(), event.into()))
    }
}
