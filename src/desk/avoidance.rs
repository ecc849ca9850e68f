//! 回避: who keeps from a unit, and whether two who may visit it are left.

use chrono::NaiveDate;

use crate::model::{Avoidance, Officer, OfficerId, UnitId};
use crate::workbook::Workbook;

/// Who is left to visit a unit: officers who make visits and do not keep from it. Leave and
/// certificates stand apart: they pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamLeft {
    /// All of them.
    pub officers: usize,
    /// Those among them who may lead.
    pub leads: usize,
}

impl TeamLeft {
    /// Whether nobody can be sent: two are needed, one of whom leads (行政处罚法 art. 42).
    #[must_use]
    pub const fn is_blocked(self) -> bool {
        self.officers < 2 || self.leads == 0
    }
}

impl Workbook {
    /// Who is left to visit `unit` on `date` if the officer `without` keeps from it, besides
    /// those whose avoidances stand.
    #[must_use]
    pub fn team_left(&self, unit: &UnitId, without: &OfficerId, date: NaiveDate) -> TeamLeft {
        let is_left = |officer: &&Officer| {
            officer.makes_visits() && officer.id != *without && !officer.avoids(unit, date)
        };
        let left = self.officers.iter().filter(is_left);
        let (officers, leads) = left.fold((0, 0), |(officers, leads), officer| {
            (officers + 1, leads + usize::from(officer.may_lead))
        });
        TeamLeft { officers, leads }
    }

    /// Who keeps from `unit` on `date`, with the avoidance; in order of id. Who has left the
    /// brigade is not named.
    pub fn avoiders<'a>(
        &'a self,
        unit: &'a UnitId,
        date: NaiveDate,
    ) -> impl Iterator<Item = (&'a Officer, &'a Avoidance)> {
        let serving = self.officers.iter().filter(|officer| !officer.has_left);
        serving.filter_map(move |officer| {
            let mut avoidances = officer.avoidances.iter();
            let found = avoidances.find(|it| it.unit == *unit && it.holds_on(date))?;
            Some((officer, found))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    #[test]
    fn a_unit_is_blocked_where_no_pair_with_a_lead_is_left() {
        let mut book: Workbook = demo::brigade(2026, demo::SEED);
        let today = "2026-03-02".parse().unwrap();
        book.officers.truncate(3);
        for officer in &mut book.officers {
            officer.avoidances.clear();
        }
        let unit = book.units[0].id.clone();
        let ids: Vec<OfficerId> = book.officers.iter().map(|it| it.id.clone()).collect();
        let left = |book: &Workbook| book.team_left(&unit, &ids[0], today);
        assert_eq!(
            left(&book),
            TeamLeft {
                officers: 2,
                leads: 2
            }
        );
        assert!(!left(&book).is_blocked());

        book.officers[1].may_lead = false;
        book.officers[2].may_lead = false;
        assert!(left(&book).is_blocked(), "nobody leads");
        book.officers[1].may_lead = true;

        let avoidance = Avoidance {
            until: Some("2026-03-02".parse().unwrap()),
            ..Avoidance::new(unit.clone(), "亲属任职")
        };
        book.officers[2].avoidances.push(avoidance);
        assert!(left(&book).is_blocked(), "one is no pair");
        assert_eq!(book.avoiders(&unit, today).count(), 1);
        let later = "2026-03-03".parse().unwrap();
        assert!(!book.team_left(&unit, &ids[0], later).is_blocked());
        assert_eq!(book.avoiders(&unit, later).count(), 0);
    }
}
