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
    Case, Document, DocumentError, VerificationFile, assemble, read, verification_file,
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
            t.verify_draw_name(commitment.month, commitment.number)
        });
        match &self.document {
            Document::File(file) => {
                let name = file.name.clone().unwrap_or_default();
                format!("{name} {}", draw.unwrap_or_default())
            }
            Document::Certificate(_) => format!("{} {}", t.certificate(), draw.unwrap_or_default()),
            Document::Register(register) => {
                let count = register.units.len() + register.withheld.len();
                format!("{} {}", t.verify_register(), t.units_count(count))
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

    /// Hashes and names of all certificates that lie open.
    pub fn draws(&self, t: Lang) -> Vec<(Hash, String)> {
        let certificates = self
            .papers
            .iter()
            .filter_map(|paper| paper.document.certificate());
        certificates
            .map(|certificate| {
                let commitment = &certificate.commitment;
                let words = t.verify_draw_name(commitment.month, commitment.number);
                (certificate.hash, words)
            })
            .collect()
    }
}

/// The desk.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub app: App,
    pub papers: RwSignal<Vec<Arc<Paper>>>,
    /// Names of refused files, with the reason.
    pub refused: RwSignal<Vec<(String, String)>>,
    /// The draw chosen among several.
    pub wanted: RwSignal<Option<Hash>>,
    pub result: RwSignal<Option<Arc<Examined>>>,
    /// Steps of the work under way; 0 while files are read, none without work.
    pub total: RwSignal<Option<u32>>,
    pub done: RwSignal<u32>,
    pub is_cancelled: RwSignal<bool>,
    pub is_dragging: RwSignal<bool>,
    /// Number of the job under way: a job whose number is no longer this one stops.
    job: StoredValue<u32>,
}

impl Desk {
    /// An empty desk that follows files dropped onto the page.
    pub fn start(app: App) -> Self {
        let desk = Self {
            app,
            papers: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            wanted: RwSignal::new(None),
            result: RwSignal::new(None),
            total: RwSignal::new(None),
            done: RwSignal::new(0),
            is_cancelled: RwSignal::new(false),
            is_dragging: RwSignal::new(false),
            job: StoredValue::new(0),
        };
        desk.listen();
        let asked = app
            .route
            .with_untracked(|route| route.id.as_ref().and_then(|id| id.parse().ok()));
        if let Some(number) = asked {
            desk.take_own(number);
        }
        desk
    }

    fn listen(self) {
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
    pub fn take(self, files: &web_sys::FileList) {
        let files: Vec<web_sys::File> =
            (0..files.length()).filter_map(|at| files.get(at)).collect();
        if files.is_empty() {
            return;
        }
        let job = self.begin(0);
        leptos::task::spawn_local(async move {
            let mut refused = Vec::new();
            for file in files {
                files::pause(0).await;
                let paper = self.read_file(&file).await;
                if !self.is_running(job) {
                    return;
                }
                match paper {
                    Ok(paper) => self.put(paper),
                    Err(words) => refused.push((file.name(), words)),
                }
            }
            self.refused.set(refused);
            self.examine();
        });
    }

    async fn read_file(self, file: &web_sys::File) -> Result<Paper, String> {
        let t = self.app.lang.get_untracked();
        let bytes = file.size() as u64;
        let refused = |error: DocumentError| t.document_error(&error);
        check_size(bytes).map_err(|error| refused(error.into()))?;
        let raw = files::read(file).await;
        let raw = raw.map_err(|why| t.import_unreadable(why))?;
        let document = read(&raw).map_err(refused)?;
        Ok(Paper {
            name: file.name(),
            bytes,
            document,
        })
    }

    /// Checks a draw of the open workbook.
    pub fn take_own(self, number: u32) {
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
                self.put(Paper {
                    name,
                    bytes: 0,
                    document: Document::File(Box::new(file)),
                });
                self.examine();
            }
            Some((name, None)) => {
                let words = t.verify_save_refused().to_owned();
                self.refused.set(vec![(name, words)]);
            }
            None => {}
        }
    }

    /// Lays a file down, over one of the same name; its draw is the one to check.
    fn put(self, paper: Paper) {
        if let Some(certificate) = paper.document.certificate() {
            self.wanted.set(Some(certificate.hash));
        }
        self.papers.update(|papers| {
            papers.retain(|other| other.name != paper.name);
            papers.push(Arc::new(paper));
        });
    }

    /// Takes a file away and checks the rest.
    pub fn remove(self, name: &str) {
        self.papers
            .update(|papers| papers.retain(|paper| paper.name != name));
        self.refused.set(Vec::new());
        self.examine();
    }

    /// Chooses among several draws.
    pub fn choose(self, hash: Hash) {
        self.wanted.set(Some(hash));
        self.examine();
    }

    /// Checks what lies open, in slices.
    pub fn examine(self) {
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
    pub fn cancel(self) {
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
    pub fn unit_name(self, result: &Examined, id: &UnitId) -> String {
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
    pub fn report_name(result: &Examined, at: NaiveDateTime) -> String {
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
