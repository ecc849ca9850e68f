//! What all pages share, and the one place where the workbook changes and is saved.
//!
//! Pages read [`App::workbook`] and derive what they show; they change it only
//! through [`App::act`]. Every change is saved shortly after, by [`App::save_now`].
//!
//! - `state`: what is shared, and how it starts
//! - `act`: actions; `drawing`: the steps of a draw; `undo`: taking back, and messages
//! - `opening`: ways in and out; `saving`: the store; `backup`: files
//! - `host`: clock, randomness, focus

mod act;
mod backup;
mod drawing;
mod host;
mod opening;
mod saving;
mod state;
mod undo;

pub use backup::backup_name;
pub(super) use backup::write_workbook;
pub use host::{clock, focused, random_bytes, random_hex};
pub use opening::listed;
pub use state::{App, SaveState, Theme, Trouble, use_app, use_lang};
