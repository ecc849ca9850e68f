//! The things to publish, each with its state and its last day.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{name, route};
use crate::i18n::Lang;
use crate::ui::app::App;
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Tag, TagKind};
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::publishing::BulletinState;

pub(super) fn list(
    app: App,
    t: Lang,
    all: Memo<Vec<BulletinState>>,
    shown: &BulletinState,
) -> AnyView {
    let today = app.today();
    let entries = all.with(|all| {
        let years = all
            .first()
            .zip(all.last())
            .map(|(last, first)| (first.year, last.year));
        let are_years_told = years.is_some_and(|(first, last)| first != last);
        let entries = all.iter().map(|state| {
            let is_shown = (state.year, state.of) == (shown.year, shown.of);
            entry(app, t, state, (is_shown, are_years_told), today)
        });
        entries.collect_view()
    });
    view! {
        <section class="pane publish-list" aria-label=t.publish_to_do()>
            <h2 class="pane-head">{t.publish_to_do()}</h2>
            <nav aria-label=t.publish_to_do()>{entries}</nav>
            <p class="publish-foot caption">{t.publish_term_note()}</p>
        </section>
    }
    .into_any()
}

fn entry(
    app: App,
    t: Lang,
    state: &BulletinState,
    (is_shown, is_year_told): (bool, bool),
    today: NaiveDate,
) -> AnyView {
    let words = read(app, |book| Some(name(t, book, state.year, state.of))).unwrap_or_default();
    let (kind, tag) = tag(t, state, today);
    let version = state
        .last
        .as_ref()
        .map(|last| t.publish_version_short(last.version));
    view! {
        <a
            class="publish-entry"
            href=route(state).hash()
            aria-current=is_shown.then_some("true")
        >
            <span class="publish-name">
                <b>{is_year_told.then(|| format!("{} ", state.year))} {words}</b>
                <Tag kind text=tag />
            </span>
            <span class="publish-when">
                <span>{when(t, state)}</span>
                <span class="caption">{version}</span>
            </span>
            <span class="caption">{how_far(t, state)}</span>
        </a>
    }
    .into_any()
}

pub(super) fn tag(t: Lang, state: &BulletinState, today: NaiveDate) -> (TagKind, &'static str) {
    match (state.due, &state.last) {
        (Some(due), _) if due < today => (TagKind::Warn, t.publish_late()),
        (Some(due), _) if due == today => (TagKind::Warn, t.publish_due_today()),
        (Some(_), _) => (TagKind::Draft, t.publish_waits()),
        (None, Some(_)) => (TagKind::Done, t.publish_public()),
        (None, None) => (TagKind::Draft, t.publish_not_yet()),
    }
}

/// The last day, or when it was published and whether that was in time.
fn when(t: Lang, state: &BulletinState) -> String {
    match (state.due, &state.last) {
        (Some(due), _) => t.publish_by_day(t.month_day(due)),
        (None, Some(last)) => {
            let is_late = last.due.is_some_and(|due| last.date > due);
            let judged = if is_late {
                t.publish_too_late()
            } else {
                t.publish_in_time()
            };
            [t.publish_public_on(t.month_day(last.date)).as_str(), judged].join(t.list_comma())
        }
        (None, None) => String::new(),
    }
}

fn how_far(t: Lang, state: &BulletinState) -> String {
    match state.of {
        BulletinOf::Results(_) => {
            t.publish_results_state(state.waiting, state.public, state.to_come)
        }
        BulletinOf::Draws => t.publish_draws_state(state.waiting, state.public),
        _ if state.waiting > 0 && state.last.is_some() => t.publish_changed().to_owned(),
        _ => String::new(),
    }
}
