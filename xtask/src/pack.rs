//! One file that works from a file share.
//!
//! Browsers refuse to load scripts and wasm beside a page that was opened as a file, so
//! everything goes inside. `index.html` is the template and the single list of style sheets; of
//! these the first stays readable, and the rest goes with the glue and the program into a data
//! block, as small as it gets. The start script in the template unpacks it, with a small
//! program of its own that stands before it. A content security policy with the hashes of
//! exactly these parts forbids the page everything else, the network above all.
//!
//! The page is written in UTF-16, where a sign holds two bytes of a block: in UTF-8 it would
//! hold seven bits, and base64 six. A byte order mark says so, and goes before what a server
//! says (WHATWG Encoding, «BOM sniff»).
//!
//! [`assemble`] is a function of its arguments, so that the same sources give the same bytes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::shell;

/// Stands before a sign that would not come through an HTML parser as it is, or would end the
/// block: [`turned`].
const ESCAPE: u16 = 0x1b;

/// How hard to try for a small page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Best compression, and the optimiser where it is there.
    Smallest,
    /// As fast as possible.
    Quickest,
}

/// A program as a browser takes it: the module and the script that connects it.
struct Program {
    glue: String,
    wasm: Vec<u8>,
}

/// A data block of the page: parts, one after the other, made small together.
struct Block {
    id: &'static str,
    packed: Vec<u8>,
    /// How long each part is.
    lengths: Vec<usize>,
}

/// What goes into the template.
struct Parts {
    /// What unpacks the other two.
    unpacker: Program,
    page: Program,
    sheets: Program,
}

/// Raw wasm modules of a page.
#[derive(Debug, Clone)]
pub struct Modules {
    /// The program.
    pub page: PathBuf,
    /// What reads spreadsheets, in a worker.
    pub sheets: PathBuf,
    /// What unpacks the two.
    pub unpacker: PathBuf,
}

/// Makes the page from raw wasm modules and the sources in `root`: the bytes of the file.
pub fn pack(root: &Path, raw: &Modules, effort: Effort) -> Result<Vec<u8>> {
    let template = read(&root.join("index.html"))?;
    let sheets = style_sheets(&template).into_iter();
    let styles: Vec<String> = sheets
        .map(|sheet| read(&root.join(sheet)))
        .collect::<Result<_>>()?;
    // Each step works on one core, and the second program takes a third of the first's time.
    let (page, others) = std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            let sheets = program(&raw.sheets, "sheets", effort)?;
            anyhow::Ok((sheets, program(&raw.unpacker, "unpacker", effort)?))
        });
        (program(&raw.page, "page", effort), others.join())
    });
    let (sheets, unpacker) =
        others.map_err(|_| anyhow!("packing the other programs panicked"))??;
    let parts = Parts {
        unpacker,
        page: page?,
        sheets,
    };
    Ok(utf16(&assemble(&template, &styles, &parts, effort)?))
}

fn program(raw: &Path, name: &str, effort: Effort) -> Result<Program> {
    let Program { glue, mut wasm } = bind(raw, name)?;
    if effort == Effort::Smallest {
        wasm = optimise(wasm, name)?;
        // For whoever asks where the page's bytes go.
        let path = shell::target_dir().join(name).with_extension("wasm");
        std::fs::write(path, &wasm)?;
    }
    Ok(Program { glue, wasm })
}

fn read(path: &Path) -> Result<String> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    // A browser hashes what it parsed, and its parser turns CR LF into LF.
    Ok(text.replace("\r\n", "\n"))
}

