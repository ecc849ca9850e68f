//! All tests, and one closing line: `N passed, N failed`.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::thread::JoinHandle;

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::browsers;
use crate::dist::{self, Variant};
use crate::shell;
use crate::wasm::{self, Toolchain};

/// The three kinds of tests, quickest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The core, and this program.
    Native,
    /// What needs a browser but no page.
    Wasm,
    /// Journeys through the finished page.
    EndToEnd,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Native, Self::Wasm, Self::EndToEnd];

    fn parse(word: &str) -> Result<Self> {
        Ok(match word {
            "native" => Self::Native,
            "wasm" => Self::Wasm,
            "e2e" => Self::EndToEnd,
            _ => bail!("no such tests: {word} (native, wasm or e2e)"),
        })
    }

    fn run(self, page: &mut Option<PageInMaking>) -> Result<Count> {
        match self {
            Self::Native => native(),
            Self::Wasm => in_browser(),
            Self::EndToEnd => end_to_end(page.take()),
        }
    }
}

/// How many tests ended how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs the tests of the given kinds, all if none is given.
pub fn run(kinds: &[&str]) -> Result<ExitCode> {
    let kinds: Vec<Kind> = kinds
        .iter()
        .map(|word| Kind::parse(word))
        .collect::<Result<_>>()?;
    let kinds = if kinds.is_empty() {
        &Kind::ALL
    } else {
        kinds.as_slice()
    };
    Ok(run_kinds(kinds, Count::default()))
}

/// Runs all tests; lints that failed before count as one failed test.
pub fn run_after(lint: Result<()>) -> ExitCode {
    let mut before = Count::default();
    if let Err(error) = lint {
        println!("lint failed: {error:#}");
        before.failed = 1;
    }
    run_kinds(&Kind::ALL, before)
}

/// The page, while it is made and checked.
struct PageInMaking(JoinHandle<Result<Count>>);

impl PageInMaking {
    /// Begins to make it. Its compiler keeps one core busy for minutes: meanwhile the tests
    /// that need no page run on the other.
    fn begin() -> Self {
        Self(std::thread::spawn(|| {
            dist::build(Variant::Release)?;
            let mut count = Count::default();
            match dist::check_reproducible() {
                Ok(()) => count.passed += 1,
                Err(error) => {
                    println!("{error:#}");
                    count.failed += 1;
                }
            }
            Ok(count)
        }))
    }

    /// Waits for it; what its own check found.
    fn finished(self) -> Result<Count> {
        let made = self.0.join();
        made.map_err(|_| anyhow!("making the page panicked"))?
    }
}

/// What all tests need, so that no two of them install the same at once.
fn set_up() -> Result<()> {
    Toolchain::find_or_install()?;
    browsers::install_all()
}

