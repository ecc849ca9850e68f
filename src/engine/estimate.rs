//! Rates over the register, estimated from random first visits.
//!
//! A rate (say, of units with findings) among the visited says little of the
//! register: high levels are drawn more often. Here each visited unit stands for
//! the units that had its chance: **groups** of one cell and one month of entry,
//! **weights** 1/π scaled to the group's size, a **ratio estimator**, and the
//! variance of a stratified simple random sample with finite-population
//! correction (Cochran 1977, ch. 5 and 6; Horvitz and Thompson 1952), domains by
//! linearisation (Binder 1983). A test holds all of it against R's `survey`
//! (Lumley 2004), which does the same with strata and fpc.
//!
//! Campaign visits are not random and never enter; second visits neither. Units
//! count in the cell they have in the last snapshot, whatever they were before.
//!
//! Start reading at [`first_chances`] (π from the year's recorded draws), then
//! [`Sample`]. The only floats of the engine are here, in [`simulate`] and in
//! [`distribution`]; none comes near a draw.
//!
//! [`simulate`]: crate::engine::simulate
//! [`distribution`]: crate::engine::distribution

use serde::{Deserialize, Serialize};

use crate::model::{DrawLevel, Stratum};

mod chance;
mod group;
mod interval;

pub use chance::{PoolDraw, RecordedDraw, UnitChance, chance, first_chances, first_draws};
pub use interval::{Interval, IntervalKind};

use group::{Group, groups};
use interval::Precision;

/// A unit of the register as an estimate sees it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SampleUnit {
    /// Its stratum in the last snapshot.
    pub stratum: Stratum,
    /// Its level in the last snapshot.
    pub level: DrawLevel,
    /// The month from which it could be drawn, 1…13 (see [`UnitChance`]).
    pub entry_month: u32,
    /// π: its chance of a random first visit so far, 0…1.
    pub chance: f64,
    /// Whether its random first visit found something; `None`: no such visit yet.
    pub found: Option<bool>,
}

/// Why units are no sample.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SampleError {
    /// A chance that is no number from 0 to 1.
    #[error("unit at {index} has the chance {chance}")]
    Chance {
        /// Its place among the units given.
        index: usize,
        /// The number.
        chance: f64,
    },
    /// A unit that was visited at random but had no chance.
    #[error("unit at {index} was visited at random without a chance")]
    VisitedWithoutChance {
        /// Its place among the units given.
        index: usize,
    },
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum EstimateError {
    /// Nothing is known of the domain: no random first visit in it counts.
    #[error("no random first visit in the domain")]
    NoVisits,
    /// A level of confidence that is not between 0 and 1.
    #[error("confidence {confidence}")]
    Confidence {
        /// The number.
        confidence: f64,
    },
}

/// An estimated rate, with all that a page says beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateEstimate {
    /// The rate, 0…1.
    pub rate: f64,
    pub standard_error: f64,
    /// Satterthwaite's degrees of freedom; `None` if no variance shows.
    pub degrees_of_freedom: Option<f64>,
    /// Size of the simple random sample that would tell as much; `None`: the
    /// rate is known, nothing is left to chance.
    pub effective_visits: Option<f64>,
    /// The interval to show.
    pub interval: Interval,
    /// Random first visits in the domain that count.
    pub visits: u32,
    /// Those of them that found something.
    pub found: u32,
    /// Units of the register in the domain.
    pub units: u32,
    /// Units of the domain in strata with too few visits: the estimate says
    /// nothing of them.
    pub units_uncovered: u32,
    /// Units of the domain that had no chance yet: the estimate takes them to be
    /// as the others of their group.
    pub units_without_chance: u32,
}

/// The units of a register with the groups that their visits stand for.
///
/// ```
/// use double_random::engine::estimate::{Sample, SampleUnit};
/// use double_random::model::{DrawLevel, Stratum};
/// // 40 of 200 general units were drawn by now; 10 of them had findings.
/// let unit = |number: u32| SampleUnit {
///     stratum: Stratum::C,
///     level: DrawLevel::from_points(0),
///     entry_month: 1,
///     chance: 0.2,
///     found: (number < 40).then_some(number < 10),
/// };
/// let sample = Sample::new((0..200).map(unit).collect())?;
/// let all = sample.rate(|_| true, 0.95)?;
/// assert_eq!((all.rate, all.visits, all.units), (0.25, 40, 200));
/// // Cochran (1977), equation 3.8: (1 − n/N)·p·q / (n − 1).
/// assert!((all.standard_error - (0.8 * 0.25 * 0.75 / 39.0_f64).sqrt()).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sample {
    units: Vec<SampleUnit>,
    groups: Vec<Group>,
}

