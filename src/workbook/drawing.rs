//! A draw under way: the entropy is in and the numbers are drawn and recorded, days
//! and teams are laid in steps.
//!
//! They follow from the record alone, so that whoever begins anew, after the page was
//! closed in between, comes to the same plan; and nothing but [`Drawing::finish`] makes
//! what the workbook takes, so that no draw can be handed a plan from elsewhere.

use crate::engine::lottery::{Hash, Seed};
use crate::engine::month::{LaidMonth, MonthPlan, MonthPlanning, PlanningProgress};

/// A draw whose days and teams are being laid; see `Workbook::begin_laying`.
pub struct Drawing {
    number: u32,
    commitment: Hash,
    planning: MonthPlanning<'static>,
}

/// The days and teams of a draw, for the action that records them.
#[derive(Debug, Clone)]
pub struct FinishedDraw {
    number: u32,
    commitment: Hash,
    laid: LaidMonth,
}

impl Drawing {
    pub(super) const fn new(
        number: u32,
        commitment: Hash,
        planning: MonthPlanning<'static>,
    ) -> Self {
        Self {
            number,
            commitment,
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

    /// The whole plan; `None` before [`Drawing::step`] says that it is done.
    #[must_use]
    pub fn finish(self) -> Option<FinishedDraw> {
        Some(FinishedDraw {
            number: self.number,
            commitment: self.commitment,
            laid: self.planning.finish()?,
        })
    }

    /// Does all that is left.
    #[must_use]
    pub(super) fn run(self) -> FinishedDraw {
        FinishedDraw {
            number: self.number,
            commitment: self.commitment,
            laid: self.planning.run(),
        }
    }
}

impl FinishedDraw {
    pub(super) const fn number(&self) -> u32 {
        self.number
    }

    /// The plan, if it is that of a draw under this commitment with this seed.
    pub(super) fn into_plan_of(self, commitment: Hash, seed: Seed) -> Option<MonthPlan> {
        let is_its = self.commitment == commitment && self.laid.seed() == seed;
        is_its.then(|| self.laid.into_plan())
    }
}
