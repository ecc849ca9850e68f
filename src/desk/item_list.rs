//! 事项清单 as a list: by subject, in the order in which it is published.

use chrono::NaiveDate;

use super::list::{Derived, INCOMPLETE, Listed};
use crate::model::field::{InList, missing};
use crate::model::{InspectionItem, Subject};
use crate::workbook::Workbook;

impl Listed for InspectionItem {
    type Row = ();

    const DERIVED: &'static [Derived<Self>] = &[Derived::shown("id", InList::column(1, 2))];

    const VIEWS: &'static [&'static str] = &[
        "all",
        "duties",
        "products",
        "services",
        "engineers",
        INCOMPLETE,
    ];

    fn records(book: &Workbook) -> &[Self] {
        &book.items
    }

    fn rows(book: &Workbook, _: NaiveDate) -> Vec<()> {
        vec![(); book.items.len()]
    }

    fn is_in(&self, (): &(), view: usize) -> bool {
        match view {
            0 => true,
            _ if Self::VIEWS.get(view) == Some(&INCOMPLETE) => missing(self).next().is_some(),
            _ => self.group() == Some(view - 1),
        }
    }

    fn group(&self) -> Option<usize> {
        Subject::ALL
            .into_iter()
            .position(|subject| subject == self.subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::desk::list::{Index, Line, Wish};

    #[test]
    fn items_stand_under_their_subjects_in_the_order_of_the_published_list() {
        let book = demo::brigade(2026, demo::SEED);
        let index = Index::<InspectionItem>::new(&book, NaiveDate::MIN);
        let lines =
            |wish: &Wish| index.list(&book.items, wish, |_| unreachable!("no order is asked for"));
        let all = lines(&Wish::default());
        let mut subject = None;
        let mut last = None;
        let mut count_below = 0;
        for line in &all {
            match *line {
                Line::Heading { group, count } => {
                    assert_eq!(count_below, 0, "the heading before counts what is under it");
                    (subject, last, count_below) = (Some(group), None, count);
                }
                Line::Record(place) => {
                    assert_eq!(book.items[place as usize].group(), subject);
                    assert!(last < Some(place), "the published order");
                    (last, count_below) = (Some(place), count_below - 1);
                }
            }
        }
        // Behind the subjects stands the view of those that lack something: of the demo none.
        let last = InspectionItem::VIEWS.len() - 1;
        assert_eq!(
            (InspectionItem::VIEWS[last], index.count(last)),
            (INCOMPLETE, 0)
        );
        assert_eq!(index.complete_counts().map(|it| it.0), Some(index.count(0)));
        let mut counts = (0..=Subject::ALL.len()).map(|view| index.count(view) as usize);
        let total = counts.next().unwrap();
        assert_eq!((total, counts.sum::<usize>()), (book.items.len(), total));
        let duties = Wish {
            view: 1,
            ..Wish::default()
        };
        let Line::Heading { group, count } = lines(&duties)[0] else {
            panic!("a heading comes first");
        };
        assert_eq!((group, count), (0, index.count(1) as usize));
        assert_eq!(lines(&duties).len(), count + 1);
    }
}
