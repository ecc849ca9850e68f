//! The steps of a visit beside its record: 通知 before it, the papers that are there, and
//! 复查 of what it found.

use std::collections::BTreeSet;

use super::Workbook;
use super::action::{Applied, Context, Entry, Outcome};
use super::event::Event;
use super::event_detail::{PapersPut, Rechecked, VisitsNotified};
use super::refusal::DrawError;
use super::request::{EnterRecheck, NotifyVisits, PutPapers};
use super::result_rule::{ItemRule, RecordRule};
use super::visit::{Visit, VisitId};
use super::visit_record::{Notice, Paper, Recheck};

use chrono::NaiveDate;

impl Workbook {
    /// Notes that units were told of their visits, or why not: of all, or of none.
    pub(super) fn notify_visits(&mut self, notify: NotifyVisits, context: &Context) -> Outcome {
        let NotifyVisits { visits, notice } = notify;
        let visits: BTreeSet<VisitId> = visits.into_iter().collect();
        if visits.is_empty() {
            return Err(DrawError::NoVisits.into());
        }
        for id in &visits {
            let visit = self.visit_named(id)?;
            if visit.made.is_none() && !self.is_pending(visit) {
                let unit = id.unit.clone();
                return Err(DrawError::NoVisit { unit }.into());
            }
            let last = visit.made.map_or(context.now.date(), |made| made.date);
            if notice.date > last {
                let date = notice.date;
                return Err(self.broken(id, RecordRule::NoticeDay { date }));
            }
        }
        let unannounced = notice.unannounced.trim().to_owned();
        let mut numbers = Vec::with_capacity(visits.len());
        for id in &visits {
            let next = self.next_visit_number(id.draw.year);
            let visit = self.visit_mut(id).expect("it was found above");
            let number = *visit.number.get_or_insert(next);
            numbers.push(number);
            visit.notice = Some(Notice {
                date: notice.date,
                unannounced: unannounced.clone(),
            });
        }
        let event = Event::NotifyVisits(VisitsNotified {
            visits: visits.into_iter().collect(),
            numbers,
            date: notice.date,
            is_unannounced: !unannounced.is_empty(),
        });
        Ok((Applied::done(), Entry::new(event, unannounced)))
    }

    /// Ticks papers off: those that are there now.
    pub(super) fn put_papers(&mut self, put: PutPapers, context: &Context) -> Outcome {
        let PutPapers { visit: id, papers } = put;
        self.visit_named(&id)?;
        let mut papers: Vec<Paper> = papers
            .into_iter()
            .map(|paper| Paper {
                number: paper.number.trim().to_owned(),
                ..paper
            })
            .collect();
        papers.sort_by_key(|paper| paper.kind);
        let is_twice = papers.windows(2).any(|pair| pair[0].kind == pair[1].kind);
        let is_ahead = |paper: &Paper| paper.date > context.now.date();
        if is_twice || papers.iter().any(is_ahead) {
            return Err(self.broken(&id, RecordRule::Paper));
        }
        let event = Event::PutPapers(PapersPut {
            papers: papers.clone(),
            visit: id.clone(),
        });
        self.visit_mut(&id).expect("it was found above").papers = papers;
        Ok((Applied::done(), event.into()))
    }

    /// Enters a re-inspection of all that is open; it never counts to the limits.
    pub(super) fn enter_recheck(&mut self, enter: EnterRecheck, context: &Context) -> Outcome {
        let EnterRecheck { visit: id, recheck } = enter;
        let visit = self.visit_named(&id)?;
        let broken = broken_recheck(visit, &recheck, context.now.date());
        let broken = broken.or_else(|| {
            let team = self.broken_team(&id.unit, recheck.date, &recheck.team);
            team.map(RecordRule::Team)
        });
        if let Some(rule) = broken {
            return Err(self.broken(&id, rule));
        }
        let note = recheck.note.trim().to_owned();
        let is_corrected = |it: &&super::visit_record::ItemRecheck| it.is_corrected;
        let event = Event::EnterRecheck(Rechecked {
            visit: id.clone(),
            date: recheck.date,
            corrected: recheck.items.iter().filter(is_corrected).count(),
            left: recheck.items.iter().filter(|it| !it.is_corrected).count(),
        });
        let visit = self.visit_mut(&id).expect("it was found above");
        visit.rechecks.push(Recheck {
            note: note.clone(),
            entered_at: context.now,
            entered_by: context.who.clone(),
            ..recheck
        });
        Ok((Applied::done(), Entry::new(event, note)))
    }
}

fn broken_recheck(visit: &Visit, recheck: &Recheck, today: NaiveDate) -> Option<RecordRule> {
    let open = visit.open_findings();
    if open.is_empty() {
        return Some(RecordRule::NothingOpen);
    }
    let date = recheck.date;
    let last = visit.rechecks.last().map(|it| it.date);
    let last = last.or(visit.made.map(|made| made.date));
    if date > today || last.is_some_and(|last| date < last) {
        return Some(RecordRule::RecheckDay { date });
    }
    let named: BTreeSet<&str> = recheck.items.iter().map(|it| it.item.as_str()).collect();
    let wanted: BTreeSet<&str> = open.iter().map(|it| it.item).collect();
    if named != wanted || recheck.items.len() != wanted.len() {
        return Some(RecordRule::RecheckItems);
    }
    let wrong = recheck.items.iter().find_map(|it| {
        let rule = match it.term {
            Some(_) if it.is_corrected => ItemRule::TermNotNeeded,
            Some(term) if term < date => ItemRule::TermBefore,
            _ => return None,
        };
        Some((it.item.clone(), rule))
    });
    wrong.map(|(item, rule)| RecordRule::Item { item, rule })
}
