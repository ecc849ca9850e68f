//! Estimates and distributions against figures from R's `survey`.
//!
//! `tests/r/README.md` says how the figures were made; R is not needed here.

use double_random::engine::distribution::{chi_square_tail, normal_two_sided, t_quantile};
use double_random::engine::estimate::{
    EstimateError, IntervalKind, RateEstimate, Sample, SampleError, SampleUnit,
};
use double_random::model::{DrawLevel, Stratum};
use serde::Deserialize;

#[derive(Deserialize)]
struct Figures {
    t: Vec<[f64; 3]>,
    chi_square: Vec<[f64; 3]>,
    normal: Vec<[f64; 2]>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    /// Stratum, level, month of entry, chance, found, area.
    units: Vec<(usize, u8, u32, f64, Option<bool>, u32)>,
    figures: Vec<Figure>,
}

#[derive(Deserialize)]
struct Figure {
    domain: String,
    visits: u32,
    found: u32,
    units_uncovered: u32,
    rate: f64,
    standard_error: f64,
    df: Option<f64>,
    n_effective: Option<f64>,
    t: Option<[f64; 2]>,
    wilson: Option<[f64; 2]>,
}

fn figures() -> Figures {
    serde_json::from_str(include_str!("../r/estimate.json")).unwrap()
}

/// Relative closeness; R prints 15 digits.
#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    let off = (found - expected).abs();
    assert!(
        off <= 1e-9 * expected.abs().max(1e-3),
        "{what}: {found}, not {expected}"
    );
}

#[test]
fn distributions() {
    let figures = figures();
    for [degrees, probability, expected] in figures.t {
        let what = format!("t quantile of {degrees}, {probability}");
        close(t_quantile(degrees, probability), expected, &what);
    }
    for [degrees, statistic, expected] in figures.chi_square {
        let found = chi_square_tail(degrees as u32, statistic);
        // Relative, down to the smallest tails.
        let off = (found - expected).abs() / expected;
        assert!(off < 1e-7, "chi-square tail of {degrees}, {statistic}");
    }
    for [z, upper] in figures.normal {
        close(normal_two_sided(z), 2.0 * upper, "normal tail");
    }
}

fn sample(case: &Case) -> Sample {
    let units = case.units.iter();
    let units = units.map(
        |(stratum, level, entry_month, chance, found, _)| SampleUnit {
            stratum: Stratum::ALL[*stratum],
            level: DrawLevel::from_points(i32::from(*level)),
            entry_month: *entry_month,
            chance: *chance,
            found: *found,
        },
    );
    Sample::new(units.collect()).unwrap()
}

fn estimate(case: &Case, sample: &Sample, domain: &str) -> RateEstimate {
    let in_domain = |index: usize| {
        let (stratum, _, _, _, _, area) = case.units[index];
        let number = |prefix| domain.strip_prefix(prefix).map(|text: &str| text.parse());
        match (number("area"), number("stratum")) {
            (Some(number), _) => Ok(area) == number,
            (_, Some(number)) => Ok(stratum as u32) == number,
            _ => true,
        }
    };
    sample.rate(in_domain, 0.95).unwrap()
}

fn check(found: &RateEstimate, expected: &Figure, what: &str) {
    let counts = (found.visits, found.found);
    assert_eq!(counts, (expected.visits, expected.found), "{what}");
    if expected.domain == "all" {
        assert_eq!(found.units_uncovered, expected.units_uncovered, "{what}");
    }
    close(found.rate, expected.rate, what);
    close(found.standard_error, expected.standard_error, what);
    assert_eq!(found.degrees_of_freedom.is_some(), expected.df.is_some());
    close(
        found.degrees_of_freedom.unwrap_or(0.0),
        expected.df.unwrap_or(0.0),
        what,
    );
    close(
        found.effective_visits.unwrap_or(0.0),
        expected.n_effective.unwrap_or(0.0),
        what,
    );
    let ends = match found.interval.kind {
        IntervalKind::T => expected.t.unwrap(),
        IntervalKind::Wilson => expected.wilson.unwrap(),
        IntervalKind::Exact => [expected.rate; 2],
    };
    close(found.interval.low, ends[0], what);
    close(found.interval.high, ends[1], what);
}

#[test]
fn rates_are_those_of_survey() {
    let mut kinds = Vec::new();
    for case in &figures().cases {
        let sample = sample(case);
        for expected in &case.figures {
            let what = format!("{}, {}", case.name, expected.domain);
            let found = estimate(case, &sample, &expected.domain);
            check(&found, expected, &what);
            kinds.push(found.interval.kind);
        }
    }
    assert!(kinds.contains(&IntervalKind::T) && kinds.contains(&IntervalKind::Wilson));
}

#[test]
fn what_cannot_be_is_refused() {
    let unit = SampleUnit {
        stratum: Stratum::C,
        level: DrawLevel::default(),
        entry_month: 1,
        chance: 0.5,
        found: Some(true),
    };
    let refused = |unit| Sample::new(vec![unit]).unwrap_err();
    let chance = 1.5;
    let wrong = SampleUnit { chance, ..unit };
    assert_eq!(refused(wrong), SampleError::Chance { index: 0, chance });
    let without = SampleUnit {
        chance: 0.0,
        ..unit
    };
    let expected = SampleError::VisitedWithoutChance { index: 0 };
    assert_eq!(refused(without), expected);
    let sample = Sample::new(vec![unit; 3]).unwrap();
    let none = sample.rate(|_| false, 0.95).unwrap_err();
    assert_eq!(none, EstimateError::NoVisits);
    let sure = sample.rate(|_| true, 1.0).unwrap_err();
    assert_eq!(sure, EstimateError::Confidence { confidence: 1.0 });
    // All were visited: the rate is known.
    let all = sample.rate(|_| true, 0.95).unwrap();
    assert_eq!((all.rate, all.interval.kind), (1.0, IntervalKind::Exact));
    assert_eq!((all.interval.low, all.interval.high), (1.0, 1.0));
}
