//! 年度抽查计划: the annual plan, its draft and its frozen versions.

use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{Changes, HolidaysImported, PlanEdited, PlanFrozen};
use super::refusal::ActionError;
use super::{Workbook, Year};
use crate::engine::calendar::{YearDays, check_years};
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::engine::design::AnnualDesign;
use crate::engine::lottery::Genesis;
use crate::model::{Share, Stratum};

/// The annual plan of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct AnnualPlan {
    /// The calendar year: one field, used everywhere (domain.md, setting 1).
    pub year: i32,
    /// The brigade's name.
    pub brigade: String,
    /// Shares, twice level, season, capacity and points.
    pub design: AnnualDesign,
    /// 重点行业: categories that count as key industries (R19).
    #[serde(default)]
    pub key_categories: BTreeSet<String>,
    /// Yearly share of the service institutions, where it is not [`SEPARATE_SHARE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency_share: Option<Share>,
    /// Yearly share of the registered fire engineers (R8: as the superior authority says),
    /// where it is not [`SEPARATE_SHARE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engineer_share: Option<Share>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The yearly share of a register beside the units, unless the brigade sets another: that of
/// general units. The source plan names none and leaves it to the superior authority.
pub const SEPARATE_SHARE: Share = Stratum::C.legal_floor();

impl AnnualPlan {
    /// The yearly share of the service institutions.
    #[must_use]
    pub fn agency_share(&self) -> Share {
        self.agency_share.unwrap_or(SEPARATE_SHARE)
    }

    /// The yearly share of the registered fire engineers.
    #[must_use]
    pub fn engineer_share(&self) -> Share {
        self.engineer_share.unwrap_or(SEPARATE_SHARE)
    }

    /// A plan with the program's defaults.
    #[must_use]
    pub fn new(year: i32, brigade: impl Into<String>) -> Self {
        Self {
            year,
            brigade: brigade.into(),
            design: AnnualDesign::default(),
            key_categories: ["易燃易爆单位", "劳动密集型企业"].map(str::to_owned).into(),
            agency_share: None,
            engineer_share: None,
            extra: Map::new(),
        }
    }
}

/// A plan that was frozen: the draws from then on follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FrozenPlan {
    /// 第几版, from 1.
    pub version: u32,
    /// What was frozen.
    pub plan: AnnualPlan,
    /// Hash of the plan as canonical JSON: where every seed of its draws begins.
    pub genesis: Genesis,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who froze it.
    pub by: String,
    /// Who approved it.
    pub approver: String,
    /// Why a new version was needed; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Workbook {
    pub(super) fn import_holidays(&mut self, years: BTreeMap<i32, YearDays>) -> Outcome {
        let is_wrong = |(&year, days): (&i32, &YearDays)| {
            let days = [(year, days.clone())].into();
            check_years(&days).is_err().then_some(year)
        };
        if let Some(year) = years.iter().find_map(is_wrong) {
            return Err(ActionError::Holidays { year });
        }
        let known = |year| self.holidays.get(year).cloned();
        let changes = years
            .iter()
            .map(|(year, days)| (*year, (known(year), days.clone())));
        let event = Event::ImportHolidays(HolidaysImported {
            years: years.keys().copied().collect(),
            changes: changes.collect(),
        });
        self.holidays.extend(years);
        Ok((Applied::done(), event.into()))
    }

    pub(super) fn edit_plan(&mut self, plan: AnnualPlan) -> Outcome {
        let errors = plan.design.errors();
        if !errors.is_empty() {
            return Err(ActionError::Plan(errors));
        }
        let year = self.kept_year(plan.year)?;
        let event = Event::EditPlan(PlanEdited {
            of_year: Some(plan.year),
            changes: Changes::between(&year.draft, &plan),
        });
        let before = std::mem::replace(&mut year.draft, plan);
        Ok((
            Applied::undone_by(Action::EditPlan(Box::new(before))),
            event.into(),
        ))
    }

    /// The year whose plan is to be changed, if it is kept and open.
    pub(super) fn kept_year(&mut self, year: i32) -> Result<&mut Year, ActionError> {
        self.check_year_open(year)?;
        let kept = self.year_mut(year);
        kept.ok_or(ActionError::NoYear { year })
    }

    pub(super) fn freeze_plan(
        &mut self,
        year: i32,
        approver: String,
        reason: String,
        context: &Context,
    ) -> Outcome {
        if let Some(open) = self.open_draw_record() {
            return Err(ActionError::DrawOpen {
                number: open.number,
            });
        }
        if self.units.is_empty() || self.officers.is_empty() {
            return Err(ActionError::EmptyRegisters);
        }
        let year = self.kept_year(year)?;
        let errors = year.draft.design.errors();
        if !errors.is_empty() {
            return Err(ActionError::Plan(errors));
        }
        require(&approver, ActionError::NoApprover)?;
        if !year.plans.is_empty() {
            require(&reason, ActionError::NoReason)?;
        }
        let genesis = Genesis::of(&year.draft).expect("a plan holds texts and integers only");
        let version = year.plans.len() as u32 + 1;
        let event = Event::FreezePlan(PlanFrozen {
            version,
            genesis,
            approver: approver.clone(),
        });
        let entry = Entry::new(event, reason.clone());
        year.plans.push(FrozenPlan {
            version,
            plan: year.draft.clone(),
            genesis,
            at: context.now,
            by: context.who.clone(),
            approver,
            reason,
            extra: serde_json::Map::new(),
        });
        Ok((Applied::done(), entry))
    }
}
