//! 事项清单: what may be inspected, by subject. What is not on the list may not be checked.

mod form;
mod remove;
mod state;

use leptos::prelude::*;

use self::form::ItemDrawer;
use self::remove::RemoveDialog;
use self::state::{Drawer, Items, Line, view_key};
use crate::i18n::Lang;
use crate::model::{InspectionItem, Subject};
use crate::ui::app::{use_app, use_lang};
use crate::ui::pages::settings::registers::Export;
use crate::ui::route::Route;
use crate::ui::widgets::list::read;
use crate::ui::widgets::list::{detail_head, export_button, focus_detail, list_escape, list_foot};
use crate::ui::widgets::{
    Column, Icon, PageHead, Row, SearchBox, ViewTab, ViewTabs, VirtualTable, icon,
};
use crate::workbook::Action;

/// The item list.
#[component]
pub fn ItemsPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let page = Items::new(app);
    let total = Memo::new(move |_| page.counts.get().iter().sum::<usize>());
    let is_empty = Memo::new(move |_| total.get() == 0);
    let add = move || {
        view! {
            <button
                type="button"
                class="button"
                class:is-primary=move || !is_empty.get()
                on:click=move |_| page.drawer.set(Some(Drawer::New))
            >
                {icon(Icon::Plus)}
                {t.items_add()}
            </button>
        }
        .into_any()
    };
    let import = move || {
        view! {
            <a class="button" href="#/settings?import">
                {t.items_import()}
            </a>
        }
        .into_any()
    };
    let body = move || {
        if is_empty.get() {
            return view! {
                <div class="page-body">
                    <div class="pane empty-state">
                        <p>{t.items_empty()}</p>
                        <a class="button is-primary" href="#/settings?import">
                            {t.items_import()}
                        </a>
                    </div>
                </div>
            }
            .into_any();
        }
        view! {
            <div
                class="register covers"
                on:keydown=move |event| {
                    let is_open = page.selected.get_untracked().is_some();
                    list_escape(&event, is_open, || page.close());
                }
            >
                <List page />
                {move || page.selected.get().map(|id| view! { <Detail page id /> })}
            </div>
        }
        .into_any()
    };
    view! {
        <PageHead title=t.nav_items() facts=view! { {move || t.items_facts(total.get())} }.into_any()>
            {move || (!is_empty.get()).then(import)} {add()}
        </PageHead>
        {body}
        {move || page.drawer.get().map(|drawer| view! { <ItemDrawer page drawer /> })}
        {move || page.removing.get().map(|id| view! { <RemoveDialog page id /> })}
    }
}

#[component]
fn List(page: Items) -> impl IntoView {
    let t = use_lang();
    let tabs = Signal::derive(move || {
        let counts = page.counts.get();
        let all = ViewTab {
            key: "all",
            name: t.items_view_all().to_owned(),
            count: counts.iter().sum(),
        };
        let tab = |(subject, count): (Subject, usize)| ViewTab {
            key: view_key(subject),
            name: t.subject(subject).to_owned(),
            count,
        };
        let subjects = Subject::ALL.into_iter().zip(counts).map(tab);
        std::iter::once(all).chain(subjects).collect::<Vec<_>>()
    });
    let choose = move |key: &'static str| page.refine("view", if key == "all" { "" } else { key });
    let has_none = Memo::new(move |_| page.lines.with(Vec::is_empty));
    let nothing = move || {
        if page.text.with(String::is_empty) {
            t.list_none_in_view()
        } else {
            t.list_none_found()
        }
    };
    view! {
        <div class="register-list">
            <ViewTabs
                tabs
                current=Signal::derive(move || page.view.get().map_or("all", view_key))
                on_choose=Callback::new(choose)
            />
            <div class="filter-bar">
                <SearchBox
                    label=t.items_find()
                    text=page.text
                    on_search=Callback::new(move |text: String| page.refine("q", text.trim()))
                />
                <span class="spring"></span>
                {export_button(page.app, Export::Items)}
            </div>
            {move || if has_none.get() {
                view! { <div class="empty-state"><p>{nothing}</p></div> }.into_any()
            } else {
                view! { <Table page /> }.into_any()
            }}
        </div>
    }
}

