//! The page of a register, written once: its list with saved views, search, filters and order,
//! which the address keeps; the panel of one record beside it; the drawer that adds and edits.
//!
//! A register says in [`Register`] what is its own. Its columns and filters are those of
//! [`Listed`]: a field that its table lists appears here without a word more.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::by_name::Orders;
use super::choice::{columns, columns_menu, views_menu};
use super::draft::Drafted;
use super::export::export_menu;
use super::icon::{Icon, icon};
use super::list::{
    Chip, SearchBox, ViewTab, ViewTabs, close_record, detail_head, focus_detail, kept_scroll,
    list_escape, list_foot, refine, rows_in_sight,
};
use super::many::{Ticked, many_dialog, ticked_bar};
use super::mend::{Mend, MendStep};
use super::menu::menu;
use super::page_head::PageHead;
use super::table::{Column, Row, Sort, Sorting, Ticks, VirtualTable};
use crate::desk::list::{Aspect, Index, Line, Listed, Wish};
use crate::document::table::Table;
use crate::exchange::Record;
use crate::i18n::Lang;
use crate::model::field::Kind;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::import::FileButton;
use crate::ui::pages::settings::registers::Export;
use crate::ui::route::{Page, Route};
use crate::ui::sheets::going_out;
use crate::ui::shell::page_name;
use crate::workbook::many::Many;

/// Between the values of one filter; names of townships and categories hold none.
const MARK: char = ',';
/// What stands before an order from the largest down.
const DESCENDING: char = '-';
/// The search in the address.
const TEXT: &str = "q";
/// The saved view in the address.
const VIEW: &str = "view";
/// The order in the address.
const SORT: &str = "sort";

/// What a register's page says.
pub struct Words {
    pub title: &'static str,
    /// What may be searched for.
    pub find: &'static str,
    /// The button that adds a record.
    pub add: &'static str,
    /// The way to the import.
    pub import: &'static str,
    /// Said of an empty register.
    pub empty: &'static str,
}

/// What a panel shows of a record, drawn anew as the workbook changes; nothing once it has gone.
pub type Panel = Box<dyn Fn() -> Option<AnyView> + Send>;

/// A register that has a page.
pub trait Register: Listed + Drafted + Record + Many {
    /// Its file.
    const EXPORT: Export;
    /// The column that says something of the last month that is drawn; it stands only with one.
    const OF_MONTH: &'static str = "";

    /// Pages of registers that are tabs of one page, itself among them; none: it stands alone.
    const BESIDE: &'static [Page] = &[];

    /// Whether a column stands in the view at a place of [`Listed::VIEWS`].
    fn stands(_key: &str, _view: usize) -> bool {
        true
    }

    /// What its page says.
    fn words(t: Lang) -> Words;
    /// Said where the address names a record that is not there.
    fn gone(t: Lang, id: &str) -> String;
    /// A saved view by its place, and the month last drawn; none where it is not offered.
    fn view_name(t: Lang, view: usize, month: Option<&str>) -> Option<String>;
    /// What stands beside the title.
    fn facts(page: RegisterPage<Self>, t: Lang) -> AnyView;
    /// What may be done beside adding and importing; nothing unless it says so.
    fn actions(_page: RegisterPage<Self>, _t: Lang) -> AnyView {
        ().into_any()
    }
    /// The width of a column in pixels, such as `90px`; empty for the rest of the room.
    fn width(t: Lang, key: &str) -> &'static str;
    /// A cell of a column that does not show its field as it stands.
    fn cell(&self, t: Lang, key: &str, row: &Self::Row, today: NaiveDate) -> Option<AnyView>;
    /// What a column that is no field says, as text.
    fn worked_out(&self, _t: Lang, _key: &str, _row: &Self::Row, _today: NaiveDate) -> String {
        String::new()
    }
    /// A value of a filter in words, where it is not that of its field; in a menu or on a chip.
    fn value_words(_t: Lang, _key: &str, _value: &str, _is_chip: bool) -> Option<String> {
        None
    }
    /// What a heading of the list says.
    fn heading(_t: Lang, _group: usize, _count: usize) -> AnyView {
        ().into_any()
    }
    /// What stands below the list.
    fn foot(t: Lang, in_sight: (usize, usize), lines: &[Line]) -> String {
        rows_in_sight(t, in_sight, lines.len())
    }
    /// The panel of a record, and the dialogs that it opens.
    fn panel(page: RegisterPage<Self>, id: String) -> (Panel, AnyView);
    /// The drawer that adds or edits.
    fn drawer(page: RegisterPage<Self>, drawer: Drawer) -> AnyView;
}

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawer {
    /// A new record.
    New,
    /// The record of this id.
    Edit(String),
}

