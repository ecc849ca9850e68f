//! The files that lie open for verification, and the check under way.
//!
//! Bytes go to a worker and a small result comes back, so that the page stays
//! awake whatever comes in, shows how far it is, and can stop at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::web_sys;

use crate::engine::lottery::Hash;
use crate::engine::pace::{Advance, Stage, Within};
use crate::exchange::checking::{CheckedCase, DrawFacts, PaperFacts};
use crate::exchange::json::check_size;
use crate::exchange::paper_compare::{PaperTable, is_paper};
use crate::exchange::paper_package::package_in;
use crate::exchange::report::Report;
use crate::exchange::verification::DocumentError;
use crate::i18n::Lang;
use crate::model::CandidateId;
use crate::ui::app::{App, clock};
use crate::ui::files;
use crate::ui::job::{self, Job, Refused};
use crate::ui::sheets::reader::{Reader, Trouble};
use crate::ui::task::{Task, WebPace};
use crate::ui::worker;
use crate::workbook::DrawId;

/// A file that lies open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paper {
    /// The file's name.
    pub name: String,
    /// Its size; 0 for a draw of the open workbook.
    pub bytes: u64,
    /// What it holds.
    pub facts: PaperFacts,
}

impl Paper {
    /// What it holds, in words.
    pub fn words(&self, t: Lang) -> String {
        let draw = |draw: &DrawFacts| t.verify_draw_name(t.year_month(draw.month), draw.number);
        match &self.facts {
            PaperFacts::File { brigade, draw: own } => match brigade {
                Some(brigade) => format!("{brigade} · {}", draw(own)),
                None => draw(own),
            },
            PaperFacts::Certificate { draw: own } => format!("{} · {}", t.certificate(), draw(own)),
            PaperFacts::Register { units_count } => {
                format!("{} · {}", t.verify_register(), t.units_count(*units_count))
            }
        }
    }
}

/// A file with its bytes, which stay outside this program's memory.
#[derive(Debug, Clone)]
struct Raw {
    name: String,
    bytes: u64,
    content: js_sys::Uint8Array,
}

/// A published plan that lies open beside the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Second {
    /// The file's name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its table.
    pub table: PaperTable,
}

/// What came out of a check, with the files that it was made on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Examined {
    papers: Vec<Arc<Paper>>,
    /// The draw that was checked.
    pub case: CheckedCase,
    pub report: Report,
}

impl Examined {
    /// The names of the files for the stand-alone verifier, quoted for a shell;
    /// none where the draw did not come from a file.
    pub fn command_files(&self) -> Option<String> {
        let used = self.case.used.iter().filter_map(|at| self.papers.get(*at));
        let used: Vec<&Arc<Paper>> = used.collect();
        let is_whole = !used.is_empty() && used.iter().all(|paper| paper.bytes > 0);
        let quoted = |paper: &&Arc<Paper>| format!("'{}'", paper.name.replace('\'', "'\\''"));
        is_whole.then(|| used.iter().map(quoted).collect::<Vec<_>>().join(" "))
    }

    /// Hashes and names of all certificates that lie open.
    pub fn draws(&self, t: Lang) -> Vec<(Hash, String)> {
        let draws = self.papers.iter().filter_map(|paper| paper.facts.draw());
        draws
            .map(|draw| {
                let words = t.verify_draw_name(t.year_month(draw.month), draw.number);
                (draw.hash, words)
            })
            .collect()
    }
}

