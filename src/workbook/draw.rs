//! 月度抽查: the record of a month's draw, and the actions that lead it from
//! the frozen register to the plan of visits.
//!
//! The order is the ceremony's (engine.md, section 6): freeze and sizes →
//! commitment → entropy → draw, days and teams. A record keeps all that is
//! needed to repeat it; nothing of it is edited later. Draws are numbered
//! through the year without gaps, broken-off ones included.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Workbook;
use super::action::{ActionError, Applied, Context, Entry, Outcome, require};
use super::drawing::{Drawing, FinishedDraw, Undated};
use super::entropy::{check_hour, check_unknown, entropy_plan, entropy_record};
use super::freezing::{Frozen, fresh_salt};
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::{
    Commitment, EntropyError, EntropyPlan, EntropyRecord, PublicSource, moment,
};
use crate::engine::certificate::dates;
use crate::engine::draw::{DrawResult, MonthSizes, draw_month, size_month};
use crate::engine::duty::OfficerDuty;
use crate::engine::level::LevelSum;
use crate::engine::lottery::{Genesis, Hash};
use crate::engine::month::{MonthPlan, MonthPlanning, PlanInput};
use crate::engine::snapshot::{Snapshot, SnapshotError};
use crate::model::{Finding, Inspection, UnitId};

/// The frozen register of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FrozenRegister {
    /// Active units as the draw sees them, in order of id.
    pub snapshot: Snapshot,
    /// The different level sums that occur.
    pub sums: Vec<LevelSum>,
    /// For each unit of the snapshot the place of its sum in `sums`.
    pub sum_of: Vec<u32>,
    /// Officers with leave and avoidance, in order of id.
    pub officers: Vec<OfficerDuty>,
    /// Working days of each month of the year as they were known then, January
    /// first, as days of the month.
    pub working_days: [Vec<u32>; 12],
    /// Hash over the units' leaves.
    pub snapshot_root: Hash,
    /// Hash over the officers.
    pub officers_root: Hash,
}

/// The commitment as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Committed {
    /// What is promised.
    pub commitment: Commitment,
    /// Its hash, which others see before the entropy exists.
    pub hash: Hash,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Where it was shown: its proof is that others saw it first.
    pub shown_at: String,
    /// 监督人: who watches the draw.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supervisor: String,
    /// Salts of the witnesses' promises, in their order; the words are not kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub salts: Vec<String>,
}

/// The outcome of a draw: what it drew, and the visits laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Drawn {
    /// The entropy as it came.
    pub entropy: EntropyRecord,
    /// Witnesses whose reveal is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Lottery numbers and places.
    pub result: DrawResult,
    /// Days and teams.
    pub plan: MonthPlan,
}

/// A draw that was stopped before its entropy could be known; its number stays used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct BrokenOff {
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who stopped it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// One numbered draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct DrawRecord {
    /// 抽取编号 within the year, from 1 without gaps.
    pub number: u32,
    /// The month it draws for.
    pub month: YearMonth,
    /// When the register was frozen, in local time.
    pub opened_at: NaiveDateTime,
    /// Who opened it.
    pub opened_by: String,
    /// Why it was opened outside the last two working days; none inside them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_window: Option<String>,
    /// Version of the plan in force.
    pub plan_version: u32,
    /// Hash of that plan.
    pub genesis: Genesis,
    /// The register at that moment; shared, so that a record is copied at no cost.
    pub register: Arc<FrozenRegister>,
    /// The sizes, fixed before the entropy.
    pub sizes: MonthSizes,
    /// The commitment, once it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed: Option<Committed>,
    /// The outcome, once the entropy is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawn>,
    /// Set where the draw was broken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_off: Option<BrokenOff>,
}

/// How far a draw has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawStep {
    /// Register frozen and sizes fixed; the commitment is next.
    Sized,
    /// Commitment shown; the entropy is next.
    Committed,
    /// Drawn and planned.
    Drawn,
    /// Broken off.
    BrokenOff,
}

impl DrawRecord {
    /// How far the draw has come.
    #[must_use]
    pub fn step(&self) -> DrawStep {
        if self.broken_off.is_some() {
            DrawStep::BrokenOff
        } else if self.drawn.is_some() {
            DrawStep::Drawn
        } else if self.committed.is_some() {
            DrawStep::Committed
        } else {
            DrawStep::Sized
        }
    }

