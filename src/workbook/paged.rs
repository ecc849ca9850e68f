//! A list that knows which of its pages are as they were, so that a save need not look.
//!
//! Every way to change a page gives it a new mark. Two lists with the same mark of a page
//! hold the same records there, however each of them came to be: a copy keeps the marks,
//! and what changes in either then gets one that no other page has or ever had.
//!
//! The records themselves are shared by copies until one of them is changed: a copy of a
//! workbook costs little, and a change in one that nobody else holds is made in place.

use std::ops::{Deref, DerefMut, Index, IndexMut};
use std::slice::SliceIndex;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Stands for what a page holds. Alike as long as it was not touched.
#[derive(Debug, Clone)]
pub struct Mark(Arc<Origin>);

/// Where a page's records come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// They were read so, as the list of them was written.
    Read,
    Changed,
}

impl Mark {
    fn fresh() -> Self {
        Self(Arc::new(Origin::Changed))
    }

    /// Whether the page is as it was read from a text.
    #[must_use]
    pub fn is_as_read(&self) -> bool {
        *self.0 == Origin::Read
    }
}

impl PartialEq for Mark {
    /// By place in memory, which is nobody else's as long as somebody holds the mark.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Mark {}

/// A list in pages of `PAGE` records. It reads as a slice; what changes it in a way that
/// has no method of its own here marks all of it.
///
/// ```
/// use double_random::workbook::paged::Paged;
/// let mut list: Paged<u32, 100> = (0..250).collect();
/// let before = list.clone();
/// list[120] = 7;
/// let is_same = |page| list.mark(page) == before.mark(page);
/// assert_eq!([0, 1, 2].map(is_same), [true, false, true]);
/// ```
#[derive(Clone)]
pub struct Paged<T, const PAGE: usize> {
    rows: Arc<Vec<T>>,
    /// One for each page.
    marks: Vec<Mark>,
}

impl<T, const PAGE: usize> Paged<T, PAGE> {
    /// Records of a page; of the last one at most.
    pub const PAGE: usize = PAGE;

    /// Stands for what the page with this number holds; none where there is no such page.
    #[must_use]
    pub fn mark(&self, page: usize) -> Option<&Mark> {
        self.marks.get(page)
    }

    /// The pages in order.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.rows.chunks(PAGE)
    }

    /// Gives new marks to all pages from that with the record at `at` on.
    fn mark_from(&mut self, at: usize) {
        self.marks.truncate(at / PAGE);
        self.marks
            .resize_with(self.rows.len().div_ceil(PAGE), Mark::fresh);
    }
}

impl<T: Clone, const PAGE: usize> Paged<T, PAGE> {
    fn rows_mut(&mut self) -> &mut Vec<T> {
        Arc::make_mut(&mut self.rows)
    }

    /// The record at `at`, to be changed.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        *self.marks.get_mut(at / PAGE)? = Mark::fresh();
        self.rows_mut().get_mut(at)
    }

    /// Adds a record at the end.
    pub fn push(&mut self, row: T) {
        self.insert(self.rows.len(), row);
    }

    /// Adds a record before that at `at`.
    ///
    /// # Panics
    /// Where `at` is beyond the end.
    pub fn insert(&mut self, at: usize, row: T) {
        self.rows_mut().insert(at, row);
        self.mark_from(at);
    }

    /// Drops all records from `len` on.
    pub fn truncate(&mut self, len: usize) {
        self.rows_mut().truncate(len);
        self.mark_from(len);
    }
}

impl<T, const PAGE: usize> From<Vec<T>> for Paged<T, PAGE> {
    fn from(rows: Vec<T>) -> Self {
        let mut list = Self {
            rows: Arc::new(rows),
            marks: Vec::new(),
        };
        list.mark_from(0);
        list
    }
}

impl<T, const PAGE: usize> Default for Paged<T, PAGE> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T, const PAGE: usize> FromIterator<T> for Paged<T, PAGE> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Vec::from_iter(rows).into()
    }
}

impl<T: Clone, const PAGE: usize> Extend<T> for Paged<T, PAGE> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        let at = self.rows.len();
        self.rows_mut().extend(rows);
        self.mark_from(at);
    }
}

impl<T, const PAGE: usize> Deref for Paged<T, PAGE> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<T: Clone, const PAGE: usize> DerefMut for Paged<T, PAGE> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.mark_from(0);
        self.rows_mut()
    }
}

impl<T, I: SliceIndex<[T]>, const PAGE: usize> Index<I> for Paged<T, PAGE> {
    type Output = I::Output;
    fn index(&self, at: I) -> &I::Output {
        &self.rows[at]
    }
}

impl<T: Clone, const PAGE: usize> IndexMut<usize> for Paged<T, PAGE> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        let len = self.rows.len();
        let row = self.get_mut(at);
        row.unwrap_or_else(|| panic!("record {at} of {len}"))
    }
}

impl<'a, T, const PAGE: usize> IntoIterator for &'a Paged<T, PAGE> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<'a, T: Clone, const PAGE: usize> IntoIterator for &'a mut Paged<T, PAGE> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: PartialEq, const PAGE: usize> PartialEq for Paged<T, PAGE> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) || self.rows == other.rows
    }
}

impl<T: Eq, const PAGE: usize> Eq for Paged<T, PAGE> {}

