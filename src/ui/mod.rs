//! The page: everything that knows the browser and Leptos.
//!
//! - [`app`]: what all pages share, the one place where actions are carried out
//! - [`archive`]: a closed year taken out into a file, and one that is open to be read
//! - [`route`]: the only place that knows URLs
//! - [`shell`]: top bar, navigation, dialogs over every page; [`year_menu`]: the year in the top bar
//! - [`document`]: the workbook as text, stored and in files
//! - [`files`]: reading, downloading and copying
//! - [`task`]: long work and its pace; [`job`]: such work as data; [`worker`]: doing it beside
//!   the page
//! - [`outlook`]: the plan held against the register
//! - [`overdue`]: what is late, and what it costs the next draw
//! - [`measure`]: times for the benchmark
//! - [`rows`]: the arithmetic of long lists; [`scale`]: of small drawings
//! - [`sheets`]: spreadsheets, which a program of its own reads in a worker
//! - [`import`]: files that come in; [`safety`]: snapshots before something large
//! - [`widgets`]: controls used by more than one page
//! - [`pages`]: one file or folder a page
//!
//! [`route`], [`job`], [`rows`] and [`scale`] need no browser and are tested natively; the rest is
//! compiled for the page alone (feature `page`).

#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod app;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod archive;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod document;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod files;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod import;
pub mod job;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod measure;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod outlook;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod overdue;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod pages;
pub mod route;
pub mod rows;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod safety;
pub mod scale;
pub mod sheets;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod shell;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod task;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod widgets;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod worker;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod year_menu;

#[cfg(all(target_arch = "wasm32", feature = "page"))]
use leptos::prelude::*;

/// Puts the page into `#app` and keeps it there.
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub fn mount() {
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    root.set_inner_html("");
    let root: leptos::web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(root);
    mount_to(root, shell::Root).forget();
    measure::offer();
}
