//! Long work beside the page, so that the page never freezes.
//!
//! A worker cannot load a file where the page was opened as one. It is made from
//! what the start script keeps in `window.__doubleRandom`: the glue's text, as a
//! blob, and the compiled module, sent in its first message together with the
//! [`Job`] as JSON and the files beside it. In the worker the program's own `main`
//! finds no window and calls [`serve`]. Where no worker can be made, the page does
//! the work itself at its own pace.

use std::cell::Cell;
use std::rc::Rc;

use leptos::web_sys;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::job::{Job, Message, Report};
use super::task::WebPace;
use crate::engine::pace::{Advance, at_once};

/// Follows the glue in the worker's script. The first message is the only one.
const START: &str = r#"
;onmessage = function (event) {
  self.__doubleRandomJob = event.data.job;
  self.__doubleRandomFiles = event.data.files;
  wasm_bindgen({ module_or_path: event.data.module }).catch(function (reason) {
    postMessage(JSON.stringify({ failed: String(reason) }));
  });
};"#;

/// Does a job with the files beside it, in a worker, or here where there can be none;
/// dropping it gives the job up at once.
///
/// # Errors
/// Why the worker broke, in words for whoever mends it.
pub async fn run(
    job: Job,
    files: Vec<js_sys::Uint8Array>,
    pace: &WebPace,
) -> Result<Report, String> {
    if let Some(worker) = Worker::start(&job, &files, pace.listener())
        && let Some(end) = worker.end().await
    {
        return end;
    }
    let files = files.iter().map(js_sys::Uint8Array::to_vec).collect();
    Ok(job.run(files, pace).await)
}

/// What came of a job, once it is there.
type End = Rc<Cell<Option<Result<Report, String>>>>;

/// A worker at its job, ended when dropped.
struct Worker {
    worker: web_sys::Worker,
    has_ended: js_sys::Promise,
    end: End,
    _heard: Closure<dyn Fn(web_sys::MessageEvent)>,
    _broke: Closure<dyn Fn(web_sys::Event)>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Worker {
    /// `None` where the browser makes no worker.
    fn start(job: &Job, files: &[js_sys::Uint8Array], tell: Rc<dyn Fn(Advance)>) -> Option<Self> {
        let text = serde_json::to_string(job).ok()?;
        let (glue, module) = (kept("glue").ok()?, kept("module").ok()?);
        let url = script(&glue, START).ok()?;
        let worker = web_sys::Worker::new(&url).ok()?;
        let mut over = None;
        let has_ended = js_sys::Promise::new(&mut |resolve, _| over = Some(resolve));
        let (over, end) = (over?, End::default());
        let ends = {
            let end = end.clone();
            move |outcome| {
                end.set(outcome);
                let _ = over.call0(&JsValue::UNDEFINED);
            }
        };
        let has_spoken = Rc::new(Cell::new(false));
        let heard = heard(url, has_spoken.clone(), tell, ends.clone());
        let broke = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            // A browser may take the worker and refuse its script afterwards.
            ends(has_spoken.get().then(|| Err(words_of(&event))));
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(broke.as_ref().unchecked_ref()));
        let this = Self {
            worker,
            has_ended,
            end,
            _heard: heard,
            _broke: broke,
        };
        this.send(&module, &text, files).ok()?;
        Some(this)
    }

    fn send(
        &self,
        module: &JsValue,
        job: &str,
        files: &[js_sys::Uint8Array],
    ) -> Result<(), JsValue> {
        let files: js_sys::Array = files.iter().collect();
        let first = js_sys::Object::new();
        js_sys::Reflect::set(&first, &"module".into(), module)?;
        js_sys::Reflect::set(&first, &"job".into(), &job.into())?;
        js_sys::Reflect::set(&first, &"files".into(), &files)?;
        self.worker.post_message(&first)
    }

    /// What came of the job; `None` where its script was refused.
    async fn end(self) -> Option<Result<Report, String>> {
        let _ = JsFuture::from(self.has_ended.clone()).await;
        self.end.take()
    }
}

/// The address of a worker's script: the glue, and what starts it.
///
/// # Errors
/// The browser's words, where it makes none.
pub(super) fn script(glue: &JsValue, start: &str) -> Result<String, JsValue> {
    let parts = js_sys::Array::of2(glue, &start.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    web_sys::Url::create_object_url_with_blob(&blob)
}

/// Takes what the worker says.
fn heard(
    url: String,
    has_spoken: Rc<Cell<bool>>,
    tell: Rc<dyn Fn(Advance)>,
    ends: impl Fn(Option<Result<Report, String>>) + 'static,
) -> Closure<dyn Fn(web_sys::MessageEvent)> {
    Closure::new(move |event: web_sys::MessageEvent| {
        if !has_spoken.replace(true) {
            // The script has been read; before, some browsers would lose it.
            let _ = web_sys::Url::revoke_object_url(&url);
        }
        let text = event.data().as_string().unwrap_or_default();
        match serde_json::from_str(&text) {
            Ok(Message::Progress(advance)) => tell(advance),
            Ok(Message::Done(report)) => ends(Some(Ok(report))),
            Ok(Message::Failed(words)) => ends(Some(Err(words))),
            Err(error) => ends(Some(Err(error.to_string()))),
        }
    })
}

/// What the start script keeps.
///
/// # Errors
/// Where it keeps nothing of that name.
pub(super) fn kept(name: &str) -> Result<JsValue, JsValue> {
    let net = js_sys::Reflect::get(&js_sys::global(), &"__doubleRandom".into())?;
    let value = js_sys::Reflect::get(&net, &name.into())?;
    if value.is_undefined() {
        return Err(value);
    }
    Ok(value)
}

/// An error event's own words.
pub(super) fn words_of(event: &web_sys::Event) -> String {
    let words = js_sys::Reflect::get(event, &"message".into());
    words
        .ok()
        .and_then(|words| words.as_string())
        .unwrap_or_default()
}

/// Says something to the page from within a worker.
pub fn say(message: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(message) {
        post(&text.into());
    }
}

/// Hands bytes to the page from within a worker.
pub fn say_bytes(bytes: &[u8]) {
    post(&js_sys::Uint8Array::from(bytes));
}

fn post(message: &JsValue) {
    let post = js_sys::Reflect::get(&js_sys::global(), &"postMessage".into());
    if let Ok(Ok(post)) = post.map(JsCast::dyn_into::<js_sys::Function>) {
        // A worker that cannot speak has nobody left to tell.
        let _ = post.call1(&JsValue::UNDEFINED, message);
    }
}

/// The worker's whole life: does its job and says how it goes.
pub fn serve() {
    let text = js_sys::Reflect::get(&js_sys::global(), &"__doubleRandomJob".into());
    let text = text
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default();
    let job: Job = match serde_json::from_str(&text) {
        Ok(job) => job,
        Err(error) => return say(&Message::Failed(error.to_string())),
    };
    drop(text);
    let pace = WebPace::of_worker(|advance| say(&Message::Progress(advance)));
    say(&Message::Done(at_once(job.run(files_beside(), &pace))));
}

/// The files that came with the job; they are held here alone from now on.
fn files_beside() -> Vec<Vec<u8>> {
    let name = JsValue::from("__doubleRandomFiles");
    let files = js_sys::Reflect::get(&js_sys::global(), &name).unwrap_or_default();
    let _ = js_sys::Reflect::delete_property(&js_sys::global(), &name);
    let files = files.dyn_into::<js_sys::Array>().unwrap_or_default();
    let bytes = files
        .iter()
        .map(|file| js_sys::Uint8Array::new(&file).to_vec());
    bytes.collect()
}
