//! 单位已关闭: a drawn unit gives way only to proof that it is closed or does not exist.
//!
//! The unit leaves the register, its visit is void, and the first of the reserve of its own
//! draw steps in that may be inspected and that a permitted pair can visit; nobody chooses.
//! Where there is none the record says so, and the next draw makes it up. Whoever holds the
//! draw's record can reckon again who stands next in the reserve ([`Workbook::reserve_of`]).

use chrono::NaiveDate;
use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::VisitClosed;
use super::plan_change::{Confirmation, PassedOver, PassedWhy, PlanChange, PlanChangeKind};
use super::plan_desk::refusal;
use super::plan_now::MonthNow;
use super::refusal::{ActionError, DrawError, PlanRule};
use super::request::CloseVisit;
use super::{DrawRecord, Visit, VisitId, VisitSource, Workbook};
use crate::engine::after::{DrawnPool, Replacement, replacement};
use crate::engine::month::PlannedVisit;
use crate::engine::snapshot::Snapshot;
use crate::model::{CandidateId, OfficerId, Unit, UnitStatus};

/// Who steps in, as it is reckoned; by itself nobody.
#[derive(Default)]
struct SteppingIn {
    found: Option<Replacement>,
    passed_over: Vec<PassedOver>,
    reserve: u32,
}

impl Workbook {
    /// The visit that its draw chose, where replacements of replacements began.
    fn first_of_chain<'a>(&'a self, visit: &'a Visit) -> &'a Visit {
        let first = visit.plan_changes.first().map(|change| &change.kind);
        let Some(PlanChangeKind::StepsIn { instead_of, .. }) = first else {
            return visit;
        };
        let before = VisitId {
            draw: visit.id.draw,
            unit: instead_of.clone(),
        };
        // Each stepped in later than the one before, so that the chain ends.
        match self.visit(&before).filter(|it| earlier(it, visit)) {
            Some(before) => self.first_of_chain(before),
            None => visit,
        }
    }

