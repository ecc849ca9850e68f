//! 公示 as an act, and what is still to be published when (R11; 政府信息公开条例 art. 26).
//!
//! The paper itself is made elsewhere, from the workbook as it stands; here is kept that it
//! was published, which day, where, and its fingerprint. What was published is never taken
//! back: a correction is the next version.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::bulletin::{Bulletin, BulletinOf};
use super::event::Event;
use super::event_detail::BulletinPublished;
use super::names::check_length;
use super::own_visit::{OwnState, OwnVisit};
use super::refusal::{ActionError, BulletinRefusal};
use super::visit::{Visit, VisitId};
use super::visit_stage::PUBLISH_WORKING_DAYS;
use super::{DrawId, DrawRecord, Workbook, Year};
use crate::engine::lottery::Hash;

/// Versions of everything that a year may publish.
const BULLETINS_MAX: usize = 2_000;
/// Signs of where something was published, and of why anew.
const WORDS_MAX: usize = 400;

/// Something is said to have been published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    pub year: i32,
    pub of: BulletinOf,
    /// 公示日期.
    pub date: NaiveDate,
    /// Where.
    pub places: String,
    /// Why anew, where a version stands already.
    pub why: String,
    /// SHA-256 of the paper as it was made.
    pub fingerprint: Hash,
    /// Lines of the paper.
    pub rows: u32,
    /// Lines that name no unit.
    pub withheld: u32,
}

/// How far something has come that is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinState {
    pub year: i32,
    pub of: BulletinOf,
    /// The first day by which something of it must be public; none: nothing waits.
    pub due: Option<NaiveDate>,
    /// Units, visits or draws that wait to be published.
    pub waiting: u32,
    /// Of these, how many the last day has passed for, or is today.
    pub pressing: u32,
    /// How many are public.
    pub public: u32,
    /// How many are still to come: visits without an accepted result.
    pub to_come: u32,
    /// The version that is public.
    pub last: Option<Bulletin>,
}

impl Year {
    /// The versions of one thing, oldest first.
    pub fn bulletins_of(&self, of: BulletinOf) -> impl DoubleEndedIterator<Item = &Bulletin> {
        self.bulletins.iter().filter(move |it| it.of == of)
    }
}

impl Visit {
    /// Its result may be public: its record was accepted.
    #[must_use]
    pub fn accepted_at(&self) -> Option<NaiveDateTime> {
        let review = self.record()?.review.as_ref()?;
        review.is_accepted.then_some(review.at)
    }
}

impl Workbook {
    /// What a year has to publish or has published, in the order of [`BulletinOf`], later
    /// draws first.
    #[must_use]
    pub fn bulletin_states(&self, year: i32, today: NaiveDate) -> Vec<BulletinState> {
        let Some(kept) = self.year(year) else {
            return Vec::new();
        };
        let draws = kept.draws.iter().rev();
        let plans: Vec<&DrawRecord> = draws.filter(|it| plan_made_on(it).is_some()).collect();
        let results = plans
            .iter()
            .filter(|draw| has_visits(draw))
            .map(|draw| self.results_state(kept, draw, today));
        let plans = plans.iter().map(|draw| self.plan_state(kept, draw, today));
        let rest = [
            self.statement_state(kept, today),
            self.draws_state(kept, today),
            self.year_plan_state(kept, today),
            self.items_state(kept, today),
        ];
        results
            .chain(plans)
            .chain(rest.into_iter().flatten())
            .collect()
    }

    /// The state of one thing.
    #[must_use]
    pub fn bulletin_state(
        &self,
        year: i32,
        of: BulletinOf,
        today: NaiveDate,
    ) -> Option<BulletinState> {
        let states = self.bulletin_states(year, today);
        states.into_iter().find(|state| state.of == of)
    }

