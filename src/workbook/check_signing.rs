//! 定期核查 as an act: its lines on a day, the report that a checker signs, the head's
//! signature, and its filing to the 支队 (R16).
//!
//! A report's lines are worked out here, as it is signed: nobody hands them in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::check_seen::Seen;
use super::event::Event;
use super::event_detail::{CheckExplained, CheckFiledAt, CheckHeadSigned, CheckSigned};
use super::names::check_length;
use super::names::is_same_person;
use super::refusal::{ActionError, CheckRefusal};
use super::self_check::{
    CHECKS_MAX, CheckFiled, CheckKind, CheckLine, CheckNote, HeadSigned, SelfCheck, Verdict,
    count_of,
};
use super::{Workbook, check_entries, check_public, check_registers, check_visits};

/// Signs of 说明, at most.
const NOTE_MAX: usize = 400;

/// A step of a check's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckStep {
    /// 说明 of a line, for the next report; it takes the place of the one before.
    Explain { kind: CheckKind, words: String },
    /// 核查人 signs what the check says today.
    Sign { checker: String },
    /// 大队主官 signs a report.
    HeadSigns {
        /// The year that keeps it.
        year: i32,
        number: u32,
        head: String,
    },
    /// A report was filed to the 支队.
    File {
        year: i32,
        number: u32,
        /// The day on which it was.
        date: NaiveDate,
    },
}

/// What a check says on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedNow {
    /// First day that it covers.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Visits of the open years, but for void ones.
    pub visits: u32,
    /// Units in use.
    pub units: u32,
    pub lines: Vec<CheckLine>,
    /// The report before, by year and number.
    pub after: Option<(i32, u32)>,
}

impl Workbook {
    /// 定期核查 on `today`: every rule, in order.
    #[must_use]
    pub fn self_check(&self, today: NaiveDate) -> CheckedNow {
        let seen = Seen::new(self, today);
        let mut lines = check_visits::lines(&seen);
        lines.extend(check_public::lines(&seen));
        lines.extend(check_entries::lines(&seen));
        lines.extend(check_registers::lines(&seen));
        let last = self.self_checks().next_back();
        let before: BTreeMap<CheckKind, u32> = last
            .into_iter()
            .flat_map(|(_, check)| &check.lines)
            .map(|line| (line.kind, line.bad))
            .collect();
        let notes = self.check_notes(today);
        for line in &mut lines {
            line.before = before.get(&line.kind).copied();
            let note = notes.iter().find(|note| note.kind == line.kind);
            if let Some(note) = note.filter(|_| line.verdict != Verdict::Right) {
                line.note.clone_from(&note.words);
            }
        }
        lines.sort_by_key(|line| (line.verdict, line.kind));
        CheckedNow {
            from: seen.from,
            to: seen.to,
            visits: seen.standing().count() as u32,
            units: self.active_units().count() as u32,
            lines,
            after: last.map(|(year, check)| (year, check.number)),
        }
    }

    /// 说明 for the next report.
    #[must_use]
    pub fn check_notes(&self, today: NaiveDate) -> &[CheckNote] {
        &self.year_on(today).check_notes
    }

    /// The number that the next report gets, with the year that keeps it.
    #[must_use]
    pub fn next_check(&self, today: NaiveDate) -> (i32, u32) {
        let year = self.year_on(today);
        (year.year, year.self_checks.len() as u32 + 1)
    }

    pub(super) fn step_check(&mut self, step: CheckStep, context: &Context) -> Outcome {
        match step {
            CheckStep::Explain { kind, words } => self.explain_check(kind, &words, context),
            CheckStep::Sign { checker } => self.sign_check(checker.trim(), context),
            CheckStep::HeadSigns { year, number, head } => {
                self.head_signs_check((year, number), head.trim(), context)
            }
            CheckStep::File { year, number, date } => {
                self.file_check((year, number), date, context)
            }
        }
    }

    fn explain_check(&mut self, kind: CheckKind, words: &str, context: &Context) -> Outcome {
        let words = words.trim();
        let year = self.year_on(context.now.date()).year;
        self.check_year_open(year)?;
        require(words, ActionError::NoReason)?;
        check_length("note", words, NOTE_MAX).map_err(ActionError::TooLong)?;
        let note = CheckNote {
            kind,
            words: words.to_owned(),
            at: context.now,
            by: context.who.clone(),
        };
        let notes = &mut self.kept_year(year)?.check_notes;
        match notes.binary_search_by_key(&kind, |note| note.kind) {
            Ok(at) => notes[at] = note,
            Err(at) => notes.insert(at, note),
        }
        let event = Event::ExplainCheck(CheckExplained {
            of_year: year,
            line: kind,
        });
        Ok((Applied::done(), Entry::new(event, words)))
    }

