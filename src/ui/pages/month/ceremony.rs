//! The ceremony: open, commit, give the entropy, or break off.

use chrono::NaiveDateTime;
use leptos::prelude::*;

use super::announce::announce;
use super::{DRAW, MonthState};
use crate::engine::ceremony::{
    EntropyPlan, PROMISE_SALT_DIGITS, PublicSource, canonical_value, moment,
};
use crate::i18n::Lang;
use crate::ui::app::{random_bytes, random_hex, use_lang};
use crate::ui::job::Stage;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{CheckField, ConfirmDialog, TextField, hash_text};
use crate::workbook::draw::{
    BreakOff, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, WitnessWords,
};
use crate::workbook::occasion::OpenSupplementary;
use crate::workbook::{Action, DrawRecord};

/// Random hexadecimal digits in a witness's promise, in bytes.
const WITNESS_SALT_BYTES: usize = PROMISE_SALT_DIGITS / 2;

/// From this many units on freezing takes a moment, which is said.
const SLOW_UNITS: usize = 20_000;

/// Freezes the register and fixes the sizes, with a reason outside the window.
#[component]
pub(super) fn OpenDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let month = state.month.get_untracked();
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let is_busy = RwSignal::new(None::<(usize, usize)>);
    let facts = state.book(|book| {
        let units = book
            .units
            .iter()
            .filter(|unit| unit.status.is_active())
            .count();
        let in_window = book.draw_window(month).contains(&state.app.today());
        (units, in_window, book.overdue(state.app.today()).count())
    });
    let (units, in_window, overdue) = facts.unwrap_or_default();
    let confirm = Callback::new(move |()| {
        let open = OpenDraw {
            month,
            reason: reason.get_untracked(),
            salt_seed: random_bytes(),
        };
        if units < SLOW_UNITS {
            return match state.app.act(Action::OpenDraw(open)) {
                Ok(_) => is_open.set(false),
                Err(words) => error.set(words),
            };
        }
        if is_busy.get_untracked().is_some() {
            return;
        }
        leptos::task::spawn_local(async move {
            // Closing the dialog gives it up: nothing is fixed before the draw is open.
            let tell = move |progress| {
                let _ = is_busy.try_set(Some(progress));
                is_open.try_get_untracked() == Some(true)
            };
            match state.app.freeze(open, tell).await {
                Ok(()) => drop(is_open.try_set(false)),
                Err(words) => {
                    let _ = is_busy.try_set(None);
                    let _ = error.try_set(words);
                }
            }
        });
    });
    view! {
        <ConfirmDialog
            title=t.act_open()
            consequence=t.act_open_consequence(t.month_name(month.month()), units)
            action=t.act_open()
            error=Signal::derive(move || error.get())
            on_close=Callback::new(move |()| is_open.set(false))
            on_confirm=confirm
        >
            {move || {
                is_busy.get().map(|(done, total)| {
                    view! {
                        <div class="progress">
                            <span role="status">{t.freezing(units)}</span>
                            <progress aria-label=t.freezing(units) max=total value=done></progress>
                            <span>{t.progress_count(done, total)}</span>
                        </div>
                    }
                })
            }}
            {(overdue > 0).then(|| view! { <p class="warn-text">{t.pending_at_freeze(overdue)}</p> })}
            {(!in_window)
                .then(|| {
                    view! { <TextField label=t.window_reason() value=reason help=t.window_reason_help() /> }
                })}
        </ConfirmDialog>
    }
}

/// Opens a supplementary draw, with what was mended.
#[component]
pub(super) fn SupplementDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let month = state.month.get_untracked();
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let confirm = Callback::new(move |()| {
        let open = OpenSupplementary {
            month,
            reason: reason.get_untracked(),
            salt_seed: random_bytes(),
        };
        match state.app.act(Action::OpenSupplementary(open)) {
            Ok(_) => {
                let opened = state.book(|book| Some(book.open_draw_record()?.number));
                let number = opened.flatten().map_or_else(String::new, |n| n.to_string());
                is_open.set(false);
                state.app.go(&state.address().with(DRAW, number));
            }
            Err(words) => error.set(words),
        }
    });
    view! {
        <ConfirmDialog
            title=t.act_supplement()
            consequence=t.act_supplement_consequence(t.month_name(month.month()))
            action=t.act_supplement()
            error=Signal::derive(move || error.get())
            on_close=Callback::new(move |()| is_open.set(false))
            on_confirm=confirm
        >
            <TextField label=t.supplement_reason() value=reason help=t.supplement_reason_help() />
        </ConfirmDialog>
    }
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
    let reason = RwSignal::new(String::new());
    let approver = RwSignal::new(
        state
            .book(|book| book.brigade.head.clone())
            .unwrap_or_default(),
    );
    let error = RwSignal::new(String::new());
    let confirm = Callback::new(move |()| {
        let broken = BreakOff {
            number,
            reason: reason.get_untracked().trim().to_owned(),
            approver: approver.get_untracked().trim().to_owned(),
            nobody_revealed,
        };
        match state.app.act(Action::BreakOff(broken)) {
            Ok(_) => is_open.set(false),
            Err(words) => error.set(words),
        }
    });
    view! {
        <ConfirmDialog
            title=t.act_break_off_title(t.month_name(state.month.get_untracked().month()))
            consequence=if nobody_revealed {
                t.act_break_off_unrevealed_consequence(number)
            } else {
                t.act_break_off_consequence(number)
            }
            action=t.act_break_off()
            is_danger=true
            error=Signal::derive(move || error.get())
            on_close=Callback::new(move |()| is_open.set(false))
            on_confirm=confirm
        >
            <TextField label=t.reason() value=reason />
            <TextField label=t.approver() value=approver />
        </ConfirmDialog>
    }
}

