//! 检查任务: the year's visits, by day, officer or area, and what may be changed of their plan.
//!
//! - [`list`]: the rows; [`panel`]: a chosen visit; [`told`]: its steps and changes in words
//! - [`change`]: another day or team; [`drag`]: a visit dragged to another day; [`absent`]: officers who cannot come; [`closed`]: units proved closed
//! - [`record`]: the form of a result, with its [`findings`]; [`after`]: review, notice, 复查
//! - [`told_result`]: a result in words; [`papers`]: 文书 ticked off
//! - [`paper`]: the task sheet; [`forms`]: 文书 on paper

mod absent;
mod after;
mod change;
mod closed;
mod drag;
mod findings;
mod forms;
mod list;
mod panel;
mod paper;
mod papers;
mod record;
mod told;
mod told_result;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::desk::visit_list::{Task, TaskGroups, TaskLine, TaskView, task_lines};
use crate::document::table::Table;
use crate::engine::calendar::YearMonth;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::import::FileButton;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::PageHead;
use crate::ui::widgets::list::{close_record, list_escape, read};
use crate::workbook::visit_record::PaperKind;
use crate::workbook::visit_stage::VisitStage;
use crate::workbook::{VisitId, Workbook};

/// The view in the address.
const VIEW: &str = "view";
/// The grouping in the address.
const GROUPS: &str = "by";
/// What is searched, in the address.
const TEXT: &str = "q";

/// What is asked, in a dialog or drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    /// 改期, with the visit's own team at first, and perhaps a day that was pointed at.
    Day(VisitId, Option<NaiveDate>),
    /// 换人, on the visit's own day.
    Team(VisitId),
    /// 人员不能来; of a chosen visit, or of any.
    Absent(Option<VisitId>),
    /// 单位已关闭.
    Closed(VisitId),
    /// 录入结果, 更正结果.
    Record(VisitId),
    /// 审核, of one or several.
    Review(Vec<VisitId>),
    /// 登记通知, of one or several.
    Notice(Vec<VisitId>),
    /// 登记复查.
    Recheck(VisitId),
    /// 文书.
    Papers(VisitId),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Visits {
    app: App,
    /// All visits of the year, worked out once a version of the workbook.
    tasks: Memo<Arc<Vec<Task>>>,
    view: Memo<TaskView>,
    groups: Memo<TaskGroups>,
    text: Memo<String>,
    lines: Memo<Arc<Vec<TaskLine>>>,
    chosen: Memo<Option<VisitId>>,
    asking: RwSignal<Option<Asking>>,
    /// The visit that is being dragged.
    held: RwSignal<Option<VisitId>>,
    /// Whose visits are printed; none: all of the day.
    print: RwSignal<Option<OfficerId>>,
    /// 文书 to be printed; none: the task sheet is.
    forms: RwSignal<Vec<(VisitId, PaperKind)>>,
}

/// A visit's name in an address.
fn address_of(visit: &VisitId) -> String {
    format!("{}.{}", visit.draw, visit.unit)
}

/// The visit that an address names.
fn visit_of(address: &str) -> Option<VisitId> {
    let (draw, unit) = address.split_once('.')?;
    let (draw, unit) = (draw.parse().ok()?, unit.parse().ok()?);
    Some(VisitId { draw, unit })
}

/// The route to a visit, in the view of all.
pub fn visit_route(visit: &VisitId) -> Route {
    Route::record(Page::Visits, address_of(visit)).with(VIEW, TaskView::All.key())
}

/// The route to a view of the list.
pub fn view_route(view: TaskView) -> Route {
    Route::to(Page::Visits).with(VIEW, view.key())
}

