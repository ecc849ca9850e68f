//! Special campaigns (R10), and every other draw by ratio or count: service
//! institutions and engineers run through the same function.
//!
//! How such a draw stands in the ceremony says [`occasion`](crate::engine::occasion).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::engine::lottery::{Candidate, Purpose, Seed, draw, key, ranking};
use crate::model::{CandidateId, Share};

/// How many of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CampaignSize {
    /// A share, rounded up.
    Ratio(Share),
    /// A count; all if the pool is smaller.
    Count(u32),
}

impl CampaignSize {
    /// n for a pool of `pool` units.
    ///
    /// ```
    /// use double_random::engine::campaign::CampaignSize;
    /// use double_random::model::Share;
    /// assert_eq!(CampaignSize::Ratio(Share::from_percent(5)).of(21), 2);
    /// assert_eq!(CampaignSize::Count(30).of(21), 21);
    /// ```
    #[must_use]
    pub fn of(self, pool: u32) -> u32 {
        match self {
            Self::Ratio(share) => share.of(pool).min(pool),
            Self::Count(count) => count.min(pool),
        }
    }
}

/// R and n of a part of a campaign's pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartSize {
    /// R.
    pub pool: u32,
    /// n.
    pub quota: u32,
}

/// Sizes of the two parts of a campaign's pool: units of the month's plan, which
/// are taken first, and the others.
///
/// ```
/// use std::collections::BTreeSet;
/// use double_random::engine::campaign::{CampaignSize, part_sizes};
/// use double_random::model::CandidateId;
/// let pool: BTreeSet<CandidateId> = ["U1", "U2", "U3"].map(|id| CandidateId::new(id).expect("an id")).into();
/// let in_plan = BTreeSet::from([CandidateId::new("U2")?]);
/// let [planned, others] = part_sizes(&pool, &in_plan, CampaignSize::Count(2));
/// assert_eq!((planned.pool, planned.quota), (1, 1));
/// assert_eq!((others.pool, others.quota), (2, 1));
/// # Ok::<(), double_random::model::IdError>(())
/// ```
#[must_use]
pub fn part_sizes(
    pool: &BTreeSet<CandidateId>,
    in_plan: &BTreeSet<CandidateId>,
    size: CampaignSize,
) -> [PartSize; 2] {
    let planned = pool.intersection(in_plan).count() as u32;
    let (all, n) = (pool.len() as u32, size.of(pool.len() as u32));
    let quota = n.min(planned);
    [
        PartSize {
            pool: planned,
            quota,
        },
        PartSize {
            pool: all - planned,
            quota: n - quota,
        },
    ]
}

/// What a campaign's draw gives, each list in order of ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CampaignDraw {
    /// Taken from the month's plan: the campaign's items join their visit.
    pub combined: Vec<Candidate>,
    /// Drawn besides.
    pub drawn: Vec<Candidate>,
    /// The published reserve.
    pub reserve: Vec<Candidate>,
}

/// Draws a campaign from the units that its filter held when it was frozen.
///
/// `pool`: units that may be inspected or stand in the month's plan; `in_plan`:
/// those in the month's plan, taken first if the campaign is combined with the
/// ordinary draw, else empty. Together `size` of the pool. Every member of each
/// part has the same chance within it.
///
/// ```
/// use std::collections::BTreeSet;
/// use double_random::engine::campaign::{CampaignSize, draw_campaign};
/// use double_random::engine::lottery::{Seed, sha256};
/// use double_random::model::CandidateId;
/// let pool: BTreeSet<CandidateId> = ["U1", "U2", "U3"].map(|id| CandidateId::new(id).expect("an id")).into();
/// let in_plan = BTreeSet::from([CandidateId::new("U2")?]);
/// let seed = Seed(sha256(b"example").0);
/// let result = draw_campaign("2026-01", &pool, &in_plan, CampaignSize::Count(2), seed);
/// assert_eq!((result.combined.len(), result.drawn.len(), result.reserve.len()), (1, 1, 1));
/// # Ok::<(), double_random::model::IdError>(())
/// ```
#[must_use]
pub fn draw_campaign(
    id: &str,
    pool: &BTreeSet<CandidateId>,
    in_plan: &BTreeSet<CandidateId>,
    size: CampaignSize,
    seed: Seed,
) -> CampaignDraw {
    let key = key(&Purpose::Campaign(id.to_owned()), seed);
    let [planned_size, others_size] = part_sizes(pool, in_plan, size);
    let (planned, others): (Vec<&CandidateId>, Vec<&CandidateId>) =
        pool.iter().partition(|unit| in_plan.contains(unit));
    let rest = draw(&key, &others, others_size.quota);
    CampaignDraw {
        combined: ranking(&key, &planned, planned_size.quota),
        drawn: rest.drawn,
        reserve: rest.reserve,
    }
}
