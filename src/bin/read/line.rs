//! What is said of a file, as a line of JSON.

use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::sheet::{
    Against, AskKind, Book, NoteKind, Reading, SheetKind, SkipWhy, TextEncoding, Wish, column_name,
    read,
};
use double_random::exchange::{Record, Severity};
use double_random::i18n::Lang;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Records that are shown.
const RECORDS_SHOWN: usize = 50;

/// What is said of a file.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Line {
    file: String,
    kind: Option<SheetKind>,
    encoding: Option<TextEncoding>,
    sheet: Option<String>,
    head_rows: Option<(u32, u32)>,
    columns: Vec<Value>,
    rows_count: u32,
    ready_count: u32,
    refused_count: usize,
    skipped: Vec<SkippedRow>,
    asked: Vec<AskedValue>,
    problems: Vec<Value>,
    noted: Vec<NotedValue>,
    refused: Option<String>,
    records: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct SkippedRow {
    row: u32,
    why: SkipWhy,
}

#[derive(Debug, Serialize)]
struct AskedValue {
    kind: AskKind,
    field: String,
    value: String,
    count: u32,
    row: u32,
}

#[derive(Debug, Serialize)]
struct NotedValue {
    kind: NoteKind,
    column: Option<String>,
    value: String,
    count: u32,
}

impl Line {
    /// A file of which nothing was read.
    pub(crate) fn refused(file: &str, words: String) -> Self {
        Self {
            file: file.to_owned(),
            refused: Some(words),
            ..Self::default()
        }
    }

    /// A file as rows of a register.
    pub(crate) fn of<T: Record>(file: &str, book: &Book, against: Against<'_>) -> Self {
        let facts = Self {
            file: file.to_owned(),
            kind: Some(book.kind),
            encoding: book.encoding,
            ..Self::default()
        };
        match at_once(read::<T>(book, &Wish::default(), against, &AtOnce)) {
            Ok(reading) => facts.with(&reading),
            Err(refusal) => Self {
                refused: Some(Lang::Zh.sheet_refusal(&refusal)),
                ..facts
            },
        }
    }

    fn with<T: Record>(self, reading: &Reading<T>) -> Self {
        let skipped = reading.skipped.iter().map(|skipped| SkippedRow {
            row: skipped.row_number,
            why: skipped.why,
        });
        let noted = reading.noted.iter().map(|noted| NotedValue {
            kind: noted.kind,
            column: noted.column.map(column_name),
            value: noted.value.clone(),
            count: noted.count,
        });
        Self {
            sheet: Some(reading.sheet_name.clone()),
            head_rows: Some(reading.heads.rows),
            columns: columns(reading),
            rows_count: reading.rows_count,
            ready_count: reading.ready_count,
            refused_count: reading.refused_rows.len(),
            skipped: skipped.collect(),
            asked: asked(reading),
            problems: problems(reading),
            noted: noted.collect(),
            records: records(reading),
            ..self
        }
    }
}

fn columns<T: Record>(reading: &Reading<T>) -> Vec<Value> {
    let columns = reading.heads.columns.iter().map(|column| {
        json!({
            "column": column_name(column.column),
            "head": Lang::Zh.sheet_head(&column.head, column.column),
            "field": column.field,
            "left_out": column.left_out.map(|why| Lang::Zh.sheet_left_out(why)),
        })
    });
    columns.collect()
}

fn asked<T: Record>(reading: &Reading<T>) -> Vec<AskedValue> {
    let asked = reading.asked.iter().map(|asked| {
        let question = &asked.question;
        let example = reading.examples.get(question);
        AskedValue {
            kind: question.kind,
            field: question.field.clone(),
            value: example.unwrap_or(&question.value).clone(),
            count: asked.count,
            row: asked.row_numbers[0],
        }
    });
    asked.collect()
}

fn problems<T: Record>(reading: &Reading<T>) -> Vec<Value> {
    let problems = reading.problems.iter().map(|problem| {
        json!({
            "row": problem.row_number,
            "column": problem.column.map(column_name),
            "field": problem.field,
            "kind": problem.kind.key(),
            "is_refused": problem.severity == Severity::Error,
            "value": problem.found,
            "words": Lang::Zh.sheet_problem(&problem.kind),
        })
    });
    problems.collect()
}

/// The first rows that are taken, each with the fields that the file gives.
fn records<T: Record>(reading: &Reading<T>) -> Vec<Value> {
    let rows = reading.rows.rows.iter();
    let ready = rows.filter(|row| !reading.refused_rows.contains(&row.row_number));
    let record = ready.take(RECORDS_SHOWN).map(|row| {
        let mut record = Map::new();
        record.insert("row".to_owned(), json!(row.row_number));
        if let Some(id) = &row.id {
            record.insert("id".to_owned(), json!(id.to_string()));
        }
        for field in T::FIELDS.iter().filter(|field| row.patch.gives(field.key)) {
            record.insert(field.key.to_owned(), field.json(row.patch.values()));
        }
        Value::Object(record)
    });
    record.collect()
}
