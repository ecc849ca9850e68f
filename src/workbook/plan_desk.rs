//! 改期, 换人, 替换: lawful changes of a plan that is drawn and approved.
//!
//! What the draw recorded stays as it is; a change is noted on the visit, and the plan that
//! counts is the drawn one with its changes ([`plan_now`](super::plan_now)). A later plan
//! that carries the visit wins again. [`PlanDesk`] is asked by the action and by the page
//! that offers days and officers, so that both know the same rules.

use std::collections::{BTreeMap, btree_map};

use chrono::NaiveDate;
use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{Changes, PlanChanged, StoodIn, VisitStoodIn};
use super::plan_change::{PlanChange, PlanChangeKind};
use super::plan_now::MonthNow;
use super::refusal::{ActionError, DrawError, PlanRule};
use super::request::{ChangePlan, StandIn};
use super::{DrawId, DrawRecord, Visit, VisitId, VisitState, Workbook};
use crate::engine::after::stand_in;
use crate::engine::calendar::YearMonth;
use crate::engine::month::PlannedVisit;
use crate::model::officer::Absence;
use crate::model::{CandidateId, Officer, OfficerId, Unit, UnitId};

/// A pending visit of an approved plan, and what its day and team may become.
pub struct PlanDesk<'a> {
    book: &'a Workbook,
    unit: &'a Unit,
    visit: &'a Visit,
    /// The draw whose plan holds it.
    draw: &'a DrawRecord,
    /// As it stands; none: it was left without a day.
    planned: Option<&'a PlannedVisit>,
    /// The month without this visit.
    month: MonthNow,
    id: CandidateId,
    today: NaiveDate,
}

impl<'a> PlanDesk<'a> {
    /// The visit's desk on `today`.
    ///
    /// # Errors
    /// Why its plan cannot be changed at all.
    pub fn of(book: &'a Workbook, id: &VisitId, today: NaiveDate) -> Result<Self, DrawError> {
        let none = || DrawError::NoVisit {
            unit: id.unit.clone(),
        };
        let visit = book.visit(id).ok_or_else(none)?;
        let unit = book.unit(&id.unit).ok_or_else(none)?;
        let refused = |rule| refusal(unit, rule);
        if visit.state(Some(unit)) != VisitState::Pending {
            return Err(refused(PlanRule::NotPending));
        }
        let planned = book.plan_of_visit(visit);
        let (draw, planned) = planned.ok_or_else(|| refused(PlanRule::NoDay))?;
        let is_left = visit.plan_changes.iter().any(|it| it.draw == draw.id());
        if planned.is_none() && !is_left {
            return Err(refused(PlanRule::NoDay));
        }
        if draw.approval.is_none() {
            return Err(refused(PlanRule::Unapproved));
        }
        let mut month = book.month_now(draw, draw).ok_or_else(none)?;
        let id = draw.id_of(unit);
        month.plan.visits.remove(&id);
        Ok(Self {
            book,
            unit,
            visit,
            draw,
            planned,
            month,
            id,
            today,
        })
    }

