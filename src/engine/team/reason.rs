//! Why a visit has its team: its own list of officers in order of ticket, and
//! for each officer why he was taken or passed over.
//!
//! The rule is: each slot takes the earliest officer of the visit's list for
//! whom a permitted plan of least cost exists that keeps all earlier choices.
//! So an officer who was passed over is either not permitted, or every plan
//! that keeps the earlier choices and takes him costs more, or there is none.
//! Which of these it was is worked out by forcing him into the slot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::network::{Network, Seats};
use super::{leads, seats, weights};
use crate::engine::duty::OfficerDuty;
use crate::engine::lottery::{Key, Ticket};
use crate::model::{CandidateId, OfficerId};

/// What the teams of a month follow from, and the teams.
#[derive(Debug, Clone, Copy)]
pub struct TeamRecord<'a> {
    /// Unit and day of each visit that has a team.
    pub visits: &'a BTreeMap<CandidateId, NaiveDate>,
    /// The month's working days.
    pub days: &'a [NaiveDate],
    /// The officers.
    pub officers: &'a [OfficerDuty],
    /// Visits an officer may make a day.
    pub per_day: u32,
    /// The key of `team/N`.
    pub key: &'a Key,
    /// Lead and member of each visit.
    pub teams: &'a BTreeMap<CandidateId, (OfficerId, OfficerId)>,
}

/// Why an officer got a slot, or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Takes the slot.
    Taken,
    /// Behind the one who takes it.
    NotReached,
    /// Away that day.
    Absent,
    /// The certificate is not valid that day.
    CertificateEnded {
        /// Its last day.
        until: NaiveDate,
    },
    /// Must keep away from the unit.
    Avoids,
    /// Not qualified to lead, and the slot is the lead's.
    MayNotLead,
    /// Leads this visit already.
    LeadsAlready,
    /// Has as many visits that day, from choices made before, as are permitted.
    DayFull {
        /// These visits, in order of id.
        visits: Vec<CandidateId>,
    },
    /// With him here, no permitted plan is left: another visit needs him.
    NeededElsewhere,
    /// With him here, the cheapest plan costs more: loads would be less even.
    CostsMore {
        /// By how much.
        more: u64,
    },
}

/// An officer on a visit's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The officer.
    pub officer: OfficerId,
    /// The ticket of unit and officer.
    pub ticket: Ticket,
    /// As lead.
    pub as_lead: Choice,
    /// As member.
    pub as_member: Choice,
    /// His visits of the month, by the plan.
    pub load: u32,
    /// Working days of the month on which he is present.
    pub present: u32,
}

/// Why a visit has its team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamReason {
    /// The day of the visit.
    pub day: NaiveDate,
    /// Its place in the order in which visits choose, from 1.
    pub turn: u32,
    /// How many visits choose.
    pub turns: u32,
    /// All officers in the order of the visit's own list.
    pub list: Vec<Listed>,
    /// The least cost of the month.
    pub cost: u64,
}

/// Why the visit to `unit` has its team; `None` if it has none by this record.
///
/// O(officers × cost of a month's teams): for one visit at a time.
///
/// ```
/// use std::collections::{BTreeMap, BTreeSet};
/// use double_random::engine::duty::OfficerDuty;
/// use double_random::engine::lottery::{Purpose, Seed, key, sha256};
/// use double_random::engine::team::assign_teams;
/// use double_random::engine::team::reason::{Choice, TeamRecord, team_reason};
/// use double_random::model::{OfficerId, CandidateId};
/// let officer = |id: &str, lead| OfficerDuty {
///     id: OfficerId::new(id).expect("an id"),
///     lead,
///     certificate_until: None,
///     absent: BTreeSet::new(),
///     avoid: BTreeSet::new(),
/// };
/// let officers = [officer("P01", true), officer("P02", false)];
/// let unit = CandidateId::new("NG-00001")?;
/// let days = ["2026-08-03".parse().expect("a date")];
/// let visits = BTreeMap::from([(unit.clone(), days[0])]);
/// let key = key(&Purpose::Team(0), Seed(sha256(b"example").0));
/// let teams = assign_teams(&visits, &days, &officers, 1, &key).expect("a pair").teams;
/// let record = TeamRecord { visits: &visits, days: &days, officers: &officers, per_day: 1, key: &key, teams: &teams };
/// let reason = team_reason(&record, &unit).expect("it has a team");
/// let second = reason.list.iter().find(|listed| listed.officer.as_str() == "P02").expect("is listed");
/// assert_eq!(second.as_member, Choice::Taken);
/// # Ok::<(), double_random::model::IdError>(())
/// ```
#[must_use]
pub fn team_reason(record: &TeamRecord, unit: &CandidateId) -> Option<TeamReason> {
    let day = *record.visits.get(unit)?;
    let case = Case::new(record)?;
    let visit = case.order.iter().position(|id| *id == unit)?;
    let tickets = list_tickets(record, unit);
    let as_lead = case.choices(2 * visit, &tickets);
    let as_member = case.choices(2 * visit + 1, &tickets);
    let listed = tickets.into_iter().zip(as_lead).zip(as_member);
    let list = listed.map(|(((ticket, at), as_lead), as_member)| Listed {
        officer: record.officers[at].id.clone(),
        ticket,
        as_lead,
        as_member,
        load: case.load(at),
        present: case.present(at),
    });
    Some(TeamReason {
        day,
        turn: visit as u32 + 1,
        turns: case.order.len() as u32,
        list: list.collect(),
        cost: case.cost(),
    })
}

