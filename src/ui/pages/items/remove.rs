//! 移出清单: an item leaves the published list, with a reason and an approver.

use leptos::prelude::*;

use crate::ui::app::use_lang;
use crate::ui::pages::items::state::Items;
use crate::ui::widgets::list::read;
use crate::ui::widgets::{ConfirmDialog, TextField};
use crate::workbook::Action;

/// Asks why, and who approves; then takes the item off.
#[component]
pub(super) fn RemoveDialog(page: Items, id: String) -> impl IntoView {
    let t = use_lang();
    let (name, head) = untrack(|| {
        read(page.app, |book| {
            let item = book.items.iter().find(|item| item.id == id);
            let name = item.map(|item| item.name.clone()).unwrap_or_default();
            (name, book.brigade.head.clone())
        })
    });
    let (reason, approver) = (RwSignal::new(String::new()), RwSignal::new(head));
    let refusal = RwSignal::new(String::new());
    let close = Callback::new(move |()| page.removing.set(None));
    let title = t.item_remove_title(&id);
    let consequence = t.item_remove_consequence(&name);
    let remove = move |()| {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let action = Action::RemoveItem {
            id: id.clone(),
            reason: text(reason),
            approver: text(approver),
        };
        match page.app.act_and_tell(action, t.item_removed(&name)) {
            Ok(_) => {
                close.run(());
                page.close();
            }
            Err(words) => refusal.set(words),
        }
    };
    view! {
        <ConfirmDialog
            title
            consequence
            action=t.item_remove()
            is_danger=true
            error=refusal
            on_close=close
            on_confirm=Callback::new(remove)
        >
            <TextField label=t.reason() value=reason help=t.item_remove_reason_help() />
            <TextField label=t.approver() value=approver />
        </ConfirmDialog>
    }
}
