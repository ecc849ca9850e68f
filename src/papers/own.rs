//! Plan and results of a draw from the institutions' or the engineers' register: as a unit's,
//! by the publication class of each field; an engineer's name is masked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::redact::PublicRecord;
use super::{PublicPaper, WORDS, blank, columns, fact};
use crate::document::table::TableCell;
use crate::document::{Fact, Row};
use crate::engine::certificate::short_code;
use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
use crate::workbook::own_visit::{OwnState, OwnVisit, OwnVisitId};
use crate::workbook::{DrawRecord, Workbook};

/// The plan: who was drawn.
pub(super) fn plan(
    book: &Workbook,
    draw: &DrawRecord,
    register: OwnRegister,
    date: NaiveDate,
) -> PublicPaper {
    let t = WORDS;
    let title = t.own_paper_title(draw.month.year(), t.own_register(register));
    let mut paper = blank(book, "plan", title, date);
    for (number, (visit, known)) in (1..).zip(visits(book, draw, register)) {
        let note = match (&visit.closed, &visit.steps_in, book.own_state(visit)) {
            (Some(closed), ..) => t.closed_ground(closed.ground),
            (.., OwnState::Void) => t.own_void(),
            (_, Some(_), _) => t.publish_own_steps_in(),
            _ => "",
        };
        let mut cells = vec![TableCell::Number(number)];
        cells.extend(known.cells());
        cells.extend([&book.brigade.name, note].map(TableCell::text));
        paper.rows.push(Row {
            cells,
            is_struck: book.own_state(visit) == OwnState::Void,
        });
    }
    let [name, code, about] = heads(t, register);
    paper.columns = columns([
        (t.col_number(), 5, false),
        (name, 24, true),
        (code, 20, false),
        (about, 25, true),
        (t.publish_authority(), 14, false),
        (t.col_note(), 12, false),
    ]);
    paper.facts = facts(t, book, draw, register, paper.rows.len());
    if let Some(drawn) = &draw.drawn {
        paper
            .facts
            .push(fact(t.paper_short_code(), short_code(drawn.certificate)));
        paper
            .facts
            .push(fact(t.paper_drawn_at(), t.paper_time(drawn.at)));
    }
    paper.notes = vec![t.publish_plan_note().to_owned()];
    PublicPaper {
        paper,
        withheld: Vec::new(),
        left_out: left_out(t, register),
    }
}

/// Results, as far as they are entered.
pub(super) fn results(
    book: &Workbook,
    draw: &DrawRecord,
    register: OwnRegister,
    date: NaiveDate,
) -> PublicPaper {
    let t = WORDS;
    let task = t.own_draw(register);
    let title = t.publish_own_results_title(draw.month.year(), t.own_register(register));
    let mut paper = blank(book, "results", title, date);
    let public = public_days(book, draw);
    let made = visits(book, draw, register).into_iter();
    let made = made.filter_map(|(visit, known)| Some((visit, known, visit.made.as_ref()?)));
    let mut made: Vec<_> = made.collect();
    made.sort_by_key(|(visit, _, made)| (made.date, &visit.id));
    for (number, (visit, known, made)) in (1..).zip(made) {
        let note = made.with_unit.as_ref().map(|_| t.own_how_along());
        let day = public.get(&visit.id).copied().unwrap_or(date);
        let [name, code, _] = known.cells();
        paper.rows.push(Row {
            cells: vec![
                TableCell::Number(number),
                TableCell::text(draw.label(&book.brigade.division)),
                TableCell::text(task),
                TableCell::text(&book.brigade.name),
                name,
                code,
                TableCell::Date(made.date),
                TableCell::text(t.finding(made.finding)),
                TableCell::Date(day),
                TableCell::text(note.unwrap_or_default()),
            ],
            is_struck: false,
        });
    }
    let [name, code, _] = heads(t, register);
    paper.columns = columns([
        (t.col_number(), 5, false),
        (t.publish_plan_number(), 11, false),
        (t.publish_task(), 12, false),
        (t.publish_authority(), 11, false),
        (name, 14, true),
        (code, 14, false),
        (t.publish_made(), 10, true),
        (t.publish_outcome(), 9, true),
        (t.publish_date(), 10, false),
        (t.col_note(), 6, false),
    ]);
    paper.facts = facts(t, book, draw, register, paper.rows.len());
    paper.notes = vec![t.publish_own_results_note().to_owned()];
    PublicPaper {
        paper,
        withheld: Vec::new(),
        left_out: left_out(t, register),
    }
}

/// The checks of a draw, each with what the public may know of whom it checks.
fn visits<'a>(
    book: &'a Workbook,
    draw: &DrawRecord,
    register: OwnRegister,
) -> Vec<(&'a OwnVisit, PublicRecord)> {
    let id = draw.id();
    let visits = book.own_visits(id.year, register);
    let visits = visits.filter(|visit| visit.id.draw == id);
    let known = |visit: &'a OwnVisit| {
        let known = PublicRecord::of(WORDS, book, register, &visit.id.record)?;
        Some((visit, known))
    };
    visits.filter_map(known).collect()
}

/// The day on which each result was first public.
fn public_days<'a>(book: &'a Workbook, draw: &DrawRecord) -> BTreeMap<&'a OwnVisitId, NaiveDate> {
    let mut days = BTreeMap::new();
    let year = book.year(draw.id().year).into_iter();
    for bulletin in year.flat_map(|year| &year.bulletins) {
        for visit in &bulletin.own {
            days.entry(visit).or_insert(bulletin.date);
        }
    }
    days
}

fn heads(t: Lang, register: OwnRegister) -> [&'static str; 3] {
    match register {
        OwnRegister::Agencies => [t.publish_own_agency(), t.col_code(), t.paper_address()],
        OwnRegister::Engineers => [
            t.publish_own_engineer(),
            t.publish_own_registration(),
            t.publish_own_employer(),
        ],
    }
}

fn facts(
    t: Lang,
    book: &Workbook,
    draw: &DrawRecord,
    register: OwnRegister,
    rows: usize,
) -> Vec<Fact> {
    vec![
        fact(t.draw_number(), draw.label(&book.brigade.division)),
        fact(t.publish_count(), t.own_count(register, rows as u32)),
    ]
}

fn left_out(t: Lang, register: OwnRegister) -> Vec<&'static str> {
    let person = match register {
        OwnRegister::Agencies => t.publish_own_persons(),
        OwnRegister::Engineers => t.publish_own_names(),
    };
    vec![t.paper_officers(), person, t.publish_phones()]
}
