//! The month's plan on A4, landscape: shown only when printing.
//!
//! Pages are laid out here and not by the browser, because older browsers can
//! neither number pages nor repeat a short code at each foot.

use leptos::prelude::*;

use crate::desk::VisitRow;
use crate::engine::certificate::short_code;
use crate::engine::lottery::Hash;
use crate::engine::occasion::Occasion;
use crate::i18n::Lang;
use crate::model::Stratum;
use crate::model::Subject;
use crate::ui::app::use_lang;
use crate::ui::pages::month::state::{MonthState, officer_name};
use crate::ui::widgets::paper::{has_paper, sheet_foot, sign_boxes};
use crate::ui::widgets::qr_code;
use crate::workbook::{DrawRecord, VisitSource};

/// Rows on the first page, under the head with the QR code.
const ROWS_FIRST: usize = 17;
/// Rows on the pages after it.
const ROWS_NEXT: usize = 20;
/// Rows on the last page, above the boxes for signature and seal.
const ROWS_LAST: usize = 10;

/// Characters of a reason in a line of the head, at least.
const REASON_LINE: usize = 50;

/// What stands in the head and at each foot.
#[derive(Debug, Clone)]
struct Sheet {
    brigade: String,
    title: String,
    label: String,
    short_code: String,
    commitment: String,
    drawn_at: String,
    qr: String,
    is_demo: bool,
    /// Why it was drawn outside the window.
    outside: Option<String>,
    /// 审批意见, approver and day, once it is approved.
    approved: Option<[String; 2]>,
    /// The version of the item list that it was drawn under.
    items: Option<u32>,
    /// Where 操作记录 ended at the commitment.
    trail: Option<String>,
}

/// Rows whose place a reason takes in the first head.
fn reason_rows(reason: Option<&str>) -> usize {
    let lines = reason.map_or(0, |reason| reason.chars().count().div_ceil(REASON_LINE));
    lines.min(ROWS_LAST - 3)
}

/// Splits rows into pages; the last has room for signature and seal. `taken`: rows for
/// which the first page has no room.
fn paginate(rows: Vec<VisitRow>, taken: usize) -> Vec<Vec<VisitRow>> {
    let mut pages = Vec::new();
    let mut rest = rows;
    loop {
        let room = if pages.is_empty() {
            ROWS_FIRST - taken
        } else {
            ROWS_NEXT
        };
        let room_last = if pages.is_empty() {
            ROWS_LAST - 2 - taken
        } else {
            ROWS_LAST
        };
        if rest.len() <= room_last {
            pages.push(rest);
            return pages;
        }
        let next = rest.split_off(rest.len().min(room));
        pages.push(rest);
        rest = next;
    }
}

#[component]
pub(super) fn Paper(state: MonthState) -> impl IntoView {
    has_paper();
    move || {
        let draw = state.draw()?;
        let rows = state.book(|book| book.visit_rows(&draw))?;
        let sheet = sheet(state, &draw)?;
        let summary = summary(&rows);
        let pages = paginate(rows, reason_rows(sheet.outside.as_deref()));
        let total = pages.len();
        let pages = pages.into_iter().enumerate().map(|(at, rows)| {
            let is_last = at + 1 == total;
            view! {
                <section class="sheet" data-mark=sheet.is_demo.then(|| use_lang().band_demo())>
                    {if at == 0 { first_head(&sheet) } else { next_head(&sheet) }} {visit_table(state, rows)}
                    {is_last.then(|| last_part(&summary, &sheet))} {foot(&sheet, at + 1, total)}
                </section>
            }
        });
        Some(
            view! { <div class="paper" aria-hidden="true">{pages.collect_view()}</div> }.into_any(),
        )
    }
}

fn sheet(state: MonthState, draw: &DrawRecord) -> Option<Sheet> {
    let t = use_lang();
    let drawn = draw.drawn.as_ref()?;
    let committed = draw.committed.as_ref()?;
    let hash = drawn.certificate;
    let (label, brigade, is_demo, items) = state.book(|book| {
        (
            draw.label(&book.brigade.division),
            book.brigade.name.clone(),
            book.is_demo,
            book.item_version_of(draw),
        )
    })?;
    let commitment = committed.hash.to_string();
    let groups: Vec<&str> = (0..4).map(|at| &commitment[at * 4..at * 4 + 4]).collect();
    let title = match &draw.occasion {
        Occasion::Campaign(campaign) => t.campaign_paper_title(draw.month.year(), &campaign.name),
        _ => t.paper_title(
            draw.month.year(),
            t.month_name(draw.month.month()).replace(' ', ""),
        ),
    };
    Some(Sheet {
        title,
        qr: qr_text(&label, hash),
        label,
        brigade,
        short_code: short_code(hash),
        commitment: groups.join(" "),
        drawn_at: t.paper_time(drawn.at),
        is_demo,
        outside: draw.outside_window.clone(),
        approved: draw.approval.as_ref().map(|it| {
            let signed = t.paper_approved(&it.approver, t.paper_day(it.date));
            [it.opinion.clone(), signed]
        }),
        items,
        trail: draw.trail_head().map(|head| t.trail_end(&head)),
    })
}

