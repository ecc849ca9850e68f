//! What is published of a draw, as files: one that holds all, or certificate
//! and register each by itself. `tests/verifier/verify.py` reads the same.
//!
//! | file | known by | what it holds |
//! |---|---|---|
//! | verification file | `certificate` | certificate, register, the certificates before, draws broken off, register changes |
//! | certificate | `commitment` | [`Certificate`], canonical JSON |
//! | published register | `units` and `withheld` | [`PublishedRegister`] |

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::FileError;
use super::json::{malformed, text};
use crate::engine::ceremony::BrokenDraw;
use crate::engine::certificate::{self, Certificate};
use crate::engine::lottery::{Hash, canonical_json};
use crate::engine::pace::{Advance, Pace};
use crate::engine::read::{ReadError, check_exactly};
use crate::engine::register::{PublishedRegister, Salt};
use crate::engine::root::LeafLines;
use crate::engine::verify::Examination;
use crate::model::OfficerId;
use crate::workbook::register_changes::RegisterChanges;
use crate::workbook::{DrawId, DrawRecord, Workbook};

/// `format` of a verification file.
pub const FORMAT: &str = "double-random/verification";
/// Version that this program writes.
pub const VERSION: u32 = 1;

/// Everything about one draw in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct VerificationFile {
    /// [`FORMAT`]; files of other programs may leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Version of the file; that of the certificate stands in its own `format`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// Whose draw, for people to read: files of older and of other programs. Nothing binds
    /// it; the brigade stands in the annual plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Made-up data: files of older programs. Now it stands in the commitment.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_demo: bool,
    pub certificate: Certificate,
    /// Whose codes the officers' are, of those whom the published plan names: the publisher's
    /// word, which nothing binds. Empty where no publication names officers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub officer_names: BTreeMap<OfficerId, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<PublishedRegister>,
    /// The certificate before it, whose hash it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Box<Certificate>>,
    /// The certificates before that one, latest first, of a draw that adds to its month's:
    /// back to the month's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Certificate>,
    /// The draws broken off since the certificate before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken_off: Vec<BrokenDraw>,
    /// What changed in the register since the draw before, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<RegisterChanges>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A file that was opened for verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// All of a draw.
    File(Box<VerificationFile>),
    /// A certificate alone.
    Certificate(Box<Certificate>),
    /// A register alone.
    Register(Box<PublishedRegister>),
}

/// Why a file cannot be used for verification.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Size, encoding or syntax.
    #[error(transparent)]
    File(#[from] FileError),
    /// A certificate, register or verification file that says something else
    /// than is understood of it: a byte of it was changed, or it is of a newer format.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something else, such as a whole workbook.
    #[error("not published for verification: {found:?}")]
    Other {
        /// The format that it names.
        found: Option<String>,
    },
}

/// Reads a file that was published of a draw. Every byte of it must mean something.
///
/// # Errors
/// [`DocumentError`], with the place.
///
/// ```
/// use double_random::exchange::verification::{Document, read};
/// let record = std::fs::read("tests/golden/03.json")?;
/// let Ok(Document::File(file)) = read(&record) else { unreachable!() };
/// assert_eq!(file.certificate.format, "frs1");
/// assert!(read(b"{\"format\":\"double-random/workbook\"}").is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Document, DocumentError> {
    let document = parse(bytes)?;
    check_exact(bytes, &document)?;
    Ok(document)
}

/// The first half of [`read`]: what the file says as far as it is understood.
/// Nothing may be done with it before [`check_exact`].
///
/// # Errors
/// [`DocumentError`], with the place.
pub fn parse(bytes: &[u8]) -> Result<Document, DocumentError> {
    let text = text(bytes)?;
    let head = Head::of(text)?;
    if let Some(inner) = head.certificate {
        // A certificate of another format has another shape: its name comes first.
        let found = inner.get("format").and_then(Value::as_str);
        if found != Some(certificate::FORMAT) {
            let found = found.map(str::to_owned);
            return Err(ReadError::Format { found }.into());
        }
        let file = serde_json::from_str(text).map_err(ReadError::from)?;
        return Ok(Document::File(file));
    }
    if head.commitment.is_some() {
        return Ok(Document::Certificate(Box::new(Certificate::read(text)?)));
    }
    if head.withheld.is_some() {
        let register = serde_json::from_str(text).map_err(ReadError::from)?;
        return Ok(Document::Register(register));
    }
    let found = head.format.as_ref().and_then(Value::as_str);
    Err(DocumentError::Other {
        found: found.map(str::to_owned),
    })
}

