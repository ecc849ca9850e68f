//! Tabs, filter bar and table of the unit register.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::query::{self, Kind};
use crate::desk::unit_list::{MonthPlace, UnitRow, UnitView};
use crate::i18n::Lang;
use crate::model::{RiskTier, Stratum, Unit};
use crate::ui::app::use_lang;
use crate::ui::pages::settings::registers::Export;
use crate::ui::pages::units::state::{Units, units_of};
use crate::ui::widgets::list::{export_button, focus_detail, list_foot, rows_in_sight};
use crate::ui::widgets::table::Sorting;
use crate::ui::widgets::{
    Chip, Column, Icon, Row, SearchBox, ViewTab, ViewTabs, VirtualTable, icon, tier_mark,
};

/// From this completeness on a bar is not amber.
const COMPLETE_ENOUGH: u8 = 90;

/// The list with all that narrows it.
#[component]
pub(super) fn List(page: Units) -> impl IntoView {
    let t = use_lang();
    let current = Signal::derive(move || query::view_key(page.filter.with(|filter| filter.view)));
    let choose = move |key: &'static str| {
        page.refine(|route| route.with("view", if key == "all" { "" } else { key }));
    };
    let text = Signal::derive(move || page.filter.with(|filter| filter.text.clone()));
    let search = move |text: String| page.refine(|route| route.with(Kind::Text.key(), text.trim()));
    let has_none = Memo::new(move |_| page.places.with(|places| places.is_empty()));
    view! {
        <div class="register-list">
            <ViewTabs tabs=Signal::derive(move || tabs(page, t)) current on_choose=Callback::new(choose) />
            <div class="filter-bar">
                <SearchBox label=t.units_find() text on_search=Callback::new(search) />
                <FilterMenu page />
                <Chips page is_with_text=false />
                <span class="spring"></span>
                {export_button(page.app, Export::Units)}
            </div>
            {move || if has_none.get() {
                view! { <Nothing page /> }.into_any()
            } else {
                view! { <Table page /> }.into_any()
            }}
        </div>
    }
}

fn tabs(page: Units, t: Lang) -> Vec<ViewTab> {
    page.index.with(|index| {
        let month = index
            .month
            .map(|month| t.month_name(month.month()))
            .unwrap_or_default();
        UnitView::ALL
            .into_iter()
            .filter(|view| index.month.is_some() || *view != UnitView::Drawn)
            .map(|view| ViewTab {
                key: query::view_key(view),
                name: t.unit_view(view, &month),
                count: index.count(view) as usize,
            })
            .collect()
    })
}

/// What to do where no unit meets the conditions.
#[component]
fn Nothing(page: Units) -> impl IntoView {
    let t = use_lang();
    let has_conditions = move || {
        page.app.route.with(|route| {
            Kind::ALL
                .iter()
                .any(|kind| route.query.contains_key(kind.key()))
        })
    };
    view! {
        <div class="empty-state">
            {move || if has_conditions() {
                view! {
                    <p>{t.list_none_found()}</p>
                    <div class="button-row">
                        <Chips page is_with_text=true />
                    </div>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| page.refine(query::cleared)
                    >
                        {t.list_filter_clear()}
                    </button>
                }
                    .into_any()
            } else {
                view! { <p>{t.list_none_in_view()}</p> }.into_any()
            }}
        </div>
    }
}

/// The conditions as chips that take them out.
#[component]
fn Chips(page: Units, is_with_text: bool) -> impl IntoView {
    let t = use_lang();
    let kinds = move || {
        Kind::ALL
            .into_iter()
            .filter(move |kind| is_with_text || *kind != Kind::Text)
    };
    move || {
        let chip = |kind: Kind| {
            let text = page.app.route.with(|route| {
                let values: Vec<String> = query::values(route, kind).into_iter().collect();
                (!values.is_empty()).then(|| chip_text(t, kind, &values))
            })?;
            let remove = move |()| page.refine(|route| route.with(kind.key(), ""));
            Some(view! { <Chip text on_remove=Callback::new(remove) /> })
        };
        kinds().filter_map(chip).collect_view()
    }
}

fn chip_text(t: Lang, kind: Kind, values: &[String]) -> String {
    let words: Vec<String> = match kind {
        Kind::Text => return t.units_text_chip(values.join(",")),
        Kind::Incomplete => return t.units_incomplete().to_owned(),
        Kind::Tier => RiskTier::ALL
            .into_iter()
            .filter(|tier| values.iter().any(|value| value == query::tier_key(*tier)))
            .map(|tier| t.tier(tier).to_owned())
            .collect(),
        _ => values.to_vec(),
    };
    t.named(kind_name(t, kind), words.join(t.list_mark()))
}

