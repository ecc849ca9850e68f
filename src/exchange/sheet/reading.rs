//! From a file's sheets to the rows of a register, with everything that a preview shows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ask::{Answer, Answers, AskKind, Asked, Question};
use super::book::{Book, Sheet, SheetKind};
use super::grid::{Cell, Grid, GridRow};
use super::guess::register_of_sheet;
use super::heads::{self, Column, Heads, LeftOut};
use super::incoming::{Incoming, Line};
use super::known::{Known, folded_head};
use super::plain::shown;
use super::problem::{NoteKind, Noted, Problem, ProblemKind, SkipWhy, Skipped};
use super::refusal::Refusal;
use super::rows::{RowJudge, RowKind};
use super::values::{Holds, Plan, ValueReader};
use crate::engine::pace::{Advance, Pace, Stage};
use crate::exchange::fields::RawFields;
use crate::exchange::record::ROWS_A_REST;
use crate::exchange::{Record, RowIssue, Rows, Severity};
use crate::model::field::RegisterKind;
use crate::workbook::Township;
use crate::workbook::names::folded;

/// Cells that merged areas may fill.
const FILLED_MAX: usize = 1_000_000;

/// Rows by which it is told what a column's values have in common.
const ROWS_SURVEYED: usize = 5_000;

/// What a person has chosen otherwise than found, and answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The sheet, by its place in the file.
    pub sheet: Option<usize>,
    /// First and last row of the heads, as Excel shows them.
    pub head_rows: Option<(u32, u32)>,
    /// Fields of columns; none for a column that is not to be read.
    pub fields: BTreeMap<u16, Option<String>>,
    /// Answers to what was asked.
    pub answers: Answers,
    /// Kinds of faults ([`RowIssueKind::key`](crate::exchange::RowIssueKind::key)) for
    /// which the value is left out and the row taken, as incomplete.
    pub without_values: BTreeSet<String>,
}

/// What a file is read against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Against<'a> {
    /// The brigade's townships, by which names are understood; none: as they stand.
    pub townships: &'a [Township],
    /// Today: nobody was inspected after it.
    pub today: Option<NaiveDate>,
}

/// A list as it was read: everything that a preview shows.
///
/// Every row under the heads is taken, skipped or refused: `rows_count` is `ready_count`
/// and the lengths of `skipped` and `refused_rows` together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T: Record> {
    /// The sheet, by its place in the file.
    pub sheet: usize,
    /// Its name.
    pub sheet_name: String,
    /// Heads and columns.
    pub heads: Heads,
    /// Used rows under the heads.
    pub rows_count: u32,
    /// Rows that can be taken.
    pub ready_count: u32,
    /// Rows that cannot.
    pub refused_rows: BTreeSet<u32>,
    /// Rows that are no records.
    pub skipped: Vec<Skipped>,
    /// What is open.
    pub asked: Vec<Asked>,
    /// For questions that are asked once for all values: an example.
    pub examples: BTreeMap<Question, String>,
    /// What is wrong, in order of rows.
    pub problems: Vec<Problem>,
    /// What was mended or left aside, counted.
    pub noted: Vec<Noted>,
    /// Rows whose record is not in use any more, with the word that says so: candidates to
    /// be retired.
    pub out_of_use: Vec<(u32, String)>,
    /// The rows that are no others, as they go to where they come in.
    pub lines: Vec<Line>,
    /// The rows with their row numbers as Excel shows them, for
    /// [`preview`](crate::exchange::preview::preview).
    pub rows: Rows<T>,
}

