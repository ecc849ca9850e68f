//! The history of one record: the entries of the trail that touch it.

use std::collections::BTreeSet;

use crate::engine::ceremony::TrailHead;
use crate::engine::lottery::Hash;
use crate::model::{OfficerId, UnitId};
use crate::workbook::event::{Event, EventKind};
use crate::workbook::{FrozenPlan, TrailEntry, Workbook, trail};

/// A record whose history can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordName {
    /// 单位.
    Unit(UnitId),
    /// 执法人员.
    Officer(OfficerId),
}

impl RecordName {
    fn id(&self) -> &str {
        match self {
            Self::Unit(id) => id.as_str(),
            Self::Officer(id) => id.as_str(),
        }
    }

    /// Whether it is worth the while to read an entry for it: most of a long trail is about
    /// one other record, and says so. An officer's entry may name units beside.
    fn may_be_in(&self, entry: &TrailEntry) -> bool {
        let own = ["id", "unit"].iter().find_map(|key| entry.detail.get(key));
        let is_other = own.is_some_and(|own| own.as_str() != Some(self.id()));
        !is_other
            || [EventKind::AddOfficer, EventKind::EditOfficer]
                .iter()
                .any(|kind| kind.name() == entry.action)
    }

    fn is_in(&self, event: &Event) -> bool {
        let records = event.touches();
        match self {
            Self::Unit(id) => records.hold_unit(id),
            Self::Officer(id) => records.hold_officer(id),
        }
    }
}

impl Workbook {
    /// The entries of the trail that touch a record, newest first; of a unit the draws
    /// that chose it too.
    #[must_use]
    pub fn history(&self, record: &RecordName) -> Vec<&TrailEntry> {
        let drew = self.certificates_of(record);
        let entries = self.trail.iter().rev();
        let is_in = |entry: &&TrailEntry| {
            let event = entry.event();
            let drawn = event.certificate();
            record.is_in(&event) || drawn.is_some_and(|drawn| drew.contains(&drawn))
        };
        entries
            .filter(|entry| record.may_be_in(entry))
            .filter(is_in)
            .collect()
    }

    /// The certificates of the draws that chose a unit.
    fn certificates_of(&self, record: &RecordName) -> BTreeSet<Hash> {
        let RecordName::Unit(unit) = record else {
            return BTreeSet::new();
        };
        let draws = self
            .visits_to(unit)
            .filter_map(|visit| self.draw(visit.id.draw));
        draws
            .filter_map(|draw| Some(draw.drawn.as_ref()?.certificate))
            .collect()
    }

    /// Where the trail ended when a plan was frozen.
    #[must_use]
    pub fn trail_at_freeze(&self, frozen: &FrozenPlan) -> Option<TrailHead> {
        let froze = |entry: &TrailEntry| match entry.event() {
            Event::FreezePlan(it) => {
                (it.genesis, it.version, entry.at) == (frozen.genesis, frozen.version, frozen.at)
            }
            _ => false,
        };
        let mut entries = self.trail.iter().enumerate();
        let (at, _) = entries
            .find(|(_, entry)| entry.action == EventKind::FreezePlan.name() && froze(entry))?;
        Some(trail::head(&self.trail[..=at]))
    }
}
