//! Python, which repeats draws by other means: a test without it may be skipped at
//! a desk, but not in continuous integration, where nobody reads the note.

#![allow(dead_code)]

use std::path::Path;
use std::process::{Command, Output};

/// Runs Python 3 on a script; `None`, with a note, where it is missing.
///
/// # Panics
/// Where it is missing and `CI` is set.
pub fn python(script: &str, arguments: &[&Path]) -> Option<Output> {
    run(
        "python3",
        script,
        arguments,
        std::env::var_os("CI").is_some(),
    )
}

/// As [`python`], by a program's name; `is_required`: missing is a failure.
pub fn run(program: &str, script: &str, arguments: &[&Path], is_required: bool) -> Option<Output> {
    let mut python = Command::new(program);
    let output = python
        .arg(script)
        .args(arguments)
        .env("PYTHONIOENCODING", "utf-8")
        .output();
    match output {
        Ok(output) => Some(output),
        Err(error) => {
            assert!(!is_required, "{script} was not run by {program}: {error}");
            eprintln!("{program} is missing: {script} was not run");
            None
        }
    }
}
