//! A store in memory: for tests, and for browsers that deny theirs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{Storage, StorageError, utf16_units};

/// Keeps texts until it is dropped. Can be made small, denied or unreliable, to
/// show what happens then.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    values: RefCell<BTreeMap<String, String>>,
    quota_units: Cell<Option<u64>>,
    is_denied: Cell<bool>,
    /// Writes that go well before one is torn, and after how many characters.
    tear_at: Cell<Option<(usize, usize)>>,
    writes_left: Cell<Option<usize>>,
}

impl MemoryStorage {
    /// An empty store without limit.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty store that holds `quota_units` UTF-16 units of keys and values.
    #[must_use]
    pub fn with_quota(quota_units: u64) -> Self {
        let storage = Self::new();
        storage.quota_units.set(Some(quota_units));
        storage
    }

    /// Sets another limit; none is no limit.
    pub fn set_quota(&self, quota_units: Option<u64>) {
        self.quota_units.set(quota_units);
    }

    /// From now on, or no longer, refuses everything, as browsers do that keep
    /// nothing for `file://` pages.
    pub fn set_denied(&self, is_denied: bool) {
        self.is_denied.set(is_denied);
    }

    /// The next write breaks off after `chars` characters, as in a crash.
    pub fn tear_next_write(&self, chars: usize) {
        self.tear_write_after(0, chars);
    }

    /// As [`MemoryStorage::tear_next_write`], after so many that go well.
    pub fn tear_write_after(&self, writes: usize, chars: usize) {
        self.tear_at.set(Some((writes, chars)));
    }

    /// After so many writes and removals nothing more is changed, as if the page had been
    /// killed; none lets it go on.
    pub fn break_off_after(&self, writes: Option<usize>) {
        self.writes_left.set(writes);
    }

    fn allow_change(&self) -> Result<(), StorageError> {
        self.allow()?;
        match self.writes_left.get() {
            Some(0) => Err(StorageError::Other),
            left => {
                self.writes_left.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }

    fn allow(&self) -> Result<(), StorageError> {
        if self.is_denied.get() {
            Err(StorageError::Denied)
        } else {
            Ok(())
        }
    }

    /// Units of all keys and values but `key`.
    fn units_without(&self, key: &str) -> u64 {
        let values = self.values.borrow();
        values
            .iter()
            .filter(|(other, _)| *other != key)
            .map(|(other, value)| utf16_units(other) + utf16_units(value))
            .sum()
    }
}

impl Storage for MemoryStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.allow()?;
        Ok(self.values.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.allow_change()?;
        let tear_at = self.tear_at.take();
        self.tear_at
            .set(tear_at.and_then(|(writes, chars)| Some((writes.checked_sub(1)?, chars))));
        if let Some((0, chars)) = tear_at {
            let torn = value.chars().take(chars).collect();
            self.values.borrow_mut().insert(key.to_owned(), torn);
            return Err(StorageError::Other);
        }
        if let Some(quota) = self.quota_units.get()
            && self.units_without(key) + utf16_units(key) + utf16_units(value) > quota
        {
            return Err(StorageError::Full);
        }
        self.values
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.allow_change()?;
        self.values.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.allow()?;
        Ok(self.values.borrow().keys().cloned().collect())
    }
}
