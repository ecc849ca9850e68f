//! A register as a list: its columns, filters, order and search. They go over the fields of
//! the record's table, and over what follows from the workbook beside them ([`Derived`]).
//!
//! [`Index`] is worked out once a version of the workbook. Choosing rows from it then costs
//! little even with 100 000 records: the search runs once over one long text, and everything
//! else compares numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::name_order::{Alphabet, Names, characters};
use super::problems::{Problem, is_odd, problems};
use crate::model::Field;
use crate::model::field::{Choices, InList, Kind, missing};
use crate::workbook::Workbook;
use crate::workbook::register::Registered;

/// The view of records that lack something, where a register has one.
pub const INCOMPLETE: &str = "incomplete";

/// A record of a register that has a list.
pub trait Listed: Registered {
    /// What a row shows beside the record's own fields.
    type Row: Send + Sync + 'static;
    /// Columns and filters that are no fields of the record.
    const DERIVED: &'static [Derived<Self>];
    /// The saved views as the address names them, in the order of their tabs.
    const VIEWS: &'static [&'static str];

    /// The register.
    fn records(book: &Workbook) -> &[Self];
    /// A row a record, in the register's order.
    fn rows(book: &Workbook, today: NaiveDate) -> Vec<Self::Row>;
    /// Whether it stands in the view at a place of [`Self::VIEWS`].
    fn is_in(&self, row: &Self::Row, view: usize) -> bool;
    /// Another word by which it is found.
    fn alias(&self) -> &str {
        ""
    }
    /// The heading under which it stands, in a list with headings.
    fn group(&self) -> Option<usize> {
        None
    }
    /// Whether [`Listed::problems`] finds anything in it, asked of every record of a list.
    fn is_mendable(&self, _: &Self::Row, today: NaiveDate) -> bool {
        missing(self).next().is_some() || is_odd(self, today)
    }
    /// What is to be mended in it.
    fn problems(&self, _: &Self::Row, _records: &[Self], today: NaiveDate) -> Vec<Problem> {
        problems(self, today)
    }
    /// The values of a field of text, where the brigade keeps a list of them.
    fn listed(_book: &Workbook, _key: &str) -> Vec<String> {
        Vec::new()
    }
}

/// What a list shows of a record, asks for or sorts by, and no field holds.
pub struct Derived<R: Listed> {
    key: &'static str,
    list: InList,
    values: &'static [(&'static str, i64)],
    rank: fn(&R, &R::Row) -> i64,
}

impl<R: Listed> Derived<R> {
    /// A column that is only looked at. `i18n` knows its words by `key`.
    #[must_use]
    pub const fn shown(key: &'static str, list: InList) -> Self {
        Self::ranked(key, list, |_, _| 0)
    }

    /// With the rank by which the list sorts and chooses; the address names it by `key`.
    #[must_use]
    pub const fn ranked(key: &'static str, list: InList, rank: fn(&R, &R::Row) -> i64) -> Self {
        let values = &[];
        Self {
            key,
            list,
            values,
            rank,
        }
    }

    /// As a filter: the values that may be asked for, with their ranks.
    #[must_use]
    pub const fn values(mut self, values: &'static [(&'static str, i64)]) -> Self {
        self.values = values;
        self
    }
}

/// A column, a filter, or an order of a list.
pub enum Aspect<R: Listed> {
    /// A field of the record's table.
    Field(&'static Field<R>),
    /// What follows from the workbook.
    Derived(&'static Derived<R>),
}

impl<R: Listed> Clone for Aspect<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Listed> Copy for Aspect<R> {}

/// What a filter asks for.
enum Condition {
    Ranks(BTreeSet<i64>),
    Words(BTreeSet<String>),
}

impl<R: Listed> Aspect<R> {
    fn all() -> impl Iterator<Item = Self> {
        let fields = R::FIELDS.iter().map(Self::Field);
        fields.chain(R::DERIVED.iter().map(Self::Derived))
    }

    fn placed(place: impl Fn(InList) -> Option<u8>) -> Vec<Self> {
        let placed = Self::all().filter_map(|aspect| Some((place(aspect.list())?, aspect)));
        let mut placed: Vec<_> = placed.collect();
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, aspect)| aspect).collect()
    }

    /// The columns of the list, in order.
    #[must_use]
    pub fn columns() -> Vec<Self> {
        Self::placed(|list| list.column)
    }

    /// All columns that the list can have: its own in order, then the other fields that a form
    /// shows, in the order of the table.
    #[must_use]
    pub fn all_columns() -> Vec<Self> {
        let more = R::FIELDS.iter().filter(|field| {
            let is_line = !matches!(field.kind, Kind::Absences(_) | Kind::Avoidances(_));
            field.list.column.is_none() && field.form.is_some() && is_line
        });
        let mut columns = Self::columns();
        columns.extend(more.map(Self::Field));
        columns
    }

