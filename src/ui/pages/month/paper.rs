//! The month's plan on A4, landscape: shown only when printing.

use leptos::prelude::*;

use crate::engine::certificate::short_code;
use crate::engine::lottery::Hash;
use crate::papers::month_plan;
pub(in crate::ui::pages) use crate::papers::month_plan::items_words;
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::MonthState;
use crate::ui::widgets::paper::{has_paper, value_sheets};
use crate::ui::widgets::qr_drawing;

#[component]
pub(super) fn Paper(state: MonthState) -> impl IntoView {
    has_paper();
    let t = use_lang();
    move || {
        let draw = state.draw()?;
        let paper = state.book(|book| month_plan::paper(t, book, &draw))??;
        let hash = draw.drawn.as_ref()?.certificate;
        let qr = qr_drawing(&qr_text(&paper.number, hash));
        Some(value_sheets(t, &paper, false, qr.as_deref()))
    }
}

/// What the QR code of a draw says: its number, the short code and the certificate's hash.
pub(in crate::ui::pages) fn qr_text(label: &str, hash: Hash) -> String {
    format!("{label} {} {hash}", short_code(hash))
}