/// Whether a file is one that was published of a draw, whatever is wrong with it.
///
/// ```
/// use double_random::exchange::verification::is_published;
/// assert!(is_published(&std::fs::read("tests/golden/03.json")?));
/// assert!(!is_published(b"{\"format\":\"double-random/workbook\"}"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn is_published(bytes: &[u8]) -> bool {
    let head = text(bytes).ok().and_then(|text| Head::of(text).ok());
    head.is_some_and(|head| {
        head.certificate.is_some() || head.commitment.is_some() || head.withheld.is_some()
    })
}

/// The second half of [`read`]: whether `document`, which was parsed from the
/// same bytes, is all that they say.
///
/// # Errors
/// [`DocumentError`], with the place.
pub fn check_exact(bytes: &[u8], document: &Document) -> Result<(), DocumentError> {
    let text = text(bytes)?;
    Ok(match document {
        Document::File(file) => check_exactly(text, file).and_then(|()| check_kind(file)),
        // Certificates are read exactly at once: they are short.
        Document::Certificate(_) => Ok(()),
        Document::Register(register) => check_exactly(text, register),
    }?)
}

/// Format and version are those known, where the file names them.
fn check_kind(file: &VerificationFile) -> Result<(), ReadError> {
    let known = [
        (
            "/format",
            file.format.as_deref().is_none_or(|format| format == FORMAT),
        ),
        (
            "/version",
            file.version.is_none_or(|version| version == VERSION),
        ),
    ];
    match known.into_iter().find(|(_, is_known)| !is_known) {
        Some((path, _)) => Err(ReadError::NotUnderstood { path: path.into() }),
        None => Ok(()),
    }
}

/// What tells one kind of file from another; a register's rows are passed over.
#[derive(Deserialize)]
struct Head {
    format: Option<Value>,
    certificate: Option<Value>,
    commitment: Option<IgnoredAny>,
    withheld: Option<IgnoredAny>,
}

impl Head {
    fn of(text: &str) -> Result<Self, FileError> {
        if !text.trim_start().starts_with('{') {
            // The syntax first: a file that is no JSON at all is not «no object».
            serde_json::from_str::<IgnoredAny>(text).map_err(malformed)?;
            return Err(FileError::NotAnObject);
        }
        serde_json::from_str(text).map_err(malformed)
    }
}

impl Document {
    /// The certificate that the document is about.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::File(file) => Some(&file.certificate),
            Self::Certificate(certificate) => Some(certificate),
            Self::Register(_) => None,
        }
    }

    fn register(&self) -> Option<&PublishedRegister> {
        match self {
            Self::File(file) => file.register.as_ref(),
            Self::Certificate(_) => None,
            Self::Register(register) => Some(register),
        }
    }

    fn previous(&self) -> Option<&Certificate> {
        match self {
            Self::File(file) => file.previous.as_deref(),
            Self::Certificate(_) | Self::Register(_) => None,
        }
    }
}

/// What is held against each other.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub certificate: &'a Certificate,
    /// The register that was published with it.
    pub register: Option<&'a PublishedRegister>,
    /// The certificate before it.
    pub previous: Option<&'a Certificate>,
    /// The verification file, if the certificate came in one.
    pub file: Option<&'a VerificationFile>,
}

impl<'a> Case<'a> {
    /// The documents side by side, ready to be examined.
    #[must_use]
    pub fn open(self) -> Examination<'a> {
        let examination = Examination::open(self.certificate, self.register, self.previous);
        match self.file {
            Some(file) => examination.after(&file.earlier, &file.broken_off),
            None => examination,
        }
    }
}

