//! 设置与备份: the brigade, backups, snapshots, files, the store.
//!
//! One section a file; the record in the address names the section, such as
//! `#/settings/snapshots`. `#/settings?import` is the import section with the
//! focus on its file chooser.

mod backup;
pub mod brigade;
mod display;
mod holiday_year;
mod holidays;
mod leave;
pub mod registers;
pub mod snapshots;
mod storage;

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::app::{use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::PageHead;

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Backup,
    Snapshots,
    Registers,
    Brigade,
    Holidays,
    Storage,
    Display,
    Leave,
}

impl Section {
    const ALL: [Self; 8] = [
        Self::Backup,
        Self::Snapshots,
        Self::Registers,
        Self::Brigade,
        Self::Holidays,
        Self::Storage,
        Self::Display,
        Self::Leave,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Snapshots => "snapshots",
            Self::Registers => "registers",
            Self::Brigade => "brigade",
            Self::Holidays => "holidays",
            Self::Storage => "storage",
            Self::Display => "display",
            Self::Leave => "leave",
        }
    }

    const fn words(self, t: Lang) -> &'static str {
        match self {
            Self::Backup => t.settings_backup(),
            Self::Snapshots => t.settings_snapshots(),
            Self::Registers => t.settings_registers(),
            Self::Brigade => t.settings_brigade(),
            Self::Holidays => t.settings_holidays(),
            Self::Storage => t.settings_storage(),
            Self::Display => t.settings_display(),
            Self::Leave => t.settings_leave(),
        }
    }

    /// The section of an address; the first where it names none.
    fn of(route: &Route) -> Self {
        if route.query.contains_key("import") {
            return Self::Registers;
        }
        let id = route.id.as_deref().unwrap_or_default();
        let named = Self::ALL.into_iter().find(|section| section.path() == id);
        named.unwrap_or(Self::Backup)
    }
}

/// Settings and backup, one section at a time.
#[component]
pub fn Settings() -> impl IntoView {
    let app = use_app();
    let section = Memo::new(move |_| app.route.with(Section::of));
    move || match section.get() {
        Section::Backup => view! { <backup::Backup /> }.into_any(),
        Section::Snapshots => view! { <snapshots::Snapshots /> }.into_any(),
        Section::Registers => view! { <registers::Registers /> }.into_any(),
        Section::Brigade => view! { <brigade::BrigadeForm /> }.into_any(),
        Section::Holidays => view! { <holidays::Holidays /> }.into_any(),
        Section::Storage => view! { <storage::StorageUse /> }.into_any(),
        Section::Display => view! { <display::Display /> }.into_any(),
        Section::Leave => view! { <leave::Leave /> }.into_any(),
    }
}

/// Head, tabs and body of a section; its actions stand in the head.
fn frame(section: Section, lead: &'static str, actions: AnyView, body: AnyView) -> AnyView {
    let t = use_lang();
    let tabs = Section::ALL.map(|own| {
        let hash = Route::record(Page::Settings, own.path()).hash();
        view! {
            <a href=hash aria-current=(own == section).then_some("page")>
                {own.words(t)}
            </a>
        }
        .into_any()
    });
    view! {
        <PageHead title=t.nav_settings() facts=view! { {lead} }.into_any()>
            {actions}
        </PageHead>
        <nav class="tabs settings-tabs" aria-label=t.settings_sections()>
            {tabs.into_iter().collect_view()}
        </nav>
        <div class="page-body settings-body">{body}</div>
    }
    .into_any()
}

/// 5,242,880: a mark every three digits from 10 000 on.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if number < 10_000 {
        return digits;
    }
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// 2026-07-30 09:42.
fn minute(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}
