//! The outlook of the open workbook.

use leptos::prelude::*;

use super::app::App;
use super::task::{Running, WebPace};
use crate::desk::Outlook;
use crate::workbook::{AnnualPlan, Workbook};

/// The outlook of the plan that `plan` picks, if it does, worked out anew when it or the
/// workbook changes; until it is there, the one before stays.
pub fn follow(
    app: App,
    plan: impl Fn(App, &Workbook) -> Option<AnnualPlan> + 'static,
) -> Signal<Option<Outlook>> {
    let outlook = RwSignal::new(None::<Outlook>);
    let running = StoredValue::new_local(None::<Running>);
    Effect::new(move |_| {
        let input = app.workbook.with(|book| {
            let book = book.as_deref().filter(|book| !book.units.is_empty())?;
            let (plan, today) = (plan(app, book)?, app.today());
            let from = book.outlook_from(book.year(plan.year)?, today);
            book.outlook_input(&plan, from, today).ok()
        });
        let Some(input) = input else {
            running.set_value(None);
            return outlook.set(None);
        };
        running.set_value(Some(Running::of(async move {
            let found = input.work_out(&WebPace::of_page(drop)).await;
            let _ = outlook.try_set(Some(found));
        })));
    });
    outlook.into()
}
