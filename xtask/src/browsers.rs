//! Browsers, and the programs from npm and crates.io that drive them. Each is installed when a
//! command first needs it, and only then.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::shell;

/// The optimiser's version: another one would make other bytes of the same sources.
const BINARYEN: &str = "binaryen@132.0.0";

/// The oldest Node.js whose test runner takes the options that are used here.
const OLDEST_NODE: u32 = 20;

const NODE_REMEDY: &str = "install Node.js 20 or newer with npm, from nodejs.org or your system";

/// What each of Debian's packages is recognised by.
const BROWSER_PACKAGES: [(&str, &str); 4] = [
    ("/usr/bin/chromium", "chromium"),
    ("/usr/bin/chromedriver", "chromium-driver"),
    ("/usr/bin/firefox-esr", "firefox-esr"),
    // Without Chinese glyphs every text is as wide as its boxes, and pictures show nothing.
    (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "fonts-noto-cjk",
    ),
];

/// Installs all that tests and pictures need.
pub fn install_all() -> Result<()> {
    browsers()?;
    test_runner()?;
    end_to_end_modules()?;
    if wasm_opt().is_none() {
        println!("  without wasm-opt the page is larger; all else is as it should be");
    }
    Ok(())
}

/// Makes sure of Chromium with its driver, Firefox ESR and a Chinese font.
pub fn browsers() -> Result<()> {
    let missing: Vec<&str> = BROWSER_PACKAGES
        .into_iter()
        .filter(|(path, _)| !Path::new(path).exists())
        .map(|(_, package)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let remedy = format!("apt-get install {}", missing.join(" "));
    shell::step(
        "Installing browsers for the tests (up to 300 MB to fetch)",
        &remedy,
        || shell::apt_install(&missing),
    )
}

/// The program that runs `wasm-bindgen-test` tests in a browser, of the very version of
/// wasm-bindgen that the tests are linked with.
pub fn test_runner() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    let folder = shell::tools_dir().join("wasm-bindgen");
    let program = folder.join("bin/wasm-bindgen-test-runner");
    if is_version(&program, &version) {
        return Ok(program);
    }
    if is_version(Path::new("wasm-bindgen-test-runner"), &version) {
        return Ok("wasm-bindgen-test-runner".into());
    }
    let remedy = format!("cargo install wasm-bindgen-cli --version {version}");
    shell::step(
        "Compiling the runner of in-browser tests (once, some minutes)",
        &remedy,
        || {
            let mut cargo = shell::cargo();
            cargo.args(["install", "--quiet", "--force", "wasm-bindgen-cli"]);
            cargo.args(["--version", &format!("={version}")]);
            cargo.args(["--bin", "wasm-bindgen-test-runner", "--root"]);
            cargo
                .arg(&folder)
                .arg("--target-dir")
                .arg(shell::target_dir().join("tools"));
            // It runs a dozen tests: compiling it must not take longer than they do.
            cargo.args(["--config", "profile.release.opt-level=1"]);
            shell::run(&mut cargo)
        },
    )?;
    Ok(program)
}

fn is_version(program: &Path, version: &str) -> bool {
    let says = shell::output(shell::command(program).arg("--version"));
    says.is_ok_and(|says| says.split_whitespace().last() == Some(version))
}

/// The version of a package in `Cargo.lock`.
fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(shell::root().join("Cargo.lock"))?;
    let entry = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = lock
        .split_once(&entry)
        .with_context(|| format!("Cargo.lock has no {package}"))?;
    let (version, _) = rest.split_once('"').context("Cargo.lock is damaged")?;
    Ok(version.to_owned())
}

/// Where the end-to-end tests live.
pub fn end_to_end_dir() -> PathBuf {
    shell::root().join("tests/e2e")
}

/// Node.js with the end-to-end tests' modules beside them.
pub fn end_to_end_modules() -> Result<()> {
    ensure_node()?;
    let folder = end_to_end_dir();
    let changed = |path: &str| folder.join(path).metadata()?.modified();
    // npm leaves this file as the record of what it has installed.
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_ok_and(|then| changed("package-lock.json").is_ok_and(|now| now <= then)) {
        return Ok(());
    }
    shell::step(
        "Fetching the drivers of the browsers, and the oldest Chromium (about 60 MB)",
        "npm ci, in tests/e2e",
        || shell::run(npm("ci").current_dir(&folder)),
    )
}

/// The path of binaryen's optimiser, a program for Node.js; `None` where it cannot be had.
pub fn wasm_opt() -> Option<PathBuf> {
    let folder = shell::tools_dir().join("binaryen");
    let program = folder.join("node_modules/binaryen/bin/wasm-opt");
    if !program.exists() && shell::on_path("npm") {
        let fetched = shell::step("Fetching wasm-opt from npm", "npm install binaryen", || {
            std::fs::create_dir_all(&folder)?;
            let mut npm = npm("install");
            npm.arg("--no-save").arg("--prefix").arg(&folder);
            shell::run(npm.arg(BINARYEN))
        });
        if let Err(error) = fetched {
            println!("  {error:#}");
        }
    }
    (program.exists() && shell::on_path("node")).then_some(program)
}

fn npm(verb: &str) -> Command {
    let mut npm = shell::command("npm");
    npm.args([verb, "--no-audit", "--no-fund", "--silent"]);
    // The tests use the browsers that are here; none is to be downloaded.
    npm.env("PUPPETEER_SKIP_DOWNLOAD", "1");
    npm.env("PUPPETEER_SKIP_CHROMIUM_DOWNLOAD", "1");
    npm
}

fn ensure_node() -> Result<()> {
    if !shell::on_path("node") || !shell::on_path("npm") {
        shell::step(
            "Installing Node.js for the end-to-end tests",
            NODE_REMEDY,
            || shell::apt_install(&["nodejs", "npm"]),
        )?;
    }
    let version = shell::output(shell::command("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    let Some(major) = major.and_then(|major| major.parse::<u32>().ok()) else {
        bail!("node --version says {version:?}; {NODE_REMEDY}");
    };
    ensure!(
        major >= OLDEST_NODE,
        "Node.js {major} is too old; {NODE_REMEDY}"
    );
    Ok(())
}