/// Reads a register's rows out of a file.
///
/// ```
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::sheet::{Against, Wish, open, read};
/// use double_random::model::Unit;
/// let file = "南宫市单位名录,,\n序号,*单位名称,地址\n1,苏村粮店,苏村1号\n合计,1,\n";
/// let book = at_once(open("名录.csv", file.as_bytes(), None, &AtOnce)).expect("a table");
/// let reading = at_once(read::<Unit>(&book, &Wish::default(), Against::default(), &AtOnce));
/// let reading = reading.expect("a list");
/// assert_eq!(reading.heads.rows, (2, 2));
/// assert_eq!((reading.rows_count, reading.ready_count, reading.skipped.len()), (2, 1, 1));
/// assert_eq!(reading.rows.rows[0].patch.name(), Some("苏村粮店"));
/// ```
///
/// # Errors
/// Where no list is found.
pub async fn read<T: Record>(
    book: &Book,
    wish: &Wish,
    against: Against<'_>,
    pace: &impl Pace,
) -> Result<Reading<T>, Refusal> {
    let known = Known::of::<T>();
    let (at, mut heads, others) = list::<T>(&known, book, wish)?;
    let sheet = &book.sheets[at];
    choose_fields::<T>(&known, &mut heads, sheet, wish);
    let plans = plans::<T>(&heads, &sheet.grid);
    let judge = RowJudge::new(&known, T::REGISTER, &heads, T::KEY_FIELD, &sheet.grid);
    let values = ValueReader::new(&wish.answers, against.townships, book.is_1904);
    let without = &wish.without_values;
    let mut reader = ListReader::<T>::new(&heads, plans, judge, values, without, &sheet.grid);
    reader.today = against.today;
    for (name, count, row_number) in others {
        reader.other_sheet(name, count, row_number);
    }
    let rows = data_rows(&sheet.grid, &heads);
    if rows.is_empty() {
        return Err(Refusal::NoRows);
    }
    for (done, row) in rows.iter().enumerate() {
        reader.take(row, done);
        if done % ROWS_A_REST == 0 {
            pace.rest(Advance::at(Stage::Reading, done as u32, rows.len() as u32))
                .await;
        }
    }
    reader.note_sheet(book, sheet, rows);
    Ok(reader.finish(at, sheet, pace).await)
}

/// Sheets with heads beside the one that is read: name, rows, first row.
type Others = Vec<(String, u32, u32)>;

/// The sheet to read and its heads: as chosen, else the longest of those whose heads are
/// known well.
fn list<T: Record>(
    known: &Known,
    book: &Book,
    wish: &Wish,
) -> Result<(usize, Heads, Others), Refusal> {
    let sheets = || book.sheets.iter().enumerate();
    let of_sheet = |sheet: &Sheet| match wish.head_rows {
        Some(rows) => Some(heads::of_rows(known, &sheet.grid, rows, 0)),
        None => heads::find(known, sheet),
    };
    if let Some(at) = wish.sheet {
        let sheet = book.sheets.get(at).ok_or(Refusal::NoCells)?;
        let heads = of_sheet(sheet).ok_or(Refusal::NoHeads)?;
        return Ok((at, heads, Others::new()));
    }
    let mut found: Vec<(usize, Heads)> = sheets()
        .filter_map(|(at, sheet)| Some((at, of_sheet(sheet)?)))
        .collect();
    // A sheet of another register is left alone where one of this is there.
    let is_own = |sheet: &Sheet| register_of_sheet(sheet).is_none_or(|best| best == T::REGISTER);
    if found.len() > 1 {
        let (own, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|it| is_own(&book.sheets[it.0]));
        found = if own.is_empty() { others } else { own };
    }
    let best = found
        .iter()
        .map(|found| found.1.score)
        .max()
        .ok_or_else(|| no_heads(book))?;
    found.retain(|found| found.1.score * 3 >= best * 2);
    let rows = |found: &(usize, Heads)| data_rows(&book.sheets[found.0].grid, &found.1).len();
    let order = |at: usize| {
        let sheet = &book.sheets[found[at].0];
        (
            !sheet.is_hidden && rows(&found[at]) > 0,
            rows(&found[at]),
            std::cmp::Reverse(at),
        )
    };
    let chosen = (0..found.len())
        .max_by_key(|&at| order(at))
        .ok_or_else(|| no_heads(book))?;
    let (at, heads) = found.swap_remove(chosen);
    let others = found
        .iter()
        .filter(|other| rows(other) > 0 && !book.sheets[other.0].is_hidden);
    let others = others.map(|other| {
        let sheet = &book.sheets[other.0];
        (sheet.name.clone(), rows(other) as u32, other.1.rows.1 + 1)
    });
    Ok((at, heads, others.collect()))
}