/// Where the documents of a [`Case`] stand among those that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    certificate: usize,
    register: Option<usize>,
    previous: Option<usize>,
}

impl Places {
    /// The documents themselves, which were put together.
    ///
    /// # Panics
    /// With other documents than those.
    #[must_use]
    pub fn case<'a>(self, documents: &[Option<&'a Document>]) -> Case<'a> {
        let document = |at: usize| documents[at].expect("it was put together");
        let own = document(self.certificate);
        let certificate = own.certificate().expect("it was put together");
        Case {
            certificate,
            register: self.register.and_then(|at| document(at).register()),
            previous: self.previous.and_then(|at| match document(at) {
                // A file's own certificate before, not the file's.
                own if at == self.certificate => own.previous(),
                other => other.certificate(),
            }),
            file: match own {
                Document::File(file) => Some(file),
                _ => None,
            },
        }
    }
}

/// Puts documents together, of which some may be lacking: the certificate with the hash `wanted`, else the
/// latest; the register that came with it, else the one that it is bound to,
/// else the only one; the certificate that it names as the one before, else the
/// nearest one below its number. `None` without a certificate.
#[must_use]
pub fn places(documents: &[Option<&Document>], wanted: Option<Hash>) -> Option<Places> {
    let known = || {
        let all = documents.iter().enumerate();
        all.filter_map(|(at, document)| Some((at, (*document)?)))
    };
    let certificates = || known().filter_map(|(at, document)| Some((at, document.certificate()?)));
    let (own, certificate) = certificates().max_by_key(|(_, certificate)| {
        let is_wanted = wanted == Some(certificate.hash);
        let commitment = &certificate.commitment;
        (is_wanted, commitment.month, commitment.number)
    })?;
    let document = documents[own]?;
    let registers: Vec<(usize, &PublishedRegister)> = known()
        .filter_map(|(at, document)| Some((at, document.register()?)))
        .collect();
    let root = certificate.commitment.snapshot_root;
    let register = match registers[..] {
        _ if document.register().is_some() => Some(own),
        [(only, _)] => Some(only),
        _ => {
            let mut bound = registers.iter();
            bound
                .find(|register| register.1.units_root() == root)
                .map(|found| found.0)
        }
    };
    let others = || certificates().filter(|(_, other)| other.hash != certificate.hash);
    let named = || others().find(|(_, other)| certificate.previous == Some(other.hash));
    let (number, year) = (
        certificate.commitment.number,
        certificate.commitment.month.year(),
    );
    let below = || {
        let is_below = |other: &Certificate| {
            other.commitment.month.year() == year && other.commitment.number < number
        };
        let below = others().filter(|(_, other)| is_below(other));
        below.max_by_key(|(_, other)| other.commitment.number)
    };
    let previous = match document.previous() {
        Some(_) => Some(own),
        None => named().or_else(below).map(|found| found.0),
    };
    Some(Places {
        certificate: own,
        register,
        previous,
    })
}

/// Documents put together, as [`places`] finds them. `None` without a certificate.
#[must_use]
pub fn assemble<'a>(documents: &[&'a Document], wanted: Option<Hash>) -> Option<Case<'a>> {
    let documents: Vec<Option<&Document>> = documents.iter().map(|one| Some(*one)).collect();
    places(&documents, wanted).map(|places| places.case(&documents))
}

/// Whether `register` is the one that the case is checked with.
pub(super) fn same_register(case: Case<'_>, register: &PublishedRegister) -> bool {
    case.register.is_some_and(|other| other == register)
}

/// Everything to publish of a draw; `None` before it has drawn, or where a
/// unit's salt is lost.
///
/// Units that drew under an alias stand there as bare leaves. The officers stand there
/// by their ids, with leave and avoidance, without which capacity and teams cannot be
/// checked; by name only those whom the published plan names.
#[must_use]
pub fn verification_file(book: &Workbook, draw: &DrawRecord) -> Option<VerificationFile> {
    let register = book.published_register(draw, &book.withheld_in(draw), true)?;
    verification_frame(book, draw, register)
}

