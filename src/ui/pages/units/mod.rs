//! 单位: the unit register as a list, and a unit with all that is known of it.
//!
//! - [`list`]: what is its own in the page of a register
//! - [`detail`], [`why`]: the panel beside the list
//! - [`form`], [`retire`]: what changes a unit; [`other`]: visits that no draw chose
//! - [`asking`]: which of its dialogs is open

mod asking;
mod detail;
mod form;
mod list;
mod other;
mod retire;
mod why;

use leptos::prelude::*;

use crate::model::{Unit, UnitId};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::register::{RegisterPage, register_page};

/// The page at work.
type Units = RegisterPage<Unit>;

/// The unit register.
#[component]
pub fn UnitsPage() -> impl IntoView {
    register_page::<Unit>()
}

/// The address of a unit, its list as it is.
fn unit_href(id: &UnitId) -> String {
    Route::record(Page::Units, id.as_str()).hash()
}
