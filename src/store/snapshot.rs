//! Snapshots: the workbook as it was before something large, such as an import.

use chrono::NaiveDateTime;

use super::slot::{self, Header, SlotError};
use super::vault::{Stamp, Vault};
use super::{Storage, StorageError, utf16_units};

/// Snapshots that are kept; the oldest goes first.
pub const SNAPSHOTS_MAX: usize = 3;
/// What the keys of snapshots begin with; a number from 1 follows.
const SNAPSHOT_PREFIX: &str = "double-random.snapshot.v1.";

/// What is known of a snapshot without unpacking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// Its number, in the order of taking.
    pub number: u64,
    /// When and why; or why it cannot be read.
    pub header: Result<Header, SlotError>,
    /// UTF-16 units that it takes.
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
    /// Keeps `text` as a snapshot and returns its number. Beyond
    /// [`SNAPSHOTS_MAX`], and where the store is full, the oldest go.
    ///
    /// # Errors
    /// [`StorageError::Full`] where it does not fit without any other snapshot;
    /// then those stay.
    pub fn snapshot_take(
        &mut self,
        text: &str,
        stamp: &Stamp,
        reason: &str,
    ) -> Result<u64, StorageError> {
        let number = self.numbers()?.last().map_or(1, |last| last + 1);
        let header = Header {
            store: slot::LAYOUT,
            sequence: number,
            version: stamp.version,
            saved_at: stamp.at,
            units_count: stamp.units_count,
            reason: reason.to_owned(),
        };
        let sealed = slot::seal(&header, text);
        let mut dropped = Vec::<(String, String)>::new();
        while let Err(error) = self.storage.set(&key(number), &sealed) {
            let oldest = match error {
                StorageError::Full => self.take_oldest_snapshot()?,
                _ => None,
            };
            let Some(oldest) = oldest else {
                for (key, before) in &dropped {
                    self.storage.set(key, before)?;
                }
                return Err(error);
            };
            dropped.push(oldest);
        }
        while self.numbers()?.len() > SNAPSHOTS_MAX {
            self.take_oldest_snapshot()?;
        }
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
                units: utf16_units(&raw),
            });
        }
        Ok(infos)
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
        Ok(raw.map(|raw| slot::open(&raw).map(|(_, text)| text)))
    }

    /// Removes a snapshot, at a person's wish.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn snapshot_discard(&mut self, number: u64) -> Result<(), StorageError> {
        self.storage.remove(&key(number))
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
