//! The commitment on its way to others: its code to copy, a message to send, a sheet to
//! post. The page publishes nothing by itself, and a commitment that nobody saw before the
//! entropy existed proves nothing.

use leptos::portal::Portal;
use leptos::prelude::*;

use crate::papers::commitment;
use crate::ui::app::use_lang;
use crate::ui::files;
use crate::ui::pages::month::state::MonthState;
use crate::ui::widgets::paper::{has_paper, value_sheets};
use crate::ui::widgets::{Icon, icon, qr_drawing};
use crate::workbook::DrawRecord;

/// Code, message and sheet of a commitment that has been fixed.
pub(super) fn announce(state: MonthState, draw: &DrawRecord) -> Option<AnyView> {
    let t = use_lang();
    let committed = draw.committed.clone()?;
    let (brigade, label) = state.book(|book| {
        (
            book.plan_of(draw).brigade.clone(),
            draw.label(&book.brigade.division),
        )
    })?;
    let message = t.commitment_message(&brigade, &label, &committed);
    let paper = commitment::paper(t, &brigade, &label, &committed);
    let code = committed.hash.to_string();
    let qr = qr_drawing(&code);
    let copy = move |text: String| {
        move |_| {
            files::copy(&text);
            state.app.toast(t.copied(), false);
        }
    };
    has_paper();
    let view = view! {
        <p class="announce-note">{t.announce_note()}</p>
        <div class="announce-acts">
            <button type="button" class="button" on:click=copy(code)>
                {t.announce_copy_code()}
            </button>
            <button type="button" class="button" on:click=copy(message.clone())>
                {t.announce_copy_message()}
            </button>
            <button type="button" class="button" on:click=|_| drop(window().print())>
                {icon(Icon::Print)}
                {t.act_print_commitment()}
            </button>
        </div>
        <label class="announce-message">
            <span class="caption">{t.announce_message()}</span>
            <textarea readonly rows="5" prop:value=message></textarea>
        </label>
        // Beside the page, whose body is not printed.
        <Portal>{value_sheets(t, &paper, false, qr.as_deref())}</Portal>
    };
    Some(view.into_any())
}
