//! The workbook as text: as it is stored, and as it is saved into a file.

use crate::exchange::{FileError, json};
use crate::workbook::Workbook;

/// Compact text for the store.
///
/// # Panics
/// Never: a workbook's keys are texts.
#[must_use]
pub fn stored_text(workbook: &Workbook) -> String {
    serde_json::to_string(workbook).expect("a workbook's keys are texts")
}

/// Reads what [`stored_text`] wrote, also in an older version: it goes through
/// the same checks and migrations as a file.
///
/// # Errors
/// [`FileError`], as for a file.
pub fn parse_stored(text: &str) -> Result<Workbook, FileError> {
    json::read_workbook(text).map(|file| file.workbook)
}
