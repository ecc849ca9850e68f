//! What every day brings: in the morning plans, reports and notices; in the afternoon what the
//! day's visits were, re-inspections and reviews.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::desk::{Desk, Waiting};
use super::story::Turn;
use crate::demo::officers::{HEAD, OPERATOR};
use crate::engine::calendar::YearMonth;
use crate::engine::month::PlannedVisit;
use crate::model::{OfficerId, Stratum, UnitId};
use crate::workbook::check_signing::CheckStep;
use crate::workbook::own_visit::OwnTeam;
use crate::workbook::request::{EnterRecheck, EnterResult, NotifyVisits, PutPapers, ReviewResults};
use crate::workbook::self_check::Verdict;
use crate::workbook::visit_record::{
    ItemRecheck, NoScan, Notice, Paper, PaperKind, Recheck, Scan, VisitRecord,
};
use crate::workbook::visit_stage::VisitStage;
use crate::workbook::{Action, VisitId};

/// A unit is told so many working days before.
const NOTICE_DAYS: u32 = 3;
/// Visits that nobody tells the unit of, in 1000.
const UNANNOUNCED_PERMILLE: u32 = 60;
/// Of the visits of a day, in 100: those entered on the day, and on the next working day.
const SAME_DAY: u32 = 74;
const NEXT_DAY: u32 = 96;
/// Visits not made in their month, in 1000.
const MISSED_PERMILLE: u32 = 12;
/// Records that go back from the review, in 1000.
const RETURNED_PERMILLE: u32 = 25;
/// Visits whose papers nobody ticked off, in 1000.
const NO_PAPERS_PERMILLE: u32 = 25;
/// Findings that are put right by their term, in 1000.
const CORRECTED_PERMILLE: u32 = 900;
/// Who reviews, by id: the first who did not go.
const REVIEWERS: [&str; 3] = ["P06", "P01", "P05"];

impl Desk {
    /// Before anybody leaves.
    pub(super) fn morning(&mut self, day: NaiveDate) {
        self.at(day, 8, 35);
        self.approve_plans(day);
        self.file_checks(day);
        self.close_units(day);
        self.notify(day);
        self.publish(day);
    }

    /// After they are back.
    pub(super) fn afternoon(&mut self, day: NaiveDate) {
        self.at(day, 15, 0);
        self.look_again(day);
        if matches!(day.weekday(), Weekday::Tue | Weekday::Fri) {
            self.review(day);
        }
        self.at(day, 16, 10);
        self.make_visits(day);
        self.enter_waiting(day);
        self.check(day);
    }

    /// The visits that are to be made on a day, as their plans stand.
    fn planned_on(&self, day: NaiveDate) -> Vec<(VisitId, PlannedVisit)> {
        let pending = self.book.visits().filter(|it| self.book.is_pending(it));
        let planned = pending.filter_map(|visit| {
            let planned = self.book.planned_of(visit)?;
            (planned.day == day).then(|| (visit.id.clone(), planned.clone()))
        });
        planned.collect()
    }

    /// Units hear of their visits some days before; of a few they do not.
    fn notify(&mut self, day: NaiveDate) {
        let until = self.calendar.add_working_days(day, NOTICE_DAYS);
        let pending = self.book.visits().filter(|visit| visit.notice.is_none());
        let coming = pending.filter(|visit| {
            let planned = self.book.planned_of(visit);
            // The stage is asked last: it works the calendar out.
            planned.is_some_and(|it| (day..=until).contains(&it.day))
                && self.book.visit_stage(visit, day) == VisitStage::Planned
        });
        let coming: Vec<VisitId> = coming.map(|visit| visit.id.clone()).collect();
        let is_told = |_: &VisitId| !self.dice.chance(UNANNOUNCED_PERMILLE);
        let (told, untold): (Vec<_>, Vec<_>) = coming.into_iter().partition(is_told);
        for (visits, why) in [(told, ""), (untold, "夜间营业场所，不事先通知")] {
            let notice = Notice {
                date: day,
                unannounced: why.into(),
            };
            if visits.is_empty() {
                continue;
            }
            self.act(Action::NotifyVisits(NotifyVisits { visits, notice }));
        }
    }

