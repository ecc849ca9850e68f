//! The draw level: how risk and credit raise a unit's chance (R18, R19).
//!
//! A level is a sum of points, and the sum is kept with it, so that a unit's
//! card can show why («黄 2 + 投诉 1 = 3级»). The points are part of the annual
//! plan; [`Points::default`] holds the program's.

use serde::{Deserialize, Serialize};

use crate::model::{Credit, DrawLevel, RiskTier};

/// Upheld complaints within 12 months from which a unit counts as complained of.
pub const COMPLAINTS_MIN: u32 = 2;

/// The annual plan's table of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Tier green.
    pub green: i8,
    /// Tier blue.
    pub blue: i8,
    /// Tier yellow.
    pub yellow: i8,
    /// Tier red.
    pub red: i8,
    pub credit_d: i8,
    /// On a dishonesty list.
    pub dishonest: i8,
    /// [`COMPLAINTS_MIN`] or more upheld complaints in 12 months.
    pub complaints: i8,
    /// A serious violation in 24 months.
    pub serious_violation: i8,
    pub key_industry: i8,
    /// Law-abiding: none of the five above, credit A and nothing found last time.
    pub law_abiding: i8,
}

impl Default for Points {
    fn default() -> Self {
        Self {
            green: 0,
            blue: 1,
            yellow: 2,
            red: 3,
            credit_d: 1,
            dishonest: 1,
            complaints: 1,
            serious_violation: 1,
            key_industry: 1,
            law_abiding: -1,
        }
    }
}

/// What the register knows of a unit's risk on the day of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RiskFacts {
    /// 风险等级.
    pub tier: RiskTier,
    /// 信用等级.
    pub credit: Credit,
    /// On a dishonesty list.
    pub dishonest: bool,
    /// Upheld complaints in the last 12 months.
    pub complaints_count: u32,
    /// A serious violation in the last 24 months.
    pub serious_violation: bool,
    pub key_industry: bool,
    /// The last counted visit took place and found nothing.
    pub last_visit_found_nothing: bool,
}

/// Why points are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PointReason {
    Tier(RiskTier),
    CreditD,
    /// On a dishonesty list.
    Dishonest,
    /// Repeated upheld complaints.
    Complaints,
    SeriousViolation,
    KeyIndustry,
    /// Law-abiding, good credit, nothing found.
    LawAbiding,
}

/// A draw level with the sum that gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LevelSum {
    /// The parts, the tier first, then in the order of [`PointReason`]. The
    /// tier is always there, even with 0 points.
    pub parts: Vec<(PointReason, i8)>,
    /// The sum, clamped to 0…5.
    pub level: DrawLevel,
}

impl Points {
    /// The level of a unit with these facts.
    ///
    /// ```
    /// use double_random::engine::level::{PointReason, Points, RiskFacts};
    /// use double_random::model::RiskTier;
    /// let facts = RiskFacts { tier: RiskTier::Yellow, complaints_count: 2, ..RiskFacts::default() };
    /// let sum = Points::default().level(&facts);
    /// assert_eq!(sum.level.get(), 3);
    /// assert_eq!(sum.parts, [(PointReason::Tier(RiskTier::Yellow), 2), (PointReason::Complaints, 1)]);
    /// ```
    #[must_use]
    pub fn level(&self, facts: &RiskFacts) -> LevelSum {
        let tier = match facts.tier {
            RiskTier::Green => self.green,
            RiskTier::Blue => self.blue,
            RiskTier::Yellow => self.yellow,
            RiskTier::Red => self.red,
        };
        let five = [
            (
                facts.credit == Credit::D,
                PointReason::CreditD,
                self.credit_d,
            ),
            (facts.dishonest, PointReason::Dishonest, self.dishonest),
            (
                facts.complaints_count >= COMPLAINTS_MIN,
                PointReason::Complaints,
                self.complaints,
            ),
            (
                facts.serious_violation,
                PointReason::SeriousViolation,
                self.serious_violation,
            ),
            (
                facts.key_industry,
                PointReason::KeyIndustry,
                self.key_industry,
            ),
        ];
        let mut parts = vec![(PointReason::Tier(facts.tier), tier)];
        parts.extend(
            five.iter()
                .filter(|part| part.0)
                .map(|part| (part.1, part.2)),
        );
        let law_abiding =
            parts.len() == 1 && facts.credit == Credit::A && facts.last_visit_found_nothing;
        if law_abiding {
            parts.push((PointReason::LawAbiding, self.law_abiding));
        }
        let sum = parts.iter().map(|part| i32::from(part.1)).sum();
        LevelSum {
            parts,
            level: DrawLevel::from_points(sum),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_abiding_needs_all_three() {
        let points = Points::default();
        let good = RiskFacts {
            tier: RiskTier::Blue,
            credit: Credit::A,
            last_visit_found_nothing: true,
            ..RiskFacts::default()
        };
        assert_eq!(points.level(&good).level.get(), 0);
        assert_eq!(
            points
                .level(&RiskFacts {
                    credit: Credit::B,
                    ..good
                })
                .level
                .get(),
            1
        );
        assert_eq!(
            points
                .level(&RiskFacts {
                    last_visit_found_nothing: false,
                    ..good
                })
                .level
                .get(),
            1
        );
        assert_eq!(
            points
                .level(&RiskFacts {
                    key_industry: true,
                    ..good
                })
                .level
                .get(),
            2
        );
        assert_eq!(
            points
                .level(&RiskFacts {
                    tier: RiskTier::Green,
                    ..good
                })
                .level
                .get(),
            0
        );
    }

    #[test]
    fn sums_are_clamped() {
        let worst = RiskFacts {
            tier: RiskTier::Red,
            credit: Credit::D,
            dishonest: true,
            complaints_count: 9,
            serious_violation: true,
            key_industry: true,
            last_visit_found_nothing: false,
        };
        let sum = Points::default().level(&worst);
        assert_eq!((sum.parts.len(), sum.level.get()), (6, 5));
    }
}
