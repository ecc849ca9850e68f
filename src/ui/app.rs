//! What all pages share, and the one place where the workbook changes and is saved.
//!
//! Pages read [`App::workbook`] and derive what they show; they change it only
//! through [`App::act`]. Every change is saved shortly after, by [`App::save_now`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Weak};
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::files;
use super::route::{Page, Route};
use super::task::WebPace;
use crate::demo;
use crate::engine::pace::{Advance, Pace, Stage};
use crate::exchange::pieces::{Given, backup};
use crate::exchange::verification;
use crate::i18n::Lang;
use crate::store::parts::{Cutter, Cutting};
use crate::store::{
    BrowserStorage, Cut, LoadError, Loaded, MemoryStorage, Meta, PartName, SaveError, SaveOutcome,
    Stamp, Storage, StorageError, Vault,
};
use crate::workbook::drawing::FinishedDraw;
use crate::workbook::request::{OpenDraw, RunDraw};
use crate::workbook::standing::Differences;
use crate::workbook::{
    Action, ActionError, Applied, Brigade, Context, DrawError, DrawId, DrawRecord, FILE_BYTES_MAX,
    VERSION, Workbook,
};

/// Pause between a change and its save: several changes in a row are saved once.
const SAVE_PAUSE: Duration = Duration::from_millis(300);
/// Milliseconds after which a change is saved even while others follow it.
const SAVE_WAIT_MAX_MS: f64 = 2_000.0;
/// Milliseconds after which a large workbook is saved at once, not in slices.
const SAVE_WHOLE_MS: f64 = 20_000.0;
/// From this many units on a workbook is cut and packed in slices.
const SLICED_UNITS: usize = 4_000;
/// Milliseconds after which a slice ends; a part that is packed can take twice as long.
const SLICE_MS: f64 = 8.0;
/// How long a toast stays.
const TOAST_TIME: Duration = Duration::from_secs(6);
/// Toasts on view at once; more would pile up over the page.
const TOASTS_MAX: usize = 3;
/// Changes that can be taken back, at most.
const UNDO_MAX: usize = 50;

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the last change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Idle,
    /// A change waits for its save.
    Waiting,
    /// Saved at this time.
    Saved(NaiveDateTime),
    /// Could not be saved; [`App::trouble`] says why.
    Unsaved,
}

/// What keeps the workbook from being saved, or what was found at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The browser keeps nothing for this page.
    Denied,
    /// The store is full.
    Full,
    /// Another window has saved since.
    Stale,
    /// Another window's draws stood against this window's workbook, and were loaded.
    StoredStand {
        /// Their names.
        draws: Vec<DrawId>,
        /// What this window had otherwise; a file holds it.
        differences: Differences,
    },
    /// A newer program's data are stored here.
    Newer,
    /// What was written cannot be read back.
    Broken,
    /// Stored data were damaged; they are kept under these keys.
    Damaged {
        /// Keys of the raw texts.
        keys: Vec<String>,
        /// Whether an older save could be loaded instead.
        is_older_loaded: bool,
    },
}

/// A short message that goes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// To tell them apart.
    pub number: u32,
    /// What happened.
    pub text: String,
    /// The number of the change that it offers to take back.
    pub undo: Option<u32>,
    /// Where more is to be seen, and the words that lead there.
    pub link: Option<(String, Route)>,
}

/// How a change is taken back.
#[derive(Clone)]
struct Undo {
    /// To tell changes apart.
    number: u32,
    action: Action,
    /// The change, in the words in which it was told.
    words: String,
    /// The page on which it was made, and can be seen.
    page: Page,
}

type Kept = Vault<Box<dyn Storage>>;

/// The shared state, given once by context.
#[derive(Clone, Copy)]
pub struct App {
    /// The language; the whole page is built again when it changes.
    pub lang: RwSignal<Lang>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// Where we are.
    pub route: RwSignal<Route>,
    /// The address, where it names no page.
    pub lost: RwSignal<Option<String>>,
    /// The open workbook; none on the welcome page.
    pub workbook: RwSignal<Option<Arc<Workbook>>>,
    /// How the last change stands.
    pub save_state: RwSignal<SaveState>,
    /// What belongs to this browser.
    pub meta: RwSignal<Meta>,
    /// What is wrong with the store.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Whether only one generation fits into the store.
    pub is_single_generation: RwSignal<bool>,
    /// Messages on view.
    pub toasts: RwSignal<Vec<Toast>>,
    /// Whether the search palette is open.
    pub is_palette_open: RwSignal<bool>,
    /// The draw whose days and teams are being laid: its number, and how far it is.
    pub drawing: RwSignal<Option<(u32, Stage)>>,
    /// The workbook, while an archive is open in its place.
    pub(super) aside: StoredValue<Option<Arc<Workbook>>>,
    undo: StoredValue<Vec<Undo>>,
    undo_number: StoredValue<u32>,
    toast_number: StoredValue<u32>,
    change_number: StoredValue<u64>,
    /// The last change that is in the store.
    saved_number: StoredValue<u64>,
    /// Since when changes wait for their save, by [`clock_ms`].
    waiting_since_ms: StoredValue<f64>,
    /// Where lists stood when they were left, by address.
    places: StoredValue<BTreeMap<String, f64>>,
    vault: StoredValue<Kept, LocalStorage>,
    cutter: StoredValue<Cutter, LocalStorage>,
}

