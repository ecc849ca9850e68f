//! What mends a year that does not fit: that it does, and that less does not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use double_random::engine::calendar::WorkdayCalendar;
use double_random::engine::design::{AnnualDesign, TWICE_OFF};
use double_random::engine::draw::size_month;
use double_random::engine::duty::{OfficerDuty, places};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::quota::{Mode, Window};
use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
use double_random::engine::year_plan::{
    DayLoan, Lending, MonthLoan, Remedy, lower_shares, remedies, year_plan,
};
use double_random::i18n::Lang;
use double_random::model::{CandidateId, DrawLevel, OfficerId, Stratum};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn officer(id: String, lead: bool) -> OfficerDuty {
    OfficerDuty {
        id: OfficerId::new(id).unwrap(),
        lead,
        certificate_until: None,
        absent: BTreeSet::new(),
        avoid: BTreeSet::new(),
    }
}

/// All ways to lend `officer_days` on some days, and the most places that come of it.
fn brute(days: &[(u32, u32)], officer_days: u32, leads: u32, per_day: u32) -> u32 {
    let Some((&(present, lead), rest)) = days.split_first() else {
        return 0;
    };
    let before = places(present, lead, per_day);
    let lent = (0..=officer_days).flat_map(|lent| (0..=lent.min(leads)).map(move |of| (lent, of)));
    let found = lent.map(|(lent, of)| {
        places(present + lent, lead + of, per_day) - before
            + brute(rest, officer_days - lent, leads - of, per_day)
    });
    found.max().unwrap()
}

#[test]
fn officers_on_loan_help_as_much_as_brute_force_finds() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for number in 0..400 {
        let count = rng.random_range(1..=3);
        let dates: Vec<NaiveDate> = (0..count)
            .map(|at| "2026-07-01".parse::<NaiveDate>().unwrap() + Days::new(at))
            .collect();
        let mut officers: Vec<OfficerDuty> = (0..rng.random_range(0..=5))
            .map(|at| officer(format!("P{at:02}"), rng.random_bool(0.5)))
            .collect();
        for officer in &mut officers {
            officer.absent = dates
                .iter()
                .filter(|_| rng.random_bool(0.3))
                .copied()
                .collect();
        }
        let days: Vec<(u32, u32)> = dates
            .iter()
            .map(|day| {
                let there = officers.iter().filter(|officer| officer.is_present(*day));
                let leads = there.clone().filter(|officer| officer.lead).count();
                (there.count() as u32, leads as u32)
            })
            .collect();
        let per_day = rng.random_range(1..=4);
        let lending = Lending::new(&dates, &officers, per_day);
        for officer_days in 0..=6 {
            let lent = lending.lend(officer_days);
            let told = format!("case {number}: {officer_days} on {days:?}, {per_day} a day");
            let most = brute(&days, officer_days, officer_days, per_day);
            assert_eq!(lent.places, most, "{told}");
            // Those who lead suffice, and what is said of each day adds up.
            let added = |((present, lead), loan): (&(u32, u32), &DayLoan)| {
                assert!(loan.leads <= loan.officers);
                places(present + loan.officers, lead + loan.leads, per_day)
                    - places(*present, *lead, per_day)
            };
            let by_day: u32 = days.iter().zip(&lent.by_day).map(added).sum();
            assert_eq!(by_day, most, "{told}");
            let used: u32 = lent.by_day.iter().map(|day| day.officers).sum();
            assert_eq!(used, officer_days, "{told}");
        }
        for more in 0..=4 {
            let least = (0..).find(|lent| brute(&days, *lent, *lent, per_day) >= more);
            assert_eq!(
                lending.officer_days(more),
                least,
                "case {number}: {more} places"
            );
        }
    }
}

/// A year from some month on.
struct Case {
    snapshot: Snapshot,
    officers: Vec<OfficerDuty>,
    design: AnnualDesign,
    calendar: WorkdayCalendar,
}

