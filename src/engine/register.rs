//! The registers as they are published with a draw, so that anybody can repeat
//! it from them.
//!
//! A unit is published with its drawing fields, or withheld as the hash of its
//! leaf alone. A withheld unit draws under an alias id that says nothing about
//! it; where its fields may be known, its leaf is published under the alias
//! like any other, so that whatever is published is bound by the root.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::calendar::YearMonth;
use crate::engine::duty::OfficerDuty;
use crate::engine::level::PointReason;
use crate::engine::lottery::{Hash, is_hex};
use crate::engine::read::{ReadError, read_exactly};
use crate::engine::root::{LeafLines, leaf, root};
use crate::engine::snapshot::{Snapshot, SnapshotError, SnapshotUnit};
use crate::model::{CandidateId, DrawLevel, Stratum};

/// 16 random bytes kept with a unit, written as 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Salt(
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(regex(pattern = "^[0-9a-f]{32}$"))
    )]
    String,
);

/// A text that is no salt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not 32 lower-case hexadecimal digits: {text:?}")]
pub struct SaltError {
    /// What was refused.
    pub text: String,
}

impl Salt {
    /// Checks `text` and makes it a salt.
    ///
    /// # Errors
    /// [`SaltError`] unless it is 32 lower-case hexadecimal digits.
    ///
    /// ```
    /// use double_random::engine::register::Salt;
    /// assert!(Salt::new("00112233445566778899aabbccddeeff").is_ok());
    /// assert!(Salt::new("00112233").is_err());
    /// ```
    pub fn new(text: impl Into<String>) -> Result<Self, SaltError> {
        let text = text.into();
        if text.len() == 32 && is_hex(&text) {
            Ok(Self(text))
        } else {
            Err(SaltError { text })
        }
    }

    /// The salt as text, as it enters a leaf.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Salt {
    type Error = SaltError;
    fn try_from(text: String) -> Result<Self, SaltError> {
        Self::new(text)
    }
}

impl From<Salt> for String {
    fn from(salt: Salt) -> Self {
        salt.0
    }
}

/// A unit's drawing fields with its salt: what its leaf is the hash of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Its id, or alias.
    pub id: CandidateId,
    pub stratum: Stratum,
    pub level: DrawLevel,
    /// The points that give the level.
    pub points: Vec<(PointReason, i8)>,
    /// Counted inspections this year.
    pub count: u32,
    /// The last counted inspection.
    pub last: Option<NaiveDate>,
    /// A visit is drawn and not yet made.
    pub pending: bool,
    pub salt: Salt,
}

impl Leaf {
    /// The leaf of a unit of a snapshot, with the points of its level.
    #[must_use]
    pub fn new(unit: &SnapshotUnit, points: &[(PointReason, i8)], salt: Salt) -> Self {
        Self {
            id: unit.id.clone(),
            stratum: unit.stratum,
            level: unit.level,
            points: points.to_vec(),
            count: unit.count,
            last: unit.last,
            pending: unit.pending,
            salt,
        }
    }

    /// The fields that the draw uses.
    #[must_use]
    pub fn unit(&self) -> SnapshotUnit {
        SnapshotUnit {
            id: self.id.clone(),
            stratum: self.stratum,
            level: self.level,
            count: self.count,
            last: self.last,
            pending: self.pending,
        }
    }

    /// Its hash: [`leaf`].
    #[must_use]
    pub fn hash(&self) -> Hash {
        leaf(&self.unit(), &self.points, self.salt.as_str())
    }
}

/// The registers as they are published with a draw, for anybody to check it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PublishedRegister {
    /// The active units of the snapshot that are not withheld, in order of id.
    pub units: Vec<Leaf>,
    /// Leaves of the withheld units, in order.
    pub withheld: Vec<Hash>,
    /// The officers with leave and avoidance; `None`: not published.
    pub officers: Option<Vec<OfficerDuty>>,
    /// The frozen annual plan, whose hash is the genesis: the design itself, or
    /// a document whose field `design` it is; `None`: not published.
    pub annual_plan: Option<Value>,
}

impl PublishedRegister {
    /// The register of `leaves`, of which those in `withheld` are published as
    /// their hashes alone.
    #[must_use]
    pub fn new(
        leaves: Vec<Leaf>,
        withheld: &BTreeSet<CandidateId>,
        officers: Option<Vec<OfficerDuty>>,
        annual_plan: Option<Value>,
    ) -> Self {
        let (hidden, mut units): (Vec<Leaf>, Vec<Leaf>) = leaves
            .into_iter()
            .partition(|leaf| withheld.contains(&leaf.id));
        units.sort_by(|a, b| a.id.cmp(&b.id));
        let mut withheld: Vec<Hash> = hidden.iter().map(Leaf::hash).collect();
        withheld.sort_unstable();
        Self {
            units,
            withheld,
            officers,
            annual_plan,
        }
    }

    /// Reads a published register; every byte of it must mean something.
    ///
    /// # Errors
    /// [`ReadError`], with the place.
    ///
    /// ```
    /// use double_random::engine::register::PublishedRegister;
    /// let text = r#"{"annual_plan":null,"officers":null,"units":[],"withheld":[]}"#;
    /// assert_eq!(PublishedRegister::read(text)?, PublishedRegister::default());
    /// assert!(PublishedRegister::read(r#"{"units":[],"withheld":[],"0fficers":null}"#).is_err());
    /// # Ok::<(), double_random::engine::read::ReadError>(())
    /// ```
    pub fn read(text: &str) -> Result<Self, ReadError> {
        read_exactly(text)
    }

    /// The units that are not withheld, as the draw saw them.
    ///
    /// # Errors
    /// As [`Snapshot::new`].
    pub fn snapshot(&self, month: YearMonth) -> Result<Snapshot, SnapshotError> {
        Snapshot::new(month, self.units.iter().map(Leaf::unit).collect())
    }

    /// Root of the units, withheld ones included.
    #[must_use]
    pub fn units_root(&self) -> Hash {
        let mut lines = LeafLines::default();
        let open = self.units.iter();
        let open = open.map(|leaf| lines.leaf(&leaf.unit(), &leaf.points, leaf.salt.as_str()));
        root(open.chain(self.withheld.iter().copied()).collect())
    }
}