fn first_head(sheet: &Sheet) -> AnyView {
    let t = use_lang();
    view! {
        <header class="sheet-head">
            <div>
                <p class="sheet-issuer">{sheet.brigade.clone()}</p>
                <h1>{sheet.title.clone()}</h1>
                <p>
                    {t.draw_number()} " " <b>{sheet.label.clone()}</b> <span class="gap"></span> {t.paper_drawn_at()}
                    " " {sheet.drawn_at.clone()}
                    {sheet.items.map(|number| view! { <span class="gap"></span> {t.paper_items(number)} })}
                </p>
                <p>
                    {t.paper_short_code()} " " <b class="hash">{sheet.short_code.clone()}</b> <span class="gap"></span>
                    {t.paper_commitment()} " " <span class="hash">{sheet.commitment.clone()}</span>
                </p>
                {sheet.outside.clone().map(|reason| view! { <p class="sheet-reason">{t.paper_outside()} ": " {reason}</p> })}
            </div>
            {qr_code(&sheet.qr, t.certificate_qr())}
        </header>
    }
    .into_any()
}

fn next_head(sheet: &Sheet) -> AnyView {
    let t = use_lang();
    view! {
        <header class="sheet-head is-next">
            <p>{sheet.title.clone()} {t.paper_continued()}</p>
            <p>{sheet.label.clone()}</p>
        </header>
    }
    .into_any()
}

fn foot(sheet: &Sheet, page: usize, total: usize) -> AnyView {
    let t = use_lang();
    let code = (t.paper_short_code(), sheet.short_code.as_str());
    let brigade = (sheet.brigade.as_str(), sheet.is_demo);
    sheet_foot(t, brigade, code, sheet.trail.as_deref(), (page, total))
}

fn visit_table(state: MonthState, rows: Vec<VisitRow>) -> AnyView {
    let t = use_lang();
    if rows.is_empty() {
        return ().into_any();
    }
    let heads = [
        t.col_number(),
        t.paper_unit_id(),
        t.paper_unit_name(),
        t.col_code(),
        t.paper_address(),
        t.paper_class(),
        t.paper_tier(),
        t.col_items(),
        t.paper_officers(),
        t.col_day(),
        t.col_deadline(),
        t.col_note(),
    ];
    let body = rows.into_iter().map(|row| {
        let officers = [&row.lead, &row.member]
            .map(|id| officer_name(state, id))
            .join(t.list_mark());
        let note = t.plan_note(&row);
        let cells = [
            row.row_number.to_string(),
            public_id(state, &row),
            row.name,
            row.code,
            row.address,
            t.stratum(row.stratum).to_owned(),
            t.tier(row.risk).to_owned(),
            items_words(t, &row.items),
            officers,
            t.month_day_short(row.day),
            t.month_day_short(row.deadline),
            note,
        ];
        view! { <tr>{cells.map(|cell| view! { <td><span>{cell}</span></td> }).collect_view()}</tr> }
    });
    view! {
        <table class="sheet-table">
            <thead>
                <tr>{heads.map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{body.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The id by which a unit is found in the verification file; none for a withheld one, whose
/// alias no paper may join to its name.
fn public_id(state: MonthState, row: &VisitRow) -> String {
    let is_withheld = state.book(|book| {
        let unit = book.unit(&row.unit)?;
        Some(unit.withheld.is_some())
    });
    match is_withheld.flatten() {
        Some(true) => use_lang().paper_withheld().to_owned(),
        _ => row.unit.to_string(),
    }
}

fn summary(rows: &[VisitRow]) -> String {
    let t = use_lang();
    let of = |stratum: Stratum| rows.iter().filter(|row| row.stratum == stratum).count();
    let second = rows
        .iter()
        .filter(|row| row.source == VisitSource::Second)
        .count();
    let is_carried = |row: &&VisitRow| row.source == VisitSource::Carried;
    let carried = rows.iter().filter(is_carried).count();
    let days: std::collections::BTreeSet<_> = rows.iter().map(|row| row.day).collect();
    t.paper_summary(
        rows.len(),
        of(Stratum::A),
        of(Stratum::B),
        of(Stratum::C),
        t.paper_also(second, carried),
        days.len(),
    )
}

fn last_part(summary: &str, sheet: &Sheet) -> AnyView {
    let t = use_lang();
    let approved = sheet.approved.clone();
    view! {
        <p class="sheet-summary">{summary.to_owned()}</p>
        {approved.map(|[opinion, signed]| view! { <p class="sheet-summary">{t.paper_opinion()} ": " <span>{opinion}</span> " " {signed}</p> })}
        {sign_boxes(t)}
        <p class="sheet-summary">{t.paper_verify()}</p>
    }
    .into_any()
}

/// 履职 13，产品 3.
pub(in crate::ui::pages) fn items_words(t: Lang, items: &[(Subject, u32)]) -> String {
    let words: Vec<String> = items
        .iter()
        .map(|(subject, count)| format!("{} {count}", t.subject(*subject)))
        .collect();
    words.join(t.list_comma())
}

/// What the QR code of a draw says: its number, the short code and the certificate's hash.
pub(in crate::ui::pages) fn qr_text(label: &str, hash: Hash) -> String {
    format!("{label} {} {hash}", short_code(hash))
}
