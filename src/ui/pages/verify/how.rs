//! What a draw proves and does not, how to verify, and the stand-alone verifier.

use leptos::prelude::*;

use crate::engine::ceremony::EntropyRecord;
use crate::engine::certificate::Certificate;
use crate::i18n::Lang;
use crate::ui::app::use_lang;
use crate::ui::files;
use crate::ui::widgets::{Dialog, close_foot, command_line};

/// The verifier that needs nothing of this program.
const VERIFIER: &str = include_str!("../../../../tests/verifier/verify.py");
/// Its file's name.
const VERIFIER_NAME: &str = "verify.py";
/// A verification file's name where none lies open.
const ANY_FILE: &str = "verification.json";

/// All three points, whatever the draw; the one of this draw said besides.
pub(super) fn proves_section(t: Lang, certificate: Option<&Certificate>) -> AnyView {
    let is_local =
        certificate.map(|certificate| matches!(certificate.entropy, EntropyRecord::Local { .. }));
    let points = [
        (t.proves_public(), is_local == Some(false)),
        (t.proves_local(), is_local == Some(true)),
        (t.proves_register(), false),
    ];
    let points = points.map(|(words, is_this)| {
        let own = certificate
            .filter(|_| is_this)
            .map(|certificate| view! { <b>{t.proves_this(certificate)}</b> });
        view! { <li class:is-this=is_this>{own} {words}</li> }
    });
    view! {
        <section class="proves" aria-label=t.proves_title()>
            <h3>{t.proves_title()}</h3>
            <ol>{points.collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// The four steps.
pub(super) fn steps_section(t: Lang) -> AnyView {
    let steps = [t.how_one(), t.how_two(), t.how_three(), t.how_four()];
    let steps = steps.map(|words| view! { <li>{words}</li> });
    view! {
        <section class="hand-section" aria-label=t.verify_how()>
            <h2>{t.verify_how()}</h2>
            <ol class="hand-steps">{steps.collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// The stand-alone verifier with the one command that runs it.
///
/// `files`: names of the files that lie open, certificate first.
pub(super) fn script_section(t: Lang, files: Option<&str>) -> AnyView {
    let run = format!("python3 {VERIFIER_NAME} {}", files.unwrap_or(ANY_FILE));
    let save = move |_| files::download(VERIFIER_NAME, "text/x-python", VERIFIER);
    view! {
        <section class="hand-section" aria-label=t.how_script()>
            <h3>{t.how_script()}</h3>
            <p>{t.how_script_run()}</p>
            {command_line(t, run)}
            <p>
                <button type="button" class="button" on:click=save>
                    {t.how_script_save()}
                </button>
            </p>
        </section>
    }
    .into_any()
}

/// The same, once a draw is on view.
#[component]
pub(super) fn HowDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let t = use_lang();
    let close = Callback::new(move |()| is_open.set(false));
    view! {
        <Dialog title=t.verify_how() class="is-wide" on_close=close>
            <div class="dialog-body">{steps_section(t)} {proves_section(t, None)} {script_section(t, None)}</div>
            {close_foot(t, close)}
        </Dialog>
    }
}
