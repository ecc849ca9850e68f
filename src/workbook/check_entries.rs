//! 定期核查, the rules on entries and on how the work is spread: 集中录入 (R15), 每日一查
//! (R17), 日均衡 and 人员均衡 (R16).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::check_seen::{Count, Seen};
use super::self_check::{CheckKind, CheckLine, CheckRecord, Checked};
use crate::engine::calendar::YearMonth;
use crate::model::OfficerId;

/// Entries of a month from which its shares say something.
const SHARE_FROM: u32 = 5;
/// How many times the average a day or an officer may have.
const SPREAD_TIMES: u32 = 2;
/// Visits that are too many for no day, whatever the average.
const SPREAD_FROM: u32 = 3;

/// All of them.
pub(super) fn lines(seen: &Seen) -> Vec<CheckLine> {
    let mut lines = vec![entered_late(seen), month_end(seen), burst(seen)];
    if seen.book.plan_in(seen.month()).design.daily_minimum {
        lines.push(daily(seen));
    }
    lines.extend([day_spread(seen), officer_spread(seen)]);
    lines
}

/// First rule: of the visits entered in the period, those entered more than so many working
/// days after the visit; a share of them may be.
fn entered_late(seen: &Seen) -> CheckLine {
    let rule = seen.book.brigade.bunching;
    let mut count = Count::new(CheckKind::EnteredLate);
    for (visit, day) in seen.made() {
        let Some(first) = visit.visit.records.first() else {
            continue;
        };
        let entered = first.entered_at.date();
        if seen.covers(entered) {
            let until = seen.calendar.add_working_days(day, rule.late_days);
            let told = || visit.told().on(entered).until(until);
            count.look((entered > until).then(told));
        }
    }
    count.allow(rule.late_percent);
    count.line()
}

/// When each entry of the open years was made, in order.
fn entries(seen: &Seen) -> Vec<NaiveDateTime> {
    let visits = seen.visits.iter().filter_map(|it| it.visit.records.first());
    let mut times: Vec<NaiveDateTime> = visits.map(|record| record.entered_at).collect();
    times.sort_unstable();
    times
}

/// Second rule: of the entries of each month whose last days lie in the period, the share made
/// in them.
fn month_end(seen: &Seen) -> CheckLine {
    let rule = seen.book.brigade.bunching;
    let mut count = Count::new(CheckKind::MonthEnd);
    let times = entries(seen);
    let (mut bad, mut total, mut is_within) = (0, 0, true);
    let mut month = YearMonth::of(seen.from);
    while month <= seen.month() {
        let last = month.last_day();
        let first_of_end = last - Days::new(u64::from(rule.month_end_days - 1));
        if first_of_end <= seen.to && last >= seen.from {
            let of_month = times.iter().filter(|at| YearMonth::of(at.date()) == month);
            let of_month: Vec<&NaiveDateTime> = of_month.collect();
            let at_end = of_month
                .iter()
                .filter(|at| at.date() >= first_of_end)
                .count() as u32;
            let all = of_month.len() as u32;
            total += all;
            if all >= SHARE_FROM && at_end * 100 > all * rule.month_end_percent {
                bad += at_end;
                is_within = false;
                let told = CheckRecord::new(Checked::Day, "");
                count.tell(told.on(first_of_end).until(last).count(at_end));
            }
        }
        month = month.next();
    }
    count.figures(bad, total);
    count.is_within = is_within;
    count.line()
}

