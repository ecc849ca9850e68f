//! Two generations of the workbook, so that no failing write loses both.
//!
//! A save writes the parts that the store lacks, then its manifest into the older
//! slot; both are read back before they count as saved. The newer slot stays as it
//! was, and at last the parts go that no manifest names any more. So whatever write
//! breaks off, one generation is whole. Where the save does not fit beside both, the
//! older one goes first, and where not even that is enough the caller is told that one
//! alone is kept. A save is refused where another tab has saved since.
//!
//! What cannot be read is never erased: it is moved under a key of its own, from
//! which the person can save it into a file, and its parts stay with it.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::manifest::{self, Cut, PartName};
use super::slot::{self, Header, SlotError};
use super::{Storage, StorageError, Usage, quota_used, utf16_units};

/// Keys of the two slots.
const SLOT_KEYS: [&str; 2] = ["double-random.workbook.v1.a", "double-random.workbook.v1.b"];
/// What the keys of snapshots begin with; a number from 1 follows.
pub(super) const SNAPSHOT_PREFIX: &str = "double-random.snapshot.v1.";
/// What the keys of damaged texts begin with; a number from 1 follows.
pub const DAMAGED_PREFIX: &str = "double-random.damaged.";
/// Damaged texts that are kept. Beyond it a damaged slot stays where it is.
const DAMAGED_MAX: u32 = 100;
/// What follows the key of a damaged text in the key of its list of parts.
const PARTS_SUFFIX: &str = ".parts";

/// One of the two places of a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// `…workbook.v1.a`.
    A,
    /// `…workbook.v1.b`.
    B,
}

impl Slot {
    const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The key under which the slot is kept.
    #[must_use]
    pub const fn key(self) -> &'static str {
        SLOT_KEYS[self as usize]
    }

    const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// What a save says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Local time.
    pub at: NaiveDateTime,
    /// Version of the workbook's schema.
    pub version: u32,
    /// Units in the register.
    pub units_count: u32,
}

/// How much safety a save has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The generation before is still there.
    TwoGenerations,
    /// Both did not fit: only this one is kept.
    SingleGeneration,
}

/// A finished save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub sequence: u64,
    /// How much safety is left.
    pub outcome: SaveOutcome,
    /// Snapshots that had to go for it, oldest first.
    pub snapshots_dropped: u32,
    /// UTF-16 units that were written for it.
    pub units: u64,
}

/// Why nothing was saved. What was stored before is still stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// Another tab has saved since this one loaded or saved.
    #[error("save {stored} is stored, this page knows {known}")]
    Stale {
        /// Number of the stored save.
        stored: u64,
        /// Number that this page knows.
        known: u64,
        /// When the stored one was written.
        saved_at: NaiveDateTime,
    },
    /// A newer program has written here.
    #[error("a newer program has saved here")]
    NewerVersion {
        /// Its version.
        found: u32,
    },
    /// It does not fit, not even alone.
    #[error("{needed} UTF-16 units do not fit beside {others} of others")]
    Full {
        /// What the workbook needs.
        needed: u64,
        /// What else is in the store.
        others: u64,
    },
    /// What was read back is not what was written.
    #[error("what was read back is not what was written")]
    ReadBack,
    /// A part that was there is so no longer: another page has erased it.
    #[error("a part is gone")]
    PartGone,
    /// The store refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What is wrong with a stored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Header, checksum or packing.
    Slot(SlotError),
    /// It is whole, but its content could not be understood.
    Content,
}

/// A slot that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Which.
    pub slot: Slot,
    /// Why.
    pub damage: Damage,
    /// The key to which its raw text was moved; none where there was no room:
    /// then it stays in its slot, and no save touches that slot.
    pub kept_as: Option<String>,
}

