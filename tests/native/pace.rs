//! Long work comes out the same wherever its pace rests.

use std::cell::Cell;
use std::fmt::Debug;
use std::task::Poll;

use chrono::NaiveDate;
use double_random::demo;
use double_random::engine::pace::{Advance, AtOnce, Pace, at_once};
use double_random::engine::simulate::{Churn, FairnessInput, YearsInput, fairness, years};
use double_random::exchange::checking::{CheckFile, check};
use double_random::exchange::pieces::{Given, backup};
use double_random::exchange::verification::write;
use double_random::exchange::{Content, Mode, Options, Register, Rows, json, preview, reading};
use double_random::model::{Unit, UnitId};
use double_random::workbook::request::{
    Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, Withdrawal,
};
use double_random::workbook::{Action, Context, DrawId, Workbook};
use proptest::prelude::*;

/// Rests where it is told to, again and again, and counts.
struct Fitful {
    rests: Vec<bool>,
    asked: Cell<usize>,
    rested: Cell<usize>,
}

impl Fitful {
    fn new(rests: &[bool]) -> Self {
        Self {
            rests: rests.to_vec(),
            asked: Cell::new(0),
            rested: Cell::new(0),
        }
    }
}

impl Pace for Fitful {
    async fn rest(&self, _: Advance) {
        let at = self.asked.replace(self.asked.get() + 1);
        let mut is_due = self.rests[at % self.rests.len()];
        std::future::poll_fn(|_| {
            if std::mem::take(&mut is_due) {
                self.rested.set(self.rested.get() + 1);
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }
}

fn at(time: &str) -> Context {
    Context {
        now: time.parse().unwrap(),
        who: "沙维新".into(),
    }
}

fn opening() -> OpenDraw {
    OpenDraw {
        month: "2026-01".parse().unwrap(),
        reason: String::new(),
        salt_seed: [7; 32],
    }
}

fn local() -> RunDraw {
    RunDraw {
        number: 1,
        entropy: EntropyGiven::Local([5; 32]),
    }
}

/// A small brigade before its first draw, with its numbers drawn, and wholly drawn.
fn books() -> [Workbook; 3] {
    let mut before = demo::brigade(2026, demo::SEED);
    before.units.truncate(300);
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "大队长".into(),
        reason: "年度计划".into(),
    };
    before.apply(freeze, &at("2025-12-01T09:00:00")).unwrap();
    let mut numbered = before.clone();
    let opened = at("2025-12-30T09:00:00");
    numbered
        .apply(Action::OpenDraw(opening()), &opened)
        .unwrap();
    let commit = Action::Commit(Commit {
        number: 1,
        entropy: EntropyChoice::Local,
        shown_at: "公示栏".into(),
    });
    numbered.apply(commit, &opened).unwrap();
    let mut drawn = numbered.clone();
    let later = at("2025-12-30T09:30:00");
    numbered
        .apply(Action::EnterEntropy(local()), &later)
        .unwrap();
    drawn.apply(Action::Draw(local()), &later).unwrap();
    [before, numbered, drawn]
}

#[track_caller]
fn same<T: PartialEq + Debug>(rests: &[bool], work: impl AsyncFn(&Fitful) -> T, whole: &T) {
    let pace = Fitful::new(rests);
    assert!(at_once(work(&pace)) == *whole, "{rests:?}");
    let asked = pace.asked.get();
    assert!(asked > 2, "work that never asks: {asked}");
    assert!(pace.rested.get() > 0 || asked < rests.len() || !rests.contains(&true));
}

fn simulations(book: &Workbook) -> (FairnessInput, YearsInput) {
    let (plan, calendar) = (book.first_year().plan(), book.calendar());
    let snapshot = book.snapshot(book.first_year().months()[0], plan).unwrap();
    let (officers, design) = (book.duties("2026-01".parse().unwrap()), plan.design.clone());
    let years = YearsInput {
        snapshot: snapshot.clone(),
        officers: officers.clone(),
        design: design.clone(),
        calendar: calendar.clone(),
        churn: Churn::lively(),
        teams: false,
        seed: 7,
    };
    let month = FairnessInput {
        snapshot,
        officers,
        design,
        calendar,
        carried: Default::default(),
        teams: true,
        seed: 7,
    };
    (month, years)
}

/// A register, and a file of it with records that are new, changed, gone and at fault.
fn changed_file() -> (Workbook, Rows<Unit>) {
    let mut book = demo::brigade(2026, demo::SEED);
    let mut units = book.units[100..600].to_vec();
    book.units.truncate(400);
    book.unit_number_last = 400;
    for (at, unit) in units.iter_mut().enumerate() {
        match at % 5 {
            0 => unit.phone.push('1'),
            1 => unit.name.clear(),
            _ => {}
        }
    }
    let Content::Units(rows) = json::read(json::units_to_json(&units).as_bytes()).unwrap() else {
        unreachable!()
    };
    (book, rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn no_rest_bears_on_a_draw_or_its_files(rests in prop::collection::vec(any::<bool>(), 1..9)) {
        let [before, numbered, drawn] = books();
        let today: NaiveDate = "2025-12-30".parse().unwrap();

        let open = opening();
        let frozen = async |pace: &Fitful| {
            let frozen = before.freeze_on(open.month, open.salt_seed, today, pace).await;
            let mut book = before.clone();
            let open = Action::OpenFrozen(opening(), Box::new(frozen.unwrap()));
            book.apply(open, &at("2025-12-30T09:00:00")).unwrap();
            book.years[0].draws.clone()
        };
        let mut whole = before.clone();
        whole.apply(Action::OpenDraw(opening()), &at("2025-12-30T09:00:00")).unwrap();
        same(&rests, frozen, &whole.years[0].draws);

        let laid = async |pace: &Fitful| {
            let finished = numbered.begin_laying(1).unwrap().lay(pace).await;
            let mut book = numbered.clone();
            book.apply(Action::FinishDraw(Box::new(finished)), &at("2025-12-30T09:31:00")).unwrap();
            book.years[0].draws.clone()
        };
        same(&rests, laid, &drawn.years[0].draws);

        let (_, text) = at_once(write(&drawn, DrawId::new(2026, 1), &AtOnce)).unwrap();
        same(&rests, async |pace| write(&drawn, DrawId::new(2026, 1), pace).await.unwrap().1, &text);

        let files = [text.as_bytes(), b"{}"].map(|bytes| CheckFile { bytes: bytes.to_vec(), is_new: true });
        let checked = async |pace: &Fitful| {
            let checked = check(files.to_vec(), None, pace).await;
            let papers: Vec<_> = checked.papers.into_iter().map(Result::ok).collect();
            (papers, checked.case.unwrap())
        };
        let pace = Fitful::new(&[false]);
        let whole = at_once(checked(&pace));
        prop_assert!(double_random::engine::verify::holds(&whole.1.checks));
        same(&rests, checked, &whole);
    }

    #[test]
    fn no_rest_bears_on_a_file_a_simulation_or_an_outlook(
        rests in prop::collection::vec(any::<bool>(), 1..9),
    ) {
        let text = json::workbook_to_json(&demo::brigade(2026, demo::SEED));
        let whole = json::read(text.as_bytes()).unwrap();
        same(&rests, async |pace| reading::read(text.as_bytes(), pace).await.unwrap(), &whole);

        let written = async |pace: &Fitful| {
            let mut text = Vec::new();
            let give = |given: Given<'_>| match given {
                Given::Part(part) => text.extend_from_slice(part),
                Given::Anew => text.clear(),
            };
            backup(&demo::brigade(2026, demo::SEED), usize::MAX, pace, give).await;
            text
        };
        same(&rests, written, &text.clone().into_bytes());

        let (book, rows) = changed_file();
        let options = Options {
            mode: Mode::Replace(Withdrawal {
                since: "2026-07-30".parse().unwrap(),
                reason: "新名单中没有".into(),
                approver: "鄢立群".into(),
            }),
            take_faultless: true,
            ..Options::MERGE
        };
        let is_kept = |id: &UnitId| id.as_str().ends_with('7');
        let register = Register::units(&book);
        let compared = async |pace: &Fitful| preview(&register, &rows, &options, &is_kept, pace).await;
        let whole = at_once(preview(&register, &rows, &options, &is_kept, &AtOnce));
        prop_assert!(!whole.added.is_empty() && !whole.changed.is_empty() && !whole.removed.is_empty());
        prop_assert!(!whole.withdrawn.is_empty() && !whole.issues.is_empty());
        same(&rests, compared, &whole);

        let [book, ..] = books();
        let (of_month, of_years) = simulations(&book);
        let whole = at_once(fairness(of_month.clone(), 8, &AtOnce));
        same(&rests, async |pace| fairness(of_month.clone(), 8, pace).await, &whole);
        let whole = at_once(years(of_years.clone(), 3, &AtOnce));
        same(&rests, async |pace| years(of_years.clone(), 3, pace).await, &whole);

        let today = "2025-12-30".parse().unwrap();
        let from = book.outlook_from(book.first_year(), today);
        let whole = format!("{:?}", book.outlook(book.first_year().plan(), from, today).unwrap());
        let worked_out = async |pace: &Fitful| {
            let input = book.outlook_input(book.first_year().plan(), from, today).unwrap();
            format!("{:?}", input.work_out(pace).await)
        };
        same(&rests, worked_out, &whole);
    }
}
