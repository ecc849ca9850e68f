//! The drawer in which an item is added or edited.

use leptos::prelude::*;
use serde_json::Map;

use super::{Drawer, Items};
use crate::i18n::Lang;
use crate::model::{AppliesTo, InspectionItem, Subject};
use crate::ui::app::use_lang;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{choice_of, choices, chosen};
use crate::ui::widgets::{FieldGroup, FormDrawer, SelectField, TextArea, TextField};
use crate::workbook::Action;
use crate::workbook::form::Fault;

/// The fields as the drawer holds them.
#[derive(Clone, Copy)]
struct Fields {
    id: RwSignal<String>,
    subject: RwSignal<String>,
    name: RwSignal<String>,
    class: RwSignal<String>,
    applies_to: RwSignal<String>,
    basis: RwSignal<String>,
    method: RwSignal<String>,
    content: RwSignal<String>,
    note: RwSignal<String>,
}

impl Fields {
    fn new(item: &InspectionItem) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            id: text(&item.id),
            subject: RwSignal::new(choice_of(&Subject::ALL, &item.subject)),
            name: text(&item.name),
            class: text(&item.class),
            applies_to: RwSignal::new(choice_of(&AppliesTo::ALL, &item.applies_to)),
            basis: text(&item.basis),
            method: text(&item.method),
            content: text(&item.content),
            note: text(&item.note),
        }
    }

    /// The record with what stands in the fields; what the form does not show is `before`'s.
    fn item(self, before: &InspectionItem) -> InspectionItem {
        let trimmed = |field: RwSignal<String>| field.with(|text| text.trim().to_owned());
        InspectionItem {
            id: trimmed(self.id),
            subject: self.subject.with(|choice| chosen(&Subject::ALL, choice)),
            name: trimmed(self.name),
            class: trimmed(self.class),
            basis: trimmed(self.basis),
            method: trimmed(self.method),
            content: trimmed(self.content),
            applies_to: self
                .applies_to
                .with(|choice| chosen(&AppliesTo::ALL, choice)),
            note: trimmed(self.note),
            extra: before.extra.clone(),
        }
    }
}

fn blank() -> InspectionItem {
    InspectionItem {
        id: String::new(),
        subject: Subject::default(),
        name: String::new(),
        class: String::new(),
        basis: String::new(),
        method: String::new(),
        content: String::new(),
        applies_to: AppliesTo::default(),
        note: String::new(),
        extra: Map::new(),
    }
}

/// Adds or edits an item.
#[component]
pub(super) fn ItemDrawer(page: Items, drawer: Drawer) -> impl IntoView {
    let t = use_lang();
    let app = page.app;
    let is_new = drawer == Drawer::New;
    let before = match &drawer {
        Drawer::New => Some(blank()),
        Drawer::Edit(id) => app.workbook.with_untracked(|book| {
            book.as_ref()?
                .items
                .iter()
                .find(|item| item.id == *id)
                .cloned()
        }),
    };
    let Some(before) = before else {
        return ().into_any();
    };
    let title = if is_new {
        t.items_add().to_owned()
    } else {
        t.item_edit_title(&before.id)
    };
    let fields = Fields::new(&before);
    let start = before.clone();
    let item = Memo::new(move |_| fields.item(&before));
    let is_changed = Memo::new(move |_| item.with(|item| *item != start));
    let is_tried = RwSignal::new(false);
    let refusal = RwSignal::new(String::new());
    // A number that is taken would replace its item, so it is refused here.
    let id_fault = Memo::new(move |_| {
        let id = fields.id.with(|id| id.trim().to_owned());
        let is_taken = is_new
            && app.workbook.with(|book| {
                book.as_ref()
                    .is_some_and(|book| book.items.iter().any(|item| item.id == id))
            });
        match (id.is_empty(), is_taken) {
            (true, _) => t.fault(&Fault::Empty),
            (false, true) => t.item_id_taken().to_owned(),
            (false, false) => String::new(),
        }
    });
    let name_fault = Memo::new(move |_| {
        let is_missing = fields.name.with(|name| name.trim().is_empty());
        if is_missing {
            t.fault(&Fault::Empty)
        } else {
            String::new()
        }
    });
    let faults_count = Signal::derive(move || {
        let faults = [id_fault, name_fault];
        let count = faults
            .iter()
            .filter(|fault| fault.with(|words| !words.is_empty()))
            .count();
        if is_tried.get() { count } else { 0 }
    });
    let shown = move |fault: Memo<String>| {
        Signal::derive(move || {
            if is_tried.get() {
                fault.get()
            } else {
                String::new()
            }
        })
    };
    let close = Callback::new(move |()| page.drawer.set(None));
    let save = move |()| {
        is_tried.set(true);
        if faults_count.get_untracked() > 0 {
            return;
        }
        if !is_new && !is_changed.get_untracked() {
            return close.run(());
        }
        let item = item.get_untracked();
        let words = if is_new {
            t.item_added(&item.name)
        } else {
            t.item_saved(&item.name)
        };
        let route = Route::record(Page::Items, item.id.clone());
        match app.act_and_tell(Action::PutItem(Box::new(item)), words) {
            Ok(_) => {
                close.run(());
                app.go(&route);
            }
            Err(words) => refusal.set(words),
        }
    };
    view! {
        <FormDrawer
            title=title.clone()
            is_changed
            faults_count
            error=refusal
            on_close=close
            on_save=Callback::new(save)
        >
            {is_new.then(|| view! {
                <TextField
                    label=t.item_id()
                    is_required=true
                    value=fields.id
                    help=t.item_id_help()
                    error=shown(id_fault)
                    autofocus=true
                />
            })}
            {body(t, fields, shown(name_fault))}
        </FormDrawer>
    }
    .into_any()
}

fn body(t: Lang, fields: Fields, name_error: Signal<String>) -> AnyView {
    view! {
        <FieldGroup title=t.items_col_name()>
            <TextField label=t.item_name() value=fields.name error=name_error is_full=true is_required=true />
            <SelectField
                label=t.item_subject()
                value=fields.subject
                options=choices(&Subject::ALL, |subject| t.subject_long(subject))
                is_full=true
            />
            <TextField label=t.item_class() value=fields.class help=t.item_class_help() />
            <SelectField
                label=t.item_applies()
                value=fields.applies_to
                options=choices(&AppliesTo::ALL, |rule| t.applies_to(rule))
            />
            <TextArea label=t.item_basis() value=fields.basis />
            <TextField label=t.item_method() value=fields.method is_full=true />
            <TextArea label=t.item_content() value=fields.content />
            <TextArea label=t.item_note() value=fields.note />
        </FieldGroup>
    }
    .into_any()
}
