//! How large the page is and how long it takes, and what it looks like.

use anyhow::{Context, Result, bail};

use crate::browsers;
use crate::dist::Variant;
use crate::shell;

/// Prints the page's size and, from a browser, its times.
pub fn run() -> Result<()> {
    let path = Variant::Release.page();
    let page = std::fs::read(&path).context("no page yet: cargo xtask dist")?;
    println!("page              {:>8} bytes", page.len());
    browsers::browsers()?;
    browsers::end_to_end_modules()?;
    shell::run(shell::command("node").arg(browsers::end_to_end_dir().join("bench.mjs")))
}

/// Takes pictures of the page at these hashes; `--dev` takes them of the quick build.
pub fn shots(words: &[&str]) -> Result<()> {
    let (options, hashes): (Vec<&str>, Vec<&str>) =
        words.iter().partition(|word| word.starts_with("--"));
    let variant = match options.as_slice() {
        [] => Variant::Release,
        ["--dev"] => Variant::Dev,
        _ => bail!("shots knows --dev and hashes such as '#/home'"),
    };
    browsers::browsers()?;
    browsers::end_to_end_modules()?;
    let mut node = shell::command("node");
    node.arg(browsers::end_to_end_dir().join("shots.mjs"))
        .args(hashes);
    shell::run(node.env("E2E_PAGE", variant.page()))
}
