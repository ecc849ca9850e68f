//! 年度计划: shares, levels, season and capacity, and whether the year fits.
//!
//! The draft is edited in place; what follows from it is worked out at once.

mod closing;
mod edit;
mod paper;
mod state;
mod taking_out;
mod view;

use std::collections::BTreeMap;

use leptos::prelude::*;

pub(in crate::ui::pages) use self::edit::parse_percent;

use self::closing::{end_buttons, statement_pane};
use self::edit::{LevelsPane, OthersPane, SeasonPane, SettingsPane};
use self::paper::Paper;
use self::state::{PlanState, Shown};
use self::view::{MonthsPane, StrataPane, verdict};
use crate::desk::Outlook;
use crate::ui::app::{use_app, use_lang};
use crate::ui::outlook;
use crate::ui::overdue::overdue_banner;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Ask, Line, PageHead, Tag, TagKind, hash_text};
use crate::ui::year_menu::StartYearDialog;
use crate::workbook::Action;

/// The annual plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    // The first register that is still empty.
    let empty = Memo::new(move |_| {
        app.workbook.with(|book| match book.as_ref() {
            Some(book) if book.units.is_empty() => Some(Page::Units),
            Some(book) if book.officers.is_empty() => Some(Page::Officers),
            _ => None,
        })
    });
    let year = Memo::new(move |_| {
        let asked = app
            .route
            .with(|route| route.id.as_ref()?.parse::<i32>().ok());
        app.workbook.with(|book| {
            let book = book.as_deref()?;
            let asked = asked.and_then(|year| book.year(year));
            Some(asked.unwrap_or_else(|| book.year_on(app.today())).year)
        })
    });
    move || {
        if let Some(register) = empty.get() {
            let (words, go) = match register {
                Page::Officers => (t.plan_no_officers(), t.remedy_officers()),
                _ => (t.plan_no_units(), t.go_units()),
            };
            view! {
                <PageHead title=t.plan_title() />
                <div class="page-body">
                    <div class="pane empty-state">
                        <p>{words}</p>
                        <a class="button is-primary" href=Route::to(register).hash()>
                            {go}
                        </a>
                    </div>
                </div>
            }
            .into_any()
        } else {
            // Each year's plan is a page of its own.
            year.get()
                .map(|year| view! { <FilledPlan year /> })
                .into_any()
        }
    }
}

#[component]
fn FilledPlan(year: i32) -> impl IntoView {
    let app = use_app();
    let kept = app.workbook.with_untracked(|book| {
        let kept = book.as_ref()?.year(year)?;
        let last = kept.plans.last();
        let frozen = last.filter(|plan| plan.plan == kept.draft);
        Some((kept.draft.clone(), frozen.map(|plan| plan.version)))
    });
    let Some((draft, is_frozen)) = kept else {
        return ().into_any();
    };
    let state = PlanState {
        app,
        year,
        shown: RwSignal::new(is_frozen.map_or(Shown::Draft, Shown::Version)),
        edited: RwSignal::new(draft),
        faults: RwSignal::new(BTreeMap::new()),
    };
    let outlook = outlook::follow(app, move |_, _| Some(state.plan()));
    // What follows from the plan is drawn again with each change; inputs stay where they are.
    let verdict = move || {
        // What came of the year says more than what might have.
        let ended = statement_pane(state);
        ended.or_else(|| outlook.with(|outlook| outlook.as_ref().map(|o| verdict(state, o))))
    };
    let overdue = move || outlook.with(|outlook| Some(overdue_banner(app, outlook.as_ref()?.from)));
    let strata = move || {
        outlook
            .get()
            .map(|outlook| view! { <StrataPane state outlook /> })
    };
    let months = move || {
        outlook
            .get()
            .map(|outlook| view! { <MonthsPane outlook /> })
    };
    view! {
        <PlanHead state outlook />
        <div class="page-body">
            {verdict}
            {overdue}
            <div class="columns">
                <div class="grow stack">{strata} <LevelsPane state outlook /></div>
                <div class="stack plan-right">{months}</div>
            </div>
            <SeasonPane state />
            <SettingsPane state outlook />
            <OthersPane state />
        </div>
        <Paper state outlook />
    }
    .into_any()
}

