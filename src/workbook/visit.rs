//! Visits as records: each drawn one has a name of its own, and keeps what becomes of it.
//!
//! A visit begins when its draw's plan stands, and says what was to be checked then.
//! Its day and team follow from the plans, which are never edited: the last one that
//! names its unit counts, with what was changed of it since (`planned_visit` in
//! [`pending`](super::pending), [`plan_change`](super::plan_change)). What changes
//! later is noted on the visit with who, when and why. A unit's own record keeps the
//! inspections from before this workbook alone; [`Workbook::inspections`] joins both.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::plan_change::{PlanChange, PlanChangeKind};
use super::visit_record::{Notice, Paper, Recheck, VisitRecord};
use super::{DrawRecord, Workbook};
use crate::engine::draw::DrawGroup;
use crate::model::{Finding, Inspection, InspectionItem, Unit, UnitId};

/// How a visit came into the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitSource {
    /// 首次: drawn as a first visit of the year.
    First,
    /// 第二次: drawn as a second visit.
    Second,
    /// 顺延: carried from an earlier month.
    Carried,
    /// 专项: drawn for a campaign.
    Campaign,
    /// 递补: the first of the reserve, for a drawn unit that proved closed.
    Replacement,
}

/// The name of a draw: its year, and its number in it. Draws stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DrawId {
    /// The calendar year.
    pub year: i32,
    /// 抽取编号 within it, from 1.
    pub number: u32,
}

impl DrawId {
    /// The draw of a year with a number.
    #[must_use]
    pub const fn new(year: i32, number: u32) -> Self {
        Self { year, number }
    }
}

impl fmt::Display for DrawId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.number)
    }
}

/// A text that names no draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a year, a hyphen and a number")]
pub struct DrawIdError;

impl std::str::FromStr for DrawId {
    type Err = DrawIdError;

    /// Reads what [`fmt::Display`] writes.
    ///
    /// ```
    /// use double_random::workbook::DrawId;
    /// let id: DrawId = "2026-03".parse()?;
    /// assert_eq!((id, id.to_string()), (DrawId::new(2026, 3), "2026-03".into()));
    /// # Ok::<(), double_random::workbook::visit::DrawIdError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, DrawIdError> {
        let (year, number) = text.split_once('-').ok_or(DrawIdError)?;
        let year = year.parse().map_err(|_| DrawIdError)?;
        let number = number.parse().map_err(|_| DrawIdError)?;
        Ok(Self { year, number })
    }
}

/// The name of a visit: the draw that chose it, and the unit by its register's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VisitId {
    pub draw: DrawId,
    pub unit: UnitId,
}

/// When a visit was made, and what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VisitMade {
    /// The day.
    pub date: NaiveDate,
    /// What it found.
    pub finding: Finding,
}

/// A change of a visit's entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VisitChange {
    /// When, in local time.
    pub at: NaiveDateTime,
    pub who: String,
    pub why: String,
    /// What was entered before.
    pub before: VisitMade,
    /// What is right; none: it was not made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<VisitMade>,
}

/// A visit that a draw chose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Visit {
    /// Its name.
    pub id: VisitId,
    /// How the draw came to it.
    pub source: VisitSource,
    /// Ids of the items to be checked, in the order of the list, as they were when its
    /// plan was laid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// What was made; none: still to be made, or void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<VisitMade>,
    /// Corrections of the entry, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<VisitChange>,
    /// What was changed of its plans, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan_changes: Vec<PlanChange>,
    /// Its number among the year's visits, once a notice or a record needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// 通知, once it went out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// 检查记录, oldest first; the last one counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<VisitRecord>,
    /// 复查, in order of day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rechecks: Vec<Recheck>,
    /// 文书 that are there, in order of kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitState {
    /// Still to be made.
    Pending,
    Made(VisitMade),
    /// 作废: its unit proved closed before it was made.
    Void,
}

impl Visit {
    /// Where it stands; `unit` is its unit's record, if the register has it.
    #[must_use]
    pub fn state(&self, unit: Option<&Unit>) -> VisitState {
        match self.made {
            Some(made) => VisitState::Made(made),
            None if self.closing().is_some() => VisitState::Void,
            None if unit.is_some_and(|unit| !unit.status.is_active()) => VisitState::Void,
            None => VisitState::Pending,
        }
    }