    /// The day's visits are made; their records wait until somebody enters them.
    fn make_visits(&mut self, day: NaiveDate) {
        let mut made: BTreeMap<OfficerId, usize> = BTreeMap::new();
        for (visit, planned) in self.planned_on(day) {
            let Some(unit) = self.book.unit(&visit.unit) else {
                continue;
            };
            let turn = match unit.stratum() {
                Stratum::C => self.turn(YearMonth::of(day)),
                _ => Turn::Usual,
            };
            if turn == Turn::Closed {
                self.closed.push(visit);
                continue;
            }
            let is_missed = turn == Turn::Usual && self.dice.chance(MISSED_PERMILLE);
            if is_missed || turn == Turn::Missed {
                continue;
            }
            let team = [&planned.lead, &planned.member];
            let before = team.map(|id| made.get(id).copied().unwrap_or(0));
            for id in team {
                *made.entry(id.clone()).or_default() += 1;
            }
            let before = before.into_iter().max().unwrap_or(0);
            let Some(mut record) = self.record(&visit, &planned, turn.outcome(), before) else {
                continue;
            };
            if turn == Turn::Unscanned {
                record.scan = Scan::Without {
                    why: NoScan::NoCode,
                    words: String::new(),
                    made_up: None,
                };
            }
            let due = self.entered_on(day, turn);
            self.waiting.push(Waiting {
                visit,
                made: day,
                due,
                record,
            });
        }
    }

    fn entered_on(&mut self, day: NaiveDate, turn: Turn) -> NaiveDate {
        let later = |days| self.calendar.add_working_days(day, days);
        // At the end of April all is entered at once.
        if YearMonth::of(day).month() == 4 && self.days_to_draw(day).is_some_and(|days| days > 1) {
            return later(3);
        }
        // Those of the day before the demo opens wait for whoever opens it.
        if self.days_to_open(day) == Some(1) {
            return later(1);
        }
        match (turn, self.dice.below(100)) {
            (Turn::EnteredLate, _) => later(14),
            (_, ..SAME_DAY) => day,
            (_, SAME_DAY..NEXT_DAY) => later(1),
            _ => later(2),
        }
    }

