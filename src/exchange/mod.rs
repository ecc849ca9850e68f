//! What comes in and goes out as files.
//!
//! Reading never changes the workbook. It goes in two steps: a file becomes
//! *rows with issues* ([`json::read`]), every fault of every row named with its
//! true row number; then rows and the register as it is become a
//! [`preview::Preview`], which says what would be added, changed and taken out
//! and carries the finished register. Only the workbook's import action applies it.
//!
//! - [`json`]: the file formats, the checks of a whole file, and writing
//! - [`migrate`]: what lifts a file of an older version to this one
//! - [`kind`]: what a file is that is no JSON, by its bytes
//! - [`notice`]: the yearly notice of holidays, from its text
//! - [`issue`]: what can be wrong with a row
//! - [`verification`]: what is published of a draw, for anybody to repeat it
//! - [`beside`]: what stands in such a file around the draw, and what binds it
//! - [`links`]: certificates of a year side by side
//! - [`lookup`]: units of a published draw by id or name
//! - [`paper_compare`]: a published plan beside the certificate; [`paper_package`]: what a paper carries
//! - [`reading`]: a large file, with rests in between
//! - [`pieces`]: JSON of large data in pieces
//! - [`checking`]: files of a draw from bytes to a result
//! - [`report`]: the result of a verification as a document
//! - [`compare`], [`compared`]: the unit register beside a list of another body; what is left of it
//! - [`results`]: results of visits beside what was drawn; `result_line`: a line's words
//! - [`sheet`]: lists as they arrive: spreadsheets, pages, texts
//! - [`words`]: Chinese and English words for values, dates as people write them
//! - [`record`]: what units, officers and items have in common as rows
//! - [`preview`]: what an import would do

pub mod beside;
pub mod checking;
pub mod compare;
pub mod compared;
mod fields;
mod inner;
pub mod issue;
pub mod json;
pub mod kind;
pub mod links;
pub mod lookup;
pub mod migrate;
pub mod notice;
pub mod paper_compare;
pub mod paper_package;
pub mod pieces;
pub mod preview;
pub mod reading;
pub mod record;
mod registers;
pub mod report;
mod result_line;
pub mod results;
pub mod sheet;
mod stream;
mod value;
pub mod verification;
pub mod words;

pub use issue::{Alike, Expected, ResultIssue, RowIssue, RowIssueKind, Severity};
pub use json::{Content, FileError, WorkbookFile, WorkbookWarning};
pub use kind::FileKind;
pub use preview::{Mode, Options, Preview, Register, preview};
pub use record::{FieldChange, Patch, Record, Row, Rows};
