//! Times of the engine in this browser, for `cargo xtask bench`.
//!
//! Offered as `window.__doubleRandom.bench(units)`, which returns milliseconds
//! by name. It works on made-up data and touches nothing that is stored.

use std::collections::BTreeSet;
use std::hint::black_box;

use leptos::prelude::*;
use sha2::block_api::compress256;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::app::clock;
use super::task::clock_ms;
use crate::demo;
use crate::engine::draw::{draw_month, size_month};
use crate::engine::lottery::{Purpose, Seed, draw, key, sha256};
use crate::engine::month::month_plan;
use crate::engine::pace::{AtOnce, at_once};
use crate::engine::simulate::{Churn, YearsInput, years};
use crate::engine::snapshot::SNAPSHOT_UNITS_MAX;
use crate::model::CandidateId;
use crate::store::parts::Cutter;
use crate::store::{MemoryStorage, Stamp, Vault};
use crate::workbook::{VERSION, Workbook};

/// The measurement of a pool's draw.
const DRAW: &str = "draw 10 % of the pool";
/// What no draw can be faster than: machines differ more than programs do.
const FLOOR: &str = "SHA-256 of as many blocks alone";
/// A pool's draw is measured so often, and the fastest counts.
const RUNS: usize = 3;
/// Visits of the month whose days and teams are measured.
const VISITS: usize = 200;

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
    let start = clock_ms();
    let result = black_box(work());
    let spent = JsValue::from_f64(clock_ms() - start);
    let _ = js_sys::Reflect::set(times, &JsValue::from_str(name), &spent);
    result
}

/// Everything that is measured for a size: a pool's draw, and as far as a
/// register may be so large, its month and its year.
fn measure(units: u32) -> JsValue {
    let times = js_sys::Object::new();
    draw_tenth(units, &times);
    if units as usize <= SNAPSHOT_UNITS_MAX {
        month_and_year(units, &times);
    }
    note(&times, "wasm memory, MB", memory_mb());
    times.into()
}

fn note(times: &js_sys::Object, name: &str, value: f64) {
    let _ = js_sys::Reflect::set(times, &JsValue::from_str(name), &JsValue::from_f64(value));
}

/// Memory of the module; it grows and never shrinks.
fn memory_mb() -> f64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(buffer.byte_length()) / 1_048_576.0
}

/// A tenth of one pool is drawn, beside the hashing alone.
fn draw_tenth(units: u32, times: &js_sys::Object) {
    let ids: Vec<CandidateId> = (0..units)
        .filter_map(|number| CandidateId::new(format!("NG-{number:07}")).ok())
        .collect();
    let pool: Vec<&CandidateId> = ids.iter().collect();
    let key = key(&Purpose::DrawFirst, Seed(sha256(b"a seed for measuring").0));
    fastest(DRAW, times, || draw(&key, &pool, units / 10));
    fastest(FLOOR, times, || {
        let (mut block, mut state) = ([0; 64], [0; 8]);
        for number in 0..units {
            block[..4].copy_from_slice(&number.to_be_bytes());
            compress256(&mut state, std::slice::from_ref(&block));
        }
        state
    });
}

/// The fastest of [`RUNS`].
fn fastest<T>(name: &str, times: &js_sys::Object, mut work: impl FnMut() -> T) {
    let known = || {
        let time = js_sys::Reflect::get(times, &name.into());
        time.ok().and_then(|time| time.as_f64())
    };
    for _ in 0..RUNS {
        let before = known();
        timed(name, times, &mut work);
        if let (Some(before), Some(now)) = (before, known()) {
            note(times, name, now.min(before));
        }
    }
}

/// A month of a made-up register: snapshot, sizes, draw, days and teams; then a year.
fn month_and_year(units: u32, times: &js_sys::Object) {
    let mut workbook: Workbook = demo::brigade(2026, demo::SEED);
    workbook.units = timed("make register", times, || {
        demo::registry(2026, units, demo::SEED).into()
    });
    let month = workbook.first_year().months()[0];
    let plan = workbook.first_year().draft.clone();
    let Ok(snapshot) = timed("freeze", times, || workbook.snapshot(month, &plan)) else {
        return;
    };
    let duties = workbook.duties(month);
    let calendar = workbook.calendar();
    let carried = std::collections::BTreeSet::new();
    let sizes = timed("sizes", times, || {
        size_month(&snapshot, &duties, &plan.design, &carried, &calendar)
    });
    let seed = Seed(sha256(b"a seed for measuring").0);
    let result = timed("draw of the month", times, || {
        draw_month(&sizes, &snapshot, seed)
    });
    let drawn = result.drawn().map(|id| (id.clone(), None));
    let others = snapshot.units.iter().map(|unit| (unit.id.clone(), None));
    // Two hundred visits, whatever the plan would draw.
    let visits = drawn.chain(others).take(VISITS).collect();
    let days = calendar.working_days(month);
    timed("days and teams of 200 visits", times, || {
        month_plan(&visits, &days, &duties, 2, seed)
    });
    let input = YearsInput {
        snapshot,
        officers: duties,
        design: plan.design,
        calendar,
        churn: Churn::default(),
        teams: true,
        seed: 1,
    };
    timed("simulated year with teams", times, || {
        at_once(years(input, 1, &AtOnce))
    });
    let mut cutter = Cutter::default();
    let cut = timed("pack for the store", times, || {
        cutter.cut(&workbook, BTreeSet::new())
    });
    let stored = cut.units() as f64 / 1000.0;
    let stamp = Stamp {
        at: clock(),
        version: VERSION,
        units_count: units,
    };
    let mut vault = Vault::new(MemoryStorage::new(), VERSION);
    // A store in memory without limit refuses nothing.
    let _ = vault.save(&cut, &stamp);
    workbook.units[units as usize / 2].note = "改".into();
    let _ = timed("change of one unit, packed and saved", times, || {
        let known = vault.parts_known().unwrap_or_default();
        vault.save(&cutter.cut(&workbook, known), &stamp)
    });
    note(times, "stored, 1000 units", stored);
}
