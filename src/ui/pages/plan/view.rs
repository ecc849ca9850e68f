//! What the plan's numbers come to: verdict, strata, months.

use leptos::prelude::*;

use crate::desk::outlook::percent;
use crate::desk::{MonthOutlook, Outlook, StratumOutlook};
use crate::engine::design::TWICE_OFF;
use crate::engine::quota::Mode;
use crate::engine::year_plan::Remedy;
use crate::i18n::Lang;
use crate::model::Stratum;
use crate::ui::app::use_lang;
use crate::ui::pages::plan::state::{PlanState, adopt};
use crate::ui::widgets::chart::{MonthBar, month_bars};
use crate::ui::widgets::{Banner, BannerKind};

/// Whether the year fits, why not, and what helps.
pub(super) fn verdict(state: PlanState, outlook: &Outlook) -> AnyView {
    let t = use_lang();
    let general = outlook.strata[Stratum::C.index()];
    if general.units_count == 0 {
        return view! { <Banner kind=BannerKind::Bad fact=t.general_absent() /> }.into_any();
    }
    let Some(window) = outlook.year.window else {
        return fits(outlook);
    };
    let within =
        |month: &&MonthOutlook| (window.first..=window.last).contains(&month.month.month());
    let capacity: u32 = outlook
        .months
        .iter()
        .filter(within)
        .map(|month| month.capacity.capacity)
        .sum();
    let fact = t.infeasible_fact(
        t.month_name(window.first),
        t.month_name(window.last),
        capacity + window.lack,
        capacity,
        window.lack,
    );
    let (kind, fact) = match outlook.year.mode {
        Mode::WithoutEarly => (BannerKind::Warn, t.with_note(t.without_early_fact(), fact)),
        Mode::Full | Mode::WhatFits => (BannerKind::Bad, fact),
    };
    let items: Vec<AnyView> = outlook
        .remedies
        .iter()
        .cloned()
        .zip(1..)
        .map(|(remedy, number)| remedy_row(state, remedy, number))
        .collect();
    let cause = if items.is_empty() {
        t.infeasible_no_remedy()
    } else {
        t.infeasible_cause()
    };
    view! {
        <Banner kind fact cause>
            {items}
        </Banner>
    }
    .into_any()
}

