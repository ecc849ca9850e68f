//! The dialog that shows what a register file would do.

use std::sync::Arc;

use leptos::prelude::*;

use super::proposal::{Choice, Facts, Line, Part, Source};
use super::{ImportFlow, progress_line, use_import};
use crate::exchange::{Content, RowIssue, Severity};
use crate::i18n::{Lang, Who};
use crate::model::{Agency, Engineer, OfficerId, UnitId};
use crate::ui::app::use_lang;
use crate::ui::files;
use crate::ui::safety::SnapshotRefused;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{Dialog, Tag, TagKind, TextField};
use crate::workbook::kept::Kept as _;

/// Records shown at first, and at each wish for more.
pub const STEP: usize = 100;
/// The parts, in the order of the tabs: failures first.
const PARTS: [Part; 6] = [
    Part::Issues,
    Part::Changed,
    Part::Added,
    Part::Withdrawn,
    Part::Removed,
    Part::Missing,
];
/// Those of results.
const PARTS_OF_RESULTS: [Part; 5] = [
    Part::Issues,
    Part::Missing,
    Part::Changed,
    Part::Appeared,
    Part::Added,
];

/// The parts of what is on its way in.
fn parts(flow: ImportFlow) -> Vec<Part> {
    if are_results(flow) {
        PARTS_OF_RESULTS.into()
    } else {
        PARTS.into()
    }
}

/// Whether results are on their way in.
pub fn are_results(flow: ImportFlow) -> bool {
    ask(flow, |facts| facts.are_results())
}

/// What a register file would do, part by part, and the choice how.
#[component]
pub fn RegisterDialog(
    /// The file.
    source: Arc<Source>,
) -> impl IntoView {
    let flow = use_import();
    let t = use_lang();
    let close = Callback::new(move |()| flow.close());
    let part = RwSignal::new(first_part(flow));
    let shown = RwSignal::new(STEP);
    let facts = view! {
        <p class="import-file">
            <b>{source.file_name.clone()}</b>
            <span>{t.file_size(source.bytes)}</span>
            <span>{t.import_rows(source.rows_count())}</span>
        </p>
    };
    view! {
        <Dialog title=t.import_title(source.kind(t)) class="is-wide" on_close=close on_submit=flow.confirming(&source)>
            <div class="dialog-body">
                {facts} {mode_choice(flow, source.clone())} {totals(flow)} {tabs(flow, part, shown)}
                {list(flow, part, shown)} {alike_choice(flow, source.clone())} {faultless_choice(flow, source.clone())} {withdrawal(flow)}
                {move || {
                    flow.is_snapshot_refused
                        .get()
                        .then(|| view! { <SnapshotRefused is_waived=flow.is_snapshot_waived /> })
                }} {error_line(flow.error.into())}
            </div>
            {foot(flow)}
        </Dialog>
    }
}

/// Asks the preview something; the default where there is none.
pub fn ask<T: Default>(flow: ImportFlow, question: impl FnOnce(&dyn Facts) -> T) -> T {
    flow.changes.with(|changes| {
        let facts = changes.as_ref().map(|changes| changes.facts());
        facts.map(question).unwrap_or_default()
    })
}

/// The first part that holds something.
pub fn first_part(flow: ImportFlow) -> Part {
    let holds = |part: &Part| untrack(|| ask(flow, |facts| facts.count(*part) > 0));
    let parts = untrack(|| parts(flow));
    parts.into_iter().find(holds).unwrap_or(Part::Changed)
}

