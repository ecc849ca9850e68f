//! Checks of service institutions and fire engineers that a draw chose: a record each, with
//! the team that the lottery gave it and what came of it.
//!
//! The certificate of such a draw knows no days and no officers. So the team follows from
//! the draw's seed by a rule of its own ([`Workbook::own_teams`]), fixed when the draw is
//! recorded, and the officer in charge sets the day. Checked by other officers, or along
//! with a unit's visit (R8), the entry says so.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::kept::Kept as _;
use super::plan_change::{ClosedGround, Confirmation};
use super::visit::DrawId;
use super::{DrawRecord, VisitState, Workbook};
use crate::engine::duty::OfficerDuty;
use crate::engine::lottery::{Purpose, Seed, key};
use crate::engine::occasion::{Occasion, OwnRegister};
use crate::model::{Agency, CandidateId, Engineer, Finding, OfficerId, UnitId};

/// The name of such a check: the draw that chose it, and the record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnVisitId {
    pub draw: DrawId,
    /// Its id in its register.
    pub record: CandidateId,
}

/// Two officers who make a check.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnTeam {
    /// 主办.
    pub lead: OfficerId,
    /// 协办.
    pub member: OfficerId,
}

/// When a check was made, by whom, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnMade {
    /// The day.
    pub date: NaiveDate,
    /// Who made it.
    pub team: OwnTeam,
    /// What it found.
    pub finding: Finding,
    /// 随单位检查一并检查: the unit that was visited that day (R8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_unit: Option<UnitId>,
    /// What is said to it; why others made it than the lottery chose.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A change of such an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnChange {
    /// When, in local time.
    pub at: NaiveDateTime,
    pub who: String,
    pub why: String,
    /// What was entered before.
    pub before: OwnMade,
    /// What is right; none: it was not made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<OwnMade>,
}

/// 作废: it proved closed before it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnClosed {
    /// When, in local time.
    pub at: NaiveDateTime,
    pub who: String,
    /// The evidence.
    pub why: String,
    pub approver: String,
    pub ground: ClosedGround,
    pub confirmed: Confirmation,
    /// Who stepped in for it; none: nobody of the reserve could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<CandidateId>,
    /// Those of the reserve before it, in order of rank: out of use, or drawn already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<CandidateId>,
    /// How many stood in the reserve.
    pub reserve: u32,
}

/// 递补: it stepped in for one that proved closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnStepsIn {
    pub instead_of: CandidateId,
    /// Its rank in the draw.
    pub rank: u32,
}

/// A check that a draw chose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct OwnVisit {
    /// Its name.
    pub id: OwnVisitId,
    /// Whom the lottery sends; none where no two officers were there for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<OwnTeam>,
    /// What was made; none: still to be made, or void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<OwnMade>,
    /// Corrections of the entry, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<OwnChange>,
    /// That it proved closed before it was checked: it stays void, whatever becomes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<OwnClosed>,
    /// For whom it stepped in, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps_in: Option<OwnStepsIn>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl OwnRegister {
    /// The name of one of its records, and whether it is in use.
    #[must_use]
    pub fn record<'a>(self, book: &'a Workbook, id: &CandidateId) -> Option<(&'a str, bool)> {
        let id = id.as_str();
        match self {
            Self::Agencies => Agency::find(book, id).map(named),
            Self::Engineers => Engineer::find(book, id).map(named),
        }
    }

    /// The ids of its records in use.
    #[must_use]
    pub fn active(self, book: &Workbook) -> Vec<CandidateId> {
        fn of<T: super::kept::Kept>(book: &Workbook) -> Vec<CandidateId> {
            let active = T::all(book).iter().filter(|it| it.status().is_active());
            let ids = active.filter_map(|it| CandidateId::new(it.id_str()).ok());
            ids.collect()
        }
        match self {
            Self::Agencies => of::<Agency>(book),
            Self::Engineers => of::<Engineer>(book),
        }
    }
}

