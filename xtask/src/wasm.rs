//! A compiler for the page's target, and building with it.
//!
//! Two ways to one: rustup's own target where its downloads can be reached, else Debian's
//! packages of a Rust for the web, whose standard library is compiled once from its sources.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::dist;
use crate::shell;

/// The page's target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's Rust for the web: compiler, cargo, sources, linker and its LLVM.
const DEBIAN_PACKAGES: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];

/// Where Debian's compiler looks for libraries of the page's target.
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";

const DEBIAN_REMEDY: &str = "rustup target add wasm32-unknown-unknown; or, on Debian: apt-get \
    install rustc-web cargo-web rust-web-src rust-web-llvm lld-22, then this command again";

/// A Rust that compiles for the page's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that runs this program.
    Ambient,
    /// Debian's, under /usr/bin.
    Debian,
}

impl Toolchain {
    /// The first that is there; else installs one.
    ///
    /// `XTASK_WASM=debian` in the environment leaves rustup out, to test that way.
    pub fn find_or_install() -> Result<Self> {
        let debian_only = std::env::var("XTASK_WASM").is_ok_and(|way| way == "debian");
        if !debian_only && ambient_has_target() {
            return Ok(Self::Ambient);
        }
        if holds_std(Path::new(DEBIAN_LIBRARIES)) {
            return Ok(Self::Debian);
        }
        if !debian_only && shell::on_path("rustup") && add_by_rustup() {
            return Ok(Self::Ambient);
        }
        install_debian()?;
        Ok(Self::Debian)
    }

    /// A cargo whose builds for [`TARGET`] work, in a folder of their own: two compilers in
    /// one folder would take turns in waiting for its lock.
    pub fn cargo(self) -> Command {
        let mut cargo = match self {
            Self::Ambient => shell::cargo(),
            Self::Debian => debian_cargo(),
        };
        cargo.env("CARGO_TARGET_DIR", target_dir());
        cargo
    }

    /// Makes `cargo clippy` work. rustup brings it with every default installation.
    pub fn ensure_clippy(self) -> Result<()> {
        if self == Self::Ambient || Path::new("/usr/bin/cargo-clippy").exists() {
            return Ok(());
        }
        shell::step(
            "Installing clippy for Debian's Rust for the web",
            "apt-get install rust-web-clippy",
            || shell::apt_install(&["rust-web-clippy"]),
        )
    }
}

/// Where builds for the page's target go.
pub fn target_dir() -> PathBuf {
    shell::target_dir().join("web")
}

fn ambient_has_target() -> bool {
    let mut rustc = shell::command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    shell::output(&mut rustc).is_ok_and(|folder| holds_std(Path::new(folder.trim())))
}

fn holds_std(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// Whether rustup brought the target. Not an error if it did not: there is another way.
fn add_by_rustup() -> bool {
    println!("▸ Fetching the {TARGET} standard library by rustup (about 20 MB)");
    let mut rustup = shell::command("rustup");
    rustup.args(["target", "add", TARGET]).stdin(Stdio::null());
    let finished = run_for(&mut rustup, Duration::from_secs(180));
    if !finished {
        println!("  rustup could not; going on with Debian's packages");
    }
    finished && ambient_has_target()
}

/// Runs a command that may hang on a network that swallows connections.
fn run_for(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    let begun = Instant::now();
    while begun.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(_) => break,
        }
    }
    // It may have ended just now; then there is nothing to stop.
    let _ = child.kill();
    let _ = child.wait();
    false
}

fn install_debian() -> Result<()> {
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!("no compiler for {TARGET} here.\n  remedy: {DEBIAN_REMEDY}");
    }
    let missing = !Path::new("/usr/bin/rustc").exists()
        || !Path::new("/usr/bin/cargo").exists()
        || !Path::new("/usr/bin/wasm-ld-22").exists()
        || !Path::new("/usr/lib/rustlib/src/rust/library").exists();
    if missing {
        shell::step(
            "Installing Debian's Rust for the web (about 200 MB to fetch)",
            DEBIAN_REMEDY,
            || shell::apt_install(&DEBIAN_PACKAGES),
        )?;
    }
    shell::step(
        "Compiling the standard library for the page's target (once, about 40 s)",
        DEBIAN_REMEDY,
        build_std,
    )
}

/// Debian's cargo, untouched by the rustup that may have started this program.
fn debian_cargo() -> Command {
    let mut cargo = shell::command("/usr/bin/cargo");
    for name in [
        "RUSTC",
        "RUSTDOC",
        "CARGO",
        "RUSTUP_HOME",
        "RUSTUP_TOOLCHAIN",
        "CARGO_BUILD_TARGET",
        "RUSTC_WRAPPER",
        "RUSTFLAGS",
        "LD_LIBRARY_PATH",
    ] {
        cargo.env_remove(name);
    }
    let path = std::env::var("PATH").unwrap_or_default();
    cargo.env("PATH", format!("/usr/bin:/bin:{path}"));
    cargo
}

/// Compiles the standard library from Debian's sources and puts it where the compiler looks.
///
/// An empty crate is built with `-Z build-std`; what cargo leaves among its dependencies *is*
/// the library. From then on a build for the target is an ordinary one.
fn build_std() -> Result<()> {
    let work = target_dir().join("std");
    let source = work.join("src");
    std::fs::create_dir_all(&source)?;
    std::fs::write(work.join("Cargo.toml"), EMPTY_CRATE)?;
    std::fs::write(source.join("lib.rs"), "")?;

    // The library's own crates come from cargo's registry: what is compiled here stays in
    // every page made with it, so its paths are hidden here or never.
    let mut flags = dist::placeless_flags();
    flags.push("-Cembed-bitcode=yes".into());
    let mut cargo = debian_cargo();
    cargo
        .current_dir(&work)
        .args(["build", "--quiet", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,test,proc_macro"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env("CARGO_TARGET_DIR", work.join("target"));
    shell::run(&mut cargo)?;

    let built = work.join("target").join(TARGET).join("release/deps");
    let libraries: Vec<PathBuf> = built
        .read_dir()
        .with_context(|| format!("reading {}", built.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_library_of_std(path))
        .collect();
    shell::run(shell::as_root("mkdir").args(["-p", DEBIAN_LIBRARIES]))?;
    shell::run(shell::as_root("cp").args(&libraries).arg(DEBIAN_LIBRARIES))?;
    Ok(std::fs::remove_dir_all(&work)?)
}

fn is_library_of_std(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".rlib") && !name.starts_with("libempty_crate-")
}

/// A package that belongs to no workspace, so that it can lie inside this one's target folder.
const EMPTY_CRATE: &str = r#"
[package]
name = "empty_crate"
version = "0.0.0"
edition = "2021"

[profile.release]
opt-level = 3
codegen-units = 1
panic = "abort"

[workspace]
"#;