fn remedy_row(state: PlanState, remedy: Remedy, number: u32) -> AnyView {
    let t = use_lang();
    let words = t.remedy(&remedy);
    let button = if matches!(remedy, Remedy::OfficerDays { .. }) {
        view! {
            <a class="button is-small" href="#/officers">
                {t.remedy_officers()}
            </a>
        }
        .into_any()
    } else if state.is_editable() {
        let adopt_it = move |_| adopt(state, &remedy);
        view! {
            <button type="button" class="button is-small" on:click=adopt_it>
                {t.remedy_adopt()}
            </button>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! {
        <li>
            <b>{number}</b>
            <span>{words}</span>
            {button}
        </li>
    }
    .into_any()
}

fn fits(outlook: &Outlook) -> AnyView {
    let t = use_lang();
    let load = |month: &&MonthOutlook| {
        u64::from(month.visits_count()) * 1000 / u64::from(month.capacity.capacity.max(1))
    };
    let fullest = outlook
        .months
        .iter()
        .filter(|month| month.month >= outlook.from)
        .max_by_key(load);
    let fullest = fullest.map(|month| {
        t.fits_months(
            t.month_name(month.month.month()),
            month.visits_count(),
            month.capacity.capacity,
        )
    });
    let sentences = [
        t.fits_floors().to_owned(),
        fullest.unwrap_or_default(),
        t.fits_rules().to_owned(),
    ];
    let cause = sentences.join(match t {
        Lang::Zh => "",
        Lang::En => " ",
    });
    view! { <Banner kind=BannerKind::Ok fact=t.fits_title() cause /> }.into_any()
}

#[component]
pub(super) fn StrataPane(state: PlanState, outlook: Outlook) -> impl IntoView {
    let t = use_lang();
    let second: u32 = outlook.months.iter().map(|month| month.second_count).sum();
    let units: u32 = outlook
        .strata
        .iter()
        .map(|stratum| stratum.units_count)
        .sum();
    let first: u32 = outlook
        .strata
        .iter()
        .map(|stratum| stratum.target_count)
        .sum();
    let key = outlook.strata[0].target_count + outlook.strata[1].target_count;
    let general = outlook.strata[2].target_count;
    let twice = state.plan().design.twice_level;
    let second_words = if twice >= TWICE_OFF {
        t.second_row_off().to_owned()
    } else {
        t.second_row(twice)
    };
    view! {
        <section class="pane" aria-labelledby="strata-title">
            <div class="pane-head">
                <h2 id="strata-title">{t.strata_title()}</h2>
                <span class="caption">{t.strata_caption(units, first + second)}</span>
                <span class="spring"></span>
                <span class="caption floor-legend">{t.floor_legend()}</span>
            </div>
            <table class="list is-auto">
                <thead>
                    <tr>
                        <th scope="col">{t.col_stratum()}</th>
                        <th scope="col" class="number">{t.col_total()}</th>
                        <th scope="col" class="number">{t.col_floor()}</th>
                        <th scope="col" class="number">{t.col_at_least()}</th>
                        <th scope="col" class="number">{t.col_planned()}</th>
                        <th scope="col" class="number">{t.col_share()}</th>
                        <th scope="col"><span class="visually-hidden">{t.col_share()}</span></th>
                        <th scope="col" class="number">{t.col_margin()}</th>
                    </tr>
                </thead>
                <tbody>
                    {outlook.strata.into_iter().map(stratum_row).collect_view()}
                    <tr class="is-wide">
                        <td colspan="4">{second_words}</td>
                        <td class="number"><b>{second}</b></td>
                        <td colspan="3"></td>
                    </tr>
                </tbody>
            </table>
            <p class="pane-body caption pane-foot">
                {t.shares_of_visits(key, percent(key, first), general, percent(general, first))}
            </p>
            <p class="pane-body caption pane-foot">{t.year_end_rule()}</p>
        </section>
    }
}

fn stratum_row(row: StratumOutlook) -> AnyView {
    let t = use_lang();
    let floor_percent = row.stratum.legal_floor().ppb() / 10_000_000;
    let share = percent(row.target_count, row.units_count);
    let bar = format!("width:{share}%");
    let floor = format!("left:{floor_percent}%");
    view! {
        <tr class="is-wide">
            <td>
                <b>{row.stratum.to_string()}</b>
                " "
                {t.stratum(row.stratum)}
            </td>
            <td class="number">{row.units_count}</td>
            <td class="number">{floor_percent} "%"</td>
            <td class="number">{row.floor_count}</td>
            <td class="number">
                <b>{row.target_count}</b>
            </td>
            <td class="number">{share} "%"</td>
            <td class="bar-cell">
                <div class="floor-bar" aria-hidden="true">
                    <i class="done" style=bar></i>
                    <i class="floor" style=floor></i>
                </div>
            </td>
            <td class="number">{format!("{:+}", i64::from(row.target_count) - i64::from(row.floor_count))}</td>
        </tr>
    }
    .into_any()
}

#[component]
pub(super) fn MonthsPane(outlook: Outlook) -> impl IntoView {
    let t = use_lang();
    let bars: Vec<MonthBar> = outlook
        .months
        .iter()
        .map(|month| MonthBar {
            month: month.month.month(),
            done: month.made_count,
            planned: month.visits_count() - month.made_count,
            capacity: Some(month.capacity.capacity),
        })
        .collect();
    let ahead = || {
        outlook
            .months
            .iter()
            .filter(|month| month.month >= outlook.from)
    };
    let visits: u32 = ahead().map(MonthOutlook::visits_count).sum();
    let capacity: u32 = ahead().map(|month| month.capacity.capacity).sum();
    let caption = t.months_caption(visits, capacity, percent(visits, capacity));
    view! {
        <section class="pane" aria-labelledby="months-title">
            <div class="pane-head">
                <h2 id="months-title">{t.months_title()}</h2>
                <span class="caption">{caption}</span>
            </div>
            <div class="pane-body">
                {month_bars(t, &bars, t.months_chart_label().to_owned())}
                <p class="legend">
                    <span>{t.legend_done()}</span>
                    <span class="is-soft">{t.legend_planned()}</span>
                    <span class="is-line">{t.legend_capacity()}</span>
                </p>
            </div>
            {months_table(&outlook)}
        </section>
    }
}

fn months_table(outlook: &Outlook) -> AnyView {
    let t = use_lang();
    let rows = outlook.months.iter().map(|month| {
        let is_over = month.visits_count() > month.capacity.capacity;
        view! {
            <tr class:is-over=is_over>
                <td>{t.month_name(month.month.month())}</td>
                {month.first_counts.map(|count| view! { <td class="number">{count}</td> }).collect_view()}
                <td class="number">{month.second_count}</td>
                <td class="number">{month.pending_count}</td>
                <td class="number">{month.made_count}</td>
                <td class="number"><b>{month.visits_count()}</b></td>
                <td class="number">{month.capacity.capacity}</td>
            </tr>
        }
    });
    view! {
        <table class="list is-auto" aria-labelledby="months-title">
            <thead>
                <tr>
                    <th scope="col">{t.col_month()}</th>
                    <th scope="col" class="number">"A"</th>
                    <th scope="col" class="number">"B"</th>
                    <th scope="col" class="number">"C"</th>
                    <th scope="col" class="number">{t.col_second()}</th>
                    <th scope="col" class="number">{t.col_pending()}</th>
                    <th scope="col" class="number">{t.col_made()}</th>
                    <th scope="col" class="number">{t.col_all()}</th>
                    <th scope="col" class="number">{t.col_capacity()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
