//! What the page's preview would show of lists: the library's own program, built as the
//! tests are, so that it is quick and shares their build.

use std::process::ExitCode;

use anyhow::Result;

use crate::shell;

/// Prints a line of JSON a file.
pub fn run(arguments: &[&str]) -> Result<ExitCode> {
    let mut cargo = shell::cargo();
    cargo.args(["run", "--quiet", "--package", "double-random"]);
    cargo.args(["--profile", "test", "--bin", "read", "--manifest-path"]);
    cargo.arg(shell::root().join("Cargo.toml")).arg("--");
    // Files are named from where the caller stands.
    cargo.current_dir(std::env::current_dir()?);
    shell::run(cargo.args(arguments))?;
    Ok(ExitCode::SUCCESS)
}
