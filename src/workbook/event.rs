//! What an entry of the trail says: one kind of event for each kind of change.
//!
//! What is stored of an event is the name of its kind and its detail. [`Event::read`] and
//! [`Event::detail`] lead from there and back without a change of a byte, because entries
//! are hashed as they are stored; what does not come out as it came, because a newer
//! program wrote it, stays [`Event::Other`].
//!
//! A kind is added in a line here, with the shape of its detail in
//! [`event_detail`](super::event_detail), the records that it touches in
//! [`touch`](super::touch), and its words in `i18n`: the compiler names the places.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::event_detail as detail;
use crate::engine::lottery::Hash;
use crate::model::{AgencyId, EngineerId, OfficerId, UnitId};

/// Makes the enums of a table: kind, name in the store, shape of the detail.
macro_rules! events {
    ($($kind:ident $name:literal $detail:ty;)+) => {
        /// The kinds of change that this program knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind {
            $($kind,)+
        }

        impl EventKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Its name in what is stored.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }

        /// What an action did to the workbook.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Event {
            $($kind($detail),)+
            /// Of a kind, or with facts, that this program does not know: as it came.
            Other {
                /// Name of the action.
                action: String,
                /// What it did.
                detail: Value,
            },
        }

        impl Event {
            /// Reads what is stored of an event.
            #[must_use]
            pub fn read(action: String, detail: Value) -> Self {
                let known = EventKind::named(&action).and_then(|kind| match kind {
                    $(EventKind::$kind => same(&detail).map(Self::$kind),)+
                });
                known.unwrap_or(Self::Other { action, detail })
            }

            /// Its kind; of one with facts that are not known, as its name says.
            #[must_use]
            pub fn kind(&self) -> Option<EventKind> {
                match self {
                    $(Self::$kind(_) => Some(EventKind::$kind),)+
                    Self::Other { action, .. } => EventKind::named(action),
                }
            }

            /// What is stored of what it did.
            ///
            /// # Panics
            /// Never: all details are texts, integers, lists and maps by text.
            #[must_use]
            pub fn detail(&self) -> Value {
                match self {
                    $(Self::$kind(detail) => value(detail),)+
                    Self::Other { detail, .. } => detail.clone(),
                }
            }
        }
    };
}

