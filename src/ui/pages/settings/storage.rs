//! 本机存储: how full the browser's store is, and what in it is damaged.

use leptos::prelude::*;

use super::{Section, frame, grouped};
use crate::i18n::Lang;
use crate::store::{QUOTA_UNITS, Usage};
use crate::ui::app::{App, Trouble, use_app, use_lang};
use crate::ui::files;
use crate::ui::widgets::{Banner, BannerKind};

/// The meter, and the damaged texts.
#[component]
pub fn StorageUse() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let measured = RwSignal::new(0_u32);
    let actions = view! {
        <button type="button" class="button" on:click=move |_| measured.update(|times| *times += 1)>
            {t.storage_reread()}
        </button>
    };
    let denied = move || {
        let is_denied = app.trouble.get() == Some(Trouble::Denied);
        is_denied.then(|| view! { <Banner kind=BannerKind::Bad fact=t.storage_denied() /> })
    };
    let meter = move || {
        measured.track();
        // What has just been saved counts.
        app.save_state.track();
        meter(t, usage(app))
    };
    let damaged = move || {
        measured.track();
        damaged(app, t, measured)
    };
    let body = view! {
        <div>{denied}</div>
        <section class="pane" aria-labelledby="storage-use">
            <div class="pane-head">
                <h2 id="storage-use">{t.storage_meter()}</h2>
            </div>
            <div class="pane-body settings-text">{meter}</div>
        </section>
        <section class="pane" aria-labelledby="storage-damaged">
            <div class="pane-head">
                <h2 id="storage-damaged">{t.storage_damaged()}</h2>
                <span class="caption">{t.storage_damaged_lead()}</span>
            </div>
            {damaged}
        </section>
    };
    frame(
        Section::Storage,
        t.storage_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

fn usage(app: App) -> Usage {
    let usage = app.with_vault(|vault| vault.quota_used());
    usage.and_then(Result::ok).unwrap_or_default()
}

fn meter(t: Lang, usage: Usage) -> AnyView {
    let percent = |units: u64| units as f64 * 100.0 / QUOTA_UNITS as f64;
    let width = |units: u64| format!("width:{:.2}%", percent(units).min(100.0));
    let others = usage.all - usage.ours;
    let words = t.storage_used(
        grouped(usage.all),
        grouped(QUOTA_UNITS),
        format!("{:.1}", percent(usage.all)),
    );
    let part = |class: &'static str, name: &'static str, units: u64| {
        view! {
            <div>
                <dt class=class>{name}</dt>
                <dd>{grouped(units)}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <p>{words.clone()}</p>
        <div class="quota-bar" role="img" aria-label=words>
            <i class="is-ours" style=width(usage.ours)></i>
            <i class="is-others" style=width(others)></i>
        </div>
        <dl class="quota-parts">
            {part("is-ours", t.storage_ours(), usage.ours)} {part("is-others", t.storage_others(), others)}
            {part("is-free", t.storage_free(), usage.free())}
        </dl>
    }
    .into_any()
}

fn damaged(app: App, t: Lang, measured: RwSignal<u32>) -> AnyView {
    let keys = app.with_vault(|vault| vault.damaged_keys());
    let keys = keys.and_then(Result::ok).unwrap_or_default();
    if keys.is_empty() {
        return view! { <p class="pane-body caption">{t.storage_damaged_none()}</p> }.into_any();
    }
    let rows = keys
        .into_iter()
        .map(|key| damaged_row(app, t, key, measured));
    view! {
        <table class="list is-auto">
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// A damaged text: it can be deleted only once it is in a file.
fn damaged_row(app: App, t: Lang, key: String, measured: RwSignal<u32>) -> AnyView {
    let is_saved = RwSignal::new(false);
    let (load_key, drop_key) = (key.clone(), key.clone());
    let download = move |_| {
        let text = app.with_vault(|vault| vault.damaged_text(&load_key));
        if let Some(Ok(Some(text))) = text {
            files::download(&format!("{load_key}.txt"), "text/plain", &text);
            is_saved.set(true);
        }
    };
    let discard = move |_| {
        app.with_vault(|vault| vault.damaged_discard(&drop_key));
        if matches!(app.trouble.get_untracked(), Some(Trouble::Damaged { .. })) {
            app.trouble.set(None);
        }
        app.toast(t.storage_discarded(&drop_key), false);
        measured.update(|times| *times += 1);
    };
    view! {
        <tr class="is-wide">
            <td class="file-name">{key.clone()}</td>
            <td class="row-actions">
                <span class="button-reason">{move || (!is_saved.get()).then(|| t.storage_discard_first())}</span>
                <button type="button" class="button is-small" aria-label=t.storage_download(&key) on:click=download>
                    {t.snapshot_download()}
                </button>
                <button
                    type="button"
                    class="button is-plain is-small"
                    disabled=move || !is_saved.get()
                    on:click=discard
                >
                    {t.storage_discard()}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
