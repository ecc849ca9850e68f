//! 专项检查: special campaigns (R10), from the scheme to its draw and what came of it.
//!
//! A scheme says whom (a filter, never a list picked by hand), how many, when and what; it
//! may be changed until its draw is opened. The draw freezes the register and the units that
//! the filter holds; a scheme whose draw was broken off may be changed and drawn anew.
//! Nothing is erased: a scheme that is given up is withdrawn, with reason and approver.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::event::Event;
use super::event_detail::{CampaignPut, CampaignWithdrawn, Changes};
use super::names::check_length;
use super::refusal::{ActionError, DrawError};
use super::request::WithdrawCampaign;
use super::visit::{DrawId, Visit};
use super::{DrawRecord, VisitState, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::campaign::CampaignSize;
use crate::engine::draw::DrawGroup;
use crate::engine::duty::day_places;
use crate::engine::occasion::{Busy, Occasion};
use crate::engine::snapshot::NotYet;
use crate::model::{CandidateId, Finding, LegalKind, RiskTier, Share, Stratum, Unit};

/// Signs of a scheme's name, at most.
const NAME_MAX: usize = 60;
/// Signs of its number and of its legal basis, at most.
const WORDS_MAX: usize = 400;
/// Share of the units that a new scheme takes.
const SHARE_START: Share = Share::from_percent(50);

/// What a campaign is held for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CampaignKind {
    /// 火灾多发季节.
    #[default]
    Season,
    /// 重大节日.
    Holiday,
    /// 重大活动.
    Event,
    /// Anything else that its scheme names.
    Other,
}

impl CampaignKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Season, Self::Holiday, Self::Event, Self::Other];
}

/// Whom a campaign takes: of each condition any value will do, an empty one asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CampaignFilter {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub strata: BTreeSet<Stratum>,
    /// 单位类别.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<String>,
    /// 街道乡镇.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub townships: BTreeSet<String>,
    /// 标签.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// 风险等级.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tiers: BTreeSet<RiskTier>,
    /// 单位性质.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kinds: BTreeSet<LegalKind>,
}

impl CampaignFilter {
    /// Whether a unit meets all conditions.
    ///
    /// ```
    /// use double_random::model::{Unit, UnitId};
    /// use double_random::workbook::campaign::CampaignFilter;
    /// let mut unit = Unit::new(UnitId::new("NG-1")?, "宾馆");
    /// unit.category = "宾馆饭店".into();
    /// let mut filter = CampaignFilter::default();
    /// assert!(filter.holds(&unit));
    /// filter.categories.insert("医院".into());
    /// assert!(!filter.holds(&unit));
    /// # Ok::<(), double_random::model::IdError>(())
    /// ```
    #[must_use]
    pub fn holds(&self, unit: &Unit) -> bool {
        fn asks<T: Ord>(wanted: &BTreeSet<T>, value: &T) -> bool {
            wanted.is_empty() || wanted.contains(value)
        }
        asks(&self.strata, &unit.stratum())
            && asks(&self.categories, &unit.category)
            && asks(&self.townships, &unit.township)
            && asks(&self.tiers, &unit.risk)
            && asks(&self.kinds, &unit.legal_kind)
            && (self.tags.is_empty() || !self.tags.is_disjoint(&unit.tags))
    }
}

/// That a scheme was given up.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CampaignGone {
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Who withdrew it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
}

