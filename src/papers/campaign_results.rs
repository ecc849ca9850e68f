//! What came of a campaign, with all that the brigade knows of it: not for the public. In the
//! language of the page.

use super::{code_foot, columns, fact, for_approval};
use crate::document::table::TableCell;
use crate::document::{Paper, Row};
use crate::i18n::Lang;
use crate::workbook::{DrawRecord, Visit, VisitState, Workbook};

/// The paper; `name`: the campaign's.
#[must_use]
pub fn paper(t: Lang, book: &Workbook, draw: &DrawRecord, name: &str) -> Paper {
    let label = draw.label(&book.brigade.division);
    let visits = book.campaign_visits(draw);
    let rows = (1..).zip(&visits).map(|(at, it)| row(t, book, at, it.0));
    Paper {
        kind: "campaign_results",
        issuer: book.brigade.name.clone(),
        title: t.campaign_results_title(name),
        mark: book.is_demo.then(|| t.band_demo().to_owned()),
        facts: vec![
            fact(t.draw_number(), label.clone()),
            fact("", summary(t, book, draw)),
        ],
        columns: columns([
            (t.col_number(), 12, true),
            (t.unit_name(), 62, true),
            (t.campaign_paper_stratum(), 11, false),
            (t.results_day(), 24, true),
            (t.result_kind(), 51, true),
            (t.campaign_paper_findings(), 13, false),
            (t.campaign_paper_open(), 17, false),
        ]),
        rows: rows.collect(),
        end: Some(for_approval(t)),
        feet: code_foot(t, draw).into_iter().collect(),
        number: label,
        ..Paper::default()
    }
}

/// What came of it so far, in a line.
#[must_use]
pub fn summary(t: Lang, book: &Workbook, draw: &DrawRecord) -> String {
    let it = book.campaign_results(draw);
    let words = t.campaign_results_line(it.drawn, it.taken, it.made, it.found);
    if it.void > 0 {
        [words, t.campaign_results_void(it.void)].join(t.list_comma())
    } else {
        words
    }
}

fn row(t: Lang, book: &Workbook, number: u32, visit: &Visit) -> Row {
    let unit = book.unit(&visit.id.unit);
    let record = visit.record();
    let (day, result) = match visit.state(unit) {
        VisitState::Made(made) => {
            let words = record.map_or_else(|| t.finding(made.finding), |it| t.outcome(it.outcome));
            (TableCell::Date(made.date), words)
        }
        VisitState::Void => (TableCell::Blank, t.campaign_paper_void()),
        VisitState::Pending => (TableCell::Blank, t.own_pending()),
    };
    let count = |count: usize| match count {
        0 => TableCell::Blank,
        some => TableCell::Number(some as u32),
    };
    let name = unit.map_or_else(|| visit.id.unit.to_string(), |unit| unit.name.clone());
    let stratum = unit.map(|unit| unit.stratum().to_string());
    Row {
        cells: vec![
            TableCell::Number(number),
            TableCell::text(name),
            TableCell::text(stratum.unwrap_or_default()),
            day,
            TableCell::text(result),
            count(record.map_or(0, |record| record.findings.len())),
            count(visit.open_findings().len()),
        ],
        is_struck: false,
    }
}
