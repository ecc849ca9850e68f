//! Spreadsheets as programs of others open them: openpyxl and LibreOffice, each where it is
//! installed.

use std::path::{Path, PathBuf};

use double_random::document::table::{Table, TableCell};
use double_random::exchange::sheet::write;
use serde_json::Value;

use crate::python;

/// What a table says, heads first.
fn said(table: &Table) -> Vec<Vec<String>> {
    let heads = table.columns.iter().map(|column| column.head.clone());
    let rows = table.rows.iter();
    let rows = rows.map(|row| row.iter().map(TableCell::shown).collect());
    std::iter::once(heads.collect()).chain(rows).collect()
}

/// What a script prints of the files; none where what it needs is not installed.
fn printed(script: &str, files: &[PathBuf]) -> Option<Vec<Value>> {
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let output = python::python(script, &paths)?;
    let words = String::from_utf8_lossy(&output.stderr);
    let read: Value = serde_json::from_slice(&output.stdout).expect(&words);
    let of_files = read.as_array().cloned();
    if of_files.is_none() {
        println!("{script}: what opens the spreadsheets is not installed");
    }
    of_files
}

/// Each table, written as a spreadsheet, says in other programs what it says, and nothing
/// stands in it where nobody looks. `name`: of the files.
#[track_caller]
pub fn others_read(name: &str, tables: &[Table]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let files = (0..tables.len()).map(|at| folder.join(format!("{name}-{at}.xlsx")));
    let files: Vec<PathBuf> = files.collect();
    for (table, file) in tables.iter().zip(&files) {
        std::fs::write(file, write(table)).unwrap();
    }
    let read = printed("tests/peers/open_excel.py", &files);
    for (table, read) in tables.iter().zip(read.unwrap_or_default()) {
        let rows: Vec<Vec<String>> = serde_json::from_value(read["rows"].clone()).unwrap();
        assert_eq!(rows, said(table), "{} in openpyxl", table.name);
        assert_eq!(read["sheets"].as_array().unwrap().len(), 1);
        for hidden in ["comments", "formulas", "names", "hidden"] {
            assert_eq!(read[hidden], 0, "{}: {hidden}", table.name);
        }
    }
    let read = printed("tests/peers/open_office.py", &files);
    for (table, rows) in tables.iter().zip(read.unwrap_or_default()) {
        let rows: Vec<Vec<String>> = serde_json::from_value(rows).unwrap();
        assert_eq!(rows, said(table), "{} in LibreOffice", table.name);
    }
}
