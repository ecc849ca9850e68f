//! Long work on the page: its pace, and the task that it is to whoever waits.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::Poll;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::files;
use crate::engine::pace::{Advance, Pace, Progress};

/// Longest slice of work between two pauses of the page.
const SLICE_MS: f64 = 8.0;
/// As long as nobody sees the page, browsers make each pause last a second.
const UNSEEN_SLICE_MS: f64 = 200.0;
/// Between two messages of a worker.
const REPORT_EVERY_MS: f64 = 100.0;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on a clock that only runs forward, in page and worker alike.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub fn clock_ms() -> f64;
}

/// Where and how work goes on: one type for page and worker, so that the work is compiled
/// once for both.
pub struct WebPace {
    tell: Rc<dyn Fn(Advance)>,
    is_on_page: bool,
    since_ms: Cell<f64>,
}

impl WebPace {
    /// On the page: lets the browser in every few milliseconds, and tells how far it is.
    #[must_use]
    pub fn of_page(tell: impl Fn(Advance) + 'static) -> Self {
        Self {
            tell: Rc::new(tell),
            is_on_page: true,
            since_ms: Cell::new(clock_ms()),
        }
    }

    /// In a worker: never rests, and tells now and then how far it is.
    #[must_use]
    pub fn of_worker(tell: impl Fn(Advance) + 'static) -> Self {
        Self {
            is_on_page: false,
            ..Self::of_page(tell)
        }
    }

    /// Whom it tells.
    #[must_use]
    pub fn listener(&self) -> Rc<dyn Fn(Advance)> {
        self.tell.clone()
    }

    fn is_due(&self) -> bool {
        let lasted_ms = clock_ms() - self.since_ms.get();
        let slice_ms = match self.is_on_page {
            false => REPORT_EVERY_MS,
            true if lasted_ms > SLICE_MS && document().hidden() => UNSEEN_SLICE_MS,
            true => SLICE_MS,
        };
        lasted_ms > slice_ms
    }
}

impl Pace for WebPace {
    async fn rest(&self, advance: Advance) {
        if !self.is_due() {
            return;
        }
        (self.tell)(advance);
        if self.is_on_page {
            files::pause(0).await;
        }
        self.since_ms.set(clock_ms());
    }
}

type Work = RefCell<Pin<Box<dyn Future<Output = ()>>>>;

/// Work under way. Dropping it gives the work up at once.
pub struct Running(#[expect(dead_code, reason = "held, not looked at")] Rc<Work>);

impl Running {
    /// Begins work, once the browser has been let in.
    #[must_use]
    pub fn of(work: impl Future<Output = ()> + 'static) -> Self {
        let work: Rc<Work> = Rc::new(RefCell::new(Box::pin(work)));
        let held = Rc::downgrade(&work);
        leptos::task::spawn_local(async move {
            files::pause(0).await;
            // Work that lets itself go ends at its next rest.
            poll_fn(|context| match Weak::upgrade(&held) {
                Some(work) => work.borrow_mut().as_mut().poll(context),
                None => Poll::Ready(()),
            })
            .await;
        });
        Self(work)
    }
}

/// How a task stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TaskState {
    /// Not begun, or done: what came of it is where the work has put it.
    #[default]
    Idle,
    /// Under way; how far, once that is known.
    Running(Option<Advance>),
    /// Given up.
    Cancelled,
    /// Broken, with words for whoever mends it.
    Failed(String),
}

/// One piece of long work at a time: to be begun, followed and given up. It is given up
/// too when the part of the page that made it goes.
#[derive(Clone, Copy)]
pub struct Task {
    state: RwSignal<TaskState>,
    running: StoredValue<Option<Running>, LocalStorage>,
}

impl Default for Task {
    fn default() -> Self {
        Self::new()
    }
}

impl Task {
    /// Nothing begun.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(TaskState::Idle),
            running: StoredValue::new_local(None),
        }
    }

    /// Begins work in place of what was under way.
    pub fn start<F>(self, work: impl FnOnce(WebPace) -> F)
    where
        F: Future<Output = Result<(), String>> + 'static,
    {
        let tell = move |advance| drop(self.state.try_set(TaskState::Running(Some(advance))));
        let work = work(WebPace::of_page(tell));
        self.state.set(TaskState::Running(None));
        self.running.set_value(Some(Running::of(async move {
            let state = match work.await {
                Ok(()) => TaskState::Idle,
                Err(words) => TaskState::Failed(words),
            };
            let _ = self.state.try_set(state);
        })));
    }

    /// Gives the work up.
    pub fn cancel(self) {
        self.running.set_value(None);
        self.state.set(TaskState::Cancelled);
    }

    /// How it stands.
    #[must_use]
    pub fn state(self) -> TaskState {
        self.state.get()
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_running(self) -> bool {
        self.state
            .with(|state| matches!(state, TaskState::Running(_)))
    }

    /// How far it is, once that is known.
    #[must_use]
    pub fn advance(self) -> Option<Advance> {
        self.state.with(|state| match state {
            TaskState::Running(advance) => *advance,
            _ => None,
        })
    }

    /// How much is done, of how much; nothing of nothing as long as that is not known.
    #[must_use]
    pub fn progress(self) -> Progress {
        let none = Progress { done: 0, total: 0 };
        self.advance().map_or(none, |advance| advance.progress)
    }

    /// Why it broke; empty where it did not.
    #[must_use]
    pub fn failure(self) -> String {
        match self.state.get() {
            TaskState::Failed(words) => words,
            _ => String::new(),
        }
    }
}
