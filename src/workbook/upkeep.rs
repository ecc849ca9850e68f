//! 名录维护: whether the register holds every unit that there is, and none that is gone (R14).
//!
//! What is kept of it: the last comparison with a market regulator's list, what was set
//! aside in one for good, and units that were looked into and found to be in order.
//!
//! A comparison changes no unit. What a line of it leads to (a new unit, another value, a
//! retirement) goes through the action that does such a thing anyway, so **whether a line is
//! done is seen by the register**, and kept nowhere. Kept are decisions that leave the
//! register as it is, because the next comparison must not ask again.
//!
//! A comparison of 100 000 rows keeps counts, ids as runs, and of the rows that say more
//! than an id the first [`LINES_KEPT`]: they are enough to go on after the page was closed;
//! dropping the same file again brings the next.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{
    ListCompared, OwnKept, RowsAside, UnitsConfirmed, UnitsMarked, UnitsSuspected, UpkeepUndone,
};
use super::names::folded;
use super::refusal::ActionError;
use super::runs::Runs;
use super::{UNITS_MAX, Workbook};
use crate::model::UnitId;

/// Rows of each list that a comparison keeps as they were read.
pub const LINES_KEPT: usize = 2_000;
/// Names that the trail lists of rows set aside together.
const NAMES_TOLD: usize = 20;

/// What is kept of the register's upkeep.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Upkeep {
    /// The last comparison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// 不属监管范围: rows of such lists that are no units of the brigade, by
    /// [`RowName::key`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub set_aside: BTreeMap<String, SetAside>,
    /// 核对无误: units that were looked into.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub checked: BTreeMap<UnitId, Checked>,
    /// Units that an imported list called closed, and that stayed in use.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marked: BTreeMap<UnitId, Marked>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A comparison of the register with a list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Comparison {
    /// When, local time; the action says it.
    pub at: NaiveDateTime,
    /// Who; the action says it.
    pub who: String,
    /// Name of the list's file.
    pub file: String,
    /// How many of each.
    pub counts: Counts,
    /// 本库缺少: the first [`LINES_KEPT`] rows, in order of rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingRow>,
    /// 对方没有: units in use that the list does not hold.
    #[serde(skip_serializing_if = "Runs::is_empty")]
    pub absent: Runs,
    /// Of these, the ones that a person named as suspects: a list may hold enterprises alone,
    /// so that standing in none of its rows says little by itself.
    #[serde(skip_serializing_if = "Runs::is_empty")]
    pub suspected: Runs,
    /// 对方已注销、吊销、迁出: units in use that the list calls closed, by its word.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub struck_off: BTreeMap<String, Runs>,
    /// Units out of use that the list holds as if they were in use.
    #[serde(skip_serializing_if = "Runs::is_empty")]
    pub reopened: Runs,
    /// 不一致: the first [`LINES_KEPT`] units, in order of rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differing: Vec<Differing>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Each row of the list stands in one of these but `absent`, which counts units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Counts {
    /// Rows of the list.
    pub rows: u32,
    /// Rows with a fault, such as a code that fails its check or stands twice: not compared,
    /// but their units count as there.
    pub faulty: u32,
    /// Rows that say what the register says.
    pub same: u32,
    /// Rows of units that the register lacks.
    pub missing: u32,
    /// Such rows that were set aside before.
    pub aside: u32,
    /// Such rows that the list calls closed: nothing is to be done about them.
    pub closed: u32,
    /// Units in use that the list does not hold.
    pub absent: u32,
    /// Rows that call a unit in use closed.
    pub struck_off: u32,
    /// Rows that hold a unit out of use as if it were in use.
    pub reopened: u32,
    /// Rows with other values.
    pub differing: u32,
}

/// A row whose unit the register lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct MissingRow {
    /// The row, as Excel shows it.
    pub row_number: u32,
    /// Its values, as a file of units would have them.
    pub values: Map<String, Value>,
}

/// A unit of which the list says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Differing {
    /// The unit.
    pub unit: UnitId,
    /// The row, as Excel shows it.
    pub row_number: u32,
    /// Whether name and address alone say that it is this unit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_by_name: bool,
    /// The list's values of fields that differ, as a file of units would have them.
    pub theirs: Map<String, Value>,
    /// Fields of which the register's value was kept.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kept: BTreeSet<String>,
}