/// A campaign's scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CampaignPlan {
    /// Its number in the year, from 1; 0 before it is put down.
    pub number: u32,
    /// 专项名称.
    pub name: String,
    /// 方案文号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    #[serde(default)]
    pub kind: CampaignKind,
    /// 法律依据.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    #[serde(default)]
    pub filter: CampaignFilter,
    pub size: CampaignSize,
    /// 结合抽查: units of the month's plan are taken first.
    pub is_combined: bool,
    /// Ids of the items to be checked; none: all that apply to a unit.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub items: BTreeSet<String>,
    /// Numbers of its draws, in order; all but the last were broken off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<u32>,
    /// Set where it was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<CampaignGone>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl CampaignPlan {
    /// A new scheme for a time.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        kind: CampaignKind,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Self {
        Self {
            number: 0,
            name: name.into(),
            document: String::new(),
            kind,
            basis: String::new(),
            from,
            to,
            filter: CampaignFilter::default(),
            size: CampaignSize::Ratio(SHARE_START),
            is_combined: true,
            items: BTreeSet::new(),
            draws: Vec::new(),
            withdrawn: None,
            extra: Map::new(),
        }
    }
}

/// How a unit of a campaign's filter stands to its draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignPlace {
    /// It may be drawn.
    Free,
    /// It stands in the month's plan, on this day.
    InPlan(NaiveDate),
    /// A rule keeps it out.
    Barred(NotYet),
}

/// What a scheme's draw would come to if it were opened today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CampaignOutlook {
    /// The units that its filter holds, by their places in the register.
    pub units: Vec<(usize, CampaignPlace)>,
    /// Candidates that are in no plan.
    pub free: u32,
    /// Those in the month's plan.
    pub in_plan: u32,
    /// Those that a rule keeps out.
    pub barred: u32,
    /// How many it takes of the month's plan.
    pub taken: u32,
    /// How many it draws besides.
    pub besides: u32,
    /// Working days on which their visits may be laid.
    pub days: u32,
    /// Places that the officers have left on them.
    pub places: u32,
}

impl CampaignOutlook {
    /// How many candidates there are.
    #[must_use]
    pub const fn pool(&self, is_combined: bool) -> u32 {
        if is_combined {
            self.free + self.in_plan
        } else {
            self.free
        }
    }
}

/// What came of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CampaignResults {
    /// Visits that it chose or took from the month's plan.
    pub drawn: u32,
    /// Of them those taken from the plan.
    pub taken: u32,
    pub made: u32,
    /// Made visits that found something.
    pub found: u32,
    /// Their unit proved closed.
    pub void: u32,
}

/// A time for which a campaign may be put down, from the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    pub kind: CampaignKind,
    pub occasion: ProposedFor,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// What a proposed campaign is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposedFor {
    /// 冬春火灾防控, from November to March.
    Winter,
    /// 夏季消防检查, June to August.
    Summer,
    /// The two weeks before the days off that begin on this day.
    Holiday(NaiveDate),
}

impl Workbook {
    /// A scheme of a year.
    #[must_use]
    pub fn campaign_plan(&self, year: i32, number: u32) -> Option<&CampaignPlan> {
        let mut plans = self.year(year)?.campaigns.iter();
        plans.find(|plan| plan.number == number)
    }

    /// The draw of a scheme that stands, or waits for its entropy.
    #[must_use]
    pub fn campaign_draw(&self, year: i32, plan: &CampaignPlan) -> Option<&DrawRecord> {
        let draw = self.draw(DrawId::new(year, *plan.draws.last()?))?;
        draw.broken_off.is_none().then_some(draw)
    }

    /// The scheme to which a draw belongs.
    #[must_use]
    pub fn campaign_of(&self, draw: &DrawRecord) -> Option<&CampaignPlan> {
        let mut plans = self.year(draw.month.year())?.campaigns.iter();
        plans.find(|plan| plan.draws.contains(&draw.number))
    }

    /// The month beside whose plan a campaign of a year would be drawn: the last one drawn.
    #[must_use]
    pub fn campaign_month(&self, year: i32) -> Option<YearMonth> {
        let drawn = self.last_drawn()?.month;
        (drawn.year() == year).then_some(drawn)
    }