    /// Whether it still waits for its entropy.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.step(), DrawStep::Sized | DrawStep::Committed)
    }

    /// Whether it may be broken off at `now`: only before the earliest moment at
    /// which any part of the entropy could be known to anyone.
    #[must_use]
    pub fn may_break_off(&self, now: NaiveDateTime) -> bool {
        let Some(committed) = &self.committed else {
            return self.is_open();
        };
        let is_unknown = match &committed.commitment.entropy {
            EntropyPlan::Local => true,
            // Each witness knows his own words from the promise on.
            EntropyPlan::Contributions { .. } => false,
            EntropyPlan::PublicValue { known_from, .. } => {
                moment(known_from).is_some_and(|from| now < from)
            }
        };
        self.is_open() && is_unknown
    }

    /// The level sum of a unit as it was frozen.
    #[must_use]
    pub fn level_sum(&self, id: &UnitId) -> Option<&LevelSum> {
        let at = self
            .register
            .snapshot
            .units
            .binary_search_by(|unit| unit.id.cmp(id))
            .ok()?;
        self.register
            .sums
            .get(*self.register.sum_of.get(at)? as usize)
    }

    /// The units drawn, first visits in order of cell and number, then second ones.
    pub fn drawn_units(&self) -> impl Iterator<Item = &UnitId> {
        let groups = self.drawn.iter().flat_map(|drawn| &drawn.result.groups);
        groups.flat_map(|group| group.draw.drawn.iter().map(|candidate| &candidate.unit))
    }

    /// The visits to be laid out, drawn and carried, each with the first day on
    /// which it may be made; none: any day.
    #[must_use]
    pub fn visits(&self) -> BTreeMap<UnitId, Option<NaiveDate>> {
        self.drawn
            .as_ref()
            .map(|drawn| self.visits_of(&drawn.result))
            .unwrap_or_default()
    }

    fn visits_of(&self, result: &DrawResult) -> BTreeMap<UnitId, Option<NaiveDate>> {
        let release = |id: &UnitId| {
            self.register
                .snapshot
                .unit(id)
                .and_then(|unit| unit.release_date())
        };
        result
            .drawn()
            .chain(&self.sizes.carried)
            .map(|id| (id.clone(), release(id)))
            .collect()
    }

    /// 抽取编号 as printed: division, month and the number in two digits.
    #[must_use]
    pub fn label(&self, division: &str) -> String {
        let (year, month) = (self.month.year(), self.month.month());
        format!("{division}-{year}{month:02}-{:02}", self.number)
    }
}

/// Opens a draw.
#[derive(Debug, Clone)]
pub struct OpenDraw {
    /// The month to draw for.
    pub month: YearMonth,
    /// Why it is opened outside its window; empty inside.
    pub reason: String,
    /// Fresh random bytes from outside, for the salts of units that have none.
    pub salt_seed: [u8; 32],
}

/// A witness with the words that he promises.
#[derive(Debug, Clone)]
pub struct WitnessWords {
    /// Name.
    pub name: String,
    /// Words or dice, kept secret until the draw.
    pub words: String,
    /// Random hexadecimal digits that keep the words from being guessed.
    pub salt: String,
}

/// Where the entropy will come from.
#[derive(Debug, Clone)]
pub enum EntropyChoice {
    /// Secure random bytes of this computer.
    Local,
    /// Words or dice of one or more witnesses.
    Witnesses(Vec<WitnessWords>),
    /// A public value.
    Public {
        /// The value named.
        named: PublicSource,
        /// What takes its place if it does not appear.
        fallback: PublicSource,
        /// Earliest moment at which the named value can be known.
        known_from: NaiveDateTime,
        /// When the fallback takes over.
        fallback_from: NaiveDateTime,
    },
}

/// Shows the commitment.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The draw.
    pub number: u32,
    /// Where the entropy will come from.
    pub entropy: EntropyChoice,
    /// Where the commitment is shown before the entropy exists.
    pub shown_at: String,
}

/// The entropy as it is given.
#[derive(Debug, Clone)]
pub enum EntropyGiven {
    /// Random bytes from this computer.
    Local([u8; 32]),
    /// Each witness's words, in the order of the promises; none where withheld.
    Witnesses(Vec<Option<String>>),
    /// The public value, and whether it is the fallback's.
    Public {
        /// The value as typed.
        value: String,
        /// Whether the fallback took over.
        is_fallback: bool,
    },
}

/// Gives the entropy and draws.
#[derive(Debug, Clone)]
pub struct RunDraw {
    /// The draw.
    pub number: u32,
    /// The entropy.
    pub entropy: EntropyGiven,
}