impl Case {
    fn new(rng: &mut ChaCha8Rng) -> Self {
        let month = ["2026-01", "2026-01", "2026-03", "2026-06"][rng.random_range(0..4)];
        let size = rng.random_range(60..420);
        let (strata, levels) = (rng.random_range(0..3), rng.random_range(1..=6));
        let unit = |number: u32| {
            let stratum = [
                [0, 1, 2, 2, 2, 2, 2],
                [0, 0, 1, 1, 1, 2, 2],
                [1, 2, 2, 2, 2, 2, 2],
            ][strata];
            SnapshotUnit {
                id: CandidateId::new(format!("NG-{number:05}")).unwrap(),
                stratum: Stratum::ALL[stratum[rng.random_range(0..7)]],
                level: DrawLevel::from_points(rng.random_range(0..levels)),
                count: 0,
                last: rng
                    .random_bool(0.6)
                    .then(|| "2025-01-05".parse::<NaiveDate>().unwrap())
                    .map(|first| first + Days::new(rng.random_range(0..355))),
                pending: month != "2026-01" && rng.random_bool(0.05),
            }
        };
        let units = (0..size).map(unit).collect();
        let mut officers: Vec<OfficerDuty> = (0..rng.random_range(2..6))
            .map(|at| officer(format!("P{at:02}"), at == 0 || rng.random_bool(0.5)))
            .collect();
        // Seconded for some months, so that windows of all kinds lack places.
        let from = "2026-01-01".parse::<NaiveDate>().unwrap() + Days::new(rng.random_range(0..300));
        let away = from.iter_days().take(rng.random_range(0..150));
        officers[1].absent = away.collect();
        Self {
            snapshot: Snapshot::new(month.parse().unwrap(), units).unwrap(),
            officers,
            design: AnnualDesign {
                per_day: rng.random_range(1..=3),
                twice_level: rng.random_range(1..=6),
                capacity_permille: [900, 900, 700, 1000][rng.random_range(0..4)],
                ..AnnualDesign::default()
            },
            calendar: WorkdayCalendar::built_in(),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        let Self {
            snapshot,
            officers,
            design,
            calendar,
        } = self;
        at_once(remedies(snapshot, officers, design, calendar, &AtOnce))
    }

    /// Where the rule *full* fails for the year, with these officers and design.
    fn window(&self, officers: &[OfficerDuty], design: &AnnualDesign) -> Option<Window> {
        let pending = self.snapshot.units.iter().filter(|unit| unit.pending);
        let carried = pending.map(|unit| unit.id.clone()).collect();
        size_month(&self.snapshot, officers, design, &carried, &self.calendar).window
    }

    fn twice(&self, level: u8) -> AnnualDesign {
        AnnualDesign {
            twice_level: level,
            ..self.design.clone()
        }
    }

    /// The officers with those on loan, each of them present on his days alone.
    fn with_loan(&self, loan: &BTreeMap<u32, u32>) -> Vec<OfficerDuty> {
        let mut officers = self.officers.clone();
        let year: Vec<NaiveDate> = "2026-01-01"
            .parse::<NaiveDate>()
            .unwrap()
            .iter_days()
            .take(365)
            .collect();
        for (&month, &officer_days) in loan {
            let month = self.snapshot.month.year_months()[month as usize - 1];
            let days = self.calendar.working_days(month);
            let lent = Lending::new(&days, &self.officers, self.design.per_day).lend(officer_days);
            for (day, loan) in days.iter().zip(&lent.by_day) {
                for at in 0..loan.officers {
                    let id = format!("L{}-{at}", day.format("%m%d"));
                    let mut lent = officer(id, at < loan.leads);
                    lent.absent = year.iter().filter(|other| *other != day).copied().collect();
                    officers.push(lent);
                }
            }
        }
        officers
    }

    fn check_loan(&self, months: &[MonthLoan]) {
        let loan: BTreeMap<u32, u32> = months
            .iter()
            .map(|month| (month.month, month.officer_days))
            .collect();
        let officers = self.with_loan(&loan);
        assert_eq!(self.window(&officers, &self.design), None);
        // Not only the first month says so: the year, run forward, ends as planned.
        let snapshot = self.snapshot.clone();
        let year = year_plan(snapshot, &officers, &self.design, &self.calendar, &AtOnce);
        let year = at_once(year).0;
        assert!(year.months.iter().all(|month| month.mode == Mode::Full));
        assert_eq!(year.undrawn, [0; 3]);
        let leads: u32 = months.iter().map(|month| month.lead_days).sum();
        let leading = |officer: &&OfficerDuty| officer.lead && officer.id.as_str().starts_with('L');
        assert_eq!(officers.iter().filter(leading).count() as u32, leads);
        for month in months {
            let mut less = loan.clone();
            less.insert(month.month, month.officer_days - 1);
            let officers = self.with_loan(&less);
            assert!(
                self.window(&officers, &self.design).is_some(),
                "one officer-day less in {month:?} of {months:?} is enough"
            );
        }
    }

    /// Asserts of each remedy that it mends the year and that less does not; of
    /// each one left out that it would not.
    fn check(&self) -> BTreeSet<&'static str> {
        let mut kinds = BTreeSet::new();
        for remedy in self.remedies() {
            match &remedy {
                Remedy::OfficerDays { months } => {
                    kinds.insert("officer-days");
                    self.check_loan(months);
                    if months.len() > 1 {
                        kinds.insert("several months");
                    }
                }
                Remedy::LowerShares { percent, saved } => {
                    kinds.insert("shares");
                    let fits = |percent| {
                        self.window(&self.officers, &lower_shares(&self.design, percent))
                            .is_none()
                    };
                    assert!((1..=100).contains(percent) && *saved > 0);
                    assert!(fits(*percent) && !fits(percent - 1), "{percent}");
                    if *percent < 100 {
                        kinds.insert("shares above the floor");
                    }
                }
                Remedy::TwiceLevel { level } => {
                    kinds.insert("twice level");
                    let fits = |level| self.window(&self.officers, &self.twice(level)).is_none();
                    assert!(fits(*level));
                    assert!((self.design.twice_level..*level).all(|lower| !fits(lower)));
                    if *level < TWICE_OFF {
                        kinds.insert("twice level not off");
                    }
                }
            }
        }
        for (kind, design) in [
            ("shares", lower_shares(&self.design, 100)),
            ("twice level", self.twice(TWICE_OFF)),
        ] {
            if !kinds.contains(kind) {
                assert!(self.window(&self.officers, &design).is_some(), "{kind}");
                kinds.insert("left out");
            }
        }
        assert!(kinds.contains("officer-days"));
        kinds
    }
}

