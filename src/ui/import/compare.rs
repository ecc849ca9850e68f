//! A list that is held against the unit register instead of being taken in; and what of it a
//! person then chose to take, which goes the way of every import: snapshot, action, undo.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::proposal::{Changes, Choice};
use super::{ImportFlow, Job, Progress};
use crate::exchange::compare::{closed_in_use, compare};
use crate::exchange::{Content, Rows};
use crate::i18n::Who;
use crate::model::Unit;
use crate::ui::route::{Page, Route};
use crate::ui::safety::{Reason, keep_snapshot};
use crate::ui::task::WebPace;
use crate::workbook::Action;
use crate::workbook::upkeep::UpkeepStep;

impl ImportFlow {
    /// Whether a list that comes in now is to be compared: it was chosen or dropped on the
    /// page of comparisons.
    pub(super) fn is_comparing(self) -> bool {
        let route = self.app.route;
        route.with_untracked(|route| route.page == Page::Upkeep)
    }

    /// Rows that the spreadsheet calls closed, with its word.
    fn out_of_use(self) -> BTreeMap<u32, String> {
        self.sheets.list.with_untracked(|list| {
            let units = list.iter().flat_map(|list| &list.out_of_use);
            let units = units.map(|it| (it.row_number, it.word.clone()));
            units.collect()
        })
    }

    /// Keeps which units an imported list called closed, where they stay in use.
    pub(super) fn mark_closed(self, file_name: &str, content: &Content) {
        let Content::Units(rows) = content else {
            return;
        };
        let out_of_use = self.out_of_use();
        if out_of_use.is_empty() {
            return;
        }
        let units = self.app.workbook.with_untracked(|book| {
            let book = book.as_ref();
            let units = book.map(|book| closed_in_use(book, rows, &out_of_use));
            units.unwrap_or_default()
        });
        if units.is_empty() {
            return;
        }
        let file = file_name.to_owned();
        let step = UpkeepStep::Mark { file, units };
        if let Err(words) = self.app.act(Action::Upkeep(step)) {
            self.app.toast(words, false);
        }
    }

    /// Reads the spreadsheet as it is wished, and compares it.
    pub fn compare_sheet(self) {
        let sheets = self.sheets;
        self.begin(sheets.is_slow(), async move |job, pace| {
            let source = match sheets.source_of(job, &pace).await {
                Ok((source, told)) => {
                    sheets.show(told);
                    source
                }
                Err(words) => return sheets.refusal.set(words),
            };
            let out_of_use = self.out_of_use();
            let Content::Units(rows) = &source.content else {
                return;
            };
            let kept = self.compare_rows(job, &source.file_name, rows, &out_of_use, &pace);
            match kept.await {
                Ok(()) => {
                    sheets.keep();
                    sheets.leave();
                }
                Err(words) => sheets.refusal.set(words),
            }
        });
    }

    /// Compares rows with the register, keeps what comes of it, and shows it.
    pub(super) async fn compare_rows(
        self,
        job: Job,
        file_name: &str,
        rows: &Rows<Unit>,
        out_of_use: &BTreeMap<u32, String>,
        pace: &WebPace,
    ) -> Result<(), String> {
        job.step(Progress::Comparing).await;
        let t = self.app.lang.get_untracked();
        let book = self.app.workbook.get_untracked();
        let book = book.ok_or_else(|| t.import_no_workbook().to_owned())?;
        let found = compare(&book, rows, file_name, out_of_use, pace).await;
        drop(book);
        let words = t.upkeep_compared(found.counts.rows);
        let action = Action::Upkeep(UpkeepStep::Compare(Box::new(found)));
        // Where it can be taken back is where it is seen.
        self.app.go(&Route::to(Page::Upkeep));
        self.app.act_and_tell(action, words)?;
        Ok(())
    }

    /// Takes rows that a person chose of a comparison into the register; what is wrong goes
    /// into `refusal`.
    pub fn take_rows(self, file_name: String, rows: Rows<Unit>, refusal: RwSignal<String>) {
        refusal.set(String::new());
        self.begin(false, async move |job, pace| {
            let taken = self.take_rows_at(job, &file_name, rows, &pace).await;
            if let Err(words) = taken {
                refusal.set(words);
            }
        });
    }

    async fn take_rows_at(
        self,
        job: Job,
        file_name: &str,
        rows: Rows<Unit>,
        pace: &WebPace,
    ) -> Result<(), String> {
        let t = self.app.lang.get_untracked();
        job.step(Progress::Comparing).await;
        let book = self.app.workbook.get_untracked();
        let book = book.ok_or_else(|| t.import_no_workbook().to_owned())?;
        // Each row was looked at and ticked.
        let choice = Choice {
            take_faultless: true,
            take_alike: true,
            ..Choice::default()
        };
        let content = Content::Units(rows);
        let changes = Changes::of(&content, &book, &choice, self.now(), pace).await;
        drop(book);
        let changes = changes.ok_or_else(|| t.import_no_workbook().to_owned())?;
        let facts = changes.facts();
        let left_out = (facts.faulty_count() > 0).then(|| {
            let first = facts
                .issues()
                .iter()
                .find(|it| it.severity == crate::exchange::Severity::Error);
            let first = first
                .map(|issue| t.row_issue(&issue.kind, Who::default()))
                .unwrap_or_default();
            t.upkeep_left_out(facts.faulty_count(), first)
        });
        if !facts.changes_nothing() {
            job.step(Progress::Snapshot).await;
            let reason = Reason::Import(file_name.to_owned());
            let snapshot = keep_snapshot(self.app, &reason);
            let snapshot = snapshot.map_err(|_| t.snapshot_full().to_owned())?;
            job.step(Progress::Applying).await;
            let words = t.upkeep_brought_in(t.import_numbers(changes.facts().numbers()));
            let action = changes.into_action(file_name, "");
            let action = action.map_err(|error| t.import_error(&error))?;
            self.app.act_alone(action, &words, Page::Upkeep)?;
            self.tell(words, snapshot.is_some());
        }
        left_out.map_or(Ok(()), Err)
    }
}