    /// What a scheme's draw beside `month` would come to if it were opened on `today`.
    #[must_use]
    pub fn campaign_outlook(
        &self,
        plan: &CampaignPlan,
        month: YearMonth,
        today: NaiveDate,
    ) -> CampaignOutlook {
        let mut outlook = CampaignOutlook::default();
        let pending = self.pending_visits(month.year());
        let annual = self.plan_in(month);
        let later = DrawId::new(month.year() + 1, 0);
        for (at, unit) in self.units.iter().enumerate() {
            if !unit.status.is_active() || !plan.filter.holds(unit) {
                continue;
            }
            let is_pending = pending.contains_key(&unit.id);
            let planned = is_pending
                .then(|| self.planned_visit(&unit.id, later))
                .flatten();
            let planned = planned.filter(|visit| YearMonth::of(visit.day) == month);
            let place = match planned {
                Some(visit) => CampaignPlace::InPlan(visit.day),
                None => {
                    let seen = self.snapshot_unit(unit, annual, month, is_pending);
                    let barred = seen.may_be_inspected(month.last_day()).err();
                    barred.map_or(CampaignPlace::Free, CampaignPlace::Barred)
                }
            };
            match place {
                CampaignPlace::Free => outlook.free += 1,
                CampaignPlace::InPlan(_) => outlook.in_plan += 1,
                CampaignPlace::Barred(_) => outlook.barred += 1,
            }
            outlook.units.push((at, place));
        }
        let wanted = plan.size.of(outlook.pool(plan.is_combined));
        outlook.taken = if plan.is_combined {
            wanted.min(outlook.in_plan)
        } else {
            0
        };
        outlook.besides = wanted - outlook.taken;
        let (days, busy) = self.campaign_days(plan, month, today);
        outlook.days = days.len() as u32;
        outlook.places = self.places_left(&days, &busy, month, annual.design.per_day);
        outlook
    }

    /// The working days on which a campaign's visits may be laid, and who is busy: on days of
    /// the month after its last one everybody is, so that none is laid there.
    pub(super) fn campaign_days(
        &self,
        plan: &CampaignPlan,
        month: YearMonth,
        today: NaiveDate,
    ) -> (Vec<NaiveDate>, Busy) {
        let from = Self::first_day(month, today).max(plan.from);
        let mut busy = self.busy(month, from);
        let working = self.calendar().working_days(month);
        let (days, later): (Vec<NaiveDate>, Vec<NaiveDate>) = working
            .into_iter()
            .filter(|day| *day >= from)
            .partition(|day| *day <= plan.to);
        if !later.is_empty() {
            for officer in self.duties(month) {
                busy.entry(officer.id).or_default().extend(&later);
            }
        }
        (days, busy)
    }

    /// Places on some days, of the officers who are not busy.
    pub(super) fn places_left(
        &self,
        days: &[NaiveDate],
        busy: &Busy,
        month: YearMonth,
        per_day: u32,
    ) -> u32 {
        let mut officers = self.duties(month);
        for officer in &mut officers {
            officer
                .absent
                .extend(busy.get(&officer.id).into_iter().flatten());
        }
        day_places(days, &officers, per_day).values().sum()
    }

    /// The visits of a campaign's draw: those it chose, then those that it took from the
    /// month's plan, with whether they were taken.
    #[must_use]
    pub fn campaign_visits(&self, draw: &DrawRecord) -> Vec<(&Visit, bool)> {
        let groups = draw.drawn.iter().flat_map(|drawn| &drawn.result.groups);
        let mut all: Vec<(&Visit, bool)> = groups
            .flat_map(|group| {
                let is_taken = group.group == DrawGroup::Combined;
                let drawn = group.draw.drawn.iter();
                drawn.map(move |candidate| (candidate, is_taken))
            })
            .filter_map(|(candidate, is_taken)| {
                let unit = self.register_id(&candidate.unit);
                let mut visits = self.visits_to(&unit).rev();
                let visit = visits.find(|visit| {
                    if is_taken {
                        visit.id.draw < draw.id()
                    } else {
                        visit.id.draw == draw.id()
                    }
                })?;
                Some((visit, is_taken))
            })
            .collect();
        all.sort_by_key(|(_, is_taken)| *is_taken);
        all
    }

