//! Long work as data: what a worker is asked to do, and what it says back. Needs no
//! browser and is tested natively.
//!
//! A [`Job`] goes in once, with files as raw bytes beside it; then come any number
//! of [`Message::Progress`] and at last one [`Message::Done`] or
//! [`Message::Failed`]. Nothing is sent to stop a job: its worker is ended.

use serde::{Deserialize, Serialize};

use crate::engine::lottery::Hash;
use crate::engine::pace::{Advance, Pace};
use crate::engine::simulate::{
    FairnessInput, FairnessReport, YearsInput, YearsReport, fairness, years,
};
use crate::exchange::checking::{CheckFile, Checked, CheckedCase, PaperFacts, check};
use crate::i18n::Lang;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Many draws of one month.
    Month {
        /// The month's register, officers and plan.
        input: Box<FairnessInput>,
        /// How many draws.
        runs: u32,
    },
    Years {
        /// The year's register, officers and plan.
        input: Box<YearsInput>,
        /// How many years.
        runs: u32,
    },
    /// Files of a draw, which go beside the job.
    Verify {
        /// Of each file, whether it has just been opened.
        are_new: Vec<bool>,
        /// The draw chosen before, if any.
        on_view: Option<Hash>,
    },
}

/// Why a file was refused, in both languages: the page may change its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Refused {
    /// Says it in both languages.
    pub fn of(words: impl Fn(Lang) -> String) -> Self {
        Self {
            zh: words(Lang::Zh),
            en: words(Lang::En),
        }
    }

    /// The words in a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What came of checking files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verified {
    /// What each file is, or why it was refused.
    pub papers: Vec<Result<PaperFacts, Refused>>,
    /// The draw that was checked; none without a certificate.
    pub case: Option<CheckedCase>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "report")]
pub enum Report {
    /// Of draws of one month.
    Month(Box<FairnessReport>),
    Years(Box<YearsReport>),
    /// Of files.
    Verify(Box<Verified>),
}

/// What is said back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// So far.
    Progress(Advance),
    /// The end.
    Done(Report),
    /// The work broke; the words are for whoever mends it.
    Failed(String),
}

impl Job {
    /// Does it, with the files beside it.
    pub async fn run(self, files: Vec<Vec<u8>>, pace: &impl Pace) -> Report {
        match self {
            Self::Month { input, runs } => {
                Report::Month(Box::new(fairness(*input, runs, pace).await))
            }
            Self::Years { input, runs } => Report::Years(Box::new(years(*input, runs, pace).await)),
            Self::Verify { are_new, on_view } => {
                let files = files.into_iter().zip(are_new);
                let files = files.map(|(bytes, is_new)| CheckFile { bytes, is_new });
                let checked = check(files.collect(), on_view, pace).await;
                Report::Verify(Box::new(checked.into()))
            }
        }
    }
}

