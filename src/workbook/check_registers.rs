//! 定期核查, the rules on registers, officers, the year's floors, and on what was withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use serde_json::Value;

use super::check_seen::{ByTownship, Count, Seen, is_blank};
use super::event::EventKind;
use super::self_check::{CheckKind, CheckLine, CheckRecord, Checked};
use crate::engine::calendar::YearMonth;
use crate::model::{Absence, Officer, OfficerId, Stratum, Unit, UnitId};

/// Months within which the data of key units are renewed.
const KEY_MONTHS: u32 = 3;
/// Words that stand where a name should (domain.md, «Practice»).
const NO_NAMES: [&str; 2] = ["双随机", "一公开"];
/// Acts after which something no longer stands as it did (R17).
const WITHDRAWALS: [EventKind; 9] = [
    EventKind::RetireUnit,
    EventKind::RetireUnits,
    EventKind::OfficerLeaves,
    EventKind::RemoveItem,
    EventKind::BreakOff,
    EventKind::WithdrawCampaign,
    EventKind::CorrectVisit,
    EventKind::CorrectOwnVisit,
    EventKind::WithdrawOther,
];

/// All of them.
pub(super) fn lines(seen: &Seen) -> Vec<CheckLine> {
    let mut lines = vec![away(seen), away_approved(seen), certificates(seen)];
    lines.extend(units(seen));
    lines.push(names(seen));
    lines.extend(floors(seen));
    lines.push(withdrawn(seen));
    lines
}

fn told(officer: &Officer) -> CheckRecord {
    CheckRecord::new(Checked::Officer(officer.id.clone()), officer.name.clone())
}

/// Of the officers who are away in the period or later, or have left, those with a visit then:
/// a pending one, or one of the period that they made.
fn away(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Away);
    let mut days: BTreeMap<&OfficerId, Vec<(NaiveDate, bool)>> = BTreeMap::new();
    for visit in seen.standing() {
        let pending = visit.planned.filter(|_| visit.is_pending());
        let day = pending.map(|it| it.day);
        let day = day.or_else(|| visit.made().filter(|day| seen.covers(*day)));
        for id in visit.team().into_iter().flatten() {
            days.entry(id)
                .or_default()
                .extend(day.map(|day| (day, pending.is_some())));
        }
    }
    for officer in &seen.book.officers {
        let is_away = |it: &Absence| it.to >= seen.from;
        if !officer.has_left && !officer.absences.iter().any(is_away) {
            continue;
        }
        let own = days.get(&officer.id).into_iter().flatten();
        let bad = own.filter(|(day, is_pending)| {
            officer.is_absent(*day) || (officer.has_left && *is_pending)
        });
        let bad: Vec<NaiveDate> = bad.map(|(day, _)| *day).collect();
        let first = bad.iter().min();
        // Of those who left long ago nothing is said.
        if !officer.has_left || first.is_some() {
            count.look(first.map(|day| told(officer).on(*day).count(bad.len() as u32)));
        }
    }
    count.line()
}

/// Absences in the period or later: each with reason and approver.
fn away_approved(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::AwayApproved);
    for officer in seen.book.officers.iter().filter(|it| !it.has_left) {
        for absence in officer.absences.iter().filter(|it| it.to >= seen.from) {
            let is_bad = is_blank(&absence.reason) || is_blank(&absence.approver);
            count.look(is_bad.then(|| told(officer).on(absence.from).until(absence.to)));
        }
    }
    count.line()
}

/// The certificates of those who make visits.
fn certificates(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Certificates);
    for officer in seen.book.officers.iter().filter(|it| it.makes_visits()) {
        let ended = officer
            .certificate_until
            .filter(|until| *until < seen.today);
        count.look(ended.map(|until| told(officer).on(until)));
    }
    count.line()
}

/// Whether a key unit's data are older than a quarter, or were never looked at.
fn is_key_stale(unit: &Unit, today: NaiveDate) -> bool {
    unit.reviewed_on
        .is_none_or(|day| day + Months::new(KEY_MONTHS) < today)
}

/// What lacks in records, and what was not looked at for too long, by township.
fn units(seen: &Seen) -> [CheckLine; 3] {
    let (mut all, mut key_units) = (0, 0);
    let mut lacking = ByTownship::default();
    let mut stale = ByTownship::default();
    let mut due = ByTownship::default();
    for unit in seen.book.active_units() {
        all += 1;
        if unit.completeness_percent() < 100 {
            lacking.add(unit);
        }
        if seen.book.brigade.is_review_due(unit, seen.today) {
            due.add(unit);
        }
        if unit.is_key {
            key_units += 1;
            if is_key_stale(unit, seen.today) {
                stale.add(unit);
            }
        }
    }
    [
        stale.line(CheckKind::KeyUnits, key_units),
        lacking.line(CheckKind::Incomplete, all),
        due.line(CheckKind::Reviewed, all),
    ]
}

