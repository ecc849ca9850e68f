//! Files that come in: chosen, or dropped onto the page. One flow for all of them.
//!
//! What was published of a draw goes to the verify page.
//!
//! A file is read and checked, then a dialog shows what it would do; nothing
//! changes before it is confirmed, and a snapshot is taken first. Long work goes
//! with the browser let in between, and can be cancelled.
//!
//! - [`compare`]: a list held against the register instead
//! - [`proposal`]: what a file would do to the open workbook
//! - [`register`]: the dialog for registers
//! - [`sheet`]: a spreadsheet on its way in, which has a page of its own
//! - [`whole`]: the dialogs for workbooks and holiday calendars

mod compare;
pub mod proposal;
pub mod register;
pub mod sheet;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys;

use self::proposal::{Changes, Choice, Source};
use super::app::{App, clock, use_lang};
use super::files;
use super::pages::verify::desk::Desk;
use super::route::{Page, Route};
use super::safety::{Reason, keep_snapshot};
use super::task::{Task, WebPace, clock_ms};
use super::widgets::{Banner, BannerKind, Dialog};
use crate::exchange::paper_package::is_carrying;
use crate::exchange::{Content, FileError, FileKind, RowIssue, json, reading, verification};
use crate::workbook::{Action, Workbook};

/// Milliseconds after which progress is shown.
const PATIENCE_MS: f64 = 400.0;
/// Bytes of a file that surely takes longer than that.
const SLOW_BYTES: u64 = 1_500_000;
/// Bytes at the start of a file by which its way is told.
const HEAD_BYTES: u32 = 4096;
/// What the file chooser offers.
const ACCEPTED: &str = ".xlsx,.xls,.et,.csv,.txt,.ods,.xml,.htm,.html,.mht,.mhtml,.json";
/// Faults of a refused workbook that are listed.
const REFUSED_ISSUES_MAX: usize = 200;

/// What long work is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Opening a spreadsheet.
    Opening,
    /// Reading its list.
    Listing,
    /// Reading the file.
    Reading,
    /// Checking rows.
    Checking,
    /// Comparing with the register.
    Comparing,
    /// Taking a snapshot.
    Snapshot,
    /// Changing the workbook.
    Applying,
}

/// A file that was refused.
#[derive(Debug, PartialEq, Eq)]
struct Refusal {
    file_name: String,
    words: String,
    issues: Vec<RowIssue>,
}

/// Which dialog is open.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Idle,
    Refused(Arc<Refusal>),
    /// A register, workbook or holiday calendar to look at.
    Shown(Arc<Source>),
}

/// The import that is under way, given once by context.
#[derive(Clone, Copy)]
pub struct ImportFlow {
    pub(in crate::ui) app: App,
    /// Where files that were published of a draw go.
    desk: Desk,
    /// Where spreadsheets go.
    pub sheets: sheet::SheetFlow,
    stage: RwSignal<Stage>,
    /// What is being done, once it takes long.
    progress: RwSignal<Option<Progress>>,
    pub choice: RwSignal<Choice>,
    changes: RwSignal<Option<Arc<Changes>>>,
    /// Why the last attempt to import failed.
    pub error: RwSignal<String>,
    /// Whether a snapshot did not fit, and whether the person goes on without.
    pub is_snapshot_refused: RwSignal<bool>,
    pub is_snapshot_waived: RwSignal<bool>,
    is_dragging: RwSignal<bool>,
    /// The work under way; how much of the file is read, while rows are checked.
    task: Task,
}

/// The import flow.
///
/// # Panics
/// Outside the page's tree, which is a mistake of ours.
#[must_use]
pub fn use_import() -> ImportFlow {
    expect_context::<ImportFlow>()
}

/// When the work under way began, and whether it surely takes long.
#[derive(Clone, Copy)]
pub(super) struct Job {
    flow: ImportFlow,
    started_ms: f64,
    is_slow: bool,
}

