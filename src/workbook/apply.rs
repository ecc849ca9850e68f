//! Carrying actions out: each is checked wholly before it changes anything, and writes one
//! entry of the trail.

use super::action::{Action, Applied, Context};
use super::refusal::ActionError;
use super::request::VisitEntry;
use super::visit::VisitMade;
use super::{Workbook, trail};
use crate::model::UnitStatus;

impl Workbook {
    /// Checks and carries out one action, and writes it into the trail.
    ///
    /// # Errors
    /// [`ActionError`]; then nothing has changed.
    pub fn apply(&mut self, action: Action, context: &Context) -> Result<Applied, ActionError> {
        self.check_not_archive()?;
        let (applied, entry) = match action {
            Action::EditBrigade(brigade) => self.edit_brigade(*brigade),
            Action::AddUnit(unit) => self
                .check_unit_alone(&unit)
                .and_then(|()| self.add_unit(*unit, context)),
            Action::AddUnitAlike(unit) => self.add_unit(*unit, context),
            Action::EditUnit(unit) => self
                .check_unit_alone(&unit)
                .and_then(|()| self.edit_unit(*unit, context)),
            Action::EditUnitAlike(unit) => self.edit_unit(*unit, context),
            Action::RetireUnit {
                id,
                since,
                reason,
                approver,
            } => self.retire_unit(
                &id,
                UnitStatus::Retired {
                    since,
                    reason,
                    approver,
                    extra: serde_json::Map::new(),
                },
            ),
            Action::RetireUnits(request) => self.retire_units(request),
            Action::RestoreUnits { ids, reason } => self.restore_units(ids, reason),
            Action::Upkeep(step) => self.keep_up(step, context),
            Action::Withhold(withhold) => self.withhold(withhold, context),
            Action::PublishUnit { id } => self.publish_unit(&id),
            Action::RestoreUnit { id, reason } => self.restore_unit(&id, reason),
            Action::AddOfficer(officer) => self
                .check_officer_alone(&officer)
                .and_then(|()| self.add_officer(*officer, context)),
            Action::AddOfficerAlike(officer) => self.add_officer(*officer, context),
            Action::EditOfficer(officer) => self
                .check_officer_alone(&officer)
                .and_then(|()| self.edit_officer(*officer, context)),
            Action::EditOfficerAlike(officer) => self.edit_officer(*officer, context),
            Action::OfficerLeaves {
                id,
                reason,
                approver,
            } => self.set_left(&id, true, reason, approver),
            Action::OfficerReturns {
                id,
                reason,
                approver,
            } => self.set_left(&id, false, reason, approver),
            Action::PutItem(item) => self.put_item(*item, context),
            Action::MoveItem { id, to } => self.move_item(&id, to),
            Action::RemoveItem {
                id,
                reason,
                approver,
            } => self.remove_item(&id, reason, &approver),
            Action::RestoreItem { item, at } => self.restore_item(*item, at),
            Action::IssueItems {
                since,
                reason,
                approver,
            } => self.issue_items(since, reason, approver, context),
            Action::Agencies(keep) => self.keep(keep, context),
            Action::Engineers(keep) => self.keep(keep, context),
            Action::ImportUnits(import) => self.import_units(import, context),
            Action::ImportOfficers(import) => self.import_officers(import, context),
            Action::ImportItems(import) => self.import_items(import, context),
            Action::EditMany(edit) => self.edit_many(*edit, context),
            Action::UndoImport(undo) => self.undo_import(undo),
            Action::ImportHolidays(years) => self.import_holidays(years),
            Action::EditPlan(plan) => self.edit_plan(*plan),
            Action::StartYear { year } => self.start_year(year, context),
            Action::CloseYear {
                year,
                approver,
                note,
            } => self.close_year(year, &approver, &note, context),
            Action::TakeOutYears(request) => self.take_out_years(request, context),
            Action::FreezePlan {
                year,
                approver,
                reason,
            } => self.freeze_plan(year, approver, reason, context),
            Action::OpenDraw(open) => self.open_draw(open, context),
            Action::OpenSupplementary(open) => self.open_supplementary(open, context),
            Action::OpenCampaign(open) => self.open_campaign(open, context),
            Action::PutCampaign(year, plan) => self.put_campaign(year, *plan),
            Action::WithdrawCampaign(withdraw) => self.withdraw_campaign(withdraw, context),
            Action::SelfCheck(step) => self.step_check(step, context),
            Action::PublishBulletin(publish) => self.publish_bulletin(publish, context),
            Action::OpenRegisterDraw(open) => self.open_register(open, context),
            Action::OpenFrozen(open, frozen) => self.open_frozen(open, *frozen, context),
            Action::Commit(commit) => self.commit_draw(commit, context),
            Action::Draw(run) => self.run_draw(run, context),
            Action::EnterEntropy(run) => self.enter_entropy(run, context),
            Action::StandOver(stored_at) => self.stand_over(stored_at),
            Action::OpenOlder(known) => self.open_older(known),
            Action::FinishDraw(finished) => self.finish_draw(*finished),
            Action::ApprovePlan(approve) => self.approve_plan(approve, context),
            Action::BreakOff(broken) => self.break_off(broken, context),
            Action::RecordVisit {
                unit,
                date,
                finding,
            } => {
                let made = VisitMade { date, finding };
                self.record_visit(&VisitEntry { unit, made }, context.now.date())
            }
            Action::RecordVisits(visits) => self.record_visits(&visits, context.now.date()),
            Action::CorrectVisit(correction) => self.correct_visit(correction, context),
            Action::EnterResult(enter) => self.enter_result(*enter, context),
            Action::ImportResults(import) => self.import_results(*import, context),
            Action::ReviewResults(review) => self.review_results(review, context),
            Action::NotifyVisits(notify) => self.notify_visits(notify, context),
            Action::PutPapers(put) => self.put_papers(put, context),
            Action::EnterRecheck(enter) => self.enter_recheck(enter, context),
            Action::EnterOther(visit) => self.enter_other(*visit, context),
            Action::WithdrawOther {
                year,
                number,
                reason,
            } => self.withdraw_other(year, number, &reason, context),
            Action::ChangePlan(change) => self.change_plan(change, context),
            Action::StandIn(request) => self.stand_in(request, context),
            Action::CloseVisit(request) => self.close_visit(request, context),
            Action::RecordOwnVisit(record) => self.record_own(record, context),
            Action::CloseOwnVisit(request) => self.close_own(request, context),
            Action::CorrectOwnVisit(correct) => self.correct_own(correct, context),
        }?;
        trail::append(
            &mut self.trail,
            context.now,
            &context.who,
            &entry.why,
            &entry.event,
        );
        Ok(applied)
    }
}
