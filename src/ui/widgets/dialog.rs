//! Dialogs for acts that cannot be taken back, and drawers for forms.

use leptos::html;
use leptos::prelude::*;

use super::super::app::{focused, use_lang};
use crate::i18n::Lang;

/// A modal dialog around `children`, open as long as it is in the page.
///
/// Escape and the backdrop's ways out call `on_close`; the caller takes it out
/// of the page, and the focus goes back to where it was. `children` hold
/// `.dialog-body` and `.dialog-foot`.
#[component]
pub fn Dialog(
    /// Its title: the act, or the record.
    #[prop(into)]
    title: String,
    /// Called when it is left.
    on_close: Callback<()>,
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
            <form method="dialog" on:submit=|event| event.prevent_default()>
                <div class="dialog-head">
                    <h2>{title}</h2>
                </div>
                {children()}
            </form>
        </dialog>
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

/// Asks before an act: consequence, optional fields, cancel first.
#[component]
pub fn ConfirmDialog(
    /// The act.
    #[prop(into)]
    title: String,
    /// What it does.
    #[prop(into)]
    consequence: String,
    /// The words on the button that acts.
    #[prop(into)]
    action: String,
    /// Whether the act destroys or ends something.
    #[prop(optional)]
    is_danger: bool,
    /// Why the act was refused; empty if it was not.
    #[prop(optional, into)]
    error: Signal<String>,
    /// Called when it is left.
    on_close: Callback<()>,
    /// Called when the act is confirmed.
    on_confirm: Callback<()>,
    /// Fields between consequence and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let cancel = match use_lang() {
        Lang::Zh => "取消",
        Lang::En => "Cancel",
    };
    let class = if is_danger {
        "button is-danger"
    } else {
        "button is-primary"
    };
    view! {
        <Dialog title on_close>
            <div class="dialog-body">
                <p>{consequence}</p>
                {children.map(|children| children())}
                {error_line(error)}
            </div>
            <div class="dialog-foot">
                <button type="button" class="button" autofocus on:click=move |_| on_close.run(())>
                    {cancel}
                </button>
                <button type="button" class=class on:click=move |_| on_confirm.run(())>
                    {action}
                </button>
            </div>
        </Dialog>
    }
}

/// An error said aloud; nothing while the text is empty.
pub fn error_line(error: Signal<String>) -> AnyView {
    let line = move || {
        let text = error.get();
        (!text.is_empty()).then(|| view! { <p class="error-text">{text}</p> })
    };
    view! { <div role="alert">{line}</div> }.into_any()
}
