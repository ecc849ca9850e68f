//! Changes of the unit register between two draws, with their reasons: they are
//! listed and published with the draw, so that nobody enters, leaves or changes
//! chances unseen.
//!
//! Visits made and drawn are no changes of the register. Who asked for a change,
//! and on what evidence, stands in the trail under the unit's id.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::level::{LevelSum, PointReason};
use crate::engine::snapshot::SnapshotUnit;
use crate::model::{CandidateId, DrawLevel, Stratum};

/// A unit with what changed for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RegisterChange {
    /// The unit.
    pub unit: CandidateId,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What changed for a unit between two draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// New in the register.
    Joined {
        /// Its stratum.
        stratum: Stratum,
        /// Its level.
        level: DrawLevel,
        /// The points that give it.
        points: Vec<(PointReason, i8)>,
    },
    /// Active again after having left before.
    Returned {
        /// Its stratum.
        stratum: Stratum,
        /// Its level.
        level: DrawLevel,
        /// The points that give it.
        points: Vec<(PointReason, i8)>,
    },
    /// No longer active.
    Left {
        /// Its stratum until then.
        stratum: Stratum,
        /// Its level until then.
        level: DrawLevel,
        /// Whether a visit was drawn and not yet made.
        pending: bool,
    },
    /// Another stratum, and with it another floor.
    Stratum {
        /// Before.
        from: Stratum,
        /// Now.
        to: Stratum,
    },
    /// Other points; clamped, they may give the same level.
    Level {
        /// Level before.
        from: DrawLevel,
        /// Level now.
        to: DrawLevel,
        /// Points that it has now and had not.
        gained: Vec<(PointReason, i8)>,
        /// Points that it had and has no longer.
        lost: Vec<(PointReason, i8)>,
    },
}

/// How many units changed in each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ChangeCounts {
    /// New ones.
    pub joined: u32,
    /// Those active again.
    pub returned: u32,
    /// Those no longer active.
    pub left: u32,
    /// Those in another stratum.
    pub stratum: u32,
    /// Those whose level rose.
    pub level_up: u32,
    /// Those whose level fell.
    pub level_down: u32,
    /// Those with other points and the same level.
    pub points: u32,
}

/// The changes between the registers of two draws, in order of id; a unit with
/// another stratum and other points stands there twice.
///
/// `earlier` and `later`: the active units with their level sums, in any order;
/// `left_before`: units that were active once and had left before `earlier`.
///
/// ```
/// use std::collections::BTreeSet;
/// use double_random::engine::changes::{Change, changes};
/// use double_random::engine::level::{PointReason, Points, RiskFacts};
/// use double_random::engine::snapshot::SnapshotUnit;
/// use double_random::model::{Stratum, CandidateId};
/// let facts = RiskFacts::default();
/// let calm = Points::default().level(&facts);
/// let accused = Points::default().level(&RiskFacts { complaints_count: 2, ..facts });
/// let unit = |level| SnapshotUnit {
///     id: CandidateId::new("NG-00001").expect("an id"),
///     stratum: Stratum::C,
///     level,
///     count: 0,
///     last: None,
///     pending: false,
/// };
/// let (before, now) = (unit(calm.level), unit(accused.level));
/// let found = changes([(&before, &calm)], [(&now, &accused)], &BTreeSet::new());
/// assert_eq!(
///     found[0].change,
///     Change::Level {
///         from: calm.level,
///         to: accused.level,
///         gained: vec![(PointReason::Complaints, 1)],
///         lost: Vec::new(),
///     },
/// );
/// ```
#[must_use]
pub fn changes<'a>(
    earlier: impl IntoIterator<Item = (&'a SnapshotUnit, &'a LevelSum)>,
    later: impl IntoIterator<Item = (&'a SnapshotUnit, &'a LevelSum)>,
    left_before: &BTreeSet<CandidateId>,
) -> Vec<RegisterChange> {
    let (earlier, later) = (by_id(earlier), by_id(later));
    let ids: BTreeSet<&CandidateId> = earlier.keys().chain(later.keys()).copied().collect();
    let mut found = Vec::new();
    for id in ids {
        let changes = match (earlier.get(id), later.get(id)) {
            (Some(before), Some(now)) => altered(*before, *now),
            (Some((unit, _)), None) => vec![Change::Left {
                stratum: unit.stratum,
                level: unit.level,
                pending: unit.pending,
            }],
            (None, Some(now)) => vec![entered(*now, left_before.contains(id))],
            (None, None) => Vec::new(),
        };
        found.extend(changes.into_iter().map(|change| RegisterChange {
            unit: id.clone(),
            change,
        }));
    }
    found
}

type Sides<'a> = BTreeMap<&'a CandidateId, (&'a SnapshotUnit, &'a LevelSum)>;

fn by_id<'a>(side: impl IntoIterator<Item = (&'a SnapshotUnit, &'a LevelSum)>) -> Sides<'a> {
    side.into_iter().map(|both| (&both.0.id, both)).collect()
}

