//! Teams: a lead and a member for each visit.
//!
//! **The plan is the first in lottery order among the permitted plans of least
//! cost.** No such plan is ever excluded, officers in equal position have
//! exactly equal chances, and loads are as even as can be. It is not uniform
//! over plans.
//!
//! The order is a random serial dictatorship (Abdulkadiroğlu and Sönmez 1998): slots
//! choose in lottery order, each the first officer of its own list that leaves the
//! cost at its least.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;

use crate::engine::duty::OfficerDuty;
use crate::engine::lottery::{Key, Ticket};
use crate::engine::pace::at_once;
use crate::model::{CandidateId, OfficerId};

mod network;
pub mod reason;

use network::{Network, Seats};

/// Millionths that an officer's presence is divided into.
const WEIGHT_WHOLE: u64 = 1_000_000;

/// A lead and a member for each visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teams {
    /// Σ over officers of weight × load²; the least possible.
    pub cost: u64,
    /// Lead and member of each visit.
    pub teams: BTreeMap<CandidateId, (OfficerId, OfficerId)>,
}

/// Visits that contest too few officers (a Hall violator; Dulmage and Mendelsohn 1958).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// The visits, in order of id.
    pub visits: Vec<CandidateId>,
    /// Their days, in order.
    pub days: Vec<NaiveDate>,
    /// The officers they contest, in order of id.
    pub officers: Vec<OfficerId>,
}

/// Officers in the order of a visit's own list: tickets of unit id and officer id.
#[must_use]
pub fn officer_list<'a>(
    unit: &CandidateId,
    officers: &'a [OfficerDuty],
    key: &Key,
) -> Vec<&'a OfficerDuty> {
    let mut list: Vec<&OfficerDuty> = officers.iter().collect();
    list.sort_by_cached_key(|officer| {
        (
            key.ticket(&[unit.as_str(), officer.id.as_str()]),
            officer.id.clone(),
        )
    });
    list
}

/// Weight of each officer: ⌊10⁶ / working days on which they are present⌋, so
/// that the least cost spreads visits in proportion to presence.
fn weights(officers: &[OfficerDuty], days: &[NaiveDate]) -> Vec<u64> {
    let weight = |officer: &OfficerDuty| {
        let present = days.iter().filter(|day| officer.is_present(**day)).count() as u64;
        WEIGHT_WHOLE / present.max(1)
    };
    officers.iter().map(weight).collect()
}

/// Gives each visit its team (engine.md, section 5).
///
/// `visits`: unit and its day; `days`: the month's working days; `key` of
/// `team/N`. Least cost by successive shortest paths over convex costs (Ahuja,
/// Magnanti and Orlin 1993, ch. 14); then each slot in lottery order takes the
/// earliest officer of its list that a zero-cost cycle of the residual network
/// can bring to it.
///
/// # Errors
/// [`Contested`] if no permitted plan exists.
///
/// # Panics
/// Never: indices come from the slices given.
pub fn assign_teams(
    visits: &BTreeMap<CandidateId, NaiveDate>,
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    per_day: u32,
    key: &Key,
) -> Result<Teams, Contested> {
    at_once(assign(visits, days, officers, per_day, key, async || ()))
}

/// Work between two rests: officers listed, or nodes of the network looked at.
const STEP_WORK: usize = 10_000;

/// [`assign_teams`], which now and then asks for `rest`.
pub(crate) async fn assign(
    visits: &BTreeMap<CandidateId, NaiveDate>,
    days: &[NaiveDate],
    officers: &[OfficerDuty],
    per_day: u32,
    key: &Key,
    rest: impl AsyncFn(),
) -> Result<Teams, Contested> {
    // In lottery order.
    let mut order: Vec<(Ticket, CandidateId, NaiveDate)> = visits
        .iter()
        .map(|(unit, day)| (key.ticket(&[unit.as_str()]), unit.clone(), *day))
        .collect();
    order.sort_unstable();
    let mut listed = Vec::with_capacity(order.len());
    for visits in order.chunks((STEP_WORK / officers.len().max(1)).max(1)) {
        let of =
            |(_, unit, day): &(Ticket, CandidateId, NaiveDate)| seats(unit, *day, officers, key);
        listed.extend(visits.iter().map(of));
        rest().await;
    }
    let mut network = Network::new(listed, weights(officers, days), leads(officers), per_day);
    let mut is_full = true;
    for slots in parts(&network) {
        is_full &= network.fill(slots);
        rest().await;
    }
    if !is_full {
        return Err(contested(&network, &order, officers));
    }
    for slots in parts(&network) {
        network.settle(slots);
        rest().await;
    }
    Ok(teams(&network, &order, officers))
}

