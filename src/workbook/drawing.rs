//! A draw under way: the entropy is in and the numbers are drawn, days and teams are
//! laid in steps.
//!
//! Once it has begun it is finished: nobody sees whom it drew before, and nothing
//! but [`Drawing::finish`] makes what the workbook takes, so a draw cannot be given
//! up for another, nor be handed a plan from elsewhere.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::draw::Drawn;
use crate::engine::ceremony::EntropyRecord;
use crate::engine::draw::DrawResult;
use crate::engine::lottery::Hash;
use crate::engine::month::{LaidMonth, MonthPlanning, PlanningProgress};

/// A draw's outcome without its plan.
#[derive(Debug, Clone)]
pub(super) struct Undated {
    pub entropy: EntropyRecord,
    pub missing: Vec<String>,
    pub at: NaiveDateTime,
    pub operator: String,
    pub result: DrawResult,
}

/// A draw whose days and teams are being laid; see `Workbook::begin_draw`.
pub struct Drawing {
    number: u32,
    commitment: Hash,
    drawn: Undated,
    planning: MonthPlanning<'static>,
}

/// A draw with its plan, for the action that records it.
#[derive(Debug, Clone)]
pub struct FinishedDraw {
    number: u32,
    commitment: Hash,
    drawn: Drawn,
}

impl Drawing {
    pub(super) const fn new(
        number: u32,
        commitment: Hash,
        drawn: Undated,
        planning: MonthPlanning<'static>,
    ) -> Self {
        Self {
            number,
            commitment,
            drawn,
            planning,
        }
    }

    /// The draw's number.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Does a bounded piece of work.
    pub fn step(&mut self) -> PlanningProgress {
        self.planning.step()
    }

    /// The whole draw; `None` before [`Drawing::step`] says that it is done.
    #[must_use]
    pub fn finish(self) -> Option<FinishedDraw> {
        let laid = self.planning.finish()?;
        Some(Self::with(self.number, self.commitment, self.drawn, laid))
    }

    /// Does all that is left.
    #[must_use]
    pub(super) fn run(self) -> FinishedDraw {
        let laid = self.planning.run();
        Self::with(self.number, self.commitment, self.drawn, laid)
    }

    fn with(number: u32, commitment: Hash, drawn: Undated, laid: LaidMonth) -> FinishedDraw {
        debug_assert_eq!(laid.seed(), drawn.result.seed);
        FinishedDraw {
            number,
            commitment,
            drawn: Drawn {
                entropy: drawn.entropy,
                missing: drawn.missing,
                at: drawn.at,
                operator: drawn.operator,
                // This and the names come when the workbook takes the draw.
                certificate: Hash([0; 32]),
                result: drawn.result,
                plan: laid.into_plan(),
                names: BTreeMap::new(),
            },
        }
    }
}

impl FinishedDraw {
    pub(super) fn into_parts(self) -> (u32, Hash, Drawn) {
        (self.number, self.commitment, self.drawn)
    }
}
