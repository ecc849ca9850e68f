//! Results from a file of the official system: each is entered as one that is typed
//! ([`result_entry`](super::result_entry)), all of them or none, and all can be taken back
//! as long as nothing was done with them.
//!
//! Beside the rules of an entry three more hold. Who types knows what was entered before, and
//! says why something is otherwise; a file says nothing of it. So a visit that has a record
//! keeps it, its officers are those of the plan as it stands (others come in by a recorded
//! stand-in), and it was not made before its day.

use super::Workbook;
use super::action::{Action, Applied, Context, Outcome};
use super::event::Event;
use super::event_detail::{ImportMode, ResultsImported};
use super::refusal::{ActionError, DrawError};
use super::request::{EnterResult, ImportResults};
use super::result_rule::RecordRule;
use super::undo_import::ImportUndo;
use super::visit::{Visit, VisitId, VisitMade};

/// The visits of an import before it and after it.
#[derive(Debug, Clone)]
pub struct ResultsUndo {
    file: String,
    fingerprint: String,
    before: Vec<Visit>,
    after: Vec<Visit>,
}

impl Workbook {
    pub(super) fn import_results(&mut self, import: ImportResults, context: &Context) -> Outcome {
        if import.results.is_empty() {
            return Err(DrawError::NoVisits.into());
        }
        let ids: Vec<VisitId> = import.results.iter().map(|it| it.visit.clone()).collect();
        let named = |book: &Self| -> Vec<Visit> {
            let visits = ids.iter().filter_map(|id| book.visit(id));
            visits.cloned().collect()
        };
        // Each is held against those before it: a unit may be in the file twice.
        let mut next = self.clone();
        for result in import.results {
            next.rehearse_result(result, context)?;
        }
        let event = Event::ImportResults(ResultsImported {
            file: import.file_name.clone(),
            fingerprint: import.fingerprint.clone(),
            mode: ImportMode::Merge,
            visits: ids.clone(),
        });
        let undo = ResultsUndo {
            file: import.file_name,
            fingerprint: import.fingerprint,
            before: named(self),
            after: named(&next),
        };
        *self = next;
        let undo = Action::UndoImport(ImportUndo::Results(undo));
        Ok((Applied::undone_by(undo), event.into()))
    }

    /// Enters a result of a file into a copy of the workbook, on which a preview or the action
    /// finds out whether it may come in after those before it.
    ///
    /// # Errors
    /// The one rule that it breaks.
    pub fn rehearse_result(
        &mut self,
        result: EnterResult,
        context: &Context,
    ) -> Result<(), ActionError> {
        self.check_import(&result, context)?;
        self.put_result(result, context);
        Ok(())
    }

    fn check_import(&self, result: &EnterResult, context: &Context) -> Result<(), ActionError> {
        let id = &result.visit;
        let visit = self.visit_named(id)?;
        let day = self.planned_of(visit).map(|planned| planned.day);
        let finding = result.record.outcome.finding();
        let is_other = |made: VisitMade| made.date != result.date || made.finding != finding;
        let broken = if visit.record().is_some() || visit.made.is_some_and(is_other) {
            Some(RecordRule::HasRecord)
        } else if !result.record.team_why.is_empty() {
            Some(RecordRule::OtherTeam)
        } else {
            let early = day.filter(|day| result.date < *day);
            early.map(|day| RecordRule::BeforeDay { day })
        };
        if let Some(rule) = broken {
            return Err(self.broken(id, rule));
        }
        self.check_result(result, context)
    }

    /// Takes an import of results back.
    pub(super) fn undo_results(&mut self, undo: ResultsUndo) -> Result<Event, ActionError> {
        let is_same = |visit: &Visit| self.visit(&visit.id) == Some(visit);
        if !undo.after.iter().all(is_same) {
            return Err(ActionError::ChangedSince);
        }
        for visit in &undo.before {
            self.check_year_open(visit.id.draw.year)?;
            self.check_unmade_after(visit)?;
        }
        let visits = undo.before.iter().map(|visit| visit.id.clone()).collect();
        for before in undo.before {
            if let Some(visit) = self.visit_mut(&before.id) {
                *visit = before;
            }
        }
        Ok(Event::ImportResults(ResultsImported {
            file: undo.file,
            fingerprint: undo.fingerprint,
            mode: ImportMode::Undo,
            visits,
        }))
    }

    /// A visit that becomes unmade must not be one on which a later draw rests.
    fn check_unmade_after(&self, before: &Visit) -> Result<(), DrawError> {
        match before.made {
            Some(_) => Ok(()),
            None => self.check_unmade(&before.id),
        }
    }
}
