//! Bands under the top bar: what is wrong with the store, the demo, an archive.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::ui::app::{App, Trouble, listed, use_app, use_lang};
use crate::ui::archive::ArchiveBand;
use crate::ui::files;
use crate::ui::widgets::{Ask, Icon, icon};
use crate::workbook::standing::Differences;

/// Bands under the top bar: what is always true of this page until it is mended.
#[component]
pub(super) fn Bands() -> impl IntoView {
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
                agencies,
                engineers,
                entries,
            } = differences;
            let others = agencies + engineers;
            return dismissible(
                app,
                t.band_stored_stand(numbers, units, officers, items, others, entries),
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
