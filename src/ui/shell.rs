//! The frame around every page: top bar, bands, navigation, palette, messages, keys.

use std::time::Duration;

use chrono::NaiveDate;
use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::app::{App, SaveState, Theme, Trouble, clock, focused, listed, use_app, use_lang};
use super::archive::ArchiveBand;
use super::import::{ImportFlow, ImportLayer, is_dialog_open};
use super::route::{Page, Route};
use super::widgets::{Ask, Dialog, Icon, icon};
use super::year_menu::YearMenu;
use super::{files, pages};
use crate::i18n::Lang;
use crate::workbook::Workbook;
use crate::workbook::standing::Differences;

/// Days after which a backup is old.
const BACKUP_OLD_DAYS: i64 = 7;
/// How often the age of the backup is looked at.
const MINUTE: Duration = Duration::from_secs(60);
/// Results that the palette shows.
const PALETTE_MAX: usize = 40;

/// What stands in the page. One value, because the page follows it alone: told by several
/// that hang together, it missed the moment when a workbook was closed, and stayed empty.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// Whoever verifies needs no workbook, and sees none of it.
    Verify,
    /// A projector shows the draw and nothing else.
    Screen,
    /// An address that names no page.
    Lost(String),
    /// A page of the workbook; the help is there before there is one, too.
    Page,
    /// The start page.
    Welcome,
}

impl Shown {
    /// Tracks what it is told by.
    fn of(app: App) -> Self {
        let page = app.route.with(|route| route.page);
        let has_workbook = app.workbook.with(Option::is_some);
        match (page, app.lost.get()) {
            (Page::Verify, _) => Self::Verify,
            (Page::Ceremony, _) if has_workbook => Self::Screen,
            (_, Some(hash)) => Self::Lost(hash),
            (Page::Help, None) => Self::Page,
            (_, None) if has_workbook => Self::Page,
            (_, None) => Self::Welcome,
        }
    }
}

/// The whole page.
#[component]
pub fn Root() -> impl IntoView {
    let app = App::start();
    provide_context(app);
    let desk = pages::verify::desk::Desk::new(app);
    provide_context(desk);
    provide_context(ImportFlow::start(app, desk));
    provide_context(pages::fairness::FairnessState::start());
    provide_context(pages::month::draft::CeremonyDraft::start());
    let system_dark = follow_system_theme();
    Effect::new(move |_| {
        let is_dark = match app.theme.get() {
            Theme::Auto => system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        };
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", if is_dark { "dark" } else { "light" });
            let _ = root.set_attribute("lang", app.lang.get().code());
        }
    });
    let shown = Memo::new(move |_| Shown::of(app));
    let is_whole = Memo::new(move |_| matches!(shown.get(), Shown::Verify | Shown::Screen));
    let has_frame = Memo::new(move |_| !is_whole.get() && app.workbook.with(Option::is_some));
    Effect::new(move |_| document().set_title(&title(app)));
    let keys_open = RwSignal::new(false);
    listen_to_keys(app, keys_open);
    start_from_address(app);
    // Everything is built again when the language changes, so that no text
    // needs a closure of its own.
    move || {
        app.lang.track();
        view! {
            <div class="shell" on:click=close_menu>
                <a class="skip-link" href="#page-title" on:click=skip>
                    {use_lang().skip_to_content()}
                </a>
                {move || (!is_whole.get()).then(|| view! { <TopBar /> <Bands /> })}
                {move || if has_frame.get() { view! { <Navigation /> }.into_any() } else { ().into_any() }}
                <main class="page" class:is-wide=move || !has_frame.get() class:is-whole=move || is_whole.get()>
                    {move || match shown.get() {
                        Shown::Verify => view! { <pages::verify::VerifyPage /> }.into_any(),
                        Shown::Screen => view! { <pages::screen::ScreenPage /> }.into_any(),
                        Shown::Lost(hash) => view! { <pages::lost::Lost hash /> }.into_any(),
                        Shown::Page => pages::page_view(app),
                        Shown::Welcome => view! { <pages::welcome::Welcome /> }.into_any(),
                    }}
                </main>
                <Toasts />
                <ImportLayer />
                {move || app.is_palette_open.get().then(|| view! { <Palette /> })}
                {move || keys_open.get().then(|| view! { <Keys is_open=keys_open /> })}
            </div>
        }
        .into_any()
    }
}

