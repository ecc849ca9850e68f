//! 大队: who inspects, where, and who answers for it.

use leptos::prelude::*;

use super::{Section, frame};
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{CheckField, Icon, TextField, icon};
use crate::workbook::brigade::REVIEW_DAYS_MAX;
use crate::workbook::bunching::Bunching;
use crate::workbook::{Action, Brigade, Township, names};

/// Longest prefix of unit ids: with a hyphen and five digits it fits into an id.
const PREFIX_MAX: usize = 8;

/// Months after which a unit may be suspected.
const DORMANT_MONTHS: std::ops::RangeInclusive<u16> = 1..=120;

/// Words between commas, each once.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split([',', '，', '、', ';', '；', '/']) {
        let word = word.trim().to_owned();
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// A township as it is typed. The number tells lines apart while they come and go.
#[derive(Clone)]
struct TownshipLine {
    number: u32,
    code: ArcRwSignal<String>,
    name: ArcRwSignal<String>,
    aliases: ArcRwSignal<String>,
}

/// The brigade as it is typed.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    short_name: RwSignal<String>,
    division: RwSignal<String>,
    prefix: RwSignal<String>,
    detachment: RwSignal<String>,
    head: RwSignal<String>,
    operator: RwSignal<String>,
    supervisor: RwSignal<String>,
    review_days: RwSignal<String>,
    dormant_months: RwSignal<String>,
    names_officers: RwSignal<bool>,
    /// In the order of [`Bunching::numbers`].
    bunching: [RwSignal<String>; 6],
    townships: RwSignal<Vec<TownshipLine>>,
    number_last: StoredValue<u32>,
}

/// Which field is wrong, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrigadeFaults {
    pub name: String,
    /// Of 行政区划代码.
    pub division: String,
    /// Of the prefix of unit ids.
    pub prefix: String,
    /// Of the days between two reviews.
    pub review_days: String,
    townships: String,
    dormant_months: String,
    bunching: String,
}

impl Form {
    fn new(brigade: &Brigade) -> Self {
        let text = |text: &String| RwSignal::new(text.clone());
        let form = Self {
            name: text(&brigade.name),
            short_name: text(&brigade.short_name),
            division: text(&brigade.division),
            prefix: text(&brigade.unit_prefix),
            detachment: text(&brigade.detachment),
            head: text(&brigade.head),
            operator: text(&brigade.operator),
            supervisor: text(&brigade.supervisor),
            review_days: RwSignal::new(brigade.review_days.to_string()),
            dormant_months: RwSignal::new(brigade.dormant_months.to_string()),
            names_officers: RwSignal::new(brigade.names_officers),
            bunching: brigade
                .bunching
                .numbers()
                .map(|number| RwSignal::new(number.to_string())),
            townships: RwSignal::new(Vec::new()),
            number_last: StoredValue::new(0),
        };
        for township in &brigade.townships {
            form.add(township);
        }
        form
    }

    fn add(self, township: &Township) {
        let number = self.number_last.try_update_value(|last| {
            *last += 1;
            *last
        });
        let line = TownshipLine {
            number: number.unwrap_or_default(),
            code: ArcRwSignal::new(township.code.clone()),
            name: ArcRwSignal::new(township.name.clone()),
            aliases: ArcRwSignal::new(township.aliases.join("，")),
        };
        self.townships.update(|lines| lines.push(line));
    }

    /// What is typed, on top of what the form does not show.
    fn brigade(self, before: &Brigade) -> Brigade {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let townships = self.townships.get_untracked();
        let townships = townships.iter().map(|line| {
            let code = line.code.get_untracked().trim().to_owned();
            let known = before.townships.iter().find(|known| known.code == code);
            Township {
                name: line.name.get_untracked().trim().to_owned(),
                aliases: words_of(&line.aliases.get_untracked()),
                extra: known.map(|known| known.extra.clone()).unwrap_or_default(),
                code,
            }
        });
        Brigade {
            name: text(self.name),
            short_name: text(self.short_name),
            division: text(self.division),
            unit_prefix: text(self.prefix),
            detachment: text(self.detachment),
            head: text(self.head),
            operator: text(self.operator),
            supervisor: text(self.supervisor),
            review_days: text(self.review_days).parse().unwrap_or_default(),
            townships: townships.collect(),
            // What is no number is a fault of its own.
            dormant_months: text(self.dormant_months).parse().unwrap_or(0),
            names_officers: self.names_officers.get_untracked(),
            // As above: no number fits where none is typed.
            bunching: Bunching::of(
                self.bunching
                    .map(|number| text(number).parse().unwrap_or(u32::MAX)),
            ),
            extra: before.extra.clone(),
        }
    }
}

