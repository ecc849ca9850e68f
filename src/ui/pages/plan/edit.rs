//! The plan's numbers, edited in place: shares, points, season, capacity.

use leptos::prelude::*;

use super::state::{InputFault, Pane, PlanState};
use crate::desk::Outlook;
use crate::engine::design::{PER_DAY_MAX, SEASON_WEIGHT_MAX, TWICE_OFF};
use crate::engine::level::{PointReason, Points};
use crate::model::{Agency, DrawLevel, Engineer, RiskTier, Share, Stratum};
use crate::ui::app::use_lang;
use crate::ui::widgets::{CheckField, Icon, SelectField, icon};
use crate::workbook::AnnualPlan;
use crate::workbook::kept::Kept;

/// Points that a reason may give or take.
const POINTS_RANGE: std::ops::RangeInclusive<i8> = -5..=5;

/// Reads percent with at most seven decimals, exactly: no floating point.
pub(in crate::ui::pages) fn parse_percent(text: &str) -> Option<Share> {
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

/// A small number input that edits the plan.
///
/// It stays in the page while the plan changes around it, so that the focus stays too.
/// `apply` puts the typed text into the plan or says what is wrong with it.
fn number_input(
    state: PlanState,
    pane: Pane,
    label: String,
    value: impl Fn(&AnnualPlan) -> String + Send + Sync + 'static,
    apply: impl Fn(&mut AnnualPlan, &str) -> Result<(), String> + 'static,
) -> AnyView {
    let t = use_lang();
    let name = StoredValue::new(label.clone());
    let fault = Memo::new(move |_| {
        let faults = state.faults.read();
        name.with_value(|name| faults.get(name).cloned())
    });
    let shown = move || match fault.get() {
        Some(fault) if state.is_editable() => fault.text,
        _ => value(&state.plan()),
    };
    let change = move |event| {
        let text: String = event_target_value(&event);
        let mut plan = state.edited.get_untracked();
        let result = apply(&mut plan, &text).and_then(|()| match plan.design.errors().first() {
            None => Ok(()),
            Some(error) => Err(t.design_error(error)),
        });
        match result {
            Ok(()) => {
                state.faults.update(|faults| {
                    faults.remove(&name.get_value());
                });
                state.edited.set(plan);
            }
            Err(words) => state.faults.update(|faults| {
                let fault = InputFault { pane, text, words };
                faults.insert(name.get_value(), fault);
            }),
        }
    };
    view! {
        <input
            class="control cell-input"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            aria-invalid=move || fault.with(Option::is_some).then_some("true")
            disabled=move || !state.is_editable()
            prop:value=shown
            on:change=change
        />
    }
    .into_any()
}

/// What is wrong in a pane, and what mends it.
fn faults_line(state: PlanState, pane: Pane) -> AnyView {
    let lines = move || {
        let faults = state.faults.read();
        let own = faults
            .iter()
            .filter(|(_, fault)| fault.pane == pane && state.is_editable());
        let lines = own.map(|(label, fault)| {
            let words = fault.words.clone();
            view! {
                <p>
                    {icon(Icon::Warning)} <b>{label.clone()}</b> " " {words}
                </p>
            }
        });
        lines.collect_view()
    };
    view! {
        <div class="pane-faults error-text" role="alert">
            {lines}
        </div>
    }
    .into_any()
}

#[component]
pub(super) fn LevelsPane(state: PlanState, outlook: Signal<Option<Outlook>>) -> impl IntoView {
    let t = use_lang();
    let rows = (0..=DrawLevel::MAX)
        .rev()
        .map(|level| level_row(state, outlook, DrawLevel::from(level)));
    view! {
        <section class="pane" aria-labelledby="levels-title">
            <div class="pane-head">
                <h2 id="levels-title">{t.levels_title()}</h2>
                <span class="caption">{t.levels_caption()}</span>
            </div>
            <table class="list is-auto" aria-labelledby="levels-title">
                <thead>
                    <tr>
                        <th scope="col">{t.units_col_level()}</th>
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
            {faults_line(state, Pane::Shares)}
        </section>
    }
}

fn level_row(
    state: PlanState,
    outlook: Signal<Option<Outlook>>,
    level: DrawLevel,
) -> impl IntoView + use<> {
    let t = use_lang();
    let cells = Stratum::ALL.map(|stratum| {
        let count = move || {
            let cell = outlook.with(|outlook| outlook.as_ref()?.cell(stratum, level));
            cell.map(|(size, target, _)| {
                view! {
                    <b>{target}</b>
                    <span class="caption">" / " {size}</span>
                }
            })
        };
        let input = if stratum == Stratum::A {
            // The law leaves no choice here.
            let share = move || state.plan().design.share(stratum, level).percent_text();
            view! { <span class="fixed-share">{share}</span> }.into_any()
        } else {
            share_input(state, stratum, level)
        };
        view! {
            <td class="number">
                {count} " " {input} "%"
            </td>
        }
    });
    let twice = move || state.plan().design.is_twice(level).then(|| t.yes());
    view! {
        <tr class="is-wide">
            <td>{t.level_name(level)}</td>
            {cells.collect_view()}
            <td>{twice}</td>
        </tr>
    }
}

fn share_input(state: PlanState, stratum: Stratum, level: DrawLevel) -> AnyView {
    let t = use_lang();
    number_input(
        state,
        Pane::Shares,
        t.share_label(stratum, level),
        move |plan| plan.design.share(stratum, level).percent_text(),
        move |plan, text| {
            let share = parse_percent(text).ok_or_else(|| t.percent_invalid().to_owned())?;
            plan.design.shares[stratum.index()][usize::from(level.get())] = share;
            Ok(())
        },
    )
}

#[component]
pub(super) fn SeasonPane(state: PlanState) -> impl IntoView {
    let t = use_lang();
    let inputs = (0..12_usize).map(|at| {
        let month = t.month_name(at as u32 + 1);
        let input = number_input(
            state,
            Pane::Season,
            t.season_label(&month),
            move |plan| plan.design.season[at].to_string(),
            move |plan, text| {
                let weight = text.trim().parse().ok();
                let weight = weight.filter(|weight| (1..=SEASON_WEIGHT_MAX).contains(weight));
                plan.design.season[at] =
                    weight.ok_or_else(|| t.whole_number_invalid(1, SEASON_WEIGHT_MAX))?;
                Ok(())
            },
        );
        view! {
            <label class="season-month">
                <span class="caption">{month}</span>
                {input}
            </label>
        }
    });
    view! {
        <section class="pane" aria-labelledby="season-title">
            <div class="pane-head">
                <h2 id="season-title">{t.season_title()}</h2>
                <span class="caption">{t.season_caption()}</span>
            </div>
            <div class="pane-body season-row">{inputs.collect_view()}</div>
            {faults_line(state, Pane::Season)}
        </section>
    }
}

#[component]
pub(super) fn SettingsPane(state: PlanState, outlook: Signal<Option<Outlook>>) -> impl IntoView {
    let t = use_lang();
    let below = move || {
        let months = outlook.with(|outlook| outlook.as_ref().map(Outlook::below_minimum));
        let months = months.filter(|months| !months.is_empty())?;
        let words = months.iter().map(|(month, visits)| {
            let name = t.month_name(month.month());
            t.below_minimum_month(name, visits)
        });
        let words = words.collect::<Vec<_>>().join(t.list_mark());
        Some(view! { <p class="warn-text">{t.below_minimum(words)}</p> })
    };
    view! {
        <div class="columns">
            <section class="pane grow" aria-labelledby="points-title">
                <div class="pane-head">
                    <h2 id="points-title">{t.points_title()}</h2>
                </div>
                <div class="pane-body season-row">{points(state)}</div>
                {faults_line(state, Pane::Points)}
            </section>
            <section class="pane grow" aria-labelledby="settings-title">
                <div class="pane-head">
                    <h2 id="settings-title">{t.settings_title()}</h2>
                </div>
                <div class="pane-body field-grid">{move || capacity(state)}</div>
                <div class="pane-body" role="status">{below}</div>
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

/// The shares of the registers beside the units.
#[component]
pub(super) fn OthersPane(state: PlanState) -> impl IntoView {
    let t = use_lang();
    let rows = [
        other_share::<Agency>(state, t.nav_agencies(), AnnualPlan::agency_share, |plan| {
            &mut plan.agency_share
        }),
        other_share::<Engineer>(
            state,
            t.nav_engineers(),
            AnnualPlan::engineer_share,
            |plan| &mut plan.engineer_share,
        ),
    ];
    view! {
        <section class="pane" aria-labelledby="others-title">
            <div class="pane-head">
                <h2 id="others-title">{t.others_title()}</h2>
                <span class="caption">{t.others_caption()}</span>
            </div>
            <div class="pane-body other-shares">{rows.collect_view()}</div>
            {faults_line(state, Pane::Others)}
        </section>
    }
}

/// The share of a register, and what it makes of the records in use.
fn other_share<T: Kept>(
    state: PlanState,
    register: &'static str,
    share: fn(&AnnualPlan) -> Share,
    place: fn(&mut AnnualPlan) -> &mut Option<Share>,
) -> AnyView {
    let t = use_lang();
    let input = number_input(
        state,
        Pane::Others,
        t.others_share(register),
        move |plan| share(plan).percent_text(),
        move |plan, text| {
            let typed = parse_percent(text).ok_or_else(|| t.percent_invalid().to_owned())?;
            // What stands there by itself stays unsaid, so that a look changes no plan.
            if typed != share(plan) {
                *place(plan) = Some(typed);
            }
            Ok(())
        },
    );
    let count = move || {
        let of = state
            .app
            .workbook
            .with(|book| book.as_ref().map(|book| T::active_count(book)));
        let of = of.unwrap_or_default() as u32;
        t.others_count(share(&state.plan()).of(of), of)
    };
    view! {
        <label>
            {register} {input} "%" <span class="caption">{count}</span>
        </label>
    }
    .into_any()
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
        let input = number_input(
            state,
            Pane::Points,
            t.points_label(words),
            move |plan| points_of(&mut plan.design.points.clone(), reason).to_string(),
            move |plan, text| {
                let value = text.trim().parse::<i8>().ok();
                let value = value.filter(|value| POINTS_RANGE.contains(value));
                *points_of(&mut plan.design.points, reason) = value.ok_or_else(|| {
                    t.whole_number_invalid(POINTS_RANGE.start(), POINTS_RANGE.end())
                })?;
                Ok(())
            },
        );
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