events! {
    EditBrigade "edit_brigade" detail::Changes;
    AddUnit "add_unit" detail::Added<UnitId>;
    EditUnit "edit_unit" detail::Edited<UnitId>;
    RetireUnit "retire_unit" detail::Retired<UnitId>;
    RestoreUnit "restore_unit" detail::Restored;
    RetireUnits "retire_units" detail::UnitsRetired;
    RestoreUnits "restore_units" detail::UnitsRestored;
    CompareList "compare_list" detail::ListCompared;
    SetRowsAside "set_rows_aside" detail::RowsAside;
    TakeRowsBack "take_rows_back" detail::RowsAside;
    SuspectUnits "suspect_units" detail::UnitsSuspected;
    MarkUnits "mark_units" detail::UnitsMarked;
    ConfirmUnits "confirm_units" detail::UnitsConfirmed;
    KeepOwn "keep_own" detail::OwnKept;
    UndoUpkeep "undo_upkeep" detail::UpkeepUndone;
    WithholdUnit "withhold_unit" detail::Withheld;
    PublishUnit "publish_unit" detail::Published;
    AddOfficer "add_officer" detail::Added<OfficerId>;
    EditOfficer "edit_officer" detail::Edited<OfficerId>;
    OfficerLeaves "officer_leaves" detail::Presence<OfficerId>;
    OfficerReturns "officer_returns" detail::Presence<OfficerId>;
    PutItem "put_item" detail::ItemPut;
    MoveItem "move_item" detail::ItemMoved;
    RemoveItem "remove_item" detail::ItemRemoved;
    RestoreItem "restore_item" detail::ItemRestored;
    IssueItems "issue_items" detail::ItemsIssued;
    AddAgency "add_agency" detail::Added<AgencyId>;
    EditAgency "edit_agency" detail::Edited<AgencyId>;
    RetireAgency "retire_agency" detail::Retired<AgencyId>;
    RestoreAgency "restore_agency" detail::Presence<AgencyId>;
    ImportAgencies "import_agencies" detail::Imported;
    AddEngineer "add_engineer" detail::Added<EngineerId>;
    EditEngineer "edit_engineer" detail::Edited<EngineerId>;
    RetireEngineer "retire_engineer" detail::Retired<EngineerId>;
    RestoreEngineer "restore_engineer" detail::Presence<EngineerId>;
    ImportEngineers "import_engineers" detail::Imported;
    ImportUnits "import_units" detail::Imported;
    ImportOfficers "import_officers" detail::Imported;
    ImportItems "import_items" detail::Imported;
    EditMany "edit_many" detail::EditedMany;
    ImportHolidays "import_holidays" detail::HolidaysImported;
    EditPlan "edit_plan" detail::PlanEdited;
    StartYear "start_year" detail::YearStarted;
    CloseYear "close_year" detail::YearClosed;
    TakeOutYears "take_out_years" detail::YearsTakenOut;
    FreezePlan "freeze_plan" detail::PlanFrozen;
    OpenDraw "open_draw" detail::DrawOpened;
    OpenSupplementary "open_supplementary" detail::SupplementaryOpened;
    OpenCampaign "open_campaign" detail::CampaignOpened;
    PutCampaign "put_campaign" detail::CampaignPut;
    WithdrawCampaign "withdraw_campaign" detail::CampaignWithdrawn;
    ExplainCheck "explain_check" detail::CheckExplained;
    SignCheck "sign_check" detail::CheckSigned;
    HeadSignsCheck "head_signs_check" detail::CheckHeadSigned;
    FileCheck "file_check" detail::CheckFiledAt;
    PublishBulletin "publish_bulletin" detail::BulletinPublished;
    OpenRegisterDraw "open_register_draw" detail::RegisterDrawOpened;
    CommitDraw "commit_draw" detail::DrawCommitted;
    DrawNumbers "draw_numbers" detail::NumbersDrawn;
    Draw "draw" detail::PlanLaid;
    ApprovePlan "approve_plan" detail::PlanApproved;
    BreakOff "break_off" detail::DrawBrokenOff;
    StandOver "stand_over" detail::StoodOver;
    OpenOlder "open_older" detail::OlderOpened;
    RecordVisit "record_visit" detail::VisitRecorded;
    RecordVisits "record_visits" detail::VisitsRecorded;
    CorrectVisit "correct_visit" detail::VisitCorrected;
    EnterResult "enter_result" detail::ResultEntered;
    ImportResults "import_results" detail::ResultsImported;
    ReviewResults "review_results" detail::ResultsReviewed;
    NotifyVisits "notify_visits" detail::VisitsNotified;
    PutPapers "put_papers" detail::PapersPut;
    EnterRecheck "enter_recheck" detail::Rechecked;
    EnterOther "enter_other" detail::OtherEntered;
    WithdrawOther "withdraw_other" detail::OtherWithdrawn;
    ChangePlan "change_plan" detail::PlanChanged;
    StandIn "stand_in" detail::StoodIn;
    CloseVisit "close_visit" detail::VisitClosed;
    RecordOwnVisit "record_own_visit" detail::OwnVisitRecorded;
    CloseOwnVisit "close_own_visit" detail::OwnVisitClosed;
    CorrectOwnVisit "correct_own_visit" detail::OwnVisitCorrected;
}

/// A detail as its shape, if it comes out again as it is.
fn same<T: Serialize + DeserializeOwned>(detail: &Value) -> Option<T> {
    let read = T::deserialize(detail).ok()?;
    (value(&read) == *detail).then_some(read)
}

fn value(detail: &impl Serialize) -> Value {
    serde_json::to_value(detail).expect("texts, integers, lists and maps by text are JSON")
}

impl EventKind {
    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.name() == name)
    }
}

impl Event {
    /// Name of the action, as it is stored.
    #[must_use]
    pub fn action(&self) -> &str {
        match self {
            Self::Other { action, .. } => action,
            known => known.kind().map_or("", EventKind::name),
        }
    }

    /// A text of a detail that is not known.
    fn other_text(&self, key: &str) -> Option<&str> {
        match self {
            Self::Other { detail, .. } => detail.get(key)?.as_str(),
            _ => None,
        }
    }

