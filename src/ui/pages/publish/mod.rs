//! 公示发布: what is to be published, when, and the paper exactly as the public sees it.
//!
//! - [`self`]: which thing is on show
//! - [`list`]: the things of the year, with due day and state
//! - [`sheet`]: the paper on show: channels, preview, difference, versions
//! - [`kept`]: a version that was kept as a file
//! - [`note`]: the dialog in which it is noted as published

mod kept;
mod list;
mod note;
mod sheet;

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::engine::lottery::Hash;
use crate::i18n::Lang;
use crate::papers::{self, PublicPaper};
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Icon, PageHead, icon};
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::publishing::BulletinState;
use crate::workbook::{DrawId, Workbook};

/// What is on show, with its paper; none where there is nothing to publish of it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    state: BulletinState,
    name: String,
    publication: Option<PublicPaper>,
    fingerprint: Option<Hash>,
    /// Whether the public version says all that the paper says.
    is_same: bool,
}

impl Shown {
    fn of(t: Lang, book: &Workbook, state: BulletinState, today: NaiveDate) -> Self {
        let publication = papers::public_paper(book, state.year, state.of, today);
        let fingerprint = publication.as_ref().map(PublicPaper::fingerprint);
        let public = state.last.as_ref().map(|last| last.fingerprint);
        Self {
            name: name(t, book, state.year, state.of),
            publication,
            fingerprint,
            is_same: fingerprint.is_some() && fingerprint == public,
            state,
        }
    }

    /// The version that is published next, or is public.
    fn version(&self) -> u32 {
        let last = self.state.last.as_ref().map_or(0, |last| last.version);
        last + u32::from(!self.is_same)
    }
}

/// What stands for a thing in the address: `2026-plan-5`.
fn key(year: i32, of: BulletinOf) -> String {
    match of {
        BulletinOf::Plan(number) => format!("{year}-plan-{number}"),
        BulletinOf::Results(number) => format!("{year}-results-{number}"),
        BulletinOf::Statement => format!("{year}-statement"),
        BulletinOf::Draws => format!("{year}-draws"),
        BulletinOf::YearPlan => format!("{year}-year"),
        BulletinOf::Items => format!("{year}-items"),
    }
}

fn route(state: &BulletinState) -> Route {
    Route::record(Page::Publish, key(state.year, state.of))
}

/// A thing's name: of a draw's paper with its month or its campaign.
pub(in crate::ui::pages) fn name(t: Lang, book: &Workbook, year: i32, of: BulletinOf) -> String {
    let draw = match of {
        BulletinOf::Plan(number) | BulletinOf::Results(number) => {
            book.draw(DrawId::new(year, number))
        }
        BulletinOf::Statement | BulletinOf::Draws | BulletinOf::YearPlan | BulletinOf::Items => {
            None
        }
    };
    let draw = draw.map(|draw| {
        if let Some(register) = draw.own_register() {
            t.own_register(register).to_owned()
        } else if draw.occasion.is_month() {
            t.month_name(draw.month.month())
        } else {
            format!(
                "{} {}",
                t.month_name(draw.month.month()),
                t.occasion_name(&draw.occasion)
            )
        }
    });
    t.bulletin(of, &draw.unwrap_or_default())
}

/// A thing as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    state: BulletinState,
    /// Something waits, and the version that is public says it already.
    is_same: bool,
}

/// What is to be published of the years on the desk, the later year first.
fn listed(book: &Workbook, today: NaiveDate) -> Vec<Listed> {
    let years = book.years.iter().rev();
    let states = years.flat_map(|year| book.bulletin_states(year.year, today));
    let listed = states.map(|state| {
        let last = state.last.as_ref().filter(|_| state.waiting > 0);
        let is_same = last.is_some_and(|last| {
            let made = papers::public_paper(book, state.year, state.of, today);
            made.is_some_and(|made| made.fingerprint() == last.fingerprint)
        });
        Listed { state, is_same }
    });
    listed.collect()
}

/// The page.
#[component]
pub fn PublishPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let all = Memo::new(move |_| {
        let today = app.today();
        read(app, |book| Some(listed(book, today))).unwrap_or_default()
    });
    let chosen = Memo::new(move |_| {
        let id = app.route.with(|route| route.id.clone());
        all.with(|all| {
            let all = || all.iter().map(|it| &it.state);
            let named = all().find(|it| Some(key(it.year, it.of)) == id);
            // Else what waits, the most pressing first.
            let waiting = all().filter(|it| it.due.is_some()).min_by_key(|it| it.due);
            named.or(waiting).or(all().next()).cloned()
        })
    });
    let shown = Memo::new(move |_| {
        let state = chosen.get()?;
        let today = app.today();
        read(app, |book| Some(Arc::new(Shown::of(t, book, state, today))))
    });
    move || match shown.get() {
        Some(shown) => untrack(|| page(app, all, shown)),
        None => nothing(t),
    }
}

fn nothing(t: Lang) -> AnyView {
    view! {
        <PageHead title=t.nav_publish() />
        <div class="page-body">
            <div class="pane empty-state">
                <p>{t.publish_nothing()}</p>
                <a class="button is-primary" href=Route::to(Page::Month).hash()>
                    {t.publish_go_month()}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn page(app: App, all: Memo<Vec<Listed>>, shown: Arc<Shown>) -> AnyView {
    let t = use_lang();
    let facts = all.with(|all| {
        let waits = |it: &&Listed| it.state.waiting > 0 && !it.is_same;
        let waiting = all.iter().filter(waits).count();
        let public = all
            .iter()
            .filter(|it| it.state.last.is_some() && !waits(it));
        let public = public.count();
        let pressing = all.iter().filter(waits);
        let pressing = pressing.filter(|it| it.state.pressing > 0).count();
        let pressing = (pressing > 0).then(|| t.publish_pressing(pressing));
        let counts = std::iter::once(t.publish_summary(waiting, public));
        counts.chain(pressing).collect::<Vec<_>>().join("　")
    });
    let asking = RwSignal::new(false);
    let print = shown.publication.is_some().then(|| {
        view! {
            <button type="button" class="button" on:click=|_| drop(window().print())>
                {icon(Icon::Print)}
                {t.publish_print()}
            </button>
        }
    });
    let note = note::button(t, &shown, asking);
    view! {
        <PageHead title=t.nav_publish() facts=facts.into_any()>
            {print} {note}
        </PageHead>
        <div class="page-body is-fixed publish">
            <div class="columns">
                {list::list(app, t, all, &shown.state)}
                {sheet::sheet(app, t, &shown)}
            </div>
        </div>
        {sheet::paper(t, &shown)}
        {note::dialog(app, t, shown, asking)}
    }
    .into_any()
}
