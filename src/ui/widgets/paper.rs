//! What all printed plans share: the mark that there is a paper, foot and boxes for signing.

use leptos::prelude::*;

use crate::document::{Paper, a4};
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

/// A paper that is a value, sheet by sheet: shown only when printing, on a page that says
/// [`has_paper`]. `qr`: a code for its
/// head, as a drawing.
pub fn value_sheets(t: Lang, paper: &Paper, is_portrait: bool, qr: Option<&str>) -> AnyView {
    let layout = a4::Layout {
        is_portrait,
        page: &|page, total| t.paper_page(page, total),
        continued: t.paper_continued(),
        qr,
    };
    let sheets = a4::sheets(paper, layout);
    view! { <div class="paper" aria-hidden="true" inner_html=sheets></div> }.into_any()
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

/// A line to sign on, or what stands on it.
pub fn sign_line(label: &'static str, words: Option<String>) -> AnyView {
    view! {
        <p class="sign-line">
            <span>{label}</span>
            <i>{words}</i>
        </p>
    }
    .into_any()
}

/// Opinion, signatures, seal: at the end of the last sheet of a plan.
pub fn sign_boxes(t: Lang) -> AnyView {
    let lines = [t.paper_head(), t.paper_maker(), t.paper_date()];
    sign_boxes_with(t, t.paper_opinion(), lines.map(|it| (it, None)))
}

/// The same with another name of the opinion, and other lines, empty or as they were signed.
pub fn sign_boxes_with<const N: usize>(
    t: Lang,
    opinion: &'static str,
    lines: [(&'static str, Option<String>); N],
) -> AnyView {
    let lines = lines.map(|(label, words)| sign_line(label, words));
    view! {
        <div class="sign-boxes">
            <div class="sign-box is-wide">
                <b>{opinion}</b>
            </div>
            <div class="sign-box">
                <b>{t.paper_signature()}</b>
                {lines.into_iter().collect_view()}
            </div>
            <div class="sign-box">
                <b>{t.paper_seal()}</b>
                <span class="seal-circle">{t.paper_seal_here()}</span>
            </div>
        </div>
    }
    .into_any()
}