/// Records of units and visits in which «双随机» or «一公开» stands where a name should.
fn names(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Names);
    let is_none = |text: &str| NO_NAMES.iter().any(|words| text.contains(words));
    for unit in seen.book.active_units() {
        let is_bad = [&unit.responsible, &unit.manager]
            .iter()
            .any(|it| is_none(it));
        let of = || Checked::Unit(unit.id.clone());
        count.look(is_bad.then(|| CheckRecord::new(of(), unit.name.clone())));
    }
    for (visit, day, record) in seen.recorded() {
        let reviewer = record.review.as_ref().map_or("", |it| &it.reviewer);
        let names = [
            record.entered_by.as_str(),
            &record.assisted_by,
            &record.accompanied_by,
            reviewer,
        ];
        let is_bad = names.iter().any(|it| is_none(it));
        count.look(is_bad.then(|| visit.told().on(day)));
    }
    count.line()
}

/// The legal floors against the working days that have gone by: how many more should have been
/// inspected by now.
fn floors(seen: &Seen) -> [CheckLine; 3] {
    let year = seen.book.year_on(seen.to);
    let days: Vec<NaiveDate> = year
        .months()
        .into_iter()
        .flat_map(|month| seen.calendar.working_days(month))
        .collect();
    let gone = days.iter().filter(|day| **day <= seen.to).count() as u64;
    let visits = seen
        .book
        .visits()
        .filter_map(|visit| Some((visit, visit.made?)));
    let of_year = visits.filter(|(_, made)| YearMonth::of(made.date).year() == year.year);
    let visited: BTreeSet<&UnitId> = of_year.map(|(visit, _)| &visit.id.unit).collect();
    let mut counts = [(0_u32, 0_u32); 3];
    for unit in seen.book.active_units() {
        let mut before = unit.inspections.iter();
        let is_before = before.any(|it| YearMonth::of(it.date).year() == year.year);
        let (units, done) = &mut counts[unit.stratum().index()];
        *units += 1;
        *done += u32::from(is_before || visited.contains(&unit.id));
    }
    let line = |(kind, stratum): (CheckKind, Stratum)| {
        let (units, done) = counts[stratum.index()];
        let floor = stratum.legal_floor().of(units);
        let due = u64::from(floor) * gone / days.len().max(1) as u64;
        let mut count = Count::new(kind);
        count.figures((due as u32).saturating_sub(done), floor);
        let figures = CheckRecord::new(Checked::Day, "").on(seen.to).count(done);
        count.tell(figures);
        count.line()
    };
    let kinds = [
        CheckKind::FloorDense,
        CheckKind::FloorKey,
        CheckKind::FloorGeneral,
    ];
    let pairs: [(CheckKind, Stratum); 3] = std::array::from_fn(|at| (kinds[at], Stratum::ALL[at]));
    pairs.map(line)
}

/// What was withdrawn, broken off, put out of use or corrected in the period, from the trail:
/// each with its reason, and with an approver where one is asked for.
fn withdrawn(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Withdrawn);
    let entries = seen.book.trail.iter().rev();
    let entries = entries.take_while(|entry| entry.at.date() >= seen.from);
    let acts: BTreeSet<&str> = WITHDRAWALS.iter().map(|kind| kind.name()).collect();
    let mut found: Vec<_> = entries
        .filter(|entry| entry.at.date() <= seen.to && acts.contains(entry.action.as_str()))
        .collect();
    found.reverse();
    for entry in found {
        let approver = entry.detail.get("approver").map(Value::as_str);
        let approver = approver.map(Option::unwrap_or_default);
        let is_bad = is_blank(&entry.why) || approver.is_some_and(is_blank);
        let name = entry
            .event()
            .touches()
            .units
            .first()
            .and_then(|named| match named {
                super::touch::Named::One(id) => {
                    let unit = UnitId::new(*id).ok()?;
                    Some(seen.book.unit(&unit)?.name.clone())
                }
                _ => None,
            });
        let of = Checked::Act(entry.action.clone());
        let mut record = CheckRecord::new(of, name.unwrap_or_default()).on(entry.at.date());
        record.why = entry.why.clone();
        count.look_at(is_bad, record);
    }
    count.line()
}
