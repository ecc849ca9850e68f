//! What belongs to this browser and not to the workbook: language, theme, last backup.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Storage, StorageError};
use crate::workbook::Workbook;
use crate::workbook::draw::KnownDraw;

/// The key of the preferences.
pub const META_KEY: &str = "double-random.meta.v1";

/// Preferences of this browser, and the draws that it has seen. Losing them loses no work.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// When the workbook was last saved into a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_backup_at: Option<NaiveDateTime>,
    /// Language tag, such as `zh-CN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `light` or `dark`; none follows the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Who worked here last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Draws made here, by the workbook's id: an older copy opened later, to draw again,
    /// is found out by them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub draws: BTreeMap<String, Vec<KnownDraw>>,
    /// What was chosen for lists, by their heads; the last one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<KnownList>,
    /// What a person chose for the lists of registers, by the register's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub registers: BTreeMap<String, ListChoice>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Views that a person keeps of one list.
const VIEWS_MAX: usize = 20;
/// Signs of a view's name.
pub const VIEW_NAME_CHARS_MAX: usize = 30;

/// What a person chose for the list of a register.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListChoice {
    /// The columns that stand, by their keys; none: those of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// Views of their own, in the order in which they were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<SavedView>,
}

/// Filters, search and order of a list under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// What the person calls it.
    pub name: String,
    /// What the address says of the list.
    pub query: BTreeMap<String, String>,
}

impl ListChoice {
    /// Keeps a view; one of the same name gives way, and of too many the oldest.
    pub fn keep_view(&mut self, view: SavedView) {
        self.views.retain(|known| known.name != view.name);
        self.views.push(view);
        let surplus = self.views.len().saturating_sub(VIEWS_MAX);
        self.views.drain(..surplus);
    }
}

/// Lists whose choices are kept.
const LISTS_MAX: usize = 20;

/// What was chosen for lists with certain heads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownList {
    /// The heads.
    pub heads: String,
    /// Columns and answers, as the import writes them.
    pub wish: Value,
}

/// Why preferences could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MetaError {
    /// The store refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Something else stands under the key; it stays until [`Meta::save`].
    #[error("the preferences cannot be read")]
    Unreadable,
}

impl Meta {
    /// The preferences; the defaults where none were kept.
    ///
    /// ```
    /// use double_random::store::{MemoryStorage, Meta};
    /// let storage = MemoryStorage::new();
    /// let mut meta = Meta::load(&storage)?;
    /// meta.language = Some("en".into());
    /// meta.save(&storage)?;
    /// assert_eq!(Meta::load(&storage)?.language.as_deref(), Some("en"));
    /// # Ok::<(), double_random::store::MetaError>(())
    /// ```
    ///
    /// # Errors
    /// [`MetaError`].
    pub fn load(storage: &impl Storage) -> Result<Self, MetaError> {
        match storage.get(META_KEY)? {
            None => Ok(Self::default()),
            Some(text) => serde_json::from_str(&text).map_err(|_| MetaError::Unreadable),
        }
    }

    /// Remembers the workbook's draws beside those that were known; whether any is new.
    /// A demo's are made up, and may be made again.
    pub fn remember_draws(&mut self, book: &Workbook) -> bool {
        if book.is_demo || book.known_draws().next().is_none() {
            return false;
        }
        let known = self.draws.entry(book.id.clone()).or_default();
        let before = known.len();
        for draw in book.known_draws() {
            if !known.contains(&draw) {
                known.push(draw);
            }
        }
        known.len() > before
    }

    /// Adds the draws that another window has kept since.
    pub fn add_draws_of(&mut self, other: &Self) {
        for (id, draws) in &other.draws {
            let known = self.draws.entry(id.clone()).or_default();
            let new: Vec<_> = draws
                .iter()
                .filter(|it| !known.contains(it))
                .copied()
                .collect();
            known.extend(new);
        }
    }

    /// What was chosen for a list with these heads.
    #[must_use]
    pub fn list_of(&self, heads: &str) -> Option<&KnownList> {
        self.lists.iter().find(|known| known.heads == heads)
    }

    /// Keeps what was chosen for a list; of many the oldest goes.
    pub fn keep_list(&mut self, list: KnownList) {
        self.lists.retain(|known| known.heads != list.heads);
        self.lists.insert(0, list);
        self.lists.truncate(LISTS_MAX);
    }

    /// Keeps the preferences.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn save(&self, storage: &impl Storage) -> Result<(), StorageError> {
        let text = serde_json::to_string(self).expect("texts and dates are always JSON");
        storage.set(META_KEY, &text)
    }
}
