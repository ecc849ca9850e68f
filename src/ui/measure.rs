//! Times of the engine in this browser, for `cargo xtask bench`.
//!
//! Offered as `window.__doubleRandom.bench(units)`, which returns milliseconds
//! by name. It works on made-up data and touches nothing that is stored.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::demo;
use crate::engine::draw::{draw_month, size_month};
use crate::engine::lottery::{Seed, sha256};
use crate::engine::month::month_plan;
use crate::workbook::Workbook;

/// Says that the page can be used, and offers the measurements.
pub fn offer() {
    let Some(performance) = window().performance() else {
        return;
    };
    let _ = performance.mark("double-random:usable");
    let measure = Closure::<dyn Fn(u32) -> JsValue>::new(measure);
    let net = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("__doubleRandom"));
    if let Ok(net) = net {
        let _ = js_sys::Reflect::set(&net, &JsValue::from_str("bench"), measure.as_ref());
    }
    // It is offered as long as the page is open.
    measure.forget();
}

fn timed<T>(name: &str, times: &js_sys::Object, work: impl FnOnce() -> T) -> T {
    let now = || {
        window()
            .performance()
            .map_or(0.0, |performance| performance.now())
    };
    let start = now();
    let result = work();
    let spent = JsValue::from_f64(now() - start);
    let _ = js_sys::Reflect::set(times, &JsValue::from_str(name), &spent);
    result
}

/// A month of a made-up register of `units` units: snapshot, sizes, draw, days and teams.
fn measure(units: u32) -> JsValue {
    let times = js_sys::Object::new();
    let mut workbook: Workbook = demo::brigade(2026, demo::SEED);
    workbook.units = timed("make register", &times, || {
        demo::registry(2026, units, demo::SEED)
    });
    let month = workbook.months()[0];
    let plan = workbook.draft.clone();
    let Ok(snapshot) = timed("freeze", &times, || workbook.snapshot(month, &plan)) else {
        return times.into();
    };
    let duties = workbook.duties(2026);
    let calendar = workbook.calendar();
    let carried = std::collections::BTreeSet::new();
    let sizes = timed("sizes", &times, || {
        size_month(&snapshot, &duties, &plan.design, &carried, &calendar)
    });
    let seed = Seed(sha256(b"a seed for measuring").0);
    let result = timed("draw", &times, || draw_month(&sizes, &snapshot, seed));
    let visits = result.drawn().map(|id| (id.clone(), None)).collect();
    timed("days and teams", &times, || {
        month_plan(
            &visits,
            &calendar.working_days(month),
            &duties,
            plan.design.per_day,
            seed,
        )
    });
    let text = timed("serialise", &times, || {
        super::document::stored_text(&workbook)
    });
    let packed = timed("pack for the store", &times, || {
        crate::store::packing::pack(&text)
    });
    let stored = JsValue::from_f64(packed.encode_utf16().count() as f64 / 1000.0);
    let _ = js_sys::Reflect::set(&times, &JsValue::from_str("stored, 1000 units"), &stored);
    times.into()
}
