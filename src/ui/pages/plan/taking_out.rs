//! 移出: archived years leave the workbook, asked for on the page of the last of them.

use leptos::prelude::*;

use crate::ui::app::{App, clock, use_lang};
use crate::ui::pages::plan::state::PlanState;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Ask, Banner, BannerKind, Line};
use crate::workbook::request::TakeOut;
use crate::workbook::taken_out::ArchiveFile;
use crate::workbook::{Action, Year};

/// The button that takes a year and those before it out, where they may be.
pub(super) fn take_out_button(state: PlanState) -> AnyView {
    let (app, year) = (state.app, state.year);
    let t = use_lang();
    let is_asking = RwSignal::new(false);
    let may_take_out = Memo::new(move |_| {
        app.workbook.with(|book| {
            let book = book.as_deref();
            book.is_some_and(|book| book.check_taking_out(year).is_ok())
        })
    });
    let button = move || {
        may_take_out.get().then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| is_asking.set(true)>
                    {t.take_out(year)}
                </button>
            }
        })
    };
    let dialog = move || {
        let is_open = is_asking.get() && may_take_out.get();
        is_open.then(|| view! { <TakeOutDialog state is_open=is_asking /> })
    };
    view! {
        {button}
        {dialog}
    }
    .into_any()
}

/// How far the archive is that must be saved first.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Archived {
    No,
    Saving,
    Saved(ArchiveFile),
}

#[component]
fn TakeOutDialog(state: PlanState, is_open: RwSignal<bool>) -> impl IntoView {
    let (app, year) = (state.app, state.year);
    let t = use_lang();
    let archived = RwSignal::new(Archived::No);
    let is_kept = RwSignal::new(false);
    let found = app.workbook.with_untracked(|book| {
        let book = book.as_deref()?;
        let years: Vec<&Year> = book.years_upto(year).collect();
        let names: Vec<String> = years.iter().map(|year| year.year.to_string()).collect();
        let draws = years.iter().map(|year| year.draws.len()).sum::<usize>();
        let visits = years.iter().map(|year| year.visits.len()).sum::<usize>();
        let words = (names.join(t.list_mark()), t.take_out_amount(draws, visits));
        Some((words, book.brigade.head.clone()))
    });
    let Some(((years, amount), head)) = found else {
        return ().into_any();
    };
    let (act, consequence) = (t.take_out(year), t.take_out_consequence(&years));
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(act.clone(), consequence, act)
        .danger()
        .more(view! {
            <p>{amount}</p>
            {first_the_archive(app, year, archived, is_kept)}
        })
        .lines([
            Line::new(t.approver()).start(head),
            Line::new(t.col_reason()),
        ])
        .view(close, move |asked, [approver, reason]| {
            let archive = match archived.get_untracked() {
                Archived::Saved(file) if is_kept.get_untracked() => file,
                _ => return asked.answer::<()>(Err(t.take_out_keep_first().to_owned())),
            };
            let take_out = Action::TakeOutYears(TakeOut {
                upto_year: year,
                archive: Some(archive),
                reason,
                approver,
            });
            asked.answer(app.act(take_out).map(|_| {
                // An older record of a unit lacks the inspections that it has now.
                app.forget_undo();
                app.toast(t.years_taken_out(&years), false);
                let next = app
                    .workbook
                    .with_untracked(|book| book.as_ref().map(|book| book.first_year().year));
                let next = next.unwrap_or(year);
                app.go(&Route::record(Page::Plan, next.to_string()));
            }));
        })
}

/// The archive is saved now, as the workbook stands, and the person says that it is kept.
fn first_the_archive(
    app: App,
    year: i32,
    archived: RwSignal<Archived>,
    is_kept: RwSignal<bool>,
) -> AnyView {
    let t = use_lang();
    let is_saved = move || archived.with(|it| matches!(it, Archived::Saved(_)));
    let is_saving = move || archived.with(|it| *it == Archived::Saving);
    let save = move |_| {
        if untrack(is_saving) {
            return;
        }
        archived.set(Archived::Saving);
        leptos::task::spawn_local(async move {
            let file = save_archive(app, year).await;
            let _ = archived.try_set(file.map_or(Archived::No, Archived::Saved));
        });
    };
    let words = move || {
        archived.with(|it| match it {
            Archived::No => t.take_out_save().to_owned(),
            Archived::Saving => t.take_out_saving().to_owned(),
            Archived::Saved(file) => t.take_out_saved(&file.name),
        })
    };
    view! {
        <Banner kind=BannerKind::Warn fact=t.take_out_first() cause=t.take_out_first_cause()>
            <li>
                <b>"1"</b>
                <span>{words}</span>
                <button type="button" class="button is-small" disabled=is_saving on:click=save>
                    {t.take_out_save()}
                </button>
            </li>
            <li>
                <b>"2"</b>
                <label class="check-field">
                    <input
                        type="checkbox"
                        disabled=move || !is_saved()
                        prop:checked=move || is_kept.get()
                        on:change=move |event| is_kept.set(event_target_checked(&event))
                    />
                    {t.take_out_kept()}
                </label>
            </li>
        </Banner>
    }
    .into_any()
}

async fn save_archive(app: App, year: i32) -> Option<ArchiveFile> {
    let book = app.workbook.get_untracked()?;
    app.write_archive(book.archive(year).ok()?, clock()).await
}
