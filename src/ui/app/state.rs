//! What all pages share: its start, its clock, its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;

use super::host::clock;
use crate::engine::pace::Stage;
use crate::i18n::Lang;
use crate::store::parts::Cutter;
use crate::store::{BrowserStorage, LoadError, MemoryStorage, Meta, Storage, Vault};
use crate::ui::document;
use crate::ui::route::{Page, Route};
use crate::workbook::standing::Differences;
use crate::workbook::{Action, DrawId, VERSION, Workbook};

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    Light,
    Dark,
}

/// How the last change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Idle,
    /// A change waits for its save.
    Waiting,
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
pub(super) struct Undo {
    /// To tell changes apart.
    pub(super) number: u32,
    pub(super) action: Action,
    /// The change, in the words in which it was told.
    pub(super) words: String,
    /// The page on which it was made, and can be seen.
    pub(super) page: Page,
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
    pub(in crate::ui) aside: StoredValue<Option<Arc<Workbook>>>,
    pub(super) undo: RwSignal<Vec<Undo>>,
    pub(super) undo_number: StoredValue<u32>,
    pub(super) toast_number: StoredValue<u32>,
    pub(super) change_number: StoredValue<u64>,
    /// The last change that is in the store.
    pub(super) saved_number: StoredValue<u64>,
    /// Since when changes wait for their save, by `ui::task::clock_ms`.
    pub(super) waiting_since_ms: StoredValue<f64>,
    /// Where lists stood when they were left, by address.
    pub(super) places: StoredValue<BTreeMap<String, f64>>,
    pub(super) vault: StoredValue<Kept, LocalStorage>,
    pub(super) cutter: StoredValue<Cutter, LocalStorage>,
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
            undo: RwSignal::new(Vec::new()),
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
        let decode = |text: &str| document::parse_stored(text).map_err(drop);
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
}

/// The address, if it names no page.
fn unknown(hash: String) -> Option<String> {
    (!Route::is_known(&hash)).then_some(hash)
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}
