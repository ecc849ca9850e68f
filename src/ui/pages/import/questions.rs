//! The third step: what the file leaves open, asked once a kind and field.

use leptos::prelude::*;

use crate::exchange::sheet::{Answer, AskKind, Question, column_name};
use crate::i18n::Lang;
use crate::model::RiskTier;
use crate::model::field::choices_of;
use crate::ui::app::use_lang;
use crate::ui::import::ImportFlow;
use crate::ui::import::sheet::{SheetFlow, must_be_answered};
use crate::ui::sheets::told::{AskedTold, ListTold};
use crate::ui::widgets::tier_mark;

/// The words of risk tiers that lists use, from the highest.
const TIERS: [&str; 4] = ["重大", "较大", "一般", "低"];
/// The colours of the scale with 橙, from the highest.
const COLOURS: [&str; 4] = ["红", "橙", "黄", "蓝"];
/// The words of yes and no in the file format.
const YES: &str = "是";
const NO: &str = "否";
/// Choices of a menu that are no word.
const LEAVE: &str = "-";
const TAKE: &str = "+";
/// Values of one question that are listed.
const VALUES_SHOWN: usize = 200;

/// The step.
pub(super) fn questions(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let sheets = flow.sheets;
    let cards = move || {
        let list = sheets.list.get();
        let list = list.as_deref()?;
        let groups = list.questions();
        let cards = groups
            .iter()
            .zip(1..)
            .map(|(group, number)| card(sheets, t, list, group, number));
        Some(cards.collect_view())
    };
    view! {
        <div class="import-questions">{cards}</div>
        <div class="import-last">
            <label class="check-field">
                <input
                    type="checkbox"
                    prop:checked=move || sheets.is_kept.get()
                    on:change=move |event| sheets.is_kept.set(event_target_checked(&event))
                />
                {t.sheet_keep()}
            </label>
            <span class="spring"></span>
            {super::preview::expected(sheets, t)}
        </div>
    }
    .into_any()
}

/// A question with its place, its answers and what follows from them.
fn card(
    sheets: SheetFlow,
    t: Lang,
    list: &ListTold,
    group: &[&AskedTold],
    number: usize,
) -> AnyView {
    let Question { kind, field, .. } = group[0].asked.question.clone();
    let rows: u32 = group.iter().map(|it| it.asked.count).sum();
    let column = list.column_of(&field);
    let head = column.map(|column| t.sheet_head(&column.head, column.column));
    // A question that no column raises tells of its field.
    let head = head.unwrap_or_else(|| match field.as_str() {
        "" => String::new(),
        field => t.import_field(field).to_string(),
    });
    let place = match column {
        Some(column) => t.sheet_ask_place(column_name(column.column), rows),
        None => t.sheet_ask_rows(rows),
    };
    let title = title(t, kind, &field, &head, group);
    let values: Vec<AskedTold> = group.iter().map(|it| (*it).clone()).collect();
    let body = match kind {
        AskKind::Flag if values.len() == 2 => either(sheets, t, &field, values),
        AskKind::Flag => menus(sheets, t, values, vec![YES.into(), NO.into()], |t, word| {
            if word == YES { t.yes() } else { t.no() }.to_owned()
        }),
        AskKind::Tier => tiers(sheets, t, values),
        AskKind::Word => {
            let words = choices_of(&field).map(|of| Lang::Zh.form_choices(of));
            let words = words.unwrap_or_default().into_iter().map(str::to_owned);
            menus(sheets, t, values, words.collect(), |_, word| word.to_owned())
        }
        AskKind::Township => townships(sheets, t, values),
        AskKind::TotalRow | AskKind::DoubtfulRow => total_rows(sheets, t, values),
        AskKind::ShortYear => take_or_leave(sheets, t, values, [t.sheet_year_take(), t.sheet_value_leave()]),
        AskKind::Alike => take_or_leave(sheets, t, values, [t.sheet_alike_take(), t.sheet_alike_leave()]),
        AskKind::DamagedCode => {
            take_or_leave(sheets, t, values, [t.sheet_damaged_take(), t.sheet_damaged_leave()])
        }
        AskKind::Status => take_or_leave(sheets, t, values, [t.sheet_status_take(), t.sheet_status_leave()]),
        AskKind::OtherSheet => view! {
            <ul class="import-others">
                {values
                    .into_iter()
                    .map(|it| view! { <li>{t.sheet_other(&it.asked.question.value, it.asked.count)}</li> })
                    .collect_view()}
            </ul>
        }
        .into_any(),
    };
    let help = match (kind, field.as_str()) {
        (AskKind::Word, "role") => t.sheet_q_role_help(),
        _ => t.sheet_ask_help(kind),
    };
    let label = format!("question-{number}");
    view! {
        <section class="pane import-question" aria-labelledby=label.clone()>
            <div class="pane-head">
                <span class="import-number" aria-hidden="true">
                    {number}
                </span>
                <h2 id=label.clone()>{title}</h2>
                <span class="caption">{place}</span>
            </div>
            <p class="import-help">{help}</p>
            {body}
        </section>
    }
    .into_any()
}