/// By what a row of a list is known again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowName {
    /// Its credit code; empty where it has none.
    pub code: String,
    pub name: String,
    pub address: String,
}

/// A row that is no unit of the brigade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SetAside {
    pub name: String,
    /// Why, in a word.
    pub why: String,
    /// Since when.
    pub on: NaiveDate,
    /// Who said so.
    pub by: String,
}

/// A unit that was looked into and is in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Checked {
    /// The day.
    pub on: NaiveDate,
    /// How, such as by telephone.
    pub how: String,
    /// Who said so.
    pub by: String,
    /// What spoke against the unit then: only what is not among these speaks against it now.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reasons: BTreeSet<String>,
}

/// What an imported list said of a unit that stayed in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Marked {
    /// The list's word, such as 注销.
    pub word: String,
    /// Name of its file.
    pub file: String,
    /// When it came in.
    pub on: NaiveDate,
}

/// A step of the upkeep.
#[derive(Debug, Clone)]
pub enum UpkeepStep {
    /// Keeps a comparison, in place of the last one.
    Compare(Box<Comparison>),
    /// 不属监管范围.
    SetAside {
        rows: Vec<RowName>,
        /// Why, in a word.
        why: String,
    },
    /// Takes that back, by key.
    TakeBack { keys: BTreeSet<String> },
    /// 列为疑似僵尸, of units that the list does not hold.
    Suspect { units: BTreeSet<UnitId> },
    /// 核对无误.
    Confirm {
        units: BTreeSet<UnitId>,
        /// How it was checked.
        how: String,
        /// The day.
        on: NaiveDate,
    },
    /// 保留本库: the register's values stand, whatever the list says.
    KeepOwn {
        /// Fields of units.
        values: BTreeMap<UnitId, BTreeSet<String>>,
    },
    /// Keeps that an imported list called units closed which stay in use.
    Mark {
        /// Name of the list's file.
        file: String,
        /// The list's word of each.
        units: BTreeMap<UnitId, String>,
    },
    /// Takes the last step back.
    PutBack(Box<UpkeepUndo>),
}

/// A step to be taken back.
#[derive(Debug, Clone)]
pub struct UpkeepUndo {
    /// Name of the action.
    of: String,
    before: Upkeep,
    after: Upkeep,
}

impl RowName {
    /// By which it is known again: its code, else name and address without spaces.
    ///
    /// ```
    /// use double_random::workbook::upkeep::RowName;
    /// let row = RowName { name: "苏村 粮店".into(), address: "苏村1号".into(), ..RowName::default() };
    /// assert_eq!(row.key(), "苏村粮店|苏村1号");
    /// ```
    #[must_use]
    pub fn key(&self) -> String {
        if self.code.is_empty() {
            format!("{}|{}", folded(&self.name), folded(&self.address))
        } else {
            self.code.clone()
        }
    }
}

impl MissingRow {
    /// By what it is known again.
    #[must_use]
    pub fn row_name(&self) -> RowName {
        let text = |key| self.values.get(key).and_then(Value::as_str);
        let text = |key| text(key).unwrap_or_default().to_owned();
        RowName {
            code: text("code"),
            name: text("name"),
            address: text("address"),
        }
    }
}

