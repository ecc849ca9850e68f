//! Whom a campaign takes: conditions, the live count, and the units one by one.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::state::{Scheme, next_button};
use crate::i18n::Lang;
use crate::model::{LegalKind, RiskTier, Stratum};
use crate::ui::app::use_lang;
use crate::ui::widgets::list::{read, rows_in_sight};
use crate::ui::widgets::menu::menu;
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{Chip, Column, ViewTab, ViewTabs, VirtualTable, tier_mark};
use crate::workbook::Workbook;
use crate::workbook::campaign::{CampaignFilter, CampaignPlace};

/// The views of the list.
const VIEWS: [&str; 4] = ["all", "free", "planned", "barred"];

/// A condition: its name, its values with their words, and how one is asked about and set.
struct Condition {
    key: &'static str,
    values: Vec<(String, bool)>,
    toggle: fn(&mut CampaignFilter, usize, &str),
}

fn flip<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

/// The conditions with what the register offers for each.
fn conditions(t: Lang, book: &Workbook, filter: &CampaignFilter) -> Vec<Condition> {
    let own = |all: BTreeSet<String>, set: &BTreeSet<String>| {
        let values = all.into_iter().map(|it| {
            let is_set = set.contains(&it);
            (it, is_set)
        });
        values.collect::<Vec<_>>()
    };
    let used = |of: fn(&crate::model::Unit) -> &String| {
        let used = book.active_units().map(of).filter(|it| !it.is_empty());
        used.cloned().collect::<BTreeSet<String>>()
    };
    let tags = book.active_units().flat_map(|unit| &unit.tags);
    vec![
        Condition {
            key: "stratum",
            values: Stratum::ALL
                .map(|it| (t.stratum(it).to_owned(), filter.strata.contains(&it)))
                .into(),
            toggle: |filter, at, _| flip(&mut filter.strata, Stratum::ALL[at]),
        },
        Condition {
            key: "category",
            values: own(used(|unit| &unit.category), &filter.categories),
            toggle: |filter, _, word| flip(&mut filter.categories, word.to_owned()),
        },
        Condition {
            key: "township",
            values: own(used(|unit| &unit.township), &filter.townships),
            toggle: |filter, _, word| flip(&mut filter.townships, word.to_owned()),
        },
        Condition {
            key: "risk",
            values: TIERS
                .map(|it| (t.tier_long(it).to_owned(), filter.tiers.contains(&it)))
                .into(),
            toggle: |filter, at, _| flip(&mut filter.tiers, TIERS[at]),
        },
        Condition {
            key: "legal_kind",
            values: LegalKind::ALL
                .map(|it| (t.legal_kind(it).to_owned(), filter.kinds.contains(&it)))
                .into(),
            toggle: |filter, at, _| flip(&mut filter.kinds, LegalKind::ALL[at]),
        },
        Condition {
            key: "tags",
            values: own(tags.cloned().collect(), &filter.tags),
            toggle: |filter, _, word| flip(&mut filter.tags, word.to_owned()),
        },
    ]
}

/// The highest first.
const TIERS: [RiskTier; 4] = [
    RiskTier::Red,
    RiskTier::Yellow,
    RiskTier::Blue,
    RiskTier::Green,
];

