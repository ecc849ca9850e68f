//! A spreadsheet on its way in: what lies open, what a person chose of it, and the steps from
//! the file to what it would do to a register. The page shows it; the worker reads.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys;

use super::proposal::Source;
use super::{ImportFlow, Job, Progress};
use crate::engine::lottery::sha256;
use crate::exchange::sheet::{Answer, AskKind, Incoming, Question, TextEncoding, Wish};
use crate::exchange::{Content, Record, Rows};
use crate::model::field::RegisterKind;
use crate::model::{Agency, Engineer, InspectionItem, Officer, ResultLine, Unit};
use crate::store::meta::KnownList;
use crate::ui::app::App;
use crate::ui::files;
use crate::ui::route::{Page, Route};
use crate::ui::sheets::desk::ListWish;
use crate::ui::sheets::reader::{Reader, Trouble};
use crate::ui::sheets::told::{ListTold, OpenTold};
use crate::ui::task::WebPace;
use crate::workbook::Action;

/// Hex digits of a file's hash that are kept.
const FINGERPRINT_DIGITS: usize = 16;
/// The kind of a new row that may be a record known already.
pub const ALIKE: &str = "alike";

/// The steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Choosing a file.
    File,
    /// Which column holds what.
    Columns,
    /// What is asked.
    Questions,
    /// What it would do.
    Preview,
}

/// What a list is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// Its rows come into a register.
    #[default]
    Import,
    /// It is held against the unit register.
    Compare,
}

/// What becomes of the rows with a kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// Nothing comes in.
    #[default]
    Stop,
    /// They are left out.
    Skip,
    /// They come in without the value, as incomplete.
    Without,
    /// They are new records: a person has looked.
    AsNew,
    /// They are the records that they may be: a person has looked.
    AsKnown,
}

/// A file that lies open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFile {
    pub name: String,
    pub bytes: u64,
    pub told: OpenTold,
}

/// What holds the file itself; it cannot leave its thread.
struct Held {
    reader: Reader,
    raw: js_sys::Uint8Array,
}

/// A spreadsheet on its way in, given once with the import's flow.
#[derive(Clone, Copy)]
pub struct SheetFlow {
    app: App,
    pub step: RwSignal<Step>,
    pub file: RwSignal<Option<Arc<OpenFile>>>,
    pub list: RwSignal<Option<Arc<ListTold>>>,
    pub register: RwSignal<RegisterKind>,
    pub purpose: RwSignal<Purpose>,
    pub wish: RwSignal<Wish>,
    /// Why the list could not be read as was wished; empty where it was.
    pub refusal: RwSignal<String>,
    /// How many records there should be, as a person typed it.
    pub expected: RwSignal<String>,
    /// Whether columns and answers are kept for files with the same heads.
    pub is_kept: RwSignal<bool>,
    /// Whether townships that were answered are kept as the brigade's aliases.
    pub keeps_aliases: RwSignal<bool>,
    /// Whether they come from such a file.
    pub is_known: RwSignal<bool>,
    /// What becomes of rows with each kind of fault.
    pub policies: RwSignal<BTreeMap<String, Policy>>,
    /// What would come in, once that is worked out.
    pub source: RwSignal<Option<Arc<Source>>>,
    /// Whether `source` is of an earlier reading than the one that is wished.
    is_behind: StoredValue<bool>,
    held: StoredValue<Option<Rc<Held>>, LocalStorage>,
}

impl SheetFlow {
    pub(super) fn new(app: App) -> Self {
        Self {
            app,
            step: RwSignal::new(Step::File),
            file: RwSignal::new(None),
            list: RwSignal::new(None),
            register: RwSignal::new(RegisterKind::Units),
            purpose: RwSignal::new(Purpose::Import),
            wish: RwSignal::new(Wish::default()),
            refusal: RwSignal::new(String::new()),
            expected: RwSignal::new(String::new()),
            is_kept: RwSignal::new(true),
            keeps_aliases: RwSignal::new(false),
            is_known: RwSignal::new(false),
            policies: RwSignal::new(BTreeMap::new()),
            source: RwSignal::new(None),
            is_behind: StoredValue::new(false),
            held: StoredValue::new_local(None),
        }
    }

    /// Lets the file go, and with it the worker.
    pub fn leave(self) {
        self.held.set_value(None);
        self.is_behind.set_value(false);
        self.step.set(Step::File);
        self.file.set(None);
        self.list.set(None);
        self.source.set(None);
        self.wish.set(Wish::default());
        self.policies.set(BTreeMap::new());
        self.refusal.set(String::new());
        self.expected.set(String::new());
        self.purpose.set(Purpose::Import);
        self.keeps_aliases.set(false);
        self.is_known.set(false);
    }