/// The shared state.
///
/// # Panics
/// Outside the page's tree, which is a mistake of ours.
#[must_use]
pub fn use_app() -> App {
    expect_context::<App>()
}

/// The language now, untracked: the page is built again when it changes.
#[must_use]
pub fn use_lang() -> Lang {
    use_app().lang.get_untracked()
}

impl App {
    /// Opens the store and what it holds.
    #[must_use]
    pub fn start() -> Self {
        let (storage, denied): (Box<dyn Storage>, bool) = match BrowserStorage::open() {
            Ok(storage) => (Box::new(storage), false),
            Err(_) => (Box::new(MemoryStorage::new()), true),
        };
        let meta = Meta::load(&storage).unwrap_or_default();
        let theme = match meta.theme.as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        };
        let lang = if meta.language.as_deref() == Some("en") {
            Lang::En
        } else {
            Lang::Zh
        };
        let app = Self {
            lang: RwSignal::new(lang),
            theme: RwSignal::new(theme),
            route: RwSignal::new(Route::parse(&hash())),
            lost: RwSignal::new(unknown(hash())),
            workbook: RwSignal::new(None),
            save_state: RwSignal::new(SaveState::Idle),
            meta: RwSignal::new(meta),
            trouble: RwSignal::new(denied.then_some(Trouble::Denied)),
            is_single_generation: RwSignal::new(false),
            toasts: RwSignal::new(Vec::new()),
            is_palette_open: RwSignal::new(false),
            drawing: RwSignal::new(None),
            aside: StoredValue::new(None),
            undo: StoredValue::new(Vec::new()),
            undo_number: StoredValue::new(0),
            toast_number: StoredValue::new(0),
            change_number: StoredValue::new(0),
            saved_number: StoredValue::new(0),
            waiting_since_ms: StoredValue::new(0.0),
            places: StoredValue::new(BTreeMap::new()),
            vault: StoredValue::new_local(Vault::new(storage, VERSION)),
            cutter: StoredValue::new_local(Cutter::default()),
        };
        app.load();
        app.listen();
        app.remember_draws();
        app.go_on();
        app
    }

    fn load(self) {
        let decode = |text: &str| super::document::parse_stored(text).map_err(drop);
        let outcome = self.vault.try_update_value(|vault| vault.load(decode));
        match outcome {
            Some(Ok(outcome)) => {
                if !outcome.damaged.is_empty() {
                    let keys = outcome.damaged.iter().map(|damaged| {
                        damaged
                            .kept_as
                            .clone()
                            .unwrap_or_else(|| damaged.slot.key().to_owned())
                    });
                    let is_older_loaded = outcome.loaded.is_some();
                    self.trouble.set(Some(Trouble::Damaged {
                        keys: keys.collect(),
                        is_older_loaded,
                    }));
                }
                if let Some(loaded) = outcome.loaded {
                    self.save_state
                        .set(SaveState::Saved(loaded.header.saved_at));
                    self.cutter.set_value(Cutter::of_loaded(&loaded));
                    self.workbook.set(Some(Arc::new(loaded.value)));
                }
            }
            Some(Err(LoadError::NewerVersion { .. })) => self.trouble.set(Some(Trouble::Newer)),
            Some(Err(LoadError::Storage(_))) | None => self.trouble.set(Some(Trouble::Denied)),
        }
    }

    /// Follows the address, other windows, and the wish to leave.
    fn listen(self) {
        let follow = window_event_listener(leptos::ev::hashchange, move |_| {
            self.lost.set(unknown(hash()));
            let route = Route::parse(&hash());
            if route != self.route.get_untracked() {
                self.route.set(route);
            }
        });
        let leave = window_event_listener(leptos::ev::beforeunload, move |event| {
            if matches!(self.save_state.get_untracked(), SaveState::Waiting) {
                self.save_now();
            }
            if self.save_state.get_untracked() == SaveState::Unsaved {
                event.prevent_default();
                event.set_return_value("unsaved");
            }
        });
        let others = window_event_listener(leptos::ev::storage, move |_| {
            if self.is_behind() {
                self.trouble.set(Some(Trouble::Stale));
            }
        });
        // They live as long as the page.
        std::mem::forget((follow, leave, others));
    }

    /// Local time; a demo's date may be another.
    #[must_use]
    pub fn now(self) -> NaiveDateTime {
        let now = clock();
        let demo = self
            .workbook
            .with_untracked(|book| book.as_ref().and_then(|book| book.demo_today));
        demo.map_or(now, |date| date.and_time(now.time()))
    }

    /// Today's date, by [`App::now`].
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.now().date()
    }

    /// Goes to another page or record.
    pub fn go(self, route: &Route) {
        let _ = window().location().set_hash(&route.hash());
        // The browser tells of it later: a second key would still start from the old place.
        self.lost.set(None);
        self.route.set(Route::parse(&route.hash()));
    }

    /// Puts filters into the address without a new entry in the history.
    pub fn replace_route(self, route: Route) {
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(
                &wasm_bindgen::JsValue::NULL,
                "",
                Some(&route.hash()),
            );
        }
        self.route.set(route);
    }

    /// Where the list at `address` stood when it was left; its top if it never was.
    #[must_use]
    pub fn place_of(self, address: &str) -> f64 {
        self.places
            .with_value(|places| places.get(address).copied().unwrap_or_default())
    }

    /// Remembers where the list at `address` stands.
    pub fn keep_place(self, address: String, top: f64) {
        self.places.update_value(|places| {
            places.insert(address, top);
        });
    }

    /// The person at the desk.
    #[must_use]
    pub fn person(self) -> String {
        let operator = self
            .workbook
            .with_untracked(|book| book.as_ref().map(|book| book.brigade.operator.clone()));
        operator.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            match self.lang.get_untracked() {
                Lang::Zh => "未登记".into(),
                Lang::En => "Not named".into(),
            }
        })
    }

    /// Whether another window has saved since this one did.
    fn is_behind(self) -> bool {
        self.vault
            .with_value(|vault| vault.is_stale().unwrap_or(false))
    }

    /// Carries out an action and saves. On refusal, says why in words; nothing has changed then.
    ///
    /// A step of the way to a draw is taken only on what is stored, and is stored before
    /// anything else happens: a window that fell behind cannot draw again.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub fn act(self, action: Action) -> Result<Applied, String> {
        let context = Context {
            now: self.now(),
            who: self.person(),
        };
        let lang = self.lang.get_untracked();
        let is_ceremony = action.is_ceremony();
        if is_ceremony && self.is_behind() {
            self.trouble.set(Some(Trouble::Stale));
            return Err(lang.ceremony_stale().to_owned());
        }
        let mut book = self
            .workbook
            .get_untracked()
            .expect("pages that act are shown only with an open workbook");
        // Let go of the shared copy first, so that a large register is changed in place.
        self.workbook.update_untracked(|shared| *shared = None);
        // A copy costs little beside a draw, and stands again if the save is refused.
        let before = is_ceremony.then(|| book.clone());
        let result = Arc::make_mut(&mut book).apply(action, &context);
        match result {
            Ok(applied) => {
                if let Some(before) = before {
                    self.store_step(&book, before)?;
                }
                self.workbook.set(Some(book));
                if is_ceremony {
                    self.remember_draws();
                } else {
                    self.changed();
                }
                Ok(applied)
            }
            Err(error) => {
                // Nothing has changed, so nobody is told: the dialog that asked stays open.
                self.workbook
                    .update_untracked(|shared| *shared = Some(book));
                Err(lang.action_error(&error))
            }
        }
    }

    /// Saves `book` at once; where another window came first, `before` stands again.
    fn store_step(self, book: &Arc<Workbook>, before: Arc<Workbook>) -> Result<(), String> {
        let set = |book: Arc<Workbook>| self.workbook.update_untracked(|it| *it = Some(book));
        set(book.clone());
        self.change_number.update_value(|number| *number += 1);
        self.save_now();
        if self.trouble.get_untracked() == Some(Trouble::Stale) {
            set(before);
            return Err(self.lang.get_untracked().ceremony_stale().to_owned());
        }
        Ok(())
    }

    /// Keeps in this browser which draws the open workbook has.
    fn remember_draws(self) {
        let mut meta = self.meta.get_untracked();
        let is_new = self
            .workbook
            .with_untracked(|book| Some(meta.remember_draws(book.as_deref()?)));
        if is_new == Some(true) {
            self.edit_meta(|kept| *kept = meta);
        }
    }

    /// Gives the entropy and draws: both are stored first, so that nobody can choose
    /// among draws; then days and teams are laid. `refuse` hears why nothing was drawn.
    pub fn draw(self, run: RunDraw, refuse: impl Fn(String) + 'static) {
        match self.act(Action::EnterEntropy(run)) {
            Ok(_) => self.go_on(),
            Err(words) => refuse(words),
        }
    }

    /// Lays days and teams for the draw that waits for them, if one does: just
    /// drawn, or found so when the page or a file is opened.
    pub(super) fn go_on(self) {
        if self.drawing.with_untracked(Option::is_some) {
            return;
        }
        let begun = self.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            book.begin_laying(book.draw_to_lay()?).ok()
        });
        let Some(drawing) = begun else {
            return;
        };
        let number = drawing.number();
        let (attempt, set_aside) = (1, 0);
        self.drawing
            .set(Some((number, Stage::Planning { attempt, set_aside })));
        let tell = move |advance: Advance| self.drawing.set(Some((number, advance.stage)));
        leptos::task::spawn_local(async move {
            files::pause(0).await;
            let finished = drawing.lay(&WebPace::of_page(tell)).await;
            // What is done with it is work of its own.
            files::pause(0).await;
            self.record_laid(number, finished);
        });
    }

    /// Records days and teams of a draw, unless the workbook was closed meanwhile.
    fn record_laid(self, number: u32, finished: FinishedDraw) {
        self.drawing.set(None);
        if self.workbook.with_untracked(Option::is_none) {
            return;
        }
        let recorded = self.act(Action::FinishDraw(Box::new(finished)));
        if recorded.is_ok() {
            return self.tell_drawn(number);
        }
        // Refused where this window fell behind, which its band says; else another
        // workbook was opened meanwhile, which may wait for its own.
        if self.trouble.get_untracked() != Some(Trouble::Stale) {
            self.go_on();
        }
    }

    /// Says for which month how many units a draw has drawn.
    fn tell_drawn(self, number: u32) {
        let t = self.lang.get_untracked();
        let drawn = self.workbook.with_untracked(|book| {
            let book = book.as_deref()?;
            let mut drawn = book.standing_draws().rev();
            let draw = drawn.find(|draw| draw.number == number)?;
            let month = t.draw_name(draw.month, &draw.occasion);
            Some(t.draw_done(month, draw.drawn_units().count()))
        });
        drawn.into_iter().for_each(|words| self.toast(words, false));
    }

    /// Freezes the register and opens the draw. Anew where the workbook changed meanwhile;
    /// nothing changes before the draw is open.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub async fn freeze(self, open: OpenDraw, pace: &WebPace) -> Result<(), String> {
        let lang = self.lang.get_untracked();
        while let Some(book) = self.workbook.get_untracked() {
            let frozen = book.freeze_on(open.month, open.salt_seed, self.today(), pace);
            let frozen = frozen.await.map_err(|error| {
                let error: ActionError = DrawError::from(error).into();
                lang.action_error(&error)
            })?;
            files::pause(0).await;
            let is_same = |now: &Option<Arc<Workbook>>| {
                let now = now.as_ref();
                now.is_some_and(|now| Arc::ptr_eq(now, &book))
            };
            if self.workbook.with_untracked(is_same) {
                // A workbook that is held is copied by the next change.
                drop(book);
                return self
                    .act(Action::OpenFrozen(open, Box::new(frozen)))
                    .map(drop);
            }
        }
        Ok(())
    }

    /// Writes what is published of a draw: its file's name and text. `None` before it has
    /// drawn, or where a salt is lost.
    pub async fn write_out(self, id: DrawId, pace: &impl Pace) -> Option<(String, String)> {
        let book = self.workbook.get_untracked()?;
        verification::write(&book, id, pace).await
    }

    /// As [`App::act`], with a message that offers to take the change back.
    ///
    /// # Errors
    /// The refusal in the page's language.
    pub fn act_and_tell(
        self,
        action: Action,
        text: impl Into<String>,
    ) -> Result<Option<String>, String> {
        let page = self.route.with_untracked(|route| route.page);
        let applied = self.act(action)?;
        let text = text.into();
        let can_undo = applied.undo.is_some();
        if let Some(action) = applied.undo {
            self.remember(action, text.clone(), page);
        }
        self.toast(text, can_undo);
        Ok(applied.id)
    }

    /// Keeps how a change is taken back.
    fn remember(self, action: Action, words: String, page: Page) {
        let number = self.undo_number.try_update_value(|last| {
            *last += 1;
            *last
        });
        let number = number.unwrap_or_default();
        self.undo.update_value(|undos| {
            undos.push(Undo {
                number,
                action,
                words,
                page,
            });
            if undos.len() > UNDO_MAX {
                undos.remove(0);
            }
        });
    }

    /// Changes made so far can no longer be taken back one by one: what they
    /// would restore has been replaced.
    pub fn forget_undo(self) {
        self.undo.set_value(Vec::new());
    }

    /// Takes the last change back, where it can be seen; else says where it was made.
    pub fn undo_last(self) {
        let t = self.lang.get_untracked();
        let last = self.undo.with_value(|undos| undos.last().cloned());
        let Some(last) = last else {
            return self.toast(t.undo_none(), false);
        };
        if self.route.with_untracked(|route| route.page) == last.page {
            return self.take_back(last);
        }
        let words = t.undo_elsewhere(&last.words);
        self.toast_link(words, t.undo_go(), Route::to(last.page));
    }

    /// Takes the change with this number back, which a message still names.
    pub fn undo_told(self, number: u32) {
        let last = self.undo.with_value(|undos| undos.last().cloned());
        match last.filter(|last| last.number == number) {
            Some(last) => self.take_back(last),
            None => self.toast(self.lang.get_untracked().undo_not_last(), false),
        }
    }

    /// Takes the last change back, as a new action, and says so; or why it could not be.
    fn take_back(self, last: Undo) {
        let t = self.lang.get_untracked();
        self.undo.update_value(|undos| drop(undos.pop()));
        match self.act(last.action) {
            Ok(_) => self.toast(t.undo_done(last.words), false),
            Err(why) => self.toast(t.undo_refused(last.words, why), false),
        }
    }

    /// Shows a message for six seconds; it may offer to take the last change back.
    pub fn toast(self, text: impl Into<String>, can_undo: bool) {
        let last = self
            .undo
            .with_value(|undos| undos.last().map(|it| it.number));
        self.show_toast(text.into(), last.filter(|_| can_undo), None);
    }

    /// As [`App::toast`], with words that lead to `route`.
    pub fn toast_link(self, text: impl Into<String>, words: impl Into<String>, route: Route) {
        self.show_toast(text.into(), None, Some((words.into(), route)));
    }

    fn show_toast(self, text: String, undo: Option<u32>, link: Option<(String, Route)>) {
        let number = self.toast_number.try_update_value(|last| {
            *last += 1;
            *last
        });
        let number = number.unwrap_or_default();
        self.toasts.update(|toasts| {
            toasts.push(Toast {
                number,
                text,
                undo,
                link,
            });
            let surplus = toasts.len().saturating_sub(TOASTS_MAX);
            toasts.drain(..surplus);
        });
        let remove = move || {
            self.toasts
                .update(|toasts| toasts.retain(|toast| toast.number != number))
        };
        set_timeout(remove, TOAST_TIME);
    }

    /// Opens a workbook in place of the present one and saves it. Every way in comes
    /// through here: what is drawn stays drawn.
    ///
    /// # Errors
    /// The refusal in the page's language, where draws would be lost.
    pub fn open(self, workbook: Workbook) -> Result<(), String> {
        let lang = self.lang.get_untracked();
        if untrack(|| self.is_archive()) {
            return Err(lang.archive_leave_first().to_owned());
        }
        let lost = self.draws_lost_by(&workbook);
        if !lost.is_empty() {
            return Err(lang.draws_would_be_lost(listed(lang, &lost)));
        }
        let known = self.meta.with_untracked(|meta| {
            let known = meta.draws.get(&workbook.id);
            known.map(|known| workbook.draws_lost_of(known))
        });
        self.undo.set_value(Vec::new());
        // What was damaged stays listed in the settings; it is no longer what is open.
        if matches!(self.trouble.get_untracked(), Some(Trouble::Damaged { .. })) {
            self.trouble.set(None);
        }
        self.workbook.set(Some(Arc::new(workbook)));
        self.changed();
        if let Some(known) = known.filter(|known| !known.is_empty()) {
            let first = self
                .workbook
                .with_untracked(|book| book.as_ref().map(|book| book.first_year().year));
            let ids = known.iter().map(|draw| draw.id(first.unwrap_or_default()));
            let words = listed(lang, &ids.collect::<Vec<_>>());
            self.toast(lang.opened_older(words), false);
            self.act(Action::OpenOlder(known))?;
        }
        self.remember_draws();
        self.go_on();
        Ok(())
    }

    /// Draws that are open or stored here, and that `coming` would lose.
    fn draws_lost_by(self, coming: &Workbook) -> Vec<DrawId> {
        let open = self.workbook.get_untracked();
        let mut lost = open
            .as_ref()
            .map_or_else(Vec::new, |open| open.draws_lost_by(coming));
        // What is stored is what is open, but for a window that fell behind.
        if open.is_none() || self.is_behind() {
            let stored = self.stored();
            lost.extend(stored.iter().flat_map(|it| it.value.draws_lost_by(coming)));
        }
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// What the store holds now, whichever window saved it.
    fn stored(self) -> Option<Loaded<Workbook>> {
        let decode = |text: &str| super::document::parse_stored(text).map_err(drop);
        self.vault.with_value(|vault| vault.stored(decode).ok()?)
    }

    /// As [`App::open`] for a workbook just made, whose id is new.
    fn open_new(self, workbook: Workbook) {
        match self.open(workbook) {
            Ok(()) => self.go(&Route::to(Page::Home)),
            Err(words) => self.toast(words, false),
        }
    }

    /// Changes what is not an action: the demo's date.
    pub fn set_demo_today(self, date: NaiveDate) {
        if untrack(|| self.is_archive()) {
            return;
        }
        self.workbook.update(|book| {
            if let Some(book) = book.as_mut().filter(|book| book.is_demo) {
                Arc::make_mut(book).demo_today = Some(date);
            }
        });
        self.changed();
    }

    /// Starts an empty workbook with the standard item list.
    pub fn start_empty(self, brigade: Brigade, year: i32) {
        let mut workbook = Workbook::new(random_hex(8), brigade, year);
        workbook.items = demo::standard_items();
        // The last backup was of another workbook.
        self.edit_meta(|meta| meta.last_backup_at = None);
        self.open_new(workbook);
    }

    /// Opens the demo brigade on the last draw day before its year.
    pub fn start_demo(self) {
        let year = chrono::Datelike::year(&clock().date());
        let mut workbook = demo::brigade(year, demo::SEED);
        let january = workbook.first_year().months()[0];
        workbook.demo_today = workbook.draw_window(january).first().copied();
        self.open_new(workbook);
    }

    /// Leaves the demo for the welcome page; nothing of it stays.
    pub fn leave_demo(self) {
        self.close_workbook();
    }

    /// Closes the workbook and takes its saves out of the store. The caller has
    /// seen to it that they are in a backup, or that nobody needs them.
    pub fn close_workbook(self) {
        self.undo.set_value(Vec::new());
        self.workbook.set(None);
        self.save_state.set(SaveState::Idle);
        self.forget_saved();
        self.go(&Route::to(Page::Home));
    }

    /// Removes the saved generations of this window's workbook, of which a backup
    /// exists or nobody needs one. What another window, a newer program or a
    /// damaged save has there stays.
    fn forget_saved(self) {
        if matches!(
            self.trouble.get_untracked(),
            Some(Trouble::Denied | Trouble::Newer | Trouble::Stale)
        ) {
            return;
        }
        self.vault.update_value(|vault| {
            if vault.is_stale() == Ok(false) {
                let _ = vault.forget();
                let _ = vault.prevail();
            }
        });
    }

    fn changed(self) {
        if self.save_state.get_untracked() != SaveState::Waiting {
            self.waiting_since_ms.set_value(clock_ms());
        }
        self.save_state.set(SaveState::Waiting);
        let number = self.change_number.try_update_value(|number| {
            *number += 1;
            *number
        });
        let number = number.unwrap_or_default();
        let save = move || {
            // Later changes are saved with this one, but not for ever: whoever types on
            // and on must not lose it all.
            let is_last = self.change_number.get_value() == number;
            let waited_ms = clock_ms() - self.waiting_since_ms.get_value();
            if !is_last && waited_ms < SAVE_WAIT_MAX_MS {
                return;
            }
            let units = self
                .workbook
                .with_untracked(|book| book.as_ref().map_or(0, |book| book.units.len()));
            // Change upon change would put a save in slices off for ever.
            if units < SLICED_UNITS || waited_ms > SAVE_WHOLE_MS {
                self.save_now();
            } else {
                leptos::task::spawn_local(self.save_in_slices());
            }
        };
        set_timeout(save, SAVE_PAUSE);
    }

    /// Saves a large workbook with the browser let in between. What changes meanwhile is
    /// saved by the save that follows the change.
    async fn save_in_slices(self) {
        let (number, cut, units_count) = loop {
            let Some((book, units_count)) = self.workbook.with_untracked(|book| {
                let book = book.as_ref().filter(|book| !book.is_archive())?;
                // Held weakly: a shared workbook would be copied by the next change.
                Some((Arc::downgrade(book), book.units.len()))
            }) else {
                return;
            };
            let number = self.change_number.get_value();
            if let Some(cut) = self.cut_in_slices(&book).await {
                break (number, cut, units_count);
            }
            // A change has a save of its own; a refused one has touched the workbook only.
            if self.change_number.get_value() != number {
                return;
            }
        };
        files::pause(0).await;
        // A later save may have come first, or the workbook may have been closed.
        let is_open = self.workbook.with_untracked(Option::is_some);
        if number > self.saved_number.get_value() && is_open && self.may_save() {
            self.store(number, units_count, &cut);
        }
    }

    /// The workbook as the store keeps it, with the browser let in between; `None` once
    /// it was touched or closed.
    async fn cut_in_slices(self, book: &Weak<Workbook>) -> Option<Cut> {
        files::pause(0).await;
        let mut cutting = Cutting::new(&*book.upgrade()?, self.parts_known());
        loop {
            let until_ms = clock_ms() + SLICE_MS;
            while clock_ms() < until_ms {
                let book = book.upgrade()?;
                let is_more = self
                    .cutter
                    .try_update_value(|cutter| cutter.step(&book, &mut cutting))?;
                if !is_more {
                    return Some(cutting.finish());
                }
            }
            files::pause(0).await;
        }
    }

    /// The workbook as the store keeps it, cut and packed at once as far as it changed.
    #[must_use]
    pub fn cut(self, book: &Workbook) -> Cut {
        let stored = self.parts_known();
        let cut = self
            .cutter
            .try_update_value(|cutter| cutter.cut(book, stored));
        cut.unwrap_or_default()
    }

    /// Parts that need not be packed. Where the store cannot be read, all are, and the
    /// save says why it fails.
    fn parts_known(self) -> BTreeSet<PartName> {
        let known = self.vault.with_value(Vault::parts_known);
        known.unwrap_or_default()
    }

    /// Whether the store takes a save of this window; else the work counts as unsaved.
    /// What lies aside of an archive was saved when that was opened.
    fn may_save(self) -> bool {
        if untrack(|| self.is_archive()) {
            return false;
        }
        let is_barred = matches!(
            self.trouble.get_untracked(),
            Some(Trouble::Denied | Trouble::Stale | Trouble::Newer)
        );
        if is_barred {
            self.save_state.set(SaveState::Unsaved);
        }
        !is_barred
    }

    /// Saves at once.
    pub fn save_now(self) {
        let Some(book) = self.workbook.get_untracked() else {
            return;
        };
        if !self.may_save() {
            return;
        }
        let cut = self.cut(&book);
        self.store(self.change_number.get_value(), book.units.len(), &cut);
    }

    /// Puts a save of the workbook as it was at change `number` into the store, and says
    /// how that went.
    fn store(self, number: u64, units_count: usize, cut: &Cut) {
        let stamp = Stamp {
            at: clock(),
            version: VERSION,
            units_count: units_count as u32,
        };
        let result = self.vault.try_update_value(|vault| vault.save(cut, &stamp));
        match result {
            Some(Ok(saved)) => {
                self.saved_number.set_value(number);
                if self.change_number.get_value() == number {
                    self.save_state.set(SaveState::Saved(stamp.at));
                }
                self.is_single_generation
                    .set(saved.outcome == SaveOutcome::SingleGeneration && saved.sequence > 1);
                if matches!(
                    self.trouble.get_untracked(),
                    Some(Trouble::Full | Trouble::Broken)
                ) {
                    self.trouble.set(None);
                }
            }
            Some(Err(error)) => {
                self.save_state.set(SaveState::Unsaved);
                self.trouble.set(Some(trouble_of(&error)));
            }
            None => {}
        }
    }

    /// Lets this window's workbook stand over what another window saved, unless that has
    /// draws which this one lacks: they stand, and this window's workbook becomes a file.
    pub fn prevail(self) {
        let own = self.workbook.get_untracked();
        let Some(own) = own.filter(|book| !book.is_archive()) else {
            return;
        };
        let stored = self.stored();
        if let Some(stored) = &stored {
            let draws = if stored.value.id == own.id {
                stored.value.draws_lost_by(&own)
            } else {
                stored.value.draws().map(DrawRecord::id).collect()
            };
            if !draws.is_empty() {
                return self.yield_to(stored, &own, draws);
            }
        }
        let _ = self.vault.try_update_value(Vault::prevail);
        self.trouble.set(None);
        if let Some(stored) = stored {
            // Said in the trail; it refuses nothing.
            let _ = self.act(Action::StandOver(stored.header.saved_at));
        }
        self.save_now();
    }

    /// Loads what is stored in place of `own`, which goes into a file.
    fn yield_to(self, stored: &Loaded<Workbook>, own: &Arc<Workbook>, draws: Vec<DrawId>) {
        leptos::task::spawn_local(self.write_backup(own.clone(), clock()));
        let differences = stored.value.differences(own);
        let _ = self.vault.try_update_value(Vault::prevail);
        self.undo.set_value(Vec::new());
        self.workbook.set(Some(Arc::new(stored.value.clone())));
        let number = self.change_number.get_value();
        self.saved_number.set_value(number);
        self.save_state
            .set(SaveState::Saved(stored.header.saved_at));
        self.trouble
            .set(Some(Trouble::StoredStand { draws, differences }));
        self.go_on();
    }

    /// Reads or changes the vault.
    pub fn with_vault<T>(self, work: impl FnOnce(&mut Vault<Box<dyn Storage>>) -> T) -> Option<T> {
        self.vault.try_update_value(work)
    }

    /// Changes what belongs to this browser and keeps it.
    pub fn edit_meta(self, edit: impl FnOnce(&mut Meta)) {
        self.meta.update(edit);
        // Another window may have drawn since.
        if let Ok(stored) = self.vault.with_value(|vault| Meta::load(vault.storage())) {
            self.meta.update(|meta| meta.add_draws_of(&stored));
        }
        let meta = self.meta.get_untracked();
        // Losing these loses no work, and a full store has its own band.
        let _ = self.vault.with_value(|vault| meta.save(vault.storage()));
    }

    /// Switches the language, without reload.
    pub fn set_lang(self, lang: Lang) {
        self.edit_meta(|meta| meta.language = Some(lang.code().to_owned()));
        // They were said in the other language.
        self.toasts.set(Vec::new());
        self.lang.set(lang);
    }

    /// Switches light and dark.
    pub fn set_theme(self, theme: Theme) {
        let name = match theme {
            Theme::Auto => None,
            Theme::Light => Some("light".to_owned()),
            Theme::Dark => Some("dark".to_owned()),
        };
        self.edit_meta(|meta| meta.theme = name);
        self.theme.set(theme);
    }

    /// Saves the whole workbook into a file, and remembers when.
    pub fn backup(self) {
        let Some(book) = self.workbook.get_untracked() else {
            return;
        };
        if book.is_archive() {
            let t = self.lang.get_untracked();
            return self.toast(t.archive_band(book.last_year().year), false);
        }
        let now = clock();
        leptos::task::spawn_local(async move {
            self.write_backup(book, now).await;
            self.edit_meta(|meta| meta.last_backup_at = Some(now));
        });
    }

    /// Hands a workbook to the browser as a file.
    async fn write_backup(self, book: Arc<Workbook>, now: NaiveDateTime) {
        let name = backup_name(&book, now);
        let bytes = write_workbook(&book, &name).await;
        if bytes > FILE_BYTES_MAX {
            let t = self.lang.get_untracked();
            let words = t.backup_too_large(
                t.file_size(bytes as u64),
                t.file_size(FILE_BYTES_MAX as u64),
            );
            return self.toast_link(
                words,
                t.settings_registers(),
                Route::record(Page::Settings, "registers"),
            );
        }
        self.toast(
            match self.lang.get_untracked() {
                Lang::Zh => format!("备份已交给浏览器下载：{name}"),
                Lang::En => format!("Backup handed to the browser: {name}"),
            },
            false,
        );
    }
}