/// The first step.
pub(super) fn units_step(scheme: Scheme) -> AnyView {
    let t = use_lang();
    let view = RwSignal::new(VIEWS[0]);
    let count = move || {
        let outlook = scheme.outlook.get();
        let month = t.month_name(scheme.month.get().month());
        t.campaign_count(outlook.units.len(), outlook.in_plan, outlook.barred, month)
    };
    let bar = move || {
        let outlook = scheme.outlook.get();
        let all = outlook.units.len().max(1) as f64;
        let part = |class: &'static str, n: u32| {
            let width = format!("width:{:.2}%", 100.0 * f64::from(n) / all);
            view! { <i class=class style=width></i> }
        };
        view! {
            <div class="scheme-bar" aria-hidden="true">
                {part("is-free", outlook.free)}
                {part("is-planned", outlook.in_plan)}
                {part("is-barred", outlook.barred)}
            </div>
        }
    };
    let tabs = Signal::derive(move || {
        let outlook = scheme.outlook.get();
        let names = [
            (t.campaign_view_all(), outlook.units.len()),
            (t.campaign_view_free(), outlook.free as usize),
            (t.campaign_view_planned(), outlook.in_plan as usize),
            (t.campaign_view_barred(), outlook.barred as usize),
        ];
        let tabs = VIEWS.into_iter().zip(names);
        tabs.map(|(key, (name, count))| ViewTab {
            key,
            name: name.to_owned(),
            count,
        })
        .collect::<Vec<_>>()
    });
    view! {
        <section class="pane is-list grow" aria-label=t.campaign_step_units()>
            <div class="scheme-count">
                <p role="status">{count}</p>
                {bar}
            </div>
            <ViewTabs tabs current=view on_choose=Callback::new(move |key| view.set(key)) />
            {filter_bar(scheme, t)}
            {units_table(scheme, t, view)}
        </section>
    }
    .into_any()
}

fn filter_bar(scheme: Scheme, t: Lang) -> AnyView {
    let set_count = move || {
        scheme
            .plan
            .with(|plan| t.campaign_conditions(&plan.filter).len())
    };
    let words = move || match set_count() {
        0 => t.list_filter().to_owned(),
        count => t.list_filter_count(count),
    };
    let offered = scheme
        .plan
        .with_untracked(|plan| read(scheme.app, |book| conditions(t, book, &plan.filter)));
    let groups: Vec<_> = offered
        .into_iter()
        .filter_map(|it| condition(scheme, t, it))
        .collect();
    let chips = move || {
        let words = scheme.plan.with(|plan| t.campaign_conditions(&plan.filter));
        let keys = scheme.plan.with(|plan| set_keys(&plan.filter));
        let chips = words.into_iter().zip(keys).map(|(text, key)| {
            let clear = move |()| scheme.plan.update(|plan| clear(&mut plan.filter, key));
            view! { <Chip text on_remove=Callback::new(clear) /> }
        });
        chips.collect_view()
    };
    view! {
        <div class="filter-bar">
            {menu("filter-menu", words, groups, false)}
            {chips}
            <span class="spring"></span>
            {next_button(scheme, 1, t.campaign_next_size())}
        </div>
    }
    .into_any()
}

/// The conditions that are set, in the order in which they are told.
fn set_keys(filter: &CampaignFilter) -> Vec<&'static str> {
    let all = [
        ("stratum", filter.strata.is_empty()),
        ("category", filter.categories.is_empty()),
        ("township", filter.townships.is_empty()),
        ("tags", filter.tags.is_empty()),
        ("risk", filter.tiers.is_empty()),
        ("legal_kind", filter.kinds.is_empty()),
    ];
    let set = all.into_iter().filter(|(_, is_empty)| !is_empty);
    set.map(|(key, _)| key).collect()
}

fn clear(filter: &mut CampaignFilter, key: &str) {
    match key {
        "stratum" => filter.strata.clear(),
        "category" => filter.categories.clear(),
        "township" => filter.townships.clear(),
        "tags" => filter.tags.clear(),
        "risk" => filter.tiers.clear(),
        _ => filter.kinds.clear(),
    }
}

/// Whether a value of a condition is set.
fn is_set(filter: &CampaignFilter, key: &str, at: usize, word: &str) -> bool {
    match key {
        "stratum" => filter.strata.contains(&Stratum::ALL[at]),
        "category" => filter.categories.contains(word),
        "township" => filter.townships.contains(word),
        "tags" => filter.tags.contains(word),
        "risk" => filter.tiers.contains(&TIERS[at]),
        _ => filter.kinds.contains(&LegalKind::ALL[at]),
    }
}

