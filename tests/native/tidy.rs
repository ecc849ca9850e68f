//! Rules of the repository, run as a test.

use std::collections::{BTreeMap, BTreeSet};
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

/// Names of the messages, and all names that are called or read anywhere.
fn messages_and_calls() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut messages, mut calls) = (BTreeSet::new(), BTreeSet::new());
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    for path in sources("src") {
        let text = fs::read_to_string(&path).expect("a readable source");
        for (_, line) in code(&text) {
            let head = line.trim_start().split_once(" => \"").map(|it| it.0);
            let name = head.map(|head| head.split('(').next().unwrap_or_default());
            if line.trim_end().ends_with(';') {
                messages.extend(
                    name.filter(|name| name.chars().all(is_name))
                        .map(str::to_owned),
                );
            }
            let after = line.split(['.', ':']).skip(1);
            calls.extend(after.map(|part| {
                part.chars()
                    .take_while(|it| is_name(*it))
                    .collect::<String>()
            }));
        }
    }
    (messages, calls)
}

/// The compiler's `missing_docs` would ask for a line over every field and variant too, and
/// got «The unit.» over `unit`; what has a body or a shape of its own says what it is.
#[test]
fn whatever_is_public_says_what_it_is() {
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static"];
    let is_item = |line: &str| {
        let rest = line.trim_start().strip_prefix("pub ");
        let mut words = rest.into_iter().flat_map(str::split_whitespace);
        words
            .next()
            .is_some_and(|word| kinds.contains(&word) || word == "async")
    };
    for path in sources("src") {
        let text = fs::read_to_string(&path).expect("a readable source");
        // The shapes of stored details are told by the events' table; messages by their words.
        if path.ends_with("workbook/event_detail.rs") || path.ends_with("i18n/mod.rs") {
            continue;
        }
        let (mut above, mut is_in_attribute) = ("", false);
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
        for (number, line) in (1..).zip(lines.map(str::trim)) {
            if is_item(line) {
                let is_told = above.starts_with("///") || above.starts_with("$(#[$doc])");
                assert!(is_told, "{}: line {number}: {line}", path.display());
            }
            // Attributes stand between a line and its documentation.
            let begins = line.starts_with("#[");
            if !begins && !is_in_attribute {
                above = line;
            }
            let ends = line.ends_with(']') || line.contains(")] ");
            is_in_attribute = (begins || is_in_attribute) && !ends;
        }
    }
}

#[test]
fn every_message_is_said_somewhere() {
    let (messages, calls) = messages_and_calls();
    assert!(messages.len() > 1_000, "{}", messages.len());
    let unsaid: Vec<_> = messages.difference(&calls).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
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
    for folder in ["src/engine", "src/model", "src/workbook", "src/desk"] {
        assert_absent(folder, &outside);
    }
}

#[test]
fn nothing_that_selects_depends_on_hash_order() {
    assert_absent("src/engine", &["HashMap", "HashSet"]);
    assert_absent("src/workbook", &["HashMap", "HashSet"]);
    assert_absent("src/desk", &["HashMap", "HashSet"]);
}