impl Job {
    /// Says what comes next, where the work takes long, and lets the browser in.
    async fn step(self, progress: Progress) {
        let is_slow = self.is_slow || clock_ms() - self.started_ms > PATIENCE_MS;
        if is_slow {
            self.flow.progress.set(Some(progress));
        }
        // The words must be painted before the work blocks the page.
        files::pause(if is_slow { 30 } else { 0 }).await;
    }
}

impl ImportFlow {
    /// Starts to follow files dropped onto the page.
    #[must_use]
    pub fn start(app: App, desk: Desk) -> Self {
        let flow = Self {
            app,
            desk,
            sheets: sheet::SheetFlow::new(app),
            stage: RwSignal::new(Stage::Idle),
            progress: RwSignal::new(None),
            choice: RwSignal::new(Choice::default()),
            changes: RwSignal::new(None),
            error: RwSignal::new(String::new()),
            is_snapshot_refused: RwSignal::new(false),
            is_snapshot_waived: RwSignal::new(false),
            is_dragging: RwSignal::new(false),
            task: Task::new(),
        };
        flow.listen();
        flow
    }

    /// A file dropped beside an open dialog must not replace the page, so every drop is taken.
    fn listen(self) {
        // The verify page takes files of its own.
        let is_elsewhere = move || {
            let route = self.app.route;
            route.with_untracked(|route| route.page == Page::Verify)
        };
        let over = window_event_listener(leptos::ev::dragover, move |event| {
            if has_files(&event) && !is_elsewhere() {
                event.prevent_default();
                self.is_dragging.set(!is_dialog_open());
            }
        });
        let leave = window_event_listener(leptos::ev::dragleave, move |event| {
            if event.related_target().is_none() {
                self.is_dragging.set(false);
            }
        });
        let drop = window_event_listener(leptos::ev::drop, move |event| {
            if !has_files(&event) || is_elsewhere() {
                return;
            }
            event.prevent_default();
            self.is_dragging.set(false);
            let files = event.data_transfer().and_then(|data| data.files());
            if let (Some(files), false) = (files, is_dialog_open()) {
                self.take_list(&files);
            }
        });
        // They live as long as the page.
        std::mem::forget((over, leave, drop));
    }

    fn take_list(self, files: &web_sys::FileList) {
        match (files.length(), files.get(0)) {
            (1, Some(file)) => self.take(file),
            (0, _) | (_, None) => {}
            (_, Some(file)) => {
                let words = self.app.lang.get_untracked().import_one_file();
                self.refuse(file.name(), words.to_owned(), Vec::new());
            }
        }
    }

    /// Reads a file and shows what it would do.
    pub fn take(self, file: web_sys::File) {
        let bytes = file.size() as u64;
        self.begin(bytes > SLOW_BYTES, async move |job, pace| {
            let refuse = |words| self.refuse(file.name(), words, Vec::new());
            let raw = match self.raw(job, &file, bytes).await {
                Ok(raw) => raw,
                Err(words) => return refuse(words),
            };
            // A published plan that carries its draw's file is for verification, not a list.
            if raw.length() > 0 && raw.get_index(0) == b'<' && is_carrying(&raw.to_vec()) {
                return self.verify(file);
            }
            if holds_table(&raw) {
                let opened = match self.no_place(true) {
                    Some(words) => Err(words),
                    None => {
                        let purpose = match self.is_comparing() {
                            true => sheet::Purpose::Compare,
                            false => sheet::Purpose::Import,
                        };
                        self.sheets.open(job, &file, raw, purpose, &pace).await
                    }
                };
                return opened.unwrap_or_else(refuse);
            }
            let raw = raw.to_vec();
            match self.read(job, &file, &raw, &pace).await {
                Ok(source)
                    if self.is_comparing() && matches!(source.content, Content::Units(_)) =>
                {
                    drop(raw);
                    let Content::Units(rows) = &source.content else {
                        return;
                    };
                    let none = BTreeMap::new();
                    let kept = self.compare_rows(job, &source.file_name, rows, &none, &pace);
                    kept.await.unwrap_or_else(refuse);
                }
                Ok(source) => {
                    drop(raw);
                    self.show(job, Arc::new(source), &pace).await;
                }
                Err(_) if verification::is_published(&raw) => self.verify(file),
                Err((words, issues)) => self.refuse(file.name(), words, issues),
            }
        });
    }

