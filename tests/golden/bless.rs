//! Makes the golden records from a seeded generator; natively only.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use chrono::{Days, NaiveDate};
use double_random::engine::calendar::{WorkdayCalendar, YearMonth};
use double_random::engine::ceremony::{
    Commitment, Contribution, EntropyPlan, EntropyRecord, Promise, PublicSource, Reveal, Roots,
    promise_hash,
};
use double_random::engine::certificate::{Certificate, DrawParts, working_days};
use double_random::engine::design::AnnualDesign;
use double_random::engine::duty::OfficerDuty;
use double_random::engine::level::{Points, RiskFacts};
use double_random::engine::lottery::{Genesis, Hash, canonical_json};
use double_random::engine::occasion::Occasion;
use double_random::engine::register::{Leaf, PublishedRegister, Salt};
use double_random::engine::root::{officers_root, working_days_root};
use double_random::engine::snapshot::{Snapshot, SnapshotUnit};
use double_random::model::{CandidateId, Credit, OfficerId, RiskTier, Stratum};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::golden::{BASE, RECORDS, Record, check};
use super::occasions::Year;

/// Writes all records, and checks what was written.
pub fn all() {
    let mut previous: Option<Certificate> = None;
    for (at, (number, _)) in RECORDS[..=BASE].iter().enumerate() {
        let before = previous.filter(|_| at % 12 > 0);
        let record = Maker::new(at as u64).record(before.as_ref());
        write(number, &record, before.as_ref());
        previous = Some(record.certificate);
    }
    let mut year = Year::new(RECORDS[BASE].0);
    for (number, _) in &RECORDS[BASE + 1..] {
        let before = year.last().clone();
        let record = year.next_record();
        write(number, &record, Some(&before));
    }
}

fn write(number: &str, record: &Record, before: Option<&Certificate>) {
    let text = canonical_json(record).unwrap();
    check(number, &Record::read(&text), before);
    fs::write(format!("tests/golden/{number}.json"), text).unwrap();
}

/// Bytes of entropy for a salt, as it is written.
fn salt(rng: &mut ChaCha8Rng) -> Salt {
    let bytes: [u8; 16] = rng.random();
    Salt::new(bytes.map(|byte| format!("{byte:02x}")).concat()).unwrap()
}

/// One record's generator.
struct Maker {
    number: u64,
    rng: ChaCha8Rng,
    month: YearMonth,
}

impl Maker {
    fn new(number: u64) -> Self {
        let month = YearMonth::new(2026, number as u32 % 12 + 1).unwrap();
        Self {
            number,
            rng: ChaCha8Rng::seed_from_u64(number),
            month,
        }
    }

    /// Units and officers: from nothing to draw to a large county.
    fn counts(&self) -> (usize, usize) {
        match self.number {
            0 => (1, 2),
            1 => (4, 3),
            12 => (240, 3),
            9 => (60, 2),
            20 => (90, 4),
            24 => (130, 6),
            27 => (520, 5),
            30 => (900, 9),
            31 => (5_000, 14),
            number => (8 + 5 * number as usize, 3 + number as usize % 5),
        }
    }

    /// Some records withhold units: every seventh draws under an alias.
    fn withholds(&self) -> bool {
        self.number % 8 == 5
    }

    fn record(&mut self, previous: Option<&Certificate>) -> Record {
        let (unit_count, officer_count) = self.counts();
        let design = self.design();
        let leaves: Vec<Leaf> = (0..unit_count)
            .map(|at| self.leaf(at, &design.points))
            .collect();
        let officers: Vec<OfficerDuty> = (0..officer_count)
            .map(|at| self.officer(at, &leaves))
            .collect();
        let annual_plan = json!({ "year": 2026, "number": self.number, "design": design });
        let certificate = self.certificate(&leaves, &officers, &design, &annual_plan, previous);
        // Aliases begin with W; half of them keep their fields to themselves.
        let is_withheld = |leaf: &&Leaf| leaf.id.as_str().starts_with('W');
        let withheld: BTreeSet<CandidateId> = leaves
            .iter()
            .filter(is_withheld)
            .step_by(2)
            .map(|leaf| leaf.id.clone())
            .collect();
        let register = PublishedRegister::new(
            leaves,
            &withheld,
            (self.number % 8 != 3).then_some(officers),
            (self.number % 8 != 4).then_some(annual_plan),
        );
        Record {
            name: format!("{unit_count} units, {}", self.month),
            certificate,
            register,
        }
    }