    /// What came of a campaign's draw so far.
    #[must_use]
    pub fn campaign_results(&self, draw: &DrawRecord) -> CampaignResults {
        let mut results = CampaignResults::default();
        for (visit, is_taken) in self.campaign_visits(draw) {
            results.drawn += 1;
            results.taken += u32::from(is_taken);
            match visit.state(self.unit(&visit.id.unit)) {
                VisitState::Made(made) => {
                    results.made += 1;
                    results.found += u32::from(made.finding == Finding::Found);
                }
                VisitState::Void => results.void += 1,
                VisitState::Pending => {}
            }
        }
        results
    }

    /// The id of the units that a scheme's filter holds, as draws know them.
    pub(super) fn campaign_members(&self, plan: &CampaignPlan) -> BTreeSet<CandidateId> {
        let held = self.active_units().filter(|unit| plan.filter.holds(unit));
        held.map(Unit::draw_id).collect()
    }

    /// Times of a year, from `today` on, for which a campaign may be put down: the fire
    /// seasons, and the two weeks before each run of three days off or more.
    #[must_use]
    pub fn campaign_proposals(&self, year: i32, today: NaiveDate) -> Vec<Proposal> {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(today);
        let season = |occasion, from, to| Proposal {
            kind: CampaignKind::Season,
            occasion,
            from,
            to,
        };
        let mut all = vec![
            season(ProposedFor::Winter, day(1, 1), day(3, 31)),
            season(ProposedFor::Summer, day(6, 1), day(8, 31)),
            season(ProposedFor::Winter, day(11, 1), day(12, 31)),
        ];
        let calendar = self.calendar();
        let mut date = day(1, 1);
        while date <= day(12, 31) {
            let run = date
                .iter_days()
                .take_while(|day| !calendar.is_working_day(*day));
            let count = run.take(FREE_DAYS_MAX).count();
            // The first days of a year belong to the campaign of the year before.
            let from = date - chrono::TimeDelta::days(BEFORE_HOLIDAY_DAYS);
            if count >= FREE_DAYS && from >= day(1, 1) {
                all.push(Proposal {
                    kind: CampaignKind::Holiday,
                    occasion: ProposedFor::Holiday(date),
                    from,
                    to: date - chrono::TimeDelta::days(1),
                });
            }
            date += chrono::TimeDelta::days(count.max(1) as i64);
        }
        all.retain(|proposal| proposal.to >= today);
        all.sort_by_key(|proposal| proposal.from);
        all
    }

    pub(super) fn put_campaign(&mut self, year: i32, plan: CampaignPlan) -> Outcome {
        self.check_year_open(year)?;
        require(&plan.name, ActionError::NoName)?;
        let texts = [
            ("name", &plan.name, NAME_MAX),
            ("document", &plan.document, WORDS_MAX),
            ("basis", &plan.basis, WORDS_MAX),
        ];
        for (field, text, max) in texts {
            check_length(field, text, max).map_err(ActionError::TooLong)?;
        }
        let (from, to) = (plan.from, plan.to);
        if from > to {
            return Err(ActionError::PeriodOrder { from, to });
        }
        let is_known = |id: &String| self.items.iter().any(|item| item.id == *id);
        if let Some(id) = plan.items.iter().find(|id| !is_known(id)) {
            return Err(ActionError::NoItem { id: id.clone() });
        }
        if plan.number == 0 {
            self.add_campaign(year, plan)
        } else {
            self.edit_campaign(year, plan)
        }
    }

