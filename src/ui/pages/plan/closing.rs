//! A year's end on its page: closing it, the statement of one that is closed, and its
//! archive.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::papers::closed_year::{closed_words, result_words, said, strata_figures, strata_heads};
use crate::ui::app::use_lang;
use crate::ui::pages::plan::state::PlanState;
use crate::ui::pages::plan::taking_out::take_out_button;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Ask, Line, Tag, TagKind};
use crate::workbook::statement::{StratumStatement, YearStatement};
use crate::workbook::{Action, VisitId, Workbook};

/// The button that closes a year which is over, or archives one that is closed.
pub(super) fn end_buttons(state: PlanState) -> AnyView {
    let (app, year) = (state.app, state.year);
    let t = use_lang();
    let is_closing = RwSignal::new(false);
    let may_close = Memo::new(move |_| {
        let may = state.kept(|year| year.may_be_closed(app.today()));
        may.unwrap_or_default() && !app.is_archive()
    });
    let may_archive = Memo::new(move |_| state.is_closed() && !app.is_archive());
    let close = move || {
        may_close.get().then(|| {
            view! {
                <button type="button" class="button is-primary" on:click=move |_| is_closing.set(true)>
                    {t.close_year(year)}
                </button>
            }
        })
    };
    let archive = move || {
        may_archive.get().then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| app.save_archive(year)>
                    {t.archive_save(year)}
                </button>
            }
        })
    };
    let dialog = move || {
        let is_open = is_closing.get() && may_close.get();
        is_open.then(|| view! { <CloseDialog state is_open=is_closing /> })
    };
    view! {
        {close}
        {archive}
        {take_out_button(state)}
        {dialog}
    }
    .into_any()
}

#[component]
fn CloseDialog(state: PlanState, is_open: RwSignal<bool>) -> impl IntoView {
    let (app, year) = (state.app, state.year);
    let t = use_lang();
    let found = app.workbook.with_untracked(|book| {
        let book = book.as_deref()?;
        let statement = book.year_statement(book.year(year)?);
        Some((statement, book.brigade.head.clone()))
    });
    let Some((statement, head)) = found else {
        return ().into_any();
    };
    let note_label = if statement.missed().next().is_some() {
        t.close_year_note_needed()
    } else {
        t.close_year_note()
    };
    let (act, consequence) = (t.close_year(year), t.close_year_consequence(year));
    let close = Callback::new(move |()| is_open.set(false));
    let [_, visits, _] = t.statement_words(&statement);
    Ask::new(act.clone(), consequence, act)
        .more(view! {
            {strata_table(t, &statement)}
            <p>{visits}</p>
        })
        .lines([Line::new(t.approver()).start(head), Line::new(note_label)])
        .view(close, move |asked, [approver, note]| {
            let close = Action::CloseYear {
                year,
                approver,
                note,
            };
            let closed = app.act(close);
            asked.answer(closed.map(|_| app.toast(t.year_is_closed(year), false)));
        })
}

/// The statement of a closed year; nothing of one that is open.
pub(super) fn statement_pane(state: PlanState) -> Option<AnyView> {
    let t = use_lang();
    let (app, year) = (state.app, state.year);
    app.workbook.with(|book| {
        let book = book.as_deref()?;
        let closed = book.year(year)?.closed.as_ref()?;
        let statement = &closed.statement;
        let unmade = (!statement.unmade.is_empty()).then(|| unmade_table(t, book, statement));
        let lines = said(t, closed).into_iter();
        Some(
            view! {
                <section class="pane" aria-labelledby="statement-title">
                    <div class="pane-head">
                        <h2 id="statement-title">{t.statement_title(year)}</h2>
                        <span class="caption">{closed_words(t, closed, t.day_time(closed.at))}</span>
                    </div>
                    {strata_table(t, statement)}
                    <div class="pane-body statement-lines">
                        {lines.map(|line| view! { <p>{line}</p> }).collect_view()}
                    </div>
                    {unmade}
                </section>
            }
            .into_any(),
        )
    })
}

/// The three strata with their floors, and whether each was met.
fn strata_table(t: Lang, statement: &YearStatement) -> AnyView {
    let [name, figures @ .., result] = strata_heads(t);
    let figures = figures.map(|head| view! { <th scope="col" class="number">{head}</th> });
    let row = |row: &StratumStatement| {
        let figures = strata_figures(row).map(|figure| view! { <td class="number">{figure}</td> });
        let kind = if row.is_met() {
            TagKind::Done
        } else {
            TagKind::Warn
        };
        view! {
            <tr>
                <td>
                    <b>{row.stratum.to_string()}</b>
                    " "
                    {t.stratum(row.stratum)}
                </td>
                {figures.collect_view()}
                <td><Tag kind text=result_words(t, row) /></td>
            </tr>
        }
    };
    view! {
        <table class="list is-auto statement-table">
            <thead>
                <tr>
                    <th scope="col">{name}</th>
                    {figures.collect_view()}
                    <th scope="col">{result}</th>
                </tr>
            </thead>
            <tbody>{statement.strata.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Every visit that was drawn and not made, by name.
fn unmade_table(t: Lang, book: &Workbook, statement: &YearStatement) -> AnyView {
    let row = |id: &VisitId| {
        let name = book.unit(&id.unit).map_or("", |unit| unit.name.as_str());
        let link = Route::record(Page::Units, id.unit.as_str()).hash();
        view! {
            <li>
                <a href=link>{name.to_owned()}</a>
                <span class="caption">{format!("{} · {}", id.unit, t.statement_draw(id.draw.number))}</span>
            </li>
        }
    };
    view! {
        <div class="pane-body">
            <h3>{t.statement_unmade(statement.unmade.len())}</h3>
            <ul class="statement-unmade">{statement.unmade.iter().map(row).collect_view()}</ul>
        </div>
    }
    .into_any()
}
