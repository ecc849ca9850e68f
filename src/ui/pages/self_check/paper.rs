//! The report of a check on A4 portrait, shown only when printing.

use leptos::prelude::*;

use super::Sheet;
use crate::i18n::Lang;
use crate::ui::widgets::paper::{has_paper, sign_boxes_with};
use crate::workbook::self_check::{CheckLine, Verdict};

/// Heights in rows: of a sheet, of what stands above the lines of the first, of what ends the
/// last one, of a line that says more.
const SHEET_ROWS: usize = 31;
const HEAD_ROWS: usize = 6;
const END_ROWS: usize = 9;
const LONG_ROWS: usize = 2;

fn rows_of(line: &CheckLine) -> usize {
    if line.verdict == Verdict::Right {
        1
    } else {
        LONG_ROWS
    }
}

/// The lines by sheet, so that the last has room for what ends it.
fn pages(lines: &[CheckLine]) -> Vec<Vec<CheckLine>> {
    let mut pages = vec![Vec::new()];
    let mut left = SHEET_ROWS - HEAD_ROWS;
    for line in lines {
        let rows = rows_of(line);
        if rows > left {
            pages.push(Vec::new());
            left = SHEET_ROWS;
        }
        left -= rows;
        if let Some(page) = pages.last_mut() {
            page.push(line.clone());
        }
    }
    if left < END_ROWS {
        pages.push(Vec::new());
    }
    pages
}

pub(super) fn report_paper(t: Lang, sheet: &Sheet) -> AnyView {
    has_paper();
    let pages = pages(&sheet.lines);
    let total = pages.len();
    let mark = match (&sheet.signed, sheet.is_demo) {
        (None, _) => Some(t.check_draft()),
        (Some(_), true) => Some(t.band_demo()),
        (Some(_), false) => None,
    };
    let sheets = pages.into_iter().enumerate().map(|(page, lines)| {
        let is_last = page + 1 == total;
        let table = (!lines.is_empty()).then(|| table(t, sheet, &lines));
        view! {
            <section class="sheet is-portrait" data-mark=mark>
                {head(t, sheet, page == 0)}
                {table}
                {is_last.then(|| end(t, sheet))}
                <footer class="sheet-foot">
                    <span>{sheet.brigade.clone()}</span>
                    <span>{sheet.label.clone()}</span>
                    <span>{t.paper_page(page + 1, total)}</span>
                </footer>
            </section>
        }
    });
    view! { <div class="paper" aria-hidden="true">{sheets.collect_view()}</div> }.into_any()
}

fn head(t: Lang, sheet: &Sheet, is_first: bool) -> AnyView {
    if !is_first {
        return view! {
            <header class="sheet-head is-next">
                <p>{t.check_paper_title()} {t.paper_continued()}</p>
                <p>{sheet.label.clone()}</p>
            </header>
        }
        .into_any();
    }
    let [mend, explain, right] = Verdict::ALL.map(|verdict| sheet.count(verdict));
    let compared = sheet.after.as_ref().map(|after| t.check_compared(after));
    let period = t.check_span(t.month_day(sheet.from), t.month_day(sheet.to));
    view! {
        <header class="sheet-head">
            <div>
                <p class="sheet-issuer">{sheet.brigade.clone()}</p>
                <h1>{t.check_paper_title()}</h1>
                <p>
                    {t.check_number()} " " <b>{sheet.label.clone()}</b> <span class="gap"></span>
                    {t.check_period()} " " {period}
                </p>
                <p>
                    {t.check_scope_fact(sheet.visits, sheet.units)} <span class="gap"></span>
                    {t.check_paper_total_line(mend, explain, right)} <span class="gap"></span>
                    {compared}
                </p>
            </div>
        </header>
    }
    .into_any()
}

fn table(t: Lang, sheet: &Sheet, lines: &[CheckLine]) -> AnyView {
    let heads = [
        t.check_lines(),
        t.check_col_figure(),
        t.check_col_state(),
        t.check_paper_note(),
    ];
    let row = |line: &CheckLine| {
        let before = line.before.map(|bad| t.check_before(bad));
        let note = match (line.verdict, line.note.is_empty()) {
            (_, false) => format!("　{}", t.check_note(&line.note)),
            (Verdict::Explain, true) => format!("　{}", t.check_no_note()),
            _ => String::new(),
        };
        let words = format!("{}{note}", t.check_records(line));
        view! {
            <tr class:is-long=line.verdict != Verdict::Right>
                <td><span>{t.check_title(line.kind, &sheet.rule, sheet.review_days)}</span></td>
                <td><span>{t.check_figure(line)} " " {before}</span></td>
                <td><span>{t.check_verdict(line.verdict)}</span></td>
                <td><span>{words}</span></td>
            </tr>
        }
    };
    view! {
        <table class="sheet-table is-check">
            <thead>
                <tr>{heads.map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{lines.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Signatures as they are entered, with room for the pen, and the seal.
fn end(t: Lang, sheet: &Sheet) -> AnyView {
    let signed = sheet.signed.as_ref();
    let head = signed.and_then(|it| it.head.as_ref());
    let filed = signed.and_then(|it| it.filed.as_ref());
    let lines = [
        (t.check_checker(), signed.map(|it| it.checker.clone())),
        (t.check_head_label(), head.map(|it| it.head.clone())),
        (t.paper_date(), head.map(|it| it.at.date().to_string())),
        (t.check_file_date(), filed.map(|it| it.date.to_string())),
    ];
    sign_boxes_with(t, t.check_paper_opinion(), lines)
}
