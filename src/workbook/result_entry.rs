//! 录入 and 审核: a visit's record is entered by those who went, and reviewed by somebody
//! who did not. What may stand in a record is asked here once, for form and file alike.

use std::collections::BTreeSet;

use super::Workbook;
use super::action::{Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{Changes, ResultEntered, ResultsReviewed};
use super::names::is_same_person;
use super::own_visit::OwnTeam;
use super::refusal::{ActionError, DrawError};
use super::request::{EnterResult, ReviewResults};
use super::result_rule::{ItemRule, RecordRule, TeamRule};
use super::visit::{Visit, VisitChange, VisitId, VisitMade};
use super::visit_record::{Disposal, ItemFinding, Measure, NoScan, Review, Scan, VisitRecord};
use super::visit_stage::VisitStage;
use crate::model::{OfficerId, OfficerRole, UnitId};

use chrono::NaiveDate;

impl Workbook {
    /// A visit with its unit's name, for what is refused of it.
    pub(super) fn broken(&self, visit: &VisitId, rule: RecordRule) -> ActionError {
        let unit = visit.unit.clone();
        let name = self.unit(&unit).map(|unit| unit.name.clone());
        let name = name.unwrap_or_default();
        DrawError::Record { unit, name, rule }.into()
    }

    pub(super) fn visit_named(&self, id: &VisitId) -> Result<&Visit, ActionError> {
        let none = || DrawError::NoVisit {
            unit: id.unit.clone(),
        };
        self.check_year_open(id.draw.year)?;
        Ok(self.visit(id).ok_or_else(none)?)
    }

    /// Enters what a visit was; one that was entered before is corrected by it.
    pub(super) fn enter_result(&mut self, mut enter: EnterResult, context: &Context) -> Outcome {
        // Only a file's import says that a record is a file's.
        enter.record.source = None;
        self.check_result(&enter, context)?;
        let why = enter.why.trim().to_owned();
        let event = Event::EnterResult(self.put_result(enter, context));
        Ok((Applied::done(), Entry::new(event, why)))
    }

    /// Whether a record may be entered so.
    pub(super) fn check_result(
        &self,
        enter: &EnterResult,
        context: &Context,
    ) -> Result<(), ActionError> {
        let EnterResult {
            visit: id,
            date,
            record,
            why,
        } = enter;
        let visit = self.visit_named(id)?;
        let made = VisitMade {
            date: *date,
            finding: record.outcome.finding(),
        };
        let is_settled = visit.made.is_some_and(|before| before != made)
            || visit.record().is_some_and(is_accepted);
        if is_settled {
            require(why, ActionError::NoReason)?;
        }
        self.check_record(visit, *date, record, context.now.date())
    }

    /// Puts a record down that was checked.
    pub(super) fn put_result(&mut self, enter: EnterResult, context: &Context) -> ResultEntered {
        let EnterResult {
            visit: id,
            date,
            record,
            why,
        } = enter;
        let why = why.trim().to_owned();
        let made = VisitMade {
            date,
            finding: record.outcome.finding(),
        };
        let next = self.next_visit_number(id.draw.year);
        let visit = self.visit_mut(&id).expect("its record was checked");
        let before = visit.made;
        let number = visit.number.unwrap_or(next);
        let event = ResultEntered {
            visit: id,
            number,
            outcome: record.outcome,
            findings: record.findings.len(),
            changes: Changes::between(&before, &Some(made)),
        };
        if let Some(before) = before.filter(|before| *before != made) {
            visit.changes.push(VisitChange {
                at: context.now,
                who: context.who.clone(),
                why: why.clone(),
                before,
                after: Some(made),
            });
        }
        visit.made = Some(made);
        visit.number = Some(number);
        visit.records.push(VisitRecord {
            entered_at: context.now,
            entered_by: context.who.clone(),
            why,
            review: None,
            ..trimmed(record)
        });
        event
    }

    /// The number that the next visit of a year gets which needs one: numbers are given in
    /// the order in which papers arise, and none twice.
    pub(super) fn next_visit_number(&self, year: i32) -> u32 {
        let visits = self.year(year).into_iter().flat_map(|year| &year.visits);
        visits.filter_map(|visit| visit.number).max().unwrap_or(0) + 1
    }

    fn check_record(
        &self,
        visit: &Visit,
        date: NaiveDate,
        record: &VisitRecord,
        today: NaiveDate,
    ) -> Result<(), ActionError> {
        let id = &visit.id;
        let none = || DrawError::NoVisit {
            unit: id.unit.clone(),
        };
        let unit = &self.units[self.unit_at(&id.unit)?];
        // A visit that was void before it was made cannot have been made.
        if visit.made.is_none() && !self.is_pending(visit) {
            return Err(none().into());
        }
        let draw = self.draw(id.draw).ok_or_else(none)?;
        self.check_visit(unit, draw, date, today)?;
        let broken = self.broken_team(&id.unit, date, &record.team);
        let broken = broken.map(RecordRule::Team);
        let broken = broken.or_else(|| {
            let planned = self.planned_of(visit);
            let is_planned = planned
                .is_some_and(|it| it.lead == record.team.lead && it.member == record.team.member);
            (!is_planned && record.team_why.trim().is_empty()).then_some(RecordRule::OtherTeam)
        });
        let broken = broken
            .or_else(|| broken_circumstances(record, date, today))
            .or_else(|| broken_findings(visit, record, date));
        broken.map_or(Ok(()), |rule| Err(self.broken(id, rule)))
    }

    /// What stands against two officers having visited a unit on a day: two who may make
    /// visits, with valid certificates, there that day, and bound to the unit by nothing
    /// (公安部令第120号 art. 14; 行政处罚法 art. 42 and 43).
    #[must_use]
    pub fn broken_team(&self, unit: &UnitId, date: NaiveDate, team: &OwnTeam) -> Option<TeamRule> {
        let OwnTeam { lead, member } = team;
        if lead == member {
            return Some(TeamRule::OneOfficer);
        }
        let broken = [lead, member]
            .into_iter()
            .find_map(|id| self.broken_officer(unit, date, id));
        broken.or_else(|| {
            let may_lead = self.officer(lead).is_some_and(|officer| officer.may_lead);
            let officer = lead.clone();
            (!may_lead).then_some(TeamRule::NoLead { officer })
        })
    }

    /// What stands against one officer having visited a unit on a day.
    #[must_use]
    pub fn broken_officer(
        &self,
        unit: &UnitId,
        date: NaiveDate,
        id: &OfficerId,
    ) -> Option<TeamRule> {
        let id = || id.clone();
        // Whoever has left since may have made it before.
        let Some(officer) = self.officer(&id()) else {
            return Some(TeamRule::NotPresent { officer: id() });
        };
        if officer.role != OfficerRole::Enforcement {
            Some(TeamRule::NoEnforcer { officer: id() })
        } else if officer.certificate_until.is_some_and(|until| until < date) {
            Some(TeamRule::Certificate { officer: id() })
        } else if officer.is_absent(date) {
            Some(TeamRule::NotPresent { officer: id() })
        } else if officer.avoids(unit, date) {
            Some(TeamRule::Avoids { officer: id() })
        } else {
            None
        }
    }

    /// Reviews records that wait for it: all of them, or none.
    pub(super) fn review_results(&mut self, review: ReviewResults, context: &Context) -> Outcome {
        let ReviewResults {
            visits,
            is_accepted,
            reviewer,
            opinion,
        } = review;
        require(&reviewer, ActionError::NoReviewer)?;
        if !is_accepted {
            require(&opinion, ActionError::NoReason)?;
        }
        if visits.is_empty() {
            return Err(DrawError::NoVisits.into());
        }
        let visits: BTreeSet<VisitId> = visits.into_iter().collect();
        for id in &visits {
            let visit = self.visit_named(id)?;
            if self.visit_stage(visit, context.now.date()) != VisitStage::ToReview {
                return Err(self.broken(id, RecordRule::NotWaiting));
            }
            let record = visit
                .record()
                .expect("what waits for a review has a record");
            if self.is_of_team(&record.team, &reviewer) {
                let reviewer = reviewer.trim().to_owned();
                return Err(self.broken(id, RecordRule::ReviewerWent { reviewer }));
            }
        }
        let (reviewer, opinion) = (reviewer.trim().to_owned(), opinion.trim().to_owned());
        let said = Review {
            at: context.now,
            reviewer: reviewer.clone(),
            is_accepted,
            opinion: opinion.clone(),
        };
        for id in &visits {
            let visit = self.visit_mut(id);
            let record = visit.and_then(|visit| visit.records.last_mut());
            record.expect("it was found above").review = Some(said.clone());
        }
        let event = Event::ReviewResults(ResultsReviewed {
            visits: visits.into_iter().collect(),
            is_accepted,
            reviewer,
        });
        Ok((Applied::done(), Entry::new(event, opinion)))
    }

    /// Whether somebody, by name, is one of the two.
    #[must_use]
    pub fn is_of_team(&self, team: &OwnTeam, name: &str) -> bool {
        [&team.lead, &team.member].into_iter().any(|id| {
            let officer = self.officer(id);
            officer.is_some_and(|officer| is_same_person(&officer.name, name))
        })
    }
}

fn is_accepted(record: &VisitRecord) -> bool {
    record
        .review
        .as_ref()
        .is_some_and(|review| review.is_accepted)
}

/// What is wrong with when, where and how a visit was made.
fn broken_circumstances(
    record: &VisitRecord,
    date: NaiveDate,
    today: NaiveDate,
) -> Option<RecordRule> {
    let is_needed = record.outcome.is_inspected();
    match (record.start, record.end) {
        (Some(start), Some(end)) if start >= end => return Some(RecordRule::TimeOrder),
        (Some(_), Some(_)) => {}
        (None, None) if !is_needed => {}
        _ => return Some(RecordRule::NoTimes),
    }
    if is_needed && record.places.trim().is_empty() {
        return Some(RecordRule::NoPlaces);
    }
    match &record.scan {
        Scan::Without {
            why: NoScan::Other,
            words,
            ..
        } if words.trim().is_empty() => Some(RecordRule::NoScanWords),
        Scan::Without {
            made_up: Some(day), ..
        } if *day < date || *day > today => Some(RecordRule::ScanMadeUp),
        _ => None,
    }
}

/// What is wrong with the findings, held against the outcome, and with what follows.
fn broken_findings(visit: &Visit, record: &VisitRecord, date: NaiveDate) -> Option<RecordRule> {
    use super::visit_record::Outcome;
    let (outcome, has_findings) = (record.outcome, !record.findings.is_empty());
    match outcome {
        Outcome::Ordered | Outcome::ToFollow if !has_findings => {
            return Some(RecordRule::NoFindings);
        }
        Outcome::Ordered | Outcome::ToFollow | Outcome::Obstructed => {}
        _ if has_findings => return Some(RecordRule::Findings),
        _ => {}
    }
    let mut named = BTreeSet::new();
    for finding in &record.findings {
        let rule = if !visit.items.contains(&finding.item) {
            Some(ItemRule::Unknown)
        } else if !named.insert(&finding.item) {
            Some(ItemRule::Twice)
        } else {
            broken_finding(finding, date)
        };
        if let Some(rule) = rule {
            let item = finding.item.clone();
            return Some(RecordRule::Item { item, rule });
        }
    }
    let disposals: BTreeSet<Disposal> = record.disposals.iter().copied().collect();
    if disposals.is_empty() {
        return Some(RecordRule::NoDisposal);
    }
    let is_none = disposals.contains(&Disposal::None);
    (is_none && (disposals.len() > 1 || has_findings)).then_some(RecordRule::DisposalNone)
}

fn broken_finding(finding: &ItemFinding, date: NaiveDate) -> Option<ItemRule> {
    if finding.problem.trim().is_empty() {
        return Some(ItemRule::NoProblem);
    }
    if finding.basis.trim().is_empty() {
        return Some(ItemRule::NoBasis);
    }
    match (finding.measure, finding.term) {
        (Measure::ByTerm, None) if !finding.is_corrected => Some(ItemRule::NoTerm),
        (Measure::ByTerm, Some(term)) if term < date => Some(ItemRule::TermBefore),
        (Measure::ByTerm, _) | (_, None) => None,
        (_, Some(_)) => Some(ItemRule::TermNotNeeded),
    }
}

/// The same without blanks around its texts, and its lists in order.
fn trimmed(record: VisitRecord) -> VisitRecord {
    let trim = |text: String| text.trim().to_owned();
    let findings = record.findings.into_iter().map(|finding| ItemFinding {
        problem: trim(finding.problem),
        basis: trim(finding.basis),
        ..finding
    });
    let disposals: BTreeSet<Disposal> = record.disposals.into_iter().collect();
    let photos = record.photos.into_iter().map(trim);
    VisitRecord {
        places: trim(record.places),
        team_why: trim(record.team_why),
        assisted_by: trim(record.assisted_by),
        accompanied_by: trim(record.accompanied_by),
        note: trim(record.note),
        findings: findings.collect(),
        disposals: disposals.into_iter().collect(),
        photos: photos.filter(|name| !name.is_empty()).collect(),
        ..record
    }
}
