//! What a list shows, as a file: Excel, values between commas, or this program's own form.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::menu::menu;
use crate::document::table::Table;
use crate::exchange::Record;
use crate::ui::app::{App, use_lang};
use crate::ui::files;
use crate::ui::pages::settings::registers::Export;
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
    let forms = [
        (Form::Excel, t.list_export_excel()),
        (Form::Csv, t.list_export_csv()),
        (Form::Json, t.list_export_json()),
    ];
    let forms = forms.map(|(form, words)| {
        view! {
            <button type="button" class="button is-plain" on:click=move |_| save(app, what, form, records())>
                {words}
            </button>
        }
    });
    let of_shown = [
        (Form::Excel, t.list_export_shown_excel()),
        (Form::Csv, t.list_export_shown_csv()),
    ];
    let of_shown = of_shown.map(|(form, words)| {
        view! {
            <button type="button" class="button is-plain" on:click=move |_| save_table(app, what, form, shown())>
                {words}
            </button>
        }
    });
    let words = move || t.list_export().to_owned();
    menu(
        "filter-menu export-menu",
        words,
        view! {
            {forms.into_iter().collect_view()}
            {of_shown.into_iter().collect_view()}
        },
        true,
    )
}

fn save<T: Record>(app: App, what: Export, form: Form, records: Vec<T>) {
    match form {
        Form::Json => {
            let ids = records.iter().map(|record| record.id().to_string());
            what.save_some(app, Some(&ids.collect::<BTreeSet<_>>()));
        }
        form => save_table(app, what, form, going_out::table(records.iter())),
    }
}

fn save_table(app: App, what: Export, form: Form, table: Table) {
    if form == Form::Excel {
        return save_excel(app, table, what.name(app, "xlsx"));
    }
    let name = what.name(app, "csv");
    files::download(&name, "text/csv", &table.csv());
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
