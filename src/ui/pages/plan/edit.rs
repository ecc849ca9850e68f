//! The plan's numbers, edited in place: shares, points, season, capacity.

use leptos::prelude::*;

use super::PlanState;
use crate::engine::design::{PER_DAY_MAX, SEASON_WEIGHT_MAX, TWICE_OFF};
use crate::engine::level::{PointReason, Points};
use crate::model::{DrawLevel, RiskTier, Share, Stratum};
use crate::ui::app::use_lang;
use crate::ui::widgets::{CheckField, SelectField};
use crate::workbook::Outlook;

/// A share in percent, without trailing zeros.
fn percent_text(share: Share) -> String {
    let (whole, rest) = (share.ppb() / 10_000_000, share.ppb() % 10_000_000);
    let text = format!("{whole}.{rest:07}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads percent with at most seven decimals, exactly: no floating point.
fn parse_percent(text: &str) -> Option<Share> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || rest.len() > 7
        || !is_digits(whole)
        || !is_digits(rest)
    {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let rest: u32 = format!("{rest:0<7}").parse().ok()?;
    Share::from_ppb(whole.checked_mul(10_000_000)?.checked_add(rest)?).ok()
}

/// A small number input that edits the plan; a fault is remembered by `label`.
fn number_input(
    state: PlanState,
    label: String,
    value: String,
    apply: impl Fn(&mut crate::workbook::AnnualPlan, &str) -> bool + 'static,
) -> AnyView {
    let name = label.clone();
    let is_faulty = Memo::new({
        let label = label.clone();
        move |_| state.faults.with(|faults| faults.contains(&label))
    });
    let change = move |event| {
        let text = event_target_value(&event);
        let mut accepted = false;
        let mut plan = state.edited.get_untracked();
        if apply(&mut plan, &text) {
            accepted = plan.design.errors().is_empty();
        }
        if accepted {
            state.faults.update(|faults| {
                faults.remove(&name);
            });
            state.edited.set(plan);
        } else {
            state.faults.update(|faults| {
                faults.insert(name.clone());
            });
        }
    };
    view! {
        <input
            class="control cell-input"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            aria-invalid=move || is_faulty.get().then_some("true")
            disabled=!state.is_editable()
            value=value
            on:change=change
        />
    }
    .into_any()
}

#[component]
pub(super) fn LevelsPane(state: PlanState, outlook: Outlook) -> impl IntoView {
    let t = use_lang();
    let rows = (0..=DrawLevel::MAX)
        .rev()
        .map(|level| level_row(state, &outlook, DrawLevel::from(level)));
    view! {
        <section class="pane" aria-labelledby="levels-title">
            <div class="pane-head">
                <h2 id="levels-title">{t.levels_title()}</h2>
                <span class="caption">{t.levels_caption()}</span>
            </div>
            <table class="list is-auto">
                <thead>
                    <tr>
                        <th scope="col">{t.col_level()}</th>
                        {Stratum::ALL
                            .map(|stratum| {
                                view! {
                                    <th scope="col" class="number">
                                        {stratum.to_string()}
                                        " "
                                        {t.stratum(stratum)}
                                    </th>
                                }
                            })
                            .collect_view()}
                        <th scope="col">{t.col_twice()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {move || {
                state
                    .faults
                    .with(|faults| !faults.is_empty())
                    .then(|| view! { <p class="pane-body error-text" role="alert">{t.percent_invalid()}</p> })
            }}
        </section>
    }
}

fn level_row(state: PlanState, outlook: &Outlook, level: DrawLevel) -> AnyView {
    let t = use_lang();
    let design = state.plan().design;
    let cells = Stratum::ALL.map(|stratum| {
        let count = outlook.cell(stratum, level).map(|(size, target, _)| {
            view! {
                <b>{target}</b>
                <span class="caption">" / " {size}</span>
            }
        });
        let share = design.share(stratum, level);
        let input = if stratum == Stratum::A {
            // The law leaves no choice here.
            view! { <span class="fixed-share">{percent_text(share)}</span> }.into_any()
        } else {
            let label = t.share_label(stratum, level);
            number_input(state, label, percent_text(share), move |plan, text| {
                let share = parse_percent(text);
                if let Some(share) = share {
                    plan.design.shares[stratum.index()][usize::from(level.get())] = share;
                }
                share.is_some()
            })
        };
        view! {
            <td class="number">
                {count} " " {input} "%"
            </td>
        }
    });
    view! {
        <tr class="is-wide">
            <td>{t.level_name(level)}</td>
            {cells.collect_view()}
            <td>{design.is_twice(level).then(|| t.yes())}</td>
        </tr>
    }
    .into_any()
}

#[component]
pub(super) fn SeasonPane(state: PlanState) -> impl IntoView {
    let t = use_lang();
    let inputs = move || {
        let season = state.plan().design.season;
        let inputs = season
            .into_iter()
            .zip(0..)
            .map(|(weight, at): (u32, usize)| {
                let month = t.month_name(at as u32 + 1);
                let input = number_input(
                    state,
                    t.season_label(&month),
                    weight.to_string(),
                    move |plan, text| {
                        let weight = text
                            .trim()
                            .parse()
                            .ok()
                            .filter(|weight| (1..=SEASON_WEIGHT_MAX).contains(weight));
                        if let Some(weight) = weight {
                            plan.design.season[at] = weight;
                        }
                        weight.is_some()
                    },
                );
                view! {
                    <label class="season-month">
                        <span class="caption">{month}</span>
                        {input}
                    </label>
                }
            });
        inputs.collect_view()
    };
    view! {
        <section class="pane" aria-labelledby="season-title">
            <div class="pane-head">
                <h2 id="season-title">{t.season_title()}</h2>
            </div>
            <div class="pane-body season-row">{inputs}</div>
        </section>
    }
}

#[component]
pub(super) fn SettingsPane(state: PlanState) -> impl IntoView {
    let t = use_lang();
    view! {
        <div class="columns">
            <section class="pane grow" aria-labelledby="points-title">
                <div class="pane-head">
                    <h2 id="points-title">{t.points_title()}</h2>
                </div>
                <div class="pane-body season-row">{move || points(state)}</div>
            </section>
            <section class="pane grow" aria-labelledby="settings-title">
                <div class="pane-head">
                    <h2 id="settings-title">{t.settings_title()}</h2>
                </div>
                <div class="pane-body field-grid">{move || capacity(state)}</div>
            </section>
        </div>
        <section class="pane" aria-labelledby="industries-title">
            <div class="pane-head">
                <h2 id="industries-title">{t.key_categories()}</h2>
                <span class="caption">{t.key_categories_help()}</span>
            </div>
            <div class="pane-body check-grid">{move || key_categories(state)}</div>
        </section>
    }
}

/// Where the points of a reason stand.
fn points_of(points: &mut Points, reason: PointReason) -> &mut i8 {
    match reason {
        PointReason::Tier(RiskTier::Green) => &mut points.green,
        PointReason::Tier(RiskTier::Blue) => &mut points.blue,
        PointReason::Tier(RiskTier::Yellow) => &mut points.yellow,
        PointReason::Tier(RiskTier::Red) => &mut points.red,
        PointReason::CreditD => &mut points.credit_d,
        PointReason::Dishonest => &mut points.dishonest,
        PointReason::Complaints => &mut points.complaints,
        PointReason::SeriousViolation => &mut points.serious_violation,
        PointReason::KeyIndustry => &mut points.key_industry,
        PointReason::LawAbiding => &mut points.law_abiding,
    }
}

fn points(state: PlanState) -> AnyView {
    let t = use_lang();
    let reasons = RiskTier::ALL.map(PointReason::Tier).into_iter().chain([
        PointReason::CreditD,
        PointReason::Dishonest,
        PointReason::Complaints,
        PointReason::SeriousViolation,
        PointReason::KeyIndustry,
        PointReason::LawAbiding,
    ]);
    let inputs = reasons.map(|reason| {
        let words = t.point_reason(reason);
        let mut points = state.plan().design.points;
        let value = points_of(&mut points, reason).to_string();
        let input = number_input(state, t.points_label(words), value, move |plan, text| {
            let value = text
                .trim()
                .parse::<i8>()
                .ok()
                .filter(|value| (-5..=5).contains(value));
            if let Some(value) = value {
                *points_of(&mut plan.design.points, reason) = value;
            }
            value.is_some()
        });
        view! {
            <label class="season-month">
                <span class="caption">{words}</span>
                {input}
            </label>
        }
    });
    inputs.collect_view().into_any()
}

fn capacity(state: PlanState) -> AnyView {
    let t = use_lang();
    let design = state.plan().design;
    if !state.is_editable() {
        return capacity_facts(&design);
    }
    let twice = RwSignal::new(design.twice_level.to_string());
    let per_day = RwSignal::new(design.per_day.to_string());
    let permille = RwSignal::new(design.capacity_permille.to_string());
    let minimum = RwSignal::new(design.daily_minimum);
    Effect::watch(
        move || (twice.get(), per_day.get(), permille.get(), minimum.get()),
        move |(twice, per_day, permille, minimum), _, _| {
            state.edit(|plan| {
                plan.design.twice_level = twice.parse().unwrap_or(TWICE_OFF);
                plan.design.per_day = per_day.parse().unwrap_or(1);
                plan.design.capacity_permille = permille.parse().unwrap_or(900);
                plan.design.daily_minimum = *minimum;
            });
        },
        false,
    );
    let levels = (0..=TWICE_OFF).map(|level| {
        let words = if level == TWICE_OFF {
            t.twice_off().to_owned()
        } else {
            t.level_name(level)
        };
        (level.to_string(), words)
    });
    let per_days = (1..=PER_DAY_MAX).map(|count| (count.to_string(), count.to_string()));
    let permilles = (10..=20).map(|step| ((step * 50).to_string(), (step * 50).to_string()));
    view! {
        <SelectField label=t.twice_level() value=twice options=levels.collect() />
        <SelectField label=t.per_day() value=per_day options=per_days.collect() />
        <SelectField label=t.capacity_share() value=permille options=permilles.collect() />
        <CheckField label=t.daily_minimum() value=minimum />
    }
    .into_any()
}

/// The same for a frozen version.
fn capacity_facts(design: &crate::engine::design::AnnualDesign) -> AnyView {
    let t = use_lang();
    let twice = match design.twice_level {
        level if level >= TWICE_OFF => t.twice_off().to_owned(),
        level => t.level_name(level),
    };
    let minimum = if design.daily_minimum {
        t.yes()
    } else {
        t.no()
    };
    view! {
        <dl class="facts-list is-full">
            <dt>{t.twice_level()}</dt>
            <dd>{twice}</dd>
            <dt>{t.per_day()}</dt>
            <dd>{design.per_day}</dd>
            <dt>{t.capacity_share()}</dt>
            <dd>{design.capacity_permille}</dd>
            <dt>{t.daily_minimum()}</dt>
            <dd>{minimum}</dd>
        </dl>
    }
    .into_any()
}

fn key_categories(state: PlanState) -> AnyView {
    let categories = state
        .app
        .workbook
        .with(|book| book.as_ref().map(|book| book.categories.clone()));
    let chosen = state.plan().key_categories;
    let boxes = categories.unwrap_or_default().into_iter().map(|category| {
        let is_chosen = chosen.contains(&category);
        let name = category.clone();
        let change = move |event| {
            let is_on = event_target_checked(&event);
            let name = name.clone();
            state.edit(|plan| {
                if is_on {
                    plan.key_categories.insert(name);
                } else {
                    plan.key_categories.remove(&name);
                }
            });
        };
        view! {
            <label class="check-field">
                <input type="checkbox" prop:checked=is_chosen disabled=!state.is_editable() on:change=change />
                {category}
            </label>
        }
    });
    boxes.collect_view().into_any()
}
