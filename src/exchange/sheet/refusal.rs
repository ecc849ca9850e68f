//! Why a file gives no list, as data; `i18n` puts it into words.

use crate::exchange::FileKind;

/// Why nothing is read from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No bytes at all, or blanks only.
    Empty,
    /// `~$…`: what Excel writes beside a file while it is open.
    Temporary,
    /// A password opens it.
    Locked,
    /// Bytes of no known kind, as company encryption makes them.
    Unknown,
    /// It breaks off, or its inside does not fit its outside.
    Damaged,
    /// Another kind of file.
    NoTable(FileKind),
    /// JSON, which is read by another way.
    Json,
    /// .xlsb, of which nothing but Excel writes much.
    Binary,
    /// Text without columns.
    PlainText,
    /// Columns stand between full-width signs, as a Chinese keyboard types them.
    FullWidthSeparator(char),
    /// A quotation mark is opened and never closed.
    OpenQuote {
        /// Where, as Excel counts rows.
        row_number: u32,
    },
    /// It inflates to more than is taken.
    TooLarge,
    /// More used rows than are taken.
    TooManyRows,
    /// More used columns than are taken.
    TooManyColumns,
    /// All sheets are empty.
    NoCells,
    /// No row of heads was found.
    NoHeads,
    /// Nothing stands under the heads.
    NoRows,
}
