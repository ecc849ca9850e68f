//! A record's fields as data: each is described once, in a line of its register's table.
//!
//! Readers of files, forms, panels, lists, searches, previews, completeness, guards, limits go
//! over the tables ([`Described::FIELDS`]) and list no fields of their own, so that a new
//! field takes one line in its struct and one in its table, and words where it is shown.

mod agency;
mod engineer;
mod item;
mod officer;
mod result;
mod unit;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Absence, AppliesTo, Avoidance, Credit, EngineerGrade, Inspection, LegalKind, OfficerRole,
    Outcome, RiskTier, SocialCreditCode, Subject, UnitStatus, Withholding,
};

/// Signs of a name.
pub const NAME_CHARS_MAX: usize = 100;
/// Signs of any other line of a record.
pub const TEXT_CHARS_MAX: usize = 500;
/// Signs of a note, and of what an item says.
pub const NOTE_CHARS_MAX: usize = 5_000;
/// Largest floor area and number of employees that are believed.
pub const WHOLE_MAX: u32 = 10_000_000;

/// A register's record, whose fields stand in a table.
pub trait Described: Clone + PartialEq + Serialize + Send + Sync + 'static {
    /// Its fields but the id, in the order of the file format.
    const FIELDS: &'static [Field<Self>];
    /// Which register it stands in.
    const REGISTER: RegisterKind;
    /// A record of which nothing is known. Its id keeps the place of the one to be given.
    fn blank() -> Self;
    /// Fields of newer programs and of other tools.
    fn extra(&mut self) -> &mut Map<String, Value>;

    /// The field of this key.
    #[must_use]
    fn field(key: &str) -> Option<&'static Field<Self>> {
        Self::FIELDS.iter().find(|field| field.key == key)
    }

    /// The field that a column with this head holds, by the file format's key or a word of
    /// brigades' lists.
    #[must_use]
    fn field_headed(head: &str) -> Option<&'static Field<Self>> {
        let head = head.trim();
        Self::FIELDS
            .iter()
            .find(|field| field.key == head || field.heads.contains(&head))
    }
}

/// The registers, by which words for fields of the same key differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterKind {
    /// 检查对象名录库.
    Units,
    /// 执法检查人员名录库.
    Officers,
    /// 随机抽查事项清单.
    Items,
    /// 消防技术服务机构名录.
    Agencies,
    /// 注册消防工程师名录.
    Engineers,
    /// 检查结果: no register, but a list that comes in as theirs do.
    Results,
}

impl RegisterKind {
    /// All registers, and the list of results.
    pub const ALL: [Self; 6] = [
        Self::Units,
        Self::Officers,
        Self::Items,
        Self::Agencies,
        Self::Engineers,
        Self::Results,
    ];

    /// Its name in files, and of the list that a file of it holds.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Officers => "officers",
            Self::Items => "items",
            Self::Agencies => "agencies",
            Self::Engineers => "engineers",
            Self::Results => "results",
        }
    }
}

/// A field that has no way in but its own action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guarded {
    /// 历次检查: entered as visits.
    Inspections,
    /// 状态: retired and restored.
    Status,
    /// 不公开.
    Withheld,
    /// The salt, given when a register is frozen.
    Salt,
    /// 离岗: entered in the officer's form, with approval.
    Absences,
    /// 回避: as leave.
    Avoidances,
    /// 离队.
    HasLeft,
}

impl Guarded {
    /// Its name in files.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Inspections => "inspections",
            Self::Status => "status",
            Self::Withheld => "withheld",
            Self::Salt => "salt",
            Self::Absences => "absences",
            Self::Avoidances => "avoidances",
            Self::HasLeft => "has_left",
        }
    }
}

/// What of a field may be published (domain.md, columns).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// As it is.
    Public,
    /// In part: names and numbers of people.
    Masked,
    /// Not at all.
    Withheld,
}

/// The part of a form in which a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Which unit or institution it is.
    Identity,
    /// What makes its stratum.
    Supervision,
    /// Where it is, and its people.
    Place,
    /// Risk, credit and what was found.
    Risk,
    /// The rest.
    Other,
    /// Who an officer or engineer is.
    Person,
    /// Rows of their own: absences.
    Absences,
    /// Rows of their own: avoidances.
    Avoidances,
    /// What an item says.
    Item,
}

/// Where a field stands in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForm {
    /// Its part.
    pub group: Group,
    /// Its place in the part.
    pub place: u8,
    /// Whether it takes a whole row.
    pub is_wide: bool,
}

