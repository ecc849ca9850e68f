//! 定期核查, the rules on visits: terms, what a record must say, who may go.
//!
//! What can still be put right is looked for in all open years, so that nothing drops out of
//! sight with its period; what happened once is told in the period in which it did.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::check_seen::{Count, Seen, SeenVisit, is_blank};
use super::derive::deadline_in;
use super::plan_change::PlanChangeKind;
use super::self_check::{CheckKind, CheckLine, CheckRecord, Checked};
use super::visit_record::{Measure, NoScan, PaperKind, Scan, VisitRecord};
use super::visit_stage::RECHECK_WORKING_DAYS;
use crate::engine::calendar::{YearMonth, add_six_months};
use crate::model::{OfficerRole, UnitId, UnitStatus};

/// Signs of 检查部位 that say nothing: one word.
const PLACES_SIGNS: usize = 2;
/// Counted inspections of a unit in a year (R7).
const VISITS_A_YEAR: usize = 2;
/// Share of the visits due so far this month, in a hundred, that may be behind.
const MONTH_BEHIND_PERCENT: u32 = 10;

/// All of them.
pub(super) fn lines(seen: &Seen) -> Vec<CheckLine> {
    vec![
        approved(seen),
        overdue(seen),
        recheck_late(seen),
        uncorrected(seen),
        no_scan(seen),
        not_entered(seen),
        returned(seen),
        two_officers(seen),
        reviewer_went(seen),
        approver_went(seen),
        places(seen),
        papers(seen),
        notified(seen),
        limits(seen),
        month(seen),
        carried(seen),
        changed(seen),
        void(seen),
    ]
}

/// Plans of the last month drawn whose days have begun, each approved (R13). What is pending
/// of earlier months is carried by it.
fn approved(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Approved);
    let last = seen.book.last_drawn().map(|draw| draw.month);
    let begun = last.filter(|month| month.first_day() <= seen.today);
    let open = begun.filter(|month| !seen.book.is_year_closed(month.year()));
    let draws = open.into_iter().flat_map(|month| seen.book.draws_of(month));
    for draw in draws.filter(|draw| draw.drawn.is_some()) {
        let is_bad = draw.approval.is_none();
        let told = || {
            let record = CheckRecord::new(Checked::Draw(draw.id()), draw.month.to_string());
            record.on(draw.month.first_day())
        };
        count.look(is_bad.then(told));
    }
    count.line()
}

/// Of the visits whose term is over, those not made.
fn overdue(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Overdue);
    for visit in seen.standing() {
        let Some(planned) = visit.planned else {
            continue;
        };
        let until = deadline_in(&seen.calendar, planned.day);
        if until < seen.today {
            let told = || visit.told().on(planned.day).until(until);
            count.look(visit.is_pending().then(told));
        }
    }
    count.line()
}

/// Of the visits with a term of correction, those with one that ended more than three working
/// days ago and nobody looked again.
fn recheck_late(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::RecheckLate);
    for (visit, _, record) in seen.recorded() {
        let waits = |it: &super::visit_record::ItemFinding| {
            !it.is_corrected && matches!(it.measure, Measure::AtOnce | Measure::ByTerm)
        };
        if !record.findings.iter().any(waits) {
            continue;
        }
        let terms = visit.visit.open_findings().into_iter();
        let late = terms.map(|finding| {
            let until = seen
                .calendar
                .add_working_days(finding.term, RECHECK_WORKING_DAYS);
            (finding.term, until)
        });
        let late = late.filter(|(_, until)| *until < seen.today).min();
        count.look(late.map(|(term, until)| visit.told().on(term).until(until)));
    }
    count.line()
}

/// Of the findings with a term that are said to be corrected, those that nobody looked at
/// again: a record may say so of what was put right on the spot alone.
fn uncorrected(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Uncorrected);
    for (visit, day, record) in seen.recorded() {
        let by_term = record.findings.iter();
        for finding in by_term.filter(|it| it.measure == Measure::ByTerm) {
            let mut looked = visit.visit.rechecks.iter().flat_map(|it| &it.items);
            let is_proved = looked.any(|it| it.item == finding.item && it.is_corrected);
            if is_proved || finding.is_corrected {
                count.look((!is_proved).then(|| visit.told().on(day)));
            }
        }
    }
    count.line()
}

