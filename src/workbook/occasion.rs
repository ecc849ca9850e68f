//! Draws besides the monthly one: 补充抽查 after a mistake was mended, and
//! 专项 campaigns. Both go through the ceremony of every draw, numbered on.
//!
//! They stand beside the plan of a month that is drawn, as long as no later one
//! is: after that the next monthly draw makes up what lacks.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::action::{Context, Entry, Outcome, require};
use super::campaign::CampaignPlan;
use super::ceremony::Opening;
use super::draw::DrawRecord;
use super::event::Event;
use super::event_detail::{CampaignOpened, SupplementaryOpened};
use super::pending::carried_of;
use super::refusal::{ActionError, DrawError};
use super::request::{OpenCampaign, OpenSupplementary};
use super::visit::Counted;
use super::{DrawId, FrozenPlan, Visit, VisitId, VisitSource, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::campaign::CampaignSize;
use crate::engine::demand::CountedVisit;
use crate::engine::occasion::{Busy, Campaign, Occasion, Supplement};
use crate::engine::pace::{AtOnce, at_once};
use crate::engine::snapshot::{Snapshot, SnapshotError, SnapshotUnit};
use crate::model::{CandidateId, Unit, UnitId};

impl DrawRecord {
    /// How many it draws, as its sizes say.
    #[must_use]
    pub fn quota_total(&self) -> u32 {
        let own = self.occasion.own_sizes();
        self.sizes.quota_total() + own.iter().map(|own| own.2).sum::<u32>()
    }

    /// In how many groups.
    #[must_use]
    pub fn groups_count(&self) -> usize {
        let cells = self.sizes.cells.iter().filter(|cell| cell.quota > 0);
        let own = self.occasion.own_sizes();
        cells.count()
            + usize::from(self.sizes.second_quota > 0)
            + own.iter().filter(|own| own.2 > 0).count()
    }
}

impl Workbook {
    /// The draws of units of a month that stand, in order of number; the last may still
    /// wait for its entropy.
    pub fn draws_of(&self, month: YearMonth) -> impl DoubleEndedIterator<Item = &DrawRecord> {
        let stands = move |draw: &&DrawRecord| draw.month == month && draw.broken_off.is_none();
        self.draws()
            .filter(|draw| draw.own_register().is_none())
            .filter(stands)
    }

    /// The draw of a month to show: the one asked for, else the one under way,
    /// else the monthly one.
    #[must_use]
    pub fn shown_draw(&self, month: YearMonth, number: Option<u32>) -> Option<&DrawRecord> {
        let asked = self
            .draws_of(month)
            .find(|draw| Some(draw.number) == number);
        let open = || self.draws_of(month).find(|draw| draw.is_open());
        asked.or_else(open).or_else(|| self.draw_of(month))
    }

    /// The draw that tells most of a unit: of the last month drawn the one that
    /// gave it a visit, else the monthly one.
    #[must_use]
    pub fn draw_to_explain(&self, unit: &UnitId) -> Option<&DrawRecord> {
        let monthly = self.last_drawn()?;
        let mut draws = self.draws_of(monthly.month);
        let drew = draws.find(|draw| {
            let mut drawn = draw.drawn_units();
            drawn.any(|drawn| self.register_id(drawn) == *unit)
        });
        drew.or(Some(monthly))
    }

    /// Whether a supplementary or campaign draw may be opened for a month.
    #[must_use]
    pub fn may_add_to(&self, month: YearMonth) -> bool {
        self.check_adding(month).is_ok()
    }

    pub(super) fn open_supplementary(
        &mut self,
        open: OpenSupplementary,
        context: &Context,
    ) -> Outcome {
        require(&open.reason, ActionError::NoReason)?;
        let plan = self.check_adding(open.month)?.clone();
        let (opening, carried, occasion) = self.supplement(&open, &plan, context)?;
        let draw = self.sized(opening, occasion, &carried, &plan, context);
        if draw.quota_total() == 0 {
            return Err(DrawError::NothingLacks.into());
        }
        let adds_to = self.rule_draws(open.month).map(|draw| draw.number);
        let event = Event::OpenSupplementary(SupplementaryOpened {
            number: draw.number,
            month: draw.month,
            adds_to: adds_to.collect(),
            units: draw.register.snapshot.units.len(),
            snapshot_root: draw.register.snapshot_root,
        });
        let entry = Entry::new(event, open.reason.trim());
        Ok(self.add_draw(draw, open.salt_seed, entry))
    }

    pub(super) fn open_campaign(&mut self, open: OpenCampaign, context: &Context) -> Outcome {
        require(&open.filter, ActionError::NoReason)?;
        let plan = self.check_adding(open.month)?.clone();
        let year = open.month.year();
        let scheme = self.open_campaign_plan(year, open.campaign)?.clone();
        let (opening, occasion) = self.campaign(&open, &scheme, &plan, context)?;
        let pending = carried_of(&opening.register.snapshot);
        let draw = self.sized(opening, occasion, &pending, &plan, context);
        if draw.quota_total() == 0 {
            return Err(DrawError::EmptyCampaign.into());
        }
        self.check_campaign_fits(&scheme, &draw, &plan, context)?;
        let pool: u32 = draw.occasion.own_sizes().iter().map(|own| own.1).sum();
        let event = Event::OpenCampaign(CampaignOpened {
            number: draw.number,
            month: draw.month,
            name: scheme.name,
            filter: open.filter,
            pool,
            count: draw.quota_total(),
            campaign: Some(open.campaign),
        });
        let number = draw.number;
        let outcome = self.add_draw(draw, open.salt_seed, event.into());
        self.campaign_mut(year, open.campaign)?.draws.push(number);
        Ok(outcome)
    }

    /// Refuses a campaign that asks for more than there are, or than the officers have
    /// places for on its days.
    fn check_campaign_fits(
        &self,
        scheme: &CampaignPlan,
        draw: &DrawRecord,
        plan: &FrozenPlan,
        context: &Context,
    ) -> Result<(), DrawError> {
        let month = draw.month;
        let own = draw.occasion.own_sizes();
        let pool: u32 = own.iter().map(|own| own.1).sum();
        if let CampaignSize::Count(asked) = scheme.size
            && asked > pool
        {
            return Err(DrawError::CampaignCount { asked, pool });
        }
        let besides = own.iter().filter(|own| own.0.is_visited());
        let asked: u32 = besides.map(|own| own.2).sum();
        let (days, busy) = self.campaign_days(scheme, month, context.now.date());
        if asked > 0 && days.is_empty() {
            let (from, to) = (scheme.from, scheme.to);
            return Err(DrawError::CampaignPeriod { month, from, to });
        }
        let places = self.places_left(&days, &busy, month, plan.plan.design.per_day);
        if asked > places {
            return Err(DrawError::CampaignPlaces { asked, places });
        }
        Ok(())
    }

    /// The plan in force, if the month is drawn and no later one is.
    fn check_adding(&self, month: YearMonth) -> Result<&FrozenPlan, ActionError> {
        let plan = self.check_ready(month)?;
        let drawn = self.draw_of(month).filter(|draw| draw.drawn.is_some());
        drawn.ok_or(DrawError::NotDrawn { month })?;
        match self.last_month() {
            Some(drawn) if drawn > month => Err(DrawError::Order { drawn }.into()),
            _ => Ok(plan),
        }
    }

    /// The month's draws by its rule that are drawn: the monthly one, and those that add to it.
    fn rule_draws(&self, month: YearMonth) -> impl Iterator<Item = &DrawRecord> {
        self.draws_of(month)
            .filter(|draw| draw.occasion.has_cells() && draw.drawn.is_some())
    }

    /// Units of the reserves of the month's draws by its rule that stepped in since.
    fn stepped_in(&self, month: YearMonth) -> BTreeSet<CandidateId> {
        let draws: BTreeSet<DrawId> = self.rule_draws(month).map(DrawRecord::id).collect();
        let visits = self.visits().filter(|visit| {
            visit.source == VisitSource::Replacement && draws.contains(&visit.id.draw)
        });
        visits.map(|visit| self.draw_id(&visit.id.unit)).collect()
    }

    /// First day on which a visit may be laid that is drawn today.
    pub(super) fn first_day(month: YearMonth, today: NaiveDate) -> NaiveDate {
        today.succ_opt().unwrap_or(today).max(month.first_day())
    }

    /// Officer-days of the month's plans from a day on.
    pub(super) fn busy(&self, month: YearMonth, from: NaiveDate) -> Busy {
        let mut busy = Busy::new();
        let plans = self.draws_of(month).filter_map(|draw| draw.drawn.as_ref());
        let visits = plans.flat_map(|drawn| drawn.plan.visits.values());
        // Those laid and those that stand now: a plan is verified by what was laid.
        let standing = self
            .draws_of(month)
            .flat_map(|draw| self.standing_plan(draw));
        let visits = visits.chain(standing.filter_map(|visit| visit.now));
        for visit in visits.filter(|visit| visit.day >= from) {
            for officer in [&visit.lead, &visit.member] {
                busy.entry(officer.clone()).or_default().insert(visit.day);
            }
        }
        busy
    }

    /// The mended register and the occasion of a supplementary draw.
    fn supplement(
        &self,
        open: &OpenSupplementary,
        plan: &FrozenPlan,
        context: &Context,
    ) -> Result<(Opening, BTreeSet<CandidateId>, Occasion), ActionError> {
        let month = open.month;
        let before = BeforeMonth::new(self, month)?;
        let snapshot = before.snapshot(self, plan).map_err(DrawError::from)?;
        let sum_of = |unit: &Unit| {
            let last = before.counted(self, unit).last;
            Self::level_sum_after(unit, last, &plan.plan, month)
        };
        let register = at_once(self.frozen(snapshot, open.salt_seed, sum_of, &AtOnce));
        let carried = carried_of(&register.snapshot);
        let from = Self::first_day(month, context.now.date());
        let occasion = Occasion::Supplementary(Supplement {
            to: self.rule_draws(month).map(|draw| draw.number).collect(),
            drawn: self
                .rule_draws(month)
                .flat_map(DrawRecord::drawn_units)
                .map(|id| self.draw_id(&self.register_id(id)))
                .collect(),
            stepped_in: self.stepped_in(month),
            busy: self.busy(month, from),
            from,
            reason: open.reason.trim().to_owned(),
        });
        let opening = Opening {
            month,
            register,
            outside_window: None,
        };
        Ok((opening, carried, occasion))
    }

    /// The register of the day and the occasion of a campaign.
    fn campaign(
        &self,
        open: &OpenCampaign,
        scheme: &CampaignPlan,
        plan: &FrozenPlan,
        context: &Context,
    ) -> Result<(Opening, Occasion), ActionError> {
        let month = open.month;
        let snapshot = self.snapshot(month, &plan.plan).map_err(DrawError::from)?;
        let sum_of = |unit: &Unit| self.level_sum(unit, &plan.plan, month);
        let register = at_once(self.frozen(snapshot, open.salt_seed, sum_of, &AtOnce));
        let today = context.now.date();
        let from = Self::first_day(month, today).max(scheme.from);
        let from = from.min(month.last_day());
        let (_, busy) = self.campaign_days(scheme, month, today);
        let held = self.campaign_members(scheme);
        let plans = self.draws_of(month).filter_map(|draw| draw.drawn.as_ref());
        let planned: BTreeSet<CandidateId> = plans
            .filter(|_| scheme.is_combined)
            .flat_map(|drawn| drawn.plan.visits.keys())
            .map(|id| self.draw_id(&self.register_id(id)))
            .collect();
        let in_plan = |unit: &SnapshotUnit| unit.pending && planned.contains(&unit.id);
        let may = |unit: &SnapshotUnit| unit.may_be_inspected(month.last_day()).is_ok();
        let members = || {
            let units = register.snapshot.units.iter();
            units.filter(|unit| held.contains(&unit.id))
        };
        let ids = |holds: &dyn Fn(&SnapshotUnit) -> bool| -> BTreeSet<CandidateId> {
            let units = members().filter(|unit| holds(unit));
            units.map(|unit| unit.id.clone()).collect()
        };
        let occasion = Occasion::Campaign(Campaign {
            id: self.next_campaign(month.year()),
            name: scheme.name.trim().to_owned(),
            filter: open.filter.trim().to_owned(),
            pool: ids(&|unit| in_plan(unit) || may(unit)),
            in_plan: ids(&in_plan),
            size: scheme.size,
            busy,
            from,
        });
        let opening = Opening {
            month,
            register,
            outside_window: None,
        };
        Ok((opening, occasion))
    }

    /// The year and a number in it; broken-off campaigns keep theirs.
    fn next_campaign(&self, year: i32) -> String {
        let is_campaign = |draw: &&DrawRecord| {
            draw.month.year() == year && matches!(draw.occasion, Occasion::Campaign(_))
        };
        let count = self.draws().filter(is_campaign).count();
        format!("{year}-{:02}", count + 1)
    }

    /// A year's counted visits, by the id under which the unit draws now, each with whether the lottery chose it by the
    /// month's rule: a campaign's visit, and one that no draw knows, were not.
    #[must_use]
    pub fn counted_visits(&self, year: i32) -> Vec<CountedVisit> {
        let is_of_year = |day: NaiveDate| YearMonth::of(day).year() == year;
        let counted = |unit: &Unit, at_random| CountedVisit {
            unit: unit.draw_id(),
            at_random,
        };
        let of_unit = |unit: &Unit| {
            let before = unit.inspections.iter();
            let before = before.filter(|inspection| is_of_year(inspection.date));
            let visits = self.visits_to(&unit.id);
            let made = visits.filter(|visit| visit.made.is_some_and(|made| is_of_year(made.date)));
            let at_random = |visit: &Visit| match visit.source {
                VisitSource::Campaign => false,
                VisitSource::Replacement => {
                    let draw = self.draw(visit.id.draw);
                    draw.is_some_and(|draw| draw.occasion.has_cells())
                }
                VisitSource::First | VisitSource::Second | VisitSource::Carried => true,
            };
            let counts = before
                .map(|_| counted(unit, false))
                .chain(made.map(|visit| counted(unit, at_random(visit))));
            counts.collect::<Vec<_>>()
        };
        self.units.iter().flat_map(of_unit).collect()
    }
}

/// The register as it should have been before a month's first draw: mended as it
/// stands, but nothing of the month's draws is pending or made yet, and what was
/// carried into the month is still to be made.
struct BeforeMonth {
    month: YearMonth,
    /// The month's first draw, and the day on which it was frozen.
    first: (DrawId, NaiveDate),
    /// Visits carried into the month. All ids here are the register's.
    carried: BTreeSet<UnitId>,
    /// Units whose visit other draws still wait for, such as a campaign's.
    pending: BTreeSet<UnitId>,
    /// Visits that may have been entered since.
    undone: BTreeSet<VisitId>,
}

impl BeforeMonth {
    fn new(book: &Workbook, month: YearMonth) -> Result<Self, DrawError> {
        let first = book.draw_of(month).ok_or(DrawError::NotDrawn { month })?;
        let draws: BTreeSet<DrawId> = book.rule_draws(month).map(DrawRecord::id).collect();
        let carried: BTreeSet<UnitId> = first
            .sizes
            .carried
            .iter()
            .map(|id| book.register_id(id))
            .collect();
        // A carried visit is the last that an earlier draw chose: those before it were made
        // before the month.
        let carries = |unit: &UnitId| {
            let mut visits = book.visits_to(unit).rev();
            visits.find(|visit| visit.id.draw < first.id())
        };
        let carried_visits = carried.iter().filter_map(carries);
        let own = book.visits().filter(|visit| draws.contains(&visit.id.draw));
        let undone = own.chain(carried_visits).map(|visit| visit.id.clone());
        let pending = book.pending_visits(month.year()).into_iter();
        Ok(Self {
            month,
            first: (first.id(), first.opened_at.date()),
            undone: undone.collect(),
            carried,
            pending: pending
                .filter(|visit| !draws.contains(&visit.1))
                .map(|visit| visit.0)
                .collect(),
        })
    }

    /// What counts of a unit's inspections, without the visits entered since.
    fn counted(&self, book: &Workbook, unit: &Unit) -> Counted {
        let year = self.month.year();
        book.counted(unit, year, |visit| self.undone.contains(visit))
    }

    fn snapshot(&self, book: &Workbook, plan: &FrozenPlan) -> Result<Snapshot, SnapshotError> {
        let active = book.active_units();
        let units = active.map(|unit| {
            let is_carried = self.carried.contains(&unit.id);
            let is_pending = is_carried || self.pending.contains(&unit.id);
            let counted = self.counted(book, unit);
            let mut seen =
                Workbook::snapshot_unit_after(unit, counted, &plan.plan, self.month, is_pending);
            if is_pending && !is_carried {
                let (first, frozen_on) = self.first;
                book.expect_visit(&mut seen, frozen_on, first, self.month.year());
            }
            seen
        });
        Snapshot::new(self.month, units.collect())
    }
}