    /// Enters what is due, with some minutes between; before a draw all that is left, for
    /// else it would be carried.
    fn enter_waiting(&mut self, day: NaiveDate) {
        let is_before_draw = self.days_to_draw(day) == Some(1);
        let is_due = |it: &Waiting| it.due <= day || is_before_draw;
        let waiting = std::mem::take(&mut self.waiting);
        let (due, left): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_due);
        self.waiting = left;
        let is_burst = self.is_burst(day);
        for visit in std::mem::take(&mut self.returned) {
            self.enter_anew(&visit);
        }
        for Waiting {
            visit,
            made,
            record,
            ..
        } in due
        {
            let minutes = if is_burst {
                0
            } else {
                self.dice.between(6, 10)
            };
            self.wait(minutes);
            let enter = EnterResult {
                visit: visit.clone(),
                date: made,
                record,
                why: String::new(),
            };
            if self.act(Action::EnterResult(Box::new(enter))) {
                if !self.dice.chance(NO_PAPERS_PERMILLE) {
                    self.put_papers(&visit);
                }
                self.plan_recheck(&visit, day);
            }
        }
    }

    /// A record that the review sent back says more.
    fn enter_anew(&mut self, id: &VisitId) {
        let Some(visit) = self.book.visit(id) else {
            return;
        };
        let (Some(made), Some(record)) = (visit.made, visit.record().cloned()) else {
            return;
        };
        let places = format!("{}，各层疏散走道", record.places);
        let enter = EnterResult {
            visit: id.clone(),
            date: made.date,
            record: VisitRecord { places, ..record },
            why: "按审核意见补充检查部位".into(),
        };
        self.wait(7);
        self.act(Action::EnterResult(Box::new(enter)));
    }

    /// The papers that a visit asks for are ticked off, with the number of the visit.
    fn put_papers(&mut self, id: &VisitId) {
        let Some(visit) = self.book.visit(id) else {
            return;
        };
        let (year, number) = (id.draw.year, visit.number.unwrap_or_default());
        let (notice, made) = (visit.notice.as_ref(), visit.made);
        let Some(made) = made else { return };
        let paper = |kind: PaperKind| Paper {
            kind,
            number: match kind {
                PaperKind::AtOnceOrder => format!("南消责改〔{year}〕{number}号"),
                PaperKind::TermOrder => format!("南消限改〔{year}〕{number}号"),
                _ => String::new(),
            },
            date: match notice {
                Some(notice) if kind == PaperKind::Notice => notice.date,
                _ => made.date,
            },
        };
        let papers: Vec<Paper> = visit.papers_needed().into_iter().map(paper).collect();
        if !papers.is_empty() {
            let visit = id.clone();
            self.act(Action::PutPapers(PutPapers { visit, papers }));
        }
    }

    /// When what was found is looked at again: within three working days of its last term.
    fn plan_recheck(&mut self, id: &VisitId, day: NaiveDate) {
        let open = self.book.visit(id).map(|visit| visit.open_findings());
        let last = open.into_iter().flatten().map(|it| it.term).max();
        let Some(term) = last else { return };
        let after = self.dice.between(1, 3);
        // One is forgotten, for whoever looks for it.
        if self.is_forgotten(day) {
            return;
        }
        let on = self.calendar.add_working_days(term.max(day), after);
        self.rechecks.entry(on).or_default().push(id.clone());
    }

    /// 复查, by those who went or by others who may.
    fn look_again(&mut self, day: NaiveDate) {
        for id in self.rechecks.remove(&day).unwrap_or_default() {
            let Some(visit) = self.book.visit(&id) else {
                continue;
            };
            let open: Vec<String> = visit
                .open_findings()
                .iter()
                .map(|it| it.item.to_owned())
                .collect();
            let went = visit.record().map(|record| record.team.clone());
            let Some(team) = went.and_then(|went| self.team_for(&id, went, day)) else {
                let next = self.calendar.add_working_days(day, 1);
                self.rechecks.entry(next).or_default().push(id);
                continue;
            };
            let is_corrected = self.dice.chance(CORRECTED_PERMILLE);
            let items = open.into_iter().map(|item| ItemRecheck {
                item,
                is_corrected,
                term: (!is_corrected).then(|| day + Days::new(7)),
            });
            let recheck = Recheck {
                date: day,
                team,
                items: items.collect(),
                note: match is_corrected {
                    true => String::new(),
                    false => "配件未到货，重新限期".into(),
                },
                entered_at: day.and_time(chrono::NaiveTime::MIN),
                entered_by: String::new(),
            };
            self.wait(4);
            let visit = id.clone();
            if self.act(Action::EnterRecheck(EnterRecheck { visit, recheck })) && !is_corrected {
                self.plan_recheck(&id, day);
            }
        }
    }

    /// The team that went, if both may go again on a day; else the first two who may.
    fn team_for(&self, id: &VisitId, went: OwnTeam, day: NaiveDate) -> Option<OwnTeam> {
        let may = |team: &OwnTeam| self.book.broken_team(&id.unit, day, team).is_none();
        if may(&went) {
            return Some(went);
        }
        self.pair_for(&id.unit, day)
    }

    /// The first two, by id, who may visit a unit on a day.
    pub(super) fn pair_for(&self, unit: &UnitId, day: NaiveDate) -> Option<OwnTeam> {
        let ids = || self.book.officers.iter().map(|officer| &officer.id);
        let mut pairs = ids().flat_map(|lead| ids().map(move |member| (lead, member)));
        pairs.find_map(|(lead, member)| {
            let (lead, member) = (lead.clone(), member.clone());
            let team = OwnTeam { lead, member };
            let broken = self.book.broken_team(unit, day, &team);
            broken.is_none().then_some(team)
        })
    }

    /// What waits for a review gets one, by somebody who did not go.
    fn review(&mut self, day: NaiveDate) {
        let waits = self.book.visits().filter(|visit| {
            let record = visit.record().filter(|_| visit.made.is_some());
            record.is_some_and(|it| it.review.is_none() && it.entered_at.date() < day)
        });
        let waiting: Vec<(VisitId, String)> = waits
            .filter_map(|visit| {
                let team = &visit.record()?.team;
                let mut reviewers = REVIEWERS
                    .iter()
                    .filter_map(|id| self.book.officer(&OfficerId::new(*id).ok()?));
                let reviewer = reviewers.find(|officer| {
                    let went = [&team.lead, &team.member].contains(&&officer.id);
                    !went && !officer.is_absent(day)
                });
                let name = reviewer.map_or_else(|| HEAD.to_owned(), |it| it.name.clone());
                Some((visit.id.clone(), name))
            })
            .collect();
        let mut by_reviewer: BTreeMap<String, Vec<VisitId>> = BTreeMap::new();
        for (visit, reviewer) in waiting {
            if self.dice.chance(RETURNED_PERMILLE) {
                let opinion = "检查部位写具体到楼层和区域";
                if self.say(vec![visit.clone()], reviewer, opinion, false) {
                    self.returned.push(visit);
                }
            } else {
                by_reviewer.entry(reviewer).or_default().push(visit);
            }
        }
        for (reviewer, visits) in by_reviewer {
            self.wait(9);
            self.say(visits, reviewer, "", true);
        }
    }

    fn say(
        &mut self,
        visits: Vec<VisitId>,
        reviewer: String,
        opinion: &str,
        is_accepted: bool,
    ) -> bool {
        let opinion = opinion.into();
        self.act(Action::ReviewResults(ReviewResults {
            visits,
            is_accepted,
            reviewer,
            opinion,
        }))
    }

    /// 定期核查 on its day: what happened is explained, the report signed.
    fn check(&mut self, day: NaiveDate) {
        let due = self.book.check_due(day);
        if due.is_none_or(|due| !due.is_due(day) || due.remind > day) {
            return;
        }
        self.wait(15);
        let now = self.book.self_check(day);
        let asked = now.lines.iter();
        let asked = asked.filter(|line| line.verdict == Verdict::Explain);
        let kinds: BTreeSet<_> = asked.map(|line| line.kind).collect();
        for kind in kinds {
            if let Some(words) = super::story::explained(kind) {
                let words = words.into();
                self.act(Action::SelfCheck(CheckStep::Explain { kind, words }));
            }
        }
        let checker = OPERATOR.into();
        self.act(Action::SelfCheck(CheckStep::Sign { checker }));
    }

    /// The head signs what was checked the day before, and it goes to the 支队.
    fn file_checks(&mut self, day: NaiveDate) {
        let open = self
            .book
            .self_checks()
            .filter(|(_, check)| check.filed.is_none());
        let open: Vec<(i32, u32)> = open.map(|(year, check)| (year, check.number)).collect();
        if !open.is_empty() {
            self.find_papers();
        }
        for (year, number) in open {
            let head = HEAD.into();
            self.act(Action::SelfCheck(CheckStep::HeadSigns {
                year,
                number,
                head,
            }));
            self.act(Action::SelfCheck(CheckStep::File {
                year,
                number,
                date: day,
            }));
        }
    }

    /// The papers that a check found missing are looked for.
    fn find_papers(&mut self) {
        let lack = self
            .book
            .visits()
            .filter(|visit| visit.record().is_some() && visit.papers.is_empty());
        let lack: Vec<VisitId> = lack.map(|visit| visit.id.clone()).collect();
        for visit in lack {
            self.put_papers(&visit);
        }
    }
}