#[component]
fn PlanHead(state: PlanState, outlook: Signal<Option<Outlook>>) -> impl IntoView {
    let app = state.app;
    let t = use_lang();
    let is_freezing = RwSignal::new(false);
    let is_changed = Memo::new(move |_| {
        let changed = state.kept(|year| year.draft != state.edited.get());
        changed.unwrap_or_default()
    });
    let save = move || app.act(Action::EditPlan(Box::new(state.edited.get_untracked())));
    let error = RwSignal::new(String::new());
    let save_draft = move |_| match save() {
        Ok(_) => {
            error.set(String::new());
            app.toast(t.plan_saved(), false);
        }
        Err(words) => error.set(words),
    };
    let discard = move |_| {
        let draft = untrack(|| state.kept(|year| year.draft.clone()));
        if let Some(draft) = draft {
            state.edited.set(draft);
            state.faults.set(BTreeMap::new());
        }
    };
    let actions = move || {
        let faults = state.faults.with(|faults| !faults.is_empty());
        let editable = state.is_editable();
        view! {
            <YearTabs state />
            <VersionTabs state />
            {end_buttons(state)}
            {(editable && is_changed.get())
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=discard>
                            {t.plan_discard()}
                        </button>
                        <button type="button" class="button" disabled=faults on:click=save_draft>
                            {t.plan_save_draft()}
                        </button>
                    }
                })}
            {editable.then(|| freeze_button(state, is_freezing, faults))}
        }
        .into_any()
    };
    let facts = move || {
        let words = error.get();
        if words.is_empty() {
            head_facts(state)
        } else {
            view! { <span class="error-text">{words}</span> }.into_any()
        }
    };
    view! {
        <PageHead title=t.plan_title() tag=view! { {move || head_tag(state)} }.into_any() facts=view! { {facts} }.into_any()>
            {actions}
        </PageHead>
        {move || is_freezing.get().then(|| view! { <FreezeDialog state outlook is_open=is_freezing /> })}
    }
}

/// The freeze button, or why there is nothing to freeze.
fn freeze_button(state: PlanState, is_freezing: RwSignal<bool>, has_faults: bool) -> AnyView {
    let t = use_lang();
    let is_same = state.kept(|year| {
        let last = year.plans.last();
        last.is_some_and(|frozen| frozen.plan == state.edited.get())
    });
    let is_same = is_same.unwrap_or_default();
    let reason = is_same.then(|| view! { <span class="button-reason">{t.plan_same()}</span> });
    view! {
        {reason}
        <button
            type="button"
            class="button is-primary"
            disabled=is_same || has_faults
            on:click=move |_| is_freezing.set(true)
        >
            {t.plan_freeze()}
        </button>
    }
    .into_any()
}

fn head_tag(state: PlanState) -> AnyView {
    let t = use_lang();
    let last = state.kept(|year| year.plans.last().map(|plan| plan.version));
    let last = last.flatten();
    if state.is_closed() {
        return view! { <Tag kind=TagKind::Plain text=t.year_closed() /> }.into_any();
    }
    match state.shown.get() {
        Shown::Draft => view! { <Tag kind=TagKind::Draft text=t.plan_draft() /> }.into_any(),
        Shown::Version(version) if Some(version) == last => {
            view! { <Tag kind=TagKind::Done text=t.plan_version_in_force(version) /> }.into_any()
        }
        Shown::Version(version) => {
            view! { <Tag kind=TagKind::Plain text=t.plan_version(version) /> }.into_any()
        }
    }
}

fn head_facts(state: PlanState) -> AnyView {
    let t = use_lang();
    let app = state.app;
    let frozen = match state.shown.get() {
        Shown::Draft => None,
        Shown::Version(version) => state
            .kept(|year| {
                let mut plans = year.plans.iter();
                plans.find(|plan| plan.version == version).cloned()
            })
            .flatten(),
    };
    match frozen {
        Some(plan) => view! {
            {t.plan_frozen_facts(t.day_time(plan.at), plan.approver)}
            " · "
            {t.plan_genesis()}
            " "
            {hash_text(&plan.genesis.to_string(), 4, false)}
        }
        .into_any(),
        None => {
            let from = app.workbook.with(|book| {
                let book = book.as_ref()?;
                let from = book.outlook_from(book.year(state.year)?, app.today());
                Some(t.month_name(from.month()))
            });
            view! { {t.plan_draft_facts(from.unwrap_or_default())} }.into_any()
        }
    }
}