    /// The commitment that it says was fixed.
    #[must_use]
    pub fn commitment(&self) -> Option<Hash> {
        match self {
            Self::CommitDraw(detail) => Some(detail.commitment),
            other => other.other_text("commitment")?.parse().ok(),
        }
    }

    /// The certificate that it says was made.
    #[must_use]
    pub fn certificate(&self) -> Option<Hash> {
        match self {
            Self::Draw(detail) => Some(detail.certificate),
            other => other.other_text("certificate")?.parse().ok(),
        }
    }

    /// The file that it brought in.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::ImportUnits(detail)
            | Self::ImportOfficers(detail)
            | Self::ImportAgencies(detail)
            | Self::ImportEngineers(detail)
            | Self::ImportItems(detail) => Some(&detail.file),
            Self::ImportResults(detail) => Some(&detail.file),
            other => other.other_text("file"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Asserts that what is stored is read as a known event, and comes out as it was.
    #[track_caller]
    fn check(kind: EventKind, detail: &Value) {
        let event = Event::read(kind.name().to_owned(), detail.clone());
        assert!(!matches!(event, Event::Other { .. }), "{kind:?} {detail}");
        assert_eq!((event.action(), event.kind()), (kind.name(), Some(kind)));
        let text = |value: &Value| serde_json::to_string(value).unwrap();
        assert_eq!(text(&event.detail()), text(detail));
    }

    /// What the first programs stored of each kind, and what this one adds.
    #[test]
    fn every_kind_comes_out_as_it_came() {
        let named = json!({"draw": {"year": 2026, "number": 2}, "unit": "NG-1"});
        let hash = "ab".repeat(32);
        let visit = json!({"unit": "NG-1", "draw": 1, "date": "2026-01-28", "finding": "none"});
        let samples = [
            ("edit_brigade", json!({"name": ["甲", "乙"]})),
            ("add_unit", json!({"id": "NG-1", "name": "单位"})),
            (
                "edit_unit",
                json!({"id": "NG-1", "changes": {"risk": ["green", "red"], "code": [null, "x"]}}),
            ),
            (
                "retire_unit",
                json!({"id": "NG-1", "since": "2026-03-01", "approver": "鄢"}),
            ),
            ("restore_unit", json!({"id": "NG-1"})),
            (
                "retire_units",
                json!({"ids": ["NG-1", "NG-2"], "since": "2026-03-01", "approver": "鄢"}),
            ),
            ("restore_units", json!({"ids": ["NG-1", "NG-2"]})),
            (
                "compare_list",
                json!({"file": "a.xlsx", "lines": 9, "same": 2, "lacking": 3, "absent": 4, "struck_off": 1, "differing": 3}),
            ),
            ("set_rows_aside", json!({"lines": 2, "names": ["甲", "乙"]})),
            ("take_rows_back", json!({"lines": 1, "names": ["甲"]})),
            (
                "mark_units",
                json!({"file": "a.xlsx", "ids": ["NG-00001…NG-00004"]}),
            ),
            ("suspect_units", json!({"ids": ["NG-00001…NG-00004"]})),
            (
                "confirm_units",
                json!({"ids": ["NG-1"], "date": "2026-03-01"}),
            ),
            ("keep_own", json!({"ids": ["NG-1"], "fields": ["address"]})),
            ("undo_upkeep", json!({"of": "keep_own"})),
            ("withhold_unit", json!({"id": "NG-1", "approver": "鄢"})),
            ("publish_unit", json!({"id": "NG-1"})),
            ("add_officer", json!({"id": "P01", "name": "人"})),
            (
                "edit_officer",
                json!({"id": "P01", "changes": {"may_lead": [true, false]}}),
            ),
            ("officer_leaves", json!({"id": "P01", "approver": "鄢"})),
            ("officer_returns", json!({"id": "P01", "approver": "鄢"})),
            ("add_agency", json!({"id": "AG-00001", "name": "机构"})),
            (
                "edit_agency",
                json!({"id": "AG-00001", "changes": {"qualified_until": [null, "2027-01-01"]}}),
            ),
            (
                "retire_agency",
                json!({"id": "AG-00001", "since": "2026-03-01", "approver": "鄢"}),
            ),
            (
                "restore_agency",
                json!({"id": "AG-00001", "approver": "鄢"}),
            ),
            (
                "import_agencies",
                json!({"file": "a.json", "mode": "merge", "counts": {"added": 1, "changed": 0, "removed": 0}, "records": 9, "added": ["AG-00001"]}),
            ),
            ("add_engineer", json!({"id": "EN-00001", "name": "人"})),
            (
                "edit_engineer",
                json!({"id": "EN-00001", "changes": {"grade": ["second", "first"]}}),
            ),
            (
                "retire_engineer",
                json!({"id": "EN-00001", "since": "2026-03-01", "approver": "鄢"}),
            ),
            (
                "restore_engineer",
                json!({"id": "EN-00001", "approver": "鄢"}),
            ),
            (
                "import_engineers",
                json!({"file": "a.json", "mode": "merge", "counts": {"added": 0, "changed": 0, "removed": 0}, "records": 9}),
            ),
            ("put_item", json!({"id": "1", "name": "项"})),
            (
                "put_item",
                json!({"id": "1", "name": "项", "changes": {"name": ["旧", "项"]}}),
            ),
            ("move_item", json!({"id": "1", "from": 2, "to": 1})),
            (
                "remove_item",
                json!({"id": "1", "approver": "鄢", "item": {"id": "1", "later": [1.5]}}),
            ),
            ("restore_item", json!({"id": "1", "name": "项"})),
            (
                "issue_items",
                json!({"version": 2, "since": "2026-04-01", "approver": "鄢", "items_count": 23, "added": 1, "removed": 0, "changed": 2}),
            ),
            (
                "approve_plan",
                json!({"year": 2026, "number": 3, "date": "2026-03-31", "approver": "鄢", "opinion": "同意"}),
            ),
            (
                "import_units",
                json!({"file": "a.json", "mode": "merge", "counts": {"added": 1, "changed": 0, "removed": 0}, "records": 9}),
            ),
            (
                "import_officers",
                json!({"file": "a.json", "mode": "replace", "counts": {"added": 1, "changed": 1, "removed": 1},
                "records": 9, "added": ["P02…P03"], "changed": ["P01"], "removed": ["P09"], "retired": ["P08"], "approver": "鄢",
                "bearing": [{"field": "may_lead", "before": true, "after": false, "ids": ["P01"]}]}),
            ),
            (
                "import_items",
                json!({"file": "a.json", "mode": "merge", "counts": {"added": 0, "changed": 0, "removed": 0}, "records": 9}),
            ),
            (
                "edit_many",
                json!({"register": "units", "field": "risk", "how": "set", "value": "red", "count": 2, "changed": ["NG-00001…NG-00002"],
                "bearing": [{"field": "risk", "before": "green", "after": "red", "ids": ["NG-00001…NG-00002"]}]}),
            ),
            (
                "edit_many",
                json!({"register": "units", "field": "tags", "how": "undo", "count": 1, "changed": ["NG-00001"]}),
            ),
            ("import_holidays", json!({"years": [2027]})),
            (
                "import_holidays",
                json!({"years": [2027], "changes": {"2027": [null, {"off": ["2027-01-01"], "work": []}]}}),
            ),
            (
                "edit_plan",
                json!({"design": [{"per_day": 2}, {"per_day": 3}]}),
            ),
            (
                "edit_plan",
                json!({"of_year": 2026, "year": [2026, 2027], "key_categories": [[], ["其他"]]}),
            ),
            ("start_year", json!({"year": 2027})),
            (
                "close_year",
                json!({"year": 2026, "approver": "鄢", "made": 590, "unmade": 2, "floors_missed": ["B", "C"]}),
            ),
            (
                "take_out_years",
                json!({"years": [2025, 2026], "draws_count": 25, "visits_count": 1180, "file": "a.json", "archive": hash, "approver": "鄢"}),
            ),
            (
                "freeze_plan",
                json!({"version": 1, "genesis": hash, "approver": "鄢"}),
            ),
            (
                "open_draw",
                json!({"number": 1, "month": "2026-01", "units": 90, "snapshot_root": hash}),
            ),
            (
                "open_supplementary",
                json!({"number": 3, "month": "2026-02", "adds_to": [2], "units": 90, "snapshot_root": hash}),
            ),
            (
                "open_campaign",
                json!({"number": 5, "month": "2026-02", "name": "专项", "filter": "全部", "pool": 44, "count": 3}),
            ),
            (
                "open_campaign",
                json!({"number": 5, "month": "2026-02", "name": "专项", "filter": "全部", "pool": 44, "count": 3, "campaign": 1}),
            ),
            (
                "put_campaign",
                json!({"of_year": 2026, "campaign": 1, "name": "专项"}),
            ),
            (
                "put_campaign",
                json!({"of_year": 2026, "campaign": 1, "name": "专项", "changes": {"name": ["旧", "专项"]}}),
            ),
            (
                "withdraw_campaign",
                json!({"of_year": 2026, "campaign": 1, "name": "专项", "approver": "鄢"}),
            ),
            ("explain_check", json!({"of_year": 2026, "line": "burst"})),
            (
                "sign_check",
                json!({"of_year": 2026, "check": 1, "first": "2026-05-11", "last": "2026-05-20", "to_mend": 3, "to_explain": 2, "checker": "沙维新"}),
            ),
            (
                "head_signs_check",
                json!({"of_year": 2026, "check": 1, "head": "鄢"}),
            ),
            (
                "file_check",
                json!({"of_year": 2026, "check": 1, "date": "2026-05-22"}),
            ),
            (
                "publish_bulletin",
                json!({"of_year": 2026, "bulletin": {"plan": 5}, "version": 1, "date": "2026-04-30", "places": "政府网站", "rows": 70, "paper_hash": "76504e3e8e6565a3a3d117493991360a76504e3e8e6565a3a3d117493991360a"}),
            ),
            (
                "open_register_draw",
                json!({"number": 6, "month": "2026-02", "register": "agencies", "pool": 12, "count": 3}),
            ),
            (
                "enter_result",
                json!({"visit": named, "number": 4, "outcome": "ordered", "findings": 2, "changes": {"date": [null, "2026-02-28"], "finding": [null, "found"]}}),
            ),
            (
                "import_results",
                json!({"file": "a.xlsx", "fingerprint": "ab12", "mode": "merge", "visits": [named]}),
            ),
            (
                "review_results",
                json!({"visits": [named], "is_accepted": true, "reviewer": "鄢"}),
            ),
            (
                "notify_visits",
                json!({"visits": [named], "numbers": [4], "date": "2026-02-27", "is_unannounced": false}),
            ),
            (
                "put_papers",
                json!({"visit": named, "papers": [{"kind": "record", "number": "4", "date": "2026-02-28"}]}),
            ),
            (
                "enter_recheck",
                json!({"visit": named, "date": "2026-03-10", "corrected": 1, "left": 1}),
            ),
            (
                "enter_other",
                json!({"of_year": 2026, "entry": 1, "unit": "NG-1", "form": "complaint", "date": "2026-02-28", "finding": "none"}),
            ),
            (
                "enter_other",
                json!({"of_year": 2026, "entry": 2, "unit": "NG-1", "form": "other", "date": "2026-02-28", "finding": "found", "beyond": "assigned"}),
            ),
            (
                "withdraw_other",
                json!({"of_year": 2026, "entry": 1, "unit": "NG-1"}),
            ),
            (
                "record_own_visit",
                json!({"register": "agencies", "record": "AG-00003", "draw": 6, "date": "2026-02-28", "finding": "found"}),
            ),
            (
                "record_own_visit",
                json!({"register": "engineers", "record": "EN-00003", "draw": 7, "date": "2026-02-28", "finding": "none", "with_unit": "NG-1"}),
            ),
            (
                "correct_own_visit",
                json!({"register": "agencies", "record": "AG-00003", "draw": 6, "changes": {"date": ["2026-02-28", null]}}),
            ),
            (
                "commit_draw",
                json!({"number": 1, "commitment": hash, "shown_at": "公示栏"}),
            ),
            (
                "commit_draw",
                json!({"year": 2027, "number": 1, "commitment": hash, "shown_at": "公示栏"}),
            ),
            (
                "draw_numbers",
                json!({"number": 1, "seed": hash, "drawn": 4}),
            ),
            (
                "draw_numbers",
                json!({"year": 2027, "number": 1, "seed": hash, "drawn": 4}),
            ),
            (
                "draw",
                json!({"year": 2027, "number": 1, "seed": hash, "drawn": 4, "set_aside": 0, "missing": [], "certificate": hash}),
            ),
            (
                "break_off",
                json!({"year": 2027, "number": 3, "approver": "鄢"}),
            ),
            (
                "draw",
                json!({"number": 1, "seed": hash, "drawn": 4, "set_aside": 0, "missing": ["甲"], "certificate": hash}),
            ),
            ("break_off", json!({"number": 3, "approver": "鄢"})),
            (
                "break_off",
                json!({"number": 3, "approver": "鄢", "nobody_revealed": true}),
            ),
            ("stand_over", json!({"stored_at": "2026-07-30T09:42:00"})),
            (
                "stand_over",
                json!({"stored_at": "2026-07-30T09:42:00.125"}),
            ),
            (
                "open_older",
                json!({"draws": [{"number": 1, "commitment": hash}, {"year": 2026, "number": 2}]}),
            ),
            ("record_visit", visit.clone()),
            ("record_visits", json!({"visits": [visit]})),
            (
                "correct_visit",
                json!({"unit": "NG-1", "draw": 1, "changes": {"date": ["2026-01-28", null]}}),
            ),
            (
                "change_plan",
                json!({"year": 2026, "unit": "NG-1", "draw": 1, "changes": {"day": ["2026-01-28", "2026-01-29"]}, "approver": "鄢"}),
            ),
            (
                "stand_in",
                json!({"officer": "P01", "first_day": "2026-01-28", "last_day": "2026-01-28", "absence": "sick", "approver": "鄢",
                "stand_ins": [{"unit": "NG-1", "year": 2026, "draw": 1, "date": "2026-01-28", "by": "P02"},
                    {"unit": "NG-2", "year": 2026, "draw": 1, "date": "2026-01-28"}]}),
            ),
            (
                "close_visit",
                json!({"id": "NG-1", "year": 2026, "draw": 1, "ground": "closed",
                "confirmed": {"by": "pair", "officers": ["P01", "P02"], "on": "2026-01-28"},
                "approver": "鄢", "replaced_by": "NG-2", "passed_over": 1}),
            ),
            (
                "close_visit",
                json!({"id": "NG-1", "year": 2026, "draw": 1, "ground": "not_there",
                "confirmed": {"by": "record", "record": "注销登记", "on": "2026-01-28"}, "approver": "鄢", "passed_over": 0}),
            ),
            (
                "close_own_visit",
                json!({"register": "agencies", "record": "AG-00001", "draw": 3, "ground": "closed",
                "confirmed": {"by": "record", "record": "注销登记", "on": "2026-01-28"}, "approver": "鄢",
                "replaced_by": "AG-00002", "passed_over": 1}),
            ),
        ];
        let mut unseen: Vec<EventKind> = EventKind::ALL.into();
        for (name, detail) in &samples {
            let kind = EventKind::named(name).unwrap();
            check(kind, detail);
            unseen.retain(|it| *it != kind);
        }
        assert_eq!(unseen, []);
    }

    #[test]
    fn what_is_not_known_stays_as_it_came() {
        for (action, detail) in [
            ("later", json!({"novel": 7})),
            ("later", Value::Null),
            (
                "edit_unit",
                json!({"id": "NG-1", "changes": {}, "novel": 7}),
            ),
            (
                "edit_unit",
                json!({"id": "NG-1", "changes": {"risk": "red"}}),
            ),
            (
                "retire_unit",
                json!({"id": "NG-1", "since": "2026-3-1", "approver": ""}),
            ),
            (
                "break_off",
                json!({"number": 3, "approver": "", "nobody_revealed": false}),
            ),
        ] {
            let event = Event::read(action.to_owned(), detail.clone());
            assert!(matches!(event, Event::Other { .. }), "{action} {detail}");
            assert_eq!((event.action(), event.detail()), (action, detail));
        }
    }
}