/// Whether the system asks for dark colours, now and whenever it changes its mind.
fn follow_system_theme() -> RwSignal<bool> {
    let is_dark = RwSignal::new(false);
    let query = window().match_media("(prefers-color-scheme: dark)");
    if let Ok(Some(query)) = query {
        is_dark.set(query.matches());
        let asked = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || is_dark.set(asked.matches()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // It lives as long as the page.
        changed.forget();
    }
    is_dark
}

/// What the browser's tab says: the page, the program.
fn title(app: App) -> String {
    let (t, page) = (app.lang.get(), app.route.with(|route| route.page));
    let has_workbook = app.workbook.with(Option::is_some);
    let name = if app.lost.with(Option::is_some) {
        t.lost_title()
    } else if has_workbook || matches!(page, Page::Verify | Page::Help) {
        page_name(t, page)
    } else {
        t.welcome_title()
    };
    format!("{name} · {}", t.app_name())
}

/// `#/home?demo` in an empty store opens the demo, for the page served in development.
fn start_from_address(app: App) {
    let wants_demo = app
        .route
        .with_untracked(|route| route.query.contains_key("demo"));
    if wants_demo
        && app.workbook.with_untracked(Option::is_none)
        && app.trouble.with_untracked(Option::is_none)
    {
        app.start_demo();
    }
}

/// The hash is the address, so the skip link moves the focus by hand.
fn skip(event: ev::MouseEvent) {
    event.prevent_default();
    let title = document().get_element_by_id("page-title");
    if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = title.focus();
    }
}

fn close_menu(event: ev::MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let in_menu = target.is_some_and(|target| matches!(target.closest(".nav-toggle"), Ok(Some(_))));
    if let (false, Ok(Some(open))) = (in_menu, document().query_selector(".navigation.is-open")) {
        let _ = open.class_list().remove_1("is-open");
    }
}

/// Keys that work on every page.
fn listen_to_keys(app: App, keys_open: RwSignal<bool>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_typing = focused().is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        let key = event.key();
        // Under an open dialog nothing may change; saving a backup changes nothing.
        let is_backup = event.ctrl_key() && matches!(key.as_str(), "s" | "S");
        if is_dialog_open() && !is_backup {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            match key.as_str() {
                "k" | "K" => app.is_palette_open.set(true),
                "s" | "S" => app.backup(),
                "z" | "Z" if !is_typing => app.undo_last(),
                _ => return,
            }
            event.prevent_default();
        } else if event.alt_key() {
            if let Some(page) = first_of_group(&key) {
                event.prevent_default();
                app.go(&Route::to(page));
            }
        } else if !is_typing && key == "?" {
            keys_open.set(true);
        } else if !is_typing
            && key == "/"
            && let Ok(Some(find)) = document().query_selector("[data-find]")
        {
            event.prevent_default();
            if let Ok(find) = find.dyn_into::<web_sys::HtmlElement>() {
                let _ = find.focus();
            }
        }
    });
    std::mem::forget(listener);
}

