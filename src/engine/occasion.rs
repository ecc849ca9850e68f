//! Occasions: what a draw is for, fixed in its commitment.
//!
//! Every draw goes through one ceremony, one certificate and one verification;
//! the occasion says what it draws from. What follows from it (sizes, pools,
//! keys, days and officers) is worked out here alone, by the same functions when
//! a draw is made and when it is verified.
//!
//! - *Month*: the monthly draw (engine.md, section 3).
//! - *Supplementary*: the month's rule on the mended register, less what is
//!   drawn. Its snapshot is the register **as it should have been before the
//!   month's first draw**, in which nothing of that draw is pending yet: only so
//!   can anybody repeat the rule. The units drawn since stand in the occasion
//!   and leave the pools.
//! - *Campaign*: by ratio or count from what a filter held. The filter is words
//!   that a person can apply, frozen with the pool; the pool stands in the
//!   commitment as a list and not as a root, so that everybody sees who could be
//!   drawn and ranks need no register. 200 000 ids are 2 MB, and pools are far smaller.
//! - *Register*: service institutions or engineers, one stratum with its own
//!   ratio, without days or teams. It knows no units and no officers: its roots
//!   are those of empty lists, and its pool stands in the commitment.
//!
//! # Beside an existing plan
//!
//! Supplementary and campaign visits are laid by sections 4 and 5 with the new
//! seed's keys, on the working days from a day on, and an officer who has a
//! planned visit on a day counts as absent on it, whatever `per_day` says. So
//! nothing of the earlier plan moves, nobody chooses, and whoever knows the
//! earlier plans can check it. Leaving a place of such a day unused costs a day;
//! sharing it would make each officer's load depend on two seeds. Visits without
//! a place are set aside and carried, as always.
//!
//! Visits that are pending already stand in the commitment as `carried` whatever
//! the occasion; only the monthly draw lays them out anew.
//!
//! A campaign combined with the ordinary draw first takes units that stand in
//! the month's plan; their visit stays where it is, and belongs to the draw that
//! chose it. Only those drawn besides are laid.

pub(in crate::engine) mod kind;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use self::kind::{Busy, Campaign, Occasion, OwnRegister, RegisterDraw, Supplement};
use crate::engine::after::supplement_sizes;
use crate::engine::calendar::WorkdayCalendar;
use crate::engine::campaign::{draw_campaign, part_sizes};
use crate::engine::design::AnnualDesign;
use crate::engine::draw::{
    self, DrawGroup, DrawResult, GroupDraw, MonthSizes, SizeInput, WhyDrawn, blocked_units,
};
use crate::engine::duty::{OfficerDuty, year_capacity};
use crate::engine::lottery::{self, Draw, Purpose, Seed, key, reserve_published};
use crate::engine::month::{MonthPlan, PlanInput};
use crate::engine::pace::{AtOnce, at_once};
use crate::engine::quota::Mode;
use crate::engine::snapshot::Snapshot;
use crate::model::CandidateId;

/// Members of pools, in order of id.
pub type Pools<'a> = BTreeMap<DrawGroup, Vec<&'a CandidateId>>;

impl Occasion {
    /// The sizes for given capacities: those of a draw from cells, or none.
    #[must_use]
    pub fn sizes(&self, input: &SizeInput) -> MonthSizes {
        match self {
            Self::Month => draw::sizes(input),
            Self::Supplementary(it) => {
                let drawn = it.drawn.union(&it.stepped_in).cloned().collect();
                supplement_sizes(input, &drawn)
            }
            Self::Campaign(_) | Self::Register(_) => no_sizes(input),
        }
    }

    /// The sizes of its draw; the arguments as for [`draw::size_month`].
    #[must_use]
    pub fn size(
        &self,
        snapshot: &Snapshot,
        officers: &[OfficerDuty],
        design: &AnnualDesign,
        carried: &BTreeSet<CandidateId>,
        calendar: &WorkdayCalendar,
    ) -> MonthSizes {
        let holds = year_capacity(snapshot.month, officers, design, calendar);
        let days = calendar.working_days(snapshot.month);
        let blocked = self
            .has_cells()
            .then(|| blocked_units(snapshot, &days, officers, design.per_day));
        self.sizes(&SizeInput {
            snapshot,
            design,
            blocked: &blocked.unwrap_or_default(),
            carried,
            capacity: holds.map(|month| month.capacity),
            minimum: holds.map(|month| month.minimum),
        })
    }

