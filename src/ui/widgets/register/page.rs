//! What the parts of a register's page share, and what they do to it.

use std::sync::Arc;

use leptos::prelude::*;

use super::address::wish;
use super::orders::Orders;
use super::table::{cell, column_words, standing};
use super::{Drawer, Register, records_of};
use crate::desk::list::{Aspect, Index, Line, Wish};
use crate::document::table::Table;
use crate::i18n::Lang;
use crate::ui::app::App;
use crate::ui::sheets::going_out;
use crate::ui::widgets::choice::columns;
use crate::ui::widgets::list::{close_record, kept_scroll};
use crate::ui::widgets::many::Ticked;
use crate::ui::widgets::mend::{Mend, MendStep};
use crate::ui::widgets::table::Row;

/// What the parts of a register's page share.
pub struct RegisterPage<R: Register> {
    /// What all pages share.
    pub app: App,
    /// The register made ready, worked out once a version of the workbook.
    pub index: Memo<Arc<Index<R>>>,
    /// The lines on show, in order.
    pub(super) lines: Memo<Arc<Vec<Line>>>,
    pub(super) wish: Memo<Wish>,
    /// The record in the address.
    pub(super) selected: Memo<Option<String>>,
    /// Where the list stands.
    pub(super) scroll: RwSignal<f64>,
    /// The drawer, where it is open.
    pub drawer: RwSignal<Option<Drawer>>,
    pub(super) ticked: Ticked,
    pub(super) mend: Mend,
}

impl<R: Register> Clone for RegisterPage<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Register> Copy for RegisterPage<R> {}

impl<R: Register> RegisterPage<R> {
    pub(super) fn new(app: App) -> Self {
        let index = Memo::new_with_compare(
            move |_| {
                app.workbook.with(|book| {
                    let index = book.as_ref().map(|book| Index::new(book, app.today()));
                    Arc::new(index.unwrap_or_default())
                })
            },
            |_, _| true,
        );
        let wish = Memo::new(move |_| app.route.with(wish::<R>));
        let orders = Orders::new(app, index);
        let lines = Memo::new(move |_| {
            let index = index.get();
            wish.with(|wish| {
                let by_text = |aspect| orders.get(aspect);
                records_of::<R, _>(app, |records| Arc::new(index.list(records, wish, by_text)))
            })
        });
        Self {
            app,
            index,
            lines,
            wish,
            selected: Memo::new(move |_| app.route.with(|route| route.id.clone())),
            scroll: kept_scroll(app, R::PAGE),
            drawer: RwSignal::new(None),
            ticked: Ticked::new(),
            mend: Mend::new(),
        }
    }

    /// The records on show with their places, in their order.
    fn with_shown<T>(self, read: impl FnOnce(&mut dyn Iterator<Item = (u32, &R)>) -> T) -> T {
        self.lines.with_untracked(|lines| {
            records_of::<R, _>(self.app, |records| {
                let places = lines.iter().filter_map(|line| line.place());
                read(&mut places.filter_map(|at| Some((at, records.get(at as usize)?))))
            })
        })
    }

    /// The records on show, in their order.
    pub(super) fn on_show(self) -> Vec<R> {
        self.with_shown(|shown| shown.map(|(_, record)| record.clone()).collect())
    }

    /// What the list shows, with its columns as they stand.
    pub(super) fn shown(self) -> Table {
        let (t, today) = (Lang::Zh, self.app.today());
        let shown = untrack(|| {
            let (has_month, view) = (self.month(t).is_some(), self.wish.with(|wish| wish.view));
            standing::<R>(columns(self.app), has_month, view)
        });
        self.index.with_untracked(|index| {
            self.with_shown(|records| {
                let rows = records.filter_map(|(at, record)| {
                    let row = index.rows.get(at as usize)?;
                    Some((record, row))
                });
                let head = |key| column_words::<R>(self, t, key);
                let text = |record: &R, key, row: &R::Row| record.worked_out(t, key, row, today);
                going_out::shown(&shown, rows, head, text)
            })
        })
    }

    /// The record that a drawer starts from; none if it has gone in the meantime.
    pub fn start(self, drawer: &Drawer) -> Option<R> {
        match drawer {
            Drawer::New => Some(R::blank()),
            Drawer::Edit(id) => records_of::<R, _>(self.app, |records| {
                records
                    .iter()
                    .find(|record| record.id_text() == id)
                    .cloned()
            }),
        }
    }

    /// Leaves the record; the list stays as it is.
    pub fn close(self) {
        close_record(self.app);
    }

    /// Opens the drawer of a record.
    pub fn edit(self, id: &str) {
        self.drawer.set(Some(Drawer::Edit(id.to_owned())));
    }

    /// The last month that is drawn, in words.
    pub(super) fn month(self, t: Lang) -> Option<String> {
        let month = self.app.workbook.with(|book| {
            let draw = book.as_ref()?.last_drawn()?;
            Some(draw.month.month())
        });
        month.map(|month| t.month_name(month))
    }

    /// The id of the record on a line; none of a heading.
    pub(super) fn id_at(self, line: usize) -> Option<String> {
        let place = self
            .lines
            .with_untracked(|lines| lines.get(line)?.place())?;
        records_of::<R, _>(self.app, |records| {
            Some(records.get(place as usize)?.id_text().to_owned())
        })
    }

