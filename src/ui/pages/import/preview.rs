//! The last step: what the file would do to the register, what is wrong, and what becomes of
//! the rows where something is.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::exchange::Severity;
use crate::exchange::sheet::column_name;
use crate::i18n::{Lang, Who};
use crate::ui::app::use_lang;
use crate::ui::import::ImportFlow;
use crate::ui::import::proposal::{Part, Source};
use crate::ui::import::register::{
    STEP, act_words, are_results, ask, first_part, hindrance, list, mode_choice, row_table, tabs,
    totals, withdrawal,
};
use crate::ui::import::sheet::{ALIKE, Policy, SheetFlow};
use crate::ui::safety::SnapshotRefused;
use crate::ui::sheets::told::{ListTold, OutOfUse};
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{Banner, BannerKind, Icon, Tag, TagKind, icon};

/// Places of one kind of fault that are listed.
const PLACES_SHOWN: usize = 200;

/// The step.
pub(super) fn preview(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let sheets = flow.sheets;
    let body = move || {
        let (source, list) = (sheets.source.get()?, sheets.list.get()?);
        Some(untrack(|| shown(flow, t, source, &list)))
    };
    view! { {body} }.into_any()
}

fn shown(flow: ImportFlow, t: Lang, source: Arc<Source>, told: &Arc<ListTold>) -> AnyView {
    let part = RwSignal::new(first_part(flow));
    let many = RwSignal::new(STEP);
    let are_results = are_results(flow);
    let told = told.clone();
    let groups = {
        let told = told.clone();
        Memo::new(move |_| groups(flow, t, &told))
    };
    let summed = told.clone();
    let candidates =
        (!told.out_of_use.is_empty()).then(|| candidates(flow, t, &source, &told.out_of_use));
    view! {
        <section class="pane import-sum" aria-label=t.sheet_sum_name()>
            <p>{move || sum(flow, t, &summed)}</p>
            <span class="spring"></span>
            {expected(flow.sheets, t)}
        </section>
        {if are_results {
            view! { <p class="caption">{t.results_note()}</p> }.into_any()
        } else {
            mode_choice(flow, source.clone())
        }}
        {totals(flow)}
        {move || vanished(flow, t)}
        {move || {
            groups
                .with(|groups| (!groups.is_empty()).then(|| problems(flow, t, groups)))
        }}
        {candidates}
        {withdrawal(flow)}
        <section class="pane import-records" aria-label=t.sheet_records()>
            {tabs(flow, part, many)} {list(flow, part, many)}
        </section>
        {move || {
            flow.is_snapshot_refused
                .get()
                .then(|| view! { <SnapshotRefused is_waived=flow.is_snapshot_waived /> })
        }}
        {error_line(flow.error.into())}
    }
    .into_any()
}

/// Every row in one of these. What a list of results is held against refuses rows as well.
fn sum(flow: ImportFlow, t: Lang, told: &ListTold) -> String {
    let skipped = told.skipped.len();
    let refused = match ask(flow, |facts| {
        facts.are_results().then(|| facts.faulty_count())
    }) {
        Some(faulty) => faulty as usize,
        None => told.refused_count,
    };
    let ready = (told.rows_count as usize).saturating_sub(skipped + refused);
    t.sheet_sum(told.rows_count, ready as u32, skipped, refused)
}

/// That an earlier file brought results which this one leaves out.
fn vanished(flow: ImportFlow, t: Lang) -> Option<AnyView> {
    let count = ask(flow, |facts| match facts.are_results() {
        true => facts.count(Part::Missing),
        false => 0,
    });
    (count > 0).then(|| {
        view! {
            <Banner
                kind=BannerKind::Warn
                fact=t.results_vanished_fact(count)
                cause=t.results_vanished_cause()
            />
        }
        .into_any()
    })
}

/// How many there should be, held against how many come in.
pub(super) fn expected(sheets: SheetFlow, t: Lang) -> AnyView {
    let verdict = move || {
        let wanted = sheets.expected.get();
        let wanted: u32 = wanted.trim().parse().ok()?;
        let ready = sheets
            .list
            .with(|list| list.as_ref().map(|list| list.ready_count))?;
        Some(if wanted == ready {
            view! { <span class="import-ok" role="status">{icon(Icon::Check)} {t.sheet_expected_right()}</span> }
                .into_any()
        } else {
            view! {
                <span class="problem" role="status">
                    {icon(Icon::Warning)}
                    {t.sheet_expected_wrong(ready, wanted.abs_diff(ready))}
                </span>
            }
            .into_any()
        })
    };
    view! {
        <span class="import-expected">
            <label>
                {t.sheet_expected()}
                <input
                    type="number"
                    min="0"
                    prop:value=move || sheets.expected.get()
                    on:input=move |event| sheets.expected.set(event_target_value(&event))
                />
                {t.sheet_expected_unit()}
            </label>
            {verdict}
        </span>
    }
    .into_any()
}

/// A place of a fault: row, column, what stands there, whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    row_number: u32,
    column: String,
    found: String,
    words: String,
}

