//! What all papers share in the page: the mark that there is one, and its sheets.

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
