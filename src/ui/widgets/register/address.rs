//! What the address of a register's page asks for.

use std::collections::BTreeSet;

use crate::desk::list::{Aspect, Listed, Wish};
use crate::ui::route::Route;

/// Between the values of one filter; names of townships and categories hold none.
pub(super) const MARK: char = ',';
/// What stands before an order from the largest down.
const DESCENDING: char = '-';
/// The search in the address.
pub(super) const TEXT: &str = "q";
/// The saved view in the address.
pub(super) const VIEW: &str = "view";
/// The order in the address.
pub(super) const SORT: &str = "sort";

/// The values of one filter in the address.
pub(super) fn values(route: &Route, key: &str) -> BTreeSet<String> {
    let text = route.query.get(key).map_or("", String::as_str);
    text.split(MARK)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What the address asks for; what it does not understand it leaves out.
pub(super) fn wish<R: Listed>(route: &Route) -> Wish {
    let of = |key| route.query.get(key).map_or("", String::as_str);
    let sort = of(SORT);
    let key = sort.trim_start_matches(DESCENDING);
    let sorted = Aspect::<R>::sorted(key).map(Aspect::key);
    let mut views = R::VIEWS.iter();
    let filters = Aspect::<R>::filters().into_iter().map(Aspect::key);
    Wish {
        view: views.position(|view| *view == of(VIEW)).unwrap_or_default(),
        text: of(TEXT).to_owned(),
        chosen: filters.map(|key| (key, values(route, key))).collect(),
        sort: sorted.unwrap_or_default(),
        is_descending: sorted.is_some() && sort.starts_with(DESCENDING),
    }
}
