//! Registers that are kept alike: 消防技术服务机构 and 注册消防工程师.
//!
//! A record is added, edited, retired and brought back, each time by a named action with
//! who, when and why; a file is merged or takes the register's place. What a register of
//! this kind says for itself stands in [`Kept`]: where it is, how its ids begin, what tells
//! its records apart. The rest is written once, here and in what reads and shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};
use std::str::FromStr;

use serde_json::Map;

pub use super::KeptRows;
use super::action::{Action, Applied, Context, Entry, Outcome, require};
use super::edit::next_number;
use super::event::Event;
use super::event_detail::{Added, Changes, Edited, Imported, Presence, Retired};
use super::names::folded;
use super::refusal::ActionError;
use super::register::{Registered, check_values, number_max, refuse};
pub use super::request::Keep;
use super::request::{RegisterImport, Withdrawal};
use super::rule::Fault;
use super::undo_import::{ImportUndo, Undone};
use super::{AGENCIES_MAX, ENGINEERS_MAX, Workbook};
use crate::engine::occasion::OwnRegister;
use crate::model::field::Guarded;
use crate::model::{
    Agency, AgencyId, Described, Engineer, EngineerId, SocialCreditCode, Unit, UnitStatus,
};

/// What such a change says in the trail, before it is an event of its register.
#[derive(Debug)]
pub enum KeptEvent<I> {
    Add(Added<I>),
    Edit(Edited<I>),
    Retire(Retired<I>),
    Restore(Presence<I>),
    Import(Imported),
}

/// A record of a register of this kind.
pub trait Kept: Described + Eq + Debug {
    /// What tells records apart.
    type Id: Clone + Ord + Display + Debug + FromStr + Send + Sync;
    /// The register, as draws name it.
    const OWN: OwnRegister;
    /// Most records of the register.
    const COUNT_MAX: usize;
    /// What its ids begin with.
    const PREFIX: &'static str;
    /// The field that tells records apart beside the id: no two hold the same.
    const KEY_FIELD: &'static str;

    /// Its id.
    fn id(&self) -> &Self::Id;
    /// The place of its id.
    fn id_mut(&mut self) -> &mut Self::Id;
    /// Its id as text.
    fn id_str(&self) -> &str;
    /// A record of which nothing but the id is known.
    fn with_id(id: Self::Id) -> Self;
    /// Its name.
    fn name(&self) -> &str;
    /// The value of [`Self::KEY_FIELD`], where there is one.
    fn key(&self) -> Option<&str>;
    /// Whether another record of the same folded name may be this one.
    fn may_be(&self, other: &Self) -> bool;
    /// Whether it is in use.
    fn status(&self) -> &UnitStatus;
    /// The place of its status.
    fn status_mut(&mut self) -> &mut UnitStatus;

    /// The register, in order of id.
    fn all(book: &Workbook) -> &KeptRows<Self>;
    /// The register, and the last number that it gave.
    fn all_mut(book: &mut Workbook) -> (&mut KeptRows<Self>, &mut u32);
    /// The last number that the register gave.
    fn number_last(book: &Workbook) -> u32;
    /// The action that makes a change.
    fn action(keep: Keep<Self>) -> Action;
    /// What takes an import back.
    fn undo(undone: Undone<KeptRows<Self>>) -> ImportUndo;
    /// The event that a change leaves.
    fn event(kept: KeptEvent<Self::Id>) -> Event;

    /// The id with a number.
    #[must_use]
    fn numbered(number: u32) -> Option<Self::Id> {
        format!("{}-{number:05}", Self::PREFIX).parse().ok()
    }

