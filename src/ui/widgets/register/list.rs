//! A register's list, with all that narrows it.

use leptos::prelude::*;

use super::address::{SORT, TEXT, VIEW};
use super::filters::{chips, filter_menu};
use super::table::{column_words, table};
use super::{Register, RegisterPage};
use crate::desk::list::{Aspect, Wish};
use crate::i18n::Lang;
use crate::ui::widgets::choice::{columns_menu, views_menu};
use crate::ui::widgets::export::export_menu;
use crate::ui::widgets::list::{Chip, SearchBox, ViewTab, ViewTabs, refine};
use crate::ui::widgets::many::ticked_bar;

/// The list with all that narrows it.
pub(super) fn list<R: Register>(page: RegisterPage<R>, t: Lang, find: &'static str) -> AnyView {
    let tabs = Signal::derive(move || {
        let month = page.month(t);
        let tab = |(view, key): (usize, &&'static str)| {
            Some(ViewTab {
                key,
                name: R::view_name(t, view, month.as_deref())?,
                count: page.index.with(|index| index.count(view)) as usize,
            })
        };
        R::VIEWS
            .iter()
            .enumerate()
            .filter_map(tab)
            .collect::<Vec<_>>()
    });
    let current = Signal::derive(move || R::VIEWS[page.wish.with(|wish| wish.view)]);
    let choose = move |key: &'static str| {
        let is_first = R::VIEWS.first() == Some(&key);
        refine(page.app, VIEW, if is_first { "" } else { key });
    };
    let text = Signal::derive(move || page.wish.with(|wish| wish.text.clone()));
    let search = move |text: String| refine(page.app, TEXT, text.trim());
    let has_none = Memo::new(move |_| page.lines.with(|lines| lines.is_empty()));
    let total = Signal::derive(move || page.count_on_show());
    let filters = Aspect::<R>::filters();
    let menu = (!filters.is_empty()).then(|| filter_menu(page, t, filters));
    view! {
        <div class="register-list">
            <ViewTabs tabs current on_choose=Callback::new(choose) />
            <div class="filter-bar">
                <SearchBox label=find text on_search=Callback::new(search) />
                {menu}
                {views_menu::<R>(page.app, t)}
                {move || chips(page, t)}
                // They stay together, and at the end, where the bar breaks.
                <div class="bar-end">
                    {mend_button(page, t)}
                    {columns_menu::<R>(page.app, t, move |key| column_words::<R>(page, t, key))}
                    {export_menu(page.app, R::EXPORT, move || page.on_show(), move || page.shown())}
                </div>
            </div>
            {ticked_bar(t, page.ticked, total, Callback::new(move |()| page.tick_all(true)))}
            {move || {
                let has_none = has_none.get();
                untrack(|| if has_none { nothing(page, t) } else { table(page, t) })
            }}
        </div>
    }
    .into_any()
}

/// The way into the walk through what is to be mended; nothing where nothing is.
fn mend_button<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let count = Memo::new(move |_| page.mendable_count());
    let button = move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| page.start_mending()>
                    {t.mend_start(count)}
                </button>
            }
        })
    };
    button.into_any()
}

/// What to do where no record meets the conditions.
fn nothing<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let clear = move |_| {
        let mut route = page.app.route.get_untracked();
        route
            .query
            .retain(|key, _| [VIEW, SORT].contains(&key.as_str()));
        page.app.replace_route(route);
    };
    let text_chip = move || {
        let text = page.wish.with(|wish| wish.text.clone());
        (!text.is_empty()).then(|| {
            let remove = Callback::new(move |()| refine(page.app, TEXT, ""));
            view! { <Chip text=t.units_text_chip(text) on_remove=remove /> }
        })
    };
    let words = move || {
        if !page.wish.with(Wish::has_conditions) {
            return view! { <p>{t.list_none_in_view()}</p> }.into_any();
        }
        view! {
            <p>{t.list_none_found()}</p>
            <div class="button-row">{text_chip} {move || chips(page, t)}</div>
            <button type="button" class="button" on:click=clear>
                {t.list_filter_clear()}
            </button>
        }
        .into_any()
    };
    view! { <div class="empty-state">{words}</div> }.into_any()
}
