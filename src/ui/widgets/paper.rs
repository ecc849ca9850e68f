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
    on_sheets(a4::sheets(paper, layout(&numbers(t), t, is_portrait, qr)))
}

/// Several papers, one behind another, each with a code for its head where it has one.
/// `is_bundle`: their sheets are numbered through.
pub fn many_sheets(
    t: Lang,
    papers: &[(Paper, Option<String>)],
    is_portrait: bool,
    is_bundle: bool,
) -> AnyView {
    let numbers = numbers(t);
    let papers = papers.iter();
    let papers = papers.map(|(paper, qr)| {
        let layout = layout(&numbers, t, is_portrait, qr.as_deref());
        (paper, layout)
    });
    let papers: Vec<_> = papers.collect();
    on_sheets(if is_bundle {
        a4::bundle(&papers)
    } else {
        papers
            .iter()
            .map(|(paper, layout)| a4::sheets(paper, *layout))
            .collect()
    })
}

fn numbers(t: Lang) -> impl Fn(usize, usize) -> String {
    move |page, total| t.paper_page(page, total)
}

fn layout<'a>(
    page: &'a dyn Fn(usize, usize) -> String,
    t: Lang,
    is_portrait: bool,
    qr: Option<&'a str>,
) -> a4::Layout<'a> {
    a4::Layout {
        is_portrait,
        page,
        continued: t.paper_continued(),
        qr,
    }
}

fn on_sheets(sheets: String) -> AnyView {
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

/// Opinion, signatures, seal: at the end of the last sheet of a plan.
pub fn sign_boxes(t: Lang) -> AnyView {
    let line = |label: &'static str| {
        view! {
            <p class="sign-line">
                <span>{label}</span>
                <i></i>
            </p>
        }
    };
    let lines = [t.paper_head(), t.paper_maker(), t.paper_date()].map(line);
    view! {
        <div class="sign-boxes">
            <div class="sign-box is-wide">
                <b>{t.paper_opinion()}</b>
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
