//! The workbook as text, as it is stored.

use crate::exchange::{FileError, json};
use crate::workbook::Workbook;

/// Reads what the store keeps, also in an older version: it goes through the same
/// checks and migrations as a file.
///
/// # Errors
/// [`FileError`], as for a file.
pub fn parse_stored(text: &str) -> Result<Workbook, FileError> {
    json::read_stored(text).map(|file| file.workbook)
}