impl Visits {
    fn new(app: App) -> Self {
        let tasks = Memo::new(move |_| {
            let tasks = read(app, |book| book.visit_tasks(app.today()));
            Arc::new(tasks)
        });
        let view = Memo::new(move |_| {
            let asked = app.route.with(|route| route.query.get(VIEW).cloned());
            let mut views = TaskView::ALL.into_iter();
            let asked = views.find(|view| Some(view.key()) == asked.as_deref());
            asked.unwrap_or_else(|| first_view(&tasks.get(), app))
        });
        let groups = Memo::new(move |_| {
            let asked = app.route.with(|route| route.query.get(GROUPS).cloned());
            let mut groups = TaskGroups::ALL.into_iter();
            let asked = groups.find(|it| Some(it.key()) == asked.as_deref());
            asked.unwrap_or_default()
        });
        let text = Memo::new(move |_| {
            let text = app.route.with(|route| route.query.get(TEXT).cloned());
            text.unwrap_or_default()
        });
        let lines = Memo::new(move |_| {
            let lines = tasks.with(|tasks| {
                let (view, groups) = (view.get(), groups.get());
                text.with(|text| task_lines(tasks, view, groups, text, app.today()))
            });
            Arc::new(lines)
        });
        let chosen = Memo::new(move |_| {
            app.route
                .with(|route| route.id.as_deref().and_then(visit_of))
        });
        Self {
            app,
            tasks,
            view,
            groups,
            text,
            lines,
            chosen,
            asking: RwSignal::new(None),
            held: RwSignal::new(None),
            print: RwSignal::new(None),
            forms: RwSignal::new(Vec::new()),
        }
    }

    /// Prints 文书 of visits; none: the task sheet.
    fn print_forms(self, forms: Vec<(VisitId, PaperKind)>) {
        self.forms.set(forms);
        // The sheets are in the page once the signal's effects have run.
        request_animation_frame(|| drop(window().print()));
    }

    /// Reads the visits on show, in their order.
    fn with_shown<T>(self, read: impl FnOnce(&[&Task]) -> T) -> T {
        self.tasks.with(|tasks| {
            let lines = self.lines.get();
            let shown = lines.iter().filter_map(|line| match line {
                TaskLine::Task(at) => tasks.get(*at),
                TaskLine::Day(..) | TaskLine::Name(..) => None,
            });
            read(&shown.collect::<Vec<_>>())
        })
    }

    /// A table of the visits on show.
    fn on_show(self, table: impl FnOnce(&Workbook, &[&Task]) -> Table) -> Table {
        untrack(|| read(self.app, |book| self.with_shown(|tasks| table(book, tasks))))
    }

    fn choose(self, visit: &VisitId) {
        let mut route = self.app.route.get_untracked();
        route.id = Some(address_of(visit));
        self.app.replace_route(route);
    }
}

/// The week, or all where nothing is planned in it.
fn first_view(tasks: &[Task], app: App) -> TaskView {
    let today = app.today();
    let has_week = tasks.iter().any(|task| TaskView::Week.holds(task, today));
    if has_week {
        TaskView::Week
    } else {
        TaskView::All
    }
}

/// The page.
pub fn visits_page() -> AnyView {
    let (page, t) = (Visits::new(use_app()), use_lang());
    let may_change = !page.app.is_archive();
    let has_none = Memo::new(move |_| page.tasks.with(|tasks| tasks.is_empty()));
    let body = move || {
        if has_none.get() {
            return empty(t);
        }
        view! {
            <div
                class="register covers"
                on:keydown=move |event| {
                    let is_open = page.chosen.get_untracked().is_some();
                    list_escape(&event, is_open, || close_record(page.app));
                }
            >
                {untrack(|| list::list(page, t))}
                {move || page.chosen.get().map(|id| panel::panel(page, t, &id))}
            </div>
        }
        .into_any()
    };
    let absent = move || {
        (may_change && !has_none.get()).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| page.asking.set(Some(Asking::Absent(None)))>
                    {t.act_absent()}
                </button>
            }
        })
    };
    view! {
        <PageHead title=t.nav_visits() facts=facts(page, t)>
            {move || many(page, t)}
            {move || (may_change && !has_none.get()).then(|| view! { <FileButton label=t.act_import_results() /> })}
            {absent}
            {move || (!has_none.get()).then(|| paper::print_menu(page, t))}
        </PageHead>
        {body}
        {move || page.asking.get().map(|asking| untrack(|| dialog(page, asking)))}
        {move || (!has_none.get()).then(|| paper::paper(page))}
    }
    .into_any()
}