fn no_heads(book: &Book) -> Refusal {
    let rows: usize = book.sheets.iter().map(|sheet| sheet.grid.rows.len()).sum();
    if book.kind == SheetKind::Csv && rows < 2 {
        Refusal::PlainText
    } else {
        Refusal::NoHeads
    }
}

fn data_rows<'a>(grid: &'a Grid, heads: &Heads) -> &'a [GridRow] {
    let first = grid.rows.partition_point(|row| row.number <= heads.rows.1);
    &grid.rows[first..]
}

/// Puts in what a person has chosen, and sees by the values where 单位性质 means 重点.
fn choose_fields<T: Record>(known: &Known, heads: &mut Heads, sheet: &Sheet, wish: &Wish) {
    let chosen: BTreeSet<&str> = wish.fields.values().flatten().map(String::as_str).collect();
    let mut has_key = heads.column_of("is_key").is_some() || T::field("is_key").is_none();
    has_key |= chosen.contains("is_key");
    let rows = data_rows(&sheet.grid, heads);
    // Totals and notes say nothing of what a column holds.
    let judge = RowJudge::new(known, T::REGISTER, heads, T::KEY_FIELD, &sheet.grid);
    let is_record = |at: usize, row: &GridRow| judge.judge(row, at) == RowKind::Record;
    for column in &mut heads.columns {
        if let Some(chosen) = wish.fields.get(&column.column) {
            let field = chosen.as_deref().and_then(T::field);
            column.field = field.map(|field| field.key);
            column.left_out = field.is_none().then_some(LeftOut::Chosen);
        } else if column.field.is_some_and(|field| chosen.contains(field)) {
            (column.field, column.left_out) = (None, Some(LeftOut::Twice));
        } else if !has_key
            && matches!(column.field, Some("legal_kind" | "category"))
            && tells_key(rows, column.column, is_record)
        {
            column.field = Some("is_key");
            has_key = true;
        }
    }
}

/// Whether a column says no more than which units are key units.
fn tells_key(rows: &[GridRow], column: u16, is_record: impl Fn(usize, &GridRow) -> bool) -> bool {
    let words = [
        "0",
        "1",
        "重点",
        "非重点",
        "一般",
        "重点单位",
        "非重点单位",
        "一般单位",
        "消防安全重点单位",
    ];
    let is_word = |row: &GridRow| {
        let value = row.cell(column).map(shown);
        value.is_some_and(|value| words.contains(&value.as_str()))
    };
    // Most columns hold none of these words, and no row has to be judged for them.
    if !rows.iter().any(is_word) {
        return false;
    }
    // Words among which one strays are asked about; 0 and 1 are numbers beside others.
    let mut counts = [0_usize; 3];
    for (at, row) in rows.iter().enumerate() {
        let Some(value) = row.cell(column).map(shown) else {
            continue;
        };
        let is_word = words.contains(&value.as_str());
        // A row is looked at only where its value does not fit.
        if is_word || is_record(at, row) {
            let is_digit = value.starts_with(['0', '1']);
            counts[usize::from(is_word) + usize::from(is_word && is_digit)] += 1;
        }
    }
    let [others, named, digits] = counts;
    if digits > 0 {
        others == 0
    } else {
        named > others * 2
    }
}

