//! 月抽查计划: the rows of a month's plan, as shown, printed and exported.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::model::item::count_by_subject;
use crate::model::{DrawLevel, OfficerId, RiskTier, Stratum, Subject, Unit, UnitId};
use crate::workbook::plan_change::PlanChange;
use crate::workbook::{DrawRecord, Visit, VisitSource, VisitState, Workbook};

/// A row of the month's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// 序号, from 1, in order of day and then of id.
    pub row_number: u32,
    /// The unit, by its register's id.
    pub unit: UnitId,
    /// 单位名称.
    pub name: String,
    /// 统一社会信用代码; empty where there is none.
    pub code: String,
    /// Township and address.
    pub address: String,
    /// Its stratum when the register was frozen.
    pub stratum: Stratum,
    /// Its level when the register was frozen.
    pub level: DrawLevel,
    /// 风险等级.
    pub risk: RiskTier,
    /// How many items of each subject are checked.
    pub items: Vec<(Subject, u32)>,
    /// 主办.
    pub lead: OfficerId,
    /// 协办.
    pub member: OfficerId,
    /// 计划日期.
    pub day: NaiveDate,
    /// 检查时限.
    pub deadline: NaiveDate,
    /// How it came into the month.
    pub source: VisitSource,
    /// The day on which it was made, if it was.
    pub made: Option<NaiveDate>,
    /// The first day on which it may be made; none: its plan waits for its approval.
    pub approved_on: Option<NaiveDate>,
    /// 作废: the unit proved closed before the visit was made.
    pub is_void: bool,
    /// Nobody could stand in for an officer: it has no day, and is carried.
    pub is_left: bool,
    /// What was changed last of its plan.
    pub change: Option<PlanChange>,
}

impl VisitRow {
    /// Whether the visit is still to be made.
    #[must_use]
    pub const fn is_pending(&self) -> bool {
        self.made.is_none() && !self.is_void
    }
}

impl Workbook {
    /// The plan of a draw, in order of day and then of id. Empty before the draw.
    #[must_use]
    pub fn visit_rows(&self, draw: &DrawRecord) -> Vec<VisitRow> {
        let standing = self.standing_plan(draw);
        let standing = standing
            .into_iter()
            .filter_map(|it| Some((it, it.shown()?)));
        let mut visits: Vec<_> = standing.collect();
        let deadlines: BTreeMap<NaiveDate, NaiveDate> = {
            let days: BTreeSet<NaiveDate> = visits.iter().map(|it| it.1.day).collect();
            days.into_iter()
                .map(|day| (day, self.deadline(day)))
                .collect()
        };
        visits.sort_by_key(|(it, visit)| (visit.day, draw.id_of(it.unit)));
        let rows = visits
            .into_iter()
            .zip(1..)
            .filter_map(|((standing, visit), row_number)| {
                let (unit, record) = (standing.unit, standing.visit);
                let id = draw.id_of(unit);
                // Who stepped in stands in the register of the draw that chose the visit.
                let frozen = draw.register.snapshot.unit(&id).or_else(|| {
                    let drew = self.draw(record.id.draw)?;
                    drew.register.snapshot.unit(&drew.id_of(unit))
                })?;
                let source = if draw.sizes.carried.contains(&id) {
                    VisitSource::Carried
                } else {
                    record.source
                };
                let made = record.made.map(|made| made.date);
                Some(VisitRow {
                    row_number,
                    unit: unit.id.clone(),
                    name: unit.name.clone(),
                    code: unit
                        .code
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default(),
                    address: full_address(unit),
                    stratum: frozen.stratum,
                    level: frozen.level,
                    risk: unit.risk,
                    items: self.subjects_of(record),
                    lead: visit.lead.clone(),
                    member: visit.member.clone(),
                    day: visit.day,
                    deadline: deadlines[&visit.day],
                    source,
                    made,
                    approved_on: self.approved_on(unit, draw),
                    is_void: record.state(Some(unit)) == VisitState::Void,
                    is_left: standing.now.is_none()
                        && record.state(Some(unit)) == VisitState::Pending,
                    change: record.plan_changes.last().cloned(),
                })
            });
        rows.collect()
    }

    /// Whom the published plan of a draw names, by their codes: nobody where the brigade does
    /// not name officers, before the plan is approved, and for units that are withheld.
    #[must_use]
    pub fn officers_named(&self, draw: &DrawRecord) -> BTreeMap<OfficerId, String> {
        if !self.brigade.names_officers || draw.approval.is_none() {
            return BTreeMap::new();
        }
        let is_open = |row: &VisitRow| {
            let unit = self.unit(&row.unit);
            unit.is_some_and(|unit| unit.withheld.is_none())
        };
        let rows = self.visit_rows(draw).into_iter().filter(is_open);
        let named = rows.flat_map(|row| [row.lead, row.member]);
        named
            .map(|id| {
                let name = self.officer_name(&id);
                (id, name)
            })
            .collect()
    }

    /// The plan of a draw as a document of its own, with the columns of the printed one.
    #[must_use]
    pub fn plan_json(&self, draw: &DrawRecord) -> Value {
        let visits = self.visit_rows(draw).into_iter().map(|row| {
            json!({
                "number": row.row_number,
                "unit": row.unit,
                "name": row.name,
                "code": row.code,
                "address": row.address,
                "stratum": row.stratum,
                "level": row.level,
                "risk": row.risk,
                "items": row.items.iter().map(|(subject, count)| json!({ "subject": subject, "count": count })).collect::<Vec<_>>(),
                "lead": self.officer_name(&row.lead),
                "member": self.officer_name(&row.member),
                "day": row.day,
                "deadline": row.deadline,
                "source": row.source,
                "made": row.made,
                "is_void": row.is_void,
            })
        });
        json!({
            "format": "double-random/month-plan",
            "version": 1,
            "brigade": self.brigade.name,
            "is_demo": self.is_demo,
            "month": draw.month,
            "draw": draw.label(&self.brigade.division),
            "visits": visits.collect::<Vec<_>>(),
            "outside_window": draw.outside_window,
            "trail": draw.trail_head(),
            "set_aside": draw.drawn.as_ref().map(|drawn| &drawn.plan.set_aside),
        })
    }

    /// How many items of each subject a visit checks, by the list as it was then.
    #[must_use]
    pub fn subjects_of(&self, visit: &Visit) -> Vec<(Subject, u32)> {
        let draw = self.draw(visit.id.draw);
        let items = draw.map_or(&[][..], |draw| draw.items.as_slice()).iter();
        count_by_subject(items.filter(|item| visit.items.contains(&item.id)))
    }

    /// An officer's name, or the id where the officer is gone.
    #[must_use]
    pub fn officer_name(&self, id: &OfficerId) -> String {
        self.officer(id)
            .map_or_else(|| id.to_string(), |officer| officer.name.clone())
    }
}

/// Township and address, the township not said twice.
#[must_use]
pub fn full_address(unit: &Unit) -> String {
    joined_address(&unit.township, &unit.address)
}

/// Township and address, which may begin with it already.
#[must_use]
pub fn joined_address(township: &str, address: &str) -> String {
    if address.starts_with(township) {
        address.to_owned()
    } else {
        format!("{township}{address}")
    }
}
