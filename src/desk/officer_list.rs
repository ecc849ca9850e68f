//! 执法人员名录 as a list: presence, certificates, avoidance, and the month's visits.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::list::{Derived, INCOMPLETE, Listed};
use crate::model::field::{InList, missing};
use crate::model::{AbsenceKind, Officer, OfficerId};
use crate::workbook::Workbook;

/// Days before its end from which a certificate is to be renewed.
pub const CERTIFICATE_WARN_DAYS: u64 = 60;

/// Whether an officer can make a visit today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// 在岗.
    OnDuty,
    /// Away.
    Absent {
        /// Why.
        kind: AbsenceKind,
        /// Last day away.
        until: NaiveDate,
    },
    /// The certificate has ended.
    CertificateOver {
        /// Its last day.
        since: NaiveDate,
    },
    /// 已离队.
    Left,
}

/// How long a certificate still holds: an officer's, an agency's qualification, an engineer's
/// registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateState {
    /// No date entered, which never bars.
    Unknown,
    /// Holds.
    Valid,
    /// Ends within [`CERTIFICATE_WARN_DAYS`].
    EndsSoon,
    /// Has ended.
    Over,
}

/// A saved view of the officers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OfficerView {
    /// 在队.
    #[default]
    All,
    /// 今天在岗.
    OnDuty,
    /// 今天离岗.
    Away,
    /// 证件快到期 or over.
    Certificate,
    /// 信息不全.
    Incomplete,
    /// 已离队.
    Left,
}

impl OfficerView {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::OnDuty,
        Self::Away,
        Self::Certificate,
        Self::Incomplete,
        Self::Left,
    ];
}

/// What a row shows beside the officer's own fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// Today.
    pub presence: Presence,
    /// The certificate today.
    pub certificate: CertificateState,
    /// Working days away in the workbook's year.
    pub away_days: u32,
    /// Units to be avoided today.
    pub avoidances: u32,
    /// Visits in the last month that is drawn, as lead or member.
    pub visits: u32,
    /// Whether a complete record holds more.
    pub is_incomplete: bool,
}

impl OfficerRow {
    /// Whether the officer stands in a view.
    #[must_use]
    pub fn is_in(&self, view: OfficerView) -> bool {
        let has_left = self.presence == Presence::Left;
        match view {
            OfficerView::All => !has_left,
            OfficerView::OnDuty => self.presence == Presence::OnDuty,
            OfficerView::Away => !has_left && self.presence != Presence::OnDuty,
            OfficerView::Certificate => !has_left && self.certificate.is_ending(),
            OfficerView::Incomplete => !has_left && self.is_incomplete,
            OfficerView::Left => has_left,
        }
    }
}

impl Listed for Officer {
    type Row = OfficerRow;

    const DERIVED: &'static [Derived<Self>] = &[
        Derived::shown("today", InList::column(6, 2)),
        Derived::shown("away", InList::column(7, 6).number()),
        Derived::shown("avoid", InList::column(8, 7).number()),
        Derived::shown("visits", InList::column(9, 5).number()),
    ];

    const VIEWS: &'static [&'static str] =
        &["all", "on-duty", "away", "certificate", INCOMPLETE, "left"];

    fn records(book: &Workbook) -> &[Self] {
        &book.officers
    }

    fn rows(book: &Workbook, today: NaiveDate) -> Vec<OfficerRow> {
        book.officer_rows(today)
    }

    fn is_in(&self, row: &OfficerRow, view: usize) -> bool {
        OfficerView::ALL
            .get(view)
            .is_some_and(|view| row.is_in(*view))
    }
}

impl CertificateState {
    /// Whether it has ended, or ends soon.
    #[must_use]
    pub const fn is_ending(self) -> bool {
        matches!(self, Self::EndsSoon | Self::Over)
    }

    /// The state of a certificate that ends on `until`.
    #[must_use]
    pub fn of(until: Option<NaiveDate>, today: NaiveDate) -> Self {
        match until {
            None => Self::Unknown,
            Some(until) if until < today => Self::Over,
            Some(until) if until <= today + Days::new(CERTIFICATE_WARN_DAYS) => Self::EndsSoon,
            Some(_) => Self::Valid,
        }
    }
}

