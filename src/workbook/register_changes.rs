//! Changes of the unit register between a draw and the one before it, with the
//! reasons that the trail holds.
//!
//! What changed follows from the two frozen registers alone; why, and on whose
//! word, from the entries of 操作记录 made between the two freezes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::draw::{DrawRecord, FrozenRegister};
use super::event::{Event, EventKind};
use super::{DrawId, TrailEntry, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::changes::{ChangeCounts, RegisterChange, changes, count_changes};
use crate::engine::level::LevelSum;
use crate::engine::snapshot::SnapshotUnit;
use crate::model::field::RegisterKind;
use crate::model::{CandidateId, Unit, UnitId};

/// A change with what the trail says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ReasonedChange {
    /// What changed.
    #[serde(flatten)]
    pub change: RegisterChange,
    /// Why: the entries of the trail that touched the unit since the last draw,
    /// oldest first; where there are none, the imports of the register, which
    /// name no units. Empty where time alone did it, as when complaints lapse.
    pub reasons: Vec<Reason>,
}

/// An entry of the trail in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Reason {
    /// Number of the entry.
    pub entry: u32,
    /// When, local time.
    pub at: NaiveDateTime,
    pub who: String,
    /// Name of the action.
    pub action: String,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// The changes of the register since a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RegisterChanges {
    /// Number of the draw compared with.
    pub since_number: u32,
    /// When its register was frozen.
    pub since: NaiveDateTime,
    /// How many of each kind.
    pub counts: ChangeCounts,
    /// The changes, in order of id.
    pub list: Vec<ReasonedChange>,
}

impl Workbook {
    /// The changes between the registers of a draw and of the last one drawn
    /// before it; `None` for the first draw.
    #[must_use]
    pub fn changes_of(&self, draw: &DrawRecord) -> Option<RegisterChanges> {
        if let Some(kept) = self.changes_kept(draw) {
            return Some(kept.clone());
        }
        // Its register is another one.
        if draw.own_register().is_some() {
            return None;
        }
        let before = self.drawn_before(Some(draw.id()))?;
        let later = self.sides(&draw.register);
        Some(self.changes_between(before, later, Some(draw)))
    }

    /// Whether there are changes of a draw to tell, without working them out.
    #[must_use]
    pub fn has_changes(&self, draw: &DrawRecord) -> bool {
        let has_before = || self.drawn_before(Some(draw.id())).is_some();
        self.changes_kept(draw).is_some() || (draw.own_register().is_none() && has_before())
    }

    /// The changes between the last draw and the register as it stands, as the
    /// draw for `month` would see it; `None` before the first draw.
    #[must_use]
    pub fn changes_since_last_draw(&self, month: YearMonth) -> Option<RegisterChanges> {
        let before = self.drawn_before(None)?;
        let plan = self.plan_in(month);
        let snapshot = self.snapshot(month, plan).ok()?;
        let sums: Vec<LevelSum> = snapshot
            .units
            .iter()
            .filter_map(|unit| Some(self.level_sum(self.unit_drawn(&unit.id)?, plan, month)))
            .collect();
        let units = snapshot.units.iter().map(|unit| self.in_register(unit));
        let later = units.zip(&sums).collect();
        Some(self.changes_between(before, later, None))
    }

    /// The changes that were kept because the draw before was taken out.
    fn changes_kept(&self, draw: &DrawRecord) -> Option<&RegisterChanges> {
        let mut kept = self.taken_out.iter().flat_map(|it| &it.changes);
        let (_, changes) = kept.find(|(of, _)| *of == draw.id())?;
        Some(changes)
    }

    /// The last draw of units with an outcome, before another or at all.
    fn drawn_before(&self, before: Option<DrawId>) -> Option<&DrawRecord> {
        let is_drawn = |draw: &&DrawRecord| draw.drawn.is_some() && draw.own_register().is_none();
        let mut drawn = self.draws().rev().filter(is_drawn);
        drawn.find(|draw| before.is_none_or(|before| draw.id() < before))
    }