/// The desk, given once by context: what lies on it outlives a change of language.
#[derive(Clone, Copy)]
pub struct Desk {
    pub(super) app: App,
    pub(super) papers: RwSignal<Vec<Arc<Paper>>>,
    /// A published plan, to be compared.
    pub(super) second: RwSignal<Option<Arc<Second>>>,
    /// Their bytes, by name.
    raw: StoredValue<BTreeMap<String, Raw>, LocalStorage>,
    /// Files of a check that has not ended.
    waiting: StoredValue<Vec<Raw>, LocalStorage>,
    /// Names of refused files, with the reason.
    pub(super) refused: RwSignal<Vec<(String, Refused)>>,
    /// The draw on view, or chosen among several.
    wanted: RwSignal<Option<Hash>>,
    pub(super) result: RwSignal<Option<Arc<Examined>>>,
    /// The check under way.
    pub(super) task: Task,
    pub(super) is_dragging: RwSignal<bool>,
    /// The draw that the address named last.
    own: StoredValue<Option<DrawId>>,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            app,
            papers: RwSignal::new(Vec::new()),
            second: RwSignal::new(None),
            raw: StoredValue::new_local(BTreeMap::new()),
            waiting: StoredValue::new_local(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            wanted: RwSignal::new(None),
            result: RwSignal::new(None),
            task: Task::new(),
            is_dragging: RwSignal::new(false),
            own: StoredValue::new(None),
        }
    }

    /// Whether nothing lies open.
    pub(super) fn is_empty(self) -> bool {
        self.papers.with(Vec::is_empty) && self.second.with(Option::is_none)
    }

    /// Lays the draw down that the address names, if it is another than what
    /// lies there.
    pub(super) fn follow_address(self) {
        let named = self.app.route.with_untracked(|route| route.id.clone());
        let named = named.and_then(|id| self.draw_named(&id));
        let is_empty = self.papers.with_untracked(Vec::is_empty);
        let is_new = named.is_some() && (is_empty || self.own.get_value() != named);
        self.own.set_value(named);
        if let (Some(named), true) = (named, is_new) {
            self.take_own(named);
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
        if !files.is_empty() {
            self.take_files(files);
        }
    }

    fn take_files(self, files: Vec<web_sys::File>) {
        self.task.start(async move |pace| {
            let (mut refused, mut read) = (Vec::new(), Vec::new());
            for file in files {
                match Self::read_file(&file).await {
                    Ok(raw) if is_paper(&raw.name) => match self.take_paper(&raw, &pace).await {
                        Ok(carried) => read.extend(carried),
                        Err(why) => refused.push((raw.name, why)),
                    },
                    Ok(raw) => read.push(raw),
                    Err(why) => refused.push((file.name(), why)),
                }
            }
            self.refused.set(refused);
            self.examine(read, &pace).await
        });
    }

    async fn read_file(file: &web_sys::File) -> Result<Raw, Refused> {
        let bytes = file.size() as u64;
        check_size(bytes).map_err(|error| {
            let error = DocumentError::from(error);
            Refused::of(|lang| lang.document_error(&error))
        })?;
        let content = files::read_raw(file).await;
        let content = content.map_err(|why| Refused::of(|lang| lang.import_unreadable(&why)))?;
        Ok(Raw {
            name: file.name(),
            bytes,
            content,
        })
    }

    /// Lays a published plan beside the certificate; what it carries of its draw, as a file
    /// of its own.
    async fn take_paper(self, raw: &Raw, pace: &WebPace) -> Result<Option<Raw>, Refused> {
        let refused = |trouble| match trouble {
            Trouble::Refused(words) => words,
            Trouble::Broke(words) => Refused::of(|lang| lang.verify_paper_broke(&words)),
        };
        let reader = Reader::start().await.map_err(refused)?;
        let opened = reader.open(raw.name.clone(), &raw.content, None, pace);
        opened.await.map_err(refused)?;
        let rows = reader.texts().await.map_err(refused)?;
        self.second.set(Some(Arc::new(Second {
            name: raw.name.clone(),
            bytes: raw.bytes,
            table: PaperTable { rows },
        })));
        let bytes = raw.content.to_vec();
        let carried = std::str::from_utf8(&bytes).ok().and_then(package_in);
        Ok(carried.map(|text| Raw {
            name: raw.name.clone(),
            bytes: raw.bytes,
            content: js_sys::Uint8Array::from(text.as_bytes()),
        }))
    }

    /// The draw of the open workbook that an address names.
    pub(super) fn draw_named(self, text: &str) -> Option<DrawId> {
        let book = self.app.workbook.get_untracked();
        book?.draw_named(text)
    }

    /// Checks a draw of the open workbook: what would be published of it is written, and
    /// checked as any file.
    pub(super) fn take_own(self, id: DrawId) {
        let t = self.app.lang.get_untracked();
        let name = self.app.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            let draw = book.draw(id)?;
            Some(t.verify_own_name(draw.label(&book.brigade.division)))
        });
        let Some(name) = name else {
            return;
        };
        self.task.start(async move |pace| {
            // To the reader this is reading, whose end is not known.
            let reading = Within::new(&pace, |_| Advance::at(Stage::Reading, 0, 0));
            let Some((_, text)) = self.app.write_out(id, &reading).await else {
                let why = Refused::of(|lang| lang.verify_save_refused().to_owned());
                self.refused.set(vec![(name, why)]);
                return Ok(());
            };
            self.refused.set(Vec::new());
            self.papers.set(Vec::new());
            let content = js_sys::Uint8Array::from(text.as_bytes());
            let bytes = 0;
            let raw = Raw {
                name,
                bytes,
                content,
            };
            self.examine(vec![raw], &pace).await
        });
    }

    /// Takes a file away and checks the rest.
    pub(super) fn remove(self, name: &str) {
        self.papers
            .update(|papers| papers.retain(|paper| paper.name != name));
        self.second.update(|second| {
            if second.as_ref().is_some_and(|second| second.name == name) {
                *second = None;
            }
        });
        self.refused.set(Vec::new());
        self.check(Vec::new());
    }

    /// Chooses among several draws.
    pub(super) fn choose(self, hash: Hash) {
        self.wanted.set(Some(hash));
        self.check(Vec::new());
    }

    /// Begins a check that was cancelled anew.
    pub(super) fn check_again(self) {
        let waiting = self.waiting.try_update_value(std::mem::take);
        self.check(waiting.unwrap_or_default());
    }

    fn check(self, new: Vec<Raw>) {
        self.task
            .start(async move |pace| self.examine(new, &pace).await);
    }

    /// Checks what lies open together with `new` files, over those of the same names.
    async fn examine(self, new: Vec<Raw>, pace: &WebPace) -> Result<(), String> {
        self.result.set(None);
        let is_kept = |name: &str| !new.iter().any(|raw| raw.name == name);
        let kept = self.papers.get_untracked().into_iter();
        let kept = kept.filter(|paper| is_kept(&paper.name));
        let known = self.raw.with_value(|raw| {
            let of = |paper: Arc<Paper>| raw.get(&paper.name).cloned();
            kept.filter_map(of).collect::<Vec<Raw>>()
        });
        let are_new = known.iter().map(|_| false).chain(new.iter().map(|_| true));
        let are_new: Vec<bool> = are_new.collect();
        self.waiting.set_value(new.clone());
        let files: Vec<Raw> = known.into_iter().chain(new).collect();
        if files.is_empty() {
            self.wanted.set(None);
            return Ok(());
        }
        let contents = files.iter().map(|raw| raw.content.clone()).collect();
        let job = Job::Verify {
            are_new,
            on_view: self.wanted.get_untracked(),
        };
        if let job::Report::Verify(verified) = worker::run(job, contents, pace).await? {
            self.lay_out(*verified, &files);
        }
        Ok(())
    }

    /// Lays out what was read, refuses what was not, and shows what came out.
    fn lay_out(self, verified: job::Verified, files: &[Raw]) {
        let (mut papers, mut all, mut refused) = (Vec::new(), BTreeMap::new(), Vec::new());
        let mut places = Vec::with_capacity(files.len());
        for (raw, paper) in files.iter().zip(verified.papers) {
            places.push(papers.len());
            match paper {
                Ok(facts) => {
                    papers.push(Arc::new(Paper {
                        name: raw.name.clone(),
                        bytes: raw.bytes,
                        facts,
                    }));
                    all.insert(raw.name.clone(), raw.clone());
                }
                Err(why) => refused.push((raw.name.clone(), why)),
            }
        }
        self.raw.set_value(all);
        self.waiting.set_value(Vec::new());
        self.refused.update(|before| before.extend(refused));
        self.papers.set(papers.clone());
        let result = verified.case.map(|mut case| {
            // Refused files do not count.
            case.used.iter_mut().for_each(|at| *at = places[*at]);
            let names = papers.iter().map(|paper| paper.name.clone()).collect();
            let checks = case.checks.clone();
            let mut report = Report::new(&case.certificate, checks, names, clock());
            report.left_out.clone_from(&case.left_out);
            report.beside.clone_from(&case.beside);
            self.wanted.set(Some(case.certificate.hash));
            Arc::new(Examined {
                papers,
                case,
                report,
            })
        });
        self.result.set(result);
    }

    /// Reads a file that was dropped or chosen elsewhere.
    pub fn take_file(self, file: web_sys::File) {
        self.take_files(vec![file]);
    }

    /// A unit's name with its id, as published with the draw, or where the open workbook
    /// made it; else the id alone.
    pub(super) fn unit_name(self, result: &Examined, id: &CandidateId) -> String {
        let published = result.case.certificate.names.get(id);
        let name = published.cloned().or_else(|| self.own_name(result, id));
        match name {
            Some(name) => self.app.lang.get_untracked().with_note(name, id),
            None => id.to_string(),
        }
    }

    /// The unit's name in the open workbook, if that made the draw.
    fn own_name(self, result: &Examined, id: &CandidateId) -> Option<String> {
        let commitment = result.report.commitment;
        self.app.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            let is_own = book.draws().any(|draw| {
                let committed = draw.committed.as_ref();
                committed.is_some_and(|committed| committed.hash == commitment)
            });
            let unit = is_own.then(|| book.unit_drawn(id)).flatten()?;
            Some(unit.name.clone())
        })
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