/// Generates the glue for a script that is no module: modules do not load in such a page.
fn bind(raw: &Path, name: &str) -> Result<Program> {
    let folder = TempDir::new("bind", name)?;
    Bindgen::new()
        .input_path(raw)
        .out_name("program")
        .no_modules(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?
        .emit(&folder.0)?;
    Ok(Program {
        glue: read(&folder.0.join("program.js"))?,
        wasm: std::fs::read(folder.0.join("program_bg.wasm"))?,
    })
}

/// Runs binaryen's optimiser, which makes the module smaller by a tenth. Without it the page
/// is the same but larger, so where it cannot be had the module stays as it is.
fn optimise(wasm: Vec<u8>, name: &str) -> Result<Vec<u8>> {
    let Some(optimiser) = crate::browsers::wasm_opt() else {
        println!("  without wasm-opt (no Node.js or no npm registry): the page is larger");
        return Ok(wasm);
    };
    let folder = TempDir::new("optimise", name)?;
    let (before, after) = (folder.0.join("before.wasm"), folder.0.join("after.wasm"));
    std::fs::write(&before, wasm)?;
    let mut command = shell::command("node");
    command
        .arg(optimiser)
        .args(["-Oz", "--strip-debug", "--strip-producers"])
        // What rustc's target has on by default, and browsers of 2023 have.
        .args([
            "--enable-bulk-memory",
            "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
            "--enable-multivalue",
            "--enable-reference-types",
        ])
        .arg(&before)
        .arg("-o")
        .arg(&after);
    shell::run(&mut command)?;
    Ok(std::fs::read(after)?)
}

/// Puts the parts into the template. `styles` are its sheets, in its order.
fn assemble(template: &str, styles: &[String], parts: &Parts, effort: Effort) -> Result<String> {
    let (first, rest) = styles
        .split_first()
        .context("index.html names no style sheet")?;
    let rest = rest.concat();
    let unpacker = private(&parts.unpacker.glue);
    let (page_program, sheets) = (&parts.page, &parts.sheets);
    let blocks = [
        inflated_by_browser(&unpacker, &parts.unpacker.wasm)?,
        Block::new(
            "double-random-program",
            [
                rest.as_bytes(),
                page_program.glue.as_bytes(),
                &page_program.wasm,
            ],
            effort,
        ),
    ];
    let mut page = replace_links(template, first)?;
    let elements = blocks.map(|block| block.element()).join("\n");
    replace_once(&mut page, "<!-- program -->", &elements)?;
    // Behind the start script, which need not wait for it.
    let sheets = [sheets.glue.as_bytes(), &sheets.wasm];
    let sheets = Block::new("double-random-sheets", sheets, effort);
    replace_once(&mut page, "<!-- sheets -->", &sheets.element())?;
    let mut inline = inline_elements(&page)?;
    inline.extend([
        ("script", unpacker.as_str()),
        ("script", &page_program.glue),
        ("style", &rest),
    ]);
    let policy = policy(&inline);
    // The file's first two bytes say how it is written.
    let charset = r#"<meta charset="utf-8">"#;
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    replace_once(&mut page, charset, &meta)?;
    Ok(page)
}

/// Glue that leaves one name, and not the one that the program's own glue takes.
fn private(glue: &str) -> String {
    format!("{{\n{glue}\nwindow.__doubleRandom.unpacker = wasm_bindgen;\n}}\n")
}

impl Block {
    /// Parts as `packing` makes them small.
    fn new<const N: usize>(id: &'static str, parts: [&[u8]; N], effort: Effort) -> Self {
        Self {
            id,
            packed: packing::pack(&parts.concat(), effort == Effort::Smallest),
            lengths: parts.map(<[u8]>::len).to_vec(),
        }
    }

    fn element(&self) -> String {
        let lengths: Vec<String> = self.lengths.iter().map(usize::to_string).collect();
        format!(
            "<script type=\"application/octet-stream\" id=\"{}\" data-bytes=\"{}\" \
             data-crc32=\"{}\" data-parts=\"{}\">{}</script>",
            self.id,
            self.packed.len(),
            crc32fast::hash(&self.packed),
            lengths.join(" "),
            signs(&self.packed),
        )
    }
}

/// The block of the program that unpacks the others: in a form that the browser knows.
fn inflated_by_browser(glue: &str, wasm: &[u8]) -> Result<Block> {
    // Neither name nor time: the same module gives the same bytes.
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::best());
    writer.write_all(glue.as_bytes())?;
    writer.write_all(wasm)?;
    Ok(Block {
        id: "double-random-unpacker",
        packed: writer.finish()?,
        lengths: vec![glue.len(), wasm.len()],
    })
}