/// A generation that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded<T> {
    /// What the text means.
    pub value: T,
    /// What it says of itself.
    pub header: Header,
    /// Where it stood.
    pub slot: Slot,
    /// What it was joined of; its parts are all in the store.
    pub cut: Cut,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOutcome<T> {
    /// The newest generation that can be read; none in an empty store.
    pub loaded: Option<Loaded<T>>,
    /// Slots that could not be read. If one was, `loaded` may be older than the
    /// last save: say so.
    pub damaged: Vec<Damaged>,
}

/// Why nothing was loaded. Everything stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// A newer program has written here.
    #[error("version {found} is newer than {known}")]
    NewerVersion {
        /// Its version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The store refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The two generations and the snapshots in one store.
///
/// ```
/// use double_random::store::{Cut, MemoryStorage, Stamp, Vault};
/// let storage = MemoryStorage::new();
/// let at = chrono::NaiveDateTime::default();
/// let stamp = Stamp { at, version: 1, units_count: 0 };
/// let mut vault = Vault::new(&storage, 1);
/// let mut cut = Cut::default();
/// cut.push_rows("\"a part\"");
/// vault.save(&cut, &stamp)?;
/// cut.push_text(" and a text");
/// vault.save(&cut, &stamp)?;
///
/// let decode = |text: &str| Ok::<_, ()>(text.to_owned());
/// let outcome = Vault::new(&storage, 1).load(decode)?;
/// assert_eq!(outcome.loaded.map(|loaded| loaded.value).as_deref(), Some("\"a part\" and a text"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Vault<S> {
    pub(super) storage: S,
    version_known: u32,
    /// Number of the save that this page loaded or made; 0 for none.
    sequence: u64,
    /// A slot whose damaged text could not be moved away.
    locked: Option<Slot>,
    /// Parts that this page has read or written and found whole.
    known: BTreeSet<PartName>,
}

/// Keys and values that were taken out to make room.
pub(super) type Taken = Vec<(String, String)>;

/// What is being saved.
pub(super) struct Pending<'a> {
    pub cut: &'a Cut,
    /// Its manifest, as it is stored.
    pub sealed: &'a str,
    /// The parts that were in the store before.
    pub before: &'a BTreeSet<PartName>,
}

/// What stands in a slot, as far as a save must know.
struct Occupied {
    raw: String,
    header: Result<Header, SlotError>,
}

impl<S: Storage> Vault<S> {
    /// A vault in `storage` for workbooks up to version `version_known`.
    pub const fn new(storage: S, version_known: u32) -> Self {
        Self {
            storage,
            version_known,
            sequence: 0,
            locked: None,
            known: BTreeSet::new(),
        }
    }

    /// The store behind it.
    pub const fn storage(&self) -> &S {
        &self.storage
    }

    /// Loads the newest generation that `decode` understands.
    ///
    /// Slots that cannot be read are moved under `double-random.damaged.<n>`.
    ///
    /// # Errors
    /// [`LoadError`]: a newer program's data are refused and kept.
    pub fn load<T, E>(
        &mut self,
        decode: impl Fn(&str) -> Result<T, E>,
    ) -> Result<LoadOutcome<T>, LoadError> {
        let mut damaged = Vec::new();
        let mut whole = Vec::new();
        for slot in Slot::BOTH {
            let Some(raw) = self.storage.get(slot.key())? else {
                continue;
            };
            match slot::verify(&raw) {
                Ok((header, _)) if header.version > self.version_known => {
                    return Err(self.newer(header.version));
                }
                Ok((header, _)) => whole.push((slot, header, raw)),
                Err(SlotError::NewerLayout { found }) => return Err(self.newer(found)),
                Err(error) => damaged.push((slot, Damage::Slot(error), raw)),
            }
        }
        whole.sort_by_key(|(_, header, _)| std::cmp::Reverse(header.sequence));
        let newest = whole.first().map_or(0, |(_, header, _)| header.sequence);
        let mut loaded = None;
        for (slot, header, raw) in whole {
            match self.understand(&raw, &decode)? {
                Ok(value) => {
                    let cut = manifest::cut_of(&raw).unwrap_or_default();
                    loaded = Some(Loaded {
                        value,
                        header,
                        slot,
                        cut,
                    });
                    break;
                }
                Err(damage) => damaged.push((slot, damage, raw)),
            }
        }
        self.sequence = newest;
        let damaged = damaged
            .into_iter()
            .map(|(slot, damage, raw)| self.set_aside(slot, damage, &raw))
            .collect::<Result<_, _>>()?;
        Ok(LoadOutcome { loaded, damaged })
    }