    /// The bytes of a file, as far as it is not too large.
    async fn raw(
        self,
        job: Job,
        file: &web_sys::File,
        bytes: u64,
    ) -> Result<js_sys::Uint8Array, String> {
        let lang = self.app.lang.get_untracked();
        json::check_size(bytes).map_err(|error| lang.file_error(&error))?;
        job.step(Progress::Reading).await;
        let raw = files::read_raw(file).await;
        raw.map_err(|why| lang.import_unreadable(why))
    }

    /// Why nothing can come in now, a register or other; none where it can.
    fn no_place(self, is_register: bool) -> Option<String> {
        let lang = self.app.lang.get_untracked();
        if untrack(|| self.app.is_archive()) {
            return Some(lang.archive_leave_first().to_owned());
        }
        let has_none = is_register && self.app.workbook.with_untracked(Option::is_none);
        has_none.then(|| lang.import_no_workbook().to_owned())
    }

    /// Opens a file that was published of a draw where it can be checked.
    fn verify(self, file: web_sys::File) {
        self.app.go(&Route::to(Page::Verify));
        self.desk.take_file(file);
    }

    /// What a file holds; else words and faults.
    async fn read(
        self,
        job: Job,
        file: &web_sys::File,
        raw: &[u8],
        pace: &WebPace,
    ) -> Result<Source, (String, Vec<RowIssue>)> {
        let lang = self.app.lang.get_untracked();
        let refused = |error: FileError| {
            let words = lang.file_error(&error);
            match error {
                FileError::Rows { issues, .. } => (words, issues),
                _ => (words, Vec::new()),
            }
        };
        job.step(Progress::Checking).await;
        let content = reading::read(raw, pace).await.map_err(refused)?;
        let is_register = !matches!(content, Content::Workbook(_));
        let is_archive = matches!(&content, Content::Workbook(file) if file.workbook.is_archive());
        if !is_archive && let Some(words) = self.no_place(is_register) {
            return Err((words, Vec::new()));
        }
        Ok(Source {
            file_name: file.name(),
            bytes: raw.len() as u64,
            fingerprint: String::new(),
            content,
        })
    }

    async fn show(self, job: Job, source: Arc<Source>, pace: &WebPace) {
        self.prepare(job, &source, pace).await;
        self.stage.set(Stage::Shown(source));
    }

    /// Works out what a file would do, with nothing chosen yet.
    async fn prepare(self, job: Job, source: &Source, pace: &WebPace) {
        let (lang, approver) = (
            self.app.lang.get_untracked(),
            self.app.workbook.with_untracked(|book| {
                let head = book.as_ref().map(|book| book.brigade.head.clone());
                head.unwrap_or_default()
            }),
        );
        self.choice.set(Choice {
            reason: lang.import_withdraw_reason_default(&source.file_name),
            approver,
            ..Choice::default()
        });
        self.changes.set(None);
        self.compare(job, source, pace).await;
        self.error.set(String::new());
        self.is_snapshot_refused.set(false);
        self.is_snapshot_waived.set(false);
    }

    /// Works out what the file would do.
    async fn compare(self, job: Job, source: &Source, pace: &WebPace) {
        job.step(Progress::Comparing).await;
        let changes = self.changes_by(&source.content, pace).await;
        self.changes.set(changes.map(Arc::new));
    }

