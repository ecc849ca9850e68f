//! 语言与外观: what belongs to this browser alone.

use leptos::prelude::*;

use super::{Section, frame};
use crate::i18n::Lang;
use crate::ui::app::{Theme, use_app, use_lang};

/// Language, and light or dark.
#[component]
pub fn Display() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let language = |lang: Lang, words: &'static str| {
        let choose = move || app.set_lang(lang);
        choice(
            words,
            Some(lang.code()),
            Signal::derive(move || app.lang.get() == lang),
            choose,
        )
    };
    let theme = |theme: Theme, words: &'static str| {
        let choose = move || app.set_theme(theme);
        choice(
            words,
            None,
            Signal::derive(move || app.theme.get() == theme),
            choose,
        )
    };
    let languages = view! { {language(Lang::Zh, "中文")} {language(Lang::En, "English")} };
    let themes = view! {
        {theme(Theme::Auto, t.theme_auto())}
        {theme(Theme::Light, t.theme_light())}
        {theme(Theme::Dark, t.theme_dark())}
    };
    let body = view! {
        {part(t.display_language(), languages.into_any(), t.display_language_note())}
        {part(t.display_theme(), themes.into_any(), t.display_theme_note())}
    };
    frame(
        Section::Display,
        t.display_lead(),
        ().into_any(),
        body.into_any(),
    )
}

fn part(title: &'static str, choices: AnyView, note: &'static str) -> AnyView {
    view! {
        <section class="pane" aria-label=title>
            <div class="pane-head">
                <h2>{title}</h2>
            </div>
            <div class="pane-body settings-text">
                <div class="segmented" role="group" aria-label=title style="align-self:flex-start;justify-self:start">
                    {choices}
                </div>
                <p class="caption">{note}</p>
            </div>
        </section>
    }
    .into_any()
}

fn choice(
    words: &'static str,
    lang: Option<&'static str>,
    is_chosen: Signal<bool>,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            lang=lang
            aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
            on:click=move |_| choose()
        >
            {words}
        </button>
    }
    .into_any()
}
