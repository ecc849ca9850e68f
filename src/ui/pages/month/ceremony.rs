//! The ceremony: open, commit, give the entropy, or break off.

use leptos::prelude::*;

use super::announce::announce;
use super::draft::{CeremonyDraft, PublicInput, RevealInput, Source, WitnessInput, given, silent};
use crate::engine::ceremony::{EntropyPlan, PublicSource, canonical_value, moment};
use crate::engine::pace::{Progress, Stage};
use crate::i18n::Lang;
use crate::ui::app::{random_bytes, use_lang};
use crate::ui::pages::month::state::{DRAW, MonthState};
use crate::ui::task::Task;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{Ask, CheckField, Line, TextField, hash_text};
use crate::workbook::ceremony::people_in;
use crate::workbook::request::{
    BreakOff, Commit, EntropyGiven, OpenDraw, OpenSupplementary, RunDraw,
};
use crate::workbook::{Action, DrawRecord};

/// From this many units on freezing takes a moment, which is said.
const SLOW_UNITS: usize = 20_000;

/// Freezes the register and fixes the sizes, with a reason outside the window.
#[component]
pub(super) fn OpenDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let month = state.month.get_untracked();
    // Closing the dialog gives it up: nothing is fixed before the draw is open.
    let task = Task::new();
    let facts = state.book(|book| {
        let units = book.active_units().count();
        let in_window = book.draw_window(month).contains(&state.app.today());
        (
            units,
            in_window,
            book.overdue(month, state.app.today()).count(),
        )
    });
    let (units, in_window, overdue) = facts.unwrap_or_default();
    let progress = move || {
        task.is_running().then(|| {
            let Progress { done, total } = task.progress();
            let total = if total > 0 { total } else { units as u32 };
            view! {
                <div class="progress">
                    <span role="status">{t.freezing(units)}</span>
                    <progress aria-label=t.freezing(units) max=total value=done></progress>
                    <span>{t.progress_count(done, total)}</span>
                </div>
            }
        })
    };
    let consequence = t.act_open_consequence(t.month_name(month.month()), units);
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(t.act_open(), consequence, t.act_open())
        .more(view! {
            {progress}
            {(overdue > 0).then(|| view! { <p class="warn-text">{t.pending_at_freeze(overdue)}</p> })}
        })
        .lines([Line::new(t.window_reason()).help(t.window_reason_help()).only_if(!in_window)])
        .view(close, move |asked, [reason]| {
            let open = OpenDraw {
                month,
                reason,
                salt_seed: random_bytes(),
            };
            if units < SLOW_UNITS {
                return asked.answer(state.app.act(Action::OpenDraw(open)));
            }
            if untrack(|| task.is_running()) {
                return;
            }
            task.start(async move |pace| {
                asked.answer(state.app.freeze(open, &pace).await);
                Ok(())
            });
        })
}

/// Opens a supplementary draw, with what was mended.
#[component]
pub(super) fn SupplementDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let month = state.month.get_untracked();
    let consequence = t.act_supplement_consequence(t.month_name(month.month()));
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(t.act_supplement(), consequence, t.act_supplement())
        .lines([Line::new(t.supplement_reason()).help(t.supplement_reason_help())])
        .view(close, move |asked, [reason]| {
            let open = OpenSupplementary {
                month,
                reason,
                salt_seed: random_bytes(),
            };
            let opened = state.app.act(Action::OpenSupplementary(open));
            asked.answer(opened.map(|_| {
                let opened = state.book(|book| Some(book.open_draw_record()?.number));
                let number = opened.flatten().map_or_else(String::new, |n| n.to_string());
                state.app.go(&state.address().with(DRAW, number));
            }));
        })
}

/// Breaks a draw off; offered only before its entropy could be known, or because
/// nobody revealed.
#[component]
pub(super) fn BreakOffDialog(
    state: MonthState,
    is_open: RwSignal<bool>,
    #[prop(optional)] nobody_revealed: bool,
) -> impl IntoView {
    let t = use_lang();
    let number = state.draw().map_or(0, |draw| draw.number);
    let head = state.book(|book| book.brigade.head.clone());
    let name = state.shown(|_, draw| t.draw_name(draw.month, &draw.occasion));
    let title = t.act_break_off_title(name.unwrap_or_default());
    let consequence = if nobody_revealed {
        t.act_break_off_unrevealed_consequence(number)
    } else {
        t.act_break_off_consequence(number)
    };
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(title, consequence, t.act_break_off())
        .danger()
        .lines([
            Line::new(t.reason()),
            Line::new(t.approver()).start(head.unwrap_or_default()),
        ])
        .view(close, move |asked, [reason, approver]| {
            let broken = BreakOff {
                number,
                reason,
                approver,
                nobody_revealed,
            };
            asked.answer(state.app.act(Action::BreakOff(broken)));
        })
}

