//! The lines of a check, gravest first; each record leads to where it is mended.

use std::sync::Arc;

use leptos::prelude::*;

use super::Sheet;
use crate::desk::visit_list::TaskView;
use crate::engine::calendar::YearMonth;
use crate::i18n::Lang;
use crate::ui::app::{App, use_lang};
use crate::ui::pages::visits::{view_route, visit_route};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Icon, Line, icon};
use crate::workbook::check_signing::CheckStep;
use crate::workbook::self_check::{CheckKind, CheckLine, CheckRecord, Checked, Verdict};
use crate::workbook::{Action, Workbook};

/// Records that a line shows before it is opened.
const SHOWN: usize = 3;

pub(super) fn lines_pane(app: App, sheet: Arc<Sheet>) -> AnyView {
    let t = use_lang();
    let opened = RwSignal::new(None::<CheckKind>);
    let asked = RwSignal::new(None::<CheckKind>);
    let groups = Verdict::ALL.map(|verdict| {
        let lines: Vec<CheckLine> = {
            let of = sheet.lines.iter().filter(|line| line.verdict == verdict);
            of.cloned().collect()
        };
        let count = lines.len();
        let sheet = sheet.clone();
        let rows = lines
            .into_iter()
            .map(move |line| line_row(app, t, &sheet, line, opened, asked));
        (count > 0).then(|| {
            view! {
                <tbody>
                    <tr class="check-group">
                        <th scope="rowgroup" colspan="5">
                            {t.check_group(t.check_verdict(verdict), count)}
                        </th>
                    </tr>
                    {rows.collect_view()}
                </tbody>
            }
        })
    });
    let dialog = move || {
        let kind = asked.get()?;
        let sheet = sheet.clone();
        Some(untrack(|| explain_dialog(app, t, &sheet, kind, asked)))
    };
    view! {
        <section class="pane grow check-lines" aria-label=t.check_lines() tabindex="0">
            <table class="list is-auto" aria-label=t.check_lines()>
                <thead>
                    <tr>
                        <th scope="col">{t.check_lines()}</th>
                        <th scope="col" class="number">{t.check_col_figure()}</th>
                        <th scope="col">{t.check_col_records()}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t.check_mend_go()}</span>
                        </th>
                        <th scope="col">{t.check_col_state()}</th>
                    </tr>
                </thead>
                {groups.into_iter().collect_view()}
            </table>
        </section>
        {dialog}
    }
    .into_any()
}

fn line_row(
    app: App,
    t: Lang,
    sheet: &Sheet,
    line: CheckLine,
    opened: RwSignal<Option<CheckKind>>,
    asked: RwSignal<Option<CheckKind>>,
) -> AnyView {
    let kind = line.kind;
    let title = t.check_title(kind, &sheet.rule, sheet.review_days);
    let is_now = sheet.signed.is_none();
    let (class, mark) = match line.verdict {
        Verdict::Mend => ("check-state is-bad", Icon::Cross),
        Verdict::Explain => ("check-state is-warn", Icon::Info),
        Verdict::Right => ("check-state is-ok", Icon::Check),
    };
    let is_right = line.verdict == Verdict::Right;
    let before = line.before.filter(|before| *before != line.bad);
    let before = before.map(|bad| view! { <span class="caption">{t.check_before(bad)}</span> });
    let note = (!line.note.is_empty())
        .then(|| view! { <p class="caption check-note">{t.check_note(&line.note)}</p> });
    let action = match line.verdict {
        Verdict::Mend => {
            let link = read(app, |book| Some(kind_route(book, sheet, &line).hash()));
            let label = format!("{} {title}", t.check_mend_go());
            view! { <a href=link aria-label=label>{t.check_mend_go()}</a> }.into_any()
        }
        Verdict::Explain if is_now && !app.is_archive() => {
            let words = if line.note.is_empty() {
                t.check_explain_go()
            } else {
                t.check_explain_again()
            };
            let label = format!("{words} {title}");
            view! {
                <button
                    type="button"
                    class="link-button"
                    aria-label=label
                    on:click=move |_| asked.set(Some(kind))
                >
                    {words}
                </button>
            }
            .into_any()
        }
        Verdict::Explain | Verdict::Right => ().into_any(),
    };
    let figure = t.check_figure(&line);
    let verdict = t.check_verdict(line.verdict);
    view! {
        <tr class:is-right=is_right>
            <td>
                <span class="check-name">{title}</span>
            </td>
            <td class="number">{figure} {before}</td>
            <td class="check-records">{records(app, t, line, opened)} {note}</td>
            <td>{action}</td>
            <td>
                <span class=class>{icon(mark)} {verdict}</span>
            </td>
        </tr>
    }
    .into_any()
}

