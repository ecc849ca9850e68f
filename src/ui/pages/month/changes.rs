//! 名录变更: who joined, left, came back or changed level since the last draw.

use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::changes::Change;
use crate::i18n::Lang;
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::{MonthState, unit_name};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{Column, Dialog, ViewTab, ViewTabs, VirtualTable, close_foot};
use crate::workbook::DrawId;
use crate::workbook::register_changes::{ReasonedChange, RegisterChanges};

/// The view with every change.
const ALL: &str = "all";

/// The changes that belong to what is on view: those recorded with the month's
/// draw, or those since the last draw where the month is not drawn yet.
fn changes_on_view(state: MonthState) -> Option<RegisterChanges> {
    let month = state.month.get();
    state
        .book(|book| match state.draw_in(book) {
            Some(draw) => book.changes_of(draw),
            None => book.changes_since_last_draw(month),
        })
        .flatten()
}

/// One line before the draw: how many of each kind, and the way to the list.
pub(super) fn changes_line(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_open = RwSignal::new(false);
    let changes = Memo::new(move |_| changes_on_view(state).map(Arc::new));
    let line = move || {
        let changes = changes.get()?;
        let words = t.change_counts(&changes.counts);
        let is_empty = words.is_empty();
        let words = if is_empty {
            t.changes_none().to_owned()
        } else {
            t.changes_line(words)
        };
        let button = (!is_empty).then(|| open_button(t, is_open));
        Some(view! { <p class="changes-line"><span>{words}</span> {button}</p> })
    };
    view! {
        {line}
        {move || is_open.get().then(|| view! { <ChangesDialog state is_open /> })}
    }
    .into_any()
}

/// After the draw: the way to the recorded changes.
pub(super) fn changes_button(state: MonthState, id: DrawId) -> AnyView {
    let t = use_lang();
    let is_open = RwSignal::new(false);
    let is_first = state
        .book(|book| !book.draw(id).is_some_and(|draw| book.has_changes(draw)))
        .unwrap_or(true);
    if is_first {
        return view! { <p class="caption">{t.changes_first()}</p> }.into_any();
    }
    view! {
        <button type="button" class="button" on:click=move |_| is_open.set(true)>
            {t.changes_title()}
        </button>
        {move || is_open.get().then(|| view! { <ChangesDialog state is_open /> })}
    }
    .into_any()
}

fn open_button(t: Lang, is_open: RwSignal<bool>) -> AnyView {
    view! {
        <button type="button" class="button is-plain is-small" on:click=move |_| is_open.set(true)>
            {t.changes_show()}
        </button>
    }
    .into_any()
}

/// The kind that a change is filed under.
const fn kind(change: &Change) -> &'static str {
    match change {
        Change::Joined { .. } => "joined",
        Change::Returned { .. } => "returned",
        Change::Left { .. } => "left",
        Change::Stratum { .. } => "stratum",
        Change::Level { from, to, .. } if to.get() > from.get() => "up",
        Change::Level { from, to, .. } if to.get() < from.get() => "down",
        Change::Level { .. } => "points",
    }
}

fn tabs(t: Lang, changes: &RegisterChanges) -> Vec<ViewTab> {
    let counts = &changes.counts;
    let tab = |key, name: &str, count: u32| ViewTab {
        key,
        name: name.to_owned(),
        count: count as usize,
    };
    let all = changes.list.len() as u32;
    let mut tabs = vec![
        tab(ALL, t.changes_all(), all),
        tab("joined", t.change_joined(), counts.joined),
        tab("returned", t.change_returned(), counts.returned),
        tab("left", t.change_left(), counts.left),
        tab("stratum", t.change_stratum(), counts.stratum),
        tab("up", t.change_up(), counts.level_up),
        tab("down", t.change_down(), counts.level_down),
        tab("points", t.change_points(), counts.points),
    ];
    tabs.retain(|tab| tab.key == ALL || tab.count > 0);
    tabs
}

/// Counts as tabs, then the list with the grounds of each change.
#[component]
fn ChangesDialog(state: MonthState, is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let close = Callback::new(move |()| is_open.set(false));
    let changes = untrack(|| changes_on_view(state));
    let Some(changes) = changes.map(Arc::new) else {
        return ().into_any();
    };
    let view = RwSignal::new(ALL);
    let all = changes.clone();
    let shown = Memo::new(move |_| {
        let wanted = view.get();
        let is_shown =
            |change: &&ReasonedChange| wanted == ALL || kind(&change.change.change) == wanted;
        all.list
            .iter()
            .filter(is_shown)
            .cloned()
            .collect::<Vec<_>>()
    });
    let row = Callback::new(move |place: usize| {
        let change = shown.with(|shown| shown.get(place).cloned());
        change.map_or_else(
            || Row::Cells(Vec::new()),
            |change| change_row(state, t, &change),
        )
    });
    let columns = vec![
        Column::text("", t.col_unit(), "230px"),
        Column::text("", t.change_what(), "250px").yielding(1),
        Column::text("", t.change_why(), "").yielding(2),
    ];
    let chosen = RwSignal::new(None);
    let open = Callback::new(move |place: usize| {
        let unit = shown.with_untracked(|shown| Some(shown.get(place)?.change.unit.clone()));
        if let Some(unit) = unit {
            is_open.set(false);
            state.app.go(&Route::record(Page::Units, unit.as_str()));
        }
    });
    let list = tabs(t, &changes);
    let since = t.changes_since(changes.since_number, changes.since.format("%Y-%m-%d %H:%M"));
    view! {
        <Dialog title=t.changes_title() class="is-wide" on_close=close>
            <div class="dialog-body">
                <p class="caption">{since}</p>
                <ViewTabs
                    tabs=Signal::derive(move || list.clone())
                    current=Signal::derive(move || view.get())
                    on_choose=Callback::new(move |key| view.set(key))
                />
                <div class="import-list changes-list">
                    <VirtualTable
                        label=t.changes_title()
                        columns
                        count=Signal::derive(move || shown.with(Vec::len))
                        row
                        selected=chosen
                        on_select=Callback::new(move |place| chosen.set(Some(place)))
                        on_open=open
                    />
                </div>
            </div>
            {close_foot(t, close)}
        </Dialog>
    }
    .into_any()
}

fn change_row(state: MonthState, t: Lang, change: &ReasonedChange) -> Row {
    let cell = |text: String| {
        view! { <span class="ellipsis" title=text.clone()>{text.clone()}</span> }.into_any()
    };
    Row::Cells(vec![
        cell(unit_name(state, &change.change.unit)),
        cell(t.change(&change.change.change)),
        cell(t.change_grounds(&change.reasons)),
    ])
}
