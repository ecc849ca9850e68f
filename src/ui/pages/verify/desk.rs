//! The files that lie open for verification, and the check under way.
//!
//! A check goes claim by claim with the browser let in between, so that the
//! page stays awake, shows how far it is, and can be told to stop.

use std::sync::Arc;

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::web_sys;

use crate::engine::lottery::Hash;
use crate::engine::verify::{Check, Claim, Examination};
use crate::exchange::json::check_size;
use crate::exchange::report::Report;
use crate::exchange::verification::{
    Case, Document, DocumentError, VerificationFile, assemble, check_exact, parse,
    verification_file,
};
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::ui::app::{App, clock};
use crate::ui::files;

/// Milliseconds of work after which the browser is let in.
const SLICE_MS: f64 = 40.0;
/// Steps beside the claims: sizes and plan.
const STEPS_BEFORE: u32 = 2;

/// A file that lies open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paper {
    /// The file's name.
    pub name: String,
    /// Its size; 0 for a draw of the open workbook.
    pub bytes: u64,
    /// What it holds.
    pub document: Document,
}

impl Paper {
    /// What it holds, in words.
    pub fn words(&self, t: Lang) -> String {
        let draw = self.document.certificate().map(|certificate| {
            let commitment = &certificate.commitment;
            t.verify_draw_name(t.year_month(commitment.month), commitment.number)
        });
        match &self.document {
            Document::File(file) => {
                let name = file.name.clone().unwrap_or_default();
                format!("{name} · {}", draw.unwrap_or_default())
            }
            Document::Certificate(_) => {
                format!("{} · {}", t.certificate(), draw.unwrap_or_default())
            }
            Document::Register(register) => {
                let count = register.units.len() + register.withheld.len();
                format!("{} · {}", t.verify_register(), t.units_count(count))
            }
        }
    }
}

/// What came out of a check, with the files that it was made on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Examined {
    papers: Vec<Arc<Paper>>,
    wanted: Option<Hash>,
    /// The report.
    pub report: Report,
}

impl Examined {
    /// The documents that were held against each other.
    pub fn case(&self) -> Case<'_> {
        let documents: Vec<&Document> = self.papers.iter().map(|paper| &paper.document).collect();
        assemble(&documents, self.wanted).expect("it was examined with a certificate")
    }

    /// The verification file, if the certificate came in one.
    pub fn file(&self) -> Option<&VerificationFile> {
        self.case().file
    }

    /// The names of the files for the stand-alone verifier, quoted for a shell;
    /// none where the draw did not come from a file.
    pub fn command_files(&self) -> Option<String> {
        let case = self.case();
        let holds = |paper: &&Arc<Paper>| match &paper.document {
            Document::Register(register) => {
                case.file.is_none() && case.register.is_some_and(|other| *other == **register)
            }
            document => {
                let certificate = document.certificate();
                certificate.is_some_and(|other| other.hash == case.certificate.hash)
            }
        };
        let mut used: Vec<&Arc<Paper>> = self.papers.iter().filter(holds).collect();
        used.sort_by_key(|paper| matches!(paper.document, Document::Register(_)));
        let is_whole = !used.is_empty() && used.iter().all(|paper| paper.bytes > 0);
        let quoted = |paper: &&Arc<Paper>| format!("'{}'", paper.name.replace('\'', "'\\''"));
        is_whole.then(|| used.iter().map(quoted).collect::<Vec<_>>().join(" "))
    }

    /// Hashes and names of all certificates that lie open.
    pub fn draws(&self, t: Lang) -> Vec<(Hash, String)> {
        let certificates = self
            .papers
            .iter()
            .filter_map(|paper| paper.document.certificate());
        certificates
            .map(|certificate| {
                let commitment = &certificate.commitment;
                let words = t.verify_draw_name(t.year_month(commitment.month), commitment.number);
                (certificate.hash, words)
            })
            .collect()
    }
}

/// Why a file was refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is no published file, or not as it was published.
    Document(DocumentError),
    /// The browser could not read it; its own words.
    Unreadable(String),
    /// A draw of the open workbook of which a salt is lost.
    NoSalt,
}

impl Refusal {
    /// What is wrong, and what mends it.
    pub fn words(&self, t: Lang) -> String {
        match self {
            Self::Document(error) => t.document_error(error),
            Self::Unreadable(why) => t.import_unreadable(why),
            Self::NoSalt => t.verify_save_refused().to_owned(),
        }
    }
}

