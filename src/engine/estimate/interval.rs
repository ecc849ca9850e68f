//! Variance, degrees of freedom and intervals of a rate.

use serde::{Deserialize, Serialize};

use crate::engine::distribution::t_quantile;

/// Expected findings, or visits without, of the effective sample below which
/// the rate counts as near 0 or 1, and Wilson's interval is used.
///
/// Cochran (1977, table 3.3) asks for 15 to 80 of the rarer kind before a
/// normal interval is trusted; the simulation in `tests/estimate_coverage.rs`
/// shows both kinds to cover at this bound.
pub(super) const RARER_MIN: f64 = 15.0;

/// How an interval was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalKind {
    /// Rate ± t × standard error, with Satterthwaite's degrees of freedom
    /// (Satterthwaite 1946; Cochran 1977, equation 5.16).
    T,
    /// Wilson (1927) with the effective number of visits and t in the place of z
    /// (Korn and Graubard 1998; Franco, Little, Louis and Slud 2019).
    Wilson,
    /// Every unit that counts was visited: the rate is known.
    Exact,
}

/// An interval that covers the rate with the confidence asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end, 0…1.
    pub low: f64,
    /// Upper end, 0…1.
    pub high: f64,
    /// How it was made.
    pub kind: IntervalKind,
}

/// What is left to chance about a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Precision {
    /// Variance of the rate.
    pub variance: f64,
    /// Satterthwaite's degrees of freedom; `None` without variance.
    pub degrees_of_freedom: Option<f64>,
    /// Visits less groups, of groups that say something of the domain.
    pub degrees_design: f64,
    /// Size of a simple random sample that tells as much; `None`: without end.
    pub effective_visits: Option<f64>,
}

/// Sums over the groups.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Σ v.
    variance: f64,
    /// Σ v² / (n − 1).
    variance_squared: f64,
    /// Σ (1 − n/N) Σ w² of the domain, w as a share of the domain.
    weights: f64,
    /// Σ (n − 1) over groups with visits in the domain and units not visited.
    degrees: f64,
}

impl Sums {
    /// Adds a group: 1 − n/N, the residual of each of its visits, and Σ w² of
    /// those in the domain. Its variance is (1 − n/N)·n/(n − 1)·Σ(z − z̄)²
    /// (Cochran 1977, equation 5.14).
    pub fn add(&mut self, open_share: f64, residuals: &[f64], weights_squared: f64) {
        let n = residuals.len() as f64;
        if open_share > 0.0 && weights_squared > 0.0 {
            self.weights += open_share * weights_squared;
            self.degrees += n - 1.0;
        }
        if n < 2.0 {
            return;
        }
        let mean = residuals.iter().sum::<f64>() / n;
        let spread: f64 = residuals.iter().map(|z| (z - mean).powi(2)).sum();
        let variance = open_share * n / (n - 1.0) * spread;
        self.variance += variance;
        self.variance_squared += variance.powi(2) / (n - 1.0);
    }

    /// What the sums say of `rate`.
    ///
    /// The effective number of visits is p(1 − p)/variance, but not more than
    /// the weights alone give (Kish 1965, section 11.7, with
    /// finite-population correction): near 0 or 1 the variance that shows is
    /// itself too uncertain to narrow an interval by.
    pub fn precision(&self, rate: f64) -> Precision {
        let has_variance = self.variance > 0.0;
        let by_weights = (self.weights > 0.0).then(|| 1.0 / self.weights);
        let by_variance = has_variance.then(|| rate * (1.0 - rate) / self.variance);
        Precision {
            variance: self.variance,
            degrees_of_freedom: has_variance.then(|| self.variance.powi(2) / self.variance_squared),
            degrees_design: self.degrees,
            effective_visits: by_weights.map(|n| by_variance.map_or(n, |other| n.min(other))),
        }
    }
}

impl Precision {
    /// The interval of `rate` with `confidence`.
    pub fn interval(&self, rate: f64, confidence: f64) -> Interval {
        let Some(visits) = self.effective_visits else {
            return Interval {
                low: rate,
                high: rate,
                kind: IntervalKind::Exact,
            };
        };
        let is_rare = visits * rate.min(1.0 - rate) < RARER_MIN;
        let by_t = self.t(rate, confidence).filter(|_| !is_rare);
        by_t.unwrap_or_else(|| self.wilson(rate, visits, confidence))
    }

    /// Rate ± t × standard error, cut at 0 and 1.
    pub fn t(&self, rate: f64, confidence: f64) -> Option<Interval> {
        let t = t_quantile(self.degrees_of_freedom?, f64::midpoint(1.0, confidence));
        let half = t * self.variance.sqrt();
        Some(Interval {
            low: (rate - half).max(0.0),
            high: (rate + half).min(1.0),
            kind: IntervalKind::T,
        })
    }

    /// Wilson's interval for a sample of `visits`.
    pub fn wilson(&self, rate: f64, visits: f64, confidence: f64) -> Interval {
        let t = t_quantile(self.degrees_design, f64::midpoint(1.0, confidence));
        let shrink = t * t / visits;
        let centre = rate + shrink / 2.0;
        let half = (shrink * (rate * (1.0 - rate) + shrink / 4.0)).sqrt();
        Interval {
            low: ((centre - half) / (1.0 + shrink)).max(0.0),
            high: ((centre + half) / (1.0 + shrink)).min(1.0),
            kind: IntervalKind::Wilson,
        }
    }
}