    /// The visits of a draw whose results may be public, in order of unit.
    pub fn results_of<'a>(&'a self, draw: &DrawRecord) -> impl Iterator<Item = &'a Visit> {
        let id = draw.id();
        let year = self.year(id.year);
        let visits = year.into_iter().flat_map(|year| &year.visits);
        visits.filter(move |visit| visit.id.draw == id && visit.accepted_at().is_some())
    }

    /// The results that are public, each with the day of its first version.
    #[must_use]
    pub fn results_public(&self) -> BTreeMap<&VisitId, NaiveDate> {
        let mut days = BTreeMap::new();
        for bulletin in self.years.iter().flat_map(|year| &year.bulletins) {
            for visit in &bulletin.visits {
                days.entry(visit).or_insert(bulletin.date);
            }
        }
        days
    }

    /// The results that may be public and are not: never published, or accepted anew since.
    fn results_waiting<'a>(&'a self, year: &Year, draw: &DrawRecord) -> Vec<&'a Visit> {
        let of = BulletinOf::Results(draw.number);
        let told_at = |visit: &Visit| {
            let with = year.bulletins_of(of);
            let with = with.filter(|it| it.visits.contains(&visit.id));
            with.map(|it| it.at).max()
        };
        let results = self.results_of(draw);
        results
            .filter(|visit| visit.accepted_at() > told_at(visit))
            .collect()
    }

    /// The same of a draw from a register of its own: what was entered may be public, and is
    /// once more where the entry was corrected since.
    fn own_results_waiting<'a>(&self, year: &'a Year, draw: &DrawRecord) -> Vec<&'a OwnVisit> {
        let of = BulletinOf::Results(draw.number);
        let told_at = |visit: &OwnVisit| {
            let with = year.bulletins_of(of);
            let with = with.filter(|it| it.own.contains(&visit.id));
            with.map(|it| it.at).max()
        };
        let is_waiting = |visit: &OwnVisit| {
            let corrected = visit.changes.last().map(|it| it.at);
            told_at(visit).is_none_or(|told| corrected.is_some_and(|at| at > told))
        };
        let made = own_visits_of(year, draw).filter(|visit| visit.made.is_some());
        made.filter(|visit| is_waiting(visit)).collect()
    }

    fn results_state(&self, year: &Year, draw: &DrawRecord, today: NaiveDate) -> BulletinState {
        let mut state = BulletinState::new(year, BulletinOf::Results(draw.number));
        let calendar = self.calendar();
        let (days, known, to_come): (Vec<NaiveDate>, usize, usize) =
            if draw.own_register().is_some() {
                let waiting = self.own_results_waiting(year, draw);
                let made = waiting.iter().filter_map(|visit| visit.made.as_ref());
                let states = own_visits_of(year, draw).map(|visit| self.own_state(visit));
                let counts = states.fold((0, 0), |(made, pending), state| match state {
                    OwnState::Made(_) => (made + 1, pending),
                    OwnState::Pending => (made, pending + 1),
                    OwnState::Void => (made, pending),
                });
                (made.map(|made| made.date).collect(), counts.0, counts.1)
            } else {
                let waiting = self.results_waiting(year, draw);
                let made = waiting.iter().filter_map(|visit| visit.made);
                let of_draw = year.visits.iter().filter(|it| it.id.draw == draw.id());
                let is_accepted = |visit: &&Visit| visit.accepted_at().is_some();
                let (accepted, to_come): (Vec<_>, Vec<_>) = of_draw.partition(is_accepted);
                let days = made.map(|made| made.date).collect();
                (days, accepted.len(), to_come.len())
            };
        for day in &days {
            state.wait(calendar.add_working_days(*day, PUBLISH_WORKING_DAYS), today);
        }
        state.public = (known - days.len()) as u32;
        state.to_come = to_come as u32;
        state
    }

    fn plan_state(&self, year: &Year, draw: &DrawRecord, today: NaiveDate) -> BulletinState {
        let mut state = BulletinState::new(year, BulletinOf::Plan(draw.number));
        let Some(made_on) = plan_made_on(draw) else {
            return state;
        };
        let id = draw.id();
        let changes = year.visits.iter().flat_map(|visit| &visit.plan_changes);
        let changes = changes.filter(|it| it.draw == id).map(|it| it.at);
        let closed = own_visits_of(year, draw).filter_map(|visit| visit.closed.as_ref());
        let changed = changes.chain(closed.map(|it| it.at)).max();
        match (&state.last, changed) {
            (Some(last), Some(changed)) if changed > last.at => {
                state.wait(self.publish_by(changed.date()), today);
            }
            (Some(_), _) => state.public = 1,
            (None, _) => state.wait(self.plan_due(draw, made_on), today),
        }
        state
    }

    /// The day by which a plan must be public that was there from `made_on`: before its month;
    /// one made in it, or for no month, within the law's term.
    fn plan_due(&self, draw: &DrawRecord, made_on: NaiveDate) -> NaiveDate {
        let first = draw.month.first_day();
        let is_for_month = draw.own_register().is_none() && made_on < first;
        let before = first.pred_opt().filter(|_| is_for_month);
        before.unwrap_or_else(|| self.publish_by(made_on))
    }

    /// The last day for a plan's first version; none where there is no plan to publish.
    pub(super) fn plan_due_of(&self, draw: &DrawRecord) -> Option<NaiveDate> {
        plan_made_on(draw).map(|made_on| self.plan_due(draw, made_on))
    }

    /// 年度自我声明, once the year is closed.
    fn statement_state(&self, year: &Year, today: NaiveDate) -> Option<BulletinState> {
        let closed = year.closed.as_ref()?;
        let mut state = BulletinState::new(year, BulletinOf::Statement);
        if state.last.is_some() {
            state.public = 1;
        } else {
            state.wait(self.publish_by(closed.at.date()), today);
        }
        Some(state)
    }

    /// Draws whose last step came after the last version.
    fn draws_state(&self, year: &Year, today: NaiveDate) -> Option<BulletinState> {
        let mut state = BulletinState::new(year, BulletinOf::Draws);
        let last = state.last.as_ref().map(|it| it.at);
        for draw in &year.draws {
            let drawn = draw.drawn.as_ref().map(|it| it.at);
            let ended = draw.broken_off.as_ref().map(|it| it.at).or(drawn);
            match ended {
                Some(at) if last.is_some_and(|last| at <= last) => state.public += 1,
                Some(at) => state.wait(self.publish_by(at.date()), today),
                None => state.to_come += 1,
            }
        }
        (!year.draws.is_empty()).then_some(state)
    }

    fn year_plan_state(&self, year: &Year, today: NaiveDate) -> Option<BulletinState> {
        let frozen = year.plans.last()?;
        let mut state = BulletinState::new(year, BulletinOf::YearPlan);
        match &state.last {
            Some(last) if frozen.at <= last.at => state.public = 1,
            _ => state.wait(self.publish_by(frozen.at.date()), today),
        }
        Some(state)
    }

    fn items_state(&self, year: &Year, today: NaiveDate) -> Option<BulletinState> {
        let version = self.item_versions.last()?;
        let mut state = BulletinState::new(year, BulletinOf::Items);
        let last = self
            .years
            .iter()
            .filter_map(|it| it.bulletins_of(state.of).next_back());
        state.last = last.max_by_key(|it| it.at).cloned();
        match &state.last {
            Some(last) if version.at <= last.at => state.public = 1,
            _ => state.wait(self.publish_by(version.at.date()), today),
        }
        Some(state)
    }

    pub(super) fn publish_bulletin(&mut self, publish: Publish, context: &Context) -> Outcome {
        let Publish { year, of, date, .. } = publish;
        let today = context.now.date();
        let places = publish.places.trim().to_owned();
        let why = publish.why.trim().to_owned();
        // A year that is closed changes no more, but what came of it is made public after.
        let state = self.bulletin_state(year, of, today);
        let state = state.ok_or(BulletinRefusal::Nothing)?;
        require(&places, BulletinRefusal::NoPlace.into())?;
        for (name, words) in [("places", &places), ("why", &why)] {
            check_length(name, words, WORDS_MAX).map_err(ActionError::TooLong)?;
        }
        let after = self.formed_on(year, of);
        if date > today || after.is_some_and(|after| date < after) {
            return Err(BulletinRefusal::Day { date, after, today }.into());
        }
        if publish.rows == 0 {
            return Err(BulletinRefusal::Nothing.into());
        }
        let version = state.last.as_ref().map_or(1, |last| last.version + 1);
        if let Some(last) = &state.last {
            // What waits is told by a version that says the same, once it is noted as that: a
            // result accepted anew may say what it said.
            if last.fingerprint == publish.fingerprint && state.waiting == 0 {
                return Err(BulletinRefusal::Same {
                    version: last.version,
                }
                .into());
            }
            if state.is_correction() {
                require(&why, ActionError::NoReason)?;
            }
        }
        let (mut visits, mut own) = (Vec::new(), Vec::new());
        if let BulletinOf::Results(number) = of
            && let Some((year, draw)) = self.year(year).zip(self.draw(DrawId::new(year, number)))
        {
            let waiting = self.results_waiting(year, draw).into_iter();
            visits = waiting.map(|visit| visit.id.clone()).collect();
            let waiting = self.own_results_waiting(year, draw).into_iter();
            own = waiting.map(|visit| visit.id.clone()).collect();
        }
        let by = context.who.clone();
        let kept = self.year_mut(year).ok_or(ActionError::NoYear { year })?;
        if kept.bulletins.len() >= BULLETINS_MAX {
            return Err(ActionError::TooMany { max: BULLETINS_MAX });
        }
        kept.bulletins.push(Bulletin {
            of,
            version,
            date,
            due: state.due,
            places: places.clone(),
            fingerprint: publish.fingerprint,
            rows: publish.rows,
            withheld: publish.withheld,
            why: why.clone(),
            visits,
            own,
            at: context.now,
            by,
            extra: Map::new(),
        });
        let event = Event::PublishBulletin(BulletinPublished {
            of_year: year,
            bulletin: of,
            version,
            date,
            places,
            rows: publish.rows,
            paper_hash: publish.fingerprint,
        });
        Ok((Applied::done(), Entry::new(event, &why)))
    }

    /// The day on which something came to be: it cannot have been public before.
    fn formed_on(&self, year: i32, of: BulletinOf) -> Option<NaiveDate> {
        let kept = self.year(year)?;
        let draw = |number| self.draw(DrawId::new(year, number));
        match of {
            BulletinOf::Plan(number) => plan_made_on(draw(number)?),
            BulletinOf::Results(number) => {
                let draw = draw(number)?;
                let made = self.results_of(draw).filter_map(|it| it.made);
                let own = own_visits_of(kept, draw).filter_map(|it| it.made.as_ref());
                let own = own.map(|made| made.date);
                made.map(|made| made.date).chain(own).min()
            }
            BulletinOf::Statement => Some(kept.closed.as_ref()?.at.date()),
            BulletinOf::Draws => kept.draws.first().map(|it| it.opened_at.date()),
            BulletinOf::YearPlan => kept.plans.first().map(|it| it.at.date()),
            BulletinOf::Items => self.item_versions.first().map(|it| it.at.date()),
        }
    }
}