/// Merge, or take the register's place.
pub fn mode_choice(flow: ImportFlow, source: Arc<Source>) -> AnyView {
    let t = use_lang();
    let is_replacement = Memo::new(move |_| flow.choice.with(|choice| choice.is_replacement));
    let is_items = matches!(source.content, Content::Items(_));
    let note = move || match (is_replacement.get(), is_items) {
        (false, _) => t.import_merge_note(),
        (true, false) => t.import_replace_note(),
        (true, true) => t.import_replace_items_note(),
    };
    let button = |words: &'static str, replaces: bool| {
        let source = source.clone();
        let choose = move |_| {
            flow.choose(source.clone(), |choice: &mut Choice| {
                choice.is_replacement = replaces;
            });
        };
        let is_pressed = move || {
            if is_replacement.get() == replaces {
                "true"
            } else {
                "false"
            }
        };
        view! {
            <button type="button" aria-pressed=is_pressed on:click=choose>
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="import-mode">
            <div class="segmented" role="group" aria-label=t.import_mode()>
                {button(t.import_merge(), false)}
                {button(t.import_replace(), true)}
            </div>
            <span class="caption" role="status">
                {note}
            </span>
        </div>
    }
    .into_any()
}

fn part_words(t: Lang, part: Part, are_results: bool) -> &'static str {
    match part {
        Part::Added if are_results => t.results_added(),
        Part::Changed if are_results => t.results_differing(),
        Part::Missing if are_results => t.results_vanished(),
        Part::Appeared => t.results_appeared(),
        Part::Issues => t.import_issues(),
        Part::Added => t.import_added(),
        Part::Changed => t.import_changed(),
        Part::Removed => t.import_removed(),
        Part::Withdrawn => t.import_withdrawn(),
        Part::Missing => t.import_missing(),
    }
}

