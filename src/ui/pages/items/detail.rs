//! The panel beside the list: one item, and its place among those of its subject.

use leptos::prelude::*;

use super::Items;
use super::remove::RemoveDialog;
use crate::i18n::Lang;
use crate::model::{InspectionItem, Unit};
use crate::ui::app::use_lang;
use crate::ui::widgets::list::{detail_head, fact, read};
use crate::ui::widgets::register::Panel;
use crate::ui::widgets::{Icon, icon};
use crate::workbook::Action;

/// One item.
pub(super) fn panel(page: Items, id: String) -> (Panel, AnyView) {
    let t = use_lang();
    let is_removing = RwSignal::new(false);
    let own = id.clone();
    let panel = move || {
        let (item, count) = read(page.app, |book| {
            let item = book.items.iter().find(|item| item.id == own)?.clone();
            let is_for = |unit: &&Unit| unit.status.is_active() && item.applies(unit);
            let count = book.units.iter().filter(is_for).count();
            Some((item, count))
        })?;
        Some(show(page, t, &item, count, is_removing))
    };
    let dialog = move || {
        let (id, on_close) = (id.clone(), Callback::new(move |()| is_removing.set(false)));
        is_removing
            .get()
            .then(|| view! { <RemoveDialog page id on_close /> })
    };
    (Box::new(panel), dialog.into_any())
}

fn show(
    page: Items,
    t: Lang,
    item: &InspectionItem,
    count: usize,
    is_removing: RwSignal<bool>,
) -> AnyView {
    let id = item.id.clone();
    let close = Callback::new(move |()| page.close());
    let edit = view! {
        <button type="button" class="button is-small" on:click=move |_| page.edit(&id)>
            {t.edit()}
        </button>
        <button type="button" class="button is-small" on:click=move |_| is_removing.set(true)>
            {t.item_remove()}
        </button>
    };
    let text = |title: &'static str, text: &str| {
        let words = if text.is_empty() {
            view! { <p class="soft">{t.item_blank()}</p> }.into_any()
        } else {
            view! { <p class="long-text">{text.to_owned()}</p> }.into_any()
        };
        view! {
            <section class="detail-section">
                <h3>{title}</h3>
                {words}
            </section>
        }
    };
    view! {
        {detail_head(t, item.name.clone(), edit.into_any(), close)}
        <div class="detail-facts">
            <div class="fact-words">
                <span class="code">{item.id.clone()}</span>
                <span>{t.subject_long(item.subject)}</span>
                <span>{item.class.clone()}</span>
            </div>
            <div class="button-row">{move_button(page, t, item, true)} {move_button(page, t, item, false)}</div>
        </div>
        <section class="detail-section">
            <h3>{t.item_applies()}</h3>
            <p>{t.applies_to(item.applies_to)}</p>
            <p class="caption">{t.item_applies_count(count)}</p>
        </section>
        {text(t.item_basis(), &item.basis)}
        {text(t.item_method(), &item.method)}
        {text(t.item_content(), &item.content)}
        <section class="detail-section">
            <dl class="facts-list">
                {fact(t.item_authority(), item.authority.as_str())}
                {fact(t.item_share(), item.share.as_str())}
                {fact(t.item_frequency(), item.frequency.as_str())}
            </dl>
        </section>
        {(!item.note.is_empty()).then(|| text(t.item_note(), &item.note))}
    }
    .into_any()
}

/// Moves the item by one among those of its subject; nothing to do at the end of them.
fn move_button(page: Items, t: Lang, item: &InspectionItem, is_up: bool) -> AnyView {
    let (words, sign) = if is_up {
        (t.item_up(), Icon::Up)
    } else {
        (t.item_down(), Icon::Down)
    };
    let to = read(page.app, |book| book.item_place_beside(&item.id, is_up));
    let (id, name) = (item.id.clone(), item.name.clone());
    let shift = move |_| {
        if let Some(to) = to {
            let id = id.clone();
            // The place was read from the list that is shown, so the move is not refused.
            let _ = page
                .app
                .act_and_tell(Action::MoveItem { id, to }, t.item_moved(&name));
        }
    };
    view! {
        <button type="button" class="button is-small" disabled=to.is_none() on:click=shift>
            {icon(sign)}
            {words}
        </button>
    }
    .into_any()
}