impl BulletinState {
    /// Nothing waits.
    fn new(year: &Year, of: BulletinOf) -> Self {
        Self {
            year: year.year,
            of,
            due: None,
            waiting: 0,
            pressing: 0,
            public: 0,
            to_come: 0,
            last: year.bulletins_of(of).next_back().cloned(),
        }
    }

    /// Whether the next version corrects the one before, and needs a reason: results come in
    /// batches, and draws one after the other.
    #[must_use]
    pub const fn is_correction(&self) -> bool {
        let is_next = match self.of {
            BulletinOf::Results(_) => self.waiting > 0,
            BulletinOf::Draws => true,
            BulletinOf::Plan(_)
            | BulletinOf::Statement
            | BulletinOf::YearPlan
            | BulletinOf::Items => false,
        };
        self.last.is_some() && !is_next
    }

    fn wait(&mut self, until: NaiveDate, today: NaiveDate) {
        self.due = Some(self.due.map_or(until, |due| due.min(until)));
        self.waiting += 1;
        self.pressing += u32::from(until <= today);
    }
}

/// The day from which a draw's plan may be public: of its approval; of one from a register of
/// its own, which nobody approves, of the draw.
fn plan_made_on(draw: &DrawRecord) -> Option<NaiveDate> {
    let drawn = draw.drawn.as_ref()?.at.date();
    match draw.own_register() {
        Some(_) => Some(drawn),
        None => draw.approval.as_ref().map(|it| it.date),
    }
}

