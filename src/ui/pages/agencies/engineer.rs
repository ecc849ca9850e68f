//! What the register of fire engineers says on its page in a way of its own.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::BOTH;
use super::kept::{self, KeptPage, Own, Part};
use crate::desk::engineer_list::{EmployerLink, EngineerRow, EngineerView};
use crate::desk::history::RecordName;
use crate::desk::officer_list::CertificateState;
use crate::i18n::Lang;
use crate::model::field::Group;
use crate::model::{Engineer, EngineerGrade};
use crate::ui::pages::officers::until_text;
use crate::ui::pages::settings::registers::Export;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::register::{Drawer, Panel, Register, RegisterPage, Words};

impl KeptPage for Engineer {
    const PAGE: Page = Page::Engineers;
    const GROUPS: &'static [Part] = &[
        (Group::Person, Lang::engineer_group_person),
        (Group::Place, Lang::engineer_group_place),
        (Group::Other, Lang::unit_group_other),
    ];

    fn added(t: Lang, name: &str) -> String {
        t.engineer_added(name)
    }

    fn record_name(&self) -> RecordName {
        RecordName::Engineer(self.id.clone())
    }

    fn until(&self) -> (&'static str, Option<NaiveDate>) {
        ("registered_until", self.registered_until)
    }

    fn until_note(t: Lang, state: CertificateState) -> &'static str {
        match state {
            CertificateState::Unknown | CertificateState::Valid => "",
            CertificateState::EndsSoon => t.engineer_soon_note(),
            CertificateState::Over => t.engineer_over_note(),
        }
    }
}

impl Register for Engineer {
    const EXPORT: Export = Export::Engineers;
    const BESIDE: &'static [Page] = BOTH;

    fn words(t: Lang) -> Words {
        Words {
            title: t.nav_engineers(),
            find: t.engineers_find(),
            add: t.engineers_add(),
            import: t.units_import(),
            empty: t.engineers_empty(),
        }
    }

    fn gone(t: Lang, id: &str) -> String {
        t.engineers_gone(id)
    }

    fn view_name(t: Lang, view: usize, _: Option<&str>) -> Option<String> {
        Some(t.engineer_view(*EngineerView::ALL.get(view)?))
    }

    fn facts(page: RegisterPage<Self>, t: Lang) -> AnyView {
        let facts = move || {
            page.index.track();
            let count = |grade| {
                let of_grade = move |it: &&Self| it.status.is_active() && it.grade == grade;
                read(page.app, |book| {
                    book.engineers.iter().filter(of_grade).count()
                })
            };
            let all = page.index.with(|index| index.count(0));
            let (first, second) = (count(EngineerGrade::First), count(EngineerGrade::Second));
            let facts = t.engineers_facts(all, first, second);
            [facts, kept::own_standing(page, t)].join(t.list_comma())
        };
        facts.into_any()
    }

    fn actions(page: RegisterPage<Self>, t: Lang) -> AnyView {
        kept::own_actions(page, t)
    }

    fn width(t: Lang, key: &str) -> &'static str {
        match key {
            "name" => "110px",
            "grade" if t == Lang::Zh => "84px",
            "grade" => "96px",
            "registration_number" => "170px",
            "registered_until" => "136px",
            "phone" => "118px",
            _ => "",
        }
    }

    fn cell(&self, t: Lang, key: &str, row: &EngineerRow, _: NaiveDate) -> Option<AnyView> {
        Some(match key {
            "registration_number" => {
                view! { <span class="code">{self.registration_number.clone()}</span> }.into_any()
            }
            "registered_until" => until_text(t, self.registered_until, row.registration),
            "employer" => {
                let mark = mark(t, &row.employer);
                let words = match &row.employer {
                    EmployerLink::Agency(_, name, _) | EmployerLink::Unit(_, name, _) => name,
                    EmployerLink::Unknown => &self.employer,
                };
                let title = words.clone();
                // In front, where a narrow column does not cut it off.
                view! { {mark} <span title=title>{words.clone()}</span> }.into_any()
            }
            _ => return None,
        })
    }

    fn panel(page: RegisterPage<Self>, id: String) -> (Panel, AnyView) {
        let t = page.app.lang.get_untracked();
        kept::panel(page, id, move |engineer, row, _| {
            own(t, engineer, &row.employer)
        })
    }

    fn drawer(page: RegisterPage<Self>, drawer: Drawer) -> AnyView {
        kept::drawer(page, &drawer)
    }
}

/// What is to be told of an employer.
fn mark(t: Lang, employer: &EmployerLink) -> Option<AnyView> {
    let words = match employer {
        EmployerLink::Agency(_, _, true) | EmployerLink::Unit(_, _, true) => return None,
        EmployerLink::Agency(..) | EmployerLink::Unit(..) => t.employer_retired(),
        EmployerLink::Unknown => t.employer_unknown(),
    };
    Some(view! { <span class="warn-text">{words} " "</span> }.into_any())
}

fn own(t: Lang, engineer: &Engineer, employer: &EmployerLink) -> Own {
    let link = |page: Page, id: &str, name: &str| {
        let href = Route::record(page, id).hash();
        view! { <a href=href>{name.to_owned()}</a> }.into_any()
    };
    let name = match employer {
        EmployerLink::Agency(id, name, _) => link(Page::Agencies, id, name),
        EmployerLink::Unit(id, name, _) => link(Page::Units, id, name),
        EmployerLink::Unknown => engineer.employer.clone().into_any(),
    };
    let is_blank = *employer == EmployerLink::Unknown && engineer.employer.is_empty();
    let fact = view! {
        <dt>{t.import_field("employer")}</dt>
        <dd>{mark(t, employer)} {if is_blank { ().into_any() } else { name }}</dd>
    };
    Own {
        words: vec![t.engineer_grade(engineer.grade).to_owned()],
        special: Some(("employer", fact.into_any())),
        section: None,
    }
}