fn kind_name(t: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Text => t.units_find(),
        Kind::Stratum => t.units_filter_stratum(),
        Kind::Tier => t.units_filter_tier(),
        Kind::Level => t.units_filter_level(),
        Kind::Township => t.unit_township(),
        Kind::Category => t.unit_category(),
        Kind::Incomplete => t.units_filter_complete(),
    }
}

/// All conditions in one native panel.
#[component]
fn FilterMenu(page: Units) -> impl IntoView {
    let t = use_lang();
    let node = NodeRef::<leptos::html::Details>::new();
    let outside = window_event_listener(ev::click, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_inside =
            target.is_some_and(|target| matches!(target.closest(".filter-menu"), Ok(Some(_))));
        if let (false, Some(menu)) = (is_inside, node.get_untracked()) {
            menu.set_open(false);
        }
    });
    on_cleanup(move || outside.remove());
    let same = |value: &str| (value.to_owned(), value.to_owned());
    let strata = Stratum::ALL.map(|stratum| {
        let name = t.units_fact_stratum(stratum, t.stratum(stratum), "");
        (stratum.to_string(), name.trim().to_owned())
    });
    let tiers = [
        RiskTier::Red,
        RiskTier::Yellow,
        RiskTier::Blue,
        RiskTier::Green,
    ]
    .map(|tier| {
        (
            query::tier_key(tier).to_owned(),
            t.tier_long(tier).to_owned(),
        )
    });
    let levels = (0..=5)
        .rev()
        .map(|level: u8| (level.to_string(), t.units_level(level)));
    let (townships, categories) = page.app.workbook.with_untracked(|book| {
        let Some(book) = book else {
            return Default::default();
        };
        let townships = book
            .brigade
            .townships
            .iter()
            .map(|township| same(&township.name));
        let categories = book.categories.iter().map(|category| same(category));
        (
            townships.collect::<Vec<_>>(),
            categories.collect::<Vec<_>>(),
        )
    });
    let incomplete = vec![("1".to_owned(), t.units_filter_complete_only().to_owned())];
    let count = move || {
        page.app.route.with(|route| {
            let is_set =
                |kind: &&Kind| **kind != Kind::Text && route.query.contains_key(kind.key());
            Kind::ALL.iter().filter(is_set).count()
        })
    };
    let words = move || match count() {
        0 => t.list_filter().to_owned(),
        count => t.list_filter_count(count),
    };
    view! {
        <details class="filter-menu" node_ref=node>
            <summary class="button">
                {words}
                {icon(Icon::Down)}
            </summary>
            <div class="filter-panel">
                <Choices page kind=Kind::Stratum values=strata.into() />
                <Choices page kind=Kind::Tier values=tiers.into() />
                <Choices page kind=Kind::Level values=levels.collect() />
                <Choices page kind=Kind::Township values=townships />
                <Choices page kind=Kind::Category values=categories />
                <Choices page kind=Kind::Incomplete values=incomplete />
            </div>
        </details>
    }
}

