//! Long work beside the page, so that the page never freezes.
//!
//! A worker cannot load a file where the page was opened as one. It is made from
//! what the start script keeps in `window.__doubleRandom`: the glue's text, as a
//! blob, and the compiled module, sent in its first message together with the
//! [`Job`] as JSON and the files beside it. In the worker the program's own `main`
//! finds no window and calls [`serve`]. Where no worker can be made, the page does
//! the work itself in slices with pauses ([`in_slices`]), as it always does with
//! work whose outcome must not come from elsewhere.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;
use leptos::web_sys;
use wasm_bindgen::prelude::*;

use super::job::{Advance, Job, Message, Steps, Work};

/// Between two messages of progress.
const REPORT_EVERY_MS: f64 = 100.0;
/// Longest slice of work on the page itself: two frames.
const SLICE_MS: f64 = 30.0;
/// Pause between two slices, for the page's own work.
const PAUSE: Duration = Duration::from_millis(16);

/// Follows the glue in the worker's script. The first message is the only one.
const START: &str = r#"
;onmessage = function (event) {
  self.__doubleRandomJob = event.data.job;
  self.__doubleRandomFiles = event.data.files;
  wasm_bindgen({ module_or_path: event.data.module }).catch(function (reason) {
    postMessage(JSON.stringify({ failed: String(reason) }));
  });
};"#;

type Listener = Rc<dyn Fn(Message)>;

/// Work under way. Dropping it gives the work up at once.
pub struct Running {
    worker: Option<Worker>,
    is_given_up: Rc<Cell<bool>>,
}

struct Worker {
    worker: web_sys::Worker,
    _heard: Closure<dyn Fn(web_sys::MessageEvent)>,
    _broke: Closure<dyn Fn(web_sys::Event)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.is_given_up.set(true);
        if let Some(worker) = &self.worker {
            worker.worker.terminate();
        }
    }
}

/// Starts `job` in a worker with the files beside it, or in slices where there can be
/// none; `listen` hears of it, on the page, until it has ended or been given up.
#[must_use]
pub fn start(
    job: Job,
    files: Vec<js_sys::Uint8Array>,
    listen: impl Fn(Message) + 'static,
) -> Running {
    let is_given_up = Rc::new(Cell::new(false));
    let (given_up, inner): (_, Listener) = (is_given_up.clone(), Rc::new(listen));
    let listen: Listener = Rc::new(move |message| {
        if !given_up.get() {
            inner(message);
        }
    });
    let worker = match serde_json::to_string(&job) {
        Ok(text) => in_worker(&text, (job.clone(), files.clone()), &listen, &is_given_up).ok(),
        Err(_) => None,
    };
    if worker.is_none() {
        job_in_slices((job, files), listen, is_given_up.clone());
    }
    Running {
        worker,
        is_given_up,
    }
}

/// What the start script keeps.
fn kept(name: &str) -> Result<JsValue, JsValue> {
    let net = js_sys::Reflect::get(&js_sys::global(), &"__doubleRandom".into())?;
    let value = js_sys::Reflect::get(&net, &name.into())?;
    if value.is_undefined() {
        return Err(value);
    }
    Ok(value)
}

/// A job and the files beside it.
type Task = (Job, Vec<js_sys::Uint8Array>);

fn in_worker(
    text: &str,
    task: Task,
    listen: &Listener,
    is_given_up: &Rc<Cell<bool>>,
) -> Result<Worker, JsValue> {
    let (glue, module) = (kept("glue")?, kept("module")?);
    let parts = js_sys::Array::of2(&glue, &START.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let worker = web_sys::Worker::new(&url)?;
    let has_spoken = Rc::new(Cell::new(false));
    let (spoken, hear, link) = (has_spoken.clone(), listen.clone(), url);
    let heard =
        Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            if !spoken.replace(true) {
                // The script has been read; before, some browsers would lose it.
                let _ = web_sys::Url::revoke_object_url(&link);
            }
            let text = event.data().as_string().unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(message) => hear(message),
                Err(error) => hear(Message::Failed(error.to_string())),
            }
        });
    // A browser may take the worker and refuse its script afterwards: then the page does it.
    let files: js_sys::Array = task.1.iter().collect();
    let task = Rc::new(RefCell::new(Some(task)));
    let (listen, given_up) = (listen.clone(), is_given_up.clone());
    let broke = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        match task.borrow_mut().take() {
            Some(task) if !has_spoken.get() => {
                job_in_slices(task, listen.clone(), given_up.clone());
            }
            _ => listen(Message::Failed(words_of(&event))),
        }
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(broke.as_ref().unchecked_ref()));
    let first = js_sys::Object::new();
    js_sys::Reflect::set(&first, &"module".into(), &module)?;
    js_sys::Reflect::set(&first, &"job".into(), &text.into())?;
    js_sys::Reflect::set(&first, &"files".into(), &files)?;
    worker.post_message(&first)?;
    Ok(Worker {
        worker,
        _heard: heard,
        _broke: broke,
    })
}