    /// What a file would do to the workbook as it is open now; anew where it changed
    /// meanwhile.
    async fn changes_by(self, content: &Content, pace: &WebPace) -> Option<Changes> {
        loop {
            let book = self.app.workbook.get_untracked()?;
            let choice = self.choice.get_untracked();
            let changes = Changes::of(content, &book, &choice, self.now(), pace).await;
            let is_same = |now: &Arc<Workbook>| Arc::ptr_eq(now, &book);
            let now = self.app.workbook;
            if now.with_untracked(|now| now.as_ref().is_some_and(is_same)) {
                return changes;
            }
        }
    }

    /// Today, at the time of the clock.
    pub(super) fn now(self) -> chrono::NaiveDateTime {
        self.app.today().and_time(clock().time())
    }

    /// Another choice of merge, replace, or faultless rows: worked out again.
    pub fn choose(self, source: Arc<Source>, edit: impl FnOnce(&mut Choice)) {
        self.choice.update(edit);
        // What is shown is of an earlier reading: to compare that would give the new one up.
        if self.sheets.is_behind() {
            return self.sheets.work_out(self, true);
        }
        self.begin(source.bytes > SLOW_BYTES, async move |job, pace| {
            self.compare(job, &source, &pace).await;
        });
    }

    /// What confirming a dialog does. Enter on a field of it must wait until work is done.
    fn confirming(self, source: &Arc<Source>) -> Callback<()> {
        let source = source.clone();
        Callback::new(move |()| self.confirm(source.clone()))
    }

    /// Takes a snapshot, then imports what is shown.
    pub fn confirm(self, source: Arc<Source>) {
        self.begin(source.bytes > SLOW_BYTES, async move |job, pace| {
            self.carry_out(job, &source, &pace).await;
        });
    }

    async fn carry_out(self, job: Job, source: &Source, pace: &WebPace) {
        let reason = match source.content {
            Content::Workbook(_) => Reason::Open(source.file_name.clone()),
            _ => Reason::Import(source.file_name.clone()),
        };
        let mut has_snapshot = false;
        // An archive replaces nothing.
        let is_archive =
            matches!(&source.content, Content::Workbook(file) if file.workbook.is_archive());
        if !is_archive && !self.is_snapshot_waived.get_untracked() {
            job.step(Progress::Snapshot).await;
            match keep_snapshot(self.app, &reason) {
                Ok(number) => has_snapshot = number.is_some(),
                Err(_) => return self.is_snapshot_refused.set(true),
            }
        }
        job.step(Progress::Applying).await;
        match self.apply(source, pace).await {
            Ok(words) => {
                if self.stage.get_untracked() == Stage::Idle {
                    self.sheets.keep();
                    self.app.go(&self.sheets.home());
                    self.sheets.leave();
                }
                self.stage.set(Stage::Idle);
                self.tell(words, has_snapshot);
            }
            Err(words) => self.error.set(words),
        }
    }

    /// What was done, in words; or why nothing was.
    async fn apply(self, source: &Source, pace: &WebPace) -> Result<String, String> {
        let (app, lang) = (self.app, self.app.lang.get_untracked());
        match &source.content {
            Content::Workbook(file) if file.workbook.is_archive() => {
                let year = file.workbook.last_year().year;
                app.open_archive(file.workbook.clone());
                Ok(lang.archive_opened(year))
            }
            Content::Workbook(file) => {
                let book = file.workbook.clone();
                let words =
                    lang.open_done(&book.brigade.name, book.last_year().year, book.units.len());
                app.open(book)?;
                // What is open stands in that file: it is a backup of all that there is now.
                app.edit_meta(|meta| meta.last_backup_at = Some(clock()));
                app.go(&Route::to(Page::Home));
                Ok(words)
            }
            Content::Holidays(years) => {
                app.act(Action::ImportHolidays(years.clone()))?;
                Ok(lang.import_holidays_done(years.len()))
            }
            register => {
                let changes = self.changes_by(register, pace).await;
                let changes = changes.ok_or_else(|| lang.import_no_workbook().to_owned())?;
                let numbers = lang.import_numbers(changes.facts().numbers());
                let action = changes.into_action(&source.file_name, &source.fingerprint);
                let words = lang.import_done(numbers);
                let action = action.map_err(|error| lang.import_error(&error))?;
                app.act_alone(action, &words, self.undo_page())?;
                self.mark_closed(&source.file_name, register);
                Ok(words)
            }
        }
    }