    /// The record with this id.
    #[must_use]
    fn find<'a>(book: &'a Workbook, id: &str) -> Option<&'a Self> {
        let all = Self::all(book);
        let at = all.binary_search_by(|known| known.id_str().cmp(id)).ok()?;
        all.get(at)
    }

    /// How many are in use.
    #[must_use]
    fn active_count(book: &Workbook) -> usize {
        let all = Self::all(book).iter();
        all.filter(|record| record.status().is_active()).count()
    }

    /// Another record that may be this one, in use or retired. Of one that is registered
    /// already, only one that it is alike by what changes.
    #[must_use]
    fn alike<'a>(&self, book: &'a Workbook) -> Option<&'a Self> {
        let is_alike = |a: &Self, b: &Self| folded(a.name()) == folded(b.name()) && a.may_be(b);
        let known = Self::find(book, self.id_str());
        let mut all = Self::all(book).iter();
        all.find(|other| {
            other.id() != self.id()
                && is_alike(other, self)
                && !known.is_some_and(|known| is_alike(other, known))
        })
    }

    /// Another record that holds its [`Self::KEY_FIELD`].
    #[must_use]
    fn key_holder<'a>(&self, book: &'a Workbook) -> Option<&'a Self> {
        let key = self.key()?;
        let mut all = Self::all(book).iter();
        all.find(|other| other.id() != self.id() && other.key() == Some(key))
    }
}

impl<T: Kept> Registered for T {
    fn id_text(&self) -> &str {
        self.id_str()
    }

    fn unapproved(&self) -> Vec<Guarded> {
        let is_unapproved = !self.status().is_approved();
        is_unapproved
            .then_some(Guarded::Status)
            .into_iter()
            .collect()
    }

    fn taken_by(&self, book: &Workbook, field: &str) -> Option<Fault> {
        let holder = self.key_holder(book).filter(|_| field == T::KEY_FIELD)?;
        Some(Fault::TakenBy {
            other: holder.id().to_string(),
        })
    }

    fn is_in_use(&self) -> bool {
        self.status().is_active()
    }

    fn withdraw(&mut self, withdrawal: &Withdrawal) {
        self.status_mut().withdraw(withdrawal);
    }
}

impl UnitStatus {
    /// Whether what needs a reason and an approver has both.
    pub(super) fn is_approved(&self) -> bool {
        match self {
            Self::Active => true,
            Self::Retired {
                reason, approver, ..
            } => !reason.trim().is_empty() && !approver.trim().is_empty(),
        }
    }

    /// Takes a record out of use that is in use.
    pub(super) fn withdraw(&mut self, withdrawal: &Withdrawal) {
        if self.is_active() {
            *self = Self::Retired {
                since: withdrawal.since,
                reason: withdrawal.reason.clone(),
                approver: withdrawal.approver.clone(),
                extra: Map::new(),
            };
        }
    }
}

impl Workbook {
    pub(super) fn keep<T: Kept>(&mut self, keep: Keep<T>, context: &Context) -> Outcome {
        match keep {
            Keep::Add(record) => self
                .check_alone(&*record)
                .and_then(|()| self.add(*record, context)),
            Keep::AddAlike(record) => self.add(*record, context),
            Keep::Edit(record) => self
                .check_alone(&*record)
                .and_then(|()| self.edit(*record, context)),
            Keep::EditAlike(record) => self.edit(*record, context),
            Keep::Retire {
                id,
                since,
                reason,
                approver,
            } => {
                let withdrawal = Withdrawal {
                    since,
                    reason,
                    approver,
                };
                self.retire::<T>(id, &withdrawal)
            }
            Keep::Restore {
                id,
                reason,
                approver,
            } => self.restore::<T>(&id, reason, approver),
            Keep::Import(import) => self.import_kept(import, context),
        }
    }

    /// Refuses a record that may be another of the register: a person is to look.
    fn check_alone<T: Kept>(&self, record: &T) -> Result<(), ActionError> {
        record.alike(self).map_or(Ok(()), |other| {
            let other = other.id().to_string();
            Err(ActionError::KeptAlike { other })
        })
    }