impl Sample {
    /// Groups the units of the register: all active ones, visited or not.
    ///
    /// Groups are cell × month of entry. Neighbours within a cell are merged
    /// until each has two visits, or all its units visited; a cell that has
    /// fewer is merged with its neighbours in level ("collapsed strata",
    /// Cochran 1977, section 5A.12). A stratum that has fewer is left out.
    ///
    /// # Errors
    /// [`SampleError`], the first unit whose chance cannot be right.
    pub fn new(units: Vec<SampleUnit>) -> Result<Self, SampleError> {
        for (index, unit) in units.iter().enumerate() {
            let chance = unit.chance;
            if !(0.0..=1.0).contains(&chance) {
                return Err(SampleError::Chance { index, chance });
            }
            if unit.found.is_some() && chance == 0.0 {
                return Err(SampleError::VisitedWithoutChance { index });
            }
        }
        let groups = groups(&units);
        Ok(Self { units, groups })
    }

    /// Estimates the rate of units with findings in a domain.
    ///
    /// `in_domain` takes a place among the units given to [`Sample::new`];
    /// `confidence` is that of the interval, such as 0.95. Ratio estimator Σwy/Σw
    /// over the domain's visits, its variance by linearisation: that of the
    /// total of w(y − rate)/Σw, which is 0 outside the domain.
    ///
    /// # Errors
    /// [`EstimateError`].
    pub fn rate(
        &self,
        in_domain: impl Fn(usize) -> bool,
        confidence: f64,
    ) -> Result<RateEstimate, EstimateError> {
        if !(confidence > 0.0 && confidence < 1.0) {
            return Err(EstimateError::Confidence { confidence });
        }
        let visits = || {
            let covered = self.groups.iter().filter(|group| group.is_covered());
            let visits = covered.flat_map(|group| &group.visits);
            visits.filter(|visit| in_domain(visit.index))
        };
        let total: f64 = visits().map(|visit| visit.weight).sum();
        if total <= 0.0 {
            return Err(EstimateError::NoVisits);
        }
        let found = || visits().filter(|visit| visit.found);
        let rate = found().map(|visit| visit.weight).sum::<f64>() / total;
        let precision = self.precision(&in_domain, rate, total);
        let domain = || (0..self.units.len()).filter(|index| in_domain(*index));
        let outside = self.groups.iter().filter(|group| !group.is_covered());
        let uncovered = outside.flat_map(|group| &group.members);
        Ok(RateEstimate {
            rate,
            standard_error: precision.variance.sqrt(),
            degrees_of_freedom: precision.degrees_of_freedom,
            effective_visits: precision.effective_visits,
            interval: precision.interval(rate, confidence),
            visits: visits().count() as u32,
            found: found().count() as u32,
            units: domain().count() as u32,
            units_uncovered: uncovered.filter(|index| in_domain(**index)).count() as u32,
            units_without_chance: domain()
                .filter(|index| self.units[*index].chance == 0.0)
                .count() as u32,
        })
    }

    /// Adds the groups' parts of the variance; `total` is Σw of the domain.
    fn precision(&self, in_domain: &impl Fn(usize) -> bool, rate: f64, total: f64) -> Precision {
        let mut sums = interval::Sums::default();
        for group in self.groups.iter().filter(|group| group.is_covered()) {
            let residual = |visit: &group::Visit| {
                let outcome = f64::from(u8::from(visit.found));
                if in_domain(visit.index) {
                    visit.weight * (outcome - rate) / total
                } else {
                    0.0
                }
            };
            let inside = group.visits.iter().filter(|visit| in_domain(visit.index));
            let weights_squared = inside.map(|visit| (visit.weight / total).powi(2)).sum();
            let residuals: Vec<f64> = group.visits.iter().map(residual).collect();
            sums.add(group.open_share(), &residuals, weights_squared);
        }
        sums.precision(rate)
    }
}