    /// The change that made it void, if one did: it stays so, whatever becomes of the unit.
    #[must_use]
    pub fn closing(&self) -> Option<&PlanChange> {
        let last = self.plan_changes.last();
        last.filter(|change| matches!(change.kind, PlanChangeKind::Closed { .. }))
    }

    /// The day on which its unit stepped in for another, if it did.
    #[must_use]
    pub fn stepped_in_on(&self) -> Option<NaiveDate> {
        let first = self.plan_changes.first();
        let first = first.filter(|it| matches!(it.kind, PlanChangeKind::StepsIn { .. }));
        first.map(|change| change.at.date())
    }

    /// What it adds to its unit's inspections.
    pub(super) fn inspection(&self) -> Option<Inspection> {
        self.made.map(|made| Inspection {
            date: made.date,
            finding: made.finding,
            extra: Map::new(),
        })
    }
}

/// Visits by unit, worked out once for each state of a workbook: for each unit the
/// places (year, visit) of its visits, in order of draw.
#[derive(Debug, Default)]
pub(crate) struct VisitIndex {
    by_unit: BTreeMap<UnitId, Vec<(usize, usize)>>,
}

/// The index of a workbook, once somebody has asked for it. A copy of a workbook works
/// its own out: it is copied to be changed.
#[derive(Debug, Default)]
pub(crate) struct VisitIndexCell(OnceLock<VisitIndex>);

impl Clone for VisitIndexCell {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for VisitIndexCell {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for VisitIndexCell {}

/// What counts of a unit's inspections for a draw.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    /// How many in the year.
    pub count: u32,
    /// The last of any year.
    pub last: Option<VisitMade>,
}

impl Workbook {
    fn visit_index(&self) -> &VisitIndex {
        self.visit_index.0.get_or_init(|| {
            let mut index = VisitIndex::default();
            for (year, kept) in self.years.iter().enumerate() {
                for (at, visit) in kept.visits.iter().enumerate() {
                    let places = index.by_unit.entry(visit.id.unit.clone()).or_default();
                    places.push((year, at));
                }
            }
            index
        })
    }

    /// The visits of all years, in order of their names.
    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.years.iter().flat_map(|year| &year.visits)
    }

    /// The visits to a unit, by its register's id, in order of draw.
    pub fn visits_to(&self, unit: &UnitId) -> impl DoubleEndedIterator<Item = &Visit> {
        let places = self.visit_index().by_unit.get(unit);
        let places = places.map_or(&[][..], Vec::as_slice).iter();
        places.filter_map(|&(year, at)| self.years.get(year)?.visits.get(at))
    }

    /// The visit with this name.
    #[must_use]
    pub fn visit(&self, id: &VisitId) -> Option<&Visit> {
        self.visits_to(&id.unit).find(|visit| visit.id == *id)
    }

    pub(super) fn visit_mut(&mut self, id: &VisitId) -> Option<&mut Visit> {
        // A visit keeps its place, so that the index stands: a file's results are many.
        let mut years = self.years.iter_mut();
        let visits = &mut years.find(|it| it.year == id.draw.year)?.visits;
        let at = visits.binary_search_by(|visit| visit.id.cmp(id)).ok()?;
        visits.get_mut(at)
    }

    /// All counted inspections of a unit, oldest first: those from before this workbook,
    /// and the visits made.
    #[must_use]
    pub fn inspections(&self, unit: &Unit) -> Vec<Inspection> {
        self.inspections_but(unit, |_| false)
    }

    /// As [`Workbook::inspections`], without the visits that `is_left_out` names.
    pub(super) fn inspections_but(
        &self,
        unit: &Unit,
        is_left_out: impl Fn(&VisitId) -> bool,
    ) -> Vec<Inspection> {
        let mut visits = self.visits_to(&unit.id).peekable();
        let mut inspections = unit.inspections.clone();
        if visits.peek().is_some() {
            let visits = visits.filter(|visit| !is_left_out(&visit.id));
            inspections.extend(visits.filter_map(Visit::inspection));
            inspections.sort_by_key(|inspection| inspection.date);
        }
        inspections
    }

    /// How many counted inspections of a unit fall in a calendar year (R7).
    #[must_use]
    pub fn inspections_count(&self, unit: &Unit, year: i32) -> u32 {
        self.counted(unit, year, |_| false).count
    }

