//! The lists of the page: which there are, what their rows say, and which of them are open.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::exchange::compared::{LineState, Lines, UnitLine};
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::workbook::Workbook;
use crate::workbook::suspect::Suspicion;

/// A list of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Missing,
    Absent,
    StruckOff,
    Reopened,
    Differing,
    Suspects,
    Aside,
}

impl ListKind {
    /// All, in the order of their tabs.
    pub(super) const ALL: [Self; 7] = [
        Self::Missing,
        Self::Absent,
        Self::StruckOff,
        Self::Reopened,
        Self::Differing,
        Self::Suspects,
        Self::Aside,
    ];

    /// As the address names it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Absent => "absent",
            Self::StruckOff => "closed",
            Self::Reopened => "reopened",
            Self::Differing => "differing",
            Self::Suspects => "suspects",
            Self::Aside => "aside",
        }
    }

    pub(super) const fn name(self, t: Lang) -> &'static str {
        match self {
            Self::Missing => t.upkeep_missing(),
            Self::Absent => t.upkeep_absent(),
            Self::StruckOff => t.upkeep_struck_off(),
            Self::Reopened => t.upkeep_reopened(),
            Self::Differing => t.upkeep_differing(),
            Self::Suspects => t.upkeep_suspects(),
            Self::Aside => t.upkeep_aside(),
        }
    }

    pub(super) const fn note(self, t: Lang) -> &'static str {
        match self {
            Self::Missing => t.upkeep_missing_note(),
            Self::Absent => t.upkeep_absent_note(),
            Self::StruckOff => t.upkeep_struck_off_note(),
            Self::Reopened => t.upkeep_reopened_note(),
            Self::Differing => t.upkeep_differing_note(),
            Self::Suspects => t.upkeep_suspects_note(),
            Self::Aside => t.upkeep_aside_note(),
        }
    }
}

/// Everything that the page shows of a workbook.
#[derive(Default)]
pub(super) struct Found {
    pub(super) lines: Lines,
    /// Places in the register of units that something speaks against, and what.
    pub(super) suspects: Vec<(u32, Vec<Suspicion>)>,
    /// Keys of what was set aside.
    pub(super) aside: Vec<String>,
}

impl Found {
    pub(super) fn new(book: &Workbook, today: NaiveDate) -> Self {
        let suspicions = book.suspicions(today).into_iter().enumerate();
        let suspects = suspicions.filter(|(_, found)| !found.is_empty());
        Self {
            lines: Lines::of(book).unwrap_or_default(),
            suspects: suspects.map(|(at, found)| (at as u32, found)).collect(),
            aside: book.upkeep.set_aside.keys().cloned().collect(),
        }
    }

    /// How many rows a list has.
    pub(super) fn count(&self, kind: ListKind) -> usize {
        match kind {
            ListKind::Missing => self.lines.missing.len(),
            ListKind::Absent => self.lines.absent.len(),
            ListKind::StruckOff => self.lines.struck_off.len(),
            ListKind::Reopened => self.lines.reopened.len(),
            ListKind::Differing => self.lines.differing.len(),
            ListKind::Suspects => self.suspects.len(),
            ListKind::Aside => self.aside.len(),
        }
    }

    /// How many of them wait for something; they come first.
    pub(super) fn open_count(&self, kind: ListKind) -> usize {
        let of = |states: &mut dyn Iterator<Item = LineState>| {
            states.take_while(|state| *state == LineState::Open).count()
        };
        let units = |lines: &[UnitLine]| of(&mut lines.iter().map(|line| line.state));
        match kind {
            ListKind::Missing => of(&mut self.lines.missing.iter().map(|line| line.state)),
            ListKind::Absent => units(&self.lines.absent),
            ListKind::StruckOff => units(&self.lines.struck_off),
            ListKind::Reopened => units(&self.lines.reopened),
            ListKind::Differing => of(&mut self.lines.differing.iter().map(|line| line.state)),
            ListKind::Suspects => self.suspects.len(),
            ListKind::Aside => self.aside.len(),
        }
    }

    /// Whether something can still be done about a row.
    pub(super) fn is_open(&self, kind: ListKind, row: usize) -> bool {
        let state = match kind {
            ListKind::Missing => self.lines.missing.get(row).map(|line| line.state),
            ListKind::Absent => self.lines.absent.get(row).map(|line| line.state),
            ListKind::StruckOff => self.lines.struck_off.get(row).map(|line| line.state),
            ListKind::Reopened => self.lines.reopened.get(row).map(|line| line.state),
            ListKind::Differing => self.lines.differing.get(row).map(|line| line.state),
            ListKind::Suspects | ListKind::Aside => return row < self.count(kind),
        };
        matches!(state, Some(LineState::Open | LineState::Suspected))
    }

    /// The unit of a row.
    fn unit_of(&self, book: &Workbook, kind: ListKind, row: usize) -> Option<UnitId> {
        let place = match kind {
            ListKind::Absent => self.lines.absent.get(row)?.place,
            ListKind::StruckOff => self.lines.struck_off.get(row)?.place,
            ListKind::Reopened => self.lines.reopened.get(row)?.place,
            ListKind::Suspects => self.suspects.get(row)?.0,
            ListKind::Missing | ListKind::Differing | ListKind::Aside => return None,
        };
        Some(book.units.get(place as usize)?.id.clone())
    }

    /// The units of rows.
    pub(super) fn units_of(
        &self,
        book: &Workbook,
        kind: ListKind,
        rows: &BTreeSet<usize>,
    ) -> BTreeSet<UnitId> {
        let units = rows.iter().filter_map(|row| self.unit_of(book, kind, *row));
        units.collect()
    }
}

/// Rows that the comparison counted and did not keep: kept, and all.
pub(super) fn left_out(book: &Workbook, kind: ListKind) -> Option<(usize, usize)> {
    let comparison = book.upkeep.comparison.as_ref()?;
    let (kept, all) = match kind {
        ListKind::Missing => (comparison.missing.len(), comparison.counts.missing),
        ListKind::Differing => (comparison.differing.len(), comparison.counts.differing),
        _ => return None,
    };
    (kept < all as usize).then_some((kept, all as usize))
}
