//! The steps of a draw, in the ceremony's order (engine.md, section 6): freeze and sizes →
//! commitment → entropy → draw, days and teams.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Map;

use super::action::{Applied, Context, Entry, Outcome, require};
use super::draw::{BrokenOff, Committed, DrawRecord, DrawStep, Drawn, FrozenRegister, Numbers};
use super::drawing::{Drawing, FinishedDraw};
pub use super::entropy::people_in;
use super::entropy::{check_hour, check_unknown, entropy_plan, entropy_record};
use super::event::Event;
use super::event_detail::{DrawBrokenOff, DrawCommitted, DrawOpened, NumbersDrawn, PlanLaid};
use super::freezing::{Frozen, fresh_salt};
use super::pending::carried_of;
use super::refusal::{ActionError, DrawError};
use super::request::{BreakOff, Commit, OpenDraw, RunDraw};
use super::{DrawId, FrozenPlan, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::{Commitment, Roots};
use crate::engine::certificate::dates;
use crate::engine::draw::DrawResult;
use crate::engine::lottery::Hash;
use crate::engine::month::PlanInput;
use crate::engine::occasion::Occasion;
use crate::engine::pace::{AtOnce, at_once};
use crate::engine::root::working_days_root;
use crate::model::CandidateId;

/// What is fixed when a draw is opened, before its sizes.
pub(super) struct Opening {
    pub(super) month: YearMonth,
    pub(super) register: FrozenRegister,
    pub(super) outside_window: Option<String>,
}

impl Workbook {
    /// The draw that waits for its entropy, if any.
    #[must_use]
    pub fn open_draw_record(&self) -> Option<&DrawRecord> {
        self.draws().find(|draw| draw.is_open())
    }

    /// The monthly draw of a month that stands; what adds to it is in
    /// [`Workbook::draws_of`].
    #[must_use]
    pub fn draw_of(&self, month: YearMonth) -> Option<&DrawRecord> {
        self.draws_of(month).find(|draw| draw.occasion.is_month())
    }

    /// Numbers right before this draw's in its year that were broken off: they explain a first draw
    /// of a month that is number 2. Smallest first.
    #[must_use]
    pub fn broken_before(&self, draw: &DrawRecord) -> Vec<u32> {
        let before = self.draws().rev();
        let before = before.filter(|other| other.month.year() == draw.month.year());
        let before = before.skip_while(|other| other.number >= draw.number);
        let broken = before.take_while(|other| other.broken_off.is_some());
        let mut numbers: Vec<u32> = broken.map(|other| other.number).collect();
        numbers.reverse();
        numbers
    }

    /// The last month with a draw of units that stands.
    #[must_use]
    pub fn last_month(&self) -> Option<YearMonth> {
        let stands =
            |draw: &&DrawRecord| draw.broken_off.is_none() && draw.own_register().is_none();
        let standing = self.draws().filter(stands);
        standing.map(|draw| draw.month).max()
    }

    pub(super) fn open_draw(&mut self, open: OpenDraw, context: &Context) -> Outcome {
        self.check_opening(&open, context)?;
        let today = context.now.date();
        let frozen = at_once(self.freeze_on(open.month, open.salt_seed, today, &AtOnce));
        self.open_frozen(open, frozen.map_err(DrawError::from)?, context)
    }

    /// As [`Workbook::open_draw`], with the register frozen ahead.
    pub(super) fn open_frozen(
        &mut self,
        open: OpenDraw,
        frozen: Frozen,
        context: &Context,
    ) -> Outcome {
        let plan = self.check_opening(&open, context)?.clone();
        let register = frozen.into_register(self, &open, context.now.date())?;
        let carried = carried_of(&register.snapshot);
        let in_window = self.draw_window(open.month).contains(&context.now.date());
        let opening = Opening {
            month: open.month,
            register,
            outside_window: (!in_window).then(|| open.reason.trim().to_owned()),
        };
        let draw = self.sized(opening, Occasion::Month, &carried, &plan, context);
        let event = Event::OpenDraw(DrawOpened {
            number: draw.number,
            month: draw.month,
            units: draw.register.snapshot.units.len(),
            snapshot_root: draw.register.snapshot_root,
        });
        let why = draw.outside_window.clone().unwrap_or_default();
        let entry = Entry::new(event, why);
        Ok(self.add_draw(draw, open.salt_seed, entry))
    }

    /// A draw with its sizes fixed, numbered on; not in the workbook yet.
    pub(super) fn sized(
        &self,
        opening: Opening,
        occasion: Occasion,
        carried: &BTreeSet<CandidateId>,
        plan: &FrozenPlan,
        context: &Context,
    ) -> DrawRecord {
        let Opening {
            month,
            register,
            outside_window,
        } = opening;
        let sizes = occasion.size(
            &register.snapshot,
            &register.officers,
            &plan.plan.design,
            carried,
            &self.calendar(),
        );
        DrawRecord {
            number: self.numbers_used(month) + 1,
            month,
            occasion,
            opened_at: context.now,
            opened_by: context.who.clone(),
            outside_window,
            plan_version: plan.version,
            genesis: plan.genesis,
            register: Arc::new(register),
            items: Arc::new(self.items.clone()),
            sizes,
            committed: None,
            numbers: None,
            drawn: None,
            approval: None,
            broken_off: None,
            extra: Map::new(),
        }
    }

    /// Adds a draw, and the salts with which its register was frozen.
    pub(super) fn add_draw(
        &mut self,
        draw: DrawRecord,
        salt_seed: [u8; 32],
        entry: Entry,
    ) -> (Applied, Entry) {
        self.give_salts(salt_seed);
        let year = self.year_mut(draw.month.year());
        year.expect("the draw's plan is its year's")
            .draws
            .push(draw);
        (Applied::done(), entry)
    }

    /// How many numbers the draws of a month's year have used.
    fn numbers_used(&self, month: YearMonth) -> u32 {
        self.year(month.year())
            .map_or(0, |year| year.draws.len() as u32)
    }

    /// The plan in force for a month, if no draw is under way and two officers are there.
    pub(super) fn check_ready(&self, month: YearMonth) -> Result<&FrozenPlan, ActionError> {
        self.check_year_open(month.year())?;
        if let Some(draw) = self.open_draw_record() {
            return Err(ActionError::DrawOpen {
                number: draw.number,
            });
        }
        let year = self.year(month.year()).ok_or(DrawError::OtherYear {
            month,
            year: self.last_year().year,
        })?;
        let plan = year.plans.last().ok_or(DrawError::NoPlan)?;
        let officers = self.officers.iter().filter(|officer| !officer.has_left);
        if officers.count() < 2 {
            return Err(DrawError::NoOfficers.into());
        }
        Ok(plan)
    }

    fn check_opening(
        &self,
        open: &OpenDraw,
        context: &Context,
    ) -> Result<&FrozenPlan, ActionError> {
        let plan = self.check_ready(open.month)?;
        if let Some(drawn) = self.last_month().filter(|&drawn| drawn >= open.month) {
            return Err(DrawError::Order { drawn }.into());
        }
        let window = self.draw_window(open.month);
        if !window.contains(&context.now.date()) && open.reason.trim().is_empty() {
            let (first, last) = (window[0], window[window.len() - 1]);
            return Err(DrawError::OutsideWindow { first, last }.into());
        }
        Ok(plan)
    }

    /// Gives a salt to each unit that has none, as freezing gave it.
    fn give_salts(&mut self, seed: [u8; 32]) {
        let is_bare = |&at: &usize| self.units[at].salt.is_empty();
        let bare: Vec<usize> = (0..self.units.len()).filter(is_bare).collect();
        for at in bare {
            let unit = &mut self.units[at];
            unit.salt = fresh_salt(seed, &unit.id);
        }
    }

    pub(super) fn commit_draw(&mut self, commit: Commit, context: &Context) -> Outcome {
        let number = commit.number;
        let at = self.draw_at(number, DrawStep::Sized)?;
        let (entropy, salts) = entropy_plan(commit.entropy)?;
        check_unknown(&entropy, context.now)?;
        require(&commit.shown_at, ActionError::NoReason)?;
        let draw = self.draw(at).expect("it was found");
        let disclosed = self.disclosed(draw);
        let supervisor = self.brigade.supervisor.clone();
        let draw = self.draw_mut(at);
        let register = &draw.register;
        let roots = Roots {
            units: register.snapshot_root,
            officers: register.officers_root,
            working_days: working_days_root(&register.working_days),
        };
        let commitment = Commitment::new(draw.genesis, number, &draw.sizes, roots, entropy)
            .for_occasion(draw.occasion.clone())
            .disclosing(disclosed);
        let hash = commitment
            .hash()
            .expect("a commitment holds texts and integers only");
        let event = Event::CommitDraw(DrawCommitted {
            year: Some(at.year),
            number,
            commitment: hash,
            shown_at: commit.shown_at.clone(),
        });
        draw.committed = Some(Committed {
            commitment,
            hash,
            at: context.now,
            shown_at: commit.shown_at,
            supervisor,
            salts,
            extra: Map::new(),
        });
        Ok((Applied::done(), event.into()))
    }

    /// Draws, and lays days and teams at once.
    pub(super) fn run_draw(&mut self, run: RunDraw, context: &Context) -> Outcome {
        let number = run.number;
        self.enter_entropy(run, context)?;
        let drawing = self.begin_laying(number)?;
        self.finish_draw(at_once(drawing.lay(&AtOnce)))
    }

    /// Checks the entropy, draws, and records both; days and teams are still to be laid.
    pub(super) fn enter_entropy(&mut self, run: RunDraw, context: &Context) -> Outcome {
        let number = run.number;
        let at = self.draw_at(number, DrawStep::Committed)?;
        let draw = self.draw_mut(at);
        let committed = draw.committed.as_ref().expect("the step says so");
        let entropy = entropy_record(run.entropy, committed)?;
        check_hour(&entropy, &committed.commitment.entropy, context.now)?;
        let missing = entropy
            .check(&committed.commitment.entropy)
            .map_err(DrawError::from)?;
        let seed = committed
            .commitment
            .seed(&entropy)
            .expect("an entropy record holds texts only");
        let result = draw
            .occasion
            .draw(&draw.sizes, &draw.register.snapshot, seed);
        // The clock counts whole seconds: a draw within the second of its
        // commitment is noted at the next, because it came after it.
        let next = committed.at + chrono::TimeDelta::seconds(1);
        let event = Event::DrawNumbers(NumbersDrawn {
            year: Some(at.year),
            number,
            seed,
            drawn: result.drawn().count(),
        });
        draw.numbers = Some(Numbers {
            entropy,
            missing,
            at: context.now.max(next),
            operator: context.who.clone(),
            result,
            extra: Map::new(),
        });
        Ok((Applied::done(), event.into()))
    }

    /// Begins to lay days and teams for a draw whose numbers are recorded. The workbook
    /// has not changed then, and whoever begins again comes to the same plan: it stands
    /// once [`Action::FinishDraw`] is applied.
    ///
    /// # Errors
    /// [`DrawError::Step`] where no such draw waits for its days and teams.
    ///
    /// [`Action::FinishDraw`]: super::Action::FinishDraw
    pub fn begin_laying(&self, number: u32) -> Result<Drawing, ActionError> {
        let draw = self.draw_in_step(number, DrawStep::Numbered)?;
        let (Some(committed), Some(numbers)) = (&draw.committed, &draw.numbers) else {
            return Err(DrawError::Step { number }.into());
        };
        let input = self.plan_input(draw, &numbers.result);
        Ok(Drawing::new(number, committed.hash, input))
    }

    /// The draw whose days and teams are still to be laid, if any.
    #[must_use]
    pub fn draw_to_lay(&self) -> Option<u32> {
        let mut draws = self.draws();
        let found = draws.find(|draw| draw.step() == DrawStep::Numbered);
        found.map(|draw| draw.number)
    }

    pub(super) fn finish_draw(&mut self, finished: FinishedDraw) -> Outcome {
        let number = finished.number();
        let draw = self.draw_in_step(number, DrawStep::Numbered)?;
        let at = draw.id();
        let (Some(committed), Some(numbers)) = (&draw.committed, &draw.numbers) else {
            return Err(DrawError::Step { number }.into());
        };
        let Some(plan) = finished.into_plan_of(committed.hash, numbers.result.seed) else {
            return Err(DrawError::Step { number }.into());
        };
        let numbers = numbers.clone();
        let mut drawn = Drawn {
            entropy: numbers.entropy,
            missing: numbers.missing,
            at: numbers.at,
            operator: numbers.operator,
            // Worked out of all the rest, below.
            certificate: Hash([0; 32]),
            names: self.names_in(draw, &numbers.result, &plan),
            result: numbers.result,
            plan,
            extra: numbers.extra,
        };
        drawn.certificate = self.certificate_of(draw, committed, &drawn).hash;
        let entry = Event::Draw(plan_laid(at, &drawn)).into();
        let draw = self.draw_mut(at);
        draw.drawn = Some(drawn);
        draw.numbers = None;
        let draw = self.draw(at).expect("it was found");
        let visits = self.visits_chosen(draw);
        let own_visits = self.own_visits_chosen(draw);
        let year = self.year_mut(at.year).expect("its draw was found");
        year.visits.extend(visits);
        year.own_visits.extend(own_visits);
        Ok((Applied::done(), entry))
    }

    /// Days and teams for the drawn and the carried visits of a draw, to be laid.
    fn plan_input(&self, draw: &DrawRecord, result: &DrawResult) -> PlanInput<'static> {
        let days = &draw.register.working_days[draw.month.month() as usize - 1];
        let days = dates(draw.month, days).expect("frozen days stand in order");
        let per_day = self.plan_of(draw).design.per_day;
        draw.occasion.plan_input(
            draw.visits_of(result),
            &days,
            &draw.register.officers,
            per_day,
            result.seed,
        )
    }

    /// The frozen plan that a draw followed.
    #[must_use]
    pub fn plan_of(&self, draw: &DrawRecord) -> &super::AnnualPlan {
        let year = self.year(draw.month.year());
        let mut plans = year.into_iter().flat_map(|year| &year.plans);
        let frozen = plans.find(|plan| plan.version == draw.plan_version);
        &frozen
            .expect("a draw opens only under a frozen plan, and plans are never removed")
            .plan
    }

    pub(super) fn break_off(&mut self, broken: BreakOff, context: &Context) -> Outcome {
        let number = broken.number;
        let open = self.open_draw_record();
        let draw = open.filter(|draw| draw.number == number);
        let draw = draw.ok_or(DrawError::Step { number })?;
        let at = draw.id();
        let may = if broken.nobody_revealed {
            draw.awaits_witnesses()
        } else {
            draw.may_break_off(context.now)
        };
        if !may {
            return Err(DrawError::MustBeFinished { number }.into());
        }
        require(&broken.reason, ActionError::NoReason)?;
        require(&broken.approver, ActionError::NoApprover)?;
        let event = Event::BreakOff(DrawBrokenOff {
            year: Some(at.year),
            number,
            approver: broken.approver.clone(),
            nobody_revealed: broken.nobody_revealed,
        });
        let entry = Entry::new(event, broken.reason.clone());
        self.draw_mut(at).broken_off = Some(BrokenOff {
            at: context.now,
            by: context.who.clone(),
            reason: broken.reason,
            approver: broken.approver,
            nobody_revealed: broken.nobody_revealed,
            extra: Map::new(),
        });
        Ok((Applied::done(), entry))
    }

    fn draw_at(&self, number: u32, step: DrawStep) -> Result<DrawId, DrawError> {
        self.draw_in_step(number, step).map(DrawRecord::id)
    }

    /// The draw with this number at a step of its way. There is one at most: only one
    /// draw is under way, whatever its year.
    fn draw_in_step(&self, number: u32, step: DrawStep) -> Result<&DrawRecord, DrawError> {
        let mut draws = self.draws();
        let found = draws.find(|draw| draw.number == number && draw.step() == step);
        found.ok_or(DrawError::Step { number })
    }

    pub(super) fn draw_mut(&mut self, id: DrawId) -> &mut DrawRecord {
        let year = self.year_mut(id.year);
        let mut draws = year.into_iter().flat_map(|year| &mut year.draws);
        let found = draws.find(|draw| draw.number == id.number);
        found.expect("the draw was found before")
    }
}

/// What the trail says of a draw.
fn plan_laid(draw: DrawId, drawn: &Drawn) -> PlanLaid {
    PlanLaid {
        year: Some(draw.year),
        number: draw.number,
        seed: drawn.result.seed,
        drawn: drawn.result.drawn().count(),
        set_aside: drawn.plan.set_aside.len(),
        missing: drawn.missing.clone(),
        certificate: drawn.certificate,
    }
}
