//! Files of a draw, from their bytes to what came out of checking them.
//!
//! What goes in is large, what comes out is small: a page that shows a result needs
//! neither the register nor its text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::verification::{
    Document, DocumentError, Places, check_exact, parse, places, same_register,
};
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::BrokenDraw;
use crate::engine::certificate::Certificate;
use crate::engine::lottery::Hash;
use crate::engine::pace::{Advance, Pace, Stage, Within};
use crate::engine::verify::by_hand::PoolOrders;
use crate::engine::verify::{Check, Claim, Lacking, Outcome};
use crate::model::OfficerId;
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
    /// Whether that hash is the one of what the certificate says.
    pub is_own_hash: bool,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperFacts {
    /// All of a draw.
    File {
        /// Whose draw, by the annual plan that the draw starts from.
        brigade: Option<String>,
        draw: DrawFacts,
    },
    /// A certificate alone.
    Certificate { draw: DrawFacts },
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
            is_own_hash: certificate.content_hash() == certificate.hash,
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
    pub certificate: Certificate,
    /// Brigade, made-up data, and what binds the rest of the file.
    pub beside: Beside,
    /// The register changes published with it, the first [`CHANGES_MAX`] of them.
    pub changes: Option<RegisterChanges>,
    /// How many changes more there are.
    pub changes_left_out: usize,
    /// Whose the officers' codes are, by the publisher's word.
    pub officer_names: BTreeMap<OfficerId, String>,
    /// The draws broken off that were published with it.
    pub broken_off: Vec<BrokenDraw>,
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

/// Checks the files of a draw. `on_view`: the certificate chosen before, if any.
///
/// ```
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::checking::{CheckFile, check};
/// let bytes = std::fs::read("tests/golden/03.json")?;
/// let files = vec![CheckFile { bytes, is_new: true }];
/// let case = at_once(check(files, None, &AtOnce)).case.expect("it holds a certificate");
/// assert!(double_random::engine::verify::holds(&case.checks));
/// # Ok::<(), std::io::Error>(())
/// ```
pub async fn check(files: Vec<CheckFile>, on_view: Option<Hash>, pace: &impl Pace) -> Checked {
    let reading = 2 * files.len() as u32;
    let total = reading + Claim::ALL.len() as u32 + STEPS_BESIDE;
    let are_new: Vec<bool> = files.iter().map(|file| file.is_new).collect();
    let mut read = Vec::with_capacity(files.len());
    for CheckFile { bytes, .. } in files {
        let document = parse(&bytes);
        let done = 2 * read.len() as u32 + 1;
        pace.rest(Advance::at(Stage::Reading, done, total)).await;
        let exact = document.and_then(|document| {
            check_exact(&bytes, &document)?;
            Ok(document)
        });
        read.push(exact);
        pace.rest(Advance::at(Stage::Reading, done + 1, total))
            .await;
    }
    let case = match places(&documents(&read), wanted(&read, &are_new, on_view)) {
        Some(places) => {
            let of_whole = |advance: Advance| {
                let done = reading + 1 + advance.progress.done;
                Advance::at(advance.stage, done, total)
            };
            Some(check_case(&read, &places, &Within::new(pace, of_whole)).await)
        }
        None => None,
    };
    let facts = |read: Result<Document, _>| read.map(|document| PaperFacts::of(&document));
    Checked {
        papers: read.into_iter().map(facts).collect(),
        case,
    }
}

type Read = Result<Document, DocumentError>;

/// The draw to check: the latest of the new files, unless it only comes before the
/// one on view.
fn wanted(read: &[Read], are_new: &[bool], on_view: Option<Hash>) -> Option<Hash> {
    let read = || read.iter().zip(are_new);
    let certificate = |read: &Read| {
        let document = read.as_ref().ok()?;
        let certificate = document.certificate()?;
        let commitment = &certificate.commitment;
        let order = (commitment.month, commitment.number);
        Some((order, certificate.hash, certificate.previous))
    };
    let new = read().filter(|(_, is_new)| **is_new);
    let latest = new.filter_map(|(read, _)| certificate(read)).max();
    let latest = latest.map(|latest| latest.1);
    let known = read().filter(|(_, is_new)| !**is_new);
    let is_before = known
        .filter_map(|(read, _)| certificate(read))
        .any(|(_, hash, previous)| Some(hash) == on_view && latest.is_some() && previous == latest);
    match latest {
        Some(latest) if !is_before => Some(latest),
        _ => on_view,
    }
}

/// Checks the draw of the documents at these places.
async fn check_case(read: &[Read], places: &Places, pace: &impl Pace) -> CheckedCase {
    let case = places.case(&documents(read));
    let mut examination = case.open();
    pace.rest(Advance::at(Stage::Examining, 0, 1)).await;
    let mut checks = examination.examine(pace).await;
    let left_out = cut_differences(&mut checks);
    let mut changes = case.file.and_then(|file| file.changes.clone());
    let changes_count = changes.as_ref().map_or(0, |changes| changes.list.len());
    if let Some(changes) = &mut changes {
        changes.list.truncate(CHANGES_MAX);
    }
    CheckedCase {
        beside: Beside::of(case),
        changes_left_out: changes_count.saturating_sub(CHANGES_MAX),
        changes,
        officer_names: case
            .file
            .map(|file| file.officer_names.clone())
            .unwrap_or_default(),
        broken_off: case
            .file
            .map(|file| file.broken_off.clone())
            .unwrap_or_default(),
        used: used(read, places),
        checks,
        left_out,
        orders: examination.pool_orders(),
        certificate: case.certificate.clone(),
    }
}

/// Keeps the first [`DIFFERENCES_MAX`] differences of each claim; how many more there are.
fn cut_differences(checks: &mut [Check]) -> Vec<(Claim, u32)> {
    let mut left_out = Vec::new();
    for check in checks {
        if let Outcome::Failed { differences } = &mut check.outcome
            && differences.len() > DIFFERENCES_MAX
        {
            left_out.push((check.claim, (differences.len() - DIFFERENCES_MAX) as u32));
            differences.truncate(DIFFERENCES_MAX);
        }
    }
    left_out
}

/// The documents that were read, by file.
fn documents(read: &[Read]) -> Vec<Option<&Document>> {
    read.iter().map(|read| read.as_ref().ok()).collect()
}

/// The files that the stand-alone verifier needs for this case, registers last.
fn used(read: &[Read], places: &Places) -> Vec<usize> {
    let case = places.case(&documents(read));
    let holds = |document: &Document| match document {
        Document::Register(register) => case.file.is_none() && same_register(case, register),
        document => {
            let certificate = document.certificate();
            certificate.is_some_and(|other| other.hash == case.certificate.hash)
        }
    };
    let of = |(at, read): (usize, &Read)| {
        let document = read.as_ref().ok()?;
        holds(document).then_some((matches!(document, Document::Register(_)), at))
    };
    let mut used: Vec<(bool, usize)> = read.iter().enumerate().filter_map(of).collect();
    used.sort_unstable();
    used.into_iter().map(|(_, at)| at).collect()
}
