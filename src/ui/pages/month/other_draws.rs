//! The other draws of a month: several that stand, and those broken off.

use leptos::prelude::*;

use super::state::{DRAW, MonthState};
use crate::ui::app::use_lang;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Tag, TagKind};
use crate::workbook::DrawRecord;

/// The month's draws, where it has several, and those that were broken off:
/// readable, struck, with their reason.
pub(super) fn other_draws(state: MonthState) -> AnyView {
    view! {
        {several_draws(state)}
        {broken_draws(state)}
    }
    .into_any()
}

/// A link to each draw of a month that has several.
pub(super) fn several_draws(state: MonthState) -> AnyView {
    let t = use_lang();
    if !state.is_of_month() {
        return ().into_any();
    }
    let shown = state.shown(|_, draw| draw.number);
    let month = state.month.get();
    let draws = state.book(|book| {
        let name = |draw: &DrawRecord| (draw.number, t.occasion_name(&draw.occasion));
        book.draws_of(month).map(name).collect::<Vec<_>>()
    });
    let draws = draws.unwrap_or_default();
    if draws.len() < 2 {
        return ().into_any();
    }
    let links = draws.into_iter().map(|(number, name)| {
        let address = Route::record(Page::Month, month.to_string());
        view! {
            <a
                class="button is-small"
                href=address.with(DRAW, number.to_string()).hash()
                aria-current=(Some(number) == shown).then_some("page")
            >
                {t.draw_link(number, name)}
            </a>
        }
    });
    view! {
        <nav class="button-row" aria-label=t.draws_of_month()>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}

pub(super) fn broken_draws(state: MonthState) -> AnyView {
    let t = use_lang();
    if !state.is_of_month() {
        return ().into_any();
    }
    let broken = state.book(|book| {
        let of_month = book.draws().filter(|draw| draw.month == state.month.get());
        let of_month = of_month.filter(|draw| draw.own_register().is_none());
        let broken = of_month.filter_map(|draw| {
            let broken = draw.broken_off.as_ref()?;
            Some((
                draw.label(&book.brigade.division),
                broken.at,
                broken.nobody_revealed,
                broken.reason.clone(),
                broken.approver.clone(),
            ))
        });
        broken.collect::<Vec<_>>()
    });
    let lines = broken.unwrap_or_default().into_iter().map(|(label, at, nobody, reason, approver)| {
        let nobody = nobody.then(|| view! { <b>{t.nobody_revealed()}</b> " " });
        view! {
            <p class="broken-line">
                <Tag kind=TagKind::Void text=label />
                <span>{t.draw_state_broken()} " " {t.day_time(at)} " " {nobody} {reason} " " {t.approver()} " " {approver}</span>
            </p>
        }
    });
    lines.collect_view().into_any()
}
