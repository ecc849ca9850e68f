//! One stored text: a header line, then the packed text.
//!
//! ```text
//! {"store":2,"sequence":7,"version":1,"saved_at":"2026-07-30T09:42:00","units_count":2412,"sha256":"…"}
//! 㐀㐁㐂…
//! ```
//!
//! The checksum covers every character before it in the header and the whole
//! packed text. It stays the last field in all later layouts, so that also a
//! program that is too old can tell a newer value from a damaged one.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::packing;
use crate::engine::lottery::Hash;

/// Layout that this program writes: the packed text is a manifest, which names parts.
pub const LAYOUT: u32 = 2;
/// The first layout: the packed text is the whole of what was saved.
pub(super) const LAYOUT_WHOLE: u32 = 1;
/// What stands around the checksum at the end of the header.
const CHECKSUM_START: &str = "\"sha256\":\"";
const CHECKSUM_END: &str = "\"}";

/// What a stored text says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Layout of the header.
    pub store: u32,
    /// Counts saves; the largest is the newest.
    pub sequence: u64,
    /// Version of the workbook's schema.
    pub version: u32,
    /// When it was written, in local time.
    pub saved_at: NaiveDateTime,
    /// Units in the register, to show before anything is unpacked.
    pub units_count: u32,
    /// Why a snapshot was taken.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// How many records the pages have that are its parts; empty where that is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paging: String,
}

/// Why a stored text cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// No header of ours.
    #[error("no header")]
    NoHeader,
    /// The checksum does not fit: something was changed or cut off.
    #[error("the checksum does not fit")]
    Checksum,
    /// The header says something impossible.
    #[error("the header cannot be read")]
    Header,
    /// The packed text cannot be unpacked, though its checksum fits.
    #[error("the packed text cannot be unpacked: {0}")]
    Packing(#[from] packing::UnpackError),
    /// The manifest says something impossible.
    #[error("the manifest cannot be read")]
    Manifest,
    /// A part that the manifest names is not there, or was changed or cut off.
    #[error("a part is missing or damaged")]
    Part,
    /// Written by a newer program.
    #[error("layout {found} is newer than {LAYOUT}")]
    NewerLayout {
        /// Its layout.
        found: u32,
    },
}

/// Header and packed text of `text`, as they are stored.
#[must_use]
pub fn seal(header: &Header, text: &str) -> String {
    let packed = packing::pack(text);
    let mut line = serde_json::to_string(header).expect("numbers and texts are always JSON");
    line.pop();
    line.push(',');
    let sum = checksum(&line, &packed);
    format!("{line}{CHECKSUM_START}{sum}{CHECKSUM_END}\n{packed}")
}

/// Checks a stored text without unpacking it; the header and the packed text.
///
/// # Errors
/// [`SlotError`], but [`SlotError::Packing`].
pub fn verify(stored: &str) -> Result<(Header, &str), SlotError> {
    let (line, packed) = stored.split_once('\n').ok_or(SlotError::NoHeader)?;
    let (covered, sum) = line
        .strip_suffix(CHECKSUM_END)
        .and_then(|line| line.rsplit_once(CHECKSUM_START))
        .ok_or(SlotError::NoHeader)?;
    if checksum(covered, packed) != sum {
        return Err(SlotError::Checksum);
    }
    Ok((peek(stored)?, packed))
}

/// The header of a stored text, unchecked: enough to tell the newer of two.
///
/// # Errors
/// [`SlotError::NoHeader`], [`SlotError::Header`], [`SlotError::NewerLayout`].
pub fn peek(stored: &str) -> Result<Header, SlotError> {
    #[derive(Deserialize)]
    struct Layout {
        store: u32,
    }
    let (line, _) = stored.split_once('\n').ok_or(SlotError::NoHeader)?;
    let Layout { store: found } = serde_json::from_str(line).map_err(|_| SlotError::NoHeader)?;
    if found > LAYOUT {
        return Err(SlotError::NewerLayout { found });
    }
    serde_json::from_str(line).map_err(|_| SlotError::Header)
}

/// Checks and unpacks a stored text.
///
/// ```
/// use double_random::store::slot::{Header, LAYOUT, open, seal};
/// let header = Header {
///     store: LAYOUT,
///     sequence: 1,
///     version: 1,
///     saved_at: chrono::NaiveDateTime::default(),
///     units_count: 0,
///     reason: String::new(),
///     paging: String::new(),
/// };
/// let stored = seal(&header, "南宫市");
/// assert_eq!(open(&stored)?, (header, "南宫市".to_owned()));
/// assert!(open(&stored.replace("1970", "1971")).is_err());
/// # Ok::<(), double_random::store::slot::SlotError>(())
/// ```
///
/// # Errors
/// [`SlotError`].
pub fn open(stored: &str) -> Result<(Header, String), SlotError> {
    let (header, packed) = verify(stored)?;
    Ok((header, packing::unpack(packed)?))
}

/// SHA-256 of the header before the checksum, an end of line and the packed text.
fn checksum(covered: &str, packed: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(covered.as_bytes());
    hash.update(b"\n");
    hash.update(packed.as_bytes());
    Hash(hash.finalize().into()).to_string()
}
