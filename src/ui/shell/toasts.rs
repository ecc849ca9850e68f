//! Short messages that go by themselves.

use leptos::prelude::*;

use crate::ui::app::{use_app, use_lang};

#[component]
pub(super) fn Toasts() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    view! {
        <div class="toasts" role="status" aria-label=t.notifications()>
            <For each=move || app.toasts.get() key=|toast| toast.number let:toast>
                <div class="toast">
                    <span>{toast.text.clone()}</span>
                    {toast
                        .undo
                        .map(|number| {
                            view! {
                                <Show when=move || app.is_last_change(number)>
                                    <button
                                        type="button"
                                        class="button is-plain is-small"
                                        on:click=move |_| app.undo_told(number)
                                    >
                                        {t.undo()}
                                    </button>
                                </Show>
                            }
                        })}
                    {toast.link.clone().map(|(words, route)| view! { <a href=route.hash()>{words}</a> })}
                </div>
            </For>
        </div>
    }
}
