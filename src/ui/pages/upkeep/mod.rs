//! 名录维护: the register beside a market regulator's list, and units that may be gone.
//!
//! - [`lists`]: which lists there are, and what is open of them
//! - [`rows`]: what their rows show
//! - [`ask`]: what is asked before an act

pub mod ask;
mod lists;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;

use self::lists::{Found, ListKind, left_out};
use crate::exchange::compare::rows_of;
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::import::{FileButton, use_import};
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::export::{Outgoing, list_menu};
use crate::ui::widgets::list::refine;
use crate::ui::widgets::{PageHead, ViewTab, ViewTabs, VirtualTable};
use crate::workbook::upkeep::UpkeepStep;
use crate::workbook::{Action, Workbook};

/// The list on show in the address.
const LIST: &str = "list";

/// Which dialog is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    SetAside,
    Confirm,
    Retire,
    Restore,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Upkeep {
    app: App,
    /// The lists, worked out once a version of the workbook.
    found: Memo<Arc<Found>>,
    kind: Memo<ListKind>,
    /// Rows that are ticked.
    ticked: RwSignal<BTreeSet<usize>>,
    asking: RwSignal<Option<Asking>>,
    /// Why the last act was refused.
    refusal: RwSignal<String>,
}

impl Upkeep {
    fn new(app: App) -> Self {
        let found = Memo::new_with_compare(
            move |_| {
                app.workbook.with(|book| {
                    let found = book.as_ref().map(|book| Found::new(book, app.today()));
                    Arc::new(found.unwrap_or_default())
                })
            },
            |_, _| true,
        );
        let kind = Memo::new(move |_| {
            let asked = app.route.with(|route| route.query.get(LIST).cloned());
            let mut kinds = ListKind::ALL.into_iter();
            let asked = kinds.find(|kind| Some(kind.key()) == asked.as_deref());
            asked.unwrap_or(ListKind::Missing)
        });
        let page = Self {
            app,
            found,
            kind,
            ticked: RwSignal::new(BTreeSet::new()),
            asking: RwSignal::new(None),
            refusal: RwSignal::new(String::new()),
        };
        // Rows move as the workbook changes: what was ticked is done or stands elsewhere.
        Effect::new(move |_| {
            page.found.track();
            page.kind.track();
            page.ticked.set(BTreeSet::new());
        });
        Effect::new(move |_| {
            page.kind.track();
            page.refusal.set(String::new());
        });
        page
    }

    fn read<T: Default>(self, read: impl FnOnce(&Workbook) -> T) -> T {
        self.app
            .workbook
            .with_untracked(|book| book.as_deref().map(read).unwrap_or_default())
    }

    /// The units of the rows that are ticked.
    fn units(self) -> BTreeSet<UnitId> {
        let (found, kind) = (self.found.get_untracked(), self.kind.get_untracked());
        let ticked = self.ticked.get_untracked();
        self.read(|book| found.units_of(book, kind, &ticked))
    }

    fn toggle(self, row: usize) {
        let kind = self.kind.get_untracked();
        if self.found.with_untracked(|found| found.is_open(kind, row)) {
            self.ticked.update(|ticked| {
                if !ticked.remove(&row) {
                    ticked.insert(row);
                }
            });
        }
    }

    fn step(self, step: UpkeepStep, words: String) {
        let done = self.app.act_and_tell(Action::Upkeep(step), words);
        self.refusal.set(done.err().unwrap_or_default());
    }

    fn suspect(self, t: Lang) {
        let units = self.units();
        let words = t.upkeep_suspected(units.len());
        self.step(UpkeepStep::Suspect { units }, words);
    }

    fn take_back(self, t: Lang) {
        let found = self.found.get_untracked();
        let ticked = self.ticked.get_untracked();
        let keys = ticked
            .iter()
            .filter_map(|row| found.aside.get(*row).cloned());
        let keys: BTreeSet<String> = keys.collect();
        let words = t.upkeep_taken_back(keys.len());
        self.step(UpkeepStep::TakeBack { keys }, words);
    }

    /// Of the ticked values the places of their lines, each with its fields.
    fn values(self) -> BTreeMap<usize, BTreeSet<String>> {
        let found = self.found.get_untracked();
        let mut values = BTreeMap::<usize, BTreeSet<String>>::new();
        for row in self.ticked.get_untracked() {
            if let Some(line) = found.lines.differing.get(row) {
                values
                    .entry(line.place)
                    .or_default()
                    .insert(line.field.to_owned());
            }
        }
        values
    }

    fn keep_own(self, t: Lang) {
        let count = self.ticked.with_untracked(BTreeSet::len);
        let lines = self.values();
        let values = self.read(|book| {
            let comparison = book.upkeep.comparison.iter();
            let all = comparison.flat_map(|it| it.differing.iter().enumerate());
            let chosen =
                all.filter_map(|(at, line)| Some((line.unit.clone(), lines.get(&at)?.clone())));
            chosen.collect()
        });
        self.step(UpkeepStep::KeepOwn { values }, t.upkeep_kept(count));
    }
}

