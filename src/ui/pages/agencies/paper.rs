//! The list of a draw of institutions or engineers on A4, shown only when printing.

use leptos::prelude::*;

use super::state::{Own, OwnRow, RowState, rows_of};
use crate::engine::certificate::short_code;
use crate::i18n::Lang;
use crate::ui::app::use_lang;
use crate::ui::pages::month::qr_text;
use crate::ui::widgets::list::read;
use crate::ui::widgets::paper::{has_paper, sheet_foot, sign_boxes};
use crate::ui::widgets::qr_code;
use crate::workbook::DrawRecord;

/// Rows of a sheet; the last has room for signature and seal.
const ROWS: usize = 18;
/// Rows of the last sheet.
const ROWS_LAST: usize = 8;

/// What stands in the head and at each foot.
struct Sheet {
    title: String,
    brigade: String,
    is_demo: bool,
    label: String,
    code: String,
    commitment: String,
    at: String,
    qr: String,
    trail: Option<String>,
    summary: String,
}

fn sheet(own: Own, t: Lang, draw: &DrawRecord) -> Option<Sheet> {
    let (drawn, committed) = (draw.drawn.as_ref()?, draw.committed.as_ref()?);
    let register = draw.own_register()?;
    let (label, brigade, is_demo) = read(own.app, |book| {
        let label = draw.label(&book.brigade.division);
        (label, book.brigade.name.clone(), book.is_demo)
    });
    let pool = drawn.result.groups.iter().map(|group| group.pool).sum();
    let count = drawn.result.drawn().count() as u32;
    let commitment = committed.hash.to_string();
    let groups: Vec<&str> = (0..4).map(|at| &commitment[at * 4..at * 4 + 4]).collect();
    Some(Sheet {
        title: t.own_paper_title(draw.month.year(), t.own_register(register)),
        qr: qr_text(&label, drawn.certificate),
        label,
        brigade,
        is_demo,
        code: short_code(drawn.certificate),
        commitment: groups.join(" "),
        at: t.paper_time(drawn.at),
        trail: draw.trail_head().map(|head| t.trail_end(&head)),
        summary: t.own_paper_summary(t.own_count(register, pool), t.own_count(register, count)),
    })
}

/// The paper of the draw on show.
#[component]
pub(super) fn OwnPaper(own: Own) -> impl IntoView {
    has_paper();
    move || {
        let t = use_lang();
        let (draw, rows) = read(own.app, |book| {
            let draw = book.draw(own.draw.get()?)?;
            Some((draw.clone(), rows_of(t, book, draw)))
        })?;
        let sheet = sheet(own, t, &draw)?;
        let mut pages: Vec<&[OwnRow]> = rows.chunks(ROWS).collect();
        if pages.last().is_none_or(|last| last.len() > ROWS_LAST) {
            pages.push(&[]);
        }
        let total = pages.len();
        let number = |page: usize, at: usize| page * ROWS + at + 1;
        let pages = pages.iter().enumerate().map(|(page, rows)| {
            let lines = rows.iter().enumerate();
            let lines = lines.map(|(at, row)| line(t, number(page, at), row));
            let table = (!rows.is_empty()).then(|| table(t, lines.collect_view().into_any()));
            view! {
                <section class="sheet" data-mark=sheet.is_demo.then(|| t.band_demo())>
                    {head(t, &sheet, page == 0)} {table} {(page + 1 == total).then(|| last_part(t, &sheet))}
                    {sheet_foot(
                        t,
                        (&sheet.brigade, sheet.is_demo),
                        (t.paper_short_code(), &sheet.code),
                        sheet.trail.as_deref(),
                        (page + 1, total),
                    )}
                </section>
            }
        });
        Some(
            view! { <div class="paper" aria-hidden="true">{pages.collect_view()}</div> }.into_any(),
        )
    }
}

fn head(t: Lang, sheet: &Sheet, is_first: bool) -> AnyView {
    if !is_first {
        return view! {
            <header class="sheet-head is-next">
                <p>{sheet.title.clone()} {t.paper_continued()}</p>
                <p>{sheet.label.clone()}</p>
            </header>
        }
        .into_any();
    }
    view! {
        <header class="sheet-head">
            <div>
                <p class="sheet-issuer">{sheet.brigade.clone()}</p>
                <h1>{sheet.title.clone()}</h1>
                <p>
                    {t.draw_number()} " " <b>{sheet.label.clone()}</b> <span class="gap"></span>
                    {t.paper_drawn_at()} " " {sheet.at.clone()}
                </p>
                <p>
                    {t.paper_short_code()} " " <b class="hash">{sheet.code.clone()}</b> <span class="gap"></span>
                    {t.paper_commitment()} " " <span class="hash">{sheet.commitment.clone()}</span>
                </p>
            </div>
            {qr_code(&sheet.qr, t.certificate_qr())}
        </header>
    }
    .into_any()
}

fn table(t: Lang, lines: AnyView) -> AnyView {
    let heads = [
        t.col_number(),
        t.own_paper_number(),
        t.own_col_name(),
        t.own_paper_ticket(),
        t.own_col_team(),
        t.own_paper_day(),
        t.visit_finding(),
    ];
    view! {
        <table class="sheet-table is-own">
            <thead>
                <tr>{heads.map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

/// A row; day and result are left free where they are not entered.
fn line(t: Lang, number: usize, row: &OwnRow) -> AnyView {
    let team = row.team.as_ref().map(|team| team.join(t.list_mark()));
    let result = match row.kind {
        RowState::Pending => String::new(),
        RowState::Made | RowState::Left | RowState::Void => row.state.clone(),
    };
    let cells = [
        number.to_string(),
        row.id.record.to_string(),
        row.name.clone(),
        row.ticket.clone(),
        team.unwrap_or_default(),
        String::new(),
        result,
    ];
    view! { <tr>{cells.map(|cell| view! { <td><span>{cell}</span></td> }).collect_view()}</tr> }
        .into_any()
}

fn last_part(t: Lang, sheet: &Sheet) -> AnyView {
    view! {
        <p class="sheet-summary">{sheet.summary.clone()}</p>
        {sign_boxes(t)}
        <p class="sheet-summary">{t.paper_verify()}</p>
    }
    .into_any()
}
