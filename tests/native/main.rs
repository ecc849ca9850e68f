//! All tests that run natively, in one program: linked once, and compiled anew in one go
//! when the library changes. `cargo test --test native verify::` runs one file's.
//!
//! What also runs in the browser stands beside this folder: `engine_golden`,
//! `engine_vectors` and `web`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../golden/mod.rs"]
mod golden;
#[path = "../golden/own.rs"]
mod own;
#[path = "../python/mod.rs"]
mod python;

mod desk;
mod import;
mod register;

mod agencies;
mod approval;
mod campaigns;
mod carried;
mod compare;
mod demo;
mod disclosed;
mod engine_draws;
mod engine_occasions;
mod engine_properties;
mod engine_verifier;
mod estimate_coverage;
mod estimate_survey;
mod exchange_json;
mod exchange_preview;
mod exchange_schema;
mod explain;
mod explain_visits;
mod fields;
mod going_out;
mod guarded_fields;
mod history;
mod house_papers;
mod impossible_files;
mod lived;
mod many;
mod missing_holidays;
mod names;
mod opened;
mod own_draws;
mod pace;
mod packages;
mod paper_beside;
mod paper_forms;
mod paper_plan;
mod plan_changes;
mod plan_life;
mod publish;
mod remedies;
mod results;
mod self_check;
mod sheets;
mod simulate;
mod store_parts;
mod store_vault;
mod taking_out;
mod tidy;
mod verification_file;
mod verify;
mod verify_bytes;
mod visit_life;
mod visits;
mod withhold;
mod workbook;
mod workbook_occasions;
mod year_chance;
mod years;
