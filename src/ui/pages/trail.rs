//! 操作记录: every change, newest first, and whether the chain holds.

use leptos::prelude::*;

use crate::desk::history::RecordName;
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::route::Route;
use crate::ui::sheets::lists_out::{self, detail_line};
use crate::ui::task::Task;
use crate::ui::widgets::export::{Outgoing, list_menu};
use crate::ui::widgets::list::{
    Chip, SearchBox, detail_head, fact, focus_detail, list_escape, read,
};
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{Banner, BannerKind, Column, PageHead, VirtualTable, hash_text};
use crate::workbook::TrailEntry;
use crate::workbook::trail::{first_break_at, numbered};

/// The audit trail.
#[component]
pub fn TrailPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    // Search and selection stand in the address: they survive a switch of the language.
    let text = Memo::new(move |_| {
        let text = app.route.with(|route| route.query.get("q").cloned());
        text.unwrap_or_default()
    });
    let search = Callback::new(move |words: String| {
        app.replace_route(app.route.get_untracked().with("q", words));
    });
    let record = Memo::new(move |_| app.route.with(record_asked));
    // The numbers of the entries on show; the entries themselves stay in the workbook.
    let shown = Memo::new(move |_| {
        let text = text.get().trim().to_lowercase();
        read(app, |book| {
            let entries: Vec<&TrailEntry> = match &record.get() {
                Some(record) => book.history(record),
                None => book.trail.iter().rev().collect(),
            };
            let meant = |entry: &&TrailEntry| text.is_empty() || haystack(t, entry).contains(&text);
            let meant = entries.into_iter().filter(meant);
            meant.map(|entry| entry.number).collect::<Vec<u32>>()
        })
    });
    let entry_of = move |number: u32| read(app, |book| numbered(&book.trail, number).cloned());
    let chosen = Memo::new(move |_| {
        app.route
            .with(|route| route.id.as_ref().and_then(|id| id.parse::<u32>().ok()))
    });
    let choose = move |number: Option<u32>| {
        app.go(&Route {
            id: number.map(|number| number.to_string()),
            ..app.route.get_untracked()
        });
    };
    let selected = Signal::derive(move || {
        let number = chosen.get()?;
        shown.with(|numbers| numbers.iter().position(|it| *it == number))
    });
    let select = Callback::new(move |place: usize| {
        choose(shown.with_untracked(|numbers| numbers.get(place).copied()));
    });
    let row = Callback::new(move |place: usize| {
        let number = shown.with(|numbers| numbers.get(place).copied());
        let entry = number.and_then(entry_of);
        entry.map_or(Row::Cells(Vec::new()), |entry| entry_row(t, &entry))
    });
    let total = app
        .workbook
        .with_untracked(|book| book.as_ref().map_or(0, |book| book.trail.len()));
    let cut = read(app, |book| book.trail_cut());
    let cut_banner = cut.map(|cut| {
        view! { <Banner kind=BannerKind::Bad fact=t.trail_cut(&cut) cause=t.trail_cut_cause() /> }
    });
    if total == 0 {
        return view! {
            <PageHead title=t.trail_title() facts=view! { {t.trail_facts(total)} }.into_any() />
            <div class="page-body">
                {cut_banner}
                <div class="pane empty-state">
                    <p>{t.trail_none()}</p>
                </div>
            </div>
        }
        .into_any();
    }
    let columns = vec![
        Column::number("", t.col_number(), "64px").yielding(4),
        Column::text("", t.col_time(), "150px").yielding(2),
        Column::text("", t.col_who(), "96px").yielding(3),
        Column::text("", t.col_action(), "170px"),
        Column::text("", t.col_reason(), "190px").yielding(5),
        Column::text("", t.col_detail(), "").yielding(1),
    ];
    let only = move || {
        let every = move |()| {
            let route = app.route.get_untracked();
            let kept_to = RecordName::KEYS.iter();
            app.replace_route(kept_to.fold(route, |route, key| route.with(key, "")));
        };
        record.get().map(|record| {
            let name = app.workbook.with(|book| {
                let id = || record.id().to_owned();
                book.as_ref().map_or_else(id, |book| record.words(book))
            });
            view! { <Chip text=t.history_only(name) on_remove=Callback::new(every) /> }
        })
    };
    let panel = move || {
        let entry = chosen.get().and_then(|number| {
            let is_shown = shown.with(|numbers| numbers.contains(&number));
            is_shown.then(|| entry_of(number)).flatten()
        });
        entry.map(|entry| entry_panel(&entry, Callback::new(move |()| choose(None))))
    };
    view! {
        <PageHead title=t.trail_title() facts=view! { {t.trail_facts(total)} }.into_any() />
        <div class="page-body is-fixed">
            {cut_banner} {verdict(app, t, cut.is_some())}
            <div
                class="columns grow-rows covers"
                on:keydown=move |event| {
                    list_escape(&event, chosen.get_untracked().is_some(), || choose(None));
                }
            >
                <section class="pane is-list grow">
                    <div class="filter-bar">
                        <SearchBox label=t.trail_search() text on_search=search />
                        {only}
                        <div class="bar-end">
                            {list_menu(
                                app,
                                Outgoing {
                                    part: t.trail_title(),
                                    table: move || {
                                        let entries = shown.get_untracked().into_iter().filter_map(entry_of);
                                        lists_out::trail(t, &entries.collect::<Vec<_>>())
                                    },
                                },
                                Vec::new(),
                            )}
                        </div>
                    </div>
                    {move || {
                        shown.with(Vec::is_empty).then(|| view! { <p class="empty-state">{t.trail_empty()}</p> })
                    }}
                    <VirtualTable
                        label=t.trail_title()
                        columns
                        count=Signal::derive(move || shown.with(Vec::len))
                        row
                        selected
                        on_select=select
                        on_open=Callback::new(|_| focus_detail())
                    />
                </section>
                {panel}
            </div>
        </div>
    }
    .into_any()
}