/// What the parts of a register's page share.
pub struct RegisterPage<R: Register> {
    /// What all pages share.
    pub app: App,
    /// The register made ready, worked out once a version of the workbook.
    pub index: Memo<Arc<Index<R>>>,
    /// The lines on show, in order.
    lines: Memo<Arc<Vec<Line>>>,
    wish: Memo<Wish>,
    /// The record in the address.
    selected: Memo<Option<String>>,
    /// Where the list stands.
    scroll: RwSignal<f64>,
    /// The drawer, where it is open.
    pub drawer: RwSignal<Option<Drawer>>,
    ticked: Ticked,
    mend: Mend,
}

impl<R: Register> Clone for RegisterPage<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Register> Copy for RegisterPage<R> {}

impl<R: Register> RegisterPage<R> {
    fn new(app: App) -> Self {
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

    /// The records on show, in their order.
    fn on_show(self) -> Vec<R> {
        self.lines.with_untracked(|lines| {
            records_of::<R, _>(self.app, |records| {
                let places = lines.iter().filter_map(|line| match line {
                    Line::Record(place) => records.get(*place as usize),
                    Line::Heading { .. } => None,
                });
                places.cloned().collect()
            })
        })
    }

    /// What the list shows, with its columns as they stand.
    fn shown(self) -> Table {
        let (t, today) = (Lang::Zh, self.app.today());
        let shown = untrack(|| {
            let (has_month, view) = (self.month(t).is_some(), self.wish.with(|wish| wish.view));
            standing::<R>(columns(self.app), has_month, view)
        });
        self.lines.with_untracked(|lines| {
            self.index.with_untracked(|index| {
                records_of::<R, _>(self.app, |records| {
                    let places = lines.iter().filter_map(|line| match line {
                        Line::Record(place) => Some(*place as usize),
                        Line::Heading { .. } => None,
                    });
                    let rows =
                        places.filter_map(|at| Some((records.get(at)?, index.rows.get(at)?)));
                    let head = |key| column_words::<R>(self, t, key);
                    let text =
                        |record: &R, key, row: &R::Row| record.worked_out(t, key, row, today);
                    going_out::shown(&shown, rows, head, text)
                })
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
    fn month(self, t: Lang) -> Option<String> {
        let month = self.app.workbook.with(|book| {
            let draw = book.as_ref()?.last_drawn()?;
            Some(draw.month.month())
        });
        month.map(|month| t.month_name(month))
    }

    /// The id of the record on a line; none of a heading.
    fn id_at(self, line: usize) -> Option<String> {
        let line = self.lines.with_untracked(|lines| lines.get(line).copied());
        let Some(Line::Record(place)) = line else {
            return None;
        };
        records_of::<R, _>(self.app, |records| {
            Some(records.get(place as usize)?.id_text().to_owned())
        })
    }

    /// The ids of the records on show in which something is to be mended, in their order.
    fn mendable(self) -> Vec<String> {
        self.lines.with_untracked(|lines| {
            self.index.with_untracked(|index| {
                records_of::<R, _>(self.app, |records| {
                    let places = lines.iter().filter_map(|line| match line {
                        Line::Record(place) => Some(*place),
                        Line::Heading { .. } => None,
                    });
                    let places = places.filter(|place| index.is_mendable(*place));
                    let records = places.filter_map(|place| records.get(place as usize));
                    records.map(|record| record.id_text().to_owned()).collect()
                })
            })
        })
    }

    /// How many they are.
    fn mendable_count(self) -> usize {
        self.lines.with(|lines| {
            self.index.with(|index| {
                let is_mendable = |line: &&Line| match line {
                    Line::Record(place) => index.is_mendable(*place),
                    Line::Heading { .. } => false,
                };
                lines.iter().filter(is_mendable).count()
            })
        })
    }

    /// Opens the drawer on the first of them, and so on.
    fn start_mending(self) {
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
    fn mend_step(self, t: Lang, drawer: &Drawer) -> Option<MendStep> {
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
    fn tick_all(self, is_on: bool) {
        let ids: Vec<String> = self.lines.with_untracked(|lines| {
            records_of::<R, _>(self.app, |records| {
                let places = lines.iter().filter_map(|line| match line {
                    Line::Record(place) => records.get(*place as usize),
                    Line::Heading { .. } => None,
                });
                places.map(|record| record.id_text().to_owned()).collect()
            })
        });
        self.ticked.set(ids, is_on);
    }

    /// How many records are on show.
    fn count_on_show(self) -> usize {
        let is_record = |line: &&Line| matches!(line, Line::Record(_));
        self.lines
            .with(|lines| lines.iter().filter(is_record).count())
    }

    /// Whether all records on show are ticked; none where only some are.
    fn are_all_ticked(self) -> Option<bool> {
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
    fn select(self, line: usize, is_by_key: bool) {
        let line = self.lines.with_untracked(|lines| lines.get(line).copied());
        let Some(Line::Record(place)) = line else {
            return;
        };
        let id = records_of::<R, _>(self.app, |records| {
            Some(records.get(place as usize)?.id_text().to_owned())
        });
        let mut route = self.app.route.get_untracked();
        let was_open = std::mem::replace(&mut route.id, id).is_some();
        if is_by_key && was_open {
            self.app.replace_route(route);
        } else {
            self.app.go(&route);
        }
    }

    /// The line on which the record in the address stands.
    fn selected_line(self) -> Option<usize> {
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

    fn row(self, t: Lang, line: usize, columns: &[Aspect<R>]) -> Row {
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

/// Reads the register; an empty one where no workbook is open.
pub fn records_of<R: Listed, T>(app: App, read: impl FnOnce(&[R]) -> T) -> T {
    app.workbook
        .with_untracked(|book| read(book.as_ref().map_or(&[], |book| R::records(book))))
}

/// The values of one filter in the address.
fn values(route: &Route, key: &str) -> BTreeSet<String> {
    let text = route.query.get(key).map_or("", String::as_str);
    text.split(MARK)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What the address asks for; what it does not understand it leaves out.
fn wish<R: Listed>(route: &Route) -> Wish {
    let of = |key| route.query.get(key).map_or("", String::as_str);
    let sort = of(SORT);
    let key = sort.trim_start_matches(DESCENDING);
    let sorted = Aspect::<R>::sorted(key).map(Aspect::key);
    let mut views = R::VIEWS.iter();
    let filters = Aspect::<R>::filters().into_iter().map(Aspect::key);
    Wish {
        view: views.position(|view| *view == of(VIEW)).unwrap_or_default(),
        text: of(TEXT).to_owned(),
        chosen: filters.map(|key| (key, values(route, key))).collect(),
        sort: sorted.unwrap_or_default(),
        is_descending: sorted.is_some() && sort.starts_with(DESCENDING),
    }
}

/// The page.
pub fn register_page<R: Register>() -> AnyView {
    let page = RegisterPage::<R>::new(use_app());
    let (t, words) = (use_lang(), R::words(use_lang()));
    let is_empty = Memo::new(move |_| page.index.with(|index| index.rows.is_empty()));
    let body = move || {
        if is_empty.get() {
            return empty(words.empty, words.import);
        }
        view! {
            <div
                class="register covers"
                on:keydown=move |event| {
                    let is_open = page.selected.get_untracked().is_some();
                    list_escape(&event, is_open, || page.close());
                }
            >
                {untrack(|| list(page, t, words.find))}
                {move || page.selected.get().map(|id| untrack(|| detail(page, t, id)))}
            </div>
        }
        .into_any()
    };
    // An empty register offers the import in its middle, as the primary action there.
    let import = move || (!is_empty.get()).then(|| view! { <FileButton label=words.import /> });
    view! {
        <PageHead title=words.title facts=facts(page, t)>
            {R::actions(page, t)}
            {import}
            <button
                type="button"
                class="button"
                class:is-primary=move || !is_empty.get()
                on:click=move |_| page.drawer.set(Some(Drawer::New))
            >
                {icon(Icon::Plus)}
                {words.add}
            </button>
        </PageHead>
        {page_tabs(t, R::PAGE, R::BESIDE)}
        {body}
        {move || {
            let drawer = page.drawer.get();
            untrack(|| {
                let Some(drawer) = drawer else {
                    page.mend.stop();
                    return None;
                };
                provide_context(page.mend_step(t, &drawer));
                Some(R::drawer(page, drawer))
            })
        }}
        {many_dialog::<R>(page.app, t, page.ticked)}
    }
    .into_any()
}

/// What the register says beside its title, and how many of its records lack nothing.
fn facts<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let complete = move || {
        let (complete, all) = page.index.with(|index| index.complete_counts())?;
        let percent = (u64::from(complete) * 100).checked_div(u64::from(all))?;
        Some(view! { <span>{t.mend_complete(complete, all, percent)}</span> })
    };
    view! {
        <span class="fact-row">
            {R::facts(page, t)}
            {complete}
        </span>
    }
    .into_any()
}

/// Tabs of registers that stand beside each other.
fn page_tabs(t: Lang, own: Page, pages: &'static [Page]) -> Option<AnyView> {
    let tab = |page: &Page| {
        let (href, words) = (Route::to(*page).hash(), page_name(t, *page));
        let current = (*page == own).then_some("page");
        view! {
            <a href=href aria-current=current>
                {words}
            </a>
        }
    };
    let tabs = (!pages.is_empty()).then(|| pages.iter().map(tab).collect_view())?;
    Some(view! { <nav class="tabs page-tabs" aria-label=t.nav_registers()>{tabs}</nav> }.into_any())
}

/// One sentence and one button; the head has the way to enter records one by one.
fn empty(words: &'static str, import: &'static str) -> AnyView {
    view! {
        <div class="page-body">
            <div class="pane empty-state">
                <p>{words}</p>
                <FileButton label=import is_primary=true />
            </div>
        </div>
    }
    .into_any()
}

/// The list with all that narrows it.
fn list<R: Register>(page: RegisterPage<R>, t: Lang, find: &'static str) -> AnyView {
    let tabs = Signal::derive(move || {
        let month = page.month(t);
        let tab = |(view, key): (usize, &&'static str)| {
            Some(ViewTab {
                key,
                name: R::view_name(t, view, month.as_deref())?,
                count: page.index.with(|index| index.count(view)) as usize,
            })
        };
        R::VIEWS
            .iter()
            .enumerate()
            .filter_map(tab)
            .collect::<Vec<_>>()
    });
    let current = Signal::derive(move || R::VIEWS[page.wish.with(|wish| wish.view)]);
    let choose = move |key: &'static str| {
        let is_first = R::VIEWS.first() == Some(&key);
        refine(page.app, VIEW, if is_first { "" } else { key });
    };
    let text = Signal::derive(move || page.wish.with(|wish| wish.text.clone()));
    let search = move |text: String| refine(page.app, TEXT, text.trim());
    let has_none = Memo::new(move |_| page.lines.with(|lines| lines.is_empty()));
    let total = Signal::derive(move || page.count_on_show());
    let filters = Aspect::<R>::filters();
    let menu = (!filters.is_empty()).then(|| filter_menu(page, t, filters));
    view! {
        <div class="register-list">
            <ViewTabs tabs current on_choose=Callback::new(choose) />
            <div class="filter-bar">
                <SearchBox label=find text on_search=Callback::new(search) />
                {menu}
                {views_menu::<R>(page.app, t)}
                {move || chips(page, t)}
                // They stay together, and at the end, where the bar breaks.
                <div class="bar-end">
                    {mend_button(page, t)}
                    {columns_menu::<R>(page.app, t, move |key| column_words::<R>(page, t, key))}
                    {export_menu(page.app, R::EXPORT, move || page.on_show(), move || page.shown())}
                </div>
            </div>
            {ticked_bar(t, page.ticked, total, Callback::new(move |()| page.tick_all(true)))}
            {move || {
                let has_none = has_none.get();
                untrack(|| if has_none { nothing(page, t) } else { table(page, t) })
            }}
        </div>
    }
    .into_any()
}

/// The way into the walk through what is to be mended; nothing where nothing is.
fn mend_button<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let count = Memo::new(move |_| page.mendable_count());
    let button = move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| page.start_mending()>
                    {t.mend_start(count)}
                </button>
            }
        })
    };
    button.into_any()
}

/// What to do where no record meets the conditions.
fn nothing<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let clear = move |_| {
        let mut route = page.app.route.get_untracked();
        route
            .query
            .retain(|key, _| [VIEW, SORT].contains(&key.as_str()));
        page.app.replace_route(route);
    };
    let text_chip = move || {
        let text = page.wish.with(|wish| wish.text.clone());
        (!text.is_empty()).then(|| {
            let remove = Callback::new(move |()| refine(page.app, TEXT, ""));
            view! { <Chip text=t.units_text_chip(text) on_remove=remove /> }
        })
    };
    let words = move || {
        if !page.wish.with(Wish::has_conditions) {
            return view! { <p>{t.list_none_in_view()}</p> }.into_any();
        }
        view! {
            <p>{t.list_none_found()}</p>
            <div class="button-row">{text_chip} {move || chips(page, t)}</div>
            <button type="button" class="button" on:click=clear>
                {t.list_filter_clear()}
            </button>
        }
        .into_any()
    };
    view! { <div class="empty-state">{words}</div> }.into_any()
}

/// The filters that are set, as chips that take them out.
fn chips<R: Register>(page: RegisterPage<R>, t: Lang) -> Vec<AnyView> {
    let chip = |filter: Aspect<R>| {
        let key = filter.key();
        let asked = page.wish.with(|wish| wish.chosen.get(key).cloned())?;
        if asked.is_empty() {
            return None;
        }
        let mut asked: Vec<String> = asked.into_iter().collect();
        asked.sort_by_key(|value| filter.rank_of(value));
        let words = asked
            .iter()
            .map(|value| value_words(t, filter, value, true));
        let words = words.collect::<Vec<_>>().join(t.list_mark());
        let text = if filter.is_flag() {
            words
        } else {
            t.named(t.filter_name(R::REGISTER, key), words)
        };
        let remove = Callback::new(move |()| refine(page.app, key, ""));
        Some(view! { <Chip text on_remove=remove /> }.into_any())
    };
    Aspect::<R>::filters()
        .into_iter()
        .filter_map(chip)
        .collect()
}

/// A value of a filter in words.
fn value_words<R: Register>(t: Lang, filter: Aspect<R>, value: &str, is_chip: bool) -> String {
    let own = || match filter {
        Aspect::Field(field) => match (&field.kind, filter.rank_of(value)) {
            (Kind::Choice(choice), Some(at)) if !is_chip => {
                t.form_choices(choice.of)[at as usize].to_owned()
            }
            (Kind::Choice(_), _) => t.import_value(field.key, &value.into()),
            (Kind::Flag(_), _) => t.form_label(R::REGISTER, field.key).to_owned(),
            _ => value.to_owned(),
        },
        Aspect::Derived(_) => value.to_owned(),
    };
    R::value_words(t, filter.key(), value, is_chip).unwrap_or_else(own)
}

/// All conditions in one native panel.
fn filter_menu<R: Register>(page: RegisterPage<R>, t: Lang, filters: Vec<Aspect<R>>) -> AnyView {
    let words = move || {
        let is_set = |(_, values): &(&&str, &BTreeSet<String>)| !values.is_empty();
        match page
            .wish
            .with(|wish| wish.chosen.iter().filter(is_set).count())
        {
            0 => t.list_filter().to_owned(),
            count => t.list_filter_count(count),
        }
    };
    let filters = filters
        .into_iter()
        .map(|filter| filter_values(page, t, filter));
    menu("filter-menu", words, filters.collect_view(), false)
}

/// Values of one filter, any number of which may be checked.
fn filter_values<R: Register>(page: RegisterPage<R>, t: Lang, filter: Aspect<R>) -> AnyView {
    let key = filter.key();
    let offered = page.app.workbook.with_untracked(|book| {
        let values = book.as_ref().map(|book| filter.values(book));
        values.unwrap_or_default()
    });
    if offered.is_empty() {
        return ().into_any();
    }
    let choice = move |value: String| {
        let (words, own) = (value_words(t, filter, &value, false), value.clone());
        let checked = move || {
            page.app
                .route
                .with(|route| values(route, key).contains(&own))
        };
        let toggle = move |_| {
            let mut values = page.app.route.with_untracked(|route| values(route, key));
            if !values.remove(&value) {
                values.insert(value.clone());
            }
            let text: Vec<String> = values.into_iter().collect();
            refine(page.app, key, &text.join(&MARK.to_string()));
        };
        view! {
            <label class="check-field">
                <input type="checkbox" prop:checked=checked on:change=toggle />
                {words}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{t.filter_name(R::REGISTER, key)}</legend>
            <div class="filter-values">{offered.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// Of the chosen columns those that stand in a view; that of the month only where one is drawn.
fn standing<R: Register>(
    mut columns: Vec<Aspect<R>>,
    has_month: bool,
    view: usize,
) -> Vec<Aspect<R>> {
    columns.retain(|column| {
        let is_of_month = column.key() == R::OF_MONTH;
        (has_month || !is_of_month) && R::stands(column.key(), view)
    });
    columns
}

fn table<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    // Keys move the selection without an entry in the history, the pointer makes one.
    let is_by_key = StoredValue::new(false);
    let count = Signal::derive(move || page.lines.with(|lines| lines.len()));
    let select = move |line: usize| page.select(line, is_by_key.get_value());
    let open = move |line: usize| {
        select(line);
        focus_detail();
    };
    let is_heading = move |line: usize| {
        let line = page.lines.with_untracked(|lines| lines.get(line).copied());
        matches!(line, Some(Line::Heading { .. }))
    };
    let sort = Sorting {
        now: Signal::derive(move || page.wish.with(|wish| (wish.sort, wish.is_descending))),
        choose: Callback::new(move |(key, is_descending): Sort| {
            let mark = if is_descending { "-" } else { "" };
            refine(page.app, SORT, &format!("{mark}{key}"));
        }),
    };
    let ticks = ticks(page, t);
    let month = Memo::new(move |_| page.month(t));
    let view = Memo::new(move |_| page.wish.with(|wish| wish.view));
    let in_sight = RwSignal::new((0, 0));
    let foot = move || {
        page.lines
            .with(|lines| list_foot(t, R::foot(t, in_sight.get(), lines)))
    };
    let selected = Memo::new(move |_| page.selected_line());
    // Other choices that this browser keeps draw no list anew.
    let keys = Memo::new(move |_| {
        let columns = columns::<R>(page.app).into_iter();
        columns.map(Aspect::key).collect::<Vec<_>>()
    });
    let table = move || {
        let month = month.get();
        let (keys, view) = (keys.get(), view.get());
        let mut chosen = Aspect::<R>::all_columns();
        chosen.retain(|column| keys.contains(&column.key()));
        let shown = standing::<R>(chosen, month.is_some(), view);
        let columns = shown
            .iter()
            .map(|column| head(t, *column, month.as_deref()));
        let columns: Vec<Column> = columns.collect();
        let row = move |line: usize| page.row(t, line, &shown);
        view! {
            <VirtualTable
                label=R::words(t).title
                columns
                count
                row=Callback::new(row)
                selected
                on_select=Callback::new(select)
                on_open=Callback::new(open)
                ticks
                is_heading=Callback::new(is_heading)
                sort
                scroll=page.scroll
                in_sight
            />
        }
    };
    view! {
        <div
            class="table-keys"
            on:keydown:capture=move |_| is_by_key.set_value(true)
            on:pointerdown:capture=move |_| is_by_key.set_value(false)
        >
            {table}
        </div>
        {foot}
    }
    .into_any()
}

/// The boxes before the rows.
fn ticks<R: Register>(page: RegisterPage<R>, t: Lang) -> Ticks {
    let ticked = page.ticked;
    let is_on = move |line: usize| page.id_at(line).is_some_and(|id| ticked.holds(&id));
    let toggle = move |line: usize| {
        if let Some(id) = page.id_at(line) {
            let is_on = untrack(|| ticked.holds(&id));
            ticked.set([id], !is_on);
        }
    };
    let all = Memo::new(move |_| page.are_all_ticked());
    let toggle_all = move |()| page.tick_all(all.get_untracked() != Some(true));
    Ticks {
        is_on: Callback::new(is_on),
        toggle: Callback::new(toggle),
        name: Callback::new(move |line| t.many_tick(page.id_at(line).unwrap_or_default())),
        all: all.into(),
        toggle_all: Callback::new(toggle_all),
        all_name: t.many_tick_all(),
    }
}

fn head<R: Register>(t: Lang, column: Aspect<R>, month: Option<&str>) -> Column {
    let list = column.list();
    let key = if list.is_sorted { column.key() } else { "" };
    let title = column_title::<R>(t, column.key(), month);
    let column = Column::text(key, title, R::width(t, column.key())).yielding(list.yields);
    Column {
        is_number: list.is_number,
        ..column
    }
}

fn column_title<R: Register>(t: Lang, key: &'static str, month: Option<&str>) -> String {
    match month {
        Some(month) if key == R::OF_MONTH => t.column_of_month(R::REGISTER, month),
        None if key == R::OF_MONTH => t.column_of_month(R::REGISTER, t.list_last_month()),
        _ => t.column_name(R::REGISTER, key).to_owned(),
    }
}

/// What a column is called now.
fn column_words<R: Register>(page: RegisterPage<R>, t: Lang, key: &'static str) -> String {
    column_title::<R>(t, key, untrack(|| page.month(t)).as_deref())
}

/// A cell: what the register makes of it, or the field as it stands.
fn cell<R: Register>(
    t: Lang,
    column: Aspect<R>,
    record: &R,
    row: &R::Row,
    today: NaiveDate,
) -> AnyView {
    let own = record.cell(t, column.key(), row, today);
    let plain = || match column {
        Aspect::Field(field) if matches!(field.kind, Kind::Name(_)) => {
            let name = field.text(record).to_owned();
            let title = name.clone();
            view! { <span title=title>{name}</span> }.into_any()
        }
        Aspect::Field(field) => {
            view! { <span class="soft">{t.fact_value(field, record)}</span> }.into_any()
        }
        Aspect::Derived(_) => ().into_any(),
    };
    own.unwrap_or_else(plain)
}

/// The panel beside the list: one record with all that is known of it.
fn detail<R: Register>(page: RegisterPage<R>, t: Lang, id: String) -> AnyView {
    let (known, dialogs) = R::panel(page, id.clone());
    let panel = move || {
        known().unwrap_or_else(|| {
            view! {
                {detail_head(t, id.clone(), ().into_any(), Callback::new(move |()| page.close()))}
                <p class="detail-section">{R::gone(t, &id)}</p>
            }
            .into_any()
        })
    };
    view! {
        <aside class="detail-panel" aria-label=R::words(t).title>
            {panel}
        </aside>
        {dialogs}
    }
    .into_any()
}