/// Nobody scanned the unit's code, and nothing excuses it: an emergency does, words do, and so
/// does a scan that was made up.
fn no_scan(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::NoScan);
    for (visit, day, record) in seen.recorded() {
        let is_bad = match &record.scan {
            Scan::At { .. } => false,
            Scan::Without {
                why,
                words,
                made_up,
            } => *why != NoScan::Emergency && words.trim().is_empty() && made_up.is_none(),
        };
        count.look(is_bad.then(|| visit.told().on(day)));
    }
    count.line()
}

/// Made, and no record of it although its days are over.
fn not_entered(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::NotEntered);
    let days = seen.book.brigade.bunching.late_days;
    for (visit, day) in seen.made() {
        let until = seen.calendar.add_working_days(day, days);
        let is_bad = visit.visit.record().is_none() && until < seen.today;
        count.look(is_bad.then(|| visit.told().on(day).until(until)));
    }
    count.line()
}

/// Sent back by the review, and not entered anew.
fn returned(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Returned);
    for (visit, _, record) in seen.recorded() {
        if let Some(review) = &record.review {
            let told = || visit.told().on(review.at.date());
            count.look((!review.is_accepted).then(told));
        }
    }
    count.line()
}

/// Whether two different officers went, both 执法人员 whose certificate was valid that day
/// (行政处罚法 art. 42): a clerk never makes up the two.
fn is_team_right(seen: &Seen, day: NaiveDate, record: &VisitRecord) -> bool {
    let team = [&record.team.lead, &record.team.member];
    let may = |id: &crate::model::OfficerId| {
        seen.book.officer(id).is_some_and(|officer| {
            officer.role == OfficerRole::Enforcement
                && officer.certificate_until.is_none_or(|until| day <= until)
        })
    };
    team[0] != team[1] && team.into_iter().all(may)
}

fn two_officers(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::TwoOfficers);
    for (visit, day, record) in seen.recorded() {
        let is_bad = !is_team_right(seen, day, record);
        count.look(is_bad.then(|| visit.told().on(day)));
    }
    count.line()
}

/// Whether one of the two who went has this name.
fn went(seen: &Seen, visit: &SeenVisit, name: &str) -> bool {
    let team = visit.team().into_iter().flatten();
    let mut officers = team.filter_map(|id| seen.book.officer(id));
    officers.any(|officer| officer.name.trim() == name.trim())
}

fn reviewer_went(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::ReviewerWent);
    for (visit, day, record) in seen.recorded() {
        if let Some(review) = &record.review {
            let is_bad = went(seen, visit, &review.reviewer);
            count.look(is_bad.then(|| visit.told().on(day)));
        }
    }
    count.line()
}

/// The plan's approver is none of the two; told in the period of the visit, as the approval
/// is not to be made anew.
fn approver_went(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::ApproverWent);
    for (visit, day) in seen.made().filter(|(_, day)| seen.covers(*day)) {
        let draw = seen.book.draw(visit.visit.id.draw);
        if let Some(approval) = draw.and_then(|draw| draw.approval.as_ref()) {
            let is_bad = went(seen, visit, &approval.approver);
            count.look(is_bad.then(|| visit.told().on(day)));
        }
    }
    count.line()
}

/// 检查部位 of what could be checked is more than a word.
fn places(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Places);
    for (visit, day, record) in seen.recorded() {
        if record.outcome.is_inspected() {
            let signs = record.places.chars().filter(|sign| sign.is_alphanumeric());
            let is_bad = signs.take(PLACES_SIGNS + 1).count() <= PLACES_SIGNS;
            count.look(is_bad.then(|| visit.told().on(day)));
        }
    }
    count.line()
}

fn papers(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Papers);
    for (visit, day, _) in seen.recorded() {
        let mut lack = visit.visit.papers_needed();
        for paper in &visit.visit.papers {
            lack.remove(&paper.kind);
        }
        let told = |papers: BTreeSet<PaperKind>| CheckRecord {
            papers: papers.into_iter().collect(),
            ..visit.told().on(day)
        };
        count.look(Some(lack).filter(|lack| !lack.is_empty()).map(told));
    }
    count.line()
}

