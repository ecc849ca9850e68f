//! What the item list's page says in a way of its own: views, headings, cells.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Items;
use super::detail::panel;
use super::form::ItemDrawer;
use super::version;
use crate::desk::list::{INCOMPLETE, Line, Listed as _};
use crate::i18n::Lang;
use crate::model::{InspectionItem, Subject};
use crate::ui::pages::settings::registers::Export;
use crate::ui::widgets::register::{Drawer, Panel, Register, Words};

impl Register for InspectionItem {
    const EXPORT: Export = Export::Items;

    fn words(t: Lang) -> Words {
        Words {
            title: t.nav_items(),
            find: t.items_find(),
            add: t.items_add(),
            import: t.items_import(),
            empty: t.items_empty(),
        }
    }

    fn gone(t: Lang, id: &str) -> String {
        t.items_gone(id)
    }

    fn view_name(t: Lang, view: usize, _: Option<&str>) -> Option<String> {
        let Some(subject) = view.checked_sub(1) else {
            return Some(t.items_view_all().to_owned());
        };
        if Self::VIEWS.get(view) == Some(&INCOMPLETE) {
            return Some(t.units_incomplete().to_owned());
        }
        Some(t.subject(*Subject::ALL.get(subject)?).to_owned())
    }

    fn facts(page: Items, t: Lang) -> AnyView {
        version::facts(page, t)
    }

    fn width(t: Lang, key: &str) -> &'static str {
        match key {
            "id" => "92px",
            "class" => "130px",
            "applies_to" if t == Lang::Zh => "120px",
            "applies_to" => "176px",
            "method" => "200px",
            _ => "",
        }
    }

    fn cell(&self, _: Lang, key: &str, (): &(), _: NaiveDate) -> Option<AnyView> {
        let id = || view! { <span class="code">{self.id.clone()}</span> }.into_any();
        (key == "id").then(id)
    }

    fn heading(t: Lang, group: usize, count: usize) -> AnyView {
        let subject = Subject::ALL.get(group).copied().unwrap_or_default();
        view! {
            <b>{t.subject_long(subject)}</b>
            {t.items_heading_count(count)}
        }
        .into_any()
    }

    fn foot(t: Lang, _: (usize, usize), lines: &[Line]) -> String {
        let items = lines.iter().filter(|line| matches!(line, Line::Record(_)));
        t.items_on_show(items.count())
    }

    fn panel(page: Items, id: String) -> (Panel, AnyView) {
        panel(page, id)
    }

    fn drawer(page: Items, drawer: Drawer) -> AnyView {
        view! { <ItemDrawer page drawer /> }.into_any()
    }
}