/// Breaks a draw off.
#[derive(Debug, Clone)]
pub struct BreakOff {
    /// The draw.
    pub number: u32,
    /// Why.
    pub reason: String,
    /// Who approves.
    pub approver: String,
}

/// Why a draw refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// No frozen annual plan.
    #[error("the annual plan is not frozen")]
    NoPlan,
    /// The month is not of the plan's year.
    #[error("{month} is not in {year}")]
    OtherYear {
        /// The month.
        month: YearMonth,
        /// The plan's year.
        year: i32,
    },
    /// This month, or a later one, is drawn already.
    #[error("{drawn} is drawn already")]
    Order {
        /// The month that is drawn.
        drawn: YearMonth,
    },
    /// Outside the window without a reason.
    #[error("outside the window {first} to {last}")]
    OutsideWindow {
        /// First day of the window.
        first: NaiveDate,
        /// Last day of the window.
        last: NaiveDate,
    },
    /// Fewer than two officers.
    #[error("fewer than two officers")]
    NoOfficers,
    /// The register cannot be frozen.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The workbook has changed while its register was frozen.
    #[error("the workbook has changed while it was frozen")]
    Changed,
    /// No such draw, or not at this step.
    #[error("draw {number} is not at this step")]
    Step {
        /// Its number.
        number: u32,
    },
    /// Too late to break off: part of the entropy could be known.
    #[error("draw {number} must be finished")]
    MustBeFinished {
        /// Its number.
        number: u32,
    },
    /// No witness, or one without name or words, or a name twice.
    #[error("witness {place} lacks a name of his own or words")]
    Witness {
        /// His place, from 1.
        place: u32,
    },
    /// A public source without name or round, or in an impossible order of time.
    #[error("the public source is not wholly named")]
    Source,
    /// A public value that somebody could know already when it is named.
    #[error("the public value may be known since {from}")]
    AlreadyKnown {
        /// Since when.
        from: NaiveDateTime,
    },
    /// A public value given before its hour.
    #[error("the public value cannot be known before {from}")]
    TooEarly {
        /// Its hour.
        from: NaiveDateTime,
    },
    /// The entropy does not fit the commitment.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The unit has no visit to be made.
    #[error("{unit} has no visit to be made")]
    NoVisit {
        /// The unit.
        unit: UnitId,
    },
    /// The visit's date breaks a limit.
    #[error("a visit to {unit} on {date} breaks a limit")]
    VisitDate {
        /// The unit.
        unit: UnitId,
        /// The date.
        date: NaiveDate,
    },
}

impl Workbook {
    /// The draw that waits for its entropy, if any.
    #[must_use]
    pub fn open_draw_record(&self) -> Option<&DrawRecord> {
        self.draws.iter().find(|draw| draw.is_open())
    }

    /// The draw with this number.
    #[must_use]
    pub fn draw(&self, number: u32) -> Option<&DrawRecord> {
        self.draws.iter().find(|draw| draw.number == number)
    }

    /// The draw of a month that stands: the last not broken off.
    #[must_use]
    pub fn draw_of(&self, month: YearMonth) -> Option<&DrawRecord> {
        self.draws
            .iter()
            .rev()
            .find(|draw| draw.month == month && draw.broken_off.is_none())
    }

    pub(super) fn open_draw(&mut self, open: OpenDraw, context: &Context) -> Outcome {
        self.check_opening(&open, context)?;
        let freezing = self.begin_freezing(open.month, open.salt_seed);
        let frozen = freezing.map_err(DrawError::from)?.run(self);
        self.open_frozen(open, frozen, context)
    }

    /// As [`Workbook::open_draw`], with the register frozen in steps before.
    pub(super) fn open_frozen(
        &mut self,
        open: OpenDraw,
        frozen: Frozen,
        context: &Context,
    ) -> Outcome {
        let (version, genesis) = self.check_opening(&open, context)?;
        let register = frozen.into_register(self, &open)?;
        self.give_salts(open.salt_seed);
        let plan = self.plans.last().expect("checked above");
        let carried = self.pending_visits().into_keys().collect();
        let sizes = size_month(
            &register.snapshot,
            &register.officers,
            &plan.plan.design,
            &carried,
            &self.calendar(),
        );
        let number = self.draws.len() as u32 + 1;
        let in_window = self.draw_window(open.month).contains(&context.now.date());
        let outside_window = (!in_window).then(|| open.reason.trim().to_owned());
        let detail = json!({
            "number": number,
            "month": open.month,
            "units": register.snapshot.units.len(),
            "snapshot_root": register.snapshot_root,
        });
        let entry = Entry::new(
            "open_draw",
            outside_window.clone().unwrap_or_default(),
            detail,
        );
        self.draws.push(DrawRecord {
            number,
            month: open.month,
            opened_at: context.now,
            opened_by: context.who.clone(),
            outside_window,
            plan_version: version,
            genesis,
            register: Arc::new(register),
            sizes,
            committed: None,
            drawn: None,
            broken_off: None,
        });
        Ok((Applied::done(), entry))
    }