/// Of the visits made in the period, those without a notice before them and without a word
/// why none went out.
fn notified(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Notified);
    for (visit, day) in seen.made().filter(|(_, day)| seen.covers(*day)) {
        let notice = visit.visit.notice.as_ref();
        let is_bad = notice.is_none_or(|notice| notice.date > day);
        count.look(is_bad.then(|| visit.told().on(day)));
    }
    count.line()
}

/// Of the units inspected this year, those inspected three times, or twice in six months (R7).
fn limits(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Limits);
    let mut days: BTreeMap<&UnitId, Vec<NaiveDate>> = BTreeMap::new();
    for visit in seen.book.visits() {
        if let Some(made) = visit.made {
            days.entry(&visit.id.unit).or_default().push(made.date);
        }
    }
    let year = YearMonth::of(seen.to).year();
    for unit in &seen.book.units {
        let before = unit.inspections.iter().map(|it| it.date);
        let mut all: Vec<NaiveDate> = days.remove(&unit.id).unwrap_or_default();
        all.extend(before);
        all.sort_unstable();
        let is_of_year = |day: &NaiveDate| YearMonth::of(*day).year() == year;
        let of_year = all.iter().filter(|day| is_of_year(day)).count();
        if of_year == 0 {
            continue;
        }
        let close = all
            .windows(2)
            .find(|two| is_of_year(&two[1]) && two[1] < add_six_months(two[0]));
        let told = |day: NaiveDate| {
            let of = Checked::Unit(unit.id.clone());
            let record = CheckRecord::new(of, unit.name.clone());
            record.on(day).count(of_year as u32)
        };
        let is_often = of_year > VISITS_A_YEAR;
        let bad = close.map(|two| two[1]);
        let bad = bad.or_else(|| all.last().copied().filter(|_| is_often));
        count.look(bad.map(told));
    }
    count.line()
}

/// Of the visits planned for the month's days that are over, those not made.
fn month(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Month);
    let first = seen.month().first_day();
    for visit in seen.standing() {
        let Some(planned) = visit.planned else {
            continue;
        };
        if (first..=seen.to).contains(&planned.day) && planned.day < seen.today {
            count.look(visit.is_pending().then(|| visit.told().on(planned.day)));
        }
    }
    count.allow(MONTH_BEHIND_PERCENT);
    count.line()
}

/// Of the pending visits, those that a later plan carries or that the last one set aside.
fn carried(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Carried);
    for visit in seen.standing().filter(|visit| visit.is_pending()) {
        let drawn_for = seen.book.draw(visit.visit.id.draw).map(|draw| draw.month);
        let bad = match visit.planned {
            None => Some(visit.told()),
            Some(planned) => {
                let is_carried = drawn_for.is_some_and(|month| month < YearMonth::of(planned.day));
                is_carried.then(|| visit.told().on(planned.day))
            }
        };
        count.look(bad);
    }
    count.line()
}

/// What was changed of the plans in the period, each with its reason.
fn changed(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Changed);
    for visit in &seen.visits {
        for change in &visit.visit.plan_changes {
            let day = change.at.date();
            let is_closed = matches!(change.kind, PlanChangeKind::Closed { .. });
            if !is_closed && seen.covers(day) {
                let told = CheckRecord {
                    why: change.why.clone(),
                    ..visit.told().on(day)
                };
                count.look_at(is_blank(&change.why), told);
            }
        }
    }
    count.line()
}

/// The void visits of the open years: each with reason and approver of its unit's leaving.
fn void(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Void);
    for visit in seen.visits.iter().filter(|visit| visit.is_void) {
        let closing = visit.visit.closing();
        let closing = closing.map(|it| (it.at.date(), &it.why, &it.approver));
        let retired = visit.unit.and_then(|unit| match &unit.status {
            UnitStatus::Active => None,
            UnitStatus::Retired {
                since,
                reason,
                approver,
                ..
            } => Some((*since, reason, approver)),
        });
        let Some((since, reason, approver)) = closing.or(retired) else {
            continue;
        };
        let told = CheckRecord {
            why: format!("{reason} {approver}"),
            ..visit.told().on(since)
        };
        count.look_at(is_blank(reason) || is_blank(approver), told);
    }
    count.line()
}
