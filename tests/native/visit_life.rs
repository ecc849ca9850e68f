//! The life of visits against a simple reference: ten thousand random acts, each done or refused
//! as the reference says, saved and loaded in between.

use chrono::{Days, NaiveDate};
use double_random::model::Finding;
use double_random::workbook::own_visit::OwnTeam;
use double_random::workbook::request::{
    CorrectVisit, EnterRecheck, EnterResult, NotifyVisits, PutPapers, ReviewResults,
};
use double_random::workbook::visit_record::{
    Disposal, ItemFinding, ItemRecheck, Measure, Notice, Outcome, Paper, PaperKind, Recheck,
    VisitRecord,
};
use double_random::workbook::visit_stage::VisitStage;
use double_random::workbook::{Action, VisitId, Workbook};

use crate::approval::{approve, drawn_of};
use crate::desk::{AtDesk, Chance, plain_record, saved_and_read};

const ACTS: u32 = 10_000;
const SAVED_EVERY: u32 = 500;
/// After every planned day.
const NOW: &str = "2026-01-31T17:00:00";

/// What the last 复查 of a visit's one problem said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checked {
    Never,
    Corrected,
    Term,
    Penalty,
}

/// A visit as the rules have it, in a few words.
struct Expected {
    id: VisitId,
    day: NaiveDate,
    team: OwnTeam,
    item: String,
    made: Option<Finding>,
    records: usize,
    /// Of the last record: whether it holds the problem, and what its review said.
    has_problem: bool,
    verdict: Option<bool>,
    checked: Checked,
    number: Option<u32>,
}

impl Expected {
    fn is_open(&self) -> bool {
        let is_open = matches!(self.checked, Checked::Never | Checked::Term);
        self.made.is_some() && self.records > 0 && self.has_problem && is_open
    }

    fn stage(&self) -> Option<VisitStage> {
        self.made?;
        Some(match self.verdict {
            _ if self.records == 0 => VisitStage::ToEnter,
            None => VisitStage::ToReview,
            Some(false) => VisitStage::Returned,
            Some(true) if self.is_open() => VisitStage::ToRecheck,
            Some(true) => VisitStage::Done,
        })
    }
}

struct Life {
    book: Workbook,
    visits: Vec<Expected>,
    chance: Chance,
}

impl AtDesk for Life {
    fn book(&mut self) -> &mut Workbook {
        &mut self.book
    }
}

impl Life {
    fn new() -> Self {
        let (mut book, _) = drawn_of(600);
        approve(&mut book);
        let visits = book.year(2026).unwrap().visits.iter();
        let expected = visits.map(|visit| {
            let planned = book.planned_of(visit).unwrap();
            Expected {
                id: visit.id.clone(),
                day: planned.day,
                team: OwnTeam {
                    lead: planned.lead.clone(),
                    member: planned.member.clone(),
                },
                item: visit.items[0].clone(),
                made: None,
                records: 0,
                has_problem: false,
                verdict: None,
                checked: Checked::Never,
                number: None,
            }
        });
        let visits: Vec<Expected> = expected.collect();
        assert!(visits.len() > 5);
        Self {
            book,
            visits,
            chance: Chance(0x2026_0119),
        }
    }

    fn next_number(&self) -> u32 {
        let known = self.visits.iter().filter_map(|visit| visit.number);
        known.max().unwrap_or(0) + 1
    }

    /// Does an act, and asks whether it was done as expected.
    #[track_caller]
    fn expect(&mut self, action: Action, is_allowed: bool) {
        let told = format!("{action:?}");
        let done = self.attempt(NOW, action);
        assert_eq!(done.is_ok(), is_allowed, "{done:?} {told}");
    }

