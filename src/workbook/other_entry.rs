//! Visits that no draw chose: their entry, and its withdrawal where it was wrong.

use chrono::{Datelike, NaiveDate};

use super::Workbook;
use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{OtherEntered, OtherWithdrawn};
use super::other_visit::{OtherGone, OtherKind, OtherVisit, VISITS_WITHOUT_GROUND};
use super::refusal::{ActionError, DrawError};
use super::result_rule::{OtherRule, RecordRule};
use crate::model::Unit;

impl Workbook {
    pub(super) fn enter_other(&mut self, visit: OtherVisit, context: &Context) -> Outcome {
        let year = visit.date.year();
        self.check_year_open(year)?;
        let unit = &self.units[self.unit_at(&visit.unit)?];
        let name = unit.name.clone();
        if let Some(rule) = self.broken_other(unit, &visit, context.now.date()) {
            let unit = visit.unit.clone();
            return Err(DrawError::OtherVisit { unit, name, rule }.into());
        }
        let broken = self.broken_team(&visit.unit, visit.date, &visit.team);
        if let Some(rule) = broken {
            let (unit, rule) = (visit.unit.clone(), RecordRule::Team(rule));
            return Err(DrawError::Record { unit, name, rule }.into());
        }
        let kept = self.year_mut(year).ok_or(ActionError::NoYear { year })?;
        let number = kept.others.last().map_or(0, |it| it.number) + 1;
        let visit = OtherVisit {
            number,
            source: visit.source.trim().to_owned(),
            note: visit.note.trim().to_owned(),
            entered_at: context.now,
            entered_by: context.who.clone(),
            withdrawn: None,
            ..visit
        };
        let event = Event::EnterOther(OtherEntered {
            of_year: year,
            entry: number,
            unit: visit.unit.clone(),
            form: visit.kind,
            date: visit.date,
            finding: visit.finding,
            beyond: visit.beyond,
        });
        let why = visit.source.clone();
        kept.others.push(visit);
        Ok((Applied::done(), Entry::new(event, why)))
    }

    fn broken_other(&self, unit: &Unit, visit: &OtherVisit, today: NaiveDate) -> Option<OtherRule> {
        let earlier = self.visits_of_all_kinds(unit, visit.date.year());
        if visit.date > today {
            Some(OtherRule::Future { today })
        } else if visit.source.trim().is_empty() {
            Some(OtherRule::NoSource)
        } else if earlier >= VISITS_WITHOUT_GROUND
            && visit.kind != OtherKind::Recheck
            && visit.beyond.is_none()
        {
            Some(OtherRule::NoGround { earlier })
        } else {
            None
        }
    }

    pub(super) fn withdraw_other(
        &mut self,
        year: i32,
        number: u32,
        reason: &str,
        context: &Context,
    ) -> Outcome {
        require(reason, ActionError::NoReason)?;
        self.check_year_open(year)?;
        let none = || ActionError::NoRecord {
            id: format!("{year}-{number}"),
        };
        let kept = self.year_mut(year).ok_or_else(none)?;
        let visit = kept.others.iter_mut().find(|it| it.number == number);
        let visit = visit.filter(|it| it.withdrawn.is_none()).ok_or_else(none)?;
        let why = reason.trim().to_owned();
        visit.withdrawn = Some(OtherGone {
            at: context.now,
            who: context.who.clone(),
            why: why.clone(),
        });
        let event = Event::WithdrawOther(OtherWithdrawn {
            of_year: year,
            entry: number,
            unit: visit.unit.clone(),
        });
        Ok((Applied::done(), Entry::new(event, why)))
    }
}
