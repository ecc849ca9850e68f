//! One file that works from a file share.
//!
//! Browsers refuse to load scripts and wasm beside a page that was opened as a file, so
//! everything goes inside: styles and the glue as they are, the program compressed in a data
//! block that the start script in `index.html` unpacks. A content security policy with the
//! hashes of exactly these parts forbids the page everything else, the network above all.
//!
//! `index.html` is the template and the single list of style sheets; [`assemble`] is a
//! function of its arguments, so that the same sources give the same bytes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::shell;

/// Rounds of looking for a shorter form; more save little.
const ZOPFLI_ROUNDS: NonZeroU64 = NonZeroU64::new(5).expect("five is not zero");

/// How hard to try for a small page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Best compression, and the optimiser where it is there.
    Smallest,
    /// As fast as possible.
    Quickest,
}

/// The program as a browser takes it: the module and the script that connects it.
struct Program {
    glue: String,
    wasm: Vec<u8>,
}

/// The program as it stands in the page.
struct Packed {
    glue: String,
    /// The module, compressed, as text.
    block: String,
}

/// Raw wasm modules of a page.
#[derive(Debug, Clone)]
pub struct Modules {
    /// The program.
    pub page: PathBuf,
    /// What reads spreadsheets, in a worker.
    pub sheets: PathBuf,
}

/// Makes the page from raw wasm modules and the sources in `root`.
pub fn pack(root: &Path, raw: &Modules, effort: Effort) -> Result<String> {
    let template = read(&root.join("index.html"))?;
    let mut styles = String::new();
    for sheet in style_sheets(&template) {
        styles.push_str(&read(&root.join(sheet))?);
    }
    // Each step works on one core, and the second program takes a third of the first's time.
    let (page, sheets) = std::thread::scope(|scope| {
        let sheets = scope.spawn(|| program(&raw.sheets, "sheets", effort));
        let page = program(&raw.page, "page", effort);
        (page, sheets.join())
    });
    let sheets = sheets.map_err(|_| anyhow!("packing the second program panicked"))?;
    assemble(&template, &styles, [&page?, &sheets?])
}