    const fn newer(&self, found: u32) -> LoadError {
        LoadError::NewerVersion {
            found,
            known: self.version_known,
        }
    }

    /// Moves a damaged text under a key of its own, checked, or locks its slot.
    fn set_aside(
        &mut self,
        slot: Slot,
        damage: Damage,
        raw: &str,
    ) -> Result<Damaged, StorageError> {
        let kept_as = self.keep_damaged(slot, raw)?;
        if kept_as.is_none() {
            self.locked = Some(slot);
        }
        Ok(Damaged {
            slot,
            damage,
            kept_as,
        })
    }

    fn keep_damaged(&self, slot: Slot, raw: &str) -> Result<Option<String>, StorageError> {
        let taken = self.storage.keys()?;
        let free = (1..=DAMAGED_MAX)
            .map(|number| format!("{DAMAGED_PREFIX}{number}"))
            .find(|key| !taken.contains(key));
        let Some(key) = free else { return Ok(None) };
        let list = format!("{key}{PARTS_SUFFIX}");
        let parts = manifest::list(&self.parts_of_damaged(slot, raw)?);
        // Not removed first to make room: if it then could not be put back, it were lost.
        for (key, value) in [(&list, parts.as_str()), (&key, raw)] {
            match self.storage.set(key, value) {
                Err(StorageError::Full) => {
                    self.storage.remove(&list)?;
                    return Ok(None);
                }
                done => done?,
            }
        }
        if self.storage.get(&key)?.as_deref() != Some(raw) {
            return Ok(None);
        }
        self.storage.remove(slot.key())?;
        Ok(Some(key))
    }

    /// The parts that a damaged save names; where that cannot be read, those that nobody
    /// else names, because it may.
    fn parts_of_damaged(&self, slot: Slot, raw: &str) -> Result<BTreeSet<PartName>, StorageError> {
        if let Ok(names) = manifest::names_in(raw) {
            return Ok(names);
        }
        let named = self.named_but(slot.key())?.unwrap_or_default();
        Ok(&self.parts()? - &named)
    }

    fn understand<T, E>(
        &mut self,
        raw: &str,
        decode: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Result<T, Damage>, StorageError> {
        let text = match manifest::text_of(&self.storage, raw)? {
            Ok(text) => text,
            Err(error) => return Ok(Err(Damage::Slot(error))),
        };
        let value = decode(&text).map_err(|_| Damage::Content);
        if value.is_ok() {
            self.known
                .extend(manifest::names_in(raw).unwrap_or_default());
        }
        Ok(value)
    }

    /// The parts in the store that this page has found whole: a cut need not pack them anew.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn parts_known(&self) -> Result<BTreeSet<PartName>, StorageError> {
        Ok(&self.parts()? & &self.known)
    }

    /// All parts in the store.
    pub(super) fn parts(&self) -> Result<BTreeSet<PartName>, StorageError> {
        let keys = self.storage.keys()?;
        Ok(keys
            .iter()
            .filter_map(|key| PartName::of_key(key))
            .collect())
    }

    /// The parts that a save, a snapshot or a damaged text names, but for that under the
    /// key `without`; none where one of them cannot be read, and may name any.
    pub(super) fn named_but(
        &self,
        without: &str,
    ) -> Result<Option<BTreeSet<PartName>>, StorageError> {
        let mut named = BTreeSet::new();
        for key in self.storage.keys()? {
            let is_save = SLOT_KEYS.contains(&key.as_str()) || key.starts_with(SNAPSHOT_PREFIX);
            let is_list = key.starts_with(DAMAGED_PREFIX) && key.ends_with(PARTS_SUFFIX);
            if key == without || !is_save && !is_list {
                continue;
            }
            let value = self.storage.get(&key)?.unwrap_or_default();
            if is_list {
                named.extend(PartName::listed(&value));
            } else {
                match manifest::names_in(&value) {
                    Ok(names) => named.extend(names),
                    Err(_) => return Ok(None),
                }
            }
        }
        Ok(Some(named))
    }

