//! Lists that are no register on their way out: the visits on show, their results as the
//! official systems list them, and the trail.

use std::collections::BTreeSet;

use crate::desk::visit_list::Task;
use crate::document::table::{Table, TableCell, TableColumn};
use crate::i18n::Lang;
use crate::model::field::Described as _;
use crate::model::{OfficerId, ResultLine};
use crate::workbook::visit_record::{ItemFinding, Scan, VisitRecord};
use crate::workbook::{TrailEntry, Visit, VisitId, VisitSource, Workbook};

/// The language of results: that of the systems that take them.
const WORDS: Lang = Lang::Zh;

/// What the list of visits says, in its order, with what it shows beside a chosen one.
///
/// ```
/// use double_random::{demo, i18n::Lang, ui::sheets::lists_out::tasks};
/// let book = demo::brigade(2026, demo::SEED);
/// assert!(tasks(Lang::Zh, &book, &[]).rows.is_empty());
/// ```
#[must_use]
pub fn tasks(t: Lang, book: &Workbook, shown: &[&Task]) -> Table {
    let heads = [
        t.col_number(),
        t.visit_planned_day(),
        t.col_unit(),
        t.form_code(),
        t.units_col_level(),
        t.col_tier(),
        t.col_township(),
        t.col_address(),
        t.col_officers(),
        t.col_deadline(),
        t.col_state(),
        t.col_note(),
    ];
    let day = |day: Option<_>| day.map_or(TableCell::Blank, TableCell::Date);
    let row = |task: &&Task| {
        let code = book
            .unit(&task.visit.unit)
            .and_then(|unit| unit.code.as_ref());
        vec![
            task.row_number.map_or(TableCell::Blank, TableCell::Number),
            day(task.day),
            TableCell::text(task.name.as_str()),
            TableCell::text(code.map_or("", |code| code.as_str())),
            TableCell::text(format!("{} {}", task.stratum, task.level.get())),
            TableCell::text(t.tier(task.risk)),
            TableCell::text(task.township.as_str()),
            TableCell::text(task.address.as_str()),
            TableCell::text(task.officers.join(t.list_mark())),
            day(task.deadline),
            TableCell::text(t.visit_stage(task.stage)),
            TableCell::text(note(t, task)),
        ]
    };
    table(t.nav_visits(), &heads, shown.iter().map(row).collect())
}

/// What stands beside a visit: why it is void, how it came in, what was changed, by when its
/// findings are looked at again.
#[must_use]
pub fn note(t: Lang, task: &Task) -> String {
    if let Some(ground) = task.closed {
        return t.closed_ground(ground).to_owned();
    }
    if task.is_left {
        return t.row_left().to_owned();
    }
    if let Some(day) = task.recheck_by {
        return t.step_due(t.month_day_short(day));
    }
    let source = match task.source {
        VisitSource::First => None,
        source => Some(t.visit_source(source)),
    };
    let [day, team] = task.changed;
    let words = [source, day.then(|| t.row_day()), team.then(|| t.row_team())];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    words.join(t.list_mark())
}

/// The results of visits in the words in which lists of results come in: a line a problem, or
/// one of a visit without any. Visits without a result have none.
#[must_use]
pub fn results<'a>(book: &Workbook, visits: impl Iterator<Item = &'a VisitId>) -> Vec<ResultLine> {
    let visits = visits.filter_map(|id| book.visit(id));
    visits.flat_map(|visit| lines(book, visit)).collect()
}

fn lines(book: &Workbook, visit: &Visit) -> Vec<ResultLine> {
    let (Some(record), Some(made)) = (visit.record(), visit.made) else {
        return Vec::new();
    };
    let whole = ResultLine {
        date: Some(made.date),
        ..line(book, visit, record)
    };
    if record.findings.is_empty() {
        return vec![whole];
    }
    let of = |finding: &ItemFinding| with_finding(book, visit, &whole, finding);
    record.findings.iter().map(of).collect()
}

