//! Risk tier and credit: the two ratings that the register holds of a unit.

use std::fmt;

use serde::{Deserialize, Serialize};

/// 风险等级: low, general, larger and major risk, from green to red.
///
/// Ordered by risk, so that a filter can say «yellow or worse».
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RiskTier {
    /// 绿: low.
    #[default]
    Green,
    /// 蓝: general.
    Blue,
    /// 黄: larger.
    Yellow,
    /// 红: major.
    Red,
}

impl RiskTier {
    /// All tiers, least risk first.
    pub const ALL: [Self; 4] = [Self::Green, Self::Blue, Self::Yellow, Self::Red];
}

/// 信用等级 of a unit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Credit {
    /// Best.
    A,
    /// Good.
    B,
    /// Middling.
    C,
    /// Bad.
    D,
    /// 未评定: not rated.
    #[default]
    #[serde(rename = "unrated")]
    Unrated,
}

impl Credit {
    /// All ratings, best first, the unrated last.
    pub const ALL: [Self; 5] = [Self::A, Self::B, Self::C, Self::D, Self::Unrated];
}

impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::Unrated => "unrated",
        })
    }
}
