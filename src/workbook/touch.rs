//! Which records an event of the trail touches.

use serde_json::Value;

use super::DrawId;
use super::event::Event;
use super::event_detail::{Changes, Imported, Runs, VisitRecorded};
use crate::engine::calendar::YearMonth;
use crate::model::{OfficerId, UnitId};

/// The field of an officer's record that names units.
const AVOIDANCES: &str = "avoidances";
/// Names under which the detail of an unknown event keeps what it is about.
const OTHER_IDS: [&str; 2] = ["id", "unit"];
/// The name under which it keeps visits.
const OTHER_VISITS: &str = "visits";

/// A record, or several, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<'a> {
    /// The event is about it.
    One(&'a str),
    /// The event is about all of these.
    Runs(&'a Runs),
    /// A value of another record names it.
    Within(&'a str),
}

impl Named<'_> {
    fn holds(&self, id: &str) -> bool {
        match self {
            Self::One(own) | Self::Within(own) => *own == id,
            Self::Runs(runs) => runs.hold(id),
        }
    }
}

/// A draw by its number, and its year where that is known: older programs kept one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawNamed {
    /// The calendar year.
    pub year: Option<i32>,
    /// 抽取编号 within it.
    pub number: u32,
}

impl DrawNamed {
    fn in_month(month: YearMonth, number: u32) -> Self {
        Self {
            year: Some(month.year()),
            number,
        }
    }

    /// Its whole name.
    #[must_use]
    pub fn id(self) -> Option<DrawId> {
        Some(DrawId::new(self.year?, self.number))
    }
}

/// The records that an event touches, of each register and of the years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records<'a> {
    /// Units.
    pub units: Vec<Named<'a>>,
    /// Officers.
    pub officers: Vec<Named<'a>>,
    /// Items of the list.
    pub items: Vec<Named<'a>>,
    /// Draws.
    pub draws: Vec<DrawNamed>,
    /// Visits, by the draw that chose each and its unit.
    pub visits: Vec<(DrawNamed, &'a UnitId)>,
    /// Years as a whole: their plan, their calendar.
    pub years: Vec<i32>,
}

impl<'a> Records<'a> {
    fn unit(id: &'a UnitId) -> Self {
        Self {
            units: vec![Named::One(id.as_str())],
            ..Self::default()
        }
    }

    fn officer(id: &'a OfficerId) -> Self {
        Self {
            officers: vec![Named::One(id.as_str())],
            ..Self::default()
        }
    }

    fn item(id: &'a str) -> Self {
        Self {
            items: vec![Named::One(id)],
            ..Self::default()
        }
    }

    fn draw(year: Option<i32>, number: u32) -> Self {
        Self {
            draws: vec![DrawNamed { year, number }],
            ..Self::default()
        }
    }

    fn years(years: impl IntoIterator<Item = i32>) -> Self {
        Self {
            years: years.into_iter().collect(),
            ..Self::default()
        }
    }

    fn visit(unit: &'a UnitId, year: Option<i32>, number: u32) -> Self {
        let mut records = Self::unit(unit);
        records.visits.push((DrawNamed { year, number }, unit));
        records
    }

    fn visits(visits: &'a [VisitRecorded]) -> Self {
        let mut records = Self::default();
        for visit in visits {
            let (year, number) = (visit.year, visit.draw);
            records.units.push(Named::One(visit.unit.as_str()));
            records
                .visits
                .push((DrawNamed { year, number }, &visit.unit));
        }
        records
    }

    /// What is unknown may be of any register.
    fn other(detail: &'a Value) -> Self {
        let visits = detail.get(OTHER_VISITS).and_then(Value::as_array);
        let about = visits.into_iter().flatten().chain([detail]);
        let id = |about: &'a Value| {
            let mut ids = OTHER_IDS.iter().filter_map(|key| about.get(key)?.as_str());
            ids.find(|id| UnitId::new(*id).is_ok())
        };
        let named: Vec<Named> = about.filter_map(id).map(Named::One).collect();
        Self {
            units: named.clone(),
            officers: named.clone(),
            items: named,
            ..Self::default()
        }
    }

    fn naming(mut self, units: impl IntoIterator<Item = &'a str>) -> Self {
        self.units.extend(units.into_iter().map(Named::Within));
        self
    }

    /// Whether a unit is among them.
    #[must_use]
    pub fn hold_unit(&self, id: &UnitId) -> bool {
        self.units.iter().any(|named| named.holds(id.as_str()))
    }

    /// Whether an officer is among them.
    #[must_use]
    pub fn hold_officer(&self, id: &OfficerId) -> bool {
        self.officers.iter().any(|named| named.holds(id.as_str()))
    }

    /// The ids of what the event is about, of whichever register, but for imports.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &'a str> {
        // What may be of any register stands in each.
        let is_of_any = !self.units.is_empty() && self.units == self.officers;
        let others = self.officers.iter().chain(&self.items);
        let others = others.filter(move |_| !is_of_any);
        let all = self.units.iter().chain(others);
        all.filter_map(|named| match named {
            Named::One(id) => Some(*id),
            Named::Runs(_) | Named::Within(_) => None,
        })
    }
}

/// The units that a change of an officer's avoidances names.
fn avoided(changes: &Changes) -> impl Iterator<Item = &str> {
    let change = changes.0.get(AVOIDANCES).into_iter();
    change.flat_map(|(before, after)| units_in(before).chain(units_in(after)))
}

/// The units of a list of avoidances.
fn units_in(avoidances: &Value) -> impl Iterator<Item = &str> {
    let list = avoidances.as_array().into_iter().flatten();
    list.filter_map(|avoidance| avoidance.get("unit")?.as_str())
}

