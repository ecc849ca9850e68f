//! The page on a loopback address: the quickest look at the program.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use anyhow::{Context, Result, bail};

use crate::dist::{self, Variant};

/// What `cargo xtask serve` was asked for.
pub struct Options {
    port: Option<u16>,
    demo: bool,
    build: bool,
}

impl Options {
    /// Reads the words after `serve`.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self {
            port: None,
            demo: true,
            build: true,
        };
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            match word {
                "--port" => {
                    let port = words.next().context("--port needs a number")?;
                    options.port = Some(port.parse().context("--port needs a number")?);
                }
                "--no-demo" => options.demo = false,
                "--no-build" => options.build = false,
                _ => bail!("serve does not know {word}"),
            }
        }
        Ok(options)
    }
}

/// Builds the page, then answers until it is stopped.
pub fn run(options: &Options) -> Result<()> {
    if options.build {
        dist::build(Variant::Release)?;
    }
    let path = Variant::Release.page();
    let page = std::fs::read(&path)
        .with_context(|| format!("no {}: run without --no-build", path.display()))?;
    let listener = listen(options.port)?;
    let port = listener.local_addr()?.port();
    // The page fills an *empty* store with the demo year when its address asks so.
    let hash = if options.demo { "#/home?demo" } else { "" };
    println!();
    println!("  Open   http://127.0.0.1:{port}/{hash}");
    println!(
        "  The same page as one file, to copy anywhere: {}",
        path.display()
    );
    println!("  Ctrl+C ends this.");
    for stream in listener.incoming() {
        // A browser that hangs up early is its own business.
        let _ = stream.and_then(|stream| answer(stream, &page));
    }
    Ok(())
}

/// The asked port, or else the first free one from 8080 on.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    let ports = port.map_or(8080..=8099, |port| port..=port);
    for port in ports.clone() {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            return Ok(listener);
        }
    }
    bail!("no free port in {ports:?}; choose one with --port N")
}

fn answer(mut stream: TcpStream, page: &[u8]) -> std::io::Result<()> {
    let mut request = BufReader::new(&stream);
    let mut first = String::new();
    request.read_line(&mut first)?;
    // The headers must be read before closing, else the browser may see a reset connection.
    let mut header = String::new();
    while request.read_line(&mut header)? > 2 {
        header.clear();
    }
    let (status, body): (&str, &[u8]) = match first.split(' ').nth(1) {
        Some("/" | "/index.html" | "/double-random.html") => ("200 OK", page),
        _ => ("404 Not Found", b"not here"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}
