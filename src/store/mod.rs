//! Where the workbook is kept between two openings of the page.
//!
//! Everything but [`BrowserStorage`] is a function over the trait [`Storage`]
//! and tested natively, with full, denied, damaged and interrupted stores.
//!
//! - [`packing`]: text as deflated UTF-16 units, about a tenth of its length
//! - [`columns`]: lists, column by column, before they are deflated
//! - [`slot`]: one stored text with header and checksum
//! - [`Cut`]: a text in pieces and parts, as a manifest lists them
//! - [`parts`]: the workbook cut into parts, of which a save packs what changed
//! - [`vault`]: two generations of the workbook, and its snapshots
//! - [`meta`]: what belongs to this browser and not to the workbook
//!
//! Start reading at [`vault::Vault`]. The store knows texts: what a text means is said
//! by [`crate::exchange`], and only [`parts`] knows where a workbook's is cut.
//!
//! Measured in both browsers: one store holds 5 242 880 UTF-16 units of keys and
//! values together. Chromium keeps one store for *all* `file://` pages, so other
//! pages can fill, change or erase it: every value here carries a checksum, and
//! every key the name of this program.

#[cfg(target_arch = "wasm32")]
mod browser;
pub mod columns;
mod manifest;
mod memory;
pub mod meta;
pub mod packing;
pub mod parts;
pub mod slot;
mod snapshot;
pub mod vault;

#[cfg(target_arch = "wasm32")]
pub use browser::BrowserStorage;
pub use manifest::{Cut, PART_PREFIX, PartName};
pub use memory::MemoryStorage;
pub use meta::{ListChoice, Meta, MetaError, SavedView};
pub use snapshot::{SNAPSHOTS_MAX, SnapshotInfo};
pub use vault::{
    Damage, Damaged, LoadError, LoadOutcome, Loaded, SaveError, SaveOutcome, Saved, Slot, Stamp,
    Vault,
};

/// What every key of this program begins with.
pub const KEY_PREFIX: &str = "double-random.";
/// UTF-16 units of keys and values that a browser keeps for one store.
pub const QUOTA_UNITS: u64 = 5_242_880;

/// Why a store refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser does not let this page keep anything.
    #[error("the browser denies its storage to this page")]
    Denied,
    /// There is no room for the value.
    #[error("the storage is full")]
    Full,
    /// Anything else.
    #[error("the storage failed")]
    Other,
}

/// A place that keeps texts under keys, such as a browser's local storage.
///
/// `set` either keeps the whole value or leaves the one before; if it fails in
/// between all the same (a crash), checksums find it.
pub trait Storage {
    /// The value under `key`.
    ///
    /// # Errors
    /// [`StorageError`] where the store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;
    /// Keeps `value` under `key`.
    ///
    /// # Errors
    /// [`StorageError::Full`] where there is no room; then the value before stays.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Removes `key`; one that is not there is no error.
    ///
    /// # Errors
    /// [`StorageError`] where the store cannot be changed.
    fn remove(&self, key: &str) -> Result<(), StorageError>;
    /// All keys, also those of other programs, in order of text.
    ///
    /// # Errors
    /// [`StorageError`] where the store cannot be read.
    fn keys(&self) -> Result<Vec<String>, StorageError>;
}

impl<S: Storage + ?Sized> Storage for &S {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        (**self).get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        (**self).set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        (**self).remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        (**self).keys()
    }
}

impl<S: Storage + ?Sized> Storage for Box<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        (**self).get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        (**self).set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        (**self).remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        (**self).keys()
    }
}

/// How full a store is, in UTF-16 units of keys and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// What this program keeps.
    pub ours: u64,
    /// What all pages keep that share the store.
    pub all: u64,
}

impl Usage {
    /// Units that are still free, at the limit of today's browsers.
    #[must_use]
    pub const fn free(self) -> u64 {
        QUOTA_UNITS.saturating_sub(self.all)
    }
}

/// Length as a browser counts it.
pub(crate) fn utf16_units(text: &str) -> u64 {
    text.encode_utf16().count() as u64
}

/// How full `storage` is.
///
/// ```
/// use double_random::store::{MemoryStorage, Storage, quota_used};
/// let storage = MemoryStorage::new();
/// storage.set("double-random.a", "红")?;
/// storage.set("other", "x")?;
/// let usage = quota_used(&storage)?;
/// assert_eq!((usage.ours, usage.all), (16, 22));
/// # Ok::<(), double_random::store::StorageError>(())
/// ```
///
/// # Errors
/// [`StorageError`] where the store cannot be read.
pub fn quota_used(storage: &impl Storage) -> Result<Usage, StorageError> {
    let mut usage = Usage::default();
    for key in storage.keys()? {
        let value = storage.get(&key)?.unwrap_or_default();
        let units = utf16_units(&key) + utf16_units(&value);
        usage.all += units;
        if key.starts_with(KEY_PREFIX) {
            usage.ours += units;
        }
    }
    Ok(usage)
}