impl BrigadeFaults {
    /// What is wrong with a brigade as typed.
    #[must_use]
    pub fn of(t: Lang, brigade: &Brigade) -> Self {
        let is_digits = |text: &str, count| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let say = |is_wrong: bool, words: &str| {
            if is_wrong {
                words.to_owned()
            } else {
                String::new()
            }
        };
        let prefix = &brigade.unit_prefix;
        let is_prefix = (1..=PREFIX_MAX).contains(&prefix.len())
            && prefix.bytes().all(|byte| byte.is_ascii_uppercase());
        let wrong_township = brigade
            .townships
            .iter()
            .enumerate()
            .find(|(place, township)| {
                let is_twice = brigade.townships[..*place]
                    .iter()
                    .any(|other| other.code == township.code);
                is_twice || township.name.is_empty() || !is_digits(&township.code, 3)
            });
        Self {
            name: say(names::is_no_name(&brigade.name), t.brigade_name_missing()),
            division: say(
                !brigade.division.is_empty() && !is_digits(&brigade.division, 6),
                t.brigade_division_wrong(),
            ),
            prefix: say(!is_prefix, t.brigade_prefix_wrong()),
            review_days: say(
                !(1..=REVIEW_DAYS_MAX).contains(&brigade.review_days),
                t.brigade_review_wrong(),
            ),
            dormant_months: say(
                !DORMANT_MONTHS.contains(&brigade.dormant_months),
                t.upkeep_dormant_wrong(),
            ),
            bunching: say(!brigade.bunching.is_sound(), t.bunching_wrong()),
            townships: wrong_township
                .map_or_else(String::new, |(place, _)| t.township_wrong(place + 1)),
        }
    }

