//! The drawer in which an item is added or edited.

use leptos::prelude::*;

use super::Items;
use crate::desk::form::{Fault, Faults, Spot};
use crate::i18n::Lang;
use crate::model::InspectionItem;
use crate::model::field::Group;
use crate::ui::app::use_lang;
use crate::ui::route::Page;
use crate::ui::widgets::draft::{Draft, Drafted};
use crate::ui::widgets::register::Drawer;
use crate::ui::widgets::{FieldGroup, TextField};
use crate::workbook::{Action, Workbook};

impl Drafted for InspectionItem {
    const PAGE: Page = Page::Items;

    fn adding(self: Box<Self>, _: bool) -> Action {
        Action::PutItem(self)
    }

    fn editing(self: Box<Self>, _is_alike: bool) -> Action {
        Action::PutItem(self)
    }

    fn told(&self, t: Lang, is_new: bool) -> String {
        if is_new {
            t.item_added(&self.name)
        } else {
            t.item_saved(&self.name)
        }
    }

    fn goes_to(&self, _: Option<String>) -> Option<String> {
        Some(self.id.clone())
    }
}

/// Adds or edits an item.
#[component]
pub(super) fn ItemDrawer(page: Items, drawer: Drawer) -> impl IntoView {
    let t = use_lang();
    let is_new = drawer == Drawer::New;
    let Some(before) = page.start(&drawer) else {
        return ().into_any();
    };
    let title = if is_new {
        t.items_add().to_owned()
    } else {
        t.item_edit_title(&before.id)
    };
    let id = RwSignal::new(before.id.clone());
    let put = move |item: &mut InspectionItem, book: &Workbook, faults: &mut Faults<Spot>| {
        item.id = id.with(|id| id.trim().to_owned());
        // A number that is taken would replace its item, so it is refused here.
        let is_taken = is_new && book.items.iter().any(|other| other.id == item.id);
        let fault = match (item.id.is_empty(), is_taken) {
            (true, _) => Fault::Empty,
            (false, true) => Fault::IdTaken,
            (false, false) => return,
        };
        faults.push((Spot::Field("id"), fault));
    };
    let is_id_changed = move || is_new && id.with(|id| !id.trim().is_empty());
    let draft = Draft::new(page.app, before, is_new, put, is_id_changed);
    let close = Callback::new(move |()| page.drawer.set(None));
    let body = move || {
        view! {
            {is_new.then(|| view! {
                <TextField
                    label=t.item_id()
                    is_required=true
                    value=id
                    help=t.item_id_help()
                    error=draft.error(t, || Spot::Field("id"))
                    autofocus=true
                />
            })}
            <FieldGroup title=t.items_col_name()>{draft.group(t, Group::Item, |_| None)}</FieldGroup>
        }
        .into_any()
    };
    draft.drawer(t, title, close, None, body)
}