/// The page.
pub fn upkeep_page() -> AnyView {
    let (page, t) = (Upkeep::new(use_app()), use_lang());
    let has_comparison = Memo::new(move |_| {
        let book = page.app.workbook;
        book.with(|book| {
            book.as_ref()
                .is_some_and(|it| it.upkeep.comparison.is_some())
        })
    });
    let facts = move || {
        page.app.workbook.with(|book| {
            let comparison = book.as_ref()?.upkeep.comparison.as_ref()?;
            let at = comparison.at.format("%Y-%m-%d %H:%M");
            Some(t.upkeep_facts(&comparison.file, at, &comparison.who))
        })
    };
    let button = move || {
        if has_comparison.get() {
            view! { <FileButton label=t.upkeep_choose_again() /> }.into_any()
        } else {
            view! { <FileButton label=t.upkeep_choose() is_primary=true /> }.into_any()
        }
    };
    let introduction = move || {
        (!has_comparison.get()).then(|| view! { <p class="upkeep-none">{t.upkeep_none()}</p> })
    };
    view! {
        <PageHead title=t.upkeep_title() facts=view! { {facts} }.into_any()>
            {button}
        </PageHead>
        <div class="register">
            <div class="register-list">
                {tabs(page, t)}
                {introduction}
                {move || sum(page, t)}
                {bar(page, t)}
                {error_line(page.refusal.into())}
                {move || {
                    let kind = page.kind.get();
                    let is_empty = page.found.with(|found| found.count(kind) == 0);
                    untrack(|| if is_empty { nothing(t) } else { table(page, t, kind) })
                }}
            </div>
        </div>
        {move || dialog(page)}
    }
    .into_any()
}

fn tabs(page: Upkeep, t: Lang) -> AnyView {
    let tabs = Signal::derive(move || {
        page.found.with(|found| {
            let tab = |kind: ListKind| ViewTab {
                key: kind.key(),
                name: kind.name(t).to_owned(),
                count: found.open_count(kind),
            };
            ListKind::ALL.into_iter().map(tab).collect::<Vec<_>>()
        })
    });
    let current = Signal::derive(move || page.kind.get().key());
    let choose = move |key: &'static str| refine(page.app, LIST, key);
    view! { <ViewTabs tabs current on_choose=Callback::new(choose) /> }.into_any()
}

/// What became of all rows of the list, and what the list on show is.
fn sum(page: Upkeep, t: Lang) -> AnyView {
    let kind = page.kind.get();
    let counts = page.app.workbook.with(|book| {
        let comparison = book.as_ref()?.upkeep.comparison.as_ref()?;
        Some(t.compared_counts(&comparison.counts))
    });
    let more = page.read(|book| left_out(book, kind));
    let more = more.map(|(kept, all)| t.upkeep_more(kept, all));
    view! {
        <p class="upkeep-sum caption">{counts}</p>
        <p class="upkeep-note">{kind.note(t)} {more}</p>
    }
    .into_any()
}

/// What can be done about the rows that are ticked.
fn bar(page: Upkeep, t: Lang) -> AnyView {
    let open = Memo::new(move |_| {
        let kind = page.kind.get();
        page.found.with(|found| {
            let rows = 0..found.count(kind);
            rows.filter(|row| found.is_open(kind, *row))
                .collect::<BTreeSet<_>>()
        })
    });
    let is_all = move || open.with(|open| !open.is_empty() && page.ticked.with(|it| it == open));
    let tick_all = move |event| {
        let rows = if event_target_checked(&event) {
            open.get_untracked()
        } else {
            BTreeSet::new()
        };
        page.ticked.set(rows);
    };
    let has_none = move || page.ticked.with(BTreeSet::is_empty);
    let count = move || match page.ticked.with(BTreeSet::len) {
        0 => t.upkeep_tick_first().to_owned(),
        count => t.upkeep_ticked(count),
    };
    let button = move |words: &'static str, is_primary: bool, act: Callback<()>| {
        view! {
            <button
                type="button"
                class="button"
                class:is-primary=is_primary
                disabled=has_none
                on:click=move |_| act.run(())
            >
                {words}
            </button>
        }
        .into_any()
    };
    let ask = move |asked| Callback::new(move |()| page.asking.set(Some(asked)));
    let take = {
        let flow = use_import();
        Callback::new(move |()| take_rows(page, flow))
    };
    let buttons = move || match page.kind.get() {
        ListKind::Missing => vec![
            button(t.upkeep_set_aside(), false, ask(Asking::SetAside)),
            button(t.upkeep_add(), true, take),
        ],
        ListKind::Absent => vec![
            button(t.upkeep_confirm(), false, ask(Asking::Confirm)),
            button(
                t.upkeep_suspect(),
                true,
                Callback::new(move |()| page.suspect(t)),
            ),
        ],
        ListKind::StruckOff | ListKind::Suspects => vec![
            button(t.upkeep_confirm(), false, ask(Asking::Confirm)),
            button(t.upkeep_retire(), true, ask(Asking::Retire)),
        ],
        ListKind::Reopened => vec![button(t.upkeep_restore(), true, ask(Asking::Restore))],
        ListKind::Differing => vec![
            button(
                t.upkeep_keep(),
                false,
                Callback::new(move |()| page.keep_own(t)),
            ),
            button(t.upkeep_adopt(), true, take),
        ],
        ListKind::Aside => vec![button(
            t.upkeep_take_back(),
            false,
            Callback::new(move |()| page.take_back(t)),
        )],
    };
    let is_shown = move || page.found.with(|found| found.count(page.kind.get()) > 0);
    view! {
        <div class="filter-bar" class:is-gone=move || !is_shown()>
            <label class="check-field">
                <input
                    type="checkbox"
                    prop:checked=is_all
                    disabled=move || open.with(BTreeSet::is_empty)
                    on:change=tick_all
                />
                {t.upkeep_tick_all()}
            </label>
            <span class="spring"></span>
            <span class="button-reason" role="status">
                {count}
            </span>
            {buttons}
            {move || out(page, t, page.kind.get())}
        </div>
    }
    .into_any()
}

