//! Labelled inputs: label above, help below; an error takes the help's place.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// Gives each field an id that is unique in the page.
fn next_id() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// Help, or the error in its place, tied to the input by `id`.
fn notes(id: String, help: Signal<String>, error: Signal<String>) -> AnyView {
    let text = move || {
        let (error, help) = (error.get(), help.get());
        if !error.is_empty() {
            view! { <span class="problem">{icon(Icon::Warning)} {error}</span> }.into_any()
        } else if help.is_empty() {
            ().into_any()
        } else {
            view! { <span class="help">{help}</span> }.into_any()
        }
    };
    view! { <div id=id>{text}</div> }.into_any()
}

/// The mark beside the label of a field that must be filled; the field itself says so to
/// those who cannot see it.
fn required_mark() -> AnyView {
    view! {
        <span class="required" aria-hidden="true">
            "＊"
        </span>
    }
    .into_any()
}

/// A line of text, a date, a number or a hidden word.
#[component]
pub fn TextField(
    /// Its label, which is its accessible name.
    #[prop(into)]
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// `text`, `date`, `number`, `password`, `datetime-local`.
    #[prop(optional, into, default = "text".to_owned())]
    kind: String,
    /// Help below it.
    #[prop(optional, into)]
    help: Signal<String>,
    /// What is wrong with it; empty if nothing.
    #[prop(optional, into)]
    error: Signal<String>,
    /// Whether it takes a whole row of a field grid.
    #[prop(optional)]
    is_full: bool,
    /// Whether the focus starts here.
    #[prop(optional)]
    autofocus: bool,
    /// Whether it must be filled.
    #[prop(optional)]
    is_required: bool,
    /// Values to choose from while typing.
    #[prop(optional, into)]
    suggestions: Option<Signal<Vec<String>>>,
) -> impl IntoView {
    let id = next_id();
    let notes_id = format!("{id}-notes");
    let list_id = suggestions.map(|_| format!("{id}-list"));
    let list = suggestions.map(|suggestions| {
        let option = |value: String| view! { <option value=value></option> };
        let options = move || suggestions.get().into_iter().map(option).collect_view();
        view! { <datalist id=list_id.clone()>{options}</datalist> }
    });
    view! {
        <div class="field" class:is-full=is_full>
            <label for=id.clone()>{label} {is_required.then(required_mark)}</label>
            <input
                id=id
                type=kind
                autocomplete="off"
                autofocus=autofocus
                list=list_id
                aria-required=is_required.then_some("true")
                aria-describedby=notes_id.clone()
                aria-invalid=move || (!error.get().is_empty()).then_some("true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {list}
            {notes(notes_id, help, error)}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Its label, which is its accessible name.
    #[prop(into)]
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// Help below it.
    #[prop(optional, into)]
    help: Signal<String>,
    /// What is wrong with it; empty if nothing.
    #[prop(optional, into)]
    error: Signal<String>,
) -> impl IntoView {
    let id = next_id();
    let notes_id = format!("{id}-notes");
    view! {
        <div class="field is-full">
            <label for=id.clone()>{label}</label>
            <textarea
                id=id
                aria-describedby=notes_id.clone()
                aria-invalid=move || (!error.get().is_empty()).then_some("true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            {notes(notes_id, help, error)}
        </div>
    }
}

/// One of several words.
#[component]
pub fn SelectField(
    /// Its label, which is its accessible name.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// Values with the words that stand for them.
    options: Vec<(String, String)>,
    /// Whether it takes a whole row of a field grid.
    #[prop(optional)]
    is_full: bool,
) -> impl IntoView {
    let id = next_id();
    let options = options
        .into_iter()
        .map(|(key, words)| {
            let own = key.clone();
            view! { <option value=key selected=move || value.get() == own>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:is-full=is_full>
            <label for=id.clone()>{label}</label>
            <select id=id on:change=move |event| value.set(event_target_value(&event))>
                {options}
            </select>
        </div>
    }
}

/// Yes or no.
#[component]
pub fn CheckField(
    /// Its label, which is its accessible name.
    #[prop(into)]
    label: String,
    /// Whether it is checked.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="check-field">
            <input
                type="checkbox"
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            {label}
        </label>
    }
}