/// Which source of entropy is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Local,
    Witnesses,
    Public,
}

/// A witness's two inputs.
#[derive(Debug, Clone, Copy)]
struct WitnessInput {
    key: u32,
    name: RwSignal<String>,
    words: RwSignal<String>,
}

impl WitnessInput {
    fn new(key: u32) -> Self {
        Self {
            key,
            name: RwSignal::new(String::new()),
            words: RwSignal::new(String::new()),
        }
    }
}

/// The inputs of a public value.
#[derive(Debug, Clone, Copy)]
struct PublicInput {
    source: RwSignal<String>,
    round: RwSignal<String>,
    characters: RwSignal<String>,
    fallback_source: RwSignal<String>,
    fallback_round: RwSignal<String>,
    fallback_characters: RwSignal<String>,
    known_from: RwSignal<String>,
    fallback_from: RwSignal<String>,
}

impl PublicInput {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            source: empty(),
            round: empty(),
            characters: empty(),
            fallback_source: empty(),
            fallback_round: empty(),
            fallback_characters: empty(),
            known_from: empty(),
            fallback_from: empty(),
        }
    }

    /// The choice; times that cannot be read become the earliest, and numbers
    /// nought, which the draw refuses.
    fn choice(self) -> EntropyChoice {
        let time = |signal: RwSignal<String>| {
            let text = signal.get_untracked();
            NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").unwrap_or_default()
        };
        let source = |[source, round, characters]: [RwSignal<String>; 3]| PublicSource {
            source: source.get_untracked().trim().to_owned(),
            round: round.get_untracked().trim().to_owned(),
            characters: characters
                .get_untracked()
                .trim()
                .parse()
                .unwrap_or_default(),
        };
        let fallback = [
            self.fallback_source,
            self.fallback_round,
            self.fallback_characters,
        ];
        EntropyChoice::Public {
            named: source([self.source, self.round, self.characters]),
            fallback: source(fallback),
            known_from: time(self.known_from),
            fallback_from: time(self.fallback_from),
        }
    }
}

/// Chooses the source of the entropy and publishes the commitment.
#[component]
pub(super) fn CommitPane(state: MonthState, number: u32) -> impl IntoView {
    let t = use_lang();
    let source = RwSignal::new(Source::Local);
    let witnesses = RwSignal::new(vec![WitnessInput::new(0)]);
    let public = PublicInput::new();
    let shown_at = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let commit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let entropy = match source.get_untracked() {
            Source::Local => EntropyChoice::Local,
            Source::Witnesses => EntropyChoice::Witnesses(
                witnesses
                    .get_untracked()
                    .into_iter()
                    .map(promised)
                    .collect(),
            ),
            Source::Public => public.choice(),
        };
        let shown_at = shown_at.get_untracked().trim().to_owned();
        if let Err(words) = state.app.act(Action::Commit(Commit {
            number,
            entropy,
            shown_at,
        })) {
            error.set(words);
        }
    };
    let choice = move |own: Source, words: &'static str, note: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="entropy"
                    prop:checked=move || source.get() == own
                    on:change=move |_| source.set(own)
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
            <div class="pane-body entropy-columns">
                <div role="radiogroup" aria-labelledby="entropy-title">
                    {choice(Source::Local, t.entropy_local(), t.entropy_local_note())}
                    {choice(Source::Witnesses, t.entropy_witnesses(), t.entropy_witnesses_note())}
                    {choice(Source::Public, t.entropy_public(), t.entropy_public_note())}
                </div>
                <form novalidate on:submit=commit>
                {move || match source.get() {
                    Source::Local => ().into_any(),
                    Source::Witnesses => witness_inputs(witnesses),
                    Source::Public => public_inputs(public),
                }}
                <div class="commit-row">
                    <TextField label=t.shown_at() value=shown_at help=t.shown_at_help() />
                    <button type="submit" class="button is-primary is-large">
                        {t.act_commit()}
                    </button>
                </div>
                {error_line(Signal::derive(move || error.get()))}
                </form>
            </div>
        </section>
    }
}

fn promised(witness: WitnessInput) -> WitnessWords {
    WitnessWords {
        name: witness.name.get_untracked(),
        words: witness.words.get_untracked(),
        salt: random_hex(WITNESS_SALT_BYTES),
    }
}

