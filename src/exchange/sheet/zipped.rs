//! The parts of a zip archive, with bounds on what they inflate to.
//!
//! Sizes in the archive are claims: a claim that is too large is refused at once, and what
//! really comes out is counted.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::refusal::Refusal;

/// Bytes that the parts read from a file may inflate to together.
const INFLATED_BYTES_MAX: u64 = 512 << 20;
/// Parts of an archive that are looked at.
const PARTS_MAX: usize = 10_000;

/// An archive that is read part by part.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names with `/`, in lower case.
    names: Vec<String>,
    left: u64,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        if archive.len() > PARTS_MAX {
            return Err(Refusal::TooLarge);
        }
        let name = |raw: &[u8]| {
            let name = String::from_utf8_lossy(raw).replace('\\', "/");
            name.trim_start_matches('/').to_lowercase()
        };
        let names = (0..archive.len()).map(|at| {
            let raw = archive.name_for_index(at);
            raw.and_then(Result::ok)
                .map_or_else(String::new, |raw| name(raw.as_bytes()))
        });
        let names = names.collect();
        let left = INFLATED_BYTES_MAX;
        Ok(Self {
            archive,
            names,
            left,
        })
    }

    /// The names of its parts, as they can be asked for.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    fn place(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/').to_lowercase();
        self.names.iter().position(|known| *known == name)
    }

    /// Hands a part to `read`; none where the archive has no such part.
    pub(super) fn with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn std::io::BufRead) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let Some(at) = self.place(name) else {
            return Ok(None);
        };
        let file = self.archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => {
                Refusal::Locked
            }
            _ => Refusal::Damaged,
        })?;
        if file.size() > self.left {
            return Err(Refusal::TooLarge);
        }
        let mut bounded = BufReader::with_capacity(1 << 16, file.take(self.left));
        let outcome = read(&mut bounded);
        self.left = bounded.get_ref().limit();
        if self.left == 0 {
            return Err(Refusal::TooLarge);
        }
        outcome.map(Some)
    }
}
