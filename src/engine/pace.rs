//! Long work written once: an `async fn` that says at bounded intervals how far it is,
//! to a [`Pace`] that decides whether to rest there.
//!
//! A pace hears and rests, and answers nothing: so it can never bear on what comes out.
//! Work is given up by dropping its future. In a page a pace lets the browser in; a
//! worker's pace only tells; tests, and whoever waits anyway, use [`AtOnce`].

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde::{Deserialize, Serialize};

/// What is under way, for the words beside the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Steps of one kind: runs of a simulation, units frozen or written.
    Running,
    /// Reading files.
    Reading,
    /// Checking claims.
    Examining,
    /// Laying days and teams.
    Planning {
        /// The attempt under way, from 1.
        attempt: u32,
        /// Visits set aside so far.
        set_aside: u32,
    },
}

/// How much is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps done.
    pub done: u32,
    /// Steps asked for.
    pub total: u32,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// What is under way.
    pub stage: Stage,
    /// Steps done and asked for.
    pub progress: Progress,
}

impl Advance {
    /// So many steps of one kind, of so many.
    #[must_use]
    pub const fn running(done: usize, total: usize) -> Self {
        Self::at(Stage::Running, done as u32, total as u32)
    }

    /// So many steps of so many, at a stage.
    #[must_use]
    pub const fn at(stage: Stage, done: u32, total: u32) -> Self {
        let progress = Progress { done, total };
        Self { stage, progress }
    }
}

/// Decides when work rests; see the module.
pub trait Pace {
    /// The work is so far, and can rest here.
    fn rest(&self, advance: Advance) -> impl Future<Output = ()>;
}

/// The pace of whoever waits: no rest, and nobody to tell.
#[derive(Debug, Clone, Copy)]
pub struct AtOnce;

impl Pace for AtOnce {
    async fn rest(&self, _: Advance) {}
}

/// Tells each place, and never rests.
impl<F: Fn(Advance)> Pace for F {
    async fn rest(&self, advance: Advance) {
        self(advance);
    }
}

/// The pace of a part of other work: the part's places are told as places of the whole.
pub struct Within<'a, P, F> {
    pace: &'a P,
    of_whole: F,
}

impl<'a, P: Pace, F: Fn(Advance) -> Advance> Within<'a, P, F> {
    /// `of_whole` tells where the whole is when the part is somewhere.
    pub const fn new(pace: &'a P, of_whole: F) -> Self {
        Self { pace, of_whole }
    }
}

impl<P: Pace, F: Fn(Advance) -> Advance> Pace for Within<'_, P, F> {
    fn rest(&self, advance: Advance) -> impl Future<Output = ()> {
        self.pace.rest((self.of_whole)(advance))
    }
}

/// Does work to its end, however often it rests. Nobody is there to wake it, so its pace
/// must not wait for anything outside.
///
/// ```
/// use double_random::engine::pace::{Advance, AtOnce, Pace, at_once};
/// async fn sum(numbers: &[u32], pace: &impl Pace) -> u32 {
///     let mut sum = 0;
///     for (at, number) in numbers.iter().enumerate() {
///         sum += number;
///         pace.rest(Advance::running(at + 1, numbers.len())).await;
///     }
///     sum
/// }
/// assert_eq!(at_once(sum(&[1, 2, 3], &AtOnce)), 6);
/// let told = std::cell::Cell::new(0);
/// at_once(sum(&[1, 2, 3], &|_| told.set(told.get() + 1)));
/// assert_eq!(told.get(), 3);
/// ```
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(outcome) = work.as_mut().poll(&mut context) {
            return outcome;
        }
    }
}
