//! Progress of long work: what is done, how far it is, and the way out.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::app::use_lang;
use crate::ui::task::Task;

/// Work that ends sooner shows nothing: a flash would only startle.
const PATIENCE: Duration = Duration::from_millis(400);

/// A line of progress of a task, shown as long as it is in the page and once the work
/// has lasted a moment. Cancelling must leave the store as it was.
///
/// ```text
/// <Progress work=t.reading() task />
/// ```
#[component]
pub fn Progress(
    /// The work: 正在读取名单.
    #[prop(into)]
    work: Signal<String>,
    /// How far it is, and the way out.
    task: Task,
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
            view! {
                <div class="progress">
                    <span role="status">{move || work.get()}</span>
                    <progress
                        aria-label=move || work.get()
                        max=move || task.progress().total.max(1)
                        value=move || task.progress().done
                    ></progress>
                    <span>
                        {move || {
                            let progress = task.progress();
                            (progress.total > 0).then(|| t.progress_count(progress.done, progress.total))
                        }}
                    </span>
                    <button type="button" class="button is-small" on:click=move |_| task.cancel()>
                        {t.cancel()}
                    </button>
                </div>
            }
        })
    }
}