#[test]
fn each_remedy_mends_the_year_and_less_does_not() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut infeasible = 0;
    for _ in 0..400 {
        let case = Case::new(&mut rng);
        if case.window(&case.officers, &case.design).is_none() {
            assert_eq!(case.remedies(), []);
            continue;
        }
        infeasible += 1;
        for kind in case.check() {
            *kinds.entry(kind).or_default() += 1;
        }
    }
    println!("{infeasible} infeasible: {kinds:?}");
    let all = [
        "left out",
        "officer-days",
        "several months",
        "shares",
        "shares above the floor",
        "twice level",
        "twice level not off",
    ];
    assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), all, "{kinds:?}");
}

#[test]
fn without_capacity_no_officer_helps() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut case = Case::new(&mut rng);
    case.design.capacity_permille = 0;
    case.design.twice_level = TWICE_OFF;
    assert_eq!(case.remedies(), []);
}

#[test]
fn remedies_name_their_sizes_in_both_languages() {
    let loan = |month, officer_days, lead_days| MonthLoan {
        month,
        officer_days,
        lead_days,
    };
    let months = vec![
        loan(2, 6, 3),
        loan(3, 6, 3),
        loan(4, 6, 4),
        loan(6, 6, 3),
        loan(12, 2, 0),
    ];
    let days = Remedy::OfficerDays { months };
    let zh = Lang::Zh.remedy(&days);
    assert!(
        zh.contains("26 个执法人员工作日（其中 13 个须能主办）"),
        "{zh}"
    );
    assert!(
        zh.ends_with("2 月至 4 月每月 6 个、6 月 6 个、12 月 2 个"),
        "{zh}"
    );
    let en = Lang::En.remedy(&days);
    assert!(
        en.contains("26 more officer-days (13 of them able to lead)"),
        "{en}"
    );
    assert!(
        en.ends_with("February to April 6 a month, June 6, December 2"),
        "{en}"
    );
    let shares = Remedy::LowerShares {
        percent: 37,
        saved: 41,
    };
    for lang in [Lang::Zh, Lang::En] {
        let words = lang.remedy(&shares);
        assert!(words.contains("37%") && words.contains("41"), "{words}");
        let words = lang.remedy(&Remedy::TwiceLevel { level: 5 });
        assert!(words.contains('5'), "{words}");
        let words = lang.remedy(&Remedy::TwiceLevel { level: TWICE_OFF });
        assert!(!words.contains('6'), "{words}");
    }
}
