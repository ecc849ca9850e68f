//! What only the browser can say: time, randomness, focus.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast as _;

/// The computer's local time, to the second.
#[must_use]
pub fn clock() -> NaiveDateTime {
    let now = js_sys::Date::new_0();
    let date = NaiveDate::from_ymd_opt(
        now.get_full_year() as i32,
        now.get_month() + 1,
        now.get_date(),
    );
    let time = NaiveTime::from_hms_opt(now.get_hours(), now.get_minutes(), now.get_seconds());
    let time = time.and_then(|time| time.with_nanosecond(0));
    date.unwrap_or_default().and_time(time.unwrap_or_default())
}

/// Fresh random bytes.
///
/// # Panics
/// Where the browser has no secure random source; then no draw could be honest.
#[must_use]
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("every supported browser has a secure random source");
    bytes
}

/// `bytes` random bytes (at most 32) as hexadecimal digits.
#[must_use]
pub fn random_hex(bytes: usize) -> String {
    random_bytes()
        .iter()
        .take(bytes)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The element that has the focus, if any.
#[must_use]
pub fn focused() -> Option<web_sys::HtmlElement> {
    document()
        .active_element()
        .and_then(|element| element.dyn_into().ok())
}
