//! The floor meter: bars scaled to their duty, so that one red line runs
//! through all of them.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::scale::{FLOOR_AT, on_floor_scale, percent_text};

/// From here on the words of the time gone would run into the floor's: they stand beside
/// their tick instead of over it.
const BESIDE_FROM_PERMILLE: u32 = 700;

/// One duty and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorBar {
    /// Whose duty: 人员密集重点.
    pub name: String,
    /// The floor in words: 底线 100%.
    pub note: String,
    /// What the floor demands by the year's end.
    pub duty: u32,
    /// What is done.
    pub done: u32,
    /// What is expected by the year's end, done included.
    pub forecast: u32,
    /// The same in words, which is what a screen reader says.
    pub facts: String,
}

/// The meter. `elapsed` is the share of working days gone, in thousandths;
/// bars behind it are late.
///
/// ```text
/// floor_meter(t, vec![FloorBar { … }], Some(536))
/// ```
pub fn floor_meter(lang: Lang, bars: Vec<FloorBar>, elapsed: Option<u32>) -> AnyView {
    let now = elapsed.map(|elapsed| format!("left:{}", on_floor_scale(elapsed, 1000)));
    let heads = elapsed.zip(now.clone()).map(|(elapsed, left)| {
        view! {
            <span class="floor-elapsed" class:is-beside={elapsed > BESIDE_FROM_PERMILLE} style=left>
                {lang.meter_elapsed(percent_text(elapsed))}
            </span>
        }
    });
    let rows = bars
        .into_iter()
        .map(|bar| floor_row(bar, now.clone()))
        .collect_view();
    view! {
        <div class="floor-meter">
            <div class="floor-heads" aria-hidden="true">
                {heads}
                <span class="floor-word" style=format!("left:{FLOOR_AT}")>
                    {lang.meter_floor()}
                </span>
            </div>
            <div class="floor-rows">
                {rows}
                <div class="floor-through" aria-hidden="true">
                    <i style=format!("left:{FLOOR_AT}")></i>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn floor_row(bar: FloorBar, now: Option<String>) -> AnyView {
    let width = |value| format!("width:{}", on_floor_scale(value, bar.duty));
    let tick = now.map(|left| view! { <i class="now" style=left></i> });
    view! {
        <div class="floor-row">
            <div>
                <b>{bar.name}</b>
                <span class="floor-note">{bar.note}</span>
            </div>
            <div>
                <div class="floor-bar" aria-hidden="true">
                    <i class="soft" style=width(bar.forecast)></i>
                    <i class="done" style=width(bar.done)></i>
                    {tick}
                </div>
                <p class="floor-facts">{bar.facts}</p>
            </div>
        </div>
    }
    .into_any()
}
