//! Spreadsheets beside the page: a program of its own reads them, in a worker of its own,
//! which a hostile file may kill without the page.
//!
//! - [`told`]: what the page is told of a file and its list
//! - [`desk`]: a file that lies open, what it is asked and what it says
//! - [`going_out`]: a register's records as a table; [`lists_out`]: other lists
//! - [`reader`]: the worker, from the page's side; [`served`]: from its own
//!
//! [`told`], [`desk`], [`going_out`] and [`lists_out`] need no browser and are tested natively.

pub mod desk;
pub mod going_out;
pub mod lists_out;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod reader;
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod served;
pub mod told;