    /// Whether nothing is.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// The form, made again when the brigade changes from elsewhere, as by undoing.
#[component]
pub fn BrigadeForm() -> impl IntoView {
    let app = use_app();
    let kept = Memo::new(move |_| {
        app.workbook
            .with(|book| book.as_ref().map(|book| book.brigade.clone()))
    });
    move || {
        kept.track();
        view! { <Fields /> }.into_any()
    }
}

#[component]
fn Fields() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let Some(book) = app.workbook.get_untracked() else {
        return ().into_any();
    };
    let form = Form::new(&book.brigade);
    let wrong = RwSignal::new(BrigadeFaults::default());
    let error = RwSignal::new(String::new());
    let actions = view! {
        <button type="button" class="button is-primary" on:click=move |_| save(app, t, form, wrong, error)>
            {t.brigade_save()}
        </button>
    };
    let body = view! {
        {error_line(error.into())}
        <div class="columns settings-columns">
            <section class="pane grow" aria-labelledby="brigade-facts">
                <div class="pane-head">
                    <h2 id="brigade-facts">{t.settings_brigade()}</h2>
                </div>
                {fields(t, form, wrong, !book.units.is_empty())}
            </section>
            <section class="pane settings-townships" aria-labelledby="brigade-townships">
                {townships(t, form, wrong)}
            </section>
        </div>
    };
    frame(
        Section::Brigade,
        t.brigade_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

fn save(app: App, t: Lang, form: Form, wrong: RwSignal<BrigadeFaults>, error: RwSignal<String>) {
    let Some(book) = app.workbook.get_untracked() else {
        return;
    };
    let brigade = form.brigade(&book.brigade);
    let found = BrigadeFaults::of(t, &brigade);
    let is_whole = found.is_none();
    wrong.set(found);
    error.set(String::new());
    if !is_whole {
        return;
    }
    if brigade == book.brigade {
        return app.toast(t.brigade_unchanged(), false);
    }
    drop(book);
    let action = Action::EditBrigade(Box::new(brigade));
    if let Err(words) = app.act_and_tell(action, t.brigade_saved()) {
        error.set(words);
    }
}

fn fields(t: Lang, form: Form, wrong: RwSignal<BrigadeFaults>, has_units: bool) -> AnyView {
    let fault = move |of: fn(&BrigadeFaults) -> &String| {
        Signal::derive(move || wrong.with(|wrong| of(wrong).clone()))
    };
    let prefix = if has_units {
        view! {
            <div class="field">
                <span class="label">{t.brigade_prefix()}</span>
                <b>{form.prefix.get_untracked()}</b>
                <span class="help">{t.brigade_prefix_fixed()}</span>
            </div>
        }
        .into_any()
    } else {
        view! {
            <TextField
                label=t.brigade_prefix()
                value=form.prefix
                help=t.brigade_prefix_help()
                error=fault(|wrong| &wrong.prefix)
            />
        }
        .into_any()
    };
    let names = [
        t.bunching_late_days(),
        t.bunching_late_percent(),
        t.bunching_month_end_days(),
        t.bunching_month_end_percent(),
        t.bunching_burst_count(),
        t.bunching_burst_minutes(),
    ];
    let bunching = names.into_iter().zip(form.bunching);
    let bunching = bunching
        .map(|(label, value)| view! { <TextField label kind="number" value /> })
        .collect_view();
    view! {
        <div class="pane-body field-grid">
            <TextField label=t.brigade_name() value=form.name error=fault(|wrong| &wrong.name) />
            <TextField label=t.brigade_detachment() value=form.detachment />
            <TextField label=t.brigade_short_name() value=form.short_name help=t.brigade_short_help() />
            <TextField
                label=t.brigade_division()
                value=form.division
                help=t.brigade_division_help()
                error=fault(|wrong| &wrong.division)
            />
            <TextField label=t.brigade_head() value=form.head help=t.brigade_head_help() />
            <TextField label=t.brigade_operator() value=form.operator help=t.brigade_operator_help() />
            <TextField label=t.brigade_supervisor() value=form.supervisor help=t.brigade_supervisor_help() />
            {prefix}
            <TextField
                label=t.brigade_review_days()
                kind="number"
                value=form.review_days
                help=t.brigade_review_help()
                error=fault(|wrong| &wrong.review_days)
            />
            <TextField
                label=t.upkeep_dormant()
                value=form.dormant_months
                help=t.upkeep_dormant_help()
                error=fault(|wrong| &wrong.dormant_months)
            />
        </div>
        <div class="pane-body">
            <CheckField label=t.brigade_names_officers() value=form.names_officers />
            <p class="caption">{t.brigade_names_officers_help()}</p>
        </div>
        <fieldset class="pane-body bunching">
            <legend>{t.check_settings()}</legend>
            <p class="caption">{t.check_settings_note()}</p>
            <div class="field-grid">{bunching}</div>
            {error_line(fault(|wrong| &wrong.bunching))}
        </fieldset>
    }
    .into_any()
}

fn townships(t: Lang, form: Form, wrong: RwSignal<BrigadeFaults>) -> AnyView {
    let error = Signal::derive(move || wrong.with(|wrong| wrong.townships.clone()));
    view! {
        <div class="pane-head">
            <h2 id="brigade-townships">{t.townships()}</h2>
            <span class="spring"></span>
            <button
                type="button"
                class="button is-small"
                on:click=move |_| form.add(&Township::default())
            >
                {icon(Icon::Plus)}
                {t.township_add()}
            </button>
        </div>
        <div class="pane-body settings-text">
            <p class="caption">{t.townships_lead()} " " {t.township_aliases_note()}</p>
            {error_line(error)}
            <ol class="township-lines">
                <For each=move || form.townships.get() key=|line| line.number let:line>
                    {township_line(t, form, line)}
                </For>
            </ol>
        </div>
    }
    .into_any()
}

fn township_line(t: Lang, form: Form, line: TownshipLine) -> AnyView {
    let number = line.number;
    let place = move || {
        let lines = form.townships.get();
        1 + lines
            .iter()
            .position(|line| line.number == number)
            .unwrap_or(0)
    };
    let TownshipLine {
        code,
        name,
        aliases,
        ..
    } = line;
    let aliases_shown = aliases.clone();
    let (code_shown, name_shown, name_said) = (code.clone(), name.clone(), name.clone());
    let remove = move |_| {
        form.townships
            .update(|lines| lines.retain(|line| line.number != number));
    };
    view! {
        <li>
            <input
                class="control township-code"
                autocomplete="off"
                maxlength="3"
                aria-label=move || t.township_code(place())
                prop:value=move || code_shown.get()
                on:input=move |event| code.set(event_target_value(&event))
            />
            <input
                class="control"
                autocomplete="off"
                aria-label=move || t.township_name(place())
                prop:value=move || name_shown.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
            <input
                class="control"
                autocomplete="off"
                aria-label=move || t.township_aliases(place())
                placeholder=t.township_aliases_hint()
                prop:value=move || aliases_shown.get()
                on:input=move |event| aliases.set(event_target_value(&event))
            />
            <button
                type="button"
                class="button is-icon"
                aria-label=move || t.township_remove(name_said.get())
                on:click=remove
            >
                {icon(Icon::Close)}
            </button>
        </li>
    }
    .into_any()
}
