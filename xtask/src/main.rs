//! Build steps of the project: one command each, nothing to install by hand.
//!
//! ```text
//! main      which command, which options
//! shell     running programs, and saying what a slow step does and why
//! wasm      a compiler for the page's target, from rustup or from Debian; building with it
//! pack      wasm + glue + styles + index.html → one file that works from a file share
//! dist      the steps from sources to dist/double-random.html
//! serve     that file on a loopback address
//! lint      formatting and clippy, for both targets
//! test      native, in-browser and end-to-end tests, and one closing line
//! browsers  the browsers and the test programs that the last two kinds need
//! bench     sizes and times
//! read      what the page would make of a list
//! ```

mod bench;
mod browsers;
mod dist;
mod lint;
mod pack;
mod read;
mod serve;
mod shell;
mod test;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

use dist::Variant;

const USAGE: &str = "\
cargo xtask <command>

  serve [--port N] [--no-demo] [--no-build]
                         build the page and serve it on 127.0.0.1, with demo data
  dist [--dev]           write dist/double-random.html (--dev: quickly, dist/dev.html)
  test [native|wasm|e2e] run these tests, or all of them
  lint                   formatting and clippy for both targets
  ci                     lint, then all tests
  bench [--peers]        size of the page and times in a browser (--peers: of the engine
                         natively, beside consistent_sampler, numpy and R)
  read [--as units|officers|items] FILE …
                         what the page would make of a list: a line of JSON a file
  shots [--dev] [HASH …] pictures of the page in target/shots
  setup                  install what is missing for all of the above
  pack --from-trunk      (called by trunk) make the single file from trunk's build
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut words = arguments.iter().map(String::as_str);
    let command = words.next().unwrap_or("help");
    let rest: Vec<&str> = words.collect();
    match (command, rest.as_slice()) {
        ("dist", []) => dist::build(Variant::Release)?,
        ("dist", ["--dev"]) => dist::build(Variant::Dev)?,
        ("pack", ["--from-trunk"]) => dist::pack_for_trunk()?,
        ("serve", options) => serve::run(&serve::Options::parse(options)?)?,
        ("lint", []) => lint::run()?,
        ("test", kinds) => return test::run(kinds),
        // The tests run whatever the lints say: their count must be the last line.
        ("ci", []) => return Ok(test::run_after(lint::run())),
        ("bench", []) => bench::run()?,
        ("bench", ["--peers"]) => bench::peers()?,
        ("read", arguments) => return read::run(arguments),
        ("shots", hashes) => bench::shots(hashes)?,
        ("setup", []) => setup()?,
        ("help" | "--help" | "-h", _) => print!("{USAGE}"),
        _ => bail!("no such command: {}\n\n{USAGE}", arguments.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that the other commands would install when they need it.
fn setup() -> Result<()> {
    wasm::Toolchain::find_or_install()?;
    browsers::install_all()
}