fn witness_inputs(witnesses: RwSignal<Vec<WitnessInput>>) -> AnyView {
    let t = use_lang();
    let add = move |_| {
        witnesses.update(|list| {
            let key = list
                .iter()
                .map(|witness| witness.key + 1)
                .max()
                .unwrap_or_default();
            list.push(WitnessInput::new(key));
        });
    };
    let rows = move || {
        let list = witnesses.get();
        let is_alone = list.len() == 1;
        let rows = list
            .into_iter()
            .zip(1..)
            .map(move |(witness, number): (WitnessInput, u32)| {
                let remove =
                    move |_| witnesses.update(|list| list.retain(|other| other.key != witness.key));
                view! {
                    <fieldset class="witness-row">
                        <legend class="caption">{t.witness_number(number)}</legend>
                        <TextField label=t.witness_name() value=witness.name />
                        <TextField
                            label=t.witness_words()
                            kind="password"
                            value=witness.words
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
                    </fieldset>
                }
            });
        rows.collect_view()
    };
    view! {
        <div>{rows}</div>
        <button type="button" class="button is-small" on:click=add>
            {t.witness_add()}
        </button>
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
    let run = Callback::new(move |entropy: EntropyGiven| {
        let refuse = move |words| drop(error.try_set(words));
        state.app.draw(RunDraw { number, entropy }, refuse);
    });
    let stage = Memo::new(move |_| {
        let (of, stage) = state.app.drawing.get()?;
        (of == number).then_some(stage)
    });
    let inputs = match &committed.commitment.entropy {
        EntropyPlan::Local => local_input(run),
        EntropyPlan::Contributions { promises } => {
            let names = promises
                .iter()
                .map(|promise| promise.witness.clone())
                .collect();
            witness_reveals(state, names, run)
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
                {public_value(named.clone(), fallback.clone(), run)}
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
                        <dd>{label}</dd>
                    </dl>
                    {announce(state, &draw)}
                </div>
            </section>
            <section class="pane grow" aria-labelledby="give-title">
                <div class="pane-head">
                    <h2 id="give-title">{t.step_entropy()}</h2>
                </div>
                <div class="pane-body stack">
                    // Hidden, not taken away: a refused draw goes on from what was entered.
                    <div class="stack" style:display=move || stage.get().map(|_| "none")>
                        {inputs}
                    </div>
                    {move || stage.get().map(|stage| laying(t, stage))}
                    {error_line(Signal::derive(move || error.get()))}
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// How far days and teams are, and that the draw is finished whatever they come to.
fn laying(t: Lang, stage: Stage) -> AnyView {
    view! {
        <div class="progress" role="status">
            <span>{stage.words(t)}</span>
            <progress aria-label=t.step_plan()></progress>
        </div>
        <p>{t.laying_note()}</p>
    }
    .into_any()
}

fn draw_button(on_click: impl Fn() + 'static) -> AnyView {
    let t = use_lang();
    view! {
        <button type="button" class="button is-primary is-large" on:click=move |_| on_click()>
            {t.act_draw()}
        </button>
    }
    .into_any()
}

fn local_input(run: Callback<EntropyGiven>) -> AnyView {
    let t = use_lang();
    view! {
        <p>{t.local_generate_note()}</p>
        {draw_button(move || run.run(EntropyGiven::Local(random_bytes())))}
    }
    .into_any()
}

fn witness_reveals(state: MonthState, names: Vec<String>, run: Callback<EntropyGiven>) -> AnyView {
    let t = use_lang();
    let inputs: Vec<_> = names
        .into_iter()
        .map(|name| (name, RwSignal::new(String::new()), RwSignal::new(false)))
        .collect();
    let fields = inputs.clone().into_iter().map(|(name, words, is_withheld)| {
        view! {
            <div class="reveal-row">
                <TextField label=format!("{name} · {}", t.witness_words()) value=words />
                <CheckField label=format!("{name} {}", t.witness_withheld()) value=is_withheld />
            </div>
        }
    });
    let withheld: Vec<RwSignal<bool>> = inputs.iter().map(|input| input.2).collect();
    let nobody_reveals = Memo::new(move |_| withheld.iter().all(|is_withheld| is_withheld.get()));
    let give = move || {
        let words = inputs.iter().map(|(_, words, is_withheld)| {
            (!is_withheld.get_untracked()).then(|| words.get_untracked())
        });
        run.run(EntropyGiven::Witnesses(words.collect()));
    };
    view! {
        {fields.collect_view()}
        {move || nobody_reveals.get().then(|| nobody_revealed(state))}
        {draw_button(give)}
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
    named: PublicSource,
    fallback: PublicSource,
    run: Callback<EntropyGiven>,
) -> AnyView {
    let t = use_lang();
    let value = RwSignal::new(String::new());
    let is_fallback = RwSignal::new(false);
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
        {draw_button(give)}
    }
    .into_any()
}