    fn design(&mut self) -> AnnualDesign {
        AnnualDesign {
            twice_level: [3, 3, 2, 4, 6][self.number as usize % 5],
            per_day: 1 + self.number as u32 % 3 / 2,
            daily_minimum: self.number % 4 != 3,
            ..AnnualDesign::default()
        }
    }

    fn leaf(&mut self, at: usize, points: &Points) -> Leaf {
        let rng = &mut self.rng;
        let facts = RiskFacts {
            tier: RiskTier::ALL[[0, 0, 0, 1, 1, 2, 3][rng.random_range(0..7)]],
            credit: Credit::ALL[rng.random_range(0..5)],
            dishonest: rng.random_bool(0.03),
            complaints_count: [0, 0, 0, 0, 1, 2][rng.random_range(0..6)],
            serious_violation: rng.random_bool(0.05),
            key_industry: rng.random_bool(0.1),
            last_visit_found_nothing: rng.random_bool(0.5),
        };
        let sum = points.level(&facts);
        let ago = rng.random_range(1..500);
        let last = self.month.first_day() - Days::new(ago);
        let last = rng.random_bool(0.7).then_some(last);
        let count = u32::from(last.is_some_and(|last| last >= self.year_start()));
        let id = if self.withholds() && at.is_multiple_of(7) {
            format!("W-{:016X}", self.rng.random::<u64>())
        } else {
            format!("NG-{:05}", at + 1)
        };
        let unit = SnapshotUnit {
            id: CandidateId::new(id).unwrap(),
            stratum: Stratum::ALL[[0, 1, 1, 2, 2, 2, 2, 2][self.rng.random_range(0..8)]],
            level: sum.level,
            count,
            last,
            pending: count == 0
                && self
                    .rng
                    .random_bool(if self.number == 9 { 0.6 } else { 0.02 }),
        };
        Leaf::new(&unit, &sum.parts, salt(&mut self.rng))
    }

    fn year_start(&self) -> NaiveDate {
        self.month.year_months()[0].first_day()
    }

    fn officer(&mut self, at: usize, leaves: &[Leaf]) -> OfficerDuty {
        let rng = &mut self.rng;
        let away = if self.number == 20 { 0.5 } else { 0.08 };
        let avoids = if self.number == 20 {
            0.3
        } else {
            6.0 / leaves.len() as f64
        };
        OfficerDuty {
            id: OfficerId::new(format!("P{:02}", at + 1)).unwrap(),
            lead: at == 0 || rng.random_bool(0.6),
            certificate_until: rng
                .random_bool(0.1)
                .then_some(self.month.first_day() + Days::new(9)),
            absent: self
                .month
                .days()
                .filter(|_| rng.random_bool(away))
                .collect(),
            avoid: leaves
                .iter()
                .filter(|_| rng.random_bool(avoids.min(0.45)))
                .map(|leaf| leaf.id.clone())
                .collect(),
        }
    }

    fn entropy(&mut self) -> (EntropyPlan, EntropyRecord) {
        match self.number % 3 {
            0 => (
                EntropyPlan::Local,
                EntropyRecord::Local {
                    bytes: Hash(self.rng.random()),
                },
            ),
            1 => self.contributions(),
            _ => {
                let named = PublicSource {
                    source: "双色球".into(),
                    round: "2026088".into(),
                    characters: 14,
                };
                let fallback = PublicSource {
                    source: "大乐透".into(),
                    round: "26090".into(),
                    characters: 8,
                };
                let day = self.month.first_day().pred_opt().unwrap();
                // The draw is at 21:38. Of the even records each other uses the
                // fallback, and the rest the named value though it was late to take
                // it in: of both, nothing here shows when the named one appeared.
                let hour = if self.number.is_multiple_of(2) {
                    18
                } else {
                    22
                };
                let (known_from, fallback_from) =
                    (format!("{day}T16:30"), format!("{day}T{hour}:00"));
                let falls_back = self.number.is_multiple_of(4);
                let from = if falls_back { &fallback } else { &named }.clone();
                let digits = from.characters as usize;
                let value = format!("{:0digits$}", self.rng.random_range(0..100_000_000));
                (
                    EntropyPlan::PublicValue {
                        named,
                        fallback,
                        known_from,
                        fallback_from,
                    },
                    EntropyRecord::PublicValue { from, value },
                )
            }
        }
    }

