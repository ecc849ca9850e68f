//! The things to publish, each with its state and its last day.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Listed, name, route};
use crate::i18n::Lang;
use crate::ui::app::App;
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Tag, TagKind};
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::publishing::BulletinState;

pub(super) fn list(app: App, t: Lang, all: Memo<Vec<Listed>>, shown: &BulletinState) -> AnyView {
    let today = app.today();
    let entries = all.with(|all| {
        let years = all
            .first()
            .zip(all.last())
            .map(|(last, first)| (first.state.year, last.state.year));
        let are_years_told = years.is_some_and(|(first, last)| first != last);
        let entries = all.iter().map(|listed| {
            let state = &listed.state;
            let is_shown = (state.year, state.of) == (shown.year, shown.of);
            entry(app, t, listed, (is_shown, are_years_told), today)
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
    listed: &Listed,
    (is_shown, is_year_told): (bool, bool),
    today: NaiveDate,
) -> AnyView {
    let state = &listed.state;
    let words = read(app, |book| Some(name(t, book, state.year, state.of))).unwrap_or_default();
    let (kind, tag) = tag(t, listed, today);
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
                <span>{when(t, listed)}</span>
                <span class="caption">{version}</span>
            </span>
            <span class="caption">{how_far(t, listed)}</span>
        </a>
    }
    .into_any()
}

fn tag(t: Lang, listed: &Listed, today: NaiveDate) -> (TagKind, &'static str) {
    match (listed.state.due, &listed.state.last) {
        (Some(_), Some(_)) if listed.is_same => (TagKind::Done, t.publish_public()),
        (Some(due), _) if due < today => (TagKind::Warn, t.publish_late()),
        (Some(due), _) if due == today => (TagKind::Warn, t.publish_due_today()),
        (Some(_), _) => (TagKind::Draft, t.publish_waits()),
        (None, Some(_)) => (TagKind::Done, t.publish_public()),
        (None, None) => (TagKind::Draft, t.publish_not_yet()),
    }
}

/// The last day, or when it was published and whether that was in time.
fn when(t: Lang, listed: &Listed) -> String {
    let state = &listed.state;
    match (state.due, &state.last) {
        (Some(due), _) if !listed.is_same => t.publish_by_day(t.month_day(due)),
        (_, Some(last)) => {
            let is_late = last.due.is_some_and(|due| last.date > due);
            let judged = if is_late {
                t.publish_too_late()
            } else {
                t.publish_in_time()
            };
            [t.publish_public_on(t.month_day(last.date)).as_str(), judged].join(t.list_comma())
        }
        _ => String::new(),
    }
}

fn how_far(t: Lang, listed: &Listed) -> String {
    let state = &listed.state;
    if let (true, Some(due)) = (listed.is_same, state.due) {
        return t.publish_same_waits(state.waiting, t.month_day(due));
    }
    match state.of {
        BulletinOf::Results(_) => {
            t.publish_results_state(state.waiting, state.public, state.to_come)
        }
        BulletinOf::Draws => t.publish_draws_state(state.waiting, state.public),
        BulletinOf::Statement if state.last.is_none() => t.publish_statement_state().to_owned(),
        _ if state.waiting > 0 && state.last.is_some() => t.publish_changed().to_owned(),
        _ => String::new(),
    }
}