/// The first page of a group by its number. Number 3 (carry out)
/// waits for its pages, so that no key changes its meaning later.
fn first_of_group(key: &str) -> Option<Page> {
    match key {
        "1" => Some(Page::Home),
        "2" => Some(Page::Plan),
        "4" => Some(Page::Units),
        "5" => Some(Page::Fairness),
        "6" => Some(Page::Trail),
        _ => None,
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let name = Memo::new(move |_| {
        let name = |book: &Workbook| book.brigade.name.clone();
        app.workbook.with(|book| book.as_deref().map(name))
    });
    let place = move || {
        name.get().map(|name| {
            view! {
                <span class="top-place">{name} " /"</span>
                <YearMenu />
            }
        })
    };
    let toggle = move |_| {
        if let Some(navigation) = document().get_element_by_id("navigation") {
            let _ = navigation.class_list().toggle("is-open");
        }
    };
    let has_workbook = move || app.workbook.with(Option::is_some);
    let is_archive = Memo::new(move |_| app.is_archive());
    view! {
        <header class="top-bar">
            <button type="button" class="button is-icon nav-toggle" aria-label=t.menu() on:click=toggle>
                {icon(Icon::Menu)}
            </button>
            <span class="brand">{brand_mark()} {t.app_name()}</span>
            {place}
            {move || {
                if has_workbook() {
                    view! {
                        <button
                            type="button"
                            class="top-search"
                            aria-label=t.search_label()
                            on:click=move |_| app.is_palette_open.set(true)
                        >
                            {icon(Icon::Search)} <span>{t.search_hint()}</span> <kbd>"Ctrl K"</kbd>
                        </button>
                        {move || (!is_archive.get()).then(|| view! { <SaveMark /> <BackupMark /> })}
                    }
                        .into_any()
                } else {
                    view! { <span class="spring" style="flex:1"></span> }.into_any()
                }
            }}
            <TopTools />
        </header>
    }
}

/// The mark: a list by lottery number, cut by the red line; grey is what is left out.
pub fn brand_mark() -> AnyView {
    view! {
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
            <path stroke="currentColor" stroke-width="2" d="M3 3h14M3 7h9"></path>
            <path stroke="var(--line-strong)" stroke-width="2" d="M3 15h12M3 19h7"></path>
            <path stroke="var(--seal)" stroke-width="2" d="M0 11h20"></path>
        </svg>
    }
    .into_any()
}

#[component]
fn TopTools() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let switch_theme = move |_| {
        let is_dark = document()
            .document_element()
            .and_then(|root| root.get_attribute("data-theme"))
            .is_some_and(|theme| theme == "dark");
        app.set_theme(if is_dark { Theme::Light } else { Theme::Dark });
    };
    let person = move || {
        app.workbook
            .with(|book| book.as_ref().map(|book| book.brigade.operator.clone()))
    };
    view! {
        <div class="top-tools">
            <span class="top-person">{person}</span>
            <button
                type="button"
                class="button is-plain is-small"
                lang=t.other().code()
                on:click=move |_| app.set_lang(t.other())
            >
                {t.switch_language()}
            </button>
            <button type="button" class="button is-icon" aria-label=t.switch_theme() on:click=switch_theme>
                {icon(Icon::Theme)}
            </button>
            <a class="button is-icon" href="#/help" aria-label=t.open_help()>
                {icon(Icon::Help)}
            </a>
        </div>
    }
}

#[component]
fn SaveMark() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let mark = move || match app.save_state.get() {
        SaveState::Idle => (
            String::from("top-state"),
            None,
            t.not_yet_saved().to_owned(),
        ),
        SaveState::Waiting => ("top-state".into(), None, t.saving().to_owned()),
        SaveState::Saved(at) => (
            "top-state is-ok".into(),
            Some(Icon::Check),
            t.saved_at(at.format("%H:%M")),
        ),
        SaveState::Unsaved => (
            "top-state is-bad".into(),
            Some(Icon::Warning),
            t.unsaved().to_owned(),
        ),
    };
    move || {
        let (class, sign, text) = mark();
        view! {
            <span class=class role="status">
                {sign.map(icon)}
                {text}
            </span>
        }
        .into_any()
    }
}

