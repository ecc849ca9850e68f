//! The list of visits: views, search, grouping, rows.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::{GROUPS, TEXT, VIEW, Visits, drag};
use crate::desk::visit_list::{Task, TaskGroups, TaskLine, TaskView};
use crate::i18n::Lang;
use crate::ui::route::Page;
use crate::ui::sheets::{going_out, lists_out};
use crate::ui::widgets::export::{Outgoing, list_menu, out_entries};
use crate::ui::widgets::list::{focus_detail, kept_scroll, list_foot, refine, rows_in_sight};
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{
    Column, SearchBox, Tag, TagKind, ViewTab, ViewTabs, VirtualTable, tier_mark,
};
use crate::workbook::visit_stage::VisitStage;

/// The list with all that narrows it.
pub(super) fn list(page: Visits, t: Lang) -> AnyView {
    let today = page.app.today();
    let tabs = Signal::derive(move || {
        page.tasks.with(|tasks| {
            let tab = |view: TaskView| ViewTab {
                key: view.key(),
                name: t.task_view(view).to_owned(),
                count: tasks.iter().filter(|task| view.holds(task, today)).count(),
            };
            TaskView::ALL.into_iter().map(tab).collect::<Vec<_>>()
        })
    });
    let current = Signal::derive(move || page.view.get().key());
    let choose = move |key: &'static str| refine(page.app, VIEW, key);
    let text = Signal::derive(move || page.text.get());
    let search = move |text: String| refine(page.app, TEXT, text.trim());
    let has_none = Memo::new(move |_| page.lines.with(|lines| lines.is_empty()));
    view! {
        <div class="register-list">
            <ViewTabs tabs current on_choose=Callback::new(choose) />
            <div class="filter-bar">
                <SearchBox label=t.visits_find() text on_search=Callback::new(search) />
                <div class="bar-end">{grouping(page, t)} {out(page, t)}</div>
            </div>
            {move || {
                if has_none.get() {
                    return view! {
                        <div class="empty-state">
                            <p>{t.visits_none_here()}</p>
                        </div>
                    }
                        .into_any();
                }
                // Columns differ by what groups the rows.
                let groups = page.groups.get();
                untrack(|| table(page, t, groups))
            }}
        </div>
    }
    .into_any()
}

/// The menu of files: the list, and the results in it.
fn out(page: Visits, t: Lang) -> AnyView {
    let list = Outgoing {
        part: t.file_part_visits(),
        table: move || page.on_show(|book, tasks| lists_out::tasks(t, book, tasks)),
    };
    let results = Outgoing {
        part: t.file_part_results(),
        table: move || {
            page.on_show(|book, tasks| {
                let visits = tasks.iter().map(|task| &task.visit);
                going_out::table(lists_out::results(book, visits).iter())
            })
        },
    };
    let words = [t.results_out_excel(), t.results_out_csv()];
    list_menu(page.app, list, out_entries(page.app, results, words))
}

fn grouping(page: Visits, t: Lang) -> AnyView {
    let button = move |groups: TaskGroups| {
        let pressed = move || (page.groups.get() == groups).to_string();
        let key = if groups == TaskGroups::Day {
            ""
        } else {
            groups.key()
        };
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| refine(page.app, GROUPS, key)>
                {t.task_groups(groups)}
            </button>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=t.visits_group_label()>
            {TaskGroups::ALL.into_iter().map(button).collect_view()}
        </div>
    }
    .into_any()
}

fn table(page: Visits, t: Lang, groups: TaskGroups) -> AnyView {
    let in_sight = RwSignal::new((0, 0));
    let count = Signal::derive(move || page.lines.with(|lines| lines.len()));
    let selected = Signal::derive(move || {
        let id = page.chosen.get()?;
        let (lines, tasks) = (page.lines.get(), page.tasks.get());
        let is_it = |line: &TaskLine| matches!(line, TaskLine::Task(at) if tasks[*at].visit == id);
        lines.iter().position(is_it)
    });
    let select = move |place: usize| {
        let (lines, tasks) = (page.lines.get_untracked(), page.tasks.get_untracked());
        if let Some(TaskLine::Task(at)) = lines.get(place) {
            page.choose(&tasks[*at].visit);
        }
    };
    let is_heading = move |place: usize| {
        page.lines
            .with_untracked(|lines| !matches!(lines.get(place), Some(TaskLine::Task(_))))
    };
    let row = move |place: usize| {
        let (lines, tasks) = (page.lines.get(), page.tasks.get());
        lines.get(place).map_or_else(
            || Row::Cells(Vec::new()),
            |line| line_view(page, t, line, &tasks, groups),
        )
    };
    let open = move |place: usize| {
        select(place);
        focus_detail();
    };
    let foot = move || list_foot(t, rows_in_sight(t, in_sight.get(), count.get()));
    view! {
        <VirtualTable
            label=t.nav_visits()
            columns=columns(t, groups)
            count
            row=Callback::new(row)
            is_heading=Callback::new(is_heading)
            selected
            on_select=Callback::new(select)
            on_open=Callback::new(open)
            drags=drag::drags(page, groups)
            scroll=kept_scroll(page.app, Page::Visits)
            in_sight
        />
        {foot}
        {drag::strip(page, t)}
    }
    .into_any()
}