/// Hands a workbook to the browser as a file of this name; how many bytes it has.
pub(super) async fn write_workbook(book: &Workbook, name: &str) -> usize {
    let parts = js_sys::Array::new();
    let give = |given: Given<'_>| match given {
        Given::Part(part) => drop(parts.push(&js_sys::Uint8Array::from(part))),
        Given::Anew => parts.set_length(0),
    };
    let pace = WebPace::of_page(|_| {});
    let bytes = backup(book, FILE_BYTES_MAX, &pace, give).await;
    files::download_parts(name, "application/json", &parts);
    bytes
}

/// Numbers of draws as they are read out.
#[must_use]
pub fn listed(lang: Lang, draws: &[DrawId]) -> String {
    let is_one_year = draws.windows(2).all(|pair| pair[0].year == pair[1].year);
    let name = |draw: &DrawId| {
        if is_one_year {
            draw.number.to_string()
        } else {
            draw.to_string()
        }
    };
    let names: Vec<String> = draws.iter().map(name).collect();
    names.join(lang.list_mark())
}

fn trouble_of(error: &SaveError) -> Trouble {
    match error {
        SaveError::Stale { .. } => Trouble::Stale,
        SaveError::NewerVersion { .. } => Trouble::Newer,
        SaveError::Full { .. } | SaveError::Storage(StorageError::Full) => Trouble::Full,
        SaveError::Storage(StorageError::Denied) => Trouble::Denied,
        SaveError::ReadBack | SaveError::PartGone | SaveError::Storage(StorageError::Other) => {
            Trouble::Broken
        }
    }
}