#[component]
fn BackupMark() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    // A page that stays open overnight must not go on saying «today».
    let minute = RwSignal::new(());
    let ticks = set_interval_with_handle(move || minute.set(()), MINUTE);
    on_cleanup(move || drop(ticks.map(|ticks| ticks.clear())));
    let mark = move || {
        minute.track();
        let now = clock();
        match app.meta.get().last_backup_at {
            None => (true, t.backup_never().to_owned()),
            Some(at) => match (now.date() - at.date()).num_days() {
                0 => (false, t.backup_today(at.format("%H:%M"))),
                days => (days >= BACKUP_OLD_DAYS, t.backup_days(days)),
            },
        }
    };
    view! {
        <button
            type="button"
            class=move || if mark().0 { "button is-plain is-small top-state is-warn" } else { "button is-plain is-small top-state" }
            title=t.backup_now()
            on:click=move |_| app.backup()
        >
            {move || icon(if mark().0 { Icon::Warning } else { Icon::File })}
            {move || mark().1}
        </button>
    }
}

/// Bands under the top bar: what is always true of this page until it is mended.
#[component]
fn Bands() -> impl IntoView {
    let app = use_app();
    let is_archive = Memo::new(move |_| app.is_archive());
    let is_demo = Memo::new(move |_| {
        app.workbook
            .with(|book| book.as_ref().is_some_and(|book| book.is_demo))
    });
    // What is said of the store is about the workbook that lies aside of an archive.
    let of_workbook = move || {
        (!is_archive.get()).then(|| {
            view! {
                {move || is_demo.get().then(|| view! { <DemoBand /> })}
                {move || banded(app).map(|trouble| trouble_band(app, &trouble))}
                {move || app.is_single_generation.get().then(|| single_band(app))}
            }
        })
    };
    view! {
        <div class="bands">
            <ArchiveBand />
            {of_workbook}
        </div>
    }
}

/// Trouble that has a band. What the welcome page explains itself has none there.
fn banded(app: App) -> Option<Trouble> {
    let has_workbook = app.workbook.with(Option::is_some);
    let is_explained = |trouble: &Trouble| {
        !has_workbook && matches!(trouble, Trouble::Newer | Trouble::Damaged { .. })
    };
    app.trouble.get().filter(|trouble| !is_explained(trouble))
}

