//! Who acts, and when: a clock that only goes forward, and the ceremony of a draw.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::collections::BTreeMap;

use crate::demo::dice::Dice;
use crate::demo::officers::{HEAD, OPERATOR, SUPERVISOR};
use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::engine::pace::Pace;
use crate::workbook::request::{
    ApprovePlan, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, WitnessWords,
};
use crate::workbook::visit_record::VisitRecord;
use crate::workbook::{Action, ActionError, Context, DrawId, VisitId, Workbook};

/// Parts the stream of the lived year from those of the registers.
const STREAM: u64 = 0x2005_2005_2005_2005;
/// Who throws dice at the draws of even months.
const WITNESSES: [&str; 2] = ["政协委员 尉迟衡", "市民代表 濮阳青"];

/// A visit that was made, until its record is entered.
pub(super) struct Waiting {
    pub(super) visit: VisitId,
    /// The day of the visit.
    pub(super) made: NaiveDate,
    /// The day on which its record is entered.
    pub(super) due: NaiveDate,
    pub(super) record: VisitRecord,
}

/// A brigade at work.
pub(super) struct Desk {
    pub(super) book: Workbook,
    pub(super) dice: Dice,
    pub(super) calendar: WorkdayCalendar,
    /// The time of the next act.
    now: NaiveDateTime,
    /// What rules forbade.
    pub(super) refused: Vec<ActionError>,
    /// Plans that wait for the head's approval.
    pub(super) unapproved: Vec<DrawId>,
    /// Visits made whose record nobody has entered yet.
    pub(super) waiting: Vec<Waiting>,
    /// When what was found is looked at again.
    pub(super) rechecks: BTreeMap<NaiveDate, Vec<VisitId>>,
    /// Records that were sent back, to be entered anew.
    pub(super) returned: Vec<VisitId>,
    /// Units found closed, to be put on record the morning after.
    pub(super) closed: Vec<VisitId>,
    /// Whether a finding was forgotten.
    pub(super) has_forgotten: bool,
    /// Visits to general units that a month has seen so far, for what happens once.
    pub(super) met: BTreeMap<YearMonth, u32>,
}

impl Desk {
    pub(super) fn new(book: Workbook, seed: u64) -> Self {
        Self {
            calendar: book.calendar(),
            book,
            dice: Dice::new(seed ^ STREAM),
            now: NaiveDateTime::MIN,
            refused: Vec::new(),
            unapproved: Vec::new(),
            waiting: Vec::new(),
            rechecks: BTreeMap::new(),
            returned: Vec::new(),
            closed: Vec::new(),
            has_forgotten: false,
            met: BTreeMap::new(),
        }
    }

    /// It is so late, or later already.
    pub(super) fn at(&mut self, day: NaiveDate, hour: u32, minute: u32) {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        self.now = self.now.max(day.and_time(time));
    }

    /// So many minutes go by.
    pub(super) fn wait(&mut self, minutes: u32) {
        self.now += TimeDelta::minutes(i64::from(minutes));
    }

    /// Whoever sits at the desk does something, which takes a minute; or not, where a rule
    /// forbids it: then nothing has happened.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let context = Context {
            now: self.now,
            who: OPERATOR.into(),
        };
        match self.book.apply(action, &context) {
            Ok(_) => {
                self.wait(1);
                true
            }
            Err(error) => {
                self.refused.push(error);
                false
            }
        }
    }

    /// Random bytes, as a computer would give them.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        std::array::from_fn(|_| self.dice.below(256) as u8)
    }

    pub(super) fn freeze_plan(&mut self, day: NaiveDate) {
        self.at(day, 15, 30);
        self.act(Action::FreezePlan {
            year: self.book.first_year().year,
            approver: HEAD.into(),
            reason: String::new(),
        });
    }

    /// The draw of a month, from the frozen register to the plan.
    pub(super) async fn draw_month(&mut self, day: NaiveDate, month: YearMonth, pace: &impl Pace) {
        self.at(day, 9, 30);
        let open = OpenDraw {
            month,
            reason: String::new(),
            salt_seed: self.bytes(),
        };
        let frozen = self.book.freeze_on(month, open.salt_seed, day, pace).await;
        let Ok(frozen) = frozen else { return };
        self.act(Action::OpenFrozen(open, Box::new(frozen)));
        self.finish_draw(month.month().is_multiple_of(2), pace)
            .await;
    }

    /// The ceremony of the draw that is open: by witnesses who throw dice, or by the
    /// computer's own number.
    pub(super) async fn finish_draw(&mut self, has_witnesses: bool, pace: &impl Pace) {
        let Some(draw) = self.book.open_draw_record() else {
            return;
        };
        let (id, number) = (draw.id(), draw.number);
        let is_plan = draw.own_register().is_none();
        let (entropy, given) = if has_witnesses {
            self.witnesses()
        } else {
            let given = EntropyGiven::Local(self.bytes());
            (EntropyChoice::Local, given)
        };
        self.wait(12);
        self.act(Action::Commit(Commit {
            number,
            entropy,
            shown_at: format!("大队一楼公示栏，{SUPERVISOR}在场"),
        }));
        self.wait(8);
        let run = RunDraw {
            number,
            entropy: given,
        };
        self.act(Action::EnterEntropy(run));
        if let Ok(drawing) = self.book.begin_laying(number) {
            let finished = drawing.lay(pace).await;
            self.act(Action::FinishDraw(Box::new(finished)));
        }
        if is_plan {
            self.unapproved.push(id);
        }
    }

    fn witnesses(&mut self) -> (EntropyChoice, EntropyGiven) {
        let promised = WITNESSES.map(|name| WitnessWords {
            name: name.into(),
            words: (0..8)
                .map(|_| self.dice.between(1, 6).to_string())
                .collect(),
            salt: (0..32)
                .filter_map(|_| char::from_digit(self.dice.below(16), 16))
                .collect(),
        });
        let words = promised.iter().map(|it| Some(it.words.clone())).collect();
        let promised = promised.into_iter().collect();
        (
            EntropyChoice::Witnesses(promised),
            EntropyGiven::Witnesses(words),
        )
    }

    /// The head studies the plans that were drawn, and approves them.
    pub(super) fn approve_plans(&mut self, day: NaiveDate) {
        for draw in std::mem::take(&mut self.unapproved) {
            self.act(Action::ApprovePlan(ApprovePlan {
                draw,
                date: day,
                approver: HEAD.into(),
                opinion: "同意，按计划实施".into(),
            }));
        }
    }
}
