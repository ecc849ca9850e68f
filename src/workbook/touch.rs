//! Which records an event of the trail touches.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::DrawId;
use super::bulletin::BulletinOf;
use super::event::Event;
use super::event_detail::{Changes, EditedMany, Imported, VisitCorrected, VisitRecorded};
use super::runs::Runs;
use super::visit::VisitId;
use crate::engine::calendar::YearMonth;
use crate::engine::lottery::Genesis;
use crate::engine::occasion::OwnRegister;
use crate::model::field::RegisterKind;
use crate::model::{AgencyId, EngineerId, OfficerId, UnitId};

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

/// A draw by its number, and its year where the event says it. In entries of older
/// programs a later step of a draw does not: it follows the opening, and no other draw is
/// open then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawNamed {
    /// The calendar year.
    pub year: Option<i32>,
    /// 抽取编号 within it.
    pub number: u32,
}

impl DrawNamed {
    fn of(year: i32, number: u32) -> Self {
        let year = Some(year);
        Self { year, number }
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
    pub units: Vec<Named<'a>>,
    pub officers: Vec<Named<'a>>,
    /// Items of the list.
    pub items: Vec<Named<'a>>,
    pub agencies: Vec<Named<'a>>,
    pub engineers: Vec<Named<'a>>,
    pub draws: Vec<DrawNamed>,
    /// Visits, by the draw that chose each and its unit.
    pub visits: Vec<(DrawNamed, &'a UnitId)>,
    /// Years as a whole: their plan, their calendar.
    pub years: Vec<i32>,
    /// A frozen plan, which its hash names.
    pub plan: Option<Genesis>,
}

impl<'a> Records<'a> {
    fn unit(id: &'a UnitId) -> Self {
        Self {
            units: vec![Named::One(id.as_str())],
            ..Self::default()
        }
    }

    fn units(ids: &'a [UnitId]) -> Self {
        Self {
            units: ids.iter().map(|id| Named::One(id.as_str())).collect(),
            ..Self::default()
        }
    }

    fn runs_of_units(ids: &'a Runs) -> Self {
        Self {
            units: vec![Named::Runs(ids)],
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

    fn agencies(agencies: Vec<Named<'a>>) -> Self {
        Self {
            agencies,
            ..Self::default()
        }
    }

    fn agency(id: &'a AgencyId) -> Self {
        Self::agencies(vec![Named::One(id.as_str())])
    }

    fn engineers(engineers: Vec<Named<'a>>) -> Self {
        Self {
            engineers,
            ..Self::default()
        }
    }

    fn engineer(id: &'a EngineerId) -> Self {
        Self::engineers(vec![Named::One(id.as_str())])
    }

    /// A record of a register that is drawn by itself.
    fn own(register: OwnRegister, id: &'a str) -> Self {
        match register {
            OwnRegister::Agencies => Self::agencies(vec![Named::One(id)]),
            OwnRegister::Engineers => Self::engineers(vec![Named::One(id)]),
        }
    }

    fn draws(draws: impl IntoIterator<Item = DrawNamed>) -> Self {
        Self {
            draws: draws.into_iter().collect(),
            ..Self::default()
        }
    }

    /// A draw of a month.
    fn opened(month: YearMonth, number: u32) -> Self {
        Self::draws([DrawNamed::of(month.year(), number)])
    }

    /// A draw that is open.
    fn open(year: Option<i32>, number: u32) -> Self {
        Self::draws([DrawNamed { year, number }])
    }

    fn plan(genesis: Genesis) -> Self {
        Self {
            plan: Some(genesis),
            ..Self::default()
        }
    }

    fn years(years: impl IntoIterator<Item = i32>) -> Self {
        Self {
            years: years.into_iter().collect(),
            ..Self::default()
        }
    }

    fn visits(visits: impl IntoIterator<Item = &'a VisitRecorded>) -> Self {
        let mut records = Self::default();
        for visit in visits {
            // A visit lies in its draw's year.
            let draw = DrawNamed::of(visit.date.year(), visit.draw);
            records.units.push(Named::One(visit.unit.as_str()));
            records.visits.push((draw, &visit.unit));
        }
        records
    }

    fn named_visits(visits: impl IntoIterator<Item = &'a VisitId>) -> Self {
        let mut records = Self::default();
        for visit in visits {
            let draw = DrawNamed::of(visit.draw.year, visit.draw.number);
            records.units.push(Named::One(visit.unit.as_str()));
            records.visits.push((draw, &visit.unit));
        }
        records
    }

    /// A visit of a draw.
    fn visit(year: i32, draw: u32, unit: &'a UnitId) -> Self {
        let mut records = Self::unit(unit);
        records.visits.push((DrawNamed::of(year, draw), unit));
        records
    }

    fn visit_corrected(visit: &'a VisitCorrected) -> Self {
        let date = visit.changes.0.get("date");
        let before = date.and_then(|(before, _)| before.as_str()?.parse::<NaiveDate>().ok());
        let draw = DrawNamed {
            year: before.map(|date| date.year()),
            number: visit.draw,
        };
        let mut records = Self::unit(&visit.unit);
        records.visits.push((draw, &visit.unit));
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
            items: named.clone(),
            agencies: named.clone(),
            engineers: named,
            ..Self::default()
        }
    }

    fn many(edited: &'a EditedMany) -> Self {
        let named = vec![Named::Runs(&edited.changed)];
        let mut records = Self::default();
        let list = match edited.register {
            RegisterKind::Units => &mut records.units,
            RegisterKind::Officers => &mut records.officers,
            RegisterKind::Items => &mut records.items,
            RegisterKind::Agencies => &mut records.agencies,
            RegisterKind::Engineers => &mut records.engineers,
            // Results are entered visit by visit, never one field of many.
            RegisterKind::Results => return records,
        };
        *list = named;
        records
    }

    fn officers_imported(import: &'a Imported) -> Self {
        let groups = import.bearing.iter();
        let groups = groups.filter(|group| group.field == AVOIDANCES);
        let units = groups.flat_map(|it| units_in(&it.before).chain(units_in(&it.after)));
        Self {
            officers: runs(import),
            ..Self::default()
        }
        .naming(units)
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

    /// Whether the event is about a unit, and not only about a record that names it.
    #[must_use]
    pub fn is_about_unit(&self, id: &UnitId) -> bool {
        let mut about = self.units.iter();
        about.any(|named| !matches!(named, Named::Within(_)) && named.holds(id.as_str()))
    }

    /// Whether an officer is among them.
    #[must_use]
    pub fn hold_officer(&self, id: &OfficerId) -> bool {
        self.officers.iter().any(|named| named.holds(id.as_str()))
    }

    /// Whether a service institution is among them.
    #[must_use]
    pub fn hold_agency(&self, id: &AgencyId) -> bool {
        self.agencies.iter().any(|named| named.holds(id.as_str()))
    }

    /// Whether a fire engineer is among them.
    #[must_use]
    pub fn hold_engineer(&self, id: &EngineerId) -> bool {
        self.engineers.iter().any(|named| named.holds(id.as_str()))
    }

    /// The ids of what the event is about, of whichever of the registers that were there when
    /// commitments began to bind the changes of units, but for imports.
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
            Self::RetireUnits(it) => Records::units(&it.ids),
            Self::RestoreUnits(it) => Records::units(&it.ids),
            Self::CompareList(_)
            | Self::SetRowsAside(_)
            | Self::TakeRowsBack(_)
            | Self::UndoUpkeep(_) => Records::default(),
            Self::SuspectUnits(it) => Records::runs_of_units(&it.ids),
            // That a list was imported is no sign of a unit's life.
            Self::MarkUnits(_) => Records::default(),
            Self::ConfirmUnits(it) => Records::runs_of_units(&it.ids),
            Self::KeepOwn(it) => Records::units(&it.ids),
            Self::WithholdUnit(it) => Records::unit(&it.id),
            Self::PublishUnit(it) => Records::unit(&it.id),
            Self::AddOfficer(it) => Records::officer(&it.id),
            Self::EditOfficer(it) => Records::officer(&it.id).naming(avoided(&it.changes)),
            Self::OfficerLeaves(it) | Self::OfficerReturns(it) => Records::officer(&it.id),
            Self::PutItem(it) => Records::item(&it.id),
            Self::MoveItem(it) => Records::item(&it.id),
            Self::RemoveItem(it) => Records::item(&it.id),
            Self::RestoreItem(it) => Records::item(&it.id),
            Self::IssueItems(_) => Records::default(),
            Self::AddAgency(it) => Records::agency(&it.id),
            Self::EditAgency(it) => Records::agency(&it.id),
            Self::RetireAgency(it) => Records::agency(&it.id),
            Self::RestoreAgency(it) => Records::agency(&it.id),
            Self::ImportAgencies(it) => Records::agencies(runs(it)),
            Self::AddEngineer(it) => Records::engineer(&it.id),
            Self::EditEngineer(it) => Records::engineer(&it.id),
            Self::RetireEngineer(it) => Records::engineer(&it.id),
            Self::RestoreEngineer(it) => Records::engineer(&it.id),
            Self::ImportEngineers(it) => Records::engineers(runs(it)),
            Self::ImportUnits(it) => Records {
                units: runs(it),
                ..Records::default()
            },
            Self::ImportOfficers(it) => Records::officers_imported(it),
            Self::ImportItems(it) => Records {
                items: runs(it),
                ..Records::default()
            },
            Self::EditMany(it) => Records::many(it),
            Self::ImportHolidays(it) => Records::years(it.years.iter().copied()),
            Self::EditPlan(it) => Records::years(it.of_year),
            Self::StartYear(it) => Records::years([it.year]),
            Self::CloseYear(it) => Records::years([it.year]),
            Self::TakeOutYears(it) => Records::years(it.years.iter().copied()),
            Self::FreezePlan(it) => Records::plan(it.genesis),
            Self::OpenDraw(it) => Records::opened(it.month, it.number),
            Self::OpenCampaign(it) => Records::opened(it.month, it.number),
            Self::PutCampaign(it) => Records::years([it.of_year]),
            Self::WithdrawCampaign(it) => Records::years([it.of_year]),
            Self::ExplainCheck(it) => Records::years([it.of_year]),
            Self::SignCheck(it) => Records::years([it.of_year]),
            Self::HeadSignsCheck(it) => Records::years([it.of_year]),
            Self::FileCheck(it) => Records::years([it.of_year]),
            Self::PublishBulletin(it) => match it.bulletin {
                BulletinOf::Plan(number) | BulletinOf::Results(number) => {
                    Records::draws([DrawNamed::of(it.of_year, number)])
                }
                BulletinOf::Statement
                | BulletinOf::Draws
                | BulletinOf::YearPlan
                | BulletinOf::Items => Records::years([it.of_year]),
            },
            Self::OpenRegisterDraw(it) => Records::opened(it.month, it.number),
            Self::OpenSupplementary(it) => {
                let numbers = it.adds_to.iter().chain([&it.number]);
                Records::draws(numbers.map(|number| DrawNamed::of(it.month.year(), *number)))
            }
            Self::CommitDraw(it) => Records::open(it.year, it.number),
            Self::DrawNumbers(it) => Records::open(it.year, it.number),
            Self::Draw(it) => Records::open(it.year, it.number),
            Self::ApprovePlan(it) => Records::open(it.year, it.number),
            Self::BreakOff(it) => Records::open(it.year, it.number),
            Self::OpenOlder(it) => Records::draws(it.draws.iter().map(|draw| DrawNamed {
                year: draw.year,
                number: draw.number,
            })),
            Self::RecordVisit(it) => Records::visits([it]),
            Self::RecordVisits(it) => Records::visits(&it.visits),
            Self::CorrectVisit(it) => Records::visit_corrected(it),
            Self::EnterResult(it) => Records::named_visits([&it.visit]),
            Self::ImportResults(it) => Records::named_visits(&it.visits),
            Self::ReviewResults(it) => Records::named_visits(&it.visits),
            Self::NotifyVisits(it) => Records::named_visits(&it.visits),
            Self::PutPapers(it) => Records::named_visits([&it.visit]),
            Self::EnterRecheck(it) => Records::named_visits([&it.visit]),
            Self::EnterOther(it) => Records::unit(&it.unit),
            Self::WithdrawOther(it) => Records::unit(&it.unit),
            Self::ChangePlan(it) => Records::visit(it.year, it.draw, &it.unit),
            Self::StandIn(it) => {
                let mut records = Records::officer(&it.officer);
                for visit in &it.stand_ins {
                    let draw = DrawNamed::of(visit.year, visit.draw);
                    records.visits.push((draw, &visit.unit));
                    records.units.push(Named::Within(visit.unit.as_str()));
                    let by = visit.by.iter().map(|id| Named::Within(id.as_str()));
                    records.officers.extend(by);
                }
                records
            }
            Self::CloseVisit(it) => {
                let records = Records::visit(it.year, it.draw, &it.id);
                records.naming(it.replaced_by.iter().map(UnitId::as_str))
            }
            Self::RecordOwnVisit(it) => Records::own(it.register, it.record.as_str()),
            Self::CloseOwnVisit(it) => {
                let mut records = Records::own(it.register, it.record.as_str());
                if let Some(next) = &it.replaced_by {
                    let next = Named::Within(next.as_str());
                    match it.register {
                        OwnRegister::Agencies => records.agencies.push(next),
                        OwnRegister::Engineers => records.engineers.push(next),
                    }
                }
                records
            }
            Self::CorrectOwnVisit(it) => Records::own(it.register, it.record.as_str()),
            Self::Other { detail, .. } => Records::other(detail),
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
    fn a_draw_and_a_visit_are_named_as_far_as_the_event_says() {
        let (hash, year) = ("ab".repeat(32), 2026);
        let detail = json!({"number": 3, "month": "2026-02", "adds_to": [2], "units": 90, "snapshot_root": hash});
        let opened = event("open_supplementary", &detail);
        let named = opened.touches().draws;
        let ids: Vec<_> = named.iter().filter_map(|draw| draw.id()).collect();
        assert_eq!(ids, [DrawId::new(year, 2), DrawId::new(year, 3)]);
        let detail = json!({"unit": "NG-1", "draw": 2, "changes": {"date": ["2026-01-28", null]}});
        let corrected = event("correct_visit", &detail);
        let visit = (DrawNamed::of(year, 2), &unit("NG-1"));
        assert_eq!(corrected.touches().visits, [visit]);
        let detail =
            json!({"year": 2026, "approver": "鄢", "made": 5, "unmade": 0, "floors_missed": []});
        let closed = event("close_year", &detail);
        assert_eq!(closed.touches().years, [year]);
    }

    #[test]
    fn what_is_unknown_touches_the_record_that_it_names() {
        let detail = json!({"unit": "NG-1", "novel": 7});
        assert!(event("later", &detail).touches().hold_unit(&unit("NG-1")));
        let visits = json!({"visits": [{"unit": "NG-2"}]});
        assert!(event("later", &visits).touches().hold_unit(&unit("NG-2")));
    }
}
