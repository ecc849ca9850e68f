//! Tests that need a browser: `cargo xtask test wasm` runs them in headless Chromium.
#![cfg(target_arch = "wasm32")]

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn local_storage_keeps_every_utf16_unit_of_packed_text() {
    // 15 bits to a unit, moved clear of the surrogates: what the store writes.
    let packed: String = (0x0800..0xd800)
        .chain(0xe000..0xffff)
        .filter_map(char::from_u32)
        .collect();
    LocalStorage::raw()
        .set_item("double-random.test", &packed)
        .expect("local storage accepts 60 000 units");
    let kept = LocalStorage::raw().get_item("double-random.test");
    LocalStorage::delete("double-random.test");
    assert_eq!(kept.expect("local storage answers"), Some(packed));
}

#[wasm_bindgen_test]
fn entropy_comes_from_the_browser() {
    let (mut one, mut other) = ([0; 32], [0; 32]);
    getrandom::fill(&mut one).expect("the browser has entropy");
    getrandom::fill(&mut other).expect("the browser has entropy");
    assert_ne!(one, other);
}