fn title(t: Lang, kind: AskKind, field: &str, head: &str, group: &[&AskedTold]) -> String {
    let count = group.len();
    match kind {
        AskKind::Flag => {
            let values = group.iter().map(|it| it.asked.question.value.as_str());
            let values: Vec<&str> = values.take(4).collect();
            t.sheet_q_flag(head, values.join(t.list_comma()), t.import_field(field))
        }
        AskKind::Tier => t.sheet_q_tier(head),
        AskKind::Word => t.sheet_q_word(head, count),
        AskKind::ShortYear => t.sheet_q_year(head, &group[0].example),
        AskKind::TotalRow => t.sheet_q_total(count),
        AskKind::DoubtfulRow => t.sheet_q_doubtful(count),
        AskKind::Township => t.sheet_q_township(count),
        AskKind::Alike => t.sheet_q_alike(count),
        AskKind::DamagedCode => t.sheet_q_damaged(group[0].asked.count),
        AskKind::Status => t.sheet_q_status(group.iter().map(|it| it.asked.count).sum::<u32>()),
        AskKind::OtherSheet => t.sheet_q_other(count),
    }
}

fn answer_of(sheets: SheetFlow, question: &Question) -> Option<Answer> {
    sheets.wish.with(|wish| wish.answers.of(question).cloned())
}

/// The names of the first records with a value.
fn examples(t: Lang, value: &AskedTold) -> String {
    let names: Vec<&str> = value.records.iter().map(|it| it.0.as_str()).collect();
    names.join(t.list_comma())
}

/// A choice among a few, as a row with a round button.
fn choice(
    name: &str,
    words: String,
    count: String,
    beside: String,
    is_chosen: impl Fn() -> bool + Send + 'static,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <label class="import-choice">
            <input
                type="radio"
                name=name.to_owned()
                prop:checked=is_chosen
                on:change=move |_| choose()
            />
            <b>{words}</b>
            <span class="import-count">{count}</span>
            <span class="import-beside">{beside}</span>
        </label>
    }
    .into_any()
}

/// Of two values one means yes; or neither is taken.
fn either(sheets: SheetFlow, t: Lang, field: &str, values: Vec<AskedTold>) -> AnyView {
    let name = format!("flag-{field}");
    let questions: Vec<Question> = values.iter().map(|it| it.asked.question.clone()).collect();
    let means = |word: &str| Some(Answer::Means(word.to_owned()));
    let field_name = t.import_field(field);
    let mut rows = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let (own, all) = (questions[at].clone(), questions.clone());
        let is_chosen = move || answer_of(sheets, &own) == Some(Answer::Means(YES.to_owned()));
        let choose = move || {
            for (place, question) in all.iter().enumerate() {
                sheets.answer(question, means(if place == at { YES } else { NO }));
            }
        };
        rows.push(choice(
            &name,
            t.sheet_value_means(&value.asked.question.value, &field_name),
            t.sheet_rows_count(value.asked.count),
            examples(t, value),
            is_chosen,
            choose,
        ));
    }
    let (first, all) = (questions[0].clone(), questions);
    rows.push(choice(
        &name,
        t.sheet_neither().to_owned(),
        String::new(),
        t.sheet_stays(&field_name),
        move || answer_of(sheets, &first) == Some(Answer::Leave),
        move || {
            for question in &all {
                sheets.answer(question, Some(Answer::Leave));
            }
        },
    ));
    view! { <div class="import-answers">{rows}</div> }.into_any()
}

