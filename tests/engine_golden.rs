//! The golden records, natively and in the browser.
//!
//! `BLESS_GOLDEN=1 cargo test --test engine_golden` writes them anew, and `BLESS=1`,
//! which writes demo data and schemas, does not: a record changes
//! only with a new record format.

mod golden;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg(not(target_arch = "wasm32"))]
#[path = "golden/bless.rs"]
mod bless;
#[cfg(not(target_arch = "wasm32"))]
#[path = "golden/occasions.rs"]
mod occasions;

#[test]
fn golden_records_hold() {
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("BLESS_GOLDEN").is_some() {
        return bless::all();
    }
    golden::check_all();
}

#[test]
fn golden_records_are_drawn_again_to_the_same_bytes() {
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("BLESS_GOLDEN").is_some() {
        return;
    }
    golden::check_rebuilt();
}

#[test]
fn golden_records_show_every_kind_of_draw() {
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var_os("BLESS_GOLDEN").is_some() {
        return;
    }
    golden::check_variety();
}
