//! A record's own part of 操作记录, at the end of its panel.

use leptos::prelude::*;

use crate::desk::history::RecordName;
use crate::i18n::Lang;
use crate::ui::route::{Page, Route};
use crate::workbook::{TrailEntry, Workbook};

/// Entries that a panel lists; the rest stand on the trail's page.
const LISTED_MAX: usize = 6;

/// What a panel says of a record's history.
pub struct History {
    entries: Vec<TrailEntry>,
    count: usize,
    href: String,
}

impl History {
    /// The newest entries, and how many there are.
    pub fn new(book: &Workbook, record: &RecordName) -> Self {
        let entries = book.history(record);
        let (key, id) = match record {
            RecordName::Unit(id) => ("unit", id.as_str()),
            RecordName::Officer(id) => ("officer", id.as_str()),
        };
        Self {
            count: entries.len(),
            entries: entries.into_iter().take(LISTED_MAX).cloned().collect(),
            href: Route::to(Page::Trail).with(key, id).hash(),
        }
    }
}

fn row(t: Lang, entry: &TrailEntry) -> AnyView {
    let why = (!entry.why.is_empty()).then(|| view! { " " {entry.why.clone()} });
    view! {
        <li>
            <b>{t.action_name(&entry.action)}</b>
            <span class="line soft">
                {entry.at.format("%Y-%m-%d %H:%M").to_string()} " " {entry.who.clone()} {why}
            </span>
        </li>
    }
    .into_any()
}

/// The section of a panel.
pub fn history_section(t: Lang, history: &History) -> AnyView {
    let list = if history.entries.is_empty() {
        view! { <p class="soft">{t.history_none()}</p> }.into_any()
    } else {
        let rows = history.entries.iter().map(|entry| row(t, entry));
        view! {
            <ul class="detail-list">{rows.collect_view()}</ul>
            <p>
                <a href=history.href.clone()>{t.history_all(history.count)}</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="detail-section">
            <h3>{t.trail_title()}</h3>
            {list}
        </section>
    }
    .into_any()
}
