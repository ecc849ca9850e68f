//! What stands around a list of records: saved views, search, chips, and the
//! drawer in which a record is edited.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::{JsCast, JsValue};

use super::dialog::{Dialog, error_line};
use super::field::CheckField;
use super::icon::{Icon, icon};
use crate::i18n::Lang;
use crate::model::{Described, Field, OfficerRole};
use crate::ui::app::{App, use_lang};
use crate::ui::route::{Page, Route};
use crate::workbook::Workbook;

/// Pause after the last key before a list is searched.
const SEARCH_PAUSE: Duration = Duration::from_millis(150);

/// A saved view of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewTab {
    /// What stands for it in the address.
    pub key: &'static str,
    /// Its words.
    pub name: String,
    /// How many records it holds.
    pub count: usize,
}

/// Saved views as tabs with counts.
#[component]
pub fn ViewTabs(
    #[prop(into)] tabs: Signal<Vec<ViewTab>>,
    /// The view on show.
    #[prop(into)]
    current: Signal<&'static str>,
    /// Called when one is chosen.
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let t = use_lang();
    let tab = move |tab: ViewTab| {
        let key = tab.key;
        view! {
            <button
                type="button"
                aria-pressed=move || if current.get() == key { "true" } else { "false" }
                on:click=move |_| on_choose.run(key)
            >
                {tab.name}
                " "
                <span class="tab-count">{tab.count}</span>
            </button>
        }
    };
    view! {
        <div class="tabs" role="group" aria-label=t.list_views()>
            {move || tabs.get().into_iter().map(tab).collect_view()}
        </div>
    }
}

/// Whether a key belongs to an unfinished word of an input method.
fn is_composing(event: &web_sys::Event) -> bool {
    let state = js_sys::Reflect::get(event, &JsValue::from_str("isComposing"));
    state.is_ok_and(|state| state.is_truthy())
}

/// A search box that speaks up after a pause. `/` leads to it from anywhere.
#[component]
pub fn SearchBox(
    /// Its accessible name, also shown while it is empty.
    label: &'static str,
    /// What is searched.
    #[prop(into)]
    text: Signal<String>,
    /// Called with what to search.
    on_search: Callback<String>,
) -> impl IntoView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(handle)) = timer.try_update_value(Option::take) {
            handle.clear();
        }
    };
    on_cleanup(stop);
    let later = move |text: String| {
        stop();
        let search = move || on_search.run(text);
        timer.set_value(set_timeout_with_handle(search, SEARCH_PAUSE).ok());
    };
    view! {
        <label class="search-box">
            {icon(Icon::Search)}
            <input
                type="search"
                data-find
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                placeholder=label
                prop:value=move || text.get()
                on:input=move |event| {
                    if !is_composing(&event) {
                        later(event_target_value(&event));
                    }
                }
                on:compositionend=move |event| later(event_target_value(&event))
            />
        </label>
    }
}

/// A condition of a list that can be taken out.
#[component]
pub fn Chip(
    /// The condition.
    text: String,
    /// Called to take it out.
    on_remove: Callback<()>,
) -> impl IntoView {
    let name = use_lang().list_filter_remove(&text);
    view! {
        <button type="button" class="chip" aria-label=name on:click=move |_| on_remove.run(())>
            {text}
            {icon(Icon::Close)}
        </button>
    }
}

/// The rows in sight, from 0, of `total`.
pub fn rows_in_sight(t: Lang, (start, end): (usize, usize), total: usize) -> String {
    match total {
        0 => t.list_no_rows().to_owned(),
        _ => t.list_rows(start + 1, end, total),
    }
}

/// The line below a list: what is on show, and the keys.
pub fn list_foot(t: Lang, words: String) -> AnyView {
    view! {
        <div class="list-foot">
            <span>{words}</span>
            <span class="spring"></span>
            <span class="list-keys" aria-hidden="true">
                <kbd>"↑"</kbd>
                <kbd>"↓"</kbd>
                <span>{t.list_key_rows()}</span>
                <kbd>"Enter"</kbd>
                <span>{t.list_key_open()}</span>
                <kbd>"/"</kbd>
                <span>{t.list_key_find()}</span>
            </span>
        </div>
    }
    .into_any()
}

