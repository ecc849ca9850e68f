//! The snapshot: what a draw knows of each active unit, and the one predicate
//! that says whether a unit may be inspected on a date (R7).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::engine::calendar::{YearMonth, add_six_months};
use crate::engine::cell::Cell;
use crate::model::{CandidateId, DrawLevel, Stratum};

/// Counted inspections of one unit in one calendar year, at most (R7).
pub const VISITS_PER_YEAR_MAX: u32 = 2;
/// Last day of the month on which a unit released then still counts for the month.
pub const RELEASE_DAY_MAX: u32 = 10;
/// Release month of a unit that is released after the year.
pub const NEXT_YEAR: u32 = 13;
/// Most units of one snapshot: a limit on everything, checked where a snapshot is made.
pub const SNAPSHOT_UNITS_MAX: usize = 200_000;

/// An active unit, as a draw sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SnapshotUnit {
    /// Its id, or the alias of a withheld unit.
    pub id: CandidateId,
    /// Its stratum.
    pub stratum: Stratum,
    /// Its draw level.
    pub level: DrawLevel,
    /// Counted inspections in the snapshot's calendar year.
    pub count: u32,
    /// The last counted inspection, of any year.
    pub last: Option<NaiveDate>,
    /// A visit is drawn and not yet made.
    pub pending: bool,
}

/// All active units before the draw for a month, in order of id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The month to be drawn for.
    pub month: YearMonth,
    /// The units, in order of id, each once.
    pub units: Vec<SnapshotUnit>,
}

/// Why no snapshot could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Two units have one id.
    #[error("two units have the id {id}")]
    TwiceInRegister {
        /// The id.
        id: CandidateId,
    },
    /// More units than [`SNAPSHOT_UNITS_MAX`].
    #[error("{count} units, at most {SNAPSHOT_UNITS_MAX}")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// Counted this year, but without a date of the last inspection.
    #[error("{id} is counted this year but has no last inspection")]
    CountWithoutDate {
        /// The unit.
        id: CandidateId,
    },
}

impl Snapshot {
    /// The snapshot of `units`, active units in any order.
    ///
    /// # Errors
    /// [`SnapshotError`]: an id twice, a count without a date, too many units.
    pub fn new(month: YearMonth, mut units: Vec<SnapshotUnit>) -> Result<Self, SnapshotError> {
        if units.len() > SNAPSHOT_UNITS_MAX {
            return Err(SnapshotError::TooMany { count: units.len() });
        }
        units.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = units.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(SnapshotError::TwiceInRegister {
                id: pair[0].id.clone(),
            });
        }
        if let Some(unit) = units
            .iter()
            .find(|unit| unit.count > 0 && unit.last.is_none())
        {
            return Err(SnapshotError::CountWithoutDate {
                id: unit.id.clone(),
            });
        }
        Ok(Self { month, units })
    }

    /// The unit with this id.
    #[must_use]
    pub fn unit(&self, id: &CandidateId) -> Option<&SnapshotUnit> {
        let at = self.units.binary_search_by(|unit| unit.id.cmp(id)).ok()?;
        Some(&self.units[at])
    }
}

/// Why a unit may not be inspected on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum NotYet {
    /// Two counted inspections this year; ends with the year (then six months may bind).
    TwiceThisYear {
        /// The first day on which both rules allow a visit.
        until: NaiveDate,
    },
    /// Another visit to it is drawn and not yet made; ends when it is made.
    Pending,
    /// Less than six months since the last counted inspection.
    SixMonths {
        /// The last counted inspection.
        last: NaiveDate,
        /// The first day that is allowed.
        until: NaiveDate,
    },
}

impl SnapshotUnit {
    /// The cell of its stratum and level.
    #[must_use]
    pub fn cell(&self) -> Cell {
        Cell::Of(self.stratum, self.level)
    }

    /// Whether a visit of this year is made or drawn: it counts in K.
    #[must_use]
    pub fn is_committed(&self) -> bool {
        self.count > 0 || self.pending
    }

    /// The first day on which the six months allow a visit; `None`: any day.
    #[must_use]
    pub fn release_date(&self) -> Option<NaiveDate> {
        self.last.map(add_six_months)
    }

    /// Release month in `year`: 1…12, or [`NEXT_YEAR`] (engine.md, section 3).
    #[must_use]
    pub fn release_month(&self, year: i32) -> u32 {
        match self.release_date() {
            None => 1,
            Some(date) if date.year() < year => 1,
            Some(date) if date.year() > year => NEXT_YEAR,
            Some(date) => date.month() + u32::from(date.day() > RELEASE_DAY_MAX),
        }
    }

    /// Whether the law lets it be inspected on `date`, in the calendar year of
    /// the snapshot: one predicate for draws, campaigns and changes by hand.
    ///
    /// # Errors
    /// [`NotYet`], the rule that forbids it and where it ends.
    ///
    /// ```
    /// use double_random::engine::snapshot::{NotYet, SnapshotUnit};
    /// use double_random::model::{DrawLevel, Stratum, CandidateId};
    /// let date = |text: &str| text.parse::<chrono::NaiveDate>().expect("a date");
    /// let (last, until) = (date("2025-12-20"), date("2026-06-20"));
    /// let unit = SnapshotUnit {
    ///     id: CandidateId::new("NG-00001")?,
    ///     stratum: Stratum::C,
    ///     level: DrawLevel::from_points(2),
    ///     count: 0,
    ///     last: Some(last),
    ///     pending: false,
    /// };
    /// assert_eq!(unit.may_be_inspected(date("2026-06-19")), Err(NotYet::SixMonths { last, until }));
    /// assert_eq!(unit.may_be_inspected(until), Ok(()));
    /// # Ok::<(), double_random::model::IdError>(())
    /// ```
    pub fn may_be_inspected(&self, date: NaiveDate) -> Result<(), NotYet> {
        if self.count >= VISITS_PER_YEAR_MAX {
            let new_year = YearMonth::of(date).year_months()[11].next().first_day();
            let until = self
                .release_date()
                .map_or(new_year, |release| release.max(new_year));
            return Err(NotYet::TwiceThisYear { until });
        }
        if self.pending {
            return Err(NotYet::Pending);
        }
        match (self.last, self.release_date()) {
            (Some(last), Some(until)) if date < until => Err(NotYet::SixMonths { last, until }),
            _ => Ok(()),
        }
    }
}
