//! The published JSON Schemas are those of the types.

use std::path::Path;

use double_random::exchange::json::{
    AgenciesFile, EngineersFile, HolidaysFile, ItemsFile, OfficersFile, UnitsFile,
};
use double_random::workbook::Workbook;
use schemars::{Schema, schema_for};

#[track_caller]
fn check(name: &str, schema: &Schema) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schema/{name}.schema.json"));
    let made = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "the schema of {name} changed; if that is meant, run again with BLESS=1"
    );
}

#[test]
fn the_schemas_in_tests_are_those_of_the_types() {
    check("workbook", &schema_for!(Workbook));
    check("units", &schema_for!(UnitsFile));
    check("officers", &schema_for!(OfficersFile));
    check("items", &schema_for!(ItemsFile));
    check("agencies", &schema_for!(AgenciesFile));
    check("engineers", &schema_for!(EngineersFile));
    check("holidays", &schema_for!(HolidaysFile));
}
