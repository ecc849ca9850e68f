//! What all printed plans share: the mark that there is a paper, foot and boxes for signing.

use leptos::prelude::*;

use crate::i18n::Lang;

/// Says, as long as the owner lives, that the page has a paper of its own: the style sheet then
/// prints that alone.
pub fn has_paper() {
    let mark = |has_paper: bool| {
        if let Some(body) = document().body() {
            let _ = body.class_list().toggle_with_force("has-paper", has_paper);
        }
    };
    mark(true);
    on_cleanup(move || mark(false));
}

/// The foot of a sheet: who, the code to read aloud, what else is said there, which page.
pub fn sheet_foot(
    t: Lang,
    (brigade, is_demo): (&str, bool),
    (code_name, code): (&'static str, &str),
    more: Option<&str>,
    (page, total): (usize, usize),
) -> AnyView {
    view! {
        <footer class="sheet-foot">
            <span>{brigade.to_owned()} " " {is_demo.then(|| t.band_demo())}</span>
            <span>{code_name} " " <b class="hash">{code.to_owned()}</b></span>
            {more.map(|more| view! { <span>{more.to_owned()}</span> })}
            <span>{t.paper_page(page, total)}</span>
        </footer>
    }
    .into_any()
}

/// Opinion, signatures, seal: at the end of the last sheet.
pub fn sign_boxes(t: Lang) -> AnyView {
    let line = |words: &'static str| {
        view! {
            <p class="sign-line">
                <span>{words}</span>
                <i></i>
            </p>
        }
    };
    view! {
        <div class="sign-boxes">
            <div class="sign-box is-wide">
                <b>{t.paper_opinion()}</b>
            </div>
            <div class="sign-box">
                <b>{t.paper_signature()}</b>
                {line(t.paper_head())}
                {line(t.paper_maker())}
                {line(t.paper_date())}
            </div>
            <div class="sign-box">
                <b>{t.paper_seal()}</b>
                <span class="seal-circle">{t.paper_seal_here()}</span>
            </div>
        </div>
    }
    .into_any()
}
