//! The list of a draw of institutions or engineers on A4, shown only when printing.

use leptos::prelude::*;

use super::state::Own;
use crate::papers::own_list;
use crate::ui::app::use_lang;
use crate::ui::pages::month::qr_text;
use crate::ui::widgets::list::read;
use crate::ui::widgets::paper::{has_paper, value_sheets};
use crate::ui::widgets::qr_drawing;

/// The paper of the draw on show.
#[component]
pub(super) fn OwnPaper(own: Own) -> impl IntoView {
    has_paper();
    move || {
        let t = use_lang();
        let (paper, hash) = read(own.app, |book| {
            let draw = book.draw(own.draw.get()?)?;
            let hash = draw.drawn.as_ref()?.certificate;
            Some((own_list::paper(t, book, draw)?, hash))
        })?;
        let qr = qr_drawing(&qr_text(&paper.number, hash));
        Some(value_sheets(t, &paper, false, qr.as_deref()))
    }
}