fn run_kinds(kinds: &[Kind], mut total: Count) -> ExitCode {
    let mut page = None;
    if kinds == Kind::ALL {
        match set_up() {
            Ok(()) => page = Some(PageInMaking::begin()),
            // Each kind says what it lacks.
            Err(error) => println!("{error:#}"),
        }
    }
    for kind in kinds {
        println!("\n== {kind:?} tests");
        total += kind.run(&mut page).unwrap_or_else(|error| {
            println!("{error:#}");
            Count {
                passed: 0,
                failed: 1,
            }
        });
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn native() -> Result<Count> {
    let mut cargo = shell::cargo();
    if shell::on_path("cargo-nextest") {
        cargo.args([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--no-tests=pass",
        ]);
    } else {
        cargo.args([
            "test",
            "--workspace",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
        ]);
    }
    let mut count = counted(&mut cargo)?;
    // Of the whole workspace, else its libraries would be compiled anew with other features.
    let mut cargo = shell::cargo();
    count += counted(cargo.args(["test", "--doc", "--workspace"]))?;
    Ok(count)
}

fn in_browser() -> Result<Count> {
    browsers::browsers()?;
    let toolchain = Toolchain::find_or_install()?;
    let runner = browsers::test_runner()?;
    let mut cargo = toolchain.cargo();
    // Without the page, whose compiling takes minutes and which these tests do not touch.
    cargo
        .args(["test", "--no-default-features", "--test", "web"])
        .args(["--test", "engine_golden", "--test", "engine_vectors"])
        .args([
            "--target",
            wasm::TARGET,
            "--profile",
            Variant::Dev.profile(),
        ])
        .env(
            "CARGO_ENCODED_RUSTFLAGS",
            dist::rustflags(Variant::Dev).join("\u{1f}"),
        )
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", "/usr/bin/chromedriver")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_settings()?);
    counted(&mut cargo)
}

/// How the runner is to start Chromium: the sandbox refuses to run as root.
fn webdriver_settings() -> Result<PathBuf> {
    let mut flags = vec![
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    if shell::is_root() {
        flags.push("--no-sandbox");
    }
    let path = shell::target_dir().join("webdriver.json");
    let settings =
        format!(r#"{{"goog:chromeOptions":{{"binary":"/usr/bin/chromium","args":{flags:?}}}}}"#);
    std::fs::write(&path, settings)?;
    Ok(path)
}

fn end_to_end(page: Option<PageInMaking>) -> Result<Count> {
    browsers::browsers()?;
    browsers::end_to_end_modules()?;
    let mut count = page.unwrap_or_else(PageInMaking::begin).finished()?;
    let mut journeys: Vec<PathBuf> = browsers::end_to_end_dir()
        .read_dir()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    // The longest first, else one of them runs alone at the end; a file's size tells well enough.
    let bytes = |path: &PathBuf| path.metadata().map_or(0, |it| it.len());
    journeys.sort_by_key(|path| (std::cmp::Reverse(bytes(path)), path.clone()));
    ensure!(!journeys.is_empty(), "no end-to-end tests found");
    let mut node = shell::command("node");
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    // Here two browsers share the machine: more patience than a person has at one.
    if std::env::var_os("E2E_TIMEOUT").is_none() {
        node.env("E2E_TIMEOUT", "20000");
    }
    count += counted(node.args(journeys))?;
    Ok(count)
}

/// Runs a test program, shows what it prints and adds up its totals.
fn counted(command: &mut Command) -> Result<Count> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start: {}", shell::words(command)))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let err = std::thread::spawn(move || echo_and_count(err));
    let mut count = echo_and_count(out);
    count += err.join().unwrap_or_default();
    let status = child.wait()?;
    if !status.success() && count.failed == 0 {
        // It did not come as far as its tests: a compiler's error, or a browser that is not there.
        println!("this failed ({status}): {}", shell::words(command));
        count.failed = 1;
    }
    Ok(count)
}

fn echo_and_count(stream: Option<impl Read>) -> Count {
    let mut count = Count::default();
    for line in stream
        .into_iter()
        .flat_map(|stream| BufReader::new(stream).split(b'\n'))
    {
        let Ok(line) = line else { break };
        let line = String::from_utf8_lossy(&line);
        // A closed terminal is no reason to stop counting.
        let _ = writeln!(std::io::stdout(), "{line}");
        count += totals(&line);
    }
    count
}

/// The totals that a line states, if it is the closing line of one of the test programs.
fn totals(line: &str) -> Count {
    let mut count = Count::default();
    let line = line.trim();
    let words: Vec<&str> = line
        .split([' ', ',', ';'])
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        // cargo test, wasm-bindgen-test, cargo nextest
        ["test", "result:", ..] | ["Summary", ..] => {
            for pair in words.windows(2) {
                let number = pair[0].parse().unwrap_or(0);
                match pair[1] {
                    "passed" => count.passed += number,
                    "failed" => count.failed += number,
                    _ => {}
                }
            }
        }
        // node --test
        ["ℹ", "pass", number] => count.passed = number.parse().unwrap_or(0),
        ["ℹ", "fail" | "cancelled", number] => count.failed = number.parse().unwrap_or(0),
        _ => {}
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, passed: usize, failed: usize) {
        assert_eq!(totals(line), Count { passed, failed });
    }

    #[test]
    fn closing_lines_are_understood() {
        check(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured",
            5,
            0,
        );
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored", 3, 2);
        check(
            "     Summary [   0.012s] 12 tests run: 11 passed, 1 failed, 0 skipped",
            11,
            1,
        );
        check(
            "     Summary [   0.012s] 7 tests run: 7 passed (1 slow), 0 skipped",
            7,
            0,
        );
        check("ℹ pass 28", 28, 0);
        check("ℹ fail 6", 0, 6);
    }

    #[test]
    fn other_lines_count_nothing() {
        check(
            "PASS [   0.004s] double-random engine::tests::5 passed",
            0,
            0,
        );
        check("ℹ tests 34", 0, 0);
        check("", 0, 0);
    }
}