/// Where a field, or what follows from the workbook, stands in its register's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InList {
    /// Its place among the columns; none: it is no column.
    pub column: Option<u8>,
    /// How soon its column gives way where the list is narrow: the largest first, 0 never.
    pub yields: u8,
    /// Whether its column holds numbers.
    pub is_number: bool,
    /// Whether the list sorts by it.
    pub is_sorted: bool,
    /// Its place among the filters; none: it is no filter.
    pub filter: Option<u8>,
    /// Its name in the address, where that is not its key.
    pub key: Option<&'static str>,
}

impl InList {
    /// Nowhere in the list.
    pub const NOWHERE: Self = Self {
        column: None,
        yields: 0,
        is_number: false,
        is_sorted: false,
        filter: None,
        key: None,
    };

    /// A column at a place, and how soon it gives way.
    #[must_use]
    pub const fn column(place: u8, yields: u8) -> Self {
        Self {
            column: Some(place),
            yields,
            ..Self::NOWHERE
        }
    }

    /// Its column holds numbers.
    #[must_use]
    pub const fn number(mut self) -> Self {
        self.is_number = true;
        self
    }

    /// The list sorts by it.
    #[must_use]
    pub const fn sorted(mut self) -> Self {
        self.is_sorted = true;
        self
    }

    /// A filter at a place.
    #[must_use]
    pub const fn filter(mut self, place: u8) -> Self {
        self.filter = Some(place);
        self
    }

    /// Its name in the address.
    #[must_use]
    pub const fn called(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }
}

/// How a value of a record is read and written.
pub struct Slot<R: 'static, T: 'static> {
    /// The value.
    pub get: fn(&R) -> &T,
    /// Where it stands.
    pub place: fn(&mut R) -> &mut T,
}

/// The lists of values of which a field holds one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choices {
    /// 单位性质.
    LegalKind,
    /// 风险等级.
    RiskTier,
    /// 信用等级.
    Credit,
    /// 抽查类别.
    Subject,
    /// 适用单位.
    AppliesTo,
    /// 注册级别.
    EngineerGrade,
    /// 人员类别.
    OfficerRole,
    /// 检查结果.
    Outcome,
}

impl Choices {
    /// How many there are.
    #[must_use]
    pub const fn count(self) -> usize {
        match self {
            Self::LegalKind => LegalKind::ALL.len(),
            Self::RiskTier => RiskTier::ALL.len(),
            Self::Credit => Credit::ALL.len(),
            Self::Subject => Subject::ALL.len(),
            Self::AppliesTo => AppliesTo::ALL.len(),
            Self::EngineerGrade => EngineerGrade::ALL.len(),
            Self::OfficerRole => OfficerRole::ALL.len(),
            Self::Outcome => Outcome::ALL.len(),
        }
    }

    /// The place of the value that says that nothing is known, where the list has one.
    const fn blank(self) -> Option<usize> {
        match self {
            Self::Credit => Some(Credit::ALL.len() - 1),
            Self::EngineerGrade => Some(EngineerGrade::ALL.len() - 1),
            Self::LegalKind
            | Self::RiskTier
            | Self::Subject
            | Self::AppliesTo
            | Self::OfficerRole
            | Self::Outcome => None,
        }
    }
}

/// One value of a list, by its place in the list.
pub struct Choice<R: 'static> {
    /// The list.
    pub of: Choices,
    /// The place of the value.
    pub get: fn(&R) -> usize,
    /// Puts the value of a place; nothing where the list has no such place.
    pub set: fn(&mut R, usize),
}

/// What a field holds, and the way to it.
pub enum Kind<R: 'static> {
    /// A name, which must be one.
    Name(Slot<R, String>),
    /// A line of text.
    Text(Slot<R, String>),
    /// Several lines of text.
    Lines(Slot<R, String>),
    /// A set of words.
    Tags(Slot<R, BTreeSet<String>>),
    /// Yes or no.
    Flag(Slot<R, bool>),
    /// A whole number, or none.
    Number(Slot<R, Option<u32>>),
    /// A day, or none.
    Date(Slot<R, Option<NaiveDate>>),
    /// Days on which something happened.
    Dates(Slot<R, Vec<NaiveDate>>),
    /// A credit code, or none.
    Code(Slot<R, Option<SocialCreditCode>>),
    /// One of a list of values.
    Choice(Choice<R>),
    /// Counted inspections.
    Inspections(Slot<R, Vec<Inspection>>),
    /// Whether the record takes part.
    Status(Slot<R, UnitStatus>),
    /// Whether the unit is withheld.
    Withholding(Slot<R, Option<Withholding>>),
    /// 16 bytes in hex.
    Salt(Slot<R, String>),
    /// Periods of absence.
    Absences(Slot<R, Vec<Absence>>),
    /// Units to keep from.
    Avoidances(Slot<R, Vec<Avoidance>>),
}