    /// The page on which an import can be taken back: where it leads, or where it was made.
    fn undo_page(self) -> Page {
        if self.stage.get_untracked() == Stage::Idle {
            self.sheets.home().page
        } else {
            self.app.route.with_untracked(|route| route.page)
        }
    }

    /// Says what was done; it can be taken back, or looked up how it was before.
    fn tell(self, words: String, has_snapshot: bool) {
        if has_snapshot {
            let link = self.app.lang.get_untracked().import_view_snapshot();
            let route = Route::record(Page::Settings, "snapshots");
            self.app.toast_undo(words, link, route);
        } else {
            self.app.toast(words, false);
        }
    }

    fn refuse(self, file_name: String, words: String, issues: Vec<RowIssue>) {
        self.stage.set(Stage::Refused(Arc::new(Refusal {
            file_name,
            words,
            issues,
        })));
    }

    /// Leaves the dialog; what is under way is given up.
    fn close(self) {
        self.task.cancel();
        self.progress.set(None);
        self.stage.set(Stage::Idle);
        self.changes.set(None);
    }

    pub(super) fn begin(self, is_slow: bool, work: impl AsyncFnOnce(Job, WebPace) + 'static) {
        self.error.set(String::new());
        let job = Job {
            flow: self,
            started_ms: clock_ms(),
            is_slow,
        };
        self.task.start(async move |pace| {
            work(job, pace).await;
            self.progress.set(None);
            Ok(())
        });
    }
}

/// Whether a table may be read from a file: it is neither JSON nor surely something else.
fn holds_table(raw: &js_sys::Uint8Array) -> bool {
    let head = raw.subarray(0, raw.length().min(HEAD_BYTES)).to_vec();
    match FileKind::of(&head) {
        None => !may_be_json(&head),
        Some(
            FileKind::Png | FileKind::Jpeg | FileKind::Pdf | FileKind::Archive | FileKind::Numbers,
        ) => false,
        // The names in an archive stand anywhere in it; of other files the start is enough.
        Some(FileKind::Zip | FileKind::Xls) => !matches!(
            FileKind::of(&raw.to_vec()),
            Some(FileKind::Zip | FileKind::Word | FileKind::Numbers)
        ),
        Some(_) => true,
    }
}

/// Whether a text is JSON, broken or not; nothing but blanks is named as that too.
fn may_be_json(head: &[u8]) -> bool {
    let signs = head
        .iter()
        .filter(|byte| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff));
    let mut signs = signs.skip_while(|byte| byte.is_ascii_whitespace());
    matches!(signs.next(), None | Some(b'{' | b'[' | b'"'))
}

