//! The pages and their groups, beside every page.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::model::Agency;
use crate::ui::app::{use_app, use_lang};
use crate::ui::route::Page;
use crate::workbook::kept::Kept as _;

/// The groups of the navigation, in order.
pub(super) fn groups(t: Lang) -> [(&'static str, Vec<(Page, &'static str)>); 6] {
    [
        (t.nav_today(), vec![(Page::Home, t.nav_home())]),
        (
            t.nav_planning(),
            vec![
                (Page::Plan, t.nav_plan()),
                (Page::Month, t.nav_month()),
                (Page::Campaign, t.nav_campaign()),
            ],
        ),
        (
            t.nav_work(),
            vec![
                (Page::Visits, t.nav_visits()),
                (Page::SelfCheck, t.nav_self_check()),
                (Page::Publish, t.nav_publish()),
            ],
        ),
        (
            t.nav_registers(),
            vec![
                (Page::Units, t.nav_units()),
                (Page::Officers, t.nav_officers()),
                (Page::Agencies, t.nav_agencies()),
                (Page::Items, t.nav_items()),
            ],
        ),
        (t.nav_insight(), vec![(Page::Fairness, t.nav_fairness())]),
        (
            t.nav_record(),
            vec![(Page::Trail, t.nav_trail()), (Page::Verify, t.nav_verify())],
        ),
    ]
}

#[component]
pub(super) fn Navigation() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let page = Memo::new(move |_| {
        // Pages that belong to another one.
        match app.route.with(|route| route.page) {
            Page::Engineers | Page::OwnDraws => Page::Agencies,
            Page::Upkeep => Page::Units,
            page => page,
        }
    });
    let count = move |entry: Page| {
        app.workbook.with(|book| {
            let book = book.as_ref()?;
            match entry {
                Page::Visits => Some(book.visits_due(app.today())).filter(|due| *due > 0),
                Page::Units => Some(book.active_units().count()),
                Page::Officers => Some(
                    book.officers
                        .iter()
                        .filter(|officer| !officer.has_left)
                        .count(),
                ),
                Page::Agencies => Some(Agency::active_count(book)),
                Page::Items => Some(book.items.len()),
                _ => None,
            }
        })
    };
    // What is due today stands in amber where others have a count.
    let due = Memo::new(move |_| {
        let today = app.today();
        let due = app.workbook.with(|book| book.as_ref()?.check_due(today))?;
        if !due.is_due(today) {
            return None;
        }
        Some(if due.is_late(today) {
            t.check_late()
        } else {
            t.check_today()
        })
    });
    let due_of = move |entry: Page| (entry == Page::SelfCheck).then(|| due.get()).flatten();
    let link = move |(entry, words): (Page, &'static str)| {
        view! {
            <a
                href=format!("#/{}", entry.path())
                aria-current=move || (page.get() == entry && app.lost.with(Option::is_none)).then_some("page")
            >
                {words}
                <span class="nav-count" class:is-due=entry == Page::Visits>
                    {move || count(entry)}
                </span>
                {move || due_of(entry).map(|due| view! { <span class="nav-count is-due">{due}</span> })}
            </a>
        }
    };
    let lists = groups(t)
        .into_iter()
        .map(|(name, entries)| view! { <h2>{name}</h2> {entries.into_iter().map(link).collect_view()} })
        .collect_view();
    let foot = [
        (Page::Settings, t.nav_settings()),
        (Page::Help, t.nav_help()),
    ];
    view! {
        <nav id="navigation" class="navigation" aria-label=t.nav_label()>
            {lists}
            <div class="nav-foot">{foot.into_iter().map(link).collect_view()}</div>
        </nav>
    }
}

/// A page's name in the navigation.
#[must_use]
pub fn page_name(t: Lang, page: Page) -> &'static str {
    match page {
        Page::Home => t.nav_home(),
        Page::Plan => t.nav_plan(),
        Page::Month => t.nav_month(),
        Page::Campaign => t.nav_campaign(),
        Page::Visits => t.nav_visits(),
        Page::SelfCheck => t.nav_self_check(),
        Page::Publish => t.nav_publish(),
        Page::Units => t.nav_units(),
        Page::Officers => t.nav_officers(),
        Page::Agencies => t.nav_agencies(),
        Page::Engineers => t.nav_engineers(),
        Page::OwnDraws => t.nav_own_draws(),
        Page::Items => t.nav_items(),
        Page::Fairness => t.nav_fairness(),
        Page::Trail => t.nav_trail(),
        Page::Settings => t.nav_settings(),
        Page::Help => t.nav_help(),
        Page::Import => t.sheet_title(),
        Page::Upkeep => t.upkeep_title(),
        Page::Verify => t.nav_verify(),
        Page::Ceremony => t.act_big_screen(),
    }
}
