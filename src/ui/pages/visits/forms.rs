//! 文书 on paper, each on its own sheets, and as a page that stands alone.

use leptos::prelude::*;

use super::Visits;
use crate::document::html;
use crate::papers::forms;
use crate::ui::app::use_lang;
use crate::ui::files;
use crate::ui::widgets::list::read;
use crate::ui::widgets::paper::many_sheets;
use crate::ui::widgets::qr_drawing;
use crate::workbook::VisitId;
use crate::workbook::visit_record::PaperKind;

/// The papers that are wished. A record has the code of its visit's number.
pub(super) fn sheets(page: Visits, wish: &[(VisitId, PaperKind)]) -> AnyView {
    let t = use_lang();
    let papers = read(page.app, |book| {
        let papers = wish.iter().filter_map(|(id, kind)| {
            let paper = forms::paper(t, book, id, *kind)?;
            let number = Some(&paper.number).filter(|it| !it.is_empty());
            let number = number.filter(|_| *kind == PaperKind::Record);
            let qr = number.and_then(|number| qr_drawing(number));
            Some((paper, qr))
        });
        papers.collect::<Vec<_>>()
    });
    many_sheets(t, &papers, true, false)
}

/// Saves a paper as a page. A file's name says what it is: the kind, and the visit's number or
/// its unit's.
pub(super) fn save_page(page: Visits, id: &VisitId, kind: PaperKind) {
    let t = page.app.lang.get_untracked();
    let paper = page
        .app
        .workbook
        .with_untracked(|book| forms::paper(t, book.as_deref()?, id, kind));
    let Some(paper) = paper else {
        return;
    };
    let of = if paper.number.is_empty() {
        id.unit.as_str()
    } else {
        &paper.number
    };
    let name = format!("{}_{of}.html", paper.title);
    files::download(&name, "text/html", &html::page(&paper));
    page.app.toast(t.registers_exported(name), false);
}
