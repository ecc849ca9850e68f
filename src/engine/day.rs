//! Days: which working day each visit of a month gets.
//!
//! Given the day totals, every permitted placement is equally likely, exactly,
//! because the windows (from a release to the month's end) are nested.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engine::apportion::apportion;
use crate::engine::lottery::{Key, Ticket};
use crate::model::CandidateId;

/// More visits are released from a day on than the days from it hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateTail {
    /// The first day of the tail; the latest tail that lacks places.
    pub from: NaiveDate,
    /// Places from that day on.
    pub places: u32,
    /// The visits released after the day before it (all, if it is the first), in order of id.
    pub visits: Vec<CandidateId>,
}

/// Finds the latest tail of days with fewer places than visits released in it.
///
/// `visits`: unit and the first day on which it may be inspected (`None`: any);
/// `places`: the days with places. Visits released after the last day count in its tail.
#[must_use]
pub fn late_tail(
    visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
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
    visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
) -> Result<BTreeMap<CandidateId, NaiveDate>, LateTail> {
    if let Some(tail) = late_tail(visits, places) {
        return Err(tail);
    }
    let mut choosing = Choosing::new(visits, places, key);
    let turns = std::iter::from_fn(|| choosing.turn());
    Ok(turns.map(|turn| (turn.unit, turn.day)).collect())
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
    visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
    unit: &CandidateId,
) -> Option<DayReason> {
    if late_tail(visits, places).is_some() {
        return None;
    }
    let (totals, releases) = totals_and_releases(visits, places, key);
    let mut choosing = Choosing::of(&totals, &releases, places, key);
    let turns: Vec<Turn> = std::iter::from_fn(|| choosing.turn()).collect();
    let at = turns.iter().position(|turn| turn.unit == *unit)?;
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
type Laid<'a> = (Vec<(NaiveDate, u32)>, Vec<(&'a CandidateId, NaiveDate)>);

fn totals_and_releases<'a>(
    visits: &'a BTreeMap<CandidateId, Option<NaiveDate>>,
    places: &BTreeMap<NaiveDate, u32>,
    key: &Key,
) -> Laid<'a> {
    let Some(first) = places.keys().next() else {
        return (Vec::new(), Vec::new());
    };
    let releases: Vec<(&CandidateId, NaiveDate)> = visits
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
    releases: &[(&CandidateId, NaiveDate)],
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
struct Turn {
    unit: CandidateId,
    release: NaiveDate,
    day: NaiveDate,
    place: u32,
    ticket: Ticket,
    free: u32,
}

/// A free place, with its parts as they stand in the line of a ticket.
struct Free {
    day: NaiveDate,
    day_text: String,
    number: u32,
    number_text: String,
    /// Its place among all places of the month.
    at: usize,
}

/// Lets the visits choose one after the other, the latest released first: each
/// takes the free place with the smallest ticket (random serial dictatorship,
/// Abdulkadiroğlu and Sönmez 1998).
pub(crate) struct Choosing {
    key: Key,
    /// The visits in the order in which they choose.
    order: Vec<(CandidateId, NaiveDate)>,
    free: Vec<Free>,
    next: usize,
}

/// First eight bytes of the tickets of one key's visits and places, kept for when
/// they are asked for again; 0: not worked out yet.
pub(crate) struct Heads {
    places: usize,
    heads: Vec<u64>,
}

impl Heads {
    /// Nothing worked out yet, for so many visits and places.
    pub fn new(visits: usize, places: usize) -> Self {
        Self {
            places,
            heads: vec![0; visits * places],
        }
    }

    fn of(&mut self, visit: usize, place: usize) -> &mut u64 {
        &mut self.heads[visit * self.places + place]
    }
}

fn head(ticket: Ticket) -> u64 {
    let mut head = [0; 8];
    head.copy_from_slice(&ticket.0[..8]);
    u64::from_be_bytes(head)
}

