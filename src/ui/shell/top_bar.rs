//! The bar above every page: brigade, year, search, how the work is saved.

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::app::{App, SaveState, Theme, clock, use_app, use_lang};
use crate::ui::widgets::{Icon, icon};
use crate::ui::year_menu::YearMenu;
use crate::workbook::Workbook;

/// Days after which a backup is old.
const BACKUP_OLD_DAYS: i64 = 7;

/// How often the age of the backup is looked at.
const MINUTE: Duration = Duration::from_secs(60);

#[component]
pub(super) fn TopBar() -> impl IntoView {
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
    let person = move || {
        app.workbook
            .with(|book| book.as_ref().map(|book| book.brigade.operator.clone()))
    };
    view! {
        <div class="top-tools">
            <span class="top-person">{person}</span>
            {look_buttons(app, t)}
            <a class="button is-icon" href="#/help" aria-label=t.open_help()>
                {icon(Icon::Help)}
            </a>
        </div>
    }
}

/// The other language, and light or dark: on every bar.
pub fn look_buttons(app: App, t: Lang) -> AnyView {
    let switch_theme = move |_| {
        let is_dark = document()
            .document_element()
            .and_then(|root| root.get_attribute("data-theme"))
            .is_some_and(|theme| theme == "dark");
        app.set_theme(if is_dark { Theme::Light } else { Theme::Dark });
    };
    view! {
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
    }
    .into_any()
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