    /// Whether what is shown is of an earlier reading than the one that is wished.
    pub(super) fn is_behind(self) -> bool {
        self.is_behind.get_value()
    }

    /// Opens a file and reads its list as it stands.
    pub(super) async fn open(
        self,
        job: Job,
        file: &web_sys::File,
        raw: js_sys::Uint8Array,
        purpose: Purpose,
        pace: &WebPace,
    ) -> Result<(), String> {
        self.leave();
        self.purpose.set(purpose);
        job.step(Progress::Opening).await;
        let reader = Reader::start().await.map_err(|why| self.words(&why))?;
        let told = reader.open(file.name(), &raw, None, pace).await;
        let told = told.map_err(|why| self.words(&why))?;
        self.register.set(match purpose {
            Purpose::Import => told.register,
            Purpose::Compare => RegisterKind::Units,
        });
        self.file.set(Some(Arc::new(OpenFile {
            name: file.name(),
            bytes: file.size() as u64,
            told,
        })));
        self.held.set_value(Some(Rc::new(Held { reader, raw })));
        let read = self.read(job, pace).await;
        if let Err(words) = read {
            // Another sheet, other heads or another encoding may help, where there are any.
            let has_way = self.file.with_untracked(|file| {
                file.as_ref()
                    .is_some_and(|file| file.told.sheets.len() > 1 || file.told.encoding.is_some())
            });
            if !has_way {
                self.leave();
                return Err(words);
            }
            self.refusal.set(words);
        }
        self.step.set(Step::Columns);
        self.app.go(&Route::to(Page::Import));
        Ok(())
    }

    /// Reads the list; as was chosen for files with the same heads, where there was one.
    async fn read(self, job: Job, pace: &WebPace) -> Result<(), String> {
        self.list_again(job, pace).await?;
        let heads = self
            .list
            .with_untracked(|list| list.as_deref().map(heads_of));
        let known = heads.and_then(|heads| {
            let meta = self.app.meta;
            let known = meta.with_untracked(|meta| meta.list_of(&heads).cloned())?;
            serde_json::from_value::<Wish>(known.wish).ok()
        });
        let Some(known) = known else { return Ok(()) };
        let before = self.list.get_untracked();
        self.wish.set(known);
        match self.list_again(job, pace).await {
            Ok(()) => self.is_known.set(true),
            // What was kept does not fit after all.
            Err(_) => {
                self.wish.set(Wish::default());
                self.list.set(before);
            }
        }
        Ok(())
    }

    /// Reads the list as is wished now, and shows it.
    async fn list_again(self, job: Job, pace: &WebPace) -> Result<(), String> {
        let told = self.listed(job, pace).await?;
        self.show(told);
        Ok(())
    }

    pub(super) fn show(self, told: Option<Arc<ListTold>>) {
        self.refusal.set(String::new());
        if told.is_some() {
            self.list.set(told);
        }
    }

    /// The list as is wished now; none where no file is open.
    async fn listed(self, job: Job, pace: &WebPace) -> Result<Option<Arc<ListTold>>, String> {
        job.step(Progress::Listing).await;
        let Some(held) = self.held.get_value() else {
            return Ok(None);
        };
        let townships = self.app.workbook.with_untracked(|book| {
            let townships = book.as_ref().map(|book| book.brigade.townships.clone());
            townships.unwrap_or_default()
        });
        let wish = ListWish {
            register: self.register.get_untracked(),
            wish: self.wish.get_untracked(),
            townships,
            today: self.app.today(),
        };
        let told = held.reader.list(wish, pace).await;
        let told = told.map_err(|why| self.words(&why))?;
        Ok(Some(Arc::new(told)))
    }

    /// Changes what is wished, and reads the list again.
    pub fn wish(self, flow: ImportFlow, edit: impl FnOnce(&mut Wish)) {
        self.wish.update(edit);
        self.again(flow);
    }

    /// Reads the list again.
    pub fn again(self, flow: ImportFlow) {
        self.source.set(None);
        flow.begin(self.is_slow(), async move |job, pace| {
            if let Err(words) = self.list_again(job, &pace).await {
                self.refusal.set(words);
            }
        });
    }

    /// Another register: columns and answers begin anew.
    pub fn choose_register(self, flow: ImportFlow, register: RegisterKind) {
        self.register.set(register);
        self.wish.update(|wish| {
            *wish = Wish {
                sheet: wish.sheet,
                head_rows: wish.head_rows,
                ..Wish::default()
            };
        });
        self.again(flow);
    }