fn single_band(app: App) -> AnyView {
    let t = use_lang();
    view! {
        <div class="band is-demo" role="status">
            {icon(Icon::Warning)} <span>{t.band_single()}</span> <span class="spring"></span>
            <button type="button" class="button is-small" on:click=move |_| app.backup()>
                {t.backup_now()}
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn DemoBand() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let is_leaving = RwSignal::new(false);
    let date = move || {
        app.workbook.with(|book| {
            book.as_ref()
                .and_then(|book| book.demo_today)
                .map(|date| date.to_string())
                .unwrap_or_default()
        })
    };
    let set_date = move |event| {
        if let Ok(date) = event_target_value(&event).parse::<NaiveDate>() {
            app.set_demo_today(date);
        }
    };
    view! {
        <div class="band is-demo">
            {icon(Icon::Info)} <b>{t.band_demo()}</b>
            <label>
                {t.demo_date()} " "
                <input class="control" style="width:140px;height:24px" type="date" prop:value=date on:change=set_date />
            </label>
            <span class="spring"></span>
            <button type="button" class="button is-small" on:click=move |_| is_leaving.set(true)>
                {t.leave_demo()}
            </button>
        </div>
        {move || {
            is_leaving
                .get()
                .then(|| {
                    let close = Callback::new(move |()| is_leaving.set(false));
                    Ask::new(t.leave_demo(), t.leave_demo_consequence(), t.leave_demo())
                        .danger()
                        .view(close, move |_, []| app.leave_demo())
                })
        }}
    }
}

fn trouble_band(app: App, trouble: &Trouble) -> AnyView {
    let t = use_lang();
    let text = match trouble {
        Trouble::Denied => t.band_denied(),
        Trouble::Full => t.band_full(),
        Trouble::Stale => t.band_stale(),
        Trouble::StoredStand { draws, differences } => {
            let numbers = listed(t, draws);
            let Differences {
                units,
                officers,
                items,
                entries,
            } = differences;
            return dismissible(
                app,
                t.band_stored_stand(numbers, units, officers, items, entries),
            );
        }
        Trouble::Newer => t.band_newer(),
        Trouble::Broken => t.band_broken(),
        Trouble::Damaged {
            is_older_loaded: true,
            ..
        } => t.band_damaged_older(),
        Trouble::Damaged {
            is_older_loaded: false,
            ..
        } => t.band_damaged_none(),
    };
    let button = |words: &'static str, action: Box<dyn Fn()>| {
        view! {
            <button type="button" class="button is-small" on:click=move |_| action()>
                {words}
            </button>
        }
        .into_any()
    };
    let backup = || button(t.save_to_file(), Box::new(move || app.backup()));
    // Without a workbook there is nothing to save or to stand by.
    let has_workbook = app.workbook.with(Option::is_some);
    let actions = match trouble.clone() {
        Trouble::Stale if !has_workbook => {
            let reload = || drop(window().location().reload());
            vec![button(t.reload_page(), Box::new(reload))]
        }
        Trouble::Denied | Trouble::Full | Trouble::Broken if !has_workbook => Vec::new(),
        Trouble::Denied => vec![backup()],
        Trouble::Full | Trouble::Broken => {
            vec![
                button(t.save_again(), Box::new(move || app.save_now())),
                backup(),
            ]
        }
        Trouble::Newer | Trouble::StoredStand { .. } => Vec::new(),
        Trouble::Stale => vec![
            button(
                t.reload_page(),
                Box::new(|| drop(window().location().reload())),
            ),
            button(t.use_this_window(), Box::new(move || app.prevail())),
            backup(),
        ],
        Trouble::Damaged { keys, .. } => vec![
            button(
                t.download_damaged(),
                Box::new(move || download_damaged(app, &keys)),
            ),
            button(t.dismiss(), Box::new(move || app.trouble.set(None))),
        ],
    };
    view! {
        <div class="band is-bad" role="alert">
            {icon(Icon::Warning)} <span>{text}</span> <span class="spring"></span> {actions}
        </div>
    }
    .into_any()
}

/// A band that stays until it is read.
fn dismissible(app: App, text: String) -> AnyView {
    let t = use_lang();
    view! {
        <div class="band is-bad" role="alert">
            {icon(Icon::Warning)} <span>{text}</span> <span class="spring"></span>
            <button type="button" class="button is-small" on:click=move |_| app.trouble.set(None)>
                {t.dismiss()}
            </button>
        </div>
    }
    .into_any()
}

/// The raw texts of damaged slots, as they stand in the store.
fn download_damaged(app: App, keys: &[String]) {
    let texts = app.with_vault(|vault| {
        let text = |key: &String| vault.storage().get(key).ok().flatten().unwrap_or_default();
        keys.iter()
            .map(|key| (key.clone(), text(key)))
            .collect::<std::collections::BTreeMap<_, _>>()
    });
    let text = serde_json::to_string(&texts.unwrap_or_default()).unwrap_or_default();
    files::download("double-random-damaged.json", "application/json", &text);
}

/// The groups of the navigation, in order.
fn groups(t: Lang) -> [(&'static str, Vec<(Page, &'static str)>); 5] {
    [
        (t.nav_today(), vec![(Page::Home, t.nav_home())]),
        (
            t.nav_planning(),
            vec![(Page::Plan, t.nav_plan()), (Page::Month, t.nav_month())],
        ),
        (
            t.nav_registers(),
            vec![
                (Page::Units, t.nav_units()),
                (Page::Officers, t.nav_officers()),
                (Page::Items, t.nav_items()),
            ],
        ),
        (t.nav_insight(), vec![(Page::Fairness, t.nav_fairness())]),
        (
            t.nav_record(),
            vec![(Page::Trail, t.nav_trail()), (Page::Verify, t.nav_verify())],
        ),
    ]
}