impl From<Checked> for Verified {
    fn from(checked: Checked) -> Self {
        let refused = |error| Refused::of(|lang: Lang| lang.document_error(&error));
        let papers = checked.papers.into_iter();
        Self {
            papers: papers.map(|paper| paper.map_err(refused)).collect(),
            case: checked.case,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::demo;
    use crate::engine::pace::{AtOnce, Stage, at_once};
    use crate::engine::simulate::Churn;
    use crate::engine::verify::by_hand::{by_hand, by_order, pool_numbers};
    use crate::engine::verify::{Claim, Lacking, Outcome, VISITS_MAX, verify};
    use crate::exchange::checking::DIFFERENCES_MAX;
    use crate::exchange::verification::{Document, read};
    use crate::workbook::Workbook;

    fn inputs() -> (FairnessInput, YearsInput) {
        let mut book: Workbook = demo::brigade(2026, demo::SEED);
        book.units.truncate(300);
        let month = book.years[0].months()[0];
        let snapshot = book.snapshot(month, &book.years[0].draft).unwrap();
        let officers = book.duties(month);
        let (design, calendar) = (book.years[0].draft.design.clone(), book.calendar());
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

    /// As the page and its worker do it: everything passes as text.
    fn through_text(job: &Job, files: Vec<Vec<u8>>) -> (Report, Vec<Advance>) {
        let text = serde_json::to_string(job).unwrap();
        let job: Job = serde_json::from_str(&text).unwrap();
        let told = RefCell::new(Vec::new());
        let tell = |advance| {
            let text = serde_json::to_string(&Message::Progress(advance)).unwrap();
            let back: Message = serde_json::from_str(&text).unwrap();
            assert_eq!(back, Message::Progress(advance));
            told.borrow_mut().push(advance);
        };
        let report = at_once(job.run(files, &tell));
        let text = serde_json::to_string(&Message::Done(report)).unwrap();
        match serde_json::from_str(&text).unwrap() {
            Message::Done(report) => (report, told.into_inner()),
            other => panic!("not the end: {other:?}"),
        }
    }

    #[test]
    fn a_job_through_text_gives_what_the_engine_gives() {
        let (month, of_years) = inputs();
        let direct = at_once(fairness(month.clone(), 20, &AtOnce));
        let input = Box::new(month);
        let (report, told) = through_text(&Job::Month { input, runs: 20 }, Vec::new());
        assert_eq!(report, Report::Month(Box::new(direct)));
        assert_eq!(told.len(), 20);

        let direct = at_once(years(of_years.clone(), 3, &AtOnce));
        let input = Box::new(of_years);
        let (report, told) = through_text(&Job::Years { input, runs: 3 }, Vec::new());
        assert_eq!(report, Report::Years(Box::new(direct)));
        assert_eq!(told.len(), 3);
    }

    #[test]
    fn files_through_bytes_give_what_the_verifier_gives() {
        let golden = |number: &str| std::fs::read(format!("tests/golden/{number}.json")).unwrap();
        let files = vec![golden("15"), b"{\"a\":1}".to_vec(), golden("16")];
        let Ok(Document::File(last)) = read(&files[2]) else {
            panic!("a verification file");
        };
        let Ok(Document::File(before)) = read(&files[0]) else {
            panic!("a verification file");
        };
        let direct = verify(
            &last.certificate,
            last.register.as_ref(),
            Some(&before.certificate),
        );
        let job = Job::Verify {
            are_new: vec![true; 3],
            on_view: None,
        };
        let (report, told) = through_text(&job, files);
        let Report::Verify(verified) = report else {
            panic!("another report");
        };
        let case = verified.case.unwrap();
        assert_eq!(case.certificate, last.certificate);
        assert_eq!(case.checks, direct);
        assert_eq!((case.used, case.left_out), (vec![2], Vec::new()));
        assert!(verified.papers[0].is_ok());
        let refused = verified.papers[1].as_ref().unwrap_err();
        assert_ne!(refused.zh, refused.en);
        // Every number worked out by hand comes out the same without the register.
        for draw in &last.certificate.draws {
            let numbers = pool_numbers(&last.certificate, last.register.as_ref(), draw.group);
            let numbers = numbers.unwrap();
            let orders = case.orders.as_ref().unwrap();
            assert_eq!(orders.numbers(&last.certificate, draw.group), numbers);
            let unit = &numbers.last().unwrap().unit;
            assert_eq!(
                by_order(&last.certificate, &case.orders, unit),
                by_hand(&last.certificate, last.register.as_ref(), unit),
            );
        }
        // Places only go forward, and say what the work is at.
        assert!(
            told.windows(2)
                .all(|pair| pair[0].progress.done <= pair[1].progress.done)
        );
        assert!(told.iter().any(|advance| advance.stage == Stage::Reading));
        let is_planning = |advance: &Advance| matches!(advance.stage, Stage::Planning { .. });
        assert!(told.iter().any(is_planning));
    }

    #[test]
    fn the_draw_on_view_stays_unless_a_later_one_comes() {
        let golden = |number: &str| std::fs::read(format!("tests/golden/{number}.json")).unwrap();
        let number = |are_new: [bool; 2], on_view| {
            let are_new = are_new.to_vec();
            let job = Job::Verify { are_new, on_view };
            match through_text(&job, vec![golden("15"), golden("16")]).0 {
                Report::Verify(verified) => verified.case.unwrap().certificate,
                other => panic!("another report: {other:?}"),
            }
        };
        let last = number([true, true], None);
        let first = number([true, true], last.previous);
        assert_eq!(first.hash, last.hash, "the latest of new files");
        assert_eq!(
            number([true, false], Some(last.hash)).hash,
            last.hash,
            "only comes before"
        );
        assert_eq!(
            number([false, false], last.previous).hash,
            last.previous.unwrap(),
            "chosen"
        );
    }

    #[test]
    fn differences_beyond_the_limit_are_counted_and_too_many_visits_refused() {
        let text = std::fs::read_to_string("tests/golden/32.json").unwrap();
        let mut record: serde_json::Value = serde_json::from_str(&text).unwrap();
        for unit in record["register"]["units"].as_array_mut().unwrap() {
            unit["level"] = 5.into();
        }
        let number = record["register"]["units"].as_array().unwrap().len() as u32;
        let carried = (0..12_000)
            .map(|at| format!("NX-{at:05}"))
            .collect::<Vec<_>>();
        record["certificate"]["commitment"]["carried"] = carried.into();
        let job = Job::Verify {
            are_new: vec![true],
            on_view: None,
        };
        let (report, _) = through_text(&job, vec![record.to_string().into_bytes()]);
        let Report::Verify(verified) = report else {
            panic!("another report");
        };
        let case = verified.case.unwrap();
        let of = |claim| {
            case.checks
                .iter()
                .find(|check| check.claim == claim)
                .unwrap()
        };
        let Outcome::Failed { differences } = &of(Claim::Levels).outcome else {
            panic!("levels do not hold");
        };
        let left_out = case
            .left_out
            .iter()
            .find(|left| left.0 == Claim::Levels)
            .unwrap()
            .1;
        assert_eq!(differences.len(), DIFFERENCES_MAX);
        assert!(left_out as usize + DIFFERENCES_MAX <= number as usize);
        let why = Lacking::FewerVisits {
            count: 12_000 + case.certificate.drawn().count() as u32,
            max: VISITS_MAX as u32,
        };
        assert_eq!(of(Claim::Teams).outcome, Outcome::NotCheckable { why });
    }
}
