//! 月度抽查: the record of a month's draw, and the actions that lead it from
//! the frozen register to the plan of visits.
//!
//! The order is the ceremony's (engine.md, section 6): freeze and sizes →
//! commitment → entropy → draw, days and teams. A record keeps all that is
//! needed to repeat it; nothing of it is edited later. Draws are numbered
//! through the year without gaps, broken-off ones included.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::DrawId;
use crate::engine::calendar::YearMonth;
use crate::engine::ceremony::{Commitment, EntropyPlan, EntropyRecord, TrailHead, moment};
use crate::engine::draw::{DrawResult, MonthSizes};
use crate::engine::duty::OfficerDuty;
use crate::engine::level::LevelSum;
use crate::engine::lottery::{Genesis, Hash};
use crate::engine::month::MonthPlan;
use crate::engine::occasion::Occasion;
use crate::engine::snapshot::Snapshot;
use crate::model::{CandidateId, InspectionItem};

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
    pub names: BTreeMap<CandidateId, String>,
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

/// 审批: the approval of a draw's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Approval {
    /// The day that stands on the paper: from it on the plan may be carried out.
    pub date: NaiveDate,
    /// Who approved it.
    pub approver: String,
    /// 审批意见.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub opinion: String,
    /// When it was entered, in local time.
    pub at: NaiveDateTime,
    /// Who entered it.
    pub by: String,
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
    /// 审批 of its plan; none: it waits for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
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
    pub fn level_sum(&self, id: &CandidateId) -> Option<&LevelSum> {
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
    pub fn drawn_units(&self) -> impl Iterator<Item = &CandidateId> {
        let groups = self.drawn.iter().flat_map(|drawn| &drawn.result.groups);
        let groups = groups.filter(|group| group.group.is_visited());
        groups.flat_map(|group| group.draw.drawn.iter().map(|candidate| &candidate.unit))
    }

    /// The visits to be laid out, drawn and carried, each with the first day on
    /// which it may be made; none: any day.
    #[must_use]
    pub fn visits(&self) -> BTreeMap<CandidateId, Option<NaiveDate>> {
        self.drawn
            .as_ref()
            .map(|drawn| self.visits_of(&drawn.result))
            .unwrap_or_default()
    }

    pub(super) fn visits_of(
        &self,
        result: &DrawResult,
    ) -> BTreeMap<CandidateId, Option<NaiveDate>> {
        let release = |id: &CandidateId| {
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

/// What remains known of a draw where its workbook is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct KnownDraw {
    /// Its year; in what an older program noted none: the only one it knew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Its number within the year.
    pub number: u32,
    /// Hash of its commitment, once it was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Hash>,
    /// Hash of its certificate, once it was drawn and planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Hash>,
}

impl KnownDraw {
    /// Its name; `first_year` is that of a workbook that an older program knew.
    #[must_use]
    pub fn id(&self, first_year: i32) -> DrawId {
        DrawId::new(self.year.unwrap_or(first_year), self.number)
    }

    /// Whether `later` is this one, as far or further on.
    pub(super) fn is_kept_by(&self, later: &Self) -> bool {
        (self.commitment.is_none() || self.commitment == later.commitment)
            && (self.certificate.is_none() || self.certificate == later.certificate)
    }
}

impl From<&DrawRecord> for KnownDraw {
    fn from(draw: &DrawRecord) -> Self {
        Self {
            year: Some(draw.month.year()),
            number: draw.number,
            commitment: draw.committed.as_ref().map(|committed| committed.hash),
            certificate: draw.drawn.as_ref().map(|drawn| drawn.certificate),
        }
    }
}
