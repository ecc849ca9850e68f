//! What a check found, as data: pages put it into words.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::Claim;
use crate::engine::cell::Cell;
use crate::engine::ceremony::EntropyError;
use crate::engine::design::DesignError;
use crate::engine::draw::DrawGroup;
use crate::engine::level::PointReason;
use crate::engine::lottery::{Hash, Seed, Ticket};
use crate::engine::month::SetAsideReason;
use crate::engine::quota::{Mode, Window};
use crate::engine::snapshot::NotYet;
use crate::model::{CandidateId, OfficerId};

/// A claim with what its check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub claim: Claim,
    /// What was found.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What the check of a claim found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It holds.
    Passed {
        /// How many things were compared: units, tickets, cells, days.
        checked: u32,
    },
    /// It does not hold.
    Failed {
        /// What differs; never empty.
        differences: Vec<Difference>,
    },
    /// What would be needed is not at hand; all that is at hand agrees.
    NotCheckable {
        /// What is lacking.
        why: Lacking,
    },
}

/// What a check would need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "lacking")]
pub enum Lacking {
    /// The published register.
    Register,
    /// A register that is well formed: [`Claim::Register`] names its mistakes.
    SoundRegister,
    /// A design and capacities that are possible: [`Claim::Design`] or
    /// [`Claim::Capacity`] names the mistake.
    SoundDesign,
    /// Working days in order: [`Claim::WorkingDays`] names the mistake.
    WorkingDays,
    Officers,
    AnnualPlan,
    /// The certificate before this.
    Previous,
    /// The certificates of the earlier draws of the month: none of them is at hand.
    EarlierDraws,
    /// The records of draws broken off: their numbers are used, and nothing says by what.
    BrokenDraws {
        /// The first such number.
        from: u32,
        /// The last.
        to: u32,
    },
    /// Lists of the occasion that are not too long: [`Claim::Occasion`] says so.
    SoundOccasion,
    /// When the named public value appeared, which only its source can tell.
    Publication {
        /// The hour at which the fallback takes over.
        by: NaiveDateTime,
        /// Whether the fallback was used: then the named one must not have
        /// appeared before that hour, else it must have.
        is_fallback: bool,
    },
    /// A month with fewer visits: so many are not laid again.
    FewerVisits {
        /// How many there are.
        count: u32,
        /// How many may be.
        max: u32,
    },
    /// The fields of withheld units.
    WithheldUnits {
        /// How many are withheld.
        count: u32,
    },
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Where.
    pub at: Place,
    /// What is stated: by the certificate or, of its own fields, the register.
    pub stated: Datum,
    /// What was worked out.
    pub found: Datum,
}

/// Where something differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "at")]
pub enum Place {
    /// In what the claim names as a whole.
    Whole,
    Witness {
        name: String,
    },
    Unit {
        /// Its id or alias.
        unit: CandidateId,
    },
    Officer {
        officer: OfficerId,
    },
    /// A size of a cell.
    Cell {
        cell: Cell,
        /// Which size.
        size: SizeField,
    },
    /// A group's pool, size or key.
    Group {
        group: DrawGroup,
        /// Which size; `None`: its key, or the group itself.
        size: Option<SizeField>,
    },
    /// A draw, by its number.
    Draw {
        number: u32,
    },
    /// A place in a group's order.
    Rank {
        group: DrawGroup,
        /// The rank, from 1.
        rank: u32,
    },
    /// A month of the year.
    Month {
        /// 1…12.
        month: u32,
    },
    /// A place among the visits set aside.
    SetAside {
        /// From 1.
        place: u32,
    },
}

/// A size of a cell or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeField {
    /// N.
    Size,
    /// T.
    Target,
    /// K.
    Committed,
    /// Visits still to draw this year.
    Demand,
    /// R.
    Pool,
    /// n.
    Quota,
    /// Units in the published reserve.
    Reserve,
}

/// A value of either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "value")]
pub enum Datum {
    /// Not there, or nothing of the kind.
    Nothing,
    Number(u64),
    /// A hash, seed or ticket.
    Hash(Hash),
    Text(String),
    Day(NaiveDate),
    /// A moment in local time.
    Moment(NaiveDateTime),
    Unit(CandidateId),
    Officer(OfficerId),
    /// A rule that forbids a visit.
    Limit(NotYet),
    /// Which rule gave the sizes.
    Mode(Mode),
    /// Months that hold too few visits.
    Window(Window),
    /// A mistake of the design.
    Design(DesignError),
    /// A mistake of the entropy.
    Entropy(EntropyError),
    /// Why a visit was set aside.
    SetAside(SetAsideReason),
    Points(PointReason, i8),
}

macro_rules! datum_from {
    (@map $value:ident) => { $value };
    (@map $value:ident $map:expr) => { ($map)($value) };
    ($($kind:ty => $variant:ident $(by $map:expr)?),* $(,)?) => {
        $(impl From<$kind> for Datum {
            fn from(value: $kind) -> Self {
                Self::$variant(datum_from!(@map value $($map)?))
            }
        })*
    };
}

datum_from! {
    u64 => Number,
    u32 => Number by u64::from,
    Hash => Hash,
    Seed => Hash by (|value: Seed| Hash(value.0)),
    Ticket => Hash by (|value: Ticket| Hash(value.0)),
    String => Text,
    NaiveDate => Day,
    NaiveDateTime => Moment,
    CandidateId => Unit,
    OfficerId => Officer,
    NotYet => Limit,
    Mode => Mode,
    Window => Window,
    DesignError => Design,
    EntropyError => Entropy,
    SetAsideReason => SetAside,
}

impl<T: Into<Datum>> From<Option<T>> for Datum {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// Gathers what a check compares.
#[derive(Debug, Default)]
pub(super) struct Findings {
    checked: u32,
    differences: Vec<Difference>,
}

impl Findings {
    /// Compares two values at a place.
    pub(super) fn same<T: Into<Datum> + PartialEq>(&mut self, at: Place, stated: T, found: T) {
        self.checked += 1;
        if stated != found {
            self.differ(at, stated, found);
        }
    }

    /// Notes a difference.
    pub(super) fn differ(&mut self, at: Place, stated: impl Into<Datum>, found: impl Into<Datum>) {
        self.differences.push(Difference {
            at,
            stated: stated.into(),
            found: found.into(),
        });
    }

    /// Counts things that were compared elsewhere.
    pub(super) fn count(&mut self, checked: usize) {
        self.checked += checked as u32;
    }

    /// Counts one thing, and notes a unit for which it does not hold.
    pub(super) fn unit_holds(&mut self, holds: bool, unit: &CandidateId) {
        self.checked += 1;
        if !holds {
            let at = Place::Unit { unit: unit.clone() };
            self.differ(at, unit.clone(), Datum::Nothing);
        }
    }

    /// The outcome.
    pub(super) fn outcome(self) -> Outcome {
        if self.differences.is_empty() {
            Outcome::Passed {
                checked: self.checked,
            }
        } else {
            Outcome::Failed {
                differences: self.differences,
            }
        }
    }

    /// The outcome where withheld units leave a part open.
    pub(super) fn outcome_with(self, withheld_count: u32) -> Outcome {
        match self.outcome() {
            Outcome::Passed { .. } if withheld_count > 0 => Outcome::NotCheckable {
                why: Lacking::WithheldUnits {
                    count: withheld_count,
                },
            },
            outcome => outcome,
        }
    }
}