fn has_files(event: &web_sys::DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Whether a dialog has the page.
pub fn is_dialog_open() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

/// A button that opens the browser's file chooser and hands the file to the flow.
#[component]
pub fn FileButton(
    /// Its words.
    #[prop(into)]
    label: String,
    /// Whether it is the page's primary action.
    #[prop(optional)]
    is_primary: bool,
    /// Whether it is large.
    #[prop(optional)]
    is_large: bool,
    /// The button, to focus it.
    #[prop(optional)]
    node: NodeRef<leptos::html::Button>,
) -> impl IntoView {
    let flow = use_import();
    let (input, open, change) = files::chooser(move |files| flow.take_list(files));
    let class = if is_primary {
        "button is-primary"
    } else {
        "button"
    };
    let name = label.clone();
    view! {
        <button type="button" class=class class:is-large=is_large node_ref=node on:click=move |_| open()>
            {label}
        </button>
        <input
            type="file"
            accept=ACCEPTED
            class="visually-hidden"
            tabindex="-1"
            aria-label=name
            node_ref=input
            on:change=move |_| change()
        />
    }
}

/// The dialogs of the import, and what shows while a file is dragged over the page.
#[component]
pub fn ImportLayer() -> impl IntoView {
    let flow = use_import();
    let t = use_lang();
    let stage = move || match flow.stage.get() {
        Stage::Idle => view! { <Reading /> }.into_any(),
        Stage::Refused(refusal) => refused(flow, &refusal),
        Stage::Shown(source) => match source.content {
            Content::Workbook(_) => view! { <whole::WorkbookDialog source /> }.into_any(),
            Content::Holidays(_) => view! { <whole::HolidaysDialog source /> }.into_any(),
            _ => view! { <register::RegisterDialog source /> }.into_any(),
        },
    };
    let veil = move || {
        flow.is_dragging.get().then(|| {
            view! {
                <div class="drop-veil">
                    <p>{t.import_drop_here()}</p>
                </div>
            }
        })
    };
    view! {
        {stage}
        {veil}
    }
}

/// Progress before there is anything to show.
#[component]
fn Reading() -> impl IntoView {
    let flow = use_import();
    let t = use_lang();
    let is_busy = Memo::new(move |_| flow.progress.with(Option::is_some));
    let close = Callback::new(move |()| flow.close());
    move || {
        is_busy.get().then(|| {
            view! {
                <Dialog title=t.import_opening() on_close=close>
                    <div class="dialog-body">{progress_line(flow)}</div>
                    <div class="dialog-foot">
                        <button type="button" class="button" on:click=move |_| flow.close()>
                            {t.cancel()}
                        </button>
                    </div>
                </Dialog>
            }
        })
    }
}

/// What is being done, in words and as a bar; nothing while nothing is.
fn progress_line(flow: ImportFlow) -> AnyView {
    let t = use_lang();
    let line = move || {
        let progress = flow.progress.get()?;
        let (words, place) = match progress {
            Progress::Opening => (t.progress_opening(), 1),
            Progress::Listing => (t.progress_listing(), 2),
            Progress::Reading => (t.progress_reading(), 1),
            Progress::Checking => (t.progress_checking(), 2),
            Progress::Comparing => (t.progress_comparing(), 3),
            Progress::Snapshot => (t.progress_snapshot(), 1),
            Progress::Applying => (t.progress_applying(), 2),
        };
        let numbers = flow
            .task
            .advance()
            .filter(|_| matches!(progress, Progress::Checking | Progress::Listing));
        let numbers = numbers.map(|advance| (advance.progress.done, advance.progress.total));
        let (value, max) = numbers.unwrap_or((place, 3));
        Some(view! {
            <span>{words}</span>
            <progress max=max value=value aria-label=words></progress>
            {numbers.map(|(done, all)| t.progress_count(done, all))}
        })
    };
    view! {
        <div class="progress import-progress" role="status">
            {line}
        </div>
    }
    .into_any()
}

fn refused(flow: ImportFlow, refusal: &Refusal) -> AnyView {
    let t = use_lang();
    let close = Callback::new(move |()| flow.close());
    let issues = &refusal.issues[..refusal.issues.len().min(REFUSED_ISSUES_MAX)];
    let list = (!issues.is_empty()).then(|| register::issue_table(flow, t, issues));
    let class = if issues.is_empty() { "" } else { "is-wide" };
    let (file_name, words) = (refusal.file_name.clone(), refusal.words.clone());
    view! {
        <Dialog title=t.import_refused_title() class=class on_close=close>
            <div class="dialog-body">
                <p class="import-file">{file_name}</p>
                <Banner kind=BannerKind::Bad fact=words cause=t.import_nothing_changed() />
                {list.map(|list| view! { <div class="table-frame import-list">{list}</div> })}
            </div>
            <div class="dialog-foot">
                <FileButton label=t.import_choose_other() />
                <button type="button" class="button" autofocus on:click=move |_| flow.close()>
                    {t.close()}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}
