//! The worker that reads spreadsheets, from the page's side. It is made of the second program
//! that the page carries, lives as long as a file is open, and is ended when dropped.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use leptos::web_sys;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::desk::{Answer, ListWish, Request};
use super::told::{ListTold, OpenTold};
use crate::document::table::Table;
use crate::engine::pace::Pace;
use crate::exchange::sheet::{Line, TextEncoding};
use crate::ui::job::Refused;
use crate::ui::task::WebPace;
use crate::ui::worker;

/// The block of the page that holds the program: its glue and its module.
const PROGRAM: &str = "double-random-sheets";
/// Follows the glue in the worker's script. The first message brings the program; from then
/// on the program hears for itself.
const START: &str = r#"
;onmessage = function (event) {
  wasm_bindgen({ module_or_path: event.data }).catch(function (reason) {
    postMessage(JSON.stringify({ failed: String(reason) }));
  });
};"#;

/// Why nothing came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing can be read: in words.
    Refused(Refused),
    /// The worker broke, or could not be made; the words are for whoever mends it.
    Broke(String),
}

/// What the worker has said and nobody has heard yet.
#[derive(Default)]
struct Inbox {
    said: VecDeque<Result<Answer, String>>,
    waker: Option<Waker>,
}

/// A worker with a file that lies open in it.
pub struct Reader {
    worker: web_sys::Worker,
    inbox: Rc<RefCell<Inbox>>,
    _heard: Closure<dyn Fn(web_sys::MessageEvent)>,
    _broke: Closure<dyn Fn(web_sys::Event)>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Reader {
    /// A worker that is ready to be asked.
    ///
    /// # Errors
    /// [`Trouble::Broke`].
    pub async fn start() -> Result<Self, Trouble> {
        let broke = |error: JsValue| Trouble::Broke(format!("{error:?}"));
        let program = unpacked(PROGRAM).await.map_err(broke)?;
        let reader = Self::made(&program.get(0)).map_err(broke)?;
        let first = reader.worker.post_message(&program.get(1));
        first.map_err(broke)?;
        match reader.next(None).await? {
            Answer::Ready => Ok(reader),
            _ => Err(unasked()),
        }
    }

    fn made(glue: &JsValue) -> Result<Self, JsValue> {
        let url = worker::script(glue, START)?;
        let worker = web_sys::Worker::new(&url)?;
        let inbox = Rc::<RefCell<Inbox>>::default();
        let take = {
            let inbox = inbox.clone();
            move |said| {
                let mut inbox = inbox.borrow_mut();
                inbox.said.push_back(said);
                if let Some(waker) = inbox.waker.take() {
                    waker.wake();
                }
            }
        };
        let takes = take.clone();
        let heard =
            Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
                // The script has been read by now; before, some browsers would lose it.
                let _ = web_sys::Url::revoke_object_url(&url);
                takes(said(&event.data()));
            });
        let broke = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            take(Err(worker::words_of(&event)));
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(broke.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            inbox,
            _heard: heard,
            _broke: broke,
        })
    }

    fn ask(&self, request: &Request, bytes: Option<&js_sys::Uint8Array>) -> Result<(), Trouble> {
        let broke = |error: JsValue| Trouble::Broke(format!("{error:?}"));
        let text = serde_json::to_string(request);
        let text = text.map_err(|error| Trouble::Broke(error.to_string()))?;
        let message = js_sys::Object::new();
        js_sys::Reflect::set(&message, &"request".into(), &text.into()).map_err(broke)?;
        if let Some(bytes) = bytes {
            js_sys::Reflect::set(&message, &"bytes".into(), bytes).map_err(broke)?;
        }
        self.worker.post_message(&message).map_err(broke)
    }

    /// The next word that is no report on how far the work is.
    async fn next(&self, pace: Option<&WebPace>) -> Result<Answer, Trouble> {
        loop {
            let said = poll_fn(|context| {
                let mut inbox = self.inbox.borrow_mut();
                match inbox.said.pop_front() {
                    Some(said) => Poll::Ready(said),
                    None => {
                        inbox.waker = Some(context.waker().clone());
                        Poll::Pending
                    }
                }
            });
            match said.await.map_err(Trouble::Broke)? {
                Answer::Progress(advance) => {
                    if let Some(pace) = pace {
                        pace.rest(advance).await;
                    }
                }
                Answer::Refused(words) => return Err(Trouble::Refused(words)),
                Answer::Failed(words) => return Err(Trouble::Broke(words)),
                answer => return Ok(answer),
            }
        }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn open(
        &self,
        file_name: String,
        bytes: &js_sys::Uint8Array,
        encoding: Option<TextEncoding>,
        pace: &WebPace,
    ) -> Result<OpenTold, Trouble> {
        let request = Request::Open {
            file_name,
            encoding,
        };
        self.ask(&request, Some(bytes))?;
        match self.next(Some(pace)).await? {
            Answer::Opened(told) => Ok(told),
            _ => Err(unasked()),
        }
    }

    /// Reads the list.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn list(&self, wish: ListWish, pace: &WebPace) -> Result<ListTold, Trouble> {
        self.ask(&Request::List(Box::new(wish)), None)?;
        match self.next(Some(pace)).await? {
            Answer::Listed(told) => Ok(*told),
            _ => Err(unasked()),
        }
    }

    /// A table as a workbook of Excel.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn write(&self, table: Table) -> Result<Vec<u8>, Trouble> {
        self.ask(&Request::Write(Box::new(table)), None)?;
        match self.next(None).await? {
            Answer::Written(bytes) => Ok(bytes),
            _ => Err(unasked()),
        }
    }

    /// The largest table of the file as text.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn texts(&self) -> Result<Vec<Vec<String>>, Trouble> {
        self.ask(&Request::Texts, None)?;
        match self.next(None).await? {
            Answer::Texts(rows) => Ok(rows),
            _ => Err(unasked()),
        }
    }

    /// Takes the rows of the list that was read last.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn rows(&self, mut take: impl AsyncFnMut(Vec<Line>)) -> Result<(), Trouble> {
        self.ask(&Request::Rows, None)?;
        loop {
            match self.next(None).await? {
                Answer::Rows(lines) => take(lines).await,
                Answer::RowsDone => return Ok(()),
                _ => return Err(unasked()),
            }
        }
    }
}

/// What a message says.
fn said(data: &JsValue) -> Result<Answer, String> {
    if let Some(bytes) = data.dyn_ref::<js_sys::Uint8Array>() {
        return Ok(Answer::Written(bytes.to_vec()));
    }
    let text = data.as_string().unwrap_or_default();
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// What a worker of this page never says.
fn unasked() -> Trouble {
    Trouble::Broke("another answer".to_owned())
}

/// The parts of a block of the page, each as bytes, unpacked by the start script.
async fn unpacked(id: &str) -> Result<js_sys::Array, JsValue> {
    let unpack = worker::kept("unpack")?.dyn_into::<js_sys::Function>()?;
    let parts = unpack.call1(&JsValue::UNDEFINED, &id.into())?;
    let parts = JsFuture::from(parts.dyn_into::<js_sys::Promise>()?).await?;
    parts.dyn_into()
}
