//! 疑似僵尸单位: units that may be gone, with what speaks against each. Derived from the
//! records; only 核对无误 and retirement are decisions, and actions of their own.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::Workbook;
use super::action::{Action, Applied, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::UnitsRetired;
use super::refusal::ActionError;
use super::request::RetireUnits;
use super::touch::Named;
use super::visit_record;
use crate::model::unit::UnitStatus;
use crate::model::{Unit, UnitId};

/// What the tag of a suspected zombie unit holds; a brigade words the rest.
const ZOMBIE_TAG: &str = "僵尸";
/// The key of [`Suspicion::Absent`].
pub(super) const ABSENT: &str = "absent";

/// What speaks against a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspicion {
    /// A tag says so.
    Tagged {
        /// The tag.
        tag: String,
    },
    /// The list that was compared last calls it closed.
    StruckOff {
        /// The list's word.
        word: String,
        /// When it was compared.
        on: NaiveDate,
    },
    /// The list that was compared last does not hold it, and a person named it for that.
    Absent {
        /// When it was compared.
        on: NaiveDate,
    },
    /// A list that was imported calls it closed.
    Marked {
        /// The list's word.
        word: String,
        /// When it came in.
        on: NaiveDate,
    },
    /// The last visit met nobody, or found it closed.
    AtVisit {
        outcome: visit_record::Outcome,
        on: NaiveDate,
    },
    /// Nothing was heard of it: no inspection, no change of its record, no check.
    Dormant {
        /// For how many months at least.
        months: u16,
        /// The last inspection or check; none is known.
        since: Option<NaiveDate>,
    },
}

impl Suspicion {
    /// By which it is known again after the unit was found in order; none of one that time
    /// brings back by itself.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        match self {
            Self::Tagged { tag } => Some(format!("tag {tag}")),
            Self::StruckOff { word, .. } | Self::Marked { word, .. } => {
                Some(format!("status {word}"))
            }
            Self::Absent { .. } => Some(ABSENT.to_owned()),
            Self::AtVisit { on, .. } => Some(format!("visit {on}")),
            Self::Dormant { .. } => None,
        }
    }
}

impl Workbook {
    /// Of each unit of the register, in order, what speaks against it and was not found in
    /// order since; nothing of most, and of those out of use. O(units + trail).
    #[must_use]
    pub fn suspicions(&self, today: NaiveDate) -> Vec<Vec<Suspicion>> {
        let limit = self.dormant_before(today);
        let touched = limit.map(|limit| self.touched_since(limit));
        let of = |(at, unit): (usize, &Unit)| {
            let is_touched = || touched.as_ref().is_none_or(|touched| touched[at]);
            self.against(unit, limit, is_touched)
        };
        self.units.iter().enumerate().map(of).collect()
    }

    /// What speaks against one unit, as [`Workbook::suspicions`].
    #[must_use]
    pub fn suspicions_of(&self, unit: &Unit, today: NaiveDate) -> Vec<Suspicion> {
        let limit = self.dormant_before(today);
        let is_touched = || {
            limit.is_none_or(|limit| {
                let mut recent = self.trail.iter().filter(|entry| entry.at.date() >= limit);
                recent.any(|entry| entry.event().touches().is_about_unit(&unit.id))
            })
        };
        self.against(unit, limit, is_touched)
    }

    /// The day before which the last sign of a dormant unit lies; none where the trail does
    /// not reach so far. Who was entered when the workbook began was known then, and of a
    /// workbook without a trail nothing can be said.
    fn dormant_before(&self, today: NaiveDate) -> Option<NaiveDate> {
        let months = Months::new(self.brigade.dormant_months.into());
        let limit = today.checked_sub_months(months)?;
        let began = self.trail.first()?.at.date();
        (began < limit).then_some(limit)
    }

    fn against(
        &self,
        unit: &Unit,
        limit: Option<NaiveDate>,
        is_touched: impl FnOnce() -> bool,
    ) -> Vec<Suspicion> {
        if !unit.status.is_active() {
            return Vec::new();
        }
        let mut found = self.suspicions_told(unit);
        let checked = self.upkeep.checked.get(&unit.id);
        if let Some(checked) = checked {
            let is_new =
                |it: &Suspicion| it.key().is_none_or(|key| !checked.reasons.contains(&key));
            found.retain(is_new);
        }
        if let Some(limit) = limit {
            let inspected = self.last_inspection(unit).map(|last| last.date);
            let since = inspected.max(checked.map(|it| it.on));
            if since.is_none_or(|since| since < limit) && !is_touched() {
                let months = self.brigade.dormant_months;
                found.push(Suspicion::Dormant { months, since });
            }
        }
        found
    }

