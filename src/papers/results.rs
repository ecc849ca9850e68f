//! 检查结果 of a draw's visits, as far as they are accepted.

use chrono::NaiveDate;

use super::redact::PublicUnit;
use super::{PublicPaper, WORDS, blank, columns, fact, plan, withheld_note};
use crate::document::Row;
use crate::document::table::TableCell;
use crate::engine::occasion::Occasion;
use crate::i18n::Lang;
use crate::workbook::visit::Visit;
use crate::workbook::visit_record::{Disposal, VisitRecord};
use crate::workbook::{DrawRecord, Workbook};

pub(super) fn paper(book: &Workbook, draw: &DrawRecord, date: NaiveDate) -> PublicPaper {
    let t = WORDS;
    let task = plan::task(t, draw);
    let mut paper = blank(book, "results", t.publish_results_title(&task), date);
    let public = book.results_public();
    let label = draw.label(&book.brigade.division);
    let mut withheld = Vec::new();
    let mut visits: Vec<&Visit> = book.results_of(draw).collect();
    visits.sort_by_key(|visit| (visit.made.map(|made| made.date), visit.number));
    for (number, visit) in (1..).zip(visits) {
        let (Some(unit), Some(record), Some(made)) =
            (book.unit(&visit.id.unit), visit.record(), visit.made)
        else {
            continue;
        };
        let known = PublicUnit::of(unit, draw);
        if known.is_withheld() {
            withheld.push(unit.id.clone());
        }
        let [name, code, _] = known.cells(t);
        let own = visit
            .number
            .map(|number| t.visit_number(&book.brigade.short_name, draw.month.year(), number));
        let day = public.get(&visit.id).copied().unwrap_or(date);
        paper.rows.push(Row {
            cells: vec![
                TableCell::Number(number),
                TableCell::text(label.clone()),
                TableCell::text(own.unwrap_or_default()),
                TableCell::text(task.clone()),
                TableCell::text(kind(t, draw)),
                TableCell::text(book.brigade.name.clone()),
                name,
                code,
                TableCell::Date(made.date),
                TableCell::text(t.outcome(record.outcome)),
                TableCell::text(measures(t, record)),
                TableCell::Date(day),
                TableCell::Blank,
            ],
            is_struck: false,
        });
    }
    paper.columns = columns([
        (t.col_number(), 4, false),
        (t.publish_plan_number(), 8, false),
        (t.publish_task_number(), 8, false),
        (t.publish_task(), 9, false),
        (t.publish_kind(), 6, false),
        (t.publish_authority(), 7, false),
        (t.paper_unit_name(), 10, true),
        (t.col_code(), 13, false),
        (t.publish_made(), 10, true),
        (t.publish_outcome(), 9, true),
        (t.publish_measures(), 8, false),
        (t.publish_date(), 10, false),
        (t.col_note(), 3, false),
    ]);
    paper.facts = vec![
        fact(t.draw_number(), label),
        fact(
            t.publish_count(),
            t.publish_count_words(paper.rows.len(), paper.rows.len() - withheld.len()),
        ),
    ];
    paper.notes = vec![t.publish_results_note().to_owned()];
    paper.notes.extend(withheld_note(book, &withheld));
    PublicPaper {
        paper,
        withheld,
        left_out: vec![
            t.paper_officers(),
            t.publish_findings(),
            t.paper_tier(),
            t.publish_persons(),
            t.publish_phones(),
        ],
    }
}

/// 不定向 by the month's rule, 定向 by a campaign's filter.
fn kind(t: Lang, draw: &DrawRecord) -> &'static str {
    match draw.occasion {
        Occasion::Campaign(_) => t.publish_kind_campaign(),
        _ => t.publish_kind_month(),
    }
}

/// Measures of all findings and what follows, each once.
fn measures(t: Lang, record: &VisitRecord) -> String {
    let mut words: Vec<&str> = Vec::new();
    let measures = record
        .findings
        .iter()
        .map(|finding| t.measure(finding.measure));
    let follows = record.disposals.iter().filter(|it| **it != Disposal::None);
    for word in measures.chain(follows.map(|it| t.disposal(*it))) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(t.list_mark())
}