    /// The filters of the list, in order.
    #[must_use]
    pub fn filters() -> Vec<Self> {
        Self::placed(|list| list.filter)
    }

    /// By what the list sorts under this name.
    #[must_use]
    pub fn sorted(key: &str) -> Option<Self> {
        Self::all().find(|aspect| aspect.list().is_sorted && aspect.key() == key)
    }

    /// Its name in the address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.list.key.unwrap_or(field.key),
            Self::Derived(derived) => derived.key,
        }
    }

    /// Where it stands in the list.
    #[must_use]
    pub fn list(self) -> InList {
        match self {
            Self::Field(field) => field.list,
            Self::Derived(derived) => derived.list,
        }
    }

    /// All by which the list sorts as names do, in the order of the table.
    pub fn texts() -> impl Iterator<Item = Self> {
        Self::all().filter(|aspect| aspect.list().is_sorted && aspect.is_text())
    }

    /// The characters of all these texts, each once, in order of their codes.
    #[must_use]
    pub fn characters(records: &[R]) -> Vec<char> {
        let texts: Vec<Self> = Self::texts().collect();
        let text = |record, aspect: &Self| match aspect {
            Self::Field(field) => field.text(record),
            Self::Derived(_) => "",
        };
        let of_record = |record| texts.iter().map(move |aspect| text(record, aspect));
        characters(records.iter().flat_map(of_record))
    }

    /// Whether it is a text, which sorts as names do.
    fn is_text(self) -> bool {
        matches!(self, Self::Field(field) if matches!(field.kind, Kind::Name(_) | Kind::Text(_)))
    }

    /// What it says of each record, as names compare; all alike where it is no text.
    #[must_use]
    pub fn names(self, records: &[R], alphabet: &Alphabet) -> Names {
        let text = |record| match self {
            Self::Field(field) if self.is_text() => field.text(record),
            _ => "",
        };
        Names::new(records.iter().map(text), alphabet)
    }

    fn rank(self, record: &R, row: &R::Row) -> i64 {
        let field = match self {
            Self::Derived(derived) => return (derived.rank)(record, row),
            Self::Field(field) => field,
        };
        match &field.kind {
            Kind::Flag(slot) => i64::from(*(slot.get)(record)),
            Kind::Choice(choice) => (choice.get)(record) as i64,
            Kind::Number(slot) => (slot.get)(record).map_or(-1, i64::from),
            Kind::Date(slot) => day_rank(*(slot.get)(record)),
            _ => 0,
        }
    }

    /// Values that are asked for by their rank; none where the filter asks for words.
    fn ranks(self) -> Option<Vec<(String, i64)>> {
        let field = match self {
            Self::Derived(derived) => {
                let values = derived.values.iter();
                return Some(values.map(|(word, at)| ((*word).to_owned(), *at)).collect());
            }
            Self::Field(field) => field,
        };
        match &field.kind {
            Kind::Flag(_) => Some(vec![("1".to_owned(), 1)]),
            Kind::Choice(choice) => {
                let mut record = R::blank();
                let mut word = |at| {
                    (choice.set)(&mut record, at);
                    let word = field.json(&record);
                    (word.as_str().unwrap_or_default().to_owned(), at as i64)
                };
                let mut ranks: Vec<_> = (0..choice.of.count()).map(&mut word).collect();
                if choice.of == Choices::RiskTier {
                    // The highest is asked for first.
                    ranks.reverse();
                }
                Some(ranks)
            }
            _ => None,
        }
    }

    /// By which a value of its filter is chosen, where that is no word.
    #[must_use]
    pub fn rank_of(self, value: &str) -> Option<i64> {
        let mut ranks = self.ranks()?.into_iter();
        ranks.find(|(word, _)| word == value).map(|(_, rank)| rank)
    }

    /// Whether its filter is a box to tick.
    #[must_use]
    pub fn is_flag(self) -> bool {
        self.ranks().is_some_and(|ranks| ranks.len() == 1)
    }

    /// The values that its filter offers, as the address names them.
    #[must_use]
    pub fn values(self, book: &Workbook) -> Vec<String> {
        if let Some(ranks) = self.ranks() {
            return ranks.into_iter().map(|(word, _)| word).collect();
        }
        match self {
            Self::Field(Field {
                kind: Kind::Tags(slot),
                ..
            }) => {
                let tags = R::records(book).iter().flat_map(slot.get);
                tags.cloned().collect::<BTreeSet<_>>().into_iter().collect()
            }
            _ => R::listed(book, self.key()),
        }
    }

    /// What these values ask for; nothing where it knows none of them.
    fn condition(self, words: &BTreeSet<String>) -> Option<Condition> {
        let Some(ranks) = self.ranks() else {
            return (!words.is_empty()).then(|| Condition::Words(words.clone()));
        };
        let known = ranks.into_iter().filter(|(word, _)| words.contains(word));
        let known: BTreeSet<i64> = known.map(|(_, rank)| rank).collect();
        (!known.is_empty()).then_some(Condition::Ranks(known))
    }

    fn meets(self, condition: &Condition, record: &R, row: &R::Row) -> bool {
        match (self, condition) {
            (_, Condition::Ranks(ranks)) => ranks.contains(&self.rank(record, row)),
            (Self::Field(field), Condition::Words(words)) => match &field.kind {
                Kind::Tags(slot) => !(slot.get)(record).is_disjoint(words),
                _ => words.contains(field.text(record)),
            },
            (Self::Derived(_), Condition::Words(_)) => true,
        }
    }
}

