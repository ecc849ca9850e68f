//! 单位: the unit register as a list, and a unit with all that is known of it.
//!
//! - [`query`]: views and filters in the address
//! - [`list`]: tabs, filter bar and table
//! - [`detail`], [`why`]: the panel beside the list
//! - [`form`], [`retire`]: what changes a unit

mod detail;
mod form;
mod list;
mod query;
mod retire;
mod why;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use self::detail::Detail;
use self::form::UnitDrawer;
use self::list::List;
use crate::desk::unit_list::{NameOrder, UnitColumn, UnitFilter, UnitIndex};
use crate::model::{Stratum, Unit, UnitId};
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{kept_scroll, list_escape};
use crate::ui::widgets::table::Sort;
use crate::ui::widgets::{Icon, PageHead, icon};

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Drawer {
    New,
    Edit(UnitId),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Units {
    app: App,
    /// The register made ready, worked out once a version of the workbook.
    index: Memo<Arc<UnitIndex>>,
    filter: Memo<UnitFilter>,
    /// The order in the address.
    sort: Memo<Sort>,
    /// Where the list stands.
    scroll: RwSignal<f64>,
    /// Places of the units on show, in order.
    places: Memo<Arc<Vec<u32>>>,
    /// The unit in the address.
    selected: Memo<Option<UnitId>>,
    drawer: RwSignal<Option<Drawer>>,
}

impl Units {
    fn new(app: App) -> Self {
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
    fn select(self, id: &UnitId, is_by_key: bool) {
        let mut route = self.app.route.get_untracked();
        let was_open = route.id.replace(id.to_string()).is_some();
        if is_by_key && was_open {
            self.app.replace_route(route);
        } else {
            self.app.go(&route);
        }
    }

    /// Leaves the unit; the list stays as it is.
    fn close(self) {
        let route = Route {
            id: None,
            ..self.app.route.get_untracked()
        };
        self.app.go(&route);
    }

    /// Puts a filter into the address.
    fn refine(self, change: impl FnOnce(Route) -> Route) {
        self.app
            .replace_route(change(self.app.route.get_untracked()));
    }
}

/// Reads the register; an empty one where no workbook is open.
fn units_of<T>(app: App, read: impl FnOnce(&[Unit]) -> T) -> T {
    app.workbook
        .with_untracked(|book| read(book.as_ref().map_or(&[], |book| &book.units)))
}

/// The column that a table's key stands for.
fn column_of(key: &str) -> UnitColumn {
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
fn name_order(units: &[Unit]) -> NameOrder {
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

/// The unit register.
#[component]
pub fn UnitsPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let page = Units::new(app);
    let is_empty = Memo::new(move |_| page.index.with(|index| index.rows.is_empty()));
    let body = move || {
        if is_empty.get() {
            view! {
                <div class="page-body">
                    <div class="pane empty-state">
                        <p>{t.units_empty()}</p>
                        <a class="button is-primary" href="#/settings?import">
                            {t.units_import()}
                        </a>
                    </div>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div
                    class="register covers"
                    on:keydown=move |event| {
                        let is_open = page.selected.get_untracked().is_some();
                        list_escape(&event, is_open, || page.close());
                    }
                >
                    <List page />
                    {move || page.selected.get().map(|id| view! { <Detail page id /> })}
                </div>
            }
            .into_any()
        }
    };
    let drawer = move || {
        page.drawer
            .get()
            .map(|drawer| view! { <UnitDrawer page drawer /> })
    };
    view! {
        <Head page is_empty />
        {body}
        {drawer}
    }
}

#[component]
fn Head(page: Units, is_empty: Memo<bool>) -> impl IntoView {
    let t = use_lang();
    let facts = move || {
        let counts = page.index.with(|index| index.stratum_counts);
        let strata = Stratum::ALL.map(|stratum| {
            let text = t.units_fact_stratum(stratum, t.stratum(stratum), counts[stratum.index()]);
            view! { <span>{text}</span> }
        });
        view! {
            <span class="fact-row">
                <span class="is-first">{t.units_count(counts.iter().sum::<u32>())}</span>
                {strata.collect_view()}
            </span>
        }
    };
    // An empty register offers the import in its middle, as the primary action there.
    let import = move || {
        (!is_empty.get()).then(|| {
            view! {
                <a class="button" href="#/settings?import">
                    {t.units_import()}
                </a>
            }
        })
    };
    let actions = view! {
        {import}
        <button
            type="button"
            class="button"
            class:is-primary=move || !is_empty.get()
            on:click=move |_| page.drawer.set(Some(Drawer::New))
        >
            {icon(Icon::Plus)}
            {t.units_add()}
        </button>
    };
    view! {
        <PageHead title=t.nav_units() facts=view! { {facts} }.into_any()>
            {actions}
        </PageHead>
    }
}

/// The address of a unit, its list as it is.
fn unit_href(id: &UnitId) -> String {
    Route::record(Page::Units, id.as_str()).hash()
}
