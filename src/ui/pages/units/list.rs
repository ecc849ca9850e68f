//! What the unit register's page says in a way of its own: cells, views, facts.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Units;
use super::detail::panel;
use super::form::UnitDrawer;
use crate::desk::unit_list::{MonthPlace, UnitRow, UnitView};
use crate::i18n::Lang;
use crate::model::{Stratum, Unit};
use crate::ui::pages::settings::registers::Export;
use crate::ui::widgets::list::read;
use crate::ui::widgets::register::{Drawer, Panel, Register, Words};
use crate::ui::widgets::tier_mark;

/// From this completeness on a bar is not amber.
const COMPLETE_ENOUGH: u8 = 90;

impl Register for Unit {
    const EXPORT: Export = Export::Units;
    const OF_MONTH: &'static str = "place";

    fn stands(key: &str, view: usize) -> bool {
        // Why a unit is suspected stands where it is asked, in the room of what is not.
        let is_of_suspects = view == UnitView::Zombie as usize;
        match key {
            "suspicion" => is_of_suspects,
            "level" | "category" | "earliest" | "place" | "complete" => !is_of_suspects,
            _ => true,
        }
    }

    fn words(t: Lang) -> Words {
        Words {
            title: t.nav_units(),
            find: t.units_find(),
            add: t.units_add(),
            import: t.units_import(),
            empty: t.units_empty(),
        }
    }

    fn gone(t: Lang, id: &str) -> String {
        t.units_gone(id)
    }

    fn view_name(t: Lang, view: usize, month: Option<&str>) -> Option<String> {
        let view = *UnitView::ALL.get(view)?;
        let is_offered = month.is_some() || view != UnitView::Drawn;
        is_offered.then(|| t.unit_view(view, month.unwrap_or_default()))
    }

    fn facts(page: Units, t: Lang) -> AnyView {
        let facts = move || {
            let counts = page
                .index
                .with(|index| read(page.app, |book| index.stratum_counts(&book.units)));
            let strata = Stratum::ALL.map(|stratum| {
                let text =
                    t.units_fact_stratum(stratum, t.stratum(stratum), counts[stratum.index()]);
                view! { <span>{text}</span> }
            });
            view! {
                <span class="fact-row">
                    <span class="is-first">{t.units_count(counts.iter().sum::<u32>())}</span>
                    {strata.collect_view()}
                    <a href="#/upkeep">{t.upkeep_link()}</a>
                </span>
            }
        };
        facts.into_any()
    }

    fn width(t: Lang, key: &str) -> &'static str {
        let wide = |zh: &'static str, en: &'static str| if t == Lang::Zh { zh } else { en };
        match key {
            "stratum" => wide("40px", "68px"),
            "tier" => wide("58px", "76px"),
            "level" => wide("36px", "54px"),
            "category" => "132px",
            "township" => "88px",
            "last" => wide("90px", "106px"),
            "earliest" => "92px",
            "reviewed_on" => wide("90px", "92px"),
            "place" => wide("64px", "84px"),
            "complete" => wide("92px", "82px"),
            _ => "",
        }
    }

    fn cell(&self, t: Lang, key: &str, row: &UnitRow, today: NaiveDate) -> Option<AnyView> {
        let date = |date: NaiveDate| date.to_string();
        Some(match key {
            "stratum" => view! { <b>{self.stratum().to_string()}</b> }.into_any(),
            "tier" => tier_mark(t, self.risk, false),
            "level" => row.level.to_string().into_any(),
            "last" => {
                let last = row
                    .last
                    .map_or_else(|| t.never_inspected().to_owned(), date);
                view! { <span class:soft=row.last.is_none()>{last}</span> }.into_any()
            }
            "earliest" => {
                let words = row.earliest.map_or_else(|| t.any_time().to_owned(), date);
                let is_soft = row.earliest.is_none();
                let is_ahead = row.earliest.is_some_and(|earliest| earliest > today);
                view! { <span class:soft=is_soft class:warn-text=is_ahead>{words}</span> }
                    .into_any()
            }
            "place" => place_cell(t, row.place),
            "complete" => completeness(row.completeness),
            "suspicion" => {
                let words = t.suspicions(&row.suspicions);
                let title = words.clone();
                view! { <span title=title>{words}</span> }.into_any()
            }
            _ => return None,
        })
    }

    fn worked_out(&self, t: Lang, key: &str, row: &UnitRow, _: NaiveDate) -> String {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        match key {
            "stratum" => self.stratum().to_string(),
            "level" => row.level.to_string(),
            "last" => day(row.last),
            "earliest" => day(row.earliest),
            "place" => t.month_place(row.place).to_owned(),
            "complete" => row.completeness.to_string(),
            "suspicion" => t.suspicions(&row.suspicions),
            _ => String::new(),
        }
    }

    fn value_words(t: Lang, key: &str, value: &str, is_chip: bool) -> Option<String> {
        match (key, is_chip) {
            ("incomplete", true) => Some(t.units_incomplete().to_owned()),
            ("incomplete", false) => Some(t.units_filter_complete_only().to_owned()),
            ("level", false) => Some(t.units_level(value)),
            ("stratum", false) => {
                let mut strata = Stratum::ALL.into_iter();
                let stratum = strata.find(|stratum| stratum.to_string() == value)?;
                let words = t.units_fact_stratum(stratum, t.stratum(stratum), "");
                Some(words.trim().to_owned())
            }
            _ => None,
        }
    }

    fn panel(page: Units, id: String) -> (Panel, AnyView) {
        panel(page, id)
    }

    fn drawer(page: Units, drawer: Drawer) -> AnyView {
        view! { <UnitDrawer page drawer /> }.into_any()
    }
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