    /// The group of a draw's result that chose a visit: its pool, with its key and number.
    fn pool_of<'a>(&self, draw: &'a DrawRecord, visit: &Visit) -> Option<DrawnPool<'a>> {
        let chosen = self.id_in(draw, &self.first_of_chain(visit).id.unit);
        let groups = &draw.drawn.as_ref()?.result.groups;
        let mut groups = groups.iter().filter(|group| group.group.is_visited());
        let drew = groups.find(|group| group.draw.drawn.iter().any(|it| it.unit == chosen))?;
        let (sizes, snapshot) = (&draw.sizes, &draw.register.snapshot);
        draw.occasion.drawn_pool(drew.group, sizes, snapshot)
    }

    /// The reserve behind the group of its draw that chose a visit, in order of rank, up to
    /// and with `last`, and the rank of its first: so anybody can reckon it again.
    #[must_use]
    pub fn reserve_of(&self, visit: &Visit, last: u32) -> Option<(u32, Vec<CandidateId>)> {
        let draw = self.draw(visit.id.draw)?;
        let pool = self.pool_of(draw, visit)?;
        Some(pool.reserve(draw.drawn.as_ref()?.result.seed, last))
    }

    /// Whether what a visit's closing says of the reserve is what the draw's record gives.
    pub(super) fn is_rightly_replaced(&self, visit: &Visit) -> bool {
        let Some(PlanChange { kind, .. }) = visit.closing() else {
            return true;
        };
        let PlanChangeKind::Closed {
            replaced_by: Some(unit),
            passed_over,
            ..
        } = kind
        else {
            return true;
        };
        let id = VisitId {
            draw: visit.id.draw,
            unit: unit.clone(),
        };
        let stepped_in = self.visit(&id).and_then(|it| it.plan_changes.first());
        let Some(PlanChangeKind::StepsIn { instead_of, rank }) = stepped_in.map(|it| &it.kind)
        else {
            return false;
        };
        let Some((_, reserve)) = self.reserve_of(visit, *rank) else {
            return false;
        };
        let named = passed_over.iter().map(|it| &it.unit).chain([unit]);
        let reserve = reserve.iter().map(|id| self.register_id(id));
        *instead_of == visit.id.unit && named.cloned().eq(reserve)
    }

    /// Whether the visit for which another stepped in says so.
    pub(super) fn is_rightly_stepped_in(&self, visit: &Visit) -> bool {
        let first = visit.plan_changes.first().map(|change| &change.kind);
        let Some(PlanChangeKind::StepsIn { instead_of, .. }) = first else {
            return false;
        };
        let draw = visit.id.draw;
        let unit = instead_of.clone();
        let closing = self.visit(&VisitId { draw, unit }).and_then(Visit::closing);
        let named = closing.map(|change| &change.kind);
        matches!(named, Some(PlanChangeKind::Closed { replaced_by: Some(unit), .. }) if *unit == visit.id.unit)
    }

    /// Who steps in for a visit on `today`, by its own draw.
    fn stepping_in(
        &self,
        visit: &Visit,
        plan: &DrawRecord,
        planned: &PlannedVisit,
        today: NaiveDate,
    ) -> SteppingIn {
        let Some(draw) = self.draw(visit.id.draw) else {
            return SteppingIn::default();
        };
        let (Some(pool), Some(mut month)) = (self.pool_of(draw, visit), self.month_now(plan, draw))
        else {
            return SteppingIn::default();
        };
        month.plan.visits.remove(&self.id_in(draw, &visit.id.unit));
        let units = pool.pool.iter().filter_map(|id| {
            let unit = self.unit_drawn(id).filter(|unit| unit.status.is_active());
            let unit = unit.filter(|unit| unit.id != visit.id.unit)?;
            let is_pending = self.visits_to(&unit.id).any(|it| self.is_pending(it));
            let mut seen = self.snapshot_unit(unit, self.plan_of(plan), plan.month, is_pending);
            seen.id = (*id).clone();
            Some(seen)
        });
        let Ok(now) = Snapshot::new(plan.month, units.collect()) else {
            return SteppingIn::default();
        };
        let found = replacement(&pool, &now, &month.drawn(), planned, today);
        let passed = found.iter().flat_map(|it| &it.passed_over);
        SteppingIn {
            passed_over: passed
                .map(|id| PassedOver {
                    unit: self.register_id(id),
                    why: passed_why(id, &now, &month),
                })
                .collect(),
            reserve: (pool.pool.len() as u32).saturating_sub(pool.n),
            found,
        }
    }

    pub(super) fn close_visit(&mut self, request: CloseVisit, context: &Context) -> Outcome {
        let id = request.visit.clone();
        let (closed, next) = self.closing_of(request, context)?;
        let (why, approver) = (closed.why.clone(), closed.approver.clone());
        let event = Event::CloseVisit(told_of(&id, &closed));
        self.note_change(&id, closed);
        if let Some(visit) = next {
            self.add_visit(visit);
        }
        let at = self.unit_at(&id.unit)?;
        if self.units[at].status.is_active() {
            self.units[at].status = UnitStatus::Retired {
                since: context.now.date(),
                reason: why.clone(),
                approver,
                extra: Map::new(),
            };
        }
        Ok((Applied::done(), Entry::new(event, why)))
    }

    /// What is noted on the visit, and the visit of the unit that steps in, if one does.
    fn closing_of(
        &self,
        request: CloseVisit,
        context: &Context,
    ) -> Result<(PlanChange, Option<Visit>), ActionError> {
        let CloseVisit {
            visit: id,
            ground,
            evidence,
            confirmed,
            approver,
        } = request;
        self.check_year_open(id.draw.year)?;
        let none = || DrawError::NoVisit {
            unit: id.unit.clone(),
        };
        let visit = self.visit(&id).ok_or_else(none)?;
        let unit = &self.units[self.unit_at(&id.unit)?];
        let today = context.now.date();
        let (plan, planned) = self.check_closing(unit, visit, &confirmed, today)?;
        require(&evidence, ActionError::NoReason)?;
        require(&approver, ActionError::NoApprover)?;
        let change = |kind, before: Option<&PlannedVisit>, after| PlanChange {
            at: context.now,
            who: context.who.clone(),
            why: evidence.trim().to_owned(),
            approver: approver.trim().to_owned(),
            draw: plan.id(),
            kind,
            before: before.cloned(),
            after,
            extra: Map::new(),
        };
        let left = visit.plan_changes.last().and_then(|it| it.before.as_ref());
        let stepping = planned.or(left);
        let stepping = stepping.map(|planned| self.stepping_in(visit, plan, planned, today));
        let stepping = stepping.unwrap_or_default();
        let draw = self.draw(id.draw).ok_or_else(none)?;
        let next = stepping.found.map(|found| {
            let next = VisitId {
                draw: id.draw,
                unit: self.register_id(&found.unit),
            };
            let mut visit = self.new_visit(draw, next, VisitSource::Replacement);
            let (instead_of, rank) = (id.unit.clone(), found.rank);
            let kind = PlanChangeKind::StepsIn { instead_of, rank };
            visit.plan_changes = vec![change(kind, None, Some(found.visit))];
            visit
        });
        let closed = PlanChangeKind::Closed {
            ground,
            confirmed,
            replaced_by: next.as_ref().map(|visit| visit.id.unit.clone()),
            passed_over: stepping.passed_over,
            reserve: stepping.reserve,
        };
        Ok((change(closed, planned, None), next))
    }

    /// The plan that holds a visit whose unit proved closed, with its day and team.
    fn check_closing(
        &self,
        unit: &Unit,
        visit: &Visit,
        confirmed: &Confirmation,
        today: NaiveDate,
    ) -> Result<(&DrawRecord, Option<&PlannedVisit>), ActionError> {
        let refused = |rule| ActionError::from(refusal(unit, rule));
        if visit.made.is_some() || visit.closing().is_some() {
            return Err(refused(PlanRule::NotPending));
        }
        // A register that is frozen for a draw may draw the unit that would step in.
        if let Some(open) = self
            .open_draw_record()
            .filter(|it| it.own_register().is_none())
        {
            let number = open.number;
            return Err(ActionError::DrawOpen { number });
        }
        let (plan, planned) = self
            .plan_of_visit(visit)
            .ok_or_else(|| refused(PlanRule::NoDay))?;
        if plan.approval.is_none() {
            return Err(refused(PlanRule::Unapproved));
        }
        let date = confirmed.on();
        if date > today {
            return Err(ActionError::CheckAhead { date });
        }
        match confirmed {
            Confirmation::Record { record, .. } => require(record, ActionError::NoReason)?,
            Confirmation::Pair { officers, .. } => {
                let team = planned.map(|it| [&it.lead, &it.member]);
                self.check_second_pair(officers, team).map_err(refused)?;
            }
        }
        Ok((plan, planned))
    }

    /// Two officers, none of them of the visit's team.
    pub(super) fn check_second_pair(
        &self,
        pair: &[OfficerId; 2],
        team: Option<[&OfficerId; 2]>,
    ) -> Result<(), PlanRule> {
        if pair[0] == pair[1] {
            return Err(PlanRule::SamePerson);
        }
        for id in pair {
            let name = self.officer_name(id);
            if !self.officer(id).is_some_and(|it| it.makes_visits()) {
                return Err(PlanRule::NoOfficer { name });
            }
            if team.is_some_and(|team| team.contains(&id)) {
                return Err(PlanRule::OwnTeam { name });
            }
        }
        Ok(())
    }

    /// Adds a visit in its place.
    fn add_visit(&mut self, visit: Visit) {
        let Some(year) = self.year_mut(visit.id.draw.year) else {
            return;
        };
        if let Err(at) = year.visits.binary_search_by(|it| it.id.cmp(&visit.id)) {
            year.visits.insert(at, visit);
        }
    }
}