/// How the columns with fields are read.
fn plans<T: Record>(heads: &Heads, grid: &Grid) -> Vec<Plan> {
    let rows = data_rows(grid, heads);
    let has = |column: u16, word: &str| {
        let mut cells = rows
            .iter()
            .take(ROWS_SURVEYED)
            .filter_map(|row| row.cell(column));
        cells.any(|cell| matches!(cell, Cell::Text(text) if text.contains(word)))
    };
    let columns = heads
        .columns
        .iter()
        .filter_map(|column| Some((column.column, &column.head, T::field(column.field?)?)));
    columns
        .map(|(column, head, field)| Plan {
            column,
            field: field.key,
            holds: Holds::of(field),
            is_person: field.is_person(),
            is_numeral: field.is_numeral,
            // 红橙黄蓝 in the head says it as well.
            has_orange: head.contains('橙')
                || ["橙", "orange", "Orange", "ORANGE"]
                    .iter()
                    .any(|word| has(column, word)),
            has_have: has(column, "有"),
        })
        .collect()
}

/// Reads row by row.
struct ListReader<'a, T: Record> {
    values: ValueReader<'a>,
    judge: RowJudge<'a>,
    /// Another table has begun below the list.
    is_behind: bool,
    /// The heading that the rows under way stand below.
    section: String,
    plans: Vec<Plan>,
    heads: &'a Heads,
    id_column: Option<u16>,
    today: Option<NaiveDate>,
    filled: HashMap<(u32, u16), Cell>,
    rows: Incoming<T>,
    lines: Vec<Line>,
    without_values: &'a BTreeSet<String>,
    rows_count: u32,
    skipped: Vec<Skipped>,
}

impl<'a, T: Record> ListReader<'a, T> {
    fn new(
        heads: &'a Heads,
        plans: Vec<Plan>,
        judge: RowJudge<'a>,
        mut values: ValueReader<'a>,
        without_values: &'a BTreeSet<String>,
        grid: &Grid,
    ) -> Self {
        let filled = filled(grid, heads, &plans);
        for (_, column) in filled.keys() {
            values.note(NoteKind::Filled, Some(*column), "");
        }
        Self {
            values,
            judge,
            is_behind: false,
            section: String::new(),
            id_column: id_column::<T>(&heads.columns, data_rows(grid, heads)),
            plans,
            heads,
            today: None,
            filled,
            rows: Incoming::new(),
            lines: Vec::new(),
            without_values,
            rows_count: 0,
            skipped: Vec::new(),
        }
    }

    fn other_sheet(&mut self, name: String, count: u32, row_number: u32) {
        let question = Question {
            kind: AskKind::OtherSheet,
            field: String::new(),
            value: name,
            row_number: None,
        };
        for _ in 0..count {
            self.values.asking.raise(question.clone(), row_number);
        }
    }

    fn skip(&mut self, row_number: u32, why: SkipWhy) {
        self.skipped.push(Skipped { row_number, why });
    }

    fn take(&mut self, row: &GridRow, at: usize) {
        self.rows_count += 1;
        let kind = match self.is_behind {
            true => RowKind::OtherHeads,
            false => self.judge.judge(row, at),
        };
        match kind {
            RowKind::Record => {}
            RowKind::Skip(why) => {
                self.note_section(row, why);
                return self.skip(row.number, why);
            }
            RowKind::OtherHeads => {
                self.is_behind = true;
                return self.skip(row.number, SkipWhy::OtherTable);
            }
            RowKind::Total { word, is_record } => {
                if !self.is_taken(AskKind::TotalRow, word, is_record, row.number) {
                    return self.skip(row.number, SkipWhy::Total);
                }
            }
            RowKind::Doubtful { word, is_record } => {
                if !self.is_taken(AskKind::DoubtfulRow, word, is_record, row.number) {
                    self.note_section(row, SkipWhy::Note);
                    return self.skip(row.number, SkipWhy::Note);
                }
            }
        }
        let raw = self.raw(row);
        if std::mem::take(&mut self.values.is_row_left) {
            return self.skip(row.number, SkipWhy::Answered);
        }
        self.lines.push(Line::of(row.number, &raw));
        self.rows.push(row.number, raw);
    }

    /// Keeps what a heading says of the rows below it.
    fn note_section(&mut self, row: &GridRow, why: SkipWhy) {
        if why == SkipWhy::Note && T::REGISTER == RegisterKind::Officers {
            let words = row.cells.iter().map(|(_, cell)| shown(cell));
            self.section = words.max_by_key(String::len).unwrap_or_default();
        }
    }