/// The slots of a network, as many at a time as [`STEP_WORK`] is enough for.
fn parts(network: &Network) -> impl Iterator<Item = Range<usize>> + use<> {
    let (count, slots) = (network.slots_within(STEP_WORK), network.slots());
    let begins = (0..slots).step_by(count);
    begins.map(move |begin| begin..slots.min(begin + count))
}

/// The teams of a network that is filled and settled.
fn teams(
    network: &Network,
    order: &[(Ticket, CandidateId, NaiveDate)],
    officers: &[OfficerDuty],
) -> Teams {
    let team = |(visit, (_, unit, _)): (usize, &(Ticket, CandidateId, NaiveDate))| {
        let (lead, member) = network.team(visit);
        (
            unit.clone(),
            (officers[lead].id.clone(), officers[member].id.clone()),
        )
    };
    Teams {
        cost: network.cost(),
        teams: order.iter().enumerate().map(team).collect(),
    }
}

/// Whether the visits of one day can have teams at all: [`assign_teams`] of a month
/// fails just where one of its days does, because an officer's visits are limited
/// day by day.
pub(crate) fn day_has_teams(
    units: &[&CandidateId],
    day: NaiveDate,
    officers: &[OfficerDuty],
    per_day: u32,
) -> bool {
    let seats = units.iter().map(|unit| Seats {
        day,
        // In which order they are tried does not matter to whether they suffice.
        list: (0..officers.len())
            .filter(|at| officers[*at].may_visit(unit, day))
            .collect(),
    });
    // All visits cost nothing, so each search ends at the first officer with room.
    let weights = vec![0; officers.len()];
    let mut network = Network::new(seats.collect(), weights, leads(officers), per_day);
    // A slot that no path can fill is filled by no later one either.
    (0..network.slots()).all(|slot| network.fill(slot..slot + 1))
}

/// Whether each officer may lead.
fn leads(officers: &[OfficerDuty]) -> Vec<bool> {
    officers.iter().map(|officer| officer.lead).collect()
}

/// The officers permitted for a visit, in the order of its list.
fn seats(unit: &CandidateId, day: NaiveDate, officers: &[OfficerDuty], key: &Key) -> Seats {
    let permitted = (0..officers.len()).filter(|at| officers[*at].may_visit(unit, day));
    let mut list: Vec<(Ticket, usize)> = permitted
        .map(|at| (key.ticket(&[unit.as_str(), officers[at].id.as_str()]), at))
        .collect();
    list.sort_unstable();
    Seats {
        day,
        list: list.into_iter().map(|entry| entry.1).collect(),
    }
}

/// Names what a network that cannot be filled lacks.
fn contested(
    network: &Network,
    order: &[(Ticket, CandidateId, NaiveDate)],
    officers: &[OfficerDuty],
) -> Contested {
    let (visits, reached) = network.contested();
    let mut days: Vec<NaiveDate> = visits.iter().map(|visit| order[*visit].2).collect();
    let mut units: Vec<CandidateId> = visits.iter().map(|visit| order[*visit].1.clone()).collect();
    let mut names: Vec<OfficerId> = reached.iter().map(|at| officers[*at].id.clone()).collect();
    days.sort_unstable();
    days.dedup();
    units.sort_unstable();
    names.sort_unstable();
    Contested {
        visits: units,
        days,
        officers: names,
    }
}
