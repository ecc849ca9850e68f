//! 逐条完善: a walk through the records of a list in which something is to be mended. The
//! drawer opens on each in turn, with the first field to mend in focus.

use std::sync::Arc;

use leptos::prelude::*;

use super::list::focus_on;
use crate::i18n::Lang;

/// A walk, as a register's page keeps it.
#[derive(Clone, Copy)]
pub struct Mend {
    /// The records as the list stood when it began, by their ids.
    ids: RwSignal<Arc<Vec<String>>>,
    at: RwSignal<usize>,
    saved: RwSignal<usize>,
}

impl Mend {
    /// None is under way.
    #[must_use]
    pub fn new() -> Self {
        Self {
            ids: RwSignal::new(Arc::default()),
            at: RwSignal::new(0),
            saved: RwSignal::new(0),
        }
    }

    /// Begins with these records; the first one.
    pub fn start(self, ids: Vec<String>) -> Option<String> {
        let first = ids.first().cloned();
        self.ids.set(Arc::new(ids));
        self.at.set(0);
        self.saved.set(0);
        first
    }

    /// Ends it.
    pub fn stop(self) {
        self.ids.set(Arc::default());
    }

    /// Goes on to the next record; none after the last one. `is_there` says which have not
    /// gone meanwhile.
    pub fn next(self, is_there: impl Fn(&str) -> bool) -> Option<String> {
        let ids = self.ids.get_untracked();
        let from = self.at.get_untracked() + 1;
        let next = (from..ids.len()).find(|at| is_there(&ids[*at]))?;
        self.at.set(next);
        ids.get(next).cloned()
    }

    /// Counts a record that was saved.
    pub fn count_saved(self) {
        self.saved.update(|saved| *saved += 1);
    }

    /// How many were saved, and how many there were.
    #[must_use]
    pub fn counts(self) -> (usize, usize) {
        (
            self.saved.get_untracked(),
            self.ids.with_untracked(|ids| ids.len()),
        )
    }

    /// Its place and how many there are, where it stands at this record.
    #[must_use]
    pub fn place_of(self, id: &str) -> Option<(usize, usize)> {
        let at = self.at.get_untracked();
        self.ids.with_untracked(|ids| {
            let is_own = ids.get(at).is_some_and(|own| own == id);
            is_own.then_some((at + 1, ids.len()))
        })
    }
}

impl Default for Mend {
    fn default() -> Self {
        Self::new()
    }
}

/// A step of the walk, as the drawer of its record is told.
#[derive(Clone)]
pub struct MendStep {
    /// Its place and how many there are.
    pub place: (usize, usize),
    /// What is to be mended: the field, and words.
    pub problems: Vec<(&'static str, String)>,
    /// Called once the record is saved.
    pub on_saved: Callback<()>,
    /// Called to go on without.
    pub on_skip: Callback<()>,
}

/// What stands above the form, with the focus led to the first field to mend.
pub fn mend_head(t: Lang, step: &MendStep) -> AnyView {
    if let Some((field, _)) = step.problems.first() {
        let field = *field;
        // After the dialog has put the focus on its first field.
        request_animation_frame(move || {
            let input = "dialog [data-field=\"FIELD\"] :is(input, select, textarea)";
            request_animation_frame(move || focus_on(&input.replace("FIELD", field)));
        });
    }
    let (at, total) = step.place;
    let problem = |(_, words): &(&str, String)| view! { <li>{words.clone()}</li> };
    view! {
        <section class="mend-head" aria-label=t.mend_head()>
            <b role="status">{format!("{at} / {total}")}</b>
            <ul>{step.problems.iter().map(problem).collect_view()}</ul>
        </section>
    }
    .into_any()
}
