//! When entries count as bunched (R15): three rules, each with numbers that a brigade may set.

use serde::{Deserialize, Serialize};

/// The numbers of the three rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bunching {
    /// Working days after a visit within which its record is entered.
    pub late_days: u32,
    /// Share of entries, in a hundred, that may be later.
    pub late_percent: u32,
    /// Last days of a month in which not too much is entered.
    pub month_end_days: u32,
    /// Share of a month's entries, in a hundred, that these days may hold.
    pub month_end_percent: u32,
    /// So many entries …
    pub burst_count: u32,
    /// … within so many minutes are a burst.
    pub burst_minutes: u32,
}

impl Default for Bunching {
    fn default() -> Self {
        Self {
            late_days: 3,
            late_percent: 10,
            month_end_days: 3,
            month_end_percent: 30,
            burst_count: 5,
            burst_minutes: 10,
        }
    }
}

impl Bunching {
    /// Whether each number says something: a day of a month, a share, several entries.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (1..=20).contains(&self.late_days)
            && self.late_percent <= 100
            && (1..=15).contains(&self.month_end_days)
            && self.month_end_percent <= 100
            && (2..=100).contains(&self.burst_count)
            && (1..=480).contains(&self.burst_minutes)
    }

    /// Its numbers, in the order of the fields.
    #[must_use]
    pub const fn numbers(&self) -> [u32; 6] {
        [
            self.late_days,
            self.late_percent,
            self.month_end_days,
            self.month_end_percent,
            self.burst_count,
            self.burst_minutes,
        ]
    }

    /// Of such numbers.
    #[must_use]
    pub const fn of(numbers: [u32; 6]) -> Self {
        let [
            late_days,
            late_percent,
            month_end_days,
            month_end_percent,
            burst_count,
            burst_minutes,
        ] = numbers;
        Self {
            late_days,
            late_percent,
            month_end_days,
            month_end_percent,
            burst_count,
            burst_minutes,
        }
    }

    /// For serde: a brigade that set none is written as before there were any.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