    fn contributions(&mut self) -> (EntropyPlan, EntropyRecord) {
        let witness = |rng: &mut ChaCha8Rng, witness: &str, words: &str| {
            let reveal = Reveal {
                salt: salt(rng).to_string(),
                words: words.into(),
            };
            let hash = promise_hash(witness, &reveal);
            (
                Promise {
                    witness: witness.into(),
                    hash,
                },
                reveal,
            )
        };
        let given = [
            ("张工", "六点 三点 🎲"),
            ("李工", "a|b \"c\"\n"),
            ("王工", ""),
        ]
        .map(|(name, words)| witness(&mut self.rng, name, words));
        let promises = given.iter().map(|(promise, _)| promise.clone()).collect();
        let withheld = self.number.is_multiple_of(2);
        let contributions = given
            .into_iter()
            .enumerate()
            .map(|(at, (promise, reveal))| Contribution {
                promise,
                reveal: (at > 0 || !withheld).then_some(reveal),
            });
        (
            EntropyPlan::Contributions { promises },
            EntropyRecord::Contributions {
                contributions: contributions.collect(),
            },
        )
    }

    fn certificate(
        &mut self,
        leaves: &[Leaf],
        officers: &[OfficerDuty],
        design: &AnnualDesign,
        annual_plan: &serde_json::Value,
        previous: Option<&Certificate>,
    ) -> Certificate {
        let (plan, entropy) = self.entropy();
        Case {
            number: self.month.month(),
            month: self.month,
            occasion: Occasion::Month,
            leaves,
            officers,
            design,
            annual_plan,
            previous,
        }
        .certificate(plan, &entropy, self.month.prev().last_day())
    }
}

/// What a draw is made from.
pub struct Case<'a> {
    /// Its number.
    pub number: u32,
    /// Its month.
    pub month: YearMonth,
    /// Its occasion.
    pub occasion: Occasion,
    /// The units.
    pub leaves: &'a [Leaf],
    /// The officers.
    pub officers: &'a [OfficerDuty],
    /// The design.
    pub design: &'a AnnualDesign,
    /// The document that it is part of.
    pub annual_plan: &'a serde_json::Value,
    /// The certificate before.
    pub previous: Option<&'a Certificate>,
}

impl Case<'_> {
    /// Draws with this entropy on a day.
    pub fn certificate(
        self,
        plan: EntropyPlan,
        entropy: &EntropyRecord,
        day: NaiveDate,
    ) -> Certificate {
        let Case {
            month,
            occasion,
            leaves,
            officers,
            design,
            ..
        } = self;
        let calendar = WorkdayCalendar::built_in();
        let units = leaves.iter().map(Leaf::unit).collect();
        let snapshot = Snapshot::new(month, units).unwrap();
        let pending = snapshot.units.iter().filter(|unit| unit.pending);
        let carried: BTreeSet<CandidateId> = pending.map(|unit| unit.id.clone()).collect();
        let sizes = occasion.size(&snapshot, officers, design, &carried, &calendar);
        let all = PublishedRegister::new(leaves.to_vec(), &BTreeSet::new(), None, None);
        let working_days = working_days(month, &calendar);
        let roots = Roots {
            units: all.units_root(),
            officers: officers_root(officers),
            working_days: working_days_root(&working_days),
        };
        let genesis = Genesis::of(self.annual_plan).unwrap();
        let commitment = Commitment::new(genesis, self.number, &sizes, roots, plan)
            .for_occasion(occasion.clone());
        let seed = commitment.seed(entropy).unwrap();
        let result = occasion.draw(&sizes, &snapshot, seed);
        let release = |id: &CandidateId| snapshot.unit(id).and_then(SnapshotUnit::release_date);
        let visits = occasion.visits(result.drawn_in_groups(), &sizes.carried);
        let visits = visits
            .into_iter()
            .map(|id| (id.clone(), release(id)))
            .collect();
        let days = calendar.working_days(month);
        let plan = occasion.plan(&visits, &days, officers, design.per_day, seed);
        Certificate::from_record(&DrawParts {
            commitment: &commitment,
            committed_at: day.and_hms_opt(9, 20, 0).unwrap(),
            shown_at: "大队公示栏",
            entropy,
            drawn_at: day.and_hms_opt(21, 38, 5).unwrap(),
            design,
            working_days: &working_days,
            snapshot: &snapshot,
            sizes: &sizes,
            result: &result,
            plan: &plan,
            operator: "操作员",
            supervisor: "监督人",
            previous: self.previous.map(|previous| previous.hash),
        })
    }
}
