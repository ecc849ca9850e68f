//! What a plan's stand-alone page carries of its draw, so that dropping that one file on the
//! verify page verifies the draw and compares the paper.
//!
//! Nothing may stand there that the paper withholds. Units that drew under an alias are bare
//! leaves in the verification file. One that was withheld since is still named by the
//! certificate, which cannot be changed: then the page carries nothing. Officers stand there by
//! their codes, and by name only those whom the paper names itself; who drew and who watched are
//! named, as in every published certificate.

use crate::engine::pace::Pace;
use crate::exchange::verification;
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::{DrawId, Workbook};

/// The verification file that the page of a plan may carry.
pub async fn carried(
    book: &Workbook,
    year: i32,
    of: BulletinOf,
    pace: &impl Pace,
) -> Option<String> {
    let BulletinOf::Plan(number) = of else {
        return None;
    };
    let id = DrawId::new(year, number);
    let draw = book.draw(id)?;
    let withheld = || book.units.iter().filter(|unit| unit.withheld.is_some());
    // Drawn under its own id: the page counts it, the file would tell its day.
    let drew_openly = withheld().any(|unit| {
        let alias = unit.withheld.as_ref().map(|it| &it.alias);
        let id = draw.id_of(unit);
        let is_planned = draw
            .drawn
            .as_ref()
            .is_some_and(|drawn| drawn.plan.visits.contains_key(&id));
        is_planned && Some(&id) != alias
    });
    if drew_openly {
        return None;
    }
    let (_, text) = verification::write(book, id, pace).await?;
    let is_told = withheld().any(|unit| {
        let code = unit.code.as_ref().map(ToString::to_string);
        let known = [Some(unit.name.clone()), code, Some(unit.address.clone())];
        let mut known = known
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty());
        known.any(|words| text.contains(&words))
    });
    (!is_told).then_some(text)
}