    fn check_opening(
        &self,
        open: &OpenDraw,
        context: &Context,
    ) -> Result<(u32, Genesis), ActionError> {
        if let Some(draw) = self.open_draw_record() {
            return Err(ActionError::DrawOpen {
                number: draw.number,
            });
        }
        let plan = self.plans.last().ok_or(DrawError::NoPlan)?;
        if open.month.year() != plan.plan.year {
            return Err(DrawError::OtherYear {
                month: open.month,
                year: plan.plan.year,
            }
            .into());
        }
        let last = self
            .draws
            .iter()
            .filter(|draw| draw.broken_off.is_none())
            .map(|draw| draw.month)
            .max();
        if let Some(drawn) = last.filter(|&drawn| drawn >= open.month) {
            return Err(DrawError::Order { drawn }.into());
        }
        if self
            .officers
            .iter()
            .filter(|officer| !officer.has_left)
            .count()
            < 2
        {
            return Err(DrawError::NoOfficers.into());
        }
        let window = self.draw_window(open.month);
        if !window.contains(&context.now.date()) && open.reason.trim().is_empty() {
            let (first, last) = (window[0], window[window.len() - 1]);
            return Err(DrawError::OutsideWindow { first, last }.into());
        }
        Ok((plan.version, plan.genesis))
    }

    /// Gives a salt to each unit that has none.
    fn give_salts(&mut self, seed: [u8; 32]) {
        let bare = self.units.iter_mut().filter(|unit| unit.salt.is_empty());
        bare.for_each(|unit| unit.salt = fresh_salt(seed, &unit.id));
    }

    pub(super) fn commit_draw(&mut self, commit: Commit, context: &Context) -> Outcome {
        let number = commit.number;
        let at = self.draw_at(number, DrawStep::Sized)?;
        let (entropy, salts) = entropy_plan(commit.entropy)?;
        check_unknown(&entropy, context.now)?;
        require(&commit.shown_at, ActionError::NoReason)?;
        let draw = &mut self.draws[at];
        let roots = (draw.register.snapshot_root, draw.register.officers_root);
        let commitment =
            Commitment::new(draw.genesis, number, &draw.sizes, roots.0, roots.1, entropy);
        let hash = commitment
            .hash()
            .expect("a commitment holds texts and integers only");
        let detail = json!({ "number": number, "commitment": hash, "shown_at": commit.shown_at });
        draw.committed = Some(Committed {
            commitment,
            hash,
            at: context.now,
            shown_at: commit.shown_at,
            supervisor: self.brigade.supervisor.clone(),
            salts,
        });
        Ok((Applied::done(), Entry::new("commit_draw", "", detail)))
    }

    pub(super) fn run_draw(&mut self, run: RunDraw, context: &Context) -> Outcome {
        let drawing = self.begin_draw(run, context)?;
        self.finish_draw(drawing.run())
    }

    /// Checks the entropy and draws, with days and teams still to be laid. The workbook
    /// has not changed then: the draw stands once [`Action::FinishDraw`] is applied.
    ///
    /// # Errors
    /// [`ActionError`], as for the action that draws at once.
    ///
    /// # Panics
    /// Never: records hold texts and integers only.
    ///
    /// [`Action::FinishDraw`]: super::Action::FinishDraw
    pub fn begin_draw(&self, run: RunDraw, context: &Context) -> Result<Drawing, ActionError> {
        let at = self.draw_at(run.number, DrawStep::Committed)?;
        let draw = &self.draws[at];
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
        let result = draw_month(&draw.sizes, &draw.register.snapshot, seed);
        let planning = self.lay_visits(draw, &result);
        // The clock counts whole seconds: a draw within the second of its
        // commitment is noted at the next, because it came after it.
        let next = committed.at + chrono::TimeDelta::seconds(1);
        let drawn = Undated {
            entropy,
            missing,
            at: context.now.max(next),
            result,
        };
        Ok(Drawing::new(run.number, committed.hash, drawn, planning))
    }