    /// Takes out the parts that neither `cut` nor anybody names, but for what stands under
    /// the key `without`.
    pub(super) fn take_unnamed(
        &self,
        without: &str,
        cut: &Cut,
        taken: &mut Taken,
    ) -> Result<(), StorageError> {
        let Some(named) = self.named_but(without)? else {
            return Ok(());
        };
        for name in &(&self.parts()? - &named) - &cut.names() {
            self.take(&name.key(), taken)?;
        }
        Ok(())
    }

    fn take(&self, key: &str, taken: &mut Taken) -> Result<(), StorageError> {
        if let Some(value) = self.storage.get(key)? {
            self.storage.remove(key)?;
            taken.push((key.to_owned(), value));
        }
        Ok(())
    }

    /// Notes what stands under `key`, to be put back should it be overwritten.
    fn keep(&self, key: &str, taken: &mut Taken) -> Result<(), StorageError> {
        if let Some(value) = self.storage.get(key)? {
            taken.push((key.to_owned(), value));
        }
        Ok(())
    }

    /// Undoes what was begun for a save that failed: the parts that it wrote go, and what
    /// was taken out for it comes back, parts before what names them.
    pub(super) fn put_back(&self, save: &Pending<'_>, taken: &Taken) -> Result<(), StorageError> {
        let written = save.cut.packed.keys();
        for name in written.filter(|name| !save.before.contains(name)) {
            self.storage.remove(&name.key())?;
        }
        for (key, value) in taken.iter().rev() {
            self.storage.set(key, value)?;
        }
        Ok(())
    }

    /// Drops the parts that nobody names any more.
    pub(super) fn drop_unnamed(&self) -> Result<(), StorageError> {
        self.take_unnamed("", &Cut::default(), &mut Taken::new())
    }

    /// Saves what was cut as the newest generation and reads it back.
    ///
    /// # Errors
    /// [`SaveError`]; what was stored before is still stored.
    pub fn save(&mut self, cut: &Cut, stamp: &Stamp) -> Result<Saved, SaveError> {
        let occupied = [self.occupied(Slot::A)?, self.occupied(Slot::B)?];
        self.check_stale(&occupied)?;
        self.set_broken_aside(&occupied)?;
        let sequence = self.sequence + 1;
        let sealed = cut.seal(&Header {
            store: slot::LAYOUT,
            sequence,
            version: stamp.version,
            saved_at: stamp.at,
            units_count: stamp.units_count,
            reason: String::new(),
            paging: cut.paging.clone(),
        });
        let before = self.parts()?;
        let save = Pending {
            cut,
            sealed: &sealed,
            before: &before,
        };
        let target = self.target(&occupied);
        let (outcome, snapshots_dropped) = match self.write(target.key(), &save) {
            Ok(()) => (self.outcome_beside(target, &occupied), 0),
            Err(SaveError::Storage(StorageError::Full)) => {
                self.save_in_little_room(target, &occupied, &save)?
            }
            Err(error) => return Err(error),
        };
        self.sequence = sequence;
        self.keep_known(cut);
        // It is saved; what could not be dropped is dropped by the next save.
        let _ = self.drop_unnamed();
        let written = cut.packed.iter().filter(|(name, _)| !before.contains(name));
        let written: u64 = written.map(|(_, packed)| utf16_units(packed)).sum();
        Ok(Saved {
            sequence,
            outcome,
            snapshots_dropped,
            units: utf16_units(&sealed) + written,
        })
    }

    /// The parts of `cut` have been written, and read back.
    pub(super) fn keep_known(&mut self, cut: &Cut) {
        self.known.extend(cut.packed.keys().cloned());
    }

