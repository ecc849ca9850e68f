//! Dialogs for acts that cannot be taken back, and drawers for forms.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::app::focused;
use crate::i18n::Lang;

/// A modal dialog around `children`, open as long as it is in the page.
///
/// Escape and the backdrop's ways out call `on_close`; the caller takes it out
/// of the page, and the focus goes back to where it was. `children` hold
/// `.dialog-body` and `.dialog-foot`. Enter in a field presses the button of type `submit`,
/// as in any form; where it is disabled or there is none, Enter does nothing.
#[component]
pub fn Dialog(
    /// Its title: the act, or the record.
    #[prop(into)]
    title: String,
    /// Called when it is left.
    on_close: Callback<()>,
    /// Called by the button that acts, which has the type `submit`, and by Enter in a field.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    /// `is-drawer`, `is-wide`, `is-palette` or nothing.
    #[prop(optional)]
    class: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    return_focus();
    // A dialog is modal only when it is opened by a call, after it is in the page.
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
            focus_first(&dialog);
        }
    });
    let name = title.clone();
    view! {
        <dialog
            node_ref=node
            class=class
            aria-label=name
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
        >
            <form
                method="dialog"
                novalidate
                on:keydown=|event| {
                    // The key that opened the dialog must not act in it while it is held down.
                    if event.key() == "Enter" && event.repeat() {
                        event.prevent_default();
                    }
                }
                on:submit=move |event| {
                    event.prevent_default();
                    if let Some(on_submit) = on_submit {
                        on_submit.run(());
                    }
                }
            >
                <div class="dialog-head">
                    <h2>{title}</h2>
                </div>
                {children()}
            </form>
        </dialog>
    }
}

/// Where an act can be taken back or is only begun, work starts in the first field, or on
/// the button that acts: Enter must not cancel what a person came for. A dialog whose
/// button has `autofocus` keeps the focus there.
fn focus_first(dialog: &leptos::web_sys::HtmlDialogElement) {
    if matches!(dialog.query_selector("[autofocus]"), Ok(Some(_))) {
        return;
    }
    let field = ".dialog-body input:not([type=file]), .dialog-body select, .dialog-body textarea";
    let acts = "button[type=submit]:not(:disabled)";
    for selector in [field, acts] {
        if let Ok(Some(element)) = dialog.query_selector(selector) {
            let _ = element
                .unchecked_into::<leptos::web_sys::HtmlElement>()
                .focus();
            return;
        }
    }
}

/// Gives the focus back to the element that has it now, once the present part of the page goes.
fn return_focus() {
    let before = StoredValue::new_local(focused());
    on_cleanup(move || {
        let Some(element) = before.try_get_value().flatten() else {
            return;
        };
        // The dialog still holds the focus until it is out of the page.
        request_animation_frame(move || {
            let has_gone = focused().is_none_or(|element| element.tag_name() == "BODY");
            if element.is_connected() && has_gone {
                let _ = element.focus();
            }
        });
    });
}

/// The foot of a dialog that only shows: it is left, and nothing else.
pub fn close_foot(t: Lang, on_close: Callback<()>) -> AnyView {
    view! {
        <div class="dialog-foot">
            <button type="button" class="button" autofocus on:click=move |_| on_close.run(())>
                {t.close()}
            </button>
        </div>
    }
    .into_any()
}

/// The foot of a dialog that acts: the way out, and the act.
pub fn act_foot(t: Lang, on_close: Callback<()>, act: impl Into<String>) -> AnyView {
    view! {
        <div class="dialog-foot">
            <button type="button" class="button" on:click=move |_| on_close.run(())>
                {t.cancel()}
            </button>
            <button type="submit" class="button is-primary">
                {act.into()}
            </button>
        </div>
    }
    .into_any()
}

/// An error said aloud; nothing while the text is empty.
pub fn error_line(error: Signal<String>) -> AnyView {
    let line = move || {
        let text = error.get();
        (!text.is_empty()).then(|| view! { <p class="error-text">{text}</p> })
    };
    view! { <div role="alert">{line}</div> }.into_any()
}