    fn check_key_free<T: Kept>(&self, record: &T) -> Result<(), ActionError> {
        record.key_holder(self).map_or(Ok(()), |other| {
            let (other, field) = (other.id().to_string(), T::KEY_FIELD);
            Err(ActionError::KeyTaken { other, field })
        })
    }

    fn kept_at<T: Kept>(&self, id: &str) -> Result<usize, ActionError> {
        let all = T::all(self);
        all.binary_search_by(|known| known.id_str().cmp(id))
            .map_err(|_| ActionError::NoRecord { id: id.to_owned() })
    }

    fn add<T: Kept>(&mut self, mut record: T, context: &Context) -> Outcome {
        check_values(&record, None, context)?;
        let number = next_number(T::number_last(self))?;
        let id = T::numbered(number).expect("a prefix and a number of nine digits make an id");
        *record.id_mut() = id.clone();
        self.check_key_free(&record)?;
        refuse(&record, record.unapproved())?;
        let (all, last) = T::all_mut(self);
        if all.len() >= T::COUNT_MAX {
            return Err(ActionError::TooMany { max: T::COUNT_MAX });
        }
        *last = number;
        let event = T::event(KeptEvent::Add(Added {
            id: id.clone(),
            name: record.name().to_owned(),
        }));
        let at = all.partition_point(|known| *known.id() < id);
        all.insert(at, record);
        let (undo, id) = (None, Some(id.to_string()));
        Ok((Applied { undo, id }, event.into()))
    }

    /// Other values for what a form edits; the rest has actions of its own.
    fn edit<T: Kept>(&mut self, mut record: T, context: &Context) -> Outcome {
        check_values(&record, None, context)?;
        self.check_key_free(&record)?;
        let at = self.kept_at::<T>(record.id_str())?;
        let known = &mut T::all_mut(self).0[at];
        record.put_back_unedited(known);
        let event = T::event(KeptEvent::Edit(Edited {
            id: record.id().clone(),
            changes: Changes::between(known, &record),
        }));
        let before = Box::new(std::mem::replace(known, record));
        let undo = T::action(Keep::EditAlike(before));
        Ok((Applied::undone_by(undo), event.into()))
    }

    fn retire<T: Kept>(&mut self, id: String, withdrawal: &Withdrawal) -> Outcome {
        let at = self.kept_at::<T>(&id)?;
        require(&withdrawal.reason, ActionError::NoReason)?;
        require(&withdrawal.approver, ActionError::NoApprover)?;
        let record = &mut T::all_mut(self).0[at];
        if !record.status().is_active() {
            return Err(ActionError::StatusAlready { id });
        }
        record.status_mut().withdraw(withdrawal);
        let event = T::event(KeptEvent::Retire(Retired {
            id: record.id().clone(),
            since: withdrawal.since,
            approver: withdrawal.approver.clone(),
        }));
        let undo = T::action(Keep::Restore {
            id,
            reason: String::from("撤销停用"),
            approver: withdrawal.approver.clone(),
        });
        Ok((
            Applied::undone_by(undo),
            Entry::new(event, withdrawal.reason.clone()),
        ))
    }

    fn restore<T: Kept>(&mut self, id: &str, reason: String, approver: String) -> Outcome {
        let at = self.kept_at::<T>(id)?;
        require(&reason, ActionError::NoReason)?;
        require(&approver, ActionError::NoApprover)?;
        let record = &mut T::all_mut(self).0[at];
        if record.status().is_active() {
            return Err(ActionError::StatusAlready { id: id.to_owned() });
        }
        *record.status_mut() = UnitStatus::Active;
        let event = T::event(KeptEvent::Restore(Presence {
            id: record.id().clone(),
            approver,
        }));
        Ok((Applied::done(), Entry::new(event, reason)))
    }