    /// Asks whether a row is a record; what was answered, or what goes without an answer.
    fn is_taken(&mut self, kind: AskKind, value: String, is_record: bool, row: u32) -> bool {
        let question = Question {
            kind,
            field: String::new(),
            value,
            row_number: Some(row),
        };
        let answer = self.values.answers.of(&question).cloned();
        self.values.asking.raise(question, row);
        answer.map_or(is_record, |answer| answer != Answer::Leave)
    }

    /// The row's values as any other file would have them.
    fn raw(&mut self, row: &GridRow) -> RawFields<'static> {
        let mut raw = RawFields::with_capacity(self.plans.len() + 1);
        for plan in &self.plans {
            let cell = row
                .cell(plan.column)
                .or_else(|| self.filled.get(&(row.number, plan.column)));
            let value = cell.and_then(|cell| self.values.take(plan, row.number, cell));
            add(&mut raw, plan.field, value);
        }
        if T::REGISTER == RegisterKind::Officers {
            let role = self.values.role(&raw, &self.section, row.number);
            add(&mut raw, "role", role);
        }
        if T::REGISTER == RegisterKind::Results {
            let date = self.values.date_of_start(&raw);
            add(&mut raw, "date", date);
        }
        if T::REGISTER == RegisterKind::Items {
            let subject = self.values.subject(&raw, row.number);
            add(&mut raw, "subject", subject);
        }
        // A result may name its unit by code or number alone.
        let is_named = T::REGISTER != RegisterKind::Results;
        if is_named && !raw.iter().any(|field| field.0 == "name") {
            raw.push((Cow::Borrowed("name"), json!("")));
        }
        if let Some(id) = self.id(row) {
            raw.push((Cow::Borrowed("id"), id));
        }
        raw
    }

    /// The row's id. Items have one of their own; without a column it is their place.
    fn id(&self, row: &GridRow) -> Option<Value> {
        let found = self
            .id_column
            .and_then(|column| row.cell(column))
            .map(shown);
        let given = || (T::REGISTER == RegisterKind::Items).then(|| self.rows_count.to_string());
        found.or_else(given).map(|id| json!(id))
    }

    /// Notes what bears on the sheet as a whole.
    fn note_sheet(&mut self, book: &Book, sheet: &Sheet, rows: &[GridRow]) {
        let hidden = rows
            .iter()
            .filter(|row| sheet.grid.hidden_rows.contains(&row.number));
        for _ in hidden {
            self.values.note(NoteKind::HiddenRow, None, "");
        }
        for _ in 0..book.unreadable_count {
            self.values.note(NoteKind::Unreadable, None, "");
        }
        if let Some(beside) = self.beside() {
            for _ in rows.iter().filter(|row| row.cell(beside).is_some()) {
                self.values.note(NoteKind::SideBySide, Some(beside), "");
            }
        }
        for coloured in sheet.grid.coloured.values() {
            let below = coloured.iter().filter(|row| **row > self.heads.rows.1);
            // Where every cell is coloured, or none but heads, colours tell nothing apart.
            if (1..rows.len()).contains(&below.count()) {
                self.values.note(NoteKind::CellColours, None, "");
            }
        }
    }

    /// The column of names of a second list beside the first: its head, and another, stand twice.
    fn beside(&self) -> Option<u16> {
        let columns = &self.heads.columns;
        let is_again = |column: &&Column| {
            let mut before = columns.iter().filter(|it| it.column < column.column);
            column.left_out == Some(LeftOut::Twice) && before.any(|it| it.head == column.head)
        };
        let again: Vec<&Column> = columns.iter().filter(is_again).collect();
        let name = self.heads.column_of("name")?;
        let name = columns.iter().find(|it| it.column == name)?;
        let beside = again.iter().find(|it| it.head == name.head)?;
        (again.len() > 1).then_some(beside.column)
    }

    async fn finish(mut self, at: usize, sheet: &Sheet, pace: &impl Pace) -> Reading<T> {
        let rows = std::mem::take(&mut self.rows);
        let mut rows = rows.finish(self.today, pace).await;
        if self.leave_values(&rows.issues) {
            let mut anew = Incoming::new();
            for line in &self.lines {
                anew.take(line);
            }
            rows = anew.finish(self.today, pace).await;
        }
        self.ask_alike(&mut rows);
        let errors = rows
            .issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error);
        let refused_rows: BTreeSet<u32> = errors.map(|issue| issue.row_number).collect();
        let mut out_of_use = std::mem::take(&mut self.values.out_of_use);
        let taken = |row: u32| {
            let rows = &rows.rows;
            let is_there = rows.binary_search_by_key(&row, |taken| taken.row_number);
            is_there.is_ok() && !refused_rows.contains(&row)
        };
        out_of_use.retain(|(row, _)| taken(*row));
        let (asking, mut problems, noted, examples) = self.values.notes();
        problems.extend(rows.issues.iter().map(|issue| problem(issue, self.heads)));
        problems.sort_by_key(|problem| (problem.row_number, problem.column));
        self.skipped.sort_by_key(|skipped| skipped.row_number);
        Reading {
            sheet: at,
            sheet_name: sheet.name.clone(),
            rows_count: self.rows_count,
            ready_count: (rows.rows.len() - refused_rows.len()) as u32,
            refused_rows,
            skipped: self.skipped,
            asked: asking.finish(),
            examples,
            problems,
            noted,
            heads: self.heads.clone(),
            out_of_use,
            lines: self.lines,
            rows,
        }
    }

    /// Takes values out of the lines for whose faults that was chosen; whether there are any.
    fn leave_values(&mut self, issues: &[RowIssue]) -> bool {
        let is_left = |issue: &&RowIssue| {
            let is_optional = !["", "id", "name"].contains(&issue.field);
            issue.severity == Severity::Error
                && is_optional
                && issue.kind.is_of_value()
                && self.without_values.contains(issue.kind.key())
        };
        let left: Vec<(u32, &str)> = issues
            .iter()
            .filter(is_left)
            .map(|issue| (issue.row_number, issue.field))
            .collect();
        for &(row_number, field) in &left {
            let at = self
                .lines
                .partition_point(|line| line.row_number < row_number);
            if let Some(line) = self.lines.get_mut(at) {
                line.leave(field);
            }
        }
        !left.is_empty()
    }

    /// Asks about rows of one name that may be one record: without a code to tell them
    /// apart, and with one address, or none.
    fn ask_alike(&mut self, rows: &mut Rows<T>) {
        // Units are visited twice, and items of one name differ by their class.
        if matches!(T::REGISTER, RegisterKind::Items | RegisterKind::Results) {
            return;
        }
        let address = |values: &T| {
            T::field("address")
                .map(|field| folded(field.text(values)))
                .unwrap_or_default()
        };
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut left = BTreeSet::new();
        for (at, row) in rows.rows.iter().enumerate() {
            let Some(name) = row.patch.name() else {
                continue;
            };
            let known = by_name.entry(folded(name)).or_default();
            let is_alike = |other: &&usize| {
                let other = &rows.rows[**other].patch;
                let (here, there) = (address(row.patch.values()), address(other.values()));
                (row.patch.key().is_none() || other.key().is_none())
                    && (here == there || here.is_empty() || there.is_empty())
            };
            // A name that stands a hundred times is no name; the first ones are enough.
            if known.iter().take(100).any(|other| is_alike(&other)) {
                let question = Question {
                    kind: AskKind::Alike,
                    field: "name".to_owned(),
                    value: name.to_owned(),
                    row_number: None,
                };
                if self.values.answers.of(&question) == Some(&Answer::Leave) {
                    left.insert(row.row_number);
                }
                self.values.asking.raise(question, row.row_number);
            }
            known.push(at);
        }
        rows.rows.retain(|row| !left.contains(&row.row_number));
        self.lines.retain(|line| !left.contains(&line.row_number));
        rows.issues
            .retain(|issue| !left.contains(&issue.row_number));
        for row_number in left {
            self.skip(row_number, SkipWhy::Answered);
        }
    }
}

