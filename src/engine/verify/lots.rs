//! Lots: tickets, ranks, and that the smallest numbers of each pool won.

use std::collections::BTreeSet;

use super::Examination;
use super::finding::{Datum, Findings, Lacking, Outcome, Place, SizeField};
use crate::engine::certificate::{CertifiedDraw, Ranked};
use crate::engine::draw::DrawGroup;
use crate::engine::lottery::{Candidate, Key, key, ranking};
use crate::engine::occasion::{Occasion, Pools};
use crate::model::CandidateId;

type Found = Result<Outcome, Lacking>;

/// Which part of a group's order is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Drawn,
    Reserve,
}

impl Part {
    fn of(self, draw: &CertifiedDraw) -> &[Ranked] {
        match self {
            Self::Drawn => &draw.drawn,
            Self::Reserve => &draw.reserve,
        }
    }
}

impl Examination<'_> {
    /// The groups with a quota, each once and in order, with their sizes.
    pub(super) fn group_sizes(&self) -> Found {
        let commitment = &self.certificate.commitment;
        self.occasion()?;
        let cells = commitment.cells.iter();
        let first = cells.map(|cell| DrawGroup::First(cell.cell));
        let own = commitment.occasion.own_sizes();
        let due: BTreeSet<DrawGroup> = first
            .chain([DrawGroup::Second])
            .chain(own.iter().map(|own| own.0))
            .filter(|group| commitment.group_sizes(*group).1 > 0)
            .collect();
        let draws = &self.certificate.draws;
        let stated: BTreeSet<DrawGroup> = draws.iter().map(|draw| draw.group).collect();
        let mut findings = Findings::default();
        for group in due.symmetric_difference(&stated) {
            let quota = commitment.group_sizes(*group).1;
            let (group, size) = (*group, Some(SizeField::Quota));
            findings.differ(Place::Group { group, size }, Datum::Nothing, quota);
        }
        for draw in draws {
            let (pool, quota) = commitment.group_sizes(draw.group);
            let quota = quota.min(pool);
            let reserve = Occasion::reserve(draw.group, pool, quota);
            let sizes = [
                (SizeField::Pool, draw.pool, pool),
                (SizeField::Quota, draw.drawn.len() as u32, quota),
                (SizeField::Reserve, draw.reserve.len() as u32, reserve),
            ];
            for (size, stated, found) in sizes {
                let (group, size) = (draw.group, Some(size));
                findings.same(Place::Group { group, size }, stated, found);
            }
        }
        for pair in draws
            .windows(2)
            .filter(|pair| pair[0].group >= pair[1].group)
        {
            let (group, size) = (pair[1].group, None);
            findings.differ(Place::Group { group, size }, Datum::Nothing, Datum::Nothing);
        }
        Ok(findings.outcome())
    }

    pub(super) fn tickets(&self) -> Found {
        let mut findings = Findings::default();
        for draw in &self.certificate.draws {
            let key = self.key_of(draw.group);
            let (group, size) = (draw.group, None);
            let at = Place::Group { group, size };
            findings.same(at, draw.key.clone(), key.as_str().to_owned());
            for place in draw.listed() {
                let unit = place.unit.clone();
                let found = key.ticket(&[unit.as_str()]);
                findings.same(Place::Unit { unit }, place.ticket, found);
            }
        }
        Ok(findings.outcome())
    }

    pub(super) fn ranks(&self) -> Found {
        let mut findings = Findings::default();
        for draw in &self.certificate.draws {
            let group = draw.group;
            let mut before = None;
            for (rank, place) in (1..).zip(draw.listed()) {
                findings.same(Place::Rank { group, rank }, place.rank, rank);
                let this = (place.ticket, &place.unit);
                if before.is_some_and(|before| before >= this) {
                    let unit = place.unit.clone();
                    findings.differ(Place::Rank { group, rank }, unit, Datum::Nothing);
                }
                before = Some(this);
            }
        }
        Ok(findings.outcome())
    }

    /// Whether drawn (or reserve) units are those with the smallest tickets.
    pub(super) fn lots(&self, part: Part) -> Found {
        let pools = self.pools()?;
        let hidden_count = self.hidden_count();
        let mut findings = Findings::default();
        for draw in &self.certificate.draws {
            if hidden_count == 0 {
                self.compare(draw, part, &pools, &mut findings);
            } else {
                self.compare_open(draw, part, &pools, &mut findings);
            }
        }
        Ok(findings.outcome_with(hidden_count))
    }

    /// The open members of each pool.
    pub(super) fn pools(&self) -> Result<Pools<'_>, Lacking> {
        let occasion = self.occasion()?;
        if let Some(own) = occasion.own_pools() {
            return Ok(own);
        }
        let mut sizes = self.sizes()?.clone();
        sizes.mode = self.certificate.commitment.mode;
        Ok(occasion.pools(&sizes, self.open_units()?))
    }

    /// The key of a group's tickets.
    pub(super) fn key_of(&self, group: DrawGroup) -> Key {
        let occasion = &self.certificate.commitment.occasion;
        key(&occasion.purpose(group), self.certificate.seed)
    }

    /// The first of a group's open members in order of ticket.
    fn order(&self, group: DrawGroup, pools: &Pools, count: usize) -> Vec<Candidate> {
        let pool = pools.get(&group).map_or(&[][..], Vec::as_slice);
        ranking(&self.key_of(group), pool, count as u32)
    }

    /// Place by place: the unit stated and the unit with that rank.
    fn compare(&self, draw: &CertifiedDraw, part: Part, pools: &Pools, findings: &mut Findings) {
        let (drawn_count, listed_count) = (draw.drawn.len(), draw.listed().count());
        let order = self.order(draw.group, pools, listed_count);
        let skipped = match part {
            Part::Drawn => 0,
            Part::Reserve => drawn_count,
        };
        for (at, place) in (skipped..).zip(part.of(draw)) {
            let (group, rank) = (draw.group, at as u32 + 1);
            let found = order.get(at).map(|candidate| candidate.unit.clone());
            findings.same(Place::Rank { group, rank }, Some(place.unit.clone()), found);
        }
    }

    /// With withheld units, which can only push open ones back: every listed
    /// unit that is open stands in the pool, and every open unit before the
    /// last listed one is listed.
    fn compare_open(
        &self,
        draw: &CertifiedDraw,
        part: Part,
        pools: &Pools,
        findings: &mut Findings,
    ) {
        let stated = part.of(draw);
        let order = self.order(draw.group, pools, u32::MAX as usize);
        let members: BTreeSet<&CandidateId> =
            order.iter().map(|candidate| &candidate.unit).collect();
        let is_open = |unit: &CandidateId| {
            let snapshot = self.worked_out.snapshot.as_ref();
            snapshot.is_some_and(|snapshot| snapshot.unit(unit).is_some())
        };
        for place in stated {
            let holds = !is_open(&place.unit) || members.contains(&place.unit);
            findings.unit_holds(holds, &place.unit);
        }
        let Some(last) = stated.iter().map(|place| place.ticket).max() else {
            return;
        };
        let up_to_here: &[&[Ranked]] = match part {
            Part::Drawn => &[&draw.drawn],
            Part::Reserve => &[&draw.drawn, &draw.reserve],
        };
        let listed: BTreeSet<&CandidateId> = up_to_here
            .iter()
            .flat_map(|places| places.iter().map(|place| &place.unit))
            .collect();
        let before = order.iter().take_while(|candidate| candidate.ticket < last);
        for skipped in before.filter(|candidate| !listed.contains(&candidate.unit)) {
            let unit = skipped.unit.clone();
            let found = skipped.unit.clone();
            findings.differ(Place::Unit { unit }, Datum::Nothing, found);
        }
    }
}