/// The head of a detail panel: the record's name, its actions, and the way out.
pub fn detail_head(t: Lang, name: String, actions: AnyView, on_close: Callback<()>) -> AnyView {
    view! {
        <div class="detail-head">
            <h2 tabindex="-1" data-detail>
                {name}
            </h2>
            {actions}
            <button
                type="button"
                class="button is-icon is-small"
                aria-label=t.list_close_detail()
                on:click=move |_| on_close.run(())
            >
                {icon(Icon::Close)}
            </button>
        </div>
    }
    .into_any()
}

/// Leaves the record in the address; its list stays as it is.
pub fn close_record(app: App) {
    let route = Route {
        id: None,
        ..app.route.get_untracked()
    };
    app.go(&route);
}

/// Puts a value of a list into the address, without an entry in the history.
pub fn refine(app: App, key: &str, value: &str) {
    app.replace_route(app.route.get_untracked().with(key, value));
}

/// Reads the workbook; the empty value where none is open.
pub fn read<T: Default>(app: App, read: impl FnOnce(&Workbook) -> T) -> T {
    app.workbook
        .with(|book| book.as_deref().map(read).unwrap_or_default())
}

/// Where the list of `page` stands, kept by its address: Back finds the place again.
pub fn kept_scroll(app: App, page: Page) -> RwSignal<f64> {
    let address = move || {
        app.route
            .with(|route| (route.page == page).then(|| route.hash()))
    };
    let at = StoredValue::new(untrack(address).unwrap_or_default());
    let scroll = RwSignal::new(app.place_of(&at.get_value()));
    Effect::new(move |_| {
        // Once another page has come, the address is no longer this list's.
        if let Some(address) = address() {
            at.set_value(address);
        }
    });
    on_cleanup(move || {
        if let (Some(at), Some(top)) = (at.try_get_value(), scroll.try_get_untracked()) {
            app.keep_place(at, top);
        }
    });
    scroll
}

/// A term with what it says; nothing where that is empty.
pub fn fact(term: &'static str, text: impl Into<String>) -> AnyView {
    let text = text.into();
    if text.is_empty() {
        return ().into_any();
    }
    view! {
        <dt>{term}</dt>
        <dd>{text}</dd>
    }
    .into_any()
}

/// What a record's table says that its panel lists, each as its term and its value where
/// `special` shows it in no other way.
pub fn facts<R: Described>(
    t: Lang,
    record: &R,
    special: impl Fn(&'static str) -> Option<AnyView>,
) -> Vec<AnyView> {
    let told = |field: &Field<R>| {
        let plain = || {
            fact(
                t.fact_label(R::REGISTER, field.key),
                t.fact_value(field, record),
            )
        };
        special(field.key).unwrap_or_else(plain)
    };
    R::FIELDS
        .iter()
        .filter(|field| field.is_fact)
        .map(told)
        .collect()
}

/// Escape on a page with a list: closes an open menu, else the detail panel.
pub fn list_escape(event: &leptos::ev::KeyboardEvent, is_open: bool, close: impl FnOnce()) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_within = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
    };
    if event.key() != "Escape" || is_within("dialog") {
        return;
    }
    if is_within("details.filter-menu[open]") {
        let summary = "details.filter-menu[open] > summary";
        if let Ok(Some(summary)) = document().query_selector(summary) {
            let summary = summary.unchecked_into::<web_sys::HtmlElement>();
            summary.click();
            let _ = summary.focus();
        }
    } else if is_open {
        close();
        focus_on("table.list");
    } else {
        return;
    }
    event.prevent_default();
}

/// Leads from a list into its detail panel.
pub fn focus_detail() {
    focus_on("[data-detail]");
}

