//! The commitment on its way to others: its code to copy, a message to send, a sheet to
//! post. The page publishes nothing by itself, and a commitment that nobody saw before the
//! entropy existed proves nothing.

use leptos::portal::Portal;
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::app::use_lang;
use crate::ui::files;
use crate::ui::pages::month::state::MonthState;
use crate::ui::widgets::paper::has_paper;
use crate::ui::widgets::{Icon, hash_text, icon, qr_code};
use crate::workbook::DrawRecord;
use crate::workbook::draw::Committed;

/// Groups of four digits in a line of the sheet.
const SHEET_GROUPS: usize = 8;

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
    let code = committed.hash.to_string();
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
        <Portal>{sheet(t, &brigade, &label, &committed)}</Portal>
    };
    Some(view.into_any())
}

/// The sheet to post, on A4.
fn sheet(t: Lang, brigade: &str, label: &str, committed: &Committed) -> AnyView {
    let commitment = &committed.commitment;
    let month = commitment.month;
    let disclosed = commitment.disclosed.as_ref();
    let is_demo = disclosed.is_some_and(|disclosed| disclosed.is_demo);
    let outside = disclosed.and_then(|disclosed| disclosed.outside_window.clone());
    let code = committed.hash.to_string();
    let lines = [&code[..SHEET_GROUPS * 4], &code[SHEET_GROUPS * 4..]];
    let title = t.announce_title(month.year(), t.month_name(month.month()).replace(' ', ""));
    let fact = |name: &'static str, words: String| {
        view! {
            <dt>{name}</dt>
            <dd>{words}</dd>
        }
    };
    view! {
        <div class="paper" aria-hidden="true">
            <section class="sheet announce-sheet" data-mark=is_demo.then(|| t.band_demo())>
                <header class="sheet-head">
                    <div>
                        <p class="sheet-issuer">{brigade.to_owned()}</p>
                        <h1>{title}</h1>
                    </div>
                    {qr_code(&code, t.screen_qr_commitment())}
                </header>
                <p class="announce-code">
                    {lines.map(|line| hash_text(line, usize::MAX, false)).collect_view()}
                </p>
                <dl class="announce-facts">
                    {fact(t.draw_number(), label.to_owned())}
                    {(!commitment.occasion.is_month())
                        .then(|| fact(t.announce_occasion(), t.occasion_name(&commitment.occasion)))}
                    {fact(t.announce_fixed(), t.paper_time(committed.at))}
                    {fact(t.announce_entropy(), t.entropy_promised(&commitment.entropy))}
                    {fact(t.announce_place(), committed.shown_at.clone())}
                    {outside.map(|reason| fact(t.announce_reason(), reason))}
                </dl>
                <p>{t.commitment_note()}</p>
                {[t.announce_posted(), t.announce_seen()]
                    .map(|words| {
                        view! {
                            <p class="sign-line">
                                <span>{words}</span>
                                <i></i>
                            </p>
                        }
                    })
                    .collect_view()}
            </section>
        </div>
    }
    .into_any()
}
