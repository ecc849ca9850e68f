//! The brigade: who inspects, where, and who answers for it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::NUMBER_MAX;
use super::bunching::Bunching;
use crate::model::unit::ALIAS_PREFIX;
use crate::model::{Unit, UnitId};

/// A township or street of the county.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Township {
    /// The three digits after the county's division, such as `001`.
    pub code: String,
    /// Its name, such as 凤岗街道.
    pub name: String,
    /// Other names under which lists have it, such as 段芦头镇区.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The brigade that keeps the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Brigade {
    /// 名称, such as 南宫市消防救援大队.
    pub name: String,
    /// Short name in document numbers, such as 南消.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short_name: String,
    /// 行政区划代码, six digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub division: String,
    /// Prefix of unit ids, such as `NG`.
    #[serde(default = "Brigade::default_prefix")]
    pub unit_prefix: String,
    /// 支队, the superior detachment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detachment: String,
    /// 大队主官: the head, who approves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub head: String,
    /// 内勤: who works at this desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub operator: String,
    /// 监督人: who watches the draw.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supervisor: String,
    /// 街道乡镇, in the order of their codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub townships: Vec<Township>,
    /// Days within which tier, credit, complaints and tags of a unit are to be looked at again.
    #[serde(
        default = "Brigade::default_review_days",
        skip_serializing_if = "is_default_review"
    )]
    pub review_days: u32,
    /// Months without any sign of a unit after which it may be gone.
    #[serde(
        default = "Brigade::default_dormant_months",
        skip_serializing_if = "Brigade::is_default_dormant"
    )]
    pub dormant_months: u16,
    /// Whether the plans that are published name the officers: by default they do not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub names_officers: bool,
    /// When entries count as bunched (R15).
    #[serde(default, skip_serializing_if = "Bunching::is_default")]
    pub bunching: Bunching,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Most days between two reviews.
pub const REVIEW_DAYS_MAX: u32 = 730;

/// For serde: a brigade that never set it is written as before.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_default_review(days: &u32) -> bool {
    *days == Brigade::default_review_days()
}

impl Brigade {
    const fn default_review_days() -> u32 {
        90
    }

    /// Whether a unit's tags and tier have not been looked at for too long, as of `today`.
    #[must_use]
    pub fn is_review_due(&self, unit: &Unit, today: NaiveDate) -> bool {
        // A file may name more days than the calendar has: then it never is.
        let until = |day: NaiveDate| day.checked_add_days(Days::new(self.review_days.into()));
        let is_over = |day| until(day).is_some_and(|until| until < today);
        unit.status.is_active() && unit.reviewed_on.is_none_or(is_over)
    }

    const fn default_dormant_months() -> u16 {
        24
    }

    /// For serde: a brigade that has not chosen is written as before there was a choice.
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    const fn is_default_dormant(months: &u16) -> bool {
        *months == Self::default_dormant_months()
    }

    fn default_prefix() -> String {
        "U".into()
    }

    /// A brigade of which only the name is known.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            short_name: String::new(),
            division: String::new(),
            unit_prefix: Self::default_prefix(),
            detachment: String::new(),
            head: String::new(),
            operator: String::new(),
            supervisor: String::new(),
            townships: Vec::new(),
            review_days: Self::default_review_days(),
            dormant_months: Self::default_dormant_months(),
            names_officers: false,
            bunching: Bunching::default(),
            extra: Map::new(),
        }
    }
}

impl Brigade {
    /// The same with a name under which lists have a township; none where no township has
    /// this name, or where one is known by the alias already.
    #[must_use]
    pub fn with_alias(&self, township: &str, alias: &str) -> Option<Self> {
        let alias = alias.trim();
        let is_known =
            |it: &Township| it.name == alias || it.aliases.iter().any(|own| own == alias);
        if alias.is_empty() || self.townships.iter().any(is_known) {
            return None;
        }
        let mut brigade = self.clone();
        let place = brigade.townships.iter_mut().find(|it| it.name == township);
        place?.aliases.push(alias.to_owned());
        Some(brigade)
    }
}

/// Whether ids can begin with `text`: capitals, digits and hyphens that leave room for the
/// largest number, and not what aliases begin with.
#[must_use]
pub fn is_prefix(text: &str) -> bool {
    let last = format!("{text}-{NUMBER_MAX}");
    !text.is_empty() && !last.starts_with(ALIAS_PREFIX) && UnitId::new(last).is_ok()
}