    fn occupied(&self, slot: Slot) -> Result<Option<Occupied>, StorageError> {
        let raw = self.storage.get(slot.key())?;
        Ok(raw.map(|raw| Occupied {
            header: slot::peek(&raw),
            raw,
        }))
    }

    /// Refuses where another tab or a newer program has saved.
    fn check_stale(&self, occupied: &[Option<Occupied>; 2]) -> Result<(), SaveError> {
        let mut newest: Option<&Header> = None;
        for Occupied { header, .. } in occupied.iter().flatten() {
            match header {
                Err(SlotError::NewerLayout { found }) => {
                    return Err(SaveError::NewerVersion { found: *found });
                }
                Ok(header) if header.version > self.version_known => {
                    return Err(SaveError::NewerVersion {
                        found: header.version,
                    });
                }
                Ok(header) if newest.is_none_or(|known| known.sequence < header.sequence) => {
                    newest = Some(header);
                }
                _ => {}
            }
        }
        match newest {
            Some(header) if header.sequence > self.sequence => Err(SaveError::Stale {
                stored: header.sequence,
                known: self.sequence,
                saved_at: header.saved_at,
            }),
            _ => Ok(()),
        }
    }

    /// A slot that was damaged since loading is set aside, never overwritten.
    fn set_broken_aside(&mut self, occupied: &[Option<Occupied>; 2]) -> Result<(), StorageError> {
        for (slot, occupied) in Slot::BOTH.into_iter().zip(occupied) {
            let Some(Occupied {
                raw,
                header: Err(error),
            }) = occupied
            else {
                continue;
            };
            if self.locked != Some(slot) {
                self.set_aside(slot, Damage::Slot(*error), raw)?;
            }
        }
        Ok(())
    }

    /// The slot to write: not a locked one, else an empty one, else the older.
    fn target(&self, occupied: &[Option<Occupied>; 2]) -> Slot {
        if let Some(locked) = self.locked {
            return locked.other();
        }
        if sequence_of(&occupied[0]) <= sequence_of(&occupied[1]) {
            Slot::A
        } else {
            Slot::B
        }
    }

    /// Two generations only if the other slot holds one.
    fn outcome_beside(&self, target: Slot, occupied: &[Option<Occupied>; 2]) -> SaveOutcome {
        let has_other = sequence_of(&occupied[target.other() as usize]) > 0;
        // The first save, of all or in an emptied store, has none before it and lacks no safety.
        let is_first = self.sequence == 0 || occupied.iter().all(Option::is_none);
        if has_other || is_first {
            SaveOutcome::TwoGenerations
        } else {
            SaveOutcome::SingleGeneration
        }
    }

    /// Where the save does not fit beside both generations: one goes, then both, at last
    /// snapshots. If it fails all the same, everything is put back. Returns how much
    /// safety is left, and how many snapshots went.
    fn save_in_little_room(
        &self,
        target: Slot,
        occupied: &[Option<Occupied>; 2],
        save: &Pending<'_>,
    ) -> Result<(SaveOutcome, u32), SaveError> {
        let mut taken = Taken::new();
        let has = |slot: Slot| occupied[slot as usize].is_some();
        // With nothing readable in the other slot the target is all there is.
        let has_other = self.locked.is_none() && has(target.other());
        let result = if has_other {
            self.make_room_of_one(target, save, &mut taken)
        } else {
            self.make_room(target, save, &mut taken)
        };
        if result.is_err() {
            // A slot that was empty is so again.
            for slot in Slot::BOTH.into_iter().filter(|&slot| !has(slot)) {
                self.storage.remove(slot.key())?;
            }
            self.put_back(save, &taken)?;
        }
        result
    }

