//! 名录导入导出: files in, files out.

use std::borrow::Cow;
use std::collections::BTreeSet;

use leptos::html;
use leptos::prelude::*;

use super::{Section, frame};
use crate::exchange::{Record, json};
use crate::i18n::Lang;
use crate::ui::app::{App, backup_name, clock, use_app, use_lang};
use crate::ui::files;
use crate::ui::import::FileButton;
use crate::workbook::Workbook;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The whole workbook, as a backup.
    Workbook,
    /// 单位.
    Units,
    /// 执法人员.
    Officers,
    /// 事项清单.
    Items,
    /// 服务机构.
    Agencies,
    /// 注册消防工程师.
    Engineers,
    /// 放假安排.
    Holidays,
}

impl Export {
    const ALL: [Self; 7] = [
        Self::Workbook,
        Self::Units,
        Self::Officers,
        Self::Items,
        Self::Agencies,
        Self::Engineers,
        Self::Holidays,
    ];

    const fn words(self, t: Lang) -> &'static str {
        match self {
            Self::Workbook => t.file_workbook(),
            Self::Units => t.file_units(),
            Self::Officers => t.file_officers(),
            Self::Items => t.file_items(),
            Self::Agencies => t.file_agencies(),
            Self::Engineers => t.file_engineers(),
            Self::Holidays => t.file_holidays(),
        }
    }

    const fn format(self) -> &'static str {
        match self {
            Self::Workbook => crate::workbook::FORMAT,
            Self::Units => json::FORMAT_UNITS,
            Self::Officers => json::FORMAT_OFFICERS,
            Self::Items => json::FORMAT_ITEMS,
            Self::Agencies => json::FORMAT_AGENCIES,
            Self::Engineers => json::FORMAT_ENGINEERS,
            Self::Holidays => json::FORMAT_HOLIDAYS,
        }
    }

    fn count(self, t: Lang, book: &Workbook) -> String {
        match self {
            Self::Workbook => t.year_label(book.last_year().year),
            Self::Units => t.units_count(book.units.len()),
            Self::Officers => t.people_count(book.officers.len()),
            Self::Items => t.items_count(book.items.len()),
            Self::Agencies => t.agencies_facts(book.agencies.len()),
            Self::Engineers => t.engineers_count(book.engineers.len()),
            Self::Holidays => t.years_count(book.calendar().years().len()),
        }
    }

    /// 大队_内容_日期.json, or with another end.
    fn file_name(self, t: Lang, book: &Workbook, end: &str) -> String {
        let part = match self {
            Self::Workbook => return backup_name(book, clock()),
            Self::Units => t.file_part_units(),
            Self::Officers => t.file_part_officers(),
            Self::Items => t.file_part_items(),
            Self::Agencies => t.file_part_agencies(),
            Self::Engineers => t.file_part_engineers(),
            Self::Holidays => t.file_part_holidays(),
        };
        file_name(&book.brigade.name, part, end)
    }

    /// The name of its file in another form than the program's own.
    pub fn name(self, app: App, end: &str) -> String {
        let t = app.lang.get_untracked();
        app.workbook.with_untracked(|book| {
            let book = book.as_ref();
            book.map(|book| self.file_name(t, book, end))
                .unwrap_or_default()
        })
    }

    /// Hands the file to the browser and says so.
    pub fn save(self, app: App) {
        self.save_some(app, None);
    }

    /// As [`Export::save`], of a register with only the records of these ids.
    pub fn save_some(self, app: App, ids: Option<&BTreeSet<String>>) {
        let Some(book) = app.workbook.get_untracked() else {
            return;
        };
        let text = match self {
            Self::Workbook => return app.backup(),
            Self::Units => json::units_to_json(&chosen(&book.units_for_file(), ids)),
            Self::Officers => json::officers_to_json(&chosen(&book.officers, ids)),
            Self::Items => json::items_to_json(&chosen(&book.items, ids)),
            Self::Agencies => json::agencies_to_json(&chosen(&book.agencies, ids)),
            Self::Engineers => json::engineers_to_json(&chosen(&book.engineers, ids)),
            Self::Holidays => json::holidays_to_json(book.calendar().years()),
        };
        let t = app.lang.get_untracked();
        let name = self.file_name(t, &book, "json");
        files::download(&name, "application/json", &text);
        app.toast(t.registers_exported(name), false);
    }
}