#[test]
fn only_the_store_touches_local_storage() {
    for folder in [
        "src/ui",
        "src/workbook",
        "src/desk",
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

/// The name of a source's module, as the crate sees it: `ui::pages::month`.
fn module(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = path.strip_prefix(root).expect("a source of the crate");
    let parts = inside.with_extension("");
    let mut parts: Vec<&str> = parts.iter().filter_map(|part| part.to_str()).collect();
    if parts.last() == Some(&"mod") {
        parts.pop();
    }
    parts.join("::")
}

/// The paths that a `use` with braces stands for.
fn flattened(used: &str) -> Vec<String> {
    let Some((before, inside)) = used.split_once('{') else {
        return vec![used.to_owned()];
    };
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    let (mut paths, mut depth, mut part) = (Vec::new(), 0, String::new());
    for sign in inside.chars().chain([',']) {
        match sign {
            ',' if depth == 0 => {
                paths.extend(flattened(&format!("{before}{part}")));
                part.clear();
            }
            _ => {
                depth += i32::from(sign == '{') - i32::from(sign == '}');
                part.push(sign);
            }
        }
    }
    paths
}

/// The whole path of one that begins at `module`, without `crate`; none of another crate.
fn absolute(module: &str, path: &str) -> Option<Vec<String>> {
    let mut parts = path.split("::").map(str::to_owned).peekable();
    let mut whole: Vec<String> = match parts.peek().map(String::as_str) {
        Some("crate") => Vec::new(),
        Some("self" | "super") => module.split("::").map(str::to_owned).collect(),
        _ => return None,
    };
    for part in parts {
        match part.as_str() {
            "crate" | "self" => {}
            "super" => drop(whole.pop()),
            _ => whole.push(part),
        }
    }
    Some(whole)
}

/// The modules that each module names in a `use`, by its file.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources("src");
    let modules: BTreeSet<String> = sources.iter().map(|path| module(path)).collect();
    let named = |path: &PathBuf| {
        let own = module(path);
        let text = fs::read_to_string(path).expect("a readable source");
        let code: Vec<&str> = code(&text).map(|(_, line)| line).collect();
        let code: String = code.concat().split_whitespace().collect();
        // Without spaces, `use` stands before its path, and `as` behind a name.
        let uses = ["usecrate::", "useself::", "usesuper::"];
        let found = uses.iter().flat_map(|start| {
            let found = code.match_indices(start).map(|(at, _)| &code[at + 3..]);
            found.filter_map(|rest| rest.split(';').next())
        });
        let paths = found.flat_map(flattened);
        let whole = paths.filter_map(|path| absolute(&own, &path));
        let known = whole.filter_map(|whole| {
            let lengths = (1..=whole.len()).rev();
            let mut starts = lengths.map(|length| whole[..length].join("::"));
            starts.find(|start| modules.contains(start))
        });
        let others = known.filter(|other| *other != own).collect();
        (own, others)
    };
    sources.iter().map(named).collect()
}

/// What each layer may use: what stands before it in the crate's map.
const LAYERS: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("document", &[]),
    ("engine", &["model"]),
    ("workbook", &["model", "engine"]),
    ("desk", &["model", "engine", "workbook"]),
    ("store", &["model", "engine", "workbook"]),
    ("demo", &["model", "engine", "workbook", "papers"]),
    (
        "exchange",
        &["model", "engine", "workbook", "desk", "store", "document"],
    ),
    (
        "i18n",
        &[
            "model", "engine", "workbook", "desk", "store", "document", "exchange",
        ],
    ),
    (
        "papers",
        &[
            "model", "engine", "workbook", "desk", "store", "document", "exchange", "i18n",
        ],
    ),
];

#[test]
fn layers_use_only_what_stands_before_them() {
    let imports = imports();
    let layer = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let mut seen = BTreeSet::new();
    for (module, others) in &imports {
        let own = layer(module);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            assert!(
                ["", "lib", "main", "bin", "ui"].contains(&own.as_str()),
                "{module}"
            );
            continue;
        };
        for other in others.iter().map(|other| layer(other)) {
            let is_before = other == own || allowed.contains(&other.as_str());
            assert!(is_before, "{module} uses {other}");
            seen.insert((own.clone(), other));
        }
    }
    // The reading of the sources found something at all.
    assert!(seen.contains(&("i18n".to_owned(), "desk".to_owned())));
    assert!(imports["workbook::apply"].contains("workbook::action"));
}

#[test]
fn no_two_files_import_each_other() {
    let imports = imports();
    for (module, others) in &imports {
        for other in others {
            let back = imports.get(other).is_some_and(|back| back.contains(module));
            assert!(!back, "{module} and {other} import each other");
        }
    }
}

#[test]
fn uses_with_braces_are_read_as_all_their_paths() {
    let paths = flattened("super::{action::{Action,Entry},draw::DrawRecord,trail}");
    let whole = paths.iter().map(|path| absolute("workbook::edit", path));
    let whole: Vec<String> = whole.flatten().map(|path| path.join("::")).collect();
    let expected = [
        "action::Action",
        "action::Entry",
        "draw::DrawRecord",
        "trail",
    ];
    assert_eq!(whole, expected.map(|path| format!("workbook::{path}")));
}
