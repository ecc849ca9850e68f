//! The second step: the file's first rows as they stand, and which column holds which field.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::exchange::sheet::{LeftOut, NoteKind, SkipWhy, TextEncoding, column_name};
use crate::i18n::Lang;
use crate::model::field::RegisterKind;
use crate::model::{Agency, Described, Engineer, InspectionItem, Officer, ResultLine, Unit};
use crate::ui::app::use_lang;
use crate::ui::import::ImportFlow;
use crate::ui::import::sheet::{OpenFile, Purpose};
use crate::ui::sheets::told::{ColumnTold, ListTold, ShownRow};
use crate::ui::widgets::{Icon, icon};

/// Rows below the heads that are shown.
const ROWS_BELOW: usize = 10;
/// Columns of which the first rows show something.
const COLUMNS_SHOWN: usize = 40;
/// The choice of a column that is not to be read.
const NOT_READ: &str = "-";

/// The step.
pub(super) fn columns(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let marked = RwSignal::new(None::<u16>);
    view! {
        <div class="columns import-columns">
            <section class="pane is-list grow" aria-labelledby="import-rows">
                {move || rows_pane(flow, t, marked)}
            </section>
            <section class="pane is-list import-fields" aria-labelledby="import-fields">
                {move || fields_pane(flow, t, marked)}
            </section>
        </div>
    }
    .into_any()
}

/// The first rows, with the choice of sheet, heads and encoding.
fn rows_pane(flow: ImportFlow, t: Lang, marked: RwSignal<Option<u16>>) -> Option<AnyView> {
    let sheets = flow.sheets;
    let file = sheets.file.get()?;
    let list = sheets.list.get();
    let caption = list
        .as_ref()
        .map(|list| t.sheet_rows_caption(list.head_rows.0, list.head_rows.1, list.rows_count));
    Some(
        view! {
            <div class="pane-head">
                <h2 id="import-rows">{t.sheet_rows()}</h2>
                <span class="caption">{caption}</span>
            </div>
            {choices(flow, t, &file, list.as_deref())}
            {list.as_ref().map(|list| shown_rows(t, list, marked))}
            {list.as_ref().map(|list| findings(t, list))}
        }
        .into_any(),
    )
}

fn choices(flow: ImportFlow, t: Lang, file: &OpenFile, list: Option<&ListTold>) -> AnyView {
    let sheets = flow.sheets;
    let register = sheets.register.get_untracked();
    let registers = RegisterKind::ALL.map(|kind| {
        view! {
            <option value=format!("{kind:?}") selected=kind == register>
                {t.register_name(kind)}
            </option>
        }
    });
    let choose_register = move |event| {
        let value = event_target_value(&event);
        if let Some(kind) = RegisterKind::ALL
            .into_iter()
            .find(|kind| format!("{kind:?}") == value)
        {
            sheets.choose_register(flow, kind);
        }
    };
    view! {
        <div class="import-choices">
            {(sheets.purpose.get_untracked() == Purpose::Import)
                .then(|| {
                    view! {
                        <label>
                            {t.sheet_into()}
                            <select on:change=choose_register>
                                {registers.into_iter().collect_view()}
                            </select>
                        </label>
                    }
                })}
            {(file.told.sheets.len() > 1).then(|| sheet_choice(flow, t, file, list))}
            {head_choice(flow, t, list)}
            {file.told.encoding.map(|encoding| encoding_choice(flow, t, encoding))}
        </div>
    }
    .into_any()
}

fn sheet_choice(flow: ImportFlow, t: Lang, file: &OpenFile, list: Option<&ListTold>) -> AnyView {
    let now = list.map(|list| list.sheet);
    let options = file.told.sheets.iter().enumerate().map(|(at, sheet)| {
        let words = t.sheet_named(&sheet.name, sheet.rows_count, sheet.is_hidden);
        view! {
            <option value=at.to_string() selected=now == Some(at)>
                {words}
            </option>
        }
    });
    let choose = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            flow.sheets.wish(flow, |wish| {
                *wish = crate::exchange::sheet::Wish {
                    sheet: Some(at),
                    ..Default::default()
                };
            });
        }
    };
    view! {
        <label>
            {t.sheet_sheet()} <select on:change=choose>{options.collect_view()}</select>
        </label>
    }
    .into_any()
}

