//! Hashes in groups of four, and command lines to copy.

use leptos::prelude::*;

use super::super::app::use_app;
use super::super::files;
use crate::i18n::Lang;

/// A code in groups of four; `groups` limits how many are shown.
pub fn hash_text(text: &str, groups: usize, is_strong: bool) -> AnyView {
    let chars: Vec<char> = text.chars().collect();
    let total = chars.len().div_ceil(4);
    let shown: Vec<String> = chars
        .chunks(4)
        .take(groups)
        .map(|chunk| chunk.iter().collect())
        .collect();
    let class = if is_strong { "hash is-strong" } else { "hash" };
    view! {
        <span class=class title=text.to_owned()>
            {shown.into_iter().map(|group| view! { <span>{group}</span> " " }).collect_view()}
            {(groups < total).then_some("…")}
        </span>
    }
    .into_any()
}

/// A line to run elsewhere, with a button that copies it.
pub fn command_line(lang: Lang, line: String) -> AnyView {
    let app = use_app();
    let copied = line.clone();
    let copy = move |_| {
        files::copy(&copied);
        app.toast(lang.copied(), false);
    };
    view! {
        <code class="command">{line}</code>
        <button type="button" class="button is-plain is-small" on:click=copy>
            {lang.copy()}
        </button>
    }
    .into_any()
}
