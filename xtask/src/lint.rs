//! Formatting and clippy. The web edge is invisible to a native compiler, so clippy runs twice.

use anyhow::{Result, ensure};

use crate::shell;
use crate::wasm::{self, Toolchain};

/// Runs every check, so that one failure does not hide the next, and fails if any did.
pub fn run() -> Result<()> {
    let checks = [formatting(), clippy_native(), clippy_page()];
    let failures: Vec<String> = checks
        .into_iter()
        .filter_map(|check| Some(format!("{:#}", check.err()?)))
        .collect();
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

fn formatting() -> Result<()> {
    shell::step("Checking the formatting", "cargo fmt --all", || {
        shell::run(shell::cargo().args(["fmt", "--all", "--check"]))
    })
}

fn clippy_native() -> Result<()> {
    let what = "Clippy: the core, its tests and this program";
    shell::step(what, "mend what clippy says above", || {
        let mut cargo = shell::cargo();
        cargo.args(["clippy", "--quiet", "--workspace", "--all-targets"]);
        shell::run(cargo.args(["--", "-D", "warnings"]))
    })
}

fn clippy_page() -> Result<()> {
    let toolchain = Toolchain::find_or_install()?;
    toolchain.ensure_clippy()?;
    shell::step("Clippy: the page", "mend what clippy says above", || {
        let mut cargo = toolchain.cargo();
        cargo.args(["clippy", "--quiet", "--target", wasm::TARGET]);
        cargo.args(["-p", "double-random", "-p", "packing"]);
        // Of the tests, only those that run in a browser compile for this target.
        cargo.args([
            "--lib",
            "--bins",
            "--test",
            "web",
            "--test",
            "engine_golden",
            "--test",
            "engine_vectors",
        ]);
        shell::run(cargo.args(["--", "-D", "warnings"]))
    })
}
