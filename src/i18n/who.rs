//! Who and what a refusal is about, by name: an error carries ids, and people know names.

use std::fmt::Display;

use crate::model::{Agency, Engineer, OfficerId, UnitId};
use crate::workbook::Workbook;
use crate::workbook::kept::Kept;

/// Where names are looked up; without a workbook a record goes by its id.
#[derive(Debug, Clone, Copy, Default)]
pub struct Who<'a>(pub Option<&'a Workbook>);

impl Who<'_> {
    /// An officer, in both languages.
    pub(super) fn officer(self, id: &OfficerId) -> Named {
        let known = self.0.and_then(|book| book.officer(id));
        Named::new(id, known.map(|it| it.name.as_str()))
    }

    /// A unit, in both languages.
    pub(super) fn unit(self, id: &UnitId) -> Named {
        let known = self.0.and_then(|book| book.unit(id));
        Named::new(id, known.map(|it| it.name.as_str()))
    }

    /// An inspection item, in both languages.
    pub(super) fn item(self, id: &str) -> Named {
        let known = self
            .0
            .and_then(|book| book.items.iter().find(|it| it.id == id));
        Named::new(id, known.map(|it| it.name.as_str()))
    }

    /// A record of any register, in both languages.
    pub(super) fn record(self, id: &str) -> Named {
        fn of<'a, T: Kept>(book: &'a Workbook, id: &str) -> Option<&'a str> {
            let all = T::all(book);
            let at = all.binary_search_by(|it| it.id_str().cmp(id)).ok()?;
            Some(all[at].name())
        }
        let name = self.0.and_then(|book| {
            let unit = id.parse().ok().and_then(|id| book.unit(&id));
            let officer = || book.officer(&id.parse().ok()?);
            let named = unit.map(|it| it.name.as_str());
            let named = named.or_else(|| Some(officer()?.name.as_str()));
            let named = named.or_else(|| of::<Agency>(book, id));
            named.or_else(|| of::<Engineer>(book, id))
        });
        Named::new(id, name)
    }
}

/// A record by its name, and by its id where two may have one name.
pub(super) struct Named {
    pub(super) zh: String,
    pub(super) en: String,
}

impl Named {
    fn new(id: impl Display, name: Option<&str>) -> Self {
        match name {
            Some(name) => Self {
                zh: format!("{name}（{id}）"),
                en: format!("{name} ({id})"),
            },
            None => Self {
                zh: id.to_string(),
                en: id.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::workbook::refusal::OwnRule;
    use crate::workbook::result_rule::{ItemRule, RecordRule, TeamRule};
    use crate::workbook::{ActionError, DrawError};

    #[test]
    fn a_refusal_names_people_units_and_items() {
        let book = crate::demo::brigade(2026, 1);
        let (officer, unit, item) = (&book.officers[3], &book.units[5], &book.items[2]);
        let engineer = &book.engineers[1];
        let said = |error: ActionError| {
            let known = Lang::Zh.action_error(&error, Who(Some(&book)));
            let unknown = Lang::En.action_error(&error, Who::default());
            (known, unknown)
        };
        let record = |rule| DrawError::Record {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            rule,
        };
        let check = |rule| DrawError::OwnVisit {
            id: engineer.id.to_string(),
            rule,
        };
        let id = officer.id.clone();
        let team = RecordRule::Team(TeamRule::Certificate {
            officer: id.clone(),
        });
        let found = RecordRule::Item {
            item: item.id.clone(),
            rule: ItemRule::NoBasis,
        };
        let lead = OwnRule::NoLead {
            officer: id.clone(),
        };
        let with = OwnRule::NoUnitVisit {
            unit: unit.id.clone(),
        };
        for (error, names) in [
            (record(team).into(), vec![&officer.name, &unit.name]),
            (record(found).into(), vec![&item.name]),
            (check(lead).into(), vec![&officer.name, &engineer.name]),
            (check(with).into(), vec![&unit.name, &engineer.name]),
            (ActionError::AlreadySo { id }, vec![&officer.name]),
            (
                ActionError::Referenced {
                    id: unit.id.to_string(),
                },
                vec![&unit.name],
            ),
        ] {
            let (known, unknown) = said(error);
            for name in names {
                assert!(known.contains(name.as_str()), "{known} lacks {name}");
            }
            assert!(!unknown.is_empty());
        }
    }
}