/// Adds a value; a list to what another column of the field gave.
fn add(raw: &mut RawFields<'static>, field: &'static str, value: Option<Value>) {
    let Some(value) = value else { return };
    let known = raw.iter_mut().find(|known| known.0 == field);
    match (known, value) {
        (Some((_, Value::Array(all))), Value::Array(more)) => all.extend(more),
        // Two columns under 检查人员.
        (Some((_, Value::String(all))), Value::String(more)) if field == "officers" => {
            all.push('、');
            all.push_str(&more);
        }
        (Some(_), _) => {}
        (None, value) => raw.push((Cow::Borrowed(field), value)),
    }
}

/// Cells that merged areas fill downwards, of columns that are read.
fn filled(grid: &Grid, heads: &Heads, plans: &[Plan]) -> HashMap<(u32, u16), Cell> {
    let mut filled = HashMap::new();
    let below =
        |merge: &&super::grid::Merge| merge.rows.0 > heads.rows.1 && merge.rows.0 < merge.rows.1;
    for merge in grid.merges.iter().filter(below) {
        let column = merge.columns.0;
        let first = grid.rows.partition_point(|row| row.number < merge.rows.0);
        let origin = grid
            .rows
            .get(first)
            .filter(|row| row.number == merge.rows.0);
        let Some(cell) = origin.and_then(|row| row.cell(column)) else {
            continue;
        };
        if !plans.iter().any(|plan| plan.column == column) {
            continue;
        }
        let rows = grid.rows[first + 1..]
            .iter()
            .take_while(|row| row.number <= merge.rows.1);
        for row in rows {
            if filled.len() == FILLED_MAX {
                return filled;
            }
            filled.insert((row.number, column), cell.clone());
        }
    }
    filled
}

