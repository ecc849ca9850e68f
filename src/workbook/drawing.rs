//! A draw under way: the entropy is in and the numbers are drawn and recorded, days
//! and teams are being laid.
//!
//! They follow from the record alone, so that whoever begins anew, after the page was
//! closed in between, comes to the same plan; and nothing but [`Drawing::lay`] makes
//! what the workbook takes, so that no draw can be handed a plan from elsewhere.

use crate::engine::lottery::{Hash, Seed};
use crate::engine::month::{LaidMonth, MonthPlan, PlanInput};
use crate::engine::pace::Pace;

/// A draw whose days and teams are being laid; see `Workbook::begin_laying`.
pub struct Drawing {
    number: u32,
    commitment: Hash,
    input: PlanInput<'static>,
}

/// The days and teams of a draw, for the action that records them.
#[derive(Debug, Clone)]
pub struct FinishedDraw {
    number: u32,
    commitment: Hash,
    laid: LaidMonth,
}

impl Drawing {
    pub(super) const fn new(number: u32, commitment: Hash, input: PlanInput<'static>) -> Self {
        Self {
            number,
            commitment,
            input,
        }
    }

    /// The draw's number.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Lays the whole plan.
    pub async fn lay(self, pace: &impl Pace) -> FinishedDraw {
        FinishedDraw {
            number: self.number,
            commitment: self.commitment,
            laid: self.input.lay(pace).await,
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