/// Chooses the source of the entropy and publishes the commitment.
#[component]
pub(super) fn CommitPane(state: MonthState, number: u32) -> impl IntoView {
    let t = use_lang();
    let draft = CeremonyDraft::of_draw(
        &state.book(|book| book.id.clone()).unwrap_or_default(),
        number,
    );
    let CeremonyDraft {
        source, shown_at, ..
    } = draft;
    let error = RwSignal::new(String::new());
    let missing = Memo::new(move |_| {
        if source.get().is_none() {
            t.commit_lacks_source()
        } else if shown_at.with(|place| place.trim().is_empty()) {
            t.commit_lacks_place()
        } else {
            ""
        }
    });
    let commit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !missing.get_untracked().is_empty() {
            return;
        }
        let Some(entropy) = draft.choice() else {
            return;
        };
        let shown_at = shown_at.get_untracked().trim().to_owned();
        match state.app.act(Action::Commit(Commit {
            number,
            entropy,
            shown_at,
        })) {
            Ok(_) => draft.forget(),
            Err(words) => error.set(words),
        }
    };
    let choice = move |own: Source, words: &'static str, note: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="entropy"
                    prop:checked=move || source.get() == Some(own)
                    on:change=move |_| source.set(Some(own))
                />
                <span>
                    {words} <span class="choice-note">{note}</span>
                </span>
            </label>
        }
    };
    view! {
        <section class="pane" aria-labelledby="entropy-title">
            <div class="pane-head">
                <h2 id="entropy-title">{t.entropy_title()}</h2>
            </div>
            <form class="pane-body entropy-columns" data-work novalidate on:submit=commit>
                <div role="radiogroup" aria-labelledby="entropy-title">
                    {choice(Source::Local, t.entropy_local(), t.entropy_local_note())}
                    {choice(Source::Witnesses, t.entropy_witnesses(), t.entropy_witnesses_note())}
                    {choice(Source::Public, t.entropy_public(), t.entropy_public_note())}
                </div>
                <div>
                {move || match source.get() {
                    None | Some(Source::Local) => ().into_any(),
                    Some(Source::Witnesses) => witness_inputs(draft),
                    Some(Source::Public) => public_inputs(draft.public),
                }}
                <div class="commit-row">
                    <TextField label=t.shown_at() value=shown_at help=t.shown_at_help() />
                    <button
                        type="submit"
                        class="button is-primary is-large"
                        disabled=move || !missing.get().is_empty()
                    >
                        {t.act_commit()}
                    </button>
                    {move || view! { <span class="button-reason">{missing.get()}</span> }}
                </div>
                {error_line(Signal::derive(move || error.get()))}
                </div>
            </form>
        </section>
    }
}

fn witness_inputs(draft: CeremonyDraft) -> AnyView {
    let t = use_lang();
    let witnesses = draft.witnesses;
    let rows = move || {
        let list = witnesses.get();
        let is_alone = list.len() == 1;
        let rows = list.into_iter().zip(1..);
        rows.map(|(witness, number)| witness_row(draft, witness, number, is_alone))
            .collect_view()
    };
    view! {
        <div>{rows}</div>
        <button type="button" class="button is-small" on:click=move |_| draft.add_witness()>
            {t.witness_add()}
        </button>
    }
    .into_any()
}

fn witness_row(
    draft: CeremonyDraft,
    witness: WitnessInput,
    number: u32,
    is_alone: bool,
) -> AnyView {
    let t = use_lang();
    let key = witness.key;
    let name = RwSignal::from(witness.name);
    let remove = move |_| {
        let witnesses = draft.witnesses;
        witnesses.update(|list| list.retain(|other| other.key != key));
    };
    let several = move || {
        let names = name.with(|name| people_in(name));
        (names.len() > 1).then(|| {
            let count = names.len();
            view! {
                <p class="warn-text" role="status">
                    {t.witness_several(count)} " "
                    <button
                        type="button"
                        class="button is-small"
                        on:click=move |_| draft.split_witness(key, &names)
                    >
                        {t.witness_split(count)}
                    </button>
                </p>
            }
        })
    };
    view! {
        <fieldset class="witness-row">
            <legend class="caption">{t.witness_number(number)}</legend>
            <TextField label=t.witness_name() value=name />
            <TextField
                label=t.witness_words()
                kind="password"
                value=RwSignal::from(witness.words)
                help=if number == 1 { t.witness_words_help() } else { "" }
            />
            {(!is_alone)
                .then(|| {
                    view! {
                        <button type="button" class="button is-small" on:click=remove>
                            {t.witness_remove(number)}
                        </button>
                    }
                })}
            {several}
        </fieldset>
    }
    .into_any()
}

