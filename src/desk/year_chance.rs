//! A unit's chance of a first visit over the year, from the recorded draws alone.

use crate::engine::calendar::YearMonth;
use crate::engine::estimate::{PoolDraw, RecordedDraw, chance, first_draws};
use crate::model::{CandidateId, UnitId};
use crate::workbook::{DrawRecord, Workbook};

/// The chance of a unit to be drawn for a first visit, 1 − Π(1 − n/R).
///
/// Later months are not in it: their n and R are fixed just before they are
/// drawn, from the register as it is then.
#[derive(Debug, Clone, PartialEq)]
pub struct YearChance {
    /// The draws so far from whose pool it could be drawn, or could have been had
    /// it not been drawn already; in order of time.
    pub draws: Vec<(YearMonth, PoolDraw)>,
    /// The chance that they make up.
    pub chance: f64,
    /// The last month that is drawn.
    pub until: YearMonth,
    /// Whether that is December: nothing is still to come.
    pub is_whole_year: bool,
}

impl Workbook {
    /// What the recorded draws of the year say of a unit; `None` before the first.
    #[must_use]
    pub fn year_chance(&self, unit: &UnitId, year: i32) -> Option<YearChance> {
        let standing = self
            .standing_draws()
            .filter(|draw| draw.month.year() == year);
        let draws: Vec<(RecordedDraw, CandidateId)> = standing
            .filter_map(|draw| Some((recorded(draw)?, self.id_in(draw, unit))))
            .collect();
        let until = draws.iter().map(|draw| draw.0.snapshot.month).max()?;
        let draws = first_draws(draws.iter().map(|(draw, id)| (*draw, id)));
        Some(YearChance {
            chance: chance(draws.iter().map(|draw| draw.1)),
            draws,
            until,
            is_whole_year: until.month() == 12,
        })
    }
}

fn recorded(draw: &DrawRecord) -> Option<RecordedDraw<'_>> {
    Some(RecordedDraw {
        sizes: &draw.sizes,
        snapshot: &draw.register.snapshot,
        result: &draw.drawn.as_ref()?.result,
    })
}
