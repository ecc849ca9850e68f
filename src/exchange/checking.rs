//! Files of a draw, from their bytes to what came out of checking them, in steps:
//! for a worker, or for a page between two of its frames.
//!
//! What goes in is large, what comes out is small: a page that shows a result needs
//! neither the register nor its text.

use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::verification::{
    Document, DocumentError, Places, check_exact, parse, places, same_register,
};
use crate::engine::calendar::YearMonth;
use crate::engine::certificate::Certificate;
use crate::engine::lottery::Hash;
use crate::engine::month::{MonthPlanning, PlanningProgress};
use crate::engine::verify::by_hand::PoolOrders;
use crate::engine::verify::{Check, Claim, Examination, Lacking, Outcome, WorkedOut};
use crate::workbook::register_changes::RegisterChanges;

/// Differences of a claim that are kept; more are counted only.
pub const DIFFERENCES_MAX: usize = 1_000;
/// Register changes that are kept; more are counted only.
pub const CHANGES_MAX: usize = 60;
/// Steps beside files and claims: opening, sizes, plan, pools.
const STEPS_BESIDE: u32 = 4;

/// A file to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it has just been opened, beside files that were open before.
    pub is_new: bool,
}

/// A draw that a document is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawFacts {
    /// The hash that its certificate names.
    pub hash: Hash,
    /// The hash of the certificate before it.
    pub previous: Option<Hash>,
    /// The month drawn for.
    pub month: YearMonth,
    /// The draw's number.
    pub number: u32,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperFacts {
    /// All of a draw.
    File {
        /// Whose draw, by the annual plan that the draw starts from.
        brigade: Option<String>,
        /// The draw.
        draw: DrawFacts,
    },
    /// A certificate alone.
    Certificate {
        /// The draw.
        draw: DrawFacts,
    },
    /// A register alone.
    Register {
        /// Its units, withheld ones included.
        units_count: usize,
    },
}

impl PaperFacts {
    fn of(document: &Document) -> Self {
        let facts = |certificate: &Certificate| DrawFacts {
            hash: certificate.hash,
            previous: certificate.previous,
            month: certificate.commitment.month,
            number: certificate.commitment.number,
        };
        match document {
            Document::File(file) => Self::File {
                brigade: Beside::of(file.case()).brigade,
                draw: facts(&file.certificate),
            },
            Document::Certificate(certificate) => Self::Certificate {
                draw: facts(certificate),
            },
            Document::Register(register) => Self::Register {
                units_count: register.units.len() + register.withheld.len(),
            },
        }
    }

    /// The draw that it is about.
    #[must_use]
    pub const fn draw(&self) -> Option<&DrawFacts> {
        match self {
            Self::File { draw, .. } | Self::Certificate { draw } => Some(draw),
            Self::Register { .. } => None,
        }
    }
}

/// What came out of checking a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedCase {
    /// The certificate.
    pub certificate: Certificate,
    /// Brigade, made-up data, and what binds the rest of the file.
    pub beside: Beside,
    /// The register changes published with it, the first [`CHANGES_MAX`] of them.
    pub changes: Option<RegisterChanges>,
    /// How many changes more there are.
    pub changes_left_out: usize,
    /// Places of the files for the stand-alone verifier, registers last.
    pub used: Vec<usize>,
    /// Every check, each with the first [`DIFFERENCES_MAX`] of its differences.
    pub checks: Vec<Check>,
    /// How many differences more there are, by claim.
    pub left_out: Vec<(Claim, u32)>,
    /// The pools in order of lottery number, for numbers worked out by hand.
    pub orders: Result<PoolOrders, Lacking>,
}