#[component]
fn Navigation() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let page = Memo::new(move |_| app.route.with(|route| route.page));
    let count = move |entry: Page| {
        app.workbook.with(|book| {
            let book = book.as_ref()?;
            match entry {
                Page::Units => Some(book.active_units().count()),
                Page::Officers => Some(
                    book.officers
                        .iter()
                        .filter(|officer| !officer.has_left)
                        .count(),
                ),
                Page::Items => Some(book.items.len()),
                _ => None,
            }
        })
    };
    let link = move |(entry, words): (Page, &'static str)| {
        view! {
            <a
                href=format!("#/{}", entry.path())
                aria-current=move || (page.get() == entry && app.lost.with(Option::is_none)).then_some("page")
            >
                {words} <span class="nav-count">{move || count(entry)}</span>
            </a>
        }
    };
    let lists = groups(t)
        .into_iter()
        .map(|(name, entries)| view! { <h2>{name}</h2> {entries.into_iter().map(link).collect_view()} })
        .collect_view();
    let foot = [
        (Page::Settings, t.nav_settings()),
        (Page::Help, t.nav_help()),
    ];
    view! {
        <nav id="navigation" class="navigation" aria-label=t.nav_label()>
            {lists}
            <div class="nav-foot">{foot.into_iter().map(link).collect_view()}</div>
        </nav>
    }
}

#[component]
fn Toasts() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    view! {
        <div class="toasts" role="status" aria-label=t.notifications()>
            <For each=move || app.toasts.get() key=|toast| toast.number let:toast>
                <div class="toast">
                    <span>{toast.text.clone()}</span>
                    {toast
                        .undo
                        .map(|number| {
                            view! {
                                <button
                                    type="button"
                                    class="button is-plain is-small"
                                    on:click=move |_| app.undo_told(number)
                                >
                                    {t.undo()}
                                </button>
                            }
                        })}
                    {toast.link.clone().map(|(words, route)| view! { <a href=route.hash()>{words}</a> })}
                </div>
            </For>
        </div>
    }
}

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
fn Palette() -> impl IntoView {
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

#[component]
fn Keys(is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let close = Callback::new(move |()| is_open.set(false));
    view! {
        <Dialog title=t.keys_title() on_close=close>
            <div class="dialog-body">
                {key_list()}
            </div>
            <div class="dialog-foot">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {t.close()}
                </button>
            </div>
        </Dialog>
    }
}

/// The keys that work on every page, with what they do.
pub fn key_list() -> AnyView {
    let t = use_lang();
    let keys = [
        ("Ctrl K", t.key_search()),
        ("/", t.key_find()),
        ("↑ ↓", t.key_rows()),
        ("Enter", t.key_open()),
        ("Esc", t.key_close()),
        ("Ctrl S", t.key_backup()),
        ("Ctrl P", t.key_print()),
        ("Ctrl Z", t.key_undo()),
        ("Alt 1–6", t.key_groups()),
        ("?", t.key_keys()),
    ];
    let rows = keys.map(|(key, words)| view! { <dt><kbd>{key}</kbd></dt><dd>{words}</dd> });
    view! { <dl class="facts-list">{rows.collect_view()}</dl> }.into_any()
}

/// A page's name in the navigation.
#[must_use]
pub fn page_name(t: Lang, page: Page) -> &'static str {
    match page {
        Page::Home => t.nav_home(),
        Page::Plan => t.nav_plan(),
        Page::Month => t.nav_month(),
        Page::Units => t.nav_units(),
        Page::Officers => t.nav_officers(),
        Page::Items => t.nav_items(),
        Page::Fairness => t.nav_fairness(),
        Page::Trail => t.nav_trail(),
        Page::Settings => t.nav_settings(),
        Page::Help => t.nav_help(),
        Page::Verify => t.nav_verify(),
        Page::Ceremony => t.act_big_screen(),
    }
}
