//! A person at a desk: actions at a time, done or refused.

use double_random::exchange::json;
use double_random::workbook::own_visit::OwnTeam;
use double_random::workbook::visit_record::{Disposal, Outcome, Scan, VisitRecord};
use double_random::workbook::{Action, ActionError, Context, Workbook};

/// A record with which nothing is wrong, as somebody enters it.
pub fn plain_record(team: OwnTeam) -> VisitRecord {
    let time = |text: &str| text.parse().unwrap();
    VisitRecord {
        start: Some(time("09:10:00")),
        end: Some(time("10:25:00")),
        places: "一层营业区、消防控制室".into(),
        scan: Scan::At {
            time: time("09:08:00"),
        },
        team,
        team_why: String::new(),
        assisted_by: String::new(),
        accompanied_by: "店长".into(),
        outcome: Outcome::NoProblem,
        findings: Vec::new(),
        disposals: vec![Disposal::None],
        photos: Vec::new(),
        note: String::new(),
        entered_at: "2026-01-01T00:00:00".parse().unwrap(),
        entered_by: String::new(),
        why: String::new(),
        review: None,
        source: None,
        extra: Default::default(),
    }
}

/// The workbook as its file gives it back, which must be the same.
pub fn saved_and_read(book: &Workbook) -> Workbook {
    let text = json::workbook_to_json(book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!("a workbook is read as one");
    };
    assert_eq!(read.workbook, *book);
    read.workbook
}

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