/// Faults of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    kind: String,
    words: String,
    refused_count: u32,
    noted_count: u32,
    may_go_without: bool,
    places: Vec<Place>,
}

/// All faults by kind: those that reading found, and those that the register adds.
fn groups(flow: ImportFlow, t: Lang, told: &ListTold) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let book = flow.app.workbook.get();
    let blank = |kind: &str, words: String| Group {
        kind: kind.to_owned(),
        words,
        refused_count: 0,
        noted_count: 0,
        may_go_without: false,
        places: Vec::new(),
    };
    for problem in &told.problems {
        let words = problem.words.words(t).to_owned();
        let group = groups
            .entry(problem.kind.clone())
            .or_insert_with(|| blank(&problem.kind, words.clone()));
        let (refused, noted) = told.problem_counts[&problem.kind];
        (group.refused_count, group.noted_count) = (refused, noted);
        group.may_go_without |= problem.may_go_without;
        if group.places.len() < PLACES_SHOWN {
            group.places.push(Place {
                row_number: problem.row_number,
                column: problem.column.map(column_name).unwrap_or_default(),
                found: problem.found.clone(),
                words,
            });
        }
    }
    ask(flow, |facts| {
        for issue in facts.issues() {
            let kind = issue.kind.key();
            if told.problem_counts.contains_key(kind) {
                continue;
            }
            let words = t.row_issue(&issue.kind, Who(book.as_deref()));
            let group = groups
                .entry(kind.to_owned())
                .or_insert_with(|| blank(kind, words.clone()));
            match issue.severity {
                Severity::Error => group.refused_count += 1,
                Severity::Warning => group.noted_count += 1,
            }
            if group.places.len() < PLACES_SHOWN {
                let column = told.column_of(issue.field);
                group.places.push(Place {
                    row_number: issue.row_number,
                    column: column.map(|it| column_name(it.column)).unwrap_or_default(),
                    found: issue.name.clone().unwrap_or_default(),
                    words,
                });
            }
        }
    });
    // What was chosen stays to be seen, and to be chosen otherwise.
    let policies = flow.sheets.policies.get();
    for (kind, policy) in policies {
        if policy == Policy::Without
            && let Some(group) = groups.get_mut(&kind)
        {
            group.may_go_without = true;
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| (group.refused_count == 0, group.kind.clone()));
    groups
}

/// The kinds of faults, each with its places, and with what becomes of its rows.
fn problems(flow: ImportFlow, t: Lang, groups: &[Group]) -> AnyView {
    let refusing = groups.iter().filter(|group| group.refused_count > 0);
    let kinds: Vec<String> = refusing.map(|group| group.kind.clone()).collect();
    let rows = groups.iter().map(|group| problem(flow, t, group, &kinds));
    let without = without(flow, t, groups);
    view! {
        <section class="pane import-problems" aria-labelledby="import-problems">
            <div class="pane-head">
                <h2 id="import-problems">{t.sheet_problems()}</h2>
                <span class="caption">{t.sheet_problems_note()}</span>
            </div>
            {rows.collect_view()}
            {without}
        </section>
    }
    .into_any()
}

/// Kinds that have gone since their values are left out, so that this can be taken back.
fn without(flow: ImportFlow, t: Lang, groups: &[Group]) -> Option<AnyView> {
    let sheets = flow.sheets;
    let policies = sheets.policies.get();
    let left = policies.iter().filter(|(kind, policy)| {
        **policy == Policy::Without && !groups.iter().any(|group| group.kind == **kind)
    });
    let count = left.count();
    (count > 0).then(|| {
        view! {
            <p class="import-without">
                {t.sheet_without(count)}
                <button type="button" class="button is-plain is-small" on:click=move |_| sheets.preview(flow)>
                    {t.sheet_choose_anew()}
                </button>
            </p>
        }
        .into_any()
    })
}

fn problem(flow: ImportFlow, t: Lang, group: &Group, kinds: &[String]) -> AnyView {
    let sheets = flow.sheets;
    let is_refused = group.refused_count > 0;
    let tag = if is_refused {
        view! { <Tag kind=TagKind::Plain text=t.import_error_tag() /> }
    } else {
        view! { <Tag kind=TagKind::Warn text=t.import_warning_tag() /> }
    };
    let count = t.sheet_rows_count(group.refused_count + group.noted_count);
    let is_settled = flow
        .sheets
        .policies
        .with(|policies| policies.contains_key(&group.kind));
    let choice = (is_refused || is_settled).then(|| policy_choice(sheets, flow, t, group, kinds));
    let places = group.places.iter().map(|place| {
        view! {
            <tr>
                <td class="number">{place.row_number}</td>
                <td>{place.column.clone()}</td>
                <td>{place.found.clone()}</td>
                <td>{place.words.clone()}</td>
            </tr>
        }
        .into_any()
    });
    let total = (group.refused_count + group.noted_count) as usize;
    let more = (total > group.places.len()).then(|| {
        view! { <p class="caption">{t.import_shown(group.places.len(), total)}</p> }
    });
    view! {
        <div class="import-problem" class:is-bad=is_refused>
            <details>
                <summary>
                    {tag} <span class="import-words">{group.words.clone()}</span>
                    <span class="import-count">{count}</span>
                </summary>
                {row_table(t, [t.sheet_column(), t.sheet_found(), t.import_problem()], places)}
                {more}
            </details>
            {choice}
        </div>
    }
    .into_any()
}

