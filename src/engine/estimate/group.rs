//! Groups: units of one cell that could be drawn from the same month on. The
//! visited among them are a simple random sample given their number.

use std::collections::BTreeMap;

use crate::engine::cell::Cell;
use crate::engine::estimate::SampleUnit;
use crate::model::Stratum;

/// Fewest visits that show a variance.
const VISITS_MIN: usize = 2;

/// A random first visit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    /// Place of the unit in the register.
    pub index: usize,
    /// Units it stands for: 1/π, scaled to the group's size.
    pub weight: f64,
    /// Whether it found something.
    pub found: bool,
}

/// Units whose visits stand for all of them.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Places of its units in the register.
    pub members: Vec<usize>,
    /// Its visits; weights sum to the number of members.
    pub visits: Vec<Visit>,
}

impl Group {
    /// Whether all its units were visited: no variance is left.
    fn is_complete(&self) -> bool {
        self.visits.len() == self.members.len()
    }

    /// Whether its visits can stand for it.
    pub fn is_covered(&self) -> bool {
        self.visits.len() >= VISITS_MIN || self.is_complete()
    }

    /// Finite-population correction 1 − n/N.
    pub fn open_share(&self) -> f64 {
        1.0 - self.visits.len() as f64 / self.members.len() as f64
    }

    fn join(&mut self, other: Self) {
        self.members.extend(other.members);
        self.visits.extend(other.visits);
    }

    /// Scales the weights so that they sum to the number of members.
    fn scale(&mut self) {
        let sum: f64 = self.visits.iter().map(|visit| visit.weight).sum();
        let scale = self.members.len() as f64 / sum;
        self.visits
            .iter_mut()
            .for_each(|visit| visit.weight *= scale);
    }
}

/// All groups of a register, in order of cell and month.
pub(super) fn groups(units: &[SampleUnit]) -> Vec<Group> {
    let mut cells: BTreeMap<(Stratum, Cell), BTreeMap<u32, Group>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let cell = Cell::Of(unit.stratum, unit.level);
        let months = cells.entry((unit.stratum, cell)).or_default();
        let group = months.entry(unit.entry_month).or_insert_with(|| Group {
            members: Vec::new(),
            visits: Vec::new(),
        });
        group.members.push(index);
        group.visits.extend(unit.found.map(|found| Visit {
            index,
            weight: 1.0 / unit.chance,
            found,
        }));
    }
    let mut strata: BTreeMap<Stratum, Vec<Group>> = BTreeMap::new();
    for ((stratum, _), months) in cells {
        let merged = merge(months.into_values());
        strata.entry(stratum).or_default().extend(merged);
    }
    let mut groups: Vec<Group> = strata.into_values().flat_map(merge).collect();
    groups.iter_mut().for_each(Group::scale);
    groups
}

/// Joins neighbours, in order, until each is covered; what is left at the end
/// joins the last.
fn merge(groups: impl IntoIterator<Item = Group>) -> Vec<Group> {
    let mut merged: Vec<Group> = Vec::new();
    let mut open: Option<Group> = None;
    for group in groups {
        let joined = match open.take() {
            Some(mut before) => {
                before.join(group);
                before
            }
            None => group,
        };
        if joined.is_covered() {
            merged.push(joined);
        } else {
            open = Some(joined);
        }
    }
    match (merged.last_mut(), open) {
        (Some(last), Some(rest)) => last.join(rest),
        (None, Some(rest)) => merged.push(rest),
        (_, None) => {}
    }
    merged
}