impl Workbook {
    /// The officers as rows, in the register's order.
    #[must_use]
    pub fn officer_rows(&self, today: NaiveDate) -> Vec<OfficerRow> {
        let calendar = self.calendar();
        let working_days: BTreeSet<NaiveDate> = self
            .year_on(today)
            .months()
            .into_iter()
            .flat_map(|month| calendar.working_days(month))
            .collect();
        let visits = self.visits_by_officer();
        let row = |officer: &Officer| OfficerRow {
            presence: presence(officer, today),
            certificate: CertificateState::of(officer.certificate_until, today),
            away_days: working_days
                .iter()
                .filter(|day| officer.is_absent(**day))
                .count() as u32,
            avoidances: officer
                .avoidances
                .iter()
                .filter(|avoidance| avoidance.holds_on(today))
                .count() as u32,
            visits: visits.get(&officer.id).copied().unwrap_or_default(),
            is_incomplete: missing(officer).next().is_some(),
        };
        self.officers.iter().map(row).collect()
    }

    /// Visits of each officer in the last month that is drawn, as its plans stand.
    fn visits_by_officer(&self) -> BTreeMap<&OfficerId, u32> {
        let month = self.last_drawn().map(|draw| draw.month);
        let draws = month.into_iter().flat_map(|month| self.draws_of(month));
        let standing = draws.flat_map(|draw| self.standing_plan(draw));
        let mut counts = BTreeMap::new();
        for visit in standing.filter_map(|visit| visit.now) {
            for officer in [&visit.lead, &visit.member] {
                *counts.entry(officer).or_default() += 1;
            }
        }
        counts
    }
}

fn presence(officer: &Officer, today: NaiveDate) -> Presence {
    if officer.has_left {
        return Presence::Left;
    }
    let absence = officer
        .absences
        .iter()
        .filter(|absence| (absence.from..=absence.to).contains(&today))
        .max_by_key(|absence| absence.to);
    if let Some(absence) = absence {
        return Presence::Absent {
            kind: absence.kind,
            until: absence.to,
        };
    }
    match officer.certificate_until {
        Some(since) if since < today => Presence::CertificateOver { since },
        _ => Presence::OnDuty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::model::Absence;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn presence_follows_leave_certificate_and_departure() {
        let mut officer = Officer::new(OfficerId::new("P01").unwrap(), "柏思齐");
        assert_eq!(presence(&officer, day("2026-07-01")), Presence::OnDuty);
        officer.certificate_until = Some(day("2026-06-30"));
        let since = day("2026-06-30");
        assert_eq!(presence(&officer, since), Presence::OnDuty);
        let over = Presence::CertificateOver { since };
        assert_eq!(presence(&officer, day("2026-07-01")), over);
        officer.absences.push(Absence {
            from: day("2026-07-01"),
            to: day("2026-07-03"),
            kind: AbsenceKind::Sick,
            reason: "病假".into(),
            approver: "鄢立群".into(),
            extra: serde_json::Map::new(),
        });
        let absent = Presence::Absent {
            kind: AbsenceKind::Sick,
            until: day("2026-07-03"),
        };
        assert_eq!(presence(&officer, day("2026-07-03")), absent);
        officer.has_left = true;
        assert_eq!(presence(&officer, day("2026-07-03")), Presence::Left);
    }

    #[test]
    fn a_certificate_is_called_in_before_it_ends() {
        let state = |until: &str| CertificateState::of(Some(day(until)), day("2026-06-30"));
        assert_eq!(state("2026-06-29"), CertificateState::Over);
        assert_eq!(state("2026-06-30"), CertificateState::EndsSoon);
        assert_eq!(state("2026-08-29"), CertificateState::EndsSoon);
        assert_eq!(state("2026-08-30"), CertificateState::Valid);
    }

    #[test]
    fn days_away_are_working_days() {
        let book = demo::brigade(2026, demo::SEED);
        let rows = book.officer_rows(day("2026-08-05"));
        // 3 to 14 August: two weeks of five days.
        assert_eq!(rows[0].away_days, 10);
        assert!(rows[0].is_in(OfficerView::Away) && !rows[0].is_in(OfficerView::OnDuty));
        let on_duty = rows
            .iter()
            .filter(|row| row.is_in(OfficerView::OnDuty))
            .count();
        let away = rows
            .iter()
            .filter(|row| row.is_in(OfficerView::Away))
            .count();
        assert_eq!(on_duty + away, 14);
    }
}