/// The runs of ids of an import.
fn runs(import: &Imported) -> Vec<Named<'_>> {
    let lists = [
        &import.added,
        &import.removed,
        &import.retired,
        &import.changed,
    ];
    lists.map(Named::Runs).into()
}

impl Event {
    /// Every record that it touches.
    #[must_use]
    pub fn touches(&self) -> Records<'_> {
        match self {
            Self::EditBrigade(_) | Self::StandOver(_) => Records::default(),
            Self::AddUnit(it) => Records::unit(&it.id),
            Self::EditUnit(it) => Records::unit(&it.id),
            Self::RetireUnit(it) => Records::unit(&it.id),
            Self::RestoreUnit(it) => Records::unit(&it.id),
            Self::WithholdUnit(it) => Records::unit(&it.id),
            Self::PublishUnit(it) => Records::unit(&it.id),
            Self::AddOfficer(it) => {
                let avoided = it.values.get(AVOIDANCES).into_iter().flat_map(units_in);
                Records::officer(&it.id).naming(avoided)
            }
            Self::EditOfficer(it) => Records::officer(&it.id).naming(avoided(&it.changes)),
            Self::OfficerLeaves(it) | Self::OfficerReturns(it) => Records::officer(&it.id),
            Self::PutItem(it) => Records::item(&it.id),
            Self::MoveItem(it) => Records::item(&it.id),
            Self::RemoveItem(it) => Records::item(&it.id),
            Self::RestoreItem(it) => Records::item(&it.id),
            Self::ImportUnits(_) | Self::ImportOfficers(_) | Self::ImportItems(_) => {
                self.imported()
            }
            Self::ImportHolidays(it) => Records::years(it.years.iter().copied()),
            Self::EditPlan(it) => Records::years(it.of_year),
            Self::StartYear(it) => Records::years([it.year]),
            Self::CloseYear(it) => Records::years([it.year]),
            Self::FreezePlan(it) => Records::years(it.year),
            _ => self.touches_drawn(),
        }
    }
}

impl Event {
    /// What an import names.
    fn imported(&self) -> Records<'_> {
        let mut records = Records::default();
        match self {
            Self::ImportUnits(it) => records.units = runs(it),
            Self::ImportItems(it) => records.items = runs(it),
            Self::ImportOfficers(it) => {
                records.officers = runs(it);
                let groups = it.bearing.iter().filter(|group| group.field == AVOIDANCES);
                let avoided = groups.flat_map(|it| units_in(&it.before).chain(units_in(&it.after)));
                records = records.naming(avoided);
            }
            _ => {}
        }
        records
    }

    /// What a step of a draw or a visit's entry names.
    fn touches_drawn(&self) -> Records<'_> {
        let opened = |month: YearMonth, number| Records::draw(Some(month.year()), number);
        match self {
            Self::OpenDraw(it) => opened(it.month, it.number),
            Self::OpenCampaign(it) => opened(it.month, it.number),
            Self::OpenSupplementary(it) => {
                let mut records = opened(it.month, it.number);
                let named = |&number| DrawNamed::in_month(it.month, number);
                records.draws.extend(it.adds_to.iter().map(named));
                records
            }
            Self::CommitDraw(it) => Records::draw(it.year, it.number),
            Self::DrawNumbers(it) => Records::draw(it.year, it.number),
            Self::Draw(it) => Records::draw(it.year, it.number),
            Self::BreakOff(it) => Records::draw(it.year, it.number),
            Self::OpenOlder(it) => Records {
                draws: it
                    .draws
                    .iter()
                    .map(|draw| DrawNamed {
                        year: draw.year,
                        number: draw.number,
                    })
                    .collect(),
                ..Records::default()
            },
            Self::RecordVisit(it) => Records::visit(&it.unit, it.year, it.draw),
            Self::RecordVisits(it) => Records::visits(&it.visits),
            Self::CorrectVisit(it) => Records::visit(&it.unit, it.year, it.draw),
            Self::Other { detail, .. } => Records::other(detail),
            _ => Records::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(action: &str, detail: &Value) -> Event {
        Event::read(action.to_owned(), detail.clone())
    }

    fn unit(id: &str) -> UnitId {
        UnitId::new(id).unwrap()
    }

    #[test]
    fn an_import_touches_all_that_its_runs_hold() {
        let counts = json!({"added": 2, "changed": 1, "removed": 0});
        let detail = json!({"file": "a", "mode": "merge", "counts": counts, "records": 9,
            "added": ["NG-00008…NG-00009"], "changed": ["NG-00002"]});
        let event = event("import_units", &detail);
        let records = event.touches();
        let touched = ["NG-00002", "NG-00008", "NG-00009"];
        assert!(touched.iter().all(|id| records.hold_unit(&unit(id))));
        assert!(!records.hold_unit(&unit("NG-00003")));
        assert_eq!(records.subjects().count(), 0);
    }

    #[test]
    fn an_avoidance_touches_officer_and_unit() {
        let change = json!([[{"unit": "NG-1", "reason": "亲属"}], []]);
        let detail = json!({"id": "P01", "changes": {"avoidances": change}});
        let event = event("edit_officer", &detail);
        let records = event.touches();
        assert!(records.hold_unit(&unit("NG-1")));
        assert!(records.hold_officer(&OfficerId::new("P01").unwrap()));
        assert_eq!(records.subjects().collect::<Vec<_>>(), ["P01"]);
    }

    #[test]
    fn what_is_unknown_touches_the_record_that_it_names() {
        let detail = json!({"unit": "NG-1", "novel": 7});
        assert!(event("later", &detail).touches().hold_unit(&unit("NG-1")));
        let visits = json!({"visits": [{"unit": "NG-2"}]});
        assert!(event("later", &visits).touches().hold_unit(&unit("NG-2")));
    }
}
