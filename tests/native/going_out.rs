//! What goes out as a table comes in again as it was, and others open it.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use double_random::demo;
use double_random::desk::list::{Aspect, Index};
use double_random::desk::unit_list::UnitRow;
use double_random::document::table::{Table, TableCell};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::results::results as held;
use double_random::exchange::sheet::{
    Against, LeftOut, Reading, SkipWhy, WORKED_OUT, Wish, open, read, serial_date, write,
};
use double_random::exchange::{Options, Record, Register};
use double_random::i18n::Lang;
use double_random::model::field::RegisterKind;
use double_random::model::{InspectionItem, Officer, ResultLine, Unit};
use double_random::ui::sheets::going_out::{shown, table, template};
use double_random::ui::sheets::lists_out::{results, tasks as visits, trail};
use double_random::workbook::Workbook;

use crate::import::preview;
use crate::opened::others_read;

fn came_in<T: Record>(book: &Workbook, name: &str, bytes: &[u8]) -> Reading<T> {
    let file = at_once(open(name, bytes, None, &AtOnce)).unwrap();
    let against = Against {
        townships: &book.brigade.townships,
        today: "2026-11-29".parse().ok(),
    };
    at_once(read(&file, &Wish::default(), against, &AtOnce)).unwrap()
}

/// The register comes in as it is, from both forms, with nothing asked.
fn comes_back<T: Record>(book: &Workbook, register: &Register<'_, T>) {
    let out = table(register.records.iter());
    for (name, bytes) in [
        ("名录.xlsx", write(&out)),
        ("名录.csv", out.csv().into_bytes()),
    ] {
        let reading = came_in::<T>(book, name, &bytes);
        assert_eq!(reading.problems, [], "{name}");
        assert_eq!(reading.asked, [], "{name}");
        assert_eq!(
            reading.rows_count as usize,
            register.records.len(),
            "{name}"
        );
        let preview = preview(register, reading.rows, &Options::MERGE, &|_| true);
        assert!(preview.changes_nothing(), "{name}: {:?}", preview.changed);
        assert!(
            preview.missing.is_empty() && preview.issues.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn registers_that_went_out_come_in_as_they_were() {
    let mut book = demo::brigade(2026, demo::SEED);
    book.units[0].name = "=HYPERLINK(\"x\")、“甲,乙”店".into();
    book.units[0].phone = "03195550171".into();
    book.units[1].note = "两行\n𠮷䶮".into();
    comes_back(&book, &Register::units(&book));
    comes_back(&book, &Register::officers(&book));
    comes_back(&book, &Register::items(&book));
}

/// The table as another library reads it.
fn opened(out: &Table) -> (String, Vec<Vec<Data>>) {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(write(out))).unwrap();
    let name = file.sheet_names()[0].clone();
    let range = file.worksheet_range(&name).unwrap();
    (name, range.rows().map(<[Data]>::to_vec).collect())
}

#[test]
fn another_library_reads_what_was_written() {
    let book = demo::brigade(2026, demo::SEED);
    let out = table(book.units.iter());
    let (name, rows) = opened(&out);
    assert_eq!(name, "单位名录");
    assert_eq!(rows.len(), 2413);
    let heads: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
    let columns: Vec<String> = out
        .columns
        .iter()
        .map(|column| column.head.clone())
        .collect();
    assert_eq!(heads, columns);
    for (row, cells) in rows[1..].iter().zip(&out.rows) {
        for (found, cell) in row.iter().zip(cells) {
            match cell {
                TableCell::Blank => assert!(found.is_empty()),
                TableCell::Text(text) => assert_eq!(found.get_string(), Some(text.as_str())),
                TableCell::Number(number) => assert_eq!(found.as_i64(), Some(i64::from(*number))),
                TableCell::Date(date) => {
                    let serial = found.get_datetime().map(|day| day.as_f64());
                    assert_eq!(serial.and_then(|day| serial_date(day, false)), Some(*date));
                }
            }
        }
    }
}

/// Registers, templates and lists, in programs of others.
#[test]
fn other_programs_read_registers_templates_and_lists() {
    let mut book = demo::brigade(2026, demo::SEED);
    book.units.truncate(60);
    book.units[0].name = "=HYPERLINK(\"x\")、“甲,乙”店".into();
    book.units[0].phone = "03195550171".into();
    book.units[1].note = "两行\n𠮷䶮".into();
    let lived = crate::lived::lived();
    let tasks = lived.visit_tasks(crate::lived::today());
    let shown: Vec<_> = tasks.iter().take(60).collect();
    let lines = results(&lived, shown.iter().map(|task| &task.visit));
    let tables = [
        table(book.units.iter()),
        table(book.officers.iter()),
        table(book.items.iter()),
        template::<Unit>(),
        template::<Officer>(),
        template::<InspectionItem>(),
        visits(Lang::Zh, &lived, &shown),
        table(lines.iter()),
        trail(Lang::Zh, &lived.trail[..60]),
    ];
    // Excel repairs a file whose menu says more than 255 signs in one text.
    let columns = tables.iter().flat_map(|table| &table.columns);
    for column in columns {
        let menu = column.choices.join(",");
        assert!(menu.chars().count() <= 255, "{}", column.head);
    }
    others_read("list", &tables);
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let book = demo::brigade(2026, demo::SEED);
    let out = table(book.officers.iter());
    assert_eq!(write(&out), write(&out));
}

fn template_is_left_out<T: Record>() {
    let book = demo::brigade(2026, demo::SEED);
    let reading = came_in::<T>(&book, "模板.xlsx", &write(&template::<T>()));
    assert_eq!((reading.rows_count, reading.ready_count), (1, 0));
    assert_eq!(reading.skipped[0].why, SkipWhy::Example);
    let unknown = reading
        .heads
        .columns
        .iter()
        .filter(|column| column.field.is_none());
    assert_eq!(unknown.count(), 0, "every head of a template is known");
}

#[test]
fn the_example_of_a_template_does_not_come_in() {
    template_is_left_out::<Unit>();
    template_is_left_out::<Officer>();
    template_is_left_out::<InspectionItem>();
}

#[test]
fn no_cell_of_a_text_file_starts_a_formula() {
    let book = demo::brigade(2026, demo::SEED);
    let mut units = book.units.to_vec();
    for (unit, sign) in units.iter_mut().zip(["=", "+", "-", "@", "\t", "\r"]) {
        unit.name = format!("{sign}1+1");
    }
    let text = table(units.iter()).csv();
    for cell in text.trim_start_matches('\u{feff}').split([',', '\n', '"']) {
        let is_guard = cell.starts_with('\t') && cell[1..].bytes().all(|b| b.is_ascii_digit());
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t']) || is_guard,
            "{cell:?}"
        );
    }
}

/// What a list shows beside the fields of its records goes out told as worked out, and comes in
/// as nothing: no change, no question, no column that somebody must look at.
#[test]
fn columns_that_are_no_fields_go_out_and_are_passed_over() {
    let book = demo::brigade(2026, demo::SEED);
    let today = "2026-03-02".parse().unwrap();
    let index = Index::<Unit>::new(&book, today);
    let columns = Aspect::<Unit>::all_columns();
    assert!(columns.len() > Aspect::<Unit>::columns().len());
    let rows = book.units.iter().zip(&index.rows);
    let text = |_: &Unit, key: &'static str, row: &UnitRow| match key {
        "last" | "earliest" => row.last.map(|day| day.to_string()).unwrap_or_default(),
        "complete" => row.completeness.to_string(),
        _ => "甲".into(),
    };
    let head = |key| Lang::Zh.column_name(RegisterKind::Units, key).to_owned();
    let out = shown(&columns, rows, head, text);
    let worked_out = out
        .columns
        .iter()
        .filter(|column| column.head.starts_with(WORKED_OUT));
    assert_eq!(worked_out.count(), 7);
    let register = Register::units(&book);
    for (name, bytes) in [
        ("名录.xlsx", write(&out)),
        ("名录.csv", out.csv().into_bytes()),
    ] {
        let reading = came_in::<Unit>(&book, name, &bytes);
        assert_eq!(
            (reading.problems.len(), reading.asked.len()),
            (0, 0),
            "{name}"
        );
        let unknown = reading
            .heads
            .columns
            .iter()
            .filter(|it| it.left_out == Some(LeftOut::Unknown));
        let unknown: Vec<&String> = unknown.map(|it| &it.head).collect();
        // The column of ids is read apart from those of fields.
        assert_eq!(unknown, ["编号"], "{name}");
        let preview = preview(&register, reading.rows, &Options::MERGE, &|_| true);
        assert!(preview.changes_nothing(), "{name}: {:?}", preview.changed);
        assert!(preview.issues.is_empty(), "{name}");
    }
}

