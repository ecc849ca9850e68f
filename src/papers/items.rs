//! 随机抽查事项清单, by its version in force.

use chrono::NaiveDate;

use super::{PublicPaper, WORDS, blank, columns, fact};
use crate::document::Row;
use crate::document::table::TableCell;
use crate::model::InspectionItem;
use crate::workbook::Workbook;

pub(super) fn paper(book: &Workbook, date: NaiveDate) -> Option<PublicPaper> {
    let t = WORDS;
    let version = book.item_versions.last()?;
    let mut paper = blank(book, "items", t.publish_items_title().to_owned(), date);
    paper.rows = (1..)
        .zip(version.items.iter())
        .map(|(number, item)| line(number, item))
        .collect();
    paper.columns = columns([
        (t.col_number(), 5, false),
        (t.publish_class(), 10, true),
        (t.publish_item(), 15, true),
        (t.publish_basis(), 17, false),
        (t.publish_body(), 8, false),
        (t.publish_object(), 8, true),
        (t.publish_share(), 7, false),
        (t.publish_frequency(), 7, false),
        (t.publish_method(), 7, false),
        (t.publish_content(), 16, false),
    ]);
    paper.facts = vec![
        fact(t.publish_version(), t.plan_version(version.number)),
        fact(t.publish_since(), t.paper_day(version.since)),
    ];
    Some(PublicPaper {
        paper,
        withheld: Vec::new(),
        left_out: Vec::new(),
    })
}

fn line(number: u32, item: &InspectionItem) -> Row {
    let t = WORDS;
    let text = |words: &str| TableCell::text(words);
    Row {
        cells: vec![
            TableCell::Number(number),
            text(t.subject_long(item.subject)),
            text(&item.name),
            text(&item.basis),
            text(&item.authority),
            text(t.applies_to(item.applies_to)),
            text(&item.share),
            text(&item.frequency),
            text(&item.method),
            text(&item.content),
        ],
        is_struck: false,
    }
}