    /// The last counted inspection of a unit, if any.
    #[must_use]
    pub fn last_inspection(&self, unit: &Unit) -> Option<VisitMade> {
        self.counted(unit, 0, |_| false).last
    }

    /// What counts of a unit's inspections, without the visits that `is_left_out` names.
    pub(crate) fn counted(
        &self,
        unit: &Unit,
        year: i32,
        is_left_out: impl Fn(&VisitId) -> bool,
    ) -> Counted {
        let visits = self.visits_to(&unit.id);
        let visits = visits.filter(|visit| !is_left_out(&visit.id));
        let before = unit.inspections.iter().map(|inspection| VisitMade {
            date: inspection.date,
            finding: inspection.finding,
        });
        let mut counted = Counted::default();
        for made in before.chain(visits.filter_map(|visit| visit.made)) {
            counted.count += u32::from(made.date.year() == year);
            // Of two on a day the later entry.
            if counted.last.is_none_or(|last| last.date <= made.date) {
                counted.last = Some(made);
            }
        }
        counted
    }

    /// The register as files hold it: each unit with all its inspections.
    #[must_use]
    pub fn units_for_file(&self) -> Vec<Unit> {
        let mut units = self.units.to_vec();
        for unit in &mut units {
            unit.inspections = self.inspections(unit);
        }
        units
    }

    /// Whether a visit is still to be made.
    #[must_use]
    pub fn is_pending(&self, visit: &Visit) -> bool {
        visit.state(self.unit(&visit.id.unit)) == VisitState::Pending
    }

    /// The visit that `draw` planned to `unit`: one that it chose, or carried from the
    /// draw that chose it.
    #[must_use]
    pub fn visit_planned(&self, unit: &Unit, draw: &DrawRecord) -> Option<&Visit> {
        // The last one: nobody is drawn while a visit is pending.
        let mut visits = self.visits_to(&unit.id).rev();
        let year = draw.month.year();
        visits.find(|visit| visit.id.draw.year == year && visit.id.draw <= draw.id())
    }

    /// The visits that a draw chose, as its plan is laid, in order of their names.
    pub(super) fn visits_chosen(&self, draw: &DrawRecord) -> Vec<Visit> {
        let visit = |(id, source)| self.new_visit(draw, id, source);
        self.chosen(draw).into_iter().map(visit).collect()
    }

    /// A visit of a draw, still to be made.
    pub(super) fn new_visit(&self, draw: &DrawRecord, id: VisitId, source: VisitSource) -> Visit {
        let campaign = self.campaign_of(draw).map(|plan| &plan.items);
        let is_checked =
            |id: &String| campaign.is_none_or(|items| items.is_empty() || items.contains(id));
        let unit = self.unit(&id.unit);
        let mut items = unit.map_or_else(Vec::new, |unit| items_of(&draw.items, unit));
        items.retain(is_checked);
        Visit {
            id,
            source,
            items,
            made: None,
            changes: Vec::new(),
            plan_changes: Vec::new(),
            number: None,
            notice: None,
            records: Vec::new(),
            rechecks: Vec::new(),
            papers: Vec::new(),
            extra: Map::new(),
        }
    }

    /// The names of the visits that a draw chose, in order, each with how it came to it.
    pub(super) fn chosen(&self, draw: &DrawRecord) -> BTreeMap<VisitId, VisitSource> {
        let groups = draw.drawn.iter().flat_map(|drawn| &drawn.result.groups);
        let groups = groups.filter(|group| group.group.is_visited());
        let chosen = groups.flat_map(|group| {
            let source = match group.group {
                DrawGroup::Second => VisitSource::Second,
                _ if draw.occasion.has_cells() => VisitSource::First,
                _ => VisitSource::Campaign,
            };
            let drawn = group.draw.drawn.iter();
            drawn.map(move |candidate| (&candidate.unit, source))
        });
        let named = chosen.map(|(unit, source)| {
            let (draw, unit) = (draw.id(), self.register_id(unit));
            (VisitId { draw, unit }, source)
        });
        named.collect()
    }
}

/// Ids of the items that a visit to `unit` checks.
fn items_of(items: &[InspectionItem], unit: &Unit) -> Vec<String> {
    let items = items.iter().filter(|item| item.applies(unit));
    items.map(|item| item.id.clone()).collect()
}