/// The style sheets that the template names, in its order.
fn style_sheets(template: &str) -> Vec<&str> {
    build_links(template)
        .filter(|link| link.contains(r#"rel="css""#))
        .filter_map(|link| attribute(link, "href"))
        .collect()
}

/// The template's lines that are for build tools.
fn build_links(template: &str) -> impl Iterator<Item = &str> {
    template
        .lines()
        .filter(|line| line.starts_with("<link data-trunk "))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

/// Puts one `<style>` in place of the first line for build tools and drops the others.
fn replace_links(template: &str, style: &str) -> Result<String> {
    ensure_inert(style, "</style")?;
    let mut page = String::with_capacity(template.len() + style.len());
    let mut placed = false;
    for line in template.lines() {
        if !line.starts_with("<link data-trunk ") {
            writeln!(page, "{line}")?;
        } else if !placed {
            writeln!(page, "<style>\n{style}</style>")?;
            placed = true;
        }
    }
    Ok(page)
}

/// Bytes as text, two a sign, the lower first. What HTML would change, or what is half of a
/// longer sign, stands [`turned`] behind an [`ESCAPE`].
fn signs(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut push = |unit: u16| text.extend(char::from_u32(unit.into()));
    for pair in bytes.chunks(2) {
        let unit = u16::from_le_bytes([pair[0], *pair.get(1).unwrap_or(&0)]);
        let is_plain = !matches!(unit, 0 | 0x0d | 0x3c | ESCAPE | 0xd800..=0xdfff);
        if is_plain {
            push(unit);
        } else {
            push(ESCAPE);
            push(turned(unit));
        }
    }
    text
}

/// Another sign for one that cannot stand: none of these can be one of those.
fn turned(unit: u16) -> u16 {
    unit ^ 0x8000
}

/// A text as the file has it.
fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// Refuses text that would end its element too early.
fn ensure_inert(text: &str, forbidden: &str) -> Result<()> {
    ensure!(
        !text.to_ascii_lowercase().contains(forbidden),
        "a part to be inlined contains {forbidden:?}"
    );
    Ok(())
}

fn replace_once(page: &mut String, mark: &str, text: &str) -> Result<()> {
    ensure!(
        page.matches(mark).count() == 1,
        "index.html must contain {mark} once"
    );
    *page = page.replacen(mark, text, 1);
    Ok(())
}

/// What the page may do: run exactly its own scripts and style sheets, show pictures that it
/// made itself, start a worker that it made itself. Style attributes stay allowed, because
/// Leptos sets them; a data block needs no permission.
fn policy(inline: &[(&str, &str)]) -> String {
    let hashes = |tag| {
        let bodies = inline.iter().filter(|element| element.0 == tag);
        let names =
            bodies.map(|(_, body)| format!("'sha256-{}'", BASE64.encode(Sha256::digest(body))));
        names.collect::<Vec<_>>().join(" ")
    };
    let (scripts, styles) = (hashes("script"), hashes("style"));
    format!(
        "default-src 'none'; script-src 'wasm-unsafe-eval' {scripts}; style-src 'none'; \
         style-src-elem {styles}; style-src-attr 'unsafe-inline'; img-src data: blob:; \
         worker-src blob:; base-uri 'none'; form-action 'none'"
    )
}

/// The scripts to run and the style sheets of a page: tag and exact contents. Goes from
/// element to element, because a script may speak of `<style>` in its own text.
fn inline_elements(page: &str) -> Result<Vec<(&'static str, &str)>> {
    let mut found = Vec::new();
    let mut rest = page;
    loop {
        let next = ["script", "style"]
            .into_iter()
            .filter_map(|tag| Some((rest.find(&format!("<{tag}"))?, tag)))
            .min();
        let Some((at, tag)) = next else {
            return Ok(found);
        };
        let (attributes, body) = rest[at..].split_once('>').context("a tag without end")?;
        let Some((body, after)) = body.split_once(&format!("</{tag}>")) else {
            bail!("<{tag}> is not closed");
        };
        if !attributes.contains("type=") {
            found.push((tag, body));
        }
        rest = after;
    }
}

/// A folder that goes when its owner does.
struct TempDir(PathBuf);

impl TempDir {
    /// For one step of one program; those of a process work side by side.
    fn new(step: &str, program: &str) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!(
            "double-random-{step}-{program}-{}",
            std::process::id()
        ));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        // A folder that is left behind in the system's temporary place harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "<meta charset=\"utf-8\">\n\
        <link data-trunk rel=\"css\" href=\"style/a.css\">\n\
        <link data-trunk rel=\"css\" href=\"style/b.css\">\n\
        <link data-trunk rel=\"rust\" href=\"Cargo.toml\">\n\
        <script>guard()</script>\n<!-- program -->\n<script>start()</script>\n<!-- sheets -->\n";

    fn program(name: &str) -> Program {
        Program {
            glue: format!("let wasm_bindgen; // {name}\n"),
            wasm: format!("\0asm of {name}").repeat(50).into_bytes(),
        }
    }

    fn parts() -> Parts {
        Parts {
            unpacker: program("unpacker"),
            page: program("page"),
            sheets: program("sheets"),
        }
    }

    fn page() -> String {
        let styles = ["a{}\n".to_owned(), "b{}\n".to_owned()];
        assemble(TEMPLATE, &styles, &parts(), Effort::Smallest).unwrap()
    }

    #[test]
    fn the_template_is_the_list_of_style_sheets() {
        assert_eq!(style_sheets(TEMPLATE), ["style/a.css", "style/b.css"]);
    }

    #[test]
    fn the_same_parts_give_the_same_bytes() {
        assert_eq!(page(), page());
    }

    #[test]
    fn nothing_for_build_tools_is_left() {
        let page = page();
        assert!(!page.contains("data-trunk") && !page.contains("<!-- "));
        assert_eq!(page.matches("<style>\na{}\n</style>").count(), 1);
    }

    #[test]
    fn the_policy_names_every_script_and_style_by_its_exact_bytes() {
        let page = page();
        let (_, policy) = page.split_once("script-src ").unwrap();
        let (policy, _) = policy.split_once("style-src-attr").unwrap();
        let glue = program("page").glue;
        let unpacker = private(&program("unpacker").glue);
        for part in ["guard()", "start()", &glue, &unpacker, "\na{}\n", "b{}\n"] {
            let hash = BASE64.encode(Sha256::digest(part));
            assert!(policy.contains(&format!("'sha256-{hash}'")), "{part}");
        }
        assert_eq!(
            policy.matches("sha256-").count(),
            6,
            "data blocks need none"
        );
    }

    /// As the start script does it.
    fn bytes_of(text: &str, length: usize) -> Vec<u8> {
        let mut units = text.encode_utf16();
        let mut bytes = Vec::new();
        while let Some(unit) = units.next() {
            let unit = match unit {
                ESCAPE => units.next().unwrap() ^ 0x8000,
                plain => plain,
            };
            bytes.extend(unit.to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }

    #[test]
    fn bytes_come_back_from_text_whatever_they_are() {
        let all: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_le_bytes).collect();
        let text = signs(&all);
        assert!(!text.contains(['\0', '\r', '<']));
        assert!(text.chars().all(|sign| sign.len_utf16() == 1));
        assert_eq!(bytes_of(&text, all.len()), all);
        for length in 0..=9 {
            assert_eq!(bytes_of(&signs(&all[..length]), length), all[..length]);
        }
    }

    #[test]
    fn the_file_says_how_it_is_written() {
        assert_eq!(utf16("a双"), [0xff, 0xfe, b'a', 0, 0xcc, 0x53]);
    }

    /// A data block of the page: its parts.
    fn unpacked(
        page: &str,
        id: &str,
        unpack: impl Fn(&[u8], u32, usize) -> Vec<u8>,
    ) -> Vec<Vec<u8>> {
        let (_, block) = page.split_once(&format!("id=\"{id}\"")).unwrap();
        let (block, _) = block.split_once("</script>").unwrap();
        let (attributes, text) = block.split_once('>').unwrap();
        let value = |name| attribute(attributes, name).unwrap();
        let packed = bytes_of(text, value("data-bytes").parse().unwrap());
        let lengths: Vec<usize> = value("data-parts")
            .split(' ')
            .map(|length| length.parse().unwrap())
            .collect();
        let crc32 = value("data-crc32").parse().unwrap();
        let mut bytes = unpack(&packed, crc32, lengths.iter().sum());
        let parts = lengths.into_iter();
        let parts = parts
            .map(|length| bytes.drain(..length).collect())
            .collect();
        assert!(bytes.is_empty());
        parts
    }

    #[test]
    fn the_programs_come_back_from_their_data_blocks() {
        let page = page();
        let packed = |bytes: &[u8], crc32, length| packing::unpacked(bytes, crc32, length).unwrap();
        let Program { glue, wasm } = program("page");
        let parts = unpacked(&page, "double-random-program", packed);
        assert_eq!(parts, [b"b{}\n".to_vec(), glue.into_bytes(), wasm]);
        let Program { glue, wasm } = program("sheets");
        let parts = unpacked(&page, "double-random-sheets", packed);
        assert_eq!(parts, [glue.into_bytes(), wasm]);
        let parts = unpacked(&page, "double-random-unpacker", |bytes, _, _| {
            let mut inflated = Vec::new();
            let mut decoder = flate2::read::GzDecoder::new(bytes);
            std::io::Read::read_to_end(&mut decoder, &mut inflated).unwrap();
            inflated
        });
        let Program { glue, wasm } = program("unpacker");
        assert_eq!(parts, [private(&glue).into_bytes(), wasm]);
    }

    /// An old browser must be able to read the sentence that says it is too old.
    #[test]
    fn the_scripts_of_the_template_are_plain_old_script() {
        let template = read(&shell::root().join("index.html")).unwrap();
        let inline = inline_elements(&template).unwrap();
        assert_eq!(inline.len(), 2);
        for (_, script) in inline {
            for new in ["=>", "`", "async ", "?.", "??"] {
                assert!(!script.contains(new), "{new}");
            }
            for line in script.lines().map(str::trim_start) {
                assert!(
                    !["let ", "const ", "class "]
                        .iter()
                        .any(|new| line.starts_with(new)),
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn a_style_sheet_that_would_end_its_element_is_refused() {
        let hostile = ["a{}</STYLE>".to_owned()];
        assert!(assemble(TEMPLATE, &hostile, &parts(), Effort::Quickest).is_err());
        assert!(assemble(TEMPLATE, &[], &parts(), Effort::Quickest).is_err());
    }
}