/// What the trail says of a visit that was made void.
fn told_of(id: &VisitId, closed: &PlanChange) -> VisitClosed {
    let PlanChangeKind::Closed {
        ground,
        confirmed,
        replaced_by,
        passed_over,
        ..
    } = &closed.kind
    else {
        unreachable!("a visit is made void by a change of this kind")
    };
    VisitClosed {
        year: id.draw.year,
        id: id.unit.clone(),
        draw: id.draw.number,
        ground: *ground,
        confirmed: confirmed.clone(),
        approver: closed.approver.clone(),
        replaced_by: replaced_by.clone(),
        passed_over: passed_over.len(),
    }
}

/// Whether a visit's unit was in its plan before the other's stepped in.
fn earlier(visit: &Visit, other: &Visit) -> bool {
    let rank = |visit: &Visit| match visit.plan_changes.first().map(|it| &it.kind) {
        Some(PlanChangeKind::StepsIn { rank, .. }) => *rank,
        _ => 0,
    };
    rank(visit) < rank(other)
}

/// Why a unit of the reserve could not step in.
fn passed_why(id: &CandidateId, now: &Snapshot, month: &MonthNow) -> PassedWhy {
    if month.plan.visits.contains_key(id) {
        return PassedWhy::Drawn;
    }
    match now.unit(id) {
        None => PassedWhy::Gone,
        Some(unit) if unit.pending => PassedWhy::Drawn,
        Some(unit) => {
            let may = |day: &NaiveDate| unit.may_be_inspected(*day).is_ok();
            if month.days.last().is_some_and(may) {
                PassedWhy::NoPair
            } else {
                PassedWhy::Limit
            }
        }
    }
}
