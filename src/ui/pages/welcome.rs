//! The first page of all: three ways in, and what is stored here that cannot be opened.

use chrono::Datelike;
use leptos::prelude::*;

use super::settings::snapshots::{open_snapshot, snapshots, time_of};
use crate::i18n::Lang;
use crate::store::Slot;
use crate::store::slot;
use crate::ui::app::{App, Trouble, clock, use_app, use_lang};
use crate::ui::files;
use crate::ui::import::FileButton;
use crate::ui::route::{Page, Route};
use crate::ui::safety::Reason;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{Banner, BannerKind, PageHead, TextField};

/// Open a workbook, start an empty one, or explore the demo.
#[component]
pub fn Welcome() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    view! {
        <PageHead title=t.welcome_title() />
        <div class="page-body welcome-body">
            <p class="welcome-lead">{t.welcome_lead()}</p>
            <p class="welcome-verify">
                <a href=Route::to(Page::Verify).hash()>{t.verify_link()}</a>
                <span class="caption">{t.verify_link_note()}</span>
            </p>
            {stored(app, t)}
            <div class="welcome">
                {open_way(app, t)} <EmptyWay />
                <section class="pane" aria-labelledby="way-demo">
                    <h2 id="way-demo">{t.welcome_demo()}</h2>
                    <p>{t.welcome_demo_note()}</p>
                    {points([t.welcome_demo_plan(), t.welcome_demo_draw(), t.welcome_demo_leave()])}
                    <div class="welcome-act">
                        <button type="button" class="button is-primary is-large" on:click=move |_| app.start_demo()>
                            {t.welcome_demo_action()}
                        </button>
                    </div>
                </section>
            </div>
        </div>
    }
}

/// What a way offers, in short.
fn points(words: [&'static str; 3]) -> AnyView {
    let points = words.map(|words| view! { <li>{words}</li> });
    view! { <ul class="welcome-points">{points.into_iter().collect_view()}</ul> }.into_any()
}

/// A backup file; and snapshots, where some are left.
fn open_way(app: App, t: Lang) -> AnyView {
    view! {
        <section class="pane" aria-labelledby="way-open">
            <h2 id="way-open">{t.welcome_open()}</h2>
            <p>{t.welcome_open_note()}</p>
            {points([t.welcome_open_file(), t.welcome_open_first(), t.welcome_open_move()])}
            {kept_snapshots(app, t)}
            <div class="welcome-act">
                <FileButton label=t.welcome_open_action() is_large=true />
                <span class="caption">{t.welcome_drop()}</span>
            </div>
        </section>
    }
    .into_any()
}

fn kept_snapshots(app: App, t: Lang) -> Option<AnyView> {
    let list = snapshots(app);
    if list.is_empty() || app.trouble.get_untracked() == Some(Trouble::Newer) {
        return None;
    }
    let error = RwSignal::new(String::new());
    let rows = list.into_iter().map(|info| {
        let header = info.header.as_ref().ok();
        let reason = header.map(|header| Reason::in_words(t, &header.reason));
        let (is_whole, number) = (header.is_some(), info.number);
        let open = move |_| {
            if let Err(words) = open_snapshot(app, number) {
                error.set(words);
            }
        };
        view! {
            <li>
                <span>
                    {time_of(t, &info)} <span class="caption">{reason}</span>
                </span>
                <button type="button" class="button is-small" disabled=!is_whole on:click=open>
                    {t.snapshot_restore()}
                </button>
            </li>
        }
        .into_any()
    });
    let view = view! {
        <h3>{t.welcome_snapshots()}</h3>
        <ul class="welcome-snapshots">{rows.collect_view()}</ul>
        {error_line(error.into())}
    };
    Some(view.into_any())
}

/// Name and year of a new workbook.
#[component]
fn EmptyWay() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let name = RwSignal::new(String::new());
    let year = RwSignal::new(clock().date().year().to_string());
    let (name_error, set_name_error) = signal(String::new());
    let (year_error, set_year_error) = signal(String::new());
    let start = move |_| {
        let year = year.get_untracked().trim().parse::<i32>().ok();
        let year = year.filter(|year| (2000..=2100).contains(year));
        let name = name.get_untracked().trim().to_owned();
        let say = |is_wrong: bool, words: &'static str| if is_wrong { words } else { "" };
        set_name_error.set(say(name.is_empty(), t.brigade_name_missing()).to_owned());
        set_year_error.set(say(year.is_none(), t.year_invalid()).to_owned());
        if let (Some(year), false) = (year, name.is_empty()) {
            app.start_empty(&name, year);
        }
    };
    view! {
        <section class="pane" aria-labelledby="way-empty">
            <h2 id="way-empty">{t.welcome_empty()}</h2>
            <p>{t.welcome_empty_note()}</p>
            <p class="caption">{t.welcome_empty_what()}</p>
            <TextField label=t.brigade_name() value=name error=name_error />
            <TextField label=t.plan_year() value=year kind="number" error=year_error />
            <div class="welcome-act">
                <button type="button" class="button is-large" on:click=start>
                    {t.welcome_empty_action()}
                </button>
            </div>
        </section>
    }
}

/// What is stored here and cannot be opened, and what can be saved of it.
fn stored(app: App, t: Lang) -> AnyView {
    let banner = move || match app.trouble.get() {
        Some(Trouble::Damaged { keys, .. }) => {
            let rows = keys.into_iter().zip(1..).map(|(key, place)| {
                let words = t.storage_download(&key);
                let label = words.clone();
                let load = move |_| download_damaged(app, &key);
                download_row(place, label, words, load)
            });
            let rows = rows.collect_view();
            Some(view! {
                <Banner kind=BannerKind::Bad fact=t.welcome_damaged() cause=t.welcome_damaged_cause()>
                    {rows}
                </Banner>
            })
        }
        Some(Trouble::Newer) => {
            let words = t.stored_newer_download();
            let row = download_row(1, words.into(), words.into(), move |_| download_newer(app));
            Some(view! {
                <Banner kind=BannerKind::Bad fact=t.welcome_newer() cause=t.welcome_newer_cause()>
                    {row}
                </Banner>
            })
        }
        _ => None,
    };
    view! { <div>{banner}</div> }.into_any()
}

fn download_row(
    place: usize,
    label: String,
    words: String,
    load: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    let t = use_lang();
    view! {
        <li>
            <b>{place}</b>
            <span>{words}</span>
            <button type="button" class="button is-small" aria-label=label on:click=load>
                {t.snapshot_download()}
            </button>
        </li>
    }
    .into_any()
}

fn download_damaged(app: App, key: &str) {
    let text = app.with_vault(|vault| vault.damaged_text(key));
    if let Some(Ok(Some(text))) = text {
        files::download(&format!("{key}.txt"), "text/plain", &text);
    }
}

/// Both generations as they stand in the store, unpacked where that can be done.
fn download_newer(app: App) {
    for kept in [Slot::A, Slot::B] {
        let raw = app.with_vault(|vault| {
            use crate::store::Storage;
            vault.storage().get(kept.key())
        });
        if let Some(Ok(Some(raw))) = raw {
            let text = slot::open(&raw).map_or(raw, |(_, text)| text);
            files::download(&format!("{}.json", kept.key()), "application/json", &text);
        }
    }
}