/// Values of one condition, any number of which may be checked.
#[component]
fn Choices(page: Units, kind: Kind, values: Vec<(String, String)>) -> impl IntoView {
    let t = use_lang();
    if values.is_empty() {
        return ().into_any();
    }
    let choice = move |(value, words): (String, String)| {
        let checked = {
            let value = value.clone();
            move || {
                page.app
                    .route
                    .with(|route| query::values(route, kind).contains(&value))
            }
        };
        view! {
            <label class="check-field">
                <input
                    type="checkbox"
                    prop:checked=checked
                    on:change=move |_| page.refine(|route| query::toggled(route, kind, &value))
                />
                {words}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{kind_name(t, kind)}</legend>
            <div class="filter-values">{values.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Table(page: Units) -> impl IntoView {
    let t = use_lang();
    // Keys move the selection without an entry in the history, the pointer makes one.
    let is_by_key = StoredValue::new(false);
    let count = Signal::derive(move || page.places.with(|places| places.len()));
    let selected = Signal::derive(move || {
        let id = page.selected.get()?;
        page.places.with(|places| {
            units_of(page.app, |units| {
                let at = units.binary_search_by(|unit| unit.id.cmp(&id)).ok()? as u32;
                places.iter().position(|place| *place == at)
            })
        })
    });
    let select = move |row: usize| {
        let place = page
            .places
            .with_untracked(|places| places.get(row).copied());
        let id = place.and_then(|place| {
            units_of(page.app, |units| {
                units.get(place as usize).map(|unit| unit.id.clone())
            })
        });
        if let Some(id) = id {
            page.select(&id, is_by_key.get_value());
        }
    };
    let row = move |row: usize| {
        let place = page.places.with(|places| places.get(row).copied());
        let cells = place.and_then(|place| {
            let (unit_row, has_month) = page.index.with(|index| {
                (
                    index.rows.get(place as usize).copied(),
                    index.month.is_some(),
                )
            });
            units_of(page.app, |units| {
                Some(cells(
                    t,
                    units.get(place as usize)?,
                    &unit_row?,
                    has_month,
                    page.app.today(),
                ))
            })
        });
        Row::Cells(cells.unwrap_or_default())
    };
    let month = Memo::new(move |_| page.index.with(|index| index.month));
    let in_sight = RwSignal::new((0, 0));
    let open = move |row: usize| {
        select(row);
        focus_detail();
    };
    move || {
        let month = month.get().map(|month| t.month_name(month.month()));
        view! {
            <div
                class="table-keys"
                on:keydown:capture=move |_| is_by_key.set_value(true)
                on:pointerdown:capture=move |_| is_by_key.set_value(false)
            >
                <VirtualTable
                    label=t.nav_units()
                    columns=columns(t, month)
                    count
                    row=Callback::new(row)
                    selected
                    on_select=Callback::new(select)
                    on_open=Callback::new(open)
                    sort=Sorting {
                        now: page.sort.into(),
                        choose: Callback::new(move |sort| page.refine(|route| query::sorted(route, sort))),
                    }
                    scroll=page.scroll
                    in_sight
                />
            </div>
            {move || list_foot(t, rows_in_sight(t, in_sight.get(), count.get()))}
        }
    }
}

fn columns(t: Lang, month: Option<String>) -> Vec<Column> {
    let wide = |zh: &'static str, en: &'static str| if t == Lang::Zh { zh } else { en };
    let mut columns = vec![
        Column::text("name", t.unit_name(), ""),
        Column::text("stratum", t.units_col_stratum(), wide("40px", "68px")).yielding(4),
        Column::text("tier", t.col_tier(), wide("58px", "76px")).yielding(1),
        Column::number("level", t.units_col_level(), wide("36px", "54px")).yielding(5),
        Column::text("", t.unit_category(), "132px").yielding(9),
        Column::text("township", t.units_col_township(), "88px").yielding(7),
        Column::text("", t.unit_address(), "").yielding(10),
        Column::text("last", t.last_visit(), wide("90px", "106px")).yielding(6),
        Column::text("earliest", t.units_col_earliest(), wide("92px", "92px")).yielding(3),
    ];
    columns
        .extend(month.map(|month| Column::text("place", month, wide("64px", "84px")).yielding(2)));
    let complete = Column::number("complete", t.units_col_complete(), wide("92px", "82px"));
    columns.push(complete.yielding(8));
    columns
}

fn cells(t: Lang, unit: &Unit, row: &UnitRow, has_month: bool, today: NaiveDate) -> Vec<AnyView> {
    let name = view! { <span title=unit.name.clone()>{unit.name.clone()}</span> };
    let date = |date: NaiveDate| date.to_string();
    let last = row
        .last
        .map_or_else(|| t.never_inspected().to_owned(), date);
    let earliest = row.earliest.map_or_else(|| t.any_time().to_owned(), date);
    let is_soft = row.earliest.is_none();
    let is_ahead = row.earliest.is_some_and(|earliest| earliest > today);
    let mut cells = vec![
        name.into_any(),
        view! { <b>{row.stratum.to_string()}</b> }.into_any(),
        tier_mark(t, row.tier, false),
        row.level.to_string().into_any(),
        view! { <span class="soft">{unit.category.clone()}</span> }.into_any(),
        view! { <span class="soft">{unit.township.clone()}</span> }.into_any(),
        view! { <span class="soft">{unit.address.clone()}</span> }.into_any(),
        view! { <span class:soft=row.last.is_none()>{last}</span> }.into_any(),
        view! { <span class:soft=is_soft class:warn-text=is_ahead>{earliest}</span> }.into_any(),
    ];
    if has_month {
        cells.push(place_cell(t, row.place));
    }
    cells.push(completeness(row.completeness));
    cells
}

fn place_cell(t: Lang, place: MonthPlace) -> AnyView {
    let class = match place {
        MonthPlace::Drawn | MonthPlace::Carried => "ok-text",
        MonthPlace::Reserve => "",
        MonthPlace::NotDrawn | MonthPlace::NotInPool => "soft",
    };
    view! { <span class=class>{t.month_place(place)}</span> }.into_any()
}

fn completeness(percent: u8) -> AnyView {
    let width = format!("width:{percent}%");
    view! {
        <span class="meter-bar" class:is-low=percent < COMPLETE_ENOUGH>
            <i style=width></i>
        </span>
        <span class="meter-number">{percent}</span>
    }
    .into_any()
}