/// The column of ids: of items any numbers, of other registers ids as they give them.
fn id_column<T: Record>(columns: &[Column], rows: &[GridRow]) -> Option<u16> {
    let of_items: &[&str] = &["编号", "事项编号", "事项编码", "序号"];
    let of_others: &[&str] = &["编号", "单位编号", "人员编号", "机构编号", "id"];
    let is_item = T::REGISTER == RegisterKind::Items;
    let words = if is_item { of_items } else { of_others };
    let headed = |word: &str| {
        let mut unread = columns.iter().filter(|column| column.field.is_none());
        unread
            .find(|column| folded_head(&column.head) == word)
            .map(|column| column.column)
    };
    let column = words.iter().find_map(|word| headed(word))?;
    let is_id = |text: String| {
        let (letters, number) =
            text.split_at(text.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0));
        let is_prefix = letters
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        !letters.is_empty() && is_prefix && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut cells = rows.iter().filter_map(|row| row.cell(column));
    let fits = match is_item {
        // Numbers that begin anew, or lack in places, tell no item from others.
        true => {
            let ids: Vec<String> = cells.map(shown).collect();
            let apart: BTreeSet<&String> = ids.iter().collect();
            let name = columns.iter().find(|it| it.field == Some("name"));
            let is_named = |row: &GridRow| name.is_some_and(|it| row.cell(it.column).is_some());
            let mut named = rows.iter().filter(|row| is_named(row));
            apart.len() == ids.len() && named.all(|row| row.cell(column).is_some())
        }
        false => cells.all(|cell| is_id(shown(cell))),
    };
    fits.then_some(column)
}

fn problem(issue: &RowIssue, heads: &Heads) -> Problem {
    Problem {
        row_number: issue.row_number,
        column: heads.column_of(issue.field),
        field: issue.field,
        severity: issue.severity,
        kind: ProblemKind::Issue(issue.kind.clone()),
        found: String::new(),
    }
}
