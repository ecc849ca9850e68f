//! The worker's side: answers the page's requests one by one, as long as the page wishes.

use std::cell::{Cell, RefCell};

use leptos::web_sys;
use wasm_bindgen::prelude::*;

use super::desk::{Answer, Request, SheetDesk};
use crate::engine::pace::{Advance, at_once};
use crate::ui::worker::{say, say_bytes};

/// Between two words on how far the work is.
const REPORT_EVERY_MS: f64 = 100.0;

/// The worker's whole life: says that it is there, and answers what it is asked.
pub fn serve() {
    let desk = RefCell::new(SheetDesk::new());
    let heard =
        Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            let part = |name: &str| js_sys::Reflect::get(&event.data(), &name.into()).ok();
            let text = part("request").and_then(|text| text.as_string());
            let bytes = part("bytes").and_then(|bytes| bytes.dyn_into::<js_sys::Uint8Array>().ok());
            let bytes = bytes.map(|bytes| bytes.to_vec()).unwrap_or_default();
            match serde_json::from_str::<Request>(&text.unwrap_or_default()) {
                Ok(request) => answer(&desk, request, &bytes),
                Err(error) => say(&Answer::Failed(error.to_string())),
            }
        });
    let name = JsValue::from("onmessage");
    // Where even this fails nobody hears that the worker is ready.
    if js_sys::Reflect::set(&js_sys::global(), &name, heard.as_ref()).is_ok() {
        heard.forget();
        say(&Answer::Ready);
    }
}

fn answer(desk: &RefCell<SheetDesk>, request: Request, bytes: &[u8]) {
    let told_ms = Cell::new(js_sys::Date::now());
    let pace = |advance: Advance| {
        let now_ms = js_sys::Date::now();
        if now_ms - told_ms.get() > REPORT_EVERY_MS {
            told_ms.set(now_ms);
            say(&Answer::Progress(advance));
        }
    };
    let mut desk = desk.borrow_mut();
    at_once(desk.answer(request, bytes, &pace, |answer| match answer {
        Answer::Written(bytes) => say_bytes(&bytes),
        answer => say(&answer),
    }));
}
