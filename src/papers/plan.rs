//! 月度抽查计划 and a campaign's, as it stands: what was changed or void stays in its line.

use super::redact::{PublicUnit, supervision};
use super::{PublicPaper, WORDS, blank, columns, fact};
use crate::desk::VisitRow;
use crate::document::Row;
use crate::document::table::TableCell;
use crate::engine::certificate::short_code;
use crate::engine::occasion::Occasion;
use crate::i18n::Lang;
use crate::workbook::{DrawRecord, Workbook};
use chrono::NaiveDate;

pub(super) fn paper(book: &Workbook, draw: &DrawRecord, date: NaiveDate) -> PublicPaper {
    let t = WORDS;
    let rows = book.visit_rows(draw);
    let mut paper = blank(book, "plan", title(t, draw), date);
    let mut withheld = Vec::new();
    for row in &rows {
        let Some(unit) = book.unit(&row.unit) else {
            continue;
        };
        let known = PublicUnit::of(unit, draw);
        if known.is_withheld() {
            withheld.push(unit.id.clone());
        }
        paper.rows.push(line(t, row, &known, &book.brigade.name));
    }
    paper.columns = columns([
        (t.col_number(), 5, false),
        (t.paper_unit_name(), 17, true),
        (t.col_code(), 18, false),
        (t.paper_address(), 17, false),
        (t.publish_supervision(), 9, true),
        (t.col_items(), 11, false),
        (t.publish_period(), 9, true),
        (t.publish_authority(), 9, false),
        (t.col_note(), 5, false),
    ]);
    paper.facts = facts(t, book, draw, rows.len(), withheld.len());
    paper.notes = vec![t.publish_plan_note().to_owned(), t.publish_cap().to_owned()];
    PublicPaper {
        paper,
        withheld,
        left_out: vec![
            t.paper_officers(),
            t.paper_tier(),
            t.publish_level(),
            t.publish_persons(),
            t.publish_phones(),
        ],
    }
}

/// 2026年5月“双随机、一公开”消防监督抽查计划, or of a campaign by its name.
pub(super) fn title(t: Lang, draw: &DrawRecord) -> String {
    match &draw.occasion {
        Occasion::Campaign(campaign) => t.campaign_paper_title(draw.month.year(), &campaign.name),
        _ => t.paper_title(
            draw.month.year(),
            t.month_name(draw.month.month()).replace(' ', ""),
        ),
    }
}

fn facts(
    t: Lang,
    book: &Workbook,
    draw: &DrawRecord,
    rows: usize,
    withheld: usize,
) -> Vec<crate::document::Fact> {
    let mut facts = vec![
        fact(t.draw_number(), draw.label(&book.brigade.division)),
        fact(
            t.publish_count(),
            t.publish_count_words(rows, rows - withheld),
        ),
    ];
    if let Some(drawn) = &draw.drawn {
        facts.push(fact(t.paper_short_code(), short_code(drawn.certificate)));
        facts.push(fact(t.paper_drawn_at(), t.paper_time(drawn.at)));
    }
    if let Some(approval) = &draw.approval {
        facts.push(fact(t.publish_approved(), t.paper_day(approval.date)));
    }
    facts
}

fn line(t: Lang, row: &VisitRow, known: &PublicUnit, authority: &str) -> Row {
    let [name, code, address] = known.cells(t);
    let items = row.items.iter();
    let items = items.map(|(subject, count)| t.publish_items(t.subject(*subject), count));
    let items: Vec<String> = items.collect();
    let period = t.publish_from_to(t.month_day(row.day), t.month_day(row.deadline));
    Row {
        cells: vec![
            TableCell::Number(row.row_number),
            name,
            code,
            address,
            TableCell::text(supervision(row.stratum, t)),
            TableCell::text(items.join(t.list_comma())),
            TableCell::text(period),
            TableCell::text(authority),
            TableCell::text(t.plan_note(row)),
        ],
        is_struck: row.is_void,
    }
}
