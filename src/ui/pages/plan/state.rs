//! What the parts of the page share: the year, and which plan of it is shown.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::engine::year_plan::{Remedy, lower_shares};
use crate::ui::app::App;
use crate::workbook::{AnnualPlan, Year};

/// A part of the page in which numbers are typed; faults are put in words at its foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    Shares,
    Season,
    Points,
    Others,
}

/// What was typed and cannot stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputFault {
    pub(super) pane: Pane,
    pub(super) text: String,
    pub(super) words: String,
}

/// The plan being looked at and edited.
#[derive(Clone, Copy)]
pub(super) struct PlanState {
    pub(super) app: App,
    /// The year whose plan it is.
    pub(super) year: i32,
    pub(super) shown: RwSignal<Shown>,
    /// The draft with changes that are not saved yet.
    pub(super) edited: RwSignal<AnnualPlan>,
    /// What was typed and cannot stand, by the input's label.
    pub(super) faults: RwSignal<BTreeMap<String, InputFault>>,
}

impl PlanState {
    /// Reads the year of the plan.
    pub(super) fn kept<T>(self, read: impl FnOnce(&Year) -> T) -> Option<T> {
        let (app, year) = (self.app, self.year);
        app.workbook
            .with(|book| Some(read(book.as_ref()?.year(year)?)))
    }

    /// The plan on view.
    pub(super) fn plan(self) -> AnnualPlan {
        match self.shown.get() {
            Shown::Draft => self.edited.get(),
            Shown::Version(version) => {
                let frozen = self.kept(|year| {
                    let mut plans = year.plans.iter();
                    let frozen = plans.find(|plan| plan.version == version);
                    frozen.map(|plan| plan.plan.clone())
                });
                frozen.flatten().unwrap_or_else(|| self.edited.get())
            }
        }
    }

    pub(super) fn edit(self, change: impl FnOnce(&mut AnnualPlan)) {
        self.edited.update(change);
    }

    pub(super) fn is_editable(self) -> bool {
        self.shown.get() == Shown::Draft && !self.is_closed()
    }

    /// Whether the year is closed: then its plan is only read.
    pub(super) fn is_closed(self) -> bool {
        self.kept(|year| year.closed.is_some()).unwrap_or_default()
    }
}

/// What the page shows: the draft, or a frozen version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Draft,
    Version(u32),
}

/// Puts a remedy into the draft; officer-days are made on the officers' page.
pub(super) fn adopt(state: PlanState, remedy: &Remedy) {
    match remedy {
        Remedy::OfficerDays { .. } => {}
        Remedy::LowerShares { percent, .. } => state.edit(|plan| {
            plan.design = lower_shares(&plan.design, *percent);
        }),
        Remedy::TwiceLevel { level } => state.edit(|plan| plan.design.twice_level = *level),
    }
}