/// All counts in one row.
pub fn totals(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let are_results = untrack(|| are_results(flow));
    let count = move |part: Part| ask(flow, |facts| facts.count(part));
    let (second, third) = if are_results {
        (Part::Appeared, Part::Missing)
    } else {
        (Part::Withdrawn, Part::Removed)
    };
    let unchanged = if are_results {
        t.results_unchanged()
    } else {
        t.import_unchanged()
    };
    let part = move |part: Part| {
        view! {
            <div>
                <dt>{part_words(t, part, are_results)}</dt>
                <dd>{move || count(part)}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <dl class="stats import-stats">
            {part(Part::Added)} {part(Part::Changed)}
            <div>
                <dt>{unchanged}</dt>
                <dd>{move || ask(flow, |facts| facts.unchanged_count())}</dd>
            </div>
            {part(second)} {part(third)}
            <div class:is-bad=move || ask(flow, |facts| facts.faulty_count() > 0)>
                <dt>{t.import_faulty()}</dt>
                <dd>{move || ask(flow, |facts| facts.faulty_count())}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// The parts of the preview as tabs with counts.
pub fn tabs(flow: ImportFlow, part: RwSignal<Part>, shown: RwSignal<usize>) -> AnyView {
    let t = use_lang();
    let are_results = untrack(|| are_results(flow));
    let tab = move |own: Part| {
        let choose = move |_| {
            part.set(own);
            shown.set(STEP);
        };
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || if part.get() == own { "true" } else { "false" }
                on:click=choose
            >
                {part_words(t, own, are_results)}
                <span class="tab-count">{move || ask(flow, |facts| facts.count(own))}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tabs import-tabs" role="tablist">
            {untrack(|| parts(flow)).into_iter().map(tab).collect_view()}
        </div>
    }
    .into_any()
}

/// The records of the chosen part, so many of them, and a way to see more.
pub fn list(flow: ImportFlow, part: RwSignal<Part>, shown: RwSignal<usize>) -> AnyView {
    let t = use_lang();
    let are_results = untrack(|| are_results(flow));
    let rows = move || {
        let (part, shown) = (part.get(), shown.get());
        if ask(flow, |facts| facts.count(part)) == 0 {
            return view! { <p class="caption import-none">{t.import_no_rows_here()}</p> }
                .into_any();
        }
        match part {
            Part::Issues => {
                let issues = ask(flow, |facts| {
                    facts
                        .issues()
                        .iter()
                        .take(shown)
                        .cloned()
                        .collect::<Vec<_>>()
                });
                issue_table(flow, t, &issues)
            }
            Part::Changed => {
                let lines = ask(flow, |facts| facts.lines(part, shown));
                change_table(t, &lines, are_results)
            }
            _ if are_results => result_table(t, &ask(flow, |facts| facts.lines(part, shown))),
            _ => line_table(t, &ask(flow, |facts| facts.lines(part, shown))),
        }
    };
    let foot = move || {
        let total = ask(flow, |facts| facts.count(part.get()));
        let left = total.saturating_sub(shown.get());
        (left > 0).then(|| {
            view! {
                <span>{t.import_shown(shown.get(), total)}</span>
                <button
                    type="button"
                    class="button is-plain is-small"
                    on:click=move |_| shown.update(|shown| *shown += STEP)
                >
                    {t.import_more(left.min(STEP))}
                </button>
            }
        })
    };
    let download = move || {
        let has_issues =
            part.get() == Part::Issues && ask(flow, |facts| facts.count(Part::Issues) > 0);
        has_issues.then(|| {
            view! {
                <button type="button" class="button is-plain is-small" on:click=move |_| download_issues(flow, t)>
                    {t.import_download_issues()}
                </button>
            }
        })
    };
    view! {
        <div class="import-frame">
            <div class="table-frame import-list" tabindex="0" role="region" aria-label=move || part_words(t, part.get(), are_results)>
                {rows}
            </div>
            <div class="import-more">{foot} <span class="spring"></span> {download}</div>
        </div>
    }
    .into_any()
}

/// All faults as tab-separated lines, to send back to whoever made the file.
fn download_issues(flow: ImportFlow, t: Lang) {
    let lines = untrack(|| {
        ask(flow, |facts| {
            let lines = facts
                .issues()
                .iter()
                .map(|issue| t.row_issue_line(issue, Who::default()));
            lines.collect::<Vec<_>>().join("\r\n")
        })
    });
    // The mark tells old editors on Windows that this is UTF-8.
    let text = format!("\u{feff}{lines}\r\n");
    files::download(
        &format!("{}.txt", t.import_issues_file()),
        "text/plain",
        &text,
    );
}

/// The name that a row gives; where it gives none, the one that the register knows.
fn name_of(flow: ImportFlow, issue: &RowIssue) -> Option<String> {
    if issue.name.is_some() {
        return issue.name.clone();
    }
    let id = issue.id.as_deref()?;
    flow.app.workbook.with_untracked(|book| {
        let book = book.as_ref()?;
        let unit = || UnitId::new(id).ok().and_then(|id| book.unit(&id));
        let officer = || OfficerId::new(id).ok().and_then(|id| book.officer(&id));
        let unit_name = unit().map(|unit| unit.name.clone());
        let agency = || Some(Agency::find(book, id)?.name.clone());
        let engineer = || Some(Engineer::find(book, id)?.name.clone());
        unit_name
            .or_else(|| officer().map(|officer| officer.name.clone()))
            .or_else(agency)
            .or_else(engineer)
    })
}

/// Lines under the number of their row and these heads.
pub fn row_table<const COLUMNS: usize>(
    t: Lang,
    heads: [&'static str; COLUMNS],
    rows: impl Iterator<Item = AnyView>,
) -> AnyView {
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <table class="list is-auto import-table">
            <thead>
                <tr>
                    <th scope="col" class="number">
                        {t.import_row()}
                    </th>
                    {heads.into_iter().collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Faults with row, record, field, and what mends them.
pub(super) fn issue_table(flow: ImportFlow, t: Lang, issues: &[RowIssue]) -> AnyView {
    let rows = issues.iter().map(|issue| {
        let tag = match issue.severity {
            Severity::Error => view! { <Tag kind=TagKind::Plain text=t.import_error_tag() /> },
            Severity::Warning => view! { <Tag kind=TagKind::Warn text=t.import_warning_tag() /> },
        };
        view! {
            <tr class:is-bad=issue.severity == Severity::Error>
                <td class="number">{issue.row_number}</td>
                <td>{tag}</td>
                <td>
                    {name_of(flow, issue)} <span class="import-id">{issue.id.clone()}</span>
                </td>
                <td>{t.import_field(issue.field)}</td>
                <td>{t.row_issue(&issue.kind, Who::default())}</td>
            </tr>
        }
        .into_any()
    });
    row_table(
        t,
        [
            "",
            t.import_record(),
            t.import_field_head(),
            t.import_problem(),
        ],
        rows,
    )
}

/// Records with the fields that change, before and after.
fn change_table(t: Lang, lines: &[Line], are_results: bool) -> AnyView {
    let rows = lines.iter().flat_map(|line| {
        let fields = line.fields.iter().enumerate();
        fields.map(move |(place, change)| {
            let is_first = place == 0;
            view! {
                <tr class:is-same=!is_first>
                    <td class="number">{is_first.then_some(line.row_number)}</td>
                    <td>
                        {is_first.then(|| line.name.clone())}
                        <span class="import-id">{is_first.then(|| line.id.clone())}</span>
                    </td>
                    <td>{t.import_field(&change.field)}</td>
                    <td class="import-old">{t.import_value(&change.field, &change.before)}</td>
                    <td class="import-new">{t.import_value(&change.field, &change.after)}</td>
                </tr>
            }
            .into_any()
        })
    });
    row_table(
        t,
        [
            t.import_record(),
            t.import_field_head(),
            if are_results {
                t.results_here()
            } else {
                t.import_before()
            },
            if are_results {
                t.results_file()
            } else {
                t.import_after()
            },
        ],
        rows,
    )
}

/// Results that come in, that no draw here knows, or that the file leaves out.
fn result_table(t: Lang, lines: &[Line]) -> AnyView {
    let has_source = |line: &Line| line.result.as_ref().is_some_and(|it| it.source.is_some());
    let are_gone = lines.iter().any(has_source);
    let rows = lines.iter().map(|line| {
        let result = line.result.as_ref();
        let day = result.and_then(|it| it.date).map(|day| day.to_string());
        let outcome = result.and_then(|it| it.outcome).map(|it| t.outcome(it));
        let source = result.and_then(|it| it.source.as_ref());
        let source = source.map(|source| t.record_source(source));
        view! {
            <tr>
                <td class="number">{line.row_number}</td>
                <td>
                    {line.name.clone()} <span class="import-id">{line.id.clone()}</span>
                </td>
                <td>{day}</td>
                <td>{outcome}</td>
                {are_gone.then(|| view! { <td>{source}</td> })}
            </tr>
        }
        .into_any()
    });
    let heads = [t.unit_name(), t.results_day(), t.result_kind()];
    if are_gone {
        let [name, day, kind] = heads;
        row_table(t, [name, day, kind, t.results_from()], rows)
    } else {
        row_table(t, heads, rows)
    }
}

/// Records that come or go.
fn line_table(t: Lang, lines: &[Line]) -> AnyView {
    let rows = lines.iter().map(|line| {
        view! {
            <tr>
                <td class="number">{line.row_number}</td>
                <td>{line.id.clone()}</td>
                <td>{line.name.clone()}</td>
            </tr>
        }
        .into_any()
    });
    row_table(t, [t.import_id(), t.import_name()], rows)
}

/// Asked once for all new rows that may be known already.
fn alike_choice(flow: ImportFlow, source: Arc<Source>) -> AnyView {
    let t = use_lang();
    let count = Memo::new(move |_| ask(flow, |facts| facts.alike_count()));
    let check = move || {
        let source = source.clone();
        (count.get() > 0).then(|| {
            view! {
                <label class="check-field">
                    <input
                        type="checkbox"
                        prop:checked=move || flow.choice.with(|choice| choice.take_alike)
                        on:change=move |event| {
                            let is_checked = event_target_checked(&event);
                            flow.choose(source.clone(), |choice| choice.take_alike = is_checked);
                        }
                    />
                    {t.import_take_alike()}
                </label>
            }
        })
    };
    view! { <div>{check}</div> }.into_any()
}

/// Offered where rows are faulty; not taken by default.
fn faultless_choice(flow: ImportFlow, source: Arc<Source>) -> AnyView {
    let t = use_lang();
    let faulty = Memo::new(move |_| ask(flow, |facts| facts.faulty_count()));
    let rows_count = source.rows_count();
    let check = move || {
        let faultless = rows_count.saturating_sub(faulty.get());
        let source = source.clone();
        (faulty.get() > 0 && faultless > 0).then(|| {
            view! {
                <label class="check-field">
                    <input
                        type="checkbox"
                        prop:checked=move || flow.choice.with(|choice| choice.take_faultless)
                        on:change=move |event| {
                            let is_checked = event_target_checked(&event);
                            flow.choose(source.clone(), |choice| choice.take_faultless = is_checked);
                        }
                    />
                    {t.import_only_faultless(faultless)}
                </label>
            }
        })
    };
    view! { <div>{check}</div> }.into_any()
}

/// Reason and approver, where records would be retired.
pub fn withdrawal(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let (reason, approver) = flow
        .choice
        .with_untracked(|choice| (choice.reason.clone(), choice.approver.clone()));
    let (reason, approver) = (RwSignal::new(reason), RwSignal::new(approver));
    // What is typed goes into the choice, and only there: the counts do not depend on it.
    Effect::new(move |_| {
        let (reason, approver) = (reason.get(), approver.get());
        flow.choice.update(|choice| {
            choice.reason = reason;
            choice.approver = approver;
        });
    });
    let is_needed = Memo::new(move |_| ask(flow, |facts| facts.count(Part::Withdrawn) > 0));
    let fields = move || {
        is_needed.get().then(|| {
            view! {
                <div class="field-grid">
                    <TextField label=t.import_withdraw_reason() value=reason />
                    <TextField label=t.approver() value=approver />
                </div>
            }
        })
    };
    view! { <div>{fields}</div> }.into_any()
}

/// Why the import cannot be confirmed now; none if it can.
pub fn hindrance(flow: ImportFlow, t: Lang) -> Option<String> {
    if flow.progress.with(Option::is_some) {
        return None;
    }
    let is_incomplete = flow
        .choice
        .with(|choice| choice.reason.trim().is_empty() || choice.approver.trim().is_empty());
    ask(flow, |facts| {
        if facts.is_blocked() {
            Some(t.import_blocked(facts.faulty_count()))
        } else if facts.changes_nothing() {
            let words = if facts.are_results() {
                t.results_nothing_new()
            } else {
                t.import_changes_nothing()
            };
            Some(words.to_owned())
        } else if facts.count(Part::Withdrawn) > 0 && is_incomplete {
            Some(t.import_withdraw_incomplete().to_owned())
        } else {
            None
        }
    })
}

/// What the button that imports says.
pub fn act_words(flow: ImportFlow, t: Lang, is_hindered: bool) -> String {
    if is_hindered {
        t.import_act_none().to_owned()
    } else {
        t.import_act(t.import_numbers(ask(flow, |facts| facts.numbers())))
    }
}

fn foot(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let why = Memo::new(move |_| hindrance(flow, t));
    let is_stopped = move || {
        why.with(Option::is_some)
            || flow.progress.with(Option::is_some)
            || (flow.is_snapshot_refused.get() && !flow.is_snapshot_waived.get())
    };
    let words = move || act_words(flow, t, why.with(Option::is_some));
    view! {
        <div class="dialog-foot import-foot">
            <span class="button-reason" role="status">
                {move || why.get()}
            </span>
            {progress_line(flow)}
            <button type="button" class="button" on:click=move |_| flow.close()>
                {t.cancel()}
            </button>
            <button
                type="submit"
                class="button is-primary"
                disabled=is_stopped
            >
                {words}
            </button>
        </div>
    }
    .into_any()
}
