//! Long work as data: what a worker, or the page in slices, is asked to do, and
//! what it says back. Needs no browser and is tested natively.
//!
//! A [`Job`] goes in once; then come any number of [`Message::Progress`] and at
//! last one [`Message::Done`] or [`Message::Failed`]. Nothing is sent to stop a
//! job: its worker is ended, or its slices are given up.

use serde::{Deserialize, Serialize};

use crate::engine::simulate::{
    FairnessInput, FairnessReport, FairnessRun, Progress, YearsInput, YearsReport, YearsRun,
};

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
    /// Many years.
    Years {
        /// The year's register, officers and plan.
        input: Box<YearsInput>,
        /// How many years.
        runs: u32,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "report")]
pub enum Report {
    /// Of draws of one month.
    Month(Box<FairnessReport>),
    /// Of years.
    Years(Box<YearsReport>),
}

/// What is said back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// So far.
    Progress(Progress),
    /// The end.
    Done(Report),
    /// The work broke; the words are for whoever mends it.
    Failed(String),
}

/// A job under way.
#[derive(Debug)]
pub enum Work {
    /// Draws of one month.
    Month(Box<FairnessRun>),
    /// Years.
    Years(Box<YearsRun>),
}

impl Work {
    /// Prepares a job.
    #[must_use]
    pub fn start(job: Job) -> Self {
        match job {
            Job::Month { input, runs } => Self::Month(Box::new(FairnessRun::new(*input, runs))),
            Job::Years { input, runs } => Self::Years(Box::new(YearsRun::new(*input, runs))),
        }
    }

    /// Makes one run more.
    pub fn step(&mut self) -> Progress {
        match self {
            Self::Month(run) => run.step(1),
            Self::Years(run) => run.step(1),
        }
    }

    /// What the runs made so far say.
    #[must_use]
    pub fn report(&self) -> Report {
        match self {
            Self::Month(run) => Report::Month(Box::new(run.report())),
            Self::Years(run) => Report::Years(Box::new(run.report())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::engine::simulate::Churn;
    use crate::workbook::Workbook;

    fn inputs() -> (FairnessInput, YearsInput) {
        let mut book: Workbook = demo::brigade(2026, demo::SEED);
        book.units.truncate(300);
        let month = book.months()[0];
        let snapshot = book.snapshot(month, &book.draft).unwrap();
        let officers = book.duties(2026);
        let (design, calendar) = (book.draft.design.clone(), book.calendar());
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
    fn through_text(job: &Job, runs: u32) -> Report {
        let text = serde_json::to_string(job).unwrap();
        let mut work = Work::start(serde_json::from_str(&text).unwrap());
        let mut steps = 0;
        loop {
            steps += 1;
            let progress = work.step();
            let text = serde_json::to_string(&Message::Progress(progress)).unwrap();
            let back: Message = serde_json::from_str(&text).unwrap();
            assert_eq!(back, Message::Progress(progress));
            if progress.is_done() {
                break;
            }
        }
        assert_eq!(steps, runs);
        let text = serde_json::to_string(&Message::Done(work.report())).unwrap();
        match serde_json::from_str(&text).unwrap() {
            Message::Done(report) => report,
            other => panic!("not the end: {other:?}"),
        }
    }

    #[test]
    fn a_job_through_text_gives_what_the_engine_gives() {
        let (month, years) = inputs();
        let mut direct = FairnessRun::new(month.clone(), 20);
        direct.step(20);
        let input = Box::new(month);
        let report = through_text(&Job::Month { input, runs: 20 }, 20);
        assert_eq!(report, Report::Month(Box::new(direct.report())));

        let mut direct = YearsRun::new(years.clone(), 3);
        direct.step(3);
        let input = Box::new(years);
        let report = through_text(&Job::Years { input, runs: 3 }, 3);
        assert_eq!(report, Report::Years(Box::new(direct.report())));
    }
}
