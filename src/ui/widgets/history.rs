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
        Self {
            count: entries.len(),
            entries: entries.into_iter().take(LISTED_MAX).cloned().collect(),
            href: Route::to(Page::Trail)
                .with(record.key(), record.id())
                .hash(),
        }
    }
}

fn row(t: Lang, entry: &TrailEntry) -> AnyView {
    let when = entry.at.format("%Y-%m-%d %H:%M").to_string();
    let facts = [
        entry.why.clone(),
        t.trail_bearing(&entry.action, &entry.detail),
    ];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    let facts: Vec<_> = facts
        .map(|fact| view! { <span class="line soft">{fact}</span> })
        .collect();
    view! {
        <tr>
            <td title=when>{entry.at.date().to_string()}</td>
            <td>{t.action_name(&entry.action)} {facts}</td>
            <td>{entry.who.clone()}</td>
        </tr>
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
            <table class="detail-table">
                <tbody>{rows.collect_view()}</tbody>
            </table>
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
