//! 消防技术服务机构名录 as a list: its qualification, and the engineers registered with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::list::{Derived, Listed};
use super::officer_list::CertificateState;
use crate::model::field::{InList, missing};
use crate::model::{Agency, AgencyId, Engineer};
use crate::workbook::Workbook;
use crate::workbook::kept::{Employer, Employers};

/// A saved view of the agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgencyView {
    /// In use.
    #[default]
    All,
    /// 资质快到期 or over.
    Ending,
    /// 信息不全.
    Incomplete,
    /// 已停用.
    Retired,
}

impl AgencyView {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::All, Self::Ending, Self::Incomplete, Self::Retired];
}

/// What a row shows beside the agency's own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgencyRow {
    /// The qualification today.
    pub qualification: CertificateState,
    /// Engineers in use that are registered with it.
    pub engineers: u32,
}

impl Listed for Agency {
    type Row = AgencyRow;

    const DERIVED: &'static [Derived<Self>] = &[Derived::ranked(
        "engineers",
        InList::column(4, 5).number().sorted(),
        |_, row: &AgencyRow| i64::from(row.engineers),
    )];

    const VIEWS: &'static [&'static str] = &["all", "ending", "incomplete", "retired"];

    fn records(book: &Workbook) -> &[Self] {
        &book.agencies
    }

    fn rows(book: &Workbook, today: NaiveDate) -> Vec<AgencyRow> {
        let counts = book.engineers_by_agency();
        let row = |agency: &Self| AgencyRow {
            qualification: CertificateState::of(agency.qualified_until, today),
            engineers: counts.get(&agency.id).map_or(0, |all| all.len() as u32),
        };
        book.agencies.iter().map(row).collect()
    }

    fn is_in(&self, row: &AgencyRow, view: usize) -> bool {
        let is_active = self.status.is_active();
        match AgencyView::ALL.get(view) {
            Some(AgencyView::All) => is_active,
            Some(AgencyView::Ending) => is_active && row.qualification.is_ending(),
            Some(AgencyView::Incomplete) => is_active && missing(self).next().is_some(),
            Some(AgencyView::Retired) => !is_active,
            None => false,
        }
    }
}

impl Workbook {
    /// The engineers in use that are registered with each agency, in order of id.
    #[must_use]
    pub fn engineers_by_agency(&self) -> BTreeMap<&AgencyId, Vec<&Engineer>> {
        let employers = Employers::new(self);
        let mut by_agency: BTreeMap<&AgencyId, Vec<&Engineer>> = BTreeMap::new();
        for engineer in self.engineers.iter().filter(|it| it.status.is_active()) {
            if let Employer::Agency(agency) = employers.of(engineer) {
                by_agency.entry(&agency.id).or_default().push(engineer);
            }
        }
        by_agency
    }
}
