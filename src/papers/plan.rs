//! 月度抽查计划 and a campaign's, as it stands: what was changed or void stays in its line.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::redact::{PublicUnit, supervision};
use super::{PublicPaper, WORDS, blank, columns, fact, withheld_note};
use crate::desk::VisitRow;
use crate::document::table::TableCell;
use crate::document::{Column, Row};
use crate::engine::certificate::short_code;
use crate::engine::occasion::Occasion;
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::workbook::{DrawId, DrawRecord, Workbook};

/// The place of the column of officers, where the brigade names them.
const OFFICERS: usize = 7;

pub(super) fn paper(book: &Workbook, draw: &DrawRecord, date: NaiveDate) -> PublicPaper {
    let t = WORDS;
    let mut paper = blank(book, "plan", title(t, draw), date);
    let mut withheld = Vec::new();
    let rows = book.visit_rows(draw);
    let rows = rows.iter().map(|row| (row, None));
    let taken = taken(book, draw);
    let of_month = taken.iter().map(|(row, plan)| (row, Some(plan.as_str())));
    for (number, (row, plan)) in (1..).zip(rows.chain(of_month)) {
        let Some(unit) = book.unit(&row.unit) else {
            continue;
        };
        let known = PublicUnit::of(unit, draw);
        if known.is_withheld() {
            withheld.push(unit.id.clone());
        }
        let note = plan.map_or_else(|| t.plan_note(row), |plan| t.publish_in_plan(plan));
        let note = (number, note);
        let mut line = line(t, row, &known, &book.brigade.name, note);
        let team = team(t, book, row, &known);
        line.cells.splice(OFFICERS..OFFICERS, team);
        paper.rows.push(line);
    }
    paper.columns = heads(t, book.brigade.names_officers);
    paper.facts = facts(t, book, draw, paper.rows.len(), withheld.len());
    paper.notes = vec![t.publish_plan_note().to_owned(), t.publish_cap().to_owned()];
    if !taken.is_empty() {
        let is_all = taken.len() == paper.rows.len();
        paper.notes.insert(0, t.publish_taken(taken.len(), is_all));
    }
    paper.notes.extend(withheld_note(book, &withheld));
    let officers = (!book.brigade.names_officers).then(|| t.paper_officers());
    let rest = [
        t.paper_tier(),
        t.publish_level(),
        t.publish_persons(),
        t.publish_phones(),
    ];
    PublicPaper {
        paper,
        withheld,
        left_out: officers.into_iter().chain(rest).collect(),
    }
}

fn heads(t: Lang, names_officers: bool) -> Vec<Column> {
    let mut heads = columns([
        (t.col_number(), 5, false),
        (t.paper_unit_name(), 16, true),
        (t.col_code(), 19, false),
        (t.paper_address(), 15, false),
        (t.publish_supervision(), 9, true),
        (t.col_items(), 11, false),
        (t.publish_period(), 11, true),
        (t.publish_authority(), 9, false),
        (t.col_note(), 5, false),
    ]);
    if names_officers {
        let officers = columns([(t.paper_officers(), 9, false)]);
        heads.splice(OFFICERS..OFFICERS, officers);
    }
    heads
}

/// Who goes, where the brigade names officers: to a withheld unit nobody is said to.
fn team(t: Lang, book: &Workbook, row: &VisitRow, known: &PublicUnit) -> Option<TableCell> {
    book.brigade.names_officers.then(|| {
        if known.is_withheld() {
            return TableCell::Blank;
        }
        let team = [&row.lead, &row.member].map(|id| book.officer_name(id));
        TableCell::text(team.join(t.list_mark()))
    })
}

/// The units that a campaign took from the month's plan, as they stand there, each with the
/// number of that plan.
fn taken(book: &Workbook, draw: &DrawRecord) -> Vec<(VisitRow, String)> {
    if !matches!(draw.occasion, Occasion::Campaign(_)) {
        return Vec::new();
    }
    let visits = book.campaign_visits(draw).into_iter();
    let visits = visits.filter(|(_, is_taken)| *is_taken);
    let mut plans: BTreeMap<DrawId, Vec<UnitId>> = BTreeMap::new();
    for (visit, _) in visits {
        let of_plan = plans.entry(visit.id.draw).or_default();
        of_plan.push(visit.id.unit.clone());
    }
    let mut rows = Vec::new();
    for (id, units) in plans {
        let Some(plan) = book.draw(id) else { continue };
        let label = plan.label(&book.brigade.division);
        let of_plan = book.visit_rows(plan).into_iter();
        let of_plan = of_plan.filter(|row| units.contains(&row.unit));
        rows.extend(of_plan.map(|row| (row, label.clone())));
    }
    rows
}

/// What a draw's visits are, in short: 2026年5月“双随机、一公开”消防监督抽查.
pub(super) fn task(t: Lang, draw: &DrawRecord) -> String {
    let (year, month) = (draw.month.year(), t.month_name(draw.month.month()));
    let month = month.replace(' ', "");
    match &draw.occasion {
        Occasion::Campaign(campaign) => t.publish_campaign_task(year, &campaign.name),
        Occasion::Supplementary(_) => t.publish_supplement_task(year, month),
        Occasion::Month | Occasion::Register(_) => t.publish_month_task(year, month),
    }
}

/// 2026年5月“双随机、一公开”消防监督抽查计划, or of a campaign by its name.
fn title(t: Lang, draw: &DrawRecord) -> String {
    t.publish_plan_title(task(t, draw))
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

fn line(
    t: Lang,
    row: &VisitRow,
    known: &PublicUnit,
    authority: &str,
    (number, note): (u32, String),
) -> Row {
    let [name, code, address] = known.cells(t);
    let items = row.items.iter();
    let items = items.map(|(subject, count)| t.publish_items(t.subject(*subject), count));
    let items: Vec<String> = items.collect();
    let period = t.publish_from_to(t.month_day(row.day), t.month_day(row.deadline));
    Row {
        cells: vec![
            TableCell::Number(number),
            name,
            code,
            address,
            TableCell::text(supervision(row.stratum, t)),
            TableCell::text(items.join(t.list_comma())),
            TableCell::text(period),
            TableCell::text(authority),
            TableCell::text(note),
        ],
        is_struck: row.is_void,
    }
}