    fn enter(&mut self, at: usize) {
        let (has_problem, has_why) = (self.chance.one_in(2), self.chance.one_in(2));
        let (is_vague, is_ahead, is_alone) = (
            self.chance.one_in(9),
            self.chance.one_in(9),
            self.chance.one_in(9),
        );
        let next = self.next_number();
        let visit = &self.visits[at];
        let mut team = visit.team.clone();
        if is_alone {
            team.member = team.lead.clone();
        }
        let finding = ItemFinding {
            item: visit.item.clone(),
            problem: "堵塞疏散通道".into(),
            basis: "消防法第十六条".into(),
            measure: Measure::AtOnce,
            term: None,
            is_corrected: false,
        };
        let mut record = VisitRecord {
            team_why: "换人".into(),
            ..plain_record(team)
        };
        if is_vague {
            record.places.clear();
        }
        if has_problem {
            record.outcome = Outcome::Ordered;
            record.findings = vec![finding];
            record.disposals = vec![Disposal::Order];
        }
        let found = if has_problem {
            Finding::Found
        } else {
            Finding::None
        };
        let is_settled = visit.made.is_some_and(|made| made != found)
            || (visit.records > 0 && visit.verdict == Some(true));
        let is_allowed = !is_vague && !is_ahead && !is_alone && (has_why || !is_settled);
        let date = if is_ahead {
            "2026-02-03".parse().unwrap()
        } else {
            visit.day
        };
        let enter = EnterResult {
            visit: visit.id.clone(),
            date,
            record,
            why: if has_why {
                "更正".into()
            } else {
                String::new()
            },
        };
        self.expect(Action::EnterResult(Box::new(enter)), is_allowed);
        if is_allowed {
            let visit = &mut self.visits[at];
            visit.made = Some(found);
            visit.records += 1;
            (visit.has_problem, visit.verdict) = (has_problem, None);
            visit.number.get_or_insert(next);
        }
    }

    fn review(&mut self, at: usize) {
        let (is_accepted, is_silent, is_own) = (
            self.chance.one_in(2),
            self.chance.one_in(4),
            self.chance.one_in(4),
        );
        let visit = &self.visits[at];
        let lead = self.book.officer(&visit.team.lead).unwrap().name.clone();
        let waits = visit.stage() == Some(VisitStage::ToReview);
        let is_allowed = waits && !is_own && (is_accepted || !is_silent);
        let review = ReviewResults {
            visits: vec![visit.id.clone()],
            is_accepted,
            reviewer: if is_own { lead } else { "郑和平".into() },
            opinion: if is_silent {
                String::new()
            } else {
                "写具体".into()
            },
        };
        self.expect(Action::ReviewResults(review), is_allowed);
        if is_allowed {
            self.visits[at].verdict = Some(is_accepted);
        }
    }

    fn recheck(&mut self, at: usize) {
        let found =
            [Checked::Corrected, Checked::Term, Checked::Penalty][self.chance.below(3) as usize];
        let (is_early, is_other) = (self.chance.one_in(5), self.chance.one_in(5));
        let visit = &self.visits[at];
        let days = if is_early {
            None
        } else {
            visit.day.checked_add_days(Days::new(10))
        };
        let early = visit.day.pred_opt();
        let item = ItemRecheck {
            item: if is_other {
                "别的".into()
            } else {
                visit.item.clone()
            },
            is_corrected: found == Checked::Corrected,
            term: days.or(early).filter(|_| found == Checked::Term),
        };
        let is_wrong = is_other || (found == Checked::Term && is_early);
        let is_allowed = visit.is_open() && !is_wrong;
        let recheck = Recheck {
            date: visit.day,
            team: visit.team.clone(),
            items: vec![item],
            note: String::new(),
            entered_at: "2026-01-01T00:00:00".parse().unwrap(),
            entered_by: String::new(),
        };
        let enter = EnterRecheck {
            visit: visit.id.clone(),
            recheck,
        };
        self.expect(Action::EnterRecheck(enter), is_allowed);
        if is_allowed {
            self.visits[at].checked = found;
        }
    }

