//! 大屏展示: a draw as people watch it, group by group and page by page, from its record alone.
//!
//! What stands here may be shown to anybody: a unit that is withheld has no name in it.

use crate::engine::cell::Cell;
use crate::engine::draw::DrawGroup;
use crate::engine::lottery::{Candidate, Ticket};
use crate::model::CandidateId;
use crate::workbook::{DrawRecord, Workbook};

/// Drawn units on a page of the screen; they are read from ten metres.
pub const ROWS_ON_SCREEN: usize = 7;
/// Of the reserve so many are shown under the cut line, where there is room.
const RESERVE_ON_SCREEN: usize = 4;

/// A unit as the public may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicName {
    /// Its name.
    Open(String),
    /// 依法不公开: the id under which the draw knows it, and nothing else.
    Withheld(CandidateId),
}

/// A candidate on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenRow {
    /// Its rank in the group, from 1.
    pub rank: usize,
    /// Its lottery number.
    pub ticket: Ticket,
    /// Who it is.
    pub name: PublicName,
}

/// What is seen at once: a group, or a part of a large one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenPage {
    /// The group's place in [`Screen::groups`].
    pub group: usize,
    /// Which part of the group, from 1.
    pub part: usize,
    /// How many parts the group has.
    pub parts: usize,
    /// The drawn, in order of lottery number.
    pub drawn: Vec<ScreenRow>,
    /// The first of those behind the cut line; they, and the line, stand on the last part alone.
    pub reserve: Vec<ScreenRow>,
    /// How many are drawn up to here, over all groups.
    pub drawn_so_far: usize,
}

impl ScreenPage {
    /// Whether the cut line stands on this page.
    #[must_use]
    pub const fn has_cut(&self) -> bool {
        self.part == self.parts
    }
}

/// A group's sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenGroup {
    pub group: DrawGroup,
    /// How many could have been drawn.
    pub pool: u32,
    /// How many were.
    pub drawn: usize,
}

/// A draw on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// Groups by stratum, the highest level first.
    pub groups: Vec<ScreenGroup>,
    /// What is seen, step by step.
    pub pages: Vec<ScreenPage>,
    /// How many are drawn in all.
    pub drawn: usize,
}

/// Where a group stands: early visits, then strata with the highest level first, then the rest.
fn order(group: DrawGroup) -> (u8, usize, u8) {
    match group {
        DrawGroup::First(Cell::Early) => (0, 0, 0),
        DrawGroup::First(Cell::Of(stratum, level)) => (1, stratum.index(), u8::MAX - level.get()),
        DrawGroup::Second => (2, 0, 0),
        DrawGroup::Combined => (3, 0, 0),
        DrawGroup::Campaign => (4, 0, 0),
        DrawGroup::Register => (5, 0, 0),
    }
}

impl Workbook {
    /// A unit that a draw names, as the public may see it.
    #[must_use]
    pub fn public_name(&self, draw: &DrawRecord, id: &CandidateId) -> PublicName {
        if let Some(register) = draw.own_register() {
            let name = register.record(self, id);
            return PublicName::Open(name.map_or_else(|| id.to_string(), |it| it.0.to_owned()));
        }
        match self.unit_drawn(id) {
            Some(unit) if unit.withheld.is_none() => PublicName::Open(unit.name.clone()),
            Some(unit) => PublicName::Withheld(draw.id_of(unit)),
            None => PublicName::Withheld(id.clone()),
        }
    }

    /// A draw's groups and pages; none before its numbers are drawn.
    #[must_use]
    pub fn screen(&self, draw: &DrawRecord) -> Option<Screen> {
        let mut groups: Vec<_> = draw.outcome()?.result.groups.iter().collect();
        groups.sort_by_key(|group| order(group.group));
        let mut screen = Screen::default();
        for group in groups {
            let at = screen.groups.len();
            screen.groups.push(ScreenGroup {
                group: group.group,
                pool: group.pool,
                drawn: group.draw.drawn.len(),
            });
            let row = |(rank, candidate): (usize, &Candidate)| ScreenRow {
                rank,
                ticket: candidate.ticket,
                name: self.public_name(draw, &candidate.unit),
            };
            let parts = group.draw.drawn.len().div_ceil(ROWS_ON_SCREEN);
            for (part, drawn) in (1..).zip(group.draw.drawn.chunks(ROWS_ON_SCREEN)) {
                let before = (part - 1) * ROWS_ON_SCREEN;
                screen.drawn += drawn.len();
                let room = if part == parts {
                    reserve_room(drawn.len())
                } else {
                    0
                };
                let reserve = (group.draw.drawn.len() + 1..).zip(&group.draw.reserve);
                screen.pages.push(ScreenPage {
                    group: at,
                    part,
                    parts,
                    drawn: (before + 1..).zip(drawn).map(row).collect(),
                    reserve: reserve.take(room).map(row).collect(),
                    drawn_so_far: screen.drawn,
                });
            }
        }
        Some(screen)
    }
}

/// Rows behind the cut line beside so many before it: they are two thirds as high.
fn reserve_room(drawn: usize) -> usize {
    ((ROWS_ON_SCREEN - drawn) * 3 / 2 + 1).min(RESERVE_ON_SCREEN)
}
