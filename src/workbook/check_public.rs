//! 定期核查, the rules on publication (R11): what is late and not public yet is mended, what
//! was published late is explained.

use super::bulletin::{Bulletin, BulletinOf};
use super::check_seen::{Count, Seen};
use super::self_check::{CheckKind, CheckLine, CheckRecord, Checked};
use super::visit_stage::PUBLISH_WORKING_DAYS;
use super::{DrawId, DrawRecord, Year};

/// All of them.
pub(super) fn lines(seen: &Seen) -> Vec<CheckLine> {
    vec![publish(seen), plan_public(seen), published_late(seen)]
}

/// The plans of the years that are not closed, each with the day before which it is public.
fn plans<'a>(seen: &Seen<'a>) -> impl Iterator<Item = (&'a Year, &'a DrawRecord, CheckRecord)> {
    let book = seen.book;
    let open = book.years.iter().filter(|year| year.closed.is_none());
    let plans = open.flat_map(|year| year.draws.iter().map(move |draw| (year, draw)));
    plans.filter_map(move |(year, draw)| {
        let until = book.plan_due_of(draw)?;
        let name = draw.label(&book.brigade.division);
        let record = CheckRecord::new(Checked::Draw(draw.id()), name).until(until);
        Some((year, draw, record))
    })
}

/// Of the visits whose twenty working days are over, those whose result is not public.
fn publish(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::Publish);
    let public = seen.book.results_public();
    for (visit, day) in seen.made() {
        let until = seen.calendar.add_working_days(day, PUBLISH_WORKING_DAYS);
        if until < seen.today {
            let is_bad = !public.contains_key(&visit.visit.id);
            count.look(is_bad.then(|| visit.told().on(day).until(until)));
        }
    }
    count.line()
}

/// Of the plans whose last day is over, those that are not public.
fn plan_public(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::PlanPublic);
    for (year, draw, record) in plans(seen) {
        if record.until < Some(seen.today) {
            let is_public = first_of(year, draw.id()).is_some();
            count.look((!is_public).then_some(record));
        }
    }
    count.line()
}

/// Of the results and plans first published in the period, those published after their last
/// day.
fn published_late(seen: &Seen) -> CheckLine {
    let mut count = Count::new(CheckKind::PublishedLate);
    let public = seen.book.results_public();
    for (visit, day) in seen.made() {
        let date = public.get(&visit.visit.id).copied();
        let Some(date) = date.filter(|date| seen.covers(*date)) else {
            continue;
        };
        let until = seen.calendar.add_working_days(day, PUBLISH_WORKING_DAYS);
        count.look((date > until).then(|| visit.told().on(date).until(until)));
    }
    for (year, draw, record) in plans(seen) {
        let first = first_of(year, draw.id());
        let Some(first) = first.filter(|first| seen.covers(first.date)) else {
            continue;
        };
        let is_late = record.until.is_some_and(|until| first.date > until);
        count.look(is_late.then(|| record.on(first.date)));
    }
    count.line()
}

/// The first version of a draw's plan.
fn first_of(year: &Year, draw: DrawId) -> Option<&Bulletin> {
    year.bulletins_of(BulletinOf::Plan(draw.number)).next()
}