    /// One generation goes, and the other stays whole until the save is: the older one
    /// goes, so that what was saved last outlives a crash; where that frees too little,
    /// the newer. Only where neither is enough both go.
    fn make_room_of_one(
        &self,
        older: Slot,
        save: &Pending<'_>,
        taken: &mut Taken,
    ) -> Result<(SaveOutcome, u32), SaveError> {
        let newer = older.other();
        self.take(older.key(), taken)?;
        self.take_unnamed("", save.cut, taken)?;
        match self.write(older.key(), save) {
            Err(SaveError::Storage(StorageError::Full)) => {}
            done => return done.map(|()| (SaveOutcome::TwoGenerations, 0)),
        }
        self.put_back(save, taken)?;
        taken.clear();
        if self.storage.get(older.key())?.is_none() {
            return self.make_room(newer, save, taken);
        }
        self.take_unnamed(newer.key(), save.cut, taken)?;
        self.keep(newer.key(), taken)?;
        match self.write(newer.key(), save) {
            Err(SaveError::Storage(StorageError::Full)) => {}
            done => return done.map(|()| (SaveOutcome::TwoGenerations, 0)),
        }
        self.take(older.key(), taken)?;
        self.make_room(newer, save, taken)
    }

    /// The generation in `target` goes, and snapshots, as few as can be. This is the one
    /// moment in which a crash costs more than the save itself. Without it a workbook of
    /// more than half the store could never be changed throughout.
    fn make_room(
        &self,
        target: Slot,
        save: &Pending<'_>,
        taken: &mut Taken,
    ) -> Result<(SaveOutcome, u32), SaveError> {
        self.keep(target.key(), taken)?;
        let mut dropped = 0;
        loop {
            self.take_unnamed(target.key(), save.cut, taken)?;
            match self.write(target.key(), save) {
                Err(SaveError::Storage(StorageError::Full)) => {}
                done => return done.map(|()| (SaveOutcome::SingleGeneration, dropped)),
            }
            let Some(snapshot) = self.take_oldest_snapshot()? else {
                return Err(self.full(save)?);
            };
            taken.push(snapshot);
            dropped += 1;
        }
    }

    fn full(&self, save: &Pending<'_>) -> Result<SaveError, StorageError> {
        let Pending { cut, sealed, .. } = save;
        let (mut ours, mut needed) = (0, utf16_units(sealed));
        for slot in Slot::BOTH {
            if let Some(raw) = self.storage.get(slot.key())? {
                ours += utf16_units(slot.key()) + utf16_units(&raw);
            }
        }
        for name in self.parts()? {
            let packed = self.storage.get(&name.key())?.unwrap_or_default();
            ours += utf16_units(&name.key()) + utf16_units(&packed);
        }
        for name in cut.names() {
            let stored = self.storage.get(&name.key())?;
            let packed = cut.packed.get(&name).or(stored.as_ref());
            needed += packed.map_or(0, |packed| utf16_units(&name.key()) + utf16_units(packed));
        }
        let others = quota_used(&self.storage)?.all.saturating_sub(ours);
        Ok(SaveError::Full { needed, others })
    }

    /// Writes the parts of a save that are not there, then its manifest under `key`, and
    /// reads both back.
    pub(super) fn write(&self, key: &str, save: &Pending<'_>) -> Result<(), SaveError> {
        let &Pending { cut, sealed, .. } = save;
        for (name, packed) in &cut.packed {
            let key = name.key();
            // One that broke off is there too: what counts is what can be read.
            if self.storage.get(&key)?.as_ref() != Some(packed) {
                self.storage.set(&key, packed)?;
                if self.storage.get(&key)?.as_ref() != Some(packed) {
                    return Err(SaveError::ReadBack);
                }
            }
        }
        if !cut.names().is_subset(&self.parts()?) {
            return Err(SaveError::PartGone);
        }
        self.storage.set(key, sealed)?;
        let read = self.storage.get(key)?.unwrap_or_default();
        // The checksum of what was read, not of what was meant: the other half of
        // the pair that `seal` begins.
        if slot::verify(&read).is_ok() && read == sealed {
            Ok(())
        } else {
            Err(SaveError::ReadBack)
        }
    }

