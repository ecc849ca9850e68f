//! 月度抽查: the record of a month's draw, and the actions that lead it from
//! the frozen register to the plan of visits.
//!
//! The order is the ceremony's (engine.md, section 6): freeze and sizes →
//! commitment → entropy → draw, days and teams. A record keeps all that is
//! needed to repeat it; nothing of it is edited later. Draws are numbered
//! through the year without gaps, broken-off ones included.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::action::{ActionError, Applied, Context, Entry, Outcome, require};
use super::drawing::{Drawing, FinishedDraw};
pub use super::entropy::people_in;
use super::entropy::{check_hour, check_unknown, entropy_plan, entropy_record};
use super::freezing::{Frozen, fresh_salt};
use super::pending::carried_of;
use super::visit_entry::VisitRule;
use super::{DrawId, FrozenPlan, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::{
    Commitment, EntropyError, EntropyPlan, EntropyRecord, PublicSource, Roots, TrailHead, moment,
};
use crate::engine::certificate::dates;
use crate::engine::draw::{DrawResult, MonthSizes};
use crate::engine::duty::OfficerDuty;
use crate::engine::level::LevelSum;
use crate::engine::lottery::{Genesis, Hash};
use crate::engine::month::{MonthPlan, PlanInput};
use crate::engine::occasion::Occasion;
use crate::engine::pace::{AtOnce, at_once};
use crate::engine::root::working_days_root;
use crate::engine::snapshot::{Snapshot, SnapshotError};
use crate::model::{InspectionItem, UnitId};

/// The frozen register of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
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
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What a draw drew, recorded and saved before days and teams are laid: from here on
/// the plan follows by itself, and no other draw can take its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Numbers {
    /// The entropy as it came.
    pub entropy: EntropyRecord,
    /// Witnesses whose reveal is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who ran the draw.
    pub operator: String,
    /// Lottery numbers and places.
    pub result: DrawResult,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
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
    /// Who ran the draw: he who opened it may be another.
    pub operator: String,
    /// Hash of the certificate as it was when the draw was made. A later program
    /// that made another certificate of this record would be found out by it.
    pub certificate: Hash,
    /// Lottery numbers and places.
    pub result: DrawResult,
    /// Days and teams.
    pub plan: MonthPlan,
    /// Names of the units to be visited as they were then; a record of an older program
    /// has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<UnitId, String>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What a draw drew, as [`Numbers`] or [`Drawn`] keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcomes<'a> {
    /// The entropy as it came.
    pub entropy: &'a EntropyRecord,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Lottery numbers and places.
    pub result: &'a DrawResult,
}