    /// The ids of the records on show in which something is to be mended, in their order.
    fn mendable(self) -> Vec<String> {
        self.index.with_untracked(|index| {
            self.with_shown(|shown| {
                let mendable = shown.filter(|(place, _)| index.is_mendable(*place));
                mendable
                    .map(|(_, record)| record.id_text().to_owned())
                    .collect()
            })
        })
    }

    /// How many they are.
    pub(super) fn mendable_count(self) -> usize {
        self.lines.with(|lines| {
            self.index.with(|index| {
                let places = lines.iter().filter_map(|line| line.place());
                places.filter(|place| index.is_mendable(*place)).count()
            })
        })
    }

    /// Opens the drawer on the first of them, and so on.
    pub(super) fn start_mending(self) {
        if let Some(id) = self.mend.start(self.mendable()) {
            self.edit(&id);
        }
    }

    /// The next one; after the last one the walk is over.
    fn mend_next(self, t: Lang) {
        let is_there = |id: &str| {
            records_of::<R, _>(self.app, |records| {
                records.iter().any(|record| record.id_text() == id)
            })
        };
        match self.mend.next(is_there) {
            Some(id) => self.edit(&id),
            None => {
                let (saved, total) = self.mend.counts();
                self.drawer.set(None);
                self.app.toast(t.mend_done(saved, total), false);
            }
        }
    }

    /// What the drawer is told, where it is a step of the walk.
    pub(super) fn mend_step(self, t: Lang, drawer: &Drawer) -> Option<MendStep> {
        let Drawer::Edit(id) = drawer else {
            return None;
        };
        let place = self.mend.place_of(id)?;
        let today = self.app.today();
        let problems = self.index.with_untracked(|index| {
            records_of::<R, _>(self.app, |records| {
                let at = records.iter().position(|record| record.id_text() == id)?;
                let problems = records[at].problems(index.rows.get(at)?, records, today);
                Some(problems)
            })
        })?;
        let problems = problems.iter();
        let problems = problems.map(|problem| (problem.field(), t.problem(problem)));
        let on_saved = move |()| {
            self.mend.count_saved();
            self.mend_next(t);
        };
        Some(MendStep {
            place,
            problems: problems.collect(),
            on_saved: Callback::new(on_saved),
            on_skip: Callback::new(move |()| self.mend_next(t)),
        })
    }

    /// Ticks all records on show, or takes their ticks back.
    pub(super) fn tick_all(self, is_on: bool) {
        let ids: Vec<String> =
            self.with_shown(|shown| shown.map(|(_, it)| it.id_text().to_owned()).collect());
        self.ticked.set(ids, is_on);
    }

    /// How many records are on show.
    pub(super) fn count_on_show(self) -> usize {
        let is_record = |line: &&Line| line.place().is_some();
        self.lines
            .with(|lines| lines.iter().filter(is_record).count())
    }

    /// Whether all records on show are ticked; none where only some are.
    pub(super) fn are_all_ticked(self) -> Option<bool> {
        let (total, ticked) = (self.count_on_show(), self.ticked.ids.with(|ids| ids.len()));
        let count = (0..self.lines.with(|lines| lines.len()))
            .filter(|_| ticked >= total && total > 0)
            .filter_map(|line| self.id_at(line))
            .filter(|id| self.ticked.holds(id))
            .count();
        match (ticked, count) {
            (0, _) => Some(false),
            (_, count) if count == total && total > 0 => Some(true),
            _ => None,
        }
    }

    /// Goes to a record; keys move on without an entry in the history.
    pub(super) fn select(self, line: usize, is_by_key: bool) {
        let Some(id) = self.id_at(line) else {
            return;
        };
        let mut route = self.app.route.get_untracked();
        let was_open = route.id.replace(id).is_some();
        if is_by_key && was_open {
            self.app.replace_route(route);
        } else {
            self.app.go(&route);
        }
    }

    /// The line on which the record in the address stands.
    pub(super) fn selected_line(self) -> Option<usize> {
        let id = self.selected.get()?;
        // A record that moves may leave the lines as they were: places, not records.
        self.index.track();
        self.lines.with(|lines| {
            let at = records_of::<R, _>(self.app, |records| {
                records.iter().position(|record| record.id_text() == id)
            })?;
            lines
                .iter()
                .position(|line| *line == Line::Record(at as u32))
        })
    }

    pub(super) fn row(self, t: Lang, line: usize, columns: &[Aspect<R>]) -> Row {
        let line = self.lines.with(|lines| lines.get(line).copied());
        let place = match line {
            None => return Row::Cells(Vec::new()),
            Some(Line::Heading { group, count }) => {
                return Row::Heading(R::heading(t, group, count));
            }
            Some(Line::Record(place)) => place as usize,
        };
        let today = self.app.today();
        let cells = self.index.with(|index| {
            records_of::<R, _>(self.app, |records| {
                let (record, row) = (records.get(place)?, index.rows.get(place)?);
                let columns = columns.iter();
                let cells = columns.map(|column| cell(t, *column, record, row, today));
                Some(cells.collect())
            })
        });
        Row::Cells(cells.unwrap_or_default())
    }
}
