//! Snapshots: the workbook as it was before something large, such as an import.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::manifest::{self, Cut, PartName};
use super::slot::{self, Header, SlotError};
use super::vault::{Pending, SNAPSHOT_PREFIX, SaveError, Stamp, Taken, Vault};
use super::{Storage, StorageError, utf16_units};

/// Snapshots that are kept; the oldest goes first.
pub const SNAPSHOTS_MAX: usize = 3;

/// What is known of a snapshot without unpacking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// Its number, in the order of taking.
    pub number: u64,
    /// When and why; or why it cannot be read.
    pub header: Result<Header, SlotError>,
    /// UTF-16 units that it takes, with the parts that nothing else names.
    pub units: u64,
}

impl SnapshotInfo {
    /// When it was taken, if that can be read.
    #[must_use]
    pub fn at(&self) -> Option<NaiveDateTime> {
        self.header.as_ref().ok().map(|header| header.saved_at)
    }
}

fn key(number: u64) -> String {
    format!("{SNAPSHOT_PREFIX}{number}")
}

impl<S: Storage> Vault<S> {
    /// Keeps what was cut as a snapshot and returns its number. Beyond
    /// [`SNAPSHOTS_MAX`], and where the store is full, the oldest go.
    ///
    /// # Errors
    /// [`StorageError::Full`] where it does not fit without any other snapshot;
    /// then those stay.
    pub fn snapshot_take(
        &mut self,
        cut: &Cut,
        stamp: &Stamp,
        reason: &str,
    ) -> Result<u64, StorageError> {
        let number = self.numbers()?.last().map_or(1, |last| last + 1);
        let sealed = cut.seal(&Header {
            store: slot::LAYOUT,
            sequence: number,
            version: stamp.version,
            saved_at: stamp.at,
            units_count: stamp.units_count,
            reason: reason.to_owned(),
            paging: cut.paging.clone(),
        });
        let (before, mut taken) = (self.parts()?, Taken::new());
        let save = Pending {
            cut,
            sealed: &sealed,
            before: &before,
        };
        while let Err(error) = self.write(&key(number), &save) {
            let (error, oldest) = match error {
                SaveError::Storage(StorageError::Full) => {
                    (StorageError::Full, self.take_oldest_snapshot()?)
                }
                SaveError::Storage(error) => (error, None),
                _ => (StorageError::Other, None),
            };
            let Some(oldest) = oldest else {
                self.put_back(&save, &taken)?;
                return Err(error);
            };
            taken.push(oldest);
            self.take_unnamed("", cut, &mut taken)?;
        }
        self.keep_known(cut);
        while self.numbers()?.len() > SNAPSHOTS_MAX {
            self.take_oldest_snapshot()?;
        }
        self.drop_unnamed()?;
        Ok(number)
    }

    /// The snapshots, newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn snapshots(&self) -> Result<Vec<SnapshotInfo>, StorageError> {
        let mut infos = Vec::new();
        for number in self.numbers()?.into_iter().rev() {
            let raw = self.storage.get(&key(number))?.unwrap_or_default();
            let header = slot::verify(&raw).map(|(header, _)| header);
            infos.push(SnapshotInfo {
                number,
                header,
                units: utf16_units(&raw) + self.units_of_own_parts(number, &raw)?,
            });
        }
        Ok(infos)
    }

    /// What the parts take that only this snapshot names.
    fn units_of_own_parts(&self, number: u64, raw: &str) -> Result<u64, StorageError> {
        let own = manifest::names_in(raw).unwrap_or_default();
        let others: BTreeSet<PartName> = self.named_but(&key(number))?.unwrap_or_default();
        let mut units = 0;
        for name in own.difference(&others) {
            let packed = self.storage.get(&name.key())?.unwrap_or_default();
            units += utf16_units(&packed);
        }
        Ok(units)
    }

    /// The text of a snapshot, which stays; none where there is no such number.
    ///
    /// # Errors
    /// [`StorageError`] from the store; the inner error where the snapshot is damaged.
    pub fn snapshot_text(
        &self,
        number: u64,
    ) -> Result<Option<Result<String, SlotError>>, StorageError> {
        let raw = self.storage.get(&key(number))?;
        raw.map(|raw| manifest::text_of(&self.storage, &raw))
            .transpose()
    }

    /// Removes a snapshot, at a person's wish.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn snapshot_discard(&mut self, number: u64) -> Result<(), StorageError> {
        self.storage.remove(&key(number))?;
        self.drop_unnamed()
    }

    /// Removes the oldest snapshot and returns its key and value; none where there is none.
    pub(super) fn take_oldest_snapshot(&self) -> Result<Option<(String, String)>, StorageError> {
        let Some(&oldest) = self.numbers()?.first() else {
            return Ok(None);
        };
        let key = key(oldest);
        let value = self.storage.get(&key)?.unwrap_or_default();
        self.storage.remove(&key)?;
        Ok(Some((key, value)))
    }

    /// Numbers of the snapshots, oldest first.
    fn numbers(&self) -> Result<Vec<u64>, StorageError> {
        let keys = self.storage.keys()?;
        let mut numbers: Vec<u64> = keys
            .iter()
            .filter_map(|key| key.strip_prefix(SNAPSHOT_PREFIX)?.parse().ok())
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }
}
