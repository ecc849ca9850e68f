//! Fairness tested on one's own register (N9): what was promised against what
//! comes out, over thousands of draws that never count.
//!
//! - [`fairness()`]: many draws of one month. Chances of units by chi-square,
//!   visits of officers and of pairs.
//! - [`years()`]: whole years, month by month through the engine's own
//!   functions, on a register that changes. Floors, limits of the law, chances.
//!
//! Inputs and reports are data. Run k depends on the seed and on k alone. Seeds come from `ChaCha8` (Bernstein
//! 2008), which no real draw uses.
//!
//! # What the planner promises, and what can break it
//!
//! If the sizes of a month are feasible (mode *full* or *without-early*) and
//! register and capacity stay as they are, then every later month is feasible
//! and December meets all targets, **whatever the lottery draws** (see
//! [`quota`](crate::engine::quota)). Of what changes during a year,
//!
//! - cannot break it: which units are drawn; campaign visits to units not yet
//!   visited, where other officers make them (K grows by one, the demand of
//!   every window shrinks or stays); second visits (they take what is left over);
//! - can break it, by more visits due: units that join, levels and strata that
//!   rise, visited units that close (their visit no longer counts), rounding up
//!   when units change cells; by fewer places: leave, visits carried into a
//!   month; by less to do early: units that close before others of their cell
//!   are released.
//!
//! What can break it is met by the next month's sizes, which start from the
//! register as it is, and is named there (mode *what-fits* with its window).
//! So the promise for a year is: **if each of its months was feasible when it was
//! drawn, and December's visits are made, every floor is met** by December's
//! register without the units closed on the spot in December. An early month
//! that was not feasible can still end well; the report counts both. Visits that
//! December leaves unmade are outside the promise, and are counted too.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

mod exchangeable;
mod fairness;
mod year;
mod years;

pub use fairness::{
    FairnessInput, FairnessReport, GroupFairness, OfficerFairness, PairFairness, PositionFairness,
    TeamFairness, fairness,
};
pub use year::{Churn, YearsInput};
pub use years::{
    ChanceGroup, FailedYear, MonthYears, StratumYears, UnitTally, YearsReport, YearsRun, years,
};

/// Expected draws, and expected misses, of a unit below which a chi-square is
/// not to be trusted (Cochran 1954).
pub const EXPECTED_MIN: f64 = 5.0;

/// The generator of run `run`: a stream of its own.
fn generator(seed: u32, run: u32) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(u64::from(seed));
    rng.set_stream(u64::from(run));
    rng
}