    /// Day and team as they stand; none: the visit was left without.
    #[must_use]
    pub const fn planned(&self) -> Option<&'a PlannedVisit> {
        self.planned
    }

    /// The month of its plan.
    #[must_use]
    pub const fn month(&self) -> YearMonth {
        self.draw.month
    }

    /// Whether the unit may be visited on a day.
    ///
    /// # Errors
    /// The one rule that forbids it.
    pub fn day(&self, day: NaiveDate) -> Result<(), PlanRule> {
        let (month, today) = (self.draw.month, self.today);
        if YearMonth::of(day) != month {
            return Err(PlanRule::OtherMonth { month });
        }
        if day < today {
            return Err(PlanRule::Past { today });
        }
        if !self.month.days.contains(&day) {
            return Err(PlanRule::RestDay { day });
        }
        let drew = self.book.draw(self.visit.id.draw).unwrap_or(self.draw);
        let limit = self.book.limit(self.unit, drew, day);
        limit.map_or(Ok(()), |rule| Err(PlanRule::Limit(rule)))
    }

    /// Whether an officer may be one of the two on a day.
    ///
    /// # Errors
    /// The one rule that forbids it.
    pub fn officer(&self, id: &OfficerId, day: NaiveDate) -> Result<(), PlanRule> {
        let name = self.book.officer_name(id);
        let known = self.book.officer(id).filter(|it| it.makes_visits());
        let duty = self.month.officers.iter().find(|duty| duty.id == *id);
        let (Some(known), Some(duty)) = (known, duty) else {
            return Err(PlanRule::NoOfficer { name });
        };
        if duty.may_visit(&self.id, day) {
            return if self.visits_on(id, day) < self.month.per_day as usize {
                Ok(())
            } else {
                let per_day = self.month.per_day;
                Err(PlanRule::Full { name, day, per_day })
            };
        }
        Err(cannot(known, day).unwrap_or(PlanRule::Avoids { name }))
    }

    /// The month's other visits of an officer on a day.
    #[must_use]
    pub fn visits_on(&self, id: &OfficerId, day: NaiveDate) -> usize {
        let holds = |it: &&PlannedVisit| it.day == day && (it.lead == *id || it.member == *id);
        self.month.plan.visits.values().filter(holds).count()
    }

    /// The month's other visits on a day.
    #[must_use]
    pub fn count_on(&self, day: NaiveDate) -> usize {
        let visits = self.month.plan.visits.values();
        visits.filter(|visit| visit.day == day).count()
    }

    /// An officer's name.
    #[must_use]
    pub fn name_of(&self, id: &OfficerId) -> String {
        self.book.officer_name(id)
    }

    /// Whether an officer may lead.
    #[must_use]
    pub fn may_lead(&self, id: &OfficerId) -> bool {
        let mut duties = self.month.officers.iter();
        duties.any(|duty| duty.id == *id && duty.lead)
    }

    /// The officers who make visits, in order of id.
    pub fn officers(&self) -> impl Iterator<Item = &OfficerId> {
        self.month.officers.iter().map(|duty| &duty.id)
    }

    /// Whether the visit may be made so.
    ///
    /// # Errors
    /// The one rule that forbids it.
    pub fn check(&self, to: &PlannedVisit) -> Result<(), PlanRule> {
        self.day(to.day)?;
        if to.lead == to.member {
            return Err(PlanRule::SamePerson);
        }
        self.officer(&to.lead, to.day)?;
        if !self.may_lead(&to.lead) {
            let name = self.book.officer_name(&to.lead);
            return Err(PlanRule::NoLead { name });
        }
        self.officer(&to.member, to.day)
    }
}

/// Why an officer cannot make any visit on a day, if so.
fn cannot(officer: &Officer, day: NaiveDate) -> Option<PlanRule> {
    let name = || officer.name.clone();
    if officer.is_absent(day) {
        return Some(PlanRule::Away { name: name(), day });
    }
    let until = officer.certificate_until.filter(|until| *until < day)?;
    Some(PlanRule::CertificateOver {
        name: name(),
        until,
    })
}

pub(super) fn refusal(unit: &Unit, rule: PlanRule) -> DrawError {
    DrawError::PlanChange {
        unit: unit.id.clone(),
        name: unit.name.clone(),
        rule,
    }
}

/// Day and team as the trail tells them; a visit without has none of the fields.
pub(super) fn plan_changes(before: Option<&PlannedVisit>, after: Option<&PlannedVisit>) -> Changes {
    Changes::between(&before, &after)
}

impl Workbook {
    pub(super) fn change_plan(&mut self, change: ChangePlan, context: &Context) -> Outcome {
        let ChangePlan {
            visit: id,
            to,
            reason,
            approver,
        } = change;
        self.check_year_open(id.draw.year)?;
        let desk = PlanDesk::of(self, &id, context.now.date())?;
        let before = desk.planned().cloned();
        if before.as_ref() == Some(&to) {
            return Err(ActionError::NothingChanges);
        }
        desk.check(&to).map_err(|rule| refusal(desk.unit, rule))?;
        require(&reason, ActionError::NoReason)?;
        require(&approver, ActionError::NoApprover)?;
        let draw = desk.draw.id();
        let is_same_day = before.as_ref().is_some_and(|it| it.day == to.day);
        let why = reason.trim().to_owned();
        let event = Event::ChangePlan(PlanChanged {
            year: id.draw.year,
            unit: id.unit.clone(),
            draw: id.draw.number,
            changes: plan_changes(before.as_ref(), Some(&to)),
            approver: approver.trim().to_owned(),
        });
        let change = PlanChange {
            at: context.now,
            who: context.who.clone(),
            why: why.clone(),
            approver: approver.trim().to_owned(),
            draw,
            kind: if is_same_day {
                PlanChangeKind::Team
            } else {
                PlanChangeKind::Day
            },
            before,
            after: Some(to),
            extra: Map::new(),
        };
        self.note_change(&id, change);
        Ok((Applied::done(), Entry::new(event, why)))
    }

