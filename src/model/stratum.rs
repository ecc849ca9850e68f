//! Strata, draw levels and shares: the vocabulary of the sampling design.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A share of a whole, in parts per billion, 0 to 10⁹.
///
/// Integers, because shares decide how many units are drawn, and that must be
/// the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Share(
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(max = 1_000_000_000)))] u32,
);

/// A number that is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a share is at most 1000000000 parts per billion, not {ppb}")]
pub struct ShareError {
    /// The number that was refused, in parts per billion.
    pub ppb: u32,
}

impl Share {
    /// All of it.
    pub const ALL: Self = Self(1_000_000_000);

    /// In percent, without trailing zeros.
    ///
    /// ```
    /// use double_random::model::Share;
    /// assert_eq!(Share::from_ppb(125_000_000)?.percent_text(), "12.5");
    /// # Ok::<(), double_random::model::stratum::ShareError>(())
    /// ```
    #[must_use]
    pub fn percent_text(self) -> String {
        let (whole, rest) = (self.ppb() / 10_000_000, self.ppb() % 10_000_000);
        let text = format!("{whole}.{rest:07}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// A share from parts per billion.
    ///
    /// # Errors
    /// [`ShareError`] above 10⁹.
    pub const fn from_ppb(ppb: u32) -> Result<Self, ShareError> {
        if ppb <= Self::ALL.0 {
            Ok(Self(ppb))
        } else {
            Err(ShareError { ppb })
        }
    }

    /// A share from whole percent; anything above 100 counts as 100.
    #[must_use]
    pub const fn from_percent(percent: u8) -> Self {
        let percent = if percent > 100 { 100 } else { percent };
        Self(percent as u32 * 10_000_000)
    }

    /// Parts per billion.
    #[must_use]
    pub const fn ppb(self) -> u32 {
        self.0
    }

    /// ⌈share × `count` / 10⁹⌉: legal floors round up (domain.md, setting 3).
    ///
    /// ```
    /// use double_random::model::Share;
    /// assert_eq!(Share::from_percent(80).of(7), 6);
    /// assert_eq!(Share::from_percent(20).of(1), 1);
    /// ```
    #[must_use]
    pub const fn of(self, count: u32) -> u32 {
        (self.0 as u64 * count as u64).div_ceil(Self::ALL.0 as u64) as u32
    }
}

impl TryFrom<u32> for Share {
    type Error = ShareError;
    fn try_from(ppb: u32) -> Result<Self, ShareError> {
        Self::from_ppb(ppb)
    }
}

impl From<Share> for u32 {
    fn from(share: Share) -> Self {
        share.0
    }
}

/// The legal group a unit belongs to, and with it its floor (R4–R6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Stratum {
    /// 人员密集场所的消防安全重点单位: key unit and densely populated place.
    A,
    /// 其他消防安全重点单位: any other key unit.
    B,
    /// 一般单位: general unit.
    C,
}

impl Stratum {
    /// All strata, in order.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The stratum of a unit (engine.md, section 2).
    #[must_use]
    pub const fn of(is_key: bool, is_densely_populated: bool) -> Self {
        match (is_key, is_densely_populated) {
            (true, true) => Self::A,
            (true, false) => Self::B,
            (false, _) => Self::C,
        }
    }

    /// 0 for A, 1 for B, 2 for C: for tables with a row a stratum.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The floor that the law (公安部令第120号 art. 7) and the yearly plan set.
    #[must_use]
    pub const fn legal_floor(self) -> Share {
        match self {
            Self::A => Share::ALL,
            Self::B => Share::from_percent(80),
            Self::C => Share::from_percent(20),
        }
    }
}

impl fmt::Display for Stratum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        })
    }
}

/// 抽查等级: the draw level, 0 to 5.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(from = "u8", into = "u8")]
pub struct DrawLevel(#[cfg_attr(not(target_arch = "wasm32"), schemars(range(max = 5)))] u8);

impl DrawLevel {
    /// The highest level.
    pub const MAX: u8 = 5;
    /// How many levels there are.
    pub const COUNT: usize = Self::MAX as usize + 1;

    /// The level for a sum of points, clamped to 0…5.
    #[must_use]
    pub const fn from_points(sum: i32) -> Self {
        if sum < 0 {
            Self(0)
        } else if sum > Self::MAX as i32 {
            Self(Self::MAX)
        } else {
            Self(sum as u8)
        }
    }

    /// The level as a number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl From<u8> for DrawLevel {
    fn from(level: u8) -> Self {
        Self::from_points(i32::from(level))
    }
}

impl From<DrawLevel> for u8 {
    fn from(level: DrawLevel) -> Self {
        level.0
    }
}

impl fmt::Display for DrawLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
