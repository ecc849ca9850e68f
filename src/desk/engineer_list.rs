//! 注册消防工程师名录 as a list: grade, registration, and who employs each.

use chrono::NaiveDate;

use super::list::{Derived, Listed};
use super::officer_list::CertificateState;
use crate::model::Engineer;
use crate::model::field::missing;
use crate::workbook::Workbook;
use crate::workbook::kept::{Employer, Employers};

/// A saved view of the engineers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineerView {
    /// In use.
    #[default]
    All,
    /// 注册快到期 or over.
    Ending,
    /// 聘用单位不在名录.
    Unlinked,
    /// 信息不全.
    Incomplete,
    /// 已停用.
    Retired,
}

impl EngineerView {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Ending,
        Self::Unlinked,
        Self::Incomplete,
        Self::Retired,
    ];
}

/// Who employs an engineer, as a page links to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmployerLink {
    /// An agency of the register: id, name, and whether it is in use.
    Agency(String, String, bool),
    /// A unit of the register, likewise.
    Unit(String, String, bool),
    /// None that the registers know.
    Unknown,
}

impl From<Employer<'_>> for EmployerLink {
    fn from(employer: Employer<'_>) -> Self {
        match employer {
            Employer::Agency(agency) => Self::Agency(
                agency.id.to_string(),
                agency.name.clone(),
                agency.status.is_active(),
            ),
            Employer::Unit(unit) => Self::Unit(
                unit.id.to_string(),
                unit.name.clone(),
                unit.status.is_active(),
            ),
            Employer::Unknown => Self::Unknown,
        }
    }
}

/// What a row shows beside the engineer's own fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineerRow {
    /// The registration today.
    pub registration: CertificateState,
    /// Who employs the engineer.
    pub employer: EmployerLink,
}

impl Listed for Engineer {
    type Row = EngineerRow;

    const DERIVED: &'static [Derived<Self>] = &[];

    const VIEWS: &'static [&'static str] = &["all", "ending", "unlinked", "incomplete", "retired"];

    fn records(book: &Workbook) -> &[Self] {
        &book.engineers
    }

    fn rows(book: &Workbook, today: NaiveDate) -> Vec<EngineerRow> {
        let employers = Employers::new(book);
        let row = |engineer: &Self| EngineerRow {
            registration: CertificateState::of(engineer.registered_until, today),
            employer: employers.of(engineer).into(),
        };
        book.engineers.iter().map(row).collect()
    }

    fn is_in(&self, row: &EngineerRow, view: usize) -> bool {
        let is_active = self.status.is_active();
        match EngineerView::ALL.get(view) {
            Some(EngineerView::All) => is_active,
            Some(EngineerView::Ending) => is_active && row.registration.is_ending(),
            Some(EngineerView::Unlinked) => is_active && row.employer == EmployerLink::Unknown,
            Some(EngineerView::Incomplete) => is_active && missing(self).next().is_some(),
            Some(EngineerView::Retired) => !is_active,
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::model::{Agency, AgencyId, EngineerId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_employer_is_found_by_code_id_or_name_agencies_before_units() {
        let mut book = demo::brigade(2026, demo::SEED);
        let unit = book.units[0].clone();
        let mut agency = Agency::new(AgencyId::new("AG-90001").unwrap(), "筠泽消防技术有限公司");
        agency.code = book.units[1].code.clone();
        book.agencies = vec![agency.clone()].into();
        let mut engineer = Engineer::new(EngineerId::new("EN-00001").unwrap(), "闻既明");
        let of = |book: &Workbook, engineer: &Engineer| {
            let mut book = book.clone();
            book.engineers = vec![engineer.clone()].into();
            EmployerLink::from(Employers::new(&book).of(engineer))
        };
        assert_eq!(of(&book, &engineer), EmployerLink::Unknown);
        let agency = EmployerLink::from(Employer::Agency(&agency));
        for text in ["AG-90001", " 筠泽 消防技术有限公司", "筠泽消防技术有限公司"]
        {
            engineer.employer = text.into();
            assert_eq!(of(&book, &engineer), agency, "{text}");
        }
        engineer.employer = unit.name.clone();
        let unit = EmployerLink::from(Employer::Unit(&unit));
        assert_eq!(of(&book, &engineer), unit);
        // The code goes before the name; one that nobody has leaves the name to tell.
        engineer.employer_code = book.units[1].code.clone();
        assert_eq!(of(&book, &engineer), agency);
        book.units[1].code = None;
        book.agencies = Vec::new().into();
        assert_eq!(of(&book, &engineer), unit);
    }

    #[test]
    fn views_hold_who_belongs_there() {
        let mut book = demo::brigade(2026, demo::SEED);
        let mut ending = Engineer::new(EngineerId::new("EN-00001").unwrap(), "甲");
        ending.registered_until = Some(day("2026-03-01"));
        let mut valid = Engineer::new(EngineerId::new("EN-00002").unwrap(), "乙");
        valid.registered_until = Some(day("2028-03-01"));
        valid.employer = book.units[0].name.clone();
        book.engineers = vec![ending, valid].into();
        let rows = Engineer::rows(&book, day("2026-01-05"));
        let views = |at: usize| -> Vec<usize> {
            let all = 0..Engineer::VIEWS.len();
            all.filter(|view| book.engineers[at].is_in(&rows[at], *view))
                .collect()
        };
        assert_eq!(views(0), [0, 1, 2, 3]);
        assert_eq!(views(1), [0, 3]);
    }
}