fn head_choice(flow: ImportFlow, t: Lang, list: Option<&ListTold>) -> AnyView {
    let (first, last) = list.map_or((1, 1), |list| list.head_rows);
    let choose = move |is_first: bool, text: String| {
        let Ok(row) = text.trim().parse::<u32>() else {
            return;
        };
        let rows = if is_first {
            (row, last.max(row))
        } else {
            (first.min(row), row)
        };
        if row > 0 && rows != (first, last) {
            flow.sheets.wish(flow, |wish| {
                wish.head_rows = Some(rows);
                wish.fields.clear();
            });
        }
    };
    let field = move |label: &'static str, is_first: bool, value: u32| {
        view! {
            <input
                type="number"
                min="1"
                class="import-row-number"
                aria-label=label
                prop:value=value.to_string()
                on:change=move |event| choose(is_first, event_target_value(&event))
            />
        }
    };
    view! {
        <span class="import-heads">
            {t.sheet_heads()} {field(t.sheet_heads_first(), true, first)} "–"
            {field(t.sheet_heads_last(), false, last)} {t.sheet_heads_unit()}
        </span>
    }
    .into_any()
}

fn encoding_choice(flow: ImportFlow, t: Lang, now: TextEncoding) -> AnyView {
    let all = [
        (TextEncoding::Utf8, "UTF-8"),
        (TextEncoding::Gb18030, "GB18030"),
        (TextEncoding::Utf16Le, "UTF-16"),
        (TextEncoding::Utf16Be, "UTF-16 BE"),
    ];
    let options = all.map(|(encoding, name)| {
        view! {
            <option value=name selected=encoding == now>
                {name}
            </option>
        }
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some((encoding, _)) = all.into_iter().find(|(_, name)| *name == value) {
            flow.sheets.choose_encoding(flow, encoding);
        }
    };
    view! {
        <label>
            {t.sheet_encoding()} <select on:change=choose>{options.into_iter().collect_view()}</select>
        </label>
    }
    .into_any()
}

/// The first rows as Excel shows them, and the last ones.
fn shown_rows(t: Lang, list: &ListTold, marked: RwSignal<Option<u16>>) -> AnyView {
    let (first, last) = &list.shown;
    let end = first.iter().position(|row| row.number > list.head_rows.1);
    let end = end.map_or(first.len(), |end| (end + ROWS_BELOW).min(first.len()));
    let (shown, rest) = first.split_at(end);
    let used = shown
        .iter()
        .flat_map(|row| row.cells.iter().map(|cell| cell.0));
    let columns: BTreeSet<u16> = used
        .chain(list.columns.iter().map(|it| it.column))
        .collect();
    let columns: Vec<u16> = columns.into_iter().take(COLUMNS_SHOWN).collect();
    let is_marked = move |column: u16| marked.get() == Some(column);
    let heads = columns.iter().map(|&column| {
        view! {
            <th scope="col" class:is-marked=move || is_marked(column)>
                {column_name(column)}
            </th>
        }
        .into_any()
    });
    let row = |row: &ShownRow| {
        let is_head = (list.head_rows.0..=list.head_rows.1).contains(&row.number);
        let cells = columns.iter().map(|&column| {
            let text = row.cells.iter().find(|cell| cell.0 == column);
            let text = text.map(|cell| cell.1.clone());
            view! { <td class:is-marked=move || is_marked(column)>{text}</td> }.into_any()
        });
        view! {
            <tr class:is-head=is_head>
                <th scope="row">{row.number}</th>
                {cells.collect_view()}
            </tr>
        }
        .into_any()
    };
    let between = list.rows_count as usize;
    let below = shown
        .iter()
        .filter(|row| row.number > list.head_rows.1)
        .count();
    let left = between.saturating_sub(below + last.len());
    let is_whole = rest.is_empty() && last.is_empty();
    let gap = (!is_whole && left > 0).then(|| {
        view! {
            <tr class="is-gap">
                <td></td>
                <td colspan=columns.len()>{t.sheet_rows_between(left)}</td>
            </tr>
        }
    });
    let end = if last.is_empty() {
        &rest[rest.len().saturating_sub(2)..]
    } else {
        last.as_slice()
    };
    view! {
        <div class="table-frame import-grid" tabindex="0" role="region" aria-label=t.sheet_rows()>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {shown.iter().map(row).collect_view()} {gap} {end.iter().map(row).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What was found, mended and left aside, counted.
fn findings(t: Lang, list: &ListTold) -> AnyView {
    let mut lines = Vec::new();
    for why in SkipWhy::ALL {
        let count = list.skipped.iter().filter(|it| it.why == why).count();
        if count > 0 {
            lines.push(t.sheet_skipped(count, t.sheet_skip(why)));
        }
    }
    let blanks: Vec<_> = list
        .noted
        .iter()
        .filter(|note| note.kind == NoteKind::BlankWord)
        .collect();
    if !blanks.is_empty() {
        let words = blanks
            .iter()
            .map(|note| t.sheet_blank_word(&note.value, note.count));
        let words: Vec<String> = words.collect();
        lines.push(t.sheet_blank_words(words.join(t.list_comma())));
    }
    let others = NoteKind::ALL
        .into_iter()
        .filter(|kind| *kind != NoteKind::BlankWord);
    for kind in others {
        let notes = list.noted.iter().filter(|note| note.kind == kind);
        let count: u32 = notes.map(|note| note.count).sum();
        if count > 0 {
            lines.push(t.sheet_noted(t.sheet_note(kind), count));
        }
    }
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="import-findings">
            <h3>{t.sheet_findings()}</h3>
            <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Every column with the field that it holds.
fn fields_pane(flow: ImportFlow, t: Lang, marked: RwSignal<Option<u16>>) -> Option<AnyView> {
    let sheets = flow.sheets;
    let list = sheets.list.get()?;
    let fields = fields_of(t, list.register);
    let unknown: Vec<u16> = list
        .columns
        .iter()
        .filter(|column| column.left_out == Some(LeftOut::Unknown))
        .map(|column| column.column)
        .collect();
    let count = list.columns.len();
    let read = list.columns.iter().filter(|it| it.field.is_some()).count();
    let facts = t.sheet_columns_facts(count, read, unknown.len());
    let leave_all = (!unknown.is_empty()).then(|| {
        let leave = move |_| {
            let unknown = unknown.clone();
            sheets.wish(flow, |wish| {
                wish.fields
                    .extend(unknown.into_iter().map(|column| (column, None)));
            });
        };
        view! {
            <button type="button" class="button is-plain is-small" on:click=leave>
                {t.sheet_leave_unknown()}
            </button>
        }
    });
    let rows = list
        .columns
        .iter()
        .map(|column| field_row(flow, t, &list, column, &fields, marked));
    let missing = fields
        .iter()
        .filter(|(key, _)| list.column_of(key).is_none())
        .map(|(_, words)| *words)
        .collect::<Vec<_>>();
    Some(
        view! {
            <div class="pane-head">
                <h2 id="import-fields">{t.sheet_columns()}</h2>
                <span class="caption">{facts}</span>
                <span class="spring"></span>
                {leave_all}
            </div>
            {sheets.is_known.get().then(|| view! { <p class="import-known">{t.sheet_known()}</p> })}
            <div class="table-frame" tabindex="0" role="region" aria-label=t.sheet_columns()>
                <table class="list import-map">
                    <thead>
                        <tr>
                            <th scope="col" class="import-letter">
                                {t.sheet_column()}
                            </th>
                            <th scope="col">{t.sheet_head_name()}</th>
                            <th scope="col">{t.sheet_first_value()}</th>
                            <th scope="col" class="import-taken">
                                {t.sheet_taken_as()}
                            </th>
                            <th scope="col" class="import-state">
                                {t.sheet_state()}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {(!missing.is_empty())
                .then(|| {
                    view! {
                        <p class="pane-foot import-missing">
                            {t.sheet_fields_missing(missing.join(t.list_comma()))}
                        </p>
                    }
                })}
        }
        .into_any(),
    )
}

fn field_row(
    flow: ImportFlow,
    t: Lang,
    list: &ListTold,
    column: &ColumnTold,
    fields: &[(&'static str, &'static str)],
    marked: RwSignal<Option<u16>>,
) -> AnyView {
    let at = column.column;
    let head = t.sheet_head(&column.head, at);
    let is_identity = column.left_out == Some(LeftOut::Identity);
    let is_unknown = column.left_out == Some(LeftOut::Unknown);
    let choice = if is_identity {
        view! { <span class="import-left">{t.sheet_left_out(LeftOut::Identity)}</span> }.into_any()
    } else {
        field_choice(flow, t, column, fields, t.sheet_choice_of(&head))
    };
    let asked = list.asked.iter();
    let mut asked = asked.filter(|it| {
        column.field.as_deref() == Some(it.asked.question.field.as_str())
            && !it.asked.question.value.is_empty()
    });
    let state = if let Some(first) = asked.next() {
        let words = t.sheet_will_ask(&first.asked.question.value, asked.next().is_some());
        view! { <span class="tag is-act">{words}</span> }.into_any()
    } else if column.field.is_some() {
        view! { <span class="import-ok">{icon(Icon::Check)} {t.sheet_matched()}</span> }.into_any()
    } else if is_unknown {
        view! { <span class="tag is-warn">{icon(Icon::Warning)} {t.sheet_unmatched()}</span> }
            .into_any()
    } else {
        let is_worked_out = column.left_out == Some(LeftOut::WorkedOut);
        let words = if is_worked_out {
            t.sheet_left_out(LeftOut::WorkedOut)
        } else {
            t.sheet_not_taken()
        };
        view! { <span class="caption">{words}</span> }.into_any()
    };
    let first = if is_identity {
        t.sheet_not_shown().to_owned()
    } else {
        column.first.clone()
    };
    view! {
        <tr
            class:is-warn=is_unknown
            on:mouseenter=move |_| marked.set(Some(at))
            on:focusin=move |_| marked.set(Some(at))
        >
            <td class="import-letter">{column_name(at)}</td>
            <td title=head.clone()>{head.clone()}</td>
            <td class="import-first" title=first.clone()>
                {first.clone()}
            </td>
            <td>{choice}</td>
            <td class="import-state">{state}</td>
        </tr>
    }
    .into_any()
}

fn field_choice(
    flow: ImportFlow,
    t: Lang,
    column: &ColumnTold,
    fields: &[(&'static str, &'static str)],
    label: String,
) -> AnyView {
    let at = column.column;
    let now = column.field.clone();
    let is_unknown = column.left_out == Some(LeftOut::Unknown);
    let not_read = match column.left_out {
        Some(LeftOut::Numbering) => t.sheet_do_not_take_number(),
        _ => t.sheet_do_not_take(),
    };
    let options = fields.iter().map(|&(key, words)| {
        view! {
            <option value=key selected=now.as_deref() == Some(key)>
                {words}
            </option>
        }
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        if value.is_empty() {
            return;
        }
        let field = (value != NOT_READ).then_some(value);
        flow.sheets
            .wish(flow, |wish| drop(wish.fields.insert(at, field)));
    };
    view! {
        <select aria-label=label on:change=choose>
            {is_unknown
                .then(|| {
                    view! {
                        <option value="" selected=true>
                            {t.sheet_please_choose()}
                        </option>
                    }
                })}
            <option value=NOT_READ selected=now.is_none() && !is_unknown>
                {not_read}
            </option>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// The fields of a register that a list may bring, with their names.
fn fields_of(t: Lang, register: RegisterKind) -> Vec<(&'static str, &'static str)> {
    fn of<R: Described>(t: Lang) -> Vec<(&'static str, &'static str)> {
        let fields = R::FIELDS.iter().filter(|field| !field.heads.is_empty());
        fields
            .map(|field| (field.key, t.form_label(R::REGISTER, field.key)))
            .collect()
    }
    match register {
        RegisterKind::Units => of::<Unit>(t),
        RegisterKind::Officers => of::<Officer>(t),
        RegisterKind::Items => of::<InspectionItem>(t),
        RegisterKind::Agencies => of::<Agency>(t),
        RegisterKind::Engineers => of::<Engineer>(t),
        RegisterKind::Results => of::<ResultLine>(t),
    }
}
