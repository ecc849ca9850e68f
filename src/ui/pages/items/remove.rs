//! 移出清单: an item leaves the published list, with a reason and an approver.

use leptos::prelude::*;

use super::Items;
use crate::ui::app::use_lang;
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Line};
use crate::workbook::Action;

/// Asks why, and who approves; then takes the item off.
#[component]
pub(super) fn RemoveDialog(page: Items, id: String, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let (name, head) = untrack(|| {
        read(page.app, |book| {
            let item = book.items.iter().find(|item| item.id == id);
            let name = item.map(|item| item.name.clone()).unwrap_or_default();
            (name, book.brigade.head.clone())
        })
    });
    let (title, consequence) = (t.item_remove_title(&id), t.item_remove_consequence(&name));
    Ask::new(title, consequence, t.item_remove())
        .danger()
        .lines([
            Line::new(t.reason()).help(t.item_remove_reason_help()),
            Line::new(t.approver()).start(head),
        ])
        .view(on_close, move |asked, [reason, approver]| {
            let id = id.clone();
            let action = Action::RemoveItem {
                id,
                reason,
                approver,
            };
            let done = page.app.act_and_tell(action, t.item_removed(&name));
            asked.answer(done.map(|_| page.close()));
        })
}