/// The menu of files of the list on show.
fn out(page: Upkeep, t: Lang, kind: ListKind) -> AnyView {
    let list = Outgoing {
        part: kind.name(t),
        table: move || rows::table(page, t, kind),
    };
    list_menu(page.app, list, Vec::new())
}

/// Takes the ticked rows, or the list's values of them, into the register.
fn take_rows(page: Upkeep, flow: crate::ui::import::ImportFlow) {
    let ticked = page.ticked.get_untracked();
    let (found, kind) = (page.found.get_untracked(), page.kind.get_untracked());
    let values = page.values();
    let chosen = page.read(|book| {
        let comparison = book.upkeep.comparison.as_ref()?;
        let rows = match kind {
            ListKind::Missing => {
                let lines = ticked
                    .iter()
                    .filter_map(|row| found.lines.missing.get(*row));
                let mut lines: Vec<_> = lines
                    .filter_map(|line| comparison.missing.get(line.place))
                    .collect();
                lines.sort_by_key(|line| line.row_number);
                rows_of(&lines, &[])
            }
            ListKind::Differing => {
                let lines = values.iter().filter_map(|(place, fields)| {
                    Some((comparison.differing.get(*place)?, fields.clone()))
                });
                rows_of(&[], &lines.collect::<Vec<_>>())
            }
            ListKind::Absent
            | ListKind::StruckOff
            | ListKind::Reopened
            | ListKind::Suspects
            | ListKind::Aside => {
                return None;
            }
        };
        Some((comparison.file.clone(), rows))
    });
    if let Some((file, rows)) = chosen {
        flow.take_rows(file, rows, page.refusal);
    }
}

fn nothing(t: Lang) -> AnyView {
    view! {
        <div class="empty-state">
            <p>{t.upkeep_nothing()}</p>
        </div>
    }
    .into_any()
}

fn table(page: Upkeep, t: Lang, kind: ListKind) -> AnyView {
    let selected = RwSignal::new(None::<usize>);
    let count = Signal::derive(move || page.found.with(|found| found.count(kind)));
    let row = move |at: usize| rows::row(page, t, kind, at);
    view! {
        <VirtualTable
            label=kind.name(t)
            columns=rows::columns(t, kind)
            count
            row=Callback::new(row)
            selected
            on_select=Callback::new(move |at| selected.set(Some(at)))
            on_toggle=Callback::new(move |at| page.toggle(at))
        />
    }
    .into_any()
}

fn dialog(page: Upkeep) -> Option<AnyView> {
    let t = use_lang();
    let close = Callback::new(move |()| page.asking.set(None));
    let asking = page.asking.get()?;
    Some(untrack(|| match asking {
        Asking::Confirm => ask::confirm_units(page.app, page.units(), close),
        Asking::Restore => ask::restore_units(page.app, page.units(), close),
        Asking::Retire => {
            let units = page.units();
            let reason = reason(page, t, &units);
            ask::retire_units(page.app, units, reason, close)
        }
        Asking::SetAside => {
            let found = page.found.get_untracked();
            let ticked = page.ticked.get_untracked();
            let rows = ticked
                .iter()
                .filter_map(|row| found.lines.missing.get(*row));
            let rows = rows.map(|line| line.row.clone()).collect();
            ask::set_rows_aside(page.app, rows, close)
        }
    }))
}

/// What speaks against units, where it is the same of all; each in its own words else.
fn reason(page: Upkeep, t: Lang, units: &BTreeSet<UnitId>) -> String {
    let today = page.app.today();
    page.read(|book| {
        let units = units.iter().filter_map(|id| book.unit(id));
        let all = units.map(|unit| t.suspicions(&book.suspicions_of(unit, today)));
        let all: BTreeSet<String> = all.take(200).collect();
        let all: Vec<String> = all.into_iter().take(3).collect();
        all.join(t.list_mark())
    })
}
