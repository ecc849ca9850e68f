//! Rules of the repository, run as a test.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the sources") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// Lines of code with their numbers, without comments and unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let lines = (1..).zip(lines.map(|line| line.split("//").next().unwrap_or_default()));
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// Asserts that no code in `paths` holds any of `words`.
#[track_caller]
fn assert_absent_in(paths: &[PathBuf], words: &[&str]) {
    for path in paths {
        let text = fs::read_to_string(path).expect("a readable source");
        for (number, line) in code(&text) {
            for word in words {
                assert!(
                    !line.contains(word),
                    "{}: {word} in line {number}: {line}",
                    path.display()
                );
            }
        }
    }
}

/// Asserts that no source below `folder` holds any of `words` outside comments.
#[track_caller]
fn assert_absent(folder: &str, words: &[&str]) {
    assert_absent_in(&sources(folder), words);
}

/// The modules on the way from seed to selection: the engine without estimates,
/// simulations and the distributions that they use.
fn selecting() -> Vec<PathBuf> {
    let engine = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine");
    let is_apart = |path: &PathBuf| {
        let inside = path.strip_prefix(&engine).expect("a path in the engine");
        let first = inside.iter().next().and_then(|part| part.to_str());
        [
            "estimate",
            "estimate.rs",
            "simulate",
            "simulate.rs",
            "distribution.rs",
        ]
        .iter()
        .any(|apart| first == Some(apart))
    };
    let mut all = sources("src/engine");
    all.retain(|path| !is_apart(path));
    assert!(all.len() > 20);
    all
}

/// Whether a line holds a number with a decimal point, outside texts.
fn has_decimal(line: &str) -> bool {
    let outside = line.split('"').step_by(2);
    let is_decimal = |part: &str| {
        let bytes = part.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut dots = (1..bytes.len()).filter(|at| bytes[*at] == b'.');
        dots.any(|at| {
            // `pair.0.1` are fields of fields, `0..5` a range.
            let number = bytes[..at].iter().rposition(|byte| !byte.is_ascii_digit());
            let is_field = number.is_some_and(|at| matches!(bytes[at], b'.' | b'_' | b'a'..=b'z'));
            digit(at - 1) && digit(at + 1) && !is_field
        })
    };
    outside.into_iter().any(is_decimal)
}

#[test]
fn nothing_that_selects_knows_floating_point_or_other_randomness() {
    let paths = selecting();
    assert_absent_in(&paths, &["f32", "f64", "rand::", "rand_chacha", "statrs"]);
    for path in &paths {
        let text = fs::read_to_string(path).expect("a readable source");
        for (number, line) in code(&text) {
            assert!(
                !has_decimal(line),
                "{}: line {number}: {line}",
                path.display()
            );
        }
    }
    assert!(has_decimal("let x = 0.5;") && !has_decimal("pair.0.1 + at[0..5] \"1.5\""));
}

/// A `usize` has 32 bits in the browser and 64 natively. It may count and index
/// what is in memory, and nothing more: no record holds one, no number is divided
/// as one, and none is hashed.
#[test]
fn nothing_that_selects_depends_on_the_width_of_usize() {
    let paths = selecting();
    let divided = [
        ".len() /",
        ".len() %",
        ".len()) /",
        ".len()) %",
        "as usize /",
        "as usize %",
        "as usize) /",
        "as usize) %",
        "usize::MAX",
        "isize",
        "count() /",
        "count() %",
    ];
    assert_absent_in(&paths, &divided);
    for path in &paths {
        let text = fs::read_to_string(path).expect("a readable source");
        let mut is_record = false;
        for (number, line) in code(&text) {
            // Between the derive and the end of the item stand its fields.
            is_record |= line.contains("derive(") && line.contains("Serialize");
            is_record &= line != "}";
            assert!(
                !(is_record && line.contains("usize")),
                "{}: a record with usize in line {number}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn the_core_knows_no_clock_entropy_or_web() {
    let outside = [
        "leptos",
        "web_sys",
        "gloo",
        "js_sys",
        "getrandom",
        "SystemTime",
        "Utc::now",
        "Local::now",
    ];
    for folder in ["src/engine", "src/model", "src/workbook"] {
        assert_absent(folder, &outside);
    }
}

#[test]
fn nothing_that_selects_depends_on_hash_order() {
    assert_absent("src/engine", &["HashMap", "HashSet"]);
    assert_absent("src/workbook", &["HashMap", "HashSet"]);
}

#[test]
fn only_the_store_touches_local_storage() {
    for folder in [
        "src/ui",
        "src/workbook",
        "src/exchange",
        "src/engine",
        "src/model",
    ] {
        assert_absent(
            folder,
            &["LocalStorage::", "local_storage()", "SessionStorage"],
        );
    }
}

#[test]
fn style_sheets_are_closed_and_use_only_what_old_browsers_know() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    for entry in fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("a readable entry").path();
        let text = fs::read_to_string(&path).expect("a readable source");
        let (open, close) = (text.matches('{').count(), text.matches('}').count());
        assert_eq!(open, close, "{}: braces", path.display());
        for word in [
            ":has(",
            "popover",
            "@layer",
            "color-mix(",
            "@starting-style",
        ] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}
