//! The dialog in which a version is noted as published.

use std::sync::Arc;

use leptos::prelude::*;

use super::Shown;
use crate::desk::form::parse_date;
use crate::i18n::Lang;
use crate::ui::app::App;
use crate::ui::widgets::{Ask, Line};
use crate::workbook::Action;
use crate::workbook::publishing::Publish;

/// The button, with the reason beside it where there is nothing to note.
pub(super) fn button(t: Lang, shown: &Shown, asking: RwSignal<bool>) -> AnyView {
    let why = match &shown.publication {
        None => Some(t.publish_no_rows()),
        Some(made) if made.paper.rows.is_empty() => Some(t.publish_no_rows()),
        Some(_) if shown.is_same => Some(t.publish_unchanged()),
        Some(_) => None,
    };
    // What waits and says nothing new is noted all the same, so that it waits no more.
    let is_off = why.is_some() && !(shown.is_same && shown.state.waiting > 0);
    view! {
        <span class="caption">{why}</span>
        <button
            type="button"
            class="button is-primary"
            disabled=is_off
            on:click=move |_| asking.set(true)
        >
            {t.publish_act()}
        </button>
    }
    .into_any()
}

pub(super) fn dialog(app: App, t: Lang, shown: Arc<Shown>, asking: RwSignal<bool>) -> AnyView {
    let view = move || {
        let made = shown.publication.as_ref().filter(|_| asking.get())?;
        let (year, of) = (shown.state.year, shown.state.of);
        let fingerprint = shown.fingerprint?;
        let rows = made.paper.rows.len() as u32;
        let withheld = made.withheld.len() as u32;
        let last = shown.state.last.as_ref().map(|last| last.places.clone());
        let close = Callback::new(move |()| asking.set(false));
        let title = t.publish_act_title(&shown.name);
        let ask = Ask::new(title, t.publish_consequence(), t.publish_act()).lines([
            Line::date(t.publish_date(), app.today()),
            Line::new(t.publish_places())
                .help(t.publish_places_help())
                .start(last.unwrap_or_default())
                .needed(),
            Line::new(t.publish_why()).only_if(shown.state.is_correction()),
        ]);
        Some(ask.view(close, move |dialog, [date, places, why]| {
            // The dialog does not ask to act before its day is one.
            let Some(date) = parse_date(&date) else {
                return;
            };
            let publish = Publish {
                year,
                of,
                date,
                places,
                why,
                fingerprint,
                rows,
                withheld,
            };
            let action = Action::PublishBulletin(publish);
            dialog.answer(app.act_and_tell(action, t.publish_done()));
        }))
    };
    view.into_any()
}
