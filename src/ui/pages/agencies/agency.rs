//! What the register of service institutions says on its page in a way of its own.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::BOTH;
use super::kept::{self, KeptPage, Own, Part};
use crate::desk::agency_list::{AgencyRow, AgencyView};
use crate::desk::history::RecordName;
use crate::desk::officer_list::CertificateState;
use crate::i18n::Lang;
use crate::model::field::Group;
use crate::model::{Agency, Engineer};
use crate::ui::pages::officers::until_text;
use crate::ui::pages::settings::registers::Export;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::register::{Drawer, Panel, Register, RegisterPage, Words};
use crate::workbook::Workbook;

impl KeptPage for Agency {
    const PAGE: Page = Page::Agencies;
    const GROUPS: &'static [Part] = &[
        (Group::Identity, Lang::agency_group_identity),
        (Group::Place, Lang::agency_group_place),
        (Group::Other, Lang::unit_group_other),
    ];

    fn added(t: Lang, name: &str) -> String {
        t.agency_added(name)
    }

    fn record_name(&self) -> RecordName {
        RecordName::Agency(self.id.clone())
    }

    fn until(&self) -> (&'static str, Option<NaiveDate>) {
        ("qualified_until", self.qualified_until)
    }

    fn until_note(t: Lang, state: CertificateState) -> &'static str {
        match state {
            CertificateState::Unknown | CertificateState::Valid => "",
            CertificateState::EndsSoon => t.agency_soon_note(),
            CertificateState::Over => t.agency_over_note(),
        }
    }
}

impl Register for Agency {
    const EXPORT: Export = Export::Agencies;
    const BESIDE: &'static [Page] = BOTH;

    fn words(t: Lang) -> Words {
        Words {
            title: t.nav_agencies(),
            find: t.agencies_find(),
            add: t.agencies_add(),
            import: t.units_import(),
            empty: t.agencies_empty(),
        }
    }

    fn gone(t: Lang, id: &str) -> String {
        t.agencies_gone(id)
    }

    fn view_name(t: Lang, view: usize, _: Option<&str>) -> Option<String> {
        Some(t.agency_view(*AgencyView::ALL.get(view)?))
    }

    fn facts(page: RegisterPage<Self>, t: Lang) -> AnyView {
        let facts = move || {
            let count = page.index.with(|index| t.agencies_facts(index.count(0)));
            [count, kept::own_standing(page, t)].join(t.list_comma())
        };
        facts.into_any()
    }

    fn actions(page: RegisterPage<Self>, t: Lang) -> AnyView {
        kept::own_actions(page, t)
    }

    fn width(t: Lang, key: &str) -> &'static str {
        match key {
            "services" => "230px",
            "qualified_until" => "136px",
            "engineers" if t == Lang::Zh => "92px",
            "engineers" => "84px",
            "phone" => "118px",
            _ => "",
        }
    }

    fn cell(&self, t: Lang, key: &str, row: &AgencyRow, _: NaiveDate) -> Option<AnyView> {
        Some(match key {
            "qualified_until" => match self.qualified_until {
                Some(_) => until_text(t, self.qualified_until, row.qualification),
                None => ().into_any(),
            },
            "engineers" => {
                let count = row.engineers;
                view! { <span class:soft=count == 0>{count}</span> }.into_any()
            }
            _ => return None,
        })
    }

    fn worked_out(&self, _: Lang, key: &str, row: &AgencyRow, _: NaiveDate) -> String {
        if key == "engineers" {
            row.engineers.to_string()
        } else {
            String::new()
        }
    }

    fn panel(page: RegisterPage<Self>, id: String) -> (Panel, AnyView) {
        let t = page.app.lang.get_untracked();
        kept::panel(page, id, move |agency, _, book| own(t, agency, book))
    }

    fn drawer(page: RegisterPage<Self>, drawer: Drawer) -> AnyView {
        kept::drawer(page, &drawer)
    }
}

fn own(t: Lang, agency: &Agency, book: &Workbook) -> Own {
    let engineers = book.engineers_by_agency();
    let engineers = engineers.get(&agency.id).map_or(&[][..], Vec::as_slice);
    let services: Vec<&str> = agency.services.iter().map(String::as_str).collect();
    Own {
        words: vec![services.join(t.list_mark())],
        section: Some(engineers_section(t, engineers)),
        special: None,
    }
}

fn engineers_section(t: Lang, engineers: &[&Engineer]) -> AnyView {
    let row = |engineer: &&Engineer| {
        let href = Route::record(Page::Engineers, engineer.id.as_str()).hash();
        view! {
            <tr>
                <td>
                    <a href=href>{engineer.name.clone()}</a>
                </td>
                <td>{t.engineer_grade(engineer.grade)}</td>
                <td class="soft">{engineer.registration_number.clone()}</td>
            </tr>
        }
    };
    let list = if engineers.is_empty() {
        view! { <p class="soft">{t.agency_engineers_none()}</p> }.into_any()
    } else {
        view! {
            <table class="detail-table">
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{t.officer_name()}</th>
                        <th scope="col">{t.import_field("grade")}</th>
                        <th scope="col">{t.import_field("registration_number")}</th>
                    </tr>
                </thead>
                <tbody>{engineers.iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="detail-section">
            <h3>
                {t.agency_engineers()} " "
                <span class="soft is-light">{t.engineers_count(engineers.len())}</span>
            </h3>
            {list}
        </section>
    }
    .into_any()
}