/// Puts the focus on the first element that `selector` finds.
pub fn focus_on(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// A drawer with a form: nothing typed is lost by a slip of a key.
#[component]
pub fn FormDrawer(
    /// The record, or what is made.
    #[prop(into)]
    title: String,
    /// Whether anything differs from the record.
    #[prop(into)]
    is_changed: Signal<bool>,
    /// Fields that are wrong, once saving was tried.
    #[prop(into)]
    faults_count: Signal<usize>,
    /// Why saving was refused; empty if it was not.
    #[prop(into)]
    error: Signal<String>,
    /// Called when it is left.
    on_close: Callback<()>,
    /// Called to save.
    on_save: Callback<()>,
    /// Called to save and go on with another new record, where one is made.
    #[prop(optional_no_strip)]
    on_save_and_new: Option<Callback<()>>,
    /// Called to go on without saving, where the drawer is a step of a walk.
    #[prop(optional_no_strip)]
    on_skip: Option<Callback<()>>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let t = use_lang();
    let is_asking = RwSignal::new(false);
    let leave = move || {
        if is_changed.get_untracked() {
            is_asking.set(true);
        } else {
            on_close.run(());
        }
    };
    let save = move |way: Callback<()>| {
        way.run(());
        request_animation_frame(|| focus_on("dialog [aria-invalid=\"true\"]"));
    };
    let submit = Callback::new(move |()| {
        if !is_asking.get_untracked() {
            save(on_save);
        }
    });
    let more = move || {
        on_save_and_new.map(|way| {
            view! {
                <button type="button" class="button" on:click=move |_| save(way)>
                    {t.form_save_and_new()}
                </button>
            }
        })
    };
    let skip = move || {
        on_skip.map(|way| {
            view! {
                <button type="button" class="button" on:click=move |_| way.run(())>
                    {t.mend_skip()}
                </button>
            }
        })
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && event.ctrl_key() && on_skip.is_some() {
            event.prevent_default();
            submit.run(());
        }
    };
    let foot = move || {
        if is_asking.get() {
            return view! {
                <span class="warn-text">{t.form_unsaved()}</span>
                <span class="spring"></span>
                <button type="button" class="button is-danger" on:click=move |_| on_close.run(())>
                    {t.form_discard()}
                </button>
                <button type="button" class="button" on:click=move |_| is_asking.set(false)>
                    {t.form_keep_editing()}
                </button>
            }
            .into_any();
        }
        view! {
            <span class="error-text">
                {move || (faults_count.get() > 0).then(|| t.form_faults(faults_count.get()))}
            </span>
            <span class="spring"></span>
            <button type="button" class="button" on:click=move |_| leave()>
                {if on_skip.is_some() { t.mend_leave() } else { t.cancel() }}
            </button>
            {more()}
            {skip()}
            <button
                type="submit"
                class="button is-primary"
                title=on_skip.map(|_| t.mend_key())
            >
                {if on_skip.is_some() { t.mend_save_next() } else { t.save() }}
            </button>
        }
        .into_any()
    };
    view! {
        <Dialog title class="is-drawer" on_close=Callback::new(move |()| leave()) on_submit=submit>
            <div class="dialog-body form-body" on:keydown=press>
                <p class="caption">{t.form_required()}</p>
                {children()} {error_line(error)}</div>
            <div class="dialog-foot">{foot}</div>
        </Dialog>
    }
}

/// Asks whether a record is another than one of the register; nothing where none is alike.
pub fn alike_question(alike: Memo<Option<String>>, is_another: RwSignal<bool>) -> AnyView {
    let question = move || {
        alike.get().map(|words| {
            view! {
                <div class="form-question" role="status">
                    <CheckField label=words value=is_another />
                </div>
            }
        })
    };
    view! { <div>{question}</div> }.into_any()
}

/// A heading with fields in two columns.
#[component]
pub fn FieldGroup(
    /// Its words.
    title: &'static str,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="field-group">
            <legend>{title}</legend>
            <div class="field-grid">{children()}</div>
        </fieldset>
    }
}

/// Choices of an enumeration for a select field: places with words.
pub fn choices<T: Copy>(all: &[T], words: impl Fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter()
        .enumerate()
        .map(|(place, value)| (place.to_string(), words(*value).to_owned()))
        .collect()
}

/// The officers who may make a visit, or lead one, as choices by id; nobody first.
pub fn officer_choices(app: App, may_lead: bool) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), String::new())];
    read(app, |book| {
        let known = book.officers.iter();
        let known = known.filter(|it| it.role == OfficerRole::Enforcement);
        let known = known.filter(|it| it.may_lead || !may_lead);
        all.extend(known.map(|it| (it.id.to_string(), it.name.clone())));
    });
    all
}

/// The place of a value among its choices, as a select field keeps it.
pub fn choice_of<T: PartialEq>(all: &[T], value: &T) -> String {
    all.iter()
        .position(|other| other == value)
        .unwrap_or_default()
        .to_string()
}

/// The value that a select field stands on.
pub fn chosen<T: Copy + Default>(all: &[T], choice: &str) -> T {
    choice
        .parse::<usize>()
        .ok()
        .and_then(|place| all.get(place))
        .copied()
        .unwrap_or_default()
}
