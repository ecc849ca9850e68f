//! 审批: the head of the brigade studies every monthly plan in person (R13), and only an
//! approved one is carried out. The approval stands beside the draw, whose record it does not
//! touch: numbers, days and teams are what they were.

use chrono::NaiveDate;
use serde_json::Map;

use super::action::{Applied, Context, Outcome, require};
use super::draw::Approval;
use super::event::Event;
use super::event_detail::PlanApproved;
use super::refusal::{ActionError, DrawError};
use super::request::ApprovePlan;
use super::{DrawRecord, DrawStep, Workbook};
use crate::engine::calendar::YearMonth;
use crate::model::Unit;

impl Workbook {
    /// The first day on which the visit that `draw` planned to `unit` may be made: the plan
    /// that chose it is approved, or one that carries it on. None: no plan is.
    #[must_use]
    pub fn approved_on(&self, unit: &Unit, draw: &DrawRecord) -> Option<NaiveDate> {
        let draws = self.year(draw.month.year())?.draws.iter();
        let holding = draws.filter(|it| {
            let plan = it.drawn.as_ref().map(|drawn| &drawn.plan);
            it.id() == draw.id()
                || (it.id() > draw.id()
                    && plan.is_some_and(|plan| plan.visits.contains_key(&it.id_of(unit))))
        });
        let approvals = holding.filter_map(|it| it.approval.as_ref());
        let approved = approvals.map(|approval| approval.date).min()?;
        // Who steps in for another unit is visited from that day on.
        let visit = self.visit_planned(unit, draw);
        Some(
            approved.max(
                visit
                    .and_then(super::Visit::stepped_in_on)
                    .unwrap_or(approved),
            ),
        )
    }

    /// The plans of a month that nobody has approved, in order of their draws.
    pub fn unapproved_of(&self, month: YearMonth) -> impl Iterator<Item = &DrawRecord> {
        let waits = |draw: &&DrawRecord| draw.step() == DrawStep::Drawn && draw.approval.is_none();
        self.draws_of(month).filter(waits)
    }

    pub(super) fn approve_plan(&mut self, approve: ApprovePlan, context: &Context) -> Outcome {
        let ApprovePlan {
            draw: id,
            date,
            approver,
            opinion,
        } = approve;
        let number = id.number;
        self.check_year_open(id.year)?;
        let draw = self.draw(id).ok_or(DrawError::Step { number })?;
        let is_plan = draw.broken_off.is_none() && draw.own_register().is_none();
        let drawn = draw.drawn.as_ref().filter(|_| is_plan);
        let drawn = drawn.ok_or(DrawError::Step { number })?.at.date();
        if draw.approval.is_some() {
            return Err(DrawError::Approved { number }.into());
        }
        require(&approver, ActionError::NoApprover)?;
        let today = context.now.date();
        if date < drawn || date > today {
            return Err(DrawError::ApprovalDay { date, drawn, today }.into());
        }
        let event = Event::ApprovePlan(PlanApproved {
            year: Some(id.year),
            number,
            date,
            approver: approver.trim().to_owned(),
            opinion: opinion.trim().to_owned(),
        });
        self.draw_mut(id).approval = Some(Approval {
            date,
            approver: approver.trim().to_owned(),
            opinion: opinion.trim().to_owned(),
            at: context.now,
            by: context.who.clone(),
            extra: Map::new(),
        });
        Ok((Applied::done(), event.into()))
    }
}
