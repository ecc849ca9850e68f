//! 不公开: units that are withheld from publication, and the aliases under which
//! they draw.
//!
//! The register knows a unit by its [`UnitId`], a draw by its [`CandidateId`]. This
//! module alone is the bridge between the two.

use std::collections::BTreeSet;

use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{Published, Withheld};
use super::refusal::ActionError;
use super::request::Withhold;
use super::{DrawRecord, Workbook};
use crate::model::unit::{ALIAS_BYTES, ALIAS_PREFIX};
use crate::model::{CandidateId, Unit, UnitId, Withholding};

/// The alias made of random bytes.
fn alias(random: [u8; ALIAS_BYTES]) -> CandidateId {
    let digits = random.map(|byte| format!("{byte:02X}")).concat();
    CandidateId::new(format!("{ALIAS_PREFIX}{digits}")).expect("22 capitals and digits make an id")
}

impl DrawRecord {
    /// The id under which this draw knows a unit: its alias, if it was withheld before
    /// the register was frozen.
    #[must_use]
    pub fn id_of(&self, unit: &Unit) -> CandidateId {
        match &unit.withheld {
            Some(withholding) if self.register.snapshot.unit(&withholding.alias).is_some() => {
                withholding.alias.clone()
            }
            _ => CandidateId::from(&unit.id),
        }
    }
}

impl Workbook {
    /// The unit that a draw names, by its own id or by its alias.
    #[must_use]
    pub fn unit_drawn(&self, id: &CandidateId) -> Option<&Unit> {
        if !id.as_str().starts_with(ALIAS_PREFIX) {
            return self.unit(&id.as_own());
        }
        let withheld = |unit: &&Unit| unit.withheld.as_ref().is_some_and(|it| it.alias == *id);
        self.units.iter().find(withheld)
    }

    /// The id under which a unit of the register draws now.
    #[must_use]
    pub fn draw_id(&self, id: &UnitId) -> CandidateId {
        self.unit(id)
            .map_or_else(|| CandidateId::from(id), Unit::draw_id)
    }

    /// The register's id of a unit that a draw names.
    #[must_use]
    pub fn register_id(&self, id: &CandidateId) -> UnitId {
        self.unit_drawn(id)
            .map_or_else(|| id.as_own(), |unit| unit.id.clone())
    }

    /// The id under which a draw knows a unit.
    #[must_use]
    pub fn id_in(&self, draw: &DrawRecord, id: &UnitId) -> CandidateId {
        self.unit(id)
            .map_or_else(|| CandidateId::from(id), |unit| draw.id_of(unit))
    }

    /// The aliases in a draw's register.
    #[must_use]
    pub fn withheld_in(&self, draw: &DrawRecord) -> BTreeSet<CandidateId> {
        let aliases = self.units.iter().filter_map(|unit| unit.withheld.as_ref());
        aliases
            .map(|withholding| &withholding.alias)
            .filter(|alias| draw.register.snapshot.unit(alias).is_some())
            .cloned()
            .collect()
    }

    pub(super) fn withhold(&mut self, withhold: Withhold, context: &Context) -> Outcome {
        let at = self.unit_at(&withhold.id)?;
        if self.units[at].withheld.is_some() {
            return Err(ActionError::AlreadyWithheld { id: withhold.id });
        }
        require(&withhold.reason, ActionError::NoReason)?;
        require(&withhold.approver, ActionError::NoApprover)?;
        let alias = alias(withhold.random);
        if let Some(other) = self.unit_drawn(&alias) {
            return Err(ActionError::AliasTaken {
                other: other.id.clone(),
            });
        }
        let event = Event::WithholdUnit(Withheld {
            id: withhold.id.clone(),
            approver: withhold.approver.clone(),
        });
        let entry = Entry::new(event, withhold.reason.clone());
        self.units[at].withheld = Some(Withholding {
            alias,
            since: context.now.date(),
            reason: withhold.reason,
            approver: withhold.approver,
            extra: serde_json::Map::new(),
        });
        Ok((
            Applied::undone_by(Action::PublishUnit { id: withhold.id }),
            entry,
        ))
    }

    /// Takes a withholding back, as long as no draw has used the alias: after that the
    /// alias is part of a record that stays.
    pub(super) fn publish_unit(&mut self, id: &UnitId) -> Outcome {
        let at = self.unit_at(id)?;
        let Some(withholding) = &self.units[at].withheld else {
            return Err(ActionError::NotWithheld { id: id.clone() });
        };
        let uses = |draw: &&DrawRecord| draw.register.snapshot.unit(&withholding.alias).is_some();
        let mut taken_out = self.taken_out.iter();
        let used = taken_out
            .find_map(|it| it.aliases.get(&withholding.alias).copied())
            .or_else(|| self.draws().find(uses).map(DrawRecord::id));
        if let Some(draw) = used {
            return Err(ActionError::AliasUsed {
                number: draw.number,
            });
        }
        self.units[at].withheld = None;
        let event = Event::PublishUnit(Published { id: id.clone() });
        Ok((Applied::done(), event.into()))
    }
}
