//! A campaign's scheme while it may be changed: three steps beside one form.

use leptos::prelude::*;

use super::state::{Scheme, SchemeId, next_button};
use super::units::units_step;
use crate::engine::campaign::CampaignSize;
use crate::i18n::Lang;
use crate::model::{InspectionItem, Subject};
use crate::ui::app::{App, random_bytes, use_lang};
use crate::ui::pages::month::chance;
use crate::ui::pages::plan::parse_percent;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Line, PageHead, SelectField, Tag, TagKind, TextArea, TextField};
use crate::workbook::Action;
use crate::workbook::campaign::{CampaignKind, CampaignPlan};
use crate::workbook::request::{OpenCampaign, WithdrawCampaign};

/// The page of a scheme.
pub(super) fn scheme_page(app: App, id: SchemeId) -> AnyView {
    let t = use_lang();
    let known = read(app, |book| book.campaign_plan(id.year, id.number).cloned());
    let Some(plan) = known else {
        return ().into_any();
    };
    let scheme = Scheme::new(app, id, plan);
    let body = move || {
        let step = scheme.step.get();
        untrack(|| match step {
            0 => units_step(scheme),
            1 => size_step(scheme),
            _ => items_step(scheme),
        })
    };
    view! {
        {head(scheme)}
        <div class="page-body is-fixed scheme">
            {steps(scheme, t)}
            <div class="columns grow-rows">
                {body}
                {form(scheme)}
            </div>
        </div>
    }
    .into_any()
}

fn head(scheme: Scheme) -> AnyView {
    let t = use_lang();
    let is_opening = RwSignal::new(false);
    let is_withdrawing = RwSignal::new(false);
    let why = Memo::new(move |_| scheme.why_not(t));
    let is_changed = Memo::new(move |_| scheme.is_changed());
    let title = scheme.plan.with_untracked(|plan| plan.name.clone());
    let save = move |_| {
        if let Err(words) = scheme.save() {
            scheme.app.toast(words, false);
        }
    };
    view! {
        <PageHead
            title
            tag=view! { <Tag kind=TagKind::Draft text=t.campaign_state_draft() /> }.into_any()
            facts=view! { <a href=Route::to(Page::Campaign).hash()>{t.campaign_all()}</a> }.into_any()
        >
            {move || {
                let why = why.get();
                (!why.is_empty()).then(|| view! { <span class="button-reason">{why}</span> })
            }}
            <button type="button" class="button" on:click=move |_| is_withdrawing.set(true)>
                {t.campaign_withdraw()}
            </button>
            <button type="button" class="button" disabled=move || !is_changed.get() on:click=save>
                {t.campaign_save()}
            </button>
            <button
                type="button"
                class="button is-primary"
                disabled=move || !why.get().is_empty()
                on:click=move |_| is_opening.set(true)
            >
                {t.campaign_open()}
            </button>
        </PageHead>
        {move || is_opening.get().then(|| untrack(|| open_dialog(scheme, is_opening)))}
        {move || is_withdrawing.get().then(|| untrack(|| withdraw_dialog(scheme, is_withdrawing)))}
    }
    .into_any()
}

fn open_dialog(scheme: Scheme, is_open: RwSignal<bool>) -> AnyView {
    let t = use_lang();
    let outlook = scheme.outlook.get_untracked();
    let filter = scheme.plan.with_untracked(|plan| plan.filter.clone());
    let consequence = t.campaign_open_consequence(
        outlook.units.len(),
        t.campaign_filter(&filter),
        outlook.taken,
        outlook.besides,
    );
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(t.campaign_open(), consequence, t.campaign_open()).view(close, move |asked, []| {
        let open = OpenCampaign {
            month: scheme.month.get_untracked(),
            campaign: scheme.id.number,
            // What is published is in the law's language.
            filter: Lang::Zh.campaign_filter(&filter),
            salt_seed: random_bytes(),
        };
        asked.answer(scheme.app.act(Action::OpenCampaign(open)));
    })
}

fn withdraw_dialog(scheme: Scheme, is_open: RwSignal<bool>) -> AnyView {
    let t = use_lang();
    let name = scheme.plan.with_untracked(|plan| plan.name.clone());
    let head = read(scheme.app, |book| book.brigade.head.clone());
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(
        t.campaign_withdraw(),
        t.campaign_withdraw_consequence(name),
        t.campaign_withdraw(),
    )
    .danger()
    .lines([Line::new(t.reason()), Line::new(t.approver()).start(head)])
    .view(close, move |asked, [reason, approver]| {
        let withdraw = WithdrawCampaign {
            year: scheme.id.year,
            number: scheme.id.number,
            reason,
            approver,
        };
        asked.answer(scheme.app.act(Action::WithdrawCampaign(withdraw)));
    })
}

