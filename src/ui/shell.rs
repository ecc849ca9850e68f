//! The frame around every page: top bar, bands, navigation, palette, messages, keys.

mod bands;
mod keys;
mod navigation;
mod palette;
mod toasts;
mod top_bar;

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

pub use self::keys::key_list;
pub use self::navigation::page_name;
pub use self::top_bar::{brand_mark, look_buttons};
use bands::Bands;
use keys::{Keys, listen_to_keys};
use navigation::Navigation;
use palette::Palette;
use toasts::Toasts;
use top_bar::TopBar;

use super::app::{App, Theme, use_lang};
use super::import::{ImportFlow, ImportLayer};
use super::pages;
use super::route::Page;
use super::task::WebPace;

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

/// `#/home?demo` in an empty store opens the demo, for the page served in development;
/// `#/home?demo=fresh` from its first draw on.
fn start_from_address(app: App) {
    let wanted = app
        .route
        .with_untracked(|route| route.query.get("demo").cloned());
    let is_empty =
        app.workbook.with_untracked(Option::is_none) && app.trouble.with_untracked(Option::is_none);
    match wanted.filter(|_| is_empty).as_deref() {
        None => {}
        Some("fresh") => app.start_demo(),
        Some(_) => leptos::task::spawn_local(async move {
            app.start_lived(&WebPace::of_page(|_| ())).await;
        }),
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