/// The years to choose from, and the way into the next one once it may be begun.
#[component]
fn YearTabs(state: PlanState) -> impl IntoView {
    let app = state.app;
    let t = use_lang();
    let is_starting = RwSignal::new(false);
    let next = Memo::new(move |_| {
        let today = app.today();
        app.workbook
            .with(|book| book.as_ref()?.year_to_start(today))
    });
    let tabs = move || {
        let kept = app.workbook.with(|book| {
            let years = book.iter().flat_map(|book| &book.years);
            years.map(|year| year.year).collect::<Vec<_>>()
        });
        let tab = |year: i32| {
            let is_shown = if year == state.year { "true" } else { "false" };
            let open = move |_| app.go(&Route::record(Page::Plan, year.to_string()));
            view! {
                <button type="button" aria-pressed=is_shown on:click=open>
                    {t.year_label(year)}
                </button>
            }
        };
        (kept.len() > 1).then(|| {
            view! {
                <div class="segmented" role="group" aria-label=t.plan_choose_year()>
                    {kept.into_iter().map(tab).collect_view()}
                </div>
            }
        })
    };
    let begin = move || {
        next.get().map(|year| {
            view! {
                <button type="button" class="button" on:click=move |_| is_starting.set(true)>
                    {t.start_year(year)}
                </button>
            }
        })
    };
    let dialog = move || {
        let year = next.get().filter(|_| is_starting.get())?;
        Some(view! { <StartYearDialog app year is_open=is_starting /> })
    };
    view! {
        {tabs}
        {begin}
        {dialog}
    }
}

#[component]
fn VersionTabs(state: PlanState) -> impl IntoView {
    let t = use_lang();
    move || {
        let versions = state.kept(|year| {
            let versions = year.plans.iter().map(|plan| plan.version);
            versions.collect::<Vec<_>>()
        });
        let versions = versions.unwrap_or_default();
        if versions.is_empty() {
            return ().into_any();
        }
        // Older versions stay reachable without filling the head.
        let shown = versions
            .iter()
            .rev()
            .take(3)
            .rev()
            .map(|&version| (Shown::Version(version), t.plan_version(version)));
        let all: Vec<_> = shown
            .chain([(Shown::Draft, t.plan_draft().to_owned())])
            .collect();
        let buttons = all.into_iter().map(|(shown, words)| {
            view! {
                <button
                    type="button"
                    aria-pressed=move || if state.shown.get() == shown { "true" } else { "false" }
                    on:click=move |_| state.shown.set(shown)
                >
                    {words}
                </button>
            }
        });
        view! {
            <div class="segmented" role="group" aria-label=t.plan_choose_version()>
                {buttons.collect_view()}
            </div>
        }
        .into_any()
    }
}

#[component]
fn FreezeDialog(
    state: PlanState,
    outlook: Signal<Option<Outlook>>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let app = state.app;
    let t = use_lang();
    let (head, is_first) = app.workbook.with_untracked(|book| {
        book.as_ref().map_or((String::new(), true), |book| {
            let year = book.year(state.year);
            let is_first = year.is_none_or(|year| year.plans.is_empty());
            (book.brigade.head.clone(), is_first)
        })
    });
    let is_infeasible =
        outlook.with_untracked(|outlook| outlook.as_ref().is_some_and(|o| o.year.window.is_some()));
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(
        t.plan_freeze(),
        t.plan_freeze_consequence(),
        t.plan_freeze(),
    )
    .more(is_infeasible.then(|| view! { <p class="error-text">{t.plan_freeze_infeasible()}</p> }))
    .lines([
        Line::new(t.approver()).start(head),
        Line::new(t.plan_reason_new_version()).only_if(!is_first),
    ])
    .view(close, move |asked, [approver, reason]| {
        let draft = Action::EditPlan(Box::new(state.edited.get_untracked()));
        let freeze = Action::FreezePlan {
            year: state.year,
            approver,
            reason,
        };
        let is_changed = untrack(|| state.kept(|year| year.draft != state.edited.get()));
        let result = if is_changed.unwrap_or_default() {
            app.act(draft).map(drop)
        } else {
            Ok(())
        };
        asked.answer(result.and_then(|()| app.act(freeze)).map(|_| {
            let version = untrack(|| state.kept(|year| year.plans.len()));
            let version = version.unwrap_or_default();
            state.shown.set(Shown::Version(version as u32));
            app.toast(t.plan_frozen(version), false);
        }));
    })
}
