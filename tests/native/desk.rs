//! A person at a desk: actions at a time, done or refused.

use double_random::workbook::{Action, ActionError, Context, Workbook};

/// Whoever has a workbook before them.
pub trait AtDesk {
    /// The workbook.
    fn book(&mut self) -> &mut Workbook;

    /// Does what must not be refused.
    #[track_caller]
    fn act(&mut self, now: &str, action: Action) {
        self.attempt(now, action).unwrap();
    }

    /// Does it, if it is not refused.
    fn attempt(&mut self, now: &str, action: Action) -> Result<(), ActionError> {
        let context = Context {
            now: now.parse().unwrap(),
            who: "沙维新".into(),
        };
        self.book().apply(action, &context).map(drop)
    }

    /// A refused action changes nothing, not even a salt.
    #[track_caller]
    fn refuses(&mut self, now: &str, action: Action, error: impl Into<ActionError>) {
        let before = self.book().clone();
        assert_eq!(self.attempt(now, action).unwrap_err(), error.into());
        assert_eq!(*self.book(), before);
    }
}

/// A row of numbers that looks like chance, and is the same each time (Marsaglia 2003).
pub struct Chance(pub u64);

impl Chance {
    /// The next of them, below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}