/// What a list of results says of visits that have theirs is what they have.
#[test]
fn results_that_went_out_come_in_as_they_were() {
    let book = crate::lived::lived();
    let today = crate::lived::today();
    let shown = book.visit_tasks(today);
    let lines = results(&book, shown.iter().map(|task| &task.visit));
    let entered = book.visits().filter(|visit| visit.record().is_some());
    let entered = entered.count();
    assert!(entered > 100 && lines.len() >= entered);
    assert!(lines.iter().any(|line| line.term.is_some()));
    let out = table(lines.iter());
    for (name, bytes) in [
        ("结果.xlsx", write(&out)),
        ("结果.csv", out.csv().into_bytes()),
    ] {
        let reading = came_in::<ResultLine>(&book, name, &bytes);
        assert_eq!(reading.problems, [], "{name}");
        assert_eq!(reading.asked, [], "{name}");
        let now = today.and_hms_opt(9, 0, 0).unwrap();
        let preview = at_once(held(&book, &reading.rows, false, now, &AtOnce));
        assert_eq!(preview.unchanged_count as usize, entered, "{name}");
        let told = (preview.added, preview.differing, preview.appeared);
        assert_eq!(told, (vec![], vec![], vec![]), "{name}");
        assert_eq!(preview.issues, [], "{name}");
    }
}

#[test]
fn the_list_of_visits_goes_out_as_it_is_shown() {
    let book = crate::lived::lived();
    let tasks = book.visit_tasks(crate::lived::today());
    let shown: Vec<_> = tasks.iter().rev().take(30).collect();
    let out = visits(Lang::Zh, &book, &shown);
    assert_eq!(out.rows.len(), 30);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out.json()).unwrap();
    for ((row, cells), task) in rows.iter().zip(&out.rows).zip(&shown) {
        assert_eq!(row["单位"], task.name);
        let filled = cells.iter().filter(|cell| **cell != TableCell::Blank);
        assert_eq!(row.as_object().unwrap().len(), filled.count());
    }
    let told = trail(Lang::Zh, &book.trail);
    assert_eq!(told.rows.len(), book.trail.len());
}