impl Upkeep {
    /// For serde: a workbook without it is written as before there was any.
    pub(crate) fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Comparison {
    /// The word by which the list calls a unit closed.
    #[must_use]
    pub fn word_of(&self, id: &UnitId) -> Option<&str> {
        let mut words = self.struck_off.iter();
        let found = words.find(|(_, units)| units.hold(id.as_str()));
        found.map(|(word, _)| word.as_str())
    }

    /// Takes over what was decided in the comparison before, where nothing has changed.
    fn go_on_from(&mut self, before: &Self, known: &[&str]) {
        let is_still = |id: &&&str| self.absent.hold(id) && before.suspected.hold(id);
        let suspected: Vec<&str> = known.iter().filter(is_still).copied().collect();
        self.suspected = Runs::of(&suspected);
        let lines = before.differing.iter().filter(|line| !line.kept.is_empty());
        let kept: BTreeMap<&UnitId, &Differing> = lines.map(|line| (&line.unit, line)).collect();
        for line in &mut self.differing {
            let Some(old) = kept.get(&line.unit) else {
                continue;
            };
            let is_same = |field: &&String| line.theirs.get(*field) == old.theirs.get(*field);
            line.kept = old.kept.iter().filter(is_same).cloned().collect();
        }
    }
}

impl Workbook {
    /// Takes a step of the register's upkeep.
    pub(super) fn keep_up(&mut self, step: UpkeepStep, context: &Context) -> Outcome {
        let before = self.upkeep.clone();
        let entry = match step {
            UpkeepStep::Compare(comparison) => self.keep_comparison(*comparison, context),
            UpkeepStep::SetAside { rows, why } => self.set_rows_aside(&rows, why, context),
            UpkeepStep::TakeBack { keys } => self.take_rows_back(&keys),
            UpkeepStep::Suspect { units } => self.suspect_units(&units),
            UpkeepStep::Confirm { units, how, on } => self.confirm_units(&units, how, on, context),
            UpkeepStep::KeepOwn { values } => self.keep_own(&values),
            UpkeepStep::Mark { file, units } => self.mark_units(&file, &units, context),
            UpkeepStep::PutBack(undo) => return self.put_upkeep_back(*undo),
        }?;
        let undo = UpkeepUndo {
            of: entry.event.action().to_owned(),
            before,
            after: self.upkeep.clone(),
        };
        let undo = Action::Upkeep(UpkeepStep::PutBack(Box::new(undo)));
        Ok((Applied::undone_by(undo), entry))
    }

    fn keep_comparison(
        &mut self,
        mut comparison: Comparison,
        context: &Context,
    ) -> Result<Entry, ActionError> {
        let lines = [comparison.missing.len(), comparison.differing.len()];
        if lines.into_iter().any(|count| count > LINES_KEPT) {
            return Err(ActionError::TooMany { max: LINES_KEPT });
        }
        (comparison.at, comparison.who) = (context.now, context.who.clone());
        if let Some(before) = &self.upkeep.comparison {
            let known: Vec<&str> = self.units.iter().map(|unit| unit.id.as_str()).collect();
            comparison.go_on_from(before, &known);
        }
        let event = Event::CompareList(ListCompared {
            file: comparison.file.clone(),
            lines: comparison.counts.rows,
            same: comparison.counts.same,
            lacking: comparison.counts.missing,
            absent: comparison.counts.absent,
            struck_off: comparison.counts.struck_off,
            differing: comparison.counts.differing,
        });
        self.upkeep.comparison = Some(comparison);
        Ok(event.into())
    }

    fn set_rows_aside(
        &mut self,
        rows: &[RowName],
        why: String,
        context: &Context,
    ) -> Result<Entry, ActionError> {
        require(&why, ActionError::NoReason)?;
        if self.upkeep.set_aside.len() + rows.len() > UNITS_MAX {
            return Err(ActionError::TooMany { max: UNITS_MAX });
        }
        for row in rows {
            let aside = SetAside {
                name: row.name.clone(),
                why: why.clone(),
                on: context.now.date(),
                by: context.who.clone(),
            };
            self.upkeep.set_aside.insert(row.key(), aside);
        }
        let names = rows.iter().map(|row| row.name.clone());
        let event = Event::SetRowsAside(RowsAside::of(names));
        Ok(Entry::new(event, why))
    }

    fn take_rows_back(&mut self, keys: &BTreeSet<String>) -> Result<Entry, ActionError> {
        let mut names = Vec::with_capacity(keys.len());
        for key in keys {
            let Some(row) = self.upkeep.set_aside.get(key) else {
                return Err(ActionError::NoRecord { id: key.clone() });
            };
            names.push(row.name.clone());
        }
        self.upkeep.set_aside.retain(|key, _| !keys.contains(key));
        Ok(Event::TakeRowsBack(RowsAside::of(names.into_iter())).into())
    }

