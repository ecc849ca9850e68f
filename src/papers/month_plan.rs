//! The plan of a month or a campaign for signature, with all that the brigade knows of it: not
//! for the public. In the language of the page.

use std::collections::BTreeSet;

use super::{columns, drawn_facts, drawn_feet, fact, for_approval};
use crate::desk::VisitRow;
use crate::document::table::TableCell;
use crate::document::{Paper, Row};
use crate::engine::occasion::Occasion;
use crate::i18n::Lang;
use crate::model::{OfficerId, Stratum, Subject};
use crate::workbook::{DrawRecord, VisitSource, Workbook};

/// The paper; none before the draw.
#[must_use]
pub fn paper(t: Lang, book: &Workbook, draw: &DrawRecord) -> Option<Paper> {
    let label = draw.label(&book.brigade.division);
    let [number, drawn_at, code, commitment] = drawn_facts(t, draw, &label)?;
    let rows = book.visit_rows(draw);
    let items = book.item_version_of(draw).map(|it| t.paper_items(it));
    let outside = draw.outside_window.as_ref();
    let facts = [
        Some(number),
        Some(drawn_at),
        items.map(|words| fact("", words)),
        Some(code),
        Some(commitment),
        outside.map(|reason| fact(t.paper_outside(), reason)),
    ];
    let approval = draw.approval.as_ref();
    let notes = [
        Some(summary(t, &rows)),
        approval.map(|it| format!("{}: {}", t.paper_opinion(), it.opinion)),
        approval.map(|it| t.paper_approved(&it.approver, t.paper_day(it.date))),
        Some(t.paper_verify().to_owned()),
    ];
    Some(Paper {
        kind: "plan_internal",
        issuer: book.brigade.name.clone(),
        title: title(t, draw),
        mark: book.is_demo.then(|| t.band_demo().to_owned()),
        facts: facts.into_iter().flatten().collect(),
        columns: columns([
            (t.col_number(), 9, true),
            (t.paper_unit_id(), 19, false),
            (t.paper_unit_name(), 42, true),
            (t.col_code(), 37, false),
            (t.paper_address(), 36, false),
            (t.paper_class(), 20, false),
            (t.paper_tier(), 10, false),
            (t.col_items(), 33, false),
            (t.paper_officers(), 25, true),
            (t.col_day(), 16, true),
            (t.col_deadline(), 16, false),
            (t.col_note(), 14, false),
        ]),
        rows: rows.into_iter().map(|it| row(t, book, it)).collect(),
        notes: notes.into_iter().flatten().collect(),
        end: Some(for_approval(t)),
        feet: drawn_feet(t, draw),
        number: label,
        ..Paper::default()
    })
}

fn title(t: Lang, draw: &DrawRecord) -> String {
    match &draw.occasion {
        Occasion::Campaign(campaign) => t.campaign_paper_title(draw.month.year(), &campaign.name),
        _ => t.paper_title(
            draw.month.year(),
            t.month_name(draw.month.month()).replace(' ', ""),
        ),
    }
}

fn row(t: Lang, book: &Workbook, row: VisitRow) -> Row {
    let officer = |id: &OfficerId| book.officer_name(id);
    let officers = [&row.lead, &row.member].map(officer).join(t.list_mark());
    let note = t.plan_note(&row);
    let cells = [
        // The id by which a unit is found in the verification file; none for a withheld one,
        // whose alias no paper may join to its name.
        match book.unit(&row.unit) {
            Some(unit) if unit.withheld.is_some() => t.paper_withheld().to_owned(),
            _ => row.unit.to_string(),
        },
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
    let number = std::iter::once(TableCell::Number(row.row_number));
    Row {
        cells: number.chain(cells.map(TableCell::text)).collect(),
        is_struck: false,
    }
}

fn summary(t: Lang, rows: &[VisitRow]) -> String {
    let of = |stratum: Stratum| rows.iter().filter(|row| row.stratum == stratum).count();
    let from = |source: VisitSource| rows.iter().filter(|row| row.source == source).count();
    let days: BTreeSet<_> = rows.iter().map(|row| row.day).collect();
    t.paper_summary(
        rows.len(),
        of(Stratum::A),
        of(Stratum::B),
        of(Stratum::C),
        t.paper_also(from(VisitSource::Second), from(VisitSource::Carried)),
        days.len(),
    )
}

/// 履职 13，产品 3.
#[must_use]
pub fn items_words(t: Lang, items: &[(Subject, u32)]) -> String {
    let words = items.iter();
    let words = words.map(|(subject, count)| format!("{} {count}", t.subject(*subject)));
    words.collect::<Vec<_>>().join(t.list_comma())
}