    /// The text in another encoding.
    pub fn choose_encoding(self, flow: ImportFlow, encoding: TextEncoding) {
        flow.begin(self.is_slow(), async move |job, pace| {
            let (Some(held), Some(file)) = (self.held.get_value(), self.file.get_untracked())
            else {
                return;
            };
            job.step(Progress::Opening).await;
            let (reader, raw) = (&held.reader, &held.raw);
            let told = reader.open(file.name.clone(), raw, Some(encoding), &pace);
            match told.await {
                Ok(told) => {
                    let file = OpenFile {
                        told,
                        ..OpenFile::clone(&file)
                    };
                    self.file.set(Some(Arc::new(file)));
                    self.wish.set(Wish::default());
                    if let Err(words) = self.list_again(job, &pace).await {
                        self.refusal.set(words);
                    }
                }
                Err(why) => self.refusal.set(self.words(&why)),
            }
        });
    }

    /// Answers a question.
    pub fn answer(self, question: &Question, answer: Option<Answer>) {
        self.source.set(None);
        self.wish.update(|wish| match answer {
            Some(answer) => wish.answers.put(question.clone(), answer),
            None => wish.answers.take_back(question),
        });
    }

    /// Chooses what becomes of the rows with a kind of fault; `kinds`: all that refuse rows.
    pub fn choose_policy(self, flow: ImportFlow, kind: &str, policy: Policy, kinds: &[String]) {
        let without = |policy: Option<&Policy>| policy == Some(&Policy::Without);
        let was_without = self
            .policies
            .with_untracked(|known| without(known.get(kind)));
        self.policies.update(|policies| {
            policies.insert(kind.to_owned(), policy);
        });
        let policies = self.policies.get_untracked();
        let is_settled = |kind: &String| policies.get(kind).is_some_and(|it| *it != Policy::Stop);
        flow.choice.update(|choice| {
            choice.take_faultless = kinds.iter().all(is_settled);
            choice.take_alike = policies.get(ALIKE) == Some(&Policy::AsNew);
            choice.merge_alike = policies.get(ALIKE) == Some(&Policy::AsKnown);
        });
        self.wish.update(|wish| {
            let chosen = policies
                .iter()
                .filter(|(_, policy)| **policy == Policy::Without);
            wish.without_values = chosen.map(|(kind, _)| kind.clone()).collect();
        });
        let Some(source) = self.source.get_untracked() else {
            return;
        };
        if was_without || policy == Policy::Without {
            self.work_out(flow, true);
        } else {
            flow.choose(source, |_| {});
        }
    }

    /// Works out what the file would do, and shows it.
    pub fn preview(self, flow: ImportFlow) {
        self.policies.set(BTreeMap::new());
        self.wish.update(|wish| wish.without_values.clear());
        self.work_out(flow, false);
    }

    /// Works out what the file would do; `keeps_choice`: with what was chosen before.
    pub(super) fn work_out(self, flow: ImportFlow, keeps_choice: bool) {
        self.is_behind.set_value(true);
        flow.begin(self.is_slow(), async move |job, pace| {
            match self.source_of(job, &pace).await {
                Ok((source, told)) => {
                    let source = Arc::new(source);
                    if keeps_choice {
                        flow.compare(job, &source, &pace).await;
                    } else {
                        flow.prepare(job, &source, &pace).await;
                    }
                    // Both at once: figures and faults are of one reading.
                    self.show(told);
                    self.source.set(Some(source));
                    self.is_behind.set_value(false);
                    self.step.set(Step::Preview);
                }
                Err(words) => self.refusal.set(words),
            }
        });
    }

    /// The rows as they would come in, and the list that they were read from.
    pub(super) async fn source_of(
        self,
        job: Job,
        pace: &WebPace,
    ) -> Result<(Source, Option<Arc<ListTold>>), String> {
        let told = self.listed(job, pace).await?;
        job.step(Progress::Checking).await;
        let content = match self.register.get_untracked() {
            RegisterKind::Units => Content::Units(self.rows::<Unit>(pace).await?),
            RegisterKind::Officers => Content::Officers(self.rows::<Officer>(pace).await?),
            RegisterKind::Items => Content::Items(self.rows::<InspectionItem>(pace).await?),
            RegisterKind::Agencies => Content::Agencies(self.rows::<Agency>(pace).await?),
            RegisterKind::Engineers => Content::Engineers(self.rows::<Engineer>(pace).await?),
            RegisterKind::Results => Content::Results(self.rows::<ResultLine>(pace).await?),
        };
        let file = self.file.get_untracked();
        let file = file.as_deref();
        let source = Source {
            file_name: file.map(|file| file.name.clone()).unwrap_or_default(),
            bytes: file.map(|file| file.bytes).unwrap_or_default(),
            fingerprint: self.fingerprint(&content),
            content,
        };
        Ok((source, told))
    }

