//! 事项清单: what may be inspected, by subject. What is not on the list may not be checked.
//!
//! - [`list`]: what is its own in the page of a register
//! - [`detail`]: the panel beside the list
//! - [`form`], [`remove`]: what changes the list; [`version`]: what fixes it as it is published

mod detail;
mod form;
mod list;
mod remove;
mod version;

use leptos::prelude::*;

use crate::model::InspectionItem;
use crate::ui::widgets::register::{RegisterPage, register_page};

/// The page at work.
type Items = RegisterPage<InspectionItem>;

/// The item list.
#[component]
pub fn ItemsPage() -> impl IntoView {
    register_page::<InspectionItem>()
}