    fn sign_check(&mut self, checker: &str, context: &Context) -> Outcome {
        let today = context.now.date();
        let (year, number) = self.next_check(today);
        self.check_year_open(year)?;
        require(checker, CheckRefusal::NoChecker.into())?;
        let name = checker.to_owned();
        if is_same_person(&name, &self.brigade.head) {
            return Err(CheckRefusal::HeadChecks { name }.into());
        }
        if self.standing_draws().next().is_none() {
            return Err(CheckRefusal::NothingDrawn.into());
        }
        let CheckedNow {
            from,
            to,
            visits,
            units,
            lines,
            after,
        } = self.self_check(today);
        let kept = self.kept_year(year)?;
        if kept.self_checks.len() >= CHECKS_MAX {
            return Err(ActionError::TooMany { max: CHECKS_MAX });
        }
        let last = kept.self_checks.last().filter(|it| it.date() == today);
        if let Some(same) = last.filter(|it| says_same(&it.lines, &lines)) {
            let number = same.number;
            return Err(CheckRefusal::Same { number }.into());
        }
        let event = Event::SignCheck(CheckSigned {
            of_year: year,
            check: number,
            first: from,
            last: to,
            to_mend: count_of(&lines, Verdict::Mend),
            to_explain: count_of(&lines, Verdict::Explain),
            checker: name.clone(),
        });
        kept.check_notes.clear();
        kept.self_checks.push(SelfCheck {
            number,
            from,
            to,
            at: context.now,
            checker: name,
            visits,
            units,
            lines,
            after: after.map(|(_, number)| number),
            head: None,
            filed: None,
            extra: Map::new(),
        });
        let id = Some(number.to_string());
        Ok((Applied { undo: None, id }, event.into()))
    }

    fn head_signs_check(&mut self, of: (i32, u32), head: &str, context: &Context) -> Outcome {
        let check = self.open_report(of)?;
        let number = check.number;
        require(head, CheckRefusal::NoChecker.into())?;
        if check.head.is_some() {
            return Err(CheckRefusal::HeadSigned { number }.into());
        }
        let name = head.to_owned();
        if is_same_person(&check.checker, &name) {
            return Err(CheckRefusal::HeadIsChecker { name }.into());
        }
        check.head = Some(HeadSigned {
            at: context.now,
            head: name.clone(),
            by: context.who.clone(),
        });
        let event = Event::HeadSignsCheck(CheckHeadSigned {
            of_year: of.0,
            check: number,
            head: name,
        });
        Ok((Applied::done(), event.into()))
    }

    fn file_check(&mut self, of: (i32, u32), date: NaiveDate, context: &Context) -> Outcome {
        let today = context.now.date();
        let check = self.open_report(of)?;
        let number = check.number;
        let Some(signed) = check.head.as_ref().map(|head| head.at.date()) else {
            return Err(CheckRefusal::NotHeadSigned { number }.into());
        };
        if check.filed.is_some() {
            return Err(CheckRefusal::Filed { number }.into());
        }
        if date < signed || date > today {
            return Err(CheckRefusal::FilingDay {
                date,
                signed,
                today,
            }
            .into());
        }
        check.filed = Some(CheckFiled {
            date,
            at: context.now,
            by: context.who.clone(),
        });
        let event = Event::FileCheck(CheckFiledAt {
            of_year: of.0,
            check: number,
            date,
        });
        Ok((Applied::done(), event.into()))
    }

    /// A report of a year that is not closed.
    fn open_report(&mut self, (year, number): (i32, u32)) -> Result<&mut SelfCheck, ActionError> {
        self.check_year_open(year)?;
        let mut checks = self.kept_year(year)?.self_checks.iter_mut();
        let found = checks.find(|check| check.number == number);
        Ok(found.ok_or(CheckRefusal::NoReport { number })?)
    }
}

/// Whether two checks say the same, whatever they are compared to.
fn says_same(a: &[CheckLine], b: &[CheckLine]) -> bool {
    let told = |lines: &[CheckLine]| -> Vec<CheckLine> {
        let alone = |line: &CheckLine| CheckLine {
            before: None,
            ..line.clone()
        };
        lines.iter().map(alone).collect()
    };
    // Notes that the report took in count as said.
    let mut told_a = told(a);
    let told_b = told(b);
    for (line, now) in told_a.iter_mut().zip(&told_b) {
        if now.note.is_empty() {
            line.note.clear();
        }
    }
    told_a == told_b
}
