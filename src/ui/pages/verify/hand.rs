//! 自己动手算一户: one lottery number, step by step, on any computer.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Desk, Examined};
use super::how::script_section;
use crate::engine::draw::DrawGroup;
use crate::engine::lottery::{Candidate, Ticket};
use crate::engine::verify::by_hand::{ByHand, DIGITS, by_order};
use crate::exchange::lookup::find_units;
use crate::exchange::paper_compare::compare;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::ui::app::{clock, use_lang};
use crate::ui::files;
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{
    Column, Dialog, Icon, Tag, TagKind, TextField, VirtualTable, close_foot, command_line,
    hash_text, icon,
};

/// Units of fitting names that are offered.
const CHOICES_MAX: usize = 12;

/// The right pane of a result.
#[component]
pub(super) fn HandPane(desk: Desk, result: Arc<Examined>) -> impl IntoView {
    let t = use_lang();
    let listed: Vec<CandidateId> = {
        let draws = result.case.certificate.draws.iter();
        draws
            .flat_map(|draw| draw.listed().map(|place| place.unit.clone()))
            .collect()
    };
    let first = listed.first().map(ToString::to_string);
    let unit = RwSignal::new(first.unwrap_or_default());
    let published = &result.case.certificate.names;
    let help = if published.is_empty() {
        t.hand_unit_unnamed()
    } else {
        t.hand_unit_help()
    };
    let ids = listed.iter().map(ToString::to_string);
    let suggestions: Vec<String> = ids.chain(published.values().cloned()).collect();
    let suggestions = Signal::derive(move || suggestions.clone());
    let list_of = RwSignal::new(None::<DrawGroup>);
    let steps = {
        let result = result.clone();
        move || found_steps(desk, t, &result, unit, list_of)
    };
    let nothing = listed
        .is_empty()
        .then(|| view! { <p>{t.hand_nothing()}</p> });
    let pool = result.clone();
    let script = script_section(t, result.command_files().as_deref());
    view! {
        <aside class="pane verify-side" aria-label=t.hand_title()>
            <div class="verify-scroll">
                <section class="hand-section" aria-label=t.hand_title()>
                    <div class="hand-head">
                        <h2>{t.hand_title()}</h2>
                        <span class="caption">{t.hand_note()}</span>
                    </div>
                    <TextField label=t.hand_unit() value=unit suggestions help=help />
                    {nothing}
                    {steps}
                </section>
                {script}
            </div>
            <div class="verify-foot">{save_buttons(desk, t, &result)}</div>
        </aside>
        {move || {
            let group = list_of.get()?;
            let result = pool.clone();
            Some(view! { <PoolDialog desk result group is_open=list_of /> })
        }}
    }
}

fn save_buttons(desk: Desk, t: Lang, result: &Arc<Examined>) -> AnyView {
    let (text, json) = (result.clone(), result.clone());
    let save_text = move |_| {
        let mut words = t.report_text(&text.report, |id| desk.unit_name(&text, id));
        if let Some(second) = desk.second.get_untracked()
            && let Ok(compared) = compare(
                &text.case.certificate,
                &text.case.officer_names,
                &second.table,
            )
        {
            words.push('\n');
            words.push_str(&t.paper_text(&second.name, &compared));
        }
        let name = Desk::report_name(&text, clock());
        files::download(&format!("{name}.txt"), "text/plain;charset=utf-8", &words);
    };
    let save_json = move |_| {
        let name = Desk::report_name(&json, clock());
        let words = json.report.to_json();
        files::download(&format!("{name}.json"), "application/json", &words);
    };
    view! {
        <button type="button" class="button is-primary" on:click=save_text>
            {t.verify_save()}
        </button>
        <button type="button" class="button" on:click=save_json>
            {t.verify_save_json()}
        </button>
        <button type="button" class="button" on:click=|_| drop(window().print())>
            {icon(Icon::Print)}
            {t.verify_print()}
        </button>
    }
    .into_any()
}