    /// The pools that stand in the occasion itself; `None`: they follow from the
    /// register. Pools without members are left out.
    #[must_use]
    pub fn own_pools(&self) -> Option<Pools<'_>> {
        let pools = match self {
            Self::Month | Self::Supplementary(_) => return None,
            Self::Register(register) => vec![(DrawGroup::Register, register.pool.iter().collect())],
            Self::Campaign(Campaign { pool, in_plan, .. }) => {
                let (planned, others): (Vec<&CandidateId>, Vec<&CandidateId>) =
                    pool.iter().partition(|unit| in_plan.contains(unit));
                vec![
                    (DrawGroup::Combined, planned),
                    (DrawGroup::Campaign, others),
                ]
            }
        };
        let is_open = |pool: &(DrawGroup, Vec<&CandidateId>)| !pool.1.is_empty();
        Some(pools.into_iter().filter(is_open).collect())
    }

    /// The members of each pool. `snapshot` is the one that gave `sizes`.
    #[must_use]
    pub fn pools<'a>(&'a self, sizes: &MonthSizes, snapshot: &'a Snapshot) -> Pools<'a> {
        if let Some(own) = self.own_pools() {
            return own;
        }
        let is_left = |unit: &&CandidateId| !self.is_drawn_before(unit);
        let mut pools = BTreeMap::new();
        for (group, pool) in draw::pools(sizes, snapshot) {
            let left: Vec<&CandidateId> = pool
                .into_iter()
                .map(|unit| &unit.id)
                .filter(is_left)
                .collect();
            if !left.is_empty() {
                pools.insert(group, left);
            }
        }
        pools
    }

    /// R and n of the groups whose pool stands in the occasion, in order; empty
    /// for a draw from cells.
    #[must_use]
    pub fn own_sizes(&self) -> Vec<(DrawGroup, u32, u32)> {
        match self {
            Self::Month | Self::Supplementary(_) => Vec::new(),
            Self::Register(RegisterDraw { pool, size, .. }) => {
                let count = pool.len() as u32;
                vec![(DrawGroup::Register, count, size.of(count))]
            }
            Self::Campaign(Campaign {
                pool,
                in_plan,
                size,
                ..
            }) => {
                let parts = part_sizes(pool, in_plan, *size);
                let groups = [DrawGroup::Combined, DrawGroup::Campaign];
                groups
                    .into_iter()
                    .zip(parts)
                    .map(|(group, part)| (group, part.pool, part.quota))
                    .collect()
            }
        }
    }

    /// n of a group.
    #[must_use]
    pub fn quota(&self, group: DrawGroup, sizes: &MonthSizes) -> u32 {
        let own = self.own_sizes().into_iter().find(|own| own.0 == group);
        own.map_or_else(|| sizes.quota(group), |own| own.2)
    }

    /// How many are published as the reserve of a group that drew `quota` of
    /// `pool`. Units taken from the plan have none: their visits belong to the
    /// draw that chose them, and so does their replacement.
    #[must_use]
    pub fn reserve(group: DrawGroup, pool: u32, quota: u32) -> u32 {
        match group {
            DrawGroup::Combined => 0,
            _ => reserve_published(quota).min(pool.saturating_sub(quota)),
        }
    }

    /// What a group's key is for.
    #[must_use]
    pub fn purpose(&self, group: DrawGroup) -> Purpose {
        match (group, self) {
            (DrawGroup::First(_), _) => Purpose::DrawFirst,
            (DrawGroup::Second, _) => Purpose::DrawSecond,
            (_, Self::Campaign(campaign)) => Purpose::Campaign(campaign.id.clone()),
            (_, Self::Register(register)) => Purpose::Campaign(register.register.name().into()),
            // No month has such a group; a record that claims it fails by its sizes.
            (_, Self::Month | Self::Supplementary(_)) => Purpose::Campaign(String::new()),
        }
    }

    /// Draws. `snapshot` is the one that gave `sizes`; a register's is empty.
    ///
    /// Within a group every member of the pool has exactly the chance n/R.
    #[must_use]
    pub fn draw(&self, sizes: &MonthSizes, snapshot: &Snapshot, seed: Seed) -> DrawResult {
        let drawn = |(group, pool): (DrawGroup, Vec<&CandidateId>)| {
            let quota = self.quota(group, sizes);
            (quota > 0).then(|| GroupDraw {
                group,
                pool: pool.len() as u32,
                draw: lottery::draw(&key(&self.purpose(group), seed), &pool, quota),
            })
        };
        let groups = match self {
            Self::Campaign(campaign) => campaign.groups(seed),
            _ => self
                .pools(sizes, snapshot)
                .into_iter()
                .filter_map(drawn)
                .collect(),
        };
        DrawResult {
            month: snapshot.month,
            seed,
            groups,
        }
    }

    /// The visits to be laid out: those drawn, and with the monthly draw the carried.
    pub fn visits<'a>(
        &self,
        drawn: impl IntoIterator<Item = (DrawGroup, &'a CandidateId)>,
        carried: impl IntoIterator<Item = &'a CandidateId>,
    ) -> BTreeSet<&'a CandidateId> {
        let drawn = drawn.into_iter().filter(|drawn| drawn.0.is_visited());
        let carried = carried.into_iter().filter(|_| self.is_month());
        drawn.map(|drawn| drawn.1).chain(carried).collect()
    }

    /// First day on which visits may be laid and who is busy; `None`: beside no plan.
    #[must_use]
    pub const fn beside(&self) -> Option<(NaiveDate, &Busy)> {
        match self {
            Self::Supplementary(supplement) => Some((supplement.from, &supplement.busy)),
            Self::Campaign(campaign) => Some((campaign.from, &campaign.busy)),
            Self::Month | Self::Register(_) => None,
        }
    }

    /// Of a month's working days, those on which its visits may be laid.
    #[must_use]
    pub fn days(&self, days: &[NaiveDate]) -> Vec<NaiveDate> {
        let from = self.beside().map(|beside| beside.0);
        let is_open = |day: &&NaiveDate| from.is_none_or(|from| **day >= from);
        days.iter().filter(is_open).copied().collect()
    }

    /// The officers, absent on the days on which they are busy.
    #[must_use]
    pub fn officers(&self, officers: &[OfficerDuty]) -> Vec<OfficerDuty> {
        let mut officers = officers.to_vec();
        if let Some((_, busy)) = self.beside() {
            for officer in &mut officers {
                officer
                    .absent
                    .extend(busy.get(&officer.id).into_iter().flatten());
            }
        }
        officers
    }

    /// What days and teams over its visits follow from; the arguments as for
    /// [`month_plan`](crate::engine::month::month_plan), with all working days of the
    /// month and the officers' leave.
    #[must_use]
    pub fn plan_input(
        &self,
        visits: BTreeMap<CandidateId, Option<NaiveDate>>,
        days: &[NaiveDate],
        officers: &[OfficerDuty],
        per_day: u32,
        seed: Seed,
    ) -> PlanInput<'static> {
        PlanInput {
            visits: Cow::Owned(visits),
            days: Cow::Owned(self.days(days)),
            officers: Cow::Owned(self.officers(officers)),
            per_day,
            seed,
        }
    }

    /// Lays days and teams over its visits.
    #[must_use]
    pub fn plan(
        &self,
        visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
        days: &[NaiveDate],
        officers: &[OfficerDuty],
        per_day: u32,
        seed: Seed,
    ) -> MonthPlan {
        let input = self.plan_input(visits.clone(), days, officers, per_day, seed);
        at_once(input.lay(&AtOnce)).into_plan()
    }

    /// Explains a unit's place in its draw, from the record alone.
    #[must_use]
    pub fn explain(
        &self,
        unit: &CandidateId,
        sizes: &MonthSizes,
        snapshot: &Snapshot,
        seed: Seed,
    ) -> WhyDrawn {
        for (group, pool) in self.pools(sizes, snapshot) {
            if pool.binary_search(&unit).is_ok() {
                let quota = self.quota(group, sizes);
                let key = key(&self.purpose(group), seed);
                let standing = draw::standing(unit, group, &pool, quota, &key);
                return WhyDrawn::InPool(Box::new(standing));
            }
        }
        WhyDrawn::Excluded {
            why: draw::exclusion(unit, sizes, snapshot, self),
        }
    }
}