impl Choosing {
    /// Nobody has chosen yet. As for [`lay_days`], which finds that no tail of
    /// days lacks places.
    pub fn new(
        visits: &BTreeMap<CandidateId, Option<NaiveDate>>,
        places: &BTreeMap<NaiveDate, u32>,
        key: &Key,
    ) -> Self {
        let (totals, releases) = totals_and_releases(visits, places, key);
        Self::of(&totals, &releases, places, key)
    }

    fn of(
        totals: &[(NaiveDate, u32)],
        releases: &[(&CandidateId, NaiveDate)],
        places: &BTreeMap<NaiveDate, u32>,
        key: &Key,
    ) -> Self {
        let mut order: Vec<(CandidateId, NaiveDate)> = releases
            .iter()
            .map(|(unit, release)| ((*unit).clone(), *release))
            .collect();
        order.sort_by_cached_key(|(unit, release)| {
            (
                Reverse(*release),
                key.ticket(&[unit.as_str()]),
                unit.clone(),
            )
        });
        let mut free = Vec::with_capacity(order.len());
        let mut before = 0;
        for ((day, total), places) in totals.iter().zip(places.values()) {
            let day_text = day.to_string();
            free.extend((1..=*total).map(|number| Free {
                day: *day,
                day_text: day_text.clone(),
                number,
                number_text: number.to_string(),
                at: before + number as usize - 1,
            }));
            before += *places as usize;
        }
        Self {
            key: *key,
            order,
            free,
            next: 0,
        }
    }

    /// How many visits have still to choose.
    pub fn left(&self) -> usize {
        self.order.len() - self.next
    }

    /// Lets the next visit choose, with nothing kept; `None` once all have chosen.
    fn turn(&mut self) -> Option<Turn> {
        let (key, unit, _) = self.chooser()?;
        self.choose(|free| head(ticket(&key, &unit, free)))
    }

    /// As [`Choosing::turn`]; looks up what is kept of `visit`'s tickets, whose
    /// number `visit_at` tells. The unit and its day.
    pub fn turn_kept(
        &mut self,
        heads: &mut Heads,
        visit_at: impl FnOnce(&CandidateId) -> usize,
    ) -> Option<(CandidateId, NaiveDate)> {
        let (key, unit, _) = self.chooser()?;
        let visit = visit_at(&unit);
        let turn = self.choose(|free| {
            let kept = heads.of(visit, free.at);
            if *kept == 0 {
                *kept = head(ticket(&key, &unit, free));
            }
            *kept
        })?;
        Some((turn.unit, turn.day))
    }

    /// As [`Choosing::turn_kept`], with nothing kept.
    pub fn turn_apart(&mut self) -> Option<(CandidateId, NaiveDate)> {
        self.turn().map(|turn| (turn.unit, turn.day))
    }

    fn chooser(&self) -> Option<(Key, CandidateId, NaiveDate)> {
        let (unit, release) = self.order.get(self.next)?;
        Some((self.key, unit.clone(), *release))
    }

    /// Gives the next visit the place with the smallest ticket; `head` tells the
    /// first bytes of one.
    fn choose(&mut self, mut head: impl FnMut(&Free) -> u64) -> Option<Turn> {
        let (key, unit, release) = self.chooser()?;
        self.next += 1;
        let mut count = 0;
        let mut least: Option<(u64, usize)> = None;
        for (at, free) in self.free.iter().enumerate() {
            if free.day < release {
                continue;
            }
            count += 1;
            let own = head(free);
            let is_less = least.is_none_or(|(least, other)| {
                // Where the first bytes are the same, the others decide.
                own < least
                    || own == least
                        && ticket(&key, &unit, free) < ticket(&key, &unit, &self.free[other])
            });
            if is_less {
                least = Some((own, at));
            }
        }
        let (_, taken) = least.expect("each tail of days holds the visits released in it");
        // Order among the free places does not matter: tickets decide.
        let taken = self.free.swap_remove(taken);
        Some(Turn {
            ticket: ticket(&key, &unit, &taken),
            unit,
            release,
            day: taken.day,
            place: taken.number,
            free: count,
        })
    }
}

fn ticket(key: &Key, unit: &CandidateId, place: &Free) -> Ticket {
    key.ticket(&[unit.as_str(), &place.day_text, &place.number_text])
}
