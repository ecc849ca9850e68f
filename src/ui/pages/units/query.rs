//! Views and filters of the unit list, as the address keeps them.

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::desk::unit_list::{UnitFilter, UnitView};
use crate::model::{RiskTier, Stratum};
use crate::ui::route::Route;
use crate::ui::widgets::table::Sort;

/// Between the values of one filter; names of townships and categories hold none.
const MARK: char = ',';

/// A kind of condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Stratum,
    Tier,
    Level,
    Township,
    Category,
    Incomplete,
}

impl Kind {
    pub(super) const ALL: [Self; 7] = [
        Self::Text,
        Self::Stratum,
        Self::Tier,
        Self::Level,
        Self::Township,
        Self::Category,
        Self::Incomplete,
    ];

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Text => "q",
            Self::Stratum => "stratum",
            Self::Tier => "tier",
            Self::Level => "level",
            Self::Township => "township",
            Self::Category => "category",
            Self::Incomplete => "incomplete",
        }
    }
}

/// The view's name in the address.
pub(super) const fn view_key(view: UnitView) -> &'static str {
    match view {
        UnitView::All => "all",
        UnitView::Drawn => "drawn",
        UnitView::Incomplete => "incomplete",
        UnitView::Zombie => "zombie",
        UnitView::TooSoon => "too-soon",
        UnitView::Complaints => "complaints",
        UnitView::Retired => "retired",
    }
}

/// The tier's name in the address.
pub(super) const fn tier_key(tier: RiskTier) -> &'static str {
    match tier {
        RiskTier::Green => "green",
        RiskTier::Blue => "blue",
        RiskTier::Yellow => "yellow",
        RiskTier::Red => "red",
    }
}

/// The values of one filter.
pub(super) fn values(route: &Route, kind: Kind) -> BTreeSet<String> {
    let text = route.query.get(kind.key()).map_or("", String::as_str);
    text.split(MARK)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The route with one value put into a filter, or taken out.
pub(super) fn toggled(route: Route, kind: Kind, value: &str) -> Route {
    let mut values = values(&route, kind);
    if !values.remove(value) {
        values.insert(value.to_owned());
    }
    let text: Vec<String> = values.into_iter().collect();
    route.with(kind.key(), text.join(&MARK.to_string()))
}

/// The route without any condition.
pub(super) fn cleared(route: Route) -> Route {
    Kind::ALL
        .into_iter()
        .fold(route, |route, kind| route.with(kind.key(), ""))
}

/// What the address asks for; what it does not understand it leaves out.
pub(super) fn filter(route: &Route) -> UnitFilter {
    fn known<T: Copy + Ord>(
        all: &[T],
        values: &BTreeSet<String>,
        key: impl Fn(&T) -> String,
    ) -> BTreeSet<T> {
        all.iter()
            .copied()
            .filter(|value| values.contains(&key(value)))
            .collect()
    }
    let of = |kind| values(route, kind);
    let view = route.query.get("view").map_or("", String::as_str);
    UnitFilter {
        view: UnitView::ALL
            .into_iter()
            .find(|known| view_key(*known) == view)
            .unwrap_or_default(),
        text: route
            .query
            .get(Kind::Text.key())
            .cloned()
            .unwrap_or_default(),
        strata: known(&Stratum::ALL, &of(Kind::Stratum), ToString::to_string),
        tiers: known(&RiskTier::ALL, &of(Kind::Tier), |tier| {
            tier_key(*tier).to_owned()
        }),
        levels: of(Kind::Level)
            .iter()
            .filter_map(|level| u8::from_str(level).ok())
            .collect(),
        townships: of(Kind::Township),
        categories: of(Kind::Category),
        is_incomplete: !of(Kind::Incomplete).is_empty(),
    }
}

/// Columns by which the list sorts, as the address names them.
const SORT_KEYS: [&str; 9] = [
    "name", "stratum", "tier", "level", "township", "last", "earliest", "place", "complete",
];
/// What stands before a column from the largest down.
const DESCENDING: char = '-';

/// The order that the address asks for; that of the register where it asks for none.
pub(super) fn sort(route: &Route) -> Sort {
    let text = route.query.get("sort").map_or("", String::as_str);
    let key = text.trim_start_matches(DESCENDING);
    let known = SORT_KEYS.into_iter().find(|known| *known == key);
    known.map_or(("", false), |known| (known, text.starts_with(DESCENDING)))
}

/// The route with another order.
pub(super) fn sorted(route: Route, (key, is_descending): Sort) -> Route {
    let mark = if is_descending { "-" } else { "" };
    route.with("sort", format!("{mark}{key}"))
}