fn named<T: super::kept::Kept>(record: &T) -> (&str, bool) {
    (record.name(), record.status().is_active())
}

impl DrawRecord {
    /// The register from which it draws, where that is not the units'.
    #[must_use]
    pub const fn own_register(&self) -> Option<OwnRegister> {
        match &self.occasion {
            Occasion::Register(draw) => Some(draw.register),
            Occasion::Month | Occasion::Supplementary(_) | Occasion::Campaign(_) => None,
        }
    }
}

impl OwnVisit {
    /// The state, given whether its record is in use.
    fn state_of(&self, is_active: bool) -> OwnState<'_> {
        match &self.made {
            Some(made) => OwnState::Made(made),
            None if is_active && self.closed.is_none() => OwnState::Pending,
            None => OwnState::Void,
        }
    }
}

/// Where such a check stands; as [`VisitState`] of a unit's visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnState<'a> {
    /// Still to be made.
    Pending,
    Made(&'a OwnMade),
    /// 作废: its record left the register before it was made.
    Void,
}

impl Workbook {
    /// The checks that the draws of a year from a register chose, in order of draw and id.
    pub fn own_visits(&self, year: i32, register: OwnRegister) -> impl Iterator<Item = &OwnVisit> {
        let of_year = self.year(year).into_iter();
        of_year.flat_map(|it| &it.own_visits).filter(move |visit| {
            let draw = self.draw(visit.id.draw);
            draw.and_then(DrawRecord::own_register) == Some(register)
        })
    }