/// Whether the chain holds. Each entry is hashed, which takes a moment of a long trail.
fn verdict(app: App, t: Lang, is_cut: bool) -> AnyView {
    let found = RwSignal::new(None);
    if let Some(book) = app.workbook.get_untracked() {
        Task::new().start(|pace| async move {
            let broken = first_break_at(&book.trail, &pace).await;
            let _ = found.try_set(Some(broken));
            Ok(())
        });
    }
    let banner = move || {
        match found.get() {
        None => view! { <Banner kind=BannerKind::Info fact=t.trail_checking() /> }.into_any(),
        // Nothing green below what is red.
        Some(None) if is_cut => ().into_any(),
        Some(None) => view! { <Banner kind=BannerKind::Ok fact=t.trail_holds() /> }.into_any(),
        Some(Some(number)) => {
            view! { <Banner kind=BannerKind::Bad fact=t.trail_broken(number) cause=t.trail_broken_cause() /> }
                .into_any()
        }
    }
    };
    banner.into_any()
}

/// The record to which the address keeps the page.
fn record_asked(route: &Route) -> Option<RecordName> {
    let mut asked = RecordName::KEYS.iter();
    asked.find_map(|key| RecordName::named(key, route.query.get(*key)?))
}

/// What the search looks through.
fn haystack(t: Lang, entry: &TrailEntry) -> String {
    format!(
        "{} {} {} {} {}",
        t.action_name(&entry.action),
        entry.who,
        entry.why,
        detail_line(t, entry),
        entry.detail
    )
    .to_lowercase()
}

fn entry_row(t: Lang, entry: &TrailEntry) -> Row {
    let detail = detail_line(t, entry);
    let title = detail.clone();
    Row::Cells(vec![
        view! { <span class="number ellipsis">{entry.number}</span> }.into_any(),
        entry.at.format("%Y-%m-%d %H:%M").to_string().into_any(),
        entry.who.clone().into_any(),
        t.action_name(&entry.action).into_any(),
        view! { <span class="ellipsis" title=entry.why.clone()>{entry.why.clone()}</span> }
            .into_any(),
        view! { <span class="ellipsis" title=title>{detail}</span> }.into_any(),
    ])
}

fn entry_panel(entry: &TrailEntry, on_close: Callback<()>) -> AnyView {
    let t = use_lang();
    let (name, title) = (t.action_name(&entry.action), t.action_name(&entry.action));
    let raw = serde_json::to_string_pretty(&entry.detail).unwrap_or_default();
    let facts = t.trail_detail(&entry.action, &entry.detail).into_iter();
    let facts = facts.map(|(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> });
    view! {
        <aside class="detail-panel pane" aria-label=name>
            {detail_head(t, title, ().into_any(), on_close)}
            <div class="detail-section">
                <dl class="facts-list">
                    <dt>{t.col_time()}</dt>
                    <dd>{entry.at.format("%Y-%m-%d %H:%M:%S").to_string()}</dd>
                    <dt>{t.col_who()}</dt>
                    <dd>{entry.who.clone()}</dd>
                    {fact(t.col_reason(), entry.why.clone())}
                    <dt>{t.trail_hash()}</dt>
                    <dd>{hash_text(&entry.hash, 4, false)}</dd>
                    <dt>{t.trail_previous()}</dt>
                    <dd>{hash_text(&entry.previous, 4, false)}</dd>
                </dl>
            </div>
            <div class="detail-section">
                <h3>{t.col_detail()}</h3>
                <dl class="facts-list">{facts.collect_view()}</dl>
                <details class="proof">
                    <summary>{t.trail_raw()}</summary>
                    <pre class="code wrap">{raw}</pre>
                </details>
            </div>
        </aside>
    }
    .into_any()
}
