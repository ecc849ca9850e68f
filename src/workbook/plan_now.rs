//! A month's plans as they stand: what the draws laid, with what was changed since.
//!
//! A draw's own plan is never edited. Who asks for the visits of a day or an officer asks
//! here; who verifies or certifies a draw asks the draw.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::visit::{Visit, VisitState};
use super::{DrawId, DrawRecord, VisitSource, Workbook};
use crate::engine::after::DrawnMonth;
use crate::engine::calendar::YearMonth;
use crate::engine::duty::OfficerDuty;
use crate::engine::lottery::Seed;
use crate::engine::month::{MonthPlan, PlannedVisit};
use crate::model::{CandidateId, Unit};

/// A visit in the plan of a draw, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingVisit<'a> {
    pub unit: &'a Unit,
    pub visit: &'a Visit,
    /// What the draw laid; none: the unit stepped in later.
    pub laid: Option<&'a PlannedVisit>,
    /// Day and team by now; none: it was left without, or its unit proved closed.
    pub now: Option<&'a PlannedVisit>,
}

impl<'a> StandingVisit<'a> {
    /// Day and team by which it is shown: those that it has, or last had.
    #[must_use]
    pub fn shown(&self) -> Option<&'a PlannedVisit> {
        let last = self.visit.plan_changes.last();
        let before = last.and_then(|change| change.before.as_ref());
        self.now.or(before).or(self.laid)
    }
}

/// A month as it stands, owned: [`DrawnMonth`] borrows from it.
pub(super) struct MonthNow {
    pub(super) plan: MonthPlan,
    pub(super) days: Vec<NaiveDate>,
    pub(super) officers: Vec<OfficerDuty>,
    pub(super) per_day: u32,
    pub(super) seed: Seed,
}

impl MonthNow {
    pub(super) fn drawn(&self) -> DrawnMonth<'_> {
        DrawnMonth {
            plan: &self.plan,
            days: &self.days,
            officers: &self.officers,
            per_day: self.per_day,
            seed: self.seed,
        }
    }
}

impl Workbook {
    /// The plan of a draw as it stands: the visits that it laid, in order of the ids under
    /// which it knows their units, then those that stepped in. Empty before the draw.
    #[must_use]
    pub fn standing_plan<'a>(&'a self, draw: &'a DrawRecord) -> Vec<StandingVisit<'a>> {
        let id = draw.id();
        let laid = draw.drawn.iter().flat_map(|drawn| &drawn.plan.visits);
        let laid = laid.filter_map(|(candidate, planned)| {
            let unit = self.unit_drawn(candidate)?;
            let visit = self.visit_planned(unit, draw)?;
            Some((unit, visit, Some(planned)))
        });
        let visits = self.year(id.year).into_iter().flat_map(|year| &year.visits);
        let stepped_in = visits.filter_map(|visit| {
            let first = visit.plan_changes.first()?;
            let is_its = visit.source == VisitSource::Replacement && first.draw == id;
            let unit = self.unit(&visit.id.unit).filter(|_| is_its)?;
            Some((unit, visit, None))
        });
        let standing = laid.chain(stepped_in).map(|(unit, visit, laid)| {
            let mut changes = visit.plan_changes.iter().rev();
            let change = changes.find(|change| change.draw == id);
            let now = change.map_or(laid, |change| change.after.as_ref());
            StandingVisit {
                unit,
                visit,
                laid,
                now,
            }
        });
        standing.collect()
    }

    /// The last plan that names a visit, with day and team by now; none of the plans of
    /// later visits to its unit.
    #[must_use]
    pub fn plan_of_visit(&self, visit: &Visit) -> Option<(&DrawRecord, Option<&PlannedVisit>)> {
        let id = &visit.id;
        let mut later = self.visits_to(&id.unit).map(|other| other.id.draw);
        let later = later.find(|draw| *draw > id.draw && draw.year == id.draw.year);
        let before = later.unwrap_or(DrawId::new(id.draw.year + 1, 0));
        let planned = self.planned_by(&id.unit, before);
        planned.filter(|(draw, _)| draw.id() >= id.draw)
    }

    /// The month of `plan` as it stands, with units under the ids of `draw` and the lists of
    /// its seed.
    pub(super) fn month_now(&self, plan: &DrawRecord, draw: &DrawRecord) -> Option<MonthNow> {
        let month = plan.month;
        let drawn = draw.drawn.as_ref()?;
        let mut officers = self.duties(month);
        for officer in &mut officers {
            let avoided = std::mem::take(&mut officer.avoid).into_iter();
            officer.avoid = avoided
                .map(|unit| self.id_in(draw, &self.register_id(&unit)))
                .collect();
        }
        Some(MonthNow {
            plan: MonthPlan {
                attempt: plan.drawn.as_ref()?.plan.attempt,
                cost: 0,
                visits: self.visits_now(month, draw),
                set_aside: Vec::new(),
            },
            days: self.calendar().working_days(month),
            officers,
            per_day: self.plan_of(plan).design.per_day,
            seed: drawn.result.seed,
        })
    }

    /// Visits of a month by all its plans: those made on the day and by the two of their
    /// record, those to be made as they are planned.
    fn visits_now(
        &self,
        month: YearMonth,
        draw: &DrawRecord,
    ) -> BTreeMap<CandidateId, PlannedVisit> {
        let standing = self.draws_of(month).flat_map(|it| self.standing_plan(it));
        let visits = standing.filter_map(|it| {
            let visit = match it.visit.state(Some(it.unit)) {
                VisitState::Void => return None,
                VisitState::Pending => it.now?.clone(),
                VisitState::Made(made) => {
                    let planned = it.now?.clone();
                    let team = it.visit.record().map(|record| record.team.clone());
                    PlannedVisit {
                        day: made.date,
                        lead: team.as_ref().map_or(planned.lead, |it| it.lead.clone()),
                        member: team.map_or(planned.member, |it| it.member),
                    }
                }
            };
            Some((draw.id_of(it.unit), visit))
        });
        visits.collect()
    }
}