    /// How many units something speaks against.
    #[must_use]
    pub fn suspects_count(&self, today: NaiveDate) -> usize {
        let all = self.suspicions(today);
        all.iter().filter(|found| !found.is_empty()).count()
    }

    /// What records say against a unit, found in order since or not.
    pub(super) fn suspicions_told(&self, unit: &Unit) -> Vec<Suspicion> {
        let tags = unit.tags.iter().filter(|tag| tag.contains(ZOMBIE_TAG));
        let mut found: Vec<Suspicion> = tags
            .map(|tag| Suspicion::Tagged { tag: tag.clone() })
            .collect();
        if let Some(comparison) = &self.upkeep.comparison {
            let on = comparison.at.date();
            if let Some(word) = comparison.word_of(&unit.id) {
                let word = word.to_owned();
                found.push(Suspicion::StruckOff { word, on });
            }
            if comparison.suspected.hold(unit.id.as_str()) {
                found.push(Suspicion::Absent { on });
            }
        }
        if let Some(marked) = self.upkeep.marked.get(&unit.id) {
            let (word, on) = (marked.word.clone(), marked.on);
            found.push(Suspicion::Marked { word, on });
        }
        found.extend(self.gone_at_visit(unit));
        found
    }

    /// What the last visit to a unit that has a record says against it.
    fn gone_at_visit(&self, unit: &Unit) -> Option<Suspicion> {
        let made = self
            .visits_to(&unit.id)
            .filter_map(|visit| Some((visit.made?.date, visit)));
        let (on, last) = made.max_by_key(|(on, _)| *on)?;
        let outcome = last.record()?.outcome;
        outcome
            .says_gone()
            .then_some(Suspicion::AtVisit { outcome, on })
    }

    /// Of each unit whether the trail tells of it since a day.
    fn touched_since(&self, limit: NaiveDate) -> Vec<bool> {
        let mut touched = vec![false; self.units.len()];
        let recent = self.trail.iter().filter(|entry| entry.at.date() >= limit);
        for entry in recent {
            for named in entry.event().touches().units {
                for at in self.places_named(&named) {
                    touched[at] = true;
                }
            }
        }
        touched
    }

    /// The places in the register of what an entry is about.
    fn places_named(&self, named: &Named<'_>) -> Vec<usize> {
        let place = |id: &str| {
            let found = self.units.binary_search_by(|unit| unit.id.as_str().cmp(id));
            found.ok()
        };
        match named {
            Named::One(id) => place(id).into_iter().collect(),
            Named::Runs(runs) => {
                let from = |id: &str| self.units.partition_point(|unit| unit.id.as_str() < id);
                let of_run = |(first, last): (&str, &str)| {
                    let length = first.len();
                    let last = last.to_owned();
                    (from(first)..self.units.len())
                        .take_while(move |at| self.units[*at].id.as_str() <= last.as_str())
                        .filter(move |at| self.units[*at].id.as_str().len() == length)
                        .collect::<Vec<_>>()
                };
                runs.ends().flat_map(of_run).collect()
            }
            // That another record names it says nothing of it.
            Named::Within(_) => Vec::new(),
        }
    }

    /// Takes several units out of use for one reason, or none.
    pub(super) fn retire_units(&mut self, request: RetireUnits) -> Outcome {
        require(&request.reason, ActionError::NoReason)?;
        require(&request.approver, ActionError::NoApprover)?;
        let mut places = BTreeMap::new();
        for id in &request.units {
            let at = self.unit_at(id)?;
            if !self.units[at].status.is_active() {
                let id = id.to_string();
                return Err(ActionError::StatusAlready { id });
            }
            places.insert(at, id);
        }
        let status = UnitStatus::Retired {
            since: request.since,
            reason: request.reason.clone(),
            approver: request.approver.clone(),
            extra: serde_json::Map::new(),
        };
        for at in places.into_keys() {
            self.units[at].status = status.clone();
        }
        let ids: Vec<UnitId> = request.units.into_iter().collect();
        let event = Event::RetireUnits(UnitsRetired {
            ids: ids.clone(),
            since: request.since,
            approver: request.approver,
        });
        let undo = Action::RestoreUnits {
            ids,
            reason: String::from("撤销停用"),
        };
        Ok((Applied::undone_by(undo), Entry::new(event, request.reason)))
    }

    /// Brings several units back, or none.
    pub(super) fn restore_units(&mut self, ids: Vec<UnitId>, reason: String) -> Outcome {
        require(&reason, ActionError::NoReason)?;
        let places: Result<Vec<usize>, _> = ids.iter().map(|id| self.unit_at(id)).collect();
        for at in places? {
            self.units[at].status = UnitStatus::Active;
        }
        let event = Event::RestoreUnits(super::event_detail::UnitsRestored { ids });
        Ok((Applied::done(), Entry::new(event, reason)))
    }
}
