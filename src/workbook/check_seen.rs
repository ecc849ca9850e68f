//! What the rules of 定期核查 look at, worked out once: the calendar, and of each visit of the
//! open years its unit and its plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::self_check::{CheckKind, CheckLine, CheckRecord, Checked, LINE_RECORDS_MAX, Verdict};
use super::visit_record::VisitRecord;
use super::{Visit, VisitState, Workbook};
use crate::engine::calendar::{WorkdayCalendar, YearMonth};
use crate::model::{OfficerId, Unit};

/// A visit with what follows of it from elsewhere.
pub(super) struct SeenVisit<'a> {
    pub(super) visit: &'a Visit,
    pub(super) unit: Option<&'a Unit>,
    /// Day and team of its plan; none where the last one set it aside.
    pub(super) planned: Option<Planned<'a>>,
    pub(super) is_void: bool,
}

/// Day and team of a plan.
#[derive(Clone, Copy)]
pub(super) struct Planned<'a> {
    pub(super) day: NaiveDate,
    pub(super) team: [&'a OfficerId; 2],
}

impl<'a> SeenVisit<'a> {
    pub(super) fn made(&self) -> Option<NaiveDate> {
        self.visit.made.map(|made| made.date)
    }

    pub(super) fn is_pending(&self) -> bool {
        self.visit.made.is_none() && !self.is_void
    }

    /// Its record with the day of the visit, where both are there.
    pub(super) fn recorded(&self) -> Option<(NaiveDate, &'a VisitRecord)> {
        self.made().zip(self.visit.record())
    }

    /// Who went, as far as it is known.
    pub(super) fn team(&self) -> Option<[&'a OfficerId; 2]> {
        let record = self.visit.record().filter(|_| self.visit.made.is_some());
        let went = record.map(|record| [&record.team.lead, &record.team.member]);
        went.or_else(|| self.planned.map(|planned| planned.team))
    }

    /// As a record of a line.
    pub(super) fn told(&self) -> CheckRecord {
        let name = self
            .unit
            .map_or_else(|| self.visit.id.unit.to_string(), |unit| unit.name.clone());
        CheckRecord::new(Checked::Visit(self.visit.id.clone()), name)
    }
}

/// What the rules look at.
pub(super) struct Seen<'a> {
    pub(super) book: &'a Workbook,
    pub(super) today: NaiveDate,
    /// First and last day that the check covers.
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) calendar: WorkdayCalendar,
    /// The visits of the years that are not closed.
    pub(super) visits: Vec<SeenVisit<'a>>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(book: &'a Workbook, today: NaiveDate) -> Self {
        let (from, to) = book.check_period(today);
        let open = book.years.iter().filter(|year| year.closed.is_none());
        let visits = open.flat_map(|year| &year.visits).map(|visit| {
            let unit = book.unit(&visit.id.unit);
            let planned = book.planned_of(visit).map(|planned| Planned {
                day: planned.day,
                team: [&planned.lead, &planned.member],
            });
            SeenVisit {
                visit,
                unit,
                planned,
                is_void: visit.state(unit) == VisitState::Void,
            }
        });
        Self {
            book,
            today,
            from,
            to,
            calendar: book.calendar(),
            visits: visits.collect(),
        }
    }

    /// Whether the check covers a day.
    pub(super) fn covers(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The month in which the check's last day lies.
    pub(super) fn month(&self) -> YearMonth {
        YearMonth::of(self.to)
    }

    /// The visits that are not void.
    pub(super) fn standing(&self) -> impl Iterator<Item = &SeenVisit<'a>> {
        self.visits.iter().filter(|visit| !visit.is_void)
    }

    /// The visits that were made, each with its day.
    pub(super) fn made(&self) -> impl Iterator<Item = (&SeenVisit<'a>, NaiveDate)> {
        let visits = self.visits.iter();
        visits.filter_map(|visit| Some((visit, visit.made()?)))
    }

    /// The visits of which a record stands, each with day and record.
    pub(super) fn recorded(
        &self,
    ) -> impl Iterator<Item = (&SeenVisit<'a>, NaiveDate, &'a VisitRecord)> {
        let visits = self.visits.iter();
        visits.filter_map(|visit| visit.recorded().map(|(day, record)| (visit, day, record)))
    }
}

/// Whether a text that should say something says nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A line while it is counted.
pub(super) struct Count {
    kind: CheckKind,
    bad: u32,
    total: u32,
    records: Vec<CheckRecord>,
    more: u32,
    /// Whether what is bad of it may be.
    pub(super) is_within: bool,
}

impl Count {
    pub(super) const fn new(kind: CheckKind) -> Self {
        Self {
            kind,
            bad: 0,
            total: 0,
            records: Vec::new(),
            more: 0,
            is_within: false,
        }
    }

    /// One more is looked at; what is told of it where it is not as it should be.
    pub(super) fn look(&mut self, bad: Option<CheckRecord>) {
        self.total += 1;
        if let Some(record) = bad {
            self.bad += 1;
            self.tell(record);
        }
    }

    /// One more that stands in the line whether it is as it should be or not.
    pub(super) fn look_at(&mut self, is_bad: bool, record: CheckRecord) {
        if is_bad {
            self.look(Some(record));
        } else {
            self.look(None);
            self.tell(record);
        }
    }

    /// A record that stands in the line and is no fault.
    pub(super) fn tell(&mut self, record: CheckRecord) {
        if self.records.len() < LINE_RECORDS_MAX {
            self.records.push(record);
        } else {
            self.more += 1;
        }
    }

    /// The figures, where they are not counted one by one.
    pub(super) const fn figures(&mut self, bad: u32, total: u32) {
        self.bad = bad;
        self.total = total;
    }

    /// Nothing is said of so many in a hundred.
    pub(super) fn allow(&mut self, percent: u32) {
        self.is_within = u64::from(self.bad) * 100 <= u64::from(self.total) * u64::from(percent);
    }

    pub(super) fn line(self) -> CheckLine {
        let is_right = self.bad == 0 || self.is_within;
        CheckLine {
            kind: self.kind,
            bad: self.bad,
            total: self.total,
            verdict: if is_right {
                Verdict::Right
            } else {
                self.kind.verdict()
            },
            records: self.records,
            more: self.more,
            before: None,
            note: String::new(),
        }
    }
}

/// Units that are not as they should be, told by township.
#[derive(Default)]
pub(super) struct ByTownship<'a>(BTreeMap<&'a str, u32>);

impl<'a> ByTownship<'a> {
    pub(super) fn add(&mut self, unit: &'a Unit) {
        *self.0.entry(unit.township.as_str()).or_default() += 1;
    }

    /// The line, the township with the most first.
    pub(super) fn line(self, kind: CheckKind, total: u32) -> CheckLine {
        let mut count = Count::new(kind);
        count.figures(self.0.values().sum(), total);
        let mut places: Vec<_> = self.0.into_iter().collect();
        places.sort_by_key(|(name, units)| (std::cmp::Reverse(*units), *name));
        for (name, units) in places {
            count.tell(CheckRecord::new(Checked::Township, name).count(units));
        }
        count.line()
    }
}
