//! The drawer in which a unit is added or edited: the fields of its table, with what the
//! register suggests for some of them.

use leptos::prelude::*;

use super::Units;
use crate::desk::form::Spot;
use crate::i18n::Lang;
use crate::model::field::Group;
use crate::model::{SocialCreditCode, Stratum, Unit};
use crate::ui::app::use_lang;
use crate::ui::route::Page;
use crate::ui::widgets::draft::{Draft, Drafted};
use crate::ui::widgets::list::alike_question;
use crate::ui::widgets::register::Drawer;
use crate::ui::widgets::{FieldGroup, SelectField, TextField};
use crate::workbook::{Action, Workbook, names};

impl Drafted for Unit {
    const PAGE: Page = Page::Units;

    fn alike(&self, book: &Workbook, t: Lang, is_new: bool) -> Option<String> {
        let other = book.unit_alike(self)?;
        let address = match other.address.as_str() {
            "" => t.no_address(),
            address => address,
        };
        Some(if is_new {
            t.unit_alike(&other.id, &other.name, address)
        } else {
            t.unit_alike_edit(&other.id, &other.name, address)
        })
    }

    fn adding(self: Box<Self>, is_alike: bool) -> Action {
        if is_alike {
            Action::AddUnitAlike(self)
        } else {
            Action::AddUnit(self)
        }
    }

    fn editing(self: Box<Self>, is_alike: bool) -> Action {
        if is_alike {
            Action::EditUnitAlike(self)
        } else {
            Action::EditUnit(self)
        }
    }

    fn told(&self, t: Lang, is_new: bool) -> String {
        if is_new {
            t.unit_added(&self.name)
        } else {
            t.unit_saved(&self.name)
        }
    }
}

/// Ticks 人员密集场所 where a newly chosen category is one by law, and takes only its own
/// tick back: what a person ticked or took out stays. Returns whether the tick is its own.
fn suggest(draft: Draft<Unit>) -> RwSignal<bool> {
    let is_suggested = RwSignal::new(false);
    let (category, is_dense) = (draft.text("category"), draft.flag("is_densely_populated"));
    Effect::watch(
        move || category.get(),
        move |category, _, _| {
            let is_by_law = names::DENSE_CATEGORIES.contains(&category.as_str());
            if is_by_law && !is_dense.get_untracked() {
                is_suggested.set(true);
                is_dense.set(true);
            } else if !is_by_law && is_suggested.get_untracked() {
                is_suggested.set(false);
                is_dense.set(false);
            }
        },
        false,
    );
    is_suggested
}

/// Adds or edits a unit.
#[component]
pub(super) fn UnitDrawer(page: Units, drawer: Drawer) -> impl IntoView {
    let t = use_lang();
    let Some(before) = page.start(&drawer) else {
        return ().into_any();
    };
    let is_new = drawer == Drawer::New;
    let title = if is_new {
        t.units_add().to_owned()
    } else {
        t.unit_edit_title(&before.name)
    };
    let draft = Draft::new(page.app, before, is_new, |_, _, _| {}, || false);
    let is_suggested = suggest(draft);
    let close = Callback::new(move |()| page.drawer.set(None));
    let on_clear = Callback::new(move |()| is_suggested.set(false));
    let body = move || {
        view! {
            {identity(t, page, draft)}
            {alike_question(draft.alike, draft.is_another)}
            {supervision(t, draft, is_suggested)}
            {place(t, page, draft)}
            <FieldGroup title=t.unit_group_risk()>{draft.group(t, Group::Risk, |_| None)}</FieldGroup>
            <FieldGroup title=t.unit_group_other()>{draft.group(t, Group::Other, |_| None)}</FieldGroup>
        }
        .into_any()
    };
    draft.drawer(t, title, close, Some(on_clear), body)
}

/// Values of a list to choose from, a blank one first, and the record's own where the list
/// does not hold it.
fn listed(t: Lang, values: Vec<String>, own: RwSignal<String>) -> Vec<(String, String)> {
    let own = own.get_untracked();
    let mut options = vec![(String::new(), t.form_not_chosen().to_owned())];
    if !own.is_empty() && !values.contains(&own) {
        options.push((own.clone(), t.form_other(&own)));
    }
    options.extend(values.into_iter().map(|value| (value.clone(), value)));
    options
}

fn identity(t: Lang, page: Units, draft: Draft<Unit>) -> AnyView {
    let categories = page.app.workbook.with_untracked(|book| {
        book.as_ref()
            .map(|book| book.categories.clone())
            .unwrap_or_default()
    });
    let special = move |key| match key {
        "code" => Some(code(t, draft)),
        "category" => {
            let value = draft.text("category");
            let options = listed(t, categories.clone(), value);
            Some(view! { <SelectField label=t.unit_category() value options /> }.into_any())
        }
        _ => None,
    };
    view! {
        <FieldGroup title=t.unit_group_identity()>
            {draft.group(t, Group::Identity, special)}
        </FieldGroup>
    }
    .into_any()
}

/// The code, with word of its check characters while it is typed.
fn code(t: Lang, draft: Draft<Unit>) -> AnyView {
    let value = draft.text("code");
    let help = Signal::derive(move || {
        let code = value.with(|code| SocialCreditCode::parse(code));
        let words = match code.map(|code| code.is_organisation_check_right()) {
            Err(_) => t.unit_code_help(),
            Ok(true) => t.unit_code_right(),
            Ok(false) => t.unit_code_old(),
        };
        words.to_owned()
    });
    let error = draft.error(t, || Spot::Field("code"));
    view! { <TextField label=t.unit_code() value help error is_full=true /> }.into_any()
}

fn supervision(t: Lang, draft: Draft<Unit>, is_suggested: RwSignal<bool>) -> AnyView {
    let category = draft.text("category");
    let (is_key, is_dense) = (draft.flag("is_key"), draft.flag("is_densely_populated"));
    let note = move || {
        let stratum = Stratum::of(is_key.get(), is_dense.get());
        t.unit_stratum_note(stratum, t.stratum(stratum))
    };
    let suggested = move || {
        let is_by_law =
            category.with(|category| names::DENSE_CATEGORIES.contains(&category.as_str()));
        let is_shown = is_by_law && is_suggested.get();
        is_shown.then(|| t.unit_dense_suggested(category.get()))
    };
    view! {
        <FieldGroup title=t.unit_group_supervision()>
            {draft.group(t, Group::Supervision, |_| None)}
            <p class="caption is-full" role="status">
                {suggested} {note}
            </p>
        </FieldGroup>
    }
    .into_any()
}

fn place(t: Lang, page: Units, draft: Draft<Unit>) -> AnyView {
    let townships = page.app.workbook.with_untracked(|book| {
        let townships = book.iter().flat_map(|book| &book.brigade.townships);
        townships
            .map(|township| township.name.clone())
            .collect::<Vec<_>>()
    });
    // A brigade that has not listed its townships types them.
    let special = move |key| {
        (key == "township" && !townships.is_empty()).then(|| {
            let value = draft.text("township");
            let options = listed(t, townships.clone(), value);
            view! { <SelectField label=t.unit_township() value options /> }.into_any()
        })
    };
    view! {
        <FieldGroup title=t.unit_group_place()>
            {draft.group(t, Group::Place, special)}
        </FieldGroup>
    }
    .into_any()
}