/// The rank of a day; where there is none, before any.
#[must_use]
pub fn day_rank(day: Option<NaiveDate>) -> i64 {
    day.map_or(i64::MIN, |day| i64::from(day.num_days_from_ce()))
}

/// What a list is asked to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// The place of the saved view.
    pub view: usize,
    /// Words, all of which must occur.
    pub text: String,
    /// Values asked for, by filter; an empty set chooses all.
    pub chosen: BTreeMap<&'static str, BTreeSet<String>>,
    /// By what it sorts; empty: the register's order.
    pub sort: &'static str,
    /// Whether from the largest down.
    pub is_descending: bool,
}

impl Wish {
    /// Whether anything narrows the view.
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        !self.text.is_empty() || self.chosen.values().any(|words| !words.is_empty())
    }
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A heading with the number of records under it.
    Heading {
        /// What [`Listed::group`] says of them.
        group: usize,
        /// How many they are.
        count: usize,
    },
    /// The record at a place of the register.
    Record(u32),
}

impl Line {
    /// The place of its record; none of a heading.
    #[must_use]
    pub const fn place(self) -> Option<u32> {
        match self {
            Self::Record(place) => Some(place),
            Self::Heading { .. } => None,
        }
    }
}

/// The register, made ready for its list.
pub struct Index<R: Listed> {
    /// A row a record, in the register's order.
    pub rows: Vec<R::Row>,
    view_counts: Vec<u32>,
    /// Of each record whether something is to be mended in it.
    is_mendable: Vec<bool>,
    /// What is searched, in lower case, a line a record.
    lines: String,
    /// Where each line ends in `lines`.
    line_ends: Vec<usize>,
}

impl<R: Listed> Default for Index<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            view_counts: vec![0; R::VIEWS.len()],
            is_mendable: Vec::new(),
            lines: String::new(),
            line_ends: Vec::new(),
        }
    }
}

impl<R: Listed> Index<R> {
    /// Works the rows out, as of `today`.
    #[must_use]
    pub fn new(book: &Workbook, today: NaiveDate) -> Self {
        let mut index = Self {
            rows: R::rows(book, today),
            ..Self::default()
        };
        for (place, record) in R::records(book).iter().enumerate() {
            for (view, count) in index.view_counts.iter_mut().enumerate() {
                *count += u32::from(record.is_in(&index.rows[place], view));
            }
            index.add_line(record);
            let is_mendable = record.is_mendable(&index.rows[place], today);
            index.is_mendable.push(is_mendable);
        }
        index
    }

    fn add_line(&mut self, record: &R) {
        let fields = R::FIELDS.iter().filter(|field| field.is_searched);
        let fields = fields.map(|field| field.text(record));
        let fields = fields.chain([record.id_text(), record.alias()]);
        for field in fields.filter(|field| !field.is_empty()) {
            // A tab keeps a word from matching across two fields; a search word holds none.
            push_lowercase(&mut self.lines, field);
            self.lines.push('\t');
        }
        self.lines.push('\n');
        self.line_ends.push(self.lines.len());
    }

    /// How many records stand in the view at a place of [`Listed::VIEWS`].
    #[must_use]
    pub fn count(&self, view: usize) -> u32 {
        self.view_counts.get(view).copied().unwrap_or_default()
    }

    /// Whether something is to be mended in the record at a place.
    #[must_use]
    pub fn is_mendable(&self, place: u32) -> bool {
        let is_mendable = self.is_mendable.get(place as usize);
        is_mendable.copied().unwrap_or_default()
    }