    fn add_campaign(&mut self, year: i32, plan: CampaignPlan) -> Outcome {
        let kept = self.year_mut(year).ok_or(ActionError::NoYear { year })?;
        let number = kept.campaigns.len() as u32 + 1;
        let event = Event::PutCampaign(CampaignPut {
            of_year: year,
            campaign: number,
            name: plan.name.clone(),
            changes: None,
        });
        kept.campaigns.push(CampaignPlan {
            number,
            draws: Vec::new(),
            withdrawn: None,
            ..plan
        });
        let (undo, id) = (None, Some(number.to_string()));
        Ok((Applied { undo, id }, event.into()))
    }

    fn edit_campaign(&mut self, year: i32, plan: CampaignPlan) -> Outcome {
        let known = self.open_campaign_plan(year, plan.number)?.clone();
        // What a draw or a withdrawal wrote has no other way in.
        let plan = CampaignPlan {
            draws: known.draws.clone(),
            withdrawn: None,
            ..plan
        };
        let event = Event::PutCampaign(CampaignPut {
            of_year: year,
            campaign: plan.number,
            name: plan.name.clone(),
            changes: Some(Changes::between(&known, &plan)),
        });
        *self.campaign_mut(year, known.number)? = plan;
        let undo = Action::PutCampaign(year, Box::new(known));
        Ok((Applied::undone_by(undo), event.into()))
    }

    /// A scheme that may still be changed: neither withdrawn nor drawn.
    pub(super) fn open_campaign_plan(
        &self,
        year: i32,
        number: u32,
    ) -> Result<&CampaignPlan, ActionError> {
        let plan = self.campaign_plan(year, number);
        let plan = plan.ok_or(DrawError::NoCampaign { number })?;
        if plan.withdrawn.is_some() {
            return Err(DrawError::CampaignGone { number }.into());
        }
        match self.campaign_draw(year, plan) {
            Some(draw) => Err(DrawError::CampaignDrawn {
                number: draw.number,
            }
            .into()),
            None => Ok(plan),
        }
    }

    pub(super) fn campaign_mut(
        &mut self,
        year: i32,
        number: u32,
    ) -> Result<&mut CampaignPlan, ActionError> {
        let plans = self.year_mut(year).into_iter();
        let mut plans = plans.flat_map(|year| &mut year.campaigns);
        let plan = plans.find(|plan| plan.number == number);
        Ok(plan.ok_or(DrawError::NoCampaign { number })?)
    }

    pub(super) fn withdraw_campaign(
        &mut self,
        withdraw: WithdrawCampaign,
        context: &Context,
    ) -> Outcome {
        let WithdrawCampaign {
            year,
            number,
            reason,
            approver,
        } = withdraw;
        self.check_year_open(year)?;
        let name = self.open_campaign_plan(year, number)?.name.clone();
        require(&reason, ActionError::NoReason)?;
        require(&approver, ActionError::NoApprover)?;
        let event = Event::WithdrawCampaign(CampaignWithdrawn {
            of_year: year,
            campaign: number,
            name,
            approver: approver.clone(),
        });
        self.campaign_mut(year, number)?.withdrawn = Some(CampaignGone {
            at: context.now,
            by: context.who.clone(),
            reason: reason.clone(),
            approver,
        });
        Ok((Applied::done(), Entry::new(event, reason)))
    }
}

/// Days off in a row from which a holiday is proposed: a weekend alone is none.
const FREE_DAYS: usize = 3;
/// No holiday is longer.
const FREE_DAYS_MAX: usize = 15;
/// Days before a holiday in which it is prepared.
const BEFORE_HOLIDAY_DAYS: i64 = 14;

/// Whether the schemes of a year are numbered, and their draws are campaigns of it.
pub(super) fn are_campaigns_sound(year: &super::Year) -> bool {
    let is_campaign = |number: &u32| {
        let draw = year.draws.iter().find(|draw| draw.number == *number);
        draw.is_some_and(|draw| matches!(draw.occasion, Occasion::Campaign(_)))
    };
    let mut plans = (1..).zip(&year.campaigns);
    plans.all(|(number, plan)| {
        plan.number == number && plan.from <= plan.to && plan.draws.iter().all(is_campaign)
    })
}
