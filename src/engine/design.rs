//! The part of the annual plan that the engine needs.

use serde::{Deserialize, Serialize};

use crate::engine::level::Points;
use crate::model::{DrawLevel, Share, Stratum};

/// Largest season weight.
pub const SEASON_WEIGHT_MAX: u32 = 1_000_000;
/// Most visits of one officer on one day.
pub const PER_DAY_MAX: u32 = 8;
/// [`AnnualDesign::twice_level`] that switches second visits off.
pub const TWICE_OFF: u8 = DrawLevel::MAX + 1;

/// The frozen sampling design of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnualDesign {
    /// Target share of the year: a row a stratum (A, B, C), a column a level
    /// (0…5). Below the legal floor counts as the floor.
    pub shares: [[Share; 6]; 3],
    /// Units at or above this level should be visited twice; [`TWICE_OFF`] = none.
    pub twice_level: u8,
    /// Weight of each month, January first, 1…[`SEASON_WEIGHT_MAX`].
    pub season: [u32; 12],
    /// Most visits of one officer on one day, 1…[`PER_DAY_MAX`].
    pub per_day: u32,
    /// Capacity in thousandths of the places; the rest is for visits carried over.
    pub capacity_permille: u32,
    /// 每日一查: at least one visit on each working day, where the register suffices.
    pub daily_minimum: bool,
    /// The points of the draw levels.
    pub points: Points,
}

impl Default for AnnualDesign {
    fn default() -> Self {
        let percent = [
            [100; 6],
            [80, 85, 95, 100, 100, 100],
            [20, 22, 35, 60, 80, 100],
        ];
        Self {
            shares: percent.map(|row| row.map(Share::from_percent)),
            twice_level: 3,
            season: [12, 6, 9, 9, 10, 9, 8, 8, 9, 8, 10, 10],
            per_day: 1,
            capacity_permille: 900,
            daily_minimum: true,
            points: Points::default(),
        }
    }
}

/// What is wrong with a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "error")]
pub enum DesignError {
    /// A target share below the legal floor.
    #[error("share of {stratum}{level} is below the legal floor")]
    ShareBelowFloor {
        /// The row.
        stratum: Stratum,
        /// The column.
        level: DrawLevel,
    },
    /// A twice level above [`TWICE_OFF`].
    #[error("twice level {twice_level} is above {TWICE_OFF}")]
    TwiceLevel { twice_level: u8 },
    /// A season weight of 0 or above [`SEASON_WEIGHT_MAX`].
    #[error("season weight of month {month} is {weight}")]
    Season {
        /// 1…12.
        month: u32,
        weight: u32,
    },
    /// Visits a day outside 1…[`PER_DAY_MAX`].
    #[error("{per_day} visits a day")]
    PerDay {
        /// The number.
        per_day: u32,
    },
    /// Capacity above 1000 thousandths.
    #[error("capacity of {permille} thousandths")]
    Capacity {
        /// The number.
        permille: u32,
    },
}

impl AnnualDesign {
    /// All mistakes of the design, in the order of its fields.
    #[must_use]
    pub fn errors(&self) -> Vec<DesignError> {
        let mut errors = Vec::new();
        for stratum in Stratum::ALL {
            for (level, share) in self.shares[stratum.index()].iter().enumerate() {
                if *share < stratum.legal_floor() {
                    let level = DrawLevel::from_points(level as i32);
                    errors.push(DesignError::ShareBelowFloor { stratum, level });
                }
            }
        }
        if self.twice_level > TWICE_OFF {
            errors.push(DesignError::TwiceLevel {
                twice_level: self.twice_level,
            });
        }
        for (month, &weight) in (1..).zip(&self.season) {
            if !(1..=SEASON_WEIGHT_MAX).contains(&weight) {
                errors.push(DesignError::Season { month, weight });
            }
        }
        if !(1..=PER_DAY_MAX).contains(&self.per_day) {
            errors.push(DesignError::PerDay {
                per_day: self.per_day,
            });
        }
        if self.capacity_permille > 1000 {
            errors.push(DesignError::Capacity {
                permille: self.capacity_permille,
            });
        }
        errors
    }

    /// Target share of a stratum and level, never below the legal floor.
    #[must_use]
    pub fn share(&self, stratum: Stratum, level: DrawLevel) -> Share {
        self.shares[stratum.index()][usize::from(level.get())].max(stratum.legal_floor())
    }

    /// Whether units of this level should be visited twice.
    #[must_use]
    pub fn is_twice(&self, level: DrawLevel) -> bool {
        level.get() >= self.twice_level
    }
}
