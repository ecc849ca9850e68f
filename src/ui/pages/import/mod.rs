//! 导入表格: a spreadsheet from the file to the register, in four steps.
//!
//! - [`file`]: choosing one
//! - [`columns`]: the first rows, and which column holds what
//! - [`questions`]: what is asked, once a kind
//! - [`preview`]: what it would do, and what is wrong

mod columns;
mod file;
mod preview;
mod questions;

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::app::{use_app, use_lang};
use crate::ui::import::sheet::{Purpose, SheetFlow, Step};
use crate::ui::import::{ImportFlow, use_import};
use crate::ui::widgets::{Icon, PageHead, icon};

/// The page.
pub fn import_page() -> AnyView {
    let flow = use_import();
    let t = use_lang();
    let sheets = flow.sheets;
    let title = move || match sheets.file.with(Option::is_some) {
        true if sheets.purpose.get() == Purpose::Compare => t.upkeep_link().to_owned(),
        true => t.sheet_import(t.register_name(sheets.register.get())),
        false => t.sheet_title().to_owned(),
    };
    let body = move || match sheets.step.get() {
        Step::File => file::choose(),
        Step::Columns => columns::columns(flow),
        Step::Questions => questions::questions(flow),
        Step::Preview => preview::preview(flow),
    };
    view! {
        {move || {
            let facts = move || {
                sheets
                    .file
                    .get()
                    .map(|file| {
                        view! {
                            <span class="fact-row">
                                <span class="is-first import-name">{file.name.clone()}</span>
                                <span>{t.file_size(file.bytes)}</span>
                            </span>
                        }
                    })
            };
            let facts = view! { {facts} }.into_any();
            view! { <PageHead title=title() facts=facts>{actions(flow)}</PageHead> }
        }}
        <div class="page-body import-page">
            {move || stepper(sheets, t)} {move || refusal(sheets)} {body}
        </div>
    }
    .into_any()
}

fn refusal(sheets: SheetFlow) -> Option<AnyView> {
    let words = sheets.refusal.get();
    (!words.is_empty()).then(|| {
        view! {
            <p class="problem import-refusal" role="alert">
                {icon(Icon::Warning)}
                {words}
            </p>
        }
        .into_any()
    })
}

/// The four steps, with what each has come to.
fn stepper(sheets: SheetFlow, t: Lang) -> AnyView {
    let now = sheets.step.get();
    let file = sheets.file.with(|file| {
        let file = file.as_ref()?;
        Some(t.sheet_kind(file.told.kind).to_owned())
    });
    let (columns, asked) = sheets.list.with(|list| {
        let Some(list) = list.as_deref() else {
            return (None, None);
        };
        let read = list.columns.iter().filter(|column| column.field.is_some());
        let columns = t.sheet_columns_caption(list.columns.len(), read.count());
        (Some(columns), Some(list.questions().len()))
    });
    let open = sheets.open_count();
    let asked = asked.map(|count| match (count, open) {
        (0, _) => t.sheet_asks_none().to_owned(),
        (_, 0) => t.sheet_asks(count),
        _ => t.sheet_asks_open(count, open),
    });
    let last = match sheets.purpose.get() {
        Purpose::Import => (t.sheet_step_preview(), t.sheet_step_preview_fact()),
        Purpose::Compare => (t.upkeep_step(), t.upkeep_step_fact()),
    };
    let steps = [
        (Step::File, t.sheet_step_file(), file),
        (Step::Columns, t.sheet_step_columns(), columns),
        (Step::Questions, t.sheet_step_questions(), asked),
        (Step::Preview, last.0, Some(last.1.to_owned())),
    ];
    let items = steps.into_iter().map(|(step, name, fact)| {
        let (class, mark) = match step.cmp(&now) {
            std::cmp::Ordering::Less => ("is-done", Some(Icon::Check)),
            std::cmp::Ordering::Equal => ("", None),
            std::cmp::Ordering::Greater => ("is-later", None),
        };
        view! {
            <li class=class aria-current=(step == now).then_some("step")>
                <span class="step-name">{mark.map(icon)} {name}</span>
                <span class="step-fact">{fact.unwrap_or_default()}</span>
            </li>
        }
    });
    view! { <ol class="stepper import-steps">{items.collect_view()}</ol> }.into_any()
}

/// Cancel, back and on.
fn actions(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let app = use_app();
    let sheets = flow.sheets;
    let step = move || sheets.step.get();
    let cancel = move |_| {
        let home = sheets.home();
        sheets.leave();
        app.go(&home);
    };
    let has_questions = move || {
        sheets
            .list
            .with(|list| list.as_ref().is_some_and(|list| !list.asked.is_empty()))
    };
    let back = move |_| {
        sheets.step.set(match sheets.step.get_untracked() {
            Step::Preview if untrack(has_questions) => Step::Questions,
            Step::Preview | Step::Questions => Step::Columns,
            Step::Columns | Step::File => Step::File,
        });
    };
    let can_go_on =
        move || sheets.list.with(Option::is_some) && sheets.refusal.with(String::is_empty);
    let on = move || match step() {
        Step::File => ().into_any(),
        Step::Columns if has_questions() => view! {
            <button
                type="button"
                class="button is-primary"
                disabled=move || !can_go_on()
                on:click=move |_| sheets.step.set(Step::Questions)
            >
                {t.sheet_to_questions()}
            </button>
        }
        .into_any(),
        Step::Columns | Step::Questions => to_preview(flow, t),
        Step::Preview => preview::import_button(flow),
    };
    view! {
        {move || {
            (step() != Step::File)
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=cancel>
                            {t.cancel()}
                        </button>
                        <button type="button" class="button" on:click=back>
                            {t.sheet_back()}
                        </button>
                    }
                })
        }}
        {on}
    }
    .into_any()
}

/// On to the preview, once what must be answered is.
fn to_preview(flow: ImportFlow, t: Lang) -> AnyView {
    let sheets = flow.sheets;
    let open = move || match sheets.step.get() {
        Step::Questions => sheets.open_count(),
        _ => 0,
    };
    let is_stopped = move || {
        open() > 0 || sheets.list.with(Option::is_none) || !sheets.refusal.with(String::is_empty)
    };
    view! {
        {move || {
            (open() > 0)
                .then(|| {
                    view! {
                        <span class="button-reason" role="status">
                            {t.sheet_still_open(open())}
                        </span>
                    }
                })
        }}
        <button
            type="button"
            class="button is-primary"
            disabled=is_stopped
            on:click=move |_| match sheets.purpose.get_untracked() {
                Purpose::Import => sheets.preview(flow),
                Purpose::Compare => flow.compare_sheet(),
            }
        >
            {move || match sheets.purpose.get() {
                Purpose::Import => t.sheet_to_preview(),
                Purpose::Compare => t.upkeep_run(),
            }}
        </button>
    }
    .into_any()
}