/// What becomes of the rows with a kind of fault.
fn policy_choice(
    sheets: SheetFlow,
    flow: ImportFlow,
    t: Lang,
    group: &Group,
    kinds: &[String],
) -> AnyView {
    let mut offered = vec![Policy::Stop, Policy::Skip];
    if group.kind == ALIKE {
        offered.extend([Policy::AsKnown, Policy::AsNew]);
    } else if group.may_go_without {
        offered.push(Policy::Without);
    }
    let now = sheets
        .policies
        .with(|policies| policies.get(&group.kind).copied());
    let now = now.unwrap_or_default();
    let options = offered.iter().map(|policy| {
        view! {
            <option value=format!("{policy:?}") selected=*policy == now>
                {words_of(t, *policy)}
            </option>
        }
    });
    let (kind, kinds) = (group.kind.clone(), kinds.to_vec());
    let label = t.sheet_policy_of(&group.words);
    let all = offered.clone();
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some(policy) = all.iter().find(|policy| format!("{policy:?}") == value) {
            sheets.choose_policy(flow, &kind, *policy, &kinds);
        }
    };
    view! {
        <select aria-label=label on:change=choose>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

fn words_of(t: Lang, policy: Policy) -> &'static str {
    match policy {
        Policy::Stop => t.sheet_policy_stop(),
        Policy::Skip => t.sheet_policy_skip(),
        Policy::Without => t.sheet_policy_without(),
        Policy::AsNew => t.sheet_policy_new(),
        Policy::AsKnown => t.sheet_policy_known(),
    }
}

/// Records that the file calls out of use: who is ticked is retired as the file comes in.
fn candidates(flow: ImportFlow, t: Lang, source: &Arc<Source>, all: &[OutOfUse]) -> AnyView {
    let rows: Vec<u32> = all.iter().map(|it| it.row_number).collect();
    let is_all = {
        let rows = rows.clone();
        move || {
            flow.choice
                .with(|choice| rows.iter().all(|row| choice.retired_rows.contains(row)))
        }
    };
    let tick = {
        let source = source.clone();
        move |rows: Vec<u32>, is_ticked: bool| {
            flow.choose(source.clone(), move |choice| {
                for row in rows {
                    if is_ticked {
                        choice.retired_rows.insert(row);
                    } else {
                        choice.retired_rows.remove(&row);
                    }
                }
                if is_ticked {
                    choice.reason = t.sheet_retire_reason().to_owned();
                }
            });
        }
    };
    let tick_one = tick.clone();
    let lines = all.iter().take(PLACES_SHOWN).map(|it| {
        let (row, tick) = (it.row_number, tick_one.clone());
        view! {
            <label class="check-field">
                <input
                    type="checkbox"
                    prop:checked=move || flow.choice.with(|choice| choice.retired_rows.contains(&row))
                    on:change=move |event| tick(vec![row], event_target_checked(&event))
                />
                {t.sheet_candidate(row, &it.name, &it.word)}
            </label>
        }
        .into_any()
    });
    view! {
        <section class="pane import-candidates" aria-labelledby="import-candidates">
            <div class="pane-head">
                <h2 id="import-candidates">{t.sheet_candidates(all.len())}</h2>
                <span class="caption">{t.sheet_candidates_note()}</span>
                <span class="spring"></span>
                <label class="check-field">
                    <input
                        type="checkbox"
                        prop:checked=is_all
                        on:change=move |event| tick(rows.clone(), event_target_checked(&event))
                    />
                    {t.sheet_candidates_all()}
                </label>
            </div>
            <div class="import-ticks">{lines.collect_view()}</div>
        </section>
    }
    .into_any()
}

/// The button that carries the import out, and why it cannot be pressed.
pub(super) fn import_button(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let sheets = flow.sheets;
    let why = Memo::new(move |_| {
        let blocked = ask(flow, |facts| {
            facts.is_blocked().then(|| facts.faulty_count())
        });
        match blocked {
            Some(count) => Some(t.sheet_blocked(count)),
            None => hindrance(flow, t),
        }
    });
    let is_stopped = move || {
        why.with(Option::is_some)
            || sheets.source.with(Option::is_none)
            || (flow.is_snapshot_refused.get() && !flow.is_snapshot_waived.get())
    };
    let confirm = move |_| {
        if let Some(source) = sheets.source.get_untracked() {
            flow.confirm(source);
        }
    };
    view! {
        <span class="button-reason" role="status">
            {move || why.get()}
        </span>
        <button type="button" class="button is-primary" disabled=is_stopped on:click=confirm>
            {move || act_words(flow, t, why.with(Option::is_some))}
        </button>
    }
    .into_any()
}
