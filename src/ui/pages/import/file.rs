//! The first step: a file is chosen, or dropped anywhere onto the page.

use leptos::prelude::*;

use crate::ui::app::use_lang;
use crate::ui::import::FileButton;

/// What may come, and the way to choose it.
pub(super) fn choose() -> AnyView {
    let t = use_lang();
    let kinds = [
        (t.sheet_kinds_excel(), ".xlsx .xls .et"),
        (t.sheet_kinds_text(), ".csv .txt"),
        (t.sheet_kinds_other(), ".xml .html .ods"),
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
        </section>
    }
    .into_any()
}