/// All officers by their tickets for a unit, with their places in the register.
fn list_tickets(record: &TeamRecord, unit: &CandidateId) -> Vec<(Ticket, usize)> {
    let ticket = |(at, officer): (usize, &OfficerDuty)| {
        let parts = [unit.as_str(), officer.id.as_str()];
        (record.key.ticket(&parts), at)
    };
    let mut list: Vec<_> = record.officers.iter().enumerate().map(ticket).collect();
    list.sort_unstable();
    list
}

/// The month as the network sees it.
struct Case<'a> {
    record: &'a TeamRecord<'a>,
    /// The visits in lottery order.
    order: Vec<&'a CandidateId>,
    /// The officer of each slot, 2v and 2v + 1 lead and member of visit v.
    holders: Vec<usize>,
}

impl<'a> Case<'a> {
    /// `None` if a visit has no team, or an officer of one is not in the register.
    fn new(record: &'a TeamRecord) -> Option<Self> {
        let mut order: Vec<(Ticket, &CandidateId)> = record
            .visits
            .keys()
            .map(|unit| (record.key.ticket(&[unit.as_str()]), unit))
            .collect();
        order.sort_unstable();
        let place = |id: &OfficerId| record.officers.iter().position(|other| other.id == *id);
        let mut holders = Vec::with_capacity(2 * order.len());
        for (_, unit) in &order {
            let (lead, member) = record.teams.get(*unit)?;
            holders.extend([place(lead)?, place(member)?]);
        }
        let order = order.into_iter().map(|visit| visit.1).collect();
        Some(Self {
            record,
            order,
            holders,
        })
    }

    fn day(&self, visit: usize) -> NaiveDate {
        self.record.visits[self.order[visit]]
    }

    fn load(&self, officer: usize) -> u32 {
        self.holders.iter().filter(|at| **at == officer).count() as u32
    }

    fn present(&self, officer: usize) -> u32 {
        let officer = &self.record.officers[officer];
        let days = self.record.days.iter();
        days.filter(|day| officer.is_present(**day)).count() as u32
    }

    fn cost(&self) -> u64 {
        let weights = weights(self.record.officers, self.record.days);
        let cost = |(at, weight): (usize, u64)| weight * u64::from(self.load(at)).pow(2);
        weights.into_iter().enumerate().map(cost).sum()
    }

    /// The network with all slots before `slot` fixed as they were chosen.
    fn network_before(&self, slot: usize) -> Network {
        let record = self.record;
        let seats: Vec<Seats> = self
            .order
            .iter()
            .map(|unit| seats(unit, record.visits[*unit], record.officers, record.key))
            .collect();
        let weights = weights(record.officers, record.days);
        let mut network = Network::new(seats, weights, leads(record.officers), record.per_day);
        for earlier in 0..slot {
            network.fix(earlier, self.holders[earlier]);
        }
        network
    }

    /// Why each officer of a list, in its order, got `slot` or did not.
    fn choices(&self, slot: usize, list: &[(Ticket, usize)]) -> Vec<Choice> {
        let holder = self.holders[slot];
        let mut is_taken = false;
        let choice = |&(_, officer): &(Ticket, usize)| {
            if officer == holder {
                is_taken = true;
                return Choice::Taken;
            }
            match self.forbidden(slot, officer) {
                Some(why) => why,
                None if is_taken => Choice::NotReached,
                None => self.passed_over(slot, officer),
            }
        };
        list.iter().map(choice).collect()
    }

    /// Why the rules do not let an officer take a slot at all.
    fn forbidden(&self, slot: usize, officer: usize) -> Option<Choice> {
        let (unit, day) = (self.order[slot / 2], self.day(slot / 2));
        let duty = &self.record.officers[officer];
        let is_lead = slot.is_multiple_of(2);
        match duty.certificate_until {
            _ if duty.absent.contains(&day) => Some(Choice::Absent),
            Some(until) if until < day => Some(Choice::CertificateEnded { until }),
            _ if duty.avoid.contains(unit) => Some(Choice::Avoids),
            _ if is_lead && !duty.lead => Some(Choice::MayNotLead),
            _ if !is_lead && self.holders[slot - 1] == officer => Some(Choice::LeadsAlready),
            _ => None,
        }
    }

    /// Why a permitted officer was passed over.
    fn passed_over(&self, slot: usize, officer: usize) -> Choice {
        let day = self.day(slot / 2);
        let earlier = (0..slot)
            .filter(|earlier| self.holders[*earlier] == officer && self.day(earlier / 2) == day);
        let earlier: BTreeSet<CandidateId> = earlier.map(|at| self.order[at / 2].clone()).collect();
        if earlier.len() as u32 >= self.record.per_day {
            return Choice::DayFull {
                visits: earlier.into_iter().collect(),
            };
        }
        let mut network = self.network_before(slot);
        if !network.fix(slot, officer) || !network.fill(0..network.slots()) {
            return Choice::NeededElsewhere;
        }
        Choice::CostsMore {
            more: network.cost().saturating_sub(self.cost()),
        }
    }
}
