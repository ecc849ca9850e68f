//! 年度自我声明: what came of a year that is closed, as it was kept then: the three floors,
//! and how many of the visits drawn were made.

use chrono::NaiveDate;

use super::{PublicPaper, WORDS, blank, columns, fact};
use crate::document::Row;
use crate::document::table::TableCell;
use crate::workbook::statement::StratumStatement;
use crate::workbook::{Workbook, Year};

pub(super) fn paper(book: &Workbook, year: &Year, date: NaiveDate) -> Option<PublicPaper> {
    let t = WORDS;
    let closed = year.closed.as_ref()?;
    let statement = &closed.statement;
    let title = t.publish_statement_title(year.year);
    let mut paper = blank(book, "statement", title, date);
    paper.rows = (1..).zip(&statement.strata).map(line).collect();
    paper.columns = columns([
        (t.col_number(), 5, false),
        (t.publish_object(), 30, true),
        (t.col_total(), 12, true),
        (t.col_at_least(), 12, true),
        (t.statement_visited(), 12, true),
        (t.statement_result(), 15, true),
    ]);
    let [verdict, visits, register] = t.statement_words(statement);
    let broken = year.draws.iter().filter(|it| it.broken_off.is_some());
    paper.facts = vec![
        fact(t.statement_result(), verdict),
        fact(t.publish_statement_visits(), visits),
        fact(
            t.publish_statement_draws(),
            t.publish_draws_count(year.draws.len(), broken.count()),
        ),
        fact(t.publish_statement_closed(), t.paper_day(closed.at.date())),
    ];
    paper.notes = vec![register, t.publish_statement_note().to_owned()];
    // Words of the brigade's own and names of units may tell what must not be told.
    let unmade = (!statement.unmade.is_empty()).then(|| t.publish_statement_unmade());
    let note = (!closed.note.is_empty()).then(|| t.publish_statement_words());
    let persons = t.publish_statement_persons();
    Some(PublicPaper {
        paper,
        withheld: Vec::new(),
        left_out: [unmade, note, Some(persons)]
            .into_iter()
            .flatten()
            .collect(),
    })
}

fn line((number, of): (u32, &StratumStatement)) -> Row {
    let t = WORDS;
    let result = if of.is_met() {
        t.statement_met().to_owned()
    } else {
        t.statement_missed(of.floor_count - of.visited_count)
    };
    Row {
        cells: vec![
            TableCell::Number(number),
            TableCell::text(t.stratum(of.stratum)),
            TableCell::Number(of.units_count),
            TableCell::Number(of.floor_count),
            TableCell::Number(of.visited_count),
            TableCell::text(result),
        ],
        is_struck: false,
    }
}
