//! Reading files, saving files, and the clipboard.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Offers `text` as a file under the name `name`, by an ordinary download.
///
/// Save pickers refuse some network shares, so none is used.
pub fn download(name: &str, mime: &str, text: &str) {
    download_parts(name, mime, &js_sys::Array::of1(&JsValue::from_str(text)));
}

/// The hidden input of a button that chooses files: its node, what opens it, and what hands
/// over the files chosen.
pub fn chooser(take: impl Fn(&web_sys::FileList)) -> (NodeRef<html::Input>, impl Fn(), impl Fn()) {
    let input = NodeRef::<html::Input>::new();
    let open = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let change = move || {
        let Some(input) = input.get_untracked() else {
            return;
        };
        if let Some(files) = input.files() {
            take(&files);
        }
        // The same file can be chosen again after it was mended.
        input.set_value("");
    };
    (input, open, change)
}

/// As [`download`], with the text in parts, each a text or its bytes.
pub fn download_parts(name: &str, mime: &str, parts: &js_sys::Array) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(parts, &options) else {
        return;
    };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Ok(element) = document().create_element("a") {
        let link: web_sys::HtmlAnchorElement = element.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        if let Some(body) = document().body() {
            // Firefox follows only links that are in the document.
            let _ = body.append_child(&link);
            link.click();
            link.remove();
        }
    }
    // The browser reads the blob after this call returns.
    let revoke = move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    };
    set_timeout(revoke, std::time::Duration::from_secs(30));
}

/// The bytes of a file that the user chose, left in the browser's memory.
///
/// # Errors
/// The browser's words, where it cannot read the file.
pub async fn read_raw(file: &web_sys::File) -> Result<js_sys::Uint8Array, String> {
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer());
    let buffer = buffer.await.map_err(|error| format!("{error:?}"))?;
    Ok(js_sys::Uint8Array::new(&buffer))
}

/// Lets the browser in for at least `milliseconds`, between two parts of long work.
pub async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Copies `text` to the clipboard; where the page has none, or it is refused, by way of a
/// selection.
pub fn copy(text: &str) {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    let Ok(Ok(clipboard)) = clipboard.map(JsCast::dyn_into::<web_sys::Clipboard>) else {
        return copy_selected(text);
    };
    let (written, text) = (clipboard.write_text(text), text.to_owned());
    leptos::task::spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(written).await.is_err() {
            copy_selected(&text);
        }
    });
}

/// Copies a text by selecting it in an area of its own, as browsers did before clipboards.
fn copy_selected(text: &str) {
    let (Some(body), Ok(area)) = (document().body(), document().create_element("textarea")) else {
        return;
    };
    let area: web_sys::HtmlTextAreaElement = area.unchecked_into();
    area.set_value(text);
    area.set_class_name("visually-hidden");
    if body.append_child(&area).is_err() {
        return;
    }
    area.select();
    command_copy();
    area.remove();
}

/// Has the browser copy what is selected, or what a listener gives it.
fn command_copy() {
    let command = js_sys::Reflect::get(&document(), &JsValue::from_str("execCommand"));
    if let Ok(Ok(command)) = command.map(JsCast::dyn_into::<js_sys::Function>) {
        let _ = command.call1(&document(), &JsValue::from_str("copy"));
    }
}

/// Copies a text with its look, for an editor; one that takes no look gets `text`.
///
/// By the browser's own command, which works where a page from a file has no clipboard.
pub fn copy_formatted(html: &str, text: &str) {
    let (html, text) = (html.to_owned(), text.to_owned());
    let give = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let data = js_sys::Reflect::get(&event, &JsValue::from_str("clipboardData"));
        if let Ok(Ok(data)) = data.map(JsCast::dyn_into::<web_sys::DataTransfer>) {
            // What the browser refuses to take is not there to be pasted: the person sees it.
            let _ = data.set_data("text/html", &html);
            let _ = data.set_data("text/plain", &text);
            event.prevent_default();
        }
    });
    let listener = give.as_ref().unchecked_ref();
    let document = document();
    if document
        .add_event_listener_with_callback("copy", listener)
        .is_ok()
    {
        command_copy();
        let _ = document.remove_event_listener_with_callback("copy", listener);
    }
}
