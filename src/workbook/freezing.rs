//! Freezing the register for a draw: each unit's level is summed up and its leaf hashed.
//!
//! What comes out is of the workbook as it was then. Every change leaves an
//! entry of the trail, so the trail's end tells whether it still is.

use chrono::NaiveDate;

use super::Workbook;
use super::draw::FrozenRegister;
use super::refusal::{ActionError, DrawError};
use super::request::OpenDraw;
use crate::engine::calendar::YearMonth;
use crate::engine::certificate::working_days;
use crate::engine::level::LevelSum;
use crate::engine::lottery::sha256;
use crate::engine::pace::{Advance, Pace};
use crate::engine::root::{LeafLines, officers_root, root};
use crate::engine::snapshot::{Snapshot, SnapshotError};
use crate::model::{Unit, UnitId};

/// Units frozen between two rests: a millisecond or two of a page's time.
const STEP_UNITS: usize = 100;

/// A register frozen ahead; nothing but [`Workbook::freeze_on`] makes one.
#[derive(Debug, Clone)]
pub struct Frozen {
    pub(super) month: YearMonth,
    pub(super) today: NaiveDate,
    pub(super) salt_seed: [u8; 32],
    pub(super) trail_end: Option<String>,
    pub(super) register: FrozenRegister,
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

    /// Freezes the register on `today` for a draw; nothing has changed then, and nothing
    /// does before the draw is opened, on the same day, with what came out.
    ///
    /// # Errors
    /// [`SnapshotError`] where the register cannot be frozen.
    pub async fn freeze_on(
        &self,
        month: YearMonth,
        salt_seed: [u8; 32],
        today: NaiveDate,
        pace: &impl Pace,
    ) -> Result<Frozen, SnapshotError> {
        let plan = self.plan_in(month);
        let snapshot = self.snapshot_on(month, plan, today)?;
        let sum_of = |unit: &Unit| self.level_sum(unit, plan, month);
        Ok(Frozen {
            month,
            today,
            salt_seed,
            trail_end: self.trail_end().cloned(),
            register: self.frozen(snapshot, salt_seed, sum_of, pace).await,
        })
    }

    /// Freezes a snapshot of this register with the officers and the calendar; units
    /// without a salt get theirs when the draw is added.
    pub(super) async fn frozen(
        &self,
        snapshot: Snapshot,
        salt_seed: [u8; 32],
        sum_of_unit: impl Fn(&Unit) -> LevelSum,
        pace: &impl Pace,
    ) -> FrozenRegister {
        let count = snapshot.units.len();
        let mut sums: Vec<LevelSum> = Vec::new();
        let mut sum_of = Vec::with_capacity(count);
        let (mut lines, mut leaves) = (LeafLines::default(), Vec::with_capacity(count));
        for part in snapshot.units.chunks(STEP_UNITS) {
            pace.rest(Advance::running(leaves.len(), count)).await;
            for drawn in part {
                let unit = self.unit_drawn(&drawn.id);
                let unit = unit.expect("the snapshot is of this register");
                let sum = sum_of_unit(unit);
                let known = sums.iter().position(|other| *other == sum);
                let place = known.unwrap_or(sums.len());
                if known.is_none() {
                    sums.push(sum);
                }
                sum_of.push(place as u32);
                let salt = if unit.salt.is_empty() {
                    &fresh_salt(salt_seed, &unit.id)
                } else {
                    &unit.salt
                };
                leaves.push(lines.leaf(drawn, &sums[place].parts, salt));
            }
        }
        pace.rest(Advance::running(count, count)).await;
        let month = snapshot.month;
        let officers = self.duties(month);
        FrozenRegister {
            snapshot_root: root(leaves),
            officers_root: officers_root(&officers),
            working_days: working_days(month, &self.calendar()),
            officers,
            snapshot,
            sums,
            sum_of,
        }
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
