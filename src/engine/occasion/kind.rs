//! What a draw is for, as commitment and record say it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engine::campaign::CampaignSize;
use crate::engine::snapshot::SNAPSHOT_UNITS_MAX;
use crate::model::{CandidateId, OfficerId};

/// Officers with the days on which they have a planned visit already.
pub type Busy = BTreeMap<OfficerId, BTreeSet<NaiveDate>>;

/// What a draw is for.
///
/// ```
/// use double_random::engine::lottery::canonical_json;
/// use double_random::engine::occasion::Occasion;
/// assert_eq!(canonical_json(&Occasion::Month)?, r#"{"kind":"month"}"#);
/// # Ok::<(), double_random::engine::lottery::CanonicalError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Occasion {
    /// The monthly draw.
    #[default]
    Month,
    /// What the month's rule still lacks after register or plan was mended.
    Supplementary(Supplement),
    /// A special campaign (R10).
    Campaign(Campaign),
    /// Service institutions or engineers.
    Register(RegisterDraw),
}

/// A supplementary draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// Numbers of the earlier draws of the month that it adds to.
    pub to: BTreeSet<u32>,
    /// The units that they drew.
    pub drawn: BTreeSet<CandidateId>,
    /// Units of their reserves that stepped in since for units that proved closed: they take
    /// the places of these, and what was drawn is not lacking.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub stepped_in: BTreeSet<CandidateId>,
    /// Officer-days of the earlier plans of the month, from `from` on.
    pub busy: Busy,
    /// First day on which a visit may be laid.
    pub from: NaiveDate,
    /// What is mended, in words.
    pub reason: String,
}

/// A special campaign's draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Its number in the year, part of its key: matches `^[0-9A-Z-]{1,22}$`.
    pub id: String,
    pub name: String,
    /// Whom it takes, in words that a person can apply.
    pub filter: String,
    /// Units that the filter held and that may be inspected or stand in the plan.
    pub pool: BTreeSet<CandidateId>,
    /// Those of the pool that stand in the month's plan and are taken first;
    /// empty unless the campaign is combined with the ordinary draw.
    pub in_plan: BTreeSet<CandidateId>,
    /// How many of the pool.
    pub size: CampaignSize,
    /// Officer-days of the earlier plans of the month, from `from` on.
    pub busy: Busy,
    /// First day on which a visit may be laid.
    pub from: NaiveDate,
}

/// A draw from a register of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RegisterDraw {
    /// Which register.
    pub register: OwnRegister,
    /// Its members.
    pub pool: BTreeSet<CandidateId>,
    /// How many of them.
    pub size: CampaignSize,
}

/// A register besides units and officers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnRegister {
    /// 消防技术服务机构.
    Agencies,
    /// 注册消防工程师.
    Engineers,
}

impl OwnRegister {
    /// Its name in records, which takes the place of a campaign's id in its key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agencies => "agencies",
            Self::Engineers => "engineers",
        }
    }
}

impl Occasion {
    /// Whether it is the monthly draw.
    #[must_use]
    pub const fn is_month(&self) -> bool {
        matches!(self, Self::Month)
    }

    /// Whether it draws by the month's rule, from cells; if not, its pool stands in it.
    #[must_use]
    pub const fn has_cells(&self) -> bool {
        matches!(self, Self::Month | Self::Supplementary(_))
    }

    /// Whether an earlier draw of the month, to which this one adds, drew the unit, or it
    /// stepped in for one that it drew: such units leave the pools.
    #[must_use]
    pub fn is_drawn_before(&self, unit: &CandidateId) -> bool {
        match self {
            Self::Supplementary(it) => it.drawn.contains(unit) || it.stepped_in.contains(unit),
            Self::Month | Self::Campaign(_) | Self::Register(_) => false,
        }
    }

    /// Units in its lists: a limit on everything, looked at before any work.
    #[must_use]
    pub fn is_within_limits(&self) -> bool {
        let listed = match self {
            Self::Month => 0,
            Self::Supplementary(it) => it.drawn.len().max(it.stepped_in.len()),
            Self::Campaign(campaign) => campaign.pool.len().max(campaign.in_plan.len()),
            Self::Register(register) => register.pool.len(),
        };
        listed <= SNAPSHOT_UNITS_MAX
    }
}