/// The desk, given once by context: what lies on it outlives a change of language.
#[derive(Clone, Copy)]
pub struct Desk {
    pub(super) app: App,
    pub(super) papers: RwSignal<Vec<Arc<Paper>>>,
    /// Names of refused files, with the reason.
    pub(super) refused: RwSignal<Vec<(String, Arc<Refusal>)>>,
    /// The draw chosen among several.
    wanted: RwSignal<Option<Hash>>,
    pub(super) result: RwSignal<Option<Arc<Examined>>>,
    /// Steps of the work under way; 0 while files are read, none without work.
    pub(super) total: RwSignal<Option<u32>>,
    pub(super) done: RwSignal<u32>,
    pub(super) is_cancelled: RwSignal<bool>,
    pub(super) is_dragging: RwSignal<bool>,
    /// The draw that the address named last.
    own: StoredValue<Option<u32>>,
    /// Number of the job under way: a job whose number is no longer this one stops.
    job: StoredValue<u32>,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            app,
            papers: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            wanted: RwSignal::new(None),
            result: RwSignal::new(None),
            total: RwSignal::new(None),
            done: RwSignal::new(0),
            is_cancelled: RwSignal::new(false),
            is_dragging: RwSignal::new(false),
            own: StoredValue::new(None),
            job: StoredValue::new(0),
        }
    }

    /// Lays the draw down that the address names, if it is another than what
    /// lies there.
    pub(super) fn follow_address(self) {
        let number = self
            .app
            .route
            .with_untracked(|route| route.id.as_ref().and_then(|id| id.parse().ok()));
        let is_empty = self.papers.with_untracked(Vec::is_empty);
        let is_new = number.is_some() && (is_empty || self.own.get_value() != number);
        self.own.set_value(number);
        if let (Some(number), true) = (number, is_new) {
            self.take_own(number);
        }
    }

    /// Follows files dropped onto the page, as long as it is shown.
    pub(super) fn listen(self) {
        let over = window_event_listener(leptos::ev::dragover, move |event| {
            event.prevent_default();
            self.is_dragging.set(true);
        });
        let leave = window_event_listener(leptos::ev::dragleave, move |event| {
            if event.related_target().is_none() {
                self.is_dragging.set(false);
            }
        });
        let drop = window_event_listener(leptos::ev::drop, move |event| {
            event.prevent_default();
            self.is_dragging.set(false);
            if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                self.take(&files);
            }
        });
        on_cleanup(move || {
            over.remove();
            leave.remove();
            drop.remove();
        });
    }

    /// Reads files and checks what they hold together.
    pub(super) fn take(self, files: &web_sys::FileList) {
        let files: Vec<web_sys::File> =
            (0..files.length()).filter_map(|at| files.get(at)).collect();
        if files.is_empty() {
            return;
        }
        let job = self.begin(0);
        leptos::task::spawn_local(async move {
            let (mut refused, mut read) = (Vec::new(), Vec::new());
            for file in files {
                files::pause(0).await;
                let paper = Self::read_file(&file).await;
                if !self.is_running(job) {
                    return;
                }
                match paper {
                    Ok(paper) => read.push(paper),
                    Err(why) => refused.push((file.name(), Arc::new(why))),
                }
            }
            self.refused.set(refused);
            self.put(read);
            self.examine();
        });
    }

    async fn read_file(file: &web_sys::File) -> Result<Paper, Refusal> {
        let bytes = file.size() as u64;
        check_size(bytes).map_err(|error| Refusal::Document(error.into()))?;
        let raw = files::read(file).await.map_err(Refusal::Unreadable)?;
        let document = parse(&raw).map_err(Refusal::Document)?;
        files::pause(0).await;
        check_exact(&raw, &document).map_err(Refusal::Document)?;
        Ok(Paper {
            name: file.name(),
            bytes,
            document,
        })
    }

    /// Checks a draw of the open workbook.
    pub(super) fn take_own(self, number: u32) {
        let t = self.app.lang.get_untracked();
        let made = self.app.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            let draw = book.draw(number)?;
            let name = t.verify_own_name(draw.label(&book.brigade.division));
            Some((name, verification_file(book, draw)))
        });
        match made {
            Some((name, Some(file))) => {
                self.refused.set(Vec::new());
                self.papers.set(Vec::new());
                self.put(vec![Paper {
                    name,
                    bytes: 0,
                    document: Document::File(Box::new(file)),
                }]);
                self.examine();
            }
            Some((name, None)) => {
                self.refused.set(vec![(name, Arc::new(Refusal::NoSalt))]);
            }
            None => {}
        }
    }

    /// Lays files down, over those of the same names. The latest of their draws
    /// is the one to check, unless it only comes before the one on view.
    fn put(self, read: Vec<Paper>) {
        let certificates = read.iter().filter_map(|paper| paper.document.certificate());
        let latest = certificates.max_by_key(|certificate| {
            (certificate.commitment.month, certificate.commitment.number)
        });
        let wanted = latest.map(|certificate| certificate.hash);
        self.papers.update(|papers| {
            let names: Vec<&str> = read.iter().map(|paper| paper.name.as_str()).collect();
            papers.retain(|other| !names.contains(&other.name.as_str()));
        });
        let on_view = self.wanted.get_untracked();
        let is_before = self.papers.with_untracked(|papers| {
            papers.iter().any(|paper| {
                let certificate = paper.document.certificate();
                certificate.is_some_and(|other| {
                    Some(other.hash) == on_view && wanted.is_some() && other.previous == wanted
                })
            })
        });
        if wanted.is_some() && !is_before {
            self.wanted.set(wanted);
        }
        self.papers
            .update(|papers| papers.extend(read.into_iter().map(Arc::new)));
    }

    /// Takes a file away and checks the rest.
    pub(super) fn remove(self, name: &str) {
        self.papers
            .update(|papers| papers.retain(|paper| paper.name != name));
        self.refused.set(Vec::new());
        self.examine();
    }

    /// Chooses among several draws.
    pub(super) fn choose(self, hash: Hash) {
        self.wanted.set(Some(hash));
        self.examine();
    }

    /// Checks what lies open, in slices.
    pub(super) fn examine(self) {
        let papers = self.papers.get_untracked();
        let wanted = self.wanted.get_untracked();
        self.result.set(None);
        let job = self.begin(Claim::ALL.len() as u32 + STEPS_BEFORE);
        leptos::task::spawn_local(async move {
            let checks = self.check_all(job, &papers, wanted).await;
            if !self.is_running(job) {
                return;
            }
            self.total.set(None);
            let result = checks.map(|checks| {
                let documents: Vec<&Document> =
                    papers.iter().map(|paper| &paper.document).collect();
                let case = assemble(&documents, wanted).expect("it was checked");
                let names = papers.iter().map(|paper| paper.name.clone()).collect();
                Report::new(case.certificate, checks, names, clock())
            });
            self.result.set(result.map(|report| {
                Arc::new(Examined {
                    papers,
                    wanted,
                    report,
                })
            }));
        });
    }

    /// All checks; none without a certificate, or where the job was cancelled.
    async fn check_all(
        self,
        job: u32,
        papers: &[Arc<Paper>],
        wanted: Option<Hash>,
    ) -> Option<Vec<Check>> {
        let mut since = now();
        let mut done = 0;
        let documents: Vec<&Document> = papers.iter().map(|paper| &paper.document).collect();
        let case = assemble(&documents, wanted)?;
        let mut examination = Examination::open(case.certificate, case.register, case.previous);
        self.step(job, &mut since, &mut done).await?;
        examination.work_out_sizes();
        self.step(job, &mut since, &mut done).await?;
        examination.work_out_plan();
        let mut checks = Vec::with_capacity(Claim::ALL.len());
        for claim in Claim::ALL {
            self.step(job, &mut since, &mut done).await?;
            checks.push(examination.check(claim));
        }
        Some(checks)
    }

    /// Lets the browser in once a slice is over; none where the job was cancelled.
    async fn step(self, job: u32, since: &mut f64, done: &mut u32) -> Option<()> {
        *done += 1;
        if now() - *since > SLICE_MS {
            self.done.set(*done);
            files::pause(0).await;
            *since = now();
        }
        self.is_running(job).then_some(())
    }

    /// Gives the work up; what was open stays open.
    pub(super) fn cancel(self) {
        self.job.update_value(|job| *job += 1);
        self.total.set(None);
        self.is_cancelled.set(true);
    }

    fn begin(self, total: u32) -> u32 {
        self.is_cancelled.set(false);
        self.done.set(0);
        self.total.set(Some(total));
        let number = self.job.try_update_value(|job| {
            *job += 1;
            *job
        });
        number.unwrap_or_default()
    }

    fn is_running(self, job: u32) -> bool {
        self.job.try_get_value() == Some(job)
    }

    /// A unit's name with its id, where the open workbook made the draw that is
    /// checked; else the id alone: what is published holds no names.
    pub(super) fn unit_name(self, result: &Examined, id: &UnitId) -> String {
        let commitment = result.report.commitment;
        let name = self.app.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            let is_own = book.draws.iter().any(|draw| {
                let committed = draw.committed.as_ref();
                committed.is_some_and(|committed| committed.hash == commitment)
            });
            let unit = is_own.then(|| book.unit(id)).flatten()?;
            Some(unit.name.clone())
        });
        name.map_or_else(|| id.to_string(), |name| format!("{name}（{id}）"))
    }

    /// When the result was made.
    pub(super) fn report_name(result: &Examined, at: NaiveDateTime) -> String {
        let (month, number) = (result.report.month, result.report.number);
        format!(
            "{month}_{number:02}_verification_{}",
            at.format("%Y%m%d-%H%M")
        )
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}