    fn suspect_units(&mut self, units: &BTreeSet<UnitId>) -> Result<Entry, ActionError> {
        let absent = self.upkeep.comparison.as_ref().map(|it| &it.absent);
        for id in units {
            if !absent.is_some_and(|absent| absent.hold(id.as_str())) {
                return Err(ActionError::NoUnit { id: id.clone() });
            }
        }
        // Who is named again after it was found in order has spoken against it anew.
        let absent = super::suspect::ABSENT;
        for id in units {
            if let Some(checked) = self.upkeep.checked.get_mut(id) {
                checked.reasons.remove(absent);
            }
        }
        if let Some(comparison) = &mut self.upkeep.comparison {
            let known = self.units.iter().map(|unit| &unit.id);
            let named =
                |id: &&UnitId| comparison.suspected.hold(id.as_str()) || units.contains(*id);
            let all: Vec<&str> = known.filter(named).map(UnitId::as_str).collect();
            comparison.suspected = Runs::of(&all);
        }
        Ok(Event::SuspectUnits(UnitsSuspected { ids: runs(units) }).into())
    }

    fn confirm_units(
        &mut self,
        units: &BTreeSet<UnitId>,
        how: String,
        on: NaiveDate,
        context: &Context,
    ) -> Result<Entry, ActionError> {
        require(&how, ActionError::NoReason)?;
        if on > context.now.date() {
            return Err(ActionError::CheckAhead { date: on });
        }
        let mut checked = Vec::with_capacity(units.len());
        for id in units {
            let unit = &self.units[self.unit_at(id)?];
            let told = self.suspicions_told(unit);
            let mut reasons: BTreeSet<String> = told.iter().filter_map(|it| it.key()).collect();
            if let Some(before) = self.upkeep.checked.get(id) {
                reasons.extend(before.reasons.iter().cloned());
            }
            checked.push(Checked {
                on,
                how: how.clone(),
                by: context.who.clone(),
                reasons,
            });
        }
        let both = units.iter().cloned().zip(checked);
        self.upkeep.checked.extend(both);
        let event = Event::ConfirmUnits(UnitsConfirmed {
            ids: runs(units),
            date: on,
        });
        Ok(Entry::new(event, how))
    }

    fn keep_own(
        &mut self,
        values: &BTreeMap<UnitId, BTreeSet<String>>,
    ) -> Result<Entry, ActionError> {
        let lines = self.upkeep.comparison.iter_mut();
        let lines = lines.flat_map(|it| &mut it.differing);
        let mut lines: BTreeMap<UnitId, &mut Differing> =
            lines.map(|line| (line.unit.clone(), line)).collect();
        if let Some(id) = values.keys().find(|id| !lines.contains_key(*id)) {
            return Err(ActionError::NoUnit { id: id.clone() });
        }
        let mut kept = BTreeSet::new();
        for (id, fields) in values {
            let Some(line) = lines.get_mut(id) else {
                continue;
            };
            let known = fields.iter().filter(|it| line.theirs.contains_key(*it));
            let known: Vec<String> = known.cloned().collect();
            line.kept.extend(known.iter().cloned());
            kept.extend(known);
        }
        let event = Event::KeepOwn(OwnKept {
            ids: values.keys().cloned().collect(),
            fields: kept.into_iter().collect(),
        });
        Ok(event.into())
    }

    fn mark_units(
        &mut self,
        file: &str,
        units: &BTreeMap<UnitId, String>,
        context: &Context,
    ) -> Result<Entry, ActionError> {
        for id in units.keys() {
            self.unit_at(id)?;
        }
        let mark = |(id, word): (&UnitId, &String)| {
            let marked = Marked {
                word: word.clone(),
                file: file.to_owned(),
                on: context.now.date(),
            };
            (id.clone(), marked)
        };
        self.upkeep.marked.extend(units.iter().map(mark));
        let ids: BTreeSet<UnitId> = units.keys().cloned().collect();
        let event = Event::MarkUnits(UnitsMarked {
            file: file.to_owned(),
            ids: runs(&ids),
        });
        Ok(event.into())
    }

    fn put_upkeep_back(&mut self, undo: UpkeepUndo) -> Outcome {
        if self.upkeep != undo.after {
            return Err(ActionError::ChangedSince);
        }
        self.upkeep = undo.before;
        let event = Event::UndoUpkeep(UpkeepUndone { of: undo.of });
        Ok((Applied::done(), event.into()))
    }
}

fn runs(units: &BTreeSet<UnitId>) -> Runs {
    let ids: Vec<&str> = units.iter().map(UnitId::as_str).collect();
    Runs::of(&ids)
}

impl RowsAside {
    fn of(names: impl ExactSizeIterator<Item = String>) -> Self {
        Self {
            lines: names.len(),
            names: names.take(NAMES_TOLD).collect(),
        }
    }
}
