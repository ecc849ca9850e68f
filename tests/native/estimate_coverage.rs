//! Do the intervals cover? A register is made once; then it is drawn many
//! times, and each time the interval holds the register's rate or does not.

use double_random::engine::estimate::{PoolDraw, Sample, SampleUnit, chance};
use double_random::model::{DrawLevel, Stratum};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const CONFIDENCE: f64 = 0.95;
const RUNS: u32 = 2_000;
/// Standard errors by which a coverage may fall short.
const ERRORS: f64 = 5.0;

/// A unit with its outcome, should it be visited.
struct Unit {
    level: usize,
    entry_month: u32,
    area: u32,
    found: bool,
}

struct Register {
    units: Vec<Unit>,
    /// Share of each level's pool that a month draws.
    shares: [f64; 3],
    months: u32,
}

impl Register {
    /// Higher levels find more, and area 1 has more of them; units that enter
    /// late find less.
    fn new(size: usize, months: u32, shares: [f64; 3], rate: f64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let unit = |_| {
            let level = [0, 0, 0, 1, 1, 2][rng.random_range(0..6)];
            let area = 1 + u32::from(rng.random_bool(if level == 2 { 0.3 } else { 0.8 }));
            let entry_month = [1, 1, 1, 1, 3, 6][rng.random_range(0..6)].min(months);
            let factor = [0.7, 1.2, 2.0][level] * if entry_month > 1 { 0.6 } else { 1.0 };
            let found = rng.random_bool((rate * factor).min(1.0));
            Unit {
                level,
                entry_month,
                area,
                found,
            }
        };
        let units = (0..size).map(unit).collect();
        Self {
            units,
            shares,
            months,
        }
    }

    /// One year of draws: the chance of each unit, and whether it was drawn.
    fn draw(&self, rng: &mut ChaCha8Rng) -> Vec<SampleUnit> {
        let mut drawn = vec![false; self.units.len()];
        let mut draws = vec![Vec::new(); self.units.len()];
        for month in 1..=self.months {
            for level in 0..3 {
                let open = |index: &usize| {
                    let unit = &self.units[*index];
                    unit.level == level && unit.entry_month <= month
                };
                let mut pool: Vec<usize> = (0..drawn.len()).filter(open).collect();
                let everyone = pool.clone();
                pool.retain(|index| !drawn[*index]);
                let size = pool.len() as u32;
                let quota = (self.shares[level] * f64::from(size)).round() as u32;
                everyone
                    .iter()
                    .for_each(|index| draws[*index].push(PoolDraw { pool: size, quota }));
                pool.shuffle(rng);
                pool[..quota as usize]
                    .iter()
                    .for_each(|index| drawn[*index] = true);
            }
        }
        let told = |(index, unit): (usize, &Unit)| SampleUnit {
            stratum: Stratum::C,
            level: DrawLevel::from_points(unit.level as i32),
            entry_month: unit.entry_month,
            chance: chance(draws[index].iter().copied()),
            found: drawn[index].then_some(unit.found),
        };
        self.units.iter().enumerate().map(told).collect()
    }

    fn true_rate(&self, in_domain: impl Fn(&Unit) -> bool) -> f64 {
        let units: Vec<&Unit> = self.units.iter().filter(|unit| in_domain(unit)).collect();
        units.iter().filter(|unit| unit.found).count() as f64 / units.len() as f64
    }
}

/// Covering and mean error, in standard errors of the mean over the runs.
fn coverage(register: &Register, seed: u64, in_domain: impl Fn(&Unit) -> bool) -> (f64, f64) {
    let rate = register.true_rate(&in_domain);
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut covered, mut used) = (0, 0);
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..RUNS {
        let sample = Sample::new(register.draw(&mut rng)).unwrap();
        let found = sample.rate(|index| in_domain(&register.units[index]), CONFIDENCE);
        let Ok(found) = found else { continue };
        used += 1;
        covered += u32::from((found.interval.low..=found.interval.high).contains(&rate));
        sum += found.rate - rate;
        squares += (found.rate - rate).powi(2);
    }
    let used = f64::from(used);
    let bias = sum / used / (squares / used / used).sqrt();
    (f64::from(covered) / used, bias)
}

/// At least the confidence asked for, less the error of so many runs.
#[track_caller]
fn check(register: &Register, in_domain: impl Fn(&Unit) -> bool) -> f64 {
    let (covered, bias) = coverage(register, 11, in_domain);
    let error = (CONFIDENCE * (1.0 - CONFIDENCE) / f64::from(RUNS)).sqrt();
    assert!(
        covered > CONFIDENCE - ERRORS * error,
        "covered {covered}, {} units, {} months",
        register.units.len(),
        register.months
    );
    bias
}

#[test]
fn intervals_cover_over_a_year() {
    for rate in [0.02, 0.1, 0.3] {
        let register = Register::new(400, 12, [0.02, 0.04, 0.1], rate);
        let bias = check(&register, |_| true);
        assert!(
            bias.abs() < ERRORS,
            "bias of {bias} standard errors at {rate}"
        );
        // With one or two such units in all, no interval can be near 95 %: it
        // covers exactly when that one unit is not drawn.
        if rate > 0.02 {
            check(&register, |unit| unit.area == 1);
        }
    }
}

#[test]
fn intervals_cover_with_few_visits() {
    for rate in [0.1, 0.3] {
        check(&Register::new(60, 4, [0.15; 3], rate), |_| true);
        check(&Register::new(300, 2, [0.04, 0.06, 0.12], rate), |_| true);
    }
}

/// What the visited show without weights is another rate: the high levels are
/// drawn more often. This is what the weights are for.
#[test]
fn visits_without_weights_mislead() {
    let register = Register::new(3_000, 12, [0.01, 0.04, 0.1], 0.3);
    let drawn = register.draw(&mut ChaCha8Rng::seed_from_u64(3));
    let found: Vec<bool> = drawn.iter().filter_map(|unit| unit.found).collect();
    let plain = found.iter().filter(|found| **found).count() as f64 / found.len() as f64;
    let rate = Sample::new(drawn)
        .unwrap()
        .rate(|_| true, CONFIDENCE)
        .unwrap();
    assert!(plain > rate.interval.high, "{plain} is inside {rate:?}");
}