/// Two answers to each value: taken so, or left.
fn take_or_leave(
    sheets: SheetFlow,
    t: Lang,
    values: Vec<AskedTold>,
    words: [&'static str; 2],
) -> AnyView {
    let many = values.len() > 1;
    let rows = values.into_iter().take(VALUES_SHOWN).map(|value| {
        let question = value.asked.question.clone();
        let is_open = must_be_answered(&question);
        let name = format!("{:?}-{}-{}", question.kind, question.field, question.value);
        let head = (many || !question.value.is_empty()).then(|| {
            view! {
                <p class="import-value">
                    <b>{question.value.clone()}</b>
                    <span class="import-count">{t.sheet_rows_count(value.asked.count)}</span>
                    <span class="import-beside">{examples(t, &value)}</span>
                </p>
            }
        });
        let answers =
            [Answer::Take, Answer::Leave]
                .into_iter()
                .zip(words)
                .map(|(answer, words)| {
                    let (asked, chosen, own) = (question.clone(), question.clone(), answer.clone());
                    let is_chosen = move || match answer_of(sheets, &chosen) {
                        Some(now) => now == own,
                        None => !is_open && own == Answer::Take,
                    };
                    let choose = move || sheets.answer(&asked, Some(answer.clone()));
                    choice(
                        &name,
                        words.to_owned(),
                        String::new(),
                        String::new(),
                        is_chosen,
                        choose,
                    )
                });
        view! {
            <div class="import-answers" role="radiogroup">
                {head}
                {answers.collect_view()}
            </div>
        }
        .into_any()
    });
    view! { <div class="import-values">{rows.collect_view()}</div> }.into_any()
}

/// A menu of words beside each value; a value without an answer is not taken.
fn menus(
    sheets: SheetFlow,
    t: Lang,
    values: Vec<AskedTold>,
    words: Vec<String>,
    named: fn(Lang, &str) -> String,
) -> AnyView {
    let rows = values
        .into_iter()
        .take(VALUES_SHOWN)
        .map(move |value| menu(sheets, t, value, &words, named, false));
    view! { <div class="import-values">{rows.collect_view()}</div> }.into_any()
}

fn menu(
    sheets: SheetFlow,
    t: Lang,
    value: AskedTold,
    words: &[String],
    named: fn(Lang, &str) -> String,
    stands: bool,
) -> AnyView {
    let question = value.asked.question.clone();
    let is_open = must_be_answered(&question);
    let now = {
        let question = question.clone();
        move || match answer_of(sheets, &question) {
            Some(Answer::Means(word)) => word,
            Some(Answer::Leave) => LEAVE.to_owned(),
            Some(Answer::Take) => TAKE.to_owned(),
            None if is_open => String::new(),
            None if stands => TAKE.to_owned(),
            None => LEAVE.to_owned(),
        }
    };
    let asked = question.clone();
    let choose = move |event| {
        let word = event_target_value(&event);
        let answer = match word.as_str() {
            "" => None,
            LEAVE => Some(Answer::Leave),
            TAKE => Some(Answer::Take),
            _ => Some(Answer::Means(word)),
        };
        sheets.answer(&asked, answer);
    };
    let options = words.iter().map(|word| {
        view! { <option value=word.clone()>{named(t, word)}</option> }
    });
    view! {
        <label class="import-menu">
            <b>{question.value.clone()}</b>
            <span class="import-count">{t.sheet_rows_count(value.asked.count)}</span>
            <span class="import-beside">{examples(t, &value)}</span>
            <select prop:value=now on:change=choose>
                {is_open.then(|| view! { <option value="">{t.sheet_please_choose()}</option> })}
                {stands.then(|| view! { <option value=TAKE>{t.sheet_as_it_stands()}</option> })}
                {options.collect_view()}
                <option value=LEAVE>{t.sheet_do_not_take()}</option>
            </select>
        </label>
    }
    .into_any()
}

/// The scale of colours, at once or colour by colour.
fn tiers(sheets: SheetFlow, t: Lang, mut values: Vec<AskedTold>) -> AnyView {
    let place = |value: &str| COLOURS.iter().position(|colour| value.starts_with(colour));
    values.sort_by_key(|it| place(&it.asked.question.value).unwrap_or(COLOURS.len()));
    let scale = |value: &str| place(value).map(|at| TIERS[at].to_owned());
    let pairs: Vec<(Question, Option<String>)> = values
        .iter()
        .map(|it| (it.asked.question.clone(), scale(&it.asked.question.value)))
        .collect();
    let fits = pairs.iter().all(|(_, word)| word.is_some());
    let whole = fits.then(|| {
        let (set, is_set) = (pairs.clone(), pairs.clone());
        let is_chosen = move || {
            is_set.iter().all(|(question, word)| {
                answer_of(sheets, question) == word.clone().map(Answer::Means)
            })
        };
        let choose = move || {
            for (question, word) in &set {
                sheets.answer(question, word.clone().map(Answer::Means));
            }
        };
        let shown = values.iter().map(|value| {
            let text = &value.asked.question.value;
            let tier = match place(text) {
                Some(0) => RiskTier::Red,
                Some(1) => RiskTier::Yellow,
                Some(2) => RiskTier::Blue,
                _ => RiskTier::Green,
            };
            view! {
                <span>
                    {t.sheet_colour_means(text, value.asked.count)} {tier_mark(t, tier, true)}
                </span>
            }
        });
        view! {
            {choice("tier-scale", t.sheet_tier_scale().to_owned(), String::new(), String::new(), is_chosen, choose)}
            <p class="import-scale">{shown.collect_view()}</p>
        }
    });
    let words: Vec<String> = TIERS.map(str::to_owned).into();
    view! {
        <div class="import-answers">{whole}</div>
        {menus(sheets, t, values, words, |t, word| t.sheet_tier(word))}
    }
    .into_any()
}

/// Townships that are not known: one of the brigade's, as it stands, or left.
fn townships(sheets: SheetFlow, t: Lang, values: Vec<AskedTold>) -> AnyView {
    let app = crate::ui::app::use_app();
    let known = app.workbook.with_untracked(|book| {
        let townships = book.as_ref().map(|book| book.brigade.townships.clone());
        let townships = townships.unwrap_or_default().into_iter();
        townships.map(|township| township.name).collect::<Vec<_>>()
    });
    let rows = values
        .into_iter()
        .take(VALUES_SHOWN)
        .map(move |value| menu(sheets, t, value, &known, |_, word| word.to_owned(), true));
    view! {
        <div class="import-values">{rows.collect_view()}</div>
        <label class="check-field import-keep-aliases">
            <input
                type="checkbox"
                prop:checked=move || sheets.keeps_aliases.get()
                on:change=move |event| sheets.keeps_aliases.set(event_target_checked(&event))
            />
            {t.sheet_keep_aliases()}
        </label>
    }
    .into_any()
}

/// Rows that may be totals, one by one.
fn total_rows(sheets: SheetFlow, t: Lang, mut values: Vec<AskedTold>) -> AnyView {
    values.sort_by_key(|value| value.asked.question.row_number);
    let rows = values.into_iter().take(VALUES_SHOWN).map(|value| {
        let question = value.asked.question.clone();
        let record = value.records.first().cloned();
        let is_record = record.is_some();
        let row = value.asked.row_numbers.first().copied().unwrap_or_default();
        let button = |answer: Answer, words: &'static str| {
            let (asked, chosen, own) = (question.clone(), question.clone(), answer.clone());
            let default = if is_record { Answer::Take } else { Answer::Leave };
            let is_pressed = move || {
                let now = answer_of(sheets, &chosen).unwrap_or(default.clone());
                if now == own { "true" } else { "false" }
            };
            view! {
                <button
                    type="button"
                    aria-pressed=is_pressed
                    on:click=move |_| sheets.answer(&asked, Some(answer.clone()))
                >
                    {words}
                </button>
            }
            .into_any()
        };
        let (name, address) = record.unwrap_or_else(|| (question.value.clone(), String::new()));
        view! {
            <div class="import-total">
                <span>{t.sheet_row(row)}</span>
                <b>{name}</b>
                <span class="import-beside">{address}</span>
                <div class="segmented" role="group" aria-label=t.sheet_row(row)>
                    {button(Answer::Take, t.sheet_take())} {button(Answer::Leave, t.sheet_skip_it())}
                </div>
            </div>
        }
        .into_any()
    });
    view! { <div class="import-values">{rows.collect_view()}</div> }.into_any()
}
