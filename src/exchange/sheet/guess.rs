//! Which register a file or a sheet is of.

use super::book::{Book, Sheet};
use super::heads::{self, Heads};
use super::known::Known;
use crate::exchange::Record;
use crate::model::field::RegisterKind;

/// The register that a file's heads fit best; units where nothing is known.
#[must_use]
pub fn register_of(book: &Book) -> RegisterKind {
    let all: Vec<&Sheet> = book.sheets.iter().collect();
    best_register(&all).unwrap_or(RegisterKind::Units)
}

/// The register that a sheet's heads fit best.
pub(super) fn register_of_sheet(sheet: &Sheet) -> Option<RegisterKind> {
    best_register(&[sheet])
}

fn best_register(sheets: &[&Sheet]) -> Option<RegisterKind> {
    fn score<T: Record>(sheets: &[&Sheet], own: &[&str], fields: &[&str]) -> usize {
        let known = Known::of::<T>();
        let found = sheets.iter().filter_map(|sheet| heads::find(&known, sheet));
        let score = |heads: Heads| {
            let has = |word: &&str| heads.columns.iter().any(|it| it.head.contains(*word));
            let settles = own.iter().any(has);
            let is_whole =
                !fields.is_empty() && fields.iter().all(|field| heads.column_of(field).is_some());
            heads.score + 6 * usize::from(settles) + 8 * usize::from(is_whole)
        };
        found.map(score).max().unwrap_or_default()
    }
    use crate::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
    let scores = [
        (score::<Unit>(sheets, &[], &[]), RegisterKind::Units),
        (
            score::<Officer>(sheets, &["执法证", "执法资格"], &[]),
            RegisterKind::Officers,
        ),
        (
            score::<InspectionItem>(sheets, &[], &[]),
            RegisterKind::Items,
        ),
        (score::<Agency>(sheets, &[], &[]), RegisterKind::Agencies),
        (
            score::<Engineer>(sheets, &["注册证", "执业印章"], &[]),
            RegisterKind::Engineers,
        ),
        // A day, who went and what came of it make a result, whatever is said of the unit.
        (
            score::<ResultLine>(sheets, &[], &["date", "officers", "outcome"]),
            RegisterKind::Results,
        ),
    ];
    let best = scores
        .into_iter()
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 > 0).then_some(best.1)
}