impl<T: std::fmt::Debug, const PAGE: usize> std::fmt::Debug for Paged<T, PAGE> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rows.fmt(f)
    }
}

impl<T: Serialize, const PAGE: usize> Serialize for Paged<T, PAGE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>, const PAGE: usize> Deserialize<'de> for Paged<T, PAGE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut list = Self::from(Vec::deserialize(deserializer)?);
        let read = |_| Mark(Arc::new(Origin::Read));
        list.marks = (0..list.marks.len()).map(read).collect();
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type List = Paged<u32, 4>;

    #[derive(Debug, Clone)]
    enum Change {
        Set(prop::sample::Index),
        GetMut(usize),
        Push,
        Insert(prop::sample::Index),
        Truncate(usize),
        Extend(usize),
        Reverse,
        EachInPlace,
        Anew(usize),
        /// The list goes back to what one of its earlier copies held.
        Return(prop::sample::Index),
    }

    fn any_change() -> impl Strategy<Value = Change> {
        prop_oneof![
            any::<prop::sample::Index>().prop_map(Change::Set),
            (0..40_usize).prop_map(Change::GetMut),
            Just(Change::Push),
            any::<prop::sample::Index>().prop_map(Change::Insert),
            (0..40_usize).prop_map(Change::Truncate),
            (0..9_usize).prop_map(Change::Extend),
            Just(Change::Reverse),
            Just(Change::EachInPlace),
            (0..20_usize).prop_map(Change::Anew),
            any::<prop::sample::Index>().prop_map(Change::Return),
        ]
    }

    /// `list` and `plain` changed alike; `next` is a value that none had before.
    fn change(list: &mut List, plain: &mut Vec<u32>, change: &Change, next: &mut u32) {
        let mut fresh = || {
            *next += 1;
            *next
        };
        match change {
            Change::Set(at) if !plain.is_empty() => {
                let at = at.index(plain.len());
                plain[at] = fresh();
                list[at] = plain[at];
            }
            Change::GetMut(at) => {
                let value = fresh();
                let found = list.get_mut(*at).map(|it| *it = value);
                assert_eq!(found, plain.get_mut(*at).map(|it| *it = value));
            }
            Change::Insert(at) => {
                let at = at.index(plain.len() + 1);
                plain.insert(at, fresh());
                list.insert(at, plain[at]);
            }
            Change::Truncate(len) => {
                plain.truncate(*len);
                list.truncate(*len);
            }
            Change::Extend(count) => {
                let more: Vec<u32> = (0..*count).map(|_| fresh()).collect();
                plain.extend(&more);
                list.extend(more);
            }
            Change::Reverse => {
                plain.reverse();
                list.reverse();
            }
            Change::EachInPlace => {
                for (at, it) in list.into_iter().enumerate() {
                    *it = fresh();
                    plain[at] = *it;
                }
            }
            Change::Anew(count) => {
                *plain = (0..*count).map(|_| fresh()).collect();
                *list = plain.clone().into();
            }
            Change::Push | Change::Set(_) | Change::Return(_) => {
                plain.push(fresh());
                list.push(plain[plain.len() - 1]);
            }
        }
    }

    proptest! {
        /// Whatever was done to a list and its copies: where two have the same mark, they
        /// hold the same; and a list holds what was put into it.
        #[test]
        fn the_same_mark_means_the_same_page(changes in prop::collection::vec(any_change(), 1..40)) {
            let (mut list, mut plain, mut next) = (List::default(), Vec::new(), 0);
            let mut known: Vec<List> = Vec::new();
            for step in &changes {
                match step {
                    Change::Return(at) if !known.is_empty() => {
                        list = known[at.index(known.len())].clone();
                        plain = list.to_vec();
                    }
                    step => change(&mut list, &mut plain, step, &mut next),
                }
                prop_assert_eq!(&list[..], &plain[..]);
                prop_assert_eq!(list.pages().len(), list.marks.len());
                known.push(list.clone());
            }
            for (one, other) in known.iter().zip(&known[1..]).chain(known.iter().zip(known.iter().rev())) {
                for (page, (here, there)) in one.pages().zip(other.pages()).enumerate() {
                    if one.mark(page) == other.mark(page) {
                        prop_assert_eq!(here, there);
                    }
                }
            }
        }
    }

    #[test]
    fn a_change_marks_its_page_alone() {
        let mut list: List = (0..10).collect();
        let before = list.clone();
        let changed = |list: &List| -> Vec<usize> {
            (0..3)
                .filter(|&page| list.mark(page) != before.mark(page))
                .collect()
        };
        list[5] = 50;
        assert_eq!(changed(&list), [1]);
        list.push(10);
        assert_eq!(changed(&list), [1, 2]);
        assert_eq!(before[5], 5, "a copy is nobody else's");
    }

    #[test]
    fn a_page_is_as_read_until_it_changes() {
        let mut list: List = serde_json::from_str("[1,2,3,4,5,6,7,8,9]").unwrap();
        let as_read = |list: &List| [0, 1, 2].map(|page| list.mark(page).unwrap().is_as_read());
        assert_eq!(as_read(&list), [true; 3]);
        list[4] = 50;
        assert_eq!(as_read(&list.clone()), [true, false, true]);
        list.sort_unstable();
        assert_eq!(as_read(&list), [false; 3]);
        assert_eq!(as_read(&(0..9).collect()), [false; 3]);
    }
}
