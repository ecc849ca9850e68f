//! The outlook of the open workbook, worked out in slices.

use leptos::prelude::*;

use super::app::App;
use super::worker::{self, Running};
use crate::workbook::outlook::OutlookRun;
use crate::workbook::{AnnualPlan, Outlook, Workbook};

/// The outlook of the plan that `plan` picks, worked out anew when it or the workbook
/// changes; until it is there, the one before stays.
pub fn follow(
    app: App,
    plan: impl Fn(App, &Workbook) -> AnnualPlan + 'static,
) -> Signal<Option<Outlook>> {
    let outlook = RwSignal::new(None::<Outlook>);
    let running = StoredValue::new_local(None::<Running>);
    Effect::new(move |_| {
        let begun = app.workbook.with(|book| {
            let book = book.as_deref().filter(|book| !book.units.is_empty())?;
            let (plan, today) = (plan(app, book), app.today());
            let from = book.outlook_from(book.year(plan.year)?, today);
            book.begin_outlook(&plan, from, today).ok()
        });
        let Some(begun) = begun else {
            running.set_value(None);
            return outlook.set(None);
        };
        let end = move |run: OutlookRun| {
            let found = app
                .workbook
                .with_untracked(|book| Some(run.finish(book.as_deref()?)));
            let _ = outlook.try_set(found);
        };
        running.set_value(Some(worker::in_slices_until_dropped(begun, end)));
    });
    outlook.into()
}