/// A draw that was stopped: before its entropy could be known, or because no
/// witness revealed. Its number stays used.
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
    /// It was stopped because no witness revealed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_revealed: bool,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One numbered draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct DrawRecord {
    /// 抽取编号 within the year, from 1 without gaps.
    pub number: u32,
    /// The month it draws for.
    pub month: YearMonth,
    /// What it is for; a monthly draw says nothing.
    #[serde(default, skip_serializing_if = "Occasion::is_month")]
    pub occasion: Occasion,
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
    /// 抽查事项清单 at that moment.
    #[serde(default)]
    pub items: Arc<Vec<InspectionItem>>,
    /// The sizes, fixed before the entropy.
    pub sizes: MonthSizes,
    /// The commitment, once it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed: Option<Committed>,
    /// What was drawn, while its days and teams are being laid; they take it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
    /// The outcome, once days and teams are laid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawn>,
    /// Set where the draw was broken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_off: Option<BrokenOff>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// How far a draw has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawStep {
    /// Register frozen and sizes fixed; the commitment is next.
    Sized,
    /// Commitment shown; the entropy is next.
    Committed,
    /// Entropy and numbers recorded; days and teams are laid next, by themselves.
    Numbered,
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
        } else if self.numbers.is_some() {
            DrawStep::Numbered
        } else if self.committed.is_some() {
            DrawStep::Committed
        } else {
            DrawStep::Sized
        }
    }

    /// What it drew, before and after its plan is laid.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcomes<'_>> {
        let of = |entropy, at, result| Outcomes {
            entropy,
            at,
            result,
        };
        match (&self.drawn, &self.numbers) {
            (Some(it), _) => Some(of(&it.entropy, it.at, &it.result)),
            (None, Some(it)) => Some(of(&it.entropy, it.at, &it.result)),
            (None, None) => None,
        }
    }

    /// Whether it is under way: not broken off, and without its plan.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.step(), DrawStep::Drawn | DrawStep::BrokenOff)
    }

    /// Whether it still waits for its entropy.
    fn awaits_entropy(&self) -> bool {
        matches!(self.step(), DrawStep::Sized | DrawStep::Committed)
    }

    /// Whether it may be broken off at `now`: only before the earliest moment at
    /// which any part of the entropy could be known to anyone.
    #[must_use]
    pub fn may_break_off(&self, now: NaiveDateTime) -> bool {
        let Some(committed) = &self.committed else {
            return self.awaits_entropy();
        };
        let is_unknown = match &committed.commitment.entropy {
            EntropyPlan::Local => true,
            // Each witness knows his own words from the promise on.
            EntropyPlan::Contributions { .. } => false,
            EntropyPlan::PublicValue { known_from, .. } => {
                moment(known_from).is_some_and(|from| now < from)
            }
        };
        self.awaits_entropy() && is_unknown
    }

    /// Whether it may be broken off because no witness revealed: no draw can follow
    /// from promises alone, and the year would stand still.
    ///
    /// Nothing here shows that nobody did. Who says so though a witness revealed
    /// has heard his words and looks for another draw; the witness holds the
    /// words that fit the published promise and can contradict on the spot, which is
    /// why the break-off is published with its reason, approver and number. An
    /// operator in league with all witnesses gains nothing by it: they could
    /// choose their words, and with them the draw, from the start.
    #[must_use]
    pub fn awaits_witnesses(&self) -> bool {
        let plan = self.committed.as_ref().map(|it| &it.commitment.entropy);
        self.awaits_entropy() && matches!(plan, Some(EntropyPlan::Contributions { .. }))
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

    /// The units to which it drew a visit, first visits in order of cell and
    /// number, then second ones. Those that a campaign takes from the month's plan
    /// have theirs from the draw that chose them.
    pub fn drawn_units(&self) -> impl Iterator<Item = &UnitId> {
        let groups = self.drawn.iter().flat_map(|drawn| &drawn.result.groups);
        let groups = groups.filter(|group| group.group.is_visited());
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
        self.occasion
            .visits(result.drawn_in_groups(), &self.sizes.carried)
            .into_iter()
            .map(|id| (id.clone(), release(id)))
            .collect()
    }

    /// Where 操作记录 ended when the draw was committed to; `None` before that, and in
    /// records of older programs.
    #[must_use]
    pub fn trail_head(&self) -> Option<TrailHead> {
        let disclosed = self.committed.as_ref()?.commitment.disclosed.as_ref()?;
        Some(disclosed.trail)
    }

    /// 抽取编号 as printed: division, month and the number in two digits.
    #[must_use]
    pub fn label(&self, division: &str) -> String {
        let (year, month) = (self.month.year(), self.month.month());
        format!("{division}-{year}{month:02}-{:02}", self.number)
    }
}

