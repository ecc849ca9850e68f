//! The steps from sources to the single file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::pack::{self, Effort, Modules};
use crate::shell;
use crate::wasm::{self, Toolchain};

/// The programs of a page, by the names that cargo knows.
const PAGE: &str = "double-random";
const SHEETS: &str = "sheets";
const UNPACKER: &str = "packing";

/// How much work goes into the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// What is handed out: small and fast, reproducible byte for byte.
    Release,
    /// What a developer looks at: built in seconds.
    Dev,
}

impl Variant {
    /// The cargo profile.
    pub fn profile(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "webdev",
        }
    }

    /// The finished page.
    pub fn page(self) -> PathBuf {
        shell::root().join("dist").join(match self {
            Self::Release => "double-random.html",
            Self::Dev => "dev.html",
        })
    }

    fn effort(self) -> Effort {
        match self {
            Self::Release => Effort::Smallest,
            Self::Dev => Effort::Quickest,
        }
    }
}

/// Builds the page and says where it is.
pub fn build(variant: Variant) -> Result<()> {
    let modules = compile(variant)?;
    let page = shell::step(
        "Packing everything into one file",
        "cargo clean, then this command again",
        || pack::pack(shell::root(), &modules, variant.effort()),
    )?;
    write(&variant.page(), &page)
}

/// Packs the same program once more: the page must come out the same, byte for byte. Nor may
/// the program know where on this machine it was compiled.
pub fn check_reproducible() -> Result<()> {
    let page = std::fs::read(Variant::Release.page())?;
    let modules = built(&wasm::target_dir(), Variant::Release.profile());
    for module in [&modules.page, &modules.sheets, &modules.unpacker] {
        ensure_placeless(&std::fs::read(module)?)?;
    }
    let again = pack::pack(shell::root(), &modules, Variant::Release.effort())?;
    ensure!(
        page == again,
        "packing the same program twice gave different pages"
    );
    Ok(())
}

/// Refuses a program that carries paths of this machine: elsewhere its bytes would be others.
fn ensure_placeless(program: &[u8]) -> Result<()> {
    let text = String::from_utf8_lossy(program);
    let mut places = vec![shell::root().join("src")];
    places.extend(cargo_home().map(|home| home.join("registry")));
    for place in places {
        let place = format!("{}/", place.display());
        ensure!(
            !text.contains(&place),
            "the program carries the path {place}"
        );
    }
    Ok(())
}

/// Makes the file from what trunk has just compiled; trunk then moves it to its own folder with the rest.
///
/// Only of a release build: the live loop must not wait for it. The compiled paths are those of
/// this machine, so the bytes are not quite those of [`build`].
pub fn pack_for_trunk() -> Result<()> {
    let staging = std::env::var("TRUNK_STAGING_DIR")
        .context("TRUNK_STAGING_DIR is not set; this command is for trunk's post_build hook")?;
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile != "release") {
        return Ok(());
    }
    let modules = Modules {
        page: built(&shell::target_dir(), "release").page,
        // Trunk builds the page's program alone.
        ..compile_bins(Variant::Release, &[SHEETS])?
    };
    let page = pack::pack(shell::root(), &modules, Effort::Smallest)?;
    write(&Path::new(&staging).join("double-random.html"), &page)
}

/// Compiles the page's programs; where the raw wasm is.
pub fn compile(variant: Variant) -> Result<Modules> {
    compile_bins(variant, &[PAGE, SHEETS])
}

fn compile_bins(variant: Variant, bins: &[&str]) -> Result<Modules> {
    let toolchain = Toolchain::find_or_install()?;
    let profile = variant.profile();
    shell::step(
        "Compiling the program (the first time some minutes: all its libraries too)",
        "cargo xtask setup, then read the compiler's message above",
        || {
            let mut cargo = toolchain.cargo();
            cargo.args(["build", "-p", PAGE, "-p", UNPACKER, "--lib"]);
            for bin in bins {
                cargo.args(["--bin", bin]);
            }
            cargo
                .args(["--target", wasm::TARGET, "--profile", profile])
                .env("CARGO_ENCODED_RUSTFLAGS", rustflags(variant).join("\u{1f}"));
            shell::run(&mut cargo)
        },
    )?;
    Ok(built(&wasm::target_dir(), profile))
}

fn built(target: &Path, profile: &str) -> Modules {
    let folder = target.join(wasm::TARGET).join(profile);
    let module = |bin| folder.join(format!("{bin}.wasm"));
    Modules {
        page: module(PAGE),
        sheets: module(SHEETS),
        unpacker: module(UNPACKER),
    }
}

/// Flags that make the same bytes on every machine: panics carry source paths, and these
/// must not tell where somebody keeps the project or cargo's registry, nor from which mirror
/// its crates came.
pub fn placeless_flags() -> Vec<String> {
    let mut flags = vec![format!("--remap-path-prefix={}=.", shell::root().display())];
    if let Some(home) = cargo_home() {
        flags.push(format!("--remap-path-prefix={}=/cargo", home.display()));
        // After their parent: of several prefixes that fit, the compiler takes the last.
        let folders = crate_folders(&home);
        flags.extend(folders.map(|folder| format!("--remap-path-prefix={folder}=/cargo")));
    }
    flags
}

/// All flags of the page. A quick page is never handed out: without the flags that name this
/// folder, what it is made of serves other checkouts too.
pub fn rustflags(variant: Variant) -> Vec<String> {
    let mut flags = match variant {
        Variant::Release => placeless_flags(),
        Variant::Dev => Vec::new(),
    };
    // Leptos' own switch: erased view types compile in a fraction of the time, and make the
    // page smaller by an eighth.
    flags.push("--cfg=erase_components".into());
    flags
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// Where cargo unpacks crates: a folder for each registry, named after its host. Those of
/// this program lie there before it runs, so the page's folder is never new.
fn crate_folders(cargo_home: &Path) -> impl Iterator<Item = String> + use<> {
    let folders = cargo_home.join("registry/src").read_dir();
    let mut folders: Vec<String> = folders
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().display().to_string())
        .collect();
    // Else the flags, and with them what cargo holds for up to date, would follow the disk's order.
    folders.sort();
    folders.into_iter()
}

fn write(path: &Path, page: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, page).with_context(|| format!("writing {}", path.display()))?;
    println!("{} ({} KB)", path.display(), page.len() / 1024);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_this_machine_is_refused() {
        let here = shell::root().join("src/main.rs");
        assert!(ensure_placeless(here.display().to_string().as_bytes()).is_err());
        assert!(ensure_placeless(b"\0asm src/main.rs /cargo/leptos-0.8.23/src/lib.rs").is_ok());
    }
}
