//! The annual plan on A4, landscape, behind what came of its year once that is closed: shown
//! only when printing.

use leptos::prelude::*;

use crate::desk::Outlook;
use crate::papers::{annual_plan, closed_year};
use crate::ui::app::use_lang;
use crate::ui::pages::plan::state::{PlanState, Shown};
use crate::ui::widgets::list::read;
use crate::ui::widgets::paper::{has_paper, many_sheets};
use crate::ui::widgets::qr_drawing;
use crate::workbook::FrozenPlan;

#[component]
pub(super) fn Paper(state: PlanState, outlook: Signal<Option<Outlook>>) -> impl IntoView {
    has_paper();
    let t = use_lang();
    move || {
        let outlook = outlook.get()?;
        let (shown, plan) = (state.shown.get(), state.plan());
        let papers = read(state.app, |book| {
            let year = book.year(state.year);
            let is_shown = |plan: &&FrozenPlan| Shown::Version(plan.version) == shown;
            let frozen = year.and_then(|year| year.plans.iter().find(is_shown));
            let of = (plan.brigade.as_str(), frozen);
            let ended = year.map(|year| closed_year::papers(t, book, year, of));
            let ended = ended.into_iter().flatten().map(|paper| (paper, None));
            let qr = frozen.and_then(|it| qr_drawing(&annual_plan::qr_text(t, it)));
            let paper = annual_plan::paper(t, book, &plan, frozen, &outlook);
            ended.chain([(paper, qr)]).collect::<Vec<_>>()
        });
        Some(many_sheets(t, &papers, false, true))
    }
}
