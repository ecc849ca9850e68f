//! Millimetres of what stands on a sheet, as the style sheet has them.

/// A sign of the table's 9 pt as wide as high, and one that is not.
pub(super) const WIDE: f32 = 3.2;
pub(super) const NARROW: f32 = 2.0;
/// A line of 10.5 pt, and how much wider its signs are than the table's.
pub(super) const TEXT_LINE: f32 = 5.3;
pub(super) const TEXT: f32 = 10.5 / 9.0;
/// The same of the title.
pub(super) const TITLE_LINE: f32 = 9.6;
pub(super) const TITLE: f32 = 19.0 / 9.0;
/// Issuer and rule; the head of the sheets after the first; the foot.
pub(super) const ISSUER: f32 = 14.0;
pub(super) const NEXT: f32 = 11.0;
pub(super) const FOOT: f32 = 7.0;
pub(super) const QR: f32 = 33.0;
/// Between facts in a line, columns of a list, halves.
pub(super) const GAP: f32 = 8.0;
/// A line of the large code.
pub(super) const CODE: f32 = 14.0;
/// Boxes for signature and seal, with what is above them; a line to sign on.
pub(super) const BOXES: f32 = 58.0;
pub(super) const SIGN_LINE: f32 = 11.0;
/// Above the lines to sign of a filed paper; two of them, beside each other.
pub(super) const SIGNS: f32 = 8.0;
pub(super) const FILED_SIGN_LINE: f32 = 14.5;
/// What a line of the foot of the text has above and below.
const NOTE: f32 = 1.5;
/// What stands between a paragraph and its neighbour, and at its first line.
pub(super) const PARAGRAPH: f32 = 2.5;
pub(super) const INDENT: f32 = 8.0;
/// The names of values; what their cells have at the sides, above and below.
pub(super) const NAME: f32 = 38.0;
pub(super) const FORM_CELL: f32 = 4.6;
pub(super) const FORM_ROW: f32 = 2.8;
/// What stands between a table of values and its neighbour.
pub(super) const AROUND: f32 = 2.5;
/// A heading above a list, and the number before a line.
pub(super) const HEADING: f32 = 10.0;
pub(super) const MARK: f32 = 8.0;
/// Tables of figures: caption, row, line, what a cell has at its sides, what is below.
pub(super) const CAPTION: f32 = 6.0;
pub(super) const FIGURES_ROW: f32 = 7.2;
pub(super) const FIGURES_LINE: f32 = 4.5;
pub(super) const FIGURES_CELL: f32 = 3.4;
pub(super) const FIGURES_BELOW: f32 = 4.0;

/// A sheet within its margins, and its table.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub wide: f32,
    pub high: f32,
    /// How much wider the table's signs are than those of 9 pt.
    pub signs: f32,
    /// A line of the table, and what a row has beside its lines.
    pub line: f32,
    pub row: f32,
    /// What a cell has at its sides.
    pub cell: f32,
    /// What stands above and below the table, and beside a line of the notes.
    pub around: f32,
    pub note: f32,
    /// Columns of a list.
    pub columns: usize,
}

const ACROSS: Sheet = Sheet {
    wide: 277.0,
    high: 189.0,
    signs: 1.0,
    line: 4.0,
    row: 1.8,
    cell: 2.6,
    around: 0.0,
    note: NOTE,
    columns: 3,
};
const UPRIGHT: Sheet = Sheet {
    wide: 190.0,
    high: 276.0,
    columns: 2,
    ..ACROSS
};
/// 37 mm above and 28 mm left are for the file.
const FILED: Sheet = Sheet {
    wide: 156.0,
    high: 239.0,
    signs: TEXT,
    line: TEXT_LINE,
    row: FORM_ROW,
    cell: FORM_CELL,
    around: AROUND,
    note: PARAGRAPH,
    columns: 2,
};

pub(super) const fn sheet(is_filed: bool, is_portrait: bool) -> Sheet {
    match (is_filed, is_portrait) {
        (true, _) => FILED,
        (false, true) => UPRIGHT,
        (false, false) => ACROSS,
    }
}

/// The width of a text in the table's size.
pub(super) fn width(text: &str) -> f32 {
    let signs = text
        .chars()
        .map(|sign| if sign.is_ascii() { NARROW } else { WIDE });
    signs.sum()
}

/// Lines that a text takes in a width, with room for words that do not break where a line
/// ends.
pub(super) fn lines(text: &str, of: f32) -> f32 {
    let of = (of - NARROW).max(WIDE);
    text.split('\n')
        .map(|line| (width(line) / of).ceil().max(1.0))
        .sum()
}