fn entered((unit, sum): (&SnapshotUnit, &LevelSum), has_left_before: bool) -> Change {
    let (stratum, level, points) = (unit.stratum, unit.level, sum.parts.clone());
    if has_left_before {
        Change::Returned {
            stratum,
            level,
            points,
        }
    } else {
        Change::Joined {
            stratum,
            level,
            points,
        }
    }
}

fn altered(before: (&SnapshotUnit, &LevelSum), now: (&SnapshotUnit, &LevelSum)) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.0.stratum != now.0.stratum {
        changes.push(Change::Stratum {
            from: before.0.stratum,
            to: now.0.stratum,
        });
    }
    let only_in = |one: &LevelSum, other: &LevelSum| {
        let parts = one.parts.iter().copied();
        parts
            .filter(|part| !other.parts.contains(part))
            .collect::<Vec<_>>()
    };
    let (gained, lost) = (only_in(now.1, before.1), only_in(before.1, now.1));
    if before.0.level != now.0.level || !gained.is_empty() || !lost.is_empty() {
        changes.push(Change::Level {
            from: before.0.level,
            to: now.0.level,
            gained,
            lost,
        });
    }
    changes
}

/// Counts changes by kind.
#[must_use]
pub fn count_changes(changes: &[RegisterChange]) -> ChangeCounts {
    let mut counts = ChangeCounts::default();
    for RegisterChange { change, .. } in changes {
        let count = match change {
            Change::Joined { .. } => &mut counts.joined,
            Change::Returned { .. } => &mut counts.returned,
            Change::Left { .. } => &mut counts.left,
            Change::Stratum { .. } => &mut counts.stratum,
            Change::Level { from, to, .. } if to > from => &mut counts.level_up,
            Change::Level { from, to, .. } if to < from => &mut counts.level_down,
            Change::Level { .. } => &mut counts.points,
        };
        *count += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::level::{Points, RiskFacts};
    use crate::model::RiskTier;

    fn unit(id: &str, stratum: Stratum, facts: &RiskFacts) -> (SnapshotUnit, LevelSum) {
        let sum = Points::default().level(facts);
        let unit = SnapshotUnit {
            id: CandidateId::new(id).unwrap(),
            stratum,
            level: sum.level,
            count: 0,
            last: None,
            pending: false,
        };
        (unit, sum)
    }

    fn found(
        earlier: &[(SnapshotUnit, LevelSum)],
        later: &[(SnapshotUnit, LevelSum)],
        left_before: &[&str],
    ) -> Vec<RegisterChange> {
        fn refs(side: &[(SnapshotUnit, LevelSum)]) -> Vec<(&SnapshotUnit, &LevelSum)> {
            side.iter().map(|both| (&both.0, &both.1)).collect()
        }
        let left_before = left_before.iter().map(|id| CandidateId::new(*id).unwrap());
        changes(refs(earlier), refs(later), &left_before.collect())
    }

    #[test]
    fn every_kind_is_found_and_counted() {
        let calm = RiskFacts::default();
        let red = RiskFacts {
            tier: RiskTier::Red,
            ..calm
        };
        let earlier = [
            unit("U1", Stratum::C, &calm),
            unit("U2", Stratum::C, &calm),
            unit("U3", Stratum::C, &red),
            unit("U6", Stratum::A, &calm),
        ];
        let later = [
            unit("U5", Stratum::B, &calm),
            unit("U4", Stratum::C, &calm),
            unit("U3", Stratum::C, &calm),
            unit("U2", Stratum::B, &red),
            unit("U6", Stratum::A, &calm),
        ];
        let found = found(&earlier, &later, &["U5"]);
        let order: Vec<&str> = found.iter().map(|change| change.unit.as_str()).collect();
        assert_eq!(order, ["U1", "U2", "U2", "U3", "U4", "U5"]);
        let counts = ChangeCounts {
            joined: 1,
            returned: 1,
            left: 1,
            stratum: 1,
            level_up: 1,
            level_down: 1,
            points: 0,
        };
        assert_eq!(count_changes(&found), counts);
        let Change::Level { gained, lost, .. } = &found[2].change else {
            panic!("{:?}", found[2]);
        };
        let tier = |tier, points| vec![(PointReason::Tier(tier), points)];
        assert_eq!(
            (gained.clone(), lost.clone()),
            (tier(RiskTier::Red, 3), tier(calm.tier, 0))
        );
    }

    #[test]
    fn visits_are_no_changes_and_points_beyond_the_clamp_are() {
        let worst = RiskFacts {
            tier: RiskTier::Red,
            dishonest: true,
            key_industry: true,
            ..RiskFacts::default()
        };
        let worse = RiskFacts {
            serious_violation: true,
            ..worst
        };
        let (before, now) = (
            unit("U1", Stratum::C, &worst),
            unit("U1", Stratum::C, &worse),
        );
        let mut visited = before.clone();
        (visited.0.count, visited.0.pending) = (1, true);
        assert_eq!(found(std::slice::from_ref(&before), &[visited], &[]), []);
        let counts = count_changes(&found(&[before], &[now], &[]));
        assert_eq!((counts.points, counts.level_up), (1, 0));
    }
}