    /// Where a check stands.
    #[must_use]
    pub fn own_state<'a>(&self, visit: &'a OwnVisit) -> OwnState<'a> {
        let register = self.draw(visit.id.draw).and_then(DrawRecord::own_register);
        let record = register.and_then(|register| register.record(self, &visit.id.record));
        visit.state_of(record.is_some_and(|(_, is_active)| is_active))
    }

    /// The check with this name.
    #[must_use]
    pub fn own_visit(&self, id: &OwnVisitId) -> Option<&OwnVisit> {
        let visits = &self.year(id.draw.year)?.own_visits;
        let at = visits.binary_search_by(|visit| visit.id.cmp(id)).ok()?;
        visits.get(at)
    }

    /// The ids of the records that a draw chose from its own register, in order.
    pub(super) fn own_chosen(draw: &DrawRecord) -> Vec<OwnVisitId> {
        if draw.own_register().is_none() {
            return Vec::new();
        }
        let groups = draw.drawn.iter().flat_map(|drawn| &drawn.result.groups);
        let drawn = groups.flat_map(|group| &group.draw.drawn);
        let mut ids: Vec<OwnVisitId> = drawn
            .map(|candidate| OwnVisitId {
                draw: draw.id(),
                record: candidate.unit.clone(),
            })
            .collect();
        ids.sort();
        ids
    }

    /// The checks that a draw chose, each with its team, as the draw is recorded.
    pub(super) fn own_visits_chosen(&self, draw: &DrawRecord) -> Vec<OwnVisit> {
        let teams = self.own_teams(draw);
        let visit = |id: OwnVisitId| OwnVisit {
            team: teams.get(&id.record).cloned(),
            id,
            made: None,
            changes: Vec::new(),
            closed: None,
            steps_in: None,
            extra: Map::new(),
        };
        Self::own_chosen(draw).into_iter().map(visit).collect()
    }

    /// The teams of a draw from a register of its own: in order of lottery number each
    /// check takes, of those who have been taken least often so far in this draw, the
    /// officer earliest on its own list (tickets with key `team/0` and parts record id,
    /// officer id); the lead among those qualified to lead, then the member among the rest.
    /// Those count who may make visits and whose certificate is valid on the day of the draw.
    ///
    /// So nobody chooses who goes, loads differ by one at most as long as enough may lead,
    /// and anybody can work it out again from seed and officers. The certificate does not
    /// hold it.
    #[must_use]
    pub fn own_teams(&self, draw: &DrawRecord) -> BTreeMap<CandidateId, OwnTeam> {
        let mut teams = BTreeMap::new();
        let Some(drawn) = draw
            .drawn
            .as_ref()
            .filter(|_| draw.own_register().is_some())
        else {
            return teams;
        };
        let day = drawn.at.date();
        let is_valid =
            |officer: &OfficerDuty| officer.certificate_until.is_none_or(|until| day <= until);
        let mut officers = self.duties(draw.month);
        officers.retain(is_valid);
        let mut loads = vec![0_u32; officers.len()];
        let groups = drawn.result.groups.iter();
        for candidate in groups.flat_map(|group| &group.draw.drawn) {
            let order = places_in_order(&officers, drawn.result.seed, &candidate.unit);
            let least = |loads: &[u32], may: &dyn Fn(usize) -> bool| {
                let open = order.iter().copied().filter(|at| may(*at));
                open.min_by_key(|at| loads[*at])
            };
            let Some(lead) = least(&loads, &|at| officers[at].lead) else {
                continue;
            };
            let Some(member) = least(&loads, &|at| at != lead) else {
                continue;
            };
            loads[lead] += 1;
            loads[member] += 1;
            let [lead, member] = [lead, member].map(|at| officers[at].id.clone());
            teams.insert(candidate.unit.clone(), OwnTeam { lead, member });
        }
        teams
    }

    /// The team of a check on a day: the one by lot, and for whoever is away then the next on
    /// the check's own list who is there; none where no two are.
    #[must_use]
    pub fn own_team_on(&self, visit: &OwnVisit, day: NaiveDate) -> Option<OwnTeam> {
        let draw = self.draw(visit.id.draw)?;
        let officers = self.duties(draw.month);
        let order = places_in_order(
            &officers,
            draw.drawn.as_ref()?.result.seed,
            &visit.id.record,
        );
        let there: Vec<&OfficerDuty> = order
            .into_iter()
            .map(|at| &officers[at])
            .filter(|officer| officer.is_present(day))
            .collect();
        let team = visit.team.as_ref();
        let is_there = |id: &OfficerId| there.iter().any(|officer| officer.id == *id);
        let next = |but: Option<&OfficerId>, may_lead: bool| {
            let mut open = there.iter();
            let found = open.find(|it| Some(&it.id) != but && (it.lead || !may_lead));
            found.map(|officer| officer.id.clone())
        };
        let [lead, member] = [team.map(|it| &it.lead), team.map(|it| &it.member)]
            .map(|id| id.filter(|id| is_there(id)).cloned());
        let lead = lead
            .or_else(|| next(member.as_ref(), true))
            .or_else(|| next(None, true))?;
        let member = member.filter(|id| *id != lead);
        let member = member.or_else(|| next(Some(&lead), false))?;
        Some(OwnTeam { lead, member })
    }

    /// The last visit to a unit that was made, with the officers of its plan: along with it
    /// others may have been checked.
    #[must_use]
    pub fn visit_made_to(&self, unit: &UnitId) -> Option<(NaiveDate, OwnTeam)> {
        let known = self.unit(unit);
        let mut visits = self.visits_to(unit).rev();
        visits.find_map(|visit| {
            let VisitState::Made(made) = visit.state(known) else {
                return None;
            };
            let next_year = DrawId::new(visit.id.draw.year + 1, 0);
            let planned = self.planned_visit(unit, next_year)?;
            let (lead, member) = (planned.lead.clone(), planned.member.clone());
            Some((made.date, OwnTeam { lead, member }))
        })
    }
}

/// Places of the officers in the order of a check's own list.
fn places_in_order(officers: &[OfficerDuty], seed: Seed, record: &CandidateId) -> Vec<usize> {
    let key = key(&Purpose::Team(0), seed);
    let ticket = |at: &usize| key.ticket(&[record.as_str(), officers[*at].id.as_str()]);
    let mut order: Vec<usize> = (0..officers.len()).collect();
    order.sort_by_cached_key(|at| (ticket(at), officers[*at].id.clone()));
    order
}
