//! A register's records as a table: under the heads that the import knows again, with the
//! values that it reads back, so that a list that went out comes in as it was.

use chrono::NaiveDate;
use serde_json::Value;

use crate::desk::list::{Aspect, Listed};
use crate::document::table::{Table, TableCell, TableColumn};
use crate::exchange::Record;
use crate::exchange::sheet::WORKED_OUT;
use crate::i18n::Lang;
use crate::model::Field;
use crate::model::field::{Choices, Kind};

/// Rows of a template that a person is to fill.
const BLANK_ROWS: u32 = 2_000;
/// The name in the example row, by which the import knows that it is one.
const EXAMPLE: &str = "示例：";

/// Records as a table, in their order.
#[must_use]
pub fn table<'a, T: Record>(records: impl Iterator<Item = &'a T>) -> Table {
    let fields = fields::<T>();
    let rows = records.map(|record| {
        let id = TableCell::text(record.id().to_string());
        let values = fields.iter().map(|field| cell(field, record));
        std::iter::once(id).chain(values).collect()
    });
    let rows = rows.collect();
    let id = TableColumn {
        head: "编号".to_owned(),
        choices: Vec::new(),
    };
    let columns = fields.iter().map(|field| column(field));
    Table {
        name: name_of::<T>(),
        columns: std::iter::once(id).chain(columns).collect(),
        rows,
        blank_rows: 0,
    }
}

/// What a list shows, in its order and with its columns: the id first. A column that is no
/// field of the record is told as worked out, and the import passes it over.
#[must_use]
pub fn shown<'a, T: Record + Listed>(
    columns: &[Aspect<T>],
    rows: impl Iterator<Item = (&'a T, &'a T::Row)>,
    head: impl Fn(&'static str) -> String,
    text: impl Fn(&T, &'static str, &T::Row) -> String,
) -> Table {
    // The id stands first in any case.
    let columns: Vec<_> = columns.iter().filter(|it| it.key() != "id").collect();
    let cells = |(record, row): (&'a T, &'a T::Row)| {
        let cells = columns.iter().map(|aspect| match aspect {
            Aspect::Field(field) => cell(field, record),
            Aspect::Derived(_) => TableCell::text(text(record, aspect.key(), row)),
        });
        let id = TableCell::text(record.id().to_string());
        std::iter::once(id).chain(cells).collect()
    };
    let rows = rows.map(cells).collect();
    let heads = columns.iter().map(|aspect| match aspect {
        Aspect::Field(field) if !field.heads.is_empty() => column(field),
        other => TableColumn {
            head: format!("{WORKED_OUT}：{}", head(other.key())),
            choices: Vec::new(),
        },
    });
    let id = TableColumn {
        head: "编号".to_owned(),
        choices: Vec::new(),
    };
    Table {
        name: name_of::<T>(),
        columns: std::iter::once(id).chain(heads).collect(),
        rows,
        blank_rows: 0,
    }
}

/// An empty table to be filled: the heads, an example that does not come in, and menus.
#[must_use]
pub fn template<T: Record>() -> Table {
    let fields = fields::<T>();
    let example = fields.iter().map(|field| match &field.kind {
        Kind::Name(_) => TableCell::text(format!("{EXAMPLE}{}", field.heads[0])),
        Kind::Flag(_) => TableCell::text("否"),
        Kind::Number(_) => TableCell::Number(100),
        Kind::Date(_) | Kind::Dates(_) => {
            NaiveDate::from_ymd_opt(2026, 5, 6).map_or(TableCell::Blank, TableCell::Date)
        }
        Kind::Choice(choice) => TableCell::text(words_of(choice.of)[0].clone()),
        _ => TableCell::Blank,
    });
    Table {
        name: name_of::<T>(),
        columns: fields.iter().map(|field| column(field)).collect(),
        rows: vec![example.collect()],
        blank_rows: BLANK_ROWS,
    }
}

fn name_of<T: Record>() -> String {
    Lang::Zh.register_name(T::REGISTER).to_owned()
}

/// The fields that a list may bring and that have no way in of their own.
fn fields<T: Record>() -> Vec<&'static Field<T>> {
    let fields = T::FIELDS.iter();
    fields
        .filter(|field| !field.heads.is_empty() && field.guard.is_none())
        .collect()
}

fn column<T>(field: &Field<T>) -> TableColumn {
    let choices = match &field.kind {
        Kind::Flag(_) => vec!["是".to_owned(), "否".to_owned()],
        Kind::Choice(choice) => words_of(choice.of),
        _ => Vec::new(),
    };
    TableColumn {
        head: field.heads[0].to_owned(),
        choices,
    }
}

fn words_of(of: Choices) -> Vec<String> {
    let words = Lang::Zh.form_choices(of).into_iter();
    words.map(str::to_owned).collect()
}

fn cell<T: Record>(field: &Field<T>, record: &T) -> TableCell {
    let joined = |values: &[Value]| {
        let texts = values.iter().filter_map(Value::as_str);
        texts.collect::<Vec<_>>().join("、")
    };
    let value = field.json(record);
    match (&field.kind, &value) {
        (_, Value::Null) => TableCell::Blank,
        (Kind::Flag(_), Value::Bool(flag)) => TableCell::text(if *flag { "是" } else { "否" }),
        (Kind::Choice(choice), _) => {
            let words = words_of(choice.of);
            let word = words.get((choice.get)(record)).cloned();
            TableCell::text(word.unwrap_or_default())
        }
        (Kind::Date(_), Value::String(day)) => match day.parse() {
            Ok(date) => TableCell::Date(date),
            Err(_) => TableCell::text(day.clone()),
        },
        (Kind::Number(_), Value::Number(number)) => {
            let number = number
                .as_u64()
                .and_then(|number| u32::try_from(number).ok());
            number.map_or(TableCell::Blank, TableCell::Number)
        }
        (_, Value::Array(values)) => TableCell::text(joined(values)),
        (_, Value::String(text)) => TableCell::text(text.clone()),
        (_, other) => TableCell::text(other.to_string()),
    }
}