    pub(super) fn finish_draw(&mut self, finished: FinishedDraw) -> Outcome {
        let (number, commitment, drawn) = finished.into_parts();
        let at = self.draw_at(number, DrawStep::Committed)?;
        let known = self.draws[at].committed.as_ref();
        if known.is_none_or(|known| known.hash != commitment) {
            return Err(DrawError::Step { number }.into());
        }
        let groups = &drawn.result.groups;
        let detail = json!({
            "number": number,
            "seed": drawn.result.seed,
            "drawn": groups.iter().map(|group| group.draw.drawn.len()).sum::<usize>(),
            "set_aside": drawn.plan.set_aside.len(),
            "missing": drawn.missing,
        });
        self.draws[at].drawn = Some(drawn);
        Ok((Applied::done(), Entry::new("draw", "", detail)))
    }

    /// Days and teams for the drawn and the carried visits of a draw, to be laid.
    fn lay_visits(&self, draw: &DrawRecord, result: &DrawResult) -> MonthPlanning<'static> {
        let days = &draw.register.working_days[draw.month.month() as usize - 1];
        let days = dates(draw.month, days).expect("frozen days stand in order");
        MonthPlanning::new(PlanInput {
            visits: Cow::Owned(draw.visits_of(result)),
            days: Cow::Owned(days),
            officers: Cow::Owned(draw.register.officers.clone()),
            per_day: self.plan_of(draw).design.per_day,
            seed: result.seed,
        })
    }

    /// The frozen plan that a draw followed.
    #[must_use]
    pub fn plan_of(&self, draw: &DrawRecord) -> &super::AnnualPlan {
        let frozen = self
            .plans
            .iter()
            .find(|plan| plan.version == draw.plan_version);
        &frozen
            .expect("a draw opens only under a frozen plan, and plans are never removed")
            .plan
    }

    pub(super) fn break_off(&mut self, broken: BreakOff, context: &Context) -> Outcome {
        let number = broken.number;
        let open = self
            .draws
            .iter()
            .position(|draw| draw.number == number && draw.is_open());
        let at = open.ok_or(DrawError::Step { number })?;
        if !self.draws[at].may_break_off(context.now) {
            return Err(DrawError::MustBeFinished { number }.into());
        }
        require(&broken.reason, ActionError::NoReason)?;
        require(&broken.approver, ActionError::NoApprover)?;
        let detail = json!({ "number": number, "approver": broken.approver });
        let entry = Entry::new("break_off", broken.reason.clone(), detail);
        self.draws[at].broken_off = Some(BrokenOff {
            at: context.now,
            by: context.who.clone(),
            reason: broken.reason,
            approver: broken.approver,
        });
        Ok((Applied::done(), entry))
    }

    pub(super) fn record_visit(
        &mut self,
        unit: &UnitId,
        date: NaiveDate,
        finding: Finding,
        today: NaiveDate,
    ) -> Outcome {
        let at = self.unit_at(unit)?;
        let pending = self.pending_visits();
        let number = *pending
            .get(unit)
            .ok_or_else(|| DrawError::NoVisit { unit: unit.clone() })?;
        let month = self.draw(number).map(|draw| draw.month);
        let is_early = month.is_some_and(|month| date < month.first_day());
        let release = self.units[at]
            .last_inspection()
            .map(|i| crate::engine::calendar::add_six_months(i.date));
        let is_limited = is_early || release.is_some_and(|release| date < release);
        if is_limited || date.year() != self.year || date > today {
            return Err(DrawError::VisitDate {
                unit: unit.clone(),
                date,
            }
            .into());
        }
        self.units[at].inspections.push(Inspection {
            date,
            finding,
            draw: Some(number),
        });
        self.units[at]
            .inspections
            .sort_by_key(|inspection| inspection.date);
        let detail = json!({ "unit": unit, "draw": number, "date": date, "finding": finding });
        Ok((Applied::done(), Entry::new("record_visit", "", detail)))
    }

    fn draw_at(&self, number: u32, step: DrawStep) -> Result<usize, DrawError> {
        let found = self
            .draws
            .iter()
            .position(|draw| draw.number == number && draw.step() == step);
        found.ok_or(DrawError::Step { number })
    }
}
