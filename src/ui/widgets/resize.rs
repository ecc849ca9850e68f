//! Word of an element's size whenever it changes, and of the next picture of the page.

use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Bound here: three functions of it are not worth a feature that builds its library anew.
    type ResizeObserver;
    #[wasm_bindgen(constructor)]
    fn new(changed: &js_sys::Function) -> ResizeObserver;
    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &web_sys::Element);
    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);
}

/// Calls `work` before the next picture of the page, unless the owner is gone by then.
pub fn in_next_frame(work: impl FnOnce() + 'static) {
    let owner = StoredValue::new(());
    request_animation_frame(move || {
        if owner.try_get_value().is_some() {
            work();
        }
    });
}

/// Calls `changed` with every new size of `element`, and at once with its first, until the owner
/// is gone. A window's own event would miss what stands beside the element.
pub fn on_resize(element: &web_sys::Element, changed: impl Fn() + 'static) {
    let owner = StoredValue::new(());
    // In the next frame: a list that changes within the notice would be told in a circle.
    let later = std::rc::Rc::new(changed);
    let told = Closure::<dyn Fn()>::new(move || {
        let changed = later.clone();
        request_animation_frame(move || {
            // By then the element may be gone, and all that was to hear of it.
            if owner.try_get_value().is_some() {
                changed();
            }
        });
    });
    let observer = ResizeObserver::new(told.as_ref().unchecked_ref());
    observer.observe(element);
    let kept = StoredValue::new_local((observer, told));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}