/// The three steps, each with what it has come to.
fn steps(scheme: Scheme, t: Lang) -> AnyView {
    let fact = move |at: usize| {
        let outlook = scheme.outlook.get();
        scheme.plan.with(|plan| match at {
            0 => t.campaign_step_units_fact(outlook.units.len(), outlook.pool(plan.is_combined)),
            1 => t.campaign_step_size_fact(outlook.taken + outlook.besides, outlook.besides),
            _ if plan.items.is_empty() => t.campaign_step_items_all().to_owned(),
            _ => t.campaign_step_items_fact(plan.items.len()),
        })
    };
    let names = [
        t.campaign_step_units(),
        t.campaign_step_size(),
        t.campaign_step_items(),
    ];
    let step = move |(at, name): (usize, &'static str)| {
        view! {
            <button
                type="button"
                aria-current=move || (scheme.step.get() == at).then_some("step")
                on:click=move |_| scheme.step.set(at)
            >
                <span class="step-name">
                    <b>{at + 1}</b>
                    {name}
                </span>
                <span class="step-fact">{move || fact(at)}</span>
            </button>
        }
    };
    view! {
        <nav class="scheme-steps" aria-label=t.campaign_steps()>
            {names.into_iter().enumerate().map(step).collect_view()}
        </nav>
    }
    .into_any()
}

/// A signal of a text of the scheme, kept in step with it.
fn text_of(
    scheme: Scheme,
    get: fn(&CampaignPlan) -> &String,
    set: fn(&mut CampaignPlan) -> &mut String,
) -> RwSignal<String> {
    let text = RwSignal::new(scheme.plan.with_untracked(|plan| get(plan).clone()));
    Effect::new(move |_| {
        let now = text.get();
        if scheme.plan.with_untracked(|plan| *get(plan) != now) {
            scheme.plan.update(|plan| *set(plan) = now);
        }
    });
    text
}

/// A day of the scheme; what is none is said, and changes nothing.
fn day_of(
    scheme: Scheme,
    get: fn(&CampaignPlan) -> chrono::NaiveDate,
    set: fn(&mut CampaignPlan) -> &mut chrono::NaiveDate,
) -> RwSignal<String> {
    let text = RwSignal::new(scheme.plan.with_untracked(|plan| get(plan).to_string()));
    Effect::new(move |_| {
        let Ok(day) = text.with(|text| text.parse()) else {
            return;
        };
        if scheme.plan.with_untracked(|plan| get(plan) != day) {
            scheme.plan.update(|plan| *set(plan) = day);
        }
    });
    text
}

