//! 任务单: the visits of a day, or of an officer on it, taken along and filled in by hand. In the
//! language of the page.

use chrono::NaiveDate;

use super::month_plan::items_words;
use super::{columns, fact};
use crate::desk::visit_list::Task;
use crate::desk::visit_table::full_address;
use crate::document::table::TableCell;
use crate::document::{Paper, Row};
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::workbook::Workbook;

/// Millimetres that a row has at least, for what the pen writes into it.
const ROW_HEIGHT: u32 = 14;

/// The paper of a day: all that is still to be visited on it, or what `officer` has of that.
#[must_use]
pub fn paper(
    t: Lang,
    book: &Workbook,
    tasks: &[Task],
    day: NaiveDate,
    officer: Option<&OfficerId>,
) -> Paper {
    let is_theirs = |task: &&Task| {
        let mut team = task.team.iter().flatten();
        officer.is_none_or(|id| team.any(|it| it == id))
    };
    let shown = tasks.iter().filter(|task| task.is_to_visit_on(day));
    let shown = shown.filter(is_theirs);
    let lines: Vec<[String; 6]> = shown.filter_map(|it| line(t, book, it)).collect();
    let name = officer.map(|id| t.tasks_of_officer(book.officer_name(id)));
    let facts = [name, Some(t.tasks_count(lines.len()))];
    Paper {
        kind: "task_sheet",
        issuer: book.brigade.name.clone(),
        title: t.tasks_title(t.month_day(day)),
        mark: book.is_demo.then(|| t.band_demo().to_owned()),
        facts: facts.into_iter().flatten().map(|it| fact("", it)).collect(),
        columns: columns([
            (t.col_number(), 9, true),
            (t.col_unit(), 47, true),
            (t.col_address(), 47, true),
            (t.tasks_contact(), 36, true),
            (t.col_items(), 31, false),
            (t.col_officers(), 27, true),
            (t.tasks_foot(), 31, false),
            (t.tasks_time(), 24, false),
            (t.tasks_signed(), 25, false),
        ]),
        rows: (1..).zip(lines).map(|(at, it)| row(at, it)).collect(),
        row_height: ROW_HEIGHT,
        feet: vec![format!("{}：", t.tasks_officers_sign())],
        ..Paper::default()
    }
}

fn line(t: Lang, book: &Workbook, task: &Task) -> Option<[String; 6]> {
    let (visit, unit) = (book.visit(&task.visit)?, book.unit(&task.visit.unit)?);
    let contact = [unit.responsible.as_str(), unit.phone.as_str()];
    let contact: Vec<&str> = contact.into_iter().filter(|it| !it.is_empty()).collect();
    let draw = book.draw(visit.id.draw)?;
    let nth = t.visit_nth(book.visit_nth(visit));
    Some([
        unit.name.clone(),
        full_address(unit),
        contact.join(" "),
        [items_words(t, &book.subjects_of(visit)), nth].join(t.list_comma()),
        task.officers.join(t.list_mark()),
        draw.label(&book.brigade.division),
    ])
}

/// A row; from when to when, and the unit's signature, are for the pen.
fn row(number: u32, line: [String; 6]) -> Row {
    let mut cells = vec![TableCell::Number(number)];
    cells.extend(line.map(TableCell::text));
    cells.extend([TableCell::Blank, TableCell::Blank]);
    Row {
        cells,
        is_struck: false,
    }
}