/// The address, if it names no page.
fn unknown(hash: String) -> Option<String> {
    (!Route::is_known(&hash)).then_some(hash)
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Name of a backup file made at `now`.
#[must_use]
pub fn backup_name(book: &Workbook, now: NaiveDateTime) -> String {
    format!(
        "{}_{}_{}.json",
        book.brigade.name,
        book.last_year().year,
        now.format("%Y%m%d-%H%M")
    )
}

/// The computer's local time, to the second.
#[must_use]
pub fn clock() -> NaiveDateTime {
    let now = js_sys::Date::new_0();
    let date = NaiveDate::from_ymd_opt(
        now.get_full_year() as i32,
        now.get_month() + 1,
        now.get_date(),
    );
    let time = NaiveTime::from_hms_opt(now.get_hours(), now.get_minutes(), now.get_seconds());
    let time = time.and_then(|time| time.with_nanosecond(0));
    date.unwrap_or_default().and_time(time.unwrap_or_default())
}

/// Milliseconds on a clock that only runs forward.
fn clock_ms() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// Fresh random bytes.
///
/// # Panics
/// Where the browser has no secure random source; then no draw could be honest.
#[must_use]
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("every supported browser has a secure random source");
    bytes
}

/// `bytes` random bytes (at most 32) as hexadecimal digits.
#[must_use]
pub fn random_hex(bytes: usize) -> String {
    random_bytes()
        .iter()
        .take(bytes)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The element that has the focus, if any.
#[must_use]
pub fn focused() -> Option<web_sys::HtmlElement> {
    document()
        .active_element()
        .and_then(|element| element.dyn_into().ok())
}