/// An error event's own words.
fn words_of(event: &web_sys::Event) -> String {
    let words = js_sys::Reflect::get(event, &"message".into());
    words
        .ok()
        .and_then(|words| words.as_string())
        .unwrap_or_default()
}

/// Does a job here, a slice at a time.
fn job_in_slices((job, files): Task, listen: Listener, is_given_up: Rc<Cell<bool>>) {
    let begin = move || {
        let files = files.iter().map(js_sys::Uint8Array::to_vec).collect();
        let told = listen.clone();
        slice(
            Work::start(job, files),
            Rc::new(move |advance| told(Message::Progress(advance))),
            move |report| listen(Message::Done(report)),
            is_given_up,
        );
    };
    set_timeout(begin, PAUSE);
}

/// Does work here, a slice at a time, to its end: it cannot be given up.
pub fn in_slices<S: Steps + 'static>(
    work: S,
    listen: impl Fn(Advance) + 'static,
    end: impl FnOnce(S::Outcome) + 'static,
) {
    let begin = move || slice(work, Rc::new(listen), end, Rc::default());
    set_timeout(begin, Duration::ZERO);
}

/// As [`in_slices`], until what it returns is dropped.
#[must_use]
pub fn in_slices_until_dropped<S: Steps + 'static>(
    work: S,
    end: impl FnOnce(S::Outcome) + 'static,
) -> Running {
    let is_given_up = Rc::new(Cell::new(false));
    let given_up = is_given_up.clone();
    let begin = move || slice(work, Rc::new(drop), end, given_up);
    set_timeout(begin, Duration::ZERO);
    Running {
        worker: None,
        is_given_up,
    }
}

fn slice<S: Steps + 'static>(
    mut work: S,
    listen: Rc<dyn Fn(Advance)>,
    end: impl FnOnce(S::Outcome) + 'static,
    is_given_up: Rc<Cell<bool>>,
) {
    if is_given_up.get() {
        return;
    }
    let start = js_sys::Date::now();
    loop {
        let advance = work.step();
        if advance.progress.is_done() {
            // What is done with the outcome is work of its own.
            let end = move || {
                if !is_given_up.get() {
                    end(work.outcome());
                }
            };
            return set_timeout(end, Duration::ZERO);
        }
        if js_sys::Date::now() - start >= SLICE_MS {
            listen(advance);
            break;
        }
    }
    set_timeout(move || slice(work, listen, end, is_given_up), PAUSE);
}

/// Says something to the page from within a worker.
pub fn say(message: &Message) {
    let Ok(text) = serde_json::to_string(message) else {
        return;
    };
    let post = js_sys::Reflect::get(&js_sys::global(), &"postMessage".into());
    if let Ok(Ok(post)) = post.map(JsCast::dyn_into::<js_sys::Function>) {
        // A worker that cannot speak has nobody left to tell.
        let _ = post.call1(&JsValue::UNDEFINED, &text.into());
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
    let mut work = Work::start(job, files_beside());
    let mut said = js_sys::Date::now();
    loop {
        let advance = work.step();
        if advance.progress.is_done() {
            return say(&Message::Done(work.outcome()));
        }
        let now = js_sys::Date::now();
        if now - said >= REPORT_EVERY_MS {
            said = now;
            say(&Message::Progress(advance));
        }
    }
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
