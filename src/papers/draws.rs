//! 《抽取登记》: every draw of the year in sequence, so that nothing can be drawn again until
//! it suits: broken-off and supplementary ones too, with reason and approver.

use chrono::NaiveDate;

use super::{PublicPaper, WORDS, blank, columns, fact};
use crate::document::Row;
use crate::document::table::TableCell;
use crate::engine::certificate::short_code;
use crate::engine::draw::DrawGroup;
use crate::i18n::Lang;
use crate::workbook::draw::Drawn;
use crate::workbook::{DrawRecord, Workbook, Year};

pub(super) fn paper(book: &Workbook, year: &Year, date: NaiveDate) -> PublicPaper {
    let t = WORDS;
    let mut paper = blank(book, "draws", t.publish_draws_title(year.year), date);
    let division = &book.brigade.division;
    paper.rows = year
        .draws
        .iter()
        .map(|draw| line(t, draw, division))
        .collect();
    paper.columns = columns([
        (t.draw_number(), 12, true),
        (t.announce_occasion(), 12, true),
        (t.publish_frozen(), 10, false),
        (t.paper_commitment(), 20, false),
        (t.publish_shown(), 13, false),
        (t.publish_drawn(), 10, true),
        (t.publish_drawn_count(), 5, true),
        (t.paper_short_code(), 10, false),
        (t.col_note(), 8, false),
    ]);
    let broken = year
        .draws
        .iter()
        .filter(|it| it.broken_off.is_some())
        .count();
    let counted = t.publish_draws_count(year.draws.len(), broken);
    paper.facts = vec![fact(t.publish_count(), counted)];
    paper.notes = vec![t.publish_draws_note().to_owned()];
    PublicPaper {
        paper,
        withheld: Vec::new(),
        left_out: Vec::new(),
    }
}

fn line(t: Lang, draw: &DrawRecord, division: &str) -> Row {
    let month = t.paper_month(draw.month.year(), draw.month.month());
    let occasion = format!("{month} {}", t.occasion_name(&draw.occasion));
    let committed = draw.committed.as_ref();
    let drawn = draw.drawn.as_ref();
    let note = draw
        .broken_off
        .as_ref()
        .map(|it| t.publish_broken(&it.reason, &it.approver));
    let outside = draw.outside_window.as_ref();
    let note = note.or_else(|| outside.map(|reason| t.publish_outside(reason)));
    let text = |words: Option<String>| TableCell::text(words.unwrap_or_default());
    Row {
        cells: vec![
            TableCell::text(draw.label(division)),
            TableCell::text(occasion),
            TableCell::text(t.paper_time(draw.opened_at)),
            text(committed.map(|it| it.hash.to_string())),
            text(committed.map(|it| format!("{}，{}", it.shown_at, t.paper_time(it.at)))),
            text(drawn.map(|it| t.paper_time(it.at))),
            drawn.map_or(TableCell::Blank, |it| TableCell::Number(count(draw, it))),
            text(drawn.map(|it| short_code(it.certificate))),
            text(note),
        ],
        // Its number stays used: the line is not struck, its note says what became of it.
        is_struck: false,
    }
}

/// How many were drawn: of units, those that the draw laid out, and those that a campaign took
/// from the month's plan.
fn count(draw: &DrawRecord, drawn: &Drawn) -> u32 {
    if draw.own_register().is_some() {
        return drawn.result.drawn().count() as u32;
    }
    let in_groups = drawn.result.drawn_in_groups();
    let taken = in_groups.filter(|(group, _)| *group == DrawGroup::Combined);
    (drawn.plan.visits.len() + taken.count()) as u32
}
