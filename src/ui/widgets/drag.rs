//! Rows of a list that a person drags: by the pointer alone; keys have a way of their own.
//!
//! One set of listeners on the whole table: a row is known by its place, so that lists without
//! it pay nothing.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

/// The class of the row over which something is held.
const ONTO: &str = "is-onto";

/// Which rows can be dragged, and what becomes of them.
#[derive(Clone, Copy)]
pub struct Drags {
    /// Whether the row at a place can be dragged; may read signals.
    pub may: Callback<usize, bool>,
    /// The row at a place is held; none: it was let go.
    pub on_hold: Callback<Option<usize>>,
    /// Whether what is held may be let go on the row at a place.
    pub may_drop: Callback<usize, bool>,
    /// It was let go there.
    pub on_drop: Callback<usize>,
}

impl Drags {
    pub(super) fn begin(self, event: &DragEvent) {
        if let (Some((_, place)), Some(data)) = (row_of(event), event.data_transfer()) {
            data.set_effect_allowed("move");
            // Without data Firefox begins no drag.
            let _ = data.set_data("text/plain", " ");
            // A page that changes within this event loses the drag in Chromium.
            request_animation_frame(move || self.on_hold.run(Some(place)));
        }
    }

    pub(super) fn over(self, event: &DragEvent) {
        let onto = row_of(event).filter(|(_, place)| self.may_drop.run(*place));
        clear_marks();
        if let Some((row, _)) = onto {
            event.prevent_default();
            let _ = row.class_list().add_1(ONTO);
        }
    }

    pub(super) fn drop(self, event: &DragEvent) {
        clear_marks();
        if let Some((_, place)) = row_of(event).filter(|(_, place)| self.may_drop.run(*place)) {
            event.prevent_default();
            self.on_drop.run(place);
        }
    }

    pub(super) fn end(self) {
        clear_marks();
        self.on_hold.run(None);
    }
}

fn clear_marks() {
    while let Ok(Some(row)) = document().query_selector(&format!("tr.{ONTO}")) {
        let _ = row.class_list().remove_1(ONTO);
    }
}

/// The row under an event, and its place.
fn row_of(event: &DragEvent) -> Option<(web_sys::Element, usize)> {
    let node = event.target()?.dyn_into::<web_sys::Node>().ok()?;
    let element = node.dyn_ref::<web_sys::Element>().cloned();
    let element = element.or_else(|| node.parent_element())?;
    let row = element.closest("tr[aria-rowindex]").ok()??;
    // The head is the first row.
    let index: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some((row, index.checked_sub(2)?))
}