    fn import_kept<T: Kept>(
        &mut self,
        mut import: RegisterImport<T>,
        context: &Context,
    ) -> Outcome {
        import.check_size(T::COUNT_MAX)?;
        import.rows.sort_by(|a, b| a.id().cmp(b.id()));
        let is_drawn = |record: &T| self.is_own_referenced(T::OWN, record.id_str());
        import.check(T::all(self), T::number_last(self), is_drawn, context)?;
        check_keys(&import.rows)?;
        let event = |imported| T::event(KeptEvent::Import(imported));
        let entry = import.entry(event, T::all(self));
        let (all, last) = T::all_mut(self);
        let before = std::mem::replace(all, import.rows.into());
        *last = (*last).max(number_max(all.iter().map(T::id_str)));
        let undo = T::undo(Undone::new(import.file_name, before, all.clone()));
        Ok((Applied::undone_by(Action::UndoImport(undo)), entry))
    }
}

/// No two records hold one value of the field that tells them apart.
fn check_keys<T: Kept>(rows: &[T]) -> Result<(), ActionError> {
    let mut known = BTreeMap::new();
    for row in rows {
        let Some(key) = row.key() else { continue };
        if let Some(other) = known.insert(key, row.id()) {
            let (other, field) = (other.to_string(), T::KEY_FIELD);
            return Err(ActionError::KeyTaken { other, field });
        }
    }
    Ok(())
}

