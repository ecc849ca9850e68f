//! How far a visit has come, from its plan to a result that may be published, and which of
//! its findings still wait for 复查.
//!
//! Nothing of it is stored: it follows from the visit, its plan and the day.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::visit::{Visit, VisitState};
use super::visit_record::{Measure, PaperKind, VisitRecord};
use super::{VisitMade, Workbook};
use crate::engine::month::PlannedVisit;

/// Working days within which a visit must be looked at again, after the end of a term
/// (公安部令第120号; domain.md, «Law»).
pub const RECHECK_WORKING_DAYS: u32 = 3;
/// Working days within which a result is published, after the end of the check
/// (政府信息公开条例 art. 26).
pub const PUBLISH_WORKING_DAYS: u32 = 20;

/// How far a visit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VisitStage {
    /// 待审批: its plan is not approved.
    Unapproved,
    /// 顺延: the last plan set it aside, and the next draw carries it.
    SetAside,
    /// 待检查: its day has not passed.
    Planned,
    /// 待录入: its day has passed, or it was made, and nobody has entered its record.
    ToEnter,
    /// 逾期: the last day on which it should have been made has passed.
    Overdue,
    /// 待审核.
    ToReview,
    /// 退回: the review sent its record back.
    Returned,
    /// 待复查: its record stands, and a finding waits to be looked at again.
    ToRecheck,
    /// 可公示: nothing is left to do but to publish it.
    Done,
    /// 作废: its unit proved closed before it was made.
    Void,
    /// 未检查: its year ended without it.
    Unmade,
}

impl VisitStage {
    /// All, in order.
    pub const ALL: [Self; 11] = [
        Self::Unapproved,
        Self::SetAside,
        Self::Planned,
        Self::ToEnter,
        Self::Overdue,
        Self::ToReview,
        Self::Returned,
        Self::ToRecheck,
        Self::Done,
        Self::Void,
        Self::Unmade,
    ];
}

/// A finding that waits for 复查.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFinding<'a> {
    /// The item's id.
    pub item: &'a str,
    /// The end of its term.
    pub term: NaiveDate,
}

impl Visit {
    /// The record that counts.
    #[must_use]
    pub fn record(&self) -> Option<&VisitRecord> {
        self.records.last()
    }

    /// The papers that it asks for: the notice where one went out, the record where something
    /// was checked, an order with what it orders, and with one the proof that it was delivered.
    #[must_use]
    pub fn papers_needed(&self) -> BTreeSet<PaperKind> {
        let mut papers = BTreeSet::new();
        let notice = self.notice.as_ref();
        if notice.is_some_and(|notice| notice.unannounced.is_empty()) {
            papers.insert(PaperKind::Notice);
        }
        let Some(record) = self.record() else {
            return papers;
        };
        if record.outcome.is_inspected() {
            papers.insert(PaperKind::Record);
        }
        for finding in &record.findings {
            match finding.measure {
                Measure::AtOnce => papers.extend([PaperKind::AtOnceOrder]),
                Measure::ByTerm => papers.extend([PaperKind::TermOrder, PaperKind::Delivery]),
                Measure::Sealing | Measure::Penalty | Measure::Transfer => {}
            }
        }
        papers
    }

    /// The findings that are not known to be corrected, in the order of the record: those
    /// with a term, and those to be corrected at once that were not. Where a 复查 gave a
    /// new term, that counts; where it gave none, a penalty follows and nothing is open.
    #[must_use]
    pub fn open_findings(&self) -> Vec<OpenFinding<'_>> {
        let (Some(record), Some(VisitMade { date, .. })) = (self.record(), self.made) else {
            return Vec::new();
        };
        let waits = record.findings.iter().filter(|it| {
            !it.is_corrected && matches!(it.measure, Measure::AtOnce | Measure::ByTerm)
        });
        let open = waits.filter_map(|finding| {
            let mut last = self.rechecks.iter().rev();
            let last = last.find_map(|it| it.items.iter().find(|it| it.item == finding.item));
            let term = match last {
                Some(last) if last.is_corrected => None,
                Some(last) => last.term,
                None => Some(finding.term.unwrap_or(date)),
            };
            let item = finding.item.as_str();
            term.map(|term| OpenFinding { item, term })
        });
        open.collect()
    }
}

impl Workbook {
    /// How far a visit has come on a day.
    #[must_use]
    pub fn visit_stage(&self, visit: &Visit, today: NaiveDate) -> VisitStage {
        match visit.state(self.unit(&visit.id.unit)) {
            VisitState::Void => return VisitStage::Void,
            VisitState::Pending => return self.pending_stage(visit, today),
            VisitState::Made(_) => {}
        }
        match visit.record().map(|record| &record.review) {
            None => VisitStage::ToEnter,
            Some(None) => VisitStage::ToReview,
            Some(Some(review)) if !review.is_accepted => VisitStage::Returned,
            Some(Some(_)) if visit.open_findings().is_empty() => VisitStage::Done,
            Some(Some(_)) => VisitStage::ToRecheck,
        }
    }

    fn pending_stage(&self, visit: &Visit, today: NaiveDate) -> VisitStage {
        if self.is_year_closed(visit.id.draw.year) || today.year() > visit.id.draw.year {
            return VisitStage::Unmade;
        }
        let Some(planned) = self.planned_of(visit) else {
            return VisitStage::SetAside;
        };
        let unit = self.unit(&visit.id.unit);
        let approved = unit
            .zip(self.draw(visit.id.draw))
            .and_then(|(unit, draw)| self.approved_on(unit, draw));
        if approved.is_none() {
            VisitStage::Unapproved
        } else if today <= planned.day {
            VisitStage::Planned
        } else if today <= self.deadline(planned.day) {
            VisitStage::ToEnter
        } else {
            VisitStage::Overdue
        }
    }

    /// Day and team by the plan that holds a visit, as it stands; none where it set it aside.
    #[must_use]
    pub fn planned_of(&self, visit: &Visit) -> Option<&PlannedVisit> {
        self.plan_of_visit(visit).and_then(|(_, planned)| planned)
    }

    /// The last day for 复查 of a finding whose term ends on `term`.
    #[must_use]
    pub fn recheck_by(&self, term: NaiveDate) -> NaiveDate {
        self.calendar().add_working_days(term, RECHECK_WORKING_DAYS)
    }

    /// The last day for publishing the result of a check that ended on `date`.
    #[must_use]
    pub fn publish_by(&self, date: NaiveDate) -> NaiveDate {
        self.calendar().add_working_days(date, PUBLISH_WORKING_DAYS)
    }
}