/// The form that stands beside all three steps.
fn form(scheme: Scheme) -> AnyView {
    let t = use_lang();
    let kind_key = |kind: CampaignKind| CampaignKind::ALL.iter().position(|it| *it == kind);
    let kind = scheme.plan.with_untracked(|plan| kind_key(plan.kind));
    let kind = RwSignal::new(kind.unwrap_or_default().to_string());
    Effect::new(move |_| {
        let at = kind.with(|at| at.parse::<usize>().ok());
        let now = at.and_then(|at| CampaignKind::ALL.get(at).copied());
        let is_other = |now: &CampaignKind| scheme.plan.with_untracked(|plan| plan.kind != *now);
        if let Some(now) = now.filter(is_other) {
            scheme.plan.update(|plan| plan.kind = now);
        }
    });
    let kinds = CampaignKind::ALL.iter().enumerate();
    let kinds = kinds.map(|(at, kind)| (at.to_string(), t.campaign_kind_name(*kind).to_owned()));
    let name = text_of(scheme, |plan| &plan.name, |plan| &mut plan.name);
    let document = text_of(scheme, |plan| &plan.document, |plan| &mut plan.document);
    let basis = text_of(scheme, |plan| &plan.basis, |plan| &mut plan.basis);
    let from = day_of(scheme, |plan| plan.from, |plan| &mut plan.from);
    let to = day_of(scheme, |plan| plan.to, |plan| &mut plan.to);
    let days = move || {
        let outlook = scheme.outlook.get();
        let month = t.month_name(scheme.month.get().month());
        t.campaign_days(outlook.days, month, outlook.places)
    };
    view! {
        <section class="pane scheme-form" aria-labelledby="scheme-title">
            <div class="pane-head">
                <h2 id="scheme-title">{t.campaign_scheme()}</h2>
                <span class="caption">{t.campaign_scheme_note()}</span>
            </div>
            <div class="pane-body">
                <TextField label=t.campaign_name() value=name />
                <TextField label=t.campaign_document() value=document />
                <TextArea label=t.campaign_basis() value=basis />
                <SelectField label=t.campaign_kind() value=kind options=kinds.collect() />
                <div class="field-grid">
                    <TextField label=t.campaign_from() kind="date" value=from />
                    <TextField label=t.campaign_to() kind="date" value=to />
                </div>
                <p class="caption" role="status">{days}</p>
            </div>
            <dl class="facts-list scheme-rules">
                <dt>{t.campaign_limits()}</dt>
                <dd>{t.campaign_limits_note()}</dd>
                <dt>{t.campaign_floor()}</dt>
                <dd>{t.campaign_floor_note()}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// Share or count, combined or alone.
fn size_step(scheme: Scheme) -> AnyView {
    let t = use_lang();
    let (is_count, start) = scheme.plan.with_untracked(|plan| match plan.size {
        CampaignSize::Ratio(share) => (false, share.percent_text()),
        CampaignSize::Count(count) => (true, count.to_string()),
    });
    let is_count = RwSignal::new(is_count);
    let value = RwSignal::new(start);
    let typed = Memo::new(move |_| {
        value.with(|text| {
            let text = text.trim();
            if is_count.get() {
                let count = text.parse().ok().filter(|count| *count > 0);
                return count.map(CampaignSize::Count);
            }
            let share = parse_percent(text).filter(|share| share.ppb() > 0);
            share.map(CampaignSize::Ratio)
        })
    });
    Effect::new(move |_| {
        let size = typed.get();
        let is_other = |size: &CampaignSize| scheme.plan.with_untracked(|plan| plan.size != *size);
        if let Some(size) = size.filter(is_other) {
            scheme.plan.update(|plan| plan.size = size);
        }
    });
    let error = Signal::derive(move || {
        let is_wrong = typed.get().is_none();
        if is_wrong {
            t.campaign_size_wrong().to_owned()
        } else {
            String::new()
        }
    });
    let by = move |own: bool, words: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="campaign-size"
                    prop:checked=move || is_count.get() == own
                    on:change=move |_| is_count.set(own)
                />
                <span>{words}</span>
            </label>
        }
    };
    let field = move || {
        let label = if is_count.get() {
            t.campaign_units_count()
        } else {
            t.campaign_percent()
        };
        view! { <TextField label kind="number" value error /> }
    };
    let how = move |own: bool, words: &'static str| {
        let note = move || {
            let outlook = scheme.outlook.get();
            let size = scheme.plan.with(|plan| plan.size);
            let wanted = size.of(outlook.pool(own));
            let taken = if own { wanted.min(outlook.in_plan) } else { 0 };
            let besides = wanted - taken;
            if own {
                t.campaign_combined_note(taken, besides, outlook.free)
            } else {
                t.campaign_alone_note(besides, outlook.free, outlook.in_plan)
            }
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="campaign-how"
                    prop:checked=move || scheme.plan.with(|plan| plan.is_combined == own)
                    on:change=move |_| scheme.plan.update(|plan| plan.is_combined = own)
                />
                <span>
                    {words} <span class="choice-note">{note}</span>
                </span>
            </label>
        }
    };
    let sum = move || {
        let outlook = scheme.outlook.get();
        let words = t.campaign_step_size_fact(outlook.taken + outlook.besides, outlook.besides);
        let rate = t.named(t.col_chance(), chance(outlook.besides, outlook.free));
        [words, rate].join(t.list_comma())
    };
    view! {
        <section class="pane grow" aria-labelledby="size-title">
            <div class="pane-head">
                <h2 id="size-title">{t.campaign_step_size()}</h2>
                <span class="caption" role="status">{sum}</span>
            </div>
            <div class="pane-body scheme-size">
                <fieldset>
                    <legend>{t.campaign_size()}</legend>
                    {by(false, t.campaign_by_ratio())} {by(true, t.campaign_by_count())} {field}
                </fieldset>
                <fieldset>
                    <legend>{t.campaign_how()}</legend>
                    {how(true, t.campaign_combined())} {how(false, t.campaign_alone())}
                </fieldset>
                {next_button(scheme, 2, t.campaign_next_items())}
            </div>
        </section>
    }
    .into_any()
}

/// Items of the published list to be ticked, by subject.
fn items_step(scheme: Scheme) -> AnyView {
    let t = use_lang();
    let items = read(scheme.app, |book| book.items.clone());
    let item = |item: &InspectionItem| {
        let (own, id) = (item.id.clone(), item.id.clone());
        let checked = move || scheme.plan.with(|plan| plan.items.contains(&own));
        let toggle = move |_| {
            scheme.plan.update(|plan| {
                if !plan.items.remove(&id) {
                    plan.items.insert(id.clone());
                }
            });
        };
        view! {
            <label class="check-field">
                <input type="checkbox" prop:checked=checked on:change=toggle />
                <span>{item.name.clone()}</span>
            </label>
        }
    };
    let group = |subject: Subject| {
        let of = items.iter();
        let of = of.filter(|it| {
            it.subject == subject && it.applies_to != crate::model::AppliesTo::Separate
        });
        let of: Vec<_> = of.map(item).collect();
        (!of.is_empty()).then(|| {
            view! {
                <fieldset>
                    <legend>{t.subject(subject)}</legend>
                    {of}
                </fieldset>
            }
        })
    };
    let groups: Vec<_> = Subject::ALL.into_iter().filter_map(group).collect();
    let note = if groups.is_empty() {
        t.campaign_items_none()
    } else {
        t.campaign_items_note()
    };
    view! {
        <section class="pane grow scheme-items" aria-labelledby="items-title">
            <div class="pane-head">
                <h2 id="items-title">{t.campaign_step_items()}</h2>
                <span class="caption">{note}</span>
            </div>
            <div class="pane-body">{groups}</div>
        </section>
    }
    .into_any()
}
