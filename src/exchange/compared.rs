//! What is left of a comparison: its lines, each with what became of it. Derived from the
//! register as it is now, so that a line is done by whatever way its unit came in.

use std::collections::BTreeSet;

use serde_json::Value;

use super::compare::{Present, is_same, theirs};
use crate::model::{Described, Unit, UnitId};
use crate::workbook::Workbook;
use crate::workbook::suspect::Suspicion;
use crate::workbook::upkeep::{Comparison, Differing, MissingRow, RowName};

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineState {
    /// Nothing yet.
    Open,
    /// 已列为疑似僵尸.
    Suspected,
    /// 已新增: the register has it now.
    Added,
    /// 不属监管范围.
    Aside,
    /// 核对无误.
    Confirmed,
    /// 已停用.
    Retired,
    /// 已一致: the register has the list's value now.
    Adopted,
    /// 保留本库.
    Kept,
    /// 已恢复: it was out of use, and is in use again.
    Restored,
}

/// A row whose unit the register lacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingLine {
    /// Its place among those of the comparison.
    pub place: usize,
    pub row_number: u32,
    pub row: RowName,
    pub state: LineState,
}

/// A unit that the list does not hold, calls closed, or holds as in business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Its place in the register.
    pub place: u32,
    /// The list's word; empty where it says none.
    pub word: String,
    pub state: LineState,
}

/// A value of which the list says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueLine {
    /// The place of its unit's line among those of the comparison.
    pub place: usize,
    pub unit: UnitId,
    /// The unit's name.
    pub name: String,
    pub row_number: u32,
    /// Whether name and address alone say that it is this unit.
    pub is_by_name: bool,
    /// The field.
    pub field: &'static str,
    /// The register's value, as a file would have it.
    pub ours: Value,
    /// The list's.
    pub theirs: Value,
    pub state: LineState,
}

/// All lines of a comparison; open ones first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    pub missing: Vec<MissingLine>,
    pub absent: Vec<UnitLine>,
    pub struck_off: Vec<UnitLine>,
    /// Units out of use that the list holds as in business.
    pub reopened: Vec<UnitLine>,
    pub differing: Vec<ValueLine>,
}

impl Lines {
    /// Of the last comparison; none where there is none yet.
    #[must_use]
    pub fn of(book: &Workbook) -> Option<Self> {
        let comparison = book.upkeep.comparison.as_ref()?;
        let mut lines = Self {
            missing: missing(book, &comparison.missing),
            differing: comparison
                .differing
                .iter()
                .enumerate()
                .flat_map(|(place, line)| values(book, place, line))
                .collect(),
            ..Self::default()
        };
        lines.add_units(book, comparison);
        lines.missing.sort_by_key(|line| line.state);
        lines.absent.sort_by_key(|line| line.state);
        lines.struck_off.sort_by_key(|line| line.state);
        lines.reopened.sort_by_key(|line| line.state);
        lines.differing.sort_by_key(|line| line.state);
        Some(lines)
    }

    fn add_units(&mut self, book: &Workbook, comparison: &Comparison) {
        for (place, unit) in book.units.iter().enumerate() {
            if comparison.reopened.hold(unit.id.as_str()) {
                let is_restored = unit.status.is_active();
                self.reopened.push(UnitLine {
                    place: place as u32,
                    state: if is_restored {
                        LineState::Restored
                    } else {
                        LineState::Open
                    },
                    word: String::new(),
                });
            }
            let is_absent = comparison.absent.hold(unit.id.as_str());
            let word = comparison.word_of(&unit.id);
            if !is_absent && word.is_none() {
                continue;
            }
            let is_suspected = comparison.suspected.hold(unit.id.as_str());
            let line = UnitLine {
                place: place as u32,
                state: unit_state(book, unit, comparison, is_suspected),
                word: word.unwrap_or_default().to_owned(),
            };
            if is_absent {
                self.absent.push(line);
            } else {
                self.struck_off.push(line);
            }
        }
    }
}

fn unit_state(
    book: &Workbook,
    unit: &Unit,
    comparison: &Comparison,
    is_suspected: bool,
) -> LineState {
    let on = comparison.at.date();
    let told = match comparison.word_of(&unit.id) {
        Some(word) => Suspicion::StruckOff {
            word: word.to_owned(),
            on,
        },
        None => Suspicion::Absent { on },
    };
    // Who is found in order before anybody suspected it stays so until somebody does.
    let is_checked = book.upkeep.checked.get(&unit.id).is_some_and(|checked| {
        let is_told = told.key().is_some_and(|key| checked.reasons.contains(&key));
        is_told || (matches!(told, Suspicion::Absent { .. }) && !is_suspected)
    });
    if !unit.status.is_active() {
        LineState::Retired
    } else if is_checked {
        LineState::Confirmed
    } else if is_suspected {
        LineState::Suspected
    } else {
        LineState::Open
    }
}

fn missing(book: &Workbook, rows: &[MissingRow]) -> Vec<MissingLine> {
    let present = Present::new(book, rows);
    let line = |(place, line): (usize, &MissingRow)| {
        let row = line.row_name();
        let state = if present.unit(&row).is_some() {
            LineState::Added
        } else if book.upkeep.set_aside.contains_key(&row.key()) {
            LineState::Aside
        } else {
            LineState::Open
        };
        MissingLine {
            place,
            row_number: line.row_number,
            row,
            state,
        }
    };
    rows.iter().enumerate().map(line).collect()
}

fn values(book: &Workbook, place: usize, line: &Differing) -> Vec<ValueLine> {
    let Some(unit) = book.unit(&line.unit) else {
        return Vec::new();
    };
    let list = theirs(line);
    let known: BTreeSet<&str> = line.theirs.keys().map(String::as_str).collect();
    let fields = Unit::FIELDS.iter().filter(|it| known.contains(it.key));
    fields
        .map(|field| ValueLine {
            place,
            unit: unit.id.clone(),
            name: unit.name.clone(),
            row_number: line.row_number,
            is_by_name: line.is_by_name,
            field: field.key,
            ours: field.json(unit),
            theirs: field.json(&list),
            state: if is_same(field.key, unit, &list) {
                LineState::Adopted
            } else if !unit.status.is_active() {
                LineState::Retired
            } else if line.kept.contains(field.key) {
                LineState::Kept
            } else {
                LineState::Open
            },
        })
        .collect()
}
