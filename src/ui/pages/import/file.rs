//! The first step: a file is chosen, or dropped anywhere onto the page.

use leptos::prelude::*;

use crate::document::table::Table;
use crate::i18n::Lang;
use crate::model::field::RegisterKind;
use crate::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
use crate::ui::app::{use_app, use_lang};
use crate::ui::import::FileButton;
use crate::ui::sheets::going_out::template;
use crate::ui::widgets::export::save_excel;

/// What may come, and the way to choose it.
pub(super) fn choose() -> AnyView {
    let t = use_lang();
    let kinds = [
        (t.sheet_kinds_excel(), ".xlsx .xls .et"),
        (t.sheet_kinds_text(), ".csv .txt"),
        (t.sheet_kinds_other(), ".xml .html .mht .ods"),
        (t.sheet_kinds_json(), ".json"),
    ];
    let kinds = kinds.map(|(words, ends)| {
        view! {
            <dt>{words}</dt>
            <dd>
                <code>{ends}</code>
            </dd>
        }
    });
    view! {
        <section class="pane import-choose" aria-label=t.sheet_step_file()>
            <p class="import-drop">{t.sheet_drop()}</p>
            <FileButton label=t.registers_choose() is_primary=true is_large=true />
            <dl class="facts-list">{kinds.into_iter().collect_view()}</dl>
            <p class="caption">{t.sheet_choose_note()}</p>
            <div class="import-templates">
                <span>{t.sheet_templates()}</span>
                {RegisterKind::ALL.map(|kind| template_button(t, kind)).into_iter().collect_view()}
            </div>
        </section>
    }
    .into_any()
}

/// An empty table with the right heads, to be filled.
fn template_button(t: Lang, register: RegisterKind) -> AnyView {
    let app = use_app();
    let table = move || -> Table {
        match register {
            RegisterKind::Units => template::<Unit>(),
            RegisterKind::Officers => template::<Officer>(),
            RegisterKind::Items => template::<InspectionItem>(),
            RegisterKind::Agencies => template::<Agency>(),
            RegisterKind::Engineers => template::<Engineer>(),
            RegisterKind::Results => template::<ResultLine>(),
        }
    };
    let name = t.register_name(register);
    let save = move |_| save_excel(app, table(), t.sheet_template_file(name));
    view! {
        <button type="button" class="button is-small" on:click=save>
            {name}
        </button>
    }
    .into_any()
}
