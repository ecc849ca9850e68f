//! Days: which working day each visit of a month gets.
//!
//! Given the day totals, every permitted placement is equally likely, exactly,
//! because the windows (from a release to the month's end) are nested.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engine::apportion::apportion;
use crate::engine::lottery::{Key, Ticket};
use crate::model::UnitId;

/// More visits are released from a day on than the days from it hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateTail {
    /// The first day of the tail; the latest tail that lacks places.
    pub from: NaiveDate,
    /// Places from that day on.
    pub places: u32,
    /// The visits released after the day before it (all, if it is the first), in order of id.
    pub visits: Vec<UnitId>,
}

/// Finds the latest tail of days with fewer places than visits released in it.
///
/// `visits`: unit and the first day on which it may be inspected (`None`: any);
/// `places`: the days with places. Visits released after the last day count in its tail.
#[must_use]
pub fn late_tail(
    visits: &BTreeMap<UnitId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
) -> Option<LateTail> {
    let mut room = 0;
    let days: Vec<(&NaiveDate, &u32)> = places.iter().collect();
    for (at, (day, count)) in days.iter().enumerate().rev() {
        room += **count;
        let before = at.checked_sub(1).map(|at| *days[at].0);
        let released = |release: &Option<NaiveDate>| {
            before.is_none_or(|before| release.is_some_and(|day| day > before))
        };
        let late = visits.iter().filter(|visit| released(visit.1));
        if late.clone().count() > room as usize {
            let visits = late.map(|visit| visit.0.clone()).collect();
            return Some(LateTail {
                from: **day,
                places: room,
                visits,
            });
        }
    }
    None
}

/// Gives each visit a day (engine.md, section 4).
///
/// `visits` and `places` as in [`late_tail`]; `key` of `day/N`. The result holds
/// every visit.
///
/// # Errors
/// [`LateTail`] if the days cannot hold the visits.
///
/// # Panics
/// If a visit is released after the last day with places: such a visit has no
/// permitted pair and is set aside before.
pub fn lay_days(
    visits: &BTreeMap<UnitId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
) -> Result<BTreeMap<UnitId, NaiveDate>, LateTail> {
    if let Some(tail) = late_tail(visits, places) {
        return Err(tail);
    }
    let (totals, releases) = totals_and_releases(visits, places, key);
    Ok(choose_places(&totals, releases, key)
        .into_iter()
        .map(|turn| (turn.unit.clone(), turn.day))
        .collect())
}

/// Why a visit has its day: the turn in which it chose, and the place it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayReason {
    /// The day.
    pub day: NaiveDate,
    /// Number of the place on that day, from 1.
    pub place: u32,
    /// The ticket of unit, day and place: the smallest among the free places.
    pub ticket: Ticket,
    /// First day on which the visit may be made, of the days with places.
    pub release: NaiveDate,
    /// Its turn, from 1: visits released later choose first, then by ticket.
    pub turn: u32,
    /// How many visits chose.
    pub turns: u32,
    /// Free places not before its release when its turn came.
    pub free: u32,
    /// Visits of each day, in order of day.
    pub totals: Vec<(NaiveDate, u32)>,
}

/// Why the visit to `unit` has its day; the other arguments as for [`lay_days`].
/// `None` if the days cannot hold the visits, or it is none of them.
#[must_use]
pub fn day_reason(
    visits: &BTreeMap<UnitId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
    unit: &UnitId,
) -> Option<DayReason> {
    if late_tail(visits, places).is_some() {
        return None;
    }
    let (totals, releases) = totals_and_releases(visits, places, key);
    let turns = choose_places(&totals, releases, key);
    let at = turns.iter().position(|turn| turn.unit == unit)?;
    let Turn {
        day,
        place,
        ticket,
        release,
        free,
        ..
    } = turns[at];
    Some(DayReason {
        day,
        place,
        ticket,
        release,
        turn: at as u32 + 1,
        turns: turns.len() as u32,
        free,
        totals,
    })
}

/// Visits of each day, and the first day of each visit.
type Laid<'a> = (Vec<(NaiveDate, u32)>, Vec<(&'a UnitId, NaiveDate)>);

