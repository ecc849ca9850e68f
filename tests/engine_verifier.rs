//! The stand-alone verifier agrees with the engine: on the golden records, on
//! what is left open, and on records that were tampered with. Skipped, with a
//! note, where Python 3 is missing.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod golden;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use double_random::engine::lottery::canonical_json;
use golden::{RECORDS, Record};

const VERIFIER: &str = "tests/verifier/verify.py";

/// Runs the verifier on files; `None` without Python.
fn run(files: &[&Path]) -> Option<Output> {
    let mut python = Command::new("python3");
    match python
        .arg(VERIFIER)
        .args(files)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
    {
        Ok(output) => Some(output),
        Err(_) => {
            eprintln!("python3 is missing: {VERIFIER} was not run");
            None
        }
    }
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Runs the verifier on a changed record: exit status and text.
fn tampered(name: &str, at: usize, change: impl FnOnce(&mut Record)) -> Option<(i32, String)> {
    let mut record = Record::read(RECORDS[at].1);
    change(&mut record);
    let certificate = file(&format!("{name}-c.json"), &record.certificate.canonical());
    let register = canonical_json(&record.register).unwrap();
    let register = file(&format!("{name}-r.json"), &register);
    let output = run(&[&certificate, &register])?;
    let text = String::from_utf8(output.stdout).unwrap();
    Some((output.status.code().unwrap(), text))
}

/// Asserts that a forgery, sealed again, fails in the line that says `what`.
#[track_caller]
fn expect(name: &str, what: &str, change: impl FnOnce(&mut Record)) {
    let sealed = |record: &mut Record| {
        change(record);
        record.certificate = record.certificate.clone().sealed();
    };
    let Some((status, text)) = tampered(name, 15, sealed) else {
        return;
    };
    assert_eq!(status, 1, "{name}: {text}");
    let fails = |line: &str| line.contains("FAIL") && line.contains(what);
    assert!(text.lines().any(fails), "{name}: {text}");
}

#[test]
fn golden_records_hold() {
    for (number, _) in RECORDS {
        let path = format!("tests/golden/{number}.json");
        let Some(output) = run(&[Path::new(&path)]) else {
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{number}: {text}{error}");
        assert!(
            text.lines().filter(|line| line.contains("PASS")).count() >= 7,
            "{text}"
        );
    }
}

#[test]
fn a_certificate_alone_leaves_the_register_open() {
    let record = Record::read(RECORDS[15].1);
    let path = file("alone.json", &record.certificate.canonical());
    let Some(output) = run(&[&path]) else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(
        text.contains("OPEN") && text.contains("每个抽签号都能重算"),
        "{text}"
    );
    let code = record.certificate.short_code();
    assert!(text.lines().next().unwrap().ends_with(&code), "{text}");
}

#[test]
fn what_was_tampered_with_fails_where_it_was() {
    expect("number", "the seed follows", |record| {
        record.certificate.commitment.number += 1;
    });
    expect("time", "先承诺", |record| {
        record.certificate.committed_at = record.certificate.drawn_at;
    });
    expect("unit", "the roots committed to", |record| {
        record.register.units[0].pending ^= true;
    });
    expect("level", "sum of its points", |record| {
        record.register.units[0].points[0].1 += 1;
    });
    expect("capacity", "capacity, minimum", |record| {
        record.certificate.capacity[3] += 1;
    });
    expect("size", "sizes, targets", |record| {
        record.certificate.commitment.cells[0].target += 1;
    });
    expect("ticket", "every ticket", |record| {
        record.certificate.draws[0].drawn[0].ticket.0[9] ^= 1;
    });
    expect("favour", "none skipped", |record| {
        let draw = &mut record.certificate.draws[2];
        std::mem::swap(&mut draw.drawn[0], &mut draw.reserve[0]);
    });
    expect("six months", "six months apart", |record| {
        let visits = &record.certificate.plan.visits;
        let (id, visit) = visits.iter().next().unwrap();
        let units = &mut record.register.units;
        let unit = units.iter_mut().find(|unit| unit.id == *id).unwrap();
        unit.last = Some(visit.day - chrono::Days::new(30));
    });
    expect("day", "days follow", |record| {
        let days = &record.certificate.working_days[3];
        let visit = record.certificate.plan.visits.values_mut().next().unwrap();
        let other = days
            .iter()
            .find(|day| **day != chrono::Datelike::day(&visit.day));
        visit.day = chrono::Datelike::with_day(&visit.day, *other.unwrap()).unwrap();
    });
    expect("team", "two officers", |record| {
        let visit = record.certificate.plan.visits.values_mut().next().unwrap();
        visit.member = visit.lead.clone();
    });
}

#[test]
fn what_is_not_sealed_again_fails_by_its_hash() {
    let change = |record: &mut Record| record.certificate.operator.push('x');
    let Some((status, text)) = tampered("hash", 15, change) else {
        return;
    };
    assert_eq!(status, 1);
    assert!(text.contains("FAIL  证书没有改动"), "{text}");
}

#[test]
fn what_cannot_be_read_has_a_status_of_its_own() {
    let Some(output) = run(&[&file("nothing.json", "{}")]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_verifier_is_short_and_needs_nothing() {
    let text = std::fs::read_to_string(VERIFIER).unwrap();
    assert!(text.lines().count() <= 300);
    let imports: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("import") || line.starts_with("from"))
        .collect();
    assert_eq!(
        imports,
        [
            "import calendar, hashlib, json, sys",
            "from datetime import date"
        ]
    );
}