/// Third rule: of the entries of the period, those in a burst.
fn burst(seen: &Seen) -> CheckLine {
    let rule = seen.book.brigade.bunching;
    let mut count = Count::new(CheckKind::Burst);
    let mut times = entries(seen);
    times.retain(|at| seen.covers(at.date()));
    let span = TimeDelta::minutes(i64::from(rule.burst_minutes));
    let is_burst = |first: usize| {
        let last = times.get(first + rule.burst_count as usize - 1);
        last.is_some_and(|last| *last - times[first] <= span)
    };
    let (mut bad, mut at) = (0, 0);
    while at < times.len() {
        if !is_burst(at) {
            at += 1;
            continue;
        }
        // It goes on as long as one that begins within it does.
        let (first, mut end) = (at, at + rule.burst_count as usize);
        while at < end {
            if is_burst(at) {
                end = end.max(at + rule.burst_count as usize);
            }
            at += 1;
        }
        bad += (end - first) as u32;
        let told = CheckRecord::new(Checked::Day, "").count((end - first) as u32);
        count.tell(CheckRecord {
            times: Some((times[first], times[end - 1])),
            ..told.on(times[first].date())
        });
    }
    count.figures(bad, times.len() as u32);
    count.line()
}

/// Visits made on each working day of the period that is over; today counts once somebody went.
fn visits_by_day(seen: &Seen) -> BTreeMap<NaiveDate, u32> {
    let days = seen.from.iter_days().take_while(|day| *day <= seen.to);
    let worked = days.filter(|day| *day < seen.today && seen.calendar.is_working_day(*day));
    let mut by_day: BTreeMap<NaiveDate, u32> = worked.map(|day| (day, 0)).collect();
    let made = seen.book.visits().filter_map(|visit| visit.made);
    for made in made.filter(|made| seen.covers(made.date)) {
        *by_day.entry(made.date).or_default() += 1;
    }
    by_day
}

/// 每日一查: the working days of the period on which nobody went.
fn daily(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Daily);
    let by_day = visits_by_day(seen).into_iter();
    for (day, visits) in by_day.filter(|(day, _)| seen.calendar.is_working_day(*day)) {
        let told = || CheckRecord::new(Checked::Day, "").on(day);
        count.look((visits == 0).then(told));
    }
    count.line()
}

/// 日均衡: the days of the period with more than twice their average, and three visits at least.
fn day_spread(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::DaySpread);
    let by_day = visits_by_day(seen);
    let (all, days) = (by_day.values().sum::<u32>(), by_day.len() as u32);
    for (day, visits) in by_day {
        let is_bad = visits >= SPREAD_FROM && visits * days > all * SPREAD_TIMES;
        let told = || CheckRecord::new(Checked::Day, "").on(day).count(visits);
        count.look(is_bad.then(told));
    }
    count.line()
}

/// 人员均衡: of the officers who were there on every day of the period, those with more than
/// twice their average of visits made or planned in it, or less than half.
fn officer_spread(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::OfficerSpread);
    let mut loads: BTreeMap<&OfficerId, u32> = BTreeMap::new();
    for officer in seen.book.officers.iter().filter(|it| it.makes_visits()) {
        let is_away = |it: &crate::model::Absence| it.from <= seen.to && it.to >= seen.from;
        let ends = officer.certificate_until;
        if !officer.absences.iter().any(is_away) && ends.is_none_or(|day| day >= seen.to) {
            loads.insert(&officer.id, 0);
        }
    }
    for visit in seen.standing() {
        let day = visit.made().or_else(|| visit.planned.map(|it| it.day));
        if day.is_some_and(|day| seen.covers(day)) {
            for id in visit.team().into_iter().flatten() {
                loads.entry(id).and_modify(|load| *load += 1);
            }
        }
    }
    let (all, officers) = (loads.values().sum::<u32>(), loads.len() as u32);
    // An average below three says nothing.
    let says = all >= officers * SPREAD_FROM;
    for (id, load) in loads {
        let (own, mean) = (load * officers, all);
        let is_bad = says && (own > mean * SPREAD_TIMES || own * SPREAD_TIMES < mean);
        let told = || {
            let name = seen.book.officer(id).map(|it| it.name.clone());
            CheckRecord::new(Checked::Officer(id.clone()), name.unwrap_or_default()).count(load)
        };
        count.look(is_bad.then(told));
    }
    count.line()
}