/// The first records, and the others on demand.
fn records(app: App, t: Lang, line: CheckLine, opened: RwSignal<Option<CheckKind>>) -> AnyView {
    let kind = line.kind;
    if line.records.is_empty() {
        return t.check_records(&line).into_any();
    }
    let rest = line.records.len().saturating_sub(SHOWN);
    let told: Vec<(String, Option<String>)> = read(app, |book| {
        let told = line.records.iter().map(|record| {
            let route = record_route(book, kind, record);
            (
                t.check_record(kind, record),
                route.map(|route| route.hash()),
            )
        });
        told.collect()
    });
    let more = line.more;
    let list = move || {
        let is_open = opened.get() == Some(kind);
        let count = if is_open { told.len() } else { SHOWN };
        let shown = told
            .iter()
            .take(count)
            .cloned()
            .map(|(words, link)| match link {
                Some(link) => view! { <a href=link>{words}</a> }.into_any(),
                None => view! { <span>{words}</span> }.into_any(),
            });
        let unnamed = (is_open && more > 0).then(|| view! { <span>{t.check_more(more)}</span> });
        view! { {shown.collect_view()} {unnamed} }
    };
    let count = rest as u32 + more;
    let button = (rest > 0).then(|| {
        let is_open = move || opened.get() == Some(kind);
        let toggle = move |_| opened.update(|open| *open = (*open != Some(kind)).then_some(kind));
        view! {
            <button type="button" class="link-button" aria-expanded=move || is_open().to_string() on:click=toggle>
                {move || if is_open() { t.check_fewer().to_owned() } else { t.check_more(count) }}
            </button>
        }
    });
    view! { <span class="record-list">{list} {button}</span> }.into_any()
}

/// Where a record is mended, where there is such a place.
fn record_route(book: &Workbook, kind: CheckKind, record: &CheckRecord) -> Option<Route> {
    Some(match &record.of {
        Checked::Visit(id) => visit_route(id),
        Checked::Unit(id) => Route::record(Page::Units, id.as_str()),
        Checked::Officer(id) => Route::record(Page::Officers, id.as_str()),
        Checked::Draw(id) => Route::of_draw(book.draw(*id)?),
        Checked::Act(_) => Route::to(Page::Trail).with("q", record.name.clone()),
        Checked::Township => units_route(kind).with("township", record.name.clone()),
        Checked::Day => return None,
    })
}

fn units_route(kind: CheckKind) -> Route {
    let view = match kind {
        CheckKind::Incomplete => "incomplete",
        CheckKind::Reviewed => "to-review",
        _ => "key",
    };
    Route::to(Page::Units).with("view", view)
}

/// Where what a line finds is mended.
fn kind_route(book: &Workbook, sheet: &Sheet, line: &CheckLine) -> Route {
    let first = line.records.first();
    match line.kind {
        CheckKind::KeyUnits | CheckKind::Incomplete | CheckKind::Reviewed => units_route(line.kind),
        CheckKind::Away | CheckKind::AwayApproved | CheckKind::Certificates => {
            Route::to(Page::Officers)
        }
        CheckKind::Overdue | CheckKind::Month => view_route(TaskView::Overdue),
        CheckKind::RecheckLate => view_route(TaskView::ToRecheck),
        CheckKind::NotEntered | CheckKind::Returned => view_route(TaskView::ToEnter),
        CheckKind::Publish | CheckKind::PlanPublic | CheckKind::PublishedLate => {
            Route::to(Page::Publish)
        }
        _ => {
            let found = first.and_then(|record| record_route(book, line.kind, record));
            found.unwrap_or_else(|| Route::record(Page::Month, YearMonth::of(sheet.to).to_string()))
        }
    }
}

fn explain_dialog(
    app: App,
    t: Lang,
    sheet: &Sheet,
    kind: CheckKind,
    asked: RwSignal<Option<CheckKind>>,
) -> AnyView {
    let title = t.check_title(kind, &sheet.rule, sheet.review_days);
    let found = sheet.lines.iter().find(|line| line.kind == kind);
    let start = found.map(|line| line.note.clone()).unwrap_or_default();
    let close = Callback::new(move |()| asked.set(None));
    Ask::new(
        t.check_explain_title(title),
        t.check_explain_consequence(),
        t.check_explain_go(),
    )
    .lines([Line::new(t.check_explanation()).start(start).needed()])
    .view(close, move |dialog, [words]| {
        let step = CheckStep::Explain { kind, words };
        let action = Action::SelfCheck(step);
        dialog.answer(app.act_and_tell(action, t.check_explained()));
    })
}
