//! A button that opens a panel below it. A click elsewhere closes it.

use leptos::prelude::*;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};

/// The menu. `is_choice`: a click within the panel chooses, and closes it too.
pub fn menu(
    class: &'static str,
    words: impl Fn() -> String + Send + 'static,
    panel: impl IntoView + 'static,
    is_choice: bool,
) -> AnyView {
    let node = NodeRef::<leptos::html::Details>::new();
    let outside = window_event_listener(ev::click, move |event| {
        let Some(menu) = node.get_untracked() else {
            return;
        };
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        // The way that the click took: what was clicked may be gone from the page by now.
        let is_own = event.composed_path().includes(menu.as_ref(), 0);
        let is_summary =
            target.is_some_and(|target| matches!(target.closest("summary"), Ok(Some(_))));
        let stays = is_own && (!is_choice || is_summary);
        if !stays {
            menu.set_open(false);
        }
    });
    on_cleanup(move || outside.remove());
    view! {
        <details class=class node_ref=node>
            <summary class="button">
                {words}
                {icon(Icon::Down)}
            </summary>
            <div class="filter-panel">{panel}</div>
        </details>
    }
    .into_any()
}