/// The steps for what is typed: an id, or a published name.
fn found_steps(
    desk: Desk,
    t: Lang,
    result: &Arc<Examined>,
    typed: RwSignal<String>,
    list_of: RwSignal<Option<DrawGroup>>,
) -> AnyView {
    let certificate = &result.case.certificate;
    let text = typed.get();
    match &find_units(certificate, &text)[..] {
        [] if text.trim().is_empty() => ().into_any(),
        [] if certificate.names.is_empty() => {
            view! { <p class="hand-name">{t.hand_id_form()}</p> }.into_any()
        }
        [] => view! { <p class="hand-none" role="status">{t.hand_no_name()}</p> }.into_any(),
        [unit] => {
            let name = desk.unit_name(result, unit);
            let name = (name != unit.as_str()).then_some(name);
            view! {
                <p class="hand-name">{name}</p>
                {steps_of(t, result, unit, list_of)}
            }
            .into_any()
        }
        several => choices(desk, t, result, several, typed),
    }
}

/// Several units whose names fit, one to choose.
fn choices(
    desk: Desk,
    t: Lang,
    result: &Arc<Examined>,
    units: &[CandidateId],
    typed: RwSignal<String>,
) -> AnyView {
    let rows = units.iter().take(CHOICES_MAX).map(|unit| {
        let id = unit.to_string();
        view! {
            <li>
                <button type="button" class="button is-plain is-small" on:click=move |_| typed.set(id.clone())>
                    {desk.unit_name(result, unit)}
                </button>
            </li>
        }
    });
    let more = units.len().saturating_sub(CHOICES_MAX);
    view! {
        <p role="status">{t.hand_several(units.len())}</p>
        <ul class="hand-choices">{rows.collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="caption">{t.hand_more(more)}</p> })}
    }
    .into_any()
}

/// The steps for a unit.
fn steps_of(
    t: Lang,
    result: &Arc<Examined>,
    id: &CandidateId,
    list_of: RwSignal<Option<DrawGroup>>,
) -> AnyView {
    let case = &result.case;
    match by_order(&case.certificate, &case.orders, id) {
        Ok(Some(steps)) => {
            let published = case.certificate.listed(id).map(|listed| listed.1.ticket);
            steps_view(t, steps, published, list_of, result.report.differs())
        }
        Ok(None) => view! { <p class="hand-none">{t.hand_no_unit()}</p> }.into_any(),
        Err(why) => {
            view! { <p class="hand-none">{t.hand_no_unit()} " " {t.lacking(why)}</p> }.into_any()
        }
    }
}

fn steps_view(
    t: Lang,
    steps: ByHand,
    published: Option<Ticket>,
    list_of: RwSignal<Option<DrawGroup>>,
    is_failed: bool,
) -> AnyView {
    let text = steps.ticket.to_string();
    let (head, rest) = (text[..DIGITS].to_owned(), text[DIGITS..].to_owned());
    let compared = match published {
        None => view! { <p>{t.hand_not_listed()}</p> }.into_any(),
        Some(ticket) => compared(t, &steps, ticket, is_failed),
    };
    let group_name = t.draw_group(steps.group);
    let smaller = t.hand_smaller(&group_name, steps.rank - 1, steps.rank, steps.quota);
    let outcome = if steps.drawn {
        t.hand_drawn()
    } else {
        t.hand_not_drawn()
    };
    let (group, all) = (steps.group, t.hand_list(&group_name, steps.pool));
    view! {
        <ol class="hand-steps">
            <li>{t.hand_line()} {command_line(t, steps.line)}</li>
            <li>
                {t.hand_shell()} {command_line(t, steps.command_sh)}
                <span class="hand-or">{t.compute_windows()}</span>
                {command_line(t, steps.command_powershell)}
                <span class="hand-or">{t.hand_windows()}</span>
                {command_line(t, steps.command_windows_write)} {command_line(t, steps.command_windows)}
            </li>
            <li>
                {t.hand_shown()}
                <code class="command">
                    <mark>{head}</mark>
                    {rest}
                </code>
            </li>
            <li>{t.hand_published()} {compared} {own_number(t, text, is_failed)}</li>
            <li>
                {smaller} <b>{outcome}</b>
                <p>
                    <button
                        type="button"
                        class="button is-plain is-small"
                        on:click=move |_| list_of.set(Some(group))
                    >
                        {all}
                    </button>
                </p>
            </li>
        </ol>
    }
    .into_any()
}

