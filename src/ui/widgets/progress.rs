//! Progress of long work: what is done, how far it is, and the way out.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::app::use_lang;

/// Work that ends sooner shows nothing: a flash would only startle.
const PATIENCE: Duration = Duration::from_millis(400);

/// A line of progress, shown as long as it is in the page and once the work
/// has lasted a moment. Cancelling must leave the store as it was.
///
/// ```text
/// <Progress work=t.reading() done total on_cancel=stop />
/// ```
#[component]
pub fn Progress(
    /// The work: 正在读取名单.
    #[prop(into)]
    work: Signal<String>,
    /// How much is done.
    #[prop(into)]
    done: Signal<u32>,
    /// Of how much.
    #[prop(into)]
    total: Signal<u32>,
    /// Called to give it up.
    #[prop(optional)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let t = use_lang();
    let is_long = RwSignal::new(false);
    let timer = set_timeout_with_handle(move || is_long.set(true), PATIENCE).ok();
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
    });
    move || {
        is_long.get().then(move || {
            let cancel = on_cancel.map(|cancel| {
                view! {
                    <button type="button" class="button is-small" on:click=move |_| cancel.run(())>
                        {t.cancel()}
                    </button>
                }
            });
            view! {
                <div class="progress">
                    <span role="status">{move || work.get()}</span>
                    <progress
                        aria-label=move || work.get()
                        max=move || total.get().max(1)
                        value=move || done.get()
                    ></progress>
                    <span>
                        {move || (total.get() > 0).then(|| t.progress_count(done.get(), total.get()))}
                    </span>
                    {cancel}
                </div>
            }
        })
    }
}