/// Whether results come of a draw: those of a campaign all of whose units stand in the month's
/// plan are the month's.
fn has_visits(draw: &DrawRecord) -> bool {
    let drawn = draw.drawn.as_ref();
    draw.own_register().is_some() || drawn.is_some_and(|it| !it.plan.visits.is_empty())
}

/// The checks of a draw from a register of its own.
fn own_visits_of<'a>(
    year: &'a Year,
    draw: &DrawRecord,
) -> impl Iterator<Item = &'a OwnVisit> + use<'a> {
    let id = draw.id();
    year.own_visits
        .iter()
        .filter(move |visit| visit.id.draw == id)
}

/// Whether a year's versions count from 1 without gaps for each thing, in order of time.
pub(super) fn are_bulletins_sound(year: &Year) -> bool {
    let things: BTreeSet<BulletinOf> = year.bulletins.iter().map(|it| it.of).collect();
    let is_whole = |of: BulletinOf| {
        let versions = year.bulletins_of(of).map(|it| it.version);
        // The list of items goes on over the years.
        let mut next = if of == BulletinOf::Items {
            None
        } else {
            Some(1)
        };
        versions.into_iter().all(|version| {
            let is_next = next.is_none_or(|next| next == version);
            next = version.checked_add(1);
            is_next && version > 0
        })
    };
    things.into_iter().all(is_whole)
}
