//! A version that was kept as a file: which one it is, and what it says. The workbook keeps of
//! each version its fingerprint alone: the texts of a year would fill the browser's store.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::document::html;
use crate::engine::lottery::Hash;
use crate::i18n::Lang;
use crate::papers::kept_version;
use crate::ui::files;

/// A file that is no paper of this kind is not read beyond this many bytes.
const BYTES_MAX: f64 = 8_000_000.0;

/// What was read: the words on it, and the paper where it is one.
type Looked = (String, Option<String>);

/// `versions`: numbers and fingerprints of those that were published.
pub(super) fn kept(t: Lang, versions: Vec<(u32, Hash)>) -> AnyView {
    let looked = RwSignal::new(None::<Looked>);
    let (input, open, change) = files::chooser(move |files| {
        let Some(file) = files.get(0) else { return };
        let versions = versions.clone();
        spawn_local(async move {
            let read = look(t, &file, &versions).await;
            // The page may have gone in the meantime.
            drop(looked.try_set(Some(read)));
        });
    });
    let shown = move || {
        let (words, paper) = looked.get()?;
        let paper = paper.map(|paper| {
            view! { <div class="publish-paper" lang="zh-CN" inner_html=paper></div> }
        });
        Some(view! {
            <p role="status">{words}</p>
            {paper}
        })
    };
    view! {
        <div class="publish-difference">
            <h3>{t.publish_kept()}</h3>
            <p>{t.publish_kept_note()}</p>
            <button type="button" class="button is-small" on:click=move |_| open()>
                {t.publish_kept_open()}
            </button>
            <input
                type="file"
                accept=".json"
                class="visually-hidden"
                tabindex="-1"
                aria-label=t.publish_kept_open()
                node_ref=input
                on:change=move |_| change()
            />
            {shown}
        </div>
    }
    .into_any()
}

async fn look(t: Lang, file: &web_sys::File, versions: &[(u32, Hash)]) -> Looked {
    let none = (t.publish_kept_none().to_owned(), None);
    if file.size() > BYTES_MAX {
        return none;
    }
    let Ok(bytes) = files::read_raw(file).await else {
        return none;
    };
    let read = String::from_utf8(bytes.to_vec()).ok();
    let Some((paper, fingerprint)) = read.and_then(|text| kept_version(&text)) else {
        return none;
    };
    let known = versions.iter().find(|(_, known)| *known == fingerprint);
    let words = match known {
        Some((version, _)) => t.publish_kept_is(version),
        None => t.publish_kept_other().to_owned(),
    };
    (words, Some(html::body(&paper)))
}
