//! What the officer register's page says in a way of its own: cells, views, facts.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Officers;
use super::detail::{panel, until_text};
use super::form::OfficerDrawer;
use crate::desk::officer_list::{OfficerRow, OfficerView, Presence};
use crate::i18n::Lang;
use crate::model::Officer;
use crate::ui::pages::settings::registers::Export;
use crate::ui::widgets::list::read;
use crate::ui::widgets::register::{Drawer, Panel, Register, Words};

/// Fewer officers make no pair.
const PAIR: usize = 2;

impl Register for Officer {
    const EXPORT: Export = Export::Officers;
    const OF_MONTH: &'static str = "visits";

    fn words(t: Lang) -> Words {
        Words {
            title: t.nav_officers(),
            find: t.officers_find(),
            add: t.officers_add(),
            import: t.officers_import(),
            empty: t.officers_empty(),
        }
    }

    fn gone(t: Lang, id: &str) -> String {
        t.officers_gone(id)
    }

    fn view_name(t: Lang, view: usize, _: Option<&str>) -> Option<String> {
        Some(t.officer_view(*OfficerView::ALL.get(view)?))
    }

    fn facts(page: Officers, t: Lang) -> AnyView {
        let facts = move || {
            page.index.with(|index| {
                let rows = &index.rows;
                let is_serving = |row: &&OfficerRow| row.is_in(OfficerView::All);
                let serving = rows.iter().filter(is_serving);
                let (count, present) = (
                    serving.clone().count(),
                    serving.filter(|row| row.presence == Presence::OnDuty).count(),
                );
                let leads = read(page.app, |book| {
                    let officers = book.officers.iter();
                    officers.filter(|officer| officer.may_lead && !officer.has_left).count()
                });
                let is_short = !rows.is_empty() && (count < PAIR || leads == 0);
                view! {
                    <span>{t.officers_facts(count, leads, present)}</span>
                    {is_short.then(|| view! { <span class="warn-text">" " {t.officers_too_few()}</span> })}
                }
            })
        };
        facts.into_any()
    }

    fn width(t: Lang, key: &str) -> &'static str {
        let wide = |zh: &'static str, en: &'static str| if t == Lang::Zh { zh } else { en };
        match key {
            "certificate_number" => "130px",
            "certificate_until" => "136px",
            "may_lead" => wide("52px", "56px"),
            "office" => "110px",
            "today" => wide("120px", "150px"),
            "away" => wide("140px", "90px"),
            "avoid" => wide("84px", "66px"),
            "visits" => wide("84px", "118px"),
            _ => "",
        }
    }

    fn cell(&self, t: Lang, key: &str, row: &OfficerRow, _: NaiveDate) -> Option<AnyView> {
        Some(match key {
            "certificate_number" => {
                view! { <span class="code">{self.certificate_number.clone()}</span> }.into_any()
            }
            "certificate_until" => until_text(t, self.certificate_until, row.certificate),
            "may_lead" => (if self.may_lead { t.yes() } else { "" }).into_any(),
            "today" => {
                let class = match row.presence {
                    Presence::OnDuty => "",
                    Presence::Left => "soft",
                    Presence::Absent { .. } | Presence::CertificateOver { .. } => "warn-text",
                };
                view! { <span class=class>{t.presence(row.presence)}</span> }.into_any()
            }
            "away" => number_cell(row.away_days),
            "avoid" => number_cell(row.avoidances),
            "visits" => number_cell(row.visits),
            _ => return None,
        })
    }

    fn worked_out(&self, t: Lang, key: &str, row: &OfficerRow, _: NaiveDate) -> String {
        match key {
            "today" => t.presence(row.presence),
            "away" => row.away_days.to_string(),
            "avoid" => row.avoidances.to_string(),
            "visits" => row.visits.to_string(),
            _ => String::new(),
        }
    }

    fn panel(page: Officers, id: String) -> (Panel, AnyView) {
        panel(page, id)
    }

    fn drawer(page: Officers, drawer: Drawer) -> AnyView {
        view! { <OfficerDrawer page drawer /> }.into_any()
    }
}

/// A number; nothing stands out where it is 0.
fn number_cell(number: u32) -> AnyView {
    view! { <span class:soft=number == 0>{number}</span> }.into_any()
}
