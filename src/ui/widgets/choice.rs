//! What a person chooses for the list of a register, kept in this browser: which columns
//! stand, and views of their own.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::menu::menu;
use crate::desk::list::{Aspect, Listed};
use crate::i18n::Lang;
use crate::store::meta::VIEW_NAME_CHARS_MAX;
use crate::store::{ListChoice, SavedView};
use crate::ui::app::App;

/// Changes what is kept of the list.
fn edit<R: Listed>(app: App, edit: impl FnOnce(&mut ListChoice)) {
    app.edit_meta(|meta| {
        edit(
            meta.registers
                .entry(R::REGISTER.name().to_owned())
                .or_default(),
        )
    });
}

/// Reads what is kept of the list.
fn read<R: Listed, T: Default>(app: App, read: impl FnOnce(&ListChoice) -> T) -> T {
    app.meta
        .with(|meta| meta.registers.get(R::REGISTER.name()).map(read))
        .unwrap_or_default()
}

/// The columns that stand, in order: those chosen, else those of the program.
#[must_use]
pub fn columns<R: Listed>(app: App) -> Vec<Aspect<R>> {
    let Some(chosen) = read::<R, _>(app, |choice| choice.columns.clone()) else {
        return Aspect::columns();
    };
    let mut columns = Aspect::all_columns();
    columns.retain(|column| is_first(*column) || chosen.iter().any(|key| key == column.key()));
    columns
}

/// Whether a column never goes: a list without names tells nothing.
fn is_first<R: Listed>(column: Aspect<R>) -> bool {
    column.list().column.is_some() && column.list().yields == 0
}

/// Which columns stand. `name` says what each is called.
pub fn columns_menu<R: Listed>(
    app: App,
    t: Lang,
    name: impl Fn(&'static str) -> String + Copy + Send + Sync + 'static,
) -> AnyView {
    let all = Aspect::<R>::all_columns();
    let count = all.len();
    let words = move || t.list_columns(columns::<R>(app).len(), count);
    let boxes = all
        .into_iter()
        .filter(|column| !is_first(*column))
        .map(|column| {
            let key = column.key();
            let is_shown = move || columns::<R>(app).iter().any(|shown| shown.key() == key);
            let toggle = move |event| {
                let is_on = event_target_checked(&event);
                let shown = untrack(|| columns::<R>(app));
                let mut keys: Vec<String> = shown.iter().map(|it| it.key().to_owned()).collect();
                keys.retain(|known| known != key);
                if is_on {
                    keys.push(key.to_owned());
                }
                edit::<R>(app, |choice| choice.columns = Some(keys));
            };
            view! {
                <label class="check-field">
                    <input type="checkbox" prop:checked=is_shown on:change=toggle />
                    {name(key)}
                </label>
            }
        });
    let reset_columns = move |_| edit::<R>(app, |choice| choice.columns = None);
    let reset = move || {
        read::<R, _>(app, |choice| choice.columns.is_some()).then(|| {
            view! {
                <button
                    type="button"
                    class="button is-small"
                    on:click=reset_columns
                >
                    {t.list_columns_reset()}
                </button>
            }
        })
    };
    let panel = view! {
        <div class="filter-values">{boxes.collect_view()}</div>
        <p class="caption menu-foot">{t.list_columns_kept()} " " {reset}</p>
    };
    menu("filter-menu columns-menu", words, panel, false)
}

/// Views of the person's own: kept, gone to, removed.
pub fn views_menu<R: Listed>(app: App, t: Lang) -> AnyView {
    let views = Memo::new(move |_| read::<R, _>(app, |choice| choice.views.clone()));
    let words = move || match views.with(Vec::len) {
        0 => t.list_own_views().to_owned(),
        count => t.list_own_views_count(count),
    };
    let line = move |view: SavedView| {
        let SavedView { name, query } = view;
        let own = name.clone();
        let go = move |_| {
            let mut route = app.route.get_untracked();
            route.query.clone_from(&query);
            app.replace_route(route);
        };
        let remove = move |_| {
            edit::<R>(app, |choice| choice.views.retain(|known| known.name != own));
        };
        view! {
            <li>
                <button type="button" class="link-button" on:click=go>
                    {name.clone()}
                </button>
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=t.list_view_remove(&name)
                    on:click=remove
                >
                    {icon(Icon::Close)}
                </button>
            </li>
        }
    };
    let list = move || {
        let views = views.get();
        if views.is_empty() {
            return view! { <p class="caption">{t.list_own_views_none()}</p> }.into_any();
        }
        view! { <ul class="own-views">{views.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    let save = save_view::<R>(app, t);
    let panel = view! {
        {list}
        {save}
    };
    menu("filter-menu own-views-menu", words, panel, false)
}

/// The line that keeps the filters, search and order at hand under a name.
fn save_view<R: Listed>(app: App, t: Lang) -> AnyView {
    let name = RwSignal::new(String::new());
    let is_empty = Memo::new(move |_| name.with(|name| name.trim().is_empty()));
    let save = move || {
        let name_now = name.with_untracked(|name| name.trim().to_owned());
        if name_now.is_empty() {
            return;
        }
        let query: BTreeMap<String, String> = app.route.with_untracked(|route| route.query.clone());
        let view = SavedView {
            name: name_now.clone(),
            query,
        };
        edit::<R>(app, |choice| choice.keep_view(view));
        name.set(String::new());
        app.toast(t.list_view_saved(name_now), false);
    };
    view! {
        <div class="menu-foot own-views-save">
            <input
                class="control"
                autocomplete="off"
                maxlength=VIEW_NAME_CHARS_MAX
                aria-label=t.list_view_name()
                placeholder=t.list_view_name()
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        save();
                    }
                }
            />
            <button
                type="button"
                class="button"
                disabled=move || is_empty.get()
                on:click=move |_| save()
            >
                {t.list_view_save()}
            </button>
        </div>
        <p class="caption">{t.list_columns_kept()}</p>
    }
    .into_any()
}