/// A field of a register's record.
pub struct Field<R: 'static> {
    /// Its name in the file formats, by which `i18n` knows its words.
    pub key: &'static str,
    /// What it holds, and the way to it.
    pub kind: Kind<R>,
    /// The action that alone changes it, where there is one.
    pub guard: Option<Guarded>,
    /// Whether it bears on a draw: the trail tells its old and new values.
    pub is_bearing: bool,
    /// What of it may be published.
    pub publication: Publication,
    /// Signs that a text of it may have.
    pub chars_max: usize,
    /// Whether its text is a number of many digits, which a spreadsheet may have damaged.
    pub is_numeral: bool,
    /// Whether its day cannot lie ahead.
    pub is_past: bool,
    /// Whether its value is one record's alone, such as the number of a certificate.
    pub is_own: bool,
    /// Where it stands in the record's form; none where no form shows it.
    pub form: Option<InForm>,
    /// Whether the record's panel lists it.
    pub is_fact: bool,
    /// Whether the register's search looks into it.
    pub is_searched: bool,
    /// Where it stands in the register's list.
    pub list: InList,
    /// Heads of its column in brigades' lists, beside its key.
    pub heads: &'static [&'static str],
    is_needed: Option<fn(&R) -> bool>,
    is_same: fn(&R, &R) -> bool,
    copy: fn(&mut R, &R),
    json: fn(&R) -> Value,
}

impl<R> Field<R> {
    /// A field as [`field!`](crate::field) makes it, with nothing more said of it.
    #[must_use]
    pub const fn new(
        key: &'static str,
        kind: Kind<R>,
        is_same: fn(&R, &R) -> bool,
        copy: fn(&mut R, &R),
        json: fn(&R) -> Value,
    ) -> Self {
        let chars_max = match &kind {
            Kind::Name(_) => NAME_CHARS_MAX,
            Kind::Lines(_) => NOTE_CHARS_MAX,
            _ => TEXT_CHARS_MAX,
        };
        Self {
            key,
            kind,
            guard: None,
            is_bearing: false,
            publication: Publication::Withheld,
            chars_max,
            is_numeral: false,
            is_past: false,
            is_own: false,
            form: None,
            is_fact: false,
            is_searched: false,
            list: InList::NOWHERE,
            heads: &[],
            is_needed: None,
            is_same,
            copy,
            json,
        }
    }

    /// Nothing but its own action changes it.
    #[must_use]
    pub const fn guarded(mut self, guard: Guarded) -> Self {
        self.guard = Some(guard);
        self
    }

    /// It bears on a draw.
    #[must_use]
    pub const fn bearing(mut self) -> Self {
        self.is_bearing = true;
        self
    }

