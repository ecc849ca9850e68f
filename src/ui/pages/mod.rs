//! One file or folder a page, and the choice between them.

pub mod agencies;
pub mod campaign;
pub mod fairness;
pub mod help;
pub mod home;
pub mod import;
pub mod items;
pub mod lost;
pub mod month;
pub mod officers;
pub mod plan;
pub mod publish;
pub mod screen;
pub mod self_check;
pub mod settings;
pub mod trail;
pub mod units;
pub mod upkeep;
pub mod verify;
pub mod visits;
pub mod welcome;

use leptos::prelude::*;

use super::app::App;
use super::archive::no_settings;
use super::route::Page;

/// The page of the present route. Records and filters within a page are
/// followed by the page itself, so that its list keeps its place.
pub fn page_view(app: App) -> AnyView {
    let page = Memo::new(move |_| app.route.with(|route| route.page));
    let is_archive = Memo::new(move |_| app.is_archive());
    let view = move || {
        let (page, is_archive) = (page.get(), is_archive.get());
        // What a page reads while it is built must not build it again.
        untrack(|| shown(page, is_archive))
    };
    view.into_any()
}

fn shown(page: Page, is_archive: bool) -> AnyView {
    match page {
        Page::Home => view! { <home::Home /> }.into_any(),
        Page::Month => view! { <month::MonthPage /> }.into_any(),
        Page::Plan => view! { <plan::PlanPage /> }.into_any(),
        Page::Units => view! { <units::UnitsPage /> }.into_any(),
        Page::Officers => view! { <officers::OfficersPage /> }.into_any(),
        Page::Agencies => view! { <agencies::AgenciesPage /> }.into_any(),
        Page::Engineers => view! { <agencies::EngineersPage /> }.into_any(),
        Page::OwnDraws => view! { <agencies::OwnDrawsPage /> }.into_any(),
        Page::Campaign => view! { <campaign::CampaignsPage /> }.into_any(),
        Page::Visits => visits::visits_page(),
        Page::SelfCheck => view! { <self_check::SelfCheckPage /> }.into_any(),
        Page::Publish => view! { <publish::PublishPage /> }.into_any(),
        Page::Items => view! { <items::ItemsPage /> }.into_any(),
        Page::Settings if is_archive => no_settings(),
        Page::Settings => view! { <settings::Settings /> }.into_any(),
        Page::Fairness => view! { <fairness::FairnessPage /> }.into_any(),
        Page::Trail => view! { <trail::TrailPage /> }.into_any(),
        // They stand without the frame of the other pages, see `shell::Root`.
        Page::Verify | Page::Ceremony => ().into_any(),
        Page::Help => view! { <help::HelpPage /> }.into_any(),
        Page::Import => import::import_page(),
        Page::Upkeep => upkeep::upkeep_page(),
    }
}
