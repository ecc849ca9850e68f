//! 服务机构 and 注册消防工程师: two registers beside the units, each a tab of the other's page.
//!
//! - [`agency`], [`engineer`]: what is each one's own in the page of a register
//! - [`draws`]: their draws and what came of them; [`check`]: a check's entry; [`paper`]: the list on A4
//! - [`state`]: what these share; [`standing`]: why a record was drawn or not, on its card
//! - [`kept`]: what both do alike: the drawer, retiring and bringing back, parts of the panel

mod agency;
mod check;
mod draws;
mod engineer;
mod kept;
mod paper;
mod standing;
mod state;

pub use self::draws::OwnDrawsPage;

use leptos::prelude::*;

use crate::model::{Agency, Engineer};
use crate::ui::route::Page;
use crate::ui::widgets::register::register_page;

/// Both, in the order of their tabs.
const BOTH: &[Page] = &[Page::Agencies, Page::Engineers];

/// The register of service institutions.
#[component]
pub fn AgenciesPage() -> impl IntoView {
    register_page::<Agency>()
}

/// The register of fire engineers.
#[component]
pub fn EngineersPage() -> impl IntoView {
    register_page::<Engineer>()
}
