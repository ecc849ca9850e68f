//! What the parts of the page share.

use leptos::prelude::*;

use crate::model::{InspectionItem, Subject};
use crate::ui::app::App;
use crate::ui::route::Page;
use crate::ui::widgets::list::{close_record, kept_scroll, read, refine, searched};
use crate::workbook::Workbook;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Items {
    pub(super) app: App,
    /// Items of each subject.
    pub(super) counts: Memo<[usize; Subject::ALL.len()]>,
    pub(super) view: Memo<Option<Subject>>,
    pub(super) text: Memo<String>,
    pub(super) lines: Memo<Vec<Line>>,
    /// The item in the address.
    pub(super) selected: Memo<Option<String>>,
    /// Where the list stands.
    pub(super) scroll: RwSignal<f64>,
    pub(super) drawer: RwSignal<Option<Drawer>>,
    /// The item that is about to leave the list.
    pub(super) removing: RwSignal<Option<String>>,
}

impl Items {
    pub(super) fn new(app: App) -> Self {
        let counts = Memo::new(move |_| {
            read(app, |book| {
                Subject::ALL.map(|subject| {
                    book.items
                        .iter()
                        .filter(|item| item.subject == subject)
                        .count()
                })
            })
        });
        let view = Memo::new(move |_| {
            let key = app.route.with(|route| route.query.get("view").cloned());
            Subject::ALL
                .into_iter()
                .find(|subject| Some(view_key(*subject)) == key.as_deref())
        });
        let text = searched(app);
        let lines = Memo::new(move |_| {
            let (view, text) = (view.get(), text.get().to_lowercase());
            read(app, |book| lines(book, view, &text))
        });
        let selected = Memo::new(move |_| app.route.with(|route| route.id.clone()));
        Self {
            app,
            counts,
            view,
            text,
            lines,
            selected,
            scroll: kept_scroll(app, Page::Items),
            drawer: RwSignal::new(None),
            removing: RwSignal::new(None),
        }
    }

    pub(super) fn close(self) {
        close_record(self.app);
    }

    pub(super) fn refine(self, key: &str, value: &str) {
        refine(self.app, key, value);
    }
}

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Drawer {
    New,
    Edit(String),
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A subject with its number of items.
    Subject(Subject, usize),
    /// An item.
    Item(Box<InspectionItem>),
}

/// Items by subject, in the order of the published list; `text` is in lower case.
fn lines(book: &Workbook, view: Option<Subject>, text: &str) -> Vec<Line> {
    let holds = |item: &InspectionItem| {
        let line = [
            &*item.id,
            &item.name,
            &item.class,
            &item.basis,
            &item.content,
        ]
        .join("\t")
        .to_lowercase();
        text.split_whitespace().all(|word| line.contains(word))
    };
    let mut lines = Vec::new();
    for subject in Subject::ALL
        .into_iter()
        .filter(|subject| view.is_none_or(|view| view == *subject))
    {
        let items: Vec<_> = book
            .items
            .iter()
            .filter(|item| item.subject == subject && holds(item))
            .collect();
        if !items.is_empty() {
            lines.push(Line::Subject(subject, items.len()));
            lines.extend(
                items
                    .into_iter()
                    .map(|item| Line::Item(Box::new(item.clone()))),
            );
        }
    }
    lines
}

pub(super) const fn view_key(subject: Subject) -> &'static str {
    match subject {
        Subject::Duties => "duties",
        Subject::Products => "products",
        Subject::Services => "services",
        Subject::Engineers => "engineers",
    }
}