    pub(super) fn note_change(&mut self, id: &VisitId, change: PlanChange) {
        if let Some(visit) = self.visit_mut(id) {
            visit.plan_changes.push(change);
        }
    }

    /// The visits of approved plans that an officer is to make from `from` to `to`, in order
    /// of day and name.
    #[must_use]
    pub fn visits_to_stand_in(
        &self,
        officer: &OfficerId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Vec<(NaiveDate, VisitId)> {
        let open = self.years.iter().filter(|year| year.closed.is_none());
        let visits = open.flat_map(|year| &year.visits);
        let theirs = visits.filter_map(|visit| {
            let (draw, planned) = self
                .plan_of_visit(visit)
                .filter(|_| self.is_pending(visit))?;
            let planned = planned.filter(|_| draw.approval.is_some())?;
            let is_theirs = planned.lead == *officer || planned.member == *officer;
            let is_then = (from..=to).contains(&planned.day);
            (is_theirs && is_then).then(|| (planned.day, visit.id.clone()))
        });
        let mut theirs: Vec<_> = theirs.collect();
        theirs.sort();
        theirs
    }

    /// Who takes over each of some visits from an officer, one after the other; none: nobody.
    fn stand_ins(&self, officer: &OfficerId, visits: &[(NaiveDate, VisitId)]) -> Vec<TakenOver> {
        let mut months: BTreeMap<DrawId, MonthNow> = BTreeMap::new();
        // Of several plans of a month, each must know what the others gave before.
        let mut given: Vec<(UnitId, Option<PlannedVisit>)> = Vec::new();
        let mut told = Vec::with_capacity(visits.len());
        for (_, id) in visits {
            let found = self.visit(id).and_then(|visit| self.plan_of_visit(visit));
            let Some((draw, Some(planned))) = found else {
                continue;
            };
            let Some(now) = self.month_now_for(officer, draw, &mut months) else {
                continue;
            };
            for (unit, visit) in &given {
                let unit = self.id_in(draw, unit);
                match visit {
                    Some(visit) => now.plan.visits.insert(unit, visit.clone()),
                    None => now.plan.visits.remove(&unit),
                };
            }
            let taken_by = stand_in(&self.id_in(draw, &id.unit), officer, &now.drawn());
            let after = taken_by.map(|other| with_other(planned, officer, other));
            given.push((id.unit.clone(), after.clone()));
            told.push(TakenOver {
                id: id.clone(),
                draw: draw.id(),
                before: planned.clone(),
                after,
            });
        }
        told
    }

    /// The month of a draw's plan, with the officer who cannot come among those it lists.
    fn month_now_for<'a>(
        &self,
        officer: &OfficerId,
        draw: &DrawRecord,
        months: &'a mut BTreeMap<DrawId, MonthNow>,
    ) -> Option<&'a mut MonthNow> {
        if let btree_map::Entry::Vacant(month) = months.entry(draw.id()) {
            let mut now = self.month_now(draw, draw)?;
            if !now.officers.iter().any(|duty| duty.id == *officer) {
                let frozen = draw.register.officers.iter();
                now.officers
                    .extend(frozen.filter(|duty| duty.id == *officer).cloned());
            }
            month.insert(now);
        }
        months.get_mut(&draw.id())
    }

    pub(super) fn stand_in(&mut self, request: StandIn, context: &Context) -> Outcome {
        let StandIn {
            officer,
            from,
            to,
            only,
            kind,
            reason,
            approver,
        } = request;
        let known = self.officer(&officer).cloned();
        let known = known.ok_or_else(|| ActionError::NoOfficer {
            id: officer.clone(),
        })?;
        if from > to {
            return Err(ActionError::PeriodOrder { from, to });
        }
        let visits = match &only {
            Some(id) => vec![self.check_stand_in(&known, id, context.now.date())?],
            None => self.visits_to_stand_in(&officer, from.max(context.now.date()), to),
        };
        if visits.is_empty() {
            return Err(DrawError::NobodyToStandIn { name: known.name }.into());
        }
        require(&reason, ActionError::NoReason)?;
        require(&approver, ActionError::NoApprover)?;
        let (why, approver) = (reason.trim().to_owned(), approver.trim().to_owned());
        let told = self.stand_ins(&officer, &visits);
        let is_known_away = only.is_some()
            || from
                .iter_days()
                .take_while(|day| *day <= to)
                .all(|day| known.is_absent(day));
        if !is_known_away {
            self.enter_absence(
                &officer,
                Absence {
                    from,
                    to,
                    kind,
                    reason: why.clone(),
                    approver: approver.clone(),
                    extra: Map::new(),
                },
            );
        }
        let event = Event::StandIn(StoodIn {
            officer: officer.clone(),
            first_day: from,
            last_day: to,
            absence: (!is_known_away).then_some(kind),
            approver: approver.clone(),
            stand_ins: told.iter().map(|it| told_of(it, &officer)).collect(),
        });
        for it in told {
            let change = PlanChange {
                at: context.now,
                who: context.who.clone(),
                why: why.clone(),
                approver: approver.clone(),
                draw: it.draw,
                kind: PlanChangeKind::StandIn {
                    officer: officer.clone(),
                },
                before: Some(it.before),
                after: it.after,
                extra: Map::new(),
            };
            self.note_change(&it.id, change);
        }
        Ok((Applied::done(), Entry::new(event, why)))
    }

    fn enter_absence(&mut self, id: &OfficerId, absence: Absence) {
        let mut officers = self.officers.iter_mut();
        if let Some(officer) = officers.find(|officer| officer.id == *id) {
            officer.absences.push(absence);
        }
    }

    /// One visit of an officer who, by the records, cannot make it.
    fn check_stand_in(
        &self,
        officer: &Officer,
        id: &VisitId,
        today: NaiveDate,
    ) -> Result<(NaiveDate, VisitId), ActionError> {
        self.check_year_open(id.draw.year)?;
        let desk = PlanDesk::of(self, id, today)?;
        let refused = |rule| ActionError::from(refusal(desk.unit, rule));
        let planned = desk.planned().ok_or_else(|| refused(PlanRule::NoDay))?;
        let (name, day) = (officer.name.clone(), planned.day);
        if planned.lead != officer.id && planned.member != officer.id {
            return Err(refused(PlanRule::NotInTeam { name }));
        }
        if day < today {
            return Err(refused(PlanRule::Past { today }));
        }
        let is_there = matches!(
            desk.officer(&officer.id, day),
            Ok(()) | Err(PlanRule::Full { .. })
        );
        if is_there {
            return Err(refused(PlanRule::StillPresent { name, day }));
        }
        Ok((day, id.clone()))
    }
}

/// The visit with another in the place of `officer`.
fn with_other(planned: &PlannedVisit, officer: &OfficerId, other: OfficerId) -> PlannedVisit {
    let mut visit = planned.clone();
    if visit.lead == *officer {
        visit.lead = other;
    } else {
        visit.member = other;
    }
    visit
}

/// A visit that another takes over, or nobody could.
struct TakenOver {
    id: VisitId,
    /// The draw whose plan holds it.
    draw: DrawId,
    before: PlannedVisit,
    after: Option<PlannedVisit>,
}

/// What the trail says of it.
fn told_of(it: &TakenOver, officer: &OfficerId) -> VisitStoodIn {
    let by = it.after.as_ref().map(|after| {
        if it.before.lead == *officer {
            after.lead.clone()
        } else {
            after.member.clone()
        }
    });
    VisitStoodIn {
        unit: it.id.unit.clone(),
        year: it.id.draw.year,
        draw: it.id.draw.number,
        date: it.before.day,
        by,
    }
}