    /// Of the records in the first view how many lack nothing, and how many there are; none
    /// where the register has no view of those that lack something.
    #[must_use]
    pub fn complete_counts(&self) -> Option<(u32, u32)> {
        let mut views = R::VIEWS.iter();
        let incomplete = views.position(|view| *view == INCOMPLETE)?;
        let all = self.count(0);
        Some((all.saturating_sub(self.count(incomplete)), all))
    }

    /// Places of the records that `wish` chooses, in the register's order.
    /// `records` is the register from which the index was made.
    #[must_use]
    pub fn choose(&self, records: &[R], wish: &Wish) -> Vec<u32> {
        let condition = |aspect: Aspect<R>| {
            let words = wish.chosen.get(aspect.key())?;
            Some((aspect, aspect.condition(words)?))
        };
        let filters = Aspect::<R>::filters();
        let conditions: Vec<_> = filters.into_iter().filter_map(condition).collect();
        let mut places = self.search(&wish.text);
        places.retain(|&place| {
            let (record, row) = (&records[place as usize], &self.rows[place as usize]);
            let mut met = conditions.iter();
            record.is_in(row, wish.view)
                && met.all(|(aspect, condition)| aspect.meets(condition, record, row))
        });
        places
    }

    /// Places of the records that hold all words of `text`, in order.
    fn search(&self, text: &str) -> Vec<u32> {
        let text = text.to_lowercase();
        let mut words = text.split_whitespace();
        let Some(first) = words.next() else {
            return (0..self.rows.len() as u32).collect();
        };
        let mut places: Vec<u32> = Vec::new();
        for (at, _) in self.lines.match_indices(first) {
            let place = self.line_ends.partition_point(|&end| end <= at) as u32;
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        for word in words {
            places.retain(|&place| self.line(place).contains(word));
        }
        places
    }

    fn line(&self, place: u32) -> &str {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |at| self.line_ends[at]);
        &self.lines[start..self.line_ends[place]]
    }

    /// Puts places into the order of `wish`; equal ones stay in the register's order.
    ///
    /// `by_text` gives the places of the whole register in the order of such an aspect, as
    /// [`Aspect::names`] and [`Names::order`] work it out; it is asked only where that is needed.
    pub fn sort(
        &self,
        places: &mut Vec<u32>,
        records: &[R],
        wish: &Wish,
        by_text: impl FnOnce(Aspect<R>) -> Arc<[u32]>,
    ) {
        let Some(aspect) = Aspect::<R>::sorted(wish.sort) else {
            return;
        };
        if aspect.is_text() {
            let mut is_chosen = vec![false; records.len()];
            for place in places.drain(..) {
                is_chosen[place as usize] = true;
            }
            let order = by_text(aspect);
            places.extend(order.iter().filter(|place| is_chosen[**place as usize]));
        } else {
            places.sort_by_cached_key(|place| {
                let at = *place as usize;
                aspect.rank(&records[at], &self.rows[at])
            });
        }
        if wish.is_descending {
            places.reverse();
        }
    }

    /// The lines of the list as `wish` asks for them; `by_text` as for [`Self::sort`].
    #[must_use]
    pub fn list(
        &self,
        records: &[R],
        wish: &Wish,
        by_text: impl FnOnce(Aspect<R>) -> Arc<[u32]>,
    ) -> Vec<Line> {
        let mut places = self.choose(records, wish);
        self.sort(&mut places, records, wish, by_text);
        let group = |place: &u32| records[*place as usize].group();
        places.sort_by_key(group);
        let mut lines = Vec::with_capacity(places.len());
        for part in places.chunk_by(|a, b| group(a) == group(b)) {
            let heading = part.first().and_then(group);
            lines.extend(heading.map(|group| Line::Heading {
                group,
                count: part.len(),
            }));
            lines.extend(part.iter().map(|place| Line::Record(*place)));
        }
        lines
    }
}

/// Adds `field` in lower case. Chinese has no case, and most fields are Chinese or
/// digits: such a field is copied whole.
fn push_lowercase(line: &mut String, field: &str) {
    let has_no_case = |c: char| match c {
        'A'..='Z' => false,
        '\0'..='\u{7f}' | '\u{2e80}'..='\u{9fff}' | '\u{ff08}'..='\u{ff1f}' => true,
        _ => false,
    };
    if field.chars().all(has_no_case) {
        line.push_str(field);
    } else {
        line.extend(field.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_whole_has_no_lower_case() {
        for c in '\0'..='\u{ffff}' {
            let mut line = String::new();
            push_lowercase(&mut line, &c.to_string());
            assert_eq!(line, c.to_lowercase().to_string(), "{c:?}");
        }
    }
}
