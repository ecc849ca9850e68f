//! What a workbook keeps of the years that were taken out of it into an archive: what
//! its draws, present and to come, still need of them, and nothing else.
//!
//! Inspections of those years stand with their units, like those from before the workbook.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::DrawId;
use super::draw::KnownDraw;
use super::register_changes::RegisterChanges;
use crate::engine::lottery::Hash;
use crate::model::{CandidateId, OfficerId, UnitId};

/// A file that an archive was saved into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArchiveFile {
    /// Its name, as it was handed to the browser.
    pub name: String,
    /// SHA-256 of its bytes.
    pub hash: Hash,
}

/// A year that was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct YearTakenOut {
    /// The calendar year.
    pub year: i32,
    /// When it was taken out, in local time.
    pub at: NaiveDateTime,
    /// Where it is to be read.
    pub archive: ArchiveFile,
    /// Its draws, in order of number: what is drawn stays drawn.
    #[serde(default)]
    pub draws: Vec<KnownDraw>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What is kept of the years taken out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TakenOut {
    /// The years, one after another up to that before the first one kept.
    pub years: Vec<YearTakenOut>,
    /// Units of their draws' registers that the first draw kept does not know.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub units: BTreeSet<UnitId>,
    /// Officers of them that the first draw kept does not know.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub officers: BTreeSet<OfficerId>,
    /// Institutions and engineers that stood in a pool of their draws.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub own: BTreeSet<CandidateId>,
    /// Aliases under which their draws knew units, each with the first draw that did.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<CandidateId, DrawId>,
    /// How the register had changed by those draws kept that follow on one taken out. Their
    /// commitments bind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<(DrawId, RegisterChanges)>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
