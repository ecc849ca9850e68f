//! Quantiles and tails of the distributions that estimates and fairness tests
//! are read against. Floats: nothing here is on the way to a selected unit.
//!
//! The special functions are those of the crate `statrs`; a test holds them
//! against R.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};

/// Degrees of freedom above which t's expansion about the normal is used: it
/// is then exact to the last digits, and `statrs` no longer is.
const T_DEGREES_MAX: f64 = 1e4;

/// The quantile of Student's t (1908): P(T ≤ result) = `probability`.
///
/// `degrees` > 0, not necessarily whole; `probability` in ½…1. Above 10⁴
/// degrees by the first terms of its expansion in z and 1/ν (Cornish and Fisher
/// 1938; Abramowitz and Stegun 1964, 26.7.5).
/// Not a number outside these ranges.
///
/// ```
/// use double_random::engine::distribution::t_quantile;
/// assert!((t_quantile(27.0, 0.975) - 2.0518).abs() < 1e-4);
/// assert!(t_quantile(27.0, 1.5).is_nan());
/// ```
#[must_use]
pub fn t_quantile(degrees: f64, probability: f64) -> f64 {
    if !(degrees > 0.0 && (0.5..1.0).contains(&probability)) {
        return f64::NAN;
    }
    if degrees > T_DEGREES_MAX {
        let z = normal().inverse_cdf(probability);
        let first = (z.powi(3) + z) / 4.0;
        let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
        return z + first / degrees + second / degrees.powi(2);
    }
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::NAN, |t| t.inverse_cdf(probability))
}

/// The chance that a chi-square (Pearson 1900) of `degrees` exceeds
/// `statistic`: its p-value. 1 if there are no degrees of freedom.
///
/// ```
/// use double_random::engine::distribution::chi_square_tail;
/// assert!((chi_square_tail(1, 3.841_459) - 0.05).abs() < 1e-6);
/// ```
#[must_use]
pub fn chi_square_tail(degrees: u32, statistic: f64) -> f64 {
    ChiSquared::new(f64::from(degrees)).map_or(1.0, |chi_square| chi_square.sf(statistic))
}

/// The chance that a standard normal variable is further from 0 than `z`.
///
/// ```
/// use double_random::engine::distribution::normal_two_sided;
/// assert!((normal_two_sided(-1.96) - 0.05).abs() < 1e-4);
/// ```
#[must_use]
pub fn normal_two_sided(z: f64) -> f64 {
    2.0 * normal().sf(z.abs())
}

/// The normal distribution of mean 0 and deviation 1.
fn normal() -> Normal {
    Normal::standard()
}