/// What all lines of a visit say.
fn line(book: &Workbook, visit: &Visit, record: &VisitRecord) -> ResultLine {
    let unit = book.unit(&visit.id.unit);
    let name = |id: &OfficerId| {
        book.officer(id)
            .map_or(id.to_string(), |it| it.name.clone())
    };
    let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let short = &book.brigade.short_name;
    let number = visit
        .number
        .map(|number| WORDS.visit_number(short, visit.id.draw.year, number));
    let (scanned_at, no_scan) = match &record.scan {
        Scan::At { time } => (clock(*time), String::new()),
        Scan::Without { why, words, .. } => {
            let why = WORDS.no_scan(*why);
            let is_said = words.is_empty() || words.contains(why);
            let words = if is_said {
                words.clone()
            } else {
                format!("{why}：{words}")
            };
            let words = if words.is_empty() {
                why.to_owned()
            } else {
                words
            };
            (String::new(), words)
        }
    };
    let disposals = record.disposals.iter();
    let source = record.source.as_ref();
    ResultLine {
        task: number.unwrap_or_default(),
        name: unit.map_or(String::new(), |unit| unit.name.clone()),
        unit_id: visit.id.unit.to_string(),
        code: unit.and_then(|unit| unit.code.clone()),
        start: record.start.map(clock).unwrap_or_default(),
        end: record.end.map(clock).unwrap_or_default(),
        lead: name(&record.team.lead),
        member: name(&record.team.member),
        places: record.places.clone(),
        outcome: record.outcome,
        handling: disposals.map(|it| WORDS.disposal(*it).to_owned()).collect(),
        scanned_at,
        no_scan,
        accompanied_by: record.accompanied_by.clone(),
        assisted_by: record.assisted_by.clone(),
        entered_by: record.entered_by.clone(),
        published_on: source.and_then(|source| source.published_on),
        note: record.note.clone(),
        ..ResultLine::blank()
    }
}

fn with_finding(
    book: &Workbook,
    visit: &Visit,
    whole: &ResultLine,
    finding: &ItemFinding,
) -> ResultLine {
    let items = book.draw(visit.id.draw).map(|draw| &draw.items);
    let item = items.and_then(|items| items.iter().find(|item| item.id == finding.item));
    let measure = WORDS.measure(finding.measure).to_owned();
    let mut handling: BTreeSet<String> = whole.handling.clone();
    handling.insert(measure);
    ResultLine {
        item: item.map_or_else(|| finding.item.clone(), |item| item.name.clone()),
        problem: finding.problem.clone(),
        legal_basis: finding.basis.clone(),
        handling,
        term: finding.term,
        is_corrected: finding.is_corrected,
        ..whole.clone()
    }
}

/// Entries of the trail, in the order given.
#[must_use]
pub fn trail(t: Lang, entries: &[TrailEntry]) -> Table {
    let heads = [
        t.col_number(),
        t.col_time(),
        t.col_who(),
        t.col_action(),
        t.col_reason(),
        t.col_detail(),
        t.trail_hash(),
        t.trail_previous(),
    ];
    let row = |entry: &TrailEntry| {
        vec![
            TableCell::Number(entry.number),
            TableCell::text(entry.at.format("%Y-%m-%d %H:%M:%S").to_string()),
            TableCell::text(entry.who.as_str()),
            TableCell::text(t.action_name(&entry.action)),
            TableCell::text(entry.why.as_str()),
            TableCell::text(detail_line(t, entry)),
            TableCell::text(entry.hash.as_str()),
            TableCell::text(entry.previous.as_str()),
        ]
    };
    table(t.trail_title(), &heads, entries.iter().map(row).collect())
}

/// What an entry did, in a line.
#[must_use]
pub fn detail_line(t: Lang, entry: &TrailEntry) -> String {
    let facts = t.trail_detail(&entry.action, &entry.detail).into_iter();
    let facts: Vec<String> = facts
        .map(|(name, words)| format!("{name} {words}"))
        .collect();
    facts.join(match t {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

/// A table of texts under heads, for a list that stands nowhere else.
#[must_use]
pub fn table(name: &str, heads: &[&str], rows: Vec<Vec<TableCell>>) -> Table {
    let columns = heads.iter().map(|head| TableColumn {
        head: (*head).to_owned(),
        choices: Vec::new(),
    });
    Table {
        name: name.to_owned(),
        columns: columns.collect(),
        rows,
        blank_rows: 0,
    }
}