#[component]
fn Table(page: Items) -> impl IntoView {
    let t = use_lang();
    let count = Signal::derive(move || page.lines.with(Vec::len));
    let id_of = |line: &Line| match line {
        Line::Item(item) => Some(item.id.clone()),
        Line::Subject(..) => None,
    };
    let selected = Signal::derive(move || {
        let id = page.selected.get()?;
        page.lines.with(|lines| {
            lines
                .iter()
                .position(|line| id_of(line).as_ref() == Some(&id))
        })
    });
    let select = move |place: usize| {
        let id = page
            .lines
            .with_untracked(|lines| lines.get(place).and_then(id_of));
        if id.is_some() {
            page.app.go(&Route {
                id,
                ..page.app.route.get_untracked()
            });
        }
    };
    let open = move |place: usize| {
        select(place);
        focus_detail();
    };
    let is_heading = move |place: usize| {
        page.lines
            .with_untracked(|lines| matches!(lines.get(place), Some(Line::Subject(..))))
    };
    let row = move |place: usize| {
        page.lines.with(|lines| match lines.get(place) {
            None => Row::Cells(Vec::new()),
            Some(Line::Subject(subject, count)) => Row::Heading(
                view! {
                    <b>{t.subject_long(*subject)}</b>
                    {t.items_heading_count(*count)}
                }
                .into_any(),
            ),
            Some(Line::Item(item)) => Row::Cells(cells(t, item)),
        })
    };
    let items_count = move || {
        page.lines.with(|lines| {
            lines
                .iter()
                .filter(|line| matches!(line, Line::Item(_)))
                .count()
        })
    };
    let columns = vec![
        Column::text("", t.items_col_id(), "92px").yielding(2),
        Column::text("", t.items_col_name(), ""),
        Column::text("", t.items_col_class(), "130px").yielding(4),
        Column::text(
            "",
            t.items_col_applies(),
            if t == Lang::Zh { "120px" } else { "176px" },
        )
        .yielding(3),
        Column::text("", t.items_col_method(), "200px").yielding(5),
    ];
    view! {
        <div class="table-keys">
            <VirtualTable
                label=t.nav_items()
                columns
                count
                row=Callback::new(row)
                selected
                on_select=Callback::new(select)
                on_open=Callback::new(open)
                scroll=page.scroll
                is_heading=Callback::new(is_heading)
            />
        </div>
        {move || list_foot(t, t.items_on_show(items_count()))}
    }
}

fn cells(t: Lang, item: &InspectionItem) -> Vec<AnyView> {
    let soft = |text: String| view! { <span class="soft">{text}</span> }.into_any();
    vec![
        view! { <span class="code">{item.id.clone()}</span> }.into_any(),
        view! { <span title=item.name.clone()>{item.name.clone()}</span> }.into_any(),
        soft(item.class.clone()),
        soft(t.applies_to(item.applies_to).to_owned()),
        soft(item.method.clone()),
    ]
}

/// One item.
#[component]
fn Detail(page: Items, id: String) -> impl IntoView {
    let t = use_lang();
    let close = Callback::new(move |()| page.close());
    let panel = move || {
        let found = read(page.app, |book| {
            let item = book.items.iter().find(|item| item.id == id)?.clone();
            let is_for = |unit: &&crate::model::Unit| unit.status.is_active() && item.applies(unit);
            let count = book.units.iter().filter(is_for).count();
            Some((item, count))
        });
        match found {
            Some((item, count)) => panel(page, t, &item, count, close),
            None => view! {
                {detail_head(t, id.clone(), ().into_any(), close)}
                <p class="detail-section">{t.items_gone(&id)}</p>
            }
            .into_any(),
        }
    };
    view! {
        <aside class="detail-panel" aria-label=t.nav_items()>
            {panel}
        </aside>
    }
}

fn panel(
    page: Items,
    t: Lang,
    item: &InspectionItem,
    count: usize,
    close: Callback<()>,
) -> AnyView {
    let (id, own) = (item.id.clone(), item.id.clone());
    let edit = view! {
        <button
            type="button"
            class="button is-small"
            on:click=move |_| page.drawer.set(Some(Drawer::Edit(id.clone())))
        >
            {t.edit()}
        </button>
        <button type="button" class="button is-small" on:click=move |_| page.removing.set(Some(own.clone()))>
            {t.item_remove()}
        </button>
    };
    let text = |title: &'static str, text: &str| {
        let words = if text.is_empty() {
            view! { <p class="soft">{t.item_blank()}</p> }.into_any()
        } else {
            view! { <p class="long-text">{text.to_owned()}</p> }.into_any()
        };
        view! {
            <section class="detail-section">
                <h3>{title}</h3>
                {words}
            </section>
        }
    };
    view! {
        {detail_head(t, item.name.clone(), edit.into_any(), close)}
        <div class="detail-facts">
            <div class="fact-words">
                <span class="code">{item.id.clone()}</span>
                <span>{t.subject_long(item.subject)}</span>
                <span>{item.class.clone()}</span>
            </div>
            <div class="button-row">{move_button(page, t, item, true)} {move_button(page, t, item, false)}</div>
        </div>
        <section class="detail-section">
            <h3>{t.item_applies()}</h3>
            <p>{t.applies_to(item.applies_to)}</p>
            <p class="caption">{t.item_applies_count(count)}</p>
        </section>
        {text(t.item_basis(), &item.basis)}
        {text(t.item_method(), &item.method)}
        {text(t.item_content(), &item.content)}
        {(!item.note.is_empty()).then(|| text(t.item_note(), &item.note))}
    }
    .into_any()
}

/// Moves the item by one among those of its subject; nothing to do at the end of them.
fn move_button(page: Items, t: Lang, item: &InspectionItem, is_up: bool) -> AnyView {
    let (words, sign) = if is_up {
        (t.item_up(), Icon::Up)
    } else {
        (t.item_down(), Icon::Down)
    };
    let to = read(page.app, |book| book.item_place_beside(&item.id, is_up));
    let (id, name) = (item.id.clone(), item.name.clone());
    let shift = move |_| {
        if let Some(to) = to {
            let id = id.clone();
            // The place was read from the list that is shown, so the move is not refused.
            let _ = page
                .app
                .act_and_tell(Action::MoveItem { id, to }, t.item_moved(&name));
        }
    };
    view! {
        <button type="button" class="button is-small" disabled=to.is_none() on:click=shift>
            {icon(sign)}
            {words}
        </button>
    }
    .into_any()
}
