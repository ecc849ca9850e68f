//! The quota by group, and the months to come.

use leptos::prelude::*;

use crate::engine::cell::Cell;
use crate::engine::draw::{DrawGroup, MonthSizes};
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::MonthState;
use crate::ui::widgets::chart::{MonthBar, month_bars};

/// n of R as a percentage with one decimal.
pub(in crate::ui::pages) fn chance(n: u32, pool: u32) -> String {
    if pool == 0 {
        return "—".into();
    }
    let tenths = (u64::from(n) * 1000 + u64::from(pool) / 2) / u64::from(pool);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// R and n of the pools that a draw brings along: a campaign's, a register's.
#[component]
pub(super) fn OwnSizes(sizes: Vec<(DrawGroup, u32, u32)>) -> impl IntoView {
    let t = use_lang();
    let total: u32 = sizes.iter().map(|own| own.2).sum();
    let caption = t.own_sizes_caption(sizes.iter().filter(|own| own.2 > 0).count(), total);
    let rows = sizes.into_iter().map(|(group, pool, quota)| {
        view! {
            <tr>
                <td>{t.draw_group(group)}</td>
                <td class="number">{pool}</td>
                <td class="number">
                    <b>{quota}</b>
                </td>
                <td class="number">{chance(quota, pool)}</td>
            </tr>
        }
    });
    view! {
        <section class="pane" aria-labelledby="sizes-title">
            <div class="pane-head">
                <h2 id="sizes-title">{t.sizes_title()}</h2>
                <span class="caption">{caption}</span>
            </div>
            <table class="list is-auto">
                <thead>
                    <tr>
                        <th scope="col">{t.col_group()}</th>
                        <th scope="col" class="number">{t.col_pool()}</th>
                        <th scope="col" class="number">{t.own_col_quota()}</th>
                        <th scope="col" class="number">{t.col_chance()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}

#[component]
pub(super) fn SizesView(
    state: MonthState,
    sizes: MonthSizes,
    title: &'static str,
) -> impl IntoView {
    let t = use_lang();
    let rows = sizes.cells.iter().map(|cell| {
        let class = if cell.quota == 0 { "is-faint" } else { "" };
        view! {
            <tr class=class>
                <td>{t.cell(cell.cell)}</td>
                <td class="number">{cell.size}</td>
                <td class="number">{cell.target}</td>
                <td class="number">{cell.committed}</td>
                <td class="number">{cell.demand}</td>
                <td class="number">{cell.pool}</td>
                <td class="number">
                    <b>{cell.quota}</b>
                </td>
                <td class="number">{chance(cell.quota, cell.pool)}</td>
            </tr>
        }
    });
    let groups = sizes.cells.iter().filter(|cell| cell.quota > 0).count()
        + usize::from(sizes.second_quota > 0);
    let caption = t.sizes_caption(sizes.quota_total(), groups);
    let carried = sizes.carried.len();
    let has_early = sizes.cells.iter().any(|cell| cell.cell == Cell::Early);
    let _ = state;
    view! {
        <div class="columns">
            <section class="pane grow" aria-labelledby="sizes-title">
                <div class="pane-head">
                    <h2 id="sizes-title">{title}</h2>
                    <span class="caption">{caption}</span>
                </div>
                <table class="list is-auto">
                    {sizes_head()}
                    <tbody>
                        {rows.collect_view()}
                        <tr>
                            <td>{t.draw_group(DrawGroup::Second)}</td>
                            <td colspan="4"></td>
                            <td class="number">{sizes.second_pool}</td>
                            <td class="number">
                                <b>{sizes.second_quota}</b>
                            </td>
                            <td class="number">{chance(sizes.second_quota, sizes.second_pool)}</td>
                        </tr>
                        {(carried > 0)
                            .then(|| {
                                view! {
                                    <tr>
                                        <td>{t.carried_in()}</td>
                                        <td colspan="5">{t.carried_takes()}</td>
                                        <td class="number">{carried}</td>
                                        <td></td>
                                    </tr>
                                }
                            })}
                    </tbody>
                </table>
                {early_note(has_early)}
            </section>
            <LoadsPane sizes />
        </div>
    }
}

/// What the early group is, below the table in which it stands.
pub(in crate::ui::pages) fn early_note(has_early: bool) -> AnyView {
    let t = use_lang();
    has_early
        .then(|| view! { <p class="pane-body caption pane-foot">{t.early_note()}</p> })
        .into_any()
}

fn sizes_head() -> AnyView {
    let t = use_lang();
    let names = [
        t.col_size(),
        t.col_target(),
        t.col_committed(),
        t.col_demand(),
        t.col_pool(),
        t.col_quota(),
        t.col_chance(),
    ];
    view! {
        <thead>
            <tr>
                <th scope="col">{t.col_group()}</th>
                {names.map(|name| view! { <th scope="col" class="number">{name}</th> }).collect_view()}
            </tr>
        </thead>
    }
    .into_any()
}

/// Beside the sizes: due, places and load of each month to come.
#[component]
fn LoadsPane(sizes: MonthSizes) -> impl IntoView {
    let t = use_lang();
    let bars: Vec<MonthBar> = sizes
        .loads
        .iter()
        .map(|load| MonthBar {
            month: load.month,
            done: 0,
            planned: load.load,
            capacity: Some(load.capacity),
        })
        .collect();
    let rows = sizes.loads.iter().map(|load| {
        view! {
            <tr>
                <td>{t.month_name(load.month)}</td>
                <td class="number">{load.due}</td>
                <td class="number">{load.capacity}</td>
                <td class="number">{load.load}</td>
            </tr>
        }
    });
    view! {
        <section class="pane plan-right" aria-labelledby="loads-title">
            <div class="pane-head">
                <h2 id="loads-title">{t.loads_title()}</h2>
                <span class="caption">{t.theta_note()}</span>
            </div>
            <div class="pane-body">{month_bars(t, &bars, t.loads_title().to_owned())}</div>
            <table class="list is-auto" aria-labelledby="loads-title">
                <thead>
                    <tr>
                        <th scope="col">{t.col_month()}</th>
                        <th scope="col" class="number">{t.loads_due()}</th>
                        <th scope="col" class="number">{t.loads_capacity()}</th>
                        <th scope="col" class="number">{t.loads_drawn()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}