/// What is fixed when a draw is opened, before its sizes.
pub(super) struct Opening {
    pub(super) month: YearMonth,
    pub(super) register: FrozenRegister,
    pub(super) outside_window: Option<String>,
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
    /// Because no witness revealed: the only ground once they have promised, and
    /// none for a draw without witnesses.
    pub nobody_revealed: bool,
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
    /// Nothing can be added to a month that is not drawn.
    #[error("{month} is not drawn yet")]
    NotDrawn {
        /// The month.
        month: YearMonth,
    },
    /// By the month's rule on the register as it stands, nothing lacks.
    #[error("nothing lacks")]
    NothingLacks,
    /// A campaign whose filter holds no unit that may be inspected, or that takes none.
    #[error("the campaign takes no unit")]
    EmptyCampaign,
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
    /// Several people in one witness's name: their words would be one promise.
    #[error("witness {place} names {count} people")]
    SeveralWitnesses {
        /// The place, from 1.
        place: u32,
        /// How many people.
        count: u32,
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
    /// No visit was named.
    #[error("no visit was named")]
    NoVisits,
    /// A later draw that drew the unit rests on the visit's entry.
    #[error("draw {number} drew {unit} since")]
    DrawnSince {
        /// The unit.
        unit: UnitId,
        /// That draw's number.
        number: u32,
    },
    /// The unit has no visit to be made.
    #[error("{unit} has no visit to be made")]
    NoVisit {
        /// The unit.
        unit: UnitId,
    },
    /// The visit's date breaks a rule.
    #[error("a visit to {unit} on {date} breaks {rule:?}")]
    VisitDate {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// The date.
        date: NaiveDate,
        /// The one rule that it breaks.
        rule: VisitRule,
    },
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

    /// The last month with a draw that stands.
    pub(super) fn last_month(&self) -> Option<YearMonth> {
        let standing = self.draws().filter(|draw| draw.broken_off.is_none());
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
        let detail = json!({
            "number": draw.number,
            "month": draw.month,
            "units": draw.register.snapshot.units.len(),
            "snapshot_root": draw.register.snapshot_root,
        });
        let why = draw.outside_window.clone().unwrap_or_default();
        let entry = Entry::new("open_draw", why, detail);
        Ok(self.add_draw(draw, open.salt_seed, entry))
    }

    /// A draw with its sizes fixed, numbered on; not in the workbook yet.
    pub(super) fn sized(
        &self,
        opening: Opening,
        occasion: Occasion,
        carried: &BTreeSet<UnitId>,
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
        let detail = json!({ "number": number, "commitment": hash, "shown_at": commit.shown_at });
        draw.committed = Some(Committed {
            commitment,
            hash,
            at: context.now,
            shown_at: commit.shown_at,
            supervisor,
            salts,
            extra: Map::new(),
        });
        Ok((Applied::done(), Entry::new("commit_draw", "", detail)))
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
        let detail = json!({ "number": number, "seed": seed, "drawn": result.drawn().count() });
        draw.numbers = Some(Numbers {
            entropy,
            missing,
            at: context.now.max(next),
            operator: context.who.clone(),
            result,
            extra: Map::new(),
        });
        Ok((Applied::done(), Entry::new("draw_numbers", "", detail)))
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
            result: numbers.result,
            names: self.public_names(&plan),
            plan,
            extra: numbers.extra,
        };
        drawn.certificate = self.certificate_of(draw, committed, &drawn).hash;
        let entry = Entry::new("draw", "", draw_detail(number, &drawn));
        let draw = self.draw_mut(at);
        draw.drawn = Some(drawn);
        draw.numbers = None;
        let draw = self.draw(at).expect("it was found");
        let visits = self.visits_chosen(draw);
        let year = self.year_mut(at.year).expect("its draw was found");
        year.visits.extend(visits);
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
        let mut detail = json!({ "number": number, "approver": broken.approver });
        if broken.nobody_revealed {
            detail["nobody_revealed"] = true.into();
        }
        let entry = Entry::new("break_off", broken.reason.clone(), detail);
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

    fn draw_mut(&mut self, id: DrawId) -> &mut DrawRecord {
        let year = self.year_mut(id.year);
        let mut draws = year.into_iter().flat_map(|year| &mut year.draws);
        let found = draws.find(|draw| draw.number == id.number);
        found.expect("the draw was found before")
    }
}

/// What the trail says of a draw.
fn draw_detail(number: u32, drawn: &Drawn) -> serde_json::Value {
    json!({
        "number": number,
        "seed": drawn.result.seed,
        "drawn": drawn.result.drawn().count(),
        "set_aside": drawn.plan.set_aside.len(),
        "missing": drawn.missing,
        "certificate": drawn.certificate,
    })
}