fn public_inputs(public: PublicInput) -> AnyView {
    let t = use_lang();
    view! {
        <div class="field-grid public-grid">
            <TextField label=t.public_source() value=public.source />
            <TextField label=t.public_round() value=public.round />
            <TextField
                label=t.public_characters()
                kind="number"
                value=public.characters
                help=t.public_characters_help()
            />
            <TextField label=t.public_known_from() kind="datetime-local" value=public.known_from />
            <TextField label=t.public_fallback_source() value=public.fallback_source />
            <TextField label=t.public_fallback_round() value=public.fallback_round />
            <TextField
                label=t.public_fallback_characters()
                kind="number"
                value=public.fallback_characters
            />
            <TextField label=t.public_fallback_from() kind="datetime-local" value=public.fallback_from />
        </div>
    }
    .into_any()
}

/// Shows the commitment and takes the entropy in.
#[component]
pub(super) fn EntropyPane(state: MonthState, draw: DrawRecord) -> impl IntoView {
    let t = use_lang();
    let Some(committed) = draw.committed.clone() else {
        return ().into_any();
    };
    let error = RwSignal::new(String::new());
    let number = draw.number;
    let draft = CeremonyDraft::of_draw(
        &state.book(|book| book.id.clone()).unwrap_or_default(),
        number,
    );
    let run = Callback::new(move |entropy: EntropyGiven| {
        let refuse = move |words| drop(error.try_set(words));
        state.app.draw(RunDraw { number, entropy }, refuse);
    });
    let stage = Memo::new(move |_| {
        let (of, stage) = state.app.drawing.get()?;
        (of == number).then_some(stage)
    });
    let is_numbered = draw.numbers.is_some();
    let inputs = match &committed.commitment.entropy {
        _ if is_numbered => ().into_any(),
        EntropyPlan::Local => local_input(run),
        EntropyPlan::Contributions { promises } => {
            let names: Vec<String> = promises
                .iter()
                .map(|promise| promise.witness.clone())
                .collect();
            witness_reveals(state, draft.reveals(&names), run)
        }
        EntropyPlan::PublicValue {
            named,
            fallback,
            fallback_from,
            ..
        } => {
            let by = moment(fallback_from).filter(|by| *by <= state.app.now());
            let late = by.map(|by| t.public_late(t.day_time(by)));
            view! {
                {late.map(|words| view! { <p class="warn-text" role="note">{words}</p> })}
                {public_value(draft, named.clone(), fallback.clone(), run)}
            }
            .into_any()
        }
    };
    let label = state
        .book(|book| draw.label(&book.brigade.division))
        .unwrap_or_default();
    view! {
        <div class="columns">
            <section class="pane grow" aria-labelledby="commitment-title">
                <div class="pane-head">
                    <h2 id="commitment-title">{t.commitment_code()}</h2>
                    <span class="caption">{t.committed_at(t.day_time(committed.at), committed.shown_at.clone())}</span>
                </div>
                <div class="pane-body commitment">
                    {hash_text(&committed.hash.to_string(), 16, true)} <p class="caption">{t.commitment_note()}</p>
                    <dl class="facts-list">
                        <dt>{t.draw_number()}</dt>
                        <dd>{label} {number_after(state, &draw)}</dd>
                    </dl>
                    {announce(state, &draw)}
                </div>
            </section>
            <section class="pane grow" aria-labelledby="give-title">
                <div class="pane-head">
                    <h2 id="give-title">{t.step_entropy()}</h2>
                </div>
                <div class="pane-body stack" data-work>
                    // Hidden, not taken away: a refused draw goes on from what was entered.
                    <div class="stack" style:display=move || stage.get().map(|_| "none")>
                        {inputs}
                    </div>
                    {move || {
                        // Where it has just been begun or opened, none is told yet.
                        let (attempt, set_aside) = (1, 0);
                        let begun = is_numbered.then_some(Stage::Planning { attempt, set_aside });
                        stage.get().or(begun).map(|stage| laying(t, stage))
                    }}
                    {error_line(Signal::derive(move || error.get()))}
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// Why the number is not the one that a reader expects: those before it were broken off.
pub(in crate::ui::pages) fn number_after(state: MonthState, draw: &DrawRecord) -> AnyView {
    let t = use_lang();
    let broken = state
        .book(|book| book.broken_before(draw))
        .unwrap_or_default();
    let words: Vec<String> = broken.iter().map(u32::to_string).collect();
    (!words.is_empty())
        .then(|| {
            let words = t.draw_number_after(draw.number, words.join(t.list_mark()));
            view! { <span class="caption">{words}</span> }
        })
        .into_any()
}

/// How far days and teams are, and that the draw is finished whatever they come to.
fn laying(t: Lang, stage: Stage) -> AnyView {
    view! {
        <div class="progress" role="status">
            <span>{t.stage(stage)}</span>
            <progress aria-label=t.step_plan()></progress>
        </div>
        <p>{t.laying_note()}</p>
    }
    .into_any()
}

/// The button that draws; `lacking` says what it waits for, empty if nothing.
fn draw_button(lacking: Signal<String>, on_click: impl Fn() + 'static) -> AnyView {
    let t = use_lang();
    view! {
        <button
            type="button"
            class="button is-primary is-large"
            disabled=move || !lacking.get().is_empty()
            on:click=move |_| on_click()
        >
            {t.act_draw()}
        </button>
        {move || view! { <span class="button-reason">{lacking.get()}</span> }}
    }
    .into_any()
}

fn local_input(run: Callback<EntropyGiven>) -> AnyView {
    let t = use_lang();
    view! {
        <p>{t.local_generate_note()}</p>
        {draw_button(Signal::stored(String::new()), move || run.run(EntropyGiven::Local(random_bytes())))}
    }
    .into_any()
}

fn witness_reveals(
    state: MonthState,
    reveals: Vec<RevealInput>,
    run: Callback<EntropyGiven>,
) -> AnyView {
    let t = use_lang();
    let fields = reveals.clone().into_iter().map(|input| {
        let name = input.name;
        view! {
            <div class="reveal-row">
                <TextField
                    label=format!("{name} · {}", t.witness_words())
                    value=RwSignal::from(input.words)
                />
                <CheckField
                    label=format!("{name} {}", t.witness_withheld())
                    value=RwSignal::from(input.is_withheld)
                />
            </div>
        }
    });
    let (all, listed) = (reveals.clone(), reveals.clone());
    let nobody_reveals = Memo::new(move |_| all.iter().all(|input| input.is_withheld.get()));
    // An empty line is no refusal: who does not reveal is named by a person.
    let waits_for = Memo::new(move |_| match silent(&listed) {
        silent if silent.is_empty() => String::new(),
        silent => t.reveals_lacking(silent.join(t.list_mark())),
    });
    view! {
        {fields.collect_view()}
        {move || nobody_reveals.get().then(|| nobody_revealed(state))}
        {draw_button(waits_for.into(), move || run.run(given(&reveals)))}
    }
    .into_any()
}

/// Nothing can be drawn from promises alone: the one way out.
fn nobody_revealed(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_open = RwSignal::new(false);
    view! {
        <p class="warn-text" role="status">{t.nobody_revealed_note()}</p>
        <button type="button" class="button" on:click=move |_| is_open.set(true)>
            {t.act_break_off_unrevealed()}
        </button>
        {move || {
            is_open.get().then(|| view! { <BreakOffDialog state is_open nobody_revealed=true /> })
        }}
    }
    .into_any()
}

/// Takes the value in and shows, before the draw, the one form in which it counts.
fn public_value(
    draft: CeremonyDraft,
    named: PublicSource,
    fallback: PublicSource,
    run: Callback<EntropyGiven>,
) -> AnyView {
    let t = use_lang();
    let CeremonyDraft {
        value, is_fallback, ..
    } = draft;
    let give = move || {
        let (value, is_fallback) = (value.get_untracked(), is_fallback.get_untracked());
        run.run(EntropyGiven::Public { value, is_fallback });
    };
    let help = Signal::derive(move || {
        let source = if is_fallback.get() { &fallback } else { &named };
        let canonical = value.with(|value| canonical_value(value));
        if canonical.is_empty() {
            let name = format!("{} {}", source.source, source.round);
            t.public_value_help(name, source.characters)
        } else {
            t.public_value_canonical(&canonical, canonical.len(), source.characters)
        }
    });
    view! {
        <TextField label=t.public_value() value=value help=help />
        <CheckField label=t.public_is_fallback() value=is_fallback />
        {draw_button(Signal::stored(String::new()), give)}
    }
    .into_any()
}
