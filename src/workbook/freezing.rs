//! Freezing the register for a draw, some units at a time: each one's level is summed
//! up and its leaf hashed.
//!
//! What comes out is of the workbook as it was when it began. Every change leaves an
//! entry of the trail, so the trail's end tells whether it still is.

use chrono::NaiveDate;

use super::Workbook;
use super::action::ActionError;
use super::draw::{DrawError, FrozenRegister, OpenDraw};
use crate::engine::calendar::YearMonth;
use crate::engine::certificate::working_days;
use crate::engine::level::LevelSum;
use crate::engine::lottery::{Hash, sha256};
use crate::engine::root::{LeafLines, officers_root, root};
use crate::engine::snapshot::{Snapshot, SnapshotError};
use crate::model::{Unit, UnitId};

/// Units in a step where nobody waits.
const UNITS_AT_ONCE: usize = 100_000;

/// A register being frozen; see [`Workbook::begin_freezing`].
pub struct Freezing {
    month: YearMonth,
    today: NaiveDate,
    salt_seed: [u8; 32],
    trail_end: Option<String>,
    snapshot: Snapshot,
    sums: Vec<LevelSum>,
    sum_of: Vec<u32>,
    lines: LeafLines,
    leaves: Vec<Hash>,
}

/// A register frozen in steps; nothing but [`Freezing::finish`] makes one.
#[derive(Debug, Clone)]
pub struct Frozen {
    month: YearMonth,
    today: NaiveDate,
    salt_seed: [u8; 32],
    trail_end: Option<String>,
    register: FrozenRegister,
}

/// The salt that a unit without one gets: 32 hexadecimal digits from random bytes.
pub(super) fn fresh_salt(seed: [u8; 32], id: &UnitId) -> String {
    let hash = sha256(&[seed.as_slice(), id.as_str().as_bytes()].concat());
    hash.to_string()[..32].to_owned()
}

impl Workbook {
    fn trail_end(&self) -> Option<&String> {
        self.trail.last().map(|entry| &entry.hash)
    }

    /// Begins to freeze the register on `today` for a draw; nothing has changed then,
    /// and nothing does before the draw is opened, on the same day, with what came out.
    ///
    /// # Errors
    /// [`SnapshotError`] where the register cannot be frozen.
    pub fn begin_freezing(
        &self,
        month: YearMonth,
        salt_seed: [u8; 32],
        today: NaiveDate,
    ) -> Result<Freezing, SnapshotError> {
        let snapshot = self.snapshot_on(month, self.plan_in(month), today)?;
        Ok(Freezing::new(self, snapshot, salt_seed, today))
    }
}

impl Freezing {
    pub(super) fn new(
        book: &Workbook,
        snapshot: Snapshot,
        salt_seed: [u8; 32],
        today: NaiveDate,
    ) -> Self {
        let count = snapshot.units.len();
        Self {
            month: snapshot.month,
            today,
            salt_seed,
            trail_end: book.trail_end().cloned(),
            snapshot,
            sums: Vec::new(),
            sum_of: Vec::with_capacity(count),
            lines: LeafLines::default(),
            leaves: Vec::with_capacity(count),
        }
    }

    /// Units frozen, and units in all.
    #[must_use]
    pub const fn progress(&self) -> (usize, usize) {
        (self.leaves.len(), self.snapshot.units.len())
    }

    /// Freezes up to `count` units more. Whether any are left; `None` where the workbook
    /// has changed since the beginning.
    pub fn step(&mut self, book: &Workbook, count: usize) -> Option<bool> {
        let month = self.month;
        let plan = book.plan_in(month);
        self.step_with(book, count, |unit| book.level_sum(unit, plan, month))
    }

    fn step_with(
        &mut self,
        book: &Workbook,
        count: usize,
        sum_of_unit: impl Fn(&Unit) -> LevelSum,
    ) -> Option<bool> {
        if book.trail_end() != self.trail_end.as_ref() {
            return None;
        }
        let begin = self.leaves.len();
        for drawn in self.snapshot.units.iter().skip(begin).take(count) {
            let unit = book.unit(&drawn.id)?;
            let sum = sum_of_unit(unit);
            let known = self.sums.iter().position(|other| *other == sum);
            let place = known.unwrap_or(self.sums.len());
            if known.is_none() {
                self.sums.push(sum);
            }
            self.sum_of.push(place as u32);
            let parts = &self.sums[place].parts;
            let fresh;
            let salt = if unit.salt.is_empty() {
                fresh = fresh_salt(self.salt_seed, &unit.id);
                &fresh
            } else {
                &unit.salt
            };
            self.leaves.push(self.lines.leaf(drawn, parts, salt));
        }
        Some(self.leaves.len() < self.snapshot.units.len())
    }

    /// The frozen register, once no units are left; `None` before, or where the workbook
    /// has changed since the beginning.
    #[must_use]
    pub fn finish(self, book: &Workbook) -> Option<Frozen> {
        let is_whole = self.leaves.len() == self.snapshot.units.len();
        if !is_whole || book.trail_end() != self.trail_end.as_ref() {
            return None;
        }
        let officers = book.duties(self.month.year());
        Some(Frozen {
            month: self.month,
            today: self.today,
            salt_seed: self.salt_seed,
            trail_end: self.trail_end,
            register: FrozenRegister {
                snapshot_root: root(self.leaves),
                officers_root: officers_root(&officers),
                working_days: working_days(self.month, &book.calendar()),
                officers,
                snapshot: self.snapshot,
                sums: self.sums,
                sum_of: self.sum_of,
            },
        })
    }

    /// Does all at once, on the workbook that it was begun with.
    pub(super) fn run(mut self, book: &Workbook) -> Frozen {
        while self.step(book, UNITS_AT_ONCE) == Some(true) {}
        self.finish(book).expect("the workbook has not changed")
    }

    /// As [`Freezing::run`], where the levels are not those of the register as it stands.
    pub(super) fn run_with(
        mut self,
        book: &Workbook,
        sum_of: impl Fn(&Unit) -> LevelSum,
    ) -> FrozenRegister {
        while self.step_with(book, UNITS_AT_ONCE, &sum_of) == Some(true) {}
        let frozen = self.finish(book);
        frozen.expect("the workbook has not changed").register
    }
}

impl Frozen {
    /// The register, for a draw of this workbook opened as it was frozen for.
    pub(super) fn into_register(
        self,
        book: &Workbook,
        open: &OpenDraw,
        today: NaiveDate,
    ) -> Result<FrozenRegister, ActionError> {
        let is_same = book.trail_end() == self.trail_end.as_ref()
            && (self.month, self.salt_seed, self.today) == (open.month, open.salt_seed, today);
        if is_same {
            Ok(self.register)
        } else {
            Err(DrawError::Changed.into())
        }
    }
}
