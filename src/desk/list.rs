//! A register as a list: its columns, filters, order and search. They go over the fields of
//! the record's table, and over what follows from the workbook beside them ([`Derived`]).
//!
//! [`Index`] is worked out once a version of the workbook. Choosing rows from it then costs
//! little even with 100 000 records: the search runs once over one long text, and everything
//! else compares numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

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

    /// The text by which it sorts as names do.
    fn text(self, record: &R) -> Option<&str> {
        match self {
            Self::Field(field) if matches!(field.kind, Kind::Name(_) | Kind::Text(_)) => {
                Some(field.text(record))
            }
            _ => None,
        }
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
    /// `names` ranks characters for texts, as [`NameOrder::new`] makes it.
    pub fn sort(&self, places: &mut [u32], records: &[R], names: &NameOrder, wish: &Wish) {
        let Some(aspect) = Aspect::<R>::sorted(wish.sort) else {
            return;
        };
        let record = |place: &u32| &records[*place as usize];
        if is_by_name::<R>(wish.sort) {
            let text = |place: &u32| aspect.text(record(place)).unwrap_or_default();
            names.sort(places, text);
        } else {
            places.sort_by_key(|place| aspect.rank(record(place), &self.rows[*place as usize]));
        }
        if wish.is_descending {
            places.reverse();
        }
    }

    /// The lines of the list as `wish` asks for them.
    #[must_use]
    pub fn list(&self, records: &[R], names: &NameOrder, wish: &Wish) -> Vec<Line> {
        let mut places = self.choose(records, wish);
        self.sort(&mut places, records, names, wish);
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

/// Whether a list sorts by names under this name in the address.
#[must_use]
pub fn is_by_name<R: Listed>(sort: &str) -> bool {
    let aspect = Aspect::<R>::sorted(sort);
    aspect.is_some_and(|aspect| aspect.text(&R::blank()).is_some())
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

/// The order of names: Chinese readers look names up by sound, which only the host knows.
#[derive(Debug, Clone, Default)]
pub struct NameOrder {
    /// By the character's code, 0 where it has none. Ten thousands of names are ranked at a
    /// click: a table is read several times as fast as a map.
    ranks: Vec<u32>,
}

impl NameOrder {
    /// An order in which these characters stand in this sequence. Without any,
    /// characters are ordered by their code.
    pub fn new(characters: impl IntoIterator<Item = char>) -> Self {
        let mut ranks = Vec::new();
        for (character, rank) in characters.into_iter().zip(1..) {
            let at = character as usize;
            if ranks.len() <= at {
                ranks.resize(at + 1, 0);
            }
            ranks[at] = rank;
        }
        Self { ranks }
    }

    /// The characters that the host is to put into sequence, in order of their codes.
    #[must_use]
    pub fn characters<R: Listed>(records: &[R]) -> Vec<char> {
        let sorted: Vec<_> = R::FIELDS.iter().filter(|it| it.list.is_sorted).collect();
        let texts = records
            .iter()
            .flat_map(|record| sorted.iter().map(|field| field.text(record)));
        let mut stands = vec![false; char::MAX as usize + 1];
        for character in texts.flat_map(str::chars) {
            stands[character as usize] = true;
        }
        let all = '\0'..=char::MAX;
        all.filter(|character| stands[*character as usize])
            .collect()
    }

    /// Puts places into the order of their names; equal ones keep theirs.
    pub fn sort<'a>(&self, places: &mut [u32], name: impl Fn(&u32) -> &'a str) {
        // All keys in one piece, and where each ends.
        let (mut ranks, mut keys) = (Vec::new(), Vec::with_capacity(places.len()));
        for place in &*places {
            let start = ranks.len();
            ranks.extend(name(place).chars().map(|character| self.rank(character)));
            keys.push((*place, start..ranks.len()));
        }
        keys.sort_by(|(_, a), (_, b)| ranks[a.clone()].cmp(&ranks[b.clone()]));
        for (place, key) in places.iter_mut().zip(keys) {
            *place = key.0;
        }
    }

    fn rank(&self, character: char) -> u32 {
        let rank = self.ranks.get(character as usize).copied();
        rank.filter(|rank| *rank > 0)
            .unwrap_or(u32::from(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_by_the_rank_of_their_characters_and_equal_ones_as_they_stood() {
        let order = NameOrder::new("阿波测".chars());
        let names = ["测", "波乙", "𠮷", "阿乙", "波", "波乙", "阿"];
        let mut places: Vec<u32> = (0..7).collect();
        order.sort(&mut places, |place| names[*place as usize]);
        // What has no rank stands by its code, behind what has one.
        assert_eq!(places, [6, 3, 4, 1, 5, 0, 2]);
        order.sort(&mut [], |_| "");
    }

    #[test]
    fn what_is_copied_whole_has_no_lower_case() {
        for c in '\0'..='\u{ffff}' {
            let mut line = String::new();
            push_lowercase(&mut line, &c.to_string());
            assert_eq!(line, c.to_lowercase().to_string(), "{c:?}");
        }
    }
}