impl Campaign {
    /// The groups that it draws: those taken from the plan, then the others.
    fn groups(&self, seed: Seed) -> Vec<GroupDraw> {
        let Self {
            id,
            pool,
            in_plan,
            size,
            ..
        } = self;
        let [combined, others] = part_sizes(pool, in_plan, *size);
        let result = draw_campaign(id, pool, in_plan, *size, seed);
        let taken = Draw {
            drawn: result.combined,
            reserve: Vec::new(),
        };
        let besides = Draw {
            drawn: result.drawn,
            reserve: result.reserve,
        };
        let groups = [
            (DrawGroup::Combined, combined, taken),
            (DrawGroup::Campaign, others, besides),
        ];
        groups
            .into_iter()
            .filter(|(_, part, _)| part.quota > 0)
            .map(|(group, part, draw)| GroupDraw {
                group,
                pool: part.pool,
                draw,
            })
            .collect()
    }
}

/// Sizes of a draw that is not from cells: capacities and pending visits alone.
fn no_sizes(input: &SizeInput) -> MonthSizes {
    MonthSizes {
        month: input.snapshot.month,
        mode: Mode::Full,
        window: None,
        theta: None,
        cells: Vec::new(),
        second_pool: 0,
        second_quota: 0,
        twice_level: input.design.twice_level,
        season: input.design.season,
        capacity: input.capacity,
        minimum: input.minimum,
        carried: input.carried.clone(),
        blocked: Vec::new(),
        at_risk: Vec::new(),
        loads: Vec::new(),
    }
}
