//! Keys that work on every page, and their list.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use crate::ui::app::{App, focused, use_lang};
use crate::ui::import::is_dialog_open;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Dialog, close_foot};

/// Keys that work on every page.
pub(super) fn listen_to_keys(app: App, keys_open: RwSignal<bool>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_typing = focused().is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        let key = event.key();
        // Under an open dialog nothing may change; saving a backup changes nothing.
        let is_backup = event.ctrl_key() && matches!(key.as_str(), "s" | "S");
        if is_dialog_open() && !is_backup {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            match key.as_str() {
                "k" | "K" => app.is_palette_open.set(true),
                "s" | "S" => app.backup(),
                "z" | "Z" if !is_typing => app.undo_last(),
                _ => return,
            }
            event.prevent_default();
        } else if event.alt_key() {
            if let Some(page) = first_of_group(&key) {
                event.prevent_default();
                app.go(&Route::to(page));
            }
        } else if !is_typing && key == "?" {
            keys_open.set(true);
        } else if !is_typing
            && key == "/"
            && let Ok(Some(find)) = document().query_selector("[data-find]")
        {
            event.prevent_default();
            if let Ok(find) = find.dyn_into::<web_sys::HtmlElement>() {
                let _ = find.focus();
            }
        }
    });
    std::mem::forget(listener);
}

/// The first page of a group by its number. Number 3 (carry out)
/// waits for its pages, so that no key changes its meaning later.
fn first_of_group(key: &str) -> Option<Page> {
    match key {
        "1" => Some(Page::Home),
        "2" => Some(Page::Plan),
        "4" => Some(Page::Units),
        "5" => Some(Page::Fairness),
        "6" => Some(Page::Trail),
        _ => None,
    }
}

#[component]
pub(super) fn Keys(is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let close = Callback::new(move |()| is_open.set(false));
    view! {
        <Dialog title=t.keys_title() on_close=close>
            <div class="dialog-body">
                {key_list()}
            </div>
            {close_foot(t, close)}
        </Dialog>
    }
}

/// The keys that work on every page, with what they do.
pub fn key_list() -> AnyView {
    let t = use_lang();
    let keys = [
        ("Ctrl K", t.key_search()),
        ("/", t.key_find()),
        ("↑ ↓", t.key_rows()),
        ("Enter", t.key_open()),
        ("Esc", t.key_close()),
        ("Ctrl S", t.key_backup()),
        ("Ctrl P", t.key_print()),
        ("Ctrl Z", t.key_undo()),
        ("Alt 1–6", t.key_groups()),
        ("?", t.key_keys()),
    ];
    let rows = keys.map(|(key, words)| view! { <dt><kbd>{key}</kbd></dt><dd>{words}</dd> });
    view! { <dl class="facts-list">{rows.collect_view()}</dl> }.into_any()
}
