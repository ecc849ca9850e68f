//! What the parts of the page share.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::query;
use crate::desk::unit_list::{NameOrder, UnitColumn, UnitFilter, UnitIndex};
use crate::model::{Unit, UnitId};
use crate::ui::app::App;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{close_record, kept_scroll};
use crate::ui::widgets::table::Sort;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub(super) app: App,
    /// The register made ready, worked out once a version of the workbook.
    pub(super) index: Memo<Arc<UnitIndex>>,
    pub(super) filter: Memo<UnitFilter>,
    /// The order in the address.
    pub(super) sort: Memo<Sort>,
    /// Where the list stands.
    pub(super) scroll: RwSignal<f64>,
    /// Places of the units on show, in order.
    pub(super) places: Memo<Arc<Vec<u32>>>,
    /// The unit in the address.
    pub(super) selected: Memo<Option<UnitId>>,
    pub(super) drawer: RwSignal<Option<Drawer>>,
}

impl Units {
    pub(super) fn new(app: App) -> Self {
        let index = Memo::new_with_compare(
            move |_| {
                app.workbook.with(|book| {
                    let book = book.as_ref();
                    Arc::new(
                        book.map(|book| UnitIndex::new(book, app.today()))
                            .unwrap_or_default(),
                    )
                })
            },
            |_, _| true,
        );
        let filter = Memo::new(move |_| app.route.with(query::filter));
        let sort = Memo::new(move |_| app.route.with(query::sort));
        let names = Memo::new_with_compare(
            move |_| {
                index.track();
                units_of(app, |units| Arc::new(name_order(units)))
            },
            |_, _| true,
        );
        let places = Memo::new(move |_| {
            let (key, is_descending) = sort.get();
            let column = column_of(key);
            // The order of names is costly, so it is worked out only where it is needed.
            let names = match column {
                UnitColumn::Name | UnitColumn::Township => names.get(),
                _ => Arc::default(),
            };
            let index = index.get();
            filter.with(|filter| {
                units_of(app, |units| {
                    let mut places = index.choose(units, filter);
                    index.sort(&mut places, units, &names, column, is_descending);
                    Arc::new(places)
                })
            })
        });
        let selected = Memo::new(move |_| {
            app.route
                .with(|route| UnitId::new(route.id.as_deref()?).ok())
        });
        Self {
            app,
            index,
            filter,
            sort,
            scroll: kept_scroll(app, Page::Units),
            places,
            selected,
            drawer: RwSignal::new(None),
        }
    }

    /// Goes to a unit; keys move on without an entry in the history.
    pub(super) fn select(self, id: &UnitId, is_by_key: bool) {
        let mut route = self.app.route.get_untracked();
        let was_open = route.id.replace(id.to_string()).is_some();
        if is_by_key && was_open {
            self.app.replace_route(route);
        } else {
            self.app.go(&route);
        }
    }

    /// Leaves the unit; the list stays as it is.
    pub(super) fn close(self) {
        close_record(self.app);
    }

    /// Puts a filter into the address.
    pub(super) fn refine(self, change: impl FnOnce(Route) -> Route) {
        self.app
            .replace_route(change(self.app.route.get_untracked()));
    }
}

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Drawer {
    New,
    Edit(UnitId),
}

/// The address of a unit, its list as it is.
pub(super) fn unit_href(id: &UnitId) -> String {
    Route::record(Page::Units, id.as_str()).hash()
}

/// Reads the register; an empty one where no workbook is open.
pub(super) fn units_of<T>(app: App, read: impl FnOnce(&[Unit]) -> T) -> T {
    app.workbook
        .with_untracked(|book| read(book.as_ref().map_or(&[], |book| &book.units)))
}

/// The column that a table's key stands for.
pub(super) fn column_of(key: &str) -> UnitColumn {
    match key {
        "name" => UnitColumn::Name,
        "stratum" => UnitColumn::Stratum,
        "tier" => UnitColumn::Tier,
        "level" => UnitColumn::Level,
        "township" => UnitColumn::Township,
        "last" => UnitColumn::Last,
        "earliest" => UnitColumn::Earliest,
        "place" => UnitColumn::Place,
        "complete" => UnitColumn::Completeness,
        _ => UnitColumn::Id,
    }
}

/// Names by sound, as Chinese readers look them up: the browser knows how each
/// character sounds, and is asked about characters, which are few, not names.
pub(super) fn name_order(units: &[Unit]) -> NameOrder {
    let text = |c: char| JsValue::from_str(c.encode_utf8(&mut [0; 4]));
    let characters: js_sys::Array = NameOrder::characters(units).into_iter().map(text).collect();
    let locales = js_sys::Array::of1(&JsValue::from_str("zh-CN"));
    let collator = js_sys::Intl::Collator::new(&locales, &js_sys::Object::new());
    let sort = js_sys::Reflect::get(&characters, &JsValue::from_str("sort"));
    if let Ok(sort) = sort.map(js_sys::Function::from) {
        // Sorted in place; where the browser refuses, the order by code stays.
        let _ = sort.call1(&characters, &collator.compare());
    }
    let sorted = characters
        .iter()
        .filter_map(|text| text.as_string()?.chars().next());
    NameOrder::new(sorted)
}