/// The name of a file with something of the brigade's.
/// The name of a file with a part of the workbook.
pub fn part_name(app: App, part: &str, end: &str) -> String {
    app.workbook.with_untracked(|book| {
        let brigade = book.as_ref().map(|book| book.brigade.name.as_str());
        file_name(brigade.unwrap_or_default(), part, end)
    })
}

fn file_name(brigade: &str, part: &str, end: &str) -> String {
    format!("{brigade}_{part}_{}.{end}", clock().format("%Y%m%d"))
}

/// The records of these ids; all where none are named.
fn chosen<'a, T: Record>(records: &'a [T], ids: Option<&BTreeSet<String>>) -> Cow<'a, [T]> {
    let Some(ids) = ids else {
        return Cow::Borrowed(records);
    };
    let chosen = records
        .iter()
        .filter(|record| ids.contains(&record.id().to_string()));
    Cow::Owned(chosen.cloned().collect())
}

/// Import above, export below.
#[component]
pub fn Registers() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let chooser = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        let is_asked = app.route.with(|route| route.query.contains_key("import"));
        if let (Some(chooser), true) = (chooser.get(), is_asked) {
            let _ = chooser.focus();
        }
    });
    let known = Export::ALL.map(|file| {
        view! {
            <dt>{file.words(t)}</dt>
            <dd>
                <code>{file.format()}</code>
            </dd>
        }
    });
    let body = view! {
        <section class="pane" aria-labelledby="registers-import">
            <div class="pane-head">
                <h2 id="registers-import">{t.registers_import()}</h2>
                <span class="caption">{t.welcome_drop()}</span>
            </div>
            <div class="pane-body settings-text">
                <p>{t.registers_import_lead()}</p>
                <h3>{t.registers_known()}</h3>
                <dl class="facts-list">{known.into_iter().collect_view()}</dl>
            </div>
        </section>
        <section class="pane" aria-labelledby="registers-export">
            <div class="pane-head">
                <h2 id="registers-export">{t.registers_export()}</h2>
            </div>
            {exports(app, t)}
        </section>
    };
    let actions = view! { <FileButton label=t.registers_choose() is_primary=true node=chooser /> };
    frame(
        Section::Registers,
        t.backup_where_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

fn exports(app: App, t: Lang) -> AnyView {
    let row = move |file: Export| {
        let ask = move |question: fn(Export, Lang, &Workbook) -> String| {
            app.workbook
                .with(|book| book.as_ref().map(|book| question(file, t, book)))
        };
        view! {
            <tr class="is-wide">
                <td>{file.words(t)}</td>
                <td class="number">{move || ask(Export::count)}</td>
                <td class="file-name">{move || ask(|file, t, book| file.file_name(t, book, "json"))}</td>
                <td class="row-actions">
                    <button
                        type="button"
                        class="button is-small"
                        aria-label=t.registers_export_one(file.words(t))
                        on:click=move |_| file.save(app)
                    >
                        {t.registers_export()}
                    </button>
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="list is-auto">
            <thead>
                <tr>
                    <th scope="col">{t.registers_content()}</th>
                    <th scope="col" class="number">
                        {t.registers_count()}
                    </th>
                    <th scope="col">{t.registers_file()}</th>
                    <th scope="col"></th>
                </tr>
            </thead>
            <tbody>{Export::ALL.map(row).into_iter().collect_view()}</tbody>
        </table>
    }
    .into_any()
}
