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

/// Asserts that no source below `folder` holds any of `words` outside comments.
#[track_caller]
fn assert_absent(folder: &str, words: &[&str]) {
    for path in sources(folder) {
        let text = fs::read_to_string(&path).expect("a readable source");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for (number, line) in code.enumerate() {
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
