//! Counts of things in equal position: whether one comes up more than another.

use crate::engine::distribution::{chi_square_tail, normal_two_sided};

/// Counts over runs of items that fall into classes; items of a class are
/// exchangeable: the lottery does not tell them apart.
#[derive(Debug, Clone)]
pub(super) struct Exchangeable {
    /// Class of each item, 0…
    class: Vec<usize>,
    /// Items of each class.
    size: Vec<f64>,
    /// Σ counts of each item.
    sum: Vec<u64>,
    /// Σ (count − mean of the class in that run).
    deviation: Vec<f64>,
    /// Σ (count − mean of the class in that run)².
    squares: Vec<f64>,
}

/// A class tested.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tested {
    pub statistic: f64,
    pub degrees: u32,
    pub p_value: f64,
}

impl Exchangeable {
    /// Nothing counted yet: the class of each item.
    pub fn new(class: Vec<usize>) -> Self {
        let classes = class.iter().max().map_or(0, |last| last + 1);
        let mut size = vec![0.0; classes];
        class.iter().for_each(|class| size[*class] += 1.0);
        let items = class.len();
        Self {
            class,
            size,
            sum: vec![0; items],
            deviation: vec![0.0; items],
            squares: vec![0.0; items],
        }
    }

    /// Adds the counts of one run.
    pub fn add(&mut self, counts: &[u32]) {
        let mut mean = vec![0.0; self.size.len()];
        for (class, count) in self.class.iter().zip(counts) {
            mean[*class] += f64::from(*count) / self.size[*class];
        }
        for (item, count) in counts.iter().enumerate() {
            let off = f64::from(*count) - mean[self.class[item]];
            self.sum[item] += u64::from(*count);
            self.deviation[item] += off;
            self.squares[item] += off * off;
        }
    }

    /// The counts of an item over all runs.
    pub fn sum(&self, item: usize) -> u64 {
        self.sum[item]
    }

    /// Mean of an item's class over all runs, in counts.
    pub fn class_mean(&self, item: usize) -> f64 {
        let class = self.class[item];
        let members = (0..self.class.len()).filter(|item| self.class[*item] == class);
        members.map(|item| self.sum[item] as f64).sum::<f64>() / self.size[class]
    }

    /// Whether the items of a class come up equally: within a run their
    /// deviations have covariance τ²(I − J/m), so ΣD² / (Σ squares / (m − 1)) is
    /// chi-square with m − 1 degrees of freedom over many runs (Hotelling 1931).
    pub fn test(&self, class: usize) -> Tested {
        let members = || (0..self.class.len()).filter(|item| self.class[*item] == class);
        let degrees = (members().count() as u32).saturating_sub(1);
        let squares: f64 = members().map(|item| self.squares[item]).sum();
        let deviation: f64 = members().map(|item| self.deviation[item].powi(2)).sum();
        let statistic = if squares > 0.0 {
            deviation * f64::from(degrees) / squares
        } else {
            0.0
        };
        Tested {
            statistic,
            degrees,
            p_value: chi_square_tail(degrees, statistic),
        }
    }

    /// The smallest p-value of any single item, times the number of items
    /// (Bonferroni 1936): holds however the items hang together.
    pub fn worst(&self) -> f64 {
        let items = 0..self.class.len();
        let open = items.filter(|item| self.squares[*item] > 0.0);
        let p = |item: usize| normal_two_sided(self.deviation[item] / self.squares[item].sqrt());
        corrected(open.map(p))
    }
}

/// The smallest of several p-values, corrected for their number (Bonferroni 1936); 1 where
/// there is none.
pub(super) fn corrected(p_values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut smallest, mut count) = (1.0, 0_u32);
    for p_value in p_values {
        smallest = f64::min(smallest, p_value);
        count += 1;
    }
    f64::min(smallest * f64::from(count.max(1)), 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_counts_pass_and_favour_shows() {
        let mut fair = Exchangeable::new(vec![0, 0, 0, 1]);
        let mut unfair = fair.clone();
        for run in 0..300 {
            let mut counts = [1, 1, 1, 5];
            counts[run % 3] += 1;
            fair.add(&counts);
            unfair.add(&[
                1 + u32::from(run % 5 > 0),
                1,
                1 + u32::from(run % 5 == 0),
                5,
            ]);
        }
        assert!(fair.test(0).p_value > 0.9 && fair.worst() > 0.9);
        assert_eq!((fair.test(0).degrees, fair.test(1).p_value), (2, 1.0));
        assert!(unfair.test(0).p_value < 1e-9 && unfair.worst() < 1e-9);
        assert_eq!((fair.sum(3), fair.class_mean(3)), (1_500, 1_500.0));
    }
}