fn program(raw: &Path, name: &str, effort: Effort) -> Result<Packed> {
    let Program { glue, mut wasm } = bind(raw, name)?;
    if effort == Effort::Smallest {
        wasm = optimise(wasm, name)?;
        // For whoever asks where the page's bytes go.
        let path = shell::target_dir().join(name).with_extension("wasm");
        std::fs::write(path, &wasm)?;
    }
    let block = base128(&gzip(&wasm, effort)?);
    Ok(Packed { glue, block })
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

/// Puts the parts into the template.
fn assemble(template: &str, styles: &str, [page_program, sheets]: [&Packed; 2]) -> Result<String> {
    let mut page = replace_links(template, styles)?;
    replace_once(
        &mut page,
        "<!-- program -->",
        &program_elements(page_program)?,
    )?;
    replace_once(&mut page, "<!-- sheets -->", &sheet_elements(sheets)?)?;
    let policy = policy(&page)?;
    let meta = r#"<meta charset="utf-8">"#;
    let with_policy =
        format!("{meta}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    replace_once(&mut page, meta, &with_policy)?;
    Ok(page)
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
fn replace_links(template: &str, styles: &str) -> Result<String> {
    ensure_inert(styles, "</style")?;
    let mut page = String::with_capacity(template.len() + styles.len());
    let mut placed = false;
    for line in template.lines() {
        if !line.starts_with("<link data-trunk ") {
            writeln!(page, "{line}")?;
        } else if !placed {
            writeln!(page, "<style>\n{styles}</style>")?;
            placed = true;
        }
    }
    ensure!(placed, "index.html names no style sheet");
    Ok(page)
}

fn program_elements(program: &Packed) -> Result<String> {
    ensure_inert(&program.glue, "</script")?;
    ensure_inert(&program.glue, "<!--")?;
    Ok(format!(
        "<script id=\"double-random-glue\">\n{}</script>\n\
         <script type=\"application/gzip\" id=\"double-random-wasm\">{}</script>",
        program.glue, program.block,
    ))
}

/// The second program as data: a worker is made of it when the first spreadsheet comes. It
/// stands behind the start script, which need not wait for it.
fn sheet_elements(program: &Packed) -> Result<String> {
    ensure_inert(&program.glue, "</script")?;
    ensure_inert(&program.glue, "<!--")?;
    Ok(format!(
        "<script type=\"text/plain\" id=\"double-random-sheets-glue\">\n{}</script>\n\
         <script type=\"application/gzip\" id=\"double-random-sheets-wasm\">{}</script>",
        program.glue, program.block,
    ))
}

/// Compresses as browsers unpack by themselves. LZMA made the page smaller and its start three
/// times as long: the decoder ran in the page.
fn gzip(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    if effort == Effort::Quickest {
        // Neither name nor time: the same module gives the same bytes.
        let mut writer = GzBuilder::new().write(Vec::new(), Compression::fast());
        writer.write_all(bytes)?;
        return Ok(writer.finish()?);
    }
    let mut packed = Vec::new();
    let options = zopfli::Options {
        iteration_count: ZOPFLI_ROUNDS,
        ..zopfli::Options::default()
    };
    zopfli::compress(options, zopfli::Format::Gzip, bytes, &mut packed)?;
    Ok(packed)
}

/// Bytes as text with seven bits a sign, an eighth less than base64. Three signs would not
/// come through an HTML parser as they are, or could end the block: they stand 128 higher.
fn base128(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 7 + bytes.len() / 32);
    let mut push = |sign: u32| {
        let sign = (sign & 127) as u8;
        let is_plain = !matches!(sign, 0 | b'\r' | b'<');
        text.push(char::from(if is_plain { sign } else { sign + 128 }));
    };
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in bytes {
        bits = (bits << 8) | u32::from(byte);
        count += 8;
        while count >= 7 {
            count -= 7;
            push(bits >> count);
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        push(bits << (7 - count));
    }
    text
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

/// What the page may do: run exactly its own scripts and style sheet, show pictures that it
/// made itself, start a worker that it made itself. Style attributes stay allowed, because
/// Leptos sets them; a data block needs no permission.
fn policy(page: &str) -> Result<String> {
    let inline = inline_elements(page)?;
    let hashes = |tag| {
        let bodies = inline.iter().filter(|element| element.0 == tag);
        let names =
            bodies.map(|(_, body)| format!("'sha256-{}'", BASE64.encode(Sha256::digest(body))));
        names.collect::<Vec<_>>().join(" ")
    };
    let (scripts, styles) = (hashes("script"), hashes("style"));
    Ok(format!(
        "default-src 'none'; script-src 'wasm-unsafe-eval' {scripts}; style-src 'none'; \
         style-src-elem {styles}; style-src-attr 'unsafe-inline'; img-src data: blob:; \
         worker-src blob:; base-uri 'none'; form-action 'none'"
    ))
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

    fn wasm() -> Vec<u8> {
        b"\0asm and so on".repeat(50)
    }

    fn program() -> Packed {
        Packed {
            glue: "let wasm_bindgen;\n".into(),
            block: base128(&gzip(&wasm(), Effort::Smallest).unwrap()),
        }
    }

    fn page() -> String {
        assemble(TEMPLATE, "a{}\nb{}\n", [&program(), &program()]).unwrap()
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
        assert_eq!(page.matches("<style>\na{}\nb{}\n</style>").count(), 1);
    }

    #[test]
    fn the_policy_names_every_script_by_its_exact_bytes() {
        let page = page();
        for script in ["guard()", "start()", "\nlet wasm_bindgen;\n"] {
            let hash = BASE64.encode(Sha256::digest(script));
            assert!(page.contains(&format!("'sha256-{hash}'")), "{script}");
        }
        let (_, scripts) = page.split_once("script-src ").unwrap();
        let (scripts, _) = scripts.split_once(';').unwrap();
        assert_eq!(
            scripts.matches("sha256-").count(),
            3,
            "data blocks need none"
        );
    }

    /// As the start script does it.
    fn unpacked(text: &str) -> Vec<u8> {
        let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
        for sign in text.chars() {
            bits = (bits << 7) | (sign as u32 & 127);
            count += 7;
            if count > 7 {
                count -= 8;
                bytes.push((bits >> count) as u8);
            }
        }
        bytes
    }

    #[test]
    fn bytes_come_back_from_text_whatever_they_are() {
        let all: Vec<u8> = (0..=255).collect();
        for length in 0..=all.len() {
            let text = base128(&all[..length]);
            assert!(!text.contains(['\0', '\r', '<']), "{text:?}");
            assert_eq!(unpacked(&text), all[..length]);
        }
        let zeros = vec![0; 100];
        assert_eq!(unpacked(&base128(&zeros)), zeros);
    }

    #[test]
    fn the_module_comes_back_from_its_data_block() {
        let page = page();
        let (_, block) = page.split_once("id=\"double-random-wasm\"").unwrap();
        let (block, _) = block.split_once("</script>").unwrap();
        let (_, text) = block.split_once('>').unwrap();
        let packed = unpacked(text);
        let mut module = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut module)
            .unwrap();
        assert_eq!(module, wasm());
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
    fn a_part_that_would_end_its_element_is_refused() {
        let mut hostile = program();
        hostile.glue = "'</SCRIPT>'".into();
        assert!(assemble(TEMPLATE, "", [&hostile, &program()]).is_err());
        assert!(assemble(TEMPLATE, "", [&program(), &hostile]).is_err());
        assert!(assemble(TEMPLATE, "</style>", [&program(), &program()]).is_err());
    }
}
