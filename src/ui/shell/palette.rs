//! Ctrl K: records of the registers and pages by a few letters.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;

use super::navigation::groups;
use crate::i18n::Lang;
use crate::model::{Agency, Engineer};
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::Dialog;
use crate::workbook::Workbook;
use crate::workbook::kept::Kept;

/// Results that the palette shows.
const PALETTE_MAX: usize = 40;

/// What the palette finds: words, a note, and where it leads.
type Found = (String, String, Route);

fn find(app: App, t: Lang, text: &str) -> Vec<Found> {
    let text = text.trim().to_uppercase();
    let entries = groups(t).into_iter().flat_map(|(name, entries)| {
        entries
            .into_iter()
            .map(move |(page, words)| (words.to_owned(), name.to_owned(), Route::to(page)))
    });
    let foot = [
        (Page::Engineers, t.nav_engineers()),
        (Page::Settings, t.nav_settings()),
        (Page::Help, t.nav_help()),
    ];
    let foot = foot
        .into_iter()
        .map(|(page, words)| (words.to_owned(), String::new(), Route::to(page)));
    let mut found: Vec<Found> = entries
        .chain(foot)
        .filter(|entry| text.is_empty() || entry.0.to_uppercase().contains(&text))
        .collect();
    if text.is_empty() {
        return found;
    }
    app.workbook.with_untracked(|book| {
        let Some(book) = book else { return };
        let officers = book
            .officers
            .iter()
            .filter(|o| o.name.contains(&text) || o.id.as_str() == text);
        found.extend(officers.map(|officer| {
            (
                officer.name.clone(),
                t.nav_officers().to_owned(),
                Route::record(Page::Officers, officer.id.as_str()),
            )
        }));
        found.extend(kept::<Agency>(
            book,
            t.nav_agencies(),
            Page::Agencies,
            &text,
        ));
        found.extend(kept::<Engineer>(
            book,
            t.nav_engineers(),
            Page::Engineers,
            &text,
        ));
        let units = book.units.iter().filter(|unit| unit_matches(unit, &text));
        found.extend(units.take(PALETTE_MAX).map(|unit| {
            (
                unit.name.clone(),
                unit.id.to_string(),
                Route::record(Page::Units, unit.id.as_str()),
            )
        }));
    });
    found.truncate(PALETTE_MAX);
    found
}

/// Records of a register whose name, id or number holds `text` (capitals).
fn kept<T: Kept>(book: &Workbook, words: &'static str, page: Page, text: &str) -> Vec<Found> {
    let holds = |record: &&T| {
        record.name().to_uppercase().contains(text)
            || record.id_str().contains(text)
            || record.key().is_some_and(|key| key.contains(text))
    };
    let found = T::all(book).iter().filter(holds).take(PALETTE_MAX);
    let entry = |record: &T| {
        let route = Route::record(page, record.id_str());
        (record.name().to_owned(), words.to_owned(), route)
    };
    found.map(entry).collect()
}

/// Whether a unit's name, id or credit code holds `text` (capitals).
fn unit_matches(unit: &crate::model::Unit, text: &str) -> bool {
    unit.name.to_uppercase().contains(text)
        || unit.id.as_str().contains(text)
        || unit
            .code
            .as_ref()
            .is_some_and(|code| code.as_str().contains(text))
}

fn option_id(place: usize) -> String {
    format!("palette-{place}")
}

/// Scrolls the chosen entry of the palette into sight.
fn reveal_option(place: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(place)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[component]
pub(super) fn Palette() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| find(app, t, &text.get()));
    let close = Callback::new(move |()| app.is_palette_open.set(false));
    let choose = move |place: usize| {
        if let Some((_, _, route)) = found.get_untracked().get(place) {
            app.go(route);
            close.run(());
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let last = found.get_untracked().len().saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => choose(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        // Enter may have closed the palette before the frame comes.
        request_animation_frame(move || {
            if let Some(at) = at.try_get_untracked() {
                reveal_option(at);
            }
        });
    };
    let rows = move || {
        let found = found.get();
        let rows = found
            .into_iter()
            .enumerate()
            .map(|(place, (words, note, _))| {
                view! {
                    <li
                        id=option_id(place)
                        role="option"
                        aria-selected=move || if at.get() == place { "true" } else { "false" }
                        on:click=move |_| choose(place)
                    >
                        {words} <span class="spring"></span> <span class="caption">{note}</span>
                    </li>
                }
            });
        rows.collect_view()
    };
    view! {
        <Dialog title=t.search_label() class="is-palette" on_close=close>
            <div class="dialog-body">
                // Not a search field: there Escape only empties it, and the palette would stay.
                <input
                    class="control"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-activedescendant=move || {
                        (at.get() < found.with(Vec::len)).then(|| option_id(at.get()))
                    }
                    aria-label=t.search_hint()
                    placeholder=t.search_hint()
                    on:input=move |event| {
                        at.set(0);
                        text.set(event_target_value(&event));
                    }
                    on:keydown=keys
                />
            </div>
            <ul id="palette-list" class="palette-list" role="listbox" aria-label=t.search_label()>
                {rows}
            </ul>
            {move || found.with(Vec::is_empty).then(|| view! { <p class="pane-body caption">{t.search_empty()}</p> })}
            <div class="dialog-foot">
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {t.close()}
                </button>
            </div>
        </Dialog>
    }
}