/// What may be done with all of the visits on show at once: those without problems reviewed,
/// those to come notified.
fn many(page: Visits, t: Lang) -> AnyView {
    if page.app.is_archive() {
        return ().into_any();
    }
    let shown = |is_meant: fn(&Task) -> bool| -> Vec<VisitId> {
        page.with_shown(|tasks| {
            let meant = tasks.iter().filter(|task| is_meant(task));
            meant.map(|task| task.visit.clone()).collect()
        })
    };
    let button = |words: String, asking: Asking| {
        view! {
            <button type="button" class="button" on:click=move |_| page.asking.set(Some(asking.clone()))>
                {words}
            </button>
        }
    };
    match page.view.get() {
        TaskView::ToReview => {
            let clear = shown(|task| task.stage == VisitStage::ToReview && !task.has_findings);
            (!clear.is_empty())
                .then(|| button(t.review_all(clear.len()), Asking::Review(clear)))
                .into_any()
        }
        TaskView::Today | TaskView::Week => {
            let untold = shown(|task| task.stage == VisitStage::Planned && !task.is_noticed);
            (!untold.is_empty())
                .then(|| button(t.notice_all(untold.len()), Asking::Notice(untold)))
                .into_any()
        }
        _ => ().into_any(),
    }
}

/// The day, and how the month stands.
fn facts(page: Visits, t: Lang) -> AnyView {
    let counts = Memo::new(move |_| {
        let month = YearMonth::of(page.app.today());
        page.tasks.with(|tasks| {
            let of_month = tasks
                .iter()
                .filter(|task| task.day.is_some_and(|day| YearMonth::of(day) == month));
            let live = of_month.filter(|task| task.stage != VisitStage::Void);
            let (all, made) = live.fold((0, 0), |(all, made), task| {
                (all + 1, made + u32::from(task.is_made))
            });
            let to_enter = tasks
                .iter()
                .filter(|task| task.stage == VisitStage::ToEnter);
            (all, made, to_enter.count())
        })
    });
    let words = move || {
        let today = page.app.today();
        let (all, made, to_enter) = counts.get();
        let month = t.month_name(today.month());
        view! {
            <span>{t.month_day(today)} " " {t.weekday(today.weekday())}</span>
            <span>{t.visits_month_fact(month, made, all)}</span>
            <span>{t.visits_entered_fact(to_enter)}</span>
        }
    };
    view! { <span class="fact-row">{words}</span> }.into_any()
}

fn empty(t: Lang) -> AnyView {
    view! {
        <div class="page-body">
            <div class="pane empty-state">
                <p>{t.visits_empty()}</p>
                <a class="button is-primary" href=Route::to(Page::Month).hash()>
                    {t.nav_month()}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn dialog(page: Visits, asking: Asking) -> AnyView {
    let close = Callback::new(move |()| page.asking.set(None));
    match asking {
        Asking::Day(id, day) => change::change_drawer(page, &id, Some(day), close),
        Asking::Team(id) => change::change_drawer(page, &id, None, close),
        Asking::Absent(id) => absent::absent_dialog(page, id, close),
        Asking::Closed(id) => closed::closed_dialog(page, id, close),
        Asking::Record(id) => record::record_drawer(page, &id, close),
        Asking::Review(visits) => after::review_dialog(page, visits, close),
        Asking::Notice(visits) => after::notice_dialog(page, visits, close),
        Asking::Recheck(id) => after::recheck_dialog(page, id, close),
        Asking::Papers(id) => papers::papers_drawer(page, id, close),
    }
}