/// What a register says for itself beside its table.
macro_rules! kept {
    (
        $record:ident $id:ident $prefix:literal at most $max:ident,
        in $all:ident with $last:ident, told apart by $key_field:literal: $key:expr,
        $action:ident, $add:ident $edit:ident $retire:ident $restore:ident $import:ident,
        alike: $may_be:expr
    ) => {
        impl Kept for $record {
            type Id = $id;
            const OWN: OwnRegister = OwnRegister::$action;
            const COUNT_MAX: usize = $max;
            const PREFIX: &'static str = $prefix;
            const KEY_FIELD: &'static str = $key_field;

            fn id(&self) -> &$id {
                &self.id
            }

            fn id_mut(&mut self) -> &mut $id {
                &mut self.id
            }

            fn id_str(&self) -> &str {
                self.id.as_str()
            }

            fn with_id(id: $id) -> Self {
                Self::new(id, "")
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn key(&self) -> Option<&str> {
                let key: fn(&Self) -> Option<&str> = $key;
                key(self)
            }

            fn may_be(&self, other: &Self) -> bool {
                let may_be: fn(&Self, &Self) -> bool = $may_be;
                may_be(self, other)
            }

            fn status(&self) -> &UnitStatus {
                &self.status
            }

            fn status_mut(&mut self) -> &mut UnitStatus {
                &mut self.status
            }

            fn all(book: &Workbook) -> &KeptRows<Self> {
                &book.$all
            }

            fn all_mut(book: &mut Workbook) -> (&mut KeptRows<Self>, &mut u32) {
                (&mut book.$all, &mut book.$last)
            }

            fn number_last(book: &Workbook) -> u32 {
                book.$last
            }

            fn action(keep: Keep<Self>) -> Action {
                Action::$action(keep)
            }

            fn undo(undone: Undone<KeptRows<Self>>) -> ImportUndo {
                ImportUndo::$action(undone)
            }

            fn event(kept: KeptEvent<$id>) -> Event {
                match kept {
                    KeptEvent::Add(detail) => Event::$add(detail),
                    KeptEvent::Edit(detail) => Event::$edit(detail),
                    KeptEvent::Retire(detail) => Event::$retire(detail),
                    KeptEvent::Restore(detail) => Event::$restore(detail),
                    KeptEvent::Import(detail) => Event::$import(detail),
                }
            }
        }
    };
}

kept! {
    Agency AgencyId "AG" at most AGENCIES_MAX,
    in agencies with agency_number_last,
    told apart by "code": |agency| agency.code.as_ref().map(SocialCreditCode::as_str),
    Agencies, AddAgency EditAgency RetireAgency RestoreAgency ImportAgencies,
    alike: |a, b| a.code.is_none() || b.code.is_none()
}

kept! {
    Engineer EngineerId "EN" at most ENGINEERS_MAX,
    in engineers with engineer_number_last,
    told apart by "registration_number":
        |engineer| Some(engineer.registration_number.as_str()).filter(|number| !number.is_empty()),
    Engineers, AddEngineer EditEngineer RetireEngineer RestoreEngineer ImportEngineers,
    alike: |a, b| a.registration_number.is_empty() || b.registration_number.is_empty()
}

/// Who employs an engineer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Employer<'a> {
    /// An institution of the register.
    Agency(&'a Agency),
    /// A unit of the register.
    Unit(&'a Unit),
    /// Nobody that the registers know.
    Unknown,
}

/// The employers that the engineers' records of a workbook name, found in its registers at once.
pub struct Employers<'a> {
    by_code: BTreeMap<&'a SocialCreditCode, Employer<'a>>,
    by_id: BTreeMap<&'a str, Employer<'a>>,
    by_name: BTreeMap<String, Employer<'a>>,
}

impl<'a> Employers<'a> {
    /// Those of a workbook: none but what some record names, of a hundred thousand units.
    #[must_use]
    pub fn new(book: &'a Workbook) -> Self {
        let engineers = || book.engineers.iter();
        let mut employers = Self {
            by_code: BTreeMap::new(),
            by_id: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        let ids = engineers().map(|it| (it.employer.trim(), Employer::Unknown));
        employers.by_id.extend(ids);
        let codes = engineers().filter_map(|it| it.employer_code.as_ref());
        let codes = codes.map(|code| (code, Employer::Unknown));
        employers.by_code.extend(codes);
        let names = engineers().map(|it| (folded(&it.employer), Employer::Unknown));
        employers
            .by_name
            .extend(names.filter(|(name, _)| !name.is_empty()));
        let names = employers.by_name.keys();
        let firsts: BTreeSet<char> = names.filter_map(|name| name.chars().next()).collect();
        // Institutions go before units.
        for agency in &book.agencies {
            let known = Employer::Agency(agency);
            employers.meet(
                known,
                agency.id.as_str(),
                agency.code.as_ref(),
                Some(&agency.name),
            );
        }
        for unit in &book.units {
            // Folding keeps Chinese signs, by which most names are passed over.
            let may_be = |first: char| {
                firsts.contains(&first) || !('\u{4e00}'..='\u{9fff}').contains(&first)
            };
            let name = unit.name.chars().next().is_some_and(may_be);
            let name = name.then_some(unit.name.as_str());
            employers.meet(
                Employer::Unit(unit),
                unit.id.as_str(),
                unit.code.as_ref(),
                name,
            );
        }
        employers
    }

    /// Puts a record to where one asks for it and none stands yet.
    fn meet(
        &mut self,
        known: Employer<'a>,
        id: &str,
        code: Option<&SocialCreditCode>,
        name: Option<&str>,
    ) {
        let by_id = self.by_id.get_mut(id);
        let by_code = code.and_then(|code| self.by_code.get_mut(code));
        let by_name = name.and_then(|name| self.by_name.get_mut(&folded(name)));
        let asked = [by_id, by_code, by_name].into_iter().flatten();
        for place in asked.filter(|place| **place == Employer::Unknown) {
            *place = known;
        }
    }

    /// The employer that an engineer's record of the workbook names: by its code, else by its
    /// id or name.
    #[must_use]
    pub fn of(&self, engineer: &Engineer) -> Employer<'a> {
        let code = engineer.employer_code.as_ref();
        let by_code = code.and_then(|code| self.by_code.get(code));
        let by_id = self.by_id.get(engineer.employer.trim());
        let by_name = self.by_name.get(&folded(&engineer.employer));
        let mut found = [by_code, by_id, by_name].into_iter().flatten();
        let found = found.find(|found| **found != Employer::Unknown);
        found.copied().unwrap_or(Employer::Unknown)
    }
}