fn columns(t: Lang, groups: TaskGroups) -> Vec<Column> {
    let is_zh = t == Lang::Zh;
    let mut columns = vec![
        Column::number("", t.col_number(), "46px").yielding(6),
        Column::text("", t.col_unit(), ""),
        Column::text("", t.col_level(), "52px").yielding(5),
        Column::text("", t.col_tier(), if is_zh { "60px" } else { "80px" }).yielding(4),
        Column::text("", t.col_township(), "88px").yielding(7),
        Column::text("", t.col_officers(), "120px").yielding(2),
        Column::text("", t.col_deadline(), "78px").yielding(3),
        Column::text("", t.col_state(), if is_zh { "88px" } else { "112px" }),
        Column::text("", t.col_note(), "112px").yielding(1),
    ];
    if groups != TaskGroups::Day {
        let day = Column::text("", t.visit_planned_day(), "78px");
        columns.insert(1, day);
    }
    columns
}

fn line_view(page: Visits, t: Lang, line: &TaskLine, tasks: &[Task], groups: TaskGroups) -> Row {
    match line {
        TaskLine::Day(day, count) => Row::Heading(day_heading(page, t, *day, *count)),
        TaskLine::Name(name, count) => {
            let name = match (groups, name.is_empty()) {
                (TaskGroups::Officer, true) => t.visits_no_officer().to_owned(),
                _ => name.clone(),
            };
            Row::Heading(view! { <b>{name}</b> " " {t.visits_on_day(*count)} }.into_any())
        }
        TaskLine::Task(at) => Row::Cells(cells(t, &tasks[*at], groups)),
    }
}

fn day_heading(page: Visits, t: Lang, day: Option<NaiveDate>, count: usize) -> AnyView {
    let Some(day) = day else {
        return view! { <b>{t.visits_no_day()}</b> " " {t.visits_on_day(count)} }.into_any();
    };
    let is_today = day == page.app.today();
    view! {
        <span class:is-today=is_today>
            <b>{t.month_day(day)}</b>
            " "
            {t.weekday(day.weekday())}
            " "
            {is_today.then(|| t.visits_today())}
            " "
            {t.visits_on_day(count)}
        </span>
    }
    .into_any()
}

fn cells(t: Lang, task: &Task, groups: TaskGroups) -> Vec<AnyView> {
    let is_struck = task.stage == VisitStage::Void;
    let text = |text: String| {
        view! { <span class="ellipsis" title=text.clone()>{text.clone()}</span> }.into_any()
    };
    let day = |day: Option<NaiveDate>| day.map(|day| t.month_day_short(day)).into_any();
    let mut cells = vec![
        task.row_number.into_any(),
        view! {
            <span class="ellipsis" class:is-struck=is_struck title=task.name.clone()>
                {task.name.clone()}
            </span>
        }
        .into_any(),
        view! {
            <b>{task.stratum.to_string()}</b>
            " "
            {task.level.get()}
        }
        .into_any(),
        tier_mark(t, task.risk, false),
        text(task.township.clone()),
        text(task.officers.join(t.list_mark())),
        day(task.deadline),
        stage_tag(t, task.stage),
        text(lists_out::note(t, task)),
    ];
    if groups != TaskGroups::Day {
        cells.insert(1, day(task.day));
    }
    cells
}

/// How far a visit has come, as a tag.
pub(super) fn stage_tag(t: Lang, stage: VisitStage) -> AnyView {
    let kind = match stage {
        VisitStage::Unapproved => TagKind::Draft,
        VisitStage::Planned => TagKind::Plain,
        VisitStage::ToEnter
        | VisitStage::Overdue
        | VisitStage::Returned
        | VisitStage::ToRecheck
        | VisitStage::SetAside => TagKind::Warn,
        VisitStage::ToReview => TagKind::Active,
        VisitStage::Done => TagKind::Done,
        VisitStage::Void | VisitStage::Unmade => TagKind::Void,
    };
    view! { <Tag kind text=t.visit_stage(stage) /> }.into_any()
}
