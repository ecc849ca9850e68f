//! 备份与恢复: how safe the data are, and where they are.

use leptos::prelude::*;

use super::{Section, frame, minute};
use crate::i18n::Lang;
use crate::ui::app::{App, SaveState, backup_name, clock, use_app, use_lang};
use crate::ui::import::FileButton;
use crate::ui::widgets::{Banner, BannerKind, Tag, TagKind};

/// Days after which a backup is old.
const OLD_DAYS: i64 = 7;

/// Backup age, save state, and where the data are.
#[component]
pub fn Backup() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let actions = view! {
        <FileButton label=t.backup_open() />
        <button type="button" class="button is-primary" on:click=move |_| app.backup()>
            {t.backup_now()}
        </button>
    };
    let body = view! {
        {verdict(app, t)}
        <section class="pane" aria-labelledby="backup-state">
            <div class="pane-head">
                <h2 id="backup-state">{t.backup_heading()}</h2>
            </div>
            <div class="pane-body settings-text">{state(app, t)} <p>{t.backup_what()}</p></div>
        </section>
        {place(t)}
    };
    frame(
        Section::Backup,
        t.backup_where_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

/// A warning where there is no backup, or an old one.
fn verdict(app: App, t: Lang) -> AnyView {
    let warning = move || {
        let fact = match app.meta.get().last_backup_at {
            None => t.backup_never_fact().to_owned(),
            Some(at) => {
                let days = (clock().date() - at.date()).num_days();
                if days < OLD_DAYS {
                    return None;
                }
                t.backup_old_fact(days)
            }
        };
        Some(view! { <Banner kind=BannerKind::Warn fact=fact cause=t.backup_old_cause() /> })
    };
    view! { <div>{warning}</div> }.into_any()
}

fn state(app: App, t: Lang) -> AnyView {
    let saved = move || match app.save_state.get() {
        SaveState::Idle => t.not_yet_saved().to_owned(),
        SaveState::Waiting => t.saving().to_owned(),
        SaveState::Saved(at) => minute(at),
        SaveState::Unsaved => t.unsaved().to_owned(),
    };
    let last = move || {
        let at = app.meta.get().last_backup_at;
        at.map_or_else(|| t.backup_never().to_owned(), minute)
    };
    let name = move || {
        app.workbook
            .with(|book| book.as_ref().map(|book| backup_name(book, clock())))
    };
    view! {
        <dl class="facts-list">
            <dt>{t.backup_state()}</dt>
            <dd>{saved}</dd>
            <dt>{t.backup_last()}</dt>
            <dd>{last}</dd>
            <dt>{t.backup_file_name()}</dt>
            <dd class="file-name">{name}</dd>
        </dl>
    }
    .into_any()
}

/// Where each kind of browser keeps what it stores; the one at hand is marked.
fn place(t: Lang) -> AnyView {
    let agent = window().navigator().user_agent().unwrap_or_default();
    let is_firefox = agent.contains("Firefox");
    let kind = |name: &'static str, note: &'static str, is_own: bool| {
        view! {
            <div class="browser-kind">
                <h3>
                    {name}
                    {is_own.then(|| view! { <Tag kind=TagKind::Active text=t.browser_this() /> })}
                </h3>
                <p>{note}</p>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="pane" aria-labelledby="backup-where">
            <div class="pane-head">
                <h2 id="backup-where">{t.backup_where()}</h2>
            </div>
            <div class="pane-body browser-kinds">
                {kind(t.browser_chromium(), t.browser_chromium_note(), !is_firefox)}
                {kind(t.browser_firefox(), t.browser_firefox_note(), is_firefox)}
            </div>
        </section>
    }
    .into_any()
}
