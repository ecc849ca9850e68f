//! The history of one record: the entries of the trail that touch it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::engine::ceremony::TrailHead;
use crate::engine::lottery::Hash;
use crate::model::{Agency, AgencyId, Engineer, EngineerId, OfficerId, UnitId};
use crate::workbook::event::{Event, EventKind};
use crate::workbook::kept::Kept as _;
use crate::workbook::runs::hold;
use crate::workbook::{DrawId, FrozenPlan, TrailEntry, Workbook, trail};

/// A record whose history can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordName {
    /// 单位.
    Unit(UnitId),
    /// 执法人员.
    Officer(OfficerId),
    /// 消防技术服务机构.
    Agency(AgencyId),
    /// 注册消防工程师.
    Engineer(EngineerId),
}

impl RecordName {
    /// What [`Self::key`] may be.
    pub const KEYS: [&str; 4] = ["unit", "officer", "agency", "engineer"];

    /// Its register, as addresses name it.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unit(_) => "unit",
            Self::Officer(_) => "officer",
            Self::Agency(_) => "agency",
            Self::Engineer(_) => "engineer",
        }
    }

    /// The record that an address names.
    #[must_use]
    pub fn named(key: &str, id: &str) -> Option<Self> {
        match key {
            "unit" => UnitId::new(id).ok().map(Self::Unit),
            "officer" => OfficerId::new(id).ok().map(Self::Officer),
            "agency" => AgencyId::new(id).ok().map(Self::Agency),
            "engineer" => EngineerId::new(id).ok().map(Self::Engineer),
            _ => None,
        }
    }

    /// Its name; its id where the register has it no more.
    #[must_use]
    pub fn words(&self, book: &Workbook) -> String {
        let name = match self {
            Self::Unit(id) => book.unit(id).map(|it| &it.name),
            Self::Officer(id) => book.officer(id).map(|it| &it.name),
            Self::Agency(id) => Agency::find(book, id.as_str()).map(|it| &it.name),
            Self::Engineer(id) => Engineer::find(book, id.as_str()).map(|it| &it.name),
        };
        name.cloned().unwrap_or_else(|| self.id().to_owned())
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Unit(id) => id.as_str(),
            Self::Officer(id) => id.as_str(),
            Self::Agency(id) => id.as_str(),
            Self::Engineer(id) => id.as_str(),
        }
    }

    fn is_in(&self, event: &Event) -> bool {
        let records = event.touches();
        match self {
            Self::Unit(id) => records.hold_unit(id),
            Self::Officer(id) => records.hold_officer(id),
            Self::Agency(id) => records.hold_agency(id),
            Self::Engineer(id) => records.hold_engineer(id),
        }
    }
}

/// Whether a text within is an id, or a list of runs holds it. Most of a long trail is
/// about other records, and need not be read to be passed over.
fn names(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text == id,
        Value::Array(list) if list.first().is_some_and(Value::is_string) => {
            hold(list, |run| run.as_str().unwrap_or_default(), id)
        }
        Value::Array(list) => list.iter().any(|value| names(value, id)),
        Value::Object(fields) => fields.values().any(|value| names(value, id)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

impl Workbook {
    /// The entries of the trail that touch a record, newest first; the draws that
    /// chose it too.
    #[must_use]
    pub fn history(&self, record: &RecordName) -> Vec<&TrailEntry> {
        let drew = self.certificates_of(record);
        let is_in = |entry: &&TrailEntry| {
            let may_have_drawn = !drew.is_empty() && entry.action == EventKind::Draw.name();
            if !may_have_drawn && !names(&entry.detail, record.id()) {
                return false;
            }
            let event = entry.event();
            let drawn = event.certificate();
            record.is_in(&event) || drawn.is_some_and(|drawn| drew.contains(&drawn))
        };
        self.trail.iter().rev().filter(is_in).collect()
    }

    /// The certificates of the draws that chose a unit, an institution or an engineer.
    fn certificates_of(&self, record: &RecordName) -> BTreeSet<Hash> {
        let draws: Vec<DrawId> = match record {
            RecordName::Unit(unit) => self.visits_to(unit).map(|visit| visit.id.draw).collect(),
            RecordName::Officer(_) => Vec::new(),
            RecordName::Agency(_) | RecordName::Engineer(_) => {
                let visits = self.years.iter().flat_map(|year| &year.own_visits);
                let own = visits.filter(|visit| visit.id.record.as_str() == record.id());
                own.map(|visit| visit.id.draw).collect()
            }
        };
        let drawn = draws.into_iter().filter_map(|id| self.draw(id));
        drawn
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