fn condition(scheme: Scheme, t: Lang, it: Condition) -> Option<AnyView> {
    let (key, toggle) = (it.key, it.toggle);
    if it.values.is_empty() {
        return None;
    }
    let choice = move |(at, (word, _)): (usize, (String, bool))| {
        let (own, shown) = (word.clone(), word.clone());
        let checked = move || scheme.plan.with(|plan| is_set(&plan.filter, key, at, &own));
        let change = move |_| {
            scheme
                .plan
                .update(|plan| toggle(&mut plan.filter, at, &word))
        };
        view! {
            <label class="check-field">
                <input type="checkbox" prop:checked=checked on:change=change />
                {shown}
            </label>
        }
    };
    let values = it.values.into_iter().enumerate().map(choice);
    let view = view! {
        <fieldset>
            <legend>{t.campaign_condition(key)}</legend>
            <div class="filter-values">{values.collect_view()}</div>
        </fieldset>
    };
    Some(view.into_any())
}

fn units_table(scheme: Scheme, t: Lang, view: RwSignal<&'static str>) -> AnyView {
    let lines = Memo::new(move |_| {
        let (outlook, view) = (scheme.outlook.get(), view.get());
        let is_shown = |place: &CampaignPlace| match (view, place) {
            ("free", CampaignPlace::Free)
            | ("planned", CampaignPlace::InPlan(_))
            | ("barred", CampaignPlace::Barred(_)) => true,
            (view, _) => view == VIEWS[0],
        };
        let shown = outlook.units.iter().filter(|(_, place)| is_shown(place));
        Arc::new(shown.copied().collect::<Vec<_>>())
    });
    let count = Signal::derive(move || lines.with(|lines| lines.len()));
    let row = move |line: usize| {
        let known = lines.with(|lines| lines.get(line).copied());
        let cells = known.and_then(|(at, place)| {
            read(scheme.app, |book| {
                let unit = book.units.get(at)?;
                let last = book.last_inspection(unit).map(|made| made.date.to_string());
                let class = match place {
                    CampaignPlace::Barred(_) => "ellipsis warn-text",
                    _ => "ellipsis",
                };
                let words = t.campaign_place(&place);
                Some(vec![
                    view! { <span class="ellipsis" title=unit.name.clone()>{unit.name.clone()}</span> }
                        .into_any(),
                    view! { <b>{unit.stratum().to_string()}</b> }.into_any(),
                    tier_mark(t, unit.risk, false),
                    view! { <span class="soft">{unit.category.clone()}</span> }.into_any(),
                    view! { <span class="soft">{unit.township.clone()}</span> }.into_any(),
                    last.unwrap_or_else(|| t.never_inspected().to_owned()).into_any(),
                    view! { <span class=class title=words.clone()>{words.clone()}</span> }.into_any(),
                ])
            })
        });
        Row::Cells(cells.unwrap_or_default())
    };
    let columns = vec![
        Column::text("", t.col_unit(), ""),
        Column::text("", t.campaign_condition("stratum"), "44px").yielding(5),
        Column::text(
            "",
            t.col_tier(),
            if t == Lang::Zh { "60px" } else { "84px" },
        )
        .yielding(6),
        Column::text("", t.campaign_condition("category"), "112px").yielding(8),
        Column::text("", t.campaign_condition("township"), "96px").yielding(7),
        Column::text("", t.campaign_col_last(), "100px").yielding(9),
        Column::text("", t.campaign_col_place(), "220px"),
    ];
    let in_sight = RwSignal::new((0, 0));
    let foot = move || rows_in_sight(t, in_sight.get(), count.get());
    let selected = RwSignal::new(None::<usize>);
    let table = StoredValue::new(columns);
    let body = move |is_empty: bool| {
        if is_empty {
            return view! { <p class="empty-state">{t.campaign_nobody()}</p> }.into_any();
        }
        view! {
            <VirtualTable
                label=t.campaign_step_units()
                columns=table.get_value()
                count
                row=Callback::new(row)
                is_heading=Callback::new(|_| false)
                selected
                on_select=Callback::new(move |line| selected.set(Some(line)))
                in_sight
            />
        }
        .into_any()
    };
    let is_empty = Memo::new(move |_| count.get() == 0);
    view! {
        {move || {
            let is_empty = is_empty.get();
            untrack(|| body(is_empty))
        }}
        <div class="list-foot">
            <span>{foot}</span>
            <span>{t.campaign_units_note()}</span>
        </div>
    }
    .into_any()
}
