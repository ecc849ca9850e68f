//! Twelve months as bars, with the capacity as a tick above each.
//!
//! A chart crate would add 150 KB (leptos-chartistry) for one shape of thirty
//! lines; the numbers also stand in a table beside it.

use leptos::prelude::*;

use crate::i18n::Lang;

// The drawing's own units; the page scales it.
const WIDTH: f64 = 500.0;
const HEIGHT: f64 = 240.0;
/// Room for the numbers at the left.
const LEFT: f64 = 34.0;
/// Room for the months below.
const BOTTOM: f64 = 40.0;

/// One month's bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthBar {
    /// 1…12.
    pub month: u32,
    /// Visits made or drawn.
    pub done: u32,
    /// Visits planned beyond those.
    pub planned: u32,
    /// Visits that fit; none where it is not known.
    pub capacity: Option<u32>,
}

/// The chart. `label` is its accessible name and says what it shows.
pub fn month_bars(lang: Lang, bars: &[MonthBar], label: String) -> AnyView {
    let most = bars
        .iter()
        .map(|bar| (bar.done + bar.planned).max(bar.capacity.unwrap_or(0)))
        .max();
    let step = grid_step(most.unwrap_or(0).max(1));
    let ceiling = f64::from(most.unwrap_or(0).max(1).div_ceil(step) * step);
    let y =
        move |value: u32| (HEIGHT - BOTTOM) - f64::from(value) / ceiling * (HEIGHT - BOTTOM - 12.0);
    let slot = (WIDTH - LEFT) / 12.0;
    let grid = (0..=(ceiling as u32 / step)).map(|line| {
        let value = line * step;
        view! {
            <line class="grid" x1=LEFT x2=WIDTH y1=y(value) y2=y(value)></line>
            <text x=LEFT - 6.0 y=y(value) + 4.0 text-anchor="end">
                {value}
            </text>
        }
    });
    let columns = bars
        .iter()
        .map(|bar| one_bar(lang, *bar, LEFT + slot * f64::from(bar.month - 1), slot, &y));
    view! {
        <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
            {grid.collect_view()}
            {columns.collect_view()}
        </svg>
    }
    .into_any()
}

fn one_bar(lang: Lang, bar: MonthBar, x: f64, slot: f64, y: &impl Fn(u32) -> f64) -> AnyView {
    let (wide, inset) = (slot * 0.62, slot * 0.19);
    let total = bar.done + bar.planned;
    let is_over = bar.capacity.is_some_and(|capacity| total > capacity);
    let tick = bar.capacity.map(|capacity| {
        let class = if is_over { "tick over" } else { "tick" };
        view! { <line class=class x1=x + 2.0 x2=x + slot - 2.0 y1=y(capacity) y2=y(capacity)></line> }
    });
    let name = match lang {
        Lang::Zh => format!("{}月", bar.month),
        Lang::En => lang.month_name(bar.month).chars().take(3).collect(),
    };
    view! {
        <rect class="soft" x=x + inset y=y(total) width=wide height=y(bar.done) - y(total)></rect>
        <rect class="done" x=x + inset y=y(bar.done) width=wide height=y(0) - y(bar.done)></rect>
        {tick}
        <text x=x + slot / 2.0 y="218" text-anchor="middle">
            {name}
        </text>
        <text x=x + slot / 2.0 y="234" text-anchor="middle">
            {total}
        </text>
    }
    .into_any()
}

/// Distance of the grid's lines: 1, 2 or 5 times a power of ten, four to eight of them.
fn grid_step(most: u32) -> u32 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if most <= step * factor * 6 {
                return step * factor;
            }
        }
        step *= 10;
    }
}