/// The verification file of a draw with this register.
fn verification_frame(
    book: &Workbook,
    draw: &DrawRecord,
    register: PublishedRegister,
) -> Option<VerificationFile> {
    let certificate = book.certificate(draw)?;
    let before = book.draw_before(draw);
    let previous = before.and_then(|before| book.certificate(before));
    // A draw committed to by an older program binds no more than it did.
    let is_bound = certificate.commitment.disclosed.is_some();
    Some(VerificationFile {
        format: Some(FORMAT.to_owned()),
        version: Some(VERSION),
        name: None,
        is_demo: book.is_demo && !is_bound,
        certificate,
        officer_names: book.officers_named(draw),
        register: Some(register),
        previous: previous.map(Box::new),
        earlier: book.certificates_before(draw),
        broken_off: book.broken_since(draw),
        changes: book.changes_of(draw),
    })
}

/// What stands behind the register's units and withheld leaves, where there are none.
const NO_UNITS: &str = "],\"withheld\":[]},\"version\":1}";
/// Units written between two rests: a millisecond or two of a page's time.
const STEP_UNITS: usize = 100;

/// What is published of a draw, as a file's name and text: that of [`verification_file`],
/// written unit by unit. `None` as there.
///
/// ```
/// use double_random::demo;
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::verification::write;
/// use double_random::workbook::DrawId;
/// let book = demo::brigade(2026, demo::SEED);
/// let first = DrawId::new(2026, 1);
/// assert!(at_once(write(&book, first, &AtOnce)).is_none(), "nothing is drawn yet");
/// ```
pub async fn write(book: &Workbook, id: DrawId, pace: &impl Pace) -> Option<(String, String)> {
    let draw = book.draw(id)?;
    // Of these nothing but the leaf is written.
    let withheld = book.withheld_in(draw);
    let empty = book.published_with(draw, Vec::new(), &withheld, true);
    let mut text = verification_frame(book, draw, empty)?.to_text();
    debug_assert!(text.ends_with(NO_UNITS));
    text.truncate(text.len() - NO_UNITS.len());
    let units = &draw.register.snapshot.units;
    let (mut lines, mut leaves, mut mark) = (LeafLines::default(), Vec::new(), "");
    for (at, part) in units.chunks(STEP_UNITS).enumerate() {
        pace.rest(Advance::running(at * STEP_UNITS, units.len()))
            .await;
        for unit in part {
            let salt = Salt::new(book.unit_drawn(&unit.id)?.salt.clone()).ok()?;
            let points = &draw.level_sum(&unit.id)?.parts;
            if withheld.contains(&unit.id) {
                leaves.push(lines.leaf(unit, points, salt.as_str()));
            } else {
                text.push_str(std::mem::replace(&mut mark, ","));
                text.push_str(lines.line(unit, points, salt.as_str()));
            }
        }
    }
    leaves.sort_unstable();
    let leaves: Vec<String> = leaves.iter().map(|leaf| format!("\"{leaf}\"")).collect();
    text.push_str("],\"withheld\":[");
    text.push_str(&leaves.join(","));
    text.push_str("]},\"version\":1}");
    let demo = if book.is_demo { "demo_" } else { "" };
    let name = format!("{demo}{}_{:02}_verification.json", draw.month, id.number);
    Some((name, text))
}

impl VerificationFile {
    /// The file by itself.
    #[must_use]
    pub fn case(&self) -> Case<'_> {
        Case {
            certificate: &self.certificate,
            register: self.register.as_ref(),
            previous: self.previous.as_deref(),
            file: Some(self),
        }
    }

    /// The file's text: canonical JSON.
    ///
    /// # Panics
    /// Never: all fields are texts, dates, integers and what was read as JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        canonical_json(self).expect("fields are texts, dates and integers")
    }
}
