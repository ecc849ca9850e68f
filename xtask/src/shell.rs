//! Running programs, and saying what a slow step does and why.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The project's root folder: that of the `cargo` call, not of the build, so that
/// two checkouts may share one target folder.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let built = || env!("CARGO_MANIFEST_DIR").into();
        let xtask: PathBuf =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(built, PathBuf::from);
        xtask
            .parent()
            .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
    })
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Where the tools are kept that a step has installed for this project alone.
pub fn tools_dir() -> PathBuf {
    root().join(".tools")
}

/// A command that runs in the project's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs this program, or the one on the path.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A Debian package command that needs the rights of root; asks no questions.
pub fn as_root(program: &str) -> Command {
    let mut command = if is_root() || !on_path("sudo") {
        command(program)
    } else {
        let mut sudo = command("sudo");
        // `env` because sudo cleans the environment, `-n` because nobody may be there to answer.
        sudo.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", program]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command.stdin(Stdio::null());
    command
}

/// Whether this process has the rights of root.
pub fn is_root() -> bool {
    output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Whether a program of this name can be started.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

/// Runs to the end; a failure names the command, so that it can be run by hand.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start: {}", words(command)))?;
    if !status.success() {
        bail!("this failed ({status}): {}", words(command));
    }
    Ok(())
}

/// Runs to the end and returns what it printed on its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("cannot start: {}", words(command)))?;
    if !output.status.success() {
        bail!("this failed ({}): {}", output.status, words(command));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs one step of a build or a set-up: says what it does, how long it took, and on failure
/// what to do by hand.
pub fn step<T>(what: &str, remedy: &str, action: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {what}");
    let begun = Instant::now();
    let value = action().with_context(|| format!("{what}\n  remedy: {remedy}\n  reason"))?;
    println!("  done in {:.1} s", begun.elapsed().as_secs_f32());
    Ok(value)
}

/// The command as one would type it.
pub fn words(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Fetches the lists of Debian's packages once in this process, then installs.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    static LISTS: std::sync::Once = std::sync::Once::new();
    if !on_path("apt-get") {
        bail!("this system has no apt-get; install {packages:?} in its own way");
    }
    LISTS.call_once(|| {
        // A partly stale list is no reason to stop: the install below tells.
        let _ = as_root("apt-get").args(["update", "-qq"]).status();
    });
    run(as_root("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages)
        .stdout(Stdio::null()))
}
