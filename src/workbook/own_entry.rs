//! Checks of institutions and engineers as they were made: when one may be entered, and its
//! entry and correction.

use chrono::{Datelike, NaiveDate};

use super::Workbook;
use super::action::{Applied, Context, Entry, Outcome, require};
use super::draw::DrawRecord;
use super::event::Event;
use super::event_detail::{Changes, OwnVisitCorrected, OwnVisitRecorded};
use super::own_visit::{OwnChange, OwnMade, OwnState, OwnTeam, OwnVisit, OwnVisitId};
use super::refusal::{ActionError, DrawError, OwnRule};
use super::request::{CorrectOwnVisit, RecordOwnVisit};
use crate::engine::occasion::OwnRegister;
use crate::model::{Absence, OfficerId, OfficerRole, UnitId};

impl Workbook {
    pub(super) fn record_own(&mut self, record: RecordOwnVisit, context: &Context) -> Outcome {
        let RecordOwnVisit { visit: id, made } = record;
        self.check_year_open(id.draw.year)?;
        let visit = self.own_visit(&id).ok_or_else(|| none_for(&id))?;
        if self.own_state(visit) != OwnState::Pending {
            return Err(none_for(&id).into());
        }
        self.check_own(visit, &made, context.now.date())?;
        let register = self.register_of(&id)?;
        let event = Event::RecordOwnVisit(OwnVisitRecorded {
            register,
            record: id.record.clone(),
            draw: id.draw.number,
            date: made.date,
            finding: made.finding,
            with_unit: made.with_unit.clone(),
        });
        let note = made.note.trim().to_owned();
        self.own_visit_mut(&id).ok_or_else(|| none_for(&id))?.made = Some(OwnMade {
            note: note.clone(),
            ..made
        });
        Ok((Applied::done(), Entry::new(event, note)))
    }

    pub(super) fn correct_own(&mut self, correct: CorrectOwnVisit, context: &Context) -> Outcome {
        let CorrectOwnVisit {
            visit: id,
            made,
            reason,
        } = correct;
        require(&reason, ActionError::NoReason)?;
        self.check_year_open(id.draw.year)?;
        let visit = self.own_visit(&id).ok_or_else(|| none_for(&id))?;
        let before = visit.made.clone().ok_or_else(|| none_for(&id))?;
        if let Some(made) = &made {
            self.check_own(visit, made, context.now.date())?;
        }
        let register = self.register_of(&id)?;
        let why = reason.trim().to_owned();
        let event = Event::CorrectOwnVisit(OwnVisitCorrected {
            register,
            record: id.record.clone(),
            draw: id.draw.number,
            changes: Changes::between(&Some(&before), &made.as_ref()),
        });
        let visit = self.own_visit_mut(&id).ok_or_else(|| none_for(&id))?;
        visit.made.clone_from(&made);
        visit.changes.push(OwnChange {
            at: context.now,
            who: context.who.clone(),
            why: why.clone(),
            before,
            after: made,
        });
        Ok((Applied::done(), Entry::new(event, why)))
    }

    fn register_of(&self, id: &OwnVisitId) -> Result<OwnRegister, DrawError> {
        let register = self.draw(id.draw).and_then(DrawRecord::own_register);
        register.ok_or_else(|| none_for(id))
    }

    pub(super) fn own_visit_mut(&mut self, id: &OwnVisitId) -> Option<&mut OwnVisit> {
        let visits = &mut self.year_mut(id.draw.year)?.own_visits;
        let at = visits.binary_search_by(|visit| visit.id.cmp(id)).ok()?;
        visits.get_mut(at)
    }

    /// Whether a check may have been made so.
    fn check_own(
        &self,
        visit: &OwnVisit,
        made: &OwnMade,
        today: NaiveDate,
    ) -> Result<(), DrawError> {
        self.broken_rule(visit, made, today).map_or(Ok(()), |rule| {
            let id = visit.id.record.to_string();
            Err(DrawError::OwnVisit { id, rule })
        })
    }

    fn broken_rule(&self, visit: &OwnVisit, made: &OwnMade, today: NaiveDate) -> Option<OwnRule> {
        let year = visit.id.draw.year;
        let draw = self.draw(visit.id.draw);
        let drawn_on = draw.and_then(|draw| Some(draw.drawn.as_ref()?.at.date()));
        let OwnTeam { lead, member } = &made.team;
        if made.date.year() != year {
            return Some(OwnRule::OtherYear { year });
        }
        if made.date > today {
            return Some(OwnRule::Future { today });
        }
        if let Some(drawn_on) = drawn_on.filter(|drawn_on| made.date < *drawn_on) {
            return Some(OwnRule::BeforeDraw { drawn_on });
        }
        if lead == member {
            return Some(OwnRule::OneOfficer);
        }
        let away = [lead, member]
            .into_iter()
            .find(|id| !self.may_go(id, made.date));
        if let Some(officer) = away {
            return Some(OwnRule::NotPresent {
                officer: officer.clone(),
            });
        }
        if !self.officer(lead).is_some_and(|officer| officer.may_lead) {
            return Some(OwnRule::NoLead {
                officer: lead.clone(),
            });
        }
        match &made.with_unit {
            Some(unit) => (!self.is_visited_on(unit, made.date))
                .then(|| OwnRule::NoUnitVisit { unit: unit.clone() }),
            None => {
                let by_lot = self.own_team_on(visit, made.date);
                let is_other = by_lot.as_ref() != Some(&made.team);
                (is_other && made.note.trim().is_empty()).then_some(OwnRule::OtherTeam)
            }
        }
    }

    /// Whether an officer could make a visit on a day, by role, leave and certificate.
    fn may_go(&self, id: &OfficerId, day: NaiveDate) -> bool {
        // Whoever has left since may have made it before.
        self.officer(id).is_some_and(|officer| {
            let is_away = |it: &Absence| (it.from..=it.to).contains(&day);
            officer.role == OfficerRole::Enforcement
                && officer.certificate_until.is_none_or(|until| day <= until)
                && !officer.absences.iter().any(is_away)
        })
    }

    /// Whether a counted visit to a unit was made on a day.
    fn is_visited_on(&self, unit: &UnitId, day: NaiveDate) -> bool {
        let unit = self.unit(unit);
        unit.is_some_and(|unit| {
            let inspections = self.inspections(unit);
            inspections.iter().any(|it| it.date == day)
        })
    }
}

/// There is no check that could be entered or corrected so.
fn none_for(id: &OwnVisitId) -> DrawError {
    DrawError::NoOwnVisit {
        id: id.record.to_string(),
    }
}