    /// It was not made after all.
    fn take_back(&mut self, at: usize) {
        let has_reason = !self.chance.one_in(3);
        let visit = &self.visits[at];
        let is_allowed = visit.made.is_some() && has_reason;
        let correct = CorrectVisit {
            visit: visit.id.clone(),
            made: None,
            reason: if has_reason {
                "记错单位".into()
            } else {
                String::new()
            },
        };
        self.expect(Action::CorrectVisit(correct), is_allowed);
        if is_allowed {
            self.visits[at].made = None;
        }
    }

    /// Entered in short, by its day and finding alone.
    fn record(&mut self, at: usize) {
        let visit = &self.visits[at];
        let is_allowed = visit.made.is_none() && visit.records == 0;
        let record = Action::RecordVisit {
            unit: visit.id.unit.clone(),
            date: visit.day,
            finding: Finding::None,
        };
        self.expect(record, is_allowed);
        if is_allowed {
            self.visits[at].made = Some(Finding::None);
        }
    }

    fn notify(&mut self, at: usize) {
        let is_late = self.chance.one_in(3);
        let next = self.next_number();
        let visit = &self.visits[at];
        let date = if is_late {
            "2026-02-03".parse().unwrap()
        } else {
            visit.day
        };
        let notify = NotifyVisits {
            visits: vec![visit.id.clone()],
            notice: Notice {
                date,
                unannounced: String::new(),
            },
        };
        self.expect(Action::NotifyVisits(notify), !is_late);
        if !is_late {
            self.visits[at].number.get_or_insert(next);
        }
    }

    fn put_papers(&mut self, at: usize) {
        let is_ahead = self.chance.one_in(3);
        let date = if is_ahead { "2026-02-03" } else { "2026-01-31" };
        let paper = Paper {
            kind: PaperKind::Record,
            number: "1".into(),
            date: date.parse().unwrap(),
        };
        let put = PutPapers {
            visit: self.visits[at].id.clone(),
            papers: vec![paper],
        };
        self.expect(Action::PutPapers(put), !is_ahead);
    }

    fn act_at_random(&mut self) {
        let at = self.chance.below(self.visits.len() as u64) as usize;
        match self.chance.below(10) {
            0..=2 => self.enter(at),
            3..=5 => self.review(at),
            6 => self.recheck(at),
            7 => self.take_back(at),
            8 => self.record(at),
            _ if self.chance.one_in(2) => self.notify(at),
            _ => self.put_papers(at),
        }
    }

    fn compare(&self) {
        let today = "2026-01-31".parse().unwrap();
        for expected in &self.visits {
            let visit = self.book.visit(&expected.id).unwrap();
            let stage = self.book.visit_stage(visit, today);
            match expected.stage() {
                Some(wanted) => assert_eq!(stage, wanted, "{:?}", expected.id),
                None => assert!(self.book.is_pending(visit), "{:?}", expected.id),
            }
            assert_eq!(visit.number, expected.number);
            assert_eq!(visit.records.len(), expected.records);
            assert_eq!(visit.made.map(|made| made.finding), expected.made);
            let unit = self.book.unit(&expected.id.unit).unwrap();
            let before = unit.inspections.iter();
            let before = before.filter(|it| it.date.to_string().starts_with("2026"));
            let count = before.count() + usize::from(expected.made.is_some());
            assert_eq!(self.book.inspections_count(unit, 2026) as usize, count);
        }
    }
}

#[test]
fn ten_thousand_acts_end_as_the_reference_says() {
    let mut life = Life::new();
    for act in 1..=ACTS {
        life.act_at_random();
        if act % SAVED_EVERY == 0 {
            life.compare();
            life.book = saved_and_read(&life.book);
        }
    }
    let stages = life.visits.iter().filter_map(Expected::stage);
    let stages: std::collections::BTreeSet<VisitStage> = stages.collect();
    assert!(stages.len() >= 3, "{stages:?}: too little happened");
}
