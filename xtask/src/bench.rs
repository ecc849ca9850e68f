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
    write_lived_year()?;
    shell::run(shell::command("node").arg(browsers::end_to_end_dir().join("bench.mjs")))
}

/// A year of 10 000 units with its visits, to open in the page.
fn write_lived_year() -> Result<()> {
    let what = "Writing a lived year of 10 000 units";
    shell::step(what, "read the compiler's message above", || {
        let mut test = shell::cargo();
        test.args(["test", "--quiet", "--test", "native", "--"]);
        shell::run(test.args(["--ignored", "--exact", "lived::a_large_year_is_written"]))
    })
}

/// The engine natively, beside other programs that draw from a pool, in one run.
pub fn peers() -> Result<()> {
    let python = peers_python()?;
    if !shell::on_path("Rscript") {
        shell::step("Installing R", "apt-get install r-base-core", || {
            shell::apt_install(&["r-base-core"])
        })?;
    }
    println!("\nnative, ms (a tenth is drawn)         2,400     10,000    100,000  1,000,000");
    let folder = shell::root().join("tests/peers");
    let mut draw = shell::command(python);
    // Settings of its libraries from outside would measure those settings.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OPENBLAS_") {
            draw.env_remove(name);
        }
    }
    shell::run(draw.arg(folder.join("draw.py")))?;
    shell::run(shell::command("Rscript").arg(folder.join("draw.R")))?;
    shell::run(shell::cargo().args(["bench", "--bench", "engine"]))
}

/// A Python with numpy and consistent_sampler, of this project alone.
fn peers_python() -> Result<std::path::PathBuf> {
    let venv = shell::tools_dir().join("venv");
    let python = venv.join("bin/python");
    let has_all = || {
        let mut import = shell::command(&python);
        import.args(["-c", "import numpy, consistent_sampler"]);
        python.exists() && shell::output(&mut import).is_ok()
    };
    if !has_all() {
        let remedy = "python3 -m venv .tools/venv, then pip install numpy consistent_sampler there";
        shell::step("Fetching numpy and consistent_sampler", remedy, || {
            let mut make = shell::command("python3");
            shell::run(make.args(["-m", "venv"]).arg(&venv))?;
            let mut pip = shell::command(&python);
            pip.args(["-m", "pip", "install", "--quiet"]);
            shell::run(pip.args(["numpy", "consistent_sampler"]))
        })?;
    }
    Ok(python)
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
