//! What a list shows, as a file: Excel, values between commas, or this program's own form.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::menu::menu;
use crate::document::table::Table;
use crate::exchange::Record;
use crate::i18n::Lang;
use crate::ui::app::{App, use_lang};
use crate::ui::files;
use crate::ui::pages::settings::registers::{self, Export};
use crate::ui::sheets::going_out;
use crate::ui::sheets::reader::{Reader, Trouble};

const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Excel,
    Csv,
    Json,
}

/// A menu of the kinds of files. `records`: what is on show, in its order, with all fields;
/// `shown`: the same with the columns that are on show.
pub fn export_menu<T: Record>(
    app: App,
    what: Export,
    records: impl Fn() -> Vec<T> + Copy + Send + 'static,
    shown: impl Fn() -> Table + Copy + Send + 'static,
) -> AnyView {
    let t = use_lang();
    let all = [
        (Form::Excel, t.list_export_excel()),
        (Form::Csv, t.list_export_csv()),
        (Form::Json, t.list_export_json()),
    ];
    let all = all.map(|(form, words)| entry(words, move || save(app, what, form, records())));
    let of_shown = [
        (Form::Excel, t.list_export_shown_excel()),
        (Form::Csv, t.list_export_shown_csv()),
    ];
    let of_shown = of_shown.map(|(form, words)| {
        let name = move |end: &str| what.name(app, end);
        entry(words, move || save_table(app, &name, form, &shown()))
    });
    files_menu(t, all.into_iter().chain(of_shown).collect())
}

/// A table that goes out, with the words for it in the names of its files.
#[derive(Clone, Copy)]
pub struct Outgoing<F> {
    /// In the file's name.
    pub part: &'static str,
    /// Makes it, of what is on show.
    pub table: F,
}

/// A menu of the kinds of files of a list that is no register; `more` stands below.
pub fn list_menu<F>(app: App, list: Outgoing<F>, more: Vec<AnyView>) -> AnyView
where
    F: Fn() -> Table + Copy + Send + 'static,
{
    let t = use_lang();
    let forms = [
        (Form::Excel, t.list_export_excel()),
        (Form::Csv, t.list_export_csv()),
        (Form::Json, t.list_export_data()),
    ];
    let list = forms.map(|(form, words)| out_entry(app, words, form, list));
    files_menu(t, list.into_iter().chain(more).collect())
}

/// Entries of such a menu for what else can be taken out of a list: as Excel and CSV, with
/// the words for each.
pub fn out_entries<F>(app: App, out: Outgoing<F>, words: [&'static str; 2]) -> Vec<AnyView>
where
    F: Fn() -> Table + Copy + Send + 'static,
{
    let forms = [Form::Excel, Form::Csv].into_iter().zip(words);
    forms
        .map(|(form, words)| out_entry(app, words, form, out))
        .collect()
}

fn out_entry<F>(app: App, words: &'static str, form: Form, out: Outgoing<F>) -> AnyView
where
    F: Fn() -> Table + Copy + Send + 'static,
{
    let name = move |end: &str| registers::part_name(app, out.part, end);
    entry(words, move || save_table(app, &name, form, &(out.table)()))
}

fn entry(words: &'static str, save: impl Fn() + Send + 'static) -> AnyView {
    view! {
        <button type="button" class="button is-plain" on:click=move |_| save()>
            {words}
        </button>
    }
    .into_any()
}

fn files_menu(t: Lang, entries: Vec<AnyView>) -> AnyView {
    let words = move || t.list_export().to_owned();
    menu("filter-menu export-menu", words, entries, true)
}

fn save<T: Record>(app: App, what: Export, form: Form, records: Vec<T>) {
    match form {
        Form::Json => {
            let ids = records.iter().map(|record| record.id().to_string());
            what.save_some(app, Some(&ids.collect::<BTreeSet<_>>()));
        }
        form => {
            let name = move |end: &str| what.name(app, end);
            save_table(app, &name, form, &going_out::table(records.iter()));
        }
    }
}

fn save_table(app: App, name: &impl Fn(&str) -> String, form: Form, table: &Table) {
    let (name, kind, text) = match form {
        Form::Excel => return save_excel(app, table.clone(), name("xlsx")),
        Form::Csv => (name("csv"), "text/csv", table.csv()),
        Form::Json => (name("json"), "application/json", table.json()),
    };
    files::download(&name, kind, &text);
    app.toast(app.lang.get_untracked().registers_exported(name), false);
}

/// Writes a table as a workbook of Excel and hands it to the browser.
pub fn save_excel(app: App, table: Table, name: String) {
    leptos::task::spawn_local(async move {
        let t = app.lang.get_untracked();
        match written(table).await {
            Ok(bytes) => {
                let bytes = js_sys::Uint8Array::from(bytes.as_slice());
                files::download_parts(&name, EXCEL, &js_sys::Array::of1(&bytes));
                app.toast(t.registers_exported(name), false);
            }
            Err(Trouble::Refused(words)) => app.toast(words.words(t), false),
            Err(Trouble::Broke(why)) => app.toast(t.sheet_not_written(why), false),
        }
    });
}

async fn written(table: Table) -> Result<Vec<u8>, Trouble> {
    Reader::start().await?.write(table).await
}
