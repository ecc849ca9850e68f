//! A unit's place in a draw as a short table: itself, the lottery numbers beside
//! it, and the cut line with the last one in and the first one out.

use std::collections::BTreeMap;

use crate::engine::draw::Standing;
use crate::engine::lottery::Ticket;
use crate::model::CandidateId;
use crate::workbook::DrawRecord;

/// Rows shown on each side of the unit and of the cut line.
const BESIDE: u32 = 2;

/// A line of the table, in order of rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Neighbour {
    /// A candidate.
    Candidate {
        /// Its rank, from 1.
        rank: u32,
        /// Its lottery number.
        ticket: Ticket,
        /// The unit.
        unit: CandidateId,
        /// Whether it is the unit in question.
        is_own: bool,
        /// Whether it is inside the cut line.
        is_drawn: bool,
    },
    /// Candidates left out.
    Gap,
    /// 中签线: the first `places` are drawn.
    Cut {
        /// How many are drawn.
        places: u32,
    },
}

impl DrawRecord {
    /// The neighbours of a unit that stood in a pool of this draw.
    #[must_use]
    pub fn neighbours(&self, unit: &CandidateId, standing: &Standing) -> Vec<Neighbour> {
        let mut known = self.published(standing);
        known.insert(standing.rank, (unit.clone(), standing.ticket));
        let beside = [
            (standing.rank.saturating_sub(1), &standing.before),
            (standing.rank + 1, &standing.after),
        ];
        for (rank, neighbour) in beside {
            if let Some(neighbour) = neighbour {
                known.insert(rank, neighbour.clone());
            }
        }
        let is_near = |rank: u32, place: u32| rank.abs_diff(place) <= BESIDE;
        // The cut lies between two ranks: the same number of rows on both sides.
        let is_at_cut = |rank: u32| {
            standing.quota > 0 && rank + BESIDE > standing.quota && rank <= standing.quota + BESIDE
        };
        known.retain(|&rank, _| is_near(rank, standing.rank) || is_at_cut(rank));
        lines(known, standing)
    }

    /// Drawn and published reserve of the unit's group, by rank.
    fn published(&self, standing: &Standing) -> BTreeMap<u32, (CandidateId, Ticket)> {
        let groups = self.outcome().into_iter().flat_map(|it| &it.result.groups);
        groups
            .filter(|group| group.group == standing.group)
            .flat_map(|group| group.draw.drawn.iter().chain(&group.draw.reserve))
            .zip(1..)
            .map(|(candidate, rank)| (rank, (candidate.unit.clone(), candidate.ticket)))
            .collect()
    }
}

fn lines(known: BTreeMap<u32, (CandidateId, Ticket)>, standing: &Standing) -> Vec<Neighbour> {
    let mut lines = Vec::with_capacity(known.len() + 3);
    let mut last = 0;
    let mut is_cut = standing.quota == 0;
    for (rank, (unit, ticket)) in known {
        if !is_cut && rank > standing.quota {
            is_cut = true;
            lines.push(Neighbour::Cut {
                places: standing.quota,
            });
        }
        if rank > last + 1 && last > 0 {
            lines.push(Neighbour::Gap);
        }
        last = rank;
        lines.push(Neighbour::Candidate {
            rank,
            ticket,
            unit,
            is_own: rank == standing.rank,
            is_drawn: rank <= standing.quota,
        });
    }
    if !is_cut {
        // Everybody in the pool was drawn: the line stands below all of them.
        lines.push(Neighbour::Cut {
            places: standing.quota,
        });
    }
    lines
}