/// What came out of all files.
#[derive(Debug)]
pub struct Checked {
    /// What each file is, or why it was refused.
    pub papers: Vec<Result<PaperFacts, DocumentError>>,
    /// The draw checked; none without a certificate.
    pub case: Option<CheckedCase>,
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckStage {
    /// Files are read.
    Reading,
    /// The claims are checked.
    Examining,
    /// Days and teams are laid again.
    Planning(PlanningProgress),
}

/// How far the check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckProgress {
    /// What is under way.
    pub stage: CheckStage,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// What comes next.
enum Next {
    Parse(usize),
    Exact(usize, Box<Document>),
    Open,
    Sizes,
    Plan(Option<Box<MonthPlanning<'static>>>),
    Check(usize),
    Orders,
    Done,
}

/// A check under way.
///
/// ```
/// use double_random::exchange::checking::{CheckFile, Checking};
/// let bytes = std::fs::read("tests/golden/03.json")?;
/// let mut checking = Checking::new(vec![CheckFile { bytes, is_new: true }], None);
/// loop {
///     let progress = checking.step();
///     if progress.done == progress.total {
///         break;
///     }
/// }
/// let case = checking.finish().case.expect("it holds a certificate");
/// assert!(double_random::engine::verify::holds(&case.checks));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Checking {
    files: Vec<CheckFile>,
    on_view: Option<Hash>,
    /// What was read so far.
    read: Vec<Result<Document, DocumentError>>,
    places: Option<Places>,
    worked_out: Option<WorkedOut>,
    checks: Vec<Check>,
    orders: Result<PoolOrders, Lacking>,
    next: Next,
    done: u32,
}

impl Checking {
    /// Nothing read yet. `on_view`: the certificate chosen before, if any.
    #[must_use]
    pub fn new(files: Vec<CheckFile>, on_view: Option<Hash>) -> Self {
        Self {
            next: if files.is_empty() {
                Next::Open
            } else {
                Next::Parse(0)
            },
            files,
            on_view,
            read: Vec::new(),
            places: None,
            worked_out: None,
            checks: Vec::with_capacity(Claim::ALL.len()),
            orders: Err(Lacking::Register),
            done: 0,
        }
    }

    fn total(&self) -> u32 {
        2 * self.files.len() as u32 + Claim::ALL.len() as u32 + STEPS_BESIDE
    }

    /// Goes on a step.
    pub fn step(&mut self) -> CheckProgress {
        let mut stage = CheckStage::Examining;
        let next = std::mem::replace(&mut self.next, Next::Done);
        let is_reading = matches!(next, Next::Parse(_) | Next::Exact(..));
        let is_laying = matches!(next, Next::Plan(_));
        self.next = match next {
            Next::Parse(at) => self.parse(at),
            Next::Exact(at, document) => self.exact(at, document),
            Next::Open => self.open(),
            Next::Sizes => {
                self.examine(|examination| examination.work_out_sizes());
                Next::Plan(None)
            }
            Next::Plan(planning) => self.plan(planning, &mut stage),
            Next::Check(at) => {
                let check = self.examine(|examination| examination.check(Claim::ALL[at]));
                self.checks.push(check);
                if at + 1 < Claim::ALL.len() {
                    Next::Check(at + 1)
                } else {
                    Next::Orders
                }
            }
            Next::Orders => {
                self.orders = self.examine(|examination| examination.pool_orders());
                Next::Done
            }
            Next::Done => Next::Done,
        };
        // A plan is one step, however many it takes.
        if !(is_laying && matches!(self.next, Next::Plan(_))) {
            self.done += 1;
        }
        if matches!(self.next, Next::Done) {
            self.done = self.total();
        }
        if is_reading {
            stage = CheckStage::Reading;
        }
        CheckProgress {
            stage,
            done: self.done,
            total: self.total(),
        }
    }

    fn parse(&mut self, at: usize) -> Next {
        match parse(&self.files[at].bytes) {
            Ok(document) => Next::Exact(at, Box::new(document)),
            Err(error) => {
                self.done += 1;
                self.keep(at, Err(error))
            }
        }
    }

    fn exact(&mut self, at: usize, document: Box<Document>) -> Next {
        let exact = check_exact(&self.files[at].bytes, &document);
        self.keep(at, exact.map(|()| *document))
    }

    fn keep(&mut self, at: usize, read: Result<Document, DocumentError>) -> Next {
        self.files[at].bytes = Vec::new();
        self.read.push(read);
        if at + 1 < self.files.len() {
            Next::Parse(at + 1)
        } else {
            Next::Open
        }
    }

    /// The draw to check: the latest of the new files, unless it only comes before the
    /// one on view.
    fn wanted(&self) -> Option<Hash> {
        let read = || self.read.iter().zip(&self.files);
        let certificate = |read: &Result<Document, DocumentError>| {
            let document = read.as_ref().ok()?;
            let certificate = document.certificate()?;
            let commitment = &certificate.commitment;
            let order = (commitment.month, commitment.number);
            Some((order, certificate.hash, certificate.previous))
        };
        let new = read().filter(|(_, file)| file.is_new);
        let latest = new.filter_map(|(read, _)| certificate(read)).max();
        let latest = latest.map(|latest| latest.1);
        let known = read().filter(|(_, file)| !file.is_new);
        let is_before =
            known
                .filter_map(|(read, _)| certificate(read))
                .any(|(_, hash, previous)| {
                    Some(hash) == self.on_view && latest.is_some() && previous == latest
                });
        match latest {
            Some(latest) if !is_before => Some(latest),
            _ => self.on_view,
        }
    }