fn totals_and_releases<'a>(
    visits: &'a BTreeMap<UnitId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
) -> Laid<'a> {
    let Some(first) = places.keys().next() else {
        return (Vec::new(), Vec::new());
    };
    let releases: Vec<(&UnitId, NaiveDate)> = visits
        .iter()
        .map(|(unit, release)| (unit, release.map_or(*first, |day| day.max(*first))))
        .collect();
    let mut totals = even_totals(visits.len(), places, key);
    fill_tails(&mut totals, places, &releases);
    (totals, releases)
}

/// Totals a day before releases are looked at: as even as places allow, or one
/// visit each on days chosen by lottery if there are more days than visits.
fn even_totals(
    count: usize,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
) -> Vec<(NaiveDate, u32)> {
    let days: Vec<NaiveDate> = places.keys().copied().collect();
    let totals = if count >= days.len() {
        let weights: Vec<u64> = places.values().map(|places| u64::from(*places)).collect();
        let caps: Vec<u32> = places.values().map(|places| places - 1).collect();
        let more = apportion((count - days.len()) as u64, &weights, &caps);
        more.into_iter().map(|more| more + 1).collect()
    } else {
        let mut order: Vec<usize> = (0..days.len()).collect();
        order.sort_by_cached_key(|at| (key.ticket(&[&days[*at].to_string()]), *at));
        let mut totals = vec![0; days.len()];
        order[..count].iter().for_each(|at| totals[*at] = 1);
        totals
    };
    days.into_iter().zip(totals).collect()
}

/// From the last day backwards, moves visits into each tail of the month until
/// it holds those released in it.
fn fill_tails(
    totals: &mut [(NaiveDate, u32)],
    places: &BTreeMap<NaiveDate, u32>,
    releases: &[(&UnitId, NaiveDate)],
) {
    for start in (1..totals.len()).rev() {
        let before = totals[start - 1].0;
        let needed = releases.iter().filter(|visit| visit.1 > before).count() as u32;
        let mut held: u32 = totals[start..].iter().map(|day| day.1).sum();
        while held < needed {
            let (earlier, tail) = totals.split_at_mut(start);
            let from = earlier.iter_mut().max_by_key(|day| (day.1, day.0));
            let room = tail.iter_mut().filter(|day| day.1 < places[&day.0]);
            let to = room.min_by_key(|day| (day.1, day.0));
            let (Some(from), Some(to)) = (from, to) else {
                break;
            };
            from.1 -= 1;
            to.1 += 1;
            held += 1;
        }
    }
}

/// A visit's choice of a place.
struct Turn<'a> {
    unit: &'a UnitId,
    release: NaiveDate,
    day: NaiveDate,
    place: u32,
    ticket: Ticket,
    free: u32,
}

/// Lets the visits, the latest released first, take the free place with the
/// smallest ticket (random serial dictatorship, Abdulkadiroğlu and Sönmez 1998).
fn choose_places<'a>(
    totals: &[(NaiveDate, u32)],
    mut releases: Vec<(&'a UnitId, NaiveDate)>,
    key: &Key,
) -> Vec<Turn<'a>> {
    releases.sort_by_cached_key(|(unit, release)| {
        (Reverse(*release), key.ticket(&[unit.as_str()]), *unit)
    });
    let places = |(day, total): &(NaiveDate, u32)| {
        let (day, text) = (*day, day.to_string());
        (1..=*total).map(move |place| (day, text.clone(), place, place.to_string()))
    };
    let mut free: Vec<(NaiveDate, String, u32, String)> = totals.iter().flat_map(places).collect();
    let mut turns = Vec::with_capacity(releases.len());
    for (unit, release) in releases {
        let open = (0..free.len()).filter(|at| free[*at].0 >= release);
        let ticket = |at: usize| (key.ticket(&[unit.as_str(), &free[at].1, &free[at].3]), at);
        let (ticket, taken) = open
            .clone()
            .map(ticket)
            .min()
            .expect("each tail of days holds the visits released in it");
        let count = open.count() as u32;
        // Order among the free places does not matter: tickets decide.
        let (day, _, place, _) = free.swap_remove(taken);
        turns.push(Turn {
            unit,
            release,
            day,
            place,
            ticket,
            free: count,
        });
    }
    turns
}