    /// Removes both generations, but for a slot whose damaged text could not be moved
    /// away; snapshots and damaged texts stay.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget(&mut self) -> Result<(), StorageError> {
        for slot in Slot::BOTH {
            if self.locked != Some(slot) {
                self.storage.remove(slot.key())?;
            }
        }
        self.drop_unnamed()
    }

    /// The text in a slot as far as it can be read; none where there is nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn slot_text(&self, slot: Slot) -> Result<Option<String>, StorageError> {
        self.remains(slot.key())
    }

    fn remains(&self, key: &str) -> Result<Option<String>, StorageError> {
        let Some(raw) = self.storage.get(key)? else {
            return Ok(None);
        };
        let list = self.storage.get(&format!("{key}{PARTS_SUFFIX}"))?;
        let parts = PartName::listed(&list.unwrap_or_default());
        manifest::remains(&self.storage, &raw, &parts).map(Some)
    }

    /// Number of the save that this page loaded or made last; 0 for none.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Whether another tab has saved since; to ask before a person edits on.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn is_stale(&self) -> Result<bool, StorageError> {
        let occupied = [self.occupied(Slot::A)?, self.occupied(Slot::B)?];
        Ok(occupied
            .iter()
            .any(|occupied| sequence_of(occupied) > self.sequence))
    }

    /// The newest stored generation that `decode` understands, whoever saved it; this
    /// page's own save stays the one that it knows.
    ///
    /// # Errors
    /// As [`Vault::load`].
    pub fn stored<T, E>(
        &self,
        decode: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<Loaded<T>>, LoadError> {
        let mut other = Vault::new(&self.storage, self.version_known);
        Ok(other.load(decode)?.loaded)
    }

    /// Lets the next save follow whatever is stored: only after a person has
    /// decided that this tab's workbook shall stand. The other tab's save stays
    /// as the generation before.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn prevail(&mut self) -> Result<(), StorageError> {
        for slot in Slot::BOTH {
            self.sequence = self.sequence.max(sequence_of(&self.occupied(slot)?));
        }
        Ok(())
    }

    /// Keys of damaged texts, in order of number; at last that of a locked slot.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn damaged_keys(&self) -> Result<Vec<String>, StorageError> {
        let number = |key: &str| key.strip_prefix(DAMAGED_PREFIX)?.parse::<u32>().ok();
        let mut keys = self.storage.keys()?;
        keys.retain(|key| number(key).is_some());
        keys.sort_by_key(|key| number(key));
        keys.extend(self.locked.map(|slot| slot.key().to_owned()));
        Ok(keys)
    }

    /// A damaged value to save into a file: the text inside as far as it can still be
    /// read, else the raw value and the parts that may have been its; none where there
    /// is no such key.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn damaged_text(&self, key: &str) -> Result<Option<String>, StorageError> {
        if !self.is_damaged_key(key) {
            return Ok(None);
        }
        self.remains(key)
    }

    /// Removes a damaged text, after the person has it in a file.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn damaged_discard(&mut self, key: &str) -> Result<(), StorageError> {
        if self.is_damaged_key(key) {
            self.storage.remove(key)?;
            self.storage.remove(&format!("{key}{PARTS_SUFFIX}"))?;
            self.locked = self.locked.filter(|slot| slot.key() != key);
            self.drop_unnamed()?;
        }
        Ok(())
    }

    fn is_damaged_key(&self, key: &str) -> bool {
        key.starts_with(DAMAGED_PREFIX) || self.locked.is_some_and(|slot| slot.key() == key)
    }

    /// How full the store is; the limit is [`super::QUOTA_UNITS`].
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn quota_used(&self) -> Result<Usage, StorageError> {
        quota_used(&self.storage)
    }
}

/// Number of the save in a slot; 0 for none.
fn sequence_of(occupied: &Option<Occupied>) -> u64 {
    match occupied {
        Some(Occupied {
            header: Ok(header), ..
        }) => header.sequence,
        _ => 0,
    }
}
