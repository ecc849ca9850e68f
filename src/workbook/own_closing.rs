//! A drawn institution or engineer that proves closed or gone gives way as a drawn unit does
//! ([`closed_unit`](super::closed_unit)): only to proof, confirmed by two who were not to go
//! or by a record. It leaves its register, its check is void, and the first of the reserve of
//! its own draw steps in that is still in use and was not drawn this year, with the officers
//! who were to go; nobody chooses. Where there is none the record says so, and what lacks is
//! drawn by the next draw.

use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::OwnVisitClosed;
use super::kept::Kept;
use super::own_visit::{OwnClosed, OwnStepsIn, OwnVisit, OwnVisitId};
use super::plan_change::Confirmation;
use super::refusal::{ActionError, DrawError, OwnRule, PlanRule};
use super::request::{CloseOwnVisit, Withdrawal};
use super::{DrawRecord, Workbook};
use crate::engine::after::DrawnPool;
use crate::engine::occasion::OwnRegister;
use crate::model::{Agency, CandidateId, Engineer};

/// Who steps in, as it is reckoned; by itself nobody.
#[derive(Default)]
struct SteppingIn {
    found: Option<(CandidateId, u32)>,
    passed_over: Vec<CandidateId>,
    reserve: u32,
}

impl Workbook {
    /// The pool from which its draw chose a check, or the one for which it stepped in.
    fn own_pool_of<'a>(&self, draw: &'a DrawRecord, visit: &OwnVisit) -> Option<DrawnPool<'a>> {
        let mut first = visit;
        // Each stepped in at a later rank than the one before, so that the chain ends.
        while let Some(step) = &first.steps_in {
            let (draw, record) = (first.id.draw, step.instead_of.clone());
            let before = self.own_visit(&OwnVisitId { draw, record })?;
            let rank = |visit: &OwnVisit| visit.steps_in.as_ref().map_or(0, |step| step.rank);
            if rank(before) >= step.rank {
                return None;
            }
            first = before;
        }
        let groups = &draw.drawn.as_ref()?.result.groups;
        let is_chosen = |id: &CandidateId| *id == first.id.record;
        let mut groups = groups.iter();
        let drew = groups.find(|group| group.draw.drawn.iter().any(|it| is_chosen(&it.unit)))?;
        let (sizes, snapshot) = (&draw.sizes, &draw.register.snapshot);
        draw.occasion.drawn_pool(drew.group, sizes, snapshot)
    }

    /// The reserve behind the draw that chose a check, in order of rank, and the rank of its
    /// first: so anybody can reckon it again.
    #[must_use]
    pub fn own_reserve_of(&self, visit: &OwnVisit) -> Option<(u32, Vec<CandidateId>)> {
        let draw = self.draw(visit.id.draw)?;
        let pool = self.own_pool_of(draw, visit)?;
        Some(pool.reserve(draw.drawn.as_ref()?.result.seed, u32::MAX))
    }

    fn own_stepping_in(&self, visit: &OwnVisit, register: OwnRegister) -> SteppingIn {
        let Some((first, reserve)) = self.own_reserve_of(visit) else {
            return SteppingIn::default();
        };
        let year = visit.id.draw.year;
        let is_open = |id: &CandidateId| {
            let is_in_use = register
                .record(self, id)
                .is_some_and(|(_, is_active)| is_active);
            is_in_use && self.own_visit_to(year, register, id).is_none()
        };
        let at = reserve.iter().position(is_open);
        SteppingIn {
            found: at.map(|at| (reserve[at].clone(), first + at as u32)),
            passed_over: reserve[..at.unwrap_or_default()].to_vec(),
            reserve: reserve.len() as u32,
        }
    }

    pub(super) fn close_own(&mut self, request: CloseOwnVisit, context: &Context) -> Outcome {
        let id = request.visit.clone();
        self.check_year_open(id.draw.year)?;
        let none = || DrawError::NoOwnVisit {
            id: id.record.to_string(),
        };
        let visit = self.own_visit(&id).ok_or_else(none)?;
        let register = self.draw(id.draw).and_then(DrawRecord::own_register);
        let register = register.ok_or_else(none)?;
        self.check_own_closing(visit, register, &request, context)?;
        let next = self.own_stepping_in(visit, register);
        let closed = OwnClosed {
            at: context.now,
            who: context.who.clone(),
            why: request.evidence.trim().to_owned(),
            approver: request.approver.trim().to_owned(),
            ground: request.ground,
            confirmed: request.confirmed,
            replaced_by: next.found.as_ref().map(|found| found.0.clone()),
            passed_over: next.passed_over,
            reserve: next.reserve,
        };
        let stepping_in = next.found.map(|(record, rank)| OwnVisit {
            id: OwnVisitId {
                draw: id.draw,
                record,
            },
            team: visit.team.clone(),
            made: None,
            changes: Vec::new(),
            closed: None,
            steps_in: Some(OwnStepsIn {
                instead_of: id.record.clone(),
                rank,
            }),
            extra: Map::new(),
        });
        let event = Event::CloseOwnVisit(OwnVisitClosed {
            register,
            record: id.record.clone(),
            draw: id.draw.number,
            ground: closed.ground,
            confirmed: closed.confirmed.clone(),
            approver: closed.approver.clone(),
            replaced_by: closed.replaced_by.clone(),
            passed_over: closed.passed_over.len(),
        });
        let why = closed.why.clone();
        self.retire_own(register, &id.record, &closed);
        if let Some(visit) = self.own_visit_mut(&id) {
            visit.closed = Some(closed);
        }
        if let (Some(visit), Some(year)) = (stepping_in, self.year_mut(id.draw.year))
            && let Err(at) = year.own_visits.binary_search_by(|it| it.id.cmp(&visit.id))
        {
            year.own_visits.insert(at, visit);
        }
        Ok((Applied::done(), Entry::new(event, why)))
    }

    fn check_own_closing(
        &self,
        visit: &OwnVisit,
        register: OwnRegister,
        request: &CloseOwnVisit,
        context: &Context,
    ) -> Result<(), ActionError> {
        let refused = |rule| {
            let id = visit.id.record.to_string();
            let rule = OwnRule::Closing(rule);
            ActionError::from(DrawError::OwnVisit { id, rule })
        };
        if visit.made.is_some() || visit.closed.is_some() {
            return Err(refused(PlanRule::NotPending));
        }
        // A pool that is frozen for a draw may draw the one that would step in.
        let open = self.open_draw_record();
        if let Some(open) = open.filter(|it| it.own_register() == Some(register)) {
            let number = open.number;
            return Err(ActionError::DrawOpen { number });
        }
        let date = request.confirmed.on();
        if date > context.now.date() {
            return Err(ActionError::CheckAhead { date });
        }
        match &request.confirmed {
            Confirmation::Record { record, .. } => require(record, ActionError::NoReason)?,
            Confirmation::Pair { officers, .. } => {
                let team = visit.team.as_ref().map(|team| [&team.lead, &team.member]);
                self.check_second_pair(officers, team).map_err(refused)?;
            }
        }
        require(&request.evidence, ActionError::NoReason)?;
        require(&request.approver, ActionError::NoApprover)
    }

    /// Takes a record out of use, unless it is already.
    fn retire_own(&mut self, register: OwnRegister, id: &CandidateId, closed: &OwnClosed) {
        fn of<T: Kept>(book: &mut Workbook, id: &str, withdrawal: &Withdrawal) {
            let all = T::all_mut(book).0;
            if let Ok(at) = all.binary_search_by(|known| known.id_str().cmp(id))
                && all[at].status().is_active()
            {
                all[at].status_mut().withdraw(withdrawal);
            }
        }
        let withdrawal = Withdrawal {
            since: closed.at.date(),
            reason: closed.why.clone(),
            approver: closed.approver.clone(),
        };
        match register {
            OwnRegister::Agencies => of::<Agency>(self, id.as_str(), &withdrawal),
            OwnRegister::Engineers => of::<Engineer>(self, id.as_str(), &withdrawal),
        }
    }

    /// Whether what is said of a check's closing and stepping in is what the draw's record
    /// gives: the first of its reserve that was not passed over.
    pub(super) fn is_own_rightly_replaced(&self, visit: &OwnVisit) -> bool {
        let named = |record: &CandidateId| {
            let (draw, record) = (visit.id.draw, record.clone());
            self.own_visit(&OwnVisitId { draw, record })
        };
        let steps_in = visit.steps_in.as_ref().is_none_or(|step| {
            let closed = named(&step.instead_of).and_then(|it| it.closed.as_ref());
            closed.is_some_and(|it| it.replaced_by.as_ref() == Some(&visit.id.record))
        });
        let Some(closed) = &visit.closed else {
            return steps_in;
        };
        let Some(next) = &closed.replaced_by else {
            return steps_in && visit.made.is_none();
        };
        let rank = named(next).and_then(|it| it.steps_in.as_ref());
        let rank = rank.filter(|step| step.instead_of == visit.id.record);
        let reserve = self.own_reserve_of(visit);
        let (Some(step), Some((first, reserve))) = (rank, reserve) else {
            return false;
        };
        let passed = closed.passed_over.iter().chain([next]);
        let count = closed.passed_over.len();
        steps_in
            && visit.made.is_none()
            && step.rank == first + count as u32
            && passed.eq(reserve.iter().take(count + 1))
    }
}