/// The published number beside the one worked out.
fn compared(t: Lang, steps: &ByHand, published: Ticket, is_failed: bool) -> AnyView {
    let shown: String = published.to_string().chars().take(DIGITS).collect();
    let tag = if published == steps.ticket {
        // Nothing is green beside checks that failed.
        let kind = if is_failed {
            TagKind::Plain
        } else {
            TagKind::Done
        };
        view! { <Tag kind text=t.hand_same() /> }
    } else {
        view! { <Tag kind=TagKind::Warn text=t.hand_differs() /> }
    };
    view! {
        <div class="hand-compared">{hash_text(&shown, usize::MAX, true)} {tag}</div>
    }
    .into_any()
}

/// A field for the number that one's own computer showed.
fn own_number(t: Lang, ticket: String, is_failed: bool) -> AnyView {
    let typed = RwSignal::new(String::new());
    let answer = move || {
        let typed: String = typed
            .get()
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if typed.len() < DIGITS {
            return ().into_any();
        }
        if ticket.starts_with(&typed) {
            view! { <span class:ok-text=!is_failed>{icon(Icon::Check)} {t.hand_own_same()}</span> }
                .into_any()
        } else {
            // The slip is most likely one's own: nothing of the file is wrong yet.
            view! { <span class="warn-text">{icon(Icon::Info)} {t.hand_own_differs()}</span> }
                .into_any()
        }
    };
    view! {
        <TextField label=t.hand_own() value=typed help=t.hand_own_help() />
        <div role="status">{answer}</div>
    }
    .into_any()
}

/// All numbers of a group, the smallest first.
#[component]
fn PoolDialog(
    desk: Desk,
    result: Arc<Examined>,
    group: DrawGroup,
    is_open: RwSignal<Option<DrawGroup>>,
) -> impl IntoView {
    let t = use_lang();
    let close = Callback::new(move |()| is_open.set(None));
    let (numbers, quota) = {
        let case = &result.case;
        let draws = &case.certificate.draws;
        let draw = draws.iter().find(|draw| draw.group == group);
        let quota = draw.map_or(0, |draw| draw.drawn.len());
        (
            case.orders
                .as_ref()
                .map(|orders| orders.numbers(&case.certificate, group)),
            quota,
        )
    };
    let body = match numbers {
        Err(why) => view! { <p>{t.lacking(*why)}</p> }.into_any(),
        Ok(numbers) => pool_table(desk, t, &result, numbers, quota),
    };
    view! {
        <Dialog title=t.hand_list_title(t.draw_group(group)) class="is-wide" on_close=close>
            <div class="dialog-body">{body}</div>
            {close_foot(t, close)}
        </Dialog>
    }
}

fn pool_table(
    desk: Desk,
    t: Lang,
    result: &Arc<Examined>,
    numbers: Vec<Candidate>,
    quota: usize,
) -> AnyView {
    let count = numbers.len();
    let numbers = StoredValue::new(numbers);
    let result = result.clone();
    // The cut line stands between the last drawn and the first that was not.
    let has_line = 0 < quota && quota < count;
    let row = Callback::new(move |place: usize| {
        if has_line && place == quota {
            return Row::Heading(t.hand_cut_line().into_any());
        }
        let place = place - usize::from(has_line && place > quota);
        let found = numbers.with_value(|numbers| numbers.get(place).cloned());
        let Some(Candidate { ticket, unit }) = found else {
            return Row::Cells(Vec::new());
        };
        let drawn = if place < quota { t.drawn_tag() } else { "" };
        Row::Cells(vec![
            (place + 1).into_any(),
            view! { <span class="ellipsis">{desk.unit_name(&result, &unit)}</span> }.into_any(),
            view! { <code>{ticket.to_string()}</code> }.into_any(),
            drawn.into_any(),
        ])
    });
    let columns = vec![
        Column::number("", t.hand_rank(), "60px"),
        Column::text("", t.hand_unit(), ""),
        Column::text("", t.lottery_number(), "480px"),
        Column::text("", "", "56px"),
    ];
    let chosen = RwSignal::new(None);
    view! {
        <div class="table-frame import-list pool-list">
            <VirtualTable
                label=t.lottery_number()
                columns
                count=Signal::derive(move || count + usize::from(has_line))
                row
                selected=chosen
                on_select=Callback::new(move |place| chosen.set(Some(place)))
            />
        </div>
    }
    .into_any()
}