    fn open(&mut self) -> Next {
        self.places = places(&documents(&self.read), self.wanted());
        let Some(places) = &self.places else {
            return Next::Done;
        };
        let case = places.case(&documents(&self.read));
        let examination = Examination::open(case.certificate, case.register, case.previous);
        self.worked_out = Some(examination.put_aside());
        Next::Sizes
    }

    /// Works on with the documents side by side, which [`Checking::open`] laid there.
    fn examine<T>(&mut self, work: impl FnOnce(&mut Examination) -> T) -> T {
        let places = self.places.as_ref().expect("it was opened");
        let worked_out = self.worked_out.take().expect("it was opened");
        let case = places.case(&documents(&self.read));
        let mut examination =
            Examination::resume(case.certificate, case.register, case.previous, worked_out);
        let found = work(&mut examination);
        self.worked_out = Some(examination.put_aside());
        found
    }

    /// Goes on laying the plan.
    fn plan(
        &mut self,
        planning: Option<Box<MonthPlanning<'static>>>,
        stage: &mut CheckStage,
    ) -> Next {
        let Some(mut planning) = planning else {
            return self.examine(|examination| match examination.planning() {
                Ok(planning) => Next::Plan(Some(Box::new(planning))),
                Err(why) => {
                    examination.take_plan(Err(why));
                    Next::Check(0)
                }
            });
        };
        let progress = planning.step();
        *stage = CheckStage::Planning(progress);
        if !progress.is_done {
            return Next::Plan(Some(planning));
        }
        let plan = planning.finish().expect("it says that it is done");
        self.examine(|examination| examination.take_plan(Ok(plan.into_plan())));
        Next::Check(0)
    }

    /// What came out, once all steps are done.
    #[must_use]
    pub fn finish(mut self) -> Checked {
        let case = self.places.take().map(|places| self.checked_case(&places));
        let papers = self.read.into_iter();
        Checked {
            papers: papers
                .map(|read| read.map(|document| PaperFacts::of(&document)))
                .collect(),
            case,
        }
    }

    fn checked_case(&mut self, places: &Places) -> CheckedCase {
        let mut left_out = Vec::new();
        for check in &mut self.checks {
            if let Outcome::Failed { differences } = &mut check.outcome
                && differences.len() > DIFFERENCES_MAX
            {
                left_out.push((check.claim, (differences.len() - DIFFERENCES_MAX) as u32));
                differences.truncate(DIFFERENCES_MAX);
            }
        }
        let case = places.case(&documents(&self.read));
        let mut changes = case.file.and_then(|file| file.changes.clone());
        let changes_count = changes.as_ref().map_or(0, |changes| changes.list.len());
        if let Some(changes) = &mut changes {
            changes.list.truncate(CHANGES_MAX);
        }
        CheckedCase {
            beside: Beside::of(case),
            changes_left_out: changes_count.saturating_sub(CHANGES_MAX),
            changes,
            used: used(&self.read, places),
            checks: std::mem::take(&mut self.checks),
            left_out,
            orders: std::mem::replace(&mut self.orders, Err(Lacking::Register)),
            certificate: case.certificate.clone(),
        }
    }
}

/// The documents that were read, by file.
fn documents(read: &[Result<Document, DocumentError>]) -> Vec<Option<&Document>> {
    read.iter().map(|read| read.as_ref().ok()).collect()
}

/// The files that the stand-alone verifier needs for this case, registers last.
fn used(read: &[Result<Document, DocumentError>], places: &Places) -> Vec<usize> {
    let case = places.case(&documents(read));
    let holds = |document: &Document| match document {
        Document::Register(register) => case.file.is_none() && same_register(case, register),
        document => {
            let certificate = document.certificate();
            certificate.is_some_and(|other| other.hash == case.certificate.hash)
        }
    };
    let of = |(at, read): (usize, &Result<Document, DocumentError>)| {
        let document = read.as_ref().ok()?;
        holds(document).then_some((matches!(document, Document::Register(_)), at))
    };
    let mut used: Vec<(bool, usize)> = read.iter().enumerate().filter_map(of).collect();
    used.sort_unstable();
    used.into_iter().map(|(_, at)| at).collect()
}
