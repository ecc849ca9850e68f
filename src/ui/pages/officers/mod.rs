//! 执法人员: who inspects, who is there, and who keeps away from whom.
//!
//! - [`list`]: what is its own in the page of a register
//! - [`detail`]: the panel beside the list
//! - [`form`]: what adds or edits an officer
//! - [`leave`]: an officer leaves or is back

mod detail;
mod form;
mod leave;
mod list;

pub use detail::until_text;

use leptos::prelude::*;

use crate::model::Officer;
use crate::ui::widgets::register::{RegisterPage, register_page};

/// The page at work.
type Officers = RegisterPage<Officer>;

/// The officer register.
#[component]
pub fn OfficersPage() -> impl IntoView {
    register_page::<Officer>()
}
