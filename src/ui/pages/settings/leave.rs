//! 开始新的工作簿: closes the present one, once it is in a backup.

use leptos::prelude::*;

use super::{Section, frame, minute};
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::safety::{Reason, keep_snapshot};
use crate::ui::widgets::{Ask, Banner, BannerKind};

/// What closing means, and the way there.
#[component]
pub fn Leave() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let is_asked = RwSignal::new(false);
    let is_safe = Memo::new(move |_| is_backed_up(app));
    let actions = view! {
        <button
            type="button"
            class="button"
            disabled=move || !is_safe.get()
            on:click=move |_| is_asked.set(true)
        >
            {t.leave_act()}
        </button>
    };
    let safety = move || {
        if is_safe.get() {
            let at = app.meta.get().last_backup_at.map(minute);
            return at.map(|at| {
                view! { <Banner kind=BannerKind::Ok fact=t.leave_is_backed_up(at) /> }.into_any()
            });
        }
        let banner = view! {
            <Banner kind=BannerKind::Warn fact=t.leave_needs_backup()>
                <li>
                    <b>"1"</b>
                    <span>{t.backup_what()}</span>
                    <button type="button" class="button is-small" on:click=move |_| app.backup()>
                        {t.backup_now()}
                    </button>
                </li>
            </Banner>
        };
        Some(banner.into_any())
    };
    let body = view! {
        <div>{safety}</div>
        <section class="pane" aria-labelledby="leave-title">
            <div class="pane-head">
                <h2 id="leave-title">{t.settings_leave()}</h2>
            </div>
            <div class="pane-body settings-text">
                <p>{t.leave_lead()}</p>
                <p>{t.leave_keep()}</p>
            </div>
        </section>
        {move || is_asked.get().then(|| view! { <Confirm is_asked /> })}
    };
    frame(
        Section::Leave,
        t.leave_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

/// Whether every change is in a backup. A demo needs none: anybody can make it again.
fn is_backed_up(app: App) -> bool {
    let backup = app.meta.get().last_backup_at;
    app.workbook.with(|book| {
        book.as_ref().is_none_or(|book| {
            let last = book.trail.last().map(|entry| entry.at);
            book.is_demo || backup.is_some_and(|at| last.is_none_or(|last| last <= at))
        })
    })
}

#[component]
fn Confirm(is_asked: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let (name, year, is_demo) = app.workbook.with_untracked(|book| {
        let book = book.as_ref();
        let name = book.map(|book| book.brigade.name.clone());
        let year = book.map_or(0, |book| book.last_year().year);
        (
            name.unwrap_or_default(),
            year,
            book.is_some_and(|book| book.is_demo),
        )
    });
    let close = Callback::new(move |()| is_asked.set(false));
    Ask::new(
        t.leave_title(name, year),
        t.leave_consequence(),
        t.leave_act(),
    )
    .danger()
    .view(close, move |_, []| {
        if !is_demo {
            // Where it does not fit, the backup is there.
            let _ = keep_snapshot(app, &Reason::Leave);
        }
        app.close_workbook();
    })
}