    fn changes_between(
        &self,
        before: &DrawRecord,
        later: Vec<Side>,
        draw: Option<&DrawRecord>,
    ) -> RegisterChanges {
        let earlier = self.sides(&before.register);
        let found = changes(
            earlier.iter().map(|(unit, sum)| (&**unit, *sum)),
            later.iter().map(|(unit, sum)| (&**unit, *sum)),
            &self.left_before(before, draw),
        );
        let until = draw.map(|draw| draw.opened_at);
        let is_between = |entry: &&TrailEntry| {
            entry.at >= before.opened_at && until.is_none_or(|until| entry.at <= until)
        };
        let known = self.known_to(draw);
        let mut reasons: BTreeMap<CandidateId, Vec<Reason>> = BTreeMap::new();
        let mut imports = Vec::new();
        for entry in known.iter().filter(is_between) {
            let event = entry.event();
            for unit in units_of(&event) {
                let why = reason(entry, &event);
                let unit = CandidateId::from(&unit);
                reasons.entry(unit).or_default().push(why);
            }
            if let Event::EditMany(edited) = &event
                && edited.register == RegisterKind::Units
            {
                let changed = found.iter().map(|change| &change.unit);
                for unit in changed.filter(|unit| edited.changed.hold(unit.as_str())) {
                    let why = reason(entry, &event);
                    reasons.entry(unit.clone()).or_default().push(why);
                }
            }
            if event.kind() == Some(EventKind::ImportUnits) {
                imports.push(reason(entry, &event));
            }
        }
        let reasons_of = |unit: &CandidateId| reasons.get(unit).unwrap_or(&imports).clone();
        RegisterChanges {
            since_number: before.number,
            since: before.opened_at,
            counts: count_changes(&found),
            list: found
                .into_iter()
                .map(|mut change| {
                    let reasons = reasons_of(&change.unit);
                    if let Some(unit) = self.unit_drawn(&change.unit) {
                        change.unit = name_of(unit, before, draw);
                    }
                    ReasonedChange { change, reasons }
                })
                .collect(),
        }
    }

    /// Units that were active once and had left before a draw froze the register:
    /// in an earlier draw's register and not in this one's, or retired before it.
    fn left_before(&self, draw: &DrawRecord, now: Option<&DrawRecord>) -> BTreeSet<CandidateId> {
        let earlier = self.draws().filter(|other| other.id() < draw.id());
        let drawn_from = earlier.flat_map(|other| &other.register.snapshot.units);
        let known = drawn_from.map(|unit| self.register_id(&unit.id));
        let taken_out = self.taken_out.iter().flat_map(|it| it.units.clone());
        let retired = self
            .known_to(now)
            .iter()
            .filter(|entry| entry.at <= draw.opened_at)
            .filter(|entry| entry.action == EventKind::RetireUnit.name())
            .flat_map(|entry| units_of(&entry.event()));
        known
            .chain(taken_out)
            .chain(retired)
            .filter(|id| draw.register.snapshot.unit(&self.id_in(draw, id)).is_none())
            .map(|id| CandidateId::from(&id))
            .collect()
    }

    /// The entries of the trail that a draw's commitment could know; all before there is
    /// one, and for records that say nothing of it. Its hash of the changes must come out
    /// again later, whatever a computer's clock says of entries made since.
    fn known_to(&self, draw: Option<&DrawRecord>) -> &[TrailEntry] {
        let committed = draw.and_then(|draw| draw.committed.as_ref());
        let disclosed = committed.and_then(|committed| committed.commitment.disclosed.as_ref());
        let end = disclosed.map_or(usize::MAX, |disclosed| disclosed.trail.entries as usize);
        &self.trail[..end.min(self.trail.len())]
    }

    /// The units of a frozen register, under the register's ids, with their level sums.
    fn sides<'a>(&self, register: &'a FrozenRegister) -> Vec<Side<'a>> {
        let units = register.snapshot.units.iter().zip(&register.sum_of);
        units
            .filter_map(|(unit, sum)| {
                let sum = register.sums.get(*sum as usize)?;
                Some((self.in_register(unit), sum))
            })
            .collect()
    }

    /// A drawn unit under the register's id: to become withheld is no change of the register.
    fn in_register<'a>(&self, unit: &'a SnapshotUnit) -> Cow<'a, SnapshotUnit> {
        let id = CandidateId::from(&self.register_id(&unit.id));
        if id == unit.id {
            return Cow::Borrowed(unit);
        }
        Cow::Owned(SnapshotUnit { id, ..unit.clone() })
    }
}

/// A unit under the register's id, with its level sum.
type Side<'a> = (Cow<'a, SnapshotUnit>, &'a LevelSum);

/// The id under which a change is published: the alias, if one of the two registers
/// compared holds the unit under it; the register as it stands holds all withheld ones so.
fn name_of(unit: &Unit, before: &DrawRecord, now: Option<&DrawRecord>) -> CandidateId {
    let now = now.map_or_else(|| unit.draw_id(), |draw| draw.id_of(unit));
    if now == CandidateId::from(&unit.id) {
        before.id_of(unit)
    } else {
        now
    }
}

/// What an event is about, but for imports, as far as it can be a unit. Ids of all
/// registers alike: the changes with their reasons are hashed into commitments, and must
/// come out again as they were first reckoned.
fn units_of(event: &Event) -> Vec<UnitId> {
    let records = event.touches();
    let ids = records.subjects().filter_map(|id| UnitId::new(id).ok());
    ids.collect()
}

/// An entry in short. An import asks for no reason; its file stands for one.
fn reason(entry: &TrailEntry, event: &Event) -> Reason {
    let file = event.file();
    let why = if entry.why.is_empty() {
        file.unwrap_or_default().to_owned()
    } else {
        entry.why.clone()
    };
    Reason {
        entry: entry.number,
        at: entry.at,
        who: entry.who.clone(),
        action: entry.action.clone(),
        why,
    }
}
