//! Why a visit has its day and its team, from the draw's record alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engine::certificate::dates;
use crate::engine::day::{DayReason, day_reason};
use crate::engine::duty::day_places;
use crate::engine::lottery::{Purpose, key, ticket_command, windows_command};
use crate::engine::team::reason::{TeamReason, TeamRecord, team_reason};
use crate::model::{CandidateId, OfficerId, UnitId};
use crate::workbook::{DrawRecord, Workbook};

/// Why a visit stands where it stands in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitReason {
    /// The attempt of days and teams that gave the plan, from 0.
    pub attempt: u32,
    /// Why this day.
    pub day: DayReason,
    /// Why these officers.
    pub team: TeamReason,
    /// The command that works out the ticket of the place.
    pub day_command: String,
    /// The same on Windows.
    pub day_command_windows: String,
}

impl Workbook {
    /// Why the visit that `draw` planned to `unit` has its day and team; `None`
    /// if it planned none, or the record does not repeat its own plan.
    #[must_use]
    pub fn visit_reason(&self, draw: &DrawRecord, unit: &UnitId) -> Option<VisitReason> {
        let unit = &self.id_in(draw, unit);
        let drawn = draw.drawn.as_ref()?;
        let plan = &drawn.plan;
        let planned = plan.visits.get(unit)?;
        let days = &draw.register.working_days[draw.month.month() as usize - 1];
        let days = draw.occasion.days(&dates(draw.month, days)?);
        let per_day = self.plan_of(draw).design.per_day;
        let officers = &draw.occasion.officers(&draw.register.officers);
        let mut releases = draw.visits();
        releases.retain(|unit, _| plan.visits.contains_key(unit));
        let day_key = key(&Purpose::Day(plan.attempt), drawn.result.seed);
        let places = day_places(&days, officers, per_day);
        let day = day_reason(&releases, &places, &day_key, unit)?;
        let visits: BTreeMap<CandidateId, NaiveDate> = plan
            .visits
            .iter()
            .map(|(unit, visit)| (unit.clone(), visit.day))
            .collect();
        let teams: BTreeMap<CandidateId, (OfficerId, OfficerId)> = plan
            .visits
            .iter()
            .map(|(unit, visit)| (unit.clone(), (visit.lead.clone(), visit.member.clone())))
            .collect();
        let record = TeamRecord {
            visits: &visits,
            days: &days,
            officers,
            per_day,
            key: &key(&Purpose::Team(plan.attempt), drawn.result.seed),
            teams: &teams,
        };
        let team = team_reason(&record, unit)?;
        let parts = [unit.as_str(), &day.day.to_string(), &day.place.to_string()];
        let day_command = ticket_command(&day_key, &parts);
        (day.day == planned.day).then_some(VisitReason {
            attempt: plan.attempt,
            day,
            team,
            day_command,
            day_command_windows: windows_command(&day_key.line(&parts)),
        })
    }
}