    /// It may be published as it is.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.publication = Publication::Public;
        self
    }

    /// It may be published in part.
    #[must_use]
    pub const fn masked(mut self) -> Self {
        self.publication = Publication::Masked;
        self
    }

    /// Signs that a text of it may have, where they are not those of its kind.
    #[must_use]
    pub const fn at_most(mut self, chars_max: usize) -> Self {
        self.chars_max = chars_max;
        self
    }

    /// Its text is a number of many digits: of a telephone, a certificate.
    #[must_use]
    pub const fn numeral(mut self) -> Self {
        self.is_numeral = true;
        self
    }

    /// Its day does not lie ahead.
    #[must_use]
    pub const fn past(mut self) -> Self {
        self.is_past = true;
        self
    }

    /// No two records hold the same.
    #[must_use]
    pub const fn own(mut self) -> Self {
        self.is_own = true;
        self
    }

    /// Its place in the form.
    #[must_use]
    pub const fn form(self, group: Group, place: u8) -> Self {
        self.in_form(group, place, false)
    }

    /// Its place in the form, where it takes a whole row.
    #[must_use]
    pub const fn form_wide(self, group: Group, place: u8) -> Self {
        self.in_form(group, place, true)
    }

    const fn in_form(mut self, group: Group, place: u8, is_wide: bool) -> Self {
        self.form = Some(InForm {
            group,
            place,
            is_wide,
        });
        self
    }

    /// The record's panel lists it.
    #[must_use]
    pub const fn fact(mut self) -> Self {
        self.is_fact = true;
        self
    }

    /// The register's search looks into it.
    #[must_use]
    pub const fn searched(mut self) -> Self {
        self.is_searched = true;
        self
    }

    /// Where it stands in the register's list, as a column, a filter, or both.
    #[must_use]
    pub const fn listed(mut self, list: InList) -> Self {
        self.list = list;
        self
    }

    /// A complete record holds it.
    #[must_use]
    pub const fn needed(mut self) -> Self {
        self.is_needed = Some(|_| true);
        self
    }

    /// A complete record holds it where `when` says so.
    #[must_use]
    pub const fn needed_where(mut self, when: fn(&R) -> bool) -> Self {
        self.is_needed = Some(when);
        self
    }

    /// Heads of its column in brigades' lists.
    #[must_use]
    pub const fn heads(mut self, heads: &'static [&'static str]) -> Self {
        self.heads = heads;
        self
    }

    /// Whether it names a person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        let is_line = matches!(self.kind, Kind::Name(_) | Kind::Text(_));
        is_line && self.publication == Publication::Masked && !self.is_numeral
    }

    /// Whether many records may be given one value of it at once: it has no action of its own,
    /// a form shows it, and it tells no record from others.
    #[must_use]
    pub const fn is_for_many(&self) -> bool {
        let is_kind = matches!(
            self.kind,
            Kind::Text(_)
                | Kind::Lines(_)
                | Kind::Tags(_)
                | Kind::Flag(_)
                | Kind::Number(_)
                | Kind::Date(_)
                | Kind::Choice(_)
        );
        is_kind && self.guard.is_none() && self.form.is_some() && !self.is_own
    }

    /// Whether a complete record of this kind holds it.
    #[must_use]
    pub fn is_needed(&self, record: &R) -> bool {
        self.is_needed.is_some_and(|is_needed| is_needed(record))
    }

    /// Whether two records have one value.
    #[must_use]
    pub fn is_same(&self, a: &R, b: &R) -> bool {
        (self.is_same)(a, b)
    }

    /// Puts the value of `from` into `to`.
    pub fn copy(&self, to: &mut R, from: &R) {
        (self.copy)(to, from);
    }

    /// The value in the file format's words.
    #[must_use]
    pub fn json(&self, record: &R) -> Value {
        (self.json)(record)
    }

    /// The value as it stands, where it is a text or a code.
    #[must_use]
    pub fn text<'a>(&self, record: &'a R) -> &'a str {
        match &self.kind {
            Kind::Name(slot) | Kind::Text(slot) | Kind::Lines(slot) => (slot.get)(record),
            Kind::Code(slot) => (slot.get)(record).as_ref().map_or("", |code| code.as_str()),
            _ => "",
        }
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_blank(&self, record: &R) -> bool {
        match &self.kind {
            Kind::Name(_) | Kind::Text(_) | Kind::Lines(_) | Kind::Code(_) => {
                self.text(record).is_empty()
            }
            Kind::Tags(slot) => (slot.get)(record).is_empty(),
            Kind::Number(slot) => (slot.get)(record).is_none(),
            Kind::Date(slot) => (slot.get)(record).is_none(),
            Kind::Dates(slot) => (slot.get)(record).is_empty(),
            Kind::Choice(choice) => Some((choice.get)(record)) == choice.of.blank(),
            _ => false,
        }
    }
}

/// What a complete record holds and this one does not, in the table's order.
pub fn missing<R: Described>(record: &R) -> impl Iterator<Item = &'static Field<R>> {
    R::FIELDS
        .iter()
        .filter(|field| field.is_needed(record) && field.is_blank(record))
}

/// The list of values of a field of any register; none where it holds no choice.
#[must_use]
pub fn choices_of(key: &str) -> Option<Choices> {
    fn of<R: Described>(key: &str) -> Option<Choices> {
        match &R::field(key)?.kind {
            Kind::Choice(choice) => Some(choice.of),
            _ => None,
        }
    }
    of::<super::Unit>(key)
        .or_else(|| of::<super::InspectionItem>(key))
        .or_else(|| of::<super::Engineer>(key))
        .or_else(|| of::<super::Officer>(key))
        .or_else(|| of::<super::ResultLine>(key))
}

/// For [`field!`](crate::field): a value in the file format's words.
#[doc(hidden)]
pub fn to_json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// A field by its kind and its name in the struct, which is its key.
///
/// `field!(Text address)`; `field!(Choice Credit credit)` for one of a list.
#[macro_export]
macro_rules! field {
    (Choice $list:ident $name:ident) => {
        $crate::field!(@ $name, Choice, $crate::model::field::Choice::<Self> {
            of: $crate::model::field::Choices::$list,
            get: |record| {
                let mut values = $crate::model::$list::ALL.iter();
                values.position(|value| *value == record.$name).unwrap_or_default()
            },
            set: |record, at| {
                if let Some(value) = $crate::model::$list::ALL.get(at) {
                    record.$name = *value;
                }
            },
        })
    };
    ($kind:ident $name:ident) => {
        $crate::field!(@ $name, $kind, $crate::model::field::Slot::<Self, _> {
            get: |record| &record.$name,
            place: |record| &mut record.$name,
        })
    };
    (@ $name:ident, $kind:ident, $way:expr) => {
        $crate::model::Field::<Self>::new(
            stringify!($name),
            $crate::model::field::Kind::$kind($way),
            |a, b| a.$name == b.$name,
            |to, from| to.$name.clone_from(&from.$name),
            |record| $crate::model::field::to_json(&record.$name),
        )
    };
}
