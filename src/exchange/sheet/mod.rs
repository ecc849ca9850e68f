//! Lists as they arrive: spreadsheets of every kind, pages and texts, read into rows of a
//! register.
//!
//! The way, each step a pure function of what came before and of a person's wishes:
//!
//! 1. [`open`]: bytes → sheets. What a file is stands in its bytes; what it claims of its
//!    size is bounded, and only used cells are kept.
//! 2. [`register_of`]: the register that its heads fit best.
//! 3. [`read`]: sheet and heads are found, columns get fields by their heads, cells become
//!    values by the readers of any other file; what cannot be decided is asked.
//! 4. [`read`] again, with a [`Wish`]: another sheet, other columns, answers.
//!
//! Its rows go the way of every import: [`preview`](crate::exchange::preview::preview).
//!
//! Nothing is dropped without a word: every row is taken, skipped or refused, and what was
//! mended is counted. Nothing is guessed that bears on a draw: it is asked, once a value.
//!
//! - `open`: what a file is; `xlsx`, `xls`, `ods`, `xml2003`, `html`, `mht`, `text`: the kinds
//! - `zipped`, `xml`: archives and their parts, within bounds
//! - `grid`, `book`: sheets as rows of used cells
//! - `known`: which field a head means; `heads`: where heads stand, and which columns hold what
//! - `guess`: which register a list is of
//! - `rows`: rows that are no records; `row_words`: the words that tell them
//! - `plain`, `values`: cells as text, days and numbers; as values of a field
//! - `ask`, `problem`, `refusal`: what is open or wrong, as data
//! - `reading`: all of it together
//! - `write`: a table as a workbook of Excel
//! - `incoming`: rows on their way from where they are read to where they come in

mod ask;
mod book;
mod grid;
mod guess;
mod heads;
mod html;
mod incoming;
mod known;
mod mht;
mod ods;
mod open;
mod plain;
mod problem;
mod reading;
mod refusal;
mod row_words;
mod rows;
mod text;
mod values;
mod write;
mod xls;
mod xlsx;
mod xml;
mod xml2003;
mod zipped;

pub use ask::{Answer, Answers, AskKind, Asked, Question};
pub use book::{Book, Sheet, SheetKind, TextEncoding};
pub use grid::{COLUMNS_MAX, Cell, Grid, GridRow, Merge, ROWS_MAX, column_name, serial_date};
pub use guess::register_of;
pub use heads::{Column, Heads, LeftOut};
pub use incoming::{Incoming, Line};
pub use known::WORKED_OUT;
pub use open::open;
pub use plain::{DIGITS_KEPT, shown};
pub use problem::{NoteKind, Noted, Problem, ProblemKind, SkipWhy, Skipped};
pub use reading::{Against, Reading, Wish, read};
pub use refusal::Refusal;
pub use write::write;