    /// Of results the file is kept with each, so that a later one can be told from it.
    fn fingerprint(self, content: &Content) -> String {
        let held = self.held.get_value();
        let held = held.filter(|_| matches!(content, Content::Results(_)));
        let hash = held.map(|held| sha256(&held.raw.to_vec()).to_string());
        hash.map(|hash| hash[..FINGERPRINT_DIGITS].to_owned())
            .unwrap_or_default()
    }

    async fn rows<T: Record>(self, pace: &WebPace) -> Result<Rows<T>, String> {
        let mut incoming = Incoming::<T>::new();
        if let Some(held) = self.held.get_value() {
            let took = held.reader.rows(async |lines| {
                for line in &lines {
                    incoming.take(line);
                }
                // Each piece is a task of its own.
                files::pause(0).await;
            });
            took.await.map_err(|why| self.words(&why))?;
        }
        Ok(incoming.finish(Some(self.app.today()), pace).await)
    }

    /// Keeps columns and answers for files with the same heads, where that is wished.
    pub(super) fn keep(self) {
        if self.keeps_aliases.get_untracked() {
            self.keep_aliases();
        }
        let heads = self
            .list
            .with_untracked(|list| list.as_deref().map(heads_of));
        let (Some(heads), true) = (heads, self.is_kept.get_untracked()) else {
            return;
        };
        let mut wish = self.wish.get_untracked();
        // A row is one file's, and so is where its heads stand.
        let answers = wish.answers.iter();
        let answers = answers.filter(|(question, _)| question.row_number.is_none());
        wish.answers = answers
            .map(|(question, answer)| (question.clone(), answer.clone()))
            .collect();
        (wish.sheet, wish.head_rows) = (None, None);
        if let Ok(wish) = serde_json::to_value(&wish) {
            self.app
                .edit_meta(|meta| meta.keep_list(KnownList { heads, wish }));
        }
    }

    /// Keeps what was answered of townships as their other names.
    fn keep_aliases(self) {
        let answers = self.wish.with_untracked(|wish| wish.answers.clone());
        let brigade = self.app.workbook.with_untracked(|book| {
            let mut brigade = book.as_ref()?.brigade.clone();
            let before = brigade.clone();
            for (question, answer) in answers.iter() {
                if let (AskKind::Township, Answer::Means(name)) = (question.kind, answer)
                    && let Some(more) = brigade.with_alias(name, &question.value)
                {
                    brigade = more;
                }
            }
            (brigade != before).then_some(brigade)
        });
        if let Some(brigade) = brigade
            && let Err(words) = self.app.act(Action::EditBrigade(Box::new(brigade)))
        {
            self.app.toast(words, false);
        }
    }

    /// The page from which the list came, or of the register that it belongs to.
    #[must_use]
    pub fn home(self) -> Route {
        Route::to(match self.purpose.get_untracked() {
            Purpose::Import => Page::of(self.register.get_untracked()),
            Purpose::Compare => Page::Upkeep,
        })
    }

    /// What is asked and not yet answered, of what must be.
    #[must_use]
    pub fn open_count(self) -> usize {
        let answers = self.wish.with(|wish| wish.answers.clone());
        self.list.with(|list| {
            let asked = list.iter().flat_map(|list| &list.asked);
            let open = asked.filter(|it| {
                must_be_answered(&it.asked.question) && answers.of(&it.asked.question).is_none()
            });
            open.count()
        })
    }

    pub(super) fn is_slow(self) -> bool {
        self.file.with_untracked(|file| {
            let bytes = file.as_ref().map(|file| file.bytes);
            bytes.unwrap_or_default() > super::SLOW_BYTES
        })
    }

    fn words(self, trouble: &Trouble) -> String {
        let t = self.app.lang.get_untracked();
        match trouble {
            Trouble::Refused(words) => words.words(t).to_owned(),
            Trouble::Broke(words) => t.sheet_broke(words),
        }
    }
}

/// Whether a question must be answered: the others have an answer that does no harm.
#[must_use]
pub fn must_be_answered(question: &crate::exchange::sheet::Question) -> bool {
    use crate::exchange::sheet::AskKind;
    match question.kind {
        AskKind::Flag | AskKind::Tier | AskKind::ShortYear => true,
        // Who is of no known role would be drawn as an officer.
        AskKind::Word => question.field == "role",
        AskKind::TotalRow
        | AskKind::DoubtfulRow
        | AskKind::Township
        | AskKind::Alike
        | AskKind::DamagedCode
        | AskKind::Status
        | AskKind::OtherSheet => false,
    }
}

/// A list's heads, by which it is known again.
fn heads_of(list: &ListTold) -> String {
    let columns = list.columns.iter();
    let heads: BTreeMap<u16, &str> = columns
        .map(|column| (column.column, column.head.as_str()))
        .collect();
    let heads: Vec<&str> = heads.into_values().collect();
    format!("{:?}\u{1f}{}", list.register, heads.join("\u{1f}"))
}
