//! What came of a campaign on A4 portrait, shown only when printing, and then instead of its
//! plan.

use leptos::prelude::*;

use crate::engine::certificate::short_code;
use crate::i18n::Lang;
use crate::ui::widgets::paper::{has_paper, sheet_foot, sign_boxes};
use crate::workbook::{DrawRecord, Visit, VisitState, Workbook};

/// Rows of a sheet; the last has room for signature and seal.
const ROWS: usize = 28;
/// Rows of the last sheet.
const ROWS_LAST: usize = 17;
/// The class of the page's body while this is printed instead of the plan.
const PRINTS: &str = "prints-results";

/// A visit, as a row shows it.
struct ResultRow {
    name: String,
    stratum: String,
    day: String,
    result: String,
    findings: String,
    open: String,
}

fn row(t: Lang, book: &Workbook, visit: &Visit) -> ResultRow {
    let unit = book.unit(&visit.id.unit);
    let record = visit.record();
    let (day, result) = match visit.state(unit) {
        VisitState::Made(made) => {
            let words = record.map_or_else(|| t.finding(made.finding), |it| t.outcome(it.outcome));
            (made.date.to_string(), words.to_owned())
        }
        VisitState::Void => (String::new(), t.campaign_paper_void().to_owned()),
        VisitState::Pending => (String::new(), t.own_pending().to_owned()),
    };
    let count = |count: usize| {
        if count > 0 {
            count.to_string()
        } else {
            String::new()
        }
    };
    ResultRow {
        name: unit.map_or_else(|| visit.id.unit.to_string(), |unit| unit.name.clone()),
        stratum: unit.map_or_else(String::new, |unit| unit.stratum().to_string()),
        day,
        result,
        findings: count(record.map_or(0, |record| record.findings.len())),
        open: count(visit.open_findings().len()),
    }
}

/// The paper of a campaign's draw, with its figures in a line; while it is in the page the
/// plan's is not printed.
pub(super) fn results_paper(
    t: Lang,
    book: &Workbook,
    draw: &DrawRecord,
    name: &str,
    summary: &str,
) -> AnyView {
    has_paper();
    let mark = |is_on: bool| {
        if let Some(body) = document().body() {
            let _ = body.class_list().toggle_with_force(PRINTS, is_on);
        }
    };
    mark(true);
    on_cleanup(move || mark(false));
    let visits = book.campaign_visits(draw);
    let rows: Vec<ResultRow> = visits.iter().map(|it| row(t, book, it.0)).collect();
    let mut pages: Vec<&[ResultRow]> = rows.chunks(ROWS).collect();
    if pages.last().is_none_or(|last| last.len() > ROWS_LAST) {
        pages.push(&[]);
    }
    let total = pages.len();
    let label = draw.label(&book.brigade.division);
    let code = draw
        .drawn
        .as_ref()
        .map(|drawn| short_code(drawn.certificate));
    let code = code.unwrap_or_default();
    let title = t.campaign_results_title(name);
    let is_demo = book.is_demo;
    let pages = pages.iter().enumerate().map(|(page, rows)| {
        let head = if page == 0 {
            view! {
                <header class="sheet-head">
                    <div>
                        <p class="sheet-issuer">{book.brigade.name.clone()}</p>
                        <h1>{title.clone()}</h1>
                        <p>{t.draw_number()} " " <b>{label.clone()}</b></p>
                        <p>{summary.to_owned()}</p>
                    </div>
                </header>
            }
            .into_any()
        } else {
            view! {
                <header class="sheet-head is-next">
                    <p>{title.clone()} {t.paper_continued()}</p>
                    <p>{label.clone()}</p>
                </header>
            }
            .into_any()
        };
        let table = (!rows.is_empty()).then(|| table(t, page * ROWS, rows));
        view! {
            <section class="sheet is-portrait" data-mark=is_demo.then(|| t.band_demo())>
                {head} {table} {(page + 1 == total).then(|| sign_boxes(t))}
                {sheet_foot(
                    t,
                    (&book.brigade.name, is_demo),
                    (t.paper_short_code(), &code),
                    None,
                    (page + 1, total),
                )}
            </section>
        }
    });
    let pages = pages.collect_view();
    view! { <div class="paper is-results" aria-hidden="true">{pages}</div> }.into_any()
}

fn table(t: Lang, before: usize, rows: &[ResultRow]) -> AnyView {
    let heads = [
        t.col_number(),
        t.unit_name(),
        t.campaign_paper_stratum(),
        t.results_day(),
        t.result_kind(),
        t.campaign_paper_findings(),
        t.campaign_paper_open(),
    ];
    let lines = rows.iter().enumerate().map(|(at, row)| {
        let cells = [
            (before + at + 1).to_string(),
            row.name.clone(),
            row.stratum.clone(),
            row.day.clone(),
            row.result.clone(),
            row.findings.clone(),
            row.open.clone(),
        ];
        view! { <tr>{cells.map(|cell| view! { <td><span>{cell}</span></td> }).collect_view()}</tr> }
            .into_any()
    });
    view! {
        <table class="sheet-table is-results">
            <thead>
                <tr>{heads.map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{lines.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
